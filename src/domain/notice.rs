//! The notice that everybody reads before anything is stored, its editions, and who has been shown which.
//!
//! Owns: when a notice that has changed is shown once more, and what its button does. Does not know what it says
//! (`locales`, where `notices.lock` ties each edition to its words), nor the door (`door`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::effect::{Effect, Kind, Owed};
use super::event::Deed;
use super::ids::PersonId;
use super::message::{Arg, Line, Message, button, say};
use super::pacing::Lane;
use super::study::BUSY;
use super::tandem::{Role, Stage, Talk};
use super::tap::{DataTap, Home, Tap};
use super::turn::Turn;
use super::{home, rights};

/// Whose notice it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Leads and deputies read the same.
    Participant,
    Trainer,
}

impl Notice {
    pub const ALL: [Notice; 2] = [Notice::Participant, Notice::Trainer];

    /// The edition that is shown now. Whoever changes what a notice says raises it, and everybody reads it once more.
    pub fn edition(self) -> u32 {
        match self {
            Notice::Participant => 3,
            Notice::Trainer => 3,
        }
    }

    /// As `notices.lock` names it.
    pub fn code(self) -> &'static str {
        match self {
            Notice::Participant => "participant",
            Notice::Trainer => "trainer",
        }
    }

    /// All that belongs to it, in the order in which it is read.
    pub fn lines(self, controller: &str, contact: &str) -> Vec<Line> {
        match self {
            Notice::Participant => [
                say("notice-participant").with("controller", home::named(controller)),
                home::notice_controller(controller, contact),
                say("privacy-short"),
                say("door-permission"),
            ]
            .into_iter()
            .chain(rights::who_sees())
            .collect(),
            Notice::Trainer => vec![say("notice-trainer"), say("notice-trainer-more")],
        }
    }
}

/// What a person was shown last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub edition: u32,
    pub on: NaiveDate,
    /// Whether they said that they have understood it.
    pub confirmed: bool,
}

/// The notices that a person has been shown. Nothing: they came in before editions were counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participant: Option<Seen>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trainer: Option<Seen>,
}

impl Told {
    /// Somebody who has read this notice as it is now.
    pub fn of(notice: Notice, on: NaiveDate) -> Self {
        let mut told = Self::default();
        told.confirm(notice, on);
        told
    }

    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    pub fn seen(&self, notice: Notice) -> Option<Seen> {
        match notice {
            Notice::Participant => self.participant,
            Notice::Trainer => self.trainer,
        }
    }

    /// The edition that is valid now was read and understood.
    pub fn confirm(&mut self, notice: Notice, on: NaiveDate) {
        self.keep(notice, Seen { edition: notice.edition(), on, confirmed: true });
    }

    /// The edition that is valid now was shown, unasked: that happens once.
    fn show(&mut self, notice: Notice, on: NaiveDate) {
        self.keep(notice, Seen { edition: notice.edition(), on, confirmed: false });
    }

    /// Whether there is an edition that this person has not been shown.
    pub fn is_behind(&self, notice: Notice) -> bool {
        self.seen(notice).is_none_or(|seen| seen.edition < notice.edition())
    }

    fn keep(&mut self, notice: Notice, seen: Seen) {
        match notice {
            Notice::Participant => self.participant = Some(seen),
            Notice::Trainer => self.trainer = Some(seen),
        }
    }
}

/// A notice that has changed, for somebody who is in.
pub fn changed(notice: Notice, controller: &str) -> Message {
    let message = Message::of(say("notice-changed"));
    let understood = Tap::Notice { notice, edition: notice.edition() };
    match notice {
        Notice::Participant => message
            .and(say("notice-participant").with("controller", home::named(controller)))
            .row([button(say("button-understood"), understood)])
            .row([button(say("button-who-sees"), Tap::Data(DataTap::WhoSees))]),
        Notice::Trainer => message
            .and(say("notice-trainer"))
            .row([button(say("button-understood"), understood)])
            .row([button(say("button-read-more"), Tap::Home(Home::Privacy))]),
    }
}

/// What is owed to somebody who has just done something, and whose notice has changed since they were shown it.
pub fn owed(
    told: &mut Told,
    notice: Notice,
    to: PersonId,
    controller: &str,
    now: chrono::DateTime<chrono::Utc>,
    today: NaiveDate,
) -> Option<Effect> {
    if !told.is_behind(notice) {
        return None;
    }
    told.show(notice, today);
    Some(Effect::Owe(Owed {
        to,
        kind: Kind::Notice,
        occurrence: format!("privacy:{}:{}", notice.code(), notice.edition()),
        lane: Lane::Bulk,
        not_before: now,
        expires: None,
        slot: None,
        message: changed(notice, controller),
    }))
}

/// After what one of the two did: they are there, so that it disturbs nobody. Not in the middle of something.
pub(super) fn after(turn: &mut Turn<'_>, role: Role, deed: &Deed) {
    let their_own = matches!(deed, Deed::Wrote(_) | Deed::Commanded(_) | Deed::Tapped(_));
    if !their_own || begins_something(deed) || turn.t.seat(role).is_none() || in_the_middle(turn, role) {
        return;
    }
    let (now, today, to) = (turn.now(), turn.today(role), turn.id_of(role));
    let controller = turn.t.round.controller.clone();
    let told = &mut turn.seat_mut(role).person.prefs.told;
    let owed = owed(told, Notice::Participant, to, &controller, now, today);
    turn.out.extend(owed);
}

/// Whoever opens a lesson or a test is in the middle of it from then on.
fn begins_something(deed: &Deed) -> bool {
    use super::event::Command;
    let lesson = matches!(deed, Deed::Commanded(Command::Lesson) | Deed::Tapped(Tap::Home(Home::Lesson)));
    lesson || matches!(deed, Deed::Tapped(Tap::Lesson(_) | Tap::Exam(_) | Tap::Recall(_)))
}

fn in_the_middle(turn: &Turn<'_>, role: Role) -> bool {
    let mind = &turn.seat(role).mind;
    let asked = !matches!(mind.talk, Talk::Nothing | Talk::Step { .. } | Talk::Reason { .. } | Talk::Sentence { .. });
    let learning = mind.study.at.is_some() || mind.exam.is_open() || !mind.recall.queue.is_empty();
    let busy = learning && mind.busy_since.is_some_and(|since| turn.now() < since + BUSY);
    mind.stage != Stage::Ready || asked || busy
}

/// *Understood* below a notice that had changed.
pub(super) fn understood(turn: &mut Turn<'_>, role: Role, edition: u32) {
    let today = turn.today(role);
    if edition < Notice::Participant.edition() {
        // A button of an older edition: it has changed once more.
        let controller = turn.t.round.controller.clone();
        turn.seat_mut(role).person.prefs.told.show(Notice::Participant, today);
        return turn.show(role, changed(Notice::Participant, &controller), None);
    }
    turn.seat_mut(role).person.prefs.told.confirm(Notice::Participant, today);
    turn.show(role, home::with_buttons(Message::of(say("notice-noted"))), None);
}

/// Which edition it was, and when; for the privacy screen.
pub fn edition_line(told: &Told, notice: Notice) -> Option<Line> {
    let seen = told.seen(notice)?;
    Some(say("privacy-edition").with("edition", i64::from(seen.edition)).with("day", Arg::Day(seen.on)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::day;
    use super::*;

    #[test]
    fn whoever_came_before_editions_were_counted_is_shown_it_once() {
        let mut told = Told::default();
        let now = chrono::DateTime::UNIX_EPOCH;
        let mut owe =
            |on| owed(&mut told, Notice::Participant, PersonId("adaa00000000".into()), "Verband", now, day(on));
        assert!(owe("2026-03-03").is_some());
        assert!(owe("2026-03-04").is_none(), "never a second time");
        assert_eq!(told.seen(Notice::Participant).map(|seen| seen.confirmed), Some(false));
        assert!(told.is_behind(Notice::Trainer), "the other notice is another one");
    }

    #[test]
    fn whoever_has_just_come_in_is_not_behind() {
        for notice in Notice::ALL {
            assert!(!Told::of(notice, day("2026-03-03")).is_behind(notice));
        }
    }
}
