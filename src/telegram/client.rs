//! A real Bot API server behind the port: teloxide's requests and errors over our own transport.
//!
//! Owns: one HTTP request per call, its timeout, and the reading of every refusal. The transport is ours
//! because teloxide's sleeps ten seconds inside a call that met a 5xx, and a reply must not wait for that.
//! Nothing is retried here. The token stands in every address, so no error of the transport is passed on.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use reqwest::multipart::{Form, Part};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use teloxide::ApiError;
use teloxide::payloads::{
    AnswerCallbackQuery, AnswerCallbackQuerySetters, DeleteMessages, DeleteWebhook, EditMessageReplyMarkup,
    EditMessageText, EditMessageTextSetters, GetMe, GetWebhookInfo, SendMessage, SendMessageSetters, SetMyCommands,
    SetMyCommandsSetters, SetMyDescription, SetMyDescriptionSetters, SetMyShortDescription,
    SetMyShortDescriptionSetters, SetWebhook, SetWebhookSetters,
};
use teloxide::requests::Payload;
use teloxide::types::{
    AllowedUpdate, BotCommand, BotCommandScope, InlineKeyboardButton, InlineKeyboardButtonKind, InlineKeyboardMarkup,
    LinkPreviewOptions, MessageEntity, MessageEntityKind, Recipient, ReplyMarkup,
};
use url::Url;

use super::port::{
    ChatId, Document, Key, Me, MenuCommand, MenuScope, MessageId, Outgoing, Press, Refusal, Telegram, WebhookInfo,
};
use crate::domain::text::{Rich, SpanKind};

/// How long a call may take before its fate counts as unclear. Below the lease of a claimed message.
pub const TIMEOUT: Duration = Duration::from_secs(20);

/// The client for a Bot API server.
pub struct Client {
    http: reqwest::Client,
    /// `…/bot<token>/`; secret.
    root: Url,
}

/// An address that cannot be used as the root of a server.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the client for the Bot API server cannot be set up")]
pub struct BadClient;

impl Client {
    /// A client for a bot on a server (`None`: Telegram's own).
    ///
    /// # Errors
    /// When the address or the machine's TLS set-up cannot be used.
    pub fn new(token: &str, server: Option<&Url>) -> Result<Self, BadClient> {
        let server = match server {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => "https://api.telegram.org".to_owned(),
        };
        let root = Url::parse(&format!("{server}/bot{token}/")).map_err(|_| BadClient)?;
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(5))
            .tcp_nodelay(true)
            .pool_idle_timeout(Duration::from_secs(60))
            // A Bot API server answers where it is asked, and what was sent is tried again by whoever knows what it was.
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .user_agent(concat!("tandem/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|_| BadClient)?;
        Ok(Self { http, root })
    }

    async fn call<P, T>(&self, payload: &P, timeout: Duration) -> Result<T, Refusal>
    where
        P: Payload + Serialize,
        T: DeserializeOwned,
    {
        self.post(P::NAME, payload, timeout).await
    }

    /// Calls a method of which only the success matters.
    async fn tell<P>(&self, payload: &P) -> Result<(), Refusal>
    where
        P: Payload + Serialize,
    {
        self.call::<P, IgnoredAny>(payload, TIMEOUT).await.map(drop)
    }

    async fn post<T>(&self, method: &str, payload: &impl Serialize, timeout: Duration) -> Result<T, Refusal>
    where
        T: DeserializeOwned,
    {
        let url = self.root.join(method).map_err(|_| Refusal::Bad("bad method name".to_owned()))?;
        read(&answer(self.http.post(url).timeout(timeout).json(payload)).await?)
    }

    /// A picture with the message below it.
    async fn send_photo(&self, to: ChatId, message: &Outgoing, picture: &[u8]) -> Result<MessageId, Refusal> {
        let (name, mime) = Outgoing::picture_file(picture);
        let photo = Part::bytes(picture.to_vec()).file_name(name).mime_str(mime);
        let mut form = Form::new()
            .text("chat_id", to.0.to_string())
            .text("caption", message.text.text.clone())
            .text("caption_entities", json(&entities(&message.text))?)
            .part("photo", photo.map_err(|_| Refusal::Bad("a picture of no kind".to_owned()))?);
        if message.silent {
            form = form.text("disable_notification", "true");
        }
        if !message.keyboard.is_empty() {
            form = form.text("reply_markup", json(&keyboard(&message.keyboard))?);
        }
        let url = self.root.join("sendPhoto").map_err(|_| Refusal::Bad("bad method name".to_owned()))?;
        read::<Sent>(&answer(self.http.post(url).timeout(TIMEOUT).multipart(form)).await?).map(Sent::id)
    }
}

#[async_trait]
impl Telegram for Client {
    async fn me(&self) -> Result<Me, Refusal> {
        #[derive(Deserialize)]
        struct Shape {
            id: i64,
            username: Option<String>,
        }
        let me: Shape = self.call(&GetMe::new(), TIMEOUT).await?;
        Ok(Me { id: me.id, username: me.username.unwrap_or_default() })
    }

    async fn send(&self, to: ChatId, message: &Outgoing) -> Result<MessageId, Refusal> {
        if let Some(picture) = &message.picture {
            return self.send_photo(to, message, picture).await;
        }
        let mut payload = SendMessage::new(recipient(to), message.text.text.clone())
            .entities(entities(&message.text))
            .link_preview_options(no_preview());
        if message.silent {
            payload = payload.disable_notification(true);
        }
        if !message.keyboard.is_empty() {
            payload = payload.reply_markup(ReplyMarkup::InlineKeyboard(keyboard(&message.keyboard)));
        }
        self.call::<_, Sent>(&payload, TIMEOUT).await.map(Sent::id)
    }

    async fn edit(&self, at: ChatId, id: MessageId, message: &Outgoing) -> Result<(), Refusal> {
        let payload = EditMessageText::new(recipient(at), teloxide_id(id)?, message.text.text.clone())
            .entities(entities(&message.text))
            .link_preview_options(no_preview())
            .reply_markup(keyboard(&message.keyboard));
        self.tell(&payload).await
    }

    async fn strip(&self, at: ChatId, id: MessageId) -> Result<(), Refusal> {
        let payload = EditMessageReplyMarkup::new(recipient(at), teloxide_id(id)?);
        self.tell(&payload).await
    }

    async fn delete_all(&self, at: ChatId, ids: &[MessageId]) -> Result<(), Refusal> {
        let ids = ids.iter().map(|id| teloxide_id(*id)).collect::<Result<Vec<_>, _>>()?;
        let payload = DeleteMessages::new(recipient(at), ids);
        self.tell(&payload).await
    }

    async fn send_document(&self, to: ChatId, document: &Document) -> Result<MessageId, Refusal> {
        let entities = json(&entities(&document.caption))?;
        let form = Form::new()
            .text("chat_id", to.0.to_string())
            .text("caption", document.caption.text.clone())
            .text("caption_entities", entities)
            .part("document", Part::bytes(document.bytes.clone()).file_name(document.name.clone()));
        let url = self.root.join("sendDocument").map_err(|_| Refusal::Bad("bad method name".to_owned()))?;
        read::<Sent>(&answer(self.http.post(url).timeout(Duration::from_secs(60)).multipart(form)).await?).map(Sent::id)
    }

    async fn answer_press(&self, query: &str, note: Option<&str>) -> Result<(), Refusal> {
        let mut payload = AnswerCallbackQuery::new(query.to_owned().into());
        if let Some(note) = note {
            payload = payload.text(note);
        }
        self.tell(&payload).await
    }

    async fn updates(&self, offset: i64, limit: u8, wait: Duration) -> Result<Vec<String>, Refusal> {
        /// As teloxide has it, but for ids beyond 32 bits: one such update must not end all polling.
        #[derive(Serialize)]
        struct GetUpdates {
            offset: i64,
            limit: u8,
            timeout: u64,
            allowed_updates: Vec<AllowedUpdate>,
        }
        let payload = GetUpdates { offset, limit, timeout: wait.as_secs().min(50), allowed_updates: allowed() };
        let updates: Vec<Box<RawValue>> = self.post("GetUpdates", &payload, wait + Duration::from_secs(10)).await?;
        Ok(updates.into_iter().map(|update| update.get().to_owned()).collect())
    }

    async fn set_menu(
        &self,
        scope: MenuScope,
        language: Option<&str>,
        commands: &[MenuCommand],
    ) -> Result<(), Refusal> {
        let commands: Vec<BotCommand> =
            commands.iter().map(|c| BotCommand::new(c.name.clone(), c.description.clone())).collect();
        let scope = match scope {
            MenuScope::AllPrivateChats => BotCommandScope::AllPrivateChats,
            MenuScope::Chat(chat) => BotCommandScope::Chat { chat_id: recipient(chat) },
        };
        let mut payload = SetMyCommands::new(commands).scope(scope);
        if let Some(language) = language {
            payload = payload.language_code(language);
        }
        self.tell(&payload).await
    }

    async fn set_profile(&self, language: Option<&str>, description: &str, short: &str) -> Result<(), Refusal> {
        let mut long = SetMyDescription::new().description(description);
        let mut brief = SetMyShortDescription::new().short_description(short);
        if let Some(language) = language {
            long = long.language_code(language);
            brief = brief.language_code(language);
        }
        self.tell(&long).await?;
        self.tell(&brief).await
    }

    async fn set_webhook(&self, url: &str, secret: &str) -> Result<(), Refusal> {
        let url = Url::parse(url).map_err(|_| Refusal::Bad("not an address".to_owned()))?;
        let payload = SetWebhook::new(url).secret_token(secret).allowed_updates(allowed());
        self.tell(&payload).await
    }

    async fn webhook_info(&self) -> Result<WebhookInfo, Refusal> {
        #[derive(Deserialize)]
        struct Shape {
            url: String,
            pending_update_count: u64,
            last_error_message: Option<String>,
        }
        let info: Shape = self.call(&GetWebhookInfo::new(), TIMEOUT).await?;
        Ok(WebhookInfo { url: info.url, pending: info.pending_update_count, last_error: info.last_error_message })
    }

    async fn delete_webhook(&self) -> Result<(), Refusal> {
        self.tell(&DeleteWebhook::new()).await
    }
}

/// The kinds of updates that mean anything to us.
fn allowed() -> Vec<AllowedUpdate> {
    vec![
        AllowedUpdate::Message,
        AllowedUpdate::EditedMessage,
        AllowedUpdate::CallbackQuery,
        AllowedUpdate::MyChatMember,
    ]
}

async fn answer(request: reqwest::RequestBuilder) -> Result<Bytes, Refusal> {
    let response = request.send().await.map_err(unsent)?;
    let status = response.status();
    let body = response.bytes().await.map_err(|_| Refusal::NoAnswer)?;
    if status.is_success() { Ok(body) } else { Err(refusal(status.as_u16(), &body)) }
}

/// Reads the result of a call that was answered well.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    #[derive(Deserialize)]
    struct Good<T> {
        result: T,
    }
    serde_json::from_slice::<Good<T>>(body).map(|good| good.result).map_err(|_| Refusal::NoAnswer)
}

/// A message that was sent: all that we keep of it is its number.
#[derive(Deserialize)]
struct Sent {
    message_id: i64,
}

impl Sent {
    fn id(self) -> MessageId {
        MessageId(self.message_id)
    }
}

/// A transport error, without its text: that holds the address and so the token.
fn unsent(error: reqwest::Error) -> Refusal {
    if error.is_connect() || error.is_builder() { Refusal::NotReached } else { Refusal::NoAnswer }
}

/// Reads an error answer. Some proxies answer without JSON; then the status alone decides.
fn refusal(status: u16, body: &[u8]) -> Refusal {
    #[derive(Default, Deserialize)]
    struct Bad {
        #[serde(default)]
        description: String,
        #[serde(default)]
        parameters: Parameters,
    }
    #[derive(Default, Deserialize)]
    struct Parameters {
        retry_after: Option<u64>,
        migrate_to_chat_id: Option<i64>,
    }
    let bad: Bad = serde_json::from_slice(body).unwrap_or_default();
    if let Some(chat) = bad.parameters.migrate_to_chat_id {
        return Refusal::Migrated(ChatId(chat));
    }
    match status {
        429 => Refusal::TooMany(Duration::from_secs(bad.parameters.retry_after.unwrap_or(1))),
        409 => Refusal::Conflict,
        401 | 404 => Refusal::Unauthorized,
        403 => Refusal::Blocked,
        500.. => Refusal::Server(status),
        _ => by_description(bad.description),
    }
}

fn by_description(description: String) -> Refusal {
    let known = serde_json::from_value(serde_json::Value::String(description.clone()));
    match known.unwrap_or(ApiError::Unknown(String::new())) {
        ApiError::MessageNotModified => Refusal::NotModified,
        ApiError::ChatNotFound | ApiError::UserNotFound => Refusal::NoChat,
        ApiError::InvalidQueryId => Refusal::QueryTooOld,
        ApiError::MessageToEditNotFound
        | ApiError::MessageToDeleteNotFound
        | ApiError::MessageCantBeEdited
        | ApiError::MessageCantBeDeleted
        | ApiError::MessageIdInvalid => Refusal::MessageGone,
        // A picture stands there: what it was to say becomes a message of its own.
        _ if description.contains("no text in the message") => Refusal::MessageGone,
        _ if description.contains("message is not modified") => Refusal::NotModified,
        _ if description.contains("query is too old") => Refusal::QueryTooOld,
        _ if description.contains("can't be deleted") => Refusal::MessageGone,
        _ => Refusal::Bad(without_quotes(&description)),
    }
}

/// A description may quote what we sent ("inline keyboard button URL '…' is invalid"), and it is logged.
fn without_quotes(description: &str) -> String {
    let opens = |at: usize| description[..at].ends_with(' ');
    let opening = description.match_indices(['"', '\'']).find(|(at, _)| opens(*at));
    let Some((first, quote)) = opening else { return description.to_owned() };
    let after = description.rfind(quote).filter(|last| *last > first).map_or("", |last| &description[last + 1..]);
    format!("{}(left out){after}", &description[..first])
}

/// A parameter of a form that holds more than a text.
fn json(value: &impl Serialize) -> Result<String, Refusal> {
    serde_json::to_string(value).map_err(|_| Refusal::Bad("a parameter cannot be written".to_owned()))
}

fn recipient(chat: ChatId) -> Recipient {
    Recipient::Id(teloxide::types::ChatId(chat.0))
}

fn teloxide_id(id: MessageId) -> Result<teloxide::types::MessageId, Refusal> {
    i32::try_from(id.0).map(teloxide::types::MessageId).map_err(|_| Refusal::MessageGone)
}

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

fn keyboard(rows: &[Vec<Key>]) -> InlineKeyboardMarkup {
    InlineKeyboardMarkup::new(rows.iter().map(|row| row.iter().filter_map(button).collect::<Vec<_>>()))
}

/// A button; one with an address that is none is left out rather than refused with the whole message.
fn button(key: &Key) -> Option<InlineKeyboardButton> {
    let kind = match &key.press {
        Press::Data(data) => InlineKeyboardButtonKind::CallbackData(data.clone()),
        Press::Url(url) => InlineKeyboardButtonKind::Url(Url::parse(url).ok()?),
    };
    Some(InlineKeyboardButton::new(key.label.clone(), kind))
}

fn entities(text: &Rich) -> Vec<MessageEntity> {
    text.spans
        .iter()
        .filter_map(|span| {
            let kind = match &span.kind {
                SpanKind::Bold => MessageEntityKind::Bold,
                SpanKind::Italic => MessageEntityKind::Italic,
                SpanKind::Underline => MessageEntityKind::Underline,
                SpanKind::Strike => MessageEntityKind::Strikethrough,
                SpanKind::Code => MessageEntityKind::Code,
                SpanKind::Pre => MessageEntityKind::Pre { language: None },
                SpanKind::Spoiler => MessageEntityKind::Spoiler,
                SpanKind::Quote => MessageEntityKind::Blockquote,
                SpanKind::ExpandableQuote => MessageEntityKind::ExpandableBlockquote,
                SpanKind::Link(url) => MessageEntityKind::TextLink { url: Url::parse(url).ok()? },
            };
            Some(MessageEntity::new(kind, span.start, span.len))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(description: &str, parameters: &str) -> Vec<u8> {
        format!(r#"{{"ok":false,"description":"{description}","parameters":{{{parameters}}}}}"#).into_bytes()
    }

    #[test]
    fn what_a_description_quotes_is_left_out() {
        for (said, kept) in [
            ("Bad Request: can't parse entities", "Bad Request: can't parse entities"),
            (
                "Bad Request: inline keyboard button URL 'https://t.me/x?start=c0de' is invalid: Wrong HTTP URL",
                "Bad Request: inline keyboard button URL (left out) is invalid: Wrong HTTP URL",
            ),
            (
                "Bad Request: unsupported start tag \"Ada\" and \"Ben\" at 0",
                "Bad Request: unsupported start tag (left out) at 0",
            ),
            ("Bad Request: cut off 'https://t.me", "Bad Request: cut off (left out)"),
        ] {
            assert_eq!(refusal(400, &body(&said.replace('"', "\\\""), "")), Refusal::Bad(kept.to_owned()));
        }
    }

    #[test]
    fn every_refusal_of_telegram_has_its_meaning() {
        let table = [
            (
                429,
                body("Too Many Requests: retry after 7", r#""retry_after":7"#),
                Refusal::TooMany(Duration::from_secs(7)),
            ),
            (403, body("Forbidden: bot was blocked by the user", ""), Refusal::Blocked),
            (403, body("Forbidden: user is deactivated", ""), Refusal::Blocked),
            (400, body("Bad Request: chat not found", ""), Refusal::NoChat),
            (400, body("Bad Request: message to edit not found", ""), Refusal::MessageGone),
            (
                400,
                body("Bad Request: query is too old and response timeout expired or query ID is invalid", ""),
                Refusal::QueryTooOld,
            ),
            (
                400,
                body("Bad Request: group chat was upgraded", r#""migrate_to_chat_id":-100"#),
                Refusal::Migrated(ChatId(-100)),
            ),
            (409, body("Conflict: terminated by other getUpdates request", ""), Refusal::Conflict),
            (401, body("Unauthorized", ""), Refusal::Unauthorized),
            (502, b"<html>bad gateway</html>".to_vec(), Refusal::Server(502)),
        ];
        for (status, body, meaning) in table {
            assert_eq!(refusal(status, &body), meaning);
        }
    }

    #[test]
    fn an_edit_that_changes_nothing_counts_as_done() {
        let text = "Bad Request: message is not modified: specified new message content and reply markup are exactly the \
                    same as a current content and reply markup of the message";
        assert_eq!(refusal(400, &body(text, "")), Refusal::NotModified);
    }
}
