//! What a button means, and how that fits into the 64 bytes that come back when it is pressed.
//!
//! Owns: the codec. Does not know whether a tap is still allowed: data comes from the person's device
//! and may be forged, so whoever reads it checks owner, role and state.

mod codec;
mod hours;
mod preview;
#[cfg(test)]
mod tests;

pub use hours::{EditTap, EndAct, HoursTap, MAX_AT_ONCE, PromiseAct, TimerTap};
pub use preview::{PreviewTap, Seen, StepPlace};

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::ids::{AbsenceId, CoverId, RoundId, TandemId};
use super::lang::Lang;
use super::paper::Paper;

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
    /// The closing test.
    Exam(ExamTap),
    /// Questions of earlier lessons, once more.
    Recall(RecallTap),
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
    Calendar(CalendarTap),
    /// Asks for a link to a paper.
    Paper(Paper),
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
    Licence,
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
    /// The days on which the person works, to change them.
    WorkDays,
    WorkDay(Weekday),
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
pub enum ExamTap {
    /// Shows where the person stands in this tandem's test.
    Open(TandemId),
    /// Draws the questions.
    Begin(TandemId),
    /// Something is done on a question of a test; an answer to another one than is open changes nothing.
    Item { attempt: u32, item: String, act: Act },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecallTap {
    /// After the course, where no lesson brings them.
    Begin,
    Item {
        module: String,
        step: String,
        act: RecallAct,
    },
}

/// What is done on a repeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecallAct {
    Pick(String),
    Check,
    Sure,
    Unsure,
    Next,
    /// Straight to the lesson.
    Skip,
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
    Open,
    Times,
    Reminders(ReminderTap),
    Pause,
    Resume,
    /// Why an unasked message came.
    Why(Nudge),
    /// Fewer of these, said under one of them, which stays as it is.
    FewerOfThese,
    /// Whether other tandems of the round may ask this person.
    Offer(bool),
    /// The next text names who may be told of an open gap.
    Contact,
    NoContact,
}

/// What an unasked message is for, besides a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Nudge {
    /// The week's hours and what stands open.
    Week,
    /// Something put off, once.
    Reminder,
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
    /// The next text is the name that others read.
    Rename,
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
    Dashboard,
    Admit(TandemId),
    Preview(PreviewTap),
}

/// The link to a person's calendar feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CalendarTap {
    /// A first link, or another in place of the one there is.
    NewLink,
    Off,
}

/// Why data could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TapError {
    #[error("not a button of ours")]
    Unknown,
    #[error("a button of somebody else")]
    Foreign,
}
