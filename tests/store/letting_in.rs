//! Links let in as many as they are for, whoever comes first.

use tandem::store::{Db, Link, LinkState, Purpose, hash};

use crate::given::*;

stories! {
    async fn a_link_for_one_lets_one_of_two_in_who_come_at_once(db: Db) {
        let link = hash("secret");
        let mut tx = db.begin().await.unwrap();
        tx.issue(&link, Purpose::Deputy, "t", 1, minutes(10)).await.unwrap();
        tx.commit().await.unwrap();
        let enter = async || {
            let mut tx = db.begin().await.unwrap();
            let entered = tx.consume(&link, monday()).await.unwrap();
            tx.commit().await.unwrap();
            entered
        };
        let entered = tokio::join!(enter(), enter(), enter(), enter());
        let count = [entered.0, entered.1, entered.2, entered.3].into_iter().filter(|yes| *yes).count();
        assert_eq!(count, 1);
    }

    async fn a_link_ends_by_time_by_use_and_by_word(db: Db) {
        let (timed, used, revoked) = (hash("timed"), hash("used"), hash("revoked"));
        let mut tx = db.begin().await.unwrap();
        tx.issue(&timed, Purpose::Lead, "r1", 20, minutes(10)).await.unwrap();
        tx.issue(&used, Purpose::Lead, "r2", 2, minutes(1000)).await.unwrap();
        tx.issue(&revoked, Purpose::Deputy, "t", 1, minutes(1000)).await.unwrap();
        let expected = Link { hash: timed.clone(), purpose: Purpose::Lead, subject: "r1".to_owned(), uses_left: 20, expires: minutes(10) };
        assert_eq!(tx.find(&timed, minutes(9)).await.unwrap(), LinkState::Good(expected));
        assert_eq!(tx.find(&hash("never issued"), minutes(9)).await.unwrap(), LinkState::Nothing);

        assert!(!tx.consume(&timed, minutes(10)).await.unwrap());
        assert!(tx.consume(&used, minutes(10)).await.unwrap());
        assert!(tx.consume(&used, minutes(10)).await.unwrap());
        assert!(!tx.consume(&used, minutes(10)).await.unwrap());
        tx.revoke(Purpose::Deputy, "t").await.unwrap();
        assert!(!tx.consume(&revoked, minutes(10)).await.unwrap());
        for (link, state) in [(timed, LinkState::Expired), (revoked, LinkState::Nothing)] {
            assert_eq!(tx.find(&link, minutes(10)).await.unwrap(), state);
        }
        assert!(matches!(tx.find(&used, minutes(10)).await.unwrap(), LinkState::Used(link) if link.subject == "r2"));
    }
}
