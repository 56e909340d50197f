//! When questionnaires open and close.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::super::calendar::{self, Week};
use super::super::programme::{Programme, Step, StepKind, When};
use super::super::tandem::{Round, Spot};
use super::super::way;

/// How long after its week a questionnaire stays open: whoever joined two weeks late, which is the latest, has just
/// finished the module by then.
const OPEN_FOR: TimeDelta = TimeDelta::days(14);

/// Weeks after the course's last one until it is asked what is left of it: three months.
const LATER: i32 = 13;

/// Every questionnaire, with the week it belongs to, counted from the round's first.
pub fn all(programme: &Programme) -> Vec<(String, i32)> {
    let asks = |step: &Step| matches!(step.kind, StepKind::Questionnaire { .. });
    let modules = (0_i32..).zip(&programme.modules).filter(|(_, module)| module.steps().any(asks));
    let surveys = programme.surveys.iter().map(|survey| (survey.part.id.clone(), week_of(programme, survey.when)));
    modules.map(|(week, module)| (module.id.clone(), week)).chain(surveys).collect()
}

/// When the questionnaire of a week closes in a round that began on this day: at midnight of a Monday. Weeks of rest before
/// that put it off, as they do the lessons.
pub fn closes(began: NaiveDate, week: i32, rests: &[NaiveDate], zone: Tz) -> DateTime<Utc> {
    let first = Week::of(began).monday();
    let rests: Vec<NaiveDate> = rests.iter().copied().filter(|monday| *monday >= first).collect();
    calendar::at(put_off(Week::of(began).plus(week + 1).monday() + OPEN_FOR, &rests), 0, 0, zone)
}

/// When a questionnaire closes instead, now that other weeks rest than when that was planned.
pub fn moved(closes: DateTime<Utc>, was: &[NaiveDate], is: &[NaiveDate], zone: Tz) -> DateTime<Utc> {
    let mut was = was.to_vec();
    was.sort_unstable_by(|a, b| b.cmp(a));
    let unmoved = was.into_iter().fold(calendar::local_date(closes, zone), |day, monday| {
        if day > monday + TimeDelta::weeks(1) { day - TimeDelta::weeks(1) } else { day }
    });
    calendar::at(put_off(unmoved, is), 0, 0, zone)
}

/// A day that comes later by each week of rest before it.
fn put_off(day: NaiveDate, rests: &[NaiveDate]) -> NaiveDate {
    let mut rests = rests.to_vec();
    rests.sort_unstable();
    rests.into_iter().fold(day, |day, monday| if day > monday { day + TimeDelta::weeks(1) } else { day })
}

/// Whether a step is a questionnaire that has closed.
pub fn is_over(round: &Round, programme: &Programme, spot: &Spot) -> bool {
    let questionnaire = || way::step(programme, spot).is_some_and(|s| matches!(s.kind, StepKind::Questionnaire { .. }));
    round.closed.contains(&spot.module) && questionnaire()
}

/// From when on it is asked what is left of the course.
pub(super) fn later_opens(round: &Round, programme: &Programme) -> DateTime<Utc> {
    let asked = Week::of(round.start).plus(week_of(programme, When::Later)).monday();
    calendar::at(put_off(asked, &round.plans.rests), 0, 0, round.zone)
}

fn week_of(programme: &Programme, when: When) -> i32 {
    let weeks = i32::try_from(programme.modules.len()).unwrap_or(i32::MAX - LATER);
    match when {
        When::Start => 0,
        // Whoever is a week or two behind is asked as well.
        When::End => weeks + 1,
        When::Later => weeks + LATER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_questionnaire_closes_two_weeks_after_its_week_at_midnight_where_the_round_is() {
        let berlin = chrono_tz::Europe::Berlin;
        let began = NaiveDate::from_ymd_opt(2026, 3, 3).unwrap();
        // The first week ends on Sunday, 8 March; the clocks change on the 29th.
        assert_eq!(closes(began, 0, &[], berlin).to_rfc3339(), "2026-03-22T23:00:00+00:00");
        assert_eq!(closes(began, 1, &[], berlin).to_rfc3339(), "2026-03-29T22:00:00+00:00");
    }

    #[test]
    fn a_week_of_rest_puts_closings_off_whether_it_was_planned_before_or_comes_between_and_may_be_taken_back() {
        let berlin = chrono_tz::Europe::Berlin;
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let began = day("2026-03-03");
        let rests = ["2026-03-16", "2026-03-23", "2026-03-30"].map(day);
        for week in 0..4 {
            let planned = closes(began, week, &[], berlin);
            for chosen in [&rests[..1], &rests[..2], &rests[1..], &rests[..]] {
                // Whatever had been chosen before, and in whatever order.
                let at = moved(planned, &[], &rests[2..], berlin);
                let at = moved(at, &rests[2..], chosen, berlin);
                assert_eq!(at, closes(began, week, chosen, berlin), "week {week}: {chosen:?}");
                assert_eq!(moved(at, chosen, &[], berlin), planned, "week {week}: {chosen:?}");
            }
            let days = |at| calendar::local_date(at, berlin);
            let both = closes(began, week, &rests[..2], berlin);
            assert_eq!(days(both) - days(planned), TimeDelta::weeks(2), "week {week}");
        }
        // It closes at the midnight at which the rest begins; and a rest before the round's first week is none of its own.
        let first = closes(began, 0, &[], berlin);
        for other in ["2026-03-23", "2026-02-23"] {
            assert_eq!(closes(began, 0, &[day(other)], berlin), first, "{other}");
        }
    }
}
