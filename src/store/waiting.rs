//! Who waits for a place in a round that is full: told once, in the order in which they came.

use chrono::{DateTime, Utc};

use super::sets::args;
use super::sql::Sql;
use super::{Result, Tx};
use crate::domain::ids::{PersonId, RoundId};

pub(super) const ALL: &[&Sql] =
    &[&WAIT, &WAITS_FOR, &NEXT_WAITING, &OFFERED, &WAITS_NO_MORE, &WAITED_TOO_LONG, &DROP_WAITING];

const WAIT: Sql = Sql {
    question: "somebody waits for a place in a round",
    text: "INSERT INTO waiting (round_id, person_id, made) VALUES ($1, $2, $3)
        ON CONFLICT (round_id, person_id) DO NOTHING",
};

const WAITS_FOR: Sql =
    Sql { question: "which rounds somebody waits for", text: "SELECT round_id FROM waiting WHERE person_id = $1" };

const NEXT_WAITING: Sql = Sql {
    question: "who is next to be told of a free place",
    text: "SELECT person_id FROM waiting WHERE round_id = $1 AND offered IS NULL ORDER BY made, person_id LIMIT $2",
};

const OFFERED: Sql = Sql {
    question: "somebody has been told of a free place",
    text: "UPDATE waiting SET offered = $3 WHERE round_id = $1 AND person_id = $2",
};

const WAITS_NO_MORE: Sql = Sql {
    question: "somebody does not wait for this round any more",
    text: "DELETE FROM waiting WHERE round_id = $1 AND person_id = $2",
};

const WAITED_TOO_LONG: Sql = Sql {
    question: "who has waited too long and is here for nothing else",
    text: "SELECT person_id FROM waiting WHERE made < $1
        AND NOT EXISTS (SELECT 1 FROM seat WHERE seat.person_id = waiting.person_id)
        AND NOT EXISTS (SELECT 1 FROM trainer WHERE trainer.person_id = waiting.person_id)",
};

pub(super) const DROP_WAITING: Sql =
    Sql { question: "where a person waits, to erase", text: "DELETE FROM waiting WHERE person_id = $1" };

impl Tx {
    /// Puts somebody on the list, behind all who are there.
    pub async fn wait(&mut self, round: &RoundId, person: &PersonId, now: DateTime<Utc>) -> Result<()> {
        self.run(&WAIT, args![round, person, now]).await?;
        Ok(())
    }

    /// The rounds that somebody waits for.
    pub async fn waits_for(&mut self, person: &PersonId) -> Result<Vec<RoundId>> {
        let rows: Vec<(String,)> = self.rows(&WAITS_FOR, args![person]).await?;
        Ok(rows.into_iter().map(|(round,)| round.into()).collect())
    }

    /// Who is next to be told, and from now on has been.
    pub async fn offer_to(&mut self, round: &RoundId, places: u32, now: DateTime<Utc>) -> Result<Vec<PersonId>> {
        let rows: Vec<(String,)> = self.rows(&NEXT_WAITING, args![round, places]).await?;
        let people: Vec<PersonId> = rows.into_iter().map(|(person,)| person.into()).collect();
        for person in &people {
            self.run(&OFFERED, args![round, person, now]).await?;
        }
        Ok(people)
    }

    /// Takes somebody off the list.
    pub async fn waits_no_more(&mut self, round: &RoundId, person: &PersonId) -> Result<()> {
        self.run(&WAITS_NO_MORE, args![round, person]).await?;
        Ok(())
    }

    /// Who has waited since before then and is here for nothing else.
    pub async fn waited_too_long(&mut self, before: DateTime<Utc>) -> Result<Vec<PersonId>> {
        let rows: Vec<(String,)> = self.rows(&WAITED_TOO_LONG, args![before]).await?;
        Ok(rows.into_iter().map(|(person,)| person.into()).collect())
    }
}
