//! Help between tandems of a round: who offers it, and who was asked about which cover.

use std::collections::HashMap;

use super::sets::args;
use super::sql::Sql;
use super::{Result, Tx};
use crate::domain::ids::{CoverId, PersonId, RoundId, TandemId};

pub(super) const ALL: &[&Sql] = &[&OFFERING, &ASKED_BY, &HELPED_BY, &NAMES];

/// Tandems looked at in the search for somebody who is there.
const OFFERING: Sql = Sql {
    question: "tandems of a round in which somebody offers to help others",
    text: "SELECT DISTINCT tandem_id FROM seat WHERE offers = $1 ORDER BY tandem_id LIMIT 60",
};

const ASKED_BY: Sql = Sql {
    question: "the tandem that asked this person about this cover",
    text: "SELECT cover.tandem_id FROM help JOIN cover ON cover.id = help.cover_id
        WHERE help.cover_id = $1 AND help.person_id = $2",
};

const HELPED_BY: Sql = Sql {
    question: "tandems that asked this person to help",
    text: "SELECT DISTINCT cover.tandem_id FROM help JOIN cover ON cover.id = help.cover_id
        WHERE help.person_id = $1 ORDER BY cover.tandem_id",
};

const NAMES: Sql = Sql { question: "the names of these people", text: "SELECT id, name FROM person WHERE id IN {set}" };

impl Tx {
    /// Tandems of a round in which somebody offers to help others.
    pub async fn offering(&mut self, round: &RoundId) -> Result<Vec<TandemId>> {
        let rows: Vec<(String,)> = self.rows(&OFFERING, args![round]).await?;
        Ok(rows.into_iter().map(|(id,)| id.into()).collect())
    }

    /// The tandem that asked this person about this cover.
    pub async fn asked_by(&mut self, cover: &CoverId, person: &PersonId) -> Result<Option<TandemId>> {
        let row: Option<(String,)> = self.row(&ASKED_BY, args![cover, person]).await?;
        Ok(row.map(|(id,)| id.into()))
    }

    /// Tandems that asked this person to help.
    pub async fn helped_by(&mut self, person: &PersonId) -> Result<Vec<TandemId>> {
        let rows: Vec<(String,)> = self.rows(&HELPED_BY, args![person]).await?;
        Ok(rows.into_iter().map(|(id,)| id.into()).collect())
    }

    /// The names of these people, by id.
    pub(super) async fn names(&mut self, mut people: Vec<String>) -> Result<HashMap<String, String>> {
        people.sort();
        people.dedup();
        let rows: Vec<(String, String)> = self.rows_in(&NAMES, args![], people.iter().map(String::as_str)).await?;
        Ok(rows.into_iter().collect())
    }
}
