//! `tandem check`: what is wrong with lessons and locales.

mod against;
mod draw;

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use miette::GraphicalTheme;
use tandem::clock::Clock;
use tandem::config::Config;
use tandem::content::{self, Inspection, Source};
use tandem::domain::finding::{self, Finding};
use tandem::l10n;

#[derive(Args)]
pub struct Options {
    /// Folder that holds lessons/ and locales/ [default: the built-in ones]
    dir: Option<PathBuf>,
    /// Compare with what was there: a revision of git (tag, branch, hash), or the people in a database (sqlite://…,
    /// postgres://…). An id that is gone or means something else is an error
    #[arg(long, value_name = "REV-or-DB")]
    against: Option<String>,
    /// For machines
    #[arg(long)]
    json: bool,
}

/// Checks a folder, or what is built in; prints the findings, errors first, and what there is of each programme.
pub async fn check(options: &Options, config: &Config) -> anyhow::Result<ExitCode> {
    let mut checked = Checked::of(options.dir.as_deref(), config);
    if let Some(against) = &options.against {
        let dir = checked.dir.clone();
        let source = dir.as_deref().map_or(Source::BuiltIn, Source::Folder);
        checked.findings.extend(against::findings(against, config, dir.as_deref(), source).await?);
        finding::sort(&mut checked.findings);
    }
    let out = match options.json {
        true => draw::json(&checked.findings, &checked.inspection.counts)? + "\n",
        false => checked.printed(),
    };
    // Whoever reads only the beginning (`| head`) has closed the pipe.
    let _ = std::io::stdout().write_all(out.as_bytes());
    let errors = checked.findings.iter().any(Finding::is_error);
    Ok(if errors { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What is wrong in what the settings name, errors first.
pub fn findings(config: &Config) -> Vec<Finding> {
    Checked::of(None, config).findings
}

struct Checked {
    /// The content folder; none for what is built in.
    dir: Option<PathBuf>,
    inspection: Inspection,
    /// Everything, about lessons and locales.
    findings: Vec<Finding>,
}

impl Checked {
    fn of(dir: Option<&Path>, config: &Config) -> Self {
        let dir = dir.or(config.content_dir.as_deref()).map(Path::to_owned);
        let source = dir.as_deref().map_or(Source::BuiltIn, Source::Folder);
        let mut inspection = content::inspect(source, Clock::real().now().date_naive());
        let mut findings = std::mem::take(&mut inspection.findings);
        findings.extend(l10n::check(locales(dir.as_deref()).as_deref()));
        finding::sort(&mut findings);
        Self { dir, inspection, findings }
    }

    fn text(&self, path: &str) -> Option<String> {
        match path.starts_with("locales/") {
            true => l10n::text(locales(self.dir.as_deref()).as_deref(), path),
            false => self.inspection.text(path).map(str::to_owned),
        }
    }

    fn printed(&self) -> String {
        let theme = match std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
            true => GraphicalTheme::unicode(),
            false => GraphicalTheme::unicode_nocolor(),
        };
        let mut out = String::new();
        let mut texts: BTreeMap<&str, Option<String>> = BTreeMap::new();
        for finding in &self.findings {
            let text = match finding.line {
                Some(_) => texts.entry(&finding.file).or_insert_with(|| self.text(&finding.file)).as_deref(),
                None => None,
            };
            out.push_str(&draw::drawn(finding, text, &theme));
            out.push('\n');
        }
        for counts in &self.inspection.counts {
            out.push_str(&format!("{counts}\n"));
        }
        let errors = self.findings.iter().filter(|finding| finding.is_error()).count();
        out.push_str(&format!("{errors} errors, {} warnings\n", self.findings.len() - errors));
        out
    }
}

/// The folder of the locales, if a content folder has one; else those built in are used.
fn locales(dir: Option<&Path>) -> Option<PathBuf> {
    dir.map(|dir| dir.join("locales")).filter(|locales| locales.is_dir())
}
