//! The days on which a person works, as they can be changed in the settings.
//!
//! Owns: from when other days hold. Weeks that have begun keep the days they began with.

use chrono::{NaiveDate, Weekday};

use super::super::calendar::Week;
use super::super::message::{Button, Label, Message, Press, button, say};
use super::super::tandem::{Role, TandemPhase};
use super::super::tap::{SettingsTap, Setup, Tap};
use super::super::turn::Turn;
use super::super::week;
use super::days_line;

const WEEKDAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

const WEEKEND: [Weekday; 2] = [Weekday::Sat, Weekday::Sun];

/// The days as buttons to change, and from when they hold.
pub fn change_workdays(turn: &mut Turn<'_>, role: Role) {
    let from = holds_from(turn, role);
    let prefs = &turn.seat(role).person.prefs;
    let days = prefs.days_on(from);
    let day = |day: Weekday| Button {
        label: Label::Tick(days.has(day), say("weekday-short").with("day", day)),
        press: Press::Tap(Tap::Setup(Setup::WorkDay(day))),
    };
    let now = days_line(prefs.days_on(turn.today(role)));
    let line = say("workdays").with("days", now).with("from", from).with("later", days_line(days));
    let message = Message::of(line)
        .row(WEEKDAYS.map(day))
        .row(WEEKEND.map(day))
        .row([button(say("button-done"), Tap::Settings(SettingsTap::Open))]);
    turn.show(role, message, None);
}

/// One day more or less.
pub(super) fn toggle_workday(turn: &mut Turn<'_>, role: Role, day: Weekday) {
    let from = holds_from(turn, role);
    let prefs = &mut turn.seat_mut(role).person.prefs;
    let before = prefs.days_on(from);
    let days = before.toggled(day);
    if days == before {
        return turn.note(role, say("workdays-one"));
    }
    prefs.work_from(from, days);
    week::replan(turn, role);
    change_workdays(turn, role);
}

/// Next Monday; before the tandem runs nothing hangs on this week.
fn holds_from(turn: &Turn<'_>, role: Role) -> NaiveDate {
    let this = Week::of(turn.today(role));
    match turn.t.phase {
        TandemPhase::Running => this.next().monday(),
        TandemPhase::Forming | TandemPhase::Waiting => this.monday(),
    }
}
