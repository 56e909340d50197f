//! A trainer's desk: creating rounds, seeing who is ready, starting, reading the report.
//!
//! Does not know anything a person answered or logged: readiness is all it sees of a single tandem.

mod cards;
mod draft;
mod manage;
mod page;
pub mod preview;
mod screens;
mod seats;
mod sending;
#[cfg(test)]
mod tests;
mod writing;

pub use cards::{Arrived, NewsCard, NewsState, RoundCard, TandemCard};
pub use manage::{letters_message, news_line, news_screen};
pub use page::{asked, drafted};
pub use seats::{SeatCard, freed, seat_ask, seat_list, seat_which};
pub use sending::{how_many, preview, too_late, when};
pub use writing::Writing;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use self::draft::next_monday;
use super::digest::Digest;
use super::effect::{Effect, Kind, Look, Owed, RoundChange};
use super::event::{Command, Deed, Other};
use super::holidays::Land;
use super::ids::{Ids, RoundId, TandemId};
use super::lang::Lang;
use super::message::{Arg, Button, Label, Line, Message, Press, button, say};
use super::notice::Notice;
use super::pacing::Lane;
use super::paper::Paper;
use super::programme::Programme;
use super::rights::{self, Action};
use super::setup;
use super::tandem::{Person, Reach, RoundPhase};
use super::tap::{DataTap, Home, PreviewTap, RoundTap, SettingsTap, Tap, TrainerTap};
use super::turn::Cause;

/// Longest name or contact that is stored, in characters.
const MAX_NAME: usize = 160;

/// Most places a round may have.
const MAX_PLACES: u32 = 5_000;

/// A trainer and what they are in the middle of.
#[derive(Clone, Debug, PartialEq)]
pub struct Trainer {
    pub person: Person,
    pub desk: Desk,
    pub digest: Digest,
    /// The rounds this trainer runs, newest first.
    pub rounds: Vec<RoundCard>,
}

/// What a trainer is in the middle of; stored as one JSON text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Desk {
    #[default]
    Clear,
    /// A round being written down, question by question.
    Drafting(Draft),
    /// Something for the people of a round.
    Writing(Writing),
}

/// A round being written down. The first question without an answer is the one that stands open.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub programme: Option<String>,
    pub start: Option<NaiveDate>,
    pub places: Option<u32>,
    pub controller: Option<String>,
    pub contact: Option<String>,
    /// The zone of the round that is copied; a new one runs in the house's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Tz>,
    /// Its Land.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub land: Option<Land>,
}

/// What a trainer's decision may look at besides the state.
pub struct DeskContext<'a> {
    pub now: DateTime<Utc>,
    /// Programmes to choose from: id, and title in the trainer's language.
    pub programmes: &'a [(String, String)],
    pub languages: &'a [Lang],
    /// The same programmes with their structure, to look at.
    pub courses: &'a [&'a Programme],
    /// The zone new rounds run in.
    pub zone: Tz,
}

/// Decides what a trainer's deed does.
pub fn step(trainer: Trainer, deed: Deed, cx: &DeskContext<'_>, ids: &mut dyn Ids) -> (Trainer, Vec<Effect>) {
    let cause = match &deed {
        Deed::Tapped(_) | Deed::SentOther(Other::ForeignButton) => Cause::Press,
        _ => Cause::Other,
    };
    let mut at = AtDesk { t: trainer, cx, cause, ids, out: Vec::new() };
    let own = matches!(deed, Deed::Wrote(_) | Deed::Commanded(_) | Deed::Tapped(_));
    match deed {
        Deed::Joined => at.welcome(),
        Deed::Commanded(command) => at.commanded(command),
        Deed::Tapped(Tap::Trainer(tap)) => at.tapped(tap),
        Deed::Tapped(tap) => at.other_tap(tap),
        Deed::Wrote(text) => at.wrote(&text),
        Deed::SentOther(Other::Media) => at.show(Message::of(say("media-unreadable"))),
        Deed::SentOther(Other::EditedText) => at.show(Message::of(say("edit-ignored"))),
        Deed::SentOther(Other::ForeignButton) => at.note(say("button-foreign")),
        Deed::Blocked => at.t.person.reach = Reach::Blocked,
        Deed::Unblocked => at.t.person.reach = Reach::Open,
    }
    if own && at.t.desk == Desk::Clear && !at.out.iter().any(|effect| matches!(effect, Effect::Erase { .. })) {
        at.notice_again();
    }
    (at.t, at.out)
}

/// What a round is called unless somebody names it: its programme's title and the month of its start.
pub fn round_name(title: &str, start: NaiveDate) -> String {
    format!("{title} {:02}/{}", start.month(), start.year())
}

/// The link into the dashboard, and what to know about it.
pub fn dashboard_link(link: &str) -> Message {
    Message::of(say("dashboard-link").with("link", Arg::Text(link.to_owned())))
        .and(say("dashboard-link-once"))
        .row([all_rounds(), more()])
}

/// Nobody can reach this program's pages.
pub fn no_dashboard() -> Message {
    Message::of(say("dashboard-no-address")).row([all_rounds(), more()])
}

/// What is missing in a round, tandem by tandem, for the message at its start.
pub fn missing_lines(card: &RoundCard) -> Vec<Line> {
    card.tandems
        .iter()
        .filter(|tandem| !tandem.missing.is_empty())
        .map(|tandem| {
            let missing: Vec<Line> = tandem.missing.iter().map(|m| setup::missing_line(*m)).collect();
            let organisation =
                tandem.organisation.clone().map_or_else(|| Arg::from(say("organisation-unnamed")), Arg::Text);
            say("round-missing").with("organisation", organisation).with("missing", missing)
        })
        .collect()
}

struct AtDesk<'a, 'b> {
    t: Trainer,
    cx: &'a DeskContext<'b>,
    cause: Cause,
    ids: &'a mut dyn Ids,
    out: Vec<Effect>,
}

impl AtDesk<'_, '_> {
    fn show(&mut self, message: Message) {
        match self.cause {
            Cause::Press => self.out.push(Effect::Redraw { message, slot: None }),
            Cause::Other => self.reply(message),
        }
    }

    fn reply(&mut self, message: Message) {
        let occurrence = self.ids.id();
        self.out.push(Effect::Owe(Owed {
            to: self.t.person.id.clone(),
            kind: Kind::Reply,
            occurrence,
            lane: Lane::Reply,
            not_before: self.cx.now,
            expires: None,
            slot: None,
            message,
        }));
    }

    fn note(&mut self, line: Line) {
        match self.cause {
            Cause::Press => self.out.push(Effect::Toast(line)),
            Cause::Other => self.reply(Message::of(line)),
        }
    }

    fn welcome(&mut self) {
        if let Some(card) = self.t.rounds.first().cloned() {
            return self.round_card(&card);
        }
        let message = Message::of(say("trainer-welcome"))
            .row([button(say("button-create-round"), Tap::Trainer(TrainerTap::Create))])
            .row([more()]);
        self.show(message);
    }

    fn commanded(&mut self, command: Command) {
        self.writes_no_more();
        match command {
            Command::Rounds | Command::Start => self.rounds(),
            Command::Report => match self.t.rounds.as_slice() {
                [only] => self.out.push(Effect::Look(Look::Report(only.id.clone()))),
                _ => self.rounds(),
            },
            Command::Dashboard => self.dashboard(),
            Command::Announce => self.announce(),
            Command::Preview => self.look_through(PreviewTap::Programmes),
            Command::Settings => self.settings(),
            Command::Privacy => self.privacy(),
            Command::MyData => self.out.push(Effect::Look(Look::Mine)),
            Command::Delete => self.ask_delete(),
            Command::Help => self.help(),
            Command::Lesson
            | Command::Hours
            | Command::Away
            | Command::Cover
            | Command::Progress
            | Command::Concept
            | Command::Calendar
            | Command::Pause => self.show(Message::of(say("trainer-not-participant")).row([all_rounds(), more()])),
            Command::Unknown => {
                self.show(Message::of(say("command-unknown")).and(say("trainer-help")).row([all_rounds(), more()]));
            }
        }
    }

    fn other_tap(&mut self, tap: Tap) {
        self.writes_no_more();
        match tap {
            Tap::Data(DataTap::Delete) => self.ask_delete(),
            Tap::Data(DataTap::DeleteReally) => {
                let person = self.t.person.id.clone();
                self.out.push(Effect::Erase { person, farewell: Message::of(say("delete-done")) });
            }
            Tap::Data(DataTap::Keep) => self.show(Message::of(say("delete-kept")).row([all_rounds(), more()])),
            Tap::Data(DataTap::Mine) => self.out.push(Effect::Look(Look::Mine)),
            Tap::Paper(Paper::Data) => {
                let secret = self.ids.secret();
                self.out.push(Effect::Paper { paper: Paper::Data, secret });
            }
            Tap::Notice { notice: Notice::Trainer, edition } => self.understood(edition),
            Tap::Settings(SettingsTap::Language(code)) => {
                let lang = Lang(code);
                if self.cx.languages.contains(&lang) {
                    self.t.person.lang = lang;
                    self.settings();
                } else {
                    self.note(say("stale"));
                }
            }
            Tap::Home(Home::Open) => self.rounds(),
            Tap::Home(Home::More) => self.more(),
            Tap::Home(Home::Settings) => self.settings(),
            Tap::Home(Home::Privacy) => self.privacy(),
            Tap::Home(Home::Help) => self.help(),
            Tap::Door { .. } => self.note(say("door-already-in")),
            _ => self.note(say("stale")),
        }
    }

    /// Lessons as people will see them, step by step.
    fn look_through(&mut self, preview: PreviewTap) {
        match preview::screen(self.cx.courses, preview) {
            Some(message) => self.show(message),
            None => self.note(say("stale")),
        }
    }

    fn tapped(&mut self, tap: TrainerTap) {
        if !tap.goes_on() {
            self.writes_no_more();
        }
        let action = Action::of(&tap);
        match tap {
            TrainerTap::Create => {
                self.t.desk = Desk::Drafting(Draft::default());
                self.ask();
            }
            TrainerTap::Programme(id) if self.cx.programmes.iter().any(|(known, _)| known == &id) => {
                self.fill(|draft| draft.programme.get_or_insert(id).clone());
            }
            TrainerTap::Start(weeks) if weeks <= 12 => {
                let day = next_monday(self.today()) + TimeDelta::weeks(i64::from(weeks));
                match self.t.desk {
                    Desk::Writing(_) => self.dated(day),
                    Desk::Clear | Desk::Drafting(_) => self.fill(|draft| *draft.start.get_or_insert(day)),
                }
            }
            TrainerTap::Places(places) if (1..=MAX_PLACES).contains(&u32::from(places)) => {
                self.fill(|draft| *draft.places.get_or_insert(u32::from(places)));
            }
            TrainerTap::Digest(number) => match Weekday::try_from(number) {
                Ok(day) => {
                    self.t.digest.day = Some(day);
                    self.settings();
                }
                Err(_) => self.note(say("stale")),
            },
            TrainerTap::NoDigest => {
                self.t.digest.day = None;
                self.settings();
            }
            TrainerTap::Settings => self.settings(),
            TrainerTap::Rounds => self.rounds(),
            TrainerTap::Dashboard => self.dashboard(),
            TrainerTap::Preview(preview) => self.look_through(preview),
            TrainerTap::On(round, tap) => self.with_round(&round, action, |desk, card| desk.on_round(card, tap)),
            TrainerTap::Admit(tandem) => match self.round_of(&tandem, action) {
                Some(round) => {
                    let back = back_to(&round);
                    self.out.push(Effect::Round(round, RoundChange::Admit(tandem)));
                    self.show(Message::of(say("trainer-admitted")).row([back]));
                }
                None => self.note(say("stale")),
            },
            TrainerTap::Send => self.send(false),
            TrainerTap::AnswerAll => self.send(true),
            TrainerTap::SendLater => self.ask_time(),
            TrainerTap::SendAt(soon) => self.send_at(soon),
            TrainerTap::Rewrite => self.rewrite(),
            TrainerTap::Discard => self.discard(),
            TrainerTap::Withdraw(news) => self.withdraw(news),
            TrainerTap::Rest(weeks) => self.rest(weeks),
            TrainerTap::Dismiss(round, person) => {
                self.with_round(&round, action, |desk, card| desk.dismiss(card, &person));
            }
            TrainerTap::Shift(tandem) => self.shift(tandem),
            TrainerTap::ShiftTo(tandem, to) => self.shift_to(tandem, to),
            TrainerTap::Answer(letter) => self.answer(&letter),
            TrainerTap::Seat { round, tandem, act } => {
                self.with_round(&round, action, |desk, card| desk.seat(card, tandem, act));
            }
            TrainerTap::CancelMeeting(meeting) => self.cancel_meeting(&meeting),
            // Whose tandem it is, it knows itself.
            TrainerTap::Vouch { tandem, yes } => self.out.push(Effect::Word { tandem, yes }),
            TrainerTap::Programme(_) | TrainerTap::Start(_) | TrainerTap::Places(_) => self.note(say("stale")),
        }
    }

    fn on_round(&mut self, card: &RoundCard, tap: RoundTap) {
        match tap {
            RoundTap::Open => self.round_card(card),
            RoundTap::Link if card.phase == RoundPhase::Closed => self.note(say("round-is-closed")),
            RoundTap::Link => {
                let secret = self.ids.secret();
                self.out.push(Effect::Round(card.id.clone(), RoundChange::Invite { secret: secret.clone() }));
                self.show(link_message(&card.name, secret, &card.id));
            }
            RoundTap::StartNow => {
                let ready = card.tandems.iter().filter(|tandem| tandem.missing.is_empty()).count();
                let mut message =
                    Message::of(say("round-start-ask").with("ready", ready).with("all", card.tandems.len()));
                for line in missing_lines(card).into_iter().take(20) {
                    message = message.and(line);
                }
                let yes = on(card, "button-start-round", RoundTap::StartReally);
                self.show(message.row([yes]).row([back_to(&card.id)]));
            }
            RoundTap::StartReally if card.phase != RoundPhase::Planned => self.note(say("stale")),
            RoundTap::StartReally => {
                self.out.push(Effect::Round(card.id.clone(), RoundChange::Start));
                self.show(Message::of(say("round-starts")).row([back_to(&card.id)]));
            }
            RoundTap::Report => self.out.push(Effect::Look(Look::Report(card.id.clone()))),
            RoundTap::Vouches => self.out.push(Effect::Look(Look::Vouches(card.id.clone()))),
            RoundTap::News => self.out.push(Effect::Look(Look::News(card.id.clone()))),
            RoundTap::Announce | RoundTap::Changed => self.begin_news(card, tap),
            RoundTap::Dates | RoundTap::Seats | RoundTap::Group | RoundTap::NewMeeting => self.begin_change(card, tap),
            RoundTap::Manage
            | RoundTap::Copy
            | RoundTap::Rest
            | RoundTap::Close
            | RoundTap::CloseReally
            | RoundTap::Colleagues
            | RoundTap::InviteColleague
            | RoundTap::Shift
            | RoundTap::Seat
            | RoundTap::Letters
            | RoundTap::Meetings => self.manage(card, tap),
        }
    }

    /// The own round in which a tandem sits that does not run yet, if this may be done there.
    fn round_of(&self, tandem: &TandemId, action: Action) -> Option<RoundId> {
        let found = rights::round(&self.t, action, |card| card.tandems.iter().any(|t| &t.id == tandem));
        found.map(|card| card.id.clone())
    }

    fn with_round(&mut self, round: &RoundId, action: Action, act: impl FnOnce(&mut Self, &RoundCard)) {
        match rights::round(&self.t, action, |card| &card.id == round).cloned() {
            Some(card) => act(self, &card),
            None => self.note(say("stale")),
        }
    }

    fn rounds(&mut self) {
        if self.t.rounds.is_empty() {
            return self.welcome();
        }
        let mut message = Message::of(say("rounds-title"));
        for card in self.t.rounds.iter().take(20) {
            message = message.row([Button {
                label: Label::Name(card.name.clone()),
                press: Press::Tap(Tap::Trainer(TrainerTap::On(card.id.clone(), RoundTap::Open))),
            }]);
        }
        self.show(message.row([button(say("button-create-round"), Tap::Trainer(TrainerTap::Create)), more()]));
    }

    fn round_card(&mut self, card: &RoundCard) {
        let ready = card.tandems.iter().filter(|tandem| tandem.missing.is_empty()).count();
        let phase = match card.phase {
            RoundPhase::Planned => say("round-planned").with("day", card.start),
            RoundPhase::Running => say("round-running").with("day", card.start),
            RoundPhase::Closed => say("round-closed"),
        };
        let mut message = Message::of(say("round-title").with("name", Arg::Text(card.name.clone()))).and(phase).and(
            say("round-ready")
                .with("ready", ready)
                .with("all", card.tandems.len())
                .with("places", i64::from(card.places)),
        );
        for line in missing_lines(card).into_iter().take(20) {
            message = message.and(line);
        }
        if !card.letters.is_empty() {
            message = message.and(say("round-letters").with("letters", card.letters.len()));
        }
        if card.phase == RoundPhase::Planned {
            message = message.row([on(card, "button-start-round", RoundTap::StartNow)]);
        }
        let report = on(card, "button-report", RoundTap::Report);
        message = match card.phase {
            RoundPhase::Closed => message.row([report]),
            RoundPhase::Planned | RoundPhase::Running => {
                message.row([on(card, "button-announce", RoundTap::Announce), report])
            }
        };
        if !card.letters.is_empty() {
            message = message.row([on(card, "button-letters-open", RoundTap::Letters)]);
        }
        let manage = on(card, "button-manage", RoundTap::Manage);
        let message = match card.phase {
            RoundPhase::Closed => message.row([manage]),
            RoundPhase::Planned | RoundPhase::Running => message.row([on(card, "button-link", RoundTap::Link), manage]),
        };
        self.show(message.row([all_rounds()]));
    }

    fn today(&self) -> NaiveDate {
        super::calendar::local_date(self.cx.now, self.t.person.zone)
    }
}

fn link_message(name: &str, secret: String, round: &RoundId) -> Message {
    let share = Button {
        label: Label::Say(say("button-share")),
        press: Press::Share { code: secret, with: say("invite-lead-text") },
    };
    Message::of(say("round-link").with("name", Arg::Text(name.to_owned()))).row([share]).row([back_to(round)])
}

fn back_to(round: &RoundId) -> Button {
    button(say("button-round"), Tap::Trainer(TrainerTap::On(round.clone(), RoundTap::Open)))
}

/// A button about this round.
fn on(card: &RoundCard, key: &'static str, tap: RoundTap) -> Button {
    button(say(key), Tap::Trainer(TrainerTap::On(card.id.clone(), tap)))
}

fn all_rounds() -> Button {
    button(say("button-rounds"), Tap::Trainer(TrainerTap::Rounds))
}

fn more() -> Button {
    button(say("button-more"), Tap::Home(Home::More))
}
