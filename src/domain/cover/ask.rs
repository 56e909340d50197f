//! Who is asked for which days: fresh ones, those that fall open again, those that somebody could take after all.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::days::Slot;
use super::super::ids::{AbsenceId, CoverId, PersonId};
use super::super::message::{Arg, Line, say};
use super::super::tandem::{Absence, AbsencePhase, Cover, CoverPhase, Due, Reach, Role};
use super::super::turn::Turn;
use super::pieces::{Piece, needed, pieces};
use super::{
    absence_of, absent_role, chase, clear, contact, find, helper_role, neighbours, open, screens, set, when, withdraw,
};

/// Asks for the fresh half days of an absence, cut where the other is away too. Says what happens next.
pub fn ask_for(turn: &mut Turn<'_>, role: Role, absence: &AbsenceId, fresh: &BTreeSet<Slot>) -> Line {
    let today = turn.today(role);
    let needed: BTreeSet<Slot> =
        fresh.iter().copied().filter(|(day, _)| *day >= today && turn.works(role, *day)).collect();
    if needed.is_empty() {
        return say("cover-none-needed");
    }
    let helper = turn.t.seat(role.other()).map(|seat| (seat.person.id.clone(), seat.person.name.clone()));
    let Some((helper, name)) = helper else {
        for piece in pieces(turn, role, &needed) {
            open_gap(turn, absence, None, piece);
        }
        return say("cover-nobody");
    };
    let (both, free): (BTreeSet<Slot>, BTreeSet<Slot>) =
        needed.into_iter().partition(|slot| turn.t.away_in(&helper, *slot));
    for piece in pieces(turn, role, &both) {
        open_gap(turn, absence, Some(helper.clone()), piece);
    }
    for piece in pieces(turn, role, &free) {
        let cover = new_cover(turn, absence, Some(helper.clone()), piece, CoverPhase::Asked);
        ask(turn, &cover);
    }
    let name = Arg::Text(name);
    match (free.is_empty(), both.is_empty()) {
        (true, _) => say("cover-both-away").with("name", name),
        (false, true) => say("cover-asked").with("name", name),
        (false, false) => say("cover-asked-partly").with("name", name),
    }
}

/// The helper declares days of their own: what they were asked for or had taken over on those days is open.
pub fn overlap(turn: &mut Turn<'_>, helper: Role, fresh: &BTreeSet<Slot>) {
    let me = turn.id_of(helper);
    let hit: Vec<Cover> =
        turn.t.covers.iter().filter(|c| c.helper.as_ref() == Some(&me) && open(c.phase)).cloned().collect();
    for cover in hit {
        lose(turn, &cover, fresh);
    }
}

/// The helper cannot stand in on these half days: they are open. Of the others a yes stays a yes, and a question
/// that has no answer yet is put anew, for the days that are left of it.
pub(super) fn lose(turn: &mut Turn<'_>, cover: &Cover, gone: &BTreeSet<Slot>) {
    let (Some(absent), Some(helper)) = (absent_role(turn, cover), cover.helper.clone()) else { return };
    let (lost, kept): (BTreeSet<Slot>, BTreeSet<Slot>) =
        needed(turn, absent, cover, cover.days.from).into_iter().partition(|slot| gone.contains(slot));
    if lost.is_empty() {
        return;
    }
    let today = turn.today(absent);
    let mut old = Some(cover.id.clone());
    if cover.phase == CoverPhase::Accepted {
        for piece in pieces(turn, absent, &kept) {
            let part = keep(turn, &mut old, cover, piece);
            if part.id != cover.id || turn.t.agenda.contains_key(&Due::Handover(part.id.clone())) {
                chase::schedule_handover(turn, &part);
            }
        }
    } else {
        let kept = kept.into_iter().filter(|(day, _)| *day >= today).collect();
        for piece in pieces(turn, absent, &kept) {
            let part = place(turn, &mut old, cover, piece, CoverPhase::Asked, Some(helper.clone()));
            ask(turn, &part);
        }
    }
    if let Some(id) = old {
        set(turn, &id, CoverPhase::Cancelled);
        clear(turn, &id);
    }
    // Whoever helps from another tandem is not the one to be asked next.
    let next = absent.other();
    let next = turn.t.seat(next).map(|seat| seat.person.id.clone());
    let lost = lost.into_iter().filter(|(day, _)| *day >= today).collect();
    for piece in pieces(turn, absent, &lost) {
        open_gap(turn, &cover.absence, next.clone(), piece);
    }
}

/// Somebody can stand in who could not before: a new second person, or one who is not away after all.
pub fn revive(turn: &mut Turn<'_>, helper: Role) {
    let me = turn.id_of(helper);
    let stuck: Vec<Cover> = turn
        .t
        .covers
        .iter()
        .filter(|cover| cover.phase == CoverPhase::Conflict && absent_role(turn, cover) == Some(helper.other()))
        .cloned()
        .collect();
    for cover in stuck {
        put_anew(turn, &cover, helper, &me);
    }
}

/// Somebody who had shut the bot out is back: what they were asked meanwhile never reached them.
pub fn ask_back(turn: &mut Turn<'_>, helper: Role) {
    let me = turn.id_of(helper);
    let waits = |cover: &&Cover| matches!(cover.phase, CoverPhase::Asked | CoverPhase::Unanswered);
    let unheard: Vec<Cover> =
        turn.t.covers.iter().filter(waits).filter(|cover| cover.helper.as_ref() == Some(&me)).cloned().collect();
    for cover in unheard {
        put_anew(turn, &cover, helper, &me);
    }
}

/// Somebody shuts the bot out: no question reaches them, and nobody can rely on what they said.
pub fn unreachable(turn: &mut Turn<'_>, helper: Role) {
    let me = turn.id_of(helper);
    let today = turn.today(helper);
    let theirs: Vec<CoverId> = turn
        .t
        .covers
        .iter()
        .filter(|cover| matches!(cover.phase, CoverPhase::Asked | CoverPhase::Accepted))
        .filter(|cover| cover.helper.as_ref() == Some(&me) && cover.days.to >= today)
        .filter(|cover| absence_of(turn, cover).is_some())
        .map(|cover| cover.id.clone())
        .collect();
    for id in theirs {
        let Some(found) = turn.t.covers.iter_mut().find(|cover| cover.id == id) else { continue };
        found.version += 1;
        found.phase = CoverPhase::Unanswered;
        found.ticks.clear();
        clear(turn, &id);
        chase::show_gap(turn, &id);
    }
}

/// Puts the question anew, for the days that are left and that this person could take. True if anything was asked.
pub(super) fn put_anew(turn: &mut Turn<'_>, cover: &Cover, helper: Role, person: &PersonId) -> bool {
    let Some(absent) = absent_role(turn, cover) else { return false };
    let (both, free): (BTreeSet<Slot>, BTreeSet<Slot>) = needed(turn, absent, cover, turn.today(absent))
        .into_iter()
        .partition(|slot| turn.t.away_in(person, *slot) || turn.seat(helper).person.reach == Reach::Blocked);
    if free.is_empty() {
        return false;
    }
    let mut old = Some(cover.id.clone());
    let both = pieces(turn, absent, &both);
    // What was known to be open stays so, with the buttons that were shown for it.
    let known = cover.phase == CoverPhase::Conflict;
    if known {
        for piece in &both {
            keep(turn, &mut old, cover, *piece);
        }
    }
    let asked = pieces(turn, absent, &free);
    for piece in &asked {
        contact::anew(turn, cover, *piece);
    }
    for piece in asked {
        let part = place(turn, &mut old, cover, piece, CoverPhase::Asked, Some(person.clone()));
        ask(turn, &part);
    }
    for piece in both.into_iter().filter(|_| !known) {
        let part = place(turn, &mut old, cover, piece, CoverPhase::Conflict, Some(person.clone()));
        chase::show_gap(turn, &part.id);
    }
    true
}

/// A question that had to wait for a polite moment.
pub fn ask_due(turn: &mut Turn<'_>, id: &CoverId) {
    let Some(cover) = find(turn, id).filter(|cover| cover.phase == CoverPhase::Asked) else { return };
    let Some(role) = helper_role(turn, &cover) else { return };
    if cover.days.to < turn.today(role) {
        return set(turn, id, CoverPhase::Unanswered);
    }
    ask(turn, &cover);
}

/// Now, or at the next moment that is polite: until then nobody has heard of it.
fn ask(turn: &mut Turn<'_>, cover: &Cover) {
    let Some(role) = helper_role(turn, cover) else { return };
    let at = when(turn, role, cover);
    if at > turn.now() {
        return turn.schedule(Due::Ask(cover.id.clone()), at);
    }
    let (helper, now) = (turn.id_of(role), turn.now());
    let message = screens::question(turn, cover, "cover-question");
    turn.owe_cover(helper, format!("ask:{}:{}", cover.id, cover.version), now, message);
    chase::schedule(turn, cover);
}

/// Days that nobody can stand in for: the absent person sees them at once.
pub(super) fn open_gap(turn: &mut Turn<'_>, absence: &AbsenceId, helper: Option<PersonId>, piece: Piece) {
    let cover = new_cover(turn, absence, helper, piece, CoverPhase::Conflict);
    chase::show_gap(turn, &cover.id);
}

fn new_cover(
    turn: &mut Turn<'_>,
    absence: &AbsenceId,
    helper: Option<PersonId>,
    piece: Piece,
    phase: CoverPhase,
) -> Cover {
    let cover = Cover {
        id: turn.ids.id().into(),
        absence: absence.clone(),
        days: piece.days,
        half: piece.half,
        version: 1,
        helper,
        phase,
        ticks: BTreeSet::new(),
        given: BTreeSet::new(),
        link: None,
        neighbours: Vec::new(),
    };
    turn.t.covers.push(cover.clone());
    cover
}

/// A part of a cover to be answered anew: the first part is the cover itself in a new version.
fn place(
    turn: &mut Turn<'_>,
    old: &mut Option<CoverId>,
    cover: &Cover,
    piece: Piece,
    phase: CoverPhase,
    helper: Option<PersonId>,
) -> Cover {
    let Some(id) = old.take() else { return new_cover(turn, &cover.absence, helper, piece, phase) };
    clear(turn, &id);
    withdraw(turn, cover);
    neighbours::settled(turn, &id);
    let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == id) else { return cover.clone() };
    (found.days, found.half, found.phase, found.helper) = (piece.days, piece.half, phase, helper);
    found.version += 1;
    found.ticks.clear();
    found.clone()
}

/// A part of a cover for which everything holds as it is: the first part is the cover itself.
fn keep(turn: &mut Turn<'_>, old: &mut Option<CoverId>, cover: &Cover, piece: Piece) -> Cover {
    if let Some(id) = old.take()
        && let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == id)
    {
        (found.days, found.half) = (piece.days, piece.half);
        return found.clone();
    }
    let part = Cover { id: turn.ids.id().into(), days: piece.days, half: piece.half, ..cover.clone() };
    turn.t.covers.push(part.clone());
    part
}

/// Absences of this person that are still to come or going on.
pub(super) fn planned(turn: &Turn<'_>, who: &PersonId) -> Vec<Absence> {
    turn.t.absences.iter().filter(|a| &a.who == who && a.phase == AbsencePhase::Planned).cloned().collect()
}

/// What is left of a cover once its absence ends on this day.
pub(super) fn until(turn: &Turn<'_>, absent: Role, cover: &Cover, last: NaiveDate) -> Option<Piece> {
    let left = needed(turn, absent, cover, cover.days.from).into_iter().filter(|(day, _)| *day <= last).collect();
    let left = pieces(turn, absent, &left);
    let (first, end) = (left.first()?, left.last()?);
    // A cover is one piece, so what is left of it is one, too, unless a holiday was added since.
    Some(Piece { days: super::super::days::Days { from: first.days.from, to: end.days.to }, half: cover.half })
}
