//! Entries kept and answered: how many a second, and what they cost.

use super::program::{Limits, Medium, Place};
use super::server::{Server, Writers, percentile};
use super::{Figure, figure};

/// Synthetic people; each writes a few times.
const PEOPLE: u32 = 8_000;

/// People who write at once.
const AT_ONCE: usize = 64;

/// Texts that are measured, after some that are not.
const TEXTS: u32 = 40_000;

/// `1 min`, kept, answered; in memory and on the disk.
pub async fn at_once() -> anyhow::Result<Vec<Figure>> {
    tokio::task::block_in_place(|| {
        let mut figures = Vec::new();
        for (medium, name, goal, floor) in [
            (Medium::Memory, "in memory", ">= 10,000", 10_000.0),
            (Medium::Disk, "on disk, synchronous=FULL", ">= 6,000", 6_000.0),
        ] {
            let (place, _) = Place::with_round(medium, PEOPLE / 2)?;
            let runtime = tokio::runtime::Handle::current();
            let server = runtime.block_on(Server::start(PEOPLE, None))?;
            let service = place.serve(&server.api, Limits::Off)?;
            let mut writers = Writers::new(&server, PEOPLE);
            writers.write(AT_ONCE, 2_000)?;
            writers.waits.clear();
            let before = service.cpu();
            let took = writers.write(AT_ONCE, TEXTS)?;
            let cpu = (service.cpu() - before) * 1_000.0 / f64::from(TEXTS);
            let rate = f64::from(TEXTS) / took.as_secs_f64();
            let p99 = percentile(&writers.waits, 99);
            figures.push(figure(
                format!("replies a second, {AT_ONCE} people at once, {name}"),
                format!("{rate:.0} (p99 {p99:.1} ms)"),
                goal,
                rate >= floor,
            ));
            figures.push(figure(
                format!("CPU seconds per 1,000 updates, {name}"),
                format!("{cpu:.3}"),
                "<= 0.10",
                cpu <= 0.10,
            ));
        }
        Ok(figures)
    })
}
