//! Where people stand is counted before lessons change: each person once for a step of their round.

use tandem::domain::effect::{Answer, Fact};
use tandem::domain::standing::{Doing, Standing};
use tandem::domain::tandem::*;
use tandem::store::Db;

use crate::given::*;

fn spot(step: &str) -> Spot {
    Spot { module: "m1".to_owned(), step: step.to_owned() }
}

stories! {
    async fn people_are_counted_where_they_stand_and_where_they_have_answered(db: Db) {
        let (round, all) = settled(&db, "r", 70).await;
        let mut tx = db.begin().await.unwrap();
        let moved: Vec<Tandem> = all
            .iter()
            .enumerate()
            .map(|(n, tandem)| {
                let mut new = tandem.clone();
                let study = &mut new.lead.as_mut().unwrap().mind.study;
                study.at = Some(spot(if n < 66 { "goal" } else { "post" }));
                // A task that was put off, and the same again: one person stands there once.
                study.parked = vec![Parked { spot: spot("post"), reminded: false }];
                new.deputy.as_mut().unwrap().mind.exam.items = vec!["law".to_owned()];
                new
            })
            .collect();
        let changes: Vec<_> = all.iter().zip(&moved).map(|(old, new)| (Some(old), new)).collect();
        tx.save(&changes, monday()).await.unwrap();
        let answered = |tandem: &Tandem| Fact::Answered {
            person: tandem.lead.as_ref().unwrap().person.id.clone(),
            spot: spot("goal-q"),
            answer: Answer::Picked { chosen: vec!["a".to_owned()], right: true },
        };
        let facts: Vec<Fact> = all.iter().take(2).map(answered).collect();
        tx.record(&round.id, &facts, monday()).await.unwrap();
        tx.commit().await.unwrap();

        let places = db.read().await.unwrap().standings().await.unwrap();
        let place = |doing, people| Standing { programme: "fuehrerschein".to_owned(), doing, people };
        let at = |module: &str, step: &str| Spot { module: module.to_owned(), step: step.to_owned() };
        assert_eq!(
            places,
            [
                place(Doing::Learns, 140),
                place(Doing::Stands(at("m1", "goal")), 66),
                place(Doing::Stands(at("m1", "post")), 70),
                place(Doing::Stands(at("test", "law")), 70),
                place(Doing::Answered(at("m1", "goal-q")), 2),
            ]
        );
    }
}
