//! Help from another tandem of the round: who offered to be asked, who is asked, and that the first yes wins.
//!
//! Two tandems are concerned, and each decides for itself: the one that asks keeps who was asked and what they said,
//! the other one only finds a polite moment. They learn the absent person's name, the days and the organisation.

use chrono::NaiveDate;

use super::super::away::with_part;
use super::super::calendar;
use super::super::dates::Half;
use super::super::days::Days;
use super::super::effect::Effect;
use super::super::holidays;
use super::super::ids::{CoverId, PersonId, TandemId};
use super::super::message::{Arg, Message, button, say};
use super::super::tandem::{Cover, CoverPhase, Due, Neighbour, Reach, Role, Said, Stage, Tandem, TandemPhase};
use super::super::tap::{CoverAct, Tap};
use super::super::turn::Turn;
use super::handover::{self, HANDOVER};
use super::{
    absence_of, absent_name, absent_role, answer, ask as asking, chase, clear, contact, find, gaping, polite_elsewhere,
    screens,
};

/// People asked at a time: the first yes wins, and nobody is asked for nothing too often.
const ASKED_AT_ONCE: usize = 3;

/// Working hours in which a yes is waited for, unless the days are nearer.
const WAIT_HOURS: u32 = 4;

/// Days for which somebody of another tandem is asked, with all that they learn about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    pub tandem: TandemId,
    pub cover: CoverId,
    pub version: u32,
    pub days: Days,
    pub half: Option<Half>,
    pub name: String,
    pub organisation: Option<String>,
    /// Whom not to ask: those who were, and the two themselves.
    pub asked: Vec<PersonId>,
}

/// Somebody of another tandem pressed a button about a cover.
#[derive(Clone, Debug, PartialEq)]
pub struct Helped {
    pub by: PersonId,
    pub name: String,
    pub cover: CoverId,
    pub version: u32,
    pub act: CoverAct,
    /// Whether they are there on these days, as far as their own tandem knows.
    pub free: bool,
}

/// Who of these tandems is asked: those who offered and are there, beginning at another one each time.
pub fn choose(tandems: &[&Tandem], wanted: &Wanted) -> Vec<(TandemId, Role)> {
    let mut all: Vec<(&PersonId, &TandemId, Role)> = tandems
        .iter()
        .filter(|tandem| tandem.id != wanted.tandem && tandem.phase == TandemPhase::Running)
        .flat_map(|tandem| tandem.seats().map(move |seat| (*tandem, seat)))
        .filter(|(_, seat)| seat.mind.offers && seat.mind.stage == Stage::Ready)
        .filter(|(_, seat)| seat.person.reach == Reach::Open && !seat.person.prefs.paused)
        .filter(|(_, seat)| !wanted.asked.contains(&seat.person.id))
        .filter(|(tandem, seat)| free(&[*tandem], &seat.person.id, wanted.days, wanted.half))
        .map(|(tandem, seat)| (&seat.person.id, &tandem.id, seat.role))
        .collect();
    // Ids are chance, so that the cover's own is a different beginning for each.
    all.sort_by_key(|(person, ..)| (person.as_str() < wanted.cover.as_str(), (*person).clone()));
    all.into_iter().take(ASKED_AT_ONCE).map(|(_, tandem, role)| (tandem.clone(), role)).collect()
}

/// Whether somebody is there on these days and does not stand in for anybody of their own tandem.
pub fn free(tandems: &[&Tandem], person: &PersonId, days: Days, half: Option<Half>) -> bool {
    let busy = |tandem: &Tandem, day: NaiveDate, of: Half| {
        let own = |cover: &Cover| cover.helper.as_ref() == Some(person) && cover.phase == CoverPhase::Accepted;
        tandem.away_in(person, (day, of))
            || tandem.covers.iter().any(|c| own(c) && c.days.slots(c.half).any(|slot| slot == (day, of)))
    };
    let works = |tandem: &Tandem, day: NaiveDate| !holidays::is_free(tandem.round.land, day);
    tandems.iter().all(|tandem| !days.slots(half).any(|(day, of)| works(tandem, day) && busy(tandem, day, of)))
}

/// The absent person wants somebody of the round to be asked.
pub(super) fn ask(turn: &mut Turn<'_>, role: Role, cover: &Cover) {
    turn.out.push(Effect::AskRound(Box::new(Wanted {
        tandem: turn.t.id.clone(),
        cover: cover.id.clone(),
        version: cover.version,
        days: cover.days,
        half: cover.half,
        name: turn.seat(role).person.name.clone(),
        organisation: turn.t.organisation.clone(),
        asked: cover
            .neighbours
            .iter()
            .map(|other| other.person.clone())
            .chain(turn.t.seats().map(|seat| seat.person.id.clone()))
            .collect(),
    })));
}

/// In the tandem of somebody who offered: they are asked at their next polite moment.
pub fn wanted(turn: &mut Turn<'_>, role: Role, wanted: &Wanted) {
    let now = turn.now();
    let starts = calendar::at(wanted.days.from, 0, 0, turn.seat(role).person.zone);
    let polite = turn.polite(role, now);
    let at = if polite >= starts { now } else { polite };
    let organisation = wanted.organisation.clone().map_or_else(|| Arg::from(say("organisation-unnamed")), Arg::Text);
    let line =
        say("neighbour-question").with("name", Arg::Text(wanted.name.clone())).with("organisation", organisation);
    let act = |act| Tap::Cover { cover: wanted.cover.clone(), version: wanted.version, act };
    let message = Message::of(with_part(line, wanted.days, wanted.half)).row([
        button(say("button-cover-yes"), act(CoverAct::Accept)),
        button(say("button-cover-no"), act(CoverAct::Decline)),
    ]);
    turn.owe_cover(turn.id_of(role), format!("wanted:{}:{}", wanted.cover, wanted.version), at, message);
}

/// In the tandem that asks: these people are asked now.
pub fn were_asked(turn: &mut Turn<'_>, id: &CoverId, asked: Vec<Neighbour>) {
    let Some(cover) = find(turn, id).filter(|cover| gaping(cover.phase)) else { return };
    let Some(absent) = absent_role(turn, &cover) else { return };
    if asked.is_empty() {
        return turn.note(absent, say("round-nobody"));
    }
    let count = asked.len();
    if let Some(found) = turn.t.covers.iter_mut().find(|c| &c.id == id) {
        found.neighbours.extend(asked);
    }
    clear(turn, id);
    let person = &turn.seat(absent).person;
    let hours = calendar::add_working_hours(turn.now(), WAIT_HOURS, person.prefs.workdays, person.zone);
    let at = hours.min(chase::latest(turn, absent, &cover));
    if at > turn.now() {
        turn.schedule(Due::Gap(id.clone()), at);
    }
    let line = with_part(say("round-asked").with("count", count), cover.days, cover.half);
    let leave = button(say("button-leave-open"), screens::tap(&cover, CoverAct::LeaveOpen));
    turn.show(absent, Message::of(line).row([leave]), None);
}

/// In the tandem that asks: somebody of another one answers, ticks, or steps back.
pub fn helped(turn: &mut Turn<'_>, deed: Helped) {
    let today = calendar::local_date(turn.now(), turn.t.round.zone);
    let cover = find(turn, &deed.cover)
        .filter(|cover| cover.version == deed.version && cover.days.to >= today && absence_of(turn, cover).is_some());
    let Some(cover) = cover else { return note(turn, "neighbour-late") };
    let asked = cover.neighbours.iter().any(|other| other.person == deed.by);
    let stands_in = cover.helper.as_ref() == Some(&deed.by);
    match (deed.act, cover.phase) {
        (CoverAct::Accept, CoverPhase::Declined | CoverPhase::Unanswered | CoverPhase::Conflict) if asked => {
            if !deed.free {
                return note(turn, "cover-away-yourself");
            }
            accept(turn, &deed, &cover);
        }
        (CoverAct::Decline, CoverPhase::Declined | CoverPhase::Unanswered | CoverPhase::Conflict) if asked => {
            say_no(turn, &deed, &cover);
        }
        (CoverAct::Decline, CoverPhase::Accepted) if stands_in => step_back(turn, &deed, &cover),
        (CoverAct::Tick(item), CoverPhase::Accepted) if stands_in && usize::from(item) < HANDOVER.len() => {
            handover::tick(turn, &cover.id, item, false);
            let message = screens::checklist_elsewhere(turn, &cover.id);
            redraw(turn, message);
        }
        _ => note(turn, "neighbour-late"),
    }
}

/// Somebody who helps elsewhere is away on these days, or for good: what they took is open again.
pub fn gone(turn: &mut Turn<'_>, who: &PersonId, away: Option<(Days, Option<Half>)>) {
    let theirs: Vec<Cover> = turn
        .t
        .covers
        .iter()
        .filter(|cover| cover.helper.as_ref() == Some(who) && cover.phase == CoverPhase::Accepted)
        .cloned()
        .collect();
    for cover in theirs {
        let (days, half) = away.unwrap_or((cover.days, cover.half));
        asking::lose(turn, &cover, &days.slots(half).collect());
    }
    if away.is_none() {
        for cover in &mut turn.t.covers {
            cover.neighbours.retain(|other| &other.person != who);
            if cover.helper.as_ref() == Some(who) {
                cover.helper = None;
            }
        }
    }
}

/// How many people of other tandems were asked about a cover.
pub(super) fn asked(cover: &Cover) -> usize {
    cover.neighbours.len()
}

/// The question is settled in another way: whoever has not answered yet is told so.
pub(super) fn settled(turn: &mut Turn<'_>, id: &CoverId) {
    let Some(found) = turn.t.covers.iter_mut().find(|c| &c.id == id) else { return };
    let others = std::mem::take(&mut found.neighbours);
    let cover = found.clone();
    let at = polite_elsewhere(turn);
    for other in others.into_iter().filter(|other| other.said == Said::Nothing) {
        let line = say("neighbour-settled").with("name", absent_name(turn, &cover));
        let message = Message::of(with_part(line, cover.days, cover.half));
        turn.owe_cover(other.person, format!("settled:{id}:{}", cover.version), at, message);
    }
}

fn accept(turn: &mut Turn<'_>, deed: &Helped, cover: &Cover) {
    if let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) {
        found.neighbours.retain(|other| other.person != deed.by);
    }
    settled(turn, &cover.id);
    if let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) {
        found.helper = Some(deed.by.clone());
        found.neighbours = vec![Neighbour { person: deed.by.clone(), name: deed.name.clone(), said: Said::Yes }];
    }
    contact::settled(turn, cover);
    let Some(cover) = answer::taken(turn, cover) else { return };
    answer::tell_taken(turn, &cover, Arg::Text(deed.name.clone()));
    chase::give(turn, &cover);
    let message = screens::checklist_elsewhere(turn, &cover.id);
    redraw(turn, message);
}

fn say_no(turn: &mut Turn<'_>, deed: &Helped, cover: &Cover) {
    let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) else { return };
    for other in found.neighbours.iter_mut().filter(|other| other.person == deed.by) {
        other.said = Said::No;
    }
    let all = found.neighbours.iter().all(|other| other.said == Said::No);
    declined(turn, cover);
    if all {
        clear(turn, &cover.id);
        chase::show_gap(turn, &cover.id);
    }
}

/// A no after a yes. The second person of the tandem is the one to be asked next.
fn step_back(turn: &mut Turn<'_>, deed: &Helped, cover: &Cover) {
    let next =
        absent_role(turn, cover).and_then(|absent| turn.t.seat(absent.other())).map(|seat| seat.person.id.clone());
    let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) else { return };
    found.version += 1;
    found.phase = CoverPhase::Conflict;
    found.helper = next;
    found.neighbours = vec![Neighbour { person: deed.by.clone(), name: deed.name.clone(), said: Said::No }];
    handover::forget(found);
    let cover = found.clone();
    clear(turn, &cover.id);
    declined(turn, &cover);
    chase::show_gap(turn, &cover.id);
}

/// Their no, with the way back.
fn declined(turn: &mut Turn<'_>, cover: &Cover) {
    let line = with_part(say("cover-declined"), cover.days, cover.half);
    let back = button(say("button-cover-after-all"), screens::tap(cover, CoverAct::Accept));
    redraw(turn, Message::of(line).row([back]));
}

/// Whoever pressed sits in another tandem: the message that they pressed is drawn anew.
fn redraw(turn: &mut Turn<'_>, message: Message) {
    turn.out.push(Effect::Redraw { message, slot: None });
}

fn note(turn: &mut Turn<'_>, key: &'static str) {
    turn.out.push(Effect::Toast(say(key)));
}
