//! A trainer's desk: creating rounds, seeing who is ready, starting, reading the report.
//!
//! Does not know anything a person answered or logged: readiness is all it sees of a single tandem.

mod draft;
pub mod preview;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use self::draft::next_monday;
use super::effect::{Effect, Kind, Look, Owed, RoundChange};
use super::event::{Command, Deed, Other};
use super::ids::{Ids, RoundId, TandemId};
use super::lang::Lang;
use super::message::{Arg, Button, Label, Line, Message, Press, button, say};
use super::pacing::Lane;
use super::paper::Paper;
use super::programme::Programme;
use super::setup;
use super::tandem::{Missing, Person, Reach, RoundPhase};
use super::tap::{DataTap, Home, PreviewTap, SettingsTap, Tap, TrainerTap};
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
}

/// A round being written down. The first question without an answer is the one that stands open.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub programme: Option<String>,
    pub start: Option<NaiveDate>,
    pub places: Option<u32>,
    pub controller: Option<String>,
    pub contact: Option<String>,
}

/// A round as its trainer sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct RoundCard {
    pub id: RoundId,
    pub name: String,
    pub programme: String,
    pub start: NaiveDate,
    pub places: u32,
    pub phase: RoundPhase,
    pub tandems: Vec<TandemCard>,
}

/// A tandem as its trainer sees it before it runs.
#[derive(Clone, Debug, PartialEq)]
pub struct TandemCard {
    pub id: TandemId,
    pub organisation: Option<String>,
    pub missing: Vec<Missing>,
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
        let message = Message::of(say("trainer-welcome"))
            .row([button(say("button-create-round"), Tap::Trainer(TrainerTap::Create))])
            .row([more()]);
        self.show(message);
    }

    fn commanded(&mut self, command: Command) {
        match command {
            Command::Rounds | Command::Start => self.rounds(),
            Command::Report => match self.t.rounds.as_slice() {
                [only] => self.out.push(Effect::Look(Look::Report(only.id.clone()))),
                _ => self.rounds(),
            },
            Command::Dashboard => self.dashboard(),
            Command::Preview => self.preview(PreviewTap::Programmes),
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

    /// What else there is, as buttons: everything a command does.
    fn more(&mut self) {
        let item = |key: &'static str, home: Home| button(say(key), Tap::Home(home));
        self.show(
            Message::of(say("more-title"))
                .row([all_rounds(), button(say("button-dashboard"), Tap::Trainer(TrainerTap::Dashboard))])
                .row([
                    button(say("button-preview"), Tap::Trainer(TrainerTap::Preview(PreviewTap::Programmes))),
                    item("button-settings", Home::Settings),
                ])
                .row([item("button-privacy", Home::Privacy), item("button-help", Home::Help)]),
        );
    }

    fn dashboard(&mut self) {
        let secret = self.ids.secret();
        self.out.push(Effect::Dashboard { secret });
    }

    fn preview(&mut self, preview: PreviewTap) {
        match preview::screen(self.cx.courses, preview) {
            Some(message) => self.show(message),
            None => self.note(say("stale")),
        }
    }

    fn privacy(&mut self) {
        self.show(
            Message::of(say("notice-trainer-more"))
                .row([
                    button(say("button-my-data"), Tap::Data(DataTap::Mine)),
                    button(say("button-delete"), Tap::Data(DataTap::Delete)),
                ])
                .row([all_rounds()]),
        );
    }

    fn help(&mut self) {
        self.show(Message::of(say("trainer-help")).row([all_rounds(), more()]));
    }

    fn ask_delete(&mut self) {
        self.show(
            Message::of(say("trainer-delete-ask"))
                .row([button(say("button-delete-keep"), Tap::Data(DataTap::Keep))])
                .row([button(say("button-delete-really"), Tap::Data(DataTap::DeleteReally))]),
        );
    }

    fn settings(&mut self) {
        let current = self.t.person.lang.clone();
        let languages = self.cx.languages.iter().filter(|lang| **lang != current).map(|lang| Button {
            label: Label::Language(lang.code().to_owned()),
            press: Press::Tap(Tap::Settings(SettingsTap::Language(lang.code().to_owned()))),
        });
        let message = Message::of(say("trainer-settings")).row(languages).row([all_rounds()]);
        self.show(message);
    }

    fn tapped(&mut self, tap: TrainerTap) {
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
                self.fill(|draft| *draft.start.get_or_insert(day));
            }
            TrainerTap::Places(places) if (1..=MAX_PLACES).contains(&u32::from(places)) => {
                self.fill(|draft| *draft.places.get_or_insert(u32::from(places)));
            }
            TrainerTap::Rounds => self.rounds(),
            TrainerTap::Dashboard => self.dashboard(),
            TrainerTap::Preview(preview) => self.preview(preview),
            TrainerTap::Round(round) => self.with_round(&round, Self::round_card),
            TrainerTap::Link(round) => self.with_round(&round, |desk, card| {
                let secret = desk.ids.secret();
                desk.out.push(Effect::Round(card.id.clone(), RoundChange::Invite { secret: secret.clone() }));
                desk.show(link_message(&card.name, secret, &card.id));
            }),
            TrainerTap::StartNow(round) => self.with_round(&round, |desk, card| {
                let ready = card.tandems.iter().filter(|tandem| tandem.missing.is_empty()).count();
                let yes = Tap::Trainer(TrainerTap::StartReally(card.id.clone()));
                let mut message =
                    Message::of(say("round-start-ask").with("ready", ready).with("all", card.tandems.len()));
                for line in missing_lines(card).into_iter().take(20) {
                    message = message.and(line);
                }
                desk.show(message.row([button(say("button-start-round"), yes)]).row([back_to(&card.id)]));
            }),
            TrainerTap::StartReally(round) => self.with_round(&round, |desk, card| {
                if card.phase != RoundPhase::Planned {
                    return desk.note(say("stale"));
                }
                desk.out.push(Effect::Round(card.id.clone(), RoundChange::Start));
                desk.show(Message::of(say("round-starts")).row([back_to(&card.id)]));
            }),
            TrainerTap::Report(round) => {
                self.with_round(&round, |desk, card| desk.out.push(Effect::Look(Look::Report(card.id.clone()))));
            }
            TrainerTap::Admit(tandem) => {
                let found = self.t.rounds.iter().find(|card| card.tandems.iter().any(|t| t.id == tandem));
                match found.map(|card| card.id.clone()) {
                    Some(round) => {
                        let back = back_to(&round);
                        self.out.push(Effect::Round(round, RoundChange::Admit(tandem)));
                        self.show(Message::of(say("trainer-admitted")).row([back]));
                    }
                    None => self.note(say("stale")),
                }
            }
            TrainerTap::Programme(_) | TrainerTap::Start(_) | TrainerTap::Places(_) => self.note(say("stale")),
        }
    }

    fn with_round(&mut self, round: &RoundId, act: impl FnOnce(&mut Self, &RoundCard)) {
        match self.t.rounds.iter().find(|card| &card.id == round).cloned() {
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
                press: Press::Tap(Tap::Trainer(TrainerTap::Round(card.id.clone()))),
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
        if card.phase == RoundPhase::Planned {
            let start = Tap::Trainer(TrainerTap::StartNow(card.id.clone()));
            message = message.row([button(say("button-start-round"), start)]);
        }
        let message = message
            .row([
                button(say("button-link"), Tap::Trainer(TrainerTap::Link(card.id.clone()))),
                button(say("button-report"), Tap::Trainer(TrainerTap::Report(card.id.clone()))),
            ])
            .row([all_rounds()]);
        self.show(message);
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
    button(say("button-round"), Tap::Trainer(TrainerTap::Round(round.clone())))
}

fn all_rounds() -> Button {
    button(say("button-rounds"), Tap::Trainer(TrainerTap::Rounds))
}

fn more() -> Button {
    button(say("button-more"), Tap::Home(Home::More))
}
