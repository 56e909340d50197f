//! The trainers' dashboard: pages drawn on the server, without a script.
//!
//! Owns: addresses, who is let in, and that nothing is changed by following a link. Does not know how figures come about
//! (`app::report`): it shows what a trainer may see and no more, and of other rounds not even that there are any.

pub(super) mod access;
mod change;
mod chart;
mod hand;
pub(super) mod page;
mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Form;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::secret::{self, Asked, Guard};
use crate::app::report::{self, Format};
use crate::app::{App, board};
use crate::domain::ids::RoundId;
use crate::domain::lang::Lang;
use crate::domain::rights::Action;
use crate::domain::trainer::Trainer;
use crate::l10n::Words;
use access::Session;
use page::Pages;

/// What every page needs.
pub struct Board {
    app: Arc<App>,
    guard: Arc<Guard>,
    pages: Pages,
}

/// The language of a page, if another than the trainer's own is asked for.
#[derive(Deserialize)]
struct Asks {
    lang: Option<String>,
    /// How the form ended that led here.
    said: Option<String>,
}

/// What a form says.
#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    token: String,
}

type Shared = State<Arc<Board>>;

pub fn routes(app: Arc<App>, guard: Arc<Guard>) -> Router {
    let pages = Pages::new(&app);
    let under = |rest: &str| format!("{}{rest}", board::PATH);
    Router::new()
        .route(board::PATH, get(rounds))
        .route(&under("/style.css"), get(page::style))
        .route(&under(&format!("{}{{secret}}", board::ENTER)), get(knock).post(enter))
        .route(&under("/rounds/{round}"), get(round))
        .route(&under("/rounds/{round}/report/{format}"), get(download))
        .route(&under("/rounds"), post(change::new))
        .route(&under("/rounds/{round}/change/{act}"), post(change::change))
        .route(&under("/rounds/{round}/hand/{what}"), post(hand::hand))
        .route(&under("/rounds/{round}/seats"), get(hand::seats))
        .route(&under("/leave"), post(leave))
        .with_state(Arc::new(Board { app, guard, pages }))
}

/// Somebody opens the link. It is used up only by the button on this page: what previews links opens them, too.
async fn knock(State(board): Shared, Path(secret): Path<String>, headers: HeaderMap) -> Response {
    let lang = asked_for(&board.app.words(), &headers);
    let hash = match board.guard.asked(&secret, board.app.clock.now()) {
        Asked::LookUp(hash) => hash,
        Asked::Nothing => return board.pages.over(&lang),
        Asked::TooMany => return secret::too_many(),
    };
    match board::opens(&board.app, &hash).await {
        Ok(true) => {
            board.guard.opened(hash);
            board.pages.knock(&lang)
        }
        Ok(false) => {
            board.guard.opened_nothing(&hash);
            board.pages.over(&lang)
        }
        Err(error) => failed(&error),
    }
}

async fn enter(State(board): Shared, Path(secret): Path<String>, headers: HeaderMap) -> Response {
    if access::from_elsewhere(&headers) {
        return refused();
    }
    let lang = asked_for(&board.app.words(), &headers);
    let hash = match board.guard.asked(&secret, board.app.clock.now()) {
        Asked::LookUp(hash) => hash,
        Asked::Nothing => return board.pages.over(&lang),
        Asked::TooMany => return secret::too_many(),
    };
    match board::enter(&board.app, &hash).await {
        Ok(Some(session)) => {
            let mut answer = board.pages.go(board::PATH);
            access::remember(&mut answer, &session, board.app.public_url.as_ref());
            answer
        }
        Ok(None) => {
            board.guard.opened_nothing(&hash);
            board.pages.over(&lang)
        }
        Err(error) => failed(&error),
    }
}

async fn rounds(State(board): Shared, Query(asks): Query<Asks>, headers: HeaderMap) -> Response {
    let (session, trainer) = match known(&board, &headers).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let lang = spoken(&board, &trainer, &asks);
    let page = view::rounds(&board.app, &trainer, &lang, asks.said.as_deref().unwrap_or_default());
    board.pages.rounds(&lang, &session, page)
}

async fn round(State(board): Shared, Path(id): Path<String>, Query(asks): Query<Asks>, headers: HeaderMap) -> Response {
    let (session, trainer) = match known(&board, &headers).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let lang = spoken(&board, &trainer, &asks);
    let Some(card) = board::own(&trainer, Action::OpenRound, &RoundId(id)) else {
        return board.pages.nothing(&lang, &session);
    };
    let read =
        async { Ok((report::read(&board.app, &card.id, &lang).await?, board::told(&board.app, &card.id).await?)) };
    match read.await {
        Ok((report, told)) => {
            let said = asks.said.as_deref().unwrap_or_default();
            let changes = change::changes(&board.app, &trainer.rounds, card, &told, &lang);
            board.pages.round(&lang, &session, view::round(&board.app, card, &report, changes, &lang, said))
        }
        Err(error) => failed(&error),
    }
}

async fn download(
    State(board): Shared,
    Path((id, format)): Path<(String, String)>,
    Query(asks): Query<Asks>,
    headers: HeaderMap,
) -> Response {
    let (session, trainer) = match known(&board, &headers).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let lang = spoken(&board, &trainer, &asks);
    let known =
        format_of(&format).and_then(|known| Some((known, board::own(&trainer, Action::ReadReport, &RoundId(id))?)));
    let Some(((format, kind), card)) = known else { return board.pages.nothing(&lang, &session) };
    match report::as_file(&board.app, &card.id, format, &lang).await {
        Ok(bytes) => {
            let name = format!("attachment; filename=\"tandem-{}.{}\"", card.start, extension(format));
            let head = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
            let mut answer = (head, bytes).into_response();
            secret::headers(&mut answer);
            answer
        }
        Err(error) => failed(&error),
    }
}

async fn leave(State(board): Shared, headers: HeaderMap, Form(said): Form<Said>) -> Response {
    let Some(session) = access::session(&headers) else { return board.pages.go(board::PATH) };
    if access::from_elsewhere(&headers) || !session.signed(&said.token) {
        return refused();
    }
    if let Err(error) = board::leave(&board.app, &session.hash).await {
        return failed(&error);
    }
    let mut answer = board.pages.go(board::PATH);
    access::forget(&mut answer);
    answer
}

/// Who is logged in, or the page that says how to.
async fn known(board: &Board, headers: &HeaderMap) -> Result<(Session, Trainer), Response> {
    let lang = asked_for(&board.app.words(), headers);
    let Some(session) = access::session(headers) else { return Err(board.pages.outside(&lang)) };
    match board::trainer(&board.app, &session.hash).await {
        Ok(Some(trainer)) => Ok((session, trainer)),
        Ok(None) => Err(board.pages.outside(&lang)),
        Err(error) => Err(failed(&error)),
    }
}

/// The trainer who sends a form, if it is a form of our own pages.
async fn asking(
    board: &Board,
    headers: &HeaderMap,
    said: &BTreeMap<String, String>,
) -> Result<(Session, Trainer), Response> {
    let (session, trainer) = known(board, headers).await?;
    let ours = !access::from_elsewhere(headers) && session.signed(said.get("token").map_or("", String::as_str));
    if ours { Ok((session, trainer)) } else { Err(refused()) }
}

/// The language asked for, or the trainer's own.
fn spoken(board: &Board, trainer: &Trainer, asks: &Asks) -> Lang {
    let asked = asks.lang.as_deref().map(Lang::from).filter(|lang| board.app.words().languages().contains(lang));
    asked.unwrap_or_else(|| trainer.person.lang.clone())
}

/// The language that the browser asks for first.
pub(super) fn asked_for(words: &Words, headers: &HeaderMap) -> Lang {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    words.negotiate(wanted.and_then(|list| list.split([',', ';']).next()).map(str::trim))
}

fn format_of(name: &str) -> Option<(Format, &'static str)> {
    Some(match name {
        "md" => (Format::Md, "text/markdown; charset=utf-8"),
        "csv" => (Format::Csv, "text/csv; charset=utf-8"),
        "xlsx" => (Format::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "pdf" => (Format::Pdf, "application/pdf"),
        _ => return None,
    })
}

fn extension(format: Format) -> &'static str {
    match format {
        Format::Md => "md",
        Format::Csv => "csv",
        Format::Xlsx => "xlsx",
        Format::Pdf => "pdf",
    }
}

pub(super) fn refused() -> Response {
    let mut answer = (StatusCode::FORBIDDEN, "this form is not from this page\n").into_response();
    secret::headers(&mut answer);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

fn failed(error: &crate::app::AppError) -> Response {
    tracing::error!(%error, "a page of the dashboard could not be drawn");
    secret::failed()
}
