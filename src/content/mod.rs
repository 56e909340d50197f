//! Lesson files: reading them, checking them, drawing them.
pub mod markdown;
