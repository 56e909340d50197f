//! A seat for somebody new: in which tandem, which of its two seats, and whether that is really meant.
//!
//! Owns: the screens. A tandem is called by its organisation and since when it has been there: of who sits in it trainers
//! see no more than whether somebody does. Does not know what becomes of whoever sat there (`leaving`).

use chrono::NaiveDate;

use super::writing::{What, Writing, discard};
use super::{AtDesk, Desk, RoundCard, back_to};
use crate::domain::effect::{Effect, Look, RoundChange};
use crate::domain::ids::{PersonId, RoundId, TandemId};
use crate::domain::message::{Arg, Button, Label, Line, Message, Press, button, say};
use crate::domain::tandem::{Role, RoundPhase};
use crate::domain::tap::{Chair, SeatAct, Tap, TrainerTap};

/// Organisations that one screen offers; the others are found by their name.
const OFFERED: usize = 10;

/// A tandem with its two seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatCard {
    pub id: TandemId,
    pub organisation: String,
    /// The day on which its first person came.
    pub since: NaiveDate,
    pub lead: Option<PersonId>,
    pub deputy: Option<PersonId>,
}

impl SeatCard {
    /// One of the seats, as it is now.
    pub fn chair(&self, role: Role) -> Chair {
        let person = match role {
            Role::Lead => &self.lead,
            Role::Deputy => &self.deputy,
        };
        Chair::of(role, person.as_ref())
    }

    /// What trainers call it.
    pub fn named(&self) -> Line {
        say("seat-tandem").with("organisation", Arg::Text(self.organisation.clone())).with("day", self.since)
    }
}

impl AtDesk<'_, '_> {
    /// Which organisation it is: by a button, or by its name.
    pub(super) fn seats(&mut self, card: &RoundCard) {
        self.t.desk = Desk::Writing(Writing { round: card.id.clone(), what: What::Seat, text: None, time: false });
        self.out.push(Effect::Look(Look::Seats { round: card.id.clone(), named: None }));
    }

    pub(super) fn seats_named(&mut self, card: &RoundCard, text: &str) {
        let named = Some(text.trim().to_owned());
        self.out.push(Effect::Look(Look::Seats { round: card.id.clone(), named }));
    }

    pub(super) fn seat(&mut self, card: &RoundCard, tandem: TandemId, act: SeatAct) {
        let round = card.id.clone();
        match act {
            _ if card.phase == RoundPhase::Closed => self.note(say("round-is-closed")),
            SeatAct::Open | SeatAct::Ask(_) => self.out.push(Effect::Look(Look::Seat { round, tandem, act })),
            SeatAct::Really(chair) => {
                let secret = self.ids.secret();
                self.out.push(Effect::Round(round, RoundChange::Replace { tandem, chair, secret }));
            }
        }
    }
}

/// The organisations of a round, or those whose name begins so.
pub fn seat_list(round: &RoundId, cards: &[SeatCard], named: Option<&str>) -> Message {
    let begins = named.map(str::to_lowercase);
    let fits = |card: &&SeatCard| {
        begins.as_ref().is_none_or(|begins| card.organisation.to_lowercase().starts_with(begins.as_str()))
    };
    let mut found: Vec<&SeatCard> = cards.iter().filter(fits).collect();
    found.sort_by_cached_key(|card| (card.organisation.to_lowercase(), card.since, card.id.clone()));
    let head = match (cards.is_empty(), found.is_empty()) {
        (true, _) => say("seats-empty"),
        (_, true) => say("seats-none"),
        _ => say("seats-which"),
    };
    let message = found.iter().take(OFFERED).fold(Message::of(head), |message, card| {
        let twin = cards.iter().any(|other| other.id != card.id && other.organisation == card.organisation);
        let label = match twin {
            true => Label::Say(card.named()),
            false => Label::Name(card.organisation.clone()),
        };
        message.row([Button { label, press: tap(round, card, SeatAct::Open) }])
    });
    let message = match found.len().saturating_sub(OFFERED) {
        0 => message,
        left => message.and(say("seats-more").with("left", left)),
    };
    if cards.is_empty() { message.row([back_to(round)]) } else { message.row([discard()]) }
}

/// Which of the two it is.
pub fn seat_which(round: &RoundId, card: &SeatCard) -> Message {
    let seats = [(Role::Lead, "button-seat-lead"), (Role::Deputy, "button-seat-deputy")];
    seats
        .into_iter()
        .fold(Message::of(say("seat-which").with("tandem", card.named())), |message, (role, key)| {
            let press = tap(round, card, SeatAct::Ask(card.chair(role)));
            message.row([Button { label: Label::Say(say(key)), press }])
        })
        .row([back_to(round)])
}

/// What follows from it, before it is done.
pub fn seat_ask(round: &RoundId, card: &SeatCard, chair: &Chair) -> Message {
    let really = |key: &'static str| Button {
        label: Label::Say(say(key)),
        press: tap(round, card, SeatAct::Really(chair.clone())),
    };
    let about = |key: &'static str| say(key).with("tandem", card.named()).with("seat", named(chair.role));
    let keep = button(say("button-replace-keep"), Tap::Trainer(TrainerTap::On(round.clone(), super::RoundTap::Open)));
    match chair.is_free() {
        true => Message::of(about("seat-ask-free")).row([really("button-seat-link")]).row([back_to(round)]),
        false => Message::of(about("seat-ask")).row([keep]).row([really("button-replace-really")]),
    }
}

/// The seat is free; the way in for whoever takes it.
pub fn freed(round: &RoundId, organisation: &str, secret: String, days: i64) -> Message {
    let share = Button {
        label: Label::Say(say("button-share")),
        press: Press::Share { code: secret, with: say("invite-seat-text") },
    };
    let line = say("seat-freed").with("organisation", Arg::Text(organisation.to_owned())).with("days", days);
    Message::of(line).row([share]).row([back_to(round)])
}

fn named(role: Role) -> Line {
    match role {
        Role::Lead => say("seat-lead"),
        Role::Deputy => say("seat-deputy"),
    }
}

fn tap(round: &RoundId, card: &SeatCard, act: SeatAct) -> Press {
    Press::Tap(Tap::Trainer(TrainerTap::Seat { round: round.clone(), tandem: card.id.clone(), act }))
}
