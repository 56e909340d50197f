//! What goes wrong besides single calls: processes that end, clocks that are set.
//!
//! Owns: the levels of misfortune and when it strikes, by seeded dice.

use std::collections::VecDeque;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::diary::Slack;
use super::machine::{Ending, Machine};
use super::owed::Plan;
use crate::app::HOME_ZONE;
use crate::demo::phones::Faults;
use crate::domain::calendar;

/// How much goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    None,
    /// A bad day: two calls in a hundred fail, two are cut off.
    Mild,
    /// A fifth of all calls go wrong, the process is killed in the middle of things, its clock is set.
    Wild,
}

/// How far a clock is set forward or back, at most.
const CLOCK_OFF: i64 = 60;

/// Times in a week at which the process ends, and at which its clock is set.
const RESTARTS_A_WEEK: u32 = 4;
const CLOCKS_A_WEEK: u32 = 2;

#[derive(Clone, Copy, Debug)]
enum Trouble {
    Restart(Ending, TimeDelta),
    Clock(TimeDelta),
}

/// What is still to go wrong.
pub struct Troubles {
    coming: VecDeque<(DateTime<Utc>, Trouble)>,
    restarts: u32,
}

impl Level {
    pub fn name(self) -> &'static str {
        match self {
            Level::None => "none",
            Level::Mild => "mild",
            Level::Wild => "wild",
        }
    }

    pub fn faults(self, seed: u64) -> Faults {
        match self {
            Level::None => Faults::default(),
            Level::Mild => Faults::mild(seed),
            Level::Wild => Faults::wild(seed),
        }
    }

    /// What is still in time: a broadcast to all of them takes a while, and misfortune longer.
    pub fn slack(self, tandems: u32) -> Slack {
        let broadcast = TimeDelta::milliseconds(i64::from(tandems) * 200);
        let (early, minutes) = match self {
            Level::None => (0, 2),
            Level::Mild => (0, 7),
            Level::Wild => (CLOCK_OFF, 17),
        };
        Slack { early: TimeDelta::seconds(early), late: TimeDelta::minutes(minutes) + broadcast }
    }
}

impl Troubles {
    /// Plans a round's misfortunes. Many strike at the full hour, when lessons are on their way.
    pub fn new(level: Level, seed: u64, start: NaiveDate, weeks: u32) -> Self {
        let mut dice = ChaCha8Rng::seed_from_u64(seed.rotate_left(17));
        let mut coming = Vec::new();
        if level == Level::Wild {
            for week in 0..weeks {
                let monday = start + TimeDelta::weeks(i64::from(week));
                let at = |dice: &mut ChaCha8Rng| {
                    let day = monday + TimeDelta::days(dice.random_range(0..5));
                    let (hour, second) = (dice.random_range(8..17), dice.random_range(0..90));
                    calendar::at(day, hour, 0, HOME_ZONE) + TimeDelta::seconds(second)
                };
                for _ in 0..RESTARTS_A_WEEK {
                    let ending = [Ending::Clean, Ending::BeforeSending, Ending::AfterSending][dice.random_range(0..3)];
                    let down = TimeDelta::seconds(dice.random_range(1..120));
                    coming.push((at(&mut dice), Trouble::Restart(ending, down)));
                }
                for _ in 0..CLOCKS_A_WEEK {
                    let off = TimeDelta::seconds(dice.random_range(-CLOCK_OFF..=CLOCK_OFF));
                    coming.push((at(&mut dice), Trouble::Clock(off)));
                }
            }
        }
        coming.sort_by_key(|(at, _)| *at);
        Self { coming: coming.into(), restarts: 0 }
    }

    pub fn next(&self) -> Option<DateTime<Utc>> {
        self.coming.front().map(|(at, _)| *at)
    }

    /// How often the process was ended so far.
    pub fn count(&self) -> u32 {
        self.restarts
    }

    /// Lets happen what is due; says whether anything was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn strikes(&mut self, machine: &mut Machine, plan: &mut Plan) -> anyhow::Result<bool> {
        let mut struck = false;
        while self.next().is_some_and(|at| at <= machine.now()) {
            struck = true;
            match self.coming.pop_front() {
                Some((_, Trouble::Restart(ending, down))) => {
                    if ending != Ending::Clean {
                        plan.deaths.push(machine.now());
                    }
                    machine.restarts(ending, down).await?;
                    self.restarts += 1;
                }
                Some((_, Trouble::Clock(ahead))) => machine.sets_clock(ahead),
                None => break,
            }
        }
        Ok(struck)
    }
}
