//! A text file's bytes as lines and columns, for findings.

use std::ops::Range;

use crate::domain::finding::Finding;

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

    pub fn error(&self, byte: usize, message: impl Into<String>) -> Finding {
        let (line, column) = self.position(byte);
        Finding::error(self.path, message).at(line, column)
    }

    pub fn warning(&self, byte: usize, message: impl Into<String>) -> Finding {
        let (line, column) = self.position(byte);
        Finding::warning(self.path, message).at(line, column)
    }

    /// What a TOML reader complains about, at its place.
    pub fn toml_error(&self, error: &toml::de::Error) -> Finding {
        let at = error.span().map_or(0, |Range { start, .. }| start);
        self.error(at, error.message().trim().replace('\n', ", "))
    }
}
