//! What was agreed about a tandem's hours, beside how many they are.
//!
//! Owns: what is stored as one text for each tandem. Does not know when anything of it is asked (`hours`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::calendar::Week;
use super::super::ledger::Presence;

/// When the promise was given and asked about, how long it runs, and which weeks are settled.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    /// Local date on which the employer's yes was given, or last said to hold. Who gave it is the promise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<NaiveDate>,
    /// Local date on which it was last asked whether it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<NaiveDate>,
    /// Last day of the hours, once the tandem has ended them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Day from which on they go on again after that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<NaiveDate>,
    /// The last week that was settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Week>,
    /// When somebody who has left was there, in the weeks that are still to be settled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<Presence>,
}

impl Terms {
    /// Whether the hours are over on this day.
    pub fn over(&self, day: NaiveDate) -> bool {
        self.until.is_some_and(|until| until < day) && self.again.is_none_or(|again| day < again)
    }
}
