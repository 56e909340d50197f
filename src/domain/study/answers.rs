//! What an answer does: kept as a fact, judged, explained.

use super::super::effect::{Answer, Fact, Rating};
use super::super::memory::Grade;
use super::super::programme::{Question, StepKind};
use super::super::tandem::{Role, Spot, Talk};
use super::super::turn::Turn;
use super::super::{recall, screens, way};
use super::{draw, path};

/// An answer to a question with right answers, at the first try. Law asks how sure one is before it says what is right:
/// a sure error does the most harm, so it has to come back first.
pub(super) fn given(turn: &mut Turn<'_>, role: Role, spot: &Spot) {
    match way::step(turn.cx.programme, spot).is_some_and(|step| step.law) {
        true => {
            turn.seat_mut(role).mind.study.weighs = true;
            draw(turn, role);
        }
        false => judge(turn, role, spot, None),
    }
}

/// Keeps the answer and shows what is right.
pub(super) fn judge(turn: &mut Turn<'_>, role: Role, spot: &Spot, sure: Option<bool>) {
    let chosen = turn.seat(role).mind.study.chosen.clone();
    let Some(step) = way::step(turn.cx.programme, spot) else { return };
    let (law, Some(right)) = (step.law, step.judge(&chosen)) else { return };
    let person = turn.id_of(role);
    let answer = Answer::Picked { chosen: chosen.into_iter().collect(), right };
    turn.fact(Fact::Answered { person, spot: spot.clone(), answer });
    recall::learned(turn, role, spot, law, Grade::of(right, sure));
    let study = &mut turn.seat_mut(role).mind.study;
    study.weighs = false;
    study.judged = true;
    draw(turn, role);
}

/// A text or an address is kept; the person may write it anew or go on.
pub(super) fn saved(turn: &mut Turn<'_>, role: Role, spot: &Spot, answer: Answer) {
    let person = turn.id_of(role);
    turn.fact(Fact::Answered { person, spot: spot.clone(), answer });
    let study = &mut turn.seat_mut(role).mind.study;
    study.judged = true;
    study.parked.retain(|task| &task.spot != spot);
    draw(turn, role);
}

/// A task is done, or does not fit: the way goes on.
pub(super) fn answered(turn: &mut Turn<'_>, role: Role, spot: &Spot, answer: Answer) {
    let person = turn.id_of(role);
    turn.fact(Fact::Answered { person, spot: spot.clone(), answer });
    let mind = &mut turn.seat_mut(role).mind;
    mind.talk = Talk::Nothing;
    mind.study.parked.retain(|task| &task.spot != spot);
    path::advance(turn, role);
}

/// One question of a questionnaire is answered or left out; after the last the way goes on.
pub(super) fn rated(turn: &mut Turn<'_>, role: Role, spot: &Spot, question: String, rating: Rating) {
    let person = turn.id_of(role);
    let module = spot.module.clone();
    turn.fact(Fact::Rated { person, module, question: question.clone(), rating });
    turn.seat_mut(role).mind.study.chosen.insert(question);
    let study = &turn.seat(role).mind.study;
    let open = match way::step(turn.cx.programme, spot).map(|step| &step.kind) {
        Some(StepKind::Questionnaire { questions }) => screens::open_question(questions, study).is_some(),
        _ => false,
    };
    if open { draw(turn, role) } else { path::advance(turn, role) }
}

/// Whether a questionnaire has this question with this answer.
pub(super) fn offers(questions: &[Question], question: &str, option: &String) -> bool {
    questions.iter().any(|q| q.id == question && q.options().contains(option))
}

/// The first address in a text: `http` or `https`, with a host that has a dot. It is kept, never opened.
pub(super) fn address(text: &str) -> Option<String> {
    let word = text.split_whitespace().find(|word| word.starts_with("https://") || word.starts_with("http://"))?;
    let url = url::Url::parse(word).ok()?;
    url.host_str().filter(|host| host.contains('.')).map(|_| word.to_owned())
}
