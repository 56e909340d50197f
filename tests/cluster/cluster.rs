//! A cluster of three: a schema of its own with a running round, the strict server, three processes, and questions
//! to all of them.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use sqlx::{AssertSqlSafe, PgPool};
use tandem::clock::Clock;
use tandem::demo::botapi;
use tandem::demo::phones::{Author, Effect, Fault, Faults, Options, Phones, Scripted, SharedPhones};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::sleep;

use crate::left_out::left_out;
use crate::process::{Process, command};

pub const TOKEN: &str = "4712:cluster-token";

/// The chat of the first person; the others follow. Leads have even numbers.
pub const FIRST: i64 = 1_000;

/// Far beyond anything that a working cluster needs, for a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(90);

/// How long the strict server takes to answer a message, so that there is something on the wire.
const ROUND_TRIP_MS: u64 = 60;

/// One cluster at a time: three processes and a server are enough for two cores.
static TURN: Mutex<()> = Mutex::const_new(());

pub struct Cluster {
    pub phones: SharedPhones,
    pub processes: Vec<Process>,
    pub round: String,
    pub people: i64,
    pub url: String,
    settings: Vec<(&'static str, String)>,
    pool: PgPool,
    clock: Clock,
    _turn: MutexGuard<'static, ()>,
}

impl Cluster {
    /// A round of so many tandems and the server; no process yet. `None`, and a word about it, without PostgreSQL.
    pub async fn prepare(schema: &str, tandems: i64) -> Option<Self> {
        let Ok(url) = std::env::var("TANDEM_TEST_POSTGRES") else {
            left_out("several processes on PostgreSQL", "TANDEM_TEST_POSTGRES is not set");
            return None;
        };
        let turn = TURN.lock().await;
        let url = schema_of_its_own(&url, &format!("cluster_{schema}")).await;
        let clock = Clock::real();
        let phones = server(&clock);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let api = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(botapi::serve(listener, phones.clone(), std::future::pending()));
        let settings = vec![
            ("TANDEM_DATABASE_URL", url.clone()),
            ("TANDEM_TELEGRAM_TOKEN", TOKEN.to_owned()),
            ("TANDEM_TELEGRAM_API_URL", api),
        ];
        let tandems_text = tandems.to_string();
        let first = FIRST.to_string();
        let sample = ["sample-data", "--tandems", &tandems_text, "--seed", "1", "--first-chat-id", &first];
        let made: serde_json::Value = serde_json::from_str(&command(&settings, &sample)).unwrap();
        phones.with(|phones, _| {
            for person in FIRST..FIRST + 2 * tandems {
                phones.person(person, "Jemand", "de").unwrap();
                phones.starts(TOKEN, person).unwrap();
            }
        });
        let pool = PgPool::connect(&url).await.unwrap();
        let round = made["round"].as_str().unwrap().to_owned();
        Some(Self {
            phones,
            processes: Vec::new(),
            round,
            people: 2 * tandems,
            url,
            settings,
            pool,
            clock,
            _turn: turn,
        })
    }

    /// Three processes that poll; waits until they know who of them does.
    pub async fn polling(schema: &str, tandems: i64) -> Option<Self> {
        let mut cluster = Self::prepare(schema, tandems).await?;
        for _ in 0..3 {
            cluster.start(free_port(), &[]);
        }
        cluster.until("they have elected one", Self::is_settled).await;
        // A stranger, of whom nothing is kept.
        cluster.says(7, "hallo");
        cluster.until("it answers", |cluster| cluster.sent() > 0).await;
        cluster.phones.with(|phones, _| phones.clear_record());
        Some(cluster)
    }

    /// One more process.
    pub fn start(&mut self, port: u16, more: &[(&'static str, String)]) {
        let mut settings = self.settings.clone();
        settings.push(("TANDEM_LISTEN", format!("127.0.0.1:{port}")));
        settings.extend(more.iter().cloned());
        self.processes.push(Process::start(&settings));
    }

    /// How often a message was refused for its pace.
    pub fn too_many(&self) -> u64 {
        self.phones.with(|phones, _| phones.record().too_many)
    }

    /// Whether every process has stood for election and one was elected.
    pub fn is_settled(&self) -> bool {
        self.processes.iter().all(Process::stood) && self.processes.iter().filter(|one| one.is_elected()).count() == 1
    }

    /// Runs another command on the same database.
    pub fn command(&self, arguments: &[&str]) -> String {
        command(&self.settings, arguments)
    }

    /// The process that polls and sends.
    pub fn elected(&mut self) -> &mut Process {
        self.processes.iter_mut().find(|one| one.is_elected()).expect("one of them is elected")
    }

    /// Kills it, and answers with the time and with how much it had sent that the database does not know of.
    pub async fn kill_elected(&mut self) -> (i64, i64) {
        self.elected().kill();
        // What lies in the sockets still arrives.
        sleep(Duration::from_millis(100)).await;
        let known = self.count("SELECT COUNT(*) FROM outbox WHERE kind = 'lesson' AND state = 'sent'").await;
        (self.now(), self.lessons() - known)
    }

    /// Micros from a moment to the first message after it (a tenth of a second later at the earliest).
    pub fn silence_after(&self, at: i64) -> Option<i64> {
        self.phones.with(|phones, _| phones.record().sent.iter().map(|sent| sent.at - at).find(|gap| *gap > 100_000))
    }

    pub fn now(&self) -> i64 {
        self.clock.micros()
    }

    pub fn says(&self, person: i64, text: &str) {
        self.phones.with(|phones, now| phones.says(now, TOKEN, person, text)).expect("they have a phone");
    }

    /// What the bot wrote to somebody, oldest first.
    pub fn heard(&self, person: i64) -> Vec<String> {
        self.phones.with(|phones, _| {
            let chat = phones.chat(TOKEN, person).expect("they have a chat");
            chat.visible().filter(|m| m.author == Author::Bot).map(|m| m.body.text.clone()).collect()
        })
    }

    /// The week's totals in the answers to a lead who enters a minute at a time.
    pub fn totals(&self, person: i64) -> Vec<u32> {
        let total = |text: &String| {
            let line = text.lines().find(|line| line.starts_with("KW "))?;
            line.split_once(": ")?.1.split(' ').next()?.parse().ok()
        };
        self.heard(person).iter().filter(|text| text.starts_with('✓')).filter_map(total).collect()
    }

    /// Every entry of a lead was answered with the total as of that entry. In their order: unless the server refused an
    /// answer for its pace, which then comes later. What was on the wire at a kill may come twice.
    pub fn assert_answered(&self, lead: i64, entries: u32) {
        let all = self.totals(lead);
        let mut totals: Vec<u32> = Vec::new();
        all.iter().for_each(|total| {
            if !totals.contains(total) {
                totals.push(*total)
            }
        });
        if self.too_many() > 0 {
            totals.sort_unstable();
        }
        assert_eq!(totals, (1..=entries).collect::<Vec<_>>(), "first answers of {lead} among {all:?}");
    }

    /// Messages that are no answers to entries: the lessons.
    pub fn lessons(&self) -> i64 {
        let all = (FIRST..FIRST + self.people).map(|person| self.lessons_of(person));
        i64::try_from(all.sum::<usize>()).unwrap()
    }

    pub fn lessons_of(&self, person: i64) -> usize {
        self.heard(person).iter().filter(|text| !text.starts_with('✓')).count()
    }

    /// Messages so far.
    pub fn sent(&self) -> usize {
        self.phones.with(|phones, _| phones.record().messages())
    }

    /// What the server never saw: a second poller, more in a second than one sender's budget. On a busy machine single
    /// messages arrive so late that the next one comes too early, whoever sends; two senders at once would be refused
    /// thirty times a second.
    pub fn assert_polite(&self) {
        let (statuses, too_many, peak) = self
            .phones
            .with(|phones, _| (phones.record().by_status.clone(), phones.record().too_many, phones.peak_per_second()));
        assert_eq!(statuses.get(&409), None, "two polled at once: {statuses:?}");
        assert!(too_many < 15, "{statuses:?}");
        assert!(peak <= 30, "{peak} in a second");
    }

    /// Nobody logged an error.
    pub fn assert_calm(&self) {
        for process in &self.processes {
            assert_eq!(process.errors(), Vec::<String>::new());
        }
    }

    pub async fn count(&self, question: &str) -> i64 {
        sqlx::query_scalar(AssertSqlSafe(question.to_owned())).fetch_one(&self.pool).await.expect("a count")
    }

    pub async fn run(&self, statement: &str) {
        sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&self.pool).await.expect("a statement");
    }

    /// Waits until something is so; says what never came.
    pub async fn until(&self, what: &str, mut holds: impl FnMut(&Self) -> bool) {
        let begun = self.now();
        while !holds(self) {
            if self.now() - begun > i64::try_from(PATIENCE.as_micros()).unwrap() {
                let logs: Vec<_> = self.processes.iter().map(Process::log).collect();
                panic!("never: {what}; {logs:#?}");
            }
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until nothing is owed and no update waits.
    pub async fn until_quiet(&self) {
        self.until("all updates are taken", |one| one.phones.with(|phones, _| phones.pending_updates(TOKEN)) == 0)
            .await;
        let owed = "SELECT COUNT(*) FROM outbox WHERE state IN ('owed', 'claimed')";
        let due = format!("SELECT COUNT(*) FROM due WHERE at <= {}", self.now());
        let begun = self.now();
        while self.count(owed).await + self.count(&due).await > 0 {
            assert!(self.now() - begun < i64::try_from(PATIENCE.as_micros()).unwrap(), "something stays owed");
            sleep(Duration::from_millis(100)).await;
        }
    }
}

/// Prints a figure past the test runner, which keeps to itself what a test prints that passes.
#[expect(clippy::explicit_write, reason = "eprintln! is what the test runner keeps to itself")]
pub fn figure(text: &str) {
    writeln!(std::io::stderr(), "figure: {text}").unwrap();
}

pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// New messages at this or a later time.
pub fn news_since(phones: &SharedPhones, at: i64) -> usize {
    phones.with(|phones, _| phones.record().sent.iter().filter(|s| s.effect == Effect::New && s.at >= at).count())
}

pub async fn schema_of_its_own(url: &str, schema: &str) -> String {
    let pool = PgPool::connect(url).await.expect("the test database answers");
    let text = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    sqlx::raw_sql(AssertSqlSafe(text)).execute(&pool).await.expect("a schema of one's own");
    pool.close().await;
    let join = if url.contains('?') { '&' } else { '?' };
    format!("{url}{join}options[search_path]={schema}")
}

/// The strict server with Telegram's limits, on the machine's clock; each message takes a round trip.
fn server(clock: &Clock) -> SharedPhones {
    let own = Some((TOKEN.to_owned(), "tandem_cluster_bot".to_owned()));
    let mut phones = Phones::new(Options { own, ..Options::default() });
    let slow = Scripted {
        method: Some("sendMessage".to_owned()),
        chat: None,
        after: 0,
        times: u32::MAX,
        fault: Fault::DelayMs(ROUND_TRIP_MS),
    };
    phones.set_faults(Faults { scripted: vec![slow], ..Faults::default() });
    let clock = clock.clone();
    SharedPhones::new(phones, Arc::new(move || clock.micros()))
}
