//! How well people remember questions: written with the facts of learning, read when a question's time has come.
//!
//! Does not know how a memory fades (`domain::memory`).

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::FromRow;

use super::sets::{Arg, args};
use super::sql::Sql;
use super::tandems::{Fields, list};
use super::{Result, StoreError, Tx, codec};
use crate::domain::ids::{PersonId, RoundId};
use crate::domain::memory::Memory;
use crate::domain::tandem::{Fading, Spot};

pub(super) const ALL: &[&Sql] = &[&KEEP, &FADING, &OLD_RECALL, &DROP_OLD_RECALL];

/// Stability and difficulty are kept in thousandths: the databases have one type of number.
const PARTS: f32 = 1_000.0;

pub(super) const KEEP: Sql = Sql {
    question: "how well questions are remembered",
    text: "WITH v(person_id, module, step, stability, difficulty, reviewed, due) AS ({rows:7})
        INSERT INTO recall (person_id, round_id, module, step, stability, difficulty, reviewed, due)
        SELECT person_id, $1, module, step, stability, difficulty, reviewed, due FROM v WHERE person_id IS NOT NULL
        ON CONFLICT (person_id, round_id, module, step) DO UPDATE SET stability = excluded.stability,
            difficulty = excluded.difficulty, reviewed = excluded.reviewed, due = excluded.due",
};

/// A person's questions in a round as one list, as `tandems` reads its lists: most people have some in every batch.
#[derive(FromRow)]
struct FadingRow {
    person_id: String,
    round_id: String,
    questions: String,
}

const FADING: Sql = Sql {
    question: "questions whose time has come for these people",
    text: "SELECT person_id, round_id, STRING_AGG(module || ' ' || step || ' ' || stability || ' ' || difficulty || ' '
            || reviewed || ' ' || due, '|') AS questions
        FROM recall WHERE person_id IN {set} AND due <= $1 GROUP BY person_id, round_id",
};

pub(super) const OLD_RECALL: Sql = Sql {
    question: "how many questions were answered too long ago to come again",
    text: "SELECT COUNT(*) FROM recall WHERE reviewed < $1",
};

pub(super) const DROP_OLD_RECALL: Sql = Sql {
    question: "questions that were answered too long ago to come again, to drop",
    text: "DELETE FROM recall WHERE reviewed < $1",
};

impl Tx {
    /// What has faded by this day, by person and round, in the order of the questions' ids.
    pub async fn fading(
        &mut self,
        people: &[PersonId],
        today: NaiveDate,
    ) -> Result<HashMap<(PersonId, RoundId), Vec<Fading>>> {
        let mut people = people.to_vec();
        people.sort();
        people.dedup();
        let rows: Vec<FadingRow> = self.rows_in(&FADING, args![today], &people).await?;
        let mut fading = HashMap::with_capacity(rows.len());
        for row in rows {
            let mut questions = list(Some(&row.questions), question)?;
            questions.sort_by(|a, b| a.spot.cmp(&b.spot));
            fading.insert((row.person_id.into(), row.round_id.into()), questions);
        }
        Ok(fading)
    }
}

pub(super) fn row(person: &PersonId, spot: &Spot, memory: &Memory) -> [Arg; 7] {
    args![
        person,
        spot.module.as_str(),
        spot.step.as_str(),
        parts(memory.stability),
        parts(memory.difficulty),
        memory.reviewed,
        memory.due,
    ]
}

fn question(fields: &mut Fields<'_>) -> Result<Fading> {
    let spot = Spot { module: fields.text()?.to_owned(), step: fields.text()?.to_owned() };
    let memory = Memory {
        stability: whole(fields.number()?)?,
        difficulty: whole(fields.number()?)?,
        reviewed: codec::day(fields.text()?)?,
        due: codec::day(fields.text()?)?,
    };
    Ok(Fading { spot, memory })
}

/// Never nought: a memory of no days is none that the model knows.
fn parts(number: f32) -> i64 {
    ((number * PARTS).round() as i64).max(1)
}

fn whole(parts: i64) -> Result<f32> {
    // A hundred years in thousandths of a day: far below what a number of this type can hold exactly enough.
    let parts = i32::try_from(parts).map_err(|_| StoreError::Unreadable("memory"))?;
    Ok(parts as f32 / PARTS)
}
