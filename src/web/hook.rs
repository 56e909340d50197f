//! The webhook: pushed updates with the right secret, answered once they are kept.
//!
//! Owns: the check of the secret in constant time and the limit on bodies. Without a secret there is no
//! webhook at all, so it cannot fail open.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::post;
use subtle::ConstantTimeEq;
use tokio::sync::{mpsc, oneshot};

use crate::app::App;
use crate::app::intake::Pushed;
use crate::config::Secret;

/// Where updates are pushed to, below the public address.
pub const PATH: &str = "/telegram/updates";

/// The header that carries the secret (Bot API, setWebhook.secret_token).
const HEADER: &str = "x-telegram-bot-api-secret-token";

/// Far above any update: a message has at most 4,096 characters.
const BODY_LIMIT: usize = 1 << 20;

/// An update is one packet or a few; whoever dribbles is not the server.
const BODY_PATIENCE: Duration = Duration::from_secs(10);

/// What a push needs.
#[derive(Clone)]
pub struct Hook {
    secret: Secret,
    pushed: mpsc::Sender<Pushed>,
}

/// A status, and in one line what it means here.
type Answer = (StatusCode, &'static str);

impl Hook {
    pub fn new(secret: Secret, pushed: mpsc::Sender<Pushed>) -> Self {
        Self { secret, pushed }
    }

    pub(super) fn routes(self, app: Arc<App>) -> Router {
        Router::new().route(PATH, post(push)).with_state((self, app))
    }

    fn knows(&self, headers: &HeaderMap) -> bool {
        let given = headers.get(HEADER).map(|value| value.as_bytes()).unwrap_or_default();
        given.ct_eq(self.secret.expose().as_bytes()).into()
    }
}

async fn push(State((hook, app)): State<(Hook, Arc<App>)>, request: Request) -> Answer {
    match read(&hook, request).await {
        Ok(json) => keep(&hook, &app, json).await,
        Err(refused) => {
            app.metrics.refused_push();
            refused
        }
    }
}

/// The update's text. Nothing of a body is read before the secret was right.
async fn read(hook: &Hook, request: Request) -> Result<String, Answer> {
    if !hook.knows(request.headers()) {
        return Err((StatusCode::UNAUTHORIZED, "the secret is missing or wrong\n"));
    }
    if !is_json(request.headers()) {
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "an update is application/json\n"));
    }
    let body = tokio::time::timeout(BODY_PATIENCE, to_bytes(request.into_body(), BODY_LIMIT))
        .await
        .map_err(|_| (StatusCode::REQUEST_TIMEOUT, "the body did not come\n"))?
        // A connection that breaks ends here too; nobody reads the answer then.
        .map_err(|_| (StatusCode::PAYLOAD_TOO_LARGE, "an update is smaller than this\n"))?;
    let not_an_update = (StatusCode::BAD_REQUEST, "this is no update\n");
    let json = String::from_utf8(body.into()).map_err(|_| not_an_update)?;
    if crate::telegram::incoming::read(&json).is_none() {
        return Err(not_an_update);
    }
    Ok(json)
}

/// Good only after the commit; whatever was not kept, the server pushes again.
async fn keep(hook: &Hook, app: &App, json: String) -> Answer {
    let not_kept = (StatusCode::SERVICE_UNAVAILABLE, "not kept; please push it again\n");
    let (tell, kept) = oneshot::channel();
    if hook.pushed.send(Pushed { json, taken: app.clock.now(), kept: tell }).await.is_err() {
        return not_kept;
    }
    match kept.await {
        Ok(true) => (StatusCode::OK, ""),
        Ok(false) | Err(_) => not_kept,
    }
}

/// What Telegram sends, with or without parameters such as the charset.
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}
