//! `run`, `demo` and `preview`: from the start to a clean stop.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tandem::app::intake::Intake;
use tandem::app::service;
use tandem::config::Config;
use tandem::demo::run::{Settings, run as run_demo};
use tandem::web::{self, HOOK_PATH, Hook};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{mpsc, watch};

use super::setup;

/// How long a health check waits: above what `/readyz` waits for the database.
const HEALTH_PATIENCE: Duration = Duration::from_secs(4);

/// `tandem run`.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let stop = stop_on_signal()?;
    let app = Arc::new(setup::service(config).await?);
    let _guard = app.db.guard()?;
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("TANDEM_LISTEN: cannot listen on {}", config.listen))?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    let (intake, hook) = intake(config);
    let served = tokio::spawn(web::serve(listener, Arc::clone(&app), hook, stop.clone()));
    let done = service::run(Arc::clone(&app), intake, stop).await;
    served.abort();
    app.db.close().await;
    Ok(done?)
}

/// `tandem healthcheck`: one request to this machine, so that an image needs no other program for it.
pub async fn healthcheck(listen: SocketAddr, ready: bool) -> anyhow::Result<ExitCode> {
    let host = match listen.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    let path = if ready { "/readyz" } else { "/healthz" };
    let asked = async {
        let mut stream = TcpStream::connect((host, listen.port())).await?;
        // HTTP/1.0: the answer ends with the connection.
        stream.write_all(format!("GET {path} HTTP/1.0\r\n\r\n").as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        std::io::Result::Ok(answer)
    };
    let answer = tokio::time::timeout(HEALTH_PATIENCE, asked)
        .await
        .context("the service does not answer")?
        .with_context(|| format!("TANDEM_LISTEN: nothing answers at {host}:{}", listen.port()))?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    print!("{body}");
    Ok(if head.split(' ').nth(1) == Some("200") { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Long polling, or a webhook where both its settings are there.
fn intake(config: &Config) -> (Intake, Option<Hook>) {
    let (Some(secret), Some(url)) = (&config.webhook_secret, hook_address(config)) else {
        return (Intake::Poll, None);
    };
    let (push, pushed) = mpsc::channel(1_024);
    let intake = Intake::Webhook { url, secret: secret.expose().to_owned(), pushed };
    (intake, Some(Hook::new(secret.clone(), push)))
}

/// Where updates are pushed to, if they are.
pub fn hook_address(config: &Config) -> Option<String> {
    config.webhook_secret.as_ref()?;
    Some(format!("{}{HOOK_PATH}", config.public_url.as_ref()?.as_str().trim_end_matches('/')))
}

/// `tandem demo`.
pub async fn demo(listen: SocketAddr, api_listen: SocketAddr, keep: Option<PathBuf>) -> anyhow::Result<()> {
    let stop = stop_on_signal()?;
    run_demo(Settings { listen, api_listen, keep }, web::links, stop).await
}

/// `tandem preview`.
pub async fn preview(config: &Config, lesson: Option<&str>) -> anyhow::Result<()> {
    let here = PathBuf::from(".");
    let here = here.join("lessons").is_dir().then_some(here);
    let texts = setup::texts(config.content_dir.as_deref().or(here.as_deref()))?;
    let stop = stop_on_signal()?;
    tandem::demo::preview::run(texts, lesson, config.listen, stop).await
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
