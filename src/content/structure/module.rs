//! `module.toml`: lessons, steps, options, answers.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::{MAX_MODULE_MINUTES, MAX_OPTION_ID, bad_id, check_id, is_option_id};
use crate::content::place::Text;
use crate::content::tree::Tree;
use crate::domain::finding::{Code, Finding};
use crate::domain::programme::{Lesson, Module, Question, QuestionKind, Review, Step, StepKind, TEST};
use crate::domain::tap::{MAX_DATA, Tap};

/// Fewest and most answers of a question: one is no choice, and more do not fit a screen.
const ANSWERS: std::ops::RangeInclusive<usize> = 2..=10;

/// Most items of a checklist, each of which is a button.
const MAX_ITEMS: usize = 20;

/// Longest list of sources: it is shown below the text, where other additions need room as well.
const MAX_SOURCE: usize = 160;

/// Sections of the concept are K1 to K14 (the table of contents of the programme's concept).
const CONCEPT_SECTIONS: u8 = 14;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawModule {
    id: Spanned<String>,
    #[serde(default)]
    lesson: Vec<RawLesson>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLesson {
    id: Spanned<String>,
    minutes: Spanned<i64>,
    #[serde(default)]
    step: Vec<RawStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStep {
    pub id: Spanned<String>,
    pub kind: Spanned<String>,
    pub picture: Option<Spanned<String>>,
    pub video: Option<Spanned<String>>,
    pub parts: Option<Spanned<i64>>,
    options: Option<Spanned<Vec<Spanned<String>>>>,
    correct: Option<Spanned<Correct>>,
    concept: Option<Spanned<String>>,
    items: Option<Spanned<Vec<Spanned<String>>>>,
    law: Option<Spanned<bool>>,
    source: Option<Spanned<String>>,
    review_by: Option<Spanned<Datetime>>,
    handover: Option<Spanned<bool>>,
    #[serde(default)]
    question: Vec<RawQuestion>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "`correct` must be an option's id or a list of them")]
enum Correct {
    One(String),
    Several(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQuestion {
    id: Spanned<String>,
    kind: Spanned<String>,
    options: Option<Spanned<Vec<Spanned<String>>>>,
}

/// Reads the module in a folder. `days` is the number of lesson days in a week. With the module comes the
/// finding to report if its id is already taken.
pub(super) fn read(
    tree: &Tree,
    folder: &str,
    days: Option<usize>,
    reviews: &mut Vec<(NaiveDate, Finding)>,
    findings: &mut Vec<Finding>,
) -> Option<(Module, Finding)> {
    let path = format!("{folder}/module.toml");
    let text = match tree.text(&path) {
        Ok(text) => Text::new(&path, text),
        Err(finding) => {
            findings.push(finding);
            return None;
        }
    };
    let raw: RawModule = match toml::from_str(text.text) {
        Ok(raw) => raw,
        Err(error) => {
            findings.push(text.toml_error(&error));
            return None;
        }
    };
    check_id(&text, &raw.id, "a module", findings);
    if raw.id.get_ref() == TEST {
        let message = format!("the id `{TEST}` is the closing test's");
        findings.push(text.error(Code::Id, raw.id.span().start, message).hint("give the module another id"));
    }
    let at = raw.id.span().start;
    if raw.lesson.is_empty() {
        findings.push(text.error(Code::Structure, at, "the module has no lessons"));
    }
    if days.is_some_and(|days| raw.lesson.len() > days) {
        let message = format!("{} lessons, but a week has {} lesson days", raw.lesson.len(), days.unwrap_or(0));
        findings.push(text.warning(Code::Time, at, message).hint("the rest waits for the next week's days"));
    }
    let mut reader = Reader { text, tree, folder, findings, reviews, steps: BTreeSet::new() };
    let lessons = reader.lessons(&raw.lesson);
    let minutes: u32 = lessons.iter().map(|l| l.minutes).sum();
    if minutes > MAX_MODULE_MINUTES {
        let message = format!("the lessons take {minutes} minutes, a week has {MAX_MODULE_MINUTES}");
        findings.push(text.error(Code::Time, at, message));
    }
    let steps = lessons.iter().flat_map(|lesson| &lesson.steps);
    fit_buttons(&text, at, raw.id.get_ref(), steps, findings);
    let taken = text.error(Code::Twice, at, format!("the id `{}` is taken by another module", raw.id.get_ref()));
    Some((Module { id: raw.id.into_inner(), lessons }, taken))
}

/// Reports buttons whose data would be too long.
pub(super) fn fit_buttons<'s>(
    text: &Text<'_>,
    at: usize,
    module: &str,
    steps: impl Iterator<Item = &'s Step>,
    findings: &mut Vec<Finding>,
) {
    for step in steps {
        let bytes = Tap::bytes_for(module, step);
        if bytes > MAX_DATA {
            let message = format!("a button of the step `{}` needs {bytes} bytes, {MAX_DATA} are possible", step.id);
            findings.push(
                text.error(Code::Limit, at, message).hint("shorten the ids of the module, the step or its answers"),
            );
        }
    }
}

pub(super) struct Reader<'a> {
    pub text: Text<'a>,
    pub tree: &'a Tree,
    pub folder: &'a str,
    pub findings: &'a mut Vec<Finding>,
    pub reviews: &'a mut Vec<(NaiveDate, Finding)>,
    /// Ids of the module's steps so far.
    pub steps: BTreeSet<String>,
}

impl Reader<'_> {
    fn lessons(&mut self, raw: &[RawLesson]) -> Vec<Lesson> {
        let mut ids = BTreeSet::new();
        raw.iter()
            .map(|lesson| {
                let id = lesson.id.get_ref();
                check_id(&self.text, &lesson.id, "a lesson", self.findings);
                if !ids.insert(id.clone()) {
                    self.error(
                        Code::Twice,
                        &lesson.id,
                        format!("the id `{id}` is taken by another lesson of this module"),
                    );
                }
                let minutes = u32::try_from(*lesson.minutes.get_ref()).unwrap_or(0);
                if !(1..=MAX_MODULE_MINUTES).contains(&minutes) {
                    self.error(
                        Code::Setting,
                        &lesson.minutes,
                        format!("`minutes` must be from 1 to {MAX_MODULE_MINUTES}"),
                    );
                }
                if lesson.step.is_empty() {
                    self.error(Code::Structure, &lesson.id, format!("the lesson `{id}` has no steps"));
                }
                let steps = lesson.step.iter().filter_map(|raw| self.step(raw).map(|step| self.in_parts(raw, step)));
                let steps = steps.flatten().collect();
                Lesson { id: id.clone(), minutes: minutes.min(MAX_MODULE_MINUTES), steps }
            })
            .collect()
    }

    pub fn step(&mut self, raw: &RawStep) -> Option<Step> {
        let id = raw.id.get_ref();
        check_id(&self.text, &raw.id, "a step", self.findings);
        if !self.steps.insert(id.clone()) {
            self.error(Code::Twice, &raw.id, format!("the id `{id}` is taken by another step of this module"));
        }
        let allowed: &[&str] = match raw.kind.get_ref().as_str() {
            "card" => &["picture", "video", "parts"],
            "choice" | "multi" => &["options", "correct"],
            "write" => &["concept"],
            "checklist" => &["items", "handover"],
            "questionnaire" => &["question"],
            "link" | "reflect" => &[],
            other => {
                let all = "card, choice, multi, write, checklist, link, reflect, questionnaire";
                let finding = self.text.error(Code::Setting, raw.kind.span(), format!("`{other}` is no kind of step"));
                self.findings.push(finding.hint(format!("one of {all}")));
                return None;
            }
        };
        self.foreign_keys(raw, allowed);
        let law = self.law(raw);
        let review = self.review(raw, law);
        let handover = raw.handover.as_ref().is_some_and(|handover| *handover.get_ref());
        self.kind(raw).map(|kind| Step { id: id.clone(), kind, law, review, handover })
    }

    /// Only questions are marked as being about law: what hangs on the mark is what happens after an answer.
    fn law(&mut self, raw: &RawStep) -> bool {
        let Some(law) = &raw.law else { return false };
        let quiz = matches!(raw.kind.get_ref().as_str(), "choice" | "multi");
        if !quiz {
            self.error(Code::Structure, law, format!("`law` does not go with the kind `{}`", raw.kind.get_ref()));
        }
        quiz && *law.get_ref()
    }

    fn review(&mut self, raw: &RawStep, law: bool) -> Option<Review> {
        let (source, by) = match (&raw.source, &raw.review_by) {
            (Some(source), Some(by)) => (source, by),
            (None, None) if law => {
                self.error(
                    Code::Review,
                    &raw.id,
                    format!("the step `{}` is about law and needs `source`", raw.id.get_ref()),
                );
                self.hint("and `review_by`, the day by which somebody should look whether it still holds");
                return None;
            }
            (None, None) => return None,
            (Some(source), None) => {
                self.error(Code::Review, source, "a `source` comes with `review_by`".to_owned());
                self.hint("write the day by which somebody should look at it again: `review_by = 2027-05-31`");
                return None;
            }
            (None, Some(by)) => {
                self.error(Code::Review, by, "`review_by` comes with a `source`".to_owned());
                return None;
            }
        };
        let length = source.get_ref().chars().count();
        if !(1..=MAX_SOURCE).contains(&length) {
            self.error(
                Code::Limit,
                source,
                format!("the source has {length} characters, 1 to {MAX_SOURCE} are possible"),
            );
        }
        let date = by.get_ref().date.filter(|_| by.get_ref().time.is_none());
        let day = date.and_then(|d| NaiveDate::from_ymd_opt(d.year.into(), d.month.into(), d.day.into()));
        let Some(day) = day else {
            self.error(Code::Review, by, "`review_by` must be a day, such as 2027-05-31".to_owned());
            return None;
        };
        let overdue =
            self.text.warning(Code::Review, by.span(), format!("`{}` was to be looked at by {day}", raw.id.get_ref()));
        self.reviews.push((day, overdue.hint("see whether its facts still hold, then move `review_by`")));
        Some(Review { source: source.get_ref().clone(), by: day })
    }

    /// Reports keys that do not go with the step's kind.
    fn foreign_keys(&mut self, raw: &RawStep, allowed: &[&str]) {
        let present = [
            ("options", raw.options.as_ref().map(Spanned::span)),
            ("correct", raw.correct.as_ref().map(Spanned::span)),
            ("concept", raw.concept.as_ref().map(Spanned::span)),
            ("items", raw.items.as_ref().map(Spanned::span)),
            ("picture", raw.picture.as_ref().map(Spanned::span)),
            ("video", raw.video.as_ref().map(Spanned::span)),
            ("parts", raw.parts.as_ref().map(Spanned::span)),
            ("handover", raw.handover.as_ref().map(Spanned::span)),
            ("question", raw.question.first().map(|q| q.id.span())),
        ];
        for (key, span) in present {
            if let Some(span) = span.filter(|_| !allowed.contains(&key)) {
                let message = format!("`{key}` does not go with the kind `{}`", raw.kind.get_ref());
                self.findings.push(self.text.error(Code::Structure, span, message));
            }
        }
    }

    fn kind(&mut self, raw: &RawStep) -> Option<StepKind> {
        match raw.kind.get_ref().as_str() {
            "card" => Some(self.card(raw)),
            "choice" => self.choice(raw),
            "multi" => self.multi(raw),
            "write" => Some(StepKind::Write { concept: raw.concept.as_ref().map(|c| self.concept(c)) }),
            "checklist" => {
                let items = self.ids(raw, "items", raw.items.as_ref(), 1..=MAX_ITEMS)?;
                Some(StepKind::Checklist { items })
            }
            "link" => Some(StepKind::Link),
            "reflect" => Some(StepKind::Reflect),
            _ => Some(self.questionnaire(raw)),
        }
    }

    fn choice(&mut self, raw: &RawStep) -> Option<StepKind> {
        let options = self.ids(raw, "options", raw.options.as_ref(), ANSWERS)?;
        let correct = self.present(raw, "correct", raw.correct.as_ref())?;
        match correct.get_ref() {
            Correct::One(id) => {
                self.known_answer(&options, id, correct);
                Some(StepKind::Choice { options, correct: id.clone() })
            }
            Correct::Several(_) => {
                self.error(Code::Answer, correct, "a `choice` has one right answer".to_owned());
                self.hint("write `kind = \"multi\"` if there are several");
                None
            }
        }
    }

    fn multi(&mut self, raw: &RawStep) -> Option<StepKind> {
        let options = self.ids(raw, "options", raw.options.as_ref(), ANSWERS)?;
        let correct = self.present(raw, "correct", raw.correct.as_ref())?;
        match correct.get_ref() {
            Correct::Several(ids) if !ids.is_empty() => {
                ids.iter().for_each(|id| self.known_answer(&options, id, correct));
                Some(StepKind::Multi { options, correct: ids.iter().cloned().collect() })
            }
            Correct::One(_) | Correct::Several(_) => {
                self.error(Code::Answer, correct, "a `multi` has a list of right answers".to_owned());
                self.hint("write `correct = [\"a\", \"c\"]`");
                None
            }
        }
    }

    fn known_answer(&mut self, options: &[String], id: &str, at: &Spanned<Correct>) {
        if !options.iter().any(|o| o == id) {
            self.error(Code::Answer, at, format!("the right answer `{id}` is not among the options"));
        }
    }

    fn concept(&mut self, concept: &Spanned<String>) -> String {
        let section = concept.get_ref();
        let number = section.strip_prefix('K').filter(|n| !n.starts_with('0')).and_then(|n| n.parse::<u8>().ok());
        if !number.is_some_and(|n| (1..=CONCEPT_SECTIONS).contains(&n)) {
            self.error(Code::Setting, concept, format!("`{section}` is no section of the concept"));
            self.hint(&format!("K1 to K{CONCEPT_SECTIONS}"));
        }
        section.clone()
    }

    fn questionnaire(&mut self, raw: &RawStep) -> StepKind {
        let mut ids = BTreeSet::new();
        let mut questions = Vec::new();
        for question in &raw.question {
            check_id(&self.text, &question.id, "a question", self.findings);
            if !ids.insert(question.id.get_ref().as_str()) {
                let message = format!("the id `{}` is taken by another question", question.id.get_ref());
                self.error(Code::Twice, &question.id, message);
            }
            let kind = self.question_kind(question);
            questions.extend(kind.map(|kind| Question { id: question.id.get_ref().clone(), kind }));
        }
        let picks = raw.question.iter().filter(|q| q.kind.get_ref() == "pick").count();
        if picks == 0 {
            self.error(
                Code::Structure,
                &raw.id,
                "a questionnaire needs at least one question of the kind `pick`".to_owned(),
            );
        }
        if raw.question.iter().filter(|q| q.kind.get_ref() == "sentence").count() > 1 {
            self.error(Code::Structure, &raw.id, "a questionnaire asks for one sentence at most".to_owned());
        }
        StepKind::Questionnaire { questions }
    }

    fn question_kind(&mut self, raw: &RawQuestion) -> Option<QuestionKind> {
        match (raw.kind.get_ref().as_str(), &raw.options) {
            ("pick", Some(options)) => {
                self.id_list("options", options, ANSWERS).map(|options| QuestionKind::Pick { options })
            }
            ("pick", None) => {
                self.error(Code::Structure, &raw.id, format!("the question `{}` has no `options`", raw.id.get_ref()));
                None
            }
            ("recommend", None) => Some(QuestionKind::Recommend),
            ("sentence", None) => Some(QuestionKind::Sentence),
            (kind @ ("recommend" | "sentence"), Some(options)) => {
                self.error(Code::Structure, options, format!("`options` does not go with the kind `{kind}`"));
                None
            }
            (other, _) => {
                self.error(Code::Setting, &raw.kind, format!("`{other}` is no kind of question"));
                self.hint("`pick`, `recommend` or `sentence`");
                None
            }
        }
    }

    fn present<'r, T>(&mut self, raw: &RawStep, key: &str, value: Option<&'r Spanned<T>>) -> Option<&'r Spanned<T>> {
        if value.is_none() {
            let message = format!("the step `{}` of the kind `{}` needs `{key}`", raw.id.get_ref(), raw.kind.get_ref());
            self.error(Code::Structure, &raw.id, message);
        }
        value
    }

    fn ids(
        &mut self,
        raw: &RawStep,
        key: &str,
        list: Option<&Spanned<Vec<Spanned<String>>>>,
        count: std::ops::RangeInclusive<usize>,
    ) -> Option<Vec<String>> {
        let list = self.present(raw, key, list)?;
        self.id_list(key, list, count)
    }

    fn id_list(
        &mut self,
        key: &str,
        list: &Spanned<Vec<Spanned<String>>>,
        count: std::ops::RangeInclusive<usize>,
    ) -> Option<Vec<String>> {
        if !count.contains(&list.get_ref().len()) {
            self.error(Code::Setting, list, format!("`{key}` needs {} to {} ids", count.start(), count.end()));
        }
        let mut seen = BTreeSet::new();
        for id in list.get_ref() {
            if !is_option_id(id.get_ref()) {
                let finding = bad_id(&self.text, id.span(), id.get_ref(), "an answer or item", MAX_OPTION_ID);
                self.findings.push(finding);
            } else if !seen.insert(id.get_ref()) {
                self.error(Code::Twice, id, format!("`{}` is listed twice in `{key}`", id.get_ref()));
            }
        }
        Some(list.get_ref().iter().map(|id| id.get_ref().clone()).collect())
    }

    pub fn error<T>(&mut self, code: Code, at: &Spanned<T>, message: String) {
        self.findings.push(self.text.error(code, at.span(), message));
    }

    /// Adds advice to the last finding.
    pub fn hint(&mut self, hint: &str) {
        if let Some(last) = self.findings.last_mut() {
            last.hint = Some(hint.to_owned());
        }
    }
}
