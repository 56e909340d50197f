//! Standing in: asking the other, chasing, handing over, showing a gap while there is time, releasing.
//!
//! Owns: the machine of a cover and its instants. A cover belongs to an interval and has a version: an
//! answer to an older version changes nothing, so double taps and races have one outcome. Messages about
//! cover are exempt from the ceiling of unasked ones.

mod answer;
mod ask;
mod chase;
mod end;
mod screens;
#[cfg(test)]
mod tests;

pub use answer::tapped;
pub use ask::{ask_back, ask_for, overlap, revive};
pub use chase::{chase, gap_due, hand_over};
pub use end::{call_off, leave, release, shorten};
pub use screens::show;

use chrono::{DateTime, TimeDelta, Utc};

use super::calendar;
use super::ids::CoverId;
use super::message::Arg;
use super::tandem::{Absence, AbsencePhase, Cover, CoverPhase, Due, Role};
use super::turn::Turn;

/// The hand-over checklist: accounts, open threads, drafts, approvals, contacts.
pub const HANDOVER: [&str; 5] =
    ["handover-accounts", "handover-threads", "handover-drafts", "handover-approvals", "handover-contacts"];

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
    for due in [Due::Chase(id.clone()), Due::Handover(id.clone()), Due::Gap(id.clone())] {
        turn.unschedule(&due);
    }
}

fn helper_role(turn: &Turn<'_>, cover: &Cover) -> Option<Role> {
    cover.helper.as_ref().and_then(|helper| turn.t.role_of(helper))
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

/// When a message about a cover may come: what starts soon waits for nothing, nor does what would come too late.
fn when(turn: &Turn<'_>, to: Role, cover: &Cover) -> DateTime<Utc> {
    let now = turn.now();
    let polite = turn.polite(to, now);
    if soon(turn, to, cover) || polite >= starts(turn, to, cover) { now } else { polite }
}

fn soon(turn: &Turn<'_>, role: Role, cover: &Cover) -> bool {
    starts(turn, role, cover) - turn.now() < SOON
}

/// The first moment of the days to cover, where this person lives.
fn starts(turn: &Turn<'_>, role: Role, cover: &Cover) -> DateTime<Utc> {
    calendar::at(cover.days.from, 0, 0, turn.seat(role).person.zone)
}

/// Phases in which the helper still has something to do.
fn open(phase: CoverPhase) -> bool {
    matches!(phase, CoverPhase::Asked | CoverPhase::Unanswered | CoverPhase::Accepted)
}

/// Phases in which nobody stands in, and nobody decided that it stays so.
fn gaping(phase: CoverPhase) -> bool {
    matches!(phase, CoverPhase::Asked | CoverPhase::Declined | CoverPhase::Unanswered | CoverPhase::Conflict)
}
