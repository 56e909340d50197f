//! One amount of time at the start of some tokens: "1h30", "90 min", "anderthalb Stunden", "1.30", "45".
//!
//! Does not know days, notes or several amounts in one text.

use crate::domain::dates::tokens::{Kind, Token};
use crate::domain::dates::words::{find_day, number_word};

/// An amount of time as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    /// The likelier reading. Zero also stands for anything below zero: both are refused alike.
    pub minutes: u32,
    /// The other reading, where the writing allows two.
    pub other: Option<u32>,
    /// Whether words may follow it. "45 Posts" is no entry, "45 min Posts" is one.
    pub takes_note: bool,
    /// Whether a unit or a colon says that it is a time, and not any number.
    pub anchored: bool,
    /// How many tokens it took.
    pub used: usize,
}

/// Above this a colon may as well be the time of day, as in "10:30 Treffen".
const CLOCK_NOTE_HOURS: u32 = 5;
/// A bare number up to here is hours, above it minutes.
const BARE_HOURS: u32 = 5;

/// The amount that the tokens start with.
pub(super) fn find_amount(tokens: &[Token]) -> Option<Amount> {
    let mut skipped = fillers(tokens);
    let negative = tokens.get(skipped).is_some_and(|t| t.is_mark('-') || t.is_word_of(&["minus"]));
    skipped += usize::from(negative);
    let rest = &tokens[skipped..];
    let amount = written_with_colon(rest).or_else(|| with_unit(rest)).or_else(|| bare(rest))?;
    let amount = Amount { used: amount.used + skipped, ..amount };
    if tokens.get(amount.used).is_some_and(breaks) {
        return None;
    }
    Some(if negative { Amount { minutes: 0, other: None, ..amount } } else { amount })
}

/// "about", "ca." and such, which change nothing.
fn fillers(tokens: &[Token]) -> usize {
    const FILLERS: &str = "ca circa zirka etwa ungefähr rund nochmal nochmals about around roughly approx \
        approximately another";
    let mut used = 0;
    while let Some(token) = tokens.get(used) {
        let filler = token.is_word_in(FILLERS) || token.is_mark('~') || token.is_mark('+');
        let dot = used > 0 && token.is_mark('.') && !token.spaced;
        if !filler && !dot {
            break;
        }
        used += 1;
    }
    used
}

/// What right behind an amount makes it something else: "3mal", "30%", "2h-Workshop", "30 min/Tag".
fn breaks(next: &Token) -> bool {
    !next.spaced
        && match next.kind {
            Kind::Number | Kind::Word => true,
            Kind::Mark => next.text.starts_with(['/', '-', '%', '°', '€', '$', '*', '=', '\'', '_', '#', '@']),
        }
}

/// "1:30", with or without a unit for hours behind it.
fn written_with_colon(tokens: &[Token]) -> Option<Amount> {
    let (hours, minutes) = tokens.first()?.number()?.split_once(':')?;
    if minutes.len() != 2 || hours.len() > 2 {
        return None;
    }
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    if minutes >= 60 || unit_at(tokens, 1).is_some_and(|(unit, _)| unit == Unit::Minutes) {
        return None;
    }
    let unit = unit_at(tokens, 1).map_or(0, |(_, used)| used);
    Some(Amount {
        minutes: hours * 60 + minutes,
        other: None,
        takes_note: unit > 0 || hours <= CLOCK_NOTE_HOURS,
        anchored: true,
        used: 1 + unit,
    })
}

/// A quantity and its unit, with the minutes behind the hours if there are any.
fn with_unit(tokens: &[Token]) -> Option<Amount> {
    if let Some(amount) = quarter_hours(tokens) {
        return Some(amount);
    }
    let (quantity, count) = quantity(tokens)?;
    let (unit, unit_len) = unit_at(tokens, count)?;
    let mut used = count + unit_len;
    let (mut minutes, mut other) = match unit {
        Unit::Minutes => (quantity.as_minutes()?, None),
        Unit::Hours => quantity.as_hours(true),
    };
    if unit == Unit::Hours
        && let Some((more, tail)) = minutes_after_hours(tokens, used)
    {
        minutes = minutes.saturating_add(more);
        other = other.map(|other| other.saturating_add(more));
        used += tail;
    }
    Some(Amount { minutes, other, takes_note: true, anchored: true, used })
}

/// A number and nothing that says what it counts.
fn bare(tokens: &[Token]) -> Option<Amount> {
    let token = tokens.first().filter(|t| t.kind == Kind::Number)?;
    let (minutes, other) = match Quantity::of_number(token)? {
        Quantity::Whole(_) if token.text.len() > 4 => return None,
        Quantity::Whole(n @ 1..=BARE_HOURS) => (n * 60, Some(n)),
        Quantity::Whole(n) => (n, Some(n.saturating_mul(60))),
        Quantity::Hundredths(_) => return None,
        // "3.8." is a date that lacks its amount.
        Quantity::Dot(..) if tokens.get(1).is_some_and(|t| t.is_mark('.') && !t.spaced) => return None,
        written => written.as_hours(false),
    };
    Some(Amount { minutes, other, takes_note: false, anchored: false, used: 1 })
}

/// How many of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quantity {
    Whole(u32),
    /// Exact hundredths: halves, quarters, and words for them.
    Hundredths(u32),
    /// Written with a comma: whole part, digits behind it, how many digits.
    Comma(u32, u32, usize),
    /// Written with a dot, which may also part hours from minutes.
    Dot(u32, u32, usize),
}

impl Quantity {
    fn of_number(token: &Token) -> Option<Self> {
        let text = token.number()?;
        let whole = |digits: &str| digits.parse::<u32>().unwrap_or(u32::MAX).min(1_000_000);
        let decimal = |(before, after): (&str, &str)| {
            (after.len() <= 2).then(|| after.parse().ok()).flatten().map(|digits| (whole(before), digits, after.len()))
        };
        if text.bytes().all(|b| b.is_ascii_digit()) {
            return Some(Self::Whole(whole(text)));
        }
        match text {
            "1/4" => return Some(Self::Hundredths(25)),
            "1/2" => return Some(Self::Hundredths(50)),
            "3/4" => return Some(Self::Hundredths(75)),
            _ => {}
        }
        if let Some((before, digits, len)) = text.split_once(',').and_then(decimal) {
            return Some(Self::Comma(before, digits, len));
        }
        text.split_once('.').and_then(decimal).map(|(before, digits, len)| Self::Dot(before, digits, len))
    }

    fn hundredths(self) -> u64 {
        match self {
            Self::Whole(n) => u64::from(n) * 100,
            Self::Hundredths(n) => u64::from(n),
            Self::Comma(n, digits, len) | Self::Dot(n, digits, len) => {
                u64::from(n) * 100 + u64::from(digits) * if len == 1 { 10 } else { 1 }
            }
        }
    }

    /// So many minutes, rounded. "1.30 min" could be anything and is nothing.
    fn as_minutes(self) -> Option<u32> {
        match self {
            Self::Dot(_, _, 2) => None,
            _ => u32::try_from((self.hundredths() + 50) / 100).ok(),
        }
    }

    /// So many hours in minutes, and the other reading. Behind a dot two digits are minutes, but a quarter
    /// or a half with a unit behind it is a decimal; behind a comma they are one, and a quarter surely.
    fn as_hours(self, unit: bool) -> (u32, Option<u32>) {
        let decimal = u32::try_from((self.hundredths() * 60 + 50) / 100).unwrap_or(u32::MAX);
        let (Self::Comma(hours, digits @ 0..60, 2) | Self::Dot(hours, digits @ 0..60, 2)) = self else {
            return (decimal, None);
        };
        let clock = hours * 60 + digits;
        let quarter = matches!(digits, 25 | 50 | 75);
        let (likely, other) = match self {
            Self::Comma(..) if quarter => (decimal, decimal),
            Self::Dot(..) if !(unit && quarter) => (clock, decimal),
            _ => (decimal, clock),
        };
        (likely, (other != likely).then_some(other))
    }
}

/// The quantity at the start, in digits or words, and how many tokens it took.
fn quantity(tokens: &[Token]) -> Option<(Quantity, usize)> {
    let first = tokens.first()?;
    if let Some(hundredths) = fraction_mark(first) {
        return Some((Quantity::Hundredths(hundredths), 1));
    }
    if let Some(quantity) = Quantity::of_number(first) {
        let Quantity::Whole(n) = quantity else { return Some((quantity, 1)) };
        let fraction = tokens.get(1).and_then(|t| {
            fraction_mark(t).or(match Quantity::of_number(t) {
                Some(Quantity::Hundredths(part)) => Some(part),
                _ => None,
            })
        });
        if let Some(part) = fraction {
            return Some((Quantity::Hundredths(n.saturating_mul(100).saturating_add(part)), 2));
        }
        let (part, used) = and_a_half(tokens, 1).unwrap_or((0, 0));
        return match part {
            0 => Some((quantity, 1)),
            part => Some((Quantity::Hundredths(n.saturating_mul(100).saturating_add(part)), 1 + used)),
        };
    }
    in_words(tokens)
}

fn fraction_mark(token: &Token) -> Option<u32> {
    [('¼', 25), ('½', 50), ('¾', 75)].into_iter().find_map(|(mark, part)| token.is_mark(mark).then_some(part))
}

/// "eine halbe", "zweieinhalb", "three quarters of an", "forty-five", "one and a half", "an".
fn in_words(tokens: &[Token]) -> Option<(Quantity, usize)> {
    let word = tokens.first()?.word()?;
    if let Some((hundredths, used)) = part_of_one(tokens) {
        return Some((Quantity::Hundredths(hundredths), used));
    }
    if let Some(hundredths) = grown_together(word) {
        return Some((Quantity::Hundredths(hundredths), 1));
    }
    let mut n = number_word(word)?;
    let mut used = 1;
    // "a half", "eine halbe", "drei viertel", "three quarters"
    let hyphen = usize::from(tokens.get(1).is_some_and(|t| t.is_mark('-') && !t.spaced));
    if let Some((part, more)) = tokens.get(1 + hyphen..).and_then(part_of_one) {
        return Some((Quantity::Hundredths(n * part), 1 + hyphen + more));
    }
    if n >= 20
        && let Some(digit) = tokens.get(1 + hyphen).and_then(Token::word).and_then(number_word).filter(|n| *n < 10)
    {
        n += digit;
        used += 1 + hyphen;
    }
    match and_a_half(tokens, used) {
        Some((part, more)) => Some((Quantity::Hundredths(n * 100 + part), used + more)),
        None => Some((Quantity::Whole(n), used)),
    }
}

/// "half an", "quarter of an", "halbe", "viertel", in hundredths.
fn part_of_one(tokens: &[Token]) -> Option<(u32, usize)> {
    let part = match tokens.first()?.word()? {
        "halbe" | "halben" | "halber" | "half" => 50,
        "viertel" | "quarter" | "quarters" => 25,
        "dreiviertel" => 75,
        _ => return None,
    };
    let joints =
        tokens[1..].iter().take_while(|t| t.is_word_of(&["of", "an", "a"]) || (t.is_mark('-') && !t.spaced)).count();
    Some((part, 1 + joints.min(2)))
}

/// "anderthalb", "zweieinhalb", "einundeinhalb", "eindreiviertel", in hundredths.
fn grown_together(word: &str) -> Option<u32> {
    if matches!(word, "anderthalb" | "anderthalbe") {
        return Some(150);
    }
    [("undeinhalb", 50), ("einhalb", 50), ("einviertel", 25), ("dreiviertel", 75)].into_iter().find_map(
        |(suffix, part)| {
            let whole = number_word(word.strip_suffix(suffix)?)?;
            Some(whole * 100 + part)
        },
    )
}

/// "and a half", "and a quarter", in hundredths.
fn and_a_half(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let [and, a, part, ..] = tokens.get(at..)? else { return None };
    if !and.is_word_of(&["and"]) || !a.is_word_of(&["a"]) {
        return None;
    }
    match part.word()? {
        "half" => Some((50, 3)),
        "quarter" => Some((25, 3)),
        _ => None,
    }
}

/// "eine Viertelstunde", "drei Viertelstunden", "Dreiviertelstunde".
fn quarter_hours(tokens: &[Token]) -> Option<Amount> {
    let quarters = |token: &Token| match token.word()? {
        "viertelstunde" | "viertelstunden" => Some(15),
        "dreiviertelstunde" | "dreiviertelstunden" => Some(45),
        "halbstunde" | "halbestunde" => Some(30),
        _ => None,
    };
    let count = tokens.first()?.whole().or_else(|| tokens.first()?.word().and_then(number_word));
    let (count, unit, used) = match (count, tokens.first().and_then(quarters)) {
        (_, Some(unit)) => (1, unit, 1),
        (Some(count), None) => (count, tokens.get(1).and_then(quarters)?, 2),
        (None, None) => return None,
    };
    Some(Amount { minutes: count * unit, other: None, takes_note: true, anchored: true, used })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Hours,
    Minutes,
}

/// A unit at this place with its abbreviation's dot, and how many tokens it took.
fn unit_at(tokens: &[Token], at: usize) -> Option<(Unit, usize)> {
    let (unit, short) = match tokens.get(at)?.word()? {
        "h" | "hr" | "hrs" | "std" | "stdn" => (Unit::Hours, true),
        "hour" | "hours" | "stunde" | "stunden" => (Unit::Hours, false),
        "m" | "min" | "mins" => (Unit::Minutes, true),
        "minute" | "minutes" | "minuten" => (Unit::Minutes, false),
        _ => return None,
    };
    let dot = short && tokens.get(at + 1).is_some_and(|t| t.is_mark('.') && !t.spaced);
    Some((unit, 1 + usize::from(dot)))
}

/// The minutes behind "1h" in "1h30", "1 h 30 min", "1 Std 30", "an hour and a half".
fn minutes_after_hours(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    if let Some((part, used)) = and_a_half(tokens, at) {
        return Some((part * 60 / 100, used));
    }
    if let Some((Quantity::Whole(minutes), used)) = tokens.get(at..).and_then(in_words)
        && let Some((Unit::Minutes, unit)) = unit_at(tokens, at + used)
    {
        return Some((minutes, used + unit));
    }
    let token = tokens.get(at)?;
    let minutes = token.whole()?;
    if let Some((Unit::Minutes, unit)) = unit_at(tokens, at + 1) {
        return Some((minutes, 1 + unit));
    }
    let sound = minutes < 60 && unit_at(tokens, at + 1).is_none();
    let alone = match token.spaced {
        false => token.text.len() == 2,
        true => find_day(&tokens[at..]).is_none() && closes(tokens, at + 1),
    };
    (sound && alone).then_some((minutes, 1))
}

/// Whether nothing stands at this place that would make the number before it count something.
fn closes(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_none_or(|t| t.kind == Kind::Mark || t.is_word_of(&["und", "and"]))
        || tokens.get(at..).and_then(find_day).is_some()
}
