//! Whether the service says that it is stuck when it is, and only then.

use std::sync::Arc;
use std::time::Duration;

use tandem::app::health;
use tandem::app::intake::Pushed;
use tandem::app::webhook;
use tandem::config::Secret;
use tandem::domain::delivery::Outcome;
use tandem::domain::effect::Kind;
use tandem::domain::pacing::Lane;
use tandem::web::{self, HOOK_PATH, Hook};
use tokio::sync::{mpsc, watch};

use crate::support::World;

/// What is wrong, check by check.
async fn wrong(world: &World) -> Vec<(&'static str, String)> {
    let checks = health::checks(&*world.app().await).await;
    checks.into_iter().filter_map(|check| Some((check.name, check.problem?))).collect()
}

fn because(name: &'static str, problem: &str) -> Vec<(&'static str, String)> {
    vec![(name, problem.to_owned())]
}

#[tokio::test]
async fn a_service_that_has_polled_is_ready() {
    let world = World::new().await;
    assert_eq!(wrong(&world).await, because("updates", "the Bot API server has not answered yet"));
    world.tandem("Ada", "Ben", "Europe/Berlin").await;
    assert_eq!(wrong(&world).await, []);
}

#[tokio::test]
async fn a_service_whose_polls_fail_for_two_minutes_is_not_ready_until_one_works() {
    let world = World::new().await;
    world.settle().await;
    world.is_down_until("2026-03-02 08:02");
    assert_eq!(wrong(&world).await, []);
    world.is_down_until("2026-03-02 08:03");
    assert_eq!(wrong(&world).await, because("updates", "the last poll that worked was 180 s ago (limit 120 s)"));
    world.settle().await;
    assert_eq!(wrong(&world).await, []);
}

#[tokio::test]
async fn a_service_without_its_database_is_not_ready() {
    let world = World::new().await;
    world.settle().await;
    world.app().await.db.close().await;
    assert_eq!(
        wrong(&world).await,
        because("database", "the database does not answer: attempted to acquire a connection on a closed pool")
    );
    let figures = health::metrics(&*world.app().await).await.unwrap();
    assert!(figures.contains("tandem_database_up 0\n"), "{figures}");
}

#[tokio::test]
async fn a_service_whose_database_is_locked_is_not_ready_until_it_is_free_again() {
    let world = World::on_disk().await;
    world.settle().await;
    let lock = world.locks_database().await;
    assert_eq!(wrong(&world).await, because("database", "does not answer within 2 s"));
    drop(lock);
    assert_eq!(wrong(&world).await, []);
}

#[tokio::test]
async fn a_message_owed_for_long_makes_the_service_not_ready_unless_others_are_accepted() {
    let world = World::new().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.writes("45 min");
    world.crashes_before_sending().await;
    world.is_down_until("2026-03-02 08:10");
    let problems = wrong(&world).await;
    let owed = problems.iter().find(|(name, _)| *name == "owed").expect("not stuck");
    assert!(owed.1.starts_with("the oldest reply is 5"), "{owed:?}");
    assert!(owed.1.contains(" s late, and none was accepted for 5"), "{owed:?}");
    let app = world.app().await;
    let figures = health::metrics(&app).await.unwrap();
    assert!(figures.contains("tandem_outbox_owed{lane=\"reply\"} 1\n"), "{figures}");
    app.metrics.settled(Kind::Reply, Lane::Bulk, Outcome::Sent(None), world.now());
    assert!(wrong(&world).await.iter().any(|(name, _)| *name == "owed"), "another lane says nothing about this one");
    app.metrics.settled(Kind::Reply, Lane::Reply, Outcome::Sent(None), world.now());
    assert!(!wrong(&world).await.iter().any(|(name, _)| *name == "owed"), "much to do is not stuck");
    world.settle().await;
    assert_eq!(wrong(&world).await, []);
    let figures = health::metrics(&app).await.unwrap();
    assert!(figures.contains("tandem_reply_seconds_bucket{le=\"60\"} 0\n"), "it waited for ten minutes: {figures}");
    assert!(figures.contains("tandem_reply_seconds_count 1\n"), "{figures}");
}

#[tokio::test]
async fn what_is_due_and_not_done_makes_the_service_not_ready() {
    let world = World::new().await;
    world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 09:59").await;
    world.is_down_until("2026-03-03 10:04");
    assert!(!wrong(&world).await.iter().any(|(name, _)| *name == "due"));
    world.is_down_until("2026-03-03 10:10");
    let problems = wrong(&world).await;
    assert!(problems.contains(&("due", "the oldest item is 600 s late (limit 300 s)".to_owned())), "{problems:?}");
    world.settle().await;
    assert_eq!(wrong(&world).await, []);
}

#[tokio::test]
async fn refusals_for_the_moment_are_counted_by_lane() {
    let world = World::new().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.fails("sendMessage", 2, tandem::demo::phones::Fault::TooMany(3));
    ada.says("45 min").await;
    let figures = health::metrics(&*world.app().await).await.unwrap();
    assert!(figures.contains("tandem_rate_limited_total{lane=\"reply\"} 2\n"), "{figures}");
    assert!(
        figures.contains("tandem_messages_total{kind=\"reply\",lane=\"reply\",outcome=\"retry\"} 2\n"),
        "{figures}"
    );
}

#[tokio::test]
async fn a_webhook_that_somebody_else_took_is_taken_back() {
    let world = World::new().await;
    let app = world.app().await;
    let ours = "http://127.0.0.1:9/telegram/updates";
    webhook::look(&app, ours, "s-1", webhook::Set::NotYet).await.unwrap();
    app.telegram.set_webhook("http://127.0.0.1:9/other", "s-2").await.unwrap();
    webhook::look(&app, ours, "s-1", webhook::Set::Before).await.unwrap();
    assert_eq!(app.telegram.webhook_info().await.unwrap().url, ours);
    app.telegram.delete_webhook().await.unwrap();
    webhook::look(&app, ours, "s-1", webhook::Set::Before).await.unwrap();
    assert_eq!(app.telegram.webhook_info().await.unwrap().url, ours);
    world.is_down_until("2026-03-02 08:40");
    assert_eq!(
        wrong(&world).await,
        because("updates", "the last time that the webhook was found to be ours was 2400 s ago (limit 1800 s)")
    );
    let refused = webhook::look(&app, "http://tandem.example/", "s-1", webhook::Set::NotYet).await.unwrap_err();
    assert!(refused.contains("An HTTPS URL must be provided"), "{refused}");
}

#[tokio::test]
async fn a_push_is_accepted_only_once_it_is_kept() {
    let world = World::new().await;
    let (push, mut pushed) = mpsc::channel::<Pushed>(8);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}{HOOK_PATH}", listener.local_addr().unwrap());
    let (_running, stop) = watch::channel(false);
    let hook = Hook::new(Secret::new("s-1"), push);
    tokio::spawn(web::serve(listener, Arc::clone(&world.app().await), Some(hook), stop));
    let call = || {
        let request = reqwest::Client::new().post(&address).header("X-Telegram-Bot-Api-Secret-Token", "s-1");
        let request = request.header("Content-Type", "application/json").body("{\"update_id\":5}");
        tokio::spawn(async move { request.send().await.unwrap().status().as_u16() })
    };
    for (kept, status) in [(Some(true), 200), (Some(false), 503), (None, 503)] {
        let answer = call();
        let waiting = tokio::time::timeout(Duration::from_secs(40), pushed.recv()).await.unwrap().unwrap();
        assert!(!answer.is_finished(), "answered before it was kept");
        match kept {
            Some(kept) => waiting.kept.send(kept).unwrap(),
            None => drop(waiting),
        }
        assert_eq!(answer.await.unwrap(), status);
    }
}
