//! Joining step by step, late, and too late.

use super::super::effect::Kind;
use super::super::event::{Command, Deed, Event};
use super::super::tandem::Role::{Deputy, Lead};
use super::super::tandem::{Mind, Round, Seat};
use super::super::tap::DataTap;
use super::super::testing::{Play, at, keys, tandem, taps};
use super::*;
use std::sync::Arc;

/// Ada alone, just let in; the round is in this phase.
fn new_lead(phase: RoundPhase, now: &str) -> Play {
    let mut tandem = tandem();
    tandem.round = Arc::new(Round { phase, ..(*tandem.round).clone() });
    (tandem.organisation, tandem.promise, tandem.deputy) = (None, Promise::Unasked, None);
    tandem.lead.as_mut().expect("a lead").mind = Mind::new(Stage::Organisation);
    let mut play = Play::of(tandem, now);
    play.happens(Event::Did(Lead, Deed::Joined));
    play
}

fn sit_down(play: &mut Play) {
    let person = super::super::testing::person("benn00000000", "Ben");
    play.t.deputy = Some(Seat { person, role: Deputy, mind: Mind::new(Stage::Times) });
    play.happens(Event::Did(Deputy, Deed::Joined));
}

/// The first button of the last screen, which is the ordinary way on.
fn first_button(play: &mut Play, role: Role) {
    let first = taps(&play.screen()).into_iter().next().expect("a button");
    play.taps(role, first);
}

fn joined(play: &mut Play) {
    play.says(Lead, "Bücherei");
    for _ in 0..2 {
        first_button(play, Lead);
    }
    sit_down(play);
    first_button(play, Deputy);
}

#[test]
fn the_first_buttons_lead_to_a_complete_tandem_that_starts_with_the_round() {
    let mut play = new_lead(RoundPhase::Planned, "2026-11-16 09:00");
    assert_eq!(keys(&play.screen()), ["setup-organisation"]);
    joined(&mut play);
    assert_eq!(keys(&play.screen()), ["setup-ready"]);
    assert_eq!((play.t.missing(), play.t.promise), (Vec::new(), Promise::Board));
    assert_eq!(play.log(Lead, &[Kind::Notice]), ["Mon 16 09:00 deputy-joined"]);
    play.t.agenda.insert(Due::Start, at("2026-11-23 00:00"));
    play.until("2026-11-24 12:00");
    assert_eq!(play.t.phase, TandemPhase::Running);
    assert_eq!(play.log(Deputy, &[Kind::Lesson]), ["Tue 24 10:00 lesson-here"]);
}

#[test]
fn the_open_question_comes_again_whatever_else_is_tried() {
    let mut play = new_lead(RoundPhase::Planned, "2026-11-16 09:00");
    for deed in [Deed::Commanded(Command::Start), Deed::Commanded(Command::Lesson), Deed::Tapped(Tap::Home(Home::Time))]
    {
        play.happens(Event::Did(Lead, deed.clone()));
        assert_eq!(keys(&play.screen()), ["setup-organisation"], "{deed:?}");
        assert_eq!(play.last.len(), 1, "{deed:?}");
    }
    play.taps(Lead, Tap::Home(Home::Privacy));
    assert!(keys(&play.screen()).contains(&"privacy-short".to_owned()));
    play.taps(Lead, Tap::Setup(Setup::TimesFine));
    assert_eq!(play.toast().as_deref(), Some("stale"));
    play.says(Lead, &"x".repeat(MAX_ORGANISATION + 1));
    assert_eq!(keys(&play.screen()), ["setup-organisation-long"]);
}

#[test]
fn without_the_hours_granted_there_is_a_form_and_a_way_on() {
    let mut play = new_lead(RoundPhase::Planned, "2026-11-16 09:00");
    play.says(Lead, "Bücherei");
    play.taps(Lead, Tap::Setup(Setup::NotGranted));
    assert_eq!(keys(&play.screen()), ["setup-form-intro", "setup-form"]);
    assert_eq!(play.t.missing(), [Missing::Promise, Missing::Deputy]);
    play.taps(Lead, Tap::Setup(Setup::GrantedByHead));
    assert_eq!(play.t.promise, Promise::HeadOfDepartment);
}

#[test]
fn days_and_hour_can_be_changed_and_one_day_stays() {
    let mut play = new_lead(RoundPhase::Planned, "2026-11-16 09:00");
    play.says(Lead, "Bücherei");
    first_button(&mut play, Lead);
    for setup in [Setup::TimesChange, Setup::Day(Weekday::Tue), Setup::Hour(14)] {
        play.taps(Lead, Tap::Setup(setup));
    }
    play.taps(Lead, Tap::Setup(Setup::Day(Weekday::Thu)));
    assert_eq!(play.toast().as_deref(), Some("setup-one-day"));
    play.taps(Lead, Tap::Setup(Setup::Hour(22)));
    assert_eq!(play.toast().as_deref(), Some("stale"));
    play.taps(Lead, Tap::Setup(Setup::TimesDone));
    let prefs = &play.t.lead.as_ref().expect("a lead").person.prefs;
    assert_eq!((prefs.hour, prefs.lesson_days), (14, Workdays::new([Weekday::Thu])));
    assert_eq!(keys(&play.screen()), ["setup-invite"]);
}

#[test]
fn a_lead_without_a_second_person_finds_a_new_invitation_at_home_and_in_the_settings() {
    let mut play = new_lead(RoundPhase::Planned, "2026-11-16 09:00");
    play.says(Lead, "Bücherei");
    for _ in 0..2 {
        first_button(&mut play, Lead);
    }
    let invite = Tap::Setup(Setup::NewInvitation);
    for command in [Command::Start, Command::Settings] {
        play.happens(Event::Did(Lead, Deed::Commanded(command)));
        assert!(taps(&play.screen()).contains(&invite), "{command:?}");
    }
    play.taps(Lead, invite.clone());
    assert!(play.last.iter().any(|effect| matches!(effect, Effect::InviteDeputy { .. })));
    sit_down(&mut play);
    play.taps(Lead, invite.clone());
    assert_eq!(play.toast().as_deref(), Some("stale"));
    play.happens(Event::Did(Lead, Deed::Commanded(Command::Start)));
    assert!(!taps(&play.screen()).contains(&invite));
}

#[test]
fn a_round_that_starts_tells_whoever_is_not_complete_in_the_morning() {
    let mut play = new_lead(RoundPhase::Running, "2026-11-16 09:00");
    play.says(Lead, "Bücherei");
    for _ in 0..2 {
        first_button(&mut play, Lead);
    }
    play.t.agenda.insert(Due::Start, at("2026-11-23 00:00"));
    play.until("2026-11-23 00:00");
    assert_eq!(play.log(Lead, &[Kind::Notice]), ["Mon 23 08:00 start-missing"]);
    assert_eq!(play.t.phase, TandemPhase::Forming);
}

#[test]
fn a_latecomer_waits_for_a_trainers_yes_and_then_begins_with_the_first_lesson() {
    let mut play = new_lead(RoundPhase::Running, "2026-12-07 09:00");
    joined(&mut play);
    assert_eq!((keys(&play.screen()), play.t.phase), (vec!["setup-waiting".to_owned()], TandemPhase::Waiting));
    let asked: Vec<_> = play.owed.iter().filter(|owed| owed.to.as_str().starts_with("trix")).collect();
    assert_eq!((asked.len(), keys(&asked[0].message)), (1, vec!["trainer-latecomer".to_owned()]));
    play.until("2026-12-08 11:00");
    play.happens(Event::Admitted);
    play.happens(Event::Admitted);
    assert_eq!(play.log(Deputy, &[Kind::Notice]), ["Tue 08 11:00 start-begins"]);
    play.until("2026-12-10 12:00");
    assert_eq!(play.log(Lead, &[Kind::Lesson]), ["Thu 10 10:00 lesson-here"]);
}

#[test]
fn after_fourteen_days_all_are_told_and_nobody_can_let_the_tandem_in() {
    let mut play = new_lead(RoundPhase::Running, "2026-12-08 09:00");
    joined(&mut play);
    assert_eq!((keys(&play.screen()), play.t.phase), (vec!["start-too-late".to_owned()], TandemPhase::Forming));
    assert!(play.log(Lead, &[Kind::Notice]).contains(&"Tue 08 09:00 start-too-late".to_owned()));
    let trainer: Vec<_> = play.owed.iter().filter(|owed| owed.to.as_str().starts_with("trix")).collect();
    assert_eq!((trainer.len(), keys(&trainer[0].message)), (1, vec!["trainer-too-late".to_owned()]));
    assert!(taps(&trainer[0].message).is_empty());
    play.happens(Event::Admitted);
    assert_eq!(play.t.phase, TandemPhase::Forming);
}

#[test]
fn whoever_goes_before_the_organisation_is_named_leaves_a_readable_note() {
    let mut play = new_lead(RoundPhase::Planned, "2026-11-16 09:00");
    play.taps(Lead, Tap::Data(DataTap::DeleteReally));
    let note = play.owed.iter().find(|owed| keys(&owed.message) == ["left-trainer"]).expect("a note");
    let expected = Message::of(
        say("left-trainer").with("organisation", say("organisation-unnamed")).with("missing", say("missing-lead")),
    );
    assert_eq!(note.message, expected);
    assert!(play.t.lead.is_none());
}
