//! The course that is built in, from its first card to its last question: four weeks, both people, both languages.

use insta::assert_snapshot;
use tandem::content::screen::letter;
use tandem::content::text::StepText;
use tandem::content::{Library, Source};
use tandem::domain::programme::{QuestionKind, Step, StepKind};

use crate::support::{Person, World};

/// The buttons' words in one language.
pub struct Buttons {
    pub language: &'static str,
    pub start: &'static str,
    pub next: &'static str,
    pub check: &'static str,
    done: &'static str,
    sure: &'static str,
    thought: &'static str,
    skip: &'static str,
    pub right: &'static str,
    finished: &'static str,
    pub result: &'static str,
    straight: &'static str,
}

impl Buttons {
    /// Where one is in the closing test.
    pub fn place(&self, nth: usize) -> String {
        match self.language {
            "de" => format!("Frage {nth} von 20"),
            _ => format!("Question {nth} of 20"),
        }
    }
}

pub const GERMAN: Buttons = Buttons {
    language: "de",
    start: "▶ Los geht’s",
    next: "Weiter",
    check: "Prüfen",
    done: "Fertig",
    sure: "Sicher",
    thought: "Habe ich überlegt",
    skip: "Überspringen",
    right: "✓ Richtig: ",
    finished: "✓ Lektion geschafft.",
    result: "Zum Ergebnis",
    straight: "Gleich zur Lektion",
};

pub const ENGLISH: Buttons = Buttons {
    language: "en",
    start: "▶ Start",
    next: "Next",
    check: "Check",
    done: "Done",
    sure: "Sure",
    thought: "Thought about it",
    skip: "Skip",
    right: "✓ Right: ",
    finished: "✓ Lesson done.",
    result: "See the result",
    straight: "Straight to the lesson",
};

#[tokio::test]
async fn both_people_walk_through_the_whole_course_a_module_a_week() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    let (cards, tasks) = walked(&world, &ada, &ben).await;
    // Seven more of the course's 22 exercises are questions; when to do the hour, asked twice, is none of them.
    assert_eq!((cards, tasks), (22, 17));
    ada.says("/fortschritt").await;
    assert_snapshot!(ada.screen(), @"
    8 von 8 Lektionen
    ▓▓▓▓▓▓▓▓▓▓

    Der Abschlusstest wartet auf Sie, wann es Ihnen passt.
    [Zum Abschlusstest]
    [Was die Lizenz braucht]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    ada.says("/konzept").await;
    assert!(!ada.screen().contains("Noch offen."), "{}", ada.screen());
    assert_eq!(world.too_many_unasked().await, (0, 0), "one a day and three a week");
}

/// Both take the whole course as it comes, the first in German and the second in English. Gives how many cards and
/// tasks it had.
pub async fn walked(world: &World, ada: &Person, ben: &Person) -> (usize, usize) {
    walked_but(world, ada, ben, "").await
}

/// The same, with one task that the second of them puts off.
pub async fn walked_but(world: &World, ada: &Person, ben: &Person, put_off: &str) -> (usize, usize) {
    ben.says("/settings").await;
    ben.taps("English").await;
    let library = Library::load(Source::BuiltIn).expect("loads");
    let course = library.programme("fuehrerschein").expect("is built in");
    let (mut cards, mut tasks) = (0, 0);
    for module in &course.programme.modules {
        for (lesson, morning) in module.lessons.iter().zip(["Tue 10:00", "Thu 10:00"]) {
            world.until(morning).await;
            for (person, buttons) in [(ada, &GERMAN), (ben, &ENGLISH)] {
                let (words, language) =
                    course.lesson_text(&module.id, &lesson.id, buttons.language).expect("in some language");
                assert_eq!(language, buttons.language);
                assert!(person.screen().contains(&words.title), "{}", person.screen());
                person.taps(buttons.start).await;
                // Questions of earlier lessons have a story of their own.
                if person.screen().contains(buttons.straight) {
                    person.taps(buttons.straight).await;
                }
                for step in &lesson.steps {
                    if step.id == put_off && buttons.language == ENGLISH.language {
                        person.taps("Later").await;
                        continue;
                    }
                    takes(person, step, words.step(&step.id).expect("words"), buttons).await;
                }
                let open = buttons.language == ENGLISH.language && lesson.steps.iter().any(|step| step.id == put_off);
                assert!(open || person.screen().contains(buttons.finished), "{}", person.screen());
            }
            cards += lesson.steps.iter().filter(|step| matches!(step.kind, StepKind::Card { .. })).count();
            tasks += lesson.steps.iter().filter(|step| is_task(&step.kind)).count();
        }
    }
    (cards, tasks)
}

/// Whether something is to be done, rather than read, answered or rated.
fn is_task(kind: &StepKind) -> bool {
    match kind {
        StepKind::Write { .. } | StepKind::Checklist { .. } | StepKind::Link | StepKind::Reflect => true,
        StepKind::Card { .. } | StepKind::Choice { .. } | StepKind::Multi { .. } | StepKind::Questionnaire { .. } => {
            false
        }
    }
}

/// Takes one step the way it is meant: right answers, every task done, the sentence at the end left out.
async fn takes(person: &Person, step: &Step, words: &StepText, buttons: &Buttons) {
    match &step.kind {
        StepKind::Card { .. } => person.taps(buttons.next).await,
        StepKind::Choice { correct, .. } => {
            person.taps(&answer(words, correct)).await;
            says_how_sure(person, step, buttons).await;
            assert!(person.screen().contains(buttons.right), "{}", person.screen());
            person.taps(buttons.next).await;
        }
        StepKind::Multi { correct, .. } => {
            for option in correct {
                person.taps(&format!("☐ {}", answer(words, option))).await;
            }
            person.taps(buttons.check).await;
            says_how_sure(person, step, buttons).await;
            assert!(person.screen().contains(buttons.right), "{}", person.screen());
            person.taps(buttons.next).await;
        }
        StepKind::Write { .. } => {
            person.says("Das haben wir uns überlegt.").await;
            person.taps(buttons.next).await;
        }
        StepKind::Checklist { items } => {
            for item in items.iter().filter(|_| step.handover) {
                person.taps(&format!("☐ {}", answer(words, item))).await;
            }
            person.taps(buttons.done).await;
        }
        StepKind::Link => {
            person.says("https://example.org/beitrag").await;
            person.taps(buttons.next).await;
        }
        StepKind::Reflect => person.taps(buttons.thought).await,
        StepKind::Questionnaire { questions } => {
            for question in questions {
                match &question.kind {
                    QuestionKind::Pick { .. } => {
                        let label = &words.question(&question.id).expect("words").options[1].1;
                        person.taps(label).await;
                    }
                    QuestionKind::Recommend => person.taps("9").await,
                    QuestionKind::Sentence => person.taps(buttons.skip).await,
                }
            }
        }
    }
}

/// Law asks before it says what is right.
async fn says_how_sure(person: &Person, step: &Step, buttons: &Buttons) {
    if step.law {
        assert!(!person.screen().contains(buttons.right), "{}", person.screen());
        person.taps(buttons.sure).await;
    }
}

/// An answer's button.
pub fn answer(words: &StepText, option: &str) -> String {
    let position = words.options.iter().position(|(id, _)| id == option).expect("an answer");
    if words.on_buttons() { words.options[position].1.label.text.clone() } else { letter(position).to_string() }
}
