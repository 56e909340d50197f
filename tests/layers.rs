//! The shape of the source, read from the source: which part may know which, and the house's rules that no
//! compiler checks.
//!
//! Owns: the table of layers (ARCHITECTURE.md tells why) and the lists of exceptions, each with its reason.

#[path = "layers/edge_cases.rs"]
mod edge_cases;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A part of the program and the parts it may use, besides itself. Whatever is not in a list is forbidden.
const LAYERS: [(&str, &[&str]); 12] = [
    ("domain", &[]),
    ("clock", &["domain"]),
    ("config", &[]),
    ("content", &["domain"]),
    ("l10n", &["domain"]),
    ("store", &["domain"]),
    ("telegram", &["domain"]),
    ("app", &["domain", "clock", "content", "l10n", "store", "telegram"]),
    ("web", &["domain", "clock", "config", "content", "l10n", "store", "telegram", "app"]),
    ("demo", &["domain", "clock", "config", "content", "l10n", "store", "telegram", "app"]),
    ("cli", EVERYTHING),
    ("main", EVERYTHING),
];

/// The command line puts all of it together.
const EVERYTHING: &[&str] =
    &["domain", "clock", "config", "content", "l10n", "store", "telegram", "app", "web", "demo", "cli"];

/// Crates that belong to one part (or two) and are unknown everywhere else.
const CRATES: [(&str, &[&str]); 27] = [
    ("sqlx", &["store"]),
    ("teloxide", &["telegram"]),
    ("axum", &["web", "demo"]),
    ("reqwest", &["telegram", "demo"]),
    ("fluent_bundle", &["l10n"]),
    ("fluent_langneg", &["l10n"]),
    ("fluent_syntax", &["l10n"]),
    ("pulldown_cmark", &["content"]),
    ("toml", &["content"]),
    ("toml_edit", &["content"]),
    ("imagesize", &["content"]),
    ("miette", &["cli"]),
    ("cron", &["domain", "content"]),
    ("csv", &["app"]),
    ("icalendar", &["app"]),
    ("plotters", &["web"]),
    ("resvg", &["app"]),
    ("fsrs", &["domain"]),
    ("minijinja", &["web"]),
    ("krilla", &["app"]),
    ("rust_xlsxwriter", &["app"]),
    ("ttf_parser", &["app"]),
    ("prometheus", &["app"]),
    ("clap", &["config", "app", "cli", "main"]),
    ("rand_chacha", &["clock", "demo"]),
    ("chacha20poly1305", &["store"]),
    ("base64", &["store"]),
];

/// What a pure decision cannot need.
const IMPURE: [&str; 16] = [
    "tokio",
    "async",
    "await",
    "std::fs",
    "std::net",
    "std::env",
    "std::io",
    "std::process",
    "std::thread",
    "std::path",
    "Instant",
    "SystemTime",
    "tracing",
    "println",
    "eprintln",
    "rand",
];

/// Longest file, in lines. Beyond it two ideas live in one place.
const LONGEST: usize = 500;

/// Files that may be longer, and why.
const LONGER: [(&str, &str); 1] =
    [("src/demo/phones/tests.rs", "one story for each thing that Telegram refuses, in the order of its documentation")];

/// Files that hold German words although nothing in them speaks to anybody, and why.
const HOLDS_GERMAN: [(&str, &str); 6] = [
    ("src/domain/dates/mod.rs", "words around a date"),
    ("src/domain/dates/named.rs", "words before a day that make another one of it"),
    ("src/domain/dates/words.rs", "weekdays, months and numbers as people write them"),
    ("src/domain/duration/mod.rs", "words that make a text no entry of hours"),
    ("src/domain/duration/amount.rs", "words around an amount"),
    ("src/demo/past.rs", "names of made-up organisations"),
];

#[test]
fn imports_run_one_way() {
    let mut wrong = Vec::new();
    for file in sources() {
        let layer = file.layer();
        let (_, allowed) = LAYERS
            .iter()
            .find(|(name, _)| *name == layer)
            .unwrap_or_else(|| panic!("{}: `{layer}` has no place in the table of layers", file.name));
        for (line, used) in file.parts_used() {
            if used != layer && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{}:{line}: {layer} may not use {used}", file.name));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_foreign_crate_stays_in_its_part() {
    let mut wrong = Vec::new();
    for file in sources() {
        let layer = file.layer();
        for (line, word) in file.words() {
            for (name, places) in CRATES {
                if word == name && !places.contains(&layer.as_str()) {
                    wrong.push(format!("{}:{line}: {name} belongs to {}", file.name, places.join(" and ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_domain_knows_no_executor_no_files_no_network_no_clock_and_no_chance() {
    let mut wrong = Vec::new();
    for file in sources().filter(|file| file.layer() == "domain") {
        for (line, code) in file.production() {
            for word in IMPURE {
                if has_word(code, word) {
                    wrong.push(format!("{}:{line}: `{word}` in the domain", file.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn only_the_clock_reads_the_clock_and_only_its_ids_are_random() {
    let mut wrong = Vec::new();
    for file in sources().filter(|file| file.layer() != "clock") {
        for (line, code) in file.production() {
            for source in ["Utc::now", "Local::now", "SystemTime::now", "rand::rng", "rand::random", "from_os_rng"] {
                if has_word(code, source) {
                    wrong.push(format!("{}:{line}: `{source}` outside src/clock.rs", file.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn nothing_that_people_read_in_a_chat_is_written_in_rust() {
    let mut wrong = Vec::new();
    for file in sources() {
        if HOLDS_GERMAN.iter().any(|(name, _)| *name == file.name) {
            continue;
        }
        let end = file.production().last().map_or(0, |(line, _)| line);
        for (line, text) in file.strings.iter().filter(|(line, _)| *line <= end) {
            let german = text.chars().any(|c| "äöüÄÖÜß„“".contains(c));
            let sentence = file.layer() == "domain" && is_sentence(text);
            if german || sentence {
                wrong.push(format!("{}:{line}: {text:?} belongs into locales/ or lessons/", file.name));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_file_begins_by_saying_what_it_owns() {
    let mute: Vec<String> = all_rust()
        .into_iter()
        .filter(|path| !fs::read_to_string(path).unwrap().starts_with("//! "))
        .map(|path| name_of(&path))
        .collect();
    assert!(mute.is_empty(), "no `//!` at the top of {mute:?}");
}

#[test]
fn no_file_grows_beyond_what_a_reader_holds_in_mind() {
    for path in all_rust() {
        let name = name_of(&path);
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        let excepted = LONGER.iter().any(|(file, _)| *file == name);
        assert!(excepted || lines <= LONGEST, "{name} has {lines} lines; split it by idea, not by size");
        assert!(!excepted || lines > LONGEST, "{name} is short again; take it off the list");
    }
    for (name, _) in LONGER.iter().chain(&HOLDS_GERMAN) {
        assert!(root().join(name).is_file(), "{name} is gone; take it off the list");
    }
}

#[test]
fn the_compiler_is_told_to_refuse_unsafe_code() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let lints = manifest.split("[lints.rust]").nth(1).and_then(|rest| rest.split("\n[").next()).unwrap_or_default();
    assert!(lints.contains("unsafe_code = \"forbid\""), "{lints}");
}

#[test]
fn the_reader_of_sources_sees_what_is_code_and_what_is_not() {
    let file = Source::read(
        "src/app/x/y.rs".to_owned(),
        concat!(
            "// crate::web\n/* crate::demo /* crate::web */ */ use crate::{domain::tap, store as kept};\n",
            "let s = \"crate::demo \\\" \\\\\"; let c = '\"'; use super::super::super::content::Library;\n",
            "fn f<'a>(x: &'a str) { let r = r#\"a \"quoted\" web\"#; }\n#[cfg(test)]\nmod tests { use crate::web; }\n",
        ),
    );
    let used: Vec<(usize, String)> = file.parts_used();
    let expected = [(2, "domain"), (2, "store"), (3, "content"), (6, "web")];
    assert_eq!(used, expected.map(|(line, part)| (line, part.to_owned())));
    let strings: Vec<&str> = file.strings.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(strings, ["crate::demo \\\" \\\\", "a \"quoted\" web"]);
    assert!(!file.production().any(|(_, code)| code.contains("web")));
    assert!(has_word("x = std::fs::read()", "std::fs") && !has_word("refs::fsx", "fs"));
}

/// A file of the program, with comments and strings taken out of the code.
struct Source {
    /// Relative to the repository: `src/app/handle.rs`.
    name: String,
    code: String,
    /// Each string with the line it begins on.
    strings: Vec<(usize, String)>,
}

impl Source {
    fn read(name: String, text: &str) -> Self {
        let mut source = Self { name, code: String::with_capacity(text.len()), strings: Vec::new() };
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            let taken = source.take(rest, next);
            rest = &rest[taken..];
        }
        source
    }

    /// Takes one comment, string or character from the front; answers with its length in bytes.
    fn take(&mut self, rest: &str, next: char) -> usize {
        if rest.starts_with("//") {
            return rest.find('\n').unwrap_or(rest.len());
        }
        if rest.starts_with("/*") {
            return self.blank(&rest[..comment(rest)]);
        }
        let raw = rest.trim_start_matches('b');
        let hashes = raw.strip_prefix('r').map(|raw| raw.len() - raw.trim_start_matches('#').len());
        let after_word = self.code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if let Some(hashes) = hashes.filter(|_| !after_word && rest.len() - raw.len() <= 1)
            && raw[1 + hashes..].starts_with('"')
        {
            let begin = rest.len() - raw.len() + 2 + hashes;
            let close = format!("\"{}", "#".repeat(hashes));
            let end = begin + rest[begin..].find(&close).unwrap_or(rest.len() - begin);
            self.keep(&rest[begin..end]);
            return self.blank(&rest[..(end + close.len()).min(rest.len())]);
        }
        match next {
            '"' => {
                let end = end_of_string(rest);
                self.keep(&rest[1..end]);
                self.blank(&rest[..(end + 1).min(rest.len())])
            }
            '\'' => match character(rest) {
                Some(length) => self.blank(&rest[..length]),
                None => self.push(next),
            },
            _ => self.push(next),
        }
    }

    fn push(&mut self, next: char) -> usize {
        self.code.push(next);
        next.len_utf8()
    }

    fn keep(&mut self, text: &str) {
        self.strings.push((self.code.matches('\n').count() + 1, text.to_owned()));
    }

    /// Leaves only the line breaks of what is no code.
    fn blank(&mut self, text: &str) -> usize {
        self.code.push(' ');
        self.code.extend(text.chars().filter(|c| *c == '\n'));
        text.len()
    }

    fn layer(&self) -> String {
        let place = self.name.trim_start_matches("src/");
        place.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned()
    }

    /// How many `super` lead from this file's own module to the crate.
    fn depth(&self) -> usize {
        let place = self.name.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
        place.split('/').count()
    }

    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(at, line)| (at + 1, line))
    }

    /// The lines before the file's tests, which stand last; none of a file that holds nothing else.
    fn production(&self) -> impl Iterator<Item = (usize, &str)> {
        let whole = ["/tests.rs", "/properties.rs", "/testing.rs"].iter().any(|end| self.name.ends_with(end));
        let tests = self.code.find("#[cfg(test)]\nmod tests {").filter(|_| !whole);
        let lines = match tests {
            _ if whole => 0,
            Some(at) => self.code[..at].matches('\n').count(),
            None => usize::MAX,
        };
        self.lines().take(lines)
    }

    /// Every identifier, with its line.
    fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().flat_map(|(at, line)| {
            line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).map(move |word| (at, word))
        })
    }

    /// The parts of this crate that are named by a path from its root, with the line of each.
    fn parts_used(&self) -> Vec<(usize, String)> {
        let ways = ["crate::".to_owned(), "super::".repeat(self.depth())];
        let mut used = BTreeSet::new();
        for way in ways {
            for (at, _) in self.code.match_indices(&way) {
                let longer = self.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
                if longer {
                    continue;
                }
                let line = self.code[..at].matches('\n').count() + 1;
                for name in first_names(&self.code[at + way.len()..]) {
                    if LAYERS.iter().any(|(layer, _)| *layer == name) {
                        used.insert((line, name));
                    }
                }
            }
        }
        used.into_iter().collect()
    }
}

/// The names right behind `crate::`: one, or all at the top of a list in braces.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let Some(list) = path.strip_prefix('{') else { return vec![name(path)] };
    let (mut depth, mut names, mut fresh) = (0, Vec::new(), true);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && !c.is_whitespace() => {
                names.push(name(&list[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    names
}

/// Length of a comment that may hold others.
fn comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// Where the closing quote of a string stands that begins `rest`.
fn end_of_string(rest: &str) -> usize {
    let mut escaped = true; // the opening quote closes nothing
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    rest.len()
}

/// Length of a character literal; `None` for a lifetime.
fn character(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    let (_, first) = chars.next()?;
    if first == '\\' {
        return rest[3..].find('\'').map(|end| 3 + end + 1);
    }
    chars.next().filter(|(_, c)| *c == '\'').map(|(at, _)| at + 1)
}

fn has_word(code: &str, word: &str) -> bool {
    let edge = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    code.match_indices(word)
        .any(|(at, _)| edge(code[..at].chars().next_back()) && edge(code[at + word.len()..].chars().next()))
}

/// Begins like a sentence, has several words, and ends like one.
fn is_sentence(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && text.split_whitespace().count() > 2 && text.ends_with(['.', '!', '?'])
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn name_of(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

/// The files of the program; `lib.rs` only lists its parts.
fn sources() -> impl Iterator<Item = Source> {
    let files = all_rust().into_iter().filter(|path| name_of(path).starts_with("src/"));
    files
        .filter(|path| name_of(path) != "src/lib.rs")
        .map(|path| Source::read(name_of(&path), &fs::read_to_string(&path).unwrap()))
}

fn all_rust() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src"), root().join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(found.len() > 50, "the sources were not found");
    found
}

/// Tables that hold what people did. For trainers they are read in `publish.rs` alone; the others read them for the
/// people themselves, for a decision about them, or to drop what is old.
const RAW: [(&str, &[&str]); 5] = [
    // `sealed` lists them, to seal them anew, and shows them to nobody; `cohort` counts, for whoever changes a lesson, who stands in it.
    ("rating", &["export.rs", "facts.rs", "privacy.rs", "publish.rs", "sealed.rs"]),
    ("answer", &["cohort.rs", "export.rs", "facts.rs", "privacy.rs", "publish.rs", "report.rs", "sealed.rs"]),
    ("milestone", &["export.rs", "facts.rs", "privacy.rs", "publish.rs"]),
    ("week_close", &["ledger.rs", "old.rs", "publish.rs"]),
    ("shortfall", &["ledger.rs", "old.rs", "publish.rs"]),
];

#[test]
fn only_publishing_reads_what_people_did_for_trainers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    for (table, known) in RAW {
        let mut readers = BTreeSet::new();
        for file in fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file()) {
            let text = fs::read_to_string(&file).unwrap();
            let reads = ["FROM", "JOIN", "INTO", "UPDATE"].iter().any(|word| {
                text.match_indices(&format!("{word} {table}")).any(|(at, found)| {
                    !text[at + found.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
                })
            });
            if reads {
                readers.insert(file.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
        assert_eq!(readers, known.iter().map(|name| (*name).to_owned()).collect(), "readers of {table}");
    }
    // The report counts answers for whoever runs the program, all together and for no trainer.
    let report = fs::read_to_string(folder.join("report.rs")).unwrap();
    assert_eq!(report.matches("FROM answer").count(), 1);
}
