//! Updates at hand become one transaction: repeated ones dropped, the rest folded in their order.
//!
//! Owns: who did it, and that no update can stop the bot. If a batch fails it is tried update by update;
//! the one that fails alone is recorded, apologised for and passed.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::batch::{Actor, Batch, Pressed, Ready};
use super::flood::{Heard, Verdict};
use super::{App, AppError, Result, caught, contacts, desk, door, neighbours};
use crate::domain::effect::Effect;
use crate::domain::event::{Command, Deed, Event, Other};
use crate::domain::guest;
use crate::domain::hours;
use crate::domain::ids::TandemId;
use crate::domain::message::{Message, say};
use crate::domain::route::{self, Route};
use crate::domain::tandem::Tandem;
use crate::domain::tap::{ContactAct, Tap, TapError};
use crate::store::Known;
use crate::telegram::incoming::{Incoming, Place, What};

/// How often updates are tried that meet with others in the database.
const RACES: u32 = 5;

/// Handles updates; afterwards their effects are kept and what is ready may be sent.
///
/// # Errors
/// Only when nothing can be kept at all (the database is away): then nothing was acknowledged either, and the same
/// updates come again.
pub async fn handle(app: &App, updates: &[Incoming]) -> Result<Ready> {
    match among_others(app, updates).await {
        Ok(ready) => Ok(ready),
        Err(error) if error.is_passing() => Err(error),
        Err(error) if updates.len() == 1 => alone(app, &updates[0], error).await,
        Err(error) => {
            tracing::warn!(%error, updates = updates.len(), "a batch of updates failed; trying them one by one");
            let mut all = Ready::default();
            for update in updates {
                let ready = match among_others(app, std::slice::from_ref(update)).await {
                    Ok(ready) => ready,
                    Err(error) if error.is_passing() => return Err(error),
                    Err(error) => alone(app, update, error).await?,
                };
                all.jobs.extend(ready.jobs);
                all.toasts.extend(ready.toasts);
                all.menus.extend(ready.menus);
                all.owes |= ready.owes;
            }
            Ok(all)
        }
    }
}

/// Another process may change the same rows at the same moment, let in the same person or be given the same update:
/// then the database refuses one of the two, which knows better when it looks again.
async fn among_others(app: &App, updates: &[Incoming]) -> Result<Ready> {
    let mut tries = 1;
    loop {
        match caught(together(app, updates)).await {
            Err(AppError::Store(error)) if error.is_race() && tries < RACES => {
                tracing::debug!(%error, tries, "somebody else was faster; looking again");
                tries += 1;
            }
            done => return done,
        }
    }
}

async fn together(app: &App, updates: &[Incoming]) -> Result<Ready> {
    let mut batch = Batch::begin(app).await?;
    let ids: Vec<i64> = updates.iter().map(|update| update.update_id).collect();
    let new = batch.tx.first_seen(&ids, batch.now).await?;
    let mut fresh: Vec<&Incoming> = updates.iter().filter(|update| new.contains(&update.update_id)).collect();
    fresh.sort_by_key(|update| update.update_id);
    fresh.dedup_by_key(|update| update.update_id);
    let chats: Vec<i64> = fresh.iter().map(|update| update.chat.0).collect();
    let mut known: HashMap<i64, Known> =
        batch.tx.known(&chats).await?.into_iter().map(|known| (known.address, known)).collect();
    let tandems: Vec<TandemId> =
        known.values().flat_map(|known| known.seats.iter().map(|(id, _)| id.clone())).collect();
    batch.load(&tandems).await?;
    // It may have been waited for others: what follows happens after what they did.
    batch.now = app.clock.now();
    for known in known.values() {
        let chat = crate::telegram::port::ChatId(known.address);
        batch.chats.insert(known.person.id.clone(), (chat, known.person.lang.clone()));
    }
    for update in fresh {
        one(&mut batch, &mut known, update).await?;
    }
    batch.finish().await
}

/// An update that cannot be handled even by itself: recorded, apologised for, passed.
async fn alone(app: &App, update: &Incoming, error: super::AppError) -> Result<Ready> {
    let mut batch = Batch::begin(app).await?;
    if batch.tx.first_seen(&[update.update_id], batch.now).await?.is_empty() {
        // Another process dealt with it at the same time.
        return Ok(Ready::default());
    }
    tracing::error!(%error, update = update.update_id, "an update could not be handled");
    if update.place == Place::Private && update.what != What::Other {
        let actor = actor(app, None, update, batch.now);
        batch.loose(&actor, Message::of(say("apology")));
        batch.toast(&actor, None);
    }
    batch.finish().await
}

fn actor(app: &App, known: Option<&Known>, update: &Incoming, now: DateTime<Utc>) -> Actor {
    let pressed = match &update.what {
        What::Press { query, message, .. } => Some(Pressed { query: query.clone(), message: *message }),
        _ => None,
    };
    Actor {
        person: known.map(|known| known.person.id.clone()),
        chat: update.chat,
        lang: known.map_or_else(|| app.words().negotiate(update.from.language.as_deref()), |k| k.person.lang.clone()),
        pressed,
        said: Some(written(update, now)),
    }
}

async fn one(batch: &mut Batch<'_>, known: &mut HashMap<i64, Known>, update: &Incoming) -> Result<()> {
    let app = batch.app;
    let who = known.get(&update.chat.0).cloned();
    let mut actor = actor(app, who.as_ref(), update, batch.now);
    if let Some((_, lang)) = actor.person.as_ref().and_then(|person| batch.chats.get(person)) {
        actor.lang = lang.clone();
    }
    if update.place == Place::Group {
        return group(batch, &actor, update);
    }
    batch.heard(who.as_ref(), update);
    let heard = match update.what {
        What::Text(_) | What::Command(..) | What::Media => Some(Heard::Text),
        What::Press { .. } => Some(Heard::Press),
        What::EditedText | What::Blocked | What::Unblocked | What::Other => None,
    };
    if let Some(heard) = heard {
        match app.flood.count(update.chat.0, heard, written(update, batch.now).timestamp_micros()) {
            Verdict::Fine => {}
            Verdict::Enough => {
                match heard {
                    Heard::Text => batch.loose(&actor, Message::of(say("flood"))),
                    Heard::Press => batch.toast(&actor, Some(&say("flood-presses"))),
                }
                return Ok(());
            }
            // The waiting circle on a button still ends.
            Verdict::Silent => {
                batch.toast(&actor, None);
                return Ok(());
            }
        }
    }
    let deed = match &update.what {
        What::Other => return Ok(()),
        What::Command(Command::Start, code) if !code.is_empty() => {
            return Box::pin(door::knock(batch, &actor, who.as_ref(), code)).await;
        }
        What::Press { data, .. } => match Tap::decode(data, actor.person.as_ref()) {
            Ok(Tap::Door { code, door: tap, lang }) => {
                let joined = Box::pin(door::tapped(batch, &actor, who.as_ref(), update, &code, tap, lang)).await?;
                if let Some(joined) = joined {
                    batch.heard(Some(&joined), update);
                    known.insert(update.chat.0, joined);
                }
                batch.toast(&actor, None);
                return Ok(());
            }
            Ok(tap) => Deed::Tapped(tap),
            Err(TapError::Foreign | TapError::Unknown) => Deed::SentOther(Other::ForeignButton),
        },
        What::Command(command, _) => Deed::Commanded(*command),
        What::Text(text) => Deed::Wrote(text.clone()),
        What::Media => Deed::SentOther(Other::Media),
        What::EditedText => Deed::SentOther(Other::EditedText),
        What::Blocked => Deed::Blocked,
        What::Unblocked => Deed::Unblocked,
    };
    match who {
        Some(who) => did(batch, &actor, &who, deed).await?,
        None => stranger(batch, &actor, &deed),
    }
    batch.toast(&actor, None);
    Ok(())
}

/// When it was written: what comes all at once after a time without a server was not written all at once, and minutes
/// written before midnight belong to the day before. Never in the future; a time so long ago that nobody could enter
/// anything for it is none.
///
/// Of a button the chat service tells only when the message above it came, so a press counts when it is handled: what
/// was meant by it stands in the echo, and the day before is one tap away.
fn written(update: &Incoming, now: DateTime<Utc>) -> DateTime<Utc> {
    update.written.filter(|at| now - *at <= hours::MAX_BACK).map_or(now, |at| at.min(now))
}

/// Somebody who is not in: one sentence, nothing stored.
fn stranger(batch: &mut Batch<'_>, actor: &Actor, deed: &Deed) {
    match deed {
        Deed::Blocked | Deed::Unblocked | Deed::SentOther(Other::EditedText) => {}
        Deed::Tapped(_) | Deed::SentOther(Other::ForeignButton) => batch.toast(actor, Some(&say("button-foreign"))),
        Deed::Wrote(_) | Deed::Commanded(_) | Deed::SentOther(Other::Media) | Deed::Joined => {
            batch.loose(actor, crate::domain::door::stranger());
        }
    }
}

fn group(batch: &mut Batch<'_>, actor: &Actor, update: &Incoming) -> Result<()> {
    match &update.what {
        What::Text(_) | What::Command(..) => {
            if batch.app.flood.count(update.chat.0, Heard::Text, written(update, batch.now).timestamp_micros())
                == Verdict::Fine
            {
                batch.loose(actor, crate::domain::door::group());
            }
        }
        What::Press { .. } => batch.toast(actor, Some(&say("button-foreign"))),
        What::Media | What::EditedText | What::Blocked | What::Unblocked | What::Other => {}
    }
    Ok(())
}

/// Somebody who is in did something: find the seat or the desk that it concerns.
async fn did(batch: &mut Batch<'_>, actor: &Actor, who: &Known, deed: Deed) -> Result<()> {
    match deed {
        Deed::Blocked => batch.tx.on_block(&who.person.id, batch.now).await?,
        Deed::Unblocked => batch.tx.on_unblock(&who.person.id, batch.now).await?,
        _ => {}
    }
    if let Deed::Tapped(Tap::Contact { tandem, act: ContactAct::Stop }) = &deed {
        return contacts::stopped(batch, actor, &who.person.id, tandem).await;
    }
    if let Deed::Tapped(Tap::Cover { cover, version, act }) = &deed
        && !who.seats.iter().any(|(id, _)| batch.tandem(id).is_some_and(|t| t.covers.iter().any(|c| &c.id == cover)))
        && (neighbours::answered(batch, actor, who, cover, *version, *act).await?
            || contacts::answered(batch, actor, &who.person.id, cover, *version, *act).await?)
    {
        return Ok(());
    }
    if who.trainer && (who.seats.is_empty() || desk::concerns(batch, &who.person.id, &deed).await?) {
        return desk::did(batch, actor, &who.person.id, deed).await;
    }
    if door::waiting(batch, actor, who, &deed).await? {
        return Ok(());
    }
    let tandems: Vec<&Tandem> = who.seats.iter().filter_map(|(id, _)| batch.tandem(id)).collect();
    match route::route(&tandems, &who.person.id, &deed, actor.said.unwrap_or(batch.now)) {
        Route::To(ids) => {
            for id in ids {
                let role = batch.tandem(&id).and_then(|tandem| tandem.role_of(&who.person.id));
                if let Some(role) = role {
                    batch.step(&id, Event::Did(role, deed.clone()), actor).await?;
                }
            }
            Ok(())
        }
        Route::Ask(message) => batch.apply(vec![Effect::Redraw { message, slot: None }], actor, None, None).await,
        // Known, and sits nowhere.
        Route::Nowhere => {
            let told_of = batch.tx.told_of(&who.person.id).await?;
            batch
                .apply(guest::step(&who.person.id, &told_of, &deed, &mut batch.app.ids.clone()), actor, None, None)
                .await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telegram::incoming;

    /// When it counts as written what carries this time, at noon on 24 November 2026.
    fn said(date: i64) -> String {
        let now = DateTime::from_timestamp(1_795_521_600, 0).expect("an instant");
        let update = serde_json::json!({"update_id": 5, "message": {"message_id": 1, "date": date, "text": "1 h",
            "chat": {"id": 42, "type": "private"}, "from": {"id": 42, "is_bot": false, "first_name": "Ada"}}});
        let update = incoming::read(&update.to_string()).expect("an update");
        written(&update, now).format("%d %H:%M").to_string()
    }

    #[test]
    fn a_time_of_writing_is_past_and_near_or_it_is_none() {
        assert_eq!(said(1_795_521_600), "24 12:00");
        assert_eq!(said(1_795_521_600 - 13 * 3_600), "23 23:00", "it waited over midnight");
        assert_eq!(said(1_795_521_600 + 3_600), "24 12:00", "a clock that is ahead");
        assert_eq!(said(1_795_521_600 - 29 * 86_400), "24 12:00", "nothing could be entered for that day any more");
        for date in [0, -1, i64::MAX, i64::MIN] {
            assert_eq!(said(date), "24 12:00", "{date}");
        }
    }
}
