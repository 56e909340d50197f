//! Messages owed: writing them down, handing each to one worker at a time, waking.
//!
//! Owns: that a message is owed once by (person, kind, occurrence), and that no two workers hold the same.
//! What becomes of it afterwards is `settle`'s. Does not know how a message is sent.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::sealed::MESSAGE;
use super::sets::{Arg, args};
use super::sql::Sql;
use super::vault::Vault;
use super::{Result, StoreError, Tx, codec};
use crate::domain::delivery::again_when_unclear;
use crate::domain::effect::{Kind, Owed, Slot};
use crate::domain::ids::{OwedId, PersonId};
use crate::domain::lang::Lang;
use crate::domain::message::Message;
use crate::domain::pacing::Lane;
use crate::domain::tandem::Reach;

pub(super) const ALL: &[&Sql] = &[
    &OWE,
    &OWED,
    &CLAIM,
    &OUT_OF_REACH,
    &LEASES_OVER,
    &LEASES_OF_WORKER,
    &LEASES_OF_SILENT,
    &LEASES_OF_OTHERS,
    &LEASES,
    &RENEW,
    &PUT_ON_WIRE,
    &FREE,
    &DOUBT,
    &TIME_HAD_COME,
    &LONGEST_LEASE,
    &NEXT_OWED,
    &COUNT_OWED,
    &BEAT,
    &FORGET_SILENT,
];

/// A message to be owed.
#[derive(Clone, Debug)]
pub struct NewOwed<'a> {
    pub id: OwedId,
    pub owed: &'a Owed,
    /// The message to change, where it is a change.
    pub target: Option<i64>,
    /// The worker that is going to send it at once, and until when nobody else may.
    pub claimed: Option<(&'a str, DateTime<Utc>)>,
}

/// A message that this worker, and nobody else, is to send.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimed {
    pub id: OwedId,
    pub person: PersonId,
    /// The chat it goes to.
    pub address: i64,
    pub lang: Lang,
    pub kind: Kind,
    pub occurrence: String,
    pub lane: Lane,
    pub slot: Option<Slot>,
    pub target: Option<i64>,
    pub message: Message,
    /// Counts this attempt.
    pub tries: u32,
    pub not_before: DateTime<Utc>,
    pub expires: Option<DateTime<Utc>>,
    /// When it was written down: for a reply, when what it answers was taken.
    pub made: DateTime<Utc>,
}

/// Above this many, messages owed are not counted further: a look must not cost more the worse things are.
pub const COUNTED: u32 = 10_000;

/// When something is to be sent next, by lane, when a chat is to be emptied, and when the first lease ends. Instants in the past mean now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NextOwed {
    pub reply: Option<DateTime<Utc>>,
    pub bulk: Option<DateTime<Utc>>,
    pub unsay: Option<DateTime<Utc>>,
    pub lease: Option<DateTime<Utc>>,
}

/// Whose claims end before their lease does.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    Worker(&'a str),
    /// Workers that have not been seen since then.
    SilentSince(DateTime<Utc>),
    /// Every worker but this one, which alone sends from now on.
    OthersThan(&'a str),
    /// Right where one process alone works on the database and has just begun.
    Everybody,
}

/// A newer change of a message replaces an older one, even one that is on the wire: the row gets a new id, so that
/// nothing is settled by the older attempt. A message that is sent stays as it is.
const OWE: Sql = Sql {
    question: "messages that are owed and were not before",
    text: "WITH v(id, person_id, kind, occurrence, lane, slot, target, message, not_before, nth, expires, state, tries,
            lease, worker) AS ({rows:15})
        INSERT INTO outbox (id, person_id, kind, occurrence, lane, slot, target, message, not_before, nth, expires,
            state, tries, lease, worker, made)
        SELECT id, person_id, kind, occurrence, lane, slot, target, message, not_before, nth, expires, state, tries,
            lease, worker, $1
        FROM v WHERE id IS NOT NULL
        ON CONFLICT (person_id, kind, occurrence) DO UPDATE SET id = excluded.id, lane = excluded.lane,
            slot = excluded.slot, target = excluded.target, message = excluded.message,
            not_before = excluded.not_before, nth = excluded.nth, expires = excluded.expires, state = excluded.state,
            tries = excluded.tries, lease = excluded.lease, worker = excluded.worker, made = excluded.made,
            settled = NULL, message_id = NULL
        WHERE outbox.kind = 'edit'",
};

const OWED: Sql =
    Sql { question: "which of these messages are there", text: "SELECT id FROM outbox WHERE id IN {set}" };

#[derive(FromRow)]
struct ClaimRow {
    id: String,
    person_id: String,
    kind: String,
    occurrence: String,
    slot: Option<String>,
    target: Option<i64>,
    message: String,
    not_before: i64,
    nth: i64,
    expires: Option<i64>,
    tries: i64,
    made: i64,
    address: Option<i64>,
    lang: String,
    reach: String,
}

/// `MATERIALIZED`, or PostgreSQL may pick more rows than the limit; locked rows are another worker's.
const CLAIM: Sql = Sql {
    question: "the next messages to send in a lane",
    text: "WITH picked(id) AS MATERIALIZED (
            SELECT id FROM outbox WHERE state = 'owed' AND lane = $1 AND not_before <= $2
            ORDER BY not_before, nth LIMIT $3 {pg: FOR UPDATE SKIP LOCKED})
        UPDATE outbox SET state = 'claimed', worker = $4, lease = $5, tries = tries + 1, on_wire = NULL
        WHERE id IN (SELECT id FROM picked)
        RETURNING id, person_id, kind, occurrence, slot, target, message, not_before, nth, expires, tries,
            made, (SELECT chat.address FROM chat WHERE chat.person_id = outbox.person_id) AS address,
            (SELECT person.lang FROM person WHERE person.id = outbox.person_id) AS lang,
            (SELECT person.reach FROM person WHERE person.id = outbox.person_id) AS reach",
};

const OUT_OF_REACH: Sql = Sql {
    question: "claimed messages to people who cannot be reached",
    text: "UPDATE outbox SET state = 'unreachable', settled = $1, lease = NULL, worker = NULL WHERE id IN {set}",
};

const LEASES_OVER: Sql = Sql {
    question: "claims whose lease is over",
    text: "SELECT id, kind, on_wire FROM outbox WHERE state = 'claimed' AND lease <= $1",
};

const LEASES_OF_WORKER: Sql = Sql {
    question: "claims of one worker",
    text: "SELECT id, kind, on_wire FROM outbox WHERE state = 'claimed' AND lease IS NOT NULL AND worker = $1",
};

const LEASES_OF_SILENT: Sql = Sql {
    question: "claims of workers that are silent",
    text: "SELECT id, kind, on_wire FROM outbox WHERE state = 'claimed' AND lease IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM worker WHERE worker.id = outbox.worker AND worker.seen >= $1)",
};

const LEASES_OF_OTHERS: Sql = Sql {
    question: "claims of other workers",
    text: "SELECT id, kind, on_wire FROM outbox WHERE state = 'claimed' AND lease IS NOT NULL AND worker <> $1",
};

const LEASES: Sql = Sql {
    question: "all claims",
    text: "SELECT id, kind, on_wire FROM outbox WHERE state = 'claimed' AND lease IS NOT NULL",
};

/// A change that was replaced by a newer one has another id: it is nobody's any more.
const RENEW: Sql = Sql {
    question: "claims that this worker still holds",
    text: "UPDATE outbox SET lease = $2 WHERE state = 'claimed' AND worker = $1 AND id IN {set} RETURNING id",
};

const PUT_ON_WIRE: Sql = Sql {
    question: "claims of this worker that leave now and must not leave twice",
    text: "UPDATE outbox SET on_wire = $2, lease = $3 WHERE state = 'claimed' AND worker = $1 AND id IN {set}
        RETURNING id",
};

const FREE: Sql = Sql {
    question: "claims that end and are owed again",
    text: "UPDATE outbox SET state = 'owed', lease = NULL, worker = NULL WHERE state = 'claimed' AND id IN {set}",
};

const DOUBT: Sql = Sql {
    question: "claims that end and may have been sent",
    text: "UPDATE outbox SET state = 'unknown', settled = $1, lease = NULL, worker = NULL
        WHERE state = 'claimed' AND id IN {set}",
};

/// What was tried before, or was to leave at once when it was made. A polite hour stays what it is.
const TIME_HAD_COME: Sql = Sql {
    question: "what could have been sent by a clock that was ahead",
    text: "UPDATE outbox SET not_before = $1 WHERE state = 'owed' AND lane = $2 AND not_before > $1
        AND (tries > 0 OR not_before <= made)",
};

const LONGEST_LEASE: Sql = Sql {
    question: "claims by a clock that was ahead",
    text: "UPDATE outbox SET lease = $1 WHERE state = 'claimed' AND lease > $1",
};

#[derive(FromRow)]
struct NextRow {
    reply: Option<i64>,
    bulk: Option<i64>,
    unsay: Option<i64>,
    lease: Option<i64>,
}

const NEXT_OWED: Sql = Sql {
    question: "when the next message is to be sent",
    text: "SELECT
        (SELECT not_before FROM outbox WHERE state = 'owed' AND lane = 'reply' ORDER BY not_before LIMIT 1) AS reply,
        (SELECT not_before FROM outbox WHERE state = 'owed' AND lane = 'bulk' ORDER BY not_before LIMIT 1) AS bulk,
        (SELECT at FROM unsay WHERE at > 0 ORDER BY at LIMIT 1) AS unsay,
        (SELECT lease FROM outbox WHERE state = 'claimed' AND lease IS NOT NULL ORDER BY lease LIMIT 1) AS lease",
};

/// Reads the index of what is owed and no row of the table: nothing of a row is asked for.
const COUNT_OWED: Sql = Sql {
    question: "how many messages are owed",
    text: "SELECT
        (SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE state = 'owed' AND lane = 'reply' LIMIT $1) AS counted),
        (SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE state = 'owed' AND lane = 'bulk' LIMIT $1) AS counted)",
};

const BEAT: Sql = Sql {
    question: "a worker is alive",
    text: "INSERT INTO worker (id, seen) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET seen = excluded.seen",
};

const FORGET_SILENT: Sql =
    Sql { question: "workers that have long been silent", text: "DELETE FROM worker WHERE seen < $1" };

impl Tx {
    /// Writes down messages that are owed and says which of them are new. A message that was owed before is left
    /// alone, except that a newer change (`Kind::Edit`) of the same thing replaces an older one.
    pub async fn owe(&mut self, messages: &[NewOwed<'_>], now: DateTime<Utc>) -> Result<HashSet<OwedId>> {
        let messages = distinct(messages);
        let mut rows = Vec::with_capacity(messages.len());
        for (nth, message) in (0_i64..).zip(&messages) {
            rows.push(owed_args(nth, message, &self.vault)?);
        }
        let written = self.run_rows(&OWE, args![now], rows).await?;
        let ids = messages.iter().map(|message| &message.id);
        if usize::try_from(written) == Ok(messages.len()) {
            return Ok(ids.cloned().collect());
        }
        let new: Vec<(String,)> = self.rows_in(&OWED, args![], ids).await?;
        Ok(new.into_iter().map(|(id,)| id.into()).collect())
    }

    /// Takes the next messages of a lane whose time has come, oldest first, and keeps them from others until
    /// `lease_until`. Messages to people who cannot be reached are put aside on the way.
    pub async fn claim(
        &mut self,
        lane: Lane,
        now: DateTime<Utc>,
        worker: &str,
        lease_until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Claimed>> {
        loop {
            let args = args![codec::lane_code(lane), now, limit, worker, lease_until];
            let mut rows: Vec<ClaimRow> = self.rows(&CLAIM, args).await?;
            if rows.is_empty() {
                return Ok(Vec::new());
            }
            // RETURNING has no order.
            rows.sort_by(|a, b| (a.not_before, a.nth, &a.id).cmp(&(b.not_before, b.nth, &b.id)));
            let mut claimed = Vec::with_capacity(rows.len());
            let mut shut = Vec::new();
            for row in rows {
                match row.read(lane, &self.vault)? {
                    Ok(message) => claimed.push(message),
                    Err(id) => shut.push(id),
                }
            }
            self.run_in(&OUT_OF_REACH, args![now], shut).await?;
            if !claimed.is_empty() {
                return Ok(claimed);
            }
        }
    }

    /// Ends claims whose lease is over. Says how many.
    pub async fn end_leases(&mut self, now: DateTime<Utc>) -> Result<usize> {
        let over = self.rows(&LEASES_OVER, args![now]).await?;
        self.give_back(over, now).await
    }

    /// Ends claims of workers that are gone. Says how many.
    pub async fn release_claims(&mut self, whose: Whose<'_>, now: DateTime<Utc>) -> Result<usize> {
        let claims = match whose {
            Whose::Worker(worker) => self.rows(&LEASES_OF_WORKER, args![worker]).await?,
            Whose::SilentSince(instant) => self.rows(&LEASES_OF_SILENT, args![instant]).await?,
            Whose::OthersThan(worker) => self.rows(&LEASES_OF_OTHERS, args![worker]).await?,
            Whose::Everybody => self.rows(&LEASES, args![]).await?,
        };
        self.give_back(claims, now).await
    }

    /// Keeps messages from others for longer. Answers with those that are still this worker's.
    pub async fn renew(
        &mut self,
        messages: &[OwedId],
        worker: &str,
        lease_until: DateTime<Utc>,
    ) -> Result<HashSet<OwedId>> {
        let ours: Vec<(String,)> = self.rows_in(&RENEW, args![worker, lease_until], messages).await?;
        Ok(ours.into_iter().map(|(id,)| id.into()).collect())
    }

    /// Remembers that messages are about to leave which must not come twice. Whatever else was claimed certainly
    /// never left, or is sent again anyway. Answers with those that are still this worker's.
    pub async fn put_on_wire(
        &mut self,
        messages: &[OwedId],
        worker: &str,
        now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
    ) -> Result<HashSet<OwedId>> {
        let ours: Vec<(String,)> = self.rows_in(&PUT_ON_WIRE, args![worker, now, lease_until], messages).await?;
        Ok(ours.into_iter().map(|(id,)| id.into()).collect())
    }

    /// The clock was set back: nothing waits for as long as it was ahead. No lease ends later than `lease_until`.
    pub async fn clock_went_back(&mut self, now: DateTime<Utc>, lease_until: DateTime<Utc>) -> Result<()> {
        for lane in [Lane::Reply, Lane::Bulk] {
            self.run(&TIME_HAD_COME, args![now, codec::lane_code(lane)]).await?;
        }
        self.run(&LONGEST_LEASE, args![lease_until]).await?;
        Ok(())
    }

    /// When the sender has something to do next. Four looks at the head of an index.
    pub async fn next_owed(&mut self) -> Result<NextOwed> {
        let Some(row) = self.row::<NextRow>(&NEXT_OWED, args![]).await? else {
            return Ok(NextOwed::default());
        };
        Ok(NextOwed {
            reply: row.reply.map(codec::instant).transpose()?,
            bulk: row.bulk.map(codec::instant).transpose()?,
            unsay: row.unsay.map(codec::instant).transpose()?,
            lease: row.lease.map(codec::instant).transpose()?,
        })
    }

    /// How many replies and how many bulk messages are owed, `COUNTED` at most.
    pub async fn count_owed(&mut self) -> Result<(i64, i64)> {
        Ok(self.row(&COUNT_OWED, args![COUNTED]).await?.unwrap_or_default())
    }

    /// Says that this worker is alive.
    pub async fn beat(&mut self, worker: &str, now: DateTime<Utc>) -> Result<()> {
        self.run(&BEAT, args![worker, now]).await?;
        Ok(())
    }

    /// Forgets workers that have not been seen since then.
    pub async fn forget_workers(&mut self, silent_since: DateTime<Utc>) -> Result<()> {
        self.run(&FORGET_SILENT, args![silent_since]).await?;
        Ok(())
    }

    /// What may have been sent goes out again or not, as its kind has it; what never left goes out.
    async fn give_back(&mut self, claims: Vec<(String, String, Option<i64>)>, now: DateTime<Utc>) -> Result<usize> {
        let count = claims.len();
        let (mut again, mut doubt) = (Vec::new(), Vec::new());
        for (id, kind, on_wire) in claims {
            let kind = Kind::from_code(&kind).ok_or(StoreError::Unreadable("kind of message"))?;
            if again_when_unclear(kind) || on_wire.is_none() { again.push(id) } else { doubt.push(id) }
        }
        self.run_in(&FREE, args![], again).await?;
        self.run_in(&DOUBT, args![now], doubt).await?;
        Ok(count)
    }
}

impl NextOwed {
    /// The first of them.
    pub fn first(&self) -> Option<DateTime<Utc>> {
        [self.reply, self.bulk, self.unsay, self.lease].into_iter().flatten().min()
    }

    /// The first of them that is still to come.
    pub fn after(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        [self.reply, self.bulk, self.unsay, self.lease].into_iter().flatten().filter(|at| *at > now).min()
    }
}

/// Of several with the same key the first, and of changes the last: one statement may not meet a row twice.
fn distinct<'a, 'b>(messages: &'a [NewOwed<'b>]) -> Vec<&'a NewOwed<'b>> {
    let mut places: HashMap<(&PersonId, Kind, &str), usize> = HashMap::new();
    let mut kept: Vec<&NewOwed<'_>> = Vec::with_capacity(messages.len());
    for message in messages {
        let owed = message.owed;
        match places.get(&(&owed.to, owed.kind, owed.occurrence.as_str())) {
            Some(place) if owed.kind == Kind::Edit => kept[*place] = message,
            Some(_) => {}
            None => {
                places.insert((&owed.to, owed.kind, &owed.occurrence), kept.len());
                kept.push(message);
            }
        }
    }
    kept
}

fn owed_args(nth: i64, new: &NewOwed<'_>, vault: &Vault) -> Result<[Arg; 15]> {
    let owed = new.owed;
    let at = [owed.to.as_str(), owed.kind.code(), owed.occurrence.as_str()];
    let message = vault.seal(MESSAGE.at(&at), &codec::json(&owed.message, "message")?);
    let (worker, lease) = new.claimed.unzip();
    Ok(args![
        &new.id,
        &owed.to,
        owed.kind.code(),
        owed.occurrence.as_str(),
        codec::lane_code(owed.lane),
        owed.slot.map(Slot::code),
        new.target,
        message,
        owed.not_before,
        nth,
        owed.expires,
        if worker.is_some() { "claimed" } else { "owed" },
        i64::from(worker.is_some()),
        lease,
        worker,
    ])
}

impl ClaimRow {
    /// The message, or the id of one that has nowhere to go.
    fn read(self, lane: Lane, vault: &Vault) -> Result<std::result::Result<Claimed, String>> {
        let reach: Reach = codec::from_code(&self.reach, "reach")?;
        let (Some(address), Reach::Open) = (self.address, reach) else {
            return Ok(Err(self.id));
        };
        let at = [self.person_id.as_str(), self.kind.as_str(), self.occurrence.as_str()];
        let message = vault.open(MESSAGE.at(&at), &self.message)?;
        Ok(Ok(Claimed {
            id: self.id.into(),
            person: self.person_id.into(),
            address,
            lang: Lang(self.lang),
            kind: Kind::from_code(&self.kind).ok_or(StoreError::Unreadable("kind of message"))?,
            occurrence: self.occurrence,
            lane,
            slot: slot(self.slot.as_deref())?,
            target: self.target,
            message: codec::from_json(&message, "message")?,
            tries: codec::count(self.tries)?,
            not_before: codec::instant(self.not_before)?,
            expires: self.expires.map(codec::instant).transpose()?,
            made: codec::instant(self.made)?,
        }))
    }
}

/// Reads a slot's code, where there is one.
pub(super) fn slot(code: Option<&str>) -> Result<Option<Slot>> {
    code.map(|code| Slot::from_code(code).ok_or(StoreError::Unreadable("slot"))).transpose()
}
