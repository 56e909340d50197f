//! The words of a report: from figures to sections and rows in one language.
//!
//! Owns: wording and order. Does not know what a report is written as.

use chrono::{Datelike, NaiveDate};

use super::super::App;
use super::{Cell, Row, Section, Value};
use crate::domain::lang::Lang;
use crate::domain::message::{Arg, Line, say};
use crate::domain::record::Shortfall;
use crate::domain::report::{FLOOR, Figures, HoursFigures, Part, Spread};
use crate::domain::tandem::Round;

pub struct Wording<'a> {
    pub app: &'a App,
    pub lang: &'a Lang,
    pub round: &'a Round,
}

impl Wording<'_> {
    /// What it is a report of, and of which day.
    pub fn subtitle(&self, day: NaiveDate) -> String {
        let programme = self.app.library().programme_title(&self.round.programme, self.lang);
        let year = Arg::Text(day.year().to_string());
        self.say(say("report-subtitle").with("programme", Arg::Text(programme)).with("day", day).with("year", year))
    }

    pub fn people(&self, figures: &Figures) -> Section {
        let row = |label, count: Option<u32>| {
            let value = count.map_or_else(|| self.too_few(), Value::Count);
            Row { label: self.say(label), cells: vec![alone(value)] }
        };
        let rows =
            vec![row(say("report-people-count"), figures.people), row(say("report-tandem-count"), figures.tandems)];
        Section { title: self.say(say("report-people")), rows }
    }

    pub fn progress(&self, figures: &Figures) -> Section {
        let (opened, finished) = (self.say(say("report-opened")), self.say(say("report-finished")));
        let rows = figures.lessons.iter().map(|lesson| Row {
            label: self.app.library().lesson_title(&self.round.programme, &lesson.module, &lesson.lesson, self.lang),
            cells: vec![
                Cell { head: opened.clone(), value: self.part(lesson.opened) },
                Cell { head: finished.clone(), value: self.part(lesson.finished) },
            ],
        });
        self.section(say("report-progress"), rows.collect())
    }

    /// How the newest settled week stood, and whether promises hold; never a single tandem.
    pub fn hours(&self, figures: &HoursFigures) -> Section {
        let row = |label, part| Row { label: self.say(label), cells: vec![alone(self.part(part))] };
        let mut rows = Vec::new();
        if let Some(hours) = &figures.week {
            let label = say("report-hours-week").with("week", i64::from(hours.week.number()));
            rows.push(row(label, hours.reached));
            rows.extend(hours.missing.iter().filter(|(_, part)| *part != Part::Hidden).map(|(why, part)| {
                let label = match why {
                    Shortfall::NotReleased => say("report-not-released"),
                    Shortfall::NotNeeded => say("report-not-needed"),
                    Shortfall::Away => say("report-were-away"),
                };
                row(label, *part)
            }));
        }
        if figures.withdrawn != Part::Hidden {
            rows.push(row(say("report-withdrawn"), figures.withdrawn));
        }
        self.section(say("report-hours"), rows)
    }

    pub fn covers(&self, figures: &Figures) -> Section {
        let row = |label, part| Row { label: self.say(label), cells: vec![alone(self.part(part))] };
        let rows = figures.covers.map(|covers| {
            vec![
                row(say("report-covers-asked"), covers.asked),
                row(say("report-covers-accepted"), covers.accepted),
                row(say("report-covers-open"), covers.open),
            ]
        });
        self.section(say("report-covers"), rows.unwrap_or_default())
    }

    pub fn ratings(&self, figures: &Figures) -> Section {
        let (library, programme) = (self.app.library(), &self.round.programme);
        let rows = figures.ratings.iter().map(|rating| {
            let option =
                |option: &str| library.question_option(programme, &rating.module, &rating.question, option, self.lang);
            let value = match &rating.spread {
                Spread::AlmostAll(most) => {
                    Value::Words(self.say(say("report-almost-all-chose").with("option", Arg::Text(option(most)))))
                }
                Spread::Shares(shares) => {
                    self.shares(shares.iter().map(|(name, share)| (option(name), *share)).collect())
                }
            };
            let label = library.question_title(programme, &rating.module, &rating.question, self.lang);
            Row { label, cells: vec![alone(value)] }
        });
        self.section(say("report-feedback"), rows.collect())
    }

    pub fn sentences(&self, figures: &Figures) -> Vec<Section> {
        let (library, programme) = (self.app.library(), &self.round.programme);
        let sections = figures.sentences.iter().map(|written| Section {
            title: library.question_title(programme, &written.module, &written.question, self.lang),
            rows: written
                .texts
                .iter()
                .map(|text| Row { label: "–".to_owned(), cells: vec![alone(Value::Words(text.clone()))] })
                .collect(),
        });
        sections.collect()
    }

    fn shares(&self, shares: Vec<(String, u32)>) -> Value {
        let parts = shares.iter().map(|(option, share)| {
            say("report-share").with("option", Arg::Text(option.clone())).with("share", i64::from(*share))
        });
        let words = self.say(say("report-shares").with("shares", Arg::List(parts.collect())));
        Value::Shares { shares, words }
    }

    fn section(&self, title: Line, mut rows: Vec<Row>) -> Section {
        if rows.is_empty() {
            rows.push(Row { label: self.say(say("report-nothing-yet")), cells: vec![alone(self.too_few())] });
        }
        Section { title: self.say(title), rows }
    }

    fn part(&self, part: Part) -> Value {
        match part {
            Part::Hidden => Value::Words(self.say(say("report-hidden"))),
            Part::AlmostAll => Value::Words(self.say(say("report-almost-all"))),
            Part::Count(count) => Value::Count(count),
        }
    }

    fn too_few(&self) -> Value {
        Value::Words(self.say(say("report-too-few").with("floor", i64::from(FLOOR))))
    }

    fn say(&self, line: Line) -> String {
        self.app.words().plain(self.lang, &line)
    }
}

fn alone(value: Value) -> Cell {
    Cell { head: String::new(), value }
}
