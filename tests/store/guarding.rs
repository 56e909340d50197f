//! What is remembered of deeds and of the erased, and what of a backup must not live on.

use chrono::TimeDelta;
use tandem::domain::delivery::Outcome;
use tandem::domain::effect::Kind;
use tandem::domain::ids::PersonId;
use tandem::store::{Action, Db, ERASED_DAYS, Gone, LinkState, NewOwed, Purpose, Who, hash};

use crate::given::*;

stories! {
    async fn deeds_are_kept_in_their_order_and_lose_their_person_with_the_person(db: Db) {
        let (_, all) = settled(&db, "r", 1).await;
        let lead = all[0].lead.clone().unwrap().person.id;
        let mut tx = db.begin().await.unwrap();
        tx.make_trainer(&lead).await.unwrap();
        tx.note(Who::Trainer(&lead), Action::ReportRead, Some("r"), minutes(1)).await.unwrap();
        tx.note(Who::Operator, Action::RoundCreated, Some("r"), monday()).await.unwrap();
        let noted = tx.noted().await.unwrap();
        let told: Vec<_> = noted.iter().map(|n| (n.role.as_str(), n.person.as_deref(), n.action, n.subject.as_deref())).collect();
        assert_eq!(told, [
            ("operator", None, Action::RoundCreated, Some("r")),
            ("trainer", Some(lead.as_str()), Action::ReportRead, Some("r")),
        ]);
        tx.erase(&lead, minutes(2)).await.unwrap();
        let noted = tx.noted().await.unwrap();
        assert_eq!(noted.iter().filter(|n| n.person.is_some()).count(), 0);
        assert_eq!(noted.last().map(|n| (n.role.as_str(), n.action)), Some(("trainer", Action::TrainerLeft)));
        tx.commit().await.unwrap();
    }

    async fn a_deed_is_undone_with_the_transaction_that_does_it(db: Db) {
        let mut tx = db.begin().await.unwrap();
        tx.note(Who::Operator, Action::Purged, None, monday()).await.unwrap();
        tx.rollback().await.unwrap();
        assert!(db.read().await.unwrap().noted().await.unwrap().is_empty());
    }

    async fn the_erased_are_remembered_by_a_hash_until_no_backup_can_hold_them(db: Db) {
        let (_, all) = settled(&db, "r", 1).await;
        let lead = all[0].lead.clone().unwrap().person.id;
        let deputy = all[0].deputy.clone().unwrap().person.id;
        let mut tx = db.begin().await.unwrap();
        tx.erase(&lead, monday()).await.unwrap();
        tx.erase(&"nobody".into(), monday()).await.unwrap();
        let day = monday().date_naive();
        let gone = tx.erased(day).await.unwrap();
        assert_eq!(gone, Gone::from([(hash(lead.as_str()), day)]));
        // A place where both are still there.
        let both = Gone::from([(hash(lead.as_str()), day), (hash(deputy.as_str()), day)]);
        assert_eq!(tx.to_be_gone(&both).await.unwrap(), std::slice::from_ref(&deputy));
        assert_eq!(tx.to_be_gone(&Gone::new()).await.unwrap(), Vec::<PersonId>::new());
        let kept = TimeDelta::days(i64::try_from(ERASED_DAYS).unwrap());
        tx.purge(monday() + kept, false).await.unwrap();
        assert_eq!(tx.erased(day).await.unwrap(), gone);
        tx.purge(monday() + kept + TimeDelta::days(1), false).await.unwrap();
        assert!(tx.erased(day).await.unwrap().is_empty());
        tx.commit().await.unwrap();
    }

    async fn nothing_that_a_backup_owes_is_sent_and_none_of_its_links_opens(db: Db) {
        let (_, all) = settled(&db, "r", 1).await;
        let lead = all[0].lead.clone().unwrap().person.id;
        let mut tx = db.begin().await.unwrap();
        for (id, claimed, sent) in [("owed", false, false), ("claimed", true, false), ("sent", true, true)] {
            let owed = owed(&lead, Kind::Notice, id);
            let claimed = claimed.then(|| ("w", minutes(1)));
            let new = NewOwed { id: id.into(), owed: &owed, target: None, claimed };
            tx.owe(&[new], monday()).await.unwrap();
            if sent {
                tx.settle(&[(id.into(), Outcome::Sent(Some(5)))], monday()).await.unwrap();
            }
        }
        tx.issue(&hash("code"), Purpose::Lead, "r", 3, minutes(60)).await.unwrap();
        let voided = tx.void(minutes(2)).await.unwrap();
        assert_eq!((voided.messages, voided.links), (2, 1));
        assert_eq!(tx.count_owed().await.unwrap(), (0, 0));
        assert_eq!(tx.next_owed().await.unwrap().lease, None);
        assert!(matches!(tx.find(&hash("code"), monday()).await.unwrap(), LinkState::Nothing));
        assert_eq!(tx.void(minutes(3)).await.unwrap(), tandem::store::Voided::default());
        assert_eq!(tx.last_life().await.unwrap(), Some(minutes(2)));
        tx.commit().await.unwrap();
    }
}
