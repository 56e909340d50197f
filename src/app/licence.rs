//! Licences outside the decisions about them: the answers they rest on, codes, trainers who are asked, checks.
//!
//! Does not decide who gets one (`domain::licence`), nor how one looks (`sheet`).

pub mod sheet;

use chrono::NaiveDate;

use super::batch::{Actor, Batch};
use super::paper::harmless;
use super::{App, Result};
use crate::domain::calendar::local_date;
use crate::domain::event::Event;
use crate::domain::ids::{PersonId, RoundId, TandemId};
use crate::domain::lang::Lang;
use crate::domain::licence::{Dealt, VouchChange, card::Card, desk};
use crate::domain::message::Message;
use crate::domain::tandem::Shown;
use crate::store::hash;

/// Where codes lead, below the public address; behind it comes the code.
pub const PATH: &str = "/licence/";

/// What a page says about a licence: that it holds or is over, and what the holder lets it say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub programme: String,
    pub until: NaiveDate,
    pub validity: Validity,
    pub name: Option<String>,
    pub organisation: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    Valid,
    Over,
}

/// Brings the answers of the tandem's two, on which a licence rests.
pub async fn answers(batch: &mut Batch<'_>, actor: &Actor, person: &PersonId, tandem: &TandemId) -> Result<()> {
    let Some(role) = batch.tandem(tandem).and_then(|state| state.role_of(person)) else { return Ok(()) };
    let dealt = dealt(batch, tandem).await?;
    batch.step(tandem, Event::Dealt(role, dealt), actor).await
}

/// Brings them because something has changed on which a licence rests.
pub async fn conditions(batch: &mut Batch<'_>, actor: &Actor, tandem: &TandemId) -> Result<()> {
    let dealt = dealt(batch, tandem).await?;
    batch.step(tandem, Event::Conditions(dealt), actor).await
}

/// How the tandem's two dealt with steps, what they have just answered included.
async fn dealt(batch: &mut Batch<'_>, tandem: &TandemId) -> Result<Vec<Dealt>> {
    let Some(state) = batch.tandem(tandem).cloned() else { return Ok(Vec::new()) };
    let people: Vec<PersonId> = state.seats().map(|seat| seat.person.id.clone()).collect();
    let given = batch.tx.answers_of(&state.round.id, &people).await?;
    let mut dealt: Vec<Dealt> =
        given.into_iter().map(|g| Dealt { person: g.person, spot: g.spot, answer: g.answer }).collect();
    // What was answered last holds.
    for fresh in batch.answered(&state.round.id).filter(|fresh| people.contains(&fresh.person)) {
        dealt.retain(|old| (&old.person, &old.spot) != (&fresh.person, &fresh.spot));
        dealt.push(fresh);
    }
    Ok(dealt)
}

/// A code leads to the person's licence from now on, or none does.
pub async fn keep_code(batch: &mut Batch<'_>, person: &PersonId, tandem: &TandemId, code: Option<&str>) -> Result<()> {
    match code {
        Some(code) => batch.tx.keep_code(person, tandem, &hash(code)).await?,
        None => batch.tx.drop_code(person, tandem).await?,
    }
    Ok(())
}

/// A request to the trainers comes or is answered. They are told once a day at most, whoever asks.
pub async fn vouch(batch: &mut Batch<'_>, person: &PersonId, tandem: &TandemId, change: VouchChange) -> Result<()> {
    let Some(round) = batch.tandem(tandem).map(|tandem| tandem.round.clone()) else { return Ok(()) };
    match change {
        VouchChange::Answered => {
            batch.tx.drop_vouch(person, tandem).await?;
        }
        VouchChange::Asked => {
            batch.tx.ask_vouch(person, tandem, &round.id, batch.now).await?;
            for trainer in batch.tx.people(&round.trainers).await? {
                batch.owe(desk::notice(&trainer, &round, batch.now));
            }
        }
    }
    Ok(())
}

/// Who in a round waits for a trainer's word.
pub async fn asking(batch: &mut Batch<'_>, round: &RoundId) -> Result<Message> {
    let asking = batch.tx.vouches(round).await?;
    let first = asking.first().map(|first| (first.name.clone(), first.organisation.clone(), first.tandem.clone()));
    Ok(desk::asking(round, first, asking.len()))
}

/// A trainer's word about somebody's hand-over; afterwards the next one is shown.
pub async fn word(batch: &mut Batch<'_>, actor: &Actor, tandem: &TandemId, yes: bool) -> Result<()> {
    let Some(by) = actor.person.clone() else { return Ok(()) };
    batch.load(std::slice::from_ref(tandem)).await?;
    let Some(round) = batch.tandem(tandem).map(|tandem| tandem.round.id.clone()) else { return Ok(()) };
    batch.step(tandem, Event::Vouched { by: by.clone(), yes }, actor).await?;
    if batch.tandem(tandem).is_some_and(|tandem| tandem.round.trainers.contains(&by)) {
        let message = asking(batch, &round).await?;
        batch.redraw(actor, message, None);
    }
    Ok(())
}

/// What there is to say about the licence that has a code with this hash. Nothing if there is none, or none any more.
///
/// # Errors
/// When the database cannot be used.
pub async fn check(app: &App, hash: &str, lang: &Lang) -> Result<Option<Checked>> {
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let Some((person, tandem)) = tx.find_code(hash).await? else { return Ok(None) };
    let today = local_date(now, super::HOME_ZONE);
    let Some(state) = tx.tandems(std::slice::from_ref(&tandem), today, today).await?.pop() else { return Ok(None) };
    let Some(seat) = state.seats().find(|seat| seat.person.id == person) else { return Ok(None) };
    let Some(licence) = &seat.mind.licensing.licence else { return Ok(None) };
    let Some(check) = licence.check.as_ref().filter(|check| crate::store::hash(&check.code) == hash) else {
        return Ok(None);
    };
    let over = licence.until < local_date(now, seat.person.zone);
    Ok(Some(Checked {
        programme: app.library().programme_title(&state.round.programme, lang),
        until: licence.until,
        validity: if over { Validity::Over } else { Validity::Valid },
        name: (check.name == Shown::Yes).then(|| harmless(&licence.name)),
        organisation: licence.organisation.as_deref().filter(|_| check.organisation == Shown::Yes).map(harmless),
    }))
}

/// The address that tells whether a licence holds, where there are pages and its holder allows it.
pub fn link(app: &App, card: &Card) -> Option<String> {
    let public = app.public_url.as_ref()?;
    Some(format!("{}{PATH}{}", public.as_str().trim_end_matches('/'), card.code.as_ref()?))
}
