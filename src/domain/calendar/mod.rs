//! Where wall clocks and weeks become instants and dates.
//!
//! Owns: the mapping of local time to instants, ISO weeks, working days and hours, a programme's release
//! times. Does not know the present moment, public holidays, or who is away.

mod profile;
mod release;
mod week;
mod workdays;

pub use profile::Profile;
pub use release::{BadRelease, Release, next_release};
pub use week::{BadWeek, Week};
pub use workdays::Workdays;

use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike, Utc};
use chrono_tz::{GapInfo, Tz};

/// Local hours in which nobody minds a message, from the first up to and without the last.
pub const QUIET_ENDS: u32 = 8;
pub const QUIET_STARTS: u32 = 18;

/// Local hours that count as working hours, from the first up to and without the last.
pub const WORK_STARTS: u32 = 9;
pub const WORK_ENDS: u32 = 17;

/// The instant at which a wall clock shows this. A time that the clock skips (spring) is the first instant
/// after the gap; one that it shows twice (autumn) is the first of the two.
pub fn instant(wall: NaiveDateTime, tz: Tz) -> DateTime<Utc> {
    match tz.from_local_datetime(&wall) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => instant.to_utc(),
        // A gap lies between two spans of one offset, so its end is known; the fallback is for the ends of time.
        LocalResult::None => {
            GapInfo::new(&wall, &tz).and_then(|gap| gap.end).map_or(wall.and_utc(), |end| end.to_utc())
        }
    }
}

/// The instant of a local time of day. Hours and minutes beyond the day's run into the next.
pub fn at(date: NaiveDate, hour: u32, minute: u32, tz: Tz) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN);
    let since = Duration::minutes(i64::from(hour) * 60 + i64::from(minute));
    instant(midnight.checked_add_signed(since).unwrap_or(midnight), tz)
}

/// What a wall clock shows at an instant.
pub fn wall(instant: DateTime<Utc>, tz: Tz) -> NaiveDateTime {
    instant.with_timezone(&tz).naive_local()
}

/// The date on a wall calendar at an instant.
pub fn local_date(instant: DateTime<Utc>, tz: Tz) -> NaiveDate {
    wall(instant, tz).date()
}

/// The first moment from `from` on at which a message nobody asked for may come: on a working day, between
/// [`QUIET_ENDS`] and [`QUIET_STARTS`] local time. Postpones, never drops.
pub fn next_working_moment(from: DateTime<Utc>, workdays: Workdays, tz: Tz) -> DateTime<Utc> {
    let local = wall(from, tz);
    if workdays.contains(local.date()) && (QUIET_ENDS..QUIET_STARTS).contains(&local.hour()) {
        return from;
    }
    // A morning can lie before `from` only on `from`'s own date.
    let morning = |date: NaiveDate| at(date, QUIET_ENDS, 0, tz);
    workdays.from(local.date()).map(morning).find(|morning| *morning >= from).unwrap_or(from)
}

/// The moment by which so many working hours (nine to five on working days) have passed since `from`. For
/// none: `from` itself.
pub fn add_working_hours(from: DateTime<Utc>, hours: u32, workdays: Workdays, tz: Tz) -> DateTime<Utc> {
    let mut left = Duration::hours(i64::from(hours));
    let mut now = from;
    if left.is_zero() {
        return from;
    }
    for date in workdays.from(local_date(from, tz)) {
        let (start, end) = (at(date, WORK_STARTS, 0, tz).max(now), at(date, WORK_ENDS, 0, tz));
        if end <= start {
            continue;
        }
        if end - start >= left {
            return start + left;
        }
        left -= end - start;
        now = end;
    }
    now
}

/// The working day that lies so many working days before a date. For none: the date itself.
pub fn working_days_before(date: NaiveDate, days: u32, workdays: Workdays) -> NaiveDate {
    let mut day = date;
    for _ in 0..days {
        day = workdays.before(day);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::Berlin;
    use proptest::prelude::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_skipped_time_is_the_first_instant_after_the_gap() {
        assert_eq!(at(date("2027-03-28"), 2, 30, Berlin), utc("2027-03-28T01:00:00Z"));
        assert_eq!(at(date("2027-03-28"), 3, 0, Berlin), utc("2027-03-28T01:00:00Z"));
    }

    #[test]
    fn a_repeated_time_is_the_first_of_the_two() {
        assert_eq!(at(date("2026-10-25"), 2, 30, Berlin), utc("2026-10-25T00:30:00Z"));
    }

    #[test]
    fn a_gap_of_half_an_hour_or_at_midnight_has_an_end_too() {
        let lord_howe = chrono_tz::Australia::Lord_Howe;
        assert_eq!(at(date("2026-10-04"), 2, 15, lord_howe), utc("2026-10-03T15:30:00Z"));
        let beirut = chrono_tz::Asia::Beirut;
        assert_eq!(at(date("2026-03-29"), 0, 0, beirut), utc("2026-03-28T22:00:00Z"));
    }

    #[test]
    fn a_day_that_a_zone_never_had_becomes_the_next() {
        // Samoa went from 29 to 31 December 2011.
        assert_eq!(at(date("2011-12-30"), 9, 0, chrono_tz::Pacific::Apia), utc("2011-12-30T10:00:00Z"));
    }

    #[test]
    fn messages_wait_for_the_next_morning_at_work() {
        let weekdays = Workdays::MONDAY_TO_FRIDAY;
        for (asked, allowed) in [
            ("2026-08-05T07:00:00Z", "2026-08-05T07:00:00Z"), // Wednesday, nine o'clock
            ("2026-08-05T06:00:00Z", "2026-08-05T06:00:00Z"), // eight sharp
            ("2026-08-05T05:59:59Z", "2026-08-05T06:00:00Z"),
            ("2026-08-05T16:00:00Z", "2026-08-06T06:00:00Z"), // six in the evening
            ("2026-08-07T15:59:59Z", "2026-08-07T15:59:59Z"),
            ("2026-08-07T16:00:00Z", "2026-08-10T06:00:00Z"), // Friday evening
            ("2026-08-08T09:00:00Z", "2026-08-10T06:00:00Z"),
            ("2026-10-24T09:00:00Z", "2026-10-26T07:00:00Z"), // the clock changes on Sunday
        ] {
            assert_eq!(next_working_moment(utc(asked), weekdays, Berlin), utc(allowed), "{asked}");
        }
    }

    #[test]
    fn four_working_hours_run_over_evenings_and_weekends() {
        let weekdays = Workdays::MONDAY_TO_FRIDAY;
        for (from, hours, to) in [
            ("2026-08-05T08:00:00Z", 4, "2026-08-05T12:00:00Z"),
            ("2026-08-05T11:00:00Z", 4, "2026-08-05T15:00:00Z"),
            ("2026-08-05T13:30:00Z", 4, "2026-08-06T09:30:00Z"),
            ("2026-08-07T13:00:00Z", 4, "2026-08-10T09:00:00Z"),
            ("2026-08-08T20:00:00Z", 4, "2026-08-10T11:00:00Z"),
            ("2026-08-05T04:00:00Z", 8, "2026-08-05T15:00:00Z"),
            ("2026-08-05T04:00:00Z", 80, "2026-08-18T15:00:00Z"),
            ("2026-08-08T20:00:00Z", 0, "2026-08-08T20:00:00Z"),
        ] {
            assert_eq!(add_working_hours(utc(from), hours, weekdays, Berlin), utc(to), "{from}");
        }
    }

    #[test]
    fn working_days_are_counted_back_over_days_off() {
        let weekdays = Workdays::MONDAY_TO_FRIDAY;
        assert_eq!(working_days_before(date("2026-08-10"), 1, weekdays), date("2026-08-07"));
        assert_eq!(working_days_before(date("2026-08-12"), 2, weekdays), date("2026-08-10"));
        assert_eq!(working_days_before(date("2026-08-12"), 0, weekdays), date("2026-08-12"));
    }

    prop_compose! {
        fn any_workdays()(bits in 1..=127u8) -> Workdays {
            Workdays::from_bits(bits).expect("some day")
        }
    }

    prop_compose! {
        /// Any zone and second from 2024 to 2030.
        fn any_moment()(zone in 0..chrono_tz::TZ_VARIANTS.len(), second in 1_704_067_200i64..1_924_992_000)
            -> (Tz, DateTime<Utc>) {
            (chrono_tz::TZ_VARIANTS[zone], DateTime::from_timestamp(second, 0).expect("an instant"))
        }
    }

    proptest! {
        #[test]
        fn a_working_moment_is_never_early_and_always_at_work((tz, from) in any_moment(), workdays in any_workdays()) {
            let moment = next_working_moment(from, workdays, tz);
            prop_assert!(moment >= from && moment - from < Duration::days(8));
            prop_assert!(workdays.contains(local_date(moment, tz)));
            prop_assert!((QUIET_ENDS..QUIET_STARTS).contains(&wall(moment, tz).hour()));
            prop_assert_eq!(next_working_moment(moment, workdays, tz), moment);
        }

        #[test]
        fn working_hours_add_up((tz, from) in any_moment(), workdays in any_workdays(), a in 1..12u32, b in 1..12u32) {
            let both = add_working_hours(from, a + b, workdays, tz);
            let one_by_one = add_working_hours(add_working_hours(from, a, workdays, tz), b, workdays, tz);
            prop_assert_eq!(both, one_by_one);
            prop_assert!(both >= from + Duration::hours(i64::from(a + b)));
            prop_assert!(workdays.contains(local_date(both, tz)));
        }
    }
}
