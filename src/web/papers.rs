//! Papers to take along: the page behind a link, and the file that its button gives once.
//!
//! Owns: addresses and headers. Does not know whose paper it is nor what is in it (`app::papers`).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Form as Sent, Router};
use serde::Deserialize;

use super::board::{access, asked_for, refused};
use super::leaf::{Choice, Leaf, Leaves};
use super::secret::{self, Asked, Guard};
use crate::app::App;
use crate::app::papers::{self, File, Form, PATH};
use crate::domain::lang::Lang;
use crate::domain::message::{Line, say};
use crate::domain::paper::Paper;

struct Papers {
    app: Arc<App>,
    guard: Arc<Guard>,
    leaves: Leaves,
}

/// What the form says.
#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    form: String,
}

type Shared = State<Arc<Papers>>;

pub fn routes(app: Arc<App>, guard: Arc<Guard>) -> Router {
    let leaves = Leaves::new(&app);
    Router::new().route(&format!("{PATH}{{secret}}"), get(knock).post(take)).with_state(Arc::new(Papers {
        app,
        guard,
        leaves,
    }))
}

/// Somebody opens the link. It is used up only by a button on this page: what previews links opens them, too.
async fn knock(State(papers): Shared, Path(secret): Path<String>, headers: HeaderMap) -> Response {
    let lang = asked_for(&papers.app.words(), &headers);
    let hash = match papers.guard.asked(&secret, papers.app.clock.now()) {
        Asked::LookUp(hash) => hash,
        Asked::Nothing => return papers.over(&lang),
        Asked::TooMany => return secret::too_many(),
    };
    match papers::opens(&papers.app, &hash).await {
        Ok(Some(paper)) => {
            papers.guard.opened(hash);
            papers.offer(&lang, paper)
        }
        Ok(None) => {
            papers.guard.opened_nothing(&hash);
            papers.over(&lang)
        }
        Err(error) => failed(&error),
    }
}

async fn take(
    State(papers): Shared,
    Path(secret): Path<String>,
    headers: HeaderMap,
    Sent(said): Sent<Said>,
) -> Response {
    if access::from_elsewhere(&headers) {
        return refused();
    }
    let lang = asked_for(&papers.app.words(), &headers);
    let hash = match papers.guard.asked(&secret, papers.app.clock.now()) {
        Asked::LookUp(hash) => hash,
        Asked::Nothing => return papers.over(&lang),
        Asked::TooMany => return secret::too_many(),
    };
    match papers::take(&papers.app, &hash, &said.form).await {
        Ok(Some(file)) => given(file),
        Ok(None) => {
            papers.guard.opened_nothing(&hash);
            papers.over(&lang)
        }
        Err(error) => failed(&error),
    }
}

impl Papers {
    fn offer(&self, lang: &Lang, paper: Paper) -> Response {
        let choice = |form: &Form| Choice { value: form.ending(), label: self.app.words().plain(lang, &label(*form)) };
        let buttons = Form::of(paper).iter().map(choice).collect();
        let leaf = Leaf { title: Some(title(paper)), lines: vec![say("paper-page")], buttons };
        self.leaves.draw(StatusCode::OK, lang, leaf)
    }

    /// The link is over, used up, or never was.
    fn over(&self, lang: &Lang) -> Response {
        let leaf = Leaf { title: Some(say("paper-over-title")), lines: vec![say("paper-over")], buttons: Vec::new() };
        self.leaves.draw(StatusCode::NOT_FOUND, lang, leaf)
    }
}

fn title(paper: Paper) -> Line {
    match paper {
        Paper::Concept => say("paper-page-concept"),
        Paper::Data => say("paper-page-data"),
        Paper::Licence => say("paper-page-licence"),
    }
}

fn label(form: Form) -> Line {
    match form {
        Form::Pdf => say("button-form-pdf"),
        Form::Docx => say("button-form-docx"),
        Form::Markdown => say("button-form-md"),
        Form::Zip => say("button-form-zip"),
    }
}

fn given(file: File) -> Response {
    let name = format!("attachment; filename=\"{}\"", file.name);
    let head = [(header::CONTENT_TYPE, file.kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
    let mut answer = (head, file.bytes).into_response();
    secret::headers(&mut answer);
    answer
}

fn failed(error: &crate::app::AppError) -> Response {
    tracing::error!(%error, "a paper could not be given");
    secret::failed()
}
