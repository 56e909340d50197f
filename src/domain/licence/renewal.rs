//! Renewing a licence: ten questions about law, near its end or after it.
//!
//! Owns: when it may be renewed and when that is offered. The questions themselves are asked by `exam`.

use chrono::{Days, NaiveDate};

use super::super::exam;
use super::super::message::{Button, Message, button, say};
use super::super::paper;
use super::super::programme::Test;
use super::super::tandem::{Due, Role};
use super::super::tap::{ExamTap, Tap};
use super::super::turn::Turn;

/// Questions of a renewal.
pub const QUESTIONS: usize = 10;

/// A licence may be renewed so many days before its end, and is offered it once, a little later.
const MAY_DAYS: u64 = 60;
const OFFERED_DAYS: u64 = 42;

/// Whether there is something to renew, and from when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is no licence, it holds for long, or the pool asks nothing about law.
    NotYet,
    MayBegin,
    /// In the middle of it.
    Open,
    /// It was not enough; from this day on there may be another try.
    From(NaiveDate),
}

/// Finds out.
pub fn offer(turn: &Turn<'_>, role: Role) -> Standing {
    let mind = &turn.seat(role).mind;
    let Some(licence) = &mind.licensing.licence else { return Standing::NotYet };
    if !turn.cx.programme.test.as_ref().is_some_and(asks_law) {
        return Standing::NotYet;
    }
    if mind.exam.is_open() {
        return if mind.exam.is_renewal() { Standing::Open } else { Standing::NotYet };
    }
    let today = turn.today(role);
    if today < before(licence.until, MAY_DAYS) {
        return Standing::NotYet;
    }
    match &mind.licensing.failed {
        Some(failed) if today <= failed.day => Standing::From(failed.day.succ_opt().unwrap_or(failed.day)),
        Some(_) | None => Standing::MayBegin,
    }
}

/// The button that leads to it, while there is something to do.
pub fn button_row(turn: &Turn<'_>, role: Role) -> Option<Button> {
    let key = match offer(turn, role) {
        Standing::MayBegin => "button-renew",
        Standing::Open => "button-renew-continue",
        Standing::NotYet | Standing::From(_) => return None,
    };
    Some(button(say(key), Tap::Exam(ExamTap::Renew(turn.t.id.clone()))))
}

/// Puts the offer on the agenda: once, some weeks before the end.
pub fn schedule(turn: &mut Turn<'_>, role: Role) {
    let licensing = &turn.seat(role).mind.licensing;
    let Some(until) = licensing.licence.as_ref().map(|licence| licence.until) else { return };
    if licensing.offered == Some(until) {
        return;
    }
    let at = turn.own_hour(role, before(until, OFFERED_DAYS));
    turn.schedule(Due::Renewal(role), at.max(turn.now()));
}

/// What the person is told when the time has come; nothing if it has been done meanwhile.
pub fn offered(turn: &mut Turn<'_>, role: Role) -> Option<Message> {
    let until = turn.seat(role).mind.licensing.licence.as_ref()?.until;
    let button = button_row(turn, role)?;
    turn.seat_mut(role).mind.licensing.offered = Some(until);
    let line = say("renew-offer").with("day", paper::full_day(until)).with("count", QUESTIONS);
    Some(Message::of(line).row([button]))
}

/// Which questions a renewal asks.
pub fn draw(turn: &Turn<'_>, role: Role, chance: &str) -> Vec<String> {
    let asked = &turn.seat(role).mind.exam.asked;
    turn.cx.programme.test.as_ref().map_or_else(Vec::new, |test| exam::draw_law(test, QUESTIONS, asked, chance))
}

fn asks_law(test: &Test) -> bool {
    test.pool.steps().any(|step| step.law)
}

fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}
