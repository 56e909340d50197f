//! Calendar feeds: whose one is, by the hash of its secret, and the revision of each thing it has spoken about.
//!
//! Owns: that a revision only ever grows, and only when the content is another. Does not know the secrets, nor what
//! the content is: it gets a hash of that.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use super::sets::args;
use super::sql::Sql;
use super::{Result, StoreError, Tx, codec};
use crate::domain::ids::{PersonId, TandemId};
use crate::domain::tandem::Role;

pub(super) const ALL: &[&Sql] = &[&KEEP_FEED, &DROP_FEED, &HAS_FEED, &FIND_FEED, &REVISIONS, &REVISE];

/// Whose feed it is, and where that person sits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    pub person: PersonId,
    pub seats: Vec<(TandemId, Role)>,
}

/// What was last said about a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    pub digest: String,
    pub sequence: u32,
    pub changed: DateTime<Utc>,
}

/// What is said about a thing now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub uid: String,
    pub digest: String,
    /// The day on which the thing is over.
    pub last: NaiveDate,
}

/// A person has one feed: a new secret ends the one before.
const KEEP_FEED: Sql = Sql {
    question: "a person's feed, with its new secret",
    text: "INSERT INTO feed (person_id, hash, made) VALUES ($1, $2, $3)
        ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, made = excluded.made",
};

pub(super) const DROP_FEED: Sql =
    Sql { question: "a person's feed, to switch off", text: "DELETE FROM feed WHERE person_id = $1" };

const HAS_FEED: Sql =
    Sql { question: "whether a person has a feed", text: "SELECT COUNT(*) FROM feed WHERE person_id = $1" };

#[derive(FromRow)]
struct FeedRow {
    person_id: String,
    tandem_id: Option<String>,
    role: Option<String>,
}

const FIND_FEED: Sql = Sql {
    question: "whose feed a secret opens, and where that person sits",
    text: "SELECT feed.person_id, seat.tandem_id, seat.role
        FROM feed LEFT JOIN seat ON seat.person_id = feed.person_id WHERE feed.hash = $1",
};

#[derive(FromRow)]
struct RevisionRow {
    uid: String,
    digest: String,
    sequence: i64,
    changed: i64,
}

const REVISIONS: Sql = Sql {
    question: "what a person's feed has said so far",
    text: "SELECT uid, digest, sequence, changed FROM feed_event WHERE person_id = $1",
};

/// One statement, so that of two readers who find the same change the second changes nothing.
const REVISE: Sql = Sql {
    question: "what a person's feed says now",
    text: "WITH v(uid, digest, last) AS ({rows:3})
        INSERT INTO feed_event (person_id, uid, digest, sequence, changed, last)
        SELECT $1, uid, digest, 0, $2, last FROM v WHERE uid IS NOT NULL
        ON CONFLICT (person_id, uid) DO UPDATE SET digest = excluded.digest, sequence = feed_event.sequence + 1,
            changed = excluded.changed, last = excluded.last
        WHERE feed_event.digest <> excluded.digest",
};

impl Tx {
    /// Opens a person's feed to a new secret; the one before is worth nothing from now on.
    pub async fn keep_feed(&mut self, person: &PersonId, hash: &str, now: DateTime<Utc>) -> Result<()> {
        self.run(&KEEP_FEED, args![person, hash, now]).await?;
        Ok(())
    }

    /// Switches a person's feed off. What it has said is remembered until that is over: in a calendar into which it
    /// was copied, numbers must go on growing.
    pub async fn drop_feed(&mut self, person: &PersonId) -> Result<()> {
        self.run(&DROP_FEED, args![person]).await?;
        Ok(())
    }

    pub async fn has_feed(&mut self, person: &PersonId) -> Result<bool> {
        let found: Option<(i64,)> = self.row(&HAS_FEED, args![person]).await?;
        Ok(found.is_some_and(|(count,)| count > 0))
    }

    /// Whose feed a secret with this hash opens.
    pub async fn find_feed(&mut self, hash: &str) -> Result<Option<Feed>> {
        let rows: Vec<FeedRow> = self.rows(&FIND_FEED, args![hash]).await?;
        let Some(person) = rows.first().map(|row| PersonId(row.person_id.clone())) else { return Ok(None) };
        let mut seats = Vec::new();
        for row in rows {
            if let (Some(tandem), Some(role)) = (row.tandem_id, row.role) {
                seats.push((TandemId(tandem), Role::from_code(&role).ok_or(StoreError::Unreadable("role"))?));
            }
        }
        seats.sort();
        Ok(Some(Feed { person, seats }))
    }

    /// What a person's feed has said so far, by uid.
    pub async fn revisions(&mut self, person: &PersonId) -> Result<HashMap<String, Revision>> {
        let rows: Vec<RevisionRow> = self.rows(&REVISIONS, args![person]).await?;
        rows.into_iter()
            .map(|row| {
                let (sequence, changed) = (codec::count(row.sequence)?, codec::instant(row.changed)?);
                Ok((row.uid, Revision { digest: row.digest, sequence, changed }))
            })
            .collect()
    }

    /// Remembers what a person's feed says now. A thing whose content is another than before gets the next number.
    pub async fn revise(&mut self, person: &PersonId, said: &[Said], now: DateTime<Utc>) -> Result<()> {
        let rows = said.iter().map(|said| args![said.uid.as_str(), said.digest.as_str(), said.last]);
        self.run_rows(&REVISE, args![person, now], rows).await?;
        Ok(())
    }
}
