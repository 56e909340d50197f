//! A running `tandem demo`, and people who use its phones by HTTP.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// How long anything may take before it counts as never.
const PATIENCE: Duration = Duration::from_secs(40);

/// The demo's process with its addresses. It ends when this is dropped.
pub struct Demo {
    process: Child,
    pub page: String,
    pub api: String,
    client: reqwest::Client,
    /// Where it puts what is temporary.
    pub folder: TempDir,
}

/// Somebody with a phone.
pub struct Phone<'a> {
    demo: &'a Demo,
    pub chat: i64,
}

impl Demo {
    /// Starts one on free ports.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// The same with more options.
    pub fn start_with(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut process = program(&folder)
            .args(["demo", "--listen", "127.0.0.1:0", "--api-listen", "127.0.0.1:0"])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut address = |of: &str| {
            let line = lines.next().expect("the demo ended before it was there").unwrap();
            line.strip_prefix(of).unwrap_or_else(|| panic!("not `{of}…` but `{line}`")).trim().to_owned()
        };
        let (page, api) = (address("Tandem demo: "), address("Bot API: "));
        // What else it prints is of no interest, but the pipe must not fill up.
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, page, api, client: reqwest::Client::new(), folder }
    }

    pub async fn text(&self, path: &str) -> (u16, String, String) {
        let answer = self.client.get(format!("{}{path}", self.page)).send().await.unwrap();
        let status = answer.status().as_u16();
        let kind = answer.headers().get("content-type").map_or("", |kind| kind.to_str().unwrap()).to_owned();
        (status, kind, answer.text().await.unwrap())
    }

    pub async fn get(&self, path: &str) -> Value {
        let (status, _, text) = self.text(path).await;
        assert_eq!(status, 200, "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Posts something that must be accepted.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.try_post(path, body).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    pub async fn try_post(&self, path: &str, body: Value) -> (u16, Value) {
        let answer = self.client.post(format!("{}{path}", self.page)).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// The phone of one of the three on the page.
    pub async fn phone(&self, role: &str) -> Phone<'_> {
        let description = self.get("/demo.json").await;
        let phones = description["phones"].as_array().unwrap();
        let phone = phones.iter().find(|phone| phone["role"] == role).unwrap();
        Phone { demo: self, chat: phone["chat"].as_i64().unwrap() }
    }

    /// Stops it as an operator would; answers with the exit code.
    pub fn terminate(&mut self) -> Option<i32> {
        let id = self.process.id().to_string();
        assert!(Command::new("sh").args(["-c", &format!("kill -TERM {id}")]).status().unwrap().success());
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the demo does not end");
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The program, with nothing of this machine's settings.
pub fn program(folder: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TANDEM_")) {
        command.env_remove(name);
    }
    command.current_dir(folder.path()).env("TMPDIR", folder.path()).env("TANDEM_LOG", "warn");
    command
}

/// Runs the program to its end: exit code, what it printed, what it complained about.
pub fn ended(command: &mut Command) -> (Option<i32>, String, String) {
    let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (mut out, mut err) = (String::new(), String::new());
    process.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    process.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    (process.wait().unwrap().code(), out, err)
}

impl Phone<'_> {
    pub async fn view(&self) -> Value {
        self.demo.get(&format!("/phones/{}", self.chat)).await
    }

    /// Writes something.
    pub async fn says(&self, text: &str) {
        self.demo.post(&format!("/phones/{}/text", self.chat), json!({"text": text})).await;
    }

    /// Waits until a button is there, and presses it.
    pub async fn presses(&self, label: &str) {
        self.until(&format!("the button {label:?}"), |view| buttons(view).any(|b| b["label"] == label)).await;
        self.demo.post(&format!("/phones/{}/press", self.chat), json!({"button": label})).await;
    }

    /// Waits until a message of the bot holds these words; answers with the newest such message.
    pub async fn sees(&self, words: &str) -> Value {
        let view = self.until(&format!("{words:?}"), |view| holding(view, words).is_some()).await;
        holding(&view, words).unwrap().clone()
    }

    /// The code in a link that the person could pass on.
    pub async fn shared_code(&self) -> String {
        let view = self.until("a link to pass on", |view| shared(view).is_some()).await;
        shared(&view).unwrap()
    }

    /// Chooses the language of the phone, which is what a bot hears from Telegram.
    pub async fn reads(&self, language: &str) {
        self.demo.post(&format!("/phones/{}/language", self.chat), json!({"language": language})).await;
    }

    async fn until(&self, what: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        let mut view = self.view().await;
        while !holds(&view) {
            assert!(begun.elapsed() < PATIENCE, "{} never sees {what}; the phone shows {view:#}", self.chat);
            let after = &view["revision"];
            view = self.demo.get(&format!("/phones/{}?after={after}&wait=5", self.chat)).await;
        }
        view
    }
}

fn messages(view: &Value) -> impl DoubleEndedIterator<Item = &Value> {
    view["messages"].as_array().unwrap().iter()
}

pub fn buttons(view: &Value) -> impl Iterator<Item = &Value> {
    messages(view).flat_map(|message| message["buttons"].as_array().unwrap()).flat_map(|row| row.as_array().unwrap())
}

fn holding<'a>(view: &'a Value, words: &str) -> Option<&'a Value> {
    messages(view).rev().find(|m| m["from"] == "bot" && m["text"].as_str().unwrap().contains(words))
}

fn shared(view: &Value) -> Option<String> {
    let link = |address: &str| url::Url::parse(address).ok();
    let named =
        |url: &url::Url, name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, v)| v.into_owned());
    let passed_on = buttons(view).filter_map(|button| link(button["url"].as_str()?)).last()?;
    named(&link(&named(&passed_on, "url")?)?, "start")
}
