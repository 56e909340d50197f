//! Whether the service gets on with its work, and the figures that only the database knows.
//!
//! Owns: the limits above which something counts as stuck. A service that has much to do is not stuck: a broadcast
//! to thousands takes its time, and whoever writes meanwhile must not be turned away.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::metrics::{Backlog, Source};
use super::{App, Result};
use crate::domain::pacing::Lane;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// A poll waits up to 25 s and pauses up to 30 s after a failure; after this time several have failed.
const POLL_LIMIT: TimeDelta = TimeDelta::seconds(120);

/// The webhook is looked at every ten minutes (`intake`); after this time several looks have failed.
const WEBHOOK_LIMIT: TimeDelta = TimeDelta::minutes(30);

/// What is due is done within seconds; thousands of lessons of one hour take less than a minute.
const DUE_LIMIT: TimeDelta = TimeDelta::minutes(5);

/// A message this late, while nothing of its lane has been accepted for as long.
const OWED_LIMIT: TimeDelta = TimeDelta::minutes(5);

/// One thing that must be so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub name: &'static str,
    /// What is wrong, in a few words.
    pub problem: Option<String>,
}

/// Looks at everything that must be so for the service to do its work.
pub async fn checks(app: &App) -> Vec<Check> {
    let now = app.clock.now();
    let updates = Check { name: "updates", problem: updates(app, now) };
    match answer(writable(app)).await {
        Ok(backlog) => vec![
            Check { name: "database", problem: None },
            updates,
            Check { name: "due", problem: due(&backlog, now) },
            Check { name: "owed", problem: owed(app, &backlog, now) },
        ],
        Err(problem) => vec![Check { name: "database", problem: Some(problem) }, updates],
    }
}

/// What stands at `/metrics`.
///
/// # Errors
/// When a figure cannot be written.
pub async fn metrics(app: &App) -> std::result::Result<String, super::metrics::BadMetric> {
    let backlog = answer(counted(app)).await;
    app.metrics.render(backlog.ok(), app.clock.now())
}

/// Asks the database, but not for ever. A connection that is gone is no reason to hang.
async fn answer(asked: impl Future<Output = Result<Backlog>>) -> std::result::Result<Backlog, String> {
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(backlog)) => Ok(backlog),
        Ok(Err(error)) => {
            // These statements carry nothing that anybody wrote, so neither does what the database says about them.
            let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
            Err(format!("{error}{cause}"))
        }
        Err(_) => Err(format!("does not answer within {} s", PATIENCE.as_secs())),
    }
}

/// Readers never wait for a writer, so that writing is asked for by itself.
async fn writable(app: &App) -> Result<Backlog> {
    app.db.begin().await?.rollback().await?;
    backlog(app).await
}

async fn backlog(app: &App) -> Result<Backlog> {
    let mut tx = app.db.read().await?;
    let next = tx.next_owed().await?;
    let next_due = tx.next_due_at().await?;
    Ok(Backlog { owed: (0, 0), oldest_reply: next.reply, oldest_bulk: next.bulk, next_due })
}

async fn counted(app: &App) -> Result<Backlog> {
    let owed = app.db.read().await?.count_owed().await?;
    Ok(Backlog { owed, ..backlog(app).await? })
}

fn updates(app: &App, now: DateTime<Utc>) -> Option<String> {
    let Some((source, at)) = app.metrics.last_heard() else {
        return Some("the Bot API server has not answered yet".to_owned());
    };
    let (what, limit) = match source {
        Source::Poll => ("poll that worked", POLL_LIMIT),
        Source::Webhook => ("time that the webhook was found to be ours", WEBHOOK_LIMIT),
    };
    let ago = now - at;
    (ago > limit).then(|| format!("the last {what} was {} s ago (limit {} s)", ago.num_seconds(), limit.num_seconds()))
}

fn due(backlog: &Backlog, now: DateTime<Utc>) -> Option<String> {
    let late = backlog.next_due.map(|at| now - at).filter(|late| *late > DUE_LIMIT)?;
    Some(format!("the oldest item is {} s late (limit {} s)", late.num_seconds(), DUE_LIMIT.num_seconds()))
}

fn owed(app: &App, backlog: &Backlog, now: DateTime<Utc>) -> Option<String> {
    [(Lane::Reply, "reply", backlog.oldest_reply), (Lane::Bulk, "bulk message", backlog.oldest_bulk)]
        .into_iter()
        .find_map(|(lane, what, oldest)| {
            let late = oldest.map(|at| now - at).filter(|late| *late > OWED_LIMIT)?;
            let quiet = now - app.metrics.last_accepted(lane).unwrap_or(app.metrics.started());
            (quiet > OWED_LIMIT).then(|| {
                let (late, quiet, limit) = (late.num_seconds(), quiet.num_seconds(), OWED_LIMIT.num_seconds());
                format!("the oldest {what} is {late} s late, and none was accepted for {quiet} s (limit {limit} s)")
            })
        })
}
