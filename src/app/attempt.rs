//! One attempt to send a message: which call it is, and what its answer means.
//!
//! Owns: the choice of the call and the meaning of each refusal. What follows from it is decided in
//! `domain::delivery` and done by `deliver`.

use std::time::Duration;

use chrono::TimeDelta;

use super::deliver::Job;
use super::{App, picture, render};
use crate::domain::delivery::Attempt;
use crate::domain::effect::Kind;
use crate::telegram::port::{MessageId, Outgoing, Refusal};

/// How long an attempt may take, with all its calls, before its fate counts as unclear.
pub const LONGEST: Duration = Duration::from_secs(22);

/// Sends a message, or changes the one that it is a change of.
pub async fn attempt(app: &App, job: &Job) -> Attempt {
    tokio::time::timeout(LONGEST, call(app, job)).await.unwrap_or(Attempt::Unclear)
}

async fn call(app: &App, job: &Job) -> Attempt {
    let target = job.target.map(MessageId);
    let result = match (job.kind, target) {
        (Kind::Unsay, _) => {
            let ids: Vec<MessageId> = job.unsay.iter().map(|id| MessageId(*id)).collect();
            app.telegram.delete_all(job.chat, &ids).await.map(|()| None)
        }
        (Kind::Strip, Some(target)) => {
            match app.telegram.strip(job.chat, target).await {
                // It never had buttons, has none any more, or is gone with them.
                Ok(()) | Err(Refusal::NotModified | Refusal::MessageGone) => Ok(None),
                Err(refusal) => Err(refusal),
            }
        }
        (Kind::Strip, None) => return Attempt::Gone,
        (_, target) => {
            let mut outgoing = render::outgoing(app, &job.lang, job.person.as_ref(), &job.message);
            if let Some(drawn) = &job.message.picture {
                outgoing.picture = picture::png(app, &job.lang, drawn).await;
            }
            match target {
                // An edited message is where the screen stands now, so its id is the answer.
                Some(target) if outgoing.picture.is_some() => anew(app, job, target, &outgoing).await,
                Some(target) => match app.telegram.edit(job.chat, target, &outgoing).await {
                    Ok(()) | Err(Refusal::NotModified) => Ok(Some(target.0)),
                    Err(Refusal::MessageGone) => anew(app, job, target, &outgoing).await,
                    Err(refusal) => Err(refusal),
                },
                None => match app.telegram.send(job.chat, &outgoing).await {
                    // A group that became a supergroup meanwhile; whoever asked there is answered there.
                    Err(Refusal::Migrated(to)) if job.id.is_none() => app.telegram.send(to, &outgoing).await,
                    sent => sent,
                }
                .map(|id| Some(id.0)),
            }
        }
    };
    match result {
        Ok(id) => Attempt::Accepted(id),
        Err(refusal) => meaning(refusal),
    }
}

/// Says in a message of its own what no edit can: the old one is too old or deleted, or a picture stands or is to
/// stand there. If it is still to be seen, its buttons go.
async fn anew(app: &App, job: &Job, old: MessageId, outgoing: &Outgoing) -> Result<Option<i64>, Refusal> {
    let sent = app.telegram.send(job.chat, outgoing).await?;
    if let Err(refusal) = app.telegram.strip(job.chat, old).await {
        tracing::debug!(?refusal, "the buttons of a message that was replaced are still there");
    }
    Ok(Some(sent.0))
}

fn meaning(refusal: Refusal) -> Attempt {
    match refusal {
        Refusal::TooMany(wait) => Attempt::NotNow(Some(TimeDelta::from_std(wait).unwrap_or(TimeDelta::seconds(60)))),
        Refusal::Server(_) | Refusal::NotReached | Refusal::Conflict | Refusal::Unauthorized => Attempt::NotNow(None),
        Refusal::NoAnswer => Attempt::Unclear,
        Refusal::Blocked | Refusal::NoChat | Refusal::Migrated(_) => Attempt::Shut,
        Refusal::NotModified => Attempt::Accepted(None),
        Refusal::MessageGone | Refusal::QueryTooOld => Attempt::Gone,
        Refusal::Bad(problem) => {
            tracing::error!(problem, "the chat service refused a message of ours");
            Attempt::Refused
        }
    }
}
