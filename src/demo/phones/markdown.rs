//! `parse_mode: MarkdownV2` and the older `Markdown`.
//!
//! Owns: their marks and escapes, as the Bot API's "Formatting options" describe them. Our own bot sends entities;
//! this is for other people's bots on the same server.

use super::html::wrong;
use super::links::check_link;
use super::refused::Refused;
use super::text::{Entity, Kind, custom_emoji, user_link};

/// Characters that must be escaped wherever they mean nothing (Bot API, "MarkdownV2 style").
const RESERVED: &str = "_*[]()~`>#+-=|{}.!";

/// Text and raw marks of a MarkdownV2 message.
pub fn parse_v2(input: &str) -> Result<(String, Vec<Entity>), Refused> {
    let mut parser = Parser { input, at: 0, out: Output::default(), open: Vec::new(), quote: None };
    parser.run()?;
    Ok((parser.out.text, parser.out.entities))
}

/// Text and raw marks of a message in the older style: `*`, `_`, `` ` ``, fences and links, no nesting.
pub fn parse_v1(input: &str) -> Result<(String, Vec<Entity>), Refused> {
    let mut out = Output::default();
    let mut at = 0;
    while let Some(c) = input[at..].chars().next() {
        let rest = &input[at..];
        let (fence, kind) = match c {
            '\\' if rest[1..].starts_with(['_', '*', '`', '[']) => {
                out.push(rest.as_bytes()[1] as char);
                at += 2;
                continue;
            }
            '`' if rest.starts_with("```") => ("```", Kind::Pre(String::new())),
            '*' => ("*", Kind::Bold),
            '_' => ("_", Kind::Italic),
            '`' => ("`", Kind::Code),
            '[' => ("]", Kind::TextLink(String::new())),
            c => {
                out.push(c);
                at += c.len_utf8();
                continue;
            }
        };
        let skip = if c == '[' { 1 } else { fence.len() };
        let Some(length) = rest[skip..].find(fence) else {
            return Err(wrong(format!("Can't find end of the entity starting at byte offset {at}")));
        };
        let (start, inner) = (out.units, &rest[skip..skip + length]);
        let inner = if fence == "```" { strip_language(inner).1 } else { inner };
        inner.chars().for_each(|c| out.push(c));
        at += skip + length + fence.len();
        match kind {
            Kind::TextLink(_) => {
                if let Some(url) = input[at..].strip_prefix('(').and_then(|r| r.split_once(')')).map(|(url, _)| url) {
                    at += url.len() + 2;
                    out.link(start, url);
                }
            }
            kind => out.mark(start, kind),
        }
    }
    Ok((out.text, out.entities))
}

#[derive(Default)]
struct Output {
    text: String,
    units: usize,
    entities: Vec<Entity>,
}

impl Output {
    fn push(&mut self, c: char) {
        self.text.push(c);
        self.units += c.len_utf16();
    }

    fn mark(&mut self, start: usize, kind: Kind) {
        if self.units > start {
            self.entities.push(Entity { kind, offset: start, length: self.units - start });
        }
    }

    fn link(&mut self, start: usize, url: &str) {
        match (user_link(url), check_link(url)) {
            (Some(id), _) => self.mark(start, Kind::TextMention(id)),
            (None, Ok(url)) => self.mark(start, Kind::TextLink(url)),
            (None, Err(_)) => {}
        }
    }
}

/// A mark that waits for its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Bold,
    Italic,
    Underline,
    Strike,
    Spoiler,
    Link,
    Emoji,
}

struct Parser<'a> {
    input: &'a str,
    at: usize,
    out: Output,
    /// Kind, units where its text starts, byte offset of the mark.
    open: Vec<(Mark, usize, usize)>,
    /// Where a quotation began, and whether it is an expandable one.
    quote: Option<(usize, bool)>,
}

impl Parser<'_> {
    fn run(&mut self) -> Result<(), Refused> {
        let mut line_start = true;
        while let Some(c) = self.input[self.at..].chars().next() {
            if line_start && self.quote_line() {
                line_start = false;
                continue;
            }
            line_start = c == '\n';
            self.next(c)?;
        }
        self.end_quote(false);
        match self.open.last() {
            Some((mark, _, at)) => Err(wrong(format!("Can't find end of {} entity at byte offset {at}", mark.name()))),
            None => Ok(()),
        }
    }

    /// Reads a `>` (or `**>`) at the start of a line; ends a quotation whose lines are over.
    fn quote_line(&mut self) -> bool {
        let rest = &self.input[self.at..];
        if let Some(skip) = rest.starts_with("**>").then_some(3) {
            self.end_quote(false);
            self.quote = Some((self.out.units, true));
            self.at += skip;
            return true;
        }
        if rest.starts_with('>') {
            self.quote.get_or_insert((self.out.units, false));
            self.at += 1;
            return true;
        }
        self.end_quote(false);
        false
    }

    fn end_quote(&mut self, folded: bool) {
        if let Some((start, expandable)) = self.quote.take() {
            let kind = if expandable || folded { Kind::ExpandableBlockquote } else { Kind::Blockquote };
            self.out.mark(start, kind);
        }
    }

    fn next(&mut self, c: char) -> Result<(), Refused> {
        let rest = &self.input[self.at..];
        match c {
            '\\' => match rest[1..].chars().next() {
                Some(escaped @ '\u{1}'..='\u{7E}') => {
                    self.out.push(escaped);
                    self.at += 2;
                }
                _ => self.plain('\\'),
            },
            '`' => self.code()?,
            '|' if rest.starts_with("||") && self.folds_quote() => {
                self.end_quote(true);
                self.at += 2;
            }
            '|' if rest.starts_with("||") => self.toggle(Mark::Spoiler, 2)?,
            // Two underscores always belong together, as the Bot API says.
            '_' if rest.starts_with("__") => self.toggle(Mark::Underline, 2)?,
            '_' => self.toggle(Mark::Italic, 1)?,
            '*' => self.toggle(Mark::Bold, 1)?,
            '~' => self.toggle(Mark::Strike, 1)?,
            '[' => self.begin(Mark::Link, 1),
            '!' if rest.starts_with("![") => self.begin(Mark::Emoji, 2),
            ']' if matches!(self.top(), Some(Mark::Link | Mark::Emoji)) => self.end_link()?,
            c if RESERVED.contains(c) => {
                return Err(wrong(format!("Character '{c}' is reserved and must be escaped with the preceding '\\'")));
            }
            c => self.plain(c),
        }
        Ok(())
    }

    fn plain(&mut self, c: char) {
        self.out.push(c);
        self.at += c.len_utf8();
    }

    fn top(&self) -> Option<Mark> {
        self.open.last().map(|o| o.0)
    }

    /// `||` at the end of a quotation's last line folds it, unless a spoiler is open.
    fn folds_quote(&self) -> bool {
        let rest = &self.input[self.at + 2..];
        let last_line = rest.is_empty() || (rest.starts_with('\n') && !rest.starts_with("\n>"));
        self.quote.is_some() && last_line && self.top() != Some(Mark::Spoiler)
    }

    fn begin(&mut self, mark: Mark, width: usize) {
        self.open.push((mark, self.out.units, self.at));
        self.at += width;
    }

    fn toggle(&mut self, mark: Mark, width: usize) -> Result<(), Refused> {
        if self.top() == Some(mark) {
            if let Some((_, start, _)) = self.open.pop() {
                self.out.mark(start, mark.kind());
            }
            self.at += width;
            return Ok(());
        }
        if self.open.iter().any(|o| o.0 == mark) {
            let (top, _, at) = self.open[self.open.len() - 1];
            return Err(wrong(format!("Can't find end of {} entity at byte offset {at}", top.name())));
        }
        self.begin(mark, width);
        Ok(())
    }

    fn code(&mut self) -> Result<(), Refused> {
        let begin = self.at;
        let fence = if self.input[begin..].starts_with("```") { "```" } else { "`" };
        self.at += fence.len();
        let mut inner = String::new();
        while !self.input[self.at..].starts_with(fence) {
            let mut chars = self.input[self.at..].chars();
            match (chars.next(), chars.next()) {
                (Some('\\'), Some(c @ ('`' | '\\'))) => {
                    inner.push(c);
                    self.at += 2;
                }
                (Some(c), _) => {
                    inner.push(c);
                    self.at += c.len_utf8();
                }
                (None, _) => {
                    let name = if fence == "`" { "Code" } else { "Pre" };
                    return Err(wrong(format!("Can't find end of {name} entity at byte offset {begin}")));
                }
            }
        }
        self.at += fence.len();
        let start = self.out.units;
        let (kind, shown) = match fence {
            "```" => {
                let (language, shown) = strip_language(&inner);
                (Kind::Pre(language.to_owned()), shown)
            }
            _ => (Kind::Code, inner.as_str()),
        };
        shown.chars().for_each(|c| self.out.push(c));
        self.out.mark(start, kind);
        Ok(())
    }

    fn end_link(&mut self) -> Result<(), Refused> {
        let Some((mark, start, begin)) = self.open.pop() else { return Ok(()) };
        self.at += 1;
        let mut url = String::new();
        if self.input[self.at..].starts_with('(') {
            self.at += 1;
            loop {
                let mut chars = self.input[self.at..].chars();
                match (chars.next(), chars.next()) {
                    (Some(')'), _) => break,
                    (Some('\\'), Some(c @ '\u{1}'..='\u{7E}')) => {
                        url.push(c);
                        self.at += 2;
                    }
                    (Some(c), _) => {
                        url.push(c);
                        self.at += c.len_utf8();
                    }
                    (None, _) => return Err(wrong(format!("Can't find end of a URL at byte offset {begin}"))),
                }
            }
            self.at += 1;
        }
        match mark {
            Mark::Emoji => {
                let id = url.strip_prefix("tg://emoji?id=").unwrap_or_default();
                self.out.mark(start, Kind::CustomEmoji(custom_emoji(id)?));
            }
            _ if url.is_empty() => {}
            _ => self.out.link(start, &url),
        }
        Ok(())
    }
}

impl Mark {
    fn name(self) -> &'static str {
        match self {
            Mark::Bold => "Bold",
            Mark::Italic => "Italic",
            Mark::Underline => "Underline",
            Mark::Strike => "Strikethrough",
            Mark::Spoiler => "Spoiler",
            Mark::Link => "TextUrl",
            Mark::Emoji => "CustomEmoji",
        }
    }

    fn kind(self) -> Kind {
        match self {
            Mark::Bold => Kind::Bold,
            Mark::Italic => Kind::Italic,
            Mark::Underline => Kind::Underline,
            Mark::Strike => Kind::Strikethrough,
            Mark::Spoiler | Mark::Link | Mark::Emoji => Kind::Spoiler,
        }
    }
}

/// The language in a fence's first line, and the code below it.
fn strip_language(inner: &str) -> (&str, &str) {
    match inner.split_once('\n') {
        Some((first, rest)) if !first.contains(char::is_whitespace) => (first, rest),
        _ => ("", inner),
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::finish;
    use super::*;

    fn v2(input: &str) -> (String, Vec<(Kind, usize, usize)>) {
        let (text, entities) = parse_v2(input).unwrap();
        let done = finish(&text, entities).unwrap();
        (done.text, done.entities.into_iter().map(|e| (e.kind, e.offset, e.length)).collect())
    }

    fn why(input: &str) -> String {
        parse_v2(input).unwrap_err().description
    }

    #[test]
    fn each_mark_of_v2_is_read() {
        for (input, kind) in [
            ("a*b*", Kind::Bold),
            ("a_b_", Kind::Italic),
            ("a__b__", Kind::Underline),
            ("a~b~", Kind::Strikethrough),
            ("a||b||", Kind::Spoiler),
            ("a`b`", Kind::Code),
            ("a```\nb```", Kind::Pre(String::new())),
            ("a```rust\nb```", Kind::Pre("rust".into())),
            ("a[b](https://x.y/z\\))", Kind::TextLink("https://x.y/z)".into())),
            ("a![b](tg://emoji?id=9)", Kind::CustomEmoji("9".into())),
        ] {
            assert_eq!(v2(input), ("ab".into(), vec![(kind, 1, 1)]), "{input}");
        }
    }

    #[test]
    fn marks_nest_and_must_close_in_order() {
        assert_eq!(v2("*a _b_ c*").1, vec![(Kind::Bold, 0, 5), (Kind::Italic, 2, 1)]);
        assert_eq!(v2("__a _b_ c__").1, vec![(Kind::Underline, 0, 5), (Kind::Italic, 2, 1)]);
        assert!(parse_v2("__a _b___").is_err(), "two underscores are read first");
        assert!(why("*a _b* c_").contains("Can't find end of Italic entity at byte offset 3"));
        assert!(why("*a").contains("Can't find end of Bold entity at byte offset 0"));
        assert!(why("`a").contains("Can't find end of Code entity"));
    }

    #[test]
    fn reserved_characters_need_a_backslash() {
        for reserved in [".", "!", "-", "(", "#", "=", "{", "a>b", "+"] {
            assert!(why(reserved).contains("is reserved and must be escaped"), "{reserved}");
            let escaped: String = reserved.chars().flat_map(|c| ['\\', c]).collect();
            assert_eq!(v2(&escaped).0, reserved);
        }
        assert_eq!(v2("1\\. ok\\!").0, "1. ok!");
    }

    #[test]
    fn lines_with_an_angle_are_a_quotation() {
        assert_eq!(v2(">a\n>b\nc").1, vec![(Kind::Blockquote, 0, 4)]);
        assert_eq!(v2("**>a\n>b||").1, vec![(Kind::ExpandableBlockquote, 0, 3)]);
        assert_eq!(v2(">a||").1, vec![(Kind::ExpandableBlockquote, 0, 1)]);
    }

    #[test]
    fn the_older_style_is_read_too() {
        let v1 = |input: &str| {
            let (text, marks) = parse_v1(input).unwrap();
            (text, marks.into_iter().map(|e| (e.kind, e.offset, e.length)).collect::<Vec<_>>())
        };
        assert_eq!(v1("*a* _b_ \\_c!"), ("a b _c!".into(), vec![(Kind::Bold, 0, 1), (Kind::Italic, 2, 1)]));
        assert_eq!(v1("[a](https://x.y/)"), ("a".into(), vec![(Kind::TextLink("https://x.y/".into()), 0, 1)]));
        assert!(parse_v1("*a").is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_input_panics(input in "[*_~|`>!\\[\\]()\\\\a-c \n😀ü.]{0,40}") {
            for (text, entities) in [parse_v2(&input), parse_v1(&input)].into_iter().flatten() {
                let _ = finish(&text, entities);
            }
        }
    }
}
