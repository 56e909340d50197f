//! (being written)
pub mod phones;
