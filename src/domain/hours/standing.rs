//! How a week stands: what is logged, what was owed, and the sentence about it.

use chrono::NaiveDate;

use super::super::calendar::Week;
use super::super::holidays;
use super::super::ledger::{self, Availability, Away, Presence, Target};
use super::super::message::{Arg, Line, say};
use super::super::tandem::{AbsencePhase, Seat, Tandem};

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

/// The same in short, for a list.
pub(super) fn week_line(tandem: &Tandem, week: Week) -> Line {
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

/// Minutes of a week.
pub fn logged(tandem: &Tandem, week: Week) -> u32 {
    ledger::sum(tandem.entries.iter().map(|entry| (entry.day, entry.minutes)), week)
}

/// What the tandem owes itself in a week.
pub fn target(tandem: &Tandem, week: Week) -> Target {
    let people = tandem.seats().map(|seat| presence(tandem, seat, week));
    let people: Vec<Presence> = people.chain(tandem.terms.gone.iter().copied()).collect();
    let land = tandem.round.land;
    ledger::target(tandem.agreed, week, &people, |day: NaiveDate| {
        holidays::is_free(land, day) || tandem.terms.over(day)
    })
}

/// Whether the week's target is reached, or there is none.
pub fn on_target(tandem: &Tandem, week: Week) -> bool {
    match target(tandem, week) {
        Target::Minutes(target) => logged(tandem, week) >= target,
        Target::None => true,
    }
}

/// When somebody of the tandem is there in a week.
pub(super) fn presence(tandem: &Tandem, seat: &Seat, week: Week) -> Presence {
    let away = tandem.absences.iter().filter(|a| a.who == seat.person.id && a.phase != AbsencePhase::Cancelled);
    Availability {
        workdays: seat.person.prefs.profile(),
        away: away.map(|a| Away { from: a.days.from, to: a.days.to, half: a.half }).collect(),
        from: seat.mind.since,
        until: None,
    }
    .presence(week)
}

fn filled(logged: u32, target: u32) -> u8 {
    ledger::bar(logged, Target::Minutes(target)).map_or(0, |bar| bar.filled)
}
