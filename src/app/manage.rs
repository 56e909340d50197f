//! What trainers change about a round: dates, places, weeks of rest, colleagues, tandems that sit elsewhere, the end.
//!
//! Owns: what follows from each for links and for what is due. Whose round it is has been looked at before
//! (`domain::trainer`). Does not tell anybody (`news`).

use chrono::{TimeDelta, Utc};

use super::batch::{Actor, Batch};
use super::plan::ROUND_START;
use super::rounds::nobody;
use super::{Result, publish, waiting};
use crate::domain::calendar;
use crate::domain::effect::{Owed, RoundChange};
use crate::domain::event::Event;
use crate::domain::ids::{PersonId, RoundId, TandemId};
use crate::domain::lang::Lang;
use crate::domain::message::{Arg, Line, Message, button, say};
use crate::domain::setup::LATE_DAYS;
use crate::domain::tandem::{Round, RoundPhase};
use crate::domain::tap::{RoundTap, Tap, TrainerTap};
use crate::domain::trainer::round_name;
use crate::store::{Purpose, hash};

/// How long a colleague's link holds.
const COLLEAGUE_DAYS: i64 = 14;

/// Carries out a change.
pub async fn change(batch: &mut Batch<'_>, actor: &Actor, id: &RoundId, change: RoundChange) -> Result<()> {
    let Some(mut round) = batch.tx.rounds(std::slice::from_ref(id)).await?.pop() else { return Ok(()) };
    match change {
        RoundChange::Dates(day) if round.phase == RoundPhase::Planned => {
            let title = batch.texts.library.programme_title(&round.programme, &Lang::source());
            // A name that nobody chose says the month.
            if round.name == round_name(&title, round.start) {
                round.name = round_name(&title, day);
            }
            round.start = day;
            batch.tx.keep_plans(&round).await?;
            let first = calendar::at(day, 0, 0, round.zone);
            batch.tx.set_due(&[id.as_str()], ROUND_START, first.max(batch.now)).await?;
        }
        RoundChange::Seats(places) => {
            round.places = places;
            batch.tx.keep_plans(&round).await?;
            waiting::places_changed(batch, &round).await?;
        }
        RoundChange::Rest { monday, rests } => {
            let was = round.plans.rests.clone();
            round.plans.rests.retain(|known| *known != monday);
            if rests {
                round.plans.rests.push(monday);
                round.plans.rests.sort_unstable();
            }
            batch.tx.keep_plans(&round).await?;
            publish::move_surveys(&mut batch.tx, &round, &was).await?;
        }
        RoundChange::Group(link) => {
            round.plans.group = link;
            batch.tx.keep_plans(&round).await?;
        }
        RoundChange::Close => {
            batch.tx.set_phase(id, RoundPhase::Closed).await?;
            batch.tx.clear_due(&[id.as_str()], ROUND_START).await?;
            for purpose in [Purpose::Lead, Purpose::Place] {
                batch.tx.revoke(purpose, id.as_str()).await?;
            }
        }
        RoundChange::InviteColleague { secret } => {
            batch.tx.revoke(Purpose::Colleague, id.as_str()).await?;
            let expires = batch.now + TimeDelta::days(COLLEAGUE_DAYS);
            batch.tx.issue(&hash(&secret), Purpose::Colleague, id.as_str(), 1, expires).await?;
        }
        RoundChange::Dismiss(trainer) => dismiss(batch, actor, &round, &trainer).await?,
        // A change that came too late, or that is another script's.
        _ => {}
    }
    Ok(())
}

async fn dismiss(batch: &mut Batch<'_>, actor: &Actor, round: &Round, trainer: &PersonId) -> Result<()> {
    if round.trainers.len() < 2 || !batch.tx.drop_trainer(&round.id, trainer).await? {
        return Ok(());
    }
    batch.tx.revoke(Purpose::Colleague, round.id.as_str()).await?;
    if actor.person.as_ref() != Some(trainer) {
        let line = say("dismissed").with("round", Arg::Text(round.name.clone()));
        tell(batch, trainer, format!("dismissed:{}:{}", round.id, batch.now.timestamp()), Message::of(line)).await?;
    }
    Ok(())
}

/// Somebody new runs a round: the others hear of it.
pub async fn joined(batch: &mut Batch<'_>, round: &Round, person: &PersonId, name: &str) -> Result<()> {
    batch.tx.add_trainers(&round.id, std::slice::from_ref(person)).await?;
    for other in round.trainers.iter().filter(|other| *other != person) {
        let line = say("colleague-joined")
            .with("name", Arg::Text(name.to_owned()))
            .with("round", Arg::Text(round.name.clone()));
        tell(batch, other, format!("colleague:{}:{person}", round.id), Message::of(line)).await?;
    }
    Ok(())
}

/// A tandem that does not run yet sits in another round. False where it cannot.
pub async fn shift(
    batch: &mut Batch<'_>,
    actor: &Actor,
    from: &RoundId,
    tandem: TandemId,
    to: RoundId,
) -> Result<bool> {
    let found = batch.tx.rounds(&[from.clone(), to.clone()]).await?;
    let round = |id: &RoundId| found.iter().find(|round| &round.id == id);
    let (Some(from), Some(target)) = (round(from), round(&to)) else { return Ok(false) };
    let free = waiting::free(batch, target).await?;
    let mut done = false;
    let late = calendar::local_date(batch.now, target.zone) - target.start;
    let line = match target.phase {
        RoundPhase::Closed => say("round-is-closed"),
        _ if free == 0 => say("shift-full"),
        RoundPhase::Running if late.num_days() > LATE_DAYS => say("shift-late").with("days", LATE_DAYS),
        RoundPhase::Planned | RoundPhase::Running => {
            if batch.tx.shift(&tandem, &from.id, &to).await? {
                batch.forget(&tandem);
                batch.load(std::slice::from_ref(&tandem)).await?;
                batch.step(&tandem, Event::Shifted, &nobody()).await?;
                waiting::places_changed(batch, from).await?;
                waiting::places_changed(batch, target).await?;
                done = true;
                say("shift-done").with("round", Arg::Text(target.name.clone()))
            } else {
                say("stale")
            }
        }
    };
    answer(batch, actor, &from.id, line);
    Ok(done)
}

fn answer(batch: &mut Batch<'_>, actor: &Actor, round: &RoundId, line: Line) {
    // A page says it itself.
    if actor.pressed.is_none() {
        return;
    }
    let back = button(say("button-round"), Tap::Trainer(TrainerTap::On(round.clone(), RoundTap::Open)));
    batch.redraw(actor, Message::of(line).row([back]), None);
}

async fn tell(batch: &mut Batch<'_>, to: &PersonId, occurrence: String, message: Message) -> Result<()> {
    let Some(person) = batch.tx.people(std::slice::from_ref(to)).await?.pop() else { return Ok(()) };
    let not_before: chrono::DateTime<Utc> =
        calendar::next_working_moment(batch.now, person.prefs.workdays, person.zone);
    batch.owe(Owed::notice(to.clone(), occurrence, not_before, message));
    Ok(())
}
