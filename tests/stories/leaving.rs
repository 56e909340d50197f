//! What is stored about one, and leaving: everything goes, the others are told, the ledger keeps its sums.

use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn whoever_leaves_is_gone_and_the_tandem_goes_on() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    world.until("Tue 10:00").await;
    ben.taps("▶ Los geht’s").await;
    ben.taps_all(&["Weiter", "B"]).await;
    ben.says("90 min").await;
    ada.says("weg nächste Woche").await;
    ben.taps("Ja, übernehme ich").await;
    ben.says("/datenschutz").await;
    assert_snapshot!(ben.screen(), @"
    Verantwortlich: die Stelle, von der Sie den Link haben
    Fragen zum Datenschutz: die Stelle, von der Sie den Link haben

    Wie lange? Einträge und ihre Berichtigungen bleiben drei Monate, nachdem ihre Woche geschlossen ist, danach zwölf Monate lang nur die Summen der Woche. Die Nummern der Nachrichten in diesem Chat merke ich mir 48 Stunden. So kann ich sie entfernen, wenn Sie alles löschen.

    Was nie? Gründe für Abwesenheit, Gesundheit, Telefonnummern. Tandem ist kein Arbeitszeitnachweis.

    Ihre Rechte: ansehen mit /meinedaten, pausieren mit /pause, löschen mit /loeschen. Stimmt etwas nicht, wenden Sie sich an die Stelle oben.

    Hinweise: Fassung 3, gelesen am Mo., 2. März
    [Wer sieht was?] [Meine Daten]
    [Alles löschen]
    ");
    ben.taps("Meine Daten").await;
    assert_snapshot!(ben.screen(), @"
    Das ist über Sie gespeichert

    Name: Ben
    Sprache: Deutsch

    Einträge in der Stundenliste: 1 (zusammen 1:30 Std.)
    Abwesenheiten: 0
    Antworten in Lektionen: 1
    Rückmeldungen, die noch zu Ihnen gehören: 0
    Fragen, die noch einmal kommen: 1

    Berichtigungen der Stundenliste: 0

    Dazu: Ihre Telegram-Nummer für diesen Chat, Ihr Platz im Tandem, Ihr Stand im Kurs, Ihre Einstellungen und Nachrichten, die noch zu Ihnen unterwegs sind.

    Stimmt etwas nicht? Stunden ändern Sie unter /stunden, Abwesenheiten unter /weg, Sprache und Tage unter /einstellungen, Texte für das Konzept unter /konzept. Ihren Namen ändern Sie hier mit dem Knopf.
    [Als Datei]
    [Name ändern]
    [Alles löschen]
    ");
    ben.taps("Alles löschen").await;
    assert_snapshot!(ben.screen(), @"
    Möchten Sie gehen und alles über Sie löschen?

    Ihre Stunden bleiben ohne Namen in der Summe Ihres Tandems. Die andere Person und die Kursleitung erfahren, dass jemand gegangen ist.

    Aus diesem Chat verschwinden die Nachrichten der letzten 48 Stunden, Ihre und meine. Ältere kann ich nicht löschen, das geht nur in Telegram selbst.

    Damit keine Sicherungskopie Sie zurückholt, bleibt 92 Tage lang eine Prüfsumme ohne Namen.
    [Nein, bleiben]
    [Ja, alles löschen]
    ");
    ben.taps("Nein, bleiben").await;
    assert_snapshot!(ben.screen(), @"
    Gut. Es bleibt alles, wie es ist.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    ben.says("/loeschen").await;
    let really = ben.carried("Ja, alles löschen");
    ben.taps("Ja, alles löschen").await;
    assert_snapshot!(ben.screen(), @"Ihre Daten sind gelöscht. Die Nachrichten der letzten 48 Stunden verschwinden gleich aus diesem Chat. Ältere löschen Sie bitte selbst in Telegram. Alles Gute!");
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 9. März bis Fr., 13. März weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ――――
    ✓ Ben vertritt Sie vom Mo., 9. März bis Fr., 13. März.
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
    assert_eq!(world.count("SELECT COUNT(*) FROM person WHERE name = 'Ben'").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM answer").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM entry WHERE person_id IS NULL AND minutes = 90").await, 1);
    for table in ["chat", "seat", "outbox", "milestone", "screen"] {
        let question = format!("SELECT COUNT(*) FROM {table} WHERE person_id NOT IN (SELECT id FROM person)");
        assert_eq!(world.count(&question).await, 0, "{table}");
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM outbox WHERE message LIKE '%Ben%'").await, 0, "nor in what was said");

    // Whoever is gone is a stranger; the old button does nothing.
    ben.presses_old(&really).await;
    assert_snapshot!(ben.screen(), @"(Dieser Knopf gilt hier nicht.)");
    ben.says("45 min").await;
    assert_snapshot!(ben.screen(), @"
    Guten Tag. Tandem begleitet Kolleginnen und Kollegen, die zu zweit online für ihre Organisation sprechen.

    Zum Mitmachen brauchen Sie einen Einladungslink: von Ihrer Kursleitung oder von der Person, mit der Sie das Tandem bilden.
    ");
    ada.says("/stunden").await;
    assert_snapshot!(ada.screen(), @"
    Ihre Stunden im Tandem

    KW 10: 1:30 Std. von 5 Std.
    ▓▓▓░░░░░░░
    [+15 Min.] [+30 Min.] [+1 Std.]
    [▶ Uhr starten]
    [Bild]
    [Übersicht]
    ");

    // Somebody new takes the seat.
    ada.taps("Zweite Person einladen").await;
    let kim = world.person("Kim").language("en");
    kim.opens(&ada.shared_link()).await;
    kim.taps_all(&["I’m in", "Fine"]).await;
    assert_snapshot!(kim.screen(), @"
    Off we go! Your first lesson comes on Thu 5 March at 10:00.
    [Lesson] [Time]
    [Away] [More]
    ――――
    Ada is away from Mon 9 March to Fri 13 March. Can you stand in?
    [Yes, I’ll stand in] [I can’t]
    ");
    world.until("Thu 10:00").await;
    assert_eq!(kim.new_messages(), 1, "{}", kim.screen());
}

#[tokio::test]
async fn a_trainer_leaves_too() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    world.round("2026-03-09", "Europe/Berlin", Some(&tom)).await;
    tom.says("/meinedaten").await;
    assert_snapshot!(tom.screen(), @"
    Das ist über Sie gespeichert

    Name: Tom
    Sprache: Deutsch

    Dazu: Ihre Telegram-Nummer für diesen Chat, Ihre Runden, was Sie im letzten Jahr damit getan haben, und Nachrichten, die noch zu Ihnen unterwegs sind.
    [Als Datei]
    [Alles löschen]
    ");
    tom.says("/loeschen").await;
    assert_snapshot!(tom.screen(), @"
    Möchten Sie gehen und alles über Sie löschen?

    Ihre Runden sehen Sie danach nicht mehr.

    Aus diesem Chat verschwinden die Nachrichten der letzten 48 Stunden, Ihre und meine. Ältere kann ich nicht löschen, das geht nur in Telegram selbst.

    Damit keine Sicherungskopie Sie zurückholt, bleibt 92 Tage lang eine Prüfsumme ohne Namen.
    [Nein, bleiben]
    [Ja, alles löschen]
    ");
    tom.taps("Ja, alles löschen").await;
    assert_snapshot!(tom.screen(), @"Ihre Daten sind gelöscht. Die Nachrichten der letzten 48 Stunden verschwinden gleich aus diesem Chat. Ältere löschen Sie bitte selbst in Telegram. Alles Gute!");
    assert_eq!(world.count("SELECT COUNT(*) FROM person").await, 0);
    tom.says("/runden").await;
    assert_snapshot!(tom.screen(), @"
    Guten Tag. Tandem begleitet Kolleginnen und Kollegen, die zu zweit online für ihre Organisation sprechen.

    Zum Mitmachen brauchen Sie einen Einladungslink: von Ihrer Kursleitung oder von der Person, mit der Sie das Tandem bilden.
    ");
}

#[tokio::test]
async fn a_pause_is_silence_until_it_ends() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("/pause").await;
    assert_snapshot!(ada.screen(), @"
    Pause. Lektionen und Erinnerungen ruhen, bis Sie sie wieder einschalten. Fragen zur Vertretung kommen weiterhin.
    [Pause beenden]
    ");
    world.until("Fri 18:00").await;
    assert_eq!(ada.new_messages(), 0, "{}", ada.screen());
    // The next morning would be too late: this comes in the evening.
    ben.says("weg Montag").await;
    assert_snapshot!(ada.screen(), @"
    Ben ist am Mo., 9. März weg. Übernehmen Sie die Vertretung?
    [Ja, übernehme ich] [Geht nicht]
    ");
    ada.taps("Ja, übernehme ich").await;
    world.until("Mon 09:00").await;
    assert_snapshot!(ada.screen(), @"(nothing new)");
    ada.says("/pause").await;
    ada.taps("Pause beenden").await;
    assert_snapshot!(ada.screen(), @"
    Die Pause ist zu Ende. Schön, dass Sie wieder da sind!
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    world.until("Tue 09:30").await;
    assert_snapshot!(ada.screen(), @"Ben ist zurück. Danke für die Vertretung!");
    world.until("Tue 10:00").await;
    assert_eq!(ada.new_messages(), 1, "{}", ada.screen());
}

#[tokio::test]
async fn a_lead_who_leaves_is_followed_by_another_and_the_ledger_stays_right() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    world.until("Tue 12:00").await;
    ada.says("90 min").await;
    // Each has taken over days of the other.
    ben.says("weg 16.-18.3.").await;
    ada.taps("Ja, übernehme ich").await;
    ada.says("weg 9.-10.3.").await;
    ben.taps("Ja, übernehme ich").await;
    ada.says("/loeschen").await;
    ada.taps("Ja, alles löschen").await;
    assert_snapshot!(ben.screen(), @"
    ✓ Danke! Sie übernehmen die Vertretung vom Mo., 9. März bis Di., 10. März.

    Die Checkliste für die Übergabe kommt am Fr., 6. März.
    [Geht doch nicht]
    ――――
    Die Vertretung für Ada vom Mo., 9. März bis Di., 10. März entfällt.
    ――――
    Mo., 16. März bis Mi., 18. März: Niemand vertritt Sie. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [In der Runde fragen]
    [Bewusst offen lassen]
    ――――
    Ada hat Ihr Tandem verlassen. Ihre Lektionen und Stunden gehen weiter, nur die Vertretung fehlt jetzt.
    [Zweite Person einladen]
    ");
    assert!(tom.screen().contains("Das Tandem braucht jetzt die erste Person."), "{}", tom.screen());
    assert_eq!(
        world.count("SELECT COUNT(*) FROM absence JOIN person ON person.id = person_id WHERE name = 'Ada'").await,
        0
    );
    ben.says("/stunden").await;
    assert!(ben.screen().contains("KW 10: 1:30 Std. von 5 Std."), "{}", ben.screen());
    ben.says("/start").await;
    ben.taps("Zweite Person einladen").await;
    let link = ben.shared_link();
    let kim = world.person("Kim");
    kim.opens(&link).await;
    assert_snapshot!(kim.screen().lines().next().unwrap(), @"Ben (Verein Ada) möchte mit Ihnen ein Tandem bilden: Sie machen beide denselben Kurs und vertreten sich gegenseitig.");
    kim.taps_all(&["Ich bin dabei", "Passt"]).await;
    assert_snapshot!(kim.screen(), @"
    Es geht los! Ihre erste Lektion kommt am Do., 5. März um 10 Uhr.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ――――
    Ben ist vom Mo., 16. März bis Mi., 18. März weg. Übernehmen Sie die Vertretung?
    [Ja, übernehme ich] [Geht nicht]
    ");
    assert_eq!(world.count("SELECT COUNT(*) FROM seat WHERE role = 'lead'").await, 1);
    kim.taps("Ja, übernehme ich").await;
    assert!(ben.chat().contains("✓ Kim vertritt Sie vom Mo., 16. März bis Mi., 18. März."), "{}", ben.chat());
    // The link has done its work.
    let eve = world.person("Eve");
    eve.opens(&link).await;
    assert!(eve.screen().contains("Link"), "{}", eve.screen());
    assert_eq!(world.count("SELECT COUNT(*) FROM seat").await, 2);
}
