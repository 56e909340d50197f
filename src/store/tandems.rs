//! Reading tandems whole: the state that every decision is taken on.
//!
//! A handful of queries for any number of tandems; `save` writes what a decision changed.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use super::people::PersonRow;

use super::sets::args;
use super::sql::Sql;
use super::{Result, StoreError, Tx, codec};
use crate::domain::days::Days;
use crate::domain::ids::{PersonId, RoundId, TandemId};
use crate::domain::tandem::{Absence, Cover, Due, Entry, Role, Round, Seat, Tandem};

pub(super) const ALL: &[&Sql] = &[&LOCK, &TANDEMS, &SEATS, &ENTRIES, &ABSENCES, &COVERS, &AGENDAS];

/// In the order of bytes, whatever the database's locale, so that two batches never wait for each other.
const LOCK: Sql = Sql {
    question: "keep these tandems for this transaction",
    text: r#"SELECT id FROM tandem WHERE id IN {set} ORDER BY id {pg: COLLATE "C" FOR UPDATE}"#,
};

#[derive(FromRow)]
struct TandemRow {
    id: String,
    round_id: String,
    organisation: Option<String>,
    agreed: i64,
    promise: String,
    phase: String,
}

const TANDEMS: Sql = Sql {
    question: "these tandems",
    text: "SELECT id, round_id, organisation, agreed, promise, phase FROM tandem WHERE id IN {set}",
};

#[derive(FromRow)]
struct SeatRow {
    tandem_id: String,
    role: String,
    mind: String,
    #[sqlx(flatten)]
    person: PersonRow,
}

const SEATS: Sql = Sql {
    question: "who sits in these tandems",
    text: "SELECT seat.tandem_id, seat.role, seat.mind, person.id AS person_id, person.name, person.lang,
            person.zone, person.reach, person.prefs
        FROM seat JOIN person ON person.id = seat.person_id
        WHERE seat.tandem_id IN {set}",
};

#[derive(FromRow)]
struct EntryRow {
    id: String,
    tandem_id: String,
    person_id: Option<String>,
    day: String,
    minutes: i64,
    made: i64,
}

const ENTRIES: Sql = Sql {
    question: "what these tandems logged since a day",
    text: "SELECT id, tandem_id, person_id, day, minutes, made FROM entry
        WHERE day >= $1 AND tandem_id IN {set}
        ORDER BY day, made, id",
};

#[derive(FromRow)]
struct AbsenceRow {
    id: String,
    tandem_id: String,
    person_id: String,
    first: String,
    last: String,
    phase: String,
}

const ABSENCES: Sql = Sql {
    question: "absences in these tandems that last to a day or longer",
    text: "SELECT id, tandem_id, person_id, first, last, phase FROM absence
        WHERE last >= $1 AND tandem_id IN {set}
        ORDER BY first, id",
};

#[derive(FromRow)]
struct CoverRow {
    id: String,
    absence_id: String,
    tandem_id: String,
    first: String,
    last: String,
    version: i64,
    helper: Option<String>,
    phase: String,
    ticks: String,
}

const COVERS: Sql = Sql {
    question: "covers of absences in these tandems that last to a day or longer",
    text: "SELECT cover.id, cover.absence_id, cover.tandem_id, cover.first, cover.last, cover.version, cover.helper,
            cover.phase, cover.ticks
        FROM cover JOIN absence ON absence.id = cover.absence_id
        WHERE absence.last >= $1 AND cover.tandem_id IN {set}
        ORDER BY cover.first, cover.id",
};

#[derive(FromRow)]
struct DueRow {
    owner: String,
    what: String,
    at: i64,
}

const AGENDAS: Sql = Sql {
    question: "what will be due for these tandems",
    text: "SELECT owner, what, at FROM due WHERE owner IN {set}",
};

impl Tx {
    /// These tandems, by id, with entries and absences since these days. In a transaction that writes they are
    /// locked until its end.
    pub async fn tandems(
        &mut self,
        ids: &[TandemId],
        entries_since: NaiveDate,
        absences_since: NaiveDate,
    ) -> Result<Vec<Tandem>> {
        let mut ids = ids.to_vec();
        ids.sort();
        ids.dedup();
        self.lock(&ids).await?;
        self.look_at(&ids, entries_since, absences_since).await
    }

    /// As `tandems`, without keeping others from changing them. The ids must be different from each other.
    pub(super) async fn look_at(
        &mut self,
        ids: &[TandemId],
        entries_since: NaiveDate,
        absences_since: NaiveDate,
    ) -> Result<Vec<Tandem>> {
        let mut shelf = self.bare(ids).await?;
        let seats: Vec<SeatRow> = self.rows_in(&SEATS, args![], ids).await?;
        for row in seats {
            if let Some(tandem) = shelf.get_mut(&row.tandem_id) {
                row.sit(tandem)?;
            }
        }
        let entries: Vec<EntryRow> = self.rows_in(&ENTRIES, args![entries_since], ids).await?;
        for row in entries {
            if let Some(tandem) = shelf.get_mut(&row.tandem_id) {
                tandem.entries.push(row.read()?);
            }
        }
        let absences: Vec<AbsenceRow> = self.rows_in(&ABSENCES, args![absences_since], ids).await?;
        for row in absences {
            if let Some(tandem) = shelf.get_mut(&row.tandem_id) {
                tandem.absences.push(row.read()?);
            }
        }
        let covers: Vec<CoverRow> = self.rows_in(&COVERS, args![absences_since], ids).await?;
        for row in covers {
            if let Some(tandem) = shelf.get_mut(&row.tandem_id) {
                tandem.covers.push(row.read()?);
            }
        }
        let agendas: Vec<DueRow> = self.rows_in(&AGENDAS, args![], ids).await?;
        for row in agendas {
            if let Some(tandem) = shelf.get_mut(&row.owner) {
                let (due, at) = row.read()?;
                tandem.agenda.insert(due, at);
            }
        }
        Ok(shelf.into_values().collect())
    }

    /// On SQLite whoever writes is alone anyway.
    async fn lock(&mut self, ids: &[TandemId]) -> Result<()> {
        if self.writes && self.is_postgres() {
            self.rows_in::<(String,)>(&LOCK, args![], ids).await?;
        }
        Ok(())
    }

    async fn bare(&mut self, ids: &[TandemId]) -> Result<BTreeMap<String, Tandem>> {
        let rows: Vec<TandemRow> = self.rows_in(&TANDEMS, args![], ids).await?;
        let mut round_ids: Vec<RoundId> = rows.iter().map(|row| row.round_id.as_str().into()).collect();
        round_ids.sort();
        round_ids.dedup();
        let rounds: HashMap<String, Arc<Round>> =
            self.rounds(&round_ids).await?.into_iter().map(|round| (round.id.0.clone(), Arc::new(round))).collect();
        rows.into_iter()
            .map(|row| {
                let round = rounds.get(&row.round_id).ok_or(StoreError::Unreadable("round of a tandem"))?;
                Ok((row.id.clone(), row.read(Arc::clone(round))?))
            })
            .collect()
    }
}

impl TandemRow {
    fn read(self, round: Arc<Round>) -> Result<Tandem> {
        Ok(Tandem {
            id: self.id.into(),
            round,
            organisation: self.organisation,
            agreed: codec::count(self.agreed)?,
            promise: codec::from_code(&self.promise, "promise")?,
            phase: codec::from_code(&self.phase, "phase of a tandem")?,
            lead: None,
            deputy: None,
            entries: Vec::new(),
            absences: Vec::new(),
            covers: Vec::new(),
            agenda: BTreeMap::new(),
        })
    }
}

impl SeatRow {
    fn sit(self, tandem: &mut Tandem) -> Result<()> {
        let role = Role::from_code(&self.role).ok_or(StoreError::Unreadable("role"))?;
        let seat = Seat { person: self.person.read()?, role, mind: codec::from_json(&self.mind, "mind")? };
        match role {
            Role::Lead => tandem.lead = Some(seat),
            Role::Deputy => tandem.deputy = Some(seat),
        }
        Ok(())
    }
}

impl EntryRow {
    fn read(self) -> Result<Entry> {
        Ok(Entry {
            id: self.id.into(),
            by: self.person_id.map(PersonId),
            day: codec::day(&self.day)?,
            minutes: codec::count(self.minutes)?,
            made: codec::instant(self.made)?,
        })
    }
}

impl AbsenceRow {
    fn read(self) -> Result<Absence> {
        Ok(Absence {
            id: self.id.into(),
            who: self.person_id.into(),
            days: days(&self.first, &self.last)?,
            phase: codec::from_code(&self.phase, "phase of an absence")?,
        })
    }
}

impl CoverRow {
    fn read(self) -> Result<Cover> {
        Ok(Cover {
            id: self.id.into(),
            absence: self.absence_id.into(),
            days: days(&self.first, &self.last)?,
            version: codec::count(self.version)?,
            helper: self.helper.map(PersonId),
            phase: codec::from_code(&self.phase, "phase of a cover")?,
            ticks: codec::from_json(&self.ticks, "checklist")?,
        })
    }
}

impl DueRow {
    fn read(self) -> Result<(Due, DateTime<Utc>)> {
        let due = Due::from_code(&self.what).ok_or(StoreError::Unreadable("due thing"))?;
        Ok((due, codec::instant(self.at)?))
    }
}

fn days(first: &str, last: &str) -> Result<Days> {
    Ok(Days { from: codec::day(first)?, to: codec::day(last)? })
}
