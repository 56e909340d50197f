//! The store's stories, told to SQLite always and to PostgreSQL where `TANDEM_TEST_POSTGRES` names a
//! database (`postgres://…`) in which the tests may make schemas of their own.

mod given;
mod letting_in;
mod plans;
mod sending;
mod state;
