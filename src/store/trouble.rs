//! What a database's refusal means: whose fault it is, and how to say so to the operator.
//!
//! Owns: the codes. A database's own words are not passed on, since PostgreSQL's may repeat a value.

use sqlx::Error;

/// What kind of trouble it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    Away,
    Locked,
    Full,
    Disk,
    ReadOnly,
    /// Another transaction was in the way.
    Crossed,
    /// What was asked is at fault, or this program.
    Ours,
}

/// Whether the same may well succeed later.
pub(super) fn is_passing(error: &Error) -> bool {
    trouble(error) != Trouble::Ours
}

/// Whether another process holds the database.
pub(super) fn is_locked(error: &Error) -> bool {
    trouble(error) == Trouble::Locked
}

/// Whether somebody else changed the same rows at the same moment, and the same may well succeed at once. PostgreSQL: a
/// foreign key, a unique key, a serialization failure, a deadlock, a lock not to be had. SQLite has one writer.
pub(super) fn is_race(error: &Error) -> bool {
    let Error::Database(refusal) = error else { return false };
    refusal.code().is_some_and(|code| ["23503", "23505", "40001", "40P01", "55P03"].contains(&code.as_ref()))
}

/// One line for the operator.
pub(super) fn said(error: &Error) -> String {
    let code = match error {
        Error::Database(refusal) => refusal.code().map(|code| format!(" (code {code})")).unwrap_or_default(),
        _ => String::new(),
    };
    let words = match trouble(error) {
        Trouble::Away => "the database does not answer",
        Trouble::Locked => "the database is locked by another process",
        Trouble::Full => "the disk is full: the database cannot grow",
        Trouble::Disk => "the database cannot be read or written; is the disk full or failing?",
        Trouble::ReadOnly => "the database is read-only",
        Trouble::Crossed => "another transaction was in the way",
        Trouble::Ours => "the database refused",
    };
    format!("{words}{code}")
}

fn trouble(error: &Error) -> Trouble {
    match error {
        Error::Io(_) | Error::Tls(_) | Error::PoolTimedOut | Error::PoolClosed | Error::WorkerCrashed => Trouble::Away,
        // A server that is stopped in the middle of an answer; a connection that is about to be replaced.
        Error::Protocol(_) | Error::BeginFailed | Error::InvalidSavePointStatement => Trouble::Away,
        Error::Database(refusal) => refusal.code().map_or(Trouble::Ours, |code| of_code(&code)),
        _ => Trouble::Ours,
    }
}

/// SQLite's result codes are numbers, whose last byte is the kind; PostgreSQL's have five characters, of which two
/// are the class (SQLSTATE).
fn of_code(code: &str) -> Trouble {
    if code.len() < 5 {
        return match code.parse::<u32>().map(|code| code & 0xff) {
            Ok(5 | 6) => Trouble::Locked,
            Ok(7) => Trouble::Away,
            Ok(10 | 14) => Trouble::Disk,
            Ok(8) => Trouble::ReadOnly,
            Ok(13) => Trouble::Full,
            _ => Trouble::Ours,
        };
    }
    match code {
        "53100" => Trouble::Full,
        "55P03" => Trouble::Locked,
        "25006" => Trouble::ReadOnly,
        // A transaction that was left alone for too long.
        "25P03" => Trouble::Away,
        _ => match code.get(..2) {
            // Connection, resources, an operator's intervention.
            Some("08" | "53" | "57") => Trouble::Away,
            Some("58") => Trouble::Disk,
            Some("40") => Trouble::Crossed,
            _ => Trouble::Ours,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_passes_by_itself_is_nobodys_fault() {
        for (code, meaning) in [
            ("5", Trouble::Locked),
            ("517", Trouble::Locked),
            ("13", Trouble::Full),
            ("778", Trouble::Disk),
            ("8", Trouble::ReadOnly),
            ("1555", Trouble::Ours),
            ("1", Trouble::Ours),
            ("57P01", Trouble::Away),
            ("25P03", Trouble::Away),
            ("53300", Trouble::Away),
            ("53100", Trouble::Full),
            ("40P01", Trouble::Crossed),
            ("23505", Trouble::Ours),
            ("22021", Trouble::Ours),
        ] {
            assert_eq!(of_code(code), meaning, "{code}");
        }
        assert!(is_passing(&Error::PoolTimedOut) && !is_passing(&Error::RowNotFound));
        assert_eq!(said(&Error::PoolTimedOut), "the database does not answer");
    }
}
