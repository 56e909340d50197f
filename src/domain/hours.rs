//! Hours: what a text is logged as, how the week stands, undo.
//!
//! Owns: entering and showing minutes. Does not know how a text is read (`duration`), nor how a week's
//! target comes about (`ledger`).

use chrono::{NaiveDate, TimeDelta};

use super::calendar::Week;
use super::duration::{self, Reading, Refusal};
use super::holidays;
use super::ledger::{self, Availability, Away, Target};
use super::message::{Arg, Line, Message, button, say};
use super::tandem::{AbsencePhase, Entry, Role, Tandem};
use super::tap::{Home, HoursTap, Tap};
use super::turn::Turn;
use super::week;

/// Longest time that can be logged for one day: more is a slip of the thumb.
const MAX_DAY: u32 = 16 * 60;

/// Entries and undo reach back this far; older weeks are closed (seven days of grace after their Sunday).
const MAX_BACK: i64 = 28;

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
        Ok(readings) => enter(turn, role, &readings),
        Err(refusal) => {
            let line = refused(refusal);
            turn.reply(role, Message::of(line));
        }
    }
}

/// A button about hours.
pub fn tapped(turn: &mut Turn<'_>, role: Role, tap: HoursTap) {
    let today = turn.today(role);
    match tap {
        HoursTap::Add(minutes) if (1..=MAX_DAY).contains(&minutes) => {
            enter(turn, role, &[Reading { date: today, minutes, other: None, note: false }]);
        }
        HoursTap::Undo(entry) => {
            let mine = turn.id_of(role);
            let found = turn.t.entries.iter().position(|e| e.id == entry && e.by.as_ref() == Some(&mine));
            match found {
                Some(index) => {
                    let entry = turn.t.entries.remove(index);
                    let week = standing_line(&turn.t, Week::of(entry.day));
                    let line = say("hours-undone").with("minutes", Arg::Minutes(entry.minutes)).with("day", entry.day);
                    turn.show(role, Message::of(line).and(week), None);
                }
                None => turn.note(role, say("stale")),
            }
        }
        HoursTap::Other(entry, minutes) if (1..=MAX_DAY).contains(&minutes) => {
            let mine = turn.id_of(role);
            let found = turn.t.entries.iter_mut().find(|e| e.id == entry && e.by.as_ref() == Some(&mine));
            let Some(found) = found.filter(|e| e.minutes != minutes) else {
                return turn.note(role, say("stale"));
            };
            let before = std::mem::replace(&mut found.minutes, minutes);
            let entry = found.clone();
            let message = echo(&turn.t, std::slice::from_ref(&entry), Some((entry.id.clone(), before)));
            turn.show(role, message, None);
        }
        HoursTap::Took { module, lesson } => {
            let minutes = turn
                .cx
                .programme
                .modules
                .iter()
                .filter(|m| m.id == module)
                .flat_map(|m| &m.lessons)
                .find(|l| l.id == lesson)
                .map(|l| l.minutes);
            let took = Some((module, lesson));
            match minutes.filter(|_| turn.seat(role).mind.took != took) {
                Some(minutes) => {
                    turn.seat_mut(role).mind.took = took;
                    enter(turn, role, &[Reading { date: today, minutes, other: None, note: false }]);
                }
                None => turn.note(role, say("stale")),
            }
        }
        HoursTap::NotReleased => {
            turn.seat_mut(role).mind.not_released = Some(Week::of(today).monday());
            turn.show(role, Message::of(say("hours-not-released")), None);
        }
        HoursTap::Into { ago, minutes, .. } if (1..=MAX_DAY).contains(&minutes) => {
            let date = today - TimeDelta::days(i64::from(ago));
            enter(turn, role, &[Reading { date, minutes, other: None, note: false }]);
        }
        HoursTap::Add(_) | HoursTap::Other(..) | HoursTap::Into { .. } => turn.note(role, say("stale")),
    }
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
                .map(|a| Away { from: a.days.from, to: a.days.to, half: None })
                .collect(),
            from: None,
            until: None,
        })
        .collect();
    let land = tandem.round.land;
    ledger::target(tandem.agreed, week, &people, |day: NaiveDate| {
        land.is_some_and(|land| holidays::is_holiday(land, day).is_some())
    })
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

fn enter(turn: &mut Turn<'_>, role: Role, readings: &[Reading]) {
    let (mine, today, now) = (turn.id_of(role), turn.today(role), turn.now());
    for reading in readings {
        if (today - reading.date).num_days() > MAX_BACK {
            let line = say("hours-too-old").with("day", reading.date).with("days", MAX_BACK);
            return turn.reply(role, Message::of(line));
        }
        let asked: u32 = readings.iter().filter(|r| r.date == reading.date).map(|r| r.minutes).sum();
        let there: u32 = turn
            .t
            .entries
            .iter()
            .filter(|e| e.day == reading.date && e.by.as_ref() == Some(&mine))
            .map(|e| e.minutes)
            .sum();
        if there + asked > MAX_DAY {
            let line = say("hours-day-full").with("day", reading.date).with("already", Arg::Minutes(there));
            return turn.reply(role, Message::of(line));
        }
    }
    let mut made = Vec::new();
    for reading in readings {
        let entry = Entry {
            id: turn.ids.id().into(),
            by: Some(mine.clone()),
            day: reading.date,
            minutes: reading.minutes,
            made: now,
        };
        turn.t.entries.push(entry.clone());
        made.push(entry);
    }
    let other = match (readings, made.as_slice()) {
        ([reading], [entry]) => reading.other.map(|minutes| (entry.id.clone(), minutes)),
        _ => None,
    };
    let message = echo(&turn.t, &made, other);
    week::hours_changed(turn);
    turn.reply(role, message);
}

/// What was entered, how the week stands now, undo, and the other reading if there is one.
fn echo(tandem: &Tandem, made: &[Entry], other: Option<(super::ids::EntryId, u32)>) -> Message {
    let mut message = Message::default();
    for entry in made {
        message = message
            .and(say("hours-logged").with("minutes", Arg::Minutes(entry.minutes)).with("day", Arg::Day(entry.day)));
    }
    if let Some(last) = made.last() {
        message = message.and(standing_line(tandem, Week::of(last.day)));
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
