//! A backup becomes a database again.
//!
//! Owns: unpacking a backup into a private copy that can be cleaned (`app::restore`), what in it must not live on, and
//! carrying its rows into an empty database, all or none. The statements over whole tables are not among those of
//! `sql`, as in `backup`.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};

use super::backup::{BackupError, Failed, Partial, tables, verify};
use super::db::{Db, newest, on};
use super::downloads::VOID_DOWNLOADS;
use super::erased::{Gone, read_list};
use super::sets::args;
use super::sql::Sql;
use super::{Result, StoreError, Tx};

pub(super) const ALL: &[&Sql] = &[&NOT_SENT, &IN_DOUBT, &VOID_LINKS, &VOID_NEWS, &VOID_SESSIONS];

/// Rows carried over at a time; a bound for memory.
const AT_ONCE: i64 = 500;

/// What a service that was started on the empty database may have written for itself.
const OF_THE_HOUSE: [&str; 3] = ["due", "worker", "seen_update"];

/// Workers of the backup are long gone.
const LEFT_BEHIND: [&str; 1] = ["worker"];

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    #[error("{} cannot be read", .0.display())]
    Unreadable(PathBuf, #[source] io::Error),
    #[error("{}: {}", .0.display(), .1)]
    NoBackup(PathBuf, String),
    #[error("the database is in use; a backup is restored into an empty one")]
    InUse,
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A private copy of a backup, brought to the newest schema. It goes with this value.
pub struct Unpacked {
    copy: Partial,
    pub db: Db,
}

/// How much of a backup was not to live on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Voided {
    pub messages: u64,
    pub links: u64,
}

const NOT_SENT: Sql = Sql {
    question: "what was owed when a backup was made, never to be sent",
    text: "UPDATE outbox SET state = 'expired', settled = $1, message = ''
        WHERE state = 'owed' AND lane IN ('reply', 'bulk')",
};

const IN_DOUBT: Sql = Sql {
    question: "what was on its way when a backup was made",
    text: "UPDATE outbox SET state = 'unknown', settled = $1, lease = NULL, worker = NULL, message = ''
        WHERE state = 'claimed' AND lease IS NOT NULL",
};

const VOID_SESSIONS: Sql = Sql { question: "all sessions, to end", text: "DELETE FROM session WHERE expires >= $1" };

const VOID_NEWS: Sql = Sql {
    question: "what rounds were to be told when a backup was made, never to be told",
    text: "UPDATE news SET state = 'withdrawn' WHERE at >= $1 AND state <> 'withdrawn'",
};

const VOID_LINKS: Sql = Sql { question: "all links, to end", text: "DELETE FROM link WHERE expires >= $1" };

/// Copies a backup and brings the copy to the newest schema.
///
/// # Errors
/// When it is no backup of ours, or of a newer program.
pub async fn unpack(file: &Path) -> std::result::Result<Unpacked, RestoreError> {
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    if Path::new(&log).metadata().is_ok_and(|log| log.len() > 0) {
        let why = "it is a database in use; make a copy with `tandem backup`".to_owned();
        return Err(RestoreError::NoBackup(file.to_owned(), why));
    }
    let unreadable = |error| RestoreError::Unreadable(file.to_owned(), error);
    let mut from = File::open(file).map_err(unreadable)?;
    let found = verify(file).await.map_err(|error| match error {
        Failed::Sql(_) => RestoreError::NoBackup(file.to_owned(), "it is no backup".to_owned()),
        other => other.at(file).into(),
    })?;
    if found.schema > newest() {
        return Err(StoreError::Newer { found: found.schema, known: newest() }.into());
    }
    static NTH: AtomicU32 = AtomicU32::new(0);
    let name = format!("tandem-restore-{}", NTH.fetch_add(1, Ordering::Relaxed));
    let copy = Partial::create(&std::env::temp_dir().join(name))?;
    let mut into = OpenOptions::new().write(true).open(copy.file()).map_err(unreadable)?;
    io::copy(&mut from, &mut into).map_err(unreadable)?;
    let db = Db::open(&format!("sqlite://{}", copy.file().display())).await?;
    Ok(Unpacked { copy, db })
}

/// Who was erased, as a list or a newer backup knows it.
///
/// # Errors
/// When the file is neither.
pub async fn gone_in(file: &Path) -> std::result::Result<Gone, RestoreError> {
    match read_list(file) {
        Ok(gone) => Ok(gone),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            let newer = unpack(file).await?;
            let gone = newer.db.read().await?.erased(NaiveDate::default()).await?;
            newer.db.close().await;
            Ok(gone)
        }
        Err(error) => Err(RestoreError::Unreadable(file.to_owned(), error)),
    }
}

impl Unpacked {
    /// Carries all rows into the database at this address, which must be empty. The list of the erased is beside it then.
    ///
    /// # Errors
    /// When they are not there afterwards; then none of them is.
    pub async fn put(self, url: &str, now: DateTime<Utc>) -> std::result::Result<Vec<(String, u64)>, RestoreError> {
        self.db.close().await;
        let target = Db::open(url).await?;
        let guard = target.guard()?;
        let mut tx = target.begin().await?;
        if !tx.is_empty().await? {
            return Err(RestoreError::InUse);
        }
        let options = SqliteConnectOptions::new().filename(self.copy.file()).read_only(true);
        let mut copy = SqliteConnection::connect_with(&options).await.map_err(StoreError::from)?;
        let mut carried = Vec::new();
        for table in OF_THE_HOUSE {
            tx.empty(table).await?;
        }
        for table in tables(&mut copy).await.map_err(StoreError::from)? {
            if !LEFT_BEHIND.contains(&table.as_str()) {
                let rows = carry(&mut copy, &mut tx, &table).await?;
                carried.push((table, rows));
            }
        }
        tx.relist(now).await?;
        tx.commit().await?;
        drop(guard);
        target.close().await;
        Ok(carried)
    }
}

async fn carry(copy: &mut SqliteConnection, tx: &mut Tx, table: &str) -> Result<u64> {
    let columns: Vec<(String, String)> =
        sqlx::query_as("SELECT name, type FROM pragma_table_info($1)").bind(table).fetch_all(&mut *copy).await?;
    let names = columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    let places = (1..=columns.len()).map(|nth| format!("${nth}")).collect::<Vec<_>>().join(", ");
    let insert = format!("INSERT INTO {table} ({names}) VALUES ({places})");
    let select = format!("SELECT rowid AS nth_row, {names} FROM {table} WHERE rowid > $1 ORDER BY rowid LIMIT $2");
    let (mut after, mut count) = (i64::MIN, 0);
    loop {
        let rows: Vec<SqliteRow> =
            sqlx::query(AssertSqlSafe(select.as_str())).bind(after).bind(AT_ONCE).fetch_all(&mut *copy).await?;
        let Some(last) = rows.last() else { return Ok(count) };
        after = last.try_get("nth_row")?;
        for row in rows {
            on!(tx, conn => {
                let mut query = sqlx::query(AssertSqlSafe(insert.as_str()));
                for (nth, (_, kind)) in (1..).zip(&columns) {
                    query = match kind.as_str() {
                        "BIGINT" => query.bind(row.try_get::<Option<i64>, _>(nth)?),
                        _ => query.bind(row.try_get::<Option<String>, _>(nth)?),
                    };
                }
                query.execute(conn).await
            }
            .map(drop))?;
            count += 1;
        }
    }
}

impl Tx {
    /// What a backup must not bring back to life: messages that were owed when it was made have been sent since, or are
    /// too late; links may be in the hands of those who were given others since.
    pub async fn void(&mut self, now: DateTime<Utc>) -> Result<Voided> {
        let messages = self.run(&NOT_SENT, args![now]).await? + self.run(&IN_DOUBT, args![now]).await?;
        let links = self.run(&VOID_LINKS, args![i64::MIN]).await?;
        self.run(&VOID_SESSIONS, args![i64::MIN]).await?;
        self.run(&VOID_DOWNLOADS, args![i64::MIN]).await?;
        self.run(&VOID_NEWS, args![i64::MIN]).await?;
        Ok(Voided { messages, links })
    }

    async fn empty(&mut self, table: &str) -> Result<()> {
        let text = format!("DELETE FROM {table}");
        on!(self, conn => sqlx::query(AssertSqlSafe(text.as_str())).execute(conn).await.map(drop))?;
        Ok(())
    }
}
