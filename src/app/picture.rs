//! The picture of the hours: an SVG put together from figures and words, and drawn as a PNG.
//!
//! Owns: measures, colours and the font. Which figures there are is decided in `domain::picture`. Everything that is
//! written in it is said in the caption too.

mod progress;

use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::App;
use super::font::FONT;
use super::licence::sheet::Sheet;
use crate::domain::lang::Lang;
use crate::domain::message::{Line, say};
use crate::domain::picture::{Bar, Drawing, Picture, Theme, in_words};
use crate::l10n::Words;

/// Twice the width of a phone: what is 24 high here is 12 there.
const WIDTH: u32 = 780;
const HEIGHT: u32 = 900;
const MARGIN: u32 = 40;
const INNER: u32 = WIDTH - 2 * MARGIN;

/// Heights of letters.
const TITLE: u32 = 32;
const LABEL: u32 = 25;

/// Where the bars of the days and of the weeks stand, and how high they grow.
const DAYS: Chart = Chart { baseline: 375, height: 170 };
const WEEKS: Chart = Chart { baseline: 815, height: 230 };

/// A scale ends here at least: a quarter of an hour is no tower.
const LEAST: u32 = 60;

pub(super) const FAMILY: &str = "DejaVu Sans";

struct Chart {
    baseline: u32,
    height: u32,
}

/// Colours; a test holds their contrasts (WCAG 2.2: 4.5 to 1 for text, 3 to 1 for bars).
struct Colours {
    ground: &'static str,
    text: &'static str,
    soft: &'static str,
    bar: &'static str,
    track: &'static str,
}

const LIGHT: Colours =
    Colours { ground: "#ffffff", text: "#17212b", soft: "#4f5b67", bar: "#1f6fb2", track: "#dfe5eb" };
const DARK: Colours = Colours { ground: "#17212b", text: "#f4f7fa", soft: "#b3bfcb", bar: "#6ab3f3", track: "#33414f" };

/// Why there is no picture. The words beside it go out without one.
#[derive(Debug, thiserror::Error)]
pub enum NotDrawn {
    #[error("the picture is no SVG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    #[error("the picture has no size")]
    Size,
    #[error("the picture cannot be written as PNG")]
    Png,
}

/// Draws a picture, beside the loops: it takes some hundredths of a second.
pub async fn png(app: &App, lang: &Lang, drawing: &Drawing) -> Option<Vec<u8>> {
    let svg = match drawing {
        Drawing::Hours(picture) => svg(&app.words(), lang, picture),
        Drawing::Progress(progress) => progress::svg(&app.words(), lang, progress),
        Drawing::Licence(card) => match Sheet::of(app, lang, card) {
            Ok(sheet) => sheet.svg(),
            Err(error) => {
                tracing::error!(%error, "a licence could not be drawn");
                return None;
            }
        },
    };
    match tokio::task::spawn_blocking(move || draw(&svg)).await {
        Ok(Ok(png)) => Some(png),
        Ok(Err(error)) => {
            tracing::error!(%error, "a picture could not be drawn");
            None
        }
        Err(_) => {
            tracing::error!("drawing a picture ended in a panic");
            None
        }
    }
}

/// The picture as SVG.
pub fn svg(words: &Words, lang: &Lang, picture: &Picture) -> String {
    let colours = match picture.theme {
        Theme::Light => &LIGHT,
        Theme::Dark => &DARK,
    };
    let this = picture.this_week();
    let mut canvas = Canvas { svg: String::new(), colours };
    canvas.push(format_args!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="{FAMILY}">"#
    ));
    canvas.rect(0, 0, WIDTH, HEIGHT, 0, colours.ground);
    canvas.title(MARGIN + TITLE, &words.plain(lang, &in_words(this)));
    canvas.progress(95, this);
    canvas.days(words, lang, &picture.days);
    canvas.title(490, &words.plain(lang, &last_weeks(&picture.weeks)));
    canvas.legend(535, &words.plain(lang, &say("picture-legend")));
    canvas.weeks(&picture.weeks);
    canvas.push(format_args!("</svg>"));
    canvas.svg
}

/// An SVG as PNG.
///
/// # Errors
/// See [`NotDrawn`].
pub fn draw(svg: &str) -> Result<Vec<u8>, NotDrawn> {
    /// Read once; none of the machine's fonts, so that it looks the same everywhere.
    static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(FONT.to_vec());
        Arc::new(fonts)
    });
    let options = Options { font_family: FAMILY.to_owned(), fontdb: Arc::clone(&FONTS), ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or(NotDrawn::Size)?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|_| NotDrawn::Png)
}

/// What is being put together.
struct Canvas {
    svg: String,
    colours: &'static Colours,
}

impl Canvas {
    fn push(&mut self, part: std::fmt::Arguments<'_>) {
        // Writing into a String does not fail.
        let _ = self.svg.write_fmt(part);
    }

    fn rect(&mut self, x: u32, y: u32, width: u32, height: u32, round: u32, fill: &str) {
        self.push(format_args!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{round}" fill="{fill}"/>"#
        ));
    }

    fn text(&mut self, x: u32, y: u32, size: u32, anchor: &str, fill: &str, text: &str) {
        let text = escaped(text);
        self.push(format_args!(
            r#"<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{fill}">{text}</text>"#
        ));
    }

    fn title(&mut self, y: u32, text: &str) {
        self.text(MARGIN, y, TITLE, "start", self.colours.text, text);
    }

    /// How much of the week's target is there.
    fn progress(&mut self, y: u32, week: Bar) {
        self.rect(MARGIN, y, INNER, 22, 11, self.colours.track);
        if let (Some(target), 1..) = (week.target, week.logged) {
            let width = scaled(INNER, week.logged, target).max(22);
            self.rect(MARGIN, y, width, 22, 11, self.colours.bar);
        }
    }

    fn days(&mut self, words: &Words, lang: &Lang, days: &[u32; 7]) {
        let column = INNER / 7;
        let most = days.iter().copied().max().unwrap_or(0).max(LEAST);
        for (n, minutes) in (0..).zip(days) {
            let middle = MARGIN + column * n + column / 2;
            let height = scaled(DAYS.height, *minutes, most);
            self.bar(&DAYS, middle, 54, height);
            if *minutes > 0 {
                self.value(middle, DAYS.baseline - height - 12, *minutes);
            }
            let day = say("weekday-short").with("day", i64::from(n) + 1);
            self.below(&DAYS, middle, &words.plain(lang, &day));
        }
        self.line(DAYS.baseline);
    }

    fn weeks(&mut self, weeks: &[Bar]) {
        let column = INNER / 8;
        let tallest = |week: &Bar| week.logged.max(week.target.unwrap_or(0));
        let most = weeks.iter().map(tallest).max().unwrap_or(0).max(LEAST);
        for (n, week) in (0..).zip(weeks) {
            let middle = MARGIN + column * n + column / 2;
            let height = scaled(WEEKS.height, week.logged, most);
            self.bar(&WEEKS, middle, 50, height);
            let mut top = height;
            if let Some(target) = week.target {
                let target = scaled(WEEKS.height, target, most);
                self.rect(middle - 37, WEEKS.baseline - target - 2, 74, 4, 0, self.colours.text);
                // A figure stands above the line where it would be crossed by it.
                top = if (height..height + LABEL + 20).contains(&target) { target } else { top };
            }
            if week.logged > 0 {
                self.value(middle, WEEKS.baseline - top - 12, week.logged);
            }
            self.below(&WEEKS, middle, &week.number.to_string());
        }
        self.line(WEEKS.baseline);
    }

    fn bar(&mut self, chart: &Chart, middle: u32, width: u32, height: u32) {
        self.rect(middle - width / 2, chart.baseline - height, width, height, 4, self.colours.bar);
    }

    fn value(&mut self, middle: u32, y: u32, minutes: u32) {
        let text = match minutes / 60 {
            // More than a column holds, and more than anybody has.
            hours @ 100.. => hours.to_string(),
            hours => format!("{hours}:{:02}", minutes % 60),
        };
        self.text(middle, y, LABEL, "middle", self.colours.text, &text);
    }

    fn below(&mut self, chart: &Chart, middle: u32, text: &str) {
        self.text(middle, chart.baseline + 38, LABEL, "middle", self.colours.soft, text);
    }

    fn line(&mut self, baseline: u32) {
        self.rect(MARGIN, baseline, INNER, 2, 0, self.colours.soft);
    }

    /// What the line across a bar means.
    fn legend(&mut self, y: u32, text: &str) {
        self.rect(MARGIN, y - 10, 50, 4, 0, self.colours.text);
        self.text(MARGIN + 64, y, LABEL, "start", self.colours.soft, text);
    }
}

/// Which weeks there are to be seen.
fn last_weeks(weeks: &[Bar]) -> Line {
    let number = |week: Option<&Bar>| i64::from(week.map_or(0, |week| week.number));
    say("picture-last")
        .with("total", weeks.len())
        .with("first", number(weeks.first()))
        .with("last", number(weeks.last()))
}

/// Its share of the whole length, at most all of it.
fn scaled(length: u32, part: u32, whole: u32) -> u32 {
    let scaled = u64::from(length) * u64::from(part) / u64::from(whole.max(1));
    u32::try_from(scaled).unwrap_or(length).min(length)
}

/// As text within XML, whatever it is.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(theme: Theme) -> Picture {
        let bar = |number, logged, target| Bar { number, logged, target };
        let weeks = vec![
            bar(42, 300, Some(300)),
            bar(43, 45, Some(240)),
            bar(44, 0, Some(300)),
            bar(45, 360, Some(300)),
            bar(46, 0, None),
            bar(47, 290, Some(300)),
            bar(48, 180, Some(180)),
            bar(49, 165, Some(300)),
        ];
        Picture { theme, days: [75, 0, 60, 30, 0, 0, 0], weeks }
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour")) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn letters_and_bars_stand_out_in_both_themes() {
        for colours in [&LIGHT, &DARK] {
            for text in [colours.text, colours.soft] {
                assert!(contrast(text, colours.ground) >= 4.5, "{text} on {}", colours.ground);
            }
            // The line of the target stands on the ground and across the bar.
            for (a, b) in [(colours.bar, colours.ground), (colours.text, colours.bar), (colours.bar, colours.track)] {
                assert!(contrast(a, b) >= if b == colours.bar { 1.9 } else { 3.0 }, "{a} on {b}: {}", contrast(a, b));
            }
        }
    }

    #[test]
    fn pictures_are_drawn_in_every_language_and_theme_and_can_be_looked_at() {
        let words = Words::built_in().expect("words");
        // Where a human looks at them.
        let folder = std::env::var_os("TANDEM_TEST_PICTURES").map(std::path::PathBuf::from);
        for lang in words.languages() {
            for theme in [Theme::Light, Theme::Dark] {
                let svg = svg(&words, lang, &picture(theme));
                let png = draw(&svg).expect("a picture");
                let pixels = Pixmap::decode_png(&png).expect("a PNG");
                assert_eq!((pixels.width(), pixels.height()), (WIDTH, HEIGHT));
                let ground = pixels.pixel(2, 2).expect("a pixel");
                let drawn = pixels.pixels().iter().filter(|pixel| **pixel != ground).count();
                assert!(drawn > 30_000, "{drawn} pixels are not ground");
                if let Some(folder) = &folder {
                    std::fs::write(folder.join(format!("{}-{theme:?}.png", lang.code())), png).expect("a file");
                }
            }
        }
    }

    #[test]
    fn no_text_leaves_the_picture_in_any_language() {
        let words = Words::built_in().expect("words");
        let longest = Bar { number: 53, logged: 6_719, target: Some(6_719) };
        let picture = Picture { theme: Theme::Light, days: [959; 7], weeks: vec![longest; 8] };
        for lang in words.languages() {
            let options = Options::default();
            let mut options = Options { font_family: FAMILY.to_owned(), ..options };
            options.fontdb_mut().load_font_data(FONT.to_vec());
            let tree = Tree::from_str(&svg(&words, lang, &picture), &options).expect("an SVG");
            let right = tree.root().abs_bounding_box().right();
            assert!(right <= 780.0, "{}: {right}", lang.code());
            let mut ends = Vec::new();
            for node in tree.root().children() {
                if let resvg::usvg::Node::Text(text) = node {
                    let place = text.abs_bounding_box();
                    ends.push((place.y() as i32, place.x(), place.right()));
                }
            }
            assert!(ends.len() > 30, "only {} texts", ends.len());
            for (y, left, right) in &ends {
                assert!(*left >= 0.0 && *right <= 780.0 - 20.0, "{}: {left} to {right}", lang.code());
                let beside = ends.iter().filter(|(other, from, _)| (other - y).abs() < 10 && from > left);
                for (_, from, _) in beside {
                    assert!(from > right, "{}: two labels run into each other at {right}", lang.code());
                }
            }
        }
    }

    #[test]
    fn whatever_is_written_stays_text() {
        assert_eq!(escaped("<b>&\"\u{7}"), "&lt;b&gt;&amp;&quot; ");
        let mut canvas = Canvas {
            svg: String::from(r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">"#),
            colours: &LIGHT,
        };
        canvas.title(5, "</text><script>&");
        canvas.push(format_args!("</svg>"));
        assert!(draw(&canvas.svg).is_ok(), "{}", canvas.svg);
    }
}
