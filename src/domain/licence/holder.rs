//! What a holder does with a licence: having it made out, choosing what it says, having it checked or not.
//!
//! Owns: that nothing is made out before all conditions were met, and that nothing stands on it without the person's tap.

use chrono::{Months, NaiveDate};

use super::super::effect::{Effect, Look};
use super::super::message::{Arg, Button, Line, Message, button, say};
use super::super::paper::{self, Paper};
use super::super::picture::Drawing;
use super::super::tandem::{Check, Draft, Licence, Met, Role, Shown, Talk, Vouch};
use super::super::tap::{Home, LicenceAct, Tap};
use super::super::turn::{Pages, Turn};
use super::super::{home, study};
use super::card::Card;
use super::{Condition, Dealt, conditions, is_complete, ready, renewal};

/// How long a licence holds, and by how much a renewal makes it longer.
pub const HOLDS: Months = Months::new(24);

/// The answers are here: what is met is noted, and the person sees what is missing, or the licence.
pub fn shown(turn: &mut Turn<'_>, role: Role, dealt: &[Dealt]) {
    let all = conditions(turn.cx.programme, &turn.t, turn.seat(role), dealt);
    let met = all.iter().filter(|(_, met)| *met).map(|(condition, _)| condition.kind());
    turn.seat_mut(role).mind.licensing.met.extend(met);
    ready::seen(turn, role);
    let message = match &turn.seat(role).mind.licensing.licence {
        Some(licence) => screen(turn, role, licence),
        None => missing(turn, role, &all),
    };
    turn.show(role, message, None);
}

/// A button about the licence.
pub fn tapped(turn: &mut Turn<'_>, role: Role, act: LicenceAct) {
    let has = turn.seat(role).mind.licensing.licence.is_some();
    match act {
        LicenceAct::Open => turn.out.push(Effect::Look(Look::Licence)),
        LicenceAct::AskTrainers if !has => ask_trainers(turn, role),
        LicenceAct::Begin | LicenceAct::Other if !has && is_complete(turn.cx.programme, turn.seat(role)) => {
            ask_name(turn, role);
        }
        LicenceAct::MyName if !has && is_complete(turn.cx.programme, turn.seat(role)) => {
            let name = turn.seat(role).person.name.clone();
            draft(turn, role, name);
        }
        LicenceAct::Organisation => {
            // In or out.
            let organisation = turn.t.organisation.clone();
            with_draft(turn, role, |draft| draft.organisation = draft.organisation.take().xor(organisation));
        }
        LicenceAct::Issue if !has => issue(turn, role),
        LicenceAct::Picture if has => picture(turn, role),
        LicenceAct::File if has => paper::tapped(turn, Paper::Licence),
        LicenceAct::ShowName => with_check(turn, role, |check| check.name = check.name.turned()),
        LicenceAct::ShowOrganisation => {
            with_check(turn, role, |check| check.organisation = check.organisation.turned());
        }
        LicenceAct::Withdraw => withdraw(turn, role),
        LicenceAct::AllowChecks => allow_checks(turn, role),
        LicenceAct::AskTrainers
        | LicenceAct::Begin
        | LicenceAct::Other
        | LicenceAct::MyName
        | LicenceAct::Issue
        | LicenceAct::Picture
        | LicenceAct::File => turn.note(role, say("stale")),
    }
}

/// A text that was asked for as the name on the licence.
pub fn named(turn: &mut Turn<'_>, role: Role, text: &str) {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > home::MAX_NAME {
        return turn.reply(role, Message::of(say("name-long").with("limit", home::MAX_NAME)));
    }
    draft(turn, role, name);
}

/// A trainer's word about the hand-over.
pub fn vouched(turn: &mut Turn<'_>, yes: bool) {
    let waiting: Vec<Role> =
        turn.t.seats().filter(|seat| seat.mind.licensing.vouch == Vouch::Waiting).map(|seat| seat.role).collect();
    for role in waiting {
        turn.seat_mut(role).mind.licensing.vouch = if yes { Vouch::Yes } else { Vouch::No };
        let person = turn.id_of(role);
        turn.out.push(Effect::Vouch { person, change: super::VouchChange::Answered });
        let mut message = Message::of(if yes { say("vouch-yes") } else { say("vouch-no") });
        if yes {
            turn.seat_mut(role).mind.licensing.met.insert(Met::HandOver);
        }
        message = match ready::seen(turn, role) {
            true => message.and(say("licence-complete")).row([ready::button_to(turn)]),
            false => message.row([act(turn, "button-licence", LicenceAct::Open)]),
        };
        let occurrence = format!("vouched:{}:{}", turn.t.id, turn.today(role));
        turn.owe_polite(role, occurrence, message);
    }
}

/// The licence holds longer from now on.
pub fn extend(turn: &mut Turn<'_>, role: Role) {
    let today = turn.today(role);
    let licensing = &mut turn.seat_mut(role).mind.licensing;
    licensing.failed = None;
    if let Some(licence) = &mut licensing.licence {
        licence.until = later(licence.until.max(today));
    }
    renewal::schedule(turn, role);
}

/// What is met and what is not.
fn missing(turn: &Turn<'_>, role: Role, all: &[(Condition, bool)]) -> Message {
    let line = |condition: &Condition| match condition {
        Condition::Test => say("licence-test"),
        Condition::Concept { done, of } => say("licence-concept").with("done", *done).with("of", *of),
        Condition::HandOver { alone: false } => say("licence-handover"),
        Condition::HandOver { alone: true } => say("licence-handover-alone"),
        Condition::Promise => say("licence-promise"),
    };
    let lines = all.iter().map(|(condition, met)| match met {
        // Met once is met, whoever is there now.
        true if *condition == Condition::HandOver { alone: true } => {
            say("licence-done").with("what", say("licence-handover-met"))
        }
        true => say("licence-done").with("what", line(condition)),
        false => say("licence-missing").with("what", line(condition)),
    });
    let mut message = lines.fold(Message::of(say("licence-title")), Message::and);
    if all.contains(&(Condition::HandOver { alone: true }, false)) {
        message = match turn.seat(role).mind.licensing.vouch {
            Vouch::Waiting => message.and(say("vouch-waiting")),
            Vouch::Unasked | Vouch::Yes | Vouch::No => {
                message.and(say("vouch-offer")).row([act(turn, "button-ask-trainers", LicenceAct::AskTrainers)])
            }
        };
    }
    if is_complete(turn.cx.programme, turn.seat(role)) {
        let begin = act(turn, "button-licence-begin", LicenceAct::Begin);
        message = message.and(say("licence-complete")).row([begin]);
    }
    home::with_buttons(message)
}

/// Trainers are asked only where there is nobody else to ask, and learn name and organisation by this tap.
fn ask_trainers(turn: &mut Turn<'_>, role: Role) {
    let alone = turn.t.seat(role.other()).is_none();
    if !alone || turn.seat(role).mind.licensing.vouch == Vouch::Waiting {
        return turn.note(role, say("stale"));
    }
    turn.seat_mut(role).mind.licensing.vouch = Vouch::Waiting;
    let person = turn.id_of(role);
    turn.out.push(Effect::Vouch { person, change: super::VouchChange::Asked });
    turn.show(role, home::with_buttons(Message::of(say("vouch-asked"))), None);
}

fn ask_name(turn: &mut Turn<'_>, role: Role) {
    turn.seat_mut(role).mind.talk = Talk::Licence;
    let name = say("button-licence-name").with("name", Arg::Text(turn.seat(role).person.name.clone()));
    let message = Message::of(say("licence-name-ask"))
        .row([button(name, tap(turn, LicenceAct::MyName))])
        .row([button(say("button-home"), Tap::Home(Home::Open))]);
    turn.show(role, message, None);
}

/// The name is there: the person sees what would stand on the licence.
fn draft(turn: &mut Turn<'_>, role: Role, name: String) {
    study::listen(turn, role);
    let licensing = &mut turn.seat_mut(role).mind.licensing;
    let kept = licensing.draft.take();
    let organisation = match kept {
        Some(draft) => draft.organisation,
        None => turn.t.organisation.clone(),
    };
    turn.seat_mut(role).mind.licensing.draft = Some(Draft { name, organisation });
    show_draft(turn, role);
}

fn with_draft(turn: &mut Turn<'_>, role: Role, change: impl FnOnce(&mut Draft)) {
    match &mut turn.seat_mut(role).mind.licensing.draft {
        Some(draft) => {
            change(draft);
            show_draft(turn, role);
        }
        None => turn.note(role, say("stale")),
    }
}

fn show_draft(turn: &mut Turn<'_>, role: Role) {
    let Some(draft) = turn.seat(role).mind.licensing.draft.clone() else { return };
    let tap = |key: &'static str, does| act(turn, key, does);
    let mut message = Message::of(say("licence-draft").with("name", Arg::Text(draft.name)));
    message = match &draft.organisation {
        Some(name) => message.and(say("licence-draft-organisation").with("organisation", Arg::from(name.as_str()))),
        None => message.and(say("licence-draft-no-organisation")),
    };
    message = message
        .and(say("licence-draft-round").with("round", Arg::Text(turn.t.round.name.clone())))
        .row([tap("button-licence-issue", LicenceAct::Issue)]);
    let organisation = match draft.organisation {
        Some(_) => Some(tap("button-licence-leave-out", LicenceAct::Organisation)),
        None => turn.t.organisation.as_ref().map(|_| tap("button-licence-put-in", LicenceAct::Organisation)),
    };
    message = message.row([tap("button-licence-other", LicenceAct::Other)]).row(organisation);
    turn.show(role, message, None);
}

/// Made out as the person has just seen it.
fn issue(turn: &mut Turn<'_>, role: Role) {
    let (today, code) = (turn.today(role), turn.ids.secret());
    let Some(Draft { name, organisation }) = turn.seat_mut(role).mind.licensing.draft.take() else {
        return turn.note(role, say("stale"));
    };
    let check = Some(Check { code: code.clone(), name: Shown::No, organisation: Shown::No });
    let licence = Licence { name, organisation, issued: today, until: later(today), check };
    turn.seat_mut(role).mind.licensing.licence = Some(licence.clone());
    let person = turn.id_of(role);
    turn.out.push(Effect::LicenceCode { person, code: Some(code) });
    renewal::schedule(turn, role);
    let message = screen(turn, role, &licence);
    turn.show(role, message, None);
    picture(turn, role);
}

/// The licence drawn, as a message of its own: it is passed on as it is.
fn picture(turn: &mut Turn<'_>, role: Role) {
    let Some(card) = Card::of(&turn.t, role) else { return };
    let mut message = Message::of(caption(&card));
    message.picture = Some(Drawing::Licence(Box::new(card)));
    turn.reply(role, message);
}

fn caption(card: &Card) -> Line {
    say("licence-caption")
        .with("name", Arg::Text(card.name.clone()))
        .with("until", Arg::Line(Box::new(card.until_line())))
}

/// What the licence says, until when, who is told what, and what can be done.
fn screen(turn: &Turn<'_>, role: Role, licence: &Licence) -> Message {
    let tap = |key: &'static str, does| act(turn, key, does);
    let over = licence.until < turn.today(role);
    let until = paper::full_day(licence.until);
    let holds = if over { say("licence-over").with("day", until) } else { say("licence-holds").with("day", until) };
    let mut message = Message::of(say("licence-yours").with("name", Arg::Text(licence.name.clone()))).and(holds);
    message = match &licence.check {
        // Nobody could open the page, so nothing is said about it.
        _ if turn.cx.pages == Pages::Nowhere => message,
        None => message.and(say("licence-check-none")),
        Some(check) => message.and(match (check.name, check.organisation) {
            (Shown::No, Shown::No) => say("licence-check-plain"),
            (Shown::Yes, Shown::No) => say("licence-check-name"),
            (Shown::No, Shown::Yes) => say("licence-check-organisation"),
            (Shown::Yes, Shown::Yes) => say("licence-check-both"),
        }),
    };
    message = message.row(renewal::button_row(turn, role));
    // A file comes by a link, so there is none where nobody could open it.
    let file = (turn.cx.pages != Pages::Nowhere).then(|| tap("button-download", LicenceAct::File));
    message = message.row(std::iter::once(tap("button-licence-picture", LicenceAct::Picture)).chain(file));
    if turn.cx.pages == Pages::Nowhere {
        return home::with_buttons(message);
    }
    let Some(check) = &licence.check else {
        return home::with_buttons(message.row([tap("button-check-allow", LicenceAct::AllowChecks)]));
    };
    let name = match check.name {
        Shown::No => "button-check-name",
        Shown::Yes => "button-check-no-name",
    };
    let organisation = licence.organisation.as_ref().map(|_| match check.organisation {
        Shown::No => tap("button-check-organisation", LicenceAct::ShowOrganisation),
        Shown::Yes => tap("button-check-no-organisation", LicenceAct::ShowOrganisation),
    });
    let message = message.row([tap(name, LicenceAct::ShowName)]).row(organisation);
    home::with_buttons(message.row([tap("button-check-withdraw", LicenceAct::Withdraw)]))
}

fn with_check(turn: &mut Turn<'_>, role: Role, change: impl FnOnce(&mut Check)) {
    let licence = turn.seat_mut(role).mind.licensing.licence.as_mut();
    match licence.and_then(|licence| licence.check.as_mut()) {
        Some(check) => {
            change(check);
            redraw(turn, role);
        }
        None => turn.note(role, say("stale")),
    }
}

/// The code leads nowhere any more.
fn withdraw(turn: &mut Turn<'_>, role: Role) {
    let person = turn.id_of(role);
    let Some(licence) = turn.seat_mut(role).mind.licensing.licence.as_mut().filter(|licence| licence.check.is_some())
    else {
        return turn.note(role, say("stale"));
    };
    licence.check = None;
    turn.out.push(Effect::LicenceCode { person, code: None });
    redraw(turn, role);
}

/// Another code; the one that was withdrawn stays so.
fn allow_checks(turn: &mut Turn<'_>, role: Role) {
    let (person, code) = (turn.id_of(role), turn.ids.secret());
    let Some(licence) = turn.seat_mut(role).mind.licensing.licence.as_mut().filter(|licence| licence.check.is_none())
    else {
        return turn.note(role, say("stale"));
    };
    licence.check = Some(Check { code: code.clone(), name: Shown::No, organisation: Shown::No });
    turn.out.push(Effect::LicenceCode { person, code: Some(code) });
    redraw(turn, role);
}

fn redraw(turn: &mut Turn<'_>, role: Role) {
    let Some(licence) = turn.seat(role).mind.licensing.licence.clone() else { return };
    let message = screen(turn, role, &licence);
    turn.show(role, message, None);
}

/// Two years later, on the same day or the last of that month.
fn later(day: NaiveDate) -> NaiveDate {
    day.checked_add_months(HOLDS).unwrap_or(day)
}

/// A button about the licence of this round, whichever other one the person is in.
pub(super) fn act(turn: &Turn<'_>, key: &'static str, act: LicenceAct) -> Button {
    button(say(key), tap(turn, act))
}

fn tap(turn: &Turn<'_>, act: LicenceAct) -> Tap {
    Tap::Licence { tandem: turn.t.id.clone(), act }
}
