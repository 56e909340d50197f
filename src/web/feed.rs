//! Calendar feeds: what a calendar program gets for a person's secret address.
//!
//! Owns: the address and the conditional request. Does not know what is in a calendar (`app::feed`).

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::secret::{self, Asked, Guard};
use crate::app::App;
use crate::app::feed::{self, ENDING, PATH};

/// Calendar programs may keep it for themselves, and ask each time whether it is still the same.
const CACHE: &str = "private, no-cache";

pub fn routes(app: Arc<App>, guard: Arc<Guard>) -> Router {
    // `get` answers HEAD too, without the body.
    Router::new().route(&format!("{PATH}{{file}}"), get(calendar)).with_state((app, guard))
}

async fn calendar(
    State((app, guard)): State<(Arc<App>, Arc<Guard>)>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(secret) = file.strip_suffix(ENDING) else { return secret::nothing() };
    let hash = match guard.asked(secret, app.clock.now()) {
        Asked::LookUp(hash) => hash,
        Asked::Nothing => return secret::nothing(),
        Asked::TooMany => return secret::too_many(),
    };
    match feed::read(&app, &hash).await {
        Ok(Some(read)) => {
            guard.opened(hash);
            answer(read, &headers)
        }
        Ok(None) => {
            guard.opened_nothing(&hash);
            secret::nothing()
        }
        Err(error) => {
            tracing::error!(%error, "a calendar feed could not be read");
            secret::failed()
        }
    }
}

fn answer(read: feed::Read, headers: &HeaderMap) -> Response {
    let always = [(header::ETAG, read.tag.clone()), (header::CACHE_CONTROL, CACHE.to_owned())];
    let mut answer = match has(headers, &read.tag) {
        true => (StatusCode::NOT_MODIFIED, always).into_response(),
        false => (always, [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], read.text).into_response(),
    };
    secret::headers(&mut answer);
    answer
}

/// Whether the program has this very text (RFC 9110, 13.1.2: weak comparison, a list, or any).
fn has(headers: &HeaderMap, tag: &str) -> bool {
    let tags = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    tags.flat_map(|list| list.split(','))
        .map(str::trim)
        .any(|given| given == "*" || given.strip_prefix("W/").unwrap_or(given) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_has_this_text_is_told_so() {
        let asks = |value: &'static str| {
            let headers = HeaderMap::from_iter([(header::IF_NONE_MATCH, value.parse().expect("a header"))]);
            has(&headers, "\"abc\"")
        };
        assert!(asks("\"abc\"") && asks("W/\"abc\"") && asks("*") && asks("\"x\", \"abc\""));
        assert!(!asks("\"ab\"") && !asks("abc") && !asks(""));
        assert!(!has(&HeaderMap::new(), "\"abc\""));
    }
}
