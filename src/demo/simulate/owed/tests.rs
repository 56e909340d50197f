//! What the oracle says about weeks that can be worked out by hand.

use super::super::diary::{Answered, Declared, Got, Logged, Shut};
use super::*;
use crate::app::HOME_ZONE;
use crate::domain::lang::Lang;

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn days(from: &str, to: &str) -> Days {
    Days { from: from.parse().expect("a date"), to: to.parse().expect("a date") }
}

/// Four weeks from Monday, 9 March 2026; Good Friday and Easter Monday lie behind them.
fn plan() -> Plan {
    Plan {
        start: "2026-03-09".parse().expect("a date"),
        weeks: 4,
        days: Workdays::new([chrono::Weekday::Tue, chrono::Weekday::Thu]).expect("days"),
        slack: Slack { early: TimeDelta::zero(), late: TimeDelta::minutes(2) },
        end: utc("2026-04-10T10:00:00Z"),
        deaths: Vec::new(),
    }
}

/// Somebody who finishes every lesson in the week in which it comes.
fn somebody(name: &str, role: Role) -> Diary {
    let sunday = |lesson: usize| utc("2026-03-15T12:00:00Z") + TimeDelta::weeks(lesson as i64 / 2);
    let finished = (0..8).map(|lesson| (sunday(lesson), lesson)).collect();
    Diary { finished, ..Diary::new(name.to_owned(), role, Lang::source(), HOME_ZONE) }
}

fn both() -> (Diary, Diary) {
    (somebody("Ada", Role::Lead), somebody("Ben", Role::Deputy))
}

fn got(at: &str, sort: Sort) -> Got {
    Got { at: utc(at), message: 0, sort, week: sort == Sort::Week, reminder: false, late: false, text: Mark::of(at) }
}

fn away(at: &str, from: &str, to: &str) -> Declared {
    Declared { at: utc(at), days: days(from, to) }
}

/// What a message about cover would be, as far as these tests tell texts apart.
fn text(_: &Lang, key: &'static str, name: &str, days: Days) -> Mark {
    Mark::of(&format!("{key} {name} {} {}", days.from, days.to))
}

#[test]
fn lessons_are_owed_on_the_programmes_days_at_the_persons_hour() {
    let ada = Diary { hour: 9, ..somebody("Ada", Role::Lead) };
    let lessons = lessons(&plan(), &ada);
    assert_eq!(lessons.len(), 8);
    let from: Vec<DateTime<Utc>> = lessons.iter().map(|owed| owed.from).collect();
    assert_eq!(from[..2], [utc("2026-03-10T08:00:00Z"), utc("2026-03-12T08:00:00Z")]);
    assert_eq!(from[6], utc("2026-03-31T07:00:00Z"), "nine o'clock in summer too");
    assert!(lessons.iter().all(|owed| owed.certainty == Certainty::Must));
    assert_eq!(lessons[0].until, utc("2026-03-10T08:32:00Z"), "half an hour for whoever is busy, and the slack");
}

#[test]
fn whoever_is_a_module_behind_is_owed_each_module_and_not_each_lesson() {
    let ada = Diary { finished: Vec::new(), ..somebody("Ada", Role::Lead) };
    let certainties: Vec<Certainty> = lessons(&plan(), &ada).iter().map(|owed| owed.certainty).collect();
    use Certainty::{May, Must};
    assert_eq!(certainties, [Must, Must, Must, May, Must, May, Must, May]);
}

#[test]
fn a_lesson_in_an_absence_is_owed_on_the_first_day_back() {
    let mut ada = somebody("Ada", Role::Lead);
    ada.declared.push(away("2026-03-09T08:00:00Z", "2026-03-10", "2026-03-13"));
    let lessons = lessons(&plan(), &ada);
    assert_eq!(lessons[0].from, utc("2026-03-16T09:00:00Z"), "Monday after");
    assert_eq!(lessons[1].from, utc("2026-03-17T09:00:00Z"), "and then as ever");
}

#[test]
fn a_second_message_on_a_day_may_wait_for_the_next() {
    let mut ada = somebody("Ada", Role::Lead);
    ada.got.push(got("2026-03-10T08:00:00Z", Sort::Week));
    let first = &lessons(&plan(), &ada)[0];
    assert_eq!((first.from, first.certainty), (utc("2026-03-11T09:00:00Z"), Certainty::Must));
}

#[test]
fn nothing_is_owed_to_whoever_blocks_the_bot_until_it_is_let_in_again() {
    let mut ada = somebody("Ada", Role::Lead);
    let until = Some(utc("2026-03-18T10:00:00Z"));
    ada.shut.push(Shut { from: utc("2026-03-09T10:00:00Z"), until });
    let lessons = lessons(&plan(), &ada);
    assert_eq!((lessons[0].from, lessons[0].certainty), (utc("2026-03-19T09:00:00Z"), Certainty::May));
    ada.shut[0].until = None;
    assert_eq!(super::lessons(&plan(), &ada)[0].certainty, Certainty::Expires);
}

#[test]
fn the_weeks_hours_are_owed_to_the_lead_on_the_last_day_until_they_are_reached() {
    let (mut ada, mut ben) = both();
    let owed = hours(&plan(), &ada, &ben);
    assert_eq!(owed[0].from, utc("2026-03-13T09:00:00Z"), "Friday, ten o'clock");
    assert_eq!(owed[3].from, utc("2026-04-02T08:00:00Z"), "Good Friday is free");
    assert!(owed.iter().all(|owed| owed.certainty == Certainty::Must));
    let day = "2026-03-11".parse().expect("a date");
    ada.logged.push(Logged { at: utc("2026-03-11T12:00:00Z"), day, minutes: 200 });
    ben.logged.push(Logged { at: utc("2026-03-12T12:00:00Z"), day, minutes: 100 });
    assert_eq!(hours(&plan(), &ada, &ben)[0].from, utc("2026-03-20T09:00:00Z"), "the first week is full");
}

#[test]
fn a_target_shrinks_with_the_days_on_which_nobody_could_work() {
    let (mut ada, mut ben) = both();
    let (week, known) = (Week::of("2026-04-02".parse().expect("a date")), utc("2026-04-02T08:00:00Z"));
    assert_eq!(target(&ada, &ben, week, known), 240, "Good Friday");
    ada.declared.push(away("2026-03-09T08:00:00Z", "2026-03-30", "2026-03-31"));
    assert_eq!(target(&ada, &ben, week, known), 240, "the other is there");
    ben.declared.push(away("2026-03-09T08:00:00Z", "2026-03-31", "2026-03-31"));
    assert_eq!(target(&ada, &ben, week, known), 180);
}

#[test]
fn the_other_is_asked_at_once_when_it_is_soon_and_politely_otherwise() {
    let (mut ada, ben) = both();
    ada.declared.push(away("2026-03-11T19:00:00Z", "2026-03-13", "2026-03-13"));
    ada.declared.push(away("2026-03-11T19:00:00Z", "2026-03-26", "2026-03-27"));
    let owed = cover_of_tandem(&plan(), [&ada, &ben], &text);
    let asks: Vec<(usize, DateTime<Utc>)> =
        owed.iter().filter(|(_, o)| matches!(o.what, What::Cover(Sort::Ask, _))).map(|(to, o)| (*to, o.from)).collect();
    assert_eq!(asks, [(1, utc("2026-03-11T19:00:00Z")), (1, utc("2026-03-12T07:00:00Z"))], "in the evening; at eight");
}

#[test]
fn where_both_are_away_the_gap_is_shown_and_the_rest_is_asked_for() {
    let (mut ada, mut ben) = both();
    ben.declared.push(away("2026-03-09T09:00:00Z", "2026-03-19", "2026-03-20"));
    ada.declared.push(away("2026-03-10T09:00:00Z", "2026-03-17", "2026-03-19"));
    let owed = cover_of_tandem(&plan(), [&ada, &ben], &text);
    let has = |to, sort, key: &'static str, name: &str, days| {
        let what = What::Cover(sort, text(&Lang::source(), key, name, days));
        owed.iter().any(|(who, owed)| *who == to && owed.what == what)
    };
    assert!(has(0, Sort::Gap, "gap-both-away", "Ben", days("2026-03-19", "2026-03-19")));
    assert!(has(1, Sort::Ask, "cover-question", "Ada", days("2026-03-17", "2026-03-18")));
    // What Ben was asked for him before that is cut by Ada's days.
    assert!(has(0, Sort::Ask, "cover-question", "Ben", days("2026-03-19", "2026-03-20")));
}

#[test]
fn a_yes_owes_the_news_the_checklist_and_thanks() {
    let (mut ada, mut ben) = both();
    let off = days("2026-03-23", "2026-03-24");
    ada.declared.push(Declared { at: utc("2026-03-10T09:00:00Z"), days: off });
    let question = text(&Lang::source(), "cover-question", "Ada", off);
    ben.answers.push(Answered { at: utc("2026-03-10T10:00:00Z"), question, yes: true });
    let owed = cover_of_tandem(&plan(), [&ada, &ben], &text);
    let at =
        |sort| owed.iter().find(|(_, o)| matches!(o.what, What::Cover(s, _) if s == sort)).map(|(to, o)| (*to, o.from));
    assert_eq!(at(Sort::Taken), Some((0, utc("2026-03-10T10:00:00Z"))));
    assert_eq!(at(Sort::Handover), Some((1, utc("2026-03-20T09:00:00Z"))), "a working day before");
    assert_eq!(at(Sort::Released), Some((1, utc("2026-03-25T08:00:00Z"))), "when she is back");
    assert_eq!(at(Sort::Gap), None);
}

#[test]
fn whoever_took_it_and_blocks_the_bot_meanwhile_is_not_owed_thanks() {
    let (mut ada, mut ben) = both();
    let off = days("2026-03-23", "2026-03-24");
    ada.declared.push(Declared { at: utc("2026-03-10T09:00:00Z"), days: off });
    let question = text(&Lang::source(), "cover-question", "Ada", off);
    ben.answers.push(Answered { at: utc("2026-03-10T10:00:00Z"), question, yes: true });
    ben.shut.push(Shut { from: utc("2026-03-16T09:00:00Z"), until: Some(utc("2026-03-19T09:00:00Z")) });
    let owed = cover_of_tandem(&plan(), [&ada, &ben], &text);
    let thanks = owed.iter().find(|(_, o)| matches!(o.what, What::Cover(Sort::Released, _)));
    assert_eq!(thanks.map(|(_, owed)| owed.certainty), Some(Certainty::May));
}

#[test]
fn a_gap_that_came_twice_asks_again_for_certain_only_once() {
    let (mut ada, mut ben) = both();
    let off = days("2026-03-19", "2026-03-20");
    ada.declared.push(Declared { at: utc("2026-03-09T09:00:00Z"), days: off });
    let question = text(&Lang::source(), "cover-question", "Ada", off);
    ben.answers.push(Answered { at: utc("2026-03-09T10:00:00Z"), question, yes: false });
    let gap = text(&Lang::source(), "gap-declined", "Ben", off);
    ada.asked_again.extend([utc("2026-03-09T11:00:00Z"), utc("2026-03-09T11:20:00Z")].map(|at| (at, gap)));
    let asks = |ben: &Diary| -> Vec<Certainty> {
        let owed = cover_of_tandem(&plan(), [&ada, ben], &text);
        let asks = owed.iter().filter(|(to, o)| *to == 1 && matches!(o.what, What::Cover(Sort::Ask, _)));
        asks.map(|(_, owed)| owed.certainty).collect()
    };
    assert_eq!(
        asks(&ben),
        [Certainty::Must, Certainty::Must, Certainty::May],
        "the other set of buttons is out of date"
    );
    ben.answers.push(Answered { at: utc("2026-03-09T11:10:00Z"), question, yes: false });
    assert_eq!(asks(&ben), [Certainty::Must; 3], "another no shows another gap");
}

#[test]
fn silence_owes_the_gap_before_the_days_begin() {
    let (mut ada, ben) = both();
    ada.declared.push(away("2026-03-10T09:00:00Z", "2026-03-26", "2026-03-27"));
    let owed = cover_of_tandem(&plan(), [&ada, &ben], &text);
    let gap = owed
        .iter()
        .find(|(_, o)| matches!(o.what, What::Cover(Sort::Gap, _)))
        .map(|(to, o)| (*to, o.until, o.certainty));
    assert_eq!(gap, Some((0, utc("2026-03-25T23:00:00Z"), Certainty::Must)));
}

#[test]
fn a_lesson_that_somebody_caught_up_with_is_not_announced() {
    let mut ada = somebody("Ada", Role::Lead);
    ada.got.push(got("2026-03-10T09:00:00Z", Sort::Lesson(0)));
    assert_eq!(lessons(&plan(), &ada)[1].certainty, Certainty::Must);
    ada.finished.push((utc("2026-03-11T12:00:00Z"), 0));
    ada.finished.push((utc("2026-03-11T12:30:00Z"), 1));
    assert_eq!(lessons(&plan(), &ada)[1].certainty, Certainty::May, "it is behind them");
}

#[test]
fn of_days_that_have_begun_the_rest_is_asked_for_in_other_words() {
    let (mut ada, mut ben) = both();
    let off = days("2026-03-19", "2026-03-24");
    ada.declared.push(Declared { at: utc("2026-03-18T09:00:00Z"), days: off });
    let question = text(&Lang::source(), "cover-question", "Ada", off);
    ben.answers.push(Answered { at: utc("2026-03-18T10:00:00Z"), question, yes: false });
    let gap = text(&Lang::source(), "gap-declined", "Ben", off);
    let asked = |at: &str| {
        let ada = Diary { asked_again: vec![(utc(at), gap)], ..ada.clone() };
        let owed = cover_of_tandem(&plan(), [&ada, &ben], &text);
        let asks = owed.iter().filter(|(_, o)| matches!(o.what, What::Cover(Sort::Ask, _)));
        asks.map(|(_, owed)| owed.certainty).collect::<Vec<_>>()
    };
    assert_eq!(asked("2026-03-18T11:00:00Z"), [Certainty::Must; 2]);
    assert_eq!(asked("2026-03-20T11:00:00Z"), [Certainty::Must, Certainty::May]);
}

#[test]
fn right_when_evening_begins_it_may_be_polite_or_not() {
    let mut plan = plan();
    plan.slack.early = TimeDelta::seconds(60);
    let (mut ada, mut ben) = both();
    let off = days("2026-03-26", "2026-03-27");
    ada.declared.push(Declared { at: utc("2026-03-10T09:00:00Z"), days: off });
    let question = text(&Lang::source(), "cover-question", "Ada", off);
    let mut gap = |at: &str| {
        ben.answers = vec![Answered { at: utc(at), question, yes: false }];
        let owed = cover_of_tandem(&plan, [&ada, &ben], &text);
        let gap = owed.iter().find(|(_, o)| matches!(o.what, What::Cover(Sort::Gap, _)));
        gap.map(|(_, owed)| (owed.from, owed.certainty))
    };
    // Six in the evening in Berlin.
    assert_eq!(gap("2026-03-11T16:59:30Z"), Some((utc("2026-03-11T16:59:30Z"), Certainty::Must)));
    assert_eq!(gap("2026-03-11T17:00:30Z"), Some((utc("2026-03-11T16:59:30Z"), Certainty::May)));
    assert_eq!(gap("2026-03-11T17:02:00Z"), Some((utc("2026-03-12T07:00:00Z"), Certainty::Must)));
}
