//! What Tandem asks of a chat service, and every way it may be refused.
//!
//! Two implementations: the client for a real Bot API server (`client`) and the strict model in process
//! (`demo::phones`), so that a story test and the service run the same code above this line.

use std::time::Duration;

use async_trait::async_trait;

use crate::domain::text::Rich;

/// A private chat's id, which is its owner's account id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChatId(pub i64);

/// A message's id, unique within its chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageId(pub i64);

/// A message ready to be sent: nothing in it is left to decide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outgoing {
    pub text: Rich,
    /// Rows of buttons below the message; empty for none.
    pub keyboard: Vec<Vec<Key>>,
    /// Delivered without a sound.
    pub silent: bool,
    /// A PNG or JPEG above the text. It can be sent and not put into a message that is there.
    pub picture: Option<Vec<u8>>,
}

impl Outgoing {
    /// Name and kind of the picture's file.
    pub fn picture_file(picture: &[u8]) -> (&'static str, &'static str) {
        match picture.starts_with(&[0xff, 0xd8]) {
            true => ("tandem.jpg", "image/jpeg"),
            false => ("tandem.png", "image/png"),
        }
    }
}

/// One button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub label: String,
    pub press: Press,
}

/// What pressing a button does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// Comes back to us as a callback with this data (1–64 bytes).
    Data(String),
    /// Opens an address.
    Url(String),
}

/// A file to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub name: String,
    pub bytes: Vec<u8>,
    pub caption: Rich,
}

/// A command in the chat's menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuCommand {
    pub name: String,
    pub description: String,
}

/// Whom a command menu is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuScope {
    AllPrivateChats,
    Chat(ChatId),
}

/// Why a call had no success. Each variant has its own policy in `domain::delivery`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("too many requests, again in {}s", .0.as_secs())]
    TooMany(Duration),
    /// 403: blocked, deactivated or kicked. Nothing more may be sent until an unblock is reported.
    #[error("the chat refuses messages")]
    Blocked,
    /// 400: no such chat.
    #[error("no such chat")]
    NoChat,
    #[error("the group moved to {}", .0.0)]
    Migrated(ChatId),
    /// The edit would change nothing: as good as done.
    #[error("the message is not modified")]
    NotModified,
    /// The message to edit or delete is gone or too old.
    #[error("the message cannot be changed")]
    MessageGone,
    /// The callback was answered too late.
    #[error("the query is too old")]
    QueryTooOld,
    /// Another poller or a webhook takes the updates.
    #[error("another process takes the updates")]
    Conflict,
    #[error("the token is refused")]
    Unauthorized,
    /// Any other 4xx: our own mistake; the description as the server gave it.
    #[error("refused: {0}")]
    Bad(String),
    /// 5xx, with the certainty that nothing was done.
    #[error("the server failed ({0})")]
    Server(u16),
    /// The connection could not be made: nothing was done.
    #[error("not reached")]
    NotReached,
    /// The request was on the wire and no answer came: it may have been done.
    #[error("no answer")]
    NoAnswer,
}

/// Who the bot is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    pub id: i64,
    pub username: String,
}

/// How the server sees our webhook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebhookInfo {
    /// Empty: there is none.
    pub url: String,
    /// Updates that wait to be pushed.
    pub pending: u64,
    /// Why the last failed push failed, however long ago.
    pub last_error: Option<String>,
}

/// The chat service. Every call is one request; nothing is retried here.
#[async_trait]
pub trait Telegram: Send + Sync {
    async fn me(&self) -> Result<Me, Refusal>;
    async fn send(&self, to: ChatId, message: &Outgoing) -> Result<MessageId, Refusal>;
    async fn edit(&self, at: ChatId, id: MessageId, message: &Outgoing) -> Result<(), Refusal>;
    /// Takes a message's buttons away.
    async fn strip(&self, at: ChatId, id: MessageId) -> Result<(), Refusal>;
    /// Takes up to a hundred messages of the last 48 hours out of a chat; those that are gone are passed over.
    async fn delete_all(&self, at: ChatId, ids: &[MessageId]) -> Result<(), Refusal>;
    async fn send_document(&self, to: ChatId, document: &Document) -> Result<MessageId, Refusal>;
    /// Ends the waiting circle on a pressed button, with a short note if there is one (≤ 200 characters).
    async fn answer_press(&self, query: &str, note: Option<&str>) -> Result<(), Refusal>;
    /// Updates from `offset` on, each as the JSON text the server sent. Asking with an offset deletes
    /// the ones below it on the server, so the offset moves only after our commit.
    async fn updates(&self, offset: i64, limit: u8, wait: Duration) -> Result<Vec<String>, Refusal>;
    async fn set_menu(&self, scope: MenuScope, language: Option<&str>, commands: &[MenuCommand])
    -> Result<(), Refusal>;
    /// The profile's long and short description for a language (`None`: for all others).
    async fn set_profile(&self, language: Option<&str>, description: &str, short: &str) -> Result<(), Refusal>;
    async fn set_webhook(&self, url: &str, secret: &str) -> Result<(), Refusal>;
    async fn webhook_info(&self) -> Result<WebhookInfo, Refusal>;
    async fn delete_webhook(&self) -> Result<(), Refusal>;
}
