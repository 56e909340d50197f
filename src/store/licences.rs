//! Codes on licences, and requests to confirm a hand-over.
//!
//! Owns: which seat a code leads to, and who waits for a trainer's word. What a licence says stands in its seat; the
//! codes are kept here as hashes.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::sealed::{ORGANISATION, PERSON_NAME};
use super::sets::args;
use super::sql::Sql;
use super::{Result, Tx};
use crate::domain::ids::{PersonId, RoundId, TandemId};

pub(super) const ALL: &[&Sql] = &[
    &KEEP_CODE,
    &DROP_CODE,
    &FIND_CODE,
    &ASK_VOUCH,
    &VOUCHES,
    &DROP_VOUCH,
    &DROP_CODES,
    &DROP_VOUCHES,
    &OLD_VOUCHES,
    &DROP_OLD_VOUCHES,
];

/// How many requests a trainer is shown at once: more than one message could hold.
const SHOWN: u32 = 20;

/// Somebody who waits for a trainer's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    pub person: PersonId,
    pub tandem: TandemId,
    pub name: String,
    pub organisation: Option<String>,
}

#[derive(FromRow)]
struct AskingRow {
    person_id: String,
    tandem_id: String,
    name: String,
    organisation: Option<String>,
}

const KEEP_CODE: Sql = Sql {
    question: "the code of a person's licence",
    text: "INSERT INTO licence_code (person_id, tandem_id, hash) VALUES ($1, $2, $3)
        ON CONFLICT (person_id, tandem_id) DO UPDATE SET hash = excluded.hash",
};

const DROP_CODE: Sql = Sql {
    question: "the code of a person's licence, to withdraw",
    text: "DELETE FROM licence_code WHERE person_id = $1 AND tandem_id = $2",
};

const FIND_CODE: Sql =
    Sql { question: "whose licence has a code", text: "SELECT person_id, tandem_id FROM licence_code WHERE hash = $1" };

const ASK_VOUCH: Sql = Sql {
    question: "a request to confirm a hand-over",
    text: "INSERT INTO vouch (person_id, tandem_id, round_id, asked) VALUES ($1, $2, $3, $4)
        ON CONFLICT (person_id, tandem_id) DO NOTHING",
};

const VOUCHES: Sql = Sql {
    question: "who in a round waits for a word about the hand-over, the oldest first",
    text: "SELECT vouch.person_id, vouch.tandem_id, person.name, tandem.organisation
        FROM vouch JOIN person ON person.id = vouch.person_id JOIN tandem ON tandem.id = vouch.tandem_id
        WHERE vouch.round_id = $1 ORDER BY vouch.asked, vouch.person_id LIMIT $2",
};

const DROP_VOUCH: Sql = Sql {
    question: "a request to confirm a hand-over, answered",
    text: "DELETE FROM vouch WHERE person_id = $1 AND tandem_id = $2",
};

pub(super) const DROP_CODES: Sql = Sql {
    question: "the codes of a person's licences, to erase",
    text: "DELETE FROM licence_code WHERE person_id = $1",
};

pub(super) const DROP_VOUCHES: Sql =
    Sql { question: "a person's requests to trainers, to erase", text: "DELETE FROM vouch WHERE person_id = $1" };

pub(super) const OLD_VOUCHES: Sql = Sql {
    question: "how many requests to confirm a hand-over are too old",
    text: "SELECT COUNT(*) FROM vouch WHERE asked < $1",
};

pub(super) const DROP_OLD_VOUCHES: Sql = Sql {
    question: "requests to confirm a hand-over that are too old, to drop",
    text: "DELETE FROM vouch WHERE asked < $1",
};

impl Tx {
    /// From now on this code leads to the person's licence, and no earlier one does.
    pub async fn keep_code(&mut self, person: &PersonId, tandem: &TandemId, hash: &str) -> Result<()> {
        self.run(&KEEP_CODE, args![person, tandem, hash]).await?;
        Ok(())
    }

    /// No code leads to the person's licence any more.
    pub async fn drop_code(&mut self, person: &PersonId, tandem: &TandemId) -> Result<()> {
        self.run(&DROP_CODE, args![person, tandem]).await?;
        Ok(())
    }

    /// Whose licence a code with this hash is on.
    pub async fn find_code(&mut self, hash: &str) -> Result<Option<(PersonId, TandemId)>> {
        let found: Option<(String, String)> = self.row(&FIND_CODE, args![hash]).await?;
        Ok(found.map(|(person, tandem)| (PersonId(person), TandemId(tandem))))
    }

    /// Asks the round's trainers to confirm a hand-over. False if that waits for an answer already.
    pub async fn ask_vouch(
        &mut self,
        person: &PersonId,
        tandem: &TandemId,
        round: &RoundId,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        Ok(self.run(&ASK_VOUCH, args![person, tandem, round, now]).await? > 0)
    }

    /// Who in a round waits for a word, the oldest first.
    pub async fn vouches(&mut self, round: &RoundId) -> Result<Vec<Asking>> {
        let rows: Vec<AskingRow> = self.rows(&VOUCHES, args![round, SHOWN]).await?;
        let asking = rows.into_iter().map(|row| {
            let open = |text: String| self.vault.open(ORGANISATION.at(&[&row.tandem_id]), &text);
            let name = self.vault.open(PERSON_NAME.at(&[&row.person_id]), &row.name)?;
            Ok(Asking {
                organisation: row.organisation.map(open).transpose()?,
                person: PersonId(row.person_id),
                tandem: TandemId(row.tandem_id),
                name,
            })
        });
        asking.collect()
    }

    /// The request is answered. False if there is none any more.
    pub async fn drop_vouch(&mut self, person: &PersonId, tandem: &TandemId) -> Result<bool> {
        Ok(self.run(&DROP_VOUCH, args![person, tandem]).await? > 0)
    }
}
