//! A card's words: its picture in words, and its text, in parts where its author allows it.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::draw;
use crate::content::markdown::Piece;
use crate::content::place::Text;
use crate::content::sections::{Document, Section, blocks};
use crate::content::text::StepText;
use crate::domain::finding::{Code, Finding};
use crate::domain::programme::Step;

/// Longest description of a picture: it shares the caption with the text.
const MAX_ALT: usize = 200;

/// What a card shows besides its text.
pub(super) struct Shown<'a> {
    pub picture: Option<&'a str>,
    pub video: Option<&'a str>,
}

/// Reads a card in as many parts as it has.
pub(super) fn read(
    document: &Document<'_>,
    parts: &[&Step],
    shown: &Shown<'_>,
    head: &Section,
    findings: &mut Vec<Finding>,
) -> Vec<StepText> {
    let text = &document.text;
    let id = parts.first().map_or("", |step| step.id.as_str());
    let mut body = document.body(head).to_vec();
    let alt = shown.picture.and_then(|picture| alt(text, id, picture, &mut body, head.at, findings));
    if head.title.is_none() {
        findings.push(text.error(Code::Missing, head.at, format!("the card `{id}` has no title")));
    }
    let ranges = paragraphs(&body, parts.len()).unwrap_or_else(|there| {
        let message = format!("the card `{id}` has {there} paragraphs and is to come in {} parts", parts.len());
        findings.push(text.error(Code::Structure, head.at, message).hint("lower `parts` in module.toml"));
        vec![0..body.len(); parts.len()]
    });
    let before = findings.len();
    let mut cards = Vec::new();
    for (position, range) in ranges.into_iter().enumerate() {
        let title = head.title.as_ref().map(|title| match parts.len() {
            1 => title.clone(),
            count => format!("{title} ({}/{count})", position + 1),
        });
        cards.push(StepText { title, body: draw(text, &body[range], findings), ..StepText::default() });
    }
    if findings.len() == before && cards.iter().any(|card| card.body.is_empty()) {
        findings.push(text.error(Code::Missing, head.at, format!("the step `{id}` has no text")));
    }
    if let Some(first) = cards.first_mut() {
        (first.alt, first.video) = (alt, shown.video.map(str::to_owned));
    }
    cards
}

/// Takes the picture's description out of the body: a paragraph that is nothing but `![what is seen](tree.jpg)`.
fn alt(
    text: &Text<'_>,
    id: &str,
    picture: &str,
    body: &mut Vec<Piece<'_>>,
    at: usize,
    findings: &mut Vec<Finding>,
) -> Option<String> {
    let place = blocks(body).into_iter().find(|block| is_picture(&body[block.clone()]));
    let Some(block) = place else {
        let message = format!("nothing says what is to be seen on the picture of `{id}`");
        let hint = format!("write it in a paragraph of its own: `![what is to be seen]({picture})`");
        findings.push(text.error(Code::Missing, at, message).hint(hint));
        return None;
    };
    let pieces: Vec<Piece<'_>> = body.drain(block).collect();
    let (start, end) = (pieces[0].1.start, pieces[0].1.end);
    let mut alt = String::new();
    for (event, range) in &pieces {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) if **dest_url != *picture => {
                let message = format!("the picture of `{id}` is `{picture}`, not `{dest_url}`");
                findings.push(text.error(Code::Structure, range.clone(), message));
            }
            Event::Text(words) => alt.push_str(words),
            Event::SoftBreak => alt.push(' '),
            Event::Start(Tag::Paragraph | Tag::Image { .. }) | Event::End(TagEnd::Paragraph | TagEnd::Image) => {}
            _ => findings.push(text.error(Code::Markdown, range.clone(), "a picture is described in plain words")),
        }
    }
    let alt = alt.trim().to_owned();
    let (length, place) = (alt.chars().count(), start..end);
    if !(1..=MAX_ALT).contains(&length) {
        let message = format!("the description has {length} characters, 1 to {MAX_ALT} are possible");
        findings.push(text.error(if length == 0 { Code::Missing } else { Code::Limit }, place, message));
        return None;
    }
    Some(alt)
}

fn is_picture(block: &[Piece<'_>]) -> bool {
    let [(Event::Start(Tag::Paragraph), _), (Event::Start(Tag::Image { .. }), _), .., last, _] = block else {
        return false;
    };
    let images = block.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::Image { .. }))).count();
    matches!(last.0, Event::End(TagEnd::Image)) && images == 1
}

/// Positions of the parts: whole paragraphs, about as long as each other. The number of paragraphs if there are too
/// few.
fn paragraphs(body: &[Piece<'_>], parts: usize) -> Result<Vec<Range<usize>>, usize> {
    if parts <= 1 {
        return Ok(std::iter::once(0..body.len()).collect());
    }
    let blocks = blocks(body);
    if blocks.len() < parts {
        return Err(blocks.len());
    }
    let lengths: Vec<usize> = blocks.iter().map(|block| body[block.start].1.len()).collect();
    let total: usize = lengths.iter().sum();
    let (mut ranges, mut first, mut length) = (Vec::new(), 0, 0);
    for (i, block) in blocks.iter().enumerate() {
        length += lengths[i];
        let left = parts - ranges.len() - 1;
        let full = length * parts >= total * (ranges.len() + 1) || blocks.len() - i - 1 == left;
        if left > 0 && full {
            ranges.push(first..block.end);
            first = block.end;
        }
    }
    ranges.push(first..body.len());
    Ok(ranges)
}
