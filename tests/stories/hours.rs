//! The ledger over time: corrections, the timer, settled weeks, the promise, the end.

use chrono::TimeDelta;
use insta::assert_snapshot;

use crate::support::{Person, Round, World};

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
    Die Uhr läuft seit 24 Std. und wurde nicht gestoppt. So viel trage ich nicht ungefragt ein. Wann haben Sie aufgehört? So lange nach dem Start:
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
    ## Zugesagte Stunden

    - Noch nichts zu zeigen: keine Angabe unter 5
    ");
    world.until_date("2026-03-16 09:00").await;
    assert_snapshot!(hours(&world, &round).await, @"
    ## Zugesagte Stunden

    - Tandems mit voller Zeit in KW 10: keine Angabe
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
    ## Zugesagte Stunden

    - Tandems mit voller Zeit in KW 10: keine Angabe
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
    ## Zugesagte Stunden

    - Tandems mit voller Zeit in KW 10: keine Angabe
    - Tandems ohne volle Zeit: nicht freigegeben: 5
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
    [English]
    [Tage und Uhrzeit]
    [Arbeitstage]
    [Weniger Erinnerungen]
    [Pause]
    [Stundenliste beenden]
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

    Ihre Lektion ist noch offen. Sie machen dort weiter, wo Sie waren.
    [+30 Min.] [+1 Std.]
    [Nicht freigegeben]
    [Nicht gebraucht] [Waren weg]
    [Weitermachen]
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
    ");
}

/// What the report says about hours.
async fn hours(world: &World, round: &Round) -> String {
    let report = world.report(round, "de").await;
    let from = report.find("## Zugesagte Stunden").expect("the section");
    report[from..].split("\n## ").next().unwrap_or_default().trim().to_owned()
}
