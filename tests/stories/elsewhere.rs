//! The same world with real requests over a real socket, or on PostgreSQL: what the other stories cannot show.

use insta::assert_snapshot;
use tandem::demo::phones::Fault;

use crate::support::World;

#[tokio::test]
async fn a_tandem_lives_through_its_first_week_over_http() {
    first_week(World::over_http().await).await;
}

#[tokio::test]
async fn a_tandem_lives_through_its_first_week_on_postgres() {
    if let Some(world) = World::on_postgres("first_week").await {
        first_week(world).await;
    }
}

async fn first_week(world: World) {
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    world.until("Tue 10:00").await;
    ada.taps("▶ Los geht’s").await;
    ada.taps("Weiter").await;
    assert_snapshot!(ada.screen(), @"
    Auf dem Flur

    Die Leitung sagt im Vorbeigehen: „Lassen Sie Social Media diese Woche liegen, der Jahresbericht geht vor.“ Was hilft am meisten?

    A  Zustimmen und die Stunden am Wochenende nachholen
    B  Zustimmen und nächste Woche doppelt so viel veröffentlichen
    C  Gleich klären, was wegfällt und wer Fragen beantwortet
    D  Ablehnen, denn die Stunden sind fest zugesagt
    [A] [B] [C] [D]
    ");
    ada.taps("C").await;
    ada.says("45 min").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 45 Min. für Di., 3. März eingetragen.

    KW 10: 45 Min. von 5 Std.
    ▓░░░░░░░░░
    [Rückgängig]
    ");
    ada.says("weg Freitag").await;
    ben.taps("Ja, übernehme ich").await;
    assert_snapshot!(ben.screen(), @"
    ✓ Danke! Sie übernehmen die Vertretung am Fr., 6. März.

    Die Checkliste für die Übergabe kommt am Do., 5. März.
    ");
    world.until("Fri 18:00").await;
    tom.says("/bericht").await;
    assert_snapshot!(tom.screen(), @"
    Bericht: Frühjahr

    Wer ist dabei?
    • Teilnehmende: keine Angabe unter 5
    • Tandems: keine Angabe unter 5
    [Zur Runde]
    ");
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
