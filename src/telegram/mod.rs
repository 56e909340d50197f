//! The only place that knows teloxide: a port the rest of the program talks to, the client behind it,
//! and the reading of updates into events.
//!
//! Does not know the store; nothing here decides what a message means.

pub mod client;
pub mod incoming;
pub mod port;
pub mod reach;
