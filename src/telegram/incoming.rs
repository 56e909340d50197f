//! Reading updates: from the JSON of a Bot API server to what a person did.
//!
//! Owns: the few fields that matter, and tolerance for all others (new kinds of updates appear every few
//! months). Does not know people: who is behind a chat is the store's knowledge.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::port::{ChatId, MessageId};
use crate::domain::event::Command;

/// An update, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    pub update_id: i64,
    pub chat: ChatId,
    pub place: Place,
    pub from: Sender,
    /// When it was written by the chat service's clock, where it says so.
    pub written: Option<DateTime<Utc>>,
    /// The message that it is, or whose button was pressed: its number, and when it was sent, in seconds since 1970.
    pub message: Option<(MessageId, i64)>,
    pub what: What,
}

/// Where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Private,
    Group,
}

/// Who sent it, as the chat service names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    pub first_name: String,
    /// IETF tag of the app's language.
    pub language: Option<String>,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Text(String),
    /// A command and what stood behind it.
    Command(Command, String),
    Press {
        query: String,
        data: String,
        message: Option<MessageId>,
    },
    Media,
    EditedText,
    Blocked,
    Unblocked,
    /// Nothing that concerns us.
    Other,
}

/// Reads one update. `None` when there is not even an id in it.
pub fn read(json: &str) -> Option<Incoming> {
    // A list would be read field by field as well.
    if !json.trim_start().starts_with('{') {
        return None;
    }
    // The id is read first and alone, so that an update of unknown shape can still be passed.
    let Id { update_id } = serde_json::from_str(json).ok()?;
    let update: Update = serde_json::from_str(json).unwrap_or_default();
    let nothing = Incoming {
        update_id,
        chat: ChatId(0),
        place: Place::Private,
        from: Sender::default(),
        written: None,
        message: None,
        what: What::Other,
    };
    Some(if let Some(message) = update.message {
        let what = said(&message);
        from_message(update_id, message, what)
    } else if let Some(message) = update.edited_message {
        let what = if message.text.is_some() { What::EditedText } else { What::Other };
        from_message(update_id, message, what)
    } else if let Some(query) = update.callback_query {
        pressed(update_id, query)
    } else if let Some(member) = update.my_chat_member {
        let what = match member.new_chat_member.status.as_str() {
            "kicked" | "left" => What::Blocked,
            "member" if member.chat.kind == "private" => What::Unblocked,
            _ => What::Other,
        };
        Incoming {
            update_id,
            place: member.chat.place(),
            chat: ChatId(member.chat.id),
            from: member.from.sender(),
            written: None,
            message: None,
            what,
        }
    } else {
        nothing
    })
}

fn from_message(update_id: i64, message: Message, what: What) -> Incoming {
    let stands = message.stands();
    Incoming {
        update_id,
        chat: ChatId(message.chat.id),
        place: message.chat.place(),
        from: message.from.map(|from| from.sender()).unwrap_or_default(),
        written: message.date.and_then(|seconds| DateTime::from_timestamp(seconds, 0)),
        message: stands,
        what,
    }
}

/// A press counts for whoever pressed: in private that is the owner of the chat with the same id.
fn pressed(update_id: i64, query: Query) -> Incoming {
    let (place, message) = match &query.message {
        Some(message) => (message.chat.place(), Some(MessageId(message.message_id))),
        None => (Place::Private, None),
    };
    let stands = query.message.as_ref().and_then(Message::stands);
    Incoming {
        update_id,
        chat: ChatId(query.from.id),
        place,
        from: query.from.sender(),
        written: None,
        message: stands,
        what: What::Press { query: query.id, data: query.data.unwrap_or_default(), message },
    }
}

fn said(message: &Message) -> What {
    let Some(text) = &message.text else {
        return if message.is_service() { What::Other } else { What::Media };
    };
    let Some(rest) = text.strip_prefix('/') else { return What::Text(text.clone()) };
    let (name, argument) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    // In groups a command may name the bot: /help@our_bot.
    let name = name.split('@').next().unwrap_or(name);
    What::Command(Command::from_name(name), argument.trim().to_owned())
}

#[derive(Deserialize)]
struct Id {
    update_id: i64,
}

#[derive(Default, Deserialize)]
struct Update {
    message: Option<Message>,
    edited_message: Option<Message>,
    callback_query: Option<Query>,
    my_chat_member: Option<Member>,
}

#[derive(Deserialize)]
struct Message {
    message_id: i64,
    date: Option<i64>,
    chat: Chat,
    from: Option<User>,
    text: Option<String>,
    new_chat_members: Option<serde::de::IgnoredAny>,
    left_chat_member: Option<serde::de::IgnoredAny>,
    pinned_message: Option<serde::de::IgnoredAny>,
    group_chat_created: Option<serde::de::IgnoredAny>,
    migrate_to_chat_id: Option<i64>,
    migrate_from_chat_id: Option<i64>,
}

#[derive(Deserialize)]
struct Chat {
    id: i64,
    #[serde(rename = "type", default)]
    kind: String,
}

#[derive(Deserialize)]
struct User {
    id: i64,
    #[serde(default)]
    first_name: String,
    language_code: Option<String>,
}

#[derive(Deserialize)]
struct Query {
    id: String,
    from: User,
    message: Option<Message>,
    data: Option<String>,
}

#[derive(Deserialize)]
struct Member {
    chat: Chat,
    from: User,
    new_chat_member: MemberState,
}

#[derive(Deserialize)]
struct MemberState {
    status: String,
}

impl Message {
    /// A message that the server has forgotten comes without a date (Bot API, `InaccessibleMessage`: 0).
    fn stands(&self) -> Option<(MessageId, i64)> {
        self.date.filter(|date| *date > 0).map(|date| (MessageId(self.message_id), date))
    }

    fn is_service(&self) -> bool {
        self.new_chat_members.is_some()
            || self.left_chat_member.is_some()
            || self.pinned_message.is_some()
            || self.group_chat_created.is_some()
            || self.migrate_to_chat_id.is_some()
            || self.migrate_from_chat_id.is_some()
    }
}

impl Chat {
    fn place(&self) -> Place {
        if self.kind == "private" { Place::Private } else { Place::Group }
    }
}

impl User {
    fn sender(&self) -> Sender {
        Sender { first_name: self.first_name.clone(), language: self.language_code.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        serde_json::json!({"update_id": 5, "message": {"message_id": 1, "date": 0, "text": text,
            "chat": {"id": 42, "type": "private"}, "from": {"id": 42, "is_bot": false, "first_name": "Ada",
            "language_code": "de"}}})
        .to_string()
    }

    #[test]
    fn commands_are_known_by_both_names_and_with_the_bots_name() {
        for (written, command) in [
            ("/hours", Command::Hours),
            ("/stunden", Command::Hours),
            ("/Stunden@tandem_bot", Command::Hours),
            ("/nonsense", Command::Unknown),
        ] {
            let what = read(&text(written)).unwrap().what;
            assert_eq!(what, What::Command(command, String::new()), "{written}");
        }
        let what = read(&text("/start abc-DEF_1")).unwrap().what;
        assert_eq!(what, What::Command(Command::Start, "abc-DEF_1".to_owned()));
    }

    #[test]
    fn an_update_of_a_kind_not_known_yet_keeps_its_id_and_means_nothing() {
        let update = read(r#"{"update_id": 9, "chat_boost_of_tomorrow": {"x": [1, {}]}}"#).unwrap();
        assert_eq!((update.update_id, update.what), (9, What::Other));
        let broken = read(r#"{"update_id": 10, "message": {"chat": "not an object"}}"#).unwrap();
        assert_eq!((broken.update_id, broken.what), (10, What::Other));
        assert_eq!(read("{}"), None);
        assert_eq!(read("not json"), None);
    }

    #[test]
    fn a_button_pressed_in_a_group_counts_for_whoever_pressed_it() {
        let json = serde_json::json!({"update_id": 1, "callback_query": {"id": "q", "chat_instance": "c",
            "from": {"id": 7, "is_bot": false, "first_name": "Eve"}, "data": "x:h:h",
            "message": {"message_id": 3, "date": 0, "chat": {"id": -5, "type": "group"}}}});
        let update = read(&json.to_string()).unwrap();
        assert_eq!((update.chat, update.place), (ChatId(7), Place::Group));
    }

    #[test]
    fn blocking_and_unblocking_are_seen() {
        let member = |status: &str| {
            let json = serde_json::json!({"update_id": 1, "my_chat_member": {"date": 0,
                "chat": {"id": 7, "type": "private"}, "from": {"id": 7, "is_bot": false, "first_name": "Eve"},
                "old_chat_member": {"status": "member"}, "new_chat_member": {"status": status}}});
            read(&json.to_string()).unwrap().what
        };
        assert_eq!(member("kicked"), What::Blocked);
        assert_eq!(member("member"), What::Unblocked);
    }
}
