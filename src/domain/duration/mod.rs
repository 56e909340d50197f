//! What somebody means by "1h30", "gestern 45m" or "an hour and a half": the entry of the ledger as text.
//!
//! Owns: the grammar of entries in German and English, and what is refused. Does not know the ledger (what
//! that day already holds), the person's language, or who is asked about a doubtful reading. A text is
//! only an entry if it starts with an amount of time, or with a day and one; a sentence with a number in it
//! is a sentence. Both languages are always understood, so that changing one's language changes nothing here.

mod amount;
#[cfg(test)]
#[path = "forms/tests.rs"]
mod forms;
#[cfg(test)]
mod tests;

use chrono::{Datelike, NaiveDate, Weekday};

use self::amount::{Amount, find_amount};
use super::dates::tokens::{Kind, Token, tokens};
use super::dates::words::{self, Day, Found, Which, find_day, find_loose_day};

/// Minutes that one day can hold at most; more is a slip of the finger.
pub const MAX_MINUTES_A_DAY: u32 = 16 * 60;

/// Longer texts are letters, not entries.
const MAX_CHARS: usize = 400;

/// Minutes on a date, as they were understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub date: NaiveDate,
    /// The likelier reading, 1 to [`MAX_MINUTES_A_DAY`].
    pub minutes: u32,
    /// The other reading, if the writing allows two and a day can hold it: "2" is two hours or two minutes.
    pub other: Option<u32>,
    /// Whether words followed that were recognised and not kept.
    pub note: bool,
    /// Whether the day was named; otherwise it is today because nothing else was said.
    pub named: bool,
}

/// Why a text is no entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not an entry at all: any other text.
    #[error("not a duration")]
    NotADuration,
    #[error("a duration must be above zero")]
    NotPositive,
    /// More than a day can hold.
    #[error("more than {MAX_MINUTES_A_DAY} minutes on {0}")]
    TooMuch(NaiveDate),
    #[error("{0} is in the future")]
    Future(NaiveDate),
    /// A day that no calendar has, as `day.month.` with the year if one was written.
    #[error("there is no day {0}")]
    ImpossibleDate(String),
}

impl Reading {
    /// What a button says.
    pub fn of(date: NaiveDate, minutes: u32) -> Self {
        Self { date, minutes, other: None, note: false, named: true }
    }
}

/// Reads a text as one or several entries, at most one for each date, in the order of their mention.
///
/// # Errors
/// See [`Refusal`]; `NotADuration` means that the text is about something else.
pub fn parse(text: &str, today: NaiveDate) -> Result<Vec<Reading>, Refusal> {
    let items = items(text).ok_or(Refusal::NotADuration)?;
    let days = days_of(&items);
    let mut readings: Vec<Reading> = Vec::new();
    let mut noted = false;
    for (item, day) in items.iter().zip(days) {
        let named = day.is_some();
        let date = match day.map_or(Ok(today), |day| past_date(day, today)) {
            // Behind a note this is the note's business: "45 min Planung, morgen 2 h Dreh".
            Err(Refusal::Future(_)) if noted => continue,
            date => date?,
        };
        if item.amount.minutes == 0 {
            return Err(Refusal::NotPositive);
        }
        add(&mut readings, date, item, named);
        noted |= item.note;
    }
    for reading in &mut readings {
        if reading.minutes > MAX_MINUTES_A_DAY {
            return Err(Refusal::TooMuch(reading.date));
        }
        reading.other = reading.other.filter(|other| (1..=MAX_MINUTES_A_DAY).contains(other));
    }
    Ok(readings)
}

/// Whether a text is an amount of time (or several) and nothing besides: no note, and next to a day's name
/// a unit. Asked while a writing task is open, when any other text is the answer to it. A text that
/// [`parse`] then refuses, such as "20 h", still is nothing but a duration.
pub fn is_nothing_but_a_duration(text: &str) -> bool {
    items(text).is_some_and(|items| {
        let dated = items.iter().any(|item| item.day.is_some());
        items.iter().all(|item| !item.note && (item.amount.anchored || !dated))
    })
}

/// One amount with what was said about it.
struct Item {
    day: Option<Day>,
    amount: Amount,
    note: bool,
    /// Joined to the one before by "+" or "und": the two share a day.
    joined: bool,
}

fn items(text: &str) -> Option<Vec<Item>> {
    if text.chars().nth(MAX_CHARS).is_some() {
        return None;
    }
    let tokens = tokens(text.trim());
    if tokens.last()?.is_mark('?') {
        return None;
    }
    let (first, mut at) = item_at(&tokens, 0)?;
    let mut items = vec![first];
    loop {
        match behind(&tokens, at, items.last_mut()?) {
            Behind::Another(item, end) => {
                items.push(item);
                at = end;
            }
            Behind::Nothing => return Some(items),
            Behind::Nonsense => return None,
        }
    }
}

/// What stands behind an item.
enum Behind {
    /// The next item, and where it ends.
    Another(Item, usize),
    /// Nothing that matters; at most the item's note.
    Nothing,
    /// Something that makes the whole text no entry.
    Nonsense,
}

/// Looks behind the last item, and marks a note or a day found there on it.
fn behind(tokens: &[Token], at: usize, last: &mut Item) -> Behind {
    let at = after_bracketed_day(tokens, at, last);
    if tokens[at..].iter().all(is_closing_mark) {
        return Behind::Nothing;
    }
    let (start, joined) = after_separators(tokens, at);
    if let Some((item, end)) = item_at(tokens, start)
        && (start > at || item.day.is_some())
    {
        return Behind::Another(Item { joined, ..item }, end);
    }
    if !last.amount.takes_note || !is_note(&tokens[at..]) {
        return Behind::Nonsense;
    }
    last.note = true;
    // A note ends where, behind a separator, another amount with a unit starts.
    let another = (start.max(at + 1)..tokens.len()).find_map(|place| {
        let (start, joined) = after_separators(tokens, place);
        let (item, end) = (start > place).then(|| item_at(tokens, start)).flatten()?;
        (item.amount.anchored && is_note(&tokens[end..])).then_some((Item { joined, ..item }, end))
    });
    another.map_or(Behind::Nothing, |(item, end)| Behind::Another(item, end))
}

fn item_at(tokens: &[Token], at: usize) -> Option<(Item, usize)> {
    let rest = tokens.get(at..)?;
    let item = |day, amount| Item { day, amount, note: false, joined: false };
    if let Some(found) = day_at(rest) {
        let colon = usize::from(rest.get(found.used).is_some_and(|t| t.is_mark(':') || t.is_mark(',')));
        if let Some(amount) = rest.get(found.used + colon..).and_then(find_amount) {
            return Some((item(Some(found.day), amount), at + found.used + colon + amount.used));
        }
    }
    if let Some(found) = find_loose_day(rest)
        && let Some(amount) = rest.get(found.used..).and_then(find_amount).filter(|amount| amount.anchored)
    {
        return Some((item(Some(found.day), amount), at + found.used + amount.used));
    }
    let amount = find_amount(rest)?;
    let end = at + amount.used;
    match day_behind(&tokens[end..]) {
        Some((day, used)) => Some((item(Some(day), amount), end + used)),
        None => Some((item(None, amount), end)),
    }
}

/// A day, also as one says whose time it was: "45 min vom 3.8.".
fn day_at(tokens: &[Token]) -> Option<Found> {
    let of = usize::from(tokens.first()?.is_word_of(&["vom", "from"]));
    find_day(&tokens[of..]).map(|found| Found { used: found.used + of, ..found })
}

/// The day behind an amount: "2 hours yesterday". "30 min so far" names no Sunday: two letters without "am"
/// before them must stand at the end.
fn day_behind(tokens: &[Token]) -> Option<(Day, usize)> {
    let preposition = tokens.first()?.is_word_of(&["am", "on"]);
    let loose = || preposition.then(|| find_loose_day(tokens)).flatten();
    let found = day_at(tokens).or_else(loose)?;
    // A day with an amount of its own starts the next item: "45m gestern" but "45m, heute 1h".
    let short = found.used == 1 && tokens[0].text.chars().count() == 2;
    let ends = tokens.get(found.used).is_none_or(|t| is_closing_mark(t) || is_separator(t));
    (!short || ends).then_some((found.day, found.used))
}

/// "45 min (gestern)", "45 min, gestern".
fn after_bracketed_day(tokens: &[Token], at: usize, last: &mut Item) -> usize {
    let opened = tokens.get(at).is_some_and(|t| t.is_mark('(') || t.is_mark(','));
    if !opened || last.day.is_some() {
        return at;
    }
    let Some(found) = find_day(&tokens[at + 1..]) else { return at };
    let end = at + 1 + found.used;
    if !tokens[end..].iter().all(is_closing_mark) {
        return at;
    }
    last.day = Some(found.day);
    end
}

fn is_closing_mark(token: &Token) -> bool {
    ['.', '!', ')', '\n'].into_iter().any(|mark| token.is_mark(mark))
}

fn is_separator(token: &Token) -> bool {
    [',', ';', '\n', '+', '&'].into_iter().any(|mark| token.is_mark(mark)) || is_joint(token)
}

fn is_joint(token: &Token) -> bool {
    token.is_mark('+') || token.is_mark('&') || token.is_word_of(&["und", "and", "plus", "sowie"])
}

/// The place behind the separators, and whether one of them joins rather than lists.
fn after_separators(tokens: &[Token], at: usize) -> (usize, bool) {
    let count = tokens[at..].iter().take_while(|t| is_separator(t)).count();
    (at + count, tokens[at..at + count].iter().any(is_joint))
}

/// Whether what stands behind an amount is a note on it. "2 Stunden pro Woche", "2 hours ago", "1:30 pm"
/// and "2 Stunden sind zu wenig" speak about time without entering any.
fn is_note(tokens: &[Token]) -> bool {
    const NEVER_FIRST: &str = "pro per je jede jeden jedes each every täglich wöchentlich monatlich daily weekly monthly \
        later später ago vorher nachher uhr pm bis to until till lang long left übrig zu too mal times sind ist war \
        waren wären is are was were would reicht reichen genügen nicht not oder or";
    const FRAMES: &str = "am im in die der den a the letzte letzten last nächste next vorige";
    const PERIODS: &str = "tag woche monat jahr day week month year";
    let joins_numbers = |t: &Token| t.is_mark('-') || t.is_mark(':');
    let mut rest = tokens.iter().filter(|t| t.kind != Kind::Mark || joins_numbers(t));
    let Some(first) = rest.next() else { return true };
    let followers: Vec<&Token> = rest.take(2).collect();
    if joins_numbers(first) {
        return followers.first().is_none_or(|t| t.number().is_none());
    }
    let hour_of_day = first.is_word_of(&["am"]) && followers.is_empty();
    let framed = first.is_word_in(FRAMES) && followers.iter().any(|t| t.is_word_in(PERIODS));
    !first.is_word_in(NEVER_FIRST) && !framed && !hour_of_day
}

/// The day of each item: its own, or the last one named before it, or for items joined by "+" the one
/// named behind them ("1h + 30 min gestern").
fn days_of(items: &[Item]) -> Vec<Option<Day>> {
    let mut days: Vec<Option<Day>> = Vec::with_capacity(items.len());
    for item in items {
        days.push(item.day.or(days.last().copied().flatten()));
    }
    for at in (1..items.len()).rev() {
        if items[at].joined && days[at - 1].is_none() {
            days[at - 1] = days[at];
        }
    }
    days
}

/// The day meant when one speaks of work done: the latest such weekday, the nearest such date.
fn past_date(day: Day, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    let date = match day {
        Day::Shifted(days) => words::shift(today, days),
        Day::Weekday(weekday, which) => latest_weekday(weekday, which, today),
        Day::OfMonth(day) | Day::PlainNumber(day) => latest_of_month(day, today)?,
        Day::OfYear { day, month } => nearest_date(day, month, today)?,
        Day::Full { year, month, day } => {
            words::date(year, month, day).ok_or_else(|| Refusal::ImpossibleDate(format!("{day}.{month}.{year}")))?
        }
    };
    if date > today { Err(Refusal::Future(date)) } else { Ok(date) }
}

fn latest_weekday(weekday: Weekday, which: Which, today: NaiveDate) -> NaiveDate {
    let back = today.weekday().days_since(weekday).cast_signed();
    match which {
        Which::Plain | Which::This => words::shift(today, -back),
        Which::Last if back == 0 => words::shift(today, -7),
        Which::Last => words::shift(today, -back),
        Which::Next if back == 0 => words::shift(today, 7),
        Which::Next => words::shift(today, 7 - back),
    }
}

fn latest_of_month(day: u32, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    let this_month = words::date(today.year(), today.month(), day).filter(|date| *date <= today);
    let last_of_before = today.with_day(1).map_or(today, |first| words::shift(first, -1));
    this_month
        .or_else(|| words::date(last_of_before.year(), last_of_before.month(), day))
        .ok_or_else(|| Refusal::ImpossibleDate(format!("{day}.")))
}

fn nearest_date(day: u32, month: u32, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    (-1..=1)
        .filter_map(|years| words::date(today.year() + years, month, day))
        .min_by_key(|date| (*date - today).num_days().abs())
        .ok_or_else(|| Refusal::ImpossibleDate(format!("{day}.{month}.")))
}

fn add(readings: &mut Vec<Reading>, date: NaiveDate, item: &Item, named: bool) {
    let Amount { minutes, other, .. } = item.amount;
    match readings.iter_mut().find(|reading| reading.date == date) {
        Some(reading) => {
            let either = other.is_some() || reading.other.is_some();
            let sum = reading.other.unwrap_or(reading.minutes).saturating_add(other.unwrap_or(minutes));
            reading.other = either.then_some(sum);
            reading.minutes = reading.minutes.saturating_add(minutes);
            reading.note |= item.note;
            reading.named |= named;
        }
        None => readings.push(Reading { date, minutes, other, note: item.note, named }),
    }
}
