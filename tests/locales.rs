//! The locale files against each other, against the code that speaks through them, and against the limits.
//!
//! Owns: the rules every text obeys, whoever translates next. Does not know what a good sentence is.

#[path = "locales/drafts.rs"]
mod drafts;
#[path = "locales/sources.rs"]
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, Weekday};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use tandem::domain::event::Command;
use tandem::domain::lang::Lang;
use tandem::domain::message::{Arg, Line, say};
use tandem::domain::{dates, duration, hours};
use tandem::l10n::Words;

use sources::{is_key, literals, noted};

/// Longest label of a button, in characters: two fit beside each other on a small phone.
const MAX_BUTTON: usize = 32;
/// Longest line of the command menu that is not cut off on a phone (Bot API, BotCommand: 256).
const MAX_COMMAND: usize = 60;
/// Bot API, answerCallbackQuery.text.
const MAX_TOAST: usize = 200;
/// Bot API, setMyDescription and setMyShortDescription.
const MAX_PROFILE: (usize, usize) = (512, 120);
/// What a folder says that is a draft.
const DRAFT: &str = "language-status";
/// The notice before joining is read only if it is short.
const MAX_NOTICE: usize = 900;
/// Far below Telegram's 4,096: whatever is longer is not read in a chat.
const MAX_MESSAGE: usize = 1_500;

/// Keys that stand on buttons without saying so in their name.
const LABELS: [&str; 4] = ["day", "hour", "places", "weekday-short"];
const LABEL_PREFIXES: [&str; 3] = ["button-", "setup-granted-", "handover-"];
/// Keys that begin like a label and are sentences.
const NO_LABELS: [&str; 13] = [
    "handover-title",
    "handover-hint",
    "handover-complete",
    "handover-waits",
    "handover-given",
    "handover-taken",
    "handover-link",
    "handover-link-ask",
    "handover-link-bad",
    "handover-link-late",
    "handover-giving-title",
    "handover-giving-hint",
    "handover-giving-complete",
];

/// A text as its file says it.
struct Text {
    /// All its words: of each variant, without what stands in braces.
    words: String,
    variables: BTreeSet<String>,
    references: BTreeSet<String>,
}

type Texts = BTreeMap<String, Text>;

#[test]
fn every_file_is_read_to_its_end_and_no_key_stands_twice() {
    for lang in languages() {
        for path in files(&root().join("locales").join(&lang), "ftl") {
            let source = fs::read_to_string(&path).unwrap();
            if let Err((_, errors)) = parser::parse(source.as_str()) {
                panic!("{}: {errors:?}", path.display());
            }
            let junk = parser::parse(source.as_str()).unwrap().body.iter().any(|e| matches!(e, Entry::Junk { .. }));
            assert!(!junk, "{} holds something unreadable", path.display());
        }
        let mut seen = BTreeSet::new();
        for (key, _) in entries(&lang) {
            assert!(seen.insert(key.clone()), "{lang}: {key} stands twice");
        }
    }
}

#[test]
fn all_languages_have_the_same_keys_with_the_same_variables() {
    let source = texts("de");
    for lang in languages() {
        let other = texts(&lang);
        let keys = |texts: &Texts| texts.keys().cloned().collect::<BTreeSet<_>>();
        let odd: Vec<String> = keys(&source).symmetric_difference(&keys(&other)).cloned().collect();
        assert!(odd.is_empty(), "only in one of de and {lang}: {odd:?}");
        for key in source.keys() {
            assert_eq!(variables(&source, key), variables(&other, key), "variables of {key} in {lang}");
        }
    }
}

#[test]
fn every_key_that_the_code_says_exists_and_takes_the_arguments_it_is_given() {
    let texts = texts("de");
    let days = set(&["span", "from", "to"]);
    for (file, code) in sources() {
        let named = literals(&code).into_iter().filter(|literal| is_label(literal));
        let missing: BTreeSet<String> =
            said(&code).into_iter().map(|(key, _)| key).chain(named).filter(|key| !texts.contains_key(key)).collect();
        assert!(missing.is_empty(), "{file} says what no locale file has: {missing:?}");
        for (key, given) in said(&code) {
            let wanted = variables(&texts, &key);
            // Days of an absence are added to a finished sentence, elsewhere in the code.
            let plain: BTreeSet<String> = wanted.difference(&days).cloned().collect();
            let given: BTreeSet<String> = given.difference(&days).cloned().collect();
            assert_eq!(plain, given, "{file}: what {key} is given and what it shows");
        }
    }
}

#[test]
fn every_key_that_a_page_says_exists_and_takes_the_arguments_it_is_given() {
    let texts = texts("de");
    let mut pages = 0;
    for (file, page) in sources().into_iter().filter(|(file, _)| file.ends_with(".html")) {
        pages += 1;
        for call in page.split("t(\"").skip(1) {
            let (key, rest) = call.split_once('"').unwrap();
            assert!(texts.contains_key(key), "{file} says {key}, which no locale file has");
            let given = rest.split(')').next().unwrap().split(',').skip(1);
            let given: BTreeSet<String> = given.map(|arg| arg.split('=').next().unwrap().trim().to_owned()).collect();
            assert_eq!(variables(&texts, key), given, "{file}: what {key} is given and what it shows");
        }
    }
    assert!(pages > 0);
}

#[test]
fn no_key_is_unused() {
    let texts = texts("de");
    let mut used: BTreeSet<String> = sources().iter().flat_map(|(_, code)| literals(code)).collect();
    used.extend(texts.values().flat_map(|text| text.references.clone()));
    used.extend(Command::NAMES.iter().map(|(name, _)| format!("command-{name}")));
    // The bot's profile and the languages' own names are read where they are registered and rendered.
    used.extend(["profile-description", "profile-short", "language-name"].map(str::to_owned));
    let unused: Vec<&String> = texts.keys().filter(|key| !key.starts_with("demo-") && !used.contains(*key)).collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
    for (name, _) in Command::NAMES {
        assert!(texts.contains_key(&format!("command-{name}")), "/{name} has no line in the menu");
    }
}

#[test]
fn texts_hold_no_tags_no_double_spaces_no_loose_marks_and_no_familiar_you() {
    let familiar = set(&[
        "du", "dich", "dir", "dein", "deine", "deinem", "deinen", "deiner", "deines", "euch", "euer", "eure", "eurem",
        "euren", "eurer",
    ]);
    for lang in languages() {
        for (key, text) in texts(&lang) {
            let words = &text.words;
            let tag = words.split('<').skip(1).any(|rest| rest.starts_with(|c: char| c.is_alphabetic() || c == '/'));
            assert!(!tag, "{lang}: {key} holds a tag");
            assert!(!words.contains("  "), "{lang}: {key} holds a double space");
            assert!(
                !words.contains(['\t', '\u{a0}', '\'', '"']),
                "{lang}: {key} holds an odd space or a straight quote"
            );
            for mark in ['*', '_'] {
                assert_eq!(words.matches(mark).count() % 2, 0, "{lang}: {key} has a loose {mark}");
            }
            if lang == "de" {
                let word =
                    words.split(|c: char| !c.is_alphabetic()).find(|word| familiar.contains(&word.to_lowercase()));
                assert_eq!(word, None, "{key} says {word:?}");
            }
        }
    }
}

#[test]
fn every_text_fits_where_it_is_shown() {
    let words = Words::built_in().unwrap();
    let toasts: BTreeSet<String> = sources().iter().flat_map(|(_, code)| noted(code)).collect();
    assert!(toasts.contains("stale"));
    for lang in languages() {
        let texts = texts(&lang);
        for key in texts.keys().filter(|key| !key.starts_with("demo-")) {
            let text = shown(&words, &lang, &texts, key);
            let length = text.chars().count();
            let limit = match key.as_str() {
                "profile-description" => MAX_PROFILE.0,
                "profile-short" => MAX_PROFILE.1,
                "notice-participant" => MAX_NOTICE,
                key if key.starts_with("command-") => MAX_COMMAND,
                // These end with words that a person gave or that stand on another button; their beginning tells them apart.
                "button-on-days" | "button-contact-named" | "button-tell-contact" | "button-licence-name" => {
                    2 * MAX_BUTTON
                }
                key if is_label(key) => MAX_BUTTON,
                key if toasts.contains(key) => MAX_TOAST,
                _ => MAX_MESSAGE,
            };
            assert!((1..=limit).contains(&length), "{lang}: {key} has {length} characters, {limit} fit:\n{text}");
            assert!(!text.contains(['{', '}', '*', '_']), "{lang}: {key} shows a gap or a mark:\n{text}");
        }
    }
}

#[test]
fn what_stands_in_quotes_can_be_typed_or_tapped() {
    let words = Words::built_in().unwrap();
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    for lang in languages() {
        let texts = texts(&lang);
        let labels: BTreeSet<String> =
            texts.keys().filter(|key| is_label(key)).map(|key| shown(&words, &lang, &texts, key)).collect();
        let quotes = if lang == "de" { ['„', '“'] } else { ['“', '”'] };
        for (key, text) in texts.iter().filter(|(key, _)| !key.starts_with("demo-")) {
            for quoted in text.words.split(quotes[0]).skip(1) {
                let quoted = quoted.split(quotes[1]).next().unwrap();
                let works = labels.contains(quoted)
                    || hours::word(quoted).is_some()
                    || duration::parse(quoted, today).is_ok()
                    || dates::parse(quoted, today).is_ok()
                    || dates::parse_date(quoted, today).is_ok();
                assert!(works, "{lang}: {key} suggests “{quoted}”, which is not understood");
            }
        }
    }
}

#[test]
fn every_command_in_a_text_exists() {
    for lang in languages() {
        for (key, text) in texts(&lang) {
            let commands = text.words.split_whitespace().filter_map(|word| word.strip_prefix('/'));
            let names = commands.map(|command| command.chars().take_while(char::is_ascii_alphanumeric).collect());
            // A slash between two numbers stands alone.
            for name in names.filter(|name: &String| !name.is_empty()) {
                assert_ne!(Command::from_name(&name), Command::Unknown, "{lang}: {key} names /{name}");
            }
        }
    }
}

#[test]
fn lengths_days_and_hours_are_written_as_each_language_writes_them() {
    let words = Words::built_in().unwrap();
    let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let in_both = |line: &Line| ["de", "en"].map(|lang| words.plain(&Lang::from(lang), line));
    let logged = |minutes| say("hours-undone").with("minutes", Arg::Minutes(minutes)).with("day", day);
    assert_eq!(
        in_both(&logged(45)),
        ["Gelöscht: 45 Min. am Di., 24. November.", "Removed: 45 min on Tue 24 November."]
    );
    for (minutes, de, en) in [
        (0, "+0 Min.", "+0 min"),
        (60, "+1 Std.", "+1 h"),
        (65, "+1:05 Std.", "+1:05 h"),
        (90, "+1:30 Std.", "+1:30 h"),
        (600, "+10 Std.", "+10 h"),
    ] {
        assert_eq!(in_both(&say("button-add").with("minutes", Arg::Minutes(minutes))), [de, en]);
    }
    assert_eq!(in_both(&say("hour").with("hour", Arg::Hour(9))), ["9 Uhr", "9:00"]);
    let days = [Weekday::Tue, Weekday::Wed, Weekday::Thu].map(|day| say("weekday").with("day", day)).to_vec();
    let times = say("settings").with("days", days).with("hour", Arg::Hour(9));
    let [de, en] = in_both(&times);
    assert!(de.ends_with("Lektionen: Dienstag, Mittwoch und Donnerstag, 9 Uhr"), "{de}");
    assert!(en.ends_with("Lessons: Tuesday, Wednesday and Thursday at 9:00"), "{en}");
    let away =
        |to| say("away-noted").with("span", if day == to { "one" } else { "many" }).with("from", day).with("to", to);
    let week = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    assert!(in_both(&away(day))[0].contains("am Di., 24. November weg"));
    assert!(in_both(&away(week))[0].contains("vom Di., 24. November bis Di., 1. Dezember weg"));
    assert!(in_both(&away(week))[1].contains("from Tue 24 November to Tue 1 December"));
}

/// A text with the longest arguments that it can get.
fn shown(words: &Words, lang: &str, texts: &Texts, key: &str) -> String {
    let line =
        variables(texts, key).into_iter().fold(Line { key: key.to_owned().into(), args: Vec::new() }, |line, name| {
            let arg = longest(key, &name);
            Line { args: [line.args, vec![(name.into(), arg)]].concat(), ..line }
        });
    words.plain(&Lang::from(lang), &line)
}

fn longest(key: &str, name: &str) -> Arg {
    let wednesday = NaiveDate::from_ymd_opt(2026, 9, 30).unwrap();
    match (key, name) {
        ("weekday" | "weekday-short", "day") => Arg::Weekday(Weekday::Wed),
        ("hours-too-old", "days") => Arg::Number(28),
        (format, _) if format.starts_with("fmt-") => Arg::Number(12),
        (_, "day" | "from" | "to") => Arg::Day(wednesday),
        (_, "days") => Arg::List([Weekday::Tue, Weekday::Thu].map(|day| say("weekday").with("day", day)).to_vec()),
        (_, "span") => Arg::from("many"),
        (_, "whose" | "helper") => Arg::from("other"),
        (_, "minutes" | "logged" | "target" | "already") => Arg::Minutes(635),
        (_, "hour") => Arg::Hour(16),
        (_, "bar") => Arg::Bar(7),
        (_, "weeks") => {
            let week = say("hours-week")
                .with("week", 46_i64)
                .with("bar", Arg::Bar(3))
                .with("logged", Arg::Minutes(215))
                .with("target", Arg::Minutes(300));
            Arg::Lines(vec![week; 4])
        }
        (_, "missing") => Arg::List(vec![say("missing-promise"), say("missing-deputy-times")]),
        (_, "first" | "last" | "week" | "done" | "total" | "ready" | "all" | "places" | "limit" | "length") => {
            Arg::Number(5_000)
        }
        (_, "shares" | "lines") => Arg::Lines(vec![say("answer-name").with("name", Arg::Text("x".repeat(60))); 10]),
        (_, "made") => Arg::Day(wednesday),
        (_, "month") => Arg::Number(9),
        (_, "issued" | "until") => Arg::Text("30. September 2028".to_owned()),
        (_, "was" | "is") => Arg::from(say("entry").with("day", wednesday).with("minutes", Arg::Minutes(635))),
        (_, "by" | "when") => Arg::Text("x".repeat(40)),
        ("workdays", "later") => Arg::List(vec![say("weekday").with("day", Weekday::Wed); 7]),
        (_, "entries" | "absences" | "answers" | "ratings" | "floor" | "share" | "score") => Arg::Number(5_000),
        (_, "nth" | "of" | "needed" | "repeats" | "people" | "sent" | "lost" | "letters") => Arg::Number(5_000),
        (_, "changes" | "count" | "edition" | "opened" | "finished") => Arg::Number(5_000),
        (_, "tandems") => Arg::from(say("digest-almost-all")),
        (_, "seat") => Arg::from(say("seat-deputy")),
        (_, "tandem") => {
            Arg::from(say("seat-tandem").with("organisation", "x".repeat(160).as_str()).with("day", wednesday))
        }
        (_, "left") => Arg::Number(5_000),
        (_, "source") => Arg::Text("x".repeat(160)),
        ("sees-row", "matter") | ("sees-cell", "who") => Arg::from(say("sees-asked")),
        ("sees-row", "who") => Arg::Lines(vec![say("sight-shuffled"); 3]),
        (_, "what" | "how") => Arg::from(say("licence-handover")),
        (_, "answer" | "right") => Arg::Text("A, B und D".to_owned()),
        ("handover-link", "link") => Arg::Text("x".repeat(300)),
        (_, "link") => Arg::Text(format!("https://{}/feed/{}.ics", "x".repeat(60), "x".repeat(22))),
        (_, "text" | "question" | "place") => Arg::Text("x".repeat(400)),
        (_, "names") => Arg::Lines(vec![say("colleague").with("name", "x".repeat(60).as_str()); 5]),
        (_, "items") => Arg::List(vec![say("handover-contacts"); 5]),
        // A button that says which days it is about, and one that names an office, go on where a phone cuts them.
        ("button-on-days", "label") => Arg::from(say("button-ask-again")),
        ("button-contact-named" | "button-tell-contact", "contact") => Arg::Text("x".repeat(40)),
        (_, "label" | "value" | "title" | "option" | "language" | "programme" | "year") => Arg::Text("x".repeat(60)),
        (_, "lesson" | "module" | "hurdle") => Arg::Text("x".repeat(60)),
        (_, "name" | "round") => Arg::Text("Maximiliane von Musterfrau-Beispiel".to_owned()),
        (_, "organisation" | "controller" | "contact") => Arg::Text("x".repeat(160)),
        (key, name) => panic!("{key} takes {name}, of which this test knows no example"),
    }
}

fn is_label(key: &str) -> bool {
    let prefix = LABEL_PREFIXES.iter().any(|prefix| key.starts_with(prefix) && key.len() > prefix.len());
    LABELS.contains(&key) || (prefix && !NO_LABELS.contains(&key) && is_key(key))
}

/// The variables of a text and of the texts it refers to.
fn variables(texts: &Texts, key: &str) -> BTreeSet<String> {
    let Some(text) = texts.get(key) else { return BTreeSet::new() };
    text.references.iter().fold(text.variables.clone(), |mut all, other| {
        all.extend(variables(texts, other));
        all
    })
}

fn texts(lang: &str) -> Texts {
    entries(lang).into_iter().collect()
}

fn entries(lang: &str) -> Vec<(String, Text)> {
    let mut entries = Vec::new();
    for path in files(&root().join("locales").join(lang), "ftl") {
        let source = fs::read_to_string(path).unwrap();
        let resource = parser::parse(source.as_str()).unwrap_or_else(|(resource, _)| resource);
        for entry in resource.body {
            if let Entry::Message(message) = entry
                && let Some(pattern) = message.value
            {
                let mut text = Text { words: String::new(), variables: BTreeSet::new(), references: BTreeSet::new() };
                read_pattern(&pattern, &mut text);
                entries.push((message.id.name.to_owned(), text));
            }
        }
    }
    entries
}

fn read_pattern(pattern: &Pattern<&str>, text: &mut Text) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.words.push_str(value),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                text.words.push('…');
                read_inline(inline, text);
            }
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                read_inline(selector, text);
                for variant in variants {
                    read_pattern(&variant.value, text);
                    text.words.push('\n');
                }
            }
        }
    }
}

fn read_inline(inline: &InlineExpression<&str>, text: &mut Text) {
    match inline {
        InlineExpression::VariableReference { id } => {
            text.variables.insert(id.name.to_owned());
        }
        InlineExpression::MessageReference { id, attribute: None } => {
            text.references.insert(id.name.to_owned());
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        other => panic!("the texts do without {other:?}"),
    }
}

/// The code of the program without its tests, by file.
fn sources() -> Vec<(String, String)> {
    let mut sources = Vec::new();
    for path in files(&root().join("src/web"), "html") {
        sources.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
    }
    for path in files(&root().join("src"), "rs") {
        if path.file_name().is_some_and(|name| name == "tests.rs") {
            continue;
        }
        let code = fs::read_to_string(&path).unwrap();
        let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
        sources.push((path.display().to_string(), code));
    }
    sources
}

/// Each `say("key")` with the names of the arguments chained to it.
fn said(code: &str) -> Vec<(String, BTreeSet<String>)> {
    code.split("say(\"")
        .skip(1)
        .filter_map(|rest| {
            let (key, mut rest) = rest.split_once("\")")?;
            let mut given = BTreeSet::new();
            while let Some(call) = rest.trim_start().strip_prefix(".with(") {
                let name = call.trim_start().strip_prefix('"')?.split('"').next()?;
                given.insert(name.to_owned());
                rest = behind_parenthesis(call);
            }
            Some((key.to_owned(), given))
        })
        .collect()
}

/// What stands behind the parenthesis that closes the call in whose arguments a text begins.
fn behind_parenthesis(call: &str) -> &str {
    let mut depth = 1;
    for (at, c) in call.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &call[at + 1..];
        }
    }
    ""
}

/// The languages that are promised.
fn languages() -> Vec<String> {
    let live: Vec<String> = drafts::folders().into_iter().filter(|lang| !texts(lang).contains_key(DRAFT)).collect();
    assert!(live.contains(&"de".to_owned()) && live.len() >= 2);
    live
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
