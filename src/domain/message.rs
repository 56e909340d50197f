//! What is said, before anyone chose the language: keys with their arguments, steps of a lesson, buttons.
//!
//! Owns: the shape of a message from the decision to the moment of sending. Does not know a single
//! word of it: `app::render` puts the words in, in the language the person reads at that moment.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::picture::Drawing;
use super::tap::Tap;

/// A message: paragraphs, then rows of buttons.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Message {
    pub blocks: Vec<Block>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Vec<Button>>,
    /// Drawn when it is sent; then the paragraphs stand below it and say the same in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Drawing>,
}

/// One paragraph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// A sentence from the locale files.
    Say(Line),
    /// A step of a lesson, from the lesson files.
    Step(StepView),
    /// A module's title and what it brings.
    Module { programme: String, module: String },
    /// A lesson's title.
    Lesson { programme: String, module: String, lesson: String },
    /// A step's title, to point at it in a list.
    StepTitle { programme: String, module: String, step: String },
}

/// A step of a lesson in one state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepView {
    pub programme: String,
    pub module: String,
    pub step: String,
    pub phase: Phase,
}

/// How far a person is within a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Phase {
    /// Waiting for the person; what is ticked so far.
    Open { chosen: BTreeSet<String> },
    /// Answered; explanations are shown.
    Judged { chosen: BTreeSet<String> },
    /// One question of a questionnaire, with the answer already given, if any.
    Asking { question: String, chosen: Option<String> },
}

/// A locale key and its arguments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub key: Cow<'static, str>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

/// An argument; how it is written is the language's affair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Arg {
    /// Something a person wrote: shown as it is, never read as markup.
    Text(String),
    Number(i64),
    /// A length of time, written as hours and minutes.
    Minutes(u32),
    Day(NaiveDate),
    Weekday(Weekday),
    /// A full hour of the day.
    Hour(u8),
    /// Ten squares, this many of them filled.
    Bar(u8),
    /// Another sentence.
    Line(Box<Line>),
    /// Several, joined as the language joins a list.
    List(Vec<Line>),
    /// Several, each on a line of its own.
    Lines(Vec<Line>),
}

/// A button.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Button {
    pub label: Label,
    pub press: Press,
}

/// What stands on a button.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Label {
    Say(Line),
    /// A ticked or unticked sentence.
    Tick(bool, Line),
    /// An answer of a step: its short text, or its letter where texts are long.
    Option {
        programme: String,
        module: String,
        step: String,
        option: String,
        ticked: Option<bool>,
    },
    /// An answer of a questionnaire.
    Pick {
        programme: String,
        module: String,
        step: String,
        question: String,
        option: String,
    },
    /// A questionnaire: the title of its week, or its own.
    Survey {
        programme: String,
        module: String,
        step: String,
    },
    /// A language's own name for itself.
    Language(String),
    /// A name that a person gave (a round's, a programme's).
    Name(String),
    /// A programme's title.
    Programme(String),
    /// A module's title.
    Module {
        programme: String,
        module: String,
    },
    /// A lesson's title.
    Lesson {
        programme: String,
        module: String,
        lesson: String,
    },
}

/// What pressing a button does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Press {
    Tap(Tap),
    /// Opens Telegram's list of chats with a join link and a sentence to send to somebody.
    Share {
        code: String,
        with: Line,
    },
    /// Opens Telegram's list of chats with a sentence to send to somebody who is not in.
    Pass {
        with: Line,
    },
}

/// Starts a sentence.
pub fn say(key: &'static str) -> Line {
    Line { key: Cow::Borrowed(key), args: Vec::new() }
}

impl Line {
    /// Adds an argument.
    pub fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.push((Cow::Borrowed(name), arg.into()));
        self
    }
}

impl Message {
    /// A message of one sentence.
    pub fn of(line: Line) -> Self {
        Self { blocks: vec![Block::Say(line)], ..Self::default() }
    }

    /// Adds a paragraph.
    pub fn and(mut self, line: Line) -> Self {
        self.blocks.push(Block::Say(line));
        self
    }

    /// Adds a paragraph of any kind.
    pub fn block(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// Adds a row of buttons.
    pub fn row(mut self, buttons: impl IntoIterator<Item = Button>) -> Self {
        let row: Vec<Button> = buttons.into_iter().collect();
        if !row.is_empty() {
            self.rows.push(row);
        }
        self
    }
}

/// A button with a sentence on it.
pub fn button(label: Line, tap: Tap) -> Button {
    Button { label: Label::Say(label), press: Press::Tap(tap) }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<NaiveDate> for Arg {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<Weekday> for Arg {
    fn from(day: Weekday) -> Self {
        Self::Weekday(day)
    }
}

impl From<Line> for Arg {
    fn from(line: Line) -> Self {
        Self::Line(Box::new(line))
    }
}

impl From<Vec<Line>> for Arg {
    fn from(lines: Vec<Line>) -> Self {
        Self::List(lines)
    }
}
