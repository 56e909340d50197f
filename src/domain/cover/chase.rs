//! The instants of a cover: chased at seven days, two days and one working day; what starts within 48 hours
//! after four working hours; then the gap is shown while there is time. The hand-over comes a working day before.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::calendar;
use super::super::ids::CoverId;
use super::super::tandem::{Cover, CoverPhase, Due};
use super::super::turn::Turn;
use super::{absent_role, find, gaping, helper_role, screens, set, soon, starts, when};

/// Working hours between a question and the next one, and between the last one and showing the gap.
const CHASE_HOURS: u32 = 4;

/// Local hour of the absent person's last working day before, at which a gap is shown at the latest.
const GAP_HOUR: u32 = 16;

/// A question went unanswered for a while: it is put once more.
pub fn chase(turn: &mut Turn<'_>, id: &CoverId) {
    let Some(cover) = find(turn, id).filter(|cover| cover.phase == CoverPhase::Asked) else { return };
    let Some(role) = helper_role(turn, &cover) else { return };
    let today = turn.today(role);
    if cover.days.to < today {
        return set(turn, id, CoverPhase::Unanswered);
    }
    let (helper, now) = (turn.id_of(role), turn.now());
    let message = screens::question(turn, &cover, "cover-question-again");
    turn.owe_cover(helper, format!("chase:{id}:{}:{}", cover.version, now.timestamp()), now, message);
    match next_chase(turn, &cover) {
        Some(at) => turn.schedule(Due::Chase(id.clone()), at),
        None => {
            let at = gap_at(turn, &cover);
            if at > now { turn.schedule(Due::Gap(id.clone()), at) } else { gap_due(turn, id) }
        }
    }
}

/// The question is put: when it is put again.
pub(super) fn schedule(turn: &mut Turn<'_>, cover: &Cover) {
    let Some(role) = helper_role(turn, cover) else { return };
    let person = &turn.seat(role).person;
    let hours =
        calendar::add_working_hours(turn.now(), CHASE_HOURS, person.prefs.days_on(turn.today(role)), person.zone);
    let at = if soon(turn, role, cover) { hours } else { next_chase(turn, cover).unwrap_or(hours) };
    turn.schedule(Due::Chase(cover.id.clone()), at);
}

/// The next of the three days before, at the helper's hour; never sooner than four working hours from now,
/// and not once the absence has begun.
fn next_chase(turn: &Turn<'_>, cover: &Cover) -> Option<DateTime<Utc>> {
    let role = helper_role(turn, cover)?;
    let person = &turn.seat(role).person;
    let first = cover.days.from;
    let earliest =
        calendar::add_working_hours(turn.now(), CHASE_HOURS, person.prefs.days_on(turn.today(role)), person.zone);
    let starts = starts(turn, role, cover);
    [first - TimeDelta::days(7), first - TimeDelta::days(2), turn.last_day_before(role, first)]
        .into_iter()
        .map(|day| turn.polite(role, turn.own_hour(role, day)))
        .filter(|at| *at >= earliest && *at < starts)
        .min()
}

/// Four working hours after the last question, at the latest on the afternoon before.
fn gap_at(turn: &Turn<'_>, cover: &Cover) -> DateTime<Utc> {
    let now = turn.now();
    let (Some(helper), Some(absent)) = (helper_role(turn, cover), absent_role(turn, cover)) else { return now };
    let person = &turn.seat(helper).person;
    let hours = calendar::add_working_hours(now, CHASE_HOURS, person.prefs.days_on(turn.today(helper)), person.zone);
    let eve = turn.last_day_before(absent, cover.days.from);
    hours.min(calendar::at(eve, GAP_HOUR, 0, turn.seat(absent).person.zone))
}

/// The question stayed without an answer, and the days come near.
pub fn gap_due(turn: &mut Turn<'_>, id: &CoverId) {
    if find(turn, id).is_some_and(|cover| cover.phase == CoverPhase::Asked) {
        set(turn, id, CoverPhase::Unanswered);
        show_gap(turn, id);
    }
}

/// Tells the absent person that nobody stands in, while there is time.
pub(super) fn show_gap(turn: &mut Turn<'_>, id: &CoverId) {
    let Some(cover) = find(turn, id).filter(|cover| gaping(cover.phase)) else { return };
    let Some(role) = absent_role(turn, &cover) else { return };
    let why = match cover.phase {
        CoverPhase::Declined => "no",
        CoverPhase::Unanswered => "silent",
        _ => "nobody",
    };
    let (who, at) = (turn.id_of(role), when(turn, role, &cover));
    let message = screens::gap(turn, role, &cover);
    turn.owe_cover(who, format!("gap:{id}:{}:{why}", cover.version), at, message);
}

/// One working day before at the helper's hour. `None` when that is over: the checklist comes at once.
pub(super) fn schedule_handover(turn: &mut Turn<'_>, cover: &Cover) -> Option<DateTime<Utc>> {
    let role = helper_role(turn, cover)?;
    let at = turn.own_hour(role, turn.last_day_before(role, cover.days.from));
    if at <= turn.now() {
        return None;
    }
    turn.schedule(Due::Handover(cover.id.clone()), at);
    Some(at)
}

/// The helper who said yes gets the checklist, once.
pub fn hand_over(turn: &mut Turn<'_>, id: &CoverId) {
    let Some(cover) = find(turn, id).filter(|cover| cover.phase == CoverPhase::Accepted) else { return };
    let Some(helper) = cover.helper.clone() else { return };
    let message = screens::checklist(turn, id);
    let now = turn.now();
    turn.owe_cover(helper, format!("handover:{id}:{}", cover.version), now, message);
}
