//! The strict server in this process, and the program beside it with everything it logs.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tandem::clock::Clock;
use tandem::demo::botapi;
use tandem::demo::phones::{Author, Options, Phones, SharedPhones};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// How long anything may take before it counts as never.
const PATIENCE: Duration = Duration::from_secs(40);

/// The bot's token on the server.
pub const TOKEN: &str = "1001:own-token_of-the-bot";

/// Somebody with a phone.
pub const ADA: i64 = 7;

/// A server without limits on which Ada has begun a chat.
pub struct Server {
    pub url: String,
    pub phones: SharedPhones,
}

impl Server {
    pub async fn start() -> Self {
        Self::start_at(free_address()).await
    }

    pub async fn start_at(address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let own = Some((TOKEN.to_owned(), "tandem_service_bot".to_owned()));
        let mut phones = Phones::new(Options { own, limits: None, ..Options::default() });
        phones.person(ADA, "Ada", "de").unwrap();
        phones.starts(TOKEN, ADA).unwrap();
        let clock = Clock::real();
        let phones = SharedPhones::new(phones, Arc::new(move || clock.micros()));
        tokio::spawn(botapi::serve(listener, phones.clone(), std::future::pending()));
        Self { url: format!("http://{address}"), phones }
    }

    pub fn says(&self, text: &str) {
        self.phones.with(|phones, now| phones.says(now, TOKEN, ADA, text)).unwrap();
    }

    pub async fn presses(&self, label: &str) {
        until(&format!("the button {label}"), async || {
            self.phones.with(|phones, now| phones.presses(now, TOKEN, ADA, label)).is_ok()
        })
        .await;
    }

    /// Waits until the bot has written to Ada what holds these words.
    pub async fn sees(&self, words: &str) {
        until(words, async || self.texts().iter().any(|text| text.contains(words))).await;
    }

    /// What the bot has written to Ada.
    pub fn texts(&self) -> Vec<String> {
        self.phones.with(|phones, _| {
            let chat = phones.chat(TOKEN, ADA).unwrap();
            chat.visible().filter(|m| m.author == Author::Bot).map(|m| m.body.text.clone()).collect()
        })
    }
}

/// The program, running. It ends when this is dropped.
pub struct Program {
    process: Child,
    pub folder: Arc<TempDir>,
    /// Where it answers.
    pub at: String,
    logged: Arc<Mutex<String>>,
}

impl Program {
    /// `tandem run` against this server, with more settings.
    pub fn start(server: &str, settings: &[(&str, &str)]) -> Self {
        Self::start_at(free_address(), server, settings)
    }

    pub fn start_at(listen: SocketAddr, server: &str, settings: &[(&str, &str)]) -> Self {
        Self::start_in(Arc::new(tempfile::tempdir().unwrap()), listen, server, settings)
    }

    /// The program once more, with the database that is in this folder.
    pub fn start_in(folder: Arc<TempDir>, listen: SocketAddr, server: &str, settings: &[(&str, &str)]) -> Self {
        let mut process = program(folder.path())
            .arg("run")
            .env("TANDEM_TELEGRAM_TOKEN", TOKEN)
            .env("TANDEM_TELEGRAM_API_URL", server)
            .env("TANDEM_SEND_LIMITS", "off")
            .env("TANDEM_LISTEN", listen.to_string())
            .envs(settings.iter().copied())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let logged = Arc::new(Mutex::new(String::new()));
        let (lines, kept) = (BufReader::new(process.stderr.take().unwrap()).lines(), Arc::clone(&logged));
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                kept.lock().unwrap().push_str(&(line + "\n"));
            }
        });
        Self { process, folder, at: format!("http://{listen}"), logged }
    }

    /// Another command on the same database.
    pub fn command(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        ended(program(self.folder.path()).args(arguments))
    }

    /// Everything that was logged so far.
    pub fn logged(&self) -> String {
        self.logged.lock().unwrap().clone()
    }

    /// Status and body.
    pub async fn get(&self, path: &str) -> (u16, String) {
        match reqwest::get(format!("{}{path}", self.at)).await {
            Ok(answer) => (answer.status().as_u16(), answer.text().await.unwrap()),
            Err(_) => (0, String::new()),
        }
    }

    /// Waits until it is ready.
    pub async fn ready(&self) {
        until("ready", async || self.get("/readyz").await.0 == 200).await;
    }

    /// Stops it as an operator would; answers with the exit code.
    pub async fn stop(mut self) -> Option<i32> {
        let id = self.process.id().to_string();
        assert!(Command::new("sh").args(["-c", &format!("kill -TERM {id}")]).status().unwrap().success());
        let mut code = None;
        until("its end", async || {
            let status = self.process.try_wait().unwrap();
            code = status.and_then(|status| status.code());
            status.is_some()
        })
        .await;
        code
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
        if std::thread::panicking() {
            eprintln!("{}", self.logged());
        }
    }
}

/// The program in a folder of its own, with nothing of this machine's settings.
pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TANDEM_")) {
        command.env_remove(name);
    }
    command.current_dir(folder).env("TMPDIR", folder);
    command
}

/// Runs a command to its end: exit code, what it printed, what it complained about.
pub fn ended(command: &mut Command) -> (Option<i32>, String, String) {
    let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (mut out, mut err) = (String::new(), String::new());
    process.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    process.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    (process.wait().unwrap().code(), out, err)
}

/// Waits until it is so.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < PATIENCE, "never: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// An address that nobody listens at.
pub fn free_address() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
