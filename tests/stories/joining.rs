//! Coming in: who is told what before anything is stored, and how few taps it takes.

use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn a_lead_and_a_deputy_join_in_a_few_taps() {
    let world = World::new().await;
    let round = world.round("2026-03-09", "Europe/Berlin", None).await;
    let ada = world.person("Ada");
    ada.says(&format!("/start {}", round.code)).await;
    assert_snapshot!(ada.screen(), @"
    Willkommen! Dieser Link führt zu Ihrem Platz in der Runde Frühjahr.

    Was Tandem tut: Es schickt kurze Lektionen, führt die Stundenliste Ihres Tandems und fragt nach Vertretung, wenn jemand weg ist.

    Wer sieht was?
    • Sie beide: die Summe der Woche. Daraus lässt sich der Anteil der anderen Person ausrechnen.
    • Kursleitung: ob Ihr Tandem startklar ist, sonst nur Zahlen ab fünf.
    • Arbeitgeber: nichts, außer Sie schicken es selbst.
    • Betrieb: Wer das Programm betreibt, könnte die Datenbank lesen.
    • Telegram: kann Chats mit Bots lesen. Solche Chats sind nicht Ende-zu-Ende-verschlüsselt.

    Tandem ist kein Arbeitszeitnachweis. Gehen können Sie jederzeit: mit /loeschen.

    Verantwortlich: die Stelle, von der Sie den Link haben

    Noch ist nichts gespeichert.
    [Verstanden]
    [Mehr dazu]
    [English]
    ");
    ada.taps("Verstanden").await;
    assert_snapshot!(ada.screen(), @"
    (“Willkommen! Dieser L…” has no buttons any more)
    ――――
    Für welche Organisation sind Sie hier? Schreiben Sie mir den Namen, zum Beispiel: Stadtbücherei Musterstadt
    ");
    ada.says("Stadtbücherei Lindau").await;
    assert_snapshot!(ada.screen(), @"
    Hat Ihr Arbeitgeber für das Tandem 5 Std. Arbeitszeit in der Woche zugesagt und Telegram im Dienst erlaubt?

    Ich merke mir nur, welche Stelle zugesagt hat, keinen Namen.
    [Ja, Vorstand/Leitung]
    [Ja, Abteilungsleitung]
    [Noch nicht]
    ");
    ada.taps("Ja, Vorstand/Leitung").await;
    assert_snapshot!(ada.screen(), @"
    Ihre Lektionen kommen am Dienstag und Donnerstag um 10 Uhr. Passt das?
    [Passt] [Ändern]
    ");
    ada.taps("Passt").await;
    assert_snapshot!(ada.screen(), @"
    Jetzt fehlt noch die zweite Person. Schicken Sie ihr diesen Link.

    Sie liest zuerst, worum es geht und wer was sieht, und entscheidet dann selbst.
    [Link teilen]
    [Übersicht]
    ");
    let ben = world.person("Ben").language("en");
    ben.opens(&ada.shared_link()).await;
    assert_snapshot!(ben.screen(), @"
    Ada (Stadtbücherei Lindau) would like to form a tandem with you: you both take the same course and stand in for each other.

    What Tandem does: it sends short lessons, keeps your tandem’s list of hours and asks for cover when one of you is away.

    Who sees what?
    • The two of you: the week’s total. Either of you could work out the other’s share.
    • Trainers: whether your tandem is ready to start; beyond that, only figures of at least five.
    • Employer: nothing, unless you send it.
    • Operator: whoever runs the program could read its database.
    • Telegram: can read chats with bots. Such chats are not end-to-end encrypted.

    Tandem is not a record of working time. You can leave at any time with /delete.

    Responsible: the office that gave you the link

    May you use Telegram at work? If so: “I’m in”. If not, or if you don’t know: “Telegram at work?”

    Nothing is stored yet.
    [I’m in]
    [No, thank you] [Tell me more]
    [Telegram at work?]
    [Deutsch]
    ");
    ben.taps("I’m in").await;
    assert_snapshot!(ben.screen(), @"
    (“Ada (Stadtbücherei L…” has no buttons any more)
    ――――
    Your lessons come on Tuesday and Thursday at 10:00. Does that suit you?
    [Fine] [Change]
    ");
    assert_snapshot!(ada.screen(), @"
    Jetzt fehlt noch die zweite Person. Schicken Sie ihr diesen Link.

    Sie liest zuerst, worum es geht und wer was sieht, und entscheidet dann selbst.
    [Link teilen]
    [Übersicht]
    ――――
    ✓ Ben hat Ihre Einladung angenommen.
    ");
    ben.taps("Fine").await;
    assert_snapshot!(ben.screen(), @"
    ✓ All done. The round starts: Mon 9 March

    Your first lesson comes by itself once your tandem is complete. If the round is already running by then, the trainers decide whether you can still join.
    [Lesson] [Time]
    [Away] [More]
    [How sure are you today? (1 min)]
    ");
}

#[tokio::test]
async fn a_trainer_creates_a_round_in_the_chat_and_it_starts_on_its_day() {
    let world = World::new().await;
    let code = world.trainer_code().await;
    let tom = world.person("Tom");
    tom.opens(&code).await;
    assert_snapshot!(tom.screen(), @"
    Willkommen! Mit diesem Link werden Sie Teil der Kursleitung: Sie können Runden anlegen und begleiten.

    Was Sie sehen: wer startklar ist und was noch fehlt. Stunden und Antworten Einzelner sehen Sie nie, Zahlen erst ab fünf.

    Was andere sehen: Wer das Programm betreibt, könnte die Datenbank lesen; das sollte jemand anderes sein als Sie. Telegram kann Chats mit Bots lesen.

    Gehen können Sie jederzeit: mit /loeschen.

    Noch ist nichts gespeichert.
    [Verstanden]
    [Mehr dazu]
    [English]
    ");
    tom.taps("Mehr dazu").await;
    assert_snapshot!(tom.screen(), @"
    Über Sie gespeichert: Ihre Telegram-Nummer für diesen Chat (nicht die Telefonnummer), Name, Sprache, Ihre Runden und ein Jahr lang, was Sie damit tun, etwa dass Sie den Bericht gelesen haben. Dazu 48 Stunden lang die Nummern der Nachrichten in diesem Chat, damit ich sie mit Ihren Daten löschen kann. Das andere bleibt, bis Sie mit /loeschen gehen; danach steht dort nur noch die Rolle.

    Über Teilnehmende sehen Sie: den Namen der Organisation und was vor dem Start fehlt. Zahlen zu Stunden, Fortschritt und Rückmeldungen erst ab fünf Personen oder Tandems und nie nach Organisation.

    Ihre Aufgabe: Sie nennen für jede Runde, wer für die Daten verantwortlich ist und wer Fragen dazu beantwortet. Beides lesen alle, bevor sie mitmachen.

    Tandem ist kein Arbeitszeitnachweis.
    [Zurück]
    ");
    tom.taps("Zurück").await;
    tom.taps("Verstanden").await;
    assert_snapshot!(tom.screen(), @"
    (“Willkommen! Mit dies…” has no buttons any more)
    ――――
    Legen Sie eine Runde an. Nach ein paar kurzen Fragen bekommen Sie einen Link, den Sie weitergeben.
    [Runde anlegen]
    [Mehr]
    ");
    tom.taps("Runde anlegen").await;
    assert_snapshot!(tom.screen(), @"
    Wann soll die Runde beginnen? Tippen Sie einen Montag an, oder schreiben Sie ein Datum, zum Beispiel „1.3.“
    [Mo., 9. März] [Mo., 16. März]
    [Mo., 23. März] [Mo., 30. März]
    ");
    tom.taps("Mo., 9. März").await;
    assert_snapshot!(tom.screen(), @"
    Für wie viele Tandems ist Platz? Tippen Sie, oder schreiben Sie eine Zahl.
    [5 Tandems] [10 Tandems] [20 Tandems]
    ");
    tom.taps("5 Tandems").await;
    assert_snapshot!(tom.screen(), @"Wer ist für die Daten verantwortlich? Schreiben Sie den Namen der Stelle, zum Beispiel: Landesverband Musterland. Alle lesen ihn, bevor sie mitmachen.");
    tom.says("Landesverband Süd").await;
    assert_snapshot!(tom.screen(), @"Und wer beantwortet Fragen zum Datenschutz? Am besten eine Adresse, zum Beispiel: datenschutz@beispiel.org");
    tom.says("datenschutz@verband.example").await;
    assert_snapshot!(tom.screen(), @"
    Der Link für Social-Media-Führerschein 03/2026 ist fertig.

    Geben Sie ihn je Organisation an eine Person. Die zweite lädt sie dann selbst ein.
    [Link teilen]
    [Zur Runde]
    ");
    let link = tom.shared_link();

    let ada = world.person("Ada");
    ada.opens(&link).await;
    ada.taps("Mehr dazu").await;
    assert_snapshot!(ada.screen(), @"
    Verantwortlich: Landesverband Süd
    Fragen zum Datenschutz: datenschutz@verband.example

    Wer sieht was?

    Stunden
    • Sie: alles
    • die andere Person: die Summe der Woche
    • Kursleitung: nur Zahlen ab fünf

    Aus der Summe lässt sich der Anteil der anderen Person ausrechnen.

    Antworten in Lektionen und im Abschlusstest
    • Sie: alles
    • Kursleitung: nur Zahlen ab fünf

    Texte für das Konzept
    • Sie beide: alles
    • Kursleitung: nur Zahlen ab fünf

    Abwesenheit
    • Sie beide: die Tage
    • Gefragte in der Runde: Ihren Namen, die Organisation und die Tage
    • Kursleitung: nur Zahlen ab fünf

    Ein Grund wird nirgends gespeichert. Gefragt wird in der Runde nur, wenn Sie das wollen.

    Rückmeldungen
    • Sie: alles
    • Kursleitung: ohne Namen, gemischt, erst ab fünf Antworten; Sätze im Wortlaut

    Bis die Umfrage schließt, gehören die Antworten zu Ihnen. Danach wird gelöscht, was zu Ihnen führt; bei weniger als fünf Antworten alles. Anonym gegenüber der Kursleitung, nicht gegenüber Telegram.

    Einstieg
    • Sie beide: alles
    • Kursleitung: Ihre Organisation, was vor dem Start fehlt und wenn jemand geht

    Fragen und Bitten an die Kursleitung
    • Sie: alles
    • Kursleitung: den Text; Ihren Namen bei einer Frage nur, wenn Sie das wählen
    • Alle in der Runde: Frage und Antwort ohne Namen, wenn die Kursleitung allen antwortet

    Was Sie der Kursleitung oder der Runde zeigen
    • Sie: alles
    • Kursleitung: was Sie dort zeigen, mit Ihrem Namen
    • Alle in der Runde: was Sie dort zeigen, mit Ihrem Namen

    Arbeitgeber: nichts, außer Sie schicken es selbst.

    Betrieb: Wer das Programm betreibt, könnte die Datenbank lesen.

    Telegram: kann Chats mit Bots lesen. Solche Chats sind nicht Ende-zu-Ende-verschlüsselt.

    Wie lange? Einträge und ihre Berichtigungen bleiben drei Monate, nachdem ihre Woche geschlossen ist, danach zwölf Monate lang nur die Summen der Woche. Die Nummern der Nachrichten in diesem Chat merke ich mir 48 Stunden. So kann ich sie entfernen, wenn Sie alles löschen.

    Was nie? Gründe für Abwesenheit, Gesundheit, Telefonnummern. Tandem ist kein Arbeitszeitnachweis.

    Ihre Rechte: ansehen mit /meinedaten, pausieren mit /pause, löschen mit /loeschen. Stimmt etwas nicht, wenden Sie sich an die Stelle oben.
    [Zurück]
    ");
    ada.taps("Zurück").await;
    ada.taps("Verstanden").await;
    ada.says("Stadtbücherei Lindau").await;
    ada.taps("Noch nicht").await;
    assert_snapshot!(ada.screen(), @"
    Dann hilft vielleicht dieses Blatt. Sie können es kopieren oder ausdrucken und unterschreiben lassen.

    Sobald die Zusage da ist, geht es mit den Knöpfen weiter.

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
    [Telegram ist nicht erlaubt]
    ");
    ada.taps("Ja, Abteilungsleitung").await;
    ada.taps("Ändern").await;
    assert_snapshot!(ada.screen(), @"
    Tippen Sie an, was gelten soll, und dann auf „Fertig“.
    [Fertig]
    [☐ Mo] [☑ Di] [☐ Mi] [☑ Do] [☐ Fr]
    [☐ 8 Uhr] [☐ 9 Uhr] [☑ 10 Uhr] [☐ 11 Uhr]
    [☐ 13 Uhr] [☐ 14 Uhr] [☐ 15 Uhr] [☐ 16 Uhr]
    ");
    ada.taps("☐ Mi").await;
    ada.taps("☑ Do").await;
    ada.taps("☐ 9 Uhr").await;
    assert_snapshot!(ada.screen(), @"
    Tippen Sie an, was gelten soll, und dann auf „Fertig“.
    [Fertig]
    [☐ Mo] [☑ Di] [☑ Mi] [☐ Do] [☐ Fr]
    [☐ 8 Uhr] [☑ 9 Uhr] [☐ 10 Uhr] [☐ 11 Uhr]
    [☐ 13 Uhr] [☐ 14 Uhr] [☐ 15 Uhr] [☐ 16 Uhr]
    ");
    ada.taps("Fertig").await;
    let ben = world.person("Ben").language("en");
    ben.opens(&ada.shared_link()).await;
    ben.taps("I’m in").await;
    ben.taps("Fine").await;

    let eve = world.person("Eve");
    eve.opens(&link).await;
    eve.taps("Verstanden").await;
    tom.says("/runden").await;
    assert_snapshot!(tom.screen(), @"
    Ihre Runden
    [Social-Media-Führerschein 03/2026]
    [Runde anlegen] [Mehr]
    ");
    tom.taps("Social-Media-Führerschein 03/2026").await;
    assert_snapshot!(tom.screen(), @"
    Social-Media-Führerschein 03/2026

    Geplant. Start: Mo., 9. März

    Startklar: 1 von 2 Tandems. Plätze: 5

    Ein Tandem ohne Namen wartet auf: den Namen der Organisation und die zweite Person
    [Jetzt starten]
    [Ankündigen] [Bericht]
    [Neuer Link] [Ändern]
    [Alle Runden]
    ");

    world.until_date("2026-03-09 12:00").await;
    assert_snapshot!(tom.screen(), @"
    Die Runde hat begonnen. Startklar: 1 von 2 Tandems.

    Ein Tandem ohne Namen wartet auf: den Namen der Organisation und die zweite Person
    ――――
    Noch gibt es keine Übersicht der Woche: Es haben zu wenige mitgemacht, um etwas zu zeigen. Sobald es genug sind, kommt sie von selbst.
    [Bericht]
    [Übersicht im Browser] [Anderer Tag]
    ");
    assert_snapshot!(ada.screen(), @"(nothing new)");
    assert_snapshot!(ben.screen(), @"(nothing new)");
    assert_snapshot!(eve.screen(), @"
    Die Runde hat begonnen. Ihr Tandem wartet noch auf: den Namen der Organisation und die zweite Person.

    In den ersten 14 Tagen können Sie noch einsteigen. Ist alles da, frage ich die Kursleitung.
    ");

    world.until("Tue 09:00").await;
    assert_snapshot!(ada.screen(), @"
    Auftrag, Ziel, Dialog

    Diese Woche geht es um die Grundlagen: Ihre Zeit, ein Ziel und die Art, mit Menschen ins Gespräch zu kommen. Am Ende haben Sie einen Satz, der sagt, wozu Ihr Haus online ist. Vielleicht sagt er auch, wozu nicht.

    Wozu sind wir online?

    Drei Karten mit je einer Frage, danach ein Satz für Ihr Konzept. Die Karten passen in eine Kaffeepause, für den Satz brauchen Sie etwas Ruhe.

    Dauert etwa 40 Min. und lässt sich jederzeit unterbrechen.
    [▶ Los geht’s] [Später]
    ");
    assert_snapshot!(ben.screen(), @"(nothing new)");
    world.until("Tue 10:00").await;
    assert_snapshot!(ben.screen(), @"
    Mandate, goal, dialogue

    This week is about the basics: your time, a goal and the way you start a conversation. By the end you will have one sentence that says why your organisation is online. It may also say where it need not be.

    Why are we online?

    Three cards with a question each, then one sentence for your concept. The cards fit into a coffee break. The sentence needs a quiet half hour.

    Takes about 40 min, and you can stop at any point.
    [▶ Start] [Later]
    ");

    eve.says("Kreisverband Ost").await;
    eve.taps("Ja, Vorstand/Leitung").await;
    eve.taps("Passt").await;
    let kim = world.person("Kim");
    kim.opens(&eve.shared_link()).await;
    kim.taps("Ich bin dabei").await;
    kim.taps("Passt").await;
    assert_snapshot!(kim.screen(), @"
    ✓ Ihr Tandem ist vollständig. Die Runde läuft schon: Ich habe die Kursleitung gefragt, ob Sie noch einsteigen. Sobald sie zusagt, sage ich Ihnen Bescheid.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    [Wie sicher sind Sie? (1 min)]
    ");
    assert_snapshot!(tom.screen(), @"
    Kreisverband Ost ist jetzt startklar, die Runde läuft aber schon. Darf das Tandem noch einsteigen? Es beginnt dann mit der ersten Lektion.
    [Ja, einsteigen]
    ");
    tom.taps("Ja, einsteigen").await;
    assert_snapshot!(tom.screen(), @"
    ✓ Das Tandem kann beginnen.
    [Zur Runde]
    ");
    assert_snapshot!(eve.screen(), @"
    Jetzt fehlt noch die zweite Person. Schicken Sie ihr diesen Link.

    Sie liest zuerst, worum es geht und wer was sieht, und entscheidet dann selbst.
    [Link teilen]
    [Übersicht]
    ――――
    ✓ Kim hat Ihre Einladung angenommen.
    ――――
    Es geht los! Ihre erste Lektion kommt am Do., 12. März um 10 Uhr.
    ");
    assert_snapshot!(kim.screen(), @"
    ✓ Ihr Tandem ist vollständig. Die Runde läuft schon: Ich habe die Kursleitung gefragt, ob Sie noch einsteigen. Sobald sie zusagt, sage ich Ihnen Bescheid.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    [Wie sicher sind Sie? (1 min)]
    ――――
    Es geht los! Ihre erste Lektion kommt am Do., 12. März um 10 Uhr.
    ");
}

#[tokio::test]
async fn choosing_a_language_at_the_door_stores_nothing_about_anybody() {
    let world = World::on_disk().await;
    let round = world.round("2026-03-09", "Europe/Berlin", None).await;
    let ada = world.person("Ada").language("fr");
    ada.opens(&round.code).await;
    ada.taps("Deutsch").await;
    ada.taps("Mehr dazu").await;
    ada.taps("Zurück").await;
    ada.taps("English").await;
    assert_snapshot!(ada.screen(), @"
    Welcome! This link leads to your place in the round Frühjahr.

    What Tandem does: it sends short lessons, keeps your tandem’s list of hours and asks for cover when one of you is away.

    Who sees what?
    • The two of you: the week’s total. Either of you could work out the other’s share.
    • Trainers: whether your tandem is ready to start; beyond that, only figures of at least five.
    • Employer: nothing, unless you send it.
    • Operator: whoever runs the program could read its database.
    • Telegram: can read chats with bots. Such chats are not end-to-end encrypted.

    Tandem is not a record of working time. You can leave at any time with /delete.

    Responsible: the office that gave you the link

    Nothing is stored yet.
    [Understood]
    [Tell me more]
    [Deutsch]
    ");
    for table in ["person", "chat", "seat", "tandem", "outbox", "screen"] {
        assert_eq!(world.count(&format!("SELECT COUNT(*) FROM {table}")).await, 0, "{table}");
    }
    ada.taps("Understood").await;
    assert_snapshot!(ada.screen(), @"
    (“Welcome! This link l…” has no buttons any more)
    ――――
    Which organisation are you here for? Write me its name, for example: Sampleton Library
    ");
    ada.says("Museum").await;
    ada.taps("Yes, board/director").await;
    ada.taps("Fine").await;
    let ben = world.person("Ben");
    ben.opens(&ada.shared_link()).await;
    ben.taps("Nein, danke").await;
    assert_snapshot!(ben.screen(), @"
    In Ordnung. Über Sie wurde nichts gespeichert.

    Sagen Sie bitte selbst kurz Bescheid: Von mir erfährt niemand, dass Sie abgelehnt haben. Überlegen Sie es sich anders, öffnen Sie den Link noch einmal.
    ");
    assert_eq!(world.count("SELECT COUNT(*) FROM person").await, 1);
}

#[tokio::test]
async fn the_link_for_the_deputy_lets_in_one_person_and_not_the_lead_again() {
    let world = World::new().await;
    let round = world.round("2026-03-09", "Europe/Berlin", None).await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    let link = ada.shared_link();
    let eve = world.person("Eve");
    eve.opens(&link).await;
    assert_snapshot!(eve.screen(), @"Dieser Link ist schon vergeben. Lassen Sie sich bitte einen neuen schicken.");
    ada.opens(&link).await;
    assert_snapshot!(ada.screen(), @"Dieser Link ist schon vergeben. Lassen Sie sich bitte einen neuen schicken.");
    ben.opens(&link).await;
    assert_snapshot!(ben.screen(), @"Dieser Link ist schon vergeben. Lassen Sie sich bitte einen neuen schicken.");
    ada.opens(&round.code).await;
    assert_snapshot!(ada.screen(), @"Sie sind schon dabei.");
}
