//! What a course is made of, without a word of its text: modules, lessons, steps, answers, minutes.
//!
//! Does not know languages or files; `content` reads those and hands over this structure and the texts.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    pub id: String,
    /// When lessons come: a cron expression (seconds first, weekdays by name), read in local wall time.
    pub release: String,
    /// Share of right answers that passes the closing test, in percent.
    pub pass_percent: u8,
    pub modules: Vec<Module>,
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
    /// One sentence, which may be left out.
    Sentence,
}
