//! What a simulation says in the end, to people and to machines.
//!
//! Owns: the figures' order and their words. English, like everything on the command line.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::Settings;
use super::judge::{KINDS, Tally, Verdict};
use super::usage::Usage;

/// Broken rules that are printed in words; the rest is counted.
const SHOWN: usize = 20;

/// The outcome of a simulation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    pub tandems: u32,
    pub weeks: u32,
    pub seed: u64,
    pub faults: &'static str,
    pub kinds: BTreeMap<&'static str, Tally>,
    /// Refused with 429 and 403.
    pub too_many: u64,
    pub blocked: u64,
    /// Everything that people did, and the fewest things that one of them did in a week.
    pub actions: u64,
    pub fewest_actions: usize,
    pub restarts: u32,
    pub lost: u64,
    pub doubled: u64,
    /// What is lost or against the rules, in words.
    pub broken: Vec<String>,
    pub cost: Cost,
}

/// What the run cost; the only part that differs from one run of a seed to the next.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Cost {
    pub wall_seconds: f64,
    pub cpu_seconds: Option<f64>,
    pub peak_mb: Option<f64>,
}

impl Report {
    pub(super) fn new(
        settings: Settings,
        verdict: Verdict,
        actions: u64,
        fewest_actions: usize,
        restarts: u32,
        statuses: &BTreeMap<u16, u64>,
        usage: &Usage,
    ) -> Self {
        let status = |status: u16| statuses.get(&status).copied().unwrap_or(0);
        Self {
            tandems: settings.tandems,
            weeks: settings.weeks,
            seed: settings.seed,
            faults: settings.faults.name(),
            too_many: status(429),
            blocked: status(403),
            actions,
            fewest_actions,
            restarts,
            lost: verdict.lost(),
            doubled: verdict.doubled(),
            broken: verdict.broken,
            kinds: verdict.kinds,
            cost: Cost { wall_seconds: usage.wall(), cpu_seconds: usage.cpu(), peak_mb: Usage::peak_mb() },
        }
    }

    /// Whether nothing is lost and no rule is broken.
    pub fn holds(&self) -> bool {
        self.broken.is_empty() && self.lost == 0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tandems, weeks, seed, faults, .. } = self;
        writeln!(f, "{tandems} tandems, {weeks} weeks, seed {seed}, faults {faults}")?;
        writeln!(
            f,
            "{} actions of people, {:.1} each a week, at least {}; {} restarts",
            self.actions,
            self.actions as f64 / (2.0 * f64::from(*tandems) * f64::from(*weeks)),
            self.fewest_actions,
            self.restarts
        )?;
        writeln!(f)?;
        writeln!(
            f,
            "{:<9}{:>9}{:>9}{:>8}{:>8}{:>6}{:>8}{:>7}{:>6}   late p50, p99, max (s)",
            "kind", "owed", "sent", "merged", "expired", "lost", "doubled", "429", "403"
        )?;
        for (kind, t) in KINDS.iter().filter_map(|kind| Some((kind, self.kinds.get(kind)?))) {
            writeln!(
                f,
                "{kind:<9}{:>9}{:>9}{:>8}{:>8}{:>6}{:>8}{:>7}{:>6}   {:.1}, {:.1}, {:.1}",
                t.owed,
                t.sent,
                t.merged,
                t.expired,
                t.lost,
                t.doubled,
                t.too_many,
                t.blocked,
                t.late_p50,
                t.late_p99,
                t.late_max
            )?;
        }
        writeln!(f)?;
        writeln!(f, "refused by the server: {} with 429, {} with 403", self.too_many, self.blocked)?;
        let cpu = self.cost.cpu_seconds.map_or_else(|| "?".to_owned(), |seconds| format!("{seconds:.1}"));
        let peak = self.cost.peak_mb.map_or_else(|| "?".to_owned(), |mb| format!("{mb:.0}"));
        writeln!(f, "cost: {:.1} s, {cpu} s of CPU time, {peak} MB at most", self.cost.wall_seconds)?;
        for broken in self.broken.iter().take(SHOWN) {
            writeln!(f, "! {broken}")?;
        }
        if let Some(more) = self.broken.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            writeln!(f, "! and {more} more")?;
        }
        match self.holds() {
            true => write!(f, "Nothing is lost, no rule is broken."),
            false => write!(f, "{} lost, {} findings.", self.lost, self.broken.len()),
        }
    }
}
