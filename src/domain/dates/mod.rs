//! Days as people write them. The grammar of absences is being written; the words for one day are here.

pub(crate) mod tokens;
pub(crate) mod words;

pub use words::Half;
