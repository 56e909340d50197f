//! Cutting holds for any text: nothing lost, nothing too long, every mark still on its characters.

use proptest::prelude::*;

use super::{Rich, SpanKind, TextError};

/// A text in pieces, each plain or marked; letters, blanks, line ends and characters of two UTF-16 units.
fn any_rich() -> impl Strategy<Value = Rich> {
    let kinds = prop_oneof![
        Just(None),
        Just(Some(SpanKind::Bold)),
        Just(Some(SpanKind::Quote)),
        Just(Some(SpanKind::Code)),
        Just(Some(SpanKind::Link("https://a.example".into()))),
    ];
    prop::collection::vec(("[a-zäß🌳👍 \\n\u{200d}]{0,30}", kinds), 0..8).prop_map(|pieces| {
        let mut rich = Rich::default();
        for (text, kind) in pieces {
            match kind {
                Some(kind) => rich.push_marked(&text, kind),
                None => rich.push_str(&text),
            }
        }
        rich
    })
}

/// Every visible character with the marks upon it.
fn marked_chars(pieces: &[Rich]) -> Vec<(char, Vec<SpanKind>)> {
    let mut all = Vec::new();
    for piece in pieces {
        let mut at = 0;
        for c in piece.text.chars() {
            let marks = piece.spans.iter().filter(|s| s.start <= at && at < s.end()).map(|s| s.kind.clone());
            if !c.is_whitespace() {
                all.push((c, marks.collect()));
            }
            at += c.len_utf16();
        }
    }
    all
}

proptest! {
    #[test]
    fn splitting_loses_no_visible_character_and_no_mark(rich in any_rich(), limit in 0..60_usize) {
        let pieces = rich.split(limit);
        for piece in &pieces {
            prop_assert_eq!(piece.validate(limit.max(1)), Ok(()));
        }
        let joiner = |(c, _): &(char, Vec<SpanKind>)| *c != '\u{200d}';
        let kept: Vec<_> = marked_chars(&pieces).into_iter().filter(joiner).collect();
        let whole: Vec<_> = marked_chars(&[rich]).into_iter().filter(joiner).collect();
        prop_assert_eq!(kept, whole);
    }

    #[test]
    fn a_shortened_text_is_valid_and_short_enough(rich in any_rich(), limit in 1..60_usize) {
        match rich.truncate(limit).validate(limit) {
            Ok(()) | Err(TextError::Empty) => {}
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    #[test]
    fn tidying_keeps_the_text_and_makes_marks_valid(rich in any_rich()) {
        let mut tidy = rich.clone();
        tidy.tidy();
        prop_assert_eq!(&tidy.text, &rich.text);
        if !rich.is_empty() {
            prop_assert_eq!(tidy.validate(super::TEXT_LIMIT), Ok(()));
        }
    }
}
