//! The world of a story: one bot with its database, the server with its phones, and a clock that only moves
//! when the story says so, from one thing that is due to the next.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Datelike, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use tandem::app::batch::Ready;
use tandem::app::deliver::Deliver;
use tandem::app::elected::Speaker;
use tandem::app::flood::Flood;
use tandem::app::metrics::Metrics;
use tandem::app::texts::{Shelf, Texts};
use tandem::app::{App, AppError, intake, plan, report, rounds, service};
use tandem::clock::{Clock, IdSource};
use tandem::content::{Library, Source};
use tandem::demo::botapi;
use tandem::demo::phones::{Author, Options, Phones, PhonesClient, SharedPhones};
use tandem::domain::ids::{Ids, RoundId};
use tandem::domain::lang::Lang;
use tandem::domain::pacing::SendLimits;
use tandem::l10n::Words;
use tandem::store::{Db, Purpose, hash};
use tandem::telegram::client::Client;
use tandem::telegram::port::{Refusal, Telegram};
use tokio::sync::Mutex;

use super::database::{Lock, Place};
use super::errors;
use super::person::{self, Person, Seen};

pub mod feeds;
mod lessons;
mod misfortune;

/// The bot's token on the server.
pub const TOKEN: &str = "4711:story-token";

/// Where the bot says that it is reached.
pub const PUBLIC_URL: &str = "https://tandem.example";

/// Where stories take place, unless they say otherwise.
pub const HOME: Tz = chrono_tz::Europe::Berlin;

/// How long a story waits, on its own clock, for answers that are paced.
const PATIENCE: TimeDelta = TimeDelta::seconds(40);

/// A world; clones are the same one.
#[derive(Clone)]
pub struct World(Arc<Inner>);

struct Inner {
    clock: Clock,
    phones: SharedPhones,
    place: Place,
    ids: IdSource,
    texts: Texts,
    telegram: Arc<dyn Telegram>,
    engine: Mutex<Engine>,
    people: AtomicI64,
    workers: AtomicU64,
    /// Whether something was still owed when the world last came to rest.
    undrained: AtomicBool,
    seen: std::sync::Mutex<HashMap<i64, Seen>>,
}

/// One process: what a restart replaces.
struct Engine {
    app: Arc<App>,
    deliver: Deliver,
}

/// A round and the code of its link.
#[derive(Clone, Debug)]
pub struct Round {
    pub id: RoundId,
    pub code: String,
}

impl World {
    /// Monday, 2 March 2026, 08:00 in Berlin; a database in memory; the server in this process.
    pub async fn new() -> Self {
        Self::at(Place::Memory, Mouth::InProcess).await
    }

    /// With a database that the story can look into from outside.
    pub async fn on_disk() -> Self {
        Self::at(Place::file(), Mouth::InProcess).await
    }

    /// Between the bot and the server: real requests over a real socket.
    pub async fn over_http() -> Self {
        Self::at(Place::Memory, Mouth::Http).await
    }

    /// With somebody between the bot and the server.
    pub async fn with_port(between: fn(Arc<dyn Telegram>) -> Arc<dyn Telegram>) -> Self {
        Self::at(Place::Memory, Mouth::Between(between)).await
    }

    /// On PostgreSQL, where the tests have one.
    pub async fn on_postgres(schema: &str) -> Option<Self> {
        Some(Self::at(Place::postgres(schema).await?, Mouth::InProcess).await)
    }

    /// With other lessons than those that are built in.
    pub async fn teaching(library: Library) -> Self {
        let words = Words::built_in().expect("locales that can be used");
        Self::with(Place::Memory, Mouth::InProcess, Texts::new(library, words)).await
    }

    async fn at(place: Place, mouth: Mouth) -> Self {
        Self::with(place, mouth, texts()).await
    }

    async fn with(place: Place, mouth: Mouth, texts: Texts) -> Self {
        errors::listen();
        errors::take();
        let start = HOME.with_ymd_and_hms(2026, 3, 2, 8, 0, 0).unwrap().to_utc();
        let clock = Clock::manual(start);
        let phones = phones(&clock);
        let telegram: Arc<dyn Telegram> = match mouth {
            Mouth::InProcess => Arc::new(PhonesClient::new(phones.clone(), TOKEN)),
            Mouth::Http => Arc::new(client(phones.clone()).await),
            Mouth::Between(between) => between(Arc::new(PhonesClient::new(phones.clone(), TOKEN))),
        };
        let ids = IdSource::seeded(42);
        let db = place.open().await;
        let app = process(&db, &clock, &ids, &telegram, &texts, "worker-0").await;
        let engine = Mutex::new(Engine { deliver: Deliver::new(Arc::clone(&app)), app });
        let (people, workers) = (AtomicI64::new(100), AtomicU64::new(0));
        let undrained = AtomicBool::new(false);
        let seen = std::sync::Mutex::default();
        Self(Arc::new(Inner { clock, phones, place, ids, texts, telegram, engine, people, workers, undrained, seen }))
    }

    /// Somebody with a phone; the app's language is German unless changed.
    pub fn person(&self, name: &str) -> Person {
        let id = self.0.people.fetch_add(1, Ordering::Relaxed);
        self.0.phones.with(|phones, _| phones.person(id, name, "de")).expect("a person");
        Person::new(self.clone(), id, name)
    }

    /// A trainer, let in by a one-time invitation.
    pub async fn trainer(&self, name: &str) -> Person {
        let trainer = self.person(name);
        let code = self.trainer_code().await;
        trainer.says(&format!("/start {code}")).await;
        trainer.taps("Verstanden").await;
        trainer
    }

    /// A trainer's invitation, as the operator prints it.
    pub async fn trainer_code(&self) -> String {
        let code = self.0.ids.clone().secret();
        let app = self.app().await;
        let mut tx = app.db.begin().await.unwrap();
        tx.issue(&hash(&code), Purpose::Trainer, "", 1, self.now() + TimeDelta::days(14)).await.unwrap();
        tx.commit().await.unwrap();
        code
    }

    /// A round created on the command line; its trainer, if any, is in already.
    pub async fn round(&self, start: &str, zone: &str, trainer: Option<&Person>) -> Round {
        self.round_named("Frühjahr", start, zone, trainer).await
    }

    /// The same under a name of its own.
    pub async fn round_named(&self, name: &str, start: &str, zone: &str, trainer: Option<&Person>) -> Round {
        let new = rounds::NewRound {
            programme: "fuehrerschein".to_owned(),
            start: start.parse().expect("a date"),
            places: 20,
            name: Some(name.to_owned()),
            controller: String::new(),
            privacy_contact: String::new(),
            land: None,
            zone: zone.parse().expect("a time zone"),
            trainer: trainer.map(Person::id),
        };
        let app = self.app().await;
        let (id, code) = rounds::create(&app, new).await.expect("a round");
        drop(app);
        self.settle().await;
        Round { id, code }
    }

    /// Two colleagues who joined a round of their own that starts tomorrow: lessons come on Tuesdays and
    /// Thursdays at ten, from tomorrow on.
    pub async fn tandem(&self, lead: &str, deputy: &str, zone: &str) -> (Person, Person) {
        let tomorrow = self.now().with_timezone(&HOME).date_naive() + TimeDelta::days(1);
        let round = self.round(&tomorrow.to_string(), zone, None).await;
        self.joins(&round, lead, deputy).await
    }

    /// Two colleagues join a round in as few taps as there are.
    pub async fn joins(&self, round: &Round, lead: &str, deputy: &str) -> (Person, Person) {
        let (lead, deputy) = (self.person(lead), self.person(deputy));
        lead.says(&format!("/start {}", round.code)).await;
        lead.taps("Verstanden").await;
        lead.says(&format!("Verein {}", lead.name())).await;
        lead.taps("Ja, Vorstand/Leitung").await;
        lead.taps("Passt").await;
        deputy.opens(&lead.shared_link()).await;
        deputy.taps("Ich bin dabei").await;
        deputy.taps("Passt").await;
        (lead, deputy)
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// Moves on to the next such local time in Berlin ("Mon 09:00"), doing on the way all that is due.
    pub async fn until(&self, when: &str) {
        let (day, time) = when.split_once(' ').expect("a weekday and a time");
        let day: Weekday = day.parse().expect("a weekday");
        let time = NaiveTime::parse_from_str(time, "%H:%M").expect("a time");
        let mut date = self.now().with_timezone(&HOME).date_naive();
        while date.weekday() != day || local(date.and_time(time)) <= self.now() {
            date += TimeDelta::days(1);
        }
        self.moves_to(local(date.and_time(time))).await;
    }

    /// Moves on to a local time in Berlin ("2026-03-10 10:00").
    pub async fn until_date(&self, when: &str) {
        let at = NaiveDateTime::parse_from_str(when, "%Y-%m-%d %H:%M").expect("a date and a time");
        self.moves_to(local(at)).await;
    }

    /// Moves on by so much.
    pub async fn advance(&self, by: TimeDelta) {
        self.moves_to(self.now() + by).await;
    }

    async fn moves_to(&self, at: DateTime<Utc>) {
        assert!(at > self.now(), "{at} is past");
        self.forget_screens();
        loop {
            let next = self.rest().await.unwrap_or(at).min(at);
            if next > self.now() {
                self.0.clock.set(next);
            }
            if next >= at {
                self.settle().await;
                return;
            }
        }
    }

    /// Lets the bot do all that can be done now; what is paced may take some seconds.
    pub async fn settle(&self) {
        let until = self.now() + PATIENCE;
        while let Some(next) = self.rest().await.filter(|next| *next <= until) {
            self.0.clock.set(next);
        }
    }

    /// Does what can be done at this very instant; says when there is more to do.
    async fn rest(&self) -> Option<DateTime<Utc>> {
        let mut engine = self.0.engine.lock().await;
        let engine = &mut *engine;
        loop {
            let heard = hear(engine).await;
            let due = loop {
                let (ready, next) = plan::tick(&engine.app).await.expect("what is due can be done");
                pass_on(engine, ready).await;
                match next {
                    Some(at) if at <= self.now() => {}
                    later => break later,
                }
            };
            let sent = engine.deliver.tick().await.expect("what is owed can be sent");
            if !heard && self.0.phones.with(|phones, _| phones.pending_updates(TOKEN)) == 0 {
                self.note_what_is_owed(&engine.app, sent).await;
                return [due, sent].into_iter().flatten().min();
            }
        }
    }

    /// At rest nothing may be owed that could have been sent, unless it waits for its turn.
    async fn note_what_is_owed(&self, app: &App, paced: Option<DateTime<Utc>>) {
        let next = app.db.read().await.unwrap().next_owed().await.unwrap();
        let overdue = [next.reply, next.bulk].into_iter().flatten().any(|at| at <= self.now());
        self.0.undrained.store(overdue && paced.is_none(), Ordering::Relaxed);
    }

    /// The program is stopped and, ten seconds later, started again.
    pub async fn restart(&self) {
        let mut engine = self.0.engine.lock().await;
        engine.deliver.finish().await.expect("the last results are written");
        self.0.clock.set(self.now() + TimeDelta::seconds(10));
        self.new_process(&mut engine).await;
    }

    async fn new_process(&self, engine: &mut Engine) {
        let worker = format!("worker-{}", self.0.workers.fetch_add(1, Ordering::Relaxed) + 1);
        let inner = &self.0;
        let db = engine.app.db.clone();
        let app = process(&db, &inner.clock, &inner.ids, &inner.telegram, &inner.texts, &worker).await;
        *engine = Engine { deliver: Deliver::new(Arc::clone(&app)), app };
    }

    /// Somebody writes in a group that the bot was added to.
    pub async fn group_hears(&self, group: i64, who: &Person, text: &str) {
        self.phones(|phones, now| {
            phones.group(now, TOKEN, group, "Unser Team", who.id()).expect("a group");
            phones.says_in_group(now, TOKEN, group, who.id(), text).expect("a message");
        });
        self.settle().await;
    }

    /// What the bot has written in a group.
    pub fn group_chat(&self, group: i64) -> String {
        self.phones(|phones, _| {
            let chat = phones.chat(TOKEN, group).expect("the group");
            let from_bot = chat.visible().filter(|m| m.author == Author::Bot);
            from_bot.map(|m| m.body.text.clone()).collect::<Vec<_>>().join("\n――――\n")
        })
    }

    /// The round's report as a file.
    pub async fn report(&self, round: &Round, lang: &str) -> String {
        let app = self.app().await;
        let bytes = report::as_file(&app, &round.id, report::Format::Md, &Lang::from(lang)).await.expect("a report");
        String::from_utf8(bytes).expect("text")
    }

    /// Counts rows behind the program's back.
    pub async fn count(&self, question: &str) -> i64 {
        self.0.place.count(question).await
    }

    /// Somebody else writes to the database, until this is dropped.
    pub async fn locks_database(&self) -> Lock {
        self.0.place.lock().await
    }

    /// How often the server answered with this status so far.
    pub fn answered(&self, status: u16) -> u64 {
        self.0.phones.with(|phones, _| phones.record().by_status.get(&status).copied().unwrap_or(0))
    }

    /// Messages that nobody asked for: how many people got more than one of them on a day, and more than three in a
    /// week. Needs a database that can be looked into.
    pub async fn too_many_unasked(&self) -> (i64, i64) {
        let people = |span: &str, most: u32| {
            format!(
                "SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE kind IN ('lesson', 'reminder', 'week', 'news')
                    AND state = 'sent' GROUP BY person_id, {span} HAVING COUNT(*) > {most}) AS too_many"
            )
        };
        // Days since 1970 in UTC; the fourth of them was a Monday's eve.
        let (day, week) = ("settled / 86400000000", "(settled / 86400000000 + 3) / 7");
        (self.count(&people(day, 1)).await, self.count(&people(week, 3)).await)
    }

    pub async fn app(&self) -> Arc<App> {
        Arc::clone(&self.0.engine.lock().await.app)
    }

    pub fn phones<R>(&self, act: impl FnOnce(&mut Phones, i64) -> R) -> R {
        self.0.phones.with(act)
    }

    /// From here on, whatever comes is new on everybody's screen.
    fn forget_screens(&self) {
        for id in 100..self.0.people.load(Ordering::Relaxed) {
            person::forget(self, id);
        }
    }

    pub(super) fn seen<R>(&self, act: impl FnOnce(&mut HashMap<i64, Seen>) -> R) -> R {
        act(&mut self.0.seen.lock().expect("nobody panicked meanwhile"))
    }
}

enum Mouth {
    InProcess,
    Http,
    Between(fn(Arc<dyn Telegram>) -> Arc<dyn Telegram>),
}

impl Drop for Inner {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let logged = errors::take();
        assert!(logged.is_empty(), "the bot logged errors: {logged:#?}");
        assert!(!self.undrained.load(Ordering::Relaxed), "messages are owed that could have been sent");
    }
}

/// Takes the updates at hand; whether there were any.
async fn hear(engine: &mut Engine) -> bool {
    match intake::once(&engine.app).await {
        Ok(Some(ready)) => {
            pass_on(engine, ready).await;
            true
        }
        Ok(None) => false,
        Err(AppError::Telegram(Refusal::NoAnswer | Refusal::Server(_) | Refusal::TooMany(_))) => true,
        Err(error) => panic!("updates can be taken and kept: {error}"),
    }
}

async fn pass_on(engine: &mut Engine, ready: Ready) {
    for toast in ready.toasts {
        // A press that is answered too late, or whose answer is lost, is nobody's loss.
        let _ = engine.app.telegram.answer_press(&toast.query, toast.note.as_deref()).await;
    }
    engine.deliver.take(ready.jobs);
}

async fn process(
    db: &Db,
    clock: &Clock,
    ids: &IdSource,
    telegram: &Arc<dyn Telegram>,
    texts: &Texts,
    worker: &str,
) -> Arc<App> {
    let app = App {
        db: db.clone(),
        clock: clock.clone(),
        ids: ids.clone(),
        telegram: Arc::clone(telegram),
        texts: Shelf::new(texts.clone()),
        limits: SendLimits::Telegram,
        worker: worker.to_owned(),
        speaker: Speaker::alone(),
        flood: Flood::new(true),
        public_url: Some(PUBLIC_URL.parse().expect("an address")),
        username: OnceLock::new(),
        offset: AtomicI64::new(0),
        metrics: Metrics::new(db.kind(), clock.now()).expect("metrics"),
    };
    let me = telegram.me().await.expect("the bot's name");
    let _ = app.username.set(me.username);
    service::open(&app).await.expect("the service opens");
    Arc::new(app)
}

fn phones(clock: &Clock) -> SharedPhones {
    let own = Some((TOKEN.to_owned(), "tandem_story_bot".to_owned()));
    let time = clock.clone();
    SharedPhones::new(Phones::new(Options { own, ..Options::default() }), Arc::new(move || time.micros()))
}

async fn client(phones: SharedPhones) -> Client {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(botapi::serve(listener, phones, std::future::pending()));
    Client::new(TOKEN, Some(&address.parse().expect("an address"))).expect("a client")
}

/// Lessons and sentences are the same in every story: read once.
fn texts() -> Texts {
    static TEXTS: OnceLock<Texts> = OnceLock::new();
    let read = || {
        let library = Library::load(Source::BuiltIn).unwrap_or_else(|findings| panic!("{findings:#?}"));
        let words = Words::built_in().unwrap_or_else(|problem| panic!("{problem}"));
        Texts::new(library, words)
    };
    TEXTS.get_or_init(read).clone()
}

fn local(at: NaiveDateTime) -> DateTime<Utc> {
    HOME.from_local_datetime(&at).earliest().expect("a time that exists").to_utc()
}
