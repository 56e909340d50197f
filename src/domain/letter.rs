//! What a participant writes to the trainers, or shares with the round.
//!
//! Owns: what for, who sees the name, and that everything is shown before it goes. Does not know how trainers are told
//! (`trainer`), nor how news reach a round (`news`).

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::effect::{Effect, Look};
use super::home;
use super::ids::LetterId;
use super::message::{Arg, Line, Message, button, say};
use super::news::{self, About, MAX_TEXT};
use super::study;
use super::tandem::{Role, Talk};
use super::tap::{Home, LetterTap, Tap};
use super::turn::Turn;

/// A letter as trainers read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub purpose: Purpose,
    /// The writer's name, if they want it to be seen.
    pub name: Option<String>,
    pub text: String,
}

/// A letter that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterCard {
    pub id: LetterId,
    pub letter: Letter,
}

/// What somebody writes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A question to the trainers.
    Question,
    /// A post, for the trainers to read.
    Post,
    /// "Please speak to my employer."
    Employer,
    /// A post, for everybody in the round.
    Round,
}

/// What is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    pub purpose: Purpose,
    pub named: bool,
    /// What was written, until it goes or is thrown away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A button about a letter.
pub fn tapped(turn: &mut Turn<'_>, role: Role, tap: LetterTap) {
    match tap {
        LetterTap::Menu => {
            let item = |key: &'static str, purpose| button(say(key), Tap::Letter(LetterTap::Begin(purpose)));
            let message = Message::of(say("letter-menu"))
                .row([item("button-letter-question", Purpose::Question)])
                .row([item("button-letter-post", Purpose::Post), item("button-letter-round", Purpose::Round)])
                .row([item("button-letter-employer", Purpose::Employer)])
                .row([button(say("button-home"), Tap::Home(Home::Open))]);
            turn.show(role, message, None);
        }
        LetterTap::Begin(Purpose::Question) => {
            let choice = |key: &'static str, named| button(say(key), Tap::Letter(LetterTap::Ask(named)));
            let message = Message::of(say("letter-who-asks"))
                .row([choice("button-letter-named", true)])
                .row([choice("button-letter-unnamed", false)]);
            turn.show(role, message, None);
        }
        LetterTap::Begin(purpose) => ask(turn, role, purpose, true),
        LetterTap::Ask(named) => ask(turn, role, Purpose::Question, named),
        LetterTap::Sections => turn.out.push(Effect::Look(Look::Sections)),
        LetterTap::Section(nth) => {
            let to = |key: &'static str, purpose| button(say(key), Tap::Letter(LetterTap::Show(nth, purpose)));
            let message = Message::of(say("section-whom"))
                .row([to("button-letter-round", Purpose::Round)])
                .row([to("button-letter-post", Purpose::Post)])
                .row([button(say("button-back"), Tap::Letter(LetterTap::Sections))]);
            turn.show(role, message, None);
        }
        LetterTap::Show(nth, purpose @ (Purpose::Round | Purpose::Post)) => {
            turn.out.push(Effect::Look(Look::Section { nth, purpose }));
        }
        LetterTap::Show(_, Purpose::Question | Purpose::Employer) => turn.note(role, say("stale")),
        LetterTap::Send => send(turn, role),
        LetterTap::TakeBack => {
            let person = turn.id_of(role);
            turn.out.push(Effect::TakeBack { person });
        }
        LetterTap::Discard => {
            study::listen(turn, role);
            turn.show(role, home::with_buttons(Message::of(say("letter-discarded"))), None);
        }
    }
}

/// What to write, before it is written: who reads it, and what they see beside it.
fn ask(turn: &mut Turn<'_>, role: Role, purpose: Purpose, named: bool) {
    turn.seat_mut(role).mind.talk = Talk::Letter(Sheet { purpose, named, text: None });
    let line = match purpose {
        Purpose::Question if named => say("letter-question").with("limit", MAX_TEXT),
        Purpose::Question => say("letter-question-unnamed").with("limit", MAX_TEXT),
        Purpose::Post => say("letter-post").with("limit", MAX_TEXT),
        Purpose::Employer => say("letter-employer").with("limit", MAX_TEXT),
        Purpose::Round => say("letter-round").with("limit", MAX_TEXT),
    };
    let message = Message::of(line).row([discard()]);
    turn.show(role, message, None);
}

/// A text of the concept, shown as the others will see it. What is too long for them is cut.
pub fn section(turn: &mut Turn<'_>, role: Role, purpose: Purpose, text: &str) {
    let cut: String = match text.char_indices().nth(MAX_TEXT) {
        Some(_) => text.chars().take(MAX_TEXT - 1).chain(['…']).collect(),
        None => text.to_owned(),
    };
    let Some(text) = news::readable(&cut) else { return turn.note(role, say("stale")) };
    let sheet = Sheet { purpose, named: true, text: Some(text) };
    let message = preview(turn, role, &sheet);
    turn.seat_mut(role).mind.talk = Talk::Letter(sheet);
    turn.show(role, message, None);
}

/// The text that was asked for: shown as the others will see it.
pub fn wrote(turn: &mut Turn<'_>, role: Role, sheet: &Sheet, text: &str) {
    let Some(text) = news::readable(text) else {
        return turn.reply(role, Message::of(say("letter-long").with("limit", MAX_TEXT)).row([discard()]));
    };
    let sheet = Sheet { text: Some(text), ..sheet.clone() };
    let message = preview(turn, role, &sheet);
    turn.seat_mut(role).mind.talk = Talk::Letter(sheet);
    turn.reply(role, message);
}

fn preview(turn: &Turn<'_>, role: Role, sheet: &Sheet) -> Message {
    let name = turn.seat(role).person.name.clone();
    let text = sheet.text.clone().unwrap_or_default();
    let (head, lines) = match sheet.purpose {
        Purpose::Round => (say("letter-preview-round"), news::lines(&About::Shared { name }, &text)),
        purpose => {
            let letter = Letter { purpose, name: sheet.named.then_some(name), text };
            (say("letter-preview-trainers"), vec![line(&letter)])
        }
    };
    let send = button(say("button-letter-send"), Tap::Letter(LetterTap::Send));
    lines
        .into_iter()
        .fold(Message::of(head), Message::and)
        .and(say("letter-preview-change"))
        .row([send])
        .row([discard()])
}

fn send(turn: &mut Turn<'_>, role: Role) {
    let Talk::Letter(Sheet { purpose, named, text: Some(text) }) = turn.seat(role).mind.talk.clone() else {
        return turn.note(role, say("stale"));
    };
    study::listen(turn, role);
    let name = turn.seat(role).person.name.clone();
    let person = turn.id_of(role);
    let id = LetterId(turn.ids.id());
    match purpose {
        Purpose::Round => turn.out.push(Effect::Share { person, name, text }),
        purpose => {
            let letter = Letter { purpose, name: named.then_some(name), text };
            turn.out.push(Effect::Letter { id, person, letter });
        }
    }
}

/// A letter as trainers read it.
pub fn line(letter: &Letter) -> Line {
    let from = match &letter.name {
        Some(name) => Arg::Text(name.clone()),
        None => Arg::from(say("letter-nobody")),
    };
    let text = Arg::Text(letter.text.clone());
    match letter.purpose {
        Purpose::Question => say("letter-reads-question").with("from", from).with("text", text),
        Purpose::Post | Purpose::Round => say("letter-reads-post").with("from", from).with("text", text),
        Purpose::Employer => say("letter-reads-employer").with("from", from).with("text", text),
    }
}

/// It will go; until then it can be taken back.
pub fn sent(line: Line) -> Message {
    let back = button(say("button-take-back"), Tap::Letter(LetterTap::TakeBack));
    home::with_buttons(Message::of(line).row([back]))
}

/// What else there is to say about it.
pub fn noted(line: Line) -> Message {
    home::with_buttons(Message::of(line))
}

fn discard() -> super::message::Button {
    button(say("button-letter-discard"), Tap::Letter(LetterTap::Discard))
}
