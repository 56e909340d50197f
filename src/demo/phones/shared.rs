//! One server for many tasks: the lock, the clock, the bells that wake who waits.
//!
//! Owns: long polling and its conflicts. Does not know HTTP.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::Notify;
use tokio::sync::futures::Notified;
use tokio::time::{Instant, timeout_at};

use super::params::{Params, Upload};
use super::updates::Push;
use super::{Bot, Call, Method, Phones, Refused, Reply, Wire};

/// Where the time comes from, in microseconds since 1970.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Longest wait of a poll (telegram-bot-api caps it).
const POLL_LIMIT: Duration = Duration::from_secs(50);

/// A handle to the server; clones share it.
#[derive(Clone)]
pub struct SharedPhones {
    inner: Arc<Inner>,
}

struct Inner {
    phones: Mutex<Phones>,
    clock: Clock,
    /// Rung when something in a chat changed; a chat's bell is its id modulo 64.
    chats: [Notify; 64],
    /// Rung when a bot got updates or its webhook changed.
    bots: [Notify; 64],
    /// Rung when any webhook changed.
    webhooks: Notify,
    /// Rung when a call is held.
    holds: Notify,
}

impl fmt::Debug for SharedPhones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedPhones")
    }
}

/// The webhook is no longer the one that is meant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WebhookChanged;

impl SharedPhones {
    pub fn new(phones: Phones, clock: Clock) -> Self {
        let bells = || std::array::from_fn(|_| Notify::new());
        Self {
            inner: Arc::new(Inner {
                phones: Mutex::new(phones),
                clock,
                chats: bells(),
                bots: bells(),
                webhooks: Notify::new(),
                holds: Notify::new(),
            }),
        }
    }

    /// Does something with the server, now; wakes whom it concerns.
    pub fn with<R>(&self, act: impl FnOnce(&mut Phones, i64) -> R) -> R {
        let mut phones = self.inner.phones.lock().unwrap_or_else(PoisonError::into_inner);
        let now = (self.inner.clock)();
        let result = act(&mut phones, now);
        let wakes = phones.take_wakes();
        drop(phones);
        ring(&self.inner.chats, wakes.chats);
        ring(&self.inner.bots, wakes.bots);
        result
    }

    /// Answers a call; `getUpdates` waits as long as it asks to.
    pub async fn call(&self, token: &str, method: &str, params: &Value, uploads: Vec<Upload>) -> Reply {
        match Method::parse(method) {
            Some(Method::GetUpdates) => self.poll(token, method, params).await,
            parsed => {
                let reply = self.with(|phones, now| phones.call_with_files(now, token, method, params, uploads));
                if matches!(parsed, Some(Method::SetWebhook | Method::DeleteWebhook)) {
                    self.inner.webhooks.notify_waiters();
                }
                if reply.wire == Wire::Hold {
                    self.inner.holds.notify_waiters();
                }
                reply
            }
        }
    }

    /// Waits until so many calls have been held.
    pub async fn held(&self, calls: u64) {
        loop {
            let bell = self.inner.holds.notified();
            if self.with(|phones, _| phones.record().held >= calls) {
                return;
            }
            bell.await;
        }
    }

    /// Waits until a chat's revision is above `after`, at most `wait`; true if it is.
    pub async fn revised(&self, token: &str, chat: i64, after: u64, wait: Duration) -> bool {
        let deadline = Instant::now() + wait;
        loop {
            let bell = self.inner.chats[index(chat)].notified();
            let newer = self.with(|phones, _| phones.chat(token, chat).is_some_and(|c| c.revision > after));
            if newer {
                return true;
            }
            if timeout_at(deadline, bell).await.is_err() {
                return false;
            }
        }
    }

    /// Rings when updates of a bot come in or its webhook changes. Take it before looking.
    pub(crate) fn bot_bell(&self, bot: i64) -> Notified<'_> {
        self.inner.bots[index(bot)].notified()
    }

    /// Rings when any webhook is set or taken away. Take it before looking.
    pub(crate) fn webhook_bell(&self) -> Notified<'_> {
        self.inner.webhooks.notified()
    }

    async fn poll(&self, token: &str, method: &str, params: &Value) -> Reply {
        let arguments = Params::new(params, Vec::new());
        let wait =
            arguments.int("timeout").and_then(|s| u64::try_from(s).ok()).map_or(Duration::ZERO, Duration::from_secs);
        let deadline = Instant::now() + wait.min(POLL_LIMIT);
        let (mut reply, poll) = self.with(|phones, now| {
            let reply = phones.call(now, token, method, params);
            (reply, phones.begin_poll(token))
        });
        if reply.wire == Wire::Hold {
            self.inner.holds.notify_waiters();
            return reply;
        }
        let Some((bot, epoch)) = poll.filter(|_| reply.wire != Wire::DropBefore) else { return reply };
        loop {
            let empty = reply.result().and_then(Value::as_array).is_some_and(Vec::is_empty);
            if !empty {
                return reply;
            }
            let bell = self.inner.bots[index(bot)].notified();
            let again = self.with(|phones, now| phones.poll_again(now, token, params, epoch));
            let wire = reply.wire;
            reply = Reply { wire, ..again };
            let still_empty = reply.result().and_then(Value::as_array).is_some_and(Vec::is_empty);
            if still_empty && timeout_at(deadline, bell).await.is_err() {
                return reply;
            }
        }
    }
}

impl Phones {
    /// Every bot with a webhook: token, id, and the number of the webhook's last change.
    pub(crate) fn webhooks(&self) -> Vec<(String, i64, u64)> {
        let hooked = self.bots.iter().filter(|b| b.updates.webhook().is_some());
        hooked.map(|b| (b.token.clone(), b.id, b.updates.hook_epoch)).collect()
    }

    /// The next update to push, if the webhook is still the one that is meant.
    pub(crate) fn next_push(&mut self, now: i64, token: &str, hook: u64) -> Result<Option<Push>, WebhookChanged> {
        let now = self.tick(now);
        let index = self.by_token.get(token).ok_or(WebhookChanged)?;
        let updates = &mut self.bots[*index].updates;
        if updates.hook_epoch != hook { Err(WebhookChanged) } else { Ok(updates.next_push(now)) }
    }

    /// Notes how a push went; whether to try again.
    pub(crate) fn push_ended(&mut self, now: i64, token: &str, update: i64, outcome: Result<(), &str>) -> bool {
        let now = self.tick(now);
        let Some(index) = self.by_token.get(token) else { return false };
        let bot = &mut self.bots[*index];
        let again = outcome.is_err_and(|why| bot.updates.push_failed(now, update, why));
        if !again {
            bot.updates.pushed(update);
            let id = bot.id;
            self.wakes.updates(id);
        }
        again
    }

    /// A new poll evicts the one before it; its bot and number.
    fn begin_poll(&mut self, token: &str) -> Option<(i64, u64)> {
        let index = *self.by_token.get(token)?;
        let bot: &mut Bot = &mut self.bots[index];
        bot.updates.epoch += 1;
        let (id, epoch) = (bot.id, bot.updates.epoch);
        self.wakes.updates(id);
        Some((id, epoch))
    }

    /// Looks again on behalf of a waiting poll; neither chance nor counters take part.
    fn poll_again(&mut self, now: i64, token: &str, params: &Value, epoch: u64) -> Reply {
        let now = self.tick(now);
        let Some(index) = self.by_token.get(token).copied() else { return Reply::refusal(&Refused::not_found()) };
        let bot = &mut self.bots[index];
        if bot.updates.epoch != epoch {
            let why = match bot.updates.webhook() {
                Some(_) => "terminated by setWebhook request",
                None => "terminated by other getUpdates request; make sure that only one bot instance is running",
            };
            let refused = Refused::conflict(why);
            self.record.count("getUpdates", refused.status);
            return Reply::refusal(&refused);
        }
        let mut call = Call {
            now,
            params: Params::new(params, Vec::new()),
            bot,
            people: &self.people,
            options: &self.options,
            record: &mut self.record,
            wakes: &mut self.wakes,
        };
        Reply::of(call.run(Method::GetUpdates))
    }
}

fn index(id: i64) -> usize {
    id.rem_euclid(64) as usize
}

fn ring(bells: &[Notify; 64], mut which: u64) {
    while which != 0 {
        bells[which.trailing_zeros() as usize].notify_waiters();
        which &= which - 1;
    }
}
