//! What a course is made of, without a word of its text: modules, lessons, steps, answers, minutes.
//!
//! Does not know languages or files; `content` reads those and hands over this structure and the texts.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::recommend::SCALE;

/// A course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    pub id: String,
    /// When lessons come: a cron expression (seconds first, weekdays by name), read in local wall time.
    pub release: String,
    /// Share of right answers that passes the closing test, in percent.
    pub pass_percent: u8,
    pub modules: Vec<Module>,
    /// What comes after the last lesson, if anything does.
    pub test: Option<Test>,
    /// Questionnaires about the course as a whole, each as a module of one step.
    pub surveys: Vec<Survey>,
}

/// A questionnaire about the course as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    pub when: When,
    /// Its id is that of [`When::code`].
    pub part: Module,
}

/// When a questionnaire about the course as a whole is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// From joining on.
    Start,
    /// After the last lesson.
    End,
    /// Three months later.
    Later,
}

impl When {
    pub const ALL: [When; 3] = [When::Start, When::End, When::Later];

    /// The id of its module, and its key in `programme.toml`.
    pub fn code(self) -> &'static str {
        match self {
            When::Start => "start",
            When::End => "end",
            When::Later => "later",
        }
    }
}

/// The id under which the items of the closing test are found; no module may have it.
pub const TEST: &str = "test";

/// The closing test: a pool of questions, in groups that ask about a module each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// The questions as a module of their own ([`TEST`]). Its lessons are the groups, with the id of the module each
    /// asks about.
    pub pool: Module,
    /// How many questions of each group a test asks, in the order of the groups.
    pub draw: Vec<usize>,
}

/// A week of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    pub id: String,
    /// One for each lesson day of the week.
    pub lessons: Vec<Lesson>,
}

/// What one lesson day brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    pub id: String,
    /// Time it takes, counted towards the five hours when the person says so.
    pub minutes: u32,
    pub steps: Vec<Step>,
}

/// One thing on the screen: a card to read, a question, a task. Its id never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub id: String,
    pub kind: StepKind,
    /// Whether it is about law: whoever answers is asked how sure they are, and it comes again for longer.
    pub law: bool,
    /// Where its facts come from, if it must be looked at again.
    pub review: Option<Review>,
    /// Whether ticking all of it confirms the hand-over to the other of the two.
    pub handover: bool,
}

/// Where facts come from, and by when somebody should look whether they still hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub source: String,
    pub by: NaiveDate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// Something to read. With a picture (a path under the module's folder) or a video's address, if any.
    Card { picture: Option<String>, video: Option<String> },
    /// One right answer.
    Choice { options: Vec<String>, correct: String },
    /// Several right answers.
    Multi { options: Vec<String>, correct: BTreeSet<String> },
    /// A free text, which may fill a section of the tandem's concept (`K1` … `K14`).
    Write { concept: Option<String> },
    /// Things to tick at work.
    Checklist { items: Vec<String> },
    /// The address of a real post.
    Link,
    /// A thought of one's own: never stored, never sent on.
    Reflect,
    /// Feedback on the module.
    Questionnaire { questions: Vec<Question> },
}

/// One question of a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub id: String,
    pub kind: QuestionKind,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// One of these options, one tap.
    Pick { options: Vec<String> },
    /// A point on the scale of `recommend`.
    Recommend,
    /// One sentence, which may be left out.
    Sentence,
}

impl Question {
    /// What can be chosen, by id.
    pub fn options(&self) -> &[String] {
        match &self.kind {
            QuestionKind::Pick { options } => options,
            QuestionKind::Recommend => &SCALE,
            QuestionKind::Sentence => &[],
        }
    }
}

/// A step's place in its programme, by position. What is stored are ids ([`StepRef`]): positions move when a
/// lesson gains a step, ids do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    pub module: usize,
    pub lesson: usize,
    pub step: usize,
}

impl Place {
    /// The first step of a module's first lesson.
    pub fn module_start(module: usize) -> Self {
        Self { module, lesson: 0, step: 0 }
    }
}

/// A step's place as the ids of its module, its lesson and itself. Step ids are unique in a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepRef<'a> {
    pub module: &'a str,
    pub lesson: &'a str,
    pub step: &'a str,
}

impl Programme {
    pub fn module(&self, id: &str) -> Option<&Module> {
        self.modules.iter().find(|m| m.id == id)
    }

    /// A module, a questionnaire about the course, or the pool of the closing test: whatever holds steps.
    pub fn part(&self, id: &str) -> Option<&Module> {
        self.parts().find(|part| part.id == id)
    }

    /// All modules, the pool of the closing test and the questionnaires about the course.
    pub fn parts(&self) -> impl Iterator<Item = &Module> {
        let pool = self.test.iter().map(|test| &test.pool);
        self.modules.iter().chain(pool).chain(self.surveys.iter().map(|survey| &survey.part))
    }

    /// Position of a module, counted from 0.
    pub fn module_index(&self, id: &str) -> Option<usize> {
        self.modules.iter().position(|m| m.id == id)
    }

    pub fn lesson(&self, module: &str, lesson: &str) -> Option<&Lesson> {
        self.module(module)?.lesson(lesson)
    }

    /// A step by its module's and its own id, which is how answers name it.
    pub fn step(&self, module: &str, step: &str) -> Option<&Step> {
        self.module(module)?.steps().find(|s| s.id == step)
    }

    /// Where a step stands now, by its module's and its own id.
    pub fn place(&self, module: &str, step: &str) -> Option<Place> {
        let index = self.module_index(module)?;
        let lessons = self.modules[index].lessons.iter().enumerate();
        lessons
            .flat_map(|(l, lesson)| lesson.steps.iter().enumerate().map(move |(s, it)| (l, s, it)))
            .find_map(|(l, s, it)| (it.id == step).then_some(Place { module: index, lesson: l, step: s }))
    }

    /// The module, lesson and step at a place; `None` if the programme has no such place (any more).
    pub fn at(&self, place: &Place) -> Option<(&Module, &Lesson, &Step)> {
        let module = self.modules.get(place.module)?;
        let lesson = module.lessons.get(place.lesson)?;
        Some((module, lesson, lesson.steps.get(place.step)?))
    }

    /// The ids of a place.
    pub fn ids(&self, place: &Place) -> Option<StepRef<'_>> {
        self.at(place).map(|(m, l, s)| StepRef { module: &m.id, lesson: &l.id, step: &s.id })
    }

    /// Every place in order.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.modules.iter().enumerate().flat_map(|(module, m)| {
            m.lessons
                .iter()
                .enumerate()
                .flat_map(move |(lesson, l)| (0..l.steps.len()).map(move |step| Place { module, lesson, step }))
        })
    }

    /// The very first step.
    pub fn first(&self) -> Option<Place> {
        self.places().next()
    }

    /// The step after a place, across lessons and modules; `None` after the last, or if there is no such place.
    pub fn after(&self, place: &Place) -> Option<Place> {
        self.at(place)?;
        self.next_step(place).or_else(|| self.next_lesson(place)).or_else(|| self.next_module(place))
    }

    /// The next step of the same lesson; `None` after its last.
    pub fn next_step(&self, place: &Place) -> Option<Place> {
        self.existing(Place { step: place.step + 1, ..*place })
    }

    /// The start of the next lesson of the same module; `None` in its last.
    pub fn next_lesson(&self, place: &Place) -> Option<Place> {
        self.existing(Place { lesson: place.lesson + 1, step: 0, ..*place })
    }

    /// The start of the next module; `None` in the last.
    pub fn next_module(&self, place: &Place) -> Option<Place> {
        self.existing(Place::module_start(place.module + 1))
    }

    fn existing(&self, place: Place) -> Option<Place> {
        self.at(&place).map(|_| place)
    }
}

impl Module {
    pub fn lesson(&self, id: &str) -> Option<&Lesson> {
        self.lessons.iter().find(|l| l.id == id)
    }

    /// Position of a lesson, counted from 0.
    pub fn lesson_index(&self, id: &str) -> Option<usize> {
        self.lessons.iter().position(|l| l.id == id)
    }

    /// The steps of all lessons in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.lessons.iter().flat_map(|l| &l.steps)
    }

    /// Time the whole module takes.
    pub fn minutes(&self) -> u32 {
        self.lessons.iter().map(|l| l.minutes).sum()
    }
}

impl Test {
    /// How many questions a test asks.
    pub fn length(&self) -> usize {
        self.draw.iter().sum()
    }

    /// The groups of questions, each with how many of it a test asks.
    pub fn groups(&self) -> impl Iterator<Item = (&Lesson, usize)> {
        self.pool.lessons.iter().zip(self.draw.iter().copied())
    }

    /// A question, and the group it is in.
    pub fn item(&self, id: &str) -> Option<(&Lesson, &Step)> {
        self.pool.lessons.iter().find_map(|group| Some((group, group.steps.iter().find(|step| step.id == id)?)))
    }
}

impl Step {
    /// A step that is not about law and needs no looking at again.
    pub fn new(id: impl Into<String>, kind: StepKind) -> Self {
        Self { id: id.into(), kind, law: false, review: None, handover: false }
    }

    /// The id of a further part of this step, counted from 2. No step that an author names has a point in its id.
    pub fn part_id(&self, number: usize) -> String {
        format!("{}.{number}", self.id)
    }

    /// The step whose further part this is.
    pub fn part_of(&self) -> Option<&str> {
        self.id.split_once('.').map(|(step, _)| step)
    }

    /// Whether the chosen answers are all the right ones and nothing else; `None` if nothing is right or wrong here.
    pub fn judge(&self, chosen: &BTreeSet<String>) -> Option<bool> {
        match &self.kind {
            StepKind::Choice { correct, .. } => Some(chosen.len() == 1 && chosen.contains(correct)),
            StepKind::Multi { correct, .. } => Some(chosen == correct),
            StepKind::Card { .. }
            | StepKind::Write { .. }
            | StepKind::Checklist { .. }
            | StepKind::Link
            | StepKind::Reflect
            | StepKind::Questionnaire { .. } => None,
        }
    }
}

impl Lesson {
    /// A step and its further parts, in order.
    pub fn parts_of<'a>(&'a self, step: &'a Step) -> impl Iterator<Item = &'a Step> {
        std::iter::once(step).chain(self.steps.iter().filter(|part| part.part_of() == Some(step.id.as_str())))
    }

    /// Position of a step, counted from 0.
    pub fn step_index(&self, id: &str) -> Option<usize> {
        self.steps.iter().position(|s| s.id == id)
    }
}

impl StepKind {
    /// The ids of what can be chosen or ticked; none for the other kinds.
    pub fn option_ids(&self) -> &[String] {
        match self {
            Self::Choice { options, .. } | Self::Multi { options, .. } => options,
            Self::Checklist { items } => items,
            Self::Card { .. } | Self::Write { .. } | Self::Link | Self::Reflect | Self::Questionnaire { .. } => &[],
        }
    }

    /// Whether an option is (among) the right; `None` if the step asks for nothing that is right or wrong.
    pub fn is_right(&self, option: &str) -> Option<bool> {
        match self {
            Self::Choice { correct, .. } => Some(correct == option),
            Self::Multi { correct, .. } => Some(correct.contains(option)),
            Self::Card { .. }
            | Self::Write { .. }
            | Self::Checklist { .. }
            | Self::Link
            | Self::Reflect
            | Self::Questionnaire { .. } => None,
        }
    }

    /// Whether the step is a quiz item: it has right answers and can be repeated later.
    pub fn is_quiz(&self) -> bool {
        matches!(self, Self::Choice { .. } | Self::Multi { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn programme() -> Programme {
        let step = |id: &str| Step::new(id, StepKind::Reflect);
        let lesson = |id: &str, steps: &[&str]| Lesson {
            id: id.into(),
            minutes: 30,
            steps: steps.iter().map(|s| step(s)).collect(),
        };
        let module = |id: &str, lessons: Vec<Lesson>| Module { id: id.into(), lessons };
        Programme {
            id: "p".into(),
            release: "0 0 10 * * Tue".into(),
            pass_percent: 80,
            modules: vec![
                module("m1", vec![lesson("l1", &["a", "b"]), lesson("l2", &["c"])]),
                module("m2", vec![lesson("l1", &["a"])]),
            ],
            test: None,
            surveys: Vec::new(),
        }
    }

    #[test]
    fn walking_from_the_first_step_meets_every_step_once_and_ends() {
        let p = programme();
        let walked: Vec<Place> = std::iter::successors(p.first(), |at| p.after(at)).collect();
        assert_eq!(walked, p.places().collect::<Vec<_>>());
        let names: Vec<String> =
            walked.iter().filter_map(|at| p.ids(at)).map(|i| format!("{}/{}/{}", i.module, i.lesson, i.step)).collect();
        assert_eq!(names, ["m1/l1/a", "m1/l1/b", "m1/l2/c", "m2/l1/a"]);
    }

    #[test]
    fn a_step_is_found_by_its_modules_and_its_own_id() {
        let p = programme();
        assert_eq!(p.place("m1", "c"), Some(Place { module: 0, lesson: 1, step: 0 }));
        assert_eq!(p.place("m2", "a"), Some(Place { module: 1, lesson: 0, step: 0 }));
        assert_eq!((p.place("m2", "c"), p.place("m3", "a")), (None, None));
        assert_eq!(p.module("m1").map(Module::minutes), Some(60));
    }

    #[test]
    fn a_place_that_is_gone_leads_nowhere() {
        let p = programme();
        let gone = Place { module: 0, lesson: 7, step: 0 };
        assert_eq!((p.at(&gone), p.after(&gone)), (None, None));
        assert_eq!(p.next_lesson(&Place { module: 0, lesson: 1, step: 0 }), None);
    }
}
