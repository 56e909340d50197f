//! The budgets of single chats: about one message a second to a person, twenty a minute to a group.
//!
//! A bucket each, kept as the time at which it would be full again; a full bucket is forgotten.

use std::collections::BTreeMap;

use super::{Lane, SECOND};

/// Messages that a person takes at once before it is one a second; bots see Telegram tolerate short bursts.
const PERSON_BURST: i64 = 4;

/// Messages that a group takes at once.
const GROUP_BURST: i64 = 3;

/// One message a second to one person (Telegram's Bot FAQ: "avoid sending more than one message per second").
const PERSON_REFILL: i64 = SECOND;

/// Three at once and then one in 3.4 seconds are the twenty a minute that a group takes (Bot FAQ).
const GROUP_REFILL: i64 = 3_400_000;

/// Chats kept before the first look for those that can be forgotten.
const LEAST_KEPT: usize = 64;

#[derive(Debug, Default)]
pub(super) struct PerChat {
    chats: BTreeMap<i64, Chat>,
    /// How many chats there were when the forgettable ones were last dropped.
    kept: usize,
    /// When another process sent last, if this one took over from it.
    taken_over: Option<i64>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Chat {
    /// When the bucket is full again.
    full_at: i64,
    paused_until: i64,
}

impl PerChat {
    pub fn paused_until(&self, chat: i64) -> i64 {
        self.chats.get(&chat).map_or(0, |chat| chat.paused_until)
    }

    /// When the bucket has a message for this lane; now or earlier means now. Bulk leaves the last one to replies.
    pub fn free_at(&self, now: i64, chat: i64, lane: Lane) -> i64 {
        let at_once = match lane {
            Lane::Reply => burst(chat),
            Lane::Bulk => burst(chat) - 1,
        };
        let known = self.chats.get(&chat).map_or(now, |chat| chat.full_at);
        let full_at = known.max(self.unknown_full_at(chat));
        full_at - (at_once - 1) * refill(chat)
    }

    pub fn count(&mut self, now: i64, chat: i64) {
        let unknown = self.unknown_full_at(chat);
        let state = self.entry(now, chat);
        state.full_at = state.full_at.max(unknown).max(now) + refill(chat);
    }

    pub fn pause(&mut self, now: i64, chat: i64, until: i64) {
        let state = self.entry(now, chat);
        state.paused_until = state.paused_until.max(until);
    }

    /// From here on not quite two messages are left for each chat, whatever was known before. At worst none remained;
    /// one has come back in the second since, one is the margin between our four and what servers take, and the
    /// quarter less is for messages that arrive closer together than they left.
    pub fn take_over(&mut self, now: i64) {
        self.taken_over = Some(now);
    }

    fn unknown_full_at(&self, chat: i64) -> i64 {
        self.taken_over.map_or(i64::MIN, |at| at + (burst(chat) - 2) * refill(chat) + refill(chat) / 4)
    }

    /// A chat's state. Before the number doubles, full buckets are dropped, so that memory follows the chats
    /// of the last seconds, and each drop is paid for by as many new chats.
    fn entry(&mut self, now: i64, chat: i64) -> &mut Chat {
        if self.chats.len() >= LEAST_KEPT.max(2 * self.kept) {
            self.chats.retain(|_, chat| chat.full_at > now || chat.paused_until > now);
            self.kept = self.chats.len();
        }
        self.chats.entry(chat).or_default()
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.chats.len()
    }
}

fn burst(chat: i64) -> i64 {
    if chat < 0 { GROUP_BURST } else { PERSON_BURST }
}

/// Groups and channels have negative ids.
fn refill(chat: i64) -> i64 {
    if chat < 0 { GROUP_REFILL } else { PERSON_REFILL }
}
