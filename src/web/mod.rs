//! What the service answers over HTTP: whether it is alive, whether it gets on with its work, its figures, pushed
//! updates, and what a secret link opens.
//!
//! Knows a person only by such a link. No path is ever logged here: it may hold a secret.

mod board;
mod feed;
mod hook;
mod leaf;
mod licence;
mod papers;
mod secret;

use std::fmt::Write;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;

pub use hook::{Hook, PATH as HOOK_PATH};

use crate::app::{App, health, metrics};

/// Serves until `stop` says true.
///
/// # Errors
/// When the listener breaks.
pub async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    hook: Option<Hook>,
    mut stop: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let router = Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(figures))
        .with_state(Arc::clone(&app));
    let router = router.merge(links(Arc::clone(&app)));
    let router = match hook {
        Some(hook) => router.merge(hook.routes(app)),
        None => router,
    };
    axum::serve(listener, router)
        .with_graceful_shutdown(async move {
            // An error means that the sender is gone, and with it the program.
            let _ = stop.wait_for(|stop| *stop).await;
        })
        .await
}

/// What secret links open, alone, for whoever serves it beside something else: calendar feeds, papers, checks of licences, the
/// dashboard.
pub fn links(app: Arc<App>) -> Router {
    let guard = Arc::new(secret::Guard::default());
    let papers = papers::routes(Arc::clone(&app), Arc::clone(&guard));
    let papers = papers.merge(licence::routes(Arc::clone(&app), Arc::clone(&guard)));
    feed::routes(Arc::clone(&app), Arc::clone(&guard)).merge(papers).merge(board::routes(app, guard))
}

/// One line for each check, the verdict first.
async fn ready(State(app): State<Arc<App>>) -> (StatusCode, String) {
    let checks = health::checks(&app).await;
    let good = checks.iter().all(|check| check.problem.is_none());
    let mut lines = String::from(if good { "ready\n" } else { "not ready\n" });
    for check in &checks {
        // Writing into a String does not fail.
        let _ = writeln!(lines, "{}: {}", check.name, check.problem.as_deref().unwrap_or("ok"));
    }
    (if good { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, lines)
}

async fn figures(State(app): State<Arc<App>>) -> (StatusCode, [(HeaderName, &'static str); 1], String) {
    let kind = [(header::CONTENT_TYPE, metrics::TEXT)];
    match health::metrics(&app).await {
        Ok(text) => (StatusCode::OK, kind, text),
        Err(error) => {
            tracing::error!(%error, "the figures could not be written");
            (StatusCode::INTERNAL_SERVER_ERROR, kind, String::new())
        }
    }
}
