//! Which events there are, what they are called, and that lessons come when the calendar said.

use proptest::prelude::*;

use super::super::calendar::Workdays;
use super::super::event::{Command, Deed, Event as Happening};
use super::super::message::Block;
use super::super::tandem::Role::{Deputy, Lead};
use super::super::tap::SettingsTap;
use super::super::testing::{Numbers, Play, at, day, keys, taps};
use super::super::turn::{Cause, Context};
use super::*;

fn events_of(play: &Play, role: Role, published: &[String]) -> Vec<Event> {
    let cx = Context {
        now: play.now,
        said: play.now,
        programme: &play.programme,
        languages: &[],
        pages: crate::domain::turn::Pages::Reachable,
    };
    let mut ids = Numbers::default();
    let turn = Turn { t: play.t.clone(), cx, cause: Cause::Other, ids: &mut ids, out: Vec::new() };
    events(&turn, role, &published.iter().map(String::as_str).collect())
}

fn uids(events: &[Event]) -> Vec<String> {
    events.iter().map(|event| event.uid.clone()).collect()
}

fn days(from: &str, to: &str) -> When {
    When::Days(Days { from: day(from), to: day(to) })
}

/// The one event of an absence.
fn absence(events: &[Event]) -> &Event {
    events.iter().find(|event| event.about == About::Away).expect("an absence")
}

#[test]
fn a_calendar_holds_the_course_and_its_lessons_at_the_persons_hour() {
    let play = Play::begun();
    let events = events_of(&play, Lead, &[]);
    let lessons: Vec<_> = events
        .iter()
        .filter_map(|event| match (&event.about, event.when) {
            (About::Lesson { module, lesson, .. }, When::Span { from, minutes: 30 }) => {
                Some((format!("{module}/{lesson}"), from))
            }
            _ => None,
        })
        .collect();
    let slot = |lesson: &str, when: &str| (lesson.to_owned(), at(when));
    let expected = [
        slot("m1/l1", "2026-11-24 10:00"),
        slot("m1/l2", "2026-11-26 10:00"),
        slot("m2/l1", "2026-12-01 10:00"),
        slot("m2/l2", "2026-12-03 10:00"),
    ];
    assert_eq!(lessons, expected);
    let programme = || "p".to_owned();
    let whole: Vec<_> = events.iter().filter(|event| matches!(event.when, When::Days(_))).collect();
    assert_eq!(whole[0].about, About::CourseStarts { programme: programme() });
    assert_eq!(whole[0].when, days("2026-11-23", "2026-11-23"));
    assert_eq!(whole[1].about, About::CourseEnds { programme: programme() });
    assert_eq!(whole[1].when, days("2026-12-03", "2026-12-03"));
    assert_eq!(events.len(), 6);
}

#[test]
fn before_the_start_lessons_stand_where_they_will_be_after_it() {
    let mut play = Play::of(super::super::testing::tandem(), "2026-11-20 08:00");
    let start = at("2026-11-23 08:00");
    play.t.agenda.insert(Due::Start, start);
    let before = events_of(&play, Lead, &[]);
    assert_eq!(before.len(), 6);
    play.until_instant(start);
    assert_eq!(events_of(&play, Lead, &[]), before);
    let mut late = Play::of(super::super::testing::tandem(), "2026-11-25 08:00");
    assert_eq!(events_of(&late, Lead, &[]).len(), 2, "begun without them, nobody knows when");
    late.t.phase = TandemPhase::Waiting;
    assert_eq!(events_of(&late, Lead, &[]).len(), 2);
}

#[test]
fn an_absence_that_moves_is_the_same_event_and_is_cancelled_only_where_it_was_seen() {
    let mut play = Play::begun();
    play.says(Lead, "weg 7.12. bis 9.12.");
    let before = events_of(&play, Lead, &[]);
    assert_eq!((absence(&before).when, absence(&before).status), (days("2026-12-07", "2026-12-09"), Status::Confirmed));
    play.says(Lead, "weg 10.12.");
    let after = events_of(&play, Lead, &uids(&before));
    assert_eq!((&absence(&after).uid, absence(&after).when), (&absence(&before).uid, days("2026-12-07", "2026-12-10")));
    assert!(events_of(&play, Deputy, &[]).iter().all(|event| event.about != About::Away), "the other's own affair");
    let id = play.t.absences[0].id.clone();
    play.taps(Lead, Tap::Away(super::super::tap::AwayTap::Cancel(id)));
    let cancelled = events_of(&play, Lead, &uids(&before));
    assert_eq!((&absence(&cancelled).uid, absence(&cancelled).status), (&absence(&before).uid, Status::Cancelled));
    assert!(
        events_of(&play, Lead, &[]).iter().all(|event| event.about != About::Away),
        "never seen, nothing to cancel"
    );
}

#[test]
fn a_cover_stands_in_the_calendar_of_whoever_said_yes_for_as_long_as_it_holds() {
    let mut play = Play::begun();
    play.says(Lead, "weg 7.12. bis 8.12.");
    let cover = |events: &[Event]| events.iter().find(|event| matches!(event.about, About::Cover { .. })).cloned();
    assert_eq!(cover(&events_of(&play, Deputy, &[])), None, "not asked yet, not answered");
    let asked = play.t.covers[0].clone();
    let act = |act| Tap::Cover { cover: asked.id.clone(), version: asked.version, act };
    play.taps(Deputy, act(super::super::tap::CoverAct::Accept));
    let first = events_of(&play, Deputy, &[]);
    let yes = cover(&first).expect("a cover");
    assert_eq!((&yes.about, yes.status), (&About::Cover { name: Some("Ada".to_owned()) }, Status::Confirmed));
    assert_eq!(cover(&events_of(&play, Lead, &[])), None, "not whom it is for");
    let id = play.t.absences[0].id.clone();
    play.taps(Lead, Tap::Away(super::super::tap::AwayTap::Cancel(id)));
    let gone = cover(&events_of(&play, Deputy, &uids(&first))).expect("the same");
    assert_eq!((gone.uid, gone.status), (yes.uid, Status::Cancelled));
}

#[test]
fn a_pause_takes_lessons_out_and_the_end_of_it_brings_them_back_under_their_names() {
    let mut play = Play::begun();
    let before = uids(&events_of(&play, Lead, &[]));
    play.taps(Lead, Tap::Settings(SettingsTap::Pause));
    assert_eq!(events_of(&play, Lead, &before).len(), 2, "the course's first and last day");
    play.taps(Lead, Tap::Settings(SettingsTap::Resume));
    assert_eq!(uids(&events_of(&play, Lead, &before)), before);
}

#[test]
fn what_is_long_over_leaves_the_calendar() {
    let mut play = Play::begun();
    play.says(Lead, "weg 24.11.");
    let has = |play: &Play| events_of(play, Lead, &[]).iter().any(|event| event.about == About::Away);
    play.until("2026-12-22 12:00");
    assert!(has(&play), "28 days later");
    play.until("2026-12-23 12:00");
    assert!(!has(&play), "29 days later");
}

#[test]
fn a_link_is_offered_only_where_it_can_be_reached_and_shown_with_all_that_must_be_known() {
    let list = || Message::of(say("calendar-title"));
    let calendar_taps = |message: &Message| {
        let link = |tap: &Tap| matches!(tap, Tap::Calendar(_));
        taps(message).into_iter().filter(link).collect::<Vec<_>>()
    };
    let (new, off) = (Tap::Calendar(CalendarTap::NewLink), Tap::Calendar(CalendarTap::Off));
    assert_eq!(calendar_taps(&offered(list(), Standing::Impossible)), []);
    assert_eq!(calendar_taps(&offered(list(), Standing::Off)), std::slice::from_ref(&new));
    assert_eq!(calendar_taps(&offered(list(), Standing::On)), [new.clone(), off.clone()]);
    let message = shown("https://tandem.example/feed/x.ics");
    assert_eq!(keys(&message), ["calendar-feed-link", "calendar-feed-how", "calendar-feed-secret"]);
    assert_eq!(calendar_taps(&message), [new, off]);
    let Block::Say(line) = &message.blocks[0] else { panic!("a sentence") };
    assert_eq!(line.args[0].1, Arg::Text("https://tandem.example/feed/x.ics".to_owned()));
}

#[test]
fn each_new_link_has_a_secret_of_its_own() {
    let mut play = Play::begun();
    let mut secret = || {
        play.taps(Lead, Tap::Calendar(CalendarTap::NewLink));
        match play.last.as_slice() {
            [Effect::Feed { change: FeedChange::Open { secret }, .. }] => secret.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert_ne!(secret(), secret());
    play.taps(Lead, Tap::Calendar(CalendarTap::Off));
    assert!(matches!(play.last.as_slice(), [Effect::Feed { change: FeedChange::Close, .. }]));
    play.happens(Happening::Did(Lead, Deed::Commanded(Command::Calendar)));
    assert!(matches!(play.last.as_slice(), [Effect::Look(_)]));
}

/// When lessons were let go, while time passes.
fn lessons_came(play: &mut Play, until: &str) -> Vec<DateTime<Utc>> {
    let mut came = Vec::new();
    while let Some(next) = play.t.agenda.values().min().copied().filter(|next| *next <= at(until)) {
        let before = play.mind(Lead).study.released;
        play.until_instant(next);
        if play.mind(Lead).study.released > before {
            came.push(play.now);
        }
    }
    came
}

/// When the calendar says that they will come.
fn lessons_said(play: &Play) -> Vec<DateTime<Utc>> {
    let from = |event: &Event| match event.when {
        When::Span { from, .. } => Some(from),
        When::Days(_) => None,
    };
    events_of(play, Lead, &[]).iter().filter_map(from).collect()
}

/// Ada with these habits, before anything has come.
fn ada(hour: u8, workdays: Workdays, lesson_days: Option<Workdays>) -> Play {
    let mut play = Play::begun();
    let prefs = &mut play.t.lead.as_mut().expect("Ada").person.prefs;
    (prefs.hour, prefs.workdays, prefs.lesson_days) = (hour, workdays, lesson_days);
    play.taps(Lead, Tap::Settings(SettingsTap::Pause));
    play.taps(Lead, Tap::Settings(SettingsTap::Resume));
    play
}

prop_compose! {
    fn some_days(most: u32)(bits in 1..=127u8) -> Workdays {
        let days: Vec<_> = Workdays::from_bits(bits).expect("days").days().take(most as usize).collect();
        Workdays::new(days).expect("days")
    }
}

proptest! {
    /// The calendar says today when each lesson will come; then time passes, and they come at these instants.
    #[test]
    fn lessons_come_when_the_calendar_said(
        hour in 8..18u8, workdays in some_days(7), lesson_days in prop::option::of(some_days(2)),
    ) {
        let mut play = ada(hour, workdays, lesson_days);
        let said = lessons_said(&play);
        prop_assert_eq!(said.len(), 4);
        prop_assert_eq!(said, lessons_came(&mut play, "2027-03-01 12:00"));
    }

    /// With an absence the ceiling of messages may put a later one off still further; none ever comes early, none on a
    /// day away, and whenever the plan moves the calendar moves with it.
    #[test]
    fn no_lesson_comes_before_the_calendar_said(
        hour in 8..18u8, workdays in some_days(7), away in 0..20u64, long in 0..9u64,
    ) {
        let mut play = ada(hour, workdays, None);
        let first = day("2026-11-24") + chrono::Days::new(away);
        let last = first + chrono::Days::new(long);
        play.says(Lead, &format!("weg {} bis {}", first.format("%d.%m.%Y"), last.format("%d.%m.%Y")));
        let said = lessons_said(&play);
        let came = lessons_came(&mut play, "2027-03-01 12:00");
        prop_assert_eq!(said.len(), came.len());
        for (said, came) in said.iter().zip(&came) {
            prop_assert!(said <= came, "{said} {came}");
            let day = calendar::local_date(*said, chrono_tz::Europe::Berlin);
            prop_assert!(workdays.contains(day) && !(first..=last).contains(&day));
        }
    }
}
