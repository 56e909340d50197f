//! The instants of a cover, its stories, and how it ends. Every transition by itself is in `transitions`.

use std::collections::BTreeSet;

use super::super::days::Days;
use super::super::effect::Kind;
use super::super::event::{Deed, Event};
use super::super::holidays::Land;
use super::super::ids::{AbsenceId, CoverId};
use super::super::tandem::{Absence, AbsencePhase, Cover, CoverPhase, Due, Ending, Role, Stage};
use super::super::tap::{AwayTap, CoverAct, DataTap, Tap};
use super::super::testing::{Play, day, keys, taps};
use CoverAct::{Accept, AskAgain, AskRound, Decline, LeaveOpen, Tick};
use Role::{Deputy, Lead};

/// Ada is away from Wednesday 2 to Friday 4 December; Ben's cover is in this phase. It is 23 November, eight.
fn covered(phase: CoverPhase) -> Play {
    let mut play = Play::begun();
    let days = Days { from: day("2026-12-02"), to: day("2026-12-04") };
    let (who, helper) = (play.id(Lead), play.id(Deputy));
    let absence = AbsenceId("absence00001".into());
    let (half, ending) = (None, Ending::Known);
    play.t.absences.push(Absence { id: absence.clone(), who, days, half, ending, phase: AbsencePhase::Planned });
    let id = CoverId("cover0000001".into());
    play.t.covers.push(Cover {
        id,
        absence,
        days,
        half,
        version: 1,
        helper: Some(helper),
        phase,
        ticks: BTreeSet::new(),
        given: BTreeSet::new(),
        link: None,
        neighbours: Vec::new(),
    });
    play
}

fn press(play: &mut Play, role: Role, act: CoverAct) {
    let cover = play.t.covers[0].clone();
    play.taps(role, Tap::Cover { cover: cover.id, version: cover.version, act });
}

fn phases(play: &Play) -> Vec<(String, CoverPhase)> {
    play.t.covers.iter().map(|c| (format!("{}..{}", c.days.from, c.days.to), c.phase)).collect()
}

fn cover_log(play: &Play, role: Role) -> Vec<String> {
    play.log(role, &[Kind::Cover])
}

#[test]
fn an_answer_to_another_version_or_after_the_days_changes_nothing() {
    for version in [0, 2] {
        let mut play = covered(CoverPhase::Asked);
        let cover = play.t.covers[0].id.clone();
        play.taps(Deputy, Tap::Cover { cover, version, act: Accept });
        assert_eq!((play.t.covers[0].phase, play.toast().as_deref()), (CoverPhase::Asked, Some("stale")));
    }
    let mut play = covered(CoverPhase::Asked);
    play.now = super::super::testing::at("2026-12-05 09:00");
    press(&mut play, Deputy, Accept);
    assert_eq!((play.t.covers[0].phase, play.toast().as_deref()), (CoverPhase::Asked, Some("stale")));
}

#[test]
fn a_double_tap_and_a_race_have_one_outcome() {
    let mut play = covered(CoverPhase::Asked);
    let cover = play.t.covers[0].id.clone();
    let yes = Tap::Cover { cover: cover.clone(), version: 1, act: Accept };
    let with = |act| Tap::Cover { cover: cover.clone(), version: 1, act };
    play.taps(Deputy, yes.clone());
    for (role, tap) in [(Deputy, yes), (Deputy, with(Decline)), (Lead, with(LeaveOpen))] {
        play.taps(role, tap);
        assert_eq!(play.toast().as_deref(), Some("stale"));
    }
    assert_eq!(play.t.covers[0].phase, CoverPhase::Accepted);
    assert_eq!(cover_log(&play, Lead), ["Mon 23 08:00 cover-taken"]);
}

#[test]
fn a_yes_can_be_taken_back_and_given_again_and_each_is_told() {
    let mut play = covered(CoverPhase::Asked);
    for act in [Accept, Decline, Accept, Decline] {
        press(&mut play, Deputy, act);
    }
    assert_eq!((play.t.covers[0].phase, play.t.covers[0].version), (CoverPhase::Declined, 3));
    let told: Vec<String> =
        play.to(Lead).iter().filter(|o| o.kind == Kind::Cover).map(|o| keys(&o.message)[0].clone()).collect();
    assert_eq!(told, ["cover-taken", "gap-declined", "cover-taken", "gap-declined"]);
}

#[test]
fn asking_anew_makes_the_older_question_worthless() {
    let mut play = covered(CoverPhase::Declined);
    press(&mut play, Lead, AskAgain);
    assert_eq!((play.t.covers[0].phase, play.t.covers[0].version), (CoverPhase::Asked, 2));
    let cover = play.t.covers[0].id.clone();
    play.taps(Deputy, Tap::Cover { cover, version: 1, act: Accept });
    assert_eq!(play.t.covers[0].phase, CoverPhase::Asked);
}

#[test]
fn a_question_is_put_at_seven_days_two_days_and_one_working_day_and_then_the_gap_shows() {
    let mut play = Play::begun();
    play.says(Lead, "weg 17.12.-18.12.");
    play.until("2026-12-20 00:00");
    assert_eq!(
        cover_log(&play, Deputy),
        [
            "Mon 23 08:00 cover-question",
            "Thu 10 10:00 cover-question-again",
            "Tue 15 10:00 cover-question-again",
            "Wed 16 10:00 cover-question-again",
        ]
    );
    assert_eq!(cover_log(&play, Lead), ["Wed 16 14:00 gap-unanswered"]);
    assert_eq!(play.t.covers[0].phase, CoverPhase::Unanswered);
    assert_eq!(play.t.agenda.keys().filter(|due| matches!(due, Due::Chase(_) | Due::Gap(_))).count(), 0);
}

#[test]
fn what_starts_within_two_days_is_asked_at_once_and_again_after_four_working_hours() {
    let mut play = Play::begun();
    play.until("2026-11-24 11:00");
    play.says(Lead, "weg morgen");
    play.until("2026-11-25 23:00");
    assert_eq!(cover_log(&play, Deputy), ["Tue 24 11:00 cover-question", "Tue 24 15:00 cover-question-again"]);
    assert_eq!(cover_log(&play, Lead), ["Tue 24 16:00 gap-unanswered"]);
}

#[test]
fn a_question_in_the_evening_waits_for_the_morning_unless_it_is_urgent() {
    let mut play = Play::begun();
    play.until("2026-11-24 21:30");
    play.says(Lead, "weg 10.12.");
    play.says(Lead, "weg morgen");
    assert_eq!(cover_log(&play, Deputy), ["Tue 24 21:30 cover-question"]);
    play.until("2026-11-25 08:00");
    assert_eq!(cover_log(&play, Deputy)[1..], ["Wed 25 08:00 cover-question"]);
    // On Friday evening "Monday" is more than two days away, and the next morning would be too late.
    let mut play = Play::begun();
    play.until("2026-11-27 20:00");
    play.says(Lead, "weg 30.11.");
    assert_eq!(cover_log(&play, Deputy), ["Fri 27 20:00 cover-question"]);
}

#[test]
fn the_checklist_comes_once_a_working_day_before_and_thanks_after_the_return() {
    let mut play = covered(CoverPhase::Asked);
    let absence = play.t.absences[0].id.clone();
    play.t.agenda.insert(Due::Return(absence), super::super::testing::at("2026-12-05 09:00"));
    press(&mut play, Deputy, Accept);
    assert_eq!(keys(&play.screen()), ["cover-thanks", "cover-checklist-comes"]);
    play.until("2026-12-08 00:00");
    assert_eq!(cover_log(&play, Deputy), ["Tue 01 10:00 handover-title+handover-hint", "Mon 07 08:00 cover-released"]);
    assert_eq!(play.t.covers[0].phase, CoverPhase::Done);
}

#[test]
fn a_late_yes_brings_the_checklist_at_once_and_only_once() {
    let mut play = covered(CoverPhase::Asked);
    play.now = super::super::testing::at("2026-12-01 12:00");
    press(&mut play, Deputy, Accept);
    assert_eq!(keys(&play.screen()), ["handover-title", "handover-hint"]);
    for item in 0..5 {
        press(&mut play, Deputy, Tick(item));
    }
    // Ada is still there and has not handed over yet.
    assert_eq!(keys(&play.screen()), ["handover-title", "handover-waits"]);
    for item in 0..5 {
        press(&mut play, Lead, Tick(item));
    }
    assert_eq!(keys(&play.screen()), ["handover-giving-title", "handover-taken", "handover-giving-complete"]);
    let cover = play.t.covers[0].clone();
    play.happens(Event::Did(Deputy, Deed::Tapped(Tap::Cover { cover: cover.id, version: 2, act: Tick(0) })));
    press(&mut play, Deputy, Tick(0));
    assert_eq!(keys(&play.screen()), ["handover-title", "handover-given", "handover-complete"]);
    play.until("2026-12-03 00:00");
    assert_eq!(cover_log(&play, Deputy), Vec::<String>::new());
}

#[test]
fn days_in_the_past_weekends_and_holidays_ask_nobody() {
    for text in ["weg 18.11. bis 19.11.", "weg 28.11. bis 29.11.", "weg 25.12. bis 26.12."] {
        let mut play = Play::begun();
        let mut round = (*play.t.round).clone();
        round.land = Some(Land::Berlin);
        play.t.round = std::sync::Arc::new(round);
        play.says(Lead, text);
        assert_eq!(keys(&play.screen()), ["away-noted", "cover-none-needed"], "{text}");
        assert_eq!((play.t.covers.len(), play.to(Deputy).len()), (0, 0), "{text}");
    }
}

#[test]
fn both_away_is_cut_into_what_can_be_covered_and_what_cannot() {
    let mut play = Play::begun();
    play.says(Deputy, "weg 10.12. bis 11.12.");
    play.says(Lead, "weg 7.12. bis 11.12.");
    assert_eq!(
        phases(&play)[1..],
        [
            ("2026-12-10..2026-12-11".into(), CoverPhase::Conflict),
            ("2026-12-10..2026-12-11".into(), CoverPhase::Conflict),
            ("2026-12-07..2026-12-09".into(), CoverPhase::Asked),
        ]
    );
    assert_eq!(keys(&play.screen()), ["away-noted", "cover-asked-partly"]);
    assert!(cover_log(&play, Lead).iter().any(|line| line.ends_with("gap-both-away")));
}

#[test]
fn a_helper_who_will_be_away_too_opens_only_those_days() {
    let mut play = Play::begun();
    play.says(Lead, "weg 7.12. bis 16.12.");
    press(&mut play, Deputy, Accept);
    play.says(Deputy, "weg 9.12. bis 10.12.");
    let of_ada: Vec<_> = play.t.covers.iter().filter(|c| c.absence == play.t.absences[0].id).collect();
    let seen: Vec<_> = of_ada.iter().map(|c| (c.days.from, c.days.to, c.phase)).collect();
    assert_eq!(
        seen,
        [
            (day("2026-12-07"), day("2026-12-08"), CoverPhase::Accepted),
            (day("2026-12-11"), day("2026-12-16"), CoverPhase::Accepted),
            (day("2026-12-09"), day("2026-12-10"), CoverPhase::Conflict),
        ]
    );
    play.until("2026-12-11 00:00");
    let handovers = cover_log(&play, Deputy).into_iter().filter(|line| line.contains("handover")).collect::<Vec<_>>();
    assert_eq!(handovers, ["Fri 04 10:00 handover-title+handover-hint", "Tue 08 10:00 handover-title+handover-hint"]);
}

#[test]
fn who_is_there_after_all_is_asked_for_the_days_that_nobody_could_take() {
    let mut play = Play::begun();
    play.says(Deputy, "weg 10.12.");
    play.says(Lead, "weg 10.12.");
    let bens = play.t.absences[0].id.clone();
    play.taps(Deputy, Tap::Away(AwayTap::Cancel(bens)));
    let adas = play.t.absences[1].id.clone();
    let cover = play.t.covers.iter().find(|c| c.absence == adas).expect("a cover");
    assert_eq!((cover.phase, cover.version), (CoverPhase::Asked, 2));
    assert!(cover_log(&play, Deputy).iter().any(|line| line.ends_with("cover-question")));
}

#[test]
fn extending_asks_for_the_new_days_only() {
    let mut play = Play::begun();
    play.says(Lead, "weg 7.12. bis 9.12.");
    press(&mut play, Deputy, Accept);
    play.says(Lead, "weg 7.12. bis 11.12.");
    assert_eq!(
        phases(&play),
        [("2026-12-07..2026-12-09".into(), CoverPhase::Accepted), ("2026-12-10..2026-12-11".into(), CoverPhase::Asked)]
    );
    assert_eq!(play.t.absences.len(), 1);
}

#[test]
fn shortening_keeps_the_yes_and_tells_the_helper() {
    let mut play = Play::begun();
    play.says(Lead, "weg 7.12. bis 11.12.");
    press(&mut play, Deputy, Accept);
    play.says(Lead, "weg 7.12. bis 8.12.");
    assert_eq!(phases(&play), [("2026-12-07..2026-12-08".into(), CoverPhase::Accepted)]);
    assert_eq!(play.t.absences[0].days, Days { from: day("2026-12-07"), to: day("2026-12-08") });
    assert_eq!(cover_log(&play, Deputy).last().map(String::as_str), Some("Mon 23 08:00 cover-shortened"));
    assert_eq!(
        play.t.agenda.get(&Due::Return(play.t.absences[0].id.clone())),
        Some(&super::super::testing::at("2026-12-09 09:00"))
    );
}

#[test]
fn calling_off_tells_whoever_was_asked_and_chases_nobody() {
    let mut play = Play::begun();
    play.says(Lead, "weg 7.12. bis 11.12.");
    let absence = play.t.absences[0].id.clone();
    play.taps(Lead, Tap::Away(AwayTap::Cancel(absence)));
    assert_eq!(play.t.covers[0].phase, CoverPhase::Cancelled);
    play.until("2026-12-12 00:00");
    assert_eq!(cover_log(&play, Deputy), ["Mon 23 08:00 cover-question", "Mon 23 08:00 cover-called-off"]);
}

#[test]
fn a_helper_who_leaves_opens_the_days_and_the_gap_says_that_nobody_is_there() {
    let mut play = Play::begun();
    play.says(Lead, "weg 7.12. bis 11.12.");
    press(&mut play, Deputy, Accept);
    play.taps(Deputy, Tap::Data(DataTap::DeleteReally));
    assert_eq!((play.t.covers[0].phase, play.t.covers[0].helper.clone()), (CoverPhase::Conflict, None));
    assert_eq!(cover_log(&play, Lead).last().map(String::as_str), Some("Mon 23 08:00 gap-nobody"));
}

#[test]
fn a_new_second_person_is_asked_for_what_stands_open() {
    let mut play = Play::begun();
    play.says(Lead, "weg 7.12. bis 11.12.");
    play.taps(Deputy, Tap::Data(DataTap::DeleteReally));
    let mut seat = super::super::testing::tandem().deputy.expect("a seat");
    seat.person = super::super::testing::person("cleo00000000", "Cleo");
    seat.mind.stage = Stage::Times;
    play.t.deputy = Some(seat);
    play.happens(Event::Did(Deputy, Deed::Tapped(Tap::Setup(super::super::tap::Setup::TimesFine))));
    assert_eq!(play.t.covers[0].phase, CoverPhase::Asked);
    assert_eq!(cover_log(&play, Deputy), ["Mon 23 08:00 cover-question"]);
}

#[test]
fn the_absent_person_can_decide_in_the_list_as_well() {
    let mut play = covered(CoverPhase::Declined);
    play.happens(Event::Did(Lead, Deed::Commanded(super::super::event::Command::Cover)));
    let acts: Vec<CoverAct> = taps(&play.screen())
        .into_iter()
        .filter_map(|tap| match tap {
            Tap::Cover { act, .. } => Some(act),
            _ => None,
        })
        .collect();
    assert_eq!(acts, [AskAgain, AskRound, LeaveOpen]);
}
