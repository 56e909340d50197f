//! A person's calendar feed: opening and closing it in the chat, and the feed itself as a text.
//!
//! Owns: iCalendar (RFC 5545), the words of events, and that a changed event gets a higher number. Which events there
//! are is decided in `domain::feed`. Does not know HTTP.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use icalendar::{Calendar, Component, EventLike, EventStatus, Property};

use super::batch::{Actor, Batch};
use super::{App, Result};
use crate::domain::effect::FeedChange;
use crate::domain::feed::{self, About, Event, Standing, Status, When};
use crate::domain::ids::{PersonId, RoundId};
use crate::domain::lang::Lang;
use crate::domain::message::{Arg, Message, say};
use crate::domain::turn::{Cause, Context, Turn};
use crate::store::{Feed, Revision, Said, Tx, hash};

/// Where feeds are, below the public address; behind it come the secret and [`ENDING`].
pub const PATH: &str = "/feed/";

/// By their ending calendar programs know what they get.
pub const ENDING: &str = ".ics";

/// How often a calendar program should look: changes of today's days are seen today.
const LOOK_EVERY: TimeDelta = TimeDelta::hours(4);

/// Octets of a line without its end (RFC 5545, 3.1).
const LONGEST_LINE: usize = 75;

/// Entries are not in a calendar: none are loaded.
const NO_ENTRIES: NaiveDate = NaiveDate::MAX;

/// A feed as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    pub text: String,
    /// The same for the same text, and for no other.
    pub tag: String,
}

/// An event in the words of whoever reads it.
struct Worded {
    event: Event,
    summary: String,
    said: Said,
}

/// What is coming, with what can be done about the link.
pub async fn offered(batch: &mut Batch<'_>, person: &PersonId, list: Message) -> Result<Message> {
    let standing = match batch.app.public_url {
        None => Standing::Impossible,
        Some(_) if batch.tx.has_feed(person).await? => Standing::On,
        Some(_) => Standing::Off,
    };
    Ok(feed::offered(list, standing))
}

/// Opens or closes a feed. The secret stands in no table and in no message that is kept.
pub async fn change(batch: &mut Batch<'_>, actor: &Actor, person: PersonId, change: FeedChange) -> Result<()> {
    match (change, &batch.app.public_url) {
        (FeedChange::Open { .. }, None) => batch.toast(actor, Some(&say("stale"))),
        (FeedChange::Open { secret }, Some(public)) => {
            batch.tx.keep_feed(&person, &hash(&secret), batch.now).await?;
            let link = format!("{}{PATH}{secret}{ENDING}", public.as_str().trim_end_matches('/'));
            batch.unwritten(actor, Some(person), feed::shown(&link));
        }
        (FeedChange::Close, _) => {
            batch.tx.drop_feed(&person).await?;
            batch.redraw(actor, feed::switched_off(), None);
        }
    }
    Ok(())
}

/// The feed that a secret with this hash opens, as it stands now.
///
/// # Errors
/// When the database cannot be used.
pub async fn read(app: &App, hash: &str) -> Result<Option<Read>> {
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let Some(found) = tx.find_feed(hash).await? else { return Ok(None) };
    let revisions = tx.revisions(&found.person).await?;
    let (lang, events) = events(app, &mut tx, &found, &revisions, now).await?;
    tx.rollback().await?;
    let changed: Vec<Said> =
        events.iter().map(|event| &event.said).filter(|said| is_new(said, &revisions)).cloned().collect();
    let revisions = match changed.is_empty() {
        true => revisions,
        false => {
            let mut tx = app.db.begin().await?;
            tx.revise(&found.person, &changed, now).await?;
            let revisions = tx.revisions(&found.person).await?;
            tx.commit().await?;
            revisions
        }
    };
    let text = written(&app.words().plain(&lang, &say("feed-name")), &events, &revisions);
    let tag = format!("\"{}\"", crate::store::hash(&text));
    Ok(Some(Read { text, tag }))
}

fn is_new(said: &Said, revisions: &HashMap<String, Revision>) -> bool {
    revisions.get(&said.uid).is_none_or(|revision| revision.digest != said.digest)
}

/// What is in the calendar, in the person's language.
async fn events(
    app: &App,
    tx: &mut Tx,
    found: &Feed,
    revisions: &HashMap<String, Revision>,
    now: DateTime<Utc>,
) -> Result<(Lang, Vec<Worded>)> {
    let published: BTreeSet<&str> = revisions.keys().map(String::as_str).collect();
    let ids: Vec<_> = found.seats.iter().map(|(tandem, _)| tandem.clone()).collect();
    let since = super::batch::absences_since(now);
    let tandems = tx.tandems(&ids, NO_ENTRIES, since).await?;
    let (mut lang, mut all) = (Lang::source(), Vec::new());
    let texts = app.texts.now();
    let mut rounds: Vec<RoundId> = tandems.iter().map(|tandem| tandem.round.id.clone()).collect();
    rounds.sort();
    rounds.dedup();
    let meetings = tx.meetings(&rounds, feed::since(now)).await?;
    let mut ids = app.ids.clone();
    for tandem in tandems {
        let role = found.seats.iter().find(|(id, _)| *id == tandem.id).map(|(_, role)| *role);
        let (Some(role), Some(text)) = (role, texts.library.programme(&tandem.round.programme)) else { continue };
        let languages = texts.languages_of(&text.programme.id);
        let cx = Context { now, said: now, programme: &text.programme, languages, pages: app.pages() };
        let turn = Turn { t: tandem, cx, cause: Cause::Other, ids: &mut ids, out: Vec::new() };
        let Some(seat) = turn.t.seat(role) else { continue };
        lang = seat.person.lang.clone();
        let zone = seat.person.zone;
        let met = meetings.iter().filter(|(round, _)| *round == turn.t.round.id);
        let met: Vec<Event> = met.filter_map(|(_, meeting)| feed::meeting(meeting, &published)).collect();
        all.extend(
            feed::events(&turn, role, &published).into_iter().chain(met).map(|event| word(app, &lang, zone, event)),
        );
    }
    Ok((lang, all))
}

fn word(app: &App, lang: &Lang, zone: Tz, event: Event) -> Worded {
    let summary = summary(app, lang, &event.about);
    let place = place(&event.about).map(|place| format!("\n{place}")).unwrap_or_default();
    let digest = hash(&format!("{summary}\n{:?}\n{:?}{place}", event.when, event.status));
    let said = Said { uid: event.uid.clone(), digest, last: event.when.last_day(zone) };
    Worded { event, summary, said }
}

fn place(about: &About) -> Option<&str> {
    match about {
        About::Meeting { place, .. } => Some(place),
        _ => None,
    }
}

fn summary(app: &App, lang: &Lang, about: &About) -> String {
    let programme = |id: &str| app.library().programme_title(id, lang);
    let line = match about {
        About::Away => say("feed-away"),
        About::Cover { name: Some(name) } => say("feed-cover").with("name", Arg::Text(name.clone())),
        About::Cover { name: None } => say("feed-cover-somebody"),
        About::Lesson { programme, module, lesson } => {
            say("feed-lesson").with("title", Arg::Text(app.library().lesson_title(programme, module, lesson, lang)))
        }
        About::CourseStarts { programme: id } => say("feed-starts").with("title", Arg::Text(programme(id))),
        About::CourseEnds { programme: id } => say("feed-ends").with("title", Arg::Text(programme(id))),
        About::Meeting { title, .. } => return title.clone(),
    };
    app.words().plain(lang, &line)
}

/// The calendar as a text.
fn written(name: &str, events: &[Worded], revisions: &HashMap<String, Revision>) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0")).append_property(("PRODID", "-//Tandem//Tandem//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN")).name(name).ttl(&LOOK_EVERY);
    for worded in events {
        // Whoever erased themselves in this very moment has no revisions any more.
        let Some(revision) = revisions.get(&worded.event.uid) else { continue };
        calendar.push(component(worded, revision));
    }
    let mut text = String::new();
    for line in calendar.to_string().split_inclusive("\r\n") {
        fold(&mut text, line);
    }
    text
}

fn component(worded: &Worded, revision: &Revision) -> icalendar::Event {
    let mut event = icalendar::Event::with_uid(&worded.event.uid);
    event.summary(&worded.summary).sequence(revision.sequence).timestamp(revision.changed);
    if let Some(place) = place(&worded.event.about) {
        event.location(place);
    }
    // Nothing in here keeps a person from being invited elsewhere.
    event.append_property(Property::new("TRANSP", "TRANSPARENT")).class(icalendar::Class::Private);
    event.status(match worded.event.status {
        Status::Confirmed => EventStatus::Confirmed,
        Status::Cancelled => EventStatus::Cancelled,
    });
    match worded.event.when {
        // The end of whole days is the first day after them (RFC 5545, 3.6.1).
        When::Days(days) => event.starts(days.from).ends(days.to.succ_opt().unwrap_or(days.to)),
        // In UTC: no reader needs a table of time zones, or has an old one.
        When::Span { from, minutes } => event.starts(from).ends(from + TimeDelta::minutes(i64::from(minutes))),
    };
    event.done()
}

/// `icalendar` 0.17 folds lines, and forgets the space before a line that goes on: the last of them may be one octet
/// too long. What is already folded stays so.
fn fold(text: &mut String, line: &str) {
    let mut rest = line.trim_end_matches("\r\n");
    let mut room = LONGEST_LINE;
    while rest.len() > room {
        let cut = rest.floor_char_boundary(room);
        // Writing into a String does not fail.
        let _ = write!(text, "{}\r\n ", &rest[..cut]);
        rest = &rest[cut..];
        room = LONGEST_LINE - 1;
    }
    text.push_str(rest);
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_line_is_too_long_no_character_is_cut_and_nothing_is_lost(summary in "[a-zäöüß€🙂 ,;:\\\\]{0,300}") {
            let mut calendar = Calendar::empty();
            calendar.append_property(("SUMMARY", summary.as_str()));
            let mut text = String::new();
            for line in calendar.to_string().split_inclusive("\r\n") {
                fold(&mut text, line);
            }
            for line in text.split("\r\n") {
                prop_assert!(line.len() <= LONGEST_LINE, "{} octets: {line}", line.len());
            }
            let unfolded = |text: &str| text.replace("\r\n ", "");
            prop_assert_eq!(unfolded(&text), unfolded(&calendar.to_string()));
        }
    }
}
