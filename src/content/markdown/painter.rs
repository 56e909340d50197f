//! Draws one event after the other: the state between them.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::refusal::{Address, Refusal, Refused, address};
use super::table::Table;
use crate::domain::text::{Rich, Span, SpanKind};

/// Deepest list that still reads well on a phone.
pub(super) const MAX_DEPTH: usize = 3;

/// One step of a nested list's indentation.
const INDENT: &str = "   ";

/// A drawing in progress.
pub(super) struct Painter<'s> {
    source: &'s str,
    out: Rich,
    /// Length of `out` in UTF-16 units, kept so that long texts cost linear time.
    at: usize,
    /// Marks that are open, innermost last.
    open: Vec<Open>,
    /// Lists that are open, innermost last: the next number, if they are numbered.
    lists: Vec<Option<u64>>,
    /// Where the open quotation began, and its kind.
    quote: Option<(usize, SpanKind)>,
    table: Option<Table>,
    /// Text of the open code block.
    code: Option<String>,
    /// A block has ended: whatever comes next begins on a new line.
    pending: bool,
    /// Length of `out.text` after the last list sign, to see whether its item has begun.
    after_sign: usize,
    /// The last text ended in a bar at this byte of the source: `||` may come in two events.
    bar: Option<usize>,
    refusals: Vec<Refusal>,
}

/// An open mark.
struct Open {
    /// `None` for a mark that shows nothing here: bold within bold.
    kind: Option<SpanKind>,
    start: usize,
    /// A mail address to write behind the text.
    mail: Option<String>,
    /// Where it was opened, in the source.
    place: Range<usize>,
}

impl<'s> Painter<'s> {
    pub fn new(source: &'s str) -> Self {
        Self {
            source,
            out: Rich::default(),
            at: 0,
            open: Vec::new(),
            lists: Vec::new(),
            quote: None,
            table: None,
            code: None,
            pending: false,
            after_sign: usize::MAX,
            bar: None,
            refusals: Vec::new(),
        }
    }

    pub fn draw(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag, range),
            Event::Text(text) => self.text(text, range),
            Event::Code(code) => self.inline_code(code, range),
            Event::SoftBreak => self.plain(" ", range),
            Event::HardBreak => {
                let line = format!("\n{}", INDENT.repeat(self.lists.len()));
                self.plain(&line, range);
            }
            Event::Rule => self.block(range, |p| p.plain("———", range)),
            Event::TaskListMarker(done) => self.plain(if *done { "☑ " } else { "☐ " }, range),
            // Within a block of HTML, which is refused as a whole.
            Event::Html(_) => {}
            Event::InlineHtml(_) => self.refuse(range, Refused::Html),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => {
                self.refuse(range, Refused::Unsupported);
            }
        }
    }

    /// The drawing, or everything that was refused.
    pub fn finish(mut self) -> Result<Rich, Vec<Refusal>> {
        self.close_spoilers(0);
        if !self.refusals.is_empty() {
            return Err(self.refusals);
        }
        let mut rich = self.out.trim();
        if rich.is_empty() {
            return Ok(Rich::default());
        }
        rich.tidy();
        Ok(rich)
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.begin_block(range),
            Tag::BlockQuote(kind) => self.start_quote(kind.is_some(), range),
            Tag::List(first) => self.start_list(*first, range),
            Tag::Item => self.start_item(),
            Tag::CodeBlock(_) => self.code = Some(String::new()),
            Tag::Emphasis => self.start_mark(SpanKind::Italic, range),
            Tag::Strong => self.start_mark(SpanKind::Bold, range),
            Tag::Strikethrough => self.start_mark(SpanKind::Strike, range),
            Tag::Link { dest_url, .. } => self.start_link(dest_url, range),
            Tag::Table(align) => self.table = Some(Table::new(align)),
            Tag::TableHead | Tag::TableRow => self.in_table(Table::row),
            Tag::TableCell => self.in_table(Table::cell),
            Tag::HtmlBlock => self.refuse(range, Refused::Html),
            Tag::Image { .. } => self.refuse(range, Refused::Image),
            Tag::Heading { .. } => self.refuse(range, Refused::Heading),
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => self.refuse(range, Refused::Unsupported),
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Item => self.end_block(),
            TagEnd::BlockQuote(_) => {
                if let Some((start, kind)) = self.quote.take() {
                    self.mark(kind, start);
                }
                self.end_block();
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.end_block();
            }
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                self.pre(code.trim_end_matches('\n'), range);
            }
            TagEnd::Table => match self.table.take().map(|t| t.draw()) {
                Some(Ok(drawn)) => self.pre(&drawn, range),
                Some(Err(width)) => self.refuse(range, Refused::WideTable(width)),
                None => {}
            },
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.end_mark(),
            TagEnd::Link => self.end_link(range),
            TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::HtmlBlock
            | TagEnd::Image
            | TagEnd::Heading(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn start_quote(&mut self, folded: bool, range: &Range<usize>) {
        if self.quote.is_some() {
            self.refuse(range, Refused::NestedQuote);
        } else if !self.lists.is_empty() {
            self.refuse(range, Refused::QuoteInList);
        }
        self.begin_block(range);
        self.quote = Some((self.at, if folded { SpanKind::ExpandableQuote } else { SpanKind::Quote }));
    }

    fn start_list(&mut self, first: Option<u64>, range: &Range<usize>) {
        self.close_spoilers(0);
        if self.lists.is_empty() {
            self.begin_block(range);
        } else if self.out.text.len() != self.after_sign {
            self.pending = true;
        }
        self.lists.push(first);
        if self.lists.len() > MAX_DEPTH {
            self.refuse(range, Refused::DeepList);
        }
    }

    fn start_item(&mut self) {
        if std::mem::take(&mut self.pending) {
            self.put("\n");
        }
        let depth = self.lists.len();
        let sign = match self.lists.last_mut() {
            Some(Some(number)) => {
                let sign = format!("{number}. ");
                *number = number.saturating_add(1);
                sign
            }
            _ if depth == 1 => "• ".to_owned(),
            _ => "– ".to_owned(),
        };
        if self.out.text.len() != self.after_sign {
            self.put(&INDENT.repeat(depth.saturating_sub(1)));
        }
        self.put(&sign);
        self.after_sign = self.out.text.len();
    }

    fn start_mark(&mut self, kind: SpanKind, range: &Range<usize>) {
        self.flush(range);
        let doubled = self.open.iter().any(|o| o.kind.as_ref() == Some(&kind));
        self.open.push(Open { kind: (!doubled).then_some(kind), start: self.at, mail: None, place: range.clone() });
    }

    fn end_mark(&mut self) {
        self.close_spoilers(self.open.iter().rposition(|o| !o.is_spoiler()).map_or(0, |i| i + 1));
        if let Some(Open { kind: Some(kind), start, .. }) = self.open.pop() {
            self.mark(kind, start);
        }
    }

    fn start_link(&mut self, destination: &str, range: &Range<usize>) {
        if self.table.is_some() {
            self.refuse(range, Refused::CellMark);
        }
        self.flush(range);
        // An autolinked mail address comes without its scheme.
        let bare_mail = address(&format!("mailto:{destination}")).filter(|_| !destination.contains(':'));
        let (kind, mail) = match address(destination).or(bare_mail) {
            Some(Address::Web) => (Some(SpanKind::Link(destination.to_owned())), None),
            Some(Address::Mail(mail)) => (None, Some(mail)),
            None => {
                self.refuse(range, Refused::BadLink(destination.to_owned()));
                (None, None)
            }
        };
        self.open.push(Open { kind, start: self.at, mail, place: range.clone() });
    }

    fn end_link(&mut self, range: &Range<usize>) {
        self.close_spoilers(self.open.iter().rposition(|o| !o.is_spoiler()).map_or(0, |i| i + 1));
        let Some(open) = self.open.pop() else { return };
        let shown = self.tail(open.start);
        if shown.trim().is_empty() && self.table.is_none() {
            self.refuse(range, Refused::EmptyLink);
        }
        match (open.kind, open.mail) {
            (Some(kind), _) => self.mark(kind, open.start),
            (None, Some(mail)) if shown.trim() != mail => self.put(&format!(" ({mail})")),
            (None, _) => {}
        }
    }

    fn text(&mut self, text: &CowStr<'_>, range: &Range<usize>) {
        if let Some(code) = &mut self.code {
            code.push_str(text);
            self.check(&text.replace('\n', ""), range);
            return;
        }
        // An event is a piece of the source as it stands there, unless something in it was written as `&amp;`.
        let exact = text.len() == range.len();
        let place = |from: usize, length: usize| match exact {
            true => range.start + from..range.start + from + length,
            false => range.clone(),
        };
        let (mut rest, mut from) = (text.as_ref(), 0);
        // A bar that was alone at the end of the event before and goes on here: the pair is a spoiler's.
        if self.bar.take() == Some(range.start) && rest.starts_with('|') && self.out.text.ends_with('|') {
            self.out.text.pop();
            self.at -= 1;
            self.spoiler(&place(0, 1));
            (rest, from) = (&rest[1..], 1);
        }
        for (i, part) in rest.split("||").enumerate() {
            if i > 0 {
                match self.table {
                    Some(_) => self.plain("||", range),
                    None => self.spoiler(&place(from, 2)),
                }
                from += 2;
            }
            self.plain(part, &place(from, part.len()));
            from += part.len();
        }
        self.bar = (rest.ends_with('|') && !rest.ends_with("||")).then_some(range.end);
    }

    fn inline_code(&mut self, code: &CowStr<'_>, range: &Range<usize>) {
        if self.open.iter().any(|o| o.mail.is_some() || matches!(o.kind, Some(SpanKind::Link(_)))) {
            self.refuse(range, Refused::CodeInLink);
        }
        self.flush(range);
        let start = self.at;
        self.plain(code, range);
        if self.table.is_none() && !code.trim().is_empty() {
            self.mark_code(SpanKind::Code, start);
        }
    }

    /// Opens or closes a spoiler.
    fn spoiler(&mut self, range: &Range<usize>) {
        self.flush(range);
        match self.open.last() {
            Some(last) if last.is_spoiler() => self.end_spoiler(),
            _ if self.open.iter().any(Open::is_spoiler) => self.refuse(range, Refused::Spoiler),
            _ => {
                self.open.push(Open {
                    kind: Some(SpanKind::Spoiler),
                    start: self.at,
                    mail: None,
                    place: range.clone(),
                });
            }
        }
    }

    fn end_spoiler(&mut self) {
        if let Some(open) = self.open.pop() {
            self.mark(SpanKind::Spoiler, open.start);
        }
    }

    /// Refuses spoilers that are still open above a height of the stack.
    fn close_spoilers(&mut self, height: usize) {
        while self.open.len() > height && self.open.last().is_some_and(Open::is_spoiler) {
            if let Some(open) = self.open.pop() {
                self.refuse(&open.place, Refused::Spoiler);
            }
        }
    }

    fn pre(&mut self, text: &str, range: &Range<usize>) {
        self.block(range, |p| {
            let start = p.at;
            p.put(&text.replace('\t', "    "));
            if !text.trim().is_empty() {
                p.mark_code(SpanKind::Pre, start);
            }
        });
    }

    fn block(&mut self, range: &Range<usize>, draw: impl FnOnce(&mut Self)) {
        self.begin_block(range);
        draw(self);
        self.end_block();
    }

    fn begin_block(&mut self, range: &Range<usize>) {
        self.close_spoilers(0);
        if !self.lists.is_empty() && self.out.text.len() != self.after_sign {
            self.pending = true;
        }
        self.flush(range);
    }

    fn end_block(&mut self) {
        self.close_spoilers(0);
        self.pending = true;
    }

    /// Writes the line ends that the last block's end has left owing.
    fn flush(&mut self, range: &Range<usize>) {
        if !std::mem::take(&mut self.pending) || self.out.text.is_empty() {
            return;
        }
        if self.quote.as_ref().is_some_and(|(start, _)| *start == self.at) {
            return;
        }
        let sep = match self.lists.len() {
            0 if self.touches_line_above(range.start) => "\n".to_owned(),
            0 => "\n\n".to_owned(),
            depth => format!("\n{}", INDENT.repeat(depth)),
        };
        self.put(&sep);
    }

    /// Whether the author left no blank line above: a list right below its introduction stays there.
    fn touches_line_above(&self, start: usize) -> bool {
        let above = self.source.get(..start).unwrap_or_default();
        let this_line = above.rfind('\n').unwrap_or(0);
        let line = above[..this_line].rsplit('\n').next().unwrap_or_default();
        !line.trim_matches(|c: char| c.is_whitespace() || c == '>').is_empty()
    }

    fn plain(&mut self, text: &str, range: &Range<usize>) {
        self.check(&text.replace('\n', ""), range);
        let text = text.replace('\t', " ");
        match &mut self.table {
            Some(table) => table.text(&text),
            None => {
                self.flush(range);
                self.put(&text);
            }
        }
    }

    fn check(&mut self, text: &str, range: &Range<usize>) {
        let replaced = |c: &char| (c.is_control() && *c != '\t') || ('\u{2028}'..='\u{202e}').contains(c);
        if let Some((at, c)) = text.char_indices().find(|(_, c)| replaced(c)) {
            let exact = text.len() == range.len();
            let place = if exact { range.start + at..range.start + at + c.len_utf8() } else { range.clone() };
            self.refuse(&place, Refused::Control(c));
        }
    }

    fn in_table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(table) = &mut self.table {
            change(table);
        }
    }

    /// What was written from a UTF-16 offset on.
    fn tail(&self, start: usize) -> String {
        let mut units = self.at.saturating_sub(start);
        let from = self.out.text.char_indices().rev().take_while(|(_, c)| {
            let go = units > 0;
            units = units.saturating_sub(c.len_utf16());
            go
        });
        let from = from.last().map_or(self.out.text.len(), |(i, _)| i);
        self.out.text[from..].to_owned()
    }

    fn mark(&mut self, kind: SpanKind, start: usize) {
        if self.at > start {
            self.out.spans.push(Span { kind, start, len: self.at - start });
        }
    }

    /// Telegram takes blanks off the start of a mark, so that none are marked here.
    fn mark_code(&mut self, kind: SpanKind, start: usize) {
        let blanks = self.tail(start).chars().take_while(|c| matches!(c, ' ' | '\n')).count();
        self.mark(kind, start + blanks);
    }

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
        self.at += text.chars().map(char::len_utf16).sum::<usize>();
    }

    fn refuse(&mut self, range: &Range<usize>, what: Refused) {
        self.refusals.push(Refusal { range: range.clone(), what });
    }
}

impl Open {
    fn is_spoiler(&self) -> bool {
        self.kind == Some(SpanKind::Spoiler)
    }
}
