//! Migrations are applied one by one over a database with rows in it, as it will be where the program runs.
//!
//! Each migration brings sample rows of the tables it made or changed (`NNNN.sql` beside this file, one text
//! for both databases); they must survive all that come after.

#[path = "../support/left_out.rs"]
mod left_out;

use std::path::{Path, PathBuf};

use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};
use tandem::store::migrator;

/// Applies everything step by step with its sample rows, and reads how many rows each table has in the end.
macro_rules! step_by_step {
    ($connection:expr) => {{
        for migration in migrator().iter() {
            let until = Migrator::with_migrations(
                migrator().iter().filter(|m| m.version <= migration.version).cloned().collect(),
            );
            until.run(&mut $connection).await.unwrap();
            let sample = std::fs::read_to_string(sample(migration.version)).unwrap();
            sqlx::raw_sql(AssertSqlSafe(sample)).execute(&mut $connection).await.unwrap();
        }
        let mut empty = Vec::new();
        for table in tables() {
            let count = format!("SELECT COUNT(*) FROM {table}");
            let count: i64 = sqlx::query(AssertSqlSafe(count)).fetch_one(&mut $connection).await.unwrap().get(0);
            if count == 0 {
                empty.push(table);
            }
        }
        assert!(empty.is_empty(), "no sample row for {empty:?}");
    }};
}

#[tokio::test]
async fn migrations_apply_one_by_one_over_sample_rows_on_sqlite() {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    step_by_step!(connection);
    let broken = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut connection).await.unwrap();
    assert!(broken.is_empty());
}

#[tokio::test]
async fn migrations_apply_one_by_one_over_sample_rows_on_postgresql() {
    let Ok(url) = std::env::var("TANDEM_TEST_POSTGRES") else {
        left_out::left_out("PostgreSQL", "TANDEM_TEST_POSTGRES is not set");
        return;
    };
    let mut connection = PgConnection::connect(&url).await.unwrap();
    let schema = format!("steps_{}", std::process::id());
    let own = format!("CREATE SCHEMA {schema}; SET search_path TO {schema}");
    sqlx::raw_sql(AssertSqlSafe(own)).execute(&mut connection).await.unwrap();
    step_by_step!(connection);
    let gone = format!("DROP SCHEMA {schema} CASCADE");
    sqlx::raw_sql(AssertSqlSafe(gone)).execute(&mut connection).await.unwrap();
}

#[test]
fn a_column_that_is_added_has_a_value_for_the_rows_that_are_there() {
    for migration in migrator().iter() {
        let text = without_comments(migration.sql.as_str());
        let wrong: Vec<&str> = text.split(';').filter(|statement| leaves_rows_without_value(statement)).collect();
        assert!(wrong.is_empty(), "migration {}: {wrong:?}", migration.version);
    }
    assert!(leaves_rows_without_value("ALTER TABLE person ADD COLUMN age BIGINT NOT NULL"));
    assert!(leaves_rows_without_value("alter table person\n add age bigint not null"));
    assert!(!leaves_rows_without_value("ALTER TABLE person ADD COLUMN age BIGINT NOT NULL DEFAULT 0"));
    assert!(!leaves_rows_without_value("ALTER TABLE person ADD COLUMN age BIGINT"));
}

#[test]
fn migrations_use_types_that_both_databases_understand_alike() {
    for migration in migrator().iter() {
        let text = without_comments(migration.sql.as_str()).to_uppercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
        for foreign in ["BOOLEAN", "TIMESTAMPTZ", "TIMESTAMP", "JSONB", "SERIAL", "AUTOINCREMENT", "INTEGER", "NUMERIC"]
        {
            assert!(!words.contains(&foreign), "migration {}: {foreign}", migration.version);
        }
    }
}

fn sample(version: i64) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/migrations").join(format!("{version:04}.sql"))
}

/// Every table that a migration makes.
fn tables() -> Vec<String> {
    let all = migrator().iter().flat_map(|migration| {
        let text = without_comments(migration.sql.as_str());
        let names =
            text.split("CREATE TABLE ").skip(1).filter_map(|after| after.split([' ', '(']).next().map(str::to_owned));
        names.collect::<Vec<_>>()
    });
    all.collect()
}

fn leaves_rows_without_value(statement: &str) -> bool {
    let words = statement.to_uppercase().split_whitespace().collect::<Vec<_>>().join(" ");
    words.starts_with("ALTER TABLE")
        && words.contains(" ADD ")
        && words.contains("NOT NULL")
        && !words.contains("DEFAULT")
}

fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split("--").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}
