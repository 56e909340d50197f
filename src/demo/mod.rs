//! Everything without a Telegram account: a strict local server, its HTTP face, and the phones to look at.
//!
//! Owns: the model of Telegram (`phones`), its Bot API address (`botapi`) and the routes that drive it (`remote`).

pub mod phones;
