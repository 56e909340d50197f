//! The report as a text: Markdown, and CSV with one figure a line.
//!
//! Owns: that nothing a person wrote becomes Markdown or a formula.

use super::{Report, Value, lead};

/// The report as Markdown.
pub fn markdown(report: &Report) -> String {
    let mut out = format!("# {}\n", escape(&report.title));
    for section in &report.sections {
        out.push_str(&format!("\n## {}\n\n", escape(&section.title)));
        for row in &section.rows {
            out.push_str(&format!("- {} {}\n", escape(&lead(&row.label)), escape(&row.in_words())));
        }
    }
    out
}

/// What a person wrote must not become Markdown.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// The report as CSV: section, what it is about, head, figure.
pub fn csv(report: &Report) -> std::result::Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for section in &report.sections {
        for row in &section.rows {
            for cell in row.cells.iter().filter(|cell| cell.value != Value::Nothing) {
                let value = match &cell.value {
                    // A minus before a number of ours is no formula.
                    Value::Net { score, .. } => score.to_string(),
                    value => harmless(&value.in_words()),
                };
                let [section, label, head] = [&section.title, &row.label, &cell.head].map(|cell| harmless(cell));
                writer.write_record([section, label, head, value])?;
            }
        }
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe in front.
pub fn harmless(cell: &str) -> String {
    match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Row, Section};
    use super::*;
    use crate::domain::lang::Lang;

    #[test]
    fn a_formula_in_a_comment_stays_a_comment() {
        let cells = vec![Cell { head: String::new(), value: Value::Words("=SUM(A1:A9)".to_owned()) }];
        let section =
            Section { title: "t".to_owned(), rows: vec![Row { label: "–".to_owned(), cells }], brief: true };
        let (title, subtitle, lang) = ("r".to_owned(), String::new(), Lang::source());
        let report = Report { title, subtitle, lang, people: None, sections: vec![section] };
        let text = String::from_utf8(csv(&report).unwrap()).unwrap();
        assert_eq!(text.trim(), "t,–,,'=SUM(A1:A9)");
        assert!(markdown(&report).contains("- – =SUM(A1:A9)"));
        assert_eq!(escape("<b>*x*"), "\\<b\\>\\*x\\*");
    }
}
