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

/// When the questionnaire of a week closes in a round that began on this day: at midnight of a Monday.
pub fn closes(began: NaiveDate, week: i32, zone: Tz) -> DateTime<Utc> {
    calendar::at(Week::of(began).plus(week + 1).monday() + OPEN_FOR, 0, 0, zone)
}

/// Whether a step is a questionnaire that has closed.
pub fn is_over(round: &Round, programme: &Programme, spot: &Spot) -> bool {
    let questionnaire = || way::step(programme, spot).is_some_and(|s| matches!(s.kind, StepKind::Questionnaire { .. }));
    round.closed.contains(&spot.module) && questionnaire()
}

/// From when on it is asked what is left of the course.
pub(super) fn later_opens(start: NaiveDate, programme: &Programme, zone: Tz) -> DateTime<Utc> {
    calendar::at(Week::of(start).plus(week_of(programme, When::Later)).monday(), 0, 0, zone)
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
        assert_eq!(closes(began, 0, berlin).to_rfc3339(), "2026-03-22T23:00:00+00:00");
        assert_eq!(closes(began, 1, berlin).to_rfc3339(), "2026-03-29T22:00:00+00:00");
    }
}
