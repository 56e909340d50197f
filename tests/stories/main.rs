//! Stories: what people do with Tandem and what they see, told to one bot over one clock.

#[path = "../support/mod.rs"]
mod support;

mod four_weeks;
mod joining;
mod learning;
