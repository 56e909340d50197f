//! The one entrance to every decision about a tandem: state and event in, state and consequences out.
//!
//! Owns: which machine deals with what. Does not know how any of them decides.

use super::effect::Effect;
use super::event::{Command, Deed, Event, Other};
use super::ids::Ids;
use super::message::{Message, say};
use super::notice::Notice;
use super::tandem::{Due, Reach, Role, Stage, Talk, Tandem};
use super::tap::{Home, LessonTap, LetterTap, Tap};
use super::turn::{Cause, Context, Turn};
use super::{
    away, cover, exam, feed, home, hours, leaving, letter, licence, news, notice, paper, recall, setup, study, survey,
    week,
};

/// Decides what an event does to a tandem.
pub fn step(state: Tandem, event: Event, cx: Context<'_>, ids: &mut dyn Ids) -> (Tandem, Vec<Effect>) {
    let cause = match &event {
        Event::Did(_, Deed::Tapped(_)) | Event::Did(_, Deed::SentOther(Other::ForeignButton)) => Cause::Press,
        Event::Asked { .. }
        | Event::Helped(_)
        | Event::ContactDecided(_)
        | Event::Dealt(..)
        | Event::Section { .. }
        | Event::Vouched { .. } => Cause::Press,
        _ => Cause::Other,
    };
    let before = licence::Before::of(&state);
    let mut turn = Turn { t: state, cx, cause, ids, out: Vec::new() };
    match event {
        Event::Did(role, deed) => {
            if turn.t.seat(role).is_some() {
                did(&mut turn, role, deed.clone());
                notice::after(&mut turn, role, &deed);
            }
        }
        Event::Due(items) => due(&mut turn, items),
        Event::Admitted => setup::admitted(&mut turn),
        Event::Shifted => setup::shifted(&mut turn),
        Event::News(told) => news::came(&mut turn, &told),
        Event::Dealt(role, dealt) => {
            if turn.t.seat(role).is_some() {
                licence::shown(&mut turn, role, &dealt);
            }
        }
        Event::Conditions(dealt) => licence::found(&mut turn, &dealt),
        Event::Section { role, purpose, text } => {
            if turn.t.seat(role).is_some() {
                letter::section(&mut turn, role, purpose, &text);
            }
        }
        Event::Vouched { by, yes } => match turn.t.round.trainers.contains(&by) {
            true => licence::vouched(&mut turn, yes),
            false => turn.out.push(Effect::Toast(say("stale"))),
        },
        Event::Wanted(role, wanted) => {
            if turn.t.seat(role).is_some() {
                cover::wanted(&mut turn, role, &wanted);
            }
        }
        Event::Asked { cover, neighbours } => cover::were_asked(&mut turn, &cover, neighbours),
        Event::Helped(deed) => cover::helped(&mut turn, *deed),
        Event::HelperGone { who, away } => cover::gone(&mut turn, &who, away),
        Event::ContactJoined(who) => cover::contact::joined(&mut turn, who),
        Event::ContactGone(who) => cover::contact::gone(&mut turn, &who),
        Event::ContactDecided(deed) => cover::contact::decided(&mut turn, &deed),
        Event::Replaced { role, secret, by } => {
            if turn.t.seat(role).is_some() {
                leaving::replaced(&mut turn, role, secret, &by);
            }
        }
    }
    licence::after(&mut turn, before);
    (turn.t, turn.out)
}

fn did(turn: &mut Turn<'_>, role: Role, deed: Deed) {
    match deed {
        Deed::Joined => setup::joined(turn, role),
        Deed::Blocked => {
            turn.seat_mut(role).person.reach = Reach::Blocked;
            cover::unreachable(turn, role);
        }
        Deed::Unblocked => {
            turn.seat_mut(role).person.reach = Reach::Open;
            week::replan(turn, role);
            cover::ask_back(turn, role);
        }
        Deed::Commanded(command) => commanded(turn, role, command),
        Deed::Tapped(tap) => tapped(turn, role, tap),
        Deed::Wrote(text) => wrote(turn, role, &text),
        Deed::SentOther(other) => sent_other(turn, role, other),
    }
}

fn commanded(turn: &mut Turn<'_>, role: Role, command: Command) {
    // Whoever has not finished joining gets the open question again, except for what everybody may ask.
    let always = matches!(command, Command::Privacy | Command::MyData | Command::Delete | Command::Help);
    if turn.seat(role).mind.stage != Stage::Ready && !always {
        return setup::ask(turn, role);
    }
    not_asked_any_more(turn, role);
    match command {
        Command::Start => home::open(turn, role),
        Command::Lesson => study::open(turn, role),
        Command::Hours => hours::show(turn, role),
        Command::Away => away::ask(turn, role),
        Command::Cover => cover::show(turn, role),
        Command::Progress => home::progress(turn, role),
        Command::Concept => turn.out.push(Effect::Look(super::effect::Look::Concept)),
        Command::Calendar => home::calendar(turn, role),
        Command::Settings => home::settings(turn, role),
        Command::Pause => home::pause(turn, role),
        Command::Privacy => home::privacy(turn, role),
        Command::MyData => turn.out.push(Effect::Look(super::effect::Look::Mine)),
        Command::Delete => home::ask_delete(turn, role),
        Command::Help => home::help(turn, role),
        Command::Rounds | Command::Report | Command::Dashboard | Command::Announce | Command::Preview => {
            turn.reply(role, Message::of(say("not-a-trainer")));
        }
        Command::Unknown => turn.reply(role, home::with_buttons(Message::of(say("command-unknown")))),
    }
}

/// Whoever turns to something else is not asked for the days of an absence, for what belongs to one, or for an entry's
/// time any more.
fn not_asked_any_more(turn: &mut Turn<'_>, role: Role) {
    use Talk::{Away, Contact, Entry, Handover, Letter, Licence, Name, Opinion, Until};
    if matches!(
        turn.seat(role).mind.talk,
        Away | Until(_) | Handover(_) | Contact | Name | Licence | Entry { .. } | Opinion { .. } | Letter(_)
    ) {
        study::listen(turn, role);
    }
}

fn tapped(turn: &mut Turn<'_>, role: Role, tap: Tap) {
    let ready = turn.seat(role).mind.stage == Stage::Ready;
    // What somebody wrote waits for the button below it.
    if !matches!(tap, Tap::Letter(LetterTap::Send)) {
        not_asked_any_more(turn, role);
    }
    match tap {
        Tap::Door { .. } => turn.note(role, say("door-already-in")),
        Tap::Setup(tap) => setup::tapped(turn, role, tap),
        Tap::Data(tap) => home::data(turn, role, tap),
        Tap::Notice { notice: Notice::Participant, edition } => notice::understood(turn, role, edition),
        Tap::Notice { notice: Notice::Trainer, .. } => turn.note(role, say("stale")),
        Tap::Settings(tap) => home::setting(turn, role, tap),
        Tap::Home(tap @ (Home::Privacy | Home::Help)) => home::tapped(turn, role, tap),
        // Whoever has not finished joining comes back to the open question.
        Tap::Home(_) if !ready => setup::ask(turn, role),
        _ if !ready => turn.note(role, say("stale")),
        Tap::Home(tap) => home::tapped(turn, role, tap),
        Tap::Study { module, step, act } => study::acted(turn, role, &module, &step, act),
        Tap::Survey { module, act } => survey::tapped(turn, role, &module, act),
        Tap::Lesson(LessonTap::Open) => study::open(turn, role),
        Tap::Lesson(LessonTap::Later) => study::later(turn, role),
        Tap::Exam(tap) => exam::tapped(turn, role, tap),
        Tap::Recall(tap) => recall::tapped(turn, role, tap),
        Tap::Hours(tap) => hours::tapped(turn, role, tap),
        Tap::Away(tap) => away::tapped(turn, role, tap),
        Tap::Cover { cover, version, act } => cover::tapped(turn, role, &cover, version, act),
        Tap::Calendar(tap) => feed::tapped(turn, role, tap),
        Tap::Paper(what) => paper::tapped(turn, what),
        Tap::Letter(tap) => letter::tapped(turn, role, tap),
        Tap::Licence { tandem, act } if tandem == turn.t.id => licence::tapped(turn, role, act),
        Tap::Leave { act, .. } => leaving::tapped(turn, role, act),
        Tap::Trainer(_) | Tap::Contact { .. } | Tap::Licence { .. } => turn.note(role, say("stale")),
    }
}

/// What a plain text is taken for: first what was asked for, then hours, then an absence.
fn wrote(turn: &mut Turn<'_>, role: Role, text: &str) {
    let mind = &turn.seat(role).mind;
    if mind.stage != Stage::Ready {
        return setup::wrote(turn, role, text);
    }
    match mind.talk.clone() {
        Talk::Step { .. } | Talk::Reason { .. } | Talk::Sentence { .. } => {
            if hours::nothing_but_hours(turn, role, text) {
                return hours::log(turn, role, text);
            }
            // Whoever measures time and says "stop" means that, and goes on writing afterwards.
            let person = turn.id_of(role);
            if hours::word(text) == Some(hours::Word::Stop) && hours::is_running(&turn.t, &person) {
                return hours::spoken(turn, role, hours::Word::Stop);
            }
            study::wrote(turn, role, text)
        }
        Talk::Entry { entry } if hours::readable(turn, role, text) => hours::rewrite(turn, role, &entry, text),
        Talk::Away | Talk::Entry { .. } | Talk::Nothing if hours::word(text).is_some() => {
            not_asked_any_more(turn, role);
            hours::word(text).into_iter().for_each(|word| hours::spoken(turn, role, word));
        }
        Talk::Until(id) if !hours::nothing_but_hours(turn, role, text) => away::until_text(turn, role, &id, text),
        Talk::Handover(id) if !hours::nothing_but_hours(turn, role, text) => cover::linked(turn, role, &id, text),
        Talk::Opinion { module, question } if !hours::nothing_but_hours(turn, role, text) => {
            survey::wrote(turn, role, &module, &question, text);
        }
        Talk::Letter(sheet) if !hours::nothing_but_hours(turn, role, text) => letter::wrote(turn, role, &sheet, text),
        Talk::Contact if !hours::nothing_but_hours(turn, role, text) => home::contact_named(turn, role, text),
        Talk::Licence if !hours::nothing_but_hours(turn, role, text) => licence::named(turn, role, text),
        Talk::Name if !hours::nothing_but_hours(turn, role, text) => home::renamed(turn, role, text),
        Talk::Away if !hours::nothing_but_hours(turn, role, text) => away::declare_text(turn, role, text),
        Talk::Away
        | Talk::Until(_)
        | Talk::Handover(_)
        | Talk::Contact
        | Talk::Name
        | Talk::Opinion { .. }
        | Talk::Licence
        | Talk::Entry { .. }
        | Talk::Letter(_)
        | Talk::Nothing => {
            if hours::readable(turn, role, text) {
                hours::log(turn, role, text)
            } else if away::readable(text) {
                away::declare_text(turn, role, text)
            } else {
                turn.reply(role, home::with_buttons(Message::of(say("text-unclear"))))
            }
        }
    }
}

fn sent_other(turn: &mut Turn<'_>, role: Role, other: Other) {
    match other {
        Other::Media => turn.reply(role, Message::of(say("media-unreadable"))),
        Other::EditedText => turn.reply(role, Message::of(say("edit-ignored"))),
        Other::ForeignButton => turn.note(role, say("button-foreign")),
    }
}

fn due(turn: &mut Turn<'_>, items: Vec<Due>) {
    let mut unasked: Vec<Due> = Vec::new();
    for item in items {
        // An item that was moved or cleared since it was read is not due any more.
        match turn.t.agenda.get(&item) {
            Some(at) if *at <= turn.cx.now => turn.unschedule(&item),
            _ => continue,
        }
        match item {
            Due::Lesson(_) | Due::Task(_) | Due::Week(_) | Due::News(_) | Due::Renewal(_) | Due::Licence(_) => {
                unasked.push(item);
            }
            Due::ModuleNow(role) => {
                if turn.t.seat(role).is_some() {
                    week::module_now(turn, role);
                }
            }
            Due::Ask(id) => cover::ask_due(turn, &id),
            Due::Chase(id) => cover::chase(turn, &id),
            Due::Handover(id) => cover::hand_over(turn, &id),
            Due::Gap(id) => cover::gap_due(turn, &id),
            Due::Return(id) => away::returned(turn, &id),
            Due::Start => setup::start(turn),
            Due::Timer(role) => hours::ask_timer(turn, role),
            Due::Close => hours::close(turn),
        }
    }
    for role in [Role::Lead, Role::Deputy] {
        let mine: Vec<Due> = unasked.iter().filter(|item| week::is_for(item, role)).cloned().collect();
        if !mine.is_empty() && turn.t.seat(role).is_some() {
            week::speak(turn, role, &mine);
        }
    }
}
