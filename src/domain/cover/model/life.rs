//! Random lives of two people, lived by the real thing and by the model beside it.
//!
//! Owns: what can happen, what must hold after each thing that did, and counting which transitions were reached.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Europe::Berlin;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use super::super::super::calendar::{self, local_date};
use super::super::super::dates::Half;
use super::super::super::days::{Days, Slot};
use super::super::super::effect::{Effect, Kind};
use super::super::super::event::{Deed, Event};
use super::super::super::ids::{CoverId, PersonId};
use super::super::super::message::Message;
use super::super::super::tandem::{Absence, AbsencePhase, CoverPhase, Due, Ending, Mind, Neighbour, Role, Seat, Stage};
use super::super::super::tap::{AwayTap, CoverAct, Setup, Tap};
use super::super::super::testing::{Play, person, taps};
use super::others::{Leaving, any_leaving, neighbour};
use super::{Is, Key, Model};

/// What can happen in such a life.
#[derive(Clone, Debug)]
enum Happens {
    Away {
        who: Role,
        from: i64,
        days: i64,
        half: Option<Half>,
    },
    FromNowOn {
        who: Role,
    },
    Shorter {
        who: Role,
        nth: usize,
        by: i64,
    },
    /// One of the buttons that this person has ever been shown, counted from the newest.
    Press {
        who: Role,
        nth: usize,
    },
    Wait {
        hours: i64,
    },
    /// Nobody looks at the clock for so long.
    Down {
        hours: i64,
    },
    ClockBack {
        minutes: i64,
    },
    /// What is stored is read again, and what was due is done once more.
    Restart,
    Block {
        who: Role,
    },
    Unblock {
        who: Role,
    },
    Leave {
        who: Role,
        how: Leaving,
    },
    /// Somebody agrees to be told of open gaps, instead of whoever is told so far.
    ContactAgrees,
    ContactStops,
    /// One of the buttons that a contact has ever been shown, counted from the newest.
    Contact {
        nth: usize,
    },
    Join {
        who: Role,
    },
    Neighbour {
        nth: usize,
    },
    NeighbourAway {
        who: usize,
        from: i64,
        days: i64,
    },
}

fn any_thing() -> impl Strategy<Value = Happens> {
    let who = || prop_oneof![Just(Role::Lead), Just(Role::Deputy)];
    let half = prop_oneof![3 => Just(None), 1 => Just(Some(Half::Morning)), 1 => Just(Some(Half::Afternoon))];
    prop_oneof![
        8 => (who(), -4..24i64, 0..7i64, half).prop_map(|(who, from, days, half)| Happens::Away { who, from, days, half }),
        2 => who().prop_map(|who| Happens::FromNowOn { who }),
        3 => (who(), 0..4usize, 1..4i64).prop_map(|(who, nth, by)| Happens::Shorter { who, nth, by }),
        14 => (who(), 0..10usize).prop_map(|(who, nth)| Happens::Press { who, nth }),
        4 => (who(), 0..60usize).prop_map(|(who, nth)| Happens::Press { who, nth }),
        10 => (1..40i64).prop_map(|hours| Happens::Wait { hours }),
        3 => (40..240i64).prop_map(|hours| Happens::Wait { hours }),
        1 => (1..120i64).prop_map(|hours| Happens::Down { hours }),
        1 => (1..180i64).prop_map(|minutes| Happens::ClockBack { minutes }),
        2 => Just(Happens::Restart),
        1 => who().prop_map(|who| Happens::Block { who }),
        2 => who().prop_map(|who| Happens::Unblock { who }),
        1 => (who(), any_leaving()).prop_map(|(who, how)| Happens::Leave { who, how }),
        2 => Just(Happens::ContactAgrees),
        1 => Just(Happens::ContactStops),
        6 => (0..6usize).prop_map(|nth| Happens::Contact { nth }),
        2 => who().prop_map(|who| Happens::Join { who }),
        5 => (0..8usize).prop_map(|nth| Happens::Neighbour { nth }),
        1 => (0..3usize, 0..20i64, 0..5i64).prop_map(|(who, from, days)| Happens::NeighbourAway { who, from, days }),
    ]
}

/// Counted over all lives: transitions of covers and of absences by how often they were reached.
pub(super) type Reached = RefCell<BTreeMap<String, usize>>;

pub(super) struct Life<'a> {
    pub(super) play: Play,
    pub(super) model: Model,
    pub(super) shown: BTreeMap<Role, Vec<Tap>>,
    pub(super) neighbours_shown: Vec<(PersonId, Tap)>,
    /// Since when a half day is as it is, and whether its gap was shown since.
    pub(super) since: BTreeMap<Key, (DateTime<Utc>, bool)>,
    pub(super) read: usize,
    pub(super) questions: BTreeSet<(CoverId, u32, PersonId)>,
    pub(super) reminders: BTreeSet<(CoverId, u32, NaiveDate)>,
    /// The latest day that has been.
    pub(super) floor: NaiveDate,
    /// When somebody last looked at the clock after a time in which nobody did.
    pub(super) down_until: Option<DateTime<Utc>>,
    pub(super) people: usize,
    pub(super) contacts: usize,
    pub(super) contacts_shown: Vec<(PersonId, Tap)>,
    /// Which gaps contacts have heard of.
    pub(super) told: BTreeSet<(CoverId, u32, PersonId)>,
    pub(super) last_due: Vec<Due>,
    pub(super) before: (Vec<(CoverId, CoverPhase)>, Vec<Absence>),
    pub(super) reached: &'a Reached,
}

pub(super) type Holds = Result<(), TestCaseError>;

impl<'a> Life<'a> {
    fn new(reached: &'a Reached) -> Self {
        let play = Play::begun();
        let floor = local_date(play.now, Berlin);
        let mut life = Self {
            play,
            model: Model::default(),
            shown: BTreeMap::new(),
            neighbours_shown: Vec::new(),
            since: BTreeMap::new(),
            read: 0,
            questions: BTreeSet::new(),
            reminders: BTreeSet::new(),
            floor,
            down_until: None,
            people: 0,
            contacts: 0,
            contacts_shown: Vec::new(),
            told: BTreeSet::new(),
            last_due: Vec::new(),
            before: (Vec::new(), Vec::new()),
            reached,
        };
        life.read = life.play.owed.len();
        life
    }

    pub(super) fn today(&self) -> NaiveDate {
        local_date(self.play.now, Berlin)
    }

    pub(super) fn sits(&self, who: Role) -> Option<PersonId> {
        self.play.t.seat(who).map(|seat| seat.person.id.clone())
    }

    fn happens(&mut self, what: &Happens) -> Holds {
        let today = self.today();
        match what {
            Happens::Away { who, from, days, half } => {
                let Some(me) = self.sits(*who) else { return Ok(()) };
                let first = today + TimeDelta::days(*from);
                let days = Days { from: first, to: first + TimeDelta::days(if half.is_some() { 0 } else { *days }) };
                let word = match half {
                    Some(Half::Morning) => " vormittags",
                    Some(Half::Afternoon) => " nachmittags",
                    None => "",
                };
                let (from, to) = (days.from.format("%-d.%-m.%Y"), days.to.format("%-d.%-m.%Y"));
                let text =
                    if days.from == days.to { format!("weg {from}{word}") } else { format!("weg {from} bis {to}") };
                let shorter = half.is_none() && days.from < days.to;
                let longer = self.own(*who).into_iter().find(|a| {
                    shorter
                        && a.half.is_none()
                        && a.days.from <= days.from
                        && days.from <= a.days.from.max(today)
                        && days.to < a.days.to
                });
                match longer {
                    Some(absence) => self.shortened(*who, &absence, days.to),
                    None => {
                        let other = self.sits(who.other()).is_some();
                        self.model.declare(*who, &me, days.slots(*half), other, today);
                    }
                }
                self.says(*who, &text)
            }
            Happens::FromNowOn { who } => {
                let Some(me) = self.sits(*who) else { return Ok(()) };
                let other = self.sits(who.other()).is_some();
                self.model.declare(*who, &me, Days::one(today).slots(None), other, today);
                self.says(*who, "weg ab heute")
            }
            Happens::Shorter { who, nth, by } => {
                let longer =
                    |a: &Absence| a.half.is_none() && a.days.to - TimeDelta::days(*by) > a.days.from.max(today);
                let own: Vec<Absence> = self.own(*who).into_iter().filter(longer).collect();
                let Some(absence) = own.get(*nth % own.len().max(1)).cloned() else { return Ok(()) };
                let (from, last) = (absence.days.from.max(today), absence.days.to - TimeDelta::days(*by));
                self.shortened(*who, &absence, last);
                self.says(*who, &format!("weg {} bis {}", from.format("%-d.%-m.%Y"), last.format("%-d.%-m.%Y")))
            }
            Happens::Press { who, nth } => {
                let shown = self.shown.entry(*who).or_default();
                let Some(tap) = shown.len().checked_sub(1 + nth).map(|place| shown[place].clone()) else {
                    return Ok(());
                };
                self.presses(*who, tap)
            }
            Happens::Wait { hours } => self.until(self.play.now + TimeDelta::hours(*hours)),
            Happens::Down { hours } => {
                self.play.now += TimeDelta::hours(*hours);
                self.down_until = Some(self.play.now);
                self.due()
            }
            Happens::ClockBack { minutes } => {
                let back = self.play.now - TimeDelta::minutes(*minutes);
                // A day that begins twice has been once.
                if local_date(back, Berlin) == today {
                    self.play.now = back;
                }
                Ok(())
            }
            Happens::Restart => {
                let t = &mut self.play.t;
                t.absences.retain(|absence| (today - absence.days.to).num_days() <= 35);
                let kept: Vec<_> = t.absences.iter().map(|absence| absence.id.clone()).collect();
                t.covers.retain(|cover| kept.contains(&cover.absence));
                t.absences.sort_by(|a, b| (a.days.from, &a.id).cmp(&(b.days.from, &b.id)));
                t.covers.sort_by(|a, b| (a.days.from, &a.id).cmp(&(b.days.from, &b.id)));
                let items = self.last_due.clone();
                let before = self.play.owed.len();
                self.step(Event::Due(items), None)?;
                prop_assert!(self.play.owed.len() == before || self.play.t.agenda.is_empty(), "done twice");
                Ok(())
            }
            Happens::Block { who } | Happens::Unblock { who } => {
                let Some(me) = self.sits(*who) else { return Ok(()) };
                let (shut, shuts) = (self.model.shut.contains(who), matches!(what, Happens::Block { .. }));
                if shut == shuts {
                    return Ok(());
                }
                if shuts {
                    self.model.block(*who, &me, today);
                } else {
                    self.model.unblock(*who, &me, today);
                }
                self.step(Event::Did(*who, if shuts { Deed::Blocked } else { Deed::Unblocked }), None)
            }
            Happens::Leave { who, how } => self.leaves(*who, *how),
            Happens::ContactAgrees => self.contact_agrees(),
            Happens::ContactStops => self.contact_stops(),
            Happens::Contact { nth } => {
                let place = self.contacts_shown.len().checked_sub(1 + nth);
                let Some((by, tap)) = place.map(|place| self.contacts_shown[place].clone()) else { return Ok(()) };
                self.contact(by, &tap)
            }
            Happens::Join { who } => {
                if self.sits(*who).is_some() {
                    return Ok(());
                }
                self.people += 1;
                let mind = Mind::new(Stage::Times);
                let person = person(&format!("new{:09}", self.people), "Neu");
                let seat = Some(Seat { person, role: *who, mind });
                match who {
                    Role::Lead => self.play.t.lead = seat,
                    Role::Deputy => self.play.t.deputy = seat,
                }
                self.model.revive(*who, today);
                self.step(Event::Did(*who, Deed::Tapped(Tap::Setup(Setup::TimesFine))), Some(*who))
            }
            Happens::Neighbour { nth } => {
                let shown = &self.neighbours_shown;
                let place = shown.len().checked_sub(1 + nth);
                let Some((by, tap)) = place.map(|place| shown[place].clone()) else { return Ok(()) };
                self.neighbour(by, &tap)
            }
            Happens::NeighbourAway { who, from, days } => {
                let first = today + TimeDelta::days(*from);
                let days = Days { from: first, to: first + TimeDelta::days(*days) };
                let who = neighbour(*who).person;
                self.model.lose(&who, &days.slots(None).collect(), today);
                self.step(Event::HelperGone { who, away: Some((days, None)) }, None)
            }
        }
    }

    fn own(&self, who: Role) -> Vec<Absence> {
        let me = self.sits(who);
        let mine = |a: &&Absence| Some(&a.who) == me.as_ref() && a.phase == AbsencePhase::Planned;
        let mut own: Vec<Absence> = self.play.t.absences.iter().filter(mine).cloned().collect();
        own.sort_by_key(|absence| absence.days.from);
        own
    }

    /// The model hears that an absence ends earlier.
    fn shortened(&mut self, who: Role, absence: &Absence, last: NaiveDate) {
        let gone: BTreeSet<Slot> = absence.days.slots(absence.half).filter(|(day, _)| *day > last).collect();
        let today = self.today();
        self.model.there(who, &gone, today);
    }

    fn presses(&mut self, who: Role, tap: Tap) -> Holds {
        let today = self.today();
        let Some(me) = self.sits(who) else { return Ok(()) };
        let other = self.sits(who.other());
        match &tap {
            Tap::Away(AwayTap::Cancel(id)) => {
                let live = |a: &Absence| a.days.to >= today || a.ending != Ending::Known;
                if let Some(absence) = self.own(who).into_iter().find(|a| &a.id == id && live(a)) {
                    let yesterday = today - TimeDelta::days(1);
                    let last =
                        if absence.days.from < today { yesterday } else { absence.days.from - TimeDelta::days(1) };
                    self.shortened(who, &absence, last);
                }
            }
            Tap::Away(AwayTap::TodayToo { absence, day }) => {
                let asked = |a: &Absence| a.ending == Ending::Asked && a.days.to < *day && *day <= today;
                if let Some(absence) = self.own(who).into_iter().find(|a| &a.id == absence && asked(a)) {
                    let days = Days { from: absence.days.from, to: *day };
                    self.model.declare(who, &me, days.slots(None), other.is_some(), today);
                }
            }
            Tap::Cover { cover, version, act } => self.answered(who, &me, cover, *version, *act),
            _ => {}
        }
        let name = format!("{tap:?}");
        let named = |error: TestCaseError| TestCaseError::fail(format!("{name}: {error}"));
        self.step(Event::Did(who, Deed::Tapped(tap)), Some(who)).map_err(named)?;
        let asks = self.play.last.iter().find_map(|effect| match effect {
            Effect::AskRound(wanted) => Some((**wanted).clone()),
            _ => None,
        });
        let Some(wanted) = asks else { return Ok(()) };
        let fresh = (0..3).map(neighbour).filter(|other| !wanted.asked.contains(&other.person));
        let neighbours: Vec<Neighbour> = fresh.take(2).collect();
        for other in &neighbours {
            for act in [CoverAct::Accept, CoverAct::Decline] {
                let tap = Tap::Cover { cover: wanted.cover.clone(), version: wanted.version, act };
                self.neighbours_shown.push((other.person.clone(), tap));
            }
        }
        self.step(Event::Asked { cover: wanted.cover, neighbours }, Some(who))
    }

    /// The model's answer to a button about a cover.
    fn answered(&mut self, who: Role, me: &PersonId, cover: &CoverId, version: u32, act: CoverAct) {
        let today = self.today();
        let Some((keys, label, is)) = self.model.of(cover, version) else { return };
        if keys.iter().all(|(_, (day, _))| *day < today) {
            return;
        }
        let absent = keys.iter().any(|(role, _)| *role == who);
        let helper = label.helper.as_ref() == Some(me);
        let ahead = || keys.iter().filter(|(_, (day, _))| *day >= today);
        match (act, is) {
            (CoverAct::Accept, Is::Waiting | Is::Refused | Is::Nobody | Is::LeftOpen)
                if helper && !ahead().any(|key| self.model.away(who, key.1)) =>
            {
                self.model.set_all(&keys, &Is::Covered(me.clone()));
            }
            (CoverAct::Decline, Is::Waiting | Is::Covered(_)) if helper => self.model.set_all(&keys, &Is::Refused),
            (CoverAct::LeaveOpen, Is::Waiting | Is::Refused | Is::Nobody) if absent => {
                self.model.set_all(&keys, &Is::LeftOpen);
            }
            (CoverAct::AskAgain, Is::Refused | Is::Nobody) if absent => self.asked_again(&keys, today),
            (CoverAct::AskAgain, Is::Waiting) if absent && label.silent => self.asked_again(&keys, today),
            _ => {}
        }
    }

    fn asked_again(&mut self, keys: &[Key], today: NaiveDate) {
        if keys.first().is_some_and(|(absent, _)| self.sits(absent.other()).is_some()) {
            self.model.put_anew(keys, today);
        }
    }

    fn says(&mut self, who: Role, text: &str) -> Holds {
        self.step(Event::Did(who, Deed::Wrote(text.to_owned())), Some(who))
    }

    /// Time passes from one due thing to the next; at each midnight the gaps of the day that begins must be known.
    fn until(&mut self, end: DateTime<Utc>) -> Holds {
        loop {
            let midnight = calendar::at(self.today() + TimeDelta::days(1), 0, 0, Berlin);
            let next = self.play.t.agenda.values().min().copied().unwrap_or(end).max(self.play.now);
            let stop = next.min(midnight).min(end);
            self.play.now = stop;
            if stop == midnight {
                self.every_gap_was_shown()?;
            }
            self.due()?;
            if stop == end {
                return Ok(());
            }
        }
    }

    fn due(&mut self) -> Holds {
        let now = self.play.now;
        let items: Vec<Due> =
            self.play.t.agenda.iter().filter(|(_, at)| **at <= now).map(|(due, _)| due.clone()).collect();
        if items.is_empty() {
            return Ok(());
        }
        self.last_due = items.clone();
        self.step(Event::Due(items), None)
    }

    pub(super) fn step(&mut self, event: Event, actor: Option<Role>) -> Holds {
        self.play.happens(event);
        if let Some(who) = actor {
            let drawn: Vec<Tap> = self.play.last.iter().flat_map(shown_to_whoever_acts).collect();
            self.shown.entry(who).or_default().extend(drawn);
        }
        self.floor = self.floor.max(self.today());
        self.both_agree()?;
        self.drawn_gaps();
        self.messages_are_right()?;
        self.count();
        Ok(())
    }
}

pub(super) fn shown_to_whoever_acts(effect: &Effect) -> Vec<Tap> {
    match effect {
        Effect::Redraw { message, .. } => about_absence(message),
        Effect::Owe(owed) if owed.kind == Kind::Reply => about_absence(&owed.message),
        _ => Vec::new(),
    }
}

pub(super) fn about_absence(message: &Message) -> Vec<Tap> {
    let counts = |tap: &Tap| {
        matches!(tap, Tap::Cover { act, .. } if !matches!(act, CoverAct::Link)) || matches!(tap, Tap::Away(_))
    };
    taps(message).into_iter().filter(counts).collect()
}

/// So many lives are lived, each of up to sixty things, and always the same ones: what is reached is no chance.
const LIVES: u32 = 400;

#[test]
fn random_lives_agree_with_the_model_and_reach_every_transition() {
    let reached: Reached = RefCell::default();
    let config = Config { cases: LIVES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let things = RefCell::new(0_usize);
    let result = runner.run(&prop::collection::vec(any_thing(), 10..60), |life| {
        let mut two = Life::new(&reached);
        for thing in &life {
            two.happens(thing)?;
            *things.borrow_mut() += 1;
        }
        two.until(two.play.now + TimeDelta::days(40))
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    let reached = reached.into_inner();
    assert!(*things.borrow() > 10_000, "only {} things happened", things.borrow());
    // Which transitions there are; how often each was reached is noise.
    let counts = format!("{LIVES} lives, {} things, {} transitions", things.borrow(), reached.len());
    insta::assert_snapshot!([vec![counts], reached.into_keys().collect()].concat().join("\n"));
}
