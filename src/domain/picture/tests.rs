//! Which figures are in the picture, and that its words say them all.

use super::super::message::Block;
use super::super::tandem::Role::{Deputy, Lead};
use super::super::testing::{Play, day, taps};
use super::*;

/// Ada and Ben in the third week of their round, with some hours.
fn play() -> Play {
    let mut play = Play::begun();
    play.until("2026-11-25 12:00");
    play.says(Lead, "2 Std.");
    play.until("2026-12-02 12:00");
    play.says(Deputy, "5 Std.");
    play.until("2026-12-09 12:00");
    play.says(Lead, "gestern 45 min");
    play.says(Deputy, "30 min");
    play
}

fn bar(number: u32, logged: u32, target: u32) -> Bar {
    Bar { number, logged, target: Some(target) }
}

#[test]
fn a_picture_holds_this_weeks_days_and_the_weeks_since_the_round_began() {
    let picture = Picture::of(&play().t, day("2026-12-09"), Theme::Light, &BTreeMap::new());
    assert_eq!(picture.days, [0, 45, 30, 0, 0, 0, 0]);
    assert_eq!(picture.weeks, [bar(48, 120, 300), bar(49, 300, 300), bar(50, 75, 300)]);
    assert_eq!(picture.this_week(), bar(50, 75, 300));
}

#[test]
fn never_more_than_eight_weeks_are_in_it() {
    let mut play = play();
    play.until("2027-02-10 12:00");
    let picture = Picture::of(&play.t, day("2027-02-10"), Theme::Dark, &BTreeMap::new());
    assert_eq!(picture.weeks.iter().map(|week| week.number).collect::<Vec<_>>(), [52, 53, 1, 2, 3, 4, 5, 6]);
}

#[test]
fn a_week_in_which_nobody_is_there_has_no_target() {
    let mut play = play();
    for role in [Lead, Deputy] {
        play.says(role, "weg 14.12. bis 18.12.");
    }
    let picture = Picture::of(&play.t, day("2026-12-15"), Theme::Light, &BTreeMap::new());
    assert_eq!(picture.this_week(), Bar { number: 51, logged: 0, target: None });
    let words = format!("{:?}", message(picture).blocks);
    assert!(words.contains("picture-week-free") && !words.contains("picture-days"), "{words}");
}

#[test]
fn the_words_beside_it_say_every_figure_and_the_other_theme_is_one_tap_away() {
    let picture = Picture::of(&play().t, day("2026-12-09"), Theme::Light, &BTreeMap::new());
    let message = message(picture.clone());
    assert_eq!(taps(&message), [Tap::Hours(HoursTap::Picture(Theme::Dark)), Tap::Home(Home::Time)]);
    let words = format!("{:?}", message.blocks);
    let said = picture.days.iter().chain(picture.weeks.iter().map(|week| &week.logged)).filter(|minutes| **minutes > 0);
    for minutes in said {
        assert!(words.contains(&format!("Minutes({minutes})")), "{minutes} in {words}");
    }
    assert!(message.blocks.iter().all(|block| matches!(block, Block::Say(_))));
    assert_eq!(message.picture, Some(Drawing::Hours(picture)));
}

#[test]
fn older_weeks_show_what_was_owed_when_they_were_settled() {
    let mut play = play();
    play.until("2027-01-13 12:00");
    let settled = |text: &str, minutes| (Week::of(day(text)), Target::Minutes(minutes));
    // An absence of W49 is not kept any more; of W51 people see late changes themselves.
    let then = BTreeMap::from([settled("2026-11-30", 120), settled("2026-12-14", 60)]);
    let picture = Picture::of(&play.t, day("2027-01-13"), Theme::Light, &then);
    let target = |number| picture.weeks.iter().find(|week| week.number == number).and_then(|week| week.target);
    assert_eq!((target(49), target(50), target(51)), (Some(120), Some(300), Some(300)));
}
