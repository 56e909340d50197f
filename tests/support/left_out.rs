//! Saying aloud what a run leaves out: once, and past the test runner, which keeps to itself what a test prints that
//! passes.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Says that something was not tested, and why.
#[expect(clippy::explicit_write, reason = "eprintln! is what the test runner keeps to itself")]
pub fn left_out(what: &str, why: &str) {
    if SAID.lock().unwrap_or_else(PoisonError::into_inner).insert(what.to_owned()) {
        writeln!(std::io::stderr(), "left out: {what} ({why})").unwrap();
    }
}
