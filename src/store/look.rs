//! A look at a database from outside: whether it is there, how old its schema is, when something last happened.
//!
//! Changes nothing, not even an older schema. For `tandem doctor` and for a restore.

use std::path::PathBuf;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use sqlx::sqlite::SqliteConnectOptions;

use super::db::{Db, Missing, newest, on};
use super::sets::args;
use super::sql::Sql;
use super::{Result, Tx, codec};

pub(super) const ALL: &[&Sql] = &[&LAST_LIFE];

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The last migration that was applied; none before the first start.
    pub schema: Option<i64>,
    /// The newest that this program knows.
    pub known: i64,
    /// The newest instant that the database remembers, if its schema is ours.
    pub alive: Option<DateTime<Utc>>,
    /// The names of the keys with which texts are sealed.
    pub keys: Vec<String>,
}

/// Text of both databases, about a table that is not ours.
const SCHEMA: &str = "SELECT MAX(version) FROM _sqlx_migrations";

const LAST_LIFE: Sql = Sql {
    question: "when something last happened",
    text: "SELECT
        (SELECT at FROM seen_update WHERE at >= $1 ORDER BY at DESC LIMIT 1),
        (SELECT settled FROM outbox WHERE settled >= $1 ORDER BY settled DESC LIMIT 1),
        (SELECT at FROM audit WHERE at >= $1 ORDER BY at DESC LIMIT 1)",
};

/// The file of a SQLite address; `None` for a server or a private database.
pub fn file_of(url: &str) -> Option<PathBuf> {
    let options = url.starts_with("sqlite:").then(|| SqliteConnectOptions::from_str(url).ok())??;
    let file = options.get_filename().to_owned();
    let name = file.to_string_lossy();
    (!name.starts_with("file:") && name != ":memory:").then_some(file)
}

/// Looks at the database at this address, which must be there.
///
/// # Errors
/// When it cannot be opened or read.
pub async fn look(url: &str) -> Result<Look> {
    let db = Db::connect_if(url, Missing::Refuse).await?;
    let mut tx = db.read().await?;
    let schema: Option<Option<i64>> = on!(tx, conn => sqlx::query_scalar(SCHEMA).fetch_one(conn).await).ok();
    let schema = schema.flatten();
    // PostgreSQL goes on with nothing after an error.
    tx.rollback().await?;
    let known = newest();
    let (alive, keys) = match schema == Some(known) {
        true => {
            let mut tx = db.read().await?;
            (tx.last_life().await?, tx.keys().await?)
        }
        false => (None, Vec::new()),
    };
    db.close().await;
    Ok(Look { schema, known, alive, keys })
}

impl Tx {
    /// When something last happened: an update, a message that was settled, a deed of an operator or a trainer.
    pub async fn last_life(&mut self) -> Result<Option<DateTime<Utc>>> {
        let row: Option<(Option<i64>, Option<i64>, Option<i64>)> = self.row(&LAST_LIFE, args![i64::MIN]).await?;
        let newest = row.and_then(|(update, settled, deed)| [update, settled, deed].into_iter().flatten().max());
        newest.map(codec::instant).transpose()
    }
}
