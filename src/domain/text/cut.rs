//! Cutting texts: marks are cut with their text, so that every piece is a text of its own.

use std::ops::Range;

use super::{Rich, SPAN_LIMIT, Span, utf16_len};

impl Rich {
    /// Pieces of at most `limit` code points and [`SPAN_LIMIT`] marks each, cut between paragraphs where that
    /// leaves a piece of decent size, else between lines, else between words, else anywhere. Blanks around
    /// a cut are dropped, nothing else is; a text with nothing to see has no pieces.
    pub fn split(&self, limit: usize) -> Vec<Rich> {
        let mut pieces = Vec::new();
        let mut rest = self.trim();
        while !rest.text.is_empty() {
            let window = rest.window(limit.max(1));
            if window == rest.text.len() {
                pieces.push(rest);
                break;
            }
            let cut = cut_point(&rest.text, window, &["\n\n", "\n", " "]);
            pieces.push(rest.slice(0..cut).trim());
            rest = rest.slice(cut..rest.text.len()).trim();
        }
        pieces.retain(|p| !p.is_empty());
        pieces
    }

    /// The text if it has at most `limit` code points, else its beginning and an ellipsis within that limit.
    pub fn truncate(&self, limit: usize) -> Rich {
        if self.chars() <= limit {
            return self.clone();
        }
        let Some(room) = limit.checked_sub(1) else { return Rich::default() };
        let window = byte_of_char(&self.text, room);
        let mut cut = self.slice(0..cut_point(&self.text, window, &[" ", "\n"])).trim_end();
        cut.push_str("…");
        cut
    }

    /// The text without blanks at both ends.
    pub fn trim(&self) -> Rich {
        let start = self.text.len() - self.text.trim_start().len();
        self.slice(start..start + self.text.trim().len())
    }

    fn trim_end(&self) -> Rich {
        self.slice(0..self.text.trim_end().len())
    }

    /// Brings the marks into the shape that Telegram keeps: in order, outer before inner, without blanks at
    /// their ends, none empty, none around code (there it would cut them itself) but quotations.
    pub fn tidy(&mut self) {
        let code: Vec<Range<usize>> =
            self.spans.iter().filter(|s| s.kind.is_code()).map(|s| s.start..s.end()).collect();
        let mut blank: Vec<bool> =
            self.text.chars().flat_map(|c| std::iter::repeat_n(c.is_whitespace(), c.len_utf16())).collect();
        // Blanks in code belong to it, so a quotation around it does not shrink past them.
        for range in &code {
            if let Some(inside) = blank.get_mut(range.clone()) {
                inside.fill(false);
            }
        }
        let spans = std::mem::take(&mut self.spans);
        self.spans = spans
            .into_iter()
            .flat_map(|s| if s.kind.is_code() || s.kind.is_quote() { vec![s] } else { without(&s, &code) })
            .filter_map(|s| if s.kind.is_code() { Some(s) } else { shrink(s, &blank) })
            .filter(|s| s.len > 0)
            .collect();
        self.spans.sort_by_key(Span::rank);
    }

    /// The part between two byte offsets, which must lie on characters.
    fn slice(&self, bytes: Range<usize>) -> Rich {
        let start = utf16_len(&self.text[..bytes.start]);
        let text = &self.text[bytes];
        let end = start + utf16_len(text);
        let clip = |s: &Span| {
            let (from, to) = (s.start.max(start), s.end().min(end));
            (from < to).then(|| Span { kind: s.kind.clone(), start: from - start, len: to - from })
        };
        Rich { text: text.to_owned(), spans: self.spans.iter().filter_map(clip).collect() }
    }

    /// Byte length of the longest beginning that one message can hold; at least one character.
    fn window(&self, limit: usize) -> usize {
        let by_length = byte_of_char(&self.text, limit);
        let mut starts: Vec<usize> = self.spans.iter().map(|s| s.start).collect();
        starts.sort_unstable();
        match starts.get(SPAN_LIMIT).map(|start| byte_of_utf16(&self.text, *start)) {
            Some(by_spans) if by_spans > 0 => by_length.min(by_spans),
            _ => by_length,
        }
    }
}

/// The best place to cut at or before `window`: the last of the first separator that leaves at least a third
/// of the window, else the window itself, moved out of composed characters.
fn cut_point(text: &str, window: usize, separators: &[&str]) -> usize {
    let last = |separator: &&str| {
        let before = text.match_indices(*separator).map(|(at, _)| at).take_while(|at| *at <= window);
        before.last().filter(|at| *at > window / 3)
    };
    separators.iter().find_map(last).unwrap_or_else(|| whole_character(text, window))
}

/// Moves a cut before the emoji or letter that it would take apart, if there is one and something is left.
fn whole_character(text: &str, cut: usize) -> usize {
    let mut at = cut;
    loop {
        let (before, after) = text.split_at(at);
        let Some(last) = before.chars().next_back() else { return cut };
        if last != '\u{200d}' && !after.chars().next().is_some_and(joins_to_left) {
            return at;
        }
        at -= last.len_utf8();
    }
}

/// Characters that continue the one before: joiners, variation and skin marks, combining accents, keycaps.
fn joins_to_left(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20f0}')
}

/// A span without the ranges, in pieces.
fn without(span: &Span, holes: &[Range<usize>]) -> Vec<Span> {
    let part = |from: usize, to: usize| {
        (from < to).then(|| Span { kind: span.kind.clone(), start: from, len: to.saturating_sub(from) })
    };
    let mut left = vec![span.clone()];
    for hole in holes {
        let cut = |s: Span| [part(s.start, s.end().min(hole.start)), part(s.start.max(hole.end), s.end())];
        left = left.into_iter().flat_map(cut).flatten().collect();
    }
    left
}

/// A span without the blanks at its ends; `None` if nothing is left or it lies outside the text.
fn shrink(span: Span, blank: &[bool]) -> Option<Span> {
    let covered = blank.get(span.start..span.end())?;
    let lead = covered.iter().position(|b| !b)?;
    let last = covered.iter().rposition(|b| !b)?;
    Some(Span { start: span.start + lead, len: last + 1 - lead, ..span })
}

fn byte_of_char(text: &str, index: usize) -> usize {
    text.char_indices().nth(index).map_or(text.len(), |(at, _)| at)
}

fn byte_of_utf16(text: &str, index: usize) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= index {
            return at;
        }
        units += c.len_utf16();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::super::SpanKind::{Bold, Code, Italic, Quote};
    use super::*;

    fn rich(parts: &[(&str, Option<super::super::SpanKind>)]) -> Rich {
        let mut all = Rich::default();
        for (text, kind) in parts {
            match kind {
                Some(kind) => all.push_marked(text, kind.clone()),
                None => all.push_str(text),
            }
        }
        all
    }

    #[test]
    fn paragraphs_stay_whole_where_they_can() {
        let pieces = Rich::plain("one two three\n\nfour five six\n\nseven").split(30);
        assert_eq!(
            pieces.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(),
            ["one two three\n\nfour five six", "seven"]
        );
        let pieces = Rich::plain("one two three four").split(9);
        assert_eq!(pieces.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), ["one two", "three", "four"]);
    }

    #[test]
    fn a_mark_over_a_cut_goes_on_in_the_next_piece() {
        let pieces = rich(&[("🌳 ", None), ("bold words", Some(Bold)), (" end", None)]).split(7);
        assert_eq!(pieces[0], rich(&[("🌳 ", None), ("bold", Some(Bold))]));
        assert_eq!(pieces[1], rich(&[("words", Some(Bold))]));
        assert_eq!(pieces[2], rich(&[("end", None)]));
    }

    #[test]
    fn a_piece_holds_no_more_marks_than_telegram_keeps() {
        let mut text = Rich::default();
        for _ in 0..250 {
            text.push_marked("x", Bold);
            text.push_str(" ");
        }
        let pieces = text.split(4096);
        assert_eq!(pieces.iter().map(|p| p.spans.len()).collect::<Vec<_>>(), [100, 100, 50]);
    }

    #[test]
    fn a_family_is_not_torn_apart() {
        let family = "👩\u{200d}👩\u{200d}👧";
        let pieces = Rich::plain(format!("ab{family}")).split(4);
        assert_eq!(pieces[0].text, "ab");
        assert_eq!(Rich::plain(family).split(2).len(), 3, "what alone is longer than the limit is cut all the same");
    }

    #[test]
    fn a_shortened_text_ends_in_an_ellipsis_within_the_limit() {
        let text = rich(&[("eins ", None), ("zwei drei", Some(Italic))]);
        assert_eq!(text.truncate(14), text);
        assert_eq!(text.truncate(11), rich(&[("eins ", None), ("zwei", Some(Italic)), ("…", None)]));
        assert_eq!((text.truncate(1).text.as_str(), text.truncate(0).text.as_str()), ("…", ""));
    }

    #[test]
    fn tidying_cuts_marks_around_code_and_drops_blanks_at_their_ends() {
        let mut text = Rich::default();
        let mut inner = Rich::plain("a ");
        inner.push_marked("b", Code);
        inner.push_str(" c ");
        text.push_within(&inner, Bold);
        text.push_within(&inner, Quote);
        text.push_marked("  ", Italic);
        let mut code = Rich::default();
        code.push_marked(" x", Code);
        text.push_within(&code, Quote);
        text.tidy();
        let spans: Vec<_> = text.spans.iter().map(|s| (s.kind.clone(), s.start, s.len)).collect();
        assert_eq!(
            spans,
            [(Bold, 0, 1), (Code, 2, 1), (Bold, 4, 1), (Quote, 6, 5), (Code, 8, 1), (Quote, 14, 2), (Code, 14, 2)]
        );
        assert_eq!(text.validate(100), Ok(()));
    }
}
