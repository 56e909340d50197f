//! What the overview reaches, and leaving.

use super::super::effect::Slot;
use super::super::event::{Command, Deed, Event};
use super::super::tandem::Role::{Deputy, Lead};
use super::super::tap::LeaveAct;
use super::super::testing::{Play, keys, taps};
use super::*;
use std::collections::BTreeSet;

#[test]
fn every_command_of_participants_has_one_answer_and_can_be_reached_by_buttons() {
    let commands = [
        Command::Start,
        Command::Help,
        Command::Lesson,
        Command::Hours,
        Command::Away,
        Command::Cover,
        Command::Progress,
        Command::Concept,
        Command::Calendar,
        Command::Settings,
        Command::Pause,
        Command::Privacy,
        Command::MyData,
        Command::Delete,
        Command::Rounds,
        Command::Unknown,
    ];
    for command in commands {
        let mut play = Play::begun();
        play.happens(Event::Did(Lead, Deed::Commanded(command)));
        assert_eq!(play.last.len(), 1, "{command:?}");
    }
    // What can be reached from home by pressing everything but what changes something.
    let mut play = Play::begun();
    let (mut seen, mut shown) = (BTreeSet::new(), BTreeSet::new());
    let mut next = vec![Tap::Home(Home::Open)];
    while let Some(tap) = next.pop() {
        if !seen.insert(format!("{tap:?}")) {
            continue;
        }
        play.taps(Lead, tap);
        shown.extend(keys(&play.screen()));
        shown.extend(play.last.iter().filter_map(|effect| match effect {
            Effect::Look(Look::Calendar(list)) => keys(list).first().cloned(),
            Effect::Look(look) => Some(format!("{look:?}")),
            _ => None,
        }));
        let safe = |tap: &Tap| {
            let ends = matches!(tap, Tap::Leave { act: LeaveAct::Really | LeaveAct::ReplaceReally, .. });
            !ends && !matches!(tap, Tap::Away(_) | Tap::Hours(_) | Tap::Data(DataTap::DeleteReally))
        };
        next.extend(taps(&play.screen()).into_iter().filter(safe));
    }
    for key in [
        "home-hello",
        "help",
        "lesson-next",
        "hours-title",
        "away-ask",
        "cover-title",
        "progress",
        "Concept",
        "calendar-title",
        "settings",
        "pause-on",
        "privacy-short",
        "Mine",
        "delete-ask",
        "leave-ask",
        "replace-ask",
        "sees-title",
    ] {
        assert!(shown.contains(key), "{key} cannot be reached by buttons");
    }
}

#[test]
fn a_pause_is_seen_at_home_and_ended_there() {
    let mut play = Play::begun();
    play.happens(Event::Did(Lead, Deed::Commanded(Command::Pause)));
    play.happens(Event::Did(Lead, Deed::Commanded(Command::Start)));
    assert!(keys(&play.screen()).contains(&"home-paused".to_owned()));
    let resume = Tap::Settings(SettingsTap::Resume);
    assert!(taps(&play.screen()).contains(&resume));
    play.taps(Lead, resume);
    play.happens(Event::Did(Lead, Deed::Commanded(Command::Start)));
    assert!(keys(&play.screen()).contains(&"home-lesson-next".to_owned()));
}

#[test]
fn only_a_language_that_there_is_can_be_chosen() {
    let mut play = Play::begun();
    play.taps(Lead, Tap::Settings(SettingsTap::Language("xx".into())));
    assert_eq!(play.toast().as_deref(), Some("stale"));
    play.taps(Lead, Tap::Settings(SettingsTap::Language("en".into())));
    assert_eq!(play.t.lead.as_ref().map(|seat| seat.person.lang.code().to_owned()), Some("en".to_owned()));
    assert!(!play.last.iter().any(|effect| matches!(effect, Effect::Redraw { slot: Some(Slot::Setup), .. })));
}

#[test]
fn leaving_takes_two_steps_and_leaves_nothing_of_the_person_in_the_tandem() {
    let mut play = Play::begun();
    play.says(Deputy, "45 min");
    play.says(Deputy, "weg 7.12.");
    play.happens(Event::Did(Deputy, Deed::Commanded(Command::Delete)));
    assert_eq!(taps(&play.screen())[0], Tap::Data(DataTap::Keep));
    assert!(play.t.deputy.is_some());
    let ben = play.id(Deputy);
    play.taps(Deputy, Tap::Data(DataTap::DeleteReally));
    assert_eq!((play.t.deputy.is_none(), play.t.absences.len(), play.t.covers.len()), (true, 0, 0));
    assert_eq!((play.t.entries[0].minutes, play.t.entries[0].by.clone()), (45, None));
    assert!(play.t.agenda.keys().all(|due| !week::is_for(due, Deputy)));
    let erased = |effect: &Effect| matches!(effect, Effect::Erase { person, .. } if *person == ben);
    assert!(play.last.iter().any(erased));
    let left = play.to(Lead).into_iter().find(|owed| keys(&owed.message) == ["left-partner"]).expect("a note");
    assert_eq!(taps(&left.message), [Tap::Setup(Setup::NewInvitation)]);
}
