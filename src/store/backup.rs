//! A copy of everything in one SQLite file, made while the service runs.
//!
//! Owns: that the copy is of one instant, is opened and found whole before it gets its name, and that nothing is
//! left behind where it could not be made. A SQLite file copies itself; out of PostgreSQL the rows of every table are
//! carried over, which works because one text made the tables of both. What is read here is each table whole, so its
//! statements are not among those of `sql`.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgPool, PgRow};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};

use super::db::{Db, Missing, StoreError, migrator, newest};

/// Rows carried over at a time; a bound for memory.
const AT_ONCE: u32 = 500;

/// What a copy holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The last migration that was applied.
    pub schema: i64,
    /// Each table and its rows.
    pub tables: Vec<(String, i64)>,
}

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{} is there already, and a backup overwrites nothing", .0.display())]
    Exists(PathBuf),
    #[error("the backup cannot be written to {}", .place.display())]
    Place {
        place: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("the backup cannot be written to {}", .place.display())]
    Write {
        place: PathBuf,
        #[source]
        source: sqlx::Error,
    },
    #[error("the copy is not whole: {0}")]
    Broken(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

type Result<T> = std::result::Result<T, BackupError>;

/// Copies the database at this address into a file that is not there yet.
///
/// # Errors
/// When there is no copy afterwards; then there is no part of one either.
pub async fn backup(url: &str, to: &Path) -> Result<Copy> {
    if to.symlink_metadata().is_ok() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let db = Db::connect_if(url, Missing::Refuse).await?;
    let partial = Partial::create(to)?;
    let made = match &db {
        Db::Sqlite(lite) => copy_itself(lite.writer(), &partial.file).await,
        Db::Postgres(pool, _) => carry_over(pool, &partial.file).await,
    };
    db.close().await;
    made.map_err(|error| error.at(to))?;
    let copy = verify(&partial.file).await.map_err(|error| error.at(to))?;
    partial.publish(to)?;
    Ok(copy)
}

/// SQLite reads one instant of itself into another file; writers go on meanwhile.
async fn copy_itself(pool: &SqlitePool, file: &Path) -> std::result::Result<(), Failed> {
    let name = file.to_str().ok_or_else(|| io::Error::other("its name is not UTF-8"))?;
    sqlx::query("VACUUM INTO $1").bind(name).execute(pool).await?;
    Ok(())
}

/// Makes the same tables anew and fills them from one snapshot.
async fn carry_over(pool: &PgPool, file: &Path) -> std::result::Result<(), Failed> {
    let mut from = pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    // It keeps no row from anybody, and waits for the disk to which it writes.
    sqlx::raw_sql("SET LOCAL idle_in_transaction_session_timeout = 0").execute(&mut *from).await?;
    let schema: i64 = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(&mut *from).await?;
    if schema > newest() {
        return Err(StoreError::Newer { found: schema, known: newest() }.into());
    }
    let options = SqliteConnectOptions::new()
        .filename(file)
        .foreign_keys(false)
        // A file that breaks off is thrown away, so nothing need be undone in it.
        .journal_mode(SqliteJournalMode::Memory)
        .synchronous(SqliteSynchronous::Off);
    let mut into = SqliteConnection::connect_with(&options).await?;
    let known = migrator().iter().filter(|migration| migration.version <= schema).cloned().collect();
    Migrator::with_migrations(known).run(&mut into).await.map_err(StoreError::Migrate)?;
    let mut filled = into.begin().await?;
    for table in tables(&mut filled).await? {
        fill(&mut from, &mut filled, &table).await?;
    }
    filled.commit().await?;
    into.close().await?;
    Ok(())
}

async fn fill(from: &mut PgConnection, into: &mut SqliteConnection, table: &str) -> std::result::Result<(), Failed> {
    let columns: Vec<(String, String)> =
        sqlx::query_as("SELECT name, type FROM pragma_table_info($1)").bind(table).fetch_all(&mut *into).await?;
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let (names, places) = (names.join(", "), vec!["?"; columns.len()].join(", "));
    let insert = format!("INSERT INTO {table} ({names}) VALUES ({places})");
    // A name for each table: a prepared statement remembers the types of its columns.
    let declare = format!("DECLARE {table}_rows NO SCROLL CURSOR FOR SELECT {names} FROM {table}");
    sqlx::query(AssertSqlSafe(declare)).execute(&mut *from).await?;
    loop {
        let fetch = format!("FETCH {AT_ONCE} FROM {table}_rows");
        let rows: Vec<PgRow> = sqlx::query(AssertSqlSafe(fetch)).fetch_all(&mut *from).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let mut query = sqlx::query(AssertSqlSafe(insert.as_str()));
            for (nth, (_, kind)) in columns.iter().enumerate() {
                query = match kind.as_str() {
                    "BIGINT" => query.bind(row.try_get::<Option<i64>, _>(nth)?),
                    _ => query.bind(row.try_get::<Option<String>, _>(nth)?),
                };
            }
            query.execute(&mut *into).await?;
        }
    }
    sqlx::query(AssertSqlSafe(format!("CLOSE {table}_rows"))).execute(&mut *from).await?;
    Ok(())
}

/// Opens the copy as it lies on the disk and looks whether it can be used.
pub(super) async fn verify(file: &Path) -> std::result::Result<Copy, Failed> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
    let mut copy = SqliteConnection::connect_with(&options).await?;
    let found: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_all(&mut copy).await?;
    if found != ["ok"] {
        return Err(Failed::Broken(found.join("; ")));
    }
    if !sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut copy).await?.is_empty() {
        return Err(Failed::Broken("a row refers to one that is missing".to_owned()));
    }
    let schema: Option<i64> =
        sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(&mut copy).await?;
    let schema = schema.ok_or_else(|| Failed::Broken("it has no schema".to_owned()))?;
    let mut counts = Vec::new();
    for table in tables(&mut copy).await? {
        let count = format!("SELECT COUNT(*) FROM {table}");
        let count = sqlx::query_scalar(AssertSqlSafe(count)).fetch_one(&mut copy).await?;
        counts.push((table, count));
    }
    copy.close().await?;
    Ok(Copy { schema, tables: counts })
}

/// The program's own tables, in the order in which they were made: what is referred to comes first.
pub(super) async fn tables(connection: &mut SqliteConnection) -> std::result::Result<Vec<String>, sqlx::Error> {
    let text =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) NOT IN ('sqlite_', '_sqlx_m')
        ORDER BY rootpage";
    sqlx::query_scalar(text).fetch_all(connection).await
}

/// What went wrong, before it is known with which file.
pub(super) enum Failed {
    Io(io::Error),
    Sql(sqlx::Error),
    Broken(String),
    Store(StoreError),
}

impl Failed {
    pub(super) fn at(self, place: &Path) -> BackupError {
        let place = place.to_owned();
        match self {
            Self::Io(source) => BackupError::Place { place, source },
            Self::Sql(source) => BackupError::Write { place, source },
            Self::Broken(what) => BackupError::Broken(what),
            Self::Store(error) => error.into(),
        }
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<sqlx::Error> for Failed {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The file while it is being written, under a name of its own beside its place. It goes with this value, unless it
/// was published.
pub(super) struct Partial {
    file: PathBuf,
}

impl Partial {
    /// Readable by its owner alone, from the first byte on.
    pub(super) fn create(to: &Path) -> Result<Self> {
        let failed = |source| BackupError::Place { place: to.to_owned(), source };
        let mut name = to.file_name().ok_or_else(|| failed(io::Error::other("it names no file")))?.to_owned();
        name.push(format!(".partial-{}", std::process::id()));
        let file = to.with_file_name(name);
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file).map_err(failed)?;
        Ok(Self { file })
    }

    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// On the disk first, then under its name.
    fn publish(self, to: &Path) -> Result<()> {
        let failed = |source| BackupError::Place { place: to.to_owned(), source };
        File::open(&self.file).and_then(|file| file.sync_all()).map_err(failed)?;
        // A link, unlike a rename, never replaces what came there meanwhile.
        match std::fs::hard_link(&self.file, to) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(BackupError::Exists(to.to_owned()));
            }
            // Some file systems have no links.
            Err(_) => std::fs::rename(&self.file, to).map_err(failed)?,
        }
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // It may be where it belongs by now, or never have been.
        let _ = std::fs::remove_file(&self.file);
        for beside in ["-journal", "-wal", "-shm", ".erased"] {
            let mut name = self.file.clone().into_os_string();
            name.push(beside);
            let _ = std::fs::remove_file(name);
        }
    }
}
