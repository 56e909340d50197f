//! Several real processes on one PostgreSQL, against the strict server: who of them polls and sends, what becomes of
//! their work when one dies, hangs or loses its connection. Only where `TANDEM_TEST_POSTGRES` names a database.

mod broadcast;
mod cluster;
#[path = "../support/left_out.rs"]
mod left_out;
mod process;
mod pushed;
mod races;
