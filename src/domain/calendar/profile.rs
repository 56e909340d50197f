//! Working days that change: which ones hold on which date.
//!
//! Whoever works on other days from next week on has still worked on the old ones until then.

use chrono::NaiveDate;

use super::Workdays;

/// Working days, each from a date on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    first: Workdays,
    /// Ascending by date.
    later: Vec<(NaiveDate, Workdays)>,
}

impl From<Workdays> for Profile {
    /// The same days at all times.
    fn from(first: Workdays) -> Self {
        Self { first, later: Vec::new() }
    }
}

impl Profile {
    /// The same, with other days from a date on. A date that is known already takes the new days.
    #[must_use]
    pub fn with(mut self, from: NaiveDate, days: Workdays) -> Self {
        self.later.retain(|(known, _)| *known != from);
        let place = self.later.partition_point(|(known, _)| *known < from);
        self.later.insert(place, (from, days));
        self
    }

    /// The days that hold on a date.
    pub fn on(&self, date: NaiveDate) -> Workdays {
        self.later.iter().rev().find(|(from, _)| *from <= date).map_or(self.first, |(_, days)| *days)
    }

    /// Whether the date is a working day.
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.on(date).contains(date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Weekday;

    #[test]
    fn days_hold_from_their_date_on_and_not_before() {
        let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let days = |days: &[Weekday]| Workdays::new(days.iter().copied()).expect("days");
        let (three, two) = (days(&[Weekday::Mon, Weekday::Tue, Weekday::Wed]), days(&[Weekday::Sat, Weekday::Sun]));
        let profile =
            Profile::from(Workdays::MONDAY_TO_FRIDAY).with(date("2026-09-07"), two).with(date("2026-08-10"), three);
        for (day, works) in [
            ("2026-08-07", true),
            ("2026-08-09", false),
            ("2026-08-10", true),
            ("2026-08-14", false),
            ("2026-09-06", false),
            ("2026-09-12", true),
            ("2026-09-14", false),
        ] {
            assert_eq!(profile.contains(date(day)), works, "{day}");
        }
        assert_eq!(profile.clone().with(date("2026-08-10"), two).on(date("2026-08-11")), two);
    }
}
