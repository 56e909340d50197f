//! Who would be left standing if these lessons took the place of others: people on steps, or with answers to steps,
//! that are gone or mean something else.
//!
//! Owns: what is lost, and how it is said with the number of people. Does not know how people are counted (`store`).

use std::collections::BTreeMap;

use super::Library;
use super::against::kind;
use super::structure::{self, Structure};
use super::tree::{Source, Tree};
use crate::domain::finding::{Code, Finding};
use crate::domain::programme::Programme;
use crate::domain::standing::{Doing, Standing};
use crate::domain::tandem::Spot;

/// Steps that people stand on or have answered, and programmes they take part in, that files do not have.
pub fn stranded(new: Source<'_>, standings: &[Standing]) -> Vec<Finding> {
    let Ok(tree) = Tree::read(new) else { return Vec::new() };
    let mut structures: BTreeMap<&str, Option<Structure>> = BTreeMap::new();
    let mut findings = Vec::new();
    for standing in standings {
        let id = standing.programme.as_str();
        let path = programme_file(id);
        let read = structures.entry(id).or_insert_with(|| structure::read(&tree, id, &mut Vec::new()));
        match (read, standing.doing.spot()) {
            (Some(structure), Some(spot)) if step(&structure.programme, spot).is_none() => {
                let file = structure.file_of(&spot.module).filter(|file| tree.has(file)).unwrap_or(path);
                findings.push(Loss::Gone.said(file, standing));
            }
            // One that is there and cannot be read is what `check` reports.
            (None, None) if !tree.has(&path) => findings.push(Loss::Gone.said(path, standing)),
            (Some(_) | None, _) => {}
        }
    }
    findings
}

/// What other lessons do not have any more, or have as something else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses(BTreeMap<String, Lost>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Lost {
    Programme,
    Steps(BTreeMap<Spot, Loss>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Loss {
    Gone,
    /// It was of one kind and is of another.
    Changed(&'static str, &'static str),
}

impl Losses {
    /// What is lost if `new` takes the place of `old`.
    pub fn between(old: &Library, new: &Library) -> Self {
        let lost = |before: &Programme| match new.programme(&before.id) {
            None => Some(Lost::Programme),
            Some(now) => {
                let steps = lost_steps(before, &now.programme);
                (!steps.is_empty()).then_some(Lost::Steps(steps))
            }
        };
        let programmes = old.programmes.iter().map(|text| &text.programme);
        Self(programmes.filter_map(|before| Some((before.id.clone(), lost(before)?))).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those that people have to do with.
    pub fn stranded(&self, standings: &[Standing]) -> Vec<Finding> {
        let said = |standing: &Standing| {
            let loss = match (self.0.get(&standing.programme)?, standing.doing.spot()) {
                (Lost::Programme, None) => Loss::Gone,
                (Lost::Steps(steps), Some(spot)) => *steps.get(spot)?,
                (Lost::Programme, Some(_)) | (Lost::Steps(_), None) => return None,
            };
            Some(loss.said(programme_file(&standing.programme), standing))
        };
        standings.iter().filter_map(said).collect()
    }
}

fn lost_steps(before: &Programme, now: &Programme) -> BTreeMap<Spot, Loss> {
    let spots = before.parts().flat_map(|part| {
        part.steps().map(|step| (Spot { module: part.id.clone(), step: step.id.clone() }, kind(step)))
    });
    let loss = |spot: &Spot, was: &'static str| match step(now, spot) {
        None => Some(Loss::Gone),
        Some(is) if is != was => Some(Loss::Changed(was, is)),
        Some(_) => None,
    };
    spots.filter_map(|(spot, was)| loss(&spot, was).map(|loss| (spot, loss))).collect()
}

/// Of which kind a step is, if it is there.
fn step(programme: &Programme, spot: &Spot) -> Option<&'static str> {
    programme.part(&spot.module)?.steps().find(|step| step.id == spot.step).map(kind)
}

impl Loss {
    fn said(self, file: String, standing: &Standing) -> Finding {
        let (programme, people) = (&standing.programme, people(standing));
        let what = match standing.doing.spot() {
            None => format!("the programme `{programme}`"),
            Some(Spot { module, step }) => format!("the step `{step}` of `{module}`"),
        };
        match self {
            Self::Gone => Finding::error(Code::Gone, file, format!("{what} is gone, and {people}"))
                .hint("bring it back; ids never change"),
            Self::Changed(was, is) => {
                Finding::error(Code::Changed, file, format!("{what} was a {was} and is a {is}, and {people}"))
                    .hint("give what is new an id of its own; answers hang on this one")
            }
        }
    }
}

fn people(standing: &Standing) -> String {
    let one = standing.people == 1;
    let who = if one { "1 person".to_owned() } else { format!("{} people", standing.people) };
    let (verb, what) = match (&standing.doing, one) {
        (Doing::Learns, true) => ("takes part in it", None),
        (Doing::Learns, false) => ("take part in it", None),
        (Doing::Stands(spot), true) => ("stands on", Some(spot)),
        (Doing::Stands(spot), false) => ("stand on", Some(spot)),
        (Doing::Answered(spot), true) => ("has answered", Some(spot)),
        (Doing::Answered(spot), false) => ("have answered", Some(spot)),
    };
    match what {
        None => format!("{who} {verb}"),
        Some(spot) => format!("{who} {verb} `{}`", spot.step),
    }
}

fn programme_file(id: &str) -> String {
    format!("lessons/{id}/programme.toml")
}
