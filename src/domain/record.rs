//! What is written down about hours beside the entries themselves: changes, settled weeks, shortfalls.
//!
//! Owns: the shape of these facts. Nothing of it is read back by a decision; the store keeps it for the people's
//! own view and for figures over many tandems.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::Week;
use super::ids::{EntryId, PersonId};
use super::ledger::Target;

/// Something to write down about a tandem's hours.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    Changed(Change),
    Closed(Closing),
    Missing(Week, Shortfall),
    /// A late absence changes what people see of a week that is settled; its figures stay.
    Revised(Week),
}

/// An entry was changed or taken back, or came late.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub id: String,
    pub entry: EntryId,
    pub by: PersonId,
    /// Day and minutes before; `None`: it was not there.
    pub was: Option<(NaiveDate, u32)>,
    /// Day and minutes now; `None`: it is gone.
    pub is: Option<(NaiveDate, u32)>,
    pub timing: Timing,
}

/// Whether a change came while its week was still being counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    InTime,
    /// A week that it touches is settled: its figures stay what they were.
    Revision,
}

/// A week's figures as they were when its days of grace were over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    pub week: Week,
    pub target: Target,
    pub minutes: u32,
}

/// Why a week's hours are fewer than agreed: whether the employer gave the time, and nothing about anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shortfall {
    NotReleased,
    NotNeeded,
    Away,
}

impl Change {
    /// The later of the days that it is about: as long as that one's week is kept, this is.
    pub fn day(&self) -> Option<NaiveDate> {
        self.was.into_iter().chain(self.is).map(|(day, _)| day).max()
    }
}

impl Shortfall {
    pub const ALL: [Self; 3] = [Self::NotReleased, Self::NotNeeded, Self::Away];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotReleased => "not_released",
            Self::NotNeeded => "not_needed",
            Self::Away => "away",
        }
    }

    /// Reads what `code` wrote.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }
}
