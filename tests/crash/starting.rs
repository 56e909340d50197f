//! A database that cannot be used: one line that names the setting, never a password, and an end that is no success.

use sqlx::{Connection, SqliteConnection};

use super::bot::Home;

/// The one line that `tandem run` says before it gives up.
async fn refusal(home: &Home) -> String {
    let ended = home.run(&["run"]).await;
    let said = String::from_utf8(ended.stderr).expect("text");
    assert!(!ended.status.success(), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("TANDEM_DATABASE_URL"), "{said}");
    assert!(!said.contains("secret"), "{said}");
    said
}

fn home(database: &str) -> Home {
    Home::on(database, "http://127.0.0.1:9")
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let home = Home::new("http://127.0.0.1:9", "off");
    assert!(home.run(&["migrate"]).await.status.success());
    let mut connection = SqliteConnection::connect(&home.database).await.unwrap();
    let text = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (9999, 'from the future', TRUE, '', 0)";
    sqlx::raw_sql(text).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let said = refusal(&home).await;
    assert!(said.contains("newer version") && said.contains("9999"), "{said}");
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "no folder").unwrap();
    for place in [folder.path().join("missing/tandem.db"), folder.path().to_owned(), file.join("tandem.db")] {
        let said = refusal(&home(&format!("sqlite://{}", place.display()))).await;
        assert!(said.contains(&place.display().to_string()), "{said}");
    }
    let said = refusal(&home(&format!("sqlite://{}", file.display()))).await;
    assert!(said.contains("not a database"), "{said}");
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_refused_without_its_password() {
    for address in [
        "mysql://me:secret@127.0.0.1/tandem",
        "me:secret@127.0.0.1",
        "postgres://me:secret@127.0.0.1:nonsense/tandem",
        "postgres://me:secret@127.0.0.1:9/tandem",
    ] {
        refusal(&home(address)).await;
    }
}

#[tokio::test]
async fn a_wrong_password_is_not_repeated() {
    let Ok(url) = std::env::var("TANDEM_TEST_POSTGRES") else {
        super::left_out::left_out("PostgreSQL", "TANDEM_TEST_POSTGRES is not set");
        return;
    };
    let mut wrong: url::Url = url.parse().unwrap();
    wrong.set_username("nobody").unwrap();
    wrong.set_password(Some("secret")).unwrap();
    refusal(&home(wrong.as_str())).await;
}
