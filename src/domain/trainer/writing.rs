//! What a trainer writes for the people of a round: asked for, piece by piece, until all of it is there.
//!
//! Owns: the order of these steps, and what a text or a time must be like. Does not know what is done with it (`sending`).

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::draft::next_monday;
use super::{AtDesk, Desk, MAX_PLACES, RoundCard, Trainer, back_to, on};
use crate::domain::dates;
use crate::domain::effect::{Effect, Look, RoundChange};
use crate::domain::ids::{LetterId, MeetingId, RoundId};
use crate::domain::letter::Purpose;
use crate::domain::meeting::{self, Held, MAX_LINE, MINUTES, Meeting};
use crate::domain::message::{Arg, Message, button, say};
use crate::domain::news::{self, About, MAX_TEXT, Standing};
use crate::domain::tandem::RoundPhase;
use crate::domain::tap::{RoundTap, Tap, TrainerTap};

/// How far ahead a round may begin.
pub(super) const MAX_DAYS_AHEAD: i64 = 366;

/// News that may wait for their time in one round.
pub(super) const MAX_PLANNED: usize = 5;

/// Weeks among which one of rest is chosen.
pub(super) const REST_WEEKS: u8 = 8;

/// Something for the people of a round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Writing {
    pub round: RoundId,
    pub what: What,
    /// The words, once they are written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Whether the next text is the time at which it is sent.
    #[serde(default)]
    pub time: bool,
}

/// What it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A trainer's own words, or "you said – we changed".
    Words { changed: bool },
    /// Another first day; asked for until there is one.
    Dates { day: Option<NaiveDate> },
    /// How many tandems there is room for.
    Seats,
    /// A week of rest, or none any more.
    Rest { monday: Option<NaiveDate> },
    /// Where the round's group is.
    Group,
    /// A meeting: its title, when, and where.
    Meeting { title: Option<String>, starts: Option<DateTime<Utc>>, place: Option<String> },
    /// The answer to what a participant wrote.
    Answer { letter: LetterId, question: String, purpose: Purpose },
    /// The round is closed.
    Close,
    /// The beginning of the name of an organisation, for a seat.
    Seat,
}

impl Writing {
    /// When nobody needs to hear of it any more.
    pub(super) fn until(&self) -> Option<DateTime<Utc>> {
        match &self.what {
            What::Meeting { starts, .. } => *starts,
            _ => None,
        }
    }

    /// What everybody is going to be told, once all of it is there.
    pub(super) fn about(&self, card: &RoundCard) -> Option<About> {
        Some(match &self.what {
            What::Words { changed: false } => About::Word,
            What::Words { changed: true } => About::Changed,
            What::Dates { day } => About::Moved { day: (*day)? },
            What::Rest { monday } => {
                let monday = (*monday)?;
                match card.plans.rests.contains(&monday) {
                    true => About::NoRest { monday },
                    false => About::Rest { monday },
                }
            }
            What::Group => About::Group,
            What::Meeting { title, starts, place } => {
                let meeting = named(title.clone()?, (*starts)?, place.clone()?, MeetingId(String::new()));
                meeting.news(Standing::New, card.zone)
            }
            What::Close => About::Closed,
            What::Answer { question, .. } => About::Answer { question: question.clone() },
            What::Seats | What::Seat => return None,
        })
    }
}

pub(super) fn named(title: String, starts: DateTime<Utc>, place: String, id: MeetingId) -> Meeting {
    Meeting { id, title, place, starts, minutes: MINUTES, standing: Held::Planned }
}

impl AtDesk<'_, '_> {
    /// Whoever turns to something else is not asked for a text any more.
    pub(super) fn writes_no_more(&mut self) {
        if let Desk::Writing(_) = self.t.desk {
            self.t.desk = Desk::Clear;
        }
    }

    /// `/announce`: in the only round that takes news, or after asking which.
    pub(super) fn announce(&mut self) {
        let open: Vec<RoundCard> =
            self.t.rounds.iter().filter(|card| card.phase != RoundPhase::Closed).cloned().collect();
        match open.as_slice() {
            [] => self.rounds(),
            [only] => self.begin_news(only, RoundTap::Announce),
            several => {
                let message = several.iter().take(20).fold(Message::of(say("announce-which")), |message, card| {
                    let tap = Tap::Trainer(TrainerTap::On(card.id.clone(), RoundTap::Announce));
                    message.row([super::Button {
                        label: super::Label::Name(card.name.clone()),
                        press: super::Press::Tap(tap),
                    }])
                });
                self.show(message);
            }
        }
    }

    pub(super) fn begin_news(&mut self, card: &RoundCard, tap: RoundTap) {
        if card.phase == RoundPhase::Closed {
            return self.note(say("round-is-closed"));
        }
        if card.planned.len() >= MAX_PLANNED {
            let message = Message::of(say("announce-enough").with("limit", MAX_PLANNED));
            return self.show(message.row([on(card, "button-news", RoundTap::News)]).row([back_to(&card.id)]));
        }
        self.begin(card, What::Words { changed: tap == RoundTap::Changed });
    }

    pub(super) fn begin_change(&mut self, card: &RoundCard, tap: RoundTap) {
        match tap {
            _ if card.phase == RoundPhase::Closed => self.note(say("round-is-closed")),
            RoundTap::Dates if card.phase != RoundPhase::Planned => self.note(say("stale")),
            RoundTap::Dates => self.begin(card, What::Dates { day: None }),
            RoundTap::Seats => self.begin(card, What::Seats),
            RoundTap::Group => self.begin(card, What::Group),
            _ => self.begin(card, What::Meeting { title: None, starts: None, place: None }),
        }
    }

    /// Begins to write: the first question.
    pub(super) fn begin(&mut self, card: &RoundCard, what: What) {
        let message = question(&what, card).row([discard()]);
        let message = match &what {
            What::Dates { .. } => {
                let monday = next_monday(self.today());
                let week = |weeks: u8| {
                    let day = monday + TimeDelta::weeks(i64::from(weeks));
                    button(say("day").with("day", day), Tap::Trainer(TrainerTap::Start(weeks)))
                };
                let mut message = message;
                message.rows.insert(0, vec![week(0), week(1)]);
                message.rows.insert(1, vec![week(2), week(3)]);
                message
            }
            What::Words { changed: false } => {
                let mut message = message;
                message.rows.insert(0, vec![on(card, "button-announce-changed", RoundTap::Changed)]);
                message
            }
            _ => message,
        };
        self.t.desk = Desk::Writing(Writing { round: card.id.clone(), what, text: None, time: false });
        self.show(message);
    }

    /// A text that was asked for.
    pub(super) fn written(&mut self, mut writing: Writing, text: &str) {
        let Some(card) = self.t.rounds.iter().find(|card| card.id == writing.round).cloned() else {
            self.t.desk = Desk::Clear;
            return self.help();
        };
        if writing.time {
            return match meeting::moment(text, self.cx.now, card.zone) {
                Some(at) => self.tell(&card, writing, at, false),
                None => self.show(Message::of(say("announce-time-unclear")).row([discard()])),
            };
        }
        match &mut writing.what {
            What::Words { .. } | What::Answer { .. } => match news::readable(text) {
                Some(text) => writing.text = Some(text),
                None => return self.show(Message::of(say("announce-long").with("limit", MAX_TEXT)).row([discard()])),
            },
            What::Dates { .. } => {
                return match dates::parse_date(text, self.today()) {
                    Ok(day) => self.dated(day),
                    Err(_) => self.show(Message::of(say("draft-start-unclear")).row([discard()])),
                };
            }
            What::Seats => return self.places(&card, text),
            What::Seat => return self.seats_named(&card, text),
            What::Group => match group_link(text) {
                Some(link) => writing.text = Some(link),
                None => return self.show(Message::of(say("group-unclear")).row([discard()])),
            },
            What::Meeting { title, starts, place } => {
                let read = match (&title, &starts) {
                    (None, _) => meeting::line(text).map(|line| *title = Some(line)),
                    (_, None) => meeting::moment(text, self.cx.now, card.zone).map(|at| *starts = Some(at)),
                    _ => meeting::line(text).map(|line| *place = Some(line)),
                };
                let missing = place.is_none();
                if read.is_none() {
                    let line = match (&title, &starts) {
                        (Some(_), None) => say("announce-time-unclear"),
                        _ => say("meeting-line-long").with("limit", MAX_LINE),
                    };
                    return self.show(Message::of(line).row([discard()]));
                }
                if missing {
                    let message = question(&writing.what, &card).row([discard()]);
                    self.t.desk = Desk::Writing(writing);
                    return self.show(message);
                }
            }
            What::Rest { .. } | What::Close => return self.help(),
        }
        self.preview(&card, writing);
    }

    /// Shows what is going to be sent. An answer can go to one person or to all, so it is shown here.
    pub(super) fn preview(&mut self, card: &RoundCard, writing: Writing) {
        let text = writing.text.clone().unwrap_or_default();
        match (&writing.what, writing.about(card)) {
            (What::Answer { purpose, .. }, Some(about)) => {
                let tap = |key: &'static str, tap| button(say(key), Tap::Trainer(tap));
                let About::Answer { question } = about else { return self.note(say("stale")) };
                let shown = say("answer-came").with("question", Arg::Text(question)).with("text", Arg::Text(text));
                let message =
                    Message::of(say("answer-preview")).and(shown).row([tap("button-answer-one", TrainerTap::Send)]);
                // What somebody asked for themselves alone is nobody else's affair.
                let message = match purpose {
                    Purpose::Question => {
                        message.and(say("answer-preview-all")).row([tap("button-answer-all", TrainerTap::AnswerAll)])
                    }
                    Purpose::Post | Purpose::Employer | Purpose::Round => message,
                };
                let message = message.row([tap("button-announce-rewrite", TrainerTap::Rewrite), discard()]);
                self.show(message);
            }
            (_, Some(about)) => {
                self.out.push(Effect::Look(Look::Preview { round: card.id.clone(), about, text }));
            }
            (_, None) => return self.note(say("stale")),
        }
        self.t.desk = Desk::Writing(writing);
    }

    /// Another first day was named.
    pub(super) fn dated(&mut self, day: NaiveDate) {
        let Some((card, mut writing)) = self.at_work() else { return self.note(say("stale")) };
        let What::Dates { day: slot } = &mut writing.what else { return self.note(say("stale")) };
        let Some(day) = starts_on(day, self.cx.now.with_timezone(&card.zone).date_naive()) else {
            return self.show(Message::of(say("draft-start-unclear")).row([discard()]));
        };
        *slot = Some(day);
        self.preview(&card, writing);
    }

    /// A week was chosen.
    pub(super) fn rest(&mut self, weeks: u8) {
        let Some((card, mut writing)) = self.at_work() else { return self.note(say("stale")) };
        let What::Rest { monday } = &mut writing.what else { return self.note(say("stale")) };
        if weeks == 0 || weeks > REST_WEEKS {
            return self.note(say("stale"));
        }
        *monday = Some(rest_monday(self.today(), weeks));
        self.preview(&card, writing);
    }

    fn places(&mut self, card: &RoundCard, text: &str) {
        match text.trim().parse::<u32>() {
            Ok(places) if (1..=MAX_PLACES).contains(&places) => {
                self.t.desk = Desk::Clear;
                self.out.push(Effect::Round(card.id.clone(), RoundChange::Seats(places)));
                let line = say("seats-changed").with("places", i64::from(places));
                self.show(Message::of(line).row([back_to(&card.id)]));
            }
            _ => {
                let line = say("draft-places-unclear").with("limit", i64::from(MAX_PLACES));
                self.show(Message::of(line).row([discard()]));
            }
        }
    }

    pub(super) fn rewrite(&mut self) {
        match self.at_work() {
            Some((card, writing)) if matches!(writing.what, What::Words { .. } | What::Answer { .. }) => {
                self.begin(&card, writing.what);
            }
            _ => self.note(say("stale")),
        }
    }

    /// What is being written, if the round is still this trainer's.
    pub(super) fn at_work(&self) -> Option<(RoundCard, Writing)> {
        let Trainer { desk: Desk::Writing(writing), rounds, .. } = &self.t else { return None };
        let card = rounds.iter().find(|card| card.id == writing.round)?;
        Some((card.clone(), writing.clone()))
    }
}

fn question(what: &What, card: &RoundCard) -> Message {
    let line = match what {
        What::Words { changed: false } => {
            say("announce-ask").with("round", Arg::Text(card.name.clone())).with("limit", MAX_TEXT)
        }
        What::Words { changed: true } => say("announce-ask-changed").with("limit", MAX_TEXT),
        What::Dates { .. } => say("dates-ask").with("day", card.start),
        What::Seats => say("seats-ask").with("places", i64::from(card.places)),
        What::Group => say("group-ask"),
        What::Meeting { title: None, .. } => say("meeting-ask-title"),
        What::Meeting { starts: None, .. } => say("meeting-ask-time"),
        What::Meeting { .. } => say("meeting-ask-place"),
        What::Answer { question, .. } => {
            say("answer-ask").with("question", Arg::Text(question.clone())).with("limit", MAX_TEXT)
        }
        What::Rest { .. } => say("rest-ask"),
        What::Close => say("close-ask"),
        What::Seat => say("seats-which"),
    };
    Message::of(line)
}

/// The Monday so many weeks from now; the running week cannot be made one of rest.
pub(super) fn rest_monday(today: NaiveDate, weeks: u8) -> NaiveDate {
    let monday = today - TimeDelta::days(i64::from(today.weekday().num_days_from_monday()));
    monday + TimeDelta::weeks(i64::from(weeks))
}

/// A first day that a round may be moved to: from tomorrow on, and within a year.
pub(super) fn starts_on(day: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
    (1..=MAX_DAYS_AHEAD).contains(&(day - today).num_days()).then_some(day)
}

/// An address of a group: https, and one word.
pub(super) fn group_link(text: &str) -> Option<String> {
    let text = text.trim();
    let host = text.strip_prefix("https://")?.split(['/', '?', '#']).next()?;
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"');
    let whole = text.chars().all(plain) && host.contains('.') && !host.contains('@');
    (whole && text.len() <= MAX_LINE).then(|| text.to_owned())
}

pub(super) fn discard() -> super::Button {
    button(say("button-announce-discard"), Tap::Trainer(TrainerTap::Discard))
}
