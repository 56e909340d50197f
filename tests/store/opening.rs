//! Opening what is there, what is not, and what this program does not know.

use tandem::store::{Db, StoreError};

use crate::given::*;

#[tokio::test]
async fn a_file_that_is_missing_is_made_and_one_that_is_there_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("new.db").display());
    let db = Db::open(&url).await.unwrap();
    settled(&db, "r", 1).await;
    db.close().await;
    let db = Db::open(&url).await.unwrap();
    assert!(!db.begin().await.unwrap().is_empty().await.unwrap());
}

#[tokio::test]
async fn two_processes_may_open_a_new_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("new.db").display());
    let (one, two) = tokio::join!(Db::open(&url), Db::open(&url));
    let (one, two) = (one.unwrap(), two.unwrap());
    settled(&one, "r", 1).await;
    assert!(!two.begin().await.unwrap().is_empty().await.unwrap());
}

#[tokio::test]
async fn a_private_database_begins_empty() {
    let db = Db::open_memory().await.unwrap();
    settled(&db, "r", 1).await;
    let other = Db::open_memory().await.unwrap();
    assert!(other.begin().await.unwrap().is_empty().await.unwrap());
    assert!(!db.begin().await.unwrap().is_empty().await.unwrap());
}

#[tokio::test]
async fn an_address_of_another_kind_is_refused_without_repeating_it() {
    for url in ["mysql://root:secret@host/db", "", "tandem.db", "postgres://user:secret@host:notaport/db"] {
        let error = Db::open(url).await.unwrap_err();
        assert!(matches!(error, StoreError::Address), "{url}: {error:?}");
        assert!(!format!("{error} {error:?}").contains("secret"));
    }
}

#[tokio::test]
async fn a_place_that_cannot_be_opened_is_named() {
    let error = Db::open("sqlite:///nowhere/at/all/tandem.db").await.unwrap_err();
    assert!(error.to_string().contains("/nowhere/at/all/tandem.db"), "{error}");
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused() {
    for place in Place::all().await {
        let text = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
            VALUES (9999, 'from the future', TRUE, '', 0)";
        place.run(text).await;
        let error = place.db.migrate().await.unwrap_err();
        assert!(matches!(error, StoreError::Newer { found: 9999, .. }), "{}: {error:?}", place.name);
        place.close().await;
    }
}
