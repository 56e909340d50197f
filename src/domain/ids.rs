//! Names of things, each its own type, so that a person's id never stands where a tandem's is meant.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as the text that is stored and printed.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
    )+};
}

id! {
    /// One human being, whatever rounds they sit in.
    PersonId,
    /// A place in a round, shared by a lead and a deputy.
    TandemId,
    /// One run of a programme.
    RoundId,
    /// One line of a tandem's ledger.
    EntryId,
    /// One declared absence.
    AbsenceId,
    /// One interval that somebody is asked to cover.
    CoverId,
    /// One message that is owed to somebody.
    OwedId,
    /// Something that everybody in a round is told.
    NewsId,
    /// What a participant wrote to the trainers.
    LetterId,
    /// A meeting of a round.
    MeetingId,
}

/// Where new ids and secrets come from. Seeded in tests, the machine's randomness in service.
pub trait Ids {
    /// A short id, unique among all that this program makes (60 bits; not a secret).
    fn id(&mut self) -> String;

    /// A secret for a link: 128 bits, written in Telegram's start-parameter alphabet `[A-Za-z0-9_-]`.
    fn secret(&mut self) -> String;
}
