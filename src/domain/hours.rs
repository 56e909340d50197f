//! Hours: what a text or a button is logged as, its echo, undo.
//!
//! Owns: entering minutes and saying so. Does not know how a text is read (`duration`), nor how a week's
//! target comes about (`ledger`). Below it: how a week stands (`standing`), the sheet (`sheet`), corrections
//! (`edit`), the timer (`timer`), settling weeks (`close`), the employer's promise (`promise`), and the end of
//! the hours (`end`).

mod close;
mod edit;
mod end;
mod promise;
mod sheet;
mod standing;
#[cfg(test)]
mod tests;
mod timer;

pub use close::{close, closes_at, gone, is_settled, schedule_close, unsettled_since};
pub use edit::{change_line, rewrite};
pub use end::end_offer;
pub use promise::{ask_promise, missing_buttons, promise_due};
pub use sheet::show;
pub use standing::{logged, on_target, standing_line, target};
pub use timer::{Word, ask_timer, is_running, spoken, word};

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};

use super::calendar::Week;
use super::duration::{self, MAX_MINUTES_A_DAY, Reading, Refusal};
use super::effect::{Effect, Look};
use super::ids::{EntryId, PersonId};
use super::message::{Arg, Button, Line, Message, button, say};
use super::record::{Change, Record, Timing};
use super::study;
use super::tandem::{Entry, Role, Tandem};
use super::tap::{EditTap, Home, HoursTap, Tap};
use super::turn::Turn;

/// Entries reach back this far. What comes after a week's seven days of grace is late, and still counts here.
pub const MAX_BACK: TimeDelta = TimeDelta::days(28);

/// Two presses of one button within this time are one.
const DOUBLE_TAP: TimeDelta = TimeDelta::seconds(2);

/// Minutes by which an entry is made longer or shorter with one tap.
const STEP: u32 = 5;

/// Buttons of a row that stay readable on a phone.
const MAX_UNDO: usize = 8;

/// Whether a text is a duration and nothing else.
pub fn nothing_but_hours(turn: &Turn<'_>, role: Role, text: &str) -> bool {
    duration::is_nothing_but_a_duration(text) && readable(turn, role, text)
}

/// Whether a text is to be taken for an entry, rightly or wrongly written.
pub fn readable(turn: &Turn<'_>, role: Role, text: &str) -> bool {
    !matches!(duration::parse(text, turn.said_on(role)), Err(Refusal::NotADuration))
}

/// Logs what a text says, or says why not.
pub fn log(turn: &mut Turn<'_>, role: Role, text: &str) {
    let message = match duration::parse(text, turn.said_on(role)) {
        Ok(readings) => entered(turn, role, &readings),
        Err(refusal) => Message::of(refused(refusal)),
    };
    turn.reply(role, message);
}

/// A button about hours.
pub fn tapped(turn: &mut Turn<'_>, role: Role, tap: HoursTap) {
    let today = turn.today(role);
    match tap {
        HoursTap::Add(minutes) => pressed(turn, role, Reading::of(today, minutes)),
        HoursTap::On { tandem, day, minutes } if tandem == turn.t.id => {
            pressed(turn, role, Reading::of(day, minutes));
        }
        HoursTap::Into { tandem, day, minutes, other } if tandem == turn.t.id => {
            let reading = Reading { other, ..Reading::of(day, minutes) };
            if let Some(message) = pressed_once(turn, role, &[reading]) {
                turn.show(role, message, None);
            }
        }
        HoursTap::AllInto { tandem, entries } if tandem == turn.t.id => {
            let readings: Vec<Reading> = entries.into_iter().map(|(day, minutes)| Reading::of(day, minutes)).collect();
            if let Some(message) = pressed_once(turn, role, &readings) {
                turn.show(role, message, None);
            }
        }
        HoursTap::Picture(theme) => turn.out.push(Effect::Look(Look::Picture(theme))),
        HoursTap::Undo(entry) => edit::undo(turn, role, &entry),
        HoursTap::Other(entry, minutes) => edit::other_reading(turn, role, &entry, minutes),
        HoursTap::Took { module, lesson } => took(turn, role, &module, &lesson),
        HoursTap::Missing { tandem, day, why } if tandem == turn.t.id => promise::missing(turn, role, day, why),
        HoursTap::Edit(tap) => edit::tapped(turn, role, tap),
        HoursTap::Timer(tap) => timer::tapped(turn, role, tap),
        HoursTap::Promise { tandem, act } if tandem == turn.t.id => promise::tapped(turn, role, act),
        HoursTap::End { tandem, act } if tandem == turn.t.id => end::tapped(turn, role, act),
        HoursTap::On { .. }
        | HoursTap::Into { .. }
        | HoursTap::AllInto { .. }
        | HoursTap::Missing { .. }
        | HoursTap::Promise { .. }
        | HoursTap::End { .. } => turn.note(role, say("stale")),
    }
}

/// A button with minutes under a message that stays: the echo is a message of its own.
fn pressed(turn: &mut Turn<'_>, role: Role, reading: Reading) {
    if let Some(message) = pressed_once(turn, role, &[reading]) {
        turn.reply(role, message);
    }
}

/// Logs what a button says, unless it was pressed twice in one go.
fn pressed_once(turn: &mut Turn<'_>, role: Role, readings: &[Reading]) -> Option<Message> {
    let (mine, now, today) = (turn.id_of(role), turn.now(), turn.today(role));
    let twice = |reading: &Reading| {
        turn.t.entries.iter().any(|entry| {
            entry.by.as_ref() == Some(&mine)
                && (entry.day, entry.minutes) == (reading.date, reading.minutes)
                && now - entry.made < DOUBLE_TAP
        })
    };
    if readings.iter().any(twice) {
        turn.note(role, say("hours-already"));
        return None;
    }
    let possible = |reading: &Reading| reading.date <= today && (1..=MAX_MINUTES_A_DAY).contains(&reading.minutes);
    if readings.is_empty() || !readings.iter().all(possible) {
        turn.note(role, say("stale"));
        return None;
    }
    Some(entered(turn, role, readings))
}

/// The minutes of a finished lesson, once: the message with the button becomes the echo.
fn took(turn: &mut Turn<'_>, role: Role, module: &str, lesson: &str) {
    let Some(minutes) = turn.cx.programme.lesson(module, lesson).map(|lesson| lesson.minutes) else {
        return turn.note(role, say("stale"));
    };
    let key = format!("{module}/{lesson}");
    if turn.seat(role).mind.study.took.contains(&key) {
        return turn.note(role, say("hours-already"));
    }
    let reading = Reading::of(turn.today(role), minutes);
    match enter(turn, role, std::slice::from_ref(&reading)) {
        Ok(made) => {
            turn.seat_mut(role).mind.study.took.insert(key);
            let message = echo(turn, &made, std::slice::from_ref(&reading));
            let message = study::onward(turn, role, message);
            turn.show(role, message, None);
        }
        Err(message) => turn.reply(role, *message),
    }
}

/// Enters readings and says so, or why not.
fn entered(turn: &mut Turn<'_>, role: Role, readings: &[Reading]) -> Message {
    match enter(turn, role, readings) {
        Ok(made) => echo(turn, &made, readings),
        Err(message) => *message,
    }
}

/// Adds the entries, or says why not; all or none.
fn enter(turn: &mut Turn<'_>, role: Role, readings: &[Reading]) -> Result<Vec<Entry>, Box<Message>> {
    let (mine, today, now) = (turn.id_of(role), turn.today(role), turn.now());
    for reading in readings {
        end::takes(&turn.t, reading.date)?;
        not_too_old(today, reading.date).map_err(|line| Box::new(Message::of(line)))?;
        let asked: u32 = readings.iter().filter(|r| r.date == reading.date).map(|r| r.minutes).sum();
        let already = on_day(&turn.t, &mine, reading.date);
        if already.saturating_add(asked) > MAX_MINUTES_A_DAY {
            return Err(Box::new(Message::of(day_full(reading.date, already))));
        }
    }
    let mut made = Vec::new();
    for reading in readings {
        let id: EntryId = turn.ids.id().into();
        if timing(&turn.t, &[reading.date]) == Timing::Revision {
            record(turn, role, &id, None, Some((reading.date, reading.minutes)));
        }
        made.push(Entry { id, by: Some(mine.clone()), day: reading.date, minutes: reading.minutes, made: now });
    }
    turn.t.entries.extend(made.iter().cloned());
    Ok(made)
}

/// Writes down what became of an entry, by whom and when.
fn record(
    turn: &mut Turn<'_>,
    role: Role,
    entry: &EntryId,
    was: Option<(NaiveDate, u32)>,
    is: Option<(NaiveDate, u32)>,
) {
    let days: Vec<NaiveDate> = was.into_iter().chain(is).map(|(day, _)| day).collect();
    let timing = timing(&turn.t, &days);
    let id = turn.ids.id();
    let change = Change { id, entry: entry.clone(), by: turn.id_of(role), was, is, timing };
    turn.out.push(Effect::Record(Record::Changed(change)));
}

/// What touches a settled week is a revision of it.
fn timing(tandem: &Tandem, days: &[NaiveDate]) -> Timing {
    let settled = |day: &NaiveDate| is_settled(tandem, Week::of(*day));
    if days.iter().any(settled) { Timing::Revision } else { Timing::InTime }
}

fn not_too_old(today: NaiveDate, day: NaiveDate) -> Result<(), Line> {
    match today - day > MAX_BACK {
        true => Err(say("hours-too-old").with("day", day).with("days", MAX_BACK.num_days())),
        false => Ok(()),
    }
}

/// Minutes that a person has logged for a day.
fn on_day(tandem: &Tandem, who: &PersonId, day: NaiveDate) -> u32 {
    tandem.entries.iter().filter(|e| e.day == day && e.by.as_ref() == Some(who)).map(|e| e.minutes).sum()
}

fn day_full(day: NaiveDate, already: u32) -> Line {
    say("hours-day-full").with("day", day).with("already", Arg::Minutes(already))
}

/// What was entered, how the week stands now, undo, a little more or less, and other readings if there are any.
fn echo(turn: &Turn<'_>, made: &[Entry], readings: &[Reading]) -> Message {
    let mut message = Message::default();
    for entry in made {
        message = message
            .and(say("hours-logged").with("minutes", Arg::Minutes(entry.minutes)).with("day", Arg::Day(entry.day)));
    }
    if readings.iter().any(|reading| reading.note) {
        message = message.and(say("hours-note-not-kept"));
    }
    let weeks: BTreeSet<Week> = made.iter().map(|entry| Week::of(entry.day)).collect();
    for week in weeks {
        message = message.and(standing_line(&turn.t, week));
        if is_settled(&turn.t, week) {
            message = message.and(say("hours-revision").with("week", i64::from(week.number())));
        }
    }
    let mut row: Vec<Button> = Vec::new();
    for (entry, reading) in made.iter().zip(readings) {
        row.extend(reading.other.map(|minutes| other(entry, minutes)));
    }
    for entry in made {
        let label = match made.len() {
            1 => say("button-undo"),
            _ => say("button-undo-last").with("minutes", Arg::Minutes(entry.minutes)),
        };
        row.push(button(label, Tap::Hours(HoursTap::Undo(entry.id.clone()))));
    }
    row.truncate(MAX_UNDO);
    let message = message.row(row);
    match made {
        [entry] => message.row(steps(entry)),
        _ => message,
    }
}

fn other(entry: &Entry, minutes: u32) -> Button {
    let label = say("button-other").with("minutes", Arg::Minutes(minutes));
    button(label, Tap::Hours(HoursTap::Other(entry.id.clone(), minutes)))
}

/// A little less or more for an entry.
fn steps(entry: &Entry) -> Vec<Button> {
    let step = |label: &'static str, by: i32| {
        let label = say(label).with("minutes", Arg::Minutes(STEP));
        button(label, Tap::Hours(HoursTap::Edit(EditTap::Step(entry.id.clone(), by))))
    };
    let by = STEP.cast_signed();
    let less = (entry.minutes > STEP).then(|| step("button-less", -by));
    less.into_iter().chain([step("button-add", by)]).collect()
}

fn home() -> Button {
    button(say("button-home"), Tap::Home(Home::Open))
}

fn refused(refusal: Refusal) -> Line {
    match refusal {
        Refusal::NotADuration => say("text-unclear"),
        Refusal::NotPositive => say("hours-not-positive"),
        Refusal::TooMuch(_) => say("hours-too-long"),
        Refusal::Future(_) => say("hours-future"),
        Refusal::ImpossibleDate(_) => say("date-impossible"),
    }
}
