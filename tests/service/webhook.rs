//! Pushed updates: from the strict server, and from whoever else finds the address.

use std::io::{Read, Write};
use std::net::TcpStream;

use reqwest::Method;
use serde_json::json;
use tandem::demo::phones::{Fault, Faults, Scripted};

use crate::running::{ADA, Program, Server, TOKEN, ended, free_address, program, until};

const SECRET: &str = "S3cret_of-the_webhook";
pub const PATH: &str = "/telegram/updates";

/// A program that is pushed to, ready.
async fn pushed(server: &Server) -> Program {
    let listen = free_address();
    let public = format!("http://{listen}");
    let settings = [("TANDEM_PUBLIC_URL", public.as_str()), ("TANDEM_WEBHOOK_SECRET", SECRET)];
    let program = Program::start_at(listen, &server.url, &settings);
    program.ready().await;
    program
}

/// A call of the webhook from anywhere: its status.
pub async fn call(program: &Program, method: Method, headers: &[(&str, &str)], body: impl Into<reqwest::Body>) -> u16 {
    let mut request = reqwest::Client::new().request(method, format!("{}{PATH}", program.at)).body(body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap().status().as_u16()
}

/// With the right secret and type.
async fn push(program: &Program, body: impl Into<reqwest::Body>) -> u16 {
    let headers = [("X-Telegram-Bot-Api-Secret-Token", SECRET), ("Content-Type", "application/json")];
    call(program, Method::POST, &headers, body).await
}

pub fn update(id: i64, text: &str) -> String {
    let (chat, from) =
        (json!({"id": ADA, "type": "private"}), json!({"id": ADA, "is_bot": false, "first_name": "Ada"}));
    json!({"update_id": id, "message": {"message_id": id, "date": 1, "chat": chat, "from": from, "text": text}})
        .to_string()
}

#[tokio::test]
async fn the_webhook_is_set_found_to_be_ours_and_updates_are_answered() {
    let server = Server::start().await;
    // What waited before the webhook was set comes by it, too; and setting it may fail at first.
    server.says("Guten Tag");
    let scripted = vec![Scripted {
        method: Some("setWebhook".to_owned()),
        chat: None,
        after: 0,
        times: 2,
        fault: Fault::ServerError(502),
    }];
    server.phones.with(|phones, _| phones.set_faults(Faults { scripted, ..Faults::default() }));
    let program = pushed(&server).await;
    server.sees("Einladung").await;
    let (_, figures) = program.get("/metrics").await;
    assert!(figures.contains("tandem_last_contact_timestamp_seconds{source=\"webhook\"} 1"), "{figures}");
    let logged = program.logged();
    assert!(logged.contains("the webhook is not set; trying again"), "{logged}");
    assert!(logged.contains("updates come by webhook host=\"127.0.0.1\" pending="), "{logged}");
    assert_eq!(program.stop().await, Some(0));
}

#[tokio::test]
async fn an_update_that_is_replayed_counts_once_and_is_accepted_again() {
    let server = Server::start().await;
    let program = pushed(&server).await;
    for _ in 0..3 {
        assert_eq!(push(&program, update(500, "eins")).await, 200);
    }
    // From the future and from the past: ids start anew after a week of silence, so neither is wrong.
    assert_eq!(push(&program, update(i64::MAX, "zwei")).await, 200);
    assert_eq!(push(&program, update(3, "drei")).await, 200);
    until("three answers", async || server.texts().len() >= 3).await;
    assert_eq!(push(&program, update(500, "eins")).await, 200);
    assert_eq!(push(&program, update(4, "vier")).await, 200);
    until("the fourth answer", async || server.texts().len() >= 4).await;
    assert_eq!(server.texts().len(), 4);
}

#[tokio::test]
async fn whatever_is_no_update_with_our_secret_is_refused_and_changes_nothing() {
    let server = Server::start().await;
    let program = pushed(&server).await;
    let right = ("X-Telegram-Bot-Api-Secret-Token", SECRET);
    let json = ("Content-Type", "application/json");
    let wrong = ("X-Telegram-Bot-Api-Secret-Token", "S3cret_of-the_webhooK");
    let shorter = ("X-Telegram-Bot-Api-Secret-Token", "S3cret_of-the_webhoo");
    let good = update(500, "eins");
    assert_eq!(call(&program, Method::POST, &[json], good.clone()).await, 401);
    assert_eq!(call(&program, Method::POST, &[json, wrong], good.clone()).await, 401);
    assert_eq!(call(&program, Method::POST, &[json, shorter], good.clone()).await, 401);
    assert_eq!(call(&program, Method::GET, &[right], "").await, 405);
    assert_eq!(call(&program, Method::PUT, &[right, json], good.clone()).await, 405);
    assert_eq!(call(&program, Method::POST, &[right], good.clone()).await, 415);
    assert_eq!(call(&program, Method::POST, &[right, ("Content-Type", "text/plain")], good.clone()).await, 415);
    for body in ["", "{", "[]", "{\"update_id\":\"5\"}", "{\"message\":{}}", "{\"update_id\":99999999999999999999}"] {
        assert_eq!(push(&program, body).await, 400, "{body}");
    }
    assert_eq!(push(&program, vec![0xff, 0xfe]).await, 400);
    assert_eq!(push(&program, update(500, &"x".repeat(1 << 20))).await, 413);
    assert_eq!(push(&program, update(500, &"x".repeat(1 << 19))).await, 200, "large, and no larger than allowed");
    let (_, figures) = program.get("/metrics").await;
    assert!(figures.contains("tandem_webhook_refused_total 13\n"), "{figures}");
    assert!(figures.contains("tandem_updates_total 1\n"), "{figures}");
    let typed = ("Content-Type", "Application/JSON; charset=utf-8");
    assert_eq!(call(&program, Method::POST, &[right, typed], update(501, "zwei")).await, 200);
}

#[tokio::test]
async fn a_forged_push_is_refused_before_its_body_has_come() {
    let server = Server::start().await;
    let program = pushed(&server).await;
    let mut stream = TcpStream::connect(program.at.trim_start_matches("http://")).unwrap();
    let head =
        format!("POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 401");
}

#[tokio::test]
async fn a_webhook_that_cannot_be_stops_the_start_with_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let run = |settings: &[(&str, &str)]| {
        let (code, _, err) =
            ended(program(folder.path()).arg("run").env("TANDEM_TELEGRAM_TOKEN", TOKEN).envs(settings.iter().copied()));
        assert_eq!((code, err.lines().count()), (Some(1), 1), "{err}");
        err
    };
    let secret = ("TANDEM_WEBHOOK_SECRET", SECRET);
    for (settings, line) in [
        (&[secret][..], "tandem: TANDEM_PUBLIC_URL: is needed with TANDEM_WEBHOOK_SECRET"),
        (
            &[secret, ("TANDEM_PUBLIC_URL", "http://tandem.example")],
            "tandem: TANDEM_PUBLIC_URL: `http://tandem.example/` must",
        ),
        (
            &[("TANDEM_PUBLIC_URL", "https://a.example"), ("TANDEM_WEBHOOK_SECRET", "short")],
            "tandem: TANDEM_WEBHOOK_SECRET",
        ),
    ] {
        let err = run(settings);
        assert!(err.starts_with(line) && !err.contains(SECRET), "{err}");
    }
}
