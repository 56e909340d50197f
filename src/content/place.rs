//! A text file's bytes as lines and columns, for findings.

use std::ops::Range;

use crate::domain::finding::{Code, Finding, Severity};

/// A file being read, to which findings point.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub path: &'a str,
    pub text: &'a str,
}

impl<'a> Text<'a> {
    pub fn new(path: &'a str, text: &'a str) -> Self {
        Self { path, text }
    }

    /// Line and column (in characters), both from 1, of a byte; one inside a character counts as its start.
    pub fn position(&self, byte: usize) -> (u32, u32) {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let before = &self.text[..byte];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }

    pub fn error(&self, code: Code, at: impl Into<Spot>, message: impl Into<String>) -> Finding {
        let Spot { start, end } = at.into();
        let (line, column) = self.position(start);
        Finding::error(code, self.path, message).at(line, column).wide(self.width(start, end))
    }

    pub fn warning(&self, code: Code, at: impl Into<Spot>, message: impl Into<String>) -> Finding {
        Finding { severity: Severity::Warning, ..self.error(code, at, message) }
    }

    /// What a TOML reader complains about, at its place.
    pub fn toml_error(&self, error: &toml::de::Error) -> Finding {
        self.error(Code::Syntax, error.span().unwrap_or(0..0), error.message().trim().replace('\n', ", "))
    }

    /// Characters from a byte on, up to the end of what is meant or of the line.
    fn width(&self, start: usize, end: Option<usize>) -> u32 {
        let rest = self.text.get(start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        let meant = end.and_then(|end| self.text.get(start..end)).unwrap_or(line);
        let shorter = if meant.len() < line.len() { meant } else { line };
        u32::try_from(shorter.trim_end().chars().count()).unwrap_or(u32::MAX)
    }
}

/// What of a file a finding is about: from a byte to the end of its line, or a range of bytes.
pub(super) struct Spot {
    start: usize,
    end: Option<usize>,
}

impl From<usize> for Spot {
    fn from(start: usize) -> Self {
        Self { start, end: None }
    }
}

impl From<Range<usize>> for Spot {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: Some(range.end) }
    }
}
