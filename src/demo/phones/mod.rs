//! A strict model of Telegram: what its Bot API server would remember, answer and refuse.
//!
//! Owns: the rules (grammar of marked-up text, lengths, keyboards, rates, blocks, lifetimes), the people with their
//! phones, and faults on request. It is a plain state machine: no clock, no executor, no network; `now` is an
//! argument in microseconds. Two mouths speak for it: `PhonesClient` in process and `demo::botapi` over HTTP, both
//! through `SharedPhones`. It does not know Tandem: any bot can talk to it.

mod calls;
mod client;
mod editing;
mod faults;
mod files;
mod groups;
mod html;
mod keyboard;
mod links;
mod markdown;
mod params;
mod people;
mod profile;
mod rates;
mod record;
mod refused;
mod repair;
mod shared;
mod state;
mod text;
mod updates;
mod view;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

pub use client::PhonesClient;
pub use faults::{Fault, FaultPlan, Faults, Scripted};
pub use files::FILE_LIMIT;
pub use keyboard::{Action, Button, Keyboard};
pub use params::Upload;
pub use people::{Heard, PeopleError};
pub use profile::Command;
pub use rates::Limits;
pub use record::{Effect, Record, Sent};
pub use refused::Refused;
pub use shared::{Clock, SharedPhones};
pub use state::{Author, Bot, Chat, ChatKind, FileRef, Media, Message, Person, Toast};
pub use text::{Entity, Formatted, Kind};
pub(crate) use updates::Push;
pub use updates::{UpdateKind, Webhook};

use calls::Call;
use params::Params;
use state::SECOND;

/// How strict the server is.
#[derive(Clone, Debug)]
pub struct Options {
    /// `None`: no rates are enforced, as on one's own Bot API server.
    pub limits: Option<Limits>,
    /// Micros after a press in which it can be answered. Telegram states no figure; bots report anything from ten
    /// seconds up, so the model takes fifteen.
    pub answer_within: i64,
    /// The bot that is listed first and meant when none is named, and its user name.
    pub own: Option<(String, String)>,
    /// Id of each bot's first update. A bot whose database is older than this server must not be given ids that it
    /// has dealt with before.
    pub first_update: i64,
}

impl Default for Options {
    fn default() -> Self {
        Self { limits: Some(Limits::default()), answer_within: 15 * SECOND, own: None, first_update: updates::FIRST_ID }
    }
}

/// What the server says to a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The whole answer (`{"ok": …}`).
    pub body: Value,
    /// What becomes of the answer on its way.
    pub wire: Wire,
}

/// What becomes of an answer on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    Answer,
    /// Nothing was done and nobody hears of it.
    DropBefore,
    /// It was done and nobody hears of it.
    DropAfter,
    /// It is heard so many milliseconds later.
    DelayMs(u64),
    /// It never comes; whether it was done is another matter.
    Hold,
}

impl Reply {
    fn of(answer: Result<Value, Refused>) -> Self {
        match answer {
            Ok(result) => Self { status: 200, body: json!({"ok": true, "result": result}), wire: Wire::Answer },
            Err(refused) => Self::refusal(&refused),
        }
    }

    /// A refusal as an answer.
    pub fn refusal(refused: &Refused) -> Self {
        Self { status: refused.status, body: refused.to_json(), wire: Wire::Answer }
    }

    /// The result of a call that was granted.
    pub fn result(&self) -> Option<&Value> {
        self.body.get("result").filter(|_| self.status == 200)
    }

    /// The words of a refusal.
    pub fn description(&self) -> &str {
        self.body.get("description").and_then(Value::as_str).unwrap_or_default()
    }
}

/// Who has to be woken: chats and bots, folded onto 64 bells each.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wakes {
    pub chats: u64,
    pub bots: u64,
}

impl Wakes {
    fn chat(&mut self, id: i64) {
        self.chats |= 1 << id.rem_euclid(64);
    }

    fn updates(&mut self, bot: i64) {
        self.bots |= 1 << bot.rem_euclid(64);
    }
}

macro_rules! methods {
    ($($variant:ident $name:literal),+ $(,)?) => {
        /// The methods this server knows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Method { $($variant),+ }

        impl Method {
            #[cfg(test)]
            const ALL: &[Method] = &[$(Method::$variant),+];

            /// Reads a method's name in any case of letters.
            pub(crate) fn parse(name: &str) -> Option<Self> {
                $(if name.eq_ignore_ascii_case($name) { return Some(Method::$variant); })+
                None
            }

            fn name(self) -> &'static str {
                match self { $(Method::$variant => $name),+ }
            }
        }
    };
}

methods! {
    SendMessage "sendMessage", EditMessageText "editMessageText", AnswerCallbackQuery "answerCallbackQuery",
    GetUpdates "getUpdates", EditMessageReplyMarkup "editMessageReplyMarkup", DeleteMessage "deleteMessage",
    GetMe "getMe", SetWebhook "setWebhook", DeleteWebhook "deleteWebhook", GetWebhookInfo "getWebhookInfo",
    SendPhoto "sendPhoto", SendDocument "sendDocument", EditMessageCaption "editMessageCaption",
    DeleteMessages "deleteMessages", SendChatAction "sendChatAction",
    SetMyCommands "setMyCommands", GetMyCommands "getMyCommands", DeleteMyCommands "deleteMyCommands",
    SetMyDescription "setMyDescription", GetMyDescription "getMyDescription",
    SetMyShortDescription "setMyShortDescription", GetMyShortDescription "getMyShortDescription",
    SetMyName "setMyName", GetMyName "getMyName",
    SetChatMenuButton "setChatMenuButton", GetChatMenuButton "getChatMenuButton",
    GetFile "getFile", GetChat "getChat", LogOut "logOut", Close "close",
}

/// The server.
#[derive(Debug)]
pub struct Phones {
    options: Options,
    bots: Vec<Bot>,
    by_token: HashMap<String, usize>,
    /// Tokens that BotFather has taken back: calls with them are refused.
    void: HashSet<String>,
    people: HashMap<i64, Person>,
    faults: FaultPlan,
    record: Record,
    wakes: Wakes,
    /// The latest `now` seen: time does not run backwards here.
    latest: i64,
}

impl Phones {
    pub fn new(options: Options) -> Self {
        let mut phones = Self {
            bots: Vec::new(),
            by_token: HashMap::new(),
            void: HashSet::new(),
            people: HashMap::new(),
            faults: FaultPlan::new(Faults::default()),
            record: Record::default(),
            wakes: Wakes::default(),
            latest: 0,
            options,
        };
        if let Some((token, _)) = phones.options.own.clone() {
            phones.bot_index(&token);
        }
        phones
    }

    /// Answers one call. Any well-formed token is a bot of its own, made at its first call.
    pub fn call(&mut self, now: i64, token: &str, method: &str, params: &Value) -> Reply {
        self.call_with_files(now, token, method, params, Vec::new())
    }

    /// Answers one call that carries files.
    pub fn call_with_files(
        &mut self,
        now: i64,
        token: &str,
        method: &str,
        params: &Value,
        uploads: Vec<Upload>,
    ) -> Reply {
        let params = Params::new(params, uploads);
        let name = Method::parse(method).map_or("unknown", Method::name);
        let fault = self.faults.next(name, params.int("chat_id"));
        let reply = match fault {
            Some(Fault::DropBefore) => {
                self.record.dropped_before += 1;
                return Reply { wire: Wire::DropBefore, ..Reply::refusal(&Refused::server(502)) };
            }
            Some(Fault::HoldBefore) => {
                self.record.held += 1;
                return Reply { wire: Wire::Hold, ..Reply::refusal(&Refused::server(504)) };
            }
            Some(Fault::ServerError(status)) => Reply::refusal(&Refused::server(status)),
            Some(Fault::TooMany(seconds)) => Reply::refusal(&Refused::too_many(seconds)),
            Some(Fault::DropAfter | Fault::DelayMs(_) | Fault::HoldAfter) | None => {
                Reply::of(self.answer(now, token, method, params))
            }
        };
        self.record.count(name, reply.status);
        let wire = match fault {
            Some(Fault::DropAfter) => {
                self.record.dropped_after += 1;
                Wire::DropAfter
            }
            Some(Fault::DelayMs(ms)) => {
                self.record.delayed += 1;
                Wire::DelayMs(ms)
            }
            Some(Fault::HoldAfter) => {
                self.record.held += 1;
                Wire::Hold
            }
            _ => Wire::Answer,
        };
        Reply { wire, ..reply }
    }

    /// Changes what goes wrong from now on.
    pub fn set_faults(&mut self, faults: Faults) {
        self.faults = FaultPlan::new(faults);
    }

    /// Switches the rates on or off.
    pub fn set_limits(&mut self, limits: Option<Limits>) {
        self.options.limits = limits;
    }

    /// The bot's next update has this id: after a week without any, Telegram starts again somewhere.
    pub fn next_update(&mut self, token: &str, id: i64) {
        if let Some(index) = self.bot_index(token) {
            self.bots[index].updates.goes_on_at(id);
        }
    }

    /// BotFather gives the bot another token; the old one is void from now on. Chats, updates and the bot's id stay.
    pub fn revoke(&mut self, old: &str, new: &str) {
        if let Some(index) = self.bot_index(old) {
            self.by_token.insert(new.to_owned(), index);
            self.void.insert(old.to_owned());
        }
    }

    /// What happened so far.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Forgets what happened so far, so that the next measurement starts at nothing.
    pub fn clear_record(&mut self) {
        self.record = Record::default();
        self.bots.iter_mut().for_each(|bot| bot.pace.forget_peak());
    }

    /// Most sends and edits of one bot in any sliding second.
    pub fn peak_per_second(&self) -> usize {
        self.bots.iter().map(|b| b.pace.peak()).max().unwrap_or(0)
    }

    /// The record as JSON, for `GET /record`.
    pub fn record_json(&self) -> Value {
        let expired = self.bots.iter().map(|b| b.updates.expired).sum();
        self.record.to_json(self.peak_per_second(), expired)
    }

    /// A bot that has called, or to which somebody has spoken.
    pub fn bot(&self, token: &str) -> Option<&Bot> {
        self.by_token.get(token).map(|index| &self.bots[*index])
    }

    /// All bots, in the order they came; the own one first.
    pub fn bots(&self) -> &[Bot] {
        &self.bots
    }

    /// One chat of a bot.
    pub fn chat(&self, token: &str, chat: i64) -> Option<&Chat> {
        self.bot(token)?.chats.get(&chat)
    }

    /// A person by id.
    pub fn human(&self, id: i64) -> Option<&Person> {
        self.people.get(&id)
    }

    /// The own bot's token.
    pub fn own_token(&self) -> Option<&str> {
        self.options.own.as_ref().map(|(token, _)| token.as_str())
    }

    /// How many updates a bot has not fetched yet.
    pub fn pending_updates(&self, token: &str) -> usize {
        self.bot(token).map_or(0, |b| b.updates.len())
    }

    fn answer(&mut self, now: i64, token: &str, method: &str, params: Params<'_>) -> Result<Value, Refused> {
        let now = self.tick(now);
        if self.void.contains(token) {
            return Err(Refused::unauthorized());
        }
        let index = self.bot_index(token).ok_or_else(Refused::not_found)?;
        let method = Method::parse(method).ok_or_else(Refused::not_found)?;
        let mut call = Call {
            now,
            params,
            bot: &mut self.bots[index],
            people: &self.people,
            options: &self.options,
            record: &mut self.record,
            wakes: &mut self.wakes,
        };
        call.run(method)
    }

    fn tick(&mut self, now: i64) -> i64 {
        self.latest = self.latest.max(now);
        self.latest
    }

    /// The bot of a token; `None` if it is no token.
    fn bot_index(&mut self, token: &str) -> Option<usize> {
        if let Some(index) = self.by_token.get(token) {
            return Some(*index);
        }
        let id = token_id(token)?;
        let own = self.options.own.as_ref().filter(|(own, _)| own == token);
        let username = own.map_or_else(|| format!("local_{id}_bot"), |(_, name)| name.clone());
        let index = self.bots.len();
        self.bots.push(Bot::new(token, id, username, self.options.first_update));
        self.by_token.insert(token.to_owned(), index);
        Some(index)
    }

    fn take_wakes(&mut self) -> Wakes {
        std::mem::take(&mut self.wakes)
    }
}

/// The bot's id in a well-formed token (`digits:[A-Za-z0-9_-]+`).
fn token_id(token: &str) -> Option<i64> {
    let (digits, secret) = token.split_once(':')?;
    let plain = !secret.is_empty() && secret.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    let numeric = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !plain || !numeric || token.len() > 128 {
        return None;
    }
    digits.parse().ok().filter(|id| *id > 0)
}
