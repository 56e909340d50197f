//! Lessons compared with an older state of their files.
//!
//! Progress hangs on ids. Owns: which ids count and what it means that one is gone. Does not know where the older
//! state comes from.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::place::Text;
use super::structure::{self, Structure};
use super::tree::{Source, Tree};
use crate::domain::finding::{Code, Finding};
use crate::domain::programme::{Module, QuestionKind, Step, StepKind};

/// What was in `old` and is gone from `new`, or means something else there. `name` is what `old` is called.
pub fn gone(old: Source<'_>, new: Source<'_>, name: &str) -> Vec<Finding> {
    let (old, new) = match (Tree::read(old), Tree::read(new)) {
        (Ok(old), Ok(new)) => (old, new),
        // A folder that cannot be read is what `check` reports.
        (_, Err(_)) => return Vec::new(),
        (Err(finding), Ok(_)) => return vec![Finding { message: format!("{} at {name}", finding.message), ..finding }],
    };
    let mut findings = Vec::new();
    for folder in old.folders("lessons") {
        let path = format!("lessons/{folder}/programme.toml");
        let Some(before) = structure::read(&old, folder, &mut Vec::new()) else {
            findings.push(Finding::error(
                Code::File,
                path,
                format!("it cannot be read at {name}, so nothing is compared"),
            ));
            continue;
        };
        match structure::read(&new, folder, &mut Vec::new()) {
            Some(now) => findings.extend(programme(&before, &now, &new, name)),
            None if new.has(&path) => {}
            None => findings.push(missing(&path, &format!("the programme `{folder}`"), name)),
        }
    }
    findings
}

fn missing(file: &str, what: &str, name: &str) -> Finding {
    Finding::error(Code::Gone, file, format!("{what} is gone; it was there at {name}"))
        .hint("bring it back; ids never change")
}

fn programme(before: &Structure, now: &Structure, tree: &Tree, name: &str) -> Vec<Finding> {
    let id = &now.programme.id;
    let mut findings = Vec::new();
    for (module, _) in before.parts() {
        let Some((new, folder)) = now.parts().find(|(new, _)| new.id == module.id) else {
            let file = format!("lessons/{id}/programme.toml");
            findings.push(missing(&file, &format!("the module `{}`", module.id), name));
            continue;
        };
        let file = format!("lessons/{id}/{folder}/{}", structure_file(module));
        let text = Text::new(&file, tree.text(&file).unwrap_or_default());
        findings.extend(self::module(module, new, &text, name));
    }
    findings
}

fn module(before: &Module, now: &Module, text: &Text<'_>, name: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for lesson in before.lessons.iter().filter(|lesson| now.lesson(&lesson.id).is_none()) {
        findings.push(missing(text.path, &format!("the lesson `{}`", lesson.id), name));
    }
    let places = places(text.text);
    for step in before.steps().filter(|step| step.part_of().is_none()) {
        let Some(new) = now.steps().find(|new| new.id == step.id) else {
            findings.push(missing(text.path, &format!("the step `{}` ({})", step.id, kind(step)), name));
            continue;
        };
        let at = places.get(&step.id).cloned().unwrap_or(0..0);
        if kind(step) != kind(new) {
            let message = format!("the step `{}` was a {} at {name} and is a {}", step.id, kind(step), kind(new));
            let hint = "give what is new an id of its own; answers hang on this one";
            findings.push(text.error(Code::Changed, at, message).hint(hint));
            continue;
        }
        let new_parts = parts(new);
        for (part, was) in parts(step) {
            match new_parts.get(&part) {
                None => {
                    let message = format!("{part} of the step `{}` is gone; it was there at {name}", step.id);
                    findings.push(text.error(Code::Gone, at.clone(), message).hint("bring it back; ids never change"));
                }
                Some(is) if *is != was => {
                    let message = format!("{part} of the step `{}` was a {was} at {name} and is a {is}", step.id);
                    findings.push(text.error(Code::Changed, at.clone(), message));
                }
                Some(_) => {}
            }
        }
    }
    findings
}

/// What has an id within a step, and of which kind it is.
fn parts(step: &Step) -> BTreeMap<String, &'static str> {
    let option = |id: &String| (format!("the answer `{id}`"), "answer");
    match &step.kind {
        StepKind::Choice { options, .. } | StepKind::Multi { options, .. } => options.iter().map(option).collect(),
        StepKind::Checklist { items } => items.iter().map(|id| (format!("the item `{id}`"), "item")).collect(),
        StepKind::Questionnaire { questions } => questions
            .iter()
            .flat_map(|question| {
                let (kind, options): (_, &[String]) = match &question.kind {
                    QuestionKind::Pick { options } => ("pick", options),
                    QuestionKind::Recommend => ("recommend", &[]),
                    QuestionKind::Sentence => ("sentence", &[]),
                };
                let answer = |id: &String| (format!("the answer `{id}` to `{}`", question.id), "answer");
                let answers: BTreeSet<_> = options.iter().map(answer).collect();
                [(format!("the question `{}`", question.id), kind)].into_iter().chain(answers)
            })
            .collect(),
        StepKind::Card { .. } | StepKind::Write { .. } | StepKind::Link | StepKind::Reflect => BTreeMap::new(),
    }
}

pub(super) fn kind(step: &Step) -> &'static str {
    match &step.kind {
        StepKind::Card { .. } => "card",
        StepKind::Choice { .. } => "choice",
        StepKind::Multi { .. } => "multi",
        StepKind::Write { .. } => "write",
        StepKind::Checklist { .. } => "checklist",
        StepKind::Link => "link",
        StepKind::Reflect => "reflect",
        StepKind::Questionnaire { .. } => "questionnaire",
    }
}

/// Where each step's id stands in a `module.toml` or `pool.toml`.
fn places(text: &str) -> BTreeMap<String, Range<usize>> {
    #[derive(Deserialize)]
    struct Ids {
        #[serde(default)]
        lesson: Vec<Group>,
        #[serde(default)]
        topic: Vec<Group>,
    }
    #[derive(Deserialize)]
    struct Group {
        #[serde(default)]
        step: Vec<Id>,
        #[serde(default)]
        item: Vec<Id>,
    }
    #[derive(Deserialize)]
    struct Id {
        id: Spanned<String>,
    }
    let Ok(ids) = toml::from_str::<Ids>(text) else { return BTreeMap::new() };
    let groups = ids.lesson.into_iter().chain(ids.topic);
    let all = groups.flat_map(|group| group.step.into_iter().chain(group.item));
    all.map(|step| (step.id.get_ref().clone(), step.id.span())).collect()
}

/// The file that holds a module's structure.
fn structure_file(module: &Module) -> &'static str {
    if module.id == crate::domain::programme::TEST { "pool.toml" } else { "module.toml" }
}

impl Structure {
    /// The file with the structure of one of its modules, or of its test.
    pub(super) fn file_of(&self, module: &str) -> Option<String> {
        let (module, folder) = self.parts().find(|(part, _)| part.id == module)?;
        Some(format!("lessons/{}/{folder}/{}", self.programme.id, structure_file(module)))
    }
}
