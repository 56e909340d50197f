//! Reading tandems whole: the state that every decision is taken on.
//!
//! One row for each tandem, with its two seats beside it and its ledger, absences, covers and agenda as
//! lists within it: each row that crosses from the database's thread costs two changes of context, and a
//! tandem would otherwise be a dozen of them. `save` writes what a decision changed.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::str::{FromStr, Split};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use super::people::PersonRow;
use super::sealed::{CONTACT, COVER_LINK, MIND, ORGANISATION};
use super::sets::args;
use super::sql::Sql;
use super::vault::Vault;
use super::{Result, StoreError, Tx, codec};
use crate::domain::dates::Half;
use crate::domain::days::Days;
use crate::domain::ids::{PersonId, RoundId, TandemId};
use crate::domain::tandem::{Absence, Cover, Due, Entry, Neighbour, Role, Round, Said, Seat, Tandem};

pub(super) const ALL: &[&Sql] = &[&LOCK, &LOCK_FREE, &THERE, &TANDEMS];

/// In the order of bytes, whatever the database's locale, so that two batches never wait for each other.
const LOCK: Sql = Sql {
    question: "keep these tandems for this transaction",
    text: r#"SELECT id FROM tandem WHERE id IN {set} ORDER BY id {pg: COLLATE "C" FOR UPDATE}"#,
};

const LOCK_FREE: Sql = Sql {
    question: "keep those of these tandems that nobody else keeps",
    text: r#"SELECT id FROM tandem WHERE id IN {set} ORDER BY id {pg: COLLATE "C" FOR UPDATE SKIP LOCKED}"#,
};

const THERE: Sql =
    Sql { question: "which of these tandems there are", text: "SELECT id FROM tandem WHERE id IN {set} ORDER BY id" };

/// Lists are joined by `|`, their fields by a space: ids, codes, days, numbers and short JSON hold neither.
#[derive(FromRow)]
struct TandemRow {
    id: String,
    round_id: String,
    organisation: Option<String>,
    contact: Option<String>,
    told: Option<String>,
    agreed: i64,
    promise: String,
    terms: Option<String>,
    phase: String,
    lead_mind: Option<String>,
    lead_id: Option<String>,
    lead_name: Option<String>,
    lead_lang: Option<String>,
    lead_zone: Option<String>,
    lead_reach: Option<String>,
    lead_prefs: Option<String>,
    deputy_mind: Option<String>,
    deputy_id: Option<String>,
    deputy_name: Option<String>,
    deputy_lang: Option<String>,
    deputy_zone: Option<String>,
    deputy_reach: Option<String>,
    deputy_prefs: Option<String>,
    entries: Option<String>,
    absences: Option<String>,
    covers: Option<String>,
    help: Option<String>,
    agenda: Option<String>,
}

const TANDEMS: Sql = Sql {
    question: "these tandems, with entries since a day and absences that last to a day or longer",
    text: "SELECT tandem.id, tandem.round_id, tandem.organisation, tandem.contact, tandem.agreed, tandem.promise,
            tandem.told, tandem.terms,
            tandem.phase,
            lead_seat.mind AS lead_mind, lead.id AS lead_id, lead.name AS lead_name, lead.lang AS lead_lang,
            lead.zone AS lead_zone, lead.reach AS lead_reach, lead.prefs AS lead_prefs,
            deputy_seat.mind AS deputy_mind, deputy.id AS deputy_id, deputy.name AS deputy_name,
            deputy.lang AS deputy_lang, deputy.zone AS deputy_zone, deputy.reach AS deputy_reach,
            deputy.prefs AS deputy_prefs,
            (SELECT STRING_AGG(entry.id || ' ' || COALESCE(entry.person_id, '') || ' ' || entry.day || ' '
                    || entry.minutes || ' ' || entry.made, '|')
                FROM entry WHERE entry.tandem_id = tandem.id AND entry.day >= $1) AS entries,
            (SELECT STRING_AGG(absence.id || ' ' || absence.person_id || ' ' || absence.first || ' ' || absence.last
                    || ' ' || absence.phase || ' ' || COALESCE(absence.half, '') || ' ' || absence.ending, '|')
                FROM absence WHERE absence.tandem_id = tandem.id AND absence.last >= $2) AS absences,
            (SELECT STRING_AGG(cover.id || ' ' || cover.absence_id || ' ' || cover.first || ' ' || cover.last || ' '
                    || cover.version || ' ' || COALESCE(cover.helper, '') || ' ' || cover.phase || ' '
                    || cover.ticks || ' ' || COALESCE(cover.half, '') || ' ' || cover.given || ' '
                    || COALESCE(cover.link, ''), '|')
                FROM cover JOIN absence ON absence.id = cover.absence_id
                WHERE cover.tandem_id = tandem.id AND absence.last >= $2) AS covers,
            (SELECT STRING_AGG(help.cover_id || ' ' || help.person_id || ' ' || help.said, '|')
                FROM cover JOIN help ON help.cover_id = cover.id WHERE cover.tandem_id = tandem.id) AS help,
            (SELECT STRING_AGG(due.what || ' ' || due.at, '|') FROM due WHERE due.owner = tandem.id) AS agenda
        FROM tandem
        LEFT JOIN seat AS lead_seat ON lead_seat.tandem_id = tandem.id AND lead_seat.role = 'lead'
        LEFT JOIN person AS lead ON lead.id = lead_seat.person_id
        LEFT JOIN seat AS deputy_seat ON deputy_seat.tandem_id = tandem.id AND deputy_seat.role = 'deputy'
        LEFT JOIN person AS deputy ON deputy.id = deputy_seat.person_id
        WHERE tandem.id IN {set}",
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

    /// Of these tandems those that another process is changing at this moment; the others, if there are such, are
    /// locked until the end of this transaction. Nobody is waited for.
    pub async fn taken(&mut self, ids: &[TandemId]) -> Result<HashSet<TandemId>> {
        if !self.is_postgres() {
            return Ok(HashSet::new());
        }
        let mut ids = ids.to_vec();
        ids.sort();
        ids.dedup();
        let free: Vec<(String,)> = self.rows_in(&LOCK_FREE, args![], &ids).await?;
        let free: HashSet<TandemId> = free.into_iter().map(|(id,)| id.into()).collect();
        let there: Vec<(String,)> = self.rows_in(&THERE, args![], ids.iter().filter(|id| !free.contains(id))).await?;
        Ok(there.into_iter().map(|(id,)| id.into()).collect())
    }

    /// As `tandems`, without keeping others from changing them. The ids must be different from each other.
    pub(super) async fn look_at(
        &mut self,
        ids: &[TandemId],
        entries_since: NaiveDate,
        absences_since: NaiveDate,
    ) -> Result<Vec<Tandem>> {
        let rows: Vec<TandemRow> = self.rows_in(&TANDEMS, args![entries_since, absences_since], ids).await?;
        let mut round_ids: Vec<RoundId> = rows.iter().map(|row| row.round_id.as_str().into()).collect();
        round_ids.sort();
        round_ids.dedup();
        let rounds: HashMap<String, Arc<Round>> =
            self.rounds(&round_ids).await?.into_iter().map(|round| (round.id.0.clone(), Arc::new(round))).collect();
        let mut tandems = Vec::with_capacity(rows.len());
        for mut row in rows {
            let help = row.help.take();
            let mut tandem = row.read(&rounds, &self.vault)?;
            if let Some(help) = help {
                self.neighbours(&mut tandem, &help).await?;
            }
            tandems.push(tandem);
        }
        tandems.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(tandems)
    }

    /// People of other tandems who were asked, with their names. Rarely anybody was.
    async fn neighbours(&mut self, tandem: &mut Tandem, help: &str) -> Result<()> {
        let asked = list(Some(help), |fields| {
            let (cover, person) = (fields.text()?.to_owned(), fields.text()?.to_owned());
            Ok((cover, person, codec::from_code::<Said>(fields.text()?, "answer of a helper")?))
        })?;
        let names = self.names(asked.iter().map(|(_, person, _)| person.clone()).collect()).await?;
        for (cover, person, said) in asked {
            let Some(found) = tandem.covers.iter_mut().find(|c| c.id.0 == cover) else { continue };
            let name = names.get(&person).cloned().unwrap_or_default();
            found.neighbours.push(Neighbour { person: person.into(), name, said });
        }
        for cover in &mut tandem.covers {
            cover.neighbours.sort_by(|a, b| a.person.cmp(&b.person));
        }
        Ok(())
    }

    /// On SQLite whoever writes is alone anyway.
    async fn lock(&mut self, ids: &[TandemId]) -> Result<()> {
        if self.writes && self.is_postgres() {
            self.rows_in::<(String,)>(&LOCK, args![], ids).await?;
        }
        Ok(())
    }
}

impl TandemRow {
    fn read(self, rounds: &HashMap<String, Arc<Round>>, vault: &Vault) -> Result<Tandem> {
        let round = rounds.get(&self.round_id).ok_or(StoreError::Unreadable("round of a tandem"))?;
        let lead = [
            self.lead_mind,
            self.lead_id,
            self.lead_name,
            self.lead_lang,
            self.lead_zone,
            self.lead_reach,
            self.lead_prefs,
        ];
        let deputy = [
            self.deputy_mind,
            self.deputy_id,
            self.deputy_name,
            self.deputy_lang,
            self.deputy_zone,
            self.deputy_reach,
            self.deputy_prefs,
        ];
        let mut entries = list(self.entries.as_deref(), entry)?;
        entries.sort_by(|a, b| (a.day, a.made, &a.id).cmp(&(b.day, b.made, &b.id)));
        let mut absences = list(self.absences.as_deref(), absence)?;
        absences.sort_by(|a, b| (a.days.from, &a.id).cmp(&(b.days.from, &b.id)));
        let mut covers = list(self.covers.as_deref(), cover)?;
        covers.sort_by(|a, b| (a.days.from, &a.id).cmp(&(b.days.from, &b.id)));
        for cover in &mut covers {
            let link = cover.link.take();
            cover.link = link.map(|link| vault.open(COVER_LINK.at(&[cover.id.as_str()]), &link)).transpose()?;
        }
        let at = [self.id.as_str()];
        let organisation = self.organisation.map(|text| vault.open(ORGANISATION.at(&at), &text)).transpose()?;
        let lead = seat(Role::Lead, &self.id, lead, vault)?;
        let deputy = seat(Role::Deputy, &self.id, deputy, vault)?;
        let contact = self.contact.map(|text| vault.open(CONTACT.at(&at), &text)).transpose()?;
        Ok(Tandem {
            id: self.id.into(),
            round: Arc::clone(round),
            organisation,
            contact,
            told: self.told.map(PersonId::from),
            agreed: codec::count(self.agreed)?,
            promise: codec::from_code(&self.promise, "promise")?,
            terms: self.terms.map(|terms| codec::from_json(&terms, "terms")).transpose()?.unwrap_or_default(),
            phase: codec::from_code(&self.phase, "phase of a tandem")?,
            lead,
            deputy,
            entries,
            absences,
            covers,
            agenda: list(self.agenda.as_deref(), due)?.into_iter().collect::<BTreeMap<_, _>>(),
        })
    }
}

fn seat(role: Role, tandem: &str, columns: [Option<String>; 7], vault: &Vault) -> Result<Option<Seat>> {
    let [Some(mind), Some(person_id), Some(name), Some(lang), Some(zone), Some(reach), Some(prefs)] = columns else {
        return Ok(None);
    };
    let person = PersonRow { person_id, name, lang, zone, reach, prefs }.read(vault)?;
    let mind = vault.open(MIND.at(&[tandem, role.code()]), &mind)?;
    Ok(Some(Seat { person, role, mind: codec::from_json(&mind, "mind")? }))
}

/// Reads a joined list.
pub(super) fn list<T>(text: Option<&str>, read: impl Fn(&mut Fields<'_>) -> Result<T>) -> Result<Vec<T>> {
    text.map_or_else(Vec::new, |text| text.split('|').collect())
        .into_iter()
        .map(|item| read(&mut Fields(item.split(' '))))
        .collect()
}

fn entry(fields: &mut Fields<'_>) -> Result<Entry> {
    Ok(Entry {
        id: fields.text()?.into(),
        by: somebody(fields.text()?),
        day: codec::day(fields.text()?)?,
        minutes: codec::count(fields.number()?)?,
        made: codec::instant(fields.number()?)?,
    })
}

fn absence(fields: &mut Fields<'_>) -> Result<Absence> {
    Ok(Absence {
        id: fields.text()?.into(),
        who: fields.text()?.into(),
        days: fields.days()?,
        phase: codec::from_code(fields.text()?, "phase of an absence")?,
        half: half(fields.text()?)?,
        ending: codec::from_code(fields.text()?, "end of an absence")?,
    })
}

fn cover(fields: &mut Fields<'_>) -> Result<Cover> {
    Ok(Cover {
        id: fields.text()?.into(),
        absence: fields.text()?.into(),
        days: fields.days()?,
        version: fields.number()?,
        helper: somebody(fields.text()?),
        phase: codec::from_code(fields.text()?, "phase of a cover")?,
        ticks: codec::from_json(fields.text()?, "checklist")?,
        half: half(fields.text()?)?,
        given: codec::from_json(fields.text()?, "checklist")?,
        link: Some(fields.text()?).filter(|link| !link.is_empty()).map(str::to_owned),
        neighbours: Vec::new(),
    })
}

fn due(fields: &mut Fields<'_>) -> Result<(Due, DateTime<Utc>)> {
    let due = Due::from_code(fields.text()?).ok_or(StoreError::Unreadable("due thing"))?;
    Ok((due, codec::instant(fields.number()?)?))
}

fn half(code: &str) -> Result<Option<Half>> {
    if code.is_empty() { Ok(None) } else { codec::from_code(code, "half of a day").map(Some) }
}

/// Whoever was erased is nobody.
fn somebody(id: &str) -> Option<PersonId> {
    Some(id).filter(|id| !id.is_empty()).map(PersonId::from)
}

/// The fields of a list's item.
pub(super) struct Fields<'a>(Split<'a, char>);

impl<'a> Fields<'a> {
    pub(super) fn text(&mut self) -> Result<&'a str> {
        self.0.next().ok_or(StoreError::Unreadable("list"))
    }

    pub(super) fn number<N: FromStr>(&mut self) -> Result<N> {
        self.text()?.parse().map_err(|_| StoreError::Unreadable("number"))
    }

    fn days(&mut self) -> Result<Days> {
        Ok(Days { from: codec::day(self.text()?)?, to: codec::day(self.text()?)? })
    }
}
