//! Which updates have been dealt with, so that one that comes twice counts once.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Utc};

use super::Result;
use super::sets::args;
use super::sql::Sql;
use super::{Tx, sets::Arg};

pub(super) const ALL: &[&Sql] = &[&SEEN, &REMEMBER, &NEWEST];

const SEEN: Sql = Sql {
    question: "which updates have been seen before",
    text: "SELECT update_id FROM seen_update WHERE update_id IN {set}",
};

const REMEMBER: Sql = Sql {
    question: "updates that are dealt with now",
    text: "WITH v(update_id) AS ({rows:1})
        INSERT INTO seen_update (update_id, at) SELECT update_id, $1 FROM v WHERE update_id IS NOT NULL",
};

/// By time first: after a week of silence Telegram starts again at a random number (Bot API, Update.update_id).
const NEWEST: Sql = Sql {
    question: "the newest update that was dealt with",
    text: "SELECT update_id FROM seen_update ORDER BY at DESC, update_id DESC LIMIT 1",
};

impl Tx {
    /// Remembers these updates and says which of them are new. Where another process is dealing with one of them
    /// at the same time, it fails once that one has committed; asked again, it knows better.
    pub async fn first_seen(&mut self, updates: &[i64], now: DateTime<Utc>) -> Result<HashSet<i64>> {
        let mut new: HashSet<i64> = updates.iter().copied().collect();
        // As a rule there are none: no row has to be fetched.
        let seen: Vec<(i64,)> = self.rows_in(&SEEN, args![], new.iter().copied()).await?;
        for (update,) in seen {
            new.remove(&update);
        }
        // In order: of two processes that deal with the same ones, none waits for the other while that waits for it.
        let ordered: BTreeSet<i64> = new.iter().copied().collect();
        self.run_rows(&REMEMBER, args![now], ordered.into_iter().map(|id| [Arg::from(id)])).await?;
        Ok(new)
    }

    /// The offset from which to ask for updates; `None` if none has been dealt with for days.
    pub async fn next_offset(&mut self) -> Result<Option<i64>> {
        let newest: Option<(i64,)> = self.row(&NEWEST, []).await?;
        Ok(newest.map(|(id,)| id.saturating_add(1)))
    }
}
