//! What is written down about hours beside the entries: changes, settled weeks, shortfalls.
//!
//! Here they are written, and corrections read back for whoever made them. What trainers may see of them is `report`'s alone; how long they stay is `retention`'s.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use super::sets::{Arg, args};
use super::sql::Sql;
use super::{Result, Tx, codec};
use crate::domain::calendar::Week;
use crate::domain::ids::{PersonId, TandemId};
use crate::domain::ledger::Target;
use crate::domain::record::{Record, Shortfall, Timing};

pub(super) const ALL: &[&Sql] =
    &[&KEEP_CHANGES, &KEEP_CLOSINGS, &KEEP_SHORTFALLS, &KEEP_REVISED, &CHANGES_OF, &CLOSINGS_OF];

const KEEP_CHANGES: Sql = Sql {
    question: "changes of entries",
    text: "WITH v(id, entry_id, tandem_id, person_id, was_day, was_minutes, is_day, is_minutes, timing, last_day)
            AS ({rows:10})
        INSERT INTO entry_change (id, entry_id, tandem_id, person_id, at, was_day, was_minutes, is_day, is_minutes,
            timing, last_day)
        SELECT id, entry_id, tandem_id, person_id, $1, was_day, was_minutes, is_day, is_minutes, timing, last_day
        FROM v WHERE id IS NOT NULL",
};

/// A week is settled once.
const KEEP_CLOSINGS: Sql = Sql {
    question: "weeks that are settled",
    text: "WITH v(tandem_id, week, target, minutes) AS ({rows:4})
        INSERT INTO week_close (tandem_id, week, target, minutes)
        SELECT tandem_id, week, target, minutes FROM v WHERE tandem_id IS NOT NULL
        ON CONFLICT (tandem_id, week) DO NOTHING",
};

const KEEP_SHORTFALLS: Sql = Sql {
    question: "why hours are missing",
    text: "WITH v(tandem_id, week, why) AS ({rows:3})
        INSERT INTO shortfall (tandem_id, week, why) SELECT tandem_id, week, why FROM v WHERE tandem_id IS NOT NULL
        ON CONFLICT (tandem_id, week) DO UPDATE SET why = excluded.why",
};

const KEEP_REVISED: Sql = Sql {
    question: "settled weeks that look different to their people now",
    text: "UPDATE week_close SET revised = $1 WHERE (tandem_id, week) IN ({rows:2})",
};

const CLOSINGS_OF: Sql = Sql {
    question: "a tandem's settled weeks since a day",
    text: "SELECT week, target FROM week_close WHERE tandem_id = $1 AND week >= $2",
};

/// How many corrections a screen has room for.
const LATEST: u32 = 12;

/// A correction as it was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub at: DateTime<Utc>,
    pub was: Option<(NaiveDate, u32)>,
    pub is: Option<(NaiveDate, u32)>,
}

#[derive(FromRow)]
struct ChangeRow {
    at: i64,
    was_day: Option<String>,
    was_minutes: Option<i64>,
    is_day: Option<String>,
    is_minutes: Option<i64>,
}

const CHANGES_OF: Sql = Sql {
    question: "what a person corrected lately in a tandem's hours",
    text: "SELECT at, was_day, was_minutes, is_day, is_minutes FROM entry_change
        WHERE person_id = $2 AND tandem_id = $1 ORDER BY at DESC, id LIMIT $3",
};

impl Tx {
    /// What a person corrected lately in a tandem's hours, newest first.
    pub async fn changes_of(&mut self, tandem: &TandemId, person: &PersonId) -> Result<Vec<Made>> {
        let rows: Vec<ChangeRow> = self.rows(&CHANGES_OF, args![tandem, person, LATEST]).await?;
        rows.into_iter().map(ChangeRow::read).collect()
    }

    /// What was owed in a tandem's settled weeks since a day, as it was when each was settled.
    pub async fn closings_of(&mut self, tandem: &TandemId, since: NaiveDate) -> Result<BTreeMap<Week, Target>> {
        let rows: Vec<(String, Option<i64>)> = self.rows(&CLOSINGS_OF, args![tandem, since]).await?;
        let read = |(week, target): (String, Option<i64>)| {
            let target = target.map_or(Ok(Target::None), |minutes| codec::count(minutes).map(Target::Minutes))?;
            Ok((Week::of(codec::day(&week)?), target))
        };
        rows.into_iter().map(read).collect()
    }

    /// Writes down what happened to tandems' hours. `gone` are people who have been erased meanwhile: what they
    /// changed stays, and not that it was them.
    pub async fn record_hours(
        &mut self,
        records: &[(TandemId, Record)],
        gone: &[PersonId],
        now: DateTime<Utc>,
    ) -> Result<()> {
        let mut changes: Vec<[Arg; 10]> = Vec::new();
        let mut closings: BTreeMap<(&TandemId, String), [Arg; 4]> = BTreeMap::new();
        let mut shortfalls: BTreeMap<(&TandemId, String), [Arg; 3]> = BTreeMap::new();
        let mut revised: Vec<[Arg; 2]> = Vec::new();
        for (tandem, record) in records {
            match record {
                Record::Changed(change) => {
                    let Some(last) = change.day() else { continue };
                    let by = Some(&change.by).filter(|by| !gone.contains(by)).map(PersonId::as_str);
                    let day = |at: Option<(NaiveDate, u32)>| at.map(|(day, _)| day.to_string());
                    let minutes = |at: Option<(NaiveDate, u32)>| at.map(|(_, minutes)| i64::from(minutes));
                    changes.push(args![
                        change.id.as_str(),
                        &change.entry,
                        tandem,
                        by,
                        day(change.was),
                        minutes(change.was),
                        day(change.is),
                        minutes(change.is),
                        timing(change.timing),
                        last,
                    ]);
                }
                Record::Closed(closing) => {
                    let target = match closing.target {
                        Target::None => None,
                        Target::Minutes(minutes) => Some(i64::from(minutes)),
                    };
                    let monday = closing.week.monday();
                    closings
                        .entry((tandem, monday.to_string()))
                        .or_insert_with(|| args![tandem, monday, target, closing.minutes]);
                }
                Record::Revised(week) => revised.push(args![tandem, week.monday()]),
                Record::Missing(week, why) => {
                    let monday = week.monday();
                    shortfalls.insert((tandem, monday.to_string()), args![tandem, monday, Shortfall::code(*why)]);
                }
            }
        }
        self.run_rows(&KEEP_CHANGES, args![now], changes).await?;
        self.run_rows(&KEEP_CLOSINGS, args![], closings.into_values()).await?;
        self.run_rows(&KEEP_SHORTFALLS, args![], shortfalls.into_values()).await?;
        self.run_rows(&KEEP_REVISED, args![now], revised).await?;
        Ok(())
    }
}

impl ChangeRow {
    fn read(self) -> Result<Made> {
        Ok(Made {
            at: codec::instant(self.at)?,
            was: entry(self.was_day, self.was_minutes)?,
            is: entry(self.is_day, self.is_minutes)?,
        })
    }
}

fn entry(day: Option<String>, minutes: Option<i64>) -> Result<Option<(NaiveDate, u32)>> {
    match (day, minutes) {
        (Some(day), Some(minutes)) => Ok(Some((codec::day(&day)?, codec::count(minutes)?))),
        _ => Ok(None),
    }
}

fn timing(timing: Timing) -> &'static str {
    match timing {
        Timing::InTime => "in_time",
        Timing::Revision => "revision",
    }
}
