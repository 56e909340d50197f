//! What became of messages: marking them, remembering screens, and people who blocked the bot or came back.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;

use super::sets::{Arg, args};
use super::sql::Sql;
use super::{Result, StoreError, Tx, codec};
use crate::domain::delivery::Outcome;
use crate::domain::effect::{Kind, Slot};
use crate::domain::ids::{OwedId, PersonId};
use crate::domain::tandem::Reach;

pub(super) const ALL: &[&Sql] = &[
    &MOVED,
    &ADDRESSEES,
    &SETTLE,
    &DROP_SENT,
    &KEEP_SCREENS,
    &SCREENS,
    &SHUT_OUTBOX,
    &REACH,
    &KEPT_BACK,
    &OWE_AGAIN,
    &LET_GO,
];

/// How long what could not be delivered may wait for an unblock.
const KEPT_BACK_FOR: TimeDelta = TimeDelta::days(7);

/// A screen that is somewhere else now; the buttons of the older message should go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    pub person: PersonId,
    pub slot: Slot,
    /// The older message.
    pub message_id: i64,
}

#[derive(FromRow)]
struct MovedRow {
    id: String,
    person_id: String,
    slot: String,
    standing: Option<i64>,
}

const MOVED: Sql = Sql {
    question: "which screens these messages are, and where those stand",
    text: "SELECT outbox.id, outbox.person_id, outbox.slot, screen.message_id AS standing
        FROM outbox LEFT JOIN screen ON screen.person_id = outbox.person_id AND screen.slot = outbox.slot
        WHERE outbox.slot IS NOT NULL AND outbox.id IN {set}",
};

const ADDRESSEES: Sql =
    Sql { question: "to whom these messages are", text: "SELECT person_id FROM outbox WHERE id IN {set}" };

/// What was sent is not kept in words. Whoever lost the lease meanwhile may still report that it was sent.
const SETTLE: Sql = Sql {
    question: "what became of messages",
    text: "WITH v(id, state, not_before, settled, message_id) AS ({rows:5})
        UPDATE outbox SET state = v.state, not_before = COALESCE(v.not_before, outbox.not_before),
            settled = v.settled, message_id = v.message_id, lease = NULL, worker = NULL,
            message = CASE WHEN v.state = 'sent' THEN '' ELSE outbox.message END
        FROM v WHERE outbox.id = v.id AND (outbox.state = 'claimed' OR v.state = 'sent')",
};

/// The others are kept: to be counted, and so as not to be owed again.
const DROP_SENT: Sql = Sql {
    question: "messages that are of no use once sent",
    text: "DELETE FROM outbox WHERE kind IN ('reply', 'edit', 'strip') AND id IN {set}",
};

const KEEP_SCREENS: Sql = Sql {
    question: "where screens stand now",
    text: "WITH v(person_id, slot, message_id) AS ({rows:3})
        INSERT INTO screen (person_id, slot, message_id)
        SELECT person_id, slot, message_id FROM v WHERE person_id IS NOT NULL
        ON CONFLICT (person_id, slot) DO UPDATE SET message_id = excluded.message_id",
};

const SCREENS: Sql = Sql {
    question: "where these people's screens stand",
    text: "SELECT person_id, slot, message_id FROM screen WHERE person_id IN {set}",
};

const SHUT_OUTBOX: Sql = Sql {
    question: "what was still owed to people who cannot be reached",
    text: "UPDATE outbox SET state = 'unreachable', settled = $2 WHERE state = 'owed' AND person_id = $1",
};

const REACH: Sql =
    Sql { question: "whether a person can be reached", text: "UPDATE person SET reach = $2 WHERE id = $1" };

const KEPT_BACK: Sql = Sql {
    question: "what was kept back while a person could not be reached, newest first",
    text: "SELECT id, kind FROM outbox WHERE person_id = $1 AND state = 'unreachable' AND made >= $2
        ORDER BY made DESC, nth DESC",
};

const OWE_AGAIN: Sql = Sql {
    question: "a message that is owed again",
    text: "UPDATE outbox SET state = 'owed', not_before = $2, settled = NULL, tries = 0 WHERE id = $1",
};

const LET_GO: Sql = Sql {
    question: "what was kept back for a person and is over",
    text: "UPDATE outbox SET state = 'expired', settled = $2 WHERE person_id = $1 AND state = 'unreachable'",
};

impl Tx {
    /// Marks what became of messages. Answers with the older messages of screens that stand elsewhere now.
    /// A person who shut the door is marked as such, with everything else that was owed to them.
    pub async fn settle(&mut self, outcomes: &[(OwedId, Outcome)], now: DateTime<Utc>) -> Result<Vec<Replaced>> {
        let sent: BTreeMap<&OwedId, Option<i64>> = outcomes
            .iter()
            .filter_map(|(id, outcome)| if let Outcome::Sent(message) = outcome { Some((id, *message)) } else { None })
            .collect();
        let replaced = self.move_screens(outcomes).await?;
        let dropped = self.run_in(&DROP_SENT, args![], sent.keys().copied()).await?;
        let all_dropped = usize::try_from(dropped) == Ok(sent.len());
        let marks: BTreeMap<&OwedId, [Arg; 5]> = outcomes
            .iter()
            .filter(|(id, _)| !(all_dropped && sent.contains_key(id)))
            .map(|(id, outcome)| (id, mark(id, outcome, now)))
            .collect();
        self.run_rows(&SETTLE, args![], marks.into_values()).await?;
        self.shut(outcomes, now).await?;
        Ok(replaced)
    }

    /// Remembers where screens stand that were sent anew.
    async fn move_screens(&mut self, outcomes: &[(OwedId, Outcome)]) -> Result<Vec<Replaced>> {
        let arrived: Vec<(&OwedId, i64)> = outcomes
            .iter()
            .filter_map(
                |(id, outcome)| if let Outcome::Sent(Some(message)) = outcome { Some((id, *message)) } else { None },
            )
            .collect();
        let rows: Vec<MovedRow> = self.rows_in(&MOVED, args![], arrived.iter().map(|(id, _)| *id)).await?;
        let moved: HashMap<&str, &MovedRow> = rows.iter().map(|row| (row.id.as_str(), row)).collect();
        let mut screens = Screens::default();
        for (id, message) in arrived {
            if let Some(row) = moved.get(id.as_str()) {
                screens.moved(row, message)?;
            }
        }
        self.run_rows(&KEEP_SCREENS, args![], screens.rows()).await?;
        Ok(screens.replaced)
    }

    /// Whoever shut the door gets nothing more, until they open it again.
    async fn shut(&mut self, outcomes: &[(OwedId, Outcome)], now: DateTime<Utc>) -> Result<()> {
        let unreachable = outcomes.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Unreachable));
        let people: Vec<(String,)> = self.rows_in(&ADDRESSEES, args![], unreachable.map(|(id, _)| id)).await?;
        let people: BTreeSet<PersonId> = people.into_iter().map(|(person,)| person.into()).collect();
        for person in &people {
            self.on_block(person, now).await?;
        }
        Ok(())
    }

    /// Where these people's screens stand.
    pub async fn screens(&mut self, people: &[PersonId]) -> Result<HashMap<(PersonId, Slot), i64>> {
        let rows: Vec<(String, String, i64)> = self.rows_in(&SCREENS, args![], people).await?;
        rows.into_iter()
            .map(|(person, code, message)| {
                let slot = Slot::from_code(&code).ok_or(StoreError::Unreadable("slot"))?;
                Ok(((person.into(), slot), message))
            })
            .collect()
    }

    /// Marks people as unreachable, with everything that was owed to them (Telegram reported a block).
    pub async fn on_block(&mut self, person: &PersonId, now: DateTime<Utc>) -> Result<()> {
        self.run(&REACH, args![person, codec::code(&Reach::Blocked)]).await?;
        self.run(&SHUT_OUTBOX, args![person, now]).await?;
        Ok(())
    }

    /// Marks a person as reachable again. Of what was kept back for a week or less, the newest lesson is owed again;
    /// the rest is over: whoever comes back gets one message and never the backlog.
    pub async fn on_unblock(&mut self, person: &PersonId, now: DateTime<Utc>) -> Result<()> {
        self.run(&REACH, args![person, codec::code(&Reach::Open)]).await?;
        let kept: Vec<(String, String)> = self.rows(&KEPT_BACK, args![person, now - KEPT_BACK_FOR]).await?;
        if let Some((lesson, _)) = kept.iter().find(|(_, kind)| kind == Kind::Lesson.code()) {
            self.run(&OWE_AGAIN, args![lesson.as_str(), now]).await?;
        }
        self.run(&LET_GO, args![person, now]).await?;
        Ok(())
    }
}

/// Screens that stand elsewhere after a batch of messages.
#[derive(Default)]
struct Screens {
    now: BTreeMap<(String, String), (PersonId, Slot, i64)>,
    replaced: Vec<Replaced>,
}

impl Screens {
    fn moved(&mut self, row: &MovedRow, message: i64) -> Result<()> {
        let slot = Slot::from_code(&row.slot).ok_or(StoreError::Unreadable("slot"))?;
        let person = PersonId::from(row.person_id.as_str());
        let key = (row.person_id.clone(), slot.code().to_owned());
        let older = self.now.insert(key, (person.clone(), slot, message)).map(|(.., id)| id).or(row.standing);
        if let Some(message_id) = older.filter(|older| *older != message) {
            self.replaced.push(Replaced { person, slot, message_id });
        }
        Ok(())
    }

    fn rows(&self) -> Vec<[Arg; 3]> {
        self.now.values().map(|(person, slot, message)| args![person, slot.code(), *message]).collect()
    }
}

fn mark(id: &OwedId, outcome: &Outcome, now: DateTime<Utc>) -> [Arg; 5] {
    let over = |state: &str, message: Option<i64>| args![id, state, None::<i64>, now, message];
    match outcome {
        Outcome::Sent(message) => over("sent", *message),
        Outcome::Retry(at) => args![id, "owed", *at, None::<i64>, None::<i64>],
        Outcome::Expired => over("expired", None),
        Outcome::Unreachable => over("unreachable", None),
        Outcome::Unknown => over("unknown", None),
        Outcome::Failed => over("failed", None),
    }
}
