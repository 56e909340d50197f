//! The week's arithmetic: what a tandem's week asks for, and how far the logged minutes go.
//!
//! Owns: targets, sums, shares, and when a week closes. Does not know entries as they are stored, people, or
//! how any of it is shown. A target shrinks with the days on which nobody could work; work that was not
//! done is never credited, and nothing is carried over into another week.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::calendar::{Profile, Week, Workdays};
use super::dates::Half;
use super::duration::MAX_MINUTES_A_DAY;

/// Days after a week's Sunday in which its entries may still change without being marked as revisions.
const GRACE_DAYS: u64 = 7;

/// Weeks that the mean looks back over.
const MEAN_WEEKS: usize = 4;

/// Fields of a bar.
const BAR_FIELDS: u8 = 10;

/// When one of the two can work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Availability {
    pub workdays: Profile,
    pub away: Vec<Away>,
    /// First day in the tandem; `None`: from its beginning.
    pub from: Option<NaiveDate>,
    /// Last day in the tandem; `None`: still in it.
    pub until: Option<NaiveDate>,
}

/// Days of an absence, first and last included; with a `half`, only that half of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub half: Option<Half>,
}

/// One person's week: the days on which they work, and the halves of them on which they are there. Sets of
/// weekdays, Monday being bit 0. It is all that is remembered for a while of somebody who has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    pub week: Week,
    scheduled: u8,
    mornings: u8,
    afternoons: u8,
}

impl Availability {
    /// Somebody who is always there on these days.
    pub fn always(workdays: Workdays) -> Self {
        Self { workdays: workdays.into(), away: Vec::new(), from: None, until: None }
    }

    /// The person's week. Nothing is scheduled for somebody who is in the tandem on none of its days.
    pub fn presence(&self, week: Week) -> Presence {
        let mut presence = Presence { week, scheduled: 0, mornings: 0, afternoons: 0 };
        if !self.in_tandem(week.monday(), week.sunday()) {
            return presence;
        }
        for (nth, date) in week.days().enumerate().filter(|(_, date)| self.workdays.contains(*date)) {
            presence.scheduled |= 1 << nth;
            presence.mornings |= u8::from(self.there(date, Half::Morning)) << nth;
            presence.afternoons |= u8::from(self.there(date, Half::Afternoon)) << nth;
        }
        presence
    }

    /// Whether the person works in this half of the day.
    fn there(&self, date: NaiveDate, half: Half) -> bool {
        let away = |away: &Away| away.from <= date && date <= away.to && away.half.is_none_or(|away| away == half);
        self.in_tandem(date, date) && self.workdays.contains(date) && !self.away.iter().any(away)
    }

    /// Whether the person belongs to the tandem on some day between these, both included.
    fn in_tandem(&self, first: NaiveDate, last: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= last) && self.until.is_none_or(|until| first <= until)
    }
}

impl Presence {
    /// The same, for somebody who was there up to this day only.
    #[must_use]
    pub fn until(mut self, last: NaiveDate) -> Self {
        let here =
            self.week.days().enumerate().filter(|(_, day)| *day <= last).fold(0, |here, (nth, _)| here | 1 << nth);
        self.mornings &= here;
        self.afternoons &= here;
        self
    }

    /// Whether no day of this week is one on which the person works.
    pub fn is_empty(&self) -> bool {
        self.scheduled == 0
    }
}

/// What a week asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Nobody could work on any day: shown as "–", and nothing is measured against it.
    None,
    /// Minutes, above zero.
    Minutes(u32),
}

/// The target of a week: agreed minutes × available days ÷ scheduled days, rounded.
///
/// A day is *scheduled* if it is a working day of somebody who is in the tandem in this week. Half a day is
/// *available* if at least one of them works then and is not away, and the day is no public holiday; so
/// both being away on Thursday morning costs half a day, one of them costs nothing.
pub fn target(agreed: u32, week: Week, people: &[Presence], holiday: impl Fn(NaiveDate) -> bool) -> Target {
    let (mut scheduled, mut mornings, mut afternoons) = (0_u8, 0_u8, 0_u8);
    for person in people.iter().filter(|person| person.week == week) {
        scheduled |= person.scheduled;
        mornings |= person.mornings;
        afternoons |= person.afternoons;
    }
    let open = week.days().enumerate().filter(|(_, date)| !holiday(*date)).fold(0_u8, |open, (nth, _)| open | 1 << nth);
    let halves = (mornings & open).count_ones() + (afternoons & open).count_ones();
    match rounded(u64::from(agreed) * u64::from(halves), 2 * u64::from(scheduled.count_ones())) {
        0 => Target::None,
        minutes => Target::Minutes(minutes),
    }
}

/// Whether a week still takes entries as a matter of course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeekState {
    /// Running, or still to come.
    Open,
    /// Over, but its entries may still change.
    Grace,
    /// Its figures are settled; whatever comes later is a revision.
    Closed,
}

/// The state of a week on a local date: open until its Sunday, then seven days of grace, then closed.
pub fn week_state(week: Week, today: NaiveDate) -> WeekState {
    if today <= week.sunday() {
        WeekState::Open
    } else if today < closes_on(week) {
        WeekState::Grace
    } else {
        WeekState::Closed
    }
}

/// The local date on which a week is closed: the Monday after its days of grace.
pub fn closes_on(week: Week) -> NaiveDate {
    week.sunday().checked_add_days(Days::new(GRACE_DAYS + 1)).unwrap_or(NaiveDate::MAX)
}

/// The minutes of all entries that lie in a week.
pub fn sum(entries: impl IntoIterator<Item = (NaiveDate, u32)>, week: Week) -> u32 {
    total(entries, |date| week.contains(date))
}

/// Whether a day that holds these entries can take so many minutes more: sixteen hours are the most.
pub fn day_takes(entries: impl IntoIterator<Item = (NaiveDate, u32)>, date: NaiveDate, more: u32) -> bool {
    total(entries, |entered| entered == date).saturating_add(more) <= MAX_MINUTES_A_DAY
}

/// How much of the target is logged, in percent, rounded down so that only what is reached shows 100.
pub fn share(logged: u32, target: Target) -> Option<u32> {
    parts(logged, target, 100)
}

/// A share as fields of a bar. How they are drawn is the renderer's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    pub filled: u8,
    pub of: u8,
}

/// The bar of a week: full only if the target is reached, empty only if nothing is logged.
pub fn bar(logged: u32, target: Target) -> Option<Bar> {
    let filled = parts(logged, target, BAR_FIELDS.into())?.min(BAR_FIELDS.into());
    let filled = if logged > 0 { filled.max(1) } else { filled };
    Some(Bar { filled: u8::try_from(filled).unwrap_or(BAR_FIELDS), of: BAR_FIELDS })
}

/// The average week of the last four.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mean {
    pub logged: u32,
    pub target: u32,
    /// How many weeks went into it, 1 to 4.
    pub weeks: u32,
}

/// The mean over the last four weeks of these (oldest first, as logged minutes and target), leaving out weeks
/// without a target. `None` if none of the four had one.
pub fn mean_of_four(weeks: &[(u32, Target)]) -> Option<Mean> {
    let last = &weeks[weeks.len().saturating_sub(MEAN_WEEKS)..];
    let measured: Vec<(u64, u64)> = last
        .iter()
        .filter_map(|(logged, target)| match target {
            Target::Minutes(minutes) => Some((u64::from(*logged), u64::from(*minutes))),
            Target::None => None,
        })
        .collect();
    let count = measured.len() as u64;
    (count > 0).then(|| Mean {
        logged: rounded(measured.iter().map(|(logged, _)| logged).sum(), count),
        target: rounded(measured.iter().map(|(_, target)| target).sum(), count),
        weeks: u32::try_from(count).unwrap_or(u32::MAX),
    })
}

fn total(entries: impl IntoIterator<Item = (NaiveDate, u32)>, counts: impl Fn(NaiveDate) -> bool) -> u32 {
    entries.into_iter().filter(|(date, _)| counts(*date)).fold(0, |sum, (_, minutes)| sum.saturating_add(minutes))
}

/// `logged` in parts of the target, rounded down.
fn parts(logged: u32, target: Target, of: u32) -> Option<u32> {
    match target {
        Target::None | Target::Minutes(0) => None,
        Target::Minutes(target) => {
            let parts = u64::from(logged) * u64::from(of) / u64::from(target);
            Some(u32::try_from(parts).unwrap_or(u32::MAX))
        }
    }
}

/// A quotient rounded to the nearest, halves up; zero if there is nothing to divide by.
fn rounded(of: u64, by: u64) -> u32 {
    u32::try_from((2 * of + by).checked_div(2 * by).unwrap_or(0)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Weekday;
    use proptest::prelude::*;

    /// A week without holidays in any Land: 3 to 9 August 2026.
    const WEEK: &str = "2026-W32";

    fn week(text: &str) -> Week {
        text.parse().expect("a week")
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn full_time() -> Availability {
        Availability::always(Workdays::MONDAY_TO_FRIDAY)
    }

    fn away(from: &str, to: &str) -> Away {
        Away { from: date(from), to: date(to), half: None }
    }

    fn off(person: Availability, away: &[Away]) -> Availability {
        Availability { away: away.to_vec(), ..person }
    }

    /// The target in a week of 300 agreed minutes, with holidays on these dates.
    fn target_of(people: &[Availability], holidays: &[&str]) -> Target {
        let presences: Vec<Presence> = people.iter().map(|person| person.presence(week(WEEK))).collect();
        target(300, week(WEEK), &presences, |date| holidays.contains(&date.to_string().as_str()))
    }

    #[test]
    fn a_full_week_asks_for_what_was_agreed() {
        assert_eq!(target_of(&[full_time(), full_time()], &[]), Target::Minutes(300));
        assert_eq!(target_of(&[full_time()], &[]), Target::Minutes(300));
    }

    #[test]
    fn a_holiday_is_nobodys_day() {
        assert_eq!(target_of(&[full_time(), full_time()], &["2026-08-03"]), Target::Minutes(240));
        assert_eq!(target_of(&[full_time(), full_time()], &["2026-08-08"]), Target::Minutes(300));
    }

    #[test]
    fn the_one_who_is_there_keeps_the_target_whole() {
        let lead = off(full_time(), &[away("2026-08-03", "2026-08-09")]);
        assert_eq!(target_of(&[lead, full_time()], &[]), Target::Minutes(300));
    }

    #[test]
    fn days_on_which_both_are_away_do_not_count() {
        let gone = off(full_time(), &[away("2026-08-06", "2026-08-07")]);
        let both = [gone.clone(), gone];
        assert_eq!(target_of(&both, &[]), Target::Minutes(180));
        assert_eq!(target_of(&both, &["2026-08-03"]), Target::Minutes(120));
        assert_eq!(target_of(&both, &["2026-08-06"]), Target::Minutes(180));
    }

    #[test]
    fn a_week_in_which_nobody_can_work_has_no_target() {
        let gone = off(full_time(), &[away("2026-07-01", "2026-08-31")]);
        assert_eq!(target_of(&[gone.clone(), gone], &[]), Target::None);
        assert_eq!(target_of(&[], &[]), Target::None);
        let every_day = ["2026-08-03", "2026-08-04", "2026-08-05", "2026-08-06", "2026-08-07"];
        assert_eq!(target_of(&[full_time(), full_time()], &every_day), Target::None);
    }

    #[test]
    fn half_a_day_counts_as_half_if_both_are_away_in_it() {
        let morning = Away { half: Some(Half::Morning), ..away("2026-08-06", "2026-08-06") };
        let afternoon = Away { half: Some(Half::Afternoon), ..morning };
        let lead = off(full_time(), &[morning]);
        assert_eq!(target_of(&[lead.clone(), full_time()], &[]), Target::Minutes(300));
        assert_eq!(target_of(&[lead.clone(), lead.clone()], &[]), Target::Minutes(270));
        assert_eq!(target_of(&[lead.clone(), off(full_time(), &[afternoon])], &[]), Target::Minutes(300));
        let whole_day = off(full_time(), &[morning, afternoon]);
        assert_eq!(target_of(&[whole_day.clone(), whole_day], &[]), Target::Minutes(240));
        assert_eq!(target_of(&[lead.clone(), lead], &["2026-08-06"]), Target::Minutes(240));
    }

    #[test]
    fn whoever_works_three_days_has_the_five_hours_in_three() {
        let three = Workdays::new([Weekday::Mon, Weekday::Tue, Weekday::Wed]).expect("days");
        let person = Availability::always(three);
        assert_eq!(target_of(std::slice::from_ref(&person), &[]), Target::Minutes(300));
        assert_eq!(target_of(std::slice::from_ref(&person), &["2026-08-03"]), Target::Minutes(200));
        let deputy_away = off(full_time(), &[away("2026-08-03", "2026-08-07")]);
        assert_eq!(target_of(&[person, deputy_away], &[]), Target::Minutes(180));
    }

    #[test]
    fn who_joins_or_leaves_within_a_week_counts_from_and_until_that_day() {
        let joins = |from: &str| Availability { from: Some(date(from)), ..full_time() };
        let leaves = |until: &str| Availability { until: Some(date(until)), ..full_time() };
        assert_eq!(target_of(&[joins("2026-08-05"), joins("2026-08-05")], &[]), Target::Minutes(180));
        assert_eq!(target_of(&[joins("2026-08-05"), full_time()], &[]), Target::Minutes(300));
        assert_eq!(target_of(&[leaves("2026-08-03"), leaves("2026-08-04")], &[]), Target::Minutes(120));
        assert_eq!(target_of(&[leaves("2026-08-02"), joins("2026-08-10")], &[]), Target::None);
    }

    #[test]
    fn the_days_of_somebody_not_in_the_tandem_that_week_are_not_scheduled() {
        let three = Workdays::new([Weekday::Mon, Weekday::Tue, Weekday::Wed]).expect("days");
        let later = Availability { from: Some(date("2026-08-10")), ..full_time() };
        assert_eq!(target_of(&[Availability::always(three), later], &[]), Target::Minutes(300));
    }

    #[test]
    fn the_week_of_new_year_lies_in_two_years() {
        let entries = [("2026-12-28", 60), ("2027-01-01", 30), ("2027-01-03", 15), ("2027-01-04", 999)];
        let entries = entries.map(|(day, minutes)| (date(day), minutes));
        assert_eq!(sum(entries, week("2026-W53")), 105);
        assert_eq!(sum([(date("2025-12-29"), 45), (date("2025-12-28"), 999)], week("2026-W01")), 45);
        let new_year = |date: NaiveDate| date == self::date("2027-01-01");
        let presence = full_time().presence(week("2026-W53"));
        assert_eq!(target(300, week("2026-W53"), &[presence], new_year), Target::Minutes(240));
    }

    #[test]
    fn a_week_closes_eight_days_after_its_sunday() {
        for (today, state) in [
            ("2026-07-01", WeekState::Open),
            ("2026-08-09", WeekState::Open),
            ("2026-08-10", WeekState::Grace),
            ("2026-08-16", WeekState::Grace),
            ("2026-08-17", WeekState::Closed),
        ] {
            assert_eq!(week_state(week(WEEK), date(today)), state, "{today}");
        }
        assert_eq!(closes_on(week(WEEK)), date("2026-08-17"));
    }

    #[test]
    fn a_share_is_reached_only_when_it_is() {
        let five_hours = Target::Minutes(300);
        assert_eq!(share(299, five_hours), Some(99));
        assert_eq!(share(300, five_hours), Some(100));
        assert_eq!(share(450, five_hours), Some(150));
        assert_eq!(share(60, Target::None), None);
        let filled = |logged| bar(logged, five_hours).map(|bar| bar.filled);
        assert_eq!([0, 1, 150, 299, 300, 900].map(filled), [0, 1, 5, 9, 10, 10].map(Some));
        assert_eq!(bar(60, Target::None), None);
    }

    #[test]
    fn the_mean_leaves_out_weeks_without_a_target() {
        let weeks = [
            (999, Target::Minutes(300)),
            (300, Target::Minutes(300)),
            (60, Target::None),
            (100, Target::Minutes(240)),
            (201, Target::Minutes(300)),
        ];
        assert_eq!(mean_of_four(&weeks), Some(Mean { logged: 200, target: 280, weeks: 3 }));
        assert_eq!(mean_of_four(&[(60, Target::None)]), None);
        assert_eq!(mean_of_four(&[]), None);
    }

    #[test]
    fn a_day_takes_sixteen_hours_and_not_a_minute_more() {
        let entries = [(date("2026-08-03"), 900), (date("2026-08-04"), 900)];
        assert!(day_takes(entries, date("2026-08-03"), 60));
        assert!(!day_takes(entries, date("2026-08-03"), 61));
        assert!(!day_takes(entries, date("2026-08-03"), u32::MAX));
    }

    prop_compose! {
        fn anybody()(
            (days, then, changed) in (1..=127u8, 1..=127u8, 0..12i32),
            away in prop::collection::vec((0..10i32, 0..4i32, 0..3u8), 0..3),
            from in prop::option::of(0..12i32),
            until in prop::option::of(0..12i32),
        ) -> Availability {
            let day = |offset: i32| date("2026-08-01") + Days::new(offset.unsigned_abs().into());
            let half = |which| match which {
                0 => Some(Half::Morning),
                1 => Some(Half::Afternoon),
                _ => None,
            };
            Availability {
                workdays: Profile::from(Workdays::from_bits(days).expect("days"))
                    .with(day(changed), Workdays::from_bits(then).expect("days")),
                away: away.into_iter().map(|(from, more, which)| {
                    Away { from: day(from), to: day(from + more), half: half(which) }
                }).collect(),
                from: from.map(day),
                until: until.map(day),
            }
        }
    }

    proptest! {
        #[test]
        fn a_target_is_never_more_than_agreed_and_absence_never_raises_it(
            agreed in 0..3000u32, lead in anybody(), deputy in anybody(), holiday in 0..20u32,
        ) {
            let minutes = |people: &[Availability]| {
                let people: Vec<Presence> = people.iter().map(|person| person.presence(week(WEEK))).collect();
                match target(agreed, week(WEEK), &people, |date| chrono::Datelike::day(&date) == holiday) {
                    Target::None => 0,
                    Target::Minutes(minutes) => minutes,
                }
            };
            let there = minutes(&[off(lead.clone(), &[]), deputy.clone()]);
            let now = minutes(&[lead, deputy]);
            prop_assert!(now <= there && there <= agreed);
        }
    }
}
