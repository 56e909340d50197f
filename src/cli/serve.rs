//! `run` and `demo`: from the start to a clean stop.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use tandem::app::service;
use tandem::config::Config;
use tandem::demo::run::{Settings, run as run_demo};
use tandem::web;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::setup;

/// `tandem run`.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let stop = stop_on_signal()?;
    let app = Arc::new(setup::service(config).await?);
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("TANDEM_LISTEN: cannot listen on {}", config.listen))?;
    let served = tokio::spawn(web::serve(listener, Arc::clone(&app), stop.clone()));
    service::run(Arc::clone(&app), stop).await?;
    served.abort();
    app.db.close().await;
    Ok(())
}

/// `tandem demo`.
pub async fn demo(listen: SocketAddr, api_listen: SocketAddr, keep: Option<PathBuf>) -> anyhow::Result<()> {
    let stop = stop_on_signal()?;
    run_demo(Settings { listen, api_listen, keep }, stop).await
}

/// Turns true at SIGTERM or Ctrl-C.
fn stop_on_signal() -> anyhow::Result<watch::Receiver<bool>> {
    let (tell, stop) = watch::channel(false);
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for Ctrl-C")?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: finishing what is in flight");
        // Nobody listens any more only when the program is over anyway.
        let _ = tell.send(true);
        // A second Ctrl-C does not wait.
        interrupt.recv().await;
        std::process::exit(130);
    });
    Ok(stop)
}
