//! How many people stand on which step, or have answered it: for whoever is about to change lessons.
//!
//! Counts only, for the operator; nothing of this is shown to trainers. Changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::sets::args;
use super::sql::Sql;
use super::{Result, StoreError, Tx};
use crate::domain::ids::{PersonId, RoundId, TandemId};
use crate::domain::programme::TEST;
use crate::domain::tandem::{Mind, Spot};

pub(super) const ALL: &[&Sql] = &[&ANSWERED];

/// Tandems that are looked at together.
const AT_ONCE: u32 = 64;

const ANSWERED: Sql = Sql {
    question: "how many people of a round have answered each step",
    text: "SELECT module, step, COUNT(DISTINCT person_id) FROM answer WHERE round_id = $1
        GROUP BY module, step ORDER BY module, step",
};

/// A step, and how many people have to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceOfPeople {
    pub programme: String,
    pub spot: Spot,
    /// They have answered it; else it is what they see next, now or later.
    pub answered: bool,
    pub people: usize,
}

impl Tx {
    /// All steps with which people have to do, in all rounds.
    pub async fn places_of_people(&mut self) -> Result<Vec<PlaceOfPeople>> {
        let mut standing: BTreeMap<(String, Spot), BTreeSet<PersonId>> = BTreeMap::new();
        let mut answered: BTreeMap<(String, Spot), usize> = BTreeMap::new();
        for round in self.round_lines().await? {
            let id = RoundId::from(round.id);
            self.stand_in(&id, &round.programme, &mut standing).await?;
            let rows: Vec<(String, String, i64)> = self.rows(&ANSWERED, args![&id]).await?;
            for (module, step, people) in rows {
                let people = usize::try_from(people).map_err(|_| StoreError::Unreadable("number"))?;
                *answered.entry((round.programme.clone(), Spot { module, step })).or_default() += people;
            }
        }
        let place = |answered| {
            move |((programme, spot), people): ((String, Spot), usize)| PlaceOfPeople {
                programme,
                spot,
                answered,
                people,
            }
        };
        let standing = standing.into_iter().map(|(at, people)| (at, people.len())).map(place(false));
        Ok(standing.chain(answered.into_iter().map(place(true))).collect())
    }

    async fn stand_in(
        &mut self,
        round: &RoundId,
        programme: &str,
        standing: &mut BTreeMap<(String, Spot), BTreeSet<PersonId>>,
    ) -> Result<()> {
        let mut after: Option<TandemId> = None;
        loop {
            let ids = self.tandems_of(round, after.as_ref(), AT_ONCE).await?;
            let Some(last) = ids.last() else { return Ok(()) };
            after = Some(last.clone());
            // Neither entries nor absences matter here.
            for tandem in self.look_at(&ids, NaiveDate::MAX, NaiveDate::MAX).await? {
                for seat in tandem.seats() {
                    for spot in spots(&seat.mind) {
                        standing.entry((programme.to_owned(), spot)).or_default().insert(seat.person.id.clone());
                    }
                }
            }
        }
    }
}

/// The steps that a person sees next: in a lesson, behind a detour, put off, in an open test, among repeats.
fn spots(mind: &Mind) -> BTreeSet<Spot> {
    let study = &mind.study;
    let behind = study.detour.iter().filter_map(|detour| detour.back_to.clone());
    let parked = study.parked.iter().map(|parked| parked.spot.clone());
    let test = mind.exam.items.iter().map(|item| Spot { module: TEST.to_owned(), step: item.clone() });
    study.at.iter().cloned().chain(behind).chain(parked).chain(test).chain(mind.recall.queue.iter().cloned()).collect()
}
