//! Who was erased, kept so that no backup brings them back.
//!
//! Owns: the table, and a copy of it in a file beside a SQLite database, which outlives the database. What is kept is
//! the hash of a person's random id and the day: without a backup it says nothing about anybody, and after the period
//! of the retention table it goes. Does not know what else is erased (`privacy`).

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::links::hash;
use super::sets::args;
use super::sql::Sql;
use super::{Result, Tx, codec};
use crate::domain::ids::PersonId;

pub(super) const ALL: &[&Sql] = &[&REMEMBER, &REMEMBERED, &EVERYBODY];

/// How long it is remembered that somebody was erased: above the life of any backup that may be restored.
pub const ERASED_DAYS: u64 = 92;

/// Hashes of the ids of people who were erased, and on which day.
pub type Gone = BTreeMap<String, NaiveDate>;

const REMEMBER: Sql = Sql {
    question: "that somebody was erased",
    text: "INSERT INTO erased (hash, day) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING",
};

const REMEMBERED: Sql =
    Sql { question: "who was erased since a day", text: "SELECT hash, day FROM erased WHERE day >= $1" };

const EVERYBODY: Sql = Sql { question: "everybody, for a restore", text: "SELECT id FROM person WHERE id > $1" };

/// What a transaction has to write into the file once it is committed.
#[derive(Debug)]
pub(super) struct Listing {
    new: Gone,
    /// Older lines go.
    since: NaiveDate,
}

impl Tx {
    /// Remembers that this person was erased.
    pub(super) async fn remember_erased(&mut self, person: &PersonId, now: DateTime<Utc>) -> Result<()> {
        let gone = Gone::from([(hash(person.as_str()), now.date_naive())]);
        self.remember_all(&gone, now).await
    }

    /// Remembers what another place knew of people who were erased.
    pub async fn remember_all(&mut self, gone: &Gone, now: DateTime<Utc>) -> Result<()> {
        for (hash, day) in gone {
            self.run(&REMEMBER, args![hash.as_str(), *day]).await?;
        }
        self.list(gone.clone(), now);
        Ok(())
    }

    /// Brings the file up to date, should it have been lost or never have been written.
    pub(super) async fn relist(&mut self, now: DateTime<Utc>) -> Result<()> {
        let gone = self.erased(since(now)).await?;
        self.list(gone, now);
        Ok(())
    }

    /// Who was erased since a day.
    pub async fn erased(&mut self, since: NaiveDate) -> Result<Gone> {
        let rows: Vec<(String, String)> = self.rows(&REMEMBERED, args![since]).await?;
        rows.into_iter().map(|(hash, day)| Ok((hash, codec::day(&day)?))).collect()
    }

    /// Those of everybody who were erased elsewhere.
    pub async fn to_be_gone(&mut self, gone: &Gone) -> Result<Vec<PersonId>> {
        let rows: Vec<(String,)> = self.rows(&EVERYBODY, args![""]).await?;
        Ok(rows.into_iter().map(|(id,)| PersonId(id)).filter(|id| gone.contains_key(&hash(id.as_str()))).collect())
    }

    fn list(&mut self, new: Gone, now: DateTime<Utc>) {
        let listing = self.listing.get_or_insert_with(|| Listing { new: Gone::new(), since: since(now) });
        listing.new.extend(new);
    }
}

impl Listing {
    /// Writes the file. The rows are committed by now: what fails here is made up for by the next purge.
    pub(super) fn write(self, place: &Path) {
        if let Err(error) = self.try_write(place) {
            tracing::error!(%error, place = %place.display(), "the list of the erased could not be written");
        }
    }

    fn try_write(self, place: &Path) -> io::Result<()> {
        let known = if place.exists() { read_list(place)? } else { Gone::new() };
        let mut all = known.clone();
        all.extend(self.new);
        all.retain(|_, day| *day >= self.since);
        if all == known {
            return Ok(());
        }
        let mut partial = place.to_owned();
        partial.as_mut_os_string().push(format!(".partial-{}", std::process::id()));
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&partial)?;
        for (hash, day) in &all {
            writeln!(file, "{day} {hash}")?;
        }
        file.sync_all()?;
        std::fs::rename(&partial, place)?;
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()
    }
}

/// Reads such a file.
///
/// # Errors
/// When it cannot be read or holds anything else: half a list would bring somebody back.
pub fn read_list(place: &Path) -> io::Result<Gone> {
    let bad = || io::Error::new(io::ErrorKind::InvalidData, "it is no list of the erased");
    let read = |line: &str| -> Option<(String, NaiveDate)> {
        let (day, hash) = line.split_once(' ')?;
        let whole = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        Some((hash.to_owned(), day.parse().ok()?)).filter(|_| whole)
    };
    std::fs::read_to_string(place)?.lines().map(|line| read(line).ok_or_else(bad)).collect()
}

/// Where the list of a SQLite file is.
pub(super) fn place_of(database: &Path) -> Arc<Path> {
    let mut place: PathBuf = database.to_owned();
    place.as_mut_os_string().push(".erased");
    place.into()
}

fn since(now: DateTime<Utc>) -> NaiveDate {
    now.date_naive().checked_sub_days(Days::new(ERASED_DAYS)).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn the_list_grows_forgets_what_is_old_and_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("tandem.db.erased");
        let write = |who: &str, on, since| {
            Listing { new: Gone::from([(hash(who), on)]), since }.try_write(&place).unwrap();
        };
        write("a", day(1), day(1));
        write("b", day(9), day(1));
        assert_eq!(read_list(&place).unwrap(), Gone::from([(hash("a"), day(1)), (hash("b"), day(9))]));
        write("b", day(9), day(5));
        assert_eq!(read_list(&place).unwrap(), Gone::from([(hash("b"), day(9))]));
        assert_eq!(std::fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "something was left");
    }

    #[test]
    fn a_list_that_is_not_whole_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("list");
        for text in ["2026-11-09 abc\n", "yesterday\n", "SQLite format 3\0"] {
            std::fs::write(&place, text).unwrap();
            assert_eq!(read_list(&place).unwrap_err().kind(), io::ErrorKind::InvalidData, "{text}");
        }
    }
}
