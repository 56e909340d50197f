//! (being written)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Land {
    NI,
}
