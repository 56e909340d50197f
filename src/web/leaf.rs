//! Single pages outside the dashboard: a title, a few lines, perhaps buttons. Escaped by the template, without a script.
//!
//! Owns: their template and headers. Does not know what they are about.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use serde::Serialize;

use super::board::page::POLICY;
use super::secret;
use crate::app::texts::Shelf;
use crate::app::{App, board};
use crate::domain::lang::Lang;
use crate::domain::message::Line;

/// Draws them.
pub struct Leaves {
    templates: Environment<'static>,
    texts: Shelf,
    /// Where the style sheet is, as a browser sees it.
    style: String,
}

/// What a page says.
#[derive(Default)]
pub struct Leaf {
    pub title: Option<Line>,
    /// Paragraphs; what a person wrote is among the arguments of a sentence.
    pub lines: Vec<Line>,
    /// What its one form sends, and what stands on the buttons.
    pub buttons: Vec<Choice>,
}

/// A button of a form.
#[derive(Serialize)]
pub struct Choice {
    pub value: &'static str,
    pub label: String,
}

impl Leaves {
    pub fn new(app: &App) -> Self {
        let mut templates = Environment::new();
        if let Err(error) = templates.add_template("leaf.html", include_str!("leaf.html")) {
            tracing::error!(%error, "a template cannot be read");
        }
        let path = app.public_url.as_ref().map_or("", |url| url.path().trim_end_matches('/'));
        Self { templates, texts: app.texts.clone(), style: format!("{path}{}/style.css", board::PATH) }
    }

    pub fn draw(&self, status: StatusCode, lang: &Lang, leaf: Leaf) -> Response {
        let spoken = self.texts.now().words;
        let words = |line: &Line| spoken.plain(lang, line);
        let lines: Vec<String> = leaf.lines.iter().map(words).collect();
        let given = context! {
            lang => lang.code(),
            style => self.style.as_str(),
            title => leaf.title.as_ref().map(words),
            lines => lines,
            buttons => Value::from(Serde(leaf.buttons)),
        };
        let drawn = self.templates.get_template("leaf.html").and_then(|page| page.render(given));
        let text = match drawn {
            Ok(text) => text,
            Err(error) => {
                // What the template was given stays out of the log.
                tracing::error!(kind = ?error.kind(), line = error.line(), "a page could not be drawn");
                return secret::failed();
            }
        };
        let mut answer = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response();
        secret::headers(&mut answer);
        answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        answer
    }
}
