//! Figures of a table as bars: drawn as SVG by `plotters`, with its own title and the same in words.
//!
//! Owns: measures, and which colour is which. The colours are those of the light theme; the style sheet knows them by
//! their values and puts in those of the page's theme. What has no figure has no bar, but stands in its words.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// As wide as a large phone: smaller screens shrink it a little, larger ones enlarge it.
const WIDTH: u32 = 480;

/// A label's line, and a bar's.
const LABEL: i32 = 26;
const BAR: i32 = 26;
const GAP: i32 = 10;

/// What a bar may take of the width; its words stand behind it, "almost everyone finished" the longest of them.
const LONGEST: u32 = 240;

/// Characters of a label that have room in its line; the whole of it stands in the table.
const LABEL_CHARS: usize = 42;

const LETTERS: u32 = 20;

/// Also in `style.css`.
const TEXT: RGBColor = RGBColor(0x17, 0x21, 0x2b);
const TRACK: RGBColor = RGBColor(0xdf, 0xe5, 0xeb);
const BARS: [RGBColor; 2] = [RGBColor(0x1f, 0x6f, 0xb2), RGBColor(0x8a, 0x4f, 0x08)];

/// A line of a table, as it is drawn.
#[derive(Debug)]
pub struct Line<'a> {
    pub label: &'a str,
    /// A figure with what it is a part of, if there is one, and its words.
    pub bars: Vec<(Option<(u32, u32)>, String)>,
}

/// Why there is no picture: the table stands alone then.
#[derive(Debug, thiserror::Error)]
#[error("a chart could not be drawn")]
pub struct NotDrawn;

/// Bars as an SVG to stand in a page. `id` is its own within the page.
///
/// # Errors
/// When the library cannot draw.
pub fn bars(id: &str, title: &str, lines: &[Line<'_>]) -> Result<String, NotDrawn> {
    let height: i32 = lines.iter().map(|line| LABEL + rows(line) * BAR + GAP).sum();
    let mut svg = String::new();
    {
        let size = (WIDTH, u32::try_from(height).unwrap_or(0).max(1));
        let root = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        let mut top = 0;
        for line in lines {
            draw(&root, line, top).map_err(|_| NotDrawn)?;
            top += LABEL + rows(line) * BAR + GAP;
        }
        root.present().map_err(|_| NotDrawn)?;
    }
    Ok(spoken(&svg, id, title, lines))
}

fn rows(line: &Line<'_>) -> i32 {
    i32::try_from(line.bars.len()).unwrap_or(0)
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn draw(root: &Area<'_>, line: &Line<'_>, top: i32) -> Result<(), Box<dyn std::error::Error>> {
    let left = |weight: FontStyle| {
        let font = ("sans-serif", LETTERS, weight).into_font();
        TextStyle::from(font).color(&TEXT).pos(Pos::new(HPos::Left, VPos::Center))
    };
    let heading = if line.bars.is_empty() { FontStyle::Bold } else { FontStyle::Normal };
    root.draw(&Text::new(cut(line.label), (0, top + LABEL / 2), left(heading))).map_err(boxed)?;
    for ((nth, (part, words)), colour) in (0_i32..).zip(&line.bars).zip(BARS.iter().cycle()) {
        let y = top + LABEL + nth * BAR;
        let mut behind = 0;
        if let Some((value, of)) = part {
            let longest = i32::try_from(LONGEST).unwrap_or(0);
            let length = i32::try_from(u64::from(LONGEST) * u64::from(*value) / u64::from((*of).max(1))).unwrap_or(0);
            let filled = |color: RGBColor| ShapeStyle { color: color.to_rgba(), filled: true, stroke_width: 0 };
            let bar = |to: i32| [(0, y + 4), (to.clamp(0, longest), y + BAR - 4)];
            root.draw(&Rectangle::new(bar(longest), filled(TRACK))).map_err(boxed)?;
            root.draw(&Rectangle::new(bar(length), filled(*colour))).map_err(boxed)?;
            behind = longest + 10;
        }
        root.draw(&Text::new(words.clone(), (behind, y + BAR / 2), left(FontStyle::Normal))).map_err(boxed)?;
    }
    Ok(())
}

fn boxed<E: std::error::Error + Send + Sync>(error: DrawingAreaErrorKind<E>) -> Box<dyn std::error::Error> {
    error.to_string().into()
}

fn cut(label: &str) -> String {
    match label.char_indices().nth(LABEL_CHARS) {
        Some((end, _)) => format!("{}…", label[..end].trim_end()),
        None => label.to_owned(),
    }
}

/// The drawing with a title and all its figures in words, for whoever does not see it; as wide as there is room.
fn spoken(svg: &str, id: &str, title: &str, lines: &[Line<'_>]) -> String {
    let words: Vec<String> = lines
        .iter()
        .filter(|line| !line.bars.is_empty())
        .map(|line| {
            let figures: Vec<&str> = line.bars.iter().map(|(_, words)| words.as_str()).collect();
            format!("{}: {}", line.label, figures.join("; "))
        })
        .collect();
    let drawing = svg.split_once("viewBox").map_or(svg, |(_, rest)| rest);
    let (view, inside) = drawing.split_once('>').unwrap_or(("", drawing));
    let (title, words) = (escaped(title), escaped(&words.join(". ")));
    format!(
        r#"<svg class="chart" role="img" aria-labelledby="{id}-title {id}-words" viewBox{view}><title id="{id}-title">{title}</title><desc id="{id}-words">{words}</desc>{inside}"#
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Vec<Line<'static>> {
        let figure = |value, of, words: &str| (Some((value, of)), words.to_owned());
        vec![
            Line { label: "Wozu <b>&</b> \"wir\"?", bars: vec![figure(20, 20, "20"), figure(5, 20, "<script>5")] },
            Line {
                label: "Eine Frage, deren Wortlaut länger ist, als eine Zeile auf einem Telefon Platz hat",
                bars: vec![],
            },
            Line { label: "fast alle", bars: vec![(None, "fast alle".to_owned())] },
        ]
    }

    #[test]
    fn every_figure_has_a_bar_of_its_length_and_everything_is_said_in_words() {
        let svg = bars("c1", "Lektionen & mehr", &lines()).expect("a picture");
        crate::app::picture::draw(&svg).expect("an SVG that others can draw");
        let widths: Vec<&str> = svg.split("width=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(widths.iter().filter(|width| **width == "240").count(), 3, "two tracks and a full bar: {widths:?}");
        assert_eq!(widths.iter().filter(|width| **width == "60").count(), 1, "{widths:?}");
        assert!(svg.contains("<title id=\"c1-title\">Lektionen &amp; mehr</title>"), "{svg}");
        let words = svg.split("<desc").nth(1).and_then(|rest| rest.split("</desc>").next()).expect("words");
        for said in ["Wozu &lt;b&gt;", "20; &lt;script&gt;5", "fast alle: fast alle"] {
            assert!(words.contains(said), "{said} in {words}");
        }
    }

    #[test]
    fn what_people_wrote_is_text_and_no_more() {
        let svg = bars("c1", "<script>alert(1)</script>", &lines()).expect("a picture");
        assert!(!svg.contains("<script") && !svg.contains("<b>"), "{svg}");
        assert!(!svg.contains("style="), "the policy of the pages allows no inline style");
    }

    #[test]
    fn its_colours_are_those_that_the_style_sheet_puts_others_in_for() {
        let style = include_str!("style.css");
        for RGBColor(r, g, b) in BARS.into_iter().chain([TEXT, TRACK]) {
            assert!(style.contains(&format!("[fill=\"#{r:02X}{g:02X}{b:02X}\"]")), "#{r:02X}{g:02X}{b:02X}");
        }
    }

    /// WCAG 2.2: 4.5 to 1 for text, 3 to 1 for what is drawn; in both themes.
    #[test]
    fn themes_have_the_contrasts_that_people_need() {
        let style = include_str!("style.css");
        let dark = style.split_once("prefers-color-scheme: dark").expect("a dark theme").1;
        for theme in [style, dark] {
            let colour = |name: &str| {
                let value = theme.split_once(&format!("--{name}: #")).expect(name).1;
                let channel = |at: usize| f64::from(u8::from_str_radix(&value[at..at + 2], 16).expect("hex")) / 255.0;
                let linear = |c: f64| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
                0.2126 * linear(channel(0)) + 0.7152 * linear(channel(2)) + 0.0722 * linear(channel(4))
            };
            let contrast = |a: &str, b: &str| {
                let (a, b) = (colour(a), colour(b));
                (a.max(b) + 0.05) / (a.min(b) + 0.05)
            };
            for (what, least) in [("text", 4.5), ("soft", 4.5), ("link", 4.5), ("bar", 3.0), ("second", 3.0)] {
                assert!(contrast(what, "ground") >= least, "{what}: {}", contrast(what, "ground"));
            }
            assert!(contrast("bar", "track") >= 3.0 && contrast("second", "track") >= 3.0);
        }
    }
}
