//! What waits for a bot: its updates, how they are fetched, forgotten and pushed.
//!
//! Owns: the queue, `getUpdates`' offsets, lifetimes, the webhook's settings. Does not wait and does not send:
//! the mouths do.

use std::collections::{HashMap, VecDeque};

use serde_json::{Value, json};

use super::refused::Refused;
use super::state::SECOND;

/// Lifetime of an ordinary update (Bot API, "Getting updates": at most 24 hours).
const LIFETIME: i64 = 24 * 3600 * SECOND;
/// Lifetime of a press (telegram-bot-api drops them after 150 s).
const PRESS_LIFETIME: i64 = 150 * SECOND;
/// Most updates one answer carries (Bot API, `getUpdates`).
const BATCH_LIMIT: usize = 100;
/// Updates kept for a bot that never asks; the oldest go first.
const QUEUE_LIMIT: usize = 1_000_000;
/// Id of a bot's first update, unless the options say otherwise.
pub const FIRST_ID: i64 = 100_000_001;
/// Characters of a webhook's secret (Bot API, `setWebhook`).
const SECRET_LIMIT: usize = 256;

/// The kinds of update this server makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UpdateKind {
    Message,
    EditedMessage,
    CallbackQuery,
    MyChatMember,
}

impl UpdateKind {
    pub fn name(self) -> &'static str {
        match self {
            UpdateKind::Message => "message",
            UpdateKind::EditedMessage => "edited_message",
            UpdateKind::CallbackQuery => "callback_query",
            UpdateKind::MyChatMember => "my_chat_member",
        }
    }
}

#[derive(Debug)]
struct Waiting {
    id: i64,
    expires: i64,
    /// Pushed updates of one queue keep their order: messages queue by chat, presses by person.
    queue: (UpdateKind, i64),
    body: Value,
}

/// An update on its way to a webhook.
#[derive(Clone, Debug)]
pub struct Push {
    pub update_id: i64,
    pub body: Value,
    pub url: String,
    pub secret: Option<String>,
}

/// Where updates are pushed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    pub url: String,
    pub secret: Option<String>,
    pub max_connections: i64,
}

/// One bot's updates.
#[derive(Debug)]
pub(super) struct Updates {
    queue: VecDeque<Waiting>,
    next: i64,
    /// `None`: every kind.
    allowed: Option<Vec<String>>,
    webhook: Option<Webhook>,
    /// Grows with each change of the webhook, so that pushes for an old one end.
    pub hook_epoch: u64,
    /// The queues of which an update is on its way.
    in_flight: HashMap<(UpdateKind, i64), i64>,
    last_error: Option<(i64, String)>,
    /// Grows with each poll and webhook change; a poll that is not the newest is evicted.
    pub epoch: u64,
    pub expired: u64,
}

impl Updates {
    /// Nothing waits yet; the first update will have this id.
    pub fn beginning_at(first: i64) -> Self {
        Self {
            queue: VecDeque::new(),
            next: first,
            allowed: None,
            webhook: None,
            hook_epoch: 0,
            in_flight: HashMap::new(),
            last_error: None,
            epoch: 0,
            expired: 0,
        }
    }

    /// The next update has this id.
    pub fn goes_on_at(&mut self, id: i64) {
        self.next = id;
    }

    /// Queues one; its id, or `None` if the bot did not ask for this kind.
    pub fn push(&mut self, now: i64, kind: UpdateKind, payload: Value) -> Option<i64> {
        if self.allowed.as_ref().is_some_and(|kinds| !kinds.iter().any(|k| k == kind.name())) {
            return None;
        }
        let id = self.next;
        self.next += 1;
        let lifetime = if kind == UpdateKind::CallbackQuery { PRESS_LIFETIME } else { LIFETIME };
        let sender = if kind == UpdateKind::CallbackQuery { &payload["from"]["id"] } else { &payload["chat"]["id"] };
        let queue = (kind, sender.as_i64().unwrap_or_default());
        let mut body = json!({"update_id": id});
        body[kind.name()] = payload;
        self.queue.push_back(Waiting { id, expires: now.saturating_add(lifetime), queue, body });
        if self.queue.len() > QUEUE_LIMIT {
            self.queue.pop_front();
            self.expired += 1;
        }
        Some(id)
    }

    /// `getUpdates`. An offset above an update deletes it; a negative one keeps only the last so many.
    pub fn fetch(&mut self, now: i64, offset: i64, limit: Option<i64>) -> Result<Vec<Value>, Refused> {
        if self.webhook.is_some() {
            let why =
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
            return Err(Refused::conflict(why));
        }
        if offset < 0 {
            let keep = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
            let drop = self.queue.len().saturating_sub(keep);
            self.queue.drain(..drop);
        }
        while self.queue.front().is_some_and(|w| w.id < offset) {
            self.queue.pop_front();
        }
        self.drop_expired_front(now);
        let limit = limit.and_then(|l| usize::try_from(l).ok()).filter(|l| (1..=BATCH_LIMIT).contains(l));
        let alive = self.queue.iter().filter(|w| w.expires > now);
        Ok(alive.take(limit.unwrap_or(BATCH_LIMIT)).map(|w| w.body.clone()).collect())
    }

    /// Which kinds the bot wants from now on; an empty list means the default, everything.
    pub fn allow(&mut self, kinds: &Value) {
        if let Value::Array(kinds) = kinds {
            let kinds: Vec<String> = kinds.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            self.allowed = (!kinds.is_empty()).then_some(kinds);
        }
    }

    pub fn set_webhook(&mut self, webhook: Option<Webhook>, drop_pending: bool) {
        self.webhook = webhook;
        self.last_error = None;
        self.in_flight.clear();
        self.epoch += 1;
        self.hook_epoch += 1;
        if drop_pending {
            self.queue.clear();
        }
    }

    pub fn webhook(&self) -> Option<&Webhook> {
        self.webhook.as_ref()
    }

    /// The oldest update whose queue is free, to be pushed now.
    pub fn next_push(&mut self, now: i64) -> Option<Push> {
        self.drop_expired_front(now);
        let hook = self.webhook.as_ref()?;
        if self.in_flight.len() as i64 >= hook.max_connections {
            return None;
        }
        let next = self.queue.iter().find(|w| w.expires > now && !self.in_flight.contains_key(&w.queue))?;
        self.in_flight.insert(next.queue, next.id);
        Some(Push { update_id: next.id, body: next.body.clone(), url: hook.url.clone(), secret: hook.secret.clone() })
    }

    /// A pushed update has arrived, or is given up.
    pub fn pushed(&mut self, id: i64) {
        self.in_flight.retain(|_, flying| *flying != id);
        if let Ok(index) = self.queue.binary_search_by_key(&id, |w| w.id) {
            self.queue.remove(index);
        }
    }

    /// A push failed; whether it is worth another attempt.
    pub fn push_failed(&mut self, now: i64, id: i64, why: &str) -> bool {
        self.last_error = Some((now, why.to_owned()));
        let index = self.queue.binary_search_by_key(&id, |w| w.id);
        index.is_ok_and(|index| self.queue[index].expires > now)
    }

    pub fn len(&self) -> usize {
        self.queue.len()
    }

    pub fn info(&self) -> Value {
        let mut info = json!({
            "url": self.webhook.as_ref().map_or("", |w| w.url.as_str()),
            "has_custom_certificate": false,
            "pending_update_count": self.queue.len(),
        });
        if let Some(webhook) = &self.webhook {
            info["max_connections"] = webhook.max_connections.into();
        }
        if let Some((at, why)) = &self.last_error {
            info["last_error_date"] = (at / SECOND).into();
            info["last_error_message"] = why.as_str().into();
        }
        if let Some(allowed) = &self.allowed {
            info["allowed_updates"] = json!(allowed);
        }
        info
    }

    fn drop_expired_front(&mut self, now: i64) {
        while self.queue.front().is_some_and(|w| w.expires <= now) {
            self.queue.pop_front();
            self.expired += 1;
        }
    }
}

/// Checks a webhook's address and secret. Telegram wants HTTPS on four ports; on this machine, where nothing else
/// could be reached, plain HTTP to a loopback or private address is allowed on any port.
pub(super) fn check_webhook(url: &str, secret: Option<&str>, max_connections: Option<i64>) -> Result<Webhook, Refused> {
    let bad = |why: &str| Refused::bad(format!("bad webhook: {why}"));
    let parsed = url::Url::parse(url).map_err(|_| bad("invalid webhook URL specified"))?;
    let local = match parsed.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback() || ip.is_private(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost" || !name.contains('.'),
        None => return Err(bad("invalid webhook URL specified")),
    };
    match parsed.scheme() {
        "https" => {}
        "http" if local => {}
        _ => return Err(bad("An HTTPS URL must be provided for webhook")),
    }
    if !local && !matches!(parsed.port_or_known_default(), Some(80 | 88 | 443 | 8443)) {
        return Err(bad("Webhook can be set up only on ports 80, 88, 443 or 8443"));
    }
    if let Some(secret) = secret {
        if secret.len() > SECRET_LIMIT {
            return Err(Refused::bad("secret token is too long"));
        }
        if !secret.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') {
            return Err(Refused::bad("secret token contains unallowed characters"));
        }
    }
    Ok(Webhook {
        url: url.to_owned(),
        secret: secret.filter(|s| !s.is_empty()).map(str::to_owned),
        max_connections: max_connections.unwrap_or(40).clamp(1, 100),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(n: i64) -> Updates {
        let mut updates = Updates::beginning_at(FIRST_ID);
        for n in 0..n {
            updates.push(0, UpdateKind::Message, json!({"n": n}));
        }
        updates
    }

    fn ids(updates: &mut Updates, now: i64, offset: i64, limit: Option<i64>) -> Vec<i64> {
        let fetched = updates.fetch(now, offset, limit).unwrap();
        fetched.iter().map(|u| u["update_id"].as_i64().unwrap() - FIRST_ID).collect()
    }

    #[test]
    fn an_offset_deletes_what_is_below_it() {
        let mut updates = filled(5);
        assert_eq!(ids(&mut updates, 0, 0, None), [0, 1, 2, 3, 4]);
        assert_eq!(ids(&mut updates, 0, 0, Some(2)), [0, 1]);
        assert_eq!(ids(&mut updates, 0, FIRST_ID + 3, None), [3, 4]);
        assert_eq!(ids(&mut updates, 0, 0, None), [3, 4]);
    }

    #[test]
    fn a_negative_offset_keeps_only_the_last() {
        let mut updates = filled(5);
        assert_eq!(ids(&mut updates, 0, -2, None), [3, 4]);
        assert_eq!(ids(&mut updates, 0, 0, None), [3, 4]);
    }

    #[test]
    fn at_most_a_hundred_come_at_once() {
        let mut updates = filled(120);
        assert_eq!(ids(&mut updates, 0, 0, None).len(), 100);
        assert_eq!(ids(&mut updates, 0, 0, Some(500)).len(), 100);
    }

    #[test]
    fn presses_die_after_150_seconds_and_messages_after_a_day() {
        let mut updates = filled(1);
        updates.push(0, UpdateKind::CallbackQuery, json!({}));
        assert_eq!(ids(&mut updates, PRESS_LIFETIME - 1, 0, None), [0, 1]);
        assert_eq!(ids(&mut updates, PRESS_LIFETIME, 0, None), [0]);
        assert_eq!(ids(&mut updates, LIFETIME, 0, None), Vec::<i64>::new());
        assert_eq!(updates.expired, 2);
    }

    #[test]
    fn only_asked_kinds_are_kept() {
        let mut updates = Updates::beginning_at(FIRST_ID);
        updates.allow(&json!(["message"]));
        assert_eq!(updates.push(0, UpdateKind::CallbackQuery, json!({})), None);
        assert!(updates.push(0, UpdateKind::Message, json!({})).is_some());
        updates.allow(&json!([]));
        assert!(updates.push(0, UpdateKind::CallbackQuery, json!({})).is_some());
    }

    #[test]
    fn pushes_keep_the_order_of_a_chat_and_run_beside_each_other_for_different_chats() {
        let mut updates = Updates::beginning_at(FIRST_ID);
        for (chat, n) in [(1, 0), (1, 1), (2, 2)] {
            updates.push(0, UpdateKind::Message, json!({"chat": {"id": chat}, "n": n}));
        }
        updates.set_webhook(Some(check_webhook("http://127.0.0.1:9/", None, None).unwrap()), false);
        let mut next = || updates.next_push(0).map(|p| p.update_id - FIRST_ID);
        assert_eq!((next(), next(), next()), (Some(0), Some(2), None));
        assert!(updates.push_failed(0, FIRST_ID, "refused"));
        assert_eq!(updates.info()["last_error_message"], "refused");
        updates.pushed(FIRST_ID);
        assert_eq!(updates.next_push(0).unwrap().update_id, FIRST_ID + 1);
        assert!(!updates.push_failed(0, FIRST_ID, "gone"), "what has arrived is not tried again");
    }

    #[test]
    fn a_webhook_conflicts_with_polling_and_is_checked() {
        let mut updates = filled(1);
        let hook = check_webhook("http://127.0.0.1:9000/hook", Some("a-B_1"), None).unwrap();
        updates.set_webhook(Some(hook), false);
        assert_eq!(updates.fetch(0, 0, None).unwrap_err().status, 409);
        updates.set_webhook(None, true);
        assert_eq!(updates.fetch(0, 0, None).unwrap(), Vec::<Value>::new());
        for (url, secret) in [
            ("http://example.org/", None),
            ("https://example.org:9000/", None),
            ("nonsense", None),
            ("https://example.org/", Some("with space")),
        ] {
            assert!(check_webhook(url, secret, None).is_err(), "{url} {secret:?}");
        }
    }
}
