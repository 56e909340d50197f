//! Lessons to many: how much of the allowed rate they use, what replies wait meanwhile, how soon the first one leaves.

use std::time::Duration;

use tandem::demo::phones::Limits;

use super::program::{Limits as Kept, Medium, Place};
use super::server::{Server, Writers, percentile};
use super::{Figure, figure};

/// Lessons of the measured broadcast.
const LESSONS: u32 = 900;

/// The way to the server and back.
const ROUND_TRIP: Duration = Duration::from_millis(60);

/// Somebody writes so often during the broadcast.
const EVERY: Duration = Duration::from_millis(200);

/// The share of the limit that a broadcast with replies uses, and how long those wait.
pub async fn pace() -> anyhow::Result<Vec<Figure>> {
    tokio::task::block_in_place(|| {
        let (place, round) = Place::with_round(Medium::Disk, LESSONS / 2)?;
        let runtime = tokio::runtime::Handle::current();
        // Those who write are not those who get lessons first: everybody is in the round.
        let server = runtime.block_on(Server::start(LESSONS, Some(Limits::default())))?;
        server.round_trip(ROUND_TRIP);
        let _service = place.serve(&server.api, Kept::Telegram)?;
        server.until("the first poll", |server| server.calls("getUpdates") > 0)?;
        place.command(&["round", "release", &round])?;
        server.until("the first lesson", |server| server.messages() > 0)?;
        let mut writers = Writers::new(&server, LESSONS);
        let mut next = server.micros();
        // Until all lessons and the answers are there.
        while server.messages() < (LESSONS + writers.written()) as usize {
            writers.hear();
            let lessons_left = server.messages() < (LESSONS + writers.written()) as usize - 60;
            if server.micros() >= next && lessons_left {
                writers.one_more()?;
                next += i64::try_from(EVERY.as_micros())?;
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        writers.hear();
        let arrivals = server.arrivals();
        let seconds = (arrivals[arrivals.len() - 1].0 - arrivals[0].0) as f64 / 1e6;
        // The first message begins the time and does not count in it.
        let share = (arrivals.len() - 1) as f64 / seconds / 30.0;
        let (refused, peak) = server.phones.with(|phones, _| (phones.record().too_many, phones.peak_per_second()));
        let [p50, p90, p99, most] = [50, 90, 99, 100].map(|part| percentile(&writers.waits, part));
        Ok(vec![
            figure(
                format!("share of 30/s used by {LESSONS} lessons and {} replies, 60 ms away", writers.waits.len()),
                format!("{share:.3}"),
                ">= 0.97",
                share >= 0.97,
            ),
            figure("refused (429), and most in a second", format!("{refused}, {peak}"), "0", refused == 0),
            figure(
                "p99 of a reply meanwhile (p50, p90, longest)",
                format!("{p99:.0} ms ({p50:.0}, {p90:.0}, {most:.0})"),
                "<= 130 ms",
                p99 <= 130.0,
            ),
        ])
    })
}

/// From `round release` being given to the first lesson arriving, among few and among many.
pub async fn first_of_many() -> anyhow::Result<Vec<Figure>> {
    tokio::task::block_in_place(|| {
        let few = first_lesson(500)?;
        let many = first_lesson(50_000)?;
        let ratio = many / few;
        Ok(vec![figure(
            "first lesson of a broadcast: 1,000 and 100,000 registered",
            format!("{few:.0} ms, {many:.0} ms ({ratio:.2})"),
            "<= 1.2 x",
            ratio <= 1.2,
        )])
    })
}

/// The median of some, in milliseconds. The command's own start is in it.
fn first_lesson(tandems: u32) -> anyhow::Result<f64> {
    const TIMES: usize = 3;
    let runtime = tokio::runtime::Handle::current();
    let mut times = Vec::new();
    let (place, round) = Place::with_round(Medium::Disk, tandems)?;
    let server = runtime.block_on(Server::start(2 * tandems, None))?;
    let _service = place.serve(&server.api, Kept::Off)?;
    server.until("the first poll", |server| server.calls("getUpdates") > 0)?;
    for _ in 0..TIMES {
        // The broadcast before this one is over.
        server.until("quiet", |server| {
            let before = server.messages();
            std::thread::sleep(Duration::from_secs(2));
            server.messages() == before
        })?;
        server.clear();
        let released = server.micros();
        place.command(&["round", "release", &round])?;
        server.until("the first lesson", |server| server.messages() > 0)?;
        times.push((server.arrivals()[0].0 - released) as f64 / 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok(times[TIMES / 2])
}
