//! What a button means, and how that fits into the 64 bytes that come back when it is pressed.
//!
//! Owns: the codec. Does not know whether a tap is still allowed: data comes from the person's device
//! and may be forged, so whoever reads it checks owner, role and state.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::ids::{AbsenceId, CoverId, EntryId, PersonId, RoundId, TandemId};
use super::lang::Lang;
use super::programme::{Question, QuestionKind, Step, StepKind};

/// Longest data of a button: Bot API, InlineKeyboardButton.callback_data, 1–64 bytes.
pub const MAX_DATA: usize = 64;

/// How many characters of a person's id bind a button to that person.
const TAG: usize = 4;

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
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CoverAct {
    Accept,
    Decline,
    /// Ticks an item of the hand-over checklist.
    Tick(u8),
    AskAgain,
    LeaveOpen,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SettingsTap {
    Language(String),
    Times,
    Reminders(ReminderTap),
    Pause,
    Resume,
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

impl Tap {
    /// The data of a button made for this person (`None`: for somebody who is not stored yet).
    pub fn encode(&self, owner: Option<&PersonId>) -> String {
        let tag = owner.map(tag).unwrap_or_default();
        format!("{tag}:{}", self.fields().join(":"))
    }

    /// Reads the data of a button that this person pressed.
    pub fn decode(data: &str, presser: Option<&PersonId>) -> Result<Self, TapError> {
        if data.len() > MAX_DATA {
            return Err(TapError::Unknown);
        }
        let (owner, rest) = data.split_once(':').ok_or(TapError::Unknown)?;
        let fields: Vec<&str> = rest.split(':').collect();
        let tap = read(&fields).ok_or(TapError::Unknown)?;
        let mine = presser.map(tag).unwrap_or_default();
        match &tap {
            Tap::Door { .. } => Ok(tap),
            _ if owner == mine => Ok(tap),
            _ => Err(TapError::Foreign),
        }
    }

    /// How many bytes the longest button of a step needs, whoever it belongs to: ids of lessons must be short
    /// enough for [`MAX_DATA`].
    pub fn bytes_for(module: &str, step: &Step) -> usize {
        let pick = |option: &String| Act::Pick(option.clone());
        let acts: Vec<Act> = match &step.kind {
            StepKind::Questionnaire { questions } => questions.iter().flat_map(Self::ratings).collect(),
            kind => kind.option_ids().iter().map(pick).chain([Act::Next]).collect(),
        };
        let bytes = |act| {
            let tap = Tap::Study { module: module.to_owned(), step: step.id.clone(), act };
            tap.encode(None).len() + TAG
        };
        acts.into_iter().map(bytes).max().unwrap_or_default()
    }

    fn ratings(question: &Question) -> Vec<Act> {
        let rate = |option: &String| Act::Rate { question: question.id.clone(), option: option.clone() };
        match &question.kind {
            QuestionKind::Pick { options } => options.iter().map(rate).collect(),
            QuestionKind::Sentence => vec![Act::Skip { question: question.id.clone() }],
        }
    }

    fn fields(&self) -> Vec<String> {
        let own = |parts: &[&str]| parts.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>();
        match self {
            Tap::Door { code, door, lang } => own(&["j", code, name_of(DOORS, door), lang.code()]),
            Tap::Home(home) => own(&["h", name_of(HOMES, home)]),
            Tap::Setup(setup) => match setup {
                Setup::Day(day) => own(&["o", "d", &day.num_days_from_monday().to_string()]),
                Setup::Hour(hour) => own(&["o", "h", &hour.to_string()]),
                plain => own(&["o", name_of(SETUPS, plain)]),
            },
            Tap::Study { module, step, act } => {
                let mut fields = own(&["l", module, step]);
                fields.extend(act_fields(act));
                fields
            }
            Tap::Lesson(LessonTap::Open) => own(&["m", "o"]),
            Tap::Lesson(LessonTap::Later) => own(&["m", "l"]),
            Tap::Hours(hours) => match hours {
                HoursTap::Add(minutes) => own(&["t", "a", &minutes.to_string()]),
                HoursTap::Undo(entry) => own(&["t", "u", entry.as_str()]),
                HoursTap::Other(entry, minutes) => own(&["t", "o", entry.as_str(), &minutes.to_string()]),
                HoursTap::Took { module, lesson } => own(&["t", "k", module, lesson]),
                HoursTap::NotReleased { tandem, day } => own(&["t", "n", tandem.as_str(), &day_number(*day)]),
                HoursTap::On { tandem, day, minutes } => {
                    own(&["t", "d", tandem.as_str(), &day_number(*day), &minutes.to_string()])
                }
                HoursTap::Into { tandem, day, minutes } => {
                    own(&["t", "i", tandem.as_str(), &day_number(*day), &minutes.to_string()])
                }
            },
            Tap::Away(away) => match away {
                AwayTap::Today => own(&["a", "d"]),
                AwayTap::Tomorrow => own(&["a", "m"]),
                AwayTap::ThisWeek => own(&["a", "w"]),
                AwayTap::NextWeek => own(&["a", "n"]),
                AwayTap::Cancel(absence) => own(&["a", "c", absence.as_str()]),
            },
            Tap::Cover { cover, version, act } => {
                let version = version.to_string();
                match act {
                    CoverAct::Tick(item) => own(&["c", cover.as_str(), &version, "t", &item.to_string()]),
                    plain => own(&["c", cover.as_str(), &version, name_of(COVERS, plain)]),
                }
            }
            Tap::Settings(settings) => match settings {
                SettingsTap::Language(code) => own(&["s", "l", code]),
                SettingsTap::Times => own(&["s", "t"]),
                SettingsTap::Reminders(ReminderTap::All) => own(&["s", "ra"]),
                SettingsTap::Reminders(ReminderTap::Fewer) => own(&["s", "rf"]),
                SettingsTap::Pause => own(&["s", "p"]),
                SettingsTap::Resume => own(&["s", "r"]),
            },
            Tap::Data(data) => own(&["p", name_of(DATA, data)]),
            Tap::Trainer(tap) => trainer_fields(tap),
        }
    }
}

/// The part of a person's id that stands in the person's buttons.
fn tag(owner: &PersonId) -> &str {
    owner.as_str().get(..TAG).unwrap_or(owner.as_str())
}

const HOMES: &[(Home, &str)] = &[
    (Home::Open, "h"),
    (Home::Lesson, "l"),
    (Home::Time, "t"),
    (Home::Away, "a"),
    (Home::More, "m"),
    (Home::Progress, "p"),
    (Home::Concept, "k"),
    (Home::Calendar, "c"),
    (Home::Cover, "v"),
    (Home::Settings, "s"),
    (Home::Privacy, "d"),
    (Home::Help, "q"),
];

const SETUPS: &[(Setup, &str)] = &[
    (Setup::GrantedByBoard, "gb"),
    (Setup::GrantedByHead, "gh"),
    (Setup::NotGranted, "gn"),
    (Setup::TimesFine, "tf"),
    (Setup::TimesChange, "tc"),
    (Setup::TimesDone, "td"),
    (Setup::NewInvitation, "ni"),
];

const COVERS: &[(CoverAct, &str)] =
    &[(CoverAct::Accept, "y"), (CoverAct::Decline, "n"), (CoverAct::AskAgain, "a"), (CoverAct::LeaveOpen, "o")];

const DATA: &[(DataTap, &str)] = &[
    (DataTap::WhoSees, "w"),
    (DataTap::Mine, "m"),
    (DataTap::Delete, "d"),
    (DataTap::DeleteReally, "r"),
    (DataTap::Keep, "k"),
];

const DOORS: &[(Door, &str)] =
    &[(Door::Enter, "y"), (Door::Decline, "n"), (Door::More, "m"), (Door::Less, "b"), (Door::Language, "l")];

fn name_of<T: PartialEq>(table: &[(T, &'static str)], value: &T) -> &'static str {
    table.iter().find(|(known, _)| known == value).map_or("", |(_, name)| name)
}

fn value_of<T: Clone>(table: &[(T, &'static str)], name: &str) -> Option<T> {
    table.iter().find(|(_, known)| *known == name).map(|(value, _)| value.clone())
}

/// A day in few characters: days since the calendar began.
fn day_number(day: NaiveDate) -> String {
    day.num_days_from_ce().to_string()
}

fn read_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(text.parse().ok()?)
}

fn act_fields(act: &Act) -> Vec<String> {
    let own = |parts: &[&str]| parts.iter().map(|p| (*p).to_owned()).collect();
    match act {
        Act::Next => own(&["n"]),
        Act::Back => own(&["b"]),
        Act::Pick(option) => own(&["p", option]),
        Act::Check => own(&["c"]),
        Act::Done => own(&["d"]),
        Act::Later => own(&["l"]),
        Act::Unfit => own(&["u"]),
        Act::Again => own(&["a"]),
        Act::Rate { question, option } => own(&["r", question, option]),
        Act::Skip { question } => own(&["s", question]),
    }
}

fn trainer_fields(tap: &TrainerTap) -> Vec<String> {
    let own = |parts: &[&str]| parts.iter().map(|p| (*p).to_owned()).collect();
    match tap {
        TrainerTap::Create => own(&["r", "c"]),
        TrainerTap::Programme(id) => own(&["r", "p", id]),
        TrainerTap::Start(weeks) => own(&["r", "s", &weeks.to_string()]),
        TrainerTap::Places(places) => own(&["r", "n", &places.to_string()]),
        TrainerTap::Rounds => own(&["r", "l"]),
        TrainerTap::Round(round) => own(&["r", "o", round.as_str()]),
        TrainerTap::Link(round) => own(&["r", "i", round.as_str()]),
        TrainerTap::StartNow(round) => own(&["r", "g", round.as_str()]),
        TrainerTap::StartReally(round) => own(&["r", "y", round.as_str()]),
        TrainerTap::Report(round) => own(&["r", "r", round.as_str()]),
        TrainerTap::Admit(tandem) => own(&["r", "a", tandem.as_str()]),
    }
}

fn read(fields: &[&str]) -> Option<Tap> {
    Some(match fields {
        ["j", code, door, lang] => {
            Tap::Door { code: (*code).to_owned(), door: value_of(DOORS, door)?, lang: Lang::from(*lang) }
        }
        ["h", home] => Tap::Home(value_of(HOMES, home)?),
        ["o", "d", day] => Tap::Setup(Setup::Day(Weekday::try_from(day.parse::<u8>().ok()?).ok()?)),
        ["o", "h", hour] => Tap::Setup(Setup::Hour(hour.parse().ok().filter(|h| *h < 24)?)),
        ["o", setup] => Tap::Setup(value_of(SETUPS, setup)?),
        ["l", module, step, act @ ..] => {
            Tap::Study { module: (*module).to_owned(), step: (*step).to_owned(), act: read_act(act)? }
        }
        ["m", "o"] => Tap::Lesson(LessonTap::Open),
        ["m", "l"] => Tap::Lesson(LessonTap::Later),
        ["t", rest @ ..] => Tap::Hours(read_hours(rest)?),
        ["a", rest @ ..] => Tap::Away(read_away(rest)?),
        ["c", cover, version, rest @ ..] => {
            let act = match rest {
                ["t", item] => CoverAct::Tick(item.parse().ok()?),
                [name] => value_of(COVERS, name)?,
                _ => return None,
            };
            Tap::Cover { cover: (*cover).into(), version: version.parse().ok()?, act }
        }
        ["s", "l", code] => Tap::Settings(SettingsTap::Language((*code).to_owned())),
        ["s", "t"] => Tap::Settings(SettingsTap::Times),
        ["s", "ra"] => Tap::Settings(SettingsTap::Reminders(ReminderTap::All)),
        ["s", "rf"] => Tap::Settings(SettingsTap::Reminders(ReminderTap::Fewer)),
        ["s", "p"] => Tap::Settings(SettingsTap::Pause),
        ["s", "r"] => Tap::Settings(SettingsTap::Resume),
        ["p", data] => Tap::Data(value_of(DATA, data)?),
        ["r", rest @ ..] => Tap::Trainer(read_trainer(rest)?),
        _ => return None,
    })
}

fn read_act(fields: &[&str]) -> Option<Act> {
    Some(match fields {
        ["n"] => Act::Next,
        ["b"] => Act::Back,
        ["p", option] => Act::Pick((*option).to_owned()),
        ["c"] => Act::Check,
        ["d"] => Act::Done,
        ["l"] => Act::Later,
        ["u"] => Act::Unfit,
        ["a"] => Act::Again,
        ["r", question, option] => Act::Rate { question: (*question).to_owned(), option: (*option).to_owned() },
        ["s", question] => Act::Skip { question: (*question).to_owned() },
        _ => return None,
    })
}

fn read_hours(fields: &[&str]) -> Option<HoursTap> {
    Some(match fields {
        ["a", minutes] => HoursTap::Add(minutes.parse().ok()?),
        ["u", entry] => HoursTap::Undo((*entry).into()),
        ["o", entry, minutes] => HoursTap::Other((*entry).into(), minutes.parse().ok()?),
        ["k", module, lesson] => HoursTap::Took { module: (*module).to_owned(), lesson: (*lesson).to_owned() },
        ["n", tandem, day] => HoursTap::NotReleased { tandem: (*tandem).into(), day: read_day(day)? },
        ["d", tandem, day, minutes] => {
            HoursTap::On { tandem: (*tandem).into(), day: read_day(day)?, minutes: minutes.parse().ok()? }
        }
        ["i", tandem, day, minutes] => {
            HoursTap::Into { tandem: (*tandem).into(), day: read_day(day)?, minutes: minutes.parse().ok()? }
        }
        _ => return None,
    })
}

fn read_away(fields: &[&str]) -> Option<AwayTap> {
    Some(match fields {
        ["d"] => AwayTap::Today,
        ["m"] => AwayTap::Tomorrow,
        ["w"] => AwayTap::ThisWeek,
        ["n"] => AwayTap::NextWeek,
        ["c", absence] => AwayTap::Cancel((*absence).into()),
        _ => return None,
    })
}

fn read_trainer(fields: &[&str]) -> Option<TrainerTap> {
    Some(match fields {
        ["c"] => TrainerTap::Create,
        ["p", id] => TrainerTap::Programme((*id).to_owned()),
        ["s", weeks] => TrainerTap::Start(weeks.parse().ok()?),
        ["n", places] => TrainerTap::Places(places.parse().ok()?),
        ["l"] => TrainerTap::Rounds,
        ["o", round] => TrainerTap::Round((*round).into()),
        ["i", round] => TrainerTap::Link((*round).into()),
        ["g", round] => TrainerTap::StartNow((*round).into()),
        ["y", round] => TrainerTap::StartReally((*round).into()),
        ["r", round] => TrainerTap::Report((*round).into()),
        ["a", tandem] => TrainerTap::Admit((*tandem).into()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Ids as `Ids::id` makes them, and those of lesson files at their longest.
    fn id() -> impl Strategy<Value = String> {
        "[A-Za-z0-9_-]{12}"
    }

    fn file_id(longest: usize) -> impl Strategy<Value = String> {
        prop::string::string_regex(&format!("[a-z0-9-]{{1,{longest}}}")).expect("a pattern")
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (735_000..760_000i32).prop_map(|day| NaiveDate::from_num_days_from_ce_opt(day).expect("a day"))
    }

    fn one_of<T: Copy + std::fmt::Debug>(table: &'static [(T, &'static str)]) -> impl Strategy<Value = T> {
        prop::sample::select(table.iter().map(|(value, _)| *value).collect::<Vec<_>>())
    }

    fn any_act() -> impl Strategy<Value = Act> {
        prop_oneof![
            prop::sample::select(vec![Act::Next, Act::Back, Act::Check, Act::Done, Act::Later, Act::Unfit, Act::Again]),
            file_id(16).prop_map(Act::Pick),
            (file_id(8), file_id(8)).prop_map(|(question, option)| Act::Rate { question, option }),
            file_id(8).prop_map(|question| Act::Skip { question }),
        ]
    }

    fn any_hours() -> impl Strategy<Value = HoursTap> {
        let minutes = || 0..=1_000u32;
        prop_oneof![
            minutes().prop_map(HoursTap::Add),
            id().prop_map(|entry| HoursTap::Undo(entry.into())),
            (id(), minutes()).prop_map(|(entry, minutes)| HoursTap::Other(entry.into(), minutes)),
            (file_id(8), file_id(16)).prop_map(|(module, lesson)| HoursTap::Took { module, lesson }),
            (id(), any_day()).prop_map(|(tandem, day)| HoursTap::NotReleased { tandem: tandem.into(), day }),
            (id(), any_day(), minutes()).prop_map(|(tandem, day, minutes)| HoursTap::On {
                tandem: tandem.into(),
                day,
                minutes
            }),
            (id(), any_day(), minutes()).prop_map(|(tandem, day, minutes)| HoursTap::Into {
                tandem: tandem.into(),
                day,
                minutes
            }),
        ]
    }

    fn any_trainer() -> impl Strategy<Value = TrainerTap> {
        prop_oneof![
            Just(TrainerTap::Create),
            Just(TrainerTap::Rounds),
            file_id(20).prop_map(TrainerTap::Programme),
            any::<u8>().prop_map(TrainerTap::Start),
            any::<u16>().prop_map(TrainerTap::Places),
            (0..5usize, id()).prop_map(|(which, round)| {
                let make = [TrainerTap::Round, TrainerTap::Link, TrainerTap::StartNow, TrainerTap::StartReally];
                make.get(which).map_or(TrainerTap::Report(round.clone().into()), |make| make(round.into()))
            }),
            id().prop_map(|tandem| TrainerTap::Admit(tandem.into())),
        ]
    }

    fn any_setup() -> impl Strategy<Value = Setup> {
        let weekday = |day: u8| Weekday::try_from(day).expect("a weekday");
        prop_oneof![
            one_of(SETUPS),
            (0..7u8).prop_map(move |day| Setup::Day(weekday(day))),
            (0..24u8).prop_map(Setup::Hour),
        ]
    }

    fn any_away() -> impl Strategy<Value = AwayTap> {
        prop_oneof![
            prop::sample::select(vec![AwayTap::Today, AwayTap::Tomorrow, AwayTap::ThisWeek, AwayTap::NextWeek]),
            id().prop_map(|absence| AwayTap::Cancel(absence.into())),
        ]
    }

    fn any_settings() -> impl Strategy<Value = SettingsTap> {
        prop_oneof![
            "[a-z]{2,3}".prop_map(SettingsTap::Language),
            prop::sample::select(vec![
                SettingsTap::Times,
                SettingsTap::Reminders(ReminderTap::All),
                SettingsTap::Reminders(ReminderTap::Fewer),
                SettingsTap::Pause,
                SettingsTap::Resume,
            ]),
        ]
    }

    fn any_cover_act() -> impl Strategy<Value = CoverAct> {
        prop_oneof![one_of(COVERS), any::<u8>().prop_map(CoverAct::Tick)]
    }

    /// Every button of somebody who is in.
    fn any_owned() -> impl Strategy<Value = Tap> {
        prop_oneof![
            one_of(HOMES).prop_map(Tap::Home),
            any_setup().prop_map(Tap::Setup),
            (file_id(9), file_id(24), any_act()).prop_map(|(module, step, act)| Tap::Study { module, step, act }),
            prop::sample::select(vec![LessonTap::Open, LessonTap::Later]).prop_map(Tap::Lesson),
            any_hours().prop_map(Tap::Hours),
            any_away().prop_map(Tap::Away),
            (id(), any::<u32>(), any_cover_act()).prop_map(|(cover, version, act)| Tap::Cover {
                cover: cover.into(),
                version,
                act
            }),
            any_settings().prop_map(Tap::Settings),
            one_of(DATA).prop_map(Tap::Data),
            any_trainer().prop_map(Tap::Trainer),
        ]
    }

    fn any_door() -> impl Strategy<Value = Tap> {
        ("[A-Za-z0-9_-]{22}", one_of(DOORS), "[a-z]{2}").prop_map(|(code, door, lang)| Tap::Door {
            code,
            door,
            lang: Lang::from(lang.as_str()),
        })
    }

    proptest! {
        #[test]
        fn every_button_comes_back_as_it_was_made_and_fits(tap in any_owned(), owner in id()) {
            let owner = PersonId(owner);
            let data = tap.encode(Some(&owner));
            prop_assert!(data.len() <= MAX_DATA, "{} bytes: {data}", data.len());
            prop_assert_eq!(Tap::decode(&data, Some(&owner)), Ok(tap));
        }

        #[test]
        fn a_button_of_somebody_else_is_refused(tap in any_owned(), owner in id(), other in id()) {
            prop_assume!(owner[..TAG] != other[..TAG]);
            let data = tap.encode(Some(&PersonId(owner)));
            prop_assert_eq!(Tap::decode(&data, Some(&PersonId(other))), Err(TapError::Foreign));
            prop_assert_eq!(Tap::decode(&data, None), Err(TapError::Foreign));
        }

        #[test]
        fn a_button_of_the_door_is_good_for_whoever_holds_the_link(tap in any_door(), presser in prop::option::of(id())) {
            let data = tap.encode(None);
            prop_assert!(data.len() <= MAX_DATA, "{} bytes: {data}", data.len());
            prop_assert_eq!(Tap::decode(&data, presser.map(PersonId).as_ref()), Ok(tap));
        }

        #[test]
        fn whatever_a_device_sends_is_read_or_refused(data in ".{0,80}", presser in prop::option::of(".{0,6}")) {
            let presser = presser.map(PersonId);
            if let Ok(tap) = Tap::decode(&data, presser.as_ref()) {
                prop_assert!(tap.encode(presser.as_ref()).len() <= MAX_DATA + TAG);
            }
        }

        #[test]
        fn whatever_looks_like_a_button_is_read_or_refused(
            kind in "[jholmtacspr]", fields in prop::collection::vec("[a-z0-9-]{0,8}", 0..6),
        ) {
            let owner = PersonId("abcdefghijkl".into());
            let data = format!("abcd:{kind}:{}", fields.join(":"));
            if let Ok(tap) = Tap::decode(&data, Some(&owner)) {
                prop_assert_eq!(Tap::decode(&tap.encode(Some(&owner)), Some(&owner)), Ok(tap));
            }
        }
    }

    #[test]
    fn the_longest_button_of_a_step_is_known_before_anybody_gets_it() {
        let owner = PersonId("abcdefghijkl".into());
        let text = |text: &str| text.to_owned();
        let questions = vec![
            Question { id: text("q1"), kind: QuestionKind::Pick { options: vec![text("low"), text("much-better")] } },
            Question { id: text("sentence"), kind: QuestionKind::Sentence },
        ];
        let step = Step { id: text("feedback"), kind: StepKind::Questionnaire { questions } };
        let act = Act::Rate { question: text("q1"), option: text("much-better") };
        let tap = Tap::Study { module: text("m1-dialog"), step: text("feedback"), act };
        assert_eq!(Tap::bytes_for("m1-dialog", &step), tap.encode(Some(&owner)).len());
        let long = Step { id: "s".repeat(60), ..step };
        assert!(Tap::bytes_for("m1-dialog", &long) > MAX_DATA);
    }
}
