//! What a trainer may see of a round: figures over at least five people or tandems, never a single one.
//!
//! Owns: the shape of the figures. Does not know how they were counted; the floor is kept where they are.

use chrono::NaiveDate;

use super::calendar::Week;
use super::record::Shortfall;

/// Fewest people (or tandems) that a figure may rest upon.
pub const FLOOR: u32 = 5;

/// From this share of one answer on, no distribution is shown, in percent.
pub const ALMOST_ALL: u32 = 80;

/// All figures of a round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// People who take part; `None` below the floor.
    pub people: Option<u32>,
    /// Tandems that somebody sits in; `None` below the floor.
    pub tandems: Option<u32>,
    /// By module and lesson; lessons that fewer than five people have reached are not there.
    pub lessons: Vec<LessonFigure>,
    /// By module and question; questions that fewer than five people answered are not there.
    pub ratings: Vec<RatingFigure>,
    /// By module and question; only where at least five people wrote one. In no order of time.
    pub sentences: Vec<Sentences>,
    /// Only where at least five tandems asked for cover.
    pub covers: Option<CoverFigure>,
}

/// How far people came with a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonFigure {
    pub module: String,
    pub lesson: String,
    pub opened: Part,
    pub finished: Part,
}

/// What became of the promised hours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HoursFigures {
    /// Only where a week was settled for at least five tandems.
    pub week: Option<WeekFigure>,
    /// Tandems whose employer's promise does not hold any more.
    pub withdrawn: Part,
}

/// How the newest settled week stood, as it was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekFigure {
    pub week: Week,
    /// Tandems that reached their target.
    pub reached: Part,
    /// Why the others did not, as far as they said so.
    pub missing: Vec<(Shortfall, Part)>,
}

/// How many of all, if that can be said without pointing at anybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// Too few, or so many that those who did not are too few.
    #[default]
    Hidden,
    Count(u32),
    /// From four fifths on, where the rest are fewer than five.
    AlmostAll,
}

/// How a question was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingFigure {
    pub module: String,
    pub question: String,
    pub spread: Spread,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spread {
    /// Options with their share in percent, rounded to fives so that it does not tell a single answer.
    Shares(Vec<(String, u32)>),
    /// Four fifths or more chose this one; nothing is said about the others.
    AlmostAll(String),
}

/// What people wrote to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentences {
    pub module: String,
    pub question: String,
    pub texts: Vec<String>,
}

/// In how many tandems cover was asked for and found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoverFigure {
    pub asked: Part,
    pub accepted: Part,
    /// Nobody stood in.
    pub open: Part,
}

/// A round in a list for whoever runs the program: counts without a floor, of which none is about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundLine {
    pub id: String,
    pub name: String,
    pub programme: String,
    pub start: NaiveDate,
    /// The phase's code.
    pub state: String,
    pub people: u64,
    pub tandems: u64,
    pub entries: u64,
    /// Lessons that were sent.
    pub delivered: u64,
    pub answers: u64,
}
