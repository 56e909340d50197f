//! All is there that a licence asks for: the person is told once, within the ceiling of what comes unasked.
//!
//! Owns: by what it may come about, and that it is said once. Does not know the conditions (`licence`), nor when somebody
//! may be spoken to (`week`).

use super::super::effect::{Effect, Fact};
use super::super::message::{Button, Message, say};
use super::super::tandem::{Due, Role, Seat, Tandem};
use super::super::tap::LicenceAct;
use super::super::turn::Turn;
use super::super::way;
use super::holder::act;
use super::{Dealt, VouchChange, conditions, counts, is_complete};

/// What stood before an event and may have come by it without a trace of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    promised: bool,
    passed: usize,
}

impl Before {
    pub fn of(tandem: &Tandem) -> Self {
        let passed = tandem.seats().filter(|seat| seat.mind.exam.passed().is_some()).count();
        Self { promised: tandem.promise.given(), passed }
    }
}

/// Whatever has happened: where it may have brought somebody the last thing, the answers are looked up. Whoever has not
/// passed the test lacks at least that, so nothing is looked up for most people most of the time.
pub fn after(turn: &mut Turn<'_>, before: Before) {
    if !turn.t.seats().any(waits) {
        return;
    }
    let now = Before::of(&turn.t);
    let came = (now.promised && !before.promised) || now.passed > before.passed;
    if came || turn.out.iter().any(|effect| matters(turn, effect)) {
        turn.out.push(Effect::Conditions);
    }
}

/// The answers are here: what is met is noted, and whoever has everything will be told.
pub fn found(turn: &mut Turn<'_>, dealt: &[Dealt]) {
    for role in [Role::Lead, Role::Deputy] {
        let Some(seat) = turn.t.seat(role).filter(|seat| waits(seat)) else { continue };
        let all = conditions(turn.cx.programme, &turn.t, seat, dealt);
        let met = all.into_iter().filter(|(_, met)| *met).map(|(condition, _)| condition.kind());
        turn.seat_mut(role).mind.licensing.met.extend(met);
        plan(turn, role);
    }
}

/// Puts it on the agenda, unless it is known or not true.
pub fn plan(turn: &mut Turn<'_>, role: Role) {
    let seat = turn.seat(role);
    if waits(seat) && is_complete(turn.cx.programme, seat) {
        let at = turn.next_own_hour(role, turn.now());
        turn.schedule(Due::Licence(role), at);
    }
}

/// What the person is told when the time has come; nothing if they have found out meanwhile.
pub fn all_there(turn: &mut Turn<'_>, role: Role) -> Option<Message> {
    seen(turn, role).then(|| Message::of(say("licence-ready")).row([button_to(turn)]))
}

/// The person learns in these moments what there is. Whether all of it is, and they had not known.
pub(super) fn seen(turn: &mut Turn<'_>, role: Role) -> bool {
    let seat = turn.seat(role);
    let news = waits(seat) && is_complete(turn.cx.programme, seat);
    if news {
        turn.seat_mut(role).mind.licensing.told = true;
        turn.unschedule(&Due::Licence(role));
    }
    news
}

pub(super) fn button_to(turn: &Turn<'_>) -> Button {
    act(turn, "button-licence-ready", LicenceAct::Open)
}

/// Whether somebody who has passed the test has neither the licence nor the news.
fn waits(seat: &Seat) -> bool {
    seat.mind.exam.passed().is_some() && seat.mind.licensing.licence.is_none() && !seat.mind.licensing.told
}

fn matters(turn: &Turn<'_>, effect: &Effect) -> bool {
    match effect {
        Effect::Fact(Fact::Answered { spot, .. }) => way::step(turn.cx.programme, spot).is_some_and(counts),
        Effect::Vouch { change: VouchChange::Answered, .. } => true,
        _ => false,
    }
}
