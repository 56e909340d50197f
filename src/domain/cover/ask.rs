//! Who is asked for which days: fresh ones, those that fall open again, those that somebody could take after all.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::days::Days;
use super::super::ids::{AbsenceId, CoverId, PersonId};
use super::super::message::{Arg, Line, say};
use super::super::tandem::{Absence, AbsencePhase, Cover, CoverPhase, Due, Role};
use super::super::turn::Turn;
use super::{absent_role, chase, clear, helper_role, open, screens, when};

/// Asks for the fresh days of an absence, cut where the other is away too. Says what happens next.
pub fn ask_for(turn: &mut Turn<'_>, role: Role, absence: &AbsenceId, fresh: &[NaiveDate]) -> Line {
    let today = turn.today(role);
    let needed: Vec<NaiveDate> = fresh.iter().copied().filter(|d| *d >= today && turn.works(role, *d)).collect();
    if needed.is_empty() {
        return say("cover-none-needed");
    }
    let helper = turn.t.seat(role.other()).map(|seat| (seat.person.id.clone(), seat.person.name.clone()));
    let Some((helper, name)) = helper else {
        for days in runs(turn, role, &needed) {
            open_gap(turn, absence, None, days);
        }
        return say("cover-nobody");
    };
    let (free, both): (Vec<NaiveDate>, Vec<NaiveDate>) =
        needed.into_iter().partition(|day| !turn.t.away(&helper, *day));
    for days in runs(turn, role, &both) {
        open_gap(turn, absence, Some(helper.clone()), days);
    }
    for days in runs(turn, role, &free) {
        let cover = new_cover(turn, absence, Some(helper.clone()), days, CoverPhase::Asked);
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
pub fn overlap(turn: &mut Turn<'_>, helper: Role, fresh: &[NaiveDate]) {
    let me = turn.id_of(helper);
    let hit: Vec<Cover> = turn
        .t
        .covers
        .iter()
        .filter(|c| c.helper.as_ref() == Some(&me) && open(c.phase))
        .filter(|c| c.days.each().any(|day| fresh.contains(&day)))
        .cloned()
        .collect();
    for cover in hit {
        let Some(absent) = absent_role(turn, &cover) else { continue };
        let (lost, kept): (Vec<NaiveDate>, Vec<NaiveDate>) =
            cover.days.each().filter(|day| turn.works(absent, *day)).partition(|day| fresh.contains(day));
        if lost.is_empty() {
            continue;
        }
        let mut rest = runs(turn, absent, &kept).into_iter();
        match rest.next() {
            Some(days) => {
                if let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) {
                    found.days = days;
                }
                if turn.t.agenda.contains_key(&Due::Handover(cover.id.clone())) {
                    chase::schedule_handover(turn, &Cover { days, ..cover.clone() });
                }
            }
            None => {
                super::set(turn, &cover.id, CoverPhase::Cancelled);
                clear(turn, &cover.id);
            }
        }
        for days in rest {
            let id: CoverId = turn.ids.id().into();
            let part = Cover { id, days, ..cover.clone() };
            turn.t.covers.push(part.clone());
            match part.phase {
                CoverPhase::Accepted => {
                    chase::schedule_handover(turn, &part);
                }
                CoverPhase::Asked => chase::schedule(turn, &part),
                _ => {}
            }
        }
        for days in runs(turn, absent, &lost) {
            open_gap(turn, &cover.absence, Some(me.clone()), days);
        }
    }
}

/// Somebody can stand in who could not before: a new second person, or one who is not away after all.
pub fn revive(turn: &mut Turn<'_>, helper: Role) {
    let me = turn.id_of(helper);
    let today = turn.today(helper);
    let stuck: Vec<Cover> = turn
        .t
        .covers
        .iter()
        .filter(|cover| cover.phase == CoverPhase::Conflict && cover.days.to >= today)
        .filter(|cover| absent_role(turn, cover) == Some(helper.other()))
        .filter(|cover| cover.days.each().all(|day| day < today || !turn.t.away(&me, day)))
        .cloned()
        .collect();
    for cover in stuck {
        again(turn, &cover, &me);
    }
}

/// Somebody who had shut the bot out is back: what they were asked meanwhile never reached them.
pub fn ask_back(turn: &mut Turn<'_>, helper: Role) {
    let (me, today) = (turn.id_of(helper), turn.today(helper));
    let open = |cover: &&Cover| matches!(cover.phase, CoverPhase::Asked | CoverPhase::Unanswered);
    let unheard: Vec<Cover> = turn
        .t
        .covers
        .iter()
        .filter(open)
        .filter(|cover| cover.helper.as_ref() == Some(&me) && cover.days.to >= today)
        .cloned()
        .collect();
    for cover in unheard {
        again(turn, &cover, &me);
    }
}

/// Puts the question anew, to this person.
pub(super) fn again(turn: &mut Turn<'_>, cover: &Cover, helper: &PersonId) {
    let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) else { return };
    found.version += 1;
    found.phase = CoverPhase::Asked;
    found.helper = Some(helper.clone());
    let cover = found.clone();
    clear(turn, &cover.id);
    ask(turn, &cover);
}

fn ask(turn: &mut Turn<'_>, cover: &Cover) {
    let Some(role) = helper_role(turn, cover) else { return };
    let helper = turn.id_of(role);
    let at = when(turn, role, cover);
    let message = screens::question(turn, cover, "cover-question");
    turn.owe_cover(helper, format!("ask:{}:{}", cover.id, cover.version), at, message);
    chase::schedule(turn, cover);
}

/// Days that nobody can stand in for: the absent person sees them at once.
fn open_gap(turn: &mut Turn<'_>, absence: &AbsenceId, helper: Option<PersonId>, days: Days) {
    let cover = new_cover(turn, absence, helper, days, CoverPhase::Conflict);
    chase::show_gap(turn, &cover.id);
}

fn new_cover(
    turn: &mut Turn<'_>,
    absence: &AbsenceId,
    helper: Option<PersonId>,
    days: Days,
    phase: CoverPhase,
) -> Cover {
    let id: CoverId = turn.ids.id().into();
    let cover = Cover { id, absence: absence.clone(), days, version: 1, helper, phase, ticks: BTreeSet::new() };
    turn.t.covers.push(cover.clone());
    cover
}

/// Days in a row as intervals; days on which the absent person would not work anyway do not cut.
fn runs(turn: &Turn<'_>, absent: Role, days: &[NaiveDate]) -> Vec<Days> {
    let joined = |a: NaiveDate, b: NaiveDate| {
        let mut between = a.iter_days().skip(1).take_while(|day| *day < b);
        between.all(|day| !turn.works(absent, day))
    };
    let mut runs: Vec<Days> = Vec::new();
    for day in days {
        match runs.last_mut() {
            Some(run) if joined(run.to, *day) => run.to = *day,
            _ => runs.push(Days { from: *day, to: *day }),
        }
    }
    runs
}

/// Absences of this person that are still to come or going on.
pub(super) fn planned(turn: &Turn<'_>, who: &PersonId) -> Vec<Absence> {
    turn.t.absences.iter().filter(|a| &a.who == who && a.phase == AbsencePhase::Planned).cloned().collect()
}
