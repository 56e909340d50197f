//! What can happen to a tandem.
//!
//! Owns: the list. Does not know where an event came from (a chat, the clock, a command line).

use super::cover::{Decided, Helped, Wanted};
use super::dates::Half;
use super::days::Days;
use super::ids::{CoverId, PersonId};
use super::letter::Purpose;
use super::licence::Dealt;
use super::news::News;
use super::tandem::{Due, Neighbour, Role};
use super::tap::Tap;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// One of the two did something.
    Did(Role, Deed),
    /// These things are due now.
    Due(Vec<Due>),
    /// A trainer lets this late tandem start.
    Admitted,
    /// A trainer has moved this tandem into another round.
    Shifted,
    /// Everybody in the round is told something.
    News(Box<News>),
    /// What the two answered in the course, for the licence of one of them.
    Dealt(Role, Vec<Dealt>),
    /// The same, after something by which one of them may have got the last thing a licence asks for.
    Conditions(Vec<Dealt>),
    /// A text of the concept that one of the two wants to show to others.
    Section { role: Role, purpose: Purpose, text: String },
    /// Somebody who may be a trainer of the round has said whether a hand-over was practised.
    Vouched { by: PersonId, yes: bool },
    /// Another tandem of the round asks this person to stand in.
    Wanted(Role, Box<Wanted>),
    /// These people of other tandems are asked about a cover of this one.
    Asked { cover: CoverId, neighbours: Vec<Neighbour> },
    /// Somebody of another tandem pressed a button about a cover of this one.
    Helped(Box<Helped>),
    /// Somebody of another tandem who may stand in here is away on these days; `None`: has left.
    HelperGone { who: PersonId, away: Option<(Days, Option<Half>)> },
    /// Somebody agreed, by a link, to be told of open gaps.
    ContactJoined(PersonId),
    /// Whoever was told of open gaps is not any more, by their own wish.
    ContactGone(PersonId),
    /// Whoever is told of open gaps pressed a button about one.
    ContactDecided(Decided),
    /// A trainer gives this seat to somebody new, who comes by a link with this secret. Nobody sits there: nothing.
    Replaced { role: Role, secret: String, by: PersonId },
}

/// What a person did.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    Wrote(String),
    Commanded(Command),
    Tapped(Tap),
    /// Sent something that is not text, or changed an older text.
    SentOther(Other),
    /// Joined just now, by a link.
    Joined,
    /// Let the bot in again after a block.
    Unblocked,
    /// Shut the bot out.
    Blocked,
}

/// What a person sent that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    /// A sticker, a photo, a voice message, a file …
    Media,
    /// An older message was changed; what was said stays said.
    EditedText,
    /// A button of somebody else, or none of ours.
    ForeignButton,
}

/// A command, by its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    Start,
    Help,
    Lesson,
    Hours,
    Away,
    Cover,
    Progress,
    Concept,
    Calendar,
    Settings,
    Pause,
    Privacy,
    MyData,
    Delete,
    Rounds,
    Report,
    Dashboard,
    Announce,
    Preview,
    /// Begins with a slash and is none of ours.
    Unknown,
}

impl Command {
    /// English names, as they are registered, with those that only trainers have at the end.
    pub const NAMES: [(&'static str, Command); 19] = [
        ("start", Command::Start),
        ("lesson", Command::Lesson),
        ("hours", Command::Hours),
        ("away", Command::Away),
        ("cover", Command::Cover),
        ("progress", Command::Progress),
        ("concept", Command::Concept),
        ("calendar", Command::Calendar),
        ("settings", Command::Settings),
        ("pause", Command::Pause),
        ("privacy", Command::Privacy),
        ("mydata", Command::MyData),
        ("delete", Command::Delete),
        ("help", Command::Help),
        ("rounds", Command::Rounds),
        ("report", Command::Report),
        ("dashboard", Command::Dashboard),
        ("announce", Command::Announce),
        ("preview", Command::Preview),
    ];

    /// Aliases in German, understood by everybody and registered where German is read.
    pub const GERMAN: [(&'static str, Command); 18] = [
        ("lektion", Command::Lesson),
        ("stunden", Command::Hours),
        ("weg", Command::Away),
        ("vertretung", Command::Cover),
        ("fortschritt", Command::Progress),
        ("konzept", Command::Concept),
        ("kalender", Command::Calendar),
        ("einstellungen", Command::Settings),
        ("pause", Command::Pause),
        ("datenschutz", Command::Privacy),
        ("meinedaten", Command::MyData),
        ("loeschen", Command::Delete),
        ("hilfe", Command::Help),
        ("runden", Command::Rounds),
        ("bericht", Command::Report),
        ("uebersicht", Command::Dashboard),
        ("ankuendigen", Command::Announce),
        ("vorschau", Command::Preview),
    ];

    /// Reads a command's name (without the slash).
    pub fn from_name(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        Self::NAMES
            .iter()
            .chain(Self::GERMAN.iter())
            .find(|(known, _)| *known == name)
            .map_or(Command::Unknown, |(_, command)| *command)
    }

    /// Whether only trainers have it in their menu.
    pub fn for_trainers(self) -> bool {
        matches!(self, Command::Rounds | Command::Report | Command::Dashboard | Command::Announce | Command::Preview)
    }
}
