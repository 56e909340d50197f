//! Writing a round down, question by question; the last answer creates it.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::{AtDesk, Desk, Draft, MAX_NAME, MAX_PLACES, link_message, round_name};
use crate::domain::dates;
use crate::domain::effect::{Effect, RoundChange};
use crate::domain::ids::RoundId;
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
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() || text.chars().count() > MAX_NAME {
            return self.show(Message::of(say("draft-text-long").with("limit", MAX_NAME)));
        }
        if draft.programme.is_none() {
            return self.ask();
        }
        if draft.start.is_none() {
            let today = self.today();
            return match dates::parse_date(&text, today) {
                Ok(day) if day >= today && (day - today).num_days() <= 366 => {
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
        let Draft { programme: Some(programme), start: Some(start), places: Some(places), controller, contact } = draft
        else {
            return;
        };
        let id: RoundId = self.ids.id().into();
        let secret = self.ids.secret();
        let title = self.cx.programmes.iter().find(|(id, _)| id == &programme).map_or(&programme, |(_, title)| title);
        let name = round_name(title, start);
        let round = Round {
            id: id.clone(),
            programme,
            name: name.clone(),
            start,
            zone: self.cx.zone,
            land: None,
            places,
            controller: controller.unwrap_or_default(),
            privacy_contact: contact.unwrap_or_default(),
            phase: RoundPhase::Planned,
            plans: Plans::default(),
            trainers: vec![self.t.person.id.clone()],
            closed: Vec::new(),
        };
        let change = RoundChange::Create { round: Box::new(round), secret: secret.clone() };
        self.out.push(Effect::Round(id.clone(), change));
        self.show(link_message(&name, secret, &id));
    }
}

/// The Monday after this day.
pub(super) fn next_monday(today: NaiveDate) -> NaiveDate {
    let ahead = 7 - i64::from(today.weekday().num_days_from_monday());
    today + TimeDelta::days(ahead)
}
