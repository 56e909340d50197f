//! The week's digest in a trainer's chat: at most three sentences to act on, one picture, buttons to the rest.
//!
//! Owns: its words and when it is sent. Which findings there are is decided in `domain::digest`, from published figures.
//! What participants ask comes by itself (`letters`).

use super::batch::Batch;
use super::{App, Result};
use crate::domain::digest::{Digest, Finding, findings};
use crate::domain::effect::{Kind, Owed};
use crate::domain::ids::{Ids, PersonId};
use crate::domain::lang::Lang;
use crate::domain::message::{Arg, Button, Label, Line, Message, Press, button, say};
use crate::domain::pacing::Lane;
use crate::domain::picture::{Drawing, Progress, Reached};
use crate::domain::record::Shortfall;
use crate::domain::report::{Figures, Part, Share};
use crate::domain::tandem::{Reach, RoundPhase};
use crate::domain::tap::{RoundTap, Tap, TrainerTap};
use crate::domain::trainer::{RoundCard, Trainer};
use crate::store::DIGEST;

/// Lessons in the picture, the newest.
const LESSONS: usize = 6;

/// Rounds that get a button.
const BUTTONS: usize = 3;

/// As much of a title as a sentence names, in characters.
const NAMED: usize = 60;

/// Plans a trainer's next digest, or none.
pub async fn plan(batch: &mut Batch<'_>, trainer: &Trainer) -> Result<()> {
    let owner = [trainer.person.id.as_str()];
    match trainer.digest.next(&trainer.person, batch.now) {
        Some(at) => batch.tx.set_due(&owner, DIGEST, at).await?,
        None => batch.tx.clear_due(&owner, DIGEST).await?,
    }
    Ok(())
}

/// It is time: sends what there is to say, or once that there is nothing yet.
pub async fn due(batch: &mut Batch<'_>, person: &PersonId) -> Result<()> {
    batch.tx.clear_due(&[person.as_str()], DIGEST).await?;
    let Some(trainer) = batch.tx.trainers(std::slice::from_ref(person)).await?.pop() else { return Ok(()) };
    let on_its_day = trainer.digest.day == Some(weekday(batch, &trainer));
    plan(batch, &trainer).await?;
    // What was planned by a migration, or before the day was changed, comes on its day.
    if !on_its_day || trainer.person.reach != Reach::Open {
        return Ok(());
    }
    let mut running = Vec::new();
    for card in trainer.rounds.iter().filter(|card| card.phase == RoundPhase::Running) {
        running.push((card, batch.tx.figures(&card.id, batch.now).await?));
    }
    if running.is_empty() {
        return Ok(());
    }
    let lang = trainer.person.lang.clone();
    let (message, told) = match message(batch.app, &running, &lang) {
        Some(message) => (message, false),
        None if trainer.digest.told => return Ok(()),
        None => (nothing_yet(&running), true),
    };
    if told != trainer.digest.told {
        batch.tx.keep_digest(person, &Digest { told, ..trainer.digest }).await?;
    }
    let occurrence = format!("digest:{}", batch.app.ids.clone().id());
    batch.owe(Owed {
        to: person.clone(),
        kind: Kind::Notice,
        occurrence,
        lane: Lane::Bulk,
        not_before: batch.now,
        expires: Some(batch.now + chrono::TimeDelta::days(2)),
        slot: None,
        message,
    });
    Ok(())
}

fn weekday(batch: &Batch<'_>, trainer: &Trainer) -> chrono::Weekday {
    use chrono::Datelike;
    crate::domain::calendar::local_date(batch.now, trainer.person.zone).weekday()
}

fn message(app: &App, running: &[(&RoundCard, Figures)], lang: &Lang) -> Option<Message> {
    let mut message = Message::of(say("digest-title"));
    let mut left = crate::domain::digest::SENTENCES;
    let mut picture = None;
    for (card, figures) in running {
        let found: Vec<Finding<'_>> = findings(figures).into_iter().take(left).collect();
        left -= found.len();
        if found.is_empty() {
            continue;
        }
        if running.len() > 1 {
            message = message.and(say("digest-round").with("round", Arg::Text(card.name.clone())));
        }
        message = found.iter().fold(message, |message, finding| message.and(sentence(app, card, lang, finding)));
        picture = picture.or_else(|| drawing(app, card, figures, lang));
    }
    if left == crate::domain::digest::SENTENCES {
        return None;
    }
    Some(Message { picture, ..buttons(message, running) })
}

fn nothing_yet(running: &[(&RoundCard, Figures)]) -> Message {
    buttons(Message::of(say("digest-nothing-yet")), running)
}

fn buttons(message: Message, running: &[(&RoundCard, Figures)]) -> Message {
    let report = |card: &RoundCard| {
        let label = match running {
            [_] => Label::Say(say("button-report")),
            _ => Label::Name(card.name.clone()),
        };
        [Button { label, press: Press::Tap(Tap::Trainer(TrainerTap::On(card.id.clone(), RoundTap::Report))) }]
    };
    let message = running.iter().take(BUTTONS).fold(message, |message, (card, _)| message.row(report(card)));
    message.row([
        button(say("button-dashboard"), Tap::Trainer(TrainerTap::Dashboard)),
        button(say("button-digest-day"), Tap::Trainer(TrainerTap::Settings)),
    ])
}

/// A finding as a sentence that says what can be done.
fn sentence(app: &App, card: &RoundCard, lang: &Lang, finding: &Finding<'_>) -> Line {
    let library = &app.library();
    let part = |part: Part| match part {
        Part::Count(count) => say("digest-count").with("count", i64::from(count)),
        Part::AlmostAll => say("digest-almost-all"),
        Part::Hidden => say("digest-some"),
    };
    let share = |share: Share| match share {
        Share::Percent(share) => say("digest-share").with("share", i64::from(share)),
        Share::AlmostAll => say("digest-almost-all"),
        Share::AlmostNobody => say("digest-almost-no"),
        Share::Hidden => say("digest-some"),
    };
    let named = |text: String| Arg::Text(crate::domain::text::Rich::plain(text).truncate(NAMED).text);
    match finding {
        Finding::Withdrawn(tandems) => say("digest-withdrawn").with("tandems", part(*tandems)),
        Finding::Short { week, why, tandems, .. } => {
            let key = match why {
                Shortfall::NotReleased => "digest-not-released",
                Shortfall::NotNeeded => "digest-not-needed",
                Shortfall::Away => "digest-were-away",
            };
            say(key).with("week", i64::from(*week)).with("tandems", share(*tandems))
        }
        Finding::Missed { week, kept } => {
            say("digest-missed").with("week", i64::from(*week)).with("tandems", share(*kept))
        }
        Finding::Uncovered(tandems) => say("digest-uncovered").with("tandems", part(*tandems)),
        Finding::Left { lesson, opened, finished } => say("digest-left")
            .with("lesson", named(library.lesson_title(&card.programme, &lesson.module, &lesson.lesson, lang)))
            .with("opened", i64::from(*opened))
            .with("finished", i64::from(*finished)),
        Finding::Misleading { module, step } => say("digest-misleading")
            .with("question", named(library.step_title(&card.programme, module, &step.step, lang))),
        Finding::Hard { module, step } => {
            let question = named(library.step_title(&card.programme, module, &step.step, lang));
            match &step.trap {
                Some(option) => {
                    let option = library.answer_title(&card.programme, module, &step.step, option, lang);
                    say("digest-hard-trap").with("question", question).with("answer", named(option))
                }
                None => say("digest-hard").with("question", question),
            }
        }
        Finding::Hurdle { rating, option } => {
            let option = library.question_option(&card.programme, &rating.module, &rating.question, option, lang);
            let (title, _) = library.module_text(&card.programme, &rating.module, lang.code()).unzip();
            let module = title.map_or_else(|| rating.module.clone(), |text| text.title.clone());
            say("digest-hurdle").with("module", named(module)).with("hurdle", Arg::Text(option))
        }
        Finding::Kept { week, kept } => say("digest-kept").with("week", i64::from(*week)).with("tandems", share(*kept)),
    }
}

fn drawing(app: &App, card: &RoundCard, figures: &Figures, lang: &Lang) -> Option<Drawing> {
    let edition = figures.edition.as_ref()?;
    let (people, lessons) = (edition.people, &edition.lessons);
    let reached: Vec<Reached> = lessons
        .iter()
        .filter(|lesson| lesson.opened != Part::Hidden || lesson.finished != Part::Hidden)
        .map(|lesson| Reached {
            lesson: app.library().lesson_title(&card.programme, &lesson.module, &lesson.lesson, lang),
            opened: lesson.opened,
            finished: lesson.finished,
        })
        .collect();
    let lessons = reached[reached.len().saturating_sub(LESSONS)..].to_vec();
    let title = say("digest-picture").with("round", Arg::Text(card.name.clone()));
    (!lessons.is_empty()).then_some(Drawing::Progress(Progress { title, people, lessons }))
}
