//! Browsers in which a trainer is logged in, by the hash of a secret that only the browser has.
//!
//! Whoever is no trainer any more has no session either, whatever is stored.

use chrono::{DateTime, Utc};

use super::sets::args;
use super::sql::Sql;
use super::{Result, Tx};
use crate::domain::ids::PersonId;

pub(super) const ALL: &[&Sql] = &[&OPEN_SESSION, &SESSION, &END_SESSION, &DROP_SESSIONS];

const OPEN_SESSION: Sql =
    Sql { question: "a new session", text: "INSERT INTO session (hash, person_id, expires) VALUES ($1, $2, $3)" };

const SESSION: Sql = Sql {
    question: "the trainer whose session this is",
    text: "SELECT session.person_id FROM session JOIN trainer ON trainer.person_id = session.person_id
        WHERE session.hash = $1 AND session.expires > $2",
};

const END_SESSION: Sql = Sql { question: "a session that ends", text: "DELETE FROM session WHERE hash = $1" };

pub(super) const DROP_SESSIONS: Sql =
    Sql { question: "a person's sessions, to end", text: "DELETE FROM session WHERE person_id = $1" };

impl Tx {
    /// Logs a trainer in.
    pub async fn open_session(&mut self, hash: &str, person: &PersonId, expires: DateTime<Utc>) -> Result<()> {
        self.run(&OPEN_SESSION, args![hash, person, expires]).await?;
        Ok(())
    }

    /// Whose session it is, while it lasts and that person is a trainer.
    pub async fn session(&mut self, hash: &str, now: DateTime<Utc>) -> Result<Option<PersonId>> {
        let found: Option<(String,)> = self.row(&SESSION, args![hash, now]).await?;
        Ok(found.map(|(person,)| PersonId(person)))
    }

    /// Logs out.
    pub async fn end_session(&mut self, hash: &str) -> Result<()> {
        self.run(&END_SESSION, args![hash]).await?;
        Ok(())
    }
}
