//! Sealing what people wrote anew, with another key.
//!
//! Owns: which keys the database needs, and going through all rows piece by piece. Does not
//! know which columns these are (`sealed`), nor how a text is sealed (`vault`).

use chrono::{DateTime, Utc};

use super::sealed::{COLUMNS, Column};
use super::sets::{Arg, args};
use super::sql::Sql;
use super::{Db, Result, StoreError, Tx};

pub(super) const ALL: &[&Sql] = &[&KEYS, &KEEP_KEY, &DROP_OTHER_KEYS, &DROP_KEYS];

/// Rows that are sealed anew within one transaction: few enough that nobody waits for it.
const PIECE: i64 = 200;

const KEYS: Sql = Sql { question: "which keys have sealed texts", text: "SELECT name FROM data_key ORDER BY name" };

const KEEP_KEY: Sql = Sql {
    question: "that a key seals texts",
    text: "INSERT INTO data_key (name, since) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
};

const DROP_OTHER_KEYS: Sql =
    Sql { question: "keys that seal nothing any more, to forget", text: "DELETE FROM data_key WHERE name <> $1" };

const DROP_KEYS: Sql = Sql { question: "keys, to forget when nothing is sealed", text: "DELETE FROM data_key" };

/// A text and the row it stands in.
type Text = (String, String, String, String, Option<String>);

impl Db {
    /// Whether all keys are there that texts in the database are sealed with. From then on the database remembers the key
    /// that seals.
    ///
    /// # Errors
    /// [`StoreError::NoKey`] with the name of the key that is missing.
    pub async fn check_keys(&self, now: DateTime<Utc>) -> Result<()> {
        let needed = self.read().await?.keys().await?;
        if let Some(key) = needed.iter().find(|name| !self.vault().has(name)) {
            return Err(StoreError::NoKey { key: key.clone() });
        }
        if let Some(name) = self.vault().current_name().filter(|name| !needed.iter().any(|known| known == name)) {
            let mut tx = self.begin().await?;
            tx.run(&KEEP_KEY, args![name, now]).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Seals with the current key whatever is not, or, without one, opens what is sealed. Says how many texts that were.
    /// What was done stays done when it is killed: it goes on where it is started again.
    ///
    /// # Errors
    /// When the database cannot be written, or a key is missing: then what could be read was sealed anew and nothing is lost.
    pub async fn rekey(&self, now: DateTime<Utc>) -> Result<u64> {
        self.check_keys(now).await?;
        let mut all = 0;
        // Until nothing is found: somebody who still had the older key may have written behind the first pass.
        loop {
            let mut found = 0;
            for column in COLUMNS {
                found += self.rekey_column(column).await?;
            }
            all += found;
            if found == 0 {
                break;
            }
        }
        let mut tx = self.begin().await?;
        match self.vault().current_name() {
            Some(name) => tx.run(&DROP_OTHER_KEYS, args![name]).await?,
            None => tx.run(&DROP_KEYS, args![]).await?,
        };
        tx.commit().await?;
        Ok(all)
    }

    async fn rekey_column(&self, column: &Column) -> Result<u64> {
        let mut after = vec![String::new(); column.keys];
        let mut found = 0;
        loop {
            let mut tx = self.begin().await?;
            let page = tx.page(column, &after).await?;
            let Some(last) = page.last() else { return Ok(found) };
            let next = keys(column, last).into_iter().map(str::to_owned).collect();
            for text in &page {
                found += u64::from(tx.settle_text(column, text).await?);
            }
            tx.commit().await?;
            after = next;
        }
    }
}

impl Tx {
    /// The names of the keys with which texts are sealed.
    pub async fn keys(&mut self) -> Result<Vec<String>> {
        let rows: Vec<(String,)> = self.rows(&KEYS, args![]).await?;
        Ok(rows.into_iter().map(|(name,)| name).collect())
    }

    async fn page(&mut self, column: &Column, after: &[String]) -> Result<Vec<Text>> {
        let mut args: Vec<Arg> = after.iter().map(|key| Arg::from(key.as_str())).collect();
        args.push(Arg::from(PIECE));
        self.rows(column.page, args).await
    }

    /// Seals a text anew, unless it is as it should be. Whoever changed it meanwhile has sealed it themselves.
    async fn settle_text(&mut self, column: &Column, text: &Text) -> Result<bool> {
        let Some(stored) = text.4.as_deref().filter(|stored| !stored.is_empty()) else { return Ok(false) };
        if self.vault.is_settled(stored) {
            return Ok(false);
        }
        let row = keys(column, text);
        let at = column.at(&row[column.unbound..]);
        let plain = self.vault.open(at, stored)?;
        let mut args = args![self.vault.seal(at, &plain), stored].to_vec();
        args.extend(row.iter().map(|key| Arg::from(*key)));
        self.run(column.put, args).await?;
        Ok(true)
    }
}

fn keys<'a>(column: &Column, text: &'a Text) -> Vec<&'a str> {
    let all = [text.0.as_str(), text.1.as_str(), text.2.as_str(), text.3.as_str()];
    all.into_iter().take(column.keys).collect()
}
