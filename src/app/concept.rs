//! A tandem's concept: which texts there are, in the chat and as a paper.
//!
//! Either of the two writes, it counts for both, and the newest text holds. Does not know formats (`paper`).

use super::batch::{Actor, Batch};
use super::paper::{Body, Document, Section, harmless};
use super::{App, Result};
use crate::domain::calendar::local_date;
use crate::domain::effect::Answer;
use crate::domain::event::Event;
use crate::domain::home;
use crate::domain::ids::{PersonId, TandemId};
use crate::domain::lang::Lang;
use crate::domain::letter::Purpose;
use crate::domain::message::{Arg, Block, Button, Label, Message, Press, button, say};
use crate::domain::paper::{self, Paper, full_day};
use crate::domain::programme::{Programme, StepKind};
use crate::domain::tandem::{Spot, Tandem};
use crate::domain::tap::{Act, Home, LetterTap, Tap};
use crate::domain::way;
use crate::store::{Given, Tx};

/// Characters of a text that a chat shows; the whole of it is in the paper.
const EXCERPT: usize = 400;

/// Buttons with a number that stand side by side.
const REVISE_A_ROW: usize = 4;

/// One text of the concept.
struct Part {
    spot: Spot,
    standing: Standing,
}

enum Standing {
    Written(String),
    /// It does not fit, and somebody has said why.
    Declined,
    Open,
}

/// What stands and what is open, for one of the two.
pub async fn in_chat(batch: &mut Batch<'_>, person: &PersonId, tandem: &TandemId) -> Result<Message> {
    let Some(state) = batch.tandem(tandem).cloned() else { return Ok(Message::of(say("stale"))) };
    let texts = batch.texts.clone();
    let Some(programme) = texts.library.programme(&state.round.programme).map(|text| &text.programme) else {
        return Ok(Message::of(say("stale")));
    };
    let parts = parts(&mut batch.tx, &state, programme).await?;
    let released = state.seats().find(|seat| &seat.person.id == person).map_or(0, |seat| seat.mind.study.released);
    let mut message = Message::of(say("concept-title"));
    let (mut found, mut revise) = (false, Vec::new());
    for (nth, part) in (1_usize..).zip(parts) {
        let (module, step) = (part.spot.module.clone(), part.spot.step.clone());
        if way::lesson_index(programme, &part.spot).is_some_and(|lesson| lesson < released) {
            let tap = Tap::Study { module: module.clone(), step: step.clone(), act: Act::Again };
            revise.push(button(say("button-revise").with("nth", nth), tap));
        }
        message = message.block(Block::StepTitle { programme: programme.id.clone(), module, step });
        found = found || matches!(part.standing, Standing::Written(_));
        message = message.and(match part.standing {
            Standing::Written(text) => say("concept-text").with("nth", nth).with("text", Arg::Text(excerpt(&text))),
            Standing::Declined => say("concept-declined").with("nth", nth),
            Standing::Open => say("concept-open").with("nth", nth),
        });
    }
    let message = match found {
        true => message,
        false => message.and(say("concept-hint")),
    };
    let message = revise.chunks(REVISE_A_ROW).fold(message, |message, row| message.row(row.to_vec()));
    let show = found.then(|| button(say("button-sections"), Tap::Letter(LetterTap::Sections)));
    Ok(home::with_buttons(message.row(show).row(found.then(|| paper::download(Paper::Concept)))))
}

/// The texts that stand, each to be shown to others by a tap.
pub async fn sections(batch: &mut Batch<'_>, person: &PersonId, tandem: &TandemId) -> Result<Message> {
    let written = written(batch, person, tandem).await?;
    if written.is_empty() {
        return Ok(home::with_buttons(Message::of(say("concept-hint"))));
    }
    let message = written.into_iter().fold(Message::of(say("sections-which")), |message, (nth, title, _)| {
        let press = Press::Tap(Tap::Letter(LetterTap::Section(nth)));
        message.row([Button { label: Label::Name(format!("{nth}. {title}")), press }])
    });
    Ok(message.row([button(say("button-concept"), Tap::Home(Home::Concept))]))
}

/// One of them, for whoever wants to show it.
pub async fn section(
    batch: &mut Batch<'_>,
    actor: &Actor,
    person: &PersonId,
    tandem: &TandemId,
    nth: u8,
    purpose: Purpose,
) -> Result<()> {
    let role = batch.tandem(tandem).and_then(|state| state.role_of(person));
    let found = written(batch, person, tandem).await?.into_iter().find(|(number, ..)| *number == nth);
    match (role, found) {
        (Some(role), Some((_, title, text))) => {
            let text = format!("{title}\n{text}");
            batch.step(tandem, Event::Section { role, purpose, text }, actor).await
        }
        _ => {
            batch.toast(actor, Some(&say("stale")));
            Ok(())
        }
    }
}

/// The texts that stand: number, title, words.
async fn written(batch: &mut Batch<'_>, person: &PersonId, tandem: &TandemId) -> Result<Vec<(u8, String, String)>> {
    let Some(state) = batch.tandem(tandem).cloned() else { return Ok(Vec::new()) };
    let texts = batch.texts.clone();
    let Some(programme) = texts.library.programme(&state.round.programme).map(|text| &text.programme) else {
        return Ok(Vec::new());
    };
    let seat = state.seats().find(|seat| &seat.person.id == person);
    let lang = seat.map_or_else(Lang::source, |seat| seat.person.lang.clone());
    let parts = (1_u8..).zip(parts(&mut batch.tx, &state, programme).await?);
    let stand = parts.filter_map(|(nth, part)| match part.standing {
        Standing::Written(text) => {
            let title = texts.library.step_title(&programme.id, &part.spot.module, &part.spot.step, &lang);
            Some((nth, title, text))
        }
        Standing::Declined | Standing::Open => None,
    });
    Ok(stand.collect())
}

/// The concept as a paper.
pub(super) async fn document(app: &App, tx: &mut Tx, state: &Tandem, lang: &Lang) -> Result<Option<Document>> {
    let texts = app.texts.now();
    let Some(programme) = texts.library.programme(&state.round.programme).map(|text| &text.programme) else {
        return Ok(None);
    };
    let words = |line| texts.words.plain(lang, &line);
    let sections = parts(tx, state, programme).await?.into_iter().map(|part| Section {
        title: texts.library.step_title(&programme.id, &part.spot.module, &part.spot.step, lang),
        lead: String::new(),
        body: match part.standing {
            Standing::Written(text) => Body::of(&text),
            Standing::Declined => Body::Missing(words(say("concept-paper-declined"))),
            Standing::Open => Body::Missing(words(say("concept-paper-open"))),
        },
    });
    let sections = sections.collect();
    let today = local_date(app.clock.now(), state.round.zone);
    let as_of = say("paper-as-of").with("day", full_day(today));
    let head = state.organisation.iter().chain([&state.round.name]).map(|text| harmless(text));
    let head = head.chain([words(as_of)]).collect();
    Ok(Some(Document { title: words(say("concept-paper-title")), head, lang: lang.clone(), sections }))
}

async fn parts(tx: &mut Tx, state: &Tandem, programme: &Programme) -> Result<Vec<Part>> {
    let people: Vec<PersonId> = state.seats().map(|seat| seat.person.id.clone()).collect();
    let mut given = tx.answers_of(&state.round.id, &people).await?;
    given.sort_by_key(|given| given.made);
    let steps = programme.modules.iter().flat_map(|module| module.steps().map(move |step| (module, step)));
    let texts = steps.filter(|(_, step)| matches!(step.kind, StepKind::Write { concept: Some(_) }));
    Ok(texts.map(|(module, step)| Part::of(way::at(module, step), &given)).collect())
}

impl Part {
    fn of(spot: Spot, given: &[Given]) -> Self {
        let here = || given.iter().filter(|given| given.spot == spot);
        let text = here().rev().find_map(|given| match &given.answer {
            Answer::Wrote(text) => Some(text.clone()),
            _ => None,
        });
        let standing = match text {
            Some(text) => Standing::Written(text),
            None if here().any(|given| matches!(given.answer, Answer::Unfit(_))) => Standing::Declined,
            None => Standing::Open,
        };
        Self { standing, spot }
    }
}

fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
