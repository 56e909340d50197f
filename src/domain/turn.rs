//! One turn: a tandem being changed by one event, and what follows from it.
//!
//! Owns: the helpers that every machine below `step` uses to answer, redraw, owe and schedule. Does not
//! know what any event means.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::calendar;
use super::effect::{Effect, Fact, Kind, Owed, Slot};
use super::holidays;
use super::ids::{Ids, PersonId};
use super::lang::Lang;
use super::message::{Line, Message};
use super::pacing::Lane;
use super::programme::Programme;
use super::tandem::{Due, Role, Seat, Tandem};

/// How far ahead a day is looked for on which somebody is there: longer than any absence.
const LOOKS_AHEAD_DAYS: usize = 800;

/// How far back; nobody is reminded longer before.
const LOOKS_BACK_DAYS: usize = 30;

/// What a decision may look at besides the state.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub now: DateTime<Utc>,
    /// When it was said what is being answered; the same as `now`, unless it waited for us.
    pub said: DateTime<Utc>,
    /// The round's programme.
    pub programme: &'a Programme,
    /// The languages people can choose.
    pub languages: &'a [Lang],
    pub pages: Pages,
}

/// Whether people can reach pages of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pages {
    Reachable,
    Nowhere,
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

    /// When it was said what is being answered.
    pub fn said(&self) -> DateTime<Utc> {
        self.cx.said
    }

    /// The local date on which this person said it: "today" in their words, also where midnight has passed since.
    pub fn said_on(&self, role: Role) -> NaiveDate {
        calendar::local_date(self.cx.said, self.seat(role).person.zone)
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

    /// Owes news that nobody waits for: not at night, not on a free day.
    pub fn owe_polite(&mut self, role: Role, occurrence: String, message: Message) {
        let at = self.polite(role, self.cx.now);
        self.owe_news(self.id_of(role), occurrence, at, message);
    }

    fn owe_news(&mut self, to: PersonId, occurrence: String, not_before: DateTime<Utc>, message: Message) {
        self.out.push(Effect::Owe(Owed::notice(to, occurrence, not_before, message)));
    }

    pub fn schedule(&mut self, due: Due, at: DateTime<Utc>) {
        self.t.agenda.insert(due, at);
    }

    pub fn unschedule(&mut self, due: &Due) {
        self.t.agenda.remove(due);
    }

    /// Whether a day is one of this person's working days and no public holiday.
    pub fn works(&self, role: Role, day: NaiveDate) -> bool {
        let holiday = || holidays::is_free(self.t.round.land, day);
        self.seat(role).person.prefs.days_on(day).contains(day) && !holiday()
    }

    /// Whether this person works on a day and is not away.
    pub fn there(&self, role: Role, day: NaiveDate) -> bool {
        self.works(role, day) && !self.t.away(&self.seat(role).person.id, day)
    }

    /// This person's own hour on a day.
    pub fn own_hour(&self, role: Role, day: NaiveDate) -> DateTime<Utc> {
        let person = &self.seat(role).person;
        calendar::at(day, u32::from(person.prefs.hour), 0, person.zone)
    }

    /// The last day before this one on which the person is there; the day before if there is none for long.
    pub fn last_day_before(&self, role: Role, day: NaiveDate) -> NaiveDate {
        let before = day.pred_opt().unwrap_or(day);
        std::iter::successors(Some(before), NaiveDate::pred_opt)
            .take(LOOKS_BACK_DAYS)
            .find(|day| self.there(role, *day))
            .unwrap_or(before)
    }

    /// The next instant at which a person may be spoken to unasked: a working day, no holiday, daytime, not away.
    pub fn polite(&self, role: Role, from: DateTime<Utc>) -> DateTime<Utc> {
        let zone = self.seat(role).person.zone;
        let today = calendar::local_date(from, zone);
        self.days_there(role, today)
            .find(|day| from < calendar::at(*day, calendar::QUIET_STARTS, 0, zone))
            .map_or(from, |day| from.max(calendar::at(day, calendar::QUIET_ENDS, 0, zone)))
    }

    /// The next instant strictly after `after` that is this person's hour on a day on which they are there.
    pub fn next_own_hour(&self, role: Role, after: DateTime<Utc>) -> DateTime<Utc> {
        let today = calendar::local_date(after, self.seat(role).person.zone);
        self.days_there(role, today)
            .map(|day| self.own_hour(role, day))
            .find(|at| *at > after)
            .unwrap_or(after + TimeDelta::days(1))
    }

    fn days_there(&self, role: Role, from: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        from.iter_days().take(LOOKS_AHEAD_DAYS).filter(move |day| self.there(role, *day))
    }
}
