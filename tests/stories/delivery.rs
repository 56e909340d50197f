//! Sending: blocks, refusals, lost answers, a machine that was off. Nothing owed is lost, nothing is doubled that
//! need not be, and whoever comes back finds one message.

use insta::assert_snapshot;
use tandem::demo::phones::Fault;

use crate::support::World;

#[tokio::test]
async fn whoever_blocks_the_bot_gets_nothing_and_one_message_on_coming_back() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    ada.taps("▶ Los geht’s").await;
    ada.blocks().await;
    world.until("Fri 18:00").await;
    world.until("Fri 18:00").await;
    assert_eq!(ada.new_messages(), 0);
    assert_eq!(world.answered(403), 0, "nobody who blocked the bot is written to");
    ada.unblocks().await;
    world.until("Wed 18:00").await;
    assert_eq!(ada.new_messages(), 1, "{}", ada.screen());
    assert_snapshot!(ada.screen(), @"
    (“Ein Auftrag mit Arbe…” has no buttons any more)
    ――――
    Gemeinsamer Auftritt, klare Zahlen

    Zwei Karten mit Fragen, dann ein Blick auf Ihre Zugänge und auf einen gelungenen Beitrag. Zum Schluss erzählen Sie uns, wie die Woche war.

    Diese Lektion ist neu und wartet auf Sie. Zuerst geht es dort weiter, wo Sie stehen.
    [Weitermachen] [Später]
    ");
    assert_eq!(ben.new_messages(), 1, "his own lesson of Tuesday: {}", ben.screen());
    assert!(!ben.screen().contains("Ada"), "nothing about her: {}", ben.screen());
}

#[tokio::test]
async fn what_falls_due_together_is_one_message_for_each_of_many() {
    let world = World::new().await;
    // Good Friday is free: the week's hours are asked about on Thursday, when the second lesson comes.
    world.until_date("2026-03-30 09:00").await;
    let round = world.round("2026-03-31", "Europe/Berlin", None).await;
    let mut leads = Vec::new();
    for nth in 0..9 {
        leads.push(world.joins(&round, &format!("Ada{nth}"), &format!("Ben{nth}")).await.0);
    }
    world.until_date("2026-04-02 09:00").await;
    world.until_date("2026-04-02 18:00").await;
    for lead in leads {
        let screen = lead.screen();
        assert_eq!(lead.new_messages(), 1, "{screen}");
        assert!(screen.contains("Diese Lektion ist neu") && screen.contains("Die Woche geht zu Ende."), "{screen}");
    }
}

#[tokio::test]
async fn a_server_that_asks_for_patience_gets_it() {
    let world = World::new().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.fails("sendMessage", 2, Fault::TooMany(90));
    ada.says("45 min").await;
    assert_eq!(ada.new_messages(), 0);
    world.advance(chrono::TimeDelta::minutes(4)).await;
    assert_snapshot!(ada.screen(), @"
    ✓ 45 Min. für Mo., 2. März eingetragen.

    KW 10: 45 Min. von 5 Std.
    ▓░░░░░░░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
    assert_eq!(world.answered(429), 2);
}

#[tokio::test]
async fn a_chat_that_has_to_rest_does_not_hold_up_the_lessons_of_others() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 09:59").await;
    world.fails("sendMessage", 1, Fault::TooMany(90));
    world.until("Tue 10:00").await;
    assert_eq!(ada.new_messages() + ben.new_messages(), 1, "one was told to wait, the other has the lesson");
    world.until("Tue 10:05").await;
    assert_eq!(ada.new_messages() + ben.new_messages(), 1, "the other one too, when the time is over");
    assert_eq!(world.answered(429), 1);
}

#[tokio::test]
async fn a_lesson_whose_fate_is_unclear_comes_again_and_a_reminder_does_not() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ben.says("/pause").await;
    world.until("Tue 09:59").await;
    world.fails("sendMessage", 1, Fault::DropAfter);
    world.until("Tue 11:00").await;
    assert_eq!(ada.new_messages(), 2, "better twice than never");
    ada.taps("▶ Los geht’s").await;
    ada.taps_all(&["Weiter", "C", "Weiter", "Weiter", "A", "Weiter", "Weiter", "B", "Weiter", "Später"]).await;
    world.until("Fri 09:59").await;
    world.fails("sendMessage", 1, Fault::DropAfter);
    world.until("Fri 18:00").await;
    assert_eq!(ada.new_messages(), 1, "{}", ada.screen());
    world.until("Mon 18:00").await;
    assert_eq!(ada.new_messages(), 0, "{}", ada.screen());
}

#[tokio::test]
async fn a_server_that_fails_for_a_while_loses_no_reply() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.fails("sendMessage", 5, Fault::ServerError(502));
    ada.says("45 min").await;
    ben.says("15 min").await;
    world.advance(chrono::TimeDelta::minutes(10)).await;
    assert!(ada.chat().contains("✓ 45 Min."), "{}", ada.chat());
    assert!(ben.chat().contains("✓ 15 Min."), "{}", ben.chat());
}

#[tokio::test]
async fn a_machine_that_was_off_for_two_weeks_brings_one_message() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 09:00").await;
    world.is_down_until("2026-03-17 11:30");
    world.settle().await;
    assert_eq!(ada.new_messages(), 1, "{}", ada.screen());
    assert_snapshot!(ada.screen(), @"
    Auftrag, Ziel, Dialog

    Diese Woche geht es um die Grundlagen: Ihre Zeit, ein Ziel und die Art, mit Menschen ins Gespräch zu kommen. Am Ende haben Sie einen Satz, der sagt, wozu Ihr Haus online ist. Vielleicht sagt er auch, wozu nicht.

    Wozu sind wir online?

    Drei Karten mit je einer Frage, danach ein Satz für Ihr Konzept. Die Karten passen in eine Kaffeepause, für den Satz brauchen Sie etwas Ruhe.

    Dauert etwa 40 Min. und lässt sich jederzeit unterbrechen.

    Fehlt für die vergangene Woche noch Zeit in Ihrer Liste?

    KW 11: 0 Min. von 5 Std.
    ░░░░░░░░░░

    Wie sicher fühlen Sie sich heute? Vier Fragen zum Antippen, wenn Sie mögen. Am Ende des Kurses sehen wir, was er gebracht hat.
    [▶ Los geht’s] [Später]
    [+30 Min.] [+1 Std.]
    [Nicht freigegeben]
    [Nicht gebraucht] [Waren weg]
    [Zur Umfrage]
    [Warum kommt das?] [Weniger davon]
    ");
    assert_eq!(ben.new_messages(), 1, "{}", ben.screen());
    world.until("Tue 18:00").await;
    assert_eq!(ada.new_messages(), 0, "{}", ada.screen());
}

#[tokio::test]
async fn what_was_kept_before_the_power_failed_is_answered_after_it() {
    let world = World::new().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.writes("45 min");
    world.crashes_before_sending().await;
    world.settle().await;
    assert_snapshot!(ada.screen(), @"
    ✓ 45 Min. für Mo., 2. März eingetragen.

    KW 10: 45 Min. von 5 Std.
    ▓░░░░░░░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
    ada.says("/stunden").await;
    assert_snapshot!(ada.screen().lines().nth(2).unwrap(), @"KW 10: 45 Min. von 5 Std.");
}

#[tokio::test]
async fn a_change_of_language_redraws_the_step_where_one_stands() {
    let world = World::new().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    ada.taps("▶ Los geht’s").await;
    ada.taps("Weiter").await;
    ada.says("/einstellungen").await;
    ada.taps("English").await;
    assert_snapshot!(ada.screen(), @"
    In the corridor

    Your director says in passing: “Leave social media aside this week, the annual report comes first.” What helps most?

    A  Agree and make up the hours at the weekend
    B  Agree and publish twice as much next week
    C  Settle at once what gets dropped and who answers questions
    D  Refuse, because the hours were promised
    [A] [B] [C] [D]
    ――――
    Settings

    Lessons: Tuesday and Thursday at 10:00

    Promise: 5 h a week, board/director, Mon 2 March
    [Deutsch] [Einfache Sprache]
    [Days and time]
    [Working days]
    [Fewer reminders]
    [Pause]
    [Stand in for other tandems]
    [Name a contact]
    [Changes in the tandem]
    [Overview]
    ");
    ada.taps("B").await;
    ada.says("/settings").await;
    ada.taps("Deutsch").await;
    assert_snapshot!(ada.screen(), @"
    Auf dem Flur

    Die Leitung sagt im Vorbeigehen: „Lassen Sie Social Media diese Woche liegen, der Jahresbericht geht vor.“ Was hilft am meisten?

    A  Zustimmen und die Stunden am Wochenende nachholen
    B  Zustimmen und nächste Woche doppelt so viel veröffentlichen
    C  Gleich klären, was wegfällt und wer Fragen beantwortet
    D  Ablehnen, denn die Stunden sind fest zugesagt

    Ihre Antwort: B
    Richtig: C

    B: Beiträge lassen sich verschieben. Wer heute etwas fragt, möchte aber nicht bis nächste Woche warten.

    C: Genau. Die Leitung darf entscheiden, was vorgeht. Danach wissen alle, was liegen bleibt und was nicht.
    [Weiter]
    ――――
    Einstellungen

    Lektionen: Dienstag und Donnerstag, 10 Uhr

    Zusage: 5 Std. in der Woche, Vorstand/Leitung, Mo., 2. März
    [English] [Einfache Sprache]
    [Tage und Uhrzeit]
    [Arbeitstage]
    [Weniger Erinnerungen]
    [Pause]
    [Für andere Tandems einspringen]
    [Ansprechstelle nennen]
    [Wechsel im Tandem]
    [Übersicht]
    ");
}
