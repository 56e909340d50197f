//! The way through a small programme, and taps that are not valid.

use super::super::effect::{Answer, Effect, Fact, Milestone, Rating};
use super::super::event::{Command, Deed, Event};
use super::super::message::{Block, Phase};
use super::super::tandem::{Parked, Role, Spot, Talk};
use super::super::tap::{Act, Home, HoursTap, LessonTap, SettingsTap, Tap};
use super::super::testing::{Play, keys, taps};
use Role::{Deputy, Lead};

/// Ada with her first lesson open on its first card.
fn opened() -> Play {
    let mut play = Play::begun();
    play.until("2026-11-24 12:00");
    play.taps(Lead, Tap::Lesson(LessonTap::Open));
    play
}

fn press(play: &mut Play, step: &str, act: Act) {
    play.taps(Lead, Tap::Study { module: "m1".into(), step: step.into(), act });
}

fn pick(option: &str) -> Act {
    Act::Pick(option.into())
}

fn spot(step: &str) -> Spot {
    Spot { module: "m1".into(), step: step.into() }
}

/// The step that is shown now.
fn shown(play: &Play) -> Option<String> {
    play.screen().blocks.iter().find_map(|block| match block {
        Block::Step(view) => Some(view.step.clone()),
        _ => None,
    })
}

fn facts(play: &Play) -> Vec<Fact> {
    let fact = |effect: &Effect| match effect {
        Effect::Fact(fact) => Some(fact.clone()),
        _ => None,
    };
    play.last.iter().filter_map(fact).collect()
}

/// Ada at this step, whatever came before.
fn standing(step: &str) -> Play {
    let mut play = opened();
    play.mind(Lead).study.released = 2;
    play.mind(Lead).study.at = Some(Spot { module: "m1".into(), step: step.into() });
    play.taps(Lead, Tap::Lesson(LessonTap::Open));
    play
}

#[test]
fn the_way_leads_through_every_kind_of_step_to_the_end_of_the_module() {
    let mut play = opened();
    play.mind(Lead).study.released = 2;
    assert_eq!(shown(&play).as_deref(), Some("card"));
    press(&mut play, "card", Act::Next);
    press(&mut play, "choice", pick("b"));
    let wrong = Answer::Picked { chosen: vec!["b".into()], right: false };
    assert!(matches!(&facts(&play)[..], [Fact::Answered { answer, .. }, Fact::Recalled { .. }] if *answer == wrong));
    press(&mut play, "choice", Act::Next);
    for option in ["a", "c", "c", "b"] {
        press(&mut play, "multi", pick(option));
    }
    press(&mut play, "multi", Act::Check);
    let right = Answer::Picked { chosen: vec!["a".into(), "b".into()], right: true };
    assert!(matches!(&facts(&play)[..], [Fact::Answered { answer, .. }, Fact::Recalled { .. }] if *answer == right));
    press(&mut play, "multi", Act::Next);
    play.says(Lead, "Unser Ziel");
    assert_eq!(keys(&play.screen()), ["answer-saved"]);
    press(&mut play, "write", Act::Next);
    play.says(Lead, "siehe https://example.org/post danke");
    assert!(
        matches!(&facts(&play)[..], [Fact::Answered { answer: Answer::Linked(url), .. }] if url == "https://example.org/post")
    );
    press(&mut play, "link", Act::Next);
    assert_eq!(keys(&play.screen()), ["lesson-finished", "lesson-took"]);
    assert!(facts(&play).iter().any(|f| matches!(f, Fact::Milestone { milestone: Milestone::Finished, .. })));
    play.taps(Lead, Tap::Lesson(LessonTap::Open));
    press(&mut play, "list", pick("x"));
    press(&mut play, "list", Act::Done);
    assert!(matches!(&facts(&play)[..], [Fact::Answered { answer: Answer::Ticked(items), .. }] if items == &["x"]));
    press(&mut play, "think", Act::Done);
    press(&mut play, "ask", Act::Rate { question: "q1".into(), option: "high".into() });
    play.says(Lead, "Mehr davon");
    assert!(
        facts(&play)
            .iter()
            .any(|f| matches!(f, Fact::Rated { rating: Rating::Sentence(text), .. } if text == "Mehr davon"))
    );
    assert_eq!(play.mind(Lead).study.at, None);
    assert_eq!(play.mind(Lead).talk, Talk::Nothing);
}

#[test]
fn an_answer_shows_its_explanation_and_cannot_be_given_again() {
    let mut play = standing("choice");
    press(&mut play, "choice", pick("b"));
    let judged = |play: &Play| matches!(&play.screen().blocks[..], [Block::Step(view)] if matches!(view.phase, Phase::Judged { .. }));
    assert!(judged(&play));
    press(&mut play, "choice", pick("a"));
    assert_eq!(play.toast().as_deref(), Some("stale"));
    assert!(judged(&play) && facts(&play).is_empty());
}

#[test]
fn law_asks_how_sure_one_is_of_the_first_answer_and_a_sure_error_is_back_the_next_day() {
    use crate::domain::tap::Act::{Sure, Unsure};
    // What is answered, how sure, and after how many days it comes again.
    for (option, how, gap) in [("b", Sure, 1), ("b", Unsure, 2), ("a", Sure, 2), ("a", Unsure, 2)] {
        let mut play = standing("choice");
        let steps = play.programme.modules.iter_mut().flat_map(|m| &mut m.lessons).flat_map(|l| &mut l.steps);
        steps.filter(|s| s.id == "choice").for_each(|s| s.law = true);
        press(&mut play, "choice", Sure);
        assert_eq!(play.toast().as_deref(), Some("stale"), "nothing is answered yet");
        press(&mut play, "choice", pick(option));
        assert_eq!((keys(&play.screen()), facts(&play).len()), (vec!["recall-how-sure".to_owned()], 0));
        press(&mut play, "choice", pick("a"));
        assert_eq!(play.toast().as_deref(), Some("stale"), "the answer stands");
        let today = crate::domain::calendar::local_date(play.now, chrono_tz::Europe::Berlin);
        press(&mut play, "choice", how.clone());
        let due = facts(&play).iter().find_map(|fact| match fact {
            Fact::Recalled { memory, .. } => Some((memory.due - today).num_days()),
            _ => None,
        });
        assert_eq!(due, Some(gap), "{option} {how:?}");
        assert!(play.mind(Lead).study.judged && !play.mind(Lead).study.weighs);
    }
}

#[test]
fn whoever_leaves_before_saying_how_sure_they_are_answers_once_more() {
    let mut play = standing("multi");
    let steps = play.programme.modules.iter_mut().flat_map(|m| &mut m.lessons).flat_map(|l| &mut l.steps);
    steps.filter(|s| s.id == "multi").for_each(|s| s.law = true);
    play.mind(Lead).study.parked = vec![Parked { spot: spot("link"), reminded: true }];
    press(&mut play, "multi", pick("a"));
    press(&mut play, "multi", Act::Check);
    assert!(play.mind(Lead).study.weighs);
    press(&mut play, "link", Act::Again);
    play.says(Lead, "https://example.org/a");
    press(&mut play, "link", Act::Next);
    let study = &play.mind(Lead).study;
    assert_eq!((study.at.clone(), study.chosen.len(), study.weighs), (Some(spot("multi")), 0, false));
}

#[test]
fn stale_foreign_and_invented_taps_change_nothing_and_show_what_stands_open() {
    let acts = [
        ("choice", pick("a")),
        ("card", pick("a")),
        ("card", Act::Done),
        ("card", Act::Check),
        ("card", Act::Skip { question: "q2".into() }),
        ("card", Act::Rate { question: "q1".into(), option: "high".into() }),
        ("nowhere", Act::Next),
        ("link", Act::Again),
        ("card", Act::Back),
    ];
    for (step, act) in acts {
        let mut play = opened();
        let before = play.mind(Lead).study.clone();
        press(&mut play, step, act.clone());
        assert_eq!(play.mind(Lead).study, before, "{step} {act:?}");
        assert_eq!((play.toast().as_deref(), shown(&play).as_deref()), (Some("stale"), Some("card")), "{step} {act:?}");
    }
    let mut play = standing("ask");
    for act in [
        Act::Skip { question: "made-up".into() },
        Act::Rate { question: "q1".into(), option: "made-up".into() },
        Act::Rate { question: "q2".into(), option: "high".into() },
    ] {
        press(&mut play, "ask", act.clone());
        assert_eq!((play.toast().as_deref(), facts(&play).len()), (Some("stale"), 0), "{act:?}");
    }
    // Whoever has nothing open only gets the note.
    let before = play.mind(Deputy).study.clone();
    play.mind(Deputy).study.at = None;
    play.taps(Deputy, Tap::Study { module: "m1".into(), step: "card".into(), act: Act::Next });
    assert_eq!((play.toast().as_deref(), play.last.len()), (Some("stale"), 1));
    assert!(before.at.is_some());
}

#[test]
fn only_a_duration_is_logged_while_a_text_is_asked_for() {
    let mut play = standing("write");
    play.says(Lead, "45 min");
    assert_eq!((play.t.entries.len(), play.mind(Lead).study.judged), (1, false));
    play.says(Lead, "Wir haben 45 min gebraucht");
    assert_eq!((play.t.entries.len(), play.mind(Lead).study.judged), (1, true));
}

#[test]
fn declaring_an_absence_in_between_does_not_lose_the_question() {
    let mut play = standing("write");
    play.happens(Event::Did(Lead, Deed::Commanded(Command::Away)));
    play.says(Lead, "7.12.");
    assert_eq!(play.t.absences.len(), 1);
    play.says(Lead, "Unser Ziel");
    assert_eq!(keys(&play.screen()), ["answer-saved"]);
    // Turning to something else ends the question for days as well.
    let mut play = standing("write");
    play.happens(Event::Did(Lead, Deed::Commanded(Command::Away)));
    play.taps(Lead, Tap::Home(Home::Open));
    play.says(Lead, "Unser Ziel");
    assert_eq!(keys(&play.screen()), ["answer-saved"]);
}

#[test]
fn a_reasoned_no_counts_and_can_be_thought_over() {
    let mut play = standing("write");
    press(&mut play, "write", Act::Unfit);
    assert_eq!(keys(&play.screen()), ["unfit-why"]);
    assert_eq!(taps(&play.screen()), [Tap::Lesson(LessonTap::Open)]);
    play.taps(Lead, Tap::Lesson(LessonTap::Open));
    assert_eq!(shown(&play).as_deref(), Some("write"));
    press(&mut play, "write", Act::Unfit);
    play.says(Lead, "Wir haben keinen Kanal");
    assert!(matches!(&facts(&play)[..], [Fact::Answered { answer: Answer::Unfit(_), .. }]));
    assert_eq!(shown(&play).as_deref(), Some("link"));
}

#[test]
fn a_thought_is_never_kept_and_a_text_that_is_too_long_is_refused() {
    let mut play = standing("think");
    play.says(Lead, "Ganz privat");
    assert_eq!((keys(&play.screen()), facts(&play).len()), (vec!["reflect-private".to_owned()], 0));
    let mut play = standing("write");
    play.says(Lead, &"ä".repeat(super::MAX_ANSWER + 1));
    assert_eq!((keys(&play.screen()), facts(&play).len()), (vec!["answer-long".to_owned()], 0));
    play.says(Lead, &"ä".repeat(super::MAX_ANSWER));
    assert_eq!(keys(&play.screen()), ["answer-saved"]);
}

#[test]
fn what_is_no_address_is_asked_for_again() {
    for text in ["example.org", "https://", "https://nohost", "ftp://example.org", "javascript:alert(1)"] {
        let mut play = standing("link");
        play.says(Lead, text);
        assert_eq!(keys(&play.screen()), ["link-unclear"], "{text}");
    }
}

#[test]
fn a_task_put_off_is_made_up_for_and_leads_back_to_where_one_was() {
    let mut play = standing("write");
    press(&mut play, "write", Act::Later);
    assert_eq!(shown(&play).as_deref(), Some("link"));
    play.mind(Lead).study.at = Some(Spot { module: "m1".into(), step: "ask".into() });
    press(&mut play, "ask", Act::Rate { question: "q1".into(), option: "low".into() });
    press(&mut play, "write", Act::Again);
    assert_eq!(shown(&play).as_deref(), Some("write"));
    play.says(Lead, "Nachgeholt");
    press(&mut play, "write", Act::Next);
    // The questionnaire goes on with its second question.
    assert_eq!((shown(&play).as_deref(), play.mind(Lead).study.parked.len()), (Some("ask"), 0));
    assert!(taps(&play.screen()).iter().all(|tap| !matches!(tap, Tap::Study { act: Act::Rate { .. }, .. })));
}

#[test]
fn a_lesson_that_comes_while_a_task_is_made_up_for_is_not_lost() {
    let mut play = opened();
    play.mind(Lead).study.at = Some(Spot { module: "m1".into(), step: "link".into() });
    press(&mut play, "link", Act::Later);
    assert_eq!(play.mind(Lead).study.at, None);
    play.until("2026-11-26 09:59");
    press(&mut play, "link", Act::Again);
    play.until("2026-11-26 12:00");
    assert_eq!(play.mind(Lead).study.released, 2);
    play.says(Lead, "https://example.org/x");
    press(&mut play, "link", Act::Next);
    assert_eq!(shown(&play).as_deref(), Some("list"));
}

#[test]
fn progress_counts_lessons_that_were_finished() {
    let mut play = standing("choice");
    play.mind(Lead).study.released = 4;
    let done = |play: &mut Play| {
        play.happens(Event::Did(Lead, Deed::Commanded(Command::Progress)));
        let message = play.screen();
        message.blocks.iter().find_map(|block| match block {
            Block::Say(line) => line.args.iter().find(|(name, _)| name == "done").map(|(_, arg)| arg.clone()),
            _ => None,
        })
    };
    assert_eq!(done(&mut play), Some(0_i64.into()));
    play.mind(Lead).study.at = Some(Spot { module: "m2".into(), step: "n1".into() });
    assert_eq!(done(&mut play), Some(2_i64.into()));
    play.mind(Lead).study.at = None;
    assert_eq!(done(&mut play), Some(4_i64.into()));
}

#[test]
fn tasks_put_off_stand_under_a_heading() {
    let mut play = standing("write");
    press(&mut play, "write", Act::Later);
    play.happens(Event::Did(Lead, Deed::Commanded(Command::Progress)));
    assert_eq!(keys(&play.screen()), ["progress", "reminder-task"]);
}

#[test]
fn the_minutes_of_a_lesson_are_logged_once_however_often_the_button_is_pressed() {
    let mut play = standing("link");
    play.says(Lead, "https://example.org/x");
    press(&mut play, "link", Act::Next);
    let took = Tap::Hours(HoursTap::Took { module: "m1".into(), lesson: "l1".into() });
    assert!(taps(&play.screen()).contains(&took));
    play.taps(Lead, took.clone());
    assert_eq!(keys(&play.screen()), ["hours-logged", "hours-standing"]);
    assert!(taps(&play.screen()).contains(&Tap::Lesson(LessonTap::Open)));
    for wait in [0, 3600] {
        play.later(chrono::TimeDelta::seconds(wait));
        play.taps(Lead, took.clone());
        assert_eq!((play.t.entries.len(), play.toast().as_deref()), (1, Some("hours-already")));
    }
}

#[test]
fn another_language_redraws_the_lesson_at_the_same_step() {
    let mut play = standing("choice");
    play.taps(Lead, Tap::Settings(SettingsTap::Language("en".into())));
    let refreshed = play.last.iter().find_map(|effect| match effect {
        Effect::Refresh { message, .. } => Some(message.clone()),
        _ => None,
    });
    assert!(matches!(&refreshed.expect("a refresh").blocks[..], [Block::Step(view)] if view.step == "choice"));
}

#[test]
fn a_step_that_is_gone_from_the_files_leads_to_its_modules_beginning() {
    let mut play = standing("choice");
    play.mind(Lead).study.at = Some(Spot { module: "m1".into(), step: "was-here".into() });
    play.taps(Lead, Tap::Lesson(LessonTap::Open));
    assert_eq!(shown(&play).as_deref(), Some("card"));
    play.mind(Lead).study.at = Some(Spot { module: "gone".into(), step: "was-here".into() });
    play.taps(Lead, Tap::Lesson(LessonTap::Open));
    assert_eq!(shown(&play).as_deref(), Some("list"));
}
