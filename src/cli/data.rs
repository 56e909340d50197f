//! Reports, sample data, erasure, retention, the audit log.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use tandem::app::report::{self, Format};
use tandem::app::{App, HOME_ZONE, erase, mydata, publish};
use tandem::clock::IdSource;
use tandem::config::Config;
use tandem::domain::calendar::{self, Week};
use tandem::domain::hours;
use tandem::domain::ids::{Ids, PersonId, RoundId, TandemId};
use tandem::domain::lang::Lang;
use tandem::domain::notice::{Notice, Told};
use tandem::domain::tandem::{
    AGREED_MINUTES, Due, Mind, Person, Plans, Prefs, Promise, Reach, Role, Round, RoundPhase, Seat, Stage, Tandem,
    TandemPhase, Terms,
};
use tandem::store::{Action, RETENTION, Synthetic, Who};

use super::setup;

/// The programme of a synthetic round.
const SAMPLE_PROGRAMME: &str = "fuehrerschein";

/// `tandem report`.
pub async fn report(config: &Config, round: &str, format: Format, out: &Path, language: &str) -> anyhow::Result<()> {
    let app = setup::app(config).await?;
    let bytes = report::as_file(&app, &RoundId(round.to_owned()), format, &Lang::from(language)).await?;
    let mut tx = app.db.begin().await?;
    tx.note(Who::Operator, Action::ReportRead, Some(round), app.clock.now()).await?;
    tx.commit().await?;
    std::fs::write(out, bytes).with_context(|| format!("cannot write {}", out.display()))?;
    println!("Written to {}.", out.display());
    Ok(())
}

/// `tandem erase`.
pub async fn erase(config: &Config, chat: i64) -> anyhow::Result<()> {
    let app = setup::app(config).await?;
    if erase::erase(&app, chat).await? {
        println!("Everything about this person is erased.");
        Ok(())
    } else {
        anyhow::bail!("nobody is known by the chat id {chat}")
    }
}

/// `tandem export`. The file is its owner's alone from the first byte on.
pub async fn export(config: &Config, chat: i64, out: &Path) -> anyhow::Result<()> {
    let app = setup::app(config).await?;
    let Some(bytes) = mydata::for_chat(&app, chat).await? else {
        anyhow::bail!("nobody is known by the chat id {chat}");
    };
    let written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(out);
    let written = written.and_then(|mut file| file.write_all(&bytes));
    written.with_context(|| format!("cannot write {}", out.display()))?;
    println!("Written to {}. Give it to that person alone, and delete it then.", out.display());
    Ok(())
}

/// `tandem purge`.
pub async fn purge(config: &Config, dry_run: bool) -> anyhow::Result<()> {
    let app = setup::app(config).await?;
    let mut tx = app.db.begin().await?;
    let gone = tx.purge(app.clock.now(), dry_run).await?;
    if !dry_run {
        tx.note(Who::Operator, Action::Purged, None, app.clock.now()).await?;
    }
    tx.commit().await?;
    for ((what, count), keep) in gone.into_iter().zip(RETENTION) {
        println!("{count:>8}  {what}: kept for {} days after {}", keep.days, keep.since());
    }
    println!("{}", if dry_run { "Nothing was deleted." } else { "Deleted." });
    Ok(())
}

/// `tandem audit`.
pub async fn audit(config: &Config, json: bool) -> anyhow::Result<()> {
    let app = setup::app(config).await?;
    let noted = app.db.read().await?.noted().await?;
    if json {
        let as_json = noted.iter().map(|noted| {
            serde_json::json!({
                "at": noted.at.to_rfc3339(),
                "role": noted.role,
                "person": noted.person,
                "action": noted.action.code(),
                "round": noted.subject,
            })
        });
        println!("{}", serde_json::to_string_pretty(&as_json.collect::<Vec<_>>())?);
        return Ok(());
    }
    for noted in noted {
        let (person, round) = (noted.person.as_deref().unwrap_or("-"), noted.subject.as_deref().unwrap_or("-"));
        let at = noted.at.format("%Y-%m-%d %H:%M:%S");
        println!("{at}  {:<8}  {person:<12}  {:<15}  {round}", noted.role, noted.action.code());
    }
    Ok(())
}

/// `tandem backup`. The schema stays as it is: whoever is about to upgrade wants what was before.
pub async fn backup(config: &Config, file: &Path) -> anyhow::Result<()> {
    let copy = tandem::store::backup(&config.database_url, file).await?;
    for (table, rows) in copy.tables {
        println!("{rows:>8}  {table}");
    }
    println!("Written to {} (schema {}), opened and found whole.", file.display(), copy.schema);
    Ok(())
}

/// `tandem sample-data`.
pub async fn sample(
    config: &Config,
    tandems: u32,
    seed: u64,
    first_chat: i64,
    trainer_chat: Option<i64>,
) -> anyhow::Result<()> {
    if !(1..=500_000).contains(&tandems) {
        anyhow::bail!("--tandems must be 1 to 500000");
    }
    let Some(end) = first_chat.checked_add(2 * i64::from(tandems)).filter(|_| first_chat > 0) else {
        anyhow::bail!("--first-chat-id must be above zero and leave room for all chats");
    };
    if trainer_chat.is_some_and(|chat| chat <= 0 || (first_chat..end).contains(&chat)) {
        anyhow::bail!("--trainer-chat must be above zero and none of the people's chats");
    }
    let app = setup::app(config).await?;
    let mut tx = app.db.begin().await?;
    if !tx.is_empty().await? {
        anyhow::bail!("the database is in use; sample data goes into an empty one");
    }
    let now = app.clock.now();
    let mut ids = IdSource::seeded(seed);
    let trainer = match trainer_chat {
        Some(chat) => {
            let trainer = person(&mut ids, "Trainer", Notice::Trainer, now);
            tx.meet(&trainer, chat, now).await?;
            tx.make_trainer(&trainer.id).await?;
            vec![trainer.id]
        }
        None => Vec::new(),
    };
    let round = Arc::new(round(&app, &mut ids, tandems, now, trainer));
    tx.create_round(&round, now).await?;
    let release = app.library().programme(SAMPLE_PROGRAMME).map(|text| text.programme.release.clone());
    let mut chat = first_chat;
    let rows = (0..tandems).map(|nth| {
        let lead = chat;
        chat += 2;
        Synthetic { tandem: tandem(&mut ids, &round, nth, release.as_deref(), now), lead, deputy: lead + 1 }
    });
    tx.fill(rows, now).await?;
    publish::plan_surveys(&mut tx, &app.library(), &round, round.start).await?;
    tx.publish_edition(&round.id, publish::weeks_since(&round, now), now).await?;
    let quiet = publish::next(&round, now + TimeDelta::days(1));
    tx.set_due(&[round.id.as_str()], publish::EDITION, quiet).await?;
    tx.commit().await?;
    println!("{}", serde_json::json!({"round": round.id, "people": 2 * u64::from(tandems)}));
    Ok(())
}

fn person(ids: &mut IdSource, name: &str, notice: Notice, now: DateTime<Utc>) -> Person {
    let today = calendar::local_date(now, HOME_ZONE);
    Person {
        id: PersonId(ids.id()),
        name: name.to_owned(),
        lang: Lang::source(),
        zone: HOME_ZONE,
        reach: Reach::Open,
        prefs: Prefs { told: Told::of(notice, today), ..Prefs::default() },
    }
}

fn round(app: &App, ids: &mut IdSource, places: u32, now: DateTime<Utc>, trainers: Vec<PersonId>) -> Round {
    Round {
        id: RoundId(ids.id()),
        programme: SAMPLE_PROGRAMME.to_owned(),
        name: app.library().programme_title(SAMPLE_PROGRAMME, &Lang::source()),
        start: calendar::local_date(now, HOME_ZONE),
        zone: HOME_ZONE,
        land: None,
        places,
        controller: "Sample".to_owned(),
        privacy_contact: "sample@example.org".to_owned(),
        phase: RoundPhase::Running,
        plans: Plans::default(),
        trainers,
        closed: Vec::new(),
    }
}

/// Two people who are ready; their first lesson and the week's message are more than a day away.
fn tandem(ids: &mut IdSource, round: &Arc<Round>, nth: u32, release: Option<&str>, now: DateTime<Utc>) -> Tandem {
    let quiet = now + TimeDelta::hours(25);
    let next = release
        .and_then(|expression| calendar::Release::parse(expression).ok())
        .and_then(|release| release.next(HOME_ZONE, quiet))
        .unwrap_or(quiet);
    let seat = |person, role| Some(Seat { person, role, mind: Mind::new(Stage::Ready) });
    let mut participant = |name| person(ids, name, Notice::Participant, now);
    let (lead, deputy) = (participant(&format!("Lead {nth}")), participant(&format!("Deputy {nth}")));
    Tandem {
        id: TandemId(ids.id()),
        round: Arc::clone(round),
        organisation: Some(format!("Organisation {nth}")),
        contact: None,
        told: None,
        agreed: AGREED_MINUTES,
        promise: Promise::Board,
        terms: Terms::default(),
        phase: TandemPhase::Running,
        lead: seat(lead, Role::Lead),
        deputy: seat(deputy, Role::Deputy),
        entries: Vec::new(),
        absences: Vec::new(),
        covers: Vec::new(),
        agenda: BTreeMap::from([
            (Due::Lesson(Role::Lead), next),
            (Due::Lesson(Role::Deputy), next),
            (Due::Close, hours::closes_at(Week::of(round.start), round.zone)),
        ]),
    }
}
