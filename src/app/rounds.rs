//! Rounds: created, opened by links, started, released, listed. For trainers in the chat and for the
//! operator's command line alike.

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;

use super::batch::{Actor, Batch, LINK_DAYS};
use super::plan::{ROUND_RELEASE, ROUND_START};
use super::{App, AppError, Result, letters, manage, news, publish, seats, waiting};
use crate::domain::calendar;
use crate::domain::effect::{Owed, RoundChange};
use crate::domain::event::Event;
use crate::domain::holidays::Land;
use crate::domain::ids::{Ids, PersonId, RoundId, TandemId};
use crate::domain::lang::Lang;
use crate::domain::message::{Message, say};
use crate::domain::tandem::{Due, Plans, Round, RoundPhase};
use crate::domain::trainer::{missing_lines, round_name};
use crate::store::{Action, Purpose, Who, hash};
use crate::telegram::port::ChatId;

/// Longest name of a round, in characters: it stands in the first sentence that people read.
const MAX_NAME: usize = 80;

/// Tandems of a round handled in one transaction.
const PIECE: u32 = 500;

/// Tandems whose next module is made due at a time. Both people of each are due then: one piece of the planner's.
const RELEASE_PIECE: u32 = 10;

/// A round to be created from the command line.
#[derive(Clone, Debug)]
pub struct NewRound {
    pub programme: String,
    pub start: NaiveDate,
    pub places: u32,
    pub name: Option<String>,
    pub zone: Tz,
    /// Who is responsible for the data; empty: the notice names whoever gave the link.
    pub controller: String,
    /// Whom to ask about data protection.
    pub privacy_contact: String,
    /// Whose public holidays count; without one, those of all Germany.
    pub land: Option<Land>,
    /// The chat of the trainer who runs it, if there is one already.
    pub trainer: Option<i64>,
}

/// Creates a round and its first link; answers with id and code.
///
/// # Errors
/// An unknown programme, a trainer who is not in, or a database that cannot be written.
pub async fn create(app: &App, new: NewRound) -> Result<(RoundId, String)> {
    if app.library().programme(&new.programme).is_none() {
        return Err(AppError::NoProgramme(new.programme, app.library().ids().join(", ")));
    }
    if !(1..=5_000).contains(&new.places) {
        return Err(AppError::Refused("a round has 1 to 5000 places".to_owned()));
    }
    if new.name.as_ref().is_some_and(|name| name.chars().count() > MAX_NAME || name.chars().any(char::is_control)) {
        return Err(AppError::Refused(format!("a round's name has at most {MAX_NAME} characters, in one line")));
    }
    if new.start < calendar::local_date(app.clock.now(), new.zone) {
        tracing::warn!(start = %new.start, "the first day is over already: the round starts at once");
    }
    let mut batch = Batch::begin(app).await?;
    let mut ids = app.ids.clone();
    let trainers = match new.trainer {
        None => Vec::new(),
        Some(chat) => {
            let known = batch.tx.known(&[chat]).await?.pop().filter(|known| known.trainer);
            let Some(known) = known else {
                return Err(AppError::Refused(format!(
                    "the chat {chat} is not a trainer's; see `tandem trainer invite`"
                )));
            };
            vec![known.person.id]
        }
    };
    let id = RoundId(ids.id());
    let secret = ids.secret();
    let round = Round {
        id: id.clone(),
        name: new
            .name
            .unwrap_or_else(|| round_name(&app.library().programme_title(&new.programme, &Lang::source()), new.start)),
        programme: new.programme,
        start: new.start,
        zone: new.zone,
        land: new.land,
        places: new.places,
        controller: new.controller,
        privacy_contact: new.privacy_contact,
        phase: RoundPhase::Planned,
        plans: Plans::default(),
        trainers,
        closed: Vec::new(),
    };
    operator(&mut batch, Action::RoundCreated, &id).await?;
    change(&mut batch, &nobody(), &id, RoundChange::Create { round: Box::new(round), secret: secret.clone() }).await?;
    batch.finish().await?;
    Ok((id, secret))
}

/// What a change is called in the audit log.
pub fn action(change: &RoundChange) -> Action {
    match change {
        RoundChange::Create { .. } => Action::RoundCreated,
        RoundChange::Invite { .. } | RoundChange::InviteColleague { .. } => Action::LinkIssued,
        RoundChange::Start => Action::RoundStarted,
        RoundChange::Admit(_) => Action::TandemAdmitted,
        RoundChange::Announce { .. } | RoundChange::Withdraw(_) => Action::Announced,
        RoundChange::Dates(_) | RoundChange::Seats(_) | RoundChange::Rest { .. } | RoundChange::Group(_) => {
            Action::RoundChanged
        }
        RoundChange::Close => Action::RoundClosed,
        RoundChange::Dismiss(_) => Action::TrainerDismissed,
        RoundChange::Shift { .. } => Action::TandemMoved,
        RoundChange::Answer { .. } => Action::LetterAnswered,
        RoundChange::Meet(_) | RoundChange::CancelMeeting(_) => Action::MeetingNamed,
        RoundChange::Replace { .. } => Action::SeatFreed,
    }
}

/// Carries out what a trainer changes about a round, and notes it, if it could be done.
pub async fn by_trainer(batch: &mut Batch<'_>, actor: &Actor, id: &RoundId, wanted: RoundChange) -> Result<bool> {
    let action = action(&wanted);
    let done = change(batch, actor, id, wanted).await?;
    if let (Some(person), true) = (&actor.person, done) {
        batch.tx.note(Who::Trainer(person), action, Some(id.as_str()), batch.now).await?;
    }
    Ok(done)
}

/// Carries out a change of a round. False where it could not be done.
pub async fn change(batch: &mut Batch<'_>, actor: &Actor, id: &RoundId, change: RoundChange) -> Result<bool> {
    match change {
        RoundChange::Replace { tandem, chair, secret } => {
            return seats::replace(batch, actor, id, &tandem, &chair, secret).await;
        }
        RoundChange::Shift { tandem, to } => return manage::shift(batch, actor, id, tandem, to).await,
        RoundChange::Create { round, secret } => {
            batch.tx.create_round(&round, batch.now).await?;
            let first = calendar::at(round.start, 0, 0, round.zone);
            batch.tx.set_due(&[id.as_str()], ROUND_START, first.max(batch.now)).await?;
            batch.tx.set_due(&[id.as_str()], publish::EDITION, publish::next(&round, batch.now)).await?;
            issue(batch, &round, &secret).await?;
        }
        RoundChange::Invite { secret } => {
            let Some(round) = batch.tx.rounds(std::slice::from_ref(id)).await?.pop() else { return Ok(false) };
            issue(batch, &round, &secret).await?;
        }
        RoundChange::Start => start(batch, id).await?,
        RoundChange::Admit(tandem) => {
            batch.load(std::slice::from_ref(&tandem)).await?;
            batch.step(&tandem, Event::Admitted, &nobody()).await?;
        }
        RoundChange::Announce { news, at } => news::announce(batch, actor, id, &news, at).await?,
        RoundChange::Withdraw(news) => return news::withdraw(batch, id, &news).await,
        RoundChange::Answer { letter, text, everybody } => {
            return letters::answer(batch, actor, id, &letter, text, everybody).await;
        }
        RoundChange::Meet(meeting) => news::meet(batch, actor, id, &meeting).await?,
        RoundChange::CancelMeeting(meeting) => news::call_off(batch, id, &meeting).await?,
        RoundChange::Dates(_)
        | RoundChange::Seats(_)
        | RoundChange::Rest { .. }
        | RoundChange::Group(_)
        | RoundChange::Close
        | RoundChange::InviteColleague { .. }
        | RoundChange::Dismiss(_) => manage::change(batch, actor, id, change).await?,
    }
    Ok(true)
}

/// Issues a link with as many uses as the round has free places.
async fn issue(batch: &mut Batch<'_>, round: &Round, secret: &str) -> Result<()> {
    let free = waiting::free(batch, round).await?;
    let expires = batch.now + TimeDelta::days(LINK_DAYS);
    // Earlier links would let in more people than there are places.
    batch.tx.revoke(Purpose::Lead, round.id.as_str()).await?;
    batch.tx.issue(&hash(secret), Purpose::Lead, round.id.as_str(), free, expires).await?;
    Ok(())
}

/// Starts a round: every tandem looks at itself, the trainers hear what is missing.
pub async fn start(batch: &mut Batch<'_>, id: &RoundId) -> Result<()> {
    if !batch.tx.set_phase(id, RoundPhase::Running).await? {
        return Ok(());
    }
    batch.tx.clear_due(&[id.as_str()], ROUND_START).await?;
    batch.tx.set_due(&[id.as_str()], publish::EDITION, batch.now).await?;
    if let Some(round) = batch.tx.rounds(std::slice::from_ref(id)).await?.pop() {
        // A round may start later than it was planned, and its weeks with it.
        let began = round.start.max(calendar::local_date(batch.now, round.zone));
        publish::plan_surveys(&mut batch.tx, &batch.texts.library, &round, began).await?;
    }
    let mut after: Option<TandemId> = None;
    loop {
        let piece = batch.tx.tandems_of(id, after.as_ref(), PIECE).await?;
        let Some(last) = piece.last().cloned() else { break };
        let owners: Vec<&str> = piece.iter().map(TandemId::as_str).collect();
        batch.tx.set_due(&owners, &Due::Start.code(), batch.now).await?;
        after = Some(last);
    }
    let Some(round) = batch.tx.rounds(std::slice::from_ref(id)).await?.pop() else { return Ok(()) };
    for trainer in &round.trainers {
        tell_missing(batch, id, trainer).await?;
    }
    Ok(())
}

async fn tell_missing(batch: &mut Batch<'_>, id: &RoundId, trainer: &PersonId) -> Result<()> {
    let Some(trainer) = batch.tx.trainers(std::slice::from_ref(trainer)).await?.pop() else { return Ok(()) };
    let Some(card) = trainer.rounds.iter().find(|card| &card.id == id) else { return Ok(()) };
    let ready = card.tandems.iter().filter(|tandem| tandem.missing.is_empty()).count();
    let mut message = Message::of(say("round-started").with("ready", ready).with("all", card.tandems.len()));
    for line in missing_lines(card).into_iter().take(20) {
        message = message.and(line);
    }
    // A round that starts by its date does so at midnight.
    let prefs = &trainer.person.prefs;
    let not_before = calendar::next_working_moment(batch.now, prefs.workdays, trainer.person.zone);
    let to = trainer.person.id.clone();
    batch.owe(Owed::notice(to, format!("round-started:{id}"), not_before, message));
    Ok(())
}

/// A new link for leads; earlier ones end.
///
/// # Errors
/// An unknown round, or a database that cannot be written.
pub async fn link(app: &App, id: &RoundId) -> Result<String> {
    let mut batch = Batch::begin(app).await?;
    known(&mut batch, id).await?;
    let secret = app.ids.clone().secret();
    operator(&mut batch, Action::LinkIssued, id).await?;
    change(&mut batch, &nobody(), id, RoundChange::Invite { secret: secret.clone() }).await?;
    batch.finish().await?;
    Ok(secret)
}

/// Starts a round from the command line.
///
/// # Errors
/// An unknown round, one that has started, or a database that cannot be written.
pub async fn start_now(app: &App, id: &RoundId) -> Result<()> {
    let mut batch = Batch::begin(app).await?;
    let round = known(&mut batch, id).await?;
    if round.phase != RoundPhase::Planned {
        return Err(AppError::Refused(format!("the round {id} has started already")));
    }
    operator(&mut batch, Action::RoundStarted, id).await?;
    start(&mut batch, id).await?;
    batch.finish().await?;
    Ok(())
}

/// Makes the next module due now for everybody in the round. Answers with the number of tandems. Only noted here, in
/// one row: the service goes through the round in pieces, so that this command never competes with it.
///
/// # Errors
/// An unknown round, one that is not running, or a database that cannot be written.
pub async fn release(app: &App, id: &RoundId) -> Result<u32> {
    let mut batch = Batch::begin(app).await?;
    let round = known(&mut batch, id).await?;
    if round.phase != RoundPhase::Running {
        return Err(AppError::Refused(format!("the round {id} is not running; start it first")));
    }
    operator(&mut batch, Action::ModuleReleased, id).await?;
    batch.tx.set_due(&[id.as_str()], ROUND_RELEASE, batch.now).await?;
    batch.finish().await?;
    // Counting takes longer the larger the round is; nobody's lesson waits for it.
    Ok(app.db.read().await?.places_taken(id).await?)
}

/// Makes the next module due for one piece of a round, and the next piece due behind it.
pub(super) async fn release_piece(batch: &mut Batch<'_>, id: &RoundId, after: &str) -> Result<()> {
    batch.tx.clear_due(&[id.as_str()], &format!("{ROUND_RELEASE}{after}")).await?;
    let after = TandemId(after.to_owned());
    let piece = batch.tx.tandems_of(id, Some(&after), RELEASE_PIECE).await?;
    let Some(last) = piece.last() else { return Ok(()) };
    batch.tx.release(&piece, batch.now).await?;
    let behind = batch.now + TimeDelta::microseconds(1);
    batch.tx.set_due(&[id.as_str()], &format!("{ROUND_RELEASE}{last}"), behind).await.map_err(Into::into)
}

async fn operator(batch: &mut Batch<'_>, action: Action, id: &RoundId) -> Result<()> {
    batch.tx.note(Who::Operator, action, Some(id.as_str()), batch.now).await.map_err(Into::into)
}

async fn known(batch: &mut Batch<'_>, id: &RoundId) -> Result<Round> {
    let round = batch.tx.rounds(std::slice::from_ref(id)).await?.pop();
    round.ok_or_else(|| AppError::NoRound(id.to_string()))
}

/// Nobody in the chat: the clock, or the command line.
pub fn nobody() -> Actor {
    Actor { person: None, chat: ChatId(0), lang: Lang::source(), pressed: None, said: None }
}
