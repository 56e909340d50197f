//! Health checks and figures, as a monitor asks for them.

use std::time::Duration;

use crate::running::{ADA, Program, Server, ended, free_address, program};

#[tokio::test]
async fn the_service_is_alive_at_once_and_ready_once_the_server_has_answered() {
    let address = free_address();
    let program = Program::start(&format!("http://{address}"), &[]);
    crate::running::until("alive", async || program.get("/healthz").await == (200, "ok\n".to_owned())).await;
    let (status, body) = program.get("/readyz").await;
    assert_eq!(status, 503);
    assert!(body.starts_with("not ready\n"), "{body}");
    assert!(body.contains("database: ok\nupdates: the Bot API server has not answered yet\n"), "{body}");
    let _server = Server::start_at(address).await;
    program.ready().await;
    assert_eq!(program.get("/readyz").await.1, "ready\ndatabase: ok\nupdates: ok\ndue: ok\nowed: ok\n");
    assert_eq!(program.stop().await, Some(0));
}

#[tokio::test]
async fn a_health_check_needs_no_other_program() {
    let server = Server::start().await;
    let running = Program::start(&server.url, &[]);
    running.ready().await;
    let listen = running.at.trim_start_matches("http://").to_owned();
    let check = |at: &str, more: &[&str]| {
        ended(program(running.folder.path()).arg("healthcheck").args(more).env("TANDEM_LISTEN", at))
    };
    assert_eq!(check(&listen, &[]).0, Some(0));
    let (code, out, _) = check(&listen.replace("127.0.0.1", "0.0.0.0"), &["--ready"]);
    assert!(code == Some(0) && out.starts_with("ready\n"), "{out}");
    let (code, _, err) = check(&free_address().to_string(), &[]);
    assert!(code == Some(1) && err.contains("TANDEM_LISTEN: nothing answers at 127.0.0.1:"), "{err}");
}

#[tokio::test]
async fn figures_count_what_happened_and_name_nobody() {
    let server = Server::start().await;
    let program = Program::start(&server.url, &[]);
    program.ready().await;
    server.says("Guten Tag");
    server.sees("Einladung").await;
    let mut text = String::new();
    crate::running::until("the answer is counted", async || {
        text = program.get("/metrics").await.1;
        text.contains("tandem_messages_total{kind=\"reply\",lane=\"reply\",outcome=\"sent\"} 1\n")
    })
    .await;
    for line in [
        "# TYPE tandem_reply_seconds histogram",
        "tandem_reply_seconds_count 1",
        "tandem_updates_total 1",
        "tandem_update_batches_total 1",
        "tandem_database_up 1",
        "tandem_outbox_owed{lane=\"bulk\"} 0",
        "tandem_outbox_lag_seconds{lane=\"reply\"} 0",
        "tandem_due_lag_seconds 0",
        "tandem_rate_limited_total{lane=\"bulk\"} 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
    }
    assert!(text.contains("tandem_last_contact_timestamp_seconds{source=\"poll\"} 1"), "{text}");
    assert!(!text.contains("Ada") && !text.contains(&format!("\"{ADA}\"")), "{text}");
    let answer = reqwest::Client::new().get(format!("{}/metrics", program.at)).timeout(Duration::from_secs(9));
    let kind = answer.send().await.unwrap().headers()["content-type"].to_str().unwrap().to_owned();
    assert_eq!(kind, "text/plain; version=0.0.4");
}
