//! Opening the database and transactions over it.
//!
//! Owns: the two kinds of databases, their pools and settings, migrations. Does not know what is stored.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, PgConnection, Postgres, Sqlite, Transaction};

use super::erased::{self, Listing};
use super::vault::Vault;
use super::{Result, look, trouble};

static MIGRATOR: Migrator = sqlx::migrate!("./migrations");

/// How long a writer of another process is waited for.
const BUSY: Duration = Duration::from_secs(10);

/// How often a SQLite file is opened that another process is just making.
const OPENINGS: u32 = 100;

/// How long a writer of this process waits for its turn.
const TURN: Duration = Duration::from_secs(60);

/// Connections for looking at a SQLite file while somebody writes.
const READERS: u32 = 2;

/// Connections to PostgreSQL.
const CONNECTIONS: u32 = 8;

/// How long a transaction on PostgreSQL may say nothing before the server undoes it. Ours say something every few
/// milliseconds; a process that hangs must not keep rows from the one that takes over within five seconds.
const HOLDS: &str = "SET idle_in_transaction_session_timeout = '3s'";

/// Texts kept prepared per connection: all statements in all sizes of their sets.
const PREPARED: usize = 512;

/// Rows that SQLite's thread reads ahead, so that it and whoever asked do not wait for each other row by row.
const ROWS_AHEAD: usize = 1024;

/// The same for each connection that only looks: they look at heads of indexes and at single rows.
const READER_CACHE: &str = "-1000";

/// Pages in SQLite's log at which a commit itself moves them into the file. The service does so beside the writer
/// (`Db::checkpoint`), so that no reply waits for it; this is the bound where that never finds a quiet moment.
const LOG_PAGES: &str = "8000";

/// Pages of a SQLite file kept in memory by the connection that writes: at most 8 MB (negative numbers are KiB).
pub(super) const PAGE_CACHE: &str = "-8000";

/// An open database.
#[derive(Clone, Debug)]
pub enum Db {
    Sqlite(Lite),
    Postgres(PgPool, Vault),
}

/// A SQLite file: writers queue for the one connection that writes, readers never wait for them.
#[derive(Clone, Debug)]
pub struct Lite {
    write: SqlitePool,
    read: SqlitePool,
    /// The file to which every commit is written first; a private database has none.
    log: Option<PathBuf>,
    /// The list of the erased beside it, which outlives it.
    list: Option<Arc<Path>>,
    vault: Vault,
}

/// What becomes of a SQLite file that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    Make,
    Refuse,
}

/// A transaction. What is not committed is undone when it is dropped.
pub struct Tx {
    pub(super) inner: Inner,
    /// Whether rows that are read are going to be changed.
    pub(super) writes: bool,
    /// What is written into the list of the erased after the commit, and where that is.
    pub(super) listing: Option<Listing>,
    list: Option<Arc<Path>>,
    pub(super) vault: Vault,
}

pub(super) enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Runs one expression on the connection of whichever database it is.
macro_rules! on {
    ($tx:expr, $conn:ident => $body:expr) => {
        match &mut $tx.inner {
            $crate::store::db::Inner::Sqlite(tx) => {
                let $conn = &mut **tx;
                $body
            }
            $crate::store::db::Inner::Postgres(tx) => {
                let $conn = &mut **tx;
                $body
            }
        }
    };
}
pub(super) use on;

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address of the database is neither `sqlite://…` nor `postgres://…`. It may hold a password: not repeated.
    #[error("the database address must begin with sqlite:// or postgres://")]
    Address,
    #[error("the database cannot be opened ({place})")]
    Open {
        /// A file, or the name of the server: never the whole address.
        place: String,
        #[source]
        source: sqlx::Error,
    },
    #[error(
        "the database was written by a newer version of this program (its schema is {found}, this program knows {known})"
    )]
    Newer { found: i64, known: i64 },
    #[error("the database's schema cannot be brought up to date")]
    Migrate(#[source] MigrateError),
    #[error("another tandem serves from this database ({place})")]
    Served { place: String },
    #[error("the file that keeps others from serving cannot be used ({place})")]
    Guard {
        place: String,
        #[source]
        source: std::io::Error,
    },
    #[error("{}", trouble::said(.0))]
    Refused(#[from] sqlx::Error),
    /// A stored text does not mean anything to this program; the text itself is not repeated.
    /// The name of a key says nothing about it.
    #[error("what people wrote is sealed with the key {key}, which is not given")]
    NoKey { key: String },
    #[error("the database holds an unreadable {0}")]
    Unreadable(&'static str),
}

impl StoreError {
    /// Whether somebody else changed the same rows at the same moment: tried again at once, it may well succeed.
    pub fn is_race(&self) -> bool {
        matches!(self, Self::Refused(error) if trouble::is_race(error))
    }

    /// Whether the same may well succeed later: nothing is wrong with what was asked.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Refused(error) if trouble::is_passing(error))
    }
}

impl Db {
    /// Opens `sqlite://path` (created if missing) or `postgres://…` and brings its schema up to date.
    pub async fn open(url: &str) -> Result<Self> {
        let db = Self::connect(url).await?;
        db.migrate().await?;
        Ok(db)
    }

    /// Opens without touching the schema.
    pub async fn connect(url: &str) -> Result<Self> {
        Self::connect_if(url, Missing::Make).await
    }

    pub(super) async fn connect_if(url: &str, missing: Missing) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(url).map_err(|_| StoreError::Address)?;
            return Self::connect_postgres(options).await;
        }
        if !url.starts_with("sqlite:") {
            return Err(StoreError::Address);
        }
        let options = SqliteConnectOptions::from_str(url).map_err(|_| StoreError::Address)?;
        if missing == Missing::Make {
            make_private(url);
        }
        Self::connect_sqlite(options.create_if_missing(missing == Missing::Make)).await
    }

    /// A private database that is gone with its last handle. Its one connection serves readers as well:
    /// whoever opens a second transaction while holding the first waits for ever.
    pub async fn open_memory() -> Result<Self> {
        let pool = one_connection()
            .connect_with(settings(SqliteConnectOptions::new().in_memory(true)))
            .await
            .map_err(|source| StoreError::Open { place: "memory".to_owned(), source })?;
        let vault = Vault::default();
        let db = Self::Sqlite(Lite { write: pool.clone(), read: pool, log: None, list: None, vault });
        db.migrate().await?;
        Ok(db)
    }

    /// Applies the migrations that are missing, all or none of them.
    pub async fn migrate(&self) -> Result<()> {
        let mut tx = self.begin().await?;
        let applied = on!(tx, conn => MIGRATOR.run(conn).await);
        match applied {
            Ok(()) => tx.commit().await,
            Err(MigrateError::VersionMissing(found)) => Err(StoreError::Newer { found, known: newest() }),
            Err(error) => Err(StoreError::Migrate(error)),
        }
    }

    /// Begins a transaction that may write. On SQLite it has the write lock from the start: a transaction that
    /// reads first and takes the lock later fails under load.
    pub async fn begin(&self) -> Result<Tx> {
        let inner = match self {
            Self::Sqlite(lite) => Inner::Sqlite(match lite.write.begin_with("BEGIN IMMEDIATE").await {
                Err(error) if is_spoilt(&error) => {
                    lite.write.acquire().await?.close().await?;
                    lite.write.begin_with("BEGIN IMMEDIATE").await?
                }
                begun => begun?,
            }),
            Self::Postgres(pool, _) => Inner::Postgres(pool.begin().await?),
        };
        Ok(Tx { inner, writes: true, listing: None, list: self.list(), vault: self.vault().clone() })
    }

    /// Begins a transaction that only looks and never waits for a writer.
    pub async fn read(&self) -> Result<Tx> {
        let inner = match self {
            Self::Sqlite(lite) => Inner::Sqlite(match lite.read.begin().await {
                Err(error) if is_spoilt(&error) => {
                    lite.read.acquire().await?.close().await?;
                    lite.read.begin().await?
                }
                begun => begun?,
            }),
            Self::Postgres(pool, _) => Inner::Postgres(pool.begin_with("BEGIN READ ONLY").await?),
        };
        Ok(Tx { inner, writes: false, listing: None, list: None, vault: self.vault().clone() })
    }

    /// The same with keys for what people wrote. Whether they are the right ones, `check_keys` says.
    #[must_use]
    pub fn with_vault(self, vault: Vault) -> Self {
        match self {
            Self::Sqlite(lite) => Self::Sqlite(Lite { vault, ..lite }),
            Self::Postgres(pool, _) => Self::Postgres(pool, vault),
        }
    }

    pub fn vault(&self) -> &Vault {
        match self {
            Self::Sqlite(lite) => &lite.vault,
            Self::Postgres(_, vault) => vault,
        }
    }

    /// Whether only one process at a time can serve from this database: a file, yes; a server, no.
    pub fn is_single_process(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// When somebody last wrote, this process included, where that is seen without asking the database. Two writes
    /// within a tick of the file system's clock look like one.
    pub fn last_write(&self) -> Option<SystemTime> {
        match self {
            Self::Sqlite(lite) => std::fs::metadata(lite.log.as_ref()?).and_then(|file| file.modified()).ok(),
            Self::Postgres(..) => None,
        }
    }

    /// Moves what was committed from SQLite's log into its file, as far as that works without making anybody wait.
    pub async fn checkpoint(&self) -> Result<()> {
        if let Self::Sqlite(Lite { read, log: Some(_), .. }) = self {
            sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(read).await?;
        }
        Ok(())
    }

    /// Which database it is, in one word.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(..) => "postgresql",
        }
    }

    /// Waits for what is under way and closes.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(lite) => {
                lite.read.close().await;
                lite.write.close().await;
            }
            Self::Postgres(pool, _) => pool.close().await,
        }
    }

    fn list(&self) -> Option<Arc<Path>> {
        match self {
            Self::Sqlite(lite) => lite.list.clone(),
            Self::Postgres(..) => None,
        }
    }

    async fn connect_sqlite(options: SqliteConnectOptions) -> Result<Self> {
        let place = options.get_filename().display().to_string();
        let log = PathBuf::from(format!("{place}-wal"));
        let private = place.starts_with("file:") || place == ":memory:";
        let list = (!private).then(|| erased::place_of(options.get_filename()));
        let options = settings(options);
        let mut tries = 1;
        let write = loop {
            match one_connection().connect_with(options.clone()).await {
                Ok(write) => break write,
                // Giving a new file its log does not wait for another process that is just doing the same.
                Err(error) if tries < OPENINGS && trouble::is_locked(&error) => tries += 1,
                Err(source) => return Err(StoreError::Open { place, source }),
            }
        };
        let read = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(TURN)
            .test_before_acquire(false)
            .connect_lazy_with(options.pragma("query_only", "ON").pragma("cache_size", READER_CACHE));
        Ok(Self::Sqlite(Lite { write, read, log: Some(log), list, vault: Vault::default() }))
    }

    async fn connect_postgres(options: PgConnectOptions) -> Result<Self> {
        let place = options.get_host().to_owned();
        // The pool would try for a minute before it says that nobody is there.
        let first = PgConnection::connect_with(&options).await;
        first.map_err(|source| StoreError::Open { place: place.clone(), source })?.close().await?;
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(TURN)
            .after_connect(|connection, _| Box::pin(async { sqlx::raw_sql(HOLDS).execute(connection).await.map(drop) }))
            .connect_with(options.application_name("tandem").statement_cache_capacity(PREPARED))
            .await
            .map_err(|source| StoreError::Open { place, source })?;
        Ok(Self::Postgres(pool, Vault::default()))
    }
}

impl Lite {
    /// The one connection that writes.
    pub(super) fn writer(&self) -> &SqlitePool {
        &self.write
    }

    /// The file, unless it is a private database in memory.
    pub(super) fn file(&self) -> Option<PathBuf> {
        let options = self.write.connect_options();
        let file = options.get_filename();
        let name = file.to_string_lossy();
        (!name.starts_with("file:") && name != ":memory:").then(|| file.to_owned())
    }
}

impl Tx {
    /// Makes it so. On SQLite it is on the disk afterwards (synchronous = FULL).
    pub async fn commit(self) -> Result<()> {
        match self.inner {
            Inner::Sqlite(tx) => tx.commit().await?,
            Inner::Postgres(tx) => tx.commit().await?,
        }
        if let (Some(listing), Some(place)) = (self.listing, self.list) {
            listing.write(&place);
        }
        Ok(())
    }

    /// Undoes it now, rather than some time after the drop.
    pub async fn rollback(self) -> Result<()> {
        match self.inner {
            Inner::Sqlite(tx) => tx.rollback().await?,
            Inner::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}

/// The migrations, for the test that applies them one by one over sample rows.
pub fn migrator() -> &'static Migrator {
    &MIGRATOR
}

pub(super) fn newest() -> i64 {
    MIGRATOR.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// Whether a connection is of no use any more. SQLite ends a transaction by itself when the disk is full or fails, and
/// the driver goes on believing in it.
fn is_spoilt(error: &sqlx::Error) -> bool {
    use sqlx::Error::{BeginFailed, InvalidSavePointStatement, WorkerCrashed};
    matches!(error, InvalidSavePointStatement | BeginFailed | WorkerCrashed)
}

/// An empty file is an empty database. Made by us it is its owner's alone, and SQLite gives the files beside it the same
/// mode. Where it cannot be made, opening it says why.
fn make_private(url: &str) {
    if let Some(file) = look::file_of(url) {
        let _ = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    }
}

fn settings(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .statement_cache_capacity(PREPARED)
        .row_buffer_size(ROWS_AHEAD)
        // Undoing a single statement of many rows needs its pages: in memory, not in a file of its own.
        .pragma("temp_store", "MEMORY")
        .pragma("cache_size", PAGE_CACHE)
        .pragma("wal_autocheckpoint", LOG_PAGES)
        // Erased is erased: freed space is overwritten where that costs no further writing.
        .pragma("secure_delete", "FAST")
}

fn one_connection() -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(TURN)
        // A private database lives as long as its connection.
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}
