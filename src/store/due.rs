//! What will be due: a tick reads the head of one index, whoever is registered.

use chrono::{DateTime, Utc};

use super::save::{DROP_DUE, KEEP_DUE};
use super::sets::args;
use super::sql::Sql;
use super::{Result, Tx, codec};

pub(super) const ALL: &[&Sql] = &[&NOW_DUE, &NEXT_DUE, &STILL_DUE, &DUE_OF];

/// Owns what is due for nobody in particular.
pub const HOUSE: &str = "house";

/// What is due for a trainer by the id of their person: the week's digest.
pub const DIGEST: &str = "digest:";

/// Something whose time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NowDue {
    /// A tandem's id, a round's id or [`HOUSE`].
    pub owner: String,
    /// What it is, as its owner wrote it (for a tandem `domain::tandem::Due::code`).
    pub what: String,
    pub at: DateTime<Utc>,
}

const NOW_DUE: Sql =
    Sql { question: "what is due now", text: "SELECT owner, what, at FROM due WHERE at <= $1 ORDER BY at LIMIT $2" };

const NEXT_DUE: Sql =
    Sql { question: "when something is due next", text: "SELECT at FROM due WHERE at >= $1 ORDER BY at LIMIT 1" };

/// A row that is locked is being done by another process.
const STILL_DUE: Sql = Sql {
    question: "whether a thing is still due and nobody else is at it",
    text: "SELECT owner FROM due WHERE owner = $1 AND what = $2 AND at <= $3 {pg: FOR UPDATE SKIP LOCKED}",
};

const DUE_OF: Sql = Sql { question: "what is due for an owner", text: "SELECT what, at FROM due WHERE owner = $1" };

impl Tx {
    /// All that will be due for an owner, and when.
    pub async fn due_of(&mut self, owner: &str) -> Result<Vec<(String, DateTime<Utc>)>> {
        let rows: Vec<(String, i64)> = self.rows(&DUE_OF, args![owner]).await?;
        rows.into_iter().map(|(what, at)| Ok((what, codec::instant(at)?))).collect()
    }

    /// What is due, the longest overdue first.
    pub async fn due(&mut self, now: DateTime<Utc>, limit: u32) -> Result<Vec<NowDue>> {
        let rows: Vec<(String, String, i64)> = self.rows(&NOW_DUE, args![now, limit]).await?;
        rows.into_iter().map(|(owner, what, at)| Ok(NowDue { owner, what, at: codec::instant(at)? })).collect()
    }

    /// Whether this is still due. True to one of several processes that ask at the same time: until its transaction
    /// ends.
    pub async fn take_due(&mut self, owner: &str, what: &str, now: DateTime<Utc>) -> Result<bool> {
        let mine: Option<(String,)> = self.row(&STILL_DUE, args![owner, what, now]).await?;
        Ok(mine.is_some())
    }

    /// When something is due next, now or later; one look at the head of an index.
    pub async fn next_due_at(&mut self) -> Result<Option<DateTime<Utc>>> {
        let next: Option<(i64,)> = self.row(&NEXT_DUE, args![i64::MIN]).await?;
        next.map(|(at,)| codec::instant(at)).transpose()
    }

    /// Makes something due for these owners at an instant, instead of when it was due before.
    pub async fn set_due(&mut self, owners: &[&str], what: &str, at: DateTime<Utc>) -> Result<()> {
        self.run_rows(&KEEP_DUE, args![], owners.iter().map(|owner| args![*owner, what, at])).await?;
        Ok(())
    }

    /// Makes something not due any more for these owners.
    pub async fn clear_due(&mut self, owners: &[&str], what: &str) -> Result<()> {
        self.run_rows(&DROP_DUE, args![], owners.iter().map(|owner| args![*owner, what])).await?;
        Ok(())
    }
}
