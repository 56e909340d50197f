//! `parse_mode: HTML`: Telegram's own small grammar, which is not a browser's.
//!
//! Owns: tags, attributes, character references, nesting, and the words of every refusal. What the marks may do
//! to each other afterwards is `text::repair`. Rules: tdlib's `MessageEntity.cpp` (read as a specification).

use super::links::check_link;
use super::refused::Refused;
use super::text::{Entity, Kind, custom_emoji, date_format, user_link};

const TAGS: [&str; 17] = [
    "a",
    "b",
    "strong",
    "i",
    "em",
    "s",
    "strike",
    "del",
    "u",
    "ins",
    "tg-spoiler",
    "tg-emoji",
    "tg-time",
    "span",
    "pre",
    "code",
    "blockquote",
];

/// Text and raw marks of an HTML message, or where it is wrong (byte offsets into the input).
pub fn parse(input: &str) -> Result<(String, Vec<Entity>), Refused> {
    let mut parser =
        Parser { input, bytes: input.as_bytes(), at: 0, text: String::new(), units: 0, open: vec![], done: vec![] };
    parser.run()?;
    let mut entities = parser.done;
    entities.sort_by(|a, b| a.entity.offset.cmp(&b.entity.offset).then(b.entity.length.cmp(&a.entity.length)));
    Ok((parser.text, entities.into_iter().map(|d| d.entity).collect()))
}

/// The refusal's words for something wrong in marked-up text.
pub fn wrong(what: impl AsRef<str>) -> Refused {
    Refused::bad(format!("can't parse entities: {}", what.as_ref()))
}

struct Parser<'a> {
    input: &'a str,
    bytes: &'a [u8],
    at: usize,
    text: String,
    units: usize,
    open: Vec<Open>,
    done: Vec<Done>,
}

/// A tag that waits for its end.
struct Open {
    tag: String,
    /// The one attribute that counts for this tag; a second one for `tg-time`.
    argument: String,
    format: String,
    /// Where its text starts: in units and in bytes of the output.
    units: usize,
    byte: usize,
}

/// A closed mark; code remembers its language in case a `pre` fits it exactly.
struct Done {
    entity: Entity,
    language: String,
}

impl Parser<'_> {
    fn run(&mut self) -> Result<(), Refused> {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'<' if self.peek(1) == b'/' => self.end_tag()?,
                b'<' => self.start_tag()?,
                b'&' => match reference(self.bytes, self.at)? {
                    Some((c, next)) => {
                        self.push(c);
                        self.at = next;
                    }
                    None => self.push_next(),
                },
                _ => self.push_next(),
            }
        }
        match self.open.last() {
            Some(open) => Err(wrong(format!("Can't find end tag corresponding to start tag \"{}\"", open.tag))),
            None => Ok(()),
        }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn ended(&self) -> bool {
        self.at >= self.bytes.len()
    }

    fn push(&mut self, c: char) {
        self.text.push(c);
        self.units += c.len_utf16();
    }

    fn push_next(&mut self) {
        if let Some(c) = self.input[self.at..].chars().next() {
            self.push(c);
            self.at += c.len_utf8();
        }
    }

    fn skip_until(&mut self, stop: impl Fn(u8) -> bool) -> &str {
        let from = self.at;
        while !self.ended() && !stop(self.bytes[self.at]) {
            self.at += 1;
        }
        self.input.get(from..self.at).unwrap_or_default()
    }

    fn start_tag(&mut self) -> Result<(), Refused> {
        let begin = self.at;
        self.at += 1;
        let tag = self.skip_until(|b| is_space(b) || b == b'>').to_ascii_lowercase();
        if self.ended() {
            return Err(wrong(format!("Unclosed start tag at byte offset {begin}")));
        }
        if !TAGS.contains(&tag.as_str()) {
            return Err(wrong(format!("Unsupported start tag \"{tag}\" at byte offset {begin}")));
        }
        let mut open =
            Open { tag, argument: String::new(), format: String::new(), units: self.units, byte: self.text.len() };
        while self.attribute(&mut open, begin)? {}
        self.at += 1;
        if open.tag == "span" && open.argument != "tg-spoiler" {
            return Err(wrong(format!("Tag \"span\" must have class \"tg-spoiler\" at byte offset {begin}")));
        }
        self.open.push(open);
        Ok(())
    }

    /// Reads one attribute; false at the tag's end (which is not consumed).
    fn attribute(&mut self, open: &mut Open, begin: usize) -> Result<bool, Refused> {
        let unclosed = || wrong(format!("Unclosed start tag \"{}\" at byte offset {begin}", open.tag));
        self.skip_until(|b| !is_space(b));
        if self.ended() {
            return Err(unclosed());
        }
        if self.peek(0) == b'>' {
            return Ok(false);
        }
        let name = self.skip_until(|b| is_space(b) || matches!(b, b'=' | b'>' | b'/' | b'"' | b'\'')).to_owned();
        if name.is_empty() {
            let tag = &open.tag;
            return Err(wrong(format!("Empty attribute name in the tag \"{tag}\" at byte offset {begin}")));
        }
        self.skip_until(|b| !is_space(b));
        let value = if self.peek(0) == b'=' {
            self.at += 1;
            self.skip_until(|b| !is_space(b));
            if self.ended() {
                return Err(unclosed());
            }
            self.value()?
        } else {
            String::new()
        };
        if self.ended() {
            return Err(unclosed());
        }
        match (open.tag.as_str(), name.as_str()) {
            ("a", "href") | ("span", "class") | ("tg-emoji", "emoji-id") | ("tg-time", "unix") => open.argument = value,
            ("tg-time", "format") => open.format = value,
            ("code", "class") => {
                if let Some(language) = value.strip_prefix("language-") {
                    open.argument = language.to_owned();
                }
            }
            ("blockquote", "expandable") => open.argument = "expandable".to_owned(),
            _ => {}
        }
        Ok(true)
    }

    fn value(&mut self) -> Result<String, Refused> {
        let quote = self.peek(0);
        if quote != b'"' && quote != b'\'' {
            let begin = self.at;
            let value =
                self.skip_until(|b| !(b.is_ascii_alphanumeric() || b == b'.' || b == b'-')).to_ascii_lowercase();
            if !is_space(self.peek(0)) && self.peek(0) != b'>' {
                return Err(wrong(format!("Unexpected end of name token at byte offset {begin}")));
            }
            return Ok(value);
        }
        self.at += 1;
        let mut value = String::new();
        while let Some(c) = self.input[self.at..].chars().next() {
            if c == quote as char {
                self.at += 1;
                break;
            }
            match if c == '&' { reference(self.bytes, self.at)? } else { None } {
                Some((c, next)) => {
                    value.push(c);
                    self.at = next;
                }
                None => {
                    value.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
        Ok(value)
    }

    fn end_tag(&mut self) -> Result<(), Refused> {
        let begin = self.at;
        self.at += 2;
        let Some(open) = self.open.pop() else {
            return Err(wrong(format!("Unexpected end tag at byte offset {begin}")));
        };
        let found = self.skip_until(|b| is_space(b) || b == b'>').to_ascii_lowercase();
        self.skip_until(|b| !is_space(b));
        if self.peek(0) != b'>' {
            return Err(wrong(format!("Unclosed end tag at byte offset {begin}")));
        }
        self.at += 1;
        if !found.is_empty() && found != open.tag {
            let tag = &open.tag;
            return Err(wrong(format!(
                "Unmatched end tag at byte offset {begin}, expected \"</{tag}>\", found \"</{found}>\""
            )));
        }
        if self.units > open.units { self.close(open) } else { Ok(()) }
    }

    fn close(&mut self, open: Open) -> Result<(), Refused> {
        let (offset, length) = (open.units, self.units - open.units);
        let same = |done: &&mut Done| done.entity.offset == offset && done.entity.length == length;
        let mut language = String::new();
        let kind = match open.tag.as_str() {
            "b" | "strong" => Kind::Bold,
            "i" | "em" => Kind::Italic,
            "u" | "ins" => Kind::Underline,
            "s" | "strike" | "del" => Kind::Strikethrough,
            "tg-spoiler" | "span" => Kind::Spoiler,
            "blockquote" if open.argument.is_empty() => Kind::Blockquote,
            "blockquote" => Kind::ExpandableBlockquote,
            "tg-emoji" => Kind::CustomEmoji(custom_emoji(&open.argument)?),
            "tg-time" => {
                let unix = open.argument.parse().map_err(|_| Refused::bad("invalid Unix time specified"))?;
                Kind::DateTime { unix, format: date_format(&open.format)? }
            }
            "a" => {
                let url = if open.argument.is_empty() { &self.text[open.byte..] } else { &open.argument };
                match (user_link(url), check_link(url)) {
                    (Some(id), _) => Kind::TextMention(id),
                    (None, Ok(url)) => Kind::TextLink(url),
                    (None, Err(_)) => return Ok(()),
                }
            }
            "pre" => match self.done.last_mut().filter(same) {
                Some(inner) if inner.entity.kind == Kind::Code && !inner.language.is_empty() => {
                    inner.entity.kind = Kind::Pre(std::mem::take(&mut inner.language));
                    return Ok(());
                }
                _ => Kind::Pre(String::new()),
            },
            _ => match self.done.last_mut().filter(same) {
                Some(inner) if inner.entity.kind == Kind::Pre(String::new()) && !open.argument.is_empty() => {
                    inner.entity.kind = Kind::Pre(open.argument);
                    return Ok(());
                }
                _ => {
                    language = open.argument;
                    Kind::Code
                }
            },
        };
        self.done.push(Done { entity: Entity { kind, offset, length }, language });
        Ok(())
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0 | 0x0B)
}

/// Decodes the reference that starts at `at`. `None`: not one, the `&` stands for itself.
fn reference(bytes: &[u8], at: usize) -> Result<Option<(char, usize)>, Refused> {
    let byte = |i: usize| bytes.get(i).copied().unwrap_or(0);
    let mut end = at + 1;
    let code = if byte(end) == b'#' {
        end += 1;
        let radix = if byte(end) == b'x' { 16 } else { 10 };
        if radix == 16 {
            end += 1;
        }
        let mut code: u32 = 0;
        while let Some(digit) = (byte(end) as char).to_digit(radix) {
            code = code.saturating_mul(radix).saturating_add(digit);
            end += 1;
        }
        // Ten bytes or more, zero and what lies beyond Unicode stay as they are written.
        if code == 0 || code >= 0x10_FFFF || end - at >= 10 {
            return Ok(None);
        }
        code
    } else {
        while byte(end).is_ascii_alphabetic() {
            end += 1;
        }
        match &bytes[at + 1..end] {
            b"lt" => '<' as u32,
            b"gt" => '>' as u32,
            b"amp" => '&' as u32,
            b"quot" => '"' as u32,
            _ => return Ok(None),
        }
    };
    let Some(c) = char::from_u32(code) else {
        return Err(wrong("Text contains invalid Unicode characters after decoding HTML entities"));
    };
    if byte(end) == b';' {
        end += 1;
    }
    Ok(Some((c, end)))
}

#[cfg(test)]
mod tests {
    use super::super::text::finish;
    use super::*;

    fn ok(input: &str) -> (String, Vec<(Kind, usize, usize)>) {
        let (text, entities) = parse(input).unwrap();
        let done = finish(&text, entities).unwrap();
        (done.text, done.entities.into_iter().map(|e| (e.kind, e.offset, e.length)).collect())
    }

    fn why(input: &str) -> String {
        let description = parse(input).unwrap_err().description;
        description.strip_prefix("Bad Request: ").map_or(description.clone(), str::to_owned)
    }

    fn link(url: &str) -> Kind {
        Kind::TextLink(url.into())
    }

    #[test]
    fn each_tag_makes_its_mark_in_any_case() {
        for (tags, kind) in [
            (["b", "STRONG"], Kind::Bold),
            (["i", "Em"], Kind::Italic),
            (["u", "ins"], Kind::Underline),
            (["s", "strike"], Kind::Strikethrough),
            (["del", "DEL"], Kind::Strikethrough),
            (["tg-spoiler", "TG-SPOILER"], Kind::Spoiler),
            (["code", "Code"], Kind::Code),
            (["blockquote", "BlockQuote"], Kind::Blockquote),
        ] {
            for tag in tags {
                assert_eq!(ok(&format!("x<{tag}>yz</{tag}>")), ("xyz".into(), vec![(kind.clone(), 1, 2)]), "{tag}");
            }
        }
    }

    #[test]
    fn unknown_tags_comments_and_bare_angles_are_refused() {
        assert_eq!(why("a<br>"), "can't parse entities: Unsupported start tag \"br\" at byte offset 1");
        assert_eq!(why("<b/>"), "can't parse entities: Unsupported start tag \"b/\" at byte offset 0");
        assert_eq!(why("ü<!-- x -->"), "can't parse entities: Unsupported start tag \"!--\" at byte offset 2");
        assert_eq!(why("1 < 2 > 0"), "can't parse entities: Unsupported start tag \"\" at byte offset 2");
        assert_eq!(why("1 <2"), "can't parse entities: Unclosed start tag at byte offset 2");
        assert_eq!(why("<p>x</p>"), "can't parse entities: Unsupported start tag \"p\" at byte offset 0");
    }

    #[test]
    fn nesting_is_a_strict_stack() {
        assert!(why("<b><i>x</b></i>").contains("expected \"</i>\", found \"</b>\""));
        assert!(why("x</b>").contains("Unexpected end tag at byte offset 1"));
        assert!(why("<b>x").contains("Can't find end tag corresponding to start tag \"b\""));
        assert!(why("<b>x</b").contains("Unclosed end tag at byte offset 4"));
        assert_eq!(ok("<b><i>x</></>").1, vec![(Kind::Bold, 0, 1), (Kind::Italic, 0, 1)]);
        assert_eq!(ok("<b>x</b >").1, vec![(Kind::Bold, 0, 1)]);
    }

    #[test]
    fn empty_elements_vanish() {
        assert_eq!(ok("a<b></b><a href=\"https://a.b\"></a>b"), ("ab".into(), vec![]));
    }

    #[test]
    fn attributes_are_quoted_or_bare_words() {
        assert_eq!(ok("<a href='https://a.b/'>x</a>").1, vec![(link("https://a.b/"), 0, 1)]);
        assert_eq!(ok("<a href=a.b>x</a>").1, vec![(link("http://a.b/"), 0, 1)]);
        assert!(why("<a href=https://a.b>x</a>").contains("Unexpected end of name token at byte offset 8"));
        assert!(why("<b />").contains("Empty attribute name in the tag \"b\" at byte offset 0"));
        assert!(why("<a href=\"x>y</a>").contains("Unclosed start tag"));
        assert_eq!(ok("<b id=x data-y='z'>x</b>").1, vec![(Kind::Bold, 0, 1)]);
        assert_eq!(ok("<a HREF='https://a.b'>x</a>").1, vec![], "names of attributes are case-sensitive");
        assert_eq!(
            ok("<a href=\"https://a.b/?x=1&amp;y=&quot;\">x</a>").1,
            vec![(link("https://a.b/?x=1&y=\""), 0, 1)]
        );
    }

    #[test]
    fn a_link_without_an_address_uses_its_text_and_a_bad_one_is_lost() {
        assert_eq!(ok("<a>a.b/c</a>").1, vec![(link("http://a.b/c"), 0, 5)]);
        assert_eq!(ok("<a href=\"http://localhost\">x</a>"), ("x".into(), vec![]));
        assert_eq!(ok("<a href=\"tg://user?id=7\">x</a>").1, vec![(Kind::TextMention(7), 0, 1)]);
    }

    #[test]
    fn special_attributes_are_checked() {
        assert!(why("<span>x</span>").contains("must have class \"tg-spoiler\""));
        assert!(why("<span class=\"x\">x</span>").contains("must have class"));
        assert_eq!(ok("<span class=\"tg-spoiler\">x</span>").1, vec![(Kind::Spoiler, 0, 1)]);
        assert!(why("<tg-emoji emoji-id=\"0\">x</tg-emoji>").contains("invalid custom emoji identifier"));
        assert_eq!(ok("<tg-emoji emoji-id=\"55\">👍</tg-emoji>").1, vec![(Kind::CustomEmoji("55".into()), 0, 2)]);
        assert!(why("<tg-time unix=\"1\" format=\"rt\">x</tg-time>").contains("format"));
        assert!(why("<tg-time unix=\"x\">x</tg-time>").contains("Unix time"));
        assert_eq!(ok("<blockquote expandable>x</blockquote>").1, vec![(Kind::ExpandableBlockquote, 0, 1)]);
    }

    #[test]
    fn only_four_names_and_numbers_are_references() {
        assert_eq!(ok("&lt;&gt;&amp;&quot;&#65;&#x42;").0, "<>&\"AB");
        assert_eq!(ok("&lt b &#65 c").0, "< b A c");
        assert_eq!(ok("&nbsp;&apos;&LT;&ltx;&#0;&#x110000;&;").0, "&nbsp;&apos;&LT;&ltx;&#0;&#x110000;&;");
        assert_eq!(ok("&#0000065;x").0, "A x".replace(' ', ""));
        assert_eq!(ok("&#00000065;x").0, "&#00000065;x");
        assert!(why("&#xD800;").contains("invalid Unicode"));
        assert_eq!(ok("&#128512;<b>x</b>").1, vec![(Kind::Bold, 2, 1)]);
    }

    #[test]
    fn pre_and_code_merge_only_when_they_fit_exactly() {
        let pre = |language: &str| Kind::Pre(language.into());
        assert_eq!(ok("<pre><code class=\"language-rust\">x</code></pre>").1, vec![(pre("rust"), 0, 1)]);
        assert_eq!(ok("<code class=\"language-rust\"><pre>x</pre></code>").1, vec![(pre("rust"), 0, 1)]);
        assert_eq!(ok("<pre>y<code class=\"language-rust\">x</code></pre>").1, vec![(pre(""), 0, 2)]);
        assert_eq!(ok("<pre><code>x</code></pre>").1.len(), 1);
        assert_eq!(ok("<code class=\"language-rust\">x</code>").1, vec![(Kind::Code, 0, 1)]);
    }

    #[test]
    fn bold_around_code_is_cut_and_inner_links_are_lost() {
        assert_eq!(ok("<b>a<code>b</code>c</b>").1, vec![(Kind::Bold, 0, 1), (Kind::Code, 1, 1), (Kind::Bold, 2, 1)]);
        assert_eq!(
            ok("<a href=\"https://a.b/\">x<a href=\"https://c.d/\">y</a></a>").1,
            vec![(link("https://a.b/"), 0, 2)]
        );
        assert_eq!(ok("<blockquote>a<blockquote>b</blockquote></blockquote>").1, vec![(Kind::Blockquote, 0, 2)]);
        assert_eq!(
            ok("<blockquote><code>b</code> c</blockquote>").1,
            vec![(Kind::Blockquote, 0, 3), (Kind::Code, 0, 1)]
        );
    }

    #[test]
    fn offsets_are_utf16() {
        assert_eq!(ok("😀ä<b>👨‍👩‍👧x</b>").1, vec![(Kind::Bold, 3, 9)]);
    }

    proptest::proptest! {
        #[test]
        fn no_input_panics(input in "[<>/&;#a-c b\"'=\u{1F600}ü-]{0,40}|<(b|a|pre|code|span) ?[^>]{0,8}>.{0,6}</(b|a|pre)?>") {
            if let Ok((text, entities)) = parse(&input) {
                let _ = finish(&text, entities);
            }
        }

        #[test]
        fn escaped_text_comes_back_as_it_was(text in "[ -~äöü😀]{0,60}") {
            let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            proptest::prop_assert_eq!(parse(&escaped).unwrap().0, text);
        }
    }
}
