//! Text with marks, as every message carries it: a plain string and spans over it, never markup.
//!
//! Owns: lengths as Telegram counts them, appending, splitting at paragraphs. Does not know where a
//! text comes from (a lesson, a locale file, a person) nor who shows it. Because a span is a range and
//! not a tag, nothing that a person wrote can become markup.

use serde::{Deserialize, Serialize};

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
}

fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}
