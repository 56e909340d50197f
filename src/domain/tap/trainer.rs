//! What a trainer's buttons mean, and how that is written down.
//!
//! Owns: the fields behind `r`. Ids come from a device and may be anything: the desk looks whether they are its own.

use serde::{Deserialize, Serialize};

use super::preview::PreviewTap;
use crate::domain::ids::{LetterId, MeetingId, NewsId, PersonId, RoundId, TandemId};
use crate::domain::tandem::Role;

/// How many characters of a person's id tell whom a seat's button means.
const WHO: usize = 8;

/// Stands where nobody sits.
const NOBODY: &str = "-";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TrainerTap {
    Create,
    Programme(String),
    /// The Monday after this many weeks.
    Start(u8),
    Places(u16),
    Rounds,
    Dashboard,
    Settings,
    /// The day of the digest, counted from Monday as 0.
    Digest(u8),
    NoDigest,
    /// Something about one round.
    On(RoundId, RoundTap),
    Admit(TandemId),
    /// Sends what is being written, now or at the time that was chosen.
    Send,
    /// Asks for another time.
    SendLater,
    /// At nine on the next working day, or on the next Monday.
    SendAt(Soon),
    Rewrite,
    Discard,
    Withdraw(NewsId),
    /// A week of rest: this many weeks from now.
    Rest(u8),
    /// Takes another trainer off the round.
    Dismiss(RoundId, PersonId),
    /// Which round this tandem is to sit in.
    Shift(TandemId),
    ShiftTo(TandemId, RoundId),
    /// Answers what a participant wrote.
    Answer(LetterId),
    /// What was written goes to everybody in the round, without the asker's name.
    AnswerAll,
    CancelMeeting(MeetingId),
    /// Looks through the lessons.
    Preview(PreviewTap),
    /// A word about a hand-over that was practised, or was not.
    Vouch {
        tandem: TandemId,
        yes: bool,
    },
    /// A seat for somebody new.
    Seat {
        round: RoundId,
        tandem: TandemId,
        act: SeatAct,
    },
}

/// How far a trainer is who gives a seat to somebody new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeatAct {
    /// Which of the two seats it is.
    Open,
    /// Whether that is meant.
    Ask(Chair),
    Really(Chair),
}

/// A seat as it was when a button or a form was made: whoever has come to sit there since is not meant by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chair {
    pub role: Role,
    /// The beginning of an id.
    who: String,
}

impl Chair {
    /// The seat of this person, or a free one.
    pub fn of(role: Role, person: Option<&PersonId>) -> Self {
        let who = person.map_or(NOBODY.to_owned(), |person| person.as_str().chars().take(WHO).collect());
        Self { role, who }
    }

    /// As a form hands it over.
    pub fn read(role: Role, who: &str) -> Self {
        Self { role, who: who.to_owned() }
    }

    /// As a form carries it.
    pub fn who(&self) -> &str {
        &self.who
    }

    pub fn is_free(&self) -> bool {
        self.who == NOBODY
    }

    fn code(&self, lead: &'static str, deputy: &'static str) -> &'static str {
        match self.role {
            Role::Lead => lead,
            Role::Deputy => deputy,
        }
    }
}

/// What is done about a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RoundTap {
    Open,
    Link,
    StartNow,
    StartReally,
    Report,
    /// What can be changed.
    Manage,
    Announce,
    /// "You said – we changed."
    Changed,
    /// What was announced, and how it arrived.
    News,
    Copy,
    Dates,
    Seats,
    Rest,
    Close,
    CloseReally,
    Colleagues,
    InviteColleague,
    Shift,
    /// A seat for somebody new.
    Seat,
    Letters,
    Meetings,
    NewMeeting,
    Group,
    /// Who waits for a word about a hand-over.
    Vouches,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Soon {
    NextDay,
    NextMonday,
}

pub(crate) const ON: &[(RoundTap, &str)] = &[
    (RoundTap::Open, "o"),
    (RoundTap::Link, "i"),
    (RoundTap::StartNow, "g"),
    (RoundTap::StartReally, "y"),
    (RoundTap::Report, "r"),
    (RoundTap::Manage, "m"),
    (RoundTap::Announce, "an"),
    (RoundTap::Changed, "ac"),
    (RoundTap::News, "al"),
    (RoundTap::Copy, "cp"),
    (RoundTap::Dates, "dt"),
    (RoundTap::Seats, "st"),
    (RoundTap::Rest, "pw"),
    (RoundTap::Close, "cl"),
    (RoundTap::CloseReally, "cr"),
    (RoundTap::Colleagues, "co"),
    (RoundTap::InviteColleague, "ci"),
    (RoundTap::Shift, "sh"),
    (RoundTap::Seat, "se"),
    (RoundTap::Letters, "ls"),
    (RoundTap::Meetings, "ms"),
    (RoundTap::NewMeeting, "mn"),
    (RoundTap::Group, "gl"),
    (RoundTap::Vouches, "vs"),
];

const PLAIN: &[(TrainerTap, &str)] = &[
    (TrainerTap::Create, "c"),
    (TrainerTap::Rounds, "l"),
    (TrainerTap::Dashboard, "d"),
    (TrainerTap::Settings, "e"),
    (TrainerTap::NoDigest, "en"),
    (TrainerTap::Send, "x"),
    (TrainerTap::SendLater, "xl"),
    (TrainerTap::SendAt(Soon::NextDay), "xd"),
    (TrainerTap::SendAt(Soon::NextMonday), "xm"),
    (TrainerTap::Rewrite, "xw"),
    (TrainerTap::Discard, "xn"),
    (TrainerTap::AnswerAll, "xa"),
];

impl TrainerTap {
    /// Whether it goes on with what a trainer is writing; whatever else is tapped ends that.
    pub fn goes_on(&self) -> bool {
        matches!(
            self,
            Self::Programme(_)
                | Self::Start(_)
                | Self::Places(_)
                | Self::Send
                | Self::SendLater
                | Self::SendAt(_)
                | Self::Rewrite
                | Self::Discard
                | Self::AnswerAll
                | Self::Rest(_)
        )
    }

    pub(super) fn fields(&self) -> Vec<String> {
        if let Some((_, name)) = PLAIN.iter().find(|(plain, _)| plain == self) {
            return own(&["r", name]);
        }
        match self {
            Self::Programme(id) => own(&["r", "p", id]),
            Self::Start(weeks) => own(&["r", "s", &weeks.to_string()]),
            Self::Places(places) => own(&["r", "n", &places.to_string()]),
            Self::Digest(day) => own(&["r", "ed", &day.to_string()]),
            Self::Rest(weeks) => own(&["r", "w", &weeks.to_string()]),
            Self::On(round, tap) => own(&["r", super::codec::name_of(ON, tap), round.as_str()]),
            Self::Admit(tandem) => own(&["r", "a", tandem.as_str()]),
            Self::Withdraw(news) => own(&["r", "z", news.as_str()]),
            Self::Dismiss(round, person) => own(&["r", "cd", round.as_str(), person.as_str()]),
            Self::Shift(tandem) => own(&["r", "v", tandem.as_str()]),
            Self::ShiftTo(tandem, round) => own(&["r", "vt", tandem.as_str(), round.as_str()]),
            Self::Answer(letter) => own(&["r", "q", letter.as_str()]),
            Self::CancelMeeting(meeting) => own(&["r", "mc", meeting.as_str()]),
            Self::Vouch { tandem, yes: true } => own(&["r", "vy", tandem.as_str()]),
            Self::Vouch { tandem, yes: false } => own(&["r", "vn", tandem.as_str()]),
            Self::Preview(preview) => own(&["r", "b"]).into_iter().chain(preview.fields()).collect(),
            Self::Seat { round, tandem, act: SeatAct::Open } => own(&["r", "k", round.as_str(), tandem.as_str()]),
            Self::Seat { round, tandem, act: SeatAct::Ask(chair) } => {
                own(&["r", chair.code("kl", "kd"), round.as_str(), tandem.as_str(), &chair.who])
            }
            Self::Seat { round, tandem, act: SeatAct::Really(chair) } => {
                own(&["r", chair.code("jl", "jd"), round.as_str(), tandem.as_str(), &chair.who])
            }
            Self::Create
            | Self::Rounds
            | Self::Dashboard
            | Self::Settings
            | Self::NoDigest
            | Self::Send
            | Self::SendLater
            | Self::SendAt(_)
            | Self::Rewrite
            | Self::Discard
            | Self::AnswerAll => own(&["r"]),
        }
    }

    pub(super) fn read(fields: &[&str]) -> Option<Self> {
        Some(match fields {
            ["b", rest @ ..] => Self::Preview(PreviewTap::read(rest)?),
            [name] => PLAIN.iter().find(|(_, known)| known == name).map(|(plain, _)| plain.clone())?,
            ["p", id] => Self::Programme((*id).to_owned()),
            ["s", weeks] => Self::Start(weeks.parse().ok()?),
            ["n", places] => Self::Places(places.parse().ok()?),
            ["ed", day] => Self::Digest(day.parse().ok().filter(|day| *day < 7)?),
            ["w", weeks] => Self::Rest(weeks.parse().ok()?),
            ["a", tandem] => Self::Admit((*tandem).into()),
            ["z", news] => Self::Withdraw((*news).into()),
            ["cd", round, person] => Self::Dismiss((*round).into(), (*person).into()),
            ["v", tandem] => Self::Shift((*tandem).into()),
            ["vt", tandem, round] => Self::ShiftTo((*tandem).into(), (*round).into()),
            ["q", letter] => Self::Answer((*letter).into()),
            ["mc", meeting] => Self::CancelMeeting((*meeting).into()),
            ["vy", tandem] => Self::Vouch { tandem: (*tandem).into(), yes: true },
            ["vn", tandem] => Self::Vouch { tandem: (*tandem).into(), yes: false },
            ["k", round, tandem] => Self::seat(round, tandem, SeatAct::Open),
            ["kl", round, tandem, who] => Self::seat(round, tandem, SeatAct::Ask(Chair::read(Role::Lead, who))),
            ["kd", round, tandem, who] => Self::seat(round, tandem, SeatAct::Ask(Chair::read(Role::Deputy, who))),
            ["jl", round, tandem, who] => Self::seat(round, tandem, SeatAct::Really(Chair::read(Role::Lead, who))),
            ["jd", round, tandem, who] => Self::seat(round, tandem, SeatAct::Really(Chair::read(Role::Deputy, who))),
            [name, round] => Self::On((*round).into(), super::codec::value_of(ON, name)?),
            _ => return None,
        })
    }

    fn seat(round: &str, tandem: &str, act: SeatAct) -> Self {
        Self::Seat { round: round.into(), tandem: tandem.into(), act }
    }
}

fn own(parts: &[&str]) -> Vec<String> {
    parts.iter().map(|part| (*part).to_owned()).collect()
}
