//! The way into a trainer's dashboard: a link for once, then a session in one browser.
//!
//! Owns: how long either lasts, and who may see which round. Does not know pages (`web::board`).

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::batch::{Actor, Batch};
use super::{App, Result};
use crate::clock::IdSource;
use crate::domain::effect::Effect;
use crate::domain::ids::{Ids, PersonId, RoundId};
use crate::domain::rights::{self, Action};
use crate::domain::trainer::{self, RoundCard, Trainer};
use crate::store::{LinkState, Purpose, hash};
use crate::telegram::port::ChatId;

/// Where pages are, below the public address.
pub const PATH: &str = "/dashboard";

/// Below [`PATH`]; behind it comes the secret of a link.
pub const ENTER: &str = "/enter/";

/// Long enough to go from the chat to a browser.
const LINK_LASTS: TimeDelta = TimeDelta::minutes(15);

/// A working day.
pub const SESSION_LASTS: TimeDelta = TimeDelta::hours(8);

/// Gives a trainer a link; the ones before are worth nothing any more. The secret stands in no table and in no message
/// that is kept.
pub async fn offer(batch: &mut Batch<'_>, actor: &Actor, secret: &str) -> Result<()> {
    let Some(person) = actor.person.clone() else { return Ok(()) };
    let Some(public) = &batch.app.public_url else {
        batch.redraw(actor, trainer::no_dashboard(), None);
        return Ok(());
    };
    let link = format!("{}{PATH}{ENTER}{secret}", public.as_str().trim_end_matches('/'));
    batch.tx.revoke(Purpose::Dashboard, person.as_str()).await?;
    batch.tx.issue(&hash(secret), Purpose::Dashboard, person.as_str(), 1, batch.now + LINK_LASTS).await?;
    batch.unwritten(actor, Some(person), trainer::dashboard_link(&link));
    Ok(())
}

/// Whether a link still opens the dashboard. Looking does not use it up: chat programs look, too.
///
/// # Errors
/// When the database cannot be used.
pub async fn opens(app: &App, link: &str) -> Result<bool> {
    let mut tx = app.db.read().await?;
    let found = tx.find(link, app.clock.now()).await?;
    Ok(matches!(found, LinkState::Good(link) if link.purpose == Purpose::Dashboard))
}

/// Uses a link up. Answers with the secret of a session for the browser that brought it.
///
/// # Errors
/// When the database cannot be used.
pub async fn enter(app: &App, link: &str) -> Result<Option<String>> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let person = match tx.find(link, now).await? {
        LinkState::Good(good) if good.purpose == Purpose::Dashboard => PersonId(good.subject),
        LinkState::Good(_) | LinkState::Used(_) | LinkState::Expired | LinkState::Nothing => return Ok(None),
    };
    if tx.trainers(std::slice::from_ref(&person)).await?.is_empty() || !tx.consume(link, now).await? {
        return Ok(None);
    }
    let secret = IdSource::clone(&app.ids).secret();
    tx.open_session(&hash(&secret), &person, now + SESSION_LASTS).await?;
    tx.commit().await?;
    Ok(Some(secret))
}

/// The trainer who is logged in with a session.
///
/// # Errors
/// When the database cannot be used.
pub async fn trainer(app: &App, session: &str) -> Result<Option<Trainer>> {
    let mut tx = app.db.read().await?;
    let Some(person) = tx.session(session, app.clock.now()).await? else { return Ok(None) };
    Ok(tx.trainers(&[person]).await?.pop())
}

/// Logs out.
///
/// # Errors
/// When the database cannot be used.
pub async fn leave(app: &App, session: &str) -> Result<()> {
    let mut tx = app.db.begin().await?;
    tx.end_session(session).await?;
    Ok(tx.commit().await?)
}

/// Carries out what a form asks for. `None` if it is no round of this trainer's; false if it cannot be done.
///
/// # Errors
/// When the database cannot be used.
pub async fn change(
    app: &App,
    person: &PersonId,
    round: &RoundId,
    act: &str,
    said: &BTreeMap<String, String>,
) -> Result<Option<bool>> {
    let mut batch = Batch::begin(app).await?;
    let Some(trainer) = batch.tx.trainers(std::slice::from_ref(person)).await?.pop() else { return Ok(None) };
    let Some(card) = own(&trainer, Action::ManageRound, round) else { return Ok(None) };
    let mut ids = IdSource::clone(&app.ids);
    let Some(changes) = trainer::asked(card, act, said, batch.now, &mut ids) else { return Ok(Some(false)) };
    let chat = ChatId(0);
    let actor =
        Actor { person: Some(person.clone()), chat, lang: trainer.person.lang.clone(), pressed: None, said: None };
    let effects = changes.into_iter().map(|change| Effect::Round(round.clone(), change)).collect();
    batch.apply(effects, &actor, None, None).await?;
    batch.finish().await?;
    Ok(Some(true))
}

/// How many people news of a round go to, from five on.
///
/// # Errors
/// When the database cannot be used.
pub async fn people(app: &App, round: &RoundId) -> Result<Option<u32>> {
    Ok(app.db.read().await?.enrolled(round).await?)
}

/// A round of which this trainer may do or see that. Others do not even exist for them.
pub fn own<'a>(trainer: &'a Trainer, action: Action, round: &RoundId) -> Option<&'a RoundCard> {
    rights::round(trainer, action, |card| card.id == *round)
}
