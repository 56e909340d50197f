//! What stands in the way for a while: no answers, another poller, a locked database, a full disk, PostgreSQL that is
//! stopped. Nothing is acknowledged that is not kept, the log says what is wrong, and afterwards all goes on.

use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use tandem::demo::phones::Fault;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use super::bot::{Bot, Home};
use super::left_out::left_out;
use super::server::{FIRST, Server, TOKEN, trap_in};

const ADA: i64 = FIRST;
const BEN: i64 = FIRST + 1;

async fn begun() -> (Server, Home) {
    let server = Server::start(None, 2).await;
    let home = Home::new(&server.api, "off");
    home.sample(1, FIRST).await;
    (server, home)
}

/// The answer to the entry that made so many minutes of the week.
fn answer(total: usize) -> String {
    format!(": {total} Min. von")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_never_answers_is_given_up_and_asked_again() {
    let (server, home) = begun().await;
    server.fails(vec![trap_in(ADA, Fault::HoldBefore), trap_in(BEN, Fault::HoldAfter)]);
    let _bot = home.start();
    server.says(ADA, "10 min");
    server.phones.held(1).await;
    server.says(BEN, "5 min");
    server.hears(ADA, &answer(10), 1).await;
    server.hears(BEN, &answer(15), 2).await;
    assert_eq!(server.times(ADA, &answer(10)), 1, "what was never done is done once");
    assert_eq!(home.count("SELECT COUNT(*) FROM entry").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_poller_is_named_and_waited_for() {
    let (server, home) = begun().await;
    let bot = home.start();
    bot.says("hello").await;
    let phones = server.phones.clone();
    let other = tokio::spawn(async move {
        loop {
            // It never confirms anything, and takes the poll from whoever has it.
            phones.call(TOKEN, "getUpdates", &serde_json::json!({"timeout": 1}), Vec::new()).await;
        }
    });
    bot.says("another process takes the updates").await;
    server.says(ADA, "10 min");
    other.abort();
    server.hears(ADA, &answer(10), 1).await;
    assert_eq!(home.count("SELECT COUNT(*) FROM entry").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_database_acknowledges_nothing_and_blames_no_update() {
    let (server, home) = begun().await;
    let bot = home.start();
    bot.says("hello").await;
    server.says(ADA, "10 min");
    server.hears(ADA, &answer(10), 1).await;
    let mut lock = SqliteConnection::connect(&home.database).await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut lock).await.unwrap();
    server.says(ADA, "5 min");
    let line = bot.says("updates were not taken or not kept").await;
    assert!(line.contains("the database is locked by another process"), "{line}");
    assert_eq!(server.pending(), 1, "not acknowledged");
    sqlx::raw_sql("ROLLBACK").execute(&mut lock).await.unwrap();
    server.hears(ADA, &answer(15), 1).await;
    assert_eq!((server.heard(ADA).len(), home.count("SELECT COUNT(*) FROM entry").await), (2, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_loses_nothing_and_work_goes_on_when_there_is_room() {
    if Command::new("prlimit").arg("--version").output().is_err() {
        left_out("a full disk", "prlimit is not installed");
        return;
    }
    let (server, home) = begun().await;
    let journal = home.database.replace("sqlite://", "") + "-wal";
    // No file may grow beyond so many blocks of 512 bytes; the signal about it is not wanted.
    let blocks = (std::fs::metadata(journal).map_or(0, |file| file.len()) / 512 + 200).to_string();
    let script = "trap '' XFSZ; ulimit -S -f \"$1\"; exec \"$0\" run";
    let mut limited = Command::new("sh");
    limited.args(["-c", script, env!("CARGO_BIN_EXE_tandem"), &blocks]);
    home.settings(&mut limited);
    let bot = Bot::start(limited);
    bot.says("hello").await;
    let mut said = 0;
    while !bot.log().iter().any(|line| line.contains("is the disk full")) {
        assert!(said < 55, "the disk is never full: {:#?}", bot.log());
        said += 1;
        server.says(ADA, "1 min");
        let taken = async {
            while server.pending() > 0 && !bot.log().iter().any(|line| line.contains("is the disk full")) {
                tokio::task::yield_now().await;
            }
        };
        taken.await;
    }
    let room = Command::new("prlimit").args(["--pid", &bot.id().to_string(), "--fsize=unlimited"]).output().unwrap();
    assert!(room.status.success(), "{}", String::from_utf8_lossy(&room.stderr));
    for total in 1..=said {
        server.hears(ADA, &answer(total), 1).await;
    }
    server.says(BEN, "1 min");
    server.hears(BEN, &answer(said + 1), 1).await;
    let twice: Vec<usize> = (1..=said).filter(|total| server.times(ADA, &answer(*total)) > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert_eq!(home.count("SELECT COUNT(*) FROM entry").await, said as i64 + 1);
    let complaints = bot.log().iter().filter(|line| line.contains("ERROR")).count();
    assert!(complaints <= 3, "each loop says once what is wrong: {:#?}", bot.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgresql_may_be_stopped_in_the_middle_of_work() {
    let Ok(url) = std::env::var("TANDEM_TEST_POSTGRES") else {
        left_out("PostgreSQL", "TANDEM_TEST_POSTGRES is not set");
        return;
    };
    let name = format!("tandem_stopped_{}", std::process::id());
    let mut root = PgConnection::connect(&url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut root).await.unwrap();
    let mut at: url::Url = url.parse().unwrap();
    at.set_path(&name);
    let door = Door::before(at.socket_addrs(|| Some(5432)).unwrap()[0]).await;
    let mut through = at.clone();
    through.set_ip_host(door.at.ip()).unwrap();
    through.set_port(Some(door.at.port())).unwrap();

    let server = Server::start(None, 20).await;
    let direct = Home::on(at.as_str(), &server.api);
    direct.sample(10, FIRST).await;
    let home = Home::on(through.as_str(), &server.api);
    let bot = home.start();
    bot.says("hello").await;
    let mut said = 0;
    let mut write = |times: usize| {
        for _ in 0..times {
            said += 1;
            (0..10).for_each(|tandem| server.says(FIRST + 2 * tandem, "1 min"));
        }
        said
    };
    let everybody = async |total: usize| {
        for tandem in 0..10 {
            server.hears(FIRST + 2 * tandem, &answer(total), 1).await;
        }
    };
    for _ in 0..3 {
        let total = write(3);
        let kill = format!(
            "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
             WHERE datname = '{name}' AND pid <> pg_backend_pid()"
        );
        server.hears(FIRST, &answer(total - 2), 1).await;
        sqlx::raw_sql(AssertSqlSafe(kill)).execute(&mut root).await.unwrap();
        everybody(total).await;
    }
    let total = write(1);
    door.shut();
    bot.says("the database does not answer").await;
    let total = total.max(write(2));
    door.open();
    everybody(total).await;
    for tandem in 0..10 {
        for each in 1..=total {
            let times = server.times(FIRST + 2 * tandem, &answer(each));
            assert!(times >= 1, "tandem {tandem}, text {each}: {:#?}", bot.log());
        }
    }
    assert_eq!(direct.count("SELECT COUNT(*) FROM entry").await, 10 * total as i64, "each text once");
    drop(bot);
    sqlx::raw_sql(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).execute(&mut root).await.unwrap();
}

/// A way to the database that can be shut: what goes through it ends, and nobody gets in.
struct Door {
    at: SocketAddr,
    shut: Arc<AtomicBool>,
    bell: Arc<Notify>,
}

impl Door {
    async fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let door = Self { at: listener.local_addr().unwrap(), shut: Arc::default(), bell: Arc::default() };
        let (shut, bell) = (Arc::clone(&door.shut), Arc::clone(&door.bell));
        tokio::spawn(async move {
            while let Ok((mut inside, _)) = listener.accept().await {
                let (shut, bell) = (Arc::clone(&shut), Arc::clone(&bell));
                tokio::spawn(async move {
                    let slammed = bell.notified();
                    if shut.load(Ordering::SeqCst) {
                        return;
                    }
                    let Ok(mut outside) = TcpStream::connect(server).await else { return };
                    tokio::select! {
                        _ = tokio::io::copy_bidirectional(&mut inside, &mut outside) => {}
                        () = slammed => {}
                    }
                });
            }
        });
        door
    }

    fn shut(&self) {
        self.shut.store(true, Ordering::SeqCst);
        self.bell.notify_waiters();
    }

    fn open(&self) {
        self.shut.store(false, Ordering::SeqCst);
    }
}
