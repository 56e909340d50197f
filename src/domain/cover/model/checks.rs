//! What must hold after each thing that happened in a life.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, TimeDelta, Timelike, Weekday};
use chrono_tz::Europe::Berlin;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::super::super::calendar;
use super::super::super::dates::Half;
use super::super::super::effect::{Kind, Owed};
use super::super::super::ids::CoverId;
use super::super::super::message::{Arg, Block, Message};
use super::super::super::tandem::{Absence, AbsencePhase, CoverPhase};
use super::super::super::tap::{CoverAct, Tap};
use super::super::super::testing::{keys, taps};
use super::life::{Holds, Life, about_absence, shown_to_whoever_acts};
use super::{Is, Key, Label, Missing, stands, works};

impl Life<'_> {
    /// Half day by half day, the real thing stands where the model does, and nothing is covered and open at once.
    pub(super) fn both_agree(&mut self) -> Holds {
        let t = &self.play.t;
        let mut real: BTreeMap<Key, (Is, Label)> = BTreeMap::new();
        for cover in &t.covers {
            let absence = t.absences.iter().find(|a| a.id == cover.absence && a.phase == AbsencePhase::Planned);
            let (Some(absence), Some(is)) = (absence, stands(cover)) else { continue };
            let Some(who) = t.role_of(&absence.who) else { continue };
            prop_assert!(cover.helper.as_ref() != Some(&absence.who), "nobody stands in for themselves: {cover:?}");
            for slot in cover.days.slots(cover.half).filter(|(day, _)| *day >= self.floor && works(*day)) {
                let label = Label {
                    cover: cover.id.clone(),
                    version: cover.version,
                    helper: cover.helper.clone(),
                    silent: cover.phase == CoverPhase::Unanswered,
                    asked: cover.neighbours.iter().map(|other| other.person.clone()).collect(),
                };
                let twice = real.insert((who, slot), (is.clone(), label));
                prop_assert!(twice.is_none(), "{slot:?} of {who:?} stands twice: {twice:?} and {is:?}");
            }
        }
        let ahead = |key: &Key| key.1.0 >= self.floor;
        let said: BTreeMap<&Key, &Is> =
            self.model.missing.iter().filter(|(key, _)| ahead(key)).map(|(key, missing)| (key, &missing.is)).collect();
        let is: BTreeMap<&Key, &Is> = real.iter().map(|(key, (is, _))| (key, is)).collect();
        prop_assert_eq!(is, said, "real and model differ at {}", self.play.now);
        let now = self.play.now;
        for key in std::mem::take(&mut self.model.news) {
            self.since.insert(key, (now, false));
        }
        let floor = self.floor;
        self.model.missing.retain(|key, _| key.1.0 >= floor - TimeDelta::days(1));
        for (key, (_, label)) in real {
            if let Some(Missing { label: known, .. }) = self.model.missing.get_mut(&key) {
                *known = Some(label);
            }
        }
        Ok(())
    }

    /// What was owed since is about what stands so now; nobody is asked twice, and nobody after it is over.
    pub(super) fn messages_are_right(&mut self) -> Holds {
        let fresh: Vec<Owed> = self.play.owed[self.read..].to_vec();
        self.read = self.play.owed.len();
        for owed in fresh.iter().filter(|owed| owed.kind == Kind::Cover) {
            if let Some(role) = self.play.t.role_of(&owed.to) {
                self.shown.entry(role).or_default().extend(about_absence(&owed.message));
            }
            let key = keys(&owed.message)[0].clone();
            if key.starts_with("contact-") {
                self.contact_heard(owed, &key)?;
            }
            let about = taps(&owed.message).into_iter().find_map(|tap| match tap {
                Tap::Cover { cover, version, .. } => Some((cover, version)),
                _ => None,
            });
            let Some((cover, version)) = about else { continue };
            let found = self.model.of(&cover, version);
            let Some((half_days, _, is)) =
                found.filter(|(half_days, ..)| half_days.iter().any(|k| k.1.0 >= self.today()))
            else {
                return Err(TestCaseError::fail(format!("{key} after it was over: {owed:?}")));
            };
            prop_assert!(!says_why(&owed.message), "a reason in {owed:?}");
            let now = self.play.now;
            match key.as_str() {
                "cover-question" => {
                    prop_assert_eq!(&is, &Is::Waiting, "{}", key);
                    let new = self.questions.insert((cover, version, owed.to.clone()));
                    prop_assert!(new, "asked twice: {owed:?}");
                    self.polite(owed, &half_days)?;
                }
                "cover-question-again" => {
                    prop_assert_eq!(&is, &Is::Waiting, "{}", key);
                    let new = self.reminders.insert((cover, version, self.today()));
                    prop_assert!(new, "reminded twice on a day: {owed:?}");
                    self.polite(owed, &half_days)?;
                }
                "handover-title" | "handover-giving-title" => {
                    prop_assert!(matches!(is, Is::Covered(_)), "{key}: {is:?}");
                }
                "contact-gap" => prop_assert!(matches!(is, Is::Waiting | Is::Refused | Is::Nobody), "{key}: {is:?}"),
                gap if gap.starts_with("gap-") => {
                    prop_assert!(matches!(is, Is::Waiting | Is::Refused | Is::Nobody), "{key}: {is:?}");
                    prop_assert!(owed.not_before <= now);
                    if let Some(contact) = self.play.t.told.clone() {
                        let told = format!("contact-gap:{cover}:{version}");
                        let knows = |other: &Owed| other.to == contact && other.occurrence == told;
                        prop_assert!(self.play.owed.iter().rev().any(knows), "the contact does not know: {owed:?}");
                    }
                    for half_day in half_days {
                        if let Some((_, shown)) = self.since.get_mut(&half_day) {
                            *shown = true;
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A contact hears of each gap once, by day, and of what becomes of it only if they know it.
    fn contact_heard(&mut self, owed: &Owed, key: &str) -> Holds {
        let mut parts = owed.occurrence.split(':').skip(1);
        let (Some(cover), Some(Ok(version))) = (parts.next(), parts.next().map(str::parse)) else { return Ok(()) };
        let gap = (CoverId::from(cover), version, owed.to.clone());
        match key {
            "contact-gap" => {
                let shown = taps(&owed.message).into_iter().filter(|tap| matches!(tap, Tap::Cover { .. }));
                self.contacts_shown.extend(shown.map(|tap| (owed.to.clone(), tap)));
                prop_assert!(self.told.insert(gap), "told twice: {owed:?}");
            }
            "contact-settled" | "contact-anew" => prop_assert!(self.told.contains(&gap), "of what? {owed:?}"),
            _ => return Ok(()),
        }
        let local = owed.not_before.with_timezone(&Berlin);
        let by_day = !matches!(local.weekday(), Weekday::Sat | Weekday::Sun) && (8..18).contains(&local.hour());
        prop_assert!(by_day, "at {local}: {owed:?}");
        self.reach(format!("contact hears: {key}"));
        Ok(())
    }

    /// A gap that is drawn in answer to a button is shown, too.
    pub(super) fn drawn_gaps(&mut self) {
        let drawn: Vec<Tap> = self.play.last.iter().flat_map(shown_to_whoever_acts).collect();
        for tap in drawn {
            let Tap::Cover { cover, version, act: CoverAct::LeaveOpen } = tap else { continue };
            for half_day in self.model.of(&cover, version).into_iter().flat_map(|(half_days, ..)| half_days) {
                if let Some((_, shown)) = self.since.get_mut(&half_day) {
                    *shown = true;
                }
            }
        }
    }

    /// Questions come by day on working days, unless the days are near.
    fn polite(&self, owed: &Owed, half_days: &[Key]) -> Holds {
        prop_assert!(owed.not_before <= self.play.now, "what waits, waits on the agenda: {owed:?}");
        let local = self.play.now.with_timezone(&Berlin);
        let by_day = works(local.date_naive()) && (8..18).contains(&local.hour());
        let first = half_days.iter().map(|(_, (day, _))| *day).min().unwrap_or(self.floor);
        let near = calendar::at(first, 0, 0, Berlin) - self.play.now < TimeDelta::hours(110);
        prop_assert!(by_day || near, "at {local}: {owed:?}");
        Ok(())
    }

    /// At the beginning of a day: whoever is away on it and has nobody knows so, if it was known in time.
    pub(super) fn every_gap_was_shown(&mut self) -> Holds {
        let begins = self.today();
        for (key, missing) in &self.model.missing {
            let (who, (day, _)) = *key;
            if day != begins || !matches!(missing.is, Is::Waiting | Is::Refused | Is::Nobody) {
                continue;
            }
            let Some((since, shown)) = self.since.get(key) else { continue };
            // The last hour of the last working day before on which they are there; whoever is away already hears then,
            // by day from Monday to Friday.
            let before = begins - TimeDelta::days(1);
            let halves = [Half::Morning, Half::Afternoon];
            let away = |day: NaiveDate| halves.into_iter().any(|half| self.model.away(who, (day, half)));
            let on = |there: &dyn Fn(NaiveDate) -> bool| {
                (1..30).map(|back| begins - TimeDelta::days(back)).find(|day| works(*day) && there(*day))
            };
            let eve = if away(before) { on(&|_| true) } else { on(&|day| !away(day)) };
            let Some(eve) = eve else { continue };
            let last = calendar::at(eve, 17, 0, Berlin) - TimeDelta::hours(1);
            let was_down = self.down_until.is_some_and(|until| until > last);
            let in_time = *since <= last || (missing.is != Is::Waiting);
            prop_assert!(
                *shown || !in_time || was_down,
                "{key:?} is {:?} since {since} and nobody said so",
                missing.is
            );
        }
        Ok(())
    }

    pub(super) fn count(&mut self) {
        let t = &self.play.t;
        let covers: Vec<(CoverId, CoverPhase)> = t.covers.iter().map(|cover| (cover.id.clone(), cover.phase)).collect();
        let mut reached = self.reached.borrow_mut();
        for (id, phase) in &covers {
            let was = self.before.0.iter().find(|(known, _)| known == id).map(|(_, phase)| *phase);
            if was != Some(*phase) {
                let was = was.map_or("new".to_owned(), |was| format!("{was:?}"));
                *reached.entry(format!("cover {was} → {phase:?}")).or_default() += 1;
            }
        }
        for absence in &t.absences {
            let name = |a: &Absence| format!("{:?}/{:?}", a.phase, a.ending);
            let was = self.before.1.iter().find(|known| known.id == absence.id);
            let (from, to) = (was.map_or("new".to_owned(), name), name(absence));
            let change = match was {
                Some(was) if from == to && was.days.to < absence.days.to => "longer",
                Some(was) if from == to && was.days.to > absence.days.to => "shorter",
                Some(_) if from == to => continue,
                _ => "",
            };
            *reached.entry(format!("absence {from} → {to} {change}").trim_end().to_owned()).or_default() += 1;
        }
        self.before = (covers, t.absences.clone());
    }
}

/// Whether a message about an absence carries anything but names, days and an organisation.
fn says_why(message: &Message) -> bool {
    let known = ["name", "from", "to", "span", "day", "organisation", "items", "link", "count", "contact", "label"];
    let lines = message.blocks.iter().filter_map(|block| match block {
        Block::Say(line) => Some(line),
        _ => None,
    });
    let text = |arg: &Arg| matches!(arg, Arg::Text(_));
    lines.flat_map(|line| &line.args).any(|(name, arg)| text(arg) && !known.contains(&name.as_ref()))
}
