//! The program as a process: its home, its log, and its end.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::{Connection, SqliteConnection};
use tandem::store::Db;
use tempfile::TempDir;
use tokio::sync::Notify;

use super::server::TOKEN;

/// How long something may take that is certain to come. Only a broken program waits so long.
pub const DEADLINE: Duration = Duration::from_secs(120);

/// What processes share: a database and a server.
pub struct Home {
    pub database: String,
    pub api: String,
    /// `TANDEM_SEND_LIMITS`.
    pub limits: &'static str,
    _folder: Option<TempDir>,
}

impl Home {
    /// With a SQLite file of its own.
    pub fn new(api: &str, limits: &'static str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = format!("sqlite://{}", folder.path().join("tandem.db").display());
        Self { database, api: api.to_owned(), limits, _folder: Some(folder) }
    }

    /// On a database that is there.
    pub fn on(database: &str, api: &str) -> Self {
        Self { database: database.to_owned(), api: api.to_owned(), limits: "off", _folder: None }
    }

    /// The program with these arguments, with no settings but those of this home.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
        command.args(arguments);
        self.settings(&mut command);
        command
    }

    pub fn settings(&self, command: &mut Command) {
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TANDEM_TELEGRAM_TOKEN", TOKEN).env("TANDEM_TELEGRAM_API_URL", &self.api);
        command.env("TANDEM_DATABASE_URL", &self.database).env("TANDEM_SEND_LIMITS", self.limits);
        command.env("TANDEM_LISTEN", "127.0.0.1:0");
    }

    /// Runs a command to its end.
    pub async fn run(&self, arguments: &[&str]) -> Output {
        let mut command = self.command(arguments);
        tokio::task::spawn_blocking(move || command.output()).await.unwrap().expect("the program starts")
    }

    /// A running round of so many tandems, whose people have the chats from `first` on.
    pub async fn sample(&self, tandems: i64, first: i64) -> String {
        let (tandems, first) = (tandems.to_string(), first.to_string());
        let filled = self.run(&["sample-data", "--tandems", &tandems, "--seed", "7", "--first-chat-id", &first]).await;
        assert!(filled.status.success(), "{}", String::from_utf8_lossy(&filled.stderr));
        let line: serde_json::Value = serde_json::from_slice(&filled.stdout).expect("a line of JSON");
        line["round"].as_str().expect("a round").to_owned()
    }

    /// The service, running.
    pub fn start(&self) -> Bot {
        Bot::start(self.command(&["run"]))
    }

    pub async fn db(&self) -> Db {
        Db::connect(&self.database).await.expect("the database opens")
    }

    /// Counts rows behind the program's back.
    pub async fn count(&self, question: &'static str) -> i64 {
        if self.database.starts_with("sqlite") {
            let mut connection = SqliteConnection::connect(&self.database).await.expect("the file opens");
            let count = sqlx::query_scalar(question).fetch_one(&mut connection).await.expect("a count");
            connection.close().await.expect("the file closes");
            count
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.database).await.expect("the server answers");
            sqlx::query_scalar(question).fetch_one(&mut connection).await.expect("a count")
        }
    }
}

/// A running process; killed with its handle.
pub struct Bot {
    child: Child,
    log: Arc<Log>,
}

#[derive(Default)]
struct Log {
    lines: Mutex<Vec<String>>,
    bell: Notify,
}

impl Bot {
    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let log = Arc::new(Log::default());
        let (stderr, heard) = (child.stderr.take().expect("a log"), Arc::clone(&log));
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                heard.lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
                heard.bell.notify_waiters();
            }
        });
        Self { child, log }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until the log says something; answers with the line.
    pub async fn says(&self, words: &str) -> String {
        let said = async {
            loop {
                let bell = self.log.bell.notified();
                if let Some(line) = self.log().into_iter().find(|line| line.contains(words)) {
                    return line;
                }
                bell.await;
            }
        };
        let said = tokio::time::timeout(DEADLINE, said).await;
        said.unwrap_or_else(|_| panic!("the log never says “{words}”: {:#?}", self.log()))
    }

    pub fn log(&self) -> Vec<String> {
        self.log.lines.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// kill -9.
    pub fn kill(mut self) -> Vec<String> {
        self.end();
        self.log()
    }

    fn end(&mut self) {
        // One that is dead already cannot be killed, and that is all right.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.end();
    }
}
