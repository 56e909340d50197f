//! What somebody means by "weg 3.–7.8." or "away tomorrow to Friday": absences and single dates as text.
//!
//! Owns: the grammar of absences in German and English, and which year or weekday is meant when none was
//! written. Does not know absences themselves, cover, or reasons: a word such as "Urlaub" or "sick" is
//! understood, and nothing of it is kept.

mod named;
#[cfg(test)]
mod tests;
pub(crate) mod tokens;
pub(crate) mod words;

pub use named::named;
pub use words::Half;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use self::tokens::{Token, tokens};
use self::words::{Day, Found, Which, find_day, find_loose_day, half_of_day, shift};
use super::calendar::Week;

/// Days that one absence may span; longer is a leave, and the tandem's to settle.
pub const MAX_DAYS: i64 = 366;

/// A date without a year that lies back up to so many days is meant in the past.
const LOOKS_BACK_DAYS: i32 = 30;
/// A date with its year may lie back so many days: until then a late absence still corrects a week.
const RETROACTIVE_DAYS: i64 = 60;
/// Longer than this only with the year: "7.8. bis 3.8." is a slip, not almost a year.
const GUESSED_DAYS: i64 = 183;

/// Longer texts are letters.
const MAX_CHARS: usize = 200;

/// The days of an absence, first and last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Which half, if it is only half of a single day.
    pub half: Option<Half>,
    /// Whether a beginning without an end was named ("ab Montag"): the one day stands until asked.
    pub open: bool,
}

/// Why a text is no absence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No day in it, or more than days.
    #[error("not a date")]
    NotADate,
    /// A day that no calendar has, as `day.month.` with the year if one was written.
    #[error("there is no day {0}")]
    Impossible(String),
    #[error("{to} lies before {from}")]
    Backwards { from: NaiveDate, to: NaiveDate },
    #[error("more than {MAX_DAYS} days")]
    TooLong,
    /// So long past that nothing would follow from it.
    #[error("{0} is long past")]
    LongPast(NaiveDate),
}

/// Reads a text as the days of one absence.
///
/// # Errors
/// See [`Refusal`].
pub fn parse(text: &str, today: NaiveDate) -> Result<Span, Refusal> {
    let tokens = short_tokens(text)?;
    let mut at = skip_small_words(&tokens, 0);
    if tokens.get(at).is_some_and(|t| t.is_mark('-')) {
        // "weg -3.": until the third, or a slip? Nobody can tell, so nothing is noted.
        if dash_on_a_number(text) {
            return Err(Refusal::NotADate);
        }
        at = skip_small_words(&tokens, at + 1);
    }
    let (start, at) = start(&tokens, at, today).ok_or(Refusal::NotADate)?;
    let (end, at) = end(&tokens, at).map_or((None, at), |(end, at)| (Some(end), at));
    if skip_small_words(&tokens, at) < tokens.len() {
        return Err(Refusal::NotADate);
    }
    let span = match (start, end) {
        (Start::Days(from, to), None) => Span { from, to, half: None, open: false },
        (Start::Day { found, open }, None) => {
            let day = ahead(found.day, today)?;
            Span { from: day, to: day, half: found.half, open }
        }
        (Start::Day { found, .. }, Some(end)) => interval(found.day, end, today)?,
        _ => return Err(Refusal::NotADate),
    };
    checked(span, today)
}

/// Whether the first dash of a text stands alone before and touches a number behind.
fn dash_on_a_number(text: &str) -> bool {
    let Some((before, after)) = text.split_once(['-', '–', '—', '−']) else { return false };
    let alone = before.chars().next_back().is_none_or(char::is_whitespace);
    alone && after.chars().next().is_some_and(|c| c.is_ascii_digit())
}

/// Whether a text starts the way one announces an absence. Says nothing about whether days follow.
pub fn looks_like_absence(text: &str) -> bool {
    let Ok(tokens) = short_tokens(text) else { return false };
    let subject = tokens.iter().take_while(|t| t.is_word_in(SUBJECT)).count();
    tokens.get(subject).is_some_and(|t| t.is_word_in(AWAY)) || nicht_da(tokens.get(subject..).unwrap_or_default())
}

/// Reads a text as one date. Without a year it is the next such date, today included.
///
/// # Errors
/// `NotADate` or `Impossible`.
pub fn parse_date(text: &str, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    let tokens = short_tokens(text)?;
    let found = find_day(&tokens).or_else(|| find_loose_day(&tokens)).ok_or(Refusal::NotADate)?;
    if found.half.is_some() || !tokens[found.used..].iter().all(|t| t.is_mark('.')) {
        return Err(Refusal::NotADate);
    }
    match found.day {
        Day::OfYear { day, month } => on_or_after(day, month, today),
        day => ahead(day, today),
    }
}

/// Words for who is away, for being so, and small ones around the days. Skipped, and nothing of them is kept.
const SUBJECT: &str = "ich bin wir sind i i'm im am we are we're i'll will be habe have on komplett ganz";
const AWAY: &str = "weg away abwesend abwesenheit urlaub off vacation holiday holidays leave out verreist unterwegs \
    frei krank sick ill absent absence unavailable dienstreise";
const SMALL: &str = "office of vom von from am ab in im the den dem for für fehle mit nur only work and noch";

fn short_tokens(text: &str) -> Result<Vec<Token>, Refusal> {
    if text.chars().nth(MAX_CHARS).is_some() {
        return Err(Refusal::NotADate);
    }
    Ok(tokens(text.trim()))
}

/// The place behind words and marks that name no day.
fn skip_small_words(tokens: &[Token], at: usize) -> usize {
    let mut at = at;
    while let Some(token) = tokens.get(at) {
        let small = token.is_word_in(SUBJECT) || token.is_word_in(AWAY) || token.is_word_in(SMALL);
        let mark = ['.', ',', ':', '!', '(', ')', '\n'].into_iter().any(|mark| token.is_mark(mark));
        let width = if nicht_da(&tokens[at..]) { 2 } else { usize::from(small || mark) };
        if width == 0 || starts_open(tokens, at) {
            break;
        }
        at += width;
    }
    at
}

fn nicht_da(tokens: &[Token]) -> bool {
    matches!(tokens, [no, there, ..] if no.is_word_of(&["nicht", "not"]) && there.is_word_of(&["da", "there", "available", "in"]))
}

/// "ab Montag", "from now": a beginning.
fn starts_open(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| t.is_word_of(&["ab", "from", "since", "seit"]))
        && tokens.get(at + 1..).is_some_and(|rest| now(rest).is_some() || find_day(rest).is_some())
}

const TODAY: Found = Found { day: Day::Shifted(0), half: None, used: 1 };

fn now(tokens: &[Token]) -> Option<Found> {
    tokens.first()?.is_word_of(&["jetzt", "sofort", "now"]).then_some(TODAY)
}

/// What an absence starts with.
enum Start {
    /// A day; `open` if it was named as a beginning ("ab Montag").
    Day { found: Found, open: bool },
    /// Whole days already: "nächste Woche".
    Days(NaiveDate, NaiveDate),
}

/// The start at this place, and the place behind it.
fn start(tokens: &[Token], at: usize, today: NaiveDate) -> Option<(Start, usize)> {
    let rest = tokens.get(at..)?;
    if let Some((from, to, used)) = week(rest, today) {
        return Some((Start::Days(from, to), at + used));
    }
    // "bis Freitag": from today.
    if rest.first()?.word().is_some() && until(rest).is_some() {
        return Some((Start::Day { found: TODAY, open: false }, at));
    }
    let open = starts_open(tokens, at);
    let mut next = at + usize::from(open);
    let mut half = half_day_words(tokens, &mut next);
    let mut found = some_day(tokens.get(next..)?)?;
    next += found.used;
    half = half.or_else(|| half_day_words(tokens, &mut next));
    found.half = found.half.or(half);
    Some((Start::Day { found, open }, next))
}

/// The last day at this place, if an end is named, and the place behind it.
fn end(tokens: &[Token], at: usize) -> Option<(End, usize)> {
    let at = at + usize::from(tokens.get(at).is_some_and(|t| t.is_mark(',')));
    let adjacent = tokens.get(at)?.is_word_of(&["und", "and"]) || tokens[at].is_mark('+') || tokens[at].is_mark('&');
    let used = if adjacent { 1 } else { until(tokens.get(at..)?)? };
    let rest = tokens.get(at + used..)?;
    let found = some_day(rest)?;
    // The half of a last day is rounded up to the whole: a half day stands alone.
    Some((End { day: found.day, adjacent }, at + used + found.used))
}

struct End {
    day: Day,
    /// "Donnerstag und Freitag" rather than "bis".
    adjacent: bool,
}

/// The word between a first and a last day, and how many tokens it takes.
fn until(tokens: &[Token]) -> Option<usize> {
    let first = tokens.first()?;
    if !first.is_mark('-') && !first.is_word_of(&["bis", "to", "until", "till", "til", "through", "thru"]) {
        return None;
    }
    let more = tokens[1..]
        .iter()
        .take_while(|t| {
            t.is_word_of(&["zum", "einschließlich", "einschl", "inkl", "inklusive", "and", "including", "up", "to"])
        })
        .count();
    Some(1 + more)
}

/// A day in any writing, also those that mean something else in other texts: "3.8", and "3" in "3-7 August".
fn some_day(tokens: &[Token]) -> Option<Found> {
    let plain = || {
        let day = tokens.first()?.whole().filter(|day| (1..=31).contains(day))?;
        Some(Found { day: Day::PlainNumber(day), half: None, used: 1 })
    };
    find_day(tokens).or_else(|| now(tokens)).or_else(|| find_loose_day(tokens)).or_else(plain)
}

/// "halber Tag", "half a day", "vormittags" at this place, which moves behind it.
fn half_day_words(tokens: &[Token], at: &mut usize) -> Option<Half> {
    let texts: Vec<&str> = tokens.get(*at..)?.iter().take(4).map_while(Token::word).collect();
    let (half, used) = match texts.as_slice() {
        ["half", "day", ..] | ["halber" | "halben", "tag", ..] => (Half::Morning, 2),
        ["a", "half", "day", ..] | ["half", "a", "day", ..] => (Half::Morning, 3),
        ["ein" | "einen", "halber" | "halben", "tag", ..] => (Half::Morning, 3),
        ["in", "the", word, ..] => (half_of_day(word)?, 3),
        [word @ ("vormittags" | "nachmittags"), ..] => (half_of_day(word)?, 1),
        _ => return None,
    };
    *at += used;
    Some(half)
}

/// "nächste Woche", "diese Woche", "KW 32", "two weeks": whole days, and how many tokens they take.
fn week(tokens: &[Token], today: NaiveDate) -> Option<(NaiveDate, NaiveDate, usize)> {
    let texts: Vec<&str> = tokens.iter().take(3).map_while(Token::word).collect();
    let working = |week: Week, used| Some((week.monday(), shift(week.monday(), 4), used));
    let this = Week::of(today);
    match texts.as_slice() {
        ["week", "after", "next", ..] => return working(this.plus(2), 3),
        ["nächste" | "naechste" | "nächster" | "kommende" | "next", "woche" | "week", ..] => {
            return working(this.next(), 2);
        }
        ["übernächste" | "uebernaechste", "woche", ..] => return working(this.plus(2), 2),
        ["letzte" | "vorige" | "last", "woche" | "week", ..] => return working(this.prev(), 2),
        ["diese" | "this", "woche" | "week", ..] => {
            // What is left of it; at the weekend that is the weekend.
            let friday = shift(this.monday(), 4);
            return Some((today, if today > friday { this.sunday() } else { friday }, 2));
        }
        _ => {}
    }
    if tokens.first()?.is_word_of(&["kw", "week", "kalenderwoche"]) {
        let number = tokens.get(1)?.whole()?;
        let of_year = |year| Week::new(year, number).filter(|week| week.sunday() >= today);
        return working(of_year(this.year()).or_else(|| of_year(this.year() + 1))?, 2);
    }
    None
}

fn interval(first: Day, last: End, today: NaiveDate) -> Result<Span, Refusal> {
    let (first, last_day) = borrow_month(first, last.day);
    let (from, to) = match (first, last_day) {
        (Day::OfYear { .. }, Day::OfYear { .. }) => both_without_year(first, last_day, today)?,
        // "28.12. bis 3.1.2027": the year of the last day decides.
        (Day::OfYear { day, month }, Day::Full { year, month: last_month, day: last_date }) => {
            let year = if (month, day) > (last_month, last_date) { year - 1 } else { year };
            (existing(year, month, day)?, ahead(last_day, today)?)
        }
        _ => {
            let from = ahead(first, today)?;
            (from, last_from(last_day, from, today)?)
        }
    };
    if last.adjacent && to != shift(from, 1) {
        return Err(Refusal::NotADate);
    }
    Ok(Span { from, to, half: None, open: false })
}

/// Two dates without a year: the next such days, or those that are not over for long.
fn both_without_year(first: Day, last: Day, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), Refusal> {
    let (Day::OfYear { day, month }, past) = (first, shift(today, -LOOKS_BACK_DAYS)) else {
        return Err(Refusal::NotADate);
    };
    let likely = (-1..=1).filter_map(|years| words::date(today.year() + years, month, day)).find_map(|from| {
        let to = last_from(last, from, today).ok()?;
        (to >= past && (to - from).num_days() <= GUESSED_DAYS).then_some((from, to))
    });
    let named = || {
        let from = ahead(first, today)?;
        Ok((from, last_from(last, from, today)?))
    };
    likely.map_or_else(named, Ok)
}

/// The last day of an absence, given its first.
fn last_from(last: Day, from: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    match last {
        Day::Weekday(weekday, Which::Plain | Which::This) => Ok(first_weekday(weekday, from)),
        Day::OfMonth(day) => of_month_on_or_after(day, from),
        Day::OfYear { day, month } => {
            let to = on_or_after(day, month, from)?;
            match words::date(to.year() - 1, month, day) {
                Some(before) if (to - from).num_days() > GUESSED_DAYS => Err(Refusal::Backwards { from, to: before }),
                _ => Ok(to),
            }
        }
        day => ahead(day, today),
    }
}

/// A number or a day of some month takes the month of the other end: "3.–7.8.", "Aug 3-7".
fn borrow_month(first: Day, last: Day) -> (Day, Day) {
    match (first, last) {
        (Day::OfMonth(day) | Day::PlainNumber(day), Day::OfYear { month, .. }) => (Day::OfYear { day, month }, last),
        (Day::OfMonth(day) | Day::PlainNumber(day), Day::Full { year, month, .. }) => {
            (Day::Full { year, month, day }, last)
        }
        (Day::OfYear { month, .. }, Day::OfMonth(day) | Day::PlainNumber(day)) => (first, Day::OfYear { day, month }),
        (Day::Full { year, month, .. }, Day::OfMonth(day) | Day::PlainNumber(day)) => {
            (first, Day::Full { year, month, day })
        }
        both => both,
    }
}

fn checked(span: Span, today: NaiveDate) -> Result<Span, Refusal> {
    if span.to < span.from {
        return Err(Refusal::Backwards { from: span.from, to: span.to });
    }
    if (span.to - span.from).num_days() >= MAX_DAYS {
        return Err(Refusal::TooLong);
    }
    if (today - span.from).num_days() > RETROACTIVE_DAYS {
        return Err(Refusal::LongPast(span.from));
    }
    Ok(span)
}

/// The day meant when one speaks of being away: the next such weekday or date, unless just past.
fn ahead(day: Day, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    match day {
        Day::Shifted(days) => Ok(shift(today, days)),
        Day::Weekday(weekday, Which::Plain | Which::This) => Ok(first_weekday(weekday, today)),
        Day::Weekday(weekday, Which::Next) => Ok(first_weekday(weekday, shift(today, 1))),
        Day::Weekday(weekday, Which::Last) => Ok(first_weekday(weekday, shift(today, -7))),
        Day::OfMonth(day) => of_month_on_or_after(day, today),
        Day::OfYear { day, month } => on_or_after(day, month, shift(today, -LOOKS_BACK_DAYS)),
        Day::Full { year, month, day } => existing(year, month, day),
        Day::PlainNumber(_) => Err(Refusal::NotADate),
    }
}

fn first_weekday(weekday: Weekday, from: NaiveDate) -> NaiveDate {
    shift(from, weekday.days_since(from.weekday()).cast_signed())
}

fn existing(year: i32, month: u32, day: u32) -> Result<NaiveDate, Refusal> {
    words::date(year, month, day).ok_or_else(|| Refusal::Impossible(format!("{day}.{month}.{year}")))
}

fn on_or_after(day: u32, month: u32, from: NaiveDate) -> Result<NaiveDate, Refusal> {
    (0..=1)
        .filter_map(|years| words::date(from.year() + years, month, day))
        .find(|date| *date >= from)
        .ok_or_else(|| Refusal::Impossible(format!("{day}.{month}.")))
}

fn of_month_on_or_after(day: u32, from: NaiveDate) -> Result<NaiveDate, Refusal> {
    // No two months in a row lack a 30th or 31st.
    (0..=2)
        .filter_map(|months| {
            let month = from.with_day(1)?.checked_add_months(chrono::Months::new(months))?;
            words::date(month.year(), month.month(), day)
        })
        .find(|date| *date >= from)
        .ok_or_else(|| Refusal::Impossible(format!("{day}.")))
}
