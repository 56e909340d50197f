//! What pages show, in words and numbers that a template only has to put in their places.
//!
//! Owns: the shape of that. Figures are those of the report, in the same order.

use serde::Serialize;

use super::change::Changes;
use super::chart;
use crate::app::report::{Report, Row, Section, Value};
use crate::app::{App, desk};
use crate::domain::calendar;
use crate::domain::lang::Lang;
use crate::domain::message::{Line, say};
use crate::domain::tandem::RoundPhase;
use crate::domain::trainer::{RoundCard, Trainer, missing_lines, next_monday};

/// A language that a page can be read in.
#[derive(Serialize)]
pub struct Language {
    pub code: String,
    pub name: String,
}

/// A round in the list.
#[derive(Serialize)]
pub struct RoundRow {
    id: String,
    name: String,
    programme: String,
    phase: String,
    ready: usize,
    tandems: usize,
    places: u32,
    /// Whether it has begun and everybody is in.
    settled: bool,
}

/// A round's own page.
#[derive(Serialize)]
pub struct RoundPage {
    round: RoundRow,
    subtitle: String,
    /// What keeps which tandem from starting.
    missing: Vec<String>,
    sections: Vec<Table>,
    changes: Changes,
    /// Whether the form that led here was carried out.
    said: String,
}

/// A section of the report as a table.
#[derive(Serialize)]
struct Table {
    title: String,
    heads: Vec<String>,
    rows: Vec<Entry>,
    /// The same figures as bars, where there are some to compare.
    chart: Option<String>,
    /// So many bars that a chart as wide as the page would be higher than a screen.
    tall: bool,
    /// What people wrote is a list, not a table.
    quotes: Vec<String>,
}

/// A row of a table.
#[derive(Serialize)]
struct Entry {
    label: String,
    cells: Vec<Figure>,
}

/// A figure in words, and as a bar where it is one.
#[derive(Serialize)]
struct Figure {
    words: String,
    bar: Option<Bar>,
}

#[derive(Serialize)]
struct Bar {
    value: u32,
    of: u32,
}

/// A trainer's rounds, and what a new one may be.
#[derive(Serialize)]
pub struct RoundsPage {
    rounds: Vec<RoundRow>,
    programmes: Vec<Programme>,
    start: String,
    said: String,
}

#[derive(Serialize)]
struct Programme {
    id: String,
    title: String,
}

/// A trainer's rounds.
pub fn rounds(app: &App, trainer: &Trainer, lang: &Lang, said: &str) -> RoundsPage {
    let today = calendar::local_date(app.clock.now(), trainer.person.zone);
    RoundsPage {
        rounds: trainer.rounds.iter().map(|card| row(app, card, lang)).collect(),
        programmes: desk::programmes(&app.texts.now(), lang)
            .into_iter()
            .map(|(id, title)| Programme { id, title })
            .collect(),
        start: next_monday(today).to_string(),
        said: said.to_owned(),
    }
}

/// One of them with its report.
pub fn round(app: &App, card: &RoundCard, report: &Report, changes: Changes, lang: &Lang, said: &str) -> RoundPage {
    RoundPage {
        round: row(app, card, lang),
        subtitle: report.subtitle.clone(),
        missing: missing_lines(card).iter().map(|line| app.words().plain(lang, line)).collect(),
        sections: (1..).zip(&report.sections).map(|(nth, section)| table(nth, section, report.people)).collect(),
        changes,
        said: said.to_owned(),
    }
}

fn row(app: &App, card: &RoundCard, lang: &Lang) -> RoundRow {
    RoundRow {
        id: card.id.to_string(),
        name: card.name.clone(),
        programme: app.library().programme_title(&card.programme, lang),
        phase: app.words().plain(lang, &phase(card)),
        ready: card.tandems.iter().filter(|tandem| tandem.missing.is_empty()).count(),
        tandems: card.tandems.len(),
        places: card.places,
        settled: card.phase != RoundPhase::Planned && card.tandems.is_empty(),
    }
}

fn phase(card: &RoundCard) -> Line {
    match card.phase {
        RoundPhase::Planned => say("round-planned").with("day", card.start),
        RoundPhase::Running => say("round-running").with("day", card.start),
        RoundPhase::Closed => say("round-closed"),
    }
}

fn table(nth: usize, section: &Section, people: Option<u32>) -> Table {
    let quotes = section.rows.iter().all(|row| row.label == "–" && !row.cells.is_empty());
    let counts = section.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| match cell.value {
        Value::Count(count) => Some(count),
        Value::AlmostAll(_)
        | Value::Percent { .. }
        | Value::Net { .. }
        | Value::Words(_)
        | Value::Nothing
        | Value::Shares { .. } => None,
    });
    let all = counts.chain(people).max().unwrap_or(1);
    // "Almost all" is a bar only beside bars: of counts that stand under heads, or of shares that stand alone.
    let barred = section.rows.iter().flat_map(|row| &row.cells).any(|cell| match cell.value {
        Value::Count(_) => !cell.head.is_empty(),
        Value::Percent { .. } => cell.head.is_empty(),
        _ => false,
    });
    let heads = section.rows.first().map(|row| row.cells.iter().map(|cell| cell.head.clone()).collect());
    let heads: Vec<String> = heads.unwrap_or_default();
    let rows: Vec<Entry> =
        if quotes { Vec::new() } else { section.rows.iter().flat_map(|row| lines(row, all, barred)).collect() };
    Table {
        title: section.title.clone(),
        chart: drawn(nth, section, &heads, &rows),
        tall: rows.len() > TALL,
        heads,
        rows,
        quotes: if quotes { section.rows.iter().map(Row::in_words).collect() } else { Vec::new() },
    }
}

/// From how many rows on a chart counts as tall.
const TALL: usize = 8;

/// How many columns of a table are counts, and drawn: how many began with something, and how many came to its end.
const COUNTED: usize = 2;

/// The table as bars, if any figure in it has one. A chart that fails leaves its table.
fn drawn(nth: usize, section: &Section, heads: &[String], rows: &[Entry]) -> Option<String> {
    if !rows.iter().flat_map(|row| &row.cells).any(|figure| figure.bar.is_some()) {
        return None;
    }
    let words = |figure: &Figure, head: Option<&String>| match head.filter(|head| !head.is_empty()) {
        Some(head) => format!("{} {head}", figure.words),
        None => figure.words.clone(),
    };
    let lines: Vec<chart::Line<'_>> = rows
        .iter()
        .map(|row| {
            let bar = |figure: &Figure| figure.bar.as_ref().map(|bar| (bar.value, bar.of));
            // What is behind the counts stands in the table alone.
            let bars = (0..)
                .zip(row.cells.iter().take(COUNTED))
                .map(|(at, figure)| (bar(figure), words(figure, heads.get(at))))
                .collect();
            chart::Line { label: &row.label, bars }
        })
        .collect();
    chart::bars(&format!("chart-{nth}"), &section.title, &lines).ok()
}

/// A row as it stands in a table; a question takes one more for each of its answers.
fn lines(row: &Row, all: u32, barred: bool) -> Vec<Entry> {
    if let [only] = row.cells.as_slice()
        && let Value::Shares { shares, .. } = &only.value
    {
        let question = Entry { label: row.label.clone(), cells: Vec::new() };
        let answers = shares.iter().map(|(option, share)| Entry {
            label: option.clone(),
            cells: vec![Figure { words: format!("{share} %"), bar: Some(Bar { value: *share, of: 100 }) }],
        });
        return std::iter::once(question).chain(answers).collect();
    }
    let cells = row.cells.iter().map(|cell| Figure {
        words: cell.value.in_words(),
        // Only what stands under one head is of one kind, and can be compared.
        bar: match cell.value {
            Value::Count(value) if !cell.head.is_empty() => Some(Bar { value, of: all }),
            Value::Percent { share, .. } if cell.head.is_empty() => Some(Bar { value: share, of: 100 }),
            Value::AlmostAll(_) if barred => Some(Bar { value: 1, of: 1 }),
            Value::Count(_)
            | Value::AlmostAll(_)
            | Value::Percent { .. }
            | Value::Net { .. }
            | Value::Words(_)
            | Value::Nothing
            | Value::Shares { .. } => None,
        },
    });
    vec![Entry { label: row.label.clone(), cells: cells.collect() }]
}
