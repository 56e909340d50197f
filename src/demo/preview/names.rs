//! Lessons by what authors call them: `m1`, `m1/l2`, `m1/mandate`, with the programme before them or without.

use crate::content::Library;
use crate::domain::programme::{Module, Programme};
use crate::domain::tap::StepPlace;

/// Least likeness of a name that is worth suggesting, from 0 to 1.
const ALIKE: f64 = 0.6;

/// Most suggestions.
const SUGGESTIONS: usize = 3;

/// The place of a lesson or step; the first of all if none is named.
///
/// # Errors
/// One line that says what there is instead.
pub fn find(library: &Library, name: Option<&str>) -> Result<StepPlace, String> {
    let all = all(library);
    let Some(name) = name else {
        return all.first().map(|(_, place)| *place).ok_or_else(|| "there are no lessons".to_owned());
    };
    let wanted = name.trim().replace(':', "/");
    if let Some((_, place)) = all.iter().find(|(known, _)| *known == wanted) {
        return Ok(*place);
    }
    let mut alike: Vec<(f64, &str)> = all
        .iter()
        .map(|(known, _)| (strsim::normalized_damerau_levenshtein(known, &wanted), known.as_str()))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0));
    alike.truncate(SUGGESTIONS);
    let shown: String = name.chars().filter(|c| !c.is_control()).take(60).collect();
    Err(match alike.is_empty() {
        true => {
            let modules: Vec<&str> = all.iter().map(|(known, _)| known.as_str()).filter(|k| !k.contains('/')).collect();
            format!("no lesson is called `{shown}`; there is: {}", modules.join(", "))
        }
        false => {
            let names: Vec<String> = alike.iter().map(|(_, known)| format!("`{known}`")).collect();
            format!("no lesson is called `{shown}`; did you mean {}?", names.join(", "))
        }
    })
}

/// A programme's modules with their places, the pool of the closing test last.
pub fn parts(programme: &Programme) -> impl Iterator<Item = (u8, &Module)> {
    (0_u8..).zip(programme.modules.iter().chain(programme.test.iter().map(|test| &test.pool)))
}

/// A lesson's place as one word.
pub fn lesson(at: StepPlace) -> String {
    format!("r:b:{}:{}:{}", at.programme, at.module, at.lesson)
}

/// A step's place as it stands in the data of buttons.
pub fn step(at: StepPlace) -> String {
    format!("{}:{}", lesson(at), at.step)
}

/// All names. Shorter ones come first, and a name that two programmes have means the first.
fn all(library: &Library) -> Vec<(String, StepPlace)> {
    let (mut short, mut long) = (Vec::new(), Vec::new());
    for (nth, text) in (0_u8..).zip(&library.programmes) {
        let programme = &text.programme;
        let begin = StepPlace { programme: nth, module: 0, lesson: 0, step: 0 };
        long.push((programme.id.clone(), begin));
        for (module, part) in parts(programme) {
            let mut add = |name: String, at: StepPlace| {
                long.push((format!("{}/{name}", programme.id), at));
                short.push((name, at));
            };
            add(part.id.clone(), StepPlace { module, ..begin });
            for (lesson, found) in (0_u8..).zip(&part.lessons) {
                add(format!("{}/{}", part.id, found.id), StepPlace { module, lesson, ..begin });
            }
            for (lesson, found) in (0_u8..).zip(&part.lessons) {
                for (step, known) in (0_u8..).zip(&found.steps) {
                    add(format!("{}/{}", part.id, known.id), StepPlace { module, lesson, step, ..begin });
                }
            }
        }
    }
    short.extend(long);
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Source;

    #[test]
    fn a_lesson_is_found_by_any_of_its_names_and_a_wrong_one_gets_suggestions() {
        let library = Library::load(Source::BuiltIn).expect("loads");
        let at = |name| find(&library, Some(name)).map(|at| (at.module, at.lesson, at.step));
        assert_eq!(find(&library, None).map(step), Ok("r:b:0:0:0:0".to_owned()));
        for (name, place) in [
            ("m1", (0, 0, 0)),
            ("m1/l2", (0, 1, 0)),
            ("m1:l2", (0, 1, 0)),
            ("fuehrerschein/m1/l2", (0, 1, 0)),
            ("m1/mandate-q", (0, 0, 1)),
            ("fuehrerschein", (0, 0, 0)),
            ("test", (4, 0, 0)),
        ] {
            assert_eq!(at(name), Ok(place), "{name}");
        }
        assert_eq!(
            at("m1/mandat").unwrap_err(),
            "no lesson is called `m1/mandat`; did you mean `m1/mandate`, `m1/mandate-q`?"
        );
        assert_eq!(at("xyz").unwrap_err(), "no lesson is called `xyz`; there is: m1, m2, m3, m4, test, fuehrerschein");
    }
}
