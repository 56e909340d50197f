//! Questionnaires about the course as a whole: folders that look like a module's, with one questionnaire in them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use toml::Spanned;

use super::module;
use crate::content::place::Text;
use crate::content::tree::Tree;
use crate::domain::finding::{Code, Finding};
use crate::domain::programme::{Module, StepKind, Survey, When};

/// Reads the questionnaires that a programme names, each with its folder, in the order in which they are asked.
pub(super) fn read(
    tree: &Tree,
    folder: &str,
    text: &Text<'_>,
    raw: &BTreeMap<String, Spanned<String>>,
    modules: &[Module],
    reviews: &mut Vec<(NaiveDate, Finding)>,
    findings: &mut Vec<Finding>,
) -> Vec<(Survey, String)> {
    for (key, name) in raw.iter().filter(|(key, _)| When::ALL.iter().all(|when| when.code() != key.as_str())) {
        let message = format!("a questionnaire is asked at no time called `{key}`");
        findings.push(text.error(Code::Setting, name.span().start, message).hint("`start`, `end` or `later`"));
    }
    let mut surveys = Vec::new();
    for when in When::ALL {
        let Some(name) = raw.get(when.code()) else { continue };
        let (at, path) = (name.span().start, format!("lessons/{folder}/{}", name.get_ref()));
        let Some((part, _)) = module::read(tree, &path, None, reviews, findings) else { continue };
        if part.id != when.code() || modules.iter().any(|module| module.id == part.id) {
            let message = format!("the module in `{}` has the id `{}`", name.get_ref(), part.id);
            let hint = format!("its id must be `{}`, and no module of the course may have that", when.code());
            findings.push(text.error(Code::Id, at, message).hint(hint));
        } else if !matches!(steps(&part).as_slice(), [StepKind::Questionnaire { .. }]) {
            let message = format!("`{}` must hold one step, a questionnaire", name.get_ref());
            findings.push(text.error(Code::Structure, at, message));
        } else {
            surveys.push((Survey { when, part }, name.get_ref().clone()));
        }
    }
    surveys
}

fn steps(part: &Module) -> Vec<&StepKind> {
    part.steps().map(|step| &step.kind).collect()
}
