//! A letter goes only after it was shown, and says who wrote it only to whom that was said.

use super::super::event::{Deed, Event};
use super::super::tandem::Role::Lead;
use super::super::testing::{Play, keys, taps};
use super::*;

fn tap(play: &mut Play, tap: LetterTap) {
    play.happens(Event::Did(Lead, Deed::Tapped(Tap::Letter(tap))));
}

fn sent(play: &Play) -> Option<Letter> {
    play.last.iter().find_map(|effect| match effect {
        Effect::Letter { letter, .. } => Some(letter.clone()),
        _ => None,
    })
}

#[test]
fn a_question_goes_with_or_without_the_name_as_was_chosen_and_after_it_was_shown() {
    for (named, name) in [(true, Some("Ada".to_owned())), (false, None)] {
        let mut play = Play::begun();
        tap(&mut play, LetterTap::Begin(Purpose::Question));
        assert_eq!(keys(&play.screen()), ["letter-who-asks"]);
        tap(&mut play, LetterTap::Ask(named));
        play.says(Lead, "Zählt die Zeit im Zug?");
        assert_eq!(keys(&play.screen()), ["letter-preview-trainers", "letter-reads-question", "letter-preview-change"]);
        assert_eq!(sent(&play), None);
        play.says(Lead, "Zählt die Zeit im Bus?");
        tap(&mut play, LetterTap::Send);
        let letter = sent(&play).expect("a letter");
        assert_eq!((letter.name, letter.text.as_str()), (name, "Zählt die Zeit im Bus?"));
        tap(&mut play, LetterTap::Send);
        assert_eq!((sent(&play), play.toast().as_deref()), (None, Some("stale")), "once");
    }
}

#[test]
fn whoever_turns_to_something_else_sends_nothing() {
    let mut play = Play::begun();
    tap(&mut play, LetterTap::Begin(Purpose::Employer));
    play.says(Lead, "Bitte sprechen Sie mit meinem Chef.");
    assert!(taps(&play.screen()).contains(&Tap::Letter(LetterTap::Send)));
    play.taps(Lead, Tap::Home(Home::Open));
    tap(&mut play, LetterTap::Send);
    assert_eq!(sent(&play), None);
}

#[test]
fn hours_are_hours_even_while_something_is_being_written() {
    let mut play = Play::begun();
    play.until("2026-11-24 12:00");
    tap(&mut play, LetterTap::Begin(Purpose::Round));
    play.says(Lead, "45 min");
    assert_eq!(play.t.entries.len(), 1);
    play.says(Lead, &"x".repeat(MAX_TEXT + 1));
    assert_eq!(keys(&play.screen()), ["letter-long"]);
}
