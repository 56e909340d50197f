//! A calendar feed of the real program, read by a library that somebody else wrote.

use tandem::demo::phones::Phones;

use crate::left_out::left_out;
use crate::running::{Program, Server, TOKEN, free_address};

/// A library that reads calendars; see `tests/thirdparty/run`.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/thirdparty/feed.py");

/// Ada, who has joined.
pub async fn joined(settings: &[(&str, &str)], listen: std::net::SocketAddr) -> (Server, Program) {
    let server = Server::start().await;
    let program = Program::start_at(listen, &server.url, settings);
    program.ready().await;
    let round = ["--programme", "fuehrerschein", "--start", "2099-01-05", "--places", "5"];
    let (_, out, _) = program.command(&[&["round", "create"], &round[..]].concat());
    let code = out.split_whitespace().skip_while(|word| *word != "/start").nth(1).expect("a code").to_owned();
    server.says(&format!("/start {code}"));
    server.presses("Verstanden").await;
    server.sees("Organisation").await;
    server.says("Verein Straßenfest");
    server.presses("Ja, Vorstand/Leitung").await;
    server.presses("Passt").await;
    (server, program)
}

/// The path of the feed that the bot shows to Ada.
pub async fn subscribed(server: &Server) -> String {
    server.says("/kalender");
    server.presses("Kalender abonnieren").await;
    server.sees("/feed/").await;
    let shown = server.texts().join(" ");
    let link = shown.split_whitespace().find(|word| word.contains("/feed/")).expect("a link");
    link[link.find("/feed/").expect("its path")..].to_owned()
}

#[tokio::test]
async fn without_an_address_no_link_is_offered() {
    let (server, _program) = joined(&[], free_address()).await;
    server.says("/kalender");
    server.sees("Das steht an").await;
    let pressed = server.phones.with(|phones: &mut Phones, now| {
        phones.presses(now, TOKEN, crate::running::ADA, "Kalender abonnieren").is_ok()
    });
    assert!(!pressed);
}

#[tokio::test]
async fn a_library_that_somebody_else_wrote_reads_the_feed() {
    let Ok(python) = std::env::var("TANDEM_TEST_PYTHON") else {
        left_out("a calendar library in Python", "TANDEM_TEST_PYTHON names no Python that has it");
        return;
    };
    let listen = free_address();
    let public = format!("http://{listen}");
    let (server, program) = joined(&[("TANDEM_PUBLIC_URL", &public)], listen).await;
    let path = subscribed(&server).await;
    server.says("weg 24.12.2026 bis 3.1.2027");
    server.sees("24. Dezember").await;
    let (status, text) = program.get(&path).await;
    assert_eq!(status, 200);
    let file = program.folder.path().join("feed.ics");
    std::fs::write(&file, text).unwrap();
    let output = tokio::task::spawn_blocking(move || std::process::Command::new(python).arg(SCRIPT).arg(file).output());
    let output = output.await.unwrap().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && out.contains("calendar: ok"), "{out}\n{err}");
}
