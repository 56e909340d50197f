//! What `tandem doctor` thinks of what it finds: facts go in, a line comes out.
//!
//! Pure: gathering the facts is the command line's business. A warning is something to look at, an error something that
//! keeps people from being served or protected.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::store::{Look, Vault};
use crate::telegram::port::{Refusal, WebhookInfo};

/// A clock this far off makes the bot early or late by as much.
const CLOCK_WARNING: TimeDelta = TimeDelta::seconds(30);
const CLOCK_ERROR: TimeDelta = TimeDelta::minutes(5);

/// A daily backup, and two hours for it to be made.
const BACKUP_WARNING: TimeDelta = TimeDelta::hours(26);
const BACKUP_ERROR: TimeDelta = TimeDelta::days(7);

/// Longer than this no backup is kept: who was erased lives on in it.
const BACKUP_KEPT: TimeDelta = TimeDelta::days(30);

/// Updates that wait at Telegram although they are pushed.
const WAITING: u64 = 100;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Ok,
    Warning,
    Error,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub level: Level,
    pub check: &'static str,
    pub says: String,
}

impl Finding {
    pub fn ok(check: &'static str, says: impl Into<String>) -> Self {
        Self { level: Level::Ok, check, says: says.into() }
    }

    pub fn warning(check: &'static str, says: impl Into<String>) -> Self {
        Self { level: Level::Warning, check, says: says.into() }
    }

    pub fn error(check: &'static str, says: impl Into<String>) -> Self {
        Self { level: Level::Error, check, says: says.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Ok => "ok",
            Level::Warning => "warning",
            Level::Error => "error",
        };
        write!(f, "{level:<8} {:<12} {}", self.check, self.says)
    }
}

/// A file that holds a secret or the database; `mode` is that of the file system.
pub fn permissions(check: &'static str, place: &str, mode: u32) -> Finding {
    match mode & 0o077 {
        0 => Finding::ok(check, format!("{place} is its owner's alone")),
        // Some services are given their files by a group.
        bits if bits & 0o007 == 0 && bits & 0o020 == 0 => Finding::warning(
            check,
            format!("{place} can be read by its group (mode {:03o}); 600 is better", mode & 0o777),
        ),
        _ => Finding::error(check, format!("{place} is open to others (mode {:03o}): chmod 600", mode & 0o777)),
    }
}

/// The database's schema against the program's.
pub fn schema(look: &Look) -> Finding {
    let known = look.known;
    match look.schema {
        None => Finding::warning("schema", "there are no tables yet; `tandem run` makes them"),
        Some(found) if found == known => Finding::ok("schema", format!("{found}, the newest")),
        Some(found) if found < known => {
            Finding::warning("schema", format!("{found}; the next `tandem run` brings it to {known}: back up first"))
        }
        Some(found) => Finding::error("schema", format!("{found} is of a newer program; this one knows {known}")),
    }
}

/// The keys that the database needs, against those that are set.
pub fn keys(needed: &[String], vault: &Vault) -> Finding {
    const CHECK: &str = "keys";
    if let Some(missing) = needed.iter().find(|name| !vault.has(name)) {
        return Finding::error(
            CHECK,
            format!(
                "what people wrote is sealed with the key {missing}, which is not set: TANDEM_DATA_KEY or TANDEM_DATA_KEY_OLD"
            ),
        );
    }
    match (vault.current_name(), needed) {
        (None, []) => Finding::warning(CHECK, "what people write is stored as it is; TANDEM_DATA_KEY seals it"),
        (None, _) => Finding::warning(CHECK, "only older keys are set: what people write is stored as it is"),
        (Some(current), needed) if needed.iter().any(|name| name != current) => {
            Finding::warning(CHECK, "some texts are sealed with an older key; `tandem rekey` seals them anew")
        }
        (Some(current), _) => Finding::ok(CHECK, format!("what people write is sealed with the key {current}")),
    }
}

/// This machine's clock against the newest instant in the database.
pub fn clock_of_database(alive: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Finding {
    match alive {
        None => Finding::ok("clock", "the database remembers no instant yet"),
        Some(alive) if alive - now > CLOCK_WARNING => {
            let seconds = (alive - now).num_seconds();
            Finding::error("clock", format!("something happened {seconds} s in the future: the clock was set back"))
        }
        Some(alive) => {
            Finding::ok("clock", format!("not before the database's newest instant, {}", alive.to_rfc3339()))
        }
    }
}

/// This machine's clock against Telegram's, as the Date of an answer tells it (whole seconds).
pub fn clock_of_telegram(theirs: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Finding {
    let Some(theirs) = theirs else {
        return Finding::warning("clock", "the server of the Bot API did not tell its time");
    };
    let off = (now - theirs).abs();
    let says = format!("{} s from the time of the Bot API's server", off.num_seconds());
    if off > CLOCK_ERROR {
        Finding::error("clock", says)
    } else if off > CLOCK_WARNING {
        Finding::warning("clock", says)
    } else {
        Finding::ok("clock", says)
    }
}

/// Who gets the updates, compared with how the program is set up (`ours`: the webhook's address, if there is to be one).
pub fn webhook(ours: Option<&str>, found: &Result<WebhookInfo, Refusal>) -> Finding {
    const CHECK: &str = "webhook";
    let info = match found {
        Ok(info) => info,
        Err(Refusal::Unauthorized) => return Finding::error(CHECK, "the token is refused"),
        Err(refusal) => return Finding::error(CHECK, format!("Telegram does not answer: {refusal}")),
    };
    match (ours, info.url.as_str()) {
        (None, "") => Finding::ok(CHECK, "none, and updates are asked for"),
        (None, _) => {
            Finding::error(CHECK, "somebody has set one, but updates are asked for; `tandem run` takes it away")
        }
        (Some(_), "") => Finding::error(CHECK, "none is set; `tandem run` sets it"),
        (Some(ours), found) if ours != found => Finding::error(CHECK, "it leads elsewhere; `tandem run` takes it back"),
        (Some(_), _) => match &info.last_error {
            Some(error) => Finding::warning(CHECK, format!("ours; Telegram's last trouble with it: {error}")),
            None if info.pending > WAITING => Finding::warning(CHECK, format!("ours; {} updates wait", info.pending)),
            None => Finding::ok(CHECK, "ours"),
        },
    }
}

/// What the public address answered, asked from here (`Err`: why it did not).
pub fn public_address(url: &str, answer: &Result<u16, String>) -> Finding {
    const CHECK: &str = "address";
    match answer {
        Ok(status @ 502..=504) => {
            Finding::error(CHECK, format!("{url}: a proxy answers {status}: the service does not"))
        }
        Ok(status) => Finding::ok(CHECK, format!("{url} answers ({status}), its certificate holds, seen from here")),
        Err(why) => Finding::error(CHECK, format!("{url} is not reached from here: {why}")),
    }
}

/// The backups in a folder, by when each was made.
pub fn backups(made: &[DateTime<Utc>], now: DateTime<Utc>) -> Vec<Finding> {
    const CHECK: &str = "backup";
    let Some(newest) = made.iter().max() else { return vec![Finding::error(CHECK, "there is none in that folder")] };
    let says = format!("the newest is {} hours old", (now - *newest).num_hours());
    let mut findings = vec![match now - *newest {
        age if age > BACKUP_ERROR => Finding::error(CHECK, says),
        age if age > BACKUP_WARNING => Finding::warning(CHECK, says),
        _ => Finding::ok(CHECK, says),
    }];
    let old = made.iter().filter(|made| now - **made > BACKUP_KEPT).count();
    if old > 0 {
        let days = BACKUP_KEPT.num_days();
        findings.push(Finding::warning(CHECK, format!("{old} are older than {days} days: the erased live on in them")));
    }
    findings
}

/// What `tandem check` would say.
pub fn content(errors: usize, warnings: usize) -> Finding {
    let says = format!("{errors} errors, {warnings} warnings; `tandem check` names them");
    match (errors, warnings) {
        (0, 0) => Finding::ok("content", "no findings"),
        (0, _) => Finding::warning("content", says),
        _ => Finding::error("content", says),
    }
}

/// How the way to a PostgreSQL server is protected, as its address says. Nothing of the address is repeated.
pub fn way_to_database(url: &str) -> Finding {
    const CHECK: &str = "database";
    let host = url.split('@').next_back().unwrap_or(url);
    let host = host.split("://").last().unwrap_or(host);
    let near = ["localhost", "127.0.0.1", "[::1]", "/", "%2F"].iter().any(|near| host.starts_with(near));
    let verified = ["sslmode=verify-full", "sslmode=verify-ca"].iter().any(|mode| url.contains(mode));
    if near || verified {
        Finding::ok(CHECK, "PostgreSQL, on this machine or by a verified way")
    } else {
        Finding::warning(CHECK, "PostgreSQL across a network, and its certificate is not verified: sslmode=verify-full")
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 27, 9, 0, 0).unwrap()
    }

    fn ago(hours: i64) -> DateTime<Utc> {
        now() - TimeDelta::hours(hours)
    }

    #[test]
    fn a_file_is_its_owners_alone_or_it_is_said() {
        let level = |mode| permissions("token", "file", mode).level;
        assert_eq!([0o100_600, 0o100_400, 0o40_700].map(level), [Level::Ok; 3]);
        assert_eq!([0o100_640, 0o40_750].map(level), [Level::Warning; 2]);
        assert_eq!([0o100_644, 0o100_660, 0o100_602].map(level), [Level::Error; 3]);
    }

    #[test]
    fn only_the_schema_of_a_newer_program_is_an_error() {
        let level = |schema| schema_level(schema, 7);
        assert_eq!(
            [None, Some(3), Some(7), Some(8)].map(level),
            [Level::Warning, Level::Warning, Level::Ok, Level::Error]
        );
    }

    fn schema_level(schema_found: Option<i64>, known: i64) -> Level {
        schema(&Look { schema: schema_found, known, alive: None, keys: Vec::new() }).level
    }

    #[test]
    fn a_clock_before_the_newest_instant_or_far_from_the_servers_is_named() {
        assert_eq!(clock_of_database(None, now()).level, Level::Ok);
        assert_eq!(clock_of_database(Some(ago(1)), now()).level, Level::Ok);
        assert_eq!(clock_of_database(Some(ago(-1)), now()).level, Level::Error);
        let off = |seconds| clock_of_telegram(Some(now() + TimeDelta::seconds(seconds)), now()).level;
        assert_eq!(
            [1, -1, 31, -31, 301, -301].map(off),
            [Level::Ok, Level::Ok, Level::Warning, Level::Warning, Level::Error, Level::Error]
        );
        assert_eq!(clock_of_telegram(None, now()).level, Level::Warning);
    }

    #[test]
    fn a_webhook_is_ours_or_none_and_a_refused_token_is_said() {
        let info = |url: &str, pending, last_error: Option<&str>| {
            Ok(WebhookInfo { url: url.to_owned(), pending, last_error: last_error.map(str::to_owned) })
        };
        const OURS: &str = "https://tandem.example/telegram/updates";
        let ours = Some(OURS);
        for (ours, found, level) in [
            (None, info("", 0, None), Level::Ok),
            (None, info("https://thief.example", 0, None), Level::Error),
            (ours, info("", 0, None), Level::Error),
            (ours, info("https://thief.example", 0, None), Level::Error),
            (ours, info(OURS, 3, None), Level::Ok),
            (ours, info(OURS, 101, None), Level::Warning),
            (ours, info(OURS, 0, Some("Wrong response")), Level::Warning),
            (ours, Err(Refusal::Unauthorized), Level::Error),
            (None, Err(Refusal::NotReached), Level::Error),
        ] {
            assert_eq!(webhook(ours, &found).level, level, "{ours:?} {found:?}");
        }
    }

    #[test]
    fn an_address_that_answers_anything_is_reached_unless_a_proxy_answers_for_it() {
        let level = |answer| public_address("https://tandem.example", &answer).level;
        assert_eq!([Ok(405), Ok(401), Ok(404)].map(level), [Level::Ok; 3]);
        assert_eq!([Ok(502), Ok(503), Err("no certificate".to_owned())].map(level), [Level::Error; 3]);
    }

    #[test]
    fn backups_are_daily_and_none_is_kept_for_long() {
        let levels = |made: &[DateTime<Utc>]| backups(made, now()).iter().map(|f| f.level).collect::<Vec<_>>();
        assert_eq!(levels(&[]), [Level::Error]);
        assert_eq!(levels(&[ago(25), ago(49)]), [Level::Ok]);
        assert_eq!(levels(&[ago(27)]), [Level::Warning]);
        assert_eq!(levels(&[ago(24 * 8)]), [Level::Error]);
        assert_eq!(levels(&[ago(1), ago(24 * 31)]), [Level::Ok, Level::Warning]);
    }

    #[test]
    fn content_is_judged_as_check_judges_it() {
        assert_eq!(
            [(0, 0), (0, 2), (1, 0)].map(|(e, w)| content(e, w).level),
            [Level::Ok, Level::Warning, Level::Error]
        );
    }

    #[test]
    fn a_server_across_a_network_is_to_be_verified_and_its_password_is_not_repeated() {
        for (url, level) in [
            ("postgres://me:hunter2@localhost/tandem", Level::Ok),
            ("postgres://me:hunter2@db.example/tandem?sslmode=verify-full", Level::Ok),
            ("postgres:///tandem", Level::Ok),
            ("postgres://me:hunter2@db.example/tandem?sslmode=require", Level::Warning),
            ("postgres://db.example/tandem", Level::Warning),
        ] {
            let found = way_to_database(url);
            assert_eq!(found.level, level, "{url}");
            assert!(!found.says.contains("hunter2"));
        }
    }

    #[test]
    fn a_line_begins_with_how_bad_it_is() {
        assert_eq!(Finding::warning("clock", "late").to_string(), "warning  clock        late");
    }
}
