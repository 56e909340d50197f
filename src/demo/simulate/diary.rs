//! What each person did and what each phone received: the only things that a simulation is judged by.
//!
//! Owns: the data. It is written while people act and read by the oracle (`owed`), the judge and the rules. Nothing
//! here comes from the bot's database.

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::domain::calendar::{self, Week, Workdays};
use crate::domain::days::Days;
use crate::domain::holidays;
use crate::domain::lang::Lang;
use crate::domain::tandem::Role;

/// Everybody works on these days.
pub const WORKDAYS: Workdays = Workdays::MONDAY_TO_FRIDAY;

/// Somebody in a round: who they are, what they did, what they got.
#[derive(Clone, Debug)]
pub struct Diary {
    pub name: String,
    pub role: Role,
    pub lang: Lang,
    pub zone: Tz,
    /// Local hour at which this person wants to be written to.
    pub hour: u8,
    pub deeds: Vec<Deed>,
    pub logged: Vec<Logged>,
    pub declared: Vec<Declared>,
    pub answers: Vec<Answered>,
    /// Times at which a gap was to be asked about once more.
    pub asked_again: Vec<(DateTime<Utc>, Mark)>,
    /// Times at which a gap was left open on purpose.
    pub left_open: Vec<DateTime<Utc>>,
    /// Times at which a task was put off.
    pub put_off: Vec<DateTime<Utc>>,
    /// Lessons that were seen to end, and when.
    pub finished: Vec<(DateTime<Utc>, usize)>,
    /// Times at which the week's hours were said not to be released.
    pub not_released: Vec<DateTime<Utc>>,
    /// When the second person came in, as the first one must hear.
    pub partner_joined: Option<DateTime<Utc>>,
    pub shut: Vec<Shut>,
    pub got: Vec<Got>,
}

/// Something that calls for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deed {
    pub at: DateTime<Utc>,
    pub wants: Wants,
    /// Whether an answer is sure: somebody who is not in yet is answered without a trace and three tries, and a
    /// button about cover may have become out of date, which a note over it says.
    pub sure: bool,
    pub answered: Option<DateTime<Utc>>,
}

/// How a deed is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// By a message of its own.
    Message,
    /// By a change of this message.
    Change(i64),
}

/// Minutes that were logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logged {
    pub at: DateTime<Utc>,
    pub day: NaiveDate,
    pub minutes: u32,
}

/// Days on which somebody said to be away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    pub at: DateTime<Utc>,
    pub days: Days,
}

/// A yes or a no to the question with this text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    pub at: DateTime<Utc>,
    pub question: Mark,
    pub yes: bool,
}

/// The bot was blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shut {
    pub from: DateTime<Utc>,
    pub until: Option<DateTime<Utc>>,
}

/// A message that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Got {
    pub at: DateTime<Utc>,
    /// The message's number in its chat.
    pub message: i64,
    pub sort: Sort,
    /// What was merged into it.
    pub week: bool,
    pub reminder: bool,
    /// The hours asked about are those of the week before.
    pub late: bool,
    pub text: Mark,
}

/// What sort of message it was, by what stood on the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// The lesson with this number, counted from 0.
    Lesson(usize),
    Week,
    Reminder,
    Ask,
    Chase,
    Gap,
    Taken,
    Handover,
    Released,
    /// Other news about cover.
    CoverNews,
    Notice,
    Reply,
}

/// A text, by its first paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(pub u64);

impl Mark {
    pub fn of(text: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        text.split("\n\n").next().unwrap_or_default().hash(&mut hasher);
        Self(hasher.finish())
    }
}

impl Sort {
    /// Whether nobody asked for it: what the ceiling of one a day and three a week is about.
    pub fn unasked(self) -> bool {
        matches!(self, Sort::Lesson(_) | Sort::Week | Sort::Reminder)
    }
}

impl Diary {
    pub fn new(name: String, role: Role, lang: Lang, zone: Tz) -> Self {
        Self {
            name,
            role,
            lang,
            zone,
            hour: 10,
            deeds: Vec::new(),
            logged: Vec::new(),
            declared: Vec::new(),
            answers: Vec::new(),
            asked_again: Vec::new(),
            left_open: Vec::new(),
            put_off: Vec::new(),
            finished: Vec::new(),
            not_released: Vec::new(),
            partner_joined: None,
            shut: Vec::new(),
            got: Vec::new(),
        }
    }

    /// The local date of an instant.
    pub fn date(&self, at: DateTime<Utc>) -> NaiveDate {
        calendar::local_date(at, self.zone)
    }

    /// This person's own hour on a day.
    pub fn own_hour(&self, day: NaiveDate) -> DateTime<Utc> {
        calendar::at(day, u32::from(self.hour), 0, self.zone)
    }

    /// Whether the person had said by then to be away on this day.
    pub fn away(&self, day: NaiveDate, known: DateTime<Utc>) -> bool {
        self.declared.iter().any(|declared| declared.at <= known && declared.days.contains(day))
    }

    /// Whether the person works on a day and, as far as was known then, is not away.
    pub fn there(&self, day: NaiveDate, known: DateTime<Utc>) -> bool {
        works(day) && !self.away(day, known)
    }

    /// Whether the bot was blocked at some time between these.
    pub fn shut_between(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> bool {
        self.shut.iter().any(|shut| shut.from <= until && shut.until.is_none_or(|end| end >= from))
    }

    /// The moment from which the person can be reached again, if they cannot be at this instant.
    pub fn shut_until(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let shut = self.shut.iter().find(|shut| shut.from <= at && shut.until.is_none_or(|end| end > at))?;
        Some(shut.until.unwrap_or(DateTime::<Utc>::MAX_UTC))
    }

    /// Whether an absence that touches these days was declared between these instants.
    pub fn declares_between(&self, days: Days, from: DateTime<Utc>, until: DateTime<Utc>) -> bool {
        self.declared.iter().any(|d| d.at > from && d.at <= until && d.days.from <= days.to && days.from <= d.days.to)
    }

    /// The first lesson that the person had not finished by then.
    pub fn stood_at(&self, at: DateTime<Utc>) -> usize {
        let done = |lesson: &usize| self.finished.iter().any(|(when, which)| *when <= at && which == lesson);
        (0..).find(|lesson| !done(lesson)).unwrap_or_default()
    }

    /// The last day of a week on which the person is there, as far as was known then.
    pub fn last_day(&self, week: Week, known: DateTime<Utc>) -> Option<NaiveDate> {
        week.days().filter(|day| self.there(*day, known)).last()
    }

    /// The first moment from then on at which the person may be spoken to: a day on which they are there, from eight
    /// to eighteen o'clock.
    pub fn polite(&self, from: DateTime<Utc>) -> DateTime<Utc> {
        self.date(from)
            .iter_days()
            .take(800)
            .filter(|day| self.there(*day, from))
            .find(|day| from < calendar::at(*day, calendar::QUIET_STARTS, 0, self.zone))
            .map_or(from, |day| from.max(calendar::at(day, calendar::QUIET_ENDS, 0, self.zone)))
    }

    /// The next moment by day from Monday to Friday, holidays and absences aside.
    pub fn by_day(&self, from: DateTime<Utc>) -> DateTime<Utc> {
        calendar::next_working_moment(from, Workdays::MONDAY_TO_FRIDAY, self.zone)
    }

    /// Unasked messages of the week of this day that arrived before this instant.
    pub fn unasked_before(&self, day: NaiveDate, at: DateTime<Utc>) -> usize {
        let week = Week::of(day);
        self.got.iter().filter(|got| got.sort.unasked() && got.at < at && week.contains(self.date(got.at))).count()
    }

    /// Whether an unasked message arrived on this day, up to and with this instant.
    pub fn unasked_on(&self, day: NaiveDate, until: DateTime<Utc>) -> bool {
        self.got.iter().any(|got| got.sort.unasked() && got.at <= until && self.date(got.at) == day)
    }
}

/// Whether a day is a working day of everybody: none of the weekend, and no public holiday in all of Germany.
pub fn works(day: NaiveDate) -> bool {
    WORKDAYS.contains(day) && !holidays::is_free(None, day)
}

/// How far the bot's clock and its deliveries may be off before something counts as early or lost.
#[derive(Clone, Copy, Debug)]
pub struct Slack {
    pub early: TimeDelta,
    pub late: TimeDelta,
}
