//! What is too old, by kind: how many there are, and what goes.
//!
//! Owns: the statements of the retention table's lines. Does not know how long anything is kept.

use super::sql::Sql;

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
    &OLD_LINKS,
    &DROP_LINKS,
    &OLD_SESSIONS,
    &DROP_OLD_SESSIONS,
    &OLD_FEED_EVENTS,
    &DROP_FEED_EVENTS,
    &OLD_NEWS,
    &DROP_OLD_READERS,
    &DROP_OLD_NEWS,
    &OLD_LETTERS,
    &DROP_OLD_LETTERS,
    &OLD_MEETINGS,
    &DROP_OLD_MEETINGS,
    &OLD_WAITING,
    &DROP_OLD_WAITING,
    &OLD_DEEDS,
    &DROP_DEEDS,
    &OLD_ERASED,
    &DROP_ERASED,
];

pub(super) const OLD_ENTRIES: Sql =
    Sql { question: "how many entries are too old", text: "SELECT COUNT(*) FROM entry WHERE day < $1" };

pub(super) const OLD_MINUTES: Sql = Sql {
    question: "what entries that are too old add up to",
    text: "SELECT tandem_id, day, minutes FROM entry WHERE day < $1",
};

pub(super) const KEEP_WEEK_TOTALS: Sql = Sql {
    question: "weekly totals",
    text: "WITH v(tandem_id, week, minutes) AS ({rows:3})
        INSERT INTO week_total (tandem_id, week, minutes)
        SELECT tandem_id, week, minutes FROM v WHERE tandem_id IS NOT NULL
        ON CONFLICT (tandem_id, week) DO UPDATE SET minutes = week_total.minutes + excluded.minutes",
};

pub(super) const DROP_ENTRIES: Sql =
    Sql { question: "entries that are too old, to drop", text: "DELETE FROM entry WHERE day < $1" };

pub(super) const OLD_CHANGES: Sql = Sql {
    question: "how many changes of entries are too old",
    text: "SELECT COUNT(*) FROM entry_change WHERE last_day < $1",
};

pub(super) const DROP_CHANGES: Sql = Sql {
    question: "changes of entries that are too old, to drop",
    text: "DELETE FROM entry_change WHERE last_day < $1",
};

pub(super) const OLD_CLOSINGS: Sql =
    Sql { question: "how many settled weeks are too old", text: "SELECT COUNT(*) FROM week_close WHERE week < $1" };

pub(super) const DROP_CLOSINGS: Sql =
    Sql { question: "settled weeks that are too old, to drop", text: "DELETE FROM week_close WHERE week < $1" };

pub(super) const OLD_SHORTFALLS: Sql = Sql {
    question: "how many reasons for missing hours are too old",
    text: "SELECT COUNT(*) FROM shortfall WHERE week < $1",
};

pub(super) const DROP_SHORTFALLS: Sql = Sql {
    question: "reasons for missing hours that are too old, to drop",
    text: "DELETE FROM shortfall WHERE week < $1",
};

pub(super) const OLD_TOTALS: Sql =
    Sql { question: "how many weekly totals are too old", text: "SELECT COUNT(*) FROM week_total WHERE week < $1" };

pub(super) const DROP_TOTALS: Sql =
    Sql { question: "weekly totals that are too old, to drop", text: "DELETE FROM week_total WHERE week < $1" };

pub(super) const OLD_HANDOVERS: Sql = Sql {
    question: "how many hand-overs are over",
    text: "SELECT COUNT(*) FROM cover WHERE last < $1 AND (ticks <> '[]' OR given <> '[]' OR link IS NOT NULL)",
};

pub(super) const DROP_HANDOVERS: Sql = Sql {
    question: "ticks and addresses of hand-overs that are over, to drop",
    text: "UPDATE cover SET ticks = '[]', given = '[]', link = NULL
        WHERE last < $1 AND (ticks <> '[]' OR given <> '[]' OR link IS NOT NULL)",
};

pub(super) const DROP_OLD_HELP: Sql = Sql {
    question: "who was asked to help in absences that are too old, to drop",
    text: "DELETE FROM help WHERE cover_id IN (SELECT cover.id FROM absence JOIN cover ON cover.absence_id = absence.id
        WHERE absence.last < $1)",
};

pub(super) const OLD_ABSENCES: Sql =
    Sql { question: "how many absences are too old", text: "SELECT COUNT(*) FROM absence WHERE last < $1" };

pub(super) const DROP_OLD_COVERS: Sql = Sql {
    question: "covers of absences that are too old, to drop",
    text: "DELETE FROM cover WHERE absence_id IN (SELECT id FROM absence WHERE last < $1)",
};

pub(super) const DROP_ABSENCES: Sql =
    Sql { question: "absences that are too old, to drop", text: "DELETE FROM absence WHERE last < $1" };

pub(super) const OLD_MESSAGES: Sql = Sql {
    question: "how many messages are too old",
    text: "SELECT COUNT(*) FROM outbox WHERE settled < $1 AND NOT (kind = 'lesson' AND state = 'sent')",
};

pub(super) const DROP_MESSAGES: Sql = Sql {
    question: "messages that are too old, to drop",
    text: "DELETE FROM outbox WHERE settled < $1 AND NOT (kind = 'lesson' AND state = 'sent')",
};

pub(super) const OLD_LESSONS: Sql =
    Sql { question: "how many sent lessons are too old", text: "SELECT COUNT(*) FROM outbox WHERE settled < $1" };

pub(super) const DROP_LESSONS: Sql =
    Sql { question: "sent lessons that are too old, to drop", text: "DELETE FROM outbox WHERE settled < $1" };

pub(super) const OLD_UPDATES: Sql =
    Sql { question: "how many update numbers are too old", text: "SELECT COUNT(*) FROM seen_update WHERE at < $1" };

pub(super) const DROP_UPDATES: Sql =
    Sql { question: "update numbers that are too old, to drop", text: "DELETE FROM seen_update WHERE at < $1" };

pub(super) const OLD_LINKS: Sql =
    Sql { question: "how many links are over", text: "SELECT COUNT(*) FROM link WHERE expires < $1" };

pub(super) const DROP_LINKS: Sql =
    Sql { question: "links that are over, to drop", text: "DELETE FROM link WHERE expires < $1" };

pub(super) const OLD_SESSIONS: Sql =
    Sql { question: "how many sessions are over", text: "SELECT COUNT(*) FROM session WHERE expires < $1" };

pub(super) const DROP_OLD_SESSIONS: Sql =
    Sql { question: "sessions that are over, to drop", text: "DELETE FROM session WHERE expires < $1" };

pub(super) const OLD_FEED_EVENTS: Sql =
    Sql { question: "how many calendar events are over", text: "SELECT COUNT(*) FROM feed_event WHERE last < $1" };

pub(super) const DROP_FEED_EVENTS: Sql =
    Sql { question: "calendar events that are over, to drop", text: "DELETE FROM feed_event WHERE last < $1" };

pub(super) const OLD_NEWS: Sql =
    Sql { question: "how many news are too old", text: "SELECT COUNT(*) FROM news WHERE at < $1" };

pub(super) const DROP_OLD_READERS: Sql = Sql {
    question: "whom news that are too old were for, to drop",
    text: "DELETE FROM news_reader WHERE news_id IN (SELECT id FROM news WHERE at < $1)",
};

pub(super) const DROP_OLD_NEWS: Sql =
    Sql { question: "news that are too old, to drop", text: "DELETE FROM news WHERE at < $1" };

pub(super) const OLD_LETTERS: Sql =
    Sql { question: "how many letters are too old", text: "SELECT COUNT(*) FROM letter WHERE made < $1" };

pub(super) const DROP_OLD_LETTERS: Sql =
    Sql { question: "letters that are too old, to drop", text: "DELETE FROM letter WHERE made < $1" };

pub(super) const OLD_MEETINGS: Sql =
    Sql { question: "how many meetings are long over", text: "SELECT COUNT(*) FROM meeting WHERE starts < $1" };

pub(super) const DROP_OLD_MEETINGS: Sql =
    Sql { question: "meetings that are long over, to drop", text: "DELETE FROM meeting WHERE starts < $1" };

pub(super) const OLD_WAITING: Sql =
    Sql { question: "how many have waited too long for a place", text: "SELECT COUNT(*) FROM waiting WHERE made < $1" };

pub(super) const DROP_OLD_WAITING: Sql =
    Sql { question: "who has waited too long for a place, to drop", text: "DELETE FROM waiting WHERE made < $1" };

pub(super) const OLD_DEEDS: Sql = Sql {
    question: "how many deeds of operators and trainers are too old",
    text: "SELECT COUNT(*) FROM audit WHERE at < $1",
};

pub(super) const DROP_DEEDS: Sql = Sql {
    question: "deeds of operators and trainers that are too old, to drop",
    text: "DELETE FROM audit WHERE at < $1",
};

pub(super) const OLD_ERASED: Sql =
    Sql { question: "how many were erased long ago", text: "SELECT COUNT(*) FROM erased WHERE day < $1" };

pub(super) const DROP_ERASED: Sql =
    Sql { question: "that somebody was erased long ago, to drop", text: "DELETE FROM erased WHERE day < $1" };
