//! As much of a browser as the stories need: ChromeDriver, spoken to in WebDriver's JSON over HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// A browser that lives as long as this.
pub struct Browser {
    driver: Child,
    address: String,
    session: String,
    client: reqwest::Client,
    _profile: TempDir,
}

/// The screen that a visitor has.
#[derive(Clone, Copy)]
pub enum Screen {
    Desk { width: u32, height: u32 },
    Hand { width: u32, height: u32 },
}

/// Whether there is a browser to be driven.
pub fn is_there() -> bool {
    Command::new("chromedriver").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

impl Browser {
    pub async fn open(screen: Screen) -> Self {
        let mut driver = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).spawn().unwrap();
        let address = address(&mut driver);
        let profile = tempfile::tempdir().unwrap();
        let client = reqwest::Client::builder().timeout(Duration::from_secs(240)).build().unwrap();
        let mut browser = Self { driver, address, session: String::new(), client, _profile: profile };
        let options = options(screen, browser._profile.path());
        let wanted = json!({"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}});
        let opened = browser.ask("session", json!({"capabilities": {"alwaysMatch": wanted}})).await;
        browser.session = opened["sessionId"].as_str().unwrap().to_owned();
        // A whole guide may be played in one script.
        browser.tell("timeouts", json!({"script": 200_000, "pageLoad": 30_000})).await;
        browser
    }

    pub async fn go(&self, address: &str) {
        self.tell("url", json!({"url": address})).await;
    }

    /// What the visitor's device is set to: `light` or `dark`.
    pub async fn prefers(&self, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        let media = json!({"cmd": "Emulation.setEmulatedMedia", "params": {"features": features}});
        self.tell("goog/cdp/execute", media).await;
    }

    /// Runs a script; a promise that it returns is waited for.
    pub async fn run(&self, script: &str) -> Value {
        self.tell("execute/sync", json!({"script": script, "args": []})).await
    }

    /// Waits until a script returns true.
    pub async fn until(&self, what: &str, script: &str) {
        for _ in 0..300 {
            if self.run(script).await == json!(true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the page never shows {what}");
    }

    /// Presses and releases keys, one after the other. `\u{E004}` is Tab, `\u{E007}` Enter (WebDriver, Keyboard actions).
    pub async fn types(&self, keys: &str) {
        let strokes: Vec<Value> = keys
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key.to_string()})))
            .collect();
        self.tell("actions", json!({"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]})).await;
    }

    /// What the page complained about since it was asked last: scripts that failed, files that were refused.
    pub async fn complaints(&self) -> Vec<String> {
        let entries = self.tell("se/log", json!({"type": "browser"})).await;
        let bad = entries.as_array().unwrap().iter().filter(|entry| entry["level"] == "SEVERE");
        bad.map(|entry| entry["message"].to_string()).collect()
    }

    /// Puts a picture of what can be seen into `target/page/`.
    pub async fn picture(&self, name: &str) {
        let url = format!("{}/session/{}/screenshot", self.address, self.session);
        let answer: Value = self.client.get(url).send().await.unwrap().json().await.unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("page");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), bytes(answer["value"].as_str().unwrap())).unwrap();
    }

    async fn tell(&self, what: &str, body: Value) -> Value {
        self.ask(&format!("session/{}/{what}", self.session), body).await
    }

    async fn ask(&self, path: &str, body: Value) -> Value {
        let answer = self.client.post(format!("{}/{path}", self.address)).json(&body).send().await.unwrap();
        let status = answer.status();
        let answer: Value = answer.json().await.unwrap();
        assert!(status.is_success(), "{path}: {}", answer["value"]["message"]);
        answer["value"].clone()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Without this the browser would outlive its driver. Nothing can be done about a failure here.
        let place = self.address.trim_start_matches("http://");
        if let Ok(mut line) = TcpStream::connect(place) {
            let _ = line.set_read_timeout(Some(Duration::from_secs(10)));
            let _ =
                write!(line, "DELETE /session/{} HTTP/1.1\r\nHost: {place}\r\nConnection: close\r\n\r\n", self.session);
            let _ = line.read(&mut [0]);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Where the driver says that it listens.
fn address(driver: &mut Child) -> String {
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines().map_while(Result::ok);
    let port =
        lines.find_map(|line| Some(line.split_once("successfully on port ")?.1.trim_end_matches('.').to_owned()));
    std::thread::spawn(move || lines.for_each(drop));
    format!("http://127.0.0.1:{}", port.expect("chromedriver did not start"))
}

fn options(screen: Screen, profile: &Path) -> Value {
    let mut arguments = vec![
        "--headless=new".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--no-first-run".to_owned(),
        "--hide-scrollbars".to_owned(),
        format!("--user-data-dir={}", profile.display()),
    ];
    // Chromium's sandbox refuses to work for root, who owns this folder then.
    if std::fs::metadata(profile).unwrap().uid() == 0 {
        arguments.push("--no-sandbox".to_owned());
    }
    match screen {
        Screen::Desk { width, height } => {
            arguments.push(format!("--window-size={width},{height}"));
            json!({"args": arguments})
        }
        Screen::Hand { width, height } => {
            let metrics = json!({"width": width, "height": height, "pixelRatio": 2, "touch": true});
            json!({"args": arguments, "mobileEmulation": {"deviceMetrics": metrics}})
        }
    }
}

/// Reads Base64 (RFC 4648, section 4).
fn bytes(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let letters: Vec<u32> = text.bytes().filter(|c| *c != b'=').map(|c| u32::from(value(c))).collect();
    let group = |four: &[u32]| {
        let bits = four.iter().fold(0, |bits, six| bits << 6 | six) << (6 * (4 - four.len()));
        bits.to_be_bytes()[1..four.len()].to_vec()
    };
    letters.chunks(4).flat_map(group).collect()
}

#[test]
fn pictures_are_read_as_they_were_sent() {
    assert_eq!(bytes("VGFuZGVt"), b"Tandem");
    assert_eq!(bytes("VGFuZGU="), b"Tande");
    assert_eq!(bytes("VGFuZA=="), b"Tand");
    assert_eq!(bytes("/+8="), [255, 239]);
}
