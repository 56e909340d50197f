//! The same changes of a round, as the fields of a form hand them over in one piece.
//!
//! Owns: reading the fields; a field that is missing, absurd or about something of another round makes nothing. What is a
//! good text, day or address is decided where the chat asks for it (`writing`, `meeting`, `news`).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::draft::{may_begin, tidy};
use super::writing::{MAX_PLANNED, What, Writing, group_link, named, starts_on};
use super::{DeskContext, Draft, MAX_PLACES, RoundCard, sending};
use crate::domain::calendar::{self, Week, Workdays};
use crate::domain::effect::RoundChange;
use crate::domain::ids::{Ids, MeetingId, NewsId, PersonId, RoundId};
use crate::domain::letter::Purpose;
use crate::domain::meeting::{self, MAX_AHEAD};
use crate::domain::news::{self, About, News, Standing};
use crate::domain::tandem::{Round, RoundPhase, TandemPhase};

/// Weeks ahead among which one of rest may be named.
const REST_AHEAD: i64 = 53;

/// A new round as a form describes it, or one like another that begins on another day.
pub fn drafted(
    said: &BTreeMap<String, String>,
    like: Option<&RoundCard>,
    cx: &DeskContext<'_>,
    trainer: &PersonId,
    ids: &mut dyn Ids,
) -> Option<Round> {
    let field = |name: &str| said.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
    let start = field("day")?.parse::<NaiveDate>().ok()?;
    if !may_begin(start, calendar::local_date(cx.now, like.map_or(cx.zone, |card| card.zone))) {
        return None;
    }
    let draft = match like {
        Some(card) => Draft { start: Some(start), ..Draft::like(card) },
        None => Draft {
            programme: cx.programmes.iter().map(|(id, _)| id).find(|id| field("programme") == Some(id)).cloned(),
            start: Some(start),
            places: field("places").and_then(places),
            controller: field("controller").and_then(tidy),
            contact: field("contact").and_then(tidy),
            ..Draft::default()
        },
    };
    draft.round(cx, trainer.clone(), RoundId(ids.id()))
}

/// What a form asks for; `None` where it cannot be done. Tandems move only between one trainer's own rounds.
pub fn asked(
    rounds: &[RoundCard],
    card: &RoundCard,
    act: &str,
    said: &BTreeMap<String, String>,
    now: DateTime<Utc>,
    ids: &mut dyn Ids,
) -> Option<Vec<RoundChange>> {
    let field = |name: &str| said.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
    let today = calendar::local_date(now, card.zone);
    let day = |name: &str| field(name)?.parse::<NaiveDate>().ok();
    let open = card.phase != RoundPhase::Closed;
    let what = match act {
        "announce" if open && card.planned.len() < MAX_PLANNED => {
            What::Words { changed: field("sort") == Some("changed") }
        }
        "dates" if card.phase == RoundPhase::Planned => What::Dates { day: Some(starts_on(day("day")?, today)?) },
        "rest" if open => {
            let monday = Week::of(day("day")?).monday();
            let ahead = (monday - today).num_days();
            What::Rest { monday: Some(monday).filter(|_| (1..=REST_AHEAD * 7).contains(&ahead)) }
        }
        "group" if open => What::Group,
        "meeting" if open => What::Meeting {
            title: meeting::line(field("title")?),
            starts: moment(field("at")?, card, now),
            place: meeting::line(field("place")?),
        },
        "close" if card.phase == RoundPhase::Running && field("sure").is_some() => What::Close,
        _ => return plain(rounds, card, act, &field, now, ids),
    };
    let text = match &what {
        What::Words { .. } => Some(news::readable(field("text")?)?),
        What::Group => Some(group_link(field("link")?)?),
        _ => None,
    };
    let at = match field("at") {
        Some(at) if matches!(what, What::Words { .. }) => moment(at, card, now)?,
        _ => now,
    };
    let writing = Writing { round: card.id.clone(), what, text: text.clone(), time: false };
    let (about, until) = (writing.about(card)?, writing.until());
    let change = match writing.what {
        What::Dates { day } => Some(RoundChange::Dates(day?)),
        What::Rest { monday } => {
            let monday = monday?;
            Some(RoundChange::Rest { monday, rests: !card.plans.rests.contains(&monday) })
        }
        What::Group => Some(RoundChange::Group(text.clone())),
        What::Close => Some(RoundChange::Close),
        What::Meeting { title, starts, place } => {
            Some(RoundChange::Meet(Box::new(named(title?, starts?, place?, MeetingId(ids.id())))))
        }
        What::Words { .. } | What::Seats | What::Seat | What::Answer { .. } => None,
    };
    let at = calendar::next_working_moment(at, Workdays::MONDAY_TO_FRIDAY, card.zone);
    let news = News { until, ..sending::news(card, NewsId(ids.id()), about, text.unwrap_or_default(), now) };
    Some(change.into_iter().chain([RoundChange::Announce { news, at }]).collect())
}

/// What nobody is told of, or is told of in another way.
fn plain<'a>(
    rounds: &[RoundCard],
    card: &RoundCard,
    act: &str,
    field: &impl Fn(&str) -> Option<&'a str>,
    now: DateTime<Utc>,
    ids: &mut dyn Ids,
) -> Option<Vec<RoundChange>> {
    let open = card.phase != RoundPhase::Closed;
    Some(match act {
        "seats" if open => {
            vec![RoundChange::Seats(places(field("places")?)?)]
        }
        "start" if card.phase == RoundPhase::Planned && field("sure").is_some() => vec![RoundChange::Start],
        "admit" => {
            let id = field("id")?;
            let found = card.tandems.iter().find(|tandem| tandem.id.as_str() == id)?;
            vec![RoundChange::Admit((found.phase == TandemPhase::Waiting).then(|| found.id.clone())?)]
        }
        "shift" if open => {
            let (id, to) = (field("id")?, field("to")?);
            let tandem = card.tandems.iter().find(|tandem| tandem.id.as_str() == id)?.id.clone();
            let to = card.fitting(rounds).find(|other| other.id.as_str() == to)?.id.clone();
            vec![RoundChange::Shift { tandem, to }]
        }
        "withdraw" => {
            let id = field("id")?;
            vec![RoundChange::Withdraw(card.planned.iter().find(|news| news.as_str() == id)?.clone())]
        }
        "dismiss" if card.colleagues.len() > 1 => {
            let id = field("id")?;
            vec![RoundChange::Dismiss(card.colleagues.iter().find(|(known, _)| known.as_str() == id)?.0.clone())]
        }
        "answer" => {
            let id = field("id")?;
            let found = card.letters.iter().find(|letter| letter.id.as_str() == id)?;
            let everybody = field("to") == Some("all");
            if everybody && found.letter.purpose != Purpose::Question {
                return None;
            }
            let text = news::readable(field("text")?)?;
            vec![RoundChange::Answer { letter: found.id.clone(), text, everybody }]
        }
        "cancel" => {
            let id = field("id")?;
            let found = card.meetings.iter().find(|meeting| meeting.id.as_str() == id && meeting.starts > now)?;
            let about: About = found.news(Standing::Off, card.zone);
            let news = News { id: NewsId(ids.id()), about, text: String::new(), until: Some(found.starts), by: None };
            vec![RoundChange::CancelMeeting(found.id.clone()), RoundChange::Announce { news, at: now }]
        }
        _ => return None,
    })
}

fn places(text: &str) -> Option<u32> {
    text.parse().ok().filter(|places| (1..=MAX_PLACES).contains(places))
}

/// A local time as browsers hand it over.
fn moment(text: &str, card: &RoundCard, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok()?;
    let at = calendar::instant(wall, card.zone);
    (at > now && at - now <= MAX_AHEAD.max(TimeDelta::zero())).then_some(at)
}
