//! Databases for stories: in memory, in a file that can be looked into from outside, or on PostgreSQL.

use std::sync::Arc;

use sqlx::{Connection, PgConnection, SqliteConnection};
use tandem::clock::IdSource;
use tandem::store::{Db, KEY_BYTES, Vault};
use tempfile::TempDir;

use super::left_out::left_out;

/// A database that belongs to one story.
pub enum Place {
    Memory,
    File(TempDir),
    /// A schema of its own on the server that `TANDEM_TEST_POSTGRES` names.
    Postgres(String),
}

fn vault() -> Vault {
    let ids = IdSource::seeded(7);
    Vault::new(Some([7; KEY_BYTES]), &[], Arc::new(move || ids.bytes()))
}

impl Place {
    pub fn file() -> Self {
        Self::File(tempfile::tempdir().expect("a temporary folder"))
    }

    /// `None`, and a word about it, where no server is named.
    pub async fn postgres(schema: &str) -> Option<Self> {
        let Ok(url) = std::env::var("TANDEM_TEST_POSTGRES") else {
            left_out("PostgreSQL", "TANDEM_TEST_POSTGRES is not set");
            return None;
        };
        let mut connection = PgConnection::connect(&url).await.expect("the test database answers");
        let schema = format!("story_{schema}");
        let text = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut connection).await.expect("a schema of one's own");
        let join = if url.contains('?') { '&' } else { '?' };
        Some(Self::Postgres(format!("{url}{join}options[search_path]={schema}")))
    }

    pub async fn open(&self) -> Db {
        match self {
            // Here what people write is sealed, so that every story shows that it is read again.
            Self::Memory => Db::open_memory().await.map(|db| db.with_vault(vault())),
            Self::File(_) | Self::Postgres(_) => Db::open(&self.url()).await,
        }
        .expect("a database for the story")
    }

    /// Everything is lost, except what outlives a database.
    pub async fn lose(&self) {
        match self {
            Self::Memory => panic!("a database in memory cannot be restored; use World::on_disk"),
            Self::File(folder) => {
                for beside in ["", "-wal", "-shm"] {
                    let _ = std::fs::remove_file(folder.path().join(format!("tandem.db{beside}")));
                }
            }
            Self::Postgres(url) => {
                let schema = url.split_once("search_path]=").expect("a schema of one's own").1;
                self.run(&format!("DROP SCHEMA {schema} CASCADE; CREATE SCHEMA {schema}")).await;
            }
        }
    }

    pub fn url(&self) -> String {
        match self {
            Self::Memory => unreachable!("a database in memory has no address"),
            Self::File(folder) => format!("sqlite://{}", folder.path().join("tandem.db").display()),
            Self::Postgres(url) => url.clone(),
        }
    }

    /// Changes rows behind the program's back.
    pub async fn run(&self, statement: &str) {
        let statement = sqlx::AssertSqlSafe(statement.to_owned());
        match self {
            Self::Memory => panic!("a database in memory cannot be looked into; use World::on_disk"),
            Self::File(_) => {
                let mut connection = SqliteConnection::connect(&self.url()).await.expect("the file opens");
                sqlx::raw_sql(statement).execute(&mut connection).await.expect("a change");
            }
            Self::Postgres(url) => {
                let mut connection = PgConnection::connect(url).await.expect("the server answers");
                sqlx::raw_sql(statement).execute(&mut connection).await.expect("a change");
            }
        }
    }

    /// Counts rows behind the program's back; the question is a `SELECT COUNT(*)`.
    pub async fn count(&self, question: &str) -> i64 {
        let question = sqlx::AssertSqlSafe(question.to_owned());
        match self {
            Self::Memory => panic!("a database in memory cannot be looked into; use World::on_disk"),
            Self::File(_) => {
                let mut connection = SqliteConnection::connect(&self.url()).await.expect("the file opens");
                sqlx::query_scalar(question).fetch_one(&mut connection).await.expect("a count")
            }
            Self::Postgres(url) => {
                let mut connection = PgConnection::connect(url).await.expect("the server answers");
                sqlx::query_scalar(question).fetch_one(&mut connection).await.expect("a count")
            }
        }
    }

    /// Takes the write lock of a file from outside, until this is dropped.
    pub async fn lock(&self) -> Lock {
        let mut connection = SqliteConnection::connect(&self.url()).await.expect("the file opens");
        sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut connection).await.expect("the lock is free");
        Lock { _connection: connection }
    }
}

/// A write lock. SQLite lets it go with the connection.
pub struct Lock {
    _connection: SqliteConnection,
}
