//! Joining and starting: organisation, the employer's promise, days and hour, the deputy, the first day.
//!
//! Owns: the order of these questions and what is missing when a round starts. Does not know the notice
//! that comes before anything is stored (`door`), nor what happens once lessons run.

use chrono::Weekday;

use super::calendar::{self, Release, Week, Workdays};
use super::effect::{Effect, Slot};
use super::message::{Arg, Button, Label, Line, Message, Press, button, say};
use super::tandem::{Due, Missing, Promise, Role, RoundPhase, Stage, Tandem, TandemPhase};
use super::tap::{Home, Setup, Tap, TrainerTap};
use super::turn::Turn;
use super::{cover, home, week};

/// Longest name of an organisation that is stored, in characters.
const MAX_ORGANISATION: usize = 120;

/// Hours offered for lessons: inside the quiet hours' frame of 8 to 18 o'clock.
const HOURS: [u8; 8] = [8, 9, 10, 11, 13, 14, 15, 16];

const WEEK: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

/// Days after a round's start on which a late tandem may still begin.
const LATE_DAYS: i64 = 14;

/// Somebody has just joined.
pub fn joined(turn: &mut Turn<'_>, role: Role) {
    if role == Role::Deputy {
        let name = turn.seat(role).person.name.clone();
        if turn.t.lead.is_some() {
            let lead = turn.id_of(Role::Lead);
            let occurrence = format!("deputy-joined:{}", turn.id_of(role));
            // The lead has just sent the link and waits for this: it comes at any hour.
            let now = turn.now();
            let message = Message::of(say("deputy-joined").with("name", Arg::Text(name)));
            turn.owe_notice_at(lead, occurrence, now, message);
        }
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
                .row([button(say("setup-granted-head"), Tap::Setup(Setup::GrantedByHead))]);
            turn.show(role, form, Some(Slot::Setup));
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
        begin(turn, Begins::WithTheRound);
        return;
    }
    let lines: Vec<Line> = missing.iter().map(|m| missing_line(*m)).collect();
    for role in taken(turn) {
        let to = turn.id_of(role);
        let mut message = Message::of(say("start-missing").with("missing", lines.clone()));
        if may_invite(turn, role) {
            message = message.row([button(say("button-new-deputy"), Tap::Setup(Setup::NewInvitation))]);
        }
        turn.owe_notice(to, format!("start-missing:{}", turn.t.id), message);
    }
}

/// A trainer lets this late tandem begin.
pub fn admitted(turn: &mut Turn<'_>) {
    if turn.t.phase == TandemPhase::Waiting && turn.t.missing().is_empty() {
        begin(turn, Begins::Late);
    }
}

/// Whether this person may ask somebody new to be the second one.
pub fn may_invite(turn: &Turn<'_>, role: Role) -> bool {
    role == Role::Lead && turn.t.deputy.is_none() && turn.seat(role).mind.stage == Stage::Ready
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

/// How a tandem comes to begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begins {
    WithTheRound,
    /// After a trainer's yes, for which the two have waited.
    Late,
}

fn begin(turn: &mut Turn<'_>, how: Begins) {
    turn.t.phase = TandemPhase::Running;
    for role in taken(turn) {
        week::replan(turn, role);
        let Some(line) = first_lesson(turn, role) else { continue };
        let zone = turn.seat(role).person.zone;
        let told = calendar::local_date(turn.polite(role, turn.now()), zone);
        let lesson = turn.t.agenda.get(&Due::Lesson(role)).map(|at| calendar::local_date(*at, zone));
        if how == Begins::WithTheRound {
            // A lesson that comes in the same week says it itself.
            if lesson.map(Week::of) == Some(Week::of(told)) {
                continue;
            }
            turn.seat_mut(role).mind.unasked.push(told);
        }
        let to = turn.id_of(role);
        turn.owe_notice(to, format!("start:{}", turn.t.id), Message::of(line));
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
        Standing::Late => {
            ask_trainers(turn);
            say("setup-waiting")
        }
        Standing::TooLate => {
            tell_too_late(turn, role);
            say("start-too-late").with("days", LATE_DAYS)
        }
    };
    turn.show(role, home::with_buttons(Message::of(line)), None);
}

/// A new second person in a tandem that runs: lessons come from the first one on.
fn join_running(turn: &mut Turn<'_>, role: Role) {
    week::replan(turn, role);
    let line = first_lesson(turn, role).unwrap_or_else(|| say("lesson-none"));
    turn.show(role, home::with_buttons(Message::of(line)), None);
    cover::revive(turn, role);
}

/// Where a tandem stands whose person has just answered the last question.
enum Standing {
    /// The round is still to start, or something is missing on the other side.
    BeforeTheStart,
    /// Complete, after the start: a trainer decides.
    Late,
    /// Complete, but so late that nobody may decide.
    TooLate,
}

fn standing(turn: &Turn<'_>) -> Standing {
    let complete = turn.t.missing().is_empty() && turn.t.phase == TandemPhase::Forming;
    if !complete || turn.t.round.phase != RoundPhase::Running {
        return Standing::BeforeTheStart;
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
        turn.owe_notice(turn.id_of(role.other()), occurrence.clone(), message);
    }
    for trainer in turn.t.round.trainers.clone() {
        let line = say("trainer-too-late").with("organisation", organisation(&turn.t)).with("days", LATE_DAYS);
        turn.owe_notice(trainer, occurrence.clone(), Message::of(line));
    }
}

/// Makes the deputy's link and shows it to the lead.
fn invite(turn: &mut Turn<'_>, role: Role) {
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

#[cfg(test)]
mod tests {
    use super::super::effect::Kind;
    use super::super::event::{Command, Deed, Event};
    use super::super::tandem::Role::{Deputy, Lead};
    use super::super::tandem::{Mind, Round, Seat};
    use super::super::tap::DataTap;
    use super::super::testing::{Play, at, keys, tandem, taps};
    use super::*;
    use std::sync::Arc;

    /// Ada alone, just let in; the round is in this phase.
    fn new_lead(phase: RoundPhase, now: &str) -> Play {
        let mut tandem = tandem();
        tandem.round = Arc::new(Round { phase, ..(*tandem.round).clone() });
        (tandem.organisation, tandem.promise, tandem.deputy) = (None, Promise::Unasked, None);
        tandem.lead.as_mut().expect("a lead").mind = Mind::new(Stage::Organisation);
        let mut play = Play::of(tandem, now);
        play.happens(Event::Did(Lead, Deed::Joined));
        play
    }

    fn sit_down(play: &mut Play) {
        let person = super::super::testing::person("benn00000000", "Ben");
        play.t.deputy = Some(Seat { person, role: Deputy, mind: Mind::new(Stage::Times) });
        play.happens(Event::Did(Deputy, Deed::Joined));
    }

    /// The first button of the last screen, which is the ordinary way on.
    fn first_button(play: &mut Play, role: Role) {
        let first = taps(&play.screen()).into_iter().next().expect("a button");
        play.taps(role, first);
    }

    fn joined(play: &mut Play) {
        play.says(Lead, "Bücherei");
        for _ in 0..2 {
            first_button(play, Lead);
        }
        sit_down(play);
        first_button(play, Deputy);
    }

    #[test]
    fn the_first_buttons_lead_to_a_complete_tandem_that_starts_with_the_round() {
        let mut play = new_lead(RoundPhase::Planned, "2026-11-16 09:00");
        assert_eq!(keys(&play.screen()), ["setup-organisation"]);
        joined(&mut play);
        assert_eq!(keys(&play.screen()), ["setup-ready"]);
        assert_eq!((play.t.missing(), play.t.promise), (Vec::new(), Promise::Board));
        assert_eq!(play.log(Lead, &[Kind::Notice]), ["Mon 16 09:00 deputy-joined"]);
        play.t.agenda.insert(Due::Start, at("2026-11-23 00:00"));
        play.until("2026-11-24 12:00");
        assert_eq!(play.t.phase, TandemPhase::Running);
        assert_eq!(play.log(Deputy, &[Kind::Lesson]), ["Tue 24 10:00 lesson-here"]);
    }

    #[test]
    fn the_open_question_comes_again_whatever_else_is_tried() {
        let mut play = new_lead(RoundPhase::Planned, "2026-11-16 09:00");
        for deed in
            [Deed::Commanded(Command::Start), Deed::Commanded(Command::Lesson), Deed::Tapped(Tap::Home(Home::Time))]
        {
            play.happens(Event::Did(Lead, deed.clone()));
            assert_eq!(keys(&play.screen()), ["setup-organisation"], "{deed:?}");
            assert_eq!(play.last.len(), 1, "{deed:?}");
        }
        play.taps(Lead, Tap::Home(Home::Privacy));
        assert!(keys(&play.screen()).contains(&"privacy-short".to_owned()));
        play.taps(Lead, Tap::Setup(Setup::TimesFine));
        assert_eq!(play.toast().as_deref(), Some("stale"));
        play.says(Lead, &"x".repeat(MAX_ORGANISATION + 1));
        assert_eq!(keys(&play.screen()), ["setup-organisation-long"]);
    }

    #[test]
    fn without_the_hours_granted_there_is_a_form_and_a_way_on() {
        let mut play = new_lead(RoundPhase::Planned, "2026-11-16 09:00");
        play.says(Lead, "Bücherei");
        play.taps(Lead, Tap::Setup(Setup::NotGranted));
        assert_eq!(keys(&play.screen()), ["setup-form-intro", "setup-form"]);
        assert_eq!(play.t.missing(), [Missing::Promise, Missing::Deputy]);
        play.taps(Lead, Tap::Setup(Setup::GrantedByHead));
        assert_eq!(play.t.promise, Promise::HeadOfDepartment);
    }

    #[test]
    fn days_and_hour_can_be_changed_and_one_day_stays() {
        let mut play = new_lead(RoundPhase::Planned, "2026-11-16 09:00");
        play.says(Lead, "Bücherei");
        first_button(&mut play, Lead);
        for setup in [Setup::TimesChange, Setup::Day(Weekday::Tue), Setup::Hour(14)] {
            play.taps(Lead, Tap::Setup(setup));
        }
        play.taps(Lead, Tap::Setup(Setup::Day(Weekday::Thu)));
        assert_eq!(play.toast().as_deref(), Some("setup-one-day"));
        play.taps(Lead, Tap::Setup(Setup::Hour(22)));
        assert_eq!(play.toast().as_deref(), Some("stale"));
        play.taps(Lead, Tap::Setup(Setup::TimesDone));
        let prefs = &play.t.lead.as_ref().expect("a lead").person.prefs;
        assert_eq!((prefs.hour, prefs.lesson_days), (14, Workdays::new([Weekday::Thu])));
        assert_eq!(keys(&play.screen()), ["setup-invite"]);
    }

    #[test]
    fn a_lead_without_a_second_person_finds_a_new_invitation_at_home_and_in_the_settings() {
        let mut play = new_lead(RoundPhase::Planned, "2026-11-16 09:00");
        play.says(Lead, "Bücherei");
        for _ in 0..2 {
            first_button(&mut play, Lead);
        }
        let invite = Tap::Setup(Setup::NewInvitation);
        for command in [Command::Start, Command::Settings] {
            play.happens(Event::Did(Lead, Deed::Commanded(command)));
            assert!(taps(&play.screen()).contains(&invite), "{command:?}");
        }
        play.taps(Lead, invite.clone());
        assert!(play.last.iter().any(|effect| matches!(effect, Effect::InviteDeputy { .. })));
        sit_down(&mut play);
        play.taps(Lead, invite.clone());
        assert_eq!(play.toast().as_deref(), Some("stale"));
        play.happens(Event::Did(Lead, Deed::Commanded(Command::Start)));
        assert!(!taps(&play.screen()).contains(&invite));
    }

    #[test]
    fn a_round_that_starts_tells_whoever_is_not_complete_in_the_morning() {
        let mut play = new_lead(RoundPhase::Running, "2026-11-16 09:00");
        play.says(Lead, "Bücherei");
        for _ in 0..2 {
            first_button(&mut play, Lead);
        }
        play.t.agenda.insert(Due::Start, at("2026-11-23 00:00"));
        play.until("2026-11-23 00:00");
        assert_eq!(play.log(Lead, &[Kind::Notice]), ["Mon 23 08:00 start-missing"]);
        assert_eq!(play.t.phase, TandemPhase::Forming);
    }

    #[test]
    fn a_latecomer_waits_for_a_trainers_yes_and_then_begins_with_the_first_lesson() {
        let mut play = new_lead(RoundPhase::Running, "2026-12-07 09:00");
        joined(&mut play);
        assert_eq!((keys(&play.screen()), play.t.phase), (vec!["setup-waiting".to_owned()], TandemPhase::Waiting));
        let asked: Vec<_> = play.owed.iter().filter(|owed| owed.to.as_str().starts_with("trix")).collect();
        assert_eq!((asked.len(), keys(&asked[0].message)), (1, vec!["trainer-latecomer".to_owned()]));
        play.until("2026-12-08 11:00");
        play.happens(Event::Admitted);
        play.happens(Event::Admitted);
        assert_eq!(play.log(Deputy, &[Kind::Notice]), ["Tue 08 11:00 start-begins"]);
        play.until("2026-12-10 12:00");
        assert_eq!(play.log(Lead, &[Kind::Lesson]), ["Thu 10 10:00 lesson-here"]);
    }

    #[test]
    fn after_fourteen_days_all_are_told_and_nobody_can_let_the_tandem_in() {
        let mut play = new_lead(RoundPhase::Running, "2026-12-08 09:00");
        joined(&mut play);
        assert_eq!((keys(&play.screen()), play.t.phase), (vec!["start-too-late".to_owned()], TandemPhase::Forming));
        assert!(play.log(Lead, &[Kind::Notice]).contains(&"Tue 08 09:00 start-too-late".to_owned()));
        let trainer: Vec<_> = play.owed.iter().filter(|owed| owed.to.as_str().starts_with("trix")).collect();
        assert_eq!((trainer.len(), keys(&trainer[0].message)), (1, vec!["trainer-too-late".to_owned()]));
        assert!(taps(&trainer[0].message).is_empty());
        play.happens(Event::Admitted);
        assert_eq!(play.t.phase, TandemPhase::Forming);
    }

    #[test]
    fn whoever_goes_before_the_organisation_is_named_leaves_a_readable_note() {
        let mut play = new_lead(RoundPhase::Planned, "2026-11-16 09:00");
        play.taps(Lead, Tap::Data(DataTap::DeleteReally));
        let note = play.owed.iter().find(|owed| keys(&owed.message) == ["left-trainer"]).expect("a note");
        let expected = Message::of(say("left-trainer").with("organisation", say("organisation-unnamed")));
        assert_eq!(note.message, expected);
        assert!(play.t.lead.is_none());
    }
}
