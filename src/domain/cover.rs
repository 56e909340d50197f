//! Standing in: asking the other, chasing, handing over, showing a gap while there is time, releasing.
//!
//! Owns: the machine of a cover and its instants. A cover belongs to an interval and has a version: an
//! answer to an older version changes nothing, so double taps and races have one outcome. Messages about
//! cover are exempt from the ceiling of unasked ones.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::away::with_days;
use super::calendar;
use super::days::Days;
use super::ids::{AbsenceId, CoverId};
use super::message::{Arg, Button, Label, Line, Message, Press, button, say};
use super::tandem::{Absence, AbsencePhase, Cover, CoverPhase, Due, Role};
use super::tap::{CoverAct, Home, Tap};
use super::turn::Turn;

/// The hand-over checklist: accounts, open threads, drafts, approvals, contacts.
pub const HANDOVER: [&str; 5] =
    ["handover-accounts", "handover-threads", "handover-drafts", "handover-approvals", "handover-contacts"];

/// What starts sooner than this is asked at once and chased the same day.
const SOON: TimeDelta = TimeDelta::hours(48);

/// Working hours after which a short-notice question is chased.
const CHASE_HOURS: u32 = 4;

/// Asks for the fresh days of an absence, cut where the other is away too. Says what happens next.
pub fn ask_for(turn: &mut Turn<'_>, role: Role, absence: &AbsenceId, fresh: &[NaiveDate]) -> Line {
    let today = turn.today(role);
    let workdays = turn.seat(role).person.prefs.workdays;
    let needed: Vec<NaiveDate> = fresh.iter().copied().filter(|d| *d >= today && workdays.contains(*d)).collect();
    if needed.is_empty() {
        return say("cover-none-needed");
    }
    let helper = turn.t.seat(role.other()).map(|seat| (seat.person.id.clone(), seat.person.name.clone()));
    let Some((helper, name)) = helper else {
        for days in runs(&needed) {
            open_gap(turn, absence, days);
        }
        return say("cover-nobody");
    };
    let (free, both): (Vec<NaiveDate>, Vec<NaiveDate>) =
        needed.into_iter().partition(|day| !turn.t.away(&helper, *day));
    for days in runs(&both) {
        open_gap(turn, absence, days);
    }
    for days in runs(&free) {
        let cover = Cover {
            id: turn.ids.id().into(),
            absence: absence.clone(),
            days,
            version: 1,
            helper: Some(helper.clone()),
            phase: CoverPhase::Asked,
            ticks: BTreeSet::new(),
        };
        turn.t.covers.push(cover.clone());
        ask(turn, &cover);
    }
    let name = Arg::Text(name);
    match (free.is_empty(), both.is_empty()) {
        (true, _) => say("cover-both-away").with("name", name),
        (false, true) => say("cover-asked").with("name", name),
        (false, false) => say("cover-asked-partly").with("name", name),
    }
}

/// The helper declares days of their own: what they had taken over on those days is open again.
pub fn overlap(turn: &mut Turn<'_>, role: Role, fresh: &[NaiveDate]) {
    let me = turn.id_of(role);
    let hit: Vec<Cover> = turn
        .t
        .covers
        .iter()
        .filter(|c| c.helper.as_ref() == Some(&me) && open(c.phase))
        .filter(|c| c.days.each().any(|day| fresh.contains(&day)))
        .cloned()
        .collect();
    for cover in hit {
        let (lost, kept): (Vec<NaiveDate>, Vec<NaiveDate>) = cover.days.each().partition(|day| fresh.contains(day));
        clear(turn, &cover.id);
        let mut rest = runs(&kept).into_iter();
        let first = rest.next();
        if let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) {
            match first {
                Some(days) => found.days = days,
                None => found.phase = CoverPhase::Cancelled,
            }
        }
        for days in rest {
            let id = turn.ids.id().into();
            turn.t.covers.push(Cover { id, days, ..cover.clone() });
        }
        let same: Vec<Cover> = turn
            .t
            .covers
            .iter()
            .filter(|c| c.absence == cover.absence && c.helper == cover.helper && open(c.phase))
            .cloned()
            .collect();
        for cover in same {
            match cover.phase {
                CoverPhase::Accepted => {
                    schedule_handover(turn, &cover);
                }
                _ => schedule_chase(turn, &cover),
            }
        }
        for days in runs(&lost) {
            open_gap(turn, &cover.absence, days);
        }
    }
}

/// A button about a cover.
pub fn tapped(turn: &mut Turn<'_>, role: Role, id: &CoverId, version: u32, act: CoverAct) {
    let me = turn.id_of(role);
    let Some(cover) = turn.t.covers.iter().find(|c| &c.id == id && c.version == version).cloned() else {
        return turn.note(role, say("stale"));
    };
    let helper = cover.helper.as_ref() == Some(&me);
    let absent = turn.t.absences.iter().any(|a| a.id == cover.absence && a.who == me);
    let asked = matches!(cover.phase, CoverPhase::Asked | CoverPhase::Unanswered);
    match act {
        // "I'll take it" stays possible until the end, also after a no.
        CoverAct::Accept if helper && (asked || cover.phase == CoverPhase::Declined) => accept(turn, role, &cover),
        CoverAct::Decline if helper && asked => decline(turn, role, &cover),
        CoverAct::Tick(item) if helper && cover.phase == CoverPhase::Accepted && usize::from(item) < HANDOVER.len() => {
            if let Some(found) = turn.t.covers.iter_mut().find(|c| &c.id == id)
                && !found.ticks.remove(&item)
            {
                found.ticks.insert(item);
            }
            let message = checklist(turn, id);
            turn.show(role, message, None);
        }
        CoverAct::AskAgain
            if absent && matches!(cover.phase, CoverPhase::Declined | CoverPhase::Unanswered | CoverPhase::Asked) =>
        {
            ask_again(turn, role, &cover);
        }
        CoverAct::LeaveOpen if absent && gap_phase(cover.phase) => {
            set(turn, id, CoverPhase::LeftOpen);
            clear(turn, id);
            turn.show(role, Message::of(with_days(say("cover-left-open"), cover.days)), None);
        }
        _ => turn.note(role, say("stale")),
    }
}

/// `/cover`: who stands in for whom.
pub fn show(turn: &mut Turn<'_>, role: Role) {
    let today = turn.today(role);
    let me = turn.id_of(role);
    let mut message = Message::of(say("cover-title"));
    let mut covers: Vec<Cover> =
        turn.t.covers.iter().filter(|c| c.days.to >= today && c.phase != CoverPhase::Cancelled).cloned().collect();
    covers.sort_by_key(|c| c.days.from);
    if covers.is_empty() {
        message = message.and(say("cover-nothing"));
    }
    for cover in covers.iter().take(6) {
        let helper = cover.helper.as_ref() == Some(&me);
        let line = match (cover.phase, helper) {
            (CoverPhase::Asked | CoverPhase::Unanswered, _) => say("cover-line-asked"),
            (CoverPhase::Accepted | CoverPhase::Done, true) => say("cover-line-mine"),
            (CoverPhase::Accepted | CoverPhase::Done, false) => say("cover-line-taken"),
            (CoverPhase::LeftOpen, _) => say("cover-line-left-open"),
            (CoverPhase::Declined | CoverPhase::Conflict | CoverPhase::Cancelled, _) => say("cover-line-open"),
        };
        message = message.and(with_days(line, cover.days));
        if helper && matches!(cover.phase, CoverPhase::Asked | CoverPhase::Unanswered) {
            message = message.row(answers(cover));
        }
    }
    let message = message.row([button(say("button-home"), Tap::Home(Home::Open))]);
    turn.show(role, message, None);
}

/// A question went unanswered for a while.
pub fn chase(turn: &mut Turn<'_>, id: &CoverId) {
    let Some(cover) = turn.t.covers.iter().find(|c| &c.id == id && c.phase == CoverPhase::Asked).cloned() else {
        return;
    };
    let Some(role) = cover.helper.as_ref().and_then(|helper| turn.t.role_of(helper)) else { return };
    let today = turn.today(role);
    if cover.days.to < today {
        return set(turn, id, CoverPhase::Unanswered);
    }
    let now = turn.now();
    let helper = turn.id_of(role);
    let message = question(turn, &cover, "cover-question-again");
    turn.owe_cover(helper, format!("chase:{id}:{}:{today}", cover.version), now, message);
    schedule_chase(turn, &cover);
    if !turn.t.agenda.contains_key(&Due::Chase(id.clone())) {
        set(turn, id, CoverPhase::Unanswered);
        gap(turn, id);
    }
}

/// The helper who said yes gets the checklist, once.
pub fn hand_over(turn: &mut Turn<'_>, id: &CoverId) {
    let Some(cover) = turn.t.covers.iter().find(|c| &c.id == id && c.phase == CoverPhase::Accepted).cloned() else {
        return;
    };
    let Some(helper) = cover.helper.clone() else { return };
    let message = checklist(turn, id);
    let now = turn.now();
    turn.owe_cover(helper, format!("handover:{id}:{}:{}", cover.version, cover.days.from), now, message);
}

/// Tells the absent person that nobody stands in, while there is time.
pub fn gap(turn: &mut Turn<'_>, id: &CoverId) {
    let Some(cover) = turn.t.covers.iter().find(|c| &c.id == id && gap_phase(c.phase)).cloned() else { return };
    let Some(role) = absent_role(turn, &cover) else { return };
    let who = turn.id_of(role);
    let now = turn.now();
    let message = gap_message(turn, role, &cover);
    turn.owe_cover(who, format!("gap:{id}:{}:{}", cover.version, cover.days.from), now, message);
}

/// The absence was called off: whoever was asked is told, nobody is chased any more.
pub fn call_off(turn: &mut Turn<'_>, absence: &Absence) {
    let covers: Vec<Cover> = turn.t.covers.iter().filter(|c| c.absence == absence.id).cloned().collect();
    for cover in covers {
        clear(turn, &cover.id);
        let told = open(cover.phase) || cover.phase == CoverPhase::Declined;
        if matches!(cover.phase, CoverPhase::Done | CoverPhase::Cancelled) {
            continue;
        }
        set(turn, &cover.id, CoverPhase::Cancelled);
        let name = name_of(turn, absence);
        if let Some(helper) = cover.helper.clone().filter(|_| told) {
            let line = with_days(say("cover-called-off").with("name", name), cover.days);
            let now = turn.now();
            turn.owe_cover(helper, format!("off:{}:{}", cover.id, cover.version), now, Message::of(line));
        }
    }
}

/// The absent person is back: thanks to whoever stood in.
pub fn release(turn: &mut Turn<'_>, absence: &Absence) {
    let covers: Vec<Cover> = turn.t.covers.iter().filter(|c| c.absence == absence.id).cloned().collect();
    let name = name_of(turn, absence);
    let mut thanked = BTreeSet::new();
    for cover in covers {
        clear(turn, &cover.id);
        match cover.phase {
            CoverPhase::Accepted => {
                set(turn, &cover.id, CoverPhase::Done);
                let Some(helper) = cover.helper.clone() else { continue };
                if thanked.insert(helper.clone())
                    && let Some(role) = turn.t.role_of(&helper)
                {
                    let at = turn.polite(role, turn.now());
                    let line = say("cover-released").with("name", name.clone());
                    turn.owe_cover(helper, format!("released:{}", absence.id), at, Message::of(line));
                }
            }
            CoverPhase::Asked => set(turn, &cover.id, CoverPhase::Unanswered),
            CoverPhase::Declined
            | CoverPhase::Unanswered
            | CoverPhase::Conflict
            | CoverPhase::LeftOpen
            | CoverPhase::Done
            | CoverPhase::Cancelled => {}
        }
    }
}

/// A person leaves: what they had taken over is open again, what was asked for them is off.
pub fn leave(turn: &mut Turn<'_>, role: Role) {
    let who = turn.id_of(role);
    let own: Vec<Absence> =
        turn.t.absences.iter().filter(|a| a.who == who && a.phase == AbsencePhase::Planned).cloned().collect();
    for absence in own {
        call_off(turn, &absence);
        turn.unschedule(&Due::Return(absence.id.clone()));
    }
    let helping: Vec<Cover> =
        turn.t.covers.iter().filter(|c| c.helper.as_ref() == Some(&who) && open(c.phase)).cloned().collect();
    for cover in helping {
        clear(turn, &cover.id);
        if let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) {
            found.phase = CoverPhase::Conflict;
            found.helper = None;
            found.version += 1;
        }
        gap(turn, &cover.id);
    }
}

fn ask(turn: &mut Turn<'_>, cover: &Cover) {
    let Some(role) = cover.helper.as_ref().and_then(|helper| turn.t.role_of(helper)) else { return };
    let now = turn.now();
    let helper = turn.id_of(role);
    let at = if soon(turn, role, cover) { now } else { turn.polite(role, now) };
    let message = question(turn, cover, "cover-question");
    turn.owe_cover(helper, format!("ask:{}:{}", cover.id, cover.version), at, message);
    schedule_chase(turn, cover);
}

fn question(turn: &Turn<'_>, cover: &Cover, key: &'static str) -> Message {
    let absence = turn.t.absences.iter().find(|a| a.id == cover.absence);
    let name = absence.map_or(Arg::Text(String::new()), |absence| name_of(turn, absence));
    Message::of(with_days(say(key).with("name", name), cover.days)).row(answers(cover))
}

fn answers(cover: &Cover) -> [Button; 2] {
    let tap = |act| Tap::Cover { cover: cover.id.clone(), version: cover.version, act };
    [button(say("button-cover-yes"), tap(CoverAct::Accept)), button(say("button-cover-no"), tap(CoverAct::Decline))]
}

fn accept(turn: &mut Turn<'_>, role: Role, cover: &Cover) {
    set(turn, &cover.id, CoverPhase::Accepted);
    clear(turn, &cover.id);
    let name = turn.seat(role).person.name.clone();
    if let Some(absent) = absent_role(turn, cover) {
        let who = turn.id_of(absent);
        let now = turn.now();
        let line = with_days(say("cover-taken").with("name", Arg::Text(name)), cover.days);
        turn.owe_cover(who, format!("taken:{}:{}", cover.id, cover.version), now, Message::of(line));
    }
    let later = schedule_handover(turn, cover);
    let message = match later {
        Some(at) => {
            let day = calendar::local_date(at, turn.seat(role).person.zone);
            Message::of(with_days(say("cover-thanks"), cover.days)).and(say("cover-checklist-comes").with("day", day))
        }
        None => checklist(turn, &cover.id),
    };
    turn.show(role, message, None);
}

fn decline(turn: &mut Turn<'_>, role: Role, cover: &Cover) {
    set(turn, &cover.id, CoverPhase::Declined);
    clear(turn, &cover.id);
    let tap = Tap::Cover { cover: cover.id.clone(), version: cover.version, act: CoverAct::Accept };
    let message =
        Message::of(with_days(say("cover-declined"), cover.days)).row([button(say("button-cover-after-all"), tap)]);
    turn.show(role, message, None);
    gap(turn, &cover.id);
}

fn ask_again(turn: &mut Turn<'_>, role: Role, cover: &Cover) {
    let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == cover.id) else { return };
    found.version += 1;
    found.phase = CoverPhase::Asked;
    let cover = found.clone();
    ask(turn, &cover);
    turn.show(role, Message::of(with_days(say("cover-asked-again"), cover.days)), None);
}

fn gap_message(turn: &Turn<'_>, role: Role, cover: &Cover) -> Message {
    let tap = |act| Tap::Cover { cover: cover.id.clone(), version: cover.version, act };
    let other = turn.t.seat(role.other()).map(|seat| Arg::Text(seat.person.name.clone()));
    let line = match (cover.phase, other) {
        (CoverPhase::Declined, Some(name)) => say("gap-declined").with("name", name),
        (CoverPhase::Unanswered, Some(name)) => say("gap-unanswered").with("name", name),
        (CoverPhase::Conflict, Some(name)) => say("gap-both-away").with("name", name),
        _ => say("gap-nobody"),
    };
    let message = Message::of(with_days(line, cover.days));
    let leave = button(say("button-leave-open"), tap(CoverAct::LeaveOpen));
    match cover.phase {
        CoverPhase::Declined | CoverPhase::Unanswered => {
            message.row([button(say("button-ask-again"), tap(CoverAct::AskAgain))]).row([leave])
        }
        _ => message.row([leave]),
    }
}

fn checklist(turn: &Turn<'_>, id: &CoverId) -> Message {
    let Some(cover) = turn.t.covers.iter().find(|c| &c.id == id) else { return Message::of(say("stale")) };
    let absence = turn.t.absences.iter().find(|a| a.id == cover.absence);
    let name = absence.map_or(Arg::Text(String::new()), |absence| name_of(turn, absence));
    let message = Message::of(with_days(say("handover-title").with("name", name), cover.days));
    let done = cover.ticks.len() == HANDOVER.len();
    let message = message.and(if done { say("handover-complete") } else { say("handover-hint") });
    (0_u8..).zip(HANDOVER).fold(message, |message, (item, key)| {
        let tap = Tap::Cover { cover: cover.id.clone(), version: cover.version, act: CoverAct::Tick(item) };
        message.row([Button { label: Label::Tick(cover.ticks.contains(&item), say(key)), press: Press::Tap(tap) }])
    })
}

/// Days that nobody stands in for: the absent person sees them at once.
fn open_gap(turn: &mut Turn<'_>, absence: &AbsenceId, days: Days) {
    let id: CoverId = turn.ids.id().into();
    turn.t.covers.push(Cover {
        id: id.clone(),
        absence: absence.clone(),
        days,
        version: 1,
        helper: None,
        phase: CoverPhase::Conflict,
        ticks: BTreeSet::new(),
    });
    gap(turn, &id);
}

/// Seven days, two days and one working day before; what is sooner, after four working hours.
fn schedule_chase(turn: &mut Turn<'_>, cover: &Cover) {
    let Some(role) = cover.helper.as_ref().and_then(|helper| turn.t.role_of(helper)) else { return };
    let now = turn.now();
    let person = &turn.seat(role).person;
    let (zone, hour, workdays) = (person.zone, person.prefs.hour, person.prefs.workdays);
    let first = cover.days.from;
    let planned =
        [first - TimeDelta::days(7), first - TimeDelta::days(2), calendar::working_days_before(first, 1, workdays)];
    let next = planned.into_iter().map(|day| calendar::at(day, u32::from(hour), 0, zone)).filter(|at| *at > now).min();
    let again = !asked_before(turn, cover);
    let at = match next {
        Some(at) => Some(turn.polite(role, at)),
        None if again => Some(calendar::add_working_hours(now, CHASE_HOURS, workdays, zone)),
        None => None,
    };
    match at {
        Some(at) => turn.schedule(Due::Chase(cover.id.clone()), at),
        None => turn.unschedule(&Due::Chase(cover.id.clone())),
    }
}

/// Whether this version was chased at least once: a chase that fires has no agenda entry any more, while
/// a question that is only just being put comes with its message.
fn asked_before(turn: &Turn<'_>, cover: &Cover) -> bool {
    let asked = format!("ask:{}:{}", cover.id, cover.version);
    !turn.out.iter().any(|effect| matches!(effect, super::effect::Effect::Owe(owed) if owed.occurrence == asked))
}

/// One working day before at the helper's hour. `None` when that is over: the checklist comes at once.
fn schedule_handover(turn: &mut Turn<'_>, cover: &Cover) -> Option<DateTime<Utc>> {
    let role = cover.helper.as_ref().and_then(|helper| turn.t.role_of(helper))?;
    let person = &turn.seat(role).person;
    let day = calendar::working_days_before(cover.days.from, 1, person.prefs.workdays);
    let at = calendar::at(day, u32::from(person.prefs.hour), 0, person.zone);
    if at <= turn.now() {
        return None;
    }
    turn.schedule(Due::Handover(cover.id.clone()), at);
    Some(at)
}

fn soon(turn: &Turn<'_>, role: Role, cover: &Cover) -> bool {
    calendar::at(cover.days.from, 0, 0, turn.seat(role).person.zone) - turn.now() < SOON
}

fn clear(turn: &mut Turn<'_>, id: &CoverId) {
    for due in [Due::Chase(id.clone()), Due::Handover(id.clone()), Due::Gap(id.clone())] {
        turn.unschedule(&due);
    }
}

fn set(turn: &mut Turn<'_>, id: &CoverId, phase: CoverPhase) {
    if let Some(cover) = turn.t.covers.iter_mut().find(|c| &c.id == id) {
        cover.phase = phase;
    }
}

fn absent_role(turn: &Turn<'_>, cover: &Cover) -> Option<Role> {
    let absence = turn.t.absences.iter().find(|a| a.id == cover.absence && a.phase != AbsencePhase::Cancelled)?;
    turn.t.role_of(&absence.who)
}

fn name_of(turn: &Turn<'_>, absence: &Absence) -> Arg {
    let seat = turn.t.seats().find(|seat| seat.person.id == absence.who);
    Arg::Text(seat.map(|seat| seat.person.name.clone()).unwrap_or_default())
}

/// Phases in which the helper still has something to do.
fn open(phase: CoverPhase) -> bool {
    matches!(phase, CoverPhase::Asked | CoverPhase::Unanswered | CoverPhase::Accepted)
}

/// Phases in which nobody stands in.
fn gap_phase(phase: CoverPhase) -> bool {
    matches!(phase, CoverPhase::Declined | CoverPhase::Unanswered | CoverPhase::Conflict | CoverPhase::Asked)
}

/// Days in a row as intervals; a weekend between two working days does not cut.
fn runs(days: &[NaiveDate]) -> Vec<Days> {
    let mut runs: Vec<Days> = Vec::new();
    for day in days {
        match runs.last_mut() {
            Some(run) if (*day - run.to).num_days() <= 3 && weekend_between(run.to, *day) => run.to = *day,
            _ => runs.push(Days { from: *day, to: *day }),
        }
    }
    runs
}

fn weekend_between(a: NaiveDate, b: NaiveDate) -> bool {
    use chrono::{Datelike, Weekday};
    a.iter_days().skip(1).take_while(|day| *day < b).all(|day| matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
}
