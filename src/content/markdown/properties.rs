//! Any text at all is drawn with valid marks or refused with a place in it.

use proptest::prelude::*;

use super::to_rich;
use crate::domain::text::{Rich, SPAN_LIMIT, TextError};

/// Pieces of Markdown that meet in all ways, besides any characters at all.
fn any_markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "**", "*", "_", "~~", "~", "`", "||", "|", "```\n", "\n", "\n\n", "  \n", "> ", "> [!NOTE]\n", "- ", "  - ",
            "1. ", "[a](https://a.example)", "[", "](https://b.example)", "![", "<b>", "<!--", "&amp;", "&#7;", "\\",
            "|a|b|\n|-|-|\n", "# ", "---\n", "- [ ] ", "<a@b.example>", "\t", "    ", "🌳", "👩\u{200d}👧", "ß", "\u{202e}",
            "\r\n", "||x||",
        ]).prop_map(str::to_owned),
        2 => "[a-z ]{1,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn holds(markdown: &str) -> Result<(), String> {
    match to_rich(markdown) {
        Ok(rich) => well_formed(&rich),
        Err(refusals) if refusals.is_empty() => Err("refused without a reason".into()),
        Err(refusals) => match refusals.iter().find(|r| markdown.get(r.range.clone()).is_none()) {
            Some(bad) => Err(format!("{bad:?} lies outside")),
            None => Ok(()),
        },
    }
}

/// Valid apart from how much there is: an empty text, or more marks than a message holds, is the linter's matter.
fn well_formed(rich: &Rich) -> Result<(), String> {
    let mut few = rich.clone();
    few.spans.truncate(SPAN_LIMIT);
    match few.validate(usize::MAX) {
        Ok(()) => Ok(()),
        Err(TextError::Empty) if rich.spans.is_empty() => Ok(()),
        Err(other) => Err(format!("{other}: {rich:?}")),
    }
}

proptest! {
    #![proptest_config(crate::content::cases(1000))]

    #[test]
    fn markdown_is_drawn_validly_or_refused_with_its_place(markdown in any_markdown()) {
        prop_assert_eq!(holds(&markdown), Ok(()));
    }

    #[test]
    fn so_is_any_string(markdown in any::<String>()) {
        prop_assert_eq!(holds(&markdown), Ok(()));
    }
}
