//! The bot's token has become known: it is changed, and nothing that was owed or written is lost.

use std::sync::Arc;

use reqwest::Method;
use tandem::demo::phones::{Fault, Faults, Scripted};

use crate::feed::joined;
use crate::running::{Program, Server, TOKEN, free_address, until};
use crate::webhook::{self, PATH, update};

/// What BotFather gives instead: the same bot.
const NEW: &str = "1001:an0ther-token_of-the-bot";

const SECRET: &str = "An0ther_secret-of-the_webhook";

async fn asks(server: &Server, token: &str, method: &str) -> u16 {
    reqwest::get(format!("{}/bot{token}/{method}", server.url)).await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_leaked_token_is_changed_and_nothing_that_was_owed_or_written_is_lost() {
    let (server, program) = joined(&[], free_address()).await;
    // Somebody else asks for the updates with our token: the operator reads of it.
    until("a word about the other poller", async || {
        asks(&server, TOKEN, "getUpdates?timeout=0&offset=0").await;
        program.logged().contains("another process takes the updates")
    })
    .await;

    // A question is kept, and its answer cannot be sent before the token is void.
    let scripted = Scripted {
        method: Some("sendMessage".to_owned()),
        chat: None,
        after: 0,
        times: u32::MAX,
        fault: Fault::ServerError(502),
    };
    let fails = |scripted| server.phones.with(|phones, _| phones.set_faults(Faults { scripted, ..Faults::default() }));
    fails(vec![scripted]);
    server.says("/einstellungen");
    until("a try to answer", async || {
        let (_, figures) = program.get("/metrics").await;
        !figures.contains("tandem_messages_total{kind=\"reply\",lane=\"reply\",outcome=\"retry\"} 0\n")
    })
    .await;
    server.phones.with(|phones, _| phones.revoke(TOKEN, NEW));
    fails(Vec::new());
    assert_eq!((asks(&server, TOKEN, "getMe").await, asks(&server, NEW, "getMe").await), (401, 200));
    until("a word about the token", async || program.logged().contains("the token is refused")).await;
    // What is written meanwhile waits at the server.
    server.says("/datenschutz");
    let answers = |words: &str| server.texts().iter().filter(|text| text.contains(words)).count();
    assert_eq!((answers("Einstellungen"), answers("Wie lange?")), (0, 0));
    let (folder, said) = (Arc::clone(&program.folder), program.logged());
    assert_eq!(program.stop().await, Some(0));

    // The new token, and with it a webhook whose secret is new as well.
    let listen = free_address();
    let public = format!("http://{listen}");
    let settings =
        [("TANDEM_TELEGRAM_TOKEN", NEW), ("TANDEM_PUBLIC_URL", public.as_str()), ("TANDEM_WEBHOOK_SECRET", SECRET)];
    let program = Program::start_in(folder, listen, &server.url, &settings);
    server.sees("Einstellungen").await;
    server.sees("Wie lange?").await;
    for (secret, status) in [("S3cret_of-the_webhook", 401), (SECRET, 200)] {
        let headers = [("X-Telegram-Bot-Api-Secret-Token", secret), ("Content-Type", "application/json")];
        let pushed = webhook::call(&program, Method::POST, &headers, update(900_000, "/kalender")).await;
        assert_eq!(pushed, status, "{PATH}");
    }
    server.sees("Das steht an").await;
    assert_eq!((answers("Einstellungen"), answers("Wie lange?")), (1, 1), "once: {:?}", server.texts());
    for logged in [said, program.logged()] {
        assert!(!logged.contains(TOKEN) && !logged.contains(NEW) && !logged.contains(SECRET), "{logged}");
    }
}
