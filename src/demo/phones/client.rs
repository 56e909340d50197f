//! The server's mouth in process: the chat port, without a network in between.
//!
//! Owns: writing a call as the wire would carry it and reading an answer as a client would. Does not retry.

use std::time::Duration;

use async_trait::async_trait;
use serde_json::{Map, Value, json};

use super::params::Upload;
use super::{Reply, SharedPhones, Wire};
use crate::domain::text::{Rich, SpanKind};
use crate::telegram::port::{
    ChatId, Document, Me, MenuCommand, MenuScope, MessageId, Outgoing, Press, Refusal, Telegram, WebhookInfo,
};

/// One bot's connection to the server.
#[derive(Clone, Debug)]
pub struct PhonesClient {
    phones: SharedPhones,
    token: String,
}

impl PhonesClient {
    pub fn new(phones: SharedPhones, token: impl Into<String>) -> Self {
        Self { phones, token: token.into() }
    }

    /// The server behind it.
    pub fn phones(&self) -> &SharedPhones {
        &self.phones
    }

    async fn call(&self, method: &str, params: Value) -> Result<Value, Refusal> {
        self.call_with(method, params, Vec::new()).await
    }

    async fn call_with(&self, method: &str, params: Value, uploads: Vec<Upload>) -> Result<Value, Refusal> {
        let reply = self.phones.call(&self.token, method, &params, uploads).await;
        match reply.wire {
            Wire::Answer => {}
            // The caller cannot tell the two apart, and neither may the program.
            Wire::DropBefore | Wire::DropAfter => return Err(Refusal::NoAnswer),
            Wire::DelayMs(ms) => tokio::time::sleep(Duration::from_millis(ms)).await,
            Wire::Hold => std::future::pending().await,
        }
        read(reply)
    }
}

#[async_trait]
impl Telegram for PhonesClient {
    async fn me(&self) -> Result<Me, Refusal> {
        let me = self.call("getMe", json!({})).await?;
        let username = me["username"].as_str().unwrap_or_default().to_owned();
        Ok(Me { id: me["id"].as_i64().unwrap_or_default(), username })
    }

    async fn send(&self, to: ChatId, message: &Outgoing) -> Result<MessageId, Refusal> {
        let mut params = content(message);
        params.insert("chat_id".into(), to.0.into());
        if message.silent {
            params.insert("disable_notification".into(), true.into());
        }
        if let Some(picture) = &message.picture {
            for (text, caption) in [("text", "caption"), ("entities", "caption_entities")] {
                if let Some(value) = params.remove(text) {
                    params.insert(caption.into(), value);
                }
            }
            let (name, mime) = Outgoing::picture_file(picture);
            let (name, mime) = (Some(name.into()), Some(mime.into()));
            let upload = Upload { field: "photo".into(), name, mime, bytes: picture.clone().into() };
            return message_id(&self.call_with("sendPhoto", Value::Object(params), vec![upload]).await?);
        }
        message_id(&self.call("sendMessage", Value::Object(params)).await?)
    }

    async fn edit(&self, at: ChatId, id: MessageId, message: &Outgoing) -> Result<(), Refusal> {
        let mut params = content(message);
        params.insert("chat_id".into(), at.0.into());
        params.insert("message_id".into(), id.0.into());
        self.call("editMessageText", Value::Object(params)).await.map(drop)
    }

    async fn strip(&self, at: ChatId, id: MessageId) -> Result<(), Refusal> {
        self.call("editMessageReplyMarkup", json!({"chat_id": at.0, "message_id": id.0})).await.map(drop)
    }

    async fn delete_all(&self, at: ChatId, ids: &[MessageId]) -> Result<(), Refusal> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        self.call("deleteMessages", json!({"chat_id": at.0, "message_ids": ids})).await.map(drop)
    }

    async fn send_document(&self, to: ChatId, document: &Document) -> Result<MessageId, Refusal> {
        let mut params = json!({"chat_id": to.0, "caption": document.caption.text});
        if !document.caption.spans.is_empty() {
            params["caption_entities"] = entities(&document.caption);
        }
        let upload = Upload {
            field: "document".into(),
            name: Some(document.name.clone()),
            mime: None,
            bytes: document.bytes.clone().into(),
        };
        message_id(&self.call_with("sendDocument", params, vec![upload]).await?)
    }

    async fn answer_press(&self, query: &str, note: Option<&str>) -> Result<(), Refusal> {
        let mut params = json!({"callback_query_id": query});
        if let Some(note) = note {
            params["text"] = note.into();
        }
        self.call("answerCallbackQuery", params).await.map(drop)
    }

    async fn updates(&self, offset: i64, limit: u8, wait: Duration) -> Result<Vec<String>, Refusal> {
        let params = json!({"offset": offset, "limit": limit, "timeout": wait.as_secs()});
        match self.call("getUpdates", params).await? {
            Value::Array(updates) => Ok(updates.iter().map(Value::to_string).collect()),
            _ => Err(Refusal::Bad("getUpdates answered no list".into())),
        }
    }

    async fn set_menu(
        &self,
        scope: MenuScope,
        language: Option<&str>,
        commands: &[MenuCommand],
    ) -> Result<(), Refusal> {
        let scope = match scope {
            MenuScope::AllPrivateChats => json!({"type": "all_private_chats"}),
            MenuScope::Chat(chat) => json!({"type": "chat", "chat_id": chat.0}),
        };
        let commands: Vec<Value> =
            commands.iter().map(|c| json!({"command": c.name, "description": c.description})).collect();
        let mut params = json!({"scope": scope, "commands": commands});
        if let Some(language) = language {
            params["language_code"] = language.into();
        }
        self.call("setMyCommands", params).await.map(drop)
    }

    async fn set_profile(&self, language: Option<&str>, description: &str, short: &str) -> Result<(), Refusal> {
        let language = language.unwrap_or_default();
        self.call("setMyDescription", json!({"description": description, "language_code": language})).await?;
        self.call("setMyShortDescription", json!({"short_description": short, "language_code": language}))
            .await
            .map(drop)
    }

    async fn set_webhook(&self, url: &str, secret: &str) -> Result<(), Refusal> {
        self.call("setWebhook", json!({"url": url, "secret_token": secret})).await.map(drop)
    }

    async fn webhook_info(&self) -> Result<WebhookInfo, Refusal> {
        let info = self.call("getWebhookInfo", json!({})).await?;
        Ok(WebhookInfo {
            url: info["url"].as_str().unwrap_or_default().to_owned(),
            pending: info["pending_update_count"].as_u64().unwrap_or_default(),
            last_error: info["last_error_message"].as_str().map(str::to_owned),
        })
    }

    async fn delete_webhook(&self) -> Result<(), Refusal> {
        self.call("deleteWebhook", json!({})).await.map(drop)
    }
}

fn content(message: &Outgoing) -> Map<String, Value> {
    let mut params = Map::new();
    params.insert("text".into(), message.text.text.as_str().into());
    if !message.text.spans.is_empty() {
        params.insert("entities".into(), entities(&message.text));
    }
    if !message.keyboard.is_empty() {
        let rows: Vec<Value> = message.keyboard.iter().map(|row| row.iter().map(button).collect()).collect();
        params.insert("reply_markup".into(), json!({"inline_keyboard": rows}));
    }
    params
}

fn button(key: &crate::telegram::port::Key) -> Value {
    match &key.press {
        Press::Data(data) => json!({"text": key.label, "callback_data": data}),
        Press::Url(url) => json!({"text": key.label, "url": url}),
    }
}

fn entities(text: &Rich) -> Value {
    let entity = |span: &crate::domain::text::Span| {
        let kind = match &span.kind {
            SpanKind::Bold => "bold",
            SpanKind::Italic => "italic",
            SpanKind::Underline => "underline",
            SpanKind::Strike => "strikethrough",
            SpanKind::Code => "code",
            SpanKind::Pre => "pre",
            SpanKind::Spoiler => "spoiler",
            SpanKind::Quote => "blockquote",
            SpanKind::ExpandableQuote => "expandable_blockquote",
            SpanKind::Link(_) => "text_link",
        };
        let mut entity = json!({"type": kind, "offset": span.start, "length": span.len});
        if let SpanKind::Link(url) = &span.kind {
            entity["url"] = url.as_str().into();
        }
        entity
    };
    text.spans.iter().map(entity).collect()
}

fn message_id(message: &Value) -> Result<MessageId, Refusal> {
    let id = message["message_id"].as_i64();
    id.map(MessageId).ok_or_else(|| Refusal::Bad("the answer names no message".into()))
}

fn read(reply: Reply) -> Result<Value, Refusal> {
    if reply.status == 200 {
        return Ok(reply.body.get("result").cloned().unwrap_or_default());
    }
    let parameter = |name: &str| reply.body["parameters"][name].as_i64();
    let why = reply.description().to_owned();
    Err(match reply.status {
        401 | 404 => Refusal::Unauthorized,
        403 => Refusal::Blocked,
        409 => Refusal::Conflict,
        429 => Refusal::TooMany(Duration::from_secs(parameter("retry_after").map_or(1, |s| s.max(0) as u64))),
        500.. => Refusal::Server(reply.status),
        _ => match parameter("migrate_to_chat_id") {
            Some(to) => Refusal::Migrated(ChatId(to)),
            None if why.contains("chat not found") => Refusal::NoChat,
            None if why.contains("message is not modified") => Refusal::NotModified,
            None if why.contains("query is too old") => Refusal::QueryTooOld,
            None if gone(&why) => Refusal::MessageGone,
            None => Refusal::Bad(why),
        },
    })
}

fn gone(why: &str) -> bool {
    let all =
        ["message to edit not found", "message to delete not found", "message can't be", "no text in the message"];
    all.iter().any(|w| why.contains(w))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::super::state::SECOND;
    use super::super::{Entity, Faults, Kind, Options, Phones};
    use super::*;
    use crate::telegram::port::Key;

    const TOKEN: &str = "1001:abc-DEF_9";
    const ADA: i64 = 7;

    fn shared() -> (SharedPhones, PhonesClient, Arc<AtomicI64>) {
        let clock = Arc::new(AtomicI64::new(1_800_000_000 * SECOND));
        let mut phones = Phones::new(Options { own: Some((TOKEN.into(), "tandem_bot".into())), ..Options::default() });
        phones.person(ADA, "Ada", "de").unwrap();
        phones.starts(TOKEN, ADA).unwrap();
        let time = clock.clone();
        let shared = SharedPhones::new(phones, Arc::new(move || time.load(Ordering::Relaxed)));
        (shared.clone(), PhonesClient::new(shared, TOKEN), clock)
    }

    fn outgoing() -> Outgoing {
        let mut text = Rich::plain("Hi 😀 ");
        text.push_marked("there", SpanKind::Link("https://example.org/".into()));
        let key = Key { label: "Go".into(), press: Press::Data("go".into()) };
        Outgoing { text, keyboard: vec![vec![key]], silent: true, picture: None }
    }

    #[tokio::test]
    async fn the_port_speaks_the_wire_and_reads_its_refusals() {
        let (phones, client, clock) = shared();
        assert_eq!(client.me().await.unwrap().username, "tandem_bot");
        let id = client.send(ChatId(ADA), &outgoing()).await.unwrap();
        let seen = phones.with(|p, _| p.chat(TOKEN, ADA).unwrap().message(id.0).unwrap().clone());
        assert_eq!(
            seen.body.entities[0],
            Entity { kind: Kind::TextLink("https://example.org/".into()), offset: 6, length: 5 }
        );
        assert!(seen.silent);
        assert_eq!(client.edit(ChatId(ADA), id, &outgoing()).await, Err(Refusal::NotModified));
        client.strip(ChatId(ADA), id).await.unwrap();
        assert_eq!(client.edit(ChatId(ADA), MessageId(99), &outgoing()).await, Err(Refusal::MessageGone));
        assert_eq!(client.send(ChatId(5), &outgoing()).await, Err(Refusal::NoChat));
        let document = Document { name: "a.md".into(), bytes: b"x".to_vec(), caption: Rich::plain("c") };
        client.send_document(ChatId(ADA), &document).await.unwrap();
        client.delete_all(ChatId(ADA), &[id, MessageId(99)]).await.unwrap();
        assert!(phones.with(|p, _| p.chat(TOKEN, ADA).unwrap().message(id.0).is_none()));
        assert!(matches!(client.delete_all(ChatId(ADA), &[]).await, Err(Refusal::Bad(_))));
        assert_eq!(client.answer_press("1", None).await, Err(Refusal::QueryTooOld));
        for _ in 0..2 {
            client.send(ChatId(ADA), &outgoing()).await.unwrap();
        }
        assert_eq!(client.send(ChatId(ADA), &outgoing()).await, Err(Refusal::TooMany(Duration::from_secs(1))));
        clock.fetch_add(60 * SECOND, Ordering::Relaxed);
        phones.with(|p, now| p.blocks(now, TOKEN, ADA)).unwrap();
        assert_eq!(client.send(ChatId(ADA), &outgoing()).await, Err(Refusal::Blocked));
        let menu = [MenuCommand { name: "help".into(), description: "Hilfe".into() }];
        client.set_menu(MenuScope::AllPrivateChats, Some("de"), &menu).await.unwrap();
        client.set_profile(None, "long", "short").await.unwrap();
        client.set_webhook("http://127.0.0.1:1/x", "s").await.unwrap();
        assert_eq!(client.updates(0, 100, Duration::ZERO).await, Err(Refusal::Conflict));
        let info = client.webhook_info().await.unwrap();
        assert_eq!((info.url.as_str(), info.last_error), ("http://127.0.0.1:1/x", None));
        let waiting = phones.with(|p, _| p.pending_updates(TOKEN)) as u64;
        assert!(info.pending > 0 && info.pending == waiting, "{} of {waiting}", info.pending);
        client.delete_webhook().await.unwrap();
        phones.with(|p, _| p.set_faults(Faults { drop_after: 1.0, ..Faults::default() }));
        assert_eq!(client.me().await, Err(Refusal::NoAnswer));
        phones.with(|p, _| p.set_faults(Faults { server_error: 1.0, ..Faults::default() }));
        assert!(matches!(client.me().await, Err(Refusal::Server(500..=504))));
    }

    #[tokio::test]
    async fn a_waiting_poll_wakes_for_an_update_and_a_newer_poll_evicts_it() {
        let (phones, client, _) = shared();
        let poll = |client: &PhonesClient| {
            let client = client.clone();
            tokio::spawn(async move { client.updates(0, 100, Duration::from_secs(30)).await })
        };
        let first = poll(&client);
        while phones.with(|p, _| p.bot(TOKEN).unwrap().updates.epoch) < 1 {
            tokio::task::yield_now().await;
        }
        let second = poll(&client);
        assert_eq!(first.await.unwrap(), Err(Refusal::Conflict));
        phones.with(|p, now| p.says(now, TOKEN, ADA, "hi")).unwrap();
        let updates = second.await.unwrap().unwrap();
        assert!(updates[0].contains("\"text\":\"hi\""), "{}", updates[0]);
        assert_eq!(client.updates(0, 100, Duration::ZERO).await.unwrap().len(), 1, "seen is not acknowledged");
    }

    #[tokio::test]
    async fn waiting_for_a_revision_ends_with_the_change() {
        let (phones, client, _) = shared();
        let before = phones.with(|p, _| p.chat(TOKEN, ADA).unwrap().revision);
        let waiting = phones.clone();
        let waiter = tokio::spawn(async move { waiting.revised(TOKEN, ADA, before, Duration::from_secs(30)).await });
        client.send(ChatId(ADA), &outgoing()).await.unwrap();
        assert!(waiter.await.unwrap());
        assert!(!phones.revised(TOKEN, ADA, u64::MAX, Duration::ZERO).await);
    }
}
