//! Entries over time: corrections, the timer, two rounds.

use chrono::TimeDelta;
use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn an_entry_is_corrected_and_every_change_is_kept() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Wed 12:00").await;
    ada.says("45 min Kommentare").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 45 Min. für Mi., 4. März eingetragen.

    Den Text dazu speichere ich nicht.

    KW 10: 45 Min. von 5 Std.
    ▓░░░░░░░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
    ada.taps_all(&["+5 Min.", "+5 Min.", "−5 Min."]).await;
    assert_snapshot!(ada.screen(), @"
    ✓ 50 Min. für Mi., 4. März eingetragen.

    KW 10: 50 Min. von 5 Std.
    ▓░░░░░░░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
    ada.says("Mo 1.30, gestern 2").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 1:30 Std. für Mo., 2. März eingetragen.

    ✓ 2 Std. für Di., 3. März eingetragen.

    KW 10: 4:20 Std. von 5 Std.
    ▓▓▓▓▓▓▓▓░░
    [Gemeint: 1:18 Std.] [Gemeint: 2 Min.] [1:30 Std. löschen] [2 Std. löschen]
    ");
    ada.taps("Gemeint: 2 Min.").await;
    ada.says("/stunden").await;
    ada.taps("Einträge ändern").await;
    assert_snapshot!(ada.screen(), @"
    Ihre Einträge in KW 10. Welchen möchten Sie ändern?
    [Mo., 2. März: 1:30 Std.]
    [Di., 3. März: 2 Min.]
    [Mi., 4. März: 50 Min.]
    [Woche davor]
    [Verlauf]
    [Übersicht]
    ");
    ada.taps("Mo., 2. März: 1:30 Std.").await;
    assert_snapshot!(ada.screen(), @"
    Mo., 2. März: 1:30 Std.

    KW 10: 2:22 Std. von 5 Std.
    ▓▓▓▓░░░░░░
    [15 Min.] [30 Min.] [1 Std.]
    [Tag davor] [Tag danach]
    [Neu schreiben]
    [Löschen] [Zurück]
    ");
    ada.taps("Neu schreiben").await;
    ada.says("anderthalb Stunden am 4.3.").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 1:30 Std. für Mi., 4. März eingetragen.

    KW 10: 2:22 Std. von 5 Std.
    ▓▓▓▓░░░░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
    ada.says("/stunden").await;
    ada.taps_all(&["Einträge ändern", "Di., 3. März: 2 Min.", "Tag davor", "Tag davor"]).await;
    assert_snapshot!(ada.screen(), @"
    So., 1. März: 2 Min.

    KW 9: 2 Min. von 5 Std.
    ▓░░░░░░░░░
    [15 Min.] [30 Min.] [1 Std.]
    [Tag davor] [Tag danach]
    [Neu schreiben]
    [Löschen] [Zurück]
    ");
    ada.taps("Löschen").await;
    ada.says("/stunden").await;
    ada.taps_all(&["Einträge ändern", "Verlauf"]).await;
    assert_snapshot!(ada.screen(), @"
    Ihre letzten Berichtigungen
    • So., 1. März: 2 Min. gelöscht (Mi., 4. März)
    • Mo., 2. März: 2 Min. → So., 1. März: 2 Min. (Mi., 4. März)
    • Di., 3. März: 2 Min. → Mo., 2. März: 2 Min. (Mi., 4. März)
    • Mo., 2. März: 1:30 Std. → Mi., 4. März: 1:30 Std. (Mi., 4. März)
    • Di., 3. März: 2 Std. → Di., 3. März: 2 Min. (Mi., 4. März)
    • Mi., 4. März: 50 Min. → Mi., 4. März: 55 Min. (Mi., 4. März)
    • Mi., 4. März: 55 Min. → Mi., 4. März: 50 Min. (Mi., 4. März)
    • Mi., 4. März: 45 Min. → Mi., 4. März: 50 Min. (Mi., 4. März)
    [Zurück]
    ");
    ben.says("/hours").await;
    assert_snapshot!(ben.screen(), @"
    Ihre Stunden im Tandem

    KW 10: 2:20 Std. von 5 Std.
    ▓▓▓▓░░░░░░
    [+15 Min.] [+30 Min.] [+1 Std.]
    [▶ Uhr starten]
    [Bild]
    [Übersicht]
    ");
    // Three steps, the other reading, the text, two days, and the end of it.
    assert_eq!(world.count("SELECT COUNT(*) FROM entry_change").await, 8);
    assert_eq!(world.count("SELECT COUNT(*) FROM entry_change WHERE is_minutes IS NULL AND was_minutes = 2").await, 1);
}

#[tokio::test]
async fn a_timer_runs_on_over_a_restart_and_midnight_and_leaves_minutes_only() {
    let world = World::on_disk().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 15:00").await;
    ada.says("/stunden").await;
    ada.taps("▶ Uhr starten").await;
    assert_snapshot!(ada.screen(), @"
    ▶ Die Uhr läuft. Zum Beenden: „Stopp“.
    [■ Stopp]
    [Nichts eintragen] [Übersicht]
    ");
    world.restart().await;
    world.advance(TimeDelta::minutes(50)).await;
    ada.says("Stopp").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 50 Min. für Di., 3. März eingetragen.

    KW 10: 50 Min. von 5 Std.
    ▓░░░░░░░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
    assert_eq!(world.count("SELECT COUNT(*) FROM seat WHERE mind LIKE '%\"timer\"%'").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM entry WHERE made % 86400000000 = 0").await, 1);

    world.until("Wed 09:00").await;
    ada.says("start").await;
    world.until("Wed 13:30").await;
    assert_snapshot!(ada.screen(), @"
    Läuft die Uhr noch? Sie haben sie vor 4 Std. gestartet.

    Früher aufgehört? Dann so lange nach dem Start:
    [Ja, läuft weiter] [Jetzt stoppen]
    [30 Min.] [1 Std.] [2 Std.]
    [3 Std.]
    [Nichts eintragen]
    ");
    world.until("Thu 09:00").await;
    assert_snapshot!(ada.screen(), @"
    (nothing new)
    ");
    ada.says("Stopp").await;
    assert_snapshot!(ada.screen(), @"
    24 Std. lief die Uhr. So viel trage ich nicht ungefragt ein. Wann haben Sie aufgehört? So lange nach dem Start:
    [30 Min.] [1 Std.] [2 Std.]
    [3 Std.] [4 Std.] [6 Std.]
    [Nichts eintragen]
    [Alles: 24 Std.]
    ");
    ada.taps("3 Std.").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 3 Std. für Mi., 4. März eingetragen.

    KW 10: 3:50 Std. von 5 Std.
    ▓▓▓▓▓▓▓░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");

    world.until("Thu 23:20").await;
    ada.says("Start").await;
    world.until("Fri 00:40").await;
    ada.says("Stopp").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 40 Min. für Do., 5. März eingetragen.

    ✓ 40 Min. für Fr., 6. März eingetragen.

    KW 10: 5:10 Std. von 5 Std.
    ▓▓▓▓▓▓▓▓▓▓
    [40 Min. löschen] [40 Min. löschen]
    ");
    ada.says("Stopp").await;
    assert_snapshot!(ada.screen(), @"
    Es läuft keine Uhr.
    ");
}

#[tokio::test]
async fn in_two_rounds_there_is_one_timer_and_each_entry_finds_its_tandem() {
    let world = World::new().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    let other = world.round("2026-03-04", "Europe/Berlin", None).await;
    ada.opens(&other.code).await;
    ada.taps("Verstanden").await;
    ada.says("Förderverein").await;
    ada.taps_all(&["Ja, Vorstand/Leitung", "Passt"]).await;
    let kim = world.person("Kim");
    kim.opens(&ada.shared_link()).await;
    kim.taps_all(&["Ich bin dabei", "Passt"]).await;
    world.until("Thu 12:00").await;
    ada.says("Start").await;
    assert_snapshot!(ada.screen(), @"
    Für welches Tandem soll die Uhr laufen?
    [Verein Ada]
    [Förderverein]
    ");
    ada.taps("Verein Ada").await;
    ada.says("start").await;
    assert_snapshot!(ada.screen(), @"
    ▶ Die Uhr läuft schon. Zum Beenden: „Stopp“.
    [■ Stopp]
    [Nichts eintragen] [Übersicht]
    ");
    world.advance(TimeDelta::minutes(30)).await;
    ada.says("stopp").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 30 Min. für Do., 5. März eingetragen.

    KW 10: 30 Min. von 5 Std.
    ▓░░░░░░░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
    ada.says("gestern 45 min, heute 2 h").await;
    assert_snapshot!(ada.screen(), @"
    Für welches Tandem soll ich 2:45 Std. eintragen?
    [Verein Ada]
    [Förderverein]
    ");
    ada.taps("Förderverein").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 45 Min. für Mi., 4. März eingetragen.

    ✓ 2 Std. für Do., 5. März eingetragen.

    KW 10: 2:45 Std. von 5 Std.
    ▓▓▓▓▓░░░░░
    [45 Min. löschen] [2 Std. löschen]
    ");
    world.advance(TimeDelta::minutes(1)).await;
    ada.says("2").await;
    ada.taps("Förderverein").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 2 Std. für Do., 5. März eingetragen.

    KW 10: 4:45 Std. von 5 Std.
    ▓▓▓▓▓▓▓▓▓░
    [Gemeint: 2 Min.] [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
}
