//! The service's loops: do what is due, send what is owed, stop cleanly.
//!
//! Owns: when each of them wakes. What they do is in `plan` and `deliver`; these loops only sleep and pass
//! things on (updates come in by `intake`). The demo runs the same loops on a clock that jumps.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;

use super::batch::Ready;
use super::deliver::{Deliver, Job};
use super::intake::{self, Intake};
use super::{App, AppError, Result, caught, menu, plan};

/// Other commands write to the same database; the service looks at least this often.
const LOOK: TimeDelta = TimeDelta::milliseconds(500);

/// How often a process on a shared database says that it is alive.
const BEAT: Duration = Duration::from_secs(1);

/// A process that has said nothing for this long is taken for dead; others take over within five seconds.
const SILENT: TimeDelta = TimeDelta::seconds(4);

/// Runs until `stop` says true, then finishes what is in flight.
///
/// # Errors
/// When the service cannot start at all.
pub async fn run(app: Arc<App>, intake: Intake, stop: watch::Receiver<bool>) -> Result<()> {
    let crashed = open(&app).await?;
    let (ready, jobs) = mpsc::channel::<Vec<Job>>(1_024);
    let alarm = Arc::new(Notify::new());
    let sender = watched(send(Arc::clone(&app), jobs, stop.clone(), crashed), &alarm);
    let planner = watched(due(Arc::clone(&app), ready.clone(), stop.clone()), &alarm);
    let heart = (!app.db.is_single_process()).then(|| watched(beat(Arc::clone(&app), stop.clone()), &alarm));
    let taken = tokio::select! {
        taken = intake::run(&app, intake, ready, stop) => taken,
        () = alarm.notified() => Err(AppError::Panicked),
    };
    if taken.is_err() {
        planner.abort();
    }
    // The sender ends when both others have: their ends of the channel are gone.
    let _ = planner.await;
    let _ = sender.await;
    if let Some(heart) = heart {
        heart.abort();
    }
    tracing::info!("stopped");
    taken
}

/// A loop that dies takes the process with it: better started anew by whoever watches over it than half alive.
fn watched(work: impl Future<Output = ()> + Send + 'static, alarm: &Arc<Notify>) -> JoinHandle<()> {
    let alarm = Arc::clone(alarm);
    tokio::spawn(async move {
        let done = caught(async {
            work.await;
            Ok(())
        });
        if done.await.is_err() {
            alarm.notify_one();
        }
    })
}

/// What must be so before the first update is taken: no claims of a dead process, the daily chores planned.
/// Says whether a process died in the middle of sending.
///
/// # Errors
/// When the database cannot be written.
pub async fn open(app: &App) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    let claims = match app.db.is_single_process() {
        true => tx.release_claims(crate::store::Whose::Everybody, app.clock.now()).await?,
        // On a shared database the claims of a dead process end with their lease.
        false => 0,
    };
    tx.commit().await?;
    if !app.db.is_single_process() {
        // Before the first claim: whoever has never been seen alive counts as silent.
        beat_once(app).await?;
    }
    if claims > 0 {
        tracing::info!(claims, "an earlier process died while sending; going on");
    }
    plan::plan_house(app).await?;
    Ok(claims > 0)
}

/// Says every second that this process is alive, and frees what processes that fell silent had claimed.
async fn beat(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = beat_once(&app).await {
            tracing::warn!(%error, "the heartbeat could not be written");
        }
        tokio::select! {
            () = tokio::time::sleep(BEAT) => {}
            _ = stop.changed() => return,
        }
    }
}

async fn beat_once(app: &App) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    tx.beat(&app.worker, now).await?;
    let freed = tx.release_claims(crate::store::Whose::SilentSince(now - SILENT), now).await?;
    tx.forget_workers(now - TimeDelta::hours(1)).await?;
    tx.commit().await?;
    if freed > 0 {
        tracing::info!(freed, "another process fell silent while sending; going on for it");
    }
    Ok(())
}

/// Notes over buttons go at once and outside the budgets; messages go to the sender.
pub(super) async fn pass_on(app: &App, handled: Ready, ready: &mpsc::Sender<Vec<Job>>) {
    for toast in handled.toasts {
        let telegram = Arc::clone(&app.telegram);
        tokio::spawn(async move {
            if let Err(refusal) = telegram.answer_press(&toast.query, toast.note.as_deref()).await {
                tracing::debug!(%refusal, "a press was not answered");
            }
        });
    }
    for (chat, lang) in handled.menus {
        if let Err(refusal) = menu::of_trainer(app, chat, &lang).await {
            tracing::warn!(%refusal, "a trainer's menu could not be set");
        }
    }
    if !handled.jobs.is_empty() && ready.send(handled.jobs).await.is_err() {
        tracing::error!("the sender is gone; its messages stay owed");
    }
}

/// Does what is due, piece by piece, and sleeps until more is.
async fn due(app: Arc<App>, ready: mpsc::Sender<Vec<Job>>, mut stop: watch::Receiver<bool>) {
    let mut trouble = Trouble::of("what is due waits");
    loop {
        if *stop.borrow() {
            return;
        }
        let next = match trouble.with(plan::tick(&app).await) {
            Some((handled, next)) => {
                pass_on(&app, handled, &ready).await;
                next
            }
            None => Some(app.clock.now() + TimeDelta::seconds(1)),
        };
        tokio::select! {
            () = sleep(&app, next) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Sends until both sources of messages are gone and nothing is in flight.
async fn send(app: Arc<App>, mut jobs: mpsc::Receiver<Vec<Job>>, mut stop: watch::Receiver<bool>, crashed: bool) {
    let mut deliver = Deliver::new(Arc::clone(&app));
    if crashed {
        deliver.after_crash();
    }
    let mut trouble = Trouble::of("what is owed waits, and what was sent is not written down yet");
    loop {
        let more = trouble.with(deliver.refill().await);
        let more = more.unwrap_or_else(|| Some(app.clock.now() + TimeDelta::seconds(1)));
        let paced = deliver.launch();
        // What fails here is tried again first thing, and said there.
        let _ = deliver.settle().await;
        let next = [more, paced].into_iter().flatten().min();
        tokio::select! {
            fresh = jobs.recv() => match fresh {
                Some(fresh) => {
                    deliver.take(fresh);
                    while let Ok(fresh) = jobs.try_recv() {
                        deliver.take(fresh);
                    }
                }
                None => break,
            },
            () = deliver.landed() => {}
            () = sleep(&app, next) => {}
            _ = stop.changed() => {}
        }
    }
    deliver.launch();
    if let Err(error) = deliver.finish().await {
        tracing::error!(%error, "the last results could not be written; their messages stay claimed until the lease ends");
    }
}

/// Says once what is wrong, and once that it is over: a full disk is not a line every half second.
struct Trouble {
    what: &'static str,
    said: Option<String>,
}

impl Trouble {
    fn of(what: &'static str) -> Self {
        Self { what, said: None }
    }

    fn with<T>(&mut self, outcome: Result<T>) -> Option<T> {
        match outcome {
            Ok(done) => {
                if self.said.take().is_some() {
                    tracing::info!("it goes on: no longer true that {}", self.what);
                }
                Some(done)
            }
            Err(error) => {
                let error = error.to_string();
                if self.said.as_ref() != Some(&error) {
                    tracing::error!(%error, "{}", self.what);
                    self.said = Some(error);
                }
                None
            }
        }
    }
}

async fn sleep(app: &App, until: Option<DateTime<Utc>>) {
    let look = app.clock.now() + LOOK;
    app.clock.sleep_until(until.map_or(look, |at| at.min(look))).await;
}
