//! Sending: what is owed is claimed, paced, sent, and settled in batches.
//!
//! Owns: the two queues in memory, the messages on the wire, and what follows from each answer. Budgets
//! and outcomes are decided in `domain` (`pacing`, `delivery`); a single call is `attempt`'s. No transaction is
//! open while something is on the wire.

mod claim;

pub use claim::Outlook;

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::task::{Id, JoinError, JoinSet};

use super::attempt::attempt;
use super::batch::LEASE;
pub use super::job::Job;
use super::job::strip;
use super::said;
use super::{App, Result};
use crate::domain::delivery::{Attempt, Outcome, again_when_unclear, settle};
use crate::domain::effect::{Kind, Owed, Slot};
use crate::domain::ids::{Ids, OwedId, PersonId};
use crate::domain::pacing::{Budget, Lane, Verdict};
use crate::store::NewOwed;
use crate::telegram::port::ChatId;

/// Calls on the wire at once. Far above what thirty a second need at any round trip; a bound for memory.
const ON_THE_WIRE: usize = 256;

/// Results written in one transaction at most.
const SETTLE: usize = 200;

/// Time between two transactions that write results, unless so many wait. Below the time between two sends at Telegram's
/// rate, where each is written as it comes; what is not written may be sent twice after a crash, so lessons are written
/// sooner than answers.
const SETTLE_PAUSE: TimeDelta = TimeDelta::milliseconds(5);
const SETTLE_REPLIES_PAUSE: TimeDelta = TimeDelta::milliseconds(20);
const SETTLE_SOON: usize = 64;

/// What is left of a lease when a message leaves: an attempt (`attempt::LONGEST`) and some room.
const COVERED: TimeDelta = TimeDelta::seconds(24);

/// How long later messages to a chat wait behind one that is tried again, so that order is kept.
const IN_ORDER: TimeDelta = TimeDelta::seconds(10);

/// The sender of one process.
pub struct Deliver {
    app: Arc<App>,
    budget: Budget,
    replies: VecDeque<Job>,
    bulk: VecDeque<Job>,
    /// May leave once the database has had its word: of what must not come twice it is written down that it leaves,
    /// and buttons are taken off a message only if no screen stands there.
    boarding: Vec<Job>,
    flying: JoinSet<Attempt>,
    /// What each task sends, so that one that ends in a panic has a name.
    wire: HashMap<Id, Arc<Job>>,
    /// Chats with something on the wire: a second message waits, so that order is kept.
    busy: HashSet<ChatId>,
    /// Chats with something that is tried again at this instant: what comes later waits for a while.
    behind: HashMap<(ChatId, Lane), DateTime<Utc>>,
    settled: Vec<(Job, Outcome)>,
    settled_at: DateTime<Utc>,
    /// When numbers of messages were last forgotten that are too old.
    swept: DateTime<Utc>,
    /// Whether this process spoke when it last looked.
    speaks: bool,
    /// What the clock showed last.
    latest: DateTime<Utc>,
}

impl Deliver {
    pub fn new(app: Arc<App>) -> Self {
        let (budget, latest, speaks) = (Budget::new(app.limits), app.clock.now(), app.speaker.speaks());
        Self {
            latest,
            speaks,
            app,
            budget,
            replies: VecDeque::new(),
            bulk: VecDeque::new(),
            boarding: Vec::new(),
            flying: JoinSet::new(),
            wire: HashMap::new(),
            busy: HashSet::new(),
            behind: HashMap::new(),
            settled: Vec::new(),
            settled_at: DateTime::UNIX_EPOCH,
            swept: DateTime::UNIX_EPOCH,
        }
    }

    /// Goes on for a process that died a moment ago: what it sent in its last second still counts.
    pub fn after_crash(&mut self) {
        self.budget.rest_bulk(self.app.clock.micros(), 1_000_000);
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

    fn waiting(&self) -> impl Iterator<Item = &Job> {
        self.replies.iter().chain(&self.bulk)
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
        while self.flying.len() + self.boarding.len() < ON_THE_WIRE
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
            match self.ask(&job, now) {
                Verdict::Go => self.board(job),
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

    /// Whether a message may leave: in its order, under its lease, within the budgets.
    fn ask(&mut self, job: &Job, now: DateTime<Utc>) -> Verdict {
        if job.tries <= 1
            && let Some(at) = self.behind.get(&(job.chat, job.lane)).filter(|at| **at > now)
        {
            return Verdict::At(at.timestamp_micros());
        }
        if !job.has_left(COVERED, now) {
            // The database was away when the lease was to be renewed.
            return Verdict::At((now + TimeDelta::seconds(1)).timestamp_micros());
        }
        self.budget.ask(now.timestamp_micros(), job.chat.0, job.lane)
    }

    fn board(&mut self, job: Job) {
        self.busy.insert(job.chat);
        let waits = job.kind == Kind::Strip || !again_when_unclear(job.kind);
        if waits && job.id.is_some() { self.boarding.push(job) } else { self.send(job) }
    }

    fn send(&mut self, job: Job) {
        let (app, job) = (Arc::clone(&self.app), Arc::new(job));
        let sent = Arc::clone(&job);
        let task = self.flying.spawn(async move { attempt(&app, &sent).await });
        self.wire.insert(task.id(), job);
    }

    /// Whether nothing is on the wire.
    pub fn is_idle(&self) -> bool {
        self.flying.is_empty()
    }

    /// Whether there is something to write down.
    fn has_results(&self) -> bool {
        !self.settled.is_empty() || !self.boarding.is_empty()
    }

    /// When the results at hand are to be written; some time ago means now.
    pub fn settles_at(&self) -> Option<DateTime<Utc>> {
        let pause = match self.settled.iter().all(|(job, _)| job.lane == Lane::Reply) {
            true => SETTLE_REPLIES_PAUSE,
            false => SETTLE_PAUSE,
        };
        match self.settled.len() {
            _ if !self.boarding.is_empty() => Some(DateTime::UNIX_EPOCH),
            0 => None,
            1..SETTLE_SOON => Some((self.settled_at + pause).min(self.app.clock.now() + pause)),
            _ => Some(DateTime::UNIX_EPOCH),
        }
    }

    /// Waits for the next answer from the wire; never comes back while nothing is flying.
    pub async fn landed(&mut self) {
        match self.flying.join_next_with_id().await {
            Some(done) => self.note(done),
            None => std::future::pending().await,
        }
        while let Some(done) = self.flying.try_join_next_with_id() {
            self.note(done);
        }
    }

    fn note(&mut self, done: std::result::Result<(Id, Attempt), JoinError>) {
        let (task, attempt) = match done {
            Ok(done) => done,
            Err(error) => {
                tracing::error!("a sending task ended without an answer");
                // Nobody knows how far it came. Its tries count, so that it is not tried for ever.
                (error.id(), Attempt::Unclear)
            }
        };
        let Some(job) = self.wire.remove(&task) else { return };
        let job = Arc::unwrap_or_clone(job);
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
        self.behind.retain(|_, until| *until > now);
        if let (Outcome::Retry(at), Some(_)) = (outcome, &job.id) {
            self.behind.insert((job.chat, job.lane), at.min(now + IN_ORDER));
        }
        self.settled.push((job, outcome));
    }

    /// Writes down what became of messages, and takes buttons off screens that stand elsewhere now. What must not
    /// come twice leaves after the commit that says so: whatever a crash finds without that word never left.
    ///
    /// # Errors
    /// When the database cannot be written; the results are kept and tried again.
    pub async fn settle(&mut self) -> Result<()> {
        while self.has_results() {
            let count = self.settled.len().min(SETTLE);
            let mut tx = self.app.db.begin().await?;
            let now = self.app.clock.now();
            let lease = now + LEASE;
            // Whoever speaks now decides what becomes of the rest; what was sent was sent.
            let counts = |outcome: &Outcome| self.app.speaker.speaks() || matches!(outcome, Outcome::Sent(_));
            let outcomes: Vec<(OwedId, Outcome)> = self.settled[..count]
                .iter()
                .filter(|(_, outcome)| counts(outcome))
                .filter_map(|(job, outcome)| Some((job.id.clone()?, *outcome)))
                .collect();
            let replaced = tx.settle(&outcomes, now).await?;
            let sweeps = said::note(&mut tx, &self.settled[..count], counts, now, self.swept).await?;
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
            let (strips, once): (Vec<&Job>, Vec<&Job>) = self.boarding.iter().partition(|job| job.kind == Kind::Strip);
            let once: Vec<OwedId> = once.into_iter().filter_map(|job| job.id.clone()).collect();
            let ours = tx.put_on_wire(&once, &self.app.worker, now, lease).await?;
            let people: Vec<PersonId> = strips.into_iter().filter_map(|job| job.person.clone()).collect();
            let screens = tx.screens(&people).await?;
            tx.commit().await?;
            self.settled_at = now;
            self.swept = sweeps.unwrap_or(self.swept);
            for (job, outcome) in self.settled.drain(..count).collect::<Vec<_>>() {
                self.app.metrics.settled(job.kind, job.lane, outcome, now);
                self.after(job, outcome);
            }
            for job in std::mem::take(&mut self.boarding) {
                let stands = |((person, _), id): (&(PersonId, Slot), &i64)| {
                    job.person.as_ref() == Some(person) && job.target == Some(*id)
                };
                if job.kind == Kind::Strip && screens.iter().any(stands) {
                    // The person went back to that message meanwhile: its buttons are the live ones.
                    self.busy.remove(&job.chat);
                    self.settled.push((job, Outcome::Sent(None)));
                } else if job.kind == Kind::Strip || job.id.as_ref().is_some_and(|id| ours.contains(id)) {
                    self.send(job);
                } else {
                    // Another process has it by now.
                    self.busy.remove(&job.chat);
                }
            }
        }
        Ok(())
    }

    fn after(&mut self, mut job: Job, outcome: Outcome) {
        job.log(outcome);
        // Loose answers live in memory only: a refusal for the moment is tried again from here.
        if let (None, Outcome::Retry(_)) = (&job.id, outcome)
            && job.kind != Kind::Unsay
            && job.tries < 3
        {
            job.tries += 1;
            self.replies.push_back(job);
        }
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
            let boards = self.has_results();
            self.settle().await?;
            while !self.flying.is_empty() {
                self.landed().await;
            }
            let results = boards || self.has_results();
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
        let boarding = self.boarding.drain(..);
        let unsent: Vec<OwedId> =
            self.replies.drain(..).chain(self.bulk.drain(..)).chain(boarding).filter_map(|job| job.id).collect();
        while !self.flying.is_empty() {
            self.landed().await;
        }
        self.settle().await?;
        let mut tx = self.app.db.begin().await?;
        tx.hand_back(&self.app.worker, &unsent).await?;
        tx.commit().await?;
        Ok(())
    }
}
