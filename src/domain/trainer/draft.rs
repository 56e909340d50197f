//! Writing a round down, question by question; the last answer creates it.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::writing::MAX_DAYS_AHEAD;
use super::{AtDesk, Desk, DeskContext, Draft, MAX_NAME, MAX_PLACES, RoundCard, link_message, round_name};
use crate::domain::dates;
use crate::domain::effect::{Effect, RoundChange};
use crate::domain::ids::{PersonId, RoundId};
use crate::domain::message::{Button, Label, Message, Press, button, say};
use crate::domain::tandem::{Plans, Round, RoundPhase};
use crate::domain::tap::{Tap, TrainerTap};

impl AtDesk<'_, '_> {
    pub(super) fn wrote(&mut self, text: &str) {
        let draft = match self.t.desk.clone() {
            Desk::Clear => return self.help(),
            Desk::Writing(writing) => return self.written(writing, text),
            Desk::Drafting(draft) => draft,
        };
        let Some(text) = tidy(text) else {
            return self.show(Message::of(say("draft-text-long").with("limit", MAX_NAME)));
        };
        if draft.programme.is_none() {
            return self.ask();
        }
        if draft.start.is_none() {
            let today = self.today();
            return match dates::parse_date(&text, today) {
                Ok(day) if may_begin(day, today) => {
                    self.fill(|draft| *draft.start.get_or_insert(day));
                }
                _ => self.show(Message::of(say("draft-start-unclear"))),
            };
        }
        if draft.places.is_none() {
            return match text.parse::<u32>() {
                Ok(places) if (1..=MAX_PLACES).contains(&places) => {
                    self.fill(|draft| *draft.places.get_or_insert(places));
                }
                _ => self.show(Message::of(say("draft-places-unclear").with("limit", i64::from(MAX_PLACES)))),
            };
        }
        if draft.controller.is_none() {
            return self.fill(|draft| draft.controller.get_or_insert(text).clone());
        }
        self.fill(|draft| draft.contact.get_or_insert(text).clone());
    }

    /// Answers the open question and puts the next one, or creates the round.
    pub(super) fn fill<T>(&mut self, answer: impl FnOnce(&mut Draft) -> T) {
        let Desk::Drafting(draft) = &mut self.t.desk else { return self.note(say("stale")) };
        answer(draft);
        self.ask();
    }

    pub(super) fn ask(&mut self) {
        let Desk::Drafting(draft) = &mut self.t.desk else { return };
        // One programme is no choice.
        if let (None, [(only, _)]) = (&draft.programme, self.cx.programmes) {
            draft.programme = Some(only.clone());
        }
        let draft = draft.clone();
        if draft.programme.is_none() {
            let rows = self.cx.programmes.iter().fold(Message::of(say("draft-programme")), |message, (id, _)| {
                message.row([Button {
                    label: Label::Programme(id.clone()),
                    press: Press::Tap(Tap::Trainer(TrainerTap::Programme(id.clone()))),
                }])
            });
            return self.show(rows);
        }
        if draft.start.is_none() {
            let monday = next_monday(self.today());
            let week = |weeks: u8| {
                let day = monday + TimeDelta::weeks(i64::from(weeks));
                button(say("day").with("day", day), Tap::Trainer(TrainerTap::Start(weeks)))
            };
            return self.show(Message::of(say("draft-start")).row([week(0), week(1)]).row([week(2), week(3)]));
        }
        if draft.places.is_none() {
            let places =
                |n: u16| button(say("places").with("places", i64::from(n)), Tap::Trainer(TrainerTap::Places(n)));
            return self.show(Message::of(say("draft-places")).row([5, 10, 20].map(places)));
        }
        if draft.controller.is_none() {
            return self.show(Message::of(say("draft-controller")));
        }
        if draft.contact.is_none() {
            return self.show(Message::of(say("draft-contact")));
        }
        self.create(draft);
    }

    fn create(&mut self, draft: Draft) {
        self.t.desk = Desk::Clear;
        let Some(round) = draft.round(self.cx, self.t.person.id.clone(), self.ids.id().into()) else { return };
        let secret = self.ids.secret();
        let (id, name) = (round.id.clone(), round.name.clone());
        let change = RoundChange::Create { round: Box::new(round), secret: secret.clone() };
        self.out.push(Effect::Round(id.clone(), change));
        self.show(link_message(&name, secret, &id));
    }
}

impl Draft {
    /// Everything but the first day is taken over.
    pub(super) fn like(card: &RoundCard) -> Self {
        Self {
            programme: Some(card.programme.clone()),
            start: None,
            places: Some(card.places),
            controller: Some(card.controller.clone()),
            contact: Some(card.privacy_contact.clone()),
            zone: Some(card.zone),
            land: card.land,
        }
    }

    /// The round, if all of it is written down.
    pub(super) fn round(self, cx: &DeskContext<'_>, trainer: PersonId, id: RoundId) -> Option<Round> {
        let (programme, start) = (self.programme?, self.start?);
        let title = cx.programmes.iter().find(|(id, _)| id == &programme).map_or(&programme, |(_, title)| title);
        let name = round_name(title, start);
        Some(Round {
            id,
            programme,
            name,
            start,
            zone: self.zone.unwrap_or(cx.zone),
            land: self.land,
            places: self.places?,
            controller: self.controller?,
            privacy_contact: self.contact?,
            phase: RoundPhase::Planned,
            plans: Plans::default(),
            trainers: vec![trainer],
            closed: Vec::new(),
        })
    }
}

/// A name or an address in one line, if it is one.
pub(super) fn tidy(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !text.is_empty() && text.chars().count() <= MAX_NAME && !text.chars().any(char::is_control);
    fits.then_some(text)
}

/// A first day of a new round: from today on, and within a year.
pub(super) fn may_begin(day: NaiveDate, today: NaiveDate) -> bool {
    (0..=MAX_DAYS_AHEAD).contains(&(day - today).num_days())
}

/// The Monday after this day.
pub fn next_monday(today: NaiveDate) -> NaiveDate {
    let ahead = 7 - i64::from(today.weekday().num_days_from_monday());
    today + TimeDelta::days(ahead)
}
