//! Rounds, tandems and news as a trainer sees them: what is ready, planned or waiting, and no more.
//!
//! Owns: the data. Figures are `report`'s, and what of them leaves the database is the store's.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::domain::holidays::Land;
use crate::domain::ids::{NewsId, PersonId, RoundId, TandemId};
use crate::domain::letter::LetterCard;
use crate::domain::meeting::Meeting;
use crate::domain::news::News;
use crate::domain::tandem::{Missing, Plans, RoundPhase, TandemPhase};

/// A round as its trainer sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct RoundCard {
    pub id: RoundId,
    pub name: String,
    pub programme: String,
    pub start: NaiveDate,
    pub zone: Tz,
    /// Whose public holidays count.
    pub land: Option<Land>,
    pub places: u32,
    pub phase: RoundPhase,
    pub plans: Plans,
    pub controller: String,
    pub privacy_contact: String,
    pub tandems: Vec<TandemCard>,
    /// Everybody who runs it, by name.
    pub colleagues: Vec<(PersonId, String)>,
    /// What participants have written and nobody has answered, the oldest first.
    pub letters: Vec<LetterCard>,
    /// Meetings that take place or did lately.
    pub meetings: Vec<Meeting>,
    /// What everybody is going to be told.
    pub planned: Vec<NewsId>,
}

/// Something that a round was told, as its trainer sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct NewsCard {
    pub news: News,
    pub at: DateTime<Utc>,
    pub state: NewsState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewsState {
    Planned,
    /// It is on its way, or has come.
    Sent,
    Withdrawn,
}

/// How news have arrived, as far as a trainer may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// Too few people, or too few on one side.
    Hidden,
    All(u32),
    AlmostAll,
    Part {
        sent: u32,
        people: u32,
        lost: Option<u32>,
    },
}

/// A tandem as its trainer sees it before it runs.
#[derive(Clone, Debug, PartialEq)]
pub struct TandemCard {
    pub id: TandemId,
    pub organisation: Option<String>,
    pub missing: Vec<Missing>,
    pub phase: TandemPhase,
}

impl RoundCard {
    /// Those of a trainer's rounds in which a tandem of this one may sit instead: rounds of the same programme that are not
    /// closed, for what the two have agreed to stays what they agreed to.
    pub fn fitting<'a>(&'a self, rounds: &'a [RoundCard]) -> impl Iterator<Item = &'a RoundCard> {
        rounds.iter().filter(|other| {
            other.id != self.id && other.programme == self.programme && other.phase != RoundPhase::Closed
        })
    }
}
