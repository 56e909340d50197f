//! A summer in which both are away, and not at different times.

use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn a_summer_with_three_absences_that_overlap_on_both_sides() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until_date("2026-06-15 12:00").await;
    // Ben goes first; Ada's holidays begin while he is away and end after him.
    ben.says("weg 13.7. bis 24.7.").await;
    assert_snapshot!(ada.screen().lines().last().unwrap(), @"[Ja, übernehme ich] [Geht nicht]");
    ada.taps("Ja, übernehme ich").await;
    ada.says("weg 20.7. bis 7.8.").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 20. Juli bis Fr., 7. August weg.

    Ich frage Ben nach Vertretung. An einem Teil der Tage sind Sie beide weg: Dazu bekommen Sie eine eigene Nachricht.
    [Doch nicht weg] [Übersicht]
    ――――
    Mo., 20. Juli bis Fr., 24. Juli: Sie und Ben sind beide weg. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [In der Runde fragen]
    [Bewusst offen lassen]
    ");
    assert_snapshot!(ben.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 13. Juli bis Fr., 24. Juli weg.

    Ich frage Ada nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ――――
    ✓ Ada vertritt Sie vom Mo., 13. Juli bis Fr., 24. Juli.
    ――――
    Mo., 20. Juli bis Fr., 24. Juli: Sie und Ada sind beide weg. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [In der Runde fragen]
    [Bewusst offen lassen]
    ――――
    Ada ist vom Mo., 27. Juli bis Fr., 7. August weg. Übernehmen Sie die Vertretung?
    [Ja, übernehme ich] [Geht nicht]
    ");
    ben.taps("Ja, übernehme ich").await;
    // Ben's third absence cuts into what he has just taken.
    ben.says("weg 5.8. bis 12.8.").await;
    assert_snapshot!(ben.screen(), @"
    ✓ Notiert: Sie sind vom Mi., 5. August bis Mi., 12. August weg.

    Ich frage Ada nach Vertretung. An einem Teil der Tage sind Sie beide weg: Dazu bekommen Sie eine eigene Nachricht.
    [Doch nicht weg] [Übersicht]
    ――――
    Mi., 5. August bis Fr., 7. August: Sie und Ada sind beide weg. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [In der Runde fragen]
    [Bewusst offen lassen]
    ");
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 20. Juli bis Fr., 7. August weg.

    Ich frage Ben nach Vertretung. An einem Teil der Tage sind Sie beide weg: Dazu bekommen Sie eine eigene Nachricht.
    [Doch nicht weg] [Übersicht]
    ――――
    Mo., 20. Juli bis Fr., 24. Juli: Sie und Ben sind beide weg. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [In der Runde fragen]
    [Bewusst offen lassen]
    ――――
    ✓ Ben vertritt Sie vom Mo., 27. Juli bis Fr., 7. August.
    ――――
    Mi., 5. August bis Fr., 7. August: Sie und Ben sind beide weg. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [In der Runde fragen]
    [Bewusst offen lassen]
    ――――
    Ben ist vom Mo., 10. August bis Mi., 12. August weg. Übernehmen Sie die Vertretung?
    [Ja, übernehme ich] [Geht nicht]
    ");
    ada.taps("Bewusst offen lassen").await;
    ada.says("/vertretung").await;
    assert_snapshot!(ada.screen(), @"
    Vertretung

    Mo., 13. Juli bis Fr., 17. Juli: Sie vertreten Ben

    Mo., 20. Juli bis Fr., 24. Juli: für Ben noch offen

    Mo., 20. Juli bis Fr., 24. Juli: für Sie noch offen

    Mo., 27. Juli bis Di., 4. August: Sie werden vertreten

    Mi., 5. August bis Fr., 7. August: für Ben noch offen

    Mi., 5. August bis Fr., 7. August: für Sie bewusst offen
    [Geht doch nicht]
    [In der Runde fragen]
    [Bewusst offen lassen]
    [Übersicht]
    ");
    // Ada comes back earlier than said: her yes to Ben holds, his yes to her is shorter.
    ada.says("weg 20.7. bis 4.8.").await;
    assert_snapshot!(ada.screen(), @"
    Ben ist vom Mi., 5. August bis Fr., 7. August weg. Übernehmen Sie die Vertretung?
    [Ja, übernehme ich] [Geht nicht]
    ――――
    ✓ Notiert: Sie sind vom Mo., 20. Juli bis Di., 4. August weg.
    [Doch nicht weg] [Übersicht]
    ");
    assert_snapshot!(ben.screen(), @"
    ✓ Notiert: Sie sind vom Mi., 5. August bis Mi., 12. August weg.

    Ich frage Ada nach Vertretung. An einem Teil der Tage sind Sie beide weg: Dazu bekommen Sie eine eigene Nachricht.
    [Doch nicht weg] [Übersicht]
    ――――
    Mi., 5. August bis Fr., 7. August: Sie und Ada sind beide weg. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    ");
    ada.says("/vertretung").await;
    assert_snapshot!(ada.screen(), @"
    Vertretung

    Mo., 13. Juli bis Fr., 17. Juli: Sie vertreten Ben

    Mo., 20. Juli bis Fr., 24. Juli: für Ben noch offen

    Mo., 20. Juli bis Fr., 24. Juli: für Sie noch offen

    Mo., 27. Juli bis Di., 4. August: Sie werden vertreten

    Mi., 5. August bis Fr., 7. August: Ben fragt Sie, noch ohne Antwort

    Mo., 10. August bis Mi., 12. August: Ben fragt Sie, noch ohne Antwort
    [Geht doch nicht]
    [In der Runde fragen]
    [Bewusst offen lassen]
    [Mi., 5. August: Ja, übernehme ich]
    [Mi., 5. August: Geht nicht]
    [Mo., 10. August: Ja, übernehme ich]
    [Mo., 10. August: Geht nicht]
    [Übersicht]
    ");
    // Everything is handed over, told and thanked for in its time.
    world.until_date("2026-08-14 18:00").await;
    let about = |chat: String| {
        let words = ["Übergabe", "zurück", "vertritt", "Vertretung"];
        let lines: Vec<String> = chat
            .split("\n――――\n")
            .filter(|message| !message.starts_with('>') && words.iter().any(|word| message.contains(word)))
            .filter_map(|message| message.lines().next().map(str::to_owned))
            .collect();
        lines.join("\n")
    };
    assert_snapshot!(about(ada.chat()), @"
    Willkommen! Dieser Link führt zu Ihrem Platz in der Runde Frühjahr.
    Gemeinschaft, Konflikt, Netzwerk
    ✓ Danke! Sie übernehmen die Vertretung vom Mo., 13. Juli bis Fr., 24. Juli.
    ✓ Notiert: Sie sind vom Mo., 20. Juli bis Fr., 7. August weg.
    ✓ Ben vertritt Sie vom Mo., 27. Juli bis Fr., 7. August.
    ✓ Gut. Die Vertretung vom Mi., 5. August bis Fr., 7. August bleibt bewusst offen.
    Ben ist vom Mo., 10. August bis Mi., 12. August weg. Übernehmen Sie die Vertretung?
    Vertretung
    Ben ist vom Mi., 5. August bis Fr., 7. August weg. Übernehmen Sie die Vertretung?
    Vertretung
    Übergabe: Ben ist vom Mo., 13. Juli bis Fr., 17. Juli weg.
    Übergabe an Ben: Mo., 27. Juli bis Di., 4. August
    Noch ohne Antwort: Ben ist vom Mo., 10. August bis Mi., 12. August weg. Übernehmen Sie die Vertretung?
    Noch ohne Antwort: Ben ist vom Mi., 5. August bis Fr., 7. August weg. Übernehmen Sie die Vertretung?
    Noch ohne Antwort: Ben ist vom Mo., 10. August bis Mi., 12. August weg. Übernehmen Sie die Vertretung?
    Ben ist zurück. Danke für die Vertretung!
    Noch ohne Antwort: Ben ist vom Mo., 10. August bis Mi., 12. August weg. Übernehmen Sie die Vertretung?
    ");
    assert_snapshot!(about(ben.chat()), @"
    Ada (Verein Ada) möchte mit Ihnen ein Tandem bilden: Sie machen beide denselben Kurs und vertreten sich gegenseitig.
    Gemeinschaft, Konflikt, Netzwerk
    ✓ Notiert: Sie sind vom Mo., 13. Juli bis Fr., 24. Juli weg.
    ✓ Ada vertritt Sie vom Mo., 13. Juli bis Fr., 24. Juli.
    ✓ Danke! Sie übernehmen die Vertretung vom Mo., 27. Juli bis Fr., 7. August.
    ✓ Notiert: Sie sind vom Mi., 5. August bis Mi., 12. August weg.
    Übergabe an Ada: Mo., 13. Juli bis Fr., 17. Juli
    Übergabe: Ada ist vom Mo., 27. Juli bis Di., 4. August weg.
    Ada hat noch nicht geantwortet: Ihre Vertretung vom Mi., 5. August bis Fr., 7. August ist offen. Fragen Sie noch einmal, oder lassen Sie die Tage bewusst offen?
    Ada hat noch nicht geantwortet: Ihre Vertretung vom Mo., 10. August bis Mi., 12. August ist offen. Fragen Sie noch einmal, oder lassen Sie die Tage bewusst offen?
    Ada ist zurück. Danke für die Vertretung!
    ");
    assert_eq!(world.count("SELECT COUNT(*) FROM cover WHERE phase = 'asked'").await, 0);
}
