//! What the server remembers: people, bots, chats, messages; and how the Bot API writes them down.
//!
//! Owns: the data and its JSON. Does not decide anything.

use std::collections::{BTreeMap, HashMap, VecDeque};

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::keyboard::{self, Action, Keyboard};
use super::profile::Profile;
use super::rates::{BotPace, ChatPace};
use super::text::{Entity, Formatted};
use super::updates::Updates;

/// Micros in a second.
pub const SECOND: i64 = 1_000_000;

/// A human being with a phone. The id is also the id of their private chats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: i64,
    pub name: String,
    /// The app's language (`de`), sent along with everything the person does.
    pub language: String,
}

impl Person {
    pub fn to_json(&self) -> Value {
        json!({"id": self.id, "is_bot": false, "first_name": self.name, "language_code": self.language})
    }
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    Bot,
    Person(i64),
}

/// A file on the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRef {
    pub id: String,
    pub name: Option<String>,
    pub mime: String,
    pub size: usize,
}

/// A file's content and where it is fetched.
#[derive(Clone, Debug)]
pub struct Stored {
    pub file: FileRef,
    pub path: String,
    pub bytes: Bytes,
}

/// What a message carries besides text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Media {
    Document(FileRef),
    Photo { file: FileRef, width: u32, height: u32 },
    Sticker { file: FileRef, emoji: String },
    Voice { file: FileRef, seconds: u32 },
}

/// One message of a chat. Ids count from 1 within the chat, so that an id alone never finds a message.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: i64,
    pub author: Author,
    /// Micros.
    pub date: i64,
    /// The text, or the caption if there is a file.
    pub body: Formatted,
    pub keyboard: Keyboard,
    /// Micros of the last edit.
    pub edited: Option<i64>,
    pub deleted: bool,
    pub media: Option<Media>,
    pub reply_to: Option<i64>,
    pub forwarded: bool,
    /// Sent without a sound.
    pub silent: bool,
}

impl Message {
    pub fn new(author: Author, body: Formatted) -> Self {
        Self {
            id: 0,
            author,
            date: 0,
            body,
            keyboard: Vec::new(),
            edited: None,
            deleted: false,
            media: None,
            reply_to: None,
            forwarded: false,
            silent: false,
        }
    }

    /// The labels a person can press on this message.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.keyboard.iter().flatten().map(|button| button.label.as_str())
    }

    /// Whether one of the buttons carries this data.
    pub fn has_data(&self, data: &str) -> bool {
        self.keyboard.iter().flatten().any(|b| matches!(&b.action, Action::Data(d) if d == data))
    }
}

/// What kind of chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChatKind {
    Private,
    Group { title: String, supergroup: bool, migrated_to: Option<i64> },
}

/// A note shown for a moment after a press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    pub text: String,
    /// Shown as a window that must be closed.
    pub alert: bool,
    /// Micros.
    pub at: i64,
}

/// One chat of one bot, as the people in it see it.
#[derive(Debug)]
pub struct Chat {
    pub id: i64,
    pub kind: ChatKind,
    /// The person has spoken first, without which no bot may write.
    pub started: bool,
    /// The bot is blocked (private) or was thrown out (group).
    pub blocked: bool,
    /// All messages ever; the one with id n is at n - 1.
    pub messages: Vec<Message>,
    /// Grows with everything that a person could see.
    pub revision: u64,
    /// "typing…" is shown until then (micros).
    pub typing_until: i64,
    pub toasts: Vec<Toast>,
    /// Labels that stand in place of the person's keyboard.
    pub reply_keyboard: Vec<Vec<String>>,
    pub(super) pace: ChatPace,
}

impl Chat {
    pub(super) fn new(id: i64, kind: ChatKind, pace: ChatPace) -> Self {
        Self {
            id,
            kind,
            started: false,
            blocked: false,
            messages: Vec::new(),
            revision: 0,
            typing_until: 0,
            toasts: Vec::new(),
            reply_keyboard: Vec::new(),
            pace,
        }
    }

    /// A message that is still there.
    pub fn message(&self, id: i64) -> Option<&Message> {
        let index = usize::try_from(id).ok()?.checked_sub(1)?;
        self.messages.get(index).filter(|m| !m.deleted)
    }

    pub(super) fn message_mut(&mut self, id: i64) -> Option<&mut Message> {
        let index = usize::try_from(id).ok()?.checked_sub(1)?;
        self.messages.get_mut(index).filter(|m| !m.deleted)
    }

    /// What can be seen, oldest first.
    pub fn visible(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.iter().filter(|m| !m.deleted)
    }

    /// The newest message of the bot.
    pub fn last_from_bot(&self) -> Option<&Message> {
        self.visible().rev().find(|m| m.author == Author::Bot)
    }

    pub(super) fn push(&mut self, now: i64, mut message: Message) -> i64 {
        let id = self.messages.len() as i64 + 1;
        message.id = id;
        message.date = now;
        self.messages.push(message);
        self.revision += 1;
        id
    }

    pub(super) fn to_json(&self, people: &HashMap<i64, Person>) -> Value {
        match &self.kind {
            ChatKind::Private => {
                let name = people.get(&self.id).map_or("", |p| p.name.as_str());
                json!({"id": self.id, "type": "private", "first_name": name})
            }
            ChatKind::Group { title, supergroup, .. } => {
                json!({"id": self.id, "type": if *supergroup { "supergroup" } else { "group" }, "title": title})
            }
        }
    }
}

/// A press that waits for its answer.
#[derive(Debug)]
pub(super) struct Query {
    pub chat: i64,
    pub at: i64,
}

/// One bot and everything that is its own.
#[derive(Debug)]
pub struct Bot {
    pub token: String,
    pub id: i64,
    pub username: String,
    pub(super) chats: BTreeMap<i64, Chat>,
    pub(super) updates: Updates,
    pub(super) profile: Profile,
    pub(super) files: HashMap<String, Stored>,
    pub(super) queries: HashMap<String, Query>,
    pub(super) query_ages: VecDeque<(i64, String)>,
    pub(super) next_query: u64,
    pub(super) pace: BotPace,
}

impl Bot {
    pub(super) fn new(token: &str, id: i64, username: String, first_update: i64) -> Self {
        Self {
            token: token.to_owned(),
            id,
            username,
            chats: BTreeMap::new(),
            updates: Updates::beginning_at(first_update),
            profile: Profile::default(),
            files: HashMap::new(),
            queries: HashMap::new(),
            query_ages: VecDeque::new(),
            next_query: 0,
            pace: BotPace::default(),
        }
    }

    /// As the author of a message.
    pub(super) fn user_json(&self) -> Value {
        json!({
            "id": self.id, "is_bot": true, "first_name": self.profile.display_name(&self.username),
            "username": self.username,
        })
    }

    pub(super) fn message_json(&self, chat: &Chat, message: &Message, people: &HashMap<i64, Person>) -> Value {
        let mut map = self.message_fields(chat, message, people);
        if let Some(original) = message.reply_to.and_then(|id| chat.message(id)) {
            let original = self.message_fields(chat, original, people);
            map.insert("reply_to_message".into(), Value::Object(original));
        }
        Value::Object(map)
    }

    fn message_fields(&self, chat: &Chat, message: &Message, people: &HashMap<i64, Person>) -> Map<String, Value> {
        let mut map = Map::new();
        map.insert("message_id".into(), message.id.into());
        let from = match message.author {
            Author::Bot => self.user_json(),
            Author::Person(id) => people.get(&id).map_or_else(|| stranger(id), Person::to_json),
        };
        map.insert("chat".into(), chat.to_json(people));
        map.insert("date".into(), (message.date / SECOND).into());
        if let Some(edited) = message.edited {
            map.insert("edit_date".into(), (edited / SECOND).into());
        }
        if message.forwarded {
            let origin = json!({"type": "user", "date": message.date / SECOND, "sender_user": from});
            map.insert("forward_origin".into(), origin);
        }
        map.insert("from".into(), from);
        let (text, entities) = match &message.media {
            None => ("text", "entities"),
            Some(media) => {
                insert_media(&mut map, media);
                ("caption", "caption_entities")
            }
        };
        if !message.body.text.is_empty() {
            map.insert(text.into(), message.body.text.as_str().into());
        }
        if !message.body.entities.is_empty() {
            map.insert(entities.into(), message.body.entities.iter().map(Entity::to_json).collect());
        }
        if !message.keyboard.is_empty() {
            map.insert("reply_markup".into(), keyboard::to_json(&message.keyboard));
        }
        map
    }
}

/// Somebody of whom only the id is known.
fn stranger(id: i64) -> Value {
    json!({"id": id, "is_bot": false, "first_name": ""})
}

/// A file's id that means the same for every bot.
pub(super) fn unique_id(file: &FileRef) -> String {
    format!("u{}", file.id)
}

fn insert_media(map: &mut Map<String, Value>, media: &Media) {
    let base = |file: &FileRef| json!({"file_id": file.id, "file_unique_id": unique_id(file), "file_size": file.size});
    let (name, value) = match media {
        Media::Document(file) => {
            let mut value = base(file);
            value["mime_type"] = file.mime.as_str().into();
            if let Some(name) = &file.name {
                value["file_name"] = name.as_str().into();
            }
            ("document", value)
        }
        Media::Photo { file, width, height } => {
            let mut value = base(file);
            value["width"] = (*width).into();
            value["height"] = (*height).into();
            ("photo", Value::Array(vec![value]))
        }
        Media::Sticker { file, emoji } => {
            let mut value = base(file);
            value["type"] = "regular".into();
            value["width"] = 512.into();
            value["height"] = 512.into();
            value["is_animated"] = false.into();
            value["is_video"] = false.into();
            value["emoji"] = emoji.as_str().into();
            ("sticker", value)
        }
        Media::Voice { file, seconds } => {
            let mut value = base(file);
            value["duration"] = (*seconds).into();
            value["mime_type"] = file.mime.as_str().into();
            ("voice", value)
        }
    };
    map.insert(name.into(), value);
}
