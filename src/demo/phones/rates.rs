//! How fast a bot may send: overall, to one person, to one group.
//!
//! Telegram states no exact figures ("about one message a second to a chat, 20 a minute to a group, about 30 a
//! second overall"; Bot FAQ). The model is the strict reading: no sliding second with more than 30 for a bot; in a
//! private chat a bucket of five that refills by one a second; in a group no sliding minute with more than 20.
//! What is refused costs nothing. All functions of `now`, in microseconds.

use std::collections::VecDeque;

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;

/// The figures in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Sends and edits of one bot in any sliding second.
    pub overall: usize,
    /// How many messages a private chat takes at once.
    pub burst: u32,
    /// Messages to one group in any sliding minute.
    pub group: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { overall: 30, burst: 5, group: 20 }
    }
}

/// One bot's sends of the last second; also measures how many there were at most.
#[derive(Debug, Default)]
pub struct BotPace {
    recent: VecDeque<i64>,
    peak: usize,
}

/// What a chat has taken lately.
#[derive(Debug)]
pub enum ChatPace {
    /// Micro-messages in the bucket (a message costs a million), and when that was so.
    Private {
        level: i64,
        at: i64,
    },
    Group {
        recent: VecDeque<i64>,
    },
}

impl BotPace {
    /// Most sends that any sliding second saw.
    pub fn peak(&self) -> usize {
        self.peak
    }

    /// Measures anew from here.
    pub fn forget_peak(&mut self) {
        self.peak = 0;
    }

    /// Micros until one more fits into the second, if none does now.
    fn wait(&mut self, now: i64, limits: &Limits) -> Option<i64> {
        self.forget(now);
        let too_many = self.recent.len().checked_sub(limits.overall)?;
        self.recent.get(too_many).map(|first| first + SECOND - now)
    }

    fn take(&mut self, now: i64) {
        self.forget(now);
        self.recent.push_back(now);
        self.peak = self.peak.max(self.recent.len());
    }

    fn forget(&mut self, now: i64) {
        while self.recent.front().is_some_and(|first| first + SECOND <= now) {
            self.recent.pop_front();
        }
    }
}

impl ChatPace {
    pub fn private(limits: &Limits) -> Self {
        ChatPace::Private { level: i64::from(limits.burst) * SECOND, at: 0 }
    }

    pub fn group() -> Self {
        ChatPace::Group { recent: VecDeque::new() }
    }

    fn wait(&mut self, now: i64, limits: &Limits) -> Option<i64> {
        match self {
            ChatPace::Private { level, at } => {
                let full = i64::from(limits.burst) * SECOND;
                // A second refills one message: a micro of time is a micro-message.
                *level = (*level + now.saturating_sub(*at).clamp(0, full)).min(full);
                *at = now;
                (*level < SECOND).then_some(SECOND - *level)
            }
            ChatPace::Group { recent } => {
                while recent.front().is_some_and(|first| first + MINUTE <= now) {
                    recent.pop_front();
                }
                let too_many = recent.len().checked_sub(limits.group)?;
                recent.get(too_many).map(|first| first + MINUTE - now)
            }
        }
    }

    fn take(&mut self, now: i64) {
        match self {
            ChatPace::Private { level, .. } => *level -= SECOND,
            ChatPace::Group { recent } => recent.push_back(now),
        }
    }
}

/// Takes one message's room, or says after how many seconds to ask again. Without limits it only counts.
pub fn admit(bot: &mut BotPace, chat: &mut ChatPace, limits: Option<&Limits>, now: i64) -> Result<(), u32> {
    if let Some(limits) = limits {
        if let Some(wait) = bot.wait(now, limits).max(chat.wait(now, limits)) {
            let seconds = wait.max(1).saturating_add(SECOND - 1) / SECOND;
            return Err(u32::try_from(seconds).unwrap_or(u32::MAX));
        }
        chat.take(now);
    }
    bot.take(now);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn asks(chat: &mut ChatPace, bot: &mut BotPace, at: i64) -> Result<(), u32> {
        admit(bot, chat, Some(&Limits::default()), at)
    }

    #[test]
    fn a_private_chat_takes_five_at_once_and_then_one_a_second() {
        let (mut chat, mut bot) = (ChatPace::private(&Limits::default()), BotPace::default());
        let start = 1_000 * SECOND;
        for _ in 0..5 {
            assert_eq!(asks(&mut chat, &mut bot, start), Ok(()));
        }
        assert_eq!(asks(&mut chat, &mut bot, start), Err(1));
        assert_eq!(asks(&mut chat, &mut bot, start + SECOND - 1), Err(1));
        assert_eq!(asks(&mut chat, &mut bot, start + SECOND), Ok(()));
        assert_eq!(asks(&mut chat, &mut bot, start + SECOND), Err(1));
    }

    #[test]
    fn a_group_takes_twenty_a_minute() {
        let (mut chat, mut bot) = (ChatPace::group(), BotPace::default());
        for n in 0..20 {
            assert_eq!(asks(&mut chat, &mut bot, n * SECOND), Ok(()));
        }
        assert_eq!(asks(&mut chat, &mut bot, 20 * SECOND), Err(40));
        assert_eq!(asks(&mut chat, &mut bot, 60 * SECOND), Ok(()));
    }

    #[test]
    fn without_limits_everything_passes_and_is_counted() {
        let (mut chat, mut bot) = (ChatPace::private(&Limits::default()), BotPace::default());
        for _ in 0..100 {
            assert_eq!(admit(&mut bot, &mut chat, None, 5), Ok(()));
        }
        assert_eq!(bot.peak(), 100);
    }

    proptest! {
        #[test]
        fn no_sliding_second_accepts_more_than_thirty(
            gaps in prop::collection::vec(0_i64..200_000, 1..400),
            chats in prop::collection::vec(0_usize..40, 400),
        ) {
            let mut bot = BotPace::default();
            let mut paces: Vec<ChatPace> = (0..40).map(|_| ChatPace::private(&Limits::default())).collect();
            let (mut now, mut accepted) = (0, Vec::new());
            for (gap, chat) in gaps.iter().zip(chats) {
                now += gap / 7;
                match asks(&mut paces[chat], &mut bot, now) {
                    Ok(()) => accepted.push(now),
                    Err(wait) => prop_assert!(wait >= 1),
                }
            }
            for (n, first) in accepted.iter().enumerate() {
                let within = accepted[n..].iter().filter(|at| **at < first + SECOND).count();
                prop_assert!(within <= 30, "{within} in a second");
            }
            prop_assert!(bot.peak() <= 30);
        }

        #[test]
        fn who_waits_as_told_is_taken(bursts in prop::collection::vec(1_usize..40, 1..10)) {
            let (mut bot, mut chat, mut now) = (BotPace::default(), ChatPace::private(&Limits::default()), 0);
            for burst in bursts {
                for _ in 0..burst {
                    if let Err(wait) = asks(&mut chat, &mut bot, now) {
                        now += i64::from(wait) * SECOND;
                        prop_assert_eq!(asks(&mut chat, &mut bot, now), Ok(()));
                    }
                }
            }
        }
    }
}
