//! Which of several processes speaks with Telegram: sends everything, and asks for updates where nothing pushes them.
//!
//! Owns: standing for election on PostgreSQL, knowing at every moment whether this process is the one, and the words
//! by which the others hand over what must not wait. On SQLite the only process there is speaks. Does not know how
//! anything is sent.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::deliver::Job;
use super::{App, Result};
use crate::domain::ids::PersonId;
use crate::domain::lang::Lang;
use crate::domain::message::Message;
use crate::domain::pacing::SendLimits;
use crate::store::Candidate;
use crate::telegram::port::ChatId;

/// How often a candidate asks whether it is elected.
const ASK: Duration = Duration::from_millis(250);

/// An answer that takes longer counts as none.
const ANSWER: Duration = Duration::from_millis(1_500);

/// How long an answer holds, counted from the question. The server gives the lock to nobody else before three seconds
/// of silence are over (`store::elect`), so two processes never speak at once, even if this one was frozen meanwhile.
const HOLDS: Duration = Duration::from_secs(2);

/// Whoever takes over says nothing for so long: what the one before sent in its last second still counts.
const REST: Duration = Duration::from_millis(1_010);

/// Whoever was last seen so long ago had fallen silent before (a process is seen once a second).
const LONG_SILENT: TimeDelta = TimeDelta::seconds(4);

/// A process and its right to speak.
#[derive(Debug)]
pub struct Speaker {
    how: How,
    term: Mutex<Option<Term>>,
    speaks: watch::Sender<bool>,
}

/// How the right is come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// There is nobody else.
    Alone,
    /// Never: a command beside the service.
    Never,
    /// By election; whoever is elected asks for the updates too, so that all answers begin with it.
    Polling,
    /// By election; updates are pushed to all.
    Pushed,
}

/// While elected.
#[derive(Clone, Copy, Debug)]
struct Term {
    begins: Instant,
    ends: Instant,
}

/// An answer that is written down nowhere (to somebody about whom nothing is stored, or with a secret), as it is handed to the process that speaks.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Loose {
    pub chat: i64,
    /// Whose buttons they are, where somebody who is stored gets what must not be.
    #[serde(default)]
    pub person: Option<PersonId>,
    pub lang: String,
    pub target: Option<i64>,
    pub message: Message,
}

impl Speaker {
    /// The only process.
    pub fn alone() -> Self {
        Self::new(How::Alone)
    }

    /// A command: what it owes is sent by the service.
    pub fn never() -> Self {
        Self::new(How::Never)
    }

    /// One of several processes, of which the one elected asks for updates.
    pub fn polling() -> Self {
        Self::new(How::Polling)
    }

    /// One of several processes that updates are pushed to.
    pub fn pushed() -> Self {
        Self::new(How::Pushed)
    }

    fn new(how: How) -> Self {
        Self { how, term: Mutex::new(None), speaks: watch::Sender::new(how == How::Alone) }
    }

    /// Whether this process may send at this moment.
    pub fn speaks(&self) -> bool {
        match self.how {
            How::Alone => true,
            How::Never => false,
            How::Polling | How::Pushed => {
                let now = Instant::now();
                self.term().is_some_and(|term| term.begins <= now && now < term.ends)
            }
        }
    }

    /// Whether an answer may go from the transaction straight to this process's sender. Not where updates are pushed
    /// to several processes: the answers to one person come from any of them, and keep their order in the outbox.
    pub fn answers_at_once(&self) -> bool {
        match self.how {
            How::Alone => true,
            How::Never | How::Pushed => false,
            How::Polling => self.speaks(),
        }
    }

    /// Whether loose answers are handed over rather than sent from here. A command has none to give.
    pub fn hands_over(&self) -> bool {
        self.how == How::Pushed
    }

    /// Waits until this process may speak.
    pub async fn begins(&self) {
        self.waits_for(true).await;
    }

    /// Waits until it may not speak any more.
    pub async fn ends(&self) {
        self.waits_for(false).await;
    }

    async fn waits_for(&self, speaks: bool) {
        // The sender of the watch is `self`: it does not go away.
        let _ = self.speaks.subscribe().wait_for(|now| *now == speaks).await;
    }

    fn term(&self) -> Option<Term> {
        *self.term.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, term: Option<Term>) {
        *self.term.lock().unwrap_or_else(PoisonError::into_inner) = term;
        let speaks = self.speaks();
        self.speaks.send_if_modified(|was| std::mem::replace(was, speaks) != speaks);
    }
}

impl Loose {
    pub fn job(self) -> Job {
        Job::loose(ChatId(self.chat), self.person, Lang(self.lang), self.target, self.message)
    }

    /// As it travels; empty, which says nothing, if it cannot be written.
    pub fn words(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Stands for election until it is dropped; wakes the sender when its turn begins.
pub async fn stand(app: Arc<App>, ready: mpsc::WeakSender<Vec<Job>>) {
    let Some(mut candidate) = app.db.candidate() else { return };
    let mut told = None;
    loop {
        let asked = Instant::now();
        let vote = ask(&mut candidate).await;
        match (&vote, app.speaker.term()) {
            (Vote::Elected, Some(term)) => app.speaker.set(Some(Term { ends: asked + HOLDS, ..term })),
            (Vote::Elected, None) => {
                let begins = Instant::now() + rest(&app).await;
                app.speaker.set(Some(Term { begins, ends: asked + HOLDS }));
            }
            (Vote::Another | Vote::None(_), _) => app.speaker.set(None),
        }
        if told.as_ref() != Some(&vote) {
            vote.log();
            told = Some(vote);
        }
        let soon = Instant::now() + ASK;
        match app.speaker.term().map(|term| term.begins).filter(|begins| (Instant::now()..soon).contains(begins)) {
            Some(begins) => {
                sleep_until(begins).await;
                app.speaker.set(app.speaker.term());
                if let Some(ready) = ready.upgrade() {
                    // Nothing to send: a reason to look. If the sender is gone, nobody has to look.
                    let _ = ready.send(Vec::new()).await;
                }
            }
            None => sleep_until(soon).await,
        }
    }
}

/// How a question ended.
#[derive(Debug, PartialEq, Eq)]
enum Vote {
    Elected,
    Another,
    /// There was no answer, for this reason.
    None(String),
}

impl Vote {
    fn log(&self) {
        match self {
            Self::Elected => tracing::info!("elected: this process sends, and polls unless updates are pushed"),
            Self::Another => tracing::info!("another process sends and polls; this one stands by"),
            Self::None(why) => tracing::warn!(why, "no election; nothing is sent from here meanwhile"),
        }
    }
}

async fn ask(candidate: &mut Candidate) -> Vote {
    match timeout(ANSWER, candidate.is_elected()).await {
        Ok(Ok(true)) => Vote::Elected,
        Ok(Ok(false)) => Vote::Another,
        Ok(Err(error)) => Vote::None(error.to_string()),
        Err(_) => Vote::None("the database answers too slowly".to_owned()),
    }
}

/// How long to say nothing after being elected.
async fn rest(app: &App) -> Duration {
    if app.limits == SendLimits::Off {
        return Duration::ZERO;
    }
    let seen = async { app.db.read().await?.others_seen(&app.worker).await };
    match timeout(ASK, seen).await {
        Ok(Ok(seen)) if seen.is_none_or(|at| at < app.clock.now() - LONG_SILENT) => Duration::ZERO,
        _ => REST,
    }
}

/// Hears what other processes owe or hand over, until it is dropped.
pub async fn listen(app: Arc<App>, ready: mpsc::WeakSender<Vec<Job>>) {
    loop {
        match hear(&app, &ready).await {
            Ok(()) => return,
            Err(error) => tracing::warn!(%error, "other processes are not heard; what they owe is looked for"),
        }
        sleep(Duration::from_secs(1)).await;
    }
}

async fn hear(app: &App, ready: &mpsc::WeakSender<Vec<Job>>) -> Result<()> {
    let Some(mut bell) = app.db.bell().await? else { return Ok(()) };
    loop {
        let words = bell.rung().await?.unwrap_or_default();
        if !app.speaker.speaks() {
            continue;
        }
        let loose = serde_json::from_str(&words).ok().map(Loose::job);
        let Some(ready) = ready.upgrade() else { return Ok(()) };
        if ready.send(loose.into_iter().collect()).await.is_err() {
            return Ok(());
        }
    }
}
