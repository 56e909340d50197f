//! A person may sit in two rounds: which tandem does a deed concern?
//!
//! Does not know how the tandem deals with it.

use chrono::{DateTime, Utc};

use super::away;
use super::calendar::local_date;
use super::duration::{self, Reading};
use super::event::{Command, Deed};
use super::hours::{self, Word};
use super::ids::{PersonId, TandemId};
use super::message::{Arg, Button, Label, Message, Press, say};
use super::tandem::{Seat, Spot, Stage, Talk, Tandem, TandemPhase};
use super::tap::{
    AwayTap, DataTap, EditTap, ExamTap, Home, HoursTap, LetterTap, MAX_AT_ONCE, RecallTap, Tap, TimerTap,
};

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
        Deed::Tapped(Tap::Hours(HoursTap::Add(minutes))) => {
            let today = seats(tandems, person).next().map(|(_, seat)| local_date(now, seat.person.zone));
            match today.and_then(|today| which(tandems, person, &[Reading::of(today, *minutes)])) {
                Some(message) => return Route::Ask(message),
                None => None,
            }
        }
        // Whoever measures time does so in one tandem; all that is said about it goes there.
        Deed::Tapped(Tap::Hours(HoursTap::Timer(tap))) => match timer(tandems, person) {
            Some(id) => Some(id),
            None => match tap {
                TimerTap::Start => match which_timer(tandems, person) {
                    Some(message) => return Route::Ask(message),
                    None => None,
                },
                TimerTap::StartIn(tandem) => tandems.iter().find(|t| &t.id == tandem).map(|t| t.id.clone()),
                _ => None,
            },
        },
        Deed::Tapped(tap) => by_tap(tandems, person, tap),
        // A timer is stopped where it runs, whatever is being written elsewhere.
        Deed::Wrote(text) if hours::word(text) == Some(Word::Stop) && timer(tandems, person).is_some() => {
            timer(tandems, person)
        }
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
            HoursTap::Into { tandem, .. }
            | HoursTap::AllInto { tandem, .. }
            | HoursTap::On { tandem, .. }
            | HoursTap::Missing { tandem, .. }
            | HoursTap::Promise { tandem, .. }
            | HoursTap::End { tandem, .. },
        ) => holds(&|t| &t.id == tandem),
        Tap::Hours(
            HoursTap::Undo(entry)
            | HoursTap::Other(entry, _)
            | HoursTap::Edit(
                EditTap::Open(entry)
                | EditTap::Step(entry, _)
                | EditTap::Set(entry, _)
                | EditTap::Move(entry, _)
                | EditTap::Write(entry)
                | EditTap::Delete(entry),
            ),
        ) => holds(&|t| t.entries.iter().any(|e| &e.id == entry)),
        Tap::Cover { cover, .. } => holds(&|t| t.covers.iter().any(|c| &c.id == cover)),
        Tap::Away(AwayTap::Cancel(absence) | AwayTap::Until(absence) | AwayTap::TodayToo { absence, .. }) => {
            holds(&|t| t.absences.iter().any(|a| &a.id == absence))
        }
        Tap::Study { module, step, .. } => {
            let here = |spot: &Spot| &spot.module == module && &spot.step == step;
            let stands = seats(tandems, person).find(|(_, seat)| seat.mind.study.at.as_ref().is_some_and(here));
            let put_off = || {
                let parked = |seat: &Seat| seat.mind.study.parked.iter().any(|task| here(&task.spot));
                seats(tandems, person).find(|(_, seat)| parked(seat))
            };
            stands.or_else(put_off).map(|(tandem, _)| tandem.id.clone())
        }
        Tap::Leave { tandem, .. } | Tap::Licence { tandem, .. } => holds(&|t| &t.id == tandem),
        Tap::Exam(ExamTap::Open(tandem) | ExamTap::Begin(tandem) | ExamTap::Renew(tandem)) => {
            holds(&|t| &t.id == tandem)
        }
        Tap::Exam(ExamTap::Item { attempt, item, .. }) => {
            let here = |seat: &Seat| seat.mind.exam.attempt == *attempt && seat.mind.exam.item() == Some(item);
            seats(tandems, person).find(|(_, seat)| here(seat)).map(|(tandem, _)| tandem.id.clone())
        }
        Tap::Recall(RecallTap::Item { module, step, .. }) => {
            let here = |seat: &Seat| {
                seat.mind.recall.queue.first().is_some_and(|spot| &spot.module == module && &spot.step == step)
            };
            seats(tandems, person).find(|(_, seat)| here(seat)).map(|(tandem, _)| tandem.id.clone())
        }
        Tap::Survey { module, .. } => {
            let asks = |seat: &Seat| seat.mind.surveys.open.as_ref().is_some_and(|asking| &asking.module == module);
            seats(tandems, person).find(|(_, seat)| asks(seat)).map(|(tandem, _)| tandem.id.clone())
        }
        Tap::Letter(LetterTap::Send | LetterTap::Discard) => {
            let writes = |seat: &Seat| matches!(seat.mind.talk, Talk::Letter(_));
            seats(tandems, person).find(|(_, seat)| writes(seat)).map(|(tandem, _)| tandem.id.clone())
        }
        Tap::Lesson(_) | Tap::Home(Home::Lesson) => with_lesson(tandems, person),
        _ => None,
    }
}

/// The newest round in which a lesson or the closing test stands open.
fn with_lesson(tandems: &[&Tandem], person: &PersonId) -> Option<TandemId> {
    let open = seats(tandems, person).filter(|(_, seat)| seat.mind.study.at.is_some() || seat.mind.exam.is_open());
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
    if let Some(word) = hours::word(text) {
        return match (timer(tandems, person), word) {
            (Some(id), _) => Route::To(vec![id]),
            (None, Word::Start) => {
                which_timer(tandems, person).map_or_else(|| Route::To(vec![first.id.clone()]), Route::Ask)
            }
            (None, Word::Stop) => Route::To(vec![first.id.clone()]),
        };
    }
    let today = local_date(now, seat.person.zone);
    match duration::parse(text, today) {
        Ok(readings) => {
            if let Some(message) = which(tandems, person, &readings) {
                return Route::Ask(message);
            }
        }
        Err(_) if away::readable(text) => return all(tandems),
        Err(_) => {}
    }
    Route::To(vec![first.id.clone()])
}

/// The question which tandem these minutes belong to; `None` if only one is running.
fn which(tandems: &[&Tandem], person: &PersonId, readings: &[Reading]) -> Option<Message> {
    if running(tandems, person).count() < 2 || readings.is_empty() {
        return None;
    }
    if readings.len() > MAX_AT_ONCE {
        return Some(Message::of(say("hours-which-fewer").with("limit", MAX_AT_ONCE)));
    }
    let minutes = readings.iter().fold(0_u32, |sum, reading| sum.saturating_add(reading.minutes));
    let ask = Message::of(say("hours-which").with("minutes", Arg::Minutes(minutes)));
    Some(each_running(tandems, person, ask, |tandem| match readings {
        [reading] => HoursTap::Into {
            tandem: tandem.id.clone(),
            day: reading.date,
            minutes: reading.minutes,
            other: reading.other,
        },
        _ => HoursTap::AllInto {
            tandem: tandem.id.clone(),
            entries: readings.iter().map(|reading| (reading.date, reading.minutes)).collect(),
        },
    }))
}

/// The question which tandem the time that is going to be measured belongs to; `None` if only one is running.
fn which_timer(tandems: &[&Tandem], person: &PersonId) -> Option<Message> {
    if running(tandems, person).count() < 2 {
        return None;
    }
    let ask = Message::of(say("timer-which"));
    Some(each_running(tandems, person, ask, |tandem| HoursTap::Timer(TimerTap::StartIn(tandem.id.clone()))))
}

fn each_running(tandems: &[&Tandem], person: &PersonId, ask: Message, tap: impl Fn(&Tandem) -> HoursTap) -> Message {
    running(tandems, person).fold(ask, |message, (tandem, _)| {
        let name = tandem.organisation.clone().unwrap_or_else(|| tandem.round.name.clone());
        message.row([Button { label: Label::Name(name), press: Press::Tap(Tap::Hours(tap(tandem))) }])
    })
}

/// The tandem in which this person's timer runs.
fn timer(tandems: &[&Tandem], person: &PersonId) -> Option<TandemId> {
    tandems.iter().find(|tandem| hours::is_running(tandem, person)).map(|tandem| tandem.id.clone())
}

fn running<'a>(tandems: &'a [&'a Tandem], person: &'a PersonId) -> impl Iterator<Item = (&'a Tandem, &'a Seat)> {
    seats(tandems, person).filter(|(tandem, _)| tandem.phase == TandemPhase::Running)
}

fn seats<'a>(tandems: &'a [&'a Tandem], person: &'a PersonId) -> impl Iterator<Item = (&'a Tandem, &'a Seat)> {
    tandems.iter().flat_map(move |tandem| {
        tandem.seats().filter(move |seat| &seat.person.id == person).map(move |seat| (*tandem, seat))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Play, at, day, tandem, taps};
    use super::*;
    use crate::domain::record::Shortfall;
    use crate::domain::tandem::{Parked, Role, Round};
    use crate::domain::tap::{Act, LessonTap, LicenceAct};
    use std::sync::Arc;

    /// Ada leads in an older round and in a newer one.
    fn two() -> (Tandem, Tandem) {
        let mut older = Play::begun().t;
        let mut newer = older.clone();
        newer.id = TandemId("tandem000002".into());
        newer.round = Arc::new(Round { start: day("2026-12-07"), ..(*newer.round).clone() });
        older.organisation = Some("Alt".into());
        (older, newer)
    }

    fn ada() -> PersonId {
        tandem().lead.expect("a lead").person.id
    }

    fn routed(tandems: &[&Tandem], deed: &Deed) -> Route {
        route(tandems, &ada(), deed, at("2026-12-08 12:00"))
    }

    fn to(tandem: &Tandem) -> Route {
        Route::To(vec![tandem.id.clone()])
    }

    #[test]
    fn one_tandem_gets_everything_and_none_gets_nothing() {
        let (only, _) = two();
        for deed in [Deed::Joined, Deed::Wrote("2h".into()), Deed::Commanded(Command::Start), Deed::Blocked] {
            assert_eq!(routed(&[&only], &deed), to(&only));
            assert_eq!(routed(&[], &deed), Route::Nowhere);
        }
    }

    #[test]
    fn in_two_rounds_hours_are_asked_about_and_the_answer_keeps_its_day() {
        let (older, newer) = two();
        let deeds = [Deed::Wrote("gestern 45 min".into()), Deed::Tapped(Tap::Hours(HoursTap::Add(30)))]
            .map(|deed| routed(&[&older, &newer], &deed));
        for (route, (day, minutes)) in deeds.into_iter().zip([(day("2026-12-07"), 45), (day("2026-12-08"), 30)]) {
            let Route::Ask(message) = route else { panic!("nobody was asked") };
            let into =
                |tandem: &Tandem| Tap::Hours(HoursTap::Into { tandem: tandem.id.clone(), day, minutes, other: None });
            assert_eq!(taps(&message), [into(&older), into(&newer)]);
            assert_eq!(routed(&[&older, &newer], &Deed::Tapped(into(&older))), to(&older));
        }
    }

    #[test]
    fn a_round_that_does_not_run_takes_no_hours() {
        let (mut older, newer) = two();
        older.phase = TandemPhase::Forming;
        assert_eq!(routed(&[&older, &newer], &Deed::Wrote("45 min".into())), to(&newer));
    }

    #[test]
    fn whoever_is_blocked_leaves_or_writes_days_is_so_in_both() {
        let (older, newer) = two();
        let both = Route::To(vec![older.id.clone(), newer.id.clone()]);
        let delete = Deed::Tapped(Tap::Data(DataTap::DeleteReally));
        for deed in [Deed::Blocked, Deed::Unblocked, delete, Deed::Wrote("weg 14.12.".into())] {
            assert_eq!(routed(&[&older, &newer], &deed), both, "{deed:?}");
        }
    }

    #[test]
    fn a_text_goes_where_one_was_asked_for_and_else_to_the_first_running_round() {
        let (mut older, mut newer) = two();
        assert_eq!(routed(&[&older, &newer], &Deed::Wrote("Hallo".into())), to(&older));
        newer.lead.as_mut().expect("a lead").mind.talk = Talk::Away;
        assert_eq!(routed(&[&older, &newer], &Deed::Wrote("Hallo".into())), to(&newer));
        older.lead.as_mut().expect("a lead").mind.stage = Stage::Organisation;
        assert_eq!(routed(&[&older, &newer], &Deed::Wrote("Hallo".into())), to(&older));
    }

    #[test]
    fn a_button_goes_to_what_it_is_about() {
        let (mut older, mut newer) = two();
        let spot = |step: &str| Spot { module: "m1".into(), step: step.into() };
        let study = |step: &str| Deed::Tapped(Tap::Study { module: "m1".into(), step: step.into(), act: Act::Again });
        let mind = |tandem: &mut Tandem| tandem.seat_mut(Role::Lead).expect("a lead").mind.clone();
        assert_eq!(mind(&mut newer).study.at, None);
        older.lead.as_mut().expect("a lead").mind.study.at = Some(spot("card"));
        older.lead.as_mut().expect("a lead").mind.study.parked = vec![Parked { spot: spot("link"), reminded: true }];
        let open = Deed::Tapped(Tap::Lesson(LessonTap::Open));
        for deed in [study("card"), study("link"), open, Deed::Commanded(Command::Lesson)] {
            assert_eq!(routed(&[&older, &newer], &deed), to(&older), "{deed:?}");
        }
        let mut play = Play::of(older, "2026-12-08 09:00");
        play.says(Role::Lead, "20 min");
        play.says(Role::Lead, "weg 14.12.");
        let older = play.t;
        let about = [
            Tap::Licence { tandem: older.id.clone(), act: LicenceAct::Begin },
            Tap::Hours(HoursTap::Undo(older.entries[0].id.clone())),
            Tap::Hours(HoursTap::Missing {
                tandem: older.id.clone(),
                day: day("2026-12-08"),
                why: Shortfall::NotReleased,
            }),
            Tap::Away(AwayTap::Cancel(older.absences[0].id.clone())),
            Tap::Cover { cover: older.covers[0].id.clone(), version: 1, act: super::super::tap::CoverAct::Accept },
        ];
        for tap in about {
            assert_eq!(routed(&[&newer, &older], &Deed::Tapped(tap.clone())), to(&older), "{tap:?}");
        }
        assert_eq!(routed(&[&newer, &older], &Deed::Tapped(Tap::Home(Home::Open))), to(&newer));
    }
}
