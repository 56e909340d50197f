//! Sending: what is owed is claimed, paced, sent, and settled in batches.
//!
//! Owns: the two queues in memory, the messages on the wire, and what follows from each answer. Budgets
//! and outcomes are decided in `domain` (`pacing`, `delivery`). No transaction is open while something is
//! on the wire.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::task::JoinSet;

use super::batch::LEASE;
use super::{App, Result, render};
use crate::domain::delivery::{Attempt, Outcome, settle};
use crate::domain::effect::{Kind, Owed};
use crate::domain::ids::{Ids, OwedId, PersonId};
use crate::domain::lang::Lang;
use crate::domain::message::Message;
use crate::domain::pacing::{Budget, Lane, Verdict};
use crate::store::{Claimed, NewOwed, Whose};
use crate::telegram::port::{ChatId, MessageId, Refusal};

/// Bulk messages claimed at a time: about two seconds' worth at thirty a second.
const CLAIM: u32 = 60;

/// Calls on the wire at once. Far above what thirty a second need at any round trip; a bound for memory.
const ON_THE_WIRE: usize = 256;

/// Results written in one transaction at most.
const SETTLE: usize = 200;

/// Time between two transactions that write results, unless so many wait. Far below the time between two sends at
/// Telegram's rate, where each is written as it comes; what is not written may be sent twice after a crash.
const SETTLE_PAUSE: TimeDelta = TimeDelta::milliseconds(5);
const SETTLE_SOON: usize = 64;

/// A message to send.
#[derive(Clone, Debug)]
pub struct Job {
    /// `None`: an answer to somebody about whom nothing is stored.
    id: Option<OwedId>,
    person: Option<PersonId>,
    chat: ChatId,
    lang: Lang,
    kind: Kind,
    lane: Lane,
    target: Option<i64>,
    message: Message,
    tries: u32,
    expires: Option<DateTime<Utc>>,
    /// When the update was taken that it answers.
    taken: Option<DateTime<Utc>>,
}

impl Job {
    /// What was just committed and claimed.
    pub fn owed(id: OwedId, owed: &Owed, chat: ChatId, lang: Lang, target: Option<i64>) -> Self {
        Self {
            id: Some(id),
            person: Some(owed.to.clone()),
            chat,
            lang,
            kind: owed.kind,
            lane: owed.lane,
            target,
            message: owed.message.clone(),
            tries: 1,
            expires: owed.expires,
            taken: None,
        }
    }

    /// An answer that is sent once and written down nowhere.
    pub fn loose(chat: ChatId, lang: Lang, target: Option<i64>, message: Message) -> Self {
        Self {
            id: None,
            person: None,
            chat,
            lang,
            kind: if target.is_some() { Kind::Edit } else { Kind::Reply },
            lane: Lane::Reply,
            target,
            message,
            tries: 1,
            expires: None,
            taken: None,
        }
    }

    /// It answers an update that was taken then.
    pub(super) fn answer_to(&mut self, taken: DateTime<Utc>) {
        self.taken = Some(taken);
    }

    fn claimed(row: Claimed) -> Self {
        Self {
            id: Some(row.id),
            person: Some(row.person),
            chat: ChatId(row.address),
            lang: row.lang,
            kind: row.kind,
            lane: row.lane,
            target: row.target,
            message: row.message,
            tries: row.tries,
            expires: row.expires,
            taken: (row.lane == Lane::Reply).then_some(row.made),
        }
    }
}

/// What the outbox holds beyond what was just claimed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outlook {
    /// When to look again.
    pub next: Option<DateTime<Utc>>,
    /// Whether bulk is due that finds no room yet.
    pub bulk_waits: bool,
}

/// The sender of one process.
pub struct Deliver {
    app: Arc<App>,
    budget: Budget,
    replies: VecDeque<Job>,
    bulk: VecDeque<Job>,
    flying: JoinSet<(Job, Attempt)>,
    /// Chats with something on the wire: a second message waits, so that order is kept.
    busy: HashSet<ChatId>,
    settled: Vec<(Job, Outcome)>,
    settled_at: DateTime<Utc>,
    /// Whether this process spoke when it last looked.
    speaks: bool,
}

impl Deliver {
    pub fn new(app: Arc<App>) -> Self {
        let budget = Budget::new(app.limits);
        let speaks = app.speaker.speaks();
        Self {
            app,
            speaks,
            budget,
            replies: VecDeque::new(),
            bulk: VecDeque::new(),
            flying: JoinSet::new(),
            busy: HashSet::new(),
            settled: Vec::new(),
            settled_at: DateTime::UNIX_EPOCH,
        }
    }

    /// Goes on for a process that died a moment ago: what it sent in its last second still counts.
    pub fn after_crash(&mut self) {
        let now = self.app.clock.micros();
        self.budget.take_over(now);
        self.budget.rest_bulk(now, 1_000_000);
    }

    /// Takes what a transaction has just committed for this process.
    pub fn take(&mut self, jobs: Vec<Job>) {
        for job in jobs {
            match job.lane {
                Lane::Reply => self.replies.push_back(job),
                Lane::Bulk => self.bulk.push_back(job),
            }
        }
    }

    /// Claims what is due in the database. Bulk only as much as will soon be sent.
    ///
    /// # Errors
    /// When the database cannot be asked; what was claimed before goes on.
    pub async fn refill(&mut self) -> Result<Outlook> {
        if !self.take_turn().await? {
            return Ok(Outlook::default());
        }
        let now = self.app.clock.now();
        let next = {
            let mut tx = self.app.db.read().await?;
            tx.next_owed().await?
        };
        let due = |at: Option<DateTime<Utc>>| at.is_some_and(|at| at <= now);
        if due(next.reply) || (due(next.bulk) && self.wants_bulk()) || due(next.lease) {
            let mut tx = self.app.db.begin().await?;
            if due(next.lease) {
                tx.end_leases(now).await?;
            }
            let lease = now + LEASE;
            let mut rows = tx.claim(Lane::Reply, now, &self.app.worker, lease, CLAIM).await?;
            if self.wants_bulk() {
                rows.extend(tx.claim(Lane::Bulk, now, &self.app.worker, lease, CLAIM).await?);
            }
            tx.commit().await?;
            self.take(rows.into_iter().map(Job::claimed).collect());
            return Ok(Outlook { next: Some(now), bulk_waits: false });
        }
        Ok(Outlook { next: next.after(now), bulk_waits: due(next.bulk) })
    }

    /// Whether there is room for more bulk.
    pub fn wants_bulk(&self) -> bool {
        self.bulk.len() < CLAIM as usize / 2
    }

    /// Whether it is for this process to send. When its turn begins, what others had claimed is owed again; when it
    /// ends, so is what it claimed itself and has not sent.
    async fn take_turn(&mut self) -> Result<bool> {
        let (spoke, speaks) = (self.speaks, self.app.speaker.speaks());
        if spoke && speaks {
            return Ok(true);
        }
        self.speaks = false;
        let unsent: Vec<OwedId> = self.replies.iter().chain(&self.bulk).filter_map(|job| job.id.clone()).collect();
        if speaks || !unsent.is_empty() {
            let now = self.app.clock.now();
            let mut tx = self.app.db.begin().await?;
            tx.hand_back(&self.app.worker, &unsent).await?;
            let freed = if speaks { tx.release_claims(Whose::OthersThan(&self.app.worker), now).await? } else { 0 };
            tx.commit().await?;
            if freed > 0 {
                tracing::info!(freed, "another process stopped while sending; going on for it");
            }
        }
        // What is written nowhere came in since this process was elected, or is too old by now.
        self.replies.retain(|job| speaks && job.id.is_none());
        self.bulk.clear();
        if speaks {
            self.budget.take_over(self.app.clock.micros());
        }
        self.speaks = speaks;
        Ok(speaks)
    }

    /// Puts on the wire what may leave now. Answers with the next instant at which more may.
    pub fn launch(&mut self) -> Option<DateTime<Utc>> {
        // Once it was another's turn, `take_turn` comes first.
        self.speaks &= self.app.speaker.speaks();
        if !self.speaks {
            return None;
        }
        let replies = self.launch_lane(Lane::Reply);
        let bulk = self.launch_lane(Lane::Bulk);
        [replies, bulk].into_iter().flatten().min()
    }

    fn launch_lane(&mut self, lane: Lane) -> Option<DateTime<Utc>> {
        let mut queue = match lane {
            Lane::Reply => std::mem::take(&mut self.replies),
            Lane::Bulk => std::mem::take(&mut self.bulk),
        };
        let mut waiting = VecDeque::new();
        // Chats whose next message waits: those behind it wait too, so that order is kept, and others pass.
        let mut held: HashSet<ChatId> = HashSet::new();
        let mut wake: Option<DateTime<Utc>> = None;
        while self.flying.len() < ON_THE_WIRE
            && let Some(job) = queue.pop_front()
        {
            let now = self.app.clock.now();
            if self.busy.contains(&job.chat) || held.contains(&job.chat) {
                held.insert(job.chat);
                waiting.push_back(job);
                continue;
            }
            if job.expires.is_some_and(|end| now > end) {
                self.settled.push((job, Outcome::Expired));
                continue;
            }
            match self.budget.ask(now.timestamp_micros(), job.chat.0, lane) {
                Verdict::Go => self.send(job),
                Verdict::At(at) => {
                    let at = DateTime::from_timestamp_micros(at).unwrap_or(now);
                    wake = Some(wake.map_or(at, |earlier| earlier.min(at)));
                    held.insert(job.chat);
                    waiting.push_back(job);
                }
            }
        }
        waiting.append(&mut queue);
        match lane {
            Lane::Reply => self.replies = waiting,
            Lane::Bulk => self.bulk = waiting,
        }
        wake
    }

    fn send(&mut self, job: Job) {
        self.busy.insert(job.chat);
        let app = Arc::clone(&self.app);
        self.flying.spawn(async move {
            let attempt = attempt(&app, &job).await;
            (job, attempt)
        });
    }

    /// Whether nothing is on the wire.
    pub fn is_idle(&self) -> bool {
        self.flying.is_empty()
    }

    /// Whether there is something to settle.
    fn has_results(&self) -> bool {
        !self.settled.is_empty()
    }

    /// When the results at hand are to be written; some time ago means now.
    pub fn settles_at(&self) -> Option<DateTime<Utc>> {
        match self.settled.len() {
            0 => None,
            1..SETTLE_SOON => Some((self.settled_at + SETTLE_PAUSE).min(self.app.clock.now() + SETTLE_PAUSE)),
            _ => Some(DateTime::UNIX_EPOCH),
        }
    }

    /// Waits for the next answer from the wire; never comes back while nothing is flying.
    pub async fn landed(&mut self) {
        match self.flying.join_next().await {
            Some(done) => self.note(done),
            None => std::future::pending().await,
        }
        while let Some(done) = self.flying.try_join_next() {
            self.note(done);
        }
    }

    fn note(&mut self, done: std::result::Result<(Job, Attempt), tokio::task::JoinError>) {
        let Ok((job, attempt)) = done else {
            // The task panicked: its row's lease ends by itself and the message is tried again.
            tracing::error!("a sending task ended without an answer");
            self.busy.clear();
            return;
        };
        self.busy.remove(&job.chat);
        let now = self.app.clock.now();
        if let Attempt::NotNow(Some(wait)) = attempt {
            let micros = wait.num_microseconds().unwrap_or(i64::MAX);
            self.budget.refused(now.timestamp_micros(), job.chat.0, micros, job.lane);
            self.app.metrics.rate_limited(job.lane);
        }
        if let (Attempt::Accepted(_), Some(taken)) = (attempt, job.taken) {
            self.app.metrics.replied(taken, now);
        }
        let outcome = settle(job.kind, attempt, job.tries, now, job.expires);
        self.settled.push((job, outcome));
    }

    /// Writes down what became of messages, and takes buttons off screens that stand elsewhere now.
    ///
    /// # Errors
    /// When the database cannot be written; the results are kept and tried again.
    pub async fn settle(&mut self) -> Result<()> {
        while !self.settled.is_empty() {
            let count = self.settled.len().min(SETTLE);
            let now = self.app.clock.now();
            let mut tx = self.app.db.begin().await?;
            // Whoever speaks now decides what becomes of the rest; what was sent was sent.
            let counts = |outcome: &Outcome| self.app.speaker.speaks() || matches!(outcome, Outcome::Sent(_));
            let outcomes: Vec<(OwedId, Outcome)> = self.settled[..count]
                .iter()
                .filter(|(_, outcome)| counts(outcome))
                .filter_map(|(job, outcome)| Some((job.id.clone()?, *outcome)))
                .collect();
            let replaced = tx.settle(&outcomes, now).await?;
            let strips: Vec<Owed> =
                replaced.iter().map(|screen| strip(&screen.person, screen.message_id, now)).collect();
            let mut ids = self.app.ids.clone();
            let rows: Vec<NewOwed<'_>> = strips
                .iter()
                .zip(&replaced)
                .map(|(owed, screen)| NewOwed {
                    id: OwedId(ids.id()),
                    owed,
                    target: Some(screen.message_id),
                    claimed: None,
                })
                .collect();
            if !rows.is_empty() {
                tx.owe(&rows, now).await?;
            }
            tx.commit().await?;
            self.settled_at = now;
            for (mut job, outcome) in self.settled.drain(..count).collect::<Vec<_>>() {
                log(&job, outcome);
                self.app.metrics.settled(job.kind, job.lane, outcome, now);
                // Loose answers live in memory only: a refusal for the moment is tried again from here.
                if let (None, Outcome::Retry(_)) = (&job.id, outcome)
                    && job.tries < 3
                {
                    job.tries += 1;
                    self.replies.push_back(job);
                }
            }
        }
        Ok(())
    }

    /// Does everything that can be done now and says when there is more to do. For stories, and for the
    /// last moments of a clean stop.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn tick(&mut self) -> Result<Option<DateTime<Utc>>> {
        loop {
            let more = self.refill().await?.next;
            let paced = self.launch();
            while !self.flying.is_empty() {
                self.landed().await;
            }
            let results = self.has_results();
            self.settle().await?;
            let now = self.app.clock.now();
            // A full queue is not asked for more, so work that is due may also wait for the pace alone.
            let stuck = paced.is_some() && !results;
            let again = results || (more.is_some_and(|at| at <= now) && !stuck);
            if !again {
                return Ok([more.filter(|at| *at > now), paced].into_iter().flatten().min());
            }
        }
    }

    /// Lands what is on the wire and settles it; what was claimed and not sent yet is given back.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn finish(&mut self) -> Result<()> {
        while !self.flying.is_empty() {
            self.landed().await;
        }
        self.settle().await?;
        let unsent: Vec<OwedId> = self.replies.drain(..).chain(self.bulk.drain(..)).filter_map(|job| job.id).collect();
        let mut tx = self.app.db.begin().await?;
        tx.hand_back(&self.app.worker, &unsent).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Buttons of an older message go.
pub fn strip(person: &PersonId, message: i64, now: DateTime<Utc>) -> Owed {
    Owed {
        to: person.clone(),
        kind: Kind::Strip,
        occurrence: format!("strip:{message}"),
        lane: Lane::Bulk,
        not_before: now,
        expires: Some(now + TimeDelta::hours(1)),
        slot: None,
        message: Message::default(),
    }
}

async fn attempt(app: &App, job: &Job) -> Attempt {
    let target = job.target.map(MessageId);
    let result = match (job.kind, target) {
        (Kind::Strip, Some(target)) => {
            // The person may have gone back to that message meanwhile: then its buttons are the live ones.
            if is_live(app, job, target).await {
                return Attempt::Gone;
            }
            match app.telegram.strip(job.chat, target).await {
                // It never had buttons, or has none any more.
                Ok(()) | Err(Refusal::NotModified) => Ok(None),
                Err(refusal) => Err(refusal),
            }
        }
        (Kind::Strip, None) => return Attempt::Gone,
        (_, target) => {
            let outgoing = render::outgoing(app, &job.lang, job.person.as_ref(), &job.message);
            match target {
                // An edited message is where the screen stands now, so its id is the answer.
                Some(target) => match app.telegram.edit(job.chat, target, &outgoing).await {
                    Ok(()) | Err(Refusal::NotModified) => Ok(Some(target.0)),
                    // Too old or deleted: what it was to say is said anew.
                    Err(Refusal::MessageGone) => app.telegram.send(job.chat, &outgoing).await.map(|id| Some(id.0)),
                    Err(refusal) => Err(refusal),
                },
                None => app.telegram.send(job.chat, &outgoing).await.map(|id| Some(id.0)),
            }
        }
    };
    match result {
        Ok(id) => Attempt::Accepted(id),
        Err(refusal) => meaning(refusal),
    }
}

/// Whether one of the person's screens stands at this message now. If that cannot be found out, it may.
async fn is_live(app: &App, job: &Job, target: MessageId) -> bool {
    let Some(person) = &job.person else { return false };
    let asked = async {
        let mut tx = app.db.read().await?;
        tx.screens(std::slice::from_ref(person)).await
    };
    asked.await.map_or(true, |screens| screens.values().any(|id| *id == target.0))
}

fn meaning(refusal: Refusal) -> Attempt {
    match refusal {
        Refusal::TooMany(wait) => Attempt::NotNow(Some(TimeDelta::from_std(wait).unwrap_or(TimeDelta::seconds(60)))),
        Refusal::Server(_) | Refusal::NotReached | Refusal::Conflict | Refusal::Unauthorized => Attempt::NotNow(None),
        Refusal::NoAnswer => Attempt::Unclear,
        Refusal::Blocked | Refusal::NoChat | Refusal::Migrated(_) => Attempt::Shut,
        Refusal::NotModified => Attempt::Accepted(None),
        Refusal::MessageGone | Refusal::QueryTooOld => Attempt::Gone,
        Refusal::Bad(problem) => {
            tracing::error!(problem, "the chat service refused a message of ours");
            Attempt::Refused
        }
    }
}

fn log(job: &Job, outcome: Outcome) {
    let kind = job.kind.code();
    match outcome {
        Outcome::Sent(_) => tracing::debug!(kind, "sent"),
        Outcome::Retry(_) => tracing::debug!(kind, tries = job.tries, "will be tried again"),
        Outcome::Expired => tracing::info!(kind, "expired before it could be sent"),
        Outcome::Unreachable => tracing::info!(kind, "the person cannot be reached"),
        Outcome::Unknown => tracing::warn!(kind, "may have been sent; not sent again"),
        Outcome::Failed => tracing::error!(kind, tries = job.tries, "could not be sent"),
    }
}
