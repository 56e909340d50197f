//! How many people take part in each programme, stand on which step, or have answered it: for whoever is about to
//! change lessons.
//!
//! Counts only, for the operator; nothing of this is shown to trainers. Changes nothing.

use std::collections::BTreeMap;

use sqlx::FromRow;

use super::sealed::MIND;
use super::sets::args;
use super::sql::Sql;
use super::{Result, StoreError, Tx, codec};
use crate::domain::ids::RoundId;
use crate::domain::standing::{Doing, Standing};
use crate::domain::tandem::{Mind, Role, Spot};

pub(super) const ALL: &[&Sql] = &[&SEATS, &LEARNING, &ANSWERED];

// All rounds count, also closed ones: whoever is in goes on learning.
const SEATS: Sql = Sql {
    question: "where the people of the next tandems stand",
    text: "SELECT tandem.id, round.programme, lead.mind AS lead, deputy.mind AS deputy
        FROM tandem JOIN round ON round.id = tandem.round_id
        LEFT JOIN seat AS lead ON lead.tandem_id = tandem.id AND lead.role = 'lead'
        LEFT JOIN seat AS deputy ON deputy.tandem_id = tandem.id AND deputy.role = 'deputy'
        WHERE tandem.id > $1 ORDER BY tandem.id LIMIT 500",
};
const LEARNING: Sql = Sql {
    question: "how many people take part in a round",
    text: "SELECT COUNT(DISTINCT seat.person_id) FROM tandem JOIN seat ON seat.tandem_id = tandem.id
        WHERE tandem.round_id = $1",
};
const ANSWERED: Sql = Sql {
    question: "how many people of a round have answered each step",
    text: "SELECT module, step, COUNT(DISTINCT person_id) FROM answer WHERE round_id = $1
        GROUP BY module, step ORDER BY module, step",
};

/// The seats of a tandem.
#[derive(FromRow)]
struct Row {
    id: String,
    programme: String,
    lead: Option<String>,
    deputy: Option<String>,
}

impl Tx {
    /// All that people have to do with, in all rounds.
    pub async fn standings(&mut self) -> Result<Vec<Standing>> {
        let mut found: BTreeMap<(String, Doing), usize> = BTreeMap::new();
        self.add_seats(&mut found).await?;
        for round in self.round_lines().await? {
            let id = RoundId::from(round.id);
            let mut add = |doing: Doing, people: i64| -> Result<()> {
                let people = usize::try_from(people).map_err(|_| StoreError::Unreadable("number"))?;
                if people > 0 {
                    *found.entry((round.programme.clone(), doing)).or_default() += people;
                }
                Ok(())
            };
            for (people,) in self.rows::<(i64,)>(&LEARNING, args![&id]).await? {
                add(Doing::Learns, people)?;
            }
            for (module, step, people) in self.rows::<(String, String, i64)>(&ANSWERED, args![&id]).await? {
                add(Doing::Answered(Spot { module, step }), people)?;
            }
        }
        Ok(found.into_iter().map(|((programme, doing), people)| Standing { programme, doing, people }).collect())
    }

    /// Where people stand, page by page: a service that asks has a bounded memory.
    async fn add_seats(&mut self, found: &mut BTreeMap<(String, Doing), usize>) -> Result<()> {
        let mut after = String::new();
        loop {
            let rows: Vec<Row> = self.rows(&SEATS, args![after.as_str()]).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after.clone_from(&last.id);
            for row in rows {
                let minds = [(Role::Lead, row.lead), (Role::Deputy, row.deputy)];
                for (role, mind) in minds.into_iter().filter_map(|(role, mind)| Some((role, mind?))) {
                    let mind = self.vault.open(MIND.at(&[&row.id, role.code()]), &mind)?;
                    for spot in codec::from_json::<Mind>(&mind, "mind")?.needs() {
                        *found.entry((row.programme.clone(), Doing::Stands(spot))).or_default() += 1;
                    }
                }
            }
        }
    }
}
