//! What happened, for tests and benchmarks: every effect with its time, and how often each outcome came.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// A message reached a chat, or one there was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    pub bot: i64,
    pub chat: i64,
    pub message_id: i64,
    /// Micros.
    pub at: i64,
    pub effect: Effect,
}

/// What a call did to a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    New,
    Edited,
    Deleted,
}

/// The counters.
#[derive(Debug, Default)]
pub struct Record {
    /// Every effect, in order.
    pub sent: Vec<Sent>,
    /// Answers by status; calls whose answer was cut are counted by what it would have been.
    pub by_status: BTreeMap<u16, u64>,
    pub by_method: BTreeMap<&'static str, u64>,
    pub dropped_before: u64,
    pub dropped_after: u64,
    pub delayed: u64,
    /// Calls that never get an answer.
    pub held: u64,
    /// Entities beyond the hundredth, which lost their effect.
    pub cut_entities: u64,
    /// Messages refused with 429, by how often.
    pub too_many: u64,
}

impl Record {
    pub(super) fn count(&mut self, method: &'static str, status: u16) {
        *self.by_status.entry(status).or_default() += 1;
        *self.by_method.entry(method).or_default() += 1;
        if status == 429 {
            self.too_many += 1;
        }
    }

    /// How many messages arrived.
    pub fn messages(&self) -> usize {
        self.sent.iter().filter(|s| s.effect == Effect::New).count()
    }

    pub(super) fn to_json(&self, peak: usize, expired: u64) -> Value {
        let statuses: BTreeMap<String, u64> = self.by_status.iter().map(|(s, n)| (s.to_string(), *n)).collect();
        let of = |effect| self.sent.iter().filter(|s| s.effect == effect).count();
        json!({
            "statuses": statuses, "methods": self.by_method,
            "messages": of(Effect::New), "edits": of(Effect::Edited), "deletes": of(Effect::Deleted),
            "too_many": self.too_many, "peak_per_second": peak,
            "dropped_before": self.dropped_before, "dropped_after": self.dropped_after, "delayed": self.delayed, "held": self.held,
            "cut_entities": self.cut_entities, "expired_updates": expired,
        })
    }
}
