//! Weeks as ISO 8601 counts them: from Monday, the first one of a year being that of 4 January.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// One ISO week. Its year is the week's, not the date's: 29 December 2025 lies in 2026-W01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Week {
    monday: NaiveDate,
}

/// A text that is no `2026-W48`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no ISO week such as 2026-W48")]
pub struct BadWeek(String);

impl Week {
    /// The week of a year, if it has that many.
    pub fn new(year: i32, week: u32) -> Option<Self> {
        NaiveDate::from_isoywd_opt(year, week, Weekday::Mon).map(|monday| Self { monday })
    }

    /// The week that a date lies in.
    pub fn of(date: NaiveDate) -> Self {
        Self { monday: date.week(Weekday::Mon).checked_first_day().unwrap_or(date) }
    }

    pub fn year(self) -> i32 {
        self.monday.iso_week().year()
    }

    /// The number, 1 to 53.
    pub fn number(self) -> u32 {
        self.monday.iso_week().week()
    }

    pub fn monday(self) -> NaiveDate {
        self.monday
    }

    pub fn sunday(self) -> NaiveDate {
        self.monday.checked_add_days(Days::new(6)).unwrap_or(self.monday)
    }

    /// Monday to Sunday.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.monday.iter_days().take(7)
    }

    pub fn contains(self, date: NaiveDate) -> bool {
        Self::of(date) == self
    }

    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1)
    }

    #[must_use]
    pub fn prev(self) -> Self {
        self.plus(-1)
    }

    /// The week so many weeks later; negative is earlier.
    #[must_use]
    pub fn plus(self, weeks: i32) -> Self {
        let days = Days::new(u64::from(weeks.unsigned_abs()) * 7);
        let moved = if weeks < 0 { self.monday.checked_sub_days(days) } else { self.monday.checked_add_days(days) };
        Self { monday: moved.unwrap_or(self.monday) }
    }

    /// How many weeks lie between; negative if the other is later.
    pub fn since(self, other: Self) -> i64 {
        (self.monday - other.monday).num_weeks()
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year(), self.number())
    }
}

impl FromStr for Week {
    type Err = BadWeek;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = |part: &str, len: usize| {
            (part.len() == len && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u32>().ok()).flatten()
        };
        text.split_once("-W")
            .and_then(|(year, week)| Self::new(digits(year, 4)?.cast_signed(), digits(week, 2)?))
            .ok_or_else(|| BadWeek(text.to_owned()))
    }
}

impl TryFrom<String> for Week {
    type Error = BadWeek;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Week> for String {
    fn from(week: Week) -> Self {
        week.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_turn_of_the_year_belongs_to_one_week() {
        for (day, week) in [
            ("2025-12-28", "2025-W52"),
            ("2025-12-29", "2026-W01"),
            ("2026-12-28", "2026-W53"),
            ("2027-01-03", "2026-W53"),
            ("2027-01-04", "2027-W01"),
            ("2024-12-30", "2025-W01"),
        ] {
            assert_eq!(Week::of(date(day)).to_string(), week, "{day}");
        }
        assert_eq!(Week::new(2026, 53).map(Week::next), Week::new(2027, 1));
        assert_eq!(Week::new(2025, 53), None);
    }

    #[test]
    fn only_the_one_form_is_a_week() {
        for text in ["", "2026-48", "2026-W5", "2026-W054", "2026-w48", "2025-W53", "2026-W00", "+026-W01", "2026-W4ä"]
        {
            assert!(text.parse::<Week>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_date_lies_in_its_week(days in 0..40_000i32) {
            let date = date("2000-01-01") + Days::new(days.unsigned_abs().into());
            let week = Week::of(date);
            prop_assert!(week.days().any(|day| day == date));
            prop_assert_eq!(week.to_string().parse(), Ok(week));
            prop_assert_eq!(week.next().prev(), week);
            prop_assert_eq!(week.next().since(week), 1);
            prop_assert_eq!(week.sunday().weekday(), Weekday::Sun);
        }
    }
}
