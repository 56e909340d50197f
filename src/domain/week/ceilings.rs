//! Random weeks of two people: whatever they do, whatever falls together, neither is spoken to too often or at a bad
//! time. And a person learns why a message came, and gets fewer of them by one tap.

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use chrono_tz::Europe::Berlin;
use proptest::prelude::*;

use super::super::calendar::Workdays;
use super::super::effect::Kind;
use super::super::event::{Command, Deed, Event};
use super::super::holidays::{self, Land};
use super::super::news::{About, News};
use super::super::tandem::Nudges;
use super::super::tandem::Role::{Deputy, Lead};
use super::super::tap::{AwayTap, HoursTap, LessonTap, Nudge, ReminderTap, SettingsTap, Tap};
use super::super::testing::{Play, keys, taps};
use super::tests::finish_lesson;
use super::*;

/// What somebody does at an hour of these weeks.
type Deeds = Vec<(i64, Role, u8)>;

/// How somebody works and learns.
fn habits() -> impl Strategy<Value = (u8, Workdays, Option<Workdays>)> {
    let days = || (1..=31u8).prop_map(|bits| Workdays::from_bits(bits).expect("days"));
    (8..=16u8, days(), prop::option::of(days()))
}

prop_compose! {
    fn any_weeks()(
        lead in habits(),
        deputy in habits(),
        land in prop::option::of(0..16usize),
        deeds in prop::collection::vec((0..70i64, 0..24i64, any::<bool>(), 0..13u8), 0..50),
    ) -> (Play, Deeds) {
        let mut play = Play::begun();
        if let Some(land) = land {
            std::sync::Arc::make_mut(&mut play.t.round).land = Some(Land::ALL[land]);
        }
        for (role, habits) in [(Lead, lead), (Deputy, deputy)] {
            let prefs = &mut play.t.seat_mut(role).expect("somebody").person.prefs;
            (prefs.hour, prefs.workdays, prefs.lesson_days) = habits;
            play.taps(role, Tap::Settings(SettingsTap::Pause));
            play.taps(role, Tap::Settings(SettingsTap::Resume));
        }
        let role = |lead| if lead { Lead } else { Deputy };
        let mut deeds: Deeds = deeds.into_iter().map(|(day, hour, lead, what)| (day * 24 + hour, role(lead), what)).collect();
        deeds.sort_unstable();
        (play, deeds)
    }
}

fn act(play: &mut Play, role: Role, what: u8) {
    let away = |play: &mut Play, from: i64, days: i64| {
        let from = play.now.with_timezone(&Berlin).date_naive() + TimeDelta::days(from);
        let to = from + TimeDelta::days(days);
        play.says(role, &format!("weg {} bis {}", from.format("%d.%m.%Y"), to.format("%d.%m.%Y")));
    };
    match what {
        0 | 1 => finish_lesson(play, role),
        2 => play.taps(role, Tap::Lesson(LessonTap::Later)),
        3 => play.taps(role, Tap::Lesson(LessonTap::Open)),
        4 => play.taps(role, Tap::Hours(HoursTap::Add(60))),
        5 => play.happens(Event::Did(role, Deed::Commanded(Command::Pause))),
        6 => play.taps(role, Tap::Settings(SettingsTap::Resume)),
        7 => play.taps(role, Tap::Settings(SettingsTap::FewerOfThese)),
        8 => play.taps(role, Tap::Settings(SettingsTap::Reminders(ReminderTap::All))),
        9 => away(play, 1, 2),
        10 => away(play, 5, 9),
        11 => {
            let id = play.now.timestamp().to_string();
            let news = News { id: id.into(), about: About::Word, text: "x".into(), until: None, by: None };
            play.happens(Event::News(Box::new(news)));
        }
        _ => play.taps(role, Tap::Away(AwayTap::Tomorrow)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn two_people_are_never_spoken_to_too_often_nor_at_a_bad_time((mut play, deeds) in any_weeks()) {
        let begin = play.now;
        for (hours, role, what) in deeds {
            play.until_instant(begin + TimeDelta::hours(hours));
            act(&mut play, role, what);
        }
        play.later(TimeDelta::days(60));
        for role in [Lead, Deputy] {
            let person = &play.t.seat(role).expect("somebody").person;
            let mut days = Vec::new();
            for owed in play.unasked(role) {
                let local = owed.not_before.with_timezone(&Berlin);
                let date = local.date_naive();
                prop_assert!((8..18).contains(&local.hour()), "{local}");
                prop_assert!(owed.kind == Kind::Lesson || (9..17).contains(&local.hour()), "a nudge at {local}");
                prop_assert!(person.prefs.workdays.contains(date), "{local} is no working day");
                prop_assert!(!play.t.away(&person.id, date), "{local}: away");
                prop_assert!(!holidays::is_free(play.t.round.land, date), "{local}: a holiday");
                days.push(date);
            }
            for date in &days {
                prop_assert!(days.iter().filter(|other| *other == date).count() == 1, "two on {date}");
                let week = days.iter().filter(|other| other.iso_week() == date.iso_week()).count();
                prop_assert!(week <= 3, "{week} in the week of {date}");
            }
        }
    }
}

/// The first message of a kind, and when it came.
fn first(play: &Play, role: Role, kind: Kind) -> (DateTime<Utc>, Message) {
    let owed = play.unasked(role).into_iter().find(|owed| owed.kind == kind).expect("a message");
    (owed.not_before, owed.message.clone())
}

#[test]
fn a_week_message_says_why_it_came_and_ends_by_one_tap() {
    let mut play = Play::begun();
    play.until("2026-11-24 12:00");
    finish_lesson(&mut play, Lead);
    play.until("2026-11-28 12:00");
    let (_, message) = first(&play, Lead, Kind::Week);
    let (why, fewer) = (SettingsTap::Why(Nudge::Week), SettingsTap::FewerOfThese);
    let all = taps(&message);
    assert_eq!(all[all.len() - 2..], [Tap::Settings(why.clone()), Tap::Settings(fewer.clone())]);
    play.taps(Lead, Tap::Settings(why));
    assert_eq!((play.toast().as_deref(), keys(&play.screen()).len()), (Some("why-week"), 0), "the message stays");
    play.taps(Lead, Tap::Settings(fewer));
    assert_eq!((play.toast().as_deref(), keys(&play.screen()).len()), (Some("fewer-of-these"), 0));
    assert_eq!(play.t.seat(Lead).map(|seat| seat.person.prefs.nudges), Some(Nudges::Fewer));
    let before = play.log(Lead, &[Kind::Week, Kind::Reminder]).len();
    play.until("2027-01-31 12:00");
    assert_eq!(play.log(Lead, &[Kind::Week, Kind::Reminder]).len(), before);
}

#[test]
fn a_lesson_alone_needs_no_reason() {
    let mut play = Play::begun();
    play.until("2026-11-24 12:00");
    let (_, message) = first(&play, Lead, Kind::Lesson);
    assert!(taps(&message).iter().all(|tap| !matches!(tap, Tap::Settings(_))));
}

#[test]
fn whoever_learns_at_eight_is_asked_for_hours_at_nine() {
    let mut play = Play::begun();
    play.t.seat_mut(Lead).expect("Ada").person.prefs.hour = 8;
    play.taps(Lead, Tap::Settings(SettingsTap::Pause));
    play.taps(Lead, Tap::Settings(SettingsTap::Resume));
    play.until("2026-11-28 12:00");
    let log = play.log(Lead, &[Kind::Lesson, Kind::Week]);
    assert_eq!(
        log.iter().map(|line| &line[..12]).collect::<Vec<_>>(),
        ["Tue 24 08:00", "Thu 26 08:00", "Fri 27 09:00"]
    );
}
