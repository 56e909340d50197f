//! The lesson files as bytes, from the program itself or from a folder. Knows no formats.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::domain::finding::{Code, Finding};

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/lessons");

/// Largest text file that is read: far above any lesson, far below what would hurt.
const MAX_TEXT_BYTES: u64 = 1 << 20;

/// Largest picture (Bot API, sendPhoto: "The photo must be at most 10 MB in size").
const MAX_PICTURE_BYTES: u64 = 10_000_000;

/// Where lessons come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source<'a> {
    /// The ones compiled into the program.
    BuiltIn,
    /// A content folder that holds `lessons/`.
    Folder(&'a Path),
    /// Files in memory, by path from `lessons/` on.
    Files(&'a Files),
}

/// Files by path, with `/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// All files that matter, by path from `lessons/` on.
pub(super) struct Tree {
    files: BTreeMap<String, Entry>,
}

type Bytes = Cow<'static, [u8]>;
/// The bytes, or why there are none.
type Entry = Result<Bytes, String>;

impl Tree {
    /// Reads everything below `lessons/`.
    ///
    /// # Errors
    /// If there is no such folder. A single file that cannot be read is reported where it is needed.
    pub fn read(source: Source<'_>) -> Result<Self, Finding> {
        let mut tree = Self { files: BTreeMap::new() };
        match source {
            Source::BuiltIn => tree.add_built_in(&BUILT_IN),
            Source::Folder(folder) => {
                let lessons = folder.join("lessons");
                tree.add_folder(&lessons, "lessons", 0).map_err(|e| {
                    Finding::error(Code::File, "lessons", format!("cannot read the folder {}: {e}", lessons.display()))
                })?;
            }
            Source::Files(files) => {
                for (path, bytes) in files {
                    let file = wanted(path).map(|limit| match u64::try_from(bytes.len()) {
                        Ok(length) if length <= limit => Ok(Cow::Owned(bytes.clone())),
                        _ => Err(too_large(bytes.len() as u64, limit)),
                    });
                    tree.files.extend(file.map(|file| (path.clone(), file)));
                }
            }
        }
        Ok(tree)
    }

    /// This with other files put in place of its own.
    pub fn with(&self, files: &Files) -> Self {
        let mut all = self.files.clone();
        all.extend(files.iter().map(|(path, bytes)| (path.clone(), Ok(Cow::Owned(bytes.clone())))));
        Self { files: all }
    }

    /// Everything that could be read.
    pub fn to_files(&self) -> Files {
        let readable =
            self.files.iter().filter_map(|(path, entry)| Some((path.clone(), entry.as_ref().ok()?.to_vec())));
        readable.collect()
    }

    /// Names of the folders right below one that hold any file, sorted.
    pub fn folders(&self, below: &str) -> BTreeSet<&str> {
        let inside = self.files.keys().filter_map(|path| path.strip_prefix(below)?.strip_prefix('/'));
        inside.filter_map(|rest| rest.split_once('/').map(|(folder, _)| folder)).collect()
    }

    /// Names of the files right in a folder, sorted.
    pub fn files(&self, folder: &str) -> impl Iterator<Item = &str> {
        self.files
            .keys()
            .filter_map(move |path| path.strip_prefix(folder)?.strip_prefix('/'))
            .filter(|n| !n.contains('/'))
    }

    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// A text file, or a finding that says what is wrong with it.
    pub fn text(&self, path: &str) -> Result<&str, Finding> {
        match self.files.get(path) {
            None => Err(self
                .unreadable_folder(path)
                .unwrap_or_else(|| Finding::error(Code::File, path, "the file is missing"))),
            Some(Err(why)) => Err(Finding::error(Code::File, path, format!("the file cannot be read: {why}"))),
            Some(Ok(bytes)) => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
                Err(e) => Err(not_utf8(path, bytes, e.valid_up_to())),
            },
        }
    }

    /// A file as text whatever is in it, to show a place in it.
    pub fn lossy(&self, path: &str) -> Option<String> {
        let bytes = self.files.get(path)?.as_ref().ok()?;
        let text = String::from_utf8_lossy(bytes);
        Some(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
    }

    /// A folder that could not be read leaves a mark in place of its files.
    fn unreadable_folder(&self, path: &str) -> Option<Finding> {
        let mut parents = path.match_indices('/').map(|(end, _)| &path[..end]);
        let folder = parents.find(|parent| self.files.contains_key(&mark(parent)))?;
        Some(Finding::error(Code::File, folder, "the folder cannot be read"))
    }

    /// The bytes of a file, or why there are none; `None` if it does not exist.
    pub fn bytes(&self, path: &str) -> Option<Result<&Bytes, &str>> {
        self.files.get(path).map(|entry| entry.as_ref().map_err(String::as_str))
    }

    fn add_built_in(&mut self, dir: &'static Dir<'static>) {
        for file in dir.files() {
            let path = file.path().components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            if wanted(&path).is_some() {
                self.files.insert(format!("lessons/{path}"), Ok(Cow::Borrowed(file.contents())));
            }
        }
        dir.dirs().for_each(|d| self.add_built_in(d));
    }

    /// Folders deeper than a module's hold nothing of ours, and links to folders are not followed, so the
    /// walk ends.
    fn add_folder(&mut self, folder: &Path, path: &str, depth: u8) -> std::io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let below = format!("{path}/{name}");
            if entry.file_type()?.is_dir() {
                if depth < 2 && !name.starts_with('.') && self.add_folder(&entry.path(), &below, depth + 1).is_err() {
                    self.files.insert(mark(&below), Err("the folder cannot be read".to_owned()));
                }
            } else if let Some(limit) = wanted(&name) {
                self.files.insert(below, read_file(&entry.path(), limit).map(Cow::Owned));
            }
        }
        Ok(())
    }
}

fn mark(folder: &str) -> String {
    format!("{folder}/.")
}

/// The most bytes of a file that is read, by its name; `None` for files that are not ours.
fn wanted(name: &str) -> Option<u64> {
    match name.rsplit_once('.')?.1 {
        "toml" | "md" | "lock" => Some(MAX_TEXT_BYTES),
        "jpg" | "jpeg" | "png" => Some(MAX_PICTURE_BYTES),
        _ => None,
    }
}

fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let about = fs::metadata(path).map_err(|e| e.to_string())?;
    if !about.is_file() {
        return Err("it is not a plain file".to_owned());
    }
    if about.len() > limit {
        return Err(too_large(about.len(), limit));
    }
    fs::read(path).map_err(|e| e.to_string())
}

fn too_large(bytes: u64, limit: u64) -> String {
    format!("it has {bytes} bytes, {limit} are possible")
}

fn not_utf8(path: &str, bytes: &[u8], valid: usize) -> Finding {
    let before = String::from_utf8_lossy(&bytes[..valid]);
    let place = super::place::Text::new(path, &before).position(before.len());
    Finding::error(Code::Syntax, path, "the file is not UTF-8").at(place.0, place.1).hint("save it as UTF-8")
}
