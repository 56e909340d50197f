//! From settings to a working program: logging, content, database, the chat client.

use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use anyhow::Context;
use tandem::app::App;
use tandem::app::elected::Speaker;
use tandem::app::flood::Flood;
use tandem::app::metrics::Metrics;
use tandem::app::texts::{BadTexts, Shelf, Texts};
use tandem::clock::{Clock, IdSource};
use tandem::config::{Config, DATA_KEY, Limits, LogFormat};
use tandem::domain::ids::Ids;
use tandem::domain::pacing::SendLimits;
use tandem::store::{Db, Vault};
use tandem::telegram::client::Client;
use tracing_subscriber::EnvFilter;

/// Logs to standard error, so that what a command prints stays clean.
pub fn logging(config: &Config) -> anyhow::Result<()> {
    // The database driver logs statements at `info`; they are of no use and may hold what people wrote.
    let filter = EnvFilter::try_new(format!("sqlx=warn,{}", config.log))?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    match config.log_format {
        LogFormat::Text => builder.with_target(false).init(),
        LogFormat::Json => builder.json().init(),
    }
    // The usual words of a panic may repeat what somebody wrote: where it happened must do.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a mistake in the program");
    }));
    Ok(())
}

/// Lessons and locales, from the program or from a content folder, which is followed from then on.
pub fn texts(folder: Option<&Path>) -> anyhow::Result<Shelf> {
    let texts = Texts::read(folder).map_err(|bad| {
        let what = match &bad {
            BadTexts::Lessons(_) => "lessons",
            BadTexts::Locales(_) => "locales",
        };
        let lines: Vec<String> = bad.findings().iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the {what} cannot be used\n{}", lines.join("\n"))
    })?;
    Ok(Shelf::of_folder(texts, folder.map(Path::to_owned)))
}

/// A program that can do everything but must not be served by: for commands.
pub async fn app(config: &Config) -> anyhow::Result<App> {
    build(
        config,
        match &config.token {
            Some(token) => Client::new(token.expose(), config.api_url.as_ref())?,
            // Commands that do not talk to the server need no token; a call would be refused.
            None => Client::new("0:none", config.api_url.as_ref())?,
        },
        |_| Speaker::never(),
    )
    .await
}

/// The same on a database that is open already: nobody is spoken to.
pub async fn on(config: &Config, db: Db) -> anyhow::Result<App> {
    let db = db.with_vault(vault(config));
    db.check_keys(Clock::real().now()).await.context(DATA_KEY)?;
    let texts = texts(config.content_dir.as_deref())?;
    put_together(config, texts, Client::new("0:none", config.api_url.as_ref())?, db, |_| Speaker::never())
}

/// The program that serves; without a token there is nothing to serve.
pub async fn service(config: &Config) -> anyhow::Result<App> {
    let token = config.needed_token()?;
    build(config, Client::new(token.expose(), config.api_url.as_ref())?, |db| {
        say_how_texts_are_kept(db);
        match (db.is_single_process(), &config.webhook_secret) {
            (true, _) => Speaker::alone(),
            (false, None) => Speaker::polling(),
            (false, Some(_)) => Speaker::pushed(),
        }
    })
    .await
}

/// The database with its keys, all of which must be there.
pub async fn open(config: &Config) -> anyhow::Result<Db> {
    let db = Db::open(&config.database_url).await.context("TANDEM_DATABASE_URL")?;
    let db = db.with_vault(vault(config));
    db.check_keys(Clock::real().now()).await.context(DATA_KEY)?;
    Ok(db)
}

/// The keys for what people wrote.
pub fn vault(config: &Config) -> Vault {
    let older: Vec<_> = config.data_keys_old.iter().map(|key| key.0).collect();
    let ids = IdSource::random();
    Vault::new(config.data_key.as_ref().map(|key| key.0), &older, Arc::new(move || ids.bytes()))
}

async fn build(config: &Config, client: Client, speaker: impl FnOnce(&Db) -> Speaker) -> anyhow::Result<App> {
    // What is wrong with lessons is said before a database is made.
    let texts = texts(config.content_dir.as_deref())?;
    let db = open(config).await?;
    put_together(config, texts, client, db, speaker)
}

fn put_together(
    config: &Config,
    texts: Shelf,
    client: Client,
    db: Db,
    speaker: impl FnOnce(&Db) -> Speaker,
) -> anyhow::Result<App> {
    let limits = match config.send_limits {
        Limits::Telegram => SendLimits::Telegram,
        Limits::Off => SendLimits::Off,
    };
    let mut ids = IdSource::random();
    let clock = Clock::real();
    let metrics = Metrics::new(db.kind(), clock.now())?;
    Ok(App {
        speaker: speaker(&db),
        db,
        clock,
        telegram: Arc::new(client),
        texts,
        limits,
        worker: ids.id(),
        ids,
        flood: Flood::new(limits == SendLimits::Telegram),
        public_url: config.public_url.clone(),
        username: OnceLock::new(),
        offset: AtomicI64::new(0),
        metrics,
    })
}

/// Asks the server for the bot's name, for the links that are printed. It is not worth waiting for long.
pub async fn learn_name(app: &App, config: &Config) {
    if config.token.is_none() {
        return;
    }
    if let Ok(Ok(me)) = tokio::time::timeout(Duration::from_secs(5), app.telegram.me()).await {
        let _ = app.username.set(me.username);
    }
}

/// `tandem rekey`.
pub async fn rekey(config: &Config) -> anyhow::Result<()> {
    if config.data_key.is_none() && config.data_keys_old.is_empty() {
        anyhow::bail!("{DATA_KEY}: is not set, nor is an older key: there is nothing to seal with and nothing to open");
    }
    let db = open(config).await?;
    let texts = db.rekey(Clock::real().now()).await.context(DATA_KEY)?;
    db.close().await;
    match config.data_key {
        Some(_) => println!("{texts} texts were sealed anew. No older key is needed any more."),
        None => println!("{texts} texts were opened and are stored as they are. No key is needed any more."),
    }
    Ok(())
}

/// Says at the start how what people wrote is stored.
pub fn say_how_texts_are_kept(db: &Db) {
    match db.vault().current_name() {
        Some(key) => tracing::info!(key, "what people write is sealed"),
        None => tracing::warn!("TANDEM_DATA_KEY is not set: what people write is stored as it is"),
    }
}

/// `tandem migrate`.
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    let db = Db::open(&config.database_url).await.context("TANDEM_DATABASE_URL")?;
    db.close().await;
    println!("The database is up to date.");
    Ok(())
}
