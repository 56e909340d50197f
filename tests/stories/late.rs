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
    assert_snapshot!(ben.screen(), @"
    ✓ Notiert: Sie sind am Di., 3. März weg.

    Eine Vertretung braucht es dafür nicht.

    Das Ende ist noch offen. Am nächsten Arbeitstag frage ich morgens, ob Sie wieder da sind. Wissen Sie es schon? Dann schreiben Sie zum Beispiel „bis Freitag“.
    [Doch nicht weg] [Übersicht]
    [Bis …]
    ――――
    ✓ 45 Min. für Di., 3. März eingetragen.

    KW 10: 45 Min. von 5 Std.
    ▓░░░░░░░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
    assert_eq!(world.count("SELECT COUNT(*) FROM entry WHERE day = '2026-03-03'").await, 2);
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

    Eine dieser Wochen ist schon abgeschlossen. Bei Ihnen zählt die Änderung noch. Die Zahlen für die Kursleitung ändert sie nicht mehr.
    [Doch nicht weg] [Übersicht]
    ");
    ben.says("away 5 to 6 March").await;
    assert_snapshot!(ben.screen(), @"
    ✓ Notiert: Sie sind vom Do., 5. März bis Fr., 6. März weg.

    Eine Vertretung braucht es dafür nicht.

    Eine dieser Wochen ist schon abgeschlossen. Bei Ihnen zählt die Änderung noch. Die Zahlen für die Kursleitung ändert sie nicht mehr.
    [Doch nicht weg] [Übersicht]
    ");
    // With both away on two days there was less to do.
    ben.says("/stunden").await;
    assert_snapshot!(ben.screen(), @"
    Ihre Stunden im Tandem

    KW 12: 0 Min. von 5 Std.
    ░░░░░░░░░░

    Die Wochen davor:
    • KW 11 ░░░░░░░░░░ 0 Min. / 5 Std.
    • KW 10 ░░░░░░░░░░ 0 Min. / 3 Std.

    Mittel aus 2 Wochen: 0 Min. von 4 Std.
    [+15 Min.] [+30 Min.] [+1 Std.]
    [▶ Uhr starten]
    [Bild]
    [Übersicht]
    ");
    assert_eq!(world.count("SELECT COUNT(*) FROM week_close WHERE target = 300 AND revised IS NOT NULL").await, 1);
    // Shortened into the settled week it is a revision as well.
    ada.says("weg 2.3. bis 5.3.").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 2. März bis Do., 5. März weg.

    Eine dieser Wochen ist schon abgeschlossen. Bei Ihnen zählt die Änderung noch. Die Zahlen für die Kursleitung ändert sie nicht mehr.
    [Doch nicht weg] [Übersicht]
    ");
    ada.says("/stunden").await;
    assert_snapshot!(ada.screen(), @"
    Ihre Stunden im Tandem

    KW 12: 0 Min. von 5 Std.
    ░░░░░░░░░░

    Die Wochen davor:
    • KW 11 ░░░░░░░░░░ 0 Min. / 5 Std.
    • KW 10 ░░░░░░░░░░ 0 Min. / 4 Std.

    Mittel aus 2 Wochen: 0 Min. von 4:30 Std.
    [+15 Min.] [+30 Min.] [+1 Std.]
    [▶ Uhr starten]
    [Bild]
    [Übersicht]
    ");
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
