//! What is remembered of people's learning: answers, ratings, milestones.
//!
//! Here they are written, and read back for the people themselves. What trainers may see of them is
//! `report`'s alone.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::sealed::{ANSWER_TEXT, RATING_SENTENCE};
use super::sets::{Arg, args};
use super::sql::Sql;
use super::vault::Vault;
use super::{Result, StoreError, Tx, codec, recall};
use crate::domain::effect::{Answer, Fact, Rating};
use crate::domain::ids::{PersonId, RoundId};
use crate::domain::tandem::Spot;

pub(super) const ALL: &[&Sql] = &[&KEEP_ANSWERS, &KEEP_RATINGS, &KEEP_MILESTONES, &ANSWERS_OF];

/// The first try at a question counts and stays; what was written, ticked or said is replaced by what is newer.
const KEEP_ANSWERS: Sql = Sql {
    question: "answers",
    text: "WITH v(person_id, module, step, outcome, chosen, text) AS ({rows:6})
        INSERT INTO answer (person_id, round_id, module, step, outcome, chosen, text, made)
        SELECT person_id, $1, module, step, outcome, chosen, text, $2 FROM v WHERE person_id IS NOT NULL
        ON CONFLICT (person_id, round_id, module, step) DO UPDATE SET outcome = excluded.outcome,
            chosen = excluded.chosen, text = excluded.text, made = excluded.made
        WHERE excluded.outcome NOT IN ('right', 'wrong')",
};

const KEEP_RATINGS: Sql = Sql {
    question: "ratings",
    text: "WITH v(person_id, module, question, choice, sentence) AS ({rows:5})
        INSERT INTO rating (person_id, round_id, module, question, choice, sentence, made)
        SELECT person_id, $1, module, question, choice, sentence, $2 FROM v WHERE person_id IS NOT NULL
        ON CONFLICT (person_id, round_id, module, question) DO UPDATE SET choice = excluded.choice,
            sentence = excluded.sentence, made = excluded.made",
};

/// What a milestone says of a card; its `lesson` is then the card's id.
const READ: &str = "read";

const KEEP_MILESTONES: Sql = Sql {
    question: "milestones",
    text: "WITH v(person_id, module, lesson, what) AS ({rows:4})
        INSERT INTO milestone (person_id, round_id, module, lesson, what, made)
        SELECT person_id, $1, module, lesson, what, $2 FROM v WHERE person_id IS NOT NULL
        ON CONFLICT (person_id, round_id, module, lesson, what) DO NOTHING",
};

/// An answer as the person gave it.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    pub person: PersonId,
    pub spot: Spot,
    pub answer: Answer,
    pub made: DateTime<Utc>,
}

#[derive(FromRow)]
struct AnswerRow {
    person_id: String,
    module: String,
    step: String,
    outcome: String,
    chosen: Option<String>,
    text: Option<String>,
    made: i64,
}

const ANSWERS_OF: Sql = Sql {
    question: "what these people answered in a round",
    text: "SELECT person_id, module, step, outcome, chosen, text, made FROM answer
        WHERE round_id = $1 AND person_id IN {set}
        ORDER BY module, step, made, person_id",
};

impl Tx {
    /// Remembers facts of a round. The people must be there: facts come before an erasure in the same transaction.
    pub async fn record(&mut self, round: &RoundId, facts: &[Fact], now: DateTime<Utc>) -> Result<()> {
        let mut answers: BTreeMap<(&PersonId, &Spot), [Arg; 6]> = BTreeMap::new();
        let mut ratings: BTreeMap<(&PersonId, &str, &str), [Arg; 5]> = BTreeMap::new();
        let mut milestones: BTreeMap<(&PersonId, &str, &str, &str), [Arg; 4]> = BTreeMap::new();
        let mut recalls: BTreeMap<(&PersonId, &Spot), [Arg; 7]> = BTreeMap::new();
        for fact in facts {
            match fact {
                Fact::Recalled { person, spot, memory } => {
                    recalls.insert((person, spot), recall::row(person, spot, memory));
                }
                Fact::Answered { person, spot, answer } => {
                    let key = (person, spot);
                    let first_try = matches!(answer, Answer::Picked { .. });
                    if !(first_try && answers.contains_key(&key)) {
                        answers.insert(key, answer_args(&self.vault, round, person, spot, answer)?);
                    }
                }
                Fact::Rated { person, module, question, rating } => {
                    let row = rating_args(&self.vault, round, person, module, question, rating);
                    ratings.insert((person, module, question), row);
                }
                Fact::Milestone { person, module, lesson, milestone } => {
                    let row = args![person, module.as_str(), lesson.as_str(), milestone.code()];
                    milestones.insert((person, module, lesson, milestone.code()), row);
                }
                Fact::Read { person, spot } => {
                    let row = args![person, spot.module.as_str(), spot.step.as_str(), READ];
                    milestones.insert((person, &spot.module, &spot.step, READ), row);
                }
            }
        }
        self.run_rows(&KEEP_ANSWERS, args![round, now], answers.into_values()).await?;
        self.run_rows(&KEEP_RATINGS, args![round, now], ratings.into_values()).await?;
        self.run_rows(&KEEP_MILESTONES, args![round, now], milestones.into_values()).await?;
        self.run_rows(&recall::KEEP, args![round], recalls.into_values()).await?;
        Ok(())
    }

    /// What these people answered in a round, by module and step: for themselves, their test and their concept.
    pub async fn answers_of(&mut self, round: &RoundId, people: &[PersonId]) -> Result<Vec<Given>> {
        let rows: Vec<AnswerRow> = self.rows_in(&ANSWERS_OF, args![round], people).await?;
        rows.into_iter().map(|row| row.read(&self.vault, round)).collect()
    }
}

fn answer_args(vault: &Vault, round: &RoundId, person: &PersonId, spot: &Spot, answer: &Answer) -> Result<[Arg; 6]> {
    let list = |chosen: &[String]| codec::json(&chosen, "answer").map(Some);
    let (outcome, chosen, text) = match answer {
        Answer::Picked { chosen, right: true } => ("right", list(chosen)?, None),
        Answer::Picked { chosen, right: false } => ("wrong", list(chosen)?, None),
        Answer::Wrote(text) => ("wrote", None, Some(text)),
        Answer::Linked(address) => ("linked", None, Some(address)),
        Answer::Ticked(chosen) => ("ticked", list(chosen)?, None),
        Answer::Done => ("done", None, None),
        Answer::Unfit(reason) => ("unfit", None, Some(reason)),
    };
    let row = [person.as_str(), round.as_str(), &spot.module, &spot.step];
    let text = text.map(|text| vault.seal(ANSWER_TEXT.at(&row), text));
    Ok(args![person, spot.module.as_str(), spot.step.as_str(), outcome, chosen, text])
}

fn rating_args(
    vault: &Vault,
    round: &RoundId,
    person: &PersonId,
    module: &str,
    question: &str,
    rating: &Rating,
) -> [Arg; 5] {
    let (choice, sentence) = match rating {
        Rating::Picked(choice) => (Some(choice.as_str()), None),
        Rating::Sentence(sentence) => (None, Some(sentence.as_str())),
        Rating::Skipped => (None, None),
    };
    let row = [round.as_str(), module, question];
    let sentence = sentence.map(|sentence| vault.seal(RATING_SENTENCE.at(&row), sentence));
    args![person, module, question, choice, sentence]
}

impl AnswerRow {
    fn read(self, vault: &Vault, round: &RoundId) -> Result<Given> {
        let unreadable = StoreError::Unreadable("answer");
        let chosen = self.chosen.as_deref().map(|json| codec::from_json(json, "answer")).transpose()?;
        let row = [self.person_id.as_str(), round.as_str(), &self.module, &self.step];
        let text = self.text.as_deref().map(|text| vault.open(ANSWER_TEXT.at(&row), text)).transpose()?;
        let answer = match (self.outcome.as_str(), chosen, text) {
            ("right", Some(chosen), _) => Answer::Picked { chosen, right: true },
            ("wrong", Some(chosen), _) => Answer::Picked { chosen, right: false },
            ("ticked", Some(chosen), _) => Answer::Ticked(chosen),
            ("wrote", _, Some(text)) => Answer::Wrote(text),
            ("linked", _, Some(address)) => Answer::Linked(address),
            ("unfit", _, Some(reason)) => Answer::Unfit(reason),
            ("done", ..) => Answer::Done,
            _ => return Err(unreadable),
        };
        Ok(Given {
            person: self.person_id.into(),
            spot: Spot { module: self.module, step: self.step },
            answer,
            made: codec::instant(self.made)?,
        })
    }
}
