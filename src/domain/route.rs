//! A person may sit in two rounds: which tandem does a deed concern?
//!
//! Does not know how the tandem deals with it.

use chrono::{DateTime, TimeDelta, Utc};

use super::away;
use super::calendar::local_date;
use super::duration;
use super::event::{Command, Deed};
use super::ids::{PersonId, TandemId};
use super::message::{Arg, Button, Label, Message, Press, say};
use super::tandem::{Seat, Spot, Stage, Talk, Tandem, TandemPhase};
use super::tap::{AwayTap, DataTap, Home, HoursTap, Tap};

/// Where a deed goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Route {
    /// To these tandems: one, except for what concerns the person as a whole.
    To(Vec<TandemId>),
    /// The person is asked.
    Ask(Message),
    Nowhere,
}

/// Finds the tandem that a deed concerns.
pub fn route(tandems: &[&Tandem], person: &PersonId, deed: &Deed, now: DateTime<Utc>) -> Route {
    match tandems {
        [] => return Route::Nowhere,
        [only] => return Route::To(vec![only.id.clone()]),
        _ => {}
    }
    let found = match deed {
        Deed::Blocked | Deed::Unblocked | Deed::Tapped(Tap::Data(DataTap::DeleteReally)) => return all(tandems),
        Deed::Tapped(Tap::Hours(HoursTap::Add(minutes))) => match which(tandems, person, *minutes, 0, now) {
            Some(message) => return Route::Ask(message),
            None => None,
        },
        Deed::Tapped(tap) => by_tap(tandems, person, tap),
        Deed::Wrote(text) => match by_talk(tandems, person) {
            Some(id) => Some(id),
            None => return by_text(tandems, person, text, now),
        },
        Deed::Commanded(Command::Lesson) => with_lesson(tandems, person),
        Deed::Commanded(_) | Deed::SentOther(_) | Deed::Joined => None,
    };
    // Without a sign it is the tandem that joining has not been finished for, or else the newest one.
    let unfinished = || seats(tandems, person).find(|(_, seat)| seat.mind.stage != Stage::Ready).map(|(t, _)| t);
    let newest = || tandems.iter().max_by_key(|tandem| tandem.round.start).copied();
    match found.or_else(|| unfinished().or_else(newest).map(|tandem| tandem.id.clone())) {
        Some(id) => Route::To(vec![id]),
        None => Route::Nowhere,
    }
}

fn all(tandems: &[&Tandem]) -> Route {
    Route::To(tandems.iter().map(|tandem| tandem.id.clone()).collect())
}

fn by_tap(tandems: &[&Tandem], person: &PersonId, tap: &Tap) -> Option<TandemId> {
    let holds = |test: &dyn Fn(&Tandem) -> bool| tandems.iter().find(|tandem| test(tandem)).map(|t| t.id.clone());
    match tap {
        Tap::Hours(
            HoursTap::Into { tandem, .. } | HoursTap::On { tandem, .. } | HoursTap::NotReleased { tandem, .. },
        ) => holds(&|t| &t.id == tandem),
        Tap::Hours(HoursTap::Undo(entry) | HoursTap::Other(entry, _)) => {
            holds(&|t| t.entries.iter().any(|e| &e.id == entry))
        }
        Tap::Cover { cover, .. } => holds(&|t| t.covers.iter().any(|c| &c.id == cover)),
        Tap::Away(AwayTap::Cancel(absence)) => holds(&|t| t.absences.iter().any(|a| &a.id == absence)),
        Tap::Study { module, step, .. } => {
            let here = |spot: &Spot| &spot.module == module && &spot.step == step;
            let stands = seats(tandems, person).find(|(_, seat)| seat.mind.study.at.as_ref().is_some_and(here));
            let put_off = || {
                let parked = |seat: &Seat| seat.mind.study.parked.iter().any(|task| here(&task.spot));
                seats(tandems, person).find(|(_, seat)| parked(seat))
            };
            stands.or_else(put_off).map(|(tandem, _)| tandem.id.clone())
        }
        Tap::Lesson(_) | Tap::Home(Home::Lesson) => with_lesson(tandems, person),
        _ => None,
    }
}

/// The newest round in which a lesson stands open.
fn with_lesson(tandems: &[&Tandem], person: &PersonId) -> Option<TandemId> {
    let open = seats(tandems, person).filter(|(_, seat)| seat.mind.study.at.is_some());
    open.max_by_key(|(tandem, _)| tandem.round.start).map(|(tandem, _)| tandem.id.clone())
}

fn by_talk(tandems: &[&Tandem], person: &PersonId) -> Option<TandemId> {
    seats(tandems, person)
        .find(|(_, seat)| seat.mind.stage != Stage::Ready || seat.mind.talk != Talk::Nothing)
        .map(|(tandem, _)| tandem.id.clone())
}

/// Hours in two running rounds: whose are they? An absence holds in both, so the person is away in both.
fn by_text(tandems: &[&Tandem], person: &PersonId, text: &str, now: DateTime<Utc>) -> Route {
    let Some((first, seat)) = running(tandems, person).next().or_else(|| seats(tandems, person).next()) else {
        return Route::Nowhere;
    };
    let today = local_date(now, seat.person.zone);
    match duration::parse(text, today) {
        Ok(readings) => {
            if let [reading] = readings.as_slice()
                && let Some(message) =
                    which(tandems, person, reading.minutes, (today - reading.date).num_days(), now)
            {
                return Route::Ask(message);
            }
        }
        Err(_) if away::readable(text) => return all(tandems),
        Err(_) => {}
    }
    Route::To(vec![first.id.clone()])
}

/// The question which tandem minutes belong to, so many days ago; `None` if only one is running.
fn which(tandems: &[&Tandem], person: &PersonId, minutes: u32, ago: i64, now: DateTime<Utc>) -> Option<Message> {
    if running(tandems, person).count() < 2 {
        return None;
    }
    let ask = Message::of(say("hours-which").with("minutes", Arg::Minutes(minutes)));
    Some(running(tandems, person).fold(ask, |message, (tandem, seat)| {
        let day = local_date(now, seat.person.zone) - TimeDelta::days(ago);
        let tap = Tap::Hours(HoursTap::Into { tandem: tandem.id.clone(), day, minutes });
        let name = tandem.organisation.clone().unwrap_or_else(|| tandem.round.name.clone());
        message.row([Button { label: Label::Name(name), press: Press::Tap(tap) }])
    }))
}

fn running<'a>(tandems: &'a [&'a Tandem], person: &'a PersonId) -> impl Iterator<Item = (&'a Tandem, &'a Seat)> {
    seats(tandems, person).filter(|(tandem, _)| tandem.phase == TandemPhase::Running)
}

fn seats<'a>(tandems: &'a [&'a Tandem], person: &'a PersonId) -> impl Iterator<Item = (&'a Tandem, &'a Seat)> {
    tandems.iter().flat_map(move |tandem| {
        tandem.seats().filter(move |seat| &seat.person.id == person).map(move |seat| (*tandem, seat))
    })
}
