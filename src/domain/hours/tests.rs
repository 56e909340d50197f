//! Entering, echoing, undoing, and what is refused.

use super::super::effect::Effect;
use super::super::event::{Command, Deed, Event};
use super::super::ledger::Target;
use super::super::message::Block;
use super::super::record::Shortfall;
use super::super::tandem::Role::{Deputy, Lead};
use super::super::testing::{Play, day, keys, taps};
use super::*;

/// The minutes that a sentence of the last screen names.
fn shown(play: &Play, key: &str, arg: &str) -> Vec<Arg> {
    let args = play.screen().blocks.into_iter().filter_map(|block| match block {
        Block::Say(line) if line.key == key => line.args.into_iter().find(|(name, _)| name == arg),
        _ => None,
    });
    args.map(|(_, value)| value).collect()
}

fn entries(play: &Play) -> Vec<(String, u32)> {
    play.t.entries.iter().map(|entry| (entry.day.to_string(), entry.minutes)).collect()
}

#[test]
fn each_echo_shows_the_week_as_of_that_entry() {
    let mut play = Play::begun();
    for (role, text, total) in [(Lead, "1h30", 90), (Deputy, "45 min", 135), (Lead, "gestern 30m", 30)] {
        play.says(role, text);
        assert_eq!(shown(&play, "hours-standing", "logged"), [Arg::Minutes(total)], "{text}");
    }
    assert_eq!(entries(&play), [("2026-11-23".into(), 90), ("2026-11-23".into(), 45), ("2026-11-22".into(), 30)]);
}

#[test]
fn entries_of_two_weeks_show_both() {
    let mut play = Play::begun();
    play.says(Lead, "heute 30 min, gestern 45 min");
    assert_eq!(shown(&play, "hours-standing", "logged"), [Arg::Minutes(45), Arg::Minutes(30)]);
}

#[test]
fn one_message_answers_each_entry() {
    let mut play = Play::begun();
    play.says(Lead, "1 min");
    assert_eq!(play.last.iter().filter(|effect| matches!(effect, Effect::Owe(_))).count(), 1);
}

#[test]
fn the_other_reading_takes_the_place_of_the_first_and_can_be_taken_back() {
    let mut play = Play::begun();
    play.says(Lead, "2");
    assert_eq!(play.t.entries[0].minutes, 120);
    let other = Tap::Hours(HoursTap::Other(play.t.entries[0].id.clone(), 2));
    assert!(taps(&play.screen()).contains(&other));
    play.taps(Lead, other.clone());
    assert_eq!((play.t.entries[0].minutes, shown(&play, "hours-standing", "logged")), (2, vec![Arg::Minutes(2)]));
    assert!(taps(&play.screen()).contains(&Tap::Hours(HoursTap::Other(play.t.entries[0].id.clone(), 120))));
    play.taps(Lead, other);
    assert_eq!((play.t.entries[0].minutes, play.toast().as_deref()), (2, Some("stale")));
}

#[test]
fn undo_takes_an_entry_back_once_and_only_ones_own() {
    let mut play = Play::begun();
    play.says(Lead, "45 min");
    let undo = Tap::Hours(HoursTap::Undo(play.t.entries[0].id.clone()));
    play.taps(Deputy, undo.clone());
    assert_eq!((play.t.entries.len(), play.toast().as_deref()), (1, Some("stale")));
    play.taps(Lead, undo.clone());
    assert_eq!((play.t.entries.len(), keys(&play.screen())[0].as_str()), (0, "hours-undone"));
    play.taps(Lead, undo);
    assert_eq!(play.toast().as_deref(), Some("stale"));
}

#[test]
fn a_day_holds_sixteen_hours_of_one_person_whatever_way_they_come() {
    let mut play = Play::begun();
    play.says(Lead, "15 h");
    play.says(Lead, "61 min");
    assert_eq!(keys(&play.screen()), ["hours-day-full"]);
    play.says(Lead, "2 min");
    let bare = play.t.entries[1].id.clone();
    play.taps(Lead, Tap::Hours(HoursTap::Other(bare, 120)));
    assert_eq!(play.toast().as_deref(), Some("hours-day-full"));
    play.says(Deputy, "10 h");
    play.taps(Lead, Tap::Hours(HoursTap::Add(60)));
    assert_eq!(keys(&play.screen()), ["hours-day-full"]);
    assert_eq!(entries(&play).iter().map(|(_, minutes)| minutes).sum::<u32>(), 900 + 2 + 600);
}

#[test]
fn late_entries_count_up_to_four_weeks_back() {
    let mut play = Play::begun();
    play.says(Lead, "26.10. 45 min");
    assert_eq!(entries(&play), [("2026-10-26".into(), 45)]);
    play.says(Lead, "25.10. 45 min");
    assert_eq!((keys(&play.screen()), play.t.entries.len()), (vec!["hours-too-old".to_owned()], 1));
}

#[test]
fn what_cannot_be_is_refused_in_words() {
    for (text, key) in [
        ("0 min", "hours-not-positive"),
        ("17 h", "hours-too-long"),
        ("morgen 30 min", "hours-future"),
        ("30.2. 30 min", "date-impossible"),
    ] {
        let mut play = Play::begun();
        play.says(Lead, text);
        assert_eq!((keys(&play.screen()), play.t.entries.len()), (vec![key.to_owned()], 0), "{text}");
    }
}

#[test]
fn a_button_pressed_twice_in_one_go_logs_once() {
    let mut play = Play::begun();
    let add = Tap::Hours(HoursTap::Add(30));
    play.taps(Lead, add.clone());
    play.taps(Lead, add.clone());
    assert_eq!((play.t.entries.len(), play.toast().as_deref()), (1, Some("hours-already")));
    play.later(DOUBLE_TAP);
    play.taps(Lead, add.clone());
    assert_eq!(play.t.entries.len(), 2);
    // The other person's press is another one, and so is a text.
    play.taps(Deputy, add);
    play.says(Lead, "30 min");
    play.says(Lead, "30 min");
    assert_eq!(play.t.entries.len(), 5);
}

#[test]
fn forged_minutes_days_and_tandems_are_refused() {
    let mut play = Play::begun();
    let (here, today) = (play.t.id.clone(), day("2026-11-23"));
    for tap in [
        HoursTap::Add(0),
        HoursTap::Add(u32::MAX),
        HoursTap::On { tandem: here.clone(), day: day("2026-11-24"), minutes: 30 },
        HoursTap::Into { tandem: "elsewhere".into(), day: today, minutes: 30, other: None },
        HoursTap::On { tandem: "elsewhere".into(), day: today, minutes: 30 },
        HoursTap::Missing { tandem: "elsewhere".into(), day: today, why: Shortfall::NotReleased },
        HoursTap::Took { module: "m1".into(), lesson: "made-up".into() },
        HoursTap::Other("made-up".into(), 30),
    ] {
        play.taps(Lead, Tap::Hours(tap.clone()));
        assert_eq!((play.toast().as_deref(), play.t.entries.len()), (Some("stale"), 0), "{tap:?}");
    }
    play.taps(Lead, Tap::Hours(HoursTap::On { tandem: here, day: day("2020-01-01"), minutes: 30 }));
    assert_eq!((keys(&play.screen()), play.t.entries.len()), (vec!["hours-too-old".to_owned()], 0));
}

#[test]
fn not_released_is_noted_once_a_week() {
    let mut play = Play::begun();
    let tap = Tap::Hours(HoursTap::Missing {
        tandem: play.t.id.clone(),
        day: day("2026-11-25"),
        why: Shortfall::NotReleased,
    });
    play.taps(Lead, tap.clone());
    assert_eq!(keys(&play.screen()), ["hours-not-released"]);
    play.taps(Lead, tap);
    assert_eq!(play.toast().as_deref(), Some("stale"));
}

#[test]
fn the_sheet_shows_this_week_and_up_to_four_before_since_the_rounds_start() {
    let mut play = Play::begun();
    play.happens(Event::Did(Lead, Deed::Commanded(Command::Hours)));
    assert_eq!(keys(&play.screen()), ["hours-title", "hours-standing"]);
    play.until("2027-01-12 12:00");
    play.says(Lead, "45 min");
    play.happens(Event::Did(Lead, Deed::Commanded(Command::Hours)));
    assert_eq!(keys(&play.screen()), ["hours-title", "hours-standing", "hours-past", "hours-mean"]);
    // 240 in the weeks of Christmas and of New Year, and twice 300.
    assert_eq!(shown(&play, "hours-mean", "target"), [Arg::Minutes(270)]);
    let Some(Arg::Lines(weeks)) = shown(&play, "hours-past", "weeks").pop() else { panic!("no weeks") };
    assert_eq!(weeks.len(), 4);
    assert!(taps(&play.screen()).contains(&Tap::Hours(HoursTap::Edit(EditTap::List(0)))));
}

#[test]
fn a_week_in_which_both_are_away_has_no_target() {
    let mut play = Play::begun();
    play.says(Lead, "weg 7.12. bis 11.12.");
    play.says(Deputy, "weg 7.12. bis 10.12.");
    let week = Week::of(day("2026-12-07"));
    assert_eq!(target(&play.t, week), Target::Minutes(60));
    play.says(Deputy, "weg 11.12.");
    assert_eq!((target(&play.t, week), on_target(&play.t, week)), (Target::None, true));
}
