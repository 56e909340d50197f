//! The webhook: pushed updates with the right secret, answered once they are kept.
//!
//! Owns: the check of the secret in constant time and the limit on bodies. Without a secret there is no
//! webhook at all, so it cannot fail open.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use subtle::ConstantTimeEq;
use tokio::sync::{mpsc, oneshot};

use crate::app::intake::Pushed;
use crate::config::Secret;

/// Where updates are pushed to, below the public address.
pub const PATH: &str = "/telegram/updates";

/// The header that carries the secret (Bot API, setWebhook.secret_token).
const HEADER: &str = "x-telegram-bot-api-secret-token";

/// Far above any update: a message has at most 4,096 characters.
const BODY_LIMIT: usize = 1 << 20;

/// What a push needs.
#[derive(Clone)]
pub struct Hook {
    secret: Secret,
    pushed: mpsc::Sender<Pushed>,
}

impl Hook {
    pub fn new(secret: Secret, pushed: mpsc::Sender<Pushed>) -> Self {
        Self { secret, pushed }
    }

    pub(super) fn routes(self) -> Router {
        Router::new().route(PATH, post(push)).layer(DefaultBodyLimit::max(BODY_LIMIT)).with_state(self)
    }
}

async fn push(State(hook): State<Hook>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let given = headers.get(HEADER).map(|value| value.as_bytes()).unwrap_or_default();
    if !bool::from(given.ct_eq(hook.secret.expose().as_bytes())) {
        return StatusCode::UNAUTHORIZED;
    }
    let Ok(json) = String::from_utf8(body.into()) else { return StatusCode::BAD_REQUEST };
    if crate::telegram::incoming::read(&json).is_none() {
        return StatusCode::BAD_REQUEST;
    }
    let (tell, kept) = oneshot::channel();
    if hook.pushed.send(Pushed { json, kept: tell }).await.is_err() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    match kept.await {
        Ok(true) => StatusCode::OK,
        // Not kept: the server pushes it again.
        Ok(false) | Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}
