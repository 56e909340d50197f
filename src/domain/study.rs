//! The way through the lessons: one step at a time, a question behind each card, tasks that may wait.
//!
//! Owns: which step a person stands on, what an answer does, what a task's three buttons mean. Does not
//! know when lessons come (`week`), nor a word of their text.

use chrono::TimeDelta;

use super::effect::{Answer, Effect, Fact, Milestone, Rating, Slot};
use super::message::{Arg, Block, Message, button, say};
use super::programme::{QuestionKind, StepKind};
use super::screens;
use super::tandem::{Detour, Due, Parked, Role, Spot, Study, Talk};
use super::tap::{Act, Home, LessonTap, Tap};
use super::turn::Turn;
use super::way;
use super::{home, week};

/// Longest text that is kept as an answer, in characters: a screenful, far below Telegram's 4,096.
pub const MAX_ANSWER: usize = 1_500;

/// How long after the last answer a person counts as being in the middle of something.
pub const BUSY: TimeDelta = TimeDelta::minutes(30);

/// Shows the step on which the person stands.
pub fn open(turn: &mut Turn<'_>, role: Role) {
    let Some(spot) = turn.seat(role).mind.study.at.clone() else {
        return nothing_open(turn, role);
    };
    if way::find(turn.cx.programme, &spot).is_none() {
        // The step is gone from the files: go on where the programme goes on.
        turn.seat_mut(role).mind.study.at = None;
        return nothing_open(turn, role);
    }
    if !turn.seat(role).mind.study.opened {
        turn.seat_mut(role).mind.study.opened = true;
        milestone(turn, role, &spot, Milestone::Opened);
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
    if matches!(act, Act::Again) && resume_parked(turn, role, &spot) {
        return draw(turn, role);
    }
    let current = turn.seat(role).mind.study.at.as_ref() == Some(&spot);
    let Some(kind) = way::step(turn.cx.programme, &spot).map(|s| s.kind.clone()).filter(|_| current) else {
        return stale(turn, role);
    };
    busy(turn, role);
    let judged = turn.seat(role).mind.study.judged;
    match (&kind, act) {
        (StepKind::Card { .. }, Act::Next) => advance(turn, role),
        (_, Act::Next) if judged => advance(turn, role),
        (_, Act::Back) => back(turn, role),
        (StepKind::Choice { options, .. }, Act::Pick(option)) if !judged && options.contains(&option) => {
            turn.seat_mut(role).mind.study.chosen = [option].into();
            judge(turn, role, &spot, &kind);
        }
        (StepKind::Multi { options, .. }, Act::Pick(option)) if !judged && options.contains(&option) => {
            tick(turn, role, option);
        }
        (StepKind::Checklist { items }, Act::Pick(item)) if items.contains(&item) => tick(turn, role, item),
        (StepKind::Multi { .. }, Act::Check) if !judged => {
            if turn.seat(role).mind.study.chosen.is_empty() {
                return turn.note(role, say("choose-one"));
            }
            judge(turn, role, &spot, &kind);
        }
        (StepKind::Checklist { .. }, Act::Done) => {
            let ticked = turn.seat(role).mind.study.chosen.iter().cloned().collect();
            answered(turn, role, &spot, Answer::Ticked(ticked));
        }
        (StepKind::Reflect, Act::Done) => answered(turn, role, &spot, Answer::Done),
        (StepKind::Write { .. } | StepKind::Link | StepKind::Checklist { .. } | StepKind::Reflect, Act::Later) => {
            park(turn, role, spot);
        }
        (StepKind::Write { .. } | StepKind::Link | StepKind::Checklist { .. } | StepKind::Reflect, Act::Unfit) => {
            turn.seat_mut(role).mind.talk = Talk::Reason { module: spot.module, step: spot.step };
            let back = button(say("button-back"), Tap::Lesson(LessonTap::Open));
            turn.show(role, Message::of(say("unfit-why")).row([back]), Some(Slot::Lesson));
        }
        (StepKind::Write { .. } | StepKind::Link, Act::Again) => {
            turn.seat_mut(role).mind.study.judged = false;
            draw(turn, role);
        }
        (StepKind::Questionnaire { .. }, Act::Rate { question, option }) => rate(turn, role, &spot, question, option),
        (StepKind::Questionnaire { .. }, Act::Skip { question }) => {
            rated(turn, role, &spot, question, Rating::Skipped);
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
    match turn.seat(role).mind.talk.clone() {
        Talk::Reason { module, step } => {
            turn.seat_mut(role).mind.talk = Talk::Nothing;
            answered(turn, role, &Spot { module, step }, Answer::Unfit(text.to_owned()));
        }
        Talk::Sentence { module, step, question } => {
            turn.seat_mut(role).mind.talk = Talk::Nothing;
            let spot = Spot { module, step };
            rated(turn, role, &spot, question, Rating::Sentence(text.to_owned()));
        }
        Talk::Step { module, step } => {
            let spot = Spot { module, step };
            let kind = way::step(turn.cx.programme, &spot).map(|step| step.kind.clone());
            match kind {
                Some(StepKind::Write { .. }) => saved(turn, role, &spot, Answer::Wrote(text.to_owned())),
                Some(StepKind::Link) => match address(text) {
                    Some(url) => saved(turn, role, &spot, Answer::Linked(url)),
                    None => turn.reply(role, Message::of(say("link-unclear"))),
                },
                Some(StepKind::Reflect) => turn.reply(role, Message::of(say("reflect-private"))),
                _ => {
                    turn.seat_mut(role).mind.talk = Talk::Nothing;
                    open(turn, role);
                }
            }
        }
        Talk::Nothing | Talk::Away => open(turn, role),
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
    let message = match turn.seat(role).mind.study.opened {
        true => screen(turn, role),
        false => week::announced(turn, role),
    };
    if let Some(message) = message {
        let person = turn.id_of(role);
        turn.out.push(Effect::Refresh { person, slot: Slot::Lesson, message });
    }
}

/// The titles of the tasks that were put off, as buttons to take them up again.
pub fn parked_rows(turn: &Turn<'_>, role: Role, message: Message) -> Message {
    let programme = &turn.cx.programme.id;
    let parked = &turn.seat(role).mind.study.parked;
    parked.iter().fold(message, |message, task| {
        message
            .block(Block::StepTitle {
                programme: programme.clone(),
                module: task.spot.module.clone(),
                step: task.spot.step.clone(),
            })
            .row([button(
                say("button-take-up"),
                Tap::Study { module: task.spot.module.clone(), step: task.spot.step.clone(), act: Act::Again },
            )])
    })
}

fn draw(turn: &mut Turn<'_>, role: Role) {
    expect_text(turn, role);
    if let Some(message) = screen(turn, role) {
        turn.show(role, message, Some(Slot::Lesson));
    }
}

/// Sets what the next text will be taken for.
fn expect_text(turn: &mut Turn<'_>, role: Role) {
    let study = &turn.seat(role).mind.study;
    let talk = match study.at.as_ref().and_then(|spot| Some((spot, way::step(turn.cx.programme, spot)?))) {
        Some((spot, step)) if !study.judged => match &step.kind {
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

fn stale(turn: &mut Turn<'_>, role: Role) {
    turn.note(role, say("stale"));
    if let Some(message) = screen(turn, role) {
        expect_text(turn, role);
        turn.show(role, message, Some(Slot::Lesson));
    }
}

fn nothing_open(turn: &mut Turn<'_>, role: Role) {
    let next = turn.t.agenda.get(&Due::Lesson(role)).copied();
    let line = match next {
        Some(at) => {
            let day = super::calendar::local_date(at, turn.seat(role).person.zone);
            say("lesson-next").with("day", day)
        }
        None => say("lesson-none"),
    };
    let message = parked_rows(turn, role, Message::of(line));
    turn.show(role, home::with_buttons(message), None);
}

fn tick(turn: &mut Turn<'_>, role: Role, option: String) {
    let chosen = &mut turn.seat_mut(role).mind.study.chosen;
    if !chosen.remove(&option) {
        chosen.insert(option);
    }
    draw(turn, role);
}

fn judge(turn: &mut Turn<'_>, role: Role, spot: &Spot, kind: &StepKind) {
    let chosen = turn.seat(role).mind.study.chosen.clone();
    let right = match kind {
        StepKind::Choice { correct, .. } => chosen.len() == 1 && chosen.contains(correct),
        StepKind::Multi { correct, .. } => &chosen == correct,
        _ => return,
    };
    let person = turn.id_of(role);
    let answer = Answer::Picked { chosen: chosen.into_iter().collect(), right };
    turn.fact(Fact::Answered { person, spot: spot.clone(), answer });
    turn.seat_mut(role).mind.study.judged = true;
    draw(turn, role);
}

/// A text or an address is kept; the person may write it anew or go on.
fn saved(turn: &mut Turn<'_>, role: Role, spot: &Spot, answer: Answer) {
    let person = turn.id_of(role);
    turn.fact(Fact::Answered { person, spot: spot.clone(), answer });
    let seat = turn.seat_mut(role);
    seat.mind.study.judged = true;
    seat.mind.talk = Talk::Nothing;
    seat.mind.study.parked.retain(|task| &task.spot != spot);
    draw(turn, role);
}

fn answered(turn: &mut Turn<'_>, role: Role, spot: &Spot, answer: Answer) {
    let person = turn.id_of(role);
    turn.fact(Fact::Answered { person, spot: spot.clone(), answer });
    turn.seat_mut(role).mind.study.parked.retain(|task| &task.spot != spot);
    advance(turn, role);
}

fn park(turn: &mut Turn<'_>, role: Role, spot: Spot) {
    let study = &mut turn.seat_mut(role).mind.study;
    if !study.parked.iter().any(|task| task.spot == spot) {
        study.parked.push(Parked { spot, reminded: false });
    }
    week::remind_once(turn, role);
    advance(turn, role);
}

/// Takes up a task that was put off. False when it is not one.
fn resume_parked(turn: &mut Turn<'_>, role: Role, spot: &Spot) -> bool {
    let study = &mut turn.seat_mut(role).mind.study;
    if study.at.as_ref() == Some(spot) || !study.parked.iter().any(|task| &task.spot == spot) {
        return false;
    }
    if study.detour.is_none() {
        study.detour = Some(Detour { back_to: study.at.clone() });
    }
    stand(study, Some(spot.clone()));
    busy(turn, role);
    true
}

fn rate(turn: &mut Turn<'_>, role: Role, spot: &Spot, question: String, option: String) {
    let known = match way::step(turn.cx.programme, spot).map(|step| &step.kind) {
        Some(StepKind::Questionnaire { questions }) => questions.iter().any(|q| {
            q.id == question && matches!(&q.kind, QuestionKind::Pick { options } if options.contains(&option))
        }),
        _ => false,
    };
    if known {
        rated(turn, role, spot, question, Rating::Picked(option));
    } else {
        stale(turn, role);
    }
}

fn rated(turn: &mut Turn<'_>, role: Role, spot: &Spot, question: String, rating: Rating) {
    let person = turn.id_of(role);
    let module = spot.module.clone();
    turn.fact(Fact::Rated { person, module, question: question.clone(), rating });
    turn.seat_mut(role).mind.study.chosen.insert(question);
    let study = &turn.seat(role).mind.study;
    let open = match way::step(turn.cx.programme, spot).map(|step| &step.kind) {
        Some(StepKind::Questionnaire { questions }) => screens::open_question(questions, study).is_some(),
        _ => false,
    };
    if open { draw(turn, role) } else { advance(turn, role) }
}

fn back(turn: &mut Turn<'_>, role: Role) {
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

fn advance(turn: &mut Turn<'_>, role: Role) {
    let programme = turn.cx.programme;
    let study = &mut turn.seat_mut(role).mind.study;
    if let Some(detour) = study.detour.take() {
        stand(study, detour.back_to);
        return match turn.seat(role).mind.study.at {
            Some(_) => draw(turn, role),
            None => task_done(turn, role),
        };
    }
    let Some(spot) = study.at.clone() else { return nothing_open(turn, role) };
    match way::next_in_lesson(programme, &spot) {
        Some(next) => {
            stand(study, Some(next));
            draw(turn, role);
        }
        None => finish_lesson(turn, role, &spot),
    }
}

fn finish_lesson(turn: &mut Turn<'_>, role: Role, last: &Spot) {
    milestone(turn, role, last, Milestone::Finished);
    let programme = turn.cx.programme;
    let Some((module, lesson)) = way::lesson_of(programme, last) else { return };
    let study = &mut turn.seat_mut(role).mind.study;
    let next = way::first_of_next_lesson(programme, last).filter(|(index, _)| *index < study.released);
    stand(study, next.as_ref().map(|(_, spot)| spot.clone()));
    study.opened = false;
    let seat = turn.seat_mut(role);
    seat.mind.talk = Talk::Nothing;
    seat.mind.busy_since = None;
    week::resume_waiting(turn, role);
    let minutes = lesson.minutes;
    let mut message =
        Message::of(say("lesson-finished")).and(say("lesson-took").with("minutes", Arg::Minutes(minutes)));
    let took = Tap::Hours(super::tap::HoursTap::Took { module: module.id.clone(), lesson: lesson.id.clone() });
    message = message.row([button(say("button-log").with("minutes", Arg::Minutes(minutes)), took)]);
    if next.is_some() {
        message = message.row([button(say("button-next-lesson"), Tap::Lesson(LessonTap::Open))]);
    }
    message = message.row([button(say("button-home"), Tap::Home(Home::Open))]);
    turn.show(role, message, Some(Slot::Lesson));
}

fn task_done(turn: &mut Turn<'_>, role: Role) {
    let seat = turn.seat_mut(role);
    seat.mind.talk = Talk::Nothing;
    seat.mind.busy_since = None;
    week::resume_waiting(turn, role);
    let message = home::with_buttons(Message::of(say("task-finished")));
    turn.show(role, message, None);
}

fn milestone(turn: &mut Turn<'_>, role: Role, spot: &Spot, milestone: Milestone) {
    if let Some((module, lesson)) = way::lesson_of(turn.cx.programme, spot) {
        let (module, lesson) = (module.id.clone(), lesson.id.clone());
        let person = turn.id_of(role);
        turn.fact(Fact::Milestone { person, module, lesson, milestone });
    }
}

fn busy(turn: &mut Turn<'_>, role: Role) {
    let now = turn.now();
    turn.seat_mut(role).mind.busy_since = Some(now);
}

fn stand(study: &mut Study, at: Option<Spot>) {
    study.at = at;
    study.chosen.clear();
    study.judged = false;
}

/// The first address in a text: `http` or `https`, with a host that has a dot. It is kept, never opened.
fn address(text: &str) -> Option<String> {
    let word = text.split_whitespace().find(|word| word.starts_with("https://") || word.starts_with("http://"))?;
    let url = url::Url::parse(word).ok()?;
    url.host_str().filter(|host| host.contains('.')).map(|_| word.to_owned())
}
