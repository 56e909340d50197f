//! How a licence looks: one sheet, the same as a printed page and as a picture.
//!
//! Owns: measures. What stands on it is decided in `domain::licence`.

use std::fmt::Write;

use super::super::App;
use super::super::paper::NotWritten;
use super::super::paper::harmless;
use super::super::paper::pages::{ACCENT, Colour, INK, Letters, Mark, NotPrinted, SOFT, print};
use super::super::picture::{FAMILY, escaped};
use crate::domain::lang::Lang;
use crate::domain::licence::card::Card;
use crate::domain::message::{Line, say};
use crate::domain::paper::full_day;
use crate::l10n::Words;

/// A4 across, in points.
pub const WIDTH: f32 = 842.0;
pub const HEIGHT: f32 = 595.0;

/// Between the edge and the frame, and how far letters stay away from that.
const EDGE: f32 = 28.0;
const INNER: f32 = WIDTH - 2.0 * (EDGE + 40.0);

/// How much larger the picture is: letters are to be read on a phone.
const SCALE: f32 = 2.0;

/// Where the days stand at least.
const FOOT: f32 = HEIGHT - 180.0;

/// Lines that a name may take before its letters get smaller.
const NAME_LINES: usize = 2;

/// A sheet that is ready to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    title: String,
    lang: Lang,
    marks: Vec<Mark>,
}

/// Fills a sheet from top to bottom, each line in the middle.
struct Filling {
    letters: Letters,
    marks: Vec<Mark>,
    y: f32,
}

impl Sheet {
    /// Puts a licence on a sheet.
    ///
    /// # Errors
    /// When the font cannot be read.
    pub fn of(app: &App, lang: &Lang, card: &Card) -> Result<Self, NotPrinted> {
        let title = app.library().programme_title(&card.programme, lang);
        Self::put(&app.words(), lang, card, &title, super::link(app, card).as_deref())
    }

    fn put(words: &Words, lang: &Lang, card: &Card, title: &str, link: Option<&str>) -> Result<Self, NotPrinted> {
        let say_it = |line: Line| words.plain(lang, &line);
        let mut sheet = Filling { letters: Letters::new()?, marks: frame(), y: 60.0 };
        sheet.line(&say_it(say("sheet-kind")), 16.0, SOFT);
        sheet.line(title, 32.0, INK);
        sheet.y += 20.0;
        sheet.name(&harmless(&card.name));
        if let Some(organisation) = &card.organisation {
            sheet.line(&harmless(organisation), 20.0, INK);
        }
        sheet.y += 14.0;
        sheet.line(&say_it(say("sheet-has")), 16.0, SOFT);
        sheet.line(&harmless(&card.round), 16.0, SOFT);
        sheet.y = sheet.y.max(FOOT);
        let days = say("sheet-days").with("issued", full_day(card.issued)).with("until", full_day(card.until));
        sheet.line(&say_it(days), 19.0, INK);
        if let Some(link) = link {
            sheet.y += 6.0;
            sheet.line(&say_it(say("sheet-check")), 14.0, SOFT);
            sheet.line(link, 14.0, SOFT);
        }
        Ok(Self { title: title.to_owned(), lang: lang.clone(), marks: sheet.marks })
    }

    /// As a page.
    ///
    /// # Errors
    /// When the PDF cannot be put together.
    pub fn pdf(self) -> Result<Vec<u8>, NotWritten> {
        Ok(print(&self.title, &self.lang, (WIDTH, HEIGHT), vec![self.marks])?)
    }

    /// As a picture.
    pub fn svg(&self) -> String {
        let (width, height) = (WIDTH * SCALE, HEIGHT * SCALE);
        let mut svg = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{FAMILY}"><rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>"##
        );
        for mark in &self.marks {
            // Writing into a String does not fail.
            let _ = match mark {
                Mark::Text { x, y, size, colour, text } => write!(
                    svg,
                    r#"<text x="{x}" y="{y}" font-size="{size}" fill="{}">{}</text>"#,
                    hex(*colour),
                    escaped(text)
                ),
                Mark::Bar { x, y, width, height, colour } => {
                    write!(svg, r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{}"/>"#, hex(*colour))
                }
            };
        }
        svg.push_str("</svg>");
        svg
    }
}

impl Filling {
    /// A line in the middle; what is too wide goes on below, or is cut after two lines.
    fn line(&mut self, text: &str, size: f32, colour: Colour) {
        for line in self.letters.wrap(text, INNER, size).into_iter().take(2) {
            self.y += size * 1.4;
            let x = (WIDTH - self.letters.width(&line, size)) / 2.0;
            self.marks.push(Mark::Text { x, y: self.y, size, colour, text: line });
        }
    }

    /// The name, as large as it can be.
    fn name(&mut self, name: &str) {
        let sizes = [42.0, 36.0, 30.0, 24.0];
        let fits = |size: &&f32| self.letters.wrap(name, INNER, **size).len() <= NAME_LINES;
        let size = sizes.iter().find(fits).copied().unwrap_or(20.0);
        self.line(name, size, ACCENT);
    }
}

fn frame() -> Vec<Mark> {
    let bar = |x, y, width, height| Mark::Bar { x, y, width, height, colour: ACCENT };
    let (right, bottom) = (WIDTH - EDGE, HEIGHT - EDGE);
    vec![
        bar(EDGE, EDGE, WIDTH - 2.0 * EDGE, 8.0),
        bar(EDGE, bottom - 2.0, WIDTH - 2.0 * EDGE, 2.0),
        bar(EDGE, EDGE, 2.0, HEIGHT - 2.0 * EDGE),
        bar(right - 2.0, EDGE, 2.0, HEIGHT - 2.0 * EDGE),
    ]
}

fn hex((red, green, blue): Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::super::super::picture::draw;
    use super::*;
    use crate::l10n::Words;
    use chrono::NaiveDate;

    fn card(name: &str, organisation: Option<&str>) -> Card {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        Card {
            name: name.to_owned(),
            organisation: organisation.map(str::to_owned),
            programme: "fuehrerschein".to_owned(),
            round: "Frühjahr 2026, Landesverband Musterland".to_owned(),
            issued: day("2026-03-26"),
            until: day("2028-03-26"),
            code: Some("Zc3-x_9QwErTyUiOpAsDfG".to_owned()),
        }
    }

    fn sheet(lang: &Lang, card: &Card, link: Option<&str>) -> Sheet {
        let words = Words::built_in().expect("words");
        Sheet::put(&words, lang, card, "Führerschein für soziale Medien", link).expect("a sheet")
    }

    /// Whatever stands on it.
    fn texts(sheet: &Sheet) -> Vec<&str> {
        sheet
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Text { text, .. } => Some(text.as_str()),
                Mark::Bar { .. } => None,
            })
            .collect()
    }

    const LINK: &str = "https://tandem.example/licence/Zc3-x_9QwErTyUiOpAsDfG";

    #[test]
    fn everything_stays_on_the_sheet_and_nothing_runs_into_the_next_line() {
        let letters = Letters::new().expect("a font");
        let names = [
            "Ada",
            "Ada <b>Lovelace</b> & Söhne",
            &"W".repeat(64),
            &"Dr. Maximiliane von Musterfrau-Beispiel ".repeat(2),
            "שלום مرحبا 🙂",
        ];
        for lang in [Lang::source(), Lang::from("en")] {
            for name in names {
                for organisation in [
                    None,
                    Some(
                        "Freiwillige Feuerwehr und Heimatverein der Samtgemeinde Musterstadt-Beispielhausen e. V. von 1887 zu Musterstadt an der Muster",
                    ),
                ] {
                    for link in [None, Some(LINK)] {
                        let sheet = sheet(&lang, &card(name, organisation), link);
                        let mut last = 0.0;
                        for mark in &sheet.marks {
                            if let Mark::Text { x, y, size, text, .. } = mark {
                                let right = x + letters.width(text, *size);
                                assert!(*x >= EDGE && right <= WIDTH - EDGE, "{text}: {x} to {right}");
                                assert!(
                                    y - size >= last - 0.4 * size && *y <= HEIGHT - EDGE - 4.0,
                                    "{text}: {y} after {last}"
                                );
                                last = *y;
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_page_and_a_picture_hold_what_the_holder_put_there_and_nothing_else() {
        let lang = Lang::source();
        let full = sheet(&lang, &card("Ada Lovelace", Some("Rathaus")), Some(LINK));
        assert_eq!(
            texts(&full),
            [
                "Lizenz",
                "Führerschein für soziale Medien",
                "Ada Lovelace",
                "Rathaus",
                "hat den Kurs abgeschlossen und den Abschlusstest bestanden.",
                "Frühjahr 2026, Landesverband Musterland",
                "Ausgestellt am 26. März 2026 · gültig bis 26. März 2028",
                "Ob diese Lizenz gilt, steht hier:",
                LINK,
            ]
        );
        let bare = sheet(&lang, &card("Ada", None), None);
        assert!(!texts(&bare).iter().any(|text| text.contains("Rathaus") || text.contains("http")));
        // Where a human looks at them.
        let folder = std::env::var_os("TANDEM_TEST_PICTURES").map(std::path::PathBuf::from);
        for (name, sheet) in [("licence", full), ("licence-bare", bare)] {
            let png = draw(&sheet.svg()).expect("a picture");
            let pdf = sheet.pdf().expect("a page");
            assert!(png.starts_with(b"\x89PNG") && pdf.starts_with(b"%PDF-"));
            if let Some(folder) = &folder {
                std::fs::write(folder.join(format!("{name}.png")), png).expect("a file");
                std::fs::write(folder.join(format!("{name}.pdf")), pdf).expect("a file");
            }
        }
    }
}
