//! The desk: creating a round, what is out of reach, the way by buttons.

use super::super::digest::Digest;
use super::super::testing::{Numbers, at, day, keys, person, round, taps};
use super::*;
use crate::domain::ids::PersonId;
use crate::domain::news::About;
use crate::domain::tandem::{Missing, Plans, Round, TandemPhase};
use crate::domain::tap::Soon;
use std::collections::BTreeSet;

fn titled(ids: &[(&str, &str)]) -> Vec<(String, String)> {
    ids.iter().map(|(id, title)| ((*id).to_owned(), (*title).to_owned())).collect()
}

/// A trainer with no round, at noon on Monday, 23 November 2026.
fn trainer(rounds: Vec<RoundCard>) -> Trainer {
    Trainer { person: person("trix00000000", "Trix"), desk: Desk::Clear, digest: Digest::default(), rounds }
}

fn card(phase: RoundPhase) -> RoundCard {
    let tandem = |id: &str, organisation: Option<&str>, missing| TandemCard {
        id: id.into(),
        organisation: organisation.map(str::to_owned),
        missing,
        phase: TandemPhase::Forming,
    };
    let incomplete = tandem("t2", None, vec![Missing::Deputy]);
    let ready = tandem("t1", Some("Bücherei"), Vec::new());
    let round = round();
    let tandems = vec![ready, incomplete];
    RoundCard {
        id: round.id,
        name: round.name,
        programme: round.programme,
        start: round.start,
        zone: round.zone,
        land: round.land,
        places: 5,
        phase,
        plans: Plans::default(),
        controller: round.controller,
        privacy_contact: round.privacy_contact,
        tandems,
        colleagues: vec![("trix00000000".into(), "Trix".into())],
        letters: Vec::new(),
        meetings: Vec::new(),
        planned: Vec::new(),
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
        TrainerTap::On("other".into(), RoundTap::Open),
        TrainerTap::On("other".into(), RoundTap::Link),
        TrainerTap::On("other".into(), RoundTap::StartReally),
        TrainerTap::On("other".into(), RoundTap::Report),
        TrainerTap::Admit("other".into()),
        TrainerTap::Shift("other".into()),
        TrainerTap::ShiftTo("t1".into(), "other".into()),
        TrainerTap::ShiftTo("t1".into(), round().id),
        TrainerTap::Dismiss("other".into(), "trix00000000".into()),
        TrainerTap::Dismiss(round().id, "other".into()),
        TrainerTap::CancelMeeting("other".into()),
        TrainerTap::Send,
        TrainerTap::SendLater,
        TrainerTap::SendAt(Soon::NextDay),
        TrainerTap::AnswerAll,
        TrainerTap::Rewrite,
        TrainerTap::Rest(1),
        TrainerTap::On(round().id, RoundTap::StartReally),
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
    let asked = does(&mut trainer, &[], Deed::Tapped(Tap::Trainer(TrainerTap::On(id.clone(), RoundTap::StartNow))));
    assert_eq!(keys(&screen(&asked)), ["round-start-ask", "round-missing"]);
    let effects =
        does(&mut trainer, &[], Deed::Tapped(Tap::Trainer(TrainerTap::On(id.clone(), RoundTap::StartReally))));
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

#[test]
fn every_change_of_another_trainers_round_is_out_of_reach() {
    let mut trainer = trainer(vec![card(RoundPhase::Running)]);
    for (tap, _) in crate::domain::tap::ROUND_TAPS {
        let effects = does(&mut trainer, &[], Deed::Tapped(Tap::Trainer(TrainerTap::On("other".into(), *tap))));
        assert!(matches!(&effects[..], [Effect::Toast(line)] if line.key == "stale"), "{tap:?}: {effects:?}");
    }
}

/// Taps one button after the other; the last one's effects.
fn taps_all(trainer: &mut Trainer, all: &[TrainerTap]) -> Vec<Effect> {
    all.iter().fold(Vec::new(), |_, tap| does(trainer, &[], Deed::Tapped(Tap::Trainer(tap.clone()))))
}

fn changes(effects: &[Effect]) -> Vec<&RoundChange> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Round(_, change) => Some(change),
            _ => None,
        })
        .collect()
}

#[test]
fn an_announcement_is_shown_before_it_goes_and_goes_once() {
    let mut trainer = trainer(vec![card(RoundPhase::Running)]);
    let asked = does(&mut trainer, &[], Deed::Commanded(Command::Announce));
    assert_eq!(keys(&screen(&asked)), ["announce-ask"], "one round is no choice");
    let long = does(&mut trainer, &[], Deed::Wrote("x".repeat(crate::domain::news::MAX_TEXT + 1)));
    assert_eq!(keys(&screen(&long)), ["announce-long"]);
    let shown = does(&mut trainer, &[], Deed::Wrote("Am Donnerstag um zwei".into()));
    assert!(matches!(&shown[..], [Effect::Look(Look::Preview { about: About::Word, .. })]), "{shown:?}");
    let sent = taps_all(&mut trainer, &[TrainerTap::Send]);
    assert!(matches!(changes(&sent)[..], [RoundChange::Announce { at, .. }] if *at == at_noon()), "{sent:?}");
    let again = taps_all(&mut trainer, &[TrainerTap::Send]);
    assert!(changes(&again).is_empty(), "a second tap sends nothing");
}

fn at_noon() -> DateTime<Utc> {
    at("2026-11-23 12:00")
}

#[test]
fn whoever_turns_to_something_else_sends_nothing() {
    let mut trainer = trainer(vec![card(RoundPhase::Running)]);
    does(&mut trainer, &[], Deed::Commanded(Command::Announce));
    does(&mut trainer, &[], Deed::Wrote("Guten Tag".into()));
    let effects = taps_all(&mut trainer, &[TrainerTap::Rounds, TrainerTap::Send]);
    assert!(matches!(&effects[..], [Effect::Toast(line)] if line.key == "stale"));
    let help = does(&mut trainer, &[], Deed::Wrote("und noch etwas".into()));
    assert_eq!(keys(&screen(&help)), ["trainer-help"], "it is no announcement any more");
}

#[test]
fn a_time_is_chosen_by_a_tap_or_a_text_and_absurd_ones_are_refused() {
    for (deed, when) in [
        (Deed::Tapped(Tap::Trainer(TrainerTap::SendAt(Soon::NextDay))), Some("2026-11-24 09:00")),
        (Deed::Tapped(Tap::Trainer(TrainerTap::SendAt(Soon::NextMonday))), Some("2026-11-30 09:00")),
        (Deed::Wrote("1.12. 14:30".into()), Some("2026-12-01 14:30")),
        (Deed::Wrote("29.11. 3:00".into()), Some("2026-11-30 08:00")),
        (Deed::Wrote("1.1.1970 10:00".into()), None),
        (Deed::Wrote("31.2.9999 10:00".into()), None),
        (Deed::Wrote("bald".into()), None),
    ] {
        let mut trainer = trainer(vec![card(RoundPhase::Running)]);
        does(&mut trainer, &[], Deed::Commanded(Command::Announce));
        does(&mut trainer, &[], Deed::Wrote("Guten Tag".into()));
        taps_all(&mut trainer, &[TrainerTap::SendLater]);
        let effects = does(&mut trainer, &[], deed.clone());
        let planned = changes(&effects).into_iter().find_map(|change| match change {
            RoundChange::Announce { at, .. } => Some(*at),
            _ => None,
        });
        assert_eq!(planned, when.map(at), "{deed:?}");
    }
}

#[test]
fn a_start_moves_only_before_it_and_never_to_an_absurd_day() {
    let dates = |phase, text: &str| {
        let mut trainer = trainer(vec![card(phase)]);
        taps_all(&mut trainer, &[TrainerTap::On(round().id, RoundTap::Dates)]);
        does(&mut trainer, &[], Deed::Wrote(text.into()));
        let effects = taps_all(&mut trainer, &[TrainerTap::Send]);
        changes(&effects).into_iter().find_map(|change| match change {
            RoundChange::Dates(day) => Some(*day),
            _ => None,
        })
    };
    assert_eq!(dates(RoundPhase::Planned, "7.12."), Some(day("2026-12-07")));
    assert_eq!(dates(RoundPhase::Running, "7.12."), None);
    for absurd in ["gestern", "heute", "1.1.2099", "31.2."] {
        assert_eq!(dates(RoundPhase::Planned, absurd), None, "{absurd}");
    }
}

#[test]
fn a_copy_asks_for_the_first_day_alone() {
    let mut trainer = trainer(vec![card(RoundPhase::Closed)]);
    let asked = taps_all(&mut trainer, &[TrainerTap::On(round().id, RoundTap::Copy)]);
    assert_eq!(keys(&screen(&asked)), ["draft-start"]);
    let effects = taps_all(&mut trainer, &[TrainerTap::Start(1)]);
    let made = created(&effects).expect("a round");
    assert_eq!((made.places, made.controller.as_str(), made.start), (5, "Verband", day("2026-12-07")));
}

#[test]
fn the_last_trainer_of_a_round_stays() {
    let me: PersonId = "trix00000000".into();
    let mut alone = trainer(vec![card(RoundPhase::Running)]);
    let effects = taps_all(&mut alone, &[TrainerTap::Dismiss(round().id, me.clone())]);
    assert!(matches!(&effects[..], [Effect::Toast(line)] if line.key == "colleague-last"));
    let mut two = card(RoundPhase::Running);
    two.colleagues.push(("una000000000".into(), "Una".into()));
    let mut trainer = trainer(vec![two]);
    let effects = taps_all(&mut trainer, &[TrainerTap::Dismiss(round().id, me.clone())]);
    assert_eq!(changes(&effects), [&RoundChange::Dismiss(me)]);
}

#[test]
fn a_closed_round_takes_no_changes() {
    let mut trainer = trainer(vec![card(RoundPhase::Closed)]);
    for tap in [
        RoundTap::Announce,
        RoundTap::Link,
        RoundTap::Rest,
        RoundTap::Seats,
        RoundTap::Dates,
        RoundTap::Group,
        RoundTap::NewMeeting,
        RoundTap::Shift,
        RoundTap::Close,
        RoundTap::CloseReally,
    ] {
        let effects = taps_all(&mut trainer, &[TrainerTap::On(round().id, tap)]);
        assert!(matches!(&effects[..], [Effect::Toast(_)]), "{tap:?}: {effects:?}");
    }
}

#[test]
fn a_group_is_an_address_and_nothing_else() {
    for (text, good) in [
        ("https://t.me/+abc", true),
        ("http://example.org", false),
        ("https://user@example.org", false),
        ("https://example.org/<script>", false),
        ("javascript:alert(1)", false),
        ("https://nowhere", false),
        ("https://a.example b", false),
    ] {
        let mut trainer = trainer(vec![card(RoundPhase::Running)]);
        taps_all(&mut trainer, &[TrainerTap::On(round().id, RoundTap::Group)]);
        let effects = does(&mut trainer, &[], Deed::Wrote(text.into()));
        assert_eq!(matches!(&effects[..], [Effect::Look(Look::Preview { .. })]), good, "{text}");
    }
}
