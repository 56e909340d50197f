//! Links to one download each: whose it is and what it gives, by the hash of a secret.
//!
//! Owns: that a person has one link for each kind of paper, and that it is used up once, whoever comes first. Does not
//! know the secrets, nor what is in a paper.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::sets::args;
use super::sql::Sql;
use super::{Result, StoreError, Tx};
use crate::domain::ids::{PersonId, TandemId};
use crate::domain::paper::Paper;

pub(super) const ALL: &[&Sql] = &[
    &KEEP_DOWNLOAD,
    &FIND_DOWNLOAD,
    &USE_DOWNLOAD,
    &DROP_DOWNLOADS,
    &VOID_DOWNLOADS,
    &OLD_DOWNLOADS,
    &DROP_OLD_DOWNLOADS,
];

/// What a link gives, and to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    pub person: PersonId,
    pub paper: Paper,
    /// Where the paper comes from, if it is about a tandem.
    pub tandem: Option<TandemId>,
}

#[derive(FromRow)]
struct DownloadRow {
    person_id: String,
    paper: String,
    tandem_id: Option<String>,
}

const KEEP_DOWNLOAD: Sql = Sql {
    question: "a person's link to a download, in place of the one before",
    text: "INSERT INTO download (person_id, paper, tandem_id, hash, expires) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (person_id, paper) DO UPDATE SET tandem_id = excluded.tandem_id, hash = excluded.hash,
            expires = excluded.expires",
};

const FIND_DOWNLOAD: Sql = Sql {
    question: "what a link to a download gives",
    text: "SELECT person_id, paper, tandem_id FROM download WHERE hash = $1 AND expires > $2",
};

const USE_DOWNLOAD: Sql =
    Sql { question: "use up a link to a download", text: "DELETE FROM download WHERE hash = $1 AND expires > $2" };

pub(super) const DROP_DOWNLOADS: Sql =
    Sql { question: "a person's links to downloads, to end", text: "DELETE FROM download WHERE person_id = $1" };

pub(super) const VOID_DOWNLOADS: Sql =
    Sql { question: "all links to downloads, to end", text: "DELETE FROM download WHERE expires >= $1" };

pub(super) const OLD_DOWNLOADS: Sql =
    Sql { question: "how many links to downloads are over", text: "SELECT COUNT(*) FROM download WHERE expires < $1" };

pub(super) const DROP_OLD_DOWNLOADS: Sql =
    Sql { question: "links to downloads that are over, to drop", text: "DELETE FROM download WHERE expires < $1" };

impl Tx {
    /// Opens a download to a new secret; the one before is worth nothing from now on.
    pub async fn keep_download(&mut self, download: &Download, hash: &str, expires: DateTime<Utc>) -> Result<()> {
        let tandem = download.tandem.as_ref().map(TandemId::as_str);
        self.run(&KEEP_DOWNLOAD, args![&download.person, download.paper.code(), tandem, hash, expires]).await?;
        Ok(())
    }

    /// What a secret with this hash gives, while it does. Looking does not use it up.
    pub async fn find_download(&mut self, hash: &str, now: DateTime<Utc>) -> Result<Option<Download>> {
        let Some(row) = self.row::<DownloadRow>(&FIND_DOWNLOAD, args![hash, now]).await? else { return Ok(None) };
        Ok(Some(Download {
            person: PersonId(row.person_id),
            paper: Paper::from_code(&row.paper).ok_or(StoreError::Unreadable("paper"))?,
            tandem: row.tandem_id.map(TandemId),
        }))
    }

    /// Uses the link up. False if somebody else has, or it is over.
    pub async fn use_download(&mut self, hash: &str, now: DateTime<Utc>) -> Result<bool> {
        Ok(self.run(&USE_DOWNLOAD, args![hash, now]).await? > 0)
    }
}
