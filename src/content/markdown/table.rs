//! Tables as text in one width, for as long as they fit a phone.

use pulldown_cmark::Alignment;

/// Characters in one width that a phone shows in a line without wrapping (a small one shows about 32).
pub(super) const MAX_WIDTH: usize = 32;

const GAP: &str = "  ";

/// A table while its cells come in. The first row is the head.
pub(super) struct Table {
    align: Vec<Alignment>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(align: &[Alignment]) -> Self {
        Self { align: align.to_vec(), rows: Vec::new() }
    }

    pub fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub fn cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.push(String::new());
        }
    }

    pub fn text(&mut self, text: &str) {
        if let Some(cell) = self.rows.last_mut().and_then(|r| r.last_mut()) {
            cell.push_str(text);
        }
    }

    /// The drawn lines, or the width that is too much.
    pub fn draw(&self) -> Result<String, usize> {
        let columns = self.align.len();
        let widths: Vec<usize> = (0..columns)
            .map(|c| self.rows.iter().filter_map(|r| r.get(c)).map(|t| t.chars().count()).max().unwrap_or(0))
            .collect();
        let width = widths.iter().sum::<usize>() + GAP.len() * columns.saturating_sub(1);
        if width > MAX_WIDTH {
            return Err(width);
        }
        let mut lines: Vec<String> = self.rows.iter().map(|row| self.line(row, &widths)).collect();
        lines.insert(1.min(lines.len()), "─".repeat(width));
        Ok(lines.join("\n"))
    }

    fn line(&self, row: &[String], widths: &[usize]) -> String {
        let cell = |(c, width): (usize, &usize)| {
            let text = row.get(c).map_or("", String::as_str);
            match self.align.get(c) {
                Some(Alignment::Right) => format!("{text:>width$}"),
                Some(Alignment::Center) => format!("{text:^width$}"),
                Some(Alignment::Left | Alignment::None) | None => format!("{text:<width$}"),
            }
        };
        widths.iter().enumerate().map(cell).collect::<Vec<_>>().join(GAP).trim_end().to_owned()
    }
}
