//! All programmes with their words in all languages, loaded once and then only looked up.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::counts::Counts;
use super::lock::{self, Lock, Stamp};
use super::place::Text;
use super::reading;
use super::structure::{self, Status, Structure};
use super::text::{LessonText, ModuleText, ProgrammeWords};
use super::tree::{Source, Tree};
use crate::domain::finding::{self, Code, Finding, Severity};
use crate::domain::programme::{Programme, StepKind, TEST};

/// Every programme there is.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub programmes: Vec<ProgrammeText>,
    /// Pictures by path from `lessons/` on.
    pictures: BTreeMap<String, Cow<'static, [u8]>>,
}

/// A programme, its structure and its words.
#[derive(Clone, Debug)]
pub struct ProgrammeText {
    pub programme: Programme,
    /// The language that is complete.
    pub source: String,
    /// All its languages by code (`de`, `en`).
    pub languages: BTreeMap<String, Status>,
    folders: Vec<String>,
    texts: BTreeMap<String, LanguageTexts>,
}

/// What there is in one language: gaps are filled from the source.
#[derive(Clone, Debug, Default)]
struct LanguageTexts {
    words: Option<ProgrammeWords>,
    modules: BTreeMap<String, ModuleTexts>,
}

#[derive(Clone, Debug, Default)]
struct ModuleTexts {
    words: Option<ModuleText>,
    lessons: BTreeMap<String, LessonText>,
}

/// Words, and the language they are in: the asked one or the source.
pub type Found<'a, T> = Option<(&'a T, &'a str)>;

impl Library {
    /// Loads all programmes.
    ///
    /// An error in the structure or in the source language stops the load. In a translation it does not, and
    /// neither does a stale block: the lesson concerned falls back whole to the source.
    ///
    /// # Errors
    /// The errors that stopped it.
    pub fn load(source: Source<'_>) -> Result<Self, Vec<Finding>> {
        let examined = examine(source);
        match examined.fatal.is_empty() {
            true => Ok(examined.library),
            false => Err(examined.fatal),
        }
    }

    pub fn programme(&self, id: &str) -> Option<&ProgrammeText> {
        self.programmes.iter().find(|p| p.programme.id == id)
    }

    /// A module's title and introduction.
    pub fn module_text(&self, programme: &str, module: &str, language: &str) -> Found<'_, ModuleText> {
        self.programme(programme)?.module_text(module, language)
    }

    /// A lesson's words, whole in one language.
    pub fn lesson_text(&self, programme: &str, module: &str, lesson: &str, language: &str) -> Found<'_, LessonText> {
        self.programme(programme)?.lesson_text(module, lesson, language)
    }

    /// The picture that a card of a module names.
    pub fn picture(&self, programme: &str, module: &str, name: &str) -> Option<&[u8]> {
        let programme = self.programme(programme)?;
        let folder = programme.folders.get(programme.programme.module_index(module)?)?;
        self.pictures.get(&format!("lessons/{}/{folder}/{name}", programme.programme.id)).map(AsRef::as_ref)
    }
}

impl ProgrammeText {
    /// The programme's title and description.
    pub fn words(&self, language: &str) -> Found<'_, ProgrammeWords> {
        self.find(language, |texts| texts.words.as_ref())
    }

    /// A module's title and introduction.
    pub fn module_text(&self, module: &str, language: &str) -> Found<'_, ModuleText> {
        self.find(language, |texts| texts.modules.get(module)?.words.as_ref())
    }

    /// A lesson's words, whole in one language.
    pub fn lesson_text(&self, module: &str, lesson: &str, language: &str) -> Found<'_, LessonText> {
        self.find(language, |texts| texts.modules.get(module)?.lessons.get(lesson))
    }

    /// Looks in the language (`de-AT` also finds `de`), then in the source.
    fn find<'a, T>(&'a self, language: &str, pick: impl Fn(&'a LanguageTexts) -> Option<&'a T>) -> Found<'a, T> {
        let short = language.split('-').next().unwrap_or(language);
        [language, short, &self.source].into_iter().find_map(|code| {
            let (code, texts) = self.texts.get_key_value(code)?;
            pick(texts).map(|found| (found, code.as_str()))
        })
    }
}

/// What a check found.
pub struct Inspection {
    /// What is wrong, errors first.
    pub findings: Vec<Finding>,
    /// What there is, of each programme that can be read.
    pub counts: Vec<Counts>,
    texts: BTreeMap<String, String>,
}

impl Inspection {
    /// The text of a file that a finding is about.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }
}

/// Checks the lessons, legal texts as of this day.
pub fn inspect(source: Source<'_>, today: NaiveDate) -> Inspection {
    let Examined { library, mut findings, reviews, .. } = examine(source);
    findings.extend(due(reviews, today));
    finding::sort(&mut findings);
    let counts = library.programmes.iter().map(Counts::of).collect();
    let tree = Tree::read(source).ok();
    let about = findings.iter().filter(|finding| finding.line.is_some()).map(|finding| finding.file.clone());
    let texts = about.filter_map(|path| Some((path.clone(), tree.as_ref()?.lossy(&path)?)));
    Inspection { texts: texts.collect(), findings, counts }
}

/// All findings about the lessons, errors first.
pub fn check(source: Source<'_>) -> Vec<Finding> {
    examine(source).findings
}

/// What somebody should have looked at again before this day: legal texts whose facts may have changed.
pub fn overdue(source: Source<'_>, today: NaiveDate) -> Vec<Finding> {
    due(examine(source).reviews, today).collect()
}

fn due(reviews: Vec<(NaiveDate, Finding)>, today: NaiveDate) -> impl Iterator<Item = Finding> {
    reviews.into_iter().filter(move |(by, _)| *by < today).map(|(_, finding)| finding)
}

#[derive(Default)]
struct Examined {
    library: Library,
    findings: Vec<Finding>,
    /// Those of the findings that stop a load.
    fatal: Vec<Finding>,
    /// By when somebody should look at which texts again.
    reviews: Vec<(NaiveDate, Finding)>,
}

fn examine(source: Source<'_>) -> Examined {
    let mut examined = Examined::default();
    match Tree::read(source) {
        Ok(tree) => {
            for folder in tree.folders("lessons") {
                examined.programme(&tree, folder);
            }
        }
        Err(finding) => examined.add(vec![finding], true),
    }
    finding::sort(&mut examined.findings);
    finding::sort(&mut examined.fatal);
    examined
}

impl Examined {
    fn add(&mut self, findings: Vec<Finding>, stops: bool) {
        if stops {
            self.fatal.extend(findings.iter().filter(|f| f.is_error()).cloned());
        }
        self.findings.extend(findings);
    }

    /// Reads one programme. With a faulty structure its texts are not read: they would only echo the fault.
    fn programme(&mut self, tree: &Tree, folder: &str) {
        let mut findings = Vec::new();
        let structure = structure::read(tree, folder, &mut findings);
        let faulty = findings.iter().any(Finding::is_error);
        self.add(findings, true);
        let Some(mut structure) = structure.filter(|_| !faulty) else { return };
        self.reviews.append(&mut structure.reviews);
        let lock = self.lock(tree, &structure);
        self.strays(tree, &structure);
        self.pictures(tree, &structure);
        let mut texts = BTreeMap::new();
        let (source, findings) = language(tree, &structure, &structure.source, None);
        self.add(findings, true);
        // Half of what a start takes is reading lessons, so translations are read side by side.
        let translations = std::thread::scope(|scope| {
            let others = structure.languages.iter().filter(|(_, status)| **status != Status::Source);
            let reading = others.map(|(code, status)| {
                let stamps = Stamps {
                    code,
                    status: *status,
                    lock: lock.as_ref().filter(|l| l.has_language(code)),
                    any_lock: lock.is_some(),
                    source: &source.hashes,
                };
                let (tree, structure) = (tree, &structure);
                (code, scope.spawn(move || language(tree, structure, code, Some(&stamps))))
            });
            let reading: Vec<_> = reading.collect();
            let read = reading.into_iter().map(|(code, reader)| (code, reader.join()));
            // A reader that panics takes the start with it, as it would without a thread.
            read.map(|(code, read)| (code, read.unwrap_or_else(|panic| std::panic::resume_unwind(panic))))
                .collect::<Vec<_>>()
        });
        for (code, (read, findings)) in translations {
            self.add(findings, false);
            texts.insert(code.clone(), read.texts);
        }
        texts.insert(structure.source.clone(), source.texts);
        let Structure { programme, languages, source, folders, .. } = structure;
        self.library.programmes.push(ProgrammeText { programme, source, languages, folders, texts });
    }

    fn lock(&mut self, tree: &Tree, structure: &Structure) -> Option<Lock> {
        let path = Lock::path(&structure.programme.id);
        if !tree.has(&path) {
            return None;
        }
        match tree.text(&path).and_then(|text| Lock::parse(Text::new(&path, text))) {
            Ok(lock) => Some(lock),
            Err(finding) => {
                self.add(vec![finding], false);
                None
            }
        }
    }

    /// Text files in languages that the programme does not name.
    fn strays(&mut self, tree: &Tree, structure: &Structure) {
        let root = format!("lessons/{}", structure.programme.id);
        let modules = structure.parts().map(|(_, f)| format!("{root}/{f}"));
        let mut findings = Vec::new();
        for folder in modules.chain([root.clone()]) {
            let texts = tree.files(&folder).filter_map(|f| f.strip_suffix(".md"));
            for code in texts.filter(|c| *c != "README" && !structure.languages.contains_key(*c)) {
                let message = format!("`{code}` is no language of the programme");
                findings.push(
                    Finding::warning(Code::File, format!("{folder}/{code}.md"), message).hint("add it to `languages`"),
                );
            }
        }
        self.add(findings, false);
    }

    fn pictures(&mut self, tree: &Tree, structure: &Structure) {
        for (module, folder) in structure.programme.modules.iter().zip(&structure.folders) {
            for step in module.steps() {
                let StepKind::Card { picture: Some(name), .. } = &step.kind else { continue };
                let path = format!("lessons/{}/{folder}/{name}", structure.programme.id);
                if let Some(Ok(bytes)) = tree.bytes(&path) {
                    self.library.pictures.insert(path, bytes.clone());
                }
            }
        }
    }
}

/// Reads a programme's texts in one language, with what is wrong with them.
fn language(tree: &Tree, structure: &Structure, code: &str, stamps: Option<&Stamps<'_>>) -> (Language, Vec<Finding>) {
    let programme = &structure.programme;
    let mut findings = Vec::new();
    let mut language = Language::default();
    // A file that a draft does not have yet is no finding: `tandem i18n status` counts what is missing.
    let awaited = |path: &str| tree.has(path) || stamps.is_none_or(|stamps| stamps.status != Status::Draft);
    let path = format!("lessons/{}/{code}.md", programme.id);
    match tree.text(&path) {
        Ok(text) => {
            let text = Text::new(&path, text);
            let (words, blocks) = reading::programme(text, &mut findings);
            language.texts.words = words;
            let stale = language.stamp(&text, &blocks, stamps, &mut findings);
            language.texts.words.take_if(|_| !stale.is_empty());
        }
        Err(finding) => findings.extend(Some(finding).filter(|_| awaited(&path))),
    }
    for (module, folder) in structure.parts() {
        let path = format!("lessons/{}/{folder}/{code}.md", programme.id);
        let text = match tree.text(&path) {
            Ok(text) => Text::new(&path, text),
            Err(finding) => {
                findings.extend(Some(finding).filter(|_| awaited(&path)));
                continue;
            }
        };
        let mut read = reading::module(text, module, &mut findings);
        let stale = language.stamp(&text, &read.blocks, stamps, &mut findings);
        read.words.take_if(|_| stale.contains(&module.id));
        read.lessons.retain(|id, lesson| {
            !stale.contains(&format!("{}:{id}", module.id))
                && !lesson.steps.keys().any(|step| stale.contains(&format!("{}/{step}", module.id)))
        });
        if module.id == TEST {
            reading::say_why(&text, module, &read, &mut findings);
            // A test in two languages would be no test.
            if read.lessons.len() < module.lessons.len() {
                read.lessons.clear();
            }
        }
        let texts = ModuleTexts { words: read.words, lessons: read.lessons };
        language.texts.modules.insert(module.id.clone(), texts);
    }
    if let Some(stamps) = stamps {
        findings.extend(stamps.never(&programme.id));
        if stamps.status == Status::Draft {
            findings.iter_mut().for_each(|f| f.severity = Severity::Warning);
        }
    }
    (language, findings)
}

/// What was read in one language.
#[derive(Default)]
struct Language {
    texts: LanguageTexts,
    /// Hash of every block by its key.
    hashes: BTreeMap<String, String>,
}

/// What a translation is compared with.
struct Stamps<'a> {
    code: &'a str,
    status: Status,
    /// The lock, if it has any stamp of this language.
    lock: Option<&'a Lock>,
    /// There is a lock, with this language or without.
    any_lock: bool,
    /// The source's hashes now.
    source: &'a BTreeMap<String, String>,
}

impl Language {
    /// Keeps the hashes of a file's blocks; for a translation, compares each with its stamp. Gives the keys of the
    /// stale ones. A block that nobody stamped is reported and still shown: nothing speaks against it.
    fn stamp(
        &mut self,
        text: &Text<'_>,
        blocks: &[reading::Block],
        stamps: Option<&Stamps<'_>>,
        findings: &mut Vec<Finding>,
    ) -> BTreeSet<String> {
        let mut stale = BTreeSet::new();
        for block in blocks {
            let Some(stamps) = stamps else {
                self.hashes.insert(block.key.clone(), lock::hash(&block.markdown));
                continue;
            };
            let (Some(lock), Some(source)) = (stamps.lock, stamps.source.get(&block.key)) else { continue };
            let (key, hint) =
                (&block.key, format!("compare the two, then `tandem i18n ok {} {}`", stamps.code, block.key));
            match lock.state(stamps.code, key, source) {
                Stamp::Current => {}
                Stamp::Stale => {
                    stale.insert(key.clone());
                    let message = format!("stale: the source text of {key} has changed since it was translated");
                    findings.push(text.error(Code::Stale, block.at, message).hint(hint));
                }
                Stamp::Missing => {
                    findings.push(
                        text.error(Code::Unstamped, block.at, format!("the translation of {key} is not stamped"))
                            .hint(hint),
                    );
                }
            }
        }
        stale
    }
}

impl Stamps<'_> {
    /// One finding instead of one for each block if nobody has ever stamped this language.
    fn never(&self, programme: &str) -> Option<Finding> {
        if self.lock.is_some() {
            return None;
        }
        let path = Lock::path(programme);
        let message = format!("no text in `{}` is stamped yet", self.code);
        let hint = format!("compare the texts with the source, then `tandem i18n ok {}`", self.code);
        Some(match self.any_lock {
            true => Finding::error(Code::Unstamped, path, message).hint(hint),
            false => Finding::warning(Code::Unstamped, path, message).hint(hint),
        })
    }
}
