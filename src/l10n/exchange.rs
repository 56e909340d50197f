//! Locale files as a list of texts for translators, and the way back into them.
//!
//! Owns: where each text stands in its file, and that a changed one is read and compared before anything is written.
//! Does not know the tables that translators get.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use fluent_syntax::parser;

use super::BadLocale;
use crate::domain::lang::Lang;
use crate::domain::translation::{Change, Refusal, Rewritten, State, Unit};

/// The files of one language beside those of the source.
pub struct Locale {
    pub units: Vec<Unit>,
    files: Vec<File>,
}

struct File {
    name: String,
    /// From `locales/` on.
    path: String,
    text: String,
    source: Vec<Place>,
    there: Vec<Place>,
}

/// A text in a file.
#[derive(Clone)]
struct Place {
    key: String,
    /// Bytes of key and text.
    bytes: std::ops::Range<usize>,
    /// The text as translators see it: without the indentation that the format asks for.
    text: String,
}

/// All texts of a language. `folder` holds `locales/`; without that there are none.
///
/// # Errors
/// The first file that cannot be read.
pub fn locale(folder: &Path, language: &str) -> Result<Locale, BadLocale> {
    let mut locale = Locale { units: Vec::new(), files: Vec::new() };
    let source = folder.join("locales").join(Lang::source().code());
    let Ok(entries) = fs::read_dir(&source) else { return Ok(locale) };
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|n| n.ends_with(".ftl"))
        .collect();
    names.sort();
    for name in names {
        let path = format!("locales/{language}/{name}");
        let source = places(&read(&source.join(&name))?);
        let text = match folder.join(&path) {
            file if file.is_file() => read(&file)?,
            _ => String::new(),
        };
        let there = places(&text);
        for place in &source {
            let found = there.iter().find(|known| known.key == place.key);
            locale.units.push(Unit {
                id: format!("{name} {}", place.key),
                context: "Fluent; keep what stands in braces".to_owned(),
                source: place.text.clone(),
                translation: found.map(|found| found.text.clone()),
                state: if found.is_some() { State::Current } else { State::Missing },
            });
        }
        locale.files.push(File { name, path, text, source, there });
    }
    Ok(locale)
}

impl Locale {
    /// The files as they are with these changes, all of which are of this language and not as they were.
    ///
    /// # Errors
    /// Everything that cannot be taken.
    pub fn with(&self, changes: &[Change]) -> Result<Vec<Rewritten>, Vec<Refusal>> {
        let (mut files, mut refused) = (Vec::new(), Vec::new());
        for file in &self.files {
            let mine: BTreeMap<&str, &Change> = changes
                .iter()
                .filter_map(|change| Some((change.id.strip_prefix(&file.name)?.strip_prefix(' ')?, change)))
                .collect();
            let wrong: Vec<Refusal> = mine.iter().filter_map(|(key, change)| file.wrong(key, change)).collect();
            match wrong.is_empty() {
                true if mine.is_empty() => {}
                true => files.push(Rewritten { path: file.path.clone(), text: file.put_together(&mine) }),
                false => refused.extend(wrong),
            }
        }
        if refused.is_empty() { Ok(files) } else { Err(refused) }
    }
}

impl File {
    /// What speaks against a text: it is no Fluent, more than one text, or names other things than its source.
    fn wrong(&self, key: &str, change: &Change) -> Option<Refusal> {
        if let Some(c) = change.translation.chars().find(|c| c.is_control() && *c != '\n') {
            return Some(change.refused(format!("holds the invisible character U+{:04X}", c as u32)));
        }
        let entry = written(key, &change.translation);
        let again = places(&entry);
        let [place] = again.as_slice() else { return Some(change.refused("is no Fluent text")) };
        if place.text != change.translation || place.key != key {
            return Some(change.refused("is no Fluent text: a line begins with what Fluent reads as something else"));
        }
        let source = self.source.iter().find(|place| place.key == key)?;
        match (named(&entry), named(&written(key, &source.text))) {
            (Err(why), _) => Some(change.refused(format!("is no Fluent text: {why}"))),
            (Ok(here), Ok(there)) if here == there => None,
            (Ok(here), there) => {
                let there = there.unwrap_or_default();
                let list = |names: Vec<&String>| names.into_iter().cloned().collect::<Vec<_>>().join(", ");
                let (extra, lost) = (list(here.difference(&there).collect()), list(there.difference(&here).collect()));
                Some(change.refused(match (extra.as_str(), lost.as_str()) {
                    (extra, "") => format!("has {extra}, which the source does not have"),
                    ("", lost) => format!("lacks {lost}"),
                    (extra, lost) => format!("lacks {lost}, and has {extra}, which the source does not have"),
                }))
            }
        }
    }

    /// Replaces the texts that are there; the others come behind the one before them in the source.
    fn put_together(&self, changes: &BTreeMap<&str, &Change>) -> String {
        let mut text = self.text.clone();
        for place in self.there.iter().rev() {
            if let Some(change) = changes.get(place.key.as_str()) {
                text.replace_range(place.bytes.clone(), &written(&place.key, &change.translation));
            }
        }
        let mut before: Option<&str> = None;
        for place in &self.source {
            let is_there = self.there.iter().any(|known| known.key == place.key);
            if let (false, Some(change)) = (is_there, changes.get(place.key.as_str())) {
                let entry = written(&place.key, &change.translation);
                let above = before.and_then(|key| places(&text).into_iter().find(|known| known.key == key));
                match above {
                    Some(above) => text.insert_str(above.bytes.end, &format!("\n{entry}")),
                    None => text.insert_str(0, &format!("{entry}\n")),
                }
            }
            if is_there || changes.contains_key(place.key.as_str()) {
                before = Some(&place.key);
            }
        }
        text
    }
}

fn read(path: &Path) -> Result<String, BadLocale> {
    let bad = |problem: String| BadLocale { file: path.display().to_string(), line: 1, problem };
    let text = fs::read_to_string(path).map_err(|error| bad(error.to_string()))?;
    match parser::parse(text.as_str()) {
        Ok(_) => Ok(text),
        Err(_) => Err(bad("the file is no Fluent; `tandem check` says where".to_owned())),
    }
}

/// A text as it stands in a file. The first line stands behind the sign, unless all others are indented: what they have
/// in common would then be taken for the format's.
fn written(key: &str, text: &str) -> String {
    let (first, rest) = text.split_once('\n').map_or((text, None), |(first, rest)| (first, Some(rest)));
    let indented = rest.is_some_and(|rest| rest.lines().all(|line| line.is_empty() || line.starts_with(' ')));
    let (head, below) = match indented {
        true => (String::new(), Some(text)),
        false => (format!(" {first}"), rest),
    };
    let mut entry = format!("{key} ={head}").trim_end().to_owned();
    for line in below.into_iter().flat_map(|below| below.split('\n')) {
        entry.push('\n');
        if !line.is_empty() {
            entry.push_str("    ");
            entry.push_str(line);
        }
    }
    entry
}

/// Where each message stands. One begins at a line's first column with a letter, and goes on over what is indented or
/// begins with a sign.
fn places(text: &str) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let (mut at, mut open) = (0, false);
    for line in text.split_inclusive('\n') {
        let begin = at;
        at += line.len();
        let content = line.trim_end();
        match content.chars().next() {
            Some(first) if first.is_ascii_alphabetic() => {
                open = true;
                let key = content.split(['=', ' ']).next().unwrap_or_default().to_owned();
                places.push(Place { key, bytes: begin..begin + content.len(), text: String::new() });
            }
            Some('#' | '-') => open = false,
            None => {}
            Some(_) => {
                if let Some(last) = places.last_mut().filter(|_| open) {
                    last.bytes.end = begin + content.len();
                }
            }
        }
    }
    for place in &mut places {
        place.text = shown(&text[place.bytes.clone()]);
    }
    places
}

/// What stands behind the sign, its other lines without the indentation that all of them have.
fn shown(entry: &str) -> String {
    let value = entry.split_once('=').map_or("", |(_, value)| value);
    let mut lines = value.split('\n').map(str::trim_end);
    let first = lines.next().unwrap_or_default().trim_start();
    let rest: Vec<&str> = lines.collect();
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let common = rest.iter().filter(|line| !line.is_empty()).map(indent).min().unwrap_or(0);
    let rest = rest.iter().map(|line| line.get(common..).unwrap_or_default());
    match first {
        "" => rest.collect::<Vec<_>>().join("\n"),
        first => std::iter::once(first).chain(rest).collect::<Vec<_>>().join("\n"),
    }
}

/// What a text names: `$arguments` and other messages, of all its variants, and its attributes.
fn named(entry: &str) -> Result<BTreeSet<String>, String> {
    let resource = parser::parse(entry).map_err(|(_, errors)| {
        errors.first().map_or_else(|| "unreadable".to_owned(), |error| error.kind.to_string())
    })?;
    let [Entry::Message(Message { value, attributes, .. })] = resource.body.as_slice() else {
        return Err("it is more than one text".to_owned());
    };
    let mut names = BTreeSet::new();
    value.iter().for_each(|pattern| in_pattern(pattern, &mut names));
    for attribute in attributes {
        names.insert(format!(".{}", attribute.id.name));
        in_pattern(&attribute.value, &mut names);
    }
    Ok(names)
}

fn in_pattern(pattern: &Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression } => in_expression(expression, names),
        }
    }
}

fn in_expression(expression: &Expression<&str>, names: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, names),
        Expression::Select { selector, variants } => {
            in_inline(selector, names);
            variants.iter().for_each(|variant| in_pattern(&variant.value, names));
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, names: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => drop(names.insert(format!("${}", id.name))),
        InlineExpression::MessageReference { id, .. } => drop(names.insert(id.name.to_owned())),
        InlineExpression::TermReference { id, .. } => drop(names.insert(format!("-{}", id.name))),
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| in_inline(argument, names));
        }
        InlineExpression::Placeable { expression } => in_expression(expression, names),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_shown_without_its_indentation_and_written_back_with_it() {
        let file = "# Remark\nplain = Hallo\n\nlong =\n    Eine Zeile\n\n      eingerückt\n# Ende\nnext = { $n ->\n    [one] einer\n   *[other] viele\n}\n";
        let places = places(file);
        let shown: Vec<(&str, &str)> = places.iter().map(|place| (place.key.as_str(), place.text.as_str())).collect();
        assert_eq!(
            shown,
            [
                ("plain", "Hallo"),
                ("long", "Eine Zeile\n\n  eingerückt"),
                ("next", "{ $n ->\n    [one] einer\n   *[other] viele\n}"),
            ]
        );
        for place in &places {
            let again = super::places(&written(&place.key, &place.text));
            assert_eq!(again[0].text, place.text);
        }
    }

    #[test]
    fn what_a_text_names_is_found_in_all_its_variants() {
        let names = named("x = { $n ->\n    [one] { $name }\n   *[other] { other } { NUMBER($m) }\n}").unwrap();
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["$m", "$n", "$name", "other"]);
        assert!(named("x = { $n").is_err());
        assert!(named("x = a\ny = b").is_err());
    }
}
