//! Figures never move by less than five, and nothing that was published is taken back.

use proptest::prelude::*;

use super::items::{Dealt, How, analyse};
use super::*;
use crate::domain::programme::{Lesson, Module, Step, StepKind};

fn part(count: u32, of: u32) -> Part {
    match of.saturating_sub(count) {
        _ if count < FLOOR => Part::Hidden,
        FLOOR.. => Part::Count(count / FLOOR * FLOOR),
        _ if count * 100 >= of * ALMOST_ALL => Part::AlmostAll,
        _ if of >= 2 * FLOOR => Part::Count((of - FLOOR) / FLOOR * FLOOR),
        _ => Part::Hidden,
    }
}

/// What would be published of people of whom some have opened a lesson, finished it, asked for silence.
fn edition(people: &[[bool; 3]], before: Whole) -> Edition {
    let there = u32::try_from(people.len()).unwrap();
    let whole = Whole { people: there, tandems: there }.or_before(before);
    let count = |which: usize| u32::try_from(people.iter().filter(|deeds| deeds[which]).count()).unwrap();
    let [opened, finished, fewer] = [0, 1, 2].map(|which| part(count(which), whole.people));
    let lesson = LessonFigure { module: "m1".into(), lesson: "l1".into(), opened, finished };
    Edition { lessons: vec![lesson], fewer, withdrawn: fewer, whole, ..Edition::default() }
}

#[derive(Clone, Debug)]
enum Happens {
    Joins,
    Does(usize, usize),
    Leaves(usize),
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        2 => Just(Happens::Joins),
        8 => (0_usize..60, 0_usize..3).prop_map(|(who, what)| Happens::Does(who, what)),
        1 => (0_usize..60).prop_map(Happens::Leaves),
    ]
}

proptest! {
    /// Counts never move by fewer than five, and somebody's leaving moves nothing.
    #[test]
    fn no_figure_moves_by_fewer_than_five_nor_when_somebody_leaves(
        course in prop::collection::vec(happens(), 1..150), start in 0_usize..40,
    ) {
        let mut people = vec![[false; 3]; start];
        let mut shown = Edition::default().renewed(edition(&people, Whole::default()));
        for event in course {
            let leaves = matches!(event, Happens::Leaves(_));
            match event {
                Happens::Joins => people.push([false; 3]),
                Happens::Does(who, what) => {
                    if let Some(deeds) = people.get_mut(who) {
                        deeds[what] = true;
                    }
                }
                Happens::Leaves(who) if who < people.len() => {
                    people.swap_remove(who);
                }
                Happens::Leaves(_) => {}
            }
            let next = shown.renewed(edition(&people, shown.whole));
            if leaves {
                prop_assert_eq!(&next.lessons, &shown.lessons);
                prop_assert_eq!((next.fewer, next.withdrawn), (shown.fewer, shown.withdrawn));
            }
            let parts = |edition: &Edition| {
                let lesson = edition.lessons.first().map_or([Part::Hidden; 2], |lesson| [lesson.opened, lesson.finished]);
                [lesson[0], lesson[1], edition.fewer]
            };
            for (old, new) in parts(&shown).into_iter().zip(parts(&next)) {
                if let (Part::Count(old), Part::Count(new)) = (old, new) {
                    prop_assert!(new >= old && (new - old).is_multiple_of(FLOOR));
                }
            }
            shown = next;
        }
    }
}

fn quiz(id: &str) -> Step {
    let options = ["a", "b", "c"].map(str::to_owned).to_vec();
    Step::new(id, StepKind::Choice { options, correct: "a".into() })
}

fn module() -> Module {
    let steps = vec![quiz("q1"), quiz("q2"), quiz("q3"), quiz("q4"), Step::new("task", StepKind::Link)];
    Module { id: "m1".into(), lessons: vec![Lesson { id: "l1".into(), minutes: 5, steps }] }
}

fn picked(person: usize, step: &str, option: &str) -> Dealt {
    Dealt { person, step: step.into(), how: How::Picked { chosen: vec![option.into()], right: option == "a" } }
}

#[test]
fn a_question_shows_how_hard_it_is_what_draws_and_whether_it_tells() {
    let mut dealt = Vec::new();
    for person in 0..20 {
        let knows = person >= 10;
        for step in ["q2", "q3", "q4"] {
            dealt.push(picked(person, step, if knows { "a" } else { "c" }));
        }
        dealt.push(picked(person, "q1", if person < 11 { "b" } else { "a" }));
        let how = if person < 6 { How::Unfit } else { How::Done };
        dealt.push(Dealt { person, step: "task".into(), how });
    }
    let figures = analyse(&module(), &dealt, 30);
    let q1 = &figures[0];
    assert_eq!((q1.dealt, q1.right), (Part::Count(20), Share::Percent(45)));
    assert_eq!((q1.trap.as_deref(), q1.telling), (Some("b"), Telling::Well));
    assert_eq!((figures[4].dealt, figures[4].unfit), (Part::Count(20), Part::Count(5)));
    // Turned round: who does well elsewhere fails here.
    let turned: Vec<Dealt> = dealt
        .iter()
        .map(|one| {
            if one.step == "q1" {
                picked(one.person, "q1", if one.person < 10 { "a" } else { "b" })
            } else {
                one.clone()
            }
        })
        .collect();
    assert_eq!(analyse(&module(), &turned, 30)[0].telling, Telling::Reversed);
    // Four people are no figure at all.
    let few: Vec<Dealt> = dealt.into_iter().filter(|one| one.person < 4).collect();
    for step in analyse(&module(), &few, 4) {
        assert_eq!(
            (step.dealt, step.right, step.trap, step.telling, step.unfit),
            (Part::Hidden, Share::Hidden, None, Telling::Hidden, Part::Hidden)
        );
    }
}

proptest! {
    /// Whoever of two people did what: the figures are the same. So no figure can be anybody's.
    #[test]
    fn two_people_who_change_places_change_no_figure(
        picks in prop::collection::vec((0_usize..12, 0_usize..4, 0_usize..3), 0..60), a in 0_usize..12, b in 0_usize..12,
    ) {
        let mut dealt: BTreeMapPicks = BTreeMapPicks::new();
        for (person, step, option) in picks {
            dealt.entry((person, step)).or_insert(option);
        }
        let rows = |swap: bool| {
            let who = |person: usize| match person {
                _ if !swap => person,
                _ if person == a => b,
                _ if person == b => a,
                _ => person,
            };
            dealt.iter().map(|((person, step), option)|
                picked(who(*person), ["q1", "q2", "q3", "q4"][*step], ["a", "b", "c"][*option])).collect::<Vec<_>>()
        };
        let figures = analyse(&module(), &rows(false), 12);
        prop_assert_eq!(&figures, &analyse(&module(), &rows(true), 12));
        for figure in figures {
            if let Share::Percent(percent) = figure.right {
                prop_assert!(percent % 5 == 0 && percent > 0 && percent < 100);
            }
            if let Part::Count(count) = figure.dealt {
                prop_assert!(count >= FLOOR && count % FLOOR == 0);
            }
        }
    }
}

type BTreeMapPicks = std::collections::BTreeMap<(usize, usize), usize>;
