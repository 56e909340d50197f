//! The report as pages: A4, with bars beside counts, and text that can be selected and read aloud.
//!
//! Owns: measures and where a page ends.

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::text::{Font, TextDirection};
use krilla::{Data, Document};
use ttf_parser::Face;

use super::super::font::FONT;
use super::{Report, Row, Section, Value};

/// A4 in points, and what is left blank around.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 56.0;
const INNER: f32 = WIDTH - 2.0 * MARGIN;

/// Where figures begin, and from where bars grow.
const FIGURES: f32 = MARGIN + 0.62 * INNER;
const BARS: f32 = 150.0;

/// Heights of letters, and of lines in relation to them.
const TITLE: f32 = 20.0;
const SECTION: f32 = 13.0;
const TEXT: f32 = 10.0;
const LINE: f32 = 1.45;

const INK: (u8, u8, u8) = (23, 33, 43);
const SOFT: (u8, u8, u8) = (79, 91, 103);
const BAR: (u8, u8, u8) = (31, 111, 178);

/// Why there are no pages.
#[derive(Debug, thiserror::Error)]
pub enum NotPrinted {
    #[error("the font cannot be read")]
    Font,
    #[error("a page has no size")]
    Page,
    #[error("the pages cannot be put together: {0:?}")]
    Pdf(krilla::error::KrillaError),
}

/// Something at its place on a page.
enum Mark {
    Text { x: f32, y: f32, size: f32, colour: (u8, u8, u8), text: String },
    Bar { x: f32, y: f32, width: f32, height: f32 },
}

/// The report as the bytes of a PDF.
pub fn pdf(report: &Report) -> Result<Vec<u8>, NotPrinted> {
    let font = Font::new(Data::from(FONT), 0).ok_or(NotPrinted::Font)?;
    let face = Face::parse(FONT, 0).map_err(|_| NotPrinted::Font)?;
    let mut pages = Pages { face, pages: vec![Vec::new()], y: MARGIN };
    pages.report(report);
    let count = pages.pages.len();
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(report.title.clone())
            .language(report.lang.code().to_owned())
            .creator("Tandem".to_owned()),
    );
    for (nth, mut marks) in pages.pages.into_iter().enumerate() {
        let number = format!("{} / {count}", nth + 1);
        marks.push(Mark::Text { x: MARGIN, y: HEIGHT - MARGIN / 2.0, size: TEXT, colour: SOFT, text: number });
        let mut page = document.start_page_with(PageSettings::from_wh(WIDTH, HEIGHT).ok_or(NotPrinted::Page)?);
        let mut surface = page.surface();
        for mark in marks {
            match mark {
                Mark::Text { x, y, size, colour, text } => {
                    surface.set_fill(Some(fill(colour)));
                    surface.draw_text(
                        Point::from_xy(x, y),
                        font.clone(),
                        size,
                        &text,
                        false,
                        TextDirection::LeftToRight,
                    );
                }
                Mark::Bar { x, y, width, height } => {
                    let mut path = PathBuilder::new();
                    if let Some(rect) = Rect::from_xywh(x, y, width, height) {
                        path.push_rect(rect);
                    }
                    surface.set_fill(Some(fill(BAR)));
                    if let Some(path) = path.finish() {
                        surface.draw_path(&path);
                    }
                }
            }
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(NotPrinted::Pdf)
}

fn fill(colour: (u8, u8, u8)) -> Fill {
    let (red, green, blue) = colour;
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, rule: Default::default() }
}

struct Pages {
    face: Face<'static>,
    pages: Vec<Vec<Mark>>,
    /// Where the next line begins.
    y: f32,
}

impl Pages {
    fn report(&mut self, report: &Report) {
        self.paragraph(&report.title, MARGIN, INNER, TITLE, INK);
        self.paragraph(&report.subtitle, MARGIN, INNER, TEXT, SOFT);
        for section in &report.sections {
            self.section(section, report.people);
        }
    }

    fn section(&mut self, section: &Section, people: Option<u32>) {
        // A heading never stands alone at the foot of a page.
        self.room(SECTION * LINE + 4.0 * TEXT * LINE);
        self.y += SECTION;
        self.paragraph(&section.title, MARGIN, INNER, SECTION, INK);
        let counts = section.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| count(&cell.value));
        let all = counts.chain(people).max().unwrap_or(1);
        for row in &section.rows {
            self.row(row, all);
        }
    }

    fn row(&mut self, row: &Row, all: u32) {
        let [only] = row.cells.as_slice() else {
            self.paragraph(&row.label, MARGIN, INNER, TEXT, INK);
            for cell in &row.cells {
                self.figure(&cell.head, &cell.value, all);
            }
            return;
        };
        match &only.value {
            Value::Shares { shares, .. } => {
                self.paragraph(&row.label, MARGIN, INNER, TEXT, INK);
                for (option, share) in shares {
                    self.line(option, &format!("{share} %"), Some((*share, 100)));
                }
            }
            // What somebody wrote has the whole width.
            Value::Words(words) if row.label == "–" => {
                self.paragraph(&format!("– {words}"), MARGIN, INNER, TEXT, INK)
            }
            value => self.line(&row.label, &value.in_words(), None),
        }
    }

    fn figure(&mut self, label: &str, value: &Value, all: u32) {
        self.line(label, &value.in_words(), count(value).map(|count| (count, all)));
    }

    /// A label, its figure, and a bar of so many out of all.
    fn line(&mut self, label: &str, value: &str, bar: Option<(u32, u32)>) {
        let labels = self.wrap(label, FIGURES - MARGIN - 2.0 * TEXT, TEXT);
        let values = self.wrap(value, WIDTH - MARGIN - FIGURES, TEXT);
        let lines = labels.len().max(values.len());
        self.room(TEXT * LINE * lines as f32);
        let top = self.y;
        for (nth, (x, text)) in labels
            .into_iter()
            .enumerate()
            .map(|(nth, text)| (nth, (MARGIN + TEXT, text)))
            .chain(values.into_iter().enumerate().map(|(nth, text)| (nth, (FIGURES, text))))
        {
            self.put(x, top + TEXT * LINE * nth as f32 + TEXT, TEXT, INK, text);
        }
        if let Some((count, of)) = bar {
            let width = BARS * count as f32 / of.max(1) as f32;
            self.mark(Mark::Bar { x: FIGURES + 3.0 * TEXT, y: top + 2.0, width, height: TEXT });
        }
        self.y = top + TEXT * LINE * lines as f32;
    }

    fn paragraph(&mut self, text: &str, x: f32, width: f32, size: f32, colour: (u8, u8, u8)) {
        for line in self.wrap(text, width, size) {
            self.room(size * LINE);
            self.put(x, self.y + size, size, colour, line);
            self.y += size * LINE;
        }
    }

    fn put(&mut self, x: f32, y: f32, size: f32, colour: (u8, u8, u8), text: String) {
        self.mark(Mark::Text { x, y, size, colour, text });
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// Goes on to a new page where this much does not fit any more.
    fn room(&mut self, height: f32) {
        if self.y + height > HEIGHT - MARGIN {
            self.pages.push(Vec::new());
            self.y = MARGIN;
        }
    }

    /// Cuts a text into lines of this width, between words where it can be.
    fn wrap(&self, text: &str, width: f32, size: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split_whitespace().flat_map(|word| self.pieces(word, width, size)) {
            let Some(line) = lines.last_mut() else { break };
            let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
            match line.is_empty() || self.width(&longer, size) <= width {
                true => *line = longer,
                false => lines.push(word),
            }
        }
        lines
    }

    /// A word that is wider than a line, in pieces that are not.
    fn pieces(&self, word: &str, width: f32, size: f32) -> Vec<String> {
        let mut pieces = vec![String::new()];
        for c in word.chars() {
            // What has no width and cannot be drawn has no place on paper.
            let c = if c.is_control() { '\u{fffd}' } else { c };
            let Some(piece) = pieces.last_mut() else { break };
            piece.push(c);
            if self.width(piece, size) > width && piece.chars().count() > 1 {
                piece.pop();
                pieces.push(c.to_string());
            }
        }
        pieces
    }

    fn width(&self, text: &str, size: f32) -> f32 {
        let units = |c| {
            let glyph = self.face.glyph_index(c).unwrap_or_default();
            self.face.glyph_hor_advance(glyph).unwrap_or(self.face.units_per_em())
        };
        let sum: f32 = text.chars().map(|c| f32::from(units(c))).sum();
        sum * size / f32::from(self.face.units_per_em())
    }
}

fn count(value: &Value) -> Option<u32> {
    match value {
        Value::Count(count) => Some(*count),
        Value::Words(_) | Value::Shares { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Cell;
    use super::*;
    use crate::domain::lang::Lang;
    use proptest::prelude::*;

    fn pages() -> Pages {
        Pages { face: Face::parse(FONT, 0).expect("a font"), pages: vec![Vec::new()], y: MARGIN }
    }

    fn report(comments: Vec<String>) -> Report {
        let row = |text| Row {
            label: "–".to_owned(),
            cells: vec![Cell { head: String::new(), value: Value::Words(text) }],
        };
        let section = Section { title: "Sätze".to_owned(), rows: comments.into_iter().map(row).collect() };
        let (title, subtitle) = ("Runde".to_owned(), "Stand heute".to_owned());
        Report { title, subtitle, lang: Lang::source(), people: None, sections: vec![section] }
    }

    #[test]
    fn a_long_report_goes_on_on_further_pages_and_every_mark_is_on_its_page() {
        let mut long = pages();
        long.report(&report(vec!["Mehr Beispiele aus dem Rathaus, bitte.".repeat(9); 60]));
        assert!(long.pages.len() > 2, "{} pages", long.pages.len());
        for mark in long.pages.iter().flatten() {
            let (Mark::Text { y, .. } | Mark::Bar { y, .. }) = mark;
            assert!((0.0..=HEIGHT - MARGIN + TITLE).contains(y), "{y}");
        }
        let bytes = pdf(&report(vec!["<b>&\u{202e}\0 =1+1".to_owned()])).expect("pages");
        assert!(bytes.starts_with(b"%PDF-"));
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_place_and_no_letter_is_lost(text in "[a-zäöüß€W🙂 ]{0,300}") {
            let pages = pages();
            let lines = pages.wrap(&text, 120.0, TEXT);
            for line in &lines {
                prop_assert!(pages.width(line, TEXT) <= 120.0, "{line}");
            }
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
