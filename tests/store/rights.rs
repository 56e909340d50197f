//! What a person may ask for, and what goes by itself.

use chrono::{DateTime, TimeDelta, Utc};
use tandem::domain::delivery::Outcome;
use tandem::domain::effect::{Answer, Fact, Kind, Milestone, Rating, Slot};
use tandem::domain::ids::PersonId;
use tandem::domain::tandem::*;
use tandem::store::{Db, LinkState, Mine, NewOwed, Purpose, Tx, hash};

use crate::given::*;

fn days(n: i64) -> DateTime<Utc> {
    monday() + TimeDelta::days(n)
}

/// One of everything about a person.
async fn live(tx: &mut Tx, person: &PersonId) {
    let spot = Spot { module: "m1".to_owned(), step: "s".to_owned() };
    let (module, question, lesson) = ("m1".to_owned(), "q".to_owned(), "l".to_owned());
    let facts = [
        Fact::Answered { person: person.clone(), spot, answer: Answer::Wrote("text".to_owned()) },
        Fact::Rated {
            person: person.clone(),
            module: module.clone(),
            question,
            rating: Rating::Sentence("comment".to_owned()),
        },
        Fact::Milestone { person: person.clone(), module, lesson, milestone: Milestone::Finished },
    ];
    tx.record(&"r".into(), &facts, monday()).await.unwrap();
    for (id, kind) in [("lesson", Kind::Lesson), ("notice", Kind::Notice), ("open", Kind::Reminder)] {
        let mut owed = owed(person, kind, id);
        owed.slot = Some(Slot::Lesson);
        let id = format!("{person}-{id}");
        let new = NewOwed { id: id.as_str().into(), owed: &owed, target: None, claimed: Some(("w", minutes(1))) };
        tx.owe(&[new], monday()).await.unwrap();
        if kind != Kind::Reminder {
            tx.settle(&[(id.as_str().into(), Outcome::Sent(Some(5)))], monday()).await.unwrap();
        }
    }
}

stories! {
    async fn whoever_is_erased_leaves_unsigned_minutes_and_nothing_else(db: Db) {
        let (round, all) = settled(&db, "r", 2).await;
        let lead = all[0].lead.clone().unwrap().person.id;
        let mut tx = db.begin().await.unwrap();
        live(&mut tx, &lead).await;
        live(&mut tx, &all[1].lead.clone().unwrap().person.id).await;
        tx.make_trainer(&lead).await.unwrap();
        tx.add_trainers(&round.id, std::slice::from_ref(&lead)).await.unwrap();
        tx.issue(&hash("deputy"), Purpose::Deputy, all[0].id.as_str(), 1, days(9)).await.unwrap();
        tx.set_due(&[all[0].id.as_str()], &Due::Week(Role::Lead).code(), days(1)).await.unwrap();
        let mine = tx.mine(&lead).await.unwrap();
        assert_eq!(mine, Mine { tandems: 1, entries: 1, minutes: 45, absences: 1, answers: 1, ratings: 1, milestones: 1, messages: 3 });

        tx.erase(&lead).await.unwrap();
        assert_eq!(tx.mine(&lead).await.unwrap(), Mine::default());
        assert!(tx.known(&[1000]).await.unwrap().is_empty());
        assert!(tx.people(std::slice::from_ref(&lead)).await.unwrap().is_empty());
        assert!(matches!(tx.find(&hash("deputy"), monday()).await.unwrap(), LinkState::Nothing));
        let found = tx.tandems(&[all[0].id.clone(), all[1].id.clone()], ever(), ever()).await.unwrap();
        assert_eq!((&found[0].lead, &found[0].deputy), (&None, &all[0].deputy));
        assert_eq!(found[0].entries.iter().map(|e| (e.by.as_ref().map(PersonId::as_str), e.minutes)).collect::<Vec<_>>(), [(None, 45), (Some("r-t000-deputy"), 30)]);
        assert!(found[0].absences.is_empty() && found[0].covers.is_empty() && found[0].agenda.is_empty());
        assert_eq!(found[0].organisation, all[0].organisation, "the deputy is still there");
        assert_eq!(found[1].lead, all[1].lead);
        assert_eq!(tx.mine(&all[1].lead.clone().unwrap().person.id).await.unwrap().messages, 3);

        tx.erase(&all[0].deputy.clone().unwrap().person.id).await.unwrap();
        let empty = tx.tandems(std::slice::from_ref(&all[0].id), ever(), ever()).await.unwrap().remove(0);
        assert_eq!((&empty.organisation, empty.entries.len()), (&None, 2));
        assert_eq!((empty.lead, empty.deputy), (None, None));
        tx.erase(&"nobody".into()).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn entries_of_the_erased_can_be_saved_again(db: Db) {
        let (_, all) = settled(&db, "r", 1).await;
        let mut tx = db.begin().await.unwrap();
        tx.erase(&all[0].lead.clone().unwrap().person.id).await.unwrap();
        let before = tx.tandems(std::slice::from_ref(&all[0].id), ever(), ever()).await.unwrap().remove(0);
        let mut after = before.clone();
        after.entries[0].minutes = 50;
        tx.save(&[(Some(&before), &after)], monday()).await.unwrap();
        assert_eq!(tx.tandems(std::slice::from_ref(&all[0].id), ever(), ever()).await.unwrap(), [after]);
    }

    async fn what_is_kept_long_enough_goes_and_entries_become_weekly_totals(db: Db) {
        let (_, all) = settled(&db, "r", 1).await;
        let lead = all[0].lead.clone().unwrap().person.id;
        let mut tx = db.begin().await.unwrap();
        live(&mut tx, &lead).await;
        tx.first_seen(&[1], monday()).await.unwrap();
        tx.issue(&hash("l"), Purpose::Lead, "r", 3, days(10)).await.unwrap();

        let counts = |dropped: Vec<(&'static str, u64)>| {
            dropped.into_iter().filter(|(_, count)| *count > 0).collect::<Vec<_>>()
        };
        assert_eq!(counts(tx.purge(days(1), false).await.unwrap()), []);
        assert_eq!(counts(tx.purge(days(11), true).await.unwrap()), [("update numbers", 1)]);
        assert_eq!(counts(tx.purge(days(11), false).await.unwrap()), [("update numbers", 1)]);
        assert_eq!(counts(tx.purge(days(11), false).await.unwrap()), []);
        assert_eq!(counts(tx.purge(days(50), false).await.unwrap()), [("hand-overs", 1), ("absences", 1), ("messages", 1), ("links", 1)]);
        assert_eq!(tx.mine(&lead).await.unwrap().messages, 2, "the lesson that was sent and the message that is on its way");
        // The week's Sunday, its grace, 92 days, and the Monday after.
        assert_eq!(counts(tx.purge(days(13 + 92 - 1), false).await.unwrap()), [("comments", 1)]);
        assert_eq!(counts(tx.purge(days(13 + 92 + 7), false).await.unwrap()), [("entries", 2)]);
        assert_eq!(tx.mine(&lead).await.unwrap().entries, 0);
        assert_eq!(counts(tx.purge(days(13 + 92 + 366 - 1), false).await.unwrap()), [("lessons sent", 1)]);
        assert_eq!(counts(tx.purge(days(13 + 92 + 366 + 7), false).await.unwrap()), [("weekly totals", 1)]);
        tx.commit().await.unwrap();
    }
}
