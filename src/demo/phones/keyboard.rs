//! Keyboards: reading `reply_markup`, and refusing what Telegram refuses.
//!
//! Owns: buttons and their limits. Does not know messages.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::links::check_link;
use super::refused::Refused;
use super::text::clean;

/// Bytes of a button's data (Bot API, `InlineKeyboardButton`).
const DATA_LIMIT: usize = 64;
/// Buttons of a keyboard, and of a row, as users report the servers' limit (tdlib alone would cut at 300 and 12).
const BUTTON_LIMIT: usize = 100;
const ROW_LIMIT: usize = 8;
/// Bytes of a whole keyboard, as users report it.
const MARKUP_LIMIT: usize = 10_240;

/// A button below a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub label: String,
    pub action: Action,
}

/// What pressing does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Sends a callback with this data.
    Data(String),
    /// Opens an address.
    Url(String),
    /// Anything else (web apps, inline queries …), as the bot wrote it.
    Other(Map<String, Value>),
}

/// Rows of buttons.
pub type Keyboard = Vec<Vec<Button>>;

/// What a message says about keyboards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Markup {
    #[default]
    None,
    Inline(Keyboard),
    /// Labels in place of the person's own keyboard; pressing one says its label.
    Reply(Vec<Vec<String>>),
    RemoveReply,
    ForceReply,
}

/// Reads `reply_markup`.
pub fn parse(value: &Value) -> Result<Markup, Refused> {
    let Value::Object(map) = value else {
        return if value.is_null() { Ok(Markup::None) } else { Err(Refused::bad("object expected as reply markup")) };
    };
    if let Some(rows) = map.get("inline_keyboard") {
        let rows = read_rows(rows, "inline keyboard", inline_button)?;
        check_size(&rows)?;
        return Ok(if rows.is_empty() { Markup::None } else { Markup::Inline(rows) });
    }
    if let Some(rows) = map.get("keyboard") {
        let rows = read_rows(rows, "keyboard", reply_button)?;
        check_size(&rows)?;
        return if rows.is_empty() {
            Err(Refused::bad("reply keyboard must contain at least one button"))
        } else {
            Ok(Markup::Reply(rows))
        };
    }
    let set = |field: &str| map.get(field).is_some_and(|v| v.as_bool() == Some(true) || v.as_str() == Some("true"));
    Ok(match (set("remove_keyboard"), set("force_reply")) {
        (true, _) => Markup::RemoveReply,
        (_, true) => Markup::ForceReply,
        _ => Markup::None,
    })
}

/// An inline keyboard as the Bot API writes it.
pub fn to_json(keyboard: &Keyboard) -> Value {
    let rows: Vec<Value> = keyboard.iter().map(|row| row.iter().map(button_json).collect()).collect();
    json!({"inline_keyboard": rows})
}

fn button_json(button: &Button) -> Value {
    let mut map = match &button.action {
        Action::Other(fields) => fields.clone(),
        _ => Map::new(),
    };
    map.insert("text".into(), button.label.as_str().into());
    match &button.action {
        Action::Data(data) => map.insert("callback_data".into(), data.as_str().into()),
        Action::Url(url) => map.insert("url".into(), url.as_str().into()),
        Action::Other(_) => None,
    };
    Value::Object(map)
}

fn read_rows<T>(rows: &Value, what: &str, read: impl Fn(&Value) -> Result<T, Refused>) -> Result<Vec<Vec<T>>, Refused> {
    let Value::Array(rows) = rows else {
        return Err(Refused::bad(format!("field \"{}\" must be of type Array", what.replace(' ', "_"))));
    };
    let mut read_rows = Vec::with_capacity(rows.len());
    for row in rows {
        let Value::Array(row) = row else {
            return Err(Refused::bad(format!("can't parse {what}: row must be an Array")));
        };
        let row = row.iter().map(&read).collect::<Result<Vec<T>, _>>()?;
        if !row.is_empty() {
            read_rows.push(row);
        }
    }
    Ok(read_rows)
}

trait Weighs {
    fn bytes(&self) -> usize;
}

impl Weighs for Button {
    fn bytes(&self) -> usize {
        let action = match &self.action {
            Action::Data(text) | Action::Url(text) => text.len(),
            Action::Other(_) => 0,
        };
        self.label.len() + action
    }
}

impl Weighs for String {
    fn bytes(&self) -> usize {
        self.len()
    }
}

fn check_size<T: Weighs>(rows: &[Vec<T>]) -> Result<(), Refused> {
    let buttons: usize = rows.iter().map(Vec::len).sum();
    let bytes: usize = rows.iter().flatten().map(Weighs::bytes).sum();
    if buttons > BUTTON_LIMIT || bytes > MARKUP_LIMIT || rows.iter().any(|row| row.len() > ROW_LIMIT) {
        return Err(Refused::bad("reply markup is too long"));
    }
    Ok(())
}

fn label(map: &Map<String, Value>) -> Result<String, Refused> {
    let text = map.get("text").and_then(Value::as_str).map(clean).unwrap_or(Cow::Borrowed(""));
    match text.trim() {
        "" => Err(Refused::bad("can't parse keyboard button: Field \"text\" must be non-empty")),
        text => Ok(text.to_owned()),
    }
}

fn reply_button(value: &Value) -> Result<String, Refused> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Ok(clean(text).trim().to_owned()),
        Value::Object(map) => label(map),
        _ => Err(Refused::bad("can't parse keyboard button: KeyboardButton must be a String or an Object")),
    }
}

fn inline_button(value: &Value) -> Result<Button, Refused> {
    let Value::Object(map) = value else {
        return Err(Refused::bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object"));
    };
    let label = label(map)?;
    let action = if let Some(url) = map.get("url") {
        let url = url.as_str().unwrap_or_default();
        let checked = check_link(url)
            .map_err(|why| Refused::bad(format!("inline keyboard button URL '{url}' is invalid: {why}")))?;
        Action::Url(checked)
    } else if let Some(data) = map.get("callback_data") {
        match data.as_str() {
            Some(data) if (1..=DATA_LIMIT).contains(&data.len()) => Action::Data(data.to_owned()),
            _ => return Err(Refused::bad("BUTTON_DATA_INVALID")),
        }
    } else {
        let mut fields = map.clone();
        fields.remove("text");
        if fields.keys().all(|field| matches!(field.as_str(), "icon_custom_emoji_id" | "style")) {
            let why = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard";
            return Err(Refused::bad(why));
        }
        Action::Other(fields)
    };
    Ok(Button { label, action })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inline(buttons: Vec<Vec<Value>>) -> Result<Markup, Refused> {
        parse(&json!({"inline_keyboard": buttons}))
    }

    fn data(label: &str, data: &str) -> Value {
        json!({"text": label, "callback_data": data})
    }

    fn why(result: Result<Markup, Refused>) -> String {
        result.unwrap_err().description
    }

    #[test]
    fn data_is_one_to_sixty_four_bytes() {
        assert!(inline(vec![vec![data("x", &"ä".repeat(32))]]).is_ok());
        assert_eq!(why(inline(vec![vec![data("x", &"ä".repeat(33))]])), "Bad Request: BUTTON_DATA_INVALID");
        assert_eq!(why(inline(vec![vec![data("x", "")]])), "Bad Request: BUTTON_DATA_INVALID");
    }

    #[test]
    fn eight_fit_a_row_and_a_hundred_a_keyboard() {
        let row = |n: usize| vec![data("x", "y"); n];
        assert!(inline(vec![row(8); 12]).is_ok());
        assert_eq!(why(inline(vec![row(9)])), "Bad Request: reply markup is too long");
        assert_eq!(why(inline(vec![row(8); 13])), "Bad Request: reply markup is too long");
        assert_eq!(why(inline(vec![vec![data(&"x".repeat(6000), "y")]; 2])), "Bad Request: reply markup is too long");
    }

    #[test]
    fn a_button_needs_a_label_and_something_to_do() {
        assert!(why(inline(vec![vec![data(" ", "y")]])).contains("must be non-empty"));
        assert!(why(inline(vec![vec![json!({"text": "x"})]])).contains("Text buttons are unallowed"));
        assert!(why(inline(vec![vec![json!({"text": "x", "url": "http://localhost"})]])).contains("Wrong HTTP URL"));
        assert!(why(inline(vec![vec![json!("x")]])).contains("must be an Object"));
        assert!(why(parse(&json!([]))).contains("object expected"));
        assert!(why(parse(&json!({"inline_keyboard": [{}]}))).contains("row must be an Array"));
    }

    #[test]
    fn empty_rows_vanish_and_an_empty_keyboard_is_none() {
        assert_eq!(inline(vec![vec![], vec![]]), Ok(Markup::None));
        let Ok(Markup::Inline(rows)) = inline(vec![vec![], vec![data("x", "y")]]) else { panic!("no keyboard") };
        assert_eq!(rows.len(), 1);
        assert_eq!(to_json(&rows), json!({"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]}));
    }

    #[test]
    fn other_kinds_of_keyboard_are_understood() {
        assert_eq!(
            parse(&json!({"keyboard": [["a", {"text": "b"}]]})),
            Ok(Markup::Reply(vec![vec!["a".into(), "b".into()]]))
        );
        assert_eq!(parse(&json!({"remove_keyboard": true})), Ok(Markup::RemoveReply));
        assert_eq!(parse(&json!({"force_reply": true})), Ok(Markup::ForceReply));
        assert!(parse(&json!({"keyboard": []})).is_err());
    }
}
