//! A paper as Markdown.
//!
//! Owns: that nothing a person wrote becomes Markdown.

use super::{Body, Document};

pub(super) fn markdown(paper: &Document) -> String {
    let mut out = format!("# {}\n", escape(&paper.title));
    for line in &paper.head {
        out.push_str(&format!("\n{}\n", escape(line)));
    }
    for section in &paper.sections {
        out.push_str(&format!("\n## {}\n", escape(&section.title)));
        if !section.lead.is_empty() {
            out.push_str(&format!("\n*{}*\n", escape(&section.lead)));
        }
        match &section.body {
            Body::Text(paragraphs) => {
                for text in paragraphs {
                    out.push_str(&format!("\n{}\n", escape(text)));
                }
            }
            Body::Missing(why) => out.push_str(&format!("\n*{}*\n", escape(why))),
        }
    }
    out
}

/// What a person wrote must not become Markdown, nor HTML within it.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let begins = text[..at].trim_start().is_empty();
        let numbered = || text[..at].trim_start().bytes().all(|b| b.is_ascii_digit()) && !begins;
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '!' | '~' | '$' => {
                out.extend(['\\', c]);
            }
            // What begins a list, a rule or the line below a title.
            '-' | '+' | '=' | ':' if begins => out.extend(['\\', c]),
            '.' | ')' if numbered() => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::{HOSTILE, document};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_write_stays_letters() {
        assert_eq!(escape("# a *b* <c> &amp; 1. d"), "\\# a \\*b\\* \\<c\\> \\&amp; 1. d");
        assert_eq!(escape("- a - b"), "\\- a - b");
        assert_eq!(escape("12. a"), "12\\. a");
        assert_eq!(escape("==="), "\\===");
        let text = markdown(&document(&[HOSTILE]));
        assert!(text.contains("\n\\# no title\n") && text.contains("\n1\\. no list\n"), "{text}");
        assert!(
            !text.replace("\\<", "").contains('<') && !text.contains('\u{1b}') && !text.contains('\u{202e}'),
            "{text}"
        );
    }

    proptest! {
        /// Each letter of a mark is escaped, and nothing else of the text is lost.
        #[test]
        fn without_its_backslashes_it_is_what_was_written(text in "[-a-z0-9 .)*_<>#\\\\|&!~$=+:\\[\\]`]{0,60}") {
            let escaped = escape(&text);
            let mut letters = escaped.chars();
            let mut read = String::new();
            while let Some(c) = letters.next() {
                read.push(if c == '\\' { letters.next().expect("a letter behind a backslash") } else { c });
            }
            prop_assert_eq!(read, text);
        }
    }
}
