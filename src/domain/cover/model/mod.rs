//! A second opinion about cover: what holds for each half day, by rules that know neither intervals nor versions.
//!
//! Owns: who is away when, and for each half day on which somebody is missing whether it is asked for, taken, refused,
//! nobody's, or left open. Which question a half day belongs to is a label that is read off the real thing and only
//! ever compared. Does not know messages, instants, nor how anything is stored. `life` lets both live the same lives.

mod checks;
mod life;
mod others;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, Weekday};

use super::super::days::Slot;
use super::super::ids::{CoverId, PersonId};
use super::super::tandem::{Cover, CoverPhase, Role};
use super::super::testing::day;

/// What holds for a half day on which somebody is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Is {
    Waiting,
    Covered(PersonId),
    /// By somebody whom the contact found, and who has no name here.
    Found,
    Refused,
    Nobody,
    LeftOpen,
}

/// The question a half day belongs to.
#[derive(Clone, Debug, PartialEq)]
struct Label {
    cover: CoverId,
    version: u32,
    helper: Option<PersonId>,
    /// No answer came, and the absent person knows.
    silent: bool,
    asked: Vec<PersonId>,
}

#[derive(Clone, Debug)]
struct Missing {
    is: Is,
    label: Option<Label>,
}

type Key = (Role, Slot);

#[derive(Clone, Debug, Default)]
struct Model {
    away: BTreeMap<Role, BTreeSet<Slot>>,
    shut: BTreeSet<Role>,
    missing: BTreeMap<Key, Missing>,
    /// Half days whose state is new since this was looked at last.
    news: BTreeSet<Key>,
}

/// Monday to Friday, without the holidays that lie in the months of these tests.
fn works(day_: NaiveDate) -> bool {
    let holidays = [day("2026-12-25"), day("2027-01-01"), day("2027-03-26"), day("2027-03-29")];
    !matches!(day_.weekday(), Weekday::Sat | Weekday::Sun) && !holidays.contains(&day_)
}

impl Model {
    fn away(&self, role: Role, slot: Slot) -> bool {
        self.away.get(&role).is_some_and(|slots| slots.contains(&slot))
    }

    fn set(&mut self, key: Key, is: Is) {
        let label = self.missing.get(&key).and_then(|missing| missing.label.clone());
        self.missing.insert(key, Missing { is, label });
        self.news.insert(key);
    }

    /// Half days that belong to the same question as one that fits.
    fn questions(&self, fits: impl Fn(&Key, &Missing) -> bool) -> Vec<(CoverId, Vec<Key>)> {
        let mut all: BTreeMap<CoverId, (bool, Vec<Key>)> = BTreeMap::new();
        for (key, missing) in &self.missing {
            let Some(label) = &missing.label else { continue };
            let found = all.entry(label.cover.clone()).or_default();
            found.0 |= fits(key, missing);
            found.1.push(*key);
        }
        all.into_iter().filter(|(_, (fits, _))| *fits).map(|(id, (_, keys))| (id, keys)).collect()
    }

    /// Somebody is away on these half days as well. `other`: whoever sits beside them.
    fn declare(&mut self, who: Role, me: &PersonId, slots: impl Iterator<Item = Slot>, other: bool, today: NaiveDate) {
        let fresh: BTreeSet<Slot> = slots.filter(|slot| !self.away(who, *slot)).collect();
        self.away.entry(who).or_default().extend(fresh.iter().copied());
        self.lose(me, &fresh, today);
        for slot in fresh.into_iter().filter(|(day, _)| *day >= today && works(*day)) {
            let is = if other && !self.away(who.other(), slot) { Is::Waiting } else { Is::Nobody };
            self.set((who, slot), is);
        }
    }

    /// What this person was asked for or had taken on these half days is open; the rest of a question is asked anew.
    fn lose(&mut self, helper: &PersonId, gone: &BTreeSet<Slot>, today: NaiveDate) {
        let theirs = |missing: &Missing| {
            let asked = missing.label.as_ref().is_some_and(|label| label.helper.as_ref() == Some(helper));
            asked && matches!(missing.is, Is::Waiting | Is::Covered(_))
        };
        for (_, keys) in self.questions(|(_, slot), missing| theirs(missing) && gone.contains(slot)) {
            for key in keys.into_iter().filter(|(_, (day, _))| *day >= today) {
                let waits = self.missing.get(&key).is_some_and(|missing| missing.is == Is::Waiting);
                if gone.contains(&key.1) {
                    self.set(key, Is::Nobody);
                } else if waits {
                    self.set(key, Is::Waiting);
                }
            }
        }
    }

    /// Somebody is there after all on these half days, and is asked for what nobody could take.
    fn there(&mut self, who: Role, slots: &BTreeSet<Slot>, today: NaiveDate) {
        self.away.entry(who).or_default().retain(|slot| !slots.contains(slot));
        self.missing.retain(|(absent, slot), _| *absent != who || !slots.contains(slot));
        self.revive(who, today);
    }

    fn revive(&mut self, helper: Role, today: NaiveDate) {
        if self.shut.contains(&helper) {
            return;
        }
        let nobodys: Vec<Key> =
            self.missing.iter().filter(|(_, missing)| missing.is == Is::Nobody).map(|(key, _)| *key).collect();
        for key in nobodys {
            if key.0 != helper && key.1.0 >= today && !self.away(helper, key.1) {
                self.set(key, Is::Waiting);
            }
        }
    }

    /// A question is put anew to whoever sits beside the absent person: free half days are asked for, others nobody's.
    fn put_anew(&mut self, keys: &[Key], today: NaiveDate) {
        let ahead: Vec<Key> = keys.iter().copied().filter(|(_, (day, _))| *day >= today).collect();
        for key in ahead {
            let helper = key.0.other();
            let free = !self.away(helper, key.1) && !self.shut.contains(&helper);
            self.set(key, if free { Is::Waiting } else { Is::Nobody });
        }
    }

    fn block(&mut self, who: Role, me: &PersonId, today: NaiveDate) {
        self.shut.insert(who);
        for (_, keys) in self.questions(|(_, (day, _)), missing| {
            let asked = missing.label.as_ref().is_some_and(|label| label.helper.as_ref() == Some(me));
            asked && matches!(missing.is, Is::Waiting | Is::Covered(_)) && *day >= today
        }) {
            for key in keys {
                // What waited goes on waiting; that nobody hears of it is told by the label.
                let known = self.missing.get(&key).is_some_and(|m| m.label.as_ref().is_some_and(|l| l.silent));
                if known {
                    continue;
                }
                self.set(key, Is::Waiting);
            }
        }
    }

    fn unblock(&mut self, who: Role, me: &PersonId, today: NaiveDate) {
        self.shut.remove(&who);
        let asked = |missing: &Missing| {
            let mine = missing.label.as_ref().is_some_and(|label| label.helper.as_ref() == Some(me));
            mine && missing.is == Is::Waiting
        };
        for (_, keys) in self.questions(|_, missing| asked(missing)) {
            let free = |key: &&Key| key.1.0 >= today && !self.away(who, key.1);
            if keys.iter().any(|key| free(&key)) {
                self.put_anew(&keys, today);
            }
        }
    }

    fn leave(&mut self, who: Role, me: &PersonId) {
        self.away.remove(&who);
        self.shut.remove(&who);
        self.missing.retain(|(absent, _), _| *absent != who);
        let theirs: Vec<Key> = self
            .missing
            .iter()
            .filter(|(_, missing)| missing.label.as_ref().is_some_and(|label| label.helper.as_ref() == Some(me)))
            .filter(|(_, missing)| missing.is != Is::LeftOpen)
            .map(|(key, _)| *key)
            .collect();
        for key in theirs {
            self.set(key, Is::Nobody);
        }
    }

    /// Half days of the question with this number, and the label they carry.
    fn of(&self, cover: &CoverId, version: u32) -> Option<(Vec<Key>, Label, Is)> {
        let with = |missing: &&Missing| {
            missing.label.as_ref().is_some_and(|label| &label.cover == cover && label.version == version)
        };
        let keys: Vec<Key> = self.missing.iter().filter(|(_, missing)| with(missing)).map(|(key, _)| *key).collect();
        // Of days that are over nothing is read off any more.
        let last = self.missing.get(keys.last()?)?;
        Some((keys, last.label.clone()?, last.is.clone()))
    }

    fn set_all(&mut self, keys: &[Key], is: &Is) {
        for key in keys {
            self.set(*key, is.clone());
        }
    }
}

/// How the real thing stands, in the model's words.
fn stands(cover: &Cover) -> Option<Is> {
    Some(match cover.phase {
        CoverPhase::Asked | CoverPhase::Unanswered => Is::Waiting,
        CoverPhase::Accepted => cover.helper.clone().map_or(Is::Found, Is::Covered),
        CoverPhase::Declined => Is::Refused,
        CoverPhase::Conflict => Is::Nobody,
        CoverPhase::LeftOpen => Is::LeftOpen,
        CoverPhase::Done | CoverPhase::Cancelled => return None,
    })
}
