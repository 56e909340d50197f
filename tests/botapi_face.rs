//! The strict server over real sockets: every way of carrying arguments, long polls, pushes, cut connections, and
//! the routes that drive the phones.

#[path = "support/left_out.rs"]
mod left_out;

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::http::HeaderMap;
use axum::routing::post;
use reqwest::{Client, Response};
use serde_json::{Value, json};
use tandem::demo::phones::{Options, Phones, SharedPhones};
use tandem::demo::{botapi, remote};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

const OWN: &str = "1001:own-token";
const ADA: i64 = 7;

/// A running server and its addresses.
struct Server {
    api: String,
    control: String,
    phones: SharedPhones,
    client: Client,
}

impl Server {
    async fn start() -> Self {
        let now = AtomicI64::new(1_800_000_000_000_000);
        let own = Some((OWN.to_owned(), "tandem_demo_bot".to_owned()));
        let mut phones = Phones::new(Options { own, limits: None, ..Options::default() });
        phones.person(ADA, "Ada", "de").unwrap();
        phones.starts(OWN, ADA).unwrap();
        let phones = SharedPhones::new(phones, Arc::new(move || now.fetch_add(1_000, Ordering::Relaxed)));
        let (api, control) = (bind().await, bind().await);
        let (api_address, control_address) = (address(&api), address(&control));
        tokio::spawn(botapi::serve(api, phones.clone(), pending()));
        let routes = remote::routes(phones.clone());
        tokio::spawn(async move { axum::serve(control, routes).await });
        Self { api: api_address, control: control_address, phones, client: Client::new() }
    }

    fn url(&self, method: &str) -> String {
        format!("{}/bot{OWN}/{method}", self.api)
    }

    async fn post(&self, method: &str, kind: &str, body: impl Into<reqwest::Body>) -> (u16, Value) {
        let request = self.client.post(self.url(method)).header("Content-Type", kind).body(body);
        read(request.send().await.unwrap()).await
    }

    async fn json(&self, method: &str, body: Value) -> (u16, Value) {
        self.post(method, "application/json", body.to_string()).await
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        read(self.client.get(format!("{}{path}", self.control)).send().await.unwrap()).await
    }

    async fn control(&self, path: &str, body: Value) -> (u16, Value) {
        let request = self.client.post(format!("{}{path}", self.control)).body(body.to_string());
        read(request.send().await.unwrap()).await
    }

    fn texts(&self) -> Vec<String> {
        self.phones.with(|p, _| p.chat(OWN, ADA).unwrap().visible().map(|m| m.body.text.clone()).collect())
    }
}

async fn bind() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.unwrap()
}

fn address(listener: &TcpListener) -> String {
    format!("http://{}", listener.local_addr().unwrap())
}

async fn read(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status}: no JSON: {text}")))
}

#[tokio::test]
async fn arguments_arrive_in_all_four_ways_and_any_case() {
    let server = Server::start().await;
    let (status, body) = server.json("SendMessage", json!({"chat_id": ADA, "text": "json"})).await;
    assert_eq!((status, &body["result"]["text"]), (200, &json!("json")));
    let form = "chat_id=7&text=form%20%F0%9F%98%80&disable_notification=true\
                &reply_markup=%7B%22inline_keyboard%22%3A%5B%5B%7B%22text%22%3A%22A%22%2C%22callback_data%22%3A%22a%22%7D%5D%5D%7D";
    let (_, body) = server.post("sendMessage", "application/x-www-form-urlencoded", form).await;
    assert_eq!(body["result"]["text"], "form 😀");
    assert_eq!(body["result"]["reply_markup"]["inline_keyboard"][0][0]["text"], "A");
    let query = format!("{}?chat_id=7&text=query", server.url("sendmessage"));
    let (_, body) = read(server.client.get(query).send().await.unwrap()).await;
    assert_eq!(body["result"]["text"], "query");
    let multipart = "--x\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n7\r\n\
                     --x\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nc\r\n\
                     --x\r\nContent-Disposition: form-data; name=\"document\"; filename=\"a.txt\"\r\n\
                     Content-Type: text/plain\r\n\r\nhello\r\n--x--\r\n";
    let (status, body) = server.post("sendDocument", "multipart/form-data; boundary=x", multipart).await;
    assert_eq!(status, 200, "{body}");
    let document = &body["result"]["document"];
    assert_eq!((&document["file_name"], &document["mime_type"]), (&json!("a.txt"), &json!("text/plain")));
    let (_, file) = server.json("getFile", json!({"file_id": document["file_id"]})).await;
    let path = file["result"]["file_path"].as_str().unwrap();
    let fetched = server.client.get(format!("{}/file/bot{OWN}/{path}", server.api)).send().await.unwrap();
    assert_eq!(fetched.text().await.unwrap(), "hello");
    assert_eq!(server.texts(), ["json", "form 😀", "query", "c"]);
}

#[tokio::test]
async fn what_does_not_exist_is_not_found_and_what_is_broken_is_bad() {
    let server = Server::start().await;
    let missing = json!({"ok": false, "error_code": 404, "description": "Not Found"});
    assert_eq!(server.json("sendHug", json!({})).await, (404, missing.clone()));
    for path in ["/", "/bot", "/botnonsense/getMe", "/bot12:abc", "/file/bot12:abc/x", "/bot12:a%20b/getMe"] {
        let answer = server.client.get(format!("{}{path}", server.api)).send().await.unwrap();
        assert_eq!(read(answer).await, (404, missing.clone()), "{path}");
    }
    let (status, body) = server.post("sendMessage", "application/json", "{").await;
    assert_eq!((status, &body["description"]), (400, &json!("Bad Request: can't parse JSON object")));
    let (status, _) = server.post("sendDocument", "multipart/form-data; boundary=x", "nonsense").await;
    assert_eq!(status, 400);
    let escaped = server.client.get(format!("{}/bot77%3Aabc/getMe", server.api)).send().await.unwrap();
    assert_eq!(read(escaped).await.1["result"]["id"], 77);
}

#[tokio::test]
async fn a_long_poll_wakes_and_is_evicted_by_the_next() {
    let server = Server::start().await;
    let poll = |timeout: u32| {
        let request = server.client.get(format!("{}?timeout={timeout}", server.url("getUpdates")));
        tokio::spawn(async move { read(request.send().await.unwrap()).await })
    };
    let first = poll(40);
    while !server.phones.with(|p, _| p.record().by_method.contains_key("getUpdates")) {
        tokio::task::yield_now().await;
    }
    let second = poll(40);
    let (status, body) = first.await.unwrap();
    assert_eq!(status, 409);
    assert!(body["description"].as_str().unwrap().starts_with("Conflict: terminated by other getUpdates request"));
    server.control(&format!("/phones/{ADA}/text"), json!({"text": "1 min"})).await;
    let (status, body) = second.await.unwrap();
    assert_eq!((status, &body["result"][0]["message"]["text"]), (200, &json!("1 min")));
    let next = body["result"][0]["update_id"].as_i64().unwrap() + 1;
    let (_, body) = server.json("getUpdates", json!({"offset": next, "timeout": 0})).await;
    assert_eq!(body["result"], json!([]));
}

#[tokio::test]
async fn a_cut_connection_gives_the_client_no_answer() {
    let server = Server::start().await;
    for (fault, texts) in [("drop_before", vec![]), ("drop_after", vec!["x".to_owned()])] {
        let script = json!({"scripted": [{"method": "sendMessage", "fault": fault}]});
        assert_eq!(server.control("/faults", script).await.0, 200);
        let request = server.client.post(server.url("sendMessage")).header("Content-Type", "application/json");
        let outcome = request.body(json!({"chat_id": ADA, "text": "x"}).to_string()).send().await;
        let error = outcome.expect_err("the connection was cut");
        assert!(error.is_request(), "{error:?}");
        assert_eq!(server.texts(), texts, "{fault}");
    }
    let (status, _) = server.json("sendMessage", json!({"chat_id": ADA, "text": "y"})).await;
    assert_eq!(status, 200, "the next connection works");
    let script =
        json!({"scripted": [{"fault": {"server_error": 502}}, {"fault": {"too_many": 4}}, {"fault": {"delay_ms": 1}}]});
    server.control("/faults", script).await;
    assert_eq!(server.json("getMe", json!({})).await.0, 502);
    let (status, body) = server.json("getMe", json!({})).await;
    assert_eq!((status, &body["parameters"]["retry_after"]), (429, &json!(4)));
    assert_eq!(server.json("getMe", json!({})).await.0, 200);
}

#[tokio::test]
async fn a_webhook_gets_updates_in_order_with_its_secret_and_may_answer_with_a_call() {
    let server = Server::start().await;
    let (seen, mut inbox) = mpsc::unbounded_channel();
    let hook = bind().await;
    let url = format!("{}/hook", address(&hook));
    let handler = move |headers: HeaderMap, body: String| {
        let seen = seen.clone();
        async move {
            let secret = headers["x-telegram-bot-api-secret-token"].to_str().unwrap().to_owned();
            let update: Value = serde_json::from_str(&body).unwrap();
            let text = update["message"]["text"].as_str().unwrap().to_owned();
            seen.send((secret, text.clone())).unwrap();
            axum::Json(json!({"method": "sendMessage", "chat_id": ADA, "text": format!("heard {text}")}))
        }
    };
    let receiver = Router::new().route("/hook", post(handler));
    tokio::spawn(async move { axum::serve(hook, receiver).await });
    server.phones.with(|p, now| p.says(now, OWN, ADA, "one")).unwrap();
    let (status, body) = server.json("setWebhook", json!({"url": url, "secret_token": "s-1"})).await;
    assert_eq!(status, 200, "{body}");
    server.phones.with(|p, now| p.says(now, OWN, ADA, "two")).unwrap();
    for text in ["one", "two"] {
        assert_eq!(inbox.recv().await.unwrap(), ("s-1".to_owned(), text.to_owned()));
    }
    while server.texts().len() < 4 {
        tokio::task::yield_now().await;
    }
    assert_eq!(server.texts(), ["one", "two", "heard one", "heard two"]);
    assert_eq!(server.json("getUpdates", json!({})).await.0, 409);
    let (_, info) = server.json("getWebhookInfo", json!({})).await;
    assert_eq!((&info["result"]["url"], &info["result"]["pending_update_count"]), (&json!(url), &json!(0)));
    server.json("deleteWebhook", json!({})).await;
    assert_eq!(server.json("getUpdates", json!({})).await.0, 200);
}

#[tokio::test]
async fn phones_are_driven_over_their_routes() {
    let server = Server::start().await;
    let (_, overview) = server.get("/phones").await;
    assert_eq!(overview["bots"][0]["username"], "tandem_demo_bot");
    let line = &overview["bots"][0]["chats"][0];
    assert_eq!((&line["chat"], &line["name"], &line["messages"]), (&json!(ADA), &json!("Ada"), &json!(0)));
    let markup = json!({"inline_keyboard": [[{"text": "Weiter", "callback_data": "n:1"}]]});
    let params = json!({"chat_id": ADA, "text": "<b>1 &lt; 2</b>", "parse_mode": "HTML", "reply_markup": markup});
    server.json("sendMessage", params).await;
    let (_, view) = server.get(&format!("/phones/{ADA}")).await;
    assert_eq!(view["messages"][0]["html"], "<b>1 &lt; 2</b>");
    assert_eq!(view["messages"][0]["buttons"], json!([[{"label": "Weiter", "data": "n:1"}]]));
    let press = format!("/phones/{ADA}/press");
    assert_eq!(server.control(&press, json!({"button": "Weiter"})).await.0, 200);
    assert_eq!(server.control(&press, json!({"data": "n:1"})).await.0, 200);
    assert_eq!(server.control(&press, json!({"data": "forged", "message": 1})).await.0, 200);
    let (status, body) = server.control(&press, json!({"button": "Zurück"})).await;
    assert_eq!((status, &body["buttons"]), (409, &json!(["Weiter"])));
    assert!(body["error"].as_str().unwrap().contains("visible: Weiter"));
    let (_, updates) = server.json("getUpdates", json!({})).await;
    let data: Vec<&str> =
        updates["result"].as_array().unwrap().iter().map(|u| u["callback_query"]["data"].as_str().unwrap()).collect();
    assert_eq!(data, ["n:1", "n:1", "forged"]);
    let (status, body) =
        server.control("/phones/99/text", json!({"text": "/start", "name": "Ben", "language": "en"})).await;
    assert_eq!((status, &body["message"]), (200, &json!(1)));
    let (_, view) = server.get("/phones/99").await;
    assert_eq!((&view["name"], &view["language"]), (&json!("Ben"), &json!("en")));
    assert_eq!(server.control("/phones/99/language", json!({"language": "de"})).await.0, 200);
    assert_eq!(server.control("/phones/99/block", json!({})).await.0, 200);
    assert_eq!(server.json("sendMessage", json!({"chat_id": 99, "text": "x"})).await.0, 403);
    assert_eq!(server.control("/phones/99/unblock", json!({})).await.0, 200);
    assert_eq!(server.control("/phones/99/sticker", json!({})).await.0, 200);
    let (_, record) = server.get("/record").await;
    assert_eq!((&record["messages"], &record["statuses"]["403"]), (&json!(1), &json!(1)));
}

#[tokio::test]
async fn requests_that_cannot_be_are_named_and_refused() {
    let server = Server::start().await;
    for (path, body, status) in [
        ("/phones/7/text", json!({}), 400),
        ("/phones/7/text", json!({"text": " "}), 400),
        ("/phones/0/text", json!({"text": "x"}), 400),
        ("/phones/x/text", json!({"text": "x"}), 400),
        ("/phones/7/text?token=nonsense", json!({"text": "x"}), 400),
        ("/phones/7/press", json!({"button": "a", "data": "b"}), 400),
        ("/phones/8/press", json!({"button": "a"}), 404),
        ("/phones/7/press", json!({"data": "a", "message": 5}), 404),
        ("/phones/7/dance", json!({}), 404),
        ("/phones/8/block", json!({}), 404),
        ("/faults", json!({"drop": 1}), 400),
        ("/faults", json!({"drop_after": 2.0}), 400),
    ] {
        let (found, answer) = server.control(path, body).await;
        assert_eq!(found, status, "{path}: {answer}");
        assert!(answer["error"].is_string(), "{path}");
    }
    assert_eq!(server.get("/phones/8").await.0, 404);
    assert_eq!(server.get("/phones/7?after=x").await.0, 400);
    let foreign = server.client.post(format!("{}/phones/7/text", server.control)).header("Origin", "http://evil.test");
    let answer = foreign.body("{\"text\":\"x\"}").send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 403);
}

#[tokio::test]
async fn watching_a_phone_ends_with_the_next_change() {
    let server = Server::start().await;
    let (_, view) = server.get("/phones/7").await;
    let path = format!("{}/phones/7?after={}&wait=25", server.control, view["revision"]);
    let request = server.client.get(path);
    let waiter = tokio::spawn(async move { read(request.send().await.unwrap()).await });
    server.json("sendMessage", json!({"chat_id": ADA, "text": "new"})).await;
    let (_, view) = waiter.await.unwrap();
    assert_eq!(view["messages"][0]["text"], "new");
}

#[tokio::test]
async fn another_token_is_another_bot_with_its_own_phones() {
    let server = Server::start().await;
    let url = format!("{}/bot555:other/getMe", server.api);
    let (_, me) = read(server.client.get(url).send().await.unwrap()).await;
    assert_eq!(me["result"]["id"], 555);
    server.control("/phones/31/text?token=555:other", json!({"text": "hi"})).await;
    let (_, view) = server.get("/phones/31").await;
    assert_eq!(view["token"], "555:other", "who has the chat is meant");
    let (_, updates) = server.json("getUpdates", json!({})).await;
    assert_eq!(updates["result"], json!([]));
}

/// Runs an unmodified library against the server. It needs a Python that has the library (see
/// `tests/thirdparty/run`), named in `TANDEM_TEST_PYTHON`; without one the test says so and ends.
#[tokio::test]
async fn a_bot_that_somebody_else_wrote_works_unchanged() {
    let Ok(python) = std::env::var("TANDEM_TEST_PYTHON") else {
        left_out::left_out("a bot on a third-party library", "TANDEM_TEST_PYTHON names no Python that has it");
        return;
    };
    let server = Server::start().await;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/thirdparty/drive.py");
    let (api, control) = (server.api.clone(), server.control.clone());
    let run = move || std::process::Command::new(python).args([script, &api, &control]).output();
    let output = tokio::task::spawn_blocking(run).await.unwrap().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && out.contains("third-party bot: ok"), "{out}\n{err}");
}
