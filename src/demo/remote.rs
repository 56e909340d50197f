//! The routes that drive the phones from outside: what people see, say and press, as JSON.
//!
//! Owns: the paths and their errors (the outside contract of `tandem demo`). What a person can do is `phones`'.

use std::collections::HashMap;
use std::time::Duration;

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::phones::{Faults, Heard, PeopleError, Phones, SharedPhones};

/// Longest wait for a change.
const WAIT_LIMIT: Duration = Duration::from_secs(25);
/// Largest request.
const BODY_LIMIT: usize = 1 << 20;

/// How a PNG begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// `/phones`, `/faults` and `/record`.
pub fn routes(phones: SharedPhones) -> Router {
    Router::new()
        .route("/phones", get(overview))
        .route("/phones/{chat}", get(chat))
        .route("/phones/{chat}/files/{file}", get(file))
        .route("/phones/{chat}/{action}", post(act))
        .route("/faults", post(faults))
        .route("/record", get(record))
        .with_state(phones)
}

/// A refusal: its status, its words, and the buttons that could be pressed instead.
pub(super) struct Wrong(StatusCode, String, Vec<String>);

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        let mut body = json!({"error": self.1});
        if !self.2.is_empty() {
            body["buttons"] = json!(self.2);
        }
        (self.0, axum::Json(body)).into_response()
    }
}

impl From<PeopleError> for Wrong {
    fn from(error: PeopleError) -> Self {
        let status = match error {
            PeopleError::NoChat(_) | PeopleError::Nobody(_) | PeopleError::NoMessage(_) => StatusCode::NOT_FOUND,
            PeopleError::Blocked | PeopleError::NoButton { .. } => StatusCode::CONFLICT,
            _ => StatusCode::BAD_REQUEST,
        };
        let words = error.to_string();
        let buttons = if let PeopleError::NoButton { visible, .. } = error { visible } else { Vec::new() };
        Wrong(status, words, buttons)
    }
}

fn bad(words: impl Into<String>) -> Wrong {
    Wrong(StatusCode::BAD_REQUEST, words.into(), Vec::new())
}

fn no_chat(chat: i64) -> Wrong {
    PeopleError::NoChat(chat).into()
}

type Arguments = Query<HashMap<String, String>>;

async fn overview(State(phones): State<SharedPhones>) -> axum::Json<Value> {
    axum::Json(phones.with(|p, _| p.overview()))
}

async fn chat(
    State(phones): State<SharedPhones>,
    Path(chat): Path<String>,
    Query(query): Arguments,
) -> Result<axum::Json<Value>, Wrong> {
    let chat = chat_id(&chat)?;
    let named = query.get("token").map(String::as_str);
    let token = phones.with(|p, _| p.meant_token(named, chat).map(str::to_owned)).ok_or_else(|| no_chat(chat))?;
    if let Some(after) = query.get("after") {
        let after = after.parse().map_err(|_| bad("\"after\" must be a revision, a whole number"))?;
        let wait = match query.get("wait") {
            Some(wait) => wait.parse().map_err(|_| bad("\"wait\" must be a whole number of seconds"))?,
            None => 0,
        };
        phones.revised(&token, chat, after, Duration::from_secs(wait).min(WAIT_LIMIT)).await;
    }
    phones.with(|p, now| p.chat_view(now, &token, chat)).map(axum::Json).ok_or_else(|| no_chat(chat))
}

async fn file(
    State(phones): State<SharedPhones>,
    Path((chat, file)): Path<(String, String)>,
    Query(query): Arguments,
) -> Result<Response, Wrong> {
    let chat = chat_id(&chat)?;
    let named = query.get("token").map(String::as_str);
    let found = phones.with(|p, _| {
        let token = p.meant_token(named, chat)?;
        p.bot(token)?.file(&file).cloned()
    });
    let bytes: Bytes = found.ok_or_else(|| Wrong(StatusCode::NOT_FOUND, "there is no such file".into(), Vec::new()))?;
    let kind = if bytes.starts_with(PNG) { "image/png" } else { "application/octet-stream" };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, "attachment"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, bytes).into_response())
}

async fn act(
    State(phones): State<SharedPhones>,
    Path((chat, action)): Path<(String, String)>,
    Query(query): Arguments,
    request: Request,
) -> Result<axum::Json<Value>, Wrong> {
    let chat = chat_id(&chat)?;
    let body = read_body(request).await?;
    let named = query.get("token").map(String::as_str).or_else(|| body["token"].as_str());
    phones.with(|p, now| {
        let token = match named {
            Some(named) => named.to_owned(),
            None => p.meant_token(None, chat).map(str::to_owned).ok_or_else(|| bad("name a bot with ?token="))?,
        };
        let heard = perform(p, now, &token, chat, &action, &body)?;
        let revision = p.chat(&token, chat).map_or(0, |c| c.revision);
        let mut answer = json!({"ok": true, "chat": chat, "token": token, "revision": revision});
        if let Some(heard) = heard {
            answer["message"] = heard.message_id.into();
            answer["update"] = json!(heard.update_id);
        }
        Ok(axum::Json(answer))
    })
}

fn perform(
    phones: &mut Phones,
    now: i64,
    token: &str,
    chat: i64,
    action: &str,
    body: &Value,
) -> Result<Option<Heard>, Wrong> {
    let text = |field: &str| body[field].as_str().ok_or_else(|| bad(format!("the body needs {{\"{field}\": …}}")));
    Ok(match action {
        "text" if chat < 0 => {
            let person = body["person"].as_i64().ok_or_else(|| bad("in a group the body needs {\"person\": id}"))?;
            Some(phones.says_in_group(now, token, chat, person, text("text")?)?)
        }
        "text" => {
            let text = text("text")?;
            introduce(phones, chat, body)?;
            Some(phones.says(now, token, chat, text)?)
        }
        "press" => Some(press(phones, now, token, chat, body)?),
        "edit" => {
            let message = body["message"].as_i64().ok_or_else(|| bad("the body needs {\"message\": id}"))?;
            Some(phones.edits(now, token, chat, message, text("text")?)?)
        }
        "forward" => Some(phones.forwards(now, token, chat, text("text")?)?),
        "sticker" => Some(phones.sends_sticker(now, token, chat)?),
        "photo" => Some(phones.sends_photo(now, token, chat, body["caption"].as_str().unwrap_or_default())?),
        "voice" => Some(phones.sends_voice(now, token, chat)?),
        "block" => {
            phones.blocks(now, token, chat)?;
            None
        }
        "unblock" => {
            phones.unblocks(now, token, chat)?;
            None
        }
        "language" => {
            let language = text("language")?.to_owned();
            let name = phones.human(chat).ok_or(PeopleError::Nobody(chat))?.name.clone();
            phones.person(chat, &name, &language)?;
            None
        }
        _ => return Err(Wrong(StatusCode::NOT_FOUND, format!("a phone cannot do \"{action}\""), Vec::new())),
    })
}

/// A name or a language in the body makes or changes the phone.
fn introduce(phones: &mut Phones, chat: i64, body: &Value) -> Result<(), Wrong> {
    let (name, language) = (body["name"].as_str(), body["language"].as_str());
    if name.is_none() && language.is_none() {
        return Ok(());
    }
    let known = phones.human(chat);
    let name = name.or(known.map(|k| k.name.as_str())).map_or_else(|| format!("Person {chat}"), str::to_owned);
    let language = language.or(known.map(|k| k.language.as_str())).unwrap_or("de").to_owned();
    Ok(phones.person(chat, &name, &language)?)
}

fn press(phones: &mut Phones, now: i64, token: &str, chat: i64, body: &Value) -> Result<Heard, Wrong> {
    let (button, data) = (body["button"].as_str(), body["data"].as_str());
    Ok(match (button, data, body["message"].as_i64()) {
        (Some(button), None, _) => phones.presses(now, token, chat, button)?,
        (None, Some(data), Some(message)) => phones.presses_old(now, token, chat, message, data)?,
        (None, Some(data), None) => phones.presses_data(now, token, chat, data)?,
        _ => return Err(bad("the body needs either {\"button\": label} or {\"data\": …}")),
    })
}

async fn faults(State(phones): State<SharedPhones>, request: Request) -> Result<axum::Json<Value>, Wrong> {
    let body = read_body(request).await?;
    let faults: Faults = serde_json::from_value(body).map_err(|why| bad(why.to_string()))?;
    faults.check().map_err(bad)?;
    phones.with(|p, _| p.set_faults(faults));
    Ok(axum::Json(json!({"ok": true})))
}

async fn record(State(phones): State<SharedPhones>) -> axum::Json<Value> {
    axum::Json(phones.with(|p, _| p.record_json()))
}

fn chat_id(text: &str) -> Result<i64, Wrong> {
    text.parse().map_err(|_| bad(format!("\"{text}\" is no chat id (a whole number)")))
}

/// A JSON object, whatever its declared type; nothing at all counts as an empty one. Since that lets any page
/// post here without asking first, a page from elsewhere is refused.
pub(super) async fn read_body(request: Request) -> Result<Value, Wrong> {
    if is_foreign(request.headers()) {
        return Err(Wrong(StatusCode::FORBIDDEN, "requests from other sites are refused".into(), Vec::new()));
    }
    let body = to_bytes(request.into_body(), BODY_LIMIT)
        .await
        .map_err(|_| Wrong(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large".into(), Vec::new()))?;
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(json!({}));
    }
    match serde_json::from_slice(&body) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => Err(bad("the body must be a JSON object")),
        Err(why) => Err(bad(format!("the body is no JSON: {why}"))),
    }
}

fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return false };
    let host = text(header::HOST).unwrap_or_default();
    origin.split_once("://").is_none_or(|(_, origin)| origin != host)
}
