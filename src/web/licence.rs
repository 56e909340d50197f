//! Whether a licence holds, for whoever has the code on it.
//!
//! Owns: the address, and that a code that leads nowhere tells nothing. Does not know what a holder lets it say
//! (`app::licence`).

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::board::asked_for;
use super::leaf::{Leaf, Leaves};
use super::secret::{self, Asked, Guard};
use crate::app::App;
use crate::app::licence::{self, Checked, PATH, Validity};
use crate::domain::lang::Lang;
use crate::domain::message::{Arg, say};
use crate::domain::paper::full_day;

struct Checks {
    app: Arc<App>,
    guard: Arc<Guard>,
    leaves: Leaves,
}

/// The language of the page, if another than the browser's is asked for.
#[derive(Deserialize)]
struct Asks {
    lang: Option<String>,
}

pub fn routes(app: Arc<App>, guard: Arc<Guard>) -> Router {
    let leaves = Leaves::new(&app);
    Router::new().route(&format!("{PATH}{{code}}"), get(check)).with_state(Arc::new(Checks { app, guard, leaves }))
}

async fn check(
    State(checks): State<Arc<Checks>>,
    Path(code): Path<String>,
    Query(asks): Query<Asks>,
    headers: HeaderMap,
) -> Response {
    let words = &checks.app.words();
    let asked = asks.lang.as_deref().map(Lang::from).filter(|lang| words.languages().contains(lang));
    let lang = asked.unwrap_or_else(|| asked_for(words, &headers));
    let hash = match checks.guard.asked(&code, checks.app.clock.now()) {
        Asked::LookUp(hash) => hash,
        Asked::Nothing => return checks.none(&lang),
        Asked::TooMany => return secret::too_many(),
    };
    match licence::check(&checks.app, &hash, &lang).await {
        Ok(Some(found)) => {
            checks.guard.opened(hash);
            checks.leaves.draw(StatusCode::OK, &lang, leaf(found))
        }
        Ok(None) => {
            checks.guard.opened_nothing(&hash);
            checks.none(&lang)
        }
        Err(error) => {
            tracing::error!(%error, "a licence could not be checked");
            secret::failed()
        }
    }
}

impl Checks {
    /// Never made out, withdrawn, or its holder is gone: nobody learns which.
    fn none(&self, lang: &Lang) -> Response {
        let leaf = Leaf { title: Some(say("check-none-title")), lines: vec![say("check-none")], buttons: Vec::new() };
        self.leaves.draw(StatusCode::NOT_FOUND, lang, leaf)
    }
}

fn leaf(found: Checked) -> Leaf {
    let until = full_day(found.until);
    let (title, days) = match found.validity {
        Validity::Valid => (say("check-valid-title"), say("check-valid").with("day", until)),
        Validity::Over => (say("check-over-title"), say("check-over").with("day", until)),
    };
    let mut lines = vec![say("check-programme").with("programme", Arg::Text(found.programme)), days];
    lines.extend(found.name.map(|name| say("check-name").with("name", Arg::Text(name))));
    lines.extend(found.organisation.map(|o| say("check-organisation").with("organisation", Arg::Text(o))));
    lines.push(say("check-why"));
    Leaf { title: Some(title), lines, buttons: Vec::new() }
}
