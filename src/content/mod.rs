//! Lesson files: reading them, checking them, drawing them.
//!
//! Owns the format (`lessons/README.md`), what is right and wrong in it, and how a step's words become a text. Knows
//! Telegram's limits on texts, but no chat, no person, no clock; nothing here is asked twice at run time, the
//! [`Library`] is loaded once and then only looked up.
//!
//! The way of a file: [`tree`](self) (bytes) → `structure` (TOML) and `sections` (Markdown at its headings) →
//! `reading` (text against structure, drawn by [`markdown`], checked by `lint`) → `library`.

mod against;
mod counts;
mod exchange;
mod library;
mod lint;
mod lock;
pub mod markdown;
mod place;
mod reading;
mod scaffold;
pub mod screen;
mod sections;
mod stranded;
mod structure;
pub mod text;
mod tree;

pub use against::gone;
pub use counts::Counts;
pub use exchange::{Course, courses, languages};
pub use library::{Found, Inspection, Library, ProgrammeText, check, inspect, overdue};
pub use lock::{StampError, stamp};
pub use scaffold::{ScaffoldError, add_lesson};
pub use stranded::{Losses, stranded};
pub use structure::Status;
pub use tree::{Files, Source};

/// How many cases a property tries: so many, or as many as `TANDEM_FUZZ_CASES` asks for.
#[cfg(test)]
pub(crate) fn cases(few: u32) -> proptest::test_runner::Config {
    let asked = std::env::var("TANDEM_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok());
    proptest::test_runner::Config::with_cases(asked.unwrap_or(few))
}
