//! `tandem check`: what is wrong with lessons and locales.

use std::path::Path;
use std::process::ExitCode;

use tandem::clock::Clock;
use tandem::config::Config;
use tandem::content::{self, Source};
use tandem::domain::finding::{self, Finding};
use tandem::l10n::Words;

/// Checks a folder, or what is built in; prints the findings, errors first.
pub fn check(dir: Option<&Path>, config: &Config) -> ExitCode {
    let findings = findings(dir, config);
    for finding in &findings {
        println!("{finding}");
    }
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    println!("{errors} errors, {} warnings", findings.len() - errors);
    if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What is wrong in a folder, or in what is built in, errors first.
pub fn findings(dir: Option<&Path>, config: &Config) -> Vec<Finding> {
    let dir = dir.or(config.content_dir.as_deref());
    let source = dir.map_or(Source::BuiltIn, Source::Folder);
    let mut findings = content::check(source);
    findings.extend(content::overdue(source, Clock::real().now().date_naive()));
    let words = match dir.map(|dir| dir.join("locales")) {
        None => Words::built_in(),
        Some(locales) if locales.is_dir() => Words::from_dir(&locales),
        Some(_) => Words::built_in(),
    };
    if let Err(bad) = words {
        let line = u32::try_from(bad.line).unwrap_or(1);
        findings.push(Finding::error(bad.file, bad.problem).at(line, 1));
    }
    finding::sort(&mut findings);
    findings
}
