//! The data of a button: short fields behind colons, the first of them bound to the button's owner.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    Act, AwayTap, CalendarTap, ContactAct, CoverAct, DataTap, Door, ExamTap, Home, HoursTap, LeaveAct, LessonTap,
    LetterTap, LicenceAct, MAX_DATA, Nudge, RecallAct, RecallTap, ReminderTap, SettingsTap, Setup, SurveyAct, Tap,
    TapError, TrainerTap,
};
use crate::domain::ids::PersonId;
use crate::domain::lang::Lang;
use crate::domain::letter::Purpose;
use crate::domain::notice::Notice;
use crate::domain::paper::Paper;
use crate::domain::picture::Theme;
use crate::domain::programme::{Question, Step, StepKind};

/// How many characters of a person's id bind a button to that person.
pub(super) const TAG: usize = 4;

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
        let skip = Act::Skip { question: question.id.clone() };
        question.options().iter().map(rate).chain([skip]).collect()
    }

    fn fields(&self) -> Vec<String> {
        let own = |parts: &[&str]| parts.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>();
        match self {
            Tap::Door { code, door: Door::Enter { edition }, lang } => {
                own(&["j", code, "y", lang.code(), &edition.to_string()])
            }
            Tap::Door { code, door, lang } => own(&["j", code, name_of(DOORS, door), lang.code()]),
            Tap::Home(home) => own(&["h", name_of(HOMES, home)]),
            Tap::Setup(setup) => match setup {
                Setup::Day(day) => own(&["o", "d", &day.num_days_from_monday().to_string()]),
                Setup::WorkDay(day) => own(&["o", "w", &day.num_days_from_monday().to_string()]),
                Setup::Hour(hour) => own(&["o", "h", &hour.to_string()]),
                plain => own(&["o", name_of(SETUPS, plain)]),
            },
            Tap::Study { module, step, act } => {
                let mut fields = own(&["l", module, step]);
                fields.extend(act_fields(act));
                fields
            }
            Tap::Survey { module, act } => match act {
                SurveyAct::Open => own(&["u", module]),
                SurveyAct::Rate { question, option } => own(&["u", module, "r", question, option]),
                SurveyAct::Keep { question } => own(&["u", module, "k", question]),
                SurveyAct::Withdraw { question } => own(&["u", module, "w", question]),
            },
            Tap::Lesson(LessonTap::Open) => own(&["m", "o"]),
            Tap::Lesson(LessonTap::Later) => own(&["m", "l"]),
            Tap::Exam(ExamTap::Open(tandem)) => own(&["e", "o", tandem.as_str()]),
            Tap::Exam(ExamTap::Begin(tandem)) => own(&["e", "b", tandem.as_str()]),
            Tap::Exam(ExamTap::Renew(tandem)) => own(&["e", "r", tandem.as_str()]),
            Tap::Exam(ExamTap::Item { attempt, item, act }) => {
                let mut fields = own(&["e", &attempt.to_string(), item]);
                fields.extend(act_fields(act));
                fields
            }
            Tap::Recall(RecallTap::Begin) => own(&["q", "b"]),
            Tap::Recall(RecallTap::Item { module, step, act }) => match act {
                RecallAct::Pick(option) => own(&["q", module, step, "p", option]),
                plain => own(&["q", module, step, name_of(RECALLS, plain)]),
            },
            Tap::Hours(hours) => own(&["t"]).into_iter().chain(hours.fields()).collect(),
            Tap::Away(away) => match away {
                AwayTap::Today => own(&["a", "d"]),
                AwayTap::Tomorrow => own(&["a", "m"]),
                AwayTap::ThisWeek => own(&["a", "w"]),
                AwayTap::NextWeek => own(&["a", "n"]),
                AwayTap::Cancel(absence) => own(&["a", "c", absence.as_str()]),
                AwayTap::TodayToo { absence, day } => own(&["a", "t", absence.as_str(), &day_number(*day)]),
                AwayTap::Until(absence) => own(&["a", "u", absence.as_str()]),
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
                SettingsTap::Open => own(&["s", "o"]),
                SettingsTap::Times => own(&["s", "t"]),
                SettingsTap::Reminders(ReminderTap::All) => own(&["s", "ra"]),
                SettingsTap::Reminders(ReminderTap::Fewer) => own(&["s", "rf"]),
                SettingsTap::Pause => own(&["s", "p"]),
                SettingsTap::Resume => own(&["s", "r"]),
                SettingsTap::Why(Nudge::Week) => own(&["s", "yw"]),
                SettingsTap::Why(Nudge::Reminder) => own(&["s", "yr"]),
                SettingsTap::FewerOfThese => own(&["s", "f"]),
                SettingsTap::Offer(true) => own(&["s", "oy"]),
                SettingsTap::Offer(false) => own(&["s", "on"]),
                SettingsTap::Contact => own(&["s", "c"]),
                SettingsTap::NoContact => own(&["s", "cn"]),
                SettingsTap::InviteContact => own(&["s", "ci"]),
            },
            Tap::Data(data) => own(&["p", name_of(DATA, data)]),
            Tap::Trainer(tap) => tap.fields(),
            Tap::Letter(LetterTap::Section(nth)) => own(&["n", "c", &nth.to_string()]),
            Tap::Letter(LetterTap::Show(nth, purpose)) => {
                own(&["n", "c", &nth.to_string(), name_of(LETTERS, &LetterTap::Begin(*purpose))])
            }
            Tap::Letter(tap) => own(&["n", name_of(LETTERS, tap)]),
            Tap::Notice { notice, edition } => own(&["v", name_of(NOTICES, notice), &edition.to_string()]),
            Tap::Calendar(tap) => own(&["k", name_of(CALENDAR, tap)]),
            Tap::Licence { tandem, act } => own(&["z", tandem.as_str(), name_of(LICENCE, act)]),
            Tap::Paper(paper) => own(&["f", name_of(PAPERS, paper)]),
            Tap::Contact { tandem, act: ContactAct::Stop } => own(&["y", tandem.as_str(), "x"]),
            Tap::Leave { tandem, act } => own(&["x", tandem.as_str(), name_of(LEAVES, act)]),
        }
    }
}

/// The part of a person's id that stands in the person's buttons.
fn tag(owner: &PersonId) -> &str {
    owner.as_str().get(..TAG).unwrap_or(owner.as_str())
}

pub(super) const HOMES: &[(Home, &str)] = &[
    (Home::Open, "h"),
    (Home::Lesson, "l"),
    (Home::Time, "t"),
    (Home::Away, "a"),
    (Home::More, "m"),
    (Home::Progress, "p"),
    (Home::Concept, "k"),
    (Home::Calendar, "c"),
    (Home::Cover, "v"),
    (Home::Surveys, "f"),
    (Home::Settings, "s"),
    (Home::Privacy, "d"),
    (Home::Help, "q"),
];

pub(super) const SETUPS: &[(Setup, &str)] = &[
    (Setup::GrantedByBoard, "gb"),
    (Setup::GrantedByHead, "gh"),
    (Setup::NotGranted, "gn"),
    (Setup::Forbidden, "gf"),
    (Setup::TimesFine, "tf"),
    (Setup::TimesChange, "tc"),
    (Setup::TimesDone, "td"),
    (Setup::WorkDays, "wd"),
    (Setup::NewInvitation, "ni"),
];

pub(super) const COVERS: &[(CoverAct, &str)] = &[
    (CoverAct::Accept, "y"),
    (CoverAct::Decline, "n"),
    (CoverAct::AskAgain, "a"),
    (CoverAct::AskRound, "r"),
    (CoverAct::LeaveOpen, "o"),
    (CoverAct::Found, "f"),
    (CoverAct::Link, "l"),
];

pub(super) const RECALLS: &[(RecallAct, &str)] = &[
    (RecallAct::Check, "c"),
    (RecallAct::Sure, "s"),
    (RecallAct::Unsure, "u"),
    (RecallAct::Next, "n"),
    (RecallAct::Skip, "k"),
];

pub(super) const DATA: &[(DataTap, &str)] = &[
    (DataTap::WhoSees, "w"),
    (DataTap::Mine, "m"),
    (DataTap::Rename, "n"),
    (DataTap::Delete, "d"),
    (DataTap::DeleteReally, "r"),
    (DataTap::Keep, "k"),
];

pub(super) const THEMES: &[(Theme, &str)] = &[(Theme::Light, "l"), (Theme::Dark, "d")];

pub(super) const CALENDAR: &[(CalendarTap, &str)] = &[(CalendarTap::NewLink, "n"), (CalendarTap::Off, "o")];

pub(super) const LICENCE: &[(LicenceAct, &str)] = &[
    (LicenceAct::Open, "l"),
    (LicenceAct::AskTrainers, "t"),
    (LicenceAct::Begin, "b"),
    (LicenceAct::Other, "o"),
    (LicenceAct::MyName, "m"),
    (LicenceAct::Organisation, "g"),
    (LicenceAct::Issue, "i"),
    (LicenceAct::Picture, "p"),
    (LicenceAct::File, "f"),
    (LicenceAct::ShowName, "sn"),
    (LicenceAct::ShowOrganisation, "so"),
    (LicenceAct::Withdraw, "w"),
    (LicenceAct::AllowChecks, "a"),
];

pub(super) const PAPERS: &[(Paper, &str)] = &[(Paper::Concept, "c"), (Paper::Data, "d"), (Paper::Licence, "l")];
pub(super) const LEAVES: &[(LeaveAct, &str)] = &[
    (LeaveAct::Open, "o"),
    (LeaveAct::Ask, "a"),
    (LeaveAct::Really, "y"),
    (LeaveAct::Replace, "r"),
    (LeaveAct::ReplaceReally, "ry"),
];

pub(super) const LETTERS: &[(LetterTap, &str)] = &[
    (LetterTap::Menu, "m"),
    (LetterTap::Begin(Purpose::Question), "q"),
    (LetterTap::Begin(Purpose::Post), "p"),
    (LetterTap::Begin(Purpose::Employer), "e"),
    (LetterTap::Begin(Purpose::Round), "r"),
    (LetterTap::Ask(true), "n"),
    (LetterTap::Ask(false), "u"),
    (LetterTap::Send, "s"),
    (LetterTap::Discard, "d"),
    (LetterTap::TakeBack, "b"),
    (LetterTap::Sections, "c"),
];

pub(super) const DOORS: &[(Door, &str)] = &[
    (Door::Decline, "n"),
    (Door::Unsure, "u"),
    (Door::Forbidden, "f"),
    (Door::More, "m"),
    (Door::Less, "b"),
    (Door::Language, "l"),
    (Door::Wait, "w"),
];

pub(super) const NOTICES: &[(Notice, &str)] = &[(Notice::Participant, "p"), (Notice::Trainer, "t")];

pub(super) fn name_of<T: PartialEq>(table: &[(T, &'static str)], value: &T) -> &'static str {
    table.iter().find(|(known, _)| known == value).map_or("", |(_, name)| name)
}

pub(super) fn value_of<T: Clone>(table: &[(T, &'static str)], name: &str) -> Option<T> {
    table.iter().find(|(_, known)| *known == name).map(|(value, _)| value.clone())
}

/// A day in few characters: days since the calendar began.
pub(super) fn day_number(day: NaiveDate) -> String {
    day.num_days_from_ce().to_string()
}

pub(super) fn read_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(text.parse().ok()?)
}

fn act_fields(act: &Act) -> Vec<String> {
    let own = |parts: &[&str]| parts.iter().map(|p| (*p).to_owned()).collect();
    match act {
        Act::Next => own(&["n"]),
        Act::Back => own(&["b"]),
        Act::Pick(option) => own(&["p", option]),
        Act::Check => own(&["c"]),
        Act::Sure => own(&["y"]),
        Act::Unsure => own(&["m"]),
        Act::Done => own(&["d"]),
        Act::Later => own(&["l"]),
        Act::Unfit => own(&["u"]),
        Act::Again => own(&["a"]),
        Act::Rate { question, option } => own(&["r", question, option]),
        Act::Skip { question } => own(&["s", question]),
    }
}

fn read(fields: &[&str]) -> Option<Tap> {
    Some(match fields {
        // Made before editions were counted: whoever presses it reads the notice again.
        ["j", code, "y", lang] => enter(code, lang, 1),
        ["j", code, "y", lang, edition] => enter(code, lang, edition.parse().ok()?),
        ["j", code, door, lang] => {
            Tap::Door { code: (*code).to_owned(), door: value_of(DOORS, door)?, lang: Lang::from(*lang) }
        }
        ["h", home] => Tap::Home(value_of(HOMES, home)?),
        ["o", "d", day] => Tap::Setup(Setup::Day(Weekday::try_from(day.parse::<u8>().ok()?).ok()?)),
        ["o", "w", day] => Tap::Setup(Setup::WorkDay(Weekday::try_from(day.parse::<u8>().ok()?).ok()?)),
        ["o", "h", hour] => Tap::Setup(Setup::Hour(hour.parse().ok().filter(|h| *h < 24)?)),
        ["o", setup] => Tap::Setup(value_of(SETUPS, setup)?),
        ["l", module, step, act @ ..] => {
            Tap::Study { module: (*module).to_owned(), step: (*step).to_owned(), act: read_act(act)? }
        }
        ["u", module, act @ ..] => {
            let act = match act {
                [] => SurveyAct::Open,
                ["r", question, option] => {
                    SurveyAct::Rate { question: (*question).to_owned(), option: (*option).to_owned() }
                }
                ["k", question] => SurveyAct::Keep { question: (*question).to_owned() },
                ["w", question] => SurveyAct::Withdraw { question: (*question).to_owned() },
                _ => return None,
            };
            Tap::Survey { module: (*module).to_owned(), act }
        }
        ["m", "o"] => Tap::Lesson(LessonTap::Open),
        ["m", "l"] => Tap::Lesson(LessonTap::Later),
        ["e", "o", tandem] => Tap::Exam(ExamTap::Open((*tandem).into())),
        ["e", "b", tandem] => Tap::Exam(ExamTap::Begin((*tandem).into())),
        ["e", "r", tandem] => Tap::Exam(ExamTap::Renew((*tandem).into())),
        ["e", attempt, item, act @ ..] => {
            Tap::Exam(ExamTap::Item { attempt: attempt.parse().ok()?, item: (*item).to_owned(), act: read_act(act)? })
        }
        ["q", "b"] => Tap::Recall(RecallTap::Begin),
        ["q", module, step, act @ ..] => {
            let act = match act {
                ["p", option] => RecallAct::Pick((*option).to_owned()),
                [name] => value_of(RECALLS, name)?,
                _ => return None,
            };
            Tap::Recall(RecallTap::Item { module: (*module).to_owned(), step: (*step).to_owned(), act })
        }
        ["t", rest @ ..] => Tap::Hours(HoursTap::read(rest)?),
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
        ["s", "o"] => Tap::Settings(SettingsTap::Open),
        ["s", "t"] => Tap::Settings(SettingsTap::Times),
        ["s", "ra"] => Tap::Settings(SettingsTap::Reminders(ReminderTap::All)),
        ["s", "rf"] => Tap::Settings(SettingsTap::Reminders(ReminderTap::Fewer)),
        ["s", "p"] => Tap::Settings(SettingsTap::Pause),
        ["s", "r"] => Tap::Settings(SettingsTap::Resume),
        ["s", "yw"] => Tap::Settings(SettingsTap::Why(Nudge::Week)),
        ["s", "yr"] => Tap::Settings(SettingsTap::Why(Nudge::Reminder)),
        ["s", "f"] => Tap::Settings(SettingsTap::FewerOfThese),
        ["s", "oy"] => Tap::Settings(SettingsTap::Offer(true)),
        ["s", "on"] => Tap::Settings(SettingsTap::Offer(false)),
        ["s", "c"] => Tap::Settings(SettingsTap::Contact),
        ["s", "cn"] => Tap::Settings(SettingsTap::NoContact),
        ["s", "ci"] => Tap::Settings(SettingsTap::InviteContact),
        ["p", data] => Tap::Data(value_of(DATA, data)?),
        ["z", tandem, act] => Tap::Licence { tandem: (*tandem).into(), act: value_of(LICENCE, act)? },
        ["f", paper] => Tap::Paper(value_of(PAPERS, paper)?),
        ["n", letter] => Tap::Letter(value_of(LETTERS, letter)?),
        ["n", "c", nth] => Tap::Letter(LetterTap::Section(nth.parse().ok()?)),
        ["n", "c", nth, to] => match value_of(LETTERS, to)? {
            LetterTap::Begin(purpose) => Tap::Letter(LetterTap::Show(nth.parse().ok()?, purpose)),
            _ => return None,
        },
        ["v", notice, edition] => Tap::Notice { notice: value_of(NOTICES, notice)?, edition: edition.parse().ok()? },
        ["y", tandem, "x"] => Tap::Contact { tandem: (*tandem).into(), act: ContactAct::Stop },
        ["x", tandem, act] => Tap::Leave { tandem: (*tandem).into(), act: value_of(LEAVES, act)? },
        ["k", calendar] => Tap::Calendar(value_of(CALENDAR, calendar)?),
        ["r", rest @ ..] => Tap::Trainer(TrainerTap::read(rest)?),
        _ => return None,
    })
}

fn enter(code: &str, lang: &str, edition: u32) -> Tap {
    Tap::Door { code: code.to_owned(), door: Door::Enter { edition }, lang: Lang::from(lang) }
}

fn read_act(fields: &[&str]) -> Option<Act> {
    Some(match fields {
        ["n"] => Act::Next,
        ["b"] => Act::Back,
        ["p", option] => Act::Pick((*option).to_owned()),
        ["c"] => Act::Check,
        ["y"] => Act::Sure,
        ["m"] => Act::Unsure,
        ["d"] => Act::Done,
        ["l"] => Act::Later,
        ["u"] => Act::Unfit,
        ["a"] => Act::Again,
        ["r", question, option] => Act::Rate { question: (*question).to_owned(), option: (*option).to_owned() },
        ["s", question] => Act::Skip { question: (*question).to_owned() },
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
        ["t", absence, day] => AwayTap::TodayToo { absence: (*absence).into(), day: read_day(day)? },
        ["u", absence] => AwayTap::Until((*absence).into()),
        _ => return None,
    })
}
