//! A human being and what they chose.
//!
//! Owns: what holds for a person in every round. Does not know where the person sits.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::super::calendar::Workdays;
use super::super::ids::PersonId;
use super::super::lang::Lang;

/// What holds for a person in every round.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub lang: Lang,
    pub zone: Tz,
    pub reach: Reach,
    pub prefs: Prefs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    Open,
    /// Blocked the bot: nothing is sent until Telegram reports an unblock.
    Blocked,
}

/// What a person chose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prefs {
    /// Days on which this person works.
    pub workdays: Workdays,
    /// Days for lessons, if other than the programme's.
    pub lesson_days: Option<Workdays>,
    /// Full hour of the day, local, at which unasked messages come.
    pub hour: u8,
    pub nudges: Nudges,
    /// Set while the person asked for silence.
    pub paused: bool,
}

/// What holds until somebody says otherwise: lessons in the late morning of the programme's days.
impl Default for Prefs {
    fn default() -> Self {
        Self { workdays: Workdays::MONDAY_TO_FRIDAY, lesson_days: None, hour: 10, nudges: Nudges::All, paused: false }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nudges {
    All,
    /// Lessons and cover only.
    Fewer,
}
