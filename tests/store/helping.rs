//! Help between tandems: who offers, who was asked, and that nothing of it outlives a person or its time.

use chrono::TimeDelta;
use tandem::domain::ids::{PersonId, TandemId};
use tandem::domain::tandem::*;
use tandem::store::Db;

use crate::given::*;

/// The cover of the first tandem is asked of the second one's lead.
async fn asked(db: &Db) -> (Vec<Tandem>, PersonId) {
    let (_, all) = settled(db, "r", 2).await;
    let kim = all[1].lead.clone().unwrap().person;
    let mut after = all[0].clone();
    after.covers[0].neighbours =
        vec![Neighbour { person: kim.id.clone(), name: kim.name.clone(), said: Said::Nothing }];
    let mut offering = all[1].clone();
    offering.lead.as_mut().unwrap().mind.offers = true;
    let mut tx = db.begin().await.unwrap();
    tx.save(&[(Some(&all[0]), &after), (Some(&all[1]), &offering)], monday()).await.unwrap();
    tx.commit().await.unwrap();
    (vec![after, offering], kim.id)
}

async fn loaded(db: &Db, id: &TandemId) -> Tandem {
    db.begin().await.unwrap().tandems(std::slice::from_ref(id), ever(), ever()).await.unwrap().remove(0)
}

stories! {
    async fn who_was_asked_comes_out_with_their_name_and_answer(db: Db) {
        let (all, kim) = asked(&db).await;
        assert_eq!(loaded(&db, &all[0].id).await, all[0]);
        let mut tx = db.begin().await.unwrap();
        assert_eq!(tx.asked_by(&all[0].covers[0].id, &kim).await.unwrap(), Some(all[0].id.clone()));
        assert_eq!(tx.asked_by(&"no-cover".into(), &kim).await.unwrap(), None);
        assert_eq!(tx.helped_by(&kim).await.unwrap(), [all[0].id.clone()]);
        assert_eq!(tx.offering(&"r".into()).await.unwrap(), [all[1].id.clone()]);
        assert!(tx.offering(&"another".into()).await.unwrap().is_empty());
        let mut after = all[0].clone();
        after.covers[0].neighbours[0].said = Said::Yes;
        after.covers[0].helper = Some(kim.clone());
        tx.save(&[(Some(&all[0]), &after)], monday()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(loaded(&db, &all[0].id).await, after);
        let mut none = after.clone();
        none.covers.clear();
        none.absences.clear();
        let mut tx = db.begin().await.unwrap();
        tx.save(&[(Some(&after), &none)], monday()).await.unwrap();
        assert!(tx.helped_by(&kim).await.unwrap().is_empty());
        tx.commit().await.unwrap();
    }

    async fn whoever_was_asked_or_asked_can_be_erased(db: Db) {
        let (all, kim) = asked(&db).await;
        let mut tx = db.begin().await.unwrap();
        tx.erase(&kim, monday()).await.unwrap();
        assert!(tx.offering(&"r".into()).await.unwrap().is_empty());
        tx.commit().await.unwrap();
        assert!(loaded(&db, &all[0].id).await.covers[0].neighbours.is_empty());

        let mut tx = db.begin().await.unwrap();
        tx.erase(&all[0].lead.clone().unwrap().person.id, monday()).await.unwrap();
        tx.erase(&all[0].deputy.clone().unwrap().person.id, monday()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(loaded(&db, &all[0].id).await.contact, None, "nobody sits there any more");
    }

    async fn a_hand_over_is_kept_seven_days_and_what_was_asked_as_long_as_the_absence(db: Db) {
        let (all, kim) = asked(&db).await;
        let mut tx = db.begin().await.unwrap();
        let of = |dropped: Vec<(&'static str, u64)>, what: &str| {
            dropped.into_iter().find(|(name, _)| *name == what).map_or(0, |(_, count)| count)
        };
        // The absence ends on Friday, 4 December.
        let day = |n: i64| monday() + TimeDelta::days(11 + n);
        assert_eq!(of(tx.purge(day(7), false).await.unwrap(), "hand-overs"), 0);
        assert_eq!(of(tx.purge(day(8), false).await.unwrap(), "hand-overs"), 2);
        let cover = tx.tandems(std::slice::from_ref(&all[0].id), ever(), ever()).await.unwrap().remove(0).covers.remove(0);
        assert!(cover.ticks.is_empty() && cover.given.is_empty() && cover.link.is_none());
        assert_eq!(tx.helped_by(&kim).await.unwrap().len(), 1);
        assert_eq!(of(tx.purge(day(31), false).await.unwrap(), "absences"), 2);
        assert!(tx.helped_by(&kim).await.unwrap().is_empty());
        tx.commit().await.unwrap();
    }
}
