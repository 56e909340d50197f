//! Texts for translators and back: how far a language is, a table of all its texts, and taking what comes back.
//!
//! Owns: that a table is taken whole or not at all. Does not know how lessons and locales are written down
//! (`content`, `l10n`).

mod po;
mod sheet;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::content::{self, Course, StampError, Status};
use crate::domain::translation::{Change, Refusal, Rewritten, State, Unit};
use crate::l10n::{BadLocale, Locale, locale};

/// How a table is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    Csv,
    Po,
}

/// A text of a table that came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    line: usize,
    id: String,
    source: String,
    translation: String,
    /// Somebody says that it matches its source.
    reviewed: bool,
}

/// How far one language is in one programme, or in the locale files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The programme's id; `None`: the locale files.
    pub programme: Option<String>,
    pub language: String,
    pub draft: bool,
    /// How many texts are in which state.
    pub counts: BTreeMap<State, usize>,
    /// The texts that need somebody.
    pub open: Vec<(State, String)>,
}

/// What came of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    pub changed: usize,
    /// As they were, and somebody says that they match their source.
    pub reviewed: usize,
    /// Made from a source that is not the one of today.
    pub older: usize,
}

/// Why there is no table, or nothing of it was taken.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    #[error(transparent)]
    Content(#[from] StampError),
    #[error("{0}")]
    Locale(BadLocale),
    #[error("{} of its texts cannot be taken; nothing was changed", .0.len())]
    Refused(Vec<Refusal>),
    #[error("{path}: {error}")]
    Write { path: String, error: std::io::Error },
}

/// All texts of one language.
struct Texts {
    courses: Vec<Course>,
    locale: Locale,
}

impl Texts {
    fn read(folder: &Path, language: &str) -> Result<Self, TableError> {
        let locale = locale(folder, language).map_err(TableError::Locale)?;
        Ok(Self { courses: content::courses(folder, language)?, locale })
    }

    fn units(&self) -> Vec<&Unit> {
        self.courses.iter().flat_map(|course| &course.units).chain(&self.locale.units).collect()
    }
}

/// How far each language is. `folder` holds `lessons/` and `locales/`.
///
/// # Errors
/// When the content cannot be read.
pub fn progress(folder: &Path) -> Result<Vec<Progress>, TableError> {
    let mut all = Vec::new();
    for language in content::languages(folder)? {
        let texts = Texts::read(folder, &language)?;
        for course in &texts.courses {
            let draft = course.status == Status::Draft;
            all.push(Progress::of(Some(course.programme.clone()), &language, draft, &course.units));
        }
        let draft = texts.courses.iter().all(|course| course.status == Status::Draft);
        all.push(Progress::of(None, &language, draft, &texts.locale.units));
    }
    Ok(all)
}

impl Progress {
    fn of(programme: Option<String>, language: &str, draft: bool, units: &[Unit]) -> Self {
        let mut counts = BTreeMap::new();
        units.iter().for_each(|unit| *counts.entry(unit.state).or_default() += 1);
        let open = units.iter().filter(|unit| unit.state != State::Current);
        let open = open.map(|unit| (unit.state, unit.id.clone())).collect();
        Self { programme, language: language.to_owned(), draft, counts, open }
    }
}

/// A table of all texts of a language.
///
/// # Errors
/// When the content cannot be read, or nothing is translated into this language.
pub fn export(folder: &Path, language: &str, table: Table) -> Result<String, TableError> {
    let texts = Texts::read(folder, language)?;
    let units = texts.units();
    match table {
        Table::Po => Ok(po::write(&units, language)),
        Table::Csv => sheet::write(&units)
            .map_err(|error| TableError::Write { path: language.to_owned(), error: std::io::Error::other(error) }),
    }
}

/// Takes a table that came back: all of it, or nothing with all reasons.
///
/// # Errors
/// What cannot be read or taken; what cannot be written.
pub fn import(folder: &Path, language: &str, table: Table, bytes: &[u8]) -> Result<Taken, TableError> {
    let texts = Texts::read(folder, language)?;
    let rows = rows(table, bytes).map_err(|refusal| TableError::Refused(vec![refusal]))?;
    let sorted = sort(&texts.units(), rows).map_err(TableError::Refused)?;
    let mut refused = Vec::new();
    let mut files = Vec::new();
    for course in &texts.courses {
        let mine = |changes: &[Change]| -> Vec<Change> {
            let of = format!("{} ", course.programme);
            changes.iter().filter(|change| change.id.starts_with(&of)).cloned().collect()
        };
        match course.with(language, &mine(&sorted.changed), &mine(&sorted.reviewed)) {
            Ok(mut more) => files.append(&mut more),
            Err(mut more) => refused.append(&mut more),
        }
    }
    match texts.locale.with(&sorted.changed) {
        Ok(mut more) => files.append(&mut more),
        Err(mut more) => refused.append(&mut more),
    }
    if !refused.is_empty() {
        refused.sort_by_key(|refusal| refusal.line);
        return Err(TableError::Refused(refused));
    }
    write_all(folder, &files)?;
    Ok(Taken { changed: sorted.changed.len(), reviewed: sorted.reviewed.len(), older: sorted.older })
}

#[derive(Default)]
struct Sorted {
    changed: Vec<Change>,
    reviewed: Vec<Change>,
    older: usize,
}

fn rows(table: Table, bytes: &[u8]) -> Result<Vec<Row>, Refusal> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        Refusal { line, problem: "is not UTF-8; save the file as UTF-8".to_owned() }
    })?;
    let mut rows = match table {
        Table::Csv => sheet::read(text)?,
        Table::Po => po::read(text)?,
    };
    for row in &mut rows {
        for text in [&mut row.source, &mut row.translation] {
            // Spreadsheets write the line ends of their own system.
            *text = text.replace("\r\n", "\n").replace('\r', "\n");
        }
    }
    Ok(rows)
}

/// What of the rows is new, and what is only confirmed. A text without a translation is not translated yet.
fn sort(units: &[&Unit], rows: Vec<Row>) -> Result<Sorted, Vec<Refusal>> {
    let known: BTreeMap<&str, &Unit> = units.iter().map(|unit| (unit.id.as_str(), *unit)).collect();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let (mut sorted, mut refused) = (Sorted::default(), Vec::new());
    for row in rows {
        let change = Change { line: row.line, id: row.id, source: row.source, translation: row.translation };
        if let Some(before) = seen.insert(change.id.clone(), change.line) {
            refused.push(change.refused(format!("stands twice, also in line {before}")));
            continue;
        }
        let Some(unit) = known.get(change.id.as_str()) else {
            let id: String = change.id.chars().filter(|c| !c.is_control()).take(60).collect();
            let problem = match id.is_empty() {
                true => "has no id (`msgctxt` in a PO file, the column `id` in a table)".to_owned(),
                false => format!("there is no text `{id}`"),
            };
            refused.push(Refusal { line: change.line, problem });
            continue;
        };
        if change.translation.trim().is_empty() {
            continue;
        }
        let change = Change { translation: change.translation.trim_end().to_owned(), ..change };
        let is_new = unit.translation.as_ref() != Some(&change.translation);
        if is_new || (row.reviewed && unit.state != State::Current) {
            sorted.older += usize::from(change.source.trim_end() != unit.source);
            if is_new { sorted.changed.push(change) } else { sorted.reviewed.push(change) }
        }
    }
    if refused.is_empty() { Ok(sorted) } else { Err(refused) }
}

/// Writes all files beside the old ones, and only when all are written puts them in their places.
fn write_all(folder: &Path, files: &[Rewritten]) -> Result<(), TableError> {
    let failed = |path: &Path, error| TableError::Write { path: path.display().to_string(), error };
    let mut ready: Vec<(PathBuf, PathBuf)> = Vec::new();
    for file in files {
        let path = folder.join(&file.path);
        let new = path.with_extension("new");
        let parent = path.parent().unwrap_or(folder);
        let written = fs::create_dir_all(parent).and_then(|()| fs::write(&new, &file.text));
        if let Err(error) = written {
            // The old ones are untouched; what lies beside them is of no use to anybody.
            ready.iter().for_each(|(new, _)| drop(fs::remove_file(new)));
            return Err(failed(&new, error));
        }
        ready.push((new, path));
    }
    for (new, path) in &ready {
        fs::rename(new, path).map_err(|error| failed(path, error))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What may stand in a text: words, line ends, and all signs that mean something in one of the tables.
    fn any_text() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            "[a-zäöüß0-9 ]{1,8}",
            prop::sample::select(vec![
                "\"",
                "\\",
                "\n",
                "\n\n",
                ",",
                ";",
                "\t",
                "#",
                "#,",
                "fuzzy",
                "msgid \"",
                "msgstr",
                "{ $name }",
                "'",
                "=SUM(A1)",
                "\u{feff}",
                "\u{202e}",
                "🙂",
                "`",
                "<b>",
                "\\n",
            ])
            .prop_map(str::to_owned),
        ];
        prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
    }

    fn any_unit() -> impl Strategy<Value = (String, String, Option<String>, State)> {
        let states = vec![State::Current, State::Stale, State::Unstamped, State::Missing];
        (any_text(), any_text(), prop::option::of(any_text()), prop::sample::select(states))
    }

    proptest! {
        #![proptest_config(crate::content::cases(64))]
        #[test]
        fn whatever_the_texts_say_both_tables_give_back_every_one_of_them(
            given in prop::collection::vec(any_unit(), 1..6)
        ) {
            let units: Vec<Unit> = given
                .into_iter()
                .enumerate()
                .map(|(nth, (source, context, translation, state))| {
                    let context = context.replace(['\n', '\r'], " ");
                    Unit { id: format!("course m1/step-{nth}"), context, source, translation, state }
                })
                .collect();
            let all: Vec<&Unit> = units.iter().collect();
            for (table, text) in [(Table::Csv, sheet::write(&all).unwrap()), (Table::Po, po::write(&all, "en"))] {
                let back = rows(table, text.as_bytes()).unwrap();
                let there = |row: &Row| (row.id.clone(), row.source.clone(), row.translation.clone());
                let given = |unit: &Unit| {
                    (unit.id.clone(), unit.source.clone(), unit.translation.clone().unwrap_or_default())
                };
                prop_assert_eq!(
                    back.iter().map(there).collect::<Vec<_>>(),
                    units.iter().map(given).collect::<Vec<_>>(),
                    "{:?}:\n{}", table, text
                );
                // What nobody has looked at comes back as what nobody has looked at.
                for (row, unit) in back.iter().zip(&units) {
                    let open = matches!(unit.state, State::Stale | State::Unstamped);
                    prop_assert!(!(open && row.reviewed), "{:?} {:?}", table, unit);
                }
            }
        }

        #[test]
        fn any_file_at_all_is_read_or_refused_with_a_line(bytes in prop::collection::vec(any::<u8>(), 0..200), text in any_text()) {
            for table in [Table::Csv, Table::Po] {
                for input in [bytes.as_slice(), text.as_bytes()] {
                    if let Err(refusal) = rows(table, input) {
                        prop_assert!(refusal.line >= 1, "{:?}", refusal);
                    }
                }
            }
        }
    }
}
