//! Joining and starting: organisation, the employer's promise, days and hour, the deputy, the first day.
//!
//! Owns: the order of these questions and what is missing when a round starts. Does not know the notice
//! that comes before anything is stored (`door`), nor what happens once lessons run.

mod days;
#[cfg(test)]
mod tests;

pub use days::change_workdays;

use chrono::Weekday;

use super::calendar::{self, Release, Workdays};
use super::duration;
use super::effect::{Effect, Slot};
use super::message::{Arg, Button, Label, Line, Message, Press, button, say};
use super::tandem::{Due, Missing, Promise, Role, RoundPhase, Stage, Tandem, TandemPhase};
use super::tap::{DataTap, Home, Setup, Tap, TrainerTap};
use super::turn::Turn;
use super::{cover, home, hours, survey, week};

/// Longest name of an organisation that is stored, in characters.
const MAX_ORGANISATION: usize = 120;

/// Hours offered for lessons: inside the quiet hours' frame of 8 to 18 o'clock.
const HOURS: [u8; 8] = [8, 9, 10, 11, 13, 14, 15, 16];

const WEEK: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

/// Days after a round's start on which a late tandem may still begin.
pub const LATE_DAYS: i64 = 14;

/// Somebody has just joined.
pub fn joined(turn: &mut Turn<'_>, role: Role) {
    // Whoever opened the tandem finds nobody there.
    if turn.t.seat(role.other()).is_some() {
        let name = turn.seat(role).person.name.clone();
        let other = turn.id_of(role.other());
        let occurrence = format!("deputy-joined:{}", turn.id_of(role));
        turn.owe_notice(other, occurrence, Message::of(say("deputy-joined").with("name", Arg::Text(name))));
    }
    ask(turn, role);
}

/// Puts the question that stands open.
pub fn ask(turn: &mut Turn<'_>, role: Role) {
    match turn.seat(role).mind.stage {
        Stage::Organisation => turn.show(role, Message::of(say("setup-organisation")), Some(Slot::Setup)),
        Stage::Promise => {
            let message = promise_question(turn.t.agreed);
            turn.show(role, message, Some(Slot::Setup));
        }
        Stage::Times => {
            let message = times(turn, role);
            turn.show(role, message, Some(Slot::Setup));
        }
        Stage::Ready => home::open(turn, role),
    }
}

/// The question that stands open, to draw it again in another language.
pub fn redraw(turn: &Turn<'_>, role: Role) -> Option<Message> {
    match turn.seat(role).mind.stage {
        Stage::Organisation => Some(Message::of(say("setup-organisation"))),
        Stage::Promise => Some(promise_question(turn.t.agreed)),
        Stage::Times => Some(times(turn, role)),
        Stage::Ready => None,
    }
}

/// A text while joining.
pub fn wrote(turn: &mut Turn<'_>, role: Role, text: &str) {
    if turn.seat(role).mind.stage != Stage::Organisation {
        return ask(turn, role);
    }
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if duration::is_nothing_but_a_duration(&name) {
        // Somebody who logs hours before all is set up, not an organisation called "45 min".
        return ask(turn, role);
    }
    if name.is_empty() || name.chars().count() > MAX_ORGANISATION {
        let limit = say("setup-organisation-long").with("limit", MAX_ORGANISATION);
        return turn.reply(role, Message::of(limit));
    }
    turn.t.organisation = Some(name);
    turn.seat_mut(role).mind.stage = Stage::Promise;
    ask(turn, role);
}

/// A button of the questions on joining.
pub fn tapped(turn: &mut Turn<'_>, role: Role, tap: Setup) {
    let stage = turn.seat(role).mind.stage;
    match (tap, stage) {
        (Setup::GrantedByBoard, Stage::Promise) => granted(turn, role, Promise::Board),
        (Setup::GrantedByHead, Stage::Promise) => granted(turn, role, Promise::HeadOfDepartment),
        (Setup::NotGranted, Stage::Promise) => {
            turn.t.promise = Promise::NotYet;
            let form = Message::of(say("setup-form-intro"))
                .and(say("setup-form").with("minutes", Arg::Minutes(turn.t.agreed)))
                .row([button(say("setup-granted-board"), Tap::Setup(Setup::GrantedByBoard))])
                .row([button(say("setup-granted-head"), Tap::Setup(Setup::GrantedByHead))])
                .row([button(say("setup-granted-forbidden"), Tap::Setup(Setup::Forbidden))]);
            turn.show(role, form, Some(Slot::Setup));
        }
        (Setup::Forbidden, Stage::Promise) => {
            let message = Message::of(say("permission-no-lead"))
                .row([button(say("button-back-form"), Tap::Setup(Setup::NotGranted))])
                .row([button(say("button-delete-really"), Tap::Data(DataTap::DeleteReally))]);
            turn.show(role, message, Some(Slot::Setup));
        }
        (Setup::TimesFine | Setup::TimesDone, Stage::Times) => times_settled(turn, role),
        (Setup::TimesDone, Stage::Ready) => {
            week::replan(turn, role);
            home::show_settings(turn, role);
        }
        (Setup::TimesChange, Stage::Times | Stage::Ready) => change(turn, role),
        (Setup::Day(day), Stage::Times | Stage::Ready) => toggle(turn, role, day),
        (Setup::Hour(hour), Stage::Times | Stage::Ready) if HOURS.contains(&hour) => {
            turn.seat_mut(role).person.prefs.hour = hour;
            change(turn, role);
        }
        (Setup::WorkDays, Stage::Ready) => change_workdays(turn, role),
        (Setup::WorkDay(day), Stage::Ready) => days::toggle_workday(turn, role, day),
        (Setup::NewInvitation, Stage::Ready) if may_invite(turn, role) => invite(turn, role),
        _ => turn.note(role, say("stale")),
    }
}

/// Days and hour as buttons to change.
pub fn change(turn: &mut Turn<'_>, role: Role) {
    let days = lesson_days(turn, role);
    let hour = turn.seat(role).person.prefs.hour;
    let day = |day: Weekday| Button {
        label: Label::Tick(days.has(day), say("weekday-short").with("day", day)),
        press: Press::Tap(Tap::Setup(Setup::Day(day))),
    };
    let at = |at: u8| Button {
        label: Label::Tick(at == hour, say("hour").with("hour", Arg::Hour(at))),
        press: Press::Tap(Tap::Setup(Setup::Hour(at))),
    };
    let message = Message::of(say("setup-times-change"))
        .row([button(say("button-done"), Tap::Setup(Setup::TimesDone))])
        .row(WEEK.map(day))
        .row(HOURS[..4].iter().copied().map(at))
        .row(HOURS[4..].iter().copied().map(at));
    turn.show(role, message, Some(Slot::Setup));
}

/// The days on which lessons come to this person.
pub fn lesson_days(turn: &Turn<'_>, role: Role) -> Workdays {
    let own = turn.seat(role).person.prefs.lesson_days;
    own.unwrap_or_else(|| release_days(&turn.cx.programme.release))
}

/// The programme's own days.
fn release_days(release: &str) -> Workdays {
    Release::parse(release).map_or(Workdays::MONDAY_TO_FRIDAY, |release| release.days())
}

/// The days as a list of weekdays.
pub fn days_line(days: Workdays) -> Arg {
    Arg::List(days.days().map(|day| say("weekday").with("day", day)).collect())
}

/// The round's first day has come.
pub fn start(turn: &mut Turn<'_>) {
    if turn.t.phase == TandemPhase::Running {
        return;
    }
    let missing = turn.t.missing();
    if missing.is_empty() {
        begin(turn);
        return;
    }
    let lines: Vec<Line> = missing.iter().map(|m| missing_line(*m)).collect();
    for role in taken(turn) {
        let mut message = Message::of(say("start-missing").with("missing", lines.clone()));
        if may_invite(turn, role) {
            message = message.row([button(say("button-new-deputy"), Tap::Setup(Setup::NewInvitation))]);
        }
        turn.owe_polite(role, format!("start-missing:{}", turn.t.id), message);
    }
}

/// A trainer lets this late tandem begin.
pub fn admitted(turn: &mut Turn<'_>) {
    if turn.t.phase == TandemPhase::Waiting && turn.t.missing().is_empty() {
        for role in taken(turn) {
            turn.seat_mut(role).mind.since = Some(turn.today(role));
        }
        begin(turn);
        // Both have waited for the trainer's yes.
        for role in taken(turn) {
            if let Some(line) = first_lesson(turn, role) {
                turn.owe_polite(role, format!("start:{}", turn.t.id), Message::of(line));
            }
        }
    }
}

/// A trainer has moved this tandem, which does not run yet, into another round.
pub fn shifted(turn: &mut Turn<'_>) {
    let complete = turn.t.missing().is_empty();
    let runs = turn.t.round.phase == RoundPhase::Running;
    if runs && complete {
        for role in taken(turn) {
            turn.seat_mut(role).mind.since = Some(turn.today(role));
        }
        begin(turn);
    }
    for role in taken(turn) {
        let line = say("shifted")
            .with("round", Arg::Text(turn.t.round.name.clone()))
            .with("day", turn.t.round.start)
            .with("controller", home::named(&turn.t.round.controller));
        let message = Message::of(line);
        let message = match runs.then(|| first_lesson(turn, role)).flatten() {
            Some(first) => message.and(first),
            None => message,
        };
        turn.owe_polite(role, format!("shifted:{}:{}", turn.t.id, turn.t.round.id), message);
    }
}

/// Whether this person may ask somebody new to take the other seat.
pub fn may_invite(turn: &Turn<'_>, role: Role) -> bool {
    turn.t.seat(role.other()).is_none() && turn.seat(role).mind.stage == Stage::Ready
}

/// The organisation's name as trainers read it.
pub fn organisation(tandem: &Tandem) -> Arg {
    tandem.organisation.clone().map_or_else(|| Arg::from(say("organisation-unnamed")), Arg::Text)
}

/// What is missing, as a sentence.
pub fn missing_line(missing: Missing) -> Line {
    match missing {
        Missing::Lead => say("missing-lead"),
        Missing::Organisation => say("missing-organisation"),
        Missing::Promise => say("missing-promise"),
        Missing::LeadTimes => say("missing-lead-times"),
        Missing::Deputy => say("missing-deputy"),
        Missing::DeputyTimes => say("missing-deputy-times"),
    }
}

/// Lessons are planned from here on. Nobody is told: they know the day, and the first lesson speaks for itself.
fn begin(turn: &mut Turn<'_>) {
    turn.t.phase = TandemPhase::Running;
    hours::schedule_close(turn);
    for role in taken(turn) {
        week::replan(turn, role);
    }
}

/// When the first lesson comes; `None` while none is planned.
fn first_lesson(turn: &Turn<'_>, role: Role) -> Option<Line> {
    let first = turn.t.agenda.get(&Due::Lesson(role))?;
    let person = &turn.seat(role).person;
    let day = calendar::local_date(*first, person.zone);
    Some(say("start-begins").with("day", day).with("hour", Arg::Hour(person.prefs.hour)))
}

fn taken(turn: &Turn<'_>) -> Vec<Role> {
    turn.t.seats().map(|seat| seat.role).collect()
}

fn promise_question(agreed: u32) -> Message {
    Message::of(say("setup-promise").with("minutes", Arg::Minutes(agreed)))
        .row([button(say("setup-granted-board"), Tap::Setup(Setup::GrantedByBoard))])
        .row([button(say("setup-granted-head"), Tap::Setup(Setup::GrantedByHead))])
        .row([button(say("setup-granted-not"), Tap::Setup(Setup::NotGranted))])
}

fn granted(turn: &mut Turn<'_>, role: Role, by: Promise) {
    turn.t.promise = by;
    let today = turn.today(role);
    turn.t.terms.promised = Some(today);
    // The question is about both: the hours, and the chat program at work.
    turn.seat_mut(role).person.prefs.permitted = Some(today);
    turn.seat_mut(role).mind.stage = Stage::Times;
    ask(turn, role);
}

fn times(turn: &Turn<'_>, role: Role) -> Message {
    let days = days_line(lesson_days(turn, role));
    let hour = Arg::Hour(turn.seat(role).person.prefs.hour);
    Message::of(say("setup-times").with("days", days).with("hour", hour)).row([
        button(say("button-fine"), Tap::Setup(Setup::TimesFine)),
        button(say("button-change"), Tap::Setup(Setup::TimesChange)),
    ])
}

fn toggle(turn: &mut Turn<'_>, role: Role, day: Weekday) {
    let before = lesson_days(turn, role);
    let days = before.toggled(day);
    if days == before || !WEEK.contains(&day) {
        return turn.note(role, say("setup-one-day"));
    }
    turn.seat_mut(role).person.prefs.lesson_days = Some(days);
    change(turn, role);
}

/// The last question is answered: what comes next depends on the other and on the round.
fn times_settled(turn: &mut Turn<'_>, role: Role) {
    turn.seat_mut(role).mind.stage = Stage::Ready;
    if turn.t.phase == TandemPhase::Running {
        return join_running(turn, role);
    }
    if may_invite(turn, role) {
        return invite(turn, role);
    }
    let line = match standing(turn) {
        Standing::BeforeTheStart => say("setup-ready").with("day", turn.t.round.start),
        Standing::Incomplete => say("setup-ready-late"),
        Standing::Late => {
            ask_trainers(turn);
            say("setup-waiting")
        }
        Standing::TooLate => {
            tell_too_late(turn, role);
            say("start-too-late").with("days", LATE_DAYS)
        }
    };
    let message = home::with_buttons(Message::of(line)).row(survey::before_course(turn, role));
    turn.show(role, message, None);
}

/// A new second person in a tandem that runs: lessons come from the first one on.
fn join_running(turn: &mut Turn<'_>, role: Role) {
    turn.seat_mut(role).mind.since = Some(turn.today(role));
    hours::schedule_close(turn);
    week::replan(turn, role);
    let line = first_lesson(turn, role).unwrap_or_else(|| say("lesson-none"));
    turn.show(role, home::with_buttons(Message::of(line)), None);
    cover::revive(turn, role);
}

/// Where a tandem stands whose person has just answered the last question.
enum Standing {
    /// The round is still to start.
    BeforeTheStart,
    /// The round runs, and something is missing on the other side.
    Incomplete,
    /// Complete, after the start: a trainer decides.
    Late,
    /// Complete, but so late that nobody may decide.
    TooLate,
}

fn standing(turn: &Turn<'_>) -> Standing {
    match turn.t.round.phase {
        RoundPhase::Planned => return Standing::BeforeTheStart,
        RoundPhase::Closed => return Standing::TooLate,
        RoundPhase::Running => {}
    }
    if !turn.t.missing().is_empty() || turn.t.phase != TandemPhase::Forming {
        return Standing::Incomplete;
    }
    let late = calendar::local_date(turn.now(), turn.t.round.zone) - turn.t.round.start;
    if late.num_days() > LATE_DAYS { Standing::TooLate } else { Standing::Late }
}

fn ask_trainers(turn: &mut Turn<'_>) {
    turn.t.phase = TandemPhase::Waiting;
    let tandem = turn.t.id.clone();
    for trainer in turn.t.round.trainers.clone() {
        let message = Message::of(say("trainer-latecomer").with("organisation", organisation(&turn.t)))
            .row([button(say("button-admit"), Tap::Trainer(TrainerTap::Admit(tandem.clone())))]);
        turn.owe_notice(trainer, format!("late:{tandem}"), message);
    }
}

/// The other of the two and the trainers hear that it is too late; nobody can admit the tandem any more.
fn tell_too_late(turn: &mut Turn<'_>, role: Role) {
    let occurrence = format!("too-late:{}", turn.t.id);
    if turn.t.seat(role.other()).is_some() {
        let message = Message::of(say("start-too-late").with("days", LATE_DAYS));
        turn.owe_polite(role.other(), occurrence.clone(), message);
    }
    for trainer in turn.t.round.trainers.clone() {
        let line = say("trainer-too-late").with("organisation", organisation(&turn.t)).with("days", LATE_DAYS);
        turn.owe_notice(trainer, occurrence.clone(), Message::of(line));
    }
}

/// Makes the link for the other seat and shows it to whoever asks for it.
pub fn invite(turn: &mut Turn<'_>, role: Role) {
    let secret = turn.ids.secret();
    let tandem = turn.t.id.clone();
    turn.out.push(Effect::InviteDeputy { tandem, secret: secret.clone() });
    let name = Arg::Text(turn.seat(role).person.name.clone());
    let share = Button {
        label: Label::Say(say("button-share")),
        press: Press::Share { code: secret, with: say("invite-deputy-text").with("name", name) },
    };
    let message =
        Message::of(say("setup-invite")).row([share]).row([button(say("button-home"), Tap::Home(Home::Open))]);
    turn.show(role, message, None);
}
