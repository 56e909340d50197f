//! Every decision Tandem takes, as plain functions over plain data.
//!
//! Owns: what a tandem is, what follows from an event, when something is due, what a message says.
//! Does not know: a database, a chat program, a clock, an executor. `now` is always an argument.

pub mod calendar;
pub mod dates;
pub mod duration;
pub mod finding;
pub mod holidays;
pub mod ids;
pub mod ledger;
pub mod pacing;
pub mod programme;
pub mod text;
