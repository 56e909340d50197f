//! A tandem lives through four weeks: lessons, hours, an absence, a restart in the middle, feedback, the report.

use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn a_tandem_lives_through_four_weeks() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-09", "Europe/Berlin", Some(&tom)).await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    world.until_date("2026-03-10 10:00").await;
    ada.taps("▶ Los geht’s").await;
    ada.taps_all(&["Weiter", "A"]).await;
    // The program is stopped in the middle of the lesson and started again.
    world.restart().await;
    ada.taps("Weiter").await;
    ada.taps_all(&["Weiter", "A", "Weiter", "Weiter", "B", "Weiter", "Später"]).await;
    assert_snapshot!(ada.screen(), @"
    ✓ Die Karten sind geschafft. Die zurückgestellte Aufgabe wartet, bis es passt.

    Vorgesehen waren 40 Min. dafür; ein Tipp trägt die Zeit ein. War es mehr oder weniger, schreiben Sie zum Beispiel „50 min“.
    [40 Min. eintragen]
    [Übersicht]
    ");
    let log = ada.carried("40 Min. eintragen");
    ada.taps("40 Min. eintragen").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 40 Min. für Di., 10. März eingetragen.

    KW 11: 40 Min. von 5 Std.
    ▓░░░░░░░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    [Übersicht]
    ");
    ada.presses_old(&log).await;
    assert_snapshot!(ada.screen(), @"(Das ist schon eingetragen.)");
    ben.says("/settings").await;
    ben.taps("English").await;
    assert_snapshot!(ben.screen(), @"
    Mandate, goal, dialogue

    This week is about the basics: your time, a goal and the way you start a conversation. By the end you will have one sentence that says why your organisation is online. It may also say where it need not be.

    Why are we online?

    Three cards with a question each, then one sentence for your concept. The cards fit into a coffee break. The sentence needs a quiet half hour.

    Takes about 40 min, and you can stop at any point.
    [▶ Start] [Later]
    ――――
    Settings

    Lessons: Tuesday and Thursday at 10:00

    Promise: 5 h a week, board/director, Mon 2 March
    [Deutsch]
    [Days and time]
    [Working days]
    [Fewer reminders]
    [Pause]
    [Stand in for other tandems]
    [Overview]
    ");

    world.until("Thu 10:00").await;
    assert_snapshot!(ben.screen(), @"
    (“Mandate, goal, dialo…” has no buttons any more)
    ――――
    One voice, clear figures

    Two cards with questions, then a look at your accounts and at a post that worked. At the end, tell us how the week was.

    This lesson is new and will wait for you. First, go on from where you are.
    [Continue] [Later]
    ");
    ada.taps_all(&["▶ Los geht’s", "Gleich zur Lektion"]).await;
    ada.taps_all(&["Weiter", "☐ A", "☐ C", "Prüfen", "Weiter", "Weiter", "☐ B", "☐ D", "Prüfen", "Weiter"]).await;
    ada.taps_all(&["Fertig", "Später", "Habe ich überlegt", "Habe ich überlegt"]).await;
    ada.taps_all(&["Es geht allein", "Freigaben", "Gerade richtig"]).await;
    ada.taps("Überspringen").await;
    ben.says("1h30").await;
    assert_snapshot!(ben.screen(), @"
    ✓ 1:30 h logged for Thu 12 March.

    Week 11: 2:10 h of 5 h
    ▓▓▓▓░░░░░░
    [Undo]
    [−5 min] [+5 min]
    ");
    ben.says("20").await;
    assert_snapshot!(ben.screen(), @"
    ✓ 20 min logged for Thu 12 March.

    Week 11: 2:30 h of 5 h
    ▓▓▓▓▓░░░░░
    [Undo]
    [−5 min] [+5 min]
    ");
    ada.says("1,5 Std. gestern").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 1:30 Std. für Mi., 11. März eingetragen.

    KW 11: 4 Std. von 5 Std.
    ▓▓▓▓▓▓▓▓░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
    ada.taps("Rückgängig").await;
    assert_snapshot!(ada.screen(), @"
    Gelöscht: 1:30 Std. am Mi., 11. März.

    KW 11: 2:30 Std. von 5 Std.
    ▓▓▓▓▓░░░░░
    [Übersicht]
    ");
    ada.says("3").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 3 Std. für Do., 12. März eingetragen.

    KW 11: 5:30 Std. von 5 Std.
    ▓▓▓▓▓▓▓▓▓▓
    [Gemeint: 3 Min.] [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
    ada.taps("Gemeint: 3 Min.").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 3 Min. für Do., 12. März eingetragen.

    KW 11: 2:33 Std. von 5 Std.
    ▓▓▓▓▓░░░░░
    [Gemeint: 3 Std.] [Rückgängig]
    [+5 Min.]
    ");

    world.until("Fri 10:00").await;
    assert_snapshot!(ada.screen(), @"
    Das hatten Sie zurückgestellt:

    Ein Beitrag mit echten Antworten

    Die Woche geht zu Ende. Fehlt noch Zeit in Ihrer Liste?

    KW 11: 2:33 Std. von 5 Std.
    ▓▓▓▓▓░░░░░
    [Aufgabe öffnen]
    [+30 Min.] [+1 Std.]
    [Nicht freigegeben]
    [Nicht gebraucht] [Waren weg]
    [Warum kommt das?] [Weniger davon]
    ");
    assert_snapshot!(ben.screen(), @"
    Your lesson is still open. You’ll go on from where you were.
    [Continue]
    [Why this?] [Fewer of these]
    ");
    ada.says("/stunden").await;
    assert_snapshot!(ada.screen(), @"
    Ihre Stunden im Tandem

    KW 11: 2:33 Std. von 5 Std.
    ▓▓▓▓▓░░░░░
    [+15 Min.] [+30 Min.] [+1 Std.]
    [▶ Uhr starten]
    [Einträge ändern]
    [Bild]
    [3 Min. löschen]
    [Übersicht]
    ");

    // She takes up the task that she had put off; the concept has its first sentence.
    world.until("Mon 11:00").await;
    ada.says("/fortschritt").await;
    assert_snapshot!(ada.screen(), @"
    2 von 8 Lektionen
    ▓▓░░░░░░░░

    Abschlusstest: nach der letzten Lektion

    Das hatten Sie zurückgestellt:

    Ihr Ziel in einem Satz

    Ein Beitrag mit echten Antworten
    [Was die Lizenz braucht]
    [Aufgabe öffnen]
    [Aufgabe öffnen]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    ada.taps("Aufgabe öffnen").await;
    ada.says("Bis 30. Juni fragen fünf Familien nach dem Vorlesekreis.").await;
    assert_snapshot!(ada.screen(), @"
    (“Ihr Ziel in einem Sa…” has no buttons any more)
    ――――
    ✓ Gespeichert.
    [Weiter] [Ändern]
    ");
    ada.taps("Weiter").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert. Weiter geht es, wann es Ihnen passt.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    ada.says("/konzept").await;
    assert_snapshot!(ada.screen(), @"
    Ihr Konzept bisher

    Ihr Ziel in einem Satz

    1. Bis 30. Juni fragen fünf Familien nach dem Vorlesekreis.

    Ein Mensch in fünf Zeilen

    2. Noch offen.

    Drei Sätze mit Beleg

    3. Noch offen.

    Vier Beiträge, zwei Wochen

    4. Noch offen.

    Zustimmung in vier Sätzen

    5. Noch offen.

    Fünf Regeln

    6. Noch offen.

    Zwei Textbausteine

    7. Noch offen.
    [✎ 1]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");

    // From Wednesday to Friday she is away.
    ada.says("weg Mittwoch bis Freitag").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mi., 18. März bis Fr., 20. März weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ");
    assert_snapshot!(ben.screen(), @"
    Ada is away from Wed 18 March to Fri 20 March. Can you stand in?
    [Yes, I’ll stand in] [I can’t]
    ");
    ben.taps("Yes, I’ll stand in").await;
    assert_snapshot!(ben.screen(), @"
    ✓ Thank you! You’re standing in from Wed 18 March to Fri 20 March.

    The hand-over checklist comes on Tue 17 March.
    [I can’t after all]
    ");
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mi., 18. März bis Fr., 20. März weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ――――
    ✓ Ben vertritt Sie vom Mi., 18. März bis Fr., 20. März.
    ");
    world.until("Tue 12:00").await;
    assert_snapshot!(ada.screen(), @"
    (“✓ Notiert. Weiter ge…” has no buttons any more)
    ――――
    Übergabe an Ben: Mi., 18. März bis Fr., 20. März

    Tippen Sie an, was übergeben ist. Ein Link zu Ihren Unterlagen kann dazu.
    [☐ Zugänge funktionieren]
    [☐ Offene Gespräche bekannt]
    [☐ Entwürfe und Termine da]
    [☐ Freigaben geklärt]
    [☐ Kontakte für Notfälle da]
    [Link dazu]
    ――――
    Menschen, Botschaften, Plan

    Diese Woche geht es um Inhalte: für wen Sie schreiben, was hängen bleiben soll und wann was erscheint. Am Ende haben Sie einen Plan für zwei Wochen und einen Beitrag, der besser geworden ist.

    Für wen, und was?

    Zwei Karten mit je einer Frage. Nach jeder schreiben Sie ein Stück für Ihr Konzept, am besten zu zweit.

    Dauert etwa 50 Min. und lässt sich jederzeit unterbrechen.
    [▶ Los geht’s] [Später]
    ");
    assert_snapshot!(ben.screen(), @"
    (“One voice, clear fig…” has no buttons any more)
    ――――
    Hand-over: Ada is away from Wed 18 March to Fri 20 March.

    Tap whatever is settled.
    [☐ Logins work]
    [☐ Open threads known]
    [☐ Drafts and dates at hand]
    [☐ Approvals clear]
    [☐ Urgent contacts known]
    ――――
    People, messages, plan

    This week is about content: who you write for, what should stick, and what comes out when. By the end you will have a plan for two weeks and one post that has got better.

    For whom, and what?

    Two cards with a question each. After each of them you write a piece of your concept, ideally as a pair.

    This lesson is new and will wait for you. First, go on from where you are.
    [Continue] [Later]
    ");
    world.until("Fri 17:00").await;
    assert_snapshot!(ada.screen(), @"(nothing new)");
    assert_snapshot!(ben.screen(), @"
    The week is nearly over. Is any time missing from your list?

    Week 12: 0 min of 5 h
    ░░░░░░░░░░
    [+30 min] [+1 h]
    [Time wasn’t granted]
    [Wasn’t needed] [Away]
    [Why this?] [Fewer of these]
    ");
    world.until("Mon 12:00").await;
    assert_snapshot!(ada.screen(), @"
    (“Menschen, Botschafte…” has no buttons any more)
    ――――
    Schreiben, planen, für alle lesbar

    Drei Karten mit Fragen, ein Plan für zwei Wochen und ein Beitrag, den Sie umschreiben. Zum Schluss erzählen Sie uns, wie die Woche war.

    Diese Lektion ist neu und wartet auf Sie. Zuerst geht es dort weiter, wo Sie stehen.
    [Weitermachen] [Später]
    ");
    assert_snapshot!(ben.screen(), @"Ada is back. Thank you for standing in!");

    // Ben comes to the end of both lessons in one go, in his language.
    ben.says("/lesson").await;
    ben.taps_all(&["Next", "C"]).await;
    assert_snapshot!(ben.screen(), @"
    In the corridor

    Your director says in passing: “Leave social media aside this week, the annual report comes first.” What helps most?

    A  Agree and make up the hours at the weekend
    B  Agree and publish twice as much next week
    C  Settle at once what gets dropped and who answers questions
    D  Refuse, because the hours were promised

    ✓ Right: C

    Exactly. Management may decide what comes first. Now everyone knows what has to wait and what does not.
    [Next]
    ");
    ben.taps_all(&["Next", "Next", "A", "Next", "Next", "B", "Next", "Doesn’t fit us"]).await;
    assert_snapshot!(ben.screen(), @"
    What doesn’t fit? One sentence will do, then you move on. A no with a reason counts too.
    [Back]
    ");
    ben.says("We have no channel of our own yet").await;
    assert_snapshot!(ben.screen(), @"
    (“What doesn’t fit? On…” has no buttons any more)
    ――――
    ✓ Lesson done.

    It was planned for 40 min; one tap logs that. If it took more or less, write, say, “50 min”.
    [Log 40 min]
    [Next lesson]
    [Overview]
    ");
    ben.taps("Next lesson").await;
    assert_snapshot!(ben.screen(), @"
    One voice, many places

    People who read a post don’t think in departments. District association or local group, citizens’ office or roads department: to them it is the organisation speaking.

    The same everywhere:

    • name and logo, so that people recognise you
    • tone and form of address (in German: Sie or du)
    • who gives information on which topic

    Free for each place: the stories, the people, now and then a line in dialect.

    An example: in the comments, someone asks the town library about nursery fees. The library need not know. It writes:

    The youth office knows this. We will ask them and reply here tomorrow.

    That sounds like a place where people talk to each other.
    [Next]
    ");
    world.until("Sun 12:00").await;
    assert_snapshot!(ada.screen(), @"
    (“Schreiben, planen, f…” has no buttons any more)
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

    KW 13: 0 Min. von 5 Std.
    ░░░░░░░░░░

    Ihre Lektion ist noch offen. Sie machen dort weiter, wo Sie waren.
    [+30 Min.] [+1 Std.]
    [Nicht freigegeben]
    [Nicht gebraucht] [Waren weg]
    [Weitermachen]
    [Warum kommt das?] [Weniger davon]
    ");
    assert_snapshot!(ben.screen(), @"
    (“One voice, many plac…” has no buttons any more)
    ――――
    Law in everyday work

    This week is about what should be settled before you publish. Afterwards you decide the usual cases yourself. And you notice when it is better to ask someone.

    Everything here is about the law in Germany, as of November 2026, and is not legal advice. Where courts and authorities disagree, we say so.

    Impressum, pictures, other people’s works

    Three cards with a question each. In between you take your phone and look at your profiles the way a guest does.

    This lesson is new and will wait for you. First, go on from where you are.
    [Continue] [Later]
    ――――
    Your lesson is still open. You’ll go on from where you were.
    [Continue]
    [Why this?] [Fewer of these]
    ");
    world.until("Sun 12:00").await;
    assert_snapshot!(ada.screen(), @"
    (“Recht im Alltag

    Die…” has no buttons any more)
    ――――
    Gemeinschaft, Konflikt, Netzwerk

    In dieser Woche kommen die anderen zu Wort: die freundlichen, die verärgerten und die, bei denen Schluss ist. Dazu üben Sie die Übergabe im Tandem. Damit ist der Kurs zu Ende. Die Stunden und das Tandem bleiben.

    Rechtliches hat auch hier den Stand November 2026 und ist keine Rechtsberatung.

    Wenn Menschen kommentieren

    Drei Karten mit je einer Frage, zwei Stücke für Ihr Konzept und am Ende eine Frage nur für Sie.

    Diese Lektion ist neu und wartet auf Sie. Zuerst geht es dort weiter, wo Sie stehen.
    [Weitermachen] [Später]
    ――――
    Die Woche geht zu Ende. Fehlt noch Zeit in Ihrer Liste?

    KW 14: 0 Min. von 4 Std.
    ░░░░░░░░░░
    [+30 Min.] [+1 Std.]
    [Nicht freigegeben]
    [Nicht gebraucht] [Waren weg]
    [Warum kommt das?] [Weniger davon]
    ");
    assert_snapshot!(ben.screen(), @"
    (“Law in everyday work…” has no buttons any more)
    ――――
    Community, conflict, network

    This week it is the others’ turn to speak: the friendly ones, the angry ones, and those who go too far. You also practise the hand-over with your tandem partner. That ends the course. The hours and the tandem stay.

    What we say about law is, here too, about Germany as of November 2026 and not legal advice.

    When people comment

    Three cards with a question each, two pieces for your concept, and at the end a question just for you.

    This lesson is new and will wait for you. First, go on from where you are.
    [Continue] [Later]
    ");
    ada.says("/stunden").await;
    assert_snapshot!(ada.screen(), @"
    Ihre Stunden im Tandem

    KW 14: 0 Min. von 4 Std.
    ░░░░░░░░░░

    Die Wochen davor:
    • KW 13 ░░░░░░░░░░ 0 Min. / 5 Std.
    • KW 12 ░░░░░░░░░░ 0 Min. / 5 Std.
    • KW 11 ▓▓▓▓▓░░░░░ 2:33 Std. / 5 Std.

    Mittel aus 3 Wochen: 51 Min. von 5 Std.
    [+15 Min.] [+30 Min.] [+1 Std.]
    [▶ Uhr starten]
    [Einträge ändern]
    [Bild]
    [3 Min. löschen]
    [Übersicht]
    ");
    tom.says("/bericht").await;
    assert_snapshot!(tom.screen(), @"
    Bericht: Frühjahr

    Wer ist dabei?
    • Teilnehmende: keine Angabe unter 5
    • Tandems: keine Angabe unter 5
    [Zur Runde]
    ");
    assert_eq!(world.too_many_unasked().await, (0, 0), "one a day and three a week");
    assert_eq!(world.answered(429), 0, "nothing was sent too fast");
}
