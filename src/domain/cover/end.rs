//! How covers end: called off, shortened, done with thanks, or open again because somebody left.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::away::with_part;
use super::super::ids::PersonId;
use super::super::message::{Message, say};
use super::super::tandem::{Absence, Cover, CoverPhase, Due};
use super::super::turn::Turn;
use super::{
    absence_of, absent_role, ask, chase, clear, contact, helper_role, name_of, neighbours, open, polite_elsewhere, set,
    tell_helper, withdraw,
};

/// The absence was called off: whoever was asked is told, nobody is chased any more.
pub fn call_off(turn: &mut Turn<'_>, absence: &Absence) {
    for cover in covers_of(turn, absence) {
        cancel(turn, absence, &cover);
    }
}

/// The absence ends on this day, earlier than said: what is left of a yes holds, later days are off.
pub fn shorten(turn: &mut Turn<'_>, absence: &Absence, last: NaiveDate) {
    for cover in covers_of(turn, absence) {
        if cover.days.to <= last || matches!(cover.phase, CoverPhase::Done | CoverPhase::Cancelled) {
            continue;
        }
        let left = absent_role(turn, &cover).and_then(|absent| ask::until(turn, absent, &cover, last));
        let Some(left) = left else {
            cancel(turn, absence, &cover);
            continue;
        };
        if let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) {
            (found.days, found.half) = (left.days, left.half);
        }
        if cover.phase == CoverPhase::Accepted {
            let line = say("cover-shortened").with("name", name_of(turn, absence));
            let message = Message::of(with_part(line, left.days, left.half));
            tell_helper(turn, &cover, format!("short:{}:{}:{last}", cover.id, cover.version), message);
        }
    }
}

/// The absent person is back: thanks to whoever stood in.
pub fn release(turn: &mut Turn<'_>, absence: &Absence) {
    let name = name_of(turn, absence);
    let mut thanked: BTreeSet<PersonId> = BTreeSet::new();
    for cover in covers_of(turn, absence) {
        clear(turn, &cover.id);
        match cover.phase {
            CoverPhase::Accepted => {
                set(turn, &cover.id, CoverPhase::Done);
                if let Some(helper) = cover.helper.clone()
                    && thanked.insert(helper.clone())
                {
                    let at = match helper_role(turn, &cover) {
                        Some(role) => turn.polite(role, turn.now()),
                        None => polite_elsewhere(turn),
                    };
                    let line = say("cover-released").with("name", name.clone());
                    let occurrence = format!("released:{}:{}", absence.id, absence.days.to);
                    turn.owe_cover(helper, occurrence, at, Message::of(line));
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
        if let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) {
            found.neighbours.retain(|other| cover.helper.as_ref() == Some(&other.person));
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
        if opens {
            withdraw(turn, &cover);
        }
        let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) else { continue };
        found.helper = None;
        found.ticks.clear();
        if opens {
            found.phase = CoverPhase::Conflict;
            found.version += 1;
            neighbours::settled(turn, &cover.id);
            chase::show_gap(turn, &cover.id);
        }
    }
}

fn covers_of(turn: &Turn<'_>, absence: &Absence) -> Vec<Cover> {
    turn.t.covers.iter().filter(|cover| cover.absence == absence.id).cloned().collect()
}

fn cancel(turn: &mut Turn<'_>, absence: &Absence, cover: &Cover) {
    contact::settled(turn, cover);
    // Whoever was to be asked at a polite moment has not heard of it.
    let unheard = turn.t.agenda.contains_key(&Due::Ask(cover.id.clone()));
    clear(turn, &cover.id);
    if matches!(cover.phase, CoverPhase::Done | CoverPhase::Cancelled) {
        return;
    }
    withdraw(turn, cover);
    neighbours::settled(turn, &cover.id);
    set(turn, &cover.id, CoverPhase::Cancelled);
    if open(cover.phase) && !unheard {
        let line = say("cover-called-off").with("name", name_of(turn, absence));
        let message = Message::of(with_part(line, cover.days, cover.half));
        tell_helper(turn, cover, format!("off:{}:{}", cover.id, cover.version), message);
    }
}
