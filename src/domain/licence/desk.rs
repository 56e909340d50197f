//! Trainers who are asked to confirm a hand-over: told once a day at most, shown one request after the other.

use chrono::{DateTime, Datelike, Utc, Weekday};

use super::super::calendar;
use super::super::effect::{Kind, Owed};
use super::super::ids::{RoundId, TandemId};
use super::super::message::{Arg, Message, button, say};
use super::super::pacing::Lane;
use super::super::tandem::{Person, Round};
use super::super::tap::{RoundTap, Tap, TrainerTap};

/// The hour at which trainers hear what has come together since the day before.
const HOUR: u32 = 9;

/// Days looked ahead for one on which offices are open.
const AHEAD: usize = 7;

/// Tells a trainer that somebody waits; the same message for all who ask until it goes out.
pub fn notice(trainer: &Person, round: &Round, now: DateTime<Utc>) -> Owed {
    let today = calendar::local_date(now, trainer.zone);
    let open = today.iter_days().take(AHEAD).filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
    let mornings = open.map(|day| (day, calendar::at(day, HOUR, 0, trainer.zone)));
    let (day, at) = mornings.into_iter().find(|(_, at)| *at > now).unwrap_or((today, now));
    let look = button(say("button-vouches"), Tap::Trainer(TrainerTap::On(round.id.clone(), RoundTap::Vouches)));
    Owed {
        to: trainer.id.clone(),
        kind: Kind::Notice,
        occurrence: format!("vouches:{}:{day}", round.id),
        lane: Lane::Bulk,
        not_before: at,
        expires: None,
        slot: None,
        message: Message::of(say("vouch-notice").with("round", Arg::Text(round.name.clone()))).row([look]),
    }
}

/// The oldest request, and how many there are.
pub fn asking(round: &RoundId, first: Option<(String, Option<String>, TandemId)>, count: usize) -> Message {
    let back = button(say("button-round"), Tap::Trainer(TrainerTap::On(round.clone(), RoundTap::Open)));
    let Some((name, organisation, tandem)) = first else { return Message::of(say("vouch-none")).row([back]) };
    let organisation = organisation.map_or_else(|| Arg::from(say("organisation-unnamed")), Arg::Text);
    let word = |yes| Tap::Trainer(TrainerTap::Vouch { tandem: tandem.clone(), yes });
    let mut message = Message::of(say("vouch-ask").with("name", Arg::Text(name)).with("organisation", organisation));
    if count > 1 {
        message = message.and(say("vouch-more").with("count", count - 1));
    }
    message.row([button(say("button-vouch-yes"), word(true)), button(say("button-vouch-no"), word(false))]).row([back])
}
