//! `tandem simulate`: a whole round at virtual speed, judged by what was owed.
//!
//! Owns: putting a run together and its loop. The bot is the real one, with its database in memory; the server is the
//! strict model, spoken to in process; people act by seeded dice. Time jumps from one thing that happens to the next.

mod acting;
mod course;
mod crowd;
mod diary;
mod judge;
mod machine;
mod owed;
mod people;
mod rate_plan;
mod report;
mod rules;
mod signs;
#[cfg(test)]
mod tests;
mod trouble;
mod usage;
mod wire;

pub use judge::{KINDS, Tally};
pub use rate_plan::{Broadcast, rate_plan};
pub use report::Report;
pub use rules::{FEWEST_ACTIONS, MEAN_ACTIONS};
pub use trouble::Level;

use std::sync::PoisonError;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::app::{HOME_ZONE, rounds};
use crate::domain::calendar::{self, Week, Workdays};
use crate::domain::ids::TandemId;
use crate::domain::lang::Lang;
use crate::domain::tandem::Role;
use crate::l10n::Words;
use crowd::Crowd;
use diary::Diary;
use judge::{Unclear, Verdict};
use machine::Machine;
use owed::Plan;
use people::{Intent, Person};
use signs::Signs;
use trouble::Troubles;
use usage::Usage;
use wire::Notes;

/// Most tandems: beyond that a machine's memory, not the bot, would be measured.
const MOST_TANDEMS: u32 = 20_000;

/// Most weeks: a year.
const MOST_WEEKS: u32 = 52;

/// Most places in one round.
const PLACES: u32 = 5_000;

/// The first person's chat.
const FIRST_CHAT: i64 = 10_001;

/// The clock moves on by at least so much: as if each step of the bot took up to that long.
const STEP: TimeDelta = TimeDelta::milliseconds(100);

/// Weeks of entries that are compared at once; entries are kept for three months, so none is missed.
const LEDGER_WEEKS: u32 = 4;

/// What to simulate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    pub tandems: u32,
    pub weeks: u32,
    pub seed: u64,
    pub faults: Level,
}

impl Settings {
    /// Whether such a round can be simulated.
    ///
    /// # Errors
    /// A sentence that names the option.
    pub fn check(&self) -> anyhow::Result<()> {
        if !(1..=MOST_TANDEMS).contains(&self.tandems) {
            anyhow::bail!("--tandems must be 1 to {MOST_TANDEMS}, not {}", self.tandems);
        }
        if !(1..=MOST_WEEKS).contains(&self.weeks) {
            anyhow::bail!("--weeks must be 1 to {MOST_WEEKS}, not {}", self.weeks);
        }
        Ok(())
    }
}

/// Simulates a round, from the first link to the end of the last week. Blocks until it is over.
///
/// # Errors
/// Wrong settings, or a machine without memory or a temporary folder.
pub fn run(settings: Settings) -> anyhow::Result<Report> {
    settings.check()?;
    // One thread, and woken only when it has nothing left to do: so the same seed gives the same run.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().global_queue_interval(1 << 20).build()?;
    runtime.block_on(async {
        let mut run = Run::new(settings).await?;
        run.lives().await?;
        Ok(run.judged())
    })
}

struct Run {
    settings: Settings,
    plan: Plan,
    machine: Machine,
    crowd: Crowd,
    troubles: Troubles,
    usage: Usage,
    tandems: Vec<TandemId>,
    /// Weeks whose entries have been compared.
    compared: u32,
    broken: Vec<String>,
}

impl Run {
    async fn new(settings: Settings) -> anyhow::Result<Self> {
        let usage = Usage::start();
        // A Monday, with the change to summer time and four public holidays in the twelve weeks that follow.
        let start = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default();
        let begins = calendar::at(start - TimeDelta::days(7), 7, 0, HOME_ZONE);
        let end = calendar::at(start + TimeDelta::weeks(i64::from(settings.weeks)), 12, 0, HOME_ZONE);
        let words = Words::built_in()?;
        let signs = Signs::new(&words);
        let machine = Machine::new(begins, settings.seed, course::library(settings.weeks)?, words).await?;
        machine.set_faults(settings.faults.faults(settings.seed));
        let days = Workdays::new([chrono::Weekday::Tue, chrono::Weekday::Thu]).unwrap_or(Workdays::MONDAY_TO_FRIDAY);
        let slack = settings.faults.slack(settings.tandems);
        let plan = Plan { start, weeks: settings.weeks, days, slack, end, deaths: Vec::new() };
        let troubles = Troubles::new(settings.faults, settings.seed, start, settings.weeks);
        let crowd = Crowd::new(people(&settings), machine.phones.clone(), signs, start);
        let mut run = Self {
            settings,
            plan,
            machine,
            crowd,
            troubles,
            usage,
            tandems: Vec::new(),
            compared: 0,
            broken: Vec::new(),
        };
        run.invites(begins).await?;
        Ok(run)
    }

    /// Rounds are made, and everybody's weeks are planned, beginning with the link that lets them in.
    async fn invites(&mut self, begins: DateTime<Utc>) -> anyhow::Result<()> {
        let mut dice = ChaCha8Rng::seed_from_u64(self.settings.seed);
        let mut codes: Vec<(Tz, u32, String)> = Vec::new();
        for who in 0..self.crowd.people.len() {
            let person = &self.crowd.people[who];
            let (chat, name, lang) = (person.chat, person.diary.name.clone(), person.diary.lang.clone());
            self.machine.phones.with(|phones, _| phones.person(chat, &name, lang.code()))?;
            for week in 0..self.settings.weeks {
                let monday = self.plan.start + TimeDelta::weeks(i64::from(week));
                self.crowd.plan(calendar::at(monday, 0, 10, HOME_ZONE), who, Intent::Plan(week));
            }
            if is_deputy(who) {
                continue;
            }
            let zone = self.crowd.people[who].diary.zone;
            let free = codes.iter().position(|(of, left, _)| *of == zone && *left > 0);
            let place = match free {
                Some(place) => place,
                None => {
                    let new = rounds::NewRound {
                        programme: course::PROGRAMME.to_owned(),
                        start: self.plan.start,
                        places: self.settings.tandems.min(PLACES),
                        name: None,
                        zone,
                        controller: String::new(),
                        privacy_contact: String::new(),
                        land: None,
                        trainer: None,
                    };
                    let (_, code) = rounds::create(&self.machine.app, new).await?;
                    codes.push((zone, self.settings.tandems.min(PLACES), code));
                    codes.len() - 1
                }
            };
            codes[place].1 -= 1;
            let code = codes[place].2.clone();
            // On one of the first three days of the week before, at any working hour.
            let minutes = dice.random_range(0..3) * 24 * 60 + dice.random_range(60..8 * 60);
            self.crowd.plan(begins + TimeDelta::minutes(minutes), who, Intent::Knock(code));
        }
        Ok(())
    }

    /// Time passes, from one thing that happens to the next.
    async fn lives(&mut self) -> anyhow::Result<()> {
        let mut now = self.machine.now();
        let mut wake = Some(now);
        while now <= self.plan.end {
            self.machine.moves_to(now);
            let struck = self.troubles.strikes(&mut self.machine, &mut self.plan).await?;
            now = self.machine.now();
            // People who only wait, or plan their week, do not wake the bot.
            let heard = self.crowd.act(now);
            if struck || heard || wake.is_some_and(|at| at <= now) {
                wake = self.machine.rest().await?.map(|at| at.max(now + STEP));
                self.crowd.look(&self.machine.app.words());
                self.compares(now, false).await?;
            }
            let next = [wake, self.crowd.next(), self.troubles.next()].into_iter().flatten().min();
            now = next.unwrap_or(self.plan.end).max(now + TimeDelta::microseconds(1));
        }
        self.compares(now, true).await
    }

    /// Compares what people logged with what is stored, some weeks at a time and a week later, when all of it is in.
    async fn compares(&mut self, now: DateTime<Utc>, all: bool) -> anyhow::Result<()> {
        let until = match all {
            true => self.settings.weeks + 2,
            false => self.compared + LEDGER_WEEKS,
        };
        let first = Week::of(self.plan.start);
        let (from, to) = (first.plus(i32::try_from(self.compared)?), first.plus(i32::try_from(until)?));
        if !all && now < calendar::at(to.next().monday(), 3, 0, HOME_ZONE) {
            return Ok(());
        }
        self.compared = until;
        let days = from.monday()..to.monday();
        let app = std::sync::Arc::clone(&self.machine.app);
        let mut tx = app.db.read().await?;
        if self.tandems.is_empty() {
            let chats: Vec<i64> = self.crowd.people.iter().map(|person| person.chat).step_by(2).collect();
            let known = tx.known(&chats).await?;
            let of = |chat: &i64| known.iter().find(|known| known.address == *chat);
            let mut by_chat: Vec<(i64, TandemId)> =
                known.iter().filter_map(|known| Some((known.address, known.seats.first()?.0.clone()))).collect();
            by_chat.sort();
            let missing = chats.iter().filter(|chat| of(chat).is_none_or(|known| known.seats.is_empty())).count();
            if missing > 0 {
                self.broken.push(format!("joining: {missing} leads sit in no tandem"));
            }
            self.tandems = by_chat.into_iter().map(|(_, id)| id).collect();
        }
        for (nth, ids) in self.tandems.chunks(200).enumerate() {
            let tandems = tx.tandems(ids, from.monday(), from.monday()).await?;
            for (place, id) in ids.iter().enumerate() {
                let tandem = nth * 200 + place;
                let stored = tandems.iter().find(|tandem| tandem.id == *id);
                let entries = stored.into_iter().flat_map(|tandem| &tandem.entries).filter(|e| days.contains(&e.day));
                let (rows, sum) = entries.fold((0, 0), |(rows, sum), entry| (rows + 1, sum + entry.minutes));
                let two = [2 * tandem, 2 * tandem + 1].map(|who| &self.crowd.people[who].diary.logged);
                let said = two.into_iter().flatten().filter(|logged| days.contains(&logged.day));
                let said = said.fold((0, 0), |(entries, minutes), logged| (entries + 1, minutes + logged.minutes));
                self.broken.extend(rules::ledger(tandem, said, (rows, sum)));
            }
        }
        Ok(())
    }

    fn judged(self) -> Report {
        let notes: Notes = std::mem::take(&mut *self.machine.notes.lock().unwrap_or_else(PoisonError::into_inner));
        let diaries: Vec<&Diary> = self.crowd.people.iter().map(|person| &person.diary).collect();
        let mut verdict = judge_all(&self.plan, &diaries, &notes, &self.machine.app.words());
        verdict.broken.extend(self.broken);
        let fewest = rules::fewest_actions(&self.plan, diaries.iter().copied());
        if let Some((least, who)) = fewest.filter(|(least, _)| *least < FEWEST_ACTIONS) {
            verdict.broken.push(format!(
                "too little happened: {who} did {least} things in a week, {FEWEST_ACTIONS} are the least"
            ));
        }
        let actions: u64 = diaries.iter().map(|diary| diary.deeds.len() as u64).sum();
        let person_weeks = diaries.len() as u64 * u64::from(self.settings.weeks);
        if actions < MEAN_ACTIONS * person_weeks {
            verdict.broken.push(format!(
                "too little happened: {actions} actions in {person_weeks} weeks of a person, {MEAN_ACTIONS} in each are the least"
            ));
        }
        let statuses = self.machine.phones.with(|phones, _| phones.record().by_status.clone());
        Report::new(
            self.settings,
            verdict,
            actions,
            fewest.map_or(0, |(least, _)| least),
            self.troubles.count(),
            &statuses,
            &self.usage,
        )
    }
}

/// The judgement over everybody: what was owed beside what arrived, and the rules.
fn judge_all(plan: &Plan, diaries: &[&Diary], notes: &Notes, words: &Words) -> Verdict {
    let unclear = Unclear::new(&notes.unclear);
    let text = |lang: &Lang, key, name: &str, days| signs::about_cover(words, lang, key, name, days);
    let mut verdict = Verdict::new();
    for (nth, two) in diaries.chunks_exact(2).enumerate() {
        let (lead, deputy) = (two[0], two[1]);
        let cover = owed::cover_of_tandem(plan, [lead, deputy], &text);
        for (place, who) in two.iter().enumerate() {
            let chat = FIRST_CHAT + (2 * nth + place) as i64;
            let mut owed = owed::lessons(plan, who);
            if place == 0 {
                owed.extend(owed::hours(plan, lead, deputy));
            }
            owed.extend(owed::reminders(plan, who));
            owed.extend(owed::joined(plan, who));
            owed.extend(cover.iter().filter(|(to, _)| *to == place).map(|(_, owed)| owed.clone()));
            verdict.messages(plan, [who, two[1 - place]], owed, &unclear, chat);
            verdict.answers(plan, who, &unclear, chat);
            verdict.broken.extend(rules::ceilings(who));
            verdict.broken.extend(rules::quiet_hours(plan, who));
            verdict.broken.extend(rules::away(who));
            verdict.broken.extend(rules::asked_twice(who, two[1 - place], |got| unclear.count(chat, got.text)));
            let refused: Vec<_> = notes.shut.iter().filter(|one| one.chat == chat).copied().collect();
            verdict.broken.extend(rules::blocks(plan, who, &refused));
        }
        verdict.broken.extend(rules::on_target(lead, deputy));
    }
    verdict.refused(&notes.refused, diaries);
    verdict.finish();
    verdict
}

fn is_deputy(who: usize) -> bool {
    !who.is_multiple_of(2)
}

/// Everybody: two of three read German, every fifth tandem lives in New York.
fn people(settings: &Settings) -> Vec<Person> {
    let both = |tandem: u32| [(tandem, Role::Lead), (tandem, Role::Deputy)];
    let mut chat = FIRST_CHAT;
    let person = |(tandem, role): (u32, Role)| {
        let lang = Lang::from(if (chat as u64 ^ settings.seed).is_multiple_of(3) { "en" } else { "de" });
        let zone = if tandem % 5 == 4 { chrono_tz::America::New_York } else { HOME_ZONE };
        let name = match role {
            Role::Lead => format!("Ada{tandem}"),
            Role::Deputy => format!("Ben{tandem}"),
        };
        let diary = Diary::new(name, role, lang, zone);
        let person = Person::new(chat, diary, settings.seed, settings.weeks);
        chat += 1;
        person
    };
    (0..settings.tandems).flat_map(both).map(person).collect()
}
