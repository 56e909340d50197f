//! A small programme and a tandem in the middle of it, for the unit tests of the machines.
//!
//! Owns: the builder and a player that walks a tandem through time. Does not know what any test expects.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Europe::Berlin;

use super::calendar;
use super::effect::{Effect, Kind, Owed};
use super::event::{Deed, Event};
use super::ids::{Ids, PersonId, RoundId, TandemId};
use super::lang::Lang;
use super::message::{Block, Message, Press};
use super::notice::{Notice, Told};
use super::programme::{Lesson, Module, Programme, Question, QuestionKind, Step, StepKind};
use super::step::step;
use super::tandem::{
    AGREED_MINUTES, Due, Mind, Person, Plans, Prefs, Promise, Reach, Role, Round, RoundPhase, Seat, Stage, Tandem,
    TandemPhase, Terms,
};
use super::tap::Tap;
use super::turn::{Context, Pages};

/// Ids in a row, each as long as real ones.
#[derive(Clone, Debug, Default)]
pub struct Numbers(u32);

impl Ids for Numbers {
    fn id(&mut self) -> String {
        self.0 += 1;
        format!("id{:010}", self.0)
    }

    fn secret(&mut self) -> String {
        self.0 += 1;
        format!("secret{:016}", self.0)
    }
}

/// Two modules: the first with every kind of step in two lessons, the second with a card each.
pub fn programme() -> Programme {
    let texts = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let card = || StepKind::Card { picture: None, video: None };
    let step = |id: &str, kind| Step::new(id, kind);
    let lesson = |id: &str, steps| Lesson { id: id.into(), minutes: 30, steps };
    let questions = vec![
        Question { id: "q1".into(), kind: QuestionKind::Pick { options: texts(&["low", "high"]) } },
        Question { id: "q2".into(), kind: QuestionKind::Sentence },
    ];
    let right: BTreeSet<String> = ["a".to_owned(), "b".to_owned()].into();
    let first = vec![
        step("card", card()),
        step("choice", StepKind::Choice { options: texts(&["a", "b"]), correct: "a".into() }),
        step("multi", StepKind::Multi { options: texts(&["a", "b", "c"]), correct: right }),
        step("write", StepKind::Write { concept: Some("K1".into()) }),
        step("link", StepKind::Link),
    ];
    let second = vec![
        step("list", StepKind::Checklist { items: texts(&["x", "y"]) }),
        step("think", StepKind::Reflect),
        step("ask", StepKind::Questionnaire { questions }),
    ];
    let modules = vec![
        Module { id: "m1".into(), lessons: vec![lesson("l1", first), lesson("l2", second)] },
        Module {
            id: "m2".into(),
            lessons: vec![lesson("l1", vec![step("n1", card())]), lesson("l2", vec![step("n2", card())])],
        },
    ];
    Programme {
        id: "p".into(),
        release: "0 0 10 * * Tue,Thu".into(),
        pass_percent: 80,
        modules,
        test: None,
        surveys: Vec::new(),
    }
}

/// A person who works Monday to Friday and is spoken to at ten.
pub fn person(id: &str, name: &str) -> Person {
    Person {
        id: PersonId(id.into()),
        name: name.into(),
        lang: Lang::source(),
        zone: Berlin,
        reach: Reach::Open,
        prefs: Prefs { told: told(), ..Prefs::default() },
    }
}

/// Somebody who has read what there is to read.
fn told() -> Told {
    let mut told = Told::of(Notice::Participant, day("2026-11-02"));
    told.confirm(Notice::Trainer, day("2026-11-02"));
    told
}

/// A round from Monday, 23 November 2026, with one trainer.
pub fn round() -> Round {
    Round {
        id: RoundId("round0000001".into()),
        programme: "p".into(),
        name: "Runde".into(),
        start: day("2026-11-23"),
        zone: Berlin,
        land: None,
        places: 5,
        controller: "Verband".into(),
        privacy_contact: "daten@example.org".into(),
        phase: RoundPhase::Running,
        plans: Plans::default(),
        trainers: vec![PersonId("trix00000000".into())],
        closed: Vec::new(),
    }
}

/// Ada and Ben, complete, before the round's start.
pub fn tandem() -> Tandem {
    let seat = |role, id: &str, name: &str| Seat { person: person(id, name), role, mind: Mind::new(Stage::Ready) };
    Tandem {
        id: TandemId("tandem000001".into()),
        round: Arc::new(round()),
        organisation: Some("Verein".into()),
        contact: None,
        told: None,
        agreed: AGREED_MINUTES,
        promise: Promise::Board,
        terms: Terms::default(),
        phase: TandemPhase::Forming,
        lead: Some(seat(Role::Lead, "adaa00000000", "Ada")),
        deputy: Some(seat(Role::Deputy, "benn00000000", "Ben")),
        entries: Vec::new(),
        absences: Vec::new(),
        covers: Vec::new(),
        agenda: BTreeMap::new(),
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// An instant from local time in Berlin, as `2026-11-24 10:00`.
pub fn at(text: &str) -> DateTime<Utc> {
    calendar::instant(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a local time"), Berlin)
}

/// The keys of a message's sentences.
pub fn keys(message: &Message) -> Vec<String> {
    let key = |block: &Block| match block {
        Block::Say(line) => Some(line.key.to_string()),
        _ => None,
    };
    message.blocks.iter().filter_map(key).collect()
}

/// What the buttons of a message do.
pub fn taps(message: &Message) -> Vec<Tap> {
    let tap = |press: &Press| match press {
        Press::Tap(tap) => Some(tap.clone()),
        Press::Share { .. } | Press::Pass { .. } => None,
    };
    message.rows.iter().flatten().filter_map(|button| tap(&button.press)).collect()
}

/// A tandem at an instant, with everything it has said so far.
#[derive(Clone, Debug)]
pub struct Play {
    pub t: Tandem,
    pub now: DateTime<Utc>,
    pub programme: Programme,
    pub ids: Numbers,
    /// What is owed, with the instant at which it comes.
    pub owed: Vec<Owed>,
    /// What the last event brought.
    pub last: Vec<Effect>,
    /// When what happens next was said, if not now.
    pub said: Option<DateTime<Utc>>,
}

impl Play {
    /// Any tandem at any time.
    pub fn of(t: Tandem, now: &str) -> Self {
        let ids = Numbers::default();
        Self { t, now: at(now), programme: programme(), ids, owed: Vec::new(), last: Vec::new(), said: None }
    }

    /// Ada and Ben on the round's first day at eight, just begun.
    pub fn begun() -> Self {
        let mut play = Self::of(tandem(), "2026-11-23 08:00");
        play.t.agenda.insert(Due::Start, play.now);
        play.due();
        play
    }

    pub fn happens(&mut self, event: Event) {
        let languages = [Lang::source(), Lang::from("en")];
        let cx = Context {
            now: self.now,
            said: self.said.take().unwrap_or(self.now),
            programme: &self.programme,
            languages: &languages,
            pages: Pages::Reachable,
        };
        let (t, effects) = step(self.t.clone(), event, cx, &mut self.ids);
        self.t = t;
        for effect in &effects {
            if let Effect::Owe(owed) = effect {
                // Unique by person, kind and occurrence, as in the outbox.
                let same = |known: &Owed| {
                    known.kind == owed.kind && known.to == owed.to && known.occurrence == owed.occurrence
                };
                if !self.owed.iter().any(same) {
                    self.owed.push(owed.clone());
                }
            }
        }
        self.last = effects;
    }

    pub fn taps(&mut self, role: Role, tap: Tap) {
        self.happens(Event::Did(role, Deed::Tapped(tap)));
    }

    pub fn says(&mut self, role: Role, text: &str) {
        self.happens(Event::Did(role, Deed::Wrote(text.to_owned())));
    }

    /// What was written then comes only now.
    pub fn said_at(&mut self, role: Role, when: &str, text: &str) {
        self.said = Some(at(when));
        self.says(role, text);
    }

    /// Lets everything happen that is due now.
    pub fn due(&mut self) {
        let items: Vec<Due> = self.t.agenda.iter().filter(|(_, at)| **at <= self.now).map(|(d, _)| d.clone()).collect();
        if !items.is_empty() {
            self.happens(Event::Due(items));
        }
    }

    /// Lets time pass to an instant, from one thing that is due to the next.
    pub fn until(&mut self, text: &str) {
        self.until_instant(at(text));
    }

    pub fn until_instant(&mut self, end: DateTime<Utc>) {
        while let Some(next) = self.t.agenda.values().min().copied().filter(|next| *next <= end) {
            self.now = self.now.max(next);
            self.due();
        }
        self.now = self.now.max(end);
    }

    pub fn later(&mut self, by: TimeDelta) {
        self.until_instant(self.now + by);
    }

    pub fn id(&self, role: Role) -> PersonId {
        self.t.seat(role).expect("somebody sits there").person.id.clone()
    }

    pub fn mind(&mut self, role: Role) -> &mut Mind {
        &mut self.t.seat_mut(role).expect("somebody sits there").mind
    }

    /// What somebody was sent in answer or unasked, oldest first.
    pub fn to(&self, role: Role) -> Vec<&Owed> {
        let id = self.id(role);
        self.owed.iter().filter(|owed| owed.to == id).collect()
    }

    /// The unasked messages that count against the ceiling.
    pub fn unasked(&self, role: Role) -> Vec<&Owed> {
        let counts = |kind| matches!(kind, Kind::Lesson | Kind::Reminder | Kind::Week | Kind::News);
        self.to(role).into_iter().filter(|owed| counts(owed.kind)).collect()
    }

    /// The screen that the last event drew or sent to whoever acted; its sentences.
    pub fn screen(&self) -> Message {
        let shown = self.last.iter().rev().find_map(|effect| match effect {
            Effect::Redraw { message, .. } => Some(message.clone()),
            Effect::Owe(owed) if owed.kind == Kind::Reply => Some(owed.message.clone()),
            _ => None,
        });
        shown.unwrap_or_default()
    }

    /// The note over the pressed button, if there was one.
    pub fn toast(&self) -> Option<String> {
        self.last.iter().find_map(|effect| match effect {
            Effect::Toast(line) => Some(line.key.to_string()),
            _ => None,
        })
    }

    /// Instants and first keys of what somebody was sent with these kinds, in local time.
    pub fn log(&self, role: Role, kinds: &[Kind]) -> Vec<String> {
        let line = |owed: &&Owed| {
            let when = owed.not_before.with_timezone(&Berlin).format("%a %d %H:%M");
            format!("{when} {}", keys(&owed.message).join("+"))
        };
        self.to(role).iter().filter(|owed| kinds.contains(&owed.kind)).map(line).collect()
    }
}
