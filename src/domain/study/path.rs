//! Where the way goes on: the next step, the next lesson, a task put off and taken up again.

use std::collections::BTreeSet;

use super::super::effect::{Milestone, Slot};
use super::super::message::{Arg, Message, button, say};
use super::super::programme::StepKind;
use super::super::tandem::{Detour, Parked, Role, Spot, Study, Talk};
use super::super::tap::{Home, HoursTap, LessonTap, Tap};
use super::super::turn::Turn;
use super::super::{exam, home, survey, way, week};
use super::{busy, draw, milestone, nothing_open, open, stale};

/// The buttons that lead on after a lesson's end.
pub fn onward(turn: &Turn<'_>, role: Role, message: Message) -> Message {
    let study = &turn.seat(role).mind.study;
    let next = (study.at.is_some() && study.detour.is_none())
        .then(|| button(say("button-next-lesson"), Tap::Lesson(LessonTap::Open)));
    let survey = survey::after_course(turn, role);
    message
        .row(next)
        .row(exam::button_row(turn, role))
        .row(survey)
        .row([button(say("button-home"), Tap::Home(Home::Open))])
}

/// Where the person stands on the way, whatever task is being made up for.
pub fn standing(study: &Study) -> Option<&Spot> {
    match &study.detour {
        Some(detour) => detour.back_to.as_ref(),
        None => study.at.as_ref(),
    }
}

/// To the step before, within the lesson.
pub(super) fn back(turn: &mut Turn<'_>, role: Role) {
    let study = &turn.seat(role).mind.study;
    let before = study.at.as_ref().and_then(|spot| way::previous(turn.cx.programme, spot));
    match before {
        Some(spot) if study.detour.is_none() => {
            stand(&mut turn.seat_mut(role).mind.study, Some(spot));
            draw(turn, role);
        }
        _ => stale(turn, role),
    }
}

/// To the step after; at the lesson's end the next lesson that has come.
pub(super) fn advance(turn: &mut Turn<'_>, role: Role) {
    let programme = turn.cx.programme;
    let study = &mut turn.seat_mut(role).mind.study;
    if let Some(detour) = study.detour.take() {
        study.at = detour.back_to;
        study.chosen = detour.chosen;
        study.judged = detour.judged;
        study.opened = detour.opened;
        return match study.at {
            Some(_) => open(turn, role),
            None => task_done(turn, role),
        };
    }
    let Some(mut spot) = study.at.clone() else { return nothing_open(turn, role) };
    while let Some(next) = way::next_in_lesson(programme, &spot) {
        // Whoever comes after a questionnaire has closed is not asked what nobody would read.
        if survey::is_over(&turn.t.round, programme, &next) {
            spot = next;
            continue;
        }
        stand(&mut turn.seat_mut(role).mind.study, Some(next));
        return draw(turn, role);
    }
    finish_lesson(turn, role, &spot);
}

fn finish_lesson(turn: &mut Turn<'_>, role: Role, last: &Spot) {
    milestone(turn, role, last, Milestone::Finished);
    let programme = turn.cx.programme;
    let Some((module, lesson)) = way::lesson_of(programme, last) else { return };
    let study = &mut turn.seat_mut(role).mind.study;
    let next = way::first_of_next_lesson(programme, last).filter(|(index, _)| *index < study.released);
    stand(study, next.map(|(_, spot)| spot));
    study.opened = false;
    study.recalled = false;
    exchange_over(turn, role);
    let minutes = Arg::Minutes(lesson.minutes);
    let took = Tap::Hours(HoursTap::Took { module: module.id.clone(), lesson: lesson.id.clone() });
    let parked = &turn.seat(role).mind.study.parked;
    let open = lesson.steps.iter().any(|step| parked.iter().any(|task| task.spot == way::at(module, step)));
    let done = if open { say("lesson-finished-open") } else { say("lesson-finished") };
    let message = Message::of(done)
        .and(say("lesson-took").with("minutes", minutes.clone()))
        .row([button(say("button-log").with("minutes", minutes), took)]);
    let message = onward(turn, role, message);
    turn.show(role, message, Some(Slot::Lesson));
}

fn task_done(turn: &mut Turn<'_>, role: Role) {
    exchange_over(turn, role);
    let message = home::with_buttons(Message::of(say("task-finished")));
    turn.show(role, message, Some(Slot::Lesson));
}

/// What waited for the end of the exchange may come now.
pub fn exchange_over(turn: &mut Turn<'_>, role: Role) {
    let mind = &mut turn.seat_mut(role).mind;
    mind.talk = Talk::Nothing;
    mind.busy_since = None;
    week::resume_waiting(turn, role);
}

/// A task is put off: it comes up once more, and stays in reach.
pub(super) fn park(turn: &mut Turn<'_>, role: Role, spot: Spot) {
    let study = &mut turn.seat_mut(role).mind.study;
    if !study.parked.iter().any(|task| task.spot == spot) {
        study.parked.push(Parked { spot, reminded: false });
        week::remind_once(turn, role);
    }
    advance(turn, role);
}

/// Takes up a task that was put off. False when it is not one.
pub(super) fn take_up(turn: &mut Turn<'_>, role: Role, spot: &Spot) -> bool {
    let study = &turn.seat(role).mind.study;
    if study.at.as_ref() == Some(spot) || !study.parked.iter().any(|task| &task.spot == spot) {
        return false;
    }
    leave_the_way(turn, role, spot);
    true
}

/// Takes up a text of the tandem's concept again, whichever of the two wrote it; what is written last holds. False
/// when it is none, or when its lesson has not come yet.
pub(super) fn revise(turn: &mut Turn<'_>, role: Role, spot: &Spot) -> bool {
    let programme = turn.cx.programme;
    let text = way::step(programme, spot).is_some_and(|s| matches!(s.kind, StepKind::Write { concept: Some(_) }));
    let study = &turn.seat(role).mind.study;
    let came = way::lesson_index(programme, spot).is_some_and(|lesson| lesson < study.released);
    if !text || !came || study.at.as_ref() == Some(spot) {
        return false;
    }
    leave_the_way(turn, role, spot);
    true
}

/// Stands at a step away from the way, and remembers where the way goes on.
fn leave_the_way(turn: &mut Turn<'_>, role: Role, spot: &Spot) {
    let study = &mut turn.seat_mut(role).mind.study;
    if study.detour.is_none() {
        // Whoever leaves before saying how sure they are answers once more.
        let chosen = if study.weighs { BTreeSet::new() } else { study.chosen.clone() };
        let (judged, opened) = (study.judged, study.opened);
        study.detour = Some(Detour { back_to: study.at.clone(), chosen, judged, opened });
    }
    stand(study, Some(spot.clone()));
    study.opened = true;
    busy(turn, role);
}

pub(super) fn stand(study: &mut Study, at: Option<Spot>) {
    study.at = at;
    study.chosen.clear();
    study.weighs = false;
    study.judged = false;
}
