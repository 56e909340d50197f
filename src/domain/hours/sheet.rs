//! `/hours`: this week, the last four and their mean, and all that can be done about them.

use super::super::calendar::Week;
use super::super::ledger::{self, Target};
use super::super::message::{Arg, Line, Message, button, say};
use super::super::picture::Theme;
use super::super::tandem::Role;
use super::super::tap::{EditTap, HoursTap, Tap};
use super::super::turn::Turn;
use super::standing::{logged, standing_line, target, week_line};
use super::{edit, end, home, promise, timer};

/// Minutes that can be logged with one tap.
const OFFERED: [u32; 3] = [15, 30, 60];

/// Weeks before this one that are shown.
const PAST_WEEKS: i32 = 4;

/// Fewer weeks have no mean worth saying.
const MEAN_OF: u32 = 2;

/// Shows the sheet.
pub fn show(turn: &mut Turn<'_>, role: Role) {
    let today = turn.today(role);
    if turn.t.terms.over(today) {
        let message = past(turn, Week::of(today), Message::of(say("hours-title")));
        let message = end::over(&turn.t, message).row(entries_button(turn, role)).row([home()]);
        return turn.show(role, message, None);
    }
    let this = Week::of(today);
    let message = Message::of(say("hours-title")).and(standing_line(&turn.t, this));
    let message = past(turn, this, message);
    let message = timer::running_line(turn, role).into_iter().fold(message, Message::and);
    let add = |minutes: u32| {
        button(say("button-add").with("minutes", Arg::Minutes(minutes)), Tap::Hours(HoursTap::Add(minutes)))
    };
    let message = message.row(OFFERED.map(add)).row(timer::buttons(turn, role));
    let picture = button(say("button-picture"), Tap::Hours(HoursTap::Picture(Theme::Light)));
    let message = message.row(entries_button(turn, role).into_iter().chain([picture]));
    let message = promise::reminder(turn, role, message);
    turn.show(role, message.row([home()]), None);
}

/// The weeks before, oldest last, and their mean.
fn past(turn: &Turn<'_>, this: Week, message: Message) -> Message {
    let mut lines: Vec<Line> = Vec::new();
    let mut figures: Vec<(u32, Target)> = Vec::new();
    for back in 1..=PAST_WEEKS {
        let week = this.plus(-back);
        // Before the round began nothing was agreed.
        if week.sunday() >= turn.t.round.start || logged(&turn.t, week) > 0 {
            lines.push(week_line(&turn.t, week));
            figures.insert(0, (logged(&turn.t, week), target(&turn.t, week)));
        }
    }
    if lines.is_empty() {
        return message;
    }
    let message = message.and(say("hours-past").with("weeks", Arg::Lines(lines)));
    match ledger::mean_of_four(&figures).filter(|mean| mean.weeks >= MEAN_OF) {
        Some(mean) => message.and(
            say("hours-mean")
                .with("count", i64::from(mean.weeks))
                .with("logged", Arg::Minutes(mean.logged))
                .with("target", Arg::Minutes(mean.target)),
        ),
        None => message,
    }
}

fn entries_button(turn: &Turn<'_>, role: Role) -> Option<super::Button> {
    let back = edit::latest_with_entries(turn, role)?;
    Some(button(say("button-entries"), Tap::Hours(HoursTap::Edit(EditTap::List(back)))))
}
