//! What rounds are told: news, whom they are for, how many they have reached.
//!
//! **The floor is in the query** here as in `report`: of how news arrived, what rests upon fewer than five people does not
//! leave the database, nor what would give away the few who are the rest.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::sealed::{NEWS_ABOUT, NEWS_TEXT};
use super::sets::{Arg, args};
use super::sql::Sql;
use super::vault::Vault;
use super::{Result, Tx, codec};
use crate::domain::effect::Kind;
use crate::domain::ids::{NewsId, PersonId, RoundId};
use crate::domain::news::{About, News};
use crate::domain::report::FLOOR;
use crate::domain::trainer::{Arrived, NewsCard, NewsState};

pub(super) const ALL: &[&Sql] = &[
    &NEW_NEWS,
    &NEWS,
    &BEGIN_NEWS,
    &WITHDRAW_NEWS,
    &SHARED_SINCE,
    &SHARES_PLANNED,
    &NEWS_OF,
    &PLANNED_NEWS,
    &KEEP_READERS,
    &READERS_TOLD,
    &ARRIVED,
    &FORGET_WRITER,
    &DROP_READER,
];

/// News of a round that its trainers are shown.
const SHOWN: u32 = 5;

const NEW_NEWS: Sql = Sql {
    question: "something that a round is to be told",
    text: "INSERT INTO news (id, round_id, person_id, about, text, at, until, by_then, state, shared)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'planned', $9)",
};

#[derive(FromRow)]
struct NewsRow {
    id: String,
    about: String,
    text: String,
    at: i64,
    until: Option<i64>,
    by_then: Option<i64>,
    state: String,
}

const NEWS: Sql = Sql {
    question: "something that this round is told",
    text: "SELECT id, about, text, at, until, by_then, state FROM news WHERE id = $1 AND round_id = $2",
};

const BEGIN_NEWS: Sql = Sql {
    question: "news that are on their way from now on",
    text: "UPDATE news SET state = 'sent' WHERE id = $1 AND state = 'planned'",
};

const WITHDRAW_NEWS: Sql = Sql {
    question: "news that are not told after all",
    text: "UPDATE news SET state = 'withdrawn', text = '' WHERE id = $1 AND round_id = $2 AND state = 'planned'",
};

const SHARED_SINCE: Sql = Sql {
    question: "how often somebody has told a round something since then",
    text: "SELECT COUNT(*) FROM news WHERE person_id = $1 AND round_id = $2 AND at >= $3 AND state <> 'withdrawn'
        AND shared = 1",
};

const SHARES_PLANNED: Sql = Sql {
    question: "what somebody is going to share with a round",
    text: "SELECT id FROM news WHERE person_id = $1 AND round_id = $2 AND state = 'planned'
        AND shared = 1",
};

const NEWS_OF: Sql = Sql {
    question: "what a round was told, newest first",
    text: "SELECT id, about, text, at, until, by_then, state FROM news WHERE round_id = $1 ORDER BY at DESC, id LIMIT $2",
};

const PLANNED_NEWS: Sql = Sql {
    question: "what these rounds are going to be told",
    text: "SELECT round_id, id FROM news WHERE round_id IN {set} AND state = 'planned'",
};

const KEEP_READERS: Sql = Sql {
    question: "whom news are for",
    text: "WITH v(news_id, person_id) AS ({rows:2})
        INSERT INTO news_reader (news_id, person_id) SELECT news_id, person_id FROM v WHERE news_id IS NOT NULL
        ON CONFLICT (news_id, person_id) DO NOTHING",
};

const READERS_TOLD: Sql = Sql {
    question: "by which messages news have come",
    text: "WITH v(news_id, person_id, kind, occurrence) AS ({rows:4})
        INSERT INTO news_reader (news_id, person_id, kind, occurrence)
        SELECT news_id, person_id, kind, occurrence FROM v
        WHERE news_id IS NOT NULL AND EXISTS (SELECT 1 FROM news WHERE news.id = v.news_id)
        ON CONFLICT (news_id, person_id) DO UPDATE SET kind = excluded.kind, occurrence = excluded.occurrence",
};

#[derive(FromRow)]
struct ArrivedRow {
    people: Option<i64>,
    /// Missing: hidden; below zero: almost all.
    sent: Option<i64>,
    lost: Option<i64>,
}

/// A part is shown where it and what is left are nothing or five and more.
const ARRIVED: Sql = Sql {
    question: "how many news have reached, from five on",
    text: "SELECT CASE WHEN people >= $2 THEN people END AS people,
            CASE WHEN sent >= $2 AND (people = sent OR people - sent >= $2) THEN sent
                WHEN sent >= $2 THEN -1 END AS sent,
            CASE WHEN lost >= $2 AND (people = sent + lost OR people - sent - lost >= $2) AND people - lost >= $2
                THEN lost END AS lost
        FROM (SELECT COUNT(*) AS people,
                COUNT(CASE WHEN outbox.state = 'sent' THEN 1 END) AS sent,
                COUNT(CASE WHEN outbox.state IN ('unreachable', 'failed', 'expired') THEN 1 END) AS lost
            FROM news_reader LEFT JOIN outbox ON outbox.person_id = news_reader.person_id
                AND outbox.kind = news_reader.kind AND outbox.occurrence = news_reader.occurrence
            WHERE news_reader.news_id = $1) AS counted",
};

pub(super) const FORGET_WRITER: Sql = Sql {
    question: "what a person told rounds, to forget who it was, and what they shared, to erase",
    text: "UPDATE news SET person_id = NULL,
            state = CASE WHEN shared = 1 THEN 'withdrawn' ELSE state END,
            text = CASE WHEN shared = 1 THEN '' ELSE text END,
            about = CASE WHEN shared = 1 THEN '\"word\"' ELSE about END
        WHERE person_id = $1",
};

pub(super) const DROP_READER: Sql =
    Sql { question: "which news a person got, to erase", text: "DELETE FROM news_reader WHERE person_id = $1" };

impl Tx {
    /// Keeps something that a round is to be told.
    pub async fn new_news(
        &mut self,
        round: &RoundId,
        by: Option<&PersonId>,
        news: &News,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let key = [news.id.as_str()];
        let about = self.vault.seal(NEWS_ABOUT.at(&key), &codec::json(&news.about, "news")?);
        let text = self.vault.seal(NEWS_TEXT.at(&key), &news.text);
        let by = by.map(PersonId::as_str);
        let shared = i64::from(matches!(news.about, About::Shared { .. }));
        let args = args![&news.id, round, by, about, text, at, news.until, news.by, shared];
        self.run(&NEW_NEWS, args).await?;
        Ok(())
    }

    /// Something that this round is told, unless it was withdrawn.
    pub async fn news(&mut self, id: &NewsId, round: &RoundId) -> Result<Option<News>> {
        let row: Option<NewsRow> = self.row(&NEWS, args![id, round]).await?;
        let card = row.map(|row| row.read(&self.vault)).transpose()?.filter(|card| card.state != NewsState::Withdrawn);
        Ok(card.map(|card| card.news))
    }

    /// Their way has begun: nobody can withdraw them any more.
    pub async fn begin_news(&mut self, id: &NewsId) -> Result<()> {
        self.run(&BEGIN_NEWS, args![id]).await?;
        Ok(())
    }

    /// Takes back what was to be told. False if its way has begun, or it is none of this round's.
    pub async fn withdraw_news(&mut self, id: &NewsId, round: &RoundId) -> Result<bool> {
        Ok(self.run(&WITHDRAW_NEWS, args![id, round]).await? > 0)
    }

    /// How often this person has shared something with the round since then.
    pub async fn shared_since(&mut self, by: &PersonId, round: &RoundId, since: DateTime<Utc>) -> Result<u32> {
        let row: Option<(i64,)> = self.row(&SHARED_SINCE, args![by, round, since]).await?;
        codec::count(row.map_or(0, |(count,)| count))
    }

    /// What this person is going to share with the round.
    pub async fn shares_planned(&mut self, by: &PersonId, round: &RoundId) -> Result<Vec<NewsId>> {
        let rows: Vec<(String,)> = self.rows(&SHARES_PLANNED, args![by, round]).await?;
        Ok(rows.into_iter().map(|(id,)| id.into()).collect())
    }

    /// What a round was told lately.
    pub async fn news_of(&mut self, round: &RoundId) -> Result<Vec<NewsCard>> {
        let rows: Vec<NewsRow> = self.rows(&NEWS_OF, args![round, SHOWN]).await?;
        rows.into_iter().map(|row| row.read(&self.vault)).collect()
    }

    /// What these rounds are going to be told, by round.
    pub async fn planned_news(&mut self, rounds: &[RoundId]) -> Result<Vec<(RoundId, NewsId)>> {
        let rows: Vec<(String, String)> = self.rows_in(&PLANNED_NEWS, args![], rounds).await?;
        Ok(rows.into_iter().map(|(round, id)| (round.into(), id.into())).collect())
    }

    /// Whom news are for, and by which message they have come to those who have been told.
    pub async fn keep_readers(
        &mut self,
        readers: &[(NewsId, PersonId)],
        told: &[(NewsId, PersonId, Kind, String)],
    ) -> Result<()> {
        let rows = readers.iter().map(|(news, person)| [Arg::from(news), Arg::from(person)]);
        self.run_rows(&KEEP_READERS, args![], rows).await?;
        let rows = told.iter().map(|(news, person, kind, occurrence)| {
            [Arg::from(news), Arg::from(person), Arg::from(kind.code()), Arg::from(occurrence.as_str())]
        });
        self.run_rows(&READERS_TOLD, args![], rows).await?;
        Ok(())
    }

    /// How news have arrived, as far as there are enough people behind it.
    pub async fn arrived(&mut self, id: &NewsId) -> Result<Arrived> {
        let row: Option<ArrivedRow> = self.row(&ARRIVED, args![id, FLOOR]).await?;
        let Some(row) = row else { return Ok(Arrived::Hidden) };
        let lost = row.lost.map(codec::count).transpose()?;
        Ok(match (row.people, row.sent) {
            (Some(people), Some(sent)) if people == sent => Arrived::All(codec::count(people)?),
            (Some(_), Some(sent)) if sent < 0 => Arrived::AlmostAll,
            (Some(people), Some(sent)) => {
                Arrived::Part { sent: codec::count(sent)?, people: codec::count(people)?, lost }
            }
            (Some(_), None) | (None, _) => Arrived::Hidden,
        })
    }
}

impl NewsRow {
    fn read(self, vault: &Vault) -> Result<NewsCard> {
        let key = [self.id.as_str()];
        let about = vault.open(NEWS_ABOUT.at(&key), &self.about)?;
        let text = vault.open(NEWS_TEXT.at(&key), &self.text)?;
        Ok(NewsCard {
            news: News {
                id: self.id.into(),
                about: codec::from_json(&about, "news")?,
                text,
                until: self.until.map(codec::instant).transpose()?,
                by: self.by_then.map(codec::instant).transpose()?,
            },
            at: codec::instant(self.at)?,
            state: codec::from_code(&self.state, "state of news")?,
        })
    }
}
