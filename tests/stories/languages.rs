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
    assert_snapshot!(ada.screen(), @"");
    ada.taps("Weiter").await;
    ada.taps("C").await;
    assert_snapshot!(ada.screen(), @"");
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
