//! How far people came in a module, card by card, and how its exercises went: which question is hard, which wrong answer
//! draws, which tells apart.
//!
//! Owns: the arithmetic and its floors. Takes people as numbers without a meaning; what leaves here is a figure over at
//! least five on either side, or a word.

use std::collections::{BTreeMap, BTreeSet};

use super::super::programme::{Module, StepKind};
use super::{ALMOST_ALL, FLOOR, Part, Share, StepFigure, Telling};

/// Fewest other questions of the module that somebody must have answered to be counted among the better or weaker half.
const ENOUGH_OTHERS: usize = 3;

/// From this difference between the halves on, in percent, a question is said to tell well.
const TELLS_WELL: i64 = 20;

/// What somebody did with a step; the person is any number that is theirs alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dealt {
    pub person: usize,
    /// The lesson, where it was opened or finished.
    pub step: String,
    pub how: How,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// A question at the first try.
    Picked { chosen: Vec<String>, right: bool },
    /// A card read, or a task done in whatever way.
    Done,
    /// A reasoned no; the reason is nobody's business here.
    Unfit,
    /// A lesson: its first step is before them.
    Opened,
    /// A lesson: all its steps are behind them, whatever was put off.
    Finished,
}

/// The figures of a module's cards, questions and tasks, in its order. `people` take part in the round.
pub fn analyse(module: &Module, dealt: &[Dealt], people: u32) -> Vec<StepFigure> {
    let reached = reached(module, dealt);
    let steps = module.steps().zip(reached).filter(|(step, _)| counted(&step.kind));
    steps.map(|(step, reached)| figure(step, in_fives(reached, people), dealt, people)).collect()
}

/// How many people each step of a module came before: all that lie behind what they dealt with, and the next of that
/// lesson; of a lesson that they opened its first.
fn reached(module: &Module, dealt: &[Dealt]) -> Vec<u32> {
    let lessons = module.lessons.iter().enumerate();
    let steps: Vec<(usize, &str)> =
        lessons.flat_map(|(nth, lesson)| lesson.steps.iter().map(move |step| (nth, step.id.as_str()))).collect();
    let mut farthest: BTreeMap<usize, usize> = BTreeMap::new();
    for one in dealt {
        let lesson = || module.lessons.iter().position(|lesson| lesson.id == one.step);
        let at = match one.how {
            How::Opened => lesson().and_then(|lesson| steps.iter().position(|(nth, _)| *nth == lesson)),
            How::Finished => lesson().and_then(|lesson| steps.iter().rposition(|(nth, _)| *nth == lesson)),
            How::Picked { .. } | How::Done | How::Unfit => {
                let here = steps.iter().position(|(_, id)| *id == one.step);
                here.map(|here| match steps.get(here + 1) {
                    Some((lesson, _)) if *lesson == steps[here].0 => here + 1,
                    _ => here,
                })
            }
        };
        if let Some(at) = at {
            let known = farthest.entry(one.person).or_insert(at);
            *known = at.max(*known);
        }
    }
    (0..steps.len()).map(|step| number(farthest.values().filter(|far| **far >= step).count())).collect()
}

fn counted(kind: &StepKind) -> bool {
    match kind {
        StepKind::Card { .. }
        | StepKind::Choice { .. }
        | StepKind::Multi { .. }
        | StepKind::Write { .. }
        | StepKind::Checklist { .. }
        | StepKind::Link
        | StepKind::Reflect => true,
        StepKind::Questionnaire { .. } => false,
    }
}

fn figure(step: &super::super::programme::Step, reached: Part, all: &[Dealt], people: u32) -> StepFigure {
    let here: Vec<&Dealt> =
        all.iter().filter(|dealt| dealt.step == step.id && !matches!(dealt.how, How::Opened | How::Finished)).collect();
    let dealt = number(here.len());
    let quiz = step.kind.is_quiz();
    let right = number(here.iter().filter(|dealt| matches!(dealt.how, How::Picked { right: true, .. })).count());
    let unfit = number(here.iter().filter(|dealt| dealt.how == How::Unfit).count());
    StepFigure {
        step: step.id.clone(),
        reached,
        dealt: in_fives(dealt, people),
        right: if quiz { share(right, dealt) } else { Share::Hidden },
        trap: if quiz { trap(step, &here) } else { None },
        telling: if quiz { telling(&step.id, all) } else { Telling::Hidden },
        unfit: if quiz { Part::Hidden } else { in_fives(unfit, dealt) },
    }
}

/// A count in steps of five: two of them subtracted from each other never tell of fewer than five.
fn in_fives(count: u32, of: u32) -> Part {
    match of.saturating_sub(count) {
        _ if count < FLOOR => Part::Hidden,
        FLOOR.. => Part::Count(count / FLOOR * FLOOR),
        _ if count * 100 >= of * ALMOST_ALL => Part::AlmostAll,
        _ => Part::Hidden,
    }
}

fn share(part: u32, of: u32) -> Share {
    if of < FLOOR {
        Share::Hidden
    } else if part * 100 >= of * ALMOST_ALL {
        Share::AlmostAll
    } else if (of - part) * 100 >= of * ALMOST_ALL {
        Share::AlmostNobody
    } else if part >= FLOOR && of - part >= FLOOR {
        Share::Percent((part * 20 + of / 2) / of * 5)
    } else {
        Share::Hidden
    }
}

/// The wrong answer that draws most, if five or more chose it and five or more did not.
fn trap(step: &super::super::programme::Step, here: &[&Dealt]) -> Option<String> {
    let mut drawn: BTreeMap<&str, u32> = BTreeMap::new();
    for dealt in here {
        let How::Picked { chosen, .. } = &dealt.how else { continue };
        let wrong: BTreeSet<&str> =
            chosen.iter().map(String::as_str).filter(|option| step.kind.is_right(option) == Some(false)).collect();
        for option in wrong {
            *drawn.entry(option).or_default() += 1;
        }
    }
    let most = drawn.values().copied().max()?;
    let mut first = drawn.iter().filter(|(_, count)| **count == most).map(|(option, _)| *option);
    let (option, second) = (first.next()?, first.next());
    let others = number(here.len()) - most;
    (second.is_none() && most >= FLOOR && others >= FLOOR).then(|| option.to_owned())
}

/// Those who did better in the other questions of the module against those who did worse: at least five in each half.
fn telling(step: &str, all: &[Dealt]) -> Telling {
    let mut others: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut here: BTreeMap<usize, bool> = BTreeMap::new();
    for dealt in all {
        let How::Picked { right, .. } = dealt.how else { continue };
        if dealt.step == step {
            here.insert(dealt.person, right);
        } else {
            let (good, asked) = others.entry(dealt.person).or_default();
            *good += usize::from(right);
            *asked += 1;
        }
    }
    let mut known: Vec<(usize, bool)> = here
        .into_iter()
        .filter_map(|(person, right)| {
            let (good, asked) = others.get(&person)?;
            (*asked >= ENOUGH_OTHERS).then(|| (good * 100 / asked, right))
        })
        .collect();
    known.sort_unstable();
    let half = known.len() / 2;
    if number(half) < FLOOR {
        return Telling::Hidden;
    }
    let percent = |half: &[(usize, bool)]| {
        let right = half.iter().filter(|(_, right)| *right).count();
        i64::try_from(right * 100 / half.len()).unwrap_or(0)
    };
    match percent(&known[known.len() - half..]) - percent(&known[..half]) {
        TELLS_WELL.. => Telling::Well,
        0..TELLS_WELL => Telling::Hardly,
        ..0 => Telling::Reversed,
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
