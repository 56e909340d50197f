//! Markdown to text with marks: what lessons may use, and a located refusal for everything else.
//!
//! Knows what Telegram can show: bold, italic, strike, code, spoilers (`||so||`), links, quotations
//! (folded ones from `> [!NOTE]`), lists drawn with signs, narrow tables drawn in one width. Does not know
//! lessons. Telegram repairs in silence what it cannot show; here it is refused, so that an author sees it.

mod painter;
#[cfg(test)]
mod properties;
mod refusal;
mod table;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use crate::domain::text::Rich;

pub use refusal::{Refusal, Refused};

/// A piece of Markdown as the parser sees it, with its bytes in the source.
pub(super) type Piece<'a> = (Event<'a>, Range<usize>);

/// Draws a Markdown text.
///
/// # Errors
/// Everything in it that cannot be shown, each with its place.
pub fn to_rich(markdown: &str) -> Result<Rich, Vec<Refusal>> {
    render(markdown, &parse(markdown))
}

/// Whether a text is a web or mail address that Telegram opens: with its scheme and a dotted host.
pub fn is_address(text: &str) -> bool {
    refusal::address(text).is_some()
}

/// The parser's events of a whole file.
pub(super) fn parse(markdown: &str) -> Vec<Piece<'_>> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM;
    Parser::new_ext(markdown, options).into_offset_iter().collect()
}

/// Draws a part of a file: any run of balanced events, blocks or the inside of one line. `source` is the
/// whole file, into which the events' ranges point.
///
/// # Errors
/// Everything in it that cannot be shown, each with its place in `source`.
pub(super) fn render(source: &str, pieces: &[Piece<'_>]) -> Result<Rich, Vec<Refusal>> {
    let mut painter = painter::Painter::new(source);
    for (event, range) in pieces {
        painter.draw(event, range);
    }
    painter.finish()
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    /// The text with its marks written around it, as `‹bold:…›`.
    fn show(rich: &Rich) -> String {
        let mut out = String::new();
        let mut at = 0;
        for c in rich.text.chars() {
            rich.spans.iter().filter(|s| s.end() == at).for_each(|_| out.push('›'));
            rich.spans.iter().filter(|s| s.start == at).for_each(|s| out.push_str(&format!("‹{:?}:", s.kind)));
            out.push(c);
            at += c.len_utf16();
        }
        rich.spans.iter().filter(|s| s.end() == at).for_each(|_| out.push('›'));
        out
    }

    fn drawn(markdown: &str) -> String {
        match to_rich(markdown) {
            Ok(rich) => show(&rich),
            Err(refusals) => refusals.iter().map(|r| format!("{:?}: {}\n", r.range, r.what)).collect(),
        }
    }

    #[test]
    fn marks_are_ranges_in_utf16_even_after_emoji() {
        let rich = to_rich("👍🌳 **fett _und_ mehr** ~~weg~~ `code` ||geheim||").expect("drawable");
        assert_eq!(rich.text, "👍🌳 fett und mehr weg code geheim");
        assert_eq!((rich.spans[0].start, rich.spans[0].len), (5, 13));
        assert_snapshot!(show(&rich), @"👍🌳 ‹Bold:fett ‹Italic:und› mehr› ‹Strike:weg› ‹Code:code› ‹Spoiler:geheim›");
    }

    #[test]
    fn paragraphs_breaks_and_lists_are_drawn_for_a_phone() {
        assert_snapshot!(drawn("Erste Zeile\nweiter\\\nneu\n\nDrei Dinge:\n- eins\n- zwei\n  - tief\n    - tiefer\n- drei\n\n7. sieben\n8. acht\n\n- [x] fertig\n- [ ] offen\n\nEnde"), @r"
        Erste Zeile weiter
        neu

        Drei Dinge:
        • eins
        • zwei
           – tief
              – tiefer
        • drei

        7. sieben
        8. acht

        • ☑ fertig
        • ☐ offen

        Ende
        ");
    }

    #[test]
    fn quotations_fold_when_marked_as_a_note() {
        assert_snapshot!(drawn("> Ein Zitat\n>\n> zweiter Absatz\n\n> [!NOTE]\n> Zum **Aufklappen**\n> - Punkt\n\nEnde"), @r"
        ‹Quote:Ein Zitat

        zweiter Absatz›

        ‹ExpandableQuote:Zum ‹Bold:Aufklappen›
        • Punkt›

        Ende
        ");
    }

    #[test]
    fn code_cuts_the_bold_around_it_and_blocks_keep_their_indentation() {
        assert_snapshot!(drawn("**fett `code` fett**\n\n```\nif a\n  b\n```"), @r"
        ‹Bold:fett› ‹Code:code› ‹Bold:fett›

        ‹Pre:if a
          b›
        ");
    }

    #[test]
    fn links_lead_to_the_web_and_mail_is_written_out() {
        assert_snapshot!(drawn("[Leitfaden](https://example.org/a?b=c#d) und [wir](mailto:team@example.org), <team@example.org>, <https://example.org>"), @r#"‹Link("https://example.org/a?b=c#d"):Leitfaden› und wir (team@example.org), team@example.org, ‹Link("https://example.org"):https://example.org›"#);
    }

    #[test]
    fn a_narrow_table_is_drawn_in_one_width() {
        assert_snapshot!(drawn("| Tag | Minuten |\n|---|--:|\n| Mo | 60 |\n| **Di** | 120 |"), @r"
        ‹Pre:Tag  Minuten
        ────────────
        Mo        60
        Di       120›
        ");
    }

    #[test]
    fn an_escaped_bar_is_no_spoiler() {
        assert_snapshot!(drawn(r"a \|\| b `||` c"), @"a || b ‹Code:||› c");
    }

    #[test]
    fn what_cannot_be_shown_is_refused_with_its_place() {
        assert_snapshot!(drawn("## Titel\n\n<b>x</b> ![Baum](baum.jpg)\n\n<div>\nx\n</div>"), @r"
        0..9: a heading cannot stand here
        10..13: HTML is not shown in messages
        14..18: HTML is not shown in messages
        19..36: a picture cannot stand in a text
        38..52: HTML is not shown in messages
        ");
        assert_snapshot!(drawn("[a](#b) [c](/d) [e](http://localhost/) [f](javascript:alert(1)) [](https://example.org) [`g`](https://example.org)"), @r"
        0..7: the link `#b` is not a full address
        8..15: the link `/d` is not a full address
        16..38: the link `http://localhost/` is not a full address
        39..63: the link `javascript:alert(1)` is not a full address
        64..87: the link has no text
        89..92: code cannot stand in a link
        ");
        assert_snapshot!(drawn("> a\n> > b\n\n- c\n  > d\n\n- e\n  - f\n    - g\n      - h"), @r"
        6..10: a quotation cannot stand in a quotation
        17..21: a quotation cannot stand in a list
        46..49: a list is nested more than 3 deep
        ");
        assert_snapshot!(drawn("||offen\n\n**x ||y** z||\n\na&#7;b \u{202e}c"), @"
        0..2: `||` opens or closes a spoiler across another mark or a paragraph
        13..15: `||` opens or closes a spoiler across another mark or a paragraph
        20..22: `||` opens or closes a spoiler across another mark or a paragraph
        25..29: the invisible character U+0007
        31..34: the invisible character U+202E
        ");
        assert_snapshot!(drawn("| eine sehr breite Spalte | und noch eine |\n|---|---|\n| a | [b](https://example.org) |"), @r"
        60..84: a table's cell can hold plain text only
        0..86: the table is 38 characters wide, a phone shows 32
        ");
    }

    #[test]
    fn nothing_to_draw_is_an_empty_text() {
        assert_eq!(to_rich(""), Ok(Rich::default()));
        assert_eq!(to_rich(" \n\n>\n\n-\n"), Ok(Rich::plain("•")));
    }
}
