//! The report as a workbook: figures as numbers, a chart of the lessons, and what people wrote as text.
//!
//! Owns: where things stand. A text is always written as a string, never as a formula.

use rust_xlsxwriter::{Chart, ChartType, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::{Cell, Report, Row, Section, Value};

/// Widths of columns, in characters.
const LABELS: f64 = 60.0;
const FIGURES: f64 = 22.0;

/// Where a chart begins at least: right of most tables.
const CHART_COLUMN: u16 = 4;

struct Styles {
    title: Format,
    section: Format,
    head: Format,
    text: Format,
    percent: Format,
}

/// The report as the bytes of a workbook.
pub fn xlsx(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let styles = Styles {
        title: Format::new().set_bold().set_font_size(16),
        section: Format::new().set_bold().set_font_size(13),
        head: Format::new().set_bold(),
        text: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        percent: Format::new().set_num_format("0 %"),
    };
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Tandem")?;
    sheet.set_column_width(0, LABELS)?;
    for column in 1..CHART_COLUMN {
        sheet.set_column_width(column, FIGURES)?;
    }
    sheet.write_string_with_format(0, 0, &report.title, &styles.title)?;
    sheet.write_string(1, 0, &report.subtitle)?;
    let mut next = 3;
    for section in &report.sections {
        next = write_section(sheet, section, next, &styles)? + 1;
    }
    book.save_to_buffer()
}

/// Writes a section from this row on; answers with the first row after it.
fn write_section(sheet: &mut Worksheet, section: &Section, first: u32, styles: &Styles) -> Result<u32, XlsxError> {
    sheet.write_string_with_format(first, 0, &section.title, &styles.section)?;
    let heads: Vec<&str> =
        section.rows.first().map(|row| row.cells.iter().map(|cell| cell.head.as_str()).collect()).unwrap_or_default();
    let mut next = first + 1;
    if heads.iter().any(|head| !head.is_empty()) {
        for (column, head) in (1..).zip(&heads) {
            sheet.write_string_with_format(next, column, *head, &styles.head)?;
        }
        next += 1;
    }
    let figures = next;
    for row in &section.rows {
        next = write_row(sheet, row, next, styles)?;
    }
    let counted: Vec<(u16, &str)> = (1..)
        .zip(&heads)
        .filter(|(column, _)| counts(section, usize::from(*column) - 1))
        .map(|(c, head)| (c, *head))
        .collect();
    if heads.len() > 1 && !counted.is_empty() {
        draw(sheet, section, &counted, (first, figures, next - 1))?;
    }
    Ok(next)
}

fn write_row(sheet: &mut Worksheet, row: &Row, at: u32, styles: &Styles) -> Result<u32, XlsxError> {
    sheet.write_string_with_format(at, 0, &row.label, &styles.text)?;
    let mut next = at + 1;
    for (column, cell) in (1..).zip(&row.cells) {
        match &cell.value {
            Value::Count(count) => {
                sheet.write_number(at, column, *count)?;
            }
            Value::Percent { share, .. } => {
                sheet.write_number_with_format(at, column, f64::from(*share) / 100.0, &styles.percent)?;
            }
            Value::Net { score, .. } => {
                sheet.write_number(at, column, *score)?;
            }
            Value::Nothing => {}
            Value::AlmostAll(words) | Value::Words(words) => {
                sheet.write_string_with_format(at, column, words, &styles.text)?;
            }
            Value::Shares { shares, .. } => {
                for (option, share) in shares {
                    sheet.write_string(next, 0, option)?;
                    sheet.write_number_with_format(next, column, f64::from(*share) / 100.0, &styles.percent)?;
                    next += 1;
                }
            }
        }
    }
    Ok(next)
}

/// Whether a column holds counts.
fn counts(section: &Section, column: usize) -> bool {
    section.rows.iter().any(|row| matches!(row.cells.get(column), Some(Cell { value: Value::Count(_), .. })))
}

/// Bars beside a table of counts. What is not shown as a figure has no bar.
fn draw(
    sheet: &mut Worksheet,
    section: &Section,
    heads: &[(u16, &str)],
    rows: (u32, u32, u32),
) -> Result<(), XlsxError> {
    let (top, first, last) = rows;
    let mut chart = Chart::new(ChartType::Bar);
    chart.title().set_name(&section.title);
    chart.set_alt_text(&section.title);
    for (column, head) in heads {
        chart
            .add_series()
            .set_name(*head)
            .set_categories(("Tandem", first, 0, last, 0))
            .set_values(("Tandem", first, *column, last, *column));
    }
    chart.y_axis().set_reverse();
    let beside =
        CHART_COLUMN.max(u16::try_from(section.rows.first().map_or(0, |row| row.cells.len())).unwrap_or(0) + 2);
    sheet.insert_chart(top, beside, &chart)?;
    Ok(())
}
