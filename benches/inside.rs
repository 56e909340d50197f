//! The figures that are seen from inside: what the program does all day, without a network.
//!
//!     cargo bench --bench inside

use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use tandem::app::elected::Speaker;
use tandem::app::flood::Flood;
use tandem::app::metrics::Metrics;
use tandem::app::texts::{Shelf, Texts};
use tandem::app::{App, board, handle};
use tandem::clock::{Clock, IdSource};
use tandem::content::{Library, Source};
use tandem::demo::phones::{Options, Phones, PhonesClient, SharedPhones};
use tandem::domain::duration;
use tandem::domain::pacing::{Budget, Lane, SendLimits};
use tandem::l10n::Words;
use tandem::store::{Db, Purpose, hash};
use tandem::telegram::incoming::{Incoming, read};

/// Updates at hand at once.
const AT_HAND: i64 = 64;

/// Synthetic tandems that write by turns, so that nobody's day has more minutes than it may.
const TANDEMS: i64 = 20_000;

/// The round whose page is looked at, and the chat of its trainer.
const LARGE_ROUND: i64 = 1_000;
const TRAINER: i64 = 7;

criterion_group!(inside, pure, updates, pages);
criterion_main!(inside);

/// Decisions: a text read as hours, a budget asked.
fn pure(criterion: &mut Criterion) {
    let today = NaiveDate::from_ymd_opt(2026, 11, 27).expect("a day");
    criterion.bench_function("a text read as hours", |bench| {
        bench.iter(|| duration::parse(black_box("gestern 1,5 Std. Kommentare"), today));
    });
    criterion.bench_function("a budget asked for a slot", |bench| {
        let (mut budget, mut now) = (Budget::new(SendLimits::Telegram), 1_785_000_000_000_000);
        bench.iter(|| {
            now += 34_000;
            budget.ask(now, now % 1_000, Lane::Bulk)
        });
    });
}

/// Entries of people in tandems, each of another: all that happens between taking updates and sending the answers.
fn updates(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let app = runtime.block_on(app(folder.path(), TANDEMS)).0;
    let mut next = 0;
    let mut group = criterion.benchmark_group("a batch");
    group.throughput(Throughput::Elements(AT_HAND.unsigned_abs()));
    group.bench_function(format!("{AT_HAND} entries kept on disk"), |bench| {
        bench.iter_batched(
            || {
                next += AT_HAND;
                (next..next + AT_HAND).map(text).collect::<Vec<Incoming>>()
            },
            |updates| runtime.block_on(handle::handle(&app, &updates)).expect("kept"),
            BatchSize::SmallInput,
        );
    });
}

/// A trainer's page of a large round, with all its figures and charts, by HTTP.
fn pages(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let (page, cookie) = runtime.block_on(async {
        let (app, round) = app(folder.path(), LARGE_ROUND).await;
        let link = hash("a link of the benchmark");
        let mut tx = app.db.begin().await.expect("a transaction");
        let trainer = tx.known(&[TRAINER]).await.expect("a trainer").pop().expect("a trainer").person.id;
        let until = app.clock.now() + chrono::TimeDelta::hours(1);
        tx.issue(&link, Purpose::Dashboard, trainer.as_str(), 1, until).await.expect("a link");
        tx.commit().await.expect("a commit");
        let session = board::enter(&app, &link).await.expect("a database").expect("a session");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a socket");
        let page = format!("http://{}{}/rounds/{round}", listener.local_addr().expect("an address"), board::PATH);
        let router = tandem::web::links(Arc::new(app));
        tokio::spawn(async move { axum::serve(listener, router).await });
        (page, format!("tandem_session={session}"))
    });
    let client = reqwest::Client::new();
    criterion.bench_function(&format!("the page of a round of {LARGE_ROUND} tandems"), |bench| {
        bench.iter(|| {
            runtime.block_on(async {
                let answer = client.get(&page).header("cookie", &cookie).send().await.expect("an answer");
                assert_eq!(answer.status(), 200);
                black_box(answer.bytes().await.expect("a page"))
            })
        });
    });
}

/// "1 min" from one of the synthetic people.
fn text(id: i64) -> Incoming {
    let chat = 1_000_000 + id % (2 * TANDEMS);
    let json = serde_json::json!({"update_id": id, "message": {
        "message_id": id, "date": 1_785_000_000, "text": "1 min",
        "chat": {"id": chat, "type": "private", "first_name": "Ada"},
        "from": {"id": chat, "is_bot": false, "first_name": "Ada", "language_code": "de"},
    }});
    read(&json.to_string()).expect("an update")
}

async fn app(folder: &Path, tandems: i64) -> (App, String) {
    let database = format!("sqlite://{}", folder.join("tandem.db").display());
    let made = Command::new(env!("CARGO_BIN_EXE_tandem"))
        .args(["sample-data", "--tandems", &tandems.to_string(), "--seed", "1", "--trainer-chat", &TRAINER.to_string()])
        .env("TANDEM_DATABASE_URL", &database)
        .output()
        .expect("sample data");
    assert!(made.status.success());
    let made: serde_json::Value = serde_json::from_slice(&made.stdout).expect("what was made");
    let round = made["round"].as_str().expect("a round").to_owned();
    let clock = Clock::real();
    let time = clock.clone();
    let phones = SharedPhones::new(Phones::new(Options::default()), Arc::new(move || time.micros()));
    let db = Db::open(&database).await.expect("a database");
    let app = App {
        metrics: Metrics::new(db.kind(), clock.now()).expect("metrics"),
        db,
        clock,
        ids: IdSource::seeded(1),
        telegram: Arc::new(PhonesClient::new(phones, "4711:bench-token")),
        texts: Shelf::new(Texts::new(
            Library::load(Source::BuiltIn).expect("lessons"),
            Words::built_in().expect("words"),
        )),
        limits: SendLimits::Off,
        worker: "bench".to_owned(),
        speaker: Speaker::alone(),
        flood: Flood::new(false),
        public_url: None,
        username: OnceLock::new(),
        offset: AtomicI64::new(0),
    };
    (app, round)
}
