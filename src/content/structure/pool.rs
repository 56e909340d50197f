//! `pool.toml`: the questions of the closing test, in groups that ask about a module each.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::module::{RawStep, Reader, fit_buttons};
use crate::content::place::Text;
use crate::content::tree::Tree;
use crate::domain::finding::{Code, Finding};
use crate::domain::programme::{Lesson, Module, Step, StepKind, TEST, Test};

/// From so many questions with one right answer on it is looked at where the right ones stand.
const ENOUGH_TO_SEE_A_HABIT: usize = 8;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPool {
    #[serde(default)]
    topic: Vec<RawTopic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTopic {
    module: Spanned<String>,
    draw: Spanned<i64>,
    #[serde(default)]
    item: Vec<RawStep>,
}

/// Reads the pool in a folder; `None` if it cannot be used at all.
pub(super) fn read(
    tree: &Tree,
    folder: &str,
    modules: &[Module],
    reviews: &mut Vec<(NaiveDate, Finding)>,
    findings: &mut Vec<Finding>,
) -> Option<Test> {
    let path = format!("{folder}/pool.toml");
    let text = match tree.text(&path) {
        Ok(text) => Text::new(&path, text),
        Err(finding) => {
            findings.push(finding);
            return None;
        }
    };
    let raw: RawPool = match toml::from_str(text.text) {
        Ok(raw) => raw,
        Err(error) => {
            findings.push(text.toml_error(&error));
            return None;
        }
    };
    if raw.topic.is_empty() {
        findings.push(text.error(Code::Structure, 0, "the pool has no topics"));
    }
    let mut reader = Reader { text, tree, folder, findings, reviews, steps: BTreeSet::new() };
    let (mut lessons, mut draw, mut ids) = (Vec::new(), Vec::new(), BTreeSet::new());
    for topic in &raw.topic {
        let id = topic.module.get_ref();
        if !modules.iter().any(|module| &module.id == id) {
            let known: Vec<&str> = modules.iter().map(|module| module.id.as_str()).collect();
            reader.error(Code::Structure, &topic.module, format!("the programme has no module `{id}`"));
            reader.hint(&format!("it has {}", known.join(", ")));
        }
        if !ids.insert(id.as_str()) {
            reader.error(Code::Twice, &topic.module, format!("a second topic for the module `{id}`"));
        }
        let steps = items(&mut reader, &topic.item);
        draw.push(drawn(&mut reader, &topic.draw, steps.len()));
        lessons.push(Lesson { id: id.clone(), minutes: 0, steps });
    }
    let steps = || lessons.iter().flat_map(|lesson| &lesson.steps);
    fit_buttons(&text, 0, TEST, steps(), findings);
    findings.extend(habit(&text, steps()));
    Some(Test { pool: Module { id: TEST.to_owned(), lessons }, draw })
}

fn items(reader: &mut Reader<'_>, raw: &[RawStep]) -> Vec<Step> {
    let mut steps = Vec::new();
    for item in raw {
        if matches!(item.kind.get_ref().as_str(), "choice" | "multi") {
            steps.extend(reader.step(item));
        } else {
            reader.error(
                Code::Setting,
                &item.kind,
                format!("`{}` is no kind of question for a test", item.kind.get_ref()),
            );
            reader.hint("`choice` or `multi`");
        }
    }
    steps
}

/// How many of a topic's questions a test asks. With twice as many there are, a second test can ask others.
fn drawn(reader: &mut Reader<'_>, draw: &Spanned<i64>, there: usize) -> usize {
    let wanted = usize::try_from(*draw.get_ref()).unwrap_or(0);
    let at = draw.span().start;
    if wanted == 0 {
        reader.findings.push(reader.text.error(Code::Setting, at, "`draw` must be at least 1"));
    } else if there < wanted {
        let message = format!("a test asks {wanted} questions of this topic, and there are {there}");
        reader.findings.push(reader.text.error(Code::Test, at, message));
    } else if there < 2 * wanted {
        let message = format!("a second test would repeat questions: there are {there}, and each asks {wanted}");
        let finding = reader.text.warning(Code::Test, at, message);
        reader.findings.push(finding.hint(format!("{} would do", 2 * wanted)));
    }
    wanted
}

/// A warning if one can pass by always choosing the same place.
fn habit<'s>(text: &Text<'_>, steps: impl Iterator<Item = &'s Step>) -> Option<Finding> {
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    let mut all = 0;
    for step in steps {
        let StepKind::Choice { options, correct } = &step.kind else { continue };
        let Some(place) = options.iter().position(|option| option == correct) else { continue };
        *places.entry(place).or_default() += 1;
        all += 1;
    }
    let (place, most) = places.into_iter().max_by_key(|(_, count)| *count)?;
    (all >= ENOUGH_TO_SEE_A_HABIT && most * 2 > all).then(|| {
        let message = format!("the right answer stands in place {} in {most} of {all} questions", place + 1);
        text.warning(Code::Test, 0, message).hint("change the order of some answers, in all languages")
    })
}
