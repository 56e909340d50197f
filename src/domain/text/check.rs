//! What a text must obey so that Telegram takes it and shows it as it was meant.
//!
//! Telegram repairs much in silence (it drops the 101st mark, cuts bold around code, loses a link); a linter
//! wants to hear of it. Sources: Bot API "Formatting options"; tdlib's MessageEntity.cpp (`fix_formatted_text`).

use super::{Rich, SPAN_LIMIT, Span};

/// Why a text would be refused, or shown otherwise than meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error("{length} characters, {limit} are possible")]
    TooLong { length: usize, limit: usize },
    #[error("nothing to see")]
    Empty,
    #[error("{0} marks, {SPAN_LIMIT} are possible")]
    TooManySpans(usize),
    /// A character that Telegram replaces or removes: controls, and the marks that turn the writing direction.
    #[error("the invisible character U+{:04X}", *.0 as u32)]
    Control(char),
    /// A span outside the text, empty, or with an end inside a character; its position in `spans`.
    #[error("mark {0} does not fit the text")]
    BadSpan(usize),
    /// Two spans cross, or one holds what it may not hold; the inner one's position in `spans`.
    #[error("mark {0} stands in or across a mark where it may not")]
    Nesting(usize),
}

impl Rich {
    /// Whether the text can be sent as it is, with at most `limit` code points ([`super::TEXT_LIMIT`],
    /// [`super::CAPTION_LIMIT`]).
    ///
    /// # Errors
    /// The first rule broken.
    pub fn validate(&self, limit: usize) -> Result<(), TextError> {
        let length = self.chars();
        if length > limit {
            return Err(TextError::TooLong { length, limit });
        }
        if let Some(c) = self.text.chars().find(|c| is_replaced(*c)) {
            return Err(TextError::Control(c));
        }
        if self.is_empty() {
            return Err(TextError::Empty);
        }
        if self.spans.len() > SPAN_LIMIT {
            return Err(TextError::TooManySpans(self.spans.len()));
        }
        self.validate_spans()
    }

    /// Whether every span lies on characters of the text and in what may hold it.
    fn validate_spans(&self) -> Result<(), TextError> {
        let boundaries = boundaries(&self.text);
        let on_boundary = |at: usize| boundaries.get(at).copied().unwrap_or(false);
        if let Some(bad) = self.spans.iter().position(|s| s.len == 0 || !on_boundary(s.start) || !on_boundary(s.end()))
        {
            return Err(TextError::BadSpan(bad));
        }
        let mut order: Vec<usize> = (0..self.spans.len()).collect();
        order.sort_by_key(|i| self.spans[*i].rank());
        let mut open: Vec<&Span> = Vec::new();
        for i in order {
            let span = &self.spans[i];
            open.retain(|outer| outer.end() > span.start);
            if open.iter().any(|outer| span.end() > outer.end() || !may_hold(outer, span)) {
                return Err(TextError::Nesting(i));
            }
            open.push(span);
        }
        Ok(())
    }
}

/// Characters that Telegram turns into a space or removes.
pub(super) fn is_replaced(c: char) -> bool {
    (c.is_control() && c != '\n') || ('\u{2028}'..='\u{202e}').contains(&c)
}

/// Whether one mark may stand inside another.
fn may_hold(outer: &Span, inner: &Span) -> bool {
    use super::SpanKind::Link;
    if outer.kind.is_code() || (inner.kind.is_code() && !outer.kind.is_quote()) {
        return false;
    }
    match (&outer.kind, &inner.kind) {
        (Link(_), Link(_)) => false,
        (outer, inner) => outer != inner && !inner.is_quote(),
    }
}

/// For each UTF-16 offset from 0 to the text's length: whether a character begins (or the text ends) there.
fn boundaries(text: &str) -> Vec<bool> {
    let mut flags: Vec<bool> =
        text.chars().flat_map(|c| std::iter::once(true).chain(std::iter::repeat_n(false, c.len_utf16() - 1))).collect();
    flags.push(true);
    flags
}

#[cfg(test)]
mod tests {
    use super::super::SpanKind::{self, Bold, Code, Italic, Quote};
    use super::*;

    fn span(kind: SpanKind, start: usize, len: usize) -> Span {
        Span { kind, start, len }
    }

    fn marked(text: &str, spans: Vec<Span>) -> Result<(), TextError> {
        Rich { text: text.into(), spans }.validate(super::super::TEXT_LIMIT)
    }

    #[test]
    fn lengths_count_code_points_so_that_4096_emoji_pass_and_4097_do_not() {
        assert_eq!(Rich::plain("🌳".repeat(4096)).validate(4096), Ok(()));
        assert_eq!(
            Rich::plain("🌳".repeat(4097)).validate(4096),
            Err(TextError::TooLong { length: 4097, limit: 4096 })
        );
    }

    #[test]
    fn what_telegram_would_drop_or_replace_is_named() {
        assert_eq!(marked(" \u{200b}\n", vec![]), Err(TextError::Empty));
        assert_eq!(marked("a\tb", vec![]), Err(TextError::Control('\t')));
        assert_eq!(marked("a\u{202e}b", vec![]), Err(TextError::Control('\u{202e}')));
        let many = (0..101).map(|i| span(Bold, i * 2, 1)).collect();
        assert_eq!(marked(&"a ".repeat(101), many), Err(TextError::TooManySpans(101)));
    }

    #[test]
    fn a_span_must_lie_on_whole_characters_of_the_text() {
        assert_eq!(marked("🌳x", vec![span(Bold, 0, 2)]), Ok(()));
        for (start, len) in [(0, 0), (1, 1), (0, 1), (2, 2), (9, 1), (usize::MAX, 1), (1, usize::MAX)] {
            assert_eq!(marked("🌳x", vec![span(Bold, start, len)]), Err(TextError::BadSpan(0)), "{start}+{len}");
        }
    }

    #[test]
    fn marks_nest_but_do_not_cross_and_code_stands_alone_or_in_a_quotation() {
        assert_eq!(marked("abcd", vec![span(Bold, 0, 4), span(Italic, 1, 2)]), Ok(()));
        assert_eq!(marked("abcd", vec![span(Quote, 0, 4), span(Code, 1, 2)]), Ok(()));
        assert_eq!(marked("abcd", vec![span(Code, 0, 4), span(Quote, 0, 4)]), Ok(()));
        assert_eq!(marked("abcd", vec![span(Bold, 0, 3), span(Italic, 1, 3)]), Err(TextError::Nesting(1)));
        assert_eq!(marked("abcd", vec![span(Bold, 0, 4), span(Code, 1, 2)]), Err(TextError::Nesting(1)));
        assert_eq!(marked("abcd", vec![span(Quote, 0, 4), span(Quote, 1, 2)]), Err(TextError::Nesting(1)));
        let link = |start, len| span(SpanKind::Link("https://a.example".into()), start, len);
        assert_eq!(marked("abcd", vec![link(0, 4), link(1, 1)]), Err(TextError::Nesting(1)));
    }
}
