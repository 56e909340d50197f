//! Stories: what people do with Tandem and what they see, told to one bot over one clock.

#[path = "../support/mod.rs"]
mod support;

mod absences;
mod abuse;
mod bad_input;
mod calendar;
mod clock;
mod closing_test;
mod dashboard;
mod delivery;
mod elsewhere;
mod faults;
mod four_weeks;
mod health;
mod hours;
mod joining;
mod languages;
mod learning;
mod leaving;
mod ledger;
mod neighbours;
mod papers;
mod pictures;
mod preview;
mod reload;
mod repeats;
mod report;
mod restoring;
mod standing_in;
mod summer;
mod twelve_weeks;
mod two_rounds;
mod whole_course;
