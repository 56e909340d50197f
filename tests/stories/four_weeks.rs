//! A tandem lives through four weeks: lessons, hours, an absence, a restart in the middle, feedback, the report.

mod rest;

use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn a_tandem_lives_through_four_weeks() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-09", "Europe/Berlin", Some(&tom)).await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    world.until_date("2026-03-10 10:00").await;
    ada.taps("▶ Los geht’s").await;
    ada.taps_all(&["Weiter", "A"]).await;
    // The program is stopped in the middle of the lesson and started again.
    world.restart().await;
    ada.taps("Weiter").await;
    ada.taps_all(&["Weiter", "A", "Weiter", "Weiter", "B", "Weiter", "Später"]).await;
    assert_snapshot!(ada.screen(), @"
    ✓ Die Karten sind geschafft. Die zurückgestellte Aufgabe wartet, bis es passt.

    Vorgesehen waren 40 Min. dafür; ein Tipp trägt die Zeit ein. War es mehr oder weniger, schreiben Sie zum Beispiel „50 min“.
    [40 Min. eintragen]
    [Übersicht]
    ");
    let log = ada.carried("40 Min. eintragen");
    ada.taps("40 Min. eintragen").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 40 Min. für Di., 10. März eingetragen.

    KW 11: 40 Min. von 5 Std.
    ▓░░░░░░░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    [Übersicht]
    ");
    ada.presses_old(&log).await;
    assert_snapshot!(ada.screen(), @"(Das ist schon eingetragen.)");
    ben.says("/settings").await;
    ben.taps("English").await;
    assert_snapshot!(ben.screen(), @"
    Mandate, goal, dialogue

    This week is about the basics: your time, a goal and the way you start a conversation. By the end you will have one sentence that says why your organisation is online. It may also say where it need not be.

    Why are we online?

    Three cards with a question each, then one sentence for your concept. The cards fit into a coffee break. The sentence needs a quiet half hour.

    Takes about 40 min, and you can stop at any point.
    [▶ Start] [Later]
    ――――
    Settings

    Lessons: Tuesday and Thursday at 10:00

    Promise: 5 h a week, board/director, Mon 2 March
    [Deutsch] [Einfache Sprache]
    [Days and time]
    [Working days]
    [Fewer reminders]
    [Pause]
    [Stand in for other tandems]
    [Changes in the tandem]
    [Overview]
    ");

    world.until("Thu 10:00").await;
    assert_snapshot!(ben.screen(), @"
    (“Mandate, goal, dialo…” has no buttons any more)
    ――――
    One voice, clear figures

    Two cards with questions, then a look at your accounts and at a post that worked. At the end, tell us how the week was.

    This lesson is new and will wait for you. First, go on from where you are.
    [Continue] [Later]
    ");
    ada.taps_all(&["▶ Los geht’s", "Gleich zur Lektion"]).await;
    ada.taps_all(&["Weiter", "☐ A", "☐ C", "Prüfen", "Weiter", "Weiter", "☐ B", "☐ D", "Prüfen", "Weiter"]).await;
    ada.taps_all(&["Fertig", "Später", "Habe ich überlegt", "Habe ich überlegt"]).await;
    ada.taps_all(&["Es geht allein", "Freigaben", "Gerade richtig"]).await;
    ada.taps("Überspringen").await;
    ben.says("1h30").await;
    assert_snapshot!(ben.screen(), @"
    ✓ 1:30 h logged for Thu 12 March.

    Week 11: 2:10 h of 5 h
    ▓▓▓▓░░░░░░
    [Undo]
    [−5 min] [+5 min]
    ");
    ben.says("20").await;
    assert_snapshot!(ben.screen(), @"
    ✓ 20 min logged for Thu 12 March.

    Week 11: 2:30 h of 5 h
    ▓▓▓▓▓░░░░░
    [Undo]
    [−5 min] [+5 min]
    ");
    ada.says("1,5 Std. gestern").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 1:30 Std. für Mi., 11. März eingetragen.

    KW 11: 4 Std. von 5 Std.
    ▓▓▓▓▓▓▓▓░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
    ada.taps("Rückgängig").await;
    assert_snapshot!(ada.screen(), @"
    Gelöscht: 1:30 Std. am Mi., 11. März.

    KW 11: 2:30 Std. von 5 Std.
    ▓▓▓▓▓░░░░░
    [Übersicht]
    ");
    ada.says("3").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 3 Std. für Do., 12. März eingetragen.

    KW 11: 5:30 Std. von 5 Std.
    ▓▓▓▓▓▓▓▓▓▓
    [Gemeint: 3 Min.] [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
    ada.taps("Gemeint: 3 Min.").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 3 Min. für Do., 12. März eingetragen.

    KW 11: 2:33 Std. von 5 Std.
    ▓▓▓▓▓░░░░░
    [Gemeint: 3 Std.] [Rückgängig]
    [+5 Min.]
    ");

    world.until("Fri 10:00").await;
    assert_snapshot!(ada.screen(), @"
    Das hatten Sie zurückgestellt:

    Ein Beitrag mit echten Antworten

    Die Woche geht zu Ende. Fehlt noch Zeit in Ihrer Liste?

    KW 11: 2:33 Std. von 5 Std.
    ▓▓▓▓▓░░░░░
    [Aufgabe öffnen]
    [+30 Min.] [+1 Std.]
    [Nicht freigegeben]
    [Nicht gebraucht] [Waren weg]
    [Warum kommt das?] [Weniger davon]
    ");
    assert_snapshot!(ben.screen(), @"
    Your lesson is still open. You’ll go on from where you were.
    [Continue]
    [Why this?] [Fewer of these]
    ");
    ada.says("/stunden").await;
    assert_snapshot!(ada.screen(), @"
    Ihre Stunden im Tandem

    KW 11: 2:33 Std. von 5 Std.
    ▓▓▓▓▓░░░░░
    [+15 Min.] [+30 Min.] [+1 Std.]
    [▶ Uhr starten]
    [Einträge ändern] [Bild]
    [Übersicht]
    ");

    // She takes up the task that she had put off; the concept has its first sentence.
    world.until("Mon 11:00").await;
    ada.says("/fortschritt").await;
    assert_snapshot!(ada.screen(), @"
    2 von 8 Lektionen
    ▓▓░░░░░░░░

    Abschlusstest: nach der letzten Lektion

    Das hatten Sie zurückgestellt:

    Ihr Ziel in einem Satz

    Ein Beitrag mit echten Antworten
    [Was die Lizenz braucht]
    [Aufgabe 1 öffnen]
    [Aufgabe 2 öffnen]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    ada.taps("Aufgabe 1 öffnen").await;
    ada.says("Bis 30. Juni fragen fünf Familien nach dem Vorlesekreis.").await;
    assert_snapshot!(ada.screen(), @"
    (“Ihr Ziel in einem Sa…” has no buttons any more)
    ――――
    ✓ Gespeichert.
    [Weiter] [Ändern]
    ");
    ada.taps("Weiter").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert. Weiter geht es, wann es Ihnen passt.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    ada.says("/konzept").await;
    assert_snapshot!(ada.screen(), @"
    Ihr Konzept bisher

    Ihr Ziel in einem Satz

    1. Bis 30. Juni fragen fünf Familien nach dem Vorlesekreis.

    Ein Mensch in fünf Zeilen

    2. Noch offen.

    Drei Sätze mit Beleg

    3. Noch offen.

    Vier Beiträge, zwei Wochen

    4. Noch offen.

    Zustimmung in vier Sätzen

    5. Noch offen.

    Fünf Regeln

    6. Noch offen.

    Zwei Textbausteine

    7. Noch offen.
    [✎ 1]
    [Einen Text zeigen]
    [Als Datei]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");

    rest::of_the_weeks(&world, &ada, &ben, &tom).await;
}
