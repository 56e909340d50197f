//! What people see about covers: the list, the question, the gap, the hand-over checklist.

use super::super::away::with_days;
use super::super::ids::CoverId;
use super::super::message::{Arg, Button, Label, Message, Press, button, say};
use super::super::tandem::{Cover, CoverPhase, Role};
use super::super::tap::{CoverAct, Home, Tap};
use super::super::turn::Turn;
use super::{HANDOVER, absence_of, find, name_of};

/// Covers listed at most, the nearest first.
const LISTED: usize = 6;

/// `/cover`: who stands in for whom, with what can be answered about it.
pub fn show(turn: &mut Turn<'_>, role: Role) {
    let today = turn.today(role);
    let me = turn.id_of(role);
    let mut message = Message::of(say("cover-title"));
    let mut covers: Vec<Cover> =
        turn.t.covers.iter().filter(|c| c.days.to >= today && c.phase != CoverPhase::Cancelled).cloned().collect();
    covers.sort_by_key(|c| c.days.from);
    if covers.is_empty() {
        message = message.and(say("cover-nothing"));
    }
    for cover in covers.iter().take(LISTED) {
        let helper = cover.helper.as_ref() == Some(&me);
        let absent = absence_of(turn, cover).map(|absence| absence.who == me);
        let line = match (cover.phase, helper) {
            (CoverPhase::Asked | CoverPhase::Unanswered, _) => say("cover-line-asked"),
            (CoverPhase::Accepted | CoverPhase::Done, true) => say("cover-line-mine"),
            (CoverPhase::Accepted | CoverPhase::Done, false) => say("cover-line-taken"),
            (CoverPhase::LeftOpen, _) => say("cover-line-left-open"),
            (CoverPhase::Declined | CoverPhase::Conflict | CoverPhase::Cancelled, _) => say("cover-line-open"),
        };
        message = message.and(with_days(line, cover.days));
        let Some(absent) = absent else { continue };
        message = match cover.phase {
            CoverPhase::Asked | CoverPhase::Unanswered if helper => message.row(answers(cover)),
            CoverPhase::Declined | CoverPhase::LeftOpen if helper => {
                message.row([button(say("button-cover-after-all"), tap(cover, CoverAct::Accept))])
            }
            CoverPhase::Accepted if helper => {
                message.row([button(say("button-cover-withdraw"), tap(cover, CoverAct::Decline))])
            }
            CoverPhase::Declined | CoverPhase::Unanswered | CoverPhase::Conflict if absent => decisions(message, cover),
            _ => message,
        };
    }
    let message = message.row([button(say("button-home"), Tap::Home(Home::Open))]);
    turn.show(role, message, None);
}

/// The question to the helper, put in these words.
pub(super) fn question(turn: &Turn<'_>, cover: &Cover, key: &'static str) -> Message {
    let name = absence_of(turn, cover).map_or(Arg::Text(String::new()), |absence| name_of(turn, absence));
    Message::of(with_days(say(key).with("name", name), cover.days)).row(answers(cover))
}

/// What the absent person sees when nobody stands in, with what can be done.
pub(super) fn gap(turn: &Turn<'_>, role: Role, cover: &Cover) -> Message {
    let other = turn.t.seat(role.other()).filter(|seat| cover.helper.as_ref() == Some(&seat.person.id));
    let line = match (cover.phase, other.map(|seat| Arg::Text(seat.person.name.clone()))) {
        (CoverPhase::Declined, Some(name)) => say("gap-declined").with("name", name),
        (CoverPhase::Unanswered, Some(name)) => say("gap-unanswered").with("name", name),
        (CoverPhase::Conflict, Some(name)) => say("gap-both-away").with("name", name),
        _ => say("gap-nobody"),
    };
    decisions(Message::of(with_days(line, cover.days)), cover)
}

/// The five points of a hand-over, to tick.
pub(super) fn checklist(turn: &Turn<'_>, id: &CoverId) -> Message {
    let Some(cover) = find(turn, id) else { return Message::of(say("stale")) };
    let name = absence_of(turn, &cover).map_or(Arg::Text(String::new()), |absence| name_of(turn, absence));
    let message = Message::of(with_days(say("handover-title").with("name", name), cover.days));
    let done = cover.ticks.len() == HANDOVER.len();
    let message = message.and(if done { say("handover-complete") } else { say("handover-hint") });
    (0_u8..).zip(HANDOVER).fold(message, |message, (item, key)| {
        let label = Label::Tick(cover.ticks.contains(&item), say(key));
        message.row([Button { label, press: Press::Tap(tap(&cover, CoverAct::Tick(item))) }])
    })
}

/// What the absent person can do about a gap.
fn decisions(message: Message, cover: &Cover) -> Message {
    let leave = button(say("button-leave-open"), tap(cover, CoverAct::LeaveOpen));
    match cover.phase {
        CoverPhase::Declined | CoverPhase::Unanswered => {
            message.row([button(say("button-ask-again"), tap(cover, CoverAct::AskAgain))]).row([leave])
        }
        _ => message.row([leave]),
    }
}

fn answers(cover: &Cover) -> [Button; 2] {
    [
        button(say("button-cover-yes"), tap(cover, CoverAct::Accept)),
        button(say("button-cover-no"), tap(cover, CoverAct::Decline)),
    ]
}

fn tap(cover: &Cover, act: CoverAct) -> Tap {
    Tap::Cover { cover: cover.id.clone(), version: cover.version, act }
}
