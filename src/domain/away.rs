//! Being away: declaring, extending, calling off, coming back.
//!
//! Owns: the absence and the cutting of its days into intervals that somebody can be asked for. Does not
//! know what becomes of those (`cover`). There is no reason field, and declaring never waits for anybody.

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
        return turn.show(role, home::with_buttons(Message::of(say("away-known"))), None);
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
    let workdays = turn.seat(role).person.prefs.workdays;
    week.days().filter(|day| workdays.contains(*day)).last()
}

fn own_planned(turn: &Turn<'_>, role: Role) -> Vec<Absence> {
    let who = turn.id_of(role);
    let mut own: Vec<Absence> =
        turn.t.absences.iter().filter(|a| a.who == who && a.phase == AbsencePhase::Planned).cloned().collect();
    own.sort_by_key(|absence| absence.days.from.num_days_from_ce());
    own
}

#[cfg(test)]
mod tests {
    use super::super::effect::Kind;
    use super::super::event::{Command, Deed, Event};
    use super::super::tandem::CoverPhase;
    use super::super::tandem::Role::{Deputy, Lead};
    use super::super::testing::{Play, at, day, keys, taps};
    use super::*;

    fn noted(play: &Play) -> Vec<String> {
        let open = play.t.absences.iter().filter(|a| a.phase == AbsencePhase::Planned);
        open.map(|a| format!("{}..{}", a.days.from, a.days.to)).collect()
    }

    #[test]
    fn days_come_by_text_and_by_button() {
        for (tap, days) in [
            (AwayTap::Today, "2026-11-23..2026-11-23"),
            (AwayTap::Tomorrow, "2026-11-24..2026-11-24"),
            (AwayTap::ThisWeek, "2026-11-23..2026-11-27"),
            (AwayTap::NextWeek, "2026-11-30..2026-12-04"),
        ] {
            let mut play = Play::begun();
            play.taps(Lead, Tap::Away(tap.clone()));
            assert_eq!(noted(&play), [days], "{tap:?}");
        }
        for (text, days) in [
            ("weg 3.–7.12.", "2026-12-03..2026-12-07"),
            ("away tomorrow to Friday", "2026-11-24..2026-11-27"),
            ("ich bin nicht da am 3.12.", "2026-12-03..2026-12-03"),
        ] {
            let mut play = Play::begun();
            play.says(Lead, text);
            assert_eq!(noted(&play), [days], "{text}");
        }
    }

    #[test]
    fn the_rest_of_a_week_is_offered_only_while_there_is_one() {
        let mut play = Play::begun();
        let offered = |play: &mut Play| {
            play.happens(Event::Did(Lead, Deed::Commanded(Command::Away)));
            taps(&play.screen()).contains(&Tap::Away(AwayTap::ThisWeek))
        };
        assert!(offered(&mut play));
        play.now = at("2026-11-28 12:00");
        assert!(!offered(&mut play));
        play.taps(Lead, Tap::Away(AwayTap::ThisWeek));
        assert_eq!((noted(&play).len(), play.toast().as_deref()), (0, Some("stale")));
    }

    #[test]
    fn what_is_no_absence_is_refused_in_words_and_asked_again() {
        for (text, key) in [
            ("weg irgendwann", "away-unclear"),
            ("weg 30.2.", "date-impossible"),
            ("weg 7.8.2026 bis 3.8.2026", "away-backwards"),
            ("weg 1.1.2020", "away-long-past"),
            ("weg 1.1.2027 bis 1.6.2028", "away-too-long"),
            ("weg 1.6.2028", "away-too-far"),
        ] {
            let mut play = Play::begun();
            play.says(Lead, text);
            assert_eq!((keys(&play.screen()), noted(&play).len()), (vec![key.to_owned()], 0), "{text}");
        }
    }

    #[test]
    fn a_half_day_is_noted_as_a_whole_one_and_says_so() {
        let mut play = Play::begun();
        play.says(Lead, "weg morgen vormittag");
        assert_eq!(noted(&play), ["2026-11-24..2026-11-24"]);
        assert_eq!(keys(&play.screen()), ["away-noted", "cover-asked", "away-whole-days"]);
    }

    #[test]
    fn a_beginning_without_an_end_is_one_day_until_more_is_said() {
        let mut play = Play::begun();
        play.says(Lead, "weg ab 3.12.");
        assert_eq!(keys(&play.screen()), ["away-noted", "cover-asked", "away-until"]);
        play.says(Lead, "3.12. bis 8.12.");
        assert_eq!(noted(&play), ["2026-12-03..2026-12-08"]);
        assert_eq!(play.t.absences.len(), 1);
    }

    #[test]
    fn absences_that_overlap_or_touch_become_one() {
        let mut play = Play::begun();
        for text in ["weg 7.12. bis 8.12.", "weg 10.12. bis 11.12.", "weg 8.12. bis 10.12."] {
            play.says(Lead, text);
        }
        assert_eq!(noted(&play), ["2026-12-07..2026-12-11"]);
        let kept = play.t.absences.iter().find(|a| a.phase == AbsencePhase::Planned).expect("one absence");
        assert!(play.t.covers.iter().all(|cover| cover.absence == kept.id));
        let returns: Vec<_> = play.t.agenda.keys().filter(|due| matches!(due, Due::Return(_))).collect();
        assert_eq!(returns, [&Due::Return(kept.id.clone())]);
        play.says(Lead, "weg 9.12.");
        assert_eq!(keys(&play.screen()), ["away-known"]);
    }

    #[test]
    fn an_absence_in_the_past_is_recorded_and_asks_nobody() {
        let mut play = Play::begun();
        play.says(Lead, "weg 16.11. bis 18.11.");
        assert_eq!(keys(&play.screen()), ["away-noted", "cover-none-needed"]);
        play.due();
        assert!(play.t.away(&play.id(Lead), day("2026-11-17")));
        assert_eq!(play.t.absences[0].phase, AbsencePhase::Ended);
    }

    #[test]
    fn whoever_is_back_early_was_away_until_yesterday_and_the_helper_is_released() {
        let mut play = Play::begun();
        play.says(Lead, "weg 1.12. bis 4.12.");
        let cover = play.t.covers[0].id.clone();
        play.taps(Deputy, Tap::Cover { cover, version: 1, act: super::super::tap::CoverAct::Accept });
        play.until("2026-12-03 09:00");
        play.happens(Event::Did(Lead, Deed::Commanded(Command::Away)));
        let back = Tap::Away(AwayTap::Cancel(play.t.absences[0].id.clone()));
        assert!(taps(&play.screen()).contains(&back));
        play.taps(Lead, back.clone());
        assert_eq!(keys(&play.screen()), ["away-back"]);
        assert_eq!(play.t.absences[0].days, Days { from: day("2026-12-01"), to: day("2026-12-02") });
        assert_eq!((play.t.absences[0].phase, play.t.covers[0].phase), (AbsencePhase::Ended, CoverPhase::Done));
        assert_eq!(
            play.log(Deputy, &[Kind::Cover])[2..],
            ["Thu 03 09:00 cover-shortened", "Thu 03 09:00 cover-released"]
        );
        play.taps(Lead, back);
        assert_eq!(play.toast().as_deref(), Some("stale"));
        // The lesson of this day comes, one and not two.
        play.until("2026-12-04 00:00");
        assert_eq!(play.log(Lead, &[Kind::Lesson]).len(), 3);
    }

    #[test]
    fn cancelling_needs_ones_own_absence() {
        let mut play = Play::begun();
        play.says(Lead, "weg 7.12.");
        let tap = Tap::Away(AwayTap::Cancel(play.t.absences[0].id.clone()));
        play.taps(Deputy, tap.clone());
        assert_eq!((play.toast().as_deref(), noted(&play).len()), (Some("stale"), 1));
        play.taps(Lead, tap);
        assert_eq!((keys(&play.screen()), noted(&play).len()), (vec!["away-cancelled".to_owned()], 0));
    }
}
