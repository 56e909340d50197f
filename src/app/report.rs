//! The trainers' report: one model of sections and rows, written for the chat, as Markdown, CSV, a workbook, pages.
//!
//! Owns: the model, and where it comes from. The figures are those that `store::publish` has published,
//! which alone reads the raw tables and keeps the floor of five; nothing here can show more than it is given, and every format shows the same.

mod compare;
mod paper;
#[cfg(test)]
mod same;
mod sheet;
mod text;
mod wording;

use super::batch::Batch;
use super::{App, AppError, Result};
use crate::domain::calendar::local_date;
use crate::domain::ids::RoundId;
use crate::domain::lang::Lang;
use crate::domain::message::{Arg, Message, button, say};
use crate::domain::tap::{RoundTap, Tap, TrainerTap};
use crate::store::Tx;
pub(super) use text::harmless as no_formula;
use wording::Wording;

/// Lines of a section that a chat message has room for.
const CHAT_LINES: usize = 10;

/// A report: sections of rows, all words already in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub title: String,
    /// What it is a report of, and of which day.
    pub subtitle: String,
    pub lang: Lang,
    /// Whose parts the figures of lessons are, where that may be shown.
    pub people: Option<u32>,
    pub sections: Vec<Section>,
}

/// One subject of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub title: String,
    pub rows: Vec<Row>,
    /// Whether a message has room for it as well.
    pub brief: bool,
}

/// What a figure is about, and the figure; or several of the same thing, each under its own head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub label: String,
    pub cells: Vec<Cell>,
}

/// A figure under its head; the head is empty where there is only one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub head: String,
    pub value: Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Count(u32),
    /// A share of all, in percent, and the same in words.
    Percent {
        share: u32,
        words: String,
    },
    /// A net score between -100 and 100, and the same in words.
    Net {
        score: i32,
        words: String,
    },
    /// Four fifths or more: no number, but beside other bars the longest.
    AlmostAll(String),
    /// Instead of a figure: not shown, almost none; or what somebody wrote.
    Words(String),
    /// Nothing is to be said here: an empty place in a table, and not a word elsewhere.
    Nothing,
    /// Options with their shares in percent, and the same in words.
    Shares {
        shares: Vec<(String, u32)>,
        words: String,
    },
}

/// How a report is written to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Md,
    Csv,
    Xlsx,
    Pdf,
}

/// The report in the trainer's chat.
pub async fn in_chat(batch: &mut Batch<'_>, round: &RoundId, lang: &Lang) -> Result<Message> {
    let report = build(batch.app, &mut batch.tx, round, lang).await?;
    let mut message = Message::of(say("report-title").with("round", Arg::Text(report.title)));
    for section in report.sections.into_iter().filter(|section| section.brief) {
        let shown = section.rows.iter().take(CHAT_LINES).map(|row| {
            let value = Arg::Text(row.in_words());
            say("report-line").with("label", Arg::Text(lead(&row.label))).with("value", value)
        });
        let lines = Arg::Lines(shown.collect());
        message = message.and(say("report-section").with("title", Arg::Text(section.title)).with("lines", lines));
    }
    Ok(message.row([button(say("button-round"), Tap::Trainer(TrainerTap::On(round.clone(), RoundTap::Open)))]))
}

/// The report as it is shown on a page.
///
/// # Errors
/// An unknown round, or a database that cannot be read.
pub async fn read(app: &App, round: &RoundId, lang: &Lang) -> Result<Report> {
    let mut tx = app.db.read().await?;
    build(app, &mut tx, round, lang).await
}

/// The report as a file's bytes.
///
/// # Errors
/// An unknown round or language, or a database that cannot be read.
pub async fn as_file(app: &App, round: &RoundId, format: Format, lang: &Lang) -> Result<Vec<u8>> {
    let words = app.words();
    if !words.languages().contains(lang) {
        let known: Vec<&str> = words.languages().iter().map(Lang::code).collect();
        return Err(AppError::Refused(format!("no language `{}`; there is: {}", lang.code(), known.join(", "))));
    }
    let report = read(app, round, lang).await?;
    // Beside the loops: many comments make many pages.
    let written = tokio::task::spawn_blocking(move || match format {
        Format::Md => Ok(text::markdown(&report).into_bytes()),
        Format::Csv => text::csv(&report).map_err(|error| error.to_string()),
        Format::Xlsx => sheet::xlsx(&report).map_err(|error| error.to_string()),
        Format::Pdf => paper::pdf(&report).map_err(|error| error.to_string()),
    });
    written
        .await
        .map_err(|_| AppError::Panicked)?
        .map_err(|error| AppError::Refused(format!("the report cannot be written: {error}")))
}

async fn build(app: &App, tx: &mut Tx, id: &RoundId, lang: &Lang) -> Result<Report> {
    let Some(round) = tx.rounds(std::slice::from_ref(id)).await?.pop() else {
        return Err(AppError::NoRound(id.to_string()));
    };
    let now = app.clock.now();
    let figures = tx.figures(id, now).await?;
    let writer = Wording { app, lang, round: &round };
    let edition = figures.edition.clone().unwrap_or_default();
    let mut sections = vec![writer.people(&edition)];
    if edition.people.is_some() {
        sections.extend(writer.modules(&edition));
        sections.push(writer.progress(&edition));
        sections.extend(writer.exercises(&figures));
        sections.push(writer.hours(&edition));
        sections.push(writer.covers(&edition));
        sections.extend(writer.before_and_after(&figures));
        if let Some(before) = tx.round_before(id).await?
            && let Some(other) = tx.rounds(std::slice::from_ref(&before)).await?.pop()
        {
            sections.extend(writer.compared(&figures, &other, &tx.figures(&before, now).await?));
        }
        sections.push(writer.ratings(&figures));
        sections.extend(writer.sentences(&figures));
    }
    let subtitle = writer.subtitle(local_date(now, round.zone));
    Ok(Report { title: round.name.clone(), subtitle, lang: lang.clone(), people: edition.people, sections })
}

impl Row {
    /// All its figures in one line of words.
    pub fn in_words(&self) -> String {
        let cells =
            self.cells.iter().filter(|cell| cell.value != Value::Nothing).map(|cell| match cell.head.as_str() {
                "" => cell.value.in_words(),
                head => format!("{head}: {}", cell.value.in_words()),
            });
        cells.collect::<Vec<_>>().join("; ")
    }
}

impl Value {
    pub fn in_words(&self) -> String {
        match self {
            Value::Count(count) => count.to_string(),
            Value::Words(words)
            | Value::AlmostAll(words)
            | Value::Percent { words, .. }
            | Value::Net { words, .. }
            | Value::Shares { words, .. } => words.clone(),
            Value::Nothing => String::new(),
        }
    }
}

/// A label before its figure: a colon after it, except where the label is a question or a dash.
fn lead(label: &str) -> String {
    if label.ends_with(['?', '–']) { label.to_owned() } else { format!("{label}:") }
}
