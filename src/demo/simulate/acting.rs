//! What somebody does when their time has come: on which button they tap, what they write.
//!
//! Owns: choosing by what is visible on the phone, and noting in the diary what it means. Does not know what the bot
//! makes of it.

use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng;

use super::course;
use super::crowd::Crowd;
use super::diary::{Answered, Declared, Deed, Got, Logged, Mark, Shut, Sort, Wants};
use super::machine::TOKEN;
use super::people::{Flow, Intent, Person, written};
use super::signs::Sign;
use crate::demo::phones::{Action, Button};
use crate::domain::calendar::Week;
use crate::domain::tandem::Role;

/// What people write where a lesson asks for a sentence.
const SENTENCE: &str = "Bis Ende Juni fragen zwanzig Menschen nach einem Platz.";

/// Does it.
pub fn does(crowd: &mut Crowd, who: usize, intent: Intent, now: DateTime<Utc>) {
    if !matches!(intent, Intent::Plan(_) | Intent::Unblock) {
        crowd.people[who].moves = matches!(intent, Intent::Knock(_) | Intent::GoOn);
    }
    match intent {
        Intent::Plan(week) => {
            let monday = crowd.first_monday + TimeDelta::weeks(i64::from(week));
            for (at, intent) in crowd.people[who].plans(week, monday) {
                crowd.plan(at, who, intent);
            }
        }
        Intent::Knock(code) => {
            crowd.people[who].flow = Flow::Joining;
            says(crowd, who, &format!("/start {code}"), now);
            crowd.people[who].code = Some(code);
            unsure(crowd, who);
        }
        Intent::GoOn => match crowd.people[who].flow {
            Flow::Joining => joins(crowd, who, now),
            Flow::Studying | Flow::Nothing => studies(crowd, who, now),
        },
        Intent::Log => logs(crowd, who, now),
        Intent::Declare { in_days, workdays } => {
            let person = &mut crowd.people[who];
            if person.flow == Flow::Studying {
                let at = person.within(now, 5..30);
                crowd.plan(at, who, Intent::Declare { in_days, workdays });
            } else if person.absence(person.diary.date(now), in_days, workdays).is_some() {
                // Said by command first: while a task waits for words, mere days would be taken for its answer.
                says(crowd, who, "/away", now);
                crowd.plan(now, who, Intent::NameDays { in_days, workdays });
            }
        }
        Intent::NameDays { in_days, workdays } => {
            let person = &mut crowd.people[who];
            let today = person.diary.date(now);
            if let Some(days) = person.absence(today, in_days, workdays) {
                person.diary.declared.push(Declared { at: now, days });
                says(crowd, who, &written(days), now);
            }
        }
        Intent::Answer(message, question) => answers(crowd, who, message, question, now),
        Intent::AddHours(message) => adds_hours(crowd, who, message, now),
        Intent::Decide(message, gap) => {
            let again = crowd.people[who].dice.random_bool(0.3);
            if again && press(crowd, who, message, Sign::AskAgain, Change, now) {
                crowd.people[who].diary.asked_again.push((now, gap));
                unsure(crowd, who);
            } else if !again && press(crowd, who, message, Sign::LeaveOpen, Change, now) {
                crowd.people[who].diary.left_open.push(now);
                unsure(crowd, who);
            }
        }
        Intent::Tick(message) => {
            if press(crowd, who, message, Sign::Tick, Change, now) {
                unsure(crowd, who);
            }
        }
        Intent::Block => {
            let chat = crowd.people[who].chat;
            // A chat that never began cannot be blocked.
            if crowd.phones.with(|phones, at| phones.blocks(at, TOKEN, chat)).is_ok() {
                crowd.people[who].diary.shut.push(Shut { from: now, until: None });
                crowd.people[who].flow = Flow::Nothing;
            }
        }
        Intent::Unblock => {
            let chat = crowd.people[who].chat;
            if crowd.phones.with(|phones, at| phones.unblocks(at, TOKEN, chat)).is_ok()
                && let Some(shut) = crowd.people[who].diary.shut.last_mut()
            {
                shut.until.get_or_insert(now);
            }
        }
        Intent::GiveUp(_) => {}
    }
}

/// Something came that was not an answer.
pub fn notices(crowd: &mut Crowd, who: usize, message: i64, got: Got) {
    let person = &mut crowd.people[who];
    let at = got.at;
    let (when, intent) = match got.sort {
        Sort::Lesson(_) | Sort::Reminder => {
            if got.sort != Sort::Reminder {
                person.screen = message;
            }
            (person.studies_at(at), Intent::GoOn)
        }
        Sort::Week => (person.within(at, 2..90), Intent::AddHours(message)),
        Sort::Ask | Sort::Chase => match person.dice.random_range(0..10) {
            0..6 => (person.within(at, 3..180), Intent::Answer(message, got.text)),
            6..8 => (person.within(at, 600..3_000), Intent::Answer(message, got.text)),
            _ => return,
        },
        Sort::Gap => (person.within(at, 5..240), Intent::Decide(message, got.text)),
        Sort::Handover => (person.within(at, 5..120), Intent::Tick(message)),
        Sort::Taken | Sort::Released | Sort::CoverNews | Sort::Notice | Sort::Reply => return,
    };
    if got.week && got.sort != Sort::Week {
        let later = crowd.people[who].within(at, 2..90);
        crowd.plan(later, who, Intent::AddHours(message));
    }
    crowd.plan(when, who, intent);
}

/// No answer has come for a long time: somebody who wanted to join tries again.
pub fn gives_up(crowd: &mut Crowd, who: usize, now: DateTime<Utc>) {
    let person = &mut crowd.people[who];
    person.waiting = None;
    let code = person.code.clone().filter(|_| person.screen == 0);
    match person.flow {
        Flow::Joining => crowd.plan(now, who, code.map_or(Intent::GoOn, Intent::Knock)),
        Flow::Studying | Flow::Nothing => person.flow = Flow::Nothing,
    }
}

/// Seconds until the next tap: reading takes a while.
pub fn thinks(person: &mut Person) -> i64 {
    match person.flow {
        Flow::Joining => person.dice.random_range(20..90),
        Flow::Studying | Flow::Nothing => person.dice.random_range(15..150),
    }
}

/// Whether the pressed message changes or another comes.
#[derive(Clone, Copy)]
enum Answer {
    Change,
    Message,
}
use Answer::{Change, Message};

fn joins(crowd: &mut Crowd, who: usize, now: DateTime<Utc>) {
    let message = crowd.people[who].screen;
    let buttons = buttons(crowd, who, message);
    let sees = |sign| buttons.iter().any(|(_, _, seen)| *seen == Some(sign));
    let role = crowd.people[who].diary.role;
    let chooses = crowd.people[who].dice.random_bool(0.4);
    let shared = buttons.iter().find_map(|(_, address, _)| code_in(address));
    if sees(Sign::Understood) {
        press(crowd, who, message, Sign::Understood, Message, now);
    } else if sees(Sign::ImIn) {
        crowd.people[who ^ 1].diary.partner_joined = Some(now);
        press(crowd, who, message, Sign::ImIn, Message, now);
    } else if sees(Sign::Board) {
        press(crowd, who, message, Sign::Board, Change, now);
    } else if sees(Sign::Fine) {
        press(crowd, who, message, if chooses { Sign::Change } else { Sign::Fine }, Change, now);
    } else if sees(Sign::Done) {
        // The hours that can be chosen; the one that holds is ticked and therefore no sign.
        let hours: Vec<u8> = buttons
            .iter()
            .filter_map(|(_, _, s)| if let Some(Sign::Hour(hour)) = s { Some(*hour) } else { None })
            .collect();
        let person = &mut crowd.people[who];
        if person.diary.hour == 10 && !hours.is_empty() {
            let hour = hours[person.dice.random_range(0..hours.len())];
            person.diary.hour = hour;
            press(crowd, who, message, Sign::Hour(hour), Change, now);
        } else {
            press(crowd, who, message, Sign::Done, Change, now);
        }
    } else if let Some(code) = shared {
        crowd.people[who].flow = Flow::Nothing;
        let at = crowd.people[who].within(now, 1..200);
        crowd.plan(at, who ^ 1, Intent::Knock(code));
    } else if role == Role::Lead && buttons.is_empty() {
        let name = format!("Verein {}", crowd.people[who].diary.name);
        says(crowd, who, &name, now);
    } else {
        crowd.people[who].flow = Flow::Nothing;
    }
}

fn studies(crowd: &mut Crowd, who: usize, now: DateTime<Utc>) {
    crowd.people[who].flow = Flow::Studying;
    let message = crowd.people[who].screen;
    let buttons = buttons(crowd, who, message);
    let sees = |sign| buttons.iter().any(|(_, _, seen)| *seen == Some(sign));
    let answer = buttons.iter().find(|(_, address, seen)| seen.is_none() && address.is_none()).map(|b| b.0.clone());
    let dice: u8 = crowd.people[who].dice.random_range(0..100);
    let tap = |crowd: &mut Crowd, sign| {
        crowd.people[who].ticked = false;
        press(crowd, who, message, sign, Change, now);
    };
    if sees(Sign::Open) && sees(Sign::Later) && dice < 4 {
        crowd.people[who].flow = Flow::Nothing;
        tap(crowd, Sign::Later);
    } else if sees(Sign::Log) && dice < 50 {
        let day = crowd.people[who].diary.date(now);
        if press(crowd, who, message, Sign::Log, Change, now) {
            crowd.people[who].diary.logged.push(Logged { at: now, day, minutes: course::LESSON_MINUTES });
        }
    } else if sees(Sign::Open) {
        tap(crowd, Sign::Open);
    } else if sees(Sign::Next) {
        tap(crowd, Sign::Next);
    } else if let Some(label) = answer.clone().filter(|_| sees(Sign::Check) || sees(Sign::Done))
        && !crowd.people[who].ticked
    {
        crowd.people[who].ticked = true;
        press_label(crowd, who, message, &label, Change, now);
    } else if sees(Sign::Check) {
        tap(crowd, Sign::Check);
    } else if sees(Sign::Done) {
        tap(crowd, Sign::Done);
    } else if sees(Sign::Skip) {
        tap(crowd, Sign::Skip);
    } else if sees(Sign::Later) && dice < 12 {
        crowd.people[who].diary.put_off.push(now);
        tap(crowd, Sign::Later);
    } else if sees(Sign::Unfit) && dice < 20 {
        tap(crowd, Sign::Unfit);
    } else if sees(Sign::Later) || sees(Sign::Back) {
        says(crowd, who, SENTENCE, now);
    } else if let Some(label) = answer {
        press_label(crowd, who, message, &label, Change, now);
    } else {
        crowd.people[who].flow = Flow::Nothing;
    }
}

fn logs(crowd: &mut Crowd, who: usize, now: DateTime<Utc>) {
    let person = &mut crowd.people[who];
    let today = person.diary.date(now);
    if person.diary.away(today, now) || person.flow == Flow::Studying {
        // Somebody who is away logs nothing; somebody in a lesson does so when it is over.
        if person.flow == Flow::Studying {
            let at = person.within(now, 5..30);
            crowd.plan(at, who, Intent::Log);
        }
        return;
    }
    let (text, minutes, back) = person.entry();
    person.diary.logged.push(Logged { at: now, day: today - TimeDelta::days(back), minutes });
    says(crowd, who, text, now);
}

/// The week's message offers minutes; sometimes somebody taps twice by a slip.
fn adds_hours(crowd: &mut Crowd, who: usize, message: i64, now: DateTime<Utc>) {
    let dice: u8 = crowd.people[who].dice.random_range(0..10);
    let minutes = if dice < 4 { 30 } else { 60 };
    if dice < 8 {
        // The week's message is about the day on which it came, or about the last one of the week before.
        let diary = &crowd.people[who].diary;
        let Some(got) = diary.got.iter().rev().find(|got| got.week) else { return };
        let came = diary.date(got.at);
        let before = diary.last_day(Week::of(came).prev(), got.at).filter(|_| got.late);
        let day = before.unwrap_or(came);
        if !press(crowd, who, message, Sign::Add(minutes), Message, now) {
            return;
        }
        crowd.people[who].diary.logged.push(Logged { at: now, day, minutes });
        if dice == 7 {
            press_again(crowd, who, message, Sign::Add(minutes));
        }
    } else if dice == 8 && press(crowd, who, message, Sign::NotReleased, Message, now) {
        crowd.people[who].diary.not_released.push(now);
    }
}

/// Yes or no, once for each time the question was put.
fn answers(crowd: &mut Crowd, who: usize, message: i64, question: Mark, now: DateTime<Utc>) {
    let diary = &crowd.people[who].diary;
    let asked = diary.got.iter().rev().find(|got| got.sort == Sort::Ask).map(|got| got.at);
    if diary.answers.last().map(|answer| answer.at) > asked {
        return;
    }
    let partner = &crowd.people[who ^ 1].diary;
    // Whoever was asked once more meanwhile answers the newer question.
    let put = diary.got.iter().find(|got| got.message == message).map(|got| got.at);
    if partner.asked_again.iter().any(|(at, _)| Some(*at) > put) {
        return;
    }
    let today = diary.date(now);
    let over = !partner.declared.iter().any(|declared| declared.days.to >= today);
    // What was said since this very question came may have put it out of date, although a newer one came with it.
    let cut = diary.declared.iter().chain(&partner.declared).any(|declared| Some(declared.at) > put);
    let yes = crowd.people[who].dice.random_bool(0.75);
    if !over && press(crowd, who, message, if yes { Sign::Yes } else { Sign::No }, Change, now) {
        crowd.people[who].diary.answers.push(Answered { at: now, question, yes });
        if cut || crowd.people[who ^ 1].diary.left_open.iter().any(|at| Some(*at) > put) {
            unsure(crowd, who);
        }
    }
}

/// The last deed may find that things have changed.
fn unsure(crowd: &mut Crowd, who: usize) {
    if let Some(deed) = crowd.people[who].diary.deeds.last_mut() {
        deed.sure = false;
    }
}

fn says(crowd: &mut Crowd, who: usize, text: &str, now: DateTime<Utc>) {
    let chat = crowd.people[who].chat;
    if crowd.phones.with(|phones, at| phones.says(at, TOKEN, chat, text)).is_ok() {
        crowd.people[who].diary.deeds.push(Deed { at: now, wants: Wants::Message, sure: true, answered: None });
        crowd.waits(who, now);
    }
}

fn press(crowd: &mut Crowd, who: usize, message: i64, sign: Sign, answer: Answer, now: DateTime<Utc>) -> bool {
    let label =
        buttons(crowd, who, message).into_iter().find(|(_, _, seen)| *seen == Some(sign)).map(|(label, ..)| label);
    label.is_some_and(|label| press_label(crowd, who, message, &label, answer, now))
}

fn press_label(crowd: &mut Crowd, who: usize, message: i64, label: &str, answer: Answer, now: DateTime<Utc>) -> bool {
    if !touch(crowd, who, message, label) {
        return false;
    }
    let wants = match answer {
        Change => Wants::Change(message),
        Message => Wants::Message,
    };
    crowd.people[who].diary.deeds.push(Deed { at: now, wants, sure: true, answered: None });
    crowd.waits(who, now);
    true
}

/// The second tap of a double tap: nothing may follow from it but a note.
fn press_again(crowd: &mut Crowd, who: usize, message: i64, sign: Sign) {
    let label =
        buttons(crowd, who, message).into_iter().find(|(_, _, seen)| *seen == Some(sign)).map(|(label, ..)| label);
    if let Some(label) = label {
        touch(crowd, who, message, &label);
    }
}

/// Presses the button with this label under this message.
fn touch(crowd: &Crowd, who: usize, message: i64, label: &str) -> bool {
    let chat = crowd.people[who].chat;
    crowd.phones.with(|phones, at| {
        let shown = phones.chat(TOKEN, chat).and_then(|chat| chat.message(message));
        let button = shown.and_then(|shown| shown.keyboard.iter().flatten().find(|button| button.label == label));
        let Some(Button { action: Action::Data(data), .. }) = button else { return false };
        let data = data.clone();
        phones.presses_old(at, TOKEN, chat, message, &data).is_ok()
    })
}

type Seen = (String, Option<String>, Option<Sign>);

/// The buttons under a message: label, address if it opens one, and what it is known for.
fn buttons(crowd: &Crowd, who: usize, message: i64) -> Vec<Seen> {
    let chat = crowd.people[who].chat;
    crowd.phones.with(|phones, _| {
        let shown = phones.chat(TOKEN, chat).and_then(|chat| chat.message(message));
        let buttons = shown.into_iter().flat_map(|shown| shown.keyboard.iter().flatten());
        let seen = buttons.map(|button| {
            let address = match &button.action {
                Action::Url(url) => Some(url.clone()),
                _ => None,
            };
            (button.label.clone(), address, crowd.signs.of(&button.label))
        });
        seen.collect()
    })
}

/// The code of a join link that a button shares.
fn code_in(address: &Option<String>) -> Option<String> {
    let url = url::Url::parse(address.as_deref()?).ok()?;
    let link = url.query_pairs().find(|(key, _)| key == "url").map(|(_, link)| link.into_owned())?;
    link.split_once("start=").map(|(_, code)| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_shared_link_is_found() {
        let address = "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fbot%3Fstart%3DABC_d&text=x".to_owned();
        assert_eq!(code_in(&Some(address)), Some("ABC_d".to_owned()));
        assert_eq!(code_in(&None), None);
    }
}
