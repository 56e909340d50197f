//! Being away: declaring, extending, calling off, coming back.
//!
//! Owns: the absence and the cutting of its days into intervals that somebody can be asked for. Does not
//! know what becomes of those (`cover`). There is no reason field, and declaring never waits for anybody.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::calendar::{self, Week};
use super::dates::{self, Half, Refusal, Span};
use super::days::{Days, Slot};
use super::effect::Effect;
use super::ids::AbsenceId;
use super::message::{Line, Message, button, say};
use super::record::Record;
use super::tandem::{Absence, AbsencePhase, Due, Ending, Role, Talk};
use super::tap::{AwayTap, Home, Tap};
use super::turn::Turn;
use super::{cover, home, hours, study, week};

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
    let live = |absence: &Absence| absence.days.to >= today || absence.ending != Ending::Known;
    let own: Vec<Absence> = own_planned(turn, role).into_iter().filter(live).collect();
    let begun = own.iter().filter(|absence| absence.days.from < today).count();
    for absence in own {
        let label = match (absence.days.from < today, begun) {
            (true, ..=1) => say("button-back-again"),
            // The same words about two absences would not say which is which.
            (true, _) => with_part(say("button-back-from"), absence.days, absence.half),
            (false, _) => with_part(say("button-cancel-absence"), absence.days, absence.half),
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
    match dates::parse(text, turn.said_on(role)) {
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

/// The last day of an absence that has begun, or other days altogether.
pub fn until_text(turn: &mut Turn<'_>, role: Role, id: &str, text: &str) {
    let today = turn.said_on(role);
    let id = AbsenceId(id.to_owned());
    let absence = own_planned(turn, role).into_iter().find(|a| a.id == id && a.ending != Ending::Known);
    // One day, or "until" that day, is the end. Anything else is an absence as ever.
    let bare = !readable(text);
    match (absence, dates::parse(text, today)) {
        (Some(absence), Ok(span))
            if bare && !span.open && span.half.is_none() && (span.from == span.to || span.from == today) =>
        {
            until(turn, role, &absence, span.to);
        }
        _ => declare_text(turn, role, text),
    }
}

/// A button about an absence.
pub fn tapped(turn: &mut Turn<'_>, role: Role, tap: AwayTap) {
    let today = turn.today(role);
    let days = match tap {
        AwayTap::Today => Days::one(today),
        AwayTap::Tomorrow => Days::one(today + TimeDelta::days(1)),
        AwayTap::ThisWeek => match rest_of_week(turn, role) {
            Some(days) => days,
            None => return turn.note(role, say("stale")),
        },
        AwayTap::NextWeek => {
            let week = Week::of(today).next();
            Days { from: week.monday(), to: last_workday(turn, role, week).unwrap_or(week.sunday()) }
        }
        AwayTap::Cancel(id) => return cancel(turn, role, &id),
        AwayTap::TodayToo { absence, day } => return today_too(turn, role, &absence, day),
        AwayTap::Until(id) => return ask_until(turn, role, &id),
    };
    declare(turn, role, days, None, Ending::Known);
}

/// The last day is over: covers end with thanks, lessons go on by themselves. Where the end was left open, the person
/// is asked once, and never why.
pub fn returned(turn: &mut Turn<'_>, id: &AbsenceId) {
    let absence = turn.t.absences.iter().find(|a| &a.id == id && a.phase == AbsencePhase::Planned).cloned();
    let Some(absence) = absence else { return };
    let role = turn.t.role_of(&absence.who);
    match (absence.ending, role) {
        (Ending::Open, Some(role)) => ask_back(turn, role, &absence),
        (Ending::Open | Ending::Asked | Ending::Known, _) => over(turn, &absence),
    }
}

/// The days of an absence as arguments of a sentence.
pub fn with_days(line: Line, days: Days) -> Line {
    with_part(line, days, None)
}

/// The same for days of which only a half may be meant.
pub fn with_part(line: Line, days: Days, half: Option<Half>) -> Line {
    let kind = match (half, days.from == days.to) {
        (Some(Half::Morning), _) => "morning",
        (Some(Half::Afternoon), _) => "afternoon",
        (None, true) => "one",
        (None, false) => "many",
    };
    line.with("span", kind).with("from", days.from).with("to", days.to)
}

fn over(turn: &mut Turn<'_>, absence: &Absence) {
    turn.unschedule(&Due::Return(absence.id.clone()));
    cover::release(turn, absence);
    if let Some(found) = turn.t.absences.iter_mut().find(|a| a.id == absence.id) {
        (found.phase, found.ending) = (AbsencePhase::Ended, Ending::Known);
    }
}

/// "Are you back?", on the first working morning after; without an answer by the next one, the person is.
fn ask_back(turn: &mut Turn<'_>, role: Role, absence: &Absence) {
    let (today, now) = (turn.today(role), turn.now());
    let polite = next_morning(turn, role, today);
    if turn.works(role, today) && now < quiet(turn, role, today) {
        if let Some(found) = turn.t.absences.iter_mut().find(|a| a.id == absence.id) {
            found.ending = Ending::Asked;
        }
        turn.schedule(Due::Return(absence.id.clone()), polite);
        let too = Tap::Away(AwayTap::TodayToo { absence: absence.id.clone(), day: today });
        let message = Message::of(say("away-back-ask"))
            .row([button(say("button-back-again"), Tap::Away(AwayTap::Cancel(absence.id.clone())))])
            .row([button(say("button-today-too"), too)])
            .row([button(say("button-until"), Tap::Away(AwayTap::Until(absence.id.clone())))]);
        turn.owe_cover(turn.id_of(role), format!("back:{}:{today}", absence.id), now, message);
    } else {
        turn.schedule(Due::Return(absence.id.clone()), polite);
    }
}

/// The morning of the first working day after this one.
fn next_morning(turn: &Turn<'_>, role: Role, day: NaiveDate) -> chrono::DateTime<chrono::Utc> {
    let next = day.iter_days().skip(1).take(30).find(|day| turn.works(role, *day)).unwrap_or(day + TimeDelta::days(1));
    morning(turn, role, next)
}

fn morning(turn: &Turn<'_>, role: Role, day: NaiveDate) -> chrono::DateTime<chrono::Utc> {
    let person = &turn.seat(role).person;
    calendar::at(day, u32::from(person.prefs.hour.min(9)), 0, person.zone)
}

fn quiet(turn: &Turn<'_>, role: Role, day: NaiveDate) -> chrono::DateTime<chrono::Utc> {
    calendar::at(day, calendar::QUIET_STARTS, 0, turn.seat(role).person.zone)
}

/// Not back yet: one day more, and the same question tomorrow.
fn today_too(turn: &mut Turn<'_>, role: Role, id: &AbsenceId, day: NaiveDate) {
    let absence = own_planned(turn, role).into_iter().find(|a| &a.id == id && a.ending == Ending::Asked);
    match absence.filter(|absence| absence.days.to < day && day <= turn.today(role)) {
        Some(absence) => declare(turn, role, Days { from: absence.days.from, to: day }, None, Ending::Open),
        None => turn.note(role, say("stale")),
    }
}

fn ask_until(turn: &mut Turn<'_>, role: Role, id: &AbsenceId) {
    let open = own_planned(turn, role).into_iter().any(|a| &a.id == id && a.ending != Ending::Known);
    if !open {
        return turn.note(role, say("stale"));
    }
    turn.seat_mut(role).mind.talk = Talk::Until(id.0.clone());
    turn.show(role, Message::of(say("away-until-ask")), None);
}

/// The end is known now: the days up to it are asked for, unless they are noted already.
fn until(turn: &mut Turn<'_>, role: Role, absence: &Absence, last: NaiveDate) {
    if last < absence.days.from {
        turn.seat_mut(role).mind.talk = Talk::Until(absence.id.0.clone());
        return turn.reply(role, Message::of(say("away-backwards")));
    }
    if last > absence.days.to {
        return declare(turn, role, Days { from: absence.days.from, to: last }, None, Ending::Known);
    }
    study::listen(turn, role);
    if let Some(found) = turn.t.absences.iter_mut().find(|a| a.id == absence.id) {
        found.ending = Ending::Known;
    }
    let revised = end_at(turn, role, absence, last);
    let days = Days { to: last, ..absence.days };
    schedule_return(turn, role, &Absence { days, ending: Ending::Known, ..absence.clone() });
    noted(turn, role, &absence.id, days, revised);
}

/// A beginning without an end is one day at a time until more is said.
fn declare_span(turn: &mut Turn<'_>, role: Role, span: Span) {
    let days = Days { from: span.from, to: span.to };
    // The same absence with an earlier end: it is shortened.
    if span.half.is_none()
        && days.from < days.to
        && let Some(id) = longer(turn, role, days)
    {
        return shorten(turn, role, &id, days.to);
    }
    let ending = if span.open { Ending::Open } else { Ending::Known };
    declare(turn, role, days, span.half, ending);
    let open = own_planned(turn, role).into_iter().find(|a| a.days.contains(days.to) && a.ending == Ending::Open);
    if let Some(absence) = open.filter(|_| span.open) {
        turn.seat_mut(role).mind.talk = Talk::Until(absence.id.0);
    }
}

/// The planned absence that has begun with these days (or goes on through them) and ends later than they do.
fn longer(turn: &Turn<'_>, role: Role, days: Days) -> Option<AbsenceId> {
    let today = turn.today(role);
    own_planned(turn, role)
        .into_iter()
        .find(|a| {
            a.half.is_none() && a.days.from <= days.from && days.from <= a.days.from.max(today) && days.to < a.days.to
        })
        .map(|absence| absence.id)
}

fn declare(turn: &mut Turn<'_>, role: Role, days: Days, half: Option<Half>, ending: Ending) {
    let today = turn.today(role);
    if (days.to - today).num_days() > MAX_AHEAD {
        return turn.show(role, Message::of(say("away-too-far")), None);
    }
    study::listen(turn, role);
    let who = turn.id_of(role);
    let fresh: BTreeSet<Slot> = days.slots(half).filter(|slot| !turn.t.away_in(&who, *slot)).collect();
    if fresh.is_empty() {
        return turn.show(role, Message::of(say("away-known")), None);
    }
    let absence = merge(turn, role, days, half, ending);
    schedule_return(turn, role, &absence);
    let revised = revise(turn, &fresh);
    let before = turn.out.len();
    cover::overlap(turn, role, &fresh);
    if turn.seat(role).mind.offers {
        turn.out.push(Effect::AwayElsewhere { person: who, days, half });
    }
    let outcome = cover::ask_for(turn, role, &absence.id, &fresh);
    // The week's message moves to the last day on which the person is there.
    week::replan_week(turn, role);
    let mut message = Message::of(with_part(say("away-noted"), absence.days, absence.half)).and(outcome);
    if absence.ending == Ending::Open {
        message = message.and(say("away-open"));
    }
    if revised {
        message = message.and(say("away-revision"));
    }
    let cancel = button(say("button-cancel"), Tap::Away(AwayTap::Cancel(absence.id.clone())));
    let mut message = message.row([cancel, button(say("button-home"), Tap::Home(Home::Open))]);
    if absence.ending == Ending::Open {
        message = message.row([button(say("button-until"), Tap::Away(AwayTap::Until(absence.id)))]);
    }
    turn.show(role, message, None);
    // What the person did is confirmed before anything that follows from it.
    turn.out[before..].rotate_right(1);
}

/// Notes for each settled week that it looks different now. True if there is one.
fn revise(turn: &mut Turn<'_>, changed: &BTreeSet<Slot>) -> bool {
    let weeks: BTreeSet<Week> =
        changed.iter().map(|(day, _)| Week::of(*day)).filter(|week| hours::is_settled(&turn.t, *week)).collect();
    turn.out.extend(weeks.iter().map(|week| Effect::Record(Record::Revised(*week))));
    !weeks.is_empty()
}

/// What is noted, with the way back.
fn noted(turn: &mut Turn<'_>, role: Role, id: &AbsenceId, days: Days, revised: bool) {
    let cancel = button(say("button-cancel"), Tap::Away(AwayTap::Cancel(id.clone())));
    let mut message = Message::of(with_days(say("away-noted"), days));
    if revised {
        message = message.and(say("away-revision"));
    }
    turn.show(role, message.row([cancel, button(say("button-home"), Tap::Home(Home::Open))]), None);
}

/// On the morning after the last day, before anything else comes. Whoever left the end open is asked on a working day.
fn schedule_return(turn: &mut Turn<'_>, role: Role, absence: &Absence) {
    let at = match absence.ending {
        Ending::Known | Ending::Asked => morning(turn, role, absence.days.to + TimeDelta::days(1)),
        Ending::Open => next_morning(turn, role, absence.days.to),
    };
    turn.schedule(Due::Return(absence.id.clone()), at);
}

/// Joins the days with whole days they touch and halves they fill, or makes a new absence.
fn merge(turn: &mut Turn<'_>, role: Role, days: Days, half: Option<Half>, ending: Ending) -> Absence {
    let who = turn.id_of(role);
    // The other half of a day that is noted by half makes it whole.
    let other = |a: &&Absence| a.who == who && a.half.is_some() && a.half != half && a.days == days;
    let fills =
        half.is_some() && turn.t.absences.iter().filter(|a| a.phase == AbsencePhase::Planned).any(|a| other(&a));
    let half = if fills { None } else { half };
    let touches = |a: &Absence| match (a.half, half) {
        (_, Some(_)) => false,
        (Some(_), None) => days.contains(a.days.from),
        (None, None) => a.days.from <= days.to + TimeDelta::days(1) && days.from <= a.days.to + TimeDelta::days(1),
    };
    let touching: Vec<AbsenceId> = turn
        .t
        .absences
        .iter()
        .filter(|a| a.who == who && a.phase == AbsencePhase::Planned && touches(a))
        .map(|a| a.id.clone())
        .collect();
    let Some(kept) = touching.first().cloned() else {
        let absence = Absence { id: turn.ids.id().into(), who, days, half, ending, phase: AbsencePhase::Planned };
        turn.t.absences.push(absence.clone());
        return absence;
    };
    let mut span = days;
    for absence in turn.t.absences.iter().filter(|a| touching.contains(&a.id)) {
        span = Days { from: span.from.min(absence.days.from), to: span.to.max(absence.days.to) };
    }
    // An open end stays open only at the end.
    let ending = if span.to > days.to { Ending::Known } else { ending };
    for absence in &mut turn.t.absences {
        if absence.id == kept {
            (absence.days, absence.half, absence.ending) = (span, None, ending);
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
    Absence { id: kept, who, days: span, half: None, ending, phase: AbsencePhase::Planned }
}

/// Not away after all; on days that have passed it stays noted.
fn cancel(turn: &mut Turn<'_>, role: Role, id: &AbsenceId) {
    let today = turn.today(role);
    let live = |a: &Absence| a.days.to >= today || a.ending != Ending::Known;
    let Some(absence) = own_planned(turn, role).into_iter().find(|a| &a.id == id && live(a)) else {
        return turn.note(role, say("stale"));
    };
    if absence.days.from < today {
        let last = absence.days.to.min(today - TimeDelta::days(1));
        end_at(turn, role, &absence, last);
        over(turn, &Absence { days: Days { to: last, ..absence.days }, ..absence });
        return turn.show(role, home::with_buttons(Message::of(say("away-back"))), None);
    }
    set_phase(turn, id, AbsencePhase::Cancelled);
    turn.unschedule(&Due::Return(id.clone()));
    cover::call_off(turn, &absence);
    there_again(turn, role);
    let message = Message::of(with_part(say("away-cancelled"), absence.days, absence.half));
    turn.show(role, home::with_buttons(message), None);
}

/// The absence ends earlier than said.
fn shorten(turn: &mut Turn<'_>, role: Role, id: &AbsenceId, last: NaiveDate) {
    let Some(absence) = own_planned(turn, role).into_iter().find(|a| &a.id == id) else { return };
    study::listen(turn, role);
    let revised = end_at(turn, role, &absence, last);
    let days = Days { to: last, ..absence.days };
    if let Some(found) = turn.t.absences.iter_mut().find(|a| &a.id == id) {
        found.ending = Ending::Known;
    }
    schedule_return(turn, role, &Absence { days, ending: Ending::Known, ..absence.clone() });
    noted(turn, role, &absence.id, days, revised);
}

/// True if a settled week looks different now.
fn end_at(turn: &mut Turn<'_>, role: Role, absence: &Absence, last: NaiveDate) -> bool {
    let there: BTreeSet<Slot> = absence.days.slots(absence.half).filter(|(day, _)| *day > last).collect();
    let revised = revise(turn, &there);
    if let Some(found) = turn.t.absences.iter_mut().find(|a| a.id == absence.id) {
        found.days.to = last;
    }
    cover::shorten(turn, absence, last);
    there_again(turn, role);
    revised
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
