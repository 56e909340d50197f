//! Any text at all is read against a structure without a panic, and what is read is whole or reported.

use proptest::prelude::*;

use crate::content::place::Text;
use crate::domain::finding::Finding;
use crate::domain::programme::{Lesson, Module, Question, QuestionKind, Step, StepKind};

fn module() -> Module {
    let ids = |all: &[&str]| all.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let step = |id: &str, kind| Step::new(id, kind);
    let pick = Question { id: "p".into(), kind: QuestionKind::Pick { options: ids(&["1", "2"]) } };
    let sentence = Question { id: "s".into(), kind: QuestionKind::Sentence };
    let steps = vec![
        step("c", StepKind::Card { picture: None, video: None }),
        step("q", StepKind::Choice { options: ids(&["a", "b"]), correct: "b".into() }),
        step("f", StepKind::Questionnaire { questions: vec![pick, sentence] }),
    ];
    Module { id: "m1".into(), lessons: vec![Lesson { id: "l1".into(), minutes: 10, steps }] }
}

const WHOLE: &str = "# M\n\nIntro.\n\n## l1: L\n\n### c: C\n\nText.\n\n### q\n\nWhat?\n\n- a: A\n  > No.\n- b: B\n\n\
                     ### f: F\n\nSay.\n\n#### p: P?\n\n- 1: x\n- 2: y\n\n#### s: S?\n";

/// The whole text with pieces put in and taken out.
fn damaged() -> impl Strategy<Value = String> {
    let pieces = vec![
        "#",
        "# ",
        "### q\n",
        "### c: C\n",
        "#### p: P\n",
        "- a: ",
        "- ",
        "-\n",
        "  - a: b\n",
        "> ",
        "  > x\n",
        ":",
        "\n",
        "\n\n",
        "**",
        "`",
        "||",
        "<b>",
        "1. a: x\n",
        "- [ ] a: x\n",
        "```\n",
        "|a|\n|-|\n",
        "&#9;",
        "{x}",
        "🌳",
        "\t",
        "\\",
    ];
    let piece =
        prop_oneof![prop::sample::select(pieces).prop_map(str::to_owned), any::<char>().prop_map(String::from),];
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0..12_usize, piece), 0..6);
    edits.prop_map(|edits| {
        let mut chars: Vec<char> = WHOLE.chars().collect();
        for (at, gone, new) in edits {
            let at = at.index(chars.len() + 1);
            let end = (at + gone).min(chars.len());
            chars.splice(at..end, new.chars());
        }
        chars.into_iter().collect()
    })
}

#[test]
fn the_undamaged_text_is_whole() {
    let mut findings = Vec::new();
    let read = super::module(Text::new("de.md", WHOLE), &module(), &mut findings);
    assert!(!findings.iter().any(Finding::is_error), "{findings:?}");
    assert_eq!(read.lessons["l1"].steps.len(), 3);
    let keys: Vec<&str> = read.blocks.iter().map(|b| b.key.as_str()).collect();
    assert_eq!(keys, ["m1", "m1:l1", "m1/c", "m1/q", "m1/f"]);
}

proptest! {
    #![proptest_config(crate::content::cases(1000))]

    #[test]
    fn a_damaged_text_is_whole_or_reported(text in damaged()) {
        let mut findings = Vec::new();
        let read = super::module(Text::new("de.md", &text), &module(), &mut findings);
        match read.lessons.get("l1") {
            None => prop_assert!(findings.iter().any(Finding::is_error)),
            Some(lesson) => {
                prop_assert_eq!(lesson.steps.len(), 3);
                prop_assert_eq!(lesson.steps["q"].options.len(), 2);
                prop_assert!(lesson.steps["q"].options[0].1.why.is_some());
                prop_assert_eq!(lesson.steps["f"].questions.len(), 2);
                for step in lesson.steps.values() {
                    prop_assert_eq!(step.explained(&["a", "b"]).validate(4096), Ok(()));
                }
            }
        }
    }
}
