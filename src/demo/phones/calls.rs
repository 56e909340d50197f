//! What a bot's calls do: sending, answering presses, and what all calls about a chat share.
//!
//! Owns: the order in which a call is judged (its arguments, then the chat, then a block, then the rates) and its
//! effect. Does not know how a call came in; edits are in `editing`, the profile in `profile`, files in `files`.

use std::collections::HashMap;

use serde_json::Value;

use super::keyboard::{self, Markup};
use super::links;
use super::markdown;
use super::params::Params;
use super::rates;
use super::record::{Effect, Record, Sent};
use super::refused::{Extra, Refused};
use super::state::{Author, Bot, Chat, ChatKind, Message, Person, SECOND, Toast};
use super::text::{self, CAPTION_LIMIT, ENTITY_LIMIT, Formatted, RAW_LIMIT, TEXT_LIMIT};
use super::updates::check_webhook;
use super::{Method, Options, Wakes, html, profile::About};

/// What a call returns, or why not.
pub(super) type Answer = Result<Value, Refused>;

/// How long "typing…" is shown (Bot API, `sendChatAction`).
const TYPING: i64 = 5 * SECOND;
/// Characters of the note after a press (Bot API, `answerCallbackQuery`).
const NOTE_LIMIT: usize = 200;
/// Notes kept per chat.
const TOAST_LIMIT: usize = 100;

const QUERY_TOO_OLD: &str = "query is too old and response timeout expired or query ID is invalid";

/// One call while it is answered.
pub(super) struct Call<'a> {
    pub now: i64,
    pub params: Params<'a>,
    pub bot: &'a mut Bot,
    pub people: &'a HashMap<i64, Person>,
    pub options: &'a Options,
    pub record: &'a mut Record,
    pub wakes: &'a mut Wakes,
}

impl Call<'_> {
    pub fn run(&mut self, method: Method) -> Answer {
        match method {
            Method::GetMe => self.get_me(),
            Method::GetUpdates => self.get_updates(),
            Method::SetWebhook => self.set_webhook(),
            Method::DeleteWebhook => self.delete_webhook(),
            Method::GetWebhookInfo => Ok(self.bot.updates.info()),
            Method::SendMessage => self.send_message(),
            Method::SendPhoto => self.send_photo(),
            Method::SendDocument => self.send_document(),
            Method::EditMessageText => self.edit_text(),
            Method::EditMessageCaption => self.edit_caption(),
            Method::EditMessageReplyMarkup => self.edit_markup(),
            Method::DeleteMessage => self.delete_message(),
            Method::DeleteMessages => self.delete_messages(),
            Method::AnswerCallbackQuery => self.answer_query(),
            Method::SendChatAction => self.chat_action(),
            Method::SetMyCommands => self.set_commands(),
            Method::GetMyCommands => self.get_commands(),
            Method::DeleteMyCommands => self.delete_commands(),
            Method::SetMyDescription => self.set_about(About::Description),
            Method::GetMyDescription => self.get_about(About::Description),
            Method::SetMyShortDescription => self.set_about(About::Short),
            Method::GetMyShortDescription => self.get_about(About::Short),
            Method::SetMyName => self.set_about(About::Name),
            Method::GetMyName => self.get_about(About::Name),
            Method::SetChatMenuButton => self.set_menu_button(),
            Method::GetChatMenuButton => self.get_menu_button(),
            Method::GetFile => self.get_file(),
            Method::GetChat => self.get_chat(),
            Method::LogOut | Method::Close => Ok(true.into()),
        }
    }

    fn get_updates(&mut self) -> Answer {
        if let Some(kinds) = self.params.json("allowed_updates")? {
            self.bot.updates.allow(&kinds);
        }
        let (offset, limit) = (self.params.int("offset").unwrap_or(0), self.params.int("limit"));
        self.bot.updates.fetch(self.now, offset, limit).map(Value::Array)
    }

    fn set_webhook(&mut self) -> Answer {
        let url = self.params.text("url").unwrap_or_default();
        if url.is_empty() {
            return self.delete_webhook();
        }
        let secret = self.params.text("secret_token");
        let hook = check_webhook(&url, secret.as_deref(), self.params.int("max_connections"))?;
        if let Some(kinds) = self.params.json("allowed_updates")? {
            self.bot.updates.allow(&kinds);
        }
        self.bot.updates.set_webhook(Some(hook), self.params.flag("drop_pending_updates"));
        self.wakes.updates(self.bot.id);
        Ok(true.into())
    }

    fn delete_webhook(&mut self) -> Answer {
        self.bot.updates.set_webhook(None, self.params.flag("drop_pending_updates"));
        self.wakes.updates(self.bot.id);
        Ok(true.into())
    }

    fn send_message(&mut self) -> Answer {
        let chat = self.target()?;
        let body = self.text()?;
        self.post(chat, Message::new(Author::Bot, body))
    }

    /// A text, which may not be empty.
    pub(super) fn text(&mut self) -> Result<Formatted, Refused> {
        let body = self.formatted("text", "entities")?;
        if body.text.is_empty() {
            return Err(Refused::bad("message text is empty"));
        }
        if body.text.len() > TEXT_LIMIT && body.text.chars().count() > TEXT_LIMIT {
            return Err(Refused::bad("message is too long"));
        }
        Ok(body)
    }

    /// A caption, which may be empty.
    pub(super) fn caption(&mut self) -> Result<Formatted, Refused> {
        let body = self.formatted("caption", "caption_entities")?;
        if body.text.len() > CAPTION_LIMIT && body.text.chars().count() > CAPTION_LIMIT {
            return Err(Refused::bad("message caption is too long"));
        }
        Ok(body)
    }

    /// Puts a new message into a chat, with the keyboard and the reply that the call asks for.
    pub(super) fn post(&mut self, to: i64, mut message: Message) -> Answer {
        let markup = self.markup()?;
        message.silent = self.params.flag("disable_notification");
        message.reply_to = self.reply_to(to)?;
        self.admit(to)?;
        let (now, bot) = (self.now, self.bot.id);
        let chat = self.chat_mut(to)?;
        match markup {
            Markup::Inline(keyboard) => message.keyboard = keyboard,
            Markup::Reply(labels) => chat.reply_keyboard = labels,
            Markup::RemoveReply => chat.reply_keyboard.clear(),
            Markup::None | Markup::ForceReply => {}
        }
        chat.typing_until = 0;
        let id = chat.push(now, message);
        self.record.sent.push(Sent { bot, chat: to, message_id: id, at: now, effect: Effect::New });
        self.wakes.chat(to);
        self.written(to, id)
    }

    fn answer_query(&mut self) -> Answer {
        let note = self.params.text("text").unwrap_or_default();
        if note.chars().count() > NOTE_LIMIT {
            return Err(Refused::bad("MESSAGE_TOO_LONG"));
        }
        let id = self.params.text("callback_query_id").unwrap_or_default();
        let too_old = || Refused::bad(QUERY_TOO_OLD);
        let query = self.bot.queries.remove(id.as_ref()).ok_or_else(too_old)?;
        if self.now - query.at >= self.options.answer_within {
            return Err(too_old());
        }
        let (now, alert) = (self.now, self.params.flag("show_alert"));
        let text = text::clean(&note).trim().to_owned();
        if !text.is_empty() {
            let chat = self.chat_mut(query.chat)?;
            if chat.toasts.len() >= TOAST_LIMIT {
                chat.toasts.remove(0);
            }
            chat.toasts.push(Toast { text, alert, at: now });
            chat.revision += 1;
            self.wakes.chat(query.chat);
        }
        Ok(true.into())
    }

    fn chat_action(&mut self) -> Answer {
        const ACTIONS: [&str; 11] = [
            "typing",
            "upload_photo",
            "record_video",
            "upload_video",
            "record_voice",
            "upload_voice",
            "upload_document",
            "choose_sticker",
            "find_location",
            "record_video_note",
            "upload_video_note",
        ];
        let id = self.target()?;
        let action = self.params.text("action").unwrap_or_default().to_ascii_lowercase();
        if !ACTIONS.contains(&action.as_str()) {
            return Err(Refused::bad("wrong parameter action in request"));
        }
        self.known_chat(id)?;
        let now = self.now;
        let chat = self.chat_mut(id)?;
        if chat.blocked {
            return Err(blocked(chat));
        }
        if chat.typing_until <= now {
            chat.revision += 1;
        }
        chat.typing_until = now + TYPING;
        self.wakes.chat(id);
        Ok(true.into())
    }

    fn get_chat(&mut self) -> Answer {
        let id = self.target()?;
        let chat = self.known_chat(id)?;
        let mut full = chat.to_json(self.people);
        full["accent_color_id"] = 0.into();
        full["max_reaction_count"] = 11.into();
        full["accepted_gift_types"] = serde_json::json!({
            "unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false, "premium_subscription": false,
            "gifts_from_channels": false,
        });
        Ok(full)
    }

    /// The chat a call is about.
    pub(super) fn target(&self) -> Result<i64, Refused> {
        match self.params.value("chat_id") {
            None => Err(Refused::bad("chat_id is empty")),
            Some(Value::String(text)) if text.is_empty() => Err(Refused::bad("chat_id is empty")),
            Some(value) => text::as_int(value).ok_or_else(|| Refused::bad("chat not found")),
        }
    }

    /// A chat in which somebody spoke to the bot, and which has not moved.
    pub(super) fn known_chat(&self, id: i64) -> Result<&Chat, Refused> {
        let chat = self.bot.chats.get(&id).filter(|c| c.started).ok_or_else(|| Refused::bad("chat not found"))?;
        match chat.kind {
            ChatKind::Group { migrated_to: Some(to), .. } => {
                let mut refused = Refused::bad("group chat was upgraded to a supergroup chat");
                refused.extra = Some(Extra::MigrateTo(to));
                Err(refused)
            }
            _ => Ok(chat),
        }
    }

    pub(super) fn chat_mut(&mut self, id: i64) -> Result<&mut Chat, Refused> {
        self.bot.chats.get_mut(&id).ok_or_else(|| Refused::bad("chat not found"))
    }

    /// A block, then the rates: what Telegram's own servers say after the arguments were found right.
    pub(super) fn admit(&mut self, to: i64) -> Result<(), Refused> {
        self.known_chat(to)?;
        let chat = self.bot.chats.get_mut(&to).ok_or_else(|| Refused::bad("chat not found"))?;
        if chat.blocked {
            return Err(blocked(chat));
        }
        rates::admit(&mut self.bot.pace, &mut chat.pace, self.options.limits.as_ref(), self.now)
            .map_err(Refused::too_many)
    }

    pub(super) fn markup(&self) -> Result<Markup, Refused> {
        match self.params.json("reply_markup")? {
            Some(markup) => keyboard::parse(&markup),
            None => Ok(Markup::None),
        }
    }

    fn reply_to(&self, chat: i64) -> Result<Option<i64>, Refused> {
        let (id, optional) = match self.params.json("reply_parameters")? {
            Some(reply) => {
                let optional = reply.get("allow_sending_without_reply").and_then(Value::as_bool) == Some(true);
                (reply.get("message_id").and_then(text::as_int), optional)
            }
            None => (self.params.int("reply_to_message_id"), self.params.flag("allow_sending_without_reply")),
        };
        let Some(id) = id else { return Ok(None) };
        match self.known_chat(chat)?.message(id) {
            Some(_) => Ok(Some(id)),
            None if optional => Ok(None),
            None => Err(Refused::bad("message to be replied not found")),
        }
    }

    /// Text and marks in whichever of the three ways the call gives them.
    fn formatted(&mut self, field: &str, entities: &str) -> Result<Formatted, Refused> {
        let raw = self.params.text(field).unwrap_or_default();
        if raw.len() > RAW_LIMIT {
            return Err(Refused::bad("text is too long"));
        }
        let mode = self.params.text("parse_mode").unwrap_or_default();
        let mut body = match mode.to_ascii_lowercase().as_str() {
            "" => match self.params.json(entities)? {
                Some(list) => text::finish(&raw, text::entities_from_json(&list)?)?,
                None => text::finish(&raw, Vec::new())?,
            },
            "html" => {
                let (text, marks) = html::parse(&raw)?;
                text::finish(&text, marks)?
            }
            "markdownv2" => {
                let (text, marks) = markdown::parse_v2(&raw)?;
                text::finish(&text, marks)?
            }
            "markdown" => {
                let (text, marks) = markdown::parse_v1(&raw)?;
                text::finish(&text, marks)?
            }
            _ => return Err(Refused::bad("unsupported parse_mode")),
        };
        self.record.cut_entities += body.entities.len().saturating_sub(ENTITY_LIMIT) as u64;
        body.entities.truncate(ENTITY_LIMIT);
        links::add_found(&body.text, &mut body.entities);
        Ok(body)
    }

    pub(super) fn written(&self, chat: i64, id: i64) -> Answer {
        let chat = self.known_chat(chat)?;
        let message = chat.message(id).ok_or_else(|| Refused::bad("message not found"))?;
        Ok(self.bot.message_json(chat, message, self.people))
    }
}

fn blocked(chat: &Chat) -> Refused {
    match chat.kind {
        ChatKind::Private => Refused::forbidden("bot was blocked by the user"),
        ChatKind::Group { supergroup: true, .. } => Refused::forbidden("bot was kicked from the supergroup chat"),
        ChatKind::Group { .. } => Refused::forbidden("bot was kicked from the group chat"),
    }
}
