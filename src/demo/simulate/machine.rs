//! The bot under simulation: its process, its database in memory, its clock, and the server it talks to.
//!
//! Owns: doing all that can be done at an instant, and stopping and starting the process in good and bad ways. The
//! time of the world is the server's; the bot's own clock may be wrong by a little.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::wire::{Line, Notes};
use crate::app::batch::Ready;
use crate::app::deliver::Deliver;
use crate::app::elected::Speaker;
use crate::app::flood::Flood;
use crate::app::metrics::Metrics;
use crate::app::texts::{Shelf, Texts};
use crate::app::{App, handle, plan, service};
use crate::clock::{Clock, IdSource};
use crate::content::Library;
use crate::demo::phones::{Faults, Options, Phones, PhonesClient, SharedPhones};
use crate::domain::pacing::SendLimits;
use crate::l10n::Words;
use crate::store::Db;
use crate::telegram::incoming;

/// The bot's name and token on the simulated server.
pub const BOT: &str = "tandem_simulated_bot";
pub const TOKEN: &str = "1000000002:simulated-bot";

/// After a poll that failed the next comes this much later, as in service.
const POLL_PAUSE: TimeDelta = TimeDelta::milliseconds(250);

/// How a process ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It finishes what is in flight.
    Clean,
    /// It has kept the updates at hand and sends nothing any more.
    BeforeSending,
    /// It has sent and does not write that down any more.
    AfterSending,
}

/// The bot and its server.
pub struct Machine {
    pub app: Arc<App>,
    pub phones: SharedPhones,
    pub notes: Arc<Mutex<Notes>>,
    time: Arc<AtomicI64>,
    clock: Clock,
    /// How far the bot's clock is ahead.
    ahead: TimeDelta,
    deliver: Deliver,
    /// When the next thing is due, by the bot's clock; `None`: to be asked.
    due: Option<DateTime<Utc>>,
    processes: u32,
}

impl Machine {
    /// A new bot on an empty database.
    ///
    /// # Errors
    /// When the database in memory cannot be made.
    pub async fn new(start: DateTime<Utc>, seed: u64, library: Library, words: Words) -> anyhow::Result<Self> {
        let time = Arc::new(AtomicI64::new(start.timestamp_micros()));
        let clock = Clock::manual(start);
        let own = Some((TOKEN.to_owned(), BOT.to_owned()));
        let read = Arc::clone(&time);
        let phones = SharedPhones::new(
            Phones::new(Options { own, ..Options::default() }),
            Arc::new(move || read.load(Ordering::Relaxed)),
        );
        let notes = Arc::new(Mutex::new(Notes::default()));
        let client = PhonesClient::new(phones.clone(), TOKEN);
        let db = Db::open_memory().await?;
        let app = App {
            metrics: Metrics::new(db.kind(), start)?,
            speaker: Speaker::alone(),
            db,
            clock: clock.clone(),
            ids: IdSource::seeded(seed),
            telegram: Arc::new(Line::new(client, Arc::clone(&time), Arc::clone(&notes))),
            texts: Shelf::new(Texts::new(library, words)),
            limits: SendLimits::Telegram,
            worker: "process-0".to_owned(),
            flood: Flood::new(true),
            public_url: None,
            username: OnceLock::from(BOT.to_owned()),
            offset: AtomicI64::new(0),
        };
        service::open(&app).await?;
        let app = Arc::new(app);
        let deliver = Deliver::new(Arc::clone(&app));
        Ok(Self { app, phones, notes, time, clock, ahead: TimeDelta::zero(), deliver, due: None, processes: 1 })
    }

    /// What the server does wrong from now on.
    pub fn set_faults(&self, faults: Faults) {
        self.phones.with(|phones, _| phones.set_faults(faults));
    }

    /// The time of the world.
    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.time.load(Ordering::Relaxed)).unwrap_or_default()
    }

    /// Moves the time of the world, and the bot's clock with it.
    pub fn moves_to(&self, at: DateTime<Utc>) {
        self.time.store(at.timestamp_micros(), Ordering::Relaxed);
        self.clock.set(at + self.ahead);
    }

    /// The bot's clock is set: so far ahead of the world (or behind).
    pub fn sets_clock(&mut self, ahead: TimeDelta) {
        self.ahead = ahead;
        self.moves_to(self.now());
    }

    /// Does what can be done at this very instant; says when there is more to do.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rest(&mut self) -> anyhow::Result<Option<DateTime<Utc>>> {
        let now = self.clock.now();
        let mut poll_again = None;
        while self.phones.with(|phones, _| phones.pending_updates(TOKEN)) > 0 {
            let Some(ready) = self.hear().await? else {
                poll_again = Some(now + POLL_PAUSE);
                break;
            };
            self.pass_on(ready).await;
            // What was heard may have made something due.
            self.due = None;
        }
        while self.due.is_none_or(|at| at <= now) {
            let (ready, next) = plan::tick(&self.app).await?;
            self.pass_on(ready).await;
            self.due = next;
            if next.is_none() {
                break;
            }
        }
        let sent = self.deliver.tick().await?;
        self.noted(Notes::settled);
        let next = [self.due, sent, poll_again].into_iter().flatten().min();
        Ok(next.map(|at| at - self.ahead))
    }

    /// The process ends in this way; another starts in its place.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn restarts(&mut self, ending: Ending, down: TimeDelta) -> anyhow::Result<()> {
        match ending {
            Ending::Clean => self.deliver.finish().await?,
            Ending::BeforeSending => {
                // What is kept is not sent by this process: its answers are dropped here.
                self.hear().await?;
            }
            Ending::AfterSending => {
                let (ready, _) = plan::tick(&self.app).await?;
                self.deliver.take(ready.jobs);
                self.deliver.refill().await?;
                self.deliver.launch();
                while !self.deliver.is_idle() {
                    self.deliver.landed().await;
                }
                self.noted(Notes::died);
            }
        }
        self.moves_to(self.now() + down);
        let old = &self.app;
        let app = App {
            metrics: Metrics::new(old.db.kind(), self.now())?,
            speaker: Speaker::alone(),
            db: old.db.clone(),
            clock: old.clock.clone(),
            ids: old.ids.clone(),
            telegram: Arc::clone(&old.telegram),
            texts: Shelf::new(old.texts.now()),
            limits: old.limits,
            worker: format!("process-{}", self.processes),
            flood: Flood::new(true),
            public_url: None,
            username: old.username.clone(),
            offset: AtomicI64::new(0),
        };
        self.processes += 1;
        self.due = None;
        let crashed = service::open(&app).await?;
        self.app = Arc::new(app);
        self.deliver = Deliver::new(Arc::clone(&self.app));
        if crashed {
            self.deliver.after_crash();
        }
        Ok(())
    }

    /// Takes the updates at hand and keeps them. `None`: the server did not give any.
    async fn hear(&self) -> anyhow::Result<Option<Ready>> {
        let offset = self.app.offset.load(Ordering::SeqCst);
        let Ok(updates) = self.app.telegram.updates(offset, 100, Duration::ZERO).await else { return Ok(None) };
        let read: Vec<_> = updates.iter().filter_map(|json| incoming::read(json)).collect();
        if read.is_empty() {
            return Ok(Some(Ready::default()));
        }
        let ready = handle::handle(&self.app, &read).await?;
        if let Some(last) = read.iter().map(|update| update.update_id).max() {
            self.app.offset.store(last + 1, Ordering::SeqCst);
        }
        Ok(Some(ready))
    }

    async fn pass_on(&mut self, ready: Ready) {
        for toast in ready.toasts {
            // A note that is lost is nobody's loss, as in service.
            let _ = self.app.telegram.answer_press(&toast.query, toast.note.as_deref()).await;
        }
        self.deliver.take(ready.jobs);
    }

    fn noted(&self, act: impl FnOnce(&mut Notes)) {
        act(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
