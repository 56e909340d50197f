//! Tandems come out of the database as they went in, and only what changed is written.

use tandem::domain::ids::TandemId;
use tandem::domain::tandem::*;
use tandem::store::Db;

use crate::given::*;

async fn loaded(db: &Db, ids: &[&TandemId]) -> Vec<Tandem> {
    let ids: Vec<TandemId> = ids.iter().map(|id| (*id).clone()).collect();
    let mut tx = db.begin().await.unwrap();
    tx.tandems(&ids, ever(), ever()).await.unwrap()
}

stories! {
    async fn a_tandem_comes_out_as_it_went_in(db: Db) {
        let (_, all) = settled(&db, "r", 5).await;
        assert_eq!(loaded(&db, &all.iter().map(|t| &t.id).collect::<Vec<_>>()).await, all);
    }

    async fn three_hundred_tandems_come_out_of_one_call(db: Db) {
        let (_, all) = settled(&db, "r", 300).await;
        assert_eq!(loaded(&db, &all.iter().map(|t| &t.id).collect::<Vec<_>>()).await, all);
    }

    async fn what_a_decision_changed_is_written_and_what_it_took_away_is_gone(db: Db) {
        let (_, all) = settled(&db, "r", 2).await;
        let before = &all[0];
        let mut after = before.clone();
        after.organisation = None;
        after.promise = Promise::NotYet;
        after.terms = Terms { promised: Some(day("2026-11-20")), until: Some(day("2027-03-31")), ..Terms::default() };
        after.phase = TandemPhase::Waiting;
        after.agreed = 240;
        after.deputy = None;
        after.entries.remove(0);
        after.entries.push(entry("new", "r-t000-lead", "2026-11-25", 7));
        after.covers.clear();
        after.absences.clear();
        after.agenda.clear();
        after.agenda.insert(Due::Start, minutes(3));
        let lead = after.lead.as_mut().unwrap();
        lead.person.name = "Ada".to_owned();
        lead.person.prefs.paused = true;
        lead.mind.study.released = 4;

        let mut tx = db.begin().await.unwrap();
        tx.save(&[(Some(before), &after)], monday()).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(loaded(&db, &[&before.id, &all[1].id]).await, [after, all[1].clone()]);
    }

    async fn a_decision_that_changed_nothing_can_be_saved(db: Db) {
        let (_, all) = settled(&db, "r", 1).await;
        let mut tx = db.begin().await.unwrap();
        tx.save(&[(Some(&all[0]), &all[0])], monday()).await.unwrap();
        tx.save(&[], monday()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(loaded(&db, &[&all[0].id]).await, all);
    }

    async fn old_entries_and_absences_stay_where_they_are(db: Db) {
        let (_, all) = settled(&db, "r", 1).await;
        let mut tx = db.begin().await.unwrap();
        let found = tx.tandems(std::slice::from_ref(&all[0].id), day("2026-11-24"), day("2026-12-05")).await.unwrap();
        assert_eq!(found[0].entries, all[0].entries[1..]);
        assert_eq!((found[0].absences.len(), found[0].covers.len()), (0, 0));
    }

    async fn a_deputy_takes_the_seat_that_another_left(db: Db) {
        let (_, all) = settled(&db, "r", 1).await;
        let newcomer = person("newcomer");
        let mut tx = db.begin().await.unwrap();
        tx.meet(&newcomer, 77, monday()).await.unwrap();
        let mut after = all[0].clone();
        after.deputy = Some(Seat { person: newcomer.clone(), role: Role::Deputy, mind: Mind::new(Stage::Times) });
        tx.save(&[(Some(&all[0]), &after)], monday()).await.unwrap();
        let known = tx.known(&[77, 1001, 424_242]).await.unwrap();
        assert_eq!(known[0].seats, [(all[0].id.clone(), Role::Deputy)]);
        assert_eq!(known[0].person, newcomer);
        assert_eq!((known.len(), known[1].seats.len()), (2, 0), "the stranger is left out, the former deputy has no seat");
    }

    async fn people_are_known_by_their_chats_and_reached_in_them(db: Db) {
        let (_, all) = settled(&db, "r", 3).await;
        let mut tx = db.begin().await.unwrap();
        let known = tx.known(&[1003, 1000, 1003]).await.unwrap();
        assert_eq!(known.iter().map(|k| k.address).collect::<Vec<_>>(), [1000, 1003]);
        assert_eq!(known[1].person, all[1].deputy.clone().unwrap().person);
        assert!(!known[0].trainer);
        let people: Vec<_> = known.iter().map(|k| k.person.id.clone()).collect();
        assert_eq!(tx.addresses(&people).await.unwrap()[&people[1]], 1003);
    }

    async fn hostile_texts_come_out_harmless_and_whole(db: Db) {
        let (_, all) = settled(&db, "r", 1).await;
        let mut after = all[0].clone();
        let long = "ä\u{202e}'; DROP TABLE person; --\u{1F468}\u{200D}\u{1F469}\"\\%_".repeat(100);
        after.organisation = Some(format!("{long}\0"));
        after.lead.as_mut().unwrap().mind.talk = Talk::Reason { module: long.clone(), step: "\0".to_owned() };
        let mut tx = db.begin().await.unwrap();
        tx.save(&[(Some(&all[0]), &after)], monday()).await.unwrap();
        tx.commit().await.unwrap();
        let found = loaded(&db, &[&all[0].id]).await.remove(0);
        assert_eq!(found.organisation, Some(long), "a zero character is left out: PostgreSQL cannot hold it");
        assert_eq!(found.lead.unwrap().mind, after.lead.unwrap().mind, "within JSON it is written with its number");
    }

    async fn an_update_that_comes_twice_counts_once(db: Db) {
        let mut tx = db.begin().await.unwrap();
        assert_eq!(tx.next_offset().await.unwrap(), None);
        assert_eq!(tx.first_seen(&[7, 8, 8], monday()).await.unwrap(), [7, 8].into());
        assert_eq!(tx.first_seen(&[8, 9], minutes(1)).await.unwrap(), [9].into());
        assert_eq!(tx.next_offset().await.unwrap(), Some(10));
        tx.commit().await.unwrap();
    }

    async fn what_is_not_committed_has_not_happened(db: Db) {
        let mut tx = db.begin().await.unwrap();
        tx.first_seen(&[7], monday()).await.unwrap();
        drop(tx);
        let mut tx = db.begin().await.unwrap();
        assert_eq!(tx.first_seen(&[7], monday()).await.unwrap(), [7].into());
    }

    async fn readers_see_the_last_commit_while_somebody_writes(db: Db) {
        let mut writer = db.begin().await.unwrap();
        writer.first_seen(&[1], monday()).await.unwrap();
        let mut reader = db.read().await.unwrap();
        assert_eq!(reader.next_offset().await.unwrap(), None);
        writer.commit().await.unwrap();
    }

    async fn a_reader_cannot_write(db: Db) {
        let mut reader = db.read().await.unwrap();
        assert!(reader.first_seen(&[1], monday()).await.is_err());
    }
}
