//! How long a broadcast takes, and what would limit it next.
//!
//! Owns: running the real budgets (`domain::pacing`) at virtual time. Nothing is divided: each sending asks for its
//! turn as it does in service.

use super::usage::Usage;
use super::{Level, Settings, run};
use crate::domain::pacing::{Budget, Lane, SendLimits, Verdict};

/// Sizes that are tried.
const SIZES: [u64; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// Sends a second that Telegram allows for nothing, and for money (Bot FAQ, "paid broadcasts").
const FREE: f64 = 30.0;
const PAID: f64 = 1_000.0;

/// A broadcast to so many people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Broadcast {
    pub people: u64,
    pub seconds: f64,
}

impl Broadcast {
    /// Sends one message to each of so many people, as fast as the budgets let it.
    pub fn to(people: u64) -> Self {
        let mut budget = Budget::new(SendLimits::Telegram);
        let mut now = 0_i64;
        for chat in 1..=people.cast_signed() {
            while let Verdict::At(later) = budget.ask(now, chat, Lane::Bulk) {
                now = later;
            }
        }
        Self { people, seconds: now as f64 / 1e6 }
    }

    fn a_second(self) -> f64 {
        self.people as f64 / self.seconds.max(f64::EPSILON)
    }
}

/// The plan as text. Measures on this machine what the program itself can do, which takes some seconds.
///
/// # Errors
/// When the measurement cannot be made.
pub fn rate_plan() -> anyhow::Result<String> {
    let mut text =
        String::from("A broadcast of one message each, nobody writing meanwhile:\n\n    people      time   a second\n");
    for people in SIZES {
        let broadcast = Broadcast::to(people);
        text += &format!("{people:>10}{:>10}{:>11.2}\n", readable(broadcast.seconds), broadcast.a_second());
    }
    text += &format!(
        "\nTelegram allows {FREE:.0} a second for nothing: that is the limit; each reply meanwhile takes one of them.\n"
    );
    let own = own_limit()?;
    text += &format!("Paid broadcasts go up to {PAID:.0} a second. This program does not use them.\n");
    text += &format!(
        "With the strict server in the same process and the database in memory, this machine does {own:.0} sendings for\n\
         each second of CPU time, receiving and deciding included: {} would be the next limit.\n",
        if own > PAID { "Telegram's paid one" } else { "the processor" }
    );
    Ok(text)
}

/// Sendings for each second of CPU time, in a small simulation.
fn own_limit() -> anyhow::Result<f64> {
    let usage = Usage::start();
    let report = run(Settings { tandems: 100, weeks: 2, seed: 1, faults: Level::None })?;
    let sent: u64 = report.kinds.values().map(|tally| tally.sent).sum();
    Ok(sent as f64 / usage.cpu().unwrap_or_else(|| usage.wall()).max(0.01))
}

fn readable(seconds: f64) -> String {
    match seconds.round() as u64 {
        seconds if seconds < 60 => format!("{seconds} s"),
        seconds if seconds < 3_600 => format!("{}:{:02} min", seconds / 60, seconds % 60),
        seconds => format!("{}:{:02} h", seconds / 3_600, seconds % 3_600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broadcast_uses_almost_all_of_what_telegram_allows_and_no_more() {
        for people in [1_000, 10_000] {
            let share = Broadcast::to(people).a_second() / FREE;
            assert!((0.97..=1.0).contains(&share), "{people}: {share}");
        }
    }
}
