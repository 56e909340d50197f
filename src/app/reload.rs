//! Lessons and locales that change on disk are taken while the service runs: checked first, then exchanged whole.
//!
//! Owns: noticing that files changed, and what speaks against taking them although they are right in themselves: a
//! step on which somebody stands is gone. Does not know how files are read (`texts`), nor when it is asked to look
//! (`service`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::texts::Texts;
use super::{App, Result};
use crate::content::{Library, Losses};
use crate::domain::finding::Finding;

/// Folders within `lessons/` or `locales/` that hold files of ours: a module's lies two below.
const DEEPEST: u8 = 2;

/// What the watch over a folder knows.
pub struct Watch {
    folder: PathBuf,
    /// The files as they were when they were last read, whether they were taken or not.
    read: Files,
    /// The files at the last look.
    seen: Files,
}

/// What came of a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Looked {
    /// Nothing new, or still being written.
    Unchanged,
    /// The new texts are served.
    Taken,
    /// The old texts stay, and why.
    Refused(Vec<Finding>),
}

/// Length and last change of each file.
type Files = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

impl Watch {
    /// Begins with the files as they are: they have just been read.
    pub fn new(folder: &Path) -> Self {
        let seen = files(folder);
        Self { folder: folder.to_owned(), read: seen.clone(), seen }
    }

    /// Whether files have changed since they were last read, and rest: somebody may still be copying them.
    fn is_due(&mut self) -> bool {
        let now = files(&self.folder);
        let rests = now == self.seen;
        self.seen = now;
        if !rests || self.seen == self.read {
            return false;
        }
        self.read = self.seen.clone();
        true
    }

    /// Looks once more; new texts are taken or refused as a whole.
    ///
    /// # Errors
    /// When the database cannot be read. The files are looked at again next time.
    pub async fn look(&mut self, app: &App) -> Result<Looked> {
        if !self.is_due() {
            return Ok(Looked::Unchanged);
        }
        let folder = self.folder.clone();
        // Reading and checking everything takes longer than an answer may wait.
        let texts = match tokio::task::spawn_blocking(move || Texts::read(Some(&folder))).await {
            Ok(Ok(texts)) => texts,
            Ok(Err(bad)) => return Ok(refused(app, bad.findings())),
            Err(_) => return Err(super::AppError::Panicked),
        };
        let missed = missed(app, &texts.library).await.inspect_err(|_| self.read.clear())?;
        if !missed.is_empty() {
            return Ok(refused(app, missed));
        }
        app.texts.put(texts);
        Ok(Looked::Taken)
    }
}

fn refused(app: &App, findings: Vec<Finding>) -> Looked {
    app.texts.refuse(findings.clone());
    Looked::Refused(findings)
}

/// What people still need and these lessons do not have. Only if something is gone are the people looked through.
async fn missed(app: &App, new: &Library) -> Result<Vec<Finding>> {
    let losses = Losses::between(&app.library(), new);
    match losses.is_empty() {
        true => Ok(Vec::new()),
        false => Ok(losses.stranded(&app.db.read().await?.standings().await?)),
    }
}

fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    for part in ["lessons", "locales"] {
        walk(&folder.join(part), 0, &mut files);
    }
    files
}

/// What cannot be read is not there: the reading itself says why.
fn walk(folder: &Path, depth: u8, files: &mut Files) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth < DEEPEST => walk(&path, depth + 1, files),
            // A link to a file counts as the file it leads to.
            Ok(kind) if !kind.is_dir() => {
                let about = fs::metadata(&path).ok();
                let seen = about.map_or((0, None), |about| (about.len(), about.modified().ok()));
                files.insert(path, seen);
            }
            Ok(_) | Err(_) => {}
        }
    }
}
