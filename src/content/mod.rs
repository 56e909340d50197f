//! Lesson files: reading them, checking them, drawing them.
//!
//! Owns the format (`lessons/README.md`), what is right and wrong in it, and how a step's words become a text. Knows
//! Telegram's limits on texts, but no chat, no person, no clock; nothing here is asked twice at run time, the
//! [`Library`] is loaded once and then only looked up.
//!
//! The way of a file: [`tree`](self) (bytes) → `structure` (TOML) and `sections` (Markdown at its headings) →
//! `reading` (text against structure, drawn by [`markdown`], checked by `lint`) → `library`.

mod exchange;
mod library;
mod lint;
mod lock;
pub mod markdown;
mod place;
mod reading;
pub mod screen;
mod sections;
mod structure;
pub mod text;
mod tree;

pub use exchange::{Course, courses, languages};
pub use library::{Found, Library, ProgrammeText, check, overdue};
pub use lock::{StampError, stamp};
pub use structure::Status;
pub use tree::Source;
