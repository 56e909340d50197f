//! What a text must keep to beyond its form: Telegram's limits on the very screens that are sent, and what
//! reads well on a phone. Hard limits are errors, advice is a warning.

use super::place::Text;
use super::screen::{FRAME, REVIEW_FRAME};
use super::text::StepText;
use crate::domain::finding::{Code, Finding};
use crate::domain::programme::{Step, StepKind};
use crate::domain::text::{CAPTION_LIMIT, Rich, SpanKind, TEXT_LIMIT, TextError};

/// A card reads well with 400 to 700 characters; outside these bounds somebody should look.
const CARD_CHARS: std::ops::RangeInclusive<usize> = 300..=800;

/// Longest words on a button: above it even a wide phone cuts them.
const MAX_BUTTON: usize = 64;

/// Longest title: it also stands in lists and on buttons.
const MAX_TITLE: usize = 80;

/// Longest introduction of a module or lesson: it shares its message with a list of what comes.
const MAX_INTRO: usize = 1000;

/// A programme's description.
pub(super) fn description(text: &Text<'_>, at: usize, description: &Rich, findings: &mut Vec<Finding>) {
    intro(text, at, "the programme's description", description, findings);
    if description.text.contains("\n\n") {
        findings.push(text.warning(Code::Reading, at, "the programme's description is one short paragraph"));
    }
}

/// An introduction, which may be empty.
pub(super) fn intro(text: &Text<'_>, at: usize, what: &str, intro: &Rich, findings: &mut Vec<Finding>) {
    if !intro.is_empty() {
        sendable(text, at, what, intro, MAX_INTRO, findings);
    }
}

/// A step's words on all the screens that show them.
pub(super) fn step(text: &Text<'_>, at: usize, step: &Step, words: &StepText, findings: &mut Vec<Finding>) {
    if words.body.is_empty() && words.title.is_none() {
        return;
    }
    if let Some(title) = words.title.as_deref().filter(|t| t.chars().count() > MAX_TITLE) {
        let message = format!("the title has {} characters, {MAX_TITLE} are possible", title.chars().count());
        findings.push(text.error(Code::Limit, at, message));
    }
    let limit = match &step.kind {
        StepKind::Card { picture: Some(_), .. } => CAPTION_LIMIT,
        _ => TEXT_LIMIT,
    };
    let what = format!("the screen of `{}`", step.id);
    let review = step.review.as_ref().map_or(0, |review| REVIEW_FRAME + review.source.chars().count());
    let before = findings.len();
    sendable(text, at, &what, &longest_screen(step, words), limit - FRAME - review, findings);
    let too_long = findings[before..].iter_mut().find(|finding| finding.code == Code::Limit);
    match &step.kind {
        StepKind::Card { .. } => match too_long {
            Some(finding) => {
                finding.hint = Some("shorten it, or let it come in several: `parts = 2` in module.toml".to_owned());
            }
            None => card(text, at, words, findings),
        },
        StepKind::Questionnaire { .. } => buttons(text, at, words, findings),
        StepKind::Choice { .. }
        | StepKind::Multi { .. }
        | StepKind::Write { .. }
        | StepKind::Checklist { .. }
        | StepKind::Link
        | StepKind::Reflect => {}
    }
}

/// The longest of the screens that a step may show: after a wrong answer with the right one beside it, or after all
/// that may be marked together.
fn longest_screen(step: &Step, words: &StepText) -> Rich {
    let ids = step.kind.option_ids();
    match &step.kind {
        StepKind::Multi { .. } => words.explained(&ids.iter().map(String::as_str).collect::<Vec<_>>()),
        StepKind::Choice { correct, .. } => {
            let screens = ids.iter().map(|id| words.explained(&[id, correct]));
            screens.max_by_key(Rich::chars).unwrap_or_else(|| words.screen())
        }
        StepKind::Card { .. }
        | StepKind::Write { .. }
        | StepKind::Checklist { .. }
        | StepKind::Link
        | StepKind::Reflect
        | StepKind::Questionnaire { .. } => words.screen(),
    }
}

fn card(text: &Text<'_>, at: usize, words: &StepText, findings: &mut Vec<Finding>) {
    // What is folded away is read by whoever wants to.
    let folded = words.body.spans.iter().filter(|span| span.kind == SpanKind::ExpandableQuote);
    let chars = words.body.chars().saturating_sub(folded.map(|span| span.len).sum());
    if chars > 0 && !CARD_CHARS.contains(&chars) {
        let message = format!("the card has {chars} characters, 400 to 700 read well");
        findings.push(text.warning(Code::Reading, at, message));
    }
}

fn buttons(text: &Text<'_>, at: usize, words: &StepText, findings: &mut Vec<Finding>) {
    for (id, question) in &words.questions {
        for (_, label) in question.options.iter().filter(|(_, l)| l.chars().count() > MAX_BUTTON) {
            let message =
                format!("an answer to `{id}` has {} characters, a button holds {MAX_BUTTON}", label.chars().count());
            findings.push(text.error(Code::Limit, at, message));
        }
        let mut screen = Rich::plain(question.text.clone());
        screen.push_str("\n\n");
        screen.push(&words.body);
        sendable(text, at, &format!("the question `{id}`"), &screen, TEXT_LIMIT - FRAME, findings);
    }
}

/// Whether Telegram takes a text as it is, and whether somebody left a placeholder in it.
fn sendable(text: &Text<'_>, at: usize, what: &str, rich: &Rich, limit: usize, findings: &mut Vec<Finding>) {
    match rich.validate(limit) {
        // An empty text is reported where its reason is known.
        Ok(()) | Err(TextError::Empty) => {}
        Err(error) => findings.push(text.error(Code::Limit, at, format!("{what}: {error}"))),
    }
    if let Some(placeholder) = placeholder(&rich.text) {
        let message = format!("{what} has the placeholder `{placeholder}`, which nothing fills");
        findings.push(text.error(Code::Placeholder, at, message));
    }
}

/// The first `{name}` or `{ $name }` of a text.
fn placeholder(text: &str) -> Option<&str> {
    text.match_indices('{').find_map(|(start, _)| {
        let end = start + text[start..].find('}')?;
        let name = text[start + 1..end].trim().trim_start_matches('$');
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        is_name.then_some(&text[start..=end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_names_in_braces_and_nothing_else() {
        assert_eq!(placeholder("Hallo {name}, { $x } …"), Some("{name}"));
        assert_eq!(placeholder("Hallo { $first-name }"), Some("{ $first-name }"));
        assert_eq!(placeholder("{ } {1} {a b} } {"), None);
    }
}
