//! `tandem preview`: lessons on phones, one for each language, read anew as their files are saved.
//!
//! Owns: the page's data, and finding a lesson by what an author calls it. The phones are those of the demo, the bot is
//! the bot itself with a trainer on each phone, and what they look at is the trainers' own preview.

mod names;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::phones::{Options, Phones, PhonesClient, SharedPhones};
use super::run::{BOT, TOKEN, stopped};
use super::{remote, site};
use crate::app::elected::Speaker;
use crate::app::flood::Flood;
use crate::app::intake::Intake;
use crate::app::metrics::Metrics;
use crate::app::texts::{Shelf, Texts};
use crate::app::{App, HOME_ZONE, service};
use crate::clock::{Clock, IdSource};
use crate::content::{ProgrammeText, Status};
use crate::domain::ids::{Ids, PersonId};
use crate::domain::lang::Lang;
use crate::domain::pacing::SendLimits;
use crate::domain::programme::{Module, Step, StepKind};
use crate::domain::tandem::{Person, Prefs, Reach};
use crate::domain::tap::{PreviewTap, Seen, StepPlace, Tap, TrainerTap};
use crate::store::Db;

/// Chat of the first phone; the others follow.
const FIRST_CHAT: i64 = 2_001;

const HTML: &str = include_str!("page/preview.html");
const CSS: &str =
    concat!(include_str!("page/page.css"), include_str!("page/phone.css"), include_str!("page/preview.css"));
const JS: &str = concat!(
    "\"use strict\";\n",
    include_str!("page/base.js"),
    include_str!("page/rich.js"),
    include_str!("page/message.js"),
    include_str!("page/phone.js"),
    include_str!("page/composer.js"),
    include_str!("page/clock.js"),
    include_str!("page/tabs.js"),
    include_str!("page/preview.js"),
);

/// A phone in one language.
struct Reader {
    chat: i64,
    person: PersonId,
    lang: Lang,
    name: String,
    status: Status,
}

/// What the page asks about.
struct Preview {
    app: Arc<App>,
    readers: Vec<Reader>,
    programme: u8,
    start: StepPlace,
}

/// Runs until `stop` says true. `lesson` is what to begin with, as `m1/l1` or `m1/mandate`.
///
/// # Errors
/// When there is no such lesson, or the address is taken.
pub async fn run(
    shelf: Shelf,
    lesson: Option<&str>,
    listen: SocketAddr,
    stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let texts = shelf.now();
    let start = names::find(&texts.library, lesson).map_err(anyhow::Error::msg)?;
    let page = TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
    let at = page.local_addr()?;
    let clock = Clock::real();
    let time = clock.clone();
    let options = Options { own: Some((TOKEN.to_owned(), BOT.to_owned())), ..Options::default() };
    let phones = SharedPhones::new(Phones::new(options), Arc::new(move || time.micros()));
    let app = Arc::new(app(shelf, clock, &phones).await?);
    let course = texts.library.programmes.get(usize::from(start.programme)).context("there are no lessons")?;
    let readers = readers(&app, &phones, &texts, course).await?;
    let preview = Arc::new(Preview { app: Arc::clone(&app), readers, programme: start.programme, start });
    let router = Router::new()
        .route("/", get(|| async { site::file("text/html; charset=utf-8", html()) }))
        .route("/page.css", get(|| async { site::file("text/css; charset=utf-8", CSS) }))
        .route("/page.js", get(|| async { site::file("text/javascript; charset=utf-8", JS) }))
        .route("/demo.json", get(beginning))
        .route("/preview.json", get(lessons))
        .with_state(preview)
        .merge(site::words(Arc::clone(&app)))
        .merge(remote::routes(phones));
    println!("Tandem preview: http://{at}");
    let web = tokio::spawn(axum::serve(page, router).with_graceful_shutdown(stopped(stop.clone())).into_future());
    let served = service::run(Arc::clone(&app), Intake::Poll, stop).await;
    web.abort();
    app.db.close().await;
    served.context("the preview stopped")
}

/// The page's frame; what it shares with the demo's is taken from there.
fn html() -> String {
    let between = |from: &str, to: &str| {
        let begin = site::HTML.find(from).unwrap_or_default();
        let end = site::HTML[begin..].find(to).map_or(site::HTML.len(), |end| begin + end + to.len());
        &site::HTML[begin..end]
    };
    let symbols = between("<svg class=\"symbols\"", "</svg>\n\n");
    HTML.replace("<!-- symbols -->", symbols).replace("<!-- phone -->", between("<template", "</template>"))
}

async fn app(texts: Shelf, clock: Clock, phones: &SharedPhones) -> anyhow::Result<App> {
    let db = Db::open_memory().await?;
    let username = std::sync::OnceLock::new();
    let _ = username.set(BOT.to_owned());
    let metrics = Metrics::new(db.kind(), clock.now())?;
    Ok(App {
        db,
        clock,
        ids: IdSource::random(),
        telegram: Arc::new(PhonesClient::new(phones.clone(), TOKEN)),
        texts,
        // Nobody waits for a limit at their own desk.
        limits: SendLimits::Off,
        worker: "preview".to_owned(),
        speaker: Speaker::alone(),
        flood: Flood::new(false),
        public_url: None,
        username,
        offset: std::sync::atomic::AtomicI64::new(0),
        metrics,
    })
}

/// A trainer for each language of the programme, the source first; each has asked for the preview.
async fn readers(
    app: &App,
    phones: &SharedPhones,
    texts: &Texts,
    course: &ProgrammeText,
) -> anyhow::Result<Vec<Reader>> {
    let mut languages: Vec<(&String, Status)> = course.languages.iter().map(|(code, status)| (code, *status)).collect();
    languages.sort_by_key(|(_, status)| match status {
        Status::Source => 0,
        Status::Live => 1,
        Status::Draft => 2,
    });
    let mut readers = Vec::new();
    let mut tx = app.db.begin().await?;
    for (chat, (code, status)) in (FIRST_CHAT..).zip(languages) {
        let lang = Lang(code.clone());
        let name = texts.words.language_name(&lang);
        let person = Person {
            id: PersonId(app.ids.clone().id()),
            name: name.clone(),
            lang: lang.clone(),
            zone: HOME_ZONE,
            reach: Reach::Open,
            prefs: Prefs::default(),
        };
        tx.meet(&person, chat, app.clock.now()).await?;
        tx.make_trainer(&person.id).await?;
        readers.push(Reader { chat, person: person.id, lang, name, status });
    }
    tx.commit().await?;
    phones.with(|phones, now| {
        readers.iter().try_for_each(|reader| {
            let app_speaks = reader.lang.code().split('-').next().unwrap_or_default();
            phones.person(reader.chat, &reader.name, app_speaks)?;
            phones.starts(TOKEN, reader.chat)?;
            phones.says(now, TOKEN, reader.chat, "/preview").map(drop)
        })
    })?;
    Ok(readers)
}

async fn beginning(State(preview): State<Arc<Preview>>) -> Response {
    let phones: Vec<Value> = preview
        .readers
        .iter()
        .map(|reader| {
            let status = match reader.status {
                Status::Source => "source",
                Status::Live => "live",
                Status::Draft => "draft",
            };
            let code = reader.lang.code();
            json!({"chat": reader.chat, "role": code, "name": reader.name, "language": code, "status": status})
        })
        .collect();
    let words = preview.app.words();
    let languages: Vec<&str> = words.languages().iter().map(Lang::code).collect();
    let follows = preview.app.texts.folder().is_some();
    axum::Json(json!({"bot": BOT, "token": TOKEN, "phones": phones, "languages": languages, "follows": follows}))
        .into_response()
}

/// The lessons with their steps as the files have them now, and what was wrong with them when they were saved last.
async fn lessons(State(preview): State<Arc<Preview>>) -> Response {
    let news = preview.app.texts.news();
    let texts = preview.app.texts.now();
    let course = texts.library.programmes.get(usize::from(preview.programme));
    let lessons = course.map(|course| preview.lessons(course)).unwrap_or_default();
    let findings: Vec<String> = news.refused.iter().map(ToString::to_string).collect();
    let start = lessons.iter().find(|lesson| lesson["place"] == names::lesson(preview.start));
    let start = json!({"lesson": start.map(|lesson| &lesson["id"]), "place": names::step(preview.start)});
    axum::Json(json!({"version": news.version, "findings": findings, "lessons": lessons, "start": start}))
        .into_response()
}

impl Preview {
    fn lessons(&self, course: &ProgrammeText) -> Vec<Value> {
        let mut lessons = Vec::new();
        for (module, part) in names::parts(&course.programme) {
            for (lesson, found) in (0_u8..).zip(&part.lessons) {
                let at = StepPlace { programme: self.programme, module, lesson, step: 0 };
                let steps = (0_u8..).zip(&found.steps);
                let steps: Vec<Value> =
                    steps.map(|(step, known)| self.step(course, part, known, StepPlace { step, ..at })).collect();
                let text = course.lesson_text(&part.id, &found.id, &course.source);
                let title = text.map_or(found.id.as_str(), |(text, _)| text.title.as_str());
                let id = format!("{}/{}", part.id, found.id);
                lessons.push(json!({"id": id, "title": title, "place": names::lesson(at), "steps": steps}));
            }
        }
        lessons
    }

    fn step(&self, course: &ProgrammeText, module: &Module, step: &Step, at: StepPlace) -> Value {
        let lesson = module.lessons.get(usize::from(at.lesson));
        let words = lesson.and_then(|lesson| course.lesson_text(&module.id, &lesson.id, &course.source));
        let title = words.and_then(|(text, _)| text.step(&step.id)?.title.clone());
        let tap = Tap::Trainer(TrainerTap::Preview(PreviewTap::Step(at, Seen::Open(0))));
        let data: BTreeMap<String, String> =
            self.readers.iter().map(|reader| (reader.chat.to_string(), tap.encode(Some(&reader.person)))).collect();
        json!({
            "title": title.unwrap_or_else(|| step.id.clone()),
            "kind": kind(&step.kind),
            "place": names::step(at),
            "data": data,
        })
    }
}

/// As `module.toml` calls it: that is what an author looks for.
fn kind(kind: &StepKind) -> &'static str {
    match kind {
        StepKind::Card { .. } => "card",
        StepKind::Choice { .. } => "choice",
        StepKind::Multi { .. } => "multi",
        StepKind::Write { .. } => "write",
        StepKind::Checklist { .. } => "checklist",
        StepKind::Link => "link",
        StepKind::Reflect => "reflect",
        StepKind::Questionnaire { .. } => "questionnaire",
    }
}
