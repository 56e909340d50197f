//! The instants of a cover: chased at seven days, two days and one working day; what starts within 48 hours
//! after four working hours; then the gap is shown while there is time. The hand-over comes a working day before.
//!
//! What has to wait for a polite moment waits on the agenda and not in the outbox: whatever changes until then, nobody
//! gets a question or a reminder that is out of date.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::super::calendar;
use super::super::ids::CoverId;
use super::super::tandem::{Cover, CoverPhase, Due, Reach, Role};
use super::super::turn::Turn;
use super::pieces::needed;
use super::{
    absence_of, absent_role, contact, find, gaping, helper_role, neighbours, screens, set, soon, starts, when,
};

/// Working hours between a question and the next one, and between the last one and showing the gap.
const CHASE_HOURS: u32 = 4;

/// Local hour of the absent person's last working day before, at which a gap is shown at the latest.
const GAP_HOUR: u32 = 16;

/// Where not even that leaves four hours: the last hour at which somebody may be told before the days begin.
const LAST_HOUR: u32 = calendar::QUIET_STARTS - 1;

/// A helper has at least so long to answer before a gap is shown.
const LEAST_WAIT: TimeDelta = TimeDelta::hours(1);

/// A question went unanswered for a while: it is put once more.
pub fn chase(turn: &mut Turn<'_>, id: &CoverId) {
    let waits = |cover: &Cover| matches!(cover.phase, CoverPhase::Asked | CoverPhase::Unanswered);
    let Some(cover) = find(turn, id).filter(waits) else { return };
    let Some(role) = helper_role(turn, &cover) else { return };
    if cover.days.to < turn.today(role) {
        return set(turn, id, CoverPhase::Unanswered);
    }
    // After a time without a server it may be night.
    let (at, now) = (when(turn, role, &cover), turn.now());
    if at > now {
        return turn.schedule(Due::Chase(id.clone()), at);
    }
    let (helper, today) = (turn.id_of(role), turn.today(role));
    let message = screens::question(turn, &cover, "cover-question-again");
    turn.owe_cover(helper, format!("chase:{id}:{}:{today}", cover.version), now, message);
    if cover.phase == CoverPhase::Unanswered {
        return;
    }
    match next_chase(turn, &cover) {
        Some(at) => turn.schedule(Due::Chase(id.clone()), at),
        None => {
            let at = gap_at(turn, &cover);
            if at > now { turn.schedule(Due::Gap(id.clone()), at) } else { gap_due(turn, id) }
        }
    }
}

/// The question is put: when it is put again, and when the gap shows if there is no time for that.
pub(super) fn schedule(turn: &mut Turn<'_>, cover: &Cover) {
    let (Some(role), Some(absent)) = (helper_role(turn, cover), absent_role(turn, cover)) else { return };
    let person = &turn.seat(role).person;
    let hours =
        calendar::add_working_hours(turn.now(), CHASE_HOURS, person.prefs.days_on(turn.today(role)), person.zone);
    let at = if soon(turn, role, cover) { hours } else { next_chase(turn, cover).unwrap_or(hours) };
    turn.schedule(Due::Chase(cover.id.clone()), at);
    // Of days that have begun, the next one is what can still be helped.
    let tomorrow = turn.today(absent) + TimeDelta::days(1);
    let Some((first, _)) = needed(turn, absent, cover, tomorrow).first().copied() else { return };
    let last = calendar::at(eve(turn, absent, first), LAST_HOUR, 0, turn.seat(absent).person.zone);
    if at > last && turn.now() + LEAST_WAIT <= last {
        turn.schedule(Due::Gap(cover.id.clone()), last);
    }
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
    hours.min(latest(turn, absent, cover))
}

/// The moment at which a gap shows at the latest, so that there is time to do something about it.
pub(super) fn latest(turn: &Turn<'_>, absent: Role, cover: &Cover) -> DateTime<Utc> {
    calendar::at(eve(turn, absent, cover.days.from), GAP_HOUR, 0, turn.seat(absent).person.zone)
}

/// The last day before on which the absent person is there. Whoever is away already hears of it the day before.
fn eve(turn: &Turn<'_>, absent: Role, first: NaiveDate) -> NaiveDate {
    let before = first.pred_opt().unwrap_or(first);
    match turn.t.away(&turn.id_of(absent), before) {
        true => before,
        false => turn.last_day_before(absent, first),
    }
}

/// The question stayed without an answer and the days come near, or a gap waited for a polite moment.
pub fn gap_due(turn: &mut Turn<'_>, id: &CoverId) {
    let Some(cover) = find(turn, id).filter(|cover| gaping(cover.phase)) else { return };
    if cover.phase == CoverPhase::Asked {
        set(turn, id, CoverPhase::Unanswered);
    }
    show_gap(turn, id);
}

/// Tells the absent person that nobody stands in, while there is time.
pub(super) fn show_gap(turn: &mut Turn<'_>, id: &CoverId) {
    let Some(cover) = find(turn, id).filter(|cover| gaping(cover.phase)) else { return };
    let Some(role) = absent_role(turn, &cover) else { return };
    if cover.days.to < turn.today(role) {
        return;
    }
    let (at, now) = (when(turn, role, &cover), turn.now());
    if at > now {
        return turn.schedule(Due::Gap(id.clone()), at);
    }
    let why = match cover.phase {
        CoverPhase::Declined => "no",
        CoverPhase::Unanswered => "silent",
        _ => "nobody",
    };
    let asked = neighbours::asked(&cover);
    let who = turn.id_of(role);
    let message = screens::gap(turn, role, &cover);
    turn.owe_cover(who, format!("gap:{id}:{}:{why}:{asked}", cover.version), now, message);
    contact::tell(turn, &cover);
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

/// The helper who said yes gets the checklist, once; so does the absent person, while there is time to hand over.
pub fn hand_over(turn: &mut Turn<'_>, id: &CoverId) {
    let Some(cover) = find(turn, id).filter(|cover| cover.phase == CoverPhase::Accepted) else { return };
    let Some(role) = helper_role(turn, &cover) else { return };
    if absence_of(turn, &cover).is_none() || cover.days.to < turn.today(role) {
        return;
    }
    let (helper, now) = (turn.id_of(role), turn.now());
    let message = screens::checklist(turn, id);
    turn.owe_cover(helper, format!("handover:{id}:{}", cover.version), now, message);
    give(turn, &cover);
}

/// The absent person's side of the checklist. Whoever is away already hands nothing over: then the helper's ticks do.
pub(super) fn give(turn: &mut Turn<'_>, cover: &Cover) {
    let Some(absent) = absent_role(turn, cover) else { return };
    let (who, today) = (turn.id_of(absent), turn.today(absent));
    if cover.days.from <= today || turn.t.away(&who, today) || turn.seat(absent).person.reach == Reach::Blocked {
        return;
    }
    let (at, message) = (when(turn, absent, cover), screens::giving(turn, &cover.id));
    turn.owe_cover(who, format!("giving:{}:{}", cover.id, cover.version), at, message);
}
