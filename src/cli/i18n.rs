//! `tandem i18n`: how far translations are, stamping them, and tables for translators.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;
use tandem::app::translations::{self, Progress, Table, TableError, Taken};
use tandem::content;
use tandem::domain::translation::State;

#[derive(Subcommand)]
pub enum I18nCommand {
    /// How far each language is: texts that are translated, stale, missing
    Status {
        /// Only this language, and the names of all its texts that need somebody
        language: Option<String>,
        /// Folder that holds lessons/ and locales/
        #[arg(long, default_value = ".")]
        dir: PathBuf,
    },
    /// Says that a language's texts match the source as it is now
    Ok {
        /// The language, such as en
        language: String,
        /// Only this text, such as m1/mandate, or this lesson with its steps, such as m1:l1
        block: Option<String>,
        /// Folder that holds lessons/
        #[arg(long, default_value = ".")]
        dir: PathBuf,
    },
    /// Writes all texts of a language into a table for translators: lessons and locales, with their source
    Export {
        /// The language, such as en
        language: String,
        /// The file to write; its name ends in .csv or .po
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Folder that holds lessons/ and locales/
        #[arg(long, default_value = ".")]
        dir: PathBuf,
    },
    /// Takes a table that came back from translators: all of it, or nothing with the reasons
    Import {
        /// The language, such as en
        language: String,
        /// The table, .csv or .po
        file: PathBuf,
        /// Folder that holds lessons/ and locales/
        #[arg(long, default_value = ".")]
        dir: PathBuf,
    },
}

pub fn run(command: I18nCommand) -> anyhow::Result<ExitCode> {
    match command {
        I18nCommand::Status { language, dir } => status(&dir, language.as_deref())?,
        I18nCommand::Ok { language, block, dir } => {
            let changed = content::stamp(&dir, &language, block.as_deref())?;
            println!("{changed} stamps changed.");
        }
        I18nCommand::Export { language, out, dir } => {
            let text = translations::export(&dir, &language, table(&out)?)?;
            std::fs::write(&out, text).with_context(|| format!("cannot write {}", out.display()))?;
            println!("{}", out.display());
        }
        I18nCommand::Import { language, file, dir } => return import(&dir, &language, &file),
    }
    Ok(ExitCode::SUCCESS)
}

fn status(dir: &Path, language: Option<&str>) -> anyhow::Result<()> {
    let all = translations::progress(dir)?;
    let wanted: Vec<&Progress> =
        all.iter().filter(|one| language.is_none_or(|wanted| one.language == wanted)).collect();
    anyhow::ensure!(!wanted.is_empty(), "nothing is translated into `{}`", language.unwrap_or_default());
    println!(
        "{:<20} {:<12} {:<6} {:>7} {:>6} {:>10} {:>8}",
        "what", "language", "", "current", "stale", "unstamped", "missing"
    );
    for one in &wanted {
        let what = one.programme.as_deref().unwrap_or("locales");
        let count = |state| one.counts.get(&state).copied().unwrap_or_default();
        println!(
            "{what:<20} {:<12} {:<6} {:>7} {:>6} {:>10} {:>8}",
            one.language,
            if one.draft { "draft" } else { "live" },
            count(State::Current),
            count(State::Stale),
            count(State::Unstamped),
            count(State::Missing),
        );
    }
    if language.is_some() {
        let mut open: BTreeMap<State, Vec<&str>> = BTreeMap::new();
        for (state, id) in wanted.iter().flat_map(|one| &one.open) {
            open.entry(*state).or_default().push(id);
        }
        for (state, ids) in open {
            println!("\n{}:", state.name());
            ids.iter().for_each(|id| println!("  {id}"));
        }
    }
    Ok(())
}

fn import(dir: &Path, language: &str, file: &Path) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    match translations::import(dir, language, table(file)?, &bytes) {
        Ok(Taken { changed, reviewed, older }) => {
            println!("{changed} texts changed, {reviewed} confirmed.");
            if older > 0 {
                println!("{older} of them were made from an older source and stay stale.");
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(TableError::Refused(refusals)) => {
            refusals.iter().for_each(|refusal| println!("{}:{refusal}", file.display()));
            println!("Nothing was changed.");
            Ok(ExitCode::FAILURE)
        }
        Err(other) => Err(other.into()),
    }
}

fn table(file: &Path) -> anyhow::Result<Table> {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("csv") => Ok(Table::Csv),
        Some("po") => Ok(Table::Po),
        _ => anyhow::bail!("{}: the name of a table ends in .csv or .po", file.display()),
    }
}
