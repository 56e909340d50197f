//! The arguments of a call, whatever way they came: numbers as text, objects as text, uploads beside them.

use std::borrow::Cow;

use bytes::Bytes;
use serde_json::{Map, Value};

use super::refused::Refused;
use super::text::as_int;

/// A file that came with a call.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The form field it came in.
    pub field: String,
    pub name: Option<String>,
    pub mime: Option<String>,
    pub bytes: Bytes,
}

/// A call's arguments.
pub(super) struct Params<'a> {
    map: Option<&'a Map<String, Value>>,
    uploads: Vec<Upload>,
}

impl<'a> Params<'a> {
    pub fn new(value: &'a Value, uploads: Vec<Upload>) -> Self {
        Self { map: value.as_object(), uploads }
    }

    /// An argument that is there and not null.
    pub fn value(&self, name: &str) -> Option<&'a Value> {
        self.map?.get(name).filter(|v| !v.is_null())
    }

    /// An argument as text; numbers and truth values are written out.
    pub fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        match self.value(name)? {
            Value::String(text) => Some(Cow::Borrowed(text)),
            Value::Number(number) => Some(Cow::Owned(number.to_string())),
            Value::Bool(value) => Some(Cow::Owned(value.to_string())),
            _ => None,
        }
    }

    pub fn int(&self, name: &str) -> Option<i64> {
        self.value(name).and_then(as_int)
    }

    pub fn flag(&self, name: &str) -> bool {
        match self.value(name) {
            Some(Value::Bool(value)) => *value,
            Some(Value::String(text)) => matches!(text.to_ascii_lowercase().as_str(), "true" | "yes" | "1"),
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            _ => false,
        }
    }

    /// A structured argument, which forms carry as JSON text. Empty text counts as absent.
    pub fn json(&self, name: &str) -> Result<Option<Cow<'a, Value>>, Refused> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(Value::String(text)) => match serde_json::from_str(text) {
                Ok(Value::Null) => Ok(None),
                Ok(value) => Ok(Some(Cow::Owned(value))),
                Err(_) => Err(Refused::bad(format!("can't parse {}: can't parse JSON object", name.replace('_', " ")))),
            },
            Some(value) => Ok(Some(Cow::Borrowed(value))),
        }
    }

    /// The upload that came in a field of this name.
    pub fn take_upload(&mut self, field: &str) -> Option<Upload> {
        let index = self.uploads.iter().position(|u| u.field == field)?;
        Some(self.uploads.swap_remove(index))
    }
}
