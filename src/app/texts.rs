//! Which lessons and words are served: they may be exchanged as a whole while the service runs (`app::reload`).
//!
//! Owns: reading them from the program or from a folder, and that whoever works with them holds one version from
//! beginning to end. Does not know when they change.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use super::App;
use crate::content::{Library, ProgrammeText, Source};
use crate::domain::finding::{Code, Finding};
use crate::domain::lang::Lang;
use crate::l10n::{BadLocale, Words};

/// Lessons and words that were read together. Cheap to clone; what was taken stays as it is.
#[derive(Clone)]
pub struct Texts {
    pub library: Arc<Library>,
    pub words: Arc<Words>,
    /// The languages that can be chosen in each programme.
    languages: Arc<BTreeMap<String, Vec<Lang>>>,
}

/// Why there are no texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadTexts {
    Lessons(Vec<Finding>),
    Locales(BadLocale),
}

/// Where the newest texts stand. Its clones are the same place.
#[derive(Clone)]
pub struct Shelf {
    stand: Arc<RwLock<Stand>>,
    /// The folder that they come from; without one they are the built-in ones and never change.
    folder: Option<Arc<Path>>,
}

struct Stand {
    texts: Texts,
    news: News,
}

/// What has become of the files since the program began.
#[derive(Clone, Debug, Default)]
pub struct News {
    /// How often others were taken.
    pub version: u64,
    /// What was wrong with those that were not taken last, until others are.
    pub refused: Vec<Finding>,
}

impl Texts {
    pub fn new(library: Library, words: Words) -> Self {
        let languages = |text: &ProgrammeText| {
            // A draft is offered where there is something to read in it.
            let drafts = words.drafts().iter().filter(|lang| text.languages.contains_key(lang.code()));
            words.languages().iter().chain(drafts).cloned().collect()
        };
        let of = library.programmes.iter().map(|text| (text.programme.id.clone(), languages(text))).collect();
        Self { library: Arc::new(library), words: Arc::new(words), languages: Arc::new(of) }
    }

    /// The languages that can be chosen by whoever takes part in this programme.
    #[must_use]
    pub fn languages_of(&self, programme: &str) -> &[Lang] {
        self.languages.get(programme).map_or(self.words.languages(), Vec::as_slice)
    }

    /// Reads a content folder. What it does not hold, lessons or locales, is the built-in one.
    ///
    /// # Errors
    /// Everything that is wrong with the lessons, or the first thing that is wrong with the locales.
    pub fn read(folder: Option<&Path>) -> Result<Self, BadTexts> {
        let within = |name: &str| folder.map(|folder| folder.join(name)).filter(|path| path.is_dir());
        let lessons = within("lessons").and(folder).map_or(Source::BuiltIn, Source::Folder);
        // A start waits for both: they are read side by side.
        let (library, words) = std::thread::scope(|scope| {
            let words = scope.spawn(|| match within("locales") {
                Some(locales) => Words::from_dir(&locales),
                None => Words::built_in(),
            });
            let library = Library::load(lessons);
            (library, words.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        Ok(Self::new(library.map_err(BadTexts::Lessons)?, words.map_err(BadTexts::Locales)?))
    }
}

impl BadTexts {
    /// The same as remarks about files.
    pub fn findings(self) -> Vec<Finding> {
        match self {
            Self::Lessons(findings) => findings,
            Self::Locales(bad) => {
                let line = u32::try_from(bad.line).unwrap_or(u32::MAX);
                vec![Finding::error(Code::Syntax, bad.file, bad.problem).at(line, 1)]
            }
        }
    }
}

impl Shelf {
    /// With texts that stay.
    pub fn new(texts: Texts) -> Self {
        Self { stand: Arc::new(RwLock::new(Stand { texts, news: News::default() })), folder: None }
    }

    /// With texts that follow a folder.
    pub fn of_folder(texts: Texts, folder: Option<PathBuf>) -> Self {
        Self { folder: folder.map(Arc::from), ..Self::new(texts) }
    }

    /// The newest.
    pub fn now(&self) -> Texts {
        self.read(|stand| stand.texts.clone())
    }

    /// From now on, these.
    pub fn put(&self, texts: Texts) {
        self.write(|stand| {
            let version = stand.news.version + 1;
            *stand = Stand { texts, news: News { version, refused: Vec::new() } };
        });
    }

    /// The old ones stay, and why.
    pub fn refuse(&self, findings: Vec<Finding>) {
        self.write(|stand| stand.news.refused = findings);
    }

    /// What has happened to the files.
    pub fn news(&self) -> News {
        self.read(|stand| stand.news.clone())
    }

    fn read<R>(&self, look: impl FnOnce(&Stand) -> R) -> R {
        // Nothing can be half written behind this lock: what is exchanged is exchanged by one assignment.
        look(&self.stand.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, change: impl FnOnce(&mut Stand)) {
        change(&mut self.stand.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// The folder to watch.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }
}

impl App {
    /// The newest lessons. Whoever looks twice takes them once.
    #[must_use]
    pub fn library(&self) -> Arc<Library> {
        self.texts.now().library
    }

    /// The newest words.
    #[must_use]
    pub fn words(&self) -> Arc<Words> {
        self.texts.now().words
    }
}
