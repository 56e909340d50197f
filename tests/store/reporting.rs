//! Facts are remembered, and trainers see of them what at least five people stand behind.

use chrono::{DateTime, Utc};
use tandem::clock::IdSource;
use tandem::domain::calendar::Week;
use tandem::domain::effect::{Answer, Fact, Milestone, Rating};
use tandem::domain::ids::PersonId;
use tandem::domain::ledger::Target;
use tandem::domain::programme::{Lesson, Module, Step, StepKind};
use tandem::domain::recommend::{Lean, SCALE};
use tandem::domain::record::{Closing, Record, Shortfall};
use tandem::domain::report::{CoverFigure, Edition, Figures, Part, Share, Spread, WeekFigure, Whole};
use tandem::domain::tandem::*;
use tandem::store::{Db, Tx};

use crate::given::*;

fn rated(person: &PersonId, module: &str, question: &str, rating: Rating) -> Fact {
    Fact::Rated { person: person.clone(), module: module.to_owned(), question: question.to_owned(), rating }
}

fn reached(person: &PersonId, milestone: Milestone) -> Fact {
    Fact::Milestone { person: person.clone(), module: "m1".to_owned(), lesson: "l1".to_owned(), milestone }
}

fn answered(person: &PersonId, step: &str, answer: Answer) -> Fact {
    Fact::Answered { person: person.clone(), spot: Spot { module: "m1".to_owned(), step: step.to_owned() }, answer }
}

fn people(tandems: &[Tandem]) -> Vec<PersonId> {
    tandems.iter().flat_map(|tandem| tandem.seats().map(|seat| seat.person.id.clone())).collect()
}

async fn rate(tx: &mut Tx, module: &str, people: &[PersonId], choices: &[&str]) {
    let facts: Vec<Fact> = people
        .iter()
        .zip(choices)
        .map(|(person, choice)| rated(person, module, "q", Rating::Picked((*choice).to_owned())))
        .collect();
    tx.record(&"r".into(), &facts, monday()).await.unwrap();
}

/// Closes a questionnaire; answers with what trainers read some days later.
async fn close(tx: &mut Tx, module: &str) -> Figures {
    let mut chance = IdSource::seeded(module.bytes().map(u64::from).sum());
    tx.publish_survey(&"r".into(), module, &mut chance, monday()).await.unwrap();
    tx.figures(&"r".into(), later()).await.unwrap()
}

fn later() -> DateTime<Utc> {
    minutes(3 * 24 * 60)
}

stories! {
    async fn an_option_is_shown_where_five_chose_it_and_what_is_left_out_is_nothing_or_five(db: Db) {
        let (round, all) = settled(&db, "r", 6).await;
        let people = people(&all);
        let shares = |shown: &[(&str, u32)]| {
            Spread::Shares(shown.iter().map(|(option, percent)| ((*option).to_owned(), *percent)).collect())
        };
        let mut tx = db.begin().await.unwrap();
        for (nth, (choices, shown)) in [
            ("aabc", None),
            ("aaabb", None),
            ("aaaaaabbb", None),
            ("aaaaaabbbb", None),
            ("aaaaaabbbcc", Some(shares(&[("a", 55)]))),
            ("aaaaaabbbbb", Some(shares(&[("a", 55), ("b", 45)]))),
            ("aaaaabbbbbcc", Some(shares(&[("a", 40)]))),
            ("aaaab", Some(Spread::AlmostAll("a".to_owned()))),
        ].into_iter().enumerate() {
            let module = format!("m{nth}");
            let choices: Vec<String> = choices.chars().map(String::from).collect();
            rate(&mut tx, &module, &people, &choices.iter().map(String::as_str).collect::<Vec<_>>()).await;
            let figures = close(&mut tx, &module).await;
            let rating = figures.ratings.into_iter().find(|rating| rating.module == module);
            assert_eq!(rating.map(|rating| rating.spread), shown, "{choices:?}");
        }
        assert_eq!(tx.mine(&people[0]).await.unwrap().ratings, 0);
        assert!(tx.figures(&round.id, later()).await.unwrap().sentences.is_empty());
    }

    async fn whether_they_recommend_it_is_a_number_from_ten_on_and_below_that_a_leaning_and_never_says_how_many(db: Db) {
        let (round, all) = settled(&db, "r", 6).await;
        let people = people(&all);
        let mut tx = db.begin().await.unwrap();
        // So many chose ten, eight and nought.
        for (nth, (pro, between, contra, shown)) in [
            (4, 0, 0, None),
            (5, 0, 0, Some((Lean::For, None))),
            (3, 0, 6, Some((Lean::Against, None))),
            (5, 0, 4, Some((Lean::Even, None))),
            (5, 0, 5, Some((Lean::Even, Some(0)))),
            (6, 0, 5, Some((Lean::Even, Some(10)))),
            (0, 5, 7, Some((Lean::Against, Some(-60)))),
            (5, 7, 0, Some((Lean::For, Some(40)))),
            // All but three, or all: a number would say so.
            (7, 3, 0, Some((Lean::For, None))),
            (0, 1, 11, Some((Lean::Against, None))),
            (12, 0, 0, Some((Lean::For, None))),
        ].into_iter().enumerate() {
            let module = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"][nth].to_owned();
            let points = [(pro, 10_usize), (between, 8), (contra, 0)].into_iter().flat_map(|(many, point)| std::iter::repeat_n(SCALE[point].as_str(), many));
            rate(&mut tx, &module, &people, &points.collect::<Vec<_>>()).await;
            let figures = close(&mut tx, &module).await;
            let found = figures.recommended.into_iter().find(|one| one.module == module);
            assert_eq!(found.map(|one| (one.lean, one.score)), shown, "{pro}, {between}, {contra}");
            assert!(figures.ratings.is_empty(), "bands are never shown beside it");
        }
        assert!(tx.figures(&round.id, later()).await.unwrap().ratings.is_empty());
    }

    async fn how_far_people_came_is_counted_card_by_card_once_when_the_questionnaire_closes(db: Db) {
        let (round, all) = settled(&db, "r", 10).await;
        let people = people(&all);
        let card = |id: &str| Step::new(id, StepKind::Card { picture: None, video: None });
        let lesson = |id: &str, steps| Lesson { id: id.to_owned(), minutes: 5, steps };
        let lessons = vec![lesson("l1", vec![card("c1"), card("c2"), Step::new("task", StepKind::Link)]), lesson("c1-too", vec![card("c3")])];
        let module = Module { id: "m1".to_owned(), lessons };
        let read = |person: &PersonId, step: &str| Fact::Read { person: person.clone(), spot: Spot { module: "m1".to_owned(), step: step.to_owned() } };
        let mut facts: Vec<Fact> = people[..15].iter().map(|person| reached(person, Milestone::Opened)).collect();
        facts.extend(people[..12].iter().map(|person| read(person, "c1")));
        facts.extend(people[..6].iter().map(|person| read(person, "c2")));
        facts.extend(people[..4].iter().map(|person| answered(person, "task", Answer::Done)));
        let mut tx = db.begin().await.unwrap();
        tx.record(&round.id, &facts, monday()).await.unwrap();
        tx.publish_exercises(&round.id, &module, monday()).await.unwrap();
        let steps = tx.figures(&round.id, later()).await.unwrap().exercises.remove(0).steps;
        let shown: Vec<_> = steps.iter().map(|step| (step.step.as_str(), step.reached, step.dealt)).collect();
        let (hidden, count) = (Part::Hidden, Part::Count);
        assert_eq!(shown, [("c1", count(15), count(10)), ("c2", count(10), count(5)), ("task", count(5), hidden), ("c3", hidden, hidden)]);
        // Cards are no lessons of the weekly figures, and what is read later moves nothing.
        let lessons = tx.tally(&round.id, ever(), Whole::default()).await.unwrap().lessons;
        assert_eq!(lessons.iter().map(|one| one.lesson.as_str()).collect::<Vec<_>>(), ["l1"]);
        tx.record(&round.id, &people.iter().map(|person| read(person, "c3")).collect::<Vec<_>>(), monday()).await.unwrap();
        tx.publish_exercises(&round.id, &module, monday()).await.unwrap();
        assert_eq!(tx.figures(&round.id, later()).await.unwrap().exercises[0].steps, steps);
    }

    async fn a_questionnaire_is_published_once_and_what_led_to_people_is_gone(db: Db) {
        let (round, all) = settled(&db, "r", 5).await;
        let people = people(&all);
        let mut tx = db.begin().await.unwrap();
        rate(&mut tx, "m1", &people, &["a", "a", "a", "a", "b", "b", "b", "b", "b"]).await;
        assert!(tx.figures(&round.id, later()).await.unwrap().ratings.is_empty(), "open questionnaires show nothing");
        // Until it closes an answer can be changed, and goes with its person.
        rate(&mut tx, "m1", &people, &["b"]).await;
        tx.erase(&people[8], monday()).await.unwrap();
        let figures = close(&mut tx, "m1").await;
        assert!(figures.ratings.is_empty(), "three and five are no figure");
        // The raw rows are gone, and nothing that comes later is published.
        let facts = [rated(&people[0], "m1", "q", Rating::Picked("c".to_owned()))];
        tx.record(&round.id, &facts, minutes(1)).await.unwrap();
        assert_eq!(close(&mut tx, "m1").await, figures);
        for person in &people[..8] {
            assert_eq!(tx.mine(person).await.unwrap().ratings, 0, "destroyed");
        }
        let kept = tx.rounds(std::slice::from_ref(&round.id)).await.unwrap().pop().unwrap();
        assert_eq!(kept.closed, ["m1"]);
        // Whoever leaves afterwards changes nothing.
        for person in &people[..8] {
            tx.erase(person, monday()).await.unwrap();
            assert_eq!(tx.figures(&round.id, later()).await.unwrap(), figures);
        }
    }

    async fn sentences_come_from_five_on_some_days_later_and_never_in_the_order_of_time(db: Db) {
        let (round, all) = settled(&db, "r", 5).await;
        let people = people(&all);
        let mut tx = db.begin().await.unwrap();
        let written: Vec<String> = (0..9).map(|n| format!("sentence {n}")).collect();
        for (module, count) in [("m1", 4), ("m2", 5), ("m3", 9)] {
            for (n, person) in people.iter().enumerate().take(count) {
                let fact = rated(person, module, "why", Rating::Sentence(written[n].clone()));
                tx.record(&round.id, &[fact], minutes(n as i64)).await.unwrap();
            }
            close(&mut tx, module).await;
        }
        assert!(tx.figures(&round.id, monday()).await.unwrap().sentences.is_empty(), "not at once");
        let shown = tx.figures(&round.id, later()).await.unwrap().sentences;
        assert_eq!(shown.iter().map(|one| (one.module.as_str(), one.texts.len())).collect::<Vec<_>>(), [("m2", 5), ("m3", 9)]);
        let mut shown = shown[1].texts.clone();
        assert_ne!(shown, written);
        shown.sort();
        assert_eq!(shown, written);
    }

    async fn progress_is_counted_where_both_sides_are_five(db: Db) {
        let (round, all) = settled(&db, "r", 6).await;
        let people = people(&all);
        let mut tx = db.begin().await.unwrap();
        let finish = |count: usize| people[..count].iter().map(|p| reached(p, Milestone::Finished)).collect::<Vec<_>>();
        for (count, part) in [(4, None), (5, Some(Part::Count(5))), (7, Some(Part::Count(5))), (8, Some(Part::Count(5))), (10, Some(Part::AlmostAll))] {
            tx.record(&round.id, &finish(count), monday()).await.unwrap();
            let lessons = tx.tally(&round.id, ever(), Whole::default()).await.unwrap().lessons;
            assert_eq!(lessons.first().map(|lesson| lesson.finished), part, "{count} of 12");
            assert!(lessons.iter().all(|lesson| lesson.opened == Part::Hidden));
        }
    }

    async fn people_tandems_hours_and_covers_are_counted_from_five_on(db: Db) {
        let (four, _) = settled(&db, "r", 4).await;
        let mut tx = db.begin().await.unwrap();
        let figures = tx.tally(&four.id, ever(), Whole::default()).await.unwrap();
        assert_eq!((figures.people, figures.tandems, figures.covers), (Some(8), None, None));
        let fifth = tandem("fifth", &four);
        tx.save(&[(None, &fifth)], monday()).await.unwrap();
        let figures = tx.tally(&four.id, ever(), Whole::default()).await.unwrap();
        assert_eq!((figures.people, figures.tandems), (Some(10), Some(5)));
        assert_eq!(figures.covers, Some(CoverFigure { asked: Part::AlmostAll, accepted: Part::Hidden, open: Part::Hidden }));
    }

    async fn hours_are_figures_of_settled_weeks_from_five_tandems_on(db: Db) {
        let (round, all) = settled(&db, "r", 11).await;
        let mut tx = db.begin().await.unwrap();
        let monday_of = |week: &str| day(week);
        let close = |n: usize, week: &str, target: u32, minutes: u32| {
            let target = if target == 0 { Target::None } else { Target::Minutes(target) };
            let closing = Closing { week: Week::of(day(week)), target, minutes };
            (all[n].id.clone(), Record::Closed(closing))
        };
        let missing = |n: usize, week: &str, why| (all[n].id.clone(), Record::Missing(Week::of(day(week)), why));
        assert_eq!(tx.tally(&round.id, ever(), Whole::default()).await.unwrap().weeks, []);

        // Four with a target and one without are too few.
        let mut records: Vec<_> = (0..4).map(|n| close(n, "2026-11-23", 300, 300)).collect();
        records.push(close(4, "2026-11-23", 0, 0));
        tx.record_hours(&records, &[], monday()).await.unwrap();
        assert_eq!(tx.tally(&round.id, ever(), Whole::default()).await.unwrap().weeks.pop(), None);

        // Of ten, five reached it; a week is settled once, whatever is said later.
        let mut records: Vec<_> = (0..10).map(|n| close(n, "2026-11-30", 300, if n < 5 { 300 } else { 299 })).collect();
        records.push(close(5, "2026-11-30", 300, 900));
        tx.record_hours(&records, &[], monday()).await.unwrap();
        tx.record_hours(&[close(6, "2026-11-30", 300, 900)], &[], monday()).await.unwrap();
        let week = tx.tally(&round.id, ever(), Whole::default()).await.unwrap().weeks.pop().expect("a week");
        assert_eq!((week.week.monday(), week.kept), (monday_of("2026-11-30"), Share::Percent(50)));
        assert!(week.reasons.iter().all(|(_, share)| *share == Share::AlmostNobody), "nobody has said why");

        // A reason is counted from five on, and only where the week fell short; the last word holds.
        let why = Shortfall::NotReleased;
        let said: Vec<_> = (4..9).map(|n| missing(n, "2026-11-30", why)).collect();
        tx.record_hours(&said, &[], monday()).await.unwrap();
        let shown = |week: WeekFigure| week.reasons.into_iter().map(|(_, share)| share).collect::<Vec<_>>();
        let week = tx.tally(&round.id, ever(), Whole::default()).await.unwrap().weeks.pop().expect("a week");
        let [nobody, hidden] = [Share::AlmostNobody, Share::Hidden];
        assert_eq!(shown(week), [hidden, nobody, nobody], "one of the five had reached it");
        tx.record_hours(&[missing(9, "2026-11-30", Shortfall::Away)], &[], monday()).await.unwrap();
        tx.record_hours(&[missing(9, "2026-11-30", why)], &[], monday()).await.unwrap();
        let week = tx.tally(&round.id, ever(), Whole::default()).await.unwrap().weeks.pop().expect("a week");
        assert_eq!(shown(week), [Share::Percent(50), nobody, nobody]);

        // The newest week with five is shown, and none from before.
        let later: Vec<_> = (0..11).map(|n| close(n, "2026-12-07", 300, if n < 9 { 300 } else { 0 })).collect();
        tx.record_hours(&later, &[], monday()).await.unwrap();
        let week = tx.tally(&round.id, ever(), Whole::default()).await.unwrap().weeks.pop().expect("a week");
        assert_eq!((week.week.monday(), week.kept), (monday_of("2026-12-07"), Share::AlmostAll));
        assert_eq!(tx.tally(&round.id, day("2026-12-14"), Whole::default()).await.unwrap().weeks.pop(), None);
    }

    async fn promises_that_do_not_hold_are_counted_from_five_on(db: Db) {
        let (round, all) = settled(&db, "r", 11).await;
        let mut tx = db.begin().await.unwrap();
        for (withdrawn, part) in [(4, Part::Hidden), (5, Part::Count(5)), (6, Part::Count(5)), (7, Part::Count(5)), (11, Part::AlmostAll)] {
            let now: Vec<Tandem> =
                all.iter().take(withdrawn).map(|t| Tandem { promise: Promise::Withdrawn, ..t.clone() }).collect();
            let changed: Vec<_> = all.iter().zip(&now).map(|(before, after)| (Some(before), after)).collect();
            tx.save(&changed, monday()).await.unwrap();
            assert_eq!(tx.tally(&round.id, ever(), Whole::default()).await.unwrap().withdrawn, part, "{withdrawn} of 11");
        }
    }

    async fn who_asks_for_fewer_reminders_is_counted_from_five_on(db: Db) {
        let (round, all) = settled(&db, "r", 6).await;
        let mut tx = db.begin().await.unwrap();
        for (fewer, part) in [(4, Part::Hidden), (5, Part::Count(5)), (8, Part::Count(5)), (10, Part::AlmostAll)] {
            let mut now = all.clone();
            let seats = now.iter_mut().flat_map(|tandem| tandem.lead.iter_mut().chain(tandem.deputy.iter_mut()));
            for (nth, seat) in seats.take(fewer).enumerate() {
                match nth % 2 {
                    0 => seat.person.prefs.nudges = Nudges::Fewer,
                    _ => seat.person.prefs.paused = true,
                }
            }
            let changed: Vec<_> = all.iter().zip(&now).map(|(before, after)| (Some(before), after)).collect();
            tx.save(&changed, monday()).await.unwrap();
            assert_eq!(tx.tally(&round.id, ever(), Whole::default()).await.unwrap().fewer, part, "{fewer} of 12");
        }
    }

    async fn between_two_editions_nothing_moves_and_no_count_falls(db: Db) {
        let (round, all) = settled(&db, "r", 10).await;
        let people = people(&all);
        let mut tx = db.begin().await.unwrap();
        let finish = |range: std::ops::Range<usize>| {
            people[range].iter().map(|p| reached(p, Milestone::Finished)).collect::<Vec<_>>()
        };
        tx.record(&round.id, &finish(0..10), monday()).await.unwrap();
        let first = tx.publish_edition(&round.id, ever(), monday()).await.unwrap();
        assert_eq!(first.lessons[0].finished, Part::Count(10));
        tx.record(&round.id, &finish(10..15), monday()).await.unwrap();
        let shown = |figures: Figures| figures.edition.unwrap_or_default();
        assert_eq!(shown(tx.figures(&round.id, later()).await.unwrap()), first);
        // Ten leave, nine of whom had finished: the next edition does not tell.
        for person in people[1..10].iter().chain(&people[19..]) {
            tx.erase(person, monday()).await.unwrap();
        }
        let second = tx.publish_edition(&round.id, ever(), later()).await.unwrap();
        assert_eq!(second, Edition { people: second.people, tandems: second.tandems, ..first });
    }

    async fn the_first_try_counts_and_the_newest_text_holds(db: Db) {
        let (round, all) = settled(&db, "r", 1).await;
        let person = people(&all).remove(0);
        let picked = |option: &str, right| Answer::Picked { chosen: vec![option.to_owned()], right };
        let long = "ß".repeat(4000);
        let mut tx = db.begin().await.unwrap();
        let first = [
            answered(&person, "quiz", picked("b", false)),
            answered(&person, "quiz", picked("a", true)),
            answered(&person, "text", Answer::Wrote("draft".to_owned())),
            answered(&person, "task", Answer::Unfit("no budget".to_owned())),
            answered(&person, "list", Answer::Ticked(vec!["x".to_owned()])),
        ];
        tx.record(&round.id, &first, monday()).await.unwrap();
        let second = [
            answered(&person, "quiz", picked("a", true)),
            answered(&person, "text", Answer::Wrote("older".to_owned())),
            answered(&person, "text", Answer::Wrote(long.clone())),
            answered(&person, "task", Answer::Done),
            answered(&person, "link", Answer::Linked("https://example.org/1".to_owned())),
            reached(&person, Milestone::Opened),
            reached(&person, Milestone::Opened),
        ];
        tx.record(&round.id, &second, minutes(1)).await.unwrap();
        let given = tx.answers_of(&round.id, std::slice::from_ref(&person)).await.unwrap();
        let answers: Vec<_> = given.into_iter().map(|given| (given.spot.step, given.answer)).collect();
        assert_eq!(answers, [
            ("link".to_owned(), Answer::Linked("https://example.org/1".to_owned())),
            ("list".to_owned(), Answer::Ticked(vec!["x".to_owned()])),
            ("quiz".to_owned(), picked("b", false)),
            ("task".to_owned(), Answer::Done),
            ("text".to_owned(), Answer::Wrote(long)),
        ]);
    }
}
