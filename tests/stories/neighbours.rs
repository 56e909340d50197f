//! Help from another tandem of the round: offered, asked for, taken by the first yes, thanked for, and open again.

use insta::assert_snapshot;

use crate::support::{Person, World};

/// Two tandems of one round; both people of the second one offer to help.
async fn round(world: &World) -> (Person, Person, Person, Person) {
    let round = world.round("2026-03-03", "Europe/Berlin", None).await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    let (kim, lea) = world.joins(&round, "Kim", "Lea").await;
    world.until("Tue 12:00").await;
    for person in [&kim, &lea] {
        person.says("/einstellungen").await;
        person.taps("Für andere Tandems einspringen").await;
    }
    (ada, ben, kim, lea)
}

#[tokio::test]
async fn the_first_yes_of_the_round_wins_and_nobody_learns_more_than_days_and_names() {
    let world = World::on_disk().await;
    let (ada, ben, kim, lea) = round(&world).await;
    ada.says("weg 16.-18.3.").await;
    ben.taps("Geht nicht").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 16. März bis Mi., 18. März weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ――――
    Ben kann vom Mo., 16. März bis Mi., 18. März nicht vertreten. Fragen Sie noch einmal, oder lassen Sie die Tage bewusst offen?
    [Noch einmal fragen]
    [In der Runde fragen]
    [Bewusst offen lassen]
    ");
    ada.taps("In der Runde fragen").await;
    assert_snapshot!(ada.screen(), @"
    Ich frage 2 Personen aus der Runde, ob sie Sie vom Mo., 16. März bis Mi., 18. März vertreten. Die erste Zusage gilt.
    [Bewusst offen lassen]
    ");
    assert_snapshot!(kim.screen(), @"
    Einstellungen

    Lektionen: Dienstag und Donnerstag, 10 Uhr

    Zusage: 5 Std. in der Woche, Vorstand/Leitung, Mo., 2. März
    [English] [Einfache Sprache]
    [Tage und Uhrzeit]
    [Arbeitstage]
    [Weniger Erinnerungen]
    [Pause]
    [Nicht mehr einspringen]
    [Ansprechstelle nennen]
    [Wechsel im Tandem]
    [Übersicht]
    ――――
    Ada (Verein Ada) aus Ihrer Runde ist vom Mo., 16. März bis Mi., 18. März weg und sucht eine Vertretung. Übernehmen Sie das?
    [Ja, übernehme ich] [Geht nicht]
    ");
    let late = lea.carried("Ja, übernehme ich");
    let after_all = ben.carried("Doch, ich übernehme");
    kim.taps("Ja, übernehme ich").await;
    assert_snapshot!(kim.screen(), @"
    Übergabe: Ada ist vom Mo., 16. März bis Mi., 18. März weg.

    Tippen Sie an, was geklärt ist.
    [☐ Zugänge funktionieren]
    [☐ Offene Gespräche bekannt]
    [☐ Entwürfe und Termine da]
    [☐ Freigaben geklärt]
    [☐ Kontakte für Notfälle da]
    [Geht doch nicht]
    ");
    assert_snapshot!(lea.screen(), @"
    Einstellungen

    Lektionen: Dienstag und Donnerstag, 10 Uhr

    Zusage: 5 Std. in der Woche, Vorstand/Leitung, Mo., 2. März
    [English] [Einfache Sprache]
    [Tage und Uhrzeit]
    [Arbeitstage]
    [Weniger Erinnerungen]
    [Pause]
    [Nicht mehr einspringen]
    [Wechsel im Tandem]
    [Übersicht]
    ――――
    Ada (Verein Ada) aus Ihrer Runde ist vom Mo., 16. März bis Mi., 18. März weg und sucht eine Vertretung. Übernehmen Sie das?
    ――――
    Die Vertretung für Ada vom Mo., 16. März bis Mi., 18. März ist geklärt. Danke, dass Sie gefragt werden durften!
    ");
    lea.presses_old(&late).await;
    assert_snapshot!(lea.screen(), @"(Dieser Knopf ist nicht mehr aktuell.)");
    assert_snapshot!(ada.screen(), @"
    Ich frage 2 Personen aus der Runde, ob sie Sie vom Mo., 16. März bis Mi., 18. März vertreten. Die erste Zusage gilt.
    ――――
    ✓ Kim vertritt Sie vom Mo., 16. März bis Mi., 18. März.
    ――――
    Übergabe an Kim: Mo., 16. März bis Mi., 18. März

    Tippen Sie an, was übergeben ist. Ein Link zu Ihren Unterlagen kann dazu.
    [☐ Zugänge funktionieren]
    [☐ Offene Gespräche bekannt]
    [☐ Entwürfe und Termine da]
    [☐ Freigaben geklärt]
    [☐ Kontakte für Notfälle da]
    [Link dazu]
    ");
    // Ben's "I'll take it after all" comes too late.
    ben.presses_old(&after_all).await;
    assert_snapshot!(ben.screen(), @"(Dieser Knopf ist nicht mehr aktuell.)");
    kim.taps("☐ Freigaben geklärt").await;
    world.restart().await;
    world.until_date("2026-03-19 12:00").await;
    assert!(kim.screen().contains("Ada ist zurück. Danke für die Vertretung!"), "{}", kim.screen());
    assert_eq!(world.count("SELECT COUNT(*) FROM cover WHERE phase = 'done'").await, 1);
}

#[tokio::test]
async fn who_steps_back_is_away_or_leaves_opens_the_days_again() {
    let world = World::on_disk().await;
    let (ada, ben, kim, lea) = round(&world).await;
    ada.says("weg 16.-18.3.").await;
    ben.taps("Geht nicht").await;
    ada.taps("In der Runde fragen").await;
    kim.taps("Ja, übernehme ich").await;
    kim.taps("Geht doch nicht").await;
    assert_snapshot!(kim.screen(), @"
    Notiert: vom Mo., 16. März bis Mi., 18. März geht es bei Ihnen nicht. Ich gebe das weiter.
    [Doch, ich übernehme]
    ");
    assert_snapshot!(ada.screen(), @"
    Ich frage 2 Personen aus der Runde, ob sie Sie vom Mo., 16. März bis Mi., 18. März vertreten. Die erste Zusage gilt.
    ――――
    ✓ Kim vertritt Sie vom Mo., 16. März bis Mi., 18. März.
    ――――
    Übergabe an Kim: Mo., 16. März bis Mi., 18. März

    Tippen Sie an, was übergeben ist. Ein Link zu Ihren Unterlagen kann dazu.
    [☐ Zugänge funktionieren]
    [☐ Offene Gespräche bekannt]
    [☐ Entwürfe und Termine da]
    [☐ Freigaben geklärt]
    [☐ Kontakte für Notfälle da]
    [Link dazu]
    ――――
    Aus der Runde gibt es noch keine Zusage: Ihre Vertretung vom Mo., 16. März bis Mi., 18. März ist offen.
    [Noch einmal fragen]
    [In der Runde fragen]
    [Bewusst offen lassen]
    ");
    ada.taps("In der Runde fragen").await;
    lea.taps("Ja, übernehme ich").await;
    // One of the days Lea is away herself.
    lea.says("weg 17.3.").await;
    assert_snapshot!(ada.screen(), @"
    Ich frage eine Person aus der Runde, ob sie Sie vom Mo., 16. März bis Mi., 18. März vertritt.
    ――――
    ✓ Lea vertritt Sie vom Mo., 16. März bis Mi., 18. März.
    ――――
    Übergabe an Lea: Mo., 16. März bis Mi., 18. März

    Tippen Sie an, was übergeben ist. Ein Link zu Ihren Unterlagen kann dazu.
    [☐ Zugänge funktionieren]
    [☐ Offene Gespräche bekannt]
    [☐ Entwürfe und Termine da]
    [☐ Freigaben geklärt]
    [☐ Kontakte für Notfälle da]
    [Link dazu]
    ――――
    Di., 17. März: Niemand vertritt Sie. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [Noch einmal fragen]
    [In der Runde fragen]
    [Bewusst offen lassen]
    ");
    lea.says("/loeschen").await;
    lea.taps("Ja, alles löschen").await;
    assert_snapshot!(ada.screen(), @"
    Ich frage eine Person aus der Runde, ob sie Sie vom Mo., 16. März bis Mi., 18. März vertritt.
    ――――
    ✓ Lea vertritt Sie vom Mo., 16. März bis Mi., 18. März.
    ――――
    Übergabe an Lea: Mo., 16. März bis Mi., 18. März

    Tippen Sie an, was übergeben ist. Ein Link zu Ihren Unterlagen kann dazu.
    [☐ Zugänge funktionieren]
    [☐ Offene Gespräche bekannt]
    [☐ Entwürfe und Termine da]
    [☐ Freigaben geklärt]
    [☐ Kontakte für Notfälle da]
    [Link dazu]
    ――――
    Di., 17. März: Niemand vertritt Sie. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [Noch einmal fragen]
    [In der Runde fragen]
    [Bewusst offen lassen]
    ――――
    Mo., 16. März: Niemand vertritt Sie. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [Noch einmal fragen]
    [In der Runde fragen]
    [Bewusst offen lassen]
    ――――
    Mi., 18. März: Niemand vertritt Sie. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [Noch einmal fragen]
    [In der Runde fragen]
    [Bewusst offen lassen]
    ");
    assert_eq!(
        world.count("SELECT COUNT(*) FROM help JOIN person ON person.id = help.person_id WHERE name = 'Lea'").await,
        0
    );
    assert_eq!(world.count("SELECT COUNT(*) FROM cover WHERE phase = 'accepted'").await, 0);
    // Nobody is left to be asked for these days: Kim said no to them.
    ada.says("/vertretung").await;
    assert_snapshot!(ada.screen(), @"
    Vertretung

    Mo., 16. März: für Sie noch offen

    Di., 17. März: für Sie noch offen

    Mi., 18. März: für Sie noch offen
    [Mo., 16. März: Noch einmal fragen]
    [Mo., 16. März: In der Runde fragen]
    [Mo., 16. März: Bewusst offen lassen]
    [Di., 17. März: Noch einmal fragen]
    [Di., 17. März: In der Runde fragen]
    [Di., 17. März: Bewusst offen lassen]
    [Mi., 18. März: Noch einmal fragen]
    [Mi., 18. März: In der Runde fragen]
    [Mi., 18. März: Bewusst offen lassen]
    [Übersicht]
    ");
}

#[tokio::test]
async fn nobody_is_asked_who_did_not_offer() {
    let world = World::new().await;
    let round = world.round("2026-03-03", "Europe/Berlin", None).await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    let (kim, _) = world.joins(&round, "Kim", "Lea").await;
    world.until("Tue 12:00").await;
    ada.says("weg 16.-18.3.").await;
    ben.taps("Geht nicht").await;
    ada.taps("In der Runde fragen").await;
    assert!(ada.screen().contains("(Aus der Runde kann ich gerade niemanden mehr fragen.)"), "{}", ada.screen());
    assert!(!kim.chat().contains("sucht eine Vertretung"), "{}", kim.chat());
    ada.taps("Bewusst offen lassen").await;
    assert_snapshot!(ada.screen(), @"✓ Gut. Die Vertretung vom Mo., 16. März bis Mi., 18. März bleibt bewusst offen.");
}
