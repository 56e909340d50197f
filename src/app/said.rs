//! Which messages have come to stand in a chat, and what became of those that were to go.
//!
//! Owns: what of the sender's results is noted about chats, within its own transaction. What is deleted when is
//! `store::said`'s.

use chrono::{DateTime, TimeDelta, Utc};

use super::Result;
use super::job::Job;
use crate::domain::delivery::Outcome;
use crate::domain::effect::Kind;
use crate::store::{Spoken, Tx, Unsaid};

/// How often what is too old is forgotten, beside the daily purge.
const SWEEP: TimeDelta = TimeDelta::hours(1);

/// Notes results. Answers with the instant of the last sweep, if there was one now.
pub async fn note(
    tx: &mut Tx,
    settled: &[(Job, Outcome)],
    counts: impl Fn(&Outcome) -> bool,
    now: DateTime<Utc>,
    swept: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    let said: Vec<Spoken> = settled.iter().filter_map(|(job, outcome)| arrived(job, *outcome, now)).collect();
    tx.say(&said).await?;
    let unsaid = settled.iter().filter(|(job, outcome)| job.kind == Kind::Unsay && counts(outcome));
    for (job, outcome) in unsaid {
        if let Some(person) = &job.person {
            tx.unsaid(person, &job.unsay, became(*outcome), now).await?;
        }
    }
    let sweeps = !said.is_empty() && (now - swept >= SWEEP || now < swept);
    if sweeps {
        tx.forget_said(now).await?;
    }
    Ok(sweeps.then_some(now))
}

/// A message that is new in the chat of somebody who is known. What was only changed has stood there before.
fn arrived(job: &Job, outcome: Outcome, now: DateTime<Utc>) -> Option<Spoken> {
    let Outcome::Sent(Some(message)) = outcome else { return None };
    let person = job.person.clone().filter(|_| job.target != Some(message))?;
    Some(Spoken { person, message, at: now })
}

fn became(outcome: Outcome) -> Unsaid {
    match outcome {
        Outcome::Sent(_) => Unsaid::Gone,
        Outcome::Retry(at) => Unsaid::Later(at),
        Outcome::Failed => Unsaid::Refused,
        Outcome::Expired | Outcome::Unreachable | Outcome::Unknown => Unsaid::Over,
    }
}
