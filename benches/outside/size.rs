//! How soon it is there and how much room it takes.

use std::time::Duration;

use super::program::{Limits, Medium, Place};
use super::server::Server;
use super::{Figure, figure};

/// From being started to asking for updates, on an existing database: the median of several.
pub async fn start() -> anyhow::Result<Vec<Figure>> {
    tokio::task::block_in_place(|| {
        let (place, _) = Place::with_round(Medium::Disk, 500)?;
        let runtime = tokio::runtime::Handle::current();
        let server = runtime.block_on(Server::start(1_000, None))?;
        let mut times = Vec::new();
        for _ in 0..9 {
            server.clear();
            let service = place.serve(&server.api, Limits::Off)?;
            server.until("the first poll", |server| server.calls("getUpdates") > 0)?;
            times.push(service.age().as_secs_f64() * 1_000.0);
            service.kill();
        }
        times.sort_by(f64::total_cmp);
        let median = times[times.len() / 2];
        Ok(vec![figure(
            "start to first poll, existing database",
            format!("{median:.0} ms"),
            "<= 40 ms",
            median <= 40.0,
        )])
    })
}

/// Resident memory when nothing happens.
pub async fn idle() -> anyhow::Result<Vec<Figure>> {
    tokio::task::block_in_place(|| {
        let (place, _) = Place::with_round(Medium::Disk, 500)?;
        let runtime = tokio::runtime::Handle::current();
        let server = runtime.block_on(Server::start(1_000, None))?;
        let service = place.serve(&server.api, Limits::Off)?;
        server.until("the first poll", |server| server.calls("getUpdates") > 0)?;
        std::thread::sleep(Duration::from_secs(5));
        let (now, _) = service.memory();
        Ok(vec![figure("idle memory, resident", format!("{now:.1} MB"), "<= 15 MB", now <= 15.0)])
    })
}

/// Resident memory after everybody of a large round got a lesson.
pub async fn after_a_broadcast() -> anyhow::Result<Vec<Figure>> {
    tokio::task::block_in_place(|| {
        let people = 100_000;
        let (place, round) = Place::with_round(Medium::Disk, people / 2)?;
        let runtime = tokio::runtime::Handle::current();
        let server = runtime.block_on(Server::start(people, None))?;
        let service = place.serve(&server.api, Limits::Off)?;
        server.until("the first poll", |server| server.calls("getUpdates") > 0)?;
        std::thread::sleep(Duration::from_secs(2));
        let (before, _) = service.memory();
        place.command(&["round", "release", &round])?;
        server.until("all lessons", |server| server.messages() >= people as usize)?;
        std::thread::sleep(Duration::from_secs(5));
        let (now, most) = service.memory();
        Ok(vec![figure(
            "resident after a broadcast to 100,000 (idle before, most)",
            format!("{now:.1} MB ({before:.1}, {most:.1})"),
            "<= 48 MB",
            now <= 48.0,
        )])
    })
}
