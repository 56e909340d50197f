//! Standing in: asking the other, chasing, handing over, showing a gap while there is time, releasing.
//!
//! Owns: the machine of a cover and its instants. A cover belongs to an interval and has a version: an
//! answer to an older version changes nothing, so double taps and races have one outcome. Messages about
//! cover are exempt from the ceiling of unasked ones.

mod answer;
mod ask;
mod chase;
pub mod contact;
mod end;
mod handover;
#[cfg(test)]
mod model;
mod neighbours;
mod pieces;
mod screens;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod transitions;

pub use answer::tapped;
pub use ask::{ask_back, ask_due, ask_for, overlap, revive, unreachable};
pub use chase::{chase, gap_due, hand_over};
pub use contact::Decided;
pub use end::{call_off, leave, release, shorten};
pub use handover::{HANDOVER, linked};
pub use neighbours::{Helped, Wanted, choose, free, gone, helped, wanted, were_asked};
pub use screens::show;

use chrono::{DateTime, TimeDelta, Utc};

use super::calendar::{self, Workdays};
use super::effect::Effect;
use super::ids::{CoverId, PersonId};
use super::message::{Arg, Message};
use super::tandem::{Absence, AbsencePhase, Cover, CoverPhase, Due, Role};
use super::turn::Turn;

/// What starts sooner than this is asked at once, whatever the hour, and chased the same day.
const SOON: TimeDelta = TimeDelta::hours(48);

fn find(turn: &Turn<'_>, id: &CoverId) -> Option<Cover> {
    turn.t.covers.iter().find(|cover| &cover.id == id).cloned()
}

fn set(turn: &mut Turn<'_>, id: &CoverId, phase: CoverPhase) {
    if let Some(cover) = turn.t.covers.iter_mut().find(|c| &c.id == id) {
        cover.phase = phase;
    }
}

/// Nothing about this cover is due any more.
fn clear(turn: &mut Turn<'_>, id: &CoverId) {
    for due in Due::of_cover(id) {
        turn.unschedule(&due);
    }
}

/// What people were shown of this version of a cover is out of date.
fn withdraw(turn: &mut Turn<'_>, cover: &Cover) {
    let absent = turn.t.absences.iter().find(|absence| absence.id == cover.absence).map(|absence| absence.who.clone());
    let mut people: Vec<PersonId> = cover.helper.iter().cloned().chain(absent).chain(turn.t.told.clone()).collect();
    people.extend(cover.neighbours.iter().map(|other| other.person.clone()));
    people.sort();
    people.dedup();
    turn.out.push(Effect::Withdraw { people, cover: cover.id.clone(), version: cover.version });
}

/// The helper's seat; `None` for somebody of another tandem.
fn helper_role(turn: &Turn<'_>, cover: &Cover) -> Option<Role> {
    cover.helper.as_ref().and_then(|helper| turn.t.role_of(helper))
}

/// The name of whoever stands in, as the absent person reads it.
fn helper_name(turn: &Turn<'_>, cover: &Cover) -> Option<String> {
    let helper = cover.helper.as_ref()?;
    let own = turn.t.seats().find(|seat| &seat.person.id == helper).map(|seat| &seat.person.name);
    own.or_else(|| cover.neighbours.iter().find(|other| &other.person == helper).map(|other| &other.name)).cloned()
}

/// The absence of a cover, while it is still to come or going on.
fn absence_of<'a>(turn: &'a Turn<'_>, cover: &Cover) -> Option<&'a Absence> {
    turn.t.absences.iter().find(|a| a.id == cover.absence && a.phase == AbsencePhase::Planned)
}

/// Who is away, while the absence is still to come or going on.
fn absent_role(turn: &Turn<'_>, cover: &Cover) -> Option<Role> {
    turn.t.role_of(&absence_of(turn, cover)?.who)
}

fn name_of(turn: &Turn<'_>, absence: &Absence) -> Arg {
    let seat = turn.t.seats().find(|seat| seat.person.id == absence.who);
    Arg::Text(seat.map(|seat| seat.person.name.clone()).unwrap_or_default())
}

/// The name of whoever is away.
fn absent_name(turn: &Turn<'_>, cover: &Cover) -> Arg {
    absence_of(turn, cover).map_or(Arg::Text(String::new()), |absence| name_of(turn, absence))
}

/// When a message about a cover may come: what starts soon waits for nothing. Whoever is away until it would be too late
/// hears of it all the same, by day if there is one before.
fn when(turn: &Turn<'_>, to: Role, cover: &Cover) -> DateTime<Utc> {
    let now = turn.now();
    if soon(turn, to, cover) {
        return now;
    }
    let (starts, person) = (starts(turn, to, cover), &turn.seat(to).person);
    let by_day = calendar::next_working_moment(now, person.prefs.workdays, person.zone);
    [turn.polite(to, now), by_day].into_iter().find(|at| *at < starts).unwrap_or(now)
}

fn soon(turn: &Turn<'_>, role: Role, cover: &Cover) -> bool {
    starts(turn, role, cover) - turn.now() < SOON
}

/// The first moment of the days to cover, where this person lives; of half a day, that of the day.
fn starts(turn: &Turn<'_>, role: Role, cover: &Cover) -> DateTime<Utc> {
    calendar::at(cover.days.from, 0, 0, turn.seat(role).person.zone)
}

/// News for whoever stands in or was asked, be it the other of the two or somebody of another tandem.
fn tell_helper(turn: &mut Turn<'_>, cover: &Cover, occurrence: String, message: Message) {
    let Some(helper) = cover.helper.clone() else { return };
    let at = match helper_role(turn, cover) {
        Some(role) => when(turn, role, cover),
        None => polite_elsewhere(turn),
    };
    turn.owe_cover(helper, occurrence, at, message);
}

/// A polite moment for somebody whose days are known to another tandem only.
fn polite_elsewhere(turn: &Turn<'_>) -> DateTime<Utc> {
    calendar::next_working_moment(turn.now(), Workdays::MONDAY_TO_FRIDAY, turn.t.round.zone)
}

/// Phases in which the helper still has something to do.
fn open(phase: CoverPhase) -> bool {
    matches!(phase, CoverPhase::Asked | CoverPhase::Unanswered | CoverPhase::Accepted)
}

/// Phases in which nobody stands in, and nobody decided that it stays so.
fn gaping(phase: CoverPhase) -> bool {
    matches!(phase, CoverPhase::Asked | CoverPhase::Declined | CoverPhase::Unanswered | CoverPhase::Conflict)
}
