//! What a trainer changes about a round: copies, weeks of rest, colleagues, tandems that sit elsewhere, the end.
//!
//! Owns: the screens, and that only own rounds are changed. Does not know how a change is carried out (`app::manage`).

use super::writing::{REST_WEEKS, What, Writing, discard, rest_monday};
use super::{Arrived, AtDesk, Desk, Draft, NewsCard, NewsState, RoundCard, all_rounds, back_to, on};
use crate::domain::calendar;
use crate::domain::effect::{Effect, RoundChange};
use crate::domain::ids::{LetterId, MeetingId, NewsId, PersonId, RoundId, TandemId};
use crate::domain::letter;
use crate::domain::meeting::Meeting;
use crate::domain::message::{Arg, Button, Label, Line, Message, Press, button, say};
use crate::domain::news::{News, Standing};
use crate::domain::rights::Action;
use crate::domain::tandem::RoundPhase;
use crate::domain::tap::{RoundTap, Tap, TrainerTap};

/// Buttons with a number that stand side by side.
const A_ROW: usize = 4;

/// Letters that one screen shows; the others come up when these are answered.
pub const LETTERS: usize = 3;

/// Tandems and rounds that are offered as buttons.
const OFFERED: usize = 20;

/// What a round was told lately, and how it arrived.
pub fn news_screen(card: &RoundCard, all: &[(NewsCard, Arrived)]) -> Message {
    let mut message = Message::of(say("news-title").with("round", Arg::Text(card.name.clone())));
    if all.is_empty() {
        message = message.and(say("news-none"));
    }
    for (told, arrived) in all {
        message = message.and(news_line(card, told, *arrived));
    }
    let planned = all.iter().filter(|(told, _)| told.state == NewsState::Planned);
    for (told, _) in planned {
        let tap = Tap::Trainer(TrainerTap::Withdraw(told.news.id.clone()));
        let label = say("button-withdraw-which").with("day", calendar::local_date(told.at, card.zone));
        message = message.row([button(label, tap)]);
    }
    message.row([back_to(&card.id)])
}

/// One of them: when, how it arrived, and how it begins.
pub fn news_line(card: &RoundCard, told: &NewsCard, arrived: Arrived) -> Line {
    let wall = calendar::wall(told.at, card.zone);
    let how = match (told.state, arrived) {
        (NewsState::Planned, _) => say("news-planned"),
        (NewsState::Withdrawn, _) => say("news-withdrawn"),
        (NewsState::Sent, Arrived::Hidden) => say("news-hidden"),
        (NewsState::Sent, Arrived::All(people)) => say("news-all").with("people", i64::from(people)),
        (NewsState::Sent, Arrived::AlmostAll) => say("news-almost-all"),
        (NewsState::Sent, Arrived::Part { sent, people, lost: None }) => {
            say("news-part").with("sent", i64::from(sent)).with("people", i64::from(people))
        }
        (NewsState::Sent, Arrived::Part { sent, people, lost: Some(lost) }) => say("news-part-lost")
            .with("sent", i64::from(sent))
            .with("people", i64::from(people))
            .with("lost", i64::from(lost)),
    };
    say("news-line")
        .with("day", wall.date())
        .with("hour", Arg::Text(wall.format("%H:%M").to_string()))
        .with("how", how)
        .with("text", Arg::Text(beginning(&told.news)))
}

/// The first words of what was said; what the program says by itself has none.
fn beginning(news: &News) -> String {
    let mut words: String = news.text.chars().take(60).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if news.text.chars().count() > 60 {
        words.push('…');
    }
    if words.is_empty() { "…".to_owned() } else { words }
}

impl AtDesk<'_, '_> {
    pub(super) fn manage(&mut self, card: &RoundCard, tap: RoundTap) {
        let closed = card.phase == RoundPhase::Closed;
        match tap {
            RoundTap::Copy => self.copy(card),
            RoundTap::Letters => self.letters(card),
            RoundTap::Colleagues => self.colleagues(card),
            RoundTap::InviteColleague => self.invite_colleague(card),
            RoundTap::Rest
            | RoundTap::Close
            | RoundTap::CloseReally
            | RoundTap::Shift
            | RoundTap::Seat
            | RoundTap::Meetings
                if closed =>
            {
                self.note(say("round-is-closed"));
            }
            RoundTap::Rest => self.rests(card),
            RoundTap::Close | RoundTap::CloseReally if card.phase != RoundPhase::Running => self.note(say("stale")),
            RoundTap::Close => {
                let message =
                    Message::of(say("close-ask")).row([on(card, "button-close-really", RoundTap::CloseReally)]);
                self.show(message.row([back_to(&card.id)]));
            }
            RoundTap::CloseReally => {
                let writing = Writing { round: card.id.clone(), what: What::Close, text: None, time: false };
                self.preview(card, writing);
            }
            RoundTap::Shift => self.shift_which(card),
            RoundTap::Seat => self.seats(card),
            RoundTap::Meetings => self.meetings(card),
            _ => self.manage_menu(card),
        }
    }

    fn manage_menu(&mut self, card: &RoundCard) {
        let mut message = Message::of(say("manage-title").with("name", Arg::Text(card.name.clone())));
        if card.phase != RoundPhase::Closed {
            let meetings = on(card, "button-meetings", RoundTap::Meetings);
            message = message.row([meetings, on(card, "button-news", RoundTap::News)]);
            let rest = on(card, "button-rest", RoundTap::Rest);
            message = match card.phase {
                RoundPhase::Planned => message.row([on(card, "button-dates", RoundTap::Dates), rest]),
                RoundPhase::Running | RoundPhase::Closed => message.row([rest]),
            };
            let group = on(card, "button-group", RoundTap::Group);
            message = message.row([on(card, "button-seats", RoundTap::Seats), group]);
            let shift = (!card.tandems.is_empty()).then(|| on(card, "button-shift", RoundTap::Shift));
            message = message.row([on(card, "button-seat", RoundTap::Seat)].into_iter().chain(shift));
        }
        let copy = on(card, "button-copy", RoundTap::Copy);
        message = message.row([on(card, "button-colleagues", RoundTap::Colleagues), copy]);
        if card.phase == RoundPhase::Running {
            message = message.row([on(card, "button-close", RoundTap::Close)]);
        }
        self.show(message.row([back_to(&card.id)]));
    }

    /// Everything but the first day is taken over.
    fn copy(&mut self, card: &RoundCard) {
        self.t.desk = Desk::Drafting(Draft::like(card));
        self.ask();
    }

    fn rests(&mut self, card: &RoundCard) {
        let what = What::Rest { monday: None };
        self.t.desk = Desk::Writing(Writing { round: card.id.clone(), what, text: None, time: false });
        let today = calendar::local_date(self.cx.now, card.zone);
        let week = |weeks: u8| {
            let monday = rest_monday(today, weeks);
            Button {
                label: Label::Tick(card.plans.rests.contains(&monday), say("day").with("day", monday)),
                press: Press::Tap(Tap::Trainer(TrainerTap::Rest(weeks))),
            }
        };
        let mut message = Message::of(say("rest-ask"));
        for weeks in (1..=REST_WEEKS).step_by(2) {
            message = message.row([week(weeks), week(weeks + 1)]);
        }
        self.show(message.row([discard()]));
    }

    fn colleagues(&mut self, card: &RoundCard) {
        let me = self.t.person.id.clone();
        let names = card.colleagues.iter().map(|(_, name)| say("colleague").with("name", Arg::Text(name.clone())));
        let mut message = Message::of(say("colleagues-title").with("names", Arg::Lines(names.collect())));
        message = message.row([on(card, "button-invite-colleague", RoundTap::InviteColleague)]);
        for (id, name) in card.colleagues.iter().filter(|(id, _)| *id != me).take(OFFERED) {
            let label = say("dismiss-which").with("name", Arg::Text(name.clone()));
            message = message.row([button(label, Tap::Trainer(TrainerTap::Dismiss(card.id.clone(), id.clone())))]);
        }
        if card.colleagues.len() > 1 {
            let tap = Tap::Trainer(TrainerTap::Dismiss(card.id.clone(), me));
            message = message.row([button(say("button-hand-over"), tap)]);
        }
        self.show(message.row([back_to(&card.id)]));
    }

    fn invite_colleague(&mut self, card: &RoundCard) {
        let secret = self.ids.secret();
        self.out.push(Effect::Round(card.id.clone(), RoundChange::InviteColleague { secret: secret.clone() }));
        let share = Button {
            label: Label::Say(say("button-share")),
            press: Press::Share { code: secret, with: say("invite-colleague-text") },
        };
        let line = say("colleague-link").with("name", Arg::Text(card.name.clone()));
        self.show(Message::of(line).row([share]).row([back_to(&card.id)]));
    }

    /// A round always keeps somebody who runs it.
    pub(super) fn dismiss(&mut self, card: &RoundCard, person: &PersonId) {
        let Some((_, name)) = card.colleagues.iter().find(|(id, _)| id == person) else {
            return self.note(say("stale"));
        };
        if card.colleagues.len() < 2 {
            return self.note(say("colleague-last"));
        }
        self.out.push(Effect::Round(card.id.clone(), RoundChange::Dismiss(person.clone())));
        let message = match *person == self.t.person.id {
            true => Message::of(say("round-handed-over")).row([all_rounds()]),
            false => Message::of(say("colleague-gone").with("name", Arg::Text(name.clone()))).row([back_to(&card.id)]),
        };
        self.show(message);
    }

    fn shift_which(&mut self, card: &RoundCard) {
        let message = card.tandems.iter().take(OFFERED).fold(Message::of(say("shift-which")), |message, tandem| {
            let tap = Tap::Trainer(TrainerTap::Shift(tandem.id.clone()));
            message.row([match &tandem.organisation {
                Some(name) => Button { label: Label::Name(name.clone()), press: Press::Tap(tap) },
                None => button(say("organisation-unnamed"), tap),
            }])
        });
        self.show(message.row([back_to(&card.id)]));
    }

    pub(super) fn shift(&mut self, tandem: TandemId) {
        let Some(from) =
            self.round_of(&tandem, Action::ManageRound).and_then(|id| self.t.rounds.iter().find(|card| card.id == id))
        else {
            return self.note(say("stale"));
        };
        let others: Vec<&RoundCard> = from.fitting(&self.t.rounds).take(OFFERED).collect();
        let head = if others.is_empty() { say("shift-nowhere") } else { say("shift-where") };
        let message = others.into_iter().fold(Message::of(head), |message, card| {
            let tap = Tap::Trainer(TrainerTap::ShiftTo(tandem.clone(), card.id.clone()));
            message.row([Button { label: Label::Name(card.name.clone()), press: Press::Tap(tap) }])
        });
        let back = back_to(&from.id);
        self.show(message.row([back]));
    }

    pub(super) fn shift_to(&mut self, tandem: TandemId, to: RoundId) {
        let from =
            self.round_of(&tandem, Action::ManageRound).and_then(|id| self.t.rounds.iter().find(|card| card.id == id));
        let found = from.and_then(|from| Some((from, from.fitting(&self.t.rounds).find(|card| card.id == to)?)));
        match found.map(|(from, target)| (from.id.clone(), target.id.clone())) {
            Some((from, to)) => self.out.push(Effect::Round(from, RoundChange::Shift { tandem, to })),
            None => self.note(say("stale")),
        }
    }

    fn letters(&mut self, card: &RoundCard) {
        if card.letters.is_empty() {
            return self.show(Message::of(say("letters-none")).row([back_to(&card.id)]));
        }
        let message = letters_message(card);
        self.show(message.row([back_to(&card.id)]));
    }

    pub(super) fn answer(&mut self, id: &LetterId) {
        let found = self.t.rounds.iter().find_map(|card| {
            let letter = card.letters.iter().find(|letter| &letter.id == id)?;
            Some((card.clone(), letter.clone()))
        });
        let Some((card, found)) = found else { return self.note(say("answer-given")) };
        self.begin(
            &card,
            What::Answer { letter: found.id, question: found.letter.text, purpose: found.letter.purpose },
        );
    }

    fn meetings(&mut self, card: &RoundCard) {
        let ahead: Vec<&Meeting> = card.meetings.iter().filter(|meeting| meeting.starts > self.cx.now).collect();
        let mut message = Message::of(match ahead.is_empty() {
            true => say("meetings-none"),
            false => say("meetings-title"),
        });
        for meeting in ahead.iter().take(OFFERED) {
            for line in crate::domain::news::lines(&meeting.news(Standing::Soon, card.zone), "") {
                message = message.and(line);
            }
        }
        message = message.row([on(card, "button-new-meeting", RoundTap::NewMeeting)]);
        for meeting in ahead.into_iter().take(OFFERED) {
            let label = say("button-cancel-meeting").with("day", calendar::local_date(meeting.starts, card.zone));
            message = message.row([button(label, Tap::Trainer(TrainerTap::CancelMeeting(meeting.id.clone())))]);
        }
        self.show(message.row([back_to(&card.id)]));
    }

    pub(super) fn cancel_meeting(&mut self, id: &MeetingId) {
        let found = self.t.rounds.iter().find_map(|card| {
            let meeting = card.meetings.iter().find(|meeting| &meeting.id == id && meeting.starts > self.cx.now)?;
            Some((card.clone(), meeting.clone()))
        });
        let Some((card, meeting)) = found else { return self.note(say("stale")) };
        let news = News {
            id: NewsId(self.ids.id()),
            about: meeting.news(Standing::Off, card.zone),
            text: String::new(),
            until: Some(meeting.starts),
            by: None,
        };
        self.out.push(Effect::Round(card.id.clone(), RoundChange::CancelMeeting(id.clone())));
        self.out.push(Effect::Round(card.id.clone(), RoundChange::Announce { news, at: self.cx.now }));
        self.show(Message::of(say("meeting-cancelled")).row([back_to(&card.id)]));
    }
}

/// What participants have written, the first of it with buttons to answer.
pub fn letters_message(card: &RoundCard) -> Message {
    let head = say("letters-title").with("round", Arg::Text(card.name.clone()));
    let shown = card.letters.iter().take(LETTERS);
    let message = shown.fold(Message::of(head), |message, card| message.and(letter::line(&card.letter)));
    let left = card.letters.len().saturating_sub(LETTERS);
    let message = match left {
        0 => message,
        left => message.and(say("letters-more").with("letters", left)),
    };
    let buttons: Vec<Button> = (1_usize..)
        .zip(card.letters.iter().take(LETTERS))
        .map(|(nth, letter)| {
            button(say("button-answer").with("nth", nth), Tap::Trainer(TrainerTap::Answer(letter.id.clone())))
        })
        .collect();
    buttons.chunks(A_ROW).fold(message, |message, row| message.row(row.to_vec()))
}
