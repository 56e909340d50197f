//! Text with marks, as every message carries it: a plain string and spans over it, never markup.
//!
//! Owns: lengths as Telegram counts them, appending, splitting at paragraphs, and the rules a text must obey
//! to be sent unchanged. Does not know where a text comes from (a lesson, a locale file, a person) nor who
//! shows it. Because a span is a range and not a tag, nothing that a person wrote can become markup.

mod check;
mod cut;
#[cfg(test)]
mod properties;

pub use check::TextError;

use serde::{Deserialize, Serialize};

/// Longest text of a message, in code points after parsing (Bot API, sendMessage: "1-4096 characters after
/// entities parsing"; tdlib's MessageContent.cpp counts code points).
pub const TEXT_LIMIT: usize = 4096;

/// Longest caption below a picture or document, in code points (Bot API, sendPhoto: "0-1024 characters").
pub const CAPTION_LIMIT: usize = 1024;

/// Most marks of one message: the server silently drops what comes after (Bot API, "Formatting options").
pub const SPAN_LIMIT: usize = 100;

/// A text and its marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rich {
    /// The characters to show.
    pub text: String,
    /// The marks, in order of their start; offsets in UTF-16 code units, as Telegram counts them.
    pub spans: Vec<Span>,
}

/// One mark over a part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// What the mark does.
    pub kind: SpanKind,
    /// First UTF-16 code unit.
    pub start: usize,
    /// Number of UTF-16 code units.
    pub len: usize,
}

/// What a mark does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpanKind {
    Bold,
    Italic,
    Underline,
    Strike,
    Code,
    Pre,
    Spoiler,
    Quote,
    ExpandableQuote,
    /// Opens this address.
    Link(String),
}

impl SpanKind {
    /// Whether the mark is a quotation, the only kind that may hold code.
    pub fn is_quote(&self) -> bool {
        matches!(self, Self::Quote | Self::ExpandableQuote)
    }

    /// Whether the mark shows its text in one width; such a mark holds no other.
    pub fn is_code(&self) -> bool {
        matches!(self, Self::Code | Self::Pre)
    }
}

impl Span {
    /// By this spans are in order: by start, outer before inner; of two over the same text the quotation is the
    /// outer and code the inner.
    fn rank(&self) -> (usize, std::cmp::Reverse<usize>, u8) {
        let kind = if self.kind.is_quote() { 0 } else { 1 + u8::from(self.kind.is_code()) };
        (self.start, std::cmp::Reverse(self.len), kind)
    }

    /// The UTF-16 code unit after the last.
    pub fn end(&self) -> usize {
        self.start.saturating_add(self.len)
    }
}

impl Rich {
    /// A text without marks.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), spans: Vec::new() }
    }

    /// Length in Unicode code points, which is how Telegram measures its limits (not UTF-16 units).
    pub fn chars(&self) -> usize {
        self.text.chars().count()
    }

    /// Length in UTF-16 code units, which is how Telegram measures the offsets of spans.
    pub fn utf16(&self) -> usize {
        utf16_len(&self.text)
    }

    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.text.chars().all(is_invisible)
    }

    /// Appends plain text.
    pub fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends text under one mark. Empty text adds nothing.
    pub fn push_marked(&mut self, text: &str, kind: SpanKind) {
        if text.is_empty() {
            return;
        }
        let start = self.utf16();
        self.text.push_str(text);
        self.spans.push(Span { kind, start, len: utf16_len(text) });
    }

    /// Appends another text with its marks.
    pub fn push(&mut self, other: &Rich) {
        let shift = self.utf16();
        self.text.push_str(&other.text);
        self.spans.extend(other.spans.iter().map(|s| Span { start: s.start + shift, ..s.clone() }));
    }

    /// Appends another text under one mark around its own. An empty text adds nothing.
    pub fn push_within(&mut self, other: &Rich, kind: SpanKind) {
        let (start, len) = (self.utf16(), other.utf16());
        if len > 0 {
            self.spans.push(Span { kind, start, len });
            self.push(other);
        }
    }
}

impl From<&str> for Rich {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

/// Blanks, and the characters without width that Telegram does not take for content.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}
