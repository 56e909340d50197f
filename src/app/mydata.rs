//! All that is stored about a person, as files: JSON for machines, a CSV for each table, and a page that explains them.
//!
//! Owns: how the rows are written. Which there are is decided in `store::export`.

use std::io::{Cursor, Write};

use chrono::{DateTime, SecondsFormat};
use serde_json::{Map, Value};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::batch::Batch;
use super::paper::NotWritten;
use super::report::no_formula;
use super::{App, Result};
use crate::domain::calendar::local_date;
use crate::domain::ids::PersonId;
use crate::domain::lang::Lang;
use crate::domain::message::{Line, say};
use crate::domain::paper::full_day;
use crate::store::{Action, Cell, Export, Record, Tx, Who};

/// What each part is called by those who read it.
pub const TITLES: [(&str, &str); 32] = [
    ("person", "export-person"),
    ("chat", "export-chat"),
    ("desk", "export-desk"),
    ("rounds", "export-rounds"),
    ("seats", "export-seats"),
    ("tandems", "export-tandems"),
    ("hours", "export-hours"),
    ("hours-changed", "export-hours-changed"),
    ("absences", "export-absences"),
    ("covers", "export-covers"),
    ("standing-in", "export-standing-in"),
    ("asked-to-help", "export-asked-to-help"),
    ("answers", "export-answers"),
    ("feedback", "export-feedback"),
    ("milestones", "export-milestones"),
    ("repeats", "export-repeats"),
    ("messages", "export-messages"),
    ("messages-in-the-chat", "export-messages-in-the-chat"),
    ("screens", "export-screens"),
    ("calendar-link", "export-calendar-link"),
    ("calendar-events", "export-calendar-events"),
    ("sessions", "export-sessions"),
    ("download-links", "export-download-links"),
    ("dashboard-links", "export-dashboard-links"),
    ("deeds", "export-deeds"),
    ("licence-codes", "export-licence-codes"),
    ("asked-trainers", "export-asked-trainers"),
    ("announcements", "export-announcements"),
    ("round-messages", "export-round-messages"),
    ("letters", "export-letters"),
    ("waiting", "export-waiting"),
    ("contact-of", "export-contact-of"),
];

/// All of it, in words of one language where there are words.
pub struct Everything {
    /// The explaining page: its name and its text.
    readme: (String, String),
    json: String,
    tables: Vec<(String, Vec<u8>)>,
}

/// Reads all that is stored about a person.
pub async fn everything(app: &App, tx: &mut Tx, person: &PersonId, lang: &Lang) -> Result<Everything> {
    let all = tx.export(person).await?;
    let spoken = app.words();
    let words = |line: &Line| spoken.plain(lang, line);
    let day = local_date(app.clock.now(), super::HOME_ZONE);
    let mut readme = words(&say("export-intro").with("day", full_day(day)));
    let (mut json, mut tables) = (Map::new(), Vec::new());
    for (export, records) in all.iter().filter(|(_, records)| !records.is_empty()) {
        readme.push_str(&format!("\n\n{}.csv\n    {}", export.name, title(app, lang, export.name)));
        let rows = records.iter().map(|record| Value::Object(object(export, record)));
        json.insert(export.name.to_owned(), Value::Array(rows.collect()));
        tables.push((format!("csv/{}.csv", export.name), csv(export, records)));
    }
    readme.push('\n');
    // A value that was read out of the database is always text.
    let json = serde_json::to_string_pretty(&json).unwrap_or_default();
    Ok(Everything { readme: (words(&say("export-readme")), readme), json, tables })
}

/// The same for the operator, who hands it over where people cannot reach the program's pages. `None`: nobody is known
/// by this chat.
///
/// # Errors
/// When the database cannot be used, or the file cannot be packed.
pub async fn for_chat(app: &App, chat: i64) -> Result<Option<Vec<u8>>> {
    let mut batch = Batch::begin(app).await?;
    let Some(known) = batch.tx.known(&[chat]).await?.pop() else { return Ok(None) };
    let everything = everything(app, &mut batch.tx, &known.person.id, &known.person.lang).await?;
    batch.tx.note(Who::Operator, Action::DataExported, None, batch.now).await?;
    batch.finish().await?;
    let packed =
        everything.zip().map_err(|error| super::AppError::Refused(format!("the file cannot be packed: {error}")));
    packed.map(Some)
}

impl Everything {
    /// As one file.
    ///
    /// # Errors
    /// When it cannot be packed.
    pub fn zip(self) -> std::result::Result<Vec<u8>, NotWritten> {
        let mut package = ZipWriter::new(Cursor::new(Vec::new()));
        let parts = [(self.readme.0, self.readme.1.into_bytes()), ("tandem.json".to_owned(), self.json.into_bytes())];
        for (name, bytes) in parts.into_iter().chain(self.tables) {
            package.start_file(name, SimpleFileOptions::default())?;
            package.write_all(&bytes)?;
        }
        Ok(package.finish()?.into_inner())
    }
}

fn title(app: &App, lang: &Lang, name: &str) -> String {
    let key = TITLES.iter().find(|(known, _)| *known == name).map_or("", |(_, key)| key);
    app.words().get(lang, key).unwrap_or_else(|| name.to_owned())
}

fn object(export: &Export, record: &Record) -> Map<String, Value> {
    let value = |(name, cell): &(String, Cell)| {
        let value = match cell {
            Cell::Nothing => Value::Null,
            Cell::Number(number) if export.instants.contains(&name.as_str()) => Value::String(instant(*number)),
            Cell::Number(number) => Value::from(*number),
            Cell::Text(text) if export.json.contains(&name.as_str()) => {
                serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.clone()))
            }
            Cell::Text(text) => Value::String(text.clone()),
        };
        (name.clone(), value)
    };
    record.0.iter().map(value).collect()
}

/// A head of names, then a line for each row. A spreadsheet takes none of it for a formula.
fn csv(export: &Export, records: &[Record]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = records.iter().take(1).map(|record| record.0.iter().map(|(name, _)| name.clone()).collect());
    let rows = records.iter().map(|record| record.0.iter().map(|(name, cell)| flat(export, name, cell)).collect());
    for line in head.chain(rows) {
        let line: Vec<String> = line;
        // Writing into memory does not fail.
        let _ = writer.write_record(&line);
    }
    writer.into_inner().unwrap_or_default()
}

fn flat(export: &Export, name: &str, cell: &Cell) -> String {
    match cell {
        Cell::Nothing => String::new(),
        Cell::Number(number) if export.instants.contains(&name) => instant(*number),
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => no_formula(text),
    }
}

fn instant(micros: i64) -> String {
    let at = DateTime::from_timestamp_micros(micros);
    at.map_or_else(|| micros.to_string(), |at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
}
