//! The days of the week on which somebody works.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::domain::dates::words::shift;

/// A set of weekdays with at least one in it: whoever works on no day has no place in a tandem, and so
/// "the next working day" always exists. Stored as a number, Monday being bit 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Workdays(u8);

/// The days in their order.
const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

impl Workdays {
    /// What most people work, and what is assumed until somebody says otherwise.
    pub const MONDAY_TO_FRIDAY: Self = Self(0b001_1111);
    /// Every day.
    pub const ALL: Self = Self(0b111_1111);

    /// These days; `None` if there are none.
    pub fn new(days: impl IntoIterator<Item = Weekday>) -> Option<Self> {
        Self::from_bits(days.into_iter().fold(0, |bits, day| bits | bit(day)))
    }

    /// The stored form; `None` for an empty set or for bits beyond Sunday.
    pub fn from_bits(bits: u8) -> Option<Self> {
        (bits > 0 && bits <= Self::ALL.0).then_some(Self(bits))
    }

    /// For storing.
    pub fn bits(self) -> u8 {
        self.0
    }

    pub fn has(self, day: Weekday) -> bool {
        self.0 & bit(day) > 0
    }

    /// Whether the date is a working day.
    pub fn contains(self, date: NaiveDate) -> bool {
        self.has(date.weekday())
    }

    /// With this day added or, if it was in, taken out; unchanged if it was the only one.
    #[must_use]
    pub fn toggled(self, day: Weekday) -> Self {
        Self::from_bits(self.0 ^ bit(day)).unwrap_or(self)
    }

    /// The days of both sets.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// How many days there are, 1 to 7.
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// The days, from Monday on.
    pub fn days(self) -> impl Iterator<Item = Weekday> {
        WEEK.into_iter().filter(move |day| self.has(*day))
    }

    /// The last working day of the week.
    pub fn last(self) -> Weekday {
        self.days().last().unwrap_or(Weekday::Fri)
    }

    /// The working days from this date on, the date included if it is one. Ends with the calendar.
    pub fn from(self, date: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        date.iter_days().filter(move |date| self.contains(*date))
    }

    /// The last working day before a date.
    pub fn before(self, date: NaiveDate) -> NaiveDate {
        (1..=7).map(|days| shift(date, -days)).find(|date| self.contains(*date)).unwrap_or(date)
    }
}

impl TryFrom<u8> for Workdays {
    type Error = String;

    fn try_from(bits: u8) -> Result<Self, Self::Error> {
        Self::from_bits(bits).ok_or_else(|| format!("{bits} is no set of working days"))
    }
}

impl From<Workdays> for u8 {
    fn from(days: Workdays) -> Self {
        days.0
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day.num_days_from_monday()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_days_is_never_empty() {
        let monday = Workdays::new([Weekday::Mon]).expect("a day");
        assert_eq!(monday.toggled(Weekday::Mon), monday);
        assert_eq!(monday.toggled(Weekday::Sun).count(), 2);
        assert_eq!(Workdays::new([]), None);
        assert!(serde_json::from_str::<Workdays>("0").is_err());
        assert!(serde_json::from_str::<Workdays>("128").is_err());
    }

    #[test]
    fn days_come_in_the_order_of_the_week() {
        let days = Workdays::new([Weekday::Thu, Weekday::Tue]).expect("days");
        assert_eq!(days.days().collect::<Vec<_>>(), [Weekday::Tue, Weekday::Thu]);
        assert_eq!(days.last(), Weekday::Thu);
        assert_eq!(serde_json::to_string(&days).expect("a number"), "10");
    }
}
