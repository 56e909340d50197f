//! What a person can take along as a file, and the screens around the link to it.
//!
//! Does not know what is in a paper nor how it is written (`app::papers`).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::effect::Effect;
use super::message::{Arg, Button, Line, Message, button, say};
use super::tap::Tap;
use super::turn::Turn;

/// A kind of paper. A person has one link for each at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// The tandem's concept.
    Concept,
    /// All that is stored about the person.
    Data,
    /// The person's licence.
    Licence,
}

impl Paper {
    pub const ALL: [Self; 3] = [Self::Concept, Self::Data, Self::Licence];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Concept => "concept",
            Self::Data => "data",
            Self::Licence => "licence",
        }
    }

    /// Reads what `code` wrote.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.code() == code)
    }
}

/// The button that asks for a link. It is not shown where nobody could open one (`app::render`).
pub fn download(paper: Paper) -> Button {
    button(say("button-download"), Tap::Paper(paper))
}

/// Somebody asks for a link.
pub fn tapped(turn: &mut Turn<'_>, paper: Paper) {
    let secret = turn.ids.secret();
    turn.out.push(Effect::Paper { paper, secret });
}

/// A date with its year, as papers say it.
pub fn full_day(day: NaiveDate) -> Line {
    say("full-day")
        .with("day", i64::from(day.day()))
        .with("month", i64::from(day.month()))
        .with("year", Arg::Text(day.year().to_string()))
}

/// The link, and what to know about it.
pub fn link(link: &str) -> Message {
    Message::of(say("paper-link").with("link", Arg::Text(link.to_owned()))).and(say("paper-link-once"))
}
