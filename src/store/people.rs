//! People and the chats in which they are reached.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::sealed::PERSON_NAME;
use super::sets::{Arg, args};
use super::sql::Sql;
use super::vault::Vault;
use super::{Result, StoreError, Tx, codec};
use crate::domain::ids::{PersonId, TandemId};
use crate::domain::lang::Lang;
use crate::domain::tandem::{Person, Role};

pub(super) const ALL: &[&Sql] = &[&KNOWN, &ADDRESSES, &PEOPLE, &KEEP_PEOPLE, &KEEP_CHATS];

/// Somebody who wrote from a chat that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub address: i64,
    pub person: Person,
    /// Where this person sits, by tandem id.
    pub seats: Vec<(TandemId, Role)>,
    pub trainer: bool,
}

#[derive(FromRow)]
pub(super) struct PersonRow {
    pub(super) person_id: String,
    pub(super) name: String,
    pub(super) lang: String,
    pub(super) zone: String,
    pub(super) reach: String,
    pub(super) prefs: String,
}

const PEOPLE: Sql = Sql {
    question: "these people",
    text: "SELECT id AS person_id, name, lang, zone, reach, prefs FROM person WHERE id IN {set}",
};

#[derive(FromRow)]
struct KnownRow {
    address: i64,
    #[sqlx(flatten)]
    person: PersonRow,
    tandem_id: Option<String>,
    role: Option<String>,
    trainer: Option<String>,
}

const KNOWN: Sql = Sql {
    question: "who writes from these chats, and where they sit",
    text: "SELECT chat.address, person.id AS person_id, person.name, person.lang, person.zone, person.reach,
            person.prefs, seat.tandem_id, seat.role, trainer.person_id AS trainer
        FROM chat
        JOIN person ON person.id = chat.person_id
        LEFT JOIN seat ON seat.person_id = person.id
        LEFT JOIN trainer ON trainer.person_id = person.id
        WHERE chat.address IN {set}
        ORDER BY chat.address, seat.tandem_id, seat.role",
};

const ADDRESSES: Sql =
    Sql { question: "the chats of these people", text: "SELECT person_id, address FROM chat WHERE person_id IN {set}" };

const KEEP_PEOPLE: Sql = Sql {
    question: "new and changed people",
    text: "WITH v(id, name, lang, zone, reach, prefs) AS ({rows:6})
        INSERT INTO person (id, name, lang, zone, reach, prefs, made)
        SELECT id, name, lang, zone, reach, prefs, $1 FROM v WHERE id IS NOT NULL
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, lang = excluded.lang, zone = excluded.zone,
            reach = excluded.reach, prefs = excluded.prefs",
};

pub(super) const KEEP_CHATS: Sql = Sql {
    question: "the chats of new people",
    text: "WITH v(address, person_id) AS ({rows:2})
        INSERT INTO chat (address, person_id) SELECT address, person_id FROM v WHERE address IS NOT NULL",
};

impl Tx {
    /// Who writes from these chats; strangers are left out.
    pub async fn known(&mut self, addresses: &[i64]) -> Result<Vec<Known>> {
        let mut addresses = addresses.to_vec();
        addresses.sort_unstable();
        addresses.dedup();
        let rows: Vec<KnownRow> = self.rows_in(&KNOWN, [], addresses).await?;
        let mut known: Vec<Known> = Vec::new();
        for row in rows {
            let seat = row.seat()?;
            match known.last_mut() {
                Some(last) if last.address == row.address => last.seats.extend(seat),
                _ => known.push(Known {
                    address: row.address,
                    trainer: row.trainer.is_some(),
                    person: row.person.read(&self.vault)?,
                    seats: seat.into_iter().collect(),
                }),
            }
        }
        Ok(known)
    }

    /// The chats in which these people are reached.
    pub async fn addresses(&mut self, people: &[PersonId]) -> Result<HashMap<PersonId, i64>> {
        let rows: Vec<(String, i64)> = self.rows_in(&ADDRESSES, [], people).await?;
        Ok(rows.into_iter().map(|(person, address)| (person.into(), address)).collect())
    }

    /// These people, by id; unknown ones are left out.
    pub async fn people(&mut self, ids: &[PersonId]) -> Result<Vec<Person>> {
        let rows: Vec<PersonRow> = self.rows_in(&PEOPLE, [], ids).await?;
        let mut people = rows.into_iter().map(|row| row.read(&self.vault)).collect::<Result<Vec<_>>>()?;
        people.sort_by(|a, b| a.id.cmp(&b.id));
        people.dedup_by(|a, b| a.id == b.id);
        Ok(people)
    }

    /// Somebody new, reached in this chat.
    pub async fn meet(&mut self, person: &Person, address: i64, now: DateTime<Utc>) -> Result<()> {
        self.keep_people(&[person], now).await?;
        self.run_rows(&KEEP_CHATS, args![], [args![address, &person.id]]).await?;
        Ok(())
    }

    /// Writes new and changed people, each of them once.
    pub async fn keep_people(&mut self, people: &[&Person], now: DateTime<Utc>) -> Result<()> {
        let rows = people.iter().map(|person| person_args(person, &self.vault)).collect::<Result<Vec<_>>>()?;
        self.run_rows(&KEEP_PEOPLE, args![now], rows).await?;
        Ok(())
    }
}

impl PersonRow {
    pub(super) fn read(self, vault: &Vault) -> Result<Person> {
        Ok(Person {
            name: vault.open(PERSON_NAME.at(&[&self.person_id]), &self.name)?,
            id: self.person_id.into(),
            lang: Lang(self.lang),
            zone: codec::zone(&self.zone)?,
            reach: codec::from_code(&self.reach, "reach")?,
            prefs: codec::from_json(&self.prefs, "preferences")?,
        })
    }
}

impl KnownRow {
    fn seat(&self) -> Result<Option<(TandemId, Role)>> {
        let (Some(tandem), Some(role)) = (&self.tandem_id, &self.role) else {
            return Ok(None);
        };
        let role = Role::from_code(role).ok_or(StoreError::Unreadable("role"))?;
        Ok(Some((tandem.as_str().into(), role)))
    }
}

fn person_args(person: &Person, vault: &Vault) -> Result<[Arg; 6]> {
    Ok(args![
        &person.id,
        vault.seal(PERSON_NAME.at(&[person.id.as_str()]), &person.name),
        &person.lang,
        person.zone.name(),
        codec::code(&person.reach),
        codec::json(&person.prefs, "preferences")?,
    ])
}
