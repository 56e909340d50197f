//! Hours: what a text is logged as, how the week stands, undo.
//!
//! Owns: entering and showing minutes. Does not know how a text is read (`duration`), nor how a week's
//! target comes about (`ledger`).

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};

use super::calendar::Week;
use super::duration::{self, MAX_MINUTES_A_DAY, Reading, Refusal};
use super::holidays;
use super::ids::{EntryId, PersonId};
use super::ledger::{self, Availability, Away, Target};
use super::message::{Arg, Line, Message, button, say};
use super::study;
use super::tandem::{AbsencePhase, Entry, Role, Tandem};
use super::tap::{Home, HoursTap, Tap};
use super::turn::Turn;

/// Entries reach back this far. What comes after a week's seven days of grace is late, and still counts here.
const MAX_BACK: i64 = 28;

/// Two presses of one button within this time are one.
const DOUBLE_TAP: TimeDelta = TimeDelta::seconds(2);

/// Whether a text is a duration and nothing else.
pub fn nothing_but_hours(turn: &Turn<'_>, role: Role, text: &str) -> bool {
    duration::is_nothing_but_a_duration(text) && readable(turn, role, text)
}

/// Whether a text is to be taken for an entry, rightly or wrongly written.
pub fn readable(turn: &Turn<'_>, role: Role, text: &str) -> bool {
    !matches!(duration::parse(text, turn.today(role)), Err(Refusal::NotADuration))
}

/// Logs what a text says, or says why not.
pub fn log(turn: &mut Turn<'_>, role: Role, text: &str) {
    match duration::parse(text, turn.today(role)) {
        Ok(readings) => {
            let message = match enter(turn, role, &readings) {
                Ok(made) => {
                    let other = match (readings.as_slice(), made.as_slice()) {
                        ([reading], [entry]) => reading.other.map(|minutes| (entry.id.clone(), minutes)),
                        _ => None,
                    };
                    echo(&turn.t, &made, other)
                }
                Err(line) => Message::of(line),
            };
            turn.reply(role, message);
        }
        Err(refusal) => turn.reply(role, Message::of(refused(refusal))),
    }
}

/// A button about hours.
pub fn tapped(turn: &mut Turn<'_>, role: Role, tap: HoursTap) {
    let today = turn.today(role);
    match tap {
        HoursTap::Add(minutes) => pressed(turn, role, today, minutes),
        HoursTap::On { tandem, day, minutes } if tandem == turn.t.id => pressed(turn, role, day, minutes),
        HoursTap::Into { tandem, day, minutes } if tandem == turn.t.id => {
            if let Some(message) = pressed_once(turn, role, day, minutes) {
                turn.show(role, message, None);
            }
        }
        HoursTap::Undo(entry) => undo(turn, role, &entry),
        HoursTap::Other(entry, minutes) => other_reading(turn, role, &entry, minutes),
        HoursTap::Took { module, lesson } => took(turn, role, &module, &lesson),
        HoursTap::NotReleased { tandem, day } if tandem == turn.t.id => {
            let monday = Some(Week::of(day).monday());
            let mind = &mut turn.seat_mut(role).mind;
            if mind.not_released == monday {
                return turn.note(role, say("stale"));
            }
            mind.not_released = monday;
            turn.reply(role, Message::of(say("hours-not-released")));
        }
        HoursTap::On { .. } | HoursTap::Into { .. } | HoursTap::NotReleased { .. } => turn.note(role, say("stale")),
    }
}

/// A button with minutes under a message that stays: the echo is a message of its own.
fn pressed(turn: &mut Turn<'_>, role: Role, day: NaiveDate, minutes: u32) {
    if let Some(message) = pressed_once(turn, role, day, minutes) {
        turn.reply(role, message);
    }
}

/// Logs what a button says, unless it was pressed twice in one go.
fn pressed_once(turn: &mut Turn<'_>, role: Role, day: NaiveDate, minutes: u32) -> Option<Message> {
    let (mine, now) = (turn.id_of(role), turn.now());
    let twice = turn.t.entries.iter().any(|entry| {
        entry.by.as_ref() == Some(&mine)
            && (entry.day, entry.minutes) == (day, minutes)
            && now - entry.made < DOUBLE_TAP
    });
    if twice {
        turn.note(role, say("hours-already"));
        return None;
    }
    if day > turn.today(role) || !(1..=MAX_MINUTES_A_DAY).contains(&minutes) {
        turn.note(role, say("stale"));
        return None;
    }
    Some(match enter(turn, role, &[Reading { date: day, minutes, other: None, note: false }]) {
        Ok(made) => echo(&turn.t, &made, None),
        Err(line) => Message::of(line),
    })
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
    let today = turn.today(role);
    match enter(turn, role, &[Reading { date: today, minutes, other: None, note: false }]) {
        Ok(made) => {
            turn.seat_mut(role).mind.study.took.insert(key);
            let message = study::onward(turn, role, echo(&turn.t, &made, None));
            turn.show(role, message, None);
        }
        Err(line) => turn.reply(role, Message::of(line)),
    }
}

fn undo(turn: &mut Turn<'_>, role: Role, entry: &EntryId) {
    let mine = turn.id_of(role);
    let found = turn.t.entries.iter().position(|e| &e.id == entry && e.by.as_ref() == Some(&mine));
    let Some(index) = found else { return turn.note(role, say("stale")) };
    let entry = turn.t.entries.remove(index);
    let line = say("hours-undone").with("minutes", Arg::Minutes(entry.minutes)).with("day", entry.day);
    let message = Message::of(line).and(standing_line(&turn.t, Week::of(entry.day)));
    turn.show(role, message.row([button(say("button-home"), Tap::Home(Home::Open))]), None);
}

/// "Two hours" was meant as two minutes, or the other way round.
fn other_reading(turn: &mut Turn<'_>, role: Role, entry: &EntryId, minutes: u32) {
    let mine = turn.id_of(role);
    let found = turn.t.entries.iter().find(|e| &e.id == entry && e.by.as_ref() == Some(&mine)).cloned();
    let Some(before) = found.filter(|e| e.minutes != minutes && minutes > 0) else {
        return turn.note(role, say("stale"));
    };
    let already = on_day(&turn.t, &mine, before.day) - before.minutes;
    if already.saturating_add(minutes) > MAX_MINUTES_A_DAY {
        return turn.note(role, day_full(before.day, already));
    }
    let entry = Entry { minutes, ..before.clone() };
    if let Some(found) = turn.t.entries.iter_mut().find(|e| e.id == entry.id) {
        *found = entry.clone();
    }
    let message = echo(&turn.t, std::slice::from_ref(&entry), Some((entry.id.clone(), before.minutes)));
    turn.show(role, message, None);
}

/// `/hours`: this week and the last four.
pub fn show(turn: &mut Turn<'_>, role: Role) {
    let this = Week::of(turn.today(role));
    let mut message = Message::of(say("hours-title")).and(standing_line(&turn.t, this));
    let mut week = this;
    let mut past = Vec::new();
    for _ in 0..4 {
        week = week.prev();
        // Before the round began nothing was agreed.
        if week.sunday() >= turn.t.round.start || logged(&turn.t, week) > 0 {
            past.push(week_line(&turn.t, week));
        }
    }
    if !past.is_empty() {
        message = message.and(say("hours-past").with("weeks", Arg::Lines(past)));
    }
    let add = |minutes: u32| {
        button(say("button-add").with("minutes", Arg::Minutes(minutes)), Tap::Hours(HoursTap::Add(minutes)))
    };
    message = message.row([15, 30, 60].map(add));
    let mine = turn.id_of(role);
    let last = turn.t.entries.iter().filter(|e| e.by.as_ref() == Some(&mine)).max_by_key(|e| e.made);
    if let Some(entry) = last {
        let undo = say("button-undo-last").with("minutes", Arg::Minutes(entry.minutes));
        message = message.row([button(undo, Tap::Hours(HoursTap::Undo(entry.id.clone())))]);
    }
    let message = message.row([button(say("button-home"), Tap::Home(Home::Open))]);
    turn.show(role, message, None);
}

/// How a week stands, as a sentence with its bar.
pub fn standing_line(tandem: &Tandem, week: Week) -> Line {
    let logged = logged(tandem, week);
    match target(tandem, week) {
        Target::Minutes(target) => say("hours-standing")
            .with("week", i64::from(week.number()))
            .with("logged", Arg::Minutes(logged))
            .with("target", Arg::Minutes(target))
            .with("bar", Arg::Bar(filled(logged, target))),
        Target::None => {
            say("hours-standing-free").with("week", i64::from(week.number())).with("logged", Arg::Minutes(logged))
        }
    }
}

/// Minutes of a week.
pub fn logged(tandem: &Tandem, week: Week) -> u32 {
    tandem.entries.iter().filter(|entry| Week::of(entry.day) == week).map(|entry| entry.minutes).sum()
}

/// What the tandem owes itself in a week.
pub fn target(tandem: &Tandem, week: Week) -> Target {
    let people: Vec<Availability> = tandem
        .seats()
        .map(|seat| Availability {
            workdays: seat.person.prefs.workdays,
            away: tandem
                .absences
                .iter()
                .filter(|a| a.who == seat.person.id && a.phase != AbsencePhase::Cancelled)
                .map(|a| Away { from: a.days.from, to: a.days.to, half: a.half })
                .collect(),
            from: None,
            until: None,
        })
        .collect();
    let land = tandem.round.land;
    ledger::target(tandem.agreed, week, &people, |day: NaiveDate| holidays::is_free(land, day))
}

/// Whether the week's target is reached, or there is none.
pub fn on_target(tandem: &Tandem, week: Week) -> bool {
    match target(tandem, week) {
        Target::Minutes(target) => logged(tandem, week) >= target,
        Target::None => true,
    }
}

fn filled(logged: u32, target: u32) -> u8 {
    ledger::bar(logged, Target::Minutes(target)).map_or(0, |bar| bar.filled)
}

fn week_line(tandem: &Tandem, week: Week) -> Line {
    let logged = logged(tandem, week);
    match target(tandem, week) {
        Target::Minutes(target) => say("hours-week")
            .with("week", i64::from(week.number()))
            .with("logged", Arg::Minutes(logged))
            .with("target", Arg::Minutes(target))
            .with("bar", Arg::Bar(filled(logged, target))),
        Target::None => {
            say("hours-week-free").with("week", i64::from(week.number())).with("logged", Arg::Minutes(logged))
        }
    }
}

/// Adds the entries, or says why not; all or none.
fn enter(turn: &mut Turn<'_>, role: Role, readings: &[Reading]) -> Result<Vec<Entry>, Line> {
    let (mine, today, now) = (turn.id_of(role), turn.today(role), turn.now());
    for reading in readings {
        if (today - reading.date).num_days() > MAX_BACK {
            return Err(say("hours-too-old").with("day", reading.date).with("days", MAX_BACK));
        }
        let asked: u32 = readings.iter().filter(|r| r.date == reading.date).map(|r| r.minutes).sum();
        let already = on_day(&turn.t, &mine, reading.date);
        if already.saturating_add(asked) > MAX_MINUTES_A_DAY {
            return Err(day_full(reading.date, already));
        }
    }
    let mut made = Vec::new();
    for reading in readings {
        let id = turn.ids.id().into();
        made.push(Entry { id, by: Some(mine.clone()), day: reading.date, minutes: reading.minutes, made: now });
    }
    turn.t.entries.extend(made.iter().cloned());
    Ok(made)
}

/// Minutes that a person has logged for a day.
fn on_day(tandem: &Tandem, who: &PersonId, day: NaiveDate) -> u32 {
    tandem.entries.iter().filter(|e| e.day == day && e.by.as_ref() == Some(who)).map(|e| e.minutes).sum()
}

fn day_full(day: NaiveDate, already: u32) -> Line {
    say("hours-day-full").with("day", day).with("already", Arg::Minutes(already))
}

/// What was entered, how the week stands now, undo, and the other reading if there is one.
fn echo(tandem: &Tandem, made: &[Entry], other: Option<(EntryId, u32)>) -> Message {
    let mut message = Message::default();
    for entry in made {
        message = message
            .and(say("hours-logged").with("minutes", Arg::Minutes(entry.minutes)).with("day", Arg::Day(entry.day)));
    }
    let weeks: BTreeSet<Week> = made.iter().map(|entry| Week::of(entry.day)).collect();
    for week in weeks {
        message = message.and(standing_line(tandem, week));
    }
    let mut row = Vec::new();
    if let Some((entry, minutes)) = other {
        let label = say("button-other").with("minutes", Arg::Minutes(minutes));
        row.push(button(label, Tap::Hours(HoursTap::Other(entry, minutes))));
    }
    for entry in made {
        let label = match made.len() {
            1 => say("button-undo"),
            _ => say("button-undo-last").with("minutes", Arg::Minutes(entry.minutes)),
        };
        row.push(button(label, Tap::Hours(HoursTap::Undo(entry.id.clone()))));
    }
    row.truncate(8);
    message.row(row)
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
