//! The state that every decision is taken on: a tandem, its two people, its ledger, absences and covers.
//!
//! Owns: the data and the small questions about it. Does not know what happens next: `step` and the
//! machines below it decide that.

mod due;
mod exam;
mod licence;
mod mind;
mod person;
mod plans;
mod recall;
mod terms;

pub use due::Due;
pub use exam::{Exam, ExamKind, Outcome};
pub use licence::{Check, Draft, Licence, Licensing, Met, Shown, Vouch};
pub use mind::{Asking, Detour, Mind, Parked, Spot, Stage, Study, Surveys, Talk, Timer};
pub use person::{DaysFrom, Nudges, Person, Prefs, Reach};
pub use plans::Plans;
pub use recall::{Fading, Recall, RecallStage};
pub use terms::Terms;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::dates::Half;
use super::days::{Days, Slot};
use super::holidays::Land;
use super::ids::{AbsenceId, CoverId, EntryId, PersonId, RoundId, TandemId};

/// The agreed hours where a round says nothing else: five a week.
pub const AGREED_MINUTES: u32 = 300;

/// A place in a round.
#[derive(Clone, Debug, PartialEq)]
pub struct Tandem {
    pub id: TandemId,
    pub round: Arc<Round>,
    pub organisation: Option<String>,
    /// Who may be told of an open gap, as an office or a first name.
    pub contact: Option<String>,
    /// Who that is, once they have agreed to be told by the program; until then the absent person tells them.
    pub told: Option<PersonId>,
    /// Minutes a week that the employer has agreed to.
    pub agreed: u32,
    pub promise: Promise,
    pub terms: Terms,
    pub phase: TandemPhase,
    pub lead: Option<Seat>,
    pub deputy: Option<Seat>,
    /// Entries of the last weeks, oldest first (`store` loads as far back as a decision looks).
    pub entries: Vec<Entry>,
    pub absences: Vec<Absence>,
    pub covers: Vec<Cover>,
    pub agenda: BTreeMap<Due, DateTime<Utc>>,
}

/// One run of a programme, as far as a tandem needs to know.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    pub id: RoundId,
    pub programme: String,
    pub name: String,
    pub start: NaiveDate,
    pub zone: Tz,
    pub land: Option<Land>,
    pub places: u32,
    /// Who is responsible for the data (Art. 4 No. 7 GDPR), as the trainer named it.
    pub controller: String,
    /// Whom to ask about data protection.
    pub privacy_contact: String,
    pub phase: RoundPhase,
    pub plans: Plans,
    pub trainers: Vec<PersonId>,
    /// Modules whose questionnaire has closed: what is answered now would not be read any more.
    pub closed: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundPhase {
    Planned,
    Running,
    Closed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TandemPhase {
    /// Not all is there yet, or the round has not started.
    Forming,
    /// Ready, but after the round's start: waits for a trainer's yes.
    Waiting,
    Running,
}

/// Whether the employer gave the hours and allowed Telegram at work, by which office (never a name).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    Unasked,
    NotYet,
    Board,
    HeadOfDepartment,
    /// It was given once, and does not hold any more.
    Withdrawn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Lead,
    Deputy,
}

/// A person in a tandem.
#[derive(Clone, Debug, PartialEq)]
pub struct Seat {
    pub person: Person,
    pub role: Role,
    pub mind: Mind,
}

/// Minutes on a local date.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub id: EntryId,
    /// Whose work it was; `None` once that person has left.
    pub by: Option<PersonId>,
    pub day: NaiveDate,
    pub minutes: u32,
    pub made: DateTime<Utc>,
}

/// Somebody is away. There is no reason and no place to write one.
#[derive(Clone, Debug, PartialEq)]
pub struct Absence {
    pub id: AbsenceId,
    pub who: PersonId,
    pub days: Days,
    /// Only this half of a single day.
    pub half: Option<Half>,
    pub ending: Ending,
    pub phase: AbsencePhase,
}

/// Whether the last day of an absence is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    Known,
    /// "From now on": a day at a time, and on the next working morning the person is asked.
    Open,
    /// The person was asked this morning; without an answer the absence is over tomorrow.
    Asked,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbsencePhase {
    Planned,
    Ended,
    Cancelled,
}

/// The other's answer for an interval of an absence.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    pub id: CoverId,
    pub absence: AbsenceId,
    pub days: Days,
    /// Only this half of a single day.
    pub half: Option<Half>,
    /// Goes up whenever the interval is asked anew or taken over; an answer to an older version changes nothing.
    pub version: u32,
    /// Who is asked, or would be were they not away too; `None` where there is no second person. Once somebody of
    /// another tandem has said yes, it is that person.
    pub helper: Option<PersonId>,
    pub phase: CoverPhase,
    /// Items of the hand-over checklist that the helper has ticked.
    pub ticks: BTreeSet<u8>,
    /// Items that the absent person has ticked.
    pub given: BTreeSet<u8>,
    /// One address for the hand-over; it is never opened.
    pub link: Option<String>,
    /// People of other tandems of the round who were asked for these days, or have taken them.
    pub neighbours: Vec<Neighbour>,
}

/// Somebody of another tandem of the round who offered to be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbour {
    pub person: PersonId,
    pub name: String,
    pub said: Said,
}

/// What somebody of another tandem answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    Nothing,
    Yes,
    No,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoverPhase {
    Asked,
    Accepted,
    Declined,
    /// Nobody answered in time.
    Unanswered,
    /// Both are away on these days, or there is no second person.
    Conflict,
    /// The absent person decided that nobody stands in.
    LeftOpen,
    Done,
    Cancelled,
}

impl Tandem {
    /// The seat of a role.
    pub fn seat(&self, role: Role) -> Option<&Seat> {
        match role {
            Role::Lead => self.lead.as_ref(),
            Role::Deputy => self.deputy.as_ref(),
        }
    }

    /// The seat of a role, to change it.
    pub fn seat_mut(&mut self, role: Role) -> Option<&mut Seat> {
        match role {
            Role::Lead => self.lead.as_mut(),
            Role::Deputy => self.deputy.as_mut(),
        }
    }

    /// Both seats that are taken.
    pub fn seats(&self) -> impl Iterator<Item = &Seat> {
        self.lead.iter().chain(self.deputy.iter())
    }

    /// The role in which a person sits here.
    pub fn role_of(&self, person: &PersonId) -> Option<Role> {
        self.seats().find(|seat| &seat.person.id == person).map(|seat| seat.role)
    }

    /// The seat that somebody new takes, and what they are asked first: a second person sits down beside a lead, a new
    /// lead finds what the tandem has agreed already.
    pub fn free_seat(&self) -> (Role, Stage) {
        match &self.deputy {
            None => (Role::Deputy, Stage::Times),
            Some(_) if self.organisation.is_none() => (Role::Lead, Stage::Organisation),
            Some(_) if !self.promise.given() => (Role::Lead, Stage::Promise),
            Some(_) => (Role::Lead, Stage::Times),
        }
    }

    /// Whether the place is taken: somebody sits there, or the seats are kept for somebody new in this organisation.
    pub fn is_kept(&self) -> bool {
        self.seats().next().is_some() || self.organisation.is_some()
    }

    /// What is still missing before this tandem can start.
    pub fn missing(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        match &self.lead {
            None => missing.push(Missing::Lead),
            Some(_) if self.organisation.is_none() => missing.push(Missing::Organisation),
            Some(_) if !self.promise.given() => missing.push(Missing::Promise),
            Some(lead) if lead.mind.stage != Stage::Ready => missing.push(Missing::LeadTimes),
            Some(_) => {}
        }
        match &self.deputy {
            None => missing.push(Missing::Deputy),
            Some(deputy) if deputy.mind.stage != Stage::Ready => missing.push(Missing::DeputyTimes),
            Some(_) => {}
        }
        missing
    }

    /// Whether a person is away on a day, or on a part of it.
    pub fn away(&self, person: &PersonId, day: NaiveDate) -> bool {
        self.absences_on(person, day).next().is_some()
    }

    /// Whether a person is away in a half of a day.
    pub fn away_in(&self, person: &PersonId, (day, half): Slot) -> bool {
        self.absences_on(person, day).any(|absence| absence.half.is_none_or(|only| only == half))
    }

    fn absences_on<'a>(&'a self, person: &'a PersonId, day: NaiveDate) -> impl Iterator<Item = &'a Absence> {
        self.absences
            .iter()
            .filter(move |a| &a.who == person && a.phase != AbsencePhase::Cancelled && a.days.contains(day))
    }

    /// The first day from `day` on that this person is not away.
    pub fn back_on(&self, person: &PersonId, mut day: NaiveDate) -> NaiveDate {
        while self.away(person, day) {
            match day.succ_opt() {
                Some(next) => day = next,
                None => break,
            }
        }
        day
    }
}

/// What keeps a tandem from starting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    Lead,
    Organisation,
    Promise,
    LeadTimes,
    Deputy,
    DeputyTimes,
}

impl Promise {
    /// Whether somebody in charge said yes.
    pub fn given(self) -> bool {
        matches!(self, Promise::Board | Promise::HeadOfDepartment)
    }
}

impl Role {
    /// The other of the two.
    pub fn other(self) -> Self {
        match self {
            Role::Lead => Role::Deputy,
            Role::Deputy => Role::Lead,
        }
    }

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Role::Lead => "lead",
            Role::Deputy => "deputy",
        }
    }

    /// Reads what `code` wrote.
    pub fn from_code(code: &str) -> Option<Self> {
        [Role::Lead, Role::Deputy].into_iter().find(|role| role.code() == code)
    }
}
