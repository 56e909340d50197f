//! Who serves: from a SQLite file one process; on PostgreSQL any number, of which one is elected.
//!
//! Owns: the lock beside a SQLite file, the advisory lock that elects, and the bell by which the others wake the one
//! that is elected. Does not know what it is elected for.

use std::fs::{File, TryLockError};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgListener};
use sqlx::{AssertSqlSafe, Connection};

use super::db::Inner;
use super::sets::args;
use super::sql::Sql;
use super::{Db, Result, StoreError, Tx, codec};
use crate::domain::ids::OwedId;

pub(super) const ALL: &[&Sql] = &[&OTHERS, &HAND_BACK];

/// The server ends the session of a candidate that has asked for nothing for so long, and with it the lock: nobody
/// waits for a machine without power, nor for a process that hangs. (A dead process is noticed at once.)
const SESSION: &str = "3s";

/// Tells our advisory locks from those of other programs; the schema is the other half of the key.
const OURS: i32 = 0x7461_6e64;

/// Whoever has the lock and asks again still has it. PostgreSQL only, as all texts here that are no `Sql`.
const ELECT: &str = "SELECT pg_try_advisory_lock($1, hashtext(current_schema()))";

const CHANNEL: &str = "SELECT 'tandem' || hashtext(current_schema())";

const RING: &str = "SELECT pg_notify('tandem' || hashtext(current_schema()), $1)";

/// PostgreSQL carries no longer words (NOTIFY: less than 8,000 bytes).
const LONGEST_WORDS: usize = 7_999;

const OTHERS: Sql = Sql {
    question: "when another worker was last seen",
    text: "SELECT seen FROM worker WHERE id <> $1 ORDER BY seen DESC LIMIT 1",
};

const HAND_BACK: Sql = Sql {
    question: "what a worker claimed and does not send",
    text: "UPDATE outbox SET state = 'owed', lease = NULL, worker = NULL
        WHERE state = 'claimed' AND worker = $1 AND id IN {set}",
};

/// Nobody else serves from the same SQLite file while this is kept.
#[derive(Debug)]
pub struct Guard {
    _file: Option<File>,
}

/// A process that stands for election, with a connection of its own.
#[derive(Debug)]
pub struct Candidate {
    options: Arc<PgConnectOptions>,
    connection: Option<PgConnection>,
}

/// Rings when another process on the same PostgreSQL wants to be heard.
pub struct Bell(PgListener);

impl Db {
    /// Keeps other processes from serving from the same SQLite file; commands still work beside. The lock is the
    /// operating system's: it ends with the process, however that ends. On PostgreSQL there is nothing to keep.
    pub fn guard(&self) -> Result<Guard> {
        let Self::Sqlite(lite) = self else { return Ok(Guard { _file: None }) };
        let Some(mut place) = lite.file() else { return Ok(Guard { _file: None }) };
        // Not the database itself: whoever closes it once more ends SQLite's own locks on it.
        place.as_mut_os_string().push(".lock");
        let named = || place.display().to_string();
        let file = File::create(&place).map_err(|source| StoreError::Guard { place: named(), source })?;
        match file.try_lock() {
            Ok(()) => Ok(Guard { _file: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Served { place: named() }),
            Err(TryLockError::Error(source)) => Err(StoreError::Guard { place: named(), source }),
        }
    }

    /// A candidate; `None` where there is no election.
    pub fn candidate(&self) -> Option<Candidate> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(pool, _) => Some(Candidate { options: pool.connect_options(), connection: None }),
        }
    }

    /// Listens to the others; `None` where there are none.
    pub async fn bell(&self) -> Result<Option<Bell>> {
        let Self::Postgres(pool, _) = self else { return Ok(None) };
        let mut listener = PgListener::connect_with(pool).await?;
        let channel: String = sqlx::query_scalar(CHANNEL).fetch_one(&mut listener).await?;
        listener.listen(&channel).await?;
        Ok(Some(Bell(listener)))
    }
}

impl Candidate {
    /// Whether this candidate is the one elected: it gets the lock if it is free. To be asked again and again: the
    /// lock lives as long as the connection, and that only as long as it is used. Who stops waiting for the answer
    /// gives up the connection.
    pub async fn is_elected(&mut self) -> Result<bool> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                let mut connection = PgConnection::connect_with(&self.options).await?;
                let text = format!("SET idle_session_timeout = '{SESSION}'");
                sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut connection).await?;
                connection
            }
        };
        let elected: Option<bool> = sqlx::query_scalar(ELECT).bind(OURS).fetch_one(&mut connection).await?;
        self.connection = Some(connection);
        Ok(elected == Some(true))
    }
}

impl Bell {
    /// Waits for somebody to ring; answers with their words. `None`: the connection was lost and is there again;
    /// somebody may have rung meanwhile.
    pub async fn rung(&mut self) -> Result<Option<String>> {
        Ok(self.0.try_recv().await?.map(|said| said.payload().to_owned()))
    }
}

impl Tx {
    /// Rings the bell once this is committed. The words go to those who listen at that moment and into no table.
    /// False if they are too long to be carried, or if there is no bell.
    pub async fn ring(&mut self, words: &str) -> Result<bool> {
        let Inner::Postgres(tx) = &mut self.inner else { return Ok(false) };
        if words.len() > LONGEST_WORDS {
            return Ok(false);
        }
        sqlx::query(RING).bind(words).execute(&mut **tx).await?;
        Ok(true)
    }

    /// When another worker was last seen, if there ever was one.
    pub async fn others_seen(&mut self, worker: &str) -> Result<Option<DateTime<Utc>>> {
        let seen: Option<(i64,)> = self.row(&OTHERS, args![worker]).await?;
        seen.map(|(at,)| codec::instant(at)).transpose()
    }

    /// Gives back what this worker claimed and has certainly not sent. What others have claimed since stays theirs.
    pub async fn hand_back(&mut self, worker: &str, messages: &[OwedId]) -> Result<()> {
        self.run_in(&HAND_BACK, args![worker], messages).await?;
        Ok(())
    }
}
