//! A trainer who keeps every report of every round, of every day, before and after each thing that anybody does, learns
//! nothing about anybody: random histories, and each of them once more with two people in each other's place.

use std::cell::Cell;
use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRng, TestRunner};
use tandem::clock::IdSource;
use tandem::domain::calendar::Week;
use tandem::domain::effect::{Answer, Fact, Milestone, Rating};
use tandem::domain::ids::PersonId;
use tandem::domain::ledger::Target;
use tandem::domain::programme::{Lesson, Module, Step, StepKind};
use tandem::domain::recommend::SCALE;
use tandem::domain::record::{Closing, Record};
use tandem::domain::report::{Edition, Figures, Part, Share, Spread, StepFigure};
use tandem::domain::tandem::Spot;
use tandem::store::{Db, Tx};

use crate::given::*;

/// Histories that are told. Each makes up to sixty reports of two rounds, three or four times over.
const HISTORIES: u32 = 64;

/// Ten tandems in each of two rounds: as many as there must be for a share of them.
const PEOPLE: usize = 20;

const ROUNDS: [&str; 2] = ["r", "s"];
const MODULES: [&str; 2] = ["m1", "m2"];
const OPTIONS: [&str; 3] = ["a", "b", "c"];

/// Something that happens in a round.
#[derive(Clone, Debug)]
enum Deed {
    Rates {
        who: usize,
        module: usize,
        question: usize,
        option: usize,
    },
    Writes {
        who: usize,
        module: usize,
        text: usize,
    },
    Reaches {
        who: usize,
        module: usize,
        finished: bool,
    },
    Answers {
        who: usize,
        module: usize,
        step: usize,
        option: usize,
    },
    Reads {
        who: usize,
        module: usize,
        card: usize,
    },
    Recommends {
        who: usize,
        module: usize,
        point: usize,
    },
    /// A week of the tandem in which somebody sits is settled.
    Settles {
        who: usize,
        kept: bool,
    },
    Leaves {
        who: usize,
    },
    Closes {
        module: usize,
    },
    Edition,
}

/// What a trainer reads of both rounds at one moment. Sentences without their order, which is chance's.
type Reports = Vec<Figures>;

fn deed() -> impl Strategy<Value = (usize, Deed)> {
    let who = || 0..PEOPLE;
    let deed = prop_oneof![
        12 => (who(), 0_usize..2, 0_usize..2, 0_usize..3)
            .prop_map(|(who, module, question, option)| Deed::Rates { who, module, question, option }),
        6 => (who(), 0_usize..2, 0_usize..9).prop_map(|(who, module, text)| Deed::Writes { who, module, text }),
        8 => (who(), 0_usize..2, any::<bool>()).prop_map(|(who, module, finished)| Deed::Reaches { who, module, finished }),
        8 => (who(), 0_usize..2, 0_usize..4, 0_usize..3)
            .prop_map(|(who, module, step, option)| Deed::Answers { who, module, step, option }),
        8 => (who(), 0_usize..2, 0_usize..3).prop_map(|(who, module, card)| Deed::Reads { who, module, card }),
        6 => (who(), 0_usize..2, 0_usize..11)
            .prop_map(|(who, module, point)| Deed::Recommends { who, module, point }),
        2 => (who(), any::<bool>()).prop_map(|(who, kept)| Deed::Settles { who, kept }),
        2 => who().prop_map(|who| Deed::Leaves { who }),
        2 => (0_usize..2).prop_map(|module| Deed::Closes { module }),
        3 => Just(Deed::Edition),
    ];
    // Most of it in the first round, so that it has enough people for something to show.
    (prop_oneof![4 => Just(0_usize), 1 => Just(1_usize)], deed)
}

/// A crowd does the same at once now and then: figures come into being, and single deeds beside them.
fn history() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    let crowd = (0_usize..2, 0_usize..2, 5_usize..=PEOPLE, 0_usize..7).prop_map(|(module, question, many, kind)| {
        // Hours of all tandems are settled in the same night, and counted on the morning after.
        let many = if kind == 5 { PEOPLE } else { many };
        let counted = (kind == 5).then_some((0, Deed::Edition));
        (0..many)
            .map(|who| match kind {
                0 => Deed::Rates { who, module, question, option: who % 3 % 2 },
                1 => Deed::Writes { who, module, text: who % 9 },
                2 => Deed::Reaches { who, module, finished: true },
                3 => Deed::Reads { who, module, card: question },
                4 => Deed::Recommends { who, module, point: [10, 0, 8][who % 3] },
                5 => Deed::Settles { who, kept: who % 4 < 2 },
                _ => Deed::Answers { who, module, step: question, option: who % 2 },
            })
            .map(|deed| (0, deed))
            .chain(counted)
            .collect::<Vec<_>>()
    });
    let piece = prop_oneof![3 => deed().prop_map(|one| vec![one]), 1 => crowd];
    prop::collection::vec(piece, 8..30).prop_map(|pieces| pieces.concat())
}

fn module(nth: usize) -> Module {
    let quiz = |n: usize| {
        let options = OPTIONS.map(str::to_owned).to_vec();
        Step::new(format!("q{n}"), StepKind::Choice { options, correct: "a".to_owned() })
    };
    let card = |n: usize| Step::new(format!("c{n}"), StepKind::Card { picture: None, video: None });
    let lesson = Lesson { id: "l1".to_owned(), minutes: 5, steps: (0..3).map(card).chain((0..4).map(quiz)).collect() };
    Module { id: MODULES[nth].to_owned(), lessons: vec![lesson] }
}

fn fact(person: &PersonId, deed: &Deed) -> Option<Fact> {
    let (person, of) = (person.clone(), |module: &usize| MODULES[*module].to_owned());
    Some(match deed {
        Deed::Rates { module, question, option, .. } => {
            let rating = Rating::Picked(OPTIONS[*option].to_owned());
            Fact::Rated { person, module: of(module), question: format!("q{question}"), rating }
        }
        Deed::Writes { module, text, .. } => {
            let rating = Rating::Sentence(format!("sentence {text}"));
            Fact::Rated { person, module: of(module), question: "word".to_owned(), rating }
        }
        Deed::Reaches { module, finished, .. } => {
            let milestone = if *finished { Milestone::Finished } else { Milestone::Opened };
            Fact::Milestone { person, module: of(module), lesson: "l1".to_owned(), milestone }
        }
        Deed::Answers { module, step, option, .. } => {
            let answer = Answer::Picked { chosen: vec![OPTIONS[*option].to_owned()], right: *option == 0 };
            Fact::Answered { person, spot: Spot { module: of(module), step: format!("q{step}") }, answer }
        }
        Deed::Reads { module, card, .. } => {
            Fact::Read { person, spot: Spot { module: of(module), step: format!("c{card}") } }
        }
        Deed::Recommends { module, point, .. } => {
            let rating = Rating::Picked(SCALE[*point].clone());
            Fact::Rated { person, module: of(module), question: "recommend".to_owned(), rating }
        }
        Deed::Settles { .. } | Deed::Leaves { .. } | Deed::Closes { .. } | Deed::Edition => return None,
    })
}

fn actor(deed: &Deed) -> Option<usize> {
    match deed {
        Deed::Rates { who, .. }
        | Deed::Writes { who, .. }
        | Deed::Reaches { who, .. }
        | Deed::Answers { who, .. }
        | Deed::Reads { who, .. }
        | Deed::Recommends { who, .. }
        | Deed::Settles { who, .. }
        | Deed::Leaves { who } => Some(*who),
        Deed::Closes { .. } | Deed::Edition => None,
    }
}

async fn reports(tx: &mut Tx) -> Reports {
    let mut all = Vec::new();
    for round in ROUNDS {
        let mut figures = tx.figures(&round.into(), minutes(90 * 24 * 60)).await.unwrap();
        figures.sentences.iter_mut().for_each(|sentences| sentences.texts.sort());
        all.push(figures);
    }
    all
}

/// Everything that is not who takes part, which trainers know anyway: they invited them.
fn beside_the_roster(mut reports: Reports) -> Reports {
    for edition in reports.iter_mut().filter_map(|figures| figures.edition.as_mut()) {
        *edition = Edition { people: None, tandems: None, ..edition.clone() };
    }
    reports
}

/// Lives through a history; answers with what could be read after each deed. Nothing of it is kept.
async fn live(db: &Db, people: &[Vec<PersonId>; 2], history: &[(usize, Deed)]) -> Vec<Reports> {
    let mut tx = db.begin().await.unwrap();
    let mut ids = IdSource::seeded(11);
    let mut gone: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut seen = Vec::new();
    for (nth, deed) in history {
        let round = ROUNDS[*nth].into();
        match deed {
            Deed::Closes { module: n } => {
                tx.publish_survey(&round, MODULES[*n], &mut ids, monday()).await.unwrap();
                tx.publish_exercises(&round, &module(*n), monday()).await.unwrap();
            }
            Deed::Edition => {
                tx.publish_edition(&round, ever(), monday()).await.unwrap();
            }
            Deed::Leaves { who } if gone.insert((*nth, *who)) => {
                // Figures are counted right before and right after: leaving alone moves nothing.
                tx.publish_edition(&round, ever(), monday()).await.unwrap();
                let before = beside_the_roster(reports(&mut tx).await);
                tx.erase(&people[*nth][*who], monday()).await.unwrap();
                tx.publish_edition(&round, ever(), monday()).await.unwrap();
                assert_eq!(beside_the_roster(reports(&mut tx).await), before, "somebody left");
            }
            Deed::Leaves { .. } => {}
            Deed::Settles { who, kept } => {
                let tandem = *who / 2;
                if !(gone.contains(&(*nth, tandem * 2)) && gone.contains(&(*nth, tandem * 2 + 1))) {
                    let minutes = if *kept { 300 } else { 0 };
                    let closing = Closing { week: Week::of(day("2026-11-30")), target: Target::Minutes(300), minutes };
                    let record = (format!("{round}-t{tandem:03}").into(), Record::Closed(closing));
                    tx.record_hours(&[record], &[], monday()).await.unwrap();
                }
            }
            deed => {
                let who = actor(deed).filter(|who| !gone.contains(&(*nth, *who)));
                if let Some(fact) = who.and_then(|who| fact(&people[*nth][who], deed)) {
                    tx.record(&round, &[fact], monday()).await.unwrap();
                }
            }
        }
        seen.push(beside_the_roster(reports(&mut tx).await));
    }
    seen
}

/// The same with two people of the first round in each other's place.
fn exchanged(history: &[(usize, Deed)], a: usize, b: usize) -> Vec<(usize, Deed)> {
    let instead = |who: usize, a: usize, b: usize| match who {
        _ if who == a => b,
        _ if who == b => a,
        _ => who,
    };
    let mut other = history.to_vec();
    for (_, deed) in other.iter_mut().filter(|(round, _)| *round == 0) {
        match deed {
            Deed::Rates { who, .. }
            | Deed::Writes { who, .. }
            | Deed::Reaches { who, .. }
            | Deed::Answers { who, .. }
            | Deed::Reads { who, .. }
            | Deed::Recommends { who, .. } => *who = instead(*who, a, b),
            // Hours are a tandem's.
            Deed::Settles { who, .. } => *who = 2 * instead(*who / 2, a / 2, b / 2),
            Deed::Leaves { .. } | Deed::Closes { .. } | Deed::Edition => {}
        }
    }
    other
}

/// Every figure rests upon five and, where it says how many are left, leaves five or none.
fn floors(figures: &Figures) {
    let part = |part: Part| assert!(!matches!(part, Part::Count(count) if count < 5 || count % 5 > 0), "{part:?}");
    let share = |one: Share| {
        assert!(!matches!(one, Share::Percent(share) if share % 5 > 0 || share == 0 || share >= 100), "{one:?}");
    };
    for lesson in figures.edition.iter().flat_map(|edition| &edition.lessons) {
        part(lesson.opened);
        part(lesson.finished);
    }
    for step in figures.exercises.iter().flat_map(|module| &module.steps) {
        part(step.reached);
        part(step.dealt);
        share(step.right);
    }
    for week in figures.edition.iter().flat_map(|edition| &edition.weeks) {
        share(week.kept);
        week.reasons.iter().for_each(|(_, one)| share(*one));
    }
    for score in figures.recommended.iter().filter_map(|one| one.score) {
        assert!(score % 5 == 0 && (-70..=70).contains(&score), "{score}");
    }
    for rating in &figures.ratings {
        if let Spread::Shares(shares) = &rating.spread {
            assert!(shares.iter().all(|(_, share)| share % 5 == 0 && *share < 80));
        }
    }
    assert!(figures.sentences.iter().all(|sentences| sentences.texts.len() >= 5));
}

/// What is published of opinions and exercises stands; counts grow by fives.
fn stands(before: &Figures, after: &Figures) {
    assert!(before.ratings.iter().all(|rating| after.ratings.contains(rating)));
    assert!(before.recommended.iter().all(|one| after.recommended.contains(one)));
    assert!(before.sentences.iter().all(|sentences| after.sentences.contains(sentences)));
    assert!(before.exercises.iter().all(|module| after.exercises.contains(module)));
    let (Some(before), Some(after)) = (&before.edition, &after.edition) else { return };
    assert!(before.weeks.iter().all(|week| after.weeks.contains(week)));
    for old in &before.lessons {
        let new = after.lessons.iter().find(|new| new.module == old.module).expect("a lesson stays");
        for (old, new) in [(old.opened, new.opened), (old.finished, new.finished)] {
            assert!(!matches!((old, new), (Part::Count(old), Part::Count(new)) if new < old || (new - old) % 5 > 0));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_singled_out_by_any_report_at_any_time() {
    let place = Place::all().await.remove(0);
    let mut people: [Vec<PersonId>; 2] = Default::default();
    for (nth, round) in ROUNDS.into_iter().enumerate() {
        let (_, all) = apart(&place.db, round, nth).await;
        people[nth] = all;
    }
    let runtime = tokio::runtime::Handle::current();
    let [told, read, exchanges, leavers, shown] = [const { Cell::new(0_usize) }; 5];
    let [cards, hours, scores] = [const { Cell::new(0_usize) }; 3];
    let add = |cell: &Cell<usize>, more: usize| cell.set(cell.get() + more);
    let config = Config { cases: HISTORIES, failure_persistence: None, ..Config::default() };
    let strategy = (history(), 0..PEOPLE, 1..PEOPLE);
    let outcome = tokio::task::block_in_place(|| {
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(Default::default())).run(
            &strategy,
            |(history, a, apart)| {
                let b = (a + apart) % PEOPLE;
                let live = |history: &[(usize, Deed)]| runtime.block_on(live(&place.db, &people, history));
                let seen = live(&history);
                for reports in &seen {
                    reports.iter().for_each(floors);
                    add(
                        &cards,
                        holding(reports, |figures| {
                            figures.exercises.iter().any(|one| one.steps.iter().any(card_shown))
                        }),
                    );
                    add(
                        &hours,
                        holding(reports, |figures| {
                            figures
                                .edition
                                .iter()
                                .any(|one| one.weeks.iter().any(|week| matches!(week.kept, Share::Percent(_))))
                        }),
                    );
                    add(&scores, holding(reports, |figures| figures.recommended.iter().any(|one| one.score.is_some())));
                    add(&shown, reports.iter().filter(|figures| **figures != Figures::default()).count());
                }
                for (before, after) in seen.iter().zip(&seen[1..]) {
                    before.iter().zip(after).for_each(|(before, after)| stands(before, after));
                }
                // Whoever of two did it: all reports of all times are the same.
                let leaves = |(round, deed): &(usize, Deed)| {
                    *round == 0 && matches!(deed, Deed::Leaves { who } if *who == a || *who == b)
                };
                if !history.iter().any(leaves) {
                    prop_assert_eq!(&seen, &live(&exchanged(&history, a, b)), "{} and {} can be told apart", a, b);
                    add(&exchanges, 1);
                }
                // Whoever leaves before a questionnaire closes: as if they had never answered it.
                let first = history.iter().position(|(round, deed)| *round == 0 && matches!(deed, Deed::Leaves { .. }));
                if let Some((at, who)) = first.and_then(|at| Some((at, actor(&history[at].1)?))) {
                    let closed = |module: usize| {
                        let closes = |deed: &Deed| matches!(deed, Deed::Closes { module: n } if *n == module);
                        history[..at].iter().any(|(round, deed)| *round == 0 && closes(deed))
                    };
                    let took_back = |(round, deed): &(usize, Deed)| {
                        let open = matches!(deed,
                            Deed::Rates { module, .. } | Deed::Writes { module, .. } | Deed::Recommends { module, .. }
                                if !closed(*module));
                        *round == 0 && open && actor(deed) == Some(who)
                    };
                    let mut silent = history.clone();
                    silent.iter_mut().filter(|one| took_back(one)).for_each(|one| *one = (1, Deed::Edition));
                    let opinions = |all: &[Reports]| {
                        let of = |one: &Figures| (one.ratings.clone(), one.recommended.clone(), one.sentences.clone());
                        all.iter().map(|one| of(&one[0])).collect::<Vec<_>>()
                    };
                    prop_assert_eq!(opinions(&seen), opinions(&live(&silent)), "{} took something back", who);
                    add(&leavers, 1);
                }
                add(&told, 1);
                add(&read, seen.len() * ROUNDS.len());
                Ok(())
            },
        )
    });
    outcome.unwrap();
    println!(
        "figure: singling out: {} histories, {} reports read ({} with something in them, {} with cards, {} with a share of \
         hours, {} with a net score), {} exchanges of two people, {} who left",
        told.get(),
        read.get(),
        shown.get(),
        cards.get(),
        hours.get(),
        scores.get(),
        exchanges.get(),
        leavers.get()
    );
    assert!(exchanges.get() > 20 && leavers.get() > 10 && shown.get() > 500, "the histories hold too little");
    assert!([cards, hours, scores].iter().all(|kind| kind.get() > 100), "the histories hold too few kinds of figures");
    place.close().await;
}

/// How many of these reports hold something.
fn holding(reports: &Reports, what: impl Fn(&Figures) -> bool) -> usize {
    reports.iter().filter(|figures| what(figures)).count()
}

fn card_shown(step: &StepFigure) -> bool {
    step.step.starts_with('c') && step.reached != Part::Hidden
}

/// A round of people who are in no other one.
async fn apart(db: &Db, name: &str, nth: usize) -> (usize, Vec<PersonId>) {
    let round = std::sync::Arc::new(round(name));
    let mut tx = db.begin().await.unwrap();
    tx.create_round(&round, monday()).await.unwrap();
    let all: Vec<_> = (0..PEOPLE / 2).map(|n| tandem(&format!("{name}-t{n:03}"), &round)).collect();
    let people: Vec<PersonId> =
        all.iter().flat_map(|tandem| tandem.seats().map(|seat| seat.person.id.clone())).collect();
    for (address, seat) in
        (1000 + 100 * i64::try_from(nth).unwrap()..).zip(all.iter().flat_map(|tandem| tandem.seats()))
    {
        tx.meet(&seat.person, address, monday()).await.unwrap();
    }
    let new: Vec<_> = all.iter().map(|tandem| (None, tandem)).collect();
    tx.save(&new, monday()).await.unwrap();
    tx.commit().await.unwrap();
    (nth, people)
}
