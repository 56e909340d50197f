//! What people read of a programme, in one language each. Plain data; how it came about is not known here.

use std::collections::BTreeMap;

use crate::domain::text::Rich;

/// A programme's own words and those of its modules, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProgrammeWords {
    pub title: String,
    /// One short paragraph.
    pub description: Rich,
}

/// A module's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModuleText {
    pub title: String,
    /// What the week brings.
    pub intro: Rich,
}

/// A lesson's words, complete: every step of the structure is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LessonText {
    pub title: String,
    /// Empty if the author wrote none.
    pub intro: Rich,
    /// By step id.
    pub steps: BTreeMap<String, StepText>,
}

/// A step's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepText {
    pub title: Option<String>,
    pub body: Rich,
    /// What is to be seen on its picture, for whoever does not see it.
    pub alt: Option<String>,
    /// The address of its video.
    pub video: Option<String>,
    /// Answers or items with their ids, in the order of the structure.
    pub options: Vec<(String, OptionText)>,
    /// Questions of a questionnaire with their ids, in the order of the structure.
    pub questions: Vec<(String, QuestionText)>,
}

/// An answer's or item's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionText {
    pub label: Rich,
    /// Why the answer is right or wrong.
    pub why: Option<Rich>,
}

/// A question of a questionnaire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionText {
    pub text: String,
    /// Answers with their ids, in the order of the structure; none for a sentence.
    pub options: Vec<(String, String)>,
}

impl LessonText {
    pub fn step(&self, id: &str) -> Option<&StepText> {
        self.steps.get(id)
    }
}

impl StepText {
    pub fn option(&self, id: &str) -> Option<&OptionText> {
        self.options.iter().find(|(o, _)| o == id).map(|(_, text)| text)
    }

    pub fn question(&self, id: &str) -> Option<&QuestionText> {
        self.questions.iter().find(|(q, _)| q == id).map(|(_, text)| text)
    }
}
