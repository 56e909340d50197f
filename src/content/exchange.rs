//! A programme's texts as a list for translators, and the way back into its files.
//!
//! Owns: which texts a language has, where each stands in its file, and that a changed one is checked before anything
//! is written. Does not know the tables that translators get.

use std::collections::BTreeMap;
use std::path::Path;

use super::lock::{self, Lock, Stamp, StampError};
use super::place::Text;
use super::reading::{self, Block};
use super::structure::{Status, Structure};
use super::tree::{Source, Tree};
use crate::domain::finding::Finding;
use crate::domain::programme::{Module, StepKind, TEST};
use crate::domain::translation::{Change, Refusal, Rewritten, State, Unit};

/// A programme's texts in one language.
pub struct Course {
    pub programme: String,
    pub status: Status,
    pub units: Vec<Unit>,
    parts: Vec<Part>,
    lock: Lock,
}

/// A file of the source and the one that translates it.
struct Part {
    /// Of the translation, from `lessons/` on.
    path: String,
    /// `None`: the programme's own words.
    module: Option<Module>,
    text: String,
    source: Vec<Block>,
    there: Vec<Block>,
}

/// All programmes that have this language as one to translate into. `folder` holds `lessons/`.
///
/// # Errors
/// If the content cannot be read, or no programme has the language.
pub fn courses(folder: &Path, language: &str) -> Result<Vec<Course>, StampError> {
    let tree = Tree::read(Source::Folder(folder)).map_err(StampError::Content)?;
    let mut courses = Vec::new();
    for programme in tree.folders("lessons") {
        let structure = lock::structure(&tree, programme)?;
        let Some(status) = structure.languages.get(language).filter(|status| **status != Status::Source) else {
            continue;
        };
        courses.push(Course::read(&tree, &structure, language, *status)?);
    }
    match courses.is_empty() {
        true => Err(StampError::NoLanguage(language.to_owned())),
        false => Ok(courses),
    }
}

/// Every language into which any programme is translated.
///
/// # Errors
/// If the content cannot be read.
pub fn languages(folder: &Path) -> Result<Vec<String>, StampError> {
    let tree = Tree::read(Source::Folder(folder)).map_err(StampError::Content)?;
    let mut all = Vec::new();
    for programme in tree.folders("lessons") {
        let structure = lock::structure(&tree, programme)?;
        all.extend(structure.languages.into_iter().filter(|(_, s)| *s != Status::Source).map(|(code, _)| code));
    }
    all.sort();
    all.dedup();
    Ok(all)
}

impl Course {
    fn read(tree: &Tree, structure: &Structure, language: &str, status: Status) -> Result<Self, StampError> {
        let programme = structure.programme.id.clone();
        let lock = Lock::of(tree, &programme)?;
        let own = std::iter::once((None, format!("lessons/{programme}")));
        let modules =
            structure.parts().map(|(module, folder)| (Some(module.clone()), format!("lessons/{programme}/{folder}")));
        let (mut parts, mut units) = (Vec::new(), Vec::new());
        for (module, folder) in own.chain(modules) {
            let source = tree.text(&format!("{folder}/{}.md", structure.source)).map_err(StampError::Content)?;
            let path = format!("{folder}/{language}.md");
            let text = match tree.has(&path) {
                true => tree.text(&path).map_err(StampError::Content)?.to_owned(),
                false => String::new(),
            };
            let source = blocks(Text::new(&path, source), module.as_ref());
            let there = blocks(Text::new(&path, &text), module.as_ref());
            for block in &source {
                let found = there.iter().find(|known| known.key == block.key);
                let state = match (found, lock.state(language, &block.key, &lock::hash(&block.markdown))) {
                    (None, _) => State::Missing,
                    (_, Stamp::Current) => State::Current,
                    (_, Stamp::Stale) => State::Stale,
                    (_, Stamp::Missing) => State::Unstamped,
                };
                units.push(Unit {
                    id: format!("{programme} {}", block.key),
                    context: context(module.as_ref(), &block.key),
                    source: block.markdown.trim_end().to_owned(),
                    translation: found.map(|found| found.markdown.trim_end().to_owned()),
                    state,
                });
            }
            parts.push(Part { path, module, text, source, there });
        }
        Ok(Self { programme, status, units, parts, lock })
    }

    /// The files as they are with these changes, all of which are of this programme and not as they were; and the lock
    /// with what each was translated from. `reviewed` are texts that stay and were looked at.
    ///
    /// # Errors
    /// Everything that cannot be taken.
    pub fn with(
        &self,
        language: &str,
        changes: &[Change],
        reviewed: &[Change],
    ) -> Result<Vec<Rewritten>, Vec<Refusal>> {
        let key_of = |change: &Change| change.id[self.programme.len() + 1..].to_owned();
        let by_key: BTreeMap<String, &Change> = changes.iter().map(|change| (key_of(change), change)).collect();
        let (mut files, mut refused) = (Vec::new(), Vec::new());
        for part in &self.parts {
            match part.with(&by_key) {
                Ok(text) if text == part.text => {}
                Ok(text) => files.push(Rewritten { path: part.path.clone(), text }),
                Err(mut refusals) => refused.append(&mut refusals),
            }
        }
        if !refused.is_empty() {
            return Err(refused);
        }
        let mut lock = self.lock.clone();
        for change in changes.iter().chain(reviewed) {
            lock.set(language, key_of(change), lock::hash(&change.source));
        }
        if lock != self.lock {
            files.push(Rewritten { path: Lock::path(&self.programme), text: lock.to_toml() });
        }
        Ok(files)
    }
}

impl Part {
    /// The file with these texts in their places.
    fn with(&self, changes: &BTreeMap<String, &Change>) -> Result<String, Vec<Refusal>> {
        let mine: BTreeMap<&str, &Change> =
            self.source.iter().filter_map(|block| Some((block.key.as_str(), *changes.get(&block.key)?))).collect();
        if mine.is_empty() {
            return Ok(self.text.clone());
        }
        let text = self.put_together(&mine);
        let read = blocks(Text::new(&self.path, &text), self.module.as_ref());
        let mut refused = Vec::new();
        for (key, change) in &mine {
            let found = read.iter().find(|block| block.key == *key);
            if found.is_none_or(|block| block.markdown.trim_end() != change.translation.trim_end()) {
                let head = self.head(key);
                refused.push(change.refused(format!("must begin with `{head}` and hold no other such heading")));
            }
        }
        if refused.is_empty() {
            refused = faults(&self.path, &text, self.module.as_ref(), &read, &mine);
        }
        if refused.is_empty() { Ok(text) } else { Err(refused) }
    }

    /// Replaces the texts that are there; the others come behind the one before them in the source.
    fn put_together(&self, changes: &BTreeMap<&str, &Change>) -> String {
        let mut pieces: Vec<(&str, String)> = Vec::new();
        let first = self.there.first().map_or(self.text.len(), |block| block.at);
        let before = &self.text[..first];
        for block in &self.there {
            let end = &block.markdown[block.markdown.trim_end().len()..];
            pieces.push((
                &block.key,
                match changes.get(block.key.as_str()) {
                    Some(change) => format!("{}{end}", change.translation.trim_end()),
                    None => block.markdown.clone(),
                },
            ));
        }
        let mut place = 0;
        for block in &self.source {
            if let Some(at) = pieces.iter().position(|(key, _)| *key == block.key) {
                place = at + 1;
            } else if let Some(change) = changes.get(block.key.as_str()) {
                pieces.insert(place, (&block.key, format!("{}\n\n", change.translation.trim_end())));
                if let Some((_, above)) = place.checked_sub(1).and_then(|above| pieces.get_mut(above)) {
                    *above = format!("{}\n\n", above.trim_end());
                }
                place += 1;
            }
        }
        let mut text = before.to_owned();
        pieces.iter().for_each(|(_, piece)| text.push_str(piece));
        match text.trim_end() {
            "" => text,
            kept => format!("{kept}\n"),
        }
    }

    /// How a text of this key begins.
    fn head(&self, key: &str) -> String {
        let block = self.source.iter().find(|block| block.key == key);
        let line = block.and_then(|block| block.markdown.lines().next()).unwrap_or_default();
        line.split_once(':').map_or_else(|| "# …".to_owned(), |(head, _)| format!("{head}: …"))
    }
}

/// What the linter has against the changed texts; what was wrong before elsewhere is no reason.
fn faults(
    path: &str,
    text: &str,
    module: Option<&Module>,
    read: &[Block],
    changes: &BTreeMap<&str, &Change>,
) -> Vec<Refusal> {
    let text = Text::new(path, text);
    let mut findings = Vec::new();
    match module {
        None => drop(reading::programme(text, &mut findings)),
        Some(module) => drop(reading::module(text, module, &mut findings)),
    }
    let begins: Vec<(u32, &str)> = read.iter().map(|block| (text.position(block.at).0, block.key.as_str())).collect();
    let at = |finding: &Finding| {
        let line = finding.line?;
        let (_, key) = begins.iter().rev().find(|(begin, _)| *begin <= line)?;
        changes.get(key)
    };
    let errors = findings.iter().filter(|finding| finding.is_error());
    errors.filter_map(|finding| Some(at(finding)?.refused(said(finding)))).collect()
}

fn said(finding: &Finding) -> String {
    match &finding.hint {
        Some(hint) => format!("{} ({hint})", finding.message),
        None => finding.message.clone(),
    }
}

fn blocks(text: Text<'_>, module: Option<&Module>) -> Vec<Block> {
    let all = match module {
        None => reading::programme(text, &mut Vec::new()).1,
        Some(module) => reading::module(text, module, &mut Vec::new()).blocks,
    };
    // A block with a heading in it that could not be used is not what stands in the file.
    all.into_iter().filter(|block| text.text[block.at..].starts_with(block.markdown.as_str())).collect()
}

/// What a text is, in the words of `module.toml`.
fn context(module: Option<&Module>, key: &str) -> String {
    const HOW: &str = "Markdown; keep the ids before the colons";
    let Some(module) = module else { return format!("title and description of the programme; {HOW}") };
    let step = key.split_once('/').and_then(|(_, id)| module.steps().find(|step| step.id == id));
    let what = match step.map(|step| &step.kind) {
        None if key.contains(':') => "title and introduction of a lesson".to_owned(),
        None if module.id == TEST => "title and introduction of the closing test".to_owned(),
        None => "title and introduction of a module".to_owned(),
        Some(StepKind::Card { .. }) => "card".to_owned(),
        Some(StepKind::Choice { correct, .. }) => format!("question, right answer: {correct}"),
        Some(StepKind::Multi { correct, .. }) => {
            format!("question, right answers: {}", correct.iter().cloned().collect::<Vec<_>>().join(", "))
        }
        Some(StepKind::Write { .. }) => "task: write a text".to_owned(),
        Some(StepKind::Checklist { .. }) => "checklist".to_owned(),
        Some(StepKind::Link) => "task: send a link".to_owned(),
        Some(StepKind::Reflect) => "something to think about".to_owned(),
        Some(StepKind::Questionnaire { .. }) => "questionnaire".to_owned(),
    };
    format!("{what}; {HOW}")
}
