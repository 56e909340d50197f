//! (being written)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub from: chrono::NaiveDate,
    pub to: chrono::NaiveDate,
}
