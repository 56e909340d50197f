//! The first day that a longer text names.
//!
//! Owns: which words of a letter are a day, and which only look like one. Does not read absences or hours.

use chrono::NaiveDate;

use super::ahead;
use super::tokens::{Token, tokens};
use super::words::{Day, find_day, weekday_name};

/// Words before a weekday or "morgen" that make another day of it, or no day at all.
const BEFORE: &[&str] = &[
    "letzten",
    "letzter",
    "letzte",
    "vorigen",
    "vergangenen",
    "last",
    "diesen",
    "dieser",
    "this",
    "nächsten",
    "nächster",
    "naechsten",
    "kommenden",
    "next",
];
const NO_DAY: &[&str] = &["am", "guten", "jeden", "heute", "gestern"];

/// The earliest day from today on that a text names. A text may say "so" and "do" without meaning a day, and "am Morgen"
/// without meaning tomorrow.
pub fn named(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let tokens = tokens(text);
    (0..tokens.len()).filter_map(|at| day_at(&tokens, at, today)).filter(|day| *day >= today).min()
}

fn day_at(tokens: &[Token], at: usize, today: NaiveDate) -> Option<NaiveDate> {
    let before = |words: &[&str]| at > 0 && tokens[at - 1].is_word_of(words);
    let token = &tokens[at];
    let weekday = token.word().and_then(weekday_name).is_some();
    if weekday && (before(BEFORE) || (is_short(token) && !has_hour(tokens, at))) {
        return None;
    }
    if token.is_word_of(&["morgen"]) && before(NO_DAY)
        || token.is_word_of(&["am", "on", "den", "dem", "der", "the", "zum"])
    {
        return None;
    }
    match find_day(&tokens[at..])?.day {
        // "1." may as well begin a list.
        Day::OfMonth(_) => None,
        day => ahead(day, today).ok(),
    }
}

/// "so", "do", "fr", "sun": words before they are days.
fn is_short(token: &Token) -> bool {
    token.word().is_some_and(|word| word.chars().count() < 4)
}

/// "Do 14:30", "Fr 9 Uhr".
fn has_hour(tokens: &[Token], at: usize) -> bool {
    let number = tokens.get(at + 1).and_then(Token::number);
    number.is_some_and(|number| {
        number.contains(':') || tokens.get(at + 2).is_some_and(|t| t.is_word_of(&["uhr", "am", "pm"]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    #[test]
    fn a_letter_names_a_day_or_none() {
        // A Monday.
        let today = day("2026-03-02");
        for (text, means) in [
            ("Am Donnerstag um zwei: Video https://example.org/raum", Some("2026-03-05")),
            ("Bitte bis 12.3. antworten, spätestens am 13. März.", Some("2026-03-12")),
            ("Morgen fällt aus.", Some("2026-03-03")),
            ("Heute um drei im Rathaus", Some("2026-03-02")),
            ("We meet next Monday, 14:30", Some("2026-03-09")),
            ("See you on March 5th", Some("2026-03-05")),
            ("Do 14:30 im Rathaus", Some("2026-03-05")),
            ("Nächsten Freitag", Some("2026-03-06")),
            ("Guten Morgen! So, das war es. Do read it.", None),
            ("Letzten Freitag war es schön, gestern auch.", None),
            ("1. Lesen\n2. Schreiben", None),
            ("Der Bericht vom 20.2. ist da: 45 Min., 3 von 12", None),
            ("Die Lektionen sind jetzt kürzer.", None),
            ("", None),
        ] {
            assert_eq!(named(text, today), means.map(day), "{text}");
        }
    }
}
