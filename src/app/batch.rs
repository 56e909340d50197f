//! One transaction over many tandems: loaded once, stepped in memory, saved as differences.
//!
//! Owns: carrying out effects and the set-based saving at the end. Used for updates and for the clock
//! alike. Does not know what happened, only what follows.

mod answer;
mod finish;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::elected::Loose;
use super::job::Job;
use super::texts::Texts;
use super::{App, Result, board, contacts, feed, letters, licence, looks, neighbours, papers, rounds};
use crate::domain::calendar::{Week, local_date};
use crate::domain::effect::{Effect, Fact, Kind, Owed};
use crate::domain::event::Event;
use crate::domain::hours;
use crate::domain::ids::{NewsId, PersonId, RoundId, TandemId};
use crate::domain::lang::Lang;
use crate::domain::licence::Dealt;
use crate::domain::message::Message;
use crate::domain::record::Record;
use crate::domain::step::step;
use crate::domain::tandem::Tandem;
use crate::domain::trainer::Trainer;
use crate::domain::turn::Context;
use crate::store::{DELETABLE, Known, Purpose, Spoken, Tx, hash};
use crate::telegram::incoming::Incoming;
use crate::telegram::port::{ChatId, MessageId};

/// How far back entries are looked at: this week and the last four.
const ENTRY_WEEKS: i32 = 5;

/// How far back absences and covers are looked at.
const ABSENCE_DAYS: i64 = 35;

/// How long a deputy's or lead's link holds.
pub const LINK_DAYS: i64 = 60;

/// How long this process may take to send what it just committed, before another may.
pub const LEASE: TimeDelta = TimeDelta::seconds(45);

/// The press of a button that is being answered.
#[derive(Clone, Debug)]
pub struct Pressed {
    pub query: String,
    pub message: Option<MessageId>,
}

/// Who did something, when they wrote it where that is known, and how to answer.
#[derive(Clone, Debug)]
pub struct Actor {
    pub person: Option<PersonId>,
    pub chat: ChatId,
    pub lang: Lang,
    pub pressed: Option<Pressed>,
    pub said: Option<DateTime<Utc>>,
}

/// A note over a pressed button, or just the end of its waiting circle.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    pub query: String,
    pub note: Option<String>,
}

/// What is to be sent at once after the commit.
#[derive(Debug, Default)]
pub struct Ready {
    pub jobs: Vec<Job>,
    pub toasts: Vec<Toast>,
    /// Chats whose command menu becomes a trainer's, in this language.
    pub menus: Vec<(ChatId, Lang)>,
    /// Whether something is owed besides that nobody has claimed yet.
    pub owes: bool,
}

/// Entries before this day are not looked at.
pub fn entries_since(now: DateTime<Utc>) -> NaiveDate {
    Week::of(local_date(now, super::HOME_ZONE)).plus(-ENTRY_WEEKS).monday()
}

/// Absences that were over before this day are not looked at.
pub fn absences_since(now: DateTime<Utc>) -> NaiveDate {
    local_date(now, super::HOME_ZONE) - TimeDelta::days(ABSENCE_DAYS)
}

impl Ready {
    /// These are answers to updates that were taken then.
    pub fn answer_to(&mut self, taken: DateTime<Utc>) {
        for job in &mut self.jobs {
            job.answer_to(taken);
        }
    }
}

/// Tandems, desks and consequences within one transaction.
pub struct Batch<'a> {
    pub app: &'a App,
    /// The lessons and words by which all of it is decided.
    pub texts: Texts,
    pub tx: Tx,
    pub now: DateTime<Utc>,
    before: HashMap<TandemId, Tandem>,
    after: HashMap<TandemId, Tandem>,
    /// The order in which tandems were touched, so that saving is the same every time.
    order: Vec<TandemId>,
    pub desks: HashMap<PersonId, Trainer>,
    /// Chats of people who can be answered at once.
    pub chats: HashMap<PersonId, (ChatId, Lang)>,
    owed: Vec<(Owed, Option<i64>)>,
    facts: HashMap<RoundId, Vec<Fact>>,
    /// What happened to tandems' hours, and who of those it is about has been erased since.
    records: Vec<(TandemId, Record)>,
    gone: Vec<PersonId>,
    /// Tandems that everybody has left.
    emptied: Vec<(RoundId, TandemId)>,
    /// Whom news are for, and by which message they have come.
    readers: Vec<(NewsId, PersonId)>,
    told: Vec<(NewsId, PersonId, Kind, String)>,
    /// Messages in the chats of people who are known.
    said: Vec<Spoken>,
    /// Answers that another process is to send and that are written nowhere.
    handed: Vec<Loose>,
    pub ready: Ready,
}

impl<'a> Batch<'a> {
    /// Begins.
    pub async fn begin(app: &'a App) -> Result<Self> {
        Ok(Self {
            app,
            texts: app.texts.now(),
            tx: app.db.begin().await?,
            now: app.clock.now(),
            before: HashMap::new(),
            after: HashMap::new(),
            order: Vec::new(),
            desks: HashMap::new(),
            chats: HashMap::new(),
            owed: Vec::new(),
            facts: HashMap::new(),
            records: Vec::new(),
            gone: Vec::new(),
            emptied: Vec::new(),
            readers: Vec::new(),
            told: Vec::new(),
            said: Vec::new(),
            handed: Vec::new(),
            ready: Ready::default(),
        })
    }

    /// Loads those of these tandems that are not here yet.
    pub async fn load(&mut self, ids: &[TandemId]) -> Result<()> {
        let missing: Vec<TandemId> = ids.iter().filter(|id| !self.after.contains_key(*id)).cloned().collect();
        if missing.is_empty() {
            return Ok(());
        }
        let mut tandems = self.tx.tandems(&missing, entries_since(self.now), absences_since(self.now)).await?;
        self.load_unsettled(&mut tandems).await?;
        let people: Vec<PersonId> = tandems.iter().flat_map(|t| t.seats().map(|seat| seat.person.id.clone())).collect();
        let mut fading = self.tx.fading(&people, local_date(self.now, super::HOME_ZONE)).await?;
        for tandem in &mut tandems {
            let round = tandem.round.id.clone();
            for seat in tandem.lead.iter_mut().chain(tandem.deputy.iter_mut()) {
                seat.mind.recall.fading = fading.remove(&(seat.person.id.clone(), round.clone())).unwrap_or_default();
            }
        }
        for tandem in tandems {
            self.order.push(tandem.id.clone());
            self.before.insert(tandem.id.clone(), tandem.clone());
            self.after.insert(tandem.id.clone(), tandem);
        }
        Ok(())
    }

    /// After a long standstill weeks are to be settled that lie further back than decisions look at entries or absences.
    async fn load_unsettled(&mut self, tandems: &mut [Tandem]) -> Result<()> {
        let (entries, absences) = (entries_since(self.now), absences_since(self.now));
        for tandem in tandems {
            let since = hours::unsettled_since(tandem, self.now).filter(|since| *since < entries.max(absences));
            let Some(since) = since else { continue };
            let ids = std::slice::from_ref(&tandem.id);
            if let Some(whole) = self.tx.tandems(ids, since.min(entries), since.min(absences)).await?.pop() {
                *tandem = whole;
            }
        }
        Ok(())
    }

    /// Loads those of these tandems that no other process is changing at this moment. Answers with those that one is.
    pub async fn load_free(&mut self, ids: &[TandemId]) -> Result<HashSet<TandemId>> {
        let taken = self.tx.taken(ids).await?;
        let free: Vec<TandemId> = ids.iter().filter(|id| !taken.contains(id)).cloned().collect();
        self.load(&free).await?;
        Ok(taken)
    }

    /// What was answered within this transaction and is not written yet, oldest first.
    pub fn answered(&self, round: &RoundId) -> impl Iterator<Item = Dealt> {
        let facts = self.facts.get(round).into_iter().flatten();
        facts.filter_map(|fact| match fact {
            Fact::Answered { person, spot, answer } => {
                Some(Dealt { person: person.clone(), spot: spot.clone(), answer: answer.clone() })
            }
            _ => None,
        })
    }

    /// A tandem as it stands within this transaction.
    pub fn tandem(&self, id: &TandemId) -> Option<&Tandem> {
        self.after.get(id)
    }

    /// A tandem whose rows were changed behind its back is loaded anew; nothing has happened to it in this transaction.
    pub fn forget(&mut self, id: &TandemId) {
        self.before.remove(id);
        self.after.remove(id);
        self.order.retain(|known| known != id);
    }

    /// A tandem that did not exist before.
    pub fn add(&mut self, tandem: Tandem) {
        self.order.push(tandem.id.clone());
        self.after.insert(tandem.id.clone(), tandem);
    }

    /// A tandem changed outside `step` (somebody sat down).
    pub fn put(&mut self, tandem: Tandem) {
        self.after.insert(tandem.id.clone(), tandem);
    }

    /// Lets an event happen to a tandem and carries out what follows.
    pub async fn step(&mut self, id: &TandemId, event: Event, actor: &Actor) -> Result<()> {
        let Some(tandem) = self.after.remove(id) else { return Ok(()) };
        let (round, kept) = (tandem.round.id.clone(), tandem.is_kept());
        let texts = self.texts.clone();
        let Some(text) = texts.library.programme(&tandem.round.programme) else {
            tracing::error!(programme = %tandem.round.programme, "a round's programme is not among the lessons");
            self.after.insert(id.clone(), tandem);
            return Ok(());
        };
        let languages = texts.languages_of(&text.programme.id);
        let said = actor.said.unwrap_or(self.now);
        let cx = Context { now: self.now, said, programme: &text.programme, languages, pages: self.app.pages() };
        let mut ids = self.app.ids.clone();
        let (tandem, effects) = step(tandem, event, cx, &mut ids);
        if kept && !tandem.is_kept() {
            self.emptied.push((round.clone(), id.clone()));
        }
        // A person may have chosen another language in this very step.
        for seat in tandem.seats() {
            if let Some((_, lang)) = self.chats.get_mut(&seat.person.id) {
                *lang = seat.person.lang.clone();
            }
        }
        self.after.insert(id.clone(), tandem);
        self.apply(effects, actor, Some(&round), Some(id)).await
    }

    /// Carries out what follows from a decision.
    pub async fn apply(
        &mut self,
        effects: Vec<Effect>,
        actor: &Actor,
        round: Option<&RoundId>,
        tandem: Option<&TandemId>,
    ) -> Result<()> {
        let mut redrawn = None;
        for effect in effects {
            match effect {
                Effect::Owe(owed) => self.owed.push((owed, None)),
                Effect::Redraw { message, slot } => {
                    redrawn = actor.pressed.as_ref().and_then(|pressed| pressed.message);
                    self.redraw(actor, message, slot);
                }
                Effect::Refresh { person, slot, message } => self.refresh(person, slot, message, redrawn).await?,
                Effect::Withdraw { people, cover, version } => self.withdraw(&people, &cover, version, actor).await?,
                Effect::Toast(line) => self.toast(actor, Some(&line)),
                Effect::Fact(fact) => {
                    if let Some(round) = round {
                        self.facts.entry(round.clone()).or_default().push(fact);
                    }
                }
                Effect::Record(record) => {
                    if let Some(tandem) = tandem {
                        self.records.push((tandem.clone(), record));
                    }
                }
                Effect::InviteDeputy { tandem, secret } => {
                    self.tx.revoke(Purpose::Deputy, tandem.as_str()).await?;
                    let expires = self.now + TimeDelta::days(LINK_DAYS);
                    self.tx.issue(&hash(&secret), Purpose::Deputy, tandem.as_str(), 1, expires).await?;
                }
                Effect::InviteContact { tandem, secret } => {
                    self.tx.revoke(Purpose::Contact, tandem.as_str()).await?;
                    let expires = self.now + TimeDelta::days(LINK_DAYS);
                    self.tx.issue(&hash(&secret), Purpose::Contact, tandem.as_str(), 1, expires).await?;
                }
                Effect::Untold { person } => {
                    if let Some(tandem) = tandem {
                        Box::pin(contacts::untold(self, &person, tandem)).await?;
                    }
                }
                Effect::NoContact => {
                    if let Some(tandem) = tandem {
                        self.tx.revoke(Purpose::Contact, tandem.as_str()).await?;
                    }
                }
                Effect::Erase { person, farewell } => Box::pin(self.erase(person, farewell, actor)).await?,
                Effect::Left { person } => {
                    Box::pin(neighbours::gone(self, &person, None, actor)).await?;
                    if let Some(tandem) = tandem {
                        self.tx.revoke(Purpose::Deputy, tandem.as_str()).await?;
                    }
                    self.tx.mark_left(&person, self.now).await?;
                }
                Effect::Look(look) => Box::pin(looks::answer(self, actor, look, tandem)).await?,
                Effect::AskRound(wanted) => Box::pin(neighbours::ask(self, *wanted, actor)).await?,
                Effect::AwayElsewhere { person, days, half } => {
                    Box::pin(neighbours::gone(self, &person, Some((days, half)), actor)).await?;
                }
                Effect::Dashboard { secret } => Box::pin(board::offer(self, actor, &secret)).await?,
                Effect::Conditions => {
                    if let Some(tandem) = tandem {
                        Box::pin(licence::conditions(self, actor, tandem)).await?;
                    }
                }
                Effect::Vouch { person, change } => {
                    if let Some(tandem) = tandem {
                        Box::pin(licence::vouch(self, &person, tandem, change)).await?;
                    }
                }
                Effect::Word { tandem, yes } => Box::pin(licence::word(self, actor, &tandem, yes)).await?,
                Effect::LicenceCode { person, code } => {
                    if let Some(tandem) = tandem {
                        licence::keep_code(self, &person, tandem, code.as_deref()).await?;
                    }
                }
                Effect::Paper { paper, secret } => {
                    Box::pin(papers::offer(self, actor, paper, &secret, tandem)).await?;
                }
                Effect::NewsFor { news, person } => self.readers.push((news, person)),
                Effect::NewsTold { news, person, kind, occurrence } => {
                    self.told.push((news, person, kind, occurrence));
                }
                Effect::Letter { id, person, letter } => {
                    if let Some(round) = round {
                        Box::pin(letters::keep(self, actor, round, &id, &person, &letter)).await?;
                    }
                }
                Effect::Share { person, name, text } => {
                    if let Some(round) = round {
                        Box::pin(letters::share(self, actor, round, &person, name, text)).await?;
                    }
                }
                Effect::TakeBack { person } => {
                    if let Some(round) = round {
                        Box::pin(letters::take_back(self, actor, round, &person)).await?;
                    }
                }
                Effect::Feed { person, change } => Box::pin(feed::change(self, actor, person, change)).await?,
                Effect::Round(id, change) => {
                    Box::pin(rounds::by_trainer(self, actor, &id, change)).await?;
                }
            }
        }
        Ok(())
    }

    /// Notes a message in the chat of somebody who is known, so that it can be taken out of it.
    pub fn heard(&mut self, who: Option<&Known>, update: &Incoming) {
        let (Some(who), Some((id, sent))) = (who, update.message) else { return };
        let at = DateTime::from_timestamp(sent, 0).unwrap_or(self.now).min(self.now);
        // Whoever went a moment ago and pressed twice keeps the last words.
        if self.now - at < DELETABLE && !self.gone.contains(&who.person.id) {
            self.said.push(Spoken { person: who.person.id.clone(), message: id.0, at });
        }
    }

    /// Owes a message.
    pub fn owe(&mut self, owed: Owed) {
        self.owed.push((owed, None));
    }

    /// The person goes; the last words are sent without a trace.
    pub(super) async fn erase(&mut self, person: PersonId, farewell: Message, actor: &Actor) -> Result<()> {
        Box::pin(neighbours::gone(self, &person, None, actor)).await?;
        Box::pin(contacts::gone(self, &person, actor)).await?;
        // What was decided about others must be kept before the rows of this person go.
        let changed = changed(&self.order, &self.before, &self.after);
        self.tx.save(&changed, self.now).await?;
        let saved: Vec<Tandem> = changed.into_iter().map(|(_, after)| after.clone()).collect();
        for tandem in saved {
            self.before.insert(tandem.id.clone(), tandem);
        }
        self.tx.erase(&person, self.now).await?;
        if let Some(stays) = actor.pressed.as_ref().and_then(|pressed| pressed.message) {
            // The last words come in its place.
            self.tx.leave_said(&person, stays.0, self.now).await?;
            self.said.retain(|said| said.person != person || said.message != stays.0);
        }
        self.gone.push(person.clone());
        self.owed.retain(|(owed, _)| owed.to != person);
        self.readers.retain(|(_, reader)| reader != &person);
        self.told.retain(|(_, reader, ..)| reader != &person);
        for facts in self.facts.values_mut() {
            facts.retain(|fact| fact.person() != &person);
        }
        self.chats.remove(&person);
        self.desks.remove(&person);
        // Nobody's any more, so that it stays in the chat.
        self.unwritten(actor, None, farewell);
        Ok(())
    }
}

/// The tandems that are not as they were loaded, in the order in which they were.
fn changed<'a>(
    order: &'a [TandemId],
    before: &'a HashMap<TandemId, Tandem>,
    after: &'a HashMap<TandemId, Tandem>,
) -> Vec<(Option<&'a Tandem>, &'a Tandem)> {
    let pairs = order.iter().filter_map(|id| Some((before.get(id), after.get(id)?)));
    pairs.filter(|(before, after)| *before != Some(*after)).collect()
}
