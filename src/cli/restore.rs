//! `tandem restore`: a backup becomes a database again, without whoever was erased since and without what was owed.

use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use tandem::app::restore::clean;
use tandem::clock::Clock;
use tandem::config::Config;
use tandem::store::{self, ERASED_DAYS, Gone};

use super::setup;

/// Restores, and prints what became of what.
pub async fn restore(config: &Config, file: &Path, erased: &[PathBuf], nobody_erased: bool) -> anyhow::Result<()> {
    let mut places = erased.to_vec();
    places.extend(list_of(&config.database_url));
    if places.is_empty() && !nobody_erased {
        anyhow::bail!(
            "who was erased since this backup? Name the list (the old database's file with .erased behind its name) \
             or a newer backup with --erased; if there was nobody, say --nobody-erased"
        );
    }
    let unpacked = store::unpack(file).await?;
    let now = Clock::real().now();
    let made = match unpacked.db.read().await?.last_life().await? {
        Some(alive) => alive,
        None => file.metadata().and_then(|about| about.modified()).map(DateTime::<Utc>::from)?,
    };
    let remembered = TimeDelta::days(i64::try_from(ERASED_DAYS).unwrap_or(i64::MAX));
    if now - made > remembered && !nobody_erased {
        anyhow::bail!(
            "this backup is of {}; who was erased is remembered for {ERASED_DAYS} days only. If there was nobody, say \
             --nobody-erased",
            made.date_naive()
        );
    }
    let mut gone = Gone::new();
    for place in &places {
        gone.extend(store::gone_in(place).await.with_context(|| format!("--erased {}", place.display()))?);
    }
    let app = setup::on(config, unpacked.db.clone()).await?;
    let cleaned = clean(&app, &gone).await?;
    let carried = unpacked.put(&config.database_url, now).await.context("TANDEM_DATABASE_URL")?;
    for (table, rows) in carried {
        println!("{rows:>8}  {table}");
    }
    println!("Restored as of {}.", made.to_rfc3339());
    println!("{} people had been erased since and were not brought back.", cleaned.erased);
    println!(
        "{} messages owed then will not be sent; {} links are void.",
        cleaned.voided.messages, cleaned.voided.links
    );
    println!("New links: `tandem round link ID`, `tandem trainer invite`. Then start `tandem run`.");
    Ok(())
}

/// The list beside the SQLite file that was there before.
fn list_of(url: &str) -> Option<PathBuf> {
    let mut list = store::file_of(url)?.into_os_string();
    list.push(".erased");
    Some(PathBuf::from(list)).filter(|list| list.exists())
}
