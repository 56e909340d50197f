//! What participants write to the trainers of their round: kept until it is answered, and a while.
//!
//! A letter has a name in it only if its writer wanted that. Who it was stays beside it for the way back of the answer, is
//! in no answer of these questions that a trainer reads, and goes with the answer.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::sealed::{LETTER, LETTER_NAME};
use super::sets::args;
use super::sql::Sql;
use super::vault::Vault;
use super::{Result, Tx, codec};
use crate::domain::ids::{LetterId, PersonId, RoundId};
use crate::domain::letter::{Letter, LetterCard};

pub(super) const ALL: &[&Sql] = &[
    &NEW_LETTER,
    &OPEN_LETTERS,
    &SHOW_LETTERS,
    &TAKE_BACK_LETTERS,
    &LETTERS_SINCE,
    &ANSWERED,
    &WRITER,
    &FORGET_WRITER,
    &DROP_LETTERS,
];

const NEW_LETTER: Sql = Sql {
    question: "something that a participant writes to the trainers",
    text: "INSERT INTO letter (id, round_id, person_id, purpose, name, text, made) VALUES ($1, $2, $3, $4, $5, $6, $7)",
};

#[derive(FromRow)]
struct LetterRow {
    id: String,
    round_id: String,
    purpose: String,
    name: Option<String>,
    text: String,
}

const OPEN_LETTERS: Sql = Sql {
    question: "what was written to the trainers of these rounds and is not answered",
    text: "SELECT id, round_id, purpose, name, text FROM letter
        WHERE round_id IN {set} AND answered IS NULL AND shown IS NOT NULL
        ORDER BY made, id",
};

const SHOW_LETTERS: Sql = Sql {
    question: "what trainers of a round may read from now on",
    text: "UPDATE letter SET shown = $2 WHERE round_id = $1 AND shown IS NULL",
};

const TAKE_BACK_LETTERS: Sql = Sql {
    question: "what somebody wrote and no trainer has read, to take back",
    text: "DELETE FROM letter WHERE person_id = $1 AND round_id = $2 AND shown IS NULL",
};

const LETTERS_SINCE: Sql = Sql {
    question: "how much somebody has written to the trainers of a round since then",
    text: "SELECT COUNT(*) FROM letter WHERE person_id = $1 AND round_id = $2 AND made >= $3",
};

const ANSWERED: Sql = Sql {
    question: "a letter that is answered, once",
    text: "UPDATE letter SET answered = $3 WHERE id = $1 AND round_id = $2 AND answered IS NULL",
};

const WRITER: Sql =
    Sql { question: "whom an answer goes to", text: "SELECT person_id, text FROM letter WHERE id = $1" };

const FORGET_WRITER: Sql =
    Sql { question: "who wrote a letter, to forget", text: "UPDATE letter SET person_id = NULL WHERE id = $1" };

/// With what they wrote goes what they asked: it may say who they are.
pub(super) const DROP_LETTERS: Sql =
    Sql { question: "what a person wrote to trainers, to erase", text: "DELETE FROM letter WHERE person_id = $1" };

impl Tx {
    /// Keeps a letter.
    pub async fn new_letter(
        &mut self,
        id: &LetterId,
        round: &RoundId,
        from: &PersonId,
        letter: &Letter,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let at = [id.as_str()];
        let name = letter.name.as_ref().map(|name| self.vault.seal(LETTER_NAME.at(&at), name));
        let text = self.vault.seal(LETTER.at(&at), &letter.text);
        self.run(&NEW_LETTER, args![id, round, from, codec::code(&letter.purpose), name, text, now]).await?;
        Ok(())
    }

    /// What waits for an answer in these rounds, the oldest first.
    pub async fn open_letters(&mut self, rounds: &[RoundId]) -> Result<Vec<(RoundId, LetterCard)>> {
        let rows: Vec<LetterRow> = self.rows_in(&OPEN_LETTERS, args![], rounds).await?;
        rows.into_iter().map(|row| row.read(&self.vault)).collect()
    }

    /// From now on trainers read what has been written to them. Answers with how many that are.
    pub async fn show_letters(&mut self, round: &RoundId, now: DateTime<Utc>) -> Result<u64> {
        self.run(&SHOW_LETTERS, args![round, now]).await
    }

    /// Takes back what no trainer has read yet. Answers with how many that were.
    pub async fn take_back_letters(&mut self, from: &PersonId, round: &RoundId) -> Result<u64> {
        self.run(&TAKE_BACK_LETTERS, args![from, round]).await
    }

    /// How much this person has written since then.
    pub async fn letters_since(&mut self, from: &PersonId, round: &RoundId, since: DateTime<Utc>) -> Result<u32> {
        let row: Option<(i64,)> = self.row(&LETTERS_SINCE, args![from, round, since]).await?;
        codec::count(row.map_or(0, |(count,)| count))
    }

    /// Closes a letter. Answers with whom the answer goes to and what they wrote; `None` if it was answered before or is
    /// none of this round's. From then on nothing says who it was.
    pub async fn answer_letter(
        &mut self,
        id: &LetterId,
        round: &RoundId,
        now: DateTime<Utc>,
    ) -> Result<Option<(Option<PersonId>, String)>> {
        if self.run(&ANSWERED, args![id, round, now]).await? == 0 {
            return Ok(None);
        }
        let row: Option<(Option<String>, String)> = self.row(&WRITER, args![id]).await?;
        self.run(&FORGET_WRITER, args![id]).await?;
        let Some((person, text)) = row else { return Ok(None) };
        let text = self.vault.open(LETTER.at(&[id.as_str()]), &text)?;
        Ok(Some((person.map(PersonId), text)))
    }
}

impl LetterRow {
    fn read(self, vault: &Vault) -> Result<(RoundId, LetterCard)> {
        let purpose = codec::from_code(&self.purpose, "purpose of a letter")?;
        let text = vault.open(LETTER.at(&[&self.id]), &self.text)?;
        let name = self.name.map(|name| vault.open(LETTER_NAME.at(&[&self.id]), &name)).transpose()?;
        let letter = Letter { purpose, name, text };
        Ok((self.round_id.into(), LetterCard { id: self.id.into(), letter }))
    }
}
