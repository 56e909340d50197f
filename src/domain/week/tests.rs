//! What comes when: the ceilings, postponing, releasing by hand.

use chrono::{Datelike, TimeDelta, Timelike};
use chrono_tz::Europe::Berlin;
use proptest::prelude::*;

use super::super::calendar::Workdays;
use super::super::days::Days;
use super::super::effect::{Effect, Kind, Milestone};
use super::super::event::{Command, Deed, Event};
use super::super::holidays::{self, Land};
use super::super::ids::AbsenceId;
use super::super::message::Block;
use super::super::record::Shortfall;
use super::super::tandem::{Absence, AbsencePhase, Due, Ending, Nudges, Role, Stage};
use super::super::tap::{Act, HoursTap, LessonTap, SettingsTap, Tap};
use super::super::testing::{Play, at, day, keys, tandem, taps};
use super::super::way;
use Role::{Deputy, Lead};

const UNASKED: [Kind; 4] = [Kind::Lesson, Kind::Reminder, Kind::Week, Kind::Notice];

fn with_land(mut play: Play, land: Land) -> Play {
    let mut round = (*play.t.round).clone();
    round.land = Some(land);
    play.t.round = std::sync::Arc::new(round);
    play
}

/// Presses through whatever lesson is open, to its end.
pub(super) fn finish_lesson(play: &mut Play, role: Role) {
    play.taps(role, Tap::Lesson(LessonTap::Open));
    for _ in 0..40 {
        let Some(spot) = play.mind(role).study.at.clone() else { return };
        let study = |act| Tap::Study { module: spot.module.clone(), step: spot.step.clone(), act };
        match spot.step.as_str() {
            "choice" | "multi" if !play.mind(role).study.judged => {
                play.taps(role, study(Act::Pick("a".into())));
                if spot.step == "multi" {
                    play.taps(role, study(Act::Check));
                }
            }
            "write" | "link" if !play.mind(role).study.judged => play.says(role, "https://example.org/a"),
            "list" | "think" => play.taps(role, study(Act::Done)),
            "ask" => {
                play.taps(role, study(Act::Rate { question: "q1".into(), option: "high".into() }));
                play.taps(role, study(Act::Skip { question: "q2".into() }));
            }
            _ => play.taps(role, study(Act::Next)),
        }
        if keys(&play.screen()).contains(&"lesson-finished".to_owned()) {
            return;
        }
    }
    panic!("the lesson has no end");
}

#[test]
fn the_first_week_brings_two_lessons_and_the_hours() {
    let mut play = Play::begun();
    play.until("2026-11-24 12:00");
    finish_lesson(&mut play, Lead);
    play.until("2026-11-30 07:00");
    assert_eq!(
        play.log(Lead, &UNASKED),
        [
            "Tue 24 10:00 lesson-here",
            "Thu 26 10:00 lesson-here",
            "Fri 27 10:00 week-hours+hours-standing+week-lesson-open"
        ]
    );
}

#[test]
fn the_week_keeps_a_place_for_its_own_message_and_lessons_of_more_days_merge_into_it() {
    let mut play = Play::begun();
    play.t.lead.as_mut().expect("a lead").person.prefs.lesson_days = Some(Workdays::MONDAY_TO_FRIDAY);
    play.until("2026-11-25 00:00");
    for _ in 0..3 {
        finish_lesson(&mut play, Lead);
    }
    play.until("2026-11-30 07:00");
    assert_eq!(
        play.log(Lead, &UNASKED),
        [
            "Tue 24 10:00 lesson-here",
            "Wed 25 10:00 lesson-here",
            "Fri 27 10:00 lesson-behind+week-hours+hours-standing"
        ]
    );
}

#[test]
fn a_week_message_put_off_beyond_the_weekend_asks_for_the_week_that_is_over() {
    let mut play = Play::begun();
    play.until("2026-11-27 09:00");
    play.t.agenda.insert(Due::Week(Lead), at("2026-11-30 09:30"));
    play.until("2026-11-30 12:00");
    assert!(play.log(Lead, &[Kind::Week])[0].starts_with("Mon 30 09:30 week-hours-late"));
    let message = play.unasked(Lead).last().expect("a message").message.clone();
    let Some(Tap::Hours(on @ HoursTap::On { minutes: 30, .. })) = taps(&message).first().cloned() else {
        panic!("no button for half an hour");
    };
    play.taps(Lead, Tap::Hours(on.clone()));
    assert_eq!((play.t.entries[0].day, play.t.entries[0].minutes), (day("2026-11-27"), 30));
    // A double tap is one; pressed again later it is meant.
    play.taps(Lead, Tap::Hours(on.clone()));
    assert_eq!((play.t.entries.len(), play.toast().as_deref()), (1, Some("hours-already")));
    play.later(TimeDelta::minutes(1));
    play.taps(Lead, Tap::Hours(on));
    assert_eq!(play.t.entries.len(), 2);
    assert!(play.t.agenda.get(&Due::Week(Lead)) == Some(&at("2026-12-04 10:00")));
}

#[test]
fn the_deputy_hears_nothing_of_hours() {
    let mut play = Play::begun();
    play.until("2026-12-31 12:00");
    assert!(play.log(Deputy, &UNASKED).iter().all(|line| !line.contains("hours")));
    assert!(play.log(Lead, &UNASKED).iter().any(|line| line.contains("week-hours")));
}

#[test]
fn whoever_is_on_target_or_had_no_hours_released_is_not_asked() {
    let on_target = |play: &mut Play| {
        play.says(Lead, "5h");
    };
    let not_released = |play: &mut Play| {
        let tandem = play.t.id.clone();
        play.taps(Lead, Tap::Hours(HoursTap::Missing { tandem, day: day("2026-12-01"), why: Shortfall::NotReleased }));
    };
    for (name, silence) in [("on target", &on_target as &dyn Fn(&mut Play)), ("not released", &not_released)] {
        let mut play = Play::begun();
        play.until("2026-12-01 12:00");
        silence(&mut play);
        play.until("2026-12-05 00:00");
        let december: Vec<String> = play.log(Lead, &[Kind::Week]).into_iter().filter(|l| l.contains(" 04 ")).collect();
        assert!(december.iter().all(|line| !line.contains("hours")), "{name}: {december:?}");
    }
}

#[test]
fn entering_hours_does_not_take_back_that_none_were_released() {
    let mut play = Play::begun();
    let tandem = play.t.id.clone();
    play.taps(Lead, Tap::Hours(HoursTap::Missing { tandem, day: day("2026-11-24"), why: Shortfall::NotReleased }));
    play.says(Lead, "30 min");
    assert_eq!(play.mind(Lead).not_released, Some(day("2026-11-23")));
}

#[test]
fn the_covering_deputy_is_asked_for_the_hours_and_the_lead_is_not() {
    let mut play = Play::begun();
    play.until("2026-11-30 12:00");
    play.says(Lead, "weg 3.12. bis 9.12.");
    let cover = play.t.covers[0].clone();
    play.taps(Deputy, Tap::Cover { cover: cover.id, version: 1, act: super::super::tap::CoverAct::Accept });
    play.until("2026-12-05 00:00");
    let december = |role| {
        let mut lines = play.log(role, &[Kind::Week, Kind::Lesson]);
        lines.retain(|line| ["Tue 01", "Wed 02", "Thu 03", "Fri 04"].iter().any(|day| line.starts_with(day)));
        lines
    };
    assert!(december(Lead).iter().all(|line| !line.contains("week-hours")), "{:?}", december(Lead));
    assert!(december(Deputy).iter().any(|line| line.starts_with("Fri 04 10:00 week-hours")), "{:?}", december(Deputy));
}

#[test]
fn nothing_comes_before_the_rounds_first_day_even_if_it_started_early() {
    let mut play = Play::of(tandem(), "2026-11-12 09:00");
    play.t.agenda.insert(Due::Start, play.now);
    play.due();
    play.until("2026-11-24 09:00");
    assert_eq!(play.log(Lead, &UNASKED), Vec::<String>::new());
    play.until("2026-11-24 10:00");
    assert_eq!(play.log(Lead, &[Kind::Lesson]), ["Tue 24 10:00 lesson-here"]);
}

#[test]
fn a_lesson_on_a_holiday_or_while_away_comes_on_the_first_own_day_after() {
    let mut play = with_land(Play::begun(), Land::Berlin);
    play.mind(Lead).study.released = 2;
    play.until("2026-12-24 23:00");
    play.t.agenda.insert(Due::Lesson(Lead), at("2026-12-25 10:00"));
    play.until("2026-12-29 00:00");
    assert!(play.log(Lead, &UNASKED).iter().all(|line| !line.starts_with("Fri 25")));
    let mut play = Play::begun();
    play.says(Lead, "weg 24.11. bis 1.12.");
    play.until("2026-12-03 00:00");
    assert_eq!(play.log(Lead, &[Kind::Lesson]), ["Wed 02 10:00 lesson-here"]);
}

#[test]
fn somebody_in_the_middle_is_left_in_peace_for_half_an_hour_at_most() {
    let mut play = Play::begun();
    play.until("2026-11-26 09:58");
    play.taps(Lead, Tap::Lesson(LessonTap::Open));
    play.taps(Lead, Tap::Study { module: "m1".into(), step: "card".into(), act: Act::Next });
    play.until("2026-11-26 10:20");
    assert_eq!(play.log(Lead, &[Kind::Lesson]).len(), 1);
    play.taps(Lead, Tap::Study { module: "m1".into(), step: "choice".into(), act: Act::Pick("a".into()) });
    play.until("2026-11-26 11:00");
    assert_eq!(play.log(Lead, &[Kind::Lesson])[1], "Thu 26 10:30 lesson-behind");
}

#[test]
fn the_end_of_the_exchange_lets_the_waiting_message_come() {
    let mut play = Play::begun();
    play.until("2026-11-26 09:55");
    play.taps(Lead, Tap::Lesson(LessonTap::Open));
    play.taps(Lead, Tap::Study { module: "m1".into(), step: "card".into(), act: Act::Next });
    play.until("2026-11-26 10:05");
    finish_lesson(&mut play, Lead);
    play.due();
    assert_eq!(play.log(Lead, &[Kind::Lesson])[1], "Thu 26 10:05 lesson-here");
}

#[test]
fn finishing_a_lesson_shortly_before_the_next_is_due_does_not_hurry_it() {
    let mut play = Play::begun();
    play.until("2026-11-26 09:50");
    finish_lesson(&mut play, Lead);
    play.until("2026-11-26 09:59");
    assert_eq!(play.log(Lead, &[Kind::Lesson]).len(), 1);
}

#[test]
fn whoever_is_behind_hears_of_a_module_once_and_not_of_each_of_its_lessons() {
    let mut play = Play::begun();
    play.until("2026-12-31 00:00");
    let lessons: Vec<String> = play.log(Lead, &[Kind::Lesson]);
    assert_eq!(lessons, ["Tue 24 10:00 lesson-here", "Thu 26 10:00 lesson-behind", "Tue 01 10:00 lesson-behind"]);
    let all = way::lesson_count(&play.programme);
    assert_eq!(play.mind(Lead).study.released, all);
    let modules: Vec<bool> = play
        .to(Lead)
        .iter()
        .filter(|owed| owed.kind == Kind::Lesson)
        .map(|owed| matches!(owed.message.blocks[0], Block::Module { .. }))
        .collect();
    assert_eq!(modules, [true, false, true]);
}

#[test]
fn a_module_released_by_hand_is_one_message_with_its_title_first_and_two_buttons() {
    let mut play = Play::begun();
    play.now = at("2026-11-28 23:00");
    for (module, released) in [("m1", 1), ("m2", 3)] {
        let before = play.owed.len();
        play.t.agenda.insert(Due::ModuleNow(Lead), play.now);
        play.due();
        let new = &play.owed[before..];
        assert_eq!(new.len(), 1, "{module}");
        let title = Block::Module { programme: "p".into(), module: module.into() };
        assert_eq!(new[0].message.blocks[0], title);
        assert_eq!((taps(&new[0].message).len(), new[0].not_before), (2, play.now));
        assert_eq!(play.mind(Lead).study.released, released);
        play.later(TimeDelta::minutes(1));
    }
    let before = play.owed.len();
    play.t.agenda.insert(Due::ModuleNow(Lead), play.now);
    play.due();
    assert_eq!(play.owed.len(), before);
}

#[test]
fn a_module_released_by_hand_loses_no_lesson_in_between() {
    let mut play = Play::begun();
    play.until("2026-11-24 12:00");
    finish_lesson(&mut play, Lead);
    play.t.agenda.insert(Due::ModuleNow(Lead), play.now);
    play.due();
    let study = play.mind(Lead).study.clone();
    assert_eq!((study.released, study.at.map(|spot| spot.step)), (3, Some("list".to_owned())));
    finish_lesson(&mut play, Lead);
    assert_eq!(play.mind(Lead).study.at.clone().map(|spot| spot.module), Some("m2".to_owned()));
}

#[test]
fn a_module_released_by_hand_waits_for_who_is_away_and_leaves_the_paused_alone() {
    let mut play = Play::begun();
    play.says(Lead, "weg 23.11. bis 25.11.");
    play.happens(Event::Did(Deputy, Deed::Commanded(Command::Pause)));
    for role in [Lead, Deputy] {
        play.t.agenda.insert(Due::ModuleNow(role), play.now);
    }
    play.until("2026-11-26 09:00");
    assert_eq!((play.log(Lead, &[Kind::Lesson]).len(), play.log(Deputy, &[Kind::Lesson]).len()), (0, 0));
    play.until("2026-11-26 10:00");
    assert_eq!(play.log(Lead, &[Kind::Lesson]), ["Thu 26 10:00 lesson-here"]);
    assert_eq!(play.log(Deputy, &[Kind::Lesson]).len(), 0);
}

#[test]
fn a_task_put_off_is_recalled_once_with_a_message_that_comes_anyway() {
    let mut play = Play::begun();
    play.until("2026-11-24 12:00");
    play.taps(Lead, Tap::Lesson(LessonTap::Open));
    play.mind(Lead).study.at = Some(super::super::tandem::Spot { module: "m1".into(), step: "write".into() });
    play.taps(Lead, Tap::Study { module: "m1".into(), step: "write".into(), act: Act::Later });
    play.until("2027-01-31 00:00");
    let recalled: Vec<String> =
        play.log(Lead, &UNASKED).into_iter().filter(|line| line.contains("reminder-task")).collect();
    assert_eq!(recalled, ["Thu 26 10:00 lesson-behind+reminder-task"]);
}

#[test]
fn an_open_lesson_is_recalled_once_and_fewer_reminders_means_lessons_only() {
    let mut play = Play::begun();
    play.t.agreed = 0;
    play.until("2027-01-31 00:00");
    let recalled = |play: &Play| play.log(Lead, &[Kind::Week, Kind::Reminder]).len();
    assert_eq!(recalled(&play), 1, "{:?}", play.log(Lead, &UNASKED));
    let mut play = Play::begun();
    play.t.lead.as_mut().expect("a lead").person.prefs.nudges = Nudges::Fewer;
    play.until("2027-01-31 00:00");
    assert_eq!(recalled(&play), 0);
}

#[test]
fn pause_is_silence_and_its_end_goes_on_where_it_stopped() {
    let mut play = Play::begun();
    play.until("2026-11-23 12:00");
    play.happens(Event::Did(Lead, Deed::Commanded(Command::Pause)));
    play.until("2026-12-09 12:00");
    assert_eq!(play.unasked(Lead).len(), 0);
    play.taps(Lead, Tap::Settings(SettingsTap::Resume));
    play.until("2026-12-10 12:00");
    assert_eq!(play.log(Lead, &[Kind::Lesson]), ["Thu 10 10:00 lesson-here"]);
}

#[test]
fn a_new_second_person_in_a_running_tandem_gets_lessons() {
    let mut play = Play::begun();
    play.until("2026-12-07 12:00");
    let mut seat = tandem().deputy.expect("a seat");
    seat.person = super::super::testing::person("cleo00000000", "Cleo");
    seat.mind.stage = Stage::Times;
    play.t.deputy = Some(seat);
    for due in [Due::Lesson(Deputy), Due::Week(Deputy)] {
        play.t.agenda.remove(&due);
    }
    play.taps(Deputy, Tap::Setup(super::super::tap::Setup::TimesFine));
    assert_eq!(keys(&play.screen()), ["start-begins"]);
    play.until("2026-12-08 12:00");
    assert_eq!(play.log(Deputy, &[Kind::Lesson]), ["Tue 08 10:00 lesson-here"]);
}

prop_compose! {
    fn any_week()(
        hour in 8..=16u8,
        lesson_days in prop::option::of(1..=31u8),
        workdays in 1..=31u8,
        land in prop::option::of(0..16usize),
        away in prop::collection::vec((0..60i64, 0..12i64), 0..4),
        deeds in prop::collection::vec((0..80i64, 0..24i64, 0..6u8), 0..30),
    ) -> (Play, Vec<(i64, u8)>) {
        let mut play = match land {
            Some(land) => with_land(Play::begun(), Land::ALL[land]),
            None => Play::begun(),
        };
        let days = |bits| Workdays::from_bits(bits).expect("days");
        let (lead, first) = (play.id(Lead), day("2026-11-24"));
        let prefs = &mut play.t.lead.as_mut().expect("a lead").person.prefs;
        (prefs.hour, prefs.workdays, prefs.lesson_days) = (hour, days(workdays), lesson_days.map(days));
        for (number, (from, more)) in away.into_iter().enumerate() {
            let from = first + TimeDelta::days(from);
            let days = Days { from, to: from + TimeDelta::days(more) };
            let id = AbsenceId(format!("absence{number:05}"));
            play.t.absences.push(Absence { id, who: lead.clone(), days, half: None, ending: Ending::Known, phase: AbsencePhase::Planned });
        }
        play.taps(Lead, Tap::Settings(SettingsTap::Pause));
        play.taps(Lead, Tap::Settings(SettingsTap::Resume));
        let mut deeds: Vec<(i64, u8)> = deeds.into_iter().map(|(day, hour, what)| (day * 24 + hour, what)).collect();
        deeds.sort_unstable();
        (play, deeds)
    }
}

/// What people do at any time of these weeks.
fn act(play: &mut Play, what: u8) {
    match what {
        0 => finish_lesson(play, Lead),
        1 => play.taps(Lead, Tap::Lesson(LessonTap::Later)),
        2 => play.taps(Lead, Tap::Lesson(LessonTap::Open)),
        3 => play.says(Lead, "2h"),
        4 => play.happens(Event::Did(Lead, Deed::Commanded(Command::Pause))),
        _ => play.taps(Lead, Tap::Settings(SettingsTap::Resume)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn in_any_weeks_the_ceilings_hold_and_no_lesson_is_lost((mut play, deeds) in any_week()) {
        let begin = play.now;
        let mut released = 0;
        for (hours, what) in deeds {
            play.until_instant(begin + TimeDelta::hours(hours));
            act(&mut play, what);
        }
        play.taps(Lead, Tap::Settings(SettingsTap::Resume));
        play.later(TimeDelta::days(120));
        let lead = play.t.lead.clone().expect("a lead");
        let mut days = Vec::new();
        for owed in play.unasked(Lead) {
            let local = owed.not_before.with_timezone(&Berlin);
            let date = local.date_naive();
            prop_assert!((8..18).contains(&local.hour()), "{local}");
            prop_assert!(lead.person.prefs.workdays.contains(date), "{local}");
            prop_assert!(!play.t.away(&lead.person.id, date), "{local}");
            let holiday = holidays::is_free(play.t.round.land, date);
            prop_assert!(!holiday, "{local}");
            days.push(date);
            released += usize::from(owed.kind == Kind::Lesson);
        }
        for date in &days {
            prop_assert!(days.iter().filter(|other| *other == date).count() == 1, "two on {date}");
            let week = days.iter().filter(|other| other.iso_week() == date.iso_week()).count();
            prop_assert!(week <= 3, "{week} in the week of {date}");
        }
        // Postponed, never dropped: in the end every lesson has come, and the way leads through all of them.
        let all = way::lesson_count(&play.programme);
        prop_assert_eq!(lead.mind.study.released, all);
        prop_assert!(released <= all);
        for _ in 0..all {
            finish_lesson(&mut play, Lead);
        }
        let finished = play.last.iter().any(|effect| matches!(
            effect,
            Effect::Fact(super::super::effect::Fact::Milestone { milestone: Milestone::Finished, .. })
        ));
        prop_assert!(play.mind(Lead).study.at.is_none());
        prop_assert!(finished || keys(&play.screen()).contains(&"lesson-none".to_owned()));
    }
}
