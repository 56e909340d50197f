//! The desk: creating a round, what is out of reach, the way by buttons.

use super::super::testing::{Numbers, at, day, keys, person, round, taps};
use super::*;
use crate::domain::tandem::Round;
use std::collections::BTreeSet;

fn titled(ids: &[(&str, &str)]) -> Vec<(String, String)> {
    ids.iter().map(|(id, title)| ((*id).to_owned(), (*title).to_owned())).collect()
}

/// A trainer with no round, at noon on Monday, 23 November 2026.
fn trainer(rounds: Vec<RoundCard>) -> Trainer {
    Trainer { person: person("trix00000000", "Trix"), desk: Desk::Clear, rounds }
}

fn card(phase: RoundPhase) -> RoundCard {
    let incomplete = TandemCard { id: "t2".into(), organisation: None, missing: vec![Missing::Deputy] };
    let ready = TandemCard { id: "t1".into(), organisation: Some("Bücherei".into()), missing: Vec::new() };
    let round = round();
    let tandems = vec![ready, incomplete];
    RoundCard {
        id: round.id,
        name: round.name,
        programme: round.programme,
        start: round.start,
        places: 5,
        phase,
        tandems,
    }
}

fn does(trainer: &mut Trainer, programmes: &[(String, String)], deed: Deed) -> Vec<Effect> {
    let languages = [Lang::source(), Lang::from("en")];
    let zone = chrono_tz::Europe::Berlin;
    let cx = DeskContext { now: at("2026-11-23 12:00"), programmes, languages: &languages, courses: &[], zone };
    let (after, effects) = step(trainer.clone(), deed, &cx, &mut Numbers::default());
    *trainer = after;
    effects
}

fn screen(effects: &[Effect]) -> Message {
    let shown = effects.iter().find_map(|effect| match effect {
        Effect::Redraw { message, .. } => Some(message.clone()),
        Effect::Owe(owed) => Some(owed.message.clone()),
        _ => None,
    });
    shown.unwrap_or_default()
}

fn created(effects: &[Effect]) -> Option<Round> {
    effects.iter().find_map(|effect| match effect {
        Effect::Round(_, RoundChange::Create { round, .. }) => Some((**round).clone()),
        _ => None,
    })
}

#[test]
fn five_answers_make_a_round_that_is_named_by_its_programmes_title() {
    let programmes = titled(&[("fuehrerschein", "Der Führerschein"), ("konzept", "Das Konzept")]);
    let mut trainer = trainer(Vec::new());
    let asked = does(&mut trainer, &programmes, Deed::Tapped(Tap::Trainer(TrainerTap::Create)));
    assert_eq!(keys(&screen(&asked)), ["draft-programme"]);
    let mut last = Vec::new();
    for (deed, next) in [
        (Deed::Tapped(Tap::Trainer(TrainerTap::Programme("unknown".into()))), None),
        (Deed::Tapped(Tap::Trainer(TrainerTap::Programme("fuehrerschein".into()))), Some("draft-start")),
        (Deed::Wrote("gestern".into()), Some("draft-start-unclear")),
        (Deed::Tapped(Tap::Trainer(TrainerTap::Start(0))), Some("draft-places")),
        (Deed::Wrote("viele".into()), Some("draft-places-unclear")),
        (Deed::Wrote("12".into()), Some("draft-controller")),
        (Deed::Wrote("x".repeat(MAX_NAME + 1)), Some("draft-text-long")),
        (Deed::Wrote("Verband".into()), Some("draft-contact")),
        (Deed::Wrote("daten@example.org".into()), Some("round-link")),
    ] {
        last = does(&mut trainer, &programmes, deed.clone());
        assert_eq!(keys(&screen(&last)).first().map(String::as_str), next, "{deed:?}");
    }
    let round = created(&last).expect("a round");
    assert_eq!((round.name.as_str(), round.start, round.places), ("Der Führerschein 11/2026", day("2026-11-30"), 12));
    assert_eq!(trainer.desk, Desk::Clear);
}

#[test]
fn one_programme_is_no_choice() {
    let mut trainer = trainer(Vec::new());
    let asked = does(&mut trainer, &titled(&[("p", "P")]), Deed::Tapped(Tap::Trainer(TrainerTap::Create)));
    assert_eq!(keys(&screen(&asked)), ["draft-start"]);
}

#[test]
fn rounds_and_tandems_of_others_are_out_of_reach() {
    let mut trainer = trainer(vec![card(RoundPhase::Running)]);
    for tap in [
        TrainerTap::Round("other".into()),
        TrainerTap::Link("other".into()),
        TrainerTap::StartReally("other".into()),
        TrainerTap::Report("other".into()),
        TrainerTap::Admit("other".into()),
        TrainerTap::StartReally(round().id),
        TrainerTap::Places(3),
    ] {
        let effects = does(&mut trainer, &[], Deed::Tapped(Tap::Trainer(tap.clone())));
        assert!(matches!(&effects[..], [Effect::Toast(line)] if line.key == "stale"), "{tap:?}: {effects:?}");
    }
}

#[test]
fn starting_asks_first_and_names_who_is_missing_what() {
    let mut trainer = trainer(vec![card(RoundPhase::Planned)]);
    let id = round().id;
    let asked = does(&mut trainer, &[], Deed::Tapped(Tap::Trainer(TrainerTap::StartNow(id.clone()))));
    assert_eq!(keys(&screen(&asked)), ["round-start-ask", "round-missing"]);
    let effects = does(&mut trainer, &[], Deed::Tapped(Tap::Trainer(TrainerTap::StartReally(id.clone()))));
    assert!(effects.contains(&Effect::Round(id, RoundChange::Start)));
}

#[test]
fn every_command_of_trainers_has_one_answer_and_can_be_reached_by_buttons() {
    for (_, command) in Command::NAMES {
        let mut trainer = trainer(vec![card(RoundPhase::Running)]);
        assert_eq!(does(&mut trainer, &[], Deed::Commanded(command)).len(), 1, "{command:?}");
    }
    let mut trainer = trainer(vec![card(RoundPhase::Running)]);
    let (mut seen, mut shown) = (BTreeSet::new(), BTreeSet::new());
    let mut next = vec![Tap::Home(Home::Open)];
    while let Some(tap) = next.pop() {
        if !seen.insert(format!("{tap:?}")) {
            continue;
        }
        let effects = does(&mut trainer, &titled(&[("p", "P")]), Deed::Tapped(tap));
        shown.extend(keys(&screen(&effects)));
        shown.extend(effects.iter().filter_map(|effect| match effect {
            Effect::Look(look) => Some(format!("{look:?}")),
            _ => None,
        }));
        let safe = |tap: &Tap| !matches!(tap, Tap::Data(DataTap::DeleteReally) | Tap::Settings(_));
        next.extend(taps(&screen(&effects)).into_iter().filter(safe));
    }
    let report = format!("{:?}", Look::Report(round().id));
    for key in [
        "rounds-title",
        "trainer-help",
        "trainer-settings",
        "notice-trainer-more",
        "trainer-delete-ask",
        "Mine",
        &report,
    ] {
        assert!(shown.contains(key), "{key} cannot be reached by buttons");
    }
}
