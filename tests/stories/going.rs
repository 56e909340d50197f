//! Leaving a round without having everything erased, and giving a seat to somebody new.

use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn whoever_leaves_without_erasing_is_told_what_stays_and_goes_by_itself_later() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    world.until("Tue 12:00").await;
    ben.says("90 min").await;
    ada.says("weg nächste Woche").await;
    ben.taps("Ja, übernehme ich").await;
    ben.says("weg 16.3.").await;
    ben.says("/einstellungen").await;
    ben.taps_all(&["Wechsel im Tandem", "Runde verlassen"]).await;
    assert_snapshot!(ben.screen(), @"
    Möchten Sie die Runde verlassen?

    Lektionen und Erinnerungen enden. Die andere Person und die Kursleitung erfahren, dass jemand gegangen ist. Was über Sie gespeichert ist, bleibt zunächst. Sind Sie drei Monate später in keiner Runde, wird es gelöscht.
    [Nein, bleiben]
    [Ja, Runde verlassen]
    ");
    ben.taps("Nein, bleiben").await;
    ben.says("/einstellungen").await;
    ben.taps_all(&["Wechsel im Tandem", "Runde verlassen"]).await;
    let really = ben.carried("Ja, Runde verlassen");
    ben.taps("Ja, Runde verlassen").await;
    assert_snapshot!(ben.screen(), @"
    Sie haben die Runde verlassen. Danke, dass Sie dabei waren! Möchten Sie, dass alles über Sie sofort gelöscht wird? Dafür ist der Knopf da.
    [Meine Daten] [Alles löschen]
    ");
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 9. März bis Fr., 13. März weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ――――
    ✓ Ben vertritt Sie vom Mo., 9. März bis Fr., 13. März.
    ――――
    Ben ist am Mo., 16. März weg. Übernehmen Sie die Vertretung?
    ――――
    Die Vertretung für Ben am Mo., 16. März entfällt.
    ――――
    Mo., 9. März bis Fr., 13. März: Niemand vertritt Sie. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [In der Runde fragen]
    [Bewusst offen lassen]
    ――――
    Ben hat Ihr Tandem verlassen. Ihre Lektionen und Stunden gehen weiter, nur die Vertretung fehlt jetzt.
    [Zweite Person einladen]
    ");
    assert_snapshot!(tom.screen(), @"
    Die Runde hat begonnen. Startklar: 1 von 1 Tandems.
    ――――
    Aus einem Tandem ist jemand gegangen. Organisation: Verein Ada. Das Tandem braucht jetzt die zweite Person.
    ");
    // The ledger stays right.
    ada.says("/stunden").await;
    assert!(ada.screen().contains("KW 10: 1:30 Std. von 5 Std."), "{}", ada.screen());
    ben.presses_old(&really).await;
    assert_snapshot!(ben.screen(), @"(Dieser Knopf ist nicht mehr aktuell.)");
    ben.says("45 min").await;
    assert_snapshot!(ben.screen(), @"
    Sie sitzen gerade in keinem Tandem.

    Was über Sie gespeichert ist, sehen Sie hier. Sie können es auch sofort löschen. Haben Sie eine Runde verlassen, löscht es sich nach drei Monaten von selbst.
    [Meine Daten] [Alles löschen]
    ");
    ben.taps("Meine Daten").await;
    assert!(ben.screen().contains("Einträge in der Stundenliste: 1 (zusammen 1:30 Std.)"), "{}", ben.screen());
    ben.says("/datenschutz").await;
    ben.taps("Alles löschen").await;
    assert_snapshot!(ben.screen(), @"
    Möchten Sie alles über sich löschen?

    Eingetragene Stunden bleiben ohne Namen in der Summe.

    Aus diesem Chat verschwinden die Nachrichten der letzten 48 Stunden, Ihre und meine. Ältere kann ich nicht löschen, das geht nur in Telegram selbst.

    Damit keine Sicherungskopie Sie zurückholt, bleibt 92 Tage lang eine Prüfsumme ohne Namen.
    [Nein, behalten]
    [Ja, alles löschen]
    ");
    ben.taps("Nein, behalten").await;
    // No lesson, no reminder, nothing.
    world.until_date("2026-06-03 09:00").await;
    assert_eq!(ben.new_messages(), 0, "{}", ben.screen());
    assert_eq!(world.count("SELECT COUNT(*) FROM person WHERE name = 'Ben'").await, 1);
    world.until_date("2026-06-05 12:00").await;
    assert_eq!(world.count("SELECT COUNT(*) FROM person WHERE name = 'Ben'").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM erased").await, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM answer").await, 0);
}

#[tokio::test]
async fn whoever_comes_back_in_time_is_not_erased() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 12:00").await;
    ben.says("/einstellungen").await;
    ben.taps_all(&["Wechsel im Tandem", "Runde verlassen", "Ja, Runde verlassen"]).await;
    ada.says("/start").await;
    ada.taps("Zweite Person einladen").await;
    ben.opens(&ada.shared_link()).await;
    ben.taps_all(&["Ich bin dabei", "Passt"]).await;
    assert_snapshot!(ben.screen(), @"
    Es geht los! Ihre erste Lektion kommt am Do., 5. März um 10 Uhr.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    world.until_date("2026-07-01 12:00").await;
    assert_eq!(world.count("SELECT COUNT(*) FROM seat").await, 2);
    assert_eq!(world.count("SELECT COUNT(*) FROM person WHERE left_at IS NOT NULL").await, 0);
}

#[tokio::test]
async fn the_other_gives_a_seat_to_somebody_new_and_everybody_concerned_knows() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    world.until("Tue 12:00").await;
    ada.says("90 min").await;
    ben.says("weg 16.-18.3.").await;
    ada.taps("Ja, übernehme ich").await;
    ben.says("/einstellungen").await;
    ben.taps_all(&["Wechsel im Tandem", "Anderen Platz neu besetzen"]).await;
    assert_snapshot!(ben.screen(), @"
    Soll jemand anderes den Platz von Ada übernehmen?

    Ada verliert den Platz sofort und erfährt es von mir, die Kursleitung auch. Die Stunden bleiben in der Summe Ihres Tandems. Zugesagte Vertretungen werden wieder offen.
    [Nein, es bleibt so]
    [Ja, neu besetzen]
    ");
    ben.taps("Nein, es bleibt so").await;
    ben.says("/einstellungen").await;
    ben.taps_all(&["Wechsel im Tandem", "Anderen Platz neu besetzen"]).await;
    let really = ben.carried("Ja, neu besetzen");
    ben.taps("Ja, neu besetzen").await;
    assert_snapshot!(ben.screen(), @"
    Jetzt fehlt noch die zweite Person. Schicken Sie ihr diesen Link.

    Sie liest zuerst, worum es geht und wer was sieht, und entscheidet dann selbst.
    [Link teilen]
    [Übersicht]
    ――――
    Mo., 16. März bis Mi., 18. März: Niemand vertritt Sie. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [In der Runde fragen]
    [Bewusst offen lassen]
    ");
    assert_snapshot!(ada.screen(), @"
    ✓ Danke! Sie übernehmen die Vertretung vom Mo., 16. März bis Mi., 18. März.

    Die Checkliste für die Übergabe kommt am Fr., 13. März.
    [Geht doch nicht]
    ――――
    Ihr Platz im Tandem (Verein Ada) wird neu besetzt. Danke für alles bisher!

    Lektionen und Erinnerungen enden damit. Sind Sie drei Monate später in keiner Runde, wird alles über Sie gelöscht. Mit dem Knopf geht es sofort.
    [Meine Daten] [Alles löschen]
    ");
    assert_snapshot!(tom.screen(), @"
    Die Runde hat begonnen. Startklar: 1 von 1 Tandems.
    ――――
    In einem Tandem wird ein Platz neu besetzt. Organisation: Verein Ada. Das Tandem braucht jetzt die erste Person.
    ");
    let link = ben.shared_link();
    // A second press finds nobody there and takes nothing back.
    ben.presses_old(&really).await;
    assert_snapshot!(ben.screen(), @"(Dieser Knopf ist nicht mehr aktuell.)");
    let kim = world.person("Kim");
    kim.opens(&link).await;
    kim.taps_all(&["Ich bin dabei", "Passt"]).await;
    assert!(kim.screen().contains("Ben ist vom Mo., 16. März bis Mi., 18. März weg."), "{}", kim.screen());
    assert_eq!(world.count("SELECT COUNT(*) FROM seat WHERE role = 'lead'").await, 1);
    kim.says("/stunden").await;
    assert!(kim.screen().contains("KW 10: 1:30 Std. von 5 Std."), "{}", kim.screen());
    // Whoever was replaced may have all erased at once.
    ada.taps_all(&["Alles löschen", "Ja, alles löschen"]).await;
    assert_eq!(world.count("SELECT COUNT(*) FROM person WHERE name = 'Ada'").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM entry WHERE person_id IS NULL").await, 1);
}
