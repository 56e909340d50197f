//! What trainers may ever see: counted or copied once, and from then on apart from everybody it came from.
//!
//! Owns: the only statements that read raw answers, ratings, milestones, hours and covers for trainers. **The floor is
//! in these queries:** what rests upon fewer than five people or tandems does not get into a published row, nor does what
//! would give away the few who are the rest. `report` prints what is published and knows no other table.
//!
//! A questionnaire is published when it closes, once: what was answered to each question is copied under random ids, in
//! their order, without the person and without anything that joins two answers; in the same transaction all that people
//! answered is deleted. A question that fewer than five answered is not copied, so nothing of it is left.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use super::sealed::{OPINION_SENTENCE, RATING_SENTENCE};
use super::sets::{Arg, args};
use super::sql::Sql;
use super::{Result, StoreError, Tx, codec};
use crate::domain::calendar::Week;
use crate::domain::effect::Milestone;
use crate::domain::ids::{Ids, RoundId};
use crate::domain::programme::Module;
use crate::domain::recommend::Band;
use crate::domain::record::Shortfall;
use crate::domain::report::items::{Dealt, How, analyse};
use crate::domain::report::{
    ALMOST_ALL, CoverFigure, Edition, FLOOR, LessonFigure, ModuleFigure, Part, Share, WeekFigure, Whole,
};

pub(super) const ALL: &[&Sql] = &[
    &CLOSED,
    &KEEP_CLOSED,
    &ENOUGH,
    &KEEP_OPINIONS,
    &DROP_RATINGS_OF,
    &ENROLLED,
    &WHOLE,
    &LESSONS,
    &COVER_COUNTS,
    &HOURS,
    &PROMISES,
    &FEWER,
    &DEALT,
    &FIGURE,
    &KEEP_FIGURE,
    &OLD_RATINGS,
    &DROP_RATINGS,
    &OLD_SENTENCES,
    &DROP_SENTENCES,
    &OLD_OPINIONS,
    &DROP_OPINIONS,
    &OLD_FIGURES,
    &DROP_FIGURES,
];

/// Under which name the weekly figures are kept.
pub(super) const EDITION: &str = "edition";

/// Before a module's id: under which name the figures of its exercises are kept.
pub(super) const EXERCISES: &str = "exercises:";

const CLOSED: Sql = Sql {
    question: "which questionnaires of a round have closed, for this transaction",
    text: "SELECT closed FROM round WHERE id = $1 {pg: FOR UPDATE}",
};

const KEEP_CLOSED: Sql = Sql {
    question: "which questionnaires of a round have closed, to keep",
    text: "UPDATE round SET closed = $2 WHERE id = $1",
};

/// No person, no instant: neither can be copied by mistake.
const ENOUGH: Sql = Sql {
    question: "what was answered in a questionnaire, to questions that five answered",
    text: "SELECT rating.question, rating.choice, rating.sentence FROM rating
        JOIN (SELECT question FROM rating
            WHERE round_id = $1 AND module = $2 AND (choice IS NOT NULL OR sentence IS NOT NULL)
            GROUP BY question HAVING COUNT(DISTINCT person_id) >= $3) AS asked ON asked.question = rating.question
        WHERE rating.round_id = $1 AND rating.module = $2
            AND (rating.choice IS NOT NULL OR rating.sentence IS NOT NULL)",
};

const KEEP_OPINIONS: Sql = Sql {
    question: "opinions",
    text: "WITH v(id, question, choice, sentence) AS ({rows:4})
        INSERT INTO opinion (id, round_id, module, question, choice, sentence, closed)
        SELECT id, $1, $2, question, choice, sentence, $3 FROM v WHERE id IS NOT NULL",
};

const DROP_RATINGS_OF: Sql = Sql {
    question: "what people answered in a questionnaire that is closed, to destroy",
    text: "DELETE FROM rating WHERE round_id = $1 AND module = $2",
};

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

/// Never published: the whole, of which a part is said.
const WHOLE: Sql = Sql {
    question: "how many people sit in a round and how many of its tandems run",
    text: "SELECT COUNT(DISTINCT seat.person_id),
            COUNT(DISTINCT CASE WHEN tandem.phase = 'running' THEN tandem.id END)
        FROM tandem LEFT JOIN seat ON seat.tandem_id = tandem.id
        WHERE tandem.round_id = $1",
};

#[derive(FromRow)]
struct LessonRow {
    module: String,
    lesson: String,
    what: String,
    /// Missing: hidden; below zero: almost all.
    shown: Option<i64>,
}

/// In steps of five, so that two of them tell of no fewer when they are subtracted. From 80 % on, where the rest are fewer
/// than five, only that it is almost all; below that, where the rest are fewer than five, no more than leaves five. So a
/// figure that is seen never comes into being because somebody left. The whole ($4) does not shrink with them either.
const LESSONS: Sql = Sql {
    question: "how many opened and finished each lesson of a round, from five on",
    text: "SELECT counted.module, counted.lesson, counted.what,
            CASE WHEN $4 - counted.done >= $2 THEN counted.done / $2 * $2
                WHEN counted.done * 100 >= $4 * $3 THEN -1
                WHEN $4 >= $2 + $2 THEN ($4 - $2) / $2 * $2 END AS shown
        FROM (SELECT module, lesson, what, COUNT(DISTINCT person_id) AS done FROM milestone
            WHERE round_id = $1 AND what IN ('opened', 'finished')
            GROUP BY module, lesson, what HAVING COUNT(DISTINCT person_id) >= $2) AS counted
        ORDER BY counted.module, counted.lesson",
};

#[derive(FromRow)]
struct CoverRow {
    /// Missing: hidden; below zero: almost all.
    asked: Option<i64>,
    accepted: Option<i64>,
    open: Option<i64>,
}

/// Counted are tandems, so that one with many absences weighs no more than another. A tandem whose cover was
/// found once and once not counts on both sides. All are parts of the tandems that run, in steps of five.
const COVER_COUNTS: Sql = Sql {
    question: "in how many tandems of a round cover was asked for, found and not found, from five on",
    text: "WITH tally(asked, accepted, open) AS (
            SELECT COUNT(DISTINCT cover.tandem_id),
                COUNT(DISTINCT CASE WHEN cover.phase IN ('accepted', 'done') THEN cover.tandem_id END),
                COUNT(DISTINCT CASE WHEN cover.phase IN ('declined', 'unanswered', 'conflict', 'left_open')
                    THEN cover.tandem_id END)
            FROM tandem LEFT JOIN cover ON cover.tandem_id = tandem.id AND cover.phase <> 'cancelled'
            WHERE tandem.round_id = $1 AND tandem.phase = 'running')
        SELECT CASE WHEN asked < $2 THEN NULL WHEN $4 - asked >= $2 THEN asked / $2 * $2
                WHEN asked * 100 >= $4 * $3 THEN -1 WHEN $4 >= $2 + $2 THEN ($4 - $2) / $2 * $2 END AS asked,
            CASE WHEN accepted < $2 THEN NULL WHEN $4 - accepted >= $2 THEN accepted / $2 * $2
                WHEN accepted * 100 >= $4 * $3 THEN -1 WHEN $4 >= $2 + $2 THEN ($4 - $2) / $2 * $2 END AS accepted,
            CASE WHEN open < $2 THEN NULL WHEN $4 - open >= $2 THEN open / $2 * $2
                WHEN open * 100 >= $4 * $3 THEN -1 WHEN $4 >= $2 + $2 THEN ($4 - $2) / $2 * $2 END AS open
        FROM tally WHERE asked >= $2",
};

#[derive(FromRow)]
struct HoursRow {
    week: String,
    /// Missing: hidden; -1: almost all; -2: almost none; else in percent.
    kept: Option<i64>,
    not_released: Option<i64>,
    not_needed: Option<i64>,
    away: Option<i64>,
}

/// Weeks that were settled for five tandems with a target; how they stood when they were settled, and why hours were
/// missing. A share is given in percent, in steps of five, where five or more are on either side; else only from four
/// fifths on.
const HOURS: Sql = Sql {
    question: "in which share of a round's tandems the agreed hours were kept in its settled weeks, and why not, from five on",
    text: "WITH tally(week, measured, kept, not_released, not_needed, away) AS (
            SELECT week_close.week, COUNT(*),
                COUNT(CASE WHEN week_close.minutes >= week_close.target THEN 1 END),
                COUNT(CASE WHEN shortfall.why = 'not_released' THEN 1 END),
                COUNT(CASE WHEN shortfall.why = 'not_needed' THEN 1 END),
                COUNT(CASE WHEN shortfall.why = 'away' THEN 1 END)
            FROM tandem JOIN week_close ON week_close.tandem_id = tandem.id AND week_close.week >= $4
                AND week_close.target IS NOT NULL
            LEFT JOIN shortfall ON shortfall.tandem_id = tandem.id AND shortfall.week = week_close.week
                AND week_close.minutes < week_close.target
            WHERE tandem.round_id = $1 GROUP BY week_close.week)
        SELECT week,
            CASE WHEN kept * 100 >= measured * $3 THEN -1 WHEN (measured - kept) * 100 >= measured * $3 THEN -2
                WHEN kept >= $2 AND measured - kept >= $2 THEN (kept * 20 + measured / 2) / measured * 5 END AS kept,
            CASE WHEN not_released * 100 >= measured * $3 THEN -1
                WHEN (measured - not_released) * 100 >= measured * $3 THEN -2
                WHEN not_released >= $2 AND measured - not_released >= $2
                    THEN (not_released * 20 + measured / 2) / measured * 5 END AS not_released,
            CASE WHEN not_needed * 100 >= measured * $3 THEN -1
                WHEN (measured - not_needed) * 100 >= measured * $3 THEN -2
                WHEN not_needed >= $2 AND measured - not_needed >= $2
                    THEN (not_needed * 20 + measured / 2) / measured * 5 END AS not_needed,
            CASE WHEN away * 100 >= measured * $3 THEN -1 WHEN (measured - away) * 100 >= measured * $3 THEN -2
                WHEN away >= $2 AND measured - away >= $2 THEN (away * 20 + measured / 2) / measured * 5 END AS away
        FROM tally WHERE measured >= $2 ORDER BY week",
};

const PROMISES: Sql = Sql {
    question: "in how many tandems of a round the promise of hours does not hold any more, from five on",
    text: "WITH tally(withdrawn) AS (
            SELECT COUNT(CASE WHEN promise = 'withdrawn' THEN 1 END)
            FROM tandem WHERE round_id = $1 AND phase = 'running')
        SELECT CASE WHEN withdrawn < $2 THEN NULL WHEN $4 - withdrawn >= $2 THEN withdrawn / $2 * $2
                WHEN withdrawn * 100 >= $4 * $3 THEN -1 WHEN $4 >= $2 + $2 THEN ($4 - $2) / $2 * $2 END AS withdrawn
        FROM tally",
};

/// The two patterns are what `Prefs` is written down as.
const FEWER: Sql = Sql {
    question: "how many people of a round asked for fewer reminders or none, from five on",
    text: "WITH tally(fewer) AS (
            SELECT COUNT(DISTINCT CASE WHEN person.prefs LIKE $5 OR person.prefs LIKE $6 THEN person.id END)
            FROM tandem JOIN seat ON seat.tandem_id = tandem.id JOIN person ON person.id = seat.person_id
            WHERE tandem.round_id = $1)
        SELECT CASE WHEN fewer < $2 THEN NULL WHEN $4 - fewer >= $2 THEN fewer / $2 * $2
                WHEN fewer * 100 >= $4 * $3 THEN -1 WHEN $4 >= $2 + $2 THEN ($4 - $2) / $2 * $2 END AS fewer
        FROM tally",
};

/// How `Prefs` says that somebody wants fewer reminders, or none.
const WANTS_FEWER: [&str; 2] = ["%\"nudges\":\"fewer\"%", "%\"paused\":true%"];

#[derive(FromRow)]
struct DealtRow {
    person_id: String,
    step: String,
    outcome: String,
    chosen: Option<String>,
}

const DEALT: Sql = Sql {
    question: "how the steps of a module were dealt with, and who came to its lessons and cards, to count",
    text: "SELECT person_id, step, outcome, chosen FROM answer WHERE round_id = $1 AND module = $2
        UNION ALL
        SELECT person_id, lesson, what, NULL FROM milestone
        WHERE round_id = $1 AND module = $2 AND what IN ('opened', 'finished', 'read')
        ORDER BY 1",
};

const FIGURE: Sql = Sql {
    question: "a published figure of a round",
    text: "SELECT value FROM figure WHERE round_id = $1 AND what = $2",
};

const KEEP_FIGURE: Sql = Sql {
    question: "a figure of a round, to publish",
    text: "INSERT INTO figure (round_id, what, value, made) VALUES ($1, $2, $3, $4)
        ON CONFLICT (round_id, what) DO UPDATE SET value = excluded.value, made = excluded.made",
};

pub(super) const OLD_SENTENCES: Sql = Sql {
    question: "how many comments are too old",
    text: "SELECT COUNT(*) FROM opinion WHERE closed < $1 AND sentence IS NOT NULL",
};

pub(super) const DROP_SENTENCES: Sql = Sql {
    question: "comments that are too old, to drop",
    text: "DELETE FROM opinion WHERE closed < $1 AND sentence IS NOT NULL",
};

pub(super) const OLD_RATINGS: Sql = Sql {
    question: "how many answers of questionnaires have waited too long to be published",
    text: "SELECT COUNT(*) FROM rating WHERE made < $1",
};

pub(super) const DROP_RATINGS: Sql = Sql {
    question: "answers of questionnaires that have waited too long, to drop",
    text: "DELETE FROM rating WHERE made < $1",
};

pub(super) const OLD_OPINIONS: Sql =
    Sql { question: "how many opinions are too old", text: "SELECT COUNT(*) FROM opinion WHERE closed < $1" };

pub(super) const DROP_OPINIONS: Sql =
    Sql { question: "opinions that are too old, to drop", text: "DELETE FROM opinion WHERE closed < $1" };

pub(super) const OLD_FIGURES: Sql =
    Sql { question: "how many published figures are too old", text: "SELECT COUNT(*) FROM figure WHERE made < $1" };

pub(super) const DROP_FIGURES: Sql =
    Sql { question: "published figures that are too old, to drop", text: "DELETE FROM figure WHERE made < $1" };

impl Tx {
    /// Closes a questionnaire and publishes what was answered, once. False if it was closed already; then what may have
    /// come between is destroyed as well.
    pub async fn publish_survey(
        &mut self,
        round: &RoundId,
        module: &str,
        ids: &mut (dyn Ids + Send),
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let Some((closed,)) = self.row::<(Option<String>,)>(&CLOSED, args![round]).await? else { return Ok(false) };
        let mut closed: Vec<String> = match closed {
            Some(list) => codec::from_json(&list, "closed")?,
            None => Vec::new(),
        };
        let first = !closed.iter().any(|one| one == module);
        if first {
            let answered: Vec<(String, Option<String>, Option<String>)> =
                self.rows(&ENOUGH, args![round, module, FLOOR]).await?;
            let mut rows: Vec<(String, [Arg; 4])> = Vec::with_capacity(answered.len());
            for (question, choice, sentence) in answered {
                let id = ids.id();
                // Of a point on the scale only its band is kept.
                let choice = choice.map(|point| Band::of(&point).map_or(point, |band| band.code().to_owned()));
                let sentence = match sentence {
                    Some(sealed) => {
                        let was = [round.as_str(), module, &question];
                        let text = self.vault.open(RATING_SENTENCE.at(&was), &sealed)?;
                        Some(self.vault.seal(OPINION_SENTENCE.at(&[&id]), &text))
                    }
                    None => None,
                };
                rows.push((id.clone(), args![id, question, choice, sentence]));
            }
            // In the order of chance, so that the order in which they lie says nothing.
            rows.sort_by(|(one, _), (other, _)| one.cmp(other));
            self.run_rows(&KEEP_OPINIONS, args![round, module, now], rows.into_iter().map(|(_, row)| row)).await?;
            closed.push(module.to_owned());
            self.run(&KEEP_CLOSED, args![round, codec::json(&closed, "closed")?]).await?;
        }
        self.run(&DROP_RATINGS_OF, args![round, module]).await?;
        Ok(first)
    }

    /// Counts how the exercises of a module went and publishes it. What was published is never counted anew.
    pub async fn publish_exercises(&mut self, round: &RoundId, module: &Module, now: DateTime<Utc>) -> Result<()> {
        let what = format!("{EXERCISES}{}", module.id);
        if self.row::<(String,)>(&FIGURE, args![round, what.as_str()]).await?.is_some() {
            return Ok(());
        }
        let rows: Vec<DealtRow> = self.rows(&DEALT, args![round, module.id.as_str()]).await?;
        let heads: Option<(i64,)> = self.row(&WHOLE, args![round]).await?;
        let people = codec::count(heads.map_or(0, |(count,)| count))?;
        let mut dealt = Vec::with_capacity(rows.len());
        let (mut last, mut person) = (None, 0);
        for row in rows {
            if last.as_deref() != Some(row.person_id.as_str()) {
                person += 1;
                last = Some(row.person_id.clone());
            }
            dealt.push(row.read(person)?);
        }
        let figure = ModuleFigure { module: module.id.clone(), steps: analyse(module, &dealt, people) };
        self.keep_figure(round, &what, codec::json(&figure, "figure")?, now).await
    }

    /// Counts what is counted once a week and publishes it, as far as it may take the place of what was there.
    pub async fn publish_edition(&mut self, round: &RoundId, since: NaiveDate, now: DateTime<Utc>) -> Result<Edition> {
        let old: Option<(String,)> = self.row(&FIGURE, args![round, EDITION]).await?;
        let old: Edition = match old {
            Some((value,)) => codec::from_json(&value, "figure")?,
            None => Edition::default(),
        };
        let edition = old.renewed(self.tally(round, since, old.whole).await?);
        self.keep_figure(round, EDITION, codec::json(&edition, "figure")?, now).await?;
        Ok(edition)
    }

    /// How many people take part in a round, from five on.
    pub async fn enrolled(&mut self, round: &RoundId) -> Result<Option<u32>> {
        let enrolled: Option<EnrolledRow> = self.row(&ENROLLED, args![round, FLOOR]).await?;
        enrolled.and_then(|enrolled| enrolled.people).map(codec::count).transpose()
    }

    /// What could be published of a round at this moment, in which there have been so many before.
    pub async fn tally(&mut self, round: &RoundId, since: NaiveDate, before: Whole) -> Result<Edition> {
        let enrolled: Option<EnrolledRow> = self.row(&ENROLLED, args![round, FLOOR]).await?;
        let enrolled = enrolled.unwrap_or(EnrolledRow { people: None, tandems: None });
        let whole = self.whole(round).await?.or_before(before);
        let of_tandems = args![round, FLOOR, ALMOST_ALL, whole.tandems];
        let of_people = args![round, FLOOR, ALMOST_ALL, whole.people, WANTS_FEWER[0], WANTS_FEWER[1]];
        Ok(Edition {
            people: enrolled.people.map(codec::count).transpose()?,
            tandems: enrolled.tandems.map(codec::count).transpose()?,
            whole,
            lessons: self.lesson_figures(round, whole.people).await?,
            weeks: self.settled_weeks(round, since).await?,
            withdrawn: self.part_of(&PROMISES, of_tandems.clone()).await?,
            covers: self.cover_figure(of_tandems).await?,
            fewer: self.part_of(&FEWER, of_people).await?,
        })
    }

    async fn whole(&mut self, round: &RoundId) -> Result<Whole> {
        let row: Option<(i64, i64)> = self.row(&WHOLE, args![round]).await?;
        let (people, tandems) = row.unwrap_or((0, 0));
        Ok(Whole { people: codec::count(people)?, tandems: codec::count(tandems)? })
    }

    async fn keep_figure(&mut self, round: &RoundId, what: &str, value: String, now: DateTime<Utc>) -> Result<()> {
        self.run(&KEEP_FIGURE, args![round, what, value, now]).await?;
        Ok(())
    }

    async fn lesson_figures(&mut self, round: &RoundId, people: u32) -> Result<Vec<LessonFigure>> {
        let rows: Vec<LessonRow> = self.rows(&LESSONS, args![round, FLOOR, ALMOST_ALL, people]).await?;
        let mut figures: Vec<LessonFigure> = Vec::new();
        for row in rows {
            let part = part(row.shown)?;
            if part == Part::Hidden {
                continue;
            }
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

    async fn cover_figure(&mut self, of_tandems: impl Into<Vec<Arg>>) -> Result<Option<CoverFigure>> {
        let row: Option<CoverRow> = self.row(&COVER_COUNTS, of_tandems).await?;
        row.map(|row| Ok(CoverFigure { asked: part(row.asked)?, accepted: part(row.accepted)?, open: part(row.open)? }))
            .transpose()
    }

    async fn settled_weeks(&mut self, round: &RoundId, since: NaiveDate) -> Result<Vec<WeekFigure>> {
        let rows: Vec<HoursRow> = self.rows(&HOURS, args![round, FLOOR, ALMOST_ALL, since]).await?;
        rows.into_iter().map(HoursRow::read).collect()
    }

    async fn part_of(&mut self, sql: &'static Sql, args: impl Into<Vec<Arg>>) -> Result<Part> {
        let row: Option<(Option<i64>,)> = self.row(sql, args).await?;
        part(row.and_then(|(shown,)| shown))
    }
}

impl DealtRow {
    fn read(self, person: usize) -> Result<Dealt> {
        let picked = |right| {
            let chosen = self.chosen.as_deref().map(|json| codec::from_json(json, "answer")).transpose()?;
            Ok::<How, StoreError>(How::Picked { chosen: chosen.unwrap_or_default(), right })
        };
        let how = match self.outcome.as_str() {
            "right" => picked(true)?,
            "wrong" => picked(false)?,
            "unfit" => How::Unfit,
            "opened" => How::Opened,
            "finished" => How::Finished,
            _ => How::Done,
        };
        Ok(Dealt { person, step: self.step, how })
    }
}

impl HoursRow {
    fn read(self) -> Result<WeekFigure> {
        Ok(WeekFigure {
            week: Week::of(codec::day(&self.week)?),
            kept: share(self.kept)?,
            reasons: vec![
                (Shortfall::NotReleased, share(self.not_released)?),
                (Shortfall::NotNeeded, share(self.not_needed)?),
                (Shortfall::Away, share(self.away)?),
            ],
        })
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

/// A share as the query answers it.
fn share(shown: Option<i64>) -> Result<Share> {
    Ok(match shown {
        None => Share::Hidden,
        Some(-1) => Share::AlmostAll,
        Some(..0) => Share::AlmostNobody,
        Some(percent) => Share::Percent(codec::count(percent)?),
    })
}
