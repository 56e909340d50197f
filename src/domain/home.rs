//! Home and what hangs on it: progress, calendar, settings, pause, privacy, help, leaving.
//!
//! Owns: the overview screens and the choices a person makes about themselves. Does not know the screens
//! of lessons, hours and absences, to which its buttons lead.

#[cfg(test)]
mod tests;

use super::away;
use super::calendar::{self, Week};
use super::cover;
use super::effect::{Effect, Look, Slot};
use super::exam;
use super::hours;
use super::lang::Lang;
use super::leaving;
use super::licence::renewal;
use super::message::{Arg, Button, Label, Line, Message, Press, button, say};
use super::notice::{self, Notice};
use super::rights;
use super::setup;
use super::study;
use super::survey;
use super::tandem::{AbsencePhase, CoverPhase, Due, Nudges, Promise, Role, Stage, Talk, Tandem, TandemPhase};
use super::tap::{DataTap, Home, LetterTap, LicenceAct, Nudge, ReminderTap, SettingsTap, Setup, Tap};
use super::turn::Turn;
use super::way;
use super::week;

/// Longest name of a contact that is kept, in characters: it stands on a button.
const MAX_CONTACT: usize = 40;

/// Longest name of a person, in characters: what Telegram allows a first name (64).
pub(super) const MAX_NAME: usize = 64;

/// `/start` of somebody who is in, and the button that leads home.
pub fn open(turn: &mut Turn<'_>, role: Role) {
    let message = screen(turn, role);
    turn.show(role, message, None);
}

/// The four buttons under a message.
pub fn with_buttons(message: Message) -> Message {
    message
        .row([button(say("button-lesson"), Tap::Home(Home::Lesson)), button(say("button-time"), Tap::Home(Home::Time))])
        .row([button(say("button-away"), Tap::Home(Home::Away)), button(say("button-more"), Tap::Home(Home::More))])
}

/// A button of home or of "More".
pub fn tapped(turn: &mut Turn<'_>, role: Role, tap: Home) {
    match tap {
        Home::Open => open(turn, role),
        Home::Lesson => study::open(turn, role),
        Home::Time => hours::show(turn, role),
        Home::Away => away::ask(turn, role),
        Home::More => more(turn, role),
        Home::Progress => progress(turn, role),
        Home::Concept => turn.out.push(Effect::Look(Look::Concept)),
        Home::Calendar => calendar(turn, role),
        Home::Cover => cover::show(turn, role),
        Home::Surveys => survey::list(turn, role),
        Home::Settings => settings(turn, role),
        Home::Privacy => privacy(turn, role),
        Home::Help => help(turn, role),
    }
}

/// How far the person is.
pub fn progress(turn: &mut Turn<'_>, role: Role) {
    let total = way::lesson_count(turn.cx.programme);
    let done = study::finished(turn, role);
    let line = say("progress").with("done", done).with("total", total).with("bar", bar_of(done, total));
    let message = exam::standing(turn, role).into_iter().fold(Message::of(line), Message::and);
    let label = match turn.seat(role).mind.licensing.licence {
        Some(_) => say("button-my-licence"),
        None => say("button-licence"),
    };
    let licence = Tap::Licence { tandem: turn.t.id.clone(), act: LicenceAct::Open };
    let licence = turn.cx.programme.test.is_some().then(|| button(label, licence));
    let message = message.row(exam::button_row(turn, role)).row(renewal::button_row(turn, role)).row(licence);
    let message = study::parked(turn, role, message);
    turn.show(role, with_buttons(message), None);
}

/// What is coming: the next lesson, own absences, covers.
pub fn calendar(turn: &mut Turn<'_>, role: Role) {
    let zone = turn.seat(role).person.zone;
    let today = turn.today(role);
    let me = turn.id_of(role);
    let mut dated: Vec<(chrono::NaiveDate, Line)> = Vec::new();
    if let Some(at) = turn.t.agenda.get(&Due::Lesson(role)) {
        let day = calendar::local_date(*at, zone);
        dated.push((day, say("calendar-lesson").with("day", day)));
    }
    for absence in turn.t.absences.iter().filter(|a| a.who == me && a.days.to >= today) {
        if absence.phase != AbsencePhase::Cancelled {
            dated.push((absence.days.from, away::with_part(say("calendar-away"), absence.days, absence.half)));
        }
    }
    for cover in turn.t.covers.iter().filter(|c| c.helper.as_ref() == Some(&me) && c.days.to >= today) {
        if cover.phase == CoverPhase::Accepted {
            dated.push((cover.days.from, away::with_part(say("calendar-cover"), cover.days, cover.half)));
        }
    }
    dated.sort_by_key(|(day, _)| *day);
    let mut message = Message::of(say("calendar-title"));
    if dated.is_empty() {
        message = message.and(say("calendar-empty"));
    }
    for (_, line) in dated {
        message = message.and(line);
    }
    turn.out.push(Effect::Look(Look::Calendar(message)));
}

/// `/settings`.
pub fn settings(turn: &mut Turn<'_>, role: Role) {
    show_settings(turn, role);
}

/// Language, days and hour, reminders, pause.
pub fn show_settings(turn: &mut Turn<'_>, role: Role) {
    let message = settings_screen(turn, role);
    turn.show(role, message, None);
}

/// A button of the settings.
pub fn setting(turn: &mut Turn<'_>, role: Role, tap: SettingsTap) {
    let ready = turn.seat(role).mind.stage == Stage::Ready;
    match tap {
        SettingsTap::Language(code) => {
            let lang = Lang(code);
            if !turn.cx.languages.contains(&lang) {
                return turn.note(role, say("stale"));
            }
            turn.seat_mut(role).person.lang = lang;
            match setup::redraw(turn, role) {
                Some(message) => turn.show(role, message, Some(Slot::Setup)),
                None => show_settings(turn, role),
            }
            study::refresh(turn, role);
            exam::refresh(turn, role);
        }
        _ if !ready => turn.note(role, say("stale")),
        SettingsTap::Open => show_settings(turn, role),
        SettingsTap::Times => setup::change(turn, role),
        SettingsTap::Reminders(choice) => {
            turn.seat_mut(role).person.prefs.nudges = match choice {
                ReminderTap::All => Nudges::All,
                ReminderTap::Fewer => Nudges::Fewer,
            };
            show_settings(turn, role);
        }
        SettingsTap::Why(Nudge::Week) => turn.note(role, say("why-week")),
        SettingsTap::Why(Nudge::Reminder) => turn.note(role, say("why-reminder")),
        SettingsTap::FewerOfThese => {
            turn.seat_mut(role).person.prefs.nudges = Nudges::Fewer;
            turn.note(role, say("fewer-of-these"));
        }
        SettingsTap::Pause => pause(turn, role),
        SettingsTap::Offer(yes) => {
            turn.seat_mut(role).mind.offers = yes;
            show_settings(turn, role);
        }
        SettingsTap::Contact if role == Role::Lead => {
            turn.seat_mut(role).mind.talk = Talk::Contact;
            let mut message = Message::of(say("contact-ask"));
            if turn.t.contact.is_some() {
                if turn.t.told.is_none() {
                    message = message.row([invite_contact()]);
                }
                message = message.row([button(say("button-no-contact"), Tap::Settings(SettingsTap::NoContact))]);
            }
            turn.show(role, message, None);
        }
        SettingsTap::NoContact if role == Role::Lead => {
            turn.t.contact = None;
            cover::contact::forget(turn);
            turn.out.push(Effect::NoContact);
            show_settings(turn, role);
        }
        SettingsTap::InviteContact if role == Role::Lead => cover::contact::invite(turn, role),
        SettingsTap::Contact | SettingsTap::NoContact | SettingsTap::InviteContact => turn.note(role, say("stale")),
        SettingsTap::Resume => {
            turn.seat_mut(role).person.prefs.paused = false;
            week::replan(turn, role);
            turn.show(role, with_buttons(Message::of(say("pause-over"))), None);
        }
    }
}

/// A text that was asked for as the name of an office.
pub fn contact_named(turn: &mut Turn<'_>, role: Role, text: &str) {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > MAX_CONTACT {
        return turn.reply(role, Message::of(say("contact-long").with("limit", MAX_CONTACT)));
    }
    study::listen(turn, role);
    cover::contact::forget(turn);
    turn.out.push(Effect::NoContact);
    turn.t.contact = Some(name.clone());
    let message = Message::of(say("contact-noted").with("contact", Arg::Text(name))).row([invite_contact()]);
    turn.reply(role, message.row([button(say("button-home"), Tap::Home(Home::Open))]));
}

fn invite_contact() -> Button {
    button(say("button-contact-invite"), Tap::Settings(SettingsTap::InviteContact))
}

/// A text that was asked for as the name that others read.
pub fn renamed(turn: &mut Turn<'_>, role: Role, text: &str) {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > MAX_NAME {
        return turn.reply(role, Message::of(say("name-long").with("limit", MAX_NAME)));
    }
    study::listen(turn, role);
    turn.seat_mut(role).person.name = name.clone();
    turn.reply(role, with_buttons(Message::of(say("renamed").with("name", Arg::Text(name)))));
}

/// Silence until the person says otherwise; questions of cover still come.
pub fn pause(turn: &mut Turn<'_>, role: Role) {
    turn.seat_mut(role).person.prefs.paused = true;
    week::replan(turn, role);
    let message = Message::of(say("pause-on")).row([button(say("button-resume"), Tap::Settings(SettingsTap::Resume))]);
    turn.show(role, message, None);
}

/// `/privacy`: who sees what, and the person's rights as buttons.
pub fn privacy(turn: &mut Turn<'_>, role: Role) {
    let message = Message::of(notice_controller(&turn.t.round.controller, &turn.t.round.privacy_contact))
        .and(say("privacy-short"));
    let told = turn.seat(role).person.prefs.told;
    let message = notice::edition_line(&told, Notice::Participant)
        .into_iter()
        .fold(message, Message::and)
        .row([
            button(say("button-who-sees"), Tap::Data(DataTap::WhoSees)),
            button(say("button-my-data"), Tap::Data(DataTap::Mine)),
        ])
        .row([button(say("button-delete"), Tap::Data(DataTap::Delete))]);
    turn.show(role, message, None);
}

/// Who is responsible and whom to ask.
pub fn notice_controller(controller: &str, contact: &str) -> Line {
    say("privacy-controller").with("controller", named(controller)).with("contact", named(contact))
}

/// Rounds made on the command line may name nobody: then it is whoever gave the link away.
pub fn named(office: &str) -> Arg {
    match office {
        "" => Arg::from(say("office-unnamed")),
        office => Arg::from(office),
    }
}

/// A button of the privacy screen.
pub fn data(turn: &mut Turn<'_>, role: Role, tap: DataTap) {
    match tap {
        DataTap::WhoSees => {
            let message = rights::who_sees()
                .into_iter()
                .fold(Message::default(), Message::and)
                .row([button(say("button-back-privacy"), Tap::Home(Home::Privacy))]);
            turn.show(role, message, None);
        }
        DataTap::Mine => turn.out.push(Effect::Look(Look::Mine)),
        DataTap::Rename if turn.seat(role).mind.stage != Stage::Ready => turn.note(role, say("stale")),
        DataTap::Rename => {
            turn.seat_mut(role).mind.talk = Talk::Name;
            turn.show(role, Message::of(say("rename-ask")), None);
        }
        DataTap::Delete => ask_delete(turn, role),
        DataTap::DeleteReally => leaving::erased(turn, role),
        DataTap::Keep => turn.show(role, with_buttons(Message::of(say("delete-kept"))), None),
    }
}

/// `/delete`, first step.
pub fn ask_delete(turn: &mut Turn<'_>, role: Role) {
    let message = Message::of(say("delete-ask"))
        .row([button(say("button-delete-keep"), Tap::Data(DataTap::Keep))])
        .row([button(say("button-delete-really"), Tap::Data(DataTap::DeleteReally))]);
    turn.show(role, message, None);
}

/// `/help`.
pub fn help(turn: &mut Turn<'_>, role: Role) {
    turn.show(role, with_buttons(Message::of(say("help"))), None);
}

fn screen(turn: &Turn<'_>, role: Role) -> Message {
    let seat = turn.seat(role);
    let name = Arg::Text(seat.person.name.clone());
    let next = match (&seat.mind.study.at, turn.t.agenda.get(&Due::Lesson(role))) {
        (Some(_), _) => say("home-lesson-open"),
        (None, Some(at)) => {
            let day = calendar::local_date(*at, seat.person.zone);
            say("home-lesson-next").with("day", day).with("hour", Arg::Hour(seat.person.prefs.hour))
        }
        (None, None) if turn.t.phase != TandemPhase::Running => {
            say("home-before-start").with("day", turn.t.round.start)
        }
        (None, None) if seat.person.prefs.paused => say("home-paused"),
        (None, None) => say("home-lessons-done"),
    };
    let mut message = Message::of(say("home-hello").with("name", name)).and(next);
    if setup::may_invite(turn, role) {
        message = message
            .and(say("home-deputy-missing"))
            .row([button(say("button-new-deputy"), Tap::Setup(Setup::NewInvitation))]);
    }
    if seat.person.prefs.paused {
        message = message.row([button(say("button-resume"), Tap::Settings(SettingsTap::Resume))]);
    }
    let standing = hours::standing_line(&turn.t, Week::of(turn.today(role)));
    with_buttons(message.and(standing))
}

fn more(turn: &mut Turn<'_>, role: Role) {
    let item = |key: &'static str, home: Home| button(say(key), Tap::Home(home));
    let group = turn.t.round.plans.group.clone().map(|link| say("news-group").with("link", Arg::Text(link)));
    let message = group
        .into_iter()
        .fold(Message::of(say("more-title")), Message::and)
        .row([item("button-progress", Home::Progress), item("button-concept", Home::Concept)])
        .row([item("button-calendar", Home::Calendar), item("button-cover", Home::Cover)])
        .row([item("button-surveys", Home::Surveys), button(say("button-letters"), Tap::Letter(LetterTap::Menu))])
        .row([item("button-settings", Home::Settings), item("button-privacy", Home::Privacy)])
        .row([item("button-help", Home::Help), item("button-home", Home::Open)]);
    turn.show(role, message, None);
}

fn settings_screen(turn: &Turn<'_>, role: Role) -> Message {
    let person = &turn.seat(role).person;
    let days = setup::days_line(setup::lesson_days(turn, role));
    let languages = turn.cx.languages.iter().filter(|lang| **lang != person.lang).map(|lang| Button {
        label: Label::Language(lang.code().to_owned()),
        press: Press::Tap(Tap::Settings(SettingsTap::Language(lang.code().to_owned()))),
    });
    let reminders = match person.prefs.nudges {
        Nudges::All => button(say("button-fewer"), Tap::Settings(SettingsTap::Reminders(ReminderTap::Fewer))),
        Nudges::Fewer => button(say("button-all"), Tap::Settings(SettingsTap::Reminders(ReminderTap::All))),
    };
    let pause = match person.prefs.paused {
        false => button(say("button-pause"), Tap::Settings(SettingsTap::Pause)),
        true => button(say("button-resume"), Tap::Settings(SettingsTap::Resume)),
    };
    let offer = match turn.seat(role).mind.offers {
        false => button(say("button-offer"), Tap::Settings(SettingsTap::Offer(true))),
        true => button(say("button-offer-no"), Tap::Settings(SettingsTap::Offer(false))),
    };
    let contact = (role == Role::Lead).then(|| {
        let label = match &turn.t.contact {
            Some(contact) => say("button-contact-named").with("contact", Arg::Text(contact.clone())),
            None => say("button-contact"),
        };
        button(label, Tap::Settings(SettingsTap::Contact))
    });
    let invite =
        setup::may_invite(turn, role).then(|| button(say("button-new-deputy"), Tap::Setup(Setup::NewInvitation)));
    let line = say("settings").with("days", days).with("hour", Arg::Hour(person.prefs.hour));
    Message::of(line)
        .and(promise_line(&turn.t))
        .row(languages)
        .row([button(say("button-times"), Tap::Settings(SettingsTap::Times))])
        .row([button(say("button-workdays"), Tap::Setup(Setup::WorkDays))])
        .row([reminders])
        .row([pause])
        .row([offer])
        .row(contact)
        .row(invite)
        .row(hours::end_offer(turn, role))
        .row([leaving::offer(turn)])
        .row([button(say("button-home"), Tap::Home(Home::Open))])
}

/// Who gave the promise and when; never a name.
fn promise_line(tandem: &Tandem) -> Line {
    let by = match tandem.promise {
        Promise::Board => say("promise-by-board"),
        Promise::HeadOfDepartment => say("promise-by-head"),
        Promise::Unasked | Promise::NotYet => return say("settings-promise-open"),
        Promise::Withdrawn => return say("settings-promise-withdrawn"),
    };
    let when = match tandem.terms.promised {
        Some(day) => say("settings-promise-since").with("day", day),
        None => say("settings-promise-undated"),
    };
    say("settings-promise").with("minutes", Arg::Minutes(tandem.agreed)).with("by", by).with("when", when)
}

fn bar_of(done: usize, total: usize) -> Arg {
    let filled = (done * 10).checked_div(total).unwrap_or(0);
    Arg::Bar(u8::try_from(filled.min(10)).unwrap_or(10))
}
