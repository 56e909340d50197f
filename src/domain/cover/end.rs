//! How covers end: called off, shortened, done with thanks, or open again because somebody left.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::away::with_days;
use super::super::days::Days;
use super::super::ids::PersonId;
use super::super::message::{Message, say};
use super::super::tandem::{Absence, Cover, CoverPhase, Due};
use super::super::turn::Turn;
use super::{absence_of, ask, chase, clear, helper_role, name_of, open, set, when};

/// The absence was called off: whoever was asked is told, nobody is chased any more.
pub fn call_off(turn: &mut Turn<'_>, absence: &Absence) {
    for cover in covers_of(turn, absence) {
        cancel(turn, absence, &cover);
    }
}

/// The absence ends on this day, earlier than said: what is left of a yes holds, later days are off.
pub fn shorten(turn: &mut Turn<'_>, absence: &Absence, last: NaiveDate) {
    for cover in covers_of(turn, absence) {
        if cover.days.to <= last {
            continue;
        }
        if cover.days.from > last {
            cancel(turn, absence, &cover);
            continue;
        }
        let days = Days { from: cover.days.from, to: last };
        if let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) {
            found.days = days;
        }
        if cover.phase == CoverPhase::Accepted
            && let Some(role) = helper_role(turn, &cover)
        {
            let line = with_days(say("cover-shortened").with("name", name_of(turn, absence)), days);
            let (helper, at) = (turn.id_of(role), when(turn, role, &cover));
            turn.owe_cover(helper, format!("short:{}:{}:{last}", cover.id, cover.version), at, Message::of(line));
        }
    }
}

/// The absent person is back: thanks to whoever stood in.
pub fn release(turn: &mut Turn<'_>, absence: &Absence) {
    let name = name_of(turn, absence);
    let mut thanked = BTreeSet::new();
    for cover in covers_of(turn, absence) {
        clear(turn, &cover.id);
        match cover.phase {
            CoverPhase::Accepted => {
                set(turn, &cover.id, CoverPhase::Done);
                if let Some(role) = helper_role(turn, &cover)
                    && thanked.insert(role)
                {
                    let (helper, at) = (turn.id_of(role), turn.polite(role, turn.now()));
                    let line = say("cover-released").with("name", name.clone());
                    turn.owe_cover(helper, format!("released:{}", absence.id), at, Message::of(line));
                }
            }
            CoverPhase::Asked => set(turn, &cover.id, CoverPhase::Unanswered),
            CoverPhase::Declined
            | CoverPhase::Unanswered
            | CoverPhase::Conflict
            | CoverPhase::LeftOpen
            | CoverPhase::Done
            | CoverPhase::Cancelled => {}
        }
    }
}

/// A person leaves: what was asked for them is off, what they were asked for is open again.
pub fn leave(turn: &mut Turn<'_>, who: &PersonId) {
    for absence in ask::planned(turn, who) {
        call_off(turn, &absence);
        turn.unschedule(&Due::Return(absence.id.clone()));
    }
    let helping: Vec<Cover> = turn.t.covers.iter().filter(|c| c.helper.as_ref() == Some(who)).cloned().collect();
    for cover in helping {
        clear(turn, &cover.id);
        let opens = absence_of(turn, &cover).is_some()
            && (open(cover.phase) || matches!(cover.phase, CoverPhase::Declined | CoverPhase::Conflict));
        let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) else { continue };
        found.helper = None;
        if opens {
            found.phase = CoverPhase::Conflict;
            found.version += 1;
            chase::show_gap(turn, &cover.id);
        }
    }
}

fn covers_of(turn: &Turn<'_>, absence: &Absence) -> Vec<Cover> {
    turn.t.covers.iter().filter(|cover| cover.absence == absence.id).cloned().collect()
}

fn cancel(turn: &mut Turn<'_>, absence: &Absence, cover: &Cover) {
    clear(turn, &cover.id);
    if matches!(cover.phase, CoverPhase::Done | CoverPhase::Cancelled) {
        return;
    }
    set(turn, &cover.id, CoverPhase::Cancelled);
    if open(cover.phase)
        && let Some(role) = helper_role(turn, cover)
    {
        let line = with_days(say("cover-called-off").with("name", name_of(turn, absence)), cover.days);
        let (helper, at) = (turn.id_of(role), when(turn, role, cover));
        turn.owe_cover(helper, format!("off:{}:{}", cover.id, cover.version), at, Message::of(line));
    }
}
