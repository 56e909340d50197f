//! The content folder of a running service: changed files are taken or refused, and the log says so.

use crate::files::ContentFolder;
use crate::running::{Program, Server, until};

const GERMAN: &str = "lessons/fuehrerschein/m1-dialog/de.md";

#[tokio::test]
async fn a_running_service_takes_good_changes_refuses_bad_ones_and_says_which() {
    let server = Server::start().await;
    let files = ContentFolder::copied();
    let program = Program::start(&server.url, &[("TANDEM_CONTENT_DIR", files.path().to_str().unwrap())]);
    program.ready().await;
    let good = files.read(GERMAN);
    files.cut(GERMAN, "### mandate-q:", "### goal:");
    until("a refusal", async || program.logged().contains("the old ones stay")).await;
    let logged = program.logged();
    assert!(logged.contains("the step `mandate-q` is missing in the lesson `l1`"), "{logged}");
    assert!(!logged.contains("are served from now on"), "{logged}");
    files.write(GERMAN, &good);
    files.change(GERMAN, "### mandate: Ein Auftrag mit Arbeitszeit", "### mandate: Ein Auftrag braucht Zeit");
    until("the repaired text", async || program.logged().contains("are served from now on")).await;
    assert_eq!(program.get("/readyz").await.0, 200);
    assert_eq!(program.stop().await, Some(0));
}
