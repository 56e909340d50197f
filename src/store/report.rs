//! What trainers read: what has been published of a round, and nothing else.
//!
//! Owns: the shape in which it comes out. Knows no table but those of published figures and opinions (and counts for
//! whoever runs the program); what gets into those, and from how many people on, is `publish`'s. The floor is kept here a
//! second time, for opinions: options that fewer than five chose are not told apart from each other.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;

use super::publish::{EDITION, EXERCISES};
use super::sealed::{OPINION_SENTENCE, ROUND_NAME};
use super::sets::args;
use super::sql::Sql;
use super::vault::Vault;
use super::{Result, StoreError, Tx, codec};
use crate::domain::ids::RoundId;
use crate::domain::recommend::{Band, LEANS, Lean, SCORED};
use crate::domain::report::{ALMOST_ALL, FLOOR, Figures, RatingFigure, Recommended, RoundLine, Sentences, Spread};

pub(super) const ALL: &[&Sql] = &[&FIGURES, &BEFORE, &RATINGS, &RECOMMENDED, &SENTENCES, &ROUND_IDS, &ROUND_LINE];

/// How long sentences wait after their questionnaire has closed: nobody reads them while the week they are about is
/// still talked of.
const SENTENCES_WAIT: TimeDelta = TimeDelta::days(3);

const FIGURES: Sql = Sql {
    question: "what has been published of a round",
    text: "SELECT what, value FROM figure WHERE round_id = $1 ORDER BY what",
};

/// Only rounds that every trainer of this one runs as well: others do not exist for them.
const BEFORE: Sql = Sql {
    question: "the round before this one that the same trainers run, of the same programme",
    text: "SELECT other.id FROM round AS this
        JOIN round_trainer AS mine ON mine.round_id = this.id
        JOIN round_trainer AS theirs ON theirs.person_id = mine.person_id
        JOIN round AS other ON other.id = theirs.round_id
        WHERE this.id = $1 AND other.programme = this.programme AND other.start < this.start
            AND NOT EXISTS (SELECT 1 FROM round_trainer AS all_mine WHERE all_mine.round_id = this.id
                AND NOT EXISTS (SELECT 1 FROM round_trainer AS all_theirs
                    WHERE all_theirs.round_id = other.id AND all_theirs.person_id = all_mine.person_id))
        ORDER BY other.start DESC, other.id LIMIT 1",
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
            FROM (SELECT module, question, choice, COUNT(*) AS given FROM opinion
                WHERE round_id = $1 AND choice IS NOT NULL AND choice NOT IN ($4, $5, $6)
                GROUP BY module, question, choice) AS chosen),
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

#[derive(FromRow)]
struct RecommendRow {
    module: String,
    question: String,
    lean: String,
    /// Missing: too few for a number.
    score: Option<i64>,
}

/// The net score: those who recommend ($4) less those who do not ($5), in percent of all; $6 are between. As a number
/// only from ten people on ($3), and where neither those who do not recommend nor the others are fewer than five: near
/// its ends it would say how many they are. Bands are never shown beside it.
const RECOMMENDED: Sql = Sql {
    question: "whether those of a round would recommend the course, from five on, in numbers from ten",
    text: "WITH tally(module, question, people, pro, contra) AS (
            SELECT module, question, COUNT(*), COUNT(CASE WHEN choice = $4 THEN 1 END),
                COUNT(CASE WHEN choice = $5 THEN 1 END)
            FROM opinion WHERE round_id = $1 AND choice IN ($4, $5, $6) GROUP BY module, question)
        SELECT module, question,
            CASE WHEN (pro - contra) * 100 >= people * $7 THEN 'for'
                WHEN (contra - pro) * 100 >= people * $7 THEN 'against' ELSE 'even' END AS lean,
            CASE WHEN people < $3 OR people - pro < $2 OR people - contra < $2 THEN NULL
                WHEN pro >= contra THEN ((pro - contra) * 20 + people / 2) / people * 5
                ELSE -(((contra - pro) * 20 + people / 2) / people * 5) END AS score
        FROM tally WHERE people >= $2 ORDER BY module, question",
};

const SENTENCES: Sql = Sql {
    question: "what was written to each question of a round, from five on, some days after closing",
    text: "SELECT opinion.id, opinion.module, opinion.question, opinion.sentence FROM opinion
        JOIN (SELECT module, question FROM opinion WHERE round_id = $1 AND sentence IS NOT NULL AND closed <= $3
            GROUP BY module, question HAVING COUNT(*) >= $2) AS asked
            ON asked.module = opinion.module AND asked.question = opinion.question
        WHERE opinion.round_id = $1 AND opinion.sentence IS NOT NULL
        ORDER BY opinion.module, opinion.question, opinion.id",
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
    /// What a trainer may see of a round.
    pub async fn figures(&mut self, round: &RoundId, now: DateTime<Utc>) -> Result<Figures> {
        let mut figures = Figures {
            ratings: self.rating_figures(round).await?,
            recommended: self.recommended(round).await?,
            sentences: self.sentences(round, now).await?,
            ..Figures::default()
        };
        let rows: Vec<(String, String)> = self.rows(&FIGURES, args![round]).await?;
        for (what, value) in rows {
            if what == EDITION {
                figures.edition = Some(codec::from_json(&value, "figure")?);
            } else if what.starts_with(EXERCISES) {
                figures.exercises.push(codec::from_json(&value, "figure")?);
            }
        }
        Ok(figures)
    }

    /// The round to compare this one with, if there is one.
    pub async fn round_before(&mut self, round: &RoundId) -> Result<Option<RoundId>> {
        let row: Option<(String,)> = self.row(&BEFORE, args![round]).await?;
        Ok(row.map(|(id,)| id.into()))
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
        row.map(|row| row.read(&self.vault)).transpose()
    }

    async fn rating_figures(&mut self, round: &RoundId) -> Result<Vec<RatingFigure>> {
        let [pro, between, contra] = Band::ALL.map(Band::code);
        let args = args![round, FLOOR, ALMOST_ALL, pro, between, contra];
        let rows: Vec<RatingRow> = self.rows(&RATINGS, args).await?;
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

    async fn recommended(&mut self, round: &RoundId) -> Result<Vec<Recommended>> {
        let [pro, between, contra] = Band::ALL.map(Band::code);
        let args = args![round, FLOOR, SCORED, pro, contra, between, LEANS];
        let rows: Vec<RecommendRow> = self.rows(&RECOMMENDED, args).await?;
        rows.into_iter().map(RecommendRow::read).collect()
    }

    /// In the order of their random ids, which says nothing about who wrote and when.
    async fn sentences(&mut self, round: &RoundId, now: DateTime<Utc>) -> Result<Vec<Sentences>> {
        let rows: Vec<(String, String, String, String)> =
            self.rows(&SENTENCES, args![round, FLOOR, now - SENTENCES_WAIT]).await?;
        let mut all: Vec<Sentences> = Vec::new();
        for (id, module, question, sealed) in rows {
            let text = self.vault.open(OPINION_SENTENCE.at(&[&id]), &sealed)?;
            match all.last_mut() {
                Some(last) if last.module == module && last.question == question => last.texts.push(text),
                _ => all.push(Sentences { module, question, texts: vec![text] }),
            }
        }
        Ok(all)
    }
}

impl RecommendRow {
    fn read(self) -> Result<Recommended> {
        let unreadable = StoreError::Unreadable("net score");
        let lean = Lean::from_code(&self.lean).ok_or(unreadable)?;
        let score = self.score.map(|score| i32::try_from(score).map_err(|_| StoreError::Unreadable("net score")));
        Ok(Recommended { module: self.module, question: self.question, lean, score: score.transpose()? })
    }
}

impl LineRow {
    fn read(self, vault: &Vault) -> Result<RoundLine> {
        let many = |number: i64| u64::try_from(number).map_err(|_| StoreError::Unreadable("number"));
        Ok(RoundLine {
            start: codec::day(&self.start)?,
            people: many(self.people)?,
            tandems: many(self.tandems)?,
            entries: many(self.entries)?,
            delivered: many(self.delivered)?,
            answers: many(self.answers)?,
            name: vault.open(ROUND_NAME.at(&[&self.id]), &self.name)?,
            id: self.id,
            programme: self.programme,
            state: self.phase,
        })
    }
}
