//! The translation lock: which state of the source each translated block was made from.
//!
//! `translations.lock` lies beside `programme.toml` and is written by the tool alone. When the source of a block
//! changes, its hash no longer matches and the translation is stale until somebody looks and stamps it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::place::Text;
use super::reading::{self, Block};
use super::structure::{self, Structure};
use super::tree::{Source, Tree};
use crate::domain::finding::{Code, Finding};

const HEADER: &str = "# Written by `tandem i18n ok`. Each line: a text block, and the hash of the source text that\n\
                      # its translation was made from.\n";

/// One programme's lock: by language and block key, the hash of the source block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lock {
    stamps: BTreeMap<String, BTreeMap<String, String>>,
}

/// How a translated block stands to its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stamp {
    /// The source is as it was when the translation was stamped.
    Current,
    /// The source has changed since.
    Stale,
    /// Nobody has stamped it.
    Missing,
}

/// Why stamping failed.
#[derive(Debug, thiserror::Error)]
pub enum StampError {
    #[error("{0}")]
    Content(Finding),
    #[error("no programme has `{0}` as a language to translate into")]
    NoLanguage(String),
    #[error("no translated text is called `{0}`")]
    NoBlock(String),
    #[error("{path}: {error}")]
    Write { path: String, error: std::io::Error },
}

/// Stamps translations as matching the source as it is now: all blocks of a language, or the one called `only`
/// (`m1/mandate`), or those of a lesson (`m1:l1`). Gives the number of stamps that changed. `folder` holds `lessons/`.
///
/// # Errors
/// If the content cannot be read, nothing is so called, or the lock cannot be written.
pub fn stamp(folder: &Path, language: &str, only: Option<&str>) -> Result<usize, StampError> {
    let tree = Tree::read(Source::Folder(folder)).map_err(StampError::Content)?;
    let (mut changed, mut has_language, mut has_block) = (0, false, false);
    for programme in tree.folders("lessons") {
        let structure = structure(&tree, programme)?;
        if language == structure.source || !structure.languages.contains_key(language) {
            continue;
        }
        has_language = true;
        let path = Lock::path(programme);
        let old = Lock::of(&tree, programme)?;
        let mut lock = old.clone();
        has_block |= lock.renew(&tree, &structure, language, only);
        if lock != old {
            changed += lock.differing(&old, language);
            write(&folder.join(&path), &lock.to_toml())?;
        }
    }
    match only {
        _ if !has_language => Err(StampError::NoLanguage(language.to_owned())),
        Some(block) if !has_block => Err(StampError::NoBlock(block.to_owned())),
        Some(_) | None => Ok(changed),
    }
}

/// A programme's structure, without which nothing of it can be stamped or exchanged.
pub(super) fn structure(tree: &Tree, programme: &str) -> Result<Structure, StampError> {
    let mut findings = Vec::new();
    let structure = structure::read(tree, programme, &mut findings);
    let unusable = || Finding::error(Code::File, format!("lessons/{programme}"), "the programme cannot be used");
    match findings.into_iter().find(Finding::is_error) {
        Some(error) => Err(StampError::Content(error)),
        None => structure.ok_or_else(|| StampError::Content(unusable())),
    }
}

impl Lock {
    /// A programme's lock; empty if it has none yet.
    pub fn of(tree: &Tree, programme: &str) -> Result<Self, StampError> {
        let path = Self::path(programme);
        match tree.has(&path) {
            true => tree.text(&path).and_then(|text| Self::parse(Text::new(&path, text))).map_err(StampError::Content),
            false => Ok(Self::default()),
        }
    }

    /// Stamps one text.
    pub fn set(&mut self, language: &str, block: String, hash: String) {
        self.stamps.entry(language.to_owned()).or_default().insert(block, hash);
    }

    /// Where a programme's lock lies, from `lessons/` on.
    pub fn path(programme: &str) -> String {
        format!("lessons/{programme}/translations.lock")
    }

    pub fn parse(text: Text<'_>) -> Result<Self, Finding> {
        match toml::from_str(text.text) {
            Ok(stamps) => Ok(Self { stamps }),
            Err(error) => Err(text.toml_error(&error).hint("write it anew with `tandem i18n ok`")),
        }
    }

    pub fn has_language(&self, language: &str) -> bool {
        self.stamps.contains_key(language)
    }

    /// How a block of a language stands to its source, whose hash now is given.
    pub fn state(&self, language: &str, block: &str, source: &str) -> Stamp {
        match self.stamps.get(language).and_then(|s| s.get(block)) {
            Some(stamped) if stamped == source => Stamp::Current,
            Some(_) => Stamp::Stale,
            None => Stamp::Missing,
        }
    }

    /// Stamps what is translated and forgets what is gone; whether there was anything to stamp.
    pub fn renew(&mut self, tree: &Tree, structure: &Structure, language: &str, only: Option<&str>) -> bool {
        let source: BTreeMap<String, String> =
            blocks(tree, structure, &structure.source).iter().map(|b| (b.key.clone(), hash(&b.markdown))).collect();
        let translated: BTreeSet<String> = blocks(tree, structure, language).into_iter().map(|b| b.key).collect();
        let stamps = self.stamps.entry(language.to_owned()).or_default();
        stamps.retain(|block, _| source.contains_key(block) && translated.contains(block));
        let mut any = false;
        for (block, hash) in source {
            if translated.contains(&block)
                && only.is_none_or(|named| named == block || within(structure, named, &block))
            {
                stamps.insert(block, hash);
                any = true;
            }
        }
        any
    }

    fn differing(&self, old: &Self, language: &str) -> usize {
        let empty = BTreeMap::new();
        let [new, old] = [self, old].map(|l| l.stamps.get(language).unwrap_or(&empty));
        let gone = old.keys().filter(|k| !new.contains_key(*k)).count();
        gone + new.iter().filter(|(k, v)| old.get(*k) != Some(v)).count()
    }

    /// Blocks in order, so that two people's stamps merge line by line.
    pub fn to_toml(&self) -> String {
        let mut out = HEADER.to_owned();
        for (language, stamps) in &self.stamps {
            out.push_str(&format!("\n[{}]\n", toml::Value::from(language.as_str())));
            for (block, hash) in stamps {
                let [block, hash] = [block, hash].map(|t| toml::Value::from(t.as_str()));
                out.push_str(&format!("{block} = {hash}\n"));
            }
        }
        out
    }
}

/// Whether a text belongs to what was named: a lesson (`m1:l1`) stands for all of its steps.
fn within(structure: &Structure, named: &str, block: &str) -> bool {
    let lesson = named.split_once(':').and_then(|(module, lesson)| {
        let (module, _) = structure.parts().find(|(known, _)| known.id == module)?;
        module.lessons.iter().find(|known| known.id == lesson).map(|lesson| (&module.id, lesson))
    });
    lesson.is_some_and(|(module, lesson)| {
        let step = block.split_once('/').filter(|(of, _)| of == module).map(|(_, step)| step);
        step.is_some_and(|step| lesson.steps.iter().any(|known| known.id == step))
    })
}

/// The hash of a block's Markdown: 64-bit FNV-1a over its words, so that wrapping lines anew changes nothing.
/// It guards against forgetting, not against malice.
pub(super) fn hash(markdown: &str) -> String {
    let words = markdown.split_whitespace().collect::<Vec<_>>().join(" ");
    let hash =
        words.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, byte| (h ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    format!("{hash:016x}")
}

/// All blocks of a programme in one language, of whatever is there.
fn blocks(tree: &Tree, structure: &Structure, language: &str) -> Vec<Block> {
    let programme = &structure.programme;
    let mut blocks = Vec::new();
    let path = format!("lessons/{}/{language}.md", programme.id);
    if let Ok(text) = tree.text(&path) {
        blocks.extend(reading::programme(Text::new(&path, text), &mut Vec::new()).1);
    }
    for (module, folder) in structure.parts() {
        let path = format!("lessons/{}/{folder}/{language}.md", programme.id);
        if let Ok(text) = tree.text(&path) {
            blocks.extend(reading::module(Text::new(&path, text), module, &mut Vec::new()).blocks);
        }
    }
    blocks
}

/// Writes beside the old file and renames, so that a crash leaves one or the other.
fn write(path: &Path, text: &str) -> Result<(), StampError> {
    let new = path.with_extension("lock.new");
    fs::write(&new, text)
        .and_then(|()| fs::rename(&new, path))
        .map_err(|error| StampError::Write { path: path.display().to_string(), error })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_follows_the_words_and_not_the_wrapping() {
        assert_eq!(hash("### a: T\n\nEin  Satz\nhier."), hash("### a: T\nEin Satz hier.\n"));
        assert_ne!(hash("Ein Satz"), hash("Ein Absatz"));
        assert_eq!(hash(""), "cbf29ce484222325", "the published start value of FNV-1a");
        assert_eq!(hash("a"), "af63dc4c8601ec8c", "the published test value of FNV-1a");
    }

    #[test]
    fn a_lock_reads_back_as_it_was_written() {
        let stamps = [("/", "00ff"), ("m1:l1", "0a"), ("m1/mandate", "0b")].map(|(k, v)| (k.to_owned(), v.to_owned()));
        let lock = Lock { stamps: BTreeMap::from([("en".to_owned(), BTreeMap::from(stamps))]) };
        let text = lock.to_toml();
        assert_eq!(Lock::parse(Text::new("translations.lock", &text)), Ok(lock.clone()));
        assert_eq!(lock.state("en", "m1/mandate", "0b"), Stamp::Current);
        assert_eq!(lock.state("en", "m1/mandate", "0c"), Stamp::Stale);
        assert_eq!(lock.state("en", "m1/goal", "0b"), Stamp::Missing);
    }
}
