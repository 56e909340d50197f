//! One step's words, as its kind wants them.

use super::options::{self, Answer};
use super::{card, draw};
use crate::content::place::Text;
use crate::content::sections::{Document, Section};
use crate::content::text::{OptionText, QuestionText, StepText};
use crate::domain::finding::{Code, Finding};
use crate::domain::programme::{Question, QuestionKind, Step, StepKind};

/// Reads a step, of a card all its parts. What is wrong is reported; the words are then incomplete.
pub(super) fn step(
    document: &Document<'_>,
    parts: &[&Step],
    head: &Section,
    questions: &[&Section],
    findings: &mut Vec<Finding>,
) -> Vec<StepText> {
    let Some(step) = parts.first() else { return Vec::new() };
    let text = &document.text;
    if let StepKind::Card { picture, video } = &step.kind {
        if let Some(extra) = questions.first() {
            findings.push(text.error(Code::Heading, extra.at, format!("the step `{}` is no questionnaire", step.id)));
        }
        let shown = card::Shown { picture: picture.as_deref(), video: video.as_deref() };
        return card::read(document, parts, &shown, head, findings);
    }
    vec![single(document, step, head, questions, findings)]
}

/// Reads a step that is no card.
fn single(
    document: &Document<'_>,
    step: &Step,
    head: &Section,
    questions: &[&Section],
    findings: &mut Vec<Finding>,
) -> StepText {
    let text = &document.text;
    let with_options = !step.kind.option_ids().is_empty();
    let (body, list) = match with_options {
        true => options::split(document, document.body(head), findings),
        false => (document.body(head), None),
    };
    let before = findings.len();
    let mut words = StepText { title: head.title.clone(), body: draw(text, body, findings), ..StepText::default() };
    let drawn = findings.len() == before;
    if with_options {
        let answers = list.map(|l| options::read(document, l, findings)).unwrap_or_default();
        let place = options::Place { text, at: head.at, of: format!("the step `{}`", step.id) };
        let answers = options::in_order(&place, answers, step.kind.option_ids(), findings);
        words.options = answers.iter().map(|a| (a.id.clone(), option(text, step, a, findings))).collect();
    }
    if let StepKind::Questionnaire { questions: wanted } = &step.kind {
        words.questions = self::questions(document, step, head, wanted, questions, findings);
    } else if let Some(extra) = questions.first() {
        findings.push(text.error(Code::Heading, extra.at, format!("the step `{}` is no questionnaire", step.id)));
    }
    if drawn {
        complete(text, step, head, &words, findings);
    }
    words
}

fn option(text: &Text<'_>, step: &Step, answer: &Answer, findings: &mut Vec<Finding>) -> OptionText {
    match (step.kind.is_right(&answer.id), &answer.why) {
        (Some(false), None) => {
            let message = format!("the wrong answer `{}` has no explanation", answer.id);
            findings.push(
                text.error(Code::Explanation, answer.at, message)
                    .hint("add a line below it, indented by two: `  > Because …`"),
            );
        }
        (None, Some(_)) => {
            findings.push(text.error(
                Code::Explanation,
                answer.at,
                "only answers that are right or wrong have an explanation",
            ));
        }
        (Some(_), _) | (None, None) => {}
    }
    OptionText { label: answer.label.clone(), why: answer.why.clone() }
}

/// Reports words that the kind cannot do without: a checklist or questionnaire may do with its
/// title alone, everything else says something.
fn complete(text: &Text<'_>, step: &Step, head: &Section, words: &StepText, findings: &mut Vec<Finding>) {
    let title_is_enough = match &step.kind {
        StepKind::Checklist { .. } | StepKind::Questionnaire { .. } => true,
        StepKind::Card { .. }
        | StepKind::Choice { .. }
        | StepKind::Multi { .. }
        | StepKind::Write { .. }
        | StepKind::Link
        | StepKind::Reflect => false,
    };
    if words.body.is_empty() && !(title_is_enough && words.title.is_some()) {
        findings.push(text.error(Code::Missing, head.at, format!("the step `{}` has no text", step.id)));
    }
}

fn questions(
    document: &Document<'_>,
    step: &Step,
    head: &Section,
    wanted: &[Question],
    sections: &[&Section],
    findings: &mut Vec<Finding>,
) -> Vec<(String, QuestionText)> {
    let text = &document.text;
    for (i, section) in sections.iter().enumerate() {
        if !wanted.iter().any(|q| q.id == section.id) {
            findings.push(text.error(
                Code::Heading,
                section.at,
                format!("the step `{}` has no question `{}`", step.id, section.id),
            ));
        } else if sections[..i].iter().any(|s| s.id == section.id) {
            findings.push(text.error(Code::Twice, section.at, format!("the question `{}` stands twice", section.id)));
        }
    }
    let read = |q: &Question| match sections.iter().find(|s| s.id == q.id) {
        Some(section) => Some((q.id.clone(), question(document, q, section, findings))),
        None => {
            let message = format!("the question `{}` is missing in the step `{}`", q.id, step.id);
            findings
                .push(text.error(Code::Missing, head.at, message).hint(format!("add a heading `#### {}: …`", q.id)));
            None
        }
    };
    wanted.iter().filter_map(read).collect()
}

fn question(
    document: &Document<'_>,
    wanted: &Question,
    section: &Section,
    findings: &mut Vec<Finding>,
) -> QuestionText {
    let text = &document.text;
    if section.title.is_none() {
        findings.push(text.error(Code::Missing, section.at, format!("the question `{}` has no text", wanted.id)));
    }
    let (body, list) = options::split(document, document.body(section), findings);
    if let Some((_, range)) = body.first() {
        findings.push(text.error(
            Code::Structure,
            range.start,
            "a question stands in its heading, below it are only its answers",
        ));
    }
    let answers = list.map(|l| options::read(document, l, findings)).unwrap_or_default();
    let ids: &[String] = match &wanted.kind {
        QuestionKind::Pick { options } => options,
        // The points of the scale are words enough.
        QuestionKind::Recommend | QuestionKind::Sentence => &[],
    };
    let place = options::Place { text, at: section.at, of: format!("the question `{}`", wanted.id) };
    let answers = options::in_order(&place, answers, ids, findings);
    for answer in answers.iter().filter(|a| a.why.is_some()) {
        findings.push(text.error(
            Code::Explanation,
            answer.at,
            "only answers that are right or wrong have an explanation",
        ));
    }
    let options = answers.into_iter().map(|a| (a.id, a.label.text)).collect();
    QuestionText { text: section.title.clone().unwrap_or_default(), options }
}
