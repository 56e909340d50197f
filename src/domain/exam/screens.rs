//! What the closing test shows, and the line about it on other screens.

use super::super::home;
use super::super::message::{Block, Button, Label, Line, Message, Phase, Press, StepView, button, say};
use super::super::paper::full_day;
use super::super::programme::{StepKind, TEST};
use super::super::tandem::{Outcome, Role};
use super::super::tap::{Act, ExamTap, Home, LicenceAct, Tap};
use super::super::turn::Turn;
use super::{Standing, offer};

/// The button that leads to the test, while there is something to do.
pub fn button_row(turn: &Turn<'_>, role: Role) -> Option<Button> {
    let key = match offer(turn, role) {
        Standing::MayBegin => "button-exam",
        Standing::Open if turn.seat(role).mind.exam.is_renewal() => return None,
        Standing::Open => "button-exam-continue",
        Standing::NotYet | Standing::From(_) | Standing::Passed(_) => return None,
    };
    Some(button(say(key), Tap::Exam(ExamTap::Open(turn.t.id.clone()))))
}

/// One line on how the person stands with the test; nothing if the programme has none.
pub fn standing(turn: &Turn<'_>, role: Role) -> Option<Line> {
    turn.cx.programme.test.as_ref()?;
    let exam = &turn.seat(role).mind.exam;
    Some(match offer(turn, role) {
        Standing::NotYet => say("exam-after-lessons"),
        Standing::MayBegin => say("exam-ready"),
        Standing::Open if exam.is_renewal() => {
            say("renew-open").with("nth", exam.at() + 1).with("of", exam.items.len())
        }
        Standing::Open => say("exam-open").with("nth", exam.at() + 1).with("of", exam.items.len()),
        Standing::From(day) => say("exam-again-from").with("day", day),
        Standing::Passed(day) => say("exam-passed-on").with("day", day),
    })
}

/// Before the first question: what it is, and that it may be interrupted.
pub(super) fn beginning(turn: &Turn<'_>) -> Message {
    let begin = Tap::Exam(ExamTap::Begin(turn.t.id.clone()));
    Message::default()
        .block(Block::Module { programme: turn.cx.programme.id.clone(), module: TEST.to_owned() })
        .row([button(say("button-start"), begin)])
        .row([button(say("button-home"), Tap::Home(Home::Open))])
}

/// The question on the screen.
pub(super) fn question(turn: &Turn<'_>, role: Role) -> Message {
    let programme = turn.cx.programme;
    let exam = &turn.seat(role).mind.exam;
    let found = exam.item().and_then(|item| programme.test.as_ref()?.item(item));
    let Some((_, step)) = found else { return home::with_buttons(Message::of(say("step-gone"))) };
    let chosen = exam.chosen.clone();
    let phase = if exam.judged { Phase::Judged { chosen } } else { Phase::Open { chosen } };
    let view = StepView { programme: programme.id.clone(), module: TEST.to_owned(), step: step.id.clone(), phase };
    let place = say("exam-place").with("nth", exam.at() + 1).with("of", exam.items.len());
    let message = Message::of(place).block(Block::Step(view));
    let tap = |act| Tap::Exam(ExamTap::Item { attempt: exam.attempt, item: step.id.clone(), act });
    if exam.judged {
        let last = exam.right.len() == exam.items.len();
        let label = if last { say("button-exam-result") } else { say("button-next") };
        return message.row([button(label, tap(Act::Next))]);
    }
    let several = matches!(step.kind, StepKind::Multi { .. });
    let message = step.kind.option_ids().iter().fold(message, |message, option| {
        let ticked = several.then(|| exam.chosen.contains(option));
        let label = Label::Option {
            programme: programme.id.clone(),
            module: TEST.to_owned(),
            step: step.id.clone(),
            option: option.clone(),
            ticked,
        };
        message.row([Button { label, press: Press::Tap(tap(Act::Pick(option.clone()))) }])
    });
    message.row(several.then(|| button(say("button-check"), tap(Act::Check))))
}

/// How the last test ended, what to look at again, and when there may be another.
pub(super) fn result(turn: &Turn<'_>, role: Role) -> Message {
    let programme = turn.cx.programme;
    let exam = &turn.seat(role).mind.exam;
    let Some(last) = &exam.last else { return beginning(turn) };
    let line = match last.passed {
        true => say("exam-passed").with("right", last.right).with("of", last.of),
        false => {
            let needed = (last.of * usize::from(programme.pass_percent)).div_ceil(100);
            say("exam-failed").with("right", last.right).with("of", last.of).with("needed", needed)
        }
    };
    let mut message = Message::of(line);
    if !last.weak.is_empty() {
        message = last.weak.iter().fold(message.and(say("exam-look-again")), |message, module| {
            let (programme, module, lesson) = (programme.id.clone(), TEST.to_owned(), module.clone());
            message.block(Block::Lesson { programme, module, lesson })
        });
    }
    message = match offer(turn, role) {
        Standing::From(day) => message.and(say("exam-again-from").with("day", day)),
        Standing::MayBegin => message.and(say("exam-ready")),
        Standing::NotYet | Standing::Open | Standing::Passed(_) => message,
    };
    // Whoever has passed goes on to what else a licence asks for.
    let licence = last.passed.then(|| button(say("button-licence"), licence_tap(turn)));
    home::with_buttons(message.and(say("exam-private")).row(button_row(turn, role)).row(licence))
}

fn licence_tap(turn: &Turn<'_>) -> Tap {
    Tap::Licence { tandem: turn.t.id.clone(), act: LicenceAct::Open }
}

/// How a renewal ended, and until when the licence holds now or when there is another try.
pub(super) fn renewal(turn: &Turn<'_>, role: Role, ended: &Outcome) -> Message {
    let until = turn.seat(role).mind.licensing.licence.as_ref().map(|licence| licence.until);
    let line = match (ended.passed, until) {
        (true, Some(until)) => {
            say("renewed").with("right", ended.right).with("of", ended.of).with("day", full_day(until))
        }
        _ => {
            let needed = (ended.of * usize::from(turn.cx.programme.pass_percent)).div_ceil(100);
            let again = ended.day.succ_opt().unwrap_or(ended.day);
            say("renew-failed")
                .with("right", ended.right)
                .with("of", ended.of)
                .with("needed", needed)
                .with("day", full_day(again))
        }
    };
    let licence = button(say("button-my-licence"), licence_tap(turn));
    home::with_buttons(Message::of(line).and(say("exam-private")).row([licence]))
}
