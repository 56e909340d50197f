//! Several processes on one database: who serves, who is elected, who does what is due.

use std::time::Duration;

use tandem::domain::effect::Kind;
use tandem::domain::pacing::Lane;
use tandem::store::{Db, HOUSE, NewOwed, StoreError, Whose};

use crate::given::*;

#[tokio::test]
async fn one_process_serves_from_a_file_and_commands_work_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("tandem.db").display());
    let (service, second) = (Db::open(&url).await.unwrap(), Db::open(&url).await.unwrap());
    let guard = service.guard().unwrap();
    let refused = second.guard().unwrap_err();
    assert!(matches!(refused, StoreError::Served { .. }), "{refused:?}");
    assert!(refused.to_string().contains("tandem.db"), "{refused}");
    settled(&second, "r", 1).await;
    drop(guard);
    second.guard().unwrap();
}

#[tokio::test]
async fn private_databases_keep_nobody_away() {
    let (one, two) = (Db::open_memory().await.unwrap(), Db::open_memory().await.unwrap());
    let _guards = (one.guard().unwrap(), two.guard().unwrap());
}

stories! {
    async fn one_of_two_candidates_is_elected_and_the_other_once_it_is_gone(db: Db) {
        let (Some(mut one), Some(mut two)) = (db.candidate(), db.candidate()) else { return };
        assert!(one.is_elected().await.unwrap());
        assert!(!two.is_elected().await.unwrap());
        assert!(one.is_elected().await.unwrap(), "whoever asks again stays elected");
        drop(one);
        // The server notices that the connection is gone.
        while !two.is_elected().await.unwrap() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(!db.candidate().unwrap().is_elected().await.unwrap());
    }

    async fn the_bell_rings_with_the_commit_and_only_then(db: Db) {
        let Some(mut bell) = db.bell().await.unwrap() else { return };
        let mut undone = db.begin().await.unwrap();
        assert!(undone.ring("never happened").await.unwrap());
        undone.rollback().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        assert!(tx.ring("it's \"so\"").await.unwrap());
        assert!(!tx.ring(&"x".repeat(8_000)).await.unwrap(), "longer than PostgreSQL carries");
        tx.commit().await.unwrap();
        assert_eq!(bell.rung().await.unwrap().as_deref(), Some("it's \"so\""));
    }

    async fn whoever_takes_over_frees_the_claims_of_all_others(db: Db) {
        let (_, all) = settled(&db, "r", 3).await;
        let mut tx = db.begin().await.unwrap();
        for (tandem, worker) in all.iter().zip(["one", "two", "three"]) {
            let lesson = owed(&tandem.lead.as_ref().unwrap().person.id, Kind::Lesson, "m1/l1");
            let new = NewOwed { id: worker.into(), owed: &lesson, target: None, claimed: Some((worker, minutes(99))) };
            tx.owe(&[new], monday()).await.unwrap();
        }
        assert_eq!(tx.release_claims(Whose::OthersThan("two"), monday()).await.unwrap(), 2);
        let claimed = tx.claim(Lane::Bulk, monday(), "two", minutes(99), 1).await.unwrap();
        // The one that was replaced hands back what it thinks is its own.
        tx.hand_back("one", &["one".into(), "two".into(), "three".into()]).await.unwrap();
        assert_eq!(tx.claim(Lane::Bulk, monday(), "two", minutes(99), 9).await.unwrap().len(), 1, "not {claimed:?}");
        tx.hand_back("two", &["two".into()]).await.unwrap();
        assert_eq!(tx.claim(Lane::Bulk, monday(), "one", minutes(99), 9).await.unwrap().len(), 1);
    }

    async fn others_are_seen_and_oneself_is_not(db: Db) {
        let mut tx = db.begin().await.unwrap();
        tx.beat("me", minutes(9)).await.unwrap();
        assert_eq!(tx.others_seen("me").await.unwrap(), None);
        tx.beat("one", minutes(2)).await.unwrap();
        tx.beat("two", minutes(5)).await.unwrap();
        assert_eq!(tx.others_seen("me").await.unwrap(), Some(minutes(5)));
    }

    async fn tandems_that_another_process_changes_are_passed_over_and_not_waited_for(db: Db) {
        let (_, all) = settled(&db, "r", 3).await;
        let mut ids: Vec<_> = all.iter().map(|tandem| tandem.id.clone()).collect();
        ids.push("gone".into());
        let mut one = db.begin().await.unwrap();
        one.tandems(&ids[..1], ever(), ever()).await.unwrap();
        if db.is_single_process() {
            assert!(one.taken(&ids).await.unwrap().is_empty(), "there is nobody else");
            return;
        }
        let mut two = db.begin().await.unwrap();
        assert_eq!(two.taken(&ids).await.unwrap(), [ids[0].clone()].into());
        let mut three = db.begin().await.unwrap();
        assert_eq!(three.taken(&ids).await.unwrap(), ids[..3].iter().cloned().collect());
    }

    async fn a_chore_is_one_process_s_until_it_is_done(db: Db) {
        let mut one = db.begin().await.unwrap();
        one.set_due(&[HOUSE], "purge:", minutes(1)).await.unwrap();
        assert!(!one.take_due(HOUSE, "purge:", monday()).await.unwrap(), "not yet");
        one.commit().await.unwrap();
        let mut one = db.begin().await.unwrap();
        assert!(one.take_due(HOUSE, "purge:", minutes(1)).await.unwrap());
        if !db.is_single_process() {
            assert!(!db.begin().await.unwrap().take_due(HOUSE, "purge:", minutes(1)).await.unwrap(), "another is at it");
        }
        one.set_due(&[HOUSE], "purge:", minutes(99)).await.unwrap();
        one.commit().await.unwrap();
        assert!(!db.begin().await.unwrap().take_due(HOUSE, "purge:", minutes(1)).await.unwrap(), "it is done");
    }
}
