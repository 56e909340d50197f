//! When a person is spoken to unasked, and that it stays one message a day and three a week.
//!
//! Owns: the plan of a person's week (lessons, the week's message, the one reminder), merging what is due
//! together, and postponing: quiet hours, absence, an exchange that is going on. Cover and replies are
//! none of its business.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use super::calendar::{self, Week};
use super::effect::{Effect, Fact, Kind, Milestone, Owed, Slot};
use super::holidays;
use super::hours;
use super::message::{Arg, Block, Message, button, say};
use super::pacing::Lane;
use super::study::{self, BUSY};
use super::tandem::{CoverPhase, Due, Nudges, Reach, Role, TandemPhase};
use super::tap::{HoursTap, LessonTap, Tap};
use super::turn::Turn;
use super::way;

/// Unasked messages a person gets in one ISO week at most.
const MAX_A_WEEK: usize = 3;

/// Whether a due item concerns this person.
pub fn is_for(item: &Due, role: Role) -> bool {
    matches!(item, Due::Lesson(r) | Due::Task(r) | Due::Week(r) | Due::ModuleNow(r) if *r == role)
}

/// Lays the person's plan out anew: after starting, a pause, an unblock or a change of days.
pub fn replan(turn: &mut Turn<'_>, role: Role) {
    for item in [Due::Lesson(role), Due::Week(role), Due::Task(role)] {
        turn.unschedule(&item);
    }
    let person = &turn.seat(role).person;
    if turn.t.phase != TandemPhase::Running || person.prefs.paused || person.reach == Reach::Blocked {
        return;
    }
    schedule_lesson(turn, role);
    schedule_week(turn, role, turn.now());
    if turn.seat(role).mind.study.parked.iter().any(|task| !task.reminded) {
        remind_once(turn, role);
    }
}

/// A task was put off: it comes up once more, with the next message that comes anyway.
pub fn remind_once(turn: &mut Turn<'_>, role: Role) {
    let (lesson, week) = (Due::Lesson(role), Due::Week(role));
    let next = [lesson, week].iter().filter_map(|due| turn.t.agenda.get(due)).min().copied();
    let at = next.unwrap_or_else(|| turn.next_own_hour(role, turn.now()));
    turn.schedule(Due::Task(role), at);
}

/// The exchange is over: what waited for its end comes now.
pub fn resume_waiting(turn: &mut Turn<'_>, role: Role) {
    let now = turn.now();
    let until = now + BUSY;
    for item in [Due::Lesson(role), Due::Week(role), Due::Task(role)] {
        if turn.t.agenda.get(&item).is_some_and(|at| *at <= until) {
            turn.schedule(item, now);
        }
    }
}

/// Minutes were entered: a week's message that has nothing left to ask is not sent (it asks when it is due).
pub fn hours_changed(turn: &mut Turn<'_>) {
    for role in [Role::Lead, Role::Deputy] {
        if let Some(seat) = turn.t.seat_mut(role) {
            seat.mind.not_released = None;
        }
    }
}

/// A trainer or the operator lets the next module come at once.
pub fn module_now(turn: &mut Turn<'_>, role: Role) {
    let released = turn.seat(role).mind.study.released;
    let Some(first) = way::next_module(turn.cx.programme, released) else { return };
    turn.seat_mut(role).mind.study.released = first;
    let lesson = release(turn, role);
    schedule_lesson(turn, role);
    if let Some(message) = lesson {
        send(turn, role, Kind::Lesson, message);
    }
}

/// Speaks to a person about all that is due for them, in one message, or puts it off.
pub fn speak(turn: &mut Turn<'_>, role: Role, items: &[Due]) {
    let person = &turn.seat(role).person;
    if turn.t.phase != TandemPhase::Running || person.prefs.paused || person.reach == Reach::Blocked {
        return;
    }
    if let Some(at) = not_yet(turn, role) {
        for item in items {
            turn.schedule(item.clone(), at);
        }
        return;
    }
    let mut message = None;
    let mut kind = Kind::Reminder;
    if items.contains(&Due::Lesson(role)) {
        message = release(turn, role);
        if message.is_some() {
            kind = Kind::Lesson;
        }
        schedule_lesson(turn, role);
    }
    if items.contains(&Due::Task(role)) {
        message = reminder(turn, role, message);
    }
    if items.contains(&Due::Week(role)) {
        let part = week_is_ending(turn, role).then(|| week_part(turn, role, message.is_none())).flatten();
        if let Some(part) = part {
            kind = if kind == Kind::Lesson { kind } else { Kind::Week };
            message = Some(join(message, part));
        }
        let after = turn.now();
        schedule_week(turn, role, after);
    }
    if let Some(message) = message {
        send(turn, role, kind, message);
    }
}

/// The last day of this week on which the person works and is there, at their hour.
fn last_own_day(turn: &Turn<'_>, role: Role, week: Week) -> Option<DateTime<Utc>> {
    let person = &turn.seat(role).person;
    let land = turn.t.round.land;
    week.days()
        .filter(|day| {
            person.prefs.workdays.contains(*day)
                && !turn.t.away(&person.id, *day)
                && !land.is_some_and(|land| holidays::is_holiday(land, *day).is_some())
        })
        .last()
        .map(|day| calendar::at(day, u32::from(person.prefs.hour), 0, person.zone))
}

/// Whether this is the last own day of the week, or after it: a machine that was off for days does not speak of the
/// end of a week on its Tuesday.
fn week_is_ending(turn: &Turn<'_>, role: Role) -> bool {
    let today = turn.today(role);
    let zone = turn.seat(role).person.zone;
    last_own_day(turn, role, Week::of(today)).is_none_or(|last| calendar::local_date(last, zone) <= today)
}

/// The week's message moves when the last own day of the week does.
pub fn replan_week(turn: &mut Turn<'_>, role: Role) {
    if turn.t.agenda.contains_key(&Due::Week(role)) {
        let now = turn.now();
        schedule_week(turn, role, now);
    }
}

fn schedule_week(turn: &mut Turn<'_>, role: Role, after: DateTime<Utc>) {
    let mut week = Week::of(calendar::local_date(after, turn.seat(role).person.zone));
    for _ in 0..60 {
        if let Some(at) = last_own_day(turn, role, week).filter(|at| *at > after) {
            return turn.schedule(Due::Week(role), at);
        }
        week = week.next();
    }
}

fn schedule_lesson(turn: &mut Turn<'_>, role: Role) {
    let released = turn.seat(role).mind.study.released;
    if released >= way::lesson_count(turn.cx.programme) {
        return turn.unschedule(&Due::Lesson(role));
    }
    let person = &turn.seat(role).person;
    // The day before the round's first, so that its first day counts when the round starts early.
    let first_day = calendar::at(turn.t.round.start, 0, 0, person.zone) - TimeDelta::seconds(1);
    let after = turn.now().max(first_day);
    let Ok(release) = calendar::Release::parse(&turn.cx.programme.release) else { return };
    let next = calendar::next_release(&release, Some(person.prefs.hour), person.prefs.lesson_days, person.zone, after);
    if let Some(at) = next {
        turn.schedule(Due::Lesson(role), at);
    }
}

/// When to speak instead, if not now.
fn not_yet(turn: &Turn<'_>, role: Role) -> Option<DateTime<Utc>> {
    let now = turn.now();
    let seat = turn.seat(role);
    let polite = turn.polite(role, now);
    if polite > now {
        return Some(turn.next_own_hour(role, now).min(polite.max(turn.next_own_hour(role, now))));
    }
    if let Some(since) = seat.mind.busy_since
        && seat.mind.study.at.is_some()
        && since + BUSY > now
    {
        return Some(since + BUSY);
    }
    let today = turn.today(role);
    if seat.mind.unasked.contains(&today) {
        return Some(turn.next_own_hour(role, now));
    }
    let this_week = seat.mind.unasked.iter().filter(|day| same_week(**day, today)).count();
    if this_week >= MAX_A_WEEK {
        let sunday = Week::of(today).monday() + TimeDelta::days(6);
        let zone = seat.person.zone;
        return Some(turn.next_own_hour(role, calendar::at(sunday, 23, 59, zone)));
    }
    None
}

fn same_week(a: NaiveDate, b: NaiveDate) -> bool {
    a.iso_week() == b.iso_week()
}

/// Lets the next lesson come. `None` when there is none left.
fn release(turn: &mut Turn<'_>, role: Role) -> Option<Message> {
    let programme = turn.cx.programme;
    let released = turn.seat(role).mind.study.released;
    let (module, lesson) = way::nth_lesson(programme, released)?;
    let (module_id, lesson_id) = (module.id.clone(), lesson.id.clone());
    let start = lesson.steps.first().map(|step| way::at(module, step));
    let person = turn.id_of(role);
    turn.fact(Fact::Milestone {
        person,
        module: module_id.clone(),
        lesson: lesson_id.clone(),
        milestone: Milestone::Released,
    });
    let study = &mut turn.seat_mut(role).mind.study;
    study.released += 1;
    let behind = study.at.is_some();
    if !behind {
        study.at = start;
        study.chosen.clear();
        study.judged = false;
        study.opened = false;
    }
    Some(announcement(turn, released, behind))
}

/// The newest lesson as it was announced, while none is open on the screen.
pub fn announced(turn: &Turn<'_>, role: Role) -> Option<Message> {
    let study = &turn.seat(role).mind.study;
    let at = way::lesson_index(turn.cx.programme, study.at.as_ref()?)?;
    let newest = study.released.checked_sub(1)?;
    Some(announcement(turn, newest, at < newest))
}

/// Title and first words of the lesson at this place; `behind` while the person has not finished an earlier one.
fn announcement(turn: &Turn<'_>, index: usize, behind: bool) -> Message {
    let programme = turn.cx.programme;
    let Some((module, lesson)) = way::nth_lesson(programme, index) else { return Message::default() };
    let mut message = Message::default();
    if module.lessons.first().is_some_and(|first| first.id == lesson.id) {
        message = message.block(Block::Module { programme: programme.id.clone(), module: module.id.clone() });
    }
    message = message.block(Block::Lesson {
        programme: programme.id.clone(),
        module: module.id.clone(),
        lesson: lesson.id.clone(),
    });
    let minutes = Arg::Minutes(lesson.minutes);
    message = message.and(if behind { say("lesson-behind") } else { say("lesson-here").with("minutes", minutes) });
    let open = if behind { say("button-continue") } else { say("button-start") };
    message
        .row([button(open, Tap::Lesson(LessonTap::Open)), button(say("button-later"), Tap::Lesson(LessonTap::Later))])
}

/// What was put off, once.
fn reminder(turn: &mut Turn<'_>, role: Role, message: Option<Message>) -> Option<Message> {
    let nudges = turn.seat(role).person.prefs.nudges;
    let study = &mut turn.seat_mut(role).mind.study;
    let fresh = study.parked.iter().any(|task| !task.reminded);
    for task in &mut study.parked {
        task.reminded = true;
    }
    let lesson_waits = study.at.is_some() && !study.opened && message.is_none();
    if nudges == Nudges::Fewer || !(fresh || lesson_waits) {
        return message;
    }
    let mut part = Message::default();
    if lesson_waits {
        part = part.and(say("reminder-lesson")).row([button(say("button-open-lesson"), Tap::Lesson(LessonTap::Open))]);
    }
    if fresh {
        part = study::parked_rows(turn, role, part.and(say("reminder-task")));
    }
    Some(join(message, part))
}

/// The week's hours for whoever is in charge of them, and what stands open.
fn week_part(turn: &mut Turn<'_>, role: Role, alone: bool) -> Option<Message> {
    let seat = turn.seat(role);
    if seat.person.prefs.nudges == Nudges::Fewer {
        return None;
    }
    let today = turn.today(role);
    let week = Week::of(today);
    let silent = seat.mind.not_released == Some(week.monday());
    let mut part = None;
    if keeps_hours(turn, role, today) && !silent && !hours::on_target(&turn.t, week) {
        let add = |minutes: u32| {
            button(say("button-add").with("minutes", Arg::Minutes(minutes)), Tap::Hours(HoursTap::Add(minutes)))
        };
        part = Some(
            Message::of(say("week-hours"))
                .and(hours::standing_line(&turn.t, week))
                .row([30, 60].map(add))
                .row([button(say("button-not-released"), Tap::Hours(HoursTap::NotReleased))]),
        );
    }
    let study = &mut turn.seat_mut(role).mind.study;
    let fresh = study.open_told != Some(study.released);
    if alone && study.at.is_some() && fresh {
        study.open_told = Some(study.released);
        let open =
            Message::of(say("week-lesson-open")).row([button(say("button-continue"), Tap::Lesson(LessonTap::Open))]);
        part = Some(match part {
            Some(part) => join(Some(part), open),
            None => open,
        });
    }
    part
}

/// Hour messages go to the lead, or to the deputy who covers for the lead today.
fn keeps_hours(turn: &Turn<'_>, role: Role, today: NaiveDate) -> bool {
    match role {
        Role::Lead => true,
        Role::Deputy => {
            let me = &turn.seat(role).person.id;
            turn.t.covers.iter().any(|cover| {
                cover.helper.as_ref() == Some(me)
                    && matches!(cover.phase, CoverPhase::Accepted | CoverPhase::Done)
                    && cover.days.from <= today
                    && Week::of(cover.days.to) >= Week::of(today)
            })
        }
    }
}

fn join(first: Option<Message>, second: Message) -> Message {
    match first {
        None => second,
        Some(mut first) => {
            first.blocks.extend(second.blocks);
            first.rows.extend(second.rows);
            first
        }
    }
}

/// Owes the merged message and counts it against the ceiling.
fn send(turn: &mut Turn<'_>, role: Role, kind: Kind, message: Message) {
    let today = turn.today(role);
    let now = turn.now();
    let mind = &mut turn.seat_mut(role).mind;
    mind.unasked.retain(|day| today - *day < TimeDelta::days(8));
    mind.unasked.push(today);
    let to = turn.id_of(role);
    let released = turn.seat(role).mind.study.released;
    let expires = match kind {
        Kind::Lesson => None,
        _ => Some(now + TimeDelta::days(3)),
    };
    let slot = match kind {
        Kind::Lesson => Some(Slot::Lesson),
        _ => None,
    };
    let occurrence = match kind {
        Kind::Lesson => format!("{}:{released}", turn.t.id),
        _ => format!("{}:{today}", turn.t.id),
    };
    turn.out.push(Effect::Owe(Owed {
        to,
        kind,
        occurrence,
        lane: Lane::Bulk,
        not_before: now,
        expires,
        slot,
        message,
    }));
}
