//! What the service answers over HTTP: whether it is alive, whether it can work, and pushed updates.
//!
//! Does not know a person; nothing here reads what anybody wrote.

mod hook;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;

pub use hook::{Hook, PATH as HOOK_PATH};

use crate::app::App;

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
    let router = Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready)).with_state(app);
    let router = match hook {
        Some(hook) => router.merge(hook.routes()),
        None => router,
    };
    axum::serve(listener, router)
        .with_graceful_shutdown(async move {
            // An error means that the sender is gone, and with it the program.
            let _ = stop.wait_for(|stop| *stop).await;
        })
        .await
}

/// Ready means: the database answers.
async fn ready(State(app): State<Arc<App>>) -> (StatusCode, &'static str) {
    let asked = async {
        let mut tx = app.db.read().await?;
        tx.next_due_at().await
    };
    match asked.await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
