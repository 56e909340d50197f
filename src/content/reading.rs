//! A language's text file read against the structure: what is there, what is missing, what is too much.

mod options;
mod steps;

use std::collections::BTreeMap;

use super::lint;
use super::markdown::{self, Piece};
use super::place::Text;
use super::sections::{Document, Level, Section, clip};
use super::text::{LessonText, ModuleText, ProgrammeWords};
use crate::domain::finding::Finding;
use crate::domain::programme::{Lesson, Module};
use crate::domain::text::Rich;

/// A text block of a file: the unit that a translation is stamped by.
pub(super) struct Block {
    /// `m1` for a module's own words, `m1:l1` for a lesson's, `m1/mandate` for a step's, `/` for the programme's.
    pub key: String,
    /// Byte of its heading.
    pub at: usize,
    /// Its Markdown, heading included.
    pub markdown: String,
}

/// What was read of one module in one language.
#[derive(Default)]
pub(super) struct ModuleReading {
    /// `None` if the module's own words are missing or wrong.
    pub words: Option<ModuleText>,
    /// The lessons that are complete and without error.
    pub lessons: BTreeMap<String, LessonText>,
    pub blocks: Vec<Block>,
}

/// Reads a programme's own words.
pub(super) fn programme(text: Text<'_>, findings: &mut Vec<Finding>) -> (Option<ProgrammeWords>, Vec<Block>) {
    let mut own = Vec::new();
    let document = Document::cut(text, &mut own);
    for extra in document.sections.iter().filter(|s| s.level != Level::Whole) {
        own.push(text.error(extra.at, "the programme's text has one heading, its title"));
    }
    let whole = whole(&document, &mut own);
    let words = whole.map(|s| {
        let description = draw(&document.text, document.body(s), &mut own);
        if description.is_empty() {
            own.push(text.error(s.at, "the programme has no description"));
        }
        lint::description(&text, s.at, &description, &mut own);
        ProgrammeWords { title: s.title.clone().unwrap_or_default(), description }
    });
    let blocks = whole.map(|s| block(&document, "/".to_owned(), s.bytes.clone())).into_iter().collect();
    let clean = !own.iter().any(Finding::is_error);
    findings.append(&mut own);
    (words.filter(|_| clean), blocks)
}

/// Reads a module's text.
pub(super) fn module(text: Text<'_>, module: &Module, findings: &mut Vec<Finding>) -> ModuleReading {
    let mut own = Vec::new();
    let document = Document::cut(text, &mut own);
    let chapters = chapters(&document, module, &mut own);
    let mut reading = ModuleReading { blocks: module_blocks(&document, module), ..ModuleReading::default() };
    // Errors in a heading that could not be placed leave a gap in some lesson, which is found there.
    findings.append(&mut own);
    reading.words = whole(&document, &mut own).map(|s| {
        let intro = draw(&text, document.body(s), &mut own);
        lint::intro(&text, s.at, "the module's introduction", &intro, &mut own);
        if intro.is_empty() {
            own.push(text.error(s.at, "the module has no introduction"));
        }
        ModuleText { title: s.title.clone().unwrap_or_default(), intro }
    });
    if own.iter().any(Finding::is_error) {
        reading.words = None;
    }
    findings.append(&mut own);
    for lesson in &module.lessons {
        match chapters.get(lesson.id.as_str()) {
            None => {
                let message = format!("the lesson `{}` is missing", lesson.id);
                let hint = format!("add a heading `## {}: …`", lesson.id);
                findings.push(Finding::error(text.path, message).hint(hint));
            }
            Some(chapter) => {
                let read = self::lesson(&document, lesson, chapter, &mut own);
                if !own.iter().any(Finding::is_error) {
                    reading.lessons.insert(lesson.id.clone(), read);
                }
                findings.append(&mut own);
            }
        }
    }
    reading
}

/// A lesson's sections: its own, and those of its steps with their questions.
struct Chapter<'d> {
    head: &'d Section,
    steps: BTreeMap<&'d str, StepSections<'d>>,
    /// What is wrong with the headings of this lesson.
    findings: Vec<Finding>,
}

struct StepSections<'d> {
    head: &'d Section,
    questions: Vec<&'d Section>,
}

/// The file's only `#` heading.
fn whole<'d>(document: &'d Document<'_>, findings: &mut Vec<Finding>) -> Option<&'d Section> {
    let mut all = document.sections.iter().filter(|s| s.level == Level::Whole);
    let first = all.next();
    if first.is_none() {
        let finding = Finding::error(document.text.path, "the file has no title");
        findings.push(finding.hint("begin it with `# Title`"));
    }
    for other in all {
        findings.push(document.text.error(other.at, "a second title"));
    }
    first
}

/// Sorts sections into lessons. What belongs to no lesson of the structure is reported.
fn chapters<'d>(
    document: &'d Document<'_>,
    module: &Module,
    findings: &mut Vec<Finding>,
) -> BTreeMap<&'d str, Chapter<'d>> {
    let mut chapters: BTreeMap<&str, Chapter<'_>> = BTreeMap::new();
    let mut here: Option<&str> = None;
    let mut step: Option<&str> = None;
    for section in &document.sections {
        match section.level {
            Level::Whole => (here, step) = (None, None),
            Level::Lesson => {
                (here, step) = (None, None);
                if module.lesson(&section.id).is_none() {
                    findings.push(unknown(document, section, "lesson", module.lessons.iter().map(|l| &l.id)));
                } else if let Some(first) = chapters.get_mut(section.id.as_str()) {
                    first.findings.push(twice(document, section, first.head));
                } else {
                    here = Some(&section.id);
                    let chapter = Chapter { head: section, steps: BTreeMap::new(), findings: Vec::new() };
                    chapters.insert(&section.id, chapter);
                }
            }
            Level::Step => {
                step = None;
                let Some(chapter) = here.and_then(|l| chapters.get_mut(l)) else {
                    findings
                        .push(document.text.error(section.at, format!("the step `{}` is in no lesson", section.id)));
                    continue;
                };
                let lesson = module.lesson(&chapter.head.id);
                let known = lesson.is_some_and(|l| l.step_index(&section.id).is_some());
                if let Some(first) = chapter.steps.get(section.id.as_str()) {
                    chapter.findings.push(twice(document, section, first.head));
                } else if known {
                    step = Some(&section.id);
                    chapter.steps.insert(&section.id, StepSections { head: section, questions: Vec::new() });
                } else {
                    let steps = lesson.into_iter().flat_map(|l| &l.steps).map(|s| &s.id);
                    chapter.findings.push(unknown(document, section, "step", steps));
                }
            }
            Level::Question => {
                let chapter = here.and_then(|l| chapters.get_mut(l));
                match chapter.and_then(|c| c.steps.get_mut(step?)) {
                    Some(sections) => sections.questions.push(section),
                    None => findings
                        .push(document.text.error(section.at, format!("the question `{}` is in no step", section.id))),
                }
            }
        }
    }
    chapters
}

fn lesson(document: &Document<'_>, lesson: &Lesson, chapter: &Chapter<'_>, findings: &mut Vec<Finding>) -> LessonText {
    let text = &document.text;
    findings.extend(chapter.findings.iter().cloned());
    if chapter.head.title.is_none() {
        findings.push(text.error(chapter.head.at, format!("the lesson `{}` has no title", lesson.id)));
    }
    let intro = draw(text, document.body(chapter.head), findings);
    lint::intro(text, chapter.head.at, "the lesson's introduction", &intro, findings);
    let mut read = LessonText { title: chapter.head.title.clone().unwrap_or_default(), intro, steps: BTreeMap::new() };
    for step in &lesson.steps {
        match chapter.steps.get(step.id.as_str()) {
            None => {
                let message = format!("the step `{}` is missing in the lesson `{}`", step.id, lesson.id);
                findings.push(text.error(chapter.head.at, message).hint(format!("add a heading `### {}: …`", step.id)));
            }
            Some(sections) => {
                let words = steps::step(document, step, sections.head, &sections.questions, findings);
                lint::step(text, sections.head.at, step, &words, findings);
                read.steps.insert(step.id.clone(), words);
            }
        }
    }
    read
}

/// Draws Markdown; what is refused becomes a finding.
fn draw(text: &Text<'_>, pieces: &[Piece<'_>], findings: &mut Vec<Finding>) -> Rich {
    match markdown::render(text.text, pieces) {
        Ok(rich) => rich,
        Err(refusals) => {
            findings.extend(refusals.iter().map(|refusal| {
                let finding = text.error(refusal.range.start, refusal.what.to_string());
                Finding { hint: refusal.what.hint().map(str::to_owned), ..finding }
            }));
            Rich::default()
        }
    }
}

fn unknown<'i>(
    document: &Document<'_>,
    section: &Section,
    what: &str,
    known: impl Iterator<Item = &'i String>,
) -> Finding {
    let known: Vec<&str> = known.map(String::as_str).collect();
    let finding = document.text.error(section.at, format!("module.toml has no {what} `{}` here", clip(&section.id)));
    finding.hint(format!("it has {}", known.join(", ")))
}

fn twice(document: &Document<'_>, section: &Section, first: &Section) -> Finding {
    let line = document.text.position(first.at).0;
    document.text.error(section.at, format!("the heading `{}` stands twice, first in line {line}", section.id))
}

/// The blocks of the structure that the file has. A step's block includes its questions.
fn module_blocks(document: &Document<'_>, module: &Module) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for section in &document.sections {
        let key = match section.level {
            Level::Whole => module.id.clone(),
            Level::Lesson => format!("{}:{}", module.id, section.id),
            Level::Step => format!("{}/{}", module.id, section.id),
            Level::Question => {
                if let Some(last) = blocks.last_mut() {
                    last.markdown.push_str(&document.text.text[section.bytes.clone()]);
                }
                continue;
            }
        };
        blocks.push(block(document, key, section.bytes.clone()));
    }
    blocks
}

fn block(document: &Document<'_>, key: String, bytes: std::ops::Range<usize>) -> Block {
    Block { key, at: bytes.start, markdown: document.text.text[bytes].to_owned() }
}
