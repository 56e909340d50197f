//! The picture of a trainer's digest: how far people came, lesson by lesson.

use super::{Canvas, FAMILY, INNER, LABEL, LIGHT, MARGIN, TITLE, WIDTH, scaled};
use crate::domain::lang::Lang;
use crate::domain::message::say;
use crate::domain::picture::Progress;
use crate::domain::text::Rich;
use crate::l10n::Words;

/// What a lesson takes: its title and two bars.
const ROW: u32 = 104;

/// Where the first lesson begins.
const TOP: u32 = 130;

/// As much of a title as fits a line, in characters.
const TITLE_CHARS: usize = 44;

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
    canvas.title(MARGIN + TITLE, &short(&words.plain(lang, &progress.title), TITLE_CHARS - 8));
    let (opened, finished) = (words.plain(lang, &say("report-opened")), words.plain(lang, &say("report-finished")));
    canvas.key(MARGIN, LIGHT.soft, &opened);
    canvas.key(MARGIN + INNER / 2, LIGHT.bar, &finished);
    let shown = progress.lessons.iter().flat_map(|lesson| [lesson.opened, lesson.finished]).flatten();
    let most = shown.max().unwrap_or(1);
    for (n, lesson) in (0..).zip(&progress.lessons) {
        let y = TOP + n * ROW;
        canvas.text(MARGIN, y + LABEL, LABEL, "start", LIGHT.text, &short(&lesson.lesson, TITLE_CHARS));
        canvas.reached(y + LABEL + 12, LIGHT.soft, lesson.opened, most);
        canvas.reached(y + LABEL + 38, LIGHT.bar, lesson.finished, most);
    }
    canvas.push(format_args!("</svg>"));
    canvas.svg
}

fn short(text: &str, limit: usize) -> String {
    Rich::plain(text).truncate(limit).text
}

impl Canvas {
    fn key(&mut self, x: u32, colour: &str, text: &str) {
        self.rect(x, 92, 24, 18, 4, colour);
        self.text(x + 36, 110, LABEL, "start", self.colours.soft, text);
    }

    /// A bar with its figure; where none is published, only the line on which it would lie.
    fn reached(&mut self, y: u32, colour: &str, count: Option<u32>, most: u32) {
        self.rect(MARGIN, y + 9, BAR, 2, 0, self.colours.track);
        let Some(count) = count else { return };
        let width = scaled(BAR, count, most);
        self.rect(MARGIN, y, width, 20, 4, colour);
        self.text(MARGIN + width + 10, y + 18, LABEL - 4, "start", self.colours.text, &count.to_string());
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
        let lesson = |opened, finished| Reached { lesson: "W".repeat(90), opened, finished };
        let title = say("digest-picture").with("round", "Ein sehr langer Name einer Runde, der nicht endet <b>");
        let lessons = vec![lesson(Some(240), Some(235)), lesson(Some(200), None), lesson(None, None)];
        for lang in words.languages() {
            let svg = svg(&words, lang, &Progress { title: title.clone(), lessons: lessons.clone() });
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
            assert!(ends.len() >= 9, "only {} texts", ends.len());
            assert!(!svg.contains("<b>"));
        }
    }
}
