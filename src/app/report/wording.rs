//! The words of a report: from figures to sections and rows in one language.
//!
//! Owns: wording and order. Does not know what a report is written as.

use chrono::{Datelike, NaiveDate};

use super::super::App;
use super::{Cell, Row, Section, Value};
use crate::domain::lang::Lang;
use crate::domain::message::{Arg, Line, say};
use crate::domain::programme::{Lesson, When};
use crate::domain::recommend::Lean;
use crate::domain::record::Shortfall;
use crate::domain::report::{
    Edition, FLOOR, Figures, Part, RatingFigure, Recommended, Share, Spread, StepFigure, Telling,
};
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
        let row = |label, value| Row { label: self.say(label), cells: vec![alone(value)] };
        let count = |count: Option<u32>| count.map_or_else(|| self.too_few(), Value::Count);
        let mut rows = vec![
            row(say("report-people-count"), count(figures.people)),
            row(say("report-tandem-count"), count(figures.tandems)),
        ];
        if figures.fewer != Part::Hidden {
            rows.push(row(say("report-fewer"), self.part(figures.fewer)));
        }
        self.titled(say("report-people"), rows)
    }

    /// How far people came, module by module: a module is reached with its first lesson and finished with its last.
    pub fn modules(&self, figures: &Edition) -> Option<Section> {
        let library = self.app.library();
        let programme = &library.programme(&self.round.programme)?.programme;
        let rows = programme.modules.iter().filter_map(|module| {
            let of = |lesson: &Lesson| {
                figures.lessons.iter().find(|figure| figure.module == module.id && figure.lesson == lesson.id)
            };
            let reached = module.lessons.first().and_then(of).map_or(Part::Hidden, |figure| figure.opened);
            let finished = module.lessons.last().and_then(of).map_or(Part::Hidden, |figure| figure.finished);
            let label = library.module_title(&self.round.programme, &module.id, self.lang);
            let cells = self.came(("report-reached", reached), ("report-finished", finished));
            (reached != Part::Hidden || finished != Part::Hidden).then_some(Row { label, cells })
        });
        let rows: Vec<Row> = rows.collect();
        (!rows.is_empty()).then(|| self.titled(say("report-modules"), rows))
    }

    pub fn progress(&self, figures: &Edition) -> Section {
        let shown = |part: Part| part != Part::Hidden;
        let lessons = figures.lessons.iter().filter(|lesson| shown(lesson.opened) || shown(lesson.finished));
        let rows = lessons.map(|lesson| Row {
            label: self.app.library().lesson_title(&self.round.programme, &lesson.module, &lesson.lesson, self.lang),
            cells: self.came(("report-opened", lesson.opened), ("report-finished", lesson.finished)),
        });
        self.section(say("report-progress"), rows.collect())
    }

    fn came(&self, one: (&'static str, Part), other: (&'static str, Part)) -> Vec<Cell> {
        [one, other].map(|(head, part)| Cell { head: self.say(say(head)), value: self.part(part) }).into()
    }

    /// How far people came step by step, and how the exercises went: a table for each module whose questionnaire has
    /// closed. A message has room for the newest only.
    pub fn exercises(&self, figures: &Figures) -> Vec<Section> {
        let tables = figures.exercises.iter().filter_map(|module| {
            let steps = module.steps.iter().filter(|step| step.reached != Part::Hidden || step.dealt != Part::Hidden);
            let mut rows: Vec<Row> = steps
                .map(|step| Row {
                    label: self.app.library().step_title(&self.round.programme, &module.module, &step.step, self.lang),
                    cells: self.exercise(&module.module, step),
                })
                .collect();
            only_filled(&mut rows);
            let title = self.app.library().module_title(&self.round.programme, &module.module, self.lang);
            let title = say("report-exercises").with("module", Arg::Text(title));
            (!rows.is_empty()).then(|| Section { brief: false, ..self.titled(title, rows) })
        });
        let mut tables: Vec<Section> = tables.collect();
        match tables.last_mut() {
            Some(newest) => newest.brief = true,
            None => tables.push(self.section(say("report-exercises-none"), Vec::new())),
        }
        tables
    }

    fn exercise(&self, module: &str, step: &StepFigure) -> Vec<Cell> {
        let words = |line| Value::Words(self.say(line));
        let trap = step.trap.as_ref().map(|option| {
            let option = self.app.library().answer_title(&self.round.programme, module, &step.step, option, self.lang);
            Value::Words(option)
        });
        let telling = match step.telling {
            Telling::Hidden => Value::Nothing,
            Telling::Well => words(say("report-tells-well")),
            Telling::Hardly => words(say("report-tells-hardly")),
            Telling::Reversed => words(say("report-tells-reversed")),
        };
        let unfit = if step.unfit == Part::Hidden { Value::Nothing } else { self.part(step.unfit) };
        let cells = [
            ("report-reached", self.part(step.reached)),
            ("report-dealt", self.part(step.dealt)),
            ("report-right", self.share(step.right).unwrap_or(Value::Nothing)),
            ("report-trap", trap.unwrap_or(Value::Nothing)),
            ("report-telling", telling),
            ("report-unfit", unfit),
        ];
        cells.map(|(head, value)| Cell { head: self.say(say(head)), value }).into()
    }

    /// In which share of the tandems hours were kept, week by week, why not in the newest settled one, and whether
    /// promises hold; never a single tandem.
    pub fn hours(&self, figures: &Edition) -> Section {
        let row = |label, value| Row { label: self.say(label), cells: vec![alone(value)] };
        let share = |share: Share| match share {
            Share::AlmostNobody => Some(Value::Words(self.say(say("report-almost-none")))),
            share => self.share(share),
        };
        let weeks = figures.weeks.iter().map(|week| {
            let label = say("report-hours-week").with("week", i64::from(week.week.number()));
            row(label, share(week.kept).unwrap_or_else(|| self.part(Part::Hidden)))
        });
        let mut rows: Vec<Row> = weeks.collect();
        for (why, share) in figures.weeks.last().iter().flat_map(|week| &week.reasons) {
            let label = match why {
                Shortfall::NotReleased => say("report-not-released"),
                Shortfall::NotNeeded => say("report-not-needed"),
                Shortfall::Away => say("report-were-away"),
            };
            // That hardly anybody named a reason says nothing about it: most who fell short name none.
            let value = self.share(*share).filter(|_| *share != Share::AlmostNobody);
            rows.extend(value.map(|value| row(label, value)));
        }
        if figures.withdrawn != Part::Hidden {
            rows.push(row(say("report-withdrawn"), self.part(figures.withdrawn)));
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
        let rows: Vec<Row> = pairs(figures)
            .map(|(before, after)| {
                let cell = |head: &'static str, rating| {
                    let value = Value::Words(self.rating(rating).in_words());
                    Cell { head: self.say(say(head)), value }
                };
                let (programme, module) = (&self.round.programme, &before.module);
                let label = self.app.library().question_title(programme, module, &before.question, self.lang);
                Row { label, cells: vec![cell("report-before", before), cell("report-after", after)] }
            })
            .collect();
        (!rows.is_empty()).then(|| self.titled(say("report-before-after"), rows))
    }

    pub(super) fn rating(&self, rating: &RatingFigure) -> Value {
        let (library, programme) = (self.app.library(), &self.round.programme);
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
        let title = |module: &str, question: &str| library.question_title(programme, module, question, self.lang);
        // What stands side by side elsewhere is not said again.
        let twice = |rating: &RatingFigure| pairs(figures).any(|(one, other)| one == rating || other == rating);
        let rows = figures.ratings.iter().filter(|rating| !twice(rating)).map(|rating| {
            let label = title(&rating.module, &rating.question);
            let when = When::ALL.into_iter().find(|when| when.code() == rating.module);
            let label = match when {
                Some(When::Start) => self.say(say("report-asked-before").with("question", Arg::Text(label))),
                Some(When::End | When::Later) | None => label,
            };
            Row { label, cells: vec![alone(self.rating(rating))] }
        });
        let recommended = figures.recommended.iter().map(|asked| {
            let label = title(&asked.module, &asked.question);
            Row { label, cells: vec![alone(self.net(asked))] }
        });
        self.section(say("report-feedback"), rows.chain(recommended).collect())
    }

    /// Whether people would recommend the course: a number from ten on, below that which way it leans.
    pub(super) fn net(&self, asked: &Recommended) -> Value {
        match (asked.score, asked.lean) {
            (Some(score), _) => {
                let words = self.say(say("report-net").with("score", i64::from(score)));
                Value::Net { score, words }
            }
            (None, Lean::For) => Value::Words(self.say(say("report-net-for"))),
            (None, Lean::Even) => Value::Words(self.say(say("report-net-even"))),
            (None, Lean::Against) => Value::Words(self.say(say("report-net-against"))),
        }
    }

    pub fn sentences(&self, figures: &Figures) -> Vec<Section> {
        let (library, programme) = (self.app.library(), &self.round.programme);
        let sections = figures.sentences.iter().map(|written| Section {
            title: library.question_title(programme, &written.module, &written.question, self.lang),
            brief: true,
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
        self.titled(title, rows)
    }

    pub(super) fn titled(&self, title: Line, rows: Vec<Row>) -> Section {
        Section { title: self.say(title), rows, brief: true }
    }

    /// A share; `None` where nothing may be said.
    pub(super) fn share(&self, share: Share) -> Option<Value> {
        match share {
            Share::Hidden => None,
            Share::Percent(share) => Some(self.percent(share)),
            Share::AlmostAll => Some(Value::AlmostAll(self.say(say("report-almost-all")))),
            Share::AlmostNobody => Some(Value::Words(self.say(say("report-almost-nobody")))),
        }
    }

    pub(super) fn percent(&self, share: u32) -> Value {
        Value::Percent { share, words: self.say(say("report-percent").with("share", i64::from(share))) }
    }

    fn part(&self, part: Part) -> Value {
        match part {
            Part::Hidden => Value::Words(self.say(say("report-hidden"))),
            Part::AlmostAll => Value::AlmostAll(self.say(say("report-almost-all"))),
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

/// Questions of the start of the course that were asked again at its end.
fn pairs(figures: &Figures) -> impl Iterator<Item = (&RatingFigure, &RatingFigure)> {
    let of = |when: When| figures.ratings.iter().filter(move |rating| rating.module == when.code());
    of(When::Start).filter_map(move |before| {
        let after = of(When::End).find(|after| after.question == before.question)?;
        Some((before, after))
    })
}

/// Leaves out columns in which no row says anything.
fn only_filled(rows: &mut [Row]) {
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let said = |column: usize, rows: &[Row]| rows.iter().any(|row| row.cells[column].value != Value::Nothing);
    for column in (0..columns).rev() {
        if !said(column, rows) {
            rows.iter_mut().for_each(|row| drop(row.cells.remove(column)));
        }
    }
}
