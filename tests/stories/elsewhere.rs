//! The same world with real requests over a real socket, or on PostgreSQL: what the other stories cannot show.

use insta::assert_snapshot;
use tandem::demo::phones::Fault;

use crate::support::World;

#[tokio::test]
async fn a_first_week_over_http_looks_as_it_does_in_process() {
    assert_eq!(first_week(World::over_http().await).await, first_week(World::new().await).await);
}

#[tokio::test]
async fn a_first_week_on_postgres_looks_as_it_does_on_sqlite() {
    if let Some(world) = World::on_postgres("first_week").await {
        assert_eq!(first_week(world).await, first_week(World::on_disk().await).await);
    }
}

/// What is left on the three phones after a week of everything.
async fn first_week(world: World) -> [String; 3] {
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    world.until("Tue 10:00").await;
    ada.taps("▶ Los geht’s").await;
    ada.taps_all(&["Weiter", "C"]).await;
    ada.says("45 min").await;
    ada.says("weg Freitag").await;
    ben.taps("Ja, übernehme ich").await;
    world.restart().await;
    ben.says("/lektion").await;
    ben.taps_all(&["Weiter", "A", "Weiter", "Weiter", "B", "Weiter", "Weiter", "C", "Weiter"]).await;
    ben.says("Bis Juni fragen zehn Leute nach uns.").await;
    ben.taps_all(&["Weiter", "40 Min. eintragen", "Rückgängig"]).await;
    world.until("Fri 18:00").await;
    ada.says("/stunden").await;
    tom.says("/bericht").await;
    [ada.chat(), ben.chat(), tom.chat()]
}

#[tokio::test]
async fn cut_connections_and_errors_lose_nothing_over_http() {
    let world = World::over_http().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    for fault in [Fault::DropBefore, Fault::DropAfter, Fault::ServerError(500), Fault::TooMany(3)] {
        world.fails("sendMessage", 1, fault);
        ada.says("10 min").await;
        world.advance(chrono::TimeDelta::minutes(1)).await;
    }
    let echoes = ada.arrivals().iter().filter(|(_, text)| text.starts_with("✓ 10 Min.")).count();
    assert_eq!(echoes, 5, "four answers, of which the one whose fate was unclear came twice");
    ben.says("/stunden").await;
    assert_snapshot!(ben.screen().lines().nth(2).unwrap(), @"KW 10: 40 Min. von 5 Std.");
}

#[tokio::test]
async fn a_blocked_bot_keeps_quiet_over_http() {
    let world = World::over_http().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ben.blocks().await;
    world.until("Fri 18:00").await;
    assert_eq!(ben.new_messages(), 0);
    assert_eq!(ada.new_messages(), 3, "two lessons and the week: {}", ada.screen());
}
