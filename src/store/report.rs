//! The only reader of answers, ratings and milestones for trainers.
//!
//! **The floor is in the queries:** what rests upon fewer than five people or tandems does not leave the
//! database, nor does what would give away the few who are the rest. Nothing here names a person, a
//! tandem or an organisation, or says when.

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use sqlx::FromRow;

use super::rekey::RATING_SENTENCE;
use super::sets::args;
use super::sql::Sql;
use super::{Result, StoreError, Tx, codec};
use crate::domain::calendar::Week;
use crate::domain::effect::Milestone;
use crate::domain::ids::RoundId;
use crate::domain::record::Shortfall;
use crate::domain::report::{
    ALMOST_ALL, CoverFigure, FLOOR, Figures, HoursFigures, LessonFigure, Part, RatingFigure, RoundLine, Sentences,
    Spread, WeekFigure,
};

pub(super) const ALL: &[&Sql] =
    &[&ENROLLED, &LESSONS, &RATINGS, &SENTENCES, &COVER_COUNTS, &HOURS, &PROMISES, &ROUND_IDS, &ROUND_LINE];

#[derive(FromRow)]
struct EnrolledRow {
    people: Option<i64>,
    tandems: Option<i64>,
}

const ENROLLED: Sql = Sql {
    question: "how many take part in a round, from five on",
    text: "SELECT CASE WHEN people >= $2 THEN people END AS people, CASE WHEN tandems >= $2 THEN tandems END AS tandems
        FROM (SELECT COUNT(DISTINCT seat.person_id) AS people, COUNT(DISTINCT tandem.id) AS tandems
            FROM tandem JOIN seat ON seat.tandem_id = tandem.id WHERE tandem.round_id = $1) AS counted",
};

#[derive(FromRow)]
struct LessonRow {
    module: String,
    lesson: String,
    what: String,
    /// Missing: almost all.
    shown: Option<i64>,
}

/// A count is shown where both it and the rest are five or more; where the rest are fewer, only that it is
/// almost all, and only from 80 % on.
const LESSONS: Sql = Sql {
    question: "how many opened and finished each lesson of a round, from five on",
    text: "WITH enrolled(people) AS (
            SELECT COUNT(DISTINCT seat.person_id)
            FROM tandem JOIN seat ON seat.tandem_id = tandem.id WHERE tandem.round_id = $1)
        SELECT counted.module, counted.lesson, counted.what,
            CASE WHEN enrolled.people - counted.done >= $2 THEN counted.done END AS shown
        FROM enrolled, (SELECT module, lesson, what, COUNT(DISTINCT person_id) AS done FROM milestone
            WHERE round_id = $1 GROUP BY module, lesson, what HAVING COUNT(DISTINCT person_id) >= $2) AS counted
        WHERE enrolled.people - counted.done >= $2 OR counted.done * 100 >= enrolled.people * $3
        ORDER BY counted.module, counted.lesson",
};

#[derive(FromRow)]
struct RatingRow {
    module: String,
    question: String,
    choice: String,
    /// Missing: almost all.
    percent: Option<i64>,
}

/// Where one option has 80 % or more, only that option answers, without a number. Otherwise options are shown
/// from the most chosen down, as long as five chose each and what is left out is nothing or five again: so
/// nobody is found in an option, nor in the rest.
const RATINGS: Sql = Sql {
    question: "how each question of a round was answered, from five on",
    text: "WITH counted(module, question, choice, given, people, most, behind) AS (
            SELECT module, question, choice, given,
                CAST(SUM(given) OVER (PARTITION BY module, question) AS BIGINT),
                MAX(given) OVER (PARTITION BY module, question),
                CAST(COALESCE(SUM(given) OVER (PARTITION BY module, question ORDER BY given DESC, choice
                    ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING), 0) AS BIGINT)
            FROM (SELECT module, question, choice, COUNT(DISTINCT person_id) AS given FROM rating
                WHERE round_id = $1 AND choice IS NOT NULL GROUP BY module, question, choice) AS chosen),
        asked(module, question, least) AS (
            SELECT module, question,
                MIN(CASE WHEN given >= $2 AND (behind = 0 OR behind >= $2) THEN given END) FROM counted
            WHERE people >= $2 GROUP BY module, question)
        SELECT counted.module, counted.question, counted.choice,
            CASE WHEN counted.most * 100 < counted.people * $3
                THEN (counted.given * 20 + counted.people / 2) / counted.people * 5 END AS percent
        FROM counted JOIN asked ON asked.module = counted.module AND asked.question = counted.question
        WHERE (counted.most * 100 < counted.people * $3 AND counted.given > asked.least)
            OR (counted.most * 100 < counted.people * $3 AND counted.given = asked.least
                AND (counted.behind = 0 OR counted.behind >= $2))
            OR (counted.most * 100 >= counted.people * $3 AND counted.given = counted.most)
        ORDER BY counted.module, counted.question, counted.choice",
};

const SENTENCES: Sql = Sql {
    question: "what was written to each question of a round, from five on",
    text: "SELECT rating.module, rating.question, rating.sentence FROM rating
        JOIN (SELECT module, question FROM rating WHERE round_id = $1 AND sentence IS NOT NULL
            GROUP BY module, question HAVING COUNT(DISTINCT person_id) >= $2) AS asked
            ON asked.module = rating.module AND asked.question = rating.question
        WHERE rating.round_id = $1 AND rating.sentence IS NOT NULL",
};

#[derive(FromRow)]
struct CoverRow {
    /// Missing: hidden; below zero: almost all.
    asked: Option<i64>,
    accepted: Option<i64>,
    open: Option<i64>,
}

/// Counted are tandems, so that one with many absences weighs no more than another. A tandem whose cover was
/// found once and once not counts on both sides; a side is shown only where the tandems outside it are five.
const COVER_COUNTS: Sql = Sql {
    question: "in how many tandems of a round cover was asked for, found and not found, from five on",
    text: "WITH tally(there, asked, accepted, open) AS (
            SELECT COUNT(DISTINCT tandem.id), COUNT(DISTINCT cover.tandem_id),
                COUNT(DISTINCT CASE WHEN cover.phase IN ('accepted', 'done') THEN cover.tandem_id END),
                COUNT(DISTINCT CASE WHEN cover.phase IN ('declined', 'unanswered', 'conflict', 'left_open')
                    THEN cover.tandem_id END)
            FROM tandem LEFT JOIN cover ON cover.tandem_id = tandem.id AND cover.phase <> 'cancelled'
            WHERE tandem.round_id = $1 AND tandem.phase = 'running')
        SELECT CASE WHEN there = asked OR there - asked >= $2 THEN asked
                WHEN asked * 100 >= there * $3 THEN -1 END AS asked,
            CASE WHEN accepted < $2 THEN NULL WHEN asked - accepted >= $2 THEN accepted
                WHEN accepted * 100 >= asked * $3 THEN -1 END AS accepted,
            CASE WHEN open < $2 THEN NULL WHEN asked - open >= $2 THEN open
                WHEN open * 100 >= asked * $3 THEN -1 END AS open
        FROM tally WHERE asked >= $2",
};

#[derive(FromRow)]
struct HoursRow {
    week: String,
    /// Missing: hidden; below zero: almost all.
    reached: Option<i64>,
    not_released: Option<i64>,
    not_needed: Option<i64>,
    away: Option<i64>,
}

/// The newest week that was settled for five tandems with a target; how it stood when it was settled, and why hours
/// were missing. A side is shown only where the tandems outside it are five or none.
const HOURS: Sql = Sql {
    question: "in how many tandems of a round the agreed hours were reached in its newest settled week, and why not, from five on",
    text: "WITH picked(week) AS (
            SELECT MAX(counted.week) FROM (SELECT week_close.week AS week
                FROM tandem JOIN week_close ON week_close.tandem_id = tandem.id
                WHERE tandem.round_id = $1 AND week_close.week >= $4 AND week_close.target IS NOT NULL
                GROUP BY week_close.week HAVING COUNT(*) >= $2) AS counted),
        tally(week, measured, reached, not_released, not_needed, away) AS (
            SELECT picked.week, COUNT(*),
                COUNT(CASE WHEN week_close.minutes >= week_close.target THEN 1 END),
                COUNT(CASE WHEN shortfall.why = 'not_released' THEN 1 END),
                COUNT(CASE WHEN shortfall.why = 'not_needed' THEN 1 END),
                COUNT(CASE WHEN shortfall.why = 'away' THEN 1 END)
            FROM picked JOIN tandem ON tandem.round_id = $1
            JOIN week_close ON week_close.tandem_id = tandem.id AND week_close.week = picked.week
                AND week_close.target IS NOT NULL
            LEFT JOIN shortfall ON shortfall.tandem_id = tandem.id AND shortfall.week = picked.week
                AND week_close.minutes < week_close.target
            GROUP BY picked.week)
        SELECT week,
            CASE WHEN reached < $2 THEN NULL WHEN measured - reached >= $2 THEN reached
                WHEN reached * 100 >= measured * $3 THEN -1 END AS reached,
            CASE WHEN not_released < $2 THEN NULL WHEN measured - not_released >= $2 THEN not_released
                WHEN not_released * 100 >= measured * $3 THEN -1 END AS not_released,
            CASE WHEN not_needed < $2 THEN NULL WHEN measured - not_needed >= $2 THEN not_needed
                WHEN not_needed * 100 >= measured * $3 THEN -1 END AS not_needed,
            CASE WHEN away < $2 THEN NULL WHEN measured - away >= $2 THEN away
                WHEN away * 100 >= measured * $3 THEN -1 END AS away
        FROM tally WHERE measured >= $2",
};

const PROMISES: Sql = Sql {
    question: "in how many tandems of a round the promise of hours does not hold any more, from five on",
    text: "WITH tally(there, withdrawn) AS (
            SELECT COUNT(*), COUNT(CASE WHEN promise = 'withdrawn' THEN 1 END)
            FROM tandem WHERE round_id = $1 AND phase = 'running')
        SELECT CASE WHEN withdrawn < $2 THEN NULL WHEN there - withdrawn >= $2 THEN withdrawn
                WHEN withdrawn * 100 >= there * $3 THEN -1 END AS withdrawn
        FROM tally WHERE there >= $2",
};

const ROUND_IDS: Sql =
    Sql { question: "all rounds, newest first", text: "SELECT id FROM round ORDER BY made DESC, id" };

#[derive(FromRow)]
struct LineRow {
    id: String,
    name: String,
    programme: String,
    start: String,
    phase: String,
    people: i64,
    tandems: i64,
    entries: i64,
    delivered: i64,
    answers: i64,
}

const ROUND_LINE: Sql = Sql {
    question: "a round in a list, for whoever runs the program",
    text: "SELECT round.id, round.name, round.programme, round.start, round.phase,
            (SELECT COUNT(DISTINCT seat.person_id) FROM tandem JOIN seat ON seat.tandem_id = tandem.id
                WHERE tandem.round_id = round.id) AS people,
            (SELECT COUNT(*) FROM tandem WHERE tandem.round_id = round.id) AS tandems,
            (SELECT COUNT(*) FROM tandem JOIN entry ON entry.tandem_id = tandem.id
                WHERE tandem.round_id = round.id) AS entries,
            (SELECT COUNT(*) FROM outbox WHERE outbox.kind = 'lesson' AND outbox.state = 'sent'
                AND outbox.person_id IN (SELECT seat.person_id FROM tandem JOIN seat ON seat.tandem_id = tandem.id
                    WHERE tandem.round_id = round.id)) AS delivered,
            (SELECT COUNT(*) FROM answer WHERE answer.round_id = round.id) AS answers
        FROM round WHERE round.id = $1",
};

impl Tx {
    /// What a trainer may see of a round beside its hours, as far as there are enough people behind it.
    pub async fn figures(&mut self, round: &RoundId) -> Result<Figures> {
        let enrolled: Option<EnrolledRow> = self.row(&ENROLLED, args![round, FLOOR]).await?;
        let enrolled = enrolled.unwrap_or(EnrolledRow { people: None, tandems: None });
        Ok(Figures {
            people: enrolled.people.map(codec::count).transpose()?,
            tandems: enrolled.tandems.map(codec::count).transpose()?,
            lessons: self.lesson_figures(round).await?,
            ratings: self.rating_figures(round).await?,
            sentences: self.sentences(round).await?,
            covers: self.cover_figure(round).await?,
        })
    }

    /// All rounds with their counts, newest first: for whoever runs the program, not for trainers.
    pub async fn round_lines(&mut self) -> Result<Vec<RoundLine>> {
        let ids: Vec<(String,)> = self.rows(&ROUND_IDS, args![]).await?;
        let mut lines = Vec::with_capacity(ids.len());
        for (id,) in ids {
            lines.extend(self.round_line(&id.into()).await?);
        }
        Ok(lines)
    }

    /// A round with its counts: for whoever runs the program, not for trainers.
    pub async fn round_line(&mut self, round: &RoundId) -> Result<Option<RoundLine>> {
        let row: Option<LineRow> = self.row(&ROUND_LINE, args![round]).await?;
        row.map(LineRow::read).transpose()
    }

    async fn lesson_figures(&mut self, round: &RoundId) -> Result<Vec<LessonFigure>> {
        let rows: Vec<LessonRow> = self.rows(&LESSONS, args![round, FLOOR, ALMOST_ALL]).await?;
        let mut figures: Vec<LessonFigure> = Vec::new();
        for row in rows {
            let part = match row.shown {
                Some(count) => Part::Count(codec::count(count)?),
                None => Part::AlmostAll,
            };
            let same = |last: &&mut LessonFigure| last.module == row.module && last.lesson == row.lesson;
            if figures.last_mut().filter(same).is_none() {
                let (module, lesson) = (row.module.clone(), row.lesson.clone());
                figures.push(LessonFigure { module, lesson, opened: Part::Hidden, finished: Part::Hidden });
            }
            if let Some(figure) = figures.last_mut() {
                match row.what.as_str() {
                    code if code == Milestone::Opened.code() => figure.opened = part,
                    code if code == Milestone::Finished.code() => figure.finished = part,
                    _ => {}
                }
            }
        }
        Ok(figures)
    }

    async fn rating_figures(&mut self, round: &RoundId) -> Result<Vec<RatingFigure>> {
        let rows: Vec<RatingRow> = self.rows(&RATINGS, args![round, FLOOR, ALMOST_ALL]).await?;
        let mut figures: Vec<RatingFigure> = Vec::new();
        for row in rows {
            let Some(percent) = row.percent.map(codec::count).transpose()? else {
                let spread = Spread::AlmostAll(row.choice);
                figures.push(RatingFigure { module: row.module, question: row.question, spread });
                continue;
            };
            match figures.last_mut() {
                Some(RatingFigure { module, question, spread: Spread::Shares(shares) })
                    if *module == row.module && *question == row.question =>
                {
                    shares.push((row.choice, percent));
                }
                _ => {
                    let spread = Spread::Shares(vec![(row.choice, percent)]);
                    figures.push(RatingFigure { module: row.module, question: row.question, spread });
                }
            }
        }
        Ok(figures)
    }

    /// In the order of their hashes, which says nothing about who wrote and when.
    async fn sentences(&mut self, round: &RoundId) -> Result<Vec<Sentences>> {
        let mut rows: Vec<(String, String, String)> = self.rows(&SENTENCES, args![round, FLOOR]).await?;
        for (module, question, text) in &mut rows {
            *text = self.vault.open(RATING_SENTENCE.at(&[round.as_str(), module, question]), text)?;
        }
        rows.sort_by_cached_key(|(module, question, text)| {
            let shuffled: [u8; 32] = Sha256::digest(format!("{round} {text}")).into();
            (module.clone(), question.clone(), shuffled)
        });
        let mut all: Vec<Sentences> = Vec::new();
        for (module, question, text) in rows {
            match all.last_mut() {
                Some(last) if last.module == module && last.question == question => last.texts.push(text),
                _ => all.push(Sentences { module, question, texts: vec![text] }),
            }
        }
        Ok(all)
    }

    async fn cover_figure(&mut self, round: &RoundId) -> Result<Option<CoverFigure>> {
        let row: Option<CoverRow> = self.row(&COVER_COUNTS, args![round, FLOOR, ALMOST_ALL]).await?;
        row.map(|row| Ok(CoverFigure { asked: part(row.asked)?, accepted: part(row.accepted)?, open: part(row.open)? }))
            .transpose()
    }

    /// What a trainer may see of a round's hours: its newest settled week, if there is one since this day, and whether
    /// promises hold.
    pub async fn hours_figures(&mut self, round: &RoundId, since: NaiveDate) -> Result<HoursFigures> {
        Ok(HoursFigures { week: self.settled_week(round, since).await?, withdrawn: self.withdrawn(round).await? })
    }

    async fn settled_week(&mut self, round: &RoundId, since: NaiveDate) -> Result<Option<WeekFigure>> {
        let row: Option<HoursRow> = self.row(&HOURS, args![round, FLOOR, ALMOST_ALL, since]).await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(WeekFigure {
            week: Week::of(codec::day(&row.week)?),
            reached: part(row.reached)?,
            missing: vec![
                (Shortfall::NotReleased, part(row.not_released)?),
                (Shortfall::NotNeeded, part(row.not_needed)?),
                (Shortfall::Away, part(row.away)?),
            ],
        }))
    }

    async fn withdrawn(&mut self, round: &RoundId) -> Result<Part> {
        let row: Option<(Option<i64>,)> = self.row(&PROMISES, args![round, FLOOR, ALMOST_ALL]).await?;
        part(row.and_then(|(withdrawn,)| withdrawn))
    }
}

/// A figure as the queries answer it: missing is hidden, below zero is almost all.
fn part(shown: Option<i64>) -> Result<Part> {
    match shown {
        None => Ok(Part::Hidden),
        Some(..0) => Ok(Part::AlmostAll),
        Some(count) => codec::count(count).map(Part::Count),
    }
}

impl LineRow {
    fn read(self) -> Result<RoundLine> {
        let many = |number: i64| u64::try_from(number).map_err(|_| StoreError::Unreadable("number"));
        Ok(RoundLine {
            start: codec::day(&self.start)?,
            people: many(self.people)?,
            tandems: many(self.tandems)?,
            entries: many(self.entries)?,
            delivered: many(self.delivered)?,
            answers: many(self.answers)?,
            id: self.id,
            name: self.name,
            programme: self.programme,
            state: self.phase,
        })
    }
}
