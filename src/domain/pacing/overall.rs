//! The budget of all chats together: never more than thirty in any sliding second.
//!
//! Two rules, because one cannot do both. A window over the last thirty sends is the hard limit, for both
//! lanes. Bulk is spread evenly on top, just below that limit, so that a slot falls free every few
//! hundredths of a second and a reply never finds a whole second spent. Replies push bulk back by their
//! share, wait for nothing but the window, and are not overtaken by replies that ask later.

use std::collections::VecDeque;

use super::{Lane, SECOND};

/// Sends in any sliding second (Telegram's Bot FAQ: "no more than 30 messages per second").
const LIMIT: usize = 30;

/// The window in which [`LIMIT`] is kept. The hundredth over a second is for the network, which may let
/// two messages arrive closer together than they left.
const WINDOW: i64 = SECOND + SECOND / 100;

/// Time between two bulk sends: 0.98 of the limit, so that bulk alone never fills the window.
const BULK_SPACING: i64 = 34_000;

/// How many bulk sends may be made up for after a delay of the sender's own.
const CATCH_UP: i64 = 3 * BULK_SPACING;

/// Bulk that has waited so long gets the next slot even before replies: nobody starves.
const BULK_PATIENCE: i64 = SECOND;

/// A reply that does not come back so long after its turn has given up, and so has bulk.
const GIVES_UP: i64 = SECOND / 5;

/// Replies whose turns are kept. Those beyond take theirs as they come.
const MOST_WAITING: usize = 64;

#[derive(Debug)]
pub(super) struct Overall {
    /// The sends of the last window, oldest first.
    sends: VecDeque<i64>,
    /// When bulk is next due by its spacing.
    bulk_due: i64,
    /// Replies that were told to come back: chat, and until when their turn is kept.
    waiting: Vec<(i64, i64)>,
    /// Since when bulk has been asking in vain, and until when it is expected back.
    bulk_waits: Option<(i64, i64)>,
}

impl Overall {
    pub fn new() -> Self {
        Self { sends: VecDeque::with_capacity(LIMIT), bulk_due: i64::MIN, waiting: Vec::new(), bulk_waits: None }
    }

    /// When a message may leave; now or earlier means now. Keeps its turn if it has to wait.
    pub fn free_at(&mut self, now: i64, chat: i64, lane: Lane) -> i64 {
        self.forget(now);
        match lane {
            Lane::Reply => self.reply_free_at(now, chat),
            Lane::Bulk => self.bulk_free_at(now),
        }
    }

    /// Counts a send.
    pub fn count(&mut self, now: i64, chat: i64, lane: Lane) {
        self.forget(now);
        self.sends.push_back(now);
        let due = self.bulk_due.max(now - CATCH_UP) + BULK_SPACING;
        self.bulk_due = due.min(now + WINDOW);
        match lane {
            Lane::Reply => self.waiting.retain(|(waiting, _)| *waiting != chat),
            Lane::Bulk => self.bulk_waits = None,
        }
    }

    fn reply_free_at(&mut self, now: i64, chat: i64) -> i64 {
        // Whoever has a turn takes the next slot; whoever has none leaves a slot to each who has.
        let place = self.waiting.iter().position(|(waiting, _)| *waiting == chat);
        let ahead = if place.is_some() { 0 } else { self.waiting.len() } + usize::from(self.bulk_is_starving(now));
        let at = self.slot_free_at(ahead, now);
        if at > now {
            match place {
                Some(place) => self.waiting[place].1 = at + GIVES_UP,
                None if self.waiting.len() < MOST_WAITING => self.waiting.push((chat, at + GIVES_UP)),
                None => {}
            }
        }
        at
    }

    fn bulk_free_at(&mut self, now: i64) -> i64 {
        let at = if self.bulk_is_starving(now) {
            self.slot_free_at(0, now)
        } else {
            self.bulk_due.max(self.slot_free_at(self.waiting.len(), now))
        };
        if at > now {
            let since = self.bulk_waits.map_or(now, |(since, _)| since);
            self.bulk_waits = Some((since, at + GIVES_UP));
        }
        at
    }

    fn bulk_is_starving(&self, now: i64) -> bool {
        self.bulk_waits.is_some_and(|(since, _)| now - since >= BULK_PATIENCE)
    }

    /// When a slot is free besides so many that are others'.
    fn slot_free_at(&self, others: usize, now: i64) -> i64 {
        let free = LIMIT.saturating_sub(self.sends.len());
        match others.min(LIMIT - 1).checked_sub(free) {
            None => now,
            // One of the sends must leave the window, and one more for each of the others beyond the free slots.
            Some(more) => self.sends.get(more).map_or(now, |send| send + WINDOW),
        }
    }

    fn forget(&mut self, now: i64) {
        while self.sends.front().is_some_and(|send| now - send >= WINDOW) {
            self.sends.pop_front();
        }
        self.waiting.retain(|(_, until)| *until >= now);
        self.bulk_waits = self.bulk_waits.filter(|(_, until)| *until >= now);
    }
}
