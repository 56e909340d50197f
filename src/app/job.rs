//! A message on its way through this process: what it says, to whom, and until when it is this process's to send.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::delivery::{MAX_TRIES, Outcome};
use crate::domain::effect::{Kind, Owed};
use crate::domain::ids::{OwedId, PersonId};
use crate::domain::lang::Lang;
use crate::domain::message::Message;
use crate::domain::pacing::Lane;
use crate::store::{Claimed, DELETABLE, Unsay};
use crate::telegram::port::ChatId;

/// A message to send.
#[derive(Clone, Debug)]
pub struct Job {
    /// `None`: an answer that is written down nowhere.
    pub(super) id: Option<OwedId>,
    pub(super) person: Option<PersonId>,
    pub(super) chat: ChatId,
    pub(super) lang: Lang,
    pub(super) kind: Kind,
    pub(super) lane: Lane,
    pub(super) target: Option<i64>,
    pub(super) message: Message,
    /// Messages to take out of the chat (`Kind::Unsay`).
    pub(super) unsay: Vec<i64>,
    pub(super) tries: u32,
    pub(super) expires: Option<DateTime<Utc>>,
    /// When the update was taken that it answers.
    pub(super) taken: Option<DateTime<Utc>>,
    /// Until when it is this process's to send.
    pub(super) lease: Option<DateTime<Utc>>,
    /// Whether it was owed before this process took it, and not committed by it just now.
    pub(super) from_outbox: bool,
}

impl Job {
    /// What was just committed and claimed until `lease`.
    pub fn owed(id: OwedId, owed: &Owed, chat: ChatId, lang: Lang, target: Option<i64>, lease: DateTime<Utc>) -> Self {
        Self {
            id: Some(id),
            person: Some(owed.to.clone()),
            chat,
            lang,
            kind: owed.kind,
            lane: owed.lane,
            target,
            message: owed.message.clone(),
            unsay: Vec::new(),
            tries: 1,
            expires: owed.expires,
            taken: None,
            lease: Some(lease),
            from_outbox: false,
        }
    }

    /// An answer that is sent once and written down nowhere.
    pub fn loose(chat: ChatId, person: Option<PersonId>, lang: Lang, target: Option<i64>, message: Message) -> Self {
        Self {
            id: None,
            person,
            chat,
            lang,
            kind: if target.is_some() { Kind::Edit } else { Kind::Reply },
            lane: Lane::Reply,
            target,
            message,
            unsay: Vec::new(),
            tries: 1,
            expires: None,
            taken: None,
            lease: None,
            from_outbox: false,
        }
    }

    pub(super) fn claimed(row: Claimed, lease: DateTime<Utc>) -> Self {
        Self {
            id: Some(row.id),
            person: Some(row.person),
            chat: ChatId(row.address),
            lang: row.lang,
            kind: row.kind,
            lane: row.lane,
            target: row.target,
            message: row.message,
            unsay: Vec::new(),
            tries: row.tries,
            expires: row.expires,
            taken: (row.lane == Lane::Reply).then_some(row.made),
            lease: Some(lease),
            from_outbox: true,
        }
    }

    /// Messages to take out of the chat of somebody who is erased. Not a row of the outbox, so it has no id.
    pub(super) fn unsay(row: Unsay, lease: DateTime<Utc>) -> Self {
        Self {
            id: None,
            person: Some(row.person),
            chat: ChatId(row.address),
            lang: Lang::source(),
            kind: Kind::Unsay,
            lane: Lane::Bulk,
            target: None,
            message: Message::default(),
            unsay: row.messages,
            // Two days end it, and not the number of tries.
            tries: row.tries.min(MAX_TRIES - 1),
            expires: Some(row.erased + DELETABLE),
            taken: None,
            lease: Some(lease),
            from_outbox: true,
        }
    }

    /// It answers an update that was taken then.
    pub(super) fn answer_to(&mut self, taken: DateTime<Utc>) {
        self.taken = Some(taken);
    }

    /// Whether so much of the lease is left.
    pub(super) fn has_left(&self, span: TimeDelta, now: DateTime<Utc>) -> bool {
        self.lease.is_none_or(|lease| lease - now >= span)
    }

    /// Says what became of it, without a word of what it says.
    pub(super) fn log(&self, outcome: Outcome) {
        let (kind, tries) = (self.kind.code(), self.tries);
        match outcome {
            Outcome::Sent(_) => tracing::debug!(kind, "sent"),
            Outcome::Retry(_) => tracing::debug!(kind, tries, "will be tried again"),
            Outcome::Expired => tracing::info!(kind, "expired before it could be sent"),
            Outcome::Unreachable => tracing::info!(kind, "the person cannot be reached"),
            Outcome::Unknown => tracing::warn!(kind, "may have been sent; not sent again"),
            Outcome::Failed => tracing::error!(kind, tries, "could not be sent"),
        }
    }
}

/// Buttons of an older message go.
pub(super) fn strip(person: &PersonId, message: i64, now: DateTime<Utc>) -> Owed {
    Owed {
        to: person.clone(),
        kind: Kind::Strip,
        occurrence: format!("strip:{message}"),
        lane: Lane::Bulk,
        not_before: now,
        expires: Some(now + TimeDelta::hours(1)),
        slot: None,
        message: Message::default(),
    }
}
