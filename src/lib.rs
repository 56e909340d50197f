//! Tandem keeps three promises after a training day: a lesson a week, five agreed hours, and a second
//! person who stands in. The map of the parts is ARCHITECTURE.md; imports run one way and a test holds it.

pub mod app;
pub mod clock;
pub mod config;
pub mod content;
pub mod demo;
pub mod domain;
pub mod l10n;
pub mod store;
pub mod telegram;
pub mod web;
