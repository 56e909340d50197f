//! What has happened before the demo begins: a round that started last week, and tandems that have learned
//! in it, so that the trainer's report has something to show.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use super::phones::SharedPhones;
use super::run::{CAST, TOKEN};
use crate::app::{App, HOME_ZONE, batch, digest, publish, rounds};
use crate::domain::calendar::{self, Week};
use crate::domain::days::Days;
use crate::domain::effect::{Answer, Fact, Milestone, Rating, RoundChange};
use crate::domain::holidays::Land;
use crate::domain::hours;
use crate::domain::ids::{Ids, PersonId, RoundId};
use crate::domain::lang::Lang;
use crate::domain::notice::{Notice, Told};
use crate::domain::programme::{Programme, QuestionKind, StepKind};
use crate::domain::record::{Closing, Record, Shortfall};
use crate::domain::tandem::{
    AGREED_MINUTES, Absence, AbsencePhase, Cover, CoverPhase, Due, Ending, Entry, Mind, Person, Plans, Prefs, Promise,
    Reach, Role, Round, RoundPhase, Seat, Stage, Tandem, TandemPhase, Terms,
};
use crate::domain::way;
use crate::store::{Synthetic, Tx};

/// The programme of the demo's round.
const PROGRAMME: &str = "fuehrerschein";

/// Chats of simulated people begin here.
const FIRST_CHAT: i64 = 2_001;

/// Simulated tandems: organisation, lead, deputy. More than the floor of five, so that figures show.
const TANDEMS: [(&str, &str, &str); 12] = [
    ("Tafel Weserufer", "Mira", "Jannis"),
    ("Kreisverband Heidekreis", "Okan", "Silke"),
    ("Jugendtreff Nordstern", "Lena", "Farid"),
    ("Stadtbücherei Lindental", "Paul", "Yara"),
    ("Freiwilligenagentur Aller", "Ines", "Tom"),
    ("Bürgerbüro Moorstedt", "Ralf", "Dana"),
    ("Sozialstation Auetal", "Elif", "Hanno"),
    ("Musikschule Bergfeld", "Nele", "Igor"),
    ("Kleiderkammer Ost", "Vera", "Malte"),
    ("Stadtjugendring Seeheim", "Arne", "Zeynep"),
    ("Kreismuseum Altland", "Gesa", "Nils"),
    ("Frauenberatung Mitte", "Hatice", "Uta"),
];

/// Makes the round and everybody in it; answers with a code that lets one more lead in. In a database that
/// was kept it only issues a new code.
///
/// # Errors
/// When the database cannot be written.
pub async fn prepare(app: &Arc<App>, phones: &SharedPhones) -> anyhow::Result<String> {
    let mut tx = app.db.begin().await?;
    let fresh = tx.is_empty().await?;
    let trainer = if fresh { Some(newcomer(app, CAST[2].name)) } else { None };
    if let Some(trainer) = &trainer {
        tx.meet(trainer, CAST[2].chat, app.clock.now()).await?;
        tx.make_trainer(&trainer.id).await?;
    }
    tx.commit().await?;
    introduce(phones);
    let Some(trainer) = trainer else {
        let lines = app.db.read().await?.round_lines().await?;
        let Some(line) = lines.first() else { anyhow::bail!("the kept database has no round") };
        return Ok(rounds::link(app, &RoundId(line.id.clone())).await?);
    };
    let round = round(app, trainer.id);
    let code = app.ids.clone().secret();
    let mut batch = batch::Batch::begin(app).await?;
    let change = RoundChange::Create { round: Box::new(round.clone()), secret: code.clone() };
    rounds::change(&mut batch, &rounds::nobody(), &round.id, change).await?;
    batch.tx.set_phase(&round.id, RoundPhase::Running).await?;
    batch.tx.clear_due(&[round.id.as_str()], crate::app::plan::ROUND_START).await?;
    let round = Arc::new(Round { phase: RoundPhase::Running, ..round });
    fill(app, &mut batch.tx, &round).await?;
    publish::plan_surveys(&mut batch.tx, &app.library(), &round, round.start).await?;
    publish::edition(&mut batch, &round.id).await?;
    for trainer in batch.tx.trainers(&round.trainers).await? {
        digest::plan(&mut batch, &trainer).await?;
    }
    batch.finish().await?;
    Ok(code)
}

/// Everybody gets a phone. The simulated ones and the trainer have let the bot in before.
fn introduce(phones: &SharedPhones) {
    phones.with(|phones, _| {
        let simulated = (FIRST_CHAT..).zip(TANDEMS.iter().flat_map(|(_, lead, deputy)| [*lead, *deputy]));
        let cast = CAST.iter().map(|phone| (phone.chat, phone.name));
        for (chat, name) in cast.chain(simulated) {
            // Names and ids are ours, so they are never refused.
            let known = phones.person(chat, name, "de");
            debug_assert!(known.is_ok());
            if chat == CAST[2].chat || chat >= FIRST_CHAT {
                let started = phones.starts(TOKEN, chat);
                debug_assert!(started.is_ok());
            }
        }
    });
}

fn newcomer(app: &App, name: &str) -> Person {
    Person {
        id: PersonId(app.ids.clone().id()),
        name: name.to_owned(),
        lang: Lang::source(),
        zone: HOME_ZONE,
        reach: Reach::Open,
        prefs: Prefs { told: told(calendar::local_date(app.clock.now(), HOME_ZONE)), ..Prefs::default() },
    }
}

/// Participants and the trainer alike.
fn told(today: NaiveDate) -> Told {
    let mut told = Told::of(Notice::Participant, today);
    told.confirm(Notice::Trainer, today);
    told
}

/// A round that started on Monday of last week, so that a latecomer may still join.
fn round(app: &App, trainer: PersonId) -> Round {
    let today = calendar::local_date(app.clock.now(), HOME_ZONE);
    Round {
        id: RoundId(app.ids.clone().id()),
        programme: PROGRAMME.to_owned(),
        name: format!("{} – Demo", app.library().programme_title(PROGRAMME, &Lang::source())),
        start: last_monday(today),
        zone: HOME_ZONE,
        land: Some(Land::LowerSaxony),
        places: 20,
        controller: "Landesverband Beispiel e. V.".to_owned(),
        privacy_contact: "datenschutz@verband.example".to_owned(),
        phase: RoundPhase::Planned,
        plans: Plans::default(),
        trainers: vec![trainer],
        closed: Vec::new(),
    }
}

fn last_monday(today: NaiveDate) -> NaiveDate {
    today - TimeDelta::days(7 + i64::from(today.weekday().num_days_from_monday()))
}

async fn fill(app: &App, tx: &mut Tx, round: &Arc<Round>) -> anyhow::Result<()> {
    let library = app.library();
    let Some(programme) = library.programme(PROGRAMME).map(|text| &text.programme) else {
        anyhow::bail!("the demo's programme is missing");
    };
    let now = app.clock.now();
    let mut tandems = Vec::new();
    for (chat, (nth, names)) in (FIRST_CHAT..).step_by(2).zip((0_u32..).zip(TANDEMS)) {
        let tandem = tandem(app, round, nth, names, programme, now);
        tandems.push(Synthetic { tandem, lead: chat, deputy: chat + 1 });
    }
    tx.fill(tandems.clone(), now).await?;
    // The round's first week counts as settled, so that the report speaks of hours from the beginning.
    let week = Week::of(round.start);
    let settled = tandems.iter().map(|synthetic| &synthetic.tandem).map(|tandem| {
        let (target, minutes) = (hours::target(tandem, week), hours::logged(tandem, week));
        (tandem.id.clone(), Record::Closed(Closing { week, target, minutes }))
    });
    let missing = (0_u32..)
        .zip(&tandems)
        .filter(|(nth, _)| !nth.is_multiple_of(2))
        .map(|(_, synthetic)| (synthetic.tandem.id.clone(), Record::Missing(week, Shortfall::NotReleased)));
    let records: Vec<_> = settled.chain(missing).collect();
    tx.record_hours(&records, &[], now).await?;
    for (nth, synthetic) in (0_u32..).zip(&tandems) {
        for (seat, shift) in synthetic.tandem.seats().zip([0, 1]) {
            let facts = learned(programme, &seat.person.id, nth * 2 + shift);
            tx.record(&round.id, &facts, now - TimeDelta::days(3)).await?;
        }
    }
    Ok(())
}

fn tandem(
    app: &App,
    round: &Arc<Round>,
    nth: u32,
    (organisation, lead, deputy): (&str, &str, &str),
    programme: &Programme,
    now: DateTime<Utc>,
) -> Tandem {
    let mut ids = app.ids.clone();
    let seat = |name: &str, role| {
        let mut mind = Mind::new(Stage::Ready);
        mind.study.released = way::lesson_count(programme);
        mind.study.opened = true;
        Seat { person: newcomer(app, name), role, mind }
    };
    let (lead, deputy) = (seat(lead, Role::Lead), seat(deputy, Role::Deputy));
    // Most reach their five hours, some do not: so are real weeks.
    let entries = (0..5).map(|day| Entry {
        id: ids.id().into(),
        by: Some(if day % 2 == 0 { lead.person.id.clone() } else { deputy.person.id.clone() }),
        day: round.start + TimeDelta::days(day),
        minutes: if nth.is_multiple_of(2) { 60 + 5 * nth } else { 40 },
        made: now - TimeDelta::days(3),
    });
    let entries: Vec<Entry> = entries.collect();
    let days = Days { from: round.start + TimeDelta::days(3), to: round.start + TimeDelta::days(4) };
    let absence = Absence {
        id: ids.id().into(),
        who: lead.person.id.clone(),
        days,
        half: None,
        ending: Ending::Known,
        phase: AbsencePhase::Ended,
    };
    let cover = Cover {
        id: ids.id().into(),
        absence: absence.id.clone(),
        days,
        version: 1,
        helper: Some(deputy.person.id.clone()),
        phase: if nth % 5 < 2 { CoverPhase::Declined } else { CoverPhase::Done },
        ticks: (0..5).collect(),
        half: None,
        given: (0..5).collect(),
        link: None,
        neighbours: Vec::new(),
    };
    Tandem {
        id: ids.id().into(),
        round: Arc::clone(round),
        organisation: Some(organisation.to_owned()),
        contact: None,
        told: None,
        agreed: AGREED_MINUTES,
        promise: Promise::Board,
        terms: Terms { promised: Some(round.start), closed: Some(Week::of(round.start)), ..Terms::default() },
        phase: TandemPhase::Running,
        lead: Some(lead),
        deputy: Some(deputy),
        entries,
        absences: vec![absence],
        covers: vec![cover],
        agenda: BTreeMap::from([(Due::Close, hours::closes_at(Week::of(round.start).next(), round.zone))]),
    }
}

/// What a simulated person did with the first module: mostly right, mostly content, not all of them done.
fn learned(programme: &Programme, person: &PersonId, nth: u32) -> Vec<Fact> {
    let mut facts = Vec::new();
    let Some(module) = programme.modules.first() else { return facts };
    for (place, lesson) in (0_u32..).zip(&module.lessons) {
        let done = nth % 4 != 3 || place == 0;
        let reached = [Milestone::Released, Milestone::Opened].into_iter().chain(done.then_some(Milestone::Finished));
        facts.extend(reached.map(|milestone| Fact::Milestone {
            person: person.clone(),
            module: module.id.clone(),
            lesson: lesson.id.clone(),
            milestone,
        }));
        let far = if done { lesson.steps.len() } else { lesson.steps.len() / 2 };
        for step in &lesson.steps[..far] {
            let spot = way::at(module, step);
            match &step.kind {
                StepKind::Card { .. } => facts.push(Fact::Read { person: person.clone(), spot }),
                StepKind::Checklist { .. } | StepKind::Reflect if !nth.is_multiple_of(3) => {
                    facts.push(Fact::Answered { person: person.clone(), spot, answer: Answer::Done });
                }
                StepKind::Choice { options, correct } => {
                    let right = !nth.is_multiple_of(4);
                    let wrong = options.iter().find(|option| *option != correct);
                    let chosen = if right { Some(correct) } else { wrong };
                    let answer = Answer::Picked { chosen: chosen.into_iter().cloned().collect(), right };
                    facts.push(Fact::Answered { person: person.clone(), spot, answer });
                }
                StepKind::Questionnaire { questions } => {
                    for question in questions {
                        let rating = match &question.kind {
                            QuestionKind::Pick { .. } | QuestionKind::Recommend => {
                                let options = question.options();
                                match options.get(pick(nth, options.len())) {
                                    Some(option) => Rating::Picked(option.clone()),
                                    None => continue,
                                }
                            }
                            QuestionKind::Sentence => Rating::Skipped,
                        };
                        facts.push(Fact::Rated {
                            person: person.clone(),
                            module: module.id.clone(),
                            question: question.id.clone(),
                            rating,
                        });
                    }
                }
                _ => {}
            }
        }
    }
    facts
}

/// Spreads answers over the options, with more weight in the middle.
fn pick(nth: u32, options: usize) -> usize {
    let spread = [1, 2, 1, 2, 0, 1, 2, 3];
    spread[nth as usize % spread.len()].min(options.saturating_sub(1))
}
