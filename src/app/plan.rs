//! What is due is done: the clock's transactions.
//!
//! Owns: reading due items in small pieces, so that a round of thousands never keeps replies waiting, and
//! the house's own chores. Does not decide what a due item does.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::batch::{Actor, Batch, Ready};
use super::{App, Result, caught, digest, letters, news, publish, rounds, waiting};
use crate::domain::event::Event;
use crate::domain::ids::{NewsId, PersonId, RoundId, TandemId};
use crate::domain::lang::Lang;
use crate::domain::tandem::{Due, Tandem};
use crate::store::{DIGEST, NowDue};
use crate::telegram::port::ChatId;

/// Due items taken in one transaction: so few that a reply hardly waits behind them.
const PIECE: u32 = 20;

/// Where other processes are at all of a piece, they are given this time to finish it.
const OTHERS_WORK: TimeDelta = TimeDelta::milliseconds(50);

/// How long what cannot be done is put off, so that somebody can look at it and all others go on.
const PUT_OFF: TimeDelta = TimeDelta::hours(1);

/// What has been due for so long shows that there was a standstill …
const BEHIND: TimeDelta = TimeDelta::hours(1);

/// … and the purge waits until the rest has been done.
const AFTER_THE_REST: TimeDelta = TimeDelta::minutes(10);

/// The owner of the program's own chores among due items.
pub const HOUSE: &str = "house";

/// The daily purge.
pub const PURGE: &str = "purge:";

/// A round's first day.
pub const ROUND_START: &str = "round-start:";

/// The next module for everybody in a round; behind it stands the last tandem that has been dealt with.
pub const ROUND_RELEASE: &str = "round-release:";

/// News for everybody in a round; behind it stand which, and the last tandem that has been dealt with.
pub const ROUND_NEWS: &str = "round-news:";

/// What participants have written to a round's trainers, once a day.
pub const ROUND_LETTERS: &str = "round-letters:";

/// A place that was offered to somebody who waits is free for the next.
pub const ROUND_PLACES: &str = "round-places:";

/// Does one piece of what is due. Answers with what may be sent at once, and when more is due.
///
/// # Errors
/// When the database cannot be used; then nothing of the piece was done.
pub async fn tick(app: &App) -> Result<(Ready, Option<DateTime<Utc>>)> {
    let now = app.clock.now();
    let next = app.db.read().await?.next_due_at().await?;
    match next {
        Some(at) if at <= now => {}
        later => return Ok((Ready::default(), later)),
    }
    match caught(piece(app, now)).await {
        Ok((ready, true)) => Ok((ready, Some(now))),
        Ok((ready, false)) => Ok((ready, Some(now + OTHERS_WORK))),
        Err(error) if error.is_passing() => Err(error),
        Err(error) => {
            tracing::warn!(%error, "what is due could not be done together; trying one by one");
            Ok((one_by_one(app, now).await?, Some(now)))
        }
    }
}

async fn piece(app: &App, now: DateTime<Utc>) -> Result<(Ready, bool)> {
    let mut batch = Batch::begin(app).await?;
    let due = batch.tx.due(now, PIECE).await?;
    carry_out(batch, &due).await
}

/// Each owner in a transaction of its own, so that one that fails does not stop all others. It is put off.
async fn one_by_one(app: &App, now: DateTime<Utc>) -> Result<Ready> {
    let mut owners: BTreeMap<String, Vec<NowDue>> = BTreeMap::new();
    for row in app.db.read().await?.due(now, PIECE).await? {
        owners.entry(row.owner.clone()).or_default().push(row);
    }
    let mut all = Ready::default();
    for (owner, due) in owners {
        let done = caught(async { carry_out(Batch::begin(app).await?, &due).await }).await;
        match done {
            Ok((ready, _)) => {
                all.jobs.extend(ready.jobs);
                all.toasts.extend(ready.toasts);
                all.menus.extend(ready.menus);
                all.owes |= ready.owes;
            }
            Err(error) if error.is_passing() => return Err(error),
            Err(error) => {
                tracing::error!(%error, owner, "what is due could not be done; it is put off");
                let mut tx = app.db.begin().await?;
                for row in &due {
                    tx.set_due(&[owner.as_str()], &row.what, now + PUT_OFF).await?;
                }
                tx.commit().await?;
            }
        }
    }
    Ok(all)
}

/// Carries out what is due; false if other processes are at all of it, or were.
async fn carry_out(mut batch: Batch<'_>, due: &[NowDue]) -> Result<(Ready, bool)> {
    let mut done = false;
    let mut tandems: BTreeMap<TandemId, Vec<Due>> = BTreeMap::new();
    for row in due {
        if let Some(item) = Due::from_code(&row.what) {
            tandems.entry(TandemId(row.owner.clone())).or_default().push(item);
        } else {
            done |= chore(&mut batch, &row.owner, &row.what).await?;
        }
    }
    let ids: Vec<TandemId> = tandems.keys().cloned().collect();
    let taken = batch.load_free(&ids).await?;
    done |= taken.len() < ids.len();
    let nobody = Actor { person: None, chat: ChatId(0), lang: Lang::source(), pressed: None, said: None };
    for (id, items) in tandems {
        if taken.contains(&id) {
            continue;
        }
        if let Some(tandem) = batch.tandem(&id) {
            let items = all_due(tandem, items, batch.now);
            batch.step(&id, Event::Due(items), &nobody).await?;
        } else {
            for item in items {
                batch.tx.clear_due(&[id.as_str()], &item.code()).await?;
            }
        }
    }
    Ok((batch.finish().await?, done))
}

/// A piece may end between two things of one tandem. Done apart, the second would find that the person has been spoken
/// to today, and wait.
fn all_due(tandem: &Tandem, mut items: Vec<Due>, now: DateTime<Utc>) -> Vec<Due> {
    let is_due = tandem.agenda.iter().filter(|(_, at)| **at <= now).map(|(item, _)| item);
    let beyond: Vec<Due> = is_due.filter(|item| !items.contains(item)).cloned().collect();
    items.extend(beyond);
    items
}

/// Sees to it that the daily purge is planned.
///
/// # Errors
/// When the database cannot be written.
pub async fn plan_house(app: &App) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let now = app.clock.now();
    tx.set_due(&[HOUSE], PURGE, now + TimeDelta::hours(1)).await?;
    tx.commit().await?;
    Ok(())
}

/// False if another process is at it, or was.
async fn chore(batch: &mut Batch<'_>, owner: &str, what: &str) -> Result<bool> {
    let now = batch.now;
    if !batch.tx.take_due(owner, what, now).await? {
        return Ok(false);
    }
    match what {
        PURGE => {
            // After a standstill weeks are settled first, with the absences that are known of them.
            if batch.tx.due(now - BEHIND, 2).await?.iter().any(|row| row.what != what) {
                batch.tx.set_due(&[HOUSE], PURGE, now + AFTER_THE_REST).await?;
                return Ok(true);
            }
            batch.tx.set_due(&[HOUSE], PURGE, now + TimeDelta::days(1)).await?;
            waiting::forget(batch).await?;
            for (kind, count) in batch.tx.purge(now, false).await?.into_iter().filter(|(_, count)| *count > 0) {
                tracing::info!(kind, count, "purged");
            }
        }
        ROUND_START => {
            batch.tx.clear_due(&[owner], what).await?;
            rounds::start(batch, &RoundId(owner.to_owned())).await?;
        }
        DIGEST => digest::due(batch, &PersonId(owner.to_owned())).await?,
        publish::SURVEYS => publish::plan_surveys_late(batch, &RoundId(owner.to_owned())).await?,
        publish::EDITION => publish::edition(batch, &RoundId(owner.to_owned())).await?,
        ROUND_PLACES => waiting::offer_ended(batch, &RoundId(owner.to_owned())).await?,
        ROUND_LETTERS => {
            batch.tx.clear_due(&[owner], what).await?;
            letters::show(batch, &RoundId(owner.to_owned())).await?;
        }
        unknown => {
            if let Some(module) = unknown.strip_prefix(publish::SURVEY) {
                publish::close_survey(batch, &RoundId(owner.to_owned()), module).await?;
                return Ok(true);
            }
            if let Some((id, after)) = unknown.strip_prefix(ROUND_NEWS).and_then(|rest| rest.split_once(':')) {
                news::piece(batch, &RoundId(owner.to_owned()), &NewsId(id.to_owned()), after).await?;
                return Ok(true);
            }
            if let Some(after) = unknown.strip_prefix(ROUND_RELEASE) {
                rounds::release_piece(batch, &RoundId(owner.to_owned()), after).await?;
                return Ok(true);
            }
            tracing::error!(what = unknown, "a due item of unknown kind was dropped");
            batch.tx.clear_due(&[owner], what).await?;
        }
    }
    Ok(true)
}
