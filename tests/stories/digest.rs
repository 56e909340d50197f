//! The trainer's week: three sentences and a picture, or silence.

use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn the_digest_says_once_that_there_is_nothing_then_names_what_to_act_on_when_the_trainer_likes() {
    let world = World::new().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let mut leads = Vec::new();
    for lead in ["Ada", "Cem", "Eve", "Gül", "Ida"] {
        leads.push(world.joins(&round, lead, &format!("{lead}s zweite")).await.0);
    }
    world.until("Thu 11:00").await;
    for lead in &leads {
        lead.says("/lektion").await;
        lead.says("5 Std.").await;
    }
    world.until("Mon 11:00").await;
    assert_snapshot!(tom.screen(), @"
    Noch gibt es keine Übersicht der Woche: Es haben zu wenige mitgemacht, um etwas zu zeigen. Sobald es genug sind, kommt sie von selbst.
    [Bericht]
    [Übersicht im Browser] [Anderer Tag]
    ");
    // A week later the first week is settled.
    world.until("Mon 11:00").await;
    assert_snapshot!(tom.screen(), @"
    (media)
    Ihre Woche in Zahlen

    KW 10: In fast allen Tandems war die zugesagte Zeit da. Das darf man den Arbeitgebern auch einmal sagen.
    [Bericht]
    [Übersicht im Browser] [Anderer Tag]
    ");
    tom.taps("Anderer Tag").await;
    assert_snapshot!(tom.screen(), @"
    Einstellungen

    Die Übersicht der Woche kommt am Montag. Anderer Tag?
    [English]
    [Di] [Mi] [Do] [Fr]
    [Keine Übersicht]
    [Alle Runden]
    ");
    tom.taps("Mi").await;
    world.until("Wed 11:00").await;
    assert!(tom.new_messages() > 0);
    world.until("Tue 11:00").await;
    assert_eq!(tom.new_messages(), 0, "not on Mondays any more");
    world.until("Wed 11:00").await;
    assert!(tom.new_messages() > 0);
    tom.taps_all(&["Anderer Tag", "Keine Übersicht"]).await;
    assert_snapshot!(tom.screen(), @"
    Einstellungen

    Die Übersicht der Woche kommt nicht. An welchem Tag soll sie kommen?
    [English]
    [Mo] [Di] [Mi] [Do] [Fr]
    [Alle Runden]
    ");
    world.until("Wed 11:00").await;
    assert_eq!(tom.new_messages(), 0, "never");
}
