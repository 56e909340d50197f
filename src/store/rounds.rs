//! Rounds: what they are, whose they are, and walking through their tandems.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::sealed::{CONTROLLER, PLANS, PRIVACY_CONTACT, ROUND_NAME};
use super::sets::{Arg, args};
use super::sql::Sql;
use super::vault::Vault;
use super::{Result, Tx, codec};
use crate::domain::ids::{PersonId, RoundId, TandemId};
use crate::domain::tandem::{Due, Plans, Role, Round, RoundPhase};

pub(super) const ALL: &[&Sql] = &[
    &ROUNDS,
    &ROUND_TRAINERS,
    &NEW_ROUND,
    &KEEP_ROUND_TRAINERS,
    &KEEP_PHASE,
    &KEEP_PLANS,
    &DROP_ROUND_TRAINER,
    &SHIFT_TANDEM,
    &TAKEN,
    &NEXT_TANDEMS,
    &RELEASE,
];

#[derive(FromRow)]
struct RoundRow {
    id: String,
    programme: String,
    name: String,
    start: String,
    zone: String,
    land: Option<String>,
    places: i64,
    controller: String,
    privacy_contact: String,
    phase: String,
    closed: Option<String>,
    plans: Option<String>,
}

const ROUNDS: Sql = Sql {
    question: "these rounds",
    text: "SELECT id, programme, name, start, zone, land, places, controller, privacy_contact, phase, closed, plans
        FROM round WHERE id IN {set}",
};

const ROUND_TRAINERS: Sql = Sql {
    question: "who runs these rounds",
    text: "SELECT round_id, person_id FROM round_trainer WHERE round_id IN {set} ORDER BY round_id, person_id",
};

const NEW_ROUND: Sql = Sql {
    question: "a new round",
    text: "INSERT INTO round (id, programme, name, start, zone, land, places, controller, privacy_contact, phase, made)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
};

const KEEP_ROUND_TRAINERS: Sql = Sql {
    question: "more trainers of a round",
    text: "WITH v(person_id) AS ({rows:1})
        INSERT INTO round_trainer (round_id, person_id) SELECT $1, person_id FROM v WHERE person_id IS NOT NULL
        ON CONFLICT (round_id, person_id) DO NOTHING",
};

const KEEP_PHASE: Sql =
    Sql { question: "how far a round is", text: "UPDATE round SET phase = $2 WHERE id = $1 AND phase <> $2" };

const KEEP_PLANS: Sql = Sql {
    question: "when a round begins, how many it has room for, and what is planned in it",
    text: "UPDATE round SET start = $2, name = $3, places = $4, plans = $5 WHERE id = $1",
};

const DROP_ROUND_TRAINER: Sql = Sql {
    question: "a trainer who does not run a round any more",
    text: "DELETE FROM round_trainer WHERE round_id = $1 AND person_id = $2",
};

const SHIFT_TANDEM: Sql = Sql {
    question: "a tandem that does not run yet, in another round",
    text: "UPDATE tandem SET round_id = $3, phase = 'forming' WHERE id = $1 AND round_id = $2 AND phase <> 'running'",
};

const TAKEN: Sql = Sql {
    question: "how many places of a round are taken",
    text: "SELECT COUNT(*) FROM tandem WHERE round_id = $1
        AND (organisation IS NOT NULL OR EXISTS (SELECT 1 FROM seat WHERE seat.tandem_id = tandem.id))",
};

const NEXT_TANDEMS: Sql = Sql {
    question: "the next tandems of a round",
    text: "SELECT id FROM tandem WHERE round_id = $1 AND id > $2 ORDER BY id LIMIT $3",
};

/// Only whoever sits there; only where the tandem runs.
const RELEASE: Sql = Sql {
    question: "the next module is due now for these tandems",
    text: "INSERT INTO due (owner, what, at)
        SELECT seat.tandem_id, $1, $2 FROM seat JOIN tandem ON tandem.id = seat.tandem_id
        WHERE seat.role = $3 AND tandem.phase = $4 AND seat.tandem_id IN {set}
        ON CONFLICT (owner, what) DO UPDATE SET at = excluded.at",
};

impl Tx {
    /// These rounds, with their trainers; unknown ones are left out.
    pub async fn rounds(&mut self, ids: &[RoundId]) -> Result<Vec<Round>> {
        let rows: Vec<RoundRow> = self.rows_in(&ROUNDS, args![], ids).await?;
        let pairs: Vec<(String, String)> = self.rows_in(&ROUND_TRAINERS, args![], ids).await?;
        let mut trainers: HashMap<String, Vec<PersonId>> = HashMap::new();
        for (round, person) in pairs {
            trainers.entry(round).or_default().push(person.into());
        }
        rows.into_iter()
            .map(|row| {
                let trainers = trainers.remove(&row.id).unwrap_or_default();
                row.read(trainers, &self.vault)
            })
            .collect()
    }

    /// Keeps a new round and who runs it.
    pub async fn create_round(&mut self, round: &Round, now: DateTime<Utc>) -> Result<()> {
        let (vault, at) = (&self.vault, [round.id.as_str()]);
        let args = args![
            &round.id,
            round.programme.as_str(),
            vault.seal(ROUND_NAME.at(&at), &round.name),
            round.start,
            round.zone.name(),
            round.land.map(codec::land_code),
            round.places,
            vault.seal(CONTROLLER.at(&at), &round.controller),
            vault.seal(PRIVACY_CONTACT.at(&at), &round.privacy_contact),
            codec::code(&round.phase),
            now,
        ];
        self.run(&NEW_ROUND, args).await?;
        self.add_trainers(&round.id, &round.trainers).await
    }

    /// Adds people who run the round.
    pub async fn add_trainers(&mut self, round: &RoundId, trainers: &[PersonId]) -> Result<()> {
        self.run_rows(&KEEP_ROUND_TRAINERS, args![round], trainers.iter().map(|person| [Arg::from(person)])).await?;
        Ok(())
    }

    /// Changes how far the round is. False if it was so already.
    pub async fn set_phase(&mut self, round: &RoundId, phase: RoundPhase) -> Result<bool> {
        Ok(self.run(&KEEP_PHASE, args![round, codec::code(&phase)]).await? > 0)
    }

    /// Keeps what may change of a round while there are people in it.
    pub async fn keep_plans(&mut self, round: &Round) -> Result<()> {
        let at = [round.id.as_str()];
        let plans = self.vault.seal(PLANS.at(&at), &codec::json(&round.plans, "plans of a round")?);
        let name = self.vault.seal(ROUND_NAME.at(&at), &round.name);
        self.run(&KEEP_PLANS, args![&round.id, round.start, name, round.places, plans]).await?;
        Ok(())
    }

    /// This trainer does not run the round any more.
    pub async fn drop_trainer(&mut self, round: &RoundId, trainer: &PersonId) -> Result<bool> {
        Ok(self.run(&DROP_ROUND_TRAINER, args![round, trainer]).await? > 0)
    }

    /// Lets a tandem that does not run yet sit in another round. False if it runs, or sits elsewhere.
    pub async fn shift(&mut self, tandem: &TandemId, from: &RoundId, to: &RoundId) -> Result<bool> {
        Ok(self.run(&SHIFT_TANDEM, args![tandem, from, to]).await? > 0)
    }

    /// How many places are taken, ready or not. Where everybody has left, the place is free again (`Tandem::is_kept`).
    pub async fn places_taken(&mut self, round: &RoundId) -> Result<u32> {
        let taken: Option<(i64,)> = self.row(&TAKEN, args![round]).await?;
        codec::count(taken.map_or(0, |(count,)| count))
    }

    /// The next tandems of a round after one, by id: so a round is walked through in pieces.
    pub async fn tandems_of(&mut self, round: &RoundId, after: Option<&TandemId>, limit: u32) -> Result<Vec<TandemId>> {
        let rows: Vec<(String,)> =
            self.rows(&NEXT_TANDEMS, args![round, after.map_or("", TandemId::as_str), limit]).await?;
        Ok(rows.into_iter().map(|(id,)| id.into()).collect())
    }

    /// Makes the next module due now for those of these tandems that run.
    pub async fn release(&mut self, tandems: &[TandemId], now: DateTime<Utc>) -> Result<()> {
        for role in [Role::Lead, Role::Deputy] {
            let running = codec::code(&crate::domain::tandem::TandemPhase::Running);
            let fixed = args![Due::ModuleNow(role).code(), now, role.code(), running];
            self.run_in(&RELEASE, fixed, tandems).await?;
        }
        Ok(())
    }
}

impl RoundRow {
    fn read(self, trainers: Vec<PersonId>, vault: &Vault) -> Result<Round> {
        let at = [self.id.as_str()];
        let name = vault.open(ROUND_NAME.at(&at), &self.name)?;
        let controller = vault.open(CONTROLLER.at(&at), &self.controller)?;
        let privacy_contact = vault.open(PRIVACY_CONTACT.at(&at), &self.privacy_contact)?;
        let plans = self.plans.map(|plans| vault.open(PLANS.at(&at), &plans)).transpose()?;
        Ok(Round {
            id: self.id.into(),
            programme: self.programme,
            name,
            start: codec::day(&self.start)?,
            zone: codec::zone(&self.zone)?,
            land: self.land.as_deref().map(codec::land).transpose()?,
            places: codec::count(self.places)?,
            controller,
            privacy_contact,
            phase: codec::from_code(&self.phase, "phase of a round")?,
            plans: match &plans {
                Some(plans) => codec::from_json(plans, "plans of a round")?,
                None => Plans::default(),
            },
            trainers,
            closed: self
                .closed
                .as_deref()
                .map(|list| codec::from_json(list, "closed"))
                .transpose()?
                .unwrap_or_default(),
        })
    }
}
