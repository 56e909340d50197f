//! What people see about covers: the list, the question, the gap, the hand-over checklist.

use std::collections::{BTreeMap, BTreeSet};

use super::super::away::with_part;
use super::super::ids::CoverId;
use super::super::message::{Arg, Button, Label, Line, Message, Press, button, say};
use super::super::tandem::{Cover, CoverPhase, Reach, Role};
use super::super::tap::{CoverAct, Home, Tap};
use super::super::turn::Turn;
use super::answer::away_then;
use super::handover::{HANDOVER, complete};
use super::{absence_of, absent_name, find, helper_name};

/// Covers listed at most, the nearest first.
const LISTED: usize = 6;

/// `/cover`: who stands in for whom, with what can be answered about it.
pub fn show(turn: &mut Turn<'_>, role: Role) {
    let today = turn.today(role);
    let mut message = Message::of(say("cover-title"));
    let mut covers: Vec<Cover> =
        turn.t.covers.iter().filter(|c| c.days.to >= today && c.phase != CoverPhase::Cancelled).cloned().collect();
    covers.sort_by_key(|c| (c.days.from, c.half));
    covers.truncate(LISTED);
    if covers.is_empty() {
        message = message.and(say("cover-nothing"));
    }
    let mut offered: Vec<(Cover, Vec<(&'static str, CoverAct)>)> = Vec::new();
    for cover in covers {
        let line = listed_as(turn, role, &cover);
        message = message.and(with_part(line, cover.days, cover.half));
        let acts = acts(turn, role, &cover);
        offered.push((cover, acts));
    }
    let mut times: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (key, _) in offered.iter().flat_map(|(_, acts)| acts) {
        *times.entry(*key).or_default() += 1;
    }
    for (cover, acts) in offered {
        let labelled = acts.into_iter().map(|(key, act)| {
            // The same words about two covers would not say which is which.
            let twice = times.get(key).is_some_and(|times| *times > 1);
            let label = if twice { dated(say(key), &cover) } else { say(key) };
            button(label, tap(&cover, act))
        });
        message = labelled.fold(message, |message, button| message.row([button]));
    }
    let message = message.row([button(say("button-home"), Tap::Home(Home::Open))]);
    turn.show(role, message, None);
}

/// A cover as a line of the list: whose days they are, and who stands in.
fn listed_as(turn: &Turn<'_>, role: Role, cover: &Cover) -> Line {
    let me = turn.id_of(role);
    let absence = turn.t.absences.iter().find(|absence| absence.id == cover.absence);
    let whose = if absence.is_some_and(|absence| absence.who == me) { "mine" } else { "other" };
    let helper = if cover.helper.as_ref() == Some(&me) { "me" } else { "other" };
    let name = absence.map_or(Arg::Text(String::new()), |absence| super::name_of(turn, absence));
    match cover.phase {
        CoverPhase::Asked | CoverPhase::Unanswered => say("cover-line-asked").with("whose", whose).with("name", name),
        CoverPhase::Accepted | CoverPhase::Done => {
            say("cover-line-taken").with("helper", helper).with("whose", whose).with("name", name)
        }
        CoverPhase::LeftOpen => say("cover-line-left-open").with("whose", whose).with("name", name),
        CoverPhase::Declined | CoverPhase::Conflict | CoverPhase::Cancelled => {
            say("cover-line-open").with("whose", whose).with("name", name)
        }
    }
}

/// What this person can answer about a cover.
fn acts(turn: &Turn<'_>, role: Role, cover: &Cover) -> Vec<(&'static str, CoverAct)> {
    let me = turn.id_of(role);
    let Some(absence) = absence_of(turn, cover) else { return Vec::new() };
    let (absent, helper) = (absence.who == me, cover.helper.as_ref() == Some(&me));
    match cover.phase {
        CoverPhase::Asked | CoverPhase::Unanswered if helper => {
            vec![("button-cover-yes", CoverAct::Accept), ("button-cover-no", CoverAct::Decline)]
        }
        CoverPhase::Declined | CoverPhase::LeftOpen if helper => vec![("button-cover-after-all", CoverAct::Accept)],
        CoverPhase::Conflict if helper && could_stand_in(turn, role, cover) => {
            vec![("button-cover-after-all", CoverAct::Accept)]
        }
        CoverPhase::Accepted if helper => vec![("button-cover-withdraw", CoverAct::Decline)],
        CoverPhase::Declined | CoverPhase::Unanswered | CoverPhase::Conflict if absent => choices(turn, role, cover),
        CoverPhase::Asked
        | CoverPhase::Accepted
        | CoverPhase::Declined
        | CoverPhase::Unanswered
        | CoverPhase::Conflict
        | CoverPhase::LeftOpen
        | CoverPhase::Done
        | CoverPhase::Cancelled => Vec::new(),
    }
}

/// What the absent person can do about a gap.
fn choices(turn: &Turn<'_>, role: Role, cover: &Cover) -> Vec<(&'static str, CoverAct)> {
    // Whoever is leaving still sits there while the gap is drawn.
    let somebody = cover.helper.is_some() && could_stand_in(turn, role.other(), cover);
    let again = somebody.then_some(("button-ask-again", CoverAct::AskAgain));
    let more = [("button-ask-round", CoverAct::AskRound), ("button-leave-open", CoverAct::LeaveOpen)];
    again.into_iter().chain(more).collect()
}

/// Whether one of the two sits there, can be reached, and is there on the days of a cover.
fn could_stand_in(turn: &Turn<'_>, role: Role, cover: &Cover) -> bool {
    turn.t.seat(role).is_some_and(|seat| {
        let slots = away_then(turn, cover);
        seat.person.reach == Reach::Open && !slots.iter().any(|slot| turn.t.away_in(&seat.person.id, *slot))
    })
}

/// The question to the helper, put in these words.
pub(super) fn question(turn: &Turn<'_>, cover: &Cover, key: &'static str) -> Message {
    let line = say(key).with("name", absent_name(turn, cover));
    Message::of(with_part(line, cover.days, cover.half)).row(answers(cover))
}

/// What the absent person sees when nobody stands in, with what can be done.
pub(super) fn gap(turn: &Turn<'_>, role: Role, cover: &Cover) -> Message {
    let other = turn.t.seat(role.other()).map(|seat| Arg::Text(seat.person.name.clone()));
    let shut = turn.t.seat(role.other()).is_some_and(|seat| seat.person.reach == Reach::Blocked);
    let line = match (cover.phase, other) {
        _ if !cover.neighbours.is_empty() => say("gap-round"),
        // Whatever they said before: nothing that is asked reaches them.
        (_, Some(name)) if shut => say("gap-unreachable").with("name", name),
        (CoverPhase::Declined, Some(name)) => say("gap-declined").with("name", name),
        (CoverPhase::Unanswered, Some(name)) => say("gap-unanswered").with("name", name),
        (CoverPhase::Conflict, Some(name)) if !could_stand_in(turn, role.other(), cover) => {
            say("gap-both-away").with("name", name)
        }
        _ => say("gap-nobody"),
    };
    let message = Message::of(with_part(line, cover.days, cover.half));
    let message = choices(turn, role, cover)
        .into_iter()
        .fold(message, |message, (key, act)| message.row([button(say(key), tap(cover, act))]));
    match (&turn.t.contact, &turn.t.told) {
        (Some(contact), Some(_)) => message.and(say("gap-contact-told").with("contact", Arg::Text(contact.clone()))),
        (Some(contact), None) => message.row([pass_on(contact, cover)]),
        (None, _) => message,
    }
}

/// A ready text for the tandem's contact, passed on by the absent person.
fn pass_on(contact: &str, cover: &Cover) -> Button {
    let label = say("button-tell-contact").with("contact", Arg::Text(contact.to_owned()));
    let with = with_part(say("contact-text"), cover.days, cover.half);
    Button { label: Label::Say(label), press: Press::Pass { with } }
}

/// The helper's side of the hand-over, to tick.
pub(super) fn checklist(turn: &Turn<'_>, id: &CoverId) -> Message {
    let Some(cover) = find(turn, id) else { return Message::of(say("stale")) };
    let line = say("handover-title").with("name", absent_name(turn, &cover));
    let mut message = Message::of(with_part(line, cover.days, cover.half));
    if !cover.given.is_empty() {
        let items = listed(&cover.given);
        message = message.and(say("handover-given").with("name", absent_name(turn, &cover)).with("items", items));
    }
    if let Some(link) = &cover.link {
        message = message.and(say("handover-link").with("link", Arg::Text(link.clone())));
    }
    let all = cover.ticks.len() == HANDOVER.len();
    let message = message.and(match (complete(turn, &cover), all) {
        (true, _) => say("handover-complete"),
        (false, true) => say("handover-waits").with("name", absent_name(turn, &cover)),
        (false, false) => say("handover-hint"),
    });
    points(message, &cover, &cover.ticks)
}

/// The same for somebody of another tandem, who can step back here as well.
pub(super) fn checklist_elsewhere(turn: &Turn<'_>, id: &CoverId) -> Message {
    let message = checklist(turn, id);
    match find(turn, id) {
        Some(cover) => message.row([button(say("button-cover-withdraw"), tap(&cover, CoverAct::Decline))]),
        None => message,
    }
}

/// The absent person's side of the hand-over.
pub(super) fn giving(turn: &Turn<'_>, id: &CoverId) -> Message {
    let Some(cover) = find(turn, id) else { return Message::of(say("stale")) };
    let name = || Arg::Text(helper_name(turn, &cover).unwrap_or_default());
    let title = say("handover-giving-title").with("name", name());
    let mut message = Message::of(with_part(title, cover.days, cover.half));
    if !cover.ticks.is_empty() {
        message = message.and(say("handover-taken").with("name", name()).with("items", listed(&cover.ticks)));
    }
    if let Some(link) = &cover.link {
        message = message.and(say("handover-link").with("link", Arg::Text(link.clone())));
    }
    let message = message.and(say(match cover.given.len() == HANDOVER.len() {
        true => "handover-giving-complete",
        false => "handover-giving-hint",
    }));
    let key = if cover.link.is_some() { "button-handover-relink" } else { "button-handover-link" };
    points(message, &cover, &cover.given).row([button(say(key), tap(&cover, CoverAct::Link))])
}

fn points(message: Message, cover: &Cover, ticked: &BTreeSet<u8>) -> Message {
    (0_u8..).zip(HANDOVER).fold(message, |message, (item, key)| {
        let label = Label::Tick(ticked.contains(&item), say(key));
        message.row([Button { label, press: Press::Tap(tap(cover, CoverAct::Tick(item))) }])
    })
}

fn listed(items: &BTreeSet<u8>) -> Arg {
    Arg::List(items.iter().filter_map(|item| HANDOVER.get(usize::from(*item))).map(|key| say(key)).collect())
}

/// A label that says which days it is about.
fn dated(label: Line, cover: &Cover) -> Line {
    with_part(say("button-on-days").with("label", label), cover.days, cover.half)
}

fn answers(cover: &Cover) -> [Button; 2] {
    [
        button(say("button-cover-yes"), tap(cover, CoverAct::Accept)),
        button(say("button-cover-no"), tap(cover, CoverAct::Decline)),
    ]
}

pub(super) fn tap(cover: &Cover, act: CoverAct) -> Tap {
    Tap::Cover { cover: cover.id.clone(), version: cover.version, act }
}
