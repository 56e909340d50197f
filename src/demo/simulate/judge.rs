//! What was owed beside what arrived: for each kind, how much came, how late, twice, or not at all.
//!
//! Owns: matching and counting. What is owed is the oracle's, what else must never happen is in `rules`.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::diary::{Diary, Got, Mark, Sort, Wants};
use super::owed::{Certainty, Owed, Plan, What};
use super::wire::{Refused, Try, Why};

/// Within this time a text that came once more is the same message again; later it is another of the same words.
const AGAIN: TimeDelta = TimeDelta::minutes(30);

/// The kinds that are counted, as they are printed.
pub const KINDS: [&str; 7] = ["reply", "edit", "lesson", "week", "reminder", "cover", "notice"];

/// The figures of one kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Tally {
    /// What the rules owe.
    pub owed: u64,
    /// What arrived.
    pub sent: u64,
    /// How many of those came inside another message.
    pub merged: u64,
    /// Owed to somebody who could not be reached, or in doubt and of a kind that is not sent again.
    pub expired: u64,
    pub lost: u64,
    pub doubled: u64,
    /// Refused with 429 and with 403.
    pub too_many: u64,
    pub blocked: u64,
    /// Seconds after the moment at which the rules let it come.
    pub late_p50: f64,
    pub late_p99: f64,
    pub late_max: f64,
    #[serde(skip)]
    late: Vec<i64>,
}

/// All kinds, and what must not be.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    pub kinds: BTreeMap<&'static str, Tally>,
    /// What is lost or wrong, in words.
    pub broken: Vec<String>,
}

impl Verdict {
    pub fn new() -> Self {
        Self { kinds: KINDS.iter().map(|kind| (*kind, Tally::default())).collect(), broken: Vec::new() }
    }

    fn of(&mut self, kind: &'static str) -> &mut Tally {
        self.kinds.entry(kind).or_default()
    }

    /// Judges what one person got, besides answers.
    pub fn messages(
        &mut self,
        plan: &Plan,
        [who, partner]: [&Diary; 2],
        mut owed: Vec<Owed>,
        unclear: &Unclear,
        chat: i64,
    ) {
        // What may come at any time must not take what came in time for something that had to: their words are the same.
        owed.sort_by_key(|owed| (owed.certainty != Certainty::Must, owed.from));
        let mut used = vec![Used::default(); who.got.len()];
        for owed in &owed {
            self.one(plan, who, owed, &mut used, unclear, chat);
        }
        self.twice(who, partner, unclear, chat);
        for got in &who.got {
            let tally = self.of(kind_of(got.sort));
            tally.sent += u64::from(got.sort != Sort::Reply);
            // Parts of a message that is another kind's.
            if got.week && got.sort != Sort::Week {
                self.of("week").merged += 1;
            }
            if got.reminder && got.sort != Sort::Reminder {
                self.of("reminder").merged += 1;
            }
        }
    }

    fn one(&mut self, plan: &Plan, who: &Diary, owed: &Owed, used: &mut [Used], unclear: &Unclear, chat: i64) {
        let early = owed.from - plan.slack.early;
        // What nobody could be told in time may still come; the week's hours only until the next week asks.
        let until = match (owed.certainty, owed.what) {
            (Certainty::Must, _) => owed.until,
            (_, What::Hours) => owed.until + TimeDelta::days(4),
            _ => DateTime::<Utc>::MAX_UTC,
        };
        let fits = |got: &Got| got.at >= early && got.at <= until && is(owed.what, got);
        let found = who.got.iter().zip(used.iter()).position(|(got, used)| fits(got) && !used.by(owed.what));
        let kind = kind_of_owed(owed.what);
        if let Some(place) = found {
            used[place].take(owed.what);
        }
        let tally = self.of(kind);
        match (owed.certainty, found) {
            (Certainty::May, None) => {}
            (_, Some(place)) => {
                tally.owed += 1;
                // A reminder waits for a message that comes anyway, and what was uncertain has no moment of its own.
                if owed.what != What::Reminder && owed.certainty == Certainty::Must {
                    tally.late.push((who.got[place].at - owed.from).num_milliseconds().max(0));
                }
            }
            (Certainty::Expires, None) => {
                tally.owed += 1;
                tally.expired += 1;
            }
            (Certainty::Must, None) => {
                tally.owed += 1;
                if given_up(plan, owed, unclear, chat) {
                    tally.expired += 1;
                } else {
                    tally.lost += 1;
                    let (name, what) = (&who.name, owed.what);
                    self.broken.push(format!(
                        "lost: {what:?} to {name}, due {} to {}; the same came: {}; unasked around then: {}",
                        owed.from,
                        owed.until,
                        same(who, what),
                        around(who, owed.from)
                    ));
                }
            }
        }
    }

    /// The same text again within half an hour, or the same lesson ever: no more often than an answer was unclear. A
    /// question that the other had put again meanwhile is another one.
    fn twice(&mut self, who: &Diary, partner: &Diary, unclear: &Unclear, chat: i64) {
        let mut last: HashMap<(Mark, Option<usize>), DateTime<Utc>> = HashMap::new();
        let mut doubled: BTreeMap<Mark, (usize, &'static str)> = BTreeMap::new();
        for got in who.got.iter().filter(|got| got.sort != Sort::Reply) {
            let lesson = if let Sort::Lesson(lesson) = got.sort { Some(lesson) } else { None };
            let before = last.insert((got.text, lesson), got.at);
            let put_again = |before: DateTime<Utc>| {
                got.sort == Sort::Ask && partner.asked_again.iter().any(|(at, _)| *at > before && *at <= got.at)
            };
            if before.is_some_and(|before| lesson.is_some() || (got.at - before < AGAIN && !put_again(before))) {
                self.of(kind_of(got.sort)).doubled += 1;
                doubled.entry(got.text).or_insert((0, kind_of(got.sort))).0 += 1;
            }
        }
        for (text, (count, kind)) in doubled {
            let allowed = unclear.count(chat, text);
            if count > allowed {
                self.broken.push(format!(
                    "doubled: a {kind} to {} came {count} times more than once, {allowed} were unclear",
                    who.name
                ));
            }
        }
    }

    /// Judges the answers that one person got.
    pub fn answers(&mut self, plan: &Plan, who: &Diary, unclear: &Unclear, chat: i64) {
        let (mut messages, mut replies) = (0, 0_u64);
        for deed in who.deeds.iter().filter(|deed| deed.at + plan.slack.late < plan.end) {
            let kind = match deed.wants {
                Wants::Message => "reply",
                Wants::Change(_) => "edit",
            };
            let shut = who.shut_between(deed.at, deed.at + plan.slack.late);
            let tally = self.of(kind);
            tally.owed += 1;
            match deed.answered {
                Some(at) => {
                    tally.sent += 1;
                    messages += u64::from(kind == "reply");
                    tally.late.push((at - deed.at).num_milliseconds().max(0));
                }
                None if shut || !deed.sure => tally.expired += 1,
                None => {
                    tally.lost += 1;
                    self.broken.push(format!("lost: the answer to what {} did at {}", who.name, deed.at));
                }
            }
        }
        replies += who.got.iter().filter(|got| got.sort == Sort::Reply && got.at < plan.end).count() as u64;
        let late = who.deeds.iter().filter(|deed| deed.at + plan.slack.late >= plan.end).count() as u64;
        let more = replies.saturating_sub(messages + late);
        let unclear = unclear.of(chat);
        self.of("reply").doubled += more;
        if more > unclear {
            self.broken
                .push(format!("doubled: {} got {more} answers more than once, {unclear} were unclear", who.name));
        }
    }

    /// Counts refused calls by what the same words were when they arrived somewhere; what never did was an answer.
    pub fn refused(&mut self, refused: &[Refused], diaries: &[&Diary]) {
        let arrived: HashMap<Mark, &'static str> =
            diaries.iter().flat_map(|who| &who.got).map(|got| (got.text, kind_of(got.sort))).collect();
        for one in refused {
            let kind = one.text.map_or("edit", |text| arrived.get(&text).copied().unwrap_or("reply"));
            let tally = self.of(kind);
            match one.why {
                Why::TooMany => tally.too_many += 1,
                Why::Blocked => tally.blocked += 1,
            }
        }
    }

    /// Works out the percentiles.
    pub fn finish(&mut self) {
        for tally in self.kinds.values_mut() {
            tally.late.sort_unstable();
            let at = |share: f64| {
                let last = tally.late.len().saturating_sub(1);
                let place = (last as f64 * share).round() as usize;
                tally.late.get(place).map_or(0.0, |millis| *millis as f64 / 1000.0)
            };
            (tally.late_p50, tally.late_p99, tally.late_max) = (at(0.5), at(0.99), at(1.0));
        }
    }

    pub fn lost(&self) -> u64 {
        self.kinds.values().map(|tally| tally.lost).sum()
    }

    pub fn doubled(&self) -> u64 {
        self.kinds.values().map(|tally| tally.doubled).sum()
    }
}

/// What an arrived message has served for already.
#[derive(Clone, Copy, Debug, Default)]
struct Used {
    itself: bool,
    hours: bool,
    reminder: bool,
}

impl Used {
    fn by(self, what: What) -> bool {
        match what {
            What::Hours => self.hours,
            // One reminder names all tasks that were put off.
            What::Reminder => false,
            What::Lesson(_) | What::Cover(..) | What::Joined => self.itself,
        }
    }

    fn take(&mut self, what: What) {
        match what {
            What::Hours => self.hours = true,
            What::Reminder => self.reminder = true,
            What::Lesson(_) | What::Cover(..) | What::Joined => self.itself = true,
        }
    }
}

/// Sendings whose answer was lost, by chat.
#[derive(Clone, Debug, Default)]
pub struct Unclear(HashMap<i64, Vec<Try>>);

impl Unclear {
    pub fn new(tries: &[Try]) -> Self {
        let mut by_chat: HashMap<i64, Vec<Try>> = HashMap::new();
        for one in tries {
            by_chat.entry(one.chat).or_default().push(*one);
        }
        Self(by_chat)
    }

    /// How often this text was on its way to this chat with an unclear end.
    pub fn count(&self, chat: i64, text: Mark) -> usize {
        self.0.get(&chat).map_or(0, |tries| tries.iter().filter(|one| one.text == text).count())
    }

    fn of(&self, chat: i64) -> u64 {
        self.0.get(&chat).map_or(0, |tries| tries.len() as u64)
    }

    fn between(&self, chat: i64, from: DateTime<Utc>, until: DateTime<Utc>) -> bool {
        let times = from.timestamp_micros()..=until.timestamp_micros();
        self.0.get(&chat).is_some_and(|tries| tries.iter().any(|one| times.contains(&one.at)))
    }
}

/// What else came unasked in the days around an instant, for whoever looks into a finding.
fn around(who: &Diary, at: DateTime<Utc>) -> String {
    let near = |got: &&Got| got.sort.unasked() && (got.at - at).abs() < TimeDelta::days(5);
    let lines = who.got.iter().filter(near).map(|got| format!("{:?} {}", got.sort, got.at.format("%a %d %H:%M")));
    let away = who.declared.iter().map(|d| format!("away {} to {}", d.days.from, d.days.to));
    lines.chain(away).collect::<Vec<_>>().join(", ")
}

/// When the same came at any time, for whoever looks into a finding.
fn same(who: &Diary, what: What) -> String {
    let times = who.got.iter().filter(|got| is(what, got)).map(|got| got.at.to_rfc3339());
    Some(times.collect::<Vec<_>>().join(", ")).filter(|times| !times.is_empty()).unwrap_or_else(|| "never".to_owned())
}

/// Whether something is of a kind that is not sent again when its fate is unclear, and it was unclear.
fn given_up(plan: &Plan, owed: &Owed, unclear: &Unclear, chat: i64) -> bool {
    let once = matches!(owed.what, What::Hours | What::Reminder);
    let (from, until) = (owed.from - plan.slack.early, owed.until);
    once && (unclear.between(chat, from, until) || plan.deaths.iter().any(|at| *at >= from && *at <= until))
}

fn is(what: What, got: &Got) -> bool {
    match what {
        What::Lesson(lesson) => got.sort == Sort::Lesson(lesson),
        What::Hours => got.week,
        What::Reminder => got.reminder,
        What::Cover(sort, text) => got.sort == sort && got.text == text,
        What::Joined => got.sort == Sort::Notice,
    }
}

fn kind_of(sort: Sort) -> &'static str {
    match sort {
        Sort::Lesson(_) => "lesson",
        Sort::Week => "week",
        Sort::Reminder => "reminder",
        Sort::Ask | Sort::Chase | Sort::Gap | Sort::Taken | Sort::Handover | Sort::Released | Sort::CoverNews => {
            "cover"
        }
        Sort::Notice => "notice",
        Sort::Reply => "reply",
    }
}

fn kind_of_owed(what: What) -> &'static str {
    match what {
        What::Lesson(_) => "lesson",
        What::Hours => "week",
        What::Reminder => "reminder",
        What::Cover(..) => "cover",
        What::Joined => "notice",
    }
}
