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
pub use plan::{remind_once, replan, replan_lesson, replan_week, resume_waiting};

use chrono::{DateTime, TimeDelta, Utc};

use super::effect::{Effect, Kind, Owed, Slot};
use super::ids::NewsId;
use super::licence::{self, renewal};
use super::message::Message;
use super::news;
use super::pacing::Lane;
use super::tandem::{Due, Reach, Role, Stage, TandemPhase};
use super::tap::Nudge;
use super::turn::Turn;

/// Whether a due item concerns this person.
pub fn is_for(item: &Due, role: Role) -> bool {
    match item {
        Due::Lesson(r)
        | Due::Task(r)
        | Due::Week(r)
        | Due::ModuleNow(r)
        | Due::News(r)
        | Due::Renewal(r)
        | Due::Licence(r) => *r == role,
        _ => false,
    }
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
        send(turn, role, Kind::Lesson, message, Vec::new());
    }
}

/// Speaks to a person about all that is due for them, in one message, or puts it off.
pub fn speak(turn: &mut Turn<'_>, role: Role, items: &[Due]) {
    if !listening(turn, role) {
        if items.contains(&Due::News(role)) {
            news::alone(turn, role);
        }
        return;
    }
    let rested: Vec<Due>;
    let items = match items.contains(&Due::Lesson(role)) && turn.t.round.plans.rests(turn.today(role)) {
        true => {
            // It was planned before the week was made one of rest, or put off into it.
            plan::schedule_lesson(turn, role);
            rested = items.iter().filter(|item| **item != Due::Lesson(role)).cloned().collect();
            rested.as_slice()
        }
        false => items,
    };
    if items.is_empty() {
        return;
    }
    let with_week = items.contains(&Due::Week(role));
    if let Some(at) = plan::not_yet(turn, role, with_week) {
        for item in items {
            turn.schedule(item.clone(), at);
        }
        if items.contains(&Due::News(role)) && news::presses(turn, role, at) {
            news::tell(turn, role);
        }
        return;
    }
    if items == [Due::News(role)]
        && let Some(at) = plan::later_today(turn, role)
    {
        return turn.schedule(Due::News(role), at);
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
    if items.contains(&Due::Licence(role))
        && let Some(part) = licence::all_there(turn, role)
    {
        message = Some(parts::join(message, part));
    }
    let mut told = Vec::new();
    if (message.is_some() || items.contains(&Due::News(role)))
        && let Some((news, ids)) = news::part(turn, role)
    {
        kind = if message.is_none() { Kind::News } else { kind };
        message = Some(parts::join(message, news));
        told = ids;
    }
    if let Some(message) = message {
        let reason = nudge.map(parts::reason).into_iter().flatten();
        send(turn, role, kind, message.row(reason), told);
    }
}

/// When a person may be spoken to instead, if not now.
pub fn not_yet(turn: &mut Turn<'_>, role: Role) -> Option<DateTime<Utc>> {
    plan::not_yet(turn, role, false)
}

/// News for somebody to whom nothing else comes yet.
pub fn send_news(turn: &mut Turn<'_>, role: Role, message: Message, told: Vec<NewsId>) {
    send(turn, role, Kind::News, message, told);
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
fn send(turn: &mut Turn<'_>, role: Role, kind: Kind, message: Message, told: Vec<NewsId>) {
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
    let occurrence = match (kind, told.first()) {
        (Kind::Lesson, _) => format!("{}:{released}", turn.t.id),
        // What presses may come on a day on which other news have come: a meeting is called off after its reminder.
        (Kind::News, Some(first)) => format!("{}:{today}:{first}", turn.t.id),
        _ => format!("{}:{today}", turn.t.id),
    };
    for news in told {
        turn.out.push(Effect::NewsTold { news, person: to.clone(), kind, occurrence: occurrence.clone() });
    }
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
