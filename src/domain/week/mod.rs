//! When a person is spoken to unasked, and that it stays one message a day and three a week.
//!
//! Owns: the plan of a person's week (lessons, the week's message, the one reminder), merging what is due
//! together, and postponing: quiet hours, absence, an exchange that is going on. Cover and replies are
//! none of its business.

#[cfg(test)]
mod ceilings;
mod parts;
mod plan;
#[cfg(test)]
mod tests;

pub use parts::announced;
pub use plan::{remind_once, replan, replan_week, resume_waiting};

use chrono::TimeDelta;

use super::effect::{Effect, Kind, Owed, Slot};
use super::licence::renewal;
use super::message::Message;
use super::pacing::Lane;
use super::tandem::{Due, Reach, Role, Stage, TandemPhase};
use super::tap::Nudge;
use super::turn::Turn;

/// Whether a due item concerns this person.
pub fn is_for(item: &Due, role: Role) -> bool {
    matches!(item, Due::Lesson(r) | Due::Task(r) | Due::Week(r) | Due::ModuleNow(r) | Due::Renewal(r) if *r == role)
}

/// A trainer or the operator lets the next module come at once, whatever day and hour it is. Whoever is away
/// gets it on coming back; whoever asked for silence, at the ordinary time.
pub fn module_now(turn: &mut Turn<'_>, role: Role) {
    if !listening(turn, role) {
        return;
    }
    if turn.t.away(&turn.id_of(role), turn.today(role)) {
        let at = turn.next_own_hour(role, turn.now());
        return turn.schedule(Due::ModuleNow(role), at);
    }
    if let Some(message) = parts::next_module(turn, role) {
        plan::schedule_lesson(turn, role);
        send(turn, role, Kind::Lesson, message);
    }
}

/// Speaks to a person about all that is due for them, in one message, or puts it off.
pub fn speak(turn: &mut Turn<'_>, role: Role, items: &[Due]) {
    if !listening(turn, role) {
        return;
    }
    let with_week = items.contains(&Due::Week(role));
    if let Some(at) = plan::not_yet(turn, role, with_week) {
        for item in items {
            turn.schedule(item.clone(), at);
        }
        return;
    }
    let mut message = None;
    let mut kind = Kind::Reminder;
    if items.contains(&Due::Lesson(role)) {
        message = parts::release(turn, role);
        if message.is_some() {
            kind = Kind::Lesson;
        }
        plan::schedule_lesson(turn, role);
    }
    if message.is_none()
        && let Some(at) = plan::not_at_work(turn, role)
    {
        for item in items.iter().filter(|item| **item != Due::Lesson(role)) {
            turn.schedule(item.clone(), at);
        }
        return;
    }
    let mut nudge = None;
    if items.contains(&Due::Task(role)) {
        let before = message.clone();
        message = parts::reminder(turn, role, message);
        nudge = (message != before).then_some(Nudge::Reminder);
    }
    if with_week {
        if let Some(part) = parts::week(turn, role, message.is_none()) {
            kind = if kind == Kind::Lesson { kind } else { Kind::Week };
            message = Some(parts::join(message, part));
            nudge = Some(Nudge::Week);
        }
        plan::schedule_week(turn, role);
    }
    if items.contains(&Due::Renewal(role))
        && let Some(part) = renewal::offered(turn, role)
    {
        message = Some(parts::join(message, part));
    }
    if let Some(message) = message {
        let reason = nudge.map(parts::reason).into_iter().flatten();
        send(turn, role, kind, message.row(reason));
    }
}

/// Whether a person gets unasked messages at all.
fn listening(turn: &Turn<'_>, role: Role) -> bool {
    let seat = turn.seat(role);
    turn.t.phase == TandemPhase::Running
        && seat.mind.stage == Stage::Ready
        && !seat.person.prefs.paused
        && seat.person.reach == Reach::Open
}

/// Owes the merged message and counts it against the ceiling.
fn send(turn: &mut Turn<'_>, role: Role, kind: Kind, message: Message) {
    let today = turn.today(role);
    let now = turn.now();
    let mind = &mut turn.seat_mut(role).mind;
    mind.held_since = None;
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
