//! What a linter has to say about a file: where, how bad, and what helps.
//!
//! Shared by the linters of lessons and of locale files. Does not know what a lesson or a locale is.

use std::fmt;

/// One remark about one place in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    /// What kind of thing is wrong, for machines.
    pub code: Code,
    /// Path below the content folder, with `/`: `lessons/…/de.md`.
    pub file: String,
    /// Line, counted from 1, if the remark is about a line.
    pub line: Option<u32>,
    /// Column in characters, counted from 1; only with a line.
    pub column: Option<u32>,
    /// How many characters from there on it is about, for drawing.
    pub width: u32,
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

/// What kind of thing is wrong. Machines read these names, so none ever changes its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A file or folder that is missing, cannot be read, or belongs to nothing.
    File,
    /// A file that is not TOML, Fluent or Markdown as it must be.
    Syntax,
    /// An id that is not formed like one.
    Id,
    /// Something that stands twice.
    Twice,
    /// A value that is not possible.
    Setting,
    /// Something that is missing beside, or does not go with, the rest of its step or module.
    Structure,
    /// A right answer that does not exist.
    Answer,
    /// Minutes or lessons that do not fit into a week.
    Time,
    /// A heading that the structure does not have, or that cannot be used.
    Heading,
    /// Words that are missing.
    Missing,
    /// An explanation that is missing, or stands where none belongs.
    Explanation,
    /// Markdown that a chat cannot show.
    Markdown,
    /// A link that is no full address.
    Link,
    /// More than Telegram takes.
    Limit,
    /// What reads badly on a phone.
    Reading,
    /// Placeholders that nothing fills, or that differ between languages.
    Placeholder,
    /// A translation whose source has changed.
    Stale,
    /// A translation that nobody has stamped.
    Unstamped,
    /// Facts that somebody should have looked at again.
    Review,
    /// A closing test that could repeat itself or be guessed.
    Test,
    /// An id that was there before.
    Gone,
    /// An id that meant something else before.
    Changed,
}

impl Code {
    /// All of them, in the order of their description.
    pub const ALL: [Self; 22] = [
        Self::File,
        Self::Syntax,
        Self::Id,
        Self::Twice,
        Self::Setting,
        Self::Structure,
        Self::Answer,
        Self::Time,
        Self::Heading,
        Self::Missing,
        Self::Explanation,
        Self::Markdown,
        Self::Link,
        Self::Limit,
        Self::Reading,
        Self::Placeholder,
        Self::Stale,
        Self::Unstamped,
        Self::Review,
        Self::Test,
        Self::Gone,
        Self::Changed,
    ];

    /// The name for machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Syntax => "syntax",
            Self::Id => "id",
            Self::Twice => "twice",
            Self::Setting => "setting",
            Self::Structure => "structure",
            Self::Answer => "answer",
            Self::Time => "time",
            Self::Heading => "heading",
            Self::Missing => "missing",
            Self::Explanation => "explanation",
            Self::Markdown => "markdown",
            Self::Link => "link",
            Self::Limit => "limit",
            Self::Reading => "reading",
            Self::Placeholder => "placeholder",
            Self::Stale => "stale",
            Self::Unstamped => "unstamped",
            Self::Review => "review",
            Self::Test => "test",
            Self::Gone => "gone",
            Self::Changed => "changed",
        }
    }
}

impl Finding {
    /// An error about a file as a whole.
    pub fn error(code: Code, file: impl Into<String>, message: impl Into<String>) -> Self {
        let (file, message) = (file.into(), message.into());
        Self { severity: Severity::Error, code, file, line: None, column: None, width: 0, message, hint: None }
    }

    /// A warning about a file as a whole.
    pub fn warning(code: Code, file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, file, message) }
    }

    /// The same finding at a line and column (both counted from 1).
    pub fn at(mut self, line: u32, column: u32) -> Self {
        (self.line, self.column) = (Some(line), Some(column));
        self
    }

    /// The same finding about so many characters from its column on.
    pub fn wide(mut self, width: u32) -> Self {
        self.width = width;
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

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Finding {
    /// `file:line:column: severity`, the way compilers write and editors read.
    pub fn place(&self) -> String {
        let numbers = [self.line, self.line.and(self.column)].into_iter().flatten();
        let numbers: String = numbers.map(|number| format!(":{number}")).collect();
        format!("{}{numbers}: {}", self.file, self.severity)
    }
}

/// The place, what is wrong, and the hint on a line of its own.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place(), self.message)?;
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
            Finding::warning(Code::Limit, "a.md", "long"),
            Finding::error(Code::Limit, "b.md", "second").at(10, 1),
            Finding::error(Code::Limit, "b.md", "first").at(9, 4).hint("shorten it"),
            Finding::error(Code::Limit, "b.md", "second").at(10, 1),
        ];
        sort(&mut all);
        let lines: Vec<String> = all.iter().map(Finding::to_string).collect();
        assert_eq!(
            lines,
            ["b.md:9:4: error: first\n    hint: shorten it", "b.md:10:1: error: second", "a.md: warning: long"]
        );
    }
}
