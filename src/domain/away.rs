//! Being away: declaring, extending, calling off, coming back.
//!
//! Owns: the absence and the cutting of its days into intervals that somebody can be asked for. Does not
//! know what becomes of those (`cover`). There is no reason field, and declaring never waits for anybody.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::calendar::{self, Week};
use super::cover;
use super::dates::{self, Refusal};
use super::days::Days;
use super::ids::AbsenceId;
use super::message::{Line, Message, button, say};
use super::tandem::{Absence, AbsencePhase, Due, Role, Talk};
use super::tap::{AwayTap, Home, Tap};
use super::turn::Turn;
use super::week;

/// Absences reach at most this far into the future, so that a slip in the year is noticed.
const MAX_AHEAD: i64 = 400;

/// `/away`: asks for the days.
pub fn ask(turn: &mut Turn<'_>, role: Role) {
    turn.seat_mut(role).mind.talk = Talk::Away;
    let mut message = Message::of(say("away-ask"))
        .row([
            button(say("button-today"), Tap::Away(AwayTap::Today)),
            button(say("button-tomorrow"), Tap::Away(AwayTap::Tomorrow)),
        ])
        .row([
            button(say("button-this-week"), Tap::Away(AwayTap::ThisWeek)),
            button(say("button-next-week"), Tap::Away(AwayTap::NextWeek)),
        ]);
    let today = turn.today(role);
    for absence in own_planned(turn, role) {
        if absence.days.to >= today {
            let label = with_days(say("button-cancel-absence"), absence.days);
            message = message.row([button(label, Tap::Away(AwayTap::Cancel(absence.id)))]);
        }
    }
    let message = message.row([button(say("button-home"), Tap::Home(Home::Open))]);
    turn.show(role, message, None);
}

/// Whether a text begins like the declaration of an absence.
pub fn readable(text: &str) -> bool {
    dates::looks_like_absence(text)
}

/// Declares what a text says, or says why not.
pub fn declare_text(turn: &mut Turn<'_>, role: Role, text: &str) {
    match dates::parse(text, turn.today(role)) {
        Ok(span) => declare(turn, role, Days { from: span.from, to: span.to }),
        Err(refusal) => {
            turn.seat_mut(role).mind.talk = Talk::Away;
            let line = match refusal {
                Refusal::NotADate => say("away-unclear"),
                Refusal::Backwards { .. } => say("away-backwards"),
                Refusal::Impossible(_) => say("date-impossible"),
                Refusal::LongPast(_) => say("away-long-past"),
                Refusal::TooLong { .. } => say("away-too-long"),
            };
            turn.reply(role, Message::of(line));
        }
    }
}

/// A button about an absence.
pub fn tapped(turn: &mut Turn<'_>, role: Role, tap: AwayTap) {
    let today = turn.today(role);
    let workweek = |week: Week| Days { from: week.monday(), to: week.monday() + TimeDelta::days(4) };
    match tap {
        AwayTap::Today => declare(turn, role, Days { from: today, to: today }),
        AwayTap::Tomorrow => {
            let day = today + TimeDelta::days(1);
            declare(turn, role, Days { from: day, to: day });
        }
        AwayTap::ThisWeek => {
            let days = workweek(Week::of(today));
            declare(turn, role, Days { from: days.from.max(today), to: days.to.max(today) });
        }
        AwayTap::NextWeek => declare(turn, role, workweek(Week::of(today).next())),
        AwayTap::Cancel(id) => cancel(turn, role, &id),
    }
}

/// The absence is over: covers end with thanks, lessons go on by themselves.
pub fn returned(turn: &mut Turn<'_>, id: &AbsenceId) {
    let Some(absence) = turn.t.absences.iter_mut().find(|a| &a.id == id && a.phase == AbsencePhase::Planned) else {
        return;
    };
    absence.phase = AbsencePhase::Ended;
    let absence = absence.clone();
    cover::release(turn, &absence);
}

/// The days of an absence as arguments of a sentence.
pub fn with_days(line: Line, days: Days) -> Line {
    let kind = if days.from == days.to { "one" } else { "many" };
    line.with("span", kind).with("from", days.from).with("to", days.to)
}

fn declare(turn: &mut Turn<'_>, role: Role, days: Days) {
    let today = turn.today(role);
    if (days.to - today).num_days() > MAX_AHEAD {
        return turn.show(role, Message::of(say("away-too-far")), None);
    }
    turn.seat_mut(role).mind.talk = Talk::Nothing;
    let who = turn.id_of(role);
    let fresh: Vec<NaiveDate> = days.each().filter(|day| !turn.t.away(&who, *day)).collect();
    if fresh.is_empty() {
        return turn.show(role, Message::of(say("away-known")), None);
    }
    let id = merge(turn, role, days);
    let absence = turn.t.absences.iter().find(|a| a.id == id).cloned();
    let Some(absence) = absence else { return };
    let end = absence.days.to + TimeDelta::days(1);
    let (zone, hour) = (turn.seat(role).person.zone, turn.seat(role).person.prefs.hour);
    turn.schedule(Due::Return(id.clone()), calendar::at(end, u32::from(hour.min(9)), 0, zone));
    cover::overlap(turn, role, &fresh);
    let outcome = cover::ask_for(turn, role, &id, &fresh);
    // The week's message moves to the last day on which the person is there.
    week::replan_week(turn, role);
    let message = Message::of(with_days(say("away-noted"), absence.days))
        .and(outcome)
        .row([button(say("button-cancel"), Tap::Away(AwayTap::Cancel(id)))]);
    turn.show(role, message, None);
}

/// Joins the days with an absence they touch, or makes a new one.
fn merge(turn: &mut Turn<'_>, role: Role, days: Days) -> AbsenceId {
    let who = turn.id_of(role);
    let touching: Vec<AbsenceId> = turn
        .t
        .absences
        .iter()
        .filter(|a| a.who == who && a.phase == AbsencePhase::Planned)
        .filter(|a| a.days.from <= days.to + TimeDelta::days(1) && days.from <= a.days.to + TimeDelta::days(1))
        .map(|a| a.id.clone())
        .collect();
    let Some(kept) = touching.first().cloned() else {
        let id: AbsenceId = turn.ids.id().into();
        turn.t.absences.push(Absence { id: id.clone(), who, days, phase: AbsencePhase::Planned });
        return id;
    };
    let mut span = days;
    for absence in turn.t.absences.iter().filter(|a| touching.contains(&a.id)) {
        span = Days { from: span.from.min(absence.days.from), to: span.to.max(absence.days.to) };
    }
    for absence in &mut turn.t.absences {
        if absence.id == kept {
            absence.days = span;
        } else if touching.contains(&absence.id) {
            absence.phase = AbsencePhase::Cancelled;
        }
    }
    for other in touching.iter().filter(|id| **id != kept) {
        turn.unschedule(&Due::Return(other.clone()));
        for cover in turn.t.covers.iter_mut().filter(|c| &c.absence == other) {
            cover.absence = kept.clone();
        }
    }
    kept
}

fn cancel(turn: &mut Turn<'_>, role: Role, id: &AbsenceId) {
    let who = turn.id_of(role);
    let found = turn.t.absences.iter_mut().find(|a| &a.id == id && a.who == who && a.phase == AbsencePhase::Planned);
    let Some(absence) = found else { return turn.note(role, say("stale")) };
    absence.phase = AbsencePhase::Cancelled;
    let absence = absence.clone();
    turn.unschedule(&Due::Return(id.clone()));
    cover::call_off(turn, &absence);
    week::replan(turn, role);
    turn.show(role, Message::of(with_days(say("away-cancelled"), absence.days)), None);
}

fn own_planned(turn: &Turn<'_>, role: Role) -> Vec<Absence> {
    let who = turn.id_of(role);
    let mut own: Vec<Absence> =
        turn.t.absences.iter().filter(|a| a.who == who && a.phase == AbsencePhase::Planned).cloned().collect();
    own.sort_by_key(|absence| absence.days.from.num_days_from_ce());
    own
}
