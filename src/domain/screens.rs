//! What the screen of a step shows and which buttons it has.
//!
//! Does not know what pressing them does (`study`), nor a word of the lesson.

use super::message::{Block, Button, Label, Message, Phase, Press, StepView, button, say};
use super::programme::{Programme, Question, QuestionKind, Step, StepKind};
use super::recommend::{self, SCALE};
use super::tandem::{Spot, Study};
use super::tap::{Act, Tap};

/// Points of the scale that a phone shows beside each other: from nought to ten in two rows.
const POINTS_IN_A_ROW: usize = 6;

/// The screen of the step on which a person stands; `first` when there is no way back from it.
pub fn step(programme: &Programme, spot: &Spot, step: &Step, study: &Study, first: bool) -> Message {
    let view = |phase| {
        Block::Step(StepView {
            programme: programme.id.clone(),
            module: spot.module.clone(),
            step: spot.step.clone(),
            phase,
        })
    };
    let chosen = study.chosen.clone();
    let open = Message::default().block(view(Phase::Open { chosen: chosen.clone() }));
    let judged = Message::default().block(view(Phase::Judged { chosen }));
    let next = act(spot, "button-next", Act::Next);
    match &step.kind {
        StepKind::Card { .. } => open.row(std::iter::once(next).chain(back(spot, first))),
        StepKind::Choice { .. } | StepKind::Multi { .. } if study.judged => judged.row([next]),
        StepKind::Choice { .. } | StepKind::Multi { .. } if study.weighs => open
            .and(say("recall-how-sure"))
            .row([act(spot, "button-sure", Act::Sure), act(spot, "button-unsure", Act::Unsure)]),
        StepKind::Choice { options, .. } => {
            options.iter().fold(open, |message, option| message.row([option_button(programme, spot, option, None)]))
        }
        StepKind::Multi { options, .. } => {
            let ticks = options.iter().fold(open, |message, option| {
                let ticked = study.chosen.contains(option);
                message.row([option_button(programme, spot, option, Some(ticked))])
            });
            ticks.row([act(spot, "button-check", Act::Check)])
        }
        StepKind::Write { .. } | StepKind::Link if study.judged => {
            Message::of(say("answer-saved")).row([next, act(spot, "button-again", Act::Again)])
        }
        StepKind::Write { .. } => task(open.and(say("write-hint")), spot, None),
        StepKind::Link => task(open.and(say("link-hint")), spot, None),
        StepKind::Reflect => task(open.and(say("reflect-hint")), spot, Some("button-thought")),
        StepKind::Checklist { items } => {
            let ticks = items.iter().fold(open, |message, item| {
                let ticked = study.chosen.contains(item);
                message.row([option_button(programme, spot, item, Some(ticked))])
            });
            task(ticks, spot, Some("button-done"))
        }
        StepKind::Questionnaire { questions } => match open_question(questions, study) {
            Some(question) => {
                let asking = StepView {
                    programme: programme.id.clone(),
                    module: spot.module.clone(),
                    step: spot.step.clone(),
                    phase: Phase::Asking { question: question.id.clone(), chosen: None },
                };
                ask(&asking, spot, question)
            }
            None => open.row([next]),
        },
    }
}

/// The first question without an answer; answered ones are among the chosen.
pub fn open_question<'a>(questions: &'a [Question], study: &Study) -> Option<&'a Question> {
    questions.iter().find(|question| !study.chosen.contains(&question.id))
}

fn ask(view: &StepView, spot: &Spot, question: &Question) -> Message {
    let rate = |option: &String| tap(spot, Act::Rate { question: question.id.clone(), option: option.clone() });
    let message = answers(Message::default().block(Block::Step(view.clone())), view, question, rate);
    message.row([act(spot, "button-skip", Act::Skip { question: question.id.clone() })])
}

/// The answers of a questionnaire's question as buttons: a row for each, or two rows of numbers.
pub fn answers(message: Message, view: &StepView, question: &Question, tap: impl Fn(&String) -> Tap) -> Message {
    match &question.kind {
        QuestionKind::Pick { options } => options.iter().fold(message, |message, option| {
            let label = Label::Pick {
                programme: view.programme.clone(),
                module: view.module.clone(),
                step: view.step.clone(),
                question: question.id.clone(),
                option: option.clone(),
            };
            message.row([Button { label, press: Press::Tap(tap(option)) }])
        }),
        QuestionKind::Recommend => SCALE.chunks(POINTS_IN_A_ROW).fold(message, |message, points| {
            message.row(points.iter().map(|point| {
                let label = Label::Name(recommend::number(point).unwrap_or(point).to_owned());
                Button { label, press: Press::Tap(tap(point)) }
            }))
        }),
        QuestionKind::Sentence => message,
    }
}

/// The three buttons of a task; `done` where a tap can finish it (a text does otherwise).
fn task(message: Message, spot: &Spot, done: Option<&'static str>) -> Message {
    let done = done.map(|key| act(spot, key, Act::Done));
    message.row(done.into_iter().chain([act(spot, "button-later", Act::Later)])).row([act(
        spot,
        "button-unfit",
        Act::Unfit,
    )])
}

fn back(spot: &Spot, first: bool) -> Option<Button> {
    (!first).then(|| act(spot, "button-back", Act::Back))
}

fn act(spot: &Spot, key: &'static str, act: Act) -> Button {
    button(say(key), tap(spot, act))
}

fn tap(spot: &Spot, act: Act) -> Tap {
    Tap::Study { module: spot.module.clone(), step: spot.step.clone(), act }
}

fn option_button(programme: &Programme, spot: &Spot, option: &str, ticked: Option<bool>) -> Button {
    Button {
        label: Label::Option {
            programme: programme.id.clone(),
            module: spot.module.clone(),
            step: spot.step.clone(),
            option: option.to_owned(),
            ticked,
        },
        press: Press::Tap(tap(spot, Act::Pick(option.to_owned()))),
    }
}
