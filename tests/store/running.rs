//! Rounds, their trainers, and what becomes due.

use std::collections::BTreeMap;

use tandem::domain::effect::Kind;
use tandem::domain::ids::{PersonId, TandemId};
use tandem::domain::tandem::*;
use tandem::domain::trainer::{Desk, Draft};
use tandem::store::{Db, HOUSE, NewOwed, Synthetic};

use crate::given::*;

stories! {
    async fn a_round_is_kept_with_its_trainers_and_changes_its_phase_once(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let trainer = person("trainer");
        tx.meet(&trainer, 1, monday()).await.unwrap();
        let mut kept = round("r");
        kept.phase = RoundPhase::Planned;
        kept.trainers = vec![trainer.id.clone()];
        tx.create_round(&kept, monday()).await.unwrap();
        assert_eq!(tx.rounds(&["r".into(), "none".into()]).await.unwrap(), [kept.clone()]);
        assert!(tx.set_phase(&kept.id, RoundPhase::Running).await.unwrap());
        assert!(!tx.set_phase(&kept.id, RoundPhase::Running).await.unwrap());
        assert_eq!(tx.rounds(&["r".into()]).await.unwrap()[0].phase, RoundPhase::Running);
    }

    async fn a_round_is_walked_through_in_pieces(db: Db) {
        let (kept, all) = settled(&db, "r", 7).await;
        settled_too(&db).await;
        let mut tx = db.begin().await.unwrap();
        let (mut seen, mut after): (Vec<TandemId>, Option<TandemId>) = (Vec::new(), None);
        loop {
            let piece = tx.tandems_of(&kept.id, after.as_ref(), 3).await.unwrap();
            let Some(last) = piece.last() else { break };
            after = Some(last.clone());
            seen.extend(piece);
        }
        assert_eq!(seen, all.iter().map(|tandem| tandem.id.clone()).collect::<Vec<_>>());
        assert_eq!(tx.places_taken(&kept.id).await.unwrap(), 7);
    }

    async fn a_release_is_due_for_everybody_who_sits_in_a_running_tandem(db: Db) {
        let (_, all) = settled(&db, "r", 2).await;
        let mut forming = all[1].clone();
        forming.phase = TandemPhase::Forming;
        let mut alone = all[0].clone();
        alone.deputy = None;
        let mut tx = db.begin().await.unwrap();
        tx.save(&[(Some(&all[0]), &alone), (Some(&all[1]), &forming)], monday()).await.unwrap();
        tx.release(&[all[0].id.clone(), all[1].id.clone()], minutes(1)).await.unwrap();
        let found = tx.tandems(&[all[0].id.clone(), all[1].id.clone()], ever(), ever()).await.unwrap();
        assert_eq!(found[0].agenda[&Due::ModuleNow(Role::Lead)], minutes(1));
        assert_eq!(found[0].agenda.len(), alone.agenda.len() + 1);
        assert_eq!(found[1].agenda, forming.agenda);
    }

    async fn what_is_due_comes_in_order_and_no_more_than_asked(db: Db) {
        let mut tx = db.begin().await.unwrap();
        assert_eq!(tx.next_due_at().await.unwrap(), None);
        tx.set_due(&["b", "a"], "lesson:lead", minutes(5)).await.unwrap();
        tx.set_due(&[HOUSE], "purge", minutes(2)).await.unwrap();
        tx.set_due(&["a"], "lesson:lead", minutes(9)).await.unwrap();
        assert_eq!(tx.next_due_at().await.unwrap(), Some(minutes(2)));
        let due = tx.due(minutes(5), 10).await.unwrap();
        assert_eq!(due.iter().map(|due| (due.owner.as_str(), due.at)).collect::<Vec<_>>(), [(HOUSE, minutes(2)), ("b", minutes(5))]);
        assert_eq!(tx.due(minutes(99), 1).await.unwrap().len(), 1);
        tx.clear_due(&[HOUSE, "nobody"], "purge").await.unwrap();
        assert_eq!(tx.next_due_at().await.unwrap(), Some(minutes(5)));
    }

    async fn a_trainer_sees_rounds_newest_first_and_what_is_missing_in_tandems_that_do_not_run(db: Db) {
        let (older, all) = settled(&db, "r", 2).await;
        let newer = settled_too(&db).await;
        let trainer = person("trainer");
        let mut waiting = all[1].clone();
        waiting.phase = TandemPhase::Waiting;
        let mut tx = db.begin().await.unwrap();
        tx.meet(&trainer, 1, monday()).await.unwrap();
        assert!(tx.trainers(std::slice::from_ref(&trainer.id)).await.unwrap().is_empty());
        tx.make_trainer(&trainer.id).await.unwrap();
        tx.make_trainer(&trainer.id).await.unwrap();
        tx.add_trainers(&older.id, std::slice::from_ref(&trainer.id)).await.unwrap();
        tx.add_trainers(&newer, std::slice::from_ref(&trainer.id)).await.unwrap();
        tx.save(&[(Some(&all[1]), &waiting)], monday()).await.unwrap();
        let desk = Desk::Drafting(Draft { places: Some(12), ..Draft::default() });
        tx.keep_desk(&trainer.id, &desk).await.unwrap();

        let found = tx.trainers(&[trainer.id.clone(), all[0].lead.clone().unwrap().person.id]).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((&found[0].person, &found[0].desk), (&trainer, &desk));
        assert_eq!(found[0].rounds.iter().map(|card| card.id.as_str()).collect::<Vec<_>>(), [newer.as_str(), "r"]);
        let cards = &found[0].rounds[1].tandems;
        assert_eq!(cards.len(), 1);
        assert_eq!((&cards[0].id, &cards[0].missing), (&waiting.id, &waiting.missing()));
        assert!(tx.known(&[1]).await.unwrap()[0].trainer);
    }

    async fn a_round_in_a_list_has_its_counts(db: Db) {
        let (kept, all) = settled(&db, "r", 2).await;
        settled_too(&db).await;
        let lead = all[0].lead.clone().unwrap().person.id;
        let mut tx = db.begin().await.unwrap();
        for (id, kind) in [("1", Kind::Lesson), ("2", Kind::Notice)] {
            let owed = owed(&lead, kind, id);
            tx.owe(&[NewOwed { id: id.into(), owed: &owed, target: None, claimed: Some(("w", minutes(1))) }], monday()).await.unwrap();
            tx.settle(&[(id.into(), tandem::domain::delivery::Outcome::Sent(Some(1)))], monday()).await.unwrap();
        }
        let line = tx.round_line(&kept.id).await.unwrap().unwrap();
        assert_eq!((line.people, line.tandems, line.entries, line.delivered, line.answers), (4, 2, 4, 1, 0));
        assert_eq!((line.state.as_str(), line.start), ("running", kept.start));
        assert_eq!(tx.round_lines().await.unwrap().len(), 2);
        assert!(tx.round_line(&"none".into()).await.unwrap().is_none());
    }

    async fn an_empty_database_is_filled_with_many_tandems_at_once(db: Db) {
        let kept = std::sync::Arc::new(round("r"));
        let mut tx = db.begin().await.unwrap();
        assert!(tx.is_empty().await.unwrap());
        tx.create_round(&kept, monday()).await.unwrap();
        let synthetic = (0..600).map(|n| {
            let mut tandem = tandem(&format!("s{n}"), &kept);
            (tandem.entries, tandem.absences, tandem.covers, tandem.agenda) = (vec![], vec![], vec![], BTreeMap::new());
            Synthetic { tandem, lead: 5000 + 2 * n, deputy: 5001 + 2 * n }
        });
        assert_eq!(tx.fill(synthetic, monday()).await.unwrap(), 600);
        assert!(!tx.is_empty().await.unwrap());
        assert_eq!(tx.places_taken(&kept.id).await.unwrap(), 600);
        let known = tx.known(&[5001 + 2 * 599]).await.unwrap();
        assert_eq!(known[0].seats, [("s599".into(), Role::Deputy)]);
        assert_eq!(tx.addresses(&[PersonId::from("s0-lead")]).await.unwrap()[&"s0-lead".into()], 5000);
    }
}

/// A second round, made a minute later.
async fn settled_too(db: &Db) -> tandem::domain::ids::RoundId {
    let mut other = round("other");
    other.phase = RoundPhase::Planned;
    let mut tx = db.begin().await.unwrap();
    tx.create_round(&other, minutes(1)).await.unwrap();
    tx.commit().await.unwrap();
    other.id
}
