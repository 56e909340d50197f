//! What follows from a decision, outside the state itself: messages owed, screens redrawn, facts kept.
//!
//! Owns: the vocabulary between `step` and the transaction that carries it out. Does not know how a
//! message is sent nor where a fact is stored.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::cover::Wanted;
use super::dates::Half;
use super::days::Days;
use super::ids::{CoverId, LetterId, MeetingId, NewsId, PersonId, RoundId, TandemId};
use super::letter::{Letter, Purpose};
use super::licence::VouchChange;
use super::meeting::Meeting;
use super::memory::Memory;
use super::message::{Line, Message};
use super::news::{About, News};
use super::pacing::Lane;
use super::paper::Paper;
use super::picture::Theme;
use super::record::Record;
use super::tandem::{Round, Spot};
use super::tap::{Chair, SeatAct};

/// One consequence.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// A message somebody must get.
    Owe(Owed),
    /// The message whose button was pressed now looks like this. Without a pressed button (a typed
    /// command), it is sent as a new reply.
    Redraw { message: Message, slot: Option<Slot> },
    /// The person's screen of this kind, wherever it stands, now looks like this. Where there is none
    /// yet, nothing is sent.
    Refresh { person: PersonId, slot: Slot, message: Message },
    /// What these people were shown of this version of a cover is out of date: its buttons go.
    Withdraw { people: Vec<PersonId>, cover: CoverId, version: u32 },
    /// A short note over the pressed button.
    Toast(Line),
    /// Something to remember about a person's learning.
    Fact(Fact),
    /// Something to write down about the tandem's hours.
    Record(Record),
    /// A link with this secret lets a deputy into this tandem. Earlier ones end.
    InviteDeputy { tandem: TandemId, secret: String },
    /// A link with this secret lets somebody agree to be told of this tandem's gaps. Earlier ones end.
    InviteContact { tandem: TandemId, secret: String },
    /// Nobody may come by such a link any more.
    NoContact,
    /// This person is not told of the tandem's gaps any more.
    Untold { person: PersonId },
    /// Everything about this person goes; these are the last words to them.
    Erase { person: PersonId, farewell: Message },
    /// This person sits in the tandem no more; what is kept about them goes by its own time.
    Left { person: PersonId },
    /// The person wants to see something that only the store can count or list.
    Look(Look),
    /// People of other tandems of the round are to be asked for these days.
    AskRound(Box<Wanted>),
    /// Somebody who may stand in for other tandems is away on these days.
    AwayElsewhere { person: PersonId, days: Days, half: Option<Half> },
    /// The round changes its phase.
    Round(RoundId, RoundChange),
    /// A trainer gets a link into the dashboard, opened by this secret once.
    Dashboard { secret: String },
    /// Something has changed on which a licence rests: the two's answers come back as an event.
    Conditions,
    /// A person asks the round's trainers to confirm a hand-over, or has got their word.
    Vouch { person: PersonId, change: VouchChange },
    /// A trainer's word about a hand-over in this tandem.
    Word { tandem: TandemId, yes: bool },
    /// This code leads to the person's licence from now on, and no earlier one; `None`: none does.
    LicenceCode { person: PersonId, code: Option<String> },
    /// The person gets a link to a paper, opened by this secret once.
    Paper { paper: Paper, secret: String },
    /// A participant writes to the trainers of the round.
    Letter { id: LetterId, person: PersonId, letter: Letter },
    /// A participant shares a text with the round, under their name.
    Share { person: PersonId, name: String, text: String },
    /// A participant takes back what nobody has read yet.
    TakeBack { person: PersonId },
    /// News of the round are for this person, who has not been told yet.
    NewsFor { news: NewsId, person: PersonId },
    /// This message brings the news to this person.
    NewsTold { news: NewsId, person: PersonId, kind: Kind, occurrence: String },
    /// The person's calendar feed is opened or closed.
    Feed { person: PersonId, change: FeedChange },
}

/// What becomes of a calendar feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedChange {
    /// From now on this secret opens it, and no earlier one.
    Open {
        secret: String,
    },
    Close,
}

/// Something to look up and show to the person who asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Look {
    /// What is stored about the person.
    Mine,
    /// The tandem's concept so far.
    Concept,
    /// The texts of the concept that may be shown to others.
    Sections,
    /// One of them; it comes back as an event.
    Section { nth: u8, purpose: Purpose },
    /// The answers that the person's licence rests on; they come back as an event.
    Licence,
    /// Who in a round waits for a trainer's word.
    Vouches(RoundId),
    /// What the person has corrected in the list of hours.
    Changes,
    /// A round's report, for its trainer.
    Report(RoundId),
    /// Tandems of a round, for a seat that somebody new gets; those that are called so, if a name is given.
    Seats { round: RoundId, named: Option<String> },
    /// One of them.
    Seat { round: RoundId, tandem: TandemId, act: SeatAct },
    /// News as everybody would read them, and how many that are.
    Preview { round: RoundId, about: About, text: String },
    /// What a round was told, and how it arrived.
    News(RoundId),
    /// What is coming, as it was put together, with what can be done about the calendar feed.
    Calendar(Message),
    /// The hours of this week and the last ones, drawn.
    Picture(Theme),
}

/// What happens to a round as a whole.
#[derive(Clone, Debug, PartialEq)]
pub enum RoundChange {
    /// Comes into being, run by this trainer.
    Create {
        round: Box<Round>,
        secret: String,
    },
    /// Starts now, for every tandem that is ready.
    Start,
    /// A link with this secret lets leads in; earlier ones go on.
    Invite {
        secret: String,
    },
    /// This late tandem may start.
    Admit(TandemId),
    /// Everybody is told something, from this instant on.
    Announce {
        news: News,
        at: DateTime<Utc>,
    },
    /// What was to be told is not.
    Withdraw(NewsId),
    /// Starts on another day.
    Dates(NaiveDate),
    /// Has room for so many tandems.
    Seats(u32),
    /// The week of this Monday rests, or does not any more.
    Rest {
        monday: NaiveDate,
        rests: bool,
    },
    /// Its group is there.
    Group(Option<String>),
    /// Nobody comes in any more.
    Close,
    /// A link with this secret lets one more trainer in.
    InviteColleague {
        secret: String,
    },
    /// This trainer does not run it any more.
    Dismiss(PersonId),
    /// This tandem, which does not run yet, sits in another round.
    Shift {
        tandem: TandemId,
        to: RoundId,
    },
    /// What a participant wrote is answered: to them alone, or to everybody without their name.
    Answer {
        letter: LetterId,
        text: String,
        everybody: bool,
    },
    /// A meeting is named.
    Meet(Box<Meeting>),
    CancelMeeting(MeetingId),
    /// This seat is free for somebody new, who comes by a link with this secret.
    Replace {
        tandem: TandemId,
        chair: Chair,
        secret: String,
    },
}

/// A message that somebody must get, exactly once by (person, kind, occurrence).
#[derive(Clone, Debug, PartialEq)]
pub struct Owed {
    pub to: PersonId,
    pub kind: Kind,
    /// What makes this one different from others of its kind: a lesson, a date, a cover's version.
    pub occurrence: String,
    pub lane: Lane,
    /// Not sent before this instant (quiet hours).
    pub not_before: DateTime<Utc>,
    /// Pointless after this instant.
    pub expires: Option<DateTime<Utc>>,
    pub slot: Option<Slot>,
    pub message: Message,
}

impl Owed {
    /// News about what somebody else has done: after a week they are none.
    pub fn notice(to: PersonId, occurrence: String, not_before: DateTime<Utc>, message: Message) -> Self {
        let expires = Some(not_before + TimeDelta::days(7));
        Self { to, kind: Kind::Notice, occurrence, lane: Lane::Bulk, not_before, expires, slot: None, message }
    }
}

/// What sort of message it is; its policies stand in `delivery`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Answer to something a person just did.
    Reply,
    /// A change of a message that is already there.
    Edit,
    /// Takes the buttons off an older message.
    Strip,
    /// A lesson or module that has come.
    Lesson,
    /// A task put off.
    Reminder,
    /// The week's merged message.
    Week,
    /// Asking, telling or releasing in matters of absence.
    Cover,
    /// News for a trainer or about a round.
    Notice,
    /// What everybody in a round is told, where it comes by itself.
    News,
    /// Takes messages out of the chat of somebody who is erased. It stands in no outbox: there is no person any more.
    Unsay,
}

/// A place on a person's screen that is redrawn rather than sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    Lesson,
    Setup,
    /// The closing test.
    Exam,
}

/// Something to remember about a person's learning in this round.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    Answered {
        person: PersonId,
        spot: Spot,
        answer: Answer,
    },
    Rated {
        person: PersonId,
        module: String,
        question: String,
        rating: Rating,
    },
    Milestone {
        person: PersonId,
        module: String,
        lesson: String,
        milestone: Milestone,
    },
    /// A card is behind the person.
    Read {
        person: PersonId,
        spot: Spot,
    },
    /// How well a question is remembered from now on.
    Recalled {
        person: PersonId,
        spot: Spot,
        memory: Memory,
    },
}

/// How a step was dealt with.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Options chosen at the first try, and whether they were the right ones.
    Picked {
        chosen: Vec<String>,
        right: bool,
    },
    Wrote(String),
    Linked(String),
    Ticked(Vec<String>),
    /// Said to be done; nothing about it is kept.
    Done,
    /// A reasoned no.
    Unfit(String),
}

/// An answer of a questionnaire.
#[derive(Clone, Debug, PartialEq)]
pub enum Rating {
    Picked(String),
    Sentence(String),
    Skipped,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Milestone {
    /// The lesson's message was owed.
    Released,
    /// The person opened it.
    Opened,
    /// The person came to its end.
    Finished,
}

impl Fact {
    /// Whose learning it is about.
    pub fn person(&self) -> &PersonId {
        match self {
            Fact::Answered { person, .. }
            | Fact::Rated { person, .. }
            | Fact::Milestone { person, .. }
            | Fact::Read { person, .. }
            | Fact::Recalled { person, .. } => person,
        }
    }
}

impl Kind {
    /// All kinds, for tables.
    pub const ALL: [Kind; 10] = [
        Kind::Reply,
        Kind::Edit,
        Kind::Strip,
        Kind::Lesson,
        Kind::Reminder,
        Kind::Week,
        Kind::Cover,
        Kind::Notice,
        Kind::News,
        Kind::Unsay,
    ];

    /// As it is stored and counted.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Reply => "reply",
            Kind::Edit => "edit",
            Kind::Strip => "strip",
            Kind::Lesson => "lesson",
            Kind::Reminder => "reminder",
            Kind::Week => "week",
            Kind::Cover => "cover",
            Kind::Notice => "notice",
            Kind::News => "news",
            Kind::Unsay => "unsay",
        }
    }

    /// Reads what `code` wrote.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl Slot {
    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Slot::Lesson => "lesson",
            Slot::Setup => "setup",
            Slot::Exam => "exam",
        }
    }

    /// Reads what `code` wrote.
    pub fn from_code(code: &str) -> Option<Self> {
        [Slot::Lesson, Slot::Setup, Slot::Exam].into_iter().find(|slot| slot.code() == code)
    }
}

impl Milestone {
    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Milestone::Released => "released",
            Milestone::Opened => "opened",
            Milestone::Finished => "finished",
        }
    }
}
