//! What cannot be read, is not allowed, or comes from the wrong hand: a clear answer, and nothing else changes.

use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn what_cannot_be_read_is_answered_in_ones_language() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ben.says("/settings").await;
    ben.taps("English").await;
    ada.says("/gibtsnicht").await;
    assert_snapshot!(ada.screen(), @"
    Diesen Befehl kenne ich nicht. Was geht, zeigt /hilfe.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    ben.says("/nonsense with words").await;
    assert_snapshot!(ben.screen(), @"
    I don’t know that command. /help shows what there is.
    [Lesson] [Time]
    [Away] [More]
    ");
    ada.sends_sticker().await;
    assert_snapshot!(ada.screen(), @"Bilder, Sprachnachrichten und Dateien kann ich nicht lesen. Schreiben Sie es mir bitte als Text.");
    ben.sends_photo("90 min").await;
    assert_snapshot!(ben.screen(), @"I can’t read pictures, voice messages or files. Could you put it in words?");
    ben.sends_voice().await;
    assert_snapshot!(ben.screen(), @"I can’t read pictures, voice messages or files. Could you put it in words?");
    ada.says("Wie geht das hier?").await;
    assert_snapshot!(ada.screen(), @"
    Das habe ich nicht verstanden.

    Zeit tragen Sie so ein: „45 min“. Sind Sie weg, dann zum Beispiel: „weg 3.–7.8.“

    Mehr zeigt /hilfe.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    ben.says("what now").await;
    assert_snapshot!(ben.screen(), @"
    I didn’t get that.

    To log time, write “45 min”. If you’ll be away, something like “away 3–7 Aug”.

    /help shows more.
    [Lesson] [Time]
    [Away] [More]
    ");
    ada.says("30 Stunden").await;
    assert_snapshot!(ada.screen(), @"Mehr als 16 Stunden an einem Tag kann ich nicht eintragen. Meinten Sie Minuten? Dann zum Beispiel „45 min“.");
    ada.says("weg 7.-3.8.").await;
    assert_snapshot!(ada.screen(), @"Das Ende liegt vor dem Anfang. Schreiben Sie zuerst den ersten Tag, zum Beispiel „3.–7.8.“");
    ada.says("-20 min").await;
    assert_snapshot!(ada.screen(), @"Die Zeit muss größer als null sein, zum Beispiel „15 min“.");
    ada.says("morgen 45 min").await;
    assert_snapshot!(ada.screen(), @"Dieser Tag kommt erst noch. Tragen Sie die Zeit danach ein, zum Beispiel „gestern 45 min“.");
    ada.says("/runden").await;
    assert_snapshot!(ada.screen(), @"Dieser Befehl ist für die Kursleitung.");
}

#[tokio::test]
async fn an_edited_message_changes_nothing_that_was_entered() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("45 min").await;
    ada.edits_last("4 h").await;
    assert_snapshot!(ada.screen(), @"Geänderte Nachrichten lese ich nicht noch einmal. Schreiben Sie es bitte neu. Eine falsche Zeit nehmen Sie mit dem Knopf darunter zurück.");
    ben.forwards("45 min").await;
    assert_snapshot!(ben.screen(), @"
    ✓ 45 Min. für Mo., 2. März eingetragen.

    KW 10: 1:30 Std. von 5 Std.
    ▓▓▓░░░░░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
}

#[tokio::test]
async fn buttons_of_others_and_made_up_ones_do_nothing() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    let eve = world.person("Eve").language("en");
    eve.says("/start").await;
    ada.says("/away").await;
    let away = ada.carried("Morgen");
    ben.presses_in_chat_of(&ada, &away).await;
    assert_snapshot!(ben.screen(), @"(nothing new)");
    eve.presses_in_chat_of(&ada, &away).await;
    assert_snapshot!(ada.screen(), @"
    Wann sind Sie weg? Tippen oder schreiben Sie, zum Beispiel „3.–7.8.“ oder „morgen“. Einen Grund brauche ich nicht.
    [Heute] [Morgen]
    [Diese Woche] [Nächste Woche]
    [Übersicht]
    ――――
    (Dieser Knopf gilt hier nicht.)
    ――――
    (This button doesn’t work here.)
    ");
    for data in ["", "x", "x:h:h", "umy8:l:m1:goal-q:n", "????:z:a", &"é".repeat(32), "a:a:a:a:a:a:a:a:a:a"] {
        let mut forged = away.clone();
        forged.data = data.to_owned();
        ada.presses_old(&forged).await;
        assert_eq!(ada.screen(), "(Dieser Knopf gilt hier nicht.)", "{data}");
    }
    ada.says("/weg").await;
    assert_snapshot!(ada.screen(), @"
    Wann sind Sie weg? Tippen oder schreiben Sie, zum Beispiel „3.–7.8.“ oder „morgen“. Einen Grund brauche ich nicht.
    [Heute] [Morgen]
    [Diese Woche] [Nächste Woche]
    [Übersicht]
    ");
}

#[tokio::test]
async fn an_old_button_says_so_and_shows_where_one_stands() {
    let world = World::new().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    ada.taps("▶ Los geht’s").await;
    let card = ada.carried("Weiter");
    ada.taps("Weiter").await;
    let question = ada.carried("B");
    ada.taps("C").await;
    ada.presses_old(&question).await;
    assert_snapshot!(ada.screen(), @"(Dieser Knopf ist nicht mehr aktuell.)");
    ada.taps("Weiter").await;
    ada.presses_old(&card).await;
    assert_snapshot!(ada.screen(), @"(Dieser Knopf ist nicht mehr aktuell.)");
}

#[tokio::test]
async fn names_are_shown_as_they_are_whatever_is_in_them() {
    let world = World::new().await;
    let round = world.round("2026-03-09", "Europe/Berlin", None).await;
    let ada = world.person("<b>Ada</b> & \"Söhne\" *fett* {$x}");
    ada.opens(&round.code).await;
    ada.taps("Verstanden").await;
    ada.says("Verein <i>schräg</i> _unter_ {name} & Co").await;
    ada.taps("Ja, Vorstand/Leitung").await;
    ada.taps("Passt").await;
    let ben = world.person("\u{202e}בן\u{202c} عمر").language("en");
    ben.opens(&ada.shared_link()).await;
    assert_snapshot!(ben.screen().lines().next().unwrap(), @r#"<b>Ada</b> & "Söhne" *fett* {$x} (Verein <i>schräg</i> _unter_ {name} & Co) would like to form a tandem with you: you both take the same course and stand in for each other."#);
    ben.taps("I’m in").await;
    ben.taps("Fine").await;
    assert_snapshot!(ada.screen(), @"
    Jetzt fehlt noch die zweite Person. Schicken Sie ihr diesen Link.

    Sie liest zuerst, worum es geht und wer was sieht, und entscheidet dann selbst.
    [Link teilen]
    [Übersicht]
    ――――
    ✓ בן عمر hat Ihre Einladung angenommen.
    ");
    ben.says("/start").await;
    assert_snapshot!(ben.screen(), @"
    Hello בן عمر!

    No lesson yet. The round starts: Mon 9 March

    Week 10: 0 min of 5 h
    ░░░░░░░░░░
    [Lesson] [Time]
    [Away] [More]
    ");
    ada.says("/start").await;
    assert_snapshot!(ada.screen(), @r#"
    Hallo <b>Ada</b> & "Söhne" *fett* {$x}!

    Noch keine Lektion. Start der Runde: Mo., 9. März

    KW 10: 0 Min. von 5 Std.
    ░░░░░░░░░░
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    "#);
}

#[tokio::test]
async fn an_answer_of_four_thousand_characters_is_too_long_and_the_question_stays_open() {
    let world = World::new().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says(&"Wort ".repeat(800)).await;
    assert_snapshot!(ada.screen(), @"
    Das habe ich nicht verstanden.

    Zeit tragen Sie so ein: „45 min“. Sind Sie weg, dann zum Beispiel: „weg 3.–7.8.“

    Mehr zeigt /hilfe.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    world.until("Tue 10:00").await;
    ada.taps("▶ Los geht’s").await;
    ada.taps_all(&["Weiter", "C", "Weiter", "Weiter", "A", "Weiter", "Weiter", "B", "Weiter"]).await;
    ada.says(&"ä".repeat(4000)).await;
    assert_snapshot!(ada.screen(), @"Das sind 4000 Zeichen. Bis 1500 passen. Bitte kürzen und noch einmal schicken.");
    ada.says("45 min").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 45 Min. für Di., 3. März eingetragen.

    KW 10: 45 Min. von 5 Std.
    ▓░░░░░░░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
    ada.says("Bis Mai rufen zehn Menschen an.").await;
    assert_snapshot!(ada.screen(), @"
    (“Ihr Ziel in einem Sa…” has no buttons any more)
    ――――
    ✓ Gespeichert.
    [Weiter] [Ändern]
    ");
    let long = world.person("Zoe");
    let round = world.round("2026-03-09", "Europe/Berlin", None).await;
    long.opens(&round.code).await;
    long.taps("Verstanden").await;
    long.says(&"Verein ".repeat(500)).await;
    assert_snapshot!(long.screen(), @"Bitte nur den Namen, höchstens 120 Zeichen. Zum Beispiel: Stadtbücherei Musterstadt");
    long.sends_sticker().await;
    assert_snapshot!(long.screen(), @"Bilder, Sprachnachrichten und Dateien kann ich nicht lesen. Schreiben Sie es mir bitte als Text.");
    long.says("/stunden").await;
    assert_snapshot!(long.screen(), @"Für welche Organisation sind Sie hier? Schreiben Sie mir den Namen, zum Beispiel: Stadtbücherei Musterstadt");
}

#[tokio::test]
async fn a_group_is_told_that_the_bot_works_in_private() {
    let world = World::on_disk().await;
    let ada = world.person("Ada");
    ada.says("/start").await;
    world.group_hears(-5, &ada, "/start@tandem_story_bot").await;
    assert_snapshot!(world.group_chat(-5), @"Ich arbeite nur im Einzelchat, damit niemand mitliest. Bitte schreiben Sie mir dort.");
    world.group_hears(-5, &ada, "@tandem_story_bot 45 min").await;
    assert_snapshot!(world.group_chat(-5), @"
    Ich arbeite nur im Einzelchat, damit niemand mitliest. Bitte schreiben Sie mir dort.
    ――――
    Ich arbeite nur im Einzelchat, damit niemand mitliest. Bitte schreiben Sie mir dort.
    ");
    assert_eq!(world.count("SELECT COUNT(*) FROM person").await, 0);
}

#[tokio::test]
async fn whoever_writes_too_much_is_told_once_and_heard_again_a_minute_later() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.advance(chrono::TimeDelta::minutes(5)).await;
    for _ in 0..40 {
        ada.writes("1 min");
    }
    ben.says("2 min").await;
    assert_snapshot!(ben.screen(), @"
    ✓ 2 Min. für Mo., 2. März eingetragen.

    KW 10: 32 Min. von 5 Std.
    ▓░░░░░░░░░
    [Rückgängig]
    [+5 Min.]
    ");
    world.settle().await;
    let answers = ada.arrivals();
    let entered = answers.iter().filter(|(_, text)| text.starts_with("✓ 1 Min.")).count();
    let told = answers.iter().filter(|(_, text)| text.starts_with("Das war sehr viel")).count();
    assert_eq!((entered, told), (30, 1));
    world.advance(chrono::TimeDelta::minutes(1)).await;
    ada.says("1 min").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 1 Min. für Mo., 2. März eingetragen.

    KW 10: 33 Min. von 5 Std.
    ▓░░░░░░░░░
    [Rückgängig]
    [+5 Min.]
    ");
}
