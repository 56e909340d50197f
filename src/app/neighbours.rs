//! Between tandems of a round: asking people who offered to help, and carrying their answers back.
//!
//! Owns: finding and loading the tandems concerned, within the transaction that is going on. Who is asked and what an
//! answer does is decided by `domain::cover`.

use super::Result;
use super::batch::{Actor, Batch};
use crate::domain::cover::{self, Helped, Wanted};
use crate::domain::dates::Half;
use crate::domain::days::Days;
use crate::domain::event::Event;
use crate::domain::ids::{CoverId, PersonId, TandemId};
use crate::domain::tandem::{Neighbour, Said, Tandem};
use crate::domain::tap::CoverAct;
use crate::store::Known;

/// Asks people of the round who offered it, and tells the tandem that asks who they are.
pub async fn ask(batch: &mut Batch<'_>, wanted: Wanted, actor: &Actor) -> Result<()> {
    let Some(round) = batch.tandem(&wanted.tandem).map(|tandem| tandem.round.id.clone()) else { return Ok(()) };
    let offering = batch.tx.offering(&round).await?;
    batch.load(&offering).await?;
    let tandems: Vec<&Tandem> = offering.iter().filter_map(|id| batch.tandem(id)).collect();
    let chosen = cover::choose(&tandems, &wanted);
    let neighbours: Vec<Neighbour> = chosen
        .iter()
        .filter_map(|(id, role)| batch.tandem(id)?.seat(*role))
        .map(|seat| Neighbour { person: seat.person.id.clone(), name: seat.person.name.clone(), said: Said::Nothing })
        .collect();
    for (tandem, role) in &chosen {
        batch.step(tandem, Event::Wanted(*role, Box::new(wanted.clone())), actor).await?;
    }
    batch.step(&wanted.tandem, Event::Asked { cover: wanted.cover, neighbours }, actor).await
}

/// A button about a cover of another tandem. False if this person was never asked about it.
pub async fn answered(
    batch: &mut Batch<'_>,
    actor: &Actor,
    who: &Known,
    cover: &CoverId,
    version: u32,
    act: CoverAct,
) -> Result<bool> {
    let Some(tandem) = batch.tx.asked_by(cover, &who.person.id).await? else { return Ok(false) };
    batch.load(std::slice::from_ref(&tandem)).await?;
    let found = batch.tandem(&tandem).and_then(|tandem| tandem.covers.iter().find(|c| &c.id == cover));
    let Some((days, half)) = found.map(|cover| (cover.days, cover.half)) else { return Ok(false) };
    let own: Vec<&Tandem> = who.seats.iter().filter_map(|(id, _)| batch.tandem(id)).collect();
    let deed = Helped {
        by: who.person.id.clone(),
        name: who.person.name.clone(),
        cover: cover.clone(),
        version,
        act,
        free: cover::free(&own, &who.person.id, days, half),
    };
    batch.step(&tandem, Event::Helped(Box::new(deed)), actor).await?;
    Ok(true)
}

/// Somebody who helps other tandems is away on these days, or leaves: those tandems hear of it.
pub async fn gone(
    batch: &mut Batch<'_>,
    who: &PersonId,
    away: Option<(Days, Option<Half>)>,
    actor: &Actor,
) -> Result<()> {
    let tandems: Vec<TandemId> = batch.tx.helped_by(who).await?;
    batch.load(&tandems).await?;
    for tandem in &tandems {
        batch.step(tandem, Event::HelperGone { who: who.clone(), away }, actor).await?;
    }
    Ok(())
}
