//! The closing test of the course that is built in: the lead passes in German, the deputy needs a second go in English.

use insta::assert_snapshot;
use tandem::content::text::{LessonText, StepText};
use tandem::content::{Library, Source};
use tandem::domain::programme::{Step, StepKind, TEST};

use crate::support::{Person, World};
use crate::whole_course::{Buttons, ENGLISH, GERMAN, answer, walked};

/// The pool in one language.
pub struct Pool {
    library: Library,
    language: &'static str,
}

impl Pool {
    pub fn new(buttons: &Buttons) -> Self {
        Self { library: Library::load(Source::BuiltIn).expect("loads"), language: buttons.language }
    }

    fn groups(&self) -> impl Iterator<Item = (&LessonText, &Vec<Step>)> {
        let course = self.library.programme("fuehrerschein").expect("is built in");
        let test = course.programme.test.as_ref().expect("has a test");
        test.pool.lessons.iter().map(move |group| {
            let (words, language) = course.lesson_text(TEST, &group.id, self.language).expect("in some language");
            assert_eq!(language, self.language);
            (words, &group.steps)
        })
    }

    /// The question on a person's screen.
    fn asked(&self, person: &Person) -> (&Step, &StepText) {
        let screen = person.screen();
        let all = self.groups().flat_map(|(words, steps)| steps.iter().map(|s| (s, words.step(&s.id).expect("words"))));
        let mut fitting = all.filter(|(_, words)| {
            let title = words.title.as_deref().expect("a title");
            screen.contains(&format!("\n\n{title}\n\n{}", words.body.text.lines().next().expect("a question")))
        });
        fitting.next().unwrap_or_else(|| panic!("no question of the pool:\n{screen}"))
    }
}

/// Answers the question on the screen; `right` or with its first wrong answer.
pub async fn answers(person: &Person, pool: &Pool, buttons: &Buttons, right: bool) -> String {
    let (step, words) = pool.asked(person);
    let wrong = step.kind.option_ids().iter().find(|o| step.kind.is_right(o) == Some(false)).expect("a wrong answer");
    match &step.kind {
        StepKind::Choice { correct, .. } => person.taps(&answer(words, if right { correct } else { wrong })).await,
        StepKind::Multi { correct, .. } => {
            let chosen: Vec<&String> = if right { correct.iter().collect() } else { vec![wrong] };
            for option in chosen {
                person.taps(&format!("☐ {}", answer(words, option))).await;
            }
            person.taps(buttons.check).await;
        }
        other => panic!("{other:?} is no question"),
    }
    assert_eq!(person.screen().contains(buttons.right), right, "{}", person.screen());
    step.id.clone()
}

/// Takes a whole test with so many right answers; gives the questions it asked.
pub async fn takes_test(person: &Person, buttons: &Buttons, right: usize) -> Vec<String> {
    let pool = Pool::new(buttons);
    let mut asked = Vec::new();
    for nth in 0..20 {
        assert!(person.screen().contains(&buttons.place(nth + 1)), "{}", person.screen());
        asked.push(answers(person, &pool, buttons, nth < right).await);
        person.taps(if nth < 19 { buttons.next } else { buttons.result }).await;
    }
    asked
}

#[tokio::test]
async fn a_lead_passes_at_once_and_a_deputy_the_next_day_with_other_questions() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    walked(&world, &ada, &ben).await;
    ada.says("/lektion").await;
    assert_snapshot!(ada.screen(), @"
    Gerade ist keine Lektion offen.

    Der Abschlusstest wartet auf Sie, wann es Ihnen passt.
    [Zum Abschlusstest]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    ada.taps("Zum Abschlusstest").await;
    assert_snapshot!(ada.screen(), @"
    Abschlusstest

    Zwanzig kurze Fälle aus dem Alltag, aus allen vier Wochen. Zu jedem sehen Sie gleich, was richtig ist und warum. Wer mindestens 80 Prozent trifft, hat bestanden.

    Sie können jederzeit unterbrechen und später weitermachen. Reicht es nicht, geht es frühestens am nächsten Tag weiter, mit anderen Fällen. Das Ergebnis sehen nur Sie.
    [▶ Los geht’s]
    [Übersicht]
    ");
    ada.taps(GERMAN.start).await;
    takes_test(&ada, &GERMAN, 16).await;
    assert_snapshot!(ada.screen().lines().next().unwrap_or_default(), @"✓ Bestanden: 16 von 20 richtig. Herzlichen Glückwunsch!");
    ada.says("/fortschritt").await;
    ada.taps("Was die Lizenz braucht").await;
    assert_snapshot!(ada.screen(), @"
    Das braucht die Lizenz

    ✓ Abschlusstest bestanden

    ✓ Texte im Konzept, geschrieben oder begründet abgelehnt: 7 von 7

    ✓ Übergabe geübt: Die andere Person hat die ganze Liste abgehakt

    ✓ Fünf Stunden zugesagt

    Alles ist da. Sie können sich die Lizenz jetzt ausstellen.
    [Lizenz ausstellen]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    ada.says("/fortschritt").await;
    assert_snapshot!(ada.screen(), @"
    8 von 8 Lektionen
    ▓▓▓▓▓▓▓▓▓▓

    Abschlusstest: ✓ bestanden am Do., 26. März
    [Was die Lizenz braucht]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");

    ben.says("/progress").await;
    ben.taps("Closing test").await;
    ben.taps(ENGLISH.start).await;
    let first = takes_test(&ben, &ENGLISH, 15).await;
    assert_snapshot!(ben.screen(), @"
    15 of 20 right. It takes 16 to pass.

    Have another look at:

    Mandate, goal, dialogue

    Law in everyday work

    You can take a new test with other questions from Fri 27 March on.

    Only you see this result.
    [Lesson] [Time]
    [Away] [More]
    ");
    // The other sees nothing of it.
    assert_eq!(ada.new_messages(), 1, "{}", ada.screen());
    ben.says("/progress").await;
    assert_snapshot!(ben.screen(), @"
    8 of 8 lessons
    ▓▓▓▓▓▓▓▓▓▓

    You can take a new test with other questions from Fri 27 March on.
    [What the licence needs]
    [Lesson] [Time]
    [Away] [More]
    ");

    world.until("Fri 00:10").await;
    ben.says("/lesson").await;
    ben.taps("Closing test").await;
    ben.taps(ENGLISH.start).await;
    let second = takes_test(&ben, &ENGLISH, 20).await;
    assert!(second.iter().all(|item| !first.contains(item)), "{first:?}\n{second:?}");
    assert_snapshot!(ben.screen(), @"
    ✓ Passed: 20 of 20 right. Congratulations!

    Only you see this result.
    [What the licence needs]
    [Lesson] [Time]
    [Away] [More]
    ");
    // From here it is a few taps to a licence, for each of the two.
    ben.taps_all(&["What the licence needs", "Make out my licence", "Ben", "Make it out"]).await;
    assert!(ben.screen().contains("Licence for Ben. Valid until 27 March 2028"), "{}", ben.screen());
    ada.taps_all(&["Was die Lizenz braucht", "Lizenz ausstellen", "Ada", "Ausstellen"]).await;
    assert!(ada.screen().contains("Lizenz für Ada. Gültig bis 27. März 2028"), "{}", ada.screen());
    assert_eq!(world.too_many_unasked().await, (0, 0), "one a day and three a week");
}

#[tokio::test]
async fn a_test_that_was_interrupted_goes_on_after_a_restart_and_old_buttons_say_so() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    walked(&world, &ada, &ben).await;
    ada.says("/fortschritt").await;
    ada.taps("Zum Abschlusstest").await;
    ada.taps(GERMAN.start).await;
    let pool = Pool::new(&GERMAN);
    let (step, words) = pool.asked(&ada);
    let first = words.title.clone().expect("a title");
    let old = ada.carried(if matches!(step.kind, StepKind::Multi { .. }) { "☐ A" } else { "A" });
    answers(&ada, &pool, &GERMAN, true).await;
    ada.taps(GERMAN.next).await;
    assert!(ada.screen().contains("Frage 2 von 20"));
    world.restart().await;
    world.until("Mon 09:00").await;
    ada.says("/lektion").await;
    assert!(ada.screen().contains("Frage 2 von 20"), "{}", ada.screen());
    let (step, words) = pool.asked(&ada);
    let second = (step.id.clone(), words.title.clone());
    ada.presses_old(&old).await;
    assert!(ada.screen().contains("(Dieser Knopf ist nicht mehr aktuell.)"), "{}", ada.screen());
    assert!(!ada.screen().contains(&first), "{}", ada.screen());
    // Another language shows the same question in it.
    ada.says("/einstellungen").await;
    ada.taps("English").await;
    let english = Pool::new(&ENGLISH);
    let (step, words) = english.asked(&ada);
    assert_eq!(step.id, second.0);
    assert_ne!(words.title, second.1);
    assert!(ada.screen().contains("Question 2 of 20"), "{}", ada.screen());
}

#[tokio::test]
async fn the_licence_says_what_is_there_and_the_other_may_revise_the_concept() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    ada.says("/fortschritt").await;
    ada.taps("Was die Lizenz braucht").await;
    assert_snapshot!(ada.screen(), @"
    Das braucht die Lizenz

    ○ Abschlusstest bestanden

    ○ Texte im Konzept, geschrieben oder begründet abgelehnt: 0 von 7

    ○ Übergabe geübt: Die andere Person hat die ganze Liste abgehakt

    ✓ Fünf Stunden zugesagt
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    // Ben writes a text, Ada sees it and writes it anew; then her way goes on where it was.
    ben.taps("▶ Los geht’s").await;
    ben.taps_all(&["Weiter", "C", "Weiter", "Weiter", "A", "Weiter", "Weiter", "B", "Weiter"]).await;
    ben.says("Acht Menschen fragen nach einem Probetag.").await;
    ada.taps("▶ Los geht’s").await;
    ada.says("/konzept").await;
    assert_snapshot!(ada.screen(), @"
    Ihr Konzept bisher

    Ihr Ziel in einem Satz

    1. Acht Menschen fragen nach einem Probetag.

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
    ada.taps("✎ 1").await;
    assert!(ada.screen().contains("Ihr Ziel in einem Satz"), "{}", ada.screen());
    ada.says("Bis 31. Mai fragen zwölf Menschen nach einem Probetag.").await;
    ada.taps("Weiter").await;
    assert!(ada.screen().contains("Ein Auftrag mit Arbeitszeit"), "{}", ada.screen());
    ben.says("/konzept").await;
    assert!(ben.screen().contains("1. Bis 31. Mai fragen zwölf Menschen"), "{}", ben.screen());
    // A text whose lesson has not come yet cannot be written.
    assert!(!ben.screen().contains("✎ 2"), "{}", ben.screen());
    ben.says("/fortschritt").await;
    ben.taps("Was die Lizenz braucht").await;
    assert!(ben.screen().contains("begründet abgelehnt: 1 von"), "{}", ben.screen());
}
