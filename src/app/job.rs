//! A message on its way through this process: what it says, to whom, and until when it is this process's to send.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::effect::{Kind, Owed};
use crate::domain::ids::{OwedId, PersonId};
use crate::domain::lang::Lang;
use crate::domain::message::Message;
use crate::domain::pacing::Lane;
use crate::store::Claimed;
use crate::telegram::port::ChatId;

/// A message to send.
#[derive(Clone, Debug)]
pub struct Job {
    /// `None`: an answer to somebody about whom nothing is stored.
    pub(super) id: Option<OwedId>,
    pub(super) person: Option<PersonId>,
    pub(super) chat: ChatId,
    pub(super) lang: Lang,
    pub(super) kind: Kind,
    pub(super) lane: Lane,
    pub(super) target: Option<i64>,
    pub(super) message: Message,
    pub(super) tries: u32,
    pub(super) expires: Option<DateTime<Utc>>,
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
            tries: 1,
            expires: owed.expires,
            lease: Some(lease),
            from_outbox: false,
        }
    }

    /// An answer that is sent once and written down nowhere.
    pub fn loose(chat: ChatId, lang: Lang, target: Option<i64>, message: Message) -> Self {
        Self {
            id: None,
            person: None,
            chat,
            lang,
            kind: if target.is_some() { Kind::Edit } else { Kind::Reply },
            lane: Lane::Reply,
            target,
            message,
            tries: 1,
            expires: None,
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
            tries: row.tries,
            expires: row.expires,
            lease: Some(lease),
            from_outbox: true,
        }
    }

    /// Whether so much of the lease is left.
    pub(super) fn has_left(&self, span: TimeDelta, now: DateTime<Utc>) -> bool {
        self.lease.is_none_or(|lease| lease - now >= span)
    }
}
