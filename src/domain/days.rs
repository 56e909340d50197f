//! Whole local days in a row, first and last included, and the halves they are made of.

use chrono::NaiveDate;

use super::dates::Half;

/// Half of a local day: the smallest part of an absence.
pub type Slot = (NaiveDate, Half);

/// From a day to a day, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Days {
    /// A single day.
    pub fn one(day: NaiveDate) -> Self {
        Self { from: day, to: day }
    }

    /// Each day, in order.
    pub fn each(self) -> impl Iterator<Item = NaiveDate> {
        self.from.iter_days().take_while(move |day| *day <= self.to)
    }

    /// The halves of these days, in order; with a `half`, only that of each.
    pub fn slots(self, half: Option<Half>) -> impl Iterator<Item = Slot> {
        self.each()
            .flat_map(|day| [(day, Half::Morning), (day, Half::Afternoon)])
            .filter(move |(_, of)| half.is_none_or(|half| half == *of))
    }

    /// Whether a day is among them.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }
}
