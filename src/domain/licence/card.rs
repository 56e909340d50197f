//! What stands on a licence, for whoever draws or prints it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::message::Line;
use super::super::paper::full_day;
use super::super::tandem::{Role, Tandem};

/// What stands on it. It is what the holder put there, and the round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub name: String,
    pub organisation: Option<String>,
    pub programme: String,
    pub round: String,
    pub issued: NaiveDate,
    pub until: NaiveDate,
    /// What leads to the page that says whether it holds, unless that was withdrawn.
    pub code: Option<String>,
}

impl Card {
    /// The licence of whoever sits in this seat.
    pub fn of(tandem: &Tandem, role: Role) -> Option<Self> {
        let licence = tandem.seat(role)?.mind.licensing.licence.clone()?;
        Some(Self {
            name: licence.name,
            organisation: licence.organisation,
            programme: tandem.round.programme.clone(),
            round: tandem.round.name.clone(),
            issued: licence.issued,
            until: licence.until,
            code: licence.check.map(|check| check.code),
        })
    }

    /// Until when it holds.
    pub fn until_line(&self) -> Line {
        full_day(self.until)
    }
}
