//! No question reads a whole table: what is asked often must not grow with who is registered.

use sqlx::Row;
use tandem::store::statements;

/// Questions that may read a table whole, and why.
const MAY_SCAN: &[(&str, &str)] = &[
    ("workers that have long been silent", "one row per process"),
    ("when another worker was last seen", "one row per process"),
    ("the newest update that was dealt with", "one row from the end of an index"),
    ("all rounds, newest first", "a round is a course with people: there are dozens"),
    ("whether anybody is known", "one row"),
    ("whether there is a round", "one row"),
    ("which keys have sealed texts", "one row for each key"),
    ("keys that seal nothing any more, to forget", "one row for each key"),
];

#[tokio::test]
async fn every_statement_finds_its_rows_by_an_index() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("plans.db").display());
    tandem::store::Db::open(&url).await.unwrap().close().await;
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    let (mut scans, mut excused) = (Vec::new(), Vec::new());
    for (question, text) in statements() {
        let plan = sqlx::query(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}")))
            .fetch_all(&pool)
            .await
            .unwrap_or_else(|error| panic!("{question}: {error}\n{text}"));
        let details = plan.into_iter().map(|row| row.get::<String, _>("detail"));
        for detail in details.filter(|detail| reads_all(detail)) {
            match MAY_SCAN.iter().find(|(excuse, _)| *excuse == question) {
                Some((excuse, _)) => excused.push(*excuse),
                None => scans.push(format!("{question}: {detail}")),
            }
        }
    }
    assert!(scans.is_empty(), "{scans:#?}");
    assert_eq!(excused.len(), MAY_SCAN.len(), "an excuse that nobody needs: only {excused:?} are used");
}

/// What statements call the rows that they bring along or have just found: no tables.
const OWN_ROWS: &[&str] = &["v", "picked", "counted", "enrolled", "asked", "tally", "chosen", "hours"];

/// Whether a line of a plan reads a whole table or a whole index.
fn reads_all(detail: &str) -> bool {
    let Some(what) = detail.strip_prefix("SCAN ") else { return false };
    let table = what.split(' ').next().unwrap_or_default();
    let own = OWN_ROWS.contains(&table) || table.starts_with("(subquery");
    !own && !what.contains("CONSTANT ROW") && !what.contains("VALUES CLAUSE")
}
