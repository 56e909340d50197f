//! A text of the concept is shown to the round or to the trainers, by the tap of whoever wants that and of nobody else.

use insta::assert_snapshot;
use tandem::domain::letter::Purpose;
use tandem::domain::tap::{LetterTap, Tap};

use super::seats::presses;
use super::six;
use crate::support::{Person, World};

/// The first text of the concept is written.
async fn writes(person: &Person, text: &str) {
    person.taps("▶ Los geht’s").await;
    person.taps_all(&["Weiter", "C", "Weiter", "Weiter", "A", "Weiter", "Weiter", "B", "Weiter"]).await;
    person.says(text).await;
}

#[tokio::test]
async fn a_text_of_the_concept_is_shown_to_the_round_or_to_the_trainers_by_a_tap() {
    let world = World::on_disk().await;
    let (tom, _, people) = six(&world).await;
    let (ada, ben) = (&people[0], &people[1]);
    world.until("Tue 10:00").await;
    ada.says("/konzept").await;
    assert!(!ada.screen().contains("Einen Text zeigen"), "there is none yet: {}", ada.screen());
    writes(ada, "Acht Menschen fragen *nach* einem <b>Probetag</b>.").await;
    ada.says("/konzept").await;
    assert_snapshot!(ada.screen(), @"
    Ihr Konzept bisher

    Ihr Ziel in einem Satz

    1. Acht Menschen fragen *nach* einem <b>Probetag</b>.

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
    [Einen Text zeigen]
    [Als Datei]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    ada.taps("Einen Text zeigen").await;
    assert_snapshot!(ada.screen(), @"
    Welchen Text möchten Sie zeigen? Vor dem Senden sehen Sie genau, was die anderen sehen.
    [1. Ihr Ziel in einem Satz]
    [Konzept]
    ");
    ada.taps("1. Ihr Ziel in einem Satz").await;
    assert_snapshot!(ada.screen(), @"
    Wem möchten Sie ihn zeigen? Ihr Name steht dabei.
    [Der Runde zeigen]
    [Der Leitung zeigen]
    [Zurück]
    ");
    ada.taps("Der Runde zeigen").await;
    assert_snapshot!(ada.screen(), @"
    Das lesen alle in der Runde:

    Ada teilt mit Ihrer Runde:
    Ihr Ziel in einem Satz
    Acht Menschen fragen *nach* einem <b>Probetag</b>.

    Etwas anders? Schreiben Sie es einfach neu.
    [Senden]
    [Nicht senden]
    ");
    ada.taps("Senden").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Die Runde liest es ab Mi., 4. März. Bis dahin können Sie es zurücknehmen.
    [Zurücknehmen]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    // It counts for both of the tandem, so Ben may show it, too.
    ben.says("/konzept").await;
    ben.taps_all(&["Einen Text zeigen", "1. Ihr Ziel in einem Satz", "Der Leitung zeigen", "Senden"]).await;
    world.until("Fri 18:00").await;
    for person in &people {
        let chat = person.chat();
        assert_eq!(chat.matches("Ada teilt mit Ihrer Runde:").count(), 1, "{}: {chat}", person.name());
        assert!(chat.contains("Acht Menschen fragen *nach* einem <b>Probetag</b>."), "{chat}");
    }
    assert_eq!(tom.chat().matches("Beitrag (Ben):").count(), 1, "{}", tom.chat());
    // Buttons about texts that are not there, or for what is no text of theirs.
    for tap in [
        LetterTap::Show(2, Purpose::Round),
        LetterTap::Show(99, Purpose::Round),
        LetterTap::Show(0, Purpose::Post),
        LetterTap::Show(1, Purpose::Employer),
    ] {
        let screen = presses(&world, ada, &Tap::Letter(tap)).await;
        assert!(screen.contains("nicht mehr aktuell") && !screen.contains("[Senden]"), "{tap:?}: {screen}");
    }
}

#[tokio::test]
async fn what_is_too_long_for_others_is_cut_before_it_is_shown_and_only_then_sent() {
    let world = World::new().await;
    let (_, _, people) = six(&world).await;
    let ada = &people[0];
    world.until("Tue 10:00").await;
    writes(ada, &"Probetag ".repeat(150)).await;
    ada.says("/konzept").await;
    ada.taps_all(&["Einen Text zeigen", "1. Ihr Ziel in einem Satz", "Der Runde zeigen"]).await;
    assert!(ada.screen().contains("Probeta…") || ada.screen().contains("Probetag…") || ada.screen().contains('…'));
    assert!(ada.screen().chars().count() < 1_100, "{}", ada.screen());
    ada.says("Lieber so: acht Anfragen").await;
    ada.taps("Senden").await;
    world.until("Fri 18:00").await;
    assert!(people[2].chat().contains("Lieber so: acht Anfragen") && !people[2].chat().contains("Probetag Probetag"));
}
