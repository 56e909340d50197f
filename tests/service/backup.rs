//! A copy of the database: made while others write, opened, and never half there.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};
use tempfile::TempDir;

use crate::left_out::left_out;
use crate::running::{ended, program};

/// A folder with a database in which something has happened, and its address.
struct Place {
    folder: TempDir,
    url: String,
}

impl Place {
    fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Self { url: format!("sqlite://{}", folder.path().join("tandem.db").display()), folder };
        place.good(&["sample-data", "--tandems", "20", "--seed", "1"]);
        place
    }

    /// A schema of its own on the server that `TANDEM_TEST_POSTGRES` names.
    async fn postgres() -> Option<Self> {
        let Ok(url) = std::env::var("TANDEM_TEST_POSTGRES") else {
            left_out("PostgreSQL", "TANDEM_TEST_POSTGRES is not set");
            return None;
        };
        let schema = format!("backup_{}", std::process::id());
        let mut connection = PgConnection::connect(&url).await.unwrap();
        let text = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
        sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut connection).await.unwrap();
        let sign = if url.contains('?') { '&' } else { '?' };
        let url = format!("{url}{sign}options[search_path]={schema}");
        let place = Self { folder: tempfile::tempdir().unwrap(), url };
        place.good(&["sample-data", "--tandems", "600", "--seed", "1"]);
        Some(place)
    }

    fn run(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        ended(program(self.folder.path()).env("TANDEM_DATABASE_URL", &self.url).args(arguments))
    }

    fn good(&self, arguments: &[&str]) -> String {
        let (code, out, err) = self.run(arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {err}");
        out
    }

    /// The names in the folder that are no part of the database itself.
    fn others(&self) -> Vec<String> {
        let names = std::fs::read_dir(self.folder.path()).unwrap();
        names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.starts_with("tandem.db"))
            .collect()
    }
}

async fn count(file: &Path, question: &'static str) -> i64 {
    let mut copy = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    sqlx::query(question).fetch_one(&mut copy).await.unwrap().get(0)
}

/// Writes two rows that belong together in each transaction, as fast as it can; how many transactions there were.
macro_rules! write_pairs {
    ($writer:ident, $stopped:ident) => {{
        let mut written = 0_i64;
        while $stopped.try_recv().is_err() {
            let mut tx = $writer.begin().await.unwrap();
            for owner in ["left", "right"] {
                let text =
                    format!("INSERT INTO due (owner, what, at) VALUES ('{owner}', '{written}', 9000000000000000)");
                sqlx::query(AssertSqlSafe(text)).persistent(false).execute(&mut *tx).await.unwrap();
            }
            tx.commit().await.unwrap();
            written += 1;
        }
        written
    }};
}

/// Whole transactions are in the copy, and all that came before the last of them.
async fn assert_pairs(file: &Path) {
    let left = count(file, "SELECT COUNT(*) FROM due WHERE owner = 'left'").await;
    let right = count(file, "SELECT COUNT(*) FROM due WHERE owner = 'right'").await;
    assert_eq!(left, right, "half of a transaction is in the copy");
    let newest = "SELECT COALESCE(MAX(CAST(what AS INTEGER)) + 1, 0) FROM due WHERE owner = 'left'";
    assert_eq!(left, count(file, newest).await, "a transaction is missing before the last one");
}

#[tokio::test]
async fn a_backup_is_readable_by_its_owner_alone_and_serves_as_a_database() {
    let place = Place::sqlite();
    let before = place.good(&["round", "list", "--json"]);
    let out = place.good(&["backup", "copy.db"]);
    assert!(out.contains("      40  person\n") && out.contains("      20  tandem\n"), "{out}");
    assert!(out.ends_with("opened and found whole.\n"), "{out}");
    assert_eq!(place.others(), ["copy.db"]);
    let file = place.folder.path().join("copy.db");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let elsewhere = Place { url: "sqlite://copy.db".to_owned(), folder: place.folder };
    assert_eq!(elsewhere.good(&["round", "list", "--json"]), before);
}

#[tokio::test]
async fn a_backup_during_writes_is_of_one_instant() {
    let place = Place::sqlite();
    let mut writer = SqliteConnection::connect(&place.url).await.unwrap();
    let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
    let writes = tokio::spawn(async move { write_pairs!(writer, stopped) });
    for nth in 0..3 {
        let name = format!("copy-{nth}.db");
        let (folder, url) = (place.folder.path().to_owned(), place.url.clone());
        let file = folder.join(&name);
        let backup = move || ended(program(&folder).env("TANDEM_DATABASE_URL", url).args(["backup", &name]));
        let (code, _, err) = tokio::task::spawn_blocking(backup).await.unwrap();
        assert_eq!(code, Some(0), "{err}");
        assert_pairs(&file).await;
    }
    stop.send(()).unwrap();
    assert!(writes.await.unwrap() > 0, "nothing was written meanwhile");
}

#[tokio::test]
async fn a_backup_of_postgresql_is_a_sqlite_file_with_the_same_rows() {
    let Some(place) = Place::postgres().await else { return };
    let before = place.good(&["round", "list", "--json"]);
    let mut writer = PgConnection::connect(&place.url).await.unwrap();
    let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
    let writes = tokio::spawn(async move { write_pairs!(writer, stopped) });
    let place = Arc::new(place);
    let (backup, file) = (Arc::clone(&place), place.folder.path().join("copy.db"));
    let out = tokio::task::spawn_blocking(move || backup.good(&["backup", "copy.db"])).await.unwrap();
    stop.send(()).unwrap();
    assert!(writes.await.unwrap() > 0, "nothing was written meanwhile");
    assert_pairs(&file).await;
    let place = Arc::into_inner(place).unwrap();
    assert!(out.contains("    1200  person\n") && out.contains("     600  tandem\n"), "{out}");
    assert_eq!(place.others(), ["copy.db"]);
    let mut server = PgConnection::connect(&place.url).await.unwrap();
    let mut copy = SqliteConnection::connect(&format!("sqlite://{}", place.folder.path().join("copy.db").display()))
        .await
        .unwrap();
    for question in [
        "SELECT id, name, prefs, CAST(made AS TEXT) FROM person ORDER BY id",
        "SELECT id, COALESCE(organisation, '-'), phase, round_id FROM tandem ORDER BY id",
        "SELECT owner, what, CAST(at AS TEXT), '' FROM due WHERE owner NOT IN ('left', 'right') ORDER BY owner, what",
    ] {
        type Texts = Vec<(String, String, String, String)>;
        let there: Texts = sqlx::query_as(question).fetch_all(&mut server).await.unwrap();
        let here: Texts = sqlx::query_as(question).fetch_all(&mut copy).await.unwrap();
        assert!(there.len() >= 600, "{question}");
        assert_eq!(sorted(there), sorted(here), "{question}");
    }
    let elsewhere = Place { url: "sqlite://copy.db".to_owned(), folder: place.folder };
    assert_eq!(elsewhere.good(&["round", "list", "--json"]), before);
    let schema = place.url.split_once("search_path]=").unwrap().1;
    sqlx::raw_sql(AssertSqlSafe(format!("DROP SCHEMA {schema} CASCADE"))).execute(&mut server).await.unwrap();
}

/// The two databases may order texts differently.
fn sorted<T: Ord>(mut rows: Vec<T>) -> Vec<T> {
    rows.sort();
    rows
}

#[tokio::test]
async fn a_backup_that_cannot_be_written_says_why_and_leaves_nothing() {
    let place = Place::sqlite();
    std::fs::write(place.folder.path().join("there.db"), "mine").unwrap();
    for (to, line) in [
        ("there.db", "tandem: there.db is there already, and a backup overwrites nothing\n"),
        ("/nowhere/at/all.db", "tandem: the backup cannot be written to /nowhere/at/all.db: No such file"),
        (".", "tandem: . is there already"),
    ] {
        let (code, _, err) = place.run(&["backup", to]);
        assert!(code == Some(1) && err.starts_with(line) && err.lines().count() == 1, "{to}: {err}");
    }
    assert_eq!(std::fs::read_to_string(place.folder.path().join("there.db")).unwrap(), "mine");
    // A disk that is full after 64 KiB: the limit on a file's size, without the signal that goes with it.
    let script = format!("trap '' XFSZ; ulimit -f 128; exec {} backup copy.db", env!("CARGO_BIN_EXE_tandem"));
    let (code, _, err) = ended(
        std::process::Command::new("sh")
            .args(["-c", &script])
            .current_dir(place.folder.path())
            .env("TANDEM_DATABASE_URL", &place.url),
    );
    assert!(code == Some(1) && err.starts_with("tandem: the backup cannot be written to copy.db: "), "{err}");
    assert_eq!(place.others(), ["there.db"], "half a file was left");
}

#[tokio::test]
async fn a_backup_of_nothing_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place { url: format!("sqlite://{}", folder.path().join("typo.db").display()), folder };
    let (code, _, err) = place.run(&["backup", "copy.db"]);
    assert!(code == Some(1) && err.contains("typo.db") && err.lines().count() == 1, "{err}");
    assert_eq!(place.others(), Vec::<String>::new());
}
