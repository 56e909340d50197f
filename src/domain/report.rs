//! What a trainer may see of a round: figures over at least five people or tandems, never a single one.
//!
//! Owns: the shape of the figures, and when one takes the place of an earlier one. Does not know how they were
//! counted; the floor is kept where they are (`store::publish`).

pub mod items;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::Week;
use super::recommend::Lean;
use super::record::Shortfall;

/// Fewest people (or tandems) that a figure may rest upon.
pub const FLOOR: u32 = 5;

/// From this share of one answer on, no distribution is shown, in percent.
pub const ALMOST_ALL: u32 = 80;

/// How many settled weeks a report looks back on.
pub const WEEKS_SHOWN: usize = 8;

/// All that is published of a round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// `None` before the first one.
    pub edition: Option<Edition>,
    /// By module, for those whose questionnaire has closed.
    pub exercises: Vec<ModuleFigure>,
    /// By module and question; questions that fewer than five people answered are not there.
    pub ratings: Vec<RatingFigure>,
    /// By module and question: whether people would recommend the course.
    pub recommended: Vec<Recommended>,
    /// By module and question; only where at least five people wrote one. In no order of time.
    pub sentences: Vec<Sentences>,
}

/// What is counted of a round once a week. Between two editions nothing changes, so that nobody's deed, answer or
/// leaving can be read off a figure that moves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// People who take part; `None` below the floor.
    pub people: Option<u32>,
    /// Tandems that somebody sits in; `None` below the floor.
    pub tandems: Option<u32>,
    /// What the parts below are parts of; never shown.
    #[serde(default)]
    pub whole: Whole,
    /// By module and lesson; lessons that fewer than five people have reached are not there.
    #[serde(default)]
    pub lessons: Vec<LessonFigure>,
    /// The newest settled weeks, oldest first; only those that were settled for at least five tandems.
    #[serde(default)]
    pub weeks: Vec<WeekFigure>,
    /// Tandems whose employer's promise does not hold any more.
    #[serde(default)]
    pub withdrawn: Part,
    /// Only where at least five tandems asked for cover.
    #[serde(default)]
    pub covers: Option<CoverFigure>,
    /// People who asked for fewer reminders or none.
    #[serde(default)]
    pub fewer: Part,
}

/// The most people and running tandems that a round has had so far. It does not shrink when somebody leaves: a part that
/// became "almost all" by that would tell on which side they had been.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    pub people: u32,
    pub tandems: u32,
}

/// How far people came with a lesson, in steps of five.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonFigure {
    pub module: String,
    pub lesson: String,
    pub opened: Part,
    pub finished: Part,
}

/// How far people came in a module, step by step, counted once, when its questionnaire closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleFigure {
    pub module: String,
    pub steps: Vec<StepFigure>,
}

/// How a card, a question or a task went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepFigure {
    pub step: String,
    /// People who had it before them, in steps of five.
    #[serde(default)]
    pub reached: Part,
    /// People who read it or dealt with it, in steps of five.
    pub dealt: Part,
    /// Of a question: how many of them were right at the first try.
    pub right: Share,
    /// Of a question: the wrong answer that at least five fell for, if it was the most chosen.
    pub trap: Option<String>,
    /// Of a question: whether those who did well elsewhere did better here.
    pub telling: Telling,
    /// Of a task: those who said that it does not fit.
    pub unfit: Part,
}

/// A share of people or tandems.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    /// Either side has fewer than five, and neither four fifths.
    #[default]
    Hidden,
    /// In percent, rounded to fives.
    Percent(u32),
    AlmostAll,
    AlmostNobody,
}

/// How well a question tells those who know from those who guess.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Telling {
    /// Too few to say.
    #[default]
    Hidden,
    Well,
    Hardly,
    /// Those who do well elsewhere do worse here: something is wrong with the question.
    Reversed,
}

/// How the newest settled week stood, as it was settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekFigure {
    pub week: Week,
    /// Of the tandems with a target, those that reached it.
    #[serde(default)]
    pub kept: Share,
    /// Of the same tandems, those that did not, and why, as far as they said so.
    #[serde(default)]
    pub reasons: Vec<(Shortfall, Share)>,
}

/// How many of all, if that can be said without pointing at anybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

/// Whether people would recommend the course, over at least five of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recommended {
    pub module: String,
    pub question: String,
    /// Which way it leans; all that is said below ten people.
    pub lean: Lean,
    /// The net score, from -100 to 100 in steps of five; from ten people on.
    pub score: Option<i32>,
}

/// What people wrote to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentences {
    pub module: String,
    pub question: String,
    pub texts: Vec<String>,
}

/// In how many tandems cover was asked for and found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverFigure {
    pub asked: Part,
    pub accepted: Part,
    /// Nobody stood in.
    pub open: Part,
}

impl Whole {
    /// With those who have left since.
    pub fn or_before(self, before: Whole) -> Whole {
        Whole { people: self.people.max(before.people), tandems: self.tandems.max(before.tandems) }
    }
}

impl Edition {
    /// The next edition after this one: what is new, as far as it may take the place of what was said before.
    pub fn renewed(&self, new: Edition) -> Edition {
        let people = |old: Part, part: Part| old.grown(part, self.whole.people < new.whole.people);
        let tandems = |old: Part, part: Part| old.grown(part, self.whole.tandems < new.whole.tandems);
        let same = |a: &LessonFigure, b: &LessonFigure| a.module == b.module && a.lesson == b.lesson;
        let mut lessons = self.lessons.clone();
        for lesson in new.lessons {
            match lessons.iter_mut().find(|old| same(old, &lesson)) {
                Some(old) => {
                    old.opened = people(old.opened, lesson.opened);
                    old.finished = people(old.finished, lesson.finished);
                }
                None => lessons.push(lesson),
            }
        }
        lessons.sort_by(|a, b| (&a.module, &a.lesson).cmp(&(&b.module, &b.lesson)));
        // A week that was published stays as it was.
        let mut weeks = self.weeks.clone();
        weeks.extend(new.weeks.into_iter().filter(|week| self.weeks.iter().all(|old| old.week < week.week)));
        weeks.drain(..weeks.len().saturating_sub(WEEKS_SHOWN));
        let covers = match (self.covers, new.covers) {
            (Some(old), Some(new)) => Some(CoverFigure {
                asked: tandems(old.asked, new.asked),
                accepted: tandems(old.accepted, new.accepted),
                open: tandems(old.open, new.open),
            }),
            (old, new) => new.or(old),
        };
        Edition {
            people: new.people,
            tandems: new.tandems,
            whole: new.whole.or_before(self.whole),
            lessons,
            weeks,
            withdrawn: tandems(self.withdrawn, new.withdrawn),
            covers,
            fewer: people(self.fewer, new.fewer),
        }
    }
}

impl Part {
    /// What is said of a count that was said before: it only ever grows. Who leaves takes their deeds along, and a figure
    /// that fell with them would tell what they had done. "Almost all" is taken back only when more have joined.
    fn grown(self, new: Part, joined: bool) -> Part {
        match (self, new) {
            (Part::Count(old), Part::Count(new)) => Part::Count(old.max(new)),
            (Part::AlmostAll, new) if joined => new,
            (Part::AlmostAll, _) | (_, Part::AlmostAll) => Part::AlmostAll,
            (old, Part::Hidden) => old,
            (Part::Hidden, new) => new,
        }
    }
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
