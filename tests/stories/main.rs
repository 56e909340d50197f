//! Stories: what people do with Tandem and what they see, told to one bot over one clock.

#[path = "../support/mod.rs"]
mod support;

mod absences;
mod abuse;
mod bad_input;
mod calendar;
mod cards;
mod clock;
mod closing_test;
mod contacts;
mod dashboard;
mod delivery;
mod digest;
mod elsewhere;
mod faults;
mod four_weeks;
mod fuzz;
mod going;
mod health;
mod hours;
mod joining;
mod languages;
mod learning;
mod leaving;
mod ledger;
mod licence;
mod neighbours;
mod notices;
mod pages_fuzz;
mod papers;
mod pictures;
mod preview;
mod reload;
mod repeats;
mod report;
mod restoring;
mod rights;
mod rounds;
mod standing_in;
mod summer;
mod surveys;
mod twelve_weeks;
mod two_rounds;
mod unsaid;
mod whole_course;
