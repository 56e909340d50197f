//! Every decision Tandem takes, as plain functions over plain data.
//!
//! Owns: what a tandem is, what follows from an event, when something is due, what a message says.
//! Does not know: a database, a chat program, a clock, an executor. `now` is always an argument.

pub mod away;
pub mod calendar;
pub mod cover;
pub mod dates;
pub mod days;
pub mod delivery;
pub mod digest;
pub mod door;
pub mod duration;
pub mod effect;
pub mod event;
pub mod exam;
pub mod feed;
pub mod finding;
pub mod guest;
pub mod holidays;
pub mod home;
pub mod hours;
pub mod ids;
pub mod lang;
pub mod leaving;
pub mod ledger;
pub mod letter;
pub mod licence;
pub mod meeting;
pub mod memory;
pub mod message;
pub mod news;
pub mod notice;
pub mod pacing;
pub mod paper;
pub mod picture;
pub mod programme;
pub mod recall;
pub mod recommend;
pub mod record;
pub mod report;
pub mod rights;
pub mod route;
pub mod screens;
pub mod setup;
pub mod standing;
pub mod step;
pub mod study;
pub mod survey;
pub mod tandem;
pub mod tap;
#[cfg(test)]
mod testing;
pub mod text;
pub mod trainer;
pub mod translation;
pub mod turn;
pub mod way;
pub mod week;
