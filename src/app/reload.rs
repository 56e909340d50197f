//! Lessons and locales that change on disk are taken while the service runs: checked first, then exchanged whole.
//!
//! Owns: noticing that files changed, and what speaks against taking them although they are right in themselves: a
//! step on which somebody stands is gone. Does not know how files are read (`texts`), nor when it is asked to look
//! (`service`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::texts::Texts;
use super::{App, Result};
use crate::content::Library;
use crate::domain::finding::{Code, Finding};
use crate::domain::programme::{Programme, StepKind};
use crate::domain::tandem::Spot;

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

/// What rounds that are not over still need and these lessons do not have.
async fn missed(app: &App, new: &Library) -> Result<Vec<Finding>> {
    let old = app.library();
    let gone: BTreeMap<&str, BTreeSet<Spot>> = old
        .programmes
        .iter()
        .map(|text| (text.programme.id.as_str(), gone(&text.programme, new)))
        .filter(|(_, spots)| !spots.is_empty())
        .collect();
    if gone.is_empty() {
        return Ok(Vec::new());
    }
    let mut stand: BTreeMap<(String, Option<Spot>), usize> = BTreeMap::new();
    let mut after = None;
    loop {
        let (last, seats) = app.db.read().await?.standing(after.as_ref()).await?;
        for seat in seats {
            let Some(lost) = gone.get(seat.programme.as_str()) else { continue };
            let whole = new.programme(&seat.programme).is_none().then_some(None);
            let spots = seat.spots.into_iter().filter(|spot| lost.contains(spot)).map(Some);
            for missed in whole.into_iter().chain(spots) {
                *stand.entry((seat.programme.clone(), missed)).or_default() += 1;
            }
        }
        after = last;
        if after.is_none() {
            break;
        }
    }
    Ok(stand.into_iter().map(|((programme, spot), people)| lost(&programme, spot.as_ref(), people)).collect())
}

fn lost(programme: &str, spot: Option<&Spot>, people: usize) -> Finding {
    let file = format!("lessons/{programme}/programme.toml");
    let message = match spot {
        None => format!("the programme is gone; people who take part in it: {people}"),
        Some(Spot { module, step }) => {
            format!("the step `{module}/{step}` is gone or of another kind; people who stand on it: {people}")
        }
    };
    Finding::error(Code::Gone, file, message)
        .hint("put it back; ids never change, since people's progress hangs on them")
}

/// Steps and questions of the closing test that are not there any more, or are something else now.
fn gone(old: &Programme, new: &Library) -> BTreeSet<Spot> {
    let there = new.programme(&old.id).map(|text| kinds(&text.programme)).unwrap_or_default();
    let changed = |spot: &Spot, kind: &StepKind| {
        there.get(spot).is_none_or(|now| std::mem::discriminant(*now) != std::mem::discriminant(kind))
    };
    kinds(old).into_iter().filter(|(spot, kind)| changed(spot, kind)).map(|(spot, _)| spot).collect()
}

fn kinds(programme: &Programme) -> BTreeMap<Spot, &StepKind> {
    let pool = programme.test.iter().map(|test| &test.pool);
    let steps = programme.modules.iter().chain(pool).flat_map(|module| {
        let steps = module.lessons.iter().flat_map(|lesson| &lesson.steps);
        steps.map(|step| (Spot { module: module.id.clone(), step: step.id.clone() }, &step.kind))
    });
    steps.collect()
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
