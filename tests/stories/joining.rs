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

    Verantwortlich: 

    Noch ist nichts gespeichert.
    [Verstanden]
    [Mehr dazu]
    [English]
    ");
    ada.taps("Verstanden").await;
    assert_snapshot!(ada.screen(), @"Für welche Organisation sind Sie hier? Schreiben Sie mir den Namen, zum Beispiel: Stadtbücherei Musterstadt");
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

    Responsible: 

    Nothing is stored yet.
    [I’m in]
    [No, thank you] [Tell me more]
    [Deutsch]
    ");
    ben.taps("I’m in").await;
    assert_snapshot!(ben.screen(), @"
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
    ");
}
