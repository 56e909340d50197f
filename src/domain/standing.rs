//! How many people have to do with what lessons consist of: for whoever changes lessons.
//!
//! Counts only. Does not know who they are, nor what becomes of what they stand on (`content`).

use super::tandem::Spot;

/// How many people have to do with one place in a programme. Whoever takes part in two rounds counts in each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    pub programme: String,
    pub doing: Doing,
    pub people: usize,
}

/// What people have to do with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doing {
    /// They take part in the programme.
    Learns,
    /// It is what they see next, now or later.
    Stands(Spot),
    /// They have answered it; their concept or licence may hang on it.
    Answered(Spot),
}

impl Doing {
    /// The step that it is about.
    pub fn spot(&self) -> Option<&Spot> {
        match self {
            Self::Learns => None,
            Self::Stands(spot) | Self::Answered(spot) => Some(spot),
        }
    }
}
