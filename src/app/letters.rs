//! What participants write to trainers or share with their round: kept, shown to trainers once a day, answered once.
//!
//! Owns: how much somebody may write, and when it is read. What it looks like is decided in `domain::letter`.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::Result;
use super::batch::{Actor, Batch};
use super::news;
use super::plan::ROUND_LETTERS;
use crate::domain::calendar::{self, Workdays};
use crate::domain::effect::{Kind, Owed};
use crate::domain::home;
use crate::domain::ids::{Ids, LetterId, NewsId, PersonId, RoundId};
use crate::domain::letter::{self, Letter};
use crate::domain::message::{Arg, Message, button, say};
use crate::domain::news::{About, News, names};
use crate::domain::pacing::Lane;
use crate::domain::tandem::{Round, RoundPhase};
use crate::domain::tap::{RoundTap, Tap, TrainerTap};
use crate::domain::trainer::letters_message;

/// Letters of one person in a day: enough for questions, too few to fill a trainer's screen.
const A_DAY: u32 = 5;

/// Keeps a letter until trainers read what has come, once a day.
pub async fn keep(
    batch: &mut Batch<'_>,
    actor: &Actor,
    round: &RoundId,
    id: &LetterId,
    from: &PersonId,
    letter: &Letter,
) -> Result<()> {
    let Some(found) = open(batch, round).await? else {
        batch.redraw(actor, letter::noted(say("letter-nobody-reads")), None);
        return Ok(());
    };
    if batch.tx.letters_since(from, round, batch.now - TimeDelta::days(1)).await? >= A_DAY {
        batch.redraw(actor, letter::noted(say("letter-enough").with("limit", i64::from(A_DAY))), None);
        return Ok(());
    }
    batch.tx.new_letter(id, round, from, letter, batch.now).await?;
    let at = next_morning(batch.now, found.zone);
    batch.tx.set_due(&[round.as_str()], ROUND_LETTERS, at).await?;
    let day = calendar::local_date(at, found.zone);
    batch.redraw(actor, letter::sent(say("letter-sent").with("day", day)), None);
    Ok(())
}

/// Plans what somebody shares: at most once a week, and not before they could take it back.
pub async fn share(
    batch: &mut Batch<'_>,
    actor: &Actor,
    round: &RoundId,
    from: &PersonId,
    name: String,
    text: String,
) -> Result<()> {
    let Some(found) = open(batch, round).await? else {
        batch.redraw(actor, letter::noted(say("letter-nobody-reads")), None);
        return Ok(());
    };
    if batch.tx.shared_since(from, round, batch.now - TimeDelta::days(7)).await? > 0 {
        batch.redraw(actor, letter::noted(say("share-enough")), None);
        return Ok(());
    }
    let id = NewsId(batch.app.ids.clone().id());
    let news = News { id, about: About::Shared { name }, text, until: None, by: None };
    let at = next_morning(batch.now, found.zone);
    news::announce(batch, actor, round, &news, at).await?;
    let day = calendar::local_date(at, found.zone);
    batch.redraw(actor, letter::sent(say("share-sent").with("day", day)), None);
    Ok(())
}

/// Takes back what nobody has read yet.
pub async fn take_back(batch: &mut Batch<'_>, actor: &Actor, round: &RoundId, from: &PersonId) -> Result<()> {
    let mut taken = batch.tx.take_back_letters(from, round).await?;
    for news in batch.tx.shares_planned(from, round).await? {
        taken += u64::from(news::withdraw(batch, round, &news).await?);
    }
    let line = match taken {
        0 => say("take-back-late"),
        _ => say("take-back-done"),
    };
    batch.redraw(actor, letter::noted(line), None);
    Ok(())
}

/// What has come since yesterday is shown to everybody who runs the round, in one message.
pub(super) async fn show(batch: &mut Batch<'_>, round: &RoundId) -> Result<()> {
    if batch.tx.show_letters(round, batch.now).await? == 0 {
        return Ok(());
    }
    let Some(found) = batch.tx.rounds(std::slice::from_ref(round)).await?.pop() else { return Ok(()) };
    for trainer in batch.tx.trainers(&found.trainers).await? {
        let Some(card) = trainer.rounds.iter().find(|card| &card.id == round) else { continue };
        let tap = Tap::Trainer(TrainerTap::On(round.clone(), RoundTap::Open));
        let message = letters_message(card).row([button(say("button-round"), tap)]);
        let occurrence = format!("letters:{round}:{}", calendar::local_date(batch.now, found.zone));
        owe(batch, &trainer.person.id, occurrence, batch.now, message);
    }
    Ok(())
}

/// Answers a letter: to whoever wrote it, or to everybody in the round. Whoever comes second is told.
pub async fn answer(
    batch: &mut Batch<'_>,
    actor: &Actor,
    round: &RoundId,
    id: &LetterId,
    text: String,
    everybody: bool,
) -> Result<bool> {
    let back = || {
        let tap = Tap::Trainer(TrainerTap::On(round.clone(), RoundTap::Open));
        button(say("button-round"), tap)
    };
    let Some((writer, question)) = batch.tx.answer_letter(id, round, batch.now).await? else {
        if actor.pressed.is_some() {
            batch.redraw(actor, Message::of(say("answer-given")).row([back()]), None);
        }
        return Ok(false);
    };
    if everybody {
        let Some(found) = batch.tx.rounds(std::slice::from_ref(round)).await?.pop() else { return Ok(false) };
        let news_id = NewsId(batch.app.ids.clone().id());
        let about = About::Answer { question };
        let day = names(&about, &text, calendar::local_date(batch.now, found.zone));
        let by = day.map(|day| calendar::at(day, 0, 0, found.zone));
        let news = News { id: news_id, about, text, until: None, by };
        let at = calendar::next_working_moment(batch.now, Workdays::MONDAY_TO_FRIDAY, found.zone);
        news::announce(batch, actor, round, &news, at).await?;
    } else if let Some(writer) = writer
        && let Some(person) = batch.tx.people(std::slice::from_ref(&writer)).await?.pop()
    {
        let line = say("answer-came").with("question", Arg::Text(question)).with("text", Arg::Text(text));
        let at = calendar::next_working_moment(batch.now, person.prefs.workdays, person.zone);
        owe(batch, &writer, format!("answer:{id}"), at, home::with_buttons(Message::of(line)));
    }
    // A page says it itself.
    if actor.pressed.is_some() {
        batch.redraw(actor, Message::of(say("answer-sent")).row([back()]), None);
    }
    Ok(true)
}

/// A round whose trainers read letters.
async fn open(batch: &mut Batch<'_>, round: &RoundId) -> Result<Option<Round>> {
    let found = batch.tx.rounds(std::slice::from_ref(round)).await?.pop();
    Ok(found.filter(|round| round.phase != RoundPhase::Closed && !round.trainers.is_empty()))
}

fn next_morning(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let today = calendar::local_date(now, zone);
    let morning = |day| calendar::at(day, calendar::WORK_STARTS, 0, zone);
    let days = Workdays::MONDAY_TO_FRIDAY.from(today);
    days.map(morning).find(|at| *at > now).unwrap_or(now)
}

fn owe(batch: &mut Batch<'_>, to: &PersonId, occurrence: String, at: DateTime<Utc>, message: Message) {
    batch.owe(Owed {
        to: to.clone(),
        kind: Kind::Notice,
        occurrence,
        lane: Lane::Bulk,
        not_before: at,
        expires: Some(at + TimeDelta::days(14)),
        slot: None,
        message,
    });
}
