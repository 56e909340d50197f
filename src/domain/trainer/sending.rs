//! What a trainer has written goes out: shown as everybody will read it, now or at another time, or not after all.
//!
//! Owns: what follows from a text that is whole. Does not know how it is asked for (`writing`), nor how it reaches anybody
//! (`news`).

use chrono::{DateTime, NaiveDate, Utc};

use super::draft::next_monday;
use super::writing::{What, Writing, discard, named};
use super::{AtDesk, Desk, RoundCard, all_rounds, back_to, on};
use crate::domain::calendar::{self, Workdays};
use crate::domain::effect::{Effect, RoundChange};
use crate::domain::ids::{MeetingId, NewsId};
use crate::domain::letter::Purpose;
use crate::domain::message::{Arg, Line, Message, button, say};
use crate::domain::news::{self, About, News};
use crate::domain::tandem::RoundPhase;
use crate::domain::tap::{RoundTap, Soon, Tap, TrainerTap};

/// How many people news go to, as far as a trainer may know.
pub fn how_many(people: Option<u32>) -> Line {
    match people {
        Some(people) => say("announce-to").with("people", i64::from(people)),
        None => say("announce-to-few"),
    }
}

/// News as everybody will read them, how many that are, and when they come.
pub fn preview(card: &RoundCard, about: &About, text: &str, people: Option<u32>, now: DateTime<Utc>) -> Message {
    let head = say("announce-preview").with("round", Arg::Text(card.name.clone()));
    let to = how_many(people);
    let message = news::lines(about, text).into_iter().fold(Message::of(head), Message::and).and(to);
    let tap = |key: &'static str, tap| button(say(key), Tap::Trainer(tap));
    let message = when(card, about, text, now).into_iter().fold(message, Message::and);
    let message = message.row([tap("button-announce-send", TrainerTap::Send)]);
    match about {
        About::Word | About::Changed => message.row([
            tap("button-announce-later", TrainerTap::SendLater),
            tap("button-announce-rewrite", TrainerTap::Rewrite),
        ]),
        _ => message,
    }
    .row([tap("button-announce-discard", TrainerTap::Discard)])
}

/// When they come: by the rules of what nobody asked for, and before a day that they name.
pub fn when(card: &RoundCard, about: &About, text: &str, now: DateTime<Utc>) -> Vec<Line> {
    let by = named_day(about, text, card, now).map(|day| say("announce-by").with("day", day));
    std::iter::once(say("announce-when")).chain(by).collect()
}

impl AtDesk<'_, '_> {
    /// Asks when it is to be sent.
    pub(super) fn ask_time(&mut self) {
        let Some((_, writing)) = self.at_work() else { return self.note(say("stale")) };
        if writing.text.is_none() || !matches!(writing.what, What::Words { .. }) {
            return self.note(say("stale"));
        }
        self.t.desk = Desk::Writing(Writing { time: true, ..writing });
        let soon = |key: &'static str, soon| button(say(key), Tap::Trainer(TrainerTap::SendAt(soon)));
        self.show(
            Message::of(say("announce-time"))
                .row([soon("button-next-day", Soon::NextDay)])
                .row([soon("button-next-monday", Soon::NextMonday)])
                .row([discard()]),
        );
    }

    pub(super) fn send_at(&mut self, soon: Soon) {
        let Some((card, writing)) = self.at_work() else { return self.note(say("stale")) };
        if !writing.time {
            return self.note(say("stale"));
        }
        let today = calendar::local_date(self.cx.now, card.zone);
        let day = match soon {
            Soon::NextDay => Workdays::MONDAY_TO_FRIDAY.from(today).find(|day| *day > today).unwrap_or(today),
            Soon::NextMonday => next_monday(today),
        };
        self.tell(&card, writing, calendar::at(day, calendar::WORK_STARTS, 0, card.zone), false);
    }

    /// Sends what has been shown.
    pub(super) fn send(&mut self, everybody: bool) {
        let Some((card, writing)) = self.at_work() else { return self.note(say("stale")) };
        self.tell(&card, writing, self.cx.now, everybody);
    }

    /// Lets it happen and has everybody told.
    pub(super) fn tell(&mut self, card: &RoundCard, writing: Writing, at: DateTime<Utc>, everybody: bool) {
        let text = writing.text.clone().unwrap_or_default();
        let change = match &writing.what {
            What::Words { .. } | What::Group | What::Answer { .. } if text.is_empty() => {
                return self.note(say("stale"));
            }
            What::Answer { purpose, .. } if everybody && *purpose != Purpose::Question => {
                return self.note(say("stale"));
            }
            What::Answer { letter, .. } => {
                self.t.desk = Desk::Clear;
                let change = RoundChange::Answer { letter: letter.clone(), text, everybody };
                return self.out.push(Effect::Round(card.id.clone(), change));
            }
            What::Words { .. } => None,
            What::Dates { day: Some(day) } if card.phase == RoundPhase::Planned => Some(RoundChange::Dates(*day)),
            What::Rest { monday: Some(monday) } => {
                Some(RoundChange::Rest { monday: *monday, rests: !card.plans.rests.contains(monday) })
            }
            What::Group => Some(RoundChange::Group(Some(text.clone()))),
            What::Close if card.phase == RoundPhase::Running => Some(RoundChange::Close),
            What::Meeting { title: Some(title), starts: Some(starts), place: Some(place) } if *starts > self.cx.now => {
                let id = MeetingId(self.ids.id());
                Some(RoundChange::Meet(Box::new(named(title.clone(), *starts, place.clone(), id))))
            }
            _ => return self.note(say("stale")),
        };
        let Some(about) = writing.about(card) else { return self.note(say("stale")) };
        self.t.desk = Desk::Clear;
        // Nobody is told anything at night; until then it can be taken back.
        let at = calendar::next_working_moment(at, Workdays::MONDAY_TO_FRIDAY, card.zone);
        let until = writing.until();
        let news = News { until, ..news(card, NewsId(self.ids.id()), about, text, self.cx.now) };
        let line = told(card, &news, at, self.cx.now);
        if let Some(change) = change {
            self.out.push(Effect::Round(card.id.clone(), change));
        }
        self.out.push(Effect::Round(card.id.clone(), RoundChange::Announce { news, at }));
        self.show(line);
    }

    pub(super) fn discard(&mut self) {
        let back = self.at_work().map_or_else(all_rounds, |(card, _)| back_to(&card.id));
        self.t.desk = Desk::Clear;
        self.show(Message::of(say("announce-discarded")).row([back]));
    }

    pub(super) fn withdraw(&mut self, news: NewsId) {
        let found = self.t.rounds.iter().find(|card| card.planned.contains(&news));
        match found.map(|card| card.id.clone()) {
            Some(round) => {
                self.out.push(Effect::Round(round.clone(), RoundChange::Withdraw(news)));
                self.show(Message::of(say("announce-withdrawn")).row([back_to(&round)]));
            }
            None => self.note(say("announce-too-late")),
        }
    }
}

/// It is on its way, or will be.
fn told(card: &RoundCard, news: &News, at: DateTime<Utc>, now: DateTime<Utc>) -> Message {
    let wall = calendar::wall(at, card.zone);
    let message = match at <= now {
        true => Message::of(say("announce-sent")).row([on(card, "button-news", RoundTap::News)]),
        false => {
            let line = say("announce-planned")
                .with("day", wall.date())
                .with("hour", Arg::Text(wall.format("%H:%M").to_string()));
            let withdraw = Tap::Trainer(TrainerTap::Withdraw(news.id.clone()));
            Message::of(line).row([button(say("button-withdraw"), withdraw)])
        }
    };
    let message = match too_late(card, news, at, now) {
        Some(line) => message.and(line),
        None => message,
    };
    message.row([back_to(&card.id)])
}

/// What to know about news that name a day which is over when they go out.
pub fn too_late(card: &RoundCard, news: &News, at: DateTime<Utc>, now: DateTime<Utc>) -> Option<Line> {
    let day = named_day(&news.about, &news.text, card, now)?;
    (day < calendar::local_date(at, card.zone)).then(|| say("announce-after").with("day", day))
}

/// News as they go out: with the instant by which people must have heard of the day that they name.
pub(super) fn news(card: &RoundCard, id: NewsId, about: About, text: String, now: DateTime<Utc>) -> News {
    let day = match &about {
        // Whoever believes in the old day must hear of the new one before either.
        About::Moved { day } => Some(card.start.min(*day)),
        about => named_day(about, &text, card, now),
    };
    let by = day.map(|day| calendar::at(day, 0, 0, card.zone));
    News { id, about, text, until: None, by }
}

fn named_day(about: &About, text: &str, card: &RoundCard, now: DateTime<Utc>) -> Option<NaiveDate> {
    news::names(about, text, calendar::local_date(now, card.zone))
}
