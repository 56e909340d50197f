//! What the stories begin with: a database of their own, people, tandems, messages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use sqlx::Connection;
use tandem::domain::days::Days;
use tandem::domain::effect::{Kind, Owed};
use tandem::domain::ids::PersonId;
use tandem::domain::lang::Lang;
use tandem::domain::message::{Message, say};
use tandem::domain::notice::{Notice, Told};
use tandem::domain::pacing::Lane;
use tandem::domain::tandem::*;
use tandem::store::Db;

/// Tells a story to every database there is.
macro_rules! stories {
    ($($(#[$attribute:meta])* async fn $name:ident($db:ident: Db) $body:block)+) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        $(#[$attribute])*
        async fn $name() {
            async fn story($db: Db) $body
            for place in $crate::given::Place::all().await {
                eprintln!("told to {}", place.name);
                story(place.db.clone()).await;
                place.close().await;
            }
        }
    )+};
}
pub(crate) use stories;

/// A database that nobody else uses.
pub struct Place {
    pub name: &'static str,
    pub db: Db,
    url: String,
    _folder: Option<tempfile::TempDir>,
}

impl Place {
    pub async fn all() -> Vec<Self> {
        let mut places = vec![Self::sqlite().await];
        match std::env::var("TANDEM_TEST_POSTGRES") {
            Ok(url) => places.push(Self::postgres(&url).await),
            Err(_) => crate::left_out::left_out("PostgreSQL", "TANDEM_TEST_POSTGRES is not set"),
        }
        places
    }

    /// Leaves nothing behind.
    pub async fn close(self) {
        if let (Db::Postgres(pool, _), Some((_, schema))) = (&self.db, self.url.split_once("search_path]=")) {
            let text = format!("DROP SCHEMA {schema} CASCADE");
            sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(pool).await.unwrap();
        }
        self.db.close().await;
    }

    /// Runs a statement behind the store's back.
    pub async fn run(&self, text: &'static str) {
        match &self.db {
            Db::Sqlite(_) => {
                let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
                sqlx::raw_sql(text).execute(&mut connection).await.unwrap();
            }
            Db::Postgres(pool, _) => {
                sqlx::raw_sql(text).execute(pool).await.unwrap();
            }
        }
    }

    async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("tandem.db").display());
        Self { name: "SQLite", db: Db::open(&url).await.unwrap(), url, _folder: Some(folder) }
    }

    async fn postgres(url: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let schema = format!("story_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let pool = sqlx::PgPool::connect(url).await.unwrap();
        let text = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&pool).await.unwrap();
        pool.close().await;
        let sign = if url.contains('?') { '&' } else { '?' };
        let url = format!("{url}{sign}options[search_path]={schema}");
        Self { name: "PostgreSQL", db: Db::open(&url).await.unwrap(), url, _folder: None }
    }
}

/// Monday, 23 November 2026, 09:00 in Berlin.
pub fn monday() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 8, 0, 0).unwrap()
}

pub fn minutes(n: i64) -> DateTime<Utc> {
    monday() + TimeDelta::minutes(n)
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Long before everything.
pub fn ever() -> NaiveDate {
    day("2000-01-01")
}

pub fn person(id: &str) -> Person {
    Person {
        id: id.into(),
        name: format!("{id} Öztürk 🙂"),
        lang: Lang::from("de"),
        zone: chrono_tz::Europe::Berlin,
        reach: Reach::Open,
        prefs: Prefs {
            workdays: serde_json::from_str("31").unwrap(),
            days_from: Vec::new(),
            lesson_days: None,
            hour: 9,
            nudges: Nudges::All,
            paused: false,
            told: Told::of(Notice::Participant, day("2026-03-02")),
            permitted: Some(day("2026-03-03")),
        },
    }
}

pub fn round(id: &str) -> Round {
    Round {
        id: id.into(),
        programme: "fuehrerschein".to_owned(),
        name: "Herbst".to_owned(),
        start: day("2026-11-23"),
        zone: chrono_tz::Europe::Berlin,
        land: None,
        places: 20,
        controller: "Verband e. V.".to_owned(),
        privacy_contact: "datenschutz@example.org".to_owned(),
        phase: RoundPhase::Running,
        plans: Default::default(),
        trainers: Vec::new(),
        closed: Vec::new(),
    }
}

/// A running tandem in which a bit of everything has happened.
pub fn tandem(id: &str, round: &Arc<Round>) -> Tandem {
    let (lead, deputy) = (format!("{id}-lead"), format!("{id}-deputy"));
    let mut mind = Mind::new(Stage::Ready);
    mind.talk = Talk::Step { module: "m1".to_owned(), step: "s\"1\0".to_owned() };
    mind.busy_since = Some(monday());
    Tandem {
        id: id.into(),
        round: Arc::clone(round),
        organisation: Some("Rathaus Buxtehude".to_owned()),
        contact: Some("Sekretariat".to_owned()),
        told: None,
        agreed: AGREED_MINUTES,
        promise: Promise::HeadOfDepartment,
        terms: Terms::default(),
        phase: TandemPhase::Running,
        lead: Some(Seat { person: person(&lead), role: Role::Lead, mind }),
        deputy: Some(Seat { person: person(&deputy), role: Role::Deputy, mind: Mind::new(Stage::Times) }),
        entries: vec![
            entry(&format!("{id}-e1"), &lead, "2026-11-23", 45),
            entry(&format!("{id}-e2"), &deputy, "2026-11-24", 30),
        ],
        absences: vec![Absence {
            id: format!("{id}-a").as_str().into(),
            who: lead.as_str().into(),
            days: Days { from: day("2026-12-01"), to: day("2026-12-04") },
            half: None,
            ending: Ending::Open,
            phase: AbsencePhase::Planned,
        }],
        covers: vec![Cover {
            id: format!("{id}-c").as_str().into(),
            absence: format!("{id}-a").as_str().into(),
            days: Days { from: day("2026-12-01"), to: day("2026-12-04") },
            version: 2,
            helper: Some(deputy.as_str().into()),
            phase: CoverPhase::Asked,
            ticks: BTreeSet::from([1, 3]),
            half: None,
            given: BTreeSet::from([0, 1, 3]),
            link: Some("https://example.org/handover".to_owned()),
            neighbours: Vec::new(),
        }],
        agenda: BTreeMap::from([
            (Due::Lesson(Role::Lead), minutes(60)),
            (Due::Chase(format!("{id}-c").as_str().into()), minutes(600)),
        ]),
    }
}

pub fn entry(id: &str, by: &str, on: &str, minutes: u32) -> Entry {
    Entry { id: id.into(), by: Some(by.into()), day: day(on), minutes, made: monday() }
}

/// Keeps a round and this many running tandems `t000`, `t001` …, with chats from 1000 on.
pub async fn settled(db: &Db, round_id: &str, tandems: usize) -> (Arc<Round>, Vec<Tandem>) {
    let round = Arc::new(round(round_id));
    let all: Vec<Tandem> = (0..tandems).map(|n| tandem(&format!("{round_id}-t{n:03}"), &round)).collect();
    let mut tx = db.begin().await.unwrap();
    tx.create_round(&round, monday()).await.unwrap();
    for (address, seat) in (1000..).zip(all.iter().flat_map(|tandem| tandem.seats())) {
        tx.meet(&seat.person, address, monday()).await.unwrap();
    }
    let new: Vec<_> = all.iter().map(|tandem| (None, tandem)).collect();
    tx.save(&new, monday()).await.unwrap();
    tx.commit().await.unwrap();
    (round, all)
}

pub fn owed(to: &PersonId, kind: Kind, occurrence: &str) -> Owed {
    Owed {
        to: to.clone(),
        kind,
        occurrence: occurrence.to_owned(),
        lane: if matches!(kind, Kind::Reply | Kind::Edit) { Lane::Reply } else { Lane::Bulk },
        not_before: monday(),
        expires: None,
        slot: None,
        message: Message::of(say("hello").with("about", occurrence)),
    }
}
