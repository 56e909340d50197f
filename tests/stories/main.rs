//! Stories: what people do with Tandem and what they see, told to one bot over one clock.

#[path = "../support/mod.rs"]
mod support;

mod bad_input;
mod clock;
mod delivery;
mod elsewhere;
mod faults;
mod four_weeks;
mod health;
mod hours;
mod joining;
mod learning;
mod leaving;
mod ledger;

mod report;
mod standing_in;
mod twelve_weeks;
mod two_rounds;
mod whole_course;
