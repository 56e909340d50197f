//! The picture of a trainer's digest: how far people came, lesson by lesson.

use super::super::paper::pages::Letters;
use super::{Canvas, FAMILY, INNER, LABEL, LIGHT, MARGIN, TITLE, WIDTH, scaled};
use crate::domain::lang::Lang;
use crate::domain::message::say;
use crate::domain::picture::Progress;
use crate::domain::report::Part;
use crate::domain::text::Rich;
use crate::l10n::Words;

/// What a lesson takes: its title and two bars.
const ROW: u32 = 104;

/// Where the first lesson begins.
const TOP: u32 = 130;

/// As much of a title as is looked at, in characters; what fits a line is less.
const TITLE_CHARS: usize = 60;

/// How high a bar is, and the words in it.
const THICK: u32 = 24;
const WORDS: u32 = 19;

/// What is left for a bar beside its figure.
const BAR: u32 = INNER - 70;

/// The picture as SVG.
pub fn svg(words: &Words, lang: &Lang, progress: &Progress) -> String {
    let rows = u32::try_from(progress.lessons.len()).unwrap_or(0);
    let height = TOP + rows * ROW + MARGIN / 2;
    let mut canvas = Canvas { svg: String::new(), colours: &LIGHT };
    canvas.push(format_args!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="{FAMILY}">"#
    ));
    canvas.rect(0, 0, WIDTH, height, 0, LIGHT.ground);
    canvas.title(MARGIN + TITLE, &short(&words.plain(lang, &progress.title), TITLE));
    let (opened, finished) = (words.plain(lang, &say("report-opened")), words.plain(lang, &say("report-finished")));
    canvas.key(MARGIN, LIGHT.soft, &opened);
    canvas.key(MARGIN + INNER / 2, LIGHT.bar, &finished);
    let shown = progress.lessons.iter().flat_map(|lesson| [lesson.opened, lesson.finished]);
    let counts = shown.filter_map(|part| if let Part::Count(count) = part { Some(count) } else { None });
    let most = counts.chain(progress.people).max();
    let said = |part: Part| match part {
        Part::Count(count) => count.to_string(),
        Part::AlmostAll => words.plain(lang, &say("report-almost-all")),
        Part::Hidden => words.plain(lang, &say("report-hidden")),
    };
    for (n, lesson) in (0..).zip(&progress.lessons) {
        let y = TOP + n * ROW;
        canvas.text(MARGIN, y + LABEL, LABEL, "start", LIGHT.text, &short(&lesson.lesson, LABEL));
        for (y, colour, part) in
            [(y + LABEL + 12, LIGHT.soft, lesson.opened), (y + LABEL + 40, LIGHT.bar, lesson.finished)]
        {
            canvas.reached(y, colour, (part, &said(part)), most.unwrap_or(1));
        }
    }
    canvas.push(format_args!("</svg>"));
    canvas.svg
}

/// As much of a text as fits a line.
fn short(text: &str, size: u32) -> String {
    let text = Rich::plain(text).truncate(TITLE_CHARS).text;
    let Ok(letters) = Letters::new() else { return text };
    let fits = |text: &str| letters.width(text, size as f32) <= INNER as f32;
    if fits(&text) {
        return text;
    }
    let mut cuts = text.char_indices().rev().map(|(end, _)| format!("{}…", text[..end].trim_end_matches([' ', '…'])));
    cuts.find(|cut| fits(cut)).unwrap_or_default()
}

impl Canvas {
    fn key(&mut self, x: u32, colour: &str, text: &str) {
        self.rect(x, 92, 24, 18, 4, colour);
        self.text(x + 36, 110, LABEL, "start", self.colours.soft, text);
    }

    /// A bar with its figure; what has none says so in words.
    fn reached(&mut self, y: u32, colour: &str, (part, said): (Part, &str), most: u32) {
        self.rect(MARGIN, y, BAR, THICK, 4, self.colours.track);
        match part {
            Part::Count(count) => {
                self.rect(MARGIN, y, scaled(BAR, count, most), THICK, 4, colour);
                self.text(MARGIN + BAR + 10, y + WORDS, WORDS + 2, "start", self.colours.text, said);
            }
            Part::AlmostAll => {
                self.rect(MARGIN, y, BAR, THICK, 4, colour);
                self.text(MARGIN + 10, y + WORDS - 1, WORDS, "start", self.colours.ground, said);
            }
            Part::Hidden => self.text(MARGIN + 10, y + WORDS - 1, WORDS, "start", self.colours.soft, said),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Tree, draw};
    use super::*;
    use crate::domain::picture::Reached;

    #[test]
    fn the_picture_is_drawn_in_every_language_and_no_title_leaves_it() {
        let words = Words::built_in().expect("words");
        let lesson = |lesson: &str, opened, finished| Reached { lesson: lesson.to_owned(), opened, finished };
        let title = say("digest-picture").with("round", "Ein sehr langer Name einer Runde, der nicht endet <b>");
        let (wide, long) = ("W".repeat(90), "Gemeinsamer Auftritt, klare Zahlen und noch ein sehr langer Zusatz dazu");
        let lessons = vec![
            lesson("Wozu sind wir online?", Part::AlmostAll, Part::Count(235)),
            lesson(long, Part::Count(240), Part::Count(110)),
            lesson(&wide, Part::Count(15), Part::Hidden),
        ];
        for lang in words.languages() {
            let svg =
                svg(&words, lang, &Progress { title: title.clone(), people: Some(270), lessons: lessons.clone() });
            let png = draw(&svg).expect("a picture");
            if let Some(folder) = std::env::var_os("TANDEM_TEST_PICTURES") {
                let file = std::path::PathBuf::from(folder).join(format!("digest-{}.png", lang.code()));
                std::fs::write(file, png).expect("a file");
            }
            let mut options = resvg::usvg::Options { font_family: FAMILY.to_owned(), ..Default::default() };
            options.fontdb_mut().load_font_data(super::super::FONT.to_vec());
            let tree = Tree::from_str(&svg, &options).expect("an SVG");
            let texts = tree.root().children().iter().filter_map(|node| match node {
                resvg::usvg::Node::Text(text) => Some(text.abs_bounding_box().right()),
                _ => None,
            });
            let ends: Vec<f32> = texts.collect();
            assert_eq!(ends.len(), 12);
            assert!(ends.iter().all(|end| *end <= (MARGIN + INNER) as f32 + 1.0), "{ends:?}");
            assert!(!svg.contains("<b>"));
        }
    }
}
