//! Cutting days into intervals that one answer can be given for.
//!
//! Does not know who is asked, nor what became of a piece.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::dates::Half;
use super::super::days::{Days, Slot};
use super::super::tandem::{Cover, Role};
use super::super::turn::Turn;

/// Whole days in a row, or half of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub days: Days,
    pub half: Option<Half>,
}

/// These half days as pieces: whole days in a row together, a lone half by itself. Days on which the absent person
/// would not work anyway do not cut.
pub(super) fn pieces(turn: &Turn<'_>, absent: Role, slots: &BTreeSet<Slot>) -> Vec<Piece> {
    let joined = |a: NaiveDate, b: NaiveDate| {
        let mut between = a.iter_days().skip(1).take_while(|day| *day < b);
        between.all(|day| !turn.works(absent, day))
    };
    let mut pieces: Vec<Piece> = Vec::new();
    let days: BTreeSet<NaiveDate> = slots.iter().map(|(day, _)| *day).collect();
    for day in days {
        let halves: Vec<Half> =
            slots.range((day, Half::Morning)..=(day, Half::Afternoon)).map(|(_, half)| *half).collect();
        let half = if let [only] = halves.as_slice() { Some(*only) } else { None };
        match pieces.last_mut() {
            Some(last) if half.is_none() && last.half.is_none() && joined(last.days.to, day) => last.days.to = day,
            _ => pieces.push(Piece { days: Days::one(day), half }),
        }
    }
    pieces
}

/// The half days of a cover on which somebody is missing, from this day on.
pub(super) fn needed(turn: &Turn<'_>, absent: Role, cover: &Cover, since: NaiveDate) -> BTreeSet<Slot> {
    let missing = |(day, _): &Slot| *day >= since && turn.works(absent, *day);
    cover.days.slots(cover.half).filter(missing).collect()
}
