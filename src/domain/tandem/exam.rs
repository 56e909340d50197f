//! How far a person has come in the closing test.
//!
//! Owns: what is stored of it. Does not know which questions there are, nor what passes (`exam`).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A person's closing test: the one that is open, and what is left of earlier ones.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exam {
    pub kind: ExamKind,
    /// How many tests were begun. Buttons of an earlier one are out of date.
    pub attempt: u32,
    /// The questions of the open test, in their order; none while no test is open.
    pub items: Vec<String>,
    /// Whether each of the questions so far was answered right, in the same order.
    pub right: Vec<bool>,
    /// What is ticked on the question that is open.
    pub chosen: BTreeSet<String>,
    /// Whether the last of those answered still shows why.
    pub judged: bool,
    /// In which of the tests a question was last asked.
    pub asked: BTreeMap<String, u32>,
    /// How the last test that was finished ended.
    pub last: Option<Outcome>,
}

/// What a test is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExamKind {
    #[default]
    Closing,
    /// Questions about law, for a licence that ends.
    Renewal,
}

/// How a test ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The person's local date.
    pub day: NaiveDate,
    pub right: usize,
    pub of: usize,
    pub passed: bool,
    /// The modules to look at again, in their order.
    pub weak: Vec<String>,
}

impl Exam {
    /// Whether a test is open.
    pub fn is_open(&self) -> bool {
        !self.items.is_empty()
    }

    /// Whether the last one that was begun renews a licence.
    pub fn is_renewal(&self) -> bool {
        self.kind == ExamKind::Renewal
    }

    /// Whether nothing of it need be stored.
    pub fn is_untouched(&self) -> bool {
        *self == Self::default()
    }

    /// Position of the question on the screen, counted from 0.
    pub fn at(&self) -> usize {
        self.right.len() - usize::from(self.judged && !self.right.is_empty())
    }

    /// The question on the screen.
    pub fn item(&self) -> Option<&str> {
        self.items.get(self.at()).map(String::as_str)
    }

    /// The day of the test that was passed.
    pub fn passed(&self) -> Option<NaiveDate> {
        self.last.as_ref().filter(|last| last.passed).map(|last| last.day)
    }
}
