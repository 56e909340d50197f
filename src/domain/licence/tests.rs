//! Conditions one by one, and what a holder may do.

use chrono::TimeDelta;

use super::super::effect::Owed;
use super::super::event::Event;
use super::super::programme::{Lesson, Module, TEST, Test};
use super::super::tandem::{Due, Outcome, Promise, Role, Shown};
use super::super::tap::{LicenceAct, SettingsTap, Tap};
use super::super::testing::{Play, day, keys, programme, tandem, taps};
use super::*;

/// The small programme with a test; its checklist is the hand-over, its one text belongs to the concept.
fn course() -> Programme {
    let mut course = programme();
    course.test = Some(Test { pool: Module { id: TEST.into(), lessons: Vec::new() }, draw: Vec::new() });
    course.modules[0].lessons[1].steps[0].handover = true;
    course
}

fn dealt(person: &str, step: &str, answer: Answer) -> Dealt {
    Dealt { person: person.into(), spot: Spot { module: "m1".into(), step: step.into() }, answer }
}

fn outcome(passed: bool) -> Outcome {
    Outcome { day: day("2026-12-18"), right: 4, of: 5, passed, weak: Vec::new() }
}

const ADA: &str = "adaa00000000";
const BEN: &str = "benn00000000";

#[test]
fn each_condition_is_met_by_what_it_asks_for_and_by_nothing_else() {
    let ticked = |items: &[&str]| Answer::Ticked(items.iter().map(|i| (*i).to_owned()).collect());
    let (wrote, no) = (Answer::Wrote("Ziel".into()), Answer::Unfit("kein Konto".into()));
    let whole = ticked(&["x", "y"]);
    // (last test, promise, what was done) and Ada's test, concept, hand-over, promise.
    type Case = (Option<bool>, Promise, Vec<Dealt>, [bool; 4]);
    let table: Vec<Case> = vec![
        (None, Promise::Unasked, vec![], [false, false, false, false]),
        (Some(false), Promise::NotYet, vec![], [false, false, false, false]),
        (Some(true), Promise::Board, vec![], [true, false, false, true]),
        (None, Promise::HeadOfDepartment, vec![], [false, false, false, true]),
        (None, Promise::NotYet, vec![dealt(ADA, "write", wrote.clone())], [false, true, false, false]),
        (None, Promise::NotYet, vec![dealt(BEN, "write", wrote.clone())], [false, true, false, false]),
        (None, Promise::NotYet, vec![dealt(BEN, "write", no)], [false, true, false, false]),
        (None, Promise::NotYet, vec![dealt(ADA, "link", wrote.clone())], [false, false, false, false]),
        (None, Promise::NotYet, vec![dealt(BEN, "list", whole.clone())], [false, false, true, false]),
        (None, Promise::NotYet, vec![dealt(BEN, "list", ticked(&["x"]))], [false, false, false, false]),
        // One's own ticks confirm nothing.
        (None, Promise::NotYet, vec![dealt(ADA, "list", whole.clone())], [false, false, false, false]),
        (
            Some(true),
            Promise::Board,
            vec![dealt(BEN, "list", whole), dealt(ADA, "write", wrote)],
            [true, true, true, true],
        ),
    ];
    for (nth, (last, promise, dealt, met)) in table.into_iter().enumerate() {
        let mut state = tandem();
        state.promise = promise;
        let seat = state.lead.as_mut().expect("Ada");
        seat.mind.exam.last = last.map(outcome);
        let all = conditions(&course(), &state, state.lead.as_ref().expect("Ada"), &dealt);
        assert_eq!(all.iter().map(|(_, met)| *met).collect::<Vec<_>>(), met, "line {nth}");
        let kinds = all.iter().map(|(condition, _)| *condition).collect::<Vec<_>>();
        let done = usize::from(met[1]);
        let handover = Condition::HandOver { alone: false };
        assert_eq!(kinds, [Condition::Test, Condition::Concept { done, of: 1 }, handover, Condition::Promise]);
    }
}

#[test]
fn whoever_is_alone_has_nobody_to_confirm_the_hand_over() {
    let mut state = tandem();
    state.deputy = None;
    let whole = Answer::Ticked(vec!["x".into(), "y".into()]);
    let all = conditions(&course(), &state, state.lead.as_ref().expect("Ada"), &[dealt(BEN, "list", whole)]);
    assert!(all.contains(&(Condition::HandOver { alone: true }, false)), "{all:?}");
}

#[test]
fn a_programme_without_a_closing_test_gives_no_licence() {
    let state = tandem();
    let seat = state.seat(Role::Lead).expect("Ada");
    assert!(conditions(&programme(), &state, seat, &[]).is_empty());
}

/// Ada has all that a licence asks for but whatever the trainers may confirm.
fn ready() -> Play {
    let mut play = Play::begun();
    play.programme = course();
    play.mind(Role::Lead).exam.last = Some(outcome(true));
    play
}

fn look(play: &mut Play, dealt: Vec<Dealt>) {
    play.happens(Event::Dealt(Role::Lead, dealt));
}

fn whole() -> Vec<Dealt> {
    let ticked = Answer::Ticked(vec!["x".into(), "y".into()]);
    vec![dealt(BEN, "list", ticked), dealt(ADA, "write", Answer::Wrote("Ziel".into()))]
}

fn tap(play: &mut Play, act: LicenceAct) {
    play.taps(Role::Lead, about(play, act));
}

fn about(play: &Play, act: LicenceAct) -> Tap {
    Tap::Licence { tandem: play.t.id.clone(), act }
}

#[test]
fn what_was_met_once_stays_met() {
    let mut play = ready();
    look(&mut play, whole());
    play.t.promise = Promise::Withdrawn;
    play.t.deputy = None;
    look(&mut play, Vec::new());
    assert!(taps(&play.screen()).contains(&about(&play, LicenceAct::Begin)), "{:?}", keys(&play.screen()));
}

#[test]
fn nothing_is_made_out_before_all_is_met_nor_twice_nor_without_a_draft() {
    let all = [LicenceAct::Begin, LicenceAct::Other, LicenceAct::MyName, LicenceAct::Issue, LicenceAct::Organisation];
    let mut play = ready();
    let after = [LicenceAct::Picture, LicenceAct::ShowName, LicenceAct::Withdraw, LicenceAct::AllowChecks];
    for forged in all.into_iter().chain(after) {
        tap(&mut play, forged);
        assert_eq!(play.toast().as_deref(), Some("stale"), "{forged:?}");
    }
    look(&mut play, whole());
    tap(&mut play, LicenceAct::Issue);
    assert_eq!(play.toast().as_deref(), Some("stale"), "nobody has said which name");
    tap(&mut play, LicenceAct::MyName);
    tap(&mut play, LicenceAct::Issue);
    let licence = play.mind(Role::Lead).licensing.licence.clone().expect("a licence");
    assert_eq!((licence.name.as_str(), licence.organisation.as_deref()), ("Ada", Some("Verein")));
    assert_eq!((licence.issued, licence.until), (day("2026-11-23"), day("2028-11-23")));
    let check = licence.check.expect("a code");
    assert_eq!((check.name, check.organisation), (Shown::No, Shown::No), "nothing is shown without a tap");
    for forged in all {
        tap(&mut play, forged);
        assert_eq!(play.toast().as_deref(), Some("stale"), "{forged:?}");
    }
}

#[test]
fn trainers_are_asked_only_where_nobody_else_is_there_and_only_theirs_have_a_say() {
    let mut play = ready();
    tap(&mut play, LicenceAct::AskTrainers);
    assert_eq!(play.toast().as_deref(), Some("stale"), "Ben is there");
    play.t.deputy = None;
    tap(&mut play, LicenceAct::AskTrainers);
    assert_eq!(play.mind(Role::Lead).licensing.vouch, Vouch::Waiting);
    tap(&mut play, LicenceAct::AskTrainers);
    assert_eq!(play.toast().as_deref(), Some("stale"), "once is enough");
    play.happens(Event::Vouched { by: "someone00000".into(), yes: true });
    assert_eq!(play.mind(Role::Lead).licensing.vouch, Vouch::Waiting);
    play.happens(Event::Vouched { by: "trix00000000".into(), yes: true });
    look(&mut play, vec![dealt(ADA, "write", Answer::Wrote("Ziel".into()))]);
    assert!(taps(&play.screen()).contains(&about(&play, LicenceAct::Begin)));
}

#[test]
fn whoever_gets_the_last_thing_from_somebody_else_is_told_once_and_only_then() {
    let mut play = ready();
    let told = |play: &Play| {
        let ready = |owed: &&&Owed| keys(&owed.message).contains(&"licence-ready".to_owned());
        play.to(Role::Lead).iter().filter(ready).count()
    };
    play.happens(Event::Conditions(vec![dealt(ADA, "write", Answer::Wrote("Ziel".into()))]));
    play.later(TimeDelta::days(4));
    assert_eq!(told(&play), 0, "the hand-over is missing");
    // At the weekend: it waits for a day of work, and for the end of a pause.
    play.until("2026-11-28 12:00");
    play.happens(Event::Conditions(whole()));
    assert!(play.t.agenda.contains_key(&Due::Licence(Role::Lead)));
    assert!(!play.t.agenda.contains_key(&Due::Licence(Role::Deputy)), "Ben has not passed the test");
    play.taps(Role::Lead, Tap::Settings(SettingsTap::Pause));
    play.until("2026-12-02 12:00");
    assert_eq!(told(&play), 0);
    play.taps(Role::Lead, Tap::Settings(SettingsTap::Resume));
    play.until("2026-12-05 12:00");
    assert_eq!(told(&play), 1);
    play.happens(Event::Conditions(whole()));
    play.later(TimeDelta::days(10));
    assert_eq!(told(&play), 1, "once");
}

#[test]
fn whoever_has_seen_that_all_is_there_is_not_told() {
    let mut play = ready();
    play.happens(Event::Conditions(whole()));
    look(&mut play, whole());
    assert!(!play.t.agenda.contains_key(&Due::Licence(Role::Lead)));
}

#[test]
fn answers_are_looked_up_only_for_whoever_lacks_nothing_but_them() {
    let writes = |play: &mut Play| {
        play.until("2026-11-24 10:30");
        let mind = play.mind(Role::Lead);
        mind.study.at = Some(Spot { module: "m1".into(), step: "write".into() });
        mind.study.opened = true;
        play.taps(Role::Lead, Tap::Lesson(super::super::tap::LessonTap::Open));
        play.says(Role::Lead, "Bis Juni fragen zehn Menschen nach.");
        play.last.contains(&super::super::effect::Effect::Conditions)
    };
    assert!(writes(&mut ready()));
    let mut early = Play::begun();
    early.programme = course();
    assert!(!writes(&mut early), "the test is still to come");
    let mut told = ready();
    told.mind(Role::Lead).licensing.told = true;
    assert!(!writes(&mut told));
}

#[test]
fn an_offer_to_renew_comes_once_at_a_polite_hour_and_pauses_do_not_lose_it() {
    let mut play = ready();
    look(&mut play, whole());
    tap(&mut play, LicenceAct::MyName);
    tap(&mut play, LicenceAct::Issue);
    play.programme.test.as_mut().expect("a test").pool.lessons = vec![law()];
    play.until("2028-10-11 12:00");
    play.taps(Role::Lead, Tap::Settings(SettingsTap::Pause));
    play.until("2028-10-20 12:00");
    let offers = |play: &Play| {
        let offered = |owed: &&&Owed| keys(&owed.message).contains(&"renew-offer".to_owned());
        play.to(Role::Lead).iter().filter(offered).count()
    };
    assert_eq!(offers(&play), 0, "silence was asked for");
    play.taps(Role::Lead, Tap::Settings(SettingsTap::Resume));
    play.until("2028-11-10 12:00");
    assert_eq!(offers(&play), 1);
    for _ in 0..2 {
        play.taps(Role::Lead, Tap::Settings(SettingsTap::Pause));
        play.taps(Role::Lead, Tap::Settings(SettingsTap::Resume));
        play.later(TimeDelta::days(7));
    }
    assert_eq!(offers(&play), 1, "once");
}

/// A group with one question about law.
fn law() -> Lesson {
    let options = vec!["a".to_owned(), "b".to_owned()];
    let mut step = Step::new("law", StepKind::Choice { options, correct: "a".into() });
    step.law = true;
    Lesson { id: "m1".into(), minutes: 0, steps: vec![step] }
}
