//! A trainer's desk: creating rounds, seeing who is ready, starting, reading the report.
//!
//! Does not know anything a person answered or logged: readiness is all it sees of a single tandem.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{RoundId, TandemId};
use super::tandem::{Missing, Person, RoundPhase};

/// A trainer and what they are in the middle of.
#[derive(Clone, Debug, PartialEq)]
pub struct Trainer {
    pub person: Person,
    pub desk: Desk,
    /// The rounds this trainer runs, newest first.
    pub rounds: Vec<RoundCard>,
}

/// What a trainer is in the middle of; stored as one JSON text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Desk {
    #[default]
    Clear,
    /// A round being written down, question by question.
    Drafting(Draft),
}

/// A round being written down. The first question without an answer is the one that stands open.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub programme: Option<String>,
    pub start: Option<NaiveDate>,
    pub places: Option<u32>,
    pub controller: Option<String>,
    pub contact: Option<String>,
}

/// A round as its trainer sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct RoundCard {
    pub id: RoundId,
    pub name: String,
    pub programme: String,
    pub start: NaiveDate,
    pub places: u32,
    pub phase: RoundPhase,
    pub tandems: Vec<TandemCard>,
}

/// A tandem as its trainer sees it before it runs.
#[derive(Clone, Debug, PartialEq)]
pub struct TandemCard {
    pub id: TandemId,
    pub organisation: Option<String>,
    pub missing: Vec<Missing>,
}
