//! Formatted text as Telegram keeps it: characters plus entities, counted in UTF-16 units.
//!
//! Owns: what entities exist, reading a request's list of them, the cleaning of characters, lengths. How entities
//! may lie over each other is `repair`'s. Does not know where they came from (`html`, `markdown`, a list in the
//! request) nor which message they belong to.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::links::check_link;
use super::refused::Refused;
use super::repair;

/// Longest text of a message, in code points after parsing and cleaning (Bot API, `sendMessage`).
pub const TEXT_LIMIT: usize = 4096;
/// Longest caption, in code points after parsing and cleaning (Bot API, `sendDocument`).
pub const CAPTION_LIMIT: usize = 1024;
/// Longest text before parsing, in bytes (telegram-bot-api refuses more unread).
pub const RAW_LIMIT: usize = 32_768;
/// Entities kept per message; the rest lose their effect without an error (tdlib, `MAX_USER_ENTITY_COUNT`).
pub const ENTITY_LIMIT: usize = 100;
/// Offsets above this are refused outright (tdlib).
const OFFSET_LIMIT: i64 = 1_000_000;

/// A text and its entities, cleaned and in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formatted {
    pub text: String,
    pub entities: Vec<Entity>,
}

/// One mark; offsets in UTF-16 code units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    pub kind: Kind,
    pub offset: usize,
    pub length: usize,
}

/// What a mark does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Bold,
    Italic,
    Underline,
    Strikethrough,
    Spoiler,
    Blockquote,
    ExpandableBlockquote,
    Code,
    /// A block of code; its language, or empty.
    Pre(String),
    TextLink(String),
    /// A person, by id.
    TextMention(i64),
    /// A custom emoji's id, as decimal text.
    CustomEmoji(String),
    DateTime {
        unix: i64,
        format: String,
    },
    Mention,
    Hashtag,
    BotCommand,
    Url,
}

impl Kind {
    /// The name on the wire.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Bold => "bold",
            Kind::Italic => "italic",
            Kind::Underline => "underline",
            Kind::Strikethrough => "strikethrough",
            Kind::Spoiler => "spoiler",
            Kind::Blockquote => "blockquote",
            Kind::ExpandableBlockquote => "expandable_blockquote",
            Kind::Code => "code",
            Kind::Pre(_) => "pre",
            Kind::TextLink(_) => "text_link",
            Kind::TextMention(_) => "text_mention",
            Kind::CustomEmoji(_) => "custom_emoji",
            Kind::DateTime { .. } => "date_time",
            Kind::Mention => "mention",
            Kind::Hashtag => "hashtag",
            Kind::BotCommand => "bot_command",
            Kind::Url => "url",
        }
    }
}

impl Entity {
    pub fn end(&self) -> usize {
        self.offset + self.length
    }

    /// As the Bot API writes it.
    pub fn to_json(&self) -> Value {
        let mut map = Map::new();
        map.insert("type".into(), self.kind.name().into());
        map.insert("offset".into(), self.offset.into());
        map.insert("length".into(), self.length.into());
        match &self.kind {
            Kind::Pre(language) if !language.is_empty() => {
                map.insert("language".into(), language.as_str().into());
            }
            Kind::TextLink(url) => {
                map.insert("url".into(), url.as_str().into());
            }
            Kind::TextMention(id) => {
                map.insert("user".into(), json!({"id": id, "is_bot": false, "first_name": ""}));
            }
            Kind::CustomEmoji(id) => {
                map.insert("custom_emoji_id".into(), id.as_str().into());
            }
            Kind::DateTime { unix, format } => {
                map.insert("unix_time".into(), (*unix).into());
                map.insert("date_time_format".into(), format.as_str().into());
            }
            _ => {}
        }
        Value::Object(map)
    }
}

/// Reads a request's list of entities. Kinds that Telegram finds by itself (mentions, commands …) and kinds it
/// does not know are passed over, as the real server does.
pub fn entities_from_json(list: &Value) -> Result<Vec<Entity>, Refused> {
    let Value::Array(items) = list else {
        return Err(Refused::bad("can't parse entities: expected an Array of MessageEntity"));
    };
    let mut found = Vec::with_capacity(items.len());
    for item in items {
        let Value::Object(item) = item else {
            return Err(Refused::bad("can't parse MessageEntity: expected an Object"));
        };
        let number = |field: &str| {
            let value = item.get(field).and_then(as_int);
            value.ok_or_else(|| Refused::bad(format!("can't parse MessageEntity: can't find field \"{field}\"")))
        };
        let (offset, length) = (number("offset")?, number("length")?);
        if !(0..=OFFSET_LIMIT).contains(&offset) {
            return Err(Refused::bad(format!("receive an entity with incorrect offset {offset}")));
        }
        if !(0..=OFFSET_LIMIT).contains(&length) {
            return Err(Refused::bad(format!("receive an entity with incorrect length {length}")));
        }
        if let Some(kind) = kind_from_json(item)?
            && length > 0
        {
            found.push(Entity { kind, offset: offset as usize, length: length as usize });
        }
    }
    Ok(found)
}

fn kind_from_json(item: &Map<String, Value>) -> Result<Option<Kind>, Refused> {
    let text = |field: &str| item.get(field).and_then(Value::as_str).unwrap_or_default();
    let Some(name) = item.get("type").and_then(Value::as_str) else {
        return Err(Refused::bad("can't parse MessageEntity: can't find field \"type\""));
    };
    Ok(Some(match name {
        "bold" => Kind::Bold,
        "italic" => Kind::Italic,
        "underline" => Kind::Underline,
        "strikethrough" => Kind::Strikethrough,
        "spoiler" => Kind::Spoiler,
        "blockquote" => Kind::Blockquote,
        "expandable_blockquote" => Kind::ExpandableBlockquote,
        "code" => Kind::Code,
        "pre" => Kind::Pre(text("language").to_owned()),
        "text_link" => {
            let url = text("url");
            match user_link(url) {
                Some(id) => Kind::TextMention(id),
                None => Kind::TextLink(
                    check_link(url).map_err(|why| Refused::bad(format!("entity URL '{url}' is invalid: {why}")))?,
                ),
            }
        }
        "text_mention" => match item.get("user").and_then(|u| u.get("id")).and_then(as_int) {
            Some(id) => Kind::TextMention(id),
            None => return Err(Refused::bad("can't parse MessageEntity: can't find field \"user\"")),
        },
        "custom_emoji" => Kind::CustomEmoji(custom_emoji(text("custom_emoji_id"))?),
        "date_time" => {
            let unix = item.get("unix_time").and_then(as_int).ok_or_else(|| Refused::bad("invalid date specified"))?;
            Kind::DateTime { unix, format: date_format(text("date_time_format"))? }
        }
        _ => return Ok(None),
    }))
}

/// A custom emoji's id: a non-zero 64-bit number.
pub fn custom_emoji(id: &str) -> Result<String, Refused> {
    match id.parse::<i64>() {
        Ok(number) if number != 0 => Ok(number.to_string()),
        _ => Err(Refused::bad("invalid custom emoji identifier specified")),
    }
}

/// A date's format: nothing, `r` alone, or letters from `tTdDwW`.
pub fn date_format(format: &str) -> Result<String, Refused> {
    let known = matches!(format, "r" | "R") || format.chars().all(|c| "tTdDwW".contains(c));
    if known { Ok(format.to_owned()) } else { Err(Refused::bad("invalid date-time format specified")) }
}

/// The person a `tg://user?id=…` address means.
pub fn user_link(url: &str) -> Option<i64> {
    url.strip_prefix("tg://user?id=")?.parse().ok().filter(|id| *id > 0)
}

/// Cleans, repairs, trims and measures. An empty result is allowed; the caller says what it means.
pub fn finish(text: &str, entities: Vec<Entity>) -> Result<Formatted, Refused> {
    if entities.is_empty() {
        let clean = clean(text);
        let trimmed = clean.trim_matches([' ', '\n']);
        let text = if is_visible(trimmed) { trimmed.to_owned() } else { String::new() };
        return Ok(Formatted { text, entities });
    }
    let (clean, mut entities) = clean_with(text, entities)?;
    entities = repair::repair(entities);
    let formatted = repair::trim(clean, entities);
    if is_visible(&formatted.text) { Ok(formatted) } else { Ok(Formatted::default()) }
}

/// A text without what Telegram takes out: controls become spaces, some characters vanish.
pub fn clean(text: &str) -> Cow<'_, str> {
    let suspicious = |b: u8| (b < 0x20 && b != b'\n') || b == 0xE2 || b == 0xCC;
    if !text.bytes().any(suspicious) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(cleaned).collect())
}

/// Length in UTF-16 code units.
pub fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

fn cleaned(c: char) -> Option<char> {
    match c {
        '\r' | '\u{2028}'..='\u{202E}' | '\u{0333}' | '\u{033F}' | '\u{030A}' => None,
        '\n' => Some('\n'),
        c if c < ' ' => Some(' '),
        c => Some(c),
    }
}

/// Whether anything of it can be seen.
fn is_visible(text: &str) -> bool {
    let blank = |c: char| {
        c.is_whitespace()
            || matches!(c, '\u{180E}' | '\u{2000}'..='\u{200F}' | '\u{202F}' | '\u{205F}'..='\u{2064}')
            || matches!(c, '\u{2800}' | '\u{3164}' | '\u{FEFF}' | '\u{FFFC}')
    };
    !text.chars().all(blank)
}

/// Stands for the second half of a surrogate pair, where no entity may begin or end.
const INSIDE: usize = usize::MAX;

fn clean_with(text: &str, entities: Vec<Entity>) -> Result<(String, Vec<Entity>), Refused> {
    let mut clean = String::with_capacity(text.len());
    let mut moved = Vec::with_capacity(text.len() + 1);
    let mut position = 0;
    for c in text.chars() {
        moved.push(position);
        if c.len_utf16() == 2 {
            moved.push(INSIDE);
        }
        if let Some(c) = cleaned(c) {
            clean.push(c);
            position += c.len_utf16();
        }
    }
    moved.push(position);
    let length = moved.len() - 1;
    let place = |entity: Entity| {
        if entity.offset >= length {
            let at = entity.offset;
            return Err(Refused::bad(format!("entity begins after the end of the text at UTF-16 offset {at}")));
        }
        let (from, to) = (entity.offset, entity.end());
        if to > length {
            return Err(Refused::bad(format!(
                "entity beginning at UTF-16 offset {from} ends after the end of the text at UTF-16 offset {to}"
            )));
        }
        match (moved[from], moved[to]) {
            (INSIDE, _) => {
                Err(Refused::bad(format!("entity begins in a middle of a UTF-16 symbol at UTF-16 offset {from}")))
            }
            (_, INSIDE) => Err(Refused::bad(format!(
                "entity beginning at UTF-16 offset {from} ends in a middle of a UTF-16 symbol at UTF-16 offset {to}"
            ))),
            (start, end) => Ok(Entity { offset: start, length: end - start, kind: entity.kind }),
        }
    };
    let mut placed = entities.into_iter().map(place).collect::<Result<Vec<_>, _>>()?;
    placed.retain(|e| e.length > 0);
    Ok((clean, placed))
}

/// The part of a text that an entity covers.
pub fn covered<'a>(text: &'a str, entity: &Entity) -> &'a str {
    let byte = |units: usize| {
        let mut left = units;
        let found = text.char_indices().find(|(_, c)| {
            let here = left == 0;
            left = left.saturating_sub(c.len_utf16());
            here
        });
        found.map_or(text.len(), |(at, _)| at)
    };
    text.get(byte(entity.offset)..byte(entity.end())).unwrap_or_default()
}

/// A number that may have come as text (forms and query strings carry only text).
pub fn as_int(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(kind: Kind, offset: usize, length: usize) -> Entity {
        Entity { kind, offset, length }
    }

    fn done(text: &str, entities: Vec<Entity>) -> (String, Vec<(Kind, usize, usize)>) {
        let done = finish(text, entities).unwrap();
        (done.text, done.entities.into_iter().map(|e| (e.kind, e.offset, e.length)).collect())
    }

    #[test]
    fn controls_become_spaces_and_direction_marks_vanish() {
        assert_eq!(clean("a\tb\r\nc\u{202E}d\u{2028}e\u{0}"), "a b\ncde ");
        assert_eq!(clean("Grüße – ok"), "Grüße – ok");
    }

    #[test]
    fn ends_are_trimmed_and_offsets_follow() {
        assert_eq!(done(" \n hi there \n", vec![]), ("hi there".into(), vec![]));
        assert_eq!(done("  hi there  ", vec![mark(Kind::Bold, 5, 7)]), ("hi there".into(), vec![(Kind::Bold, 3, 5)]));
        assert_eq!(done("   hi", vec![mark(Kind::Bold, 0, 5)]), ("hi".into(), vec![(Kind::Bold, 0, 2)]));
        assert_eq!(done("a\rb😀c", vec![mark(Kind::Italic, 2, 3)]), ("ab😀c".into(), vec![(Kind::Italic, 1, 3)]));
    }

    #[test]
    fn a_text_of_blanks_is_empty() {
        for blank in ["", " \n\t", "\u{200B}\u{200D}", "\u{2800} \u{3000}", "\u{202E}"] {
            assert_eq!(finish(blank, vec![]).unwrap().text, "", "{blank:?}");
        }
        assert_eq!(done("  ", vec![mark(Kind::Bold, 0, 2)]), (String::new(), vec![]));
    }

    #[test]
    fn marks_beyond_the_text_or_inside_a_character_are_refused() {
        let why = |entities| finish("a😀b", entities).unwrap_err().description;
        assert!(why(vec![mark(Kind::Bold, 0, 2)]).contains("ends in a middle of a UTF-16 symbol"));
        assert!(why(vec![mark(Kind::Bold, 2, 1)]).contains("begins in a middle"));
        assert!(why(vec![mark(Kind::Bold, 4, 1)]).contains("begins after the end"));
        assert!(why(vec![mark(Kind::Bold, 1, 9)]).contains("ends after the end"));
    }

    #[test]
    fn a_list_of_entities_is_checked() {
        let read = |value: Value| entities_from_json(&value);
        assert!(read(json!({})).is_err());
        assert!(read(json!([{"type": "bold", "offset": 0}])).is_err());
        assert!(read(json!([{"type": "bold", "offset": -1, "length": 2}])).is_err());
        assert!(read(json!([{"type": "text_link", "offset": 0, "length": 2, "url": "http://localhost"}])).is_err());
        assert!(read(json!([{"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "0"}])).is_err());
        assert_eq!(read(json!([{"type": "mention", "offset": 0, "length": 2}])).unwrap(), vec![]);
        let link = read(json!([{"type": "text_link", "offset": 0, "length": "2", "url": "Example.org"}])).unwrap();
        assert_eq!(link, vec![mark(Kind::TextLink("http://example.org/".into()), 0, 2)]);
    }
}
