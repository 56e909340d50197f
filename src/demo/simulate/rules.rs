//! What must never happen, whatever else does: the ceilings, quiet hours, absence, blocks, the ledger.
//!
//! Owns: one function for each rule of design that a record alone can show to be broken. Each answers with what is
//! wrong, in words; nothing is wrong when it answers with nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};

use super::diary::{Diary, Got, Sort, works};
use super::owed::{self, Plan};
use super::wire::Try;
use crate::domain::calendar::{self, Week};

/// Unasked messages a working day and a week.
const A_DAY: usize = 1;
const A_WEEK: usize = 3;

/// Questions about one run of days that are put once more: at seven days, at two, and a working day before.
const CHASES: usize = 3;

/// An absence counts from here on: what was on its way may still arrive.
const KNOWN_AFTER: TimeDelta = TimeDelta::minutes(45);

/// So soon after a block the bot must know of it.
const HEARD_WITHIN: TimeDelta = TimeDelta::minutes(1);

/// The fewest things that somebody does in a week in which nothing keeps them from it: hours on two days. A lesson may
/// wait for the next week.
pub const FEWEST_ACTIONS: usize = 2;

/// What people do in a week on the average, at least: two lessons step by step, and hours.
pub const MEAN_ACTIONS: u64 = 10;

/// At most one unasked message a day and three a week; what came twice counts once.
pub fn ceilings(who: &Diary) -> Vec<String> {
    let (mut days, mut weeks): (BTreeMap<NaiveDate, usize>, BTreeMap<Week, usize>) = Default::default();
    for got in unasked(who) {
        let day = who.date(got.at);
        *days.entry(day).or_default() += 1;
        *weeks.entry(Week::of(day)).or_default() += 1;
    }
    let days = days.into_iter().filter(|(_, count)| *count > A_DAY).map(|(day, count)| format!("{count} on {day}"));
    let weeks =
        weeks.into_iter().filter(|(_, count)| *count > A_WEEK).map(|(week, count)| format!("{count} in {week}"));
    days.chain(weeks).map(|many| format!("ceiling: {} was spoken to {many} unasked", who.name)).collect()
}

/// Nobody is spoken to unasked at night, at weekends, on holidays.
pub fn quiet_hours(plan: &Plan, who: &Diary) -> Vec<String> {
    let at_night = |got: &&Got| {
        let early = calendar::wall(got.at + plan.slack.early, who.zone);
        let late = calendar::wall(got.at - plan.slack.late, who.zone);
        early.hour() < calendar::QUIET_ENDS || late.hour() >= calendar::QUIET_STARTS || !works(who.date(got.at))
    };
    let polite = who.got.iter().filter(|got| got.sort.unasked() || got.sort == Sort::Released);
    polite.filter(at_night).map(|got| format!("quiet hours: {} got {:?} at {}", who.name, got.sort, got.at)).collect()
}

/// Nobody who is away is spoken to unasked.
pub fn away(who: &Diary) -> Vec<String> {
    let while_away = |got: &&Got| who.away(who.date(got.at), got.at - KNOWN_AFTER);
    let all = unasked(who).into_iter().filter(|got| while_away(&got));
    all.map(|got| format!("away: {} got {:?} at {}", who.name, got.sort, got.at)).collect()
}

/// The week's hours are not asked about once they are reached.
pub fn on_target(lead: &Diary, deputy: &Diary) -> Vec<String> {
    let asked =
        [lead, deputy].into_iter().flat_map(|who| who.got.iter().filter(|got| got.week).map(move |got| (who, got)));
    let needless = asked.filter(|(who, got)| {
        let week = Week::of(who.date(got.at));
        let week = if got.late { week.prev() } else { week };
        let before = got.at - KNOWN_AFTER;
        owed::logged(lead, deputy, week, before) >= owed::target(lead, deputy, week, got.at)
    });
    needless.map(|(who, got)| format!("on target: {} was asked for hours at {}", who.name, got.at)).collect()
}

/// A question about cover is put once for each time it was to be put, and chased three times at most.
pub fn asked_twice(helper: &Diary, absent: &Diary, unclear: impl Fn(&Got) -> usize) -> Vec<String> {
    let mut asks: BTreeMap<_, (usize, Got)> = BTreeMap::new();
    for got in helper.got.iter().filter(|got| matches!(got.sort, Sort::Ask | Sort::Chase)) {
        asks.entry((got.sort == Sort::Chase, got.text)).or_insert((0, *got)).0 += 1;
    }
    // It is put anew when the absent person asks again, and when the helper comes back from a block.
    let anew = absent.asked_again.len() + helper.shut.len();
    let too_often = asks.into_iter().filter(|((chased, _), (count, got))| {
        let most = if *chased { CHASES * (1 + anew) } else { 1 + anew };
        *count > most + unclear(got)
    });
    too_often
        .map(|(_, (count, got))| format!("asked twice: {} got {:?} {count} times", helper.name, got.sort))
        .collect()
}

/// Nothing is sent to somebody who blocked the bot, once that is known.
pub fn blocks(plan: &Plan, who: &Diary, refused: &[Try]) -> Vec<String> {
    let heard = |at: DateTime<Utc>| at + HEARD_WITHIN + plan.slack.late;
    let known = |one: &&Try| {
        let at = DateTime::from_timestamp_micros(one.at).unwrap_or_default();
        who.shut.iter().any(|shut| at > heard(shut.from) && shut.until.is_none_or(|end| at < end))
    };
    refused
        .iter()
        .filter(known)
        .map(|_| format!("block: {} was written to while the bot was blocked", who.name))
        .collect()
}

/// Each entry is stored exactly once.
pub fn ledger(tandem: usize, said: (usize, u32), stored: (usize, u32)) -> Option<String> {
    let ((entries, minutes), (rows, sum)) = (said, stored);
    (said != stored).then(|| {
        format!("ledger: tandem {tandem} logged {entries} entries ({minutes} min), {rows} are stored ({sum} min)")
    })
}

/// The fewest actions of anybody in a week in which nothing kept them from it, and who that was.
pub fn fewest_actions<'a>(plan: &Plan, people: impl Iterator<Item = &'a Diary>) -> Option<(usize, &'a str)> {
    let weeks: Vec<Week> =
        (0..plan.weeks).filter_map(|nth| Some(Week::of(plan.start).plus(i32::try_from(nth).ok()?))).collect();
    let mut fewest: Option<(usize, &str)> = None;
    for who in people {
        let mut counts: BTreeMap<Week, usize> = weeks.iter().map(|week| (*week, 0)).collect();
        for deed in &who.deeds {
            if let Some(count) = counts.get_mut(&Week::of(who.date(deed.at))) {
                *count += 1;
            }
        }
        for (week, count) in counts {
            if kept_from_it(who, week) {
                continue;
            }
            if fewest.is_none_or(|(least, _)| count < least) {
                fewest = Some((count, &who.name));
            }
        }
    }
    fewest
}

/// Whether somebody was away, or the bot shut out, in a week or the one before.
fn kept_from_it(who: &Diary, week: Week) -> bool {
    let (from, to) = (week.prev().monday(), week.sunday());
    let instants = (calendar::at(from, 0, 0, who.zone), calendar::at(to, 24, 0, who.zone));
    who.shut_between(instants.0, instants.1) || who.declared.iter().any(|d| d.days.from <= to && from <= d.days.to)
}

/// Unasked messages, without those that came twice.
fn unasked(who: &Diary) -> Vec<Got> {
    let mut kept: Vec<Got> = Vec::new();
    for got in who.got.iter().filter(|got| got.sort.unasked()) {
        if !kept.iter().any(|before| before.text == got.text && got.at - before.at < TimeDelta::hours(12)) {
            kept.push(*got);
        }
    }
    kept
}
