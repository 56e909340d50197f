//! What the buttons about a cover do: the helper's yes and no, the checklist, the absent person's decision.

use std::collections::BTreeSet;

use super::super::away::with_part;
use super::super::calendar;
use super::super::days::Slot;
use super::super::ids::CoverId;
use super::super::message::{Arg, Message, button, say};
use super::super::tandem::{Cover, CoverPhase, Role};
use super::super::tap::{CoverAct, Tap};
use super::super::turn::Turn;
use super::handover::{self, HANDOVER};
use super::pieces::needed;
use super::{
    absence_of, absent_role, ask, chase, clear, contact, find, gaping, neighbours, screens, set, when, withdraw,
};

/// A button about a cover.
pub fn tapped(turn: &mut Turn<'_>, role: Role, id: &CoverId, version: u32, act: CoverAct) {
    let me = turn.id_of(role);
    let today = turn.today(role);
    // Once the days are over or the absence is, nothing can be answered any more.
    let cover = find(turn, id).filter(|cover| cover.version == version && cover.days.to >= today);
    let Some((cover, absent)) = cover.and_then(|c| Some((c.clone(), absence_of(turn, &c)?.who == me))) else {
        return turn.note(role, say("stale"));
    };
    // While somebody of another tandem stands in, there is nothing for the second person to answer.
    let helper = cover.helper.as_ref() == Some(&me);
    match (act, cover.phase) {
        // "I'll take it" stays possible until the end, also after a no.
        (
            CoverAct::Accept,
            CoverPhase::Asked
            | CoverPhase::Unanswered
            | CoverPhase::Declined
            | CoverPhase::LeftOpen
            | CoverPhase::Conflict,
        ) if helper => accept(turn, role, &cover),
        (CoverAct::Decline, CoverPhase::Asked | CoverPhase::Unanswered | CoverPhase::Accepted) if helper => {
            decline(turn, role, &cover);
        }
        (CoverAct::Tick(item), CoverPhase::Accepted) if usize::from(item) < HANDOVER.len() => {
            handover::tick(turn, id, item, absent);
            let message = if absent { screens::giving(turn, id) } else { screens::checklist(turn, id) };
            turn.show(role, message, None);
        }
        (CoverAct::Link, CoverPhase::Accepted) if absent => handover::ask_link(turn, role, id),
        (CoverAct::AskAgain, CoverPhase::Declined | CoverPhase::Unanswered | CoverPhase::Conflict) if absent => {
            ask_again(turn, role, &cover);
        }
        (CoverAct::AskRound, CoverPhase::Declined | CoverPhase::Unanswered | CoverPhase::Conflict) if absent => {
            neighbours::ask(turn, role, &cover);
        }
        (CoverAct::LeaveOpen, phase) if absent && gaping(phase) => {
            neighbours::settled(turn, id);
            contact::settled(turn, &cover);
            set(turn, id, CoverPhase::LeftOpen);
            clear(turn, id);
            let line = with_part(say("cover-left-open"), cover.days, cover.half);
            turn.show(role, Message::of(line), None);
        }
        _ => turn.note(role, say("stale")),
    }
}

fn accept(turn: &mut Turn<'_>, role: Role, cover: &Cover) {
    // Somebody who is away on these days by now cannot take them.
    let me = turn.id_of(role);
    if away_then(turn, cover).iter().any(|slot| turn.t.away_in(&me, *slot)) {
        return turn.note(role, say("cover-away-yourself"));
    }
    neighbours::settled(turn, &cover.id);
    contact::settled(turn, cover);
    let Some(cover) = taken(turn, cover) else { return };
    let name = Arg::Text(turn.seat(role).person.name.clone());
    tell_taken(turn, &cover, name);
    let message = match chase::schedule_handover(turn, &cover) {
        Some(at) => {
            let day = calendar::local_date(at, turn.seat(role).person.zone);
            let back = Tap::Cover { cover: cover.id.clone(), version: cover.version, act: CoverAct::Decline };
            Message::of(with_part(say("cover-thanks"), cover.days, cover.half))
                .and(say("cover-checklist-comes").with("day", day))
                .row([button(say("button-cover-withdraw"), back)])
        }
        None => {
            chase::give(turn, &cover);
            screens::checklist(turn, &cover.id)
        }
    };
    turn.show(role, message, None);
}

/// The half days from now on for which a cover counts.
pub(super) fn away_then(turn: &Turn<'_>, cover: &Cover) -> BTreeSet<Slot> {
    absent_role(turn, cover).map_or_else(BTreeSet::new, |absent| needed(turn, absent, cover, turn.today(absent)))
}

/// Somebody stands in from here on. The older question's "no" must not take this back by a slip.
pub(super) fn taken(turn: &mut Turn<'_>, cover: &Cover) -> Option<Cover> {
    withdraw(turn, cover);
    let found = turn.t.covers.iter_mut().find(|c| c.id == cover.id)?;
    found.version += 1;
    found.phase = CoverPhase::Accepted;
    let cover = found.clone();
    clear(turn, &cover.id);
    Some(cover)
}

/// Whoever is away hears who stands in.
pub(super) fn tell_taken(turn: &mut Turn<'_>, cover: &Cover, name: Arg) {
    if let Some(absent) = absent_role(turn, cover) {
        let (who, at) = (turn.id_of(absent), when(turn, absent, cover));
        let line = with_part(say("cover-taken").with("name", name), cover.days, cover.half);
        turn.owe_cover(who, format!("taken:{}:{}", cover.id, cover.version), at, Message::of(line));
    }
}

/// A no, also after a yes: whoever is away hears of it.
fn decline(turn: &mut Turn<'_>, role: Role, cover: &Cover) {
    if let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) {
        found.phase = CoverPhase::Declined;
        handover::forget(found);
    }
    clear(turn, &cover.id);
    let tap = Tap::Cover { cover: cover.id.clone(), version: cover.version, act: CoverAct::Accept };
    let line = with_part(say("cover-declined"), cover.days, cover.half);
    let message = Message::of(line).row([button(say("button-cover-after-all"), tap)]);
    turn.show(role, message, None);
    chase::show_gap(turn, &cover.id);
}

fn ask_again(turn: &mut Turn<'_>, role: Role, cover: &Cover) {
    let partner = role.other();
    if turn.t.seat(partner).is_none() {
        return turn.note(role, say("stale"));
    }
    let person = turn.id_of(partner);
    if ask::put_anew(turn, cover, partner, &person) {
        let line = with_part(say("cover-asked-again"), cover.days, cover.half);
        return turn.show(role, Message::of(line), None);
    }
    // Meanwhile the other is away, too, or has shut the bot out.
    if let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) {
        found.phase = CoverPhase::Conflict;
    }
    clear(turn, &cover.id);
    let message = find(turn, &cover.id).map(|cover| screens::gap(turn, role, &cover));
    turn.show(role, message.unwrap_or_default(), None);
}
