//! Links that let somebody in: for a purpose, a number of times, until an end.
//!
//! Owns: the rows and that a use is used up once, whoever comes first. Does not know the secrets: only
//! their hashes are kept, so that a copy of the database opens no door.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::FromRow;

use super::sets::args;
use super::sql::Sql;
use super::{Result, StoreError, Tx, codec};

pub(super) const ALL: &[&Sql] = &[&ISSUE, &FIND, &CONSUME, &ADJUST, &REVOKE, &INVITATIONS, &WITHDRAW, &OPEN];

/// What a link lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A trainer; the subject is `house`.
    Trainer,
    /// A lead of a new tandem; the subject is a round.
    Lead,
    /// The deputy; the subject is a tandem.
    Deputy,
    /// Who is told of a tandem's open gaps; the subject is the tandem.
    Contact,
    /// A trainer's dashboard; the subject is the trainer.
    Dashboard,
    /// One more trainer of a round; the subject is the round.
    Colleague,
    /// A lead who has waited for a place; the subject is the round.
    Place,
}

/// A link that still holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub hash: String,
    pub purpose: Purpose,
    pub subject: String,
    pub uses_left: u32,
    pub expires: DateTime<Utc>,
}

/// What became of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkState {
    Good(Link),
    /// Nobody else gets in by it.
    Used(Link),
    Expired,
    /// Never issued, withdrawn, or purged since.
    Nothing,
}

/// What is kept of a secret: its SHA-256, in hexadecimal digits.
pub fn hash(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[derive(FromRow)]
struct LinkRow {
    hash: String,
    purpose: String,
    subject: String,
    uses_left: i64,
    expires: i64,
}

const ISSUE: Sql = Sql {
    question: "a new link",
    text: "INSERT INTO link (hash, purpose, subject, uses_left, expires) VALUES ($1, $2, $3, $4, $5)",
};

const FIND: Sql = Sql {
    question: "a link, used up or over as it may be",
    text: "SELECT hash, purpose, subject, uses_left, expires FROM link WHERE hash = $1",
};

/// One statement, so that of two who come at the same time the database lets in as many as there are uses.
const CONSUME: Sql = Sql {
    question: "use up one use of a link",
    text: "UPDATE link SET uses_left = uses_left - 1 WHERE hash = $1 AND uses_left > 0 AND expires > $2",
};

const ADJUST: Sql = Sql {
    question: "how often links to something may still be used",
    text: "UPDATE link SET uses_left = $3 WHERE subject = $1 AND purpose = $2",
};

const REVOKE: Sql =
    Sql { question: "end all links to something", text: "DELETE FROM link WHERE subject = $1 AND purpose = $2" };

const INVITATIONS: Sql = Sql {
    question: "trainers' invitations that are open",
    text: "SELECT hash, purpose, subject, uses_left, expires FROM link
        WHERE subject = $1 AND purpose = $2 AND uses_left > 0 AND expires > $3 ORDER BY expires, hash",
};

const WITHDRAW: Sql =
    Sql { question: "a link, to withdraw", text: "DELETE FROM link WHERE hash = $1 AND purpose = $2" };

const OPEN: Sql = Sql {
    question: "how many links to something could still be used, and when the first of them ends",
    text: "SELECT COUNT(*), MIN(expires) FROM link
        WHERE subject = $1 AND purpose = $2 AND uses_left > 0 AND expires > $3",
};

/// Whom a trainer's invitation concerns: nobody in particular.
pub const HOUSE_LINK: &str = "house";

impl Tx {
    /// Trainers' invitations that could still be used, the next to end first.
    pub async fn invitations(&mut self, now: DateTime<Utc>) -> Result<Vec<Link>> {
        let rows: Vec<LinkRow> = self.rows(&INVITATIONS, args![HOUSE_LINK, Purpose::Trainer.code(), now]).await?;
        rows.into_iter().map(LinkRow::read).collect()
    }

    /// Ends a trainer's invitation, by what is kept of it. False if it was used or over before.
    pub async fn withdraw(&mut self, hash: &str) -> Result<bool> {
        Ok(self.run(&WITHDRAW, args![hash, Purpose::Trainer.code()]).await? > 0)
    }

    /// Keeps a new link.
    pub async fn issue(
        &mut self,
        hash: &str,
        purpose: Purpose,
        subject: &str,
        uses: u32,
        expires: DateTime<Utc>,
    ) -> Result<()> {
        self.run(&ISSUE, args![hash, purpose.code(), subject, uses, expires]).await?;
        Ok(())
    }

    /// What became of a link.
    pub async fn find(&mut self, hash: &str, now: DateTime<Utc>) -> Result<LinkState> {
        let Some(row) = self.row::<LinkRow>(&FIND, args![hash]).await? else { return Ok(LinkState::Nothing) };
        let link = row.read()?;
        Ok(match link {
            _ if link.expires <= now => LinkState::Expired,
            _ if link.uses_left == 0 => LinkState::Used(link),
            _ => LinkState::Good(link),
        })
    }

    /// Uses the link once. False if it is used up, over or was never there.
    pub async fn consume(&mut self, hash: &str, now: DateTime<Utc>) -> Result<bool> {
        Ok(self.run(&CONSUME, args![hash, now]).await? > 0)
    }

    /// Links to a subject may be used this many times from now on.
    pub async fn adjust(&mut self, purpose: Purpose, subject: &str, uses: u32) -> Result<()> {
        self.run(&ADJUST, args![subject, purpose.code(), uses]).await?;
        Ok(())
    }

    /// How many links to a subject could still be used, and when the first of them ends.
    pub async fn open_links(
        &mut self,
        purpose: Purpose,
        subject: &str,
        now: DateTime<Utc>,
    ) -> Result<(u32, Option<DateTime<Utc>>)> {
        let found: Option<(i64, Option<i64>)> = self.row(&OPEN, args![subject, purpose.code(), now]).await?;
        let (count, ends) = found.unwrap_or_default();
        Ok((codec::count(count)?, ends.map(codec::instant).transpose()?))
    }

    /// Ends all links to a subject for a purpose.
    pub async fn revoke(&mut self, purpose: Purpose, subject: &str) -> Result<()> {
        self.run(&REVOKE, args![subject, purpose.code()]).await?;
        Ok(())
    }
}

impl LinkRow {
    fn read(self) -> Result<Link> {
        Ok(Link {
            purpose: Purpose::from_code(&self.purpose).ok_or(StoreError::Unreadable("purpose"))?,
            hash: self.hash,
            subject: self.subject,
            uses_left: codec::count(self.uses_left)?,
            expires: codec::instant(self.expires)?,
        })
    }
}

impl Purpose {
    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Trainer => "trainer",
            Self::Lead => "lead",
            Self::Deputy => "deputy",
            Self::Contact => "contact",
            Self::Dashboard => "dashboard",
            Self::Colleague => "colleague",
            Self::Place => "place",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        let all =
            [Self::Trainer, Self::Lead, Self::Deputy, Self::Contact, Self::Dashboard, Self::Colleague, Self::Place];
        all.into_iter().find(|purpose| purpose.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn a_secret_is_kept_as_its_sha_256() {
        // FIPS 180-4, the example of one block.
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
