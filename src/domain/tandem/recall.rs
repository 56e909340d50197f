//! Questions of earlier lessons that are asked once more.
//!
//! Owns: the short exchange that is going on. What is known of each question has a table of its own (`memory`).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::mind::Spot;
use crate::domain::memory::Memory;

/// The repeats that are open, at most two.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recall {
    /// The questions still to come; the first is on the screen.
    pub queue: Vec<Spot>,
    pub chosen: BTreeSet<String>,
    pub stage: RecallStage,
    /// The beginning of the lesson before which repeats came last: they come once for each.
    pub before: Option<Spot>,
    /// Questions whose time has come, as they were loaded. They are not stored here.
    #[serde(skip)]
    pub fading: Vec<Fading>,
}

/// How far the question on the screen is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecallStage {
    #[default]
    Open,
    /// Answered, and asked how sure.
    Sure,
    /// Shows why.
    Judged,
}

/// A question whose time has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Fading {
    pub spot: Spot,
    pub memory: Memory,
}

impl Recall {
    /// Whether nothing of it need be stored.
    pub fn is_untouched(&self) -> bool {
        Self { fading: Vec::new(), ..self.clone() } == Self::default()
    }
}
