//! What a linter has to say about a file: where, how bad, and what helps.
//!
//! Shared by the linters of lessons and of locale files. Does not know what a lesson or a locale is.

use std::fmt;

/// One remark about one place in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    /// Path below the content folder, with `/`: `lessons/…/de.md`.
    pub file: String,
    /// Line, counted from 1, if the remark is about a line.
    pub line: Option<u32>,
    /// Column in characters, counted from 1; only with a line.
    pub column: Option<u32>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// How bad a finding is. Errors come first when sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Must be repaired before the files are used.
    Error,
    /// Works, but somebody should look.
    Warning,
}

impl Finding {
    /// An error about a file as a whole.
    pub fn error(file: impl Into<String>, message: impl Into<String>) -> Self {
        let (file, message) = (file.into(), message.into());
        Self { severity: Severity::Error, file, line: None, column: None, message, hint: None }
    }

    /// A warning about a file as a whole.
    pub fn warning(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(file, message) }
    }

    /// The same finding at a line and column (both counted from 1).
    pub fn at(mut self, line: u32, column: u32) -> Self {
        (self.line, self.column) = (Some(line), Some(column));
        self
    }

    /// The same finding with advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Sorts for reading: errors first, then by file and place; repetitions go.
pub fn sort(findings: &mut Vec<Finding>) {
    fn key(f: &Finding) -> (Severity, &str, Option<u32>, Option<u32>, &str) {
        (f.severity, &f.file, f.line, f.column, &f.message)
    }
    findings.sort_by(|a, b| key(a).cmp(&key(b)));
    findings.dedup();
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// `file:line:column: severity: message`, the way compilers write and editors read, then the hint.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        for number in [self.line, self.line.and(self.column)].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        write!(f, ": {}: {}", self.severity, self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "\n    hint: {hint}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_come_first_then_files_and_lines_in_order() {
        let mut all = vec![
            Finding::warning("a.md", "long"),
            Finding::error("b.md", "second").at(10, 1),
            Finding::error("b.md", "first").at(9, 4).hint("shorten it"),
            Finding::error("b.md", "second").at(10, 1),
        ];
        sort(&mut all);
        let lines: Vec<String> = all.iter().map(Finding::to_string).collect();
        assert_eq!(
            lines,
            ["b.md:9:4: error: first\n    hint: shorten it", "b.md:10:1: error: second", "a.md: warning: long"]
        );
    }
}
