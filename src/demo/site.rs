//! The demo's page: its files, its words, and what it must know to begin.
//!
//! Does not know how a phone works: that is `remote`, which the page talks to on its own.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::json;

use super::run::Demo;
use crate::app::App;
use crate::domain::lang::Lang;

pub(super) const HTML: &str = include_str!("page/page.html");
const CSS: &str = concat!(include_str!("page/page.css"), include_str!("page/phone.css"));
const JS: &str = concat!(
    "\"use strict\";\n",
    include_str!("page/base.js"),
    include_str!("page/rich.js"),
    include_str!("page/message.js"),
    include_str!("page/phone.js"),
    include_str!("page/composer.js"),
    include_str!("page/clock.js"),
    include_str!("page/guide.js"),
    include_str!("page/player.js"),
    include_str!("page/tabs.js"),
    include_str!("page/page.js"),
);

/// Scripts and styles from here alone; nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page and its files.
pub fn routes(demo: Arc<Demo>) -> Router {
    Router::new()
        .route("/", get(|| async { file("text/html; charset=utf-8", HTML) }))
        .route("/page.css", get(|| async { file("text/css; charset=utf-8", CSS) }))
        .route("/page.js", get(|| async { file("text/javascript; charset=utf-8", JS) }))
        .route("/demo.json", get(beginning))
        .with_state(Arc::clone(&demo))
        .merge(words(Arc::clone(&demo.app)))
}

/// What pages say, by language.
pub(super) fn words(app: Arc<App>) -> Router {
    Router::new().route("/strings/{lang}", get(strings)).with_state(app)
}

pub(super) fn file(kind: &'static str, body: impl Into<Body>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, body.into()).into_response()
}

async fn beginning(State(demo): State<Arc<Demo>>) -> Response {
    let phones: Vec<_> = demo
        .cast
        .iter()
        .map(|phone| json!({"chat": phone.chat, "role": phone.role, "name": phone.name, "language": phone.language}))
        .collect();
    let words = demo.app.words();
    let languages: Vec<&str> = words.languages().iter().map(Lang::code).collect();
    axum::Json(json!({
        "bot": super::run::BOT,
        "token": super::run::TOKEN,
        "phones": phones,
        "codes": {"lead": demo.lead_code, "trainer": null},
        "languages": languages,
    }))
    .into_response()
}

async fn strings(State(app): State<Arc<App>>, Path(lang): Path<String>) -> Response {
    let lang = Lang(lang);
    let words = app.words();
    if !words.languages().contains(&lang) {
        return (StatusCode::NOT_FOUND, axum::Json(json!({"error": "there is no such language"}))).into_response();
    }
    axum::Json(words.starting_with(&lang, "demo-")).into_response()
}
