//! How long things are kept, as a table, and the sweep that keeps to it.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::downloads::{DROP_OLD_DOWNLOADS, OLD_DOWNLOADS};
use super::erased::ERASED_DAYS;
use super::left::OLD_PEOPLE;
use super::licences::{DROP_OLD_VOUCHES, OLD_VOUCHES};
use super::old::{
    DROP_ABSENCES, DROP_CHANGES, DROP_CLOSINGS, DROP_DEEDS, DROP_ENTRIES, DROP_ERASED, DROP_FEED_EVENTS,
    DROP_HANDOVERS, DROP_LESSONS, DROP_LINKS, DROP_MESSAGES, DROP_OLD_COVERS, DROP_OLD_HELP, DROP_OLD_LETTERS,
    DROP_OLD_MEETINGS, DROP_OLD_NEWS, DROP_OLD_READERS, DROP_OLD_SESSIONS, DROP_OLD_WAITING, DROP_SHORTFALLS,
    DROP_TOTALS, DROP_UPDATES, KEEP_WEEK_TOTALS, OLD_ABSENCES, OLD_CHANGES, OLD_CLOSINGS, OLD_DEEDS, OLD_ENTRIES,
    OLD_ERASED, OLD_FEED_EVENTS, OLD_HANDOVERS, OLD_LESSONS, OLD_LETTERS, OLD_LINKS, OLD_MEETINGS, OLD_MESSAGES,
    OLD_MINUTES, OLD_NEWS, OLD_SESSIONS, OLD_SHORTFALLS, OLD_TOTALS, OLD_UPDATES, OLD_WAITING,
};
use super::publish::{
    DROP_FIGURES, DROP_OPINIONS, DROP_RATINGS, DROP_SENTENCES, OLD_FIGURES, OLD_OPINIONS, OLD_RATINGS, OLD_SENTENCES,
};
use super::recall::{DROP_OLD_RECALL, OLD_RECALL};
use super::said::{DROP_OLD_SAID, DROP_OLD_UNSAY, OLD_SAID, OLD_UNSAY, hour};
use super::sets::{Arg, args};
use super::sql::Sql;
use super::{Result, Tx, codec};

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
    /// Whole hours since 1970.
    Hour,
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
    // Those of a questionnaire that never closes, because its round was never started or has been left alone.
    Keep {
        what: "unpublished feedback",
        days: 366,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_RATINGS,
        drop: &[&DROP_RATINGS],
    },
    Keep {
        what: "comments",
        days: 92,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_SENTENCES,
        drop: &[&DROP_SENTENCES],
    },
    // Nobody's any more, and kept so that rounds can be compared.
    Keep {
        what: "published feedback",
        days: 3 * 366,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_OPINIONS,
        drop: &[&DROP_OPINIONS],
    },
    Keep {
        what: "published figures",
        days: 3 * 366,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_FIGURES,
        drop: &[&DROP_FIGURES],
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
        drop: &[&DROP_OLD_RECALL],
    },
    // As long as the messages that brought them.
    Keep {
        what: "news",
        days: 30,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_NEWS,
        drop: &[&DROP_OLD_READERS, &DROP_OLD_NEWS],
    },
    Keep {
        what: "letters",
        days: 92,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_LETTERS,
        drop: &[&DROP_OLD_LETTERS],
    },
    Keep {
        what: "meetings",
        days: 30,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_MEETINGS,
        drop: &[&DROP_OLD_MEETINGS],
    },
    Keep {
        what: "waiting lists",
        days: 92,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_WAITING,
        drop: &[&DROP_OLD_WAITING],
    },
    // As long as Telegram lets a bot delete them (`said`). While the program is in use they go by the hour.
    Keep {
        what: "numbers of messages",
        days: 2,
        cut: Cut::Hour,
        remains: Remains::Nothing,
        count: &OLD_SAID,
        drop: &[&DROP_OLD_SAID],
    },
    Keep {
        what: "chats to be emptied",
        days: 2,
        cut: Cut::Instant,
        remains: Remains::Nothing,
        count: &OLD_UNSAY,
        drop: &[&DROP_OLD_UNSAY],
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
            Cut::Instant | Cut::Hour => "it was over",
            Cut::Day => "the last day of it",
            Cut::ClosedWeek => "its week was closed",
        }
    }

    /// What is older than this is dropped.
    fn before(&self, now: DateTime<Utc>) -> Arg {
        let day = |days: u64| now.date_naive().checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN);
        match self.cut {
            Cut::Instant => self.instant_before(now).into(),
            Cut::Hour => hour(self.instant_before(now)).into(),
            Cut::Day => day(self.days).into(),
            Cut::ClosedWeek => monday(day(self.days + GRACE_DAYS)).into(),
        }
    }

    fn instant_before(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now.checked_sub_days(Days::new(self.days)).unwrap_or(DateTime::<Utc>::MIN_UTC)
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
