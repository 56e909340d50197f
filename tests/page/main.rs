//! The demo as others use it: the program is started as a visitor would start it, and driven from outside.
//!
//! Owns: the addresses that programs drive (`api`), the page in a real browser (`browser`), and the
//! preview of lessons (`preview`). Knows nothing of the
//! library: what stands here holds for every program that the contract in README.md was written for.

mod api;
mod board;
mod browser;
mod demo;
#[path = "../support/files.rs"]
mod files;
#[path = "../support/left_out.rs"]
mod left_out;
mod preview;
mod webdriver;
