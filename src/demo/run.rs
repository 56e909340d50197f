//! `tandem demo`: the strict server, the bot on a database of its own, and the page, on this machine alone.
//!
//! Owns: putting these together and taking them apart. The bot talks to the server over HTTP with the same
//! client and the same loops as in service; only its clock can jump.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::phones::{Options, Phones, SharedPhones};
use super::{botapi, clockwork, past, remote, site};
use crate::app::elected::Speaker;
use crate::app::flood::Flood;
use crate::app::intake::Intake;
use crate::app::metrics::Metrics;
use crate::app::texts::{Shelf, Texts};
use crate::app::{App, service};
use crate::clock::{Clock, IdSource};
use crate::content::{Library, Source};
use crate::domain::pacing::SendLimits;
use crate::l10n::Words;
use crate::store::Db;
use crate::telegram::client::Client;

/// The demo's own bot.
pub const BOT: &str = "tandem_demo_bot";

/// Its token: well-formed, and worth nothing anywhere else.
pub const TOKEN: &str = "1000000001:demo-bot-of-this-machine";

/// Where the demo listens and what it keeps.
#[derive(Clone, Debug)]
pub struct Settings {
    pub listen: SocketAddr,
    pub api_listen: SocketAddr,
    /// A folder for the database; without one it lives in a temporary place and goes with the demo.
    pub keep: Option<PathBuf>,
}

/// Somebody on the page.
#[derive(Clone, Debug)]
pub struct Phone {
    pub chat: i64,
    pub role: &'static str,
    pub name: &'static str,
    pub language: &'static str,
}

/// The lead, the deputy and the trainer of the page.
pub const CAST: [Phone; 3] = [
    Phone { chat: 1001, role: "lead", name: "Ada", language: "de" },
    Phone { chat: 1002, role: "deputy", name: "Ben", language: "de" },
    Phone { chat: 1003, role: "trainer", name: "Carla", language: "de" },
];

/// A running demo, as its page sees it.
pub struct Demo {
    pub app: Arc<App>,
    pub phones: SharedPhones,
    pub cast: &'static [Phone],
    /// Opens the round to one more lead.
    pub lead_code: String,
}

/// Runs until `stop` says true. `beside` is what the service serves too: where the bot's links lead.
///
/// # Errors
/// When an address is taken or the database cannot be opened.
pub async fn run(
    settings: Settings,
    beside: impl FnOnce(Arc<App>) -> Router,
    stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let api = listen(settings.api_listen).await?;
    let page = listen(settings.listen).await?;
    let (api_at, page_at) = (api.local_addr()?, page.local_addr()?);
    let place = Place::new(settings.keep)?;
    let clock = Clock::real();
    let app = Arc::new(app(&place, api_at, page_at, clock.clone()).await?);
    let _guard = app.db.guard()?;
    let phones = phones(&clock, app.db.read().await?.next_offset().await?);
    let lead_code = past::prepare(&app, &phones).await?;
    let demo = Arc::new(Demo { app: Arc::clone(&app), phones: phones.clone(), cast: &CAST, lead_code });
    let server = tokio::spawn(botapi::serve(api, phones.clone(), stopped(stop.clone())));
    let router = site::routes(Arc::clone(&demo))
        .merge(clockwork::routes(Arc::clone(&demo)))
        .merge(remote::routes(phones))
        .merge(beside(Arc::clone(&app)));
    println!("Tandem demo: http://{page_at}");
    println!("Bot API: http://{api_at}");
    if let Some(folder) = &place.kept {
        println!("Kept in: {}", folder.display());
    }
    let web = tokio::spawn(axum::serve(page, router).with_graceful_shutdown(stopped(stop.clone())).into_future());
    let served = service::run(Arc::clone(&app), Intake::Poll, stop).await;
    // Open pages hold long polls; they are not waited for.
    web.abort();
    server.abort();
    app.db.close().await;
    served.context("the bot stopped")
}

async fn listen(at: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(at).await.with_context(|| format!("cannot listen on {at}"))
}

pub(super) async fn stopped(mut stop: watch::Receiver<bool>) {
    // An error means that the sender is gone, and with it the program.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// The server's phones. Where a kept database has dealt with updates before, the ids go on from there.
fn phones(clock: &Clock, next_update: Option<i64>) -> SharedPhones {
    let usual = Options::default();
    let first_update = next_update.unwrap_or(usual.first_update);
    let options = Options { own: Some((TOKEN.to_owned(), BOT.to_owned())), first_update, ..usual };
    let clock = clock.clone();
    SharedPhones::new(Phones::new(options), Arc::new(move || clock.micros()))
}

async fn app(place: &Place, api: SocketAddr, page: SocketAddr, clock: Clock) -> anyhow::Result<App> {
    let library = Library::load(Source::BuiltIn).map_err(|findings| {
        anyhow::anyhow!(
            "the built-in lessons are broken: {}",
            findings.first().map_or_else(String::new, ToString::to_string)
        )
    })?;
    let server = url::Url::parse(&format!("http://{api}")).context("the address of the Bot API server")?;
    let public = url::Url::parse(&format!("http://{page}")).context("the address of the page")?;
    let db = Db::open(&place.database()).await.context("cannot open the demo's database")?;
    let username = std::sync::OnceLock::new();
    let _ = username.set(BOT.to_owned());
    let metrics = Metrics::new(db.kind(), clock.now())?;
    Ok(App {
        db,
        clock,
        ids: IdSource::random(),
        telegram: Arc::new(Client::new(TOKEN, Some(&server))?),
        texts: Shelf::new(Texts::new(library, Words::built_in()?)),
        limits: SendLimits::Telegram,
        worker: "demo".to_owned(),
        speaker: Speaker::alone(),
        flood: Flood::new(true),
        public_url: Some(public),
        username,
        offset: std::sync::atomic::AtomicI64::new(0),
        metrics,
    })
}

/// Where the database lies.
struct Place {
    folder: PathBuf,
    kept: Option<PathBuf>,
}

impl Place {
    fn new(keep: Option<PathBuf>) -> anyhow::Result<Self> {
        let folder = match &keep {
            Some(folder) => folder.clone(),
            None => std::env::temp_dir().join(format!("tandem-demo-{}", std::process::id())),
        };
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(Self { folder, kept: keep })
    }

    fn database(&self) -> String {
        format!("sqlite://{}", self.folder.join("demo.db").display())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.kept.is_none() {
            // What cannot be removed lies in the machine's temporary folder, which is cleaned anyway.
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}
