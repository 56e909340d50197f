//! `tandem simulate`: a round at virtual speed, and how long broadcasts take.

use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};
use tandem::demo::simulate::{Level, Settings, rate_plan, run as run_round};

/// What to simulate.
#[derive(Args)]
pub struct Options {
    /// Number of tandems; each is two people
    #[arg(long, default_value_t = 100)]
    tandems: u32,
    /// Weeks of the course, with two lessons each
    #[arg(long, default_value_t = 12)]
    weeks: u32,
    /// The same seed gives the same round
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What goes wrong: single calls (mild), or also killed processes and a clock that is set (wild)
    #[arg(long, value_enum, default_value_t = Faults::None)]
    faults: Faults,
    /// The figures as JSON
    #[arg(long)]
    json: bool,
    /// Instead: how long a broadcast takes, and what limits it
    #[arg(long, conflicts_with_all = ["tandems", "weeks", "seed", "faults", "json"])]
    rate_plan: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Faults {
    None,
    Mild,
    Wild,
}

/// Simulates, prints, and says by the exit code whether all held.
pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    let faults = match options.faults {
        Faults::None => Level::None,
        Faults::Mild => Level::Mild,
        Faults::Wild => Level::Wild,
    };
    let Options { tandems, weeks, seed, json, .. } = options;
    // The round has a runtime of its own: this one only waits.
    if options.rate_plan {
        let plan = tokio::task::spawn_blocking(rate_plan).await.context("the simulation broke off")??;
        print!("{plan}");
        return Ok(ExitCode::SUCCESS);
    }
    let round = move || run_round(Settings { tandems, weeks, seed, faults });
    let report = tokio::task::spawn_blocking(round).await.context("the simulation broke off")??;
    match json {
        true => println!("{}", serde_json::to_string_pretty(&report)?),
        false => println!("{report}"),
    }
    Ok(if report.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
