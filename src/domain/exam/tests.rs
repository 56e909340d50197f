//! A test of five questions over a pool of twelve: when it begins, what passes, and taps that are not valid.

use super::super::effect::{Effect, Slot};
use super::super::event::{Command, Deed, Event};
use super::super::message::{Block, Phase};
use super::super::programme::{Lesson, Module, Step, StepKind, TEST, Test};
use super::super::tandem::Role;
use super::super::tap::{Act, ExamTap, LessonTap, SettingsTap, Tap};
use super::super::testing::{Play, keys, taps};
use super::super::way;
use super::*;
use Role::{Deputy, Lead};
use proptest::prelude::*;

fn pool() -> Test {
    let options: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
    let choice = |id: String| Step::new(id, StepKind::Choice { options: options.clone(), correct: "b".into() });
    let multi = |id: &str| {
        let correct = ["a".to_owned(), "c".to_owned()].into();
        Step::new(id, StepKind::Multi { options: options.clone(), correct })
    };
    let first = Lesson { id: "m1".into(), minutes: 0, steps: (0..8).map(|i| choice(format!("one{i}"))).collect() };
    let steps = (0..3).map(|i| choice(format!("two{i}"))).chain([multi("several")]).collect();
    let second = Lesson { id: "m2".into(), minutes: 0, steps };
    Test { pool: Module { id: TEST.into(), lessons: vec![first, second] }, draw: vec![3, 2] }
}

/// Both have come to the end of the last lesson, on a Thursday.
fn finished() -> Play {
    let mut play = Play::begun();
    play.programme.test = Some(pool());
    play.until("2026-12-03 12:00");
    for role in [Lead, Deputy] {
        let study = &mut play.mind(role).study;
        study.released = 4;
        study.at = None;
    }
    play
}

fn begun() -> Play {
    let mut play = finished();
    begin_test(&mut play);
    play
}

fn begin_test(play: &mut Play) {
    let tandem = play.t.id.clone();
    play.taps(Lead, Tap::Exam(ExamTap::Begin(tandem)));
}

fn press(play: &mut Play, act: Act) {
    let exam = &play.mind(Lead).exam;
    let (attempt, item) = (exam.attempt, exam.item().expect("a question").to_owned());
    play.taps(Lead, Tap::Exam(ExamTap::Item { attempt, item, act }));
}

/// Answers the open question and goes on.
fn answer(play: &mut Play, right: bool) {
    let several = play.mind(Lead).exam.item() == Some("several");
    match (several, right) {
        (false, true) => press(play, Act::Pick("b".into())),
        (false, false) => press(play, Act::Pick("a".into())),
        (true, _) => {
            press(play, Act::Pick("a".into()));
            if right {
                press(play, Act::Pick("c".into()));
            }
            press(play, Act::Check);
        }
    }
    press(play, Act::Next);
}

fn take(play: &mut Play, right: usize) {
    for nth in 0..5 {
        answer(play, nth < right);
    }
}

fn phase(play: &Play) -> Option<Phase> {
    play.screen().blocks.iter().find_map(|block| match block {
        Block::Step(view) => Some(view.phase.clone()),
        _ => None,
    })
}

#[test]
fn there_is_no_test_before_the_last_lesson_is_finished() {
    let mut play = finished();
    play.mind(Lead).study.at = way::first_step(&play.programme.clone(), 3);
    let tandem = play.t.id.clone();
    for tap in [ExamTap::Begin(tandem.clone()), ExamTap::Open(tandem)] {
        play.taps(Lead, Tap::Exam(tap));
        assert!(play.toast().is_some() && !play.mind(Lead).exam.is_open());
    }
    // A programme without a test says nothing of one.
    play.programme.test = None;
    play.happens(Event::Did(Lead, Deed::Commanded(Command::Progress)));
    assert_eq!(keys(&play.screen()), ["progress"]);
}

#[test]
fn the_test_is_reached_from_the_lesson_and_from_the_progress() {
    for command in [Command::Lesson, Command::Progress] {
        let mut play = finished();
        play.happens(Event::Did(Lead, Deed::Commanded(command)));
        let tandem = play.t.id.clone();
        assert!(taps(&play.screen()).contains(&Tap::Exam(ExamTap::Open(tandem))), "{command:?}");
        assert!(keys(&play.screen()).contains(&"exam-ready".to_owned()));
    }
}

#[test]
fn four_of_five_pass_and_three_do_not() {
    for (right, passed) in [(5, true), (4, true), (3, false), (0, false)] {
        let mut play = begun();
        take(&mut play, right);
        let last = play.mind(Lead).exam.last.clone().expect("a result");
        assert_eq!((last.right, last.of, last.passed), (right, 5, passed));
        assert_eq!(last.weak.is_empty(), right == 5);
        let first = if passed { "exam-passed" } else { "exam-failed" };
        assert_eq!(keys(&play.screen())[0], first);
        assert!(!play.mind(Lead).exam.is_open());
        assert_eq!(play.mind(Deputy).exam, Exam::default(), "the other's test is another one");
    }
}

#[test]
fn after_a_failed_test_there_is_another_the_next_day_with_other_questions() {
    let mut play = begun();
    let first = play.mind(Lead).exam.items.clone();
    take(&mut play, 2);
    play.until("2026-12-03 23:59");
    begin_test(&mut play);
    assert_eq!(play.toast().as_deref(), Some("stale"));
    assert!(!play.mind(Lead).exam.is_open());
    play.until("2026-12-04 00:01");
    begin_test(&mut play);
    let second = play.mind(Lead).exam.items.clone();
    assert_eq!(second.len(), 5);
    assert!(second.iter().all(|item| !first.contains(item)), "{first:?} {second:?}");
    take(&mut play, 5);
    // Whoever has passed is not asked again.
    play.until("2026-12-07 12:00");
    begin_test(&mut play);
    assert!(!play.mind(Lead).exam.is_open());
    assert_eq!(keys(&play.screen())[0], "exam-passed");
}

#[test]
fn an_interrupted_test_goes_on_where_it_was() {
    let mut play = begun();
    answer(&mut play, true);
    press(&mut play, Act::Pick("a".into()));
    let before = play.mind(Lead).exam.clone();
    play.until("2026-12-10 09:00");
    play.taps(Lead, Tap::Lesson(LessonTap::Open));
    assert_eq!(play.mind(Lead).exam, before);
    assert!(phase(&play).is_some());
    play.happens(Event::Did(Lead, Deed::Commanded(Command::Progress)));
    assert!(keys(&play.screen()).contains(&"exam-open".to_owned()));
}

#[test]
fn the_first_answer_counts_and_stale_taps_change_nothing_but_show_what_is_open() {
    let mut play = begun();
    while play.mind(Lead).exam.item() == Some("several") {
        answer(&mut play, true);
    }
    press(&mut play, Act::Pick("a".into()));
    assert!(matches!(phase(&play), Some(Phase::Judged { .. })));
    let exam = play.mind(Lead).exam.clone();
    let (attempt, item) = (exam.attempt, exam.item().expect("a question").to_owned());
    let other = exam.items.iter().find(|other| **other != item).expect("another").clone();
    let pick = || Act::Pick("b".into());
    for (attempt, item, act) in [
        (attempt, item.clone(), pick()),
        (attempt, other, pick()),
        (attempt + 1, item.clone(), Act::Next),
        (0, item.clone(), Act::Next),
        (attempt, "made-up".into(), Act::Next),
        (attempt, item.clone(), Act::Later),
        (attempt, item, Act::Check),
    ] {
        play.taps(Lead, Tap::Exam(ExamTap::Item { attempt, item, act }));
        assert_eq!((play.toast().as_deref(), &play.mind(Lead).exam), (Some("stale"), &exam));
        assert!(matches!(phase(&play), Some(Phase::Judged { .. })), "what is open is shown");
    }
    // A second test is not begun beside the first.
    begin_test(&mut play);
    assert_eq!(play.mind(Lead).exam, exam);
}

#[test]
fn several_answers_are_ticked_and_handed_in_and_none_is_no_answer() {
    let mut play = begun();
    play.mind(Lead).exam.items[0] = "several".into();
    press(&mut play, Act::Check);
    assert_eq!(play.toast().as_deref(), Some("choose-one"));
    for option in ["a", "b", "b", "c"] {
        press(&mut play, Act::Pick(option.into()));
    }
    press(&mut play, Act::Check);
    assert_eq!(play.mind(Lead).exam.right, [true]);
}

#[test]
fn a_question_that_was_taken_out_of_the_pool_counts_neither_way() {
    let mut play = begun();
    answer(&mut play, false);
    answer(&mut play, true);
    let items = play.mind(Lead).exam.items.clone();
    let gone = [&items[0], &items[2]];
    let test = play.programme.test.as_mut().expect("a test");
    for group in &mut test.pool.lessons {
        group.steps.retain(|step| !gone.contains(&&step.id));
    }
    play.taps(Lead, Tap::Lesson(LessonTap::Open));
    assert_eq!((play.mind(Lead).exam.items.len(), &play.mind(Lead).exam.right[..]), (3, &[true][..]));
    answer(&mut play, true);
    answer(&mut play, true);
    let last = play.mind(Lead).exam.last.clone().expect("a result");
    assert_eq!((last.right, last.of), (3, 3));
    // Without any of its questions, a test is as if it had not been.
    let mut play = begun();
    play.programme.test.as_mut().expect("a test").pool.lessons.iter_mut().for_each(|group| group.steps.clear());
    play.taps(Lead, Tap::Lesson(LessonTap::Open));
    assert!(!play.mind(Lead).exam.is_open() && play.mind(Lead).exam.last.is_none());
}

#[test]
fn a_scheduled_message_waits_while_somebody_is_at_a_question() {
    let mut play = begun();
    play.until("2026-12-04 09:59");
    press(&mut play, Act::Pick("a".into()));
    let before = play.unasked(Lead).len();
    play.until("2026-12-04 10:10");
    assert_eq!(play.unasked(Lead).len(), before, "the week's message is due at ten");
    play.until("2026-12-04 10:45");
    assert_eq!(play.unasked(Lead).len(), before + 1);
}

#[test]
fn another_language_redraws_the_open_question() {
    let mut play = begun();
    play.taps(Lead, Tap::Settings(SettingsTap::Language("en".into())));
    let exam = |effect: &Effect| matches!(effect, Effect::Refresh { slot: Slot::Exam, .. });
    assert!(play.last.iter().any(exam));
}

fn any_tap() -> impl Strategy<Value = (u32, usize, Act)> {
    let act = prop_oneof![
        prop::sample::select(vec!["a", "b", "c", "z"]).prop_map(|option| Act::Pick(option.into())),
        Just(Act::Check),
        Just(Act::Next),
    ];
    (0..3u32, 0..12usize, act)
}

proptest! {
    #[test]
    fn whatever_is_pressed_in_whatever_order_the_test_stays_whole(presses in prop::collection::vec(any_tap(), 0..80)) {
        let mut play = begun();
        let ids: Vec<String> = pool().pool.steps().map(|step| step.id.clone()).collect();
        for (n, (attempt, item, act)) in presses.into_iter().enumerate() {
            // Half of them are buttons that are on the screen.
            if n % 2 == 0 && play.mind(Lead).exam.is_open() {
                press(&mut play, act);
            } else {
                play.taps(Lead, Tap::Exam(ExamTap::Item { attempt, item: ids[item].clone(), act }));
            }
            let exam = play.mind(Lead).exam.clone();
            prop_assert!(exam.right.len() <= exam.items.len());
            prop_assert_eq!(exam.is_open(), exam.item().is_some());
            prop_assert!(exam.last.is_none_or(|last| last.right <= last.of && last.of == 5));
        }
    }
}
