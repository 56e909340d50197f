//! What comes late: words that waited for the program, absences of weeks that are settled, a program that stood still.

use chrono::TimeDelta;
use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn what_was_written_before_midnight_counts_for_that_day_though_nobody_listened() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 22:00").await;
    ada.writes("Start");
    ben.writes("weg ab heute");
    world.is_down_until("2026-03-03 23:50");
    ben.writes("45 min");
    world.is_down_until("2026-03-04 00:20");
    ada.writes("Stopp");
    world.is_down_until("2026-03-04 08:30");
    world.settle().await;
    assert_snapshot!(ada.screen(), @"
    ▶ Die Uhr läuft. Zum Beenden: „Stopp“.
    [■ Stopp]
    [Nichts eintragen] [Übersicht]
    ――――
    ✓ 2 Std. für Di., 3. März eingetragen.

    ✓ 20 Min. für Mi., 4. März eingetragen.

    KW 10: 3:05 Std. von 5 Std.
    ▓▓▓▓▓▓░░░░
    [2 Std. löschen] [20 Min. löschen]
    ");
    assert_snapshot!(ben.screen(), @"");
    assert_eq!(world.count("SELECT COUNT(*) FROM entry WHERE day = '2026-03-03'").await, 2);
    // Of a press nobody knows when it was: it counts for the day on which it is heard, and says so.
    ben.says("/stunden").await;
    world.until("Wed 23:50").await;
    ben.presses("+30 Min.");
    world.is_down_until("2026-03-05 08:30");
    world.settle().await;
    assert_snapshot!(ben.screen(), @"");
}

#[tokio::test]
async fn whoever_says_late_that_they_were_away_changes_their_own_view_and_no_figure() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until_date("2026-03-16 09:00").await;
    assert_eq!(world.count("SELECT COUNT(*) FROM week_close WHERE target = 300 AND revised IS NULL").await, 1);
    ada.says("weg 2.3. bis 20.3.").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 2. März bis Fr., 20. März weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.

    Eine dieser Wochen ist schon abgeschlossen. In Ihrer Ansicht zählt die Änderung, in den Zahlen der Kursleitung bleibt es beim Abschluss.
    [Doch nicht weg] [Übersicht]
    ");
    ben.says("away 5 to 6 March").await;
    assert_snapshot!(ben.screen(), @"");
    // With both away on two days there was less to do.
    ben.says("/stunden").await;
    assert_snapshot!(ben.screen(), @"");
    assert_eq!(world.count("SELECT COUNT(*) FROM week_close WHERE target = 300 AND revised IS NOT NULL").await, 1);
    // Shortened into the settled week it is a revision as well.
    ada.says("weg 2.3. bis 5.3.").await;
    assert_snapshot!(ada.screen(), @"");
    ada.says("/stunden").await;
    assert_snapshot!(ada.screen(), @"");
}

/// A server that stood still for long settles each week by what was known of it.
async fn settled_after_a_standstill(back: &str) {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("30 min").await;
    ada.says("weg 2.3. bis 6.3.").await;
    ben.says("weg 2.3. bis 6.3.").await;
    world.is_down_until(back);
    world.settle().await;
    let free = "SELECT COUNT(*) FROM week_close WHERE week = '2026-03-02' AND target IS NULL AND minutes = 30";
    assert_eq!(world.count(free).await, 1, "{back}");
    let others = "SELECT COUNT(*) FROM week_close WHERE week > '2026-03-02' AND target NOT IN (240, 300)";
    assert_eq!(world.count(others).await, 0, "{back}");
    // What is old goes all the same, as soon as the rest is done.
    assert!(world.count("SELECT COUNT(*) FROM absence").await > 0, "{back}");
    world.advance(TimeDelta::hours(1)).await;
    assert_eq!(world.count("SELECT COUNT(*) FROM absence").await, 0, "{back}");
}

#[tokio::test]
async fn a_week_whose_entries_are_still_at_hand_and_whose_absences_are_not_is_settled_by_both() {
    settled_after_a_standstill("2026-04-12 10:00").await;
}

#[tokio::test]
async fn weeks_that_lie_further_back_than_any_decision_looks_are_settled_by_what_is_known() {
    settled_after_a_standstill("2026-05-20 10:00").await;
}
