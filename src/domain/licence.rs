//! The licence: what it asks for, how much of it is there, what its holder does with it.
//!
//! Owns here the conditions: facts in, a list out. Does not know where the facts are kept, nor how a licence looks.

pub mod card;
pub mod desk;
mod holder;
mod ready;
pub mod renewal;
#[cfg(test)]
mod tests;

pub use holder::{extend, named, shown, tapped, vouched};
pub use ready::{Before, after, all_there, found, plan};

use super::effect::Answer;
use super::ids::PersonId;
use super::programme::{Programme, Step, StepKind};
use super::tandem::{Met, Seat, Spot, Tandem, Vouch};
use super::way;

/// One thing that a licence asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The closing test is passed.
    Test,
    /// Each text for the concept was written by one of the two, or declined with a reason: so many of so many.
    Concept { done: usize, of: usize },
    /// The other has gone through the hand-over. `alone`: there is no other at present.
    HandOver { alone: bool },
    /// Somebody in charge has promised the hours.
    Promise,
}

/// How somebody dealt with a step: the tandem's two, in any order.
#[derive(Clone, Debug, PartialEq)]
pub struct Dealt {
    pub person: PersonId,
    pub spot: Spot,
    pub answer: Answer,
}

/// What becomes of a request to the trainers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VouchChange {
    Asked,
    Answered,
}

impl Condition {
    /// Which one it is, whatever there is of it.
    pub fn kind(self) -> Met {
        match self {
            Self::Test => Met::Test,
            Self::Concept { .. } => Met::Concept,
            Self::HandOver { .. } => Met::HandOver,
            Self::Promise => Met::Promise,
        }
    }
}

/// The conditions of a person's licence, each with whether it is met. None where the programme has no closing test.
pub fn conditions(programme: &Programme, tandem: &Tandem, seat: &Seat, dealt: &[Dealt]) -> Vec<(Condition, bool)> {
    if programme.test.is_none() {
        return Vec::new();
    }
    let steps = || programme.modules.iter().flat_map(|module| module.steps().map(move |step| (module, step)));
    let by = |spot: &Spot, person: Option<&PersonId>, counts: &dyn Fn(&Answer) -> bool| {
        let mine = |d: &&Dealt| &d.spot == spot && person.is_none_or(|person| &d.person == person);
        dealt.iter().filter(mine).any(|d| counts(&d.answer))
    };
    let once = |kind| seat.mind.licensing.met.contains(&kind);
    let mut all = vec![(Condition::Test, seat.mind.exam.passed().is_some() || once(Met::Test))];
    let texts: Vec<Spot> = steps().filter(|(_, step)| is_text(step)).map(|(m, step)| way::at(m, step)).collect();
    let done = texts.iter().filter(|spot| by(spot, None, &is_settled)).count();
    if !texts.is_empty() {
        all.push((Condition::Concept { done, of: texts.len() }, done == texts.len() || once(Met::Concept)));
    }
    let lists: Vec<(Spot, &Step)> = steps().filter(|(_, s)| s.handover).map(|(m, s)| (way::at(m, s), s)).collect();
    if !lists.is_empty() {
        let other = tandem.seat(seat.role.other()).map(|other| &other.person.id);
        let confirmed = |person: &PersonId| {
            lists.iter().all(|(spot, step)| by(spot, Some(person), &|answer| all_ticked(step, answer)))
        };
        let vouched = seat.mind.licensing.vouch == Vouch::Yes || once(Met::HandOver);
        all.push((Condition::HandOver { alone: other.is_none() }, vouched || other.is_some_and(confirmed)));
    }
    all.push((Condition::Promise, tandem.promise.given() || once(Met::Promise)));
    all
}

/// Whether all that a licence asks for was found to be met.
pub fn is_complete(programme: &Programme, seat: &Seat) -> bool {
    let steps = || programme.modules.iter().flat_map(|module| module.steps());
    let concept = steps().any(is_text).then_some(Met::Concept);
    let handover = steps().any(|step| step.handover).then_some(Met::HandOver);
    let asked = [Met::Test, Met::Promise].into_iter().chain(concept).chain(handover);
    programme.test.is_some() && asked.into_iter().all(|kind| seat.mind.licensing.met.contains(&kind))
}

/// Whether a licence may rest on how somebody dealt with this step.
fn counts(step: &Step) -> bool {
    step.handover || is_text(step)
}

fn is_text(step: &Step) -> bool {
    matches!(step.kind, StepKind::Write { concept: Some(_) })
}

/// A reasoned no counts: deciding against something is a result.
fn is_settled(answer: &Answer) -> bool {
    matches!(answer, Answer::Wrote(_) | Answer::Unfit(_))
}

/// Every item is ticked.
fn all_ticked(step: &Step, answer: &Answer) -> bool {
    matches!(answer, Answer::Ticked(ticked) if step.kind.option_ids().iter().all(|item| ticked.contains(item)))
}
