//! When a round's figures appear: questionnaires close, and once a week what is counted is counted anew.
//!
//! Owns: the instants, and doing it. What may be published, and from how many people on, is `store::publish`'s.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::Result;
use super::batch::Batch;
use crate::content::Library;
use crate::domain::calendar::{self, Week, local_date};
use crate::domain::ids::RoundId;
use crate::domain::survey;
use crate::domain::tandem::{Round, RoundPhase};
use crate::store::Tx;

/// A round that has been running for long gets the days of its closings.
pub const SURVEYS: &str = "round-surveys:";

/// A questionnaire closes; behind it stands its module.
pub const SURVEY: &str = "round-survey:";

/// A round's figures are counted anew.
pub const EDITION: &str = "round-edition:";

/// The hour of a Monday at which figures are counted: the week before has been settled at midnight.
const HOUR: u32 = 6;

/// How old the oldest settled week may be that is still published.
const HOURS_WEEKS: i32 = 5;

/// Plans the closing of every questionnaire of a round that began on this day.
pub async fn plan_surveys(tx: &mut Tx, library: &Library, round: &Round, began: NaiveDate) -> Result<()> {
    let Some(text) = library.programme(&round.programme) else { return Ok(()) };
    for (module, week) in survey::all(&text.programme).into_iter().filter(|(id, _)| !round.closed.contains(id)) {
        let at = survey::closes(began, week, &round.plans.rests, round.zone);
        tx.set_due(&[round.id.as_str()], &format!("{SURVEY}{module}"), at).await?;
    }
    Ok(())
}

/// Plans them for a round that was running before there were closings.
pub async fn plan_surveys_late(batch: &mut Batch<'_>, id: &RoundId) -> Result<()> {
    batch.tx.clear_due(&[id.as_str()], SURVEYS).await?;
    match round(batch, id).await? {
        Some(round) => plan_surveys(&mut batch.tx, &batch.texts.library, &round, round.start).await,
        None => Ok(()),
    }
}

/// Other weeks rest than did before: what is to close after them closes later, or earlier again.
pub async fn move_surveys(tx: &mut Tx, round: &Round, was: &[NaiveDate]) -> Result<()> {
    for (what, at) in tx.due_of(round.id.as_str()).await?.into_iter().filter(|(what, _)| what.starts_with(SURVEY)) {
        let moved = survey::moved(at, was, &round.plans.rests, round.zone);
        tx.set_due(&[round.id.as_str()], &what, moved).await?;
    }
    Ok(())
}

/// Closes a questionnaire: what was answered is published, and destroyed where it stood.
pub async fn close_survey(batch: &mut Batch<'_>, id: &RoundId, module: &str) -> Result<()> {
    batch.tx.clear_due(&[id.as_str()], &format!("{SURVEY}{module}")).await?;
    let Some(round) = round(batch, id).await? else { return Ok(()) };
    let now = batch.now;
    let mut ids = batch.app.ids.clone();
    batch.tx.publish_survey(id, module, &mut ids, now).await?;
    let part = batch.texts.library.programme(&round.programme).and_then(|text| text.programme.module(module));
    if let Some(part) = part {
        batch.tx.publish_exercises(id, part, now).await?;
    }
    Ok(())
}

/// Counts anew, and again next Monday.
pub async fn edition(batch: &mut Batch<'_>, id: &RoundId) -> Result<()> {
    let Some(round) = round(batch, id).await? else {
        batch.tx.clear_due(&[id.as_str()], EDITION).await?;
        return Ok(());
    };
    let now = batch.now;
    batch.tx.publish_edition(id, weeks_since(&round, now), now).await?;
    // What came in the instant in which a questionnaire closed is nobody's to read any more.
    for module in &round.closed {
        batch.tx.publish_survey(id, module, &mut batch.app.ids.clone(), now).await?;
    }
    match round.phase {
        RoundPhase::Planned | RoundPhase::Running => {
            batch.tx.set_due(&[id.as_str()], EDITION, next(&round, now)).await?;
        }
        RoundPhase::Closed => batch.tx.clear_due(&[id.as_str()], EDITION).await?,
    }
    Ok(())
}

/// The first week that figures of hours look back on.
pub fn weeks_since(round: &Round, now: DateTime<Utc>) -> NaiveDate {
    Week::of(local_date(now, round.zone)).plus(-HOURS_WEEKS).monday()
}

/// When figures are counted next.
pub fn next(round: &Round, now: DateTime<Utc>) -> DateTime<Utc> {
    let monday = |day: NaiveDate| calendar::at(Week::of(day).monday(), HOUR, 0, round.zone);
    let today = local_date(now, round.zone);
    [today, today + TimeDelta::weeks(1)]
        .map(monday)
        .into_iter()
        .find(|at| *at > now)
        .unwrap_or(now + TimeDelta::weeks(1))
}

async fn round(batch: &mut Batch<'_>, id: &RoundId) -> Result<Option<Round>> {
    Ok(batch.tx.rounds(std::slice::from_ref(id)).await?.pop())
}
