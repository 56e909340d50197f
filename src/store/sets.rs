//! Running a statement: its arguments, and sets of them in few round trips.
//!
//! Owns: how a value becomes a parameter, and how a set of any length becomes statements of fixed sizes.
//! Does not know any table.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, Encode, FromRow, Postgres, Sqlite, Type};

use super::Result;
use super::db::{Inner, Tx};
use super::sql::{Dialect, SIZES, Sql, text};
use crate::domain::ids::{
    AbsenceId, CoverId, EntryId, LetterId, MeetingId, NewsId, OwedId, PersonId, RoundId, TandemId,
};
use crate::domain::lang::Lang;

/// A parameter. There are two types in the database, and each may be missing.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Arg {
    Text(Option<String>),
    Int(Option<i64>),
}

/// A row that can be read out of both databases.
pub(super) trait Stored: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<R> Stored for R where R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// Builds the arguments of a statement.
macro_rules! args {
    ($($arg:expr),* $(,)?) => { [$($crate::store::sets::Arg::from($arg)),*] };
}
pub(super) use args;

impl Tx {
    /// All rows that answer.
    pub(super) async fn rows<R: Stored>(&mut self, sql: &'static Sql, args: impl Into<Vec<Arg>>) -> Result<Vec<R>> {
        self.fetch(sql, args.into(), 1).await
    }

    /// The row that answers, if there is one.
    pub(super) async fn row<R: Stored>(&mut self, sql: &'static Sql, args: impl Into<Vec<Arg>>) -> Result<Option<R>> {
        Ok(self.fetch(sql, args.into(), 1).await?.into_iter().next())
    }

    /// Changes rows and says how many.
    pub(super) async fn run(&mut self, sql: &'static Sql, args: impl Into<Vec<Arg>>) -> Result<u64> {
        self.execute(sql, args.into(), 1).await
    }

    /// All rows that answer for a `{set}` of values, which must be different from each other.
    pub(super) async fn rows_in<R: Stored>(
        &mut self,
        sql: &'static Sql,
        fixed: impl Into<Vec<Arg>>,
        set: impl IntoIterator<Item = impl Into<Arg>>,
    ) -> Result<Vec<R>> {
        let fixed = fixed.into();
        let mut found = Vec::new();
        for (args, size) in self.padded_set(&fixed, set.into_iter().map(Into::into).collect()) {
            found.append(&mut self.fetch(sql, args, size).await?);
        }
        Ok(found)
    }

    /// Changes rows for a `{set}` of values and says how many.
    pub(super) async fn run_in(
        &mut self,
        sql: &'static Sql,
        fixed: impl Into<Vec<Arg>>,
        set: impl IntoIterator<Item = impl Into<Arg>>,
    ) -> Result<u64> {
        let fixed = fixed.into();
        let mut changed = 0;
        for (args, size) in self.padded_set(&fixed, set.into_iter().map(Into::into).collect()) {
            changed += self.execute(sql, args, size).await?;
        }
        Ok(changed)
    }

    /// Changes rows by `{rows}` and says how many. A statement over rows leaves out those whose first column is
    /// missing.
    pub(super) async fn run_rows<const N: usize>(
        &mut self,
        sql: &'static Sql,
        fixed: impl Into<Vec<Arg>>,
        rows: impl IntoIterator<Item = [Arg; N]>,
    ) -> Result<u64> {
        let fixed = fixed.into();
        let mut changed = 0;
        for (args, size) in self.padded_rows(&fixed, rows.into_iter().collect()) {
            changed += self.execute(sql, args, size).await?;
        }
        Ok(changed)
    }

    async fn fetch<R: Stored>(&mut self, sql: &'static Sql, args: Vec<Arg>, size: usize) -> Result<Vec<R>> {
        // What waits is compiled once and not for each kind of row: of that the program would be a third larger.
        match self.found(sql, args, size).await? {
            Found::Sqlite(rows) => read(&rows),
            Found::Postgres(rows) => read(&rows),
        }
    }

    async fn found(&mut self, sql: &'static Sql, args: Vec<Arg>, size: usize) -> Result<Found> {
        let text = AssertSqlSafe(text(sql, self.dialect(), size));
        Ok(match &mut self.inner {
            Inner::Sqlite(tx) => Found::Sqlite(lite(text, args)?.fetch_all(&mut **tx).await?),
            Inner::Postgres(tx) => Found::Postgres(pg(text, args)?.fetch_all(&mut **tx).await?),
        })
    }

    async fn execute(&mut self, sql: &'static Sql, args: Vec<Arg>, size: usize) -> Result<u64> {
        let text = AssertSqlSafe(text(sql, self.dialect(), size));
        Ok(match &mut self.inner {
            Inner::Sqlite(tx) => lite(text, args)?.execute(&mut **tx).await?.rows_affected(),
            Inner::Postgres(tx) => pg(text, args)?.execute(&mut **tx).await?.rows_affected(),
        })
    }

    pub(super) fn is_postgres(&self) -> bool {
        self.dialect() == Dialect::Postgres
    }

    fn dialect(&self) -> Dialect {
        match self.inner {
            Inner::Sqlite(_) => Dialect::Sqlite,
            Inner::Postgres(_) => Dialect::Postgres,
        }
    }

    fn padded_set(&self, fixed: &[Arg], set: Vec<Arg>) -> Vec<(Vec<Arg>, usize)> {
        padded_set(set).into_iter().map(|(set, size)| (self.dialect().ordered(fixed, set), size)).collect()
    }

    fn padded_rows<const N: usize>(&self, fixed: &[Arg], rows: Vec<[Arg; N]>) -> Vec<(Vec<Arg>, usize)> {
        padded_rows(rows).into_iter().map(|(set, size)| (self.dialect().ordered(fixed, set), size)).collect()
    }
}

impl Dialect {
    /// The arguments in the order in which `Sql::expand` numbers them.
    fn ordered(self, fixed: &[Arg], mut set: Vec<Arg>) -> Vec<Arg> {
        match self {
            Self::Sqlite => {
                set.extend_from_slice(fixed);
                set
            }
            Self::Postgres => [fixed, &set].concat(),
        }
    }
}

/// Rows as they came.
enum Found {
    Sqlite(Vec<SqliteRow>),
    Postgres(Vec<PgRow>),
}

fn read<'r, R: FromRow<'r, Row>, Row: sqlx::Row>(rows: &'r [Row]) -> Result<Vec<R>> {
    Ok(rows.iter().map(R::from_row).collect::<sqlx::Result<_>>()?)
}

type Text = AssertSqlSafe<Arc<str>>;

fn lite(text: Text, args: Vec<Arg>) -> Result<Query<'static, Sqlite, SqliteArguments>> {
    Ok(sqlx::query_with(text, bound(args)?))
}

fn pg(text: Text, args: Vec<Arg>) -> Result<Query<'static, Postgres, PgArguments>> {
    Ok(sqlx::query_with(text, bound(args)?))
}

/// The arguments as a driver takes them.
fn bound<A>(args: Vec<Arg>) -> Result<A>
where
    A: Arguments,
    Option<String>: Encode<'static, A::Database> + Type<A::Database>,
    Option<i64>: Encode<'static, A::Database> + Type<A::Database>,
{
    let mut all = A::default();
    all.reserve(args.len(), 0);
    for arg in args {
        let added = match arg {
            Arg::Text(text) => all.add(text),
            Arg::Int(number) => all.add(number),
        };
        added.map_err(sqlx::Error::Encode)?;
    }
    Ok(all)
}

/// The set in pieces of fixed sizes, the last padded with its last value.
fn padded_set(set: Vec<Arg>) -> Vec<(Vec<Arg>, usize)> {
    let mut chunks = chunks(set);
    for (chunk, size) in &mut chunks {
        if let Some(last) = chunk.last().cloned() {
            chunk.resize(*size, last);
        }
    }
    chunks
}

/// The rows' arguments in pieces of fixed sizes, the last padded with rows of which nothing is there.
fn padded_rows<const N: usize>(rows: Vec<[Arg; N]>) -> Vec<(Vec<Arg>, usize)> {
    let Some(nothing) = rows.first().map(|row| row.clone().map(Arg::missing)) else {
        return Vec::new();
    };
    let padded = chunks(rows).into_iter().map(|(mut chunk, size)| {
        chunk.resize(size, nothing.clone());
        (chunk.into_iter().flatten().collect(), size)
    });
    padded.collect()
}

/// Cuts into full chunks of the largest size and a rest, with the size that the rest is padded to.
fn chunks<T>(mut all: Vec<T>) -> Vec<(Vec<T>, usize)> {
    let largest = SIZES[SIZES.len() - 1];
    let mut chunks = Vec::new();
    while !all.is_empty() {
        let rest = if all.len() > largest { all.split_off(largest) } else { Vec::new() };
        let size = SIZES.into_iter().find(|size| *size >= all.len()).unwrap_or(largest);
        chunks.push((all, size));
        all = rest;
    }
    chunks
}

impl Arg {
    fn missing(self) -> Self {
        match self {
            Self::Text(_) => Self::Text(None),
            Self::Int(_) => Self::Int(None),
        }
    }
}

impl From<String> for Arg {
    /// PostgreSQL's texts cannot hold U+0000, and nobody can mean it: it is left out.
    fn from(mut text: String) -> Self {
        if text.contains('\0') {
            text.retain(|c| c != '\0');
        }
        Self::Text(Some(text))
    }
}

impl From<Option<String>> for Arg {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Text(None), Self::from)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<Option<&str>> for Arg {
    fn from(text: Option<&str>) -> Self {
        text.map(ToOwned::to_owned).into()
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Int(Some(number))
    }
}

impl From<Option<i64>> for Arg {
    fn from(number: Option<i64>) -> Self {
        Self::Int(number)
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Int(Some(number.into()))
    }
}

impl From<DateTime<Utc>> for Arg {
    fn from(instant: DateTime<Utc>) -> Self {
        Self::Int(Some(instant.timestamp_micros()))
    }
}

impl From<Option<DateTime<Utc>>> for Arg {
    fn from(instant: Option<DateTime<Utc>>) -> Self {
        Self::Int(instant.map(|instant| instant.timestamp_micros()))
    }
}

impl From<NaiveDate> for Arg {
    /// `YYYY-MM-DD`, so that days sort as texts.
    fn from(day: NaiveDate) -> Self {
        Self::Text(Some(day.to_string()))
    }
}

macro_rules! named {
    ($($name:ident),+) => {$(
        impl From<&$name> for Arg {
            fn from(id: &$name) -> Self {
                id.0.clone().into()
            }
        }
    )+};
}

named!(PersonId, TandemId, RoundId, EntryId, AbsenceId, CoverId, OwedId, NewsId, LetterId, MeetingId, Lang);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_padded_with_its_last_value_and_cut_at_the_largest_size() {
        let set: Vec<Arg> = (0..300_i64).map(Arg::from).collect();
        let cut = padded_set(set);
        assert_eq!(cut.iter().map(|(args, size)| (args.len(), *size)).collect::<Vec<_>>(), [(256, 256), (64, 64)]);
        assert_eq!(cut[1].0[63], Arg::Int(Some(299)));
    }

    #[test]
    fn rows_are_padded_with_nothing() {
        let cut = padded_rows(vec![args!["a", 1_i64], args!["b", 2_i64], args!["c", 3_i64]]);
        assert_eq!(cut.len(), 1);
        assert_eq!(cut[0].1, 4);
        assert_eq!(cut[0].0[6..8], [Arg::Text(None), Arg::Int(None)]);
    }

    #[test]
    fn nothing_asked_is_no_statement() {
        assert!(padded_set(Vec::new()).is_empty());
        assert!(padded_rows::<2>(Vec::new()).is_empty());
    }

    #[test]
    fn a_zero_character_is_left_out() {
        assert_eq!(Arg::from("a\0b"), Arg::Text(Some("ab".to_owned())));
    }
}
