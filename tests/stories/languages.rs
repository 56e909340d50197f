//! Languages: a draft can be chosen where it exists, and nobody ever reads two in one lesson.

use insta::assert_snapshot;

use tandem::content::{Library, Source};

use crate::support::World;

#[tokio::test]
async fn plain_german_can_be_chosen_by_one_of_two() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    ada.says("/settings").await;
    ada.taps("Einfache Sprache").await;
    assert!(ada.screen().contains("[Deutsch] [English]"), "{}", ada.screen());
    ada.says("/lesson").await;
    assert_snapshot!(ada.screen(), @"
    (“Auftrag, Ziel, Gespr…” has no buttons any more)
    ――――
    Sie brauchen Arbeitszeit

    Sie schreiben im Internet für Ihr Haus. „Haus“ heißt hier: Ihr Verein, Ihr Verband oder Ihr Rathaus. Das ist Arbeit. Sie planen, schreiben und lesen mit. Sie antworten und schauen auf die Zahlen. Dafür braucht Ihr Tandem Zeit. Meist sind das fünf Stunden in der Woche. Ihr Arbeitgeber hat Ihnen diese Zeit versprochen.

    So bleibt Ihnen die Zeit erhalten:

    • Ein fester Termin: Die Stunden stehen im Kalender.
    • Zwei Menschen: Beide kommen in alle Konten. Beide üben mit.
    • Vorher reden: Manchmal ist wenig Zeit. Was lassen Sie dann weg?

    Ein Beispiel: Im Dezember haben bei der Tafel alle viel zu tun. Das Team macht deshalb etwas aus: Zwei Wochen lang schreiben wir nichts Neues. Aber wer uns etwas fragt, bekommt eine Antwort.
    [Weiter]
    ");
    ada.taps("Weiter").await;
    ada.taps("C").await;
    assert_snapshot!(ada.screen(), @"
    Auf dem Flur

    Ihre Leitung geht an Ihnen vorbei. Sie sagt: „Lassen Sie Social Media diese Woche liegen. Der Jahresbericht ist wichtiger.“ Was hilft am meisten?

    A  Ja sagen und die Stunden am Wochenende arbeiten
    B  Ja sagen und nächste Woche doppelt so viel schreiben
    C  Gleich klären: Was fällt weg? Wer antwortet auf Fragen?
    D  Nein sagen, denn die Stunden sind versprochen

    ✓ Richtig: C

    Genau. Die Leitung darf sagen, was wichtiger ist. Danach wissen alle: Das bleibt liegen. Und das machen wir trotzdem.
    [Weiter]
    ");
    assert!(!ben.chat().contains("Sie brauchen Arbeitszeit"), "the other reads on in German");
    ada.says("/mydata").await;
    assert!(ada.screen().contains("Einfache Sprache"), "{}", ada.screen());
}

#[test]
fn a_week_that_the_draft_does_not_have_is_german_from_its_title_to_its_last_step() {
    let library = Library::load(Source::BuiltIn).expect("loads");
    let language = |module: &str| {
        let title = library.module_text("fuehrerschein", module, "de-simple").map(|(_, code)| code.to_owned());
        let lesson = library.lesson_text("fuehrerschein", module, "l1", "de-simple").map(|(_, code)| code.to_owned());
        (title.expect("a title"), lesson.expect("a lesson"))
    };
    assert_eq!(language("m1"), ("de-simple".to_owned(), "de-simple".to_owned()));
    for module in ["m2", "m3", "m4"] {
        assert_eq!(language(module), ("de".to_owned(), "de".to_owned()), "{module}");
    }
}

#[tokio::test]
async fn a_draft_is_not_offered_before_joining() {
    let world = World::new().await;
    let round = world.round("2026-03-03", "Europe/Berlin", None).await;
    let ada = world.person("Ada");
    ada.says(&format!("/start {}", round.code)).await;
    assert!(ada.screen().contains("[English]") && !ada.screen().contains("Einfache Sprache"), "{}", ada.screen());
}
