//! The way into a trainer's dashboard: a link for once, then a session in one browser.
//!
//! Owns: how long either lasts, and who may see which round. Does not know pages (`web::board`).

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::batch::{Actor, Batch};
use super::{App, HOME_ZONE, Result, desk, news, rounds, seats};
use crate::clock::IdSource;
use crate::domain::effect::RoundChange;
use crate::domain::ids::{Ids, PersonId, RoundId, TandemId};
use crate::domain::rights::{self, Action};
use crate::domain::tandem::RoundPhase;
use crate::domain::tap::Chair;
use crate::domain::trainer::{self, Arrived, DeskContext, NewsCard, RoundCard, SeatCard, Trainer};
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
    let Some(changes) = trainer::asked(&trainer.rounds, card, act, said, batch.now, &mut ids) else {
        return Ok(Some(false));
    };
    let actor = at_a_page(&trainer);
    let mut done = true;
    for change in changes {
        done &= rounds::by_trainer(&mut batch, &actor, round, change).await?;
    }
    batch.finish().await?;
    Ok(Some(done))
}

/// A new round as a form describes it, or one like this one on another day. `None` if it cannot be made of that.
///
/// # Errors
/// When the database cannot be used.
pub async fn create(
    app: &App,
    person: &PersonId,
    like: Option<&RoundId>,
    said: &BTreeMap<String, String>,
) -> Result<Option<RoundId>> {
    let mut batch = Batch::begin(app).await?;
    let Some(trainer) = batch.tx.trainers(std::slice::from_ref(person)).await?.pop() else { return Ok(None) };
    let like = match like {
        None => None,
        Some(id) => match own(&trainer, Action::ManageRound, id) {
            None => return Ok(None),
            found => found,
        },
    };
    let texts = batch.texts.clone();
    let programmes = desk::programmes(&texts, &trainer.person.lang);
    let languages = texts.words.languages();
    let cx = DeskContext { now: batch.now, programmes: &programmes, languages, courses: &[], zone: HOME_ZONE };
    let mut ids = IdSource::clone(&app.ids);
    let Some(round) = trainer::drafted(said, like, &cx, person, &mut ids) else { return Ok(None) };
    let (id, secret) = (round.id.clone(), ids.secret());
    let change = RoundChange::Create { round: Box::new(round), secret };
    rounds::by_trainer(&mut batch, &at_a_page(&trainer), &id, change).await?;
    batch.finish().await?;
    Ok(Some(id))
}

/// What a page hands out: a link that stands nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handout {
    /// For leads.
    Leads,
    /// For one more trainer.
    Colleague,
    /// For whoever takes this seat; it is freed by that.
    Seat(TandemId, Chair),
}

/// Makes a link. `None` where that cannot be done.
///
/// # Errors
/// When the database cannot be used.
pub async fn hand_out(app: &App, person: &PersonId, round: &RoundId, what: Handout) -> Result<Option<String>> {
    let mut batch = Batch::begin(app).await?;
    let Some(trainer) = batch.tx.trainers(std::slice::from_ref(person)).await?.pop() else { return Ok(None) };
    let needs = match what {
        Handout::Leads => Action::InviteLeads,
        Handout::Colleague | Handout::Seat(..) => Action::ManageRound,
    };
    let Some(card) = own(&trainer, needs, round) else { return Ok(None) };
    let secret = IdSource::clone(&app.ids).secret();
    let change = match what {
        Handout::Leads if card.phase == RoundPhase::Closed => return Ok(None),
        Handout::Leads => RoundChange::Invite { secret: secret.clone() },
        Handout::Colleague => RoundChange::InviteColleague { secret: secret.clone() },
        Handout::Seat(tandem, chair) => RoundChange::Replace { tandem, chair, secret: secret.clone() },
    };
    if !rounds::by_trainer(&mut batch, &at_a_page(&trainer), round, change).await? {
        return Ok(None);
    }
    batch.finish().await?;
    Ok(Some(app.join_link(&secret)))
}

/// The tandems of a round that have a name, with their seats.
///
/// # Errors
/// When the database cannot be used.
pub async fn tandems(app: &App, round: &RoundId) -> Result<Vec<SeatCard>> {
    seats::all(&mut app.db.read().await?, round).await
}

/// What a round was told lately, and how it arrived.
///
/// # Errors
/// When the database cannot be used.
pub async fn told(app: &App, round: &RoundId) -> Result<Vec<(NewsCard, Arrived)>> {
    news::lately(&mut app.db.read().await?, round).await
}

fn at_a_page(trainer: &Trainer) -> Actor {
    let person = Some(trainer.person.id.clone());
    Actor { person, chat: ChatId(0), lang: trainer.person.lang.clone(), pressed: None, said: None }
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
