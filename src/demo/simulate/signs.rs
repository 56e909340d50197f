//! How somebody recognises what stands on their phone: buttons by their labels, messages by their words.
//!
//! Owns: reading. All words come from the locales, in both languages, so nothing here depends on how the bot stores
//! or encodes anything.

use std::collections::HashMap;

use super::course;
use super::diary::{Got, Mark, Sort};
use crate::demo::phones::Message;
use crate::domain::away::with_days;
use crate::domain::days::Days;
use crate::domain::lang::Lang;
use crate::domain::message::{Arg, Line, say};
use crate::l10n::Words;

/// A button that people know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    Understood,
    ImIn,
    Board,
    Fine,
    Change,
    Hour(u8),
    Open,
    Next,
    Check,
    Done,
    Skip,
    Later,
    Unfit,
    Back,
    Log,
    Add(u32),
    NotReleased,
    Yes,
    No,
    AskAgain,
    LeaveOpen,
    Tick,
    /// Leads away from what is open here.
    Away,
}

/// Where somebody is in the course, as far as a message says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Learning {
    /// In this lesson, counted from 0.
    In(usize),
    /// At the end of the lesson they were in.
    Over,
}

/// Labels and words of all languages.
pub struct Signs {
    labels: HashMap<String, Sign>,
    /// By language: the words that tell messages apart.
    words: HashMap<Lang, Telling>,
}

struct Telling {
    week: [String; 2],
    lesson_open: String,
    reminders: [String; 2],
    finished: [String; 2],
    again: String,
    handover: String,
}

const KEYS: [(&str, Sign); 22] = [
    ("button-understood", Sign::Understood),
    ("button-im-in", Sign::ImIn),
    ("setup-granted-board", Sign::Board),
    ("button-fine", Sign::Fine),
    ("button-change", Sign::Change),
    ("button-start", Sign::Open),
    ("button-continue", Sign::Open),
    ("button-open-lesson", Sign::Open),
    ("button-next-lesson", Sign::Open),
    ("button-next", Sign::Next),
    ("button-check", Sign::Check),
    ("button-done", Sign::Done),
    ("button-skip", Sign::Skip),
    ("button-later", Sign::Later),
    ("button-unfit", Sign::Unfit),
    ("button-back", Sign::Back),
    ("button-not-released", Sign::NotReleased),
    ("button-cover-yes", Sign::Yes),
    ("button-cover-no", Sign::No),
    ("button-ask-again", Sign::AskAgain),
    ("button-leave-open", Sign::LeaveOpen),
    ("button-home", Sign::Away),
];

/// Stands where an argument would, in words that are only looked at for their beginning.
const BLANK: char = '¤';

/// Buttons that nobody here presses.
const OTHERS: [&str; 14] = [
    "button-again",
    "button-recall",
    "button-recall-skip",
    "button-exam",
    "button-undo",
    "button-cover-withdraw",
    "button-cover-after-all",
    "button-cancel",
    "button-lesson",
    "button-time",
    "button-away",
    "button-more",
    "button-not-needed",
    "button-were-away",
];

impl Signs {
    pub fn new(words: &Words) -> Self {
        let mut labels = HashMap::new();
        let mut telling = HashMap::new();
        for lang in words.languages() {
            let get = |key: &str| words.get(lang, key).unwrap_or_default();
            labels.extend(OTHERS.iter().map(|key| (get(key), Sign::Away)));
            labels.extend(KEYS.iter().map(|(key, sign)| (get(key), *sign)));
            for minutes in [30, 60] {
                labels.insert(with_minutes(words, lang, "button-add", minutes), Sign::Add(minutes));
            }
            for key in ["button-add", "button-less"] {
                labels.insert(with_minutes(words, lang, key, 5), Sign::Away);
            }
            labels.insert(with_minutes(words, lang, "button-log", course::LESSON_MINUTES), Sign::Log);
            for hour in 8..18 {
                let label = words.plain(lang, &say("hour").with("hour", Arg::Hour(hour)));
                labels.insert(format!("☐ {label}"), Sign::Hour(hour));
            }
            labels.insert(format!("☐ {}", get("handover-accounts")), Sign::Tick);
            let plain = |key: &'static str| words.plain(lang, &say(key));
            let nobody = || Arg::Text(BLANK.to_string());
            let again = say("cover-question-again").with("name", nobody());
            let handover = say("handover-title").with("name", nobody());
            telling.insert(
                lang.clone(),
                Telling {
                    week: [plain("week-hours"), plain("week-hours-late")],
                    lesson_open: plain("week-lesson-open"),
                    reminders: [plain("reminder-lesson"), plain("reminder-task")],
                    finished: [plain("lesson-finished"), plain("lesson-finished-open")],
                    again: beginning(words, lang, again),
                    handover: beginning(words, lang, handover),
                },
            );
        }
        Self { labels, words: telling }
    }

    /// What a button is; `None`: one of the answers of a step.
    pub fn of(&self, label: &str) -> Option<Sign> {
        self.labels.get(label).copied()
    }

    /// What a message says about the lesson that somebody is in.
    pub fn learning(&self, lang: &Lang, text: &str) -> Option<Learning> {
        let finished = &self.words.get(lang)?.finished;
        match course::step_in(text) {
            Some(lesson) => Some(Learning::In(lesson)),
            None => finished.iter().any(|words| text.starts_with(words.as_str())).then_some(Learning::Over),
        }
    }

    /// Reads a message of the bot that has just arrived. `partner` is the name that it may speak of.
    pub fn read(&self, words: &Words, lang: &Lang, partner: &str, message: &Message, at: i64) -> Got {
        let text = message.body.text.as_str();
        let mut got = Got {
            message: message.id,
            at: chrono::DateTime::from_timestamp_micros(at).unwrap_or_default(),
            sort: Sort::Reply,
            week: false,
            reminder: false,
            late: false,
            text: Mark::of(text),
        };
        let Some(telling) = self.words.get(lang) else { return got };
        let has = |sign: Sign| message.labels().any(|label| self.of(label) == Some(sign));
        let says = |words: &[String]| words.iter().any(|sentence| text.contains(sentence.as_str()));
        got.week = says(&telling.week) && has(Sign::NotReleased);
        got.late = got.week && text.contains(telling.week[1].as_str());
        got.reminder = says(&telling.reminders);
        let lesson = course::lesson_in(text).filter(|_| has(Sign::Open) && has(Sign::Later));
        got.sort = match lesson {
            Some(lesson) => Sort::Lesson(lesson),
            None if got.week || text.contains(telling.lesson_open.as_str()) => Sort::Week,
            None if got.reminder => Sort::Reminder,
            None if has(Sign::Yes) && has(Sign::No) => match text.starts_with(telling.again.as_str()) {
                true => Sort::Chase,
                false => Sort::Ask,
            },
            None if has(Sign::LeaveOpen) => Sort::Gap,
            None if has(Sign::Tick) && text.starts_with(telling.handover.as_str()) => Sort::Handover,
            // The other side of a hand-over.
            None if has(Sign::Tick) => Sort::CoverNews,
            None if message.keyboard.is_empty() => news(words, lang, partner, text),
            None => Sort::Reply,
        };
        got
    }
}

/// News without a button, about the other of the two.
fn news(words: &Words, lang: &Lang, partner: &str, text: &str) -> Sort {
    let name = || Arg::Text(partner.to_owned());
    let is = |key: &'static str| words.plain(lang, &say(key).with("name", name())) == text;
    let dated = |key: &'static str| {
        let line = say(key).with("name", name()).with("span", "many");
        let blank = BLANK.to_string();
        let filled = words.plain(lang, &line.with("from", blank.as_str()).with("to", blank.as_str()));
        let common = filled.split(BLANK).next().unwrap_or_default().trim_end();
        // What stands before the first date, without the small words that depend on how many there are.
        let words: Vec<&str> = common.split(' ').collect();
        let begins = words[..words.len().saturating_sub(1)].join(" ");
        begins.chars().count() > 4 && text.starts_with(&begins)
    };
    match () {
        () if is("deputy-joined") => Sort::Notice,
        () if is("cover-released") => Sort::Released,
        () if dated("cover-taken") => Sort::Taken,
        () if dated("cover-called-off") || dated("cover-shortened") => Sort::CoverNews,
        () => Sort::Reply,
    }
}

/// The text of a message about cover, as the oracle expects it.
pub fn about_cover(words: &Words, lang: &Lang, key: &'static str, name: &str, days: Days) -> Mark {
    Mark::of(&words.plain(lang, &with_days(say(key).with("name", Arg::Text(name.to_owned())), days)))
}

fn with_minutes(words: &Words, lang: &Lang, key: &'static str, minutes: u32) -> String {
    words.plain(lang, &say(key).with("minutes", Arg::Minutes(minutes)))
}

/// What stands before the first argument.
fn beginning(words: &Words, lang: &Lang, line: Line) -> String {
    let line = line.with("span", "many").with("from", "").with("to", "");
    words.plain(lang, &line).split(BLANK).next().unwrap_or_default().to_owned()
}
