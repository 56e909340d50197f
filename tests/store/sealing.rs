//! What people wrote is sealed, is read by its key alone, and is sealed anew by another without losing a word.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use tandem::clock::IdSource;
use tandem::domain::effect::{Answer, Fact, Kind, Rating};
use tandem::domain::ids::{PersonId, RoundId};
use tandem::domain::letter::{Letter, Purpose};
use tandem::domain::meeting::{Held, Meeting};
use tandem::domain::news::{About, News};
use tandem::domain::pacing::Lane;
use tandem::domain::tandem::{Spot, Tandem};
use tandem::store::{Db, KEY_BYTES, NONCE_BYTES, NewOwed, StoreError, Vault};

use crate::given::*;

/// Keys by a letter; nonces are counted, so that none comes twice.
fn vault(current: Option<u8>, older: &[u8]) -> Vault {
    static NEXT: AtomicU8 = AtomicU8::new(0);
    let older: Vec<_> = older.iter().map(|key| [*key; KEY_BYTES]).collect();
    let nonces = || [NEXT.fetch_add(1, Ordering::Relaxed); NONCE_BYTES];
    Vault::new(current.map(|key| [key; KEY_BYTES]), &older, Arc::new(nonces))
}

fn spot() -> Spot {
    Spot { module: "m1".to_owned(), step: "s1".to_owned() }
}

/// Three tandems with organisations, a contact and a hand-over; the people's answers and sentences; a message that
/// is owed.
async fn written(db: &Db) -> Vec<Tandem> {
    let (round, mut all) = settled(db, "r", 3).await;
    let facts: Vec<Fact> = people(&all)
        .into_iter()
        .flat_map(|person| {
            let rated = |module: &str| Fact::Rated {
                module: module.to_owned(),
                question: "q".to_owned(),
                rating: Rating::Sentence("Mehr Zeit".to_owned()),
                person: person.clone(),
            };
            let answer = Answer::Wrote(answer_of(&person));
            [rated("m1"), rated("m2"), Fact::Answered { person: person.clone(), spot: spot(), answer }]
        })
        .collect();
    let owed = owed(&people(&all)[0], Kind::Lesson, "one");
    let mut tx = db.begin().await.unwrap();
    tx.record(&round.id, &facts, monday()).await.unwrap();
    assert!(tx.publish_survey(&round.id, "m1", &mut IdSource::seeded(1), monday()).await.unwrap());
    let new = NewOwed { id: "o1".into(), owed: &owed, target: None, claimed: None };
    tx.owe(&[new], monday()).await.unwrap();
    tx.commit().await.unwrap();
    for tandem in &mut all {
        Arc::make_mut(&mut tandem.round).closed.push("m1".to_owned());
    }
    all
}

/// When sentences may be read.
fn later() -> DateTime<Utc> {
    monday() + TimeDelta::days(5)
}

fn people(all: &[Tandem]) -> Vec<PersonId> {
    all.iter().flat_map(|tandem| tandem.seats().map(|seat| seat.person.id.clone())).collect()
}

fn answer_of(person: &PersonId) -> String {
    format!("Ein Satz von {person}")
}

/// That all of it is there as it was written.
async fn is_read(db: &Db, all: &[Tandem]) {
    let mut tx = db.begin().await.unwrap();
    let ids: Vec<_> = all.iter().map(|tandem| tandem.id.clone()).collect();
    assert_eq!(tx.tandems(&ids, ever(), ever()).await.unwrap(), all);
    let round = RoundId::from("r");
    let given = tx.answers_of(&round, &people(all)).await.unwrap();
    assert_eq!(given.len(), people(all).len());
    for one in given {
        assert_eq!(one.answer, Answer::Wrote(answer_of(&one.person)));
    }
    // Of one questionnaire they are published, of the other still the people's.
    for published in [1, 2] {
        let figures = tx.figures(&round, later()).await.unwrap();
        let texts: Vec<_> = figures.sentences.iter().map(|one| one.texts.clone()).collect();
        assert_eq!(texts, vec![vec!["Mehr Zeit"; 6]; published]);
        tx.publish_survey(&round, "m2", &mut IdSource::seeded(2), monday()).await.unwrap();
    }
    assert_eq!(tx.people(&people(all)).await.unwrap().len(), 6);
    let claimed = tx.claim(Lane::Bulk, monday(), "w", minutes(1), 9).await.unwrap();
    assert_eq!(claimed.len(), 1);
    tx.rollback().await.unwrap();
}

fn needs_a_key<T>(read: Result<T, StoreError>) -> bool {
    matches!(read, Err(StoreError::NoKey { .. }))
}

/// That nothing of it is read without a key.
async fn is_sealed(db: &Db, all: &[Tandem]) {
    let blind = db.clone().with_vault(Vault::default());
    let mut tx = blind.begin().await.unwrap();
    for tandem in all {
        assert!(needs_a_key(tx.tandems(std::slice::from_ref(&tandem.id), ever(), ever()).await));
    }
    for person in people(all) {
        assert!(needs_a_key(tx.answers_of(&RoundId::from("r"), &[person]).await));
    }
    assert!(needs_a_key(tx.figures(&RoundId::from("r"), later()).await));
    assert!(needs_a_key(tx.claim(Lane::Bulk, monday(), "w", minutes(1), 9).await));
    tx.rollback().await.unwrap();
}

stories! {
    async fn what_people_write_is_sealed_and_read_by_its_key_alone(db: Db) {
        let db = db.with_vault(vault(Some(b'a'), &[]));
        db.check_keys(monday()).await.unwrap();
        let all = written(&db).await;
        is_read(&db, &all).await;
        is_sealed(&db, &all).await;
        let wrong = db.clone().with_vault(vault(Some(b'b'), &[]));
        assert!(needs_a_key(wrong.check_keys(monday()).await), "a start with another key is refused");
        let none = db.clone().with_vault(Vault::default());
        assert!(needs_a_key(none.check_keys(monday()).await), "so is one without any");
        is_read(&db, &all).await;
    }

    async fn names_drafts_and_what_trainers_enter_and_tell_are_sealed_too(db: Db) {
        let all = written(&db).await;
        let (trainer, round) = (people(&all)[0].clone(), RoundId::from("r"));
        let mut tx = db.begin().await.unwrap();
        tx.make_trainer(&trainer).await.unwrap();
        tx.add_trainers(&round, std::slice::from_ref(&trainer)).await.unwrap();
        let meeting = Meeting { id: "g".into(), title: "Austausch".to_owned(), place: "Raum 3".to_owned(), starts: minutes(60), minutes: 60, standing: Held::Planned };
        tx.new_meeting(&round, &meeting).await.unwrap();
        let news = News { id: "n".into(), about: About::Shared { name: "Ada".to_owned() }, text: "Ein Beitrag".to_owned(), until: None, by: None };
        tx.new_news(&round, Some(&trainer), &news, monday()).await.unwrap();
        let letter = Letter { purpose: Purpose::Question, name: Some("Ada".to_owned()), text: "Eine Frage".to_owned() };
        tx.new_letter(&"l".into(), &round, &trainer, &letter, monday()).await.unwrap();
        tx.show_letters(&round, monday()).await.unwrap();
        tx.commit().await.unwrap();
        let rounds = [round.clone()];
        let plain = {
            let mut tx = db.begin().await.unwrap();
            (tx.rounds(&rounds).await.unwrap(), tx.trainers(std::slice::from_ref(&trainer)).await.unwrap())
        };

        let keyed = db.clone().with_vault(vault(Some(b'a'), &[]));
        assert!(keyed.rekey(monday()).await.unwrap() > 0);
        let mut tx = keyed.begin().await.unwrap();
        assert_eq!(tx.rounds(&rounds).await.unwrap(), plain.0);
        assert_eq!(tx.trainers(std::slice::from_ref(&trainer)).await.unwrap(), plain.1);
        assert_eq!(tx.news_of(&round).await.unwrap()[0].news, news);
        assert_eq!(tx.meetings(&rounds, monday()).await.unwrap()[0].1, meeting);
        assert_eq!(tx.open_letters(&rounds).await.unwrap()[0].1.letter, letter);
        // A query finds what is shared without reading it.
        assert_eq!(tx.shares_planned(&trainer, &round).await.unwrap(), ["n".into()]);
        let given = format!("{:?}", tx.export(&trainer).await.unwrap());
        for word in ["Ein Beitrag", "Eine Frage", "shared"] {
            assert!(given.contains(word), "{word}: {given}");
        }
        assert!(!given.contains("\\u{1}"), "given out in the open: {given}");
        tx.rollback().await.unwrap();

        let blind = db.clone().with_vault(Vault::default());
        let mut tx = blind.begin().await.unwrap();
        assert!(needs_a_key(tx.people(std::slice::from_ref(&trainer)).await));
        assert!(needs_a_key(tx.rounds(&rounds).await));
        assert!(needs_a_key(tx.round_lines().await));
        assert!(needs_a_key(tx.trainers(std::slice::from_ref(&trainer)).await));
        assert!(needs_a_key(tx.news_of(&round).await));
        assert!(needs_a_key(tx.meetings(&rounds, monday()).await));
        assert!(needs_a_key(tx.open_letters(&rounds).await));
        assert!(needs_a_key(tx.export(&trainer).await));
        tx.rollback().await.unwrap();
        // What somebody shared goes with them, sealed or not.
        let mut tx = keyed.begin().await.unwrap();
        tx.erase(&trainer, monday()).await.unwrap();
        let left = tx.news_of(&round).await.unwrap();
        assert_eq!((left[0].news.about.clone(), left[0].news.text.as_str()), (About::Word, ""));
        tx.rollback().await.unwrap();
    }

    async fn what_was_written_before_there_was_a_key_is_read_and_sealed_by_rekey(db: Db) {
        let all = written(&db).await;
        let db = db.with_vault(vault(Some(b'a'), &[]));
        db.check_keys(monday()).await.unwrap();
        is_read(&db, &all).await;
        let texts = db.rekey(monday()).await.unwrap();
        assert!(texts > 3 + 3 + 3 + 6 + 6 + 6, "organisations, contacts, links, answers, sentences of both: {texts}");
        is_read(&db, &all).await;
        is_sealed(&db, &all).await;
        assert_eq!(db.rekey(monday()).await.unwrap(), 0, "once is enough");
    }

    async fn after_a_rekey_the_older_key_may_be_lost_and_without_any_all_is_plain_again(db: Db) {
        let before = db.clone().with_vault(vault(Some(b'a'), &[]));
        before.check_keys(monday()).await.unwrap();
        let all = written(&before).await;
        let both = db.clone().with_vault(vault(Some(b'b'), b"a"));
        both.check_keys(monday()).await.unwrap();
        is_read(&both, &all).await;
        both.rekey(monday()).await.unwrap();
        let after = db.clone().with_vault(vault(Some(b'b'), &[]));
        after.check_keys(monday()).await.unwrap();
        is_read(&after, &all).await;
        assert!(needs_a_key(before.check_keys(monday()).await));
        let opening = db.clone().with_vault(vault(None, b"b"));
        assert!(opening.rekey(monday()).await.unwrap() > 0);
        db.check_keys(monday()).await.unwrap();
        is_read(&db, &all).await;
    }

    async fn a_rekey_that_was_killed_half_way_is_gone_on_with(db: Db) {
        let before = db.clone().with_vault(vault(Some(b'a'), &[]));
        before.check_keys(monday()).await.unwrap();
        let all = written(&before).await;
        let both = db.clone().with_vault(vault(Some(b'b'), b"a"));
        both.check_keys(monday()).await.unwrap();
        // Some rows have the newer key already: as after a kill, or because somebody wrote meanwhile.
        let mut tx = both.begin().await.unwrap();
        let spot = Spot { module: "m1".to_owned(), step: "s2".to_owned() };
        let person = people(&all)[0].clone();
        let fact = Fact::Answered { person, spot, answer: Answer::Wrote("Neu".to_owned()) };
        tx.record(&RoundId::from("r"), &[fact], monday()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(needs_a_key(db.clone().with_vault(vault(Some(b'b'), &[])).check_keys(monday()).await), "not done yet");
        assert!(both.rekey(monday()).await.unwrap() > 0);
        let after = db.clone().with_vault(vault(Some(b'b'), &[]));
        after.check_keys(monday()).await.unwrap();
        let given = after.begin().await.unwrap().answers_of(&RoundId::from("r"), &people(&all)[..1]).await.unwrap();
        assert_eq!(given.len(), 2, "the older and the newer answer");
    }
}
