//! A text file cut at its headings: `#` the whole, `## id: …` a lesson, `### id: …` a step, `#### id: …` a question.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::markdown::{self, Piece};
use super::place::Text;
use crate::domain::finding::{Code, Finding};
use crate::domain::text::Rich;

/// A file's sections in order, flat.
pub(super) struct Document<'a> {
    pub text: Text<'a>,
    pub pieces: Vec<Piece<'a>>,
    pub sections: Vec<Section>,
}

/// A heading and what stands below it up to the next.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub level: Level,
    /// Byte of the heading.
    pub at: usize,
    /// The id before the colon; empty for the file's own heading.
    pub id: String,
    /// The words after the colon; `None` if there is no colon.
    pub title: Option<String>,
    /// Positions of the body in [`Document::pieces`].
    pub body: Range<usize>,
    /// Bytes of heading and body.
    pub bytes: Range<usize>,
    /// What is wrong with the heading, or with one below it that could not be used.
    pub faults: Vec<Finding>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Whole,
    Lesson,
    Step,
    Question,
}

impl<'a> Document<'a> {
    /// Cuts a file. A heading that cannot be used is left out and becomes a fault of the section above.
    pub fn cut(text: Text<'a>, findings: &mut Vec<Finding>) -> Self {
        let pieces = markdown::parse(text.text);
        let heads = headings(&pieces);
        let first = heads.first().map_or(pieces.len(), |h| h.start);
        if let Some((_, range)) = pieces[..first].first() {
            findings.push(text.error(Code::Structure, range.start, "a text stands above the first heading"));
        }
        let ends = heads.iter().skip(1).map(|h| h.start).chain([pieces.len()]);
        let mut sections: Vec<Section> = Vec::new();
        for (head, end) in heads.iter().zip(ends) {
            match (section(&text, &pieces, head, end), sections.last_mut()) {
                (Ok(section), _) => sections.push(section),
                // What stands below it is lost to the section above.
                (Err(finding), Some(above)) => above.faults.push(finding),
                (Err(finding), None) => findings.push(finding),
            }
        }
        Self { text, pieces, sections }
    }

    pub fn body(&self, section: &Section) -> &[Piece<'a>] {
        &self.pieces[section.body.clone()]
    }
}

/// Positions of the headings that stand by themselves: start and end events included.
fn headings(pieces: &[Piece<'_>]) -> Vec<Range<usize>> {
    blocks(pieces).into_iter().filter(|b| matches!(pieces[b.start].0, Event::Start(Tag::Heading { .. }))).collect()
}

/// Positions of the blocks and loose inline events of a balanced run, each with all that is inside.
pub(super) fn blocks(pieces: &[Piece<'_>]) -> Vec<Range<usize>> {
    let (mut blocks, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (i, (event, _)) in pieces.iter().enumerate() {
        if depth == 0 {
            start = i;
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            blocks.push(start..i + 1);
        }
    }
    blocks
}

/// Reads one heading; the finding if it cannot be used.
fn section(text: &Text<'_>, pieces: &[Piece<'_>], head: &Range<usize>, end: usize) -> Result<Section, Finding> {
    let (start, range) = &pieces[head.start];
    let at = range.start;
    let level = match start {
        Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => Level::Whole,
        Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) => Level::Lesson,
        Event::Start(Tag::Heading { level: HeadingLevel::H3, .. }) => Level::Step,
        Event::Start(Tag::Heading { level: HeadingLevel::H4, .. }) => Level::Question,
        _ => return Err(text.error(Code::Heading, at, "a heading has one to four `#`")),
    };
    let mut faults = Vec::new();
    let words = words(text, &pieces[head.start + 1..head.end.saturating_sub(1)], &mut faults);
    let (id, title) = match (level, words.split_once(':')) {
        (Level::Whole, _) => (String::new(), Some(words)),
        (_, Some((id, title))) => (id.trim().to_owned(), Some(title.trim().to_owned())),
        (_, None) => (words.trim().to_owned(), None),
    };
    if title.as_deref().is_some_and(|t| Rich::plain(t).is_empty()) {
        faults.push(text.error(Code::Missing, at, "the title is empty"));
    }
    if level != Level::Whole && !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        let finding = text.error(Code::Heading, at, format!("the heading `{}` does not begin with an id", clip(&id)));
        return Err(finding.hint("write the id from module.toml, a colon and the title: `### mandate: Ein Auftrag`"));
    }
    let bytes = at..pieces.get(end).map_or(text.text.len(), |(_, r)| r.start);
    Ok(Section { level, at, id, title, body: head.end..end, bytes, faults })
}

/// A heading's words. Marks are refused: the title is shown in bold as a whole.
fn words(text: &Text<'_>, pieces: &[Piece<'_>], findings: &mut Vec<Finding>) -> String {
    let mut words = String::new();
    for (event, range) in pieces {
        match event {
            Event::Text(part) => words.push_str(part),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Start(_) | Event::Code(_) | Event::InlineHtml(_) => {
                findings.push(text.error(Code::Heading, range.start, "a heading holds plain words only"));
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) => {}
            _ => {}
        }
    }
    if let Some(c) = words.chars().find(|c| c.is_control() || ('\u{2028}'..='\u{202e}').contains(c)) {
        let at = pieces.first().map_or(0, |(_, r)| r.start);
        findings.push(text.error(Code::Markdown, at, format!("the invisible character U+{:04X}", c as u32)));
    }
    words.trim().to_owned()
}

/// The beginning of a text, to name it in a finding.
pub(super) fn clip(text: &str) -> String {
    Rich::plain(text).truncate(40).text
}
