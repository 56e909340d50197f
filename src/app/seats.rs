//! A trainer gives a seat to somebody new: looked up, asked about, and done, once.
//!
//! Owns: that the tandem is one of this round, and the seat as it was when the trainer saw it. Whose round it is has been
//! looked at before (`domain::trainer`); what becomes of whoever sat there is decided in `domain::leaving`.

use super::Result;
use super::batch::{Actor, Batch, LINK_DAYS};
use super::rounds::nobody;
use crate::domain::effect::Effect;
use crate::domain::event::Event;
use crate::domain::ids::{RoundId, TandemId};
use crate::domain::message::{Message, say};
use crate::domain::tandem::RoundPhase;
use crate::domain::tap::{Chair, SeatAct};
use crate::domain::trainer::{SeatCard, freed, seat_ask, seat_list, seat_which};
use crate::store::Tx;

/// The organisations of a round, or those whose name begins so.
pub async fn list(batch: &mut Batch<'_>, round: &RoundId, named: Option<&str>) -> Result<Message> {
    Ok(seat_list(round, &all(&mut batch.tx, round).await?, named))
}

/// One tandem: which seat, and what follows.
pub async fn show(batch: &mut Batch<'_>, round: &RoundId, tandem: &TandemId, act: &SeatAct) -> Result<Message> {
    let all = all(&mut batch.tx, round).await?;
    let Some(card) = all.iter().find(|card| &card.id == tandem) else { return Ok(Message::of(say("stale"))) };
    Ok(match act {
        SeatAct::Open => seat_which(round, card),
        // Somebody else sits there by now.
        SeatAct::Ask(chair) | SeatAct::Really(chair) if &card.chair(chair.role) != chair => seat_which(round, card),
        SeatAct::Ask(chair) | SeatAct::Really(chair) => seat_ask(round, card, chair),
    })
}

/// Frees the seat, or makes a new link to one that is free. False where the tandem or the seat is not as it was.
pub async fn replace(
    batch: &mut Batch<'_>,
    actor: &Actor,
    round: &RoundId,
    tandem: &TandemId,
    chair: &Chair,
    secret: String,
) -> Result<bool> {
    batch.load(std::slice::from_ref(tandem)).await?;
    let state = batch.tandem(tandem).filter(|state| &state.round.id == round);
    let state = state.filter(|state| state.round.phase != RoundPhase::Closed);
    let as_it_was = state.is_some_and(|state| {
        let sits = state.seat(chair.role).map(|seat| &seat.person.id);
        state.organisation.is_some() && &Chair::of(chair.role, sits) == chair
    });
    let (Some(by), Some(state), true) = (actor.person.clone(), state, as_it_was) else {
        batch.toast(actor, Some(&say("stale")));
        return Ok(false);
    };
    let organisation = state.organisation.clone().unwrap_or_default();
    match chair.is_free() {
        true => {
            let invite = Effect::InviteDeputy { tandem: tandem.clone(), secret: secret.clone() };
            batch.apply(vec![invite], &nobody(), Some(round), Some(tandem)).await?;
        }
        false => {
            let event = Event::Replaced { role: chair.role, secret: secret.clone(), by };
            batch.step(tandem, event, &nobody()).await?;
        }
    }
    // On a page the link is shown there.
    if actor.pressed.is_some() {
        batch.redraw(actor, freed(round, &organisation, secret, LINK_DAYS), None);
    }
    Ok(true)
}

/// The tandems of a round that have a name.
///
/// # Errors
/// When the database cannot be used.
pub async fn all(tx: &mut Tx, round: &RoundId) -> Result<Vec<SeatCard>> {
    let Some(found) = tx.rounds(std::slice::from_ref(round)).await?.pop() else { return Ok(Vec::new()) };
    Ok(tx.seats_of(round, found.zone).await?)
}
