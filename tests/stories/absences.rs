//! Half days, ends that are not known yet, the hand-over of both, and what no calendar has.

use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn half_a_day_is_asked_for_as_half_and_counts_as_half() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("weg morgen vormittag").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind am Di., 3. März vormittags weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ");
    assert_snapshot!(ben.screen(), @"
    ✓ Fertig. Start der Runde: Di., 3. März

    Die erste Lektion kommt von selbst, sobald Ihr Tandem vollständig ist. Läuft die Runde dann schon, entscheidet die Kursleitung über den Einstieg.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    [Wie sicher sind Sie? (1 min)]
    ――――
    Ada ist am Di., 3. März vormittags weg. Übernehmen Sie die Vertretung?
    [Ja, übernehme ich] [Geht nicht]
    ");
    // In the afternoon Ben is away himself; in the morning he can stand in.
    ben.says("weg morgen nachmittag").await;
    ben.says("/vertretung").await;
    assert_snapshot!(ben.screen(), @"
    Vertretung

    Di., 3. März vormittags: Ada fragt Sie, noch ohne Antwort

    Di., 3. März nachmittags: gefragt, noch ohne Antwort
    [Ja, übernehme ich]
    [Geht nicht]
    [Übersicht]
    ");
    ben.taps("Ja, übernehme ich").await;
    ada.says("weg morgen").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind am Di., 3. März weg.

    Auch Ben ist an diesen Tagen weg. Was jetzt geht, steht in einer eigenen Nachricht.
    [Doch nicht weg] [Übersicht]
    ――――
    Di., 3. März nachmittags: Sie und Ben sind beide weg. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [In der Runde fragen]
    [Bewusst offen lassen]
    ");
    // Ada all day, Ben in the afternoon: half a day is missing to both.
    ada.says("/stunden").await;
    assert_snapshot!(ada.screen(), @"
    Ihre Stunden im Tandem

    KW 10: 0 Min. von 4:30 Std.
    ░░░░░░░░░░
    [+15 Min.] [+30 Min.] [+1 Std.]
    [▶ Uhr starten]
    [Bild]
    [Übersicht]
    ");
    ada.says("/weg").await;
    assert_snapshot!(ada.screen(), @"
    Wann sind Sie weg? Tippen oder schreiben Sie, zum Beispiel „3.–7.8.“ oder „morgen“. Einen Grund brauche ich nicht.
    [Heute] [Morgen]
    [Diese Woche] [Nächste Woche]
    [Löschen: Di., 3. März]
    [Übersicht]
    ");
    ben.says("/weg").await;
    assert_snapshot!(ben.screen(), @"
    Wann sind Sie weg? Tippen oder schreiben Sie, zum Beispiel „3.–7.8.“ oder „morgen“. Einen Grund brauche ich nicht.
    [Heute] [Morgen]
    [Diese Woche] [Nächste Woche]
    [Löschen: Di., 3. März nachm.]
    [Übersicht]
    ");
    ben.says("/kalender").await;
    assert_snapshot!(ben.screen(), @"
    Das steht an

    Di., 3. März nachmittags: Sie sind weg

    Di., 3. März vormittags: Sie vertreten
    [Kalender abonnieren]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
}

#[tokio::test]
async fn whoever_is_away_from_now_on_is_asked_each_morning_with_one_tap_and_never_why() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Thu 09:00").await;
    ada.says("weg ab heute").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind am Do., 5. März weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.

    Das Ende ist noch offen. Am nächsten Arbeitstag frage ich morgens, ob Sie wieder da sind. Wissen Sie es schon? Dann schreiben Sie zum Beispiel „bis Freitag“.
    [Doch nicht weg] [Übersicht]
    [Bis …]
    ");
    ben.taps("Ja, übernehme ich").await;
    assert_snapshot!(ben.screen(), @"
    Übergabe: Ada ist am Do., 5. März weg.

    Tippen Sie an, was geklärt ist.
    [☐ Zugänge funktionieren]
    [☐ Offene Gespräche bekannt]
    [☐ Entwürfe und Termine da]
    [☐ Freigaben geklärt]
    [☐ Kontakte für Notfälle da]
    ");
    world.until("Fri 09:30").await;
    assert_snapshot!(ada.screen(), @"
    Guten Morgen! Sind Sie heute wieder da?
    [Ich bin wieder da]
    [Heute noch nicht]
    [Bis …]
    ");
    ada.taps("Heute noch nicht").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Do., 5. März bis Fr., 6. März weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.

    Das Ende ist noch offen. Am nächsten Arbeitstag frage ich morgens, ob Sie wieder da sind. Wissen Sie es schon? Dann schreiben Sie zum Beispiel „bis Freitag“.
    [Doch nicht weg] [Übersicht]
    [Bis …]
    ");
    assert!(ben.screen().contains("Ada ist am Fr., 6. März weg. Übernehmen Sie"), "only the new day: {}", ben.screen());
    world.until("Sun 12:00").await;
    assert!(!ada.screen().contains("Guten Morgen"), "nobody is asked at the weekend: {}", ada.screen());
    world.until("Mon 09:30").await;
    ada.taps("Bis …").await;
    assert_snapshot!(ada.screen(), @"Bis wann sind Sie weg? Schreiben Sie den letzten Tag, zum Beispiel „Freitag“ oder „7.8.“");
    ada.says("gestern vielleicht").await;
    assert_snapshot!(ada.screen(), @"Darin finde ich keine Tage. Schreiben Sie zum Beispiel „3.–7.8.“, „morgen“ oder „nächste Woche“.");
    ada.says("/weg").await;
    ada.taps("Ich bin wieder da").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Schön, dass Sie wieder da sind! Ab heute sind Sie nicht mehr abgemeldet.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
}

#[tokio::test]
async fn both_confirm_the_hand_over_and_one_link_goes_with_it() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("weg 9.-10.3.").await;
    ben.taps("Ja, übernehme ich").await;
    world.until("Fri 10:30").await;
    assert_snapshot!(ada.screen(), @"
    Auftrag, Ziel, Dialog

    Diese Woche geht es um die Grundlagen: Ihre Zeit, ein Ziel und die Art, mit Menschen ins Gespräch zu kommen. Am Ende haben Sie einen Satz, der sagt, wozu Ihr Haus online ist. Vielleicht sagt er auch, wozu nicht.

    Wozu sind wir online?

    Drei Karten mit je einer Frage, danach ein Satz für Ihr Konzept. Die Karten passen in eine Kaffeepause, für den Satz brauchen Sie etwas Ruhe.

    Dauert etwa 40 Min. und lässt sich jederzeit unterbrechen.
    ――――
    Gemeinsamer Auftritt, klare Zahlen

    Zwei Karten mit Fragen, dann ein Blick auf Ihre Zugänge und auf einen gelungenen Beitrag. Zum Schluss erzählen Sie uns, wie die Woche war.

    Diese Lektion ist neu und wartet auf Sie. Zuerst geht es dort weiter, wo Sie stehen.
    [Weitermachen] [Später]
    ――――
    Übergabe an Ben: Mo., 9. März bis Di., 10. März

    Tippen Sie an, was übergeben ist. Ein Link zu Ihren Unterlagen kann dazu.
    [☐ Zugänge funktionieren]
    [☐ Offene Gespräche bekannt]
    [☐ Entwürfe und Termine da]
    [☐ Freigaben geklärt]
    [☐ Kontakte für Notfälle da]
    [Link dazu]
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
    assert_snapshot!(ben.screen(), @"
    Auftrag, Ziel, Dialog

    Diese Woche geht es um die Grundlagen: Ihre Zeit, ein Ziel und die Art, mit Menschen ins Gespräch zu kommen. Am Ende haben Sie einen Satz, der sagt, wozu Ihr Haus online ist. Vielleicht sagt er auch, wozu nicht.

    Wozu sind wir online?

    Drei Karten mit je einer Frage, danach ein Satz für Ihr Konzept. Die Karten passen in eine Kaffeepause, für den Satz brauchen Sie etwas Ruhe.

    Dauert etwa 40 Min. und lässt sich jederzeit unterbrechen.
    ――――
    Gemeinsamer Auftritt, klare Zahlen

    Zwei Karten mit Fragen, dann ein Blick auf Ihre Zugänge und auf einen gelungenen Beitrag. Zum Schluss erzählen Sie uns, wie die Woche war.

    Diese Lektion ist neu und wartet auf Sie. Zuerst geht es dort weiter, wo Sie stehen.
    [Weitermachen] [Später]
    ――――
    Übergabe: Ada ist vom Mo., 9. März bis Di., 10. März weg.

    Tippen Sie an, was geklärt ist.
    [☐ Zugänge funktionieren]
    [☐ Offene Gespräche bekannt]
    [☐ Entwürfe und Termine da]
    [☐ Freigaben geklärt]
    [☐ Kontakte für Notfälle da]
    ――――
    Ihre Lektion ist noch offen. Sie machen dort weiter, wo Sie waren.
    [Weitermachen]
    [Warum kommt das?] [Weniger davon]
    ");
    ada.taps("☐ Zugänge funktionieren").await;
    ada.taps("Link dazu").await;
    assert_snapshot!(ada.screen(), @"Schicken Sie den Link zu Ihren Unterlagen. Er beginnt mit https:// und wird sieben Tage nach der Vertretung gelöscht.");
    ada.says("http://example.org und das Passwort ist 1234").await;
    assert_snapshot!(ada.screen(), @"Ich brauche nur den Link: Er beginnt mit https:// und ist höchstens 300 Zeichen lang. Passwörter gehören nicht hinein.");
    ada.says("https://wiki.example.org/uebergabe").await;
    assert_snapshot!(ada.screen(), @"
    Übergabe an Ben: Mo., 9. März bis Di., 10. März

    Link: https://wiki.example.org/uebergabe

    Tippen Sie an, was übergeben ist. Ein Link zu Ihren Unterlagen kann dazu.
    [☑ Zugänge funktionieren]
    [☐ Offene Gespräche bekannt]
    [☐ Entwürfe und Termine da]
    [☐ Freigaben geklärt]
    [☐ Kontakte für Notfälle da]
    [Link ändern]
    ");
    assert_snapshot!(ben.screen(), @"
    Auftrag, Ziel, Dialog

    Diese Woche geht es um die Grundlagen: Ihre Zeit, ein Ziel und die Art, mit Menschen ins Gespräch zu kommen. Am Ende haben Sie einen Satz, der sagt, wozu Ihr Haus online ist. Vielleicht sagt er auch, wozu nicht.

    Wozu sind wir online?

    Drei Karten mit je einer Frage, danach ein Satz für Ihr Konzept. Die Karten passen in eine Kaffeepause, für den Satz brauchen Sie etwas Ruhe.

    Dauert etwa 40 Min. und lässt sich jederzeit unterbrechen.
    ――――
    Gemeinsamer Auftritt, klare Zahlen

    Zwei Karten mit Fragen, dann ein Blick auf Ihre Zugänge und auf einen gelungenen Beitrag. Zum Schluss erzählen Sie uns, wie die Woche war.

    Diese Lektion ist neu und wartet auf Sie. Zuerst geht es dort weiter, wo Sie stehen.
    [Weitermachen] [Später]
    ――――
    Übergabe: Ada ist vom Mo., 9. März bis Di., 10. März weg.

    Tippen Sie an, was geklärt ist.
    [☐ Zugänge funktionieren]
    [☐ Offene Gespräche bekannt]
    [☐ Entwürfe und Termine da]
    [☐ Freigaben geklärt]
    [☐ Kontakte für Notfälle da]
    ――――
    Ihre Lektion ist noch offen. Sie machen dort weiter, wo Sie waren.
    [Weitermachen]
    [Warum kommt das?] [Weniger davon]
    ――――
    Übergabe: Ada ist vom Mo., 9. März bis Di., 10. März weg.

    Ada hat übergeben: Zugänge funktionieren

    Link: https://wiki.example.org/uebergabe

    Tippen Sie an, was geklärt ist.
    [☐ Zugänge funktionieren]
    [☐ Offene Gespräche bekannt]
    [☐ Entwürfe und Termine da]
    [☐ Freigaben geklärt]
    [☐ Kontakte für Notfälle da]
    ");
    for point in
        ["Offene Gespräche bekannt", "Entwürfe und Termine da", "Freigaben geklärt", "Kontakte für Notfälle da"]
    {
        ada.taps(&format!("☐ {point}")).await;
        ben.taps(&format!("☐ {point}")).await;
    }
    ben.taps("☐ Zugänge funktionieren").await;
    assert_snapshot!(ben.screen(), @"
    Übergabe: Ada ist vom Mo., 9. März bis Di., 10. März weg.

    Ada hat übergeben: Zugänge funktionieren, Offene Gespräche bekannt, Entwürfe und Termine da, Freigaben geklärt und Kontakte für Notfälle da

    Link: https://wiki.example.org/uebergabe

    ✓ Alles geklärt. Gute Vertretung!
    [☑ Zugänge funktionieren]
    [☑ Offene Gespräche bekannt]
    [☑ Entwürfe und Termine da]
    [☑ Freigaben geklärt]
    [☑ Kontakte für Notfälle da]
    ");
    assert_eq!(world.count("SELECT COUNT(*) FROM cover WHERE link IS NOT NULL AND given <> '[]'").await, 1);
    world.until_date("2026-03-17 23:00").await;
    assert_eq!(world.count("SELECT COUNT(*) FROM cover WHERE link IS NOT NULL").await, 1, "seven days after the end");
    world.until_date("2026-03-19 12:00").await;
    let kept = "SELECT COUNT(*) FROM cover WHERE link IS NOT NULL OR ticks <> '[]' OR given <> '[]'";
    assert_eq!(world.count(kept).await, 0);
}

#[tokio::test]
async fn two_covers_in_one_list_have_labels_of_their_own() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("weg 16.-18.3.").await;
    ben.taps("Ja, übernehme ich").await;
    ada.says("weg 23.3. nachmittags").await;
    ben.taps("Ja, übernehme ich").await;
    ben.says("/vertretung").await;
    assert_snapshot!(ben.screen(), @"
    Vertretung

    Mo., 16. März bis Mi., 18. März: Sie vertreten Ada

    Mo., 23. März nachmittags: Sie vertreten Ada
    [Mo., 16. März: Geht doch nicht]
    [Mo., 23. März nachm.: Geht doch nicht]
    [Übersicht]
    ");
    ben.taps("Mo., 23. März nachm.: Geht doch nicht").await;
    ada.says("/weg").await;
    assert_snapshot!(ada.screen(), @"
    Wann sind Sie weg? Tippen oder schreiben Sie, zum Beispiel „3.–7.8.“ oder „morgen“. Einen Grund brauche ich nicht.
    [Heute] [Morgen]
    [Diese Woche] [Nächste Woche]
    [Löschen: ab Mo., 16. März]
    [Löschen: Mo., 23. März nachm.]
    [Übersicht]
    ");
}

#[tokio::test]
async fn a_contact_hears_of_a_gap_by_the_absent_persons_tap() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ben.says("/einstellungen").await;
    assert!(!ben.screen().contains("Ansprechstelle"), "the lead names the contact: {}", ben.screen());
    ada.says("/einstellungen").await;
    ada.taps("Ansprechstelle nennen").await;
    assert_snapshot!(ada.screen(), @"Wer darf erfahren, wenn eine Vertretung offen ist? Schreiben Sie eine Stelle, etwa das Sekretariat.");
    ada.says(&"x".repeat(60)).await;
    assert_snapshot!(ada.screen(), @"Das ist zu lang. Bitte höchstens 40 Zeichen.");
    ada.says("Sekretariat").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sekretariat. Ist eine Vertretung offen, geben Sie das mit einem Knopf weiter. Oder ich sage dort selbst Bescheid, wenn die Stelle zustimmt.
    [Ansprechstelle informieren]
    [Übersicht]
    ");
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
    [Weitergeben: Sekretariat]
    ");
    assert_snapshot!(ada.shared_text(), @"Ich bin vom Mo., 16. März bis Mi., 18. März weg, und meine Vertretung ist noch offen. Können Sie helfen?");
    ada.says("/einstellungen").await;
    ada.taps("Ansprechstelle: Sekretariat").await;
    ada.taps("Keine Ansprechstelle").await;
    ada.says("/vertretung").await;
    assert!(!ada.screen().contains("Weitergeben"), "{}", ada.screen());
}

#[tokio::test]
async fn days_that_no_calendar_has_change_nothing() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    let mut said = String::new();
    for text in
        ["weg 30.2.", "weg 7.8.2026 bis 3.8.2026", "weg 1.1.2020", "weg 1.6.2028", "weg vielleicht", "wеg мorgen"]
    {
        ada.says(text).await;
        said += &format!("> {text}\n{}\n", ada.screen().lines().next().unwrap_or_default());
    }
    assert_snapshot!(said, @"
    > weg 30.2.
    Diesen Tag gibt es im Kalender nicht. Schreiben Sie ihn bitte noch einmal, zum Beispiel „24.11.“
    > weg 7.8.2026 bis 3.8.2026
    Das Ende liegt vor dem Anfang. Schreiben Sie zuerst den ersten Tag, zum Beispiel „3.–7.8.“
    > weg 1.1.2020
    Das liegt zu lange zurück, um noch etwas zu ändern. Stimmt das Jahr?
    > weg 1.6.2028
    Das liegt mehr als ein Jahr voraus. Stimmt das Jahr?
    > weg vielleicht
    Darin finde ich keine Tage. Schreiben Sie zum Beispiel „3.–7.8.“, „morgen“ oder „nächste Woche“.
    > wеg мorgen
    Darin finde ich keine Tage. Schreiben Sie zum Beispiel „3.–7.8.“, „morgen“ oder „nächste Woche“.
    ");
    assert!(!ben.screen().contains("Ada ist"), "{}", ben.screen());
    assert_eq!(world.count("SELECT COUNT(*) FROM absence").await, 0);
}
