//! The tandem's contact: agrees by a link, hears of open gaps, decides, and can stop at any time.

use insta::assert_snapshot;

use crate::support::{Person, World};

/// Ada's tandem names the front desk, which is Kim's phone.
async fn agreed(world: &World) -> (Person, Person, Person) {
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("/einstellungen").await;
    ada.taps("Ansprechstelle nennen").await;
    ada.says("Sekretariat").await;
    ada.taps("Ansprechstelle informieren").await;
    let kim = world.person("Kim");
    kim.opens(&ada.shared_link()).await;
    kim.taps("Ich bin dabei").await;
    (ada, ben, kim)
}

#[tokio::test]
async fn a_contact_agrees_before_anything_is_stored_and_says_that_somebody_stands_in() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("/einstellungen").await;
    ada.taps("Ansprechstelle nennen").await;
    ada.says("Sekretariat").await;
    ada.taps("Ansprechstelle informieren").await;
    assert_snapshot!(ada.screen(), @"
    Schicken Sie diesen Link an: Sekretariat. Wer dort zustimmt, erfährt von mir, wenn eine Vertretung offen ist. Der Link gilt für eine Person.
    [Link teilen]
    [Übersicht]
    ");
    let kim = world.person("Kim");
    kim.opens(&ada.shared_link()).await;
    assert_snapshot!(kim.screen(), @"
    Ada (Verein Ada) möchte Sie als Ansprechstelle angeben: für den Fall, dass eine Vertretung offen bleibt.

    Was dann kommt: Ist jemand aus dem Tandem weg und niemand vertritt, bekommen Sie eine Nachricht mit dem Namen und den Tagen. Sie können sagen, dass jemand einspringt oder dass die Tage offen bleiben.

    Was über Sie gespeichert wird: Ihre Telegram-Nummer für diesen Chat (nicht die Telefonnummer) und Ihre Sprache, kein Name. Dazu 48 Stunden lang die Nummern der Nachrichten hier, damit sie mitgelöscht werden können. Es wird gelöscht, sobald Sie es sagen oder das Tandem eine andere Stelle nennt.

    Telegram kann Chats mit Bots lesen. Verantwortlich: die Stelle, von der Sie den Link haben

    Noch ist nichts gespeichert.
    [Ich bin dabei]
    [Nein, danke] [Mehr dazu]
    [English]
    ");
    kim.taps("Mehr dazu").await;
    assert_snapshot!(kim.screen(), @"
    Verantwortlich: die Stelle, von der Sie den Link haben
    Fragen zum Datenschutz: die Stelle, von der Sie den Link haben

    Die beiden im Tandem sehen, dass Sie zugestimmt haben und wie Sie eine Lücke klären. Die Kursleitung sieht davon nichts. Wer das Programm betreibt, könnte die Datenbank lesen.

    Ansehen und löschen können Sie jederzeit: mit /meinedaten und /loeschen.
    [Zurück]
    ");
    assert_eq!(world.count("SELECT COUNT(*) FROM person").await, 2);
    kim.taps("Zurück").await;
    kim.taps("Ich bin dabei").await;
    assert_snapshot!(kim.screen(), @"
    (“Ada (Verein Ada) möc…” has no buttons any more)
    ――――
    Danke! Bleibt im Tandem (Verein Ada) eine Vertretung offen, sage ich Ihnen hier Bescheid, und auch, was daraus wird. Mehr kommt nicht.
    [Nicht mehr Bescheid sagen]
    ");
    world.until("Tue 12:00").await;
    assert!(ada.chat().contains("Sekretariat hat zugestimmt"), "{}", ada.chat());
    assert_eq!(world.count("SELECT COUNT(*) FROM person WHERE name LIKE '%Kim%'").await, 0, "no name is needed");

    ada.says("weg 16.-18.3.").await;
    assert_eq!(kim.new_messages(), 0, "nothing is open yet");
    ben.taps("Geht nicht").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 16. März bis Mi., 18. März weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ――――
    Ben kann vom Mo., 16. März bis Mi., 18. März nicht vertreten. Fragen Sie noch einmal, oder lassen Sie die Tage bewusst offen?

    Sekretariat weiß auch davon.
    [Noch einmal fragen]
    [In der Runde fragen]
    [Bewusst offen lassen]
    ");
    assert_snapshot!(kim.screen(), @"
    Ada (Verein Ada) ist vom Mo., 16. März bis Mi., 18. März weg, und niemand vertritt. Finden Sie im Haus jemanden, der einspringt?
    [Jemand springt ein]
    [Bewusst offen lassen]
    [Nicht mehr Bescheid sagen]
    ");
    let found = kim.carried("Jemand springt ein");
    kim.taps("Jemand springt ein").await;
    assert_snapshot!(kim.screen(), @"
    ✓ Danke! Notiert: Jemand springt ein, vom Mo., 16. März bis Mi., 18. März.
    [Nicht mehr Bescheid sagen]
    ");
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 16. März bis Mi., 18. März weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ――――
    Ben kann vom Mo., 16. März bis Mi., 18. März nicht vertreten. Fragen Sie noch einmal, oder lassen Sie die Tage bewusst offen?

    Sekretariat weiß auch davon.
    ――――
    ✓ Sekretariat hat jemanden gefunden, der Sie vom Mo., 16. März bis Mi., 18. März vertritt.
    ");
    ada.says("/vertretung").await;
    assert_snapshot!(ada.screen(), @"
    Vertretung

    Mo., 16. März bis Mi., 18. März: Sie werden vertreten
    [Übersicht]
    ");
    ben.says("/vertretung").await;
    assert_snapshot!(ben.screen(), @"
    Vertretung

    Mo., 16. März bis Mi., 18. März: Ada wird vertreten
    [Übersicht]
    ");
    // Two answers to one gap: the second changes nothing.
    kim.presses_old(&found).await;
    assert_snapshot!(kim.screen(), @"(Diese Vertretung ist schon geklärt.)");
    ada.says("/weg").await;
    ada.taps("Löschen: ab Mo., 16. März").await;
    world.until_date("2026-03-24 12:00").await;
    assert_eq!(kim.new_messages(), 0, "{}", kim.screen());
}

#[tokio::test]
async fn a_gap_that_somebody_else_closes_needs_the_contact_no_more() {
    let world = World::on_disk().await;
    let (ada, ben, kim) = agreed(&world).await;
    world.until("Tue 12:00").await;
    ada.says("weg 16.-18.3.").await;
    ada.says("weg 23.3.").await;
    let first = ben.carried("Geht nicht");
    ben.presses_old(&first).await;
    let open = kim.carried("Bewusst offen lassen");
    ben.taps("Doch, ich übernehme").await;
    assert_snapshot!(kim.screen(), @"
    Ada (Verein Ada) ist am Mo., 23. März weg, und niemand vertritt. Finden Sie im Haus jemanden, der einspringt?
    ――――
    Die Vertretung für Ada am Mo., 23. März ist geklärt. Sie brauchen nichts mehr zu tun.
    ");
    kim.presses_old(&open).await;
    assert_snapshot!(kim.screen(), @"(Diese Vertretung ist schon geklärt.)");
    // A gap at night waits for the morning.
    world.until("Tue 22:30").await;
    ben.says("/vertretung").await;
    ben.taps("Geht doch nicht").await;
    assert_eq!(kim.new_messages(), 0, "{}", kim.screen());
    world.until("Wed 09:30").await;
    assert_snapshot!(kim.screen(), @"
    Ada (Verein Ada) ist am Mo., 23. März weg, und niemand vertritt. Finden Sie im Haus jemanden, der einspringt?
    [Jemand springt ein]
    [Bewusst offen lassen]
    [Nicht mehr Bescheid sagen]
    ");
    kim.taps("Bewusst offen lassen").await;
    assert!(ada.chat().contains("Sekretariat lässt Ihre Vertretung"), "{}", ada.chat());
    assert_eq!(world.count("SELECT COUNT(*) FROM cover WHERE phase = 'left_open'").await, 1);
}

#[tokio::test]
async fn a_contact_who_knows_of_a_gap_hears_that_somebody_is_asked_once_more() {
    let world = World::new().await;
    let (ada, ben, kim) = agreed(&world).await;
    world.until("Tue 12:00").await;
    ada.says("weg 16.-18.3.").await;
    ben.taps("Geht nicht").await;
    ada.taps("Noch einmal fragen").await;
    assert_snapshot!(kim.screen(), @"
    Ada (Verein Ada) ist vom Mo., 16. März bis Mi., 18. März weg, und niemand vertritt. Finden Sie im Haus jemanden, der einspringt?
    ――――
    Ich frage noch einmal, wer Ada vom Mo., 16. März bis Mi., 18. März vertritt. Sie brauchen gerade nichts zu tun. Bleibt es offen, melde ich mich wieder.
    ");
    ben.taps("Geht nicht").await;
    assert!(kim.screen().ends_with("[Nicht mehr Bescheid sagen]"), "it is open again: {}", kim.screen());
}

#[tokio::test]
async fn a_contact_stops_and_nothing_of_them_is_left() {
    let world = World::on_disk().await;
    let (ada, ben, kim) = agreed(&world).await;
    kim.says("Hallo?").await;
    assert_snapshot!(kim.screen(), @"
    Sie sind die Ansprechstelle eines Tandems: Bleibt eine Vertretung offen, sage ich Ihnen hier Bescheid, und auch, was daraus wird. Mehr kommt nicht.
    [Meine Daten] [Alles löschen]
    [Nicht mehr Bescheid sagen]
    ");
    kim.taps("Nicht mehr Bescheid sagen").await;
    assert_snapshot!(kim.screen(), @"✓ Sie bekommen keine Nachrichten mehr über offene Vertretungen. Was dafür über Sie gespeichert war, ist gelöscht.");
    assert_eq!(world.count("SELECT COUNT(*) FROM person").await, 2);
    assert_eq!(world.count("SELECT COUNT(*) FROM tandem WHERE told IS NOT NULL").await, 0);
    world.until("Tue 12:00").await;
    assert!(ada.chat().contains("Sekretariat bekommt keine Nachrichten mehr"), "{}", ada.chat());
    // From now on it is the ready text again.
    ada.says("weg 16.-18.3.").await;
    ben.taps("Geht nicht").await;
    assert!(ada.screen().contains("[Weitergeben: Sekretariat]"), "{}", ada.screen());
    assert_eq!(kim.new_messages(), 0, "{}", kim.screen());
}

#[tokio::test]
async fn a_tandem_that_names_another_contact_lets_the_first_one_go() {
    let world = World::on_disk().await;
    let (ada, _, kim) = agreed(&world).await;
    let link = ada.shared_link();
    let eve = world.person("Eve");
    eve.opens(&link).await;
    assert!(eve.screen().contains("schon vergeben"), "{}", eve.screen());
    ada.says("/einstellungen").await;
    ada.taps("Ansprechstelle: Sekretariat").await;
    ada.says("Pforte").await;
    assert_snapshot!(kim.screen(), @"Sie sind nicht mehr als Ansprechstelle angegeben. Was dafür über Sie gespeichert war, ist gelöscht. Danke!");
    assert_eq!(world.count("SELECT COUNT(*) FROM person").await, 2);
    // A link for the first one that nobody used leads nowhere once there is no contact.
    ada.taps("Ansprechstelle informieren").await;
    let unused = ada.shared_link();
    ada.says("/einstellungen").await;
    ada.taps_all(&["Ansprechstelle: Pforte", "Keine Ansprechstelle"]).await;
    eve.opens(&unused).await;
    assert!(eve.screen().contains("kenne ich nicht"), "{}", eve.screen());
}

#[tokio::test]
async fn a_participant_may_be_the_contact_of_another_tandem_and_erasing_ends_that_too() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    let (lea, _) = world.tandem("Lea", "Jo", "Europe/Berlin").await;
    ada.says("/einstellungen").await;
    ada.taps("Ansprechstelle nennen").await;
    ada.says("Lea").await;
    ada.taps("Ansprechstelle informieren").await;
    lea.opens(&ada.shared_link()).await;
    lea.taps("Ich bin dabei").await;
    world.until("Tue 12:00").await;
    ada.says("weg 16.-18.3.").await;
    ben.taps("Geht nicht").await;
    lea.taps("Jemand springt ein").await;
    assert!(ada.chat().contains("Lea hat jemanden gefunden"), "{}", ada.chat());
    lea.says("/loeschen").await;
    lea.taps("Ja, alles löschen").await;
    assert_eq!(world.count("SELECT COUNT(*) FROM tandem WHERE told IS NOT NULL").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM person").await, 3);
}
