//! What questionnaires look like outside of a lesson.

use super::super::home;
use super::super::message::{Block, Button, Label, Message, Phase, Press, StepView, button, say};
use super::super::programme::{Programme, Question, Step, StepKind};
use super::super::screens;
use super::super::tandem::Asking;
use super::super::tap::{Home, SurveyAct, Tap};
use super::super::turn::Turn;

/// The questionnaire of a part of the programme.
pub fn asked<'a>(programme: &'a Programme, module: &str) -> Option<(&'a Step, &'a [Question])> {
    programme.part(module)?.steps().find_map(|step| match &step.kind {
        StepKind::Questionnaire { questions } => Some((step, questions.as_slice())),
        _ => None,
    })
}

/// Whether a questionnaire has this question with this answer.
pub fn offers(programme: &Programme, module: &str, question: &str, option: &str) -> bool {
    let picks = |q: &Question| q.id == question && q.options().iter().any(|known| known == option);
    asked(programme, module).is_some_and(|(_, questions)| questions.iter().any(picks))
}

/// The questionnaires that are open, each by its title.
pub fn list(turn: &Turn<'_>, open: &[String]) -> Message {
    let programme = turn.cx.programme;
    let title = if open.is_empty() { say("surveys-none") } else { say("surveys-title") };
    let rows = open.iter().filter_map(|module| {
        let (step, _) = asked(programme, module)?;
        Some(Button {
            label: Label::Survey { programme: programme.id.clone(), module: module.clone(), step: step.id.clone() },
            press: Press::Tap(Tap::Survey { module: module.clone(), act: SurveyAct::Open }),
        })
    });
    let message = rows.fold(Message::of(title), |message, button| message.row([button]));
    message.row([button(say("button-home"), Tap::Home(Home::Open))])
}

/// The first question that is not past, and its screen.
pub fn question<'a>(programme: &'a Programme, asking: &Asking) -> Option<(&'a Question, Message)> {
    let (step, questions) = asked(programme, &asking.module)?;
    let question = questions.iter().find(|question| !asking.past.contains(&question.id))?;
    let view = StepView {
        programme: programme.id.clone(),
        module: asking.module.clone(),
        step: step.id.clone(),
        phase: Phase::Asking { question: question.id.clone(), chosen: None },
    };
    let tap = |act| Tap::Survey { module: asking.module.clone(), act };
    let rate = |option: &String| tap(SurveyAct::Rate { question: question.id.clone(), option: option.clone() });
    let message = screens::answers(Message::default().block(Block::Step(view.clone())), &view, question, rate);
    let keep = SurveyAct::Keep { question: question.id.clone() };
    let last = match asking.again {
        false => vec![button(say("button-skip"), tap(keep))],
        true => {
            let withdraw = tap(SurveyAct::Withdraw { question: question.id.clone() });
            vec![button(say("button-survey-keep"), tap(keep)), button(say("button-survey-withdraw"), withdraw)]
        }
    };
    Some((question, message.row(last)))
}

/// After the last question.
pub fn thanks(module: &str) -> Message {
    let again = Tap::Survey { module: module.to_owned(), act: SurveyAct::Open };
    home::with_buttons(Message::of(say("survey-thanks"))).row([button(say("button-again"), again)])
}
