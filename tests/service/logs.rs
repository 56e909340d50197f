//! What is logged: everything of use, and nothing that anybody wrote.

use serde_json::Value;
use tandem::demo::phones::{Fault, Faults, Scripted};

use crate::running::{Program, Server, TOKEN, free_address, until};

const SECRET: &str = "S3cret_of-the_webhook";

/// What Ada writes: nothing else on this machine is called that.
const WRITTEN: &str = "Quittenmarmelade";

/// Ada joins and writes, while calls fail in several ways; what was logged meanwhile, on the most talkative level.
async fn everything_logged(settings: &[(&str, &str)]) -> String {
    let server = Server::start().await;
    let listen = free_address();
    let public = format!("http://{listen}");
    let mut all = vec![("TANDEM_LOG", "trace,sqlx=trace"), ("TANDEM_PUBLIC_URL", &public)];
    all.extend_from_slice(settings);
    let program = Program::start_at(listen, &server.url, &all);
    program.ready().await;
    let round = ["--programme", "fuehrerschein", "--start", "2099-01-05", "--places", "5"];
    let (_, out, err) = program.command(&[&["round", "create"], &round[..]].concat());
    let code =
        out.split_whitespace().skip_while(|word| *word != "/start").nth(1).unwrap_or_else(|| panic!("{out} {err}"));
    server.says(&format!("/start {code}"));
    server.presses("Verstanden").await;
    fails(&server, &[Fault::ServerError(502), Fault::DropAfter, Fault::TooMany(1)]);
    server.says(&format!("Verein {WRITTEN}"));
    server.presses("Ja, Vorstand/Leitung").await;
    server.presses("Passt").await;
    fails(&server, &[Fault::DropBefore]);
    server.says(&format!("Wo ist die {WRITTEN}?"));
    server.sees("Das habe ich nicht verstanden").await;
    until("what failed was tried again", async || {
        let (_, figures) = program.get("/metrics").await;
        !figures.contains("tandem_messages_total{kind=\"reply\",lane=\"reply\",outcome=\"retry\"} 0\n")
    })
    .await;
    let feed = crate::feed::subscribed(&server).await;
    assert_eq!(program.get(&feed).await.0, 200);
    assert_eq!(program.get(&feed.replace(".ics", "x.ics")).await.0, 404);
    let secret_of_feed = feed.trim_start_matches("/feed/").trim_end_matches(".ics").to_owned();
    let listed = code.to_owned();
    let logged = program.logged();
    assert_eq!(program.stop().await, Some(0));
    assert!(logged.lines().count() > 100, "that is not the most talkative level:\n{logged}");
    for (what, secret) in [
        ("the token", TOKEN),
        ("the token's key", TOKEN.split_once(':').unwrap().1),
        ("the webhook's secret", SECRET),
        ("what Ada wrote", WRITTEN),
        ("her name", "Ada"),
        ("the round's code", &listed),
        ("the secret of her calendar", &secret_of_feed),
    ] {
        let line = logged.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{what} is in the log: {line:?}");
    }
    logged
}

fn fails(server: &Server, faults: &[Fault]) {
    let once = |fault: &Fault| Scripted {
        method: Some("sendMessage".to_owned()),
        chat: None,
        after: 0,
        times: 1,
        fault: *fault,
    };
    let scripted = faults.iter().map(once).collect();
    server.phones.with(|phones, _| phones.set_faults(Faults { scripted, ..Faults::default() }));
}

#[tokio::test]
async fn the_log_of_a_service_that_polls_holds_no_word_of_anybody_and_no_secret() {
    let logged = everything_logged(&[("TANDEM_LOG_FORMAT", "json")]).await;
    for line in logged.lines() {
        let entry: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        for field in ["timestamp", "level", "target", "fields"] {
            assert!(!entry[field].is_null(), "{field} is missing in {line}");
        }
    }
}

#[tokio::test]
async fn the_log_of_a_service_that_is_pushed_to_holds_no_word_of_anybody_and_no_secret() {
    everything_logged(&[("TANDEM_WEBHOOK_SECRET", SECRET)]).await;
}
