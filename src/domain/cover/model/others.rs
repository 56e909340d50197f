//! What others do in a life: helpers of other tandems, the tandem's contact, and whoever leaves a seat.

use proptest::prelude::*;

use super::super::super::cover::{Decided, Helped};
use super::super::super::event::{Deed, Event};
use super::super::super::ids::PersonId;
use super::super::super::tandem::{Neighbour, Role, Said};
use super::super::super::tap::{CoverAct, DataTap, LeaveAct, Tap};
use super::Is;
use super::life::{Holds, Life, shown_to_whoever_acts};

/// How somebody leaves their seat.
#[derive(Clone, Copy, Debug)]
pub(super) enum Leaving {
    /// With everything about them.
    Erased,
    OfTheirOwn,
    /// The other of the two wants somebody new.
    ByTheOther,
    ByTheTrainer,
}

pub(super) fn any_leaving() -> impl Strategy<Value = Leaving> {
    prop::sample::select(vec![Leaving::Erased, Leaving::OfTheirOwn, Leaving::ByTheOther, Leaving::ByTheTrainer])
}

pub(super) fn neighbour(nth: usize) -> Neighbour {
    Neighbour { person: PersonId(format!("kim{nth:09}")), name: "Kim".into(), said: Said::Nothing }
}

impl Life<'_> {
    pub(super) fn neighbour(&mut self, by: PersonId, tap: &Tap) -> Holds {
        let today = self.today();
        let Tap::Cover { cover, version, act } = tap else { return Ok(()) };
        if let Some((keys, label, is)) = self.model.of(cover, *version)
            && keys.iter().any(|(_, (day, _))| *day >= today)
        {
            let open = label.silent || matches!(is, Is::Refused | Is::Nobody);
            match (act, is) {
                (CoverAct::Accept, Is::Refused | Is::Waiting | Is::Nobody) if open && label.asked.contains(&by) => {
                    self.model.set_all(&keys, &Is::Covered(by.clone()));
                }
                (CoverAct::Decline, Is::Covered(who)) if who == by => self.model.set_all(&keys, &Is::Nobody),
                _ => {}
            }
        }
        let (cover, version, act) = (cover.clone(), *version, *act);
        let deed = Helped { by: by.clone(), name: "Kim".into(), cover, version, act, free: true };
        self.step(Event::Helped(Box::new(deed)), None)?;
        let drawn: Vec<Tap> = self.play.last.iter().flat_map(shown_to_whoever_acts).collect();
        self.neighbours_shown.extend(drawn.into_iter().map(|tap| (by.clone(), tap)));
        Ok(())
    }

    /// However somebody leaves, it is the same for the days: theirs are off, and what they were asked for is open.
    pub(super) fn leaves(&mut self, who: Role, how: Leaving) -> Holds {
        let (Some(me), Some(_)) = (self.sits(who), self.sits(who.other())) else { return Ok(()) };
        self.model.leave(who, &me);
        self.shown.remove(&who);
        self.reach(format!("leaves: {how:?}"));
        let leave = |act| Deed::Tapped(Tap::Leave { tandem: self.play.t.id.clone(), act });
        let event = match how {
            Leaving::Erased => Event::Did(who, Deed::Tapped(Tap::Data(DataTap::DeleteReally))),
            Leaving::OfTheirOwn => Event::Did(who, leave(LeaveAct::Really)),
            Leaving::ByTheOther => Event::Did(who.other(), leave(LeaveAct::ReplaceReally)),
            Leaving::ByTheTrainer => {
                let by = self.play.t.round.trainers[0].clone();
                Event::Replaced { role: who, secret: "successor0000001".into(), by }
            }
        };
        self.step(event, None)?;
        prop_assert_eq!(self.sits(who), None, "the seat is free");
        Ok(())
    }

    /// The lead names an office, and somebody there agrees.
    pub(super) fn contact_agrees(&mut self) -> Holds {
        self.contacts += 1;
        self.play.t.contact = Some("Sekretariat".into());
        self.reach("contact agrees".into());
        self.step(Event::ContactJoined(PersonId(format!("front{:07}", self.contacts))), None)
    }

    pub(super) fn contact_stops(&mut self) -> Holds {
        let Some(who) = self.play.t.told.clone() else { return Ok(()) };
        self.reach("contact stops".into());
        self.step(Event::ContactGone(who), None)
    }

    /// Whoever is told decides about what is open; an older button, or that of an earlier contact, does nothing.
    pub(super) fn contact(&mut self, by: PersonId, tap: &Tap) -> Holds {
        let today = self.today();
        let Tap::Cover { cover, version, act } = tap else { return Ok(()) };
        if self.play.t.told.as_ref() == Some(&by)
            && let Some((keys, _, Is::Waiting | Is::Refused | Is::Nobody)) = self.model.of(cover, *version)
            && keys.iter().any(|(_, (day, _))| *day >= today)
        {
            let is = if *act == CoverAct::Found { Is::Found } else { Is::LeftOpen };
            self.reach(format!("contact decides: {is:?}"));
            self.model.set_all(&keys, &is);
        }
        self.step(Event::ContactDecided(Decided { by, cover: cover.clone(), version: *version, act: *act }), None)
    }

    pub(super) fn reach(&self, what: String) {
        *self.reached.borrow_mut().entry(what).or_default() += 1;
    }
}
