//! A new lesson in a module: complete in every language, so that an author changes words instead of looking up a form.
//!
//! Owns: what a first lesson consists of, and that nothing else in the files changes: comments stay, what people have
//! written stays. Writes only what `check` accepts.

use std::fs;
use std::path::Path;

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

use super::check;
use super::lock::{Lock, StampError};
use super::place::Text;
use super::structure::{self, MAX_ID, Status, Structure};
use super::tree::{Files, Source, Tree};

use crate::domain::finding::Finding;
use crate::domain::programme::Module;

const GERMAN: &str = include_str!("scaffold/de.md");
const ENGLISH: &str = include_str!("scaffold/en.md");

/// Minutes of a new lesson.
const MINUTES: i64 = 15;

/// Ends of the ids of its steps, behind the lesson's own.
const STEPS: [&str; 3] = ["card", "q", "task"];

/// Why there is no new lesson. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ScaffoldError {
    #[error("`{0}` does not say where: write PROGRAMME/MODULE/LESSON, such as fuehrerschein/m1/l3")]
    Shape(String),
    #[error("there is no programme `{name}`; {known}")]
    NoProgramme { name: String, known: String },
    #[error("the programme `{programme}` has no module `{name}`; {known}")]
    NoModule { programme: String, name: String, known: String },
    #[error("`{id}` is no id for a lesson: 1 to {most} of a–z, 0–9 and -")]
    Id { id: String, most: usize },
    #[error("the id `{0}` is taken in this module")]
    Taken(String),
    #[error("repair this first (`tandem check`): {0}")]
    Faulty(Finding),
    #[error("{0}: `lesson` is not written as `[[lesson]]`")]
    Form(String),
    #[error("the lesson would not pass `tandem check`: {0}")]
    Refused(Finding),
    #[error(transparent)]
    Write(#[from] StampError),
}

/// Adds a lesson to a module of the content folder; gives the files that changed. `at` is
/// `PROGRAMME/MODULE/LESSON`, the module by its id or its folder.
///
/// # Errors
/// Why nothing was written; or the file that could not be written.
pub fn add_lesson(folder: &Path, at: &str) -> Result<Vec<String>, ScaffoldError> {
    let parts: Vec<&str> = at.split('/').collect();
    let [programme, module, lesson] = parts[..] else { return Err(ScaffoldError::Shape(at.to_owned())) };
    let tree = Tree::read(Source::Folder(folder)).map_err(ScaffoldError::Faulty)?;
    let structure = structure(&tree, programme)?;
    let (module, part) = find(&structure, module)?;
    let ids = ids(lesson, module)?;
    let mut files = Files::new();
    let path = format!("lessons/{programme}/{part}/module.toml");
    files.insert(path.clone(), extended(&tree, &path, lesson, &ids)?.into_bytes());
    for (code, _) in structure.languages.iter().filter(|(_, status)| **status != Status::Draft) {
        let path = format!("lessons/{programme}/{part}/{code}.md");
        let text = tree.text(&path).map_err(ScaffoldError::Faulty)?;
        let template = if code.starts_with("de") { GERMAN } else { ENGLISH };
        let words = template.replace("{id}", lesson);
        files.insert(path, format!("{}\n{words}", text.trim_end()).into_bytes());
    }
    let blocks: Vec<String> = std::iter::once(format!("{}:{lesson}", module.id))
        .chain(ids.iter().map(|id| format!("{}/{id}", module.id)))
        .collect();
    stamp(&tree, programme, &blocks, &mut files)?;
    passes(&tree, &files)?;
    for (path, bytes) in &files {
        write(&folder.join(path), bytes)?;
    }
    Ok(files.into_keys().collect())
}

fn structure(tree: &Tree, programme: &str) -> Result<Structure, ScaffoldError> {
    let known = tree.folders("lessons");
    if !known.contains(programme) {
        return Err(ScaffoldError::NoProgramme { name: programme.to_owned(), known: list(known) });
    }
    let mut findings = Vec::new();
    let structure = structure::read(tree, programme, &mut findings);
    match (findings.into_iter().find(Finding::is_error), structure) {
        (None, Some(structure)) => Ok(structure),
        (Some(error), _) => Err(ScaffoldError::Faulty(error)),
        (None, None) => Err(ScaffoldError::NoProgramme { name: programme.to_owned(), known: list(known) }),
    }
}

/// A module by its id or its folder.
fn find<'s>(structure: &'s Structure, name: &str) -> Result<(&'s Module, &'s str), ScaffoldError> {
    let modules = structure.programme.modules.iter().zip(structure.folders.iter().map(String::as_str));
    modules.clone().find(|(module, folder)| module.id == name || *folder == name).ok_or_else(|| {
        let programme = structure.programme.id.clone();
        let known = list(modules.map(|(module, _)| module.id.as_str()));
        ScaffoldError::NoModule { programme, name: name.to_owned(), known }
    })
}

/// The ids of the steps of a new lesson.
fn ids(lesson: &str, module: &Module) -> Result<Vec<String>, ScaffoldError> {
    let longest = STEPS.iter().map(|step| step.len() + 1).max().unwrap_or(0);
    let most = MAX_ID - longest;
    if !structure::is_id(lesson, most) {
        return Err(ScaffoldError::Id { id: lesson.to_owned(), most });
    }
    let ids: Vec<String> = STEPS.iter().map(|step| format!("{lesson}-{step}")).collect();
    let step = ids.iter().find(|id| module.steps().any(|step| step.id == **id));
    match step.map(String::as_str).or_else(|| module.lesson(lesson).map(|found| found.id.as_str())) {
        Some(taken) => Err(ScaffoldError::Taken(taken.to_owned())),
        None => Ok(ids),
    }
}

/// `module.toml` with the lesson at its end.
fn extended(tree: &Tree, path: &str, lesson: &str, ids: &[String]) -> Result<String, ScaffoldError> {
    let text = tree.text(path).map_err(ScaffoldError::Faulty)?;
    let form = || ScaffoldError::Form(path.to_owned());
    let mut document: DocumentMut = text.parse().map_err(|_| form())?;
    let lessons = document.entry("lesson").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let lessons = lessons.as_array_of_tables_mut().ok_or_else(form)?;
    let mut steps = ArrayOfTables::new();
    for (id, kind) in ids.iter().zip(["card", "choice", "write"]) {
        let mut step = table(&[("id", value(id)), ("kind", value(kind))]);
        if kind == "choice" {
            step.insert("options", value(["a", "b"].into_iter().collect::<Array>()));
            step.insert("correct", value("b"));
        }
        steps.push(step);
    }
    let mut added = table(&[("id", value(lesson)), ("minutes", value(MINUTES))]);
    added.insert("step", Item::ArrayOfTables(steps));
    lessons.push(added);
    Ok(document.to_string())
}

/// A table that begins after an empty line, as people write it.
fn table(entries: &[(&str, Item)]) -> Table {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    for (key, value) in entries {
        table.insert(key, value.clone());
    }
    table
}

/// Stamps the new blocks in languages in which others are stamped. Where none is, `tandem i18n ok` does all at once.
fn stamp(tree: &Tree, programme: &str, blocks: &[String], files: &mut Files) -> Result<(), ScaffoldError> {
    let path = Lock::path(programme);
    if !tree.has(&path) {
        return Ok(());
    }
    let text = tree.text(&path).map_err(ScaffoldError::Faulty)?;
    let mut lock = Lock::parse(Text::new(&path, text)).map_err(ScaffoldError::Faulty)?;
    let after = tree.with(files);
    let structure = structure(&after, programme).map_err(|error| match error {
        ScaffoldError::Faulty(finding) => ScaffoldError::Refused(finding),
        other => other,
    })?;
    for (code, _) in structure.languages.iter().filter(|(_, status)| **status == Status::Live) {
        if lock.has_language(code) {
            for block in blocks {
                lock.renew(&after, &structure, code, Some(block));
            }
        }
    }
    files.insert(path, lock.to_toml().into_bytes());
    Ok(())
}

/// Whether there are no other errors than before.
fn passes(tree: &Tree, files: &Files) -> Result<(), ScaffoldError> {
    let before = check(Source::Files(&tree.to_files()));
    let after = check(Source::Files(&tree.with(files).to_files()));
    match after.into_iter().find(|finding| finding.is_error() && !before.contains(finding)) {
        Some(error) => Err(ScaffoldError::Refused(error)),
        None => Ok(()),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), StampError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    fs::write(&name, bytes)
        .and_then(|()| fs::rename(&name, path))
        .map_err(|error| StampError::Write { path: path.display().to_string(), error })
}

fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    format!("there is {}", if names.is_empty() { "none".to_owned() } else { names.join(", ") })
}
