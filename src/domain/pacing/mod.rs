//! When the next message may leave, so that the chat program never has to refuse one.
//!
//! Owns: the budgets overall and per chat, replies before bulk, and what a refusal (429) pauses. Does not know
//! queues, networks or clocks: whoever wants to send asks with the time in microseconds, and is told to go or
//! when to ask again. Time may step back; it then counts as standing still until it moves on.

mod overall;
mod per_chat;
#[cfg(test)]
mod tests;

use self::overall::Overall;
use self::per_chat::PerChat;

/// Microseconds in a second: the unit of every time here.
const SECOND: i64 = 1_000_000;

/// What a step of the clock counts for at most: after it every budget is full anyway.
const LONGEST_STEP: i64 = 24 * 3600 * SECOND;

/// Refusals of two chats within this time mean that it is not about one chat.
const REFUSALS_TOGETHER: i64 = 10 * SECOND;

/// Which of two queues a message stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Answers to what somebody just did, edits included.
    Reply,
    /// What nobody is waiting for: lessons, reminders, announcements.
    Bulk,
}

/// The answer to [`Budget::ask`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Send it now; it is counted.
    Go,
    /// Nothing was counted; ask again at this time (microseconds, later than now).
    At(i64),
}

/// Whose limits hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendLimits {
    /// Telegram's: about thirty a second, one a second to a person, twenty a minute to a group (Bot FAQ).
    Telegram,
    /// None: a server of one's own. Its refusals are honoured all the same.
    Off,
}

/// All budgets of one bot.
#[derive(Debug)]
pub struct Budget {
    limits: SendLimits,
    clock: Steady,
    overall: Overall,
    chats: PerChat,
    /// Until when the bulk lane rests after refusals.
    bulk_paused_until: i64,
    /// The chat last refused, and when.
    last_refusal: Option<(i64, i64)>,
}

impl Budget {
    pub fn new(limits: SendLimits) -> Self {
        Self {
            limits,
            clock: Steady::default(),
            overall: Overall::new(),
            chats: PerChat::default(),
            bulk_paused_until: 0,
            last_refusal: None,
        }
    }

    /// Asks whether a message to `chat` (negative: a group) may leave now. `Go` is counted at once, so it
    /// must be sent.
    pub fn ask(&mut self, now: i64, chat: i64, lane: Lane) -> Verdict {
        let steady = self.clock.at(now);
        match self.free_at(steady, chat, lane) {
            at if at <= steady => {
                if self.limits == SendLimits::Telegram {
                    self.overall.count(steady, chat, lane);
                    self.chats.count(steady, chat);
                }
                Verdict::Go
            }
            at => Verdict::At(now.saturating_add(at - steady)),
        }
    }

    /// Notes that a message was refused with "too many requests" and a time to wait. The chat rests for that
    /// time. The bulk lane does too if a reply was refused, or another chat just before: then it is not
    /// about this chat. Replies to others never rest.
    pub fn refused(&mut self, now: i64, chat: i64, retry_after_micros: i64, lane: Lane) {
        let steady = self.clock.at(now);
        let until = steady.saturating_add(retry_after_micros.max(1));
        self.chats.pause(steady, chat, until);
        let others_too = self.last_refusal.is_some_and(|(other, at)| other != chat && steady - at <= REFUSALS_TOGETHER);
        if lane == Lane::Reply || others_too {
            self.bulk_paused_until = self.bulk_paused_until.max(until);
        }
        self.last_refusal = Some((chat, steady));
    }

    /// Goes on for a process that sent until a second ago: whoever seems new here may have had messages from it.
    pub fn take_over(&mut self, now: i64) {
        let steady = self.clock.at(now);
        self.chats.take_over(steady);
    }

    /// Keeps bulk back for a while: another process may just have used up this second's budget.
    pub fn rest_bulk(&mut self, now: i64, micros: i64) {
        let steady = self.clock.at(now);
        self.bulk_paused_until = self.bulk_paused_until.max(steady.saturating_add(micros));
    }

    /// When the message may leave, in steady time; now or earlier means now.
    fn free_at(&mut self, now: i64, chat: i64, lane: Lane) -> i64 {
        let rests = match lane {
            Lane::Reply => self.chats.paused_until(chat),
            Lane::Bulk => self.chats.paused_until(chat).max(self.bulk_paused_until),
        };
        if self.limits == SendLimits::Off {
            return rests;
        }
        match rests.max(self.chats.free_at(now, chat, lane)) {
            at if at > now => at,
            _ => self.overall.free_at(now, chat, lane),
        }
    }
}

/// A clock that never steps back: it runs with the one outside, and stands while that one is turned back.
#[derive(Debug, Default)]
struct Steady {
    last: Option<i64>,
    time: i64,
}

impl Steady {
    fn at(&mut self, now: i64) -> i64 {
        let passed = self.last.map_or(0, |last| now.saturating_sub(last).clamp(0, LONGEST_STEP));
        self.last = Some(now);
        self.time += passed;
        self.time
    }
}
