//! A whole round at virtual speed: how long it takes, and that nothing is lost in it.

use std::process::Command;

use anyhow::Context;
use serde_json::Value;

use super::program::PROGRAM;
use super::{Figure, figure};

/// The round of the table.
const TANDEMS: &str = "1000";
const WEEKS: &str = "12";

/// With such faults as the server is given.
pub async fn simulated(faults: &'static str) -> anyhow::Result<Vec<Figure>> {
    tokio::task::block_in_place(|| one(faults))
}

fn one(faults: &str) -> anyhow::Result<Vec<Figure>> {
    let options = ["--tandems", TANDEMS, "--weeks", WEEKS, "--seed", "1", "--faults", faults, "--json"];
    // It ends with 1 if anything is lost, and prints its report all the same.
    let done = Command::new(PROGRAM).arg("simulate").args(options).output()?;
    let report: Value = serde_json::from_slice(&done.stdout)
        .with_context(|| format!("no report: {}", String::from_utf8_lossy(&done.stderr)))?;
    let number = |place: &str| report.pointer(place).and_then(Value::as_f64).unwrap_or(f64::NAN);
    let (wall, cpu, peak) = (number("/cost/wall_seconds"), number("/cost/cpu_seconds"), number("/cost/peak_mb"));
    let lost = number("/lost");
    let broken = report["broken"].as_array().map_or(0, Vec::len);
    Ok(vec![
        figure(
            format!("{WEEKS} weeks of {TANDEMS} tandems, faults {faults} (CPU, memory)"),
            format!("{wall:.0} s ({cpu:.0} s, {peak:.0} MB)"),
            "<= 60 s",
            wall <= 60.0,
        ),
        figure(
            "lost in it, and other findings",
            format!("{lost}, {}", broken.saturating_sub(lost as usize)),
            "0",
            done.status.success(),
        ),
    ])
}
