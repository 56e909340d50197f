//! What an operator does to keep and to mend: restoring a backup, asking the doctor, reading the audit log.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};
use tempfile::TempDir;

use crate::left_out::left_out;
use crate::running::{Server, TOKEN, ended, free_address, program};

/// A folder in which commands are run on one database.
struct Place {
    folder: TempDir,
    url: String,
}

impl Place {
    fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { url: format!("sqlite://{}", folder.path().join("tandem.db").display()), folder }
    }

    fn run(&self, settings: &[(&str, &str)], arguments: &[&str]) -> (Option<i32>, String, String) {
        let mut command = program(self.folder.path());
        command.env("TANDEM_DATABASE_URL", &self.url).envs(settings.iter().copied());
        ended(command.args(arguments))
    }

    fn good(&self, arguments: &[&str]) -> String {
        let (code, out, err) = self.run(&[], arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {out}{err}");
        out
    }

    fn refused(&self, arguments: &[&str]) -> String {
        let (code, _, err) = self.run(&[], arguments);
        assert!(code == Some(1) && err.lines().count() == 1, "{arguments:?}: {err}");
        err
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// A round of five tandems, a backup of it, and one person erased afterwards.
    fn with_somebody_erased() -> Self {
        let place = Self::sqlite();
        place.good(&["sample-data", "--tandems", "5", "--seed", "1"]);
        place.good(&["backup", "old.db"]);
        place.good(&["erase", "--chat", "1000003"]);
        place
    }

    fn loses_its_database(&self) {
        for name in ["tandem.db", "tandem.db-wal", "tandem.db-shm"] {
            let _ = std::fs::remove_file(self.file(name));
        }
    }
}

async fn count(file: &Path, question: &'static str) -> i64 {
    let mut database = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    sqlx::query(question).fetch_one(&mut database).await.unwrap().get(0)
}

fn mode(file: &Path) -> u32 {
    std::fs::metadata(file).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn a_restore_wants_to_know_who_was_erased_and_leaves_a_database_in_use_alone() {
    let place = Place::with_somebody_erased();
    assert_eq!(mode(&place.file("tandem.db.erased")), 0o600);
    assert!(place.refused(&["restore", "old.db"]).contains("the database is in use"));
    place.loses_its_database();
    let out = place.good(&["restore", "old.db"]);
    assert!(out.contains("       9  person\n") && out.contains("1 people had been erased since"), "{out}");
    let database = place.file("tandem.db");
    assert_eq!(mode(&database), 0o600);
    assert_eq!(count(&database, "SELECT COUNT(*) FROM chat WHERE address = 1000003").await, 0);
    assert_eq!(count(&database, "SELECT COUNT(*) FROM outbox WHERE state = 'owed'").await, 0);
    let left = std::fs::read_dir(place.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let left: Vec<_> = left.filter(|name| name.to_str().unwrap().contains("restore")).collect();
    assert!(left.is_empty(), "the private copy was left: {left:?}");

    // Without the list nobody knows.
    place.loses_its_database();
    std::fs::rename(place.file("tandem.db.erased"), place.file("list")).unwrap();
    assert!(place.refused(&["restore", "old.db"]).contains("who was erased since this backup?"));
    assert!(!place.file("tandem.db").exists(), "a refusal makes no database");
    let out = place.good(&["restore", "old.db", "--nobody-erased"]);
    assert!(out.contains("      10  person\n"), "{out}");
    place.loses_its_database();
    let out = place.good(&["restore", "old.db", "--erased", "list"]);
    assert!(out.contains("       9  person\n"), "{out}");

    // A newer backup knows as well as a list.
    place.good(&["backup", "new.db"]);
    place.loses_its_database();
    std::fs::remove_file(place.file("tandem.db.erased")).unwrap();
    let out = place.good(&["restore", "old.db", "--erased", "new.db"]);
    assert!(out.contains("       9  person\n"), "{out}");
    assert!(place.good(&["audit"]).contains("restored"));
}

#[tokio::test]
async fn what_is_no_backup_is_refused_in_one_line() {
    let place = Place::with_somebody_erased();
    std::fs::write(place.file("noise"), "no database at all, but long enough to be one".repeat(40)).unwrap();
    let elsewhere = Place { url: format!("sqlite://{}", place.file("empty.db").display()), folder: place.folder };
    for (file, line) in [("nowhere.db", "cannot be read"), ("noise", "it is no backup")] {
        let err = elsewhere.refused(&["restore", file, "--nobody-erased"]);
        assert!(err.contains(line), "{file}: {err}");
    }
    assert!(elsewhere.refused(&["restore", "old.db", "--erased", "noise"]).contains("--erased noise"));
    assert!(!elsewhere.file("empty.db").exists());
}

#[tokio::test]
async fn a_backup_is_restored_into_postgresql_and_back() {
    let Ok(url) = std::env::var("TANDEM_TEST_POSTGRES") else {
        return left_out("PostgreSQL", "TANDEM_TEST_POSTGRES is not set");
    };
    let place = Place::with_somebody_erased();
    let schema = format!("restore_{}", std::process::id());
    let mut server = PgConnection::connect(&url).await.unwrap();
    let text = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut server).await.unwrap();
    let sign = if url.contains('?') { '&' } else { '?' };
    let there = Place { url: format!("{url}{sign}options[search_path]={schema}"), folder: place.folder };
    assert!(there.refused(&["restore", "old.db"]).contains("who was erased"));
    let out = there.good(&["restore", "old.db", "--erased", "tandem.db.erased"]);
    assert!(out.contains("       9  person\n") && out.contains("       5  tandem\n"), "{out}");
    assert!(there.refused(&["restore", "old.db", "--nobody-erased"]).contains("the database is in use"));
    there.good(&["backup", "from-server.db"]);
    let back = Place { url: format!("sqlite://{}", there.file("back.db").display()), folder: there.folder };
    let out = back.good(&["restore", "from-server.db", "--erased", "from-server.db"]);
    assert!(out.contains("       9  person\n") && out.contains("0 people had been erased since"), "{out}");
    sqlx::raw_sql(AssertSqlSafe(format!("DROP SCHEMA {schema} CASCADE"))).execute(&mut server).await.unwrap();
}

/// What the doctor says, by check: the worst level of each, and all lines.
fn examined(place: &Place, settings: &[(&str, &str)], arguments: &[&str]) -> (Option<i32>, Vec<(String, String)>) {
    let (code, out, err) = place.run(settings, &[&["doctor", "--json"], arguments].concat());
    let findings: Vec<Value> = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{err}"));
    let of = |finding: &Value, field: &str| finding[field].as_str().unwrap().to_owned();
    assert!(!out.contains(TOKEN), "{out}");
    (code, findings.iter().map(|finding| (of(finding, "check"), of(finding, "level"))).collect())
}

fn has(findings: &[(String, String)], check: &str, level: &str) -> bool {
    findings.iter().any(|(found, how)| found == check && how == level)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_finds_a_good_place_well_and_names_what_is_wrong_in_a_bad_one() {
    let server = Server::start().await;
    let place = Place::with_somebody_erased();
    let token = place.file("token");
    std::fs::write(&token, TOKEN).unwrap();
    let set = |file: &Path, mode| std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
    set(&token, 0o600);
    let settings = [("TANDEM_TELEGRAM_TOKEN_FILE", token.to_str().unwrap()), ("TANDEM_TELEGRAM_API_URL", &server.url)];
    let (code, well) = examined(&place, &settings, &["--backups", "."]);
    assert_eq!(code, Some(0), "{well:?}");
    for check in ["settings", "secrets", "database", "schema", "webhook", "backup", "content"] {
        assert!(has(&well, check, "ok"), "{check}: {well:?}");
    }
    assert!(!well.iter().any(|(_, level)| level == "error"), "{well:?}");

    set(&token, 0o644);
    set(&place.file("tandem.db"), 0o644);
    let closed = format!("http://{}", free_address());
    let bad = [settings[0], ("TANDEM_TELEGRAM_API_URL", closed.as_str()), ("TANDEM_PUBLIC_URL", closed.as_str())];
    let (code, ill) = examined(&place, &bad, &["--backups", "/nowhere"]);
    assert_eq!(code, Some(1));
    for check in ["secrets", "database", "clock", "webhook", "address", "backup"] {
        assert!(has(&ill, check, "error"), "{check}: {ill:?}");
    }

    let (code, out, _) = place.run(&[("TANDEM_LISTEN", "8080")], &["doctor"]);
    assert_eq!(
        (code, out.as_str()),
        (Some(1), "error    settings     TANDEM_LISTEN: `8080` is not an address and port, such as 127.0.0.1:8080\n")
    );
}

#[tokio::test]
async fn the_audit_log_tells_of_deeds_and_of_nobody() {
    let place = Place::sqlite();
    let create = ["round", "create", "--programme", "fuehrerschein", "--start", "2099-01-05", "--places", "5"];
    let out = place.good(&create);
    let round = out.lines().next().unwrap();
    place.good(&["trainer", "invite"]);
    place.good(&["round", "link", round]);
    place.good(&["round", "start", round]);
    place.good(&["round", "release", round]);
    place.good(&["report", round, "--format", "md", "--out", "report.md"]);
    place.good(&["purge"]);
    let dry = place.good(&["purge", "--dry-run"]);
    assert!(dry.contains("entries: kept for 92 days after its week was closed\n"), "{dry}");
    let (_, out, _) = place.run(&[], &["audit", "--json"]);
    let noted: Vec<Value> = serde_json::from_str(&out).unwrap();
    let told: Vec<(&str, &str, bool)> = noted
        .iter()
        .map(|one| (one["role"].as_str().unwrap(), one["action"].as_str().unwrap(), one["round"] == round))
        .collect();
    assert_eq!(
        told,
        [
            ("operator", "round_created", true),
            ("operator", "trainer_invited", false),
            ("operator", "link_issued", true),
            ("operator", "round_started", true),
            ("operator", "module_released", true),
            ("operator", "report_read", true),
            ("operator", "purged", false),
        ]
    );
    assert_eq!(place.good(&["audit"]).lines().count(), told.len());
}
