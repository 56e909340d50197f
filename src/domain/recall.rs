//! Repeats: at most two questions of earlier lessons before a lesson, and law for half a year after the course.
//!
//! Owns: which questions come, the short exchange about them, how sure somebody is of a question about law. A repeat is
//! a question, never a text sent again. Does not know when a question fades (`memory`).

#[cfg(test)]
mod tests;

use super::effect::{Effect, Fact, Slot};
use super::home;
use super::memory::{self, Grade};
use super::message::{Block, Button, Label, Message, Phase, Press, StepView, button, say};
use super::programme::{Step, StepKind};
use super::study;
use super::tandem::{Fading, Recall, RecallStage, Role, Spot};
use super::tap::{RecallAct, RecallTap, Tap};
use super::turn::Turn;
use super::way;

/// Most repeats at once: a sitting stays below five minutes.
const AT_ONCE: usize = 2;

/// Shows repeats if there are any before the lesson at whose beginning the person stands; whether there are.
pub fn before_lesson(turn: &mut Turn<'_>, role: Role) -> bool {
    if turn.seat(role).mind.recall.queue.is_empty() {
        let here = turn.seat(role).mind.study.at.clone();
        if here.is_none() || turn.seat(role).mind.recall.before == here {
            return false;
        }
        turn.seat_mut(role).mind.recall.before = here;
        if !begin(turn, role) {
            return false;
        }
    }
    draw(turn, role);
    true
}

/// Whether questions about law have faded, now that no lesson brings them any more.
pub fn waits_after_course(turn: &Turn<'_>, role: Role) -> bool {
    over(turn, role) && !faded(turn, role).is_empty()
}

/// A question of a lesson was answered for the first time.
pub fn learned(turn: &mut Turn<'_>, role: Role, spot: &Spot, law: bool, grade: Grade) {
    let memory = memory::after(None, grade, law, turn.today(role));
    let person = turn.id_of(role);
    turn.fact(Fact::Recalled { person, spot: spot.clone(), memory });
}

/// A button of a repeat.
pub fn tapped(turn: &mut Turn<'_>, role: Role, tap: RecallTap) {
    match tap {
        RecallTap::Begin => {
            if turn.seat(role).mind.recall.queue.is_empty() && !(over(turn, role) && begin(turn, role)) {
                return stale(turn, role);
            }
            draw(turn, role);
        }
        RecallTap::Item { module, step, act } => {
            let spot = Spot { module, step };
            let step = way::step(turn.cx.programme, &spot).cloned();
            let current = turn.seat(role).mind.recall.queue.first() == Some(&spot);
            match step.filter(|_| current) {
                Some(step) => acted(turn, role, &spot, &step, act),
                None => stale(turn, role),
            }
        }
    }
}

/// Redraws the open repeat, in whatever language the person reads now. False if none is open.
pub fn refresh(turn: &mut Turn<'_>, role: Role) -> bool {
    let Some(message) = screen(turn, role) else { return false };
    let person = turn.id_of(role);
    turn.out.push(Effect::Refresh { person, slot: Slot::Lesson, message });
    true
}

fn acted(turn: &mut Turn<'_>, role: Role, spot: &Spot, step: &Step, act: RecallAct) {
    study::busy(turn, role);
    let recall = &mut turn.seat_mut(role).mind.recall;
    match (&step.kind, recall.stage, act) {
        (StepKind::Choice { options, .. }, RecallStage::Open, RecallAct::Pick(option)) if options.contains(&option) => {
            recall.chosen = [option].into();
            answered(turn, role, spot, step);
        }
        (StepKind::Multi { options, .. }, RecallStage::Open, RecallAct::Pick(option)) if options.contains(&option) => {
            if !recall.chosen.remove(&option) {
                recall.chosen.insert(option);
            }
            draw(turn, role);
        }
        (StepKind::Multi { .. }, RecallStage::Open, RecallAct::Check) => match recall.chosen.is_empty() {
            true => turn.note(role, say("choose-one")),
            false => answered(turn, role, spot, step),
        },
        (_, RecallStage::Sure, RecallAct::Sure) => judge(turn, role, spot, step, Some(true)),
        (_, RecallStage::Sure, RecallAct::Unsure) => judge(turn, role, spot, step, Some(false)),
        (_, RecallStage::Judged, RecallAct::Next) => {
            recall.queue.remove(0);
            onward(turn, role);
        }
        (_, RecallStage::Open, RecallAct::Skip) => {
            recall.queue.clear();
            onward(turn, role);
        }
        _ => stale(turn, role),
    }
}

/// Law asks how sure one is before it says what is right.
fn answered(turn: &mut Turn<'_>, role: Role, spot: &Spot, step: &Step) {
    if step.law {
        turn.seat_mut(role).mind.recall.stage = RecallStage::Sure;
        return draw(turn, role);
    }
    judge(turn, role, spot, step, None);
}

fn judge(turn: &mut Turn<'_>, role: Role, spot: &Spot, step: &Step, sure: Option<bool>) {
    let today = turn.today(role);
    let recall = &mut turn.seat_mut(role).mind.recall;
    let right = step.judge(&recall.chosen).unwrap_or(false);
    let before = recall.fading.iter().find(|fading| &fading.spot == spot).map(|fading| fading.memory);
    recall.fading.retain(|fading| &fading.spot != spot);
    recall.stage = RecallStage::Judged;
    let memory = memory::after(before.as_ref(), Grade::of(right, sure), step.law, today);
    let person = turn.id_of(role);
    turn.fact(Fact::Recalled { person, spot: spot.clone(), memory });
    draw(turn, role);
}

/// To the next repeat, or to what they came before.
fn onward(turn: &mut Turn<'_>, role: Role) {
    clear(&mut turn.seat_mut(role).mind.recall);
    if !turn.seat(role).mind.recall.queue.is_empty() {
        return draw(turn, role);
    }
    if turn.seat(role).mind.study.at.is_some() {
        return study::open(turn, role);
    }
    study::exchange_over(turn, role);
    turn.show(role, home::with_buttons(Message::of(say("recall-done"))), Some(Slot::Lesson));
}

/// Takes up what has faded; whether anything has. Nobody who is away is asked.
fn begin(turn: &mut Turn<'_>, role: Role) -> bool {
    if turn.t.away(&turn.id_of(role), turn.today(role)) {
        return false;
    }
    let queue: Vec<Spot> = faded(turn, role).into_iter().take(AT_ONCE).map(|fading| fading.spot.clone()).collect();
    let recall = &mut turn.seat_mut(role).mind.recall;
    clear(recall);
    recall.queue = queue;
    !recall.queue.is_empty()
}

/// The questions whose time has come, those first that have waited longest.
fn faded<'t>(turn: &'t Turn<'_>, role: Role) -> Vec<&'t Fading> {
    let (today, law_only) = (turn.today(role), over(turn, role));
    let asks = |fading: &&Fading| {
        let step = way::step(turn.cx.programme, &fading.spot);
        fading.memory.due <= today && step.is_some_and(|step| step.kind.is_quiz() && (step.law || !law_only))
    };
    let mut faded: Vec<&Fading> = turn.seat(role).mind.recall.fading.iter().filter(asks).collect();
    faded.sort_by(|a, b| (a.memory.due, &a.spot).cmp(&(b.memory.due, &b.spot)));
    faded
}

/// Whether there is no lesson any more before which questions could come.
fn over(turn: &Turn<'_>, role: Role) -> bool {
    study::finished(turn, role) >= way::lesson_count(turn.cx.programme)
}

fn clear(recall: &mut Recall) {
    recall.chosen.clear();
    recall.stage = RecallStage::Open;
}

fn draw(turn: &mut Turn<'_>, role: Role) {
    match screen(turn, role) {
        Some(message) => turn.show(role, message, Some(Slot::Lesson)),
        // The question is gone from the lessons.
        None => {
            turn.seat_mut(role).mind.recall.queue.clear();
            onward(turn, role);
        }
    }
}

fn screen(turn: &Turn<'_>, role: Role) -> Option<Message> {
    let programme = turn.cx.programme;
    let recall = &turn.seat(role).mind.recall;
    let spot = recall.queue.first()?;
    let step = way::step(programme, spot)?;
    let chosen = recall.chosen.clone();
    let phase = match recall.stage {
        RecallStage::Judged => Phase::Judged { chosen },
        RecallStage::Open | RecallStage::Sure => Phase::Open { chosen },
    };
    let (module, step_id) = (spot.module.clone(), spot.step.clone());
    let view = StepView { programme: programme.id.clone(), module, step: step_id, phase };
    let message = Message::of(say("recall-title")).block(Block::Step(view));
    let tap = |act| {
        let (module, step) = (spot.module.clone(), spot.step.clone());
        Tap::Recall(RecallTap::Item { module, step, act })
    };
    Some(match recall.stage {
        RecallStage::Judged => message.row([button(say("button-next"), tap(RecallAct::Next))]),
        RecallStage::Sure => message.and(say("recall-how-sure")).row([
            button(say("button-sure"), tap(RecallAct::Sure)),
            button(say("button-unsure"), tap(RecallAct::Unsure)),
        ]),
        RecallStage::Open => {
            let several = matches!(step.kind, StepKind::Multi { .. });
            let message = step.kind.option_ids().iter().fold(message, |message, option| {
                let label = Label::Option {
                    programme: programme.id.clone(),
                    module: spot.module.clone(),
                    step: spot.step.clone(),
                    option: option.clone(),
                    ticked: several.then(|| recall.chosen.contains(option)),
                };
                message.row([Button { label, press: Press::Tap(tap(RecallAct::Pick(option.clone()))) }])
            });
            message
                .row(several.then(|| button(say("button-check"), tap(RecallAct::Check))))
                .row([button(say("button-recall-skip"), tap(RecallAct::Skip))])
        }
    })
}

/// A button that is not valid any more: a note, and what stands open now.
fn stale(turn: &mut Turn<'_>, role: Role) {
    turn.note(role, say("stale"));
    if !turn.seat(role).mind.recall.queue.is_empty() {
        draw(turn, role);
    } else if turn.seat(role).mind.study.at.is_some() {
        study::open(turn, role);
    }
}
