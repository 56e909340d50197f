//! What the service answers over HTTP: whether it is alive and whether it can work.
//!
//! Does not know a person; nothing here reads what anybody wrote.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::App;

/// Serves until `stop` says true.
///
/// # Errors
/// When the listener breaks.
pub async fn serve(listener: TcpListener, app: Arc<App>, mut stop: watch::Receiver<bool>) -> std::io::Result<()> {
    let router = Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready)).with_state(app);
    axum::serve(listener, router)
        .with_graceful_shutdown(async move {
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
