//! A language that people read, named by its folder (`de`, `en`).

use serde::{Deserialize, Serialize};

/// A language's short code. Which ones exist is known to `l10n` and `content` alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lang(pub String);

impl Lang {
    /// German, in which lessons and messages are written first.
    pub fn source() -> Self {
        Self("de".to_owned())
    }

    /// The code as it stands in folder names and in the database.
    pub fn code(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Lang {
    fn from(code: &str) -> Self {
        Self(code.to_owned())
    }
}
