//! Being away and standing in: asked, chased, handed over, released; and a gap that is seen while there is time.

use chrono::TimeDelta;
use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn a_no_shows_the_gap_and_the_absent_person_decides() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Mon 09:00").await;
    ada.says("weg 23.-27.3.").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 23. März bis Fr., 27. März weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ");
    ben.taps("Geht nicht").await;
    assert_snapshot!(ben.screen(), @"
    Notiert: vom Mo., 23. März bis Fr., 27. März geht es bei Ihnen nicht. Ich gebe das weiter.
    [Doch, ich übernehme]
    ");
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 23. März bis Fr., 27. März weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ――――
    Ben kann vom Mo., 23. März bis Fr., 27. März nicht vertreten. Fragen Sie noch einmal, oder lassen Sie die Tage bewusst offen?
    [Noch einmal fragen]
    [In der Runde fragen]
    [Bewusst offen lassen]
    ");
    ada.taps("Noch einmal fragen").await;
    assert_snapshot!(ada.screen(), @"Ich frage noch einmal nach Vertretung vom Mo., 23. März bis Fr., 27. März.");
    assert_snapshot!(ben.screen(), @"
    Notiert: vom Mo., 23. März bis Fr., 27. März geht es bei Ihnen nicht. Ich gebe das weiter.
    ――――
    Ada ist vom Mo., 23. März bis Fr., 27. März weg. Übernehmen Sie die Vertretung?
    [Ja, übernehme ich] [Geht nicht]
    ");
    ben.taps("Geht nicht").await;
    ada.taps("Bewusst offen lassen").await;
    assert_snapshot!(ada.screen(), @"✓ Gut. Die Vertretung vom Mo., 23. März bis Fr., 27. März bleibt bewusst offen.");
    // "I'll take it after all" comes too late for a decision, or it does not: whichever, it is said.
    ben.says("/vertretung").await;
    assert_snapshot!(ben.screen(), @"
    Vertretung

    Mo., 23. März bis Fr., 27. März: für Ada bewusst offen
    [Doch, ich übernehme]
    [Übersicht]
    ");
    ada.says("/vertretung").await;
    assert_snapshot!(ada.screen(), @"
    Vertretung

    Mo., 23. März bis Fr., 27. März: für Sie bewusst offen
    [Übersicht]
    ");
}

#[tokio::test]
async fn a_question_that_stays_unanswered_is_chased_and_then_shown_as_a_gap() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("weg 23.-27.3.").await;
    world.until_date("2026-03-16 18:00").await;
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
    ――――
    Ihre Lektion ist noch offen. Sie machen dort weiter, wo Sie waren.
    [Weitermachen]
    [Warum kommt das?] [Weniger davon]
    ――――
    Menschen, Botschaften, Plan

    Diese Woche geht es um Inhalte: für wen Sie schreiben, was hängen bleiben soll und wann was erscheint. Am Ende haben Sie einen Plan für zwei Wochen und einen Beitrag, der besser geworden ist.

    Für wen, und was?

    Zwei Karten mit je einer Frage. Nach jeder schreiben Sie ein Stück für Ihr Konzept, am besten zu zweit.

    Diese Lektion ist neu und wartet auf Sie. Zuerst geht es dort weiter, wo Sie stehen.
    [Weitermachen] [Später]
    ――――
    Noch ohne Antwort: Ada ist vom Mo., 23. März bis Fr., 27. März weg. Übernehmen Sie die Vertretung?
    [Ja, übernehme ich] [Geht nicht]
    ");
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
    world.until_date("2026-03-22 18:00").await;
    assert_snapshot!(ben.screen(), @"
    (“Menschen, Botschafte…” has no buttons any more)
    ――――
    Recht im Alltag

    Diese Woche geht es um das, was vor dem Veröffentlichen geklärt sein sollte. Das Übliche entscheiden Sie danach selbst. Und Sie merken, wann Sie besser jemanden fragen.

    Alle Angaben haben den Stand November 2026 und sind keine Rechtsberatung. Wo Gerichte und Behörden sich nicht einig sind, steht es dabei.

    Impressum, Bilder, fremde Werke

    Drei Karten mit je einer Frage. Dazwischen nehmen Sie Ihr Telefon und sehen Ihre Profile an wie ein Gast.

    Diese Lektion ist neu und wartet auf Sie. Zuerst geht es dort weiter, wo Sie stehen.
    [Weitermachen] [Später]
    ――――
    Noch ohne Antwort: Ada ist vom Mo., 23. März bis Fr., 27. März weg. Übernehmen Sie die Vertretung?
    [Ja, übernehme ich] [Geht nicht]
    ");
    assert_snapshot!(ada.screen(), @"
    (“Menschen, Botschafte…” has no buttons any more)
    ――――
    Recht im Alltag

    Diese Woche geht es um das, was vor dem Veröffentlichen geklärt sein sollte. Das Übliche entscheiden Sie danach selbst. Und Sie merken, wann Sie besser jemanden fragen.

    Alle Angaben haben den Stand November 2026 und sind keine Rechtsberatung. Wo Gerichte und Behörden sich nicht einig sind, steht es dabei.

    Impressum, Bilder, fremde Werke

    Drei Karten mit je einer Frage. Dazwischen nehmen Sie Ihr Telefon und sehen Ihre Profile an wie ein Gast.

    Diese Lektion ist neu und wartet auf Sie. Zuerst geht es dort weiter, wo Sie stehen.
    [Weitermachen] [Später]
    ――――
    Die Woche geht zu Ende. Fehlt noch Zeit in Ihrer Liste?

    KW 12: 0 Min. von 5 Std.
    ░░░░░░░░░░
    [+30 Min.] [+1 Std.]
    [Nicht freigegeben]
    [Nicht gebraucht] [Waren weg]
    [Warum kommt das?] [Weniger davon]
    ――――
    Ben hat noch nicht geantwortet: Ihre Vertretung vom Mo., 23. März bis Fr., 27. März ist offen. Fragen Sie noch einmal, oder lassen Sie die Tage bewusst offen?
    [Noch einmal fragen]
    [In der Runde fragen]
    [Bewusst offen lassen]
    ");
    ben.taps("Ja, übernehme ich").await;
    assert_snapshot!(ben.screen(), @"
    (“Ada ist vom Mo., 23.…” has no buttons any more)
    ――――
    (“Noch ohne Antwort: A…” has no buttons any more)
    ――――
    Übergabe: Ada ist vom Mo., 23. März bis Fr., 27. März weg.

    Tippen Sie an, was geklärt ist.
    [☐ Zugänge funktionieren]
    [☐ Offene Gespräche bekannt]
    [☐ Entwürfe und Termine da]
    [☐ Freigaben geklärt]
    [☐ Kontakte für Notfälle da]
    ");
    assert_snapshot!(ada.screen(), @"
    (“Menschen, Botschafte…” has no buttons any more)
    ――――
    Recht im Alltag

    Diese Woche geht es um das, was vor dem Veröffentlichen geklärt sein sollte. Das Übliche entscheiden Sie danach selbst. Und Sie merken, wann Sie besser jemanden fragen.

    Alle Angaben haben den Stand November 2026 und sind keine Rechtsberatung. Wo Gerichte und Behörden sich nicht einig sind, steht es dabei.

    Impressum, Bilder, fremde Werke

    Drei Karten mit je einer Frage. Dazwischen nehmen Sie Ihr Telefon und sehen Ihre Profile an wie ein Gast.

    Diese Lektion ist neu und wartet auf Sie. Zuerst geht es dort weiter, wo Sie stehen.
    [Weitermachen] [Später]
    ――――
    Die Woche geht zu Ende. Fehlt noch Zeit in Ihrer Liste?

    KW 12: 0 Min. von 5 Std.
    ░░░░░░░░░░
    [+30 Min.] [+1 Std.]
    [Nicht freigegeben]
    [Nicht gebraucht] [Waren weg]
    [Warum kommt das?] [Weniger davon]
    ――――
    Ben hat noch nicht geantwortet: Ihre Vertretung vom Mo., 23. März bis Fr., 27. März ist offen. Fragen Sie noch einmal, oder lassen Sie die Tage bewusst offen?
    ――――
    ✓ Ben vertritt Sie vom Mo., 23. März bis Fr., 27. März.
    ――――
    Übergabe an Ben: Mo., 23. März bis Fr., 27. März

    Tippen Sie an, was übergeben ist. Ein Link zu Ihren Unterlagen kann dazu.
    [☐ Zugänge funktionieren]
    [☐ Offene Gespräche bekannt]
    [☐ Entwürfe und Termine da]
    [☐ Freigaben geklärt]
    [☐ Kontakte für Notfälle da]
    [Link dazu]
    ");
}

#[tokio::test]
async fn what_begins_tomorrow_is_asked_at_once_and_chased_after_four_working_hours() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Mon 09:00").await;
    ada.says("weg morgen").await;
    assert_eq!(ben.new_messages(), 1, "{}", ben.screen());
    world.until("Mon 18:00").await;
    assert_snapshot!(ben.screen(), @"
    Noch ohne Antwort: Ada ist am Di., 3. März weg. Übernehmen Sie die Vertretung?
    [Ja, übernehme ich] [Geht nicht]
    ");
    assert_snapshot!(ada.screen(), @"
    Ben hat noch nicht geantwortet: Ihre Vertretung am Di., 3. März ist offen. Fragen Sie noch einmal, oder lassen Sie die Tage bewusst offen?
    [Noch einmal fragen]
    [In der Runde fragen]
    [Bewusst offen lassen]
    ");
}

#[tokio::test]
async fn where_both_are_away_only_the_rest_is_asked_for() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ben.says("weg 11.-12.3.").await;
    ada.taps("Ja, übernehme ich").await;
    ada.says("weg 9.-13.3.").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 9. März bis Fr., 13. März weg.

    Ich frage Ben nach Vertretung. An einem Teil der Tage sind Sie beide weg: Dazu bekommen Sie eine eigene Nachricht.
    [Doch nicht weg] [Übersicht]
    ――――
    Mi., 11. März bis Do., 12. März: Sie und Ben sind beide weg. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [In der Runde fragen]
    [Bewusst offen lassen]
    ");
    assert_snapshot!(ben.screen(), @"
    ✓ Notiert: Sie sind vom Mi., 11. März bis Do., 12. März weg.

    Ich frage Ada nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ――――
    ✓ Ada vertritt Sie vom Mi., 11. März bis Do., 12. März.
    ――――
    Mi., 11. März bis Do., 12. März: Sie und Ada sind beide weg. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [In der Runde fragen]
    [Bewusst offen lassen]
    ――――
    Ada ist vom Mo., 9. März bis Di., 10. März weg. Übernehmen Sie die Vertretung?
    [Ja, übernehme ich] [Geht nicht]
    ――――
    Ada ist am Fr., 13. März weg. Übernehmen Sie die Vertretung?
    [Ja, übernehme ich] [Geht nicht]
    ");
}

#[tokio::test]
async fn a_yes_and_a_change_of_mind_at_the_same_moment_have_one_outcome() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("weg 16.-20.3.").await;
    ada.presses("Doch nicht weg");
    ben.presses("Ja, übernehme ich");
    world.settle().await;
    assert_snapshot!(ada.screen(), @"
    ✓ Gestrichen: Ihre Abwesenheit vom Mo., 16. März bis Fr., 20. März.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    assert_snapshot!(ben.screen(), @"
    (“Ada ist vom Mo., 16.…” has no buttons any more)
    ――――
    Die Vertretung für Ada vom Mo., 16. März bis Fr., 20. März entfällt.
    ――――
    (Dieser Knopf ist nicht mehr aktuell.)
    ");
    ada.says("weg 23.-27.3.").await;
    ben.presses("Ja, übernehme ich");
    ada.presses("Doch nicht weg");
    world.settle().await;
    assert_snapshot!(ada.screen(), @"
    ✓ Gestrichen: Ihre Abwesenheit vom Mo., 23. März bis Fr., 27. März.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ――――
    ✓ Ben vertritt Sie vom Mo., 23. März bis Fr., 27. März.
    ");
    assert_snapshot!(ben.screen(), @"
    ✓ Danke! Sie übernehmen die Vertretung vom Mo., 23. März bis Fr., 27. März.

    Die Checkliste für die Übergabe kommt am Fr., 20. März.
    [Geht doch nicht]
    ――――
    Die Vertretung für Ada vom Mo., 23. März bis Fr., 27. März entfällt.
    ");
    world.until_date("2026-03-30 18:00").await;
    assert!(!ben.screen().contains("Übergabe: Ada"), "nothing is handed over: {}", ben.screen());
}

#[tokio::test]
async fn a_double_tap_and_an_answer_to_an_older_question_change_nothing() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("weg 16.-20.3.").await;
    let (yes, no) = (ben.carried("Ja, übernehme ich"), ben.carried("Geht nicht"));
    ben.presses("Ja, übernehme ich");
    ben.presses("Ja, übernehme ich");
    world.settle().await;
    assert_snapshot!(ben.screen(), @"
    ✓ Danke! Sie übernehmen die Vertretung vom Mo., 16. März bis Fr., 20. März.

    Die Checkliste für die Übergabe kommt am Fr., 13. März.
    [Geht doch nicht]
    ――――
    (Dieser Knopf ist nicht mehr aktuell.)
    ");
    assert_eq!(ada.chat().matches("✓ Ben vertritt Sie").count(), 1, "{}", ada.chat());
    ben.presses_old(&no).await;
    assert_snapshot!(ben.screen(), @"(Dieser Knopf ist nicht mehr aktuell.)");
    ada.taps("Doch nicht weg").await;
    ada.says("weg 16.-20.3.").await;
    ben.presses_old(&yes).await;
    assert_snapshot!(ben.screen(), @"(Dieser Knopf ist nicht mehr aktuell.)");
    ada.presses_old(&yes).await;
    assert_snapshot!(ada.screen(), @"(Dieser Knopf gilt hier nicht.)");
}

#[tokio::test]
async fn a_longer_absence_asks_for_the_new_days_only_and_a_shorter_one_keeps_the_yes() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("weg 16.-18.3.").await;
    ben.taps("Ja, übernehme ich").await;
    ada.says("weg 16.-20.3.").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 16. März bis Fr., 20. März weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ");
    assert_snapshot!(ben.screen(), @"
    ✓ Danke! Sie übernehmen die Vertretung vom Mo., 16. März bis Mi., 18. März.

    Die Checkliste für die Übergabe kommt am Fr., 13. März.
    [Geht doch nicht]
    ――――
    Ada ist vom Do., 19. März bis Fr., 20. März weg. Übernehmen Sie die Vertretung?
    [Ja, übernehme ich] [Geht nicht]
    ");
    ben.taps("Ja, übernehme ich").await;
    ben.says("/vertretung").await;
    assert_snapshot!(ben.screen(), @"
    Vertretung

    Mo., 16. März bis Mi., 18. März: Sie vertreten Ada

    Do., 19. März bis Fr., 20. März: Sie vertreten Ada
    [Mo., 16. März: Geht doch nicht]
    [Do., 19. März: Geht doch nicht]
    [Übersicht]
    ");
    ada.says("/weg").await;
    assert_snapshot!(ada.screen(), @"
    Wann sind Sie weg? Tippen oder schreiben Sie, zum Beispiel „3.–7.8.“ oder „morgen“. Einen Grund brauche ich nicht.
    [Heute] [Morgen]
    [Diese Woche] [Nächste Woche]
    [Löschen: ab Mo., 16. März]
    [Übersicht]
    ");
}

#[tokio::test]
async fn an_absence_of_yesterday_is_noted_and_nobody_is_asked() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Thu 12:00").await;
    world.advance(TimeDelta::hours(1)).await;
    ada.says("weg gestern").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind am Mi., 4. März weg.

    Eine Vertretung braucht es dafür nicht.
    [Doch nicht weg] [Übersicht]
    ");
    assert_eq!(ben.new_messages(), 0, "{}", ben.screen());
    ada.says("/stunden").await;
    assert_snapshot!(ada.screen().lines().nth(2).unwrap(), @"KW 10: 0 Min. von 5 Std.");
}
