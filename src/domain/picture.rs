//! The hours as a picture: which figures are in it, and the same in words.
//!
//! Owns: the choice of weeks and what is said beside the picture for whoever does not see it. Does not know how it is
//! drawn (`app::picture`).

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::Week;
use super::hours;
use super::ledger::Target;
use super::licence::card::Card;
use super::message::{Arg, Line, Message, button, say};
use super::report::Part;
use super::tandem::Tandem;
use super::tap::{Home, HoursTap, Tap};

/// Weeks in the picture, this one included.
pub const WEEKS: i32 = 8;

/// For so many weeks back people see late changes; older ones are as they were settled.
const OWN_VIEW: i32 = 4;

/// What is drawn. It stands in the message as figures and becomes a picture when that is sent. Messages that were owed
/// before there were others than of hours hold figures without a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Drawing {
    Hours(Picture),
    Progress(Progress),
    Licence(Box<Card>),
}

/// How far people of a round came, lesson by lesson.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    pub title: Line,
    /// How many people there are, where that is published: as long as that is the longest bar.
    #[serde(default)]
    pub people: Option<u32>,
    /// The oldest first.
    pub lessons: Vec<Reached>,
}

/// A lesson, and how many opened and finished it, as far as that is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    pub lesson: String,
    pub opened: Part,
    pub finished: Part,
}

/// A person's own hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub theme: Theme,
    /// Minutes of this week, from Monday to Sunday.
    pub days: [u32; 7],
    /// Weeks, oldest first; the last is this one.
    pub weeks: Vec<Bar>,
}

/// A week as a bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    pub number: u32,
    pub logged: u32,
    /// `None`: nobody could work on any day.
    pub target: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    Light,
    Dark,
}

impl Picture {
    /// The figures of this week and the last ones. Before the round began nothing was agreed: such weeks are left out
    /// unless something was logged.
    ///
    /// `settled` are targets as they were when their weeks were settled: they stand for weeks whose absences may be gone.
    pub fn of(tandem: &Tandem, today: NaiveDate, theme: Theme, settled: &BTreeMap<Week, Target>) -> Self {
        let this = Week::of(today);
        let mut days = [0; 7];
        for (minutes, day) in days.iter_mut().zip(this.days()) {
            *minutes = tandem.entries.iter().filter(|entry| entry.day == day).map(|entry| entry.minutes).sum();
        }
        let bars = (0..WEEKS).rev().map(|ago| (ago, this.plus(-ago))).filter_map(|(ago, week)| {
            let logged = hours::logged(tandem, week);
            let then = settled.get(&week).filter(|_| ago > OWN_VIEW).copied();
            let target = match then.unwrap_or_else(|| hours::target(tandem, week)) {
                Target::Minutes(minutes) => Some(minutes),
                Target::None => None,
            };
            let counts = week == this || week.sunday() >= tandem.round.start || logged > 0;
            counts.then_some(Bar { number: week.number(), logged, target })
        });
        Self { theme, days, weeks: bars.collect() }
    }

    /// This week.
    pub fn this_week(&self) -> Bar {
        self.weeks.last().copied().unwrap_or_default()
    }
}

impl Theme {
    pub fn other(self) -> Self {
        match self {
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Light,
        }
    }
}

/// The picture with all that is in it said beside it.
pub fn message(picture: Picture) -> Message {
    let other = picture.theme.other();
    let label = match other {
        Theme::Light => say("button-picture-light"),
        Theme::Dark => say("button-picture-dark"),
    };
    let days = (1..).zip(picture.days).filter(|(_, minutes)| *minutes > 0).map(|(day, minutes)| {
        let day = say("weekday-short").with("day", Arg::Number(day));
        say("picture-day").with("day", day).with("minutes", Arg::Minutes(minutes))
    });
    let days: Vec<Line> = days.collect();
    let mut message = Message::of(say("picture-title")).and(in_words(picture.this_week()));
    if !days.is_empty() {
        message = message.and(say("picture-days").with("days", days));
    }
    let past: Vec<Line> = picture.weeks.iter().rev().skip(1).copied().map(in_words).collect();
    if !past.is_empty() {
        message = message.and(say("picture-weeks").with("weeks", Arg::Lines(past)));
    }
    let message = message
        .row([button(label, Tap::Hours(HoursTap::Picture(other)))])
        .row([button(say("button-hours"), Tap::Home(Home::Time))]);
    Message { picture: Some(Drawing::Hours(picture)), ..message }
}

/// A week as a sentence.
pub fn in_words(week: Bar) -> Line {
    let (number, logged) = (i64::from(week.number), Arg::Minutes(week.logged));
    match week.target {
        Some(target) => {
            let target = Arg::Minutes(target);
            say("picture-week").with("week", number).with("logged", logged).with("target", target)
        }
        None => say("picture-week-free").with("week", number).with("logged", logged),
    }
}
