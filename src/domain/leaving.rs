//! Leaving a tandem: with everything erased, without, or because somebody new takes the seat.
//!
//! Owns: what becomes of the seat, of plans that hang on it, and who hears what is missing now. Does not know how data
//! are erased (`store`), nor what somebody who sits nowhere sees (`guest`).

use super::cover;
use super::effect::Effect;
use super::hours;
use super::ids::PersonId;
use super::message::{Arg, Button, Message, button, say};
use super::setup;
use super::tandem::{AbsencePhase, Due, Ending, Missing, Role, Stage};
use super::tap::{DataTap, LeaveAct, SettingsTap, Setup, Tap};
use super::turn::Turn;

/// The settings' button.
pub fn offer(turn: &Turn<'_>) -> Button {
    button(say("button-changes"), tap(turn, LeaveAct::Open))
}

/// A button about leaving.
pub fn tapped(turn: &mut Turn<'_>, role: Role, act: LeaveAct) {
    let other = turn.t.seat(role.other()).map(|seat| seat.person.name.clone());
    match (act, other) {
        (LeaveAct::Open, other) => {
            let replace = other.map(|_| button(say("button-replace"), tap(turn, LeaveAct::Replace)));
            let message = Message::of(say("changes-ask"))
                .row([button(say("button-back"), Tap::Settings(SettingsTap::Open))])
                .row(replace)
                .row([button(say("button-leave-round"), tap(turn, LeaveAct::Ask))]);
            turn.show(role, message, None);
        }
        (LeaveAct::Ask, _) => {
            let message = Message::of(say("leave-ask"))
                .row([button(say("button-delete-keep"), Tap::Data(DataTap::Keep))])
                .row([button(say("button-leave-really"), tap(turn, LeaveAct::Really))]);
            turn.show(role, message, None);
        }
        (LeaveAct::Really, _) => {
            end_plans(turn, role);
            tell_left(turn, role);
            let person = stand_up(turn, role);
            forget_if_empty(turn);
            turn.out.push(Effect::Left { person });
            turn.out.push(Effect::Redraw { message: with_rights(Message::of(say("leave-done"))), slot: None });
        }
        (LeaveAct::Replace, Some(name)) => {
            let message = Message::of(say("replace-ask").with("name", Arg::Text(name)))
                .row([button(say("button-replace-keep"), Tap::Data(DataTap::Keep))])
                .row([button(say("button-replace-really"), tap(turn, LeaveAct::ReplaceReally))]);
            turn.show(role, message, None);
        }
        (LeaveAct::ReplaceReally, Some(_)) if turn.seat(role).mind.stage == Stage::Ready => {
            replace(turn, role.other(), None);
            setup::invite(turn, role);
        }
        (LeaveAct::Replace | LeaveAct::ReplaceReally, _) => turn.note(role, say("stale")),
    }
}

/// Everything about the person goes; the tandem stays and says what is missing.
pub fn erased(turn: &mut Turn<'_>, role: Role) {
    end_plans(turn, role);
    tell_left(turn, role);
    let person = stand_up(turn, role);
    for entry in turn.t.entries.iter_mut().filter(|entry| entry.by.as_ref() == Some(&person)) {
        entry.by = None;
    }
    turn.t.absences.retain(|absence| absence.who != person);
    let absences: Vec<_> = turn.t.absences.iter().map(|a| a.id.clone()).collect();
    turn.t.covers.retain(|cover| absences.contains(&cover.absence));
    forget_if_empty(turn);
    turn.out.push(Effect::Erase { person, farewell: Message::of(say("delete-done")) });
}

/// A trainer gives this seat to somebody new, who comes by the link with this secret.
pub fn replaced(turn: &mut Turn<'_>, role: Role, secret: String, by: &PersonId) {
    let name = turn.seat(role).person.name.clone();
    replace(turn, role, Some(by));
    turn.out.push(Effect::InviteDeputy { tandem: turn.t.id.clone(), secret });
    if turn.t.seat(role.other()).is_some() {
        let occurrence = turn.ids.id();
        let line = say("replaced-partner").with("name", Arg::Text(name));
        turn.owe_polite(role.other(), format!("replaced:{occurrence}"), Message::of(line));
    }
}

/// Below what somebody reads who sits nowhere: what is kept, and the way to have it erased.
pub fn with_rights(message: Message) -> Message {
    message.row([
        button(say("button-my-data"), Tap::Data(DataTap::Mine)),
        button(say("button-delete"), Tap::Data(DataTap::Delete)),
    ])
}

/// The seat is free for somebody new; whoever sat there hears of it, and so do the trainers, except the one who did it.
fn replace(turn: &mut Turn<'_>, role: Role, by: Option<&PersonId>) {
    let at = turn.polite(role, turn.now());
    end_plans(turn, role);
    let occurrence = format!("replaced:{}", turn.ids.id());
    let line = say("replaced-told").with("organisation", setup::organisation(&turn.t));
    tell_trainers(turn, role, "replaced-trainer", &occurrence, by);
    let person = stand_up(turn, role);
    turn.owe_cover(person.clone(), occurrence, at, with_rights(Message::of(line)));
    turn.out.push(Effect::Left { person });
}

/// The other of the two and the trainers hear that somebody leaves, and what is missing then.
fn tell_left(turn: &mut Turn<'_>, role: Role) {
    let (person, name) = (turn.id_of(role), turn.seat(role).person.name.clone());
    let occurrence = format!("left:{person}");
    if turn.t.seat(role.other()).is_some() {
        let message = Message::of(say("left-partner").with("name", Arg::Text(name)))
            .row([button(say("button-new-deputy"), Tap::Setup(Setup::NewInvitation))]);
        turn.owe_polite(role.other(), occurrence.clone(), message);
    }
    tell_trainers(turn, role, "left-trainer", &occurrence, None);
}

fn tell_trainers(turn: &mut Turn<'_>, role: Role, key: &'static str, occurrence: &str, but: Option<&PersonId>) {
    let missing = if role == Role::Lead { Missing::Lead } else { Missing::Deputy };
    for trainer in turn.t.round.trainers.clone().into_iter().filter(|trainer| Some(trainer) != but) {
        let line =
            say(key).with("organisation", setup::organisation(&turn.t)).with("missing", setup::missing_line(missing));
        turn.owe_notice(trainer, occurrence.to_owned(), Message::of(line));
    }
}

/// Nothing is due for this seat any more; what hangs on the person's days is open or off.
fn end_plans(turn: &mut Turn<'_>, role: Role) {
    let (person, today) = (turn.id_of(role), turn.today(role));
    hours::gone(turn, role);
    cover::leave(turn, &person);
    let own = [Due::Lesson(role), Due::Task(role), Due::Week(role), Due::ModuleNow(role), Due::Timer(role)];
    for item in own.into_iter().chain([Due::News(role), Due::Renewal(role), Due::Licence(role)]) {
        turn.unschedule(&item);
    }
    for absence in turn.t.absences.iter_mut().filter(|a| a.who == person && a.phase == AbsencePhase::Planned) {
        absence.ending = Ending::Known;
        absence.phase = if absence.days.from > today { AbsencePhase::Cancelled } else { AbsencePhase::Ended };
        absence.days.to = absence.days.to.min(today).max(absence.days.from);
    }
}

fn stand_up(turn: &mut Turn<'_>, role: Role) -> PersonId {
    let person = turn.id_of(role);
    match role {
        Role::Lead => turn.t.lead = None,
        Role::Deputy => turn.t.deputy = None,
    }
    person
}

/// Where nobody sits any more, nobody needs to know which organisation it was.
fn forget_if_empty(turn: &mut Turn<'_>) {
    if turn.t.seats().next().is_none() {
        (turn.t.organisation, turn.t.contact) = (None, None);
        cover::contact::forget(turn);
    }
}

fn tap(turn: &Turn<'_>, act: LeaveAct) -> Tap {
    Tap::Leave { tandem: turn.t.id.clone(), act }
}

#[cfg(test)]
mod tests {
    use super::super::effect::Kind;
    use super::super::event::Event;
    use super::super::tandem::CoverPhase;
    use super::super::tandem::Role::{Deputy, Lead};
    use super::super::testing::{Play, at, keys};
    use super::*;

    fn replaced(play: &mut Play, role: Role, by: &str) {
        let secret = "successor0000001".to_owned();
        play.happens(Event::Replaced { role, secret, by: PersonId(by.into()) });
    }

    #[test]
    fn a_trainer_frees_a_seat_and_whoever_is_concerned_hears_of_it() {
        let mut play = Play::begun();
        play.now = at("2026-11-25 12:00");
        play.says(Lead, "weg 1.12. bis 3.12.");
        play.says(Deputy, "weg 7.12.");
        let ben = play.id(Deputy);
        replaced(&mut play, Deputy, "trix00000000");
        assert_eq!(play.t.deputy, None);
        assert!(play.last.contains(&Effect::Left { person: ben.clone() }));
        let invited = Effect::InviteDeputy { tandem: play.t.id.clone(), secret: "successor0000001".into() };
        let place = |wanted: &Effect| play.last.iter().position(|effect| effect == wanted);
        // Leaving ends earlier links, so the new one comes after it.
        assert!(place(&Effect::Left { person: ben.clone() }) < place(&invited), "{:?}", play.last);
        assert_eq!(play.t.covers[0].phase, CoverPhase::Conflict, "what he was asked for is open");
        assert_eq!(play.t.absences[1].phase, AbsencePhase::Cancelled);
        let told = play.log(Lead, &[Kind::Notice, Kind::Cover]);
        assert!(told.iter().any(|line| line.ends_with("gap-nobody")), "{told:?}");
        assert!(told.iter().any(|line| line.ends_with("replaced-partner")), "{told:?}");
        let his = play.owed.iter().rfind(|owed| owed.to == ben).map(|owed| keys(&owed.message));
        assert_eq!(his, Some(vec!["replaced-told".to_owned()]));
        assert!(
            play.owed.iter().all(|owed| !keys(&owed.message).contains(&"replaced-trainer".into())),
            "who did it knows"
        );
        // Another trainer's deed is news, and an empty seat cannot be freed again.
        let before = play.t.clone();
        replaced(&mut play, Deputy, "another00000");
        assert_eq!((&play.t, play.last.len()), (&before, 0));
        replaced(&mut play, Lead, "another00000");
        assert!(play.owed.iter().any(|owed| keys(&owed.message).contains(&"replaced-trainer".into())));
        assert_eq!(play.t.organisation.as_deref(), Some("Verein"), "the successor finds the organisation");
    }

    #[test]
    fn what_was_away_until_now_stays_noted_for_whoever_leaves_without_erasing() {
        let mut play = Play::begun();
        play.says(Deputy, "weg 24.11. bis 4.12.");
        play.now = at("2026-11-26 12:00");
        let tap = |act| Tap::Leave { tandem: play.t.id.clone(), act };
        let (ask, really) = (tap(LeaveAct::Ask), tap(LeaveAct::Really));
        play.says(Lead, "45 min");
        let entries = play.t.entries.clone();
        play.taps(Deputy, ask);
        assert!(play.t.deputy.is_some());
        play.taps(Deputy, really.clone());
        assert_eq!((play.t.deputy.clone(), &play.t.entries), (None, &entries));
        let absence = &play.t.absences[0];
        assert_eq!((absence.phase, absence.days.to), (AbsencePhase::Ended, super::super::testing::day("2026-11-26")));
        assert!(play.t.agenda.keys().all(|due| !due.code().ends_with("deputy") && !due.code().starts_with("return")));
        play.taps(Lead, really);
        assert_eq!(play.t.organisation, None, "nobody sits there any more");
    }
}
