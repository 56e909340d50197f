//! A person's calendar for other programs: which events there are, what each says, and the link to it.
//!
//! Owns: names of events that never change, whatever becomes of their days, and the screens around the link. Does not
//! know the format nor how revisions are counted (`app::feed`).

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::calendar::{self, Release};
use super::days::Days;
use super::effect::{Effect, FeedChange};
use super::home;
use super::meeting::{Held, Meeting};
use super::message::{Arg, Button, Message, button, say};
use super::tandem::{Absence, AbsencePhase, Cover, CoverPhase, Due, Role, TandemPhase};
use super::tap::{CalendarTap, Tap};
use super::turn::Turn;
use super::way;

/// How long an event stays after its last day. Below the 30 days for which revisions and absences are kept
/// (`store::retention`), or a number could be counted anew while it is still shown.
const KEPT_DAYS: i64 = 28;

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Made of what the event is about, never of its days: an event that moves is still the same.
    pub uid: String,
    pub about: About,
    pub when: When,
    pub status: Status,
}

/// What an event is about. There is no name but the other's of the pair, and no reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    Away,
    /// Standing in, for the other of the two if it is them.
    Cover {
        name: Option<String>,
    },
    Lesson {
        programme: String,
        module: String,
        lesson: String,
    },
    CourseStarts {
        programme: String,
    },
    CourseEnds {
        programme: String,
    },
    Meeting {
        title: String,
        place: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Days(Days),
    Span { from: DateTime<Utc>, minutes: u32 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Confirmed,
    /// Called off; said only of what a calendar has seen before.
    Cancelled,
}

/// Whether there is a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody could reach it from outside.
    Impossible,
    Off,
    On,
}

/// Everything in this person's calendar; `published` are the events that it has shown before.
pub fn events(turn: &Turn<'_>, role: Role, published: &BTreeSet<&str>) -> Vec<Event> {
    let known = |uid: &str| published.contains(uid);
    let absences = turn.t.absences.iter().filter_map(|absence| away(turn, role, absence, known));
    let covers = turn.t.covers.iter().filter_map(|cover| standing_in(turn, role, cover, known));
    let mut events: Vec<Event> = course(turn, role).into_iter().chain(absences).chain(covers).collect();
    events.extend(lessons(turn, role));
    let zone = turn.seat(role).person.zone;
    let oldest = turn.today(role) - TimeDelta::days(KEPT_DAYS);
    events.retain(|event| event.when.last_day(zone) >= oldest);
    events
}

impl When {
    /// The day on which it is over, in this zone.
    pub fn last_day(&self, zone: chrono_tz::Tz) -> NaiveDate {
        match self {
            When::Days(days) => days.to,
            When::Span { from, minutes } => calendar::local_date(*from + TimeDelta::minutes(i64::from(*minutes)), zone),
        }
    }
}

/// A round's meeting; one that was called off is said of only where it was seen before.
pub fn meeting(meeting: &Meeting, published: &BTreeSet<&str>) -> Option<Event> {
    let uid = format!("meeting-{}@tandem", meeting.id);
    let status = match meeting.standing {
        Held::Planned => Status::Confirmed,
        Held::Cancelled if published.contains(uid.as_str()) => Status::Cancelled,
        Held::Cancelled => return None,
    };
    let about = About::Meeting { title: meeting.title.clone(), place: meeting.place.clone() };
    Some(Event { uid, about, when: When::Span { from: meeting.starts, minutes: meeting.minutes }, status })
}

/// The first instant of whose meetings a calendar still speaks.
pub fn since(now: DateTime<Utc>) -> DateTime<Utc> {
    now - TimeDelta::days(KEPT_DAYS)
}

/// A button about the link.
pub fn tapped(turn: &mut Turn<'_>, role: Role, tap: CalendarTap) {
    let change = match tap {
        CalendarTap::NewLink => FeedChange::Open { secret: turn.ids.secret() },
        CalendarTap::Off => FeedChange::Close,
    };
    let person = turn.id_of(role);
    turn.out.push(Effect::Feed { person, change });
}

/// What is coming, with what can be done about the link.
pub fn offered(list: Message, standing: Standing) -> Message {
    let message = match standing {
        Standing::Impossible => list,
        Standing::Off => list.row([subscribe()]),
        Standing::On => list.and(say("calendar-feed-on")).row(changes()),
    };
    home::with_buttons(message)
}

/// The link, shown this once.
pub fn shown(link: &str) -> Message {
    let message = Message::of(say("calendar-feed-link").with("link", Arg::Text(link.to_owned())))
        .and(say("calendar-feed-how"))
        .and(say("calendar-feed-secret"));
    home::with_buttons(message.row(changes()))
}

/// The link is dead.
pub fn switched_off() -> Message {
    home::with_buttons(Message::of(say("calendar-feed-off")).row([subscribe()]))
}

fn subscribe() -> Button {
    button(say("button-feed-new"), Tap::Calendar(CalendarTap::NewLink))
}

fn changes() -> [Button; 2] {
    [
        button(say("button-feed-renew"), Tap::Calendar(CalendarTap::NewLink)),
        button(say("button-feed-off"), Tap::Calendar(CalendarTap::Off)),
    ]
}

fn away(turn: &Turn<'_>, role: Role, absence: &Absence, known: impl Fn(&str) -> bool) -> Option<Event> {
    let uid = format!("absence-{}@tandem", absence.id);
    let status = match absence.phase {
        _ if absence.who != turn.seat(role).person.id => return None,
        AbsencePhase::Planned | AbsencePhase::Ended => Status::Confirmed,
        AbsencePhase::Cancelled if known(&uid) => Status::Cancelled,
        AbsencePhase::Cancelled => return None,
    };
    Some(Event { uid, about: About::Away, when: When::Days(absence.days), status })
}

fn standing_in(turn: &Turn<'_>, role: Role, cover: &Cover, known: impl Fn(&str) -> bool) -> Option<Event> {
    let uid = format!("cover-{}@tandem", cover.id);
    let mine = cover.helper.as_ref() == Some(&turn.seat(role).person.id);
    let status = match cover.phase {
        CoverPhase::Accepted | CoverPhase::Done if mine => Status::Confirmed,
        _ if known(&uid) => Status::Cancelled,
        _ => return None,
    };
    let other = turn.t.seat(role.other()).map(|seat| &seat.person);
    let absence = turn.t.absences.iter().find(|absence| absence.id == cover.absence);
    let name = other.filter(|other| absence.is_some_and(|absence| absence.who == other.id));
    let about = About::Cover { name: name.map(|other| other.name.clone()) };
    Some(Event { uid, about, when: When::Days(cover.days), status })
}

/// The lessons that are still to come: the next by the agenda, the others as the programme's days, the person's hour
/// and the days on which they are there will have it.
fn lessons(turn: &Turn<'_>, role: Role) -> Vec<Event> {
    let Ok(release) = Release::parse(&turn.cx.programme.release) else { return Vec::new() };
    let seat = turn.seat(role);
    let (prefs, zone) = (&seat.person.prefs, seat.person.zone);
    let next = |at| calendar::next_release(&release, Some(prefs.hour), prefs.lesson_days, zone, at);
    let rests = |at: &DateTime<Utc>| turn.t.round.plans.rests(calendar::local_date(*at, zone));
    let after = |at| std::iter::successors(next(at), |at| next(*at)).find(|at| !rests(at));
    let start = turn.t.round.start;
    let to_start = turn.t.phase == TandemPhase::Forming && start >= turn.today(role) && !prefs.paused;
    let mut slot = match turn.t.agenda.get(&Due::Lesson(role)) {
        Some(next) => Some(*next),
        // Nothing is planned before the start; if all goes well, it begins on the round's first day.
        None if to_start => after(calendar::at(start, 0, 0, zone) - TimeDelta::seconds(1)),
        None => None,
    };
    let mut events = Vec::new();
    for index in seat.mind.study.released..way::lesson_count(turn.cx.programme) {
        let (Some(at), Some((module, lesson))) = (slot, way::nth_lesson(turn.cx.programme, index)) else { break };
        // As it will be put off when its time has come (`week::plan`).
        let at = if turn.polite(role, at) > at { turn.next_own_hour(role, at) } else { at };
        slot = after(at);
        events.push(Event {
            uid: format!("lesson-{}-{}-{}-{}@tandem", turn.t.id, role.code(), module.id, lesson.id),
            about: About::Lesson {
                programme: turn.cx.programme.id.clone(),
                module: module.id.clone(),
                lesson: lesson.id.clone(),
            },
            when: When::Span { from: at, minutes: lesson.minutes },
            status: Status::Confirmed,
        });
    }
    events
}

/// The course's first and last day, by the programme alone: the same for everybody in the round.
fn course(turn: &Turn<'_>, role: Role) -> Vec<Event> {
    let programme = turn.cx.programme;
    let event = |name: &str, about: About, day: NaiveDate| Event {
        uid: format!("{name}-{}-{}@tandem", turn.t.id, role.code()),
        about,
        when: When::Days(Days { from: day, to: day }),
        status: Status::Confirmed,
    };
    let start = turn.t.round.start;
    let mut events = vec![event("start", About::CourseStarts { programme: programme.id.clone() }, start)];
    if let Some(end) = last_lesson(turn) {
        events.push(event("end", About::CourseEnds { programme: programme.id.clone() }, end));
    }
    events
}

fn last_lesson(turn: &Turn<'_>) -> Option<NaiveDate> {
    let release = Release::parse(&turn.cx.programme.release).ok()?;
    let zone = turn.t.round.zone;
    let first = calendar::at(turn.t.round.start, 0, 0, zone) - TimeDelta::seconds(1);
    let slots = std::iter::successors(release.next(zone, first), |at| release.next(zone, *at));
    let rests = |at: &DateTime<Utc>| turn.t.round.plans.rests(calendar::local_date(*at, zone));
    let last = slots.filter(|at| !rests(at)).take(way::lesson_count(turn.cx.programme)).last()?;
    Some(calendar::local_date(last, zone))
}
