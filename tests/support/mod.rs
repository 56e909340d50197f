//! What stories are told with: a world with its own clock, database, server and bot, and people with phones.

mod database;
mod errors;
pub mod files;
mod left_out;
mod person;
mod world;

pub use person::{Carried, Person};
pub use world::feeds::{Answer, Feeds};
pub use world::{PUBLIC_URL, Round, TOKEN, World};
