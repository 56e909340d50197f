//! All people of a simulation and what is still to happen to them.
//!
//! Owns: the order of events, and passing on to each person what arrives on their phone. What somebody does when
//! their time has come is in `acting`.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::acting;
use super::diary::{Sort, Wants, works};
use super::people::{Flow, Intent, Person};
use super::signs::{Learning, Signs};
use crate::demo::phones::{Author, Effect, SharedPhones};
use crate::l10n::Words;

use super::machine::TOKEN;

/// People act at every second full minute: what they do comes in together, and reading a card takes about that long.
const GRID: i64 = 120;

/// So long somebody waits for an answer before they take it for lost.
const PATIENCE: TimeDelta = TimeDelta::minutes(15);

/// When, the how-manieth, who, what: events of one instant happen in the order in which they were planned.
type Event = (DateTime<Utc>, u64, usize, Intent);

/// Everybody, by place: the lead of tandem n is 2 n, the deputy 2 n + 1.
pub struct Crowd {
    pub people: Vec<Person>,
    pub phones: SharedPhones,
    pub signs: Signs,
    pub first_monday: NaiveDate,
    first_chat: i64,
    agenda: BinaryHeap<Reverse<Event>>,
    count: u64,
    /// How much of the server's record has been looked at.
    seen: usize,
}

impl Crowd {
    pub fn new(people: Vec<Person>, phones: SharedPhones, signs: Signs, first_monday: NaiveDate) -> Self {
        let first_chat = people.first().map_or(1, |person| person.chat);
        let agenda = BinaryHeap::new();
        Self { people, phones, signs, first_monday, first_chat, agenda, count: 0, seen: 0 }
    }

    /// Somebody is going to do something, at the next of these instants.
    pub fn plan(&mut self, at: DateTime<Utc>, who: usize, intent: Intent) {
        let second = at.timestamp().div_euclid(GRID) * GRID + GRID;
        let at = DateTime::from_timestamp(second, 0).unwrap_or(at);
        self.count += 1;
        self.agenda.push(Reverse((at, self.count, who, intent)));
    }

    /// When the next of them does something.
    pub fn next(&self) -> Option<DateTime<Utc>> {
        self.agenda.peek().map(|Reverse((at, ..))| *at)
    }

    /// Everybody whose time has come does what they wanted to. Says whether the bot has anything to hear of it.
    pub fn act(&mut self, now: DateTime<Utc>) -> bool {
        while self.next().is_some_and(|at| at <= now) {
            let Some(Reverse((_, _, who, intent))) = self.agenda.pop() else { break };
            let busy = self.people[who].waiting.is_some();
            match intent {
                Intent::GiveUp(deed) => {
                    if self.people[who].waiting == Some(deed) {
                        acting::gives_up(self, who, now);
                    }
                }
                Intent::Plan(_) | Intent::Unblock => acting::does(self, who, intent, now),
                // One thing after the other.
                _ if busy => self.plan(now + TimeDelta::minutes(1), who, intent),
                _ if self.people[who].diary.shut_until(now).is_some() => {}
                Intent::GoOn | Intent::AddHours(_) if self.away(who, now) => {
                    let back = self.back(who, now);
                    self.plan(back, who, intent);
                }
                _ => acting::does(self, who, intent, now),
            }
        }
        self.phones.with(|phones, _| phones.pending_updates(TOKEN) > 0)
    }

    /// Looks at what has arrived since the last time.
    pub fn look(&mut self, words: &Words) {
        let (first, seen) = (self.first_chat, self.seen);
        let (people, signs) = (&self.people, &self.signs);
        let news = self.phones.with(|phones, _| {
            let sent = &phones.record().sent[seen..];
            let mut news = Vec::with_capacity(sent.len());
            for effect in sent {
                let Ok(who) = usize::try_from(effect.chat - first) else { continue };
                let Some(person) = people.get(who) else { continue };
                let message = phones.chat(TOKEN, effect.chat).and_then(|chat| chat.message(effect.message_id));
                let Some(message) = message.filter(|message| message.author == Author::Bot) else { continue };
                let lang = &person.diary.lang;
                let lesson = signs.learning(lang, &message.body.text);
                match effect.effect {
                    Effect::Edited => news.push((who, effect.message_id, effect.at, None, lesson)),
                    Effect::New => {
                        let partner = people.get(who ^ 1).map_or("", |partner| partner.diary.name.as_str());
                        let got = signs.read(words, lang, partner, message, effect.at);
                        news.push((who, effect.message_id, effect.at, Some(got), lesson));
                    }
                    Effect::Deleted => {}
                }
            }
            (news, phones.record().sent.len())
        });
        self.seen = news.1;
        for (who, message, at, got, lesson) in news.0 {
            let at = DateTime::from_timestamp_micros(at).unwrap_or_default();
            match lesson {
                Some(Learning::In(lesson)) => self.people[who].lesson = Some(lesson),
                Some(Learning::Over) => {
                    let over = self.people[who].lesson.take();
                    self.people[who].diary.finished.extend(over.map(|lesson| (at, lesson)));
                }
                None => {}
            }
            match got {
                None => self.answered(who, at, Wants::Change(message), message),
                Some(got) => {
                    self.people[who].diary.got.push(got);
                    match got.sort {
                        Sort::Reply => self.answered(who, at, Wants::Message, message),
                        _ => acting::notices(self, who, message, got),
                    }
                }
            }
        }
    }

    /// Somebody did something and waits for its answer.
    pub fn waits(&mut self, who: usize, now: DateTime<Utc>) {
        let person = &mut self.people[who];
        let Some(deed) = person.diary.deeds.len().checked_sub(1) else { return };
        person.waiting = Some(deed);
        self.plan(now + PATIENCE, who, Intent::GiveUp(deed));
    }

    fn answered(&mut self, who: usize, at: DateTime<Utc>, how: Wants, message: i64) {
        let person = &mut self.people[who];
        let deed = person.waiting.and_then(|deed| person.diary.deeds.get_mut(deed));
        let Some(deed) = deed.filter(|deed| deed.wants == how && deed.answered.is_none()) else { return };
        deed.answered = Some(at);
        person.waiting = None;
        if person.moves && person.flow != Flow::Nothing {
            person.screen = message;
            let seconds = acting::thinks(person);
            self.plan(at + TimeDelta::seconds(seconds), who, Intent::GoOn);
        }
    }

    fn away(&self, who: usize, now: DateTime<Utc>) -> bool {
        let diary = &self.people[who].diary;
        diary.away(diary.date(now), now)
    }

    /// Some time at work on the first day on which this person is there again.
    fn back(&mut self, who: usize, now: DateTime<Utc>) -> DateTime<Utc> {
        let person = &mut self.people[who];
        let today = person.diary.date(now);
        let back = today.iter_days().skip(1).take(400).find(|day| works(*day) && !person.diary.away(*day, now));
        person.at_work(back.unwrap_or(today))
    }
}
