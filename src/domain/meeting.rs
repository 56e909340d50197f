//! Meetings of a round: what a trainer names, and how it is read out of a text.
//!
//! Owns: the data and what a moment is that somebody writes down. Does not know who is told (`news`) or how a calendar
//! shows it (`feed`).

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::calendar::{self, Workdays};
use super::dates;
use super::ids::MeetingId;
use super::news::{About, Standing};

/// How far ahead anything may be planned.
pub const MAX_AHEAD: TimeDelta = TimeDelta::days(366);

/// Longest title or place, in characters: both stand in one line of a calendar.
pub const MAX_LINE: usize = 120;

/// How long a meeting is taken to be.
pub const MINUTES: u32 = 60;

/// A meeting that a round has named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    pub id: MeetingId,
    pub title: String,
    /// A room or an address.
    pub place: String,
    pub starts: DateTime<Utc>,
    pub minutes: u32,
    pub standing: Held,
}

/// How long before a meeting people are reminded: time enough to finish something and to get there.
const SHORTLY: TimeDelta = TimeDelta::hours(2);

/// A reminder comes no later than this before it.
const AT_LEAST: TimeDelta = TimeDelta::hours(1);

/// The hour of a reminder on the day before.
const AFTERNOON: u32 = 15;

/// Days among which the working day before is found.
const LOOKED_BACK: usize = 4;

/// Whether it takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    Planned,
    Cancelled,
}

impl Meeting {
    /// What everybody is told of it.
    pub fn news(&self, standing: Standing, zone: Tz) -> About {
        let wall = calendar::wall(self.starts, zone);
        About::Meeting {
            title: self.title.clone(),
            place: self.place.clone(),
            day: wall.date(),
            hour: wall.format("%H:%M").to_string(),
            standing,
        }
    }

    /// When people are reminded, once: shortly before, as long as that is in working hours; of what begins early, in the
    /// afternoon of the working day before.
    pub fn reminder(&self, zone: Tz) -> DateTime<Utc> {
        let day = calendar::local_date(self.starts, zone);
        let morning = calendar::at(day, calendar::WORK_STARTS, 0, zone);
        let shortly = (self.starts - SHORTLY).max(morning);
        if shortly + AT_LEAST <= self.starts {
            return shortly;
        }
        let days = std::iter::successors(day.pred_opt(), NaiveDate::pred_opt).take(LOOKED_BACK);
        let before = days.into_iter().find(|day| Workdays::MONDAY_TO_FRIDAY.contains(*day)).unwrap_or(day);
        calendar::at(before, AFTERNOON, 0, zone)
    }
}

/// A day and a time as somebody writes them: "5.3. 14:30", "tomorrow at 9", "morgen um 9 Uhr". Nothing that is over, and
/// nothing that is further away than a year.
pub fn moment(text: &str, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
    let small = |word: &&str| !matches!(word.to_lowercase().as_str(), "um" | "at" | "uhr" | "den" | "am" | "on");
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    let words: Vec<&str> = words.into_iter().filter(small).collect();
    let (time, day) = words.split_last()?;
    let time = time_of_day(time)?;
    let day: NaiveDate = dates::parse_date(&day.join(" "), calendar::local_date(now, zone)).ok()?;
    let at = calendar::instant(day.and_time(time), zone);
    (at > now && at - now <= MAX_AHEAD).then_some(at)
}

fn time_of_day(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once(':').unwrap_or((text, "0"));
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

/// One line that somebody wrote, if it is one.
pub fn line(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty() && line.chars().count() <= MAX_LINE && !line.chars().any(char::is_control)).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::super::testing::at;
    use super::*;
    use chrono_tz::Europe::Berlin;

    #[test]
    fn people_are_reminded_shortly_before_and_of_an_early_meeting_the_day_before() {
        for (starts, reminder) in [
            ("2026-03-12 14:30", "2026-03-12 12:30"),
            ("2026-03-12 10:30", "2026-03-12 09:00"),
            ("2026-03-12 10:00", "2026-03-12 09:00"),
            ("2026-03-12 09:30", "2026-03-11 15:00"),
            // A Monday.
            ("2026-03-09 08:00", "2026-03-06 15:00"),
        ] {
            let meeting = Meeting {
                id: "m1".into(),
                title: "Austausch".into(),
                place: "Rathaus".into(),
                starts: at(starts),
                minutes: MINUTES,
                standing: Held::Planned,
            };
            assert_eq!(meeting.reminder(Berlin), at(reminder), "{starts}");
        }
    }

    #[test]
    fn a_moment_is_read_as_people_write_it_and_absurd_ones_are_none() {
        let now = at("2026-11-23 12:00");
        for (text, means) in [
            ("24.11. 14:30", Some("2026-11-24 14:30")),
            ("morgen um 9 Uhr", Some("2026-11-24 09:00")),
            ("tomorrow at 9", Some("2026-11-24 09:00")),
            ("am 1.12., 8:05", Some("2026-12-01 08:05")),
            ("23.11. 11:00", None),
            ("1.1.2099 10:00", None),
            ("31.2. 10:00", None),
            ("24.11. 25:00", None),
            ("24.11.", None),
            ("irgendwann", None),
            ("", None),
        ] {
            assert_eq!(moment(text, now, Berlin), means.map(at), "{text}");
        }
    }
}
