//! Messages owed: once each, to one worker at a time, with an outcome.

use chrono::{DateTime, Utc};
use tandem::domain::delivery::Outcome;
use tandem::domain::effect::{Kind, Owed, Slot};
use tandem::domain::ids::{OwedId, PersonId};
use tandem::domain::message::{Message, say};
use tandem::domain::pacing::Lane;
use tandem::store::{Claimed, Db, NewOwed, Tx, Whose};

use crate::given::*;

async fn owe(tx: &mut Tx, id: &str, owed: &Owed) -> bool {
    let new = NewOwed { id: id.into(), owed, target: None, claimed: None };
    tx.owe(&[new], monday()).await.unwrap().contains(&OwedId::from(id))
}

async fn claim(tx: &mut Tx, lane: Lane, now: DateTime<Utc>) -> Vec<Claimed> {
    tx.claim(lane, now, "w1", now + chrono::TimeDelta::minutes(1), 100).await.unwrap()
}

fn ids(claimed: &[Claimed]) -> Vec<&str> {
    claimed.iter().map(|message| message.id.as_str()).collect()
}

fn lead(n: usize) -> PersonId {
    PersonId(format!("r-t{n:03}-lead"))
}

stories! {
    async fn a_message_is_owed_once_whoever_asks_again(db: Db) {
        settled(&db, "r", 2).await;
        let lesson = owed(&lead(0), Kind::Lesson, "m1/l1");
        let mut tx = db.begin().await.unwrap();
        assert!(owe(&mut tx, "1", &lesson).await);
        assert!(!owe(&mut tx, "2", &lesson).await);
        assert!(owe(&mut tx, "3", &owed(&lead(1), Kind::Lesson, "m1/l1")).await);
        assert!(owe(&mut tx, "4", &owed(&lead(0), Kind::Notice, "m1/l1")).await);
        let claimed = claim(&mut tx, Lane::Bulk, monday()).await;
        assert_eq!(claimed.len(), 3);
        let done: Vec<_> = claimed.iter().map(|m| (m.id.clone(), Outcome::Sent(Some(1)))).collect();
        tx.settle(&done, monday()).await.unwrap();
        assert!(!owe(&mut tx, "5", &lesson).await, "nor once it was sent");
    }

    async fn a_claimed_message_has_all_that_sending_needs(db: Db) {
        settled(&db, "r", 1).await;
        let mut lesson = owed(&lead(0), Kind::Lesson, "m1/l1");
        lesson.slot = Some(Slot::Lesson);
        lesson.expires = Some(minutes(90));
        let mut tx = db.begin().await.unwrap();
        tx.owe(&[NewOwed { id: "1".into(), owed: &lesson, target: Some(55), claimed: None }], monday()).await.unwrap();
        let claimed = claim(&mut tx, Lane::Bulk, minutes(2)).await;
        assert_eq!(claimed, [Claimed {
            id: "1".into(),
            person: lead(0),
            address: 1000,
            lang: "de".into(),
            kind: Kind::Lesson,
            occurrence: "m1/l1".to_owned(),
            lane: Lane::Bulk,
            slot: Some(Slot::Lesson),
            target: Some(55),
            message: lesson.message.clone(),
            tries: 1,
            not_before: monday(),
            expires: Some(minutes(90)),
            made: monday(),
        }]);
    }

    async fn what_is_owed_is_counted_by_lane_and_what_is_claimed_or_settled_is_not(db: Db) {
        settled(&db, "r", 1).await;
        let mut tx = db.begin().await.unwrap();
        for nth in 0..3 {
            let lesson = owed(&lead(0), Kind::Lesson, &format!("m1/l{nth}"));
            assert!(owe(&mut tx, &nth.to_string(), &lesson).await);
        }
        assert!(owe(&mut tx, "9", &owed(&lead(0), Kind::Reply, "r")).await);
        assert_eq!(tx.count_owed().await.unwrap(), (1, 3));
        claim(&mut tx, Lane::Reply, monday()).await;
        assert_eq!(tx.count_owed().await.unwrap(), (0, 3));
    }

    async fn changes_that_wait_become_one_and_the_newest_holds(db: Db) {
        settled(&db, "r", 1).await;
        let older = owed(&lead(0), Kind::Edit, "lesson");
        let mut newer = older.clone();
        newer.message = Message::of(say("newer"));
        let mut tx = db.begin().await.unwrap();
        assert!(owe(&mut tx, "1", &older).await);
        assert!(owe(&mut tx, "2", &newer).await);
        let claimed = claim(&mut tx, Lane::Reply, monday()).await;
        assert_eq!((ids(&claimed), &claimed[0].message), (vec!["2"], &newer.message));

        assert!(owe(&mut tx, "3", &older).await, "a change that is on the wire is followed by the newer one");
        tx.settle(&[("2".into(), Outcome::Sent(None))], monday()).await.unwrap();
        assert_eq!(ids(&claim(&mut tx, Lane::Reply, monday()).await), ["3"]);

        tx.settle(&[("3".into(), Outcome::Sent(None))], monday()).await.unwrap();
        assert!(owe(&mut tx, "4", &older).await, "a change that was made is forgotten");
    }

    async fn of_several_with_one_key_in_a_batch_one_is_owed(db: Db) {
        settled(&db, "r", 1).await;
        let (first, mut second) = (owed(&lead(0), Kind::Edit, "x"), owed(&lead(0), Kind::Edit, "x"));
        second.message = Message::of(say("second"));
        let notice = owed(&lead(0), Kind::Notice, "x");
        let all = [("1", &first), ("2", &second), ("3", &notice), ("4", &notice)]
            .map(|(id, owed)| NewOwed { id: id.into(), owed, target: None, claimed: None });
        let mut tx = db.begin().await.unwrap();
        assert_eq!(tx.owe(&all, monday()).await.unwrap(), ["2".into(), "3".into()].into());
    }

    async fn two_workers_never_hold_the_same_message(db: Db) {
        settled(&db, "r", 30).await;
        let mut tx = db.begin().await.unwrap();
        for n in 0..30 {
            owe(&mut tx, &n.to_string(), &owed(&lead(n), Kind::Lesson, "m1/l1")).await;
        }
        tx.commit().await.unwrap();
        let work = async |worker: &str| {
            let mut mine = Vec::new();
            loop {
                let mut tx = db.begin().await.unwrap();
                let got = tx.claim(Lane::Bulk, monday(), worker, minutes(1), 4).await.unwrap();
                assert!(got.len() <= 4);
                tx.commit().await.unwrap();
                if got.is_empty() {
                    return mine;
                }
                mine.extend(got.into_iter().map(|message| message.id));
            }
        };
        let (mut all, more) = tokio::join!(work("w1"), work("w2"));
        all.extend(more);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 30);
        let mut tx = db.begin().await.unwrap();
        let claims = tx.release_claims(Whose::Everybody, monday()).await.unwrap();
        assert_eq!(claims, 30, "each was claimed exactly once");
    }

    async fn the_oldest_goes_first_and_the_future_waits(db: Db) {
        settled(&db, "r", 1).await;
        let at = |minute, occurrence| {
            let mut notice = owed(&lead(0), Kind::Notice, occurrence);
            notice.not_before = minutes(minute);
            notice
        };
        let (late, future, early, early_too) = (at(5, "a"), at(11, "b"), at(1, "c"), at(1, "d"));
        let all = [("z", &late), ("y", &future), ("x", &early), ("w", &early_too)]
            .map(|(id, owed)| NewOwed { id: id.into(), owed, target: None, claimed: None });
        let mut tx = db.begin().await.unwrap();
        tx.owe(&all, monday()).await.unwrap();
        let next = tx.next_owed().await.unwrap();
        assert_eq!((next.bulk, next.reply, next.first()), (Some(minutes(1)), None, Some(minutes(1))));
        assert_eq!(ids(&claim(&mut tx, Lane::Bulk, minutes(10)).await), ["x", "w", "z"]);
        let next = tx.next_owed().await.unwrap();
        assert_eq!((next.bulk, next.lease, next.first()), (Some(minutes(11)), Some(minutes(11)), Some(minutes(11))));
    }

    async fn a_message_whose_worker_vanished_goes_out_again_if_its_kind_may(db: Db) {
        settled(&db, "r", 1).await;
        let mut tx = db.begin().await.unwrap();
        owe(&mut tx, "lesson", &owed(&lead(0), Kind::Lesson, "m1/l1")).await;
        owe(&mut tx, "reminder", &owed(&lead(0), Kind::Reminder, "m1/l1")).await;
        claim(&mut tx, Lane::Bulk, monday()).await;
        tx.put_on_wire(&["reminder".into()], "w1", monday(), minutes(1)).await.unwrap();
        assert_eq!(tx.end_leases(monday()).await.unwrap(), 0);
        assert_eq!(tx.end_leases(minutes(1)).await.unwrap(), 2);
        let again = claim(&mut tx, Lane::Bulk, minutes(1)).await;
        assert_eq!((ids(&again), again[0].tries), (vec!["lesson"], 2));
    }

    async fn of_what_must_not_come_twice_only_that_is_unclear_which_had_left(db: Db) {
        settled(&db, "r", 1).await;
        let mut tx = db.begin().await.unwrap();
        for (id, kind) in [("left", Kind::Week), ("waited", Kind::Week), ("waited too", Kind::Reminder), ("lesson", Kind::Lesson)] {
            owe(&mut tx, id, &owed(&lead(0), kind, id)).await;
        }
        claim(&mut tx, Lane::Bulk, monday()).await;
        let boards = ["left".into(), "lesson".into()];
        assert!(tx.put_on_wire(&boards, "w2", monday(), minutes(1)).await.unwrap().is_empty(), "another's are left alone");
        assert_eq!(tx.put_on_wire(&boards, "w1", monday(), minutes(1)).await.unwrap().len(), 2);
        assert_eq!(tx.release_claims(Whose::Worker("w1"), minutes(1)).await.unwrap(), 4);
        let mut again: Vec<_> = ids(&claim(&mut tx, Lane::Bulk, minutes(1)).await).into_iter().map(str::to_owned).collect();
        again.sort();
        assert_eq!(again, ["lesson", "waited", "waited too"]);
        assert_eq!(tx.release_claims(Whose::Worker("w1"), minutes(2)).await.unwrap(), 3);
        assert_eq!(claim(&mut tx, Lane::Bulk, minutes(2)).await.len(), 3, "a second life begins on land");
    }

    async fn what_is_held_is_kept_from_others_and_what_was_replaced_is_nobodys(db: Db) {
        settled(&db, "r", 1).await;
        let mut tx = db.begin().await.unwrap();
        owe(&mut tx, "lesson", &owed(&lead(0), Kind::Lesson, "m1/l1")).await;
        owe(&mut tx, "older", &owed(&lead(0), Kind::Edit, "x")).await;
        claim(&mut tx, Lane::Bulk, monday()).await;
        claim(&mut tx, Lane::Reply, monday()).await;
        owe(&mut tx, "newer", &owed(&lead(0), Kind::Edit, "x")).await;
        let held = ["lesson".into(), "older".into()];
        assert_eq!(tx.renew(&held, "w1", minutes(9)).await.unwrap(), ["lesson".into()].into());
        assert!(tx.renew(&held, "w2", minutes(99)).await.unwrap().is_empty());
        assert_eq!(tx.end_leases(minutes(8)).await.unwrap(), 0);
        assert_eq!(tx.end_leases(minutes(9)).await.unwrap(), 1);
    }

    async fn nothing_waits_for_as_long_as_the_clock_was_ahead(db: Db) {
        settled(&db, "r", 1).await;
        let mut tx = db.begin().await.unwrap();
        // Told by a clock that is an hour ahead: one to leave at once, one at a polite hour, one that was tried.
        let at = |minute, kind, occurrence| {
            let mut owed = owed(&lead(0), kind, occurrence);
            owed.not_before = minutes(minute);
            owed
        };
        let (now, later, tried) = (at(60, Kind::Notice, "now"), at(90, Kind::Notice, "later"), at(0, Kind::Lesson, "tried"));
        let all = [("now", &now), ("later", &later), ("tried", &tried)]
            .map(|(id, owed)| NewOwed { id: id.into(), owed, target: None, claimed: None });
        tx.owe(&all, minutes(60)).await.unwrap();
        assert_eq!(ids(&claim(&mut tx, Lane::Bulk, minutes(0)).await), ["tried"]);
        tx.settle(&[("tried".into(), Outcome::Retry(minutes(61)))], minutes(60)).await.unwrap();
        tx.clock_went_back(minutes(1), minutes(2)).await.unwrap();
        let mut due = ids(&claim(&mut tx, Lane::Bulk, minutes(1)).await).into_iter().map(str::to_owned).collect::<Vec<_>>();
        due.sort();
        assert_eq!(due, ["now", "tried"]);
        tx.clock_went_back(monday(), minutes(1)).await.unwrap();
        assert_eq!(tx.end_leases(minutes(1)).await.unwrap(), 2);
    }

    async fn claims_of_silent_workers_end_and_those_of_the_others_stay(db: Db) {
        settled(&db, "r", 2).await;
        let mut tx = db.begin().await.unwrap();
        tx.beat("alive", minutes(5)).await.unwrap();
        tx.beat("dead", monday()).await.unwrap();
        for (n, worker) in ["alive", "dead"].into_iter().enumerate() {
            let lesson = owed(&lead(n), Kind::Lesson, "m1/l1");
            let new = NewOwed { id: worker.into(), owed: &lesson, target: None, claimed: Some((worker, minutes(99))) };
            tx.owe(&[new], monday()).await.unwrap();
        }
        assert!(claim(&mut tx, Lane::Bulk, minutes(5)).await.is_empty(), "owed to the worker that is sending it");
        assert_eq!(tx.release_claims(Whose::SilentSince(minutes(1)), minutes(5)).await.unwrap(), 1);
        assert_eq!(ids(&claim(&mut tx, Lane::Bulk, minutes(5)).await), ["dead"]);
        tx.forget_workers(minutes(1)).await.unwrap();
        assert_eq!(tx.release_claims(Whose::Worker("alive"), minutes(5)).await.unwrap(), 1);
    }

    async fn outcomes_keep_what_is_of_use_and_drop_the_rest(db: Db) {
        settled(&db, "r", 1).await;
        let mut tx = db.begin().await.unwrap();
        owe(&mut tx, "reply", &owed(&lead(0), Kind::Reply, "1")).await;
        for id in ["sent", "later", "expired", "unknown", "failed"] {
            owe(&mut tx, id, &owed(&lead(0), Kind::Notice, id)).await;
        }
        claim(&mut tx, Lane::Reply, monday()).await;
        claim(&mut tx, Lane::Bulk, monday()).await;
        let outcomes = [
            ("reply".into(), Outcome::Sent(Some(1))),
            ("sent".into(), Outcome::Sent(Some(2))),
            ("later".into(), Outcome::Retry(minutes(30))),
            ("expired".into(), Outcome::Expired),
            ("unknown".into(), Outcome::Unknown),
            ("failed".into(), Outcome::Failed),
        ];
        assert!(tx.settle(&outcomes, minutes(1)).await.unwrap().is_empty());
        assert!(owe(&mut tx, "again", &owed(&lead(0), Kind::Reply, "1")).await, "a reply that was sent is gone");
        assert_eq!(tx.next_owed().await.unwrap().bulk, Some(minutes(30)));
        assert_eq!(ids(&claim(&mut tx, Lane::Bulk, minutes(30)).await), ["later"]);
    }

    async fn a_screen_that_moves_leaves_an_older_message_behind(db: Db) {
        settled(&db, "r", 1).await;
        let mut tx = db.begin().await.unwrap();
        for (id, message) in [("1", 10), ("2", 20)] {
            let mut lesson = owed(&lead(0), Kind::Lesson, id);
            lesson.slot = Some(Slot::Lesson);
            owe(&mut tx, id, &lesson).await;
            claim(&mut tx, Lane::Bulk, monday()).await;
            let replaced = tx.settle(&[(id.into(), Outcome::Sent(Some(message)))], monday()).await.unwrap();
            assert_eq!(replaced.first().map(|r| r.message_id), (id == "2").then_some(10));
        }
        assert_eq!(tx.screens(&[lead(0)]).await.unwrap()[&(lead(0), Slot::Lesson)], 20);
    }

    async fn whoever_blocked_the_bot_comes_back_to_one_message(db: Db) {
        settled(&db, "r", 1).await;
        let mut tx = db.begin().await.unwrap();
        for (n, (id, kind)) in [("l1", Kind::Lesson), ("l2", Kind::Lesson), ("w", Kind::Week), ("l3", Kind::Lesson)].into_iter().enumerate() {
            let message = owed(&lead(0), kind, id);
            let new = NewOwed { id: id.into(), owed: &message, target: None, claimed: None };
            tx.owe(&[new], minutes(n as i64)).await.unwrap();
        }
        let first = tx.claim(Lane::Bulk, monday(), "w1", minutes(1), 1).await.unwrap();
        tx.settle(&[(first[0].id.clone(), Outcome::Unreachable)], monday()).await.unwrap();
        assert!(claim(&mut tx, Lane::Bulk, minutes(5)).await.is_empty());
        owe(&mut tx, "n", &owed(&lead(0), Kind::Notice, "n")).await;
        assert!(claim(&mut tx, Lane::Bulk, minutes(5)).await.is_empty(), "what is owed meanwhile is put aside");

        tx.on_unblock(&lead(0), minutes(60)).await.unwrap();
        assert_eq!(ids(&claim(&mut tx, Lane::Bulk, minutes(60)).await), ["l3"]);
        tx.on_block(&lead(0), minutes(61)).await.unwrap();
        owe(&mut tx, "late", &owed(&lead(0), Kind::Lesson, "late")).await;
        assert!(claim(&mut tx, Lane::Bulk, minutes(61)).await.is_empty());
        tx.on_unblock(&lead(0), minutes(60 * 24 * 8)).await.unwrap();
        assert!(claim(&mut tx, Lane::Bulk, minutes(60 * 24 * 9)).await.is_empty(), "after a week nothing is left of it");
    }
}
