//! `run` and `demo`: from the start to a clean stop.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use tandem::app::intake::Intake;
use tandem::app::service;
use tandem::config::Config;
use tandem::demo::run::{Settings, run as run_demo};
use tandem::web::{self, HOOK_PATH, Hook};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{mpsc, watch};

use super::setup;

/// `tandem run`.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let stop = stop_on_signal()?;
    let app = Arc::new(setup::service(config).await?);
    let _guard = app.db.guard()?;
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("TANDEM_LISTEN: cannot listen on {}", config.listen))?;
    let (intake, hook) = intake(config)?;
    let served = tokio::spawn(web::serve(listener, Arc::clone(&app), hook, stop.clone()));
    let done = service::run(Arc::clone(&app), intake, stop).await;
    served.abort();
    app.db.close().await;
    Ok(done?)
}

/// Long polling, or a webhook where both its settings are there.
fn intake(config: &Config) -> anyhow::Result<(Intake, Option<Hook>)> {
    let Some(secret) = &config.webhook_secret else { return Ok((Intake::Poll, None)) };
    let Some(public) = &config.public_url else {
        anyhow::bail!("TANDEM_PUBLIC_URL: is needed with TANDEM_WEBHOOK_SECRET, or no update would find its way");
    };
    let url = format!("{}{HOOK_PATH}", public.as_str().trim_end_matches('/'));
    let (push, pushed) = mpsc::channel(1_024);
    let intake = Intake::Webhook { url, secret: secret.expose().to_owned(), pushed };
    Ok((intake, Some(Hook::new(secret.clone(), push))))
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
