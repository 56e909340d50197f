//! What only the store can count or list, shown to the person who asked: my data, the concept, a report.

use super::batch::{Actor, Batch};
use super::{HOME_ZONE, Result, report};
use crate::domain::calendar::local_date;
use crate::domain::effect::{Answer, Look};
use crate::domain::ids::{PersonId, TandemId};
use crate::domain::message::{Arg, Block, Line, Message, button, say};
use crate::domain::programme::StepKind;
use crate::domain::tap::{DataTap, EditTap, HoursTap, Tap};
use crate::domain::way;
use crate::domain::{home, hours};

/// Characters of a concept text that a chat shows; the whole of it is in the document.
const EXCERPT: usize = 400;

/// Looks it up and answers.
pub async fn answer(batch: &mut Batch<'_>, actor: &Actor, look: Look, tandem: Option<&TandemId>) -> Result<()> {
    let Some(person) = actor.person.clone() else { return Ok(()) };
    let message = match look {
        Look::Mine => mine(batch, &person, tandem.is_some()).await?,
        Look::Concept => match tandem {
            Some(tandem) => concept(batch, tandem).await?,
            None => return Ok(()),
        },
        Look::Changes => match tandem {
            Some(tandem) => changes(batch, tandem, &person).await?,
            None => return Ok(()),
        },
        Look::Report(round) => report::in_chat(batch, &round, &actor.lang).await?,
    };
    batch.redraw(actor, message, None);
    Ok(())
}

async fn mine(batch: &mut Batch<'_>, person: &PersonId, learns: bool) -> Result<Message> {
    let mine = batch.tx.mine(person).await?;
    let Some(who) = batch.tx.people(std::slice::from_ref(person)).await?.pop() else {
        return Ok(Message::of(say("mine-nothing")));
    };
    let language = batch.app.words.get(&who.lang, "language-name").unwrap_or_else(|| who.lang.code().to_owned());
    let message =
        Message::of(say("mine-person").with("name", Arg::Text(who.name)).with("language", Arg::Text(language)));
    let message = match learns {
        false => message.and(say("mine-rest-trainer")),
        true => message
            .and(
                say("mine-counts")
                    .with("entries", mine.entries)
                    .with("minutes", Arg::Minutes(u32::try_from(mine.minutes).unwrap_or(u32::MAX)))
                    .with("absences", mine.absences)
                    .with("answers", mine.answers)
                    .with("ratings", mine.ratings),
            )
            .and(say("mine-changes").with("changes", mine.changes))
            .and(say("mine-rest")),
    };
    Ok(message.row([button(say("button-delete"), Tap::Data(DataTap::Delete))]))
}

/// What the person has corrected lately in this tandem's list of hours, newest first.
async fn changes(batch: &mut Batch<'_>, tandem: &TandemId, person: &PersonId) -> Result<Message> {
    let zone = batch.tx.people(std::slice::from_ref(person)).await?.pop().map_or(HOME_ZONE, |person| person.zone);
    let changes = batch.tx.changes_of(tandem, person).await?;
    let lines: Vec<Line> =
        changes.iter().map(|made| hours::change_line(local_date(made.at, zone), made.was, made.is)).collect();
    let message = match lines.is_empty() {
        true => Message::of(say("change-none")),
        false => Message::of(say("changes").with("lines", Arg::Lines(lines))),
    };
    let back = Tap::Hours(HoursTap::Edit(EditTap::List(0)));
    Ok(message.row([button(say("button-back"), back)]))
}

/// What the two have written into their concept, either of them counting for both.
async fn concept(batch: &mut Batch<'_>, tandem: &TandemId) -> Result<Message> {
    let Some(state) = batch.tandem(tandem) else { return Ok(Message::of(say("stale"))) };
    let (round, people) = (state.round.clone(), state.seats().map(|seat| seat.person.id.clone()).collect::<Vec<_>>());
    let Some(programme) = batch.app.library.programme(&round.programme).map(|text| &text.programme) else {
        return Ok(Message::of(say("stale")));
    };
    let mut given = batch.tx.answers_of(&round.id, &people).await?;
    given.sort_by_key(|given| given.made);
    let mut message = Message::of(say("concept-title"));
    let mut found = false;
    for module in &programme.modules {
        for step in module.lessons.iter().flat_map(|lesson| &lesson.steps) {
            if !matches!(step.kind, StepKind::Write { concept: Some(_) }) {
                continue;
            }
            let spot = way::at(module, step);
            let text = given.iter().rev().find_map(|given| match &given.answer {
                Answer::Wrote(text) if given.spot == spot => Some(text.clone()),
                _ => None,
            });
            message = message.block(Block::StepTitle {
                programme: programme.id.clone(),
                module: spot.module,
                step: spot.step,
            });
            found = found || text.is_some();
            message = message.and(match text {
                Some(text) => say("concept-text").with("text", Arg::Text(excerpt(&text))),
                None => say("concept-open"),
            });
        }
    }
    if !found {
        message = message.and(say("concept-hint"));
    }
    Ok(home::with_buttons(message))
}

fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
