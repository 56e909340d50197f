//! `tandem doctor`: gathers what can be seen from here, and prints what `app::doctor` thinks of it.
//!
//! Changes nothing: neither the database's schema nor the webhook.

use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use tandem::app::doctor::{self, Finding, Level};
use tandem::clock::Clock;
use tandem::config::{Config, Wrong};
use tandem::store;
use tandem::telegram::client::Client;
use tandem::telegram::port::Telegram;
use tandem::telegram::reach::reach;
use tandem::web::HOOK_PATH;
use url::Url;

use super::{check, serve, setup};

/// How a file of SQLite begins.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// Looks at everything; exit code 1 if there is an error.
pub async fn run(config: Result<&Config, &Wrong>, backups: Option<&Path>, json: bool) -> anyhow::Result<ExitCode> {
    let mut findings = Vec::new();
    match config {
        Ok(config) => {
            let now = Clock::real().now();
            findings.push(settings(config));
            findings.extend(secret_files());
            findings.extend(database(config, now).await);
            findings.extend(telegram(config, now).await);
            findings.extend(public_address(config).await);
            findings.extend(backups_in(backups, now));
            findings.push(content(config));
        }
        Err(wrong) => findings.push(Finding::error("settings", wrong.to_string())),
    }
    if json {
        println!("{}", serde_json::to_string_pretty(&findings)?);
    } else {
        findings.iter().for_each(|finding| println!("{finding}"));
    }
    let well = findings.iter().all(|finding| finding.level < Level::Error);
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn settings(config: &Config) -> Finding {
    match config.needed_token() {
        Ok(_) => Finding::ok("settings", "all can be used"),
        Err(wrong) => Finding::error("settings", wrong.to_string()),
    }
}

/// Every file that a setting names because it holds a secret.
fn secret_files() -> Vec<Finding> {
    let named = std::env::vars_os().filter_map(|(name, value)| {
        let name = name.into_string().ok()?;
        (name.starts_with("TANDEM_") && name.ends_with("_FILE")).then(|| (name, PathBuf::from(value)))
    });
    let mut named: Vec<(String, PathBuf)> = named.collect();
    named.sort();
    named.iter().filter_map(|(name, file)| Some(doctor::permissions("secrets", name, mode(file)?))).collect()
}

async fn database(config: &Config, now: DateTime<Utc>) -> Vec<Finding> {
    const CHECK: &str = "database";
    let mut findings = Vec::new();
    match store::file_of(&config.database_url) {
        Some(file) if !file.exists() => {
            let says = format!("{} is not there yet; `tandem run` makes it", file.display());
            return vec![Finding::warning(CHECK, says)];
        }
        Some(file) => {
            for beside in ["", "-wal", ".erased"] {
                let mut name = file.clone().into_os_string();
                name.push(beside);
                let place = PathBuf::from(name);
                let found = mode(&place).map(|mode| doctor::permissions(CHECK, &place.display().to_string(), mode));
                findings.extend(found);
            }
        }
        None => findings.push(doctor::way_to_database(&config.database_url)),
    }
    match store::look(&config.database_url).await {
        Ok(look) => {
            findings.push(doctor::schema(&look));
            if look.schema == Some(look.known) {
                findings.push(doctor::clock_of_database(look.alive, now));
                findings.push(doctor::keys(&look.keys, &setup::vault(config)));
            }
        }
        Err(error) => findings.push(Finding::error(CHECK, format!("{:#}", anyhow::Error::from(error)))),
    }
    findings
}

async fn telegram(config: &Config, now: DateTime<Utc>) -> Vec<Finding> {
    let Some(token) = &config.token else { return Vec::new() };
    let root = config.api_url.clone().or_else(|| Url::parse("https://api.telegram.org/").ok());
    let mut findings = Vec::new();
    if let Some(root) = root {
        findings.push(match reach(&root).await {
            Ok(answer) => doctor::clock_of_telegram(answer.date, now),
            Err(why) => Finding::error("clock", format!("the Bot API's server is not reached: {why}")),
        });
    }
    match Client::new(token.expose(), config.api_url.as_ref()) {
        Ok(client) => {
            findings.push(doctor::webhook(serve::hook_address(config).as_deref(), &client.webhook_info().await));
        }
        Err(error) => findings.push(Finding::error("webhook", error.to_string())),
    }
    findings
}

/// Asked where updates are pushed to: a proxy passes nothing else on.
async fn public_address(config: &Config) -> Option<Finding> {
    let public = config.public_url.as_ref()?;
    let url = Url::parse(&format!("{}{HOOK_PATH}", public.as_str().trim_end_matches('/'))).ok()?;
    Some(doctor::public_address(public.as_str(), &reach(&url).await.map(|answer| answer.status)))
}

fn backups_in(folder: Option<&Path>, now: DateTime<Utc>) -> Vec<Finding> {
    const CHECK: &str = "backup";
    let Some(folder) = folder else {
        return vec![Finding::warning(CHECK, "not looked at; name their folder with --backups")];
    };
    let files = match std::fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|file| is_sqlite(file)),
        Err(error) => return vec![Finding::error(CHECK, format!("{} cannot be read: {error}", folder.display()))],
    };
    let (mut made, mut open) = (Vec::new(), Vec::new());
    for file in files {
        if let Ok(modified) = file.metadata().and_then(|about| about.modified()) {
            made.push(DateTime::<Utc>::from(modified));
        }
        let found = mode(&file).map(|mode| doctor::permissions(CHECK, &file.display().to_string(), mode));
        open.extend(found.filter(|finding| finding.level > Level::Ok));
    }
    let mut findings = doctor::backups(&made, now);
    findings.extend(open);
    findings
}

fn content(config: &Config) -> Finding {
    let found = check::findings(config);
    let errors = found.iter().filter(|finding| finding.is_error()).count();
    doctor::content(errors, found.len() - errors)
}

fn mode(file: &Path) -> Option<u32> {
    Some(file.metadata().ok()?.permissions().mode())
}

fn is_sqlite(file: &Path) -> bool {
    let mut head = [0; SQLITE.len()];
    std::fs::File::open(file).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == SQLITE
}
