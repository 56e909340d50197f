//! One turn: a tandem being changed by one event, and what follows from it.
//!
//! Owns: the helpers that every machine below `step` uses to answer, redraw, owe and schedule. Does not
//! know what any event means.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::calendar;
use super::effect::{Effect, Fact, Kind, Owed, Slot};
use super::ids::{Ids, PersonId};
use super::lang::Lang;
use super::message::{Line, Message};
use super::pacing::Lane;
use super::programme::Programme;
use super::tandem::{Due, Role, Seat, Tandem};

/// What a decision may look at besides the state.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub now: DateTime<Utc>,
    /// The round's programme.
    pub programme: &'a Programme,
    /// The languages people can choose.
    pub languages: &'a [Lang],
}

/// Whether somebody pressed a button (its message can be redrawn) or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    Press,
    Other,
}

/// A tandem in the middle of an event.
pub struct Turn<'a> {
    pub t: Tandem,
    pub cx: Context<'a>,
    pub cause: Cause,
    pub ids: &'a mut dyn Ids,
    pub out: Vec<Effect>,
}

impl Turn<'_> {
    pub fn now(&self) -> DateTime<Utc> {
        self.cx.now
    }

    /// The seat of the person this turn is about.
    ///
    /// # Panics
    /// Never in service: `step` looks the seat up before it hands a role on.
    pub fn seat(&self, role: Role) -> &Seat {
        self.t.seat(role).expect("step only hands on roles whose seat is taken")
    }

    /// The same seat, to change it.
    pub fn seat_mut(&mut self, role: Role) -> &mut Seat {
        self.t.seat_mut(role).expect("step only hands on roles whose seat is taken")
    }

    pub fn id_of(&self, role: Role) -> PersonId {
        self.seat(role).person.id.clone()
    }

    /// The local date of a person, now.
    pub fn today(&self, role: Role) -> NaiveDate {
        calendar::local_date(self.cx.now, self.seat(role).person.zone)
    }

    /// Sends a new message in answer to what this person just did.
    pub fn reply(&mut self, role: Role, message: Message) {
        self.reply_in(role, message, None);
    }

    /// Sends a new message that becomes the person's screen of this kind.
    pub fn reply_in(&mut self, role: Role, message: Message, slot: Option<Slot>) {
        let to = self.id_of(role);
        let occurrence = self.ids.id();
        let not_before = self.cx.now;
        self.out.push(Effect::Owe(Owed {
            to,
            kind: Kind::Reply,
            occurrence,
            lane: Lane::Reply,
            not_before,
            expires: None,
            slot,
            message,
        }));
    }

    /// Changes the message whose button was pressed; sends a new one if nothing was pressed.
    pub fn show(&mut self, role: Role, message: Message, slot: Option<Slot>) {
        match self.cause {
            Cause::Press => self.out.push(Effect::Redraw { message, slot }),
            Cause::Other => self.reply_in(role, message, slot),
        }
    }

    /// A short note over the pressed button; without a press it is a message.
    pub fn note(&mut self, role: Role, line: Line) {
        match self.cause {
            Cause::Press => self.out.push(Effect::Toast(line)),
            Cause::Other => self.reply(role, Message::of(line)),
        }
    }

    pub fn fact(&mut self, fact: Fact) {
        self.out.push(Effect::Fact(fact));
    }

    /// Owes a message in a matter of cover: it is exempt from the ceiling of unasked messages.
    pub fn owe_cover(&mut self, to: PersonId, occurrence: String, not_before: DateTime<Utc>, message: Message) {
        self.out.push(Effect::Owe(Owed {
            to,
            kind: Kind::Cover,
            occurrence,
            lane: Lane::Reply,
            not_before,
            expires: None,
            slot: None,
            message,
        }));
    }

    /// Owes news to somebody about what another person has just done.
    pub fn owe_notice(&mut self, to: PersonId, occurrence: String, message: Message) {
        self.owe_news(to, occurrence, self.cx.now, message);
    }

    /// Owes news that the clock brings: not at night, not on a free day.
    pub fn owe_polite(&mut self, role: Role, occurrence: String, message: Message) {
        let at = self.polite(role, self.cx.now);
        self.owe_news(self.id_of(role), occurrence, at, message);
    }

    fn owe_news(&mut self, to: PersonId, occurrence: String, not_before: DateTime<Utc>, message: Message) {
        self.out.push(Effect::Owe(Owed {
            to,
            kind: Kind::Notice,
            occurrence,
            lane: Lane::Bulk,
            not_before,
            expires: Some(not_before + TimeDelta::days(7)),
            slot: None,
            message,
        }));
    }

    pub fn schedule(&mut self, due: Due, at: DateTime<Utc>) {
        self.t.agenda.insert(due, at);
    }

    pub fn unschedule(&mut self, due: &Due) {
        self.t.agenda.remove(due);
    }

    /// The next instant at which a person may be spoken to unasked: own working days, daytime, not away.
    pub fn polite(&self, role: Role, from: DateTime<Utc>) -> DateTime<Utc> {
        let seat = self.seat(role);
        let zone = seat.person.zone;
        let day = calendar::local_date(from, zone);
        let back = self.t.back_on(&seat.person.id, day);
        let from = if back > day { calendar::at(back, 0, 0, zone) } else { from };
        calendar::next_working_moment(from, seat.person.prefs.workdays, zone)
    }

    /// The next instant strictly after `after` that is this person's hour on a working day, not away.
    pub fn next_own_hour(&self, role: Role, after: DateTime<Utc>) -> DateTime<Utc> {
        let seat = self.seat(role);
        let (zone, hour) = (seat.person.zone, seat.person.prefs.hour);
        let mut day = calendar::local_date(after, zone);
        for _ in 0..400 {
            let at = calendar::at(day, u32::from(hour), 0, zone);
            let works = seat.person.prefs.workdays.contains(day);
            if at > after && works && !self.t.away(&seat.person.id, day) {
                return at;
            }
            match day.succ_opt() {
                Some(next) => day = next,
                None => break,
            }
        }
        after + TimeDelta::days(1)
    }
}
