//! The words outside the lessons: Fluent files in `locales/`, which language a person reads, fallback.
//!
//! Owns: loading and checking the files, formatting a `Line` with its arguments, marks (`*bold*`,
//! `_italic_`). Does not know lessons nor when anything is said.

mod exchange;
mod lint;
mod marks;

pub use exchange::{Locale, locale};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use chrono::{Datelike, NaiveDate};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use fluent_syntax::ast::Entry;
use include_dir::{Dir, include_dir};
use unic_langid::LanguageIdentifier;

use crate::domain::lang::Lang;
use crate::domain::message::{Arg, Line};
use crate::domain::text::Rich;
use marks::{clean, marked, strip_marks};

pub use lint::{check, text};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/locales");

/// All languages with their texts.
pub struct Words {
    bundles: BTreeMap<Lang, FluentBundle<FluentResource>>,
    /// Every message's name, in the order of the files.
    keys: HashMap<Lang, Vec<String>>,
    /// Those that are complete and promised.
    languages: Vec<Lang>,
    /// Those in the making: they say so by a text of their own.
    drafts: Vec<Lang>,
    /// What is read where a draft still lacks something: it falls back whole, never text by text.
    instead: BTreeMap<Lang, Lang>,
    /// Days and lengths of time as they were written last: every answer has some, mostly the same ones.
    written: Mutex<Written>,
}

/// By language, by message and numbers.
type Written = HashMap<Lang, HashMap<(&'static str, Numbers), String>>;

/// The numbers of a day or a length of time, in the order of their names; what is not needed is 0.
type Numbers = [i64; 4];

/// So many written days and lengths of time are kept for each language; then it begins anew.
const MOST_WRITTEN: usize = 2_000;

/// A folder that holds this text is a draft, whatever it says.
const DRAFT: &str = "language-status";

/// How a language calls itself, in itself.
const NAME: &str = "language-name";

/// A locale file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: error: {problem}")]
pub struct BadLocale {
    pub file: String,
    pub line: usize,
    pub problem: String,
}

impl Words {
    /// The languages that come with the program.
    ///
    /// # Errors
    /// The first place that cannot be read; in a released program there is none.
    pub fn built_in() -> Result<Self, BadLocale> {
        let mut files = Vec::new();
        for folder in BUILT_IN.dirs() {
            let lang = folder.path().to_string_lossy().into_owned();
            for file in folder.files() {
                let text = file.contents_utf8().unwrap_or_default().to_owned();
                files.push((lang.clone(), format!("locales/{}", file.path().display()), text));
            }
        }
        Self::from_files(files)
    }

    /// The languages in a folder that holds one folder for each.
    ///
    /// # Errors
    /// The first file or place that cannot be read.
    pub fn from_dir(dir: &Path) -> Result<Self, BadLocale> {
        let bad = |path: &Path, error: std::io::Error| BadLocale {
            file: path.display().to_string(),
            line: 1,
            problem: error.to_string(),
        };
        let list = |path: &Path| -> Result<Vec<std::path::PathBuf>, BadLocale> {
            let mut paths = std::fs::read_dir(path)
                .and_then(|entries| entries.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>())
                .map_err(|error| bad(path, error))?;
            paths.sort();
            Ok(paths)
        };
        let mut files = Vec::new();
        for folder in list(dir)?.into_iter().filter(|path| path.is_dir()) {
            let lang = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for path in list(&folder)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "ftl")) {
                let text = std::fs::read_to_string(&path).map_err(|error| bad(&path, error))?;
                files.push((lang.clone(), path.display().to_string(), text));
            }
        }
        let words = Self::from_files(files)?;
        words.lacks_nothing(dir)?;
        Ok(words)
    }

    /// Every text that the program says must be there in the source language, and in the others whatever is
    /// there in the source: a person would read a key.
    fn lacks_nothing(&self, dir: &Path) -> Result<(), BadLocale> {
        let built_in = Self::built_in()?;
        let source = Lang::source();
        let needed = built_in.keys.get(&source).into_iter().flatten();
        for lang in &self.languages {
            let missing = needed.clone().find(|key| {
                let bundle = self.bundles.get(lang);
                !bundle.is_some_and(|bundle| bundle.has_message(key))
            });
            if let Some(key) = missing {
                let file = dir.join(lang.code()).display().to_string();
                return Err(BadLocale { file, line: 1, problem: format!("the text `{key}` is missing") });
            }
        }
        Ok(())
    }

    fn from_files(files: Vec<(String, String, String)>) -> Result<Self, BadLocale> {
        let mut bundles: BTreeMap<Lang, FluentBundle<FluentResource>> = BTreeMap::new();
        let mut keys: HashMap<Lang, Vec<String>> = HashMap::new();
        for (code, file, text) in files {
            let bad = |line, problem: String| BadLocale { file: file.clone(), line, problem };
            let id: LanguageIdentifier =
                code.parse().map_err(|_| bad(1, format!("the folder `{code}` is not named after a language")))?;
            let resource = FluentResource::try_new(text.clone()).map_err(|(_, errors)| {
                let first = errors.first();
                let line = first.map_or(1, |error| line_of(&text, error.pos.start));
                bad(line, first.map_or_else(|| "unreadable".to_owned(), |error| error.kind.to_string()))
            })?;
            let names = resource.entries().filter_map(|entry| match entry {
                Entry::Message(message) => Some(message.id.name.to_owned()),
                _ => None,
            });
            keys.entry(Lang(code.clone())).or_default().extend(names);
            let bundle = bundles.entry(Lang(code)).or_insert_with(|| FluentBundle::new_concurrent(vec![id]));
            bundle.add_resource(resource).map_err(|errors| match errors.first() {
                Some(FluentError::Overriding { id, .. }) => {
                    // The first of two in the same file is the one that may stand.
                    let place = text.rfind(&format!("\n{id} =")).map_or(0, |at| at + 1);
                    bad(line_of(&text, place), format!("the text `{id}` stands twice"))
                }
                other => bad(1, other.map_or_else(|| "refused".to_owned(), ToString::to_string)),
            })?;
        }
        let is_draft = |lang: &Lang| bundles[lang].has_message(DRAFT);
        let (drafts, languages): (Vec<Lang>, Vec<Lang>) = bundles.keys().cloned().partition(is_draft);
        if !languages.contains(&Lang::source()) {
            let file = "locales/de".to_owned();
            return Err(BadLocale { file, line: 1, problem: "the source language is missing".to_owned() });
        }
        let needed = keys.get(&Lang::source()).map(Vec::as_slice).unwrap_or_default();
        let lacks = |lang: &&Lang| needed.iter().any(|key| !bundles[*lang].has_message(key));
        let instead = drafts.iter().filter(lacks).map(|lang| (lang.clone(), wider(lang, &languages))).collect();
        Ok(Self { bundles, keys, languages, drafts, instead, written: Mutex::default() })
    }

    /// The languages people can choose everywhere.
    pub fn languages(&self) -> &[Lang] {
        &self.languages
    }

    /// The languages in the making, which people can choose where a course has them.
    pub fn drafts(&self) -> &[Lang] {
        &self.drafts
    }

    /// What a language calls itself.
    pub fn language_name(&self, lang: &Lang) -> String {
        let bundle = self.bundles.get(lang);
        let pattern = bundle.and_then(|bundle| Some((bundle, bundle.get_message(NAME)?.value()?)));
        let name = pattern.map(|(bundle, pattern)| bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned());
        name.unwrap_or_else(|| lang.code().to_owned())
    }

    /// The language for somebody whose app speaks this one (an IETF tag), German if we have no better.
    pub fn negotiate(&self, tag: Option<&str>) -> Lang {
        let Some(wanted) = tag.and_then(|tag| tag.parse::<LanguageIdentifier>().ok()) else { return Lang::source() };
        let known: Vec<LanguageIdentifier> =
            self.languages.iter().filter_map(|lang| lang.code().parse().ok()).collect();
        // Whoever reads neither German nor one of ours gets English, the last language most people share.
        let fallback: LanguageIdentifier = match "en".parse() {
            Ok(id) if known.contains(&id) => id,
            _ => return Lang::source(),
        };
        let best = negotiate_languages(&[wanted], &known, Some(&fallback), NegotiationStrategy::Lookup);
        best.first().map_or_else(Lang::source, |id| Lang(id.to_string()))
    }

    /// A sentence with its marks.
    pub fn rich(&self, lang: &Lang, line: &Line) -> Rich {
        marked(&self.formatted(lang, line))
    }

    /// A sentence without marks, for buttons and notes.
    pub fn plain(&self, lang: &Lang, line: &Line) -> String {
        self.rich(lang, line).text
    }

    /// A message without arguments, if there is one of that name.
    pub fn get(&self, lang: &Lang, key: &str) -> Option<String> {
        let message = self.bundle(lang).get_message(key)?;
        let mut errors = Vec::new();
        let text = self.bundle(lang).format_pattern(message.value()?, None, &mut errors);
        Some(text.into_owned())
    }

    /// All messages without arguments whose names begin so.
    pub fn starting_with(&self, lang: &Lang, prefix: &str) -> BTreeMap<String, String> {
        let lang = self.instead.get(lang).unwrap_or(lang);
        let keys = self.keys.get(lang).into_iter().flatten().filter(|key| key.starts_with(prefix));
        keys.filter_map(|key| Some((key.clone(), self.get(lang, key)?))).collect()
    }

    fn bundle(&self, lang: &Lang) -> &FluentBundle<FluentResource> {
        self.bundles
            .get(self.instead.get(lang).unwrap_or(lang))
            .or_else(|| self.bundles.get(&Lang::source()))
            .unwrap_or_else(|| unreachable!("loading refuses folders without the source language"))
    }

    /// The sentence with argument marks still in it.
    fn formatted(&self, lang: &Lang, line: &Line) -> String {
        let mut args = FluentArgs::new();
        for (name, arg) in &line.args {
            args.set(name.clone(), self.value(lang, arg));
        }
        for language in [lang, &Lang::source()] {
            let bundle = self.bundle(language);
            let Some(pattern) = bundle.get_message(&line.key).and_then(|message| message.value()) else { continue };
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
            if !errors.is_empty() {
                tracing::error!(key = %line.key, lang = lang.code(), "a text lacks an argument");
            }
            return text;
        }
        tracing::error!(key = %line.key, "a text is missing in every language");
        line.key.to_string()
    }

    fn value(&self, lang: &Lang, arg: &Arg) -> FluentValue<'static> {
        match arg {
            Arg::Text(text) => FluentValue::from(clean(text)),
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Weekday(day) => FluentValue::from(i64::from(day.number_from_monday())),
            other => FluentValue::from(self.written(lang, other)),
        }
    }

    /// An argument as the language writes it.
    fn written(&self, lang: &Lang, arg: &Arg) -> String {
        match arg {
            Arg::Text(text) => clean(text),
            Arg::Number(number) => number.to_string(),
            Arg::Minutes(minutes) => self.with_numbers(
                lang,
                "fmt-duration",
                &[("hours", i64::from(minutes / 60)), ("minutes", i64::from(minutes % 60))],
            ),
            Arg::Day(day) => self.day(lang, *day),
            Arg::Weekday(day) => {
                self.with_numbers(lang, "fmt-weekday", &[("weekday", i64::from(day.number_from_monday()))])
            }
            Arg::Hour(hour) => self.with_numbers(lang, "fmt-hour", &[("hour", i64::from(*hour))]),
            Arg::Bar(filled) => {
                let filled = usize::from((*filled).min(10));
                "▓".repeat(filled) + &"░".repeat(10 - filled)
            }
            Arg::Line(line) => strip_marks(&self.formatted(lang, line)),
            Arg::List(lines) => self.list(lang, lines),
            Arg::Lines(lines) => {
                let bullet = self.get(lang, "fmt-bullet").unwrap_or_default();
                let lines: Vec<String> =
                    lines.iter().map(|line| format!("{bullet}{}", strip_marks(&self.formatted(lang, line)))).collect();
                lines.join("\n")
            }
        }
    }

    fn list(&self, lang: &Lang, lines: &[Line]) -> String {
        let texts: Vec<String> = lines.iter().map(|line| strip_marks(&self.formatted(lang, line))).collect();
        let (comma, last) =
            (self.get(lang, "fmt-list-comma").unwrap_or_default(), self.get(lang, "fmt-list-last").unwrap_or_default());
        match texts.split_last() {
            None => String::new(),
            Some((only, [])) => only.clone(),
            Some((end, rest)) => format!("{}{last}{end}", rest.join(&comma)),
        }
    }

    fn day(&self, lang: &Lang, day: NaiveDate) -> String {
        self.with_numbers(
            lang,
            "fmt-day",
            &[
                ("weekday", i64::from(day.weekday().number_from_monday())),
                ("day", i64::from(day.day())),
                ("month", i64::from(day.month())),
                ("year", i64::from(day.year())),
            ],
        )
    }

    fn with_numbers(&self, lang: &Lang, key: &'static str, numbers: &[(&'static str, i64)]) -> String {
        let mut values = Numbers::default();
        for (value, (_, number)) in values.iter_mut().zip(numbers) {
            *value = *number;
        }
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = written.get(lang).and_then(|of_lang| of_lang.get(&(key, values))) {
            return text.clone();
        }
        let args = numbers.iter().map(|(name, number)| ((*name).into(), Arg::Number(*number))).collect();
        let text = strip_marks(&self.formatted(lang, &Line { key: key.into(), args }));
        let of_lang = written.entry(lang.clone()).or_default();
        if of_lang.len() >= MOST_WRITTEN {
            of_lang.clear();
        }
        of_lang.insert((key, values), text.clone());
        text
    }
}

/// The language that a draft falls back to: the one it is a kind of (`de-simple` of `de`), or else the source.
fn wider(lang: &Lang, languages: &[Lang]) -> Lang {
    let mut code = lang.code();
    while let Some((shorter, _)) = code.rsplit_once('-') {
        code = shorter;
        if let Some(found) = languages.iter().find(|known| known.code() == code) {
            return found.clone();
        }
    }
    Lang::source()
}

fn line_of(text: &str, position: usize) -> usize {
    text.bytes().take(position).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::say;

    fn words(text: &str) -> Words {
        Words::from_files(vec![("de".to_owned(), "locales/de/x.ftl".to_owned(), text.to_owned())]).unwrap()
    }

    #[test]
    fn marks_in_a_text_become_spans_and_marks_in_a_name_stay_letters() {
        let words = words("hello = *Hallo* { $name }, _schön_");
        let line = say("hello").with("name", Arg::Text("<b>*Ada*</b> _x_".to_owned()));
        let rich = words.rich(&Lang::source(), &line);
        assert_eq!(rich.text, "Hallo <b>*Ada*</b> _x_, schön");
        assert_eq!(rich.spans.len(), 2);
        assert_eq!((rich.spans[0].start, rich.spans[0].len), (0, 5));
    }

    #[test]
    fn a_name_cannot_turn_the_text_around() {
        let words = words("hello = { $name }!");
        let line = say("hello").with("name", Arg::Text("a\u{202e}b\u{2069}*c*".to_owned()));
        assert_eq!(words.rich(&Lang::source(), &line).text, "ab*c*!");
        assert!(words.rich(&Lang::source(), &line).spans.is_empty());
    }

    #[test]
    fn a_broken_file_is_named_with_its_line() {
        let text = "good = x\n\n= bad\n".to_owned();
        let error = Words::from_files(vec![("de".to_owned(), "locales/de/x.ftl".to_owned(), text)]).err().unwrap();
        assert_eq!(error.line, 3, "{error}");
        assert_eq!(error.file, "locales/de/x.ftl");
    }

    #[test]
    fn a_text_that_stands_twice_is_named_with_its_line() {
        let file = |name: &str, text: &str| ("de".to_owned(), format!("locales/de/{name}"), text.to_owned());
        let error = Words::from_files(vec![file("a.ftl", "x = y\n"), file("b.ftl", "z = 1\nx = y\n")]).err().unwrap();
        assert_eq!(error.to_string(), "locales/de/b.ftl:2: error: the text `x` stands twice");
    }

    #[test]
    fn an_app_in_another_language_gets_english_and_a_swiss_one_german() {
        let file = |code: &str| (code.to_owned(), format!("locales/{code}/x.ftl"), "x = y".to_owned());
        let words = Words::from_files(vec![file("de"), file("en")]).unwrap();
        for (tag, code) in [("de-CH", "de"), ("en-GB", "en"), ("fr", "en"), ("pt-BR", "en")] {
            assert_eq!(words.negotiate(Some(tag)).code(), code, "{tag}");
        }
        assert_eq!(words.negotiate(None).code(), "de");
        assert_eq!(words.negotiate(Some("not a tag")).code(), "de");
    }

    #[test]
    fn what_is_printed_of_an_entry_reads_back_in_every_language() {
        use crate::domain::duration::parse;
        let words = Words::built_in().unwrap_or_else(|problem| panic!("{problem}"));
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        for lang in words.languages() {
            let read =
                |text: &str| parse(text, today).map(|all| all.iter().map(|r| (r.date, r.minutes)).collect::<Vec<_>>());
            for minutes in 1..=960 {
                let printed = words.written(lang, &Arg::Minutes(minutes));
                assert_eq!(read(&printed), Ok(vec![(today, minutes)]), "{printed}");
            }
            for back in 0..=28 {
                let day = today - chrono::Days::new(back);
                for minutes in [1, 45, 60, 90, 125] {
                    let line = say("entry").with("day", day).with("minutes", Arg::Minutes(minutes));
                    let printed = words.plain(lang, &line);
                    assert_eq!(read(&printed), Ok(vec![(day, minutes)]), "{printed}");
                }
            }
        }
    }
}
