//! The people of a simulation: who they are and what they intend to do, each by dice of their own.
//!
//! Owns: habits and the plan of a week. What somebody does on a screen is in `acting`; nothing here looks at a phone.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::diary::{Diary, Mark, works};
use crate::domain::calendar::{self, Week};
use crate::domain::days::Days;

/// Somebody with a phone, habits and dice.
pub struct Person {
    pub chat: i64,
    pub diary: Diary,
    pub habit: Habit,
    pub dice: ChaCha8Rng,
    /// The deed whose answer is waited for.
    pub waiting: Option<usize>,
    /// What goes on once it is answered.
    pub flow: Flow,
    /// Whether the answer that is waited for moves it on.
    pub moves: bool,
    /// The link by which this person comes in.
    pub code: Option<String>,
    /// The message that is worked on.
    pub screen: i64,
    /// Something on it is ticked.
    pub ticked: bool,
    /// The lesson a step of which was seen last.
    pub lesson: Option<usize>,
    /// The week in which this person blocks the bot.
    pub blocks_in: Option<u32>,
}

/// How soon somebody turns to a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// Within two hours.
    Prompt,
    /// On one of the next days.
    Late,
}

/// What is going on with the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    Nothing,
    Joining,
    Studying,
}

/// Something to do at a time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Intent {
    /// The bot is blocked.
    Block,
    Unblock,
    /// What to do this week, the first being 0.
    Plan(u32),
    /// Opens the bot by a link.
    Knock(String),
    GoOn,
    Log,
    Declare {
        in_days: i64,
        workdays: usize,
    },
    /// The days, once they are asked for.
    NameDays {
        in_days: i64,
        workdays: usize,
    },
    /// A question about cover, on this message with this text.
    Answer(i64, Mark),
    /// Hours by a button of this message.
    AddHours(i64),
    /// What becomes of a gap.
    Decide(i64, Mark),
    /// Ticks the first point of a checklist.
    Tick(i64),
    /// No answer has come for long.
    GiveUp(usize),
}

/// Texts that log hours, the minutes they mean, and how many days back.
const ENTRIES: [(&str, u32, i64); 9] = [
    ("45 min", 45, 0),
    ("90 min", 90, 0),
    ("1h30", 90, 0),
    ("1:15", 75, 0),
    ("1,5 Std.", 90, 0),
    ("2", 120, 0),
    ("1 hour", 60, 0),
    ("gestern 45m", 45, 1),
    ("2 hours yesterday", 120, 1),
];

impl Person {
    pub fn new(chat: i64, diary: Diary, seed: u64, weeks: u32) -> Self {
        let mut dice = ChaCha8Rng::seed_from_u64(seed ^ (chat as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let habit = if dice.random_bool(0.7) { Habit::Prompt } else { Habit::Late };
        let blocks_in = dice.random_bool(0.05).then(|| dice.random_range(0..weeks));
        Self {
            chat,
            diary,
            habit,
            dice,
            waiting: None,
            flow: Flow::Nothing,
            moves: false,
            code: None,
            screen: 0,
            ticked: false,
            lesson: None,
            blocks_in,
        }
    }

    /// An instant of this local day while people are at work.
    pub fn at_work(&mut self, day: NaiveDate) -> DateTime<Utc> {
        let minute = self.dice.random_range(9 * 60..17 * 60);
        calendar::at(day, 0, minute, self.diary.zone)
    }

    /// Soon: after this many minutes, more or less.
    pub fn within(&mut self, now: DateTime<Utc>, minutes: std::ops::Range<i64>) -> DateTime<Utc> {
        now + TimeDelta::minutes(self.dice.random_range(minutes))
    }

    /// When this person turns to a lesson that has just come.
    pub fn studies_at(&mut self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self.habit {
            Habit::Prompt => self.within(now, 1..120),
            Habit::Late => {
                let today = self.diary.date(now);
                let later = today.iter_days().skip(1).filter(|day| works(*day));
                let nth = self.dice.random_range(0..2);
                let day = later.take(3).nth(nth).unwrap_or(today);
                self.at_work(day)
            }
        }
    }

    /// What this person does in a week: hours on two or three days, now and then an absence, once perhaps a block.
    pub fn plans(&mut self, week: u32, monday: NaiveDate) -> Vec<(DateTime<Utc>, Intent)> {
        let mut plan = Vec::new();
        let days: Vec<NaiveDate> = Week::of(monday).days().filter(|day| works(*day)).collect();
        let entries = self.dice.random_range(2..=3);
        for _ in 0..entries {
            let Some(day) = days.get(self.dice.random_range(0..days.len().max(1))) else { break };
            plan.push((self.at_work(*day), Intent::Log));
        }
        if self.dice.random_bool(0.12)
            && let Some(day) = days.get(self.dice.random_range(0..days.len().max(1)))
        {
            let in_days = self.dice.random_range(0..21);
            let workdays = self.dice.random_range(1..=5);
            plan.push((self.at_work(*day), Intent::Declare { in_days, workdays }));
        }
        if self.blocks_in == Some(week)
            && let Some(day) = days.first()
        {
            let from = self.at_work(*day);
            plan.push((from, Intent::Block));
            plan.push((from + TimeDelta::hours(self.dice.random_range(20..220)), Intent::Unblock));
        }
        plan
    }

    /// A text that logs hours, with what it means.
    pub fn entry(&mut self) -> (&'static str, u32, i64) {
        ENTRIES[self.dice.random_range(0..ENTRIES.len())]
    }

    /// The days of an absence, unless they come near one that is known already.
    pub fn absence(&self, today: NaiveDate, in_days: i64, workdays: usize) -> Option<Days> {
        let from = (today + TimeDelta::days(in_days)).iter_days().find(|day| works(*day))?;
        let to = from.iter_days().filter(|day| works(*day)).nth(workdays.checked_sub(1)?)?;
        let near = |days: &Days| from <= days.to + TimeDelta::days(7) && days.from <= to + TimeDelta::days(7);
        (!self.diary.declared.iter().any(|declared| near(&declared.days))).then_some(Days { from, to })
    }
}

/// Days as both languages write them.
pub fn written(days: Days) -> String {
    let day = |day: NaiveDate| format!("{}.{}.{}", day.day(), day.month(), day.year());
    match days.from == days.to {
        true => format!("weg {}", day(days.from)),
        false => format!("weg {} bis {}", day(days.from), day(days.to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{dates, duration};

    #[test]
    fn what_people_write_means_what_the_diary_says() {
        let today = "2026-03-05".parse().expect("a date");
        for (text, minutes, back) in ENTRIES {
            let read = duration::parse(text, today).unwrap_or_else(|refusal| panic!("{text}: {refusal}"));
            assert_eq!(read[0].minutes, minutes, "{text}");
            assert_eq!(read[0].date, today - TimeDelta::days(back), "{text}");
            assert!(duration::is_nothing_but_a_duration(text), "{text} is logged even while a task waits for words");
        }
        for (from, to) in [("2026-03-06", "2026-03-06"), ("2026-03-27", "2026-04-02")] {
            let days = Days { from: from.parse().expect("a date"), to: to.parse().expect("a date") };
            let text = written(days);
            assert!(dates::looks_like_absence(&text), "{text}");
            let span = dates::parse(&text, today).unwrap_or_else(|refusal| panic!("{text}: {refusal}"));
            assert_eq!((span.from, span.to, span.open), (days.from, days.to, false), "{text}");
        }
    }
}
