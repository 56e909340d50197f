//! The people's side: what somebody does on their phone, and what the bot hears of it.
//!
//! Owns: who can do what (only visible buttons can be pressed, who blocked a bot must unblock it first), and the
//! updates that follow. Hostile things have their own doors: stale presses and presses with foreign data.

use bytes::Bytes;
use serde_json::{Value, json};

use super::keyboard::Action;
use super::links;
use super::rates::{ChatPace, Limits};
use super::state::{Author, Chat, ChatKind, Media, Message, Person, Query, SECOND};
use super::text::{Formatted, TEXT_LIMIT, finish};
use super::updates::UpdateKind;
use super::{Bot, Phones};

/// Presses remembered per bot for a late answer; older ones are "too old" anyway.
const QUERIES_KEPT: i64 = 3600 * SECOND;

/// What the bot will hear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The message that was written, edited or pressed.
    pub message_id: i64,
    /// `None` if the bot has not asked for such updates, or (in a group) must not read this.
    pub update_id: Option<i64>,
    /// The press's id, if it was one.
    pub query: Option<String>,
}

/// Why a person cannot do that.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeopleError {
    #[error("\"{0}\" is no bot token (digits:letters)")]
    NoBot(String),
    #[error("there is no chat {0}")]
    NoChat(i64),
    #[error("nobody has the id {0}")]
    Nobody(i64),
    #[error("{0} cannot be a person's id: it must be positive")]
    BadId(i64),
    #[error("the bot is blocked in this chat; unblock it first")]
    Blocked,
    #[error("there is no button \"{asked}\"; visible: {}", visible.join(", "))]
    NoButton { asked: String, visible: Vec<String> },
    #[error("this button opens {0} and sends nothing")]
    OpensAddress(String),
    #[error("this button does nothing in a chat")]
    Inert,
    #[error("there is no message {0}")]
    NoMessage(i64),
    #[error("message {0} is not this person's own")]
    NotOwn(i64),
    #[error("an empty message cannot be sent")]
    Empty,
    #[error("a message has at most 4096 characters")]
    TooLong,
}

impl Phones {
    /// Makes a person known, or changes their name and language.
    pub fn person(&mut self, id: i64, name: &str, language: &str) -> Result<(), PeopleError> {
        if id <= 0 {
            return Err(PeopleError::BadId(id));
        }
        self.people.insert(id, Person { id, name: name.to_owned(), language: language.to_owned() });
        for bot in &mut self.bots {
            if let Some(chat) = bot.chats.get_mut(&id) {
                chat.revision += 1;
            }
        }
        self.wakes.chat(id);
        Ok(())
    }

    /// Opens a person's chat with a bot as if they had spoken before; the bot hears nothing.
    pub fn starts(&mut self, token: &str, person: i64) -> Result<(), PeopleError> {
        if !self.people.contains_key(&person) {
            return Err(PeopleError::Nobody(person));
        }
        let limits = self.options.limits.unwrap_or_default();
        let bot = self.bot_for(token)?;
        open_private(bot, person, &limits).started = true;
        self.wakes.chat(person);
        Ok(())
    }

    /// A person writes to the bot. Who is not known yet gets a phone.
    pub fn says(&mut self, now: i64, token: &str, person: i64, text: &str) -> Result<Heard, PeopleError> {
        let body = written(text)?;
        self.sends(now, token, person, Message::new(Author::Person(person), body))
    }

    /// A person forwards somebody's text.
    pub fn forwards(&mut self, now: i64, token: &str, person: i64, text: &str) -> Result<Heard, PeopleError> {
        let mut message = Message::new(Author::Person(person), written(text)?);
        message.forwarded = true;
        self.sends(now, token, person, message)
    }

    /// A person sends a sticker.
    pub fn sends_sticker(&mut self, now: i64, token: &str, person: i64) -> Result<Heard, PeopleError> {
        self.sends_media(now, token, person, "", |bot| {
            let bytes = Bytes::from_static(b"RIFF\x04\0\0\0WEBP");
            let file = bot.store(Some("sticker.webp".into()), "image/webp".into(), "stickers", bytes);
            Media::Sticker { file, emoji: "👍".into() }
        })
    }

    /// A person sends a photo with a caption (or none).
    pub fn sends_photo(&mut self, now: i64, token: &str, person: i64, caption: &str) -> Result<Heard, PeopleError> {
        self.sends_media(now, token, person, caption, |bot| {
            let bytes = Bytes::from_static(b"\xFF\xD8\xFF\xC0\0\x0B\x08\0\x05\0\x07\x03");
            let file = bot.store(Some("photo.jpg".into()), "image/jpeg".into(), "photos", bytes);
            Media::Photo { file, width: 7, height: 5 }
        })
    }

    /// A person sends a voice message.
    pub fn sends_voice(&mut self, now: i64, token: &str, person: i64) -> Result<Heard, PeopleError> {
        self.sends_media(now, token, person, "", |bot| {
            let file = bot.store(Some("voice.oga".into()), "audio/ogg".into(), "voice", Bytes::from_static(b"OggS"));
            Media::Voice { file, seconds: 3 }
        })
    }

    /// A person changes one of their own messages.
    pub fn edits(
        &mut self,
        now: i64,
        token: &str,
        person: i64,
        message: i64,
        text: &str,
    ) -> Result<Heard, PeopleError> {
        let body = written(text)?;
        let now = self.tick(now);
        let index = self.index_of(token)?;
        let bot = &mut self.bots[index];
        let chat = bot.chats.get_mut(&person).ok_or(PeopleError::NoChat(person))?;
        if chat.blocked {
            return Err(PeopleError::Blocked);
        }
        let own = chat.message_mut(message).ok_or(PeopleError::NoMessage(message))?;
        if own.author != Author::Person(person) {
            return Err(PeopleError::NotOwn(message));
        }
        own.body = body;
        own.edited = Some(now);
        chat.revision += 1;
        Ok(self.tell_message(now, index, person, message, UpdateKind::EditedMessage))
    }

    /// A person presses a button they can see, by its label or its data; the newest such button counts. A label of
    /// a reply keyboard is said.
    pub fn presses(&mut self, now: i64, token: &str, person: i64, button: &str) -> Result<Heard, PeopleError> {
        let chat = self.open_chat(token, person)?;
        let by_label = |m: &&Message| m.labels().any(|label| label == button);
        let by_data = |m: &&Message| m.has_data(button);
        let newest_first = || chat.visible().rev();
        let found = newest_first().find(by_label).or_else(|| newest_first().find(by_data));
        let Some(message) = found else {
            if chat.reply_keyboard.iter().flatten().any(|label| label == button) {
                return self.says(now, token, person, button);
            }
            return Err(PeopleError::NoButton { asked: button.to_owned(), visible: visible_labels(chat) });
        };
        let buttons = || message.keyboard.iter().flatten();
        let pressed = buttons()
            .find(|b| b.label == button)
            .or_else(|| buttons().find(|b| matches!(&b.action, Action::Data(d) if d == button)));
        match pressed.map(|b| b.action.clone()) {
            Some(Action::Data(data)) => {
                let message = message.id;
                self.query(now, token, person, person, message, &data)
            }
            Some(Action::Url(url)) => Err(PeopleError::OpensAddress(url)),
            _ => Err(PeopleError::Inert),
        }
    }

    /// A person presses a visible button that carries this data, on the newest message that has one.
    pub fn presses_data(&mut self, now: i64, token: &str, person: i64, data: &str) -> Result<Heard, PeopleError> {
        let chat = self.open_chat(token, person)?;
        let found = chat.visible().rev().find(|m| m.has_data(data)).map(|m| m.id);
        match found {
            Some(message) => self.query(now, token, person, person, message, data),
            None => Err(PeopleError::NoButton { asked: data.to_owned(), visible: visible_labels(chat) }),
        }
    }

    /// A press from a phone that still shows an old keyboard, or with data that was never shown. The message may
    /// even be deleted.
    pub fn presses_old(
        &mut self,
        now: i64,
        token: &str,
        person: i64,
        message: i64,
        data: &str,
    ) -> Result<Heard, PeopleError> {
        self.open_chat(token, person)?;
        self.query(now, token, person, person, message, data)
    }

    /// A press by one person on a message in another's chat, which no honest app makes.
    pub fn presses_foreign(
        &mut self,
        now: i64,
        token: &str,
        presser: i64,
        owner: i64,
        message: i64,
        data: &str,
    ) -> Result<Heard, PeopleError> {
        if !self.people.contains_key(&presser) {
            return Err(PeopleError::Nobody(presser));
        }
        self.query(now, token, presser, owner, message, data)
    }

    /// A person blocks the bot.
    pub fn blocks(&mut self, now: i64, token: &str, person: i64) -> Result<(), PeopleError> {
        self.set_blocked(now, token, person, true)
    }

    /// A person lets the bot write again.
    pub fn unblocks(&mut self, now: i64, token: &str, person: i64) -> Result<(), PeopleError> {
        self.set_blocked(now, token, person, false)
    }

    pub(super) fn bot_for(&mut self, token: &str) -> Result<&mut Bot, PeopleError> {
        let index = self.index_of(token)?;
        Ok(&mut self.bots[index])
    }

    pub(super) fn index_of(&mut self, token: &str) -> Result<usize, PeopleError> {
        self.bot_index(token).ok_or_else(|| PeopleError::NoBot(token.to_owned()))
    }

    fn open_chat(&self, token: &str, person: i64) -> Result<&Chat, PeopleError> {
        let chat = self.chat(token, person).ok_or(PeopleError::NoChat(person))?;
        if chat.blocked { Err(PeopleError::Blocked) } else { Ok(chat) }
    }

    fn sends(&mut self, now: i64, token: &str, person: i64, message: Message) -> Result<Heard, PeopleError> {
        let now = self.tick(now);
        if person <= 0 {
            return Err(PeopleError::BadId(person));
        }
        let index = self.index_of(token)?;
        self.people.entry(person).or_insert_with(|| Person {
            id: person,
            name: format!("Person {person}"),
            language: "de".into(),
        });
        let limits = self.options.limits.unwrap_or_default();
        let chat = open_private(&mut self.bots[index], person, &limits);
        if chat.blocked {
            return Err(PeopleError::Blocked);
        }
        chat.started = true;
        let id = chat.push(now, message);
        Ok(self.tell_message(now, index, person, id, UpdateKind::Message))
    }

    fn sends_media(
        &mut self,
        now: i64,
        token: &str,
        person: i64,
        caption: &str,
        media: impl FnOnce(&mut Bot) -> Media,
    ) -> Result<Heard, PeopleError> {
        let body = if caption.is_empty() { Formatted::default() } else { written(caption)? };
        let mut message = Message::new(Author::Person(person), body);
        message.media = Some(media(self.bot_for(token)?));
        self.sends(now, token, person, message)
    }

    pub(super) fn tell_message(
        &mut self,
        now: i64,
        index: usize,
        chat: i64,
        message_id: i64,
        kind: UpdateKind,
    ) -> Heard {
        let bot = &mut self.bots[index];
        let in_chat = &bot.chats[&chat];
        let payload = in_chat.message(message_id).map(|m| bot.message_json(in_chat, m, &self.people));
        let update_id = payload.and_then(|p| bot.updates.push(now, kind, p));
        let id = bot.id;
        self.wakes.updates(id);
        self.wakes.chat(chat);
        Heard { message_id, update_id, query: None }
    }

    fn query(
        &mut self,
        now: i64,
        token: &str,
        presser: i64,
        owner: i64,
        message_id: i64,
        data: &str,
    ) -> Result<Heard, PeopleError> {
        let now = self.tick(now);
        let index = self.index_of(token)?;
        let bot = &mut self.bots[index];
        let chat = bot.chats.get(&owner).ok_or(PeopleError::NoChat(owner))?;
        let existed = message_id >= 1 && message_id <= chat.messages.len() as i64;
        if !existed {
            return Err(PeopleError::NoMessage(message_id));
        }
        let message = match chat.message(message_id) {
            Some(message) => bot.message_json(chat, message, &self.people),
            None => json!({"chat": chat.to_json(&self.people), "message_id": message_id, "date": 0}),
        };
        let from = self.people.get(&presser).ok_or(PeopleError::Nobody(presser))?.to_json();
        bot.next_query += 1;
        let id = format!("{}", (bot.id as u64).wrapping_mul(1_000_003).wrapping_add(bot.next_query));
        let payload = json!({
            "id": id, "from": from, "message": message, "chat_instance": format!("{}", owner ^ bot.id), "data": data,
        });
        bot.remember_query(now, owner, &id);
        let update_id = bot.updates.push(now, UpdateKind::CallbackQuery, payload);
        let bot = bot.id;
        self.wakes.updates(bot);
        Ok(Heard { message_id, update_id, query: Some(id) })
    }

    fn set_blocked(&mut self, now: i64, token: &str, person: i64, blocked: bool) -> Result<(), PeopleError> {
        let now = self.tick(now);
        let index = self.index_of(token)?;
        let from = self.people.get(&person).ok_or(PeopleError::Nobody(person))?.to_json();
        let bot = &mut self.bots[index];
        let chat = bot.chats.get_mut(&person).ok_or(PeopleError::NoChat(person))?;
        if chat.blocked == blocked {
            return Ok(());
        }
        chat.blocked = blocked;
        chat.revision += 1;
        let chat = chat.to_json(&self.people);
        let change = if blocked { ("member", "kicked") } else { ("kicked", "member") };
        let payload = membership(bot, chat, from, now, change);
        bot.updates.push(now, UpdateKind::MyChatMember, payload);
        let id = bot.id;
        self.wakes.updates(id);
        self.wakes.chat(person);
        Ok(())
    }
}

impl Bot {
    fn remember_query(&mut self, now: i64, chat: i64, id: &str) {
        while self.query_ages.front().is_some_and(|(at, _)| at + QUERIES_KEPT < now) {
            if let Some((_, old)) = self.query_ages.pop_front() {
                self.queries.remove(&old);
            }
        }
        self.queries.insert(id.to_owned(), Query { chat, at: now });
        self.query_ages.push_back((now, id.to_owned()));
    }
}

fn open_private<'a>(bot: &'a mut Bot, person: i64, limits: &Limits) -> &'a mut Chat {
    let new = || Chat::new(person, ChatKind::Private, ChatPace::private(limits));
    bot.chats.entry(person).or_insert_with(new)
}

/// What a person typed, as Telegram's app sends it.
pub(super) fn written(text: &str) -> Result<Formatted, PeopleError> {
    let mut body = finish(text, Vec::new()).map_err(|_| PeopleError::Empty)?;
    if body.text.is_empty() {
        return Err(PeopleError::Empty);
    }
    if body.text.chars().count() > TEXT_LIMIT {
        return Err(PeopleError::TooLong);
    }
    links::add_found(&body.text, &mut body.entities);
    Ok(body)
}

fn visible_labels(chat: &Chat) -> Vec<String> {
    let inline = chat.visible().rev().flat_map(Message::labels).map(str::to_owned);
    let mut labels: Vec<String> = Vec::new();
    for label in inline.chain(chat.reply_keyboard.iter().flatten().cloned()) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

pub(super) fn membership(bot: &Bot, chat: Value, from: Value, now: i64, (old, new): (&str, &str)) -> Value {
    let member = |status: &str| {
        let mut member = json!({"status": status, "user": bot.user_json()});
        if status == "kicked" {
            member["until_date"] = 0.into();
        }
        member
    };
    json!({
        "chat": chat, "from": from, "date": now / SECOND,
        "old_chat_member": member(old), "new_chat_member": member(new),
    })
}
