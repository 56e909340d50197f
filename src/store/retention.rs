//! How long things are kept, as a table, and the sweep that keeps to it.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::downloads::{DROP_OLD_DOWNLOADS, OLD_DOWNLOADS};
use super::erased::ERASED_DAYS;
use super::left::OLD_PEOPLE;
use super::licences::{DROP_OLD_VOUCHES, OLD_VOUCHES};
use super::sets::{Arg, args};
use super::sql::Sql;
use super::{Result, Tx, codec};

pub(super) const ALL: &[&Sql] = &[
    &OLD_ENTRIES,
    &OLD_MINUTES,
    &KEEP_WEEK_TOTALS,
    &DROP_ENTRIES,
    &OLD_CHANGES,
    &DROP_CHANGES,
    &OLD_TOTALS,
    &DROP_TOTALS,
    &OLD_CLOSINGS,
    &DROP_CLOSINGS,
    &OLD_SHORTFALLS,
    &DROP_SHORTFALLS,
    &OLD_HANDOVERS,
    &DROP_HANDOVERS,
    &OLD_ABSENCES,
    &DROP_OLD_HELP,
    &DROP_OLD_COVERS,
    &DROP_ABSENCES,
    &OLD_MESSAGES,
    &DROP_MESSAGES,
    &OLD_LESSONS,
    &DROP_LESSONS,
    &OLD_UPDATES,
    &DROP_UPDATES,
    &OLD_SENTENCES,
    &DROP_SENTENCES,
    &OLD_LINKS,
    &DROP_LINKS,
    &OLD_SESSIONS,
    &DROP_OLD_SESSIONS,
    &OLD_FEED_EVENTS,
    &DROP_FEED_EVENTS,
    &OLD_RECALL,
    &DROP_RECALL,
    &OLD_DEEDS,
    &DROP_DEEDS,
    &OLD_ERASED,
    &DROP_ERASED,
];

/// One line of the retention table.
#[derive(Debug)]
pub struct Keep {
    pub what: &'static str,
    /// Days since the thing was over.
    pub days: u64,
    cut: Cut,
    remains: Remains,
    /// How many are older.
    count: &'static Sql,
    /// What goes, in this order; the last one is what `count` counts.
    drop: &'static [&'static Sql],
}

/// What a row's age is measured by.
#[derive(Clone, Copy, Debug)]
enum Cut {
    Instant,
    Day,
    /// A day, by whole ISO weeks that have been closed since.
    ClosedWeek,
}

/// What is left of a thing that goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Remains {
    Nothing,
    WeekTotal,
    /// Of a person: what is left of anybody who has everything erased.
    Minutes,
}

/// A week is open for another seven days after its Sunday, for late entries.
const GRACE_DAYS: u64 = 7;

/// How long what is kept. (Three months are 92 days at most, a year 366.)
pub const RETENTION: &[Keep] = &[
    Keep {
        what: "entries",
        days: 92,
        cut: Cut::ClosedWeek,
        remains: Remains::WeekTotal,
        count: &OLD_ENTRIES,
        drop: &[&DROP_ENTRIES],
    },
    Keep {
        what: "changes of entries",
        days: 92,
        cut: Cut::ClosedWeek,
        remains: Remains::Nothing,
        count: &OLD_CHANGES,
        drop: &[&DROP_CHANGES],
    },
    Keep {
        what: "weekly totals",
        days: 92 + 366,
        cut: Cut::ClosedWeek,
        remains: Remains::Nothing,
        count: &OLD_TOTALS,
        drop: &[&DROP_TOTALS],
    },
    Keep {
        what: "settled weeks",
        days: 92 + 366,
        cut: Cut::ClosedWeek,
        remains: Remains::Nothing,
        count: &OLD_CLOSINGS,
        drop: &[&DROP_CLOSINGS],
    },
    Keep {
        what: "reasons for missing hours",
        days: 92 + 366,
        cut: Cut::ClosedWeek,
        remains: Remains::Nothing,
        count: &OLD_SHORTFALLS,
        drop: &[&DROP_SHORTFALLS],
    },
    Keep {
        what: "hand-overs",
        days: 7,
        cut: Cut::Day,
        remains: Remains::Nothing,
        count: &OLD_HANDOVERS,
        drop: &[&DROP_HANDOVERS],
    },
    Keep {
        what: "absences",
        days: 30,
        cut: Cut::Day,
        remains: Remains::Nothing,
        count: &OLD_ABSENCES,
        drop: &[&DROP_OLD_HELP, &DROP_OLD_COVERS, &DROP_ABSENCES],
    },
    Keep {
        what: "messages",
        days: 30,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_MESSAGES,
        drop: &[&DROP_MESSAGES],
    },
    // Without their words; a lesson that was sent is counted until its round is over, and never sent again.
    Keep {
        what: "lessons sent",
        days: 366,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_LESSONS,
        drop: &[&DROP_LESSONS],
    },
    Keep {
        what: "update numbers",
        days: 2,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_UPDATES,
        drop: &[&DROP_UPDATES],
    },
    Keep {
        what: "comments",
        days: 92,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_SENTENCES,
        drop: &[&DROP_SENTENCES],
    },
    // Whoever comes late is told that the link is over, rather than that there was none.
    Keep {
        // For a while whoever comes too late is told so. A hash says nothing about anybody.
        what: "links",
        days: 30,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_LINKS,
        drop: &[&DROP_LINKS],
    },
    Keep {
        what: "sessions",
        days: 1,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_SESSIONS,
        drop: &[&DROP_OLD_SESSIONS],
    },
    Keep {
        what: "download links",
        days: 1,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_DOWNLOADS,
        drop: &[&DROP_OLD_DOWNLOADS],
    },
    // Whoever was not answered in three months asks again.
    Keep {
        what: "requests to confirm",
        days: 92,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_VOUCHES,
        drop: &[&DROP_OLD_VOUCHES],
    },
    // Longer than a feed speaks of what is over (`domain::feed`): a number that it shows is never counted anew.
    Keep {
        what: "calendar events",
        days: 30,
        cut: Cut::Day,
        remains: Remains::Nothing,
        count: &OLD_FEED_EVENTS,
        drop: &[&DROP_FEED_EVENTS],
    },
    // Twice the longest pause for law, and some weeks.
    Keep {
        what: "repeats",
        days: 400,
        cut: Cut::Day,
        remains: Remains::Nothing,
        count: &OLD_RECALL,
        drop: &[&DROP_RECALL],
    },
    // Whoever left without erasing, and has sat nowhere since.
    Keep {
        what: "people who have left",
        days: 92,
        cut: Cut::Instant,
        remains: Remains::Minutes,
        count: &OLD_PEOPLE,
        drop: &[],
    },
    Keep {
        what: "audit log",
        days: 366,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_DEEDS,
        drop: &[&DROP_DEEDS],
    },
    Keep {
        what: "erased",
        days: ERASED_DAYS,
        cut: Cut::Day,
        remains: Remains::Nothing,
        count: &OLD_ERASED,
        drop: &[&DROP_ERASED],
    },
];

const OLD_ENTRIES: Sql =
    Sql { question: "how many entries are too old", text: "SELECT COUNT(*) FROM entry WHERE day < $1" };

const OLD_MINUTES: Sql = Sql {
    question: "what entries that are too old add up to",
    text: "SELECT tandem_id, day, minutes FROM entry WHERE day < $1",
};

const KEEP_WEEK_TOTALS: Sql = Sql {
    question: "weekly totals",
    text: "WITH v(tandem_id, week, minutes) AS ({rows:3})
        INSERT INTO week_total (tandem_id, week, minutes)
        SELECT tandem_id, week, minutes FROM v WHERE tandem_id IS NOT NULL
        ON CONFLICT (tandem_id, week) DO UPDATE SET minutes = week_total.minutes + excluded.minutes",
};

const DROP_ENTRIES: Sql =
    Sql { question: "entries that are too old, to drop", text: "DELETE FROM entry WHERE day < $1" };

const OLD_CHANGES: Sql = Sql {
    question: "how many changes of entries are too old",
    text: "SELECT COUNT(*) FROM entry_change WHERE last_day < $1",
};

const DROP_CHANGES: Sql = Sql {
    question: "changes of entries that are too old, to drop",
    text: "DELETE FROM entry_change WHERE last_day < $1",
};

const OLD_CLOSINGS: Sql =
    Sql { question: "how many settled weeks are too old", text: "SELECT COUNT(*) FROM week_close WHERE week < $1" };

const DROP_CLOSINGS: Sql =
    Sql { question: "settled weeks that are too old, to drop", text: "DELETE FROM week_close WHERE week < $1" };

const OLD_SHORTFALLS: Sql = Sql {
    question: "how many reasons for missing hours are too old",
    text: "SELECT COUNT(*) FROM shortfall WHERE week < $1",
};

const DROP_SHORTFALLS: Sql = Sql {
    question: "reasons for missing hours that are too old, to drop",
    text: "DELETE FROM shortfall WHERE week < $1",
};

const OLD_TOTALS: Sql =
    Sql { question: "how many weekly totals are too old", text: "SELECT COUNT(*) FROM week_total WHERE week < $1" };

const DROP_TOTALS: Sql =
    Sql { question: "weekly totals that are too old, to drop", text: "DELETE FROM week_total WHERE week < $1" };

const OLD_HANDOVERS: Sql = Sql {
    question: "how many hand-overs are over",
    text: "SELECT COUNT(*) FROM cover WHERE last < $1 AND (ticks <> '[]' OR given <> '[]' OR link IS NOT NULL)",
};

const DROP_HANDOVERS: Sql = Sql {
    question: "ticks and addresses of hand-overs that are over, to drop",
    text: "UPDATE cover SET ticks = '[]', given = '[]', link = NULL
        WHERE last < $1 AND (ticks <> '[]' OR given <> '[]' OR link IS NOT NULL)",
};

const DROP_OLD_HELP: Sql = Sql {
    question: "who was asked to help in absences that are too old, to drop",
    text: "DELETE FROM help WHERE cover_id IN (SELECT cover.id FROM absence JOIN cover ON cover.absence_id = absence.id
        WHERE absence.last < $1)",
};

const OLD_ABSENCES: Sql =
    Sql { question: "how many absences are too old", text: "SELECT COUNT(*) FROM absence WHERE last < $1" };

const DROP_OLD_COVERS: Sql = Sql {
    question: "covers of absences that are too old, to drop",
    text: "DELETE FROM cover WHERE absence_id IN (SELECT id FROM absence WHERE last < $1)",
};

const DROP_ABSENCES: Sql =
    Sql { question: "absences that are too old, to drop", text: "DELETE FROM absence WHERE last < $1" };

const OLD_MESSAGES: Sql = Sql {
    question: "how many messages are too old",
    text: "SELECT COUNT(*) FROM outbox WHERE settled < $1 AND NOT (kind = 'lesson' AND state = 'sent')",
};

const DROP_MESSAGES: Sql = Sql {
    question: "messages that are too old, to drop",
    text: "DELETE FROM outbox WHERE settled < $1 AND NOT (kind = 'lesson' AND state = 'sent')",
};

const OLD_LESSONS: Sql =
    Sql { question: "how many sent lessons are too old", text: "SELECT COUNT(*) FROM outbox WHERE settled < $1" };

const DROP_LESSONS: Sql =
    Sql { question: "sent lessons that are too old, to drop", text: "DELETE FROM outbox WHERE settled < $1" };

const OLD_UPDATES: Sql =
    Sql { question: "how many update numbers are too old", text: "SELECT COUNT(*) FROM seen_update WHERE at < $1" };

const DROP_UPDATES: Sql =
    Sql { question: "update numbers that are too old, to drop", text: "DELETE FROM seen_update WHERE at < $1" };

const OLD_SENTENCES: Sql = Sql {
    question: "how many comments are too old",
    text: "SELECT COUNT(*) FROM rating WHERE sentence IS NOT NULL AND made < $1",
};

const DROP_SENTENCES: Sql = Sql {
    question: "comments that are too old, to drop",
    text: "UPDATE rating SET sentence = NULL WHERE sentence IS NOT NULL AND made < $1",
};

const OLD_LINKS: Sql =
    Sql { question: "how many links are over", text: "SELECT COUNT(*) FROM link WHERE expires < $1" };

const DROP_LINKS: Sql = Sql { question: "links that are over, to drop", text: "DELETE FROM link WHERE expires < $1" };

const OLD_SESSIONS: Sql =
    Sql { question: "how many sessions are over", text: "SELECT COUNT(*) FROM session WHERE expires < $1" };

const DROP_OLD_SESSIONS: Sql =
    Sql { question: "sessions that are over, to drop", text: "DELETE FROM session WHERE expires < $1" };

const OLD_FEED_EVENTS: Sql =
    Sql { question: "how many calendar events are over", text: "SELECT COUNT(*) FROM feed_event WHERE last < $1" };

const DROP_FEED_EVENTS: Sql =
    Sql { question: "calendar events that are over, to drop", text: "DELETE FROM feed_event WHERE last < $1" };

const OLD_RECALL: Sql = Sql {
    question: "how many questions were answered too long ago to come again",
    text: "SELECT COUNT(*) FROM recall WHERE reviewed < $1",
};

const DROP_RECALL: Sql = Sql {
    question: "questions that were answered too long ago to come again, to drop",
    text: "DELETE FROM recall WHERE reviewed < $1",
};

const OLD_DEEDS: Sql = Sql {
    question: "how many deeds of operators and trainers are too old",
    text: "SELECT COUNT(*) FROM audit WHERE at < $1",
};

const DROP_DEEDS: Sql = Sql {
    question: "deeds of operators and trainers that are too old, to drop",
    text: "DELETE FROM audit WHERE at < $1",
};

const OLD_ERASED: Sql =
    Sql { question: "how many were erased long ago", text: "SELECT COUNT(*) FROM erased WHERE day < $1" };

const DROP_ERASED: Sql =
    Sql { question: "that somebody was erased long ago, to drop", text: "DELETE FROM erased WHERE day < $1" };

impl Tx {
    /// Drops what is kept long enough and says how many of what; in a dry run it only counts.
    pub async fn purge(&mut self, now: DateTime<Utc>, dry_run: bool) -> Result<Vec<(&'static str, u64)>> {
        let mut dropped = Vec::with_capacity(RETENTION.len());
        for keep in RETENTION {
            let cut = keep.before(now);
            let old: Option<(i64,)> = self.row(keep.count, vec![cut.clone()]).await?;
            let old = old.and_then(|(count,)| u64::try_from(count).ok()).unwrap_or(0);
            if old > 0 && !dry_run {
                match keep.remains {
                    Remains::Nothing => {}
                    Remains::WeekTotal => self.total(cut.clone()).await?,
                    Remains::Minutes => self.erase_left(cut.clone(), now).await?,
                }
                for sql in keep.drop {
                    self.run(sql, vec![cut.clone()]).await?;
                }
            }
            dropped.push((keep.what, old));
        }
        if !dry_run {
            self.relist(now).await?;
        }
        Ok(dropped)
    }

    /// What remains of entries is a total for each tandem and week.
    async fn total(&mut self, cut: Arg) -> Result<()> {
        let days: Vec<(String, String, i64)> = self.rows(&OLD_MINUTES, vec![cut]).await?;
        let mut weeks: BTreeMap<(String, NaiveDate), i64> = BTreeMap::new();
        for (tandem, day, minutes) in days {
            *weeks.entry((tandem, monday(codec::day(&day)?))).or_default() += minutes;
        }
        let rows = weeks.into_iter().map(|((tandem, week), minutes)| args![tandem, week, minutes]);
        self.run_rows(&KEEP_WEEK_TOTALS, args![], rows).await?;
        Ok(())
    }
}

impl Keep {
    /// What the days are counted from.
    pub fn since(&self) -> &'static str {
        match self.cut {
            Cut::Instant => "it was over",
            Cut::Day => "the last day of it",
            Cut::ClosedWeek => "its week was closed",
        }
    }

    /// What is older than this is dropped.
    fn before(&self, now: DateTime<Utc>) -> Arg {
        let day = |days: u64| now.date_naive().checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN);
        match self.cut {
            Cut::Instant => now.checked_sub_days(Days::new(self.days)).unwrap_or(DateTime::<Utc>::MIN_UTC).into(),
            Cut::Day => day(self.days).into(),
            Cut::ClosedWeek => monday(day(self.days + GRACE_DAYS)).into(),
        }
    }
}

/// The Monday of a day's ISO week.
fn monday(day: NaiveDate) -> NaiveDate {
    day.week(chrono::Weekday::Mon).checked_first_day().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn only_whole_weeks_that_have_been_closed_for_three_months_become_totals() {
        // The week of Monday, 3 August 2026 closes on Sunday, 16 August; 92 days later is 16 November.
        let before = |day| RETENTION[0].before(Utc.with_ymd_and_hms(2026, 11, day, 9, 0, 0).unwrap());
        assert_eq!(before(22), Arg::from(NaiveDate::from_ymd_opt(2026, 8, 10).unwrap()));
        assert_eq!(before(15), Arg::from(NaiveDate::from_ymd_opt(2026, 8, 3).unwrap()));
    }

    #[test]
    fn every_line_of_the_table_has_its_own_name() {
        let mut names: Vec<_> = RETENTION.iter().map(|keep| keep.what).collect();
        names.dedup();
        assert_eq!(names.len(), RETENTION.len());
    }
}
