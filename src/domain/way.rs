//! Finding one's way in a programme by ids: this step, the next, the one before, the lesson around it.
//!
//! Does not know who stands where.

use super::programme::{Lesson, Module, Programme, Step};
use super::tandem::Spot;

/// Module, lesson and step as places in the programme's lists.
pub fn find(programme: &Programme, spot: &Spot) -> Option<(usize, usize, usize)> {
    let m = programme.modules.iter().position(|module| module.id == spot.module)?;
    programme.modules[m]
        .lessons
        .iter()
        .enumerate()
        .find_map(|(l, lesson)| lesson.steps.iter().position(|step| step.id == spot.step).map(|s| (m, l, s)))
}

/// The step itself.
pub fn step<'a>(programme: &'a Programme, spot: &Spot) -> Option<&'a Step> {
    find(programme, spot).map(|(m, l, s)| &programme.modules[m].lessons[l].steps[s])
}

/// The lesson around a step, and its module.
pub fn lesson_of<'a>(programme: &'a Programme, spot: &Spot) -> Option<(&'a Module, &'a Lesson)> {
    find(programme, spot).map(|(m, l, _)| (&programme.modules[m], &programme.modules[m].lessons[l]))
}

/// The step after this one in the same lesson.
pub fn next_in_lesson(programme: &Programme, spot: &Spot) -> Option<Spot> {
    let (m, l, s) = find(programme, spot)?;
    programme.modules[m].lessons[l].steps.get(s + 1).map(|step| at(&programme.modules[m], step))
}

/// The step before this one in the same lesson.
pub fn previous(programme: &Programme, spot: &Spot) -> Option<Spot> {
    let (m, l, s) = find(programme, spot)?;
    let before = s.checked_sub(1)?;
    Some(at(&programme.modules[m], &programme.modules[m].lessons[l].steps[before]))
}

/// The lesson after the one around this step: its place among all lessons, and its first step.
pub fn first_of_next_lesson(programme: &Programme, spot: &Spot) -> Option<(usize, Spot)> {
    let index = lesson_index(programme, spot)? + 1;
    Some((index, first_step(programme, index)?))
}

/// The place of the lesson around a step among all lessons of the programme, counted from 0.
pub fn lesson_index(programme: &Programme, spot: &Spot) -> Option<usize> {
    let (m, l, _) = find(programme, spot)?;
    Some(programme.modules[..m].iter().map(|module| module.lessons.len()).sum::<usize>() + l)
}

/// Where to go on when a step is gone: its module's first step, or that of the newest lesson that has come.
pub fn near(programme: &Programme, gone: &Spot, released: usize) -> Option<Spot> {
    let module = programme.modules.iter().find(|module| module.id == gone.module);
    let begun = module.and_then(|module| Some(at(module, module.lessons.first()?.steps.first()?)));
    begun.or_else(|| first_step(programme, released.checked_sub(1)?))
}

/// The first step of the lesson at this place.
pub fn first_step(programme: &Programme, index: usize) -> Option<Spot> {
    nth_lesson(programme, index).and_then(|(module, lesson)| Some(at(module, lesson.steps.first()?)))
}

/// The lesson at this place among all lessons of the programme, counted from 0.
pub fn nth_lesson(programme: &Programme, index: usize) -> Option<(&Module, &Lesson)> {
    lessons(programme).nth(index)
}

/// How many lessons the programme has.
pub fn lesson_count(programme: &Programme) -> usize {
    lessons(programme).count()
}

/// The place of the first lesson of the next module that has not begun after `released` lessons.
pub fn next_module(programme: &Programme, released: usize) -> Option<usize> {
    let mut first = 0;
    for module in &programme.modules {
        if first >= released {
            return Some(first);
        }
        first += module.lessons.len();
    }
    None
}

/// A module's step as a spot.
pub fn at(module: &Module, step: &Step) -> Spot {
    Spot { module: module.id.clone(), step: step.id.clone() }
}

fn lessons(programme: &Programme) -> impl Iterator<Item = (&Module, &Lesson)> {
    programme.modules.iter().flat_map(|module| module.lessons.iter().map(move |lesson| (module, lesson)))
}
