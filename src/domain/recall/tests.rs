//! Repeats before a lesson and after the course, over the small programme.

use super::super::event::{Command, Deed, Event};
use super::super::memory::Memory;
use super::super::tap::{Act, LessonTap};
use super::super::testing::{Play, day, keys};
use super::*;
use Role::Lead;

fn spot(step: &str) -> Spot {
    Spot { module: "m1".into(), step: step.into() }
}

/// Ada on the third lesson day, with these questions whose time has come.
fn faded(steps: &[&str]) -> Play {
    let mut play = Play::begun();
    play.until("2026-12-01 10:30");
    let study = &mut play.mind(Lead).study;
    study.released = 3;
    study.at = Some(Spot { module: "m2".into(), step: "n1".into() });
    study.opened = false;
    for (n, step) in steps.iter().enumerate() {
        let due = day("2026-11-26") + chrono::Days::new(n as u64);
        let memory = Memory { stability: 2.3, difficulty: 2.1, reviewed: day("2026-11-24"), due };
        play.mind(Lead).recall.fading.push(Fading { spot: spot(step), memory });
    }
    play
}

fn open(play: &mut Play) {
    play.taps(Lead, Tap::Lesson(LessonTap::Open));
}

fn press(play: &mut Play, step: &str, act: RecallAct) {
    play.taps(Lead, Tap::Recall(RecallTap::Item { module: "m1".into(), step: step.into(), act }));
}

fn pick(option: &str) -> RecallAct {
    RecallAct::Pick(option.into())
}

fn shown(play: &Play) -> Option<String> {
    play.screen().blocks.iter().find_map(|block| match block {
        Block::Step(view) => Some(view.step.clone()),
        _ => None,
    })
}

fn remembered(play: &Play) -> Vec<Memory> {
    let memory = |effect: &Effect| match effect {
        Effect::Fact(Fact::Recalled { memory, .. }) => Some(*memory),
        _ => None,
    };
    play.last.iter().filter_map(memory).collect()
}

fn law(play: &mut Play, step: &str) {
    let steps = play.programme.modules.iter_mut().flat_map(|m| &mut m.lessons).flat_map(|l| &mut l.steps);
    steps.filter(|s| s.id == step).for_each(|s| s.law = true);
}

#[test]
fn two_repeats_come_before_the_lessons_first_card_and_once() {
    let mut play = faded(&["choice", "multi"]);
    open(&mut play);
    assert_eq!(shown(&play).as_deref(), Some("choice"));
    press(&mut play, "choice", pick("a"));
    assert_eq!(remembered(&play).len(), 1);
    assert!(remembered(&play)[0].due > day("2026-12-01"));
    press(&mut play, "choice", RecallAct::Next);
    press(&mut play, "multi", RecallAct::Check);
    assert_eq!(play.toast().as_deref(), Some("choose-one"));
    for act in [pick("c"), RecallAct::Check] {
        press(&mut play, "multi", act);
    }
    press(&mut play, "multi", RecallAct::Next);
    assert_eq!(shown(&play).as_deref(), Some("n1"));
    assert!(play.mind(Lead).study.opened);
    open(&mut play);
    assert_eq!(shown(&play).as_deref(), Some("n1"));
}

#[test]
fn there_are_never_more_than_two_and_those_first_that_waited_longest() {
    let mut play = faded(&["choice", "multi"]);
    let memory = Memory { due: day("2026-11-25"), ..play.mind(Lead).recall.fading[0].memory };
    let other = Step::new("n2", StepKind::Choice { options: vec!["a".into(), "b".into()], correct: "a".into() });
    play.programme.modules[1].lessons[1].steps = vec![other];
    play.mind(Lead).recall.fading.push(Fading { spot: Spot { module: "m2".into(), step: "n2".into() }, memory });
    open(&mut play);
    let queue: Vec<String> = play.mind(Lead).recall.queue.iter().map(|spot| spot.step.clone()).collect();
    assert_eq!(queue, ["n2", "choice"]);
}

#[test]
fn whoever_wants_to_goes_straight_to_the_lesson() {
    let mut play = faded(&["choice", "multi"]);
    open(&mut play);
    press(&mut play, "choice", RecallAct::Skip);
    assert_eq!(shown(&play).as_deref(), Some("n1"));
    assert_eq!(play.mind(Lead).recall.fading.len(), 2, "they come before the next lesson");
}

#[test]
fn law_asks_how_sure_one_is_and_a_sure_error_is_back_the_next_day() {
    for (option, sure, gap) in [("b", RecallAct::Sure, 1), ("b", RecallAct::Unsure, 2)] {
        let mut play = faded(&["choice"]);
        law(&mut play, "choice");
        open(&mut play);
        press(&mut play, "choice", pick(option));
        assert_eq!(keys(&play.screen()), ["recall-title", "recall-how-sure"]);
        assert!(remembered(&play).is_empty());
        press(&mut play, "choice", sure);
        assert_eq!((remembered(&play)[0].due - day("2026-12-01")).num_days(), gap);
    }
}

#[test]
fn nobody_who_is_away_is_asked_and_nothing_is_asked_before_its_time() {
    let mut play = faded(&["choice"]);
    play.says(Lead, "weg heute");
    open(&mut play);
    assert_eq!(shown(&play).as_deref(), Some("n1"));
    let mut play = faded(&["choice"]);
    play.mind(Lead).recall.fading[0].memory.due = day("2026-12-02");
    open(&mut play);
    assert_eq!(shown(&play).as_deref(), Some("n1"));
}

#[test]
fn stale_taps_change_nothing_and_show_what_is_open() {
    let mut play = faded(&["choice", "multi"]);
    open(&mut play);
    let before = play.mind(Lead).recall.clone();
    for (step, act) in [
        ("multi", pick("a")),
        ("choice", pick("z")),
        ("choice", RecallAct::Next),
        ("choice", RecallAct::Sure),
        ("choice", RecallAct::Check),
        ("gone", RecallAct::Skip),
    ] {
        press(&mut play, step, act.clone());
        assert_eq!((play.toast().as_deref(), &play.mind(Lead).recall), (Some("stale"), &before), "{act:?}");
        assert_eq!(shown(&play).as_deref(), Some("choice"));
    }
}

#[test]
fn after_the_course_the_weeks_message_offers_law_and_nothing_else() {
    for is_law in [true, false] {
        let mut play = faded(&["choice"]);
        if is_law {
            law(&mut play, "choice");
        }
        let study = &mut play.mind(Lead).study;
        study.released = 4;
        study.at = None;
        play.until("2026-12-04 10:00");
        let week = play.unasked(Lead).last().map(|owed| keys(&owed.message)).unwrap_or_default();
        assert_eq!(week.contains(&"recall-after-course".to_owned()), is_law, "{week:?}");
        play.taps(Lead, Tap::Recall(RecallTap::Begin));
        assert_eq!(shown(&play).is_some(), is_law);
        if is_law {
            press(&mut play, "choice", pick("a"));
            press(&mut play, "choice", RecallAct::Sure);
            press(&mut play, "choice", RecallAct::Next);
            assert_eq!(keys(&play.screen()), ["recall-done"]);
        }
    }
}

#[test]
fn an_answer_in_a_lesson_is_remembered_for_later() {
    let mut play = Play::begun();
    play.until("2026-11-24 12:00");
    open(&mut play);
    play.taps(Lead, Tap::Study { module: "m1".into(), step: "card".into(), act: Act::Next });
    play.taps(Lead, Tap::Study { module: "m1".into(), step: "choice".into(), act: Act::Pick("a".into()) });
    assert_eq!(remembered(&play)[0].due, day("2026-11-26"));
    // A repeat that was interrupted is there again.
    let mut play = faded(&["choice"]);
    open(&mut play);
    play.happens(Event::Did(Lead, Deed::Commanded(Command::Lesson)));
    assert_eq!(shown(&play).as_deref(), Some("choice"));
}
