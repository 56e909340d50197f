//! What rounds are told: kept, carried to everybody in pieces, and how it arrived.
//!
//! Owns: going through a round. When a person hears of it is decided in `domain::news`; what a trainer may know of its
//! arrival, in `store::news`.

use chrono::{DateTime, TimeDelta, Utc};

use super::Result;
use super::batch::{Actor, Batch};
use super::plan::ROUND_NEWS;
use super::rounds::nobody;
use crate::domain::event::Event;
use crate::domain::ids::{MeetingId, NewsId, PersonId, RoundId, TandemId};
use crate::domain::meeting::Meeting;
use crate::domain::message::{Message, say};
use crate::domain::news::{About, News, Standing};
use crate::domain::trainer::{self, Arrived, NewsCard, RoundCard};
use crate::store::Tx;

/// Tandems that are told in one transaction: both people of each speak to the planner.
const PIECE: u32 = 10;

/// Keeps what a round is to be told, and when.
pub async fn announce(
    batch: &mut Batch<'_>,
    actor: &Actor,
    round: &RoundId,
    news: &News,
    at: DateTime<Utc>,
) -> Result<()> {
    batch.tx.new_news(round, actor.person.as_ref(), news, at).await?;
    batch.tx.set_due(&[round.as_str()], &first(&news.id), at).await?;
    Ok(())
}

/// Takes it back. False if its way has begun.
pub async fn withdraw(batch: &mut Batch<'_>, round: &RoundId, news: &NewsId) -> Result<bool> {
    let withdrawn = batch.tx.withdraw_news(news, round).await?;
    if withdrawn {
        batch.tx.clear_due(&[round.as_str()], &first(news)).await?;
    }
    Ok(withdrawn)
}

/// Tells one piece of a round, and makes the next piece due behind it.
pub(super) async fn piece(batch: &mut Batch<'_>, round: &RoundId, id: &NewsId, after: &str) -> Result<()> {
    batch.tx.clear_due(&[round.as_str()], &format!("{ROUND_NEWS}{id}:{after}")).await?;
    let Some(news) = batch.tx.news(id, round).await? else { return Ok(()) };
    batch.tx.begin_news(id).await?;
    let after = TandemId(after.to_owned());
    let piece = batch.tx.tandems_of(round, Some(&after), PIECE).await?;
    let Some(last) = piece.last().cloned() else { return Ok(()) };
    batch.load(&piece).await?;
    for tandem in &piece {
        batch.step(tandem, Event::News(Box::new(news.clone())), &nobody()).await?;
    }
    let behind = batch.now + TimeDelta::microseconds(1);
    batch.tx.set_due(&[round.as_str()], &format!("{ROUND_NEWS}{id}:{last}"), behind).await?;
    Ok(())
}

/// A meeting, and that everybody is reminded of it.
pub async fn meet(batch: &mut Batch<'_>, actor: &Actor, round: &RoundId, meeting: &Meeting) -> Result<()> {
    let Some(zone) = batch.tx.rounds(std::slice::from_ref(round)).await?.pop().map(|round| round.zone) else {
        return Ok(());
    };
    batch.tx.new_meeting(round, meeting).await?;
    let at = meeting.reminder(zone);
    if at > batch.now {
        let about = meeting.news(Standing::Soon, zone);
        let news =
            News { id: reminder(&meeting.id), about, text: String::new(), until: Some(meeting.starts), by: None };
        announce(batch, actor, round, &news, at).await?;
    }
    Ok(())
}

/// The meeting does not take place; nobody is reminded of it.
pub async fn call_off(batch: &mut Batch<'_>, round: &RoundId, meeting: &MeetingId) -> Result<()> {
    if batch.tx.cancel_meeting(meeting, round, batch.now).await? {
        withdraw(batch, round, &reminder(meeting)).await?;
    }
    Ok(())
}

/// News as everybody would read them, and how many that are.
pub async fn preview(
    batch: &mut Batch<'_>,
    trainer: &PersonId,
    round: &RoundId,
    about: &About,
    text: &str,
) -> Result<Message> {
    let Some(card) = card(batch, trainer, round).await? else { return Ok(Message::of(say("stale"))) };
    let people = batch.tx.enrolled(round).await?;
    Ok(trainer::preview(&card, about, text, people, batch.now))
}

/// What a round was told lately.
pub async fn told(batch: &mut Batch<'_>, trainer: &PersonId, round: &RoundId) -> Result<Message> {
    let Some(card) = card(batch, trainer, round).await? else { return Ok(Message::of(say("stale"))) };
    Ok(trainer::news_screen(&card, &lately(&mut batch.tx, round).await?))
}

/// The last news of a round, and how they arrived.
pub async fn lately(tx: &mut Tx, round: &RoundId) -> Result<Vec<(NewsCard, Arrived)>> {
    let mut all = Vec::new();
    for news in tx.news_of(round).await? {
        let arrived = tx.arrived(&news.news.id).await?;
        all.push((news, arrived));
    }
    Ok(all)
}

async fn card(batch: &mut Batch<'_>, trainer: &PersonId, round: &RoundId) -> Result<Option<RoundCard>> {
    let trainer = batch.tx.trainers(std::slice::from_ref(trainer)).await?.pop();
    Ok(trainer.and_then(|trainer| trainer.rounds.into_iter().find(|card| &card.id == round)))
}

/// A meeting has one reminder, which is known by the meeting's own id.
fn reminder(meeting: &MeetingId) -> NewsId {
    NewsId(meeting.0.clone())
}

fn first(news: &NewsId) -> String {
    format!("{ROUND_NEWS}{news}:")
}
