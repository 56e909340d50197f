//! What becomes of a message once its sending has been tried.
//!
//! Owns: the outcome of an attempt and, per kind, what follows from it. Does not know how a refusal is
//! worded by a server; the adapter hands over a `Result` of its own kind and `app::deliver` maps it.

use chrono::{DateTime, TimeDelta, Utc};

use super::effect::Kind;

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// Accepted; the id it got (`None` for changes of an older message).
    Accepted(Option<i64>),
    /// Certainly not done; worth another try after this time, if the server named one.
    NotNow(Option<TimeDelta>),
    /// May have been done.
    Unclear,
    /// The person blocked the bot or is gone.
    Shut,
    /// The message to change is gone or too old.
    Gone,
    /// Will never be accepted as it is: our own mistake.
    Refused,
}

/// What the row of the message says afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent(Option<i64>),
    Retry(DateTime<Utc>),
    /// Its time is over.
    Expired,
    /// The person cannot be reached; it is kept back until an unblock is reported, then dropped or sent.
    Unreachable,
    /// It may have arrived, and is not sent again.
    Unknown,
    Failed,
}

/// Whether a message whose fate is unclear goes out again. A lesson or a reply that never comes is worse
/// than one that comes twice; a reminder that comes twice is worse than one that does not come.
pub fn again_when_unclear(kind: Kind) -> bool {
    match kind {
        Kind::Reply | Kind::Lesson | Kind::Cover | Kind::Notice | Kind::News => true,
        // The second time changes nothing.
        Kind::Edit | Kind::Strip | Kind::Unsay => true,
        Kind::Reminder | Kind::Week => false,
    }
}

/// Tries before a message that is refused for no clear reason of time is given up (about two hours).
pub const MAX_TRIES: u32 = 30;

/// Decides what follows from an attempt; `tries` counts this one.
pub fn settle(kind: Kind, attempt: Attempt, tries: u32, now: DateTime<Utc>, expires: Option<DateTime<Utc>>) -> Outcome {
    let retry = |wait: TimeDelta| {
        let at = now + wait;
        match expires {
            Some(end) if at > end => Outcome::Expired,
            _ if tries >= MAX_TRIES => Outcome::Failed,
            _ => Outcome::Retry(at),
        }
    };
    match attempt {
        Attempt::Accepted(id) => Outcome::Sent(id),
        // A wait that the server named is not the message's fault and does not use up its tries.
        Attempt::NotNow(Some(wait)) => match expires {
            Some(end) if now + wait > end => Outcome::Expired,
            _ => Outcome::Retry(now + wait),
        },
        Attempt::NotNow(None) => retry(backoff(tries)),
        Attempt::Unclear if again_when_unclear(kind) => retry(backoff(tries)),
        Attempt::Unclear => Outcome::Unknown,
        Attempt::Shut => Outcome::Unreachable,
        Attempt::Gone | Attempt::Refused => Outcome::Failed,
    }
}

/// Half a second, doubled up to five minutes.
fn backoff(tries: u32) -> TimeDelta {
    let doubled = 500_i64.saturating_mul(1 << tries.saturating_sub(1).min(10));
    TimeDelta::milliseconds(doubled.min(300_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
    }

    #[test]
    fn a_lesson_of_unclear_fate_goes_out_again_and_a_reminder_does_not() {
        assert!(matches!(settle(Kind::Lesson, Attempt::Unclear, 1, noon(), None), Outcome::Retry(_)));
        assert_eq!(settle(Kind::Reminder, Attempt::Unclear, 1, noon(), None), Outcome::Unknown);
    }

    #[test]
    fn a_wait_beyond_the_end_of_use_expires_the_message() {
        let soon = noon() + TimeDelta::seconds(5);
        let wait = Attempt::NotNow(Some(TimeDelta::seconds(30)));
        assert_eq!(settle(Kind::Week, wait, 1, noon(), Some(soon)), Outcome::Expired);
        assert_eq!(settle(Kind::Week, wait, 1, noon(), None), Outcome::Retry(noon() + TimeDelta::seconds(30)));
    }

    #[test]
    fn waits_that_the_server_names_never_use_up_the_tries() {
        let wait = Attempt::NotNow(Some(TimeDelta::seconds(1)));
        assert!(matches!(settle(Kind::Lesson, wait, 10_000, noon(), None), Outcome::Retry(_)));
        assert_eq!(settle(Kind::Lesson, Attempt::NotNow(None), MAX_TRIES, noon(), None), Outcome::Failed);
    }

    #[test]
    fn waiting_grows_to_five_minutes_and_no_further() {
        assert_eq!(backoff(1), TimeDelta::milliseconds(500));
        assert_eq!(backoff(2), TimeDelta::seconds(1));
        assert_eq!(backoff(50), TimeDelta::seconds(300));
    }
}
