//! What people take along is all that is stored about them: every table and every column was decided about.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::Row;
use tandem::domain::ids::PersonId;
use tandem::domain::tandem::Tandem;
use tandem::store::{Cell, Db, EXPORTED, NOT_EXPORTED, Record};

use crate::given::*;

/// Every table of the schema, with its columns.
async fn schema(url: &str) -> BTreeMap<String, BTreeSet<String>> {
    let pool = sqlx::SqlitePool::connect(url).await.unwrap();
    let text = "SELECT m.name AS of, c.name AS col FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
        WHERE m.type = 'table' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite%'";
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in sqlx::query(text).fetch_all(&pool).await.unwrap() {
        tables.entry(row.get("of")).or_default().insert(row.get("col"));
    }
    pool.close().await;
    tables
}

/// The columns that a text selects, by the names under which they come.
fn selected(text: &str) -> BTreeSet<String> {
    let list = text.split_once("SELECT").unwrap().1.split_once("FROM").unwrap().0;
    let last = |column: &str| column.split_whitespace().last().unwrap().rsplit('.').next().unwrap().to_owned();
    list.split(',').map(last).collect()
}

#[tokio::test]
async fn every_table_and_every_column_is_given_out_or_stays_for_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("schema.db").display());
    Db::open(&url).await.unwrap().close().await;
    let mut undecided = Vec::new();
    for (table, columns) in schema(&url).await {
        let here: Vec<_> = EXPORTED.iter().filter(|export| export.table == table).collect();
        match NOT_EXPORTED.iter().find(|(kept, _)| *kept == table) {
            Some((_, why)) => assert!(here.is_empty() && !why.is_empty(), "{table} is given out and is not"),
            None if here.is_empty() => undecided.push(table.clone()),
            None => {}
        }
        for export in here {
            let given = selected(export.text());
            let hidden: BTreeSet<&str> = export.hidden.iter().map(|(column, _)| *column).collect();
            let known = |column: &&String| {
                given.contains(*column) || hidden.contains(column.as_str()) || column.as_str() == "person_id"
            };
            undecided.extend(columns.iter().filter(|c| !known(c)).map(|column| format!("{table}.{column}")));
            for column in hidden.iter().chain(export.instants).chain(export.json) {
                assert!(columns.contains(*column), "{}: there is no {column} in {table}", export.name);
            }
            assert!(hidden.iter().all(|column| !given.contains(*column)), "{}: hidden and given", export.name);
        }
    }
    assert!(undecided.is_empty(), "is it given out under /mydata, or why not? {undecided:?}");
    let names: BTreeSet<&str> = EXPORTED.iter().map(|export| export.name).collect();
    assert_eq!(names.len(), EXPORTED.len());
    let titled: BTreeSet<&str> = tandem::app::mydata::TITLES.iter().map(|(name, _)| *name).collect();
    assert_eq!(titled, names, "each has a title, and no title is left over");
}

stories! {
    async fn a_person_gets_their_own_rows_and_no_others(db: Db) {
        let (_, all) = settled(&db, "r", 2).await;
        let lead = all[0].lead.clone().unwrap().person.id;
        let mut tx = db.begin().await.unwrap();
        let given = tx.export(&lead).await.unwrap();
        let rows = |name: &str| &given.iter().find(|(export, _)| export.name == name).unwrap().1;
        for (name, count) in [("person", 1), ("chat", 1), ("seats", 1), ("tandems", 1), ("hours", 1), ("absences", 1), ("covers", 1), ("standing-in", 0), ("desk", 0)] {
            assert_eq!(rows(name).len(), count, "{name}");
        }
        let minutes = rows("hours")[0].0.iter().find(|(name, _)| name == "minutes").map(|(_, cell)| cell.clone());
        assert_eq!(minutes, Some(Cell::Number(45)));
        assert!(rows("seats")[0].0.contains(&("offers".to_owned(), Cell::Nothing)));
        // The deputy was asked to stand in, and learns nothing of whom.
        let deputy = all[0].deputy.clone().unwrap().person.id;
        let asked = tx.export(&deputy).await.unwrap();
        let asked = &asked.iter().find(|(export, _)| export.name == "standing-in").unwrap().1;
        assert_eq!(asked.len(), 1);
        assert!(format!("{given:?}").contains(lead.as_str()) && !format!("{:?}", given.iter().map(|(_, rows)| rows).collect::<Vec<_>>()).contains(deputy.as_str()));
        // Whoever is told of the tandem's open gaps learns of which, and nothing else of the two.
        let (round, kim) = (all[0].round.clone(), PersonId::from("kim"));
        tx.meet(&person("kim"), 99, monday()).await.unwrap();
        let told = Tandem { told: Some(kim.clone()), ..tandem("told", &round) };
        for (address, seat) in (100..).zip(told.seats()) {
            tx.meet(&seat.person, address, monday()).await.unwrap();
        }
        tx.save(&[(None, &told)], monday()).await.unwrap();
        let given = tx.export(&kim).await.unwrap();
        let text = |name: &str, text: &str| (name.to_owned(), Cell::Text(text.to_owned()));
        let expected = [text("id", "told"), text("organisation", "Rathaus Buxtehude"), text("contact", "Sekretariat")];
        for (export, records) in given {
            let expected: &[_] = if export.name == "contact-of" { &[Record(expected.to_vec())] } else { &[] };
            if !matches!(export.name, "person" | "chat") {
                assert_eq!(records, expected, "{}", export.name);
            }
        }
        assert!(tx.export(&"nobody".into()).await.unwrap().iter().all(|(_, rows)| rows.is_empty()));
    }
}
