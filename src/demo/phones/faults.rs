//! Misfortune on request: what goes wrong with a call, by chance (seeded) or by a list.
//!
//! Owns: the choice. What each fault does is done by the mouths: in process it becomes a refusal, over HTTP a
//! connection is really cut.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

/// Shares of calls (0.0–1.0) that meet a fault, and a list of certain ones.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    pub seed: u64,
    /// 5xx, nothing done.
    pub server_error: f64,
    /// The connection is cut before anything is done.
    pub drop_before: f64,
    /// It is done, then the connection is cut.
    pub drop_after: f64,
    /// It is done, the answer comes late.
    pub delay: f64,
    /// How late, at most.
    pub delay_ms: u64,
    /// 429, nothing done.
    pub too_many: f64,
    /// What the 429 asks for.
    pub retry_after: u32,
    /// Certain faults; the first that fits a call is used up before chance is asked.
    pub scripted: Vec<Scripted>,
}

/// A fault for the next calls of a kind.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scripted {
    /// Only this method, in any case of letters; any if absent.
    #[serde(default)]
    pub method: Option<String>,
    /// Only this chat; any if absent.
    #[serde(default)]
    pub chat: Option<i64>,
    /// How many fitting calls go well first.
    #[serde(default)]
    pub after: u32,
    /// How many calls.
    #[serde(default = "once")]
    pub times: u32,
    pub fault: Fault,
}

fn once() -> u32 {
    1
}

/// One thing that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    ServerError(u16),
    DropBefore,
    DropAfter,
    DelayMs(u64),
    TooMany(u32),
    /// Nothing is done, and no answer ever comes.
    HoldBefore,
    /// It is done, and no answer ever comes.
    HoldAfter,
}

impl Faults {
    /// What a bad day looks like: 2 % errors, 2 % cut connections (half of them after the effect).
    pub fn mild(seed: u64) -> Self {
        Self { seed, server_error: 0.02, drop_before: 0.01, drop_after: 0.01, ..Self::default() }
    }

    /// What nobody should see: a fifth of all calls go wrong.
    pub fn wild(seed: u64) -> Self {
        Self {
            seed,
            server_error: 0.08,
            drop_before: 0.05,
            drop_after: 0.05,
            too_many: 0.02,
            retry_after: 2,
            ..Self::default()
        }
    }

    /// Whether the shares are shares.
    pub fn check(&self) -> Result<(), String> {
        let shares = [
            ("server_error", self.server_error),
            ("drop_before", self.drop_before),
            ("drop_after", self.drop_after),
            ("delay", self.delay),
            ("too_many", self.too_many),
        ];
        if let Some((name, _)) = shares.iter().find(|(_, share)| !(0.0..=1.0).contains(share)) {
            return Err(format!("\"{name}\" must be between 0 and 1"));
        }
        let sum: f64 = shares.iter().map(|(_, share)| share).sum();
        if sum > 1.0 + 1e-9 {
            return Err("the shares of all faults together must not exceed 1".into());
        }
        let wrong = |f: &Scripted| matches!(f.fault, Fault::ServerError(status) if !(500..=599).contains(&status));
        if self.scripted.iter().any(wrong) {
            return Err("a scripted server_error must be 500 to 599".into());
        }
        Ok(())
    }
}

/// The faults in force and the dice.
#[derive(Debug)]
pub struct FaultPlan {
    faults: Faults,
    dice: ChaCha8Rng,
}

impl FaultPlan {
    pub fn new(faults: Faults) -> Self {
        let dice = ChaCha8Rng::seed_from_u64(faults.seed);
        Self { faults, dice }
    }

    /// What goes wrong with this call, if anything.
    pub fn next(&mut self, method: &str, chat: Option<i64>) -> Option<Fault> {
        if let Some(fault) = self.scripted(method, chat) {
            return Some(fault);
        }
        let f = &self.faults;
        if f.server_error + f.drop_before + f.drop_after + f.delay + f.too_many <= 0.0 {
            return None;
        }
        let (delay_ms, retry_after) = (f.delay_ms, f.retry_after.max(1));
        let shares = [f.server_error, f.drop_before, f.drop_after, f.delay, f.too_many];
        let mut left: f64 = self.dice.random();
        let chosen = shares.iter().position(|share| {
            left -= share;
            left < 0.0
        })?;
        Some(match chosen {
            0 => Fault::ServerError([500, 502, 503, 504][self.dice.random_range(0..4)]),
            1 => Fault::DropBefore,
            2 => Fault::DropAfter,
            3 => Fault::DelayMs(self.dice.random_range(0..=delay_ms)),
            _ => Fault::TooMany(retry_after),
        })
    }

    fn scripted(&mut self, method: &str, chat: Option<i64>) -> Option<Fault> {
        let fits = |s: &Scripted| {
            s.method.as_ref().is_none_or(|m| m.eq_ignore_ascii_case(method)) && (s.chat.is_none() || s.chat == chat)
        };
        self.faults.scripted.retain(|s| s.times > 0);
        let found = self.faults.scripted.iter_mut().find(|s| fits(s))?;
        if found.after > 0 {
            found.after -= 1;
            return None;
        }
        found.times -= 1;
        Some(found.fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripted_faults_are_used_up_in_order() {
        let script = |method: Option<&str>, chat, times, fault| Scripted {
            method: method.map(str::to_owned),
            chat,
            after: 0,
            times,
            fault,
        };
        let mut plan = FaultPlan::new(Faults {
            scripted: vec![
                script(Some("SendMessage"), Some(7), 2, Fault::DropAfter),
                script(None, None, 1, Fault::TooMany(3)),
            ],
            ..Faults::default()
        });
        assert_eq!(plan.next("sendMessage", Some(7)), Some(Fault::DropAfter));
        assert_eq!(plan.next("sendMessage", Some(8)), Some(Fault::TooMany(3)));
        assert_eq!(plan.next("sendMessage", Some(8)), None);
        assert_eq!(plan.next("sendMessage", Some(7)), Some(Fault::DropAfter));
        assert_eq!(plan.next("sendMessage", Some(7)), None);
    }

    #[test]
    fn a_scripted_fault_may_let_some_calls_go_well_first() {
        let third = Scripted { method: None, chat: None, after: 2, times: 1, fault: Fault::HoldBefore };
        let mut plan = FaultPlan::new(Faults { scripted: vec![third], ..Faults::default() });
        let met: Vec<_> = (0..4).map(|_| plan.next("sendMessage", None)).collect();
        assert_eq!(met, [None, None, Some(Fault::HoldBefore), None]);
    }

    #[test]
    fn the_same_seed_brings_the_same_misfortune_at_the_asked_rate() {
        let run = |seed| {
            let mut plan = FaultPlan::new(Faults::wild(seed));
            (0..10_000).map(|_| plan.next("sendMessage", Some(1))).collect::<Vec<_>>()
        };
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
        let share = run(1).iter().flatten().count() as f64 / 10_000.0;
        assert!((0.17..0.23).contains(&share), "{share}");
    }

    #[test]
    fn shares_are_checked() {
        assert!(Faults::mild(1).check().is_ok());
        assert!(Faults { drop_after: 1.2, ..Faults::default() }.check().is_err());
        assert!(Faults { drop_after: 0.7, delay: 0.7, ..Faults::default() }.check().is_err());
        assert!(Faults { delay: f64::NAN, ..Faults::default() }.check().is_err());
    }

    #[test]
    fn faults_are_read_from_json() {
        let text = r#"{"seed": 4, "drop_after": 0.5,
            "scripted": [{"method": "sendMessage", "times": 2, "fault": {"server_error": 502}}, {"fault": "drop_before"}]}"#;
        let read: Faults = serde_json::from_str(text).unwrap();
        assert_eq!(read.scripted[0].fault, Fault::ServerError(502));
        assert_eq!(read.scripted[1].times, 1);
        assert!(serde_json::from_str::<Faults>(r#"{"drop": 1}"#).is_err());
    }
}
