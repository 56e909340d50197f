//! Filling an empty database with many tandems at once.
//!
//! Full statements of the largest size only, in one transaction. Does not know what a synthetic tandem
//! looks like.

use chrono::{DateTime, Utc};

use super::Result;
use super::db::{Inner, PAGE_CACHE};
use super::people::KEEP_CHATS;
use super::sets::args;
use super::sql::{SIZES, Sql};
use super::{Tx, sets::Arg};
use crate::domain::tandem::Tandem;

pub(super) const ALL: &[&Sql] = &[&ANYBODY, &ANY_ROUND];

/// A tandem to be, and the chats of its two people.
#[derive(Clone, Debug)]
pub struct Synthetic {
    pub tandem: Tandem,
    pub lead: i64,
    pub deputy: i64,
}

const ANYBODY: Sql = Sql { question: "whether anybody is known", text: "SELECT id FROM person LIMIT 1" };

const ANY_ROUND: Sql = Sql { question: "whether there is a round", text: "SELECT id FROM round LIMIT 1" };

impl Tx {
    /// Whether nobody and no round is in the database.
    pub async fn is_empty(&mut self) -> Result<bool> {
        let person: Option<(String,)> = self.row(&ANYBODY, args![]).await?;
        let round: Option<(String,)> = self.row(&ANY_ROUND, args![]).await?;
        Ok(person.is_none() && round.is_none())
    }

    /// Keeps new tandems of a round that is there. Says how many.
    pub async fn fill(&mut self, tandems: impl IntoIterator<Item = Synthetic>, now: DateTime<Utc>) -> Result<usize> {
        self.make_room().await?;
        let mut tandems = tandems.into_iter();
        let mut count = 0;
        loop {
            let piece: Vec<Synthetic> = tandems.by_ref().take(SIZES[SIZES.len() - 1]).collect();
            if piece.is_empty() {
                self.take_stock().await?;
                return Ok(count);
            }
            count += piece.len();
            let new: Vec<(Option<&Tandem>, &Tandem)> = piece.iter().map(|one| (None, &one.tandem)).collect();
            self.save(&new, now).await?;
            self.run_rows(&KEEP_CHATS, args![], piece.iter().flat_map(Synthetic::chats)).await?;
        }
    }

    /// SQLite: the indexes of random ids are filled in memory. (PostgreSQL has its own shared cache.)
    async fn make_room(&mut self) -> Result<()> {
        if let Inner::Sqlite(tx) = &mut self.inner {
            sqlx::raw_sql("PRAGMA cache_size = -400000").execute(&mut **tx).await?;
        }
        Ok(())
    }

    /// PostgreSQL: until it has counted what came all at once, it would read whole tables. SQLite does not count.
    async fn take_stock(&mut self) -> Result<()> {
        match &mut self.inner {
            Inner::Sqlite(tx) => {
                let usual = format!("PRAGMA cache_size = {PAGE_CACHE}");
                sqlx::raw_sql(sqlx::AssertSqlSafe(usual)).execute(&mut **tx).await?;
            }
            Inner::Postgres(tx) => {
                sqlx::raw_sql("ANALYZE person, chat, round, tandem, seat, due").execute(&mut **tx).await?;
            }
        }
        Ok(())
    }
}

impl Synthetic {
    fn chats(&self) -> impl Iterator<Item = [Arg; 2]> {
        let lead = self.tandem.lead.as_ref().map(|seat| args![self.lead, &seat.person.id]);
        let deputy = self.tandem.deputy.as_ref().map(|seat| args![self.deputy, &seat.person.id]);
        lead.into_iter().chain(deputy)
    }
}
