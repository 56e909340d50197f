//! What the buttons about a cover do: the helper's yes and no, the checklist, the absent person's decision.

use super::super::away::with_days;
use super::super::calendar;
use super::super::ids::CoverId;
use super::super::message::{Arg, Message, button, say};
use super::super::tandem::{Cover, CoverPhase, Role};
use super::super::tap::{CoverAct, Tap};
use super::super::turn::Turn;
use super::{HANDOVER, absence_of, absent_role, ask, chase, clear, find, gaping, screens, set, when};

/// A button about a cover.
pub fn tapped(turn: &mut Turn<'_>, role: Role, id: &CoverId, version: u32, act: CoverAct) {
    let me = turn.id_of(role);
    let today = turn.today(role);
    // Once the days are over or the absence is, nothing can be answered any more.
    let cover = find(turn, id).filter(|cover| cover.version == version && cover.days.to >= today);
    let Some((cover, absent)) = cover.and_then(|c| Some((c.clone(), absence_of(turn, &c)?.who == me))) else {
        return turn.note(role, say("stale"));
    };
    let helper = cover.helper.as_ref() == Some(&me);
    match (act, cover.phase) {
        // "I'll take it" stays possible until the end, also after a no.
        (
            CoverAct::Accept,
            CoverPhase::Asked | CoverPhase::Unanswered | CoverPhase::Declined | CoverPhase::LeftOpen,
        ) if helper => accept(turn, role, &cover),
        (CoverAct::Decline, CoverPhase::Asked | CoverPhase::Unanswered | CoverPhase::Accepted) if helper => {
            decline(turn, role, &cover);
        }
        (CoverAct::Tick(item), CoverPhase::Accepted) if helper && usize::from(item) < HANDOVER.len() => {
            tick(turn, role, id, item);
        }
        (CoverAct::AskAgain, CoverPhase::Declined | CoverPhase::Unanswered) if absent => {
            ask_again(turn, role, &cover);
        }
        (CoverAct::LeaveOpen, phase) if absent && gaping(phase) => {
            set(turn, id, CoverPhase::LeftOpen);
            clear(turn, id);
            turn.show(role, Message::of(with_days(say("cover-left-open"), cover.days)), None);
        }
        _ => turn.note(role, say("stale")),
    }
}

fn accept(turn: &mut Turn<'_>, role: Role, cover: &Cover) {
    // Somebody who is away on these days by now cannot take them.
    let me = turn.id_of(role);
    if cover.days.each().any(|day| turn.t.away(&me, day)) {
        return turn.note(role, say("cover-away-yourself"));
    }
    set(turn, &cover.id, CoverPhase::Accepted);
    clear(turn, &cover.id);
    let name = Arg::Text(turn.seat(role).person.name.clone());
    if let Some(absent) = absent_role(turn, cover) {
        let (who, at) = (turn.id_of(absent), when(turn, absent, cover));
        let line = with_days(say("cover-taken").with("name", name), cover.days);
        turn.owe_cover(who, format!("taken:{}:{}", cover.id, cover.version), at, Message::of(line));
    }
    let message = match chase::schedule_handover(turn, cover) {
        Some(at) => {
            let day = calendar::local_date(at, turn.seat(role).person.zone);
            let back = Tap::Cover { cover: cover.id.clone(), version: cover.version, act: CoverAct::Decline };
            Message::of(with_days(say("cover-thanks"), cover.days))
                .and(say("cover-checklist-comes").with("day", day))
                .row([button(say("button-cover-withdraw"), back)])
        }
        None => screens::checklist(turn, &cover.id),
    };
    turn.show(role, message, None);
}

/// A no, also after a yes: whoever is away hears of it.
fn decline(turn: &mut Turn<'_>, role: Role, cover: &Cover) {
    let mut version = cover.version;
    if let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) {
        if found.phase == CoverPhase::Accepted {
            found.version += 1;
            found.ticks.clear();
        }
        found.phase = CoverPhase::Declined;
        version = found.version;
    }
    clear(turn, &cover.id);
    let tap = Tap::Cover { cover: cover.id.clone(), version, act: CoverAct::Accept };
    let message =
        Message::of(with_days(say("cover-declined"), cover.days)).row([button(say("button-cover-after-all"), tap)]);
    turn.show(role, message, None);
    chase::show_gap(turn, &cover.id);
}

fn tick(turn: &mut Turn<'_>, role: Role, id: &CoverId, item: u8) {
    if let Some(found) = turn.t.covers.iter_mut().find(|c| &c.id == id)
        && !found.ticks.remove(&item)
    {
        found.ticks.insert(item);
    }
    let message = screens::checklist(turn, id);
    turn.show(role, message, None);
}

fn ask_again(turn: &mut Turn<'_>, role: Role, cover: &Cover) {
    let Some(helper) = cover.helper.clone() else { return turn.note(role, say("stale")) };
    ask::again(turn, cover, &helper);
    turn.show(role, Message::of(with_days(say("cover-asked-again"), cover.days)), None);
}
