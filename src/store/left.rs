//! People who left a round without having their data erased: since when, and that they go by themselves.

use chrono::{DateTime, Utc};

use super::sets::{Arg, args};
use super::sql::Sql;
use super::{Result, Tx};
use crate::domain::ids::PersonId;

pub(super) const ALL: &[&Sql] = &[&MARK_LEFT, &MARK_BACK, &OLD_PEOPLE, &PEOPLE_TO_ERASE];

const MARK_LEFT: Sql =
    Sql { question: "that somebody has left a round", text: "UPDATE person SET left_at = $2 WHERE id = $1" };

const MARK_BACK: Sql =
    Sql { question: "that somebody sits somewhere again", text: "UPDATE person SET left_at = NULL WHERE id = $1" };

pub(super) const OLD_PEOPLE: Sql = Sql {
    question: "how many people left long ago",
    text: "SELECT COUNT(*) FROM person WHERE left_at < $1
        AND NOT EXISTS (SELECT 1 FROM seat WHERE seat.person_id = person.id)
        AND NOT EXISTS (SELECT 1 FROM trainer WHERE trainer.person_id = person.id)
        AND NOT EXISTS (SELECT 1 FROM tandem WHERE tandem.told = person.id)",
};

const PEOPLE_TO_ERASE: Sql = Sql {
    question: "who left long ago, to be erased",
    text: "SELECT id FROM person WHERE left_at < $1
        AND NOT EXISTS (SELECT 1 FROM seat WHERE seat.person_id = person.id)
        AND NOT EXISTS (SELECT 1 FROM trainer WHERE trainer.person_id = person.id)
        AND NOT EXISTS (SELECT 1 FROM tandem WHERE tandem.told = person.id)
        ORDER BY left_at, id",
};

impl Tx {
    /// Somebody has left a round without having their data erased.
    pub async fn mark_left(&mut self, person: &PersonId, now: DateTime<Utc>) -> Result<()> {
        self.run(&MARK_LEFT, args![person, now]).await?;
        Ok(())
    }

    /// Somebody who is known takes a seat.
    pub async fn mark_back(&mut self, person: &PersonId) -> Result<()> {
        self.run(&MARK_BACK, args![person]).await?;
        Ok(())
    }

    /// They go as if they had asked for it.
    pub(super) async fn erase_left(&mut self, cut: Arg, now: DateTime<Utc>) -> Result<()> {
        let people: Vec<(String,)> = self.rows(&PEOPLE_TO_ERASE, vec![cut]).await?;
        for (person,) in people {
            self.erase(&person.into(), now).await?;
        }
        Ok(())
    }
}
