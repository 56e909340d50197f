//! Declaring, extending, shortening, coming back.

use super::super::effect::Kind;
use super::super::event::{Command, Deed, Event};
use super::super::tandem::CoverPhase;
use super::super::tandem::Role::{Deputy, Lead};
use super::super::testing::{Play, at, day, keys, taps};
use super::*;

fn noted(play: &Play) -> Vec<String> {
    let open = play.t.absences.iter().filter(|a| a.phase == AbsencePhase::Planned);
    open.map(|a| format!("{}..{}", a.days.from, a.days.to)).collect()
}

#[test]
fn days_come_by_text_and_by_button() {
    for (tap, days) in [
        (AwayTap::Today, "2026-11-23..2026-11-23"),
        (AwayTap::Tomorrow, "2026-11-24..2026-11-24"),
        (AwayTap::ThisWeek, "2026-11-23..2026-11-27"),
        (AwayTap::NextWeek, "2026-11-30..2026-12-04"),
    ] {
        let mut play = Play::begun();
        play.taps(Lead, Tap::Away(tap.clone()));
        assert_eq!(noted(&play), [days], "{tap:?}");
    }
    for (text, days) in [
        ("weg 3.–7.12.", "2026-12-03..2026-12-07"),
        ("away tomorrow to Friday", "2026-11-24..2026-11-27"),
        ("ich bin nicht da am 3.12.", "2026-12-03..2026-12-03"),
    ] {
        let mut play = Play::begun();
        play.says(Lead, text);
        assert_eq!(noted(&play), [days], "{text}");
    }
}

#[test]
fn the_rest_of_a_week_is_offered_only_while_there_is_one() {
    let mut play = Play::begun();
    let offered = |play: &mut Play| {
        play.happens(Event::Did(Lead, Deed::Commanded(Command::Away)));
        taps(&play.screen()).contains(&Tap::Away(AwayTap::ThisWeek))
    };
    assert!(offered(&mut play));
    play.now = at("2026-11-28 12:00");
    assert!(!offered(&mut play));
    play.taps(Lead, Tap::Away(AwayTap::ThisWeek));
    assert_eq!((noted(&play).len(), play.toast().as_deref()), (0, Some("stale")));
}

#[test]
fn what_is_no_absence_is_refused_in_words_and_asked_again() {
    for (text, key) in [
        ("weg irgendwann", "away-unclear"),
        ("weg 30.2.", "date-impossible"),
        ("weg 7.8.2026 bis 3.8.2026", "away-backwards"),
        ("weg 1.1.2020", "away-long-past"),
        ("weg 1.1.2027 bis 1.6.2028", "away-too-long"),
        ("weg 1.6.2028", "away-too-far"),
    ] {
        let mut play = Play::begun();
        play.says(Lead, text);
        assert_eq!((keys(&play.screen()), noted(&play).len()), (vec![key.to_owned()], 0), "{text}");
    }
}

#[test]
fn a_half_day_is_half_and_two_of_them_are_a_whole_one() {
    let mut play = Play::begun();
    play.says(Lead, "weg morgen vormittag");
    assert_eq!(
        (noted(&play), play.t.absences[0].half),
        (vec!["2026-11-24..2026-11-24".to_owned()], Some(Half::Morning))
    );
    assert_eq!(keys(&play.screen()), ["away-noted", "cover-asked"]);
    let halves = |play: &Play| play.t.covers.iter().map(|cover| cover.half).collect::<Vec<_>>();
    assert_eq!(halves(&play), [Some(Half::Morning)]);
    play.says(Deputy, "weg morgen nachmittag");
    assert_eq!(
        halves(&play),
        [Some(Half::Morning), Some(Half::Afternoon)],
        "who is away in the afternoon can stand in"
    );
    play.says(Lead, "weg morgen vormittag");
    assert_eq!(keys(&play.screen()), ["away-known"]);
    play.says(Lead, "weg morgen");
    assert_eq!((noted(&play).len(), play.t.absences[0].half), (2, None));
    let adas = play.t.absences[0].id.clone();
    let hers: Vec<_> = play.t.covers.iter().filter(|c| c.absence == adas).map(|c| (c.half, c.phase)).collect();
    let asked = (Some(Half::Morning), CoverPhase::Asked);
    assert_eq!(hers, [asked, (Some(Half::Afternoon), CoverPhase::Conflict)]);
}

#[test]
fn a_beginning_without_an_end_is_one_day_until_more_is_said() {
    let mut play = Play::begun();
    play.says(Lead, "weg ab 3.12.");
    assert_eq!(keys(&play.screen()), ["away-noted", "cover-asked", "away-open"]);
    play.says(Lead, "3.12. bis 8.12.");
    assert_eq!(noted(&play), ["2026-12-03..2026-12-08"]);
    assert_eq!(play.t.absences.len(), 1);
}

#[test]
fn absences_that_overlap_or_touch_become_one() {
    let mut play = Play::begun();
    for text in ["weg 7.12. bis 8.12.", "weg 10.12. bis 11.12.", "weg 8.12. bis 10.12."] {
        play.says(Lead, text);
    }
    assert_eq!(noted(&play), ["2026-12-07..2026-12-11"]);
    let kept = play.t.absences.iter().find(|a| a.phase == AbsencePhase::Planned).expect("one absence");
    assert!(play.t.covers.iter().all(|cover| cover.absence == kept.id));
    let returns: Vec<_> = play.t.agenda.keys().filter(|due| matches!(due, Due::Return(_))).collect();
    assert_eq!(returns, [&Due::Return(kept.id.clone())]);
    play.says(Lead, "weg 9.12.");
    assert_eq!(keys(&play.screen()), ["away-known"]);
}

#[test]
fn an_absence_in_the_past_is_recorded_and_asks_nobody() {
    let mut play = Play::begun();
    play.says(Lead, "weg 16.11. bis 18.11.");
    assert_eq!(keys(&play.screen()), ["away-noted", "cover-none-needed"]);
    play.due();
    assert!(play.t.away(&play.id(Lead), day("2026-11-17")));
    assert_eq!(play.t.absences[0].phase, AbsencePhase::Ended);
}

#[test]
fn whoever_is_back_early_was_away_until_yesterday_and_the_helper_is_released() {
    let mut play = Play::begun();
    play.says(Lead, "weg 1.12. bis 4.12.");
    let cover = play.t.covers[0].id.clone();
    play.taps(Deputy, Tap::Cover { cover, version: 1, act: super::super::tap::CoverAct::Accept });
    play.until("2026-12-03 09:00");
    play.happens(Event::Did(Lead, Deed::Commanded(Command::Away)));
    let back = Tap::Away(AwayTap::Cancel(play.t.absences[0].id.clone()));
    assert!(taps(&play.screen()).contains(&back));
    play.taps(Lead, back.clone());
    assert_eq!(keys(&play.screen()), ["away-back"]);
    assert_eq!(play.t.absences[0].days, Days { from: day("2026-12-01"), to: day("2026-12-02") });
    assert_eq!((play.t.absences[0].phase, play.t.covers[0].phase), (AbsencePhase::Ended, CoverPhase::Done));
    assert_eq!(play.log(Deputy, &[Kind::Cover])[2..], ["Thu 03 09:00 cover-shortened", "Thu 03 09:00 cover-released"]);
    play.taps(Lead, back);
    assert_eq!(play.toast().as_deref(), Some("stale"));
    // The lesson of this day comes, one and not two.
    play.until("2026-12-04 00:00");
    assert_eq!(play.log(Lead, &[Kind::Lesson]).len(), 3);
}

#[test]
fn cancelling_needs_ones_own_absence() {
    let mut play = Play::begun();
    play.says(Lead, "weg 7.12.");
    let tap = Tap::Away(AwayTap::Cancel(play.t.absences[0].id.clone()));
    play.taps(Deputy, tap.clone());
    assert_eq!((play.toast().as_deref(), noted(&play).len()), (Some("stale"), 1));
    play.taps(Lead, tap);
    assert_eq!((keys(&play.screen()), noted(&play).len()), (vec!["away-cancelled".to_owned()], 0));
}

#[test]
fn whoever_leaves_the_end_open_is_asked_each_morning_and_never_why() {
    let mut play = Play::begun();
    play.until("2026-11-26 08:00");
    play.says(Lead, "weg ab heute");
    let id = play.t.absences[0].id.clone();
    play.until("2026-11-27 09:00");
    let asked =
        |play: &Play| play.log(Lead, &[Kind::Cover]).iter().filter(|line| line.contains("away-back-ask")).count();
    assert_eq!((asked(&play), play.t.absences[0].ending), (1, Ending::Asked));
    play.taps(Lead, Tap::Away(AwayTap::TodayToo { absence: id.clone(), day: day("2026-11-27") }));
    assert_eq!(noted(&play), ["2026-11-26..2026-11-27"]);
    assert_eq!(play.t.covers.iter().filter(|cover| cover.phase != CoverPhase::Cancelled).count(), 2);
    // Friday: the next question comes on Monday.
    play.until("2026-11-29 23:00");
    assert_eq!(asked(&play), 1);
    play.until("2026-11-30 09:00");
    assert_eq!(asked(&play), 2);
    play.taps(Lead, Tap::Away(AwayTap::Until(id.clone())));
    play.says(Lead, "bis Mittwoch");
    assert_eq!((noted(&play), play.t.absences[0].ending), (vec!["2026-11-26..2026-12-02".to_owned()], Ending::Known));
    play.until("2026-12-03 12:00");
    assert_eq!((play.t.absences[0].phase, asked(&play)), (AbsencePhase::Ended, 2));
}

#[test]
fn without_an_answer_the_absence_is_over_on_the_next_morning() {
    let mut play = Play::begun();
    play.says(Lead, "weg ab sofort");
    let cover = play.t.covers[0].id.clone();
    play.taps(Deputy, Tap::Cover { cover, version: 1, act: super::super::tap::CoverAct::Accept });
    play.until("2026-11-24 12:00");
    assert!(!play.log(Deputy, &[Kind::Cover]).iter().any(|line| line.contains("cover-released")));
    play.until("2026-11-25 12:00");
    assert_eq!(play.t.absences[0].phase, AbsencePhase::Ended);
    assert_eq!(play.t.absences[0].days, Days::one(day("2026-11-23")));
    assert!(play.log(Deputy, &[Kind::Cover]).iter().any(|line| line.contains("cover-released")));
}
