//! What trainers add to a round while it runs.
//!
//! Owns: what is stored as one text for each round. Does not know who is told of it (`news`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::calendar::Week;

/// Weeks of rest, and where the round's group is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plans {
    /// Mondays of weeks in which no lesson comes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests: Vec<NaiveDate>,
    /// The address of a group that the trainers run elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

impl Plans {
    /// Whether no lesson comes on this day. Everything else goes on: the hours were agreed for every week.
    pub fn rests(&self, day: NaiveDate) -> bool {
        self.rests.contains(&Week::of(day).monday())
    }
}
