//! Writing what a decision changed, and nothing else.
//!
//! The state before and the state after are compared; each kind of row is one statement, whatever the
//! number of tandems. Does not know which decision it was.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::sealed::{CONTACT, COVER_LINK, MIND, ORGANISATION};
use super::sets::{Arg, args};
use super::sql::Sql;
use super::vault::Vault;
use super::{Result, Tx, codec};
use crate::domain::ids::{PersonId, TandemId};
use crate::domain::tandem::{Absence, Cover, Entry, Person, Role, Seat, Tandem};

pub(super) const ALL: &[&Sql] = &[
    &KEEP_TANDEMS,
    &KEEP_SEATS,
    &DROP_SEATS,
    &KEEP_ENTRIES,
    &DROP_ENTRIES,
    &KEEP_ABSENCES,
    &DROP_ABSENCES,
    &KEEP_COVERS,
    &DROP_COVERS,
    &KEEP_HELP,
    &DROP_HELP,
    &KEEP_DUE,
    &DROP_DUE,
];

const KEEP_TANDEMS: Sql = Sql {
    question: "new and changed tandems",
    text: "WITH v(id, round_id, organisation, agreed, promise, terms, phase, contact, told) AS ({rows:9})
        INSERT INTO tandem (id, round_id, organisation, agreed, promise, terms, phase, contact, told, made)
        SELECT id, round_id, organisation, agreed, promise, terms, phase, contact, told, $1 FROM v WHERE id IS NOT NULL
        ON CONFLICT (id) DO UPDATE SET organisation = excluded.organisation, agreed = excluded.agreed,
            promise = excluded.promise, terms = excluded.terms, phase = excluded.phase, contact = excluded.contact,
            told = excluded.told",
};

const KEEP_SEATS: Sql = Sql {
    question: "new and changed seats",
    text: "WITH v(tandem_id, role, person_id, mind, offers) AS ({rows:5})
        INSERT INTO seat (tandem_id, role, person_id, mind, offers)
        SELECT tandem_id, role, person_id, mind, offers FROM v WHERE tandem_id IS NOT NULL
        ON CONFLICT (tandem_id, role) DO UPDATE SET person_id = excluded.person_id, mind = excluded.mind,
            offers = excluded.offers",
};

const DROP_SEATS: Sql =
    Sql { question: "seats that are free again", text: "DELETE FROM seat WHERE (tandem_id, role) IN ({rows:2})" };

const KEEP_ENTRIES: Sql = Sql {
    question: "new and changed entries",
    text: "WITH v(tandem_id, id, person_id, day, minutes, made) AS ({rows:6})
        INSERT INTO entry (tandem_id, id, person_id, day, minutes, made)
        SELECT tandem_id, id, person_id, day, minutes, made FROM v WHERE tandem_id IS NOT NULL
        ON CONFLICT (tandem_id, id) DO UPDATE SET person_id = excluded.person_id, day = excluded.day,
            minutes = excluded.minutes, made = excluded.made",
};

const DROP_ENTRIES: Sql =
    Sql { question: "entries that were undone", text: "DELETE FROM entry WHERE (tandem_id, id) IN ({rows:2})" };

const KEEP_ABSENCES: Sql = Sql {
    question: "new and changed absences",
    text: "WITH v(id, tandem_id, person_id, first, last, phase, half, ending) AS ({rows:8})
        INSERT INTO absence (id, tandem_id, person_id, first, last, phase, half, ending)
        SELECT id, tandem_id, person_id, first, last, phase, half, ending FROM v WHERE id IS NOT NULL
        ON CONFLICT (id) DO UPDATE SET person_id = excluded.person_id, first = excluded.first,
            last = excluded.last, phase = excluded.phase, half = excluded.half, ending = excluded.ending",
};

const DROP_ABSENCES: Sql = Sql { question: "absences that are gone", text: "DELETE FROM absence WHERE id IN {set}" };

const KEEP_COVERS: Sql = Sql {
    question: "new and changed covers",
    text:
        "WITH v(id, absence_id, tandem_id, first, last, version, helper, phase, ticks, half, given, link) AS ({rows:12})
        INSERT INTO cover (id, absence_id, tandem_id, first, last, version, helper, phase, ticks, half, given, link)
        SELECT id, absence_id, tandem_id, first, last, version, helper, phase, ticks, half, given, link
        FROM v WHERE id IS NOT NULL
        ON CONFLICT (id) DO UPDATE SET absence_id = excluded.absence_id, first = excluded.first,
            last = excluded.last, version = excluded.version, helper = excluded.helper, phase = excluded.phase,
            ticks = excluded.ticks, half = excluded.half, given = excluded.given, link = excluded.link",
};

const DROP_COVERS: Sql = Sql { question: "covers that are gone", text: "DELETE FROM cover WHERE id IN {set}" };

const KEEP_HELP: Sql = Sql {
    question: "people of other tandems who are asked, and what they said",
    text: "WITH v(cover_id, person_id, said) AS ({rows:3})
        INSERT INTO help (cover_id, person_id, said)
        SELECT cover_id, person_id, said FROM v WHERE cover_id IS NOT NULL
        ON CONFLICT (cover_id, person_id) DO UPDATE SET said = excluded.said",
};

const DROP_HELP: Sql = Sql {
    question: "people of other tandems who are not asked any more",
    text: "DELETE FROM help WHERE (cover_id, person_id) IN ({rows:2})",
};

pub(super) const KEEP_DUE: Sql = Sql {
    question: "when things will be due",
    text: "WITH v(owner, what, at) AS ({rows:3})
        INSERT INTO due (owner, what, at) SELECT owner, what, at FROM v WHERE owner IS NOT NULL
        ON CONFLICT (owner, what) DO UPDATE SET at = excluded.at",
};

pub(super) const DROP_DUE: Sql =
    Sql { question: "things that will not be due any more", text: "DELETE FROM due WHERE (owner, what) IN ({rows:2})" };

/// All that is different, by kind of row.
#[derive(Default)]
struct Changes<'a> {
    people: BTreeMap<&'a PersonId, &'a Person>,
    tandems: Vec<[Arg; 9]>,
    seats: Vec<[Arg; 5]>,
    no_seats: Vec<[Arg; 2]>,
    entries: Vec<[Arg; 6]>,
    no_entries: Vec<[Arg; 2]>,
    absences: Vec<[Arg; 8]>,
    no_absences: Vec<Arg>,
    covers: Vec<[Arg; 12]>,
    no_covers: Vec<Arg>,
    help: Vec<[Arg; 3]>,
    no_help: Vec<[Arg; 2]>,
    due: Vec<[Arg; 3]>,
    not_due: Vec<[Arg; 2]>,
}

impl Tx {
    /// Writes the differences between each tandem before (`None`: it is new) and after. No tandem may come twice.
    /// Where a person sits in two of them and was changed in both, the later one holds.
    pub async fn save(&mut self, changed: &[(Option<&Tandem>, &Tandem)], now: DateTime<Utc>) -> Result<()> {
        let mut all = Changes::default();
        for (before, after) in changed {
            all.tandem(*before, after, &self.vault)?;
            all.seats(*before, after, &self.vault)?;
            all.ledger(*before, after);
            all.cover(*before, after, &self.vault)?;
            all.agenda(*before, after);
        }
        let people: Vec<&Person> = all.people.into_values().collect();
        self.keep_people(&people, now).await?;
        self.run_rows(&KEEP_TANDEMS, args![now], all.tandems).await?;
        self.run_rows(&DROP_SEATS, args![], all.no_seats).await?;
        self.run_rows(&KEEP_SEATS, args![], all.seats).await?;
        self.run_rows(&DROP_ENTRIES, args![], all.no_entries).await?;
        self.run_rows(&KEEP_ENTRIES, args![], all.entries).await?;
        self.run_rows(&DROP_HELP, args![], all.no_help).await?;
        // Covers belong to absences: they come after them and go before them.
        self.run_in(&DROP_COVERS, args![], all.no_covers).await?;
        self.run_in(&DROP_ABSENCES, args![], all.no_absences).await?;
        self.run_rows(&KEEP_ABSENCES, args![], all.absences).await?;
        self.run_rows(&KEEP_COVERS, args![], all.covers).await?;
        self.run_rows(&KEEP_HELP, args![], all.help).await?;
        self.run_rows(&DROP_DUE, args![], all.not_due).await?;
        self.run_rows(&KEEP_DUE, args![], all.due).await?;
        Ok(())
    }
}

impl<'a> Changes<'a> {
    fn tandem(&mut self, before: Option<&Tandem>, after: &Tandem, vault: &Vault) -> Result<()> {
        let same = before.is_some_and(|before| {
            before.organisation == after.organisation
                && before.agreed == after.agreed
                && before.promise == after.promise
                && before.terms == after.terms
                && before.phase == after.phase
                && before.contact == after.contact
                && before.told == after.told
        });
        if !same {
            let at = [after.id.as_str()];
            let organisation = after.organisation.as_ref().map(|text| vault.seal(ORGANISATION.at(&at), text));
            let contact = after.contact.as_ref().map(|text| vault.seal(CONTACT.at(&at), text));
            self.tandems.push(args![
                &after.id,
                &after.round.id,
                organisation,
                after.agreed,
                codec::code(&after.promise),
                codec::json(&after.terms, "terms")?,
                codec::code(&after.phase),
                contact,
                after.told.as_ref().map(PersonId::as_str),
            ]);
        }
        Ok(())
    }

    fn seats(&mut self, before: Option<&Tandem>, after: &'a Tandem, vault: &Vault) -> Result<()> {
        for role in [Role::Lead, Role::Deputy] {
            let was = before.and_then(|tandem| tandem.seat(role));
            match (was, after.seat(role)) {
                (Some(_), None) => self.no_seats.push(args![&after.id, role.code()]),
                (was, Some(seat)) => self.seat(was, after, seat, vault)?,
                (None, None) => {}
            }
        }
        Ok(())
    }

    fn seat(&mut self, was: Option<&Seat>, tandem: &Tandem, seat: &'a Seat, vault: &Vault) -> Result<()> {
        if was.map(|was| &was.person) != Some(&seat.person) {
            self.people.insert(&seat.person.id, &seat.person);
        }
        if was.is_none_or(|was| was.person.id != seat.person.id || was.mind != seat.mind) {
            let at = [tandem.id.as_str(), seat.role.code()];
            let mind = vault.seal(MIND.at(&at), &codec::json(&seat.mind, "mind")?);
            let offers = seat.mind.offers.then(|| tandem.round.id.as_str());
            self.seats.push(args![&tandem.id, seat.role.code(), &seat.person.id, mind, offers]);
        }
        Ok(())
    }

    fn ledger(&mut self, before: Option<&Tandem>, after: &Tandem) {
        let before = before.map_or(&[][..], |tandem| &tandem.entries);
        let (kept, gone) = compared(before, &after.entries, |entry| &entry.id);
        self.entries.extend(kept.into_iter().map(|entry| entry_args(&after.id, entry)));
        self.no_entries.extend(gone.into_iter().map(|entry| args![&after.id, &entry.id]));
    }

    fn cover(&mut self, before: Option<&Tandem>, after: &Tandem, vault: &Vault) -> Result<()> {
        let absences = before.map_or(&[][..], |tandem| &tandem.absences);
        let (kept, gone) = compared(absences, &after.absences, |absence| &absence.id);
        self.absences.extend(kept.into_iter().map(|absence| absence_args(&after.id, absence)));
        self.no_absences.extend(gone.into_iter().map(|absence| Arg::from(&absence.id)));

        let covers = before.map_or(&[][..], |tandem| &tandem.covers);
        let (kept, gone) = compared(covers, &after.covers, |cover| &cover.id);
        for cover in kept {
            self.covers.push(cover_args(&after.id, cover, vault)?);
        }
        self.no_covers.extend(gone.into_iter().map(|cover| Arg::from(&cover.id)));
        self.help(covers, &after.covers);
        Ok(())
    }

    fn help(&mut self, before: &[Cover], after: &[Cover]) {
        let all = |covers: &[Cover]| -> BTreeMap<(String, String), String> {
            let people = covers.iter().flat_map(|cover| cover.neighbours.iter().map(move |other| (cover, other)));
            people.map(|(c, other)| ((c.id.0.clone(), other.person.0.clone()), codec::code(&other.said))).collect()
        };
        let (was, is) = (all(before), all(after));
        for ((cover, person), said) in &is {
            if was.get(&(cover.clone(), person.clone())) != Some(said) {
                self.help.push(args![cover.as_str(), person.as_str(), said.as_str()]);
            }
        }
        for (cover, person) in was.keys().filter(|key| !is.contains_key(*key)) {
            self.no_help.push(args![cover.as_str(), person.as_str()]);
        }
    }

    fn agenda(&mut self, before: Option<&Tandem>, after: &Tandem) {
        for (due, at) in &after.agenda {
            if before.and_then(|tandem| tandem.agenda.get(due)) != Some(at) {
                self.due.push(args![&after.id, due.code(), *at]);
            }
        }
        let was = before.into_iter().flat_map(|tandem| tandem.agenda.keys());
        for due in was.filter(|due| !after.agenda.contains_key(due)) {
            self.not_due.push(args![&after.id, due.code()]);
        }
    }
}

/// What is new or different in `after`, and what is no longer there.
fn compared<'a, T: PartialEq, K: Ord>(
    before: &'a [T],
    after: &'a [T],
    key: impl Fn(&T) -> &K,
) -> (Vec<&'a T>, Vec<&'a T>) {
    let was: BTreeMap<&K, &T> = before.iter().map(|item| (key(item), item)).collect();
    let is: BTreeMap<&K, &T> = after.iter().map(|item| (key(item), item)).collect();
    let kept = is.iter().filter(|(key, item)| was.get(*key) != Some(*item)).map(|(_, item)| *item).collect();
    let gone = was.iter().filter(|(key, _)| !is.contains_key(*key)).map(|(_, item)| *item).collect();
    (kept, gone)
}

fn entry_args(tandem: &TandemId, entry: &Entry) -> [Arg; 6] {
    let by = entry.by.as_ref().map(PersonId::as_str);
    args![tandem, &entry.id, by, entry.day, entry.minutes, entry.made]
}

fn absence_args(tandem: &TandemId, absence: &Absence) -> [Arg; 8] {
    args![
        &absence.id,
        tandem,
        &absence.who,
        absence.days.from,
        absence.days.to,
        codec::code(&absence.phase),
        absence.half.as_ref().map(codec::code).as_deref(),
        codec::code(&absence.ending),
    ]
}

fn cover_args(tandem: &TandemId, cover: &Cover, vault: &Vault) -> Result<[Arg; 12]> {
    let link = cover.link.as_ref().map(|link| vault.seal(COVER_LINK.at(&[cover.id.as_str()]), link));
    Ok(args![
        &cover.id,
        &cover.absence,
        tandem,
        cover.days.from,
        cover.days.to,
        cover.version,
        cover.helper.as_ref().map(PersonId::as_str),
        codec::code(&cover.phase),
        codec::json(&cover.ticks, "checklist")?,
        cover.half.as_ref().map(codec::code).as_deref(),
        codec::json(&cover.given, "checklist")?,
        link,
    ])
}
