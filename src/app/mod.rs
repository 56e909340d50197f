//! Transaction scripts: what happened goes in, is decided by `domain`, and is kept with all that follows.
//!
//! Owns: the order begin → load → step → save → commit → wake, for updates (`handle`), for the clock
//! (`plan`) and for the operator (`rounds`, `report`); turning decisions into words (`render`); sending
//! (`deliver`). Does not decide anything about learning, hours or cover, and knows no SQL.

mod attempt;
pub mod batch;
pub mod deliver;
pub mod desk;
pub mod door;
pub mod erase;
pub mod flood;
pub mod handle;
pub mod intake;
pub mod looks;
pub mod menu;
pub mod plan;
pub mod render;
pub mod report;
pub mod rounds;
pub mod service;
mod titles;

use std::sync::atomic::AtomicI64;
use std::sync::{Arc, OnceLock};

use chrono_tz::Tz;

use crate::clock::{Clock, IdSource};
use crate::content::Library;
use crate::domain::pacing::SendLimits;
use crate::l10n::Words;
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
    pub library: Arc<Library>,
    pub words: Arc<Words>,
    pub limits: SendLimits,
    /// This process, as the owner of what it claims.
    pub worker: String,
    pub flood: flood::Flood,
    /// The bot's name, once the server has told it.
    pub username: OnceLock<String>,
    /// The next update to ask for; moves only after a commit.
    pub offset: AtomicI64,
}

impl App {
    /// The address that opens the bot with a code. Without the bot's name it leads nowhere yet.
    pub fn join_link(&self, code: &str) -> String {
        let bot = self.username.get().map_or("", String::as_str);
        format!("https://t.me/{bot}?start={code}")
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
}

/// What every script answers with.
pub type Result<T> = std::result::Result<T, AppError>;
