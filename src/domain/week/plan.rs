//! The instants of a person's week, and when what is due has to wait.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use super::super::calendar::{self, Release, Week};
use super::super::licence::{self, renewal};
use super::super::news;
use super::super::study::{self, BUSY};
use super::super::tandem::{Due, Role};
use super::super::turn::Turn;
use super::super::way;
use super::listening;

/// Unasked messages a person gets in one ISO week at most.
const MAX_A_WEEK: usize = 3;

/// Weeks looked through for one with a day on which the person is there: longer than any absence.
const WEEKS_AHEAD: i32 = 60;

/// Lays the person's plan out anew: after starting, a pause, an unblock or a change of days.
pub fn replan(turn: &mut Turn<'_>, role: Role) {
    news::plan(turn, role);
    let reminder = turn.t.agenda.contains_key(&Due::Task(role));
    for item in [Due::Lesson(role), Due::Week(role), Due::Task(role)] {
        turn.unschedule(&item);
    }
    if !listening(turn, role) {
        return;
    }
    schedule_lesson(turn, role);
    schedule_week(turn, role);
    renewal::schedule(turn, role);
    licence::plan(turn, role);
    if reminder || turn.seat(role).mind.study.parked.iter().any(|task| !task.reminded) {
        remind_once(turn, role);
    }
}

/// Something was put off: it comes up once more, with the next message that comes anyway.
pub fn remind_once(turn: &mut Turn<'_>, role: Role) {
    let (lesson, week) = (Due::Lesson(role), Due::Week(role));
    let next = [lesson, week].iter().filter_map(|due| turn.t.agenda.get(due)).min().copied();
    let at = next.unwrap_or_else(|| turn.next_own_hour(role, turn.now()));
    turn.schedule(Due::Task(role), at);
}

/// The exchange is over: what waited for its end comes now.
pub fn resume_waiting(turn: &mut Turn<'_>, role: Role) {
    let now = turn.now();
    if turn.seat_mut(role).mind.held_since.take().is_none() {
        return;
    }
    for item in [Due::Lesson(role), Due::Week(role), Due::Task(role)] {
        if turn.t.agenda.get(&item).is_some_and(|at| *at <= now + BUSY) {
            turn.schedule(item, now);
        }
    }
}

/// The round's plans have changed: the next lesson moves, if one is planned.
pub fn replan_lesson(turn: &mut Turn<'_>, role: Role) {
    if turn.t.agenda.contains_key(&Due::Lesson(role)) {
        schedule_lesson(turn, role);
    }
}

/// When something else comes to this person later on this day; what can wait comes with it.
pub(super) fn later_today(turn: &Turn<'_>, role: Role) -> Option<DateTime<Utc>> {
    let (now, today, zone) = (turn.now(), turn.today(role), turn.seat(role).person.zone);
    let planned = [Due::Lesson(role), Due::Week(role), Due::Task(role)];
    let at = planned.iter().filter_map(|item| turn.t.agenda.get(item)).min().copied()?;
    (at > now && calendar::local_date(at, zone) == today).then_some(at)
}

/// The week's message moves when the last own day of the week does.
pub fn replan_week(turn: &mut Turn<'_>, role: Role) {
    if turn.t.agenda.contains_key(&Due::Week(role)) {
        schedule_week(turn, role);
    }
}

/// The last day of a week on which the person works and is there.
pub(super) fn last_own_day(turn: &Turn<'_>, role: Role, week: Week) -> Option<NaiveDate> {
    week.days().filter(|day| turn.there(role, *day)).last()
}

/// The week's message: on the last own day, at the person's hour, from the round's first day on.
pub(super) fn schedule_week(turn: &mut Turn<'_>, role: Role) {
    let after = begun(turn, role);
    let first = Week::of(calendar::local_date(after, turn.seat(role).person.zone));
    let next = (0..WEEKS_AHEAD)
        .filter_map(|weeks| last_own_day(turn, role, first.plus(weeks)))
        .map(|day| turn.own_hour(role, day))
        .find(|at| *at > after);
    if let Some(at) = next {
        turn.schedule(Due::Week(role), at);
    }
}

/// The next lesson by the programme's days and the person's hour, while there are lessons left.
pub(super) fn schedule_lesson(turn: &mut Turn<'_>, role: Role) {
    let seat = turn.seat(role);
    if seat.mind.study.released >= way::lesson_count(turn.cx.programme) {
        return turn.unschedule(&Due::Lesson(role));
    }
    let prefs = &seat.person.prefs;
    let Ok(release) = Release::parse(&turn.cx.programme.release) else { return };
    let after = begun(turn, role);
    let zone = seat.person.zone;
    let next = |after| calendar::next_release(&release, Some(prefs.hour), prefs.lesson_days, zone, after);
    let rests = |at: &DateTime<Utc>| turn.t.round.plans.rests(calendar::local_date(*at, zone));
    if let Some(at) = std::iter::successors(next(after), |at| next(*at)).find(|at| !rests(at)) {
        turn.schedule(Due::Lesson(role), at);
    }
}

/// Now, or the moment before the round's first day if that is still to come (a round may start early).
fn begun(turn: &Turn<'_>, role: Role) -> DateTime<Utc> {
    let first_day = calendar::at(turn.t.round.start, 0, 0, turn.seat(role).person.zone);
    turn.now().max(first_day - TimeDelta::seconds(1))
}

/// When to speak instead, if not now. `with_week`: the week's message is among what is due.
pub(super) fn not_yet(turn: &mut Turn<'_>, role: Role, with_week: bool) -> Option<DateTime<Utc>> {
    let now = turn.now();
    // Quiet hours, days off, holidays, absence: the next own hour, which may still be to come today.
    if turn.polite(role, now) > now {
        return Some(turn.next_own_hour(role, now));
    }
    let today = turn.today(role);
    if turn.seat(role).mind.unasked.contains(&today) {
        return Some(turn.next_own_hour(role, calendar::at(today, 23, 59, turn.seat(role).person.zone)));
    }
    if let Some(at) = week_is_full(turn, role, today, with_week) {
        return Some(at);
    }
    busy(turn, role)
}

/// A lesson comes at the hour that the person chose. Whatever only reminds of work keeps to nine to five.
pub(super) fn not_at_work(turn: &Turn<'_>, role: Role) -> Option<DateTime<Utc>> {
    let (now, today, zone) = (turn.now(), turn.today(role), turn.seat(role).person.zone);
    let begins = calendar::at(today, calendar::WORK_STARTS, 0, zone);
    match now {
        _ if now < begins => Some(begins),
        _ if now < calendar::at(today, calendar::WORK_ENDS, 0, zone) => None,
        _ => Some(turn.next_own_hour(role, now)),
    }
}

/// Three messages a week, the last of them kept for the week's own as long as that is still to come.
fn week_is_full(turn: &Turn<'_>, role: Role, today: NaiveDate, with_week: bool) -> Option<DateTime<Utc>> {
    let mind = &turn.seat(role).mind;
    let zone = turn.seat(role).person.zone;
    let said = mind.unasked.iter().filter(|day| day.iso_week() == today.iso_week()).count();
    if said >= MAX_A_WEEK {
        let sunday = Week::of(today).sunday();
        return Some(turn.next_own_hour(role, calendar::at(sunday, 23, 59, zone)));
    }
    let week = turn.t.agenda.get(&Due::Week(role)).copied().filter(|_| !with_week)?;
    let day = calendar::local_date(week, zone);
    (said + 1 >= MAX_A_WEEK && day > today && Week::of(today).contains(day)).then_some(week)
}

/// In the middle of something a person is left in peace until its end or half an hour, whichever comes first.
fn busy(turn: &mut Turn<'_>, role: Role) -> Option<DateTime<Utc>> {
    let now = turn.now();
    let mind = &mut turn.seat_mut(role).mind;
    let until =
        mind.busy_since.filter(|_| mind.study.at.is_some() || mind.exam.is_open() || !mind.recall.queue.is_empty())?
            + study::BUSY;
    let held = *mind.held_since.get_or_insert(now);
    let until = until.min(held + BUSY);
    if until > now {
        return Some(until);
    }
    mind.held_since = None;
    None
}
