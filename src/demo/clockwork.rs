//! The demo's clock: real time, or a jump to a date or to the next thing that is due.
//!
//! Owns: jumping from wake-up to wake-up, so that on the way everything happens at its own instant, and
//! waiting until the bot has nothing left to do. Does not decide what is due.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Json, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, NaiveDateTime, SecondsFormat, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::json;

use super::remote;
use super::run::{Demo, TOKEN};
use crate::app::HOME_ZONE;
use crate::domain::calendar;
use crate::domain::ids::TandemId;

/// Farthest jump: a year.
const FARTHEST: TimeDelta = TimeDelta::days(370);

/// How often to look whether the bot is done.
const LOOK: Duration = Duration::from_millis(10);

/// Looks in a row that must find nothing to do.
const QUIET: u32 = 3;

/// When to stop waiting for quiet (somebody may be typing all the time).
const PATIENCE: u32 = 2_000;

/// `/clock`.
pub fn routes(demo: Arc<Demo>) -> Router {
    Router::new().route("/clock", get(show).post(jump)).with_state(demo)
}

/// Where to jump: a local date and time, or the next thing that is due.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Jump {
    to: Option<String>,
    next: Option<bool>,
}

async fn show(State(demo): State<Arc<Demo>>) -> Response {
    face(&demo).await
}

async fn jump(State(demo): State<Arc<Demo>>, request: Request) -> Response {
    let body = match remote::read_body(request).await {
        Ok(body) => body,
        Err(refusal) => return refusal.into_response(),
    };
    let Ok(jump) = serde_json::from_value::<Jump>(body) else {
        return wrong(r#"say {"to": "2026-12-01T09:00"} or {"next": true}"#);
    };
    let now = demo.app.clock.now();
    let target = match (jump.to, jump.next) {
        (Some(text), None) => match local(&text) {
            Some(at) if at < now => return wrong("the clock does not go back"),
            Some(at) if at - now > FARTHEST => return wrong("that is more than a year away"),
            Some(at) => at,
            None => return wrong("not a local date and time, such as 2026-12-01T09:00"),
        },
        (None, Some(true)) => match next(&demo).await {
            Ok(Some(at)) => at.max(now),
            // Nothing is planned for anybody here: the clock stays where it is.
            Ok(None) => return face(&demo).await,
            Err(error) => return broken(&error),
        },
        _ => return wrong(r#"say {"to": "2026-12-01T09:00"} or {"next": true}"#),
    };
    match advance(&demo, target).await {
        Ok(()) => face(&demo).await,
        Err(error) => broken(&error),
    }
}

fn wrong(problem: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({"error": problem}))).into_response()
}

fn broken(error: &anyhow::Error) -> Response {
    tracing::error!(%error, "the demo's clock");
    (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({"error": "the demo's database cannot be used"}))).into_response()
}

async fn face(demo: &Demo) -> Response {
    let written = |at: DateTime<Utc>| at.with_timezone(&HOME_ZONE).to_rfc3339_opts(SecondsFormat::Secs, false);
    match next(demo).await {
        Ok(next) => Json(json!({
            "now": written(demo.app.clock.now()),
            "zone": HOME_ZONE.name(),
            "next": next.map(written),
        }))
        .into_response(),
        Err(error) => broken(&error),
    }
}

fn local(text: &str) -> Option<DateTime<Utc>> {
    let formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];
    let wall = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text.trim(), format).ok())?;
    Some(calendar::instant(wall, HOME_ZONE))
}

/// The next thing due for the people on the page.
async fn next(demo: &Demo) -> anyhow::Result<Option<DateTime<Utc>>> {
    let now = demo.app.clock.now();
    let chats: Vec<i64> = demo.cast.iter().map(|phone| phone.chat).collect();
    let mut tx = demo.app.db.read().await?;
    let tandems: Vec<TandemId> =
        tx.known(&chats).await?.into_iter().flat_map(|known| known.seats.into_iter().map(|(id, _)| id)).collect();
    let today = calendar::local_date(now, HOME_ZONE);
    let agendas = tx.tandems(&tandems, today, today).await?;
    let theirs = agendas.iter().flat_map(|tandem| tandem.agenda.values()).min().copied();
    // The house's own chores are none of a visitor's business: nothing would be seen.
    Ok(theirs)
}

/// Goes to an instant, stopping at every wake-up on the way.
async fn advance(demo: &Demo, target: DateTime<Utc>) -> anyhow::Result<()> {
    settle(demo).await?;
    loop {
        let wake = {
            let mut tx = demo.app.db.read().await?;
            let due = tx.next_due_at().await?;
            let owed = tx.next_owed().await?.first();
            [due, owed].into_iter().flatten().min()
        };
        match wake.filter(|at| *at <= target) {
            Some(at) => {
                if at > demo.app.clock.now() {
                    demo.app.clock.set(at);
                }
                if !settle(demo).await? {
                    return Ok(());
                }
            }
            None => {
                if target > demo.app.clock.now() {
                    demo.app.clock.set(target);
                }
                settle(demo).await?;
                return Ok(());
            }
        }
    }
}

/// Waits until nothing is due, owed or unread. False when it never came to rest.
async fn settle(demo: &Demo) -> anyhow::Result<bool> {
    let mut quiet = 0;
    for _ in 0..PATIENCE {
        tokio::time::sleep(LOOK).await;
        quiet = if at_rest(demo).await? { quiet + 1 } else { 0 };
        if quiet >= QUIET {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn at_rest(demo: &Demo) -> anyhow::Result<bool> {
    if demo.phones.with(|phones, _| phones.pending_updates(TOKEN)) > 0 {
        return Ok(false);
    }
    let now = demo.app.clock.now();
    let mut tx = demo.app.db.read().await?;
    let owed = tx.next_owed().await?;
    let waits = |at: Option<DateTime<Utc>>| at.is_some_and(|at| at <= now);
    let due = tx.next_due_at().await?;
    Ok(!waits(owed.reply) && !waits(owed.bulk) && !waits(owed.unsay) && owed.lease.is_none() && !waits(due))
}
