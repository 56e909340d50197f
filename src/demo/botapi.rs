//! The strict server's HTTP face: a Bot API server that any bot can be pointed at.
//!
//! Owns: `/bot<token>/<method>` with every way of carrying arguments, `/file/bot<token>/<path>`, long polls, pushes
//! to webhooks, and connections that are really cut when a fault says so. Every rule is in `phones`.

mod arguments;
mod line;
mod webhooks;

use std::future::Future;
use std::io;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::ConnectInfo;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use tokio::net::TcpListener;

use super::phones::{FILE_LIMIT, Refused, Reply, SharedPhones, Wire};
use line::{Cut, Lines};

/// Room around the largest file for the other fields of a form.
const BODY_LIMIT: usize = FILE_LIMIT + (1 << 20);

/// Serves the Bot API on a socket until `stop` ends. Waiting polls do not hold it up.
pub async fn serve(
    listener: TcpListener,
    phones: SharedPhones,
    stop: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let pushes = webhooks::push_all(phones.clone());
    let router = Router::new().fallback(answer).layer(DefaultBodyLimit::max(BODY_LIMIT)).with_state(phones);
    let service = router.into_make_service_with_connect_info::<Cut>();
    tokio::select! {
        ended = axum::serve(Lines(listener), service).into_future() => ended,
        () = pushes => Ok(()),
        () = stop => Ok(()),
    }
}

async fn answer(State(phones): State<SharedPhones>, ConnectInfo(cut): ConnectInfo<Cut>, request: Request) -> Response {
    let path = request.uri().path().replace("%3A", ":").replace("%3a", ":");
    if let Some(rest) = path.strip_prefix("/file/bot") {
        return file(&phones, rest);
    }
    let call = path.strip_prefix("/bot").and_then(|rest| rest.split_once('/'));
    let known = matches!(*request.method(), Method::GET | Method::POST);
    let Some((token, method)) = call.filter(|_| known) else {
        return json(&Reply::refusal(&Refused::not_found()));
    };
    let reply = match arguments::read(request, BODY_LIMIT).await {
        Ok((params, uploads)) => phones.call(token, method, &params, uploads).await,
        Err(refused) => Reply::refusal(&refused),
    };
    match reply.wire {
        Wire::Answer => {}
        Wire::DelayMs(ms) => tokio::time::sleep(Duration::from_millis(ms)).await,
        Wire::DropBefore | Wire::DropAfter => cut.cut(),
        Wire::Hold => std::future::pending().await,
    }
    json(&reply)
}

fn file(phones: &SharedPhones, rest: &str) -> Response {
    let bytes = rest
        .split_once('/')
        .and_then(|(token, path)| phones.with(|p, _| p.bot(token).and_then(|bot| bot.file_at(path).cloned())));
    match bytes {
        Some(bytes) => with_type("application/octet-stream", StatusCode::OK, Body::from(bytes)),
        None => json(&Reply::refusal(&Refused::not_found())),
    }
}

fn json(reply: &Reply) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    with_type("application/json", status, Body::from(reply.body.to_string()))
}

fn with_type(kind: &'static str, status: StatusCode, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    response
}
