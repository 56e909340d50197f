//! Changing and deleting messages.
//!
//! Owns: what can be changed (a bot's own, still there, really different) and what can be deleted.

use serde_json::Value;

use super::calls::{Answer, Call};
use super::keyboard::{Keyboard, Markup};
use super::record::{Effect, Sent};
use super::refused::Refused;
use super::state::{Author, ChatKind, Message, SECOND};
use super::text;

/// After this a message can no longer be deleted (Bot API, `deleteMessage`).
const DELETABLE: i64 = 48 * 3600 * SECOND;
/// Ids of one `deleteMessages`.
const DELETE_LIMIT: usize = 100;

const NOT_MODIFIED: &str = "message is not modified: specified new message content and reply markup are exactly the \
                            same as a current content and reply markup of the message";

impl Call<'_> {
    pub(super) fn edit_text(&mut self) -> Answer {
        let (chat, id) = self.edited_message()?;
        let body = self.text()?;
        self.edit(chat, id, |message, keyboard| {
            if message.media.is_some() {
                return Err(Refused::bad("there is no text in the message to edit"));
            }
            let same = message.body == body && message.keyboard == keyboard;
            (message.body, message.keyboard) = (body, keyboard);
            Ok(same)
        })
    }

    pub(super) fn edit_caption(&mut self) -> Answer {
        let (chat, id) = self.edited_message()?;
        let body = self.caption()?;
        self.edit(chat, id, |message, keyboard| {
            if message.media.is_none() {
                return Err(Refused::bad("there is no caption in the message to edit"));
            }
            let same = message.body == body && message.keyboard == keyboard;
            (message.body, message.keyboard) = (body, keyboard);
            Ok(same)
        })
    }

    pub(super) fn edit_markup(&mut self) -> Answer {
        let (chat, id) = self.edited_message()?;
        self.edit(chat, id, |message, keyboard| {
            let same = message.keyboard == keyboard;
            message.keyboard = keyboard;
            Ok(same)
        })
    }

    fn edited_message(&self) -> Result<(i64, i64), Refused> {
        if self.params.value("inline_message_id").is_some() {
            return Err(Refused::bad("MESSAGE_ID_INVALID"));
        }
        let chat = self.target()?;
        let id = self.params.int("message_id").ok_or_else(|| Refused::bad("message identifier is not specified"))?;
        Ok((chat, id))
    }

    /// Tries a change on a copy, so that a refused edit changes nothing. `change` says whether it changed nothing.
    fn edit(
        &mut self,
        chat_id: i64,
        id: i64,
        change: impl FnOnce(&mut Message, Keyboard) -> Result<bool, Refused>,
    ) -> Answer {
        let keyboard = match self.markup()? {
            Markup::Inline(keyboard) => keyboard,
            Markup::None => Keyboard::new(),
            _ => return Err(Refused::bad("object expected as reply markup")),
        };
        self.known_chat(chat_id)?;
        let now = self.now;
        let old = self.chat_mut(chat_id)?.message(id).ok_or_else(|| Refused::bad("message to edit not found"))?;
        if old.author != Author::Bot {
            return Err(Refused::bad("message can't be edited"));
        }
        let mut new = old.clone();
        if change(&mut new, keyboard)? {
            return Err(Refused::bad(NOT_MODIFIED));
        }
        self.admit(chat_id)?;
        let chat = self.chat_mut(chat_id)?;
        new.edited = Some(now);
        if let Some(message) = chat.message_mut(id) {
            *message = new;
        }
        chat.revision += 1;
        let sent = Sent { bot: self.bot.id, chat: chat_id, message_id: id, at: now, effect: Effect::Edited };
        self.record.sent.push(sent);
        self.wakes.chat(chat_id);
        self.written(chat_id, id)
    }

    pub(super) fn delete_message(&mut self) -> Answer {
        let chat = self.target()?;
        self.known_chat(chat)?;
        let id = self.params.int("message_id").ok_or_else(|| Refused::bad("message identifier is not specified"))?;
        self.delete(chat, id)?;
        Ok(true.into())
    }

    pub(super) fn delete_messages(&mut self) -> Answer {
        let chat = self.target()?;
        self.known_chat(chat)?;
        let list = self.params.json("message_ids")?;
        let Some(Value::Array(ids)) = list.as_deref() else {
            return Err(Refused::bad("message identifiers are not specified"));
        };
        if ids.is_empty() || ids.len() > DELETE_LIMIT {
            return Err(Refused::bad("there must be from 1 to 100 message identifiers"));
        }
        for id in ids.iter().filter_map(text::as_int) {
            // Messages that are gone or too old are passed over (Bot API, `deleteMessages`).
            let _ = self.delete(chat, id);
        }
        Ok(true.into())
    }

    fn delete(&mut self, chat_id: i64, id: i64) -> Result<(), Refused> {
        let now = self.now;
        let chat = self.chat_mut(chat_id)?;
        let group = !matches!(chat.kind, ChatKind::Private);
        let message = chat.message_mut(id).ok_or_else(|| Refused::bad("message to delete not found"))?;
        if now - message.date >= DELETABLE || (group && message.author != Author::Bot) {
            return Err(Refused::bad("message can't be deleted for everyone"));
        }
        message.deleted = true;
        chat.revision += 1;
        let sent = Sent { bot: self.bot.id, chat: chat_id, message_id: id, at: now, effect: Effect::Deleted };
        self.record.sent.push(sent);
        self.wakes.chat(chat_id);
        Ok(())
    }
}
