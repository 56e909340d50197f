//! How updates come in: by long polling, or pushed to our webhook. Either way they are kept before they
//! are acknowledged.
//!
//! Owns: the offset, the pauses after failures, that only the process that speaks polls, and putting pushed updates
//! together into one transaction.

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::{mpsc, oneshot, watch};

use super::batch::Ready;
use super::deliver::Job;
use super::metrics::Source;
use super::{App, AppError, Result, handle, menu, service, webhook};
use crate::telegram::incoming;
use crate::telegram::port::Refusal;

/// Updates taken at a time: the most that getUpdates gives.
const AT_ONCE: u8 = 100;

/// How long a poll waits for something to happen (Bot API: at most 50 s).
const POLL: Duration = Duration::from_secs(25);

/// After a failure the next try waits this long, doubled each time up to half a minute.
const PAUSE: Duration = Duration::from_millis(250);

/// How often a process that stands by says so to whoever asks for its health.
const STAND_BY: Duration = Duration::from_secs(10);

/// Where updates come from.
pub enum Intake {
    Poll,
    /// The server pushes them to this address, with this secret in a header.
    Webhook {
        url: String,
        secret: String,
        pushed: mpsc::Receiver<Pushed>,
    },
}

/// An update that was pushed. Whoever pushed it hears whether it is kept.
pub struct Pushed {
    pub json: String,
    pub taken: DateTime<Utc>,
    pub kept: oneshot::Sender<bool>,
}

/// Takes updates until `stop` says true.
pub async fn run(app: &Arc<App>, intake: Intake, ready: mpsc::Sender<Vec<Job>>, mut stop: watch::Receiver<bool>) {
    let polls = matches!(intake, Intake::Poll);
    if !hello(app, polls, &mut stop).await {
        return;
    }
    introduce(app);
    match intake {
        Intake::Poll => poll(app, &ready, stop).await,
        Intake::Webhook { url, secret, mut pushed } => {
            let keeper = tokio::spawn(webhook::keep(Arc::clone(app), url, secret, stop.clone()));
            while let Some(first) = tokio::select! {
                first = pushed.recv() => first,
                _ = stop.changed() => None,
            } {
                keep_pushed(app, first, &mut pushed, &ready).await;
            }
            keeper.abort();
        }
    }
}

/// Learns the bot's name. False if it was stopped before the server answered.
async fn hello(app: &App, polls: bool, stop: &mut watch::Receiver<bool>) -> bool {
    let mut pause = PAUSE;
    while app.username.get().is_none() {
        match app.telegram.me().await {
            Ok(me) => {
                tracing::info!(bot = me.username, "hello");
                if polls {
                    app.metrics.heard(Source::Poll, app.clock.now());
                }
                // Set once; a second bot of the same process does not exist.
                let _ = app.username.set(me.username);
            }
            Err(refusal) => {
                tracing::warn!(%refusal, seconds = pause.as_secs_f32(), "the Bot API server does not answer; trying again");
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    _ = stop.changed() => return false,
                }
                pause = (pause * 2).min(Duration::from_secs(30));
            }
        }
    }
    !*stop.borrow()
}

/// The menu is not worth waiting for.
pub(super) fn introduce(app: &Arc<App>) {
    let app = Arc::clone(app);
    tokio::spawn(async move {
        if let Err(refusal) = menu::introduce(&app).await {
            tracing::warn!(%refusal, "the bot's menu could not be set");
        }
    });
}

/// Keeps what was pushed by now in one transaction, then says so to each.
async fn keep_pushed(app: &App, first: Pushed, pushed: &mut mpsc::Receiver<Pushed>, ready: &mpsc::Sender<Vec<Job>>) {
    let mut all = vec![first];
    while all.len() < usize::from(AT_ONCE) {
        match pushed.try_recv() {
            Ok(next) => all.push(next),
            Err(_) => break,
        }
    }
    let updates: Vec<String> = all.iter_mut().map(|one| std::mem::take(&mut one.json)).collect();
    // The first of them has waited longest.
    let taken = all.iter().map(|one| one.taken).min().unwrap_or_else(|| app.clock.now());
    let read: Vec<_> = updates.iter().filter_map(|json| incoming::read(json)).collect();
    let kept = match handle::handle(app, &read).await {
        Ok(mut handled) => {
            handled.answer_to(taken);
            app.metrics.kept(read.len());
            service::pass_on(app, handled, ready).await;
            true
        }
        Err(error) => {
            tracing::error!(%error, "pushed updates could not be kept; the server will push them again");
            false
        }
    };
    for one in all {
        // Whoever pushed may have gone; the update is kept all the same.
        let _ = one.kept.send(kept);
    }
}

/// Takes updates, keeps what they mean, and only then moves the offset.
async fn poll(app: &Arc<App>, ready: &mpsc::Sender<Vec<Job>>, mut stop: watch::Receiver<bool>) {
    let mut pause = PAUSE;
    // Whoever polls takes the webhook away, or no update would come.
    let mut unhooked = false;
    loop {
        if *stop.borrow() {
            return;
        }
        while !app.speaker.speaks() {
            unhooked = false;
            // Another process polls: this one is as ready as it can be.
            app.metrics.heard(Source::Poll, app.clock.now());
            tokio::select! {
                () = app.speaker.begins() => {}
                () = tokio::time::sleep(STAND_BY) => {}
                _ = stop.changed() => return,
            }
        }
        let took = tokio::select! {
            took = take_alone(app, &mut unhooked) => took,
            // Another process polls from now on; what is under way here was not acknowledged.
            () = app.speaker.ends() => continue,
            _ = stop.changed() => return,
        };
        let outcome = match took {
            Ok(updates) => keep(app, app.clock.now(), &updates).await,
            Err(refusal) => Err(refusal.into()),
        };
        match outcome {
            Ok(handled) => {
                service::pass_on(app, handled, ready).await;
                pause = PAUSE;
                app.metrics.heard(Source::Poll, app.clock.now());
            }
            Err(error) => {
                let wait = waiting(&error, pause);
                tracing::warn!(%error, seconds = wait.as_secs_f32(), "updates were not taken or not kept; trying again");
                tokio::select! {
                    () = tokio::time::sleep(wait) => {}
                    _ = stop.changed() => return,
                }
                pause = (pause * 2).min(Duration::from_secs(30));
            }
        }
    }
}

/// A server that names a time is believed; another poller is waited for.
fn waiting(error: &AppError, pause: Duration) -> Duration {
    match error {
        AppError::Telegram(Refusal::TooMany(wait)) => *wait,
        AppError::Telegram(Refusal::Conflict) => pause.max(Duration::from_secs(3)),
        _ => pause,
    }
}

/// Takes updates once no webhook takes them away.
async fn take_alone(app: &App, unhooked: &mut bool) -> std::result::Result<Vec<String>, Refusal> {
    if !*unhooked {
        app.telegram.delete_webhook().await?;
        *unhooked = true;
    }
    take(app, POLL).await
}

/// Takes the updates at hand and keeps what they mean; `None` if there were none. One round of polling, for stories.
///
/// # Errors
/// When the server does not give any, or nothing can be kept.
pub async fn once(app: &App) -> Result<Option<Ready>> {
    let updates = take(app, Duration::ZERO).await?;
    let taken = app.clock.now();
    if updates.is_empty() {
        app.metrics.heard(Source::Poll, taken);
        return Ok(None);
    }
    keep(app, taken, &updates).await.map(Some)
}

/// Once a poll that named the offset has been answered, the server has forgotten what lies below it. Asking from the
/// beginning then takes whatever comes next, also where ids start again lower (Bot API, Update.update_id).
async fn take(app: &App, wait: Duration) -> std::result::Result<Vec<String>, Refusal> {
    let offset = app.offset.load(SeqCst);
    let updates = app.telegram.updates(offset, AT_ONCE, wait).await?;
    if updates.is_empty() {
        app.offset.store(0, SeqCst);
    }
    Ok(updates)
}

/// Keeps what updates mean, and only then moves the offset.
async fn keep(app: &App, taken: DateTime<Utc>, updates: &[String]) -> Result<Ready> {
    if updates.is_empty() {
        return Ok(Ready::default());
    }
    let read: Vec<_> = updates.iter().filter_map(|json| incoming::read(json)).collect();
    let mut handled = handle::handle(app, &read).await?;
    handled.answer_to(taken);
    app.metrics.kept(read.len());
    let next = read.iter().map(|update| update.update_id.saturating_add(1)).max();
    match next {
        Some(next) if app.offset.swap(next, SeqCst) != next => Ok(handled),
        // Asked again at once, it would say the same again.
        _ => Err(AppError::Stuck),
    }
}
