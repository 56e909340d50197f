//! The store's stories, told to SQLite always and to PostgreSQL where `TANDEM_TEST_POSTGRES` names a
//! database (`postgres://…`) in which the tests may make schemas of their own.

mod ageing;
mod cohort;
mod electing;
mod exporting;
mod given;
mod guarding;
mod helping;
#[path = "../support/left_out.rs"]
mod left_out;
mod letting_in;
mod opening;
mod plans;
mod reporting;
mod rights;
mod running;
mod sealing;
mod sending;
mod singling_out;
mod state;
