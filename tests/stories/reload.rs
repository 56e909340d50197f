//! Lessons and locales change on disk while people are in the middle of them.

use insta::assert_snapshot;
use tandem::app::reload::Looked;

use crate::support::{Person, World};

const STRUCTURE: &str = "lessons/fuehrerschein/m1-dialog/module.toml";
const GERMAN: &str = "lessons/fuehrerschein/m1-dialog/de.md";
const ENGLISH: &str = "lessons/fuehrerschein/m1-dialog/en.md";

/// Ada has opened her first lesson and stands on its first card.
async fn on_the_first_card(world: &World) -> (Person, Person) {
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    ada.taps("▶ Los geht’s").await;
    assert!(ada.screen().starts_with("Ein Auftrag mit Arbeitszeit"));
    (ada, ben)
}

fn refusals(looked: Looked) -> String {
    match looked {
        Looked::Refused(findings) => findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_better_text_is_served_from_the_next_message_on_and_whoever_reads_goes_on_where_they_were() {
    let world = World::new().await;
    let mut folder = world.follows();
    let (ada, _) = on_the_first_card(&world).await;
    folder.files.change(GERMAN, "### mandate-q: Auf dem Flur", "### mandate-q: Zwischen Tür und Angel");
    folder.files.change("locales/de/study.ftl", "judged-right = ", "judged-right = Ja! ");
    assert_eq!(world.looks_at(&mut folder).await, Looked::Taken);
    ada.taps("Weiter").await;
    assert!(ada.screen().starts_with("Zwischen Tür und Angel"), "{}", ada.screen());
    ada.taps("C").await;
    assert!(ada.screen().contains("\nJa! "), "{}", ada.screen());
}

#[tokio::test]
async fn a_broken_change_is_refused_with_its_place_the_old_text_stays_and_the_repaired_one_is_taken() {
    let world = World::new().await;
    let mut folder = world.follows();
    let (ada, _) = on_the_first_card(&world).await;
    folder.files.change(GERMAN, "### mandate-q: Auf dem Flur", "### mandate-q: Nebenan\n\n<b>wichtig</b>");
    assert_snapshot!(refusals(world.looks_at(&mut folder).await), @r#"
    lessons/fuehrerschein/m1-dialog/de.md:23:1: error: HTML is not shown in messages
        hint: use Markdown; write `<` as `\<`
    lessons/fuehrerschein/m1-dialog/de.md:23:11: error: HTML is not shown in messages
        hint: use Markdown; write `<` as `\<`
    "#);
    ada.taps("Weiter").await;
    assert!(ada.screen().starts_with("Auf dem Flur"), "{}", ada.screen());
    folder.files.change(GERMAN, "<b>wichtig</b>\n", "");
    assert_eq!(world.looks_at(&mut folder).await, Looked::Taken);
    ada.taps("A").await;
    assert!(ada.screen().starts_with("Nebenan"), "{}", ada.screen());
}

#[tokio::test]
async fn a_sentence_that_cannot_be_read_is_refused_and_so_is_one_that_is_gone() {
    let world = World::new().await;
    let mut folder = world.follows();
    folder.files.change("locales/en/study.ftl", "judged-right = ", "judged-right ");
    let refused = refusals(world.looks_at(&mut folder).await);
    assert!(refused.contains("locales/en/study.ftl:"), "{refused}");
    folder.files.change("locales/en/study.ftl", "judged-right ", "# judged-right ");
    let refused = refusals(world.looks_at(&mut folder).await);
    assert!(refused.contains("the text `judged-right` is missing"), "{refused}");
    folder.files.change("locales/en/study.ftl", "# judged-right ", "judged-right = ");
    assert_eq!(world.looks_at(&mut folder).await, Looked::Taken);
}

#[tokio::test]
async fn a_step_on_which_somebody_stands_cannot_go_until_they_have_passed_it() {
    let world = World::new().await;
    let mut folder = world.follows();
    let (ada, ben) = on_the_first_card(&world).await;
    for (file, to) in [(GERMAN, "### mandate-q"), (ENGLISH, "### mandate-q")] {
        folder.files.cut(file, "### mandate:", to);
    }
    folder.files.cut(STRUCTURE, "[[lesson.step]]\nid = \"mandate\"\n", "[[lesson.step]]");
    // Ben has not even opened the lesson, but it begins here for him, too.
    assert_snapshot!(refusals(world.looks_at(&mut folder).await), @"
    lessons/fuehrerschein/programme.toml: error: the step `mandate` of `m1` is gone, and 2 people stand on `mandate`
        hint: bring it back; ids never change
    ");
    for person in [&ada, &ben] {
        if person.name() == "Ben" {
            person.taps("▶ Los geht’s").await;
        }
        person.taps("Weiter").await;
        assert!(person.screen().starts_with("Auf dem Flur"));
    }
    folder.files.change(STRUCTURE, "minutes = 40", "minutes = 35");
    assert_eq!(world.looks_at(&mut folder).await, Looked::Taken);
    ada.taps("C").await;
    assert!(ada.screen().starts_with("Auf dem Flur"));
}

#[tokio::test]
async fn a_programme_that_people_take_part_in_cannot_go() {
    let world = World::new().await;
    let mut folder = world.follows();
    world.tandem("Ada", "Ben", "Europe/Berlin").await;
    std::fs::remove_dir_all(folder.files.file("lessons/fuehrerschein")).unwrap();
    assert_snapshot!(refusals(world.looks_at(&mut folder).await), @"
    lessons/fuehrerschein/programme.toml: error: the programme `fuehrerschein` is gone, and 2 people take part in it
        hint: bring it back; ids never change
    ");
}

#[tokio::test]
async fn what_is_out_of_date_is_taken_all_the_same_and_the_lesson_falls_back_whole() {
    let world = World::new().await;
    let mut folder = world.follows();
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    ada.says("/settings").await;
    ada.taps("English").await;
    folder.files.change(GERMAN, "Wozu sind wir online?", "Wozu sind wir eigentlich online?");
    folder.files.change(STRUCTURE, "id = \"goal\"\n", "id = \"goal\"\nsource = \"alt\"\nreview_by = 2020-01-01\n");
    assert_eq!(world.looks_at(&mut folder).await, Looked::Taken);
    ada.says("/lesson").await;
    assert!(ada.chat().contains("Ein Auftrag mit Arbeitszeit"), "{}", ada.chat());
}

#[tokio::test]
async fn what_somebody_has_answered_cannot_become_something_else() {
    let world = World::new().await;
    let mut folder = world.follows();
    let (ada, ben) = on_the_first_card(&world).await;
    ben.taps("▶ Los geht’s").await;
    for person in [&ada, &ben] {
        person.taps("Weiter").await;
        person.taps("C").await;
        person.taps("Weiter").await;
    }
    // A question becomes a task, and another that nobody has seen yet goes: only the first is anybody's.
    folder.files.cut(STRUCTURE, "kind = \"choice\"", "[[lesson.step]]");
    folder.files.change(STRUCTURE, "id = \"mandate-q\"\n", "id = \"mandate-q\"\nkind = \"reflect\"\n\n");
    for file in [GERMAN, ENGLISH] {
        let text = folder.files.read(file);
        let (before, behind) = text.split_once("### mandate-q").unwrap();
        let (_, behind) = behind.split_once("\n### ").unwrap();
        folder.files.write(file, &format!("{before}### mandate-q: ?\n\n?\n\n### {behind}"));
    }
    assert_snapshot!(refusals(world.looks_at(&mut folder).await), @"
    lessons/fuehrerschein/programme.toml: error: the step `mandate-q` of `m1` was a choice and is a reflect, and 2 people have answered `mandate-q`
        hint: give what is new an id of its own; answers hang on this one
    ");
}
