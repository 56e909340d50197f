//! Whoever writes or presses too much is answered once and then ignored until the minute is over.
//!
//! Owns: the count per chat, in memory. It protects the budget of all others; nothing is stored about it.

use std::collections::HashMap;
use std::sync::Mutex;

/// Texts that one person may send in a minute (the outside contract).
const PER_MINUTE: u32 = 30;

/// Presses in a minute: four a second, for a whole minute, are no thumb. They are cheap, and lessons are walked by them.
const PRESSES_PER_MINUTE: u32 = 240;

const MINUTE: i64 = 60_000_000;

/// Chats remembered at most; beyond that the oldest minutes are forgotten.
const REMEMBERED: usize = 50_000;

/// What is counted, each by itself: whoever presses much may still write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Heard {
    Text,
    Press,
}

/// What to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Fine,
    /// The first one too many: say so.
    Enough,
    /// Not another word until the minute is over.
    Silent,
}

/// Counts per chat.
#[derive(Debug)]
pub struct Flood {
    on: bool,
    counts: Mutex<HashMap<(i64, Heard), (i64, u32)>>,
}

impl Flood {
    /// A limit, or none for one's own server.
    pub fn new(on: bool) -> Self {
        Self { on, counts: Mutex::new(HashMap::new()) }
    }

    /// Counts what came from a chat; `now` is when it was written, in microseconds.
    pub fn count(&self, chat: i64, heard: Heard, now: i64) -> Verdict {
        if !self.on {
            return Verdict::Fine;
        }
        let mut counts = self.counts.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if counts.len() >= REMEMBERED {
            counts.retain(|_, (since, _)| (0..MINUTE).contains(&(now - *since)));
        }
        let (since, count) = counts.entry((chat, heard)).or_insert((now, 0));
        // A clock that was set back starts a new minute too.
        if !(0..MINUTE).contains(&(now - *since)) {
            (*since, *count) = (now, 0);
        }
        *count += 1;
        let limit = match heard {
            Heard::Text => PER_MINUTE,
            Heard::Press => PRESSES_PER_MINUTE,
        };
        match *count {
            n if n <= limit => Verdict::Fine,
            n if n == limit + 1 => Verdict::Enough,
            _ => Verdict::Silent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thirty_first_text_is_answered_once_and_a_minute_later_all_is_well() {
        let flood = Flood::new(true);
        for _ in 0..30 {
            assert_eq!(flood.count(1, Heard::Text, 0), Verdict::Fine);
        }
        assert_eq!(flood.count(1, Heard::Text, 1), Verdict::Enough);
        assert_eq!(flood.count(1, Heard::Text, 2), Verdict::Silent);
        assert_eq!(flood.count(2, Heard::Text, 2), Verdict::Fine, "others are not hurt");
        assert_eq!(flood.count(1, Heard::Text, MINUTE), Verdict::Fine);
    }

    #[test]
    fn presses_have_a_limit_of_their_own() {
        let flood = Flood::new(true);
        for _ in 0..PRESSES_PER_MINUTE {
            assert_eq!(flood.count(1, Heard::Press, 0), Verdict::Fine);
        }
        assert_eq!(flood.count(1, Heard::Press, 1), Verdict::Enough);
        assert_eq!(flood.count(1, Heard::Press, 2), Verdict::Silent);
        assert_eq!(flood.count(1, Heard::Text, 2), Verdict::Fine, "the person may still write");
        assert_eq!(flood.count(2, Heard::Press, 2), Verdict::Fine, "others are not hurt");
        assert_eq!(flood.count(1, Heard::Press, MINUTE), Verdict::Fine);
    }

    #[test]
    fn a_clock_set_back_does_not_silence_anybody_for_hours() {
        let flood = Flood::new(true);
        for _ in 0..40 {
            flood.count(1, Heard::Text, 10 * MINUTE);
        }
        assert_eq!(flood.count(1, Heard::Text, 0), Verdict::Fine);
    }
}
