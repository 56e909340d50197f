//! The list of answers or items at a section's end: `- id: words`, and below it `  > explanation`.

use pulldown_cmark::{CowStr, Event, Tag};

use super::draw;
use crate::content::markdown::Piece;
use crate::content::place::Text;
use crate::content::sections::{Document, blocks, clip};
use crate::content::structure::is_option_id;
use crate::domain::finding::{Code, Finding};
use crate::domain::text::Rich;

/// One item of such a list.
pub(super) struct Answer {
    pub id: String,
    /// Byte where it begins.
    pub at: usize,
    pub label: Rich,
    pub why: Option<Rich>,
}

/// Where answers belong, to say what is missing.
pub(super) struct Place<'a> {
    pub text: &'a Text<'a>,
    pub at: usize,
    pub of: String,
}

const SHAPE: &str = "write `- a: the answer`, and the explanation below it as `  > …`";

/// Divides a section's body into what is said and the list of answers at its end: the last list whose items have
/// ids. What stands below it is reported.
pub(super) fn split<'d, 'a>(
    document: &Document<'_>,
    body: &'d [Piece<'a>],
    findings: &mut Vec<Finding>,
) -> (&'d [Piece<'a>], Option<&'d [Piece<'a>]>) {
    let blocks = blocks(body);
    let Some(list) = blocks.iter().rfind(|b| is_answers(document, &body[(*b).clone()])) else { return (body, None) };
    if let Some((_, below)) = body.get(list.end) {
        findings.push(document.text.error(Code::Structure, below.start, "a text stands below the answers").hint(SHAPE));
    }
    (&body[..list.start], Some(&body[list.clone()]))
}

/// Reads the list's items. What is wrong with one is reported, and it is left out.
pub(super) fn read(document: &Document<'_>, list: &[Piece<'_>], findings: &mut Vec<Finding>) -> Vec<Answer> {
    let inside = &list[1..list.len().saturating_sub(1)];
    blocks(inside).into_iter().filter_map(|item| answer(document, &inside[item], findings)).collect()
}

/// Brings answers into the structure's order; reports what is missing, unknown or there twice.
pub(super) fn in_order(
    place: &Place<'_>,
    answers: Vec<Answer>,
    wanted: &[String],
    findings: &mut Vec<Finding>,
) -> Vec<Answer> {
    let missing: Vec<&str> =
        wanted.iter().filter(|id| !answers.iter().any(|a| a.id == **id)).map(String::as_str).collect();
    if !missing.is_empty() {
        let message = format!("{} lacks the answers {}", place.of, missing.join(", "));
        findings.push(place.text.error(Code::Missing, place.at, message).hint(SHAPE));
    }
    let mut sorted: Vec<Answer> = Vec::new();
    for answer in answers {
        if !wanted.contains(&answer.id) {
            let message = format!("module.toml has no answer `{}` in {}", answer.id, place.of);
            findings.push(place.text.error(Code::Heading, answer.at, message));
        } else if sorted.iter().any(|a| a.id == answer.id) {
            findings.push(place.text.error(Code::Twice, answer.at, format!("the answer `{}` stands twice", answer.id)));
        } else {
            sorted.push(answer);
        }
    }
    sorted.sort_by_key(|a| wanted.iter().position(|id| *id == a.id));
    sorted
}

/// Whether a block is a list whose first item has an id: else it is part of what is said.
fn is_answers(document: &Document<'_>, block: &[Piece<'_>]) -> bool {
    matches!(block.first(), Some((Event::Start(Tag::List(None)), _)))
        && block.iter().find(|(e, _)| is_words(e)).is_some_and(|(_, r)| id_at(document, r.start).is_some())
}

fn answer(document: &Document<'_>, item: &[Piece<'_>], findings: &mut Vec<Finding>) -> Option<Answer> {
    let text = &document.text;
    let at = item.first().map_or(0, |(_, r)| r.start);
    let inside = &item[1..item.len().saturating_sub(1)];
    let (line, rest) = first_line(inside);
    let Some((id, after)) = line.first().and_then(|(_, r)| id_at(document, r.start)) else {
        let words: String = line.iter().filter_map(|(e, _)| as_text(e)).collect();
        findings.push(text.error(Code::Id, at, format!("`{}` has no id before it", clip(&words))).hint(SHAPE));
        return None;
    };
    let label = draw(text, &without_id(line, after), findings);
    if label.is_empty() {
        findings.push(text.error(Code::Missing, at, format!("the answer `{id}` has no words")));
    }
    let mut why = None;
    for block in blocks(rest) {
        let block = &rest[block];
        match &block[0].0 {
            Event::Start(Tag::BlockQuote(_)) if why.is_none() => {
                let said = draw(text, &block[1..block.len() - 1], findings);
                why = Some(said).filter(|w| !w.is_empty());
            }
            _ => findings.push(
                text.error(Code::Structure, block[0].1.start, "an answer is one line and one explanation").hint(SHAPE),
            ),
        }
    }
    Some(Answer { id: id.to_owned(), at, label, why })
}

/// An item's first line without the paragraph around it, and the blocks that follow.
fn first_line<'d, 'a>(inside: &'d [Piece<'a>]) -> (&'d [Piece<'a>], &'d [Piece<'a>]) {
    let blocks = blocks(inside);
    match blocks.first() {
        Some(first) if matches!(inside[first.start].0, Event::Start(Tag::Paragraph)) => {
            (&inside[first.start + 1..first.end - 1], &inside[first.end..])
        }
        _ => {
            let end = blocks.iter().find(|b| is_block(&inside[b.start].0)).map_or(inside.len(), |b| b.start);
            inside.split_at(end)
        }
    }
}

/// The id at a byte of the source and the byte after its colon.
fn id_at<'a>(document: &Document<'a>, start: usize) -> Option<(&'a str, usize)> {
    let line = document.text.text.get(start..)?.lines().next()?;
    let (id, rest) = line.split_once(':')?;
    let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (is_option_id(id) && spaced).then_some((id, start + id.len() + 1))
}

/// The events of a line from a byte on.
fn without_id<'a>(line: &[Piece<'a>], from: usize) -> Vec<Piece<'a>> {
    let cut = |(event, range): &Piece<'a>| match event {
        _ if range.start >= from => Some((event.clone(), range.clone())),
        Event::Text(text) if range.end > from => {
            let kept = text.get(from - range.start..)?.trim_start().to_owned();
            Some((Event::Text(CowStr::from(kept)), from..range.end))
        }
        _ => None,
    };
    line.iter().filter_map(cut).collect()
}

fn is_words(event: &Event<'_>) -> bool {
    !matches!(event, Event::Start(Tag::List(_) | Tag::Item | Tag::Paragraph))
}

fn as_text<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        _ => None,
    }
}

fn is_block(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => {
            !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
        }
        Event::Rule => true,
        _ => false,
    }
}
