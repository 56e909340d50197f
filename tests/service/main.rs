//! `tandem run` as an operator runs it: the program itself against the strict server, watched from outside.

mod backup;
mod content;
mod feed;
#[path = "../support/files.rs"]
mod files;
mod health;
mod keeping;
mod keys;
mod leaked;
#[path = "../support/left_out.rs"]
mod left_out;
mod logs;
mod running;
mod webhook;
