//! A trainer looks at lessons as participants see them. Nothing of it is kept: every button knows where it leads.
//!
//! Owns: the way through programmes, modules and lessons, and what a press on a step would show. The screens of steps
//! are those of `screens`.

use std::collections::BTreeSet;

use super::super::message::{Block, Button, Label, Message, Press, button, say};
use super::super::programme::{Lesson, Module, Programme, Step, StepKind};
use super::super::screens;
use super::super::tandem::{Spot, Study};
use super::super::tap::{Act, PreviewTap, Seen, StepPlace, Tap, TrainerTap};

/// The screen that a preview goes to; `None` if lessons do not have it (any more).
pub fn screen(courses: &[&Programme], tap: PreviewTap) -> Option<Message> {
    match (tap, courses) {
        (PreviewTap::Programmes, [_]) => modules(courses, 0),
        (PreviewTap::Programmes, _) => Some(programmes(courses)),
        (PreviewTap::Modules(programme), _) => modules(courses, programme),
        (PreviewTap::Lessons { programme, module }, _) => lessons(courses, programme, module),
        (PreviewTap::Step(at, seen), _) => step(courses, at, seen),
    }
}

/// The step at this place, and what it is in.
pub fn find<'p>(courses: &[&'p Programme], at: StepPlace) -> Option<(&'p Programme, &'p Module, &'p Lesson, &'p Step)> {
    let programme = *courses.get(usize::from(at.programme))?;
    let module = part(programme, at.module)?;
    let lesson = module.lessons.get(usize::from(at.lesson))?;
    Some((programme, module, lesson, lesson.steps.get(usize::from(at.step))?))
}

/// A module, or the pool of the closing test behind the last.
fn part(programme: &Programme, place: u8) -> Option<&Module> {
    parts(programme).nth(usize::from(place))
}

fn parts(programme: &Programme) -> impl Iterator<Item = &Module> {
    programme.modules.iter().chain(programme.test.iter().map(|test| &test.pool))
}

fn programmes(courses: &[&Programme]) -> Message {
    let rows = (0_u8..)
        .zip(courses)
        .map(|(place, programme)| leads(Label::Programme(programme.id.clone()), PreviewTap::Modules(place)));
    rows.fold(Message::of(say("preview-programmes")), |message, row| message.row([row]))
}

fn modules(courses: &[&Programme], place: u8) -> Option<Message> {
    let programme = courses.get(usize::from(place))?;
    let rows = (0_u8..).zip(parts(programme)).map(|(module, part)| {
        let label = Label::Module { programme: programme.id.clone(), module: part.id.clone() };
        leads(label, PreviewTap::Lessons { programme: place, module })
    });
    let message = rows.fold(Message::of(say("preview-modules")), |message, row| message.row([row]));
    let back = (courses.len() > 1).then(|| button(say("button-back"), tap(PreviewTap::Programmes)));
    Some(message.row(back.into_iter().chain([super::all_rounds()])))
}

fn lessons(courses: &[&Programme], programme: u8, place: u8) -> Option<Message> {
    let course = courses.get(usize::from(programme))?;
    let module = part(course, place)?;
    let rows = (0_u8..).zip(&module.lessons).map(|(lesson, found)| {
        let label = Label::Lesson { programme: course.id.clone(), module: module.id.clone(), lesson: found.id.clone() };
        let at = StepPlace { programme, module: place, lesson, step: 0 };
        leads(label, PreviewTap::Step(at, Seen::Open(0)))
    });
    let message = Message::default().block(Block::Module { programme: course.id.clone(), module: module.id.clone() });
    let message = rows.fold(message, |message, row| message.row([row]));
    Some(message.row([button(say("button-back"), tap(PreviewTap::Modules(programme)))]))
}

/// A step as participants see it, with buttons that lead on within the preview.
fn step(courses: &[&Programme], at: StepPlace, seen: Seen) -> Option<Message> {
    let (programme, module, lesson, step) = find(courses, at)?;
    let spot = Spot { module: module.id.clone(), step: step.id.clone() };
    let ids = answers(step);
    let chosen: BTreeSet<String> = match seen {
        Seen::Open(bits) | Seen::Judged(bits) => picked(&ids, bits).collect(),
        Seen::Asked(number) => ids.iter().take(usize::from(number)).map(|id| (*id).to_owned()).collect(),
    };
    let judged = matches!(seen, Seen::Judged(_)) && step.kind.is_quiz();
    let study = Study { at: Some(spot.clone()), chosen, judged, opened: true, ..Study::default() };
    let mut message = screens::step(programme, &spot, step, &study, at.step == 0);
    for button in message.rows.iter_mut().flatten() {
        if let Press::Tap(Tap::Study { act, .. }) = &button.press {
            button.press = Press::Tap(tap(after(lesson, step, &ids, at, seen, act)));
        }
    }
    let (nth, of) = (usize::from(at.step) + 1, lesson.steps.len());
    let list = PreviewTap::Lessons { programme: at.programme, module: at.module };
    Some(message.row([button(say("button-preview-list").with("nth", nth).with("of", of), tap(list))]))
}

/// What a press shows.
fn after(lesson: &Lesson, step: &Step, ids: &[&str], at: StepPlace, seen: Seen, act: &Act) -> PreviewTap {
    let bits = match seen {
        Seen::Open(bits) | Seen::Judged(bits) => bits,
        Seen::Asked(_) => 0,
    };
    let bit = |option: &str| ids.iter().position(|id| *id == option).map_or(0, |place| 1_u32 << place.min(31));
    let stay = |seen| PreviewTap::Step(at, seen);
    match act {
        Act::Pick(option) => match &step.kind {
            StepKind::Choice { .. } => stay(Seen::Judged(bit(option))),
            _ => stay(Seen::Open(bits ^ bit(option))),
        },
        // How sure somebody is counts for their repeats alone, so a preview does not ask.
        Act::Check | Act::Sure | Act::Unsure => stay(Seen::Judged(bits)),
        Act::Again => stay(Seen::Open(0)),
        Act::Rate { .. } | Act::Skip { .. } => match seen {
            Seen::Asked(number) => stay(Seen::Asked(number.saturating_add(1))),
            Seen::Open(_) | Seen::Judged(_) => stay(Seen::Asked(1)),
        },
        Act::Back => PreviewTap::Step(StepPlace { step: at.step.saturating_sub(1), ..at }, Seen::Open(0)),
        // What else a task offers does something only for those who take part: here it goes on.
        Act::Next | Act::Done | Act::Later | Act::Unfit => match usize::from(at.step) + 1 < lesson.steps.len() {
            true => PreviewTap::Step(StepPlace { step: at.step + 1, ..at }, Seen::Open(0)),
            false => PreviewTap::Lessons { programme: at.programme, module: at.module },
        },
    }
}

/// What can be chosen, answered or ticked, in the order of the structure.
fn answers(step: &Step) -> Vec<&str> {
    match &step.kind {
        StepKind::Questionnaire { questions } => questions.iter().map(|question| question.id.as_str()).collect(),
        kind => kind.option_ids().iter().map(String::as_str).collect(),
    }
}

fn picked<'a>(ids: &'a [&str], bits: u32) -> impl Iterator<Item = String> + 'a {
    let on = move |(place, _): &(usize, &&str)| *place < 32 && bits & (1 << place) != 0;
    ids.iter().enumerate().filter(on).map(|(_, id)| (*id).to_owned())
}

fn leads(label: Label, to: PreviewTap) -> Button {
    Button { label, press: Press::Tap(tap(to)) }
}

fn tap(to: PreviewTap) -> Tap {
    Tap::Trainer(TrainerTap::Preview(to))
}
