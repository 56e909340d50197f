//! Weeks over time: settled, explained, promised anew, ended; other working days.

use insta::assert_snapshot;

use crate::support::{Person, Round, World};

#[tokio::test]
async fn trainers_see_settled_weeks_of_five_tandems_and_late_entries_change_nothing_there() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let mut leads = Vec::new();
    for (lead, deputy) in [("Ada", "Ben"), ("Cem", "Dora"), ("Eve", "Finn"), ("Gül", "Hans"), ("Ina", "Jan")] {
        leads.push(world.joins(&round, lead, deputy).await.0);
    }
    world.until("Thu 12:00").await;
    for lead in &leads[..4] {
        lead.says("5 h").await;
    }
    leads[4].says("4 h").await;
    world.until_date("2026-03-15 23:00").await;
    assert_snapshot!(hours(&world, &round).await, @"
    ## Zugesagte Stunden (Anteil der Tandems)

    - Noch nichts zu zeigen: keine Angabe unter 5
    ");
    world.until_date("2026-03-16 09:00").await;
    assert_snapshot!(hours(&world, &round).await, @"
    ## Zugesagte Stunden (Anteil der Tandems)

    - Volle Zeit in KW 10: fast alle
    ");
    // The one who was short adds what was missing, after the week was settled.
    leads[4].says("5.3. 1 h").await;
    assert_snapshot!(leads[4].screen(), @"
    ✓ 1 Std. für Do., 5. März eingetragen.

    KW 10: 5 Std. von 5 Std.
    ▓▓▓▓▓▓▓▓▓▓

    KW 10 ist schon abgeschlossen: Das zählt als Nachtrag. Die Zahlen für die Kursleitung ändert es nicht mehr.
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
    assert_snapshot!(hours(&world, &round).await, @"
    ## Zugesagte Stunden (Anteil der Tandems)

    - Volle Zeit in KW 10: fast alle
    ");
    assert_eq!(world.count("SELECT COUNT(*) FROM entry_change WHERE timing = 'revision'").await, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM week_close WHERE minutes = 240").await, 1);
    // Too late is too late.
    world.until_date("2026-04-03 09:00").await;
    leads[4].says("5.3. 30 min").await;
    assert_snapshot!(leads[4].screen(), @"
    Do., 5. März liegt zu weit zurück. Eintragen geht bis zu 28 Tage später.
    ");
}

#[tokio::test]
async fn five_reasons_of_one_kind_are_a_figure_and_four_are_none() {
    let world = World::new().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let mut leads: Vec<Person> = Vec::new();
    for n in 0..10 {
        leads.push(world.joins(&round, &format!("Lea {n}"), &format!("Dan {n}")).await.0);
    }
    world.until("Fri 12:00").await;
    for lead in &leads[..5] {
        lead.taps("Nicht freigegeben").await;
    }
    for lead in &leads[5..9] {
        lead.taps("Nicht gebraucht").await;
    }
    assert_snapshot!(leads[8].screen(), @"
    Notiert: nicht gebraucht. Für diese Woche frage ich nicht mehr nach Stunden. Eintragen können Sie weiterhin.
    ");
    world.until_date("2026-03-16 09:00").await;
    assert_snapshot!(hours(&world, &round).await, @"
    ## Zugesagte Stunden (Anteil der Tandems)

    - Volle Zeit in KW 10: fast keine
    - Zuletzt zu wenig, weil nicht freigegeben: 50 %
    ");
}

#[tokio::test]
async fn half_a_year_later_the_promise_is_asked_about_and_the_hours_are_ended() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until_date("2026-09-03 12:00").await;
    ada.says("/stunden").await;
    assert_snapshot!(ada.screen(), @"
    Ihre Stunden im Tandem

    KW 36: 0 Min. von 5 Std.
    ░░░░░░░░░░

    Die Wochen davor:
    • KW 35 ░░░░░░░░░░ 0 Min. / 5 Std.
    • KW 34 ░░░░░░░░░░ 0 Min. / 5 Std.
    • KW 33 ░░░░░░░░░░ 0 Min. / 5 Std.
    • KW 32 ░░░░░░░░░░ 0 Min. / 5 Std.

    Mittel aus 4 Wochen: 0 Min. von 5 Std.

    Ein halbes Jahr ist um: Gilt die Zusage Ihres Arbeitgebers weiter, 5 Std. Arbeitszeit in der Woche?
    [+15 Min.] [+30 Min.] [+1 Std.]
    [▶ Uhr starten]
    [Bild]
    [Gilt weiter] [Nicht mehr]
    [Ich frage nach]
    [Übersicht]
    ");
    world.until_date("2026-09-04 12:00").await;
    assert_snapshot!(ada.screen(), @"
    Die Woche geht zu Ende. Fehlt noch Zeit in Ihrer Liste?

    KW 36: 0 Min. von 5 Std.
    ░░░░░░░░░░

    Ein halbes Jahr ist um: Gilt die Zusage Ihres Arbeitgebers weiter, 5 Std. Arbeitszeit in der Woche?
    [+30 Min.] [+1 Std.]
    [Nicht freigegeben]
    [Nicht gebraucht] [Waren weg]
    [Gilt weiter] [Nicht mehr]
    [Ich frage nach]
    [Warum kommt das?] [Weniger davon]
    ");
    ada.taps("Nicht mehr").await;
    assert_snapshot!(ada.screen(), @"
    Notiert: Die Zusage gilt nicht mehr. Die Kursleitung sieht davon nur eine Zahl ab fünf Tandems. Ihre Stundenliste läuft weiter.

    Dieses Blatt hilft vielleicht beim Gespräch. Sobald es eine neue Zusage gibt, tippen Sie unten, von wem sie kommt.

    Zusage für ein Tandem

    Zwei von uns sprechen künftig online für unser Haus und vertreten sich gegenseitig. Dafür sagen wir zu:

    1. 5 Std. Arbeitszeit in der Woche, für beide zusammen und auf Dauer.
    2. Beide dürfen für den Kurs Telegram dienstlich nutzen.

    Erste Person: ……………………
    Zweite Person: ……………………
    Für die Leitung (Name, Amt): ……………………
    Datum, Unterschrift: ……………………
    [Ja, Vorstand/Leitung]
    [Ja, Abteilungsleitung]
    [Übersicht]
    ");
    ada.taps("Ja, Abteilungsleitung").await;
    ada.says("/einstellungen").await;
    assert_snapshot!(ada.screen(), @"
    Einstellungen

    Lektionen: Dienstag und Donnerstag, 10 Uhr

    Zusage: 5 Std. in der Woche, Abteilungsleitung, Fr., 4. September
    [English] [Einfache Sprache]
    [Tage und Uhrzeit]
    [Arbeitstage]
    [Weniger Erinnerungen]
    [Pause]
    [Für andere Tandems einspringen]
    [Ansprechstelle nennen]
    [Stundenliste beenden]
    [Wechsel im Tandem]
    [Übersicht]
    ");
    ada.taps("Stundenliste beenden").await;
    assert_snapshot!(ada.screen(), @"
    Möchten Sie die Stundenliste beenden? Das gilt für Sie beide: Ab morgen gibt es kein Ziel und keine Fragen mehr. Ihre Einträge bleiben, und Sie können sie jederzeit wieder aufnehmen.
    [Nein, weiterführen]
    [Ja, beenden]
    ");
    ada.taps("Ja, beenden").await;
    assert_snapshot!(ada.screen(), @"
    Die Stundenliste ist beendet. Der heutige Tag zählt noch.
    [Übersicht]
    ");
    assert_snapshot!(ben.screen(), @"
    Ada hat Ihre Stundenliste beendet. Wieder aufnehmen können Sie sie in /stunden.
    ");
    world.until_date("2026-09-25 12:00").await;
    assert_snapshot!(ada.screen(), @"
    (nothing new)
    ");
    ben.says("45 min").await;
    assert_snapshot!(ben.screen(), @"
    Ihre Stundenliste ist beendet.
    [Wieder aufnehmen]
    ");
    ben.taps("Wieder aufnehmen").await;
    ben.says("45 min").await;
    assert_snapshot!(ben.screen(), @"
    ✓ 45 Min. für Fr., 25. September eingetragen.

    KW 39: 45 Min. von 1 Std.
    ▓▓▓▓▓▓▓░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
}

#[tokio::test]
async fn working_days_change_from_next_week_on() {
    let world = World::new().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Wed 12:00").await;
    ada.says("/einstellungen").await;
    ada.taps("Arbeitstage").await;
    assert_snapshot!(ada.screen(), @"
    Ihre Arbeitstage: Montag, Dienstag, Mittwoch, Donnerstag und Freitag

    Ab Mo., 9. März: Montag, Dienstag, Mittwoch, Donnerstag und Freitag. Tippen Sie an, was dann gelten soll.
    [☑ Mo] [☑ Di] [☑ Mi] [☑ Do] [☑ Fr]
    [☐ Sa] [☐ So]
    [Fertig]
    ");
    ada.taps_all(&["☑ Do", "☑ Fr"]).await;
    assert_snapshot!(ada.screen(), @"
    Ihre Arbeitstage: Montag, Dienstag, Mittwoch, Donnerstag und Freitag

    Ab Mo., 9. März: Montag, Dienstag und Mittwoch. Tippen Sie an, was dann gelten soll.
    [☑ Mo] [☑ Di] [☑ Mi] [☐ Do] [☐ Fr]
    [☐ Sa] [☐ So]
    [Fertig]
    ");
    // The week's message comes on the last own day: this week on Friday, next week on Wednesday.
    world.until("Fri 12:00").await;
    assert_snapshot!(ada.screen(), @"
    (“Auftrag, Ziel, Dialo…” has no buttons any more)
    ――――
    Gemeinsamer Auftritt, klare Zahlen

    Zwei Karten mit Fragen, dann ein Blick auf Ihre Zugänge und auf einen gelungenen Beitrag. Zum Schluss erzählen Sie uns, wie die Woche war.

    Diese Lektion ist neu und wartet auf Sie. Zuerst geht es dort weiter, wo Sie stehen.
    [Weitermachen] [Später]
    ――――
    Die Woche geht zu Ende. Fehlt noch Zeit in Ihrer Liste?

    KW 10: 0 Min. von 5 Std.
    ░░░░░░░░░░

    Wie sicher fühlen Sie sich heute? Vier Fragen zum Antippen, wenn Sie mögen. Am Ende des Kurses sehen wir, was er gebracht hat.

    Ihre Lektion ist noch offen. Sie machen dort weiter, wo Sie waren.
    [+30 Min.] [+1 Std.]
    [Nicht freigegeben]
    [Nicht gebraucht] [Waren weg]
    [Zur Umfrage]
    [Weitermachen]
    [Warum kommt das?] [Weniger davon]
    ");
    world.until("Wed 12:00").await;
    assert_snapshot!(ada.screen(), @"
    (“Gemeinsamer Auftritt…” has no buttons any more)
    ――――
    Menschen, Botschaften, Plan

    Diese Woche geht es um Inhalte: für wen Sie schreiben, was hängen bleiben soll und wann was erscheint. Am Ende haben Sie einen Plan für zwei Wochen und einen Beitrag, der besser geworden ist.

    Für wen, und was?

    Zwei Karten mit je einer Frage. Nach jeder schreiben Sie ein Stück für Ihr Konzept, am besten zu zweit.

    Diese Lektion ist neu und wartet auf Sie. Zuerst geht es dort weiter, wo Sie stehen.
    [Weitermachen] [Später]
    ――――
    Die Woche geht zu Ende. Fehlt noch Zeit in Ihrer Liste?

    KW 11: 0 Min. von 5 Std.
    ░░░░░░░░░░
    [+30 Min.] [+1 Std.]
    [Nicht freigegeben]
    [Nicht gebraucht] [Waren weg]
    [Warum kommt das?] [Weniger davon]
    ");
}

/// What the report says about hours.
async fn hours(world: &World, round: &Round) -> String {
    let report = world.report(round, "de").await;
    let from = report.find("## Zugesagte Stunden").expect("the section");
    report[from..].split("\n## ").next().unwrap_or_default().trim().to_owned()
}
