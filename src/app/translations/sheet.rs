//! Tables as CSV: one text a line, for a spreadsheet.

use super::Row;
use crate::domain::translation::{Refusal, State, Unit};

const HEAD: [&str; 5] = ["id", "context", "source", "translation", "state"];

/// Writes a table.
///
/// # Errors
/// Never on memory; the writer's type has one.
pub fn write(units: &[&Unit]) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEAD)?;
    for unit in units {
        let translation = unit.translation.as_deref().unwrap_or_default();
        writer.write_record([unit.id.as_str(), &unit.context, &unit.source, translation, unit.state.name()])?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Reads a table; columns are found by their names, and a comma, semicolon or tab may part them.
///
/// # Errors
/// The first place that cannot be read.
pub fn read(text: &str) -> Result<Vec<Row>, Refusal> {
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|sign| head.bytes().filter(|b| b == sign).count());
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter.unwrap_or(b',')).from_reader(text.as_bytes());
    let names = reader.headers().map_err(|error| refused(&error, 1))?.clone();
    let column = |name: &str| {
        let found = names.iter().position(|known| known.trim() == name);
        found.ok_or_else(|| Refusal { line: 1, problem: format!("there is no column `{name}`") })
    };
    let (id, source, translation) = (column("id")?, column("source")?, column("translation")?);
    let state = column("state").ok();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| refused(&error, 1))?;
        let line = record.position().map_or(1, |at| usize::try_from(at.line()).unwrap_or(usize::MAX));
        let cell = |at: usize| record.get(at).unwrap_or_default().to_owned();
        rows.push(Row {
            line,
            id: cell(id),
            source: cell(source),
            translation: cell(translation),
            reviewed: state.is_some_and(|at| cell(at).trim() == State::Current.name()),
        });
    }
    Ok(rows)
}

fn refused(error: &csv::Error, otherwise: usize) -> Refusal {
    let line = error.position().and_then(|at| usize::try_from(at.line()).ok()).unwrap_or(otherwise);
    let problem = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("has {len} columns, {expected_len} belong here")
        }
        _ => "cannot be read as CSV".to_owned(),
    };
    Refusal { line, problem }
}
