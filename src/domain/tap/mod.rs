//! What a button means, and how that fits into the 64 bytes that come back when it is pressed.
//!
//! Owns: the codec. Does not know whether a tap is still allowed: data comes from the person's device
//! and may be forged, so whoever reads it checks owner, role and state.

mod codec;
#[cfg(test)]
mod tests;

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::ids::{AbsenceId, CoverId, EntryId, RoundId, TandemId};
use super::lang::Lang;

/// Longest data of a button: Bot API, InlineKeyboardButton.callback_data, 1–64 bytes.
pub const MAX_DATA: usize = 64;

/// What a button means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tap {
    /// The notice before joining; nothing is stored yet, so the link's code travels with the button.
    Door {
        code: String,
        door: Door,
        lang: Lang,
    },
    Home(Home),
    Setup(Setup),
    Study {
        module: String,
        step: String,
        act: Act,
    },
    /// Opens the lesson where the person stands.
    Lesson(LessonTap),
    Hours(HoursTap),
    Away(AwayTap),
    Cover {
        cover: CoverId,
        version: u32,
        act: CoverAct,
    },
    Settings(SettingsTap),
    Data(DataTap),
    Trainer(TrainerTap),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Door {
    Enter,
    Decline,
    More,
    Less,
    Language,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Home {
    Open,
    Lesson,
    Time,
    Away,
    More,
    Progress,
    Concept,
    Calendar,
    Cover,
    Settings,
    Privacy,
    Help,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Setup {
    GrantedByBoard,
    GrantedByHead,
    NotGranted,
    TimesFine,
    TimesChange,
    Day(Weekday),
    Hour(u8),
    TimesDone,
    NewInvitation,
}

/// What is done on a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    Next,
    Back,
    /// Chooses the answer, or ticks and unticks it.
    Pick(String),
    /// Hands the ticked answers in.
    Check,
    Done,
    Later,
    /// "Doesn't fit us": a reasoned no counts.
    Unfit,
    /// Writes the text anew.
    Again,
    /// An answer of a questionnaire.
    Rate {
        question: String,
        option: String,
    },
    /// Leaves a question of a questionnaire out.
    Skip {
        question: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LessonTap {
    Open,
    Later,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HoursTap {
    Add(u32),
    Undo(EntryId),
    /// The other reading of an ambiguous entry, in minutes.
    Other(EntryId, u32),
    /// The minutes of a finished lesson (its module and id).
    Took {
        module: String,
        lesson: String,
    },
    /// The employer did not give the hours in the week of this day.
    NotReleased {
        tandem: TandemId,
        day: NaiveDate,
    },
    /// Minutes on the day that a message asked about, whenever its button is pressed.
    On {
        tandem: TandemId,
        day: NaiveDate,
        minutes: u32,
    },
    /// In two rounds: these minutes belong to this tandem.
    Into {
        tandem: TandemId,
        day: NaiveDate,
        minutes: u32,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AwayTap {
    Today,
    Tomorrow,
    ThisWeek,
    NextWeek,
    Cancel(AbsenceId),
    /// Not back yet on the day on which this was asked.
    TodayToo {
        absence: AbsenceId,
        day: NaiveDate,
    },
    /// The last day is known now.
    Until(AbsenceId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CoverAct {
    Accept,
    Decline,
    /// Ticks an item of the hand-over checklist.
    Tick(u8),
    AskAgain,
    /// Asks people of other tandems of the round.
    AskRound,
    LeaveOpen,
    /// The next text is an address for the hand-over.
    Link,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SettingsTap {
    Language(String),
    Times,
    Reminders(ReminderTap),
    Pause,
    Resume,
    /// Whether other tandems of the round may ask this person.
    Offer(bool),
    /// The next text names who may be told of an open gap.
    Contact,
    NoContact,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReminderTap {
    All,
    Fewer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DataTap {
    WhoSees,
    Mine,
    Delete,
    DeleteReally,
    Keep,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TrainerTap {
    Create,
    Programme(String),
    /// The Monday after this many weeks.
    Start(u8),
    Places(u16),
    Rounds,
    Round(RoundId),
    Link(RoundId),
    StartNow(RoundId),
    StartReally(RoundId),
    Report(RoundId),
    Admit(TandemId),
}

/// Why data could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TapError {
    #[error("not a button of ours")]
    Unknown,
    #[error("a button of somebody else")]
    Foreign,
}
