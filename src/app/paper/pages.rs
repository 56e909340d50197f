//! Printed pages: where lines break, where a page ends, and the PDF, with text that can be selected and read aloud.
//!
//! Owns: measures of letters, and the only use of the PDF library. Does not know what is printed.

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
use crate::domain::lang::Lang;

/// A4 in points, and what is left blank around.
pub const WIDTH: f32 = 595.0;
pub const HEIGHT: f32 = 842.0;
pub const MARGIN: f32 = 56.0;
pub const INNER: f32 = WIDTH - 2.0 * MARGIN;

/// Heights of letters, and of lines in relation to them.
pub const TITLE: f32 = 20.0;
pub const SECTION: f32 = 13.0;
pub const TEXT: f32 = 10.0;
pub const LINE: f32 = 1.45;

pub const INK: Colour = (23, 33, 43);
pub const SOFT: Colour = (79, 91, 103);
pub const ACCENT: Colour = (31, 111, 178);

/// Red, green, blue.
pub type Colour = (u8, u8, u8);

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
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    Text { x: f32, y: f32, size: f32, colour: Colour, text: String },
    Bar { x: f32, y: f32, width: f32, height: f32, colour: Colour },
}

/// How wide letters are.
pub struct Letters(Face<'static>);

/// Pages that are being filled from top to bottom.
pub struct Pages {
    pub letters: Letters,
    pub pages: Vec<Vec<Mark>>,
    /// Where the next line begins.
    pub y: f32,
}

impl Letters {
    /// # Errors
    /// When the font cannot be read.
    pub fn new() -> Result<Self, NotPrinted> {
        Face::parse(FONT, 0).map(Self).map_err(|_| NotPrinted::Font)
    }

    pub fn width(&self, text: &str, size: f32) -> f32 {
        let units = |c| {
            let glyph = self.0.glyph_index(c).unwrap_or_default();
            self.0.glyph_hor_advance(glyph).unwrap_or(self.0.units_per_em())
        };
        let sum: f32 = text.chars().map(|c| f32::from(units(c))).sum();
        sum * size / f32::from(self.0.units_per_em())
    }

    /// Cuts a text into lines of this width, between words where it can be.
    pub fn wrap(&self, text: &str, width: f32, size: f32) -> Vec<String> {
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
}

impl Pages {
    /// # Errors
    /// When the font cannot be read.
    pub fn new() -> Result<Self, NotPrinted> {
        Ok(Self { letters: Letters::new()?, pages: vec![Vec::new()], y: MARGIN })
    }

    pub fn paragraph(&mut self, text: &str, x: f32, width: f32, size: f32, colour: Colour) {
        for line in self.letters.wrap(text, width, size) {
            self.room(size * LINE);
            self.put(x, self.y + size, size, colour, line);
            self.y += size * LINE;
        }
    }

    pub fn put(&mut self, x: f32, y: f32, size: f32, colour: Colour, text: String) {
        self.mark(Mark::Text { x, y, size, colour, text });
    }

    pub fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// Goes on to a new page where this much does not fit any more.
    pub fn room(&mut self, height: f32) {
        if self.y + height > HEIGHT - MARGIN {
            self.pages.push(Vec::new());
            self.y = MARGIN;
        }
    }

    /// The pages as the bytes of a PDF, each with its number.
    ///
    /// # Errors
    /// When they cannot be put together.
    pub fn print(mut self, title: &str, lang: &Lang) -> Result<Vec<u8>, NotPrinted> {
        let count = self.pages.len();
        for (nth, page) in self.pages.iter_mut().enumerate() {
            let text = format!("{} / {count}", nth + 1);
            page.push(Mark::Text { x: MARGIN, y: HEIGHT - MARGIN / 2.0, size: TEXT, colour: SOFT, text });
        }
        print(title, lang, (WIDTH, HEIGHT), self.pages)
    }
}

/// Pages of any size as the bytes of a PDF.
///
/// # Errors
/// When they cannot be put together.
pub fn print(title: &str, lang: &Lang, size: (f32, f32), pages: Vec<Vec<Mark>>) -> Result<Vec<u8>, NotPrinted> {
    let font = Font::new(Data::from(FONT), 0).ok_or(NotPrinted::Font)?;
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new().title(title.to_owned()).language(lang.code().to_owned()).creator("Tandem".to_owned()),
    );
    for marks in pages {
        let settings = PageSettings::from_wh(size.0, size.1).ok_or(NotPrinted::Page)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for mark in marks {
            match mark {
                Mark::Text { x, y, size, colour, text } => {
                    surface.set_fill(Some(fill(colour)));
                    // A line in a script that runs from right to left is set so; lines that mix both stay readable
                    // part by part.
                    let (place, direction) = (Point::from_xy(x, y), TextDirection::Auto);
                    surface.draw_text(place, font.clone(), size, &text, false, direction);
                }
                Mark::Bar { x, y, width, height, colour } => {
                    let mut path = PathBuilder::new();
                    if let Some(rect) = Rect::from_xywh(x, y, width, height) {
                        path.push_rect(rect);
                    }
                    surface.set_fill(Some(fill(colour)));
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

fn fill((red, green, blue): Colour) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, rule: Default::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_place_and_no_letter_is_lost(text in "[a-zäöüß€W🙂 ]{0,300}") {
            let letters = Letters::new().expect("a font");
            let lines = letters.wrap(&text, 120.0, TEXT);
            for line in &lines {
                prop_assert!(letters.width(line, TEXT) <= 120.0, "{line}");
            }
            let seen = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(seen(&lines.concat()), seen(&text));
        }
    }
}
