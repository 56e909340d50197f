//! Tables as gettext's PO files: the part of the format that holds texts with a context.
//!
//! Owns: reading and writing it. What the crates at hand read they read without lines to point at, and some panic on a
//! lone quotation mark; a file that comes back from somebody else deserves both.

use super::Row;
use crate::domain::translation::{Refusal, State, Unit};

/// Writes a table.
pub fn write(units: &[&Unit], language: &str) -> String {
    let mut out = format!(
        "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\
         \"Content-Transfer-Encoding: 8bit\\n\"\n\"Language: {language}\\n\"\n"
    );
    for unit in units {
        out.push_str(&format!("\n#. {}\n", unit.context));
        if matches!(unit.state, State::Stale | State::Unstamped) {
            out.push_str("#, fuzzy\n");
        }
        out.push_str(&field("msgctxt", &unit.id));
        out.push_str(&field("msgid", &unit.source));
        out.push_str(&field("msgstr", unit.translation.as_deref().unwrap_or_default()));
    }
    out
}

/// Reads a table.
///
/// # Errors
/// The first line that is none of the format.
pub fn read(text: &str) -> Result<Vec<Row>, Refusal> {
    let mut reader = Reader::default();
    for (line, content) in text.lines().enumerate() {
        reader.line(line + 1, content.trim()).map_err(|problem| Refusal { line: line + 1, problem })?;
    }
    reader.end();
    // The first, without an id, is the file's own head.
    Ok(reader.rows.into_iter().filter(|row| !row.id.is_empty() || !row.source.is_empty()).collect())
}

#[derive(Default)]
struct Reader {
    rows: Vec<Row>,
    row: Row,
    fuzzy: bool,
    field: Option<Field>,
}

#[derive(Clone, Copy, PartialEq)]
enum Field {
    Id,
    Source,
    Translation,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) -> Result<(), String> {
        if line.is_empty() || line.starts_with('#') {
            // What stands above a text belongs to it, not to the one before.
            self.end();
            self.fuzzy |= line.strip_prefix("#,").is_some_and(|flags| flags.split(',').any(|f| f.trim() == "fuzzy"));
            return Ok(());
        }
        let (field, rest) = match line.split_once([' ', '\t']) {
            Some(("msgctxt", rest)) => (Some(Field::Id), rest),
            Some(("msgid", rest)) => (Some(Field::Source), rest),
            Some(("msgstr", rest)) => (Some(Field::Translation), rest),
            _ if line.starts_with("msgid_plural") || line.starts_with("msgstr[") => {
                return Err("plural forms are part of the text here".to_owned());
            }
            _ => (None, line),
        };
        if let Some(field) = field {
            let begins = field == Field::Id || (field == Field::Source && self.field != Some(Field::Id));
            if begins {
                self.end();
            }
            if self.row.line == 0 {
                self.row.line = number;
            }
            self.field = Some(field);
        }
        let text = quoted(rest.trim())?;
        match self.field {
            Some(Field::Id) => self.row.id.push_str(&text),
            Some(Field::Source) => self.row.source.push_str(&text),
            Some(Field::Translation) => self.row.translation.push_str(&text),
            None => return Err("a text without `msgctxt`, `msgid` or `msgstr`".to_owned()),
        }
        Ok(())
    }

    fn end(&mut self) {
        if self.row.line > 0 {
            let reviewed = !std::mem::take(&mut self.fuzzy);
            self.rows.push(Row { reviewed, ..std::mem::take(&mut self.row) });
        }
        self.field = None;
    }
}

/// A field: on one line, or each line of the text on one of its own.
fn field(name: &str, text: &str) -> String {
    if !text.contains('\n') {
        return format!("{name} {}\n", quote(text));
    }
    let lines = text.split_inclusive('\n').map(|line| quote(line) + "\n");
    format!("{name} \"\"\n{}", lines.collect::<String>())
}

fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn quoted(text: &str) -> Result<String, String> {
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let inner = inner.ok_or("neither a comment nor a text in quotation marks")?;
    let (mut out, mut chars) = (String::new(), inner.chars());
    while let Some(c) = chars.next() {
        match c {
            '"' => return Err("a quotation mark within a text needs a `\\` before it".to_owned()),
            '\\' => out.push(match chars.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some(c @ ('"' | '\\')) => c,
                _ => return Err("a `\\` before something that does not need one".to_owned()),
            }),
            c => out.push(c),
        }
    }
    Ok(out)
}
