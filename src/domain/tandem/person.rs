//! A human being and what they chose.
//!
//! Owns: what holds for a person in every round. Does not know where the person sits.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::super::calendar::{Profile, Workdays};
use super::super::ids::PersonId;
use super::super::lang::Lang;
use super::super::notice::Told;

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

/// What a person chose, and what they were told before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prefs {
    /// Days on which this person works, until said otherwise from a date on.
    pub workdays: Workdays,
    /// Other days, each from a date on: what they were before stays what it was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days_from: Vec<DaysFrom>,
    /// Days for lessons, if other than the programme's.
    pub lesson_days: Option<Workdays>,
    /// Full hour of the day, local, at which unasked messages come.
    pub hour: u8,
    pub nudges: Nudges,
    /// Set while the person asked for silence.
    pub paused: bool,
    /// The notices they have been shown.
    #[serde(default, skip_serializing_if = "Told::is_nothing")]
    pub told: Told,
    /// Local date on which they said that they may use the chat program for work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permitted: Option<NaiveDate>,
}

/// Working days that hold from a date on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaysFrom {
    pub from: NaiveDate,
    pub days: Workdays,
}

impl Prefs {
    /// The days on which this person works, at any time.
    pub fn profile(&self) -> Profile {
        self.days_from.iter().fold(Profile::from(self.workdays), |profile, later| profile.with(later.from, later.days))
    }

    /// The working days that hold on a date.
    pub fn days_on(&self, date: NaiveDate) -> Workdays {
        self.profile().on(date)
    }

    /// From this date on other days are worked. What was to hold later is replaced.
    pub fn work_from(&mut self, from: NaiveDate, days: Workdays) {
        self.days_from.retain(|later| later.from < from);
        if self.days_on(from) != days {
            self.days_from.push(DaysFrom { from, days });
        }
    }
}

/// What holds until somebody says otherwise: lessons in the late morning of the programme's days.
impl Default for Prefs {
    fn default() -> Self {
        Self {
            workdays: Workdays::MONDAY_TO_FRIDAY,
            days_from: Vec::new(),
            lesson_days: None,
            hour: 10,
            nudges: Nudges::All,
            paused: false,
            told: Told::default(),
            permitted: None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nudges {
    All,
    /// Lessons and cover only.
    Fewer,
}
