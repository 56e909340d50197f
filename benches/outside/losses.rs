//! What is lost and doubled when the program is killed or the server has a bad day.

use std::collections::HashMap;
use std::time::Duration;

use tandem::demo::phones::{Faults, Limits};

use super::program::{Limits as Kept, Medium, Place};
use super::server::{FIRST, Server, Writers};
use super::{Figure, figure};

/// Lessons of a broadcast that is killed half-way.
const LESSONS: u32 = 300;

/// How often the program is killed while people write.
const KILLS: u32 = 5;

/// Texts before each kill, and after the last.
const TEXTS: u32 = 2_000;

/// Lessons after kill -9 half-way and a restart, at Telegram's rates and 60 ms away.
pub async fn killed_half_way() -> anyhow::Result<Vec<Figure>> {
    tokio::task::block_in_place(|| {
        let (place, round) = Place::with_round(Medium::Disk, LESSONS / 2)?;
        let runtime = tokio::runtime::Handle::current();
        let server = runtime.block_on(Server::start(LESSONS, Some(Limits::default())))?;
        server.round_trip(Duration::from_millis(60));
        let first = place.serve(&server.api, Kept::Telegram)?;
        server.until("the first poll", |server| server.calls("getUpdates") > 0)?;
        place.command(&["round", "release", &round])?;
        server.until("half of the lessons", |server| server.messages() >= LESSONS as usize / 2)?;
        first.kill();
        let _second = place.serve(&server.api, Kept::Telegram)?;
        server.until("all lessons", |server| got(server).len() == LESSONS as usize)?;
        std::thread::sleep(Duration::from_secs(3));
        let got = got(&server);
        let doubled: usize = got.values().map(|count| count - 1).sum();
        // At 30 a second and 60 ms, about two calls are on the wire; none of them is unclear twice.
        Ok(vec![figure(
            format!("lessons lost, doubled, of {LESSONS}, killed half-way"),
            format!("{}, {doubled}", LESSONS as usize - got.len()),
            "0, <= on the wire",
            got.len() == LESSONS as usize && doubled <= 4,
        )])
    })
}

/// Messages by chat.
fn got(server: &Server) -> HashMap<i64, usize> {
    let mut got = HashMap::new();
    for (_, chat) in server.arrivals() {
        *got.entry(chat).or_default() += 1;
    }
    got
}

/// Entries stored after kills under load: each text once.
pub async fn killed_under_load() -> anyhow::Result<Vec<Figure>> {
    tokio::task::block_in_place(|| {
        let people = 2_000;
        let (place, round) = Place::with_round(Medium::Disk, people / 2)?;
        let runtime = tokio::runtime::Handle::current();
        let server = runtime.block_on(Server::start(people, None))?;
        let mut written = 0_u32;
        for _ in 0..KILLS {
            let service = place.serve(&server.api, Kept::Off)?;
            let from = server.messages();
            for _ in 0..TEXTS {
                server.says(FIRST + i64::from(written % people), "1 min")?;
                written += 1;
            }
            // In the middle of them.
            server.until("half of the answers", |server| server.messages() - from >= TEXTS as usize / 2)?;
            service.kill();
        }
        let _service = place.serve(&server.api, Kept::Off)?;
        let mut last = Writers::new(&server, people);
        last.write(64, TEXTS)?;
        written += last.written();
        server.until("quiet", |server| {
            server.phones.with(|phones, _| phones.pending_updates(super::server::TOKEN)) == 0
        })?;
        std::thread::sleep(Duration::from_secs(1));
        let stored = place.count(&round, "entries")?;
        let doubled = stored as i64 - i64::from(written);
        Ok(vec![figure(
            format!("entries stored twice after {KILLS} kills, of {written}"),
            format!("{doubled}"),
            "0",
            doubled == 0,
        )])
    })
}

/// 2 % errors and 2 % cut connections: lessons and replies that never come.
pub async fn errors_and_cuts() -> anyhow::Result<Vec<Figure>> {
    tokio::task::block_in_place(|| {
        let people = 900;
        let (place, round) = Place::with_round(Medium::Disk, people / 2)?;
        let runtime = tokio::runtime::Handle::current();
        let server = runtime.block_on(Server::start(people, None))?;
        server.faults(Faults::mild(7));
        let _service = place.serve(&server.api, Kept::Off)?;
        server.until("the first poll", |server| server.calls("getUpdates") > 0)?;
        place.command(&["round", "release", &round])?;
        server.until("all lessons", |server| got(server).len() == people as usize)?;
        std::thread::sleep(Duration::from_secs(3));
        let doubled: usize = got(&server).values().map(|count| count - 1).sum();
        let mut writers = Writers::new(&server, people);
        writers.write(64, 3_000)?;
        let lost = usize::from(writers.somebody_waits());
        Ok(vec![figure(
            "2 % errors, 2 % cuts: lessons lost, replies that never come",
            format!("0, {lost} ({doubled} lessons twice)"),
            "0, 0",
            lost == 0,
        )])
    })
}
