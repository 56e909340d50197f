//! The line between the bot and the server, and what cannot be told from either end of it.
//!
//! Owns: notes about sendings whose answer was lost, and about refusals for a block. What was on the wire with an
//! unclear answer may be doubled or, where its kind is not sent again, missing; nothing else may.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use super::diary::Mark;
use crate::demo::phones::PhonesClient;
use crate::telegram::port::{
    ChatId, Document, Me, MenuCommand, MenuScope, MessageId, Outgoing, Refusal, Telegram, WebhookInfo,
};

/// A sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Try {
    pub chat: i64,
    /// Micros.
    pub at: i64,
    pub text: Mark,
}

/// A refused call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    pub why: Why,
    /// The text that was to be sent; `None`: a message was to be changed.
    pub text: Option<Mark>,
}

/// Why a call was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// 429
    TooMany,
    /// 403
    Blocked,
}

/// What the line has seen.
#[derive(Debug, Default)]
pub struct Notes {
    /// Sendings whose answer was lost.
    pub unclear: Vec<Try>,
    /// Sendings refused because the person blocked the bot.
    pub shut: Vec<Try>,
    /// Calls refused for a while (429) or for a block (403).
    pub refused: Vec<Refused>,
    /// Sendings that the process which made them has not written down yet.
    fresh: Vec<Try>,
}

/// A client that takes notes.
pub struct Line {
    inner: PhonesClient,
    time: Arc<AtomicI64>,
    notes: Arc<Mutex<Notes>>,
}

impl Line {
    pub fn new(inner: PhonesClient, time: Arc<AtomicI64>, notes: Arc<Mutex<Notes>>) -> Self {
        Self { inner, time, notes }
    }

    fn note<T>(&self, chat: ChatId, message: &Outgoing, result: &Result<T, Refusal>) {
        let at = self.time.load(Ordering::Relaxed);
        let noted = Try { chat: chat.0, at, text: Mark::of(&message.text.text) };
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        notes.refused.extend(why(result).map(|why| Refused { why, text: Some(noted.text) }));
        match result {
            Ok(_) => notes.fresh.push(noted),
            Err(Refusal::NoAnswer) => notes.unclear.push(noted),
            Err(Refusal::Blocked) => notes.shut.push(noted),
            Err(_) => {}
        }
    }

    fn note_change(&self, result: &Result<(), Refusal>) {
        let refused = why(result).map(|why| Refused { why, text: None });
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).refused.extend(refused);
    }
}

fn why<T>(result: &Result<T, Refusal>) -> Option<Why> {
    match result {
        Err(Refusal::TooMany(_)) => Some(Why::TooMany),
        Err(Refusal::Blocked) => Some(Why::Blocked),
        Ok(_) | Err(_) => None,
    }
}

impl Notes {
    /// All that was sent up to here is written down.
    pub fn settled(&mut self) {
        self.fresh.clear();
    }

    /// The process died before it wrote down what it had sent.
    pub fn died(&mut self) {
        let fresh = std::mem::take(&mut self.fresh);
        self.unclear.extend(fresh);
    }
}

#[async_trait]
impl Telegram for Line {
    async fn me(&self) -> Result<Me, Refusal> {
        self.inner.me().await
    }

    async fn send(&self, to: ChatId, message: &Outgoing) -> Result<MessageId, Refusal> {
        let result = self.inner.send(to, message).await;
        self.note(to, message, &result);
        result
    }

    async fn edit(&self, at: ChatId, id: MessageId, message: &Outgoing) -> Result<(), Refusal> {
        let result = self.inner.edit(at, id, message).await;
        self.note_change(&result);
        result
    }

    async fn strip(&self, at: ChatId, id: MessageId) -> Result<(), Refusal> {
        let result = self.inner.strip(at, id).await;
        self.note_change(&result);
        result
    }

    async fn delete_all(&self, at: ChatId, ids: &[MessageId]) -> Result<(), Refusal> {
        self.inner.delete_all(at, ids).await
    }

    async fn send_document(&self, to: ChatId, document: &Document) -> Result<MessageId, Refusal> {
        self.inner.send_document(to, document).await
    }

    async fn answer_press(&self, query: &str, note: Option<&str>) -> Result<(), Refusal> {
        self.inner.answer_press(query, note).await
    }

    async fn updates(&self, offset: i64, limit: u8, wait: Duration) -> Result<Vec<String>, Refusal> {
        self.inner.updates(offset, limit, wait).await
    }

    async fn set_menu(
        &self,
        scope: MenuScope,
        language: Option<&str>,
        commands: &[MenuCommand],
    ) -> Result<(), Refusal> {
        self.inner.set_menu(scope, language, commands).await
    }

    async fn set_profile(&self, language: Option<&str>, description: &str, short: &str) -> Result<(), Refusal> {
        self.inner.set_profile(language, description, short).await
    }

    async fn set_webhook(&self, url: &str, secret: &str) -> Result<(), Refusal> {
        self.inner.set_webhook(url, secret).await
    }

    async fn webhook_info(&self) -> Result<WebhookInfo, Refusal> {
        self.inner.webhook_info().await
    }

    async fn delete_webhook(&self) -> Result<(), Refusal> {
        self.inner.delete_webhook().await
    }
}
