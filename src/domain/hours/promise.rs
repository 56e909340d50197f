//! The employer's promise: whether it still holds, and why a week's hours are missing.
//!
//! Owns: the question once in half a year, and the three reasons. They are kept for figures over many tandems and
//! name an office at most, never a person.

use chrono::{NaiveDate, TimeDelta};

use super::super::calendar::Week;
use super::super::effect::Effect;
use super::super::message::{Arg, Button, Line, Message, button, say};
use super::super::record::{Record, Shortfall};
use super::super::tandem::{Promise, Role};
use super::super::tap::{HoursTap, PromiseAct, Tap};
use super::super::turn::Turn;
use super::{home, is_settled};

/// Half a year: after so many days it is asked again.
const ASKED_EVERY: TimeDelta = TimeDelta::days(182);

/// Whether it is time to ask if the promise still holds.
pub fn promise_due(turn: &Turn<'_>, role: Role) -> bool {
    let asked = turn.t.terms.asked.is_some_and(|asked| turn.today(role) - asked < ASKED_EVERY);
    is_old(turn, role) && !asked
}

/// Whether the promise was last confirmed half a year ago.
fn is_old(turn: &Turn<'_>, role: Role) -> bool {
    let (terms, today) = (&turn.t.terms, turn.today(role));
    let confirmed = terms.promised.unwrap_or(turn.t.round.start);
    turn.t.promise.given() && !terms.over(today) && today - confirmed >= ASKED_EVERY
}

/// The question. It counts as asked, answered or not.
pub fn ask_promise(turn: &mut Turn<'_>, role: Role) -> Message {
    turn.t.terms.asked = Some(turn.today(role));
    question(turn)
}

/// On the sheet the question waits until it is answered, also for whoever gets no messages about hours.
pub(super) fn reminder(turn: &mut Turn<'_>, role: Role, message: Message) -> Message {
    if !is_old(turn, role) {
        return message;
    }
    let asked = question(turn);
    Message {
        blocks: [message.blocks, asked.blocks].concat(),
        rows: [message.rows, asked.rows].concat(),
        picture: message.picture.or(asked.picture),
    }
}

/// A button under the question.
pub(super) fn tapped(turn: &mut Turn<'_>, role: Role, act: PromiseAct) {
    let today = turn.today(role);
    turn.t.terms.asked = Some(today);
    match act {
        PromiseAct::Holds if turn.t.promise.given() => {
            turn.t.terms.promised = Some(today);
            turn.show(role, Message::of(say("promise-holds")).row([home()]), None);
        }
        PromiseAct::Holds => turn.note(role, say("stale")),
        PromiseAct::Withdrawn => {
            turn.t.promise = Promise::Withdrawn;
            let message = Message::of(say("promise-withdrawn"))
                .and(say("setup-form").with("minutes", Arg::Minutes(turn.t.agreed)))
                .row([act_button(turn, "setup-granted-board", PromiseAct::ByBoard)])
                .row([act_button(turn, "setup-granted-head", PromiseAct::ByHead)])
                .row([home()]);
            turn.show(role, message, None);
        }
        PromiseAct::Later => {
            let message = Message::of(say("promise-later")).row(answers(turn)).row([home()]);
            turn.show(role, message, None);
        }
        PromiseAct::ByBoard => given(turn, role, Promise::Board),
        PromiseAct::ByHead => given(turn, role, Promise::HeadOfDepartment),
    }
}

/// One tap says why hours are missing; whoever thinks again taps another. It is not asked about again this week.
pub(super) fn missing(turn: &mut Turn<'_>, role: Role, day: NaiveDate, why: Shortfall) {
    let (week, today) = (Week::of(day), turn.today(role));
    let said = turn.seat(role).mind.not_released == Some(week.monday());
    // What is settled, and what is still to come, is not explained.
    let over = is_settled(&turn.t, week) || week > Week::of(today);
    if over || (said && turn.seat(role).mind.missing == Some(why)) {
        return turn.note(role, say("stale"));
    }
    let mind = &mut turn.seat_mut(role).mind;
    mind.not_released = Some(week.monday());
    mind.missing = Some(why);
    turn.out.push(Effect::Record(Record::Missing(week, why)));
    turn.reply(role, Message::of(noted(why)));
}

/// The three reasons as buttons.
pub fn missing_buttons(turn: &Turn<'_>, day: NaiveDate) -> [Vec<Button>; 2] {
    let why = |key: &'static str, why: Shortfall| {
        button(say(key), Tap::Hours(HoursTap::Missing { tandem: turn.t.id.clone(), day, why }))
    };
    [
        vec![why("button-not-released", Shortfall::NotReleased)],
        vec![why("button-not-needed", Shortfall::NotNeeded), why("button-were-away", Shortfall::Away)],
    ]
}

fn question(turn: &Turn<'_>) -> Message {
    let line = say("promise-ask").with("minutes", Arg::Minutes(turn.t.agreed));
    Message::of(line).row(answers(turn)).row([act_button(turn, "button-promise-later", PromiseAct::Later)])
}

fn answers(turn: &Turn<'_>) -> [Button; 2] {
    [
        act_button(turn, "button-promise-holds", PromiseAct::Holds),
        act_button(turn, "button-promise-withdrawn", PromiseAct::Withdrawn),
    ]
}

fn given(turn: &mut Turn<'_>, role: Role, by: Promise) {
    turn.t.promise = by;
    turn.t.terms.promised = Some(turn.today(role));
    turn.show(role, Message::of(say("promise-given")).row([home()]), None);
}

fn act_button(turn: &Turn<'_>, key: &'static str, act: PromiseAct) -> Button {
    button(say(key), Tap::Hours(HoursTap::Promise { tandem: turn.t.id.clone(), act }))
}

fn noted(why: Shortfall) -> Line {
    match why {
        Shortfall::NotReleased => say("hours-not-released"),
        Shortfall::NotNeeded => say("hours-not-needed"),
        Shortfall::Away => say("hours-were-away"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::event::{Command, Deed, Event};
    use super::super::super::tandem::Nudges;
    use super::super::super::tandem::Role::{Deputy, Lead};
    use super::super::super::testing::{Play, day, keys, taps};
    use super::*;

    fn tap(play: &Play, act: PromiseAct) -> Tap {
        Tap::Hours(HoursTap::Promise { tandem: play.t.id.clone(), act })
    }

    /// The days on which somebody was asked for the promise unasked.
    fn asked(play: &Play, role: Role) -> Vec<String> {
        let asks = |message: &Message| keys(message).iter().any(|key| key == "promise-ask");
        play.unasked(role)
            .iter()
            .filter(|owed| asks(&owed.message))
            .map(|owed| owed.not_before.format("%Y-%m-%d").to_string())
            .collect()
    }

    #[test]
    fn the_promise_is_asked_about_every_half_year_within_the_weeks_message() {
        let mut play = Play::begun();
        play.until("2027-05-21 12:00");
        assert_eq!(asked(&play, Lead), Vec::<String>::new());
        play.until("2027-05-28 12:00");
        assert_eq!(asked(&play, Lead), ["2027-05-28"]);
        assert!(asked(&play, Deputy).is_empty());
        play.taps(Lead, tap(&play, PromiseAct::Holds));
        assert_eq!(play.t.terms.promised, Some(day("2027-05-28")));
        play.until("2028-01-01 12:00");
        assert_eq!(asked(&play, Lead), ["2027-05-28", "2027-11-26"], "unanswered, it rests for half a year again");
        let a_day = |owed: &&super::super::super::effect::Owed| owed.not_before.date_naive();
        let mut days: Vec<_> = play.unasked(Lead).iter().map(a_day).collect();
        let all = days.len();
        days.dedup();
        assert_eq!(days.len(), all, "it never is a second message on its day");
    }

    #[test]
    fn a_promise_that_is_withdrawn_is_noted_by_its_office_and_can_be_given_again() {
        let mut play = Play::begun();
        play.until("2027-05-28 12:00");
        play.taps(Lead, tap(&play, PromiseAct::Withdrawn));
        assert_eq!((play.t.promise, keys(&play.screen())[0].as_str()), (Promise::Withdrawn, "promise-withdrawn"));
        play.taps(Lead, tap(&play, PromiseAct::Holds));
        assert_eq!(play.toast().as_deref(), Some("stale"));
        play.until("2028-02-01 12:00");
        assert_eq!(asked(&play, Lead).len(), 1, "what does not hold is not asked about");
        play.taps(Lead, tap(&play, PromiseAct::ByHead));
        assert_eq!((play.t.promise, play.t.terms.promised), (Promise::HeadOfDepartment, Some(day("2028-02-01"))));
    }

    #[test]
    fn whoever_wants_fewer_messages_finds_the_question_on_the_sheet() {
        let mut play = Play::begun();
        play.t.lead.as_mut().expect("a lead").person.prefs.nudges = Nudges::Fewer;
        play.until("2027-06-30 12:00");
        assert!(asked(&play, Lead).is_empty());
        play.happens(Event::Did(Lead, Deed::Commanded(Command::Hours)));
        assert!(taps(&play.screen()).contains(&tap(&play, PromiseAct::Holds)));
        play.taps(Lead, tap(&play, PromiseAct::Later));
        assert!(taps(&play.screen()).contains(&tap(&play, PromiseAct::Withdrawn)), "the answer stays one tap away");
        play.happens(Event::Did(Lead, Deed::Commanded(Command::Hours)));
        assert!(taps(&play.screen()).contains(&tap(&play, PromiseAct::Holds)), "it waits until it is answered");
        play.taps(Lead, tap(&play, PromiseAct::Holds));
        play.happens(Event::Did(Lead, Deed::Commanded(Command::Hours)));
        assert!(!taps(&play.screen()).contains(&tap(&play, PromiseAct::Holds)));
    }

    #[test]
    fn a_shortfall_is_explained_by_one_tap_until_its_week_is_settled() {
        let mut play = Play::begun();
        let missing = |play: &Play, text: &str, why| {
            Tap::Hours(HoursTap::Missing { tandem: play.t.id.clone(), day: day(text), why })
        };
        let recorded =
            |play: &Play| play.last.iter().any(|effect| matches!(effect, Effect::Record(Record::Missing(..))));
        play.until("2026-11-27 12:00");
        let offered = play.unasked(Lead).last().map(|owed| taps(&owed.message)).expect("the week's message");
        for why in Shortfall::ALL {
            assert!(offered.contains(&missing(&play, "2026-11-27", why)), "{why:?}");
        }
        play.taps(Lead, missing(&play, "2026-11-27", Shortfall::NotReleased));
        assert!(recorded(&play));
        play.taps(Lead, missing(&play, "2026-11-27", Shortfall::NotReleased));
        assert_eq!((recorded(&play), play.toast().as_deref()), (false, Some("stale")));
        play.taps(Lead, missing(&play, "2026-11-27", Shortfall::Away));
        assert!(recorded(&play), "whoever thinks again taps another");
        play.taps(Lead, missing(&play, "2026-12-04", Shortfall::Away));
        assert!(!recorded(&play), "what is still to come is not explained");
        play.until("2026-12-07 08:00");
        play.taps(Lead, missing(&play, "2026-11-27", Shortfall::NotNeeded));
        assert!(!recorded(&play), "what is settled neither");
    }
}
