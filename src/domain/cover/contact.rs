//! The tandem's contact: somebody who sits in no seat and has agreed to be told of open gaps.
//!
//! Owns: who it is, what they are told and what they may decide. They learn who is away and on which days, and nothing
//! else. A contact that is only a name is told by the absent person (`screens`).

use super::super::away::with_part;
use super::super::effect::Effect;
use super::super::ids::{CoverId, PersonId, TandemId};
use super::super::message::{Arg, Button, Label, Message, Press, button, say};
use super::super::setup;
use super::super::tandem::{Cover, CoverPhase, Due, Role};
use super::super::tap::{ContactAct, CoverAct, Home, SettingsTap, Tap};
use super::super::turn::Turn;
use super::pieces::Piece;
use super::{absent_name, absent_role, answer, clear, find, gaping, neighbours, polite_elsewhere, screens, set, when};

/// The contact pressed a button about a cover.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    pub by: PersonId,
    pub cover: CoverId,
    pub version: u32,
    pub act: CoverAct,
}

/// Makes the link by which the contact agrees, and shows it to the lead.
pub fn invite(turn: &mut Turn<'_>, role: Role) {
    let Some(contact) = turn.t.contact.clone() else { return turn.note(role, say("stale")) };
    let secret = turn.ids.secret();
    turn.out.push(Effect::InviteContact { tandem: turn.t.id.clone(), secret: secret.clone() });
    let name = Arg::Text(turn.seat(role).person.name.clone());
    let share = Button {
        label: Label::Say(say("button-share")),
        press: Press::Share { code: secret, with: say("contact-invite-text").with("name", name) },
    };
    let message = Message::of(say("contact-invite").with("contact", Arg::Text(contact)))
        .row([share])
        .row([button(say("button-home"), Tap::Home(Home::Open))]);
    turn.show(role, message, None);
}

/// Somebody has agreed to be told.
pub fn joined(turn: &mut Turn<'_>, who: PersonId) {
    let Some(contact) = turn.t.contact.clone() else { return };
    forget(turn);
    turn.t.told = Some(who.clone());
    let line = say("contact-welcome").with("organisation", setup::organisation(&turn.t));
    let now = turn.now();
    turn.owe_cover(who, format!("contact:{}", turn.t.id), now, Message::of(line).row([stop(&turn.t.id)]));
    if turn.t.seat(Role::Lead).is_some() {
        let occurrence = turn.ids.id();
        let line = say("contact-joined").with("contact", Arg::Text(contact));
        turn.owe_polite(Role::Lead, format!("contact:{occurrence}"), Message::of(line));
    }
    // What is open already is news to them.
    let open: Vec<Cover> = turn.t.covers.iter().filter(|cover| known(turn, cover)).cloned().collect();
    for cover in open {
        tell(turn, &cover);
    }
}

/// They do not want to be told any more, or are gone.
pub fn gone(turn: &mut Turn<'_>, who: &PersonId) {
    if turn.t.told.as_ref() != Some(who) {
        return;
    }
    turn.t.told = None;
    let Some(contact) = turn.t.contact.clone() else { return };
    if turn.t.seat(Role::Lead).is_some() {
        let occurrence = turn.ids.id();
        let line = say("contact-gone").with("contact", Arg::Text(contact));
        let name = button(say("button-contact"), Tap::Settings(SettingsTap::Contact));
        turn.owe_polite(Role::Lead, format!("contact:{occurrence}"), Message::of(line).row([name]));
    }
}

/// The tandem has another contact, or none: whoever was told so far is not any more.
pub fn forget(turn: &mut Turn<'_>) {
    if let Some(person) = turn.t.told.take() {
        turn.out.push(Effect::Untold { person });
    }
}

/// A button of the contact about a gap.
pub fn decided(turn: &mut Turn<'_>, deed: &Decided) {
    let late = |turn: &mut Turn<'_>| turn.out.push(Effect::Toast(say("neighbour-late")));
    let mine = turn.t.told.as_ref() == Some(&deed.by);
    let cover = find(turn, &deed.cover).filter(|cover| mine && cover.version == deed.version && gaping(cover.phase));
    let Some((cover, absent)) = cover.and_then(|cover| Some((cover.clone(), absent_role(turn, &cover)?))) else {
        return late(turn);
    };
    if cover.days.to < turn.today(absent) {
        return late(turn);
    }
    let (done, told) = match deed.act {
        CoverAct::Found => ("contact-found", "contact-found-told"),
        CoverAct::LeaveOpen => ("cover-left-open", "contact-left-open-told"),
        _ => return late(turn),
    };
    neighbours::settled(turn, &cover.id);
    match deed.act {
        CoverAct::Found => {
            // Whoever it is has no seat here, and no name that need be known.
            if let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) {
                found.helper = None;
            }
            answer::taken(turn, &cover);
        }
        _ => {
            set(turn, &cover.id, CoverPhase::LeftOpen);
            clear(turn, &cover.id);
        }
    }
    let message = Message::of(with_part(say(done), cover.days, cover.half)).row([stop(&turn.t.id)]);
    turn.out.push(Effect::Redraw { message, slot: None });
    let contact = Arg::Text(turn.t.contact.clone().unwrap_or_default());
    let line = with_part(say(told).with("contact", contact), cover.days, cover.half);
    let (who, at) = (turn.id_of(absent), when(turn, absent, &cover));
    turn.owe_cover(who, format!("contact-said:{}:{}", cover.id, cover.version), at, Message::of(line));
}

/// A gap that the absent person sees now: the contact does, too, once for each question.
pub(super) fn tell(turn: &mut Turn<'_>, cover: &Cover) {
    let Some(contact) = turn.t.told.clone() else { return };
    let at = polite_elsewhere(turn);
    let line =
        say("contact-gap").with("name", absent_name(turn, cover)).with("organisation", setup::organisation(&turn.t));
    let message = Message::of(with_part(line, cover.days, cover.half))
        .row([button(say("button-contact-found"), screens::tap(cover, CoverAct::Found))])
        .row([button(say("button-leave-open"), screens::tap(cover, CoverAct::LeaveOpen))])
        .row([stop(&turn.t.id)]);
    turn.owe_cover(contact, format!("contact-gap:{}:{}", cover.id, cover.version), at, message);
}

/// The gap is closed, called off or left open: a contact who knew of it is told so.
pub(super) fn settled(turn: &mut Turn<'_>, cover: &Cover) {
    let Some(contact) = turn.t.told.clone().filter(|_| known(turn, cover)) else { return };
    let at = polite_elsewhere(turn);
    let line = say("contact-settled").with("name", absent_name(turn, cover));
    let message = Message::of(with_part(line, cover.days, cover.half));
    turn.owe_cover(contact, format!("contact-settled:{}:{}", cover.id, cover.version), at, message);
}

/// Somebody is asked once more for a part of a gap: a contact who knew of it need not look for anybody.
pub(super) fn anew(turn: &mut Turn<'_>, cover: &Cover, piece: Piece) {
    let Some(contact) = turn.t.told.clone().filter(|_| known(turn, cover)) else { return };
    let at = polite_elsewhere(turn);
    let line = with_part(say("contact-anew").with("name", absent_name(turn, cover)), piece.days, piece.half);
    let occurrence = format!("contact-anew:{}:{}:{}", cover.id, cover.version, piece.days.from);
    turn.owe_cover(contact, occurrence, at, Message::of(line));
}

/// Whether the absent person has been shown a gap; one that waits for a polite moment stands on the agenda.
fn known(turn: &Turn<'_>, cover: &Cover) -> bool {
    gaping(cover.phase)
        && cover.phase != CoverPhase::Asked
        && !turn.t.agenda.contains_key(&Due::Gap(cover.id.clone()))
        && absent_role(turn, cover).is_some_and(|absent| turn.today(absent) <= cover.days.to)
}

/// The button of whoever does not want to be told any more.
pub fn stop(tandem: &TandemId) -> Button {
    button(say("button-contact-stop"), Tap::Contact { tandem: tandem.clone(), act: ContactAct::Stop })
}
