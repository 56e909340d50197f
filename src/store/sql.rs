//! What a statement is, and how its sets are written out.
//!
//! One text serves both databases. The few things a text may leave open stand in braces:
//! `{set}` is a list of values for `IN`, `{rows:N}` the rows of a `VALUES` with N columns each, and
//! `{pg: …}` is said to PostgreSQL only. Sets have a few fixed sizes, so that the number of different
//! texts is small and each stays prepared.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

/// Sizes in which sets are written out. A shorter set is padded, a longer one goes in several statements.
/// 256 rows of the widest table stay below SQLite's limit of 32,766 parameters (SQLITE_MAX_VARIABLE_NUMBER).
pub(super) const SIZES: [usize; 5] = [1, 4, 16, 64, 256];

/// A statement, named for the question it answers.
#[derive(Debug)]
pub struct Sql {
    pub question: &'static str,
    pub text: &'static str,
}

/// Which database a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

/// Every statement of the store as SQLite gets it: its question and its text, sets written out in a middle size.
pub fn statements() -> Vec<(&'static str, String)> {
    all().map(|sql| (sql.question, sql.expand(Dialect::Sqlite, SIZES[2]))).collect()
}

fn all() -> impl Iterator<Item = &'static Sql> {
    [
        super::audit::ALL,
        super::downloads::ALL,
        super::erased::ALL,
        super::export::ALL,
        super::inbox::ALL,
        super::ledger::ALL,
        super::licences::ALL,
        super::left::ALL,
        super::links::ALL,
        super::look::ALL,
        super::letters::ALL,
        super::meetings::ALL,
        super::news::ALL,
        super::waiting::ALL,
        super::seats::ALL,
        super::outbox::ALL,
        super::people::ALL,
        super::rounds::ALL,
        super::save::ALL,
        super::settle::ALL,
        super::due::ALL,
        super::elect::ALL,
        super::facts::ALL,
        super::feeds::ALL,
        super::sessions::ALL,
        super::help::ALL,
        super::privacy::ALL,
        super::publish::ALL,
        super::recall::ALL,
        super::rekey::ALL,
        super::sealed::ALL,
        super::report::ALL,
        super::restore::ALL,
        super::old::ALL,
        super::said::ALL,
        super::sample::ALL,
        super::cohort::ALL,
        super::trainers::ALL,
        super::tandems::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// A text as it is sent, made once.
pub(super) fn text(sql: &'static Sql, dialect: Dialect, size: usize) -> Arc<str> {
    type Texts = HashMap<(usize, usize, Dialect, usize), Arc<str>>;
    static TEXTS: LazyLock<RwLock<Texts>> = LazyLock::new(RwLock::default);
    let key = (sql.text.as_ptr().addr(), sql.text.len(), dialect, size);
    if let Some(text) = TEXTS.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Arc::clone(text);
    }
    let text: Arc<str> = sql.expand(dialect, size).into();
    TEXTS.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&text));
    text
}

impl Sql {
    /// PostgreSQL gets numbers: those of the text, then those of the set. SQLite gets the set's parameters first and
    /// without a name, then those of the text: it looks names up one by one, which takes a large set half its time.
    fn expand(&self, dialect: Dialect, size: usize) -> String {
        let set = self.set_width() * size;
        let mut out = String::with_capacity(self.text.len() + set * 6);
        let mut rest = self.text;
        while let Some(place) = rest.find(['{', '$']) {
            out.push_str(&rest[..place]);
            rest = &rest[place..];
            if let Some((marker, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
                self.expand_marker(&mut out, marker, dialect, size);
                rest = after;
            } else {
                let (number, after) = number(&rest[1..]);
                let before = if dialect == Dialect::Sqlite { set } else { 0 };
                // Writing into a String does not fail.
                let _ = write!(out, "${}", before + number);
                rest = after;
            }
        }
        out.push_str(rest);
        out
    }

    fn expand_marker(&self, out: &mut String, marker: &str, dialect: Dialect, size: usize) {
        let width = self.set_width();
        if let Some(words) = marker.strip_prefix("pg: ") {
            out.push_str(if dialect == Dialect::Postgres { words } else { "" });
        } else if marker == "set" {
            list(out, dialect, self.fixed() + 1, size);
        } else {
            out.push_str("VALUES ");
            for row in 0..size {
                out.push_str(if row == 0 { "" } else { "," });
                list(out, dialect, self.fixed() + 1 + row * width, width);
            }
        }
    }

    /// How many parameters one member of the set has; none where the text has no set.
    fn set_width(&self) -> usize {
        match self.text.split_once("{rows:") {
            Some((_, after)) => number(after).0,
            None => usize::from(self.text.contains("{set}")),
        }
    }

    /// How many parameters the text itself has.
    fn fixed(&self) -> usize {
        self.text.split('$').skip(1).map(|after| number(after).0).max().unwrap_or(0)
    }
}

/// The number that a text begins with, and what follows it.
fn number(text: &str) -> (usize, &str) {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (text[..digits].parse().unwrap_or(0), &text[digits..])
}

fn list(out: &mut String, dialect: Dialect, first: usize, count: usize) {
    out.push('(');
    for n in first..first + count {
        out.push_str(if n == first { "" } else { "," });
        match dialect {
            Dialect::Sqlite => out.push('?'),
            // Writing into a String does not fail.
            Dialect::Postgres => {
                let _ = write!(out, "${n}");
            }
        }
    }
    out.push(')');
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: Sql = Sql {
        question: "a set after two parameters",
        text: "SELECT 1 FROM t WHERE a = $1 AND b < $2 AND c IN {set} {pg: FOR UPDATE}",
    };

    #[test]
    fn for_postgresql_sets_are_numbered_after_the_parameters_of_the_text() {
        let text = BOTH.expand(Dialect::Postgres, 2);
        assert_eq!(text, "SELECT 1 FROM t WHERE a = $1 AND b < $2 AND c IN ($3,$4) FOR UPDATE");
    }

    #[test]
    fn for_sqlite_sets_come_first_and_have_no_names() {
        let text = BOTH.expand(Dialect::Sqlite, 2);
        assert_eq!(text, "SELECT 1 FROM t WHERE a = $3 AND b < $4 AND c IN (?,?) ");
    }

    #[test]
    fn rows_are_written_out_with_their_width() {
        let sql = Sql { question: "rows", text: "WITH v(a, b) AS ({rows:2}) SELECT a FROM v" };
        assert_eq!(sql.expand(Dialect::Postgres, 2), "WITH v(a, b) AS (VALUES ($1,$2),($3,$4)) SELECT a FROM v");
        assert_eq!(sql.expand(Dialect::Sqlite, 2), "WITH v(a, b) AS (VALUES (?,?),(?,?)) SELECT a FROM v");
    }

    #[test]
    fn every_statement_in_the_sources_is_listed() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
        let mut written = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            written += text.lines().filter(|line| !line.starts_with(' ') && line.contains(": Sql =")).count();
        }
        assert_eq!(written, all().count());
    }

    #[test]
    fn every_question_is_asked_once() {
        let mut questions: Vec<_> = all().map(|sql| sql.question).collect();
        let count = questions.len();
        questions.sort_unstable();
        questions.dedup();
        assert_eq!(questions.len(), count);
    }
}
