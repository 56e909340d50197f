//! The program as it is run, as a process of its own, against the strict server: killed hundreds of times, cut off,
//! locked out, refused. What it owes is worked out here and held against what arrived on the phones.
//!
//! Nothing here measures time: a step waits for what it needs, and fails when that does not come for very long.

#[path = "../support/left_out.rs"]
mod left_out;

mod bot;
mod kills;
mod server;
mod stalls;
mod starting;
