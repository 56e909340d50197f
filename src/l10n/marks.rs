//! Marks within a text: `*bold*`, `_italic_`, and those that Fluent puts around arguments.
//!
//! Owns: telling our marks from what a person wrote. Does not know where a text comes from.

use crate::domain::text::{Rich, SpanKind};

/// Marks that Fluent puts around an argument. They tell our marks from what a person wrote.
const ARG_BEGINS: char = '\u{2068}';
const ARG_ENDS: char = '\u{2069}';

/// What a person wrote, without characters that would turn the text around it or hide our argument marks.
pub(super) fn clean(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks = |c: char| c.is_control() && c != '\n';
    if !text.contains(|c| turns(c) || breaks(c)) {
        return text.to_owned();
    }
    text.chars().filter(|c| !turns(*c)).map(|c| if breaks(c) { ' ' } else { c }).collect()
}

pub(super) fn strip_marks(text: &str) -> String {
    text.replace([ARG_BEGINS, ARG_ENDS], "")
}

/// Turns `*bold*` and `_italic_` outside arguments into marks. An argument is taken over as it is.
pub(super) fn marked(text: &str) -> Rich {
    let mut rich = Rich::default();
    let mut depth = 0_u32;
    let mut run = String::new();
    let mut open: Option<char> = None;
    let mut rest = text;
    while let Some(at) = rest.find(['*', '_', ARG_BEGINS, ARG_ENDS]) {
        run.push_str(&rest[..at]);
        let mut after = rest[at..].chars();
        match after.next() {
            Some(ARG_BEGINS) => depth += 1,
            Some(ARG_ENDS) => depth = depth.saturating_sub(1),
            Some(c) if depth == 0 && (open.is_none() || open == Some(c)) => {
                let kind = if c == '*' { SpanKind::Bold } else { SpanKind::Italic };
                match open.take() {
                    Some(_) => rich.push_marked(&std::mem::take(&mut run), kind),
                    None => {
                        rich.push_str(&std::mem::take(&mut run));
                        open = Some(c);
                    }
                }
            }
            Some(c) => run.push(c),
            None => {}
        }
        rest = after.as_str();
    }
    run.push_str(rest);
    rich.push_str(&run);
    rich
}
