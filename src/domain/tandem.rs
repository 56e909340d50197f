//! The state that every decision is taken on: a tandem, its two people, its ledger, absences and covers.
//!
//! Owns: the data and the small questions about it. Does not know what happens next: `step` and the
//! machines below it decide that.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::calendar::Workdays;
use super::days::Days;
use super::holidays::Land;
use super::ids::{AbsenceId, CoverId, EntryId, PersonId, RoundId, TandemId};
use super::lang::Lang;

/// The agreed hours where a round says nothing else: five a week.
pub const AGREED_MINUTES: u32 = 300;

/// A place in a round.
#[derive(Clone, Debug, PartialEq)]
pub struct Tandem {
    pub id: TandemId,
    pub round: Arc<Round>,
    pub organisation: Option<String>,
    /// Minutes a week that the employer has agreed to.
    pub agreed: u32,
    pub promise: Promise,
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
    pub trainers: Vec<PersonId>,
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

/// Where a person stands in this tandem; stored as one JSON text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mind {
    pub stage: Stage,
    /// What the next plain text will be taken for.
    #[serde(default)]
    pub talk: Talk,
    #[serde(default)]
    pub study: Study,
    /// Local days of the unasked messages of the last week, for the ceiling.
    #[serde(default)]
    pub unasked: Vec<NaiveDate>,
    /// When the person last did something within a lesson.
    #[serde(default)]
    pub busy_since: Option<DateTime<Utc>>,
    /// Since when a message that is due waits for the end of what the person is doing.
    #[serde(default)]
    pub held_since: Option<DateTime<Utc>>,
    /// Monday of the last week for which "not released by my employer" was said.
    #[serde(default)]
    pub not_released: Option<NaiveDate>,
}

/// How far joining has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Organisation,
    Promise,
    Times,
    Ready,
}

/// What the next plain text will be taken for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Talk {
    #[default]
    Nothing,
    /// The days of an absence.
    Away,
    /// The text or address that a step asks for.
    Step { module: String, step: String },
    /// Why a task does not fit.
    Reason { module: String, step: String },
    /// The optional sentence of a questionnaire.
    Sentence { module: String, step: String, question: String },
}

/// Progress through the programme, by ids that never change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Study {
    /// How many lessons of the programme have come so far.
    pub released: usize,
    /// The step the person stands on; `None` when all that has come is finished.
    pub at: Option<Spot>,
    /// What is ticked on that step so far.
    #[serde(default)]
    pub chosen: BTreeSet<String>,
    /// Whether that step has been answered and shows its explanation.
    #[serde(default)]
    pub judged: bool,
    /// Tasks put off, and whether their one reminder is used up.
    #[serde(default)]
    pub parked: Vec<Parked>,
    /// Whether the person has opened the newest lesson at all.
    #[serde(default)]
    pub opened: bool,
    /// Whether the newest lesson was recalled once; it is not recalled again.
    #[serde(default)]
    pub recalled: bool,
    /// While a task that was put off is on the screen: where the way goes on afterwards.
    #[serde(default)]
    pub detour: Option<Detour>,
    /// Lessons whose minutes were logged by their button, as `module/lesson`.
    #[serde(default)]
    pub took: BTreeSet<String>,
}

/// A step, by its module and id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Spot {
    pub module: String,
    pub step: String,
}

/// Where the way goes on after a task that was put off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Detour {
    pub back_to: Option<Spot>,
    /// What was ticked there.
    #[serde(default)]
    pub chosen: BTreeSet<String>,
    /// Whether the step there showed its explanation.
    #[serde(default)]
    pub judged: bool,
    /// Whether the lesson there had been opened.
    #[serde(default)]
    pub opened: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parked {
    pub spot: Spot,
    pub reminded: bool,
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
    pub phase: AbsencePhase,
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
    /// Goes up whenever the interval is asked anew or taken over; an answer to an older version changes nothing.
    pub version: u32,
    /// Who is asked, or would be were they not away too; `None` where there is no second person.
    pub helper: Option<PersonId>,
    pub phase: CoverPhase,
    /// Items of the hand-over checklist that the helper has ticked.
    pub ticks: BTreeSet<u8>,
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

/// Something that will be due. Each has one stored instant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// The next lesson of the programme.
    Lesson(Role),
    /// The next module, at once and whatever the hour (a trainer or the operator said so).
    ModuleNow(Role),
    /// The one reminder of tasks put off.
    Task(Role),
    /// The week's merged message.
    Week(Role),
    /// Ask the helper once more.
    Chase(CoverId),
    /// Remind the helper who said yes, with the checklist.
    Handover(CoverId),
    /// Tell the absent person that nobody stands in.
    Gap(CoverId),
    /// The absence is over.
    Return(AbsenceId),
    /// The round's start, for this tandem.
    Start,
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

    /// Whether a person is away on a day.
    pub fn away(&self, person: &PersonId, day: NaiveDate) -> bool {
        self.absences
            .iter()
            .any(|a| &a.who == person && a.phase != AbsencePhase::Cancelled && a.days.from <= day && day <= a.days.to)
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

impl Due {
    /// As it is stored: a kind, then whom or what it is about.
    pub fn code(&self) -> String {
        match self {
            Due::Lesson(role) => format!("lesson:{}", role.code()),
            Due::ModuleNow(role) => format!("module-now:{}", role.code()),
            Due::Task(role) => format!("task:{}", role.code()),
            Due::Week(role) => format!("week:{}", role.code()),
            Due::Chase(cover) => format!("chase:{cover}"),
            Due::Handover(cover) => format!("handover:{cover}"),
            Due::Gap(cover) => format!("gap:{cover}"),
            Due::Return(absence) => format!("return:{absence}"),
            Due::Start => "start:".to_owned(),
        }
    }

    /// Reads what `code` wrote.
    pub fn from_code(code: &str) -> Option<Self> {
        let (kind, about) = code.split_once(':')?;
        Some(match kind {
            "lesson" => Due::Lesson(Role::from_code(about)?),
            "module-now" => Due::ModuleNow(Role::from_code(about)?),
            "task" => Due::Task(Role::from_code(about)?),
            "week" => Due::Week(Role::from_code(about)?),
            "chase" => Due::Chase(about.into()),
            "handover" => Due::Handover(about.into()),
            "gap" => Due::Gap(about.into()),
            "return" => Due::Return(about.into()),
            "start" => Due::Start,
            _ => return None,
        })
    }
}

impl Mind {
    /// Somebody who has just sat down.
    pub fn new(stage: Stage) -> Self {
        Self {
            stage,
            talk: Talk::Nothing,
            study: Study::default(),
            unasked: Vec::new(),
            busy_since: None,
            held_since: None,
            not_released: None,
        }
    }
}
