//! Who waits for a place in a round that is full, and is told when one is free.
//!
//! Owns: how many places are offered to whom, and that whoever waited in vain is forgotten. The notice and the yes to being
//! kept are the door's.

use chrono::TimeDelta;

use super::Result;
use super::batch::{Batch, LINK_DAYS};
use super::plan::ROUND_PLACES;
use crate::domain::calendar;
use crate::domain::door;
use crate::domain::effect::{Kind, Owed};
use crate::domain::ids::{Ids, PersonId, RoundId};
use crate::domain::pacing::Lane;
use crate::domain::tandem::{Round, RoundPhase};
use crate::store::{Purpose, hash};

/// How long an offered place is kept.
const OFFER_DAYS: i64 = 7;

/// How long somebody waits (`store::retention`: the list itself goes after as many days).
const WAIT_DAYS: i64 = 92;

/// The round has more or fewer free places than before: its link follows, and whoever waits is offered what is free.
pub async fn places_changed(batch: &mut Batch<'_>, round: &Round) -> Result<()> {
    let free = free(batch, round).await?;
    let next = batch.tx.offer_to(&round.id, free, batch.now).await?;
    let left = free.saturating_sub(u32::try_from(next.len()).unwrap_or(u32::MAX));
    batch.tx.adjust(Purpose::Lead, round.id.as_str(), left).await?;
    for person in next {
        offer(batch, round, &person).await?;
    }
    let (_, ends) = batch.tx.open_links(Purpose::Place, round.id.as_str(), batch.now).await?;
    if let Some(ends) = ends {
        batch.tx.set_due(&[round.id.as_str()], ROUND_PLACES, ends).await?;
    }
    Ok(())
}

/// Places that nobody has and that nobody has been offered.
pub async fn free(batch: &mut Batch<'_>, round: &Round) -> Result<u32> {
    if round.phase == RoundPhase::Closed {
        return Ok(0);
    }
    let taken = batch.tx.places_taken(&round.id).await?;
    let (offered, _) = batch.tx.open_links(Purpose::Place, round.id.as_str(), batch.now).await?;
    Ok(round.places.saturating_sub(taken).saturating_sub(offered))
}

/// An offer has ended: the place is free for the next.
pub(super) async fn offer_ended(batch: &mut Batch<'_>, round: &RoundId) -> Result<()> {
    batch.tx.clear_due(&[round.as_str()], ROUND_PLACES).await?;
    match batch.tx.rounds(std::slice::from_ref(round)).await?.pop() {
        Some(round) => places_changed(batch, &round).await,
        None => Ok(()),
    }
}

async fn offer(batch: &mut Batch<'_>, round: &Round, person: &PersonId) -> Result<()> {
    let Some(who) = batch.tx.people(std::slice::from_ref(person)).await?.pop() else { return Ok(()) };
    let secret = batch.app.ids.clone().secret();
    let not_before = calendar::next_working_moment(batch.now, who.prefs.workdays, who.zone);
    let expires = not_before + TimeDelta::days(OFFER_DAYS.min(LINK_DAYS));
    batch.tx.issue(&hash(&secret), Purpose::Place, round.id.as_str(), 1, expires).await?;
    let message = door::place_free(&round.name, &secret, &who.lang, OFFER_DAYS);
    batch.owe(Owed {
        to: person.clone(),
        kind: Kind::Notice,
        occurrence: format!("place:{}", round.id),
        lane: Lane::Bulk,
        not_before,
        expires: Some(expires),
        slot: None,
        message,
    });
    Ok(())
}

/// Whoever has waited in vain and is here for nothing else is erased.
pub async fn forget(batch: &mut Batch<'_>) -> Result<()> {
    for person in batch.tx.waited_too_long(batch.now - TimeDelta::days(WAIT_DAYS)).await? {
        batch.tx.erase(&person, batch.now).await?;
    }
    Ok(())
}
