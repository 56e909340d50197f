//! A file's sections sorted into lessons and steps; what belongs nowhere is reported.

use std::collections::BTreeMap;

use crate::content::sections::{Document, Level, Section, clip};
use crate::domain::finding::{Code, Finding};
use crate::domain::programme::Module;

/// A lesson's sections: its own, and those of its steps with their questions.
pub(super) struct Chapter<'d> {
    pub head: &'d Section,
    pub steps: BTreeMap<&'d str, StepSections<'d>>,
    /// What is wrong with the headings of this lesson.
    pub findings: Vec<Finding>,
}

pub(super) struct StepSections<'d> {
    pub head: &'d Section,
    pub questions: Vec<&'d Section>,
}

/// Sorts a module's sections by lesson id.
pub(super) fn sort<'d>(
    document: &'d Document<'_>,
    module: &Module,
    findings: &mut Vec<Finding>,
) -> BTreeMap<&'d str, Chapter<'d>> {
    let mut sorter =
        Sorter { document, module, chapters: BTreeMap::new(), lesson: Open::None, step: Open::None, findings };
    for section in &document.sections {
        match section.level {
            Level::Whole => (sorter.lesson, sorter.step) = (Open::None, Open::None),
            Level::Lesson => sorter.lesson(section),
            Level::Step => sorter.step(section),
            Level::Question => sorter.question(section),
        }
    }
    sorter.chapters
}

/// What a heading of the level below would belong to.
#[derive(Clone, Copy)]
enum Open<'d> {
    None,
    /// A heading that was reported; what stands below it is not reported again.
    Lost,
    Id(&'d str),
}

struct Sorter<'d, 'a, 'f> {
    document: &'d Document<'a>,
    module: &'f Module,
    chapters: BTreeMap<&'d str, Chapter<'d>>,
    lesson: Open<'d>,
    step: Open<'d>,
    findings: &'f mut Vec<Finding>,
}

impl<'d> Sorter<'d, '_, '_> {
    fn lesson(&mut self, section: &'d Section) {
        (self.lesson, self.step) = (Open::Lost, Open::None);
        if self.module.lesson(&section.id).is_none() {
            let known = self.module.lessons.iter().map(|l| &l.id);
            self.findings.push(unknown(self.document, section, "lesson", known));
        } else if let Some(first) = self.chapters.get(section.id.as_str()) {
            self.findings.push(twice(self.document, section, first.head));
        } else {
            self.lesson = Open::Id(&section.id);
            let chapter = Chapter { head: section, steps: BTreeMap::new(), findings: section.faults.clone() };
            self.chapters.insert(&section.id, chapter);
        }
    }

    fn step(&mut self, section: &'d Section) {
        self.step = Open::Lost;
        let chapter = match self.lesson {
            Open::Id(lesson) => self.chapters.get_mut(lesson),
            Open::Lost => return,
            Open::None => None,
        };
        let Some(chapter) = chapter else {
            let message = format!("the step `{}` is in no lesson", section.id);
            self.findings.push(self.document.text.error(Code::Heading, section.at, message));
            return;
        };
        let lesson = self.module.lesson(&chapter.head.id);
        if let Some(first) = chapter.steps.get(section.id.as_str()) {
            chapter.findings.push(twice(self.document, section, first.head));
        } else if lesson.is_some_and(|l| l.step_index(&section.id).is_some()) {
            self.step = Open::Id(&section.id);
            chapter.findings.extend(section.faults.iter().cloned());
            chapter.steps.insert(&section.id, StepSections { head: section, questions: Vec::new() });
        } else {
            let known = lesson.into_iter().flat_map(|l| &l.steps).filter(|s| s.part_of().is_none()).map(|s| &s.id);
            chapter.findings.push(unknown(self.document, section, "step", known));
        }
    }

    fn question(&mut self, section: &'d Section) {
        match (self.lesson, self.step) {
            (Open::Id(lesson), Open::Id(step)) => {
                let Some(chapter) = self.chapters.get_mut(lesson) else { return };
                chapter.findings.extend(section.faults.iter().cloned());
                if let Some(sections) = chapter.steps.get_mut(step) {
                    sections.questions.push(section);
                }
            }
            (Open::Lost, _) | (_, Open::Lost) => {}
            (Open::None, _) | (_, Open::None) => {
                let message = format!("the question `{}` is in no step", section.id);
                self.findings.push(self.document.text.error(Code::Heading, section.at, message));
            }
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
    let finding = document.text.error(
        Code::Heading,
        section.at,
        format!("module.toml has no {what} `{}` here", clip(&section.id)),
    );
    finding.hint(format!("it has {}", known.join(", ")))
}

fn twice(document: &Document<'_>, section: &Section, first: &Section) -> Finding {
    let line = document.text.position(first.at).0;
    document.text.error(
        Code::Twice,
        section.at,
        format!("the heading `{}` stands twice, first in line {line}", section.id),
    )
}
