//! What a person may ask for, and what goes by itself.

use chrono::{DateTime, TimeDelta, Utc};
use tandem::domain::calendar::Week;
use tandem::domain::delivery::Outcome;
use tandem::domain::effect::{Answer, Fact, Kind, Milestone, Rating, Slot};
use tandem::domain::ids::{PersonId, TandemId};
use tandem::domain::ledger::Target;
use tandem::domain::memory::Memory;
use tandem::domain::record::{Change, Closing, Record, Shortfall, Timing};
use tandem::domain::tandem::*;
use tandem::store::{Db, LinkState, Made, Mine, NewOwed, Purpose, Revision, Said, Spoken, Tx, Unsaid, hash};

use crate::given::*;

fn days(n: i64) -> DateTime<Utc> {
    monday() + TimeDelta::days(n)
}

/// One of everything about a person.
async fn live(tx: &mut Tx, person: &PersonId) {
    let spot = Spot { module: "m1".to_owned(), step: "s".to_owned() };
    let recalled = spot.clone();
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
        Fact::Recalled { person: person.clone(), spot: recalled.clone(), memory: memory("2026-11-23", "2026-11-25") },
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

fn memory(reviewed: &str, due: &str) -> Memory {
    Memory { stability: 2.307, difficulty: 2.118, reviewed: day(reviewed), due: day(due) }
}

/// An entry of this person was taken back.
fn changed(tandem: &Tandem, by: &PersonId) -> (TandemId, Record) {
    let was = Some((day("2026-11-24"), 20));
    let change =
        Change { id: "h".to_owned(), entry: "x".into(), by: by.clone(), was, is: None, timing: Timing::InTime };
    (tandem.id.clone(), Record::Changed(change))
}

/// The same change under another id.
fn renamed(record: Record) -> Record {
    match record {
        Record::Changed(change) => Record::Changed(Change { id: "h2".to_owned(), ..change }),
        other => other,
    }
}

stories! {
    async fn a_question_is_read_when_its_time_has_come_and_the_newest_answer_holds(db: Db) {
        let (round, all) = settled(&db, "r", 1).await;
        let [lead, deputy] = [&all[0].lead, &all[0].deputy].map(|seat| seat.clone().unwrap().person.id);
        let spot = |step: &str| Spot { module: "m1".to_owned(), step: step.to_owned() };
        let fact = |person: &PersonId, step, memory| Fact::Recalled { person: person.clone(), spot: spot(step), memory };
        let facts = [
            fact(&lead, "a", memory("2026-11-24", "2026-11-26")),
            fact(&lead, "b", memory("2026-11-24", "2026-11-27")),
            fact(&deputy, "a", memory("2026-11-24", "2026-11-26")),
        ];
        let mut tx = db.begin().await.unwrap();
        tx.record(&round.id, &facts, monday()).await.unwrap();
        assert!(tx.fading(&[lead.clone(), deputy.clone()], day("2026-11-25")).await.unwrap().is_empty());
        let found = tx.fading(&[lead.clone(), deputy.clone()], day("2026-11-26")).await.unwrap();
        let fading = Fading { spot: spot("a"), memory: memory("2026-11-24", "2026-11-26") };
        assert_eq!(found.len(), 2);
        assert_eq!(found[&(lead.clone(), round.id.clone())], [fading]);
        tx.record(&round.id, &[fact(&lead, "a", memory("2026-11-26", "2026-12-07"))], monday()).await.unwrap();
        let found = tx.fading(std::slice::from_ref(&lead), day("2026-11-27")).await.unwrap();
        let steps: Vec<&str> = found[&(lead, round.id.clone())].iter().map(|fading| fading.spot.step.as_str()).collect();
        assert_eq!(steps, ["b"]);
    }

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
        tx.record_hours(&[changed(&all[0], &lead)], &[], monday()).await.unwrap();
        let made = tx.changes_of(&all[0].id, &lead).await.unwrap();
        assert_eq!(made, [Made { at: monday(), was: Some((day("2026-11-24"), 20)), is: None }]);
        let mine = tx.mine(&lead).await.unwrap();
        assert_eq!(mine, Mine { tandems: 1, entries: 1, minutes: 45, changes: 1, absences: 1, answers: 1, ratings: 1, milestones: 1, repeats: 1, messages: 3 });

        tx.erase(&lead, monday()).await.unwrap();
        assert_eq!(tx.mine(&lead).await.unwrap(), Mine::default());
        assert_eq!(tx.changes_of(&all[0].id, &lead).await.unwrap(), []);
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

        tx.erase(&all[0].deputy.clone().unwrap().person.id, monday()).await.unwrap();
        let empty = tx.tandems(std::slice::from_ref(&all[0].id), ever(), ever()).await.unwrap().remove(0);
        assert_eq!((&empty.organisation, empty.entries.len()), (&None, 2));
        assert_eq!((empty.lead, empty.deputy), (None, None));
        tx.erase(&"nobody".into(), monday()).await.unwrap();
        // What was done in the same transaction by somebody who is gone is kept without their name.
        tx.record_hours(&[changed(&all[0], &lead)].map(|(id, record)| (id, renamed(record))), std::slice::from_ref(&lead), monday()).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn what_stands_in_a_chat_is_known_for_two_days_and_owed_to_whoever_is_erased(db: Db) {
        let (_, all) = settled(&db, "r", 2).await;
        let [lead, other] = [0, 1].map(|n: usize| all[n].lead.clone().unwrap().person.id);
        let spoken = |person: &PersonId, message, hours| Spoken { person: person.clone(), message, at: days(3) - TimeDelta::hours(hours) };
        let mut tx = db.begin().await.unwrap();
        let said = [spoken(&lead, 1, 49), spoken(&lead, 3, 47), spoken(&lead, 2, 47), spoken(&lead, 2, 46), spoken(&lead, 9, 0), spoken(&other, 4, 1)];
        for _ in 0..2 {
            tx.say(&said).await.unwrap();
        }
        let now = days(3);
        assert_eq!(tx.take_unsay(now, now, 10).await.unwrap(), []);
        tx.leave_said(&lead, 9, now).await.unwrap();
        tx.erase(&lead, now).await.unwrap();
        tx.erase(&lead, now).await.unwrap();
        assert_eq!(tx.next_owed().await.unwrap().unsay, Some(now));
        let taken = tx.take_unsay(now, now + TimeDelta::seconds(45), 10).await.unwrap();
        assert_eq!(taken.iter().map(|unsay| (unsay.address, unsay.messages.clone(), unsay.tries)).collect::<Vec<_>>(), [(1000, vec![2, 3], 1)]);
        assert_eq!(tx.take_unsay(now, now, 10).await.unwrap(), [], "nobody else takes it meanwhile");
        // One of the two is refused: from then on they come one by one.
        tx.unsaid(&lead, &taken[0].messages, Unsaid::Refused, now).await.unwrap();
        for expected in [vec![2], vec![3]] {
            let taken = tx.take_unsay(now, now, 10).await.unwrap();
            assert_eq!(taken[0].messages, expected);
            tx.unsaid(&lead, &taken[0].messages, Unsaid::Gone, now).await.unwrap();
        }
        // What was on its way is noted after its person is gone, and goes as well.
        assert_eq!(tx.take_unsay(now, now, 10).await.unwrap(), []);
        tx.say(&[spoken(&lead, 10, 0)]).await.unwrap();
        let later = now + TimeDelta::seconds(60);
        assert_eq!(tx.next_owed().await.unwrap().unsay, Some(later));
        let taken = tx.take_unsay(later, later, 10).await.unwrap();
        assert_eq!(taken[0].messages, [10]);
        tx.unsaid(&lead, &taken[0].messages, Unsaid::Gone, later).await.unwrap();
        assert_eq!(tx.take_unsay(later, later, 10).await.unwrap(), []);
        assert_eq!(tx.next_owed().await.unwrap().unsay, None);
        let counts = tx.purge(days(3 + 3), false).await.unwrap();
        assert!(counts.contains(&("numbers of messages", 2)), "{counts:?}: 1, which was too old, and 4");
        tx.commit().await.unwrap();
    }

    async fn entries_of_the_erased_can_be_saved_again(db: Db) {
        let (_, all) = settled(&db, "r", 1).await;
        let mut tx = db.begin().await.unwrap();
        tx.erase(&all[0].lead.clone().unwrap().person.id, monday()).await.unwrap();
        let before = tx.tandems(std::slice::from_ref(&all[0].id), ever(), ever()).await.unwrap().remove(0);
        let mut after = before.clone();
        after.entries[0].minutes = 50;
        tx.save(&[(Some(&before), &after)], monday()).await.unwrap();
        assert_eq!(tx.tandems(std::slice::from_ref(&all[0].id), ever(), ever()).await.unwrap(), [after]);
    }

    async fn a_feed_has_one_secret_and_its_revisions_only_grow(db: Db) {
        let (_, all) = settled(&db, "r", 2).await;
        let [lead, other] = [0, 1].map(|n: usize| all[n].lead.clone().unwrap().person.id);
        let said = |digest: &str, last: &str| Said { uid: "a@tandem".into(), digest: digest.into(), last: day(last) };
        let mut tx = db.begin().await.unwrap();
        tx.keep_feed(&lead, &hash("old"), monday()).await.unwrap();
        tx.keep_feed(&lead, &hash("new"), monday()).await.unwrap();
        tx.keep_feed(&other, &hash("other"), monday()).await.unwrap();
        assert_eq!(tx.find_feed(&hash("old")).await.unwrap(), None);
        let found = tx.find_feed(&hash("new")).await.unwrap().unwrap();
        assert_eq!((found.person, found.seats), (lead.clone(), vec![(all[0].id.clone(), Role::Lead)]));

        let revision = async |tx: &mut Tx, person: &PersonId| tx.revisions(person).await.unwrap().remove("a@tandem");
        tx.revise(&other, &[said("x", "2026-12-01")], monday()).await.unwrap();
        for (at, digest, sequence, changed) in [(0, "x", 0, 0), (1, "x", 0, 0), (2, "y", 1, 2), (3, "x", 2, 3), (4, "x", 2, 3)] {
            tx.revise(&lead, &[said(digest, "2026-12-01")], minutes(at)).await.unwrap();
            let expected = Revision { digest: digest.into(), sequence, changed: minutes(changed) };
            assert_eq!(revision(&mut tx, &lead).await, Some(expected), "{at}");
        }
        assert_eq!(revision(&mut tx, &other).await.unwrap().sequence, 0);

        tx.drop_feed(&lead).await.unwrap();
        assert!(!tx.has_feed(&lead).await.unwrap() && tx.has_feed(&other).await.unwrap());
        assert!(revision(&mut tx, &lead).await.is_some(), "in a copy of the calendar numbers go on growing");
        tx.keep_feed(&lead, &hash("newest"), monday()).await.unwrap();
        tx.erase(&lead, monday()).await.unwrap();
        assert_eq!((revision(&mut tx, &lead).await, tx.has_feed(&lead).await.unwrap()), (None, false));
        let dropped = tx.purge(days(8 + 31), false).await.unwrap();
        assert!(dropped.contains(&("calendar events", 1)), "{dropped:?}");
        assert_eq!(revision(&mut tx, &other).await, None);
        assert!(tx.has_feed(&other).await.unwrap());
        tx.commit().await.unwrap();
    }

    async fn what_is_kept_long_enough_goes_and_entries_become_weekly_totals(db: Db) {
        let (_, all) = settled(&db, "r", 1).await;
        let lead = all[0].lead.clone().unwrap().person.id;
        let mut tx = db.begin().await.unwrap();
        live(&mut tx, &lead).await;
        tx.first_seen(&[1], monday()).await.unwrap();
        tx.issue(&hash("l"), Purpose::Lead, "r", 3, days(10)).await.unwrap();
        let week = Week::of(day("2026-11-23"));
        let closing = Closing { week, target: Target::Minutes(300), minutes: 75 };
        let (id, missing) = (all[0].id.clone(), Record::Missing(week, Shortfall::Away));
        let records = [changed(&all[0], &lead), (id.clone(), Record::Closed(closing)), (id, missing)];
        tx.record_hours(&records, &[], monday()).await.unwrap();

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
        assert_eq!(counts(tx.purge(days(13 + 92 - 1), false).await.unwrap()), []);
        assert_eq!(counts(tx.purge(days(13 + 92 + 7), false).await.unwrap()), [("entries", 2), ("changes of entries", 1)]);
        assert_eq!(tx.mine(&lead).await.unwrap().entries, 0);
        assert_eq!(counts(tx.purge(days(13 + 92 + 366 - 1), false).await.unwrap()), [("lessons sent", 1), ("unpublished feedback", 1), ("repeats", 1)]);
        assert_eq!(counts(tx.purge(days(13 + 92 + 366 + 7), false).await.unwrap()), [("weekly totals", 1), ("settled weeks", 1), ("reasons for missing hours", 1)]);
        tx.commit().await.unwrap();
    }
}
