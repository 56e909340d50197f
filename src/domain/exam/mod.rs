//! The closing test: twenty questions after the last lesson, one at a time, as often as it takes.
//!
//! Owns: when a test may begin, what an answer does, what passes, what the result says. Nobody but the person sees
//! it: no fact is noted here, and the partner and trainers are told nothing. Does not know a word of the questions.

mod draw;
mod screens;
#[cfg(test)]
mod tests;

pub use draw::draw_law;
pub use screens::{button_row, standing};

use chrono::{Days, NaiveDate};

use super::effect::{Effect, Slot};
use super::licence::{self, renewal};
use super::message::say;
use super::programme::{StepKind, Test};
use super::study;
use super::tandem::{Exam, ExamKind, Outcome, Role};
use super::tap::{Act, ExamTap};
use super::turn::Turn;
use super::way;

/// What the closing test is to a person at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The programme has none, or there are lessons before it.
    NotYet,
    MayBegin,
    /// In the middle of one.
    Open,
    /// It was not enough; from this day on there may be another.
    From(NaiveDate),
    Passed(NaiveDate),
}

/// Finds out. Tasks that were put off do not stand in the way, unfinished lessons do.
pub fn offer(turn: &Turn<'_>, role: Role) -> Standing {
    let mind = &turn.seat(role).mind;
    if turn.cx.programme.test.is_none() {
        return Standing::NotYet;
    }
    if mind.exam.is_open() {
        return Standing::Open;
    }
    if study::finished(turn, role) < way::lesson_count(turn.cx.programme) {
        return Standing::NotYet;
    }
    match &mind.exam.last {
        Some(last) if last.passed => Standing::Passed(last.day),
        Some(last) if turn.today(role) <= last.day => Standing::From(next_day(last.day)),
        Some(_) | None => Standing::MayBegin,
    }
}

/// A button of the test.
pub fn tapped(turn: &mut Turn<'_>, role: Role, tap: ExamTap) {
    match tap {
        // A button of another tandem's test opens nothing here.
        ExamTap::Open(tandem) | ExamTap::Begin(tandem) if tandem != turn.t.id => turn.note(role, say("stale")),
        ExamTap::Open(_) => open(turn, role),
        ExamTap::Begin(_) => match offer(turn, role) {
            Standing::MayBegin => begin(turn, role),
            Standing::Open | Standing::NotYet | Standing::From(_) | Standing::Passed(_) => stale(turn, role),
        },
        ExamTap::Renew(_) => match renewal::offer(turn, role) {
            renewal::Standing::MayBegin => renew(turn, role),
            renewal::Standing::Open => open(turn, role),
            renewal::Standing::NotYet | renewal::Standing::From(_) => stale(turn, role),
        },
        ExamTap::Item { attempt, item, act } => {
            let exam = &turn.seat(role).mind.exam;
            if exam.attempt == attempt && exam.item() == Some(&item) {
                acted(turn, role, act);
            } else {
                stale(turn, role);
            }
        }
    }
}

/// Shows the question that is open, or whatever stands in its place.
pub fn open(turn: &mut Turn<'_>, role: Role) {
    forget_what_is_gone(turn, role);
    let message = match offer(turn, role) {
        Standing::Open => {
            study::busy(turn, role);
            screens::question(turn, role)
        }
        Standing::MayBegin => screens::beginning(turn),
        Standing::From(_) | Standing::Passed(_) => screens::result(turn, role),
        Standing::NotYet => return turn.note(role, say("exam-not-yet")),
    };
    turn.show(role, message, Some(Slot::Exam));
}

/// Redraws the open test, in whatever language the person reads now.
pub fn refresh(turn: &mut Turn<'_>, role: Role) {
    if offer(turn, role) == Standing::Open {
        let (person, message) = (turn.id_of(role), screens::question(turn, role));
        turn.out.push(Effect::Refresh { person, slot: Slot::Exam, message });
    }
}

fn begin(turn: &mut Turn<'_>, role: Role) {
    let Some(test) = &turn.cx.programme.test else { return };
    let chance = turn.ids.id();
    let items = draw::draw(test, &turn.seat(role).mind.exam.asked, &chance);
    ask(turn, role, ExamKind::Closing, items);
}

/// Ten questions about law, for a licence that ends.
fn renew(turn: &mut Turn<'_>, role: Role) {
    let chance = turn.ids.id();
    let items = renewal::draw(turn, role, &chance);
    ask(turn, role, ExamKind::Renewal, items);
}

fn ask(turn: &mut Turn<'_>, role: Role, kind: ExamKind, items: Vec<String>) {
    let Some(test) = &turn.cx.programme.test else { return };
    let exam = &mut turn.seat_mut(role).mind.exam;
    exam.attempt += 1;
    exam.kind = kind;
    exam.items = items;
    exam.right.clear();
    exam.chosen.clear();
    exam.judged = false;
    // Questions that are no longer in the pool need not be remembered.
    exam.asked.retain(|item, _| test.item(item).is_some());
    open(turn, role);
}

fn acted(turn: &mut Turn<'_>, role: Role, act: Act) {
    let exam = &turn.seat(role).mind.exam;
    let test = turn.cx.programme.test.as_ref();
    let Some((_, step)) = exam.item().and_then(|item| test?.item(item)) else { return stale(turn, role) };
    let judged = exam.judged;
    match (&step.kind, act) {
        (_, Act::Next) if judged => onward(turn, role),
        (StepKind::Choice { options, .. }, Act::Pick(option)) if !judged && options.contains(&option) => {
            turn.seat_mut(role).mind.exam.chosen = [option].into();
            judge(turn, role);
        }
        (StepKind::Multi { options, .. }, Act::Pick(option)) if !judged && options.contains(&option) => {
            let chosen = &mut turn.seat_mut(role).mind.exam.chosen;
            if !chosen.remove(&option) {
                chosen.insert(option);
            }
            open(turn, role);
        }
        (StepKind::Multi { .. }, Act::Check) if !judged && exam.chosen.is_empty() => {
            turn.note(role, say("choose-one"));
        }
        (StepKind::Multi { .. }, Act::Check) if !judged => judge(turn, role),
        _ => stale(turn, role),
    }
}

/// The first answer counts; from then on the screen says why.
fn judge(turn: &mut Turn<'_>, role: Role) {
    let test = turn.cx.programme.test.as_ref();
    let exam = &mut turn.seat_mut(role).mind.exam;
    let Some(item) = exam.item().map(str::to_owned) else { return };
    let right = test.and_then(|test| test.item(&item)).and_then(|(_, step)| step.judge(&exam.chosen));
    exam.right.push(right.unwrap_or(false));
    exam.judged = true;
    exam.asked.insert(item, exam.attempt);
    open(turn, role);
}

/// To the next question; after the last, the result.
fn onward(turn: &mut Turn<'_>, role: Role) {
    let exam = &mut turn.seat_mut(role).mind.exam;
    exam.judged = false;
    exam.chosen.clear();
    if exam.right.len() < exam.items.len() {
        return open(turn, role);
    }
    let kind = exam.kind;
    let ended = finish(turn, role);
    study::exchange_over(turn, role);
    let message = match (kind, ended) {
        (ExamKind::Renewal, Some(outcome)) => screens::renewal(turn, role, &outcome),
        _ => screens::result(turn, role),
    };
    turn.show(role, message, Some(Slot::Exam));
}

fn finish(turn: &mut Turn<'_>, role: Role) -> Option<Outcome> {
    let today = turn.today(role);
    let percent = turn.cx.programme.pass_percent;
    let test = turn.cx.programme.test.as_ref()?;
    let exam = &mut turn.seat_mut(role).mind.exam;
    let ended = outcome(test, exam, percent, today);
    let kind = exam.kind;
    exam.items.clear();
    exam.right.clear();
    match kind {
        ExamKind::Closing => exam.last = Some(ended.clone()),
        ExamKind::Renewal if ended.passed => licence::extend(turn, role),
        ExamKind::Renewal => turn.seat_mut(role).mind.licensing.failed = Some(ended.clone()),
    }
    Some(ended)
}

/// What a test that was answered to its end comes to.
fn outcome(test: &Test, exam: &Exam, percent: u8, day: NaiveDate) -> Outcome {
    let (right, of) = (exam.right.iter().filter(|right| **right).count(), exam.items.len());
    let wrong: Vec<&str> = exam.items.iter().zip(&exam.right).filter(|(_, r)| !**r).map(|(i, _)| i.as_str()).collect();
    let weak = |group: &&super::programme::Lesson| group.steps.iter().any(|step| wrong.contains(&step.id.as_str()));
    let weak = test.groups().map(|(group, _)| group).filter(weak).map(|group| group.id.clone()).collect();
    Outcome { day, right, of, passed: of > 0 && right * 100 >= of * usize::from(percent), weak }
}

/// Questions that were taken out of the pool in the middle of a test are not asked, and count neither way.
fn forget_what_is_gone(turn: &mut Turn<'_>, role: Role) {
    let test = turn.cx.programme.test.as_ref();
    let exam = &mut turn.seat_mut(role).mind.exam;
    let there = |item: &String| test.is_some_and(|test| test.item(item).is_some());
    if exam.items.iter().all(there) {
        return;
    }
    exam.judged &= exam.item().is_some_and(|item| there(&item.to_owned()));
    let mut right = exam.right.iter().copied();
    let answered: Vec<(String, Option<bool>)> = exam.items.drain(..).map(|item| (item, right.next())).collect();
    let left: Vec<(String, Option<bool>)> = answered.into_iter().filter(|(item, _)| there(item)).collect();
    exam.right = left.iter().filter_map(|(_, right)| *right).collect();
    exam.items = left.into_iter().map(|(item, _)| item).collect();
    if exam.items.len() == exam.right.len() && !exam.judged {
        // Nothing is left to ask: it is as if this test had not been.
        exam.items.clear();
        exam.right.clear();
    }
    if !exam.judged {
        exam.chosen.clear();
    }
}

/// A button that is not valid any more: a note, and what stands open now.
fn stale(turn: &mut Turn<'_>, role: Role) {
    turn.note(role, say("stale"));
    if offer(turn, role) != Standing::NotYet {
        open(turn, role);
    }
}

fn next_day(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}
