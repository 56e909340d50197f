//! What a button means, and how that fits into the 64 bytes that come back when it is pressed.
//!
//! Owns: the codec. Does not know whether a tap is still allowed: data comes from the person's device
//! and may be forged, so whoever reads it checks owner, role and state.

mod codec;
mod hours;
mod preview;
#[cfg(test)]
mod tests;
mod trainer;

pub use hours::{EditTap, EndAct, HoursTap, MAX_AT_ONCE, PromiseAct, TimerTap};
pub use preview::{PreviewTap, Seen, StepPlace};
#[cfg(test)]
pub(super) use trainer::ON as ROUND_TAPS;
pub use trainer::{Chair, RoundTap, SeatAct, Soon, TrainerTap};

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::ids::{AbsenceId, CoverId, TandemId};
use super::lang::Lang;
use super::letter::Purpose;
use super::notice::Notice;
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
    /// A questionnaire outside of its lesson.
    Survey {
        module: String,
        act: SurveyAct,
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
    /// *Understood* below a notice that had changed.
    Notice {
        notice: Notice,
        edition: u32,
    },
    Trainer(TrainerTap),
    Calendar(CalendarTap),
    /// Asks for a link to a paper.
    Paper(Paper),
    Letter(LetterTap),
    /// The licence of the round in which this tandem is.
    Licence {
        tandem: TandemId,
        act: LicenceAct,
    },
    Leave {
        tandem: TandemId,
        act: LeaveAct,
    },
    /// Somebody who is told of a tandem's gaps.
    Contact {
        tandem: TandemId,
        act: ContactAct,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Door {
    /// Comes in, having read this edition of the notice.
    Enter {
        edition: u32,
    },
    Decline,
    /// Does not know whether they may use the chat program for work.
    Unsure,
    /// May not.
    Forbidden,
    More,
    Less,
    Language,
    /// Waits for a place in a round that is full.
    Wait,
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
    Surveys,
    Settings,
    Privacy,
    Help,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Setup {
    GrantedByBoard,
    GrantedByHead,
    NotGranted,
    /// The chat program is not allowed at work.
    Forbidden,
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
    /// How sure the person is of the answer just given.
    Sure,
    Unsure,
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

/// What is done with a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SurveyAct {
    Open,
    Rate {
        question: String,
        option: String,
    },
    /// Goes on without changing anything.
    Keep {
        question: String,
    },
    /// Takes an answer back.
    Withdraw {
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
    /// Draws questions about law, for a licence that ends.
    Renew(TandemId),
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
    /// The tandem's contact has found somebody who has no seat here.
    Found,
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
    /// A link by which the contact agrees to be told by the program.
    InviteContact,
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

/// What is done with a licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LicenceAct {
    /// Shows what it asks for, or the licence.
    Open,
    /// Asks the trainers to confirm the hand-over.
    AskTrainers,
    /// Asks which name it is to say.
    Begin,
    /// Another name.
    Other,
    /// The name that the person has here.
    MyName,
    /// With the organisation, or without it.
    Organisation,
    /// Makes it out as it was shown.
    Issue,
    Picture,
    /// Asks for a link to it as a file.
    File,
    /// Whether whoever checks it reads the name, or the organisation.
    ShowName,
    ShowOrganisation,
    /// Nobody can check it any more.
    Withdraw,
    AllowChecks,
}
/// The link to a person's calendar feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CalendarTap {
    /// A first link, or another in place of the one there is.
    NewLink,
    Off,
}

/// Something for the trainers or the round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LetterTap {
    Menu,
    Begin(Purpose),
    /// A question, with the name or without.
    Ask(bool),
    Send,
    Discard,
    /// Takes back what has been sent and nobody has read yet.
    TakeBack,
    /// Which text of the concept is to be shown to others.
    Sections,
    /// To whom; texts are counted as `/concept` counts them.
    Section(u8),
    Show(u8, Purpose),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContactAct {
    /// Is to be told no more.
    Stop,
}

/// Leaving a tandem without having one's data erased, or giving the other seat to somebody new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LeaveAct {
    Open,
    Ask,
    Really,
    Replace,
    ReplaceReally,
}

/// Why data could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TapError {
    #[error("not a button of ours")]
    Unknown,
    #[error("a button of somebody else")]
    Foreign,
}
