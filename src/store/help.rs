//! Help between tandems of a round: who offers it, and who was asked about which cover.

use std::collections::HashMap;

use super::sealed::PERSON_NAME;
use super::sets::args;
use super::sql::Sql;
use super::{Result, Tx};
use crate::domain::ids::{CoverId, PersonId, RoundId, TandemId};

pub(super) const ALL: &[&Sql] = &[&OFFERING, &ASKED_BY, &HELPED_BY, &NAMES, &TOLD_OF, &NEEDED, &SHOWN];

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

/// Of each of these people there are few such messages.
const SHOWN: Sql = Sql {
    question: "what these people were sent about covers",
    text: "SELECT person_id, occurrence, message_id FROM outbox
        WHERE kind = 'cover' AND state = 'sent' AND message_id IS NOT NULL AND person_id IN {set}
        ORDER BY person_id, occurrence",
};

const TOLD_OF: Sql = Sql {
    question: "tandems whose open gaps this person is told of",
    text: "SELECT id FROM tandem WHERE told = $1 ORDER BY id",
};

const NEEDED: Sql = Sql {
    question: "what a person is known for, beside being told of one tandem's gaps",
    text: "SELECT (SELECT COUNT(*) FROM seat WHERE person_id = $1)
            + (SELECT COUNT(*) FROM trainer WHERE person_id = $1)
            + (SELECT COUNT(*) FROM tandem WHERE told = $1 AND id <> $2)
            + (SELECT COUNT(*) FROM person WHERE id = $1 AND left_at IS NOT NULL)",
};

/// Whoever is told of a tandem's open gaps was told which it is, and as which office.
pub(super) const CONTACT_OF: Sql = Sql {
    question: "what is given out of the tandems whose contact a person is",
    text: "SELECT id, organisation, contact FROM tandem WHERE told = $1 ORDER BY id",
};

/// What else is known of such a tandem, and why it is not given out.
pub(super) const OF_THE_TWO: &[(&str, &str)] = &[
    ("told", "the person"),
    ("round_id", "about the two who sit there"),
    ("agreed", "about the two who sit there"),
    ("promise", "about the two who sit there"),
    ("terms", "about the two who sit there"),
    ("phase", "about the two who sit there"),
    ("made", "about the two who sit there"),
];

impl Tx {
    /// The messages in which these people were shown this version of a cover.
    pub async fn shown_of_cover(
        &mut self,
        people: &[PersonId],
        cover: &CoverId,
        version: u32,
    ) -> Result<Vec<(PersonId, i64)>> {
        let rows: Vec<(String, String, i64)> = self.rows_in(&SHOWN, args![], people).await?;
        let about = format!(":{cover}:{version}");
        // An occurrence is `kind:cover:version`, and with some kinds `:` and more.
        let shown = |occurrence: &str| {
            occurrence.split_once(&about).is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with(':'))
        };
        let rows = rows.into_iter().filter(|(_, occurrence, _)| shown(occurrence));
        Ok(rows.map(|(person, _, message)| (person.into(), message)).collect())
    }

    /// Tandems whose open gaps this person is told of.
    pub async fn told_of(&mut self, person: &PersonId) -> Result<Vec<TandemId>> {
        let rows: Vec<(String,)> = self.rows(&TOLD_OF, args![person]).await?;
        Ok(rows.into_iter().map(|(id,)| id.into()).collect())
    }

    /// Whether a person is known for anything else than being told of this tandem's gaps.
    pub async fn is_needed(&mut self, person: &PersonId, tandem: &TandemId) -> Result<bool> {
        let row: Option<(i64,)> = self.row(&NEEDED, args![person, tandem]).await?;
        Ok(row.is_none_or(|(count,)| count > 0))
    }

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
        let named = rows.into_iter().map(|(id, name)| {
            let name = self.vault.open(PERSON_NAME.at(&[&id]), &name)?;
            Ok((id, name))
        });
        named.collect()
    }
}
