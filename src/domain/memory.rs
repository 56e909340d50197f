//! When a question comes again.
//!
//! Owns: the one use of FSRS, a model of forgetting whose parameters others have fitted to many people. Pure
//! computation: days and answers in, days out. Does not know which questions there are, nor who answers.

use chrono::{Days, NaiveDate};
use fsrs::{FSRS, MemoryState};

/// A question comes again when nine of ten would still know it.
const TARGET: f32 = 0.9;

/// Longest pause: a course is over long before.
const LONGEST: u64 = 365;

/// Law comes again after about sixty days at the latest, and once it was known then, after about a hundred and eighty.
const LAW: [u64; 2] = [60, 180];

/// A pause that counts as the first of these two: the week's message asks only once a week, and some are away.
const ABOUT_SIXTY: i64 = 45;

/// How well somebody remembers a question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// Days until nine of ten would still know it.
    pub stability: f32,
    /// From 1 (easy) to 10.
    pub difficulty: f32,
    /// When it was last answered, by the person's calendar.
    pub reviewed: NaiveDate,
    /// When it comes again.
    pub due: NaiveDate,
}

/// How a question was answered. How sure somebody is, is asked where it matters; elsewhere whoever is right is sure, and
/// whoever is wrong is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// Wrong, and sure of it: the error that does harm, so it comes back first.
    SurelyWrong,
    Wrong,
    /// Right, but it might have been a guess.
    Unsure,
    Right,
}

impl Grade {
    pub fn of(right: bool, sure: Option<bool>) -> Self {
        match (right, sure) {
            (false, Some(true)) => Self::SurelyWrong,
            (false, _) => Self::Wrong,
            (true, Some(false)) => Self::Unsure,
            (true, _) => Self::Right,
        }
    }
}

/// What an answer makes of what was known before (`None`: the first answer).
pub fn after(before: Option<&Memory>, grade: Grade, law: bool, today: NaiveDate) -> Memory {
    let gap = before.map_or(0, |memory| (today - memory.reviewed).num_days().max(0));
    let state = before.map(|m| MemoryState { stability: m.stability, difficulty: m.difficulty });
    let next = FSRS::default().next_states(state, TARGET, u32::try_from(gap).unwrap_or(u32::MAX));
    let (stability, difficulty, interval) = match next {
        Ok(next) => {
            let next = match grade {
                Grade::SurelyWrong | Grade::Wrong => next.again,
                Grade::Unsure => next.hard,
                Grade::Right => next.good,
            };
            (next.memory.stability, next.memory.difficulty, next.interval)
        }
        // A state that the model refuses is one that nobody wrote: it begins anew.
        Err(_) if before.is_some() => return after(None, grade, law, today),
        Err(_) => (1.0, 5.0, 1.0),
    };
    let longest = match law {
        true if gap >= ABOUT_SIXTY => LAW[1],
        true => LAW[0],
        false => LONGEST,
    };
    // A whole number of days that fits: between one and a year.
    let days = interval.round().clamp(1.0, LONGEST as f32) as u64;
    let days = match grade {
        Grade::SurelyWrong => 1,
        Grade::Wrong | Grade::Unsure | Grade::Right => days.clamp(2, longest),
    };
    Memory { stability, difficulty, reviewed: today, due: today.checked_add_days(Days::new(days)).unwrap_or(today) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap() + Days::new(n)
    }

    /// Days from each answer to the next, always right on the day it comes.
    fn gaps(law: bool, count: usize) -> Vec<i64> {
        let mut memory = after(None, Grade::Right, law, day(0));
        let mut gaps = Vec::new();
        for _ in 0..count {
            gaps.push((memory.due - memory.reviewed).num_days());
            memory = after(Some(&memory), Grade::Right, law, memory.due);
        }
        gaps
    }

    #[test]
    fn what_is_known_comes_ever_later_and_law_after_about_sixty_and_a_hundred_and_eighty_days() {
        let other = gaps(false, 5);
        assert_eq!(other[0], 2);
        assert!(other.windows(2).all(|pair| pair[0] < pair[1]), "{other:?}");
        let law = gaps(true, 8);
        assert!(law.contains(&60) || law.iter().any(|gap| (45..60).contains(gap)), "{law:?}");
        assert_eq!(law.last(), Some(&180), "{law:?}");
        assert!(law.iter().all(|gap| *gap <= 180));
    }

    #[test]
    fn a_sure_error_comes_back_first_then_an_error_then_a_guess_then_what_was_known() {
        let known = after(Some(&after(None, Grade::Right, true, day(0))), Grade::Right, true, day(2));
        let then = day(2) + Days::new(10);
        let due = |grade| after(Some(&known), grade, true, then).due;
        let order = [Grade::SurelyWrong, Grade::Wrong, Grade::Unsure, Grade::Right].map(due);
        assert_eq!(order[0], then + Days::new(1));
        assert!(order.windows(2).all(|pair| pair[0] < pair[1]), "{order:?}");
    }

    #[test]
    fn how_sure_somebody_is_counts_only_where_it_is_asked() {
        assert_eq!(Grade::of(true, None), Grade::Right);
        assert_eq!(Grade::of(false, None), Grade::Wrong);
        assert_eq!(Grade::of(true, Some(false)), Grade::Unsure);
        assert_eq!(Grade::of(false, Some(true)), Grade::SurelyWrong);
    }

    fn any_grade() -> impl Strategy<Value = Grade> {
        prop::sample::select(vec![Grade::SurelyWrong, Grade::Wrong, Grade::Unsure, Grade::Right])
    }

    proptest! {
        #[test]
        fn whatever_is_answered_whenever_the_question_comes_again_later_and_within_a_year(
            answers in prop::collection::vec((any_grade(), 0..900u64), 1..40), law: bool
        ) {
            let (mut memory, mut today) = (None, day(0));
            for (grade, passes) in answers {
                today = today + Days::new(passes);
                let next = after(memory.as_ref(), grade, law, today);
                let gap = (next.due - today).num_days();
                prop_assert!((1..=if law { 180 } else { 365 }).contains(&gap), "{next:?}");
                prop_assert!(next.stability.is_finite() && next.stability > 0.0);
                prop_assert!((1.0..=10.0).contains(&next.difficulty));
                memory = Some(next);
            }
        }

        #[test]
        fn a_state_that_nobody_wrote_does_no_harm(stability in -10.0f32..1e9, difficulty in -10.0f32..1e9) {
            let odd = Memory { stability, difficulty, reviewed: day(9), due: day(0) };
            let next = after(Some(&odd), Grade::Right, false, day(3));
            prop_assert!(next.due > day(3) && next.stability.is_finite());
        }
    }
}
