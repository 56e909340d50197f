//! Why the server refuses a call: the status, Telegram's words, and what comes with them.

use serde_json::{Value, json};

/// One refusal, as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub status: u16,
    /// With its prefix ("Bad Request: …").
    pub description: String,
    /// Seconds to wait (429), or the chat's new id (400 after an upgrade).
    pub extra: Option<Extra>,
}

/// The `parameters` of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extra {
    RetryAfter(u32),
    MigrateTo(i64),
}

impl Refused {
    /// 400 with the usual prefix.
    pub fn bad(description: impl AsRef<str>) -> Self {
        Self { status: 400, description: format!("Bad Request: {}", description.as_ref()), extra: None }
    }

    pub fn forbidden(description: &str) -> Self {
        Self { status: 403, description: format!("Forbidden: {description}"), extra: None }
    }

    /// A token that is void.
    pub fn unauthorized() -> Self {
        Self { status: 401, description: "Unauthorized".into(), extra: None }
    }

    pub fn not_found() -> Self {
        Self { status: 404, description: "Not Found".into(), extra: None }
    }

    pub fn conflict(description: &str) -> Self {
        Self { status: 409, description: format!("Conflict: {description}"), extra: None }
    }

    /// 429; `seconds` is what the sender has to wait.
    pub fn too_many(seconds: u32) -> Self {
        let description = format!("Too Many Requests: retry after {seconds}");
        Self { status: 429, description, extra: Some(Extra::RetryAfter(seconds)) }
    }

    pub fn too_large() -> Self {
        Self { status: 413, description: "Request Entity Too Large".into(), extra: None }
    }

    /// A failure of the server itself (5xx).
    pub fn server(status: u16) -> Self {
        let description = match status {
            502 => "Bad Gateway",
            503 => "Service Unavailable",
            504 => "Gateway Timeout",
            _ => "Internal Server Error",
        };
        Self { status, description: description.into(), extra: None }
    }

    pub fn to_json(&self) -> Value {
        let mut body = json!({"ok": false, "error_code": self.status, "description": self.description});
        match self.extra {
            Some(Extra::RetryAfter(seconds)) => body["parameters"] = json!({"retry_after": seconds}),
            Some(Extra::MigrateTo(chat)) => body["parameters"] = json!({"migrate_to_chat_id": chat}),
            None => {}
        }
        body
    }
}
