//! What stands in people's chats and can still be taken out of them: the numbers of messages of the last two days.
//!
//! Owns: noting what came and went, and what is owed to whoever is erased: that it disappears from the chat as well. That
//! outlives the person's rows, and a crash. Does not know how a message is deleted, nor what it said.

use chrono::{DateTime, TimeDelta, Utc};

use super::sets::args;
use super::sql::Sql;
use super::{Result, Tx, codec};
use crate::domain::ids::PersonId;

pub(super) const ALL: &[&Sql] = &[
    &SAY,
    &OLD_SAID,
    &DROP_OLD_SAID,
    &LEAVE,
    &OWE_UNSAY,
    &TAKE_UNSAY,
    &SAID,
    &UNSAID,
    &LATER,
    &DROP_UNSAY,
    &OLD_UNSAY,
    &DROP_OLD_UNSAY,
];

/// A bot may delete messages of the last 48 hours (Bot API, `deleteMessage`).
pub const DELETABLE: TimeDelta = TimeDelta::hours(48);

/// The server's clock may be ahead of ours, and a call takes its time.
const MARGIN: TimeDelta = TimeDelta::minutes(5);

/// What was on the wire when its person was erased has been noted by then: longer than any lease.
const LATECOMERS: TimeDelta = TimeDelta::seconds(60);

/// Messages of one call at most (Bot API, `deleteMessages`).
const PIECE: u32 = 100;

/// A message in a private chat: whose it is, its number, and when it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    pub person: PersonId,
    pub message: i64,
    pub at: DateTime<Utc>,
}

/// Messages to take out of the chat of somebody who is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsay {
    pub person: PersonId,
    pub address: i64,
    pub erased: DateTime<Utc>,
    /// By their numbers, lowest first.
    pub messages: Vec<i64>,
    /// Counts this attempt.
    pub tries: u32,
}

/// What became of such messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaid {
    Gone,
    Later(DateTime<Utc>),
    /// One of them cannot be deleted: fewer at a time, until it is alone and passed over.
    Refused,
    /// Nobody is there any more, or two days are over.
    Over,
}

const SAY: Sql = Sql {
    question: "which messages stand in whose chat",
    text: "WITH v(hour, at, person_id, message_id) AS ({rows:4})
        INSERT INTO said (hour, at, person_id, message_id)
        SELECT hour, at, person_id, message_id FROM v WHERE hour IS NOT NULL
        ON CONFLICT (hour, at, person_id, message_id) DO NOTHING",
};

pub(super) const OLD_SAID: Sql =
    Sql { question: "how many numbers of messages are too old", text: "SELECT COUNT(*) FROM said WHERE hour < $1" };

pub(super) const DROP_OLD_SAID: Sql =
    Sql { question: "numbers of messages that are too old", text: "DELETE FROM said WHERE hour < $1" };

const LEAVE: Sql = Sql {
    question: "a message that stays in the chat of somebody who is erased",
    text: "DELETE FROM said WHERE hour IN {set} AND person_id = $1 AND message_id = $2",
};

/// The chat goes in the same transaction; this row is what is left of it.
const OWE_UNSAY: Sql = Sql {
    question: "that messages are to go from a chat",
    text: "INSERT INTO unsay (person_id, address, erased, at, piece, tries)
        SELECT person_id, address, $2, $2, $3, 0 FROM chat WHERE person_id = $1",
};

type UnsayRow = (String, i64, i64, i64, i64);

/// As with a lease, what was taken comes again at `$2` unless something became of it.
const TAKE_UNSAY: Sql = Sql {
    question: "chats of people who are erased, from which messages are to go now",
    text: "UPDATE unsay SET at = $2, tries = tries + 1
        WHERE person_id IN (SELECT person_id FROM unsay WHERE at <= $1 ORDER BY at LIMIT $3)
        RETURNING person_id, address, erased, piece, tries",
};

const SAID: Sql = Sql {
    question: "the messages that can still be taken out of a chat",
    text: "SELECT DISTINCT message_id FROM said WHERE hour IN {set} AND person_id = $1 AND at >= $2
        ORDER BY message_id LIMIT $3",
};

const UNSAID: Sql = Sql {
    question: "messages that have gone from a chat",
    text: "DELETE FROM said WHERE hour IN {set} AND person_id = $1 AND message_id <= $2",
};

const LATER: Sql = Sql {
    question: "messages that go from a chat later, or fewer at a time",
    text: "UPDATE unsay SET at = $2, piece = CASE WHEN piece > $3 THEN $3 ELSE piece END WHERE person_id = $1",
};

const DROP_UNSAY: Sql =
    Sql { question: "a chat from which everything has gone", text: "DELETE FROM unsay WHERE person_id = $1" };

pub(super) const OLD_UNSAY: Sql = Sql {
    question: "how many chats of the erased are kept too long",
    text: "SELECT COUNT(*) FROM unsay WHERE erased < $1",
};

pub(super) const DROP_OLD_UNSAY: Sql =
    Sql { question: "chats of the erased that are kept too long", text: "DELETE FROM unsay WHERE erased < $1" };

impl Tx {
    /// Notes messages in chats of people who are known.
    pub async fn say(&mut self, said: &[Spoken]) -> Result<()> {
        let rows = said.iter().map(|said| args![hour(said.at), said.at, &said.person, said.message]);
        self.run_rows(&SAY, args![], rows.collect::<Vec<_>>()).await?;
        Ok(())
    }

    /// Forgets what cannot be deleted any more.
    pub async fn forget_said(&mut self, now: DateTime<Utc>) -> Result<()> {
        self.run(&DROP_OLD_SAID, args![hour(now - DELETABLE)]).await?;
        Ok(())
    }

    /// This message stays where it is.
    pub async fn leave_said(&mut self, person: &PersonId, message: i64, now: DateTime<Utc>) -> Result<()> {
        self.run_in(&LEAVE, args![person, message], hours(now)).await?;
        Ok(())
    }

    /// From now on it is owed to this person that their chat is emptied. Before the chat's own row goes.
    pub(super) async fn owe_unsay(&mut self, person: &PersonId, now: DateTime<Utc>) -> Result<()> {
        self.run(&OWE_UNSAY, args![person, now, PIECE]).await?;
        Ok(())
    }

    /// The next chats to empty, and which messages by one call. Nobody else takes them until `again`.
    pub async fn take_unsay(&mut self, now: DateTime<Utc>, again: DateTime<Utc>, limit: u32) -> Result<Vec<Unsay>> {
        let mut taken: Vec<UnsayRow> = self.rows(&TAKE_UNSAY, args![now, again, limit]).await?;
        // RETURNING has no order.
        taken.sort();
        let mut all = Vec::with_capacity(taken.len());
        for (person, address, erased, piece, tries) in taken {
            let (person, erased) = (PersonId(person), codec::instant(erased)?);
            let since = now - DELETABLE + MARGIN;
            let messages: Vec<(i64,)> = self.rows_in(&SAID, args![&person, since, piece], hours(now)).await?;
            if messages.is_empty() {
                self.emptied(&person, erased, now).await?;
                continue;
            }
            let messages = messages.into_iter().map(|(message,)| message).collect();
            all.push(Unsay { person, address, erased, messages, tries: codec::count(tries)? });
        }
        Ok(all)
    }

    /// Writes down what became of messages that were to go.
    pub async fn unsaid(
        &mut self,
        person: &PersonId,
        messages: &[i64],
        became: Unsaid,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let last = messages.last().copied().unwrap_or(i64::MIN);
        let alone = messages.len() <= 1;
        match became {
            Unsaid::Over => self.forget_chat(person, now).await?,
            Unsaid::Later(at) => self.later(person, at, PIECE).await?,
            Unsaid::Refused if !alone => {
                let fewer = u32::try_from(messages.len() / 4).unwrap_or(PIECE).max(1);
                self.later(person, now, fewer).await?;
            }
            Unsaid::Gone | Unsaid::Refused => {
                self.run_in(&UNSAID, args![person, last], hours(now)).await?;
                self.later(person, now, PIECE).await?;
            }
        }
        Ok(())
    }

    /// Nothing is left; but what was on its way when its person went is still waited for.
    async fn emptied(&mut self, person: &PersonId, erased: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
        match erased + LATECOMERS {
            until if until > now => self.later(person, until, PIECE).await,
            _ => self.forget_chat(person, now).await,
        }
    }

    async fn later(&mut self, person: &PersonId, at: DateTime<Utc>, piece: u32) -> Result<()> {
        self.run(&LATER, args![person, at, piece]).await?;
        Ok(())
    }

    async fn forget_chat(&mut self, person: &PersonId, now: DateTime<Utc>) -> Result<()> {
        self.run_in(&UNSAID, args![person, i64::MAX], hours(now)).await?;
        self.run(&DROP_UNSAY, args![person]).await?;
        Ok(())
    }
}

/// The hour since 1970 that an instant lies in.
pub(super) fn hour(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(3_600)
}

/// All hours in which something may have been said that can still be deleted, and one more, should a clock be ahead.
fn hours(now: DateTime<Utc>) -> std::ops::RangeInclusive<i64> {
    hour(now - DELETABLE)..=hour(now) + 1
}
