//! Trainers: who they are, what they are in the middle of, and the rounds as they may see them.
//!
//! Readiness is all that is read of a single tandem; figures come from `report`.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::FromRow;

use super::people::PersonRow;
use super::sealed::{DESK, PERSON_NAME};
use super::sets::args;
use super::sql::Sql;
use super::{Result, Tx, codec};
use crate::domain::digest::Digest;
use crate::domain::ids::{PersonId, RoundId, TandemId};
use crate::domain::tandem::{Round, Tandem};
use crate::domain::trainer::{Desk, RoundCard, TandemCard, Trainer};

pub(super) const ALL: &[&Sql] =
    &[&MAKE_TRAINER, &KEEP_DESK, &KEEP_DIGEST, &LOCK_TRAINERS, &TRAINERS, &ROUNDS_OF, &COLLEAGUES, &NOT_YET_RUNNING];

/// How many tandems of a round that do not run yet a card names: more than a message could list.
const NAMED: u32 = 100;

/// A day after all others: neither hours nor absences are a trainer's affair, so none are read.
const NEVER: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day in December");

const MAKE_TRAINER: Sql = Sql {
    question: "a new trainer",
    text: "INSERT INTO trainer (person_id, desk) VALUES ($1, $2) ON CONFLICT (person_id) DO NOTHING",
};

const KEEP_DESK: Sql =
    Sql { question: "what a trainer is in the middle of", text: "UPDATE trainer SET desk = $2 WHERE person_id = $1" };

const KEEP_DIGEST: Sql =
    Sql { question: "when a trainer's digest comes", text: "UPDATE trainer SET digest = $2 WHERE person_id = $1" };

const LOCK_TRAINERS: Sql = Sql {
    question: "keep these trainers for this transaction",
    text: r#"SELECT person_id FROM trainer WHERE person_id IN {set}
        ORDER BY person_id {pg: COLLATE "C" FOR UPDATE}"#,
};

#[derive(FromRow)]
struct TrainerRow {
    #[sqlx(flatten)]
    person: PersonRow,
    desk: String,
    digest: Option<String>,
}

const TRAINERS: Sql = Sql {
    question: "these trainers",
    text: "SELECT person.id AS person_id, person.name, person.lang, person.zone, person.reach, person.prefs,
            trainer.desk, trainer.digest
        FROM trainer JOIN person ON person.id = trainer.person_id
        WHERE trainer.person_id IN {set}",
};

const ROUNDS_OF: Sql = Sql {
    question: "the rounds of these trainers, newest first",
    text: "SELECT round_trainer.person_id, round_trainer.round_id
        FROM round_trainer JOIN round ON round.id = round_trainer.round_id
        WHERE round_trainer.person_id IN {set}
        ORDER BY round.made DESC, round.id",
};

const COLLEAGUES: Sql = Sql {
    question: "the trainers of these rounds, with their names",
    text: "SELECT round_trainer.round_id, person.id, person.name
        FROM round_trainer JOIN person ON person.id = round_trainer.person_id
        WHERE round_trainer.round_id IN {set} ORDER BY round_trainer.round_id, person.id",
};

/// By a partial index, so that a large running round costs nothing.
const NOT_YET_RUNNING: Sql = Sql {
    question: "tandems of a round that do not run yet",
    text: "SELECT id FROM tandem WHERE round_id = $1 AND phase <> 'running' ORDER BY id LIMIT $2",
};

impl Tx {
    /// Makes somebody who is known a trainer. Whoever is one already stays as they are.
    pub async fn make_trainer(&mut self, person: &PersonId) -> Result<()> {
        let desk = self.sealed_desk(person, &Desk::default())?;
        self.run(&MAKE_TRAINER, args![person, desk]).await?;
        Ok(())
    }

    /// Those of these people who are trainers, with their rounds. In a transaction that writes they are locked
    /// until its end.
    pub async fn trainers(&mut self, people: &[PersonId]) -> Result<Vec<Trainer>> {
        if self.writes && self.is_postgres() {
            self.rows_in::<(String,)>(&LOCK_TRAINERS, args![], people).await?;
        }
        let rows: Vec<TrainerRow> = self.rows_in(&TRAINERS, args![], people).await?;
        let pairs: Vec<(String, String)> = self.rows_in(&ROUNDS_OF, args![], people).await?;
        let mut ids: Vec<RoundId> = pairs.iter().map(|(_, round)| round.as_str().into()).collect();
        ids.sort();
        ids.dedup();
        let mut cards = HashMap::new();
        for round in self.rounds(&ids).await? {
            cards.insert(round.id.0.clone(), self.round_card(round).await?);
        }
        self.fill_cards(&ids, &mut cards).await?;
        rows.into_iter()
            .map(|row| {
                let desk = self.vault.open(DESK.at(&[&row.person.person_id]), &row.desk)?;
                let mine = pairs.iter().filter(|(person, _)| person == &row.person.person_id);
                Ok(Trainer {
                    rounds: mine.filter_map(|(_, round)| cards.get(round).cloned()).collect(),
                    desk: codec::from_json(&desk, "desk")?,
                    digest: match &row.digest {
                        Some(digest) => codec::from_json(digest, "digest")?,
                        None => Digest::default(),
                    },
                    person: row.person.read(&self.vault)?,
                })
            })
            .collect()
    }

    /// Keeps what a trainer is in the middle of.
    pub async fn keep_desk(&mut self, person: &PersonId, desk: &Desk) -> Result<()> {
        let desk = self.sealed_desk(person, desk)?;
        self.run(&KEEP_DESK, args![person, desk]).await?;
        Ok(())
    }

    fn sealed_desk(&self, person: &PersonId, desk: &Desk) -> Result<String> {
        Ok(self.vault.seal(DESK.at(&[person.as_str()]), &codec::json(desk, "desk")?))
    }

    /// Keeps when a trainer's digest comes, and what was said of it.
    pub async fn keep_digest(&mut self, person: &PersonId, digest: &Digest) -> Result<()> {
        self.run(&KEEP_DIGEST, args![person, codec::json(digest, "digest")?]).await?;
        Ok(())
    }

    /// A round as its trainer sees it, with those of its tandems that do not run yet (at most a hundred).
    async fn round_card(&mut self, round: Round) -> Result<RoundCard> {
        let ids: Vec<(String,)> = self.rows(&NOT_YET_RUNNING, args![&round.id, NAMED]).await?;
        let ids: Vec<TandemId> = ids.into_iter().map(|(id,)| id.into()).collect();
        let tandems = self.look_at(&ids, NEVER, NEVER).await?;
        // Where everybody has left, nobody is waited for.
        let cards = tandems.into_iter().filter(Tandem::is_kept).map(|tandem| TandemCard {
            missing: tandem.missing(),
            phase: tandem.phase,
            id: tandem.id,
            organisation: tandem.organisation,
        });
        Ok(RoundCard {
            tandems: cards.collect(),
            colleagues: Vec::new(),
            letters: Vec::new(),
            meetings: Vec::new(),
            planned: Vec::new(),
            id: round.id,
            name: round.name,
            programme: round.programme,
            start: round.start,
            zone: round.zone,
            land: round.land,
            places: round.places,
            phase: round.phase,
            plans: round.plans,
            controller: round.controller,
            privacy_contact: round.privacy_contact,
        })
    }

    /// Who runs these rounds, what was written to them, and what is planned in them.
    async fn fill_cards(&mut self, ids: &[RoundId], cards: &mut HashMap<String, RoundCard>) -> Result<()> {
        for (round, person, name) in self.rows_in::<(String, String, String)>(&COLLEAGUES, args![], ids).await? {
            if let Some(card) = cards.get_mut(&round) {
                let name = self.vault.open(PERSON_NAME.at(&[&person]), &name)?;
                card.colleagues.push((person.into(), name));
            }
        }
        for card in cards.values_mut() {
            // Sealed names have no order that the database could know.
            card.colleagues.sort_by(|(_, a), (_, b)| a.cmp(b));
        }
        for (round, letter) in self.open_letters(ids).await? {
            if let Some(card) = cards.get_mut(round.as_str()) {
                card.letters.push(letter);
            }
        }
        for (round, meeting) in self.planned_meetings(ids).await? {
            if let Some(card) = cards.get_mut(round.as_str()) {
                card.meetings.push(meeting);
            }
        }
        for (round, news) in self.planned_news(ids).await? {
            if let Some(card) = cards.get_mut(round.as_str()) {
                card.planned.push(news);
            }
        }
        Ok(())
    }
}
