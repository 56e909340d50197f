//! Everything without a Telegram account: a strict local server, its HTTP face, and the phones to look at.
//!
//! Owns: the model of Telegram (`phones`), its Bot API address (`botapi`), the routes that drive it
//! (`remote`), the demo: page (`site`), clock (`clockwork`), what has happened before (`past`); lessons on
//! phones while they are written (`preview`); and whole rounds at virtual speed (`simulate`).

pub mod botapi;
pub mod clockwork;
pub mod past;
pub mod phones;
pub mod preview;
pub mod remote;
pub mod run;
pub mod simulate;
pub mod site;
