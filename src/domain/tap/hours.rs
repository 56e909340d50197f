//! Buttons about hours, and their fields within a button's data.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::codec::{THEMES, day_number, read_day};
use crate::domain::ids::{EntryId, TandemId};
use crate::domain::picture::Theme;
use crate::domain::record::Shortfall;

/// How many entries of one message fit into a button.
pub const MAX_AT_ONCE: usize = 5;

/// Numbers within a list are written short.
const RADIX: u32 = 36;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HoursTap {
    Add(u32),
    Undo(EntryId),
    /// The other reading of an ambiguous entry, in minutes.
    Other(EntryId, u32),
    /// The minutes of a finished lesson (its module and id).
    Took {
        module: String,
        lesson: String,
    },
    /// Why hours are missing in the week of this day.
    Missing {
        tandem: TandemId,
        day: NaiveDate,
        why: Shortfall,
    },
    /// Minutes on the day that a message asked about, whenever its button is pressed.
    On {
        tandem: TandemId,
        day: NaiveDate,
        minutes: u32,
    },
    /// In two rounds: these minutes belong to this tandem. The other reading goes along.
    Into {
        tandem: TandemId,
        day: NaiveDate,
        minutes: u32,
        other: Option<u32>,
    },
    /// In two rounds: all entries of one message belong to this tandem.
    AllInto {
        tandem: TandemId,
        entries: Vec<(NaiveDate, u32)>,
    },
    /// This week and the last ones as a picture.
    Picture(Theme),
    Edit(EditTap),
    Timer(TimerTap),
    Promise {
        tandem: TandemId,
        act: PromiseAct,
    },
    End {
        tandem: TandemId,
        act: EndAct,
    },
}

/// Correcting entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EditTap {
    /// One's own entries of the week so many weeks ago.
    List(u8),
    Open(EntryId),
    /// So many minutes more (or fewer), with the echo staying what it is.
    Step(EntryId, i32),
    /// As many minutes as this.
    Set(EntryId, u32),
    /// So many days later (or earlier).
    Move(EntryId, i32),
    /// The right time will be written.
    Write(EntryId),
    Delete(EntryId),
    /// What was corrected lately.
    History,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimerTap {
    Start,
    /// In two rounds: the time belongs to this tandem.
    StartIn(TandemId),
    GoOn,
    Stop,
    /// It was stopped so many minutes after the start.
    StoppedAfter(u32),
    Discard,
}

/// Whether the employer's promise still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PromiseAct {
    Holds,
    Withdrawn,
    Later,
    ByBoard,
    ByHead,
}

/// The tandem ends its hours, or takes them up again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndAct {
    Ask,
    Really,
    Keep,
    Resume,
}

const WHYS: &[(Shortfall, &str)] =
    &[(Shortfall::NotReleased, "r"), (Shortfall::NotNeeded, "n"), (Shortfall::Away, "a")];

const PROMISES: &[(PromiseAct, &str)] = &[
    (PromiseAct::Holds, "h"),
    (PromiseAct::Withdrawn, "w"),
    (PromiseAct::Later, "l"),
    (PromiseAct::ByBoard, "b"),
    (PromiseAct::ByHead, "d"),
];

const ENDS: &[(EndAct, &str)] =
    &[(EndAct::Ask, "a"), (EndAct::Really, "y"), (EndAct::Keep, "k"), (EndAct::Resume, "r")];

impl HoursTap {
    pub(super) fn fields(&self) -> Vec<String> {
        let own = |parts: &[&str]| parts.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>();
        match self {
            Self::Add(minutes) => own(&["a", &minutes.to_string()]),
            Self::Undo(entry) => own(&["u", entry.as_str()]),
            Self::Other(entry, minutes) => own(&["o", entry.as_str(), &minutes.to_string()]),
            Self::Took { module, lesson } => own(&["k", module, lesson]),
            Self::Missing { tandem, day, why } => own(&["n", tandem.as_str(), &day_number(*day), code_of(WHYS, *why)]),
            Self::On { tandem, day, minutes } => own(&["d", tandem.as_str(), &day_number(*day), &minutes.to_string()]),
            Self::Into { tandem, day, minutes, other } => {
                let mut fields = own(&["i", tandem.as_str(), &day_number(*day), &minutes.to_string()]);
                fields.extend(other.map(|other| other.to_string()));
                fields
            }
            Self::AllInto { tandem, entries } => {
                let entries: Vec<String> = entries.iter().map(written).collect();
                own(&["j", tandem.as_str(), &entries.join(",")])
            }
            Self::Edit(edit) => match edit {
                EditTap::List(weeks) => own(&["e", "l", &weeks.to_string()]),
                EditTap::Open(entry) => own(&["e", "o", entry.as_str()]),
                EditTap::Step(entry, by) => own(&["e", "b", entry.as_str(), &by.to_string()]),
                EditTap::Set(entry, minutes) => own(&["e", "s", entry.as_str(), &minutes.to_string()]),
                EditTap::Move(entry, days) => own(&["e", "m", entry.as_str(), &days.to_string()]),
                EditTap::Write(entry) => own(&["e", "w", entry.as_str()]),
                EditTap::Delete(entry) => own(&["e", "d", entry.as_str()]),
                EditTap::History => own(&["e", "h"]),
            },
            Self::Timer(timer) => match timer {
                TimerTap::Start => own(&["z", "s"]),
                TimerTap::StartIn(tandem) => own(&["z", "i", tandem.as_str()]),
                TimerTap::GoOn => own(&["z", "g"]),
                TimerTap::Stop => own(&["z", "e"]),
                TimerTap::StoppedAfter(minutes) => own(&["z", "m", &minutes.to_string()]),
                TimerTap::Discard => own(&["z", "x"]),
            },
            Self::Picture(theme) => own(&["p", code_of(THEMES, *theme)]),
            Self::Promise { tandem, act } => own(&["p", tandem.as_str(), code_of(PROMISES, *act)]),
            Self::End { tandem, act } => own(&["q", tandem.as_str(), code_of(ENDS, *act)]),
        }
    }

    pub(super) fn read(fields: &[&str]) -> Option<Self> {
        Some(match fields {
            ["a", minutes] => Self::Add(minutes.parse().ok()?),
            ["u", entry] => Self::Undo((*entry).into()),
            ["o", entry, minutes] => Self::Other((*entry).into(), minutes.parse().ok()?),
            ["k", module, lesson] => Self::Took { module: (*module).to_owned(), lesson: (*lesson).to_owned() },
            // Without a reason: a button from before there were three.
            ["n", tandem, day] => Self::missing(tandem, day, Shortfall::NotReleased)?,
            ["n", tandem, day, why] => Self::missing(tandem, day, value_of(WHYS, why)?)?,
            ["d", tandem, day, minutes] => {
                Self::On { tandem: (*tandem).into(), day: read_day(day)?, minutes: minutes.parse().ok()? }
            }
            ["i", tandem, day, minutes, other @ ..] => {
                let other = match other {
                    [] => None,
                    [other] => Some(other.parse().ok()?),
                    _ => return None,
                };
                Self::Into { tandem: (*tandem).into(), day: read_day(day)?, minutes: minutes.parse().ok()?, other }
            }
            ["j", tandem, entries] => {
                let entries: Option<Vec<_>> = entries.split(',').map(read_entry).collect();
                Self::AllInto { tandem: (*tandem).into(), entries: entries?.into_iter().take(MAX_AT_ONCE).collect() }
            }
            ["e", edit @ ..] => Self::Edit(read_edit(edit)?),
            ["z", timer @ ..] => Self::Timer(read_timer(timer)?),
            ["p", theme] => Self::Picture(value_of(THEMES, theme)?),
            ["p", tandem, act] => Self::Promise { tandem: (*tandem).into(), act: value_of(PROMISES, act)? },
            ["q", tandem, act] => Self::End { tandem: (*tandem).into(), act: value_of(ENDS, act)? },
            _ => return None,
        })
    }

    fn missing(tandem: &str, day: &str, why: Shortfall) -> Option<Self> {
        Some(Self::Missing { tandem: tandem.into(), day: read_day(day)?, why })
    }
}

fn read_edit(fields: &[&str]) -> Option<EditTap> {
    Some(match fields {
        ["l", weeks] => EditTap::List(weeks.parse().ok()?),
        ["o", entry] => EditTap::Open((*entry).into()),
        ["b", entry, by] => EditTap::Step((*entry).into(), by.parse().ok()?),
        ["s", entry, minutes] => EditTap::Set((*entry).into(), minutes.parse().ok()?),
        ["m", entry, days] => EditTap::Move((*entry).into(), days.parse().ok()?),
        ["w", entry] => EditTap::Write((*entry).into()),
        ["d", entry] => EditTap::Delete((*entry).into()),
        ["h"] => EditTap::History,
        _ => return None,
    })
}

fn read_timer(fields: &[&str]) -> Option<TimerTap> {
    Some(match fields {
        ["s"] => TimerTap::Start,
        ["i", tandem] => TimerTap::StartIn((*tandem).into()),
        ["g"] => TimerTap::GoOn,
        ["e"] => TimerTap::Stop,
        ["m", minutes] => TimerTap::StoppedAfter(minutes.parse().ok()?),
        ["x"] => TimerTap::Discard,
        _ => return None,
    })
}

/// A day and its minutes in few characters.
fn written((day, minutes): &(NaiveDate, u32)) -> String {
    let day: u32 = day_number(*day).parse().unwrap_or(0);
    format!("{}.{}", short(day), short(*minutes))
}

fn read_entry(text: &str) -> Option<(NaiveDate, u32)> {
    let (day, minutes) = text.split_once('.')?;
    let day = u32::from_str_radix(day, RADIX).ok()?;
    Some((read_day(&day.to_string())?, u32::from_str_radix(minutes, RADIX).ok()?))
}

fn short(mut number: u32) -> String {
    let mut digits = Vec::new();
    loop {
        digits.extend(char::from_digit(number % RADIX, RADIX));
        number /= RADIX;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

fn code_of<T: PartialEq>(table: &[(T, &'static str)], value: T) -> &'static str {
    table.iter().find(|(known, _)| *known == value).map_or("", |(_, code)| code)
}

fn value_of<T: Copy>(table: &[(T, &'static str)], code: &str) -> Option<T> {
    table.iter().find(|(_, known)| *known == code).map(|(value, _)| *value)
}
