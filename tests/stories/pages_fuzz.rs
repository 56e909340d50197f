//! Whatever is asked of the pages, by whatever bytes: it is answered or refused. Nothing panics, nothing becomes an error of
//! the server, no secret is repeated, and what stands in an address or a header never comes back as markup.
//!
//! Requests are written onto a socket as they are, so that the reading of HTTP is tried as well. `TANDEM_FUZZ_CASES` raises
//! their number.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tandem::app::intake::Pushed;
use tandem::config::Secret;
use tandem::web::{self, HOOK_PATH, Hook};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};

use crate::support::{PUBLIC_URL, Person, World};

const CASES: u32 = 250;

const SECRET: &str = "S3cret_of-the_webhook";

/// What would be markup, and is easy to find again.
const MARKUP: &str = "<img src=x onerror=alert(4711)>";

/// What is known of the place: real addresses, a real session, a real round.
#[derive(Clone, Debug)]
struct Known {
    paths: Vec<String>,
    cookie: String,
    token: String,
}

fn cases() -> u32 {
    std::env::var("TANDEM_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES)
}

fn one_of(all: &[&str]) -> impl Strategy<Value = String> + use<> {
    prop::sample::select(all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>())
}

fn path(known: &Known) -> impl Strategy<Value = String> + use<> {
    let real = prop::sample::select(known.paths.clone());
    let tail = one_of(&[
        "",
        "/",
        "?lang=xx",
        "?lang=en&said=%00",
        "?said=%3Cimg%20src%3Dx%3E",
        "%2e%2e/",
        "/..;/",
        "%ff",
        "x",
    ]);
    prop_oneof![
        6 => (real, tail).prop_map(|(path, tail)| path + &tail),
        1 => "/[ -~]{0,40}",
        1 => Just(format!("/dashboard/rounds/{}", MARKUP.replace(' ', "%20"))),
        1 => Just("*".to_owned()),
        1 => Just("http://elsewhere.example/dashboard".to_owned()),
        1 => "/(dashboard|papers|feed|licence)/[A-Za-z0-9_-]{22}(\\.ics)?",
    ]
}

fn header(known: &Known) -> impl Strategy<Value = Vec<u8>> + use<> {
    let cookie = format!("cookie: {}", known.cookie);
    let real = one_of(&[
        &cookie,
        "cookie: tandem=; tandem=a; =;",
        "sec-fetch-site: same-origin",
        "sec-fetch-site: cross-site",
        "origin: null",
        "host: <img src=x onerror=alert(4711)>",
        "content-type: application/x-www-form-urlencoded",
        "content-type: application/json; charset=\u{fffd}",
        "content-type: multipart/form-data; boundary=",
        "accept-language: de;q=9,<img src=x onerror=alert(4711)>",
        "if-none-match: W/\"\", *",
        "transfer-encoding: chunked",
        "expect: 100-continue",
        "x-telegram-bot-api-secret-token: S3cret_of-the_webhook",
        "x-telegram-bot-api-secret-token: S3cret_of-the_webhooK",
        "range: bytes=0-99999999999999999999",
        "content-length: 7",
    ]);
    let any = ("[a-z-]{1,12}", prop::collection::vec(any::<u8>(), 0..40)).prop_map(|(name, mut value)| {
        value.retain(|byte| *byte != b'\n' && *byte != b'\r');
        [name.as_bytes(), b": ", &value].concat()
    });
    prop_oneof![5 => real.prop_map(String::into_bytes), 1 => any]
}

fn body(known: &Known) -> impl Strategy<Value = Vec<u8>> + use<> {
    let form = format!("token={}", known.token);
    let texts = one_of(&[
        "",
        "token=&form=pdf&form=md",
        "token=%00&name=%F0%28%8C%28&text=%3Cimg+src%3Dx+onerror%3Dalert(4711)%3E",
        "{\"update_id\":1}",
        "{\"update_id\":99999999999999999999}",
        "[[[[[[[[[[",
        "5\r\ntoken\r\n0\r\n\r\n",
    ]);
    prop_oneof![
        2 => Just(form.into_bytes()),
        4 => texts.prop_map(String::into_bytes),
        2 => prop::collection::vec(any::<u8>(), 0..300),
    ]
}

fn request(known: &Known) -> impl Strategy<Value = Vec<u8>> + use<> {
    let method =
        one_of(&["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", "\u{1}"]);
    let headers = prop::collection::vec(header(known), 0..6);
    (method, path(known), headers, body(known), prop::bool::weighted(0.8)).prop_map(
        |(method, path, headers, body, counted)| {
            let mut bytes = format!("{method} {path} HTTP/1.1\r\nhost: here\r\nconnection: close\r\n").into_bytes();
            for header in headers {
                bytes.extend(header);
                bytes.extend(b"\r\n");
            }
            if counted {
                bytes.extend(format!("content-length: {}\r\n", body.len()).into_bytes());
            }
            bytes.extend(b"\r\n");
            bytes.extend(body);
            bytes
        },
    )
}

/// Counts panics of the pages from now on: a handler that panics only closes its connection.
fn panics() -> Arc<AtomicU32> {
    let (count, before) = (Arc::new(AtomicU32::new(0)), std::panic::take_hook());
    let counted = Arc::clone(&count);
    std::panic::set_hook(Box::new(move |panic| {
        let of_the_pages = panic.location().is_some_and(|place| place.file().contains("src/web"));
        counted.fetch_add(u32::from(of_the_pages), Ordering::Relaxed);
        before(panic);
    }));
    count
}

async fn answered(at: &str, request: &[u8]) -> Vec<u8> {
    let mut socket = TcpStream::connect(at).await.expect("somebody listens");
    // Whoever refuses early may have closed before all of it has come.
    let _ = socket.write_all(request).await;
    // More than any header announces, so that nobody waits for the rest of a body.
    let _ = socket.write_all(&[b'\n'; 400]).await;
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(5), socket.read_to_end(&mut answer)).await;
    match answer.strip_prefix(b"HTTP/1.1 100 Continue\r\n\r\n") {
        Some(rest) => rest.to_vec(),
        None => answer,
    }
}

/// Serves all there is, pushed updates too, and says where.
async fn served(world: &World) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let at = listener.local_addr().expect("an address").to_string();
    let (pushed, mut comes) = mpsc::channel::<Pushed>(8);
    tokio::spawn(async move {
        while let Some(update) = comes.recv().await {
            let _ = update.kept.send(true);
        }
    });
    let (stop, stopped) = watch::channel(false);
    let (app, hook) = (world.app().await, Hook::new(Secret::new(SECRET), pushed));
    tokio::spawn(async move {
        let _stop = stop;
        web::serve(listener, app, Some(hook), stopped).await
    });
    at
}

/// A trainer in a browser, and the addresses that there are.
async fn known(at: &str, tom: &Person, round: &str) -> Known {
    tom.says("/uebersicht").await;
    let screen = tom.screen();
    let link = screen.lines().map(str::trim).find(|line| line.starts_with("https://")).expect("a link").to_owned();
    let enter = link.strip_prefix(PUBLIC_URL).expect("our address").to_owned();
    let ask = format!(
        "POST {enter} HTTP/1.1\r\nhost: h\r\nconnection: close\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 6\r\n\r\ntoken="
    );
    let answer = String::from_utf8_lossy(&answered(at, ask.as_bytes()).await).into_owned();
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("a session");
    let cookie = cookie.split(';').next().expect("a cookie").to_owned();
    let ask = format!("GET /dashboard HTTP/1.1\r\nhost: h\r\nconnection: close\r\ncookie: {cookie}\r\n\r\n");
    let page = String::from_utf8_lossy(&answered(at, ask.as_bytes()).await).into_owned();
    assert!(page.contains("Frühjahr"), "{page}");
    let token = page.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let token = token.unwrap_or_default().to_owned();
    tom.says("/uebersicht").await;
    let screen = tom.screen();
    let fresh = screen.lines().map(str::trim).find(|line| line.starts_with("https://")).expect("a link").to_owned();
    let rounds = ["", "/report/md", "/report/xlsx", "/report/pdf", "/report/nothing", "/change/announce", "/change/x"];
    let mut paths: Vec<String> = rounds.iter().map(|rest| format!("/dashboard/rounds/{round}{rest}")).collect();
    let fixed =
        ["/", "/healthz", "/metrics", "/dashboard", "/dashboard/style.css", "/dashboard/rounds/other", HOOK_PATH];
    paths.extend(fixed.map(str::to_owned));
    paths.push(fresh.strip_prefix(PUBLIC_URL).expect("our address").to_owned());
    Known { paths, cookie, token }
}

#[tokio::test]
async fn whatever_is_asked_of_the_pages_is_answered_and_no_secret_comes_back() {
    let world = World::new().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let (at, panicked) = (served(&world).await, panics());
    let known = known(&at, &tom, round.id.as_str()).await;
    let session = known.cookie.split_once('=').expect("a cookie").1.to_owned();
    let enter = known.paths.last().expect("a link").rsplit('/').next().expect("a secret").to_owned();
    let config = Config { cases: cases(), ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let strategy = request(&known);
    let mut seen = [0_u32; 6];
    for _ in 0..cases() {
        let bytes = strategy.new_tree(&mut runner).expect("a request").current();
        let answer = answered(&at, &bytes).await;
        let (text, asked) = (String::from_utf8_lossy(&answer), String::from_utf8_lossy(&bytes));
        assert_eq!(panicked.load(Ordering::Relaxed), 0, "{asked}");
        // Nothing at all comes back for what ends before it is a whole request.
        let Some(status) = text.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..1)) else {
            assert!(answer.is_empty(), "no answer of HTTP: {text}\n{asked}");
            seen[0] += 1;
            continue;
        };
        let class: usize = status.parse().expect("a status");
        assert!(class < 5, "{asked}\n→ {text}");
        seen[class] += 1;
        for secret in [SECRET, &session, &enter] {
            let granted = text.lines().any(|line| line.starts_with("set-cookie: ") && line.contains(secret));
            assert!(granted || !text.contains(secret), "a secret came back: {asked}\n→ {text}");
        }
        assert!(!text.contains(MARKUP), "markup came back: {asked}\n→ {text}");
    }
    assert!(seen[2] > 0 && seen[4] > 0, "both kinds of answers: {seen:?}");
    assert!(seen[0] * 4 < cases(), "most of it is answered: {seen:?}");
    assert_eq!(
        String::from_utf8_lossy(&answered(&at, b"GET /healthz HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n").await)
            .lines()
            .last(),
        Some("ok")
    );
}
