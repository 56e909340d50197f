//! The report as pages: A4, with bars beside counts, and text that can be selected and read aloud.
//!
//! Owns: measures and where a page ends.

use super::super::paper::pages::{
    ACCENT, INK, INNER, LINE, MARGIN, Mark, NotPrinted, Pages, SECTION, SOFT, TEXT, TITLE, WIDTH,
};
use super::{Report, Row, Section, Value};

/// Where figures begin, and from where bars grow.
const FIGURES: f32 = MARGIN + 0.62 * INNER;
const BARS: f32 = 150.0;

/// The report as the bytes of a PDF.
pub fn pdf(report: &Report) -> Result<Vec<u8>, NotPrinted> {
    let mut sheet = Sheet(Pages::new()?);
    sheet.report(report);
    sheet.0.print(&report.title, &report.lang)
}

/// A report on its pages.
struct Sheet(Pages);

impl Sheet {
    fn report(&mut self, report: &Report) {
        self.0.paragraph(&report.title, MARGIN, INNER, TITLE, INK);
        self.0.paragraph(&report.subtitle, MARGIN, INNER, TEXT, SOFT);
        for section in &report.sections {
            self.section(section, report.people);
        }
    }

    fn section(&mut self, section: &Section, people: Option<u32>) {
        // A heading never stands alone at the foot of a page.
        self.0.room(SECTION * LINE + 4.0 * TEXT * LINE);
        self.0.y += SECTION;
        self.0.paragraph(&section.title, MARGIN, INNER, SECTION, INK);
        let counts = section.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| count(&cell.value));
        let all = counts.chain(people).max().unwrap_or(1);
        for row in &section.rows {
            self.row(row, all);
        }
    }

    fn row(&mut self, row: &Row, all: u32) {
        // Nor does a question without its first figure.
        self.0.room(2.0 * TEXT * LINE);
        let [only] = row.cells.as_slice() else {
            self.0.paragraph(&row.label, MARGIN, INNER, TEXT, INK);
            for cell in row.cells.iter().filter(|cell| cell.value != Value::Nothing) {
                self.figure(&cell.head, &cell.value, all);
            }
            return;
        };
        match &only.value {
            Value::Shares { shares, .. } => {
                self.0.paragraph(&row.label, MARGIN, INNER, TEXT, INK);
                for (option, share) in shares {
                    self.line(option, &format!("{share} %"), Some((*share, 100)));
                }
            }
            // What somebody wrote has the whole width.
            Value::Words(words) if row.label == "–" => {
                self.0.paragraph(&format!("– {words}"), MARGIN, INNER, TEXT, INK)
            }
            Value::Percent { share, words } => self.line(&row.label, words, Some((*share, 100))),
            value => self.line(&row.label, &value.in_words(), None),
        }
    }

    fn figure(&mut self, label: &str, value: &Value, all: u32) {
        let bar = match value {
            Value::Percent { share, .. } => Some((*share, 100)),
            value => count(value).map(|count| (count, all)),
        };
        self.line(label, &value.in_words(), bar);
    }

    /// A label, its figure, and a bar of so many out of all.
    fn line(&mut self, label: &str, value: &str, bar: Option<(u32, u32)>) {
        let labels = self.0.letters.wrap(label, FIGURES - MARGIN - 2.0 * TEXT, TEXT);
        let values = self.0.letters.wrap(value, WIDTH - MARGIN - FIGURES, TEXT);
        let lines = labels.len().max(values.len());
        self.0.room(TEXT * LINE * lines as f32);
        let top = self.0.y;
        for (nth, (x, text)) in labels
            .into_iter()
            .enumerate()
            .map(|(nth, text)| (nth, (MARGIN + TEXT, text)))
            .chain(values.into_iter().enumerate().map(|(nth, text)| (nth, (FIGURES, text))))
        {
            self.0.put(x, top + TEXT * LINE * nth as f32 + TEXT, TEXT, INK, text);
        }
        if let Some((count, of)) = bar {
            let width = BARS * count as f32 / of.max(1) as f32;
            self.0.mark(Mark::Bar { x: FIGURES + 3.0 * TEXT, y: top + 2.0, width, height: TEXT, colour: ACCENT });
        }
        self.0.y = top + TEXT * LINE * lines as f32;
    }
}

fn count(value: &Value) -> Option<u32> {
    match value {
        Value::Count(count) => Some(*count),
        Value::AlmostAll(_)
        | Value::Percent { .. }
        | Value::Net { .. }
        | Value::Words(_)
        | Value::Nothing
        | Value::Shares { .. } => None,
    }
}

/// What is printed, in the order in which it stands on the pages.
#[cfg(test)]
pub(super) fn printed(report: &Report) -> Vec<String> {
    let mut sheet = Sheet(Pages::new().expect("a font"));
    sheet.report(report);
    let texts = sheet.0.pages.into_iter().flatten().filter_map(|mark| match mark {
        Mark::Text { text, .. } => Some(text),
        Mark::Bar { .. } => None,
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::paper::pages::HEIGHT;
    use super::super::Cell;
    use super::*;
    use crate::domain::lang::Lang;

    fn report(comments: Vec<String>) -> Report {
        let row = |text| Row {
            label: "–".to_owned(),
            cells: vec![Cell { head: String::new(), value: Value::Words(text) }],
        };
        let section =
            Section { title: "Sätze".to_owned(), rows: comments.into_iter().map(row).collect(), brief: true };
        let (title, subtitle) = ("Runde".to_owned(), "Stand heute".to_owned());
        Report { title, subtitle, lang: Lang::source(), people: None, sections: vec![section] }
    }

    #[test]
    fn a_long_report_goes_on_on_further_pages_and_every_mark_is_on_its_page() {
        let mut long = Sheet(Pages::new().expect("a font"));
        long.report(&report(vec!["Mehr Beispiele aus dem Rathaus, bitte.".repeat(9); 60]));
        assert!(long.0.pages.len() > 2, "{} pages", long.0.pages.len());
        for mark in long.0.pages.iter().flatten() {
            let (Mark::Text { y, .. } | Mark::Bar { y, .. }) = mark;
            assert!((0.0..=HEIGHT - MARGIN + TITLE).contains(y), "{y}");
        }
        let bytes = pdf(&report(vec!["<b>&\u{202e}\0 =1+1".to_owned()])).expect("pages");
        assert!(bytes.starts_with(b"%PDF-"));
    }
}
