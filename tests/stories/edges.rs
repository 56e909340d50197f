//! Edges between machines: a helper out of reach, a language that changes, days that each takes for the other.

use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn a_helper_who_shuts_the_bot_out_is_no_cover_and_is_asked_again_when_back() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("weg 16.-18.3.").await;
    ben.taps("Ja, übernehme ich").await;
    ben.blocks().await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 16. März bis Mi., 18. März weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ――――
    ✓ Ben vertritt Sie vom Mo., 16. März bis Mi., 18. März.
    ――――
    Ben erreiche ich hier nicht mehr: Ihre Vertretung vom Mo., 16. März bis Mi., 18. März ist offen. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [In der Runde fragen]
    [Bewusst offen lassen]
    ");
    ben.unblocks().await;
    assert_snapshot!(ben.screen(), @"
    Ada ist vom Mo., 16. März bis Mi., 18. März weg. Übernehmen Sie die Vertretung?
    [Ja, übernehme ich] [Geht nicht]
    ");
    ben.taps("Ja, übernehme ich").await;
    assert_eq!(ada.chat().matches("✓ Ben vertritt Sie").count(), 2, "{}", ada.chat());
}

#[tokio::test]
async fn whoever_changes_the_language_keeps_old_buttons_and_both_decimal_signs() {
    let world = World::new().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Wed 12:00").await;
    ada.says("1,5 Std.").await;
    let undo = ada.carried("Rückgängig");
    ada.says("1.30").await;
    let (other, more) = (ada.carried("Gemeint: 1:18 Std."), ada.carried("+5 Min."));
    ada.says("/einstellungen").await;
    ada.taps("English").await;
    ada.presses_old(&other).await;
    assert_snapshot!(ada.screen(), @"
    ✓ 1:18 h logged for Wed 4 March.

    Week 10: 2:48 h of 5 h
    ▓▓▓▓▓░░░░░
    [I meant 1:30 h] [Undo]
    [−5 min] [+5 min]
    ");
    ada.presses_old(&more).await;
    ada.presses_old(&undo).await;
    assert_snapshot!(ada.screen(), @"
    Removed: 1:30 h on Wed 4 March.

    Week 10: 1:23 h of 5 h
    ▓▓░░░░░░░░
    [Overview]
    ");
    // Whichever sign somebody is used to.
    ada.says("1.5 h").await;
    ada.says("1,5 h").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 1:30 h logged for Wed 4 March.

    Week 10: 4:23 h of 5 h
    ▓▓▓▓▓▓▓▓░░
    [Undo]
    [−5 min] [+5 min]
    ");
    ada.says("/stunden").await;
    assert_snapshot!(ada.screen(), @"
    Your tandem’s hours

    Week 10: 4:23 h of 5 h
    ▓▓▓▓▓▓▓▓░░
    [+15 min] [+30 min] [+1 h]
    [▶ Start timer]
    [Change entries] [Picture]
    [Overview]
    ");
}

#[tokio::test]
async fn each_stands_in_for_the_other_and_none_of_it_is_a_circle() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("weg 9.-10.3.").await;
    ben.says("weg 12.-13.3.").await;
    ben.taps("Ja, übernehme ich").await;
    ada.taps("Ja, übernehme ich").await;
    ben.says("/vertretung").await;
    assert_snapshot!(ben.screen(), @"
    Vertretung

    Mo., 9. März bis Di., 10. März: Sie vertreten Ada

    Do., 12. März bis Fr., 13. März: Sie werden vertreten
    [Geht doch nicht]
    [Übersicht]
    ");
    world.until_date("2026-03-16 12:00").await;
    assert_eq!(ben.chat().matches("Ada ist zurück").count(), 1, "{}", ben.chat());
    assert_eq!(ada.chat().matches("Ben ist zurück").count(), 1, "{}", ada.chat());
}
