//! The trainers' report: one model of sections and lines, written for the chat, as Markdown, as CSV.
//!
//! Owns: wording and order. The figures come from `store::report`, which alone reads the raw tables and
//! keeps the floor of five; nothing here can show more than it is given.

use super::batch::Batch;
use super::{App, AppError, Result};
use crate::domain::calendar::{Week, local_date};
use crate::domain::ids::RoundId;
use crate::domain::lang::Lang;
use crate::domain::message::{Arg, Line, Message, button, say};
use crate::domain::record::Shortfall;
use crate::domain::report::{FLOOR, Figures, HoursFigures, Part, Spread};
use crate::domain::tandem::Round;
use crate::domain::tap::{Tap, TrainerTap};
use crate::store::Tx;

/// Lines of a section that a chat message has room for.
const CHAT_LINES: usize = 10;

/// How old the newest settled week may be to be of interest.
const HOURS_WEEKS: i32 = 5;

/// A report: sections of lines, all words already in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub title: String,
    pub sections: Vec<Section>,
}

/// One subject of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub title: String,
    /// What it is about, and the figure.
    pub lines: Vec<(String, String)>,
}

/// How a report is written to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Md,
    Csv,
}

/// The report in the trainer's chat.
pub async fn in_chat(batch: &mut Batch<'_>, round: &RoundId, lang: &Lang) -> Result<Message> {
    let report = build(batch.app, &mut batch.tx, round, lang).await?;
    let mut message = Message::of(say("report-title").with("round", Arg::Text(report.title)));
    for section in report.sections {
        let shown = section.lines.iter().take(CHAT_LINES).map(|(label, value)| {
            say("report-line").with("label", Arg::Text(lead(label))).with("value", Arg::Text(value.clone()))
        });
        let lines = Arg::Lines(shown.collect());
        message = message.and(say("report-section").with("title", Arg::Text(section.title)).with("lines", lines));
    }
    Ok(message.row([button(say("button-round"), Tap::Trainer(TrainerTap::Round(round.clone())))]))
}

/// The report as a file's bytes.
///
/// # Errors
/// An unknown round or language, or a database that cannot be read.
pub async fn as_file(app: &App, round: &RoundId, format: Format, lang: &Lang) -> Result<Vec<u8>> {
    if !app.words.languages().contains(lang) {
        return Err(AppError::Refused(format!("there is no language `{lang}`", lang = lang.code())));
    }
    let mut tx = app.db.read().await?;
    let report = build(app, &mut tx, round, lang).await?;
    match format {
        Format::Md => Ok(markdown(&report).into_bytes()),
        Format::Csv => csv(&report).map_err(|error| AppError::Refused(error.to_string())),
    }
}

async fn build(app: &App, tx: &mut Tx, id: &RoundId, lang: &Lang) -> Result<Report> {
    let Some(round) = tx.rounds(std::slice::from_ref(id)).await?.pop() else {
        return Err(AppError::NoRound(id.to_string()));
    };
    let this = Week::of(local_date(app.clock.now(), round.zone));
    let figures = tx.figures(id).await?;
    let hours = tx.hours_figures(id, this.plus(-HOURS_WEEKS).monday()).await?;
    let writer = Writer { app, lang, round: &round };
    let mut sections = vec![writer.people(&figures)];
    if figures.people.is_some() {
        sections.push(writer.progress(&figures));
        sections.push(writer.hours(&hours));
        sections.push(writer.covers(&figures));
        sections.push(writer.ratings(&figures));
        sections.extend(writer.sentences(&figures));
    }
    Ok(Report { title: round.name.clone(), sections })
}

struct Writer<'a> {
    app: &'a App,
    lang: &'a Lang,
    round: &'a Round,
}

impl Writer<'_> {
    fn say(&self, line: Line) -> String {
        self.app.words.plain(self.lang, &line)
    }

    fn people(&self, figures: &Figures) -> Section {
        let count = |count: Option<u32>| match count {
            Some(count) => count.to_string(),
            None => self.say(say("report-too-few").with("floor", i64::from(FLOOR))),
        };
        Section {
            title: self.say(say("report-people")),
            lines: vec![
                (self.say(say("report-people-count")), count(figures.people)),
                (self.say(say("report-tandem-count")), count(figures.tandems)),
            ],
        }
    }

    fn progress(&self, figures: &Figures) -> Section {
        let lines = figures.lessons.iter().map(|lesson| {
            let title = self.app.library.lesson_title(&self.round.programme, &lesson.module, &lesson.lesson, self.lang);
            let value = say("report-progress-line")
                .with("opened", Arg::Text(self.part(lesson.opened)))
                .with("finished", Arg::Text(self.part(lesson.finished)));
            (title, self.say(value))
        });
        self.section("report-progress", lines.collect())
    }

    /// How the newest settled week stood, and whether promises hold; never a single tandem.
    fn hours(&self, figures: &HoursFigures) -> Section {
        let mut lines = Vec::new();
        if let Some(hours) = &figures.week {
            let label = say("report-hours-week").with("week", i64::from(hours.week.number()));
            lines.push((self.say(label), self.part(hours.reached)));
            lines.extend(hours.missing.iter().filter(|(_, part)| *part != Part::Hidden).map(|(why, part)| {
                let label = match why {
                    Shortfall::NotReleased => say("report-not-released"),
                    Shortfall::NotNeeded => say("report-not-needed"),
                    Shortfall::Away => say("report-were-away"),
                };
                (self.say(label), self.part(*part))
            }));
        }
        if figures.withdrawn != Part::Hidden {
            lines.push((self.say(say("report-withdrawn")), self.part(figures.withdrawn)));
        }
        self.section("report-hours", lines)
    }

    fn covers(&self, figures: &Figures) -> Section {
        let lines = figures.covers.map(|covers| {
            vec![
                (self.say(say("report-covers-asked")), self.part(covers.asked)),
                (self.say(say("report-covers-accepted")), self.part(covers.accepted)),
                (self.say(say("report-covers-open")), self.part(covers.open)),
            ]
        });
        self.section("report-covers", lines.unwrap_or_default())
    }

    fn ratings(&self, figures: &Figures) -> Section {
        let library = &self.app.library;
        let lines = figures.ratings.iter().map(|rating| {
            let programme = &self.round.programme;
            let question = library.question_title(programme, &rating.module, &rating.question, self.lang);
            let label =
                |option: &str| library.question_option(programme, &rating.module, &rating.question, option, self.lang);
            let value = match &rating.spread {
                Spread::AlmostAll(option) => {
                    self.say(say("report-almost-all-chose").with("option", Arg::Text(label(option))))
                }
                Spread::Shares(shares) => {
                    let parts = shares.iter().map(|(option, share)| {
                        say("report-share").with("option", Arg::Text(label(option))).with("share", i64::from(*share))
                    });
                    self.say(say("report-shares").with("shares", Arg::List(parts.collect())))
                }
            };
            (question, value)
        });
        self.section("report-feedback", lines.collect())
    }

    fn sentences(&self, figures: &Figures) -> Vec<Section> {
        let sections = figures.sentences.iter().map(|sentences| Section {
            title: self.app.library.question_title(
                &self.round.programme,
                &sentences.module,
                &sentences.question,
                self.lang,
            ),
            lines: sentences.texts.iter().map(|text| ("–".to_owned(), text.clone())).collect(),
        });
        sections.collect()
    }

    fn section(&self, title: &'static str, mut lines: Vec<(String, String)>) -> Section {
        if lines.is_empty() {
            lines.push((
                self.say(say("report-nothing-yet")),
                self.say(say("report-too-few").with("floor", i64::from(FLOOR))),
            ));
        }
        let title = Line { key: title.into(), args: Vec::new() };
        Section { title: self.say(title), lines }
    }

    fn part(&self, part: Part) -> String {
        match part {
            Part::Hidden => self.say(say("report-hidden")),
            Part::AlmostAll => self.say(say("report-almost-all")),
            Part::Count(count) => count.to_string(),
        }
    }
}

fn markdown(report: &Report) -> String {
    let mut out = format!("# {}\n", escape(&report.title));
    for section in &report.sections {
        out.push_str(&format!("\n## {}\n\n", escape(&section.title)));
        for (label, value) in &section.lines {
            out.push_str(&format!("- {} {}\n", escape(&lead(label)), escape(value)));
        }
    }
    out
}

/// A label before its figure: a colon after it, except where the label is a question or a dash.
fn lead(label: &str) -> String {
    if label.ends_with(['?', '–']) { label.to_owned() } else { format!("{label}:") }
}

/// What a person wrote must not become Markdown.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

fn csv(report: &Report) -> std::result::Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for section in &report.sections {
        for (label, value) in &section.lines {
            writer.write_record([harmless(&section.title), harmless(label), harmless(value)])?;
        }
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe in front.
fn harmless(cell: &str) -> String {
    match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_in_a_comment_stays_a_comment() {
        let section = Section { title: "t".to_owned(), lines: vec![("–".to_owned(), "=SUM(A1:A9)".to_owned())] };
        let report = Report { title: "r".to_owned(), sections: vec![section] };
        let text = String::from_utf8(csv(&report).unwrap()).unwrap();
        assert_eq!(text.trim(), "t,–,'=SUM(A1:A9)");
        assert!(markdown(&report).contains("- – =SUM(A1:A9)"));
        assert_eq!(escape("<b>*x*"), "\\<b\\>\\*x\\*");
    }
}
