//! Contacts of tandems: finding the tandem that somebody is told of, and letting go of who is told no more.
//!
//! What they may decide stands in `domain::cover`.

use super::Result;
use super::batch::{Actor, Batch};
use crate::domain::cover::Decided;
use crate::domain::event::Event;
use crate::domain::ids::{CoverId, PersonId, TandemId};
use crate::domain::message::{Message, say};
use crate::domain::tap::CoverAct;
use crate::telegram::port::ChatId;

/// A button about a cover of a tandem whose contact this person is. False if they are not.
pub async fn answered(
    batch: &mut Batch<'_>,
    actor: &Actor,
    who: &PersonId,
    cover: &CoverId,
    version: u32,
    act: CoverAct,
) -> Result<bool> {
    let told = batch.tx.told_of(who).await?;
    batch.load(&told).await?;
    let here = |id: &&TandemId| batch.tandem(id).is_some_and(|t| t.covers.iter().any(|c| &c.id == cover));
    let Some(tandem) = told.iter().find(here) else { return Ok(false) };
    let deed = Decided { by: who.clone(), cover: cover.clone(), version, act };
    batch.step(tandem, Event::ContactDecided(deed), actor).await?;
    Ok(true)
}

/// They want to be told no more.
pub async fn stopped(batch: &mut Batch<'_>, actor: &Actor, who: &PersonId, tandem: &TandemId) -> Result<()> {
    if !batch.tx.told_of(who).await?.contains(tandem) {
        batch.toast(actor, Some(&say("stale")));
        return Ok(());
    }
    batch.load(std::slice::from_ref(tandem)).await?;
    batch.step(tandem, Event::ContactGone(who.clone()), actor).await?;
    let done = Message::of(say("contact-stopped"));
    if !let_go(batch, who, &done, actor, tandem).await? {
        batch.redraw(actor, done, None);
    }
    Ok(())
}

/// Somebody goes altogether: tandems whose contact they were hear of it.
pub async fn gone(batch: &mut Batch<'_>, who: &PersonId, actor: &Actor) -> Result<()> {
    let told = batch.tx.told_of(who).await?;
    batch.load(&told).await?;
    for tandem in &told {
        batch.step(tandem, Event::ContactGone(who.clone()), actor).await?;
    }
    Ok(())
}

/// The tandem tells this person no more: whoever is known for nothing else is forgotten, and told so.
pub async fn untold(batch: &mut Batch<'_>, who: &PersonId, tandem: &TandemId) -> Result<()> {
    let Some(address) = batch.tx.addresses(std::slice::from_ref(who)).await?.get(who).copied() else { return Ok(()) };
    let Some(person) = batch.tx.people(std::slice::from_ref(who)).await?.pop() else { return Ok(()) };
    let actor =
        Actor { person: Some(who.clone()), chat: ChatId(address), lang: person.lang, pressed: None, said: None };
    let over = Message::of(say("contact-over"));
    if !let_go(batch, who, &over, &actor, tandem).await? {
        batch.redraw(&actor, over, None);
    }
    Ok(())
}

/// True if nothing else is known of this person, and nothing is now.
async fn let_go(
    batch: &mut Batch<'_>,
    who: &PersonId,
    farewell: &Message,
    actor: &Actor,
    tandem: &TandemId,
) -> Result<bool> {
    if batch.tx.is_needed(who, tandem).await? {
        return Ok(false);
    }
    Box::pin(batch.erase(who.clone(), farewell.clone(), actor)).await?;
    Ok(true)
}
