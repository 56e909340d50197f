//! The service's loops: do what is due, send what is owed, stop cleanly.
//!
//! Owns: when each of them wakes. What they do is in `plan` and `deliver`; these loops only sleep and pass
//! things on (updates come in by `intake`). The demo runs the same loops on a clock that jumps.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;

use super::batch::Ready;
use super::deliver::{Deliver, Job, Outlook};
use super::intake::{self, Intake};
use super::reload::{Looked, Watch};
use super::{App, AppError, Result, caught, elected, menu, plan};

/// Other commands write to the same database; the service looks at least this often.
const LOOK: TimeDelta = TimeDelta::milliseconds(500);

/// Where it costs next to nothing to see that somebody has written, the service looks so often.
const GLANCE: TimeDelta = TimeDelta::milliseconds(20);

/// How often a SQLite file's log is moved into the file.
const TIDY: Duration = Duration::from_secs(1);

/// How often the content folder is looked at. Its files must rest for as long before they are read.
const FOLLOW: Duration = Duration::from_secs(1);

/// How often a process on a shared database says that it is alive.
const BEAT: Duration = Duration::from_secs(1);

/// A process that has said nothing for this long is taken for dead.
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
    let tidier = watched(tidy(Arc::clone(&app)), &alarm);
    let follower = watched(follow(Arc::clone(&app)), &alarm);
    let shared = !app.db.is_single_process();
    let heart = shared.then(|| watched(beat(Arc::clone(&app), stop.clone()), &alarm));
    let others = shared.then(|| {
        let stands = watched(elected::stand(Arc::clone(&app), ready.downgrade()), &alarm);
        let listens = watched(elected::listen(Arc::clone(&app), ready.downgrade()), &alarm);
        [stands, listens]
    });
    let taken = tokio::select! {
        () = intake::run(&app, intake, ready, stop) => Ok(()),
        () = alarm.notified() => Err(AppError::Panicked),
    };
    if taken.is_err() {
        planner.abort();
    }
    // The sender ends when both others have: their ends of the channel are gone.
    let _ = planner.await;
    let _ = sender.await;
    // Only now may another process be elected: nothing is on the wire any more.
    for task in [tidier, follower].into_iter().chain(heart).chain(others.into_iter().flatten()) {
        task.abort();
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
        // On a shared database they end when another process is elected to send.
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

/// Follows the content folder, if there is one.
async fn follow(app: Arc<App>) {
    let Some(folder) = app.texts.folder() else { return };
    let mut watch = Watch::new(folder);
    let mut trouble = Trouble::of("changed lessons wait");
    loop {
        tokio::time::sleep(FOLLOW).await;
        match trouble.with(watch.look(&app).await) {
            None | Some(Looked::Unchanged) => {}
            Some(Looked::Taken) => {
                tracing::info!("the lessons and locales have changed and are served from now on");
                if app.speaker.speaks() {
                    // The menu's lines may have changed, too.
                    intake::introduce(&app);
                }
            }
            Some(Looked::Refused(findings)) => {
                for finding in &findings {
                    tracing::error!("{finding}");
                }
                tracing::error!(
                    findings = findings.len(),
                    "the changed lessons and locales are not used; the old ones stay"
                );
            }
        }
    }
}

/// Keeps SQLite's log short, beside those who write.
async fn tidy(app: Arc<App>) {
    let mut done = app.db.last_write();
    loop {
        tokio::time::sleep(TIDY).await;
        let seen = app.db.last_write();
        if seen == done {
            continue;
        }
        match app.db.checkpoint().await {
            Ok(()) => done = seen,
            Err(error) => tracing::warn!(%error, "the database's log could not be moved into its file"),
        }
    }
}

async fn beat_once(app: &App) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    tx.beat(&app.worker, now).await?;
    // Such as came too late for the process that took over from them.
    let freed = match app.speaker.speaks() {
        true => tx.release_claims(crate::store::Whose::SilentSince(now - SILENT), now).await?,
        false => 0,
    };
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
    // Without a job it only says that there is something to claim.
    let owes = handled.owes || !handled.jobs.is_empty();
    if owes && ready.send(handled.jobs).await.is_err() {
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
        let seen = app.db.last_write();
        let next = match trouble.with(plan::tick(&app).await) {
            Some((handled, next)) => {
                pass_on(&app, handled, &ready).await;
                next
            }
            None => Some(app.clock.now() + TimeDelta::seconds(1)),
        };
        tokio::select! {
            () = sleep(&app, next, seen) => {}
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
    let mut looks = Looks::default();
    loop {
        let seen = app.db.last_write();
        let now = app.clock.now();
        if looks.next(now, seen, deliver.wants_bulk()) <= now {
            let outlook = trouble.with(deliver.refill().await);
            let outlook = outlook.unwrap_or(Outlook { next: Some(now + TimeDelta::seconds(1)), bulk_waits: false });
            looks = Looks { last: Some((now, seen)), outlook, hurry: false };
        }
        let paced = deliver.launch();
        if deliver.settles_at().is_some_and(|at| at <= app.clock.now()) {
            // What fails here is tried again with the next look, and said there.
            let _ = deliver.settle().await;
        }
        let look = looks.next(app.clock.now(), seen, deliver.wants_bulk());
        let next = [Some(look), paced, deliver.settles_at()].into_iter().flatten().min();
        tokio::select! {
            fresh = jobs.recv() => match fresh {
                Some(fresh) => {
                    looks.hurry |= fresh.is_empty();
                    deliver.take(fresh);
                    while let Ok(fresh) = jobs.try_recv() {
                        looks.hurry |= fresh.is_empty();
                        deliver.take(fresh);
                    }
                }
                None => break,
            },
            () = deliver.landed() => {}
            () = sleep(&app, next, seen) => {}
            _ = stop.changed() => {}
        }
    }
    deliver.launch();
    if let Err(error) = deliver.finish().await {
        tracing::error!(%error, "the last results could not be written; their messages stay claimed until the lease ends");
    }
}

/// When the sender looks into the outbox. Not each time that an answer lands: under load that would be most of its work.
#[derive(Default)]
struct Looks {
    /// When it last looked, and what was the last write then.
    last: Option<(DateTime<Utc>, Option<SystemTime>)>,
    outlook: Outlook,
    /// Something was just committed that nobody has claimed.
    hurry: bool,
}

impl Looks {
    fn next(&self, now: DateTime<Utc>, seen: Option<SystemTime>, wants_bulk: bool) -> DateTime<Utc> {
        let Some((last, seen_then)) = self.last.filter(|(last, _)| *last <= now) else { return now };
        if self.hurry || (wants_bulk && self.outlook.bulk_waits) {
            return now;
        }
        let pause = if seen == seen_then { LOOK } else { GLANCE };
        self.outlook.next.map_or(last + pause, |at| at.min(last + pause))
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

/// Sleeps until then, but no longer than until somebody may have written since `seen`.
async fn sleep(app: &App, until: Option<DateTime<Utc>>, seen: Option<SystemTime>) {
    let look = app.clock.now() + LOOK;
    let until = until.map_or(look, |at| at.min(look));
    if seen.is_none() {
        return app.clock.sleep_until(until).await;
    }
    loop {
        app.clock.sleep_until(until.min(app.clock.now() + GLANCE)).await;
        if app.clock.now() >= until || app.db.last_write() != seen {
            return;
        }
    }
}
