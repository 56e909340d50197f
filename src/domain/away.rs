//! Being away: declaring, extending, calling off, coming back.
//!
//! Owns: the absence and the cutting of its days into intervals that somebody can be asked for. Does not
//! know what becomes of those (`cover`). There is no reason field, and declaring never waits for anybody.

#[cfg(test)]
mod tests;

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::calendar::{self, Week};
use super::dates::{self, Refusal, Span};
use super::days::Days;
use super::ids::AbsenceId;
use super::message::{Line, Message, button, say};
use super::tandem::{Absence, AbsencePhase, Due, Role, Talk};
use super::tap::{AwayTap, Home, Tap};
use super::turn::Turn;
use super::{cover, home, study, week};

/// Absences reach at most this far into the future, so that a slip in the year is noticed.
const MAX_AHEAD: i64 = 400;

/// `/away`: asks for the days.
pub fn ask(turn: &mut Turn<'_>, role: Role) {
    turn.seat_mut(role).mind.talk = Talk::Away;
    let today = turn.today(role);
    let mut message = Message::of(say("away-ask")).row([
        button(say("button-today"), Tap::Away(AwayTap::Today)),
        button(say("button-tomorrow"), Tap::Away(AwayTap::Tomorrow)),
    ]);
    let this_week = rest_of_week(turn, role).map(|_| button(say("button-this-week"), Tap::Away(AwayTap::ThisWeek)));
    let next_week = button(say("button-next-week"), Tap::Away(AwayTap::NextWeek));
    message = message.row(this_week.into_iter().chain([next_week]));
    for absence in own_planned(turn, role).into_iter().filter(|absence| absence.days.to >= today) {
        let label = match absence.days.from < today {
            true => say("button-back-again"),
            false => with_days(say("button-cancel-absence"), absence.days),
        };
        message = message.row([button(label, Tap::Away(AwayTap::Cancel(absence.id)))]);
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
        Ok(span) => declare_span(turn, role, span),
        Err(refusal) => {
            turn.seat_mut(role).mind.talk = Talk::Away;
            let line = match refusal {
                Refusal::NotADate => say("away-unclear"),
                Refusal::Backwards { .. } => say("away-backwards"),
                Refusal::Impossible(_) => say("date-impossible"),
                Refusal::LongPast(_) => say("away-long-past"),
                Refusal::TooLong => say("away-too-long"),
            };
            turn.reply(role, Message::of(line));
        }
    }
}

/// A button about an absence.
pub fn tapped(turn: &mut Turn<'_>, role: Role, tap: AwayTap) {
    let today = turn.today(role);
    let days = match tap {
        AwayTap::Today => Days { from: today, to: today },
        AwayTap::Tomorrow => {
            let day = today + TimeDelta::days(1);
            Days { from: day, to: day }
        }
        AwayTap::ThisWeek => match rest_of_week(turn, role) {
            Some(days) => days,
            None => return turn.note(role, say("stale")),
        },
        AwayTap::NextWeek => {
            let week = Week::of(today).next();
            Days { from: week.monday(), to: last_workday(turn, role, week).unwrap_or(week.sunday()) }
        }
        AwayTap::Cancel(id) => return cancel(turn, role, &id),
    };
    declare(turn, role, days, None);
}

/// The absence is over: covers end with thanks, lessons go on by themselves.
pub fn returned(turn: &mut Turn<'_>, id: &AbsenceId) {
    let absence = turn.t.absences.iter().find(|a| &a.id == id && a.phase == AbsencePhase::Planned).cloned();
    if let Some(absence) = absence {
        cover::release(turn, &absence);
        set_phase(turn, id, AbsencePhase::Ended);
    }
}

/// The days of an absence as arguments of a sentence.
pub fn with_days(line: Line, days: Days) -> Line {
    let kind = if days.from == days.to { "one" } else { "many" };
    line.with("span", kind).with("from", days.from).with("to", days.to)
}

/// Half days are noted as whole ones; a beginning without an end is one day until more is said.
fn declare_span(turn: &mut Turn<'_>, role: Role, span: Span) {
    let days = Days { from: span.from, to: span.to };
    let hint = match span {
        Span { open: true, .. } => Some(say("away-until")),
        Span { half: Some(_), .. } => Some(say("away-whole-days")),
        Span { half: None, open: false, .. } => None,
    };
    // The same absence with an earlier end: it is shortened.
    if days.from < days.to
        && let Some(id) = longer(turn, role, days)
    {
        return shorten(turn, role, &id, days.to);
    }
    declare(turn, role, days, hint);
    if span.open {
        turn.seat_mut(role).mind.talk = Talk::Away;
    }
}

/// The planned absence that has begun with these days (or goes on through them) and ends later than they do.
fn longer(turn: &Turn<'_>, role: Role, days: Days) -> Option<AbsenceId> {
    let today = turn.today(role);
    own_planned(turn, role)
        .into_iter()
        .find(|a| a.days.from <= days.from && days.from <= a.days.from.max(today) && days.to < a.days.to)
        .map(|absence| absence.id)
}

fn declare(turn: &mut Turn<'_>, role: Role, days: Days, hint: Option<Line>) {
    let today = turn.today(role);
    if (days.to - today).num_days() > MAX_AHEAD {
        return turn.show(role, Message::of(say("away-too-far")), None);
    }
    study::listen(turn, role);
    let who = turn.id_of(role);
    let fresh: Vec<NaiveDate> = days.each().filter(|day| !turn.t.away(&who, *day)).collect();
    if fresh.is_empty() {
        return turn.show(role, Message::of(say("away-known")), None);
    }
    let absence = merge(turn, role, days);
    schedule_return(turn, role, &absence);
    let before = turn.out.len();
    cover::overlap(turn, role, &fresh);
    let outcome = cover::ask_for(turn, role, &absence.id, &fresh);
    // The week's message moves to the last day on which the person is there.
    week::replan_week(turn, role);
    let message = Message::of(with_days(say("away-noted"), absence.days)).and(outcome);
    let message = match hint {
        Some(hint) => message.and(hint),
        None => message,
    };
    let cancel = button(say("button-cancel"), Tap::Away(AwayTap::Cancel(absence.id)));
    turn.show(role, message.row([cancel, button(say("button-home"), Tap::Home(Home::Open))]), None);
    // What the person did is confirmed before anything that follows from it.
    turn.out[before..].rotate_right(1);
}

/// On the morning after the last day, before anything else comes.
fn schedule_return(turn: &mut Turn<'_>, role: Role, absence: &Absence) {
    let person = &turn.seat(role).person;
    let hour = u32::from(person.prefs.hour.min(9));
    let at = calendar::at(absence.days.to + TimeDelta::days(1), hour, 0, person.zone);
    turn.schedule(Due::Return(absence.id.clone()), at);
}

/// Joins the days with an absence they touch, or makes a new one.
fn merge(turn: &mut Turn<'_>, role: Role, days: Days) -> Absence {
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
        let absence = Absence { id: turn.ids.id().into(), who, days, phase: AbsencePhase::Planned };
        turn.t.absences.push(absence.clone());
        return absence;
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
    Absence { id: kept, who, days: span, phase: AbsencePhase::Planned }
}

/// Not away after all; on days that have passed it stays noted.
fn cancel(turn: &mut Turn<'_>, role: Role, id: &AbsenceId) {
    let today = turn.today(role);
    let Some(absence) = own_planned(turn, role).into_iter().find(|a| &a.id == id && a.days.to >= today) else {
        return turn.note(role, say("stale"));
    };
    if absence.days.from < today {
        end_at(turn, role, &absence, today - TimeDelta::days(1));
        turn.unschedule(&Due::Return(id.clone()));
        returned(turn, id);
        return turn.show(role, home::with_buttons(Message::of(say("away-back"))), None);
    }
    set_phase(turn, id, AbsencePhase::Cancelled);
    turn.unschedule(&Due::Return(id.clone()));
    cover::call_off(turn, &absence);
    there_again(turn, role);
    let message = Message::of(with_days(say("away-cancelled"), absence.days));
    turn.show(role, home::with_buttons(message), None);
}

/// The absence ends earlier than said.
fn shorten(turn: &mut Turn<'_>, role: Role, id: &AbsenceId, last: NaiveDate) {
    let Some(absence) = own_planned(turn, role).into_iter().find(|a| &a.id == id) else { return };
    study::listen(turn, role);
    end_at(turn, role, &absence, last);
    let days = Days { to: last, ..absence.days };
    schedule_return(turn, role, &Absence { days, ..absence.clone() });
    let cancel = button(say("button-cancel"), Tap::Away(AwayTap::Cancel(absence.id)));
    let message = Message::of(with_days(say("away-noted"), days));
    turn.show(role, message.row([cancel, button(say("button-home"), Tap::Home(Home::Open))]), None);
}

fn end_at(turn: &mut Turn<'_>, role: Role, absence: &Absence, last: NaiveDate) {
    if let Some(found) = turn.t.absences.iter_mut().find(|a| a.id == absence.id) {
        found.days.to = last;
    }
    cover::shorten(turn, absence, last);
    there_again(turn, role);
}

/// Days on which this person is there after all: lessons come again, and what the other lacks can be taken.
fn there_again(turn: &mut Turn<'_>, role: Role) {
    cover::revive(turn, role);
    week::replan(turn, role);
}

fn set_phase(turn: &mut Turn<'_>, id: &AbsenceId, phase: AbsencePhase) {
    if let Some(found) = turn.t.absences.iter_mut().find(|a| &a.id == id) {
        found.phase = phase;
    }
}

/// From today to the last working day of this week; `None` once that is over.
fn rest_of_week(turn: &Turn<'_>, role: Role) -> Option<Days> {
    let today = turn.today(role);
    let to = last_workday(turn, role, Week::of(today)).filter(|last| *last >= today)?;
    Some(Days { from: today, to })
}

fn last_workday(turn: &Turn<'_>, role: Role, week: Week) -> Option<NaiveDate> {
    let profile = turn.seat(role).person.prefs.profile();
    week.days().filter(|day| profile.contains(*day)).last()
}

fn own_planned(turn: &Turn<'_>, role: Role) -> Vec<Absence> {
    let who = turn.id_of(role);
    let mut own: Vec<Absence> =
        turn.t.absences.iter().filter(|a| a.who == who && a.phase == AbsencePhase::Planned).cloned().collect();
    own.sort_by_key(|absence| absence.days.from.num_days_from_ce());
    own
}
