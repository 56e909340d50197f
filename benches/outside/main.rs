//! The figures that are seen from outside: the real program, on a database of its own, against the strict server.
//!
//!     cargo bench --bench outside             every row
//!     cargo bench --bench outside -- replies  those whose name begins so
//!
//! Owns: the table of rows with their goals. Each row starts what it needs and ends it. Nothing leaves this machine.
//! Run it alone: whatever else uses the two cores is in the figures.

mod broadcast;
mod growth;
mod losses;
mod program;
mod replies;
mod round;
mod server;
mod size;

use std::future::Future;
use std::pin::Pin;

/// What came out of a row: figures beside their goals.
pub struct Figure {
    what: String,
    measured: String,
    goal: &'static str,
    holds: bool,
}

/// A figure beside its goal.
pub fn figure(what: impl Into<String>, measured: impl Into<String>, goal: &'static str, holds: bool) -> Figure {
    Figure { what: what.into(), measured: measured.into(), goal, holds }
}

type Row = fn() -> Pin<Box<dyn Future<Output = anyhow::Result<Vec<Figure>>>>>;

const ROWS: [(&str, Row); 12] = [
    ("start", || Box::pin(size::start())),
    ("idle", || Box::pin(size::idle())),
    ("pace", || Box::pin(broadcast::pace())),
    ("replies", || Box::pin(replies::at_once())),
    ("kill", || Box::pin(losses::killed_half_way())),
    ("doubled", || Box::pin(losses::killed_under_load())),
    ("faults", || Box::pin(losses::errors_and_cuts())),
    ("flat", || Box::pin(broadcast::first_of_many())),
    ("memory", || Box::pin(size::after_a_broadcast())),
    ("growth", || Box::pin(growth::growth())),
    ("simulate-none", || Box::pin(round::simulated("none"))),
    ("simulate-wild", || Box::pin(round::simulated("wild"))),
];

fn main() -> anyhow::Result<()> {
    let asked: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    println!("{:<58} {:>26}   {:<22}", "what", "measured", "goal");
    let mut missed = 0;
    for (name, row) in ROWS {
        if !asked.is_empty() && !asked.iter().any(|asked| name.starts_with(asked.as_str())) {
            continue;
        }
        for figure in runtime.block_on(row())? {
            let mark = if figure.holds { ' ' } else { '!' };
            println!("{:<58} {:>26} {mark} {:<22}", figure.what, figure.measured, figure.goal);
            missed += usize::from(!figure.holds);
        }
    }
    println!("{}", if missed == 0 { "every goal is reached".to_owned() } else { format!("{missed} missed (!)") });
    Ok(())
}
