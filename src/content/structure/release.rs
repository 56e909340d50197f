//! The release rule: on which weekdays, and at which hour unless the person chose another.

use std::str::FromStr;

use chrono::{DateTime, Days};
use cron::Schedule;
use toml::Spanned;

use crate::content::place::Text;
use crate::domain::finding::{Code, Finding};

/// Checks the expression; gives the number of lesson days in a week if it can be used.
///
/// The `cron` crate counts weekdays from Sunday = 1 while most others begin with Monday or 0, so numbers are
/// refused. A lesson day has one lesson, so the time of day is one.
pub(super) fn check(text: &Text<'_>, release: &Spanned<String>, findings: &mut Vec<Finding>) -> Option<usize> {
    let at = release.span().start;
    let hint = "write second, minute, hour, day, month and weekdays: `0 0 10 * * Tue,Thu`";
    let fields: Vec<&str> = release.get_ref().split_whitespace().collect();
    let [second, minute, hour, _, _, weekdays] = fields[..] else {
        let message = format!("`release` has {} fields, it needs 6", fields.len());
        findings.push(text.error(Code::Setting, at, message).hint(hint));
        return None;
    };
    if weekdays.contains(|c: char| c.is_ascii_digit()) {
        findings.push(text.error(Code::Setting, at, "`release` names weekdays by number").hint("write `Tue,Thu`"));
        return None;
    }
    if [second, minute, hour].iter().any(|f| f.parse::<u8>().is_err()) {
        findings.push(text.error(Code::Setting, at, "`release` has more than one time of day").hint(hint));
        return None;
    }
    let schedule = match Schedule::from_str(release.get_ref()) {
        Ok(schedule) => schedule,
        Err(error) => {
            // The crate draws an arrow below the expression first; what it means stands in its last line.
            let error = error.to_string();
            let reason = error.lines().last().unwrap_or_default();
            findings
                .push(text.error(Code::Setting, at, format!("`release` is no cron expression: {reason}")).hint(hint));
            return None;
        }
    };
    let days = busiest_week(&schedule);
    if days == 0 {
        findings.push(text.error(Code::Setting, at, "`release` never comes").hint(hint));
        return None;
    }
    Some(days)
}

/// The most lesson days that any week of a good year has, weeks counted from the epoch (a Thursday, which does
/// not matter for the most).
fn busiest_week(schedule: &Schedule) -> usize {
    let start = DateTime::UNIX_EPOCH + Days::new(365 * 56);
    let end = start + Days::new(7 * 60);
    let mut counts = std::collections::BTreeMap::<i64, usize>::new();
    for day in schedule.after(&start).take_while(|d| *d < end) {
        *counts.entry(day.timestamp().div_euclid(7 * 86_400)).or_default() += 1;
    }
    counts.into_values().max().unwrap_or(0)
}
