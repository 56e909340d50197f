//! The locale files as `tandem check` sees them: everything that is wrong with them at once, each with its place.
//!
//! Owns: what a file must keep to whoever translates it. Loading stops at the first thing that cannot be used; here
//! nothing stops. Does not know what a good sentence is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use unic_langid::LanguageIdentifier;

use super::{BUILT_IN, DRAFT, Words};
use crate::domain::finding::{Code, Finding, Severity};
use crate::domain::lang::Lang;
use crate::domain::text::TEXT_LIMIT;

/// Largest file that is read: far above any locale.
const MAX_BYTES: u64 = 1 << 20;

/// Longest line of the menu of commands (Bot API, BotCommand: "1-256 characters").
const MAX_COMMAND: usize = 256;

/// Longest description in an empty chat (Bot API, setMyDescription: "0-512 characters").
const MAX_DESCRIPTION: usize = 512;

/// Longest description on the profile (Bot API, setMyShortDescription: "0-120 characters").
const MAX_SHORT_DESCRIPTION: usize = 120;

/// A locale file by its path from `locales/` on, or why it cannot be read.
pub(super) type Files = BTreeMap<String, Result<String, String>>;

/// What is wrong with the locales in a folder that holds one folder for each language, or with those built in.
pub fn check(folder: Option<&Path>) -> Vec<Finding> {
    let built_in = built_in();
    match folder {
        None => findings(&built_in, &built_in),
        Some(folder) => match read(folder) {
            Ok(files) => {
                let mut findings = findings(&files, &built_in);
                if let (false, Err(bad)) = (findings.iter().any(Finding::is_error), Words::from_dir(folder)) {
                    // What stops a start and is none of the above: two terms of one name.
                    let line = u32::try_from(bad.line).unwrap_or(1);
                    findings.push(Finding::error(Code::Syntax, bad.file, bad.problem).at(line, 1));
                }
                findings
            }
            Err(why) => vec![Finding::error(Code::File, "locales", format!("the folder cannot be read: {why}"))],
        },
    }
}

/// The text of a locale file, to draw a finding in it.
pub fn text(folder: Option<&Path>, path: &str) -> Option<String> {
    let files = folder.map_or_else(|| Ok(built_in()), read).ok()?;
    files.get(path)?.clone().ok()
}

fn built_in() -> Files {
    let all = BUILT_IN.dirs().flat_map(|folder| folder.files());
    let text = |file: &include_dir::File<'_>| file.contents_utf8().unwrap_or_default().to_owned();
    all.map(|file| (format!("locales/{}", file.path().display()), Ok(text(file)))).collect()
}

fn read(folder: &Path) -> Result<Files, String> {
    let list = |path: &Path| -> Result<Vec<std::fs::DirEntry>, String> {
        let entries = std::fs::read_dir(path).map_err(|error| error.to_string())?;
        entries.collect::<Result<_, _>>().map_err(|error| error.to_string())
    };
    let mut files = Files::new();
    for language in list(folder)?.into_iter().filter(|entry| entry.path().is_dir()) {
        let code = language.file_name().to_string_lossy().into_owned();
        match list(&language.path()) {
            Ok(entries) => files.extend(entries.iter().map(std::fs::DirEntry::path).filter_map(|path| {
                let name = path.file_name()?.to_str().filter(|name| name.ends_with(".ftl"))?;
                Some((format!("locales/{code}/{name}"), read_file(&path)))
            })),
            Err(why) => drop(files.insert(format!("locales/{code}"), Err(why))),
        }
    }
    Ok(files)
}

fn read_file(path: &Path) -> Result<String, String> {
    let about = std::fs::metadata(path).map_err(|error| error.to_string())?;
    match about.is_file() && about.len() <= MAX_BYTES {
        true => std::fs::read_to_string(path).map_err(|error| error.to_string()),
        false => Err(format!("it has {} bytes, {MAX_BYTES} are possible", about.len())),
    }
}

/// A text, where it stands and what it takes.
struct Entered {
    file: String,
    line: u32,
    words: String,
    variables: BTreeSet<String>,
    references: BTreeSet<String>,
}

type Language = BTreeMap<String, Entered>;

/// `needed` are the files that come with the program: whatever is said there is said by it.
pub(super) fn findings(files: &Files, needed: &Files) -> Vec<Finding> {
    let mut findings = Vec::new();
    let languages = languages(files, &mut findings);
    let source = Lang::source();
    let Some(german) = languages.get(source.code()) else {
        let folder = format!("locales/{}", source.code());
        findings.push(Finding::error(Code::Missing, folder, "the source language is missing"));
        return findings;
    };
    let said = languages_of(needed).remove(source.code()).unwrap_or_default();
    for (code, texts) in &languages {
        let before = findings.len();
        let folder = format!("locales/{code}");
        // A draft that lacks something falls back whole: `tandem i18n status` counts what is missing.
        let draft = texts.contains_key(DRAFT);
        for key in said.keys().filter(|key| !draft && !texts.contains_key(*key)) {
            findings.push(Finding::error(Code::Missing, &folder, format!("the text `{key}` is missing")));
        }
        for (key, text) in texts {
            if !said.contains_key(key) && key != DRAFT {
                let message = format!("nobody says the text `{key}`");
                findings.push(Finding::warning(Code::Heading, &text.file, message).at(text.line, 1));
            }
            findings.extend(length(key, text));
            if code != source.code() && german.contains_key(key) {
                findings.extend(placeholders(key, texts, german));
            }
        }
        if draft {
            findings[before..].iter_mut().for_each(|finding| finding.severity = Severity::Warning);
        }
        // Whoever replaces the German as well is compared with what the program fills in.
        if code == source.code() {
            let both = texts.keys().filter(|key| said.contains_key(*key));
            findings.extend(both.filter_map(|key| placeholders(key, texts, &said)));
        }
    }
    findings
}

fn languages_of(files: &Files) -> BTreeMap<String, Language> {
    languages(files, &mut Vec::new())
}

fn languages(files: &Files, findings: &mut Vec<Finding>) -> BTreeMap<String, Language> {
    let mut languages: BTreeMap<String, Language> = BTreeMap::new();
    for (path, text) in files {
        let code = path.split('/').nth(1).unwrap_or_default();
        if code.parse::<LanguageIdentifier>().is_err() {
            let message = format!("the folder `{code}` is not named after a language");
            findings.push(Finding::error(Code::Id, format!("locales/{code}"), message));
            continue;
        }
        match text {
            Ok(text) => enter(path, text, languages.entry(code.to_owned()).or_default(), findings),
            Err(why) => findings.push(Finding::error(Code::File, path, format!("it cannot be read: {why}"))),
        }
    }
    languages
}

fn enter(path: &str, text: &str, language: &mut Language, findings: &mut Vec<Finding>) {
    let (resource, errors) = match parser::parse(text) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors),
    };
    for error in errors {
        let (line, column) = position(text, error.pos.start);
        findings.push(Finding::error(Code::Syntax, path, error.kind.to_string()).at(line, column));
    }
    let mut from = 0;
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let (key, Some(pattern)) = (message.id.name, &message.value) else { continue };
        let at = place(text, key, from);
        from = at + key.len();
        let mut entered = Entered {
            file: path.to_owned(),
            line: position(text, at).0,
            words: String::new(),
            variables: BTreeSet::new(),
            references: BTreeSet::new(),
        };
        walk(pattern, &mut entered);
        match language.get(key) {
            Some(first) => {
                let message = format!("the text `{key}` stands twice");
                let hint = format!("first in {}:{}", first.file, first.line);
                findings.push(Finding::error(Code::Twice, path, message).at(entered.line, 1).hint(hint));
            }
            None => drop(language.insert(key.to_owned(), entered)),
        }
    }
}

/// Where a message begins: its name at the beginning of a line. The parser does not tell.
fn place(text: &str, key: &str, from: usize) -> usize {
    let begins = |at: &usize| {
        let line_begins = *at == 0 || text[..*at].ends_with('\n');
        line_begins && text[*at + key.len()..].trim_start_matches(' ').starts_with('=')
    };
    let rest = text.get(from..).unwrap_or_default();
    rest.match_indices(key).map(|(at, _)| from + at).find(begins).unwrap_or(from)
}

fn position(text: &str, byte: usize) -> (u32, u32) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

fn walk(pattern: &Pattern<&str>, into: &mut Entered) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => into.words.push_str(value),
            PatternElement::Placeable { expression } => expression_in(expression, into),
        }
    }
}

fn expression_in(expression: &Expression<&str>, into: &mut Entered) {
    match expression {
        Expression::Inline(inline) => inline_in(inline, into),
        Expression::Select { selector, variants } => {
            inline_in(selector, into);
            variants.iter().for_each(|variant| walk(&variant.value, into));
        }
    }
}

fn inline_in(inline: &InlineExpression<&str>, into: &mut Entered) {
    match inline {
        InlineExpression::VariableReference { id } => drop(into.variables.insert(id.name.to_owned())),
        InlineExpression::MessageReference { id, .. } => drop(into.references.insert(id.name.to_owned())),
        InlineExpression::StringLiteral { value } => into.words.push_str(value),
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| inline_in(argument, into));
        }
        InlineExpression::Placeable { expression } => expression_in(expression, into),
        InlineExpression::TermReference { .. } | InlineExpression::NumberLiteral { .. } => {}
    }
}

/// What a text takes, with what the texts in it take.
fn variables(texts: &Language, key: &str) -> BTreeSet<String> {
    let (mut open, mut seen, mut all) = (vec![key.to_owned()], BTreeSet::new(), BTreeSet::new());
    while let Some(key) = open.pop() {
        if let Some(text) = texts.get(&key).filter(|_| seen.insert(key.clone())) {
            all.extend(text.variables.iter().cloned());
            open.extend(text.references.iter().cloned());
        }
    }
    all
}

/// An error if a text takes other placeholders than its model.
fn placeholders(key: &str, texts: &Language, model: &Language) -> Option<Finding> {
    let (mine, wanted) = (variables(texts, key), variables(model, key));
    let text = texts.get(key).filter(|_| mine != wanted)?;
    let names = |names: Vec<&String>| names.iter().map(|name| format!("{{ ${name} }}")).collect::<Vec<_>>().join(", ");
    let (less, more) = (names(wanted.difference(&mine).collect()), names(mine.difference(&wanted).collect()));
    let message = match (less.is_empty(), more.is_empty()) {
        (false, true) => format!("`{key}` lacks {less}"),
        (true, _) => format!("`{key}` has {more}, which nothing fills"),
        (false, false) => format!("`{key}` has {more} in place of {less}"),
    };
    let finding = Finding::error(Code::Placeholder, &text.file, message).at(text.line, 1);
    Some(finding.hint("placeholders are the same in all languages"))
}

/// An error if a text is too long for the only place where it is shown, whatever is filled in.
fn length(key: &str, text: &Entered) -> Option<Finding> {
    let limit = match key {
        "profile-description" => MAX_DESCRIPTION,
        "profile-short" => MAX_SHORT_DESCRIPTION,
        key if key.starts_with("command-") => MAX_COMMAND,
        _ => TEXT_LIMIT,
    };
    let length = text.words.chars().count();
    let message = format!("`{key}` has {length} characters, {limit} are possible");
    (length > limit).then(|| Finding::error(Code::Limit, &text.file, message).at(text.line, 1))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    fn files(files: &[(&str, &str)]) -> Files {
        files.iter().map(|(path, text)| ((*path).to_owned(), Ok((*text).to_owned()))).collect()
    }

    fn said(found: &[Finding]) -> String {
        found.iter().map(|finding| format!("{finding}\n")).collect()
    }

    #[test]
    fn the_locales_that_come_along_are_clean() {
        assert_eq!(said(&check(None)), "");
    }

    #[test]
    fn each_fault_is_named_with_its_place() {
        let needed = files(&[("locales/de/a.ftl", "hello = Hallo { $name }\nbye = Tschüs\ncommand-x = x\n")]);
        let long = format!("command-x = {}\n", "x".repeat(257));
        let other = files(&[
            ("locales/de/a.ftl", "hello = Hallo { $name }\nbye = Tschüs\ncommand-x = x\n"),
            ("locales/en/a.ftl", "bye = { hello }\nhello = Hello { $nmae }\n\n= lost\nhello = Hi\nmore = { $x }\n"),
            ("locales/en/b.ftl", &long),
            (
                "locales/uk/a.ftl",
                "language-status = Чернетка\nhello = { $name ->\n   [Ada] Привіт\n  *[other] Привіт { $name }\n }\nbye = Бувай\n",
            ),
            ("locales/no language/a.ftl", "hello = x\n"),
        ]);
        assert_snapshot!(said(&findings(&other, &needed)), @r#"
            locales/en/a.ftl:4:1: error: Expected one of "a-zA-Z"
            locales/en/a.ftl:5:1: error: the text `hello` stands twice
                hint: first in locales/en/a.ftl:2
            locales/no language: error: the folder `no language` is not named after a language
            locales/en/a.ftl:1:1: error: `bye` has { $nmae }, which nothing fills
                hint: placeholders are the same in all languages
            locales/en/b.ftl:1:1: error: `command-x` has 257 characters, 256 are possible
            locales/en/a.ftl:2:1: error: `hello` has { $nmae } in place of { $name }
                hint: placeholders are the same in all languages
            locales/en/a.ftl:6:1: warning: nobody says the text `more`
            "#);
        assert_snapshot!(said(&findings(&files(&[("locales/en/a.ftl", "")]), &needed)), @"locales/de: error: the source language is missing");
    }
}
