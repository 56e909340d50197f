//! `programme.toml` and `module.toml`: the structure of a programme, without a word of its text.

mod card;
mod module;
mod pool;
mod release;
mod surveys;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::place::Text;
use super::tree::Tree;
use crate::domain::finding::{Code, Finding};
use crate::domain::programme::{Module, Programme};

/// Longest id of a programme, module, lesson, step or question.
pub(super) const MAX_ID: usize = 32;

/// Longest id of an option or item: it travels in a button's data, 64 bytes for everything (Bot API).
const MAX_OPTION_ID: usize = 16;

/// Time a module may take, in minutes: the five hours that employers agree to a week.
pub(super) const MAX_MODULE_MINUTES: u32 = 300;

/// How far a language of a programme is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The one that is written first; complete by definition.
    Source,
    /// Promised to people: a gap or a stale text is an error.
    Live,
    /// In the making: a gap is a warning.
    Draft,
}

/// A programme's structure and where its parts lie.
pub(super) struct Structure {
    pub programme: Programme,
    pub languages: BTreeMap<String, Status>,
    pub source: String,
    /// Each module's folder, in the order of `programme.modules`.
    pub folders: Vec<String>,
    /// The folder of the closing test.
    pub test: Option<String>,
    /// The folders of the questionnaires, in the order of `programme.surveys`.
    pub surveys: Vec<String>,
    /// By when somebody should look at which texts again: the day, and what to say after it.
    pub reviews: Vec<(NaiveDate, Finding)>,
}

impl Structure {
    /// Everything that has steps, with its folder: the modules, the pool of the closing test, the questionnaires.
    pub fn parts(&self) -> impl Iterator<Item = (&Module, &str)> {
        let modules = self.programme.modules.iter().zip(self.folders.iter().map(String::as_str));
        let surveys = self.programme.surveys.iter().map(|survey| &survey.part);
        modules
            .chain(self.programme.test.iter().map(|test| &test.pool).zip(self.test.as_deref()))
            .chain(surveys.zip(self.surveys.iter().map(String::as_str)))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProgramme {
    id: Spanned<String>,
    release: Spanned<String>,
    pass_percent: Spanned<i64>,
    languages: Spanned<BTreeMap<String, Spanned<String>>>,
    modules: Spanned<Vec<Spanned<String>>>,
    test: Option<Spanned<String>>,
    #[serde(default)]
    surveys: BTreeMap<String, Spanned<String>>,
}

/// Reads the structure of the programme in a folder below `lessons/`; `None` if it cannot be used at all.
pub(super) fn read(tree: &Tree, folder: &str, findings: &mut Vec<Finding>) -> Option<Structure> {
    let path = format!("lessons/{folder}/programme.toml");
    let text = match tree.text(&path) {
        Ok(text) => Text::new(&path, text),
        Err(finding) => {
            findings.push(finding);
            return None;
        }
    };
    let raw: RawProgramme = match toml::from_str(text.text) {
        Ok(raw) => raw,
        Err(error) => {
            findings.push(text.toml_error(&error));
            return None;
        }
    };
    check_id(&text, &raw.id, "a programme", findings);
    if raw.id.get_ref() != folder {
        let message = format!("the programme `{}` lies in the folder `{folder}`", raw.id.get_ref());
        findings.push(text.error(Code::Id, raw.id.span(), message).hint("give both the same name"));
    }
    let days = release::check(&text, &raw.release, findings);
    let pass_percent = u8::try_from(*raw.pass_percent.get_ref()).ok().filter(|p| (1..=100).contains(p));
    if pass_percent.is_none() {
        findings.push(text.error(Code::Setting, raw.pass_percent.span(), "`pass_percent` must be from 1 to 100"));
    }
    let (languages, source) = languages(&text, &raw.languages, findings)?;
    let mut reviews = Vec::new();
    let (modules, folders) = modules(tree, folder, &text, &raw, days, &mut reviews, findings);
    let test = raw.test.as_ref().and_then(|name| {
        let path = format!("lessons/{folder}/{}", name.get_ref());
        pool::read(tree, &path, &modules, &mut reviews, findings).map(|test| (test, name.get_ref().clone()))
    });
    let (test, test_folder) = test.unzip();
    let (surveys, survey_folders) =
        surveys::read(tree, folder, &text, &raw.surveys, &modules, &mut reviews, findings).into_iter().unzip();
    let programme = Programme {
        id: raw.id.into_inner(),
        release: raw.release.into_inner(),
        pass_percent: pass_percent?,
        modules,
        test,
        surveys,
    };
    Some(Structure { programme, languages, source, folders, test: test_folder, surveys: survey_folders, reviews })
}

/// A language by its letters, with what kind of it, as BCP 47 names them (`simple` is a registered variant).
fn is_language(code: &str) -> bool {
    let mut parts = code.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn languages(
    text: &Text<'_>,
    raw: &Spanned<BTreeMap<String, Spanned<String>>>,
    findings: &mut Vec<Finding>,
) -> Option<(BTreeMap<String, Status>, String)> {
    let mut languages = BTreeMap::new();
    for (code, status) in raw.get_ref() {
        let at = status.span();
        if !is_language(code) {
            findings.push(
                text.error(Code::Id, at.clone(), format!("`{code}` is no language code"))
                    .hint("write `de`, `en`, `uk` …, or a kind of one, such as `de-simple`"),
            );
        }
        match status.get_ref().as_str() {
            "source" => languages.insert(code.clone(), Status::Source),
            "live" => languages.insert(code.clone(), Status::Live),
            "draft" => languages.insert(code.clone(), Status::Draft),
            other => {
                let message = format!("`{other}` is no state of a language");
                findings.push(text.error(Code::Setting, at, message).hint("write `source`, `live` or `draft`"));
                None
            }
        };
    }
    let sources: Vec<&String> = languages.iter().filter(|(_, s)| **s == Status::Source).map(|(c, _)| c).collect();
    match sources.as_slice() {
        [one] => {
            let source = (*one).clone();
            Some((languages, source))
        }
        other => {
            let message = format!("{} languages are the source, it must be one", other.len());
            findings.push(text.error(Code::Setting, raw.span(), message));
            None
        }
    }
}

fn modules(
    tree: &Tree,
    folder: &str,
    text: &Text<'_>,
    programme: &RawProgramme,
    days: Option<usize>,
    reviews: &mut Vec<(NaiveDate, Finding)>,
    findings: &mut Vec<Finding>,
) -> (Vec<Module>, Vec<String>) {
    let raw = &programme.modules;
    if raw.get_ref().is_empty() {
        findings.push(text.error(Code::Structure, raw.span(), "the programme has no modules"));
    }
    let (mut modules, mut folders) = (Vec::new(), Vec::new());
    let (mut seen, mut ids) = (BTreeSet::new(), BTreeSet::new());
    for name in raw.get_ref() {
        if !is_id(name.get_ref(), MAX_ID) {
            findings.push(bad_id(text, name.span(), name.get_ref(), "a module's folder", MAX_ID));
        } else if !seen.insert(name.get_ref().as_str()) {
            findings.push(text.error(
                Code::Twice,
                name.span(),
                format!("the module `{}` is listed twice", name.get_ref()),
            ));
        } else if let Some((module, at)) =
            module::read(tree, &format!("lessons/{folder}/{}", name.get_ref()), days, reviews, findings)
        {
            if ids.insert(module.id.clone()) {
                modules.push(module);
                folders.push(name.get_ref().clone());
            } else {
                findings.push(at.hint("ids of modules are unique in a programme"));
            }
        }
    }
    let others = programme.test.iter().chain(programme.surveys.values()).map(|name| name.get_ref().as_str());
    let others: BTreeSet<&str> = others.collect();
    let folders_there = tree.folders(&format!("lessons/{folder}")).into_iter();
    for stray in folders_there.filter(|f| !seen.contains(f) && !others.contains(f)) {
        let path = format!("lessons/{folder}/{stray}");
        let hint = "add it to `modules` in programme.toml, or delete it";
        findings.push(Finding::warning(Code::File, path, "the folder is no module of the programme").hint(hint));
    }
    (modules, folders)
}

fn check_id(text: &Text<'_>, id: &Spanned<String>, what: &str, findings: &mut Vec<Finding>) {
    if !is_id(id.get_ref(), MAX_ID) {
        findings.push(bad_id(text, id.span(), id.get_ref(), what, MAX_ID));
    }
}

fn bad_id(text: &Text<'_>, at: Range<usize>, id: &str, what: &str, most: usize) -> Finding {
    let signs = if most == MAX_OPTION_ID { "a–z, 0–9, - and _" } else { "a–z, 0–9 and -" };
    text.error(Code::Id, at, format!("`{id}` is no id for {what}")).hint(format!("1 to {most} of {signs}"))
}

/// Whether a text can be the id of a programme, module, lesson, step or question.
pub(super) fn is_id(id: &str, most: usize) -> bool {
    (1..=most).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Whether a text can be the id of an option, an item or an answer.
pub(super) fn is_option_id(id: &str) -> bool {
    is_id(&id.replace('_', "-"), MAX_OPTION_ID)
}
