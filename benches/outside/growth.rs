//! What grows with the number of people who are registered, and what must not: an idle service's memory, and a tick
//! over a thousand things that are due. The ticks run in this process, on the database that the service just had.

use std::sync::atomic::AtomicI64;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use tandem::app::elected::Speaker;
use tandem::app::flood::Flood;
use tandem::app::metrics::Metrics;
use tandem::app::texts::{Shelf, Texts};
use tandem::app::{App, plan};
use tandem::clock::{Clock, IdSource};
use tandem::content::{Library, Source};
use tandem::demo::phones::PhonesClient;
use tandem::domain::ids::{RoundId, TandemId};
use tandem::domain::pacing::SendLimits;
use tandem::l10n::Words;
use tandem::store::Db;

use super::program::{Limits, Medium, Place};
use super::server::{Server, TOKEN};
use super::{Figure, figure};

/// How many are registered, and what the rows say of it.
const SIZES: [(u32, &str); 3] = [(10_000, "10,000"), (100_000, "100,000"), (1_000_000, "1,000,000")];

/// Tandems that are due at a time: a thousand things, since both people of each are.
const DUE: u32 = 500;

/// Measurements of each size.
const TIMES: usize = 7;

/// Memory and ticks for each size.
pub async fn growth() -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let mut least = None;
    for (people, name) in SIZES {
        let (place, round) = Place::with_round(Medium::Disk, people / 2)?;
        let resident = idle(&place).await?;
        figures.push(figure(
            format!("idle memory with {name} registered"),
            format!("{resident:.1} MB"),
            "<= 15 MB",
            resident <= 15.0,
        ));
        let tick = ticks(&place, RoundId(round)).await?;
        let ratio = tick / *least.get_or_insert(tick);
        figures.push(figure(
            format!("ticks over 1,000 due among {name}"),
            format!("{tick:.0} ms ({ratio:.2})"),
            "<= 1.2 x",
            ratio <= 1.2,
        ));
    }
    Ok(figures)
}

async fn idle(place: &Place) -> anyhow::Result<f64> {
    let server = Server::start(0, None).await?;
    let service = place.serve(&server.api, Limits::Off)?;
    tokio::task::block_in_place(|| server.until("the first poll", |server| server.calls("getUpdates") > 0))?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    Ok(service.memory().0)
}

/// The median, in milliseconds. Each measurement is of other tandems, spread over all by their random ids.
async fn ticks(place: &Place, round: RoundId) -> anyhow::Result<f64> {
    let server = Server::start(0, None).await?;
    let app = app(place, &server).await?;
    let mut times = Vec::new();
    let mut after: Option<TandemId> = None;
    for _ in 0..TIMES {
        let mut tx = app.db.begin().await?;
        let tandems = tx.tandems_of(&round, after.as_ref(), DUE).await?;
        tx.release(&tandems, app.clock.now()).await?;
        tx.commit().await?;
        after = tandems.last().cloned();
        let begun = Instant::now();
        while plan::tick(&app).await?.1.is_some_and(|next| next <= app.clock.now()) {}
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    app.db.close().await;
    times.sort_by(f64::total_cmp);
    Ok(times[TIMES / 2])
}

async fn app(place: &Place, server: &Server) -> anyhow::Result<App> {
    let library = Library::load(Source::BuiltIn).map_err(|findings| anyhow::anyhow!("{findings:?}"))?;
    let (db, clock) = (Db::open(&place.url()).await?, Clock::real());
    Ok(App {
        metrics: Metrics::new(db.kind(), clock.now())?,
        db,
        clock,
        ids: IdSource::random(),
        telegram: Arc::new(PhonesClient::new(server.phones.clone(), TOKEN)),
        texts: Shelf::new(Texts::new(library, Words::built_in()?)),
        limits: SendLimits::Off,
        worker: "bench".to_owned(),
        speaker: Speaker::alone(),
        flood: Flood::new(false),
        public_url: None,
        username: OnceLock::new(),
        offset: AtomicI64::new(0),
    })
}
