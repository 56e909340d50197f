//! The words of a report: from figures to sections and rows in one language.
//!
//! Owns: wording and order. Does not know what a report is written as.

use chrono::{Datelike, NaiveDate};

use super::super::App;
use super::{Cell, Row, Section, Value};
use crate::domain::lang::Lang;
use crate::domain::message::{Arg, Line, say};
use crate::domain::programme::When;
use crate::domain::record::Shortfall;
use crate::domain::report::{Edition, FLOOR, Figures, Part, RatingFigure, Share, Spread, StepFigure, Telling};
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

    pub fn people(&self, figures: &Edition) -> Section {
        let row = |label, count: Option<u32>| {
            let value = count.map_or_else(|| self.too_few(), Value::Count);
            Row { label: self.say(label), cells: vec![alone(value)] }
        };
        let rows =
            vec![row(say("report-people-count"), figures.people), row(say("report-tandem-count"), figures.tandems)];
        Section { title: self.say(say("report-people")), rows }
    }

    pub fn progress(&self, figures: &Edition) -> Section {
        let (opened, finished) = (self.say(say("report-opened")), self.say(say("report-finished")));
        let shown = |part: Part| part != Part::Hidden;
        let lessons = figures.lessons.iter().filter(|lesson| shown(lesson.opened) || shown(lesson.finished));
        let rows = lessons.map(|lesson| Row {
            label: self.app.library().lesson_title(&self.round.programme, &lesson.module, &lesson.lesson, self.lang),
            cells: vec![
                Cell { head: opened.clone(), value: self.part(lesson.opened) },
                Cell { head: finished.clone(), value: self.part(lesson.finished) },
            ],
        });
        self.section(say("report-progress"), rows.collect())
    }

    /// How the exercises went, in modules whose questionnaire has closed; those that enough people dealt with.
    pub fn exercises(&self, figures: &Figures) -> Section {
        let steps = figures.exercises.iter().flat_map(|module| module.steps.iter().map(|step| (&module.module, step)));
        let rows = steps.filter(|(_, step)| step.dealt != Part::Hidden).map(|(module, step)| Row {
            label: self.app.library().step_title(&self.round.programme, module, &step.step, self.lang),
            cells: self.exercise(module, step),
        });
        self.section(say("report-exercises"), rows.collect())
    }

    fn exercise(&self, module: &str, step: &StepFigure) -> Vec<Cell> {
        let cell = |head: &'static str, value: Value| Cell { head: self.say(say(head)), value };
        let words = |line| Value::Words(self.say(line));
        let right = match step.right {
            Share::Hidden => None,
            Share::Percent(share) => Some(words(say("report-percent").with("share", i64::from(share)))),
            Share::AlmostAll => Some(words(say("report-almost-all"))),
            Share::AlmostNobody => Some(words(say("report-almost-nobody"))),
        };
        let trap = step.trap.as_ref().map(|option| {
            let option = self.app.library().answer_title(&self.round.programme, module, &step.step, option, self.lang);
            Value::Words(option)
        });
        let telling = match step.telling {
            Telling::Hidden => None,
            Telling::Well => Some(words(say("report-tells-well"))),
            Telling::Hardly => Some(words(say("report-tells-hardly"))),
            Telling::Reversed => Some(words(say("report-tells-reversed"))),
        };
        let unfit = (step.unfit != Part::Hidden).then(|| self.part(step.unfit));
        let optional =
            [("report-right", right), ("report-trap", trap), ("report-telling", telling), ("report-unfit", unfit)];
        let first = cell("report-dealt", self.part(step.dealt));
        let rest = optional.into_iter().filter_map(|(head, value)| value.map(|value| cell(head, value)));
        std::iter::once(first).chain(rest).collect()
    }

    /// How the newest settled week stood, and whether promises hold; never a single tandem.
    pub fn hours(&self, figures: &Edition) -> Section {
        let row = |label, part| Row { label: self.say(label), cells: vec![alone(self.part(part))] };
        let mut rows = Vec::new();
        if let Some(hours) = figures.weeks.last() {
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
        if figures.fewer != Part::Hidden {
            rows.push(row(say("report-fewer"), figures.fewer));
        }
        self.section(say("report-hours"), rows)
    }

    pub fn covers(&self, figures: &Edition) -> Section {
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

    /// What was asked at the start of the course and at its end, side by side, once both can be shown.
    pub fn before_and_after(&self, figures: &Figures) -> Option<Section> {
        let of = |when: When, question: &str| {
            let asked = |rating: &&RatingFigure| rating.module == when.code() && rating.question == question;
            figures.ratings.iter().find(asked)
        };
        let pairs = figures.ratings.iter().filter(|rating| rating.module == When::Start.code());
        let rows: Vec<Row> = pairs
            .filter_map(|before| {
                let after = of(When::End, &before.question)?;
                let cell = |head: &'static str, rating| {
                    let value = Value::Words(self.rating(rating).in_words());
                    Cell { head: self.say(say(head)), value }
                };
                let (programme, module) = (&self.round.programme, &before.module);
                let label = self.app.library().question_title(programme, module, &before.question, self.lang);
                Some(Row { label, cells: vec![cell("report-before", before), cell("report-after", after)] })
            })
            .collect();
        (!rows.is_empty()).then(|| Section { title: self.say(say("report-before-after")), rows })
    }

    pub(super) fn rating(&self, rating: &RatingFigure) -> Value {
        let (library, programme) = (&self.app.library(), &self.round.programme);
        let option =
            |option: &str| library.question_option(programme, &rating.module, &rating.question, option, self.lang);
        match &rating.spread {
            Spread::AlmostAll(most) => {
                Value::Words(self.say(say("report-almost-all-chose").with("option", Arg::Text(option(most)))))
            }
            Spread::Shares(shares) => self.shares(shares.iter().map(|(name, share)| (option(name), *share)).collect()),
        }
    }

    pub fn ratings(&self, figures: &Figures) -> Section {
        let (library, programme) = (self.app.library(), &self.round.programme);
        let rows = figures.ratings.iter().map(|rating| {
            let label = library.question_title(programme, &rating.module, &rating.question, self.lang);
            Row { label, cells: vec![alone(self.rating(rating))] }
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

    pub(super) fn say(&self, line: Line) -> String {
        self.app.words().plain(self.lang, &line)
    }
}

fn alone(value: Value) -> Cell {
    Cell { head: String::new(), value }
}
