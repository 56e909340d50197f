//! A person may sit in two rounds: which tandem does a deed concern?
//!
//! Does not know how the tandem deals with it.

use chrono::{DateTime, Utc};

use super::away;
use super::calendar::local_date;
use super::duration;
use super::event::Deed;
use super::ids::{PersonId, TandemId};
use super::message::{Arg, Button, Label, Message, Press, say};
use super::tandem::{Seat, Stage, Talk, Tandem, TandemPhase};
use super::tap::{HoursTap, Tap};

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
    let all = || tandems.iter().map(|tandem| tandem.id.clone()).collect::<Vec<_>>();
    match tandems {
        [] => return Route::Nowhere,
        [only] => return Route::To(vec![only.id.clone()]),
        _ => {}
    }
    let found = match deed {
        Deed::Blocked | Deed::Unblocked | Deed::Tapped(Tap::Data(super::tap::DataTap::DeleteReally)) => {
            return Route::To(all());
        }
        Deed::Tapped(tap) => by_tap(tandems, person, tap),
        Deed::Wrote(text) => match by_talk(tandems, person) {
            Some(id) => Some(id),
            None => return by_text(tandems, person, text, now),
        },
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

fn by_tap(tandems: &[&Tandem], person: &PersonId, tap: &Tap) -> Option<TandemId> {
    let holds = |test: &dyn Fn(&Tandem) -> bool| tandems.iter().find(|tandem| test(tandem)).map(|t| t.id.clone());
    match tap {
        Tap::Hours(HoursTap::Into { tandem, .. }) => holds(&|t| &t.id == tandem),
        Tap::Hours(HoursTap::Undo(entry) | HoursTap::Other(entry, _)) => {
            holds(&|t| t.entries.iter().any(|e| &e.id == entry))
        }
        Tap::Cover { cover, .. } => holds(&|t| t.covers.iter().any(|c| &c.id == cover)),
        Tap::Away(super::tap::AwayTap::Cancel(absence)) => holds(&|t| t.absences.iter().any(|a| &a.id == absence)),
        Tap::Study { module, step, .. } => seats(tandems, person)
            .find(|(_, seat)| {
                seat.mind.study.at.as_ref().is_some_and(|spot| &spot.module == module && &spot.step == step)
            })
            .map(|(tandem, _)| tandem.id.clone()),
        _ => None,
    }
}

fn by_talk(tandems: &[&Tandem], person: &PersonId) -> Option<TandemId> {
    seats(tandems, person)
        .find(|(_, seat)| seat.mind.stage != Stage::Ready || seat.mind.talk != Talk::Nothing)
        .map(|(tandem, _)| tandem.id.clone())
}

/// Hours in two running rounds: whose are they? An absence holds in both, so the person is away in both.
fn by_text(tandems: &[&Tandem], person: &PersonId, text: &str, now: DateTime<Utc>) -> Route {
    if away::readable(text) {
        return Route::To(tandems.iter().map(|tandem| tandem.id.clone()).collect());
    }
    let running: Vec<(&Tandem, &Seat)> =
        seats(tandems, person).filter(|(tandem, _)| tandem.phase == TandemPhase::Running).collect();
    let (Some((_, seat)), true) = (running.first(), running.len() > 1) else {
        return match running.first().map(|(tandem, _)| *tandem).or_else(|| tandems.first().copied()) {
            Some(tandem) => Route::To(vec![tandem.id.clone()]),
            None => Route::Nowhere,
        };
    };
    let today = local_date(now, seat.person.zone);
    match duration::parse(text, today) {
        Ok(readings) if readings.len() == 1 => {
            let minutes = readings[0].minutes;
            let ago = u16::try_from((today - readings[0].date).num_days()).unwrap_or(0);
            let message = running.iter().fold(
                Message::of(say("hours-which").with("minutes", Arg::Minutes(minutes))),
                |message, (tandem, _)| {
                    let tap = Tap::Hours(HoursTap::Into { tandem: tandem.id.clone(), ago, minutes });
                    let name = tandem.organisation.clone().unwrap_or_else(|| tandem.round.name.clone());
                    message.row([Button { label: Label::Name(name), press: Press::Tap(tap) }])
                },
            );
            Route::Ask(message)
        }
        _ => Route::To(vec![running[0].0.id.clone()]),
    }
}

fn seats<'a>(tandems: &'a [&'a Tandem], person: &'a PersonId) -> impl Iterator<Item = (&'a Tandem, &'a Seat)> {
    tandems.iter().flat_map(move |tandem| {
        tandem.seats().filter(move |seat| &seat.person.id == person).map(move |seat| (*tandem, seat))
    })
}
