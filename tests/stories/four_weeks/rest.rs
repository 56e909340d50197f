//! The absence in the second week, and how the course goes on for somebody who is behind.

use insta::assert_snapshot;

use crate::support::{Person, World};

/// Goes on on the Tuesday of the second week.
pub async fn of_the_weeks(world: &World, ada: &Person, ben: &Person, tom: &Person) {
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

    How sure do you feel today? Four questions to tap, if you like. At the end of the course we will see what it has done.
    [+30 min] [+1 h]
    [Time wasn’t granted]
    [Wasn’t needed] [Away]
    [To the survey]
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
    [Einträge ändern] [Bild]
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
