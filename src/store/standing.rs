//! Where people stand in their programmes, of all rounds that are not over: what new lessons must still have.

use sqlx::FromRow;

use super::sets::args;
use super::sql::Sql;
use super::{Result, Tx, codec};
use crate::domain::ids::TandemId;
use crate::domain::tandem::{Mind, RoundPhase, Spot};

pub(super) const ALL: &[&Sql] = &[&STANDING];

const STANDING: Sql = Sql {
    question: "where the people of the next tandems stand",
    text: "SELECT tandem.id, round.programme, lead.mind AS lead, deputy.mind AS deputy
        FROM tandem JOIN round ON round.id = tandem.round_id AND round.phase <> $2
        LEFT JOIN seat AS lead ON lead.tandem_id = tandem.id AND lead.role = 'lead'
        LEFT JOIN seat AS deputy ON deputy.tandem_id = tandem.id AND deputy.role = 'deputy'
        WHERE tandem.id > $1 ORDER BY tandem.id LIMIT 500",
};

/// A seat that is taken, and what its programme must have for whoever sits there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub programme: String,
    /// The step on the screen, tasks that were put off, questions of a test that is open.
    pub spots: Vec<Spot>,
}

#[derive(FromRow)]
struct Row {
    id: String,
    programme: String,
    lead: Option<String>,
    deputy: Option<String>,
}

impl Tx {
    /// The seats of the next tandems after this one, and the last of these tandems; `None` when there are no more.
    pub async fn standing(&mut self, after: Option<&TandemId>) -> Result<(Option<TandemId>, Vec<Standing>)> {
        let after = after.map_or("", TandemId::as_str);
        let rows: Vec<Row> = self.rows(&STANDING, args![after, codec::code(&RoundPhase::Closed)]).await?;
        let last = rows.last().map(|row| row.id.clone().into());
        let mut seats = Vec::new();
        for row in rows {
            for mind in [row.lead, row.deputy].into_iter().flatten() {
                let spots = codec::from_json::<Mind>(&mind, "mind")?.needs();
                seats.push(Standing { programme: row.programme.clone(), spots });
            }
        }
        Ok((last, seats))
    }
}
