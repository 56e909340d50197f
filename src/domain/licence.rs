//! What a licence asks for, and how much of it is there.
//!
//! Pure: facts in, a list of conditions out. Does not know where the facts are kept, nor how a licence looks.

use super::effect::Answer;
use super::ids::PersonId;
use super::programme::{Programme, Step, StepKind};
use super::tandem::{Seat, Spot, Tandem};
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
    let mut all = vec![(Condition::Test, seat.mind.exam.passed().is_some())];
    let texts: Vec<Spot> = steps().filter(|(_, step)| is_text(step)).map(|(m, step)| way::at(m, step)).collect();
    let done = texts.iter().filter(|spot| by(spot, None, &is_settled)).count();
    if !texts.is_empty() {
        all.push((Condition::Concept { done, of: texts.len() }, done == texts.len()));
    }
    let lists: Vec<(Spot, &Step)> = steps().filter(|(_, s)| s.handover).map(|(m, s)| (way::at(m, s), s)).collect();
    if !lists.is_empty() {
        let other = tandem.seat(seat.role.other()).map(|other| &other.person.id);
        let confirmed = |person: &PersonId| {
            lists.iter().all(|(spot, step)| by(spot, Some(person), &|answer| is_complete(step, answer)))
        };
        all.push((Condition::HandOver { alone: other.is_none() }, other.is_some_and(confirmed)));
    }
    all.push((Condition::Promise, tandem.promise.given()));
    all
}

fn is_text(step: &Step) -> bool {
    matches!(step.kind, StepKind::Write { concept: Some(_) })
}

/// A reasoned no counts: deciding against something is a result.
fn is_settled(answer: &Answer) -> bool {
    matches!(answer, Answer::Wrote(_) | Answer::Unfit(_))
}

/// Every item is ticked.
fn is_complete(step: &Step, answer: &Answer) -> bool {
    matches!(answer, Answer::Ticked(ticked) if step.kind.option_ids().iter().all(|item| ticked.contains(item)))
}

#[cfg(test)]
mod tests {
    use super::super::programme::{Module, TEST, Test};
    use super::super::tandem::{Outcome, Promise, Role};
    use super::super::testing::{day, programme, tandem};
    use super::*;

    /// The small programme with a test; its checklist is the hand-over, its one text belongs to the concept.
    fn course() -> Programme {
        let mut course = programme();
        course.test = Some(Test { pool: Module { id: TEST.into(), lessons: Vec::new() }, draw: Vec::new() });
        course.modules[0].lessons[1].steps[0].handover = true;
        course
    }

    fn dealt(person: &str, step: &str, answer: Answer) -> Dealt {
        Dealt { person: person.into(), spot: Spot { module: "m1".into(), step: step.into() }, answer }
    }

    fn outcome(passed: bool) -> Outcome {
        Outcome { day: day("2026-12-18"), right: 4, of: 5, passed, weak: Vec::new() }
    }

    const ADA: &str = "adaa00000000";
    const BEN: &str = "benn00000000";

    #[test]
    fn each_condition_is_met_by_what_it_asks_for_and_by_nothing_else() {
        let ticked = |items: &[&str]| Answer::Ticked(items.iter().map(|i| (*i).to_owned()).collect());
        let (wrote, no) = (Answer::Wrote("Ziel".into()), Answer::Unfit("kein Konto".into()));
        let whole = ticked(&["x", "y"]);
        // (last test, promise, what was done) and Ada's test, concept, hand-over, promise.
        type Case = (Option<bool>, Promise, Vec<Dealt>, [bool; 4]);
        let table: Vec<Case> = vec![
            (None, Promise::Unasked, vec![], [false, false, false, false]),
            (Some(false), Promise::NotYet, vec![], [false, false, false, false]),
            (Some(true), Promise::Board, vec![], [true, false, false, true]),
            (None, Promise::HeadOfDepartment, vec![], [false, false, false, true]),
            (None, Promise::NotYet, vec![dealt(ADA, "write", wrote.clone())], [false, true, false, false]),
            (None, Promise::NotYet, vec![dealt(BEN, "write", wrote.clone())], [false, true, false, false]),
            (None, Promise::NotYet, vec![dealt(BEN, "write", no)], [false, true, false, false]),
            (None, Promise::NotYet, vec![dealt(ADA, "link", wrote.clone())], [false, false, false, false]),
            (None, Promise::NotYet, vec![dealt(BEN, "list", whole.clone())], [false, false, true, false]),
            (None, Promise::NotYet, vec![dealt(BEN, "list", ticked(&["x"]))], [false, false, false, false]),
            // One's own ticks confirm nothing.
            (None, Promise::NotYet, vec![dealt(ADA, "list", whole.clone())], [false, false, false, false]),
            (
                Some(true),
                Promise::Board,
                vec![dealt(BEN, "list", whole), dealt(ADA, "write", wrote)],
                [true, true, true, true],
            ),
        ];
        for (nth, (last, promise, dealt, met)) in table.into_iter().enumerate() {
            let mut state = tandem();
            state.promise = promise;
            let seat = state.lead.as_mut().expect("Ada");
            seat.mind.exam.last = last.map(outcome);
            let all = conditions(&course(), &state, state.lead.as_ref().expect("Ada"), &dealt);
            assert_eq!(all.iter().map(|(_, met)| *met).collect::<Vec<_>>(), met, "line {nth}");
            let kinds = all.iter().map(|(condition, _)| *condition).collect::<Vec<_>>();
            let done = usize::from(met[1]);
            let handover = Condition::HandOver { alone: false };
            assert_eq!(kinds, [Condition::Test, Condition::Concept { done, of: 1 }, handover, Condition::Promise]);
        }
    }

    #[test]
    fn whoever_is_alone_has_nobody_to_confirm_the_hand_over() {
        let mut state = tandem();
        state.deputy = None;
        let whole = Answer::Ticked(vec!["x".into(), "y".into()]);
        let all = conditions(&course(), &state, state.lead.as_ref().expect("Ada"), &[dealt(BEN, "list", whole)]);
        assert!(all.contains(&(Condition::HandOver { alone: true }, false)), "{all:?}");
    }

    #[test]
    fn a_programme_without_a_closing_test_gives_no_licence() {
        let state = tandem();
        let seat = state.seat(Role::Lead).expect("Ada");
        assert!(conditions(&programme(), &state, seat, &[]).is_empty());
    }
}
