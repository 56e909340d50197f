//! What everybody in a round is told: a trainer's word, a week of rest, a meeting, what somebody shares.
//!
//! Owns: what such news looks like, and that they keep to the rules of what nobody asked for: not at night, not to whoever
//! is away or asked for silence, with what else is due that day, and counted against its ceilings. Does not know how a
//! round is gone through, nor who wrote them beyond the name that is shown.

#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::calendar::{self, Week};
use super::dates;
use super::effect::Effect;
use super::ids::NewsId;
use super::message::{Arg, Line, Message, say};
use super::tandem::{Due, Reach, Role};
use super::turn::Turn;
use super::week;

/// Longest text of news, in characters: three fit into one message beside a lesson's first words (4,096, Bot API).
pub const MAX_TEXT: usize = 800;

/// News that come with one message; what is left waits for the next.
const AT_ONCE: usize = 3;

/// News that wait for a person; beyond it the oldest have had their time.
const MAX_WAITING: usize = 20;

/// News as they wait for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    pub id: NewsId,
    pub about: About,
    #[serde(default)]
    pub text: String,
    /// Pointless after this instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// To be heard of by this instant if that can be done politely, whatever else has come: the day that it names begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<DateTime<Utc>>,
}

/// What sort of news it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A trainer's own words.
    Word,
    /// "You said – we changed."
    Changed,
    /// The answer to a question that somebody of the round asked.
    Answer { question: String },
    /// What somebody of the round shares.
    Shared { name: String },
    /// The round begins on another day.
    Moved { day: NaiveDate },
    /// No lesson comes in the week of this Monday.
    Rest { monday: NaiveDate },
    /// That week is a week like others after all.
    NoRest { monday: NaiveDate },
    /// The round is over for its trainers.
    Closed,
    /// A meeting is named, comes up, or is called off.
    Meeting { title: String, place: String, day: NaiveDate, hour: String, standing: Standing },
    /// Where the round's group is.
    Group,
}

/// What is said of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    New,
    Soon,
    Off,
}

/// The day that news name, if they do: whoever hears of it later hears of it in vain.
pub fn names(about: &About, text: &str, today: NaiveDate) -> Option<NaiveDate> {
    match about {
        About::Word | About::Changed | About::Answer { .. } => dates::named(text, today),
        About::Moved { day } | About::Meeting { day, .. } => Some(*day),
        About::Rest { monday } | About::NoRest { monday } => Some(*monday),
        About::Shared { .. } | About::Closed | About::Group => None,
    }
}

/// What people read.
pub fn lines(about: &About, text: &str) -> Vec<Line> {
    let text = || Arg::Text(text.to_owned());
    match about {
        About::Word => vec![say("news-word").with("text", text())],
        About::Changed => vec![say("news-changed").with("text", text())],
        About::Answer { question } => {
            vec![say("news-answer").with("question", Arg::Text(question.clone())).with("text", text())]
        }
        About::Shared { name } => vec![say("news-shared").with("name", Arg::Text(name.clone())).with("text", text())],
        About::Moved { day } => vec![say("news-moved").with("day", *day)],
        About::Rest { monday } => {
            vec![say("news-rest").with("from", *monday).with("to", Week::of(*monday).sunday())]
        }
        About::NoRest { monday } => {
            vec![say("news-no-rest").with("from", *monday).with("to", Week::of(*monday).sunday())]
        }
        About::Closed => vec![say("news-closed")],
        About::Group => vec![say("news-group").with("link", text())],
        About::Meeting { title, place, day, hour, standing } => {
            let title = Arg::Text(title.clone());
            let when = say("meeting-when").with("day", *day).with("hour", Arg::Text(hour.clone()));
            let line = match standing {
                Standing::New => say("news-meeting-new").with("title", title).with("when", when),
                Standing::Soon => say("news-meeting-soon").with("title", title).with("when", when),
                Standing::Off => say("news-meeting-off").with("title", title).with("when", when),
            };
            let place = match standing {
                Standing::Off => None,
                Standing::New | Standing::Soon => Some(say("meeting-place").with("place", Arg::Text(place.clone()))),
            };
            std::iter::once(line).chain(place).collect()
        }
    }
}

/// What somebody wrote for others, made fit to be shown: without what nobody sees, and short enough.
pub fn readable(text: &str) -> Option<String> {
    let clean: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    let clean = clean.trim();
    let lines: Vec<&str> = clean.lines().map(str::trim_end).collect();
    let mut text = lines.join("\n");
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    (!text.is_empty() && text.chars().count() <= MAX_TEXT).then_some(text)
}

/// News have come for both of a tandem. What is said of the round is true at once; it is told when there is time.
pub fn came(turn: &mut Turn<'_>, news: &News) {
    for role in [Role::Lead, Role::Deputy] {
        if turn.t.seat(role).is_none() {
            continue;
        }
        if let About::Rest { .. } | About::NoRest { .. } | About::Moved { .. } = news.about {
            week::replan_lesson(turn, role);
        }
        let waiting = &mut turn.seat_mut(role).mind.news;
        if waiting.iter().any(|known| known.id == news.id) {
            continue;
        }
        waiting.push(news.clone());
        let surplus = waiting.len().saturating_sub(MAX_WAITING);
        waiting.drain(..surplus);
        let person = turn.id_of(role);
        turn.out.push(Effect::NewsFor { news: news.id.clone(), person });
        plan(turn, role);
    }
}

/// When the news that wait are told; nothing for whoever cannot or would not hear them now.
pub fn plan(turn: &mut Turn<'_>, role: Role) {
    turn.unschedule(&Due::News(role));
    if !turn.seat(role).mind.news.is_empty() && hears(turn, role) {
        turn.schedule(Due::News(role), turn.polite(role, turn.now()));
    }
}

/// Whoever learns in no lesson yet is told by itself.
pub fn alone(turn: &mut Turn<'_>, role: Role) {
    if !hears(turn, role) {
        return;
    }
    match week::not_yet(turn, role) {
        Some(at) if !presses(turn, role, at) => turn.schedule(Due::News(role), at),
        _ => tell(turn, role),
    }
}

/// Whether something has had its time by then, and may be told now: a meeting that is called off is of no use to
/// anybody on the day after it, nor is "on Thursday at two" on Friday. Nights, free days and absence hold all the same.
pub fn presses(turn: &Turn<'_>, role: Role, by: DateTime<Utc>) -> bool {
    let late = |news: &News| news.until.into_iter().chain(news.by).any(|at| at <= by);
    turn.polite(role, turn.now()) <= turn.now() && turn.seat(role).mind.news.iter().any(late)
}

/// Tells what waits.
pub fn tell(turn: &mut Turn<'_>, role: Role) {
    if let Some((message, told)) = part(turn, role) {
        week::send_news(turn, role, message, told);
    }
}

/// What a message says of the news that wait, and which these are. What has had its time is forgotten.
pub fn part(turn: &mut Turn<'_>, role: Role) -> Option<(Message, Vec<NewsId>)> {
    let now = turn.now();
    let waiting = &mut turn.seat_mut(role).mind.news;
    waiting.retain(|news| news.until.is_none_or(|until| until > now));
    let told: Vec<News> = waiting.drain(..waiting.len().min(AT_ONCE)).collect();
    let more = !waiting.is_empty();
    turn.unschedule(&Due::News(role));
    if more {
        let tomorrow = calendar::at(turn.today(role), 23, 59, turn.seat(role).person.zone);
        turn.schedule(Due::News(role), turn.next_own_hour(role, tomorrow));
    }
    if told.is_empty() {
        return None;
    }
    let all = told.iter().flat_map(|news| lines(&news.about, &news.text));
    let message = all.fold(Message::default(), Message::and);
    Some((message, told.into_iter().map(|news| news.id).collect()))
}

fn hears(turn: &Turn<'_>, role: Role) -> bool {
    let person = &turn.seat(role).person;
    person.reach == Reach::Open && !person.prefs.paused
}
