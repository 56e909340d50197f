//! A paper as pages: a head, parts that do not part from their titles, page numbers.

use super::pages::{ACCENT, INK, INNER, LINE, MARGIN, Mark, NotPrinted, Pages, SECTION, SOFT, TITLE};
use super::{Body, Document, Section};

/// Letters for reading on paper.
const BODY: f32 = 10.5;

/// Between paragraphs, and between parts.
const GAP: f32 = 5.0;
const PART: f32 = 16.0;

pub(super) fn pdf(paper: &Document) -> Result<Vec<u8>, NotPrinted> {
    let mut pages = Pages::new()?;
    pages.paragraph(&paper.title, MARGIN, INNER, TITLE, INK);
    pages.y += GAP;
    for line in &paper.head {
        pages.paragraph(line, MARGIN, INNER, BODY, SOFT);
    }
    pages.y += GAP;
    pages.mark(Mark::Bar { x: MARGIN, y: pages.y, width: INNER, height: 1.0, colour: ACCENT });
    for section in &paper.sections {
        part(&mut pages, section);
    }
    pages.print(&paper.title, &paper.lang)
}

fn part(pages: &mut Pages, section: &Section) {
    // A title never stands alone at the foot of a page.
    pages.room(PART + (SECTION + 4.0 * BODY) * LINE);
    pages.y += PART;
    pages.paragraph(&section.title, MARGIN, INNER, SECTION, INK);
    if !section.lead.is_empty() {
        pages.paragraph(&section.lead, MARGIN, INNER, BODY, SOFT);
    }
    pages.y += GAP;
    match &section.body {
        Body::Text(paragraphs) => {
            for text in paragraphs {
                pages.paragraph(text, MARGIN, INNER, BODY, INK);
                pages.y += GAP;
            }
        }
        Body::Missing(why) => pages.paragraph(why, MARGIN, INNER, BODY, SOFT),
    }
}
