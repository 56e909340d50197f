//! When lessons come: a cron expression, read on the person's own wall clock.
//!
//! Owns: what expressions a programme may have, and the walk from one release to the next. The `cron` crate
//! parses and walks; it never sees a time zone, because across a change of the clock it would skip a time or
//! give it twice. It counts 1 as Sunday, others count 1 as Monday: so a weekday must be a name.

use std::str::FromStr;

use chrono::{DateTime, NaiveDateTime, Utc, Weekday};
use chrono_tz::Tz;
use cron::{Schedule, TimeUnitSpec};

use super::{Workdays, instant, wall};

/// A programme's release times.
#[derive(Clone, Debug)]
pub struct Release {
    schedule: Schedule,
}

/// Why an expression is no release. Texts are for whoever writes the programme's file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRelease {
    #[error("a release has six fields (second minute hour day month weekday) or seven with a year, not {0}")]
    Fields(usize),
    #[error("weekdays are names (Mon,Tue), not numbers: {0:?}")]
    NumericWeekday(String),
    #[error("{0}")]
    Syntax(String),
    #[error("no date ever matches")]
    Never,
    #[error("there is no hour {0}")]
    Hour(u8),
}

impl Release {
    /// Reads an expression such as `0 0 9 * * Tue,Thu`.
    ///
    /// # Errors
    /// See [`BadRelease`].
    pub fn parse(expression: &str) -> Result<Self, BadRelease> {
        let fields: Vec<&str> = expression.split_ascii_whitespace().collect();
        let (6 | 7, Some(weekdays)) = (fields.len(), fields.get(5)) else {
            return Err(BadRelease::Fields(fields.len()));
        };
        if weekdays.contains(|c: char| c.is_ascii_digit()) {
            return Err(BadRelease::NumericWeekday((*weekdays).to_owned()));
        }
        let schedule = Schedule::from_str(&fields.join(" ")).map_err(|error| {
            // The crate draws a picture over several lines; the last one is the reason.
            let text = error.to_string();
            BadRelease::Syntax(text.lines().last().unwrap_or_default().to_owned())
        })?;
        if schedule.after(&DateTime::UNIX_EPOCH).next().is_none() {
            return Err(BadRelease::Never);
        }
        Ok(Self { schedule })
    }

    /// The same with the person's own hour (on the hour) or weekdays in the programme's place.
    ///
    /// # Errors
    /// [`BadRelease::Hour`] above 23.
    pub fn tuned(&self, hour: Option<u8>, days: Option<Workdays>) -> Result<Self, BadRelease> {
        let mut fields: Vec<String> = self.schedule.source().split_ascii_whitespace().map(str::to_owned).collect();
        if let Some(hour) = hour {
            if hour > 23 {
                return Err(BadRelease::Hour(hour));
            }
            fields[..3].clone_from_slice(&["0".to_owned(), "0".to_owned(), hour.to_string()]);
        }
        if let Some(days) = days {
            fields[5] = days.days().map(name).collect::<Vec<_>>().join(",");
        }
        Self::parse(&fields.join(" "))
    }

    /// The first release after an instant, on a wall clock of the zone: strictly later, a skipped time at
    /// the first instant after the gap, a repeated one once. `None`: never again.
    pub fn next(&self, tz: Tz, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        // Wall times map to instants in the same order, so whatever the clock showed up to now lies in the
        // past, and of what it is still to show only times repeated in autumn do: those are passed over.
        self.walk(wall(after, tz)).map(|wall| instant(wall, tz)).find(|release| *release > after)
    }

    /// The weekdays on which releases fall.
    pub fn days(&self) -> Workdays {
        let days = self.schedule.days_of_week();
        // The crate counts from Sunday, 1.
        let falls = |day: &Weekday| days.includes(day.num_days_from_sunday() + 1);
        Workdays::new(Workdays::ALL.days().filter(falls)).unwrap_or(Workdays::ALL)
    }

    /// Matching wall times after this one. The crate is fed and read as if the wall showed UTC.
    fn walk(&self, from: NaiveDateTime) -> impl Iterator<Item = NaiveDateTime> {
        self.schedule.after(&from.and_utc()).map(|wall| wall.naive_utc())
    }
}

/// The next release for a person: the programme's expression, with the hour and the weekdays that the person
/// chose. `None` if there is none any more, or no such hour.
pub fn next_release(
    release: &Release,
    hour: Option<u8>,
    days: Option<Workdays>,
    tz: Tz,
    after: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    match (hour, days) {
        (None, None) => release.next(tz, after),
        _ => release.tuned(hour, days).ok()?.next(tz, after),
    }
}

fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Mon",
        Weekday::Tue => "Tue",
        Weekday::Wed => "Wed",
        Weekday::Thu => "Thu",
        Weekday::Fri => "Fri",
        Weekday::Sat => "Sat",
        Weekday::Sun => "Sun",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Duration, Offset, TimeZone};
    use chrono_tz::Europe::Berlin;
    use chrono_tz::{GapInfo, TZ_VARIANTS};
    use proptest::prelude::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn release(expression: &str) -> Release {
        Release::parse(expression).expect("a release")
    }

    #[test]
    fn lessons_come_at_the_hour_of_the_wall_clock_in_summer_and_winter() {
        let tuesdays = release("0 0 9 * * Tue,Thu");
        let mut at = utc("2026-10-20T08:00:00Z");
        for expected in ["2026-10-22T07:00:00Z", "2026-10-27T08:00:00Z", "2026-10-29T08:00:00Z"] {
            at = tuesdays.next(Berlin, at).expect("a release");
            assert_eq!(at, utc(expected));
        }
    }

    #[test]
    fn a_repeated_time_comes_once_and_a_skipped_one_right_after_the_gap() {
        let nightly = release("0 30 2 * * *");
        let mut at = utc("2026-10-24T12:00:00Z");
        for expected in ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"] {
            at = nightly.next(Berlin, at).expect("a release");
            assert_eq!(at, utc(expected));
        }
        assert_eq!(nightly.next(Berlin, utc("2027-03-27T12:00:00Z")), Some(utc("2027-03-28T01:00:00Z")));
        assert_eq!(nightly.next(Berlin, utc("2027-03-28T01:00:00Z")), Some(utc("2027-03-29T00:30:00Z")));
    }

    #[test]
    fn a_person_chooses_hour_and_days() {
        let programme = release("0 15 9 * * Tue,Thu");
        let from = utc("2026-08-05T00:00:00Z"); // a Wednesday
        let fridays = Workdays::new([Weekday::Fri]);
        assert_eq!(next_release(&programme, None, None, Berlin, from), Some(utc("2026-08-06T07:15:00Z")));
        assert_eq!(next_release(&programme, Some(14), None, Berlin, from), Some(utc("2026-08-06T12:00:00Z")));
        assert_eq!(next_release(&programme, Some(0), fridays, Berlin, from), Some(utc("2026-08-06T22:00:00Z")));
        assert_eq!(next_release(&programme, None, fridays, Berlin, from), Some(utc("2026-08-07T07:15:00Z")));
        assert_eq!(next_release(&programme, Some(24), None, Berlin, from), None);
    }

    #[test]
    fn expressions_that_could_be_misread_are_refused() {
        let refusal = |expression: &str| Release::parse(expression).err();
        assert_eq!(refusal("0 9 * * Mon"), Some(BadRelease::Fields(5)));
        assert_eq!(refusal("@daily"), Some(BadRelease::Fields(1)));
        assert_eq!(refusal(""), Some(BadRelease::Fields(0)));
        for weekdays in ["1", "1-5", "Mon,3", "*/2", "Mon-Fri/2"] {
            let expected = Some(BadRelease::NumericWeekday(weekdays.to_owned()));
            assert_eq!(refusal(&format!("0 0 9 * * {weekdays}")), expected, "{weekdays}");
        }
        assert_eq!(refusal("0 0 9 30 2 *"), Some(BadRelease::Never));
        for broken in ["0 0 24 * * Mon", "0 0 9 * * Mo", "0 0 9 * * Fri-Mon", "x 0 9 * * Mon", "0 */0 9 * * Mon"] {
            assert!(matches!(refusal(broken), Some(BadRelease::Syntax(reason)) if !reason.contains('\n')), "{broken}");
        }
    }

    #[test]
    fn a_year_can_end_the_releases() {
        assert_eq!(release("0 0 9 1 1 * 2027").next(Berlin, utc("2027-01-01T08:00:00Z")), None);
    }

    /// The instants from 2024 to 2030 at which a zone's offset changes, to the second.
    fn transitions(tz: Tz) -> Vec<DateTime<Utc>> {
        let offset = |at: DateTime<Utc>| tz.offset_from_utc_datetime(&at.naive_utc()).fix();
        let mut found = Vec::new();
        let mut low = utc("2024-01-01T00:00:00Z");
        while low < utc("2031-01-01T00:00:00Z") {
            let mut high = low + Duration::days(5);
            if offset(low) != offset(high) {
                let (mut before, mut after) = (low, high);
                while after - before > Duration::seconds(1) {
                    let middle = before + Duration::seconds((after - before).num_seconds() / 2);
                    if offset(middle) == offset(low) { before = middle } else { after = middle }
                }
                found.push(after);
                high = after;
            }
            low = high;
        }
        found
    }

    /// Every instant at which the wall shows a time in a gap, or a match, computed second by second apart
    /// from the code under test: the wall's path from one minute to the next.
    fn expected_releases(release: &Release, tz: Tz, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        let mut releases = Vec::new();
        let mut shown_up_to = wall(from, tz);
        let mut at = from;
        while at < to {
            at += Duration::minutes(1);
            let now = wall(at, tz);
            if now <= shown_up_to {
                continue;
            }
            // More than a minute passed on the wall: a gap, and what it swallowed is due at its end.
            let swallowed = (now - shown_up_to).num_minutes();
            if (1..=swallowed).any(|minute| {
                let wall = (shown_up_to + Duration::minutes(minute)).and_utc();
                release.schedule.includes(wall)
            }) {
                releases.push(at);
            }
            shown_up_to = now;
        }
        releases
    }

    #[test]
    fn around_every_change_of_every_clock_each_time_comes_once_and_in_order() {
        // Whole zones would take minutes; the same changes are shared by many, so each is walked once.
        let mut seen = std::collections::BTreeSet::new();
        let every_quarter = release("0 */15 * * * *");
        let every_night = release("0 30 2 * * *");
        for tz in TZ_VARIANTS {
            for change in transitions(tz) {
                let start = change - Duration::hours(4);
                if !seen.insert((change, wall(start, tz), wall(change, tz))) {
                    continue;
                }
                for release in [&every_quarter, &every_night] {
                    let end = change + Duration::hours(4);
                    let mut walked = Vec::new();
                    let mut at = start;
                    while let Some(next) = release.next(tz, at).filter(|next| *next <= end) {
                        assert!(next > at);
                        walked.push(next);
                        at = next;
                    }
                    assert_eq!(walked, expected_releases(release, tz, start, end), "{tz} {change}");
                }
            }
        }
        assert!(seen.len() > 400, "only {} changes were seen", seen.len());
    }

    proptest! {
        #[test]
        fn a_release_is_later_and_shows_its_hour(
            zone in 0..TZ_VARIANTS.len(),
            second in 1_704_067_200i64..1_924_992_000,
            hour in 0..24u8,
            days in 1..=127u8,
        ) {
            let tz = TZ_VARIANTS[zone];
            let after = DateTime::from_timestamp(second, 0).expect("an instant");
            let days = Workdays::from_bits(days).expect("days");
            let next = next_release(&release("0 0 9 * * *"), Some(hour), Some(days), tz, after).expect("a release");
            prop_assert!(next > after && next - after < Duration::days(9));
            let shown = wall(next, tz);
            let asked = shown.date().and_hms_opt(hour.into(), 0, 0).expect("a time");
            prop_assert!(days.contains(shown.date()) || GapInfo::new(&asked, &tz).is_some());
            prop_assert!(shown == asked || GapInfo::new(&asked, &tz).is_some());
        }
    }
}
