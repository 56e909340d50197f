//! All that is stored about a person, table by table, for that person.
//!
//! Owns: which table and column is given out, and for each that is not, why. A test compares both lists with the
//! schema, so a new column fails until somebody has decided. Nothing here is about anybody else. Does not know files.

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row};

use super::help::{CONTACT_OF, OF_THE_TWO};
use super::sealed::{
    ANSWER_TEXT, CONTACT, COVER_LINK, Column, DESK as DESK_TEXT, LETTER as LETTER_TEXT, LETTER_NAME, MIND, NEWS_ABOUT,
    NEWS_TEXT, ORGANISATION, PERSON_NAME, RATING_SENTENCE, ROUND_NAME,
};
use super::sets::args;
use super::sql::Sql;
use super::vault::Vault;
use super::{Result, Tx};
use crate::domain::ids::PersonId;

pub(super) const ALL: &[&Sql] = &[
    &PERSON,
    &CHAT,
    &DESK,
    &TRAINS,
    &SEAT,
    &TANDEM,
    &ENTRY,
    &CHANGE,
    &ABSENCE,
    &COVER,
    &STANDS_IN,
    &HELP,
    &ANSWER,
    &RATING,
    &MILESTONE,
    &RECALL,
    &OUTBOX,
    &SCREEN,
    &FEED,
    &FEED_EVENT,
    &SESSION,
    &DOWNLOAD,
    &LINK,
    &AUDIT,
    &CODE,
    &VOUCH,
    &WRITTEN,
    &READ,
    &LETTER,
    &WAITS,
    &CONTACT_OF,
    &SAID,
];

/// What of a table is given out.
#[derive(Debug)]
pub struct Export {
    /// What it is called in the file.
    pub name: &'static str,
    pub table: &'static str,
    /// Columns that hold instants, and those that hold JSON.
    pub instants: &'static [&'static str],
    pub json: &'static [&'static str],
    /// Columns that stay here, and why. The column `person_id` is the person, wherever it stands.
    pub hidden: &'static [(&'static str, &'static str)],
    sql: &'static Sql,
}

/// A value, as both databases know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Nothing,
    Number(i64),
    Text(String),
}

/// A row: columns with their values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record(pub Vec<(String, Cell)>);

/// What goes without saying on every line.
const PLAIN: Export = Export { name: "", table: "", instants: &[], json: &[], hidden: &[], sql: &PERSON };

const A_HASH: &str = "the hash of a secret says nothing about anybody";

/// What is given out.
pub const EXPORTED: &[Export] = &[
    Export { name: "person", table: "person", instants: &["made", "left_at"], json: &["prefs"], sql: &PERSON, ..PLAIN },
    Export { name: "chat", table: "chat", sql: &CHAT, ..PLAIN },
    Export { name: "desk", table: "trainer", json: &["desk", "digest"], sql: &DESK, ..PLAIN },
    Export { name: "rounds", table: "round_trainer", sql: &TRAINS, ..PLAIN },
    Export { name: "seats", table: "seat", json: &["mind"], sql: &SEAT, ..PLAIN },
    Export {
        name: "tandems",
        table: "tandem",
        instants: &["made"],
        hidden: &[
            ("terms", "when whoever has left was there; the promise's days stand in the settings"),
            ("told", "somebody else: the office that they stand for is given out"),
        ],
        sql: &TANDEM,
        ..PLAIN
    },
    Export { name: "hours", table: "entry", instants: &["made"], sql: &ENTRY, ..PLAIN },
    Export { name: "hours-changed", table: "entry_change", instants: &["at"], sql: &CHANGE, ..PLAIN },
    Export { name: "absences", table: "absence", sql: &ABSENCE, ..PLAIN },
    Export {
        name: "covers",
        table: "cover",
        json: &["given"],
        hidden: &[("helper", "who was asked is somebody else"), ("ticks", "what somebody else ticked")],
        sql: &COVER,
        ..PLAIN
    },
    Export {
        name: "standing-in",
        table: "cover",
        json: &["ticks"],
        hidden: &[
            ("helper", "the person"),
            ("given", "what somebody else ticked"),
            ("link", "what somebody else gave"),
        ],
        sql: &STANDS_IN,
        ..PLAIN
    },
    Export { name: "asked-to-help", table: "help", sql: &HELP, ..PLAIN },
    Export { name: "answers", table: "answer", instants: &["made"], json: &["chosen"], sql: &ANSWER, ..PLAIN },
    Export { name: "feedback", table: "rating", instants: &["made"], sql: &RATING, ..PLAIN },
    Export { name: "milestones", table: "milestone", instants: &["made"], sql: &MILESTONE, ..PLAIN },
    Export { name: "repeats", table: "recall", sql: &RECALL, ..PLAIN },
    Export {
        name: "messages",
        table: "outbox",
        instants: &["not_before", "expires", "made", "settled", "on_wire"],
        hidden: &[
            ("message", "its words come to the chat; until then they may name the other person"),
            ("occurrence", "a key, which may hold an id of somebody else"),
            ("id", "a key"),
            ("nth", "the order of a queue"),
            ("target", "the number of a message in the chat, as `message_id`"),
            ("lease", "which process has it in hand"),
            ("worker", "which process has it in hand"),
        ],
        sql: &OUTBOX,
        ..PLAIN
    },
    Export {
        name: "messages-in-the-chat",
        table: "said",
        instants: &["at"],
        hidden: &[("hour", "as `at`")],
        sql: &SAID,
        ..PLAIN
    },
    Export { name: "screens", table: "screen", sql: &SCREEN, ..PLAIN },
    Export {
        name: "calendar-link",
        table: "feed",
        instants: &["made"],
        hidden: &[("hash", A_HASH)],
        sql: &FEED,
        ..PLAIN
    },
    Export {
        name: "calendar-events",
        table: "feed_event",
        instants: &["changed"],
        hidden: &[("digest", "a hash")],
        sql: &FEED_EVENT,
        ..PLAIN
    },
    Export {
        name: "sessions",
        table: "session",
        instants: &["expires"],
        hidden: &[("hash", A_HASH)],
        sql: &SESSION,
        ..PLAIN
    },
    Export {
        name: "download-links",
        table: "download",
        instants: &["expires"],
        hidden: &[("hash", A_HASH)],
        sql: &DOWNLOAD,
        ..PLAIN
    },
    Export {
        name: "dashboard-links",
        table: "link",
        instants: &["expires"],
        hidden: &[("hash", A_HASH), ("subject", "the person")],
        sql: &LINK,
        ..PLAIN
    },
    Export { name: "deeds", table: "audit", instants: &["at"], sql: &AUDIT, ..PLAIN },
    Export { name: "licence-codes", table: "licence_code", hidden: &[("hash", A_HASH)], sql: &CODE, ..PLAIN },
    Export { name: "asked-trainers", table: "vouch", instants: &["asked"], sql: &VOUCH, ..PLAIN },
    Export {
        name: "announcements",
        table: "news",
        instants: &["at", "until", "by_then"],
        json: &["about"],
        sql: &WRITTEN,
        ..PLAIN
    },
    Export {
        name: "round-messages",
        table: "news_reader",
        hidden: &[("occurrence", "a key, which may hold an id of somebody else")],
        sql: &READ,
        ..PLAIN
    },
    Export { name: "letters", table: "letter", instants: &["made", "shown", "answered"], sql: &LETTER, ..PLAIN },
    Export { name: "waiting", table: "waiting", instants: &["made", "offered"], sql: &WAITS, ..PLAIN },
    Export { name: "contact-of", table: "tandem", hidden: OF_THE_TWO, sql: &CONTACT_OF, ..PLAIN },
];

/// Tables of which nothing is given out, and why.
pub const NOT_EXPORTED: &[(&str, &str)] = &[
    ("round", "about a course: its programme, its controller, nobody who takes part"),
    ("opinion", "what was answered in surveys that have closed; whose it was is known to nobody"),
    ("figure", "published figures, each over at least five people or tandems"),
    ("meeting", "about a round: a title, a place and a time that everybody in it is told"),
    ("week_total", "sums of two people; both see them under /hours"),
    ("week_close", "sums of two people; both see them under /hours"),
    ("shortfall", "said about the tandem; both see it under /hours"),
    ("due", "instants worked out from the settings; both see them under /calendar"),
    ("erased", "holds only hashes of people who are gone"),
    ("seen_update", "numbers of updates, of nobody"),
    ("unsay", "chats of people who are erased: nobody is left whose it is"),
    ("worker", "processes"),
    ("data_key", "names of keys, of nobody"),
];

const PERSON: Sql = Sql {
    question: "what is given out of a person's row",
    text: "SELECT id, name, lang, zone, reach, prefs, made, left_at FROM person WHERE id = $1",
};

const CHAT: Sql =
    Sql { question: "what is given out of a person's chat", text: "SELECT address FROM chat WHERE person_id = $1" };

const DESK: Sql = Sql {
    question: "what is given out of a trainer's desk",
    text: "SELECT desk, digest FROM trainer WHERE person_id = $1",
};

const TRAINS: Sql = Sql {
    question: "what is given out of the rounds somebody trains",
    text: "SELECT round_trainer.round_id, round.name AS round
        FROM round_trainer JOIN round ON round.id = round_trainer.round_id WHERE round_trainer.person_id = $1",
};

const SEAT: Sql = Sql {
    question: "what is given out of a person's seats",
    text: "SELECT tandem_id, role, mind, offers FROM seat WHERE person_id = $1 ORDER BY tandem_id",
};

/// The contact is named by the lead, so it is the lead's to take along.
const TANDEM: Sql = Sql {
    question: "what is given out of a person's tandems",
    text: "SELECT tandem.id, tandem.round_id, tandem.organisation,
            CASE WHEN seat.role = 'lead' THEN tandem.contact END AS contact, tandem.agreed, tandem.promise, tandem.phase,
            tandem.made
        FROM seat JOIN tandem ON tandem.id = seat.tandem_id WHERE seat.person_id = $1 ORDER BY tandem.id",
};

const ENTRY: Sql = Sql {
    question: "what is given out of a person's entries",
    text: "SELECT id, tandem_id, day, minutes, made FROM entry WHERE person_id = $1 ORDER BY day, id",
};

const CHANGE: Sql = Sql {
    question: "what is given out of a person's changes of entries",
    text: "SELECT id, entry_id, tandem_id, at, was_day, was_minutes, is_day, is_minutes, timing, last_day
        FROM entry_change WHERE person_id = $1 ORDER BY at, id",
};

const ABSENCE: Sql = Sql {
    question: "what is given out of a person's absences",
    text: "SELECT id, tandem_id, first, last, half, ending, phase FROM absence WHERE person_id = $1 ORDER BY first, id",
};

const COVER: Sql = Sql {
    question: "what is given out of the covers of a person's absences",
    text: "SELECT cover.id, cover.absence_id, cover.tandem_id, cover.first, cover.last, cover.half, cover.version,
            cover.phase, cover.given, cover.link
        FROM absence JOIN cover ON cover.absence_id = absence.id
        WHERE absence.person_id = $1 ORDER BY cover.first, cover.id",
};

const STANDS_IN: Sql = Sql {
    question: "what is given out of the covers that a person was asked for",
    text: "SELECT id, absence_id, tandem_id, first, last, half, version, phase, ticks
        FROM cover WHERE helper = $1 ORDER BY first, id",
};

const HELP: Sql = Sql {
    question: "what is given out of a person's help for other tandems",
    text: "SELECT cover_id, said FROM help WHERE person_id = $1 ORDER BY cover_id",
};

const ANSWER: Sql = Sql {
    question: "what is given out of a person's answers",
    text: "SELECT round_id, module, step, outcome, chosen, text, made FROM answer
        WHERE person_id = $1 ORDER BY made, module, step",
};

const RATING: Sql = Sql {
    question: "what is given out of a person's ratings",
    text: "SELECT round_id, module, question, choice, sentence, made FROM rating
        WHERE person_id = $1 ORDER BY made, module, question",
};

const MILESTONE: Sql = Sql {
    question: "what is given out of a person's milestones",
    text: "SELECT round_id, module, lesson, what, made FROM milestone
        WHERE person_id = $1 ORDER BY made, module, lesson, what",
};

const RECALL: Sql = Sql {
    question: "what is given out of a person's repeats",
    text: "SELECT round_id, module, step, stability, difficulty, reviewed, due FROM recall
        WHERE person_id = $1 ORDER BY due, module, step",
};

const OUTBOX: Sql = Sql {
    question: "what is given out of a person's messages",
    text: "SELECT kind, lane, slot, state, tries, not_before, expires, made, settled, on_wire, message_id FROM outbox
        WHERE person_id = $1 ORDER BY made, nth",
};

const SCREEN: Sql = Sql {
    question: "what is given out of a person's screens",
    text: "SELECT slot, message_id FROM screen WHERE person_id = $1 ORDER BY slot",
};

/// By the hours of two days and of their sweeping, since that is how they lie.
const SAID: Sql = Sql {
    question: "what is given out of the messages in a person's chat",
    text: "SELECT message_id, at FROM said WHERE person_id = $1 AND hour IN (
            WITH RECURSIVE hours(hour) AS (
                SELECT MAX(hour) FROM said UNION ALL SELECT hour - 1 FROM hours WHERE hour > (SELECT MAX(hour) - 75 FROM said))
            SELECT hour FROM hours)
        ORDER BY at, message_id",
};

const FEED: Sql =
    Sql { question: "what is given out of a person's feed", text: "SELECT made FROM feed WHERE person_id = $1" };

const FEED_EVENT: Sql = Sql {
    question: "what is given out of what a person's feed has said",
    text: "SELECT uid, sequence, changed, last FROM feed_event WHERE person_id = $1 ORDER BY last, uid",
};

const SESSION: Sql = Sql {
    question: "what is given out of a trainer's sessions",
    text: "SELECT expires FROM session WHERE person_id = $1 ORDER BY expires",
};

const DOWNLOAD: Sql = Sql {
    question: "what is given out of a person's links to downloads",
    text: "SELECT paper, tandem_id, expires FROM download WHERE person_id = $1 ORDER BY paper",
};

const LINK: Sql = Sql {
    question: "what is given out of a trainer's links",
    text: "SELECT purpose, uses_left, expires FROM link WHERE subject = $1 ORDER BY expires",
};

const AUDIT: Sql = Sql {
    question: "what is given out of a trainer's deeds",
    text: "SELECT at, role, action, subject FROM audit WHERE person_id = $1 ORDER BY at",
};

const CODE: Sql = Sql {
    question: "what is given out of the codes of a person's licences",
    text: "SELECT tandem_id FROM licence_code WHERE person_id = $1 ORDER BY tandem_id",
};

const VOUCH: Sql = Sql {
    question: "what is given out of a person's requests to trainers",
    text: "SELECT tandem_id, round_id, asked FROM vouch WHERE person_id = $1 ORDER BY asked, tandem_id",
};

const WRITTEN: Sql = Sql {
    question: "what is given out of what a person told rounds",
    text: "SELECT id, round_id, about, text, at, until, by_then, state, shared FROM news WHERE person_id = $1 ORDER BY at, id",
};

const READ: Sql = Sql {
    question: "what is given out of the news for a person",
    text: "SELECT news_id, kind FROM news_reader WHERE person_id = $1 ORDER BY news_id",
};

const LETTER: Sql = Sql {
    question: "what is given out of a person's letters to trainers",
    text: "SELECT id, round_id, purpose, name, text, made, shown, answered FROM letter
        WHERE person_id = $1 ORDER BY made, id",
};

const WAITS: Sql = Sql {
    question: "what is given out of where a person waits",
    text: "SELECT round_id, made, offered FROM waiting WHERE person_id = $1 ORDER BY made, round_id",
};

impl Tx {
    /// All that is stored about a person, in the order of [`EXPORTED`].
    pub async fn export(&mut self, person: &PersonId) -> Result<Vec<(&'static Export, Vec<Record>)>> {
        let mut all = Vec::with_capacity(EXPORTED.len());
        for export in EXPORTED {
            let mut records: Vec<Record> = self.rows(export.sql, args![person]).await?;
            for record in &mut records {
                record.open(export, person, &self.vault)?;
            }
            all.push((export, records));
        }
        Ok(all)
    }
}

impl Export {
    /// What is given out, as it is asked of the database.
    pub fn text(&self) -> &'static str {
        self.sql.text
    }
}

/// What is sealed in the database and given out in the open: export, column, and the columns that a text is bound to.
const SEALED: [(&str, &str, Column, &[&str]); 15] = [
    ("tandems", "organisation", ORGANISATION, &["id"]),
    ("tandems", "contact", CONTACT, &["id"]),
    ("contact-of", "organisation", ORGANISATION, &["id"]),
    ("contact-of", "contact", CONTACT, &["id"]),
    ("covers", "link", COVER_LINK, &["id"]),
    ("answers", "text", ANSWER_TEXT, &["person_id", "round_id", "module", "step"]),
    ("feedback", "sentence", RATING_SENTENCE, &["round_id", "module", "question"]),
    ("letters", "text", LETTER_TEXT, &["id"]),
    ("letters", "name", LETTER_NAME, &["id"]),
    ("person", "name", PERSON_NAME, &["id"]),
    ("desk", "desk", DESK_TEXT, &["person_id"]),
    ("rounds", "round", ROUND_NAME, &["round_id"]),
    ("seats", "mind", MIND, &["tandem_id", "role"]),
    ("announcements", "about", NEWS_ABOUT, &["id"]),
    ("announcements", "text", NEWS_TEXT, &["id"]),
];

impl Record {
    fn open(&mut self, export: &Export, person: &PersonId, vault: &Vault) -> Result<()> {
        for (_, name, column, bound) in SEALED.iter().filter(|(of, ..)| *of == export.name) {
            let row: Vec<String> = bound.iter().map(|key| self.key(key, person)).collect();
            let row: Vec<&str> = row.iter().map(String::as_str).collect();
            if let Some((_, Cell::Text(text))) = self.0.iter_mut().find(|(of, _)| of == name) {
                *text = vault.open(column.at(&row), text)?;
            }
        }
        Ok(())
    }

    fn key(&self, name: &str, person: &PersonId) -> String {
        match self.0.iter().find(|(of, _)| of == name) {
            Some((_, Cell::Text(text))) => text.clone(),
            _ => person.0.clone(),
        }
    }
}

/// There are two types in the database: what is no text is a number.
macro_rules! read {
    ($row:expr) => {{
        let mut cells = Vec::with_capacity($row.columns().len());
        for (nth, column) in $row.columns().iter().enumerate() {
            let cell = match $row.try_get::<Option<String>, _>(nth) {
                Ok(text) => text.map_or(Cell::Nothing, Cell::Text),
                Err(_) => $row.try_get::<Option<i64>, _>(nth)?.map_or(Cell::Nothing, Cell::Number),
            };
            cells.push((sqlx::Column::name(column).to_owned(), cell));
        }
        Ok(Record(cells))
    }};
}

impl FromRow<'_, SqliteRow> for Record {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        read!(row)
    }
}

impl FromRow<'_, PgRow> for Record {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        read!(row)
    }
}
