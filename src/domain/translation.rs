//! Texts and their translations, wherever they come from: what translators get, and what comes back.
//!
//! Shared by lessons and locale files. Does not know how either is written down.

/// A text of the source, and what there is of it in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Unique among all texts: `fuehrerschein m1/mandate`, `study.ftl judged-right`.
    pub id: String,
    /// What it is, for whoever translates.
    pub context: String,
    pub source: String,
    pub translation: Option<String>,
    pub state: State,
}

/// How a translation stands to its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Current,
    /// The source has changed since it was translated.
    Stale,
    /// There is one, and nobody has said that it matches.
    Unstamped,
    Missing,
}

/// A translation that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it stands in the file that came back, counted from 1.
    pub line: usize,
    pub id: String,
    /// The source that it was made from.
    pub source: String,
    pub translation: String,
}

/// Why nothing of a file is taken: one place, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}: {problem}")]
pub struct Refusal {
    pub line: usize,
    pub problem: String,
}

/// A file of the content folder as it is to be: its path from that folder on, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewritten {
    pub path: String,
    pub text: String,
}

impl State {
    /// As it stands in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Stale => "stale",
            Self::Unstamped => "unstamped",
            Self::Missing => "missing",
        }
    }
}

impl Change {
    pub fn refused(&self, problem: impl Into<String>) -> Refusal {
        Refusal { line: self.line, problem: format!("{}: {}", self.id, problem.into()) }
    }
}
