//! A language's text file read against the structure: what is there, what is missing, what is too much.

mod card;
mod chapters;
mod options;
#[cfg(test)]
mod properties;
mod steps;

use std::collections::BTreeMap;

use super::lint;
use super::markdown::{self, Piece};
use super::place::Text;
use super::sections::{Document, Level, Section};
use super::text::{LessonText, ModuleText, ProgrammeWords};
use crate::domain::finding::{Code, Finding};
use crate::domain::programme::{Lesson, Module, Step};
use crate::domain::text::Rich;

use chapters::Chapter;

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
        own.push(text.error(Code::Heading, extra.at, "the programme's text has one heading, its title"));
    }
    let whole = whole(&document, &mut own);
    let words = whole.map(|s| {
        let description = draw(&document.text, document.body(s), &mut own);
        if description.is_empty() {
            own.push(text.error(Code::Missing, s.at, "the programme has no description"));
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
    let chapters = chapters::sort(&document, module, &mut own);
    let mut reading = ModuleReading { blocks: module_blocks(&document, module), ..ModuleReading::default() };
    // A section that could not be placed leaves a gap in some lesson, which is found there.
    findings.append(&mut own);
    reading.words = whole(&document, &mut own).map(|s| {
        let intro = draw(&text, document.body(s), &mut own);
        lint::intro(&text, s.at, "the module's introduction", &intro, &mut own);
        if intro.is_empty() {
            own.push(text.error(Code::Missing, s.at, "the module has no introduction"));
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
                findings.push(Finding::error(Code::Missing, text.path, message).hint(hint));
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

/// In a test the right answer has a reason too: there is no card before it that gave one.
pub(super) fn say_why(text: &Text<'_>, module: &Module, reading: &ModuleReading, findings: &mut Vec<Finding>) {
    for (id, words) in reading.lessons.values().flat_map(|lesson| &lesson.steps) {
        for (answer, _) in words.options.iter().filter(|(_, option)| option.why.is_none()) {
            let key = format!("{}/{id}", module.id);
            let at = reading.blocks.iter().find(|block| block.key == key).map_or(0, |block| block.at);
            let message = format!("the right answer `{answer}` to `{id}` has no explanation");
            findings.push(
                text.warning(Code::Explanation, at, message).hint("in a test there is no card before it that explains"),
            );
        }
    }
}

/// The file's only `#` heading.
fn whole<'d>(document: &'d Document<'_>, findings: &mut Vec<Finding>) -> Option<&'d Section> {
    let mut all = document.sections.iter().filter(|s| s.level == Level::Whole);
    let first = all.next();
    if first.is_none() {
        let finding = Finding::error(Code::Heading, document.text.path, "the file has no title");
        findings.push(finding.hint("begin it with `# Title`"));
    }
    findings.extend(first.iter().flat_map(|s| s.faults.iter().cloned()));
    for other in all {
        findings.push(document.text.error(Code::Twice, other.at, "a second title"));
    }
    first
}

fn lesson(document: &Document<'_>, lesson: &Lesson, chapter: &Chapter<'_>, findings: &mut Vec<Finding>) -> LessonText {
    let text = &document.text;
    findings.extend(chapter.findings.iter().cloned());
    if chapter.head.title.is_none() {
        findings.push(text.error(Code::Missing, chapter.head.at, format!("the lesson `{}` has no title", lesson.id)));
    }
    let intro = draw(text, document.body(chapter.head), findings);
    lint::intro(text, chapter.head.at, "the lesson's introduction", &intro, findings);
    let mut read = LessonText { title: chapter.head.title.clone().unwrap_or_default(), intro, steps: BTreeMap::new() };
    for step in lesson.steps.iter().filter(|step| step.part_of().is_none()) {
        match chapter.steps.get(step.id.as_str()) {
            None => {
                let message = format!("the step `{}` is missing in the lesson `{}`", step.id, lesson.id);
                findings.push(
                    text.error(Code::Missing, chapter.head.at, message)
                        .hint(format!("add a heading `### {}: …`", step.id)),
                );
            }
            Some(sections) => {
                let parts: Vec<&Step> = lesson.parts_of(step).collect();
                let words = steps::step(document, &parts, sections.head, &sections.questions, findings);
                for (part, words) in parts.into_iter().zip(words) {
                    lint::step(text, sections.head.at, part, &words, findings);
                    read.steps.insert(part.id.clone(), words);
                }
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
                let finding = text.error(refusal.what.code(), refusal.range.clone(), refusal.what.to_string());
                Finding { hint: refusal.what.hint().map(str::to_owned), ..finding }
            }));
            Rich::default()
        }
    }
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
