//! What only the store can count or list, shown to the person who asked: my data, the concept, a report.

use super::batch::{Actor, Batch, entries_since};
use super::{HOME_ZONE, Result, concept, feed, licence, news, report, seats};
use crate::domain::calendar::{Week, local_date};
use crate::domain::effect::Look;
use crate::domain::hours;
use crate::domain::ids::{PersonId, TandemId};
use crate::domain::message::{Arg, Line, Message, button, say};
use crate::domain::paper::{self, Paper};
use crate::domain::picture::{self, Picture, Theme};
use crate::domain::tap::{DataTap, EditTap, HoursTap, Tap};
use crate::store::{Action, Who};

/// Looks it up and answers.
pub async fn answer(batch: &mut Batch<'_>, actor: &Actor, look: Look, tandem: Option<&TandemId>) -> Result<()> {
    let Some(person) = actor.person.clone() else { return Ok(()) };
    let message = match look {
        Look::Mine => {
            let learns = tandem.is_some() || batch.tx.trainers(std::slice::from_ref(&person)).await?.is_empty();
            mine(batch, &person, learns).await?
        }
        Look::Concept => match tandem {
            Some(tandem) => concept::in_chat(batch, &person, tandem).await?,
            None => return Ok(()),
        },
        Look::Sections => match tandem {
            Some(tandem) => concept::sections(batch, &person, tandem).await?,
            None => return Ok(()),
        },
        Look::Section { nth, purpose } => match tandem {
            Some(tandem) => return concept::section(batch, actor, &person, tandem, nth, purpose).await,
            None => return Ok(()),
        },
        Look::Licence => match tandem {
            Some(tandem) => return licence::answers(batch, actor, &person, tandem).await,
            None => return Ok(()),
        },
        Look::Vouches(round) => licence::asking(batch, &round).await?,
        Look::Calendar(list) => feed::offered(batch, &person, list).await?,
        Look::Picture(theme) => {
            let Some(message) = hours_drawn(batch, &person, tandem, theme).await? else { return Ok(()) };
            // A picture cannot take the place of a text: it is a message of its own.
            batch.redraw(&Actor { pressed: None, ..actor.clone() }, message, None);
            return Ok(());
        }
        Look::Report(round) => {
            batch.tx.note(Who::Trainer(&person), Action::ReportRead, Some(round.as_str()), batch.now).await?;
            report::in_chat(batch, &round, &actor.lang).await?
        }
        Look::Preview { round, about, text } => news::preview(batch, &person, &round, &about, &text).await?,
        Look::Seats { round, named } => seats::list(batch, &round, named.as_deref()).await?,
        Look::Seat { round, tandem, act } => seats::show(batch, &round, &tandem, &act).await?,
        Look::News(round) => news::told(batch, &person, &round).await?,
        Look::Changes => match tandem {
            Some(tandem) => changes(batch, tandem, &person).await?,
            None => return Ok(()),
        },
    };
    batch.redraw(actor, message, None);
    Ok(())
}

async fn mine(batch: &mut Batch<'_>, person: &PersonId, learns: bool) -> Result<Message> {
    let mine = batch.tx.mine(person).await?;
    let Some(who) = batch.tx.people(std::slice::from_ref(person)).await?.pop() else {
        return Ok(Message::of(say("mine-nothing")));
    };
    let language = batch.texts.words.language_name(&who.lang);
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
                    .with("ratings", mine.ratings)
                    .with("repeats", mine.repeats),
            )
            .and(say("mine-changes").with("changes", mine.changes))
            .and(say("mine-rest"))
            .and(say("mine-correct")),
    };
    let message = match batch.tx.has_feed(person).await? {
        true => message.and(say("mine-feed")),
        false => message,
    };
    let message = match batch.app.public_url {
        Some(_) => message,
        None => message.and(say("mine-ask-operator")),
    };
    let message = message.row([paper::download(Paper::Data)]);
    let rename = learns.then(|| button(say("button-rename"), Tap::Data(DataTap::Rename)));
    Ok(message.row(rename).row([button(say("button-delete"), Tap::Data(DataTap::Delete))]))
}

/// The hours of the last weeks. Of the older ones more is read than any decision looks at.
async fn hours_drawn(
    batch: &mut Batch<'_>,
    person: &PersonId,
    tandem: Option<&TandemId>,
    theme: Theme,
) -> Result<Option<Message>> {
    let Some(mut state) = tandem.and_then(|id| batch.tandem(id)).cloned() else { return Ok(None) };
    let Some(seat) = state.role_of(person).and_then(|role| state.seat(role)) else { return Ok(None) };
    let today = local_date(batch.now, seat.person.zone);
    let first = Week::of(today).plus(1 - picture::WEEKS).monday();
    let loaded = entries_since(batch.now);
    let older = batch.tx.tandems(std::slice::from_ref(&state.id), first, first).await?;
    for stored in older {
        state.entries.extend(stored.entries.into_iter().filter(|entry| entry.day < loaded));
        let known: Vec<_> = state.absences.iter().map(|absence| absence.id.clone()).collect();
        state.absences.extend(stored.absences.into_iter().filter(|absence| !known.contains(&absence.id)));
    }
    let settled = batch.tx.closings_of(&state.id, first).await?;
    Ok(Some(picture::message(Picture::of(&state, today, theme, &settled))))
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
