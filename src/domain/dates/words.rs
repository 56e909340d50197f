//! The words for a day, German and English.
//!
//! Owns: the ways to name one day ("gestern", "Montag", "3.8.", "3 Aug", "2026-08-03"). Does not
//! decide which Monday or which year is meant: a duration looks back, an absence looks ahead.

use chrono::{Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::tokens::Token;

/// A day as somebody named it, before anybody decided which one it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Day {
    /// So many days from today; negative is past.
    Shifted(i32),
    Weekday(Weekday, Which),
    /// "am 3.": a day of some month.
    OfMonth(u32),
    /// "3" in "3-7 August", which only the other end makes a day. Never found here.
    PlainNumber(u32),
    /// "3.8.": a day of some year.
    OfYear {
        day: u32,
        month: u32,
    },
    Full {
        year: i32,
        month: u32,
        day: u32,
    },
}

/// What was said before a weekday's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    Plain,
    Last,
    This,
    Next,
}

/// Half of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Half {
    Morning,
    Afternoon,
}

/// A day found at the start of some tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub day: Day,
    /// Which half of the day was named with it ("gestern Abend").
    pub half: Option<Half>,
    /// How many tokens it took.
    pub used: usize,
}

/// Years that a person can mean. Anything else is a slip of the finger.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// The date, if the calendar has it and a person can mean it.
pub(crate) fn date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    YEARS.contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, day)).flatten()
}

/// `date` moved by so many days. Stays where it is at the ends of the calendar.
pub(crate) fn shift(date: NaiveDate, days: i32) -> NaiveDate {
    let step = Days::new(u64::from(days.unsigned_abs()));
    let moved = if days < 0 { date.checked_sub_days(step) } else { date.checked_add_days(step) };
    moved.unwrap_or(date)
}

/// The day that the tokens start with, with the small words before it ("am", "on", "den").
pub(crate) fn find_day(tokens: &[Token]) -> Option<Found> {
    let skipped = tokens.iter().take_while(|t| t.is_word_of(&["am", "on", "den", "dem", "der", "the", "zum"])).count();
    let rest = &tokens[skipped..];
    let found = shifted(rest).or_else(|| weekday(rest)).or_else(|| calendar_day(rest))?;
    let mut found = Found { used: found.used + skipped, ..found };
    if let Some(half) = tokens.get(found.used).and_then(Token::word).and_then(half_of_day) {
        found.half = Some(half);
        found.used += 1;
    }
    Some(found)
}

/// "3.8" without the dot behind the month, which may as well be a number. The caller knows which.
pub(crate) fn find_loose_day(tokens: &[Token]) -> Option<Found> {
    let skipped = tokens.iter().take_while(|t| t.is_word_of(&["am", "on", "den", "dem", "zum"])).count();
    let (day, month) = tokens.get(skipped)?.number()?.split_once('.')?;
    let (day, month) = (day_number(day)?, day_number(month)?);
    (month <= 12).then_some(Found { day: Day::OfYear { day, month }, half: None, used: skipped + 1 })
}

/// A half of the day by its name.
pub(crate) fn half_of_day(word: &str) -> Option<Half> {
    match word {
        "früh" | "morgen" | "morgens" | "vormittag" | "vormittags" | "morning" => Some(Half::Morning),
        "mittag" | "nachmittag" | "nachmittags" | "abend" | "abends" | "afternoon" | "evening" | "night" => {
            Some(Half::Afternoon)
        }
        _ => None,
    }
}

/// A number that is written as a word, up to what people say in minutes.
pub(crate) fn number_word(word: &str) -> Option<u32> {
    Some(match word {
        "ein" | "eine" | "einer" | "einem" | "einen" | "a" | "an" | "one" => 1,
        "zwei" | "two" => 2,
        "drei" | "three" => 3,
        "vier" | "four" => 4,
        "fünf" | "fuenf" | "five" => 5,
        "sechs" | "six" => 6,
        "sieben" | "seven" => 7,
        "acht" | "eight" => 8,
        "neun" | "nine" => 9,
        "zehn" | "ten" => 10,
        "elf" | "eleven" => 11,
        "zwölf" | "zwoelf" | "twelve" => 12,
        "fünfzehn" | "fuenfzehn" | "fifteen" => 15,
        "zwanzig" | "twenty" => 20,
        "fünfundzwanzig" => 25,
        "dreißig" | "dreissig" | "thirty" => 30,
        "vierzig" | "forty" => 40,
        "fünfundvierzig" | "fuenfundvierzig" => 45,
        "fünfzig" | "fuenfzig" | "fifty" => 50,
        "sechzig" | "sixty" => 60,
        "neunzig" | "ninety" => 90,
        _ => return None,
    })
}

fn shifted(tokens: &[Token]) -> Option<Found> {
    let words: Vec<&str> = tokens.iter().take(4).map_while(Token::word).collect();
    let found = |days, half, used| Some(Found { day: Day::Shifted(days), half, used });
    match words.as_slice() {
        ["day", "before", "yesterday", ..] => return found(-2, None, 3),
        ["day", "after", "tomorrow", ..] => return found(2, None, 3),
        ["this", "morning", ..] => return found(0, Some(Half::Morning), 2),
        ["this", "afternoon" | "evening", ..] => return found(0, Some(Half::Afternoon), 2),
        ["heute" | "today", ..] => return found(0, None, 1),
        ["tonight", ..] => return found(0, Some(Half::Afternoon), 1),
        ["gestern" | "yesterday", ..] => return found(-1, None, 1),
        ["vorgestern", ..] => return found(-2, None, 1),
        ["morgen" | "tomorrow", ..] => return found(1, None, 1),
        ["übermorgen" | "uebermorgen", ..] => return found(2, None, 1),
        _ => {}
    }
    let count = |token: &Token| token.whole().or_else(|| token.word().and_then(number_word)).filter(|n| *n <= 366);
    match tokens {
        [vor, n, days, ..] if vor.is_word_of(&["vor"]) && days.is_word_of(&["tag", "tage", "tagen"]) => {
            found(-i32::try_from(count(n)?).ok()?, None, 3)
        }
        [n, days, ago, ..] if days.is_word_of(&["day", "days"]) && ago.is_word_of(&["ago"]) => {
            found(-i32::try_from(count(n)?).ok()?, None, 3)
        }
        _ => None,
    }
}

fn weekday(tokens: &[Token]) -> Option<Found> {
    let which = match tokens.first()?.word()? {
        "letzten" | "letzter" | "letzte" | "vorigen" | "vergangenen" | "last" => Which::Last,
        "diesen" | "dieser" | "this" => Which::This,
        "nächsten" | "nächster" | "naechsten" | "kommenden" | "next" => Which::Next,
        _ => Which::Plain,
    };
    let mut used = usize::from(which != Which::Plain);
    let (name, half) = weekday_name(tokens.get(used)?.word()?)?;
    used += 1;
    if tokens.get(used).is_some_and(|t| t.is_mark('.') && !t.spaced) {
        used += 1;
    }
    // "Montag, den 3.8.": the date says it all.
    let comma = usize::from(tokens.get(used).is_some_and(|t| t.is_mark(',')));
    let article = usize::from(tokens.get(used + comma).is_some_and(|t| t.is_word_of(&["den", "dem", "the"])));
    let rest = tokens.get(used + comma + article..).unwrap_or_default();
    match calendar_day(rest) {
        Some(found) if !matches!(found.day, Day::OfMonth(_)) => {
            Some(Found { half, used: used + comma + article + found.used, ..found })
        }
        _ => Some(Found { day: Day::Weekday(name, which), half, used }),
    }
}

/// A weekday by its name, also with a half of the day grown on ("montagabend").
pub(crate) fn weekday_name(word: &str) -> Option<(Weekday, Option<Half>)> {
    let plain = |word: &str| {
        Some(match word {
            "mo" | "mon" | "montag" | "montags" | "monday" | "mondays" => Weekday::Mon,
            "di" | "dienstag" | "dienstags" | "tue" | "tues" | "tuesday" | "tuesdays" => Weekday::Tue,
            "mi" | "mittwoch" | "mittwochs" | "wed" | "weds" | "wednesday" | "wednesdays" => Weekday::Wed,
            "do" | "donnerstag" | "donnerstags" | "thu" | "thur" | "thurs" | "thursday" | "thursdays" => Weekday::Thu,
            "fr" | "freitag" | "freitags" | "fri" | "friday" | "fridays" => Weekday::Fri,
            "sa" | "samstag" | "samstags" | "sonnabend" | "sat" | "saturday" | "saturdays" => Weekday::Sat,
            "so" | "sonntag" | "sonntags" | "sun" | "sunday" | "sundays" => Weekday::Sun,
            _ => return None,
        })
    };
    let grown = || {
        ["vormittag", "nachmittag", "mittag", "morgen", "abend"].into_iter().find_map(|suffix| {
            let day = word.strip_suffix(suffix).filter(|day| day.len() > 3)?;
            Some((plain(day)?, half_of_day(suffix)))
        })
    };
    plain(word).map(|day| (day, None)).or_else(grown)
}

fn calendar_day(tokens: &[Token]) -> Option<Found> {
    iso(tokens).or_else(|| dotted(tokens)).or_else(|| with_month_name(tokens)).or_else(|| day_of_month(tokens))
}

fn iso(tokens: &[Token]) -> Option<Found> {
    let [year, dash, month, dash2, day, ..] = tokens else { return None };
    let glued = [dash, month, dash2, day].iter().all(|t| !t.spaced) && dash.is_mark('-') && dash2.is_mark('-');
    let year = year.number().filter(|digits| digits.len() == 4 && glued)?.parse().ok()?;
    let day = Day::Full { year, month: day_number(month.number()?)?, day: day_number(day.number()?)? };
    Some(Found { day, half: None, used: 5 })
}

fn dotted(tokens: &[Token]) -> Option<Found> {
    let parts: Vec<&str> = tokens.first()?.number()?.split('.').collect();
    match parts.as_slice() {
        [day, month, year] => {
            let year = match year.len() {
                2 => 2000 + year.parse::<i32>().ok()?,
                4 => year.parse().ok()?,
                _ => return None,
            };
            let day = Day::Full { year, month: day_number(month)?, day: day_number(day)? };
            Some(Found { day, half: None, used: 1 })
        }
        [day, month] => {
            tokens.get(1).filter(|t| t.is_mark('.') && !t.spaced)?;
            let (day, month) = (day_number(day)?, day_number(month)?);
            Some(match year_after(tokens, 2) {
                Some(year) => Found { day: Day::Full { year, month, day }, half: None, used: 3 },
                None => Found { day: Day::OfYear { day, month }, half: None, used: 2 },
            })
        }
        _ => None,
    }
}

/// "3. August", "3 Aug", "3rd of August", "Aug 3", "August 3rd, 2026".
fn with_month_name(tokens: &[Token]) -> Option<Found> {
    let mut used = 0;
    let (day, month) = if let Some(month) = tokens.first()?.word().and_then(month_name) {
        used += 1 + dot(tokens, 1);
        let day = day_number(tokens.get(used)?.number()?)?;
        used += 1;
        used += ordinal_suffix(tokens, used);
        used += usize::from(tokens.get(used).is_some_and(|t| t.is_mark(',')) && year_after(tokens, used + 1).is_some());
        (day, month)
    } else {
        let day = day_number(tokens.first()?.number()?)?;
        used += 1;
        used += ordinal_suffix(tokens, used);
        used += usize::from(tokens.get(used).is_some_and(|t| t.is_word_of(&["of"])));
        let month = month_name(tokens.get(used)?.word()?)?;
        used += 1;
        used += dot(tokens, used);
        (day, month)
    };
    let day = match year_after(tokens, used) {
        Some(year) => {
            used += 1;
            Day::Full { year, month, day }
        }
        None => Day::OfYear { day, month },
    };
    Some(Found { day, half: None, used })
}

/// "3." or "3rd", alone.
fn day_of_month(tokens: &[Token]) -> Option<Found> {
    let day = day_number(tokens.first()?.number()?)?;
    let suffix = ordinal_suffix(tokens, 1);
    (suffix > 0).then_some(Found { day: Day::OfMonth(day), half: None, used: 1 + suffix })
}

fn dot(tokens: &[Token], at: usize) -> usize {
    usize::from(tokens.get(at).is_some_and(|t| t.is_mark('.') && !t.spaced))
}

fn ordinal_suffix(tokens: &[Token], at: usize) -> usize {
    let english = tokens.get(at).is_some_and(|t| !t.spaced && t.is_word_of(&["st", "nd", "rd", "th"]));
    if english { 1 } else { dot(tokens, at) }
}

/// A year of four digits at this place.
fn year_after(tokens: &[Token], at: usize) -> Option<i32> {
    let year = tokens.get(at)?.number().filter(|digits| digits.len() == 4)?.parse().ok()?;
    YEARS.contains(&year).then_some(year)
}

/// One or two digits: a day or a month (which may still be one that no calendar has).
fn day_number(digits: &str) -> Option<u32> {
    (digits.len() <= 2).then(|| digits.parse().ok()).flatten()
}

fn month_name(word: &str) -> Option<u32> {
    Some(match word {
        "januar" | "jänner" | "jan" | "january" => 1,
        "februar" | "feb" | "february" => 2,
        "märz" | "maerz" | "mär" | "mrz" | "march" | "mar" => 3,
        "april" | "apr" => 4,
        "mai" | "may" => 5,
        "juni" | "jun" | "june" => 6,
        "juli" | "jul" | "july" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "oktober" | "okt" | "october" | "oct" => 10,
        "november" | "nov" => 11,
        "dezember" | "dez" | "december" | "dec" => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn day_of(text: &str) -> Option<Day> {
        let tokens = tokens(text);
        find_day(&tokens).filter(|found| found.used == tokens.len()).map(|found| found.day)
    }

    #[test]
    fn one_day_has_many_names() {
        let third = Some(Day::OfYear { day: 3, month: 8 });
        for text in ["3.8.", "03.08.", "3. August", "3 Aug", "3 Aug.", "Aug 3", "3rd of August", "am 3.8.", "Mo 3.8."] {
            assert_eq!(day_of(text), third, "{text}");
        }
        let full = Some(Day::Full { year: 2026, month: 8, day: 3 });
        for text in ["3.8.2026", "3.8.26", "2026-08-03", "3. August 2026", "August 3, 2026", "Montag, den 3.8.2026"] {
            assert_eq!(day_of(text), full, "{text}");
        }
        for (text, days) in [("vor 3 Tagen", -3), ("two days ago", -2), ("the day before yesterday", -2), ("heute", 0)]
        {
            assert_eq!(day_of(text), Some(Day::Shifted(days)), "{text}");
        }
        assert_eq!(day_of("letzten Freitag"), Some(Day::Weekday(Weekday::Fri, Which::Last)));
        assert_eq!(day_of("Montagabend"), Some(Day::Weekday(Weekday::Mon, Which::Plain)));
        for text in ["3", "3.8", "Hund", "3.8.2", "1h", "", "31", "2026"] {
            assert_eq!(day_of(text), None, "{text}");
        }
    }
}
