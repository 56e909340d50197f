//! The tandems of a round with their seats, for a trainer who gives one to somebody new.
//!
//! Reads who sits where only to tell whether somebody does; no name, no hours, no answers.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sqlx::FromRow;

use super::sealed::ORGANISATION;
use super::sets::args;
use super::sql::Sql;
use super::{Result, Tx, codec};
use crate::domain::calendar::local_date;
use crate::domain::ids::{PersonId, RoundId, TandemId};
use crate::domain::trainer::SeatCard;

pub(super) const ALL: &[&Sql] = &[&SEATS_OF];

#[derive(FromRow)]
struct SeatsRow {
    id: String,
    organisation: String,
    made: i64,
    lead: Option<String>,
    deputy: Option<String>,
}

const SEATS_OF: Sql = Sql {
    question: "the tandems of a round that have a name, and whether somebody sits on their seats",
    text: "SELECT tandem.id, tandem.organisation, tandem.made, lead_seat.person_id AS lead,
            deputy_seat.person_id AS deputy
        FROM tandem
        LEFT JOIN seat AS lead_seat ON lead_seat.tandem_id = tandem.id AND lead_seat.role = 'lead'
        LEFT JOIN seat AS deputy_seat ON deputy_seat.tandem_id = tandem.id AND deputy_seat.role = 'deputy'
        WHERE tandem.round_id = $1 AND tandem.organisation IS NOT NULL ORDER BY tandem.id",
};

impl Tx {
    /// The tandems of a round that have a name. Where everybody has left there is none.
    pub async fn seats_of(&mut self, round: &RoundId, zone: Tz) -> Result<Vec<SeatCard>> {
        let rows: Vec<SeatsRow> = self.rows(&SEATS_OF, args![round]).await?;
        let cards = rows.into_iter().map(|row| {
            let made: DateTime<Utc> = codec::instant(row.made)?;
            Ok(SeatCard {
                organisation: self.vault.open(ORGANISATION.at(&[&row.id]), &row.organisation)?,
                since: local_date(made, zone),
                id: TandemId(row.id),
                lead: row.lead.map(PersonId),
                deputy: row.deputy.map(PersonId),
            })
        });
        cards.collect()
    }
}
