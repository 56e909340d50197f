//! Transaction scripts: what happened goes in, is decided by `domain`, and is kept with all that follows.
//!
//! Owns: the order begin → load → step → save → commit → wake, for updates (`handle`), for the clock
//! (`plan`) and for the operator (`rounds`, `report`); turning decisions into words (`render`); sending
//! (`deliver`). Does not decide anything about learning, hours or cover, and knows no SQL.

mod attempt;
pub mod batch;
pub mod board;
mod concept;
mod contacts;
pub mod deliver;
pub mod desk;
pub mod digest;
pub mod doctor;
pub mod door;
pub mod elected;
pub mod erase;
pub mod feed;
pub mod flood;
mod font;
pub mod handle;
pub mod health;
pub mod intake;
pub mod job;
mod letters;
pub mod licence;
pub mod looks;
mod manage;
pub mod menu;
pub mod metrics;
pub mod mydata;
mod neighbours;
mod news;
pub mod paper;
pub mod papers;
pub mod picture;
pub mod plan;
pub mod publish;
pub mod reload;
pub mod render;
pub mod report;
pub mod restore;
pub mod rounds;
mod said;
pub mod seats;
pub mod service;
pub mod texts;
mod titles;
pub mod translations;
mod waiting;
pub mod webhook;

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, OnceLock};
use std::task::Poll;

use chrono_tz::Tz;
use url::Url;

use crate::clock::{Clock, IdSource};
use crate::domain::pacing::SendLimits;
use crate::domain::turn::Pages;
use crate::store::{Db, StoreError};
use crate::telegram::port::{Refusal, Telegram};

/// The zone of rounds that name none.
pub const HOME_ZONE: Tz = chrono_tz::Europe::Berlin;

/// Everything a script needs. Cheap to share.
pub struct App {
    pub db: Db,
    pub clock: Clock,
    pub ids: IdSource,
    pub telegram: Arc<dyn Telegram>,
    /// The lessons and words that are served now.
    pub texts: texts::Shelf,
    pub limits: SendLimits,
    /// This process, as the owner of what it claims.
    pub worker: String,
    /// Whether it is the one that speaks with Telegram.
    pub speaker: elected::Speaker,
    pub flood: flood::Flood,
    /// How people reach this program from outside; without it there are no links to it.
    pub public_url: Option<Url>,
    /// The bot's name, once the server has told it.
    pub username: OnceLock<String>,
    /// The next update to ask for; moves only after a commit.
    pub offset: AtomicI64,
    /// What is counted, and when each loop last got on.
    pub metrics: metrics::Metrics,
}

impl App {
    /// The address that opens the bot with a code. Without the bot's name it leads nowhere yet.
    pub fn join_link(&self, code: &str) -> String {
        let bot = self.username.get().map_or("", String::as_str);
        format!("https://t.me/{bot}?start={code}")
    }

    /// Whether people can reach pages of ours.
    pub fn pages(&self) -> Pages {
        if self.public_url.is_some() { Pages::Reachable } else { Pages::Nowhere }
    }

    /// The bot itself.
    #[must_use]
    pub fn bot_link(&self) -> String {
        let bot = self.username.get().map_or("", String::as_str);
        format!("https://t.me/{bot}")
    }
}

/// Why a script could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the chat service: {0}")]
    Telegram(#[from] Refusal),
    #[error("no round has the id `{0}`")]
    NoRound(String),
    #[error("no programme has the id `{0}`; there is: {1}")]
    NoProgramme(String, String),
    #[error("{0}")]
    Refused(String),
    #[error("the server repeats updates that it was told to forget")]
    Stuck,
    #[error("a mistake in the program; the log says where")]
    Panicked,
}

impl AppError {
    /// Whether the same may well succeed later: the database is away, locked or full. No update is to blame.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_passing())
    }
}

/// Makes an error of a panic, so that whatever caused it can be passed and the rest goes on.
async fn caught<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    // On the heap: a batch's future is large, and the stacks of threads are not.
    let mut work = Box::pin(work);
    poll_fn(|cx| {
        // What the panic left half done is dropped with its transaction.
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(cx)));
        polled.unwrap_or(Poll::Ready(Err(AppError::Panicked)))
    })
    .await
}

/// What every script answers with.
pub type Result<T> = std::result::Result<T, AppError>;
