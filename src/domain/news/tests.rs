//! News keep to the rules of what nobody asked for, whatever else a person does.

use super::super::effect::{Effect, Kind};
use super::super::event::Event;
use super::super::message::Message;
use super::super::tandem::Role::{Deputy, Lead};
use super::super::tap::{SettingsTap, Tap};
use super::super::testing::{Play, day, keys};
use super::*;

fn word(id: &str, text: &str) -> Event {
    Event::News(Box::new(News { id: id.into(), about: About::Word, text: text.into(), until: None, by: None }))
}

/// The messages that brought news to somebody: when, and what they say.
fn told(play: &Play, role: Role) -> Vec<(String, Vec<String>)> {
    let brings = |message: &Message| keys(message).iter().any(|key| key.starts_with("news-"));
    let owed = play.unasked(role).into_iter().filter(|owed| brings(&owed.message));
    owed.map(|owed| {
        let at = owed.not_before.with_timezone(&chrono_tz::Europe::Berlin);
        (at.format("%a %d %H:%M").to_string(), keys(&owed.message))
    })
    .collect()
}

#[test]
fn news_come_at_once_where_nothing_has_come_that_day() {
    let mut play = Play::begun();
    play.until("2026-11-23 11:00");
    play.happens(word("n1", "Guten Tag"));
    let wants = |effect: &&Effect| matches!(effect, Effect::NewsFor { .. });
    assert_eq!(play.last.iter().filter(wants).count(), 2, "both are readers from now on");
    play.until("2026-11-23 11:01");
    assert_eq!(told(&play, Lead), [("Mon 23 11:00".to_owned(), vec!["news-word".to_owned()])]);
    assert_eq!(play.unasked(Lead)[0].kind, Kind::News);
    play.happens(word("n1", "Guten Tag"));
    play.until("2026-11-23 17:00");
    assert_eq!(told(&play, Lead).len(), 1, "once, however often a piece is gone through");
}

#[test]
fn what_is_due_later_that_day_brings_them() {
    let mut play = Play::begun();
    play.until("2026-11-24 08:30");
    play.happens(word("n1", "Guten Tag"));
    play.until("2026-11-24 12:00");
    let [(at, said)] = &told(&play, Lead)[..] else { panic!("one message") };
    assert_eq!((at.as_str(), said.last().map(String::as_str)), ("Tue 24 10:00", Some("news-word")));
    assert_eq!(play.unasked(Lead)[0].kind, Kind::Lesson, "the lesson stands first");
}

#[test]
fn after_a_message_of_the_day_they_wait_for_the_next_and_come_together() {
    let mut play = Play::begun();
    play.until("2026-11-24 12:00");
    play.happens(word("n1", "eins"));
    play.happens(word("n2", "zwei"));
    play.until("2026-11-26 12:00");
    let [(at, said)] = &told(&play, Lead)[..] else { panic!("one message: {:?}", told(&play, Lead)) };
    assert_eq!((at.as_str(), said.as_slice()), ("Wed 25 10:00", &["news-word".to_owned(), "news-word".to_owned()][..]));
}

#[test]
fn nobody_hears_at_night_while_away_or_in_a_pause_and_all_of_it_comes_afterwards() {
    let mut play = Play::begun();
    play.says(Lead, "weg 24.11. bis 25.11.");
    play.taps(Deputy, Tap::Settings(SettingsTap::Pause));
    play.until("2026-11-23 22:00");
    play.happens(word("n1", "Guten Abend"));
    play.until("2026-11-27 07:00");
    assert_eq!(told(&play, Lead).first().map(|(at, _)| at.as_str()), Some("Thu 26 10:00"), "with that day's lesson");
    assert!(told(&play, Deputy).is_empty());
    play.taps(Deputy, Tap::Settings(SettingsTap::Resume));
    play.until("2026-11-27 19:00");
    assert_eq!(told(&play, Deputy).len(), 1);
}

#[test]
fn what_has_had_its_time_is_not_told() {
    let mut play = Play::begun();
    play.until("2026-11-24 20:00");
    let until = Some(super::super::testing::at("2026-11-25 07:00"));
    let news = News { id: "n1".into(), about: About::Closed, text: String::new(), until, by: None };
    play.happens(Event::News(Box::new(news)));
    play.until("2026-11-30 12:00");
    assert!(told(&play, Lead).is_empty());
}

#[test]
fn what_would_come_too_late_comes_at_once_by_day() {
    let mut play = Play::begun();
    play.until("2026-11-24 12:00");
    let until = |at| Some(super::super::testing::at(at));
    for (id, until) in [("soon", until("2026-11-24 16:00")), ("later", until("2026-11-27 16:00"))] {
        let news = News { id: id.into(), about: About::Word, text: id.into(), until, by: None };
        play.happens(Event::News(Box::new(news)));
        play.later(chrono::TimeDelta::minutes(1));
    }
    let days: Vec<String> = told(&play, Lead).into_iter().map(|(at, _)| at).collect();
    assert_eq!(days, ["Tue 24 12:00"], "although a lesson has come today; what has time waits");
    play.until("2026-11-27 12:00");
    assert_eq!(told(&play, Lead).len(), 2, "with the last of the week's three messages");
}

#[test]
fn what_names_a_day_is_told_before_it_whatever_else_has_come() {
    let mut play = Play::begun();
    play.until("2026-11-24 12:00");
    let by = |at| Some(super::super::testing::at(at));
    for (id, by) in [("thursday", by("2026-11-26 00:00")), ("wednesday", by("2026-11-25 00:00")), ("none", None)] {
        let news = News { id: id.into(), about: About::Word, text: id.into(), until: None, by };
        play.happens(Event::News(Box::new(news)));
        play.later(chrono::TimeDelta::minutes(1));
    }
    let days: Vec<String> = told(&play, Lead).into_iter().map(|(at, _)| at).collect();
    assert_eq!(days, ["Tue 24 12:01"], "tomorrow's day cannot wait for tomorrow; what can wait came with it");
    play.until("2026-11-28 12:00");
    assert_eq!(told(&play, Lead).len(), 2, "with the last of the week's three messages");
}

#[test]
fn in_a_week_of_rest_no_lesson_comes_and_the_others_move_on() {
    let mut play = Play::begun();
    play.until("2026-11-27 19:00");
    let monday = day("2026-11-30");
    std::sync::Arc::make_mut(&mut play.t.round).plans.rests.push(monday);
    let news = News { id: "n1".into(), about: About::Rest { monday }, text: String::new(), until: None, by: None };
    play.happens(Event::News(Box::new(news)));
    assert_eq!(
        play.t.agenda.get(&Due::Lesson(Lead)),
        Some(&super::super::testing::at("2026-12-08 10:00")),
        "what home shows is true at once"
    );
    play.until("2026-12-13 12:00");
    let lessons = play.log(Lead, &[Kind::Lesson]);
    let days: Vec<&str> = lessons.iter().map(|line| &line[..6]).collect();
    assert_eq!(days, ["Tue 24", "Thu 26", "Tue 08"]);
    let weeks = play.log(Lead, &[Kind::Week]);
    assert!(weeks.iter().any(|line| line.starts_with("Fri 04")), "the hours run on: {weeks:?}");
}

#[test]
fn a_text_loses_what_nobody_sees_and_is_refused_where_it_is_none_or_too_long() {
    assert_eq!(
        readable("  Guten Tag \u{7}\r\n\n\n\nbis <b>Donnerstag</b>  "),
        Some("Guten Tag\n\nbis <b>Donnerstag</b>".into())
    );
    assert_eq!(readable(" \n\t "), None);
    assert_eq!(readable(&"x".repeat(MAX_TEXT + 1)), None);
    assert!(readable(&"ä".repeat(MAX_TEXT)).is_some());
}
