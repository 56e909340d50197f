//! Questionnaires: when each of them closes, and answering them outside of a lesson.
//!
//! Until a questionnaire closes its answers are the person's and can be changed or taken back; then they are published
//! without the person (`store::publish`), and what would be answered later is not taken in. Those about the course as a
//! whole (at its start, at its end, three months later) are offered once and asked here only.

mod dates;
mod screens;

pub use dates::{all, closes, is_over, moved};

use super::effect::{Fact, Rating};
use super::message::{Button, Message, button, say};
use super::programme::{QuestionKind, When};
use super::study;
use super::tandem::{Asking, Role, Talk};
use super::tap::{SurveyAct, Tap};
use super::turn::Turn;
use super::way;

/// All questionnaires that are open to this person now.
pub fn list(turn: &mut Turn<'_>, role: Role) {
    let open = open_ones(turn, role);
    let message = screens::list(turn, &open);
    turn.show(role, message, None);
}

/// A button of a questionnaire.
pub fn tapped(turn: &mut Turn<'_>, role: Role, module: &str, act: SurveyAct) {
    if !open_ones(turn, role).iter().any(|open| open == module) {
        turn.note(role, say("survey-closed"));
        return list(turn, role);
    }
    study::busy(turn, role);
    let (question, rating) = match act {
        SurveyAct::Open => return open(turn, role, module),
        SurveyAct::Rate { question, option } => {
            if !screens::offers(turn.cx.programme, module, &question, &option) {
                return turn.note(role, say("stale"));
            }
            (question, Some(Rating::Picked(option)))
        }
        SurveyAct::Keep { question } => (question, None),
        SurveyAct::Withdraw { question } => (question, Some(Rating::Skipped)),
    };
    answered(turn, role, module, question, rating);
}

/// A text while a questionnaire waits for one.
pub fn wrote(turn: &mut Turn<'_>, role: Role, module: &str, question: &str, text: &str) {
    let text = text.trim();
    let length = text.chars().count();
    if length > study::MAX_ANSWER {
        let line = say("answer-long").with("length", length).with("limit", study::MAX_ANSWER);
        return turn.reply(role, Message::of(line));
    }
    if !open_ones(turn, role).iter().any(|open| open == module) {
        study::listen(turn, role);
        return turn.reply(role, Message::of(say("survey-closed")));
    }
    answered(turn, role, module, question.to_owned(), Some(Rating::Sentence(text.to_owned())));
}

/// What is offered in the week's message: a questionnaire about the course whose time has come, once.
pub fn offer(turn: &mut Turn<'_>, role: Role) -> Option<Message> {
    let when = When::ALL.into_iter().find(|when| {
        let met = turn.seat(role).mind.surveys.met.contains(when.code());
        !met && is_open(turn, role, *when)
    })?;
    turn.seat_mut(role).mind.surveys.met.insert(when.code().to_owned());
    let line = match when {
        When::Start => say("survey-offer-start"),
        When::End => say("survey-offer-end"),
        When::Later => say("survey-offer-later"),
    };
    let open = Tap::Survey { module: when.code().to_owned(), act: SurveyAct::Open };
    Some(Message::of(line).row([button(say("button-survey"), open)]))
}

/// Before the first lesson: the button of the questionnaire at the start of the course.
pub fn before_course(turn: &Turn<'_>, role: Role) -> Option<Button> {
    let open = Tap::Survey { module: When::Start.code().to_owned(), act: SurveyAct::Open };
    is_open(turn, role, When::Start).then(|| button(say("button-survey-start"), open))
}

/// After the last lesson: the button of the questionnaire at the end of the course.
pub fn after_course(turn: &Turn<'_>, role: Role) -> Option<Button> {
    let waits = is_open(turn, role, When::End) && !turn.seat(role).mind.surveys.through.contains(When::End.code());
    let open = Tap::Survey { module: When::End.code().to_owned(), act: SurveyAct::Open };
    waits.then(|| button(say("button-survey-end"), open))
}

/// Whether the one of three months later waits for this person, who may get no other message any more.
pub fn late_one_waits(turn: &Turn<'_>, role: Role) -> bool {
    !turn.seat(role).mind.surveys.met.contains(When::Later.code()) && is_open(turn, role, When::Later)
}

fn open(turn: &mut Turn<'_>, role: Role, module: &str) {
    let surveys = &mut turn.seat_mut(role).mind.surveys;
    // Those of a week have been answered in their lesson.
    let again = When::ALL.iter().all(|when| when.code() != module) || surveys.through.contains(module);
    surveys.met.insert(module.to_owned());
    surveys.open = Some(Asking { module: module.to_owned(), past: Default::default(), again });
    next(turn, role);
}

fn answered(turn: &mut Turn<'_>, role: Role, module: &str, question: String, rating: Option<Rating>) {
    if let Some(rating) = rating {
        let person = turn.id_of(role);
        let module = module.to_owned();
        turn.fact(Fact::Rated { person, module, question: question.clone(), rating });
    }
    let surveys = &mut turn.seat_mut(role).mind.surveys;
    match surveys.open.as_mut().filter(|asking| asking.module == module) {
        Some(asking) => {
            asking.past.insert(question);
        }
        // An older screen of another questionnaire: that one goes on from here.
        None => {
            let past = [question].into();
            surveys.open = Some(Asking { module: module.to_owned(), past, again: true });
        }
    }
    next(turn, role);
}

/// The next question, or thanks.
fn next(turn: &mut Turn<'_>, role: Role) {
    let Some(asking) = turn.seat(role).mind.surveys.open.clone() else { return };
    let module = asking.module.clone();
    match screens::question(turn.cx.programme, &asking) {
        Some((question, message)) => {
            turn.seat_mut(role).mind.talk = match question.kind {
                QuestionKind::Sentence => Talk::Opinion { module, question: question.id.clone() },
                QuestionKind::Pick { .. } | QuestionKind::Recommend => Talk::Nothing,
            };
            turn.show(role, message, None);
        }
        None => {
            let surveys = &mut turn.seat_mut(role).mind.surveys;
            surveys.open = None;
            surveys.through.insert(module.clone());
            study::listen(turn, role);
            turn.show(role, screens::thanks(&module), None);
        }
    }
}

/// The questionnaires that this person can answer now: those of weeks that are behind them, and those about the course.
fn open_ones(turn: &Turn<'_>, role: Role) -> Vec<String> {
    let programme = turn.cx.programme;
    let behind = study::finished(turn, role);
    let mut lessons = 0;
    let mut open = Vec::new();
    for module in &programme.modules {
        lessons += module.lessons.len();
        let asks = screens::asked(programme, &module.id).is_some();
        if asks && lessons <= behind && !turn.t.round.closed.contains(&module.id) {
            open.push(module.id.clone());
        }
    }
    let about = When::ALL.into_iter().filter(|when| is_open(turn, role, *when));
    open.extend(about.map(|when| when.code().to_owned()));
    open
}

fn is_open(turn: &Turn<'_>, role: Role, when: When) -> bool {
    let there = turn.cx.programme.surveys.iter().any(|survey| survey.when == when);
    if !there || turn.t.round.closed.iter().any(|closed| closed == when.code()) {
        return false;
    }
    match when {
        When::Start => study::finished(turn, role) == 0,
        When::End => study::finished(turn, role) >= way::lesson_count(turn.cx.programme),
        When::Later => dates::later_opens(&turn.t.round, turn.cx.programme) <= turn.now(),
    }
}
