//! A person's licence: what is met of its conditions, what it is to say, and what it says.
//!
//! Owns: what is stored of it. Does not know what a licence asks for (`domain::licence`).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::exam::Outcome;

/// How far a person is with the licence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Licensing {
    /// What was found to be met; each is checked once, whatever becomes of it later.
    pub met: BTreeSet<Met>,
    /// Whether the person knows that all is there: that is said once.
    pub told: bool,
    /// Whether a trainer confirms the hand-over, where there is no second person.
    pub vouch: Vouch,
    /// What is to stand on the licence, while the person decides.
    pub draft: Option<Draft>,
    pub licence: Option<Licence>,
    /// How the last renewal that was not enough ended.
    pub failed: Option<Outcome>,
    /// The end before which a renewal was offered: that is done once.
    pub offered: Option<NaiveDate>,
}

/// A kind of condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Met {
    Test,
    Concept,
    HandOver,
    Promise,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vouch {
    #[default]
    Unasked,
    Waiting,
    Yes,
    No,
}

/// What is to stand on a licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub name: String,
    pub organisation: Option<String>,
}

/// A licence, as the person put it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    pub name: String,
    /// Left out if the person wanted that.
    pub organisation: Option<String>,
    /// Local dates; it holds on the last one, too.
    pub issued: NaiveDate,
    pub until: NaiveDate,
    /// What whoever has the code on it is told; `None`: nothing, the code is withdrawn.
    pub check: Option<Check>,
}

/// What a page of ours says about a licence, to whoever brings its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Stands on the licence, so it is kept as it is. It tells nothing but this.
    pub code: String,
    pub name: Shown,
    pub organisation: Shown,
}

/// Whether the holder lets a page say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    Yes,
    No,
}

impl Licensing {
    /// Whether nothing of it need be stored.
    pub fn is_untouched(&self) -> bool {
        *self == Self::default()
    }
}

impl Shown {
    /// The other.
    pub fn turned(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
        }
    }
}
