//! The way through the lessons: one step at a time, a question behind each card, tasks that may wait.
//!
//! Owns: which step a person stands on, what an answer does, what a task's three buttons mean. Does not
//! know when lessons come (`week`), nor a word of their text.

mod answers;
mod path;
#[cfg(test)]
mod tests;

pub use path::{exchange_over, onward, standing};

use chrono::TimeDelta;

use super::effect::{Answer, Effect, Fact, Milestone, Rating, Slot};
use super::message::{Block, Message, button, say};
use super::programme::{QuestionKind, StepKind};
use super::tandem::{Due, Parked, Role, Spot, Talk};
use super::tap::{Act, LessonTap, Tap};
use super::turn::Turn;
use super::{calendar, exam, home, recall, screens, survey, way, week};

/// Longest text that is kept as an answer, in characters: a screenful, far below Telegram's 4,096.
pub const MAX_ANSWER: usize = 1_500;

/// How long after the last answer a person counts as being in the middle of something.
pub const BUSY: TimeDelta = TimeDelta::minutes(30);

/// Shows the step on which the person stands.
pub fn open(turn: &mut Turn<'_>, role: Role) {
    let study = &turn.seat(role).mind.study;
    let Some(mut spot) = study.at.clone() else {
        return nothing_open(turn, role);
    };
    if way::find(turn.cx.programme, &spot).is_none() {
        // The step is gone from the files: its module begins again, or else the newest lesson.
        let Some(near) = way::near(turn.cx.programme, &spot, study.released) else {
            turn.seat_mut(role).mind.study.at = None;
            return nothing_open(turn, role);
        };
        path::stand(&mut turn.seat_mut(role).mind.study, Some(near.clone()));
        spot = near;
    }
    if !turn.seat(role).mind.study.opened {
        if recall::before_lesson(turn, role) {
            return;
        }
        turn.seat_mut(role).mind.study.opened = true;
        milestone(turn, role, &spot, Milestone::Opened);
    }
    if survey::is_over(&turn.t.round, turn.cx.programme, &spot) {
        return path::advance(turn, role);
    }
    draw(turn, role);
}

/// "Later" on a lesson that has just come: it comes up once more, and then only when asked for.
pub fn later(turn: &mut Turn<'_>, role: Role) {
    week::remind_once(turn, role);
    let message =
        Message::of(say("lesson-later")).row([button(say("button-open-lesson"), Tap::Lesson(LessonTap::Open))]);
    turn.show(role, message, Some(Slot::Lesson));
}

/// A button on a step.
pub fn acted(turn: &mut Turn<'_>, role: Role, module: &str, step: &str, act: Act) {
    let spot = Spot { module: module.to_owned(), step: step.to_owned() };
    if matches!(act, Act::Again) && (path::take_up(turn, role, &spot) || path::revise(turn, role, &spot)) {
        return draw(turn, role);
    }
    let current = turn.seat(role).mind.study.at.as_ref() == Some(&spot);
    let Some(kind) = way::step(turn.cx.programme, &spot).map(|s| s.kind.clone()).filter(|_| current) else {
        return stale(turn, role);
    };
    turn.seat_mut(role).mind.study.opened = true;
    busy(turn, role);
    let study = &turn.seat(role).mind.study;
    let (judged, answers) = (study.judged, !study.judged && !study.weighs);
    match (&kind, act) {
        (StepKind::Card { .. }, Act::Next) => {
            let person = turn.id_of(role);
            turn.fact(Fact::Read { person, spot });
            path::advance(turn, role);
        }
        (_, Act::Next) if judged => path::advance(turn, role),
        (StepKind::Card { .. }, Act::Back) => path::back(turn, role),
        (StepKind::Choice { options, .. }, Act::Pick(option)) if answers && options.contains(&option) => {
            turn.seat_mut(role).mind.study.chosen = [option].into();
            answers::given(turn, role, &spot);
        }
        (StepKind::Multi { options, .. }, Act::Pick(option)) if answers && options.contains(&option) => {
            tick(turn, role, option);
        }
        (StepKind::Checklist { items }, Act::Pick(item)) if items.contains(&item) => tick(turn, role, item),
        (StepKind::Multi { .. }, Act::Check) if answers => {
            if turn.seat(role).mind.study.chosen.is_empty() {
                return turn.note(role, say("choose-one"));
            }
            answers::given(turn, role, &spot);
        }
        (_, Act::Sure) if turn.seat(role).mind.study.weighs => answers::judge(turn, role, &spot, Some(true)),
        (_, Act::Unsure) if turn.seat(role).mind.study.weighs => answers::judge(turn, role, &spot, Some(false)),
        (StepKind::Checklist { .. }, Act::Done) => {
            let ticked = turn.seat(role).mind.study.chosen.iter().cloned().collect();
            answers::answered(turn, role, &spot, Answer::Ticked(ticked));
        }
        (StepKind::Reflect, Act::Done) => answers::answered(turn, role, &spot, Answer::Done),
        (StepKind::Write { .. } | StepKind::Link | StepKind::Checklist { .. } | StepKind::Reflect, Act::Later) => {
            path::park(turn, role, spot);
        }
        (StepKind::Write { .. } | StepKind::Link | StepKind::Checklist { .. } | StepKind::Reflect, Act::Unfit) => {
            turn.seat_mut(role).mind.talk = Talk::Reason { module: spot.module, step: spot.step };
            let message = Message::of(say("unfit-why")).row([button(say("button-back"), Tap::Lesson(LessonTap::Open))]);
            turn.show(role, message, Some(Slot::Lesson));
        }
        (StepKind::Write { .. } | StepKind::Link, Act::Again) => {
            turn.seat_mut(role).mind.study.judged = false;
            draw(turn, role);
        }
        (StepKind::Questionnaire { .. }, Act::Rate { .. } | Act::Skip { .. })
            if survey::is_over(&turn.t.round, turn.cx.programme, &spot) =>
        {
            turn.note(role, say("survey-closed"));
            path::advance(turn, role);
        }
        (StepKind::Questionnaire { questions }, Act::Rate { question, option })
            if answers::offers(questions, &question, &option) =>
        {
            answers::rated(turn, role, &spot, question, Rating::Picked(option));
        }
        (StepKind::Questionnaire { questions }, Act::Skip { question })
            if questions.iter().any(|q| q.id == question) =>
        {
            answers::rated(turn, role, &spot, question, Rating::Skipped);
        }
        _ => stale(turn, role),
    }
}

/// A text while a step waits for one.
pub fn wrote(turn: &mut Turn<'_>, role: Role, text: &str) {
    let text = text.trim();
    let length = text.chars().count();
    if length > MAX_ANSWER {
        let line = say("answer-long").with("length", length).with("limit", MAX_ANSWER);
        return turn.reply(role, Message::of(line));
    }
    busy(turn, role);
    let talk = turn.seat(role).mind.talk.clone();
    let (Talk::Step { module, step } | Talk::Reason { module, step } | Talk::Sentence { module, step, .. }) = &talk
    else {
        return open(turn, role);
    };
    let spot = Spot { module: module.clone(), step: step.clone() };
    let kind = way::step(turn.cx.programme, &spot).map(|step| step.kind.clone());
    let Some(kind) = kind.filter(|_| turn.seat(role).mind.study.at.as_ref() == Some(&spot)) else {
        // The person has gone on, or the step is gone: what stands open is shown instead.
        return open(turn, role);
    };
    let text = text.to_owned();
    match (talk, kind) {
        (Talk::Reason { .. }, _) => answers::answered(turn, role, &spot, Answer::Unfit(text)),
        (Talk::Sentence { .. }, StepKind::Questionnaire { .. })
            if survey::is_over(&turn.t.round, turn.cx.programme, &spot) =>
        {
            turn.reply(role, Message::of(say("survey-closed")));
            path::advance(turn, role);
        }
        (Talk::Sentence { question, .. }, StepKind::Questionnaire { .. }) => {
            answers::rated(turn, role, &spot, question, Rating::Sentence(text));
        }
        (Talk::Step { .. }, StepKind::Write { .. }) => answers::saved(turn, role, &spot, Answer::Wrote(text)),
        (Talk::Step { .. }, StepKind::Link) => match answers::address(&text) {
            Some(url) => answers::saved(turn, role, &spot, Answer::Linked(url)),
            None => turn.reply(role, Message::of(say("link-unclear"))),
        },
        (Talk::Step { .. }, StepKind::Reflect) => turn.reply(role, Message::of(say("reflect-private"))),
        _ => open(turn, role),
    }
}

/// The screen of the step on which the person stands; `None` when nothing is open.
pub fn screen(turn: &Turn<'_>, role: Role) -> Option<Message> {
    let study = &turn.seat(role).mind.study;
    let spot = study.at.as_ref()?;
    let step = way::step(turn.cx.programme, spot)?;
    let first = way::previous(turn.cx.programme, spot).is_none() || study.detour.is_some();
    Some(screens::step(turn.cx.programme, spot, step, study, first))
}

/// Redraws the lesson where it stands, in whatever language the person reads now.
pub fn refresh(turn: &mut Turn<'_>, role: Role) {
    if recall::refresh(turn, role) {
        return;
    }
    let message = match turn.seat(role).mind.study.opened {
        true => screen(turn, role),
        // What stands there is the announcement.
        false => week::announced(turn, role),
    };
    if let Some(message) = message {
        let person = turn.id_of(role);
        turn.out.push(Effect::Refresh { person, slot: Slot::Lesson, message });
    }
}

/// Sets what the next text will be taken for: what the open step asks for, or nothing.
pub fn listen(turn: &mut Turn<'_>, role: Role) {
    let study = &turn.seat(role).mind.study;
    let step = study.at.as_ref().and_then(|spot| Some((spot, way::step(turn.cx.programme, spot)?)));
    let talk = match step {
        Some((spot, step)) if study.opened && !study.judged => match &step.kind {
            StepKind::Write { .. } | StepKind::Link | StepKind::Reflect => {
                Talk::Step { module: spot.module.clone(), step: spot.step.clone() }
            }
            StepKind::Questionnaire { questions } => match screens::open_question(questions, study) {
                Some(question) if question.kind == QuestionKind::Sentence => Talk::Sentence {
                    module: spot.module.clone(),
                    step: spot.step.clone(),
                    question: question.id.clone(),
                },
                _ => Talk::Nothing,
            },
            StepKind::Card { .. } | StepKind::Choice { .. } | StepKind::Multi { .. } | StepKind::Checklist { .. } => {
                Talk::Nothing
            }
        },
        _ => Talk::Nothing,
    };
    turn.seat_mut(role).mind.talk = talk;
}

/// How many lessons the person has come to the end of: all before the one they stand in.
pub fn finished(turn: &Turn<'_>, role: Role) -> usize {
    let study = &turn.seat(role).mind.study;
    standing(study).and_then(|spot| way::lesson_index(turn.cx.programme, spot)).unwrap_or(study.released)
}

/// All tasks that were put off, under their heading.
pub fn parked(turn: &Turn<'_>, role: Role, message: Message) -> Message {
    let parked = &turn.seat(role).mind.study.parked;
    if parked.is_empty() { message } else { parked_rows(turn, parked, message.and(say("reminder-task"))) }
}

/// Titles of tasks that were put off, with buttons to take them up again.
pub fn parked_rows(turn: &Turn<'_>, parked: &[Parked], message: Message) -> Message {
    let programme = &turn.cx.programme.id;
    let several = parked.len() > 1;
    (1_usize..).zip(parked).fold(message, |message, (nth, task)| {
        let (module, step) = (task.spot.module.clone(), task.spot.step.clone());
        let tap = Tap::Study { module: module.clone(), step: step.clone(), act: Act::Again };
        message
            .block(Block::StepTitle { programme: programme.clone(), module, step })
            // The same words about two tasks would not say which is which; they stand above in this order.
            .row([button(
                if several { say("button-take-up-nth").with("nth", nth) } else { say("button-take-up") },
                tap,
            )])
    })
}

fn draw(turn: &mut Turn<'_>, role: Role) {
    listen(turn, role);
    if let Some(message) = screen(turn, role) {
        turn.show(role, message, Some(Slot::Lesson));
    }
}

/// A button that is not valid any more: a note, and what stands open now.
fn stale(turn: &mut Turn<'_>, role: Role) {
    turn.note(role, say("stale"));
    if turn.seat(role).mind.study.at.is_some() {
        open(turn, role);
    }
}

fn nothing_open(turn: &mut Turn<'_>, role: Role) {
    if exam::offer(turn, role) == exam::Standing::Open {
        return exam::open(turn, role);
    }
    let next = turn.t.agenda.get(&Due::Lesson(role)).copied();
    let line = match next {
        Some(at) => {
            let day = calendar::local_date(at, turn.seat(role).person.zone);
            say("lesson-next").with("day", day)
        }
        None => say("lesson-none"),
    };
    let test = exam::standing(turn, role).filter(|_| exam::offer(turn, role) != exam::Standing::NotYet);
    let message = test.into_iter().fold(Message::of(line), Message::and);
    let message = parked(turn, role, message.row(exam::button_row(turn, role)));
    turn.show(role, home::with_buttons(message), None);
}

fn tick(turn: &mut Turn<'_>, role: Role, option: String) {
    let chosen = &mut turn.seat_mut(role).mind.study.chosen;
    if !chosen.remove(&option) {
        chosen.insert(option);
    }
    draw(turn, role);
}

fn milestone(turn: &mut Turn<'_>, role: Role, spot: &Spot, milestone: Milestone) {
    if let Some((module, lesson)) = way::lesson_of(turn.cx.programme, spot) {
        let (module, lesson) = (module.id.clone(), lesson.id.clone());
        let person = turn.id_of(role);
        turn.fact(Fact::Milestone { person, module, lesson, milestone });
    }
}

/// The person does something now: what is due waits for its end, or half an hour.
pub fn busy(turn: &mut Turn<'_>, role: Role) {
    let now = turn.now();
    turn.seat_mut(role).mind.busy_since = Some(now);
}
