//! What an unasked message is made of: the lesson that has come, what was put off, the week's hours.

use chrono::NaiveDate;

use super::super::calendar::Week;
use super::super::effect::{Fact, Milestone};
use super::super::hours;
use super::super::message::{Arg, Block, Button, Line, Message, button, say};
use super::super::recall;
use super::super::study;
use super::super::survey;
use super::super::tandem::{CoverPhase, Nudges, Parked, Role, Spot, Study};
use super::super::tap::{HoursTap, LessonTap, Nudge, RecallTap, SettingsTap, Tap};
use super::super::turn::Turn;
use super::super::way;
use super::plan::last_own_day;

/// Minutes that the week's message offers to log with one tap.
const OFFERED: [u32; 2] = [30, 60];

/// Lets the next lesson come. `None` when there is none left, or when it queues silently: whoever is behind
/// hears of a module that falls due, not of each of its lessons.
pub(super) fn release(turn: &mut Turn<'_>, role: Role) -> Option<Message> {
    let programme = turn.cx.programme;
    let (index, first_of_module) = came(turn, role)?;
    let (module, _) = way::nth_lesson(programme, index)?;
    let here = study::standing(&turn.seat(role).mind.study)?.clone();
    let behind = way::lesson_index(programme, &here) != Some(index);
    if behind && !first_of_module && here.module != module.id {
        return None;
    }
    Some(announcement(turn, index, behind))
}

/// The newest lesson as it was announced, while none is open on the screen.
pub fn announced(turn: &Turn<'_>, role: Role) -> Option<Message> {
    let study = &turn.seat(role).mind.study;
    let here = way::lesson_index(turn.cx.programme, study::standing(study)?)?;
    let newest = study.released.checked_sub(1)?;
    Some(announcement(turn, newest, here < newest))
}

/// Title and first words of the lesson at this place; `behind` while the person has not finished an earlier one.
fn announcement(turn: &Turn<'_>, index: usize, behind: bool) -> Message {
    let programme = turn.cx.programme;
    let Some((module, lesson)) = way::nth_lesson(programme, index) else { return Message::default() };
    let (id, module_id) = (&programme.id, &module.id);
    let mut message = Message::default();
    if module.lessons.first().is_some_and(|first| first.id == lesson.id) {
        message = message.block(Block::Module { programme: id.clone(), module: module_id.clone() });
    }
    message =
        message.block(Block::Lesson { programme: id.clone(), module: module_id.clone(), lesson: lesson.id.clone() });
    let (line, open) = match behind {
        true => (say("lesson-behind"), say("button-continue")),
        false => (say("lesson-here").with("minutes", Arg::Minutes(lesson.minutes)), say("button-start")),
    };
    let later = button(say("button-later"), Tap::Lesson(LessonTap::Later));
    message.and(line).row([button(open, Tap::Lesson(LessonTap::Open)), later])
}

/// Lets the next module come that has not begun; lessons before it come with it and are the shortest way back.
pub(super) fn next_module(turn: &mut Turn<'_>, role: Role) -> Option<Message> {
    let first = way::next_module(turn.cx.programme, turn.seat(role).mind.study.released)?;
    while turn.seat(role).mind.study.released < first {
        came(turn, role)?;
    }
    release(turn, role)
}

/// Counts the next lesson as come; whoever has finished all before stands at its beginning. Answers with its
/// place and whether it begins a module.
fn came(turn: &mut Turn<'_>, role: Role) -> Option<(usize, bool)> {
    let index = turn.seat(role).mind.study.released;
    let (module, lesson) = way::nth_lesson(turn.cx.programme, index)?;
    let start = lesson.steps.first().map(|step| way::at(module, step));
    let first_of_module = module.lessons.first().is_some_and(|first| first.id == lesson.id);
    let person = turn.id_of(role);
    let (module, lesson) = (module.id.clone(), lesson.id.clone());
    turn.fact(Fact::Milestone { person, module, lesson, milestone: Milestone::Released });
    let study = &mut turn.seat_mut(role).mind.study;
    study.released += 1;
    if study::standing(study).is_none() {
        begin(study, start);
    }
    Some((index, first_of_module))
}

/// Puts the person at a lesson's beginning; behind a task that is being made up for, if there is one.
fn begin(study: &mut Study, start: Option<Spot>) {
    study.recalled = false;
    match &mut study.detour {
        Some(detour) => {
            detour.back_to = start;
            detour.opened = false;
        }
        None => {
            study.at = start;
            study.chosen.clear();
            study.weighs = false;
            study.judged = false;
            study.opened = false;
        }
    }
}

/// What was put off, once.
pub(super) fn reminder(turn: &mut Turn<'_>, role: Role, message: Option<Message>) -> Option<Message> {
    let nudges = turn.seat(role).person.prefs.nudges;
    let study = &mut turn.seat_mut(role).mind.study;
    let fresh: Vec<Parked> = study.parked.iter().filter(|task| !task.reminded).cloned().collect();
    for task in &mut study.parked {
        task.reminded = true;
    }
    let lesson = study.at.is_some() && !study.opened && !study.recalled && message.is_none();
    if nudges == Nudges::Fewer || (fresh.is_empty() && !lesson) {
        return message;
    }
    let mut part = Message::default();
    if lesson {
        study.recalled = true;
        part = part.and(say("reminder-lesson")).row([button(say("button-open-lesson"), Tap::Lesson(LessonTap::Open))]);
    }
    if !fresh.is_empty() {
        part = study::parked_rows(turn, &fresh, part.and(say("reminder-task")));
    }
    Some(join(message, part))
}

/// The week's hours for whoever is in charge of them, and what stands open.
pub(super) fn week(turn: &mut Turn<'_>, role: Role, alone: bool) -> Option<Message> {
    if turn.seat(role).person.prefs.nudges == Nudges::Fewer {
        return None;
    }
    let hours = hours_part(turn, role);
    let mut hours = match keeps_hours(turn, role) && hours::promise_due(turn, role) {
        true => Some(join(hours, hours::ask_promise(turn, role))),
        false => hours,
    };
    if recall::waits_after_course(turn, role) {
        let begin = button(say("button-recall"), Tap::Recall(RecallTap::Begin));
        hours = Some(join(hours, Message::of(say("recall-after-course")).row([begin])));
    }
    if (hours.is_some() || survey::late_one_waits(turn, role))
        && let Some(offer) = survey::offer(turn, role)
    {
        hours = Some(join(hours, offer));
    }
    let study = &mut turn.seat_mut(role).mind.study;
    if !alone || study.at.is_none() || study.recalled {
        return hours;
    }
    study.recalled = true;
    let open = Message::of(say("week-lesson-open")).row([button(say("button-continue"), Tap::Lesson(LessonTap::Open))]);
    Some(join(hours, open))
}

fn hours_part(turn: &Turn<'_>, role: Role) -> Option<Message> {
    let (day, line) = asked_about(turn, role)?;
    let week = Week::of(day);
    let silent = turn.seat(role).mind.not_released == Some(week.monday());
    if silent || turn.t.terms.over(day) || !keeps_hours(turn, role) || hours::on_target(&turn.t, week) {
        return None;
    }
    let tandem = &turn.t.id;
    let add = |minutes: u32| {
        let tap = Tap::Hours(HoursTap::On { tandem: tandem.clone(), day, minutes });
        button(say("button-add").with("minutes", Arg::Minutes(minutes)), tap)
    };
    let message = Message::of(line).and(hours::standing_line(&turn.t, week)).row(OFFERED.map(add));
    Some(hours::missing_buttons(turn, day).into_iter().fold(message, Message::row))
}

/// The day on which the week's hours are logged: today, or the last own day of the week before if the
/// message was put off beyond the weekend.
fn asked_about(turn: &Turn<'_>, role: Role) -> Option<(NaiveDate, Line)> {
    let today = turn.today(role);
    let this = Week::of(today);
    match last_own_day(turn, role, this) {
        Some(last) if last > today => {
            let day = last_own_day(turn, role, this.prev())?;
            Some((day, say("week-hours-late")))
        }
        _ => Some((today, say("week-hours"))),
    }
}

/// Hour messages go to the lead, or to the deputy who covers for the lead: whoever of them is there last.
fn keeps_hours(turn: &Turn<'_>, role: Role) -> bool {
    let today = turn.today(role);
    let week = Week::of(today);
    let covering = |day: NaiveDate| {
        let deputy = turn.t.deputy.as_ref().map(|seat| &seat.person.id);
        turn.t.covers.iter().any(|cover| {
            deputy.is_some()
                && cover.helper.as_ref() == deputy
                && matches!(cover.phase, CoverPhase::Accepted | CoverPhase::Done)
                && cover.days.contains(day)
        })
    };
    match role {
        // While the deputy stands in later this week, the deputy is asked then.
        Role::Lead => !week.days().any(|day| day > today && covering(day) && turn.there(Role::Deputy, day)),
        Role::Deputy => match &turn.t.lead {
            None => true,
            Some(lead) => covering(today) && turn.t.away(&lead.person.id, today),
        },
    }
}

/// Why it came, and how to get fewer of these.
pub(super) fn reason(nudge: Nudge) -> [Button; 2] {
    [
        button(say("button-why"), Tap::Settings(SettingsTap::Why(nudge))),
        button(say("button-fewer-of-these"), Tap::Settings(SettingsTap::FewerOfThese)),
    ]
}

pub(super) fn join(first: Option<Message>, second: Message) -> Message {
    match first {
        None => second,
        Some(mut first) => {
            first.blocks.extend(second.blocks);
            first.rows.extend(second.rows);
            first
        }
    }
}
