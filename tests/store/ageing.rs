//! A database that has lived for years: after the purge nothing is older than its period, and no table was forgotten.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};
use tandem::store::{Db, migrator};

use crate::given::*;

/// What has a period: its table, the oldest day in it, and how many days old that may be (a week's worth of days more
/// where whole weeks are counted, seven more until a week is closed).
const KEPT: [(&str, &str, i64); 29] = [
    ("entry", "SELECT MIN(day) FROM entry", 92 + 7 + 6),
    ("week_total", "SELECT MIN(week) FROM week_total", 92 + 366 + 7 + 6),
    ("absence", "SELECT MIN(last) FROM absence", 30),
    ("cover", "SELECT MIN(last) FROM cover", 30),
    ("outbox", "SELECT date(MIN(settled) / 1000000, 'unixepoch') FROM outbox WHERE kind <> 'lesson'", 30),
    ("outbox", "SELECT date(MIN(settled) / 1000000, 'unixepoch') FROM outbox WHERE kind = 'lesson'", 366),
    ("seen_update", "SELECT date(MIN(at) / 1000000, 'unixepoch') FROM seen_update", 2),
    ("rating", "SELECT date(MIN(made) / 1000000, 'unixepoch') FROM rating", 366),
    ("opinion", "SELECT date(MIN(closed) / 1000000, 'unixepoch') FROM opinion WHERE sentence IS NOT NULL", 92),
    ("opinion", "SELECT date(MIN(closed) / 1000000, 'unixepoch') FROM opinion WHERE choice IS NOT NULL", 3 * 366),
    ("figure", "SELECT date(MIN(made) / 1000000, 'unixepoch') FROM figure", 3 * 366),
    ("link", "SELECT date(MIN(expires) / 1000000, 'unixepoch') FROM link", 30),
    ("audit", "SELECT date(MIN(at) / 1000000, 'unixepoch') FROM audit", 366),
    ("erased", "SELECT MIN(day) FROM erased", 92),
    ("entry_change", "SELECT MIN(last_day) FROM entry_change", 92 + 7 + 6),
    ("week_close", "SELECT MIN(week) FROM week_close", 92 + 366 + 7 + 6),
    ("shortfall", "SELECT MIN(week) FROM shortfall", 92 + 366 + 7 + 6),
    ("session", "SELECT date(MIN(expires) / 1000000, 'unixepoch') FROM session", 1),
    ("download", "SELECT date(MIN(expires) / 1000000, 'unixepoch') FROM download", 1),
    ("vouch", "SELECT date(MIN(asked) / 1000000, 'unixepoch') FROM vouch", 92),
    ("feed_event", "SELECT MIN(last) FROM feed_event", 30),
    ("recall", "SELECT MIN(reviewed) FROM recall", 400),
    ("news", "SELECT date(MIN(at) / 1000000, 'unixepoch') FROM news", 30),
    ("letter", "SELECT date(MIN(made) / 1000000, 'unixepoch') FROM letter", 92),
    ("meeting", "SELECT date(MIN(starts) / 1000000, 'unixepoch') FROM meeting", 30),
    ("waiting", "SELECT date(MIN(made) / 1000000, 'unixepoch') FROM waiting", 92),
    ("said", "SELECT date(MIN(at) / 1000000, 'unixepoch') FROM said", 2),
    ("unsay", "SELECT date(MIN(erased) / 1000000, 'unixepoch') FROM unsay", 2),
    ("person", "SELECT date(MIN(left_at) / 1000000, 'unixepoch') FROM person WHERE left_at IS NOT NULL", 92),
];

/// What has none, and when it goes.
const WITHOUT: [(&str, &str); 16] = [
    ("person", "when they erase, or some time after they left"),
    ("chat", "with the person"),
    ("trainer", "with the person"),
    ("seat", "with the person"),
    ("answer", "with the person"),
    ("milestone", "with the person"),
    ("screen", "with the person"),
    ("round", "never by itself: a round names its programme, its controller and no participant"),
    ("round_trainer", "with the person"),
    ("tandem", "never by itself; its organisation goes with the last person in it"),
    ("due", "when it is done"),
    ("feed", "with the person, or when it is switched off"),
    ("help", "with its cover"),
    ("licence_code", "with the person, or when the holder withdraws it: a licence has a life of its own"),
    ("news_reader", "with its news"),
    ("data_key", "when nothing is sealed with it any more (`tandem rekey`)"),
];

/// Bookkeeping that goes within the hour.
const BOOKKEEPING: [&str; 1] = ["worker"];

#[test]
fn every_table_has_a_period_or_a_reason_to_have_none() {
    let made = migrator().iter().flat_map(|migration| {
        let tables = migration.sql.as_str().split("CREATE TABLE ").skip(1);
        tables.filter_map(|after| after.split([' ', '(']).next().map(str::to_owned)).collect::<Vec<_>>()
    });
    let made: BTreeSet<String> = made.collect();
    let with = KEPT.iter().map(|(table, ..)| *table);
    let known = with.chain(WITHOUT.iter().map(|(table, _)| *table)).chain(BOOKKEEPING);
    assert_eq!(known.map(str::to_owned).collect::<BTreeSet<_>>(), made);
}

#[tokio::test]
async fn of_a_database_that_has_aged_for_years_nothing_is_older_than_its_period() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("old.db").display());
    let db = Db::open(&url).await.unwrap();
    let (_, all) = settled(&db, "r", 1).await;
    let (tandem, lead) = (all[0].id.as_str(), all[0].lead.clone().unwrap().person.id);
    let mut raw = SqliteConnection::connect(&url).await.unwrap();
    let today = monday().date_naive();
    for age in (0..1_200_i64).step_by(5) {
        let (day, at) = (today - TimeDelta::days(age), (monday() - TimeDelta::days(age)).timestamp_micros());
        let text = format!(
            "INSERT INTO entry (id, tandem_id, person_id, day, minutes, made)
                VALUES ('e{age}', '{tandem}', '{lead}', '{day}', 30, {at});
            INSERT OR IGNORE INTO week_total (tandem_id, week, minutes)
                VALUES ('{tandem}', '{day}', 30);
            INSERT INTO absence (id, tandem_id, person_id, first, last, phase)
                VALUES ('a{age}', '{tandem}', '{lead}', '{day}', '{day}', 'ended');
            INSERT INTO cover (id, absence_id, tandem_id, first, last, version, helper, phase, ticks)
                VALUES ('c{age}', 'a{age}', '{tandem}', '{day}', '{day}', 1, NULL, 'done', '[]');
            INSERT INTO seen_update (update_id, at)
                VALUES ({age}, {at});
            INSERT INTO rating (person_id, round_id, module, question, choice, sentence, made)
                VALUES ('{lead}', 'r', 'm{age}', 'q', NULL, 'a sentence', {at});
            INSERT INTO opinion (id, round_id, module, question, choice, sentence, closed)
                VALUES ('oc{age}', 'r', 'm1', 'q', 'a', NULL, {at}), ('os{age}', 'r', 'm1', 'w', NULL, 'a sentence', {at});
            INSERT INTO figure (round_id, what, value, made)
                VALUES ('r', 'exercises:m{age}', '{{}}', {at});
            INSERT INTO link (hash, purpose, subject, uses_left, expires)
                VALUES ('l{age}', 'lead', 'r', 1, {at});
            INSERT INTO audit (at, role, person_id, action, subject)
                VALUES ({at}, 'operator', NULL, 'report_read', 'r');
            INSERT INTO erased (hash, day)
                VALUES ('h{age}', '{day}');
            INSERT INTO entry_change (id, entry_id, tandem_id, person_id, at, timing, last_day)
                VALUES ('x{age}', 'e{age}', '{tandem}', '{lead}', {at}, 'in_time', '{day}');
            INSERT OR IGNORE INTO week_close (tandem_id, week, target, minutes)
                VALUES ('{tandem}', '{day}', 300, 30);
            INSERT OR IGNORE INTO shortfall (tandem_id, week, why)
                VALUES ('{tandem}', '{day}', 'away');
            INSERT INTO person (id, name, lang, zone, reach, prefs, made, left_at)
                VALUES ('gone{age}', 'Kim', 'de', 'UTC', 'open', '{{}}', {at}, {at});
            INSERT INTO session (hash, person_id, expires)
                VALUES ('s{age}', '{lead}', {at});
            INSERT OR IGNORE INTO download (person_id, paper, hash, expires)
                VALUES ('{lead}', 'p{age}', 'd{age}', {at});
            INSERT INTO person (id, name, lang, zone, reach, prefs, made)
                VALUES ('p{age}', 'n', 'de', 'Europe/Berlin', 'open', '{{}}', {at});
            INSERT INTO vouch (person_id, tandem_id, round_id, asked)
                VALUES ('p{age}', '{tandem}', 'r', {at});
            INSERT INTO feed_event (person_id, uid, digest, sequence, changed, last)
                VALUES ('{lead}', 'u{age}', 'd', 0, {at}, '{day}');
            INSERT INTO recall (person_id, round_id, module, step, stability, difficulty, reviewed, due)
                VALUES ('{lead}', 'r', 'm', 's{age}', 2307, 2118, '{day}', '{day}');
            INSERT INTO news (id, round_id, person_id, about, text, at, state)
                VALUES ('n{age}', 'r', '{lead}', '\"word\"', 'a word', {at}, 'sent');
            INSERT INTO news_reader (news_id, person_id)
                VALUES ('n{age}', '{lead}');
            INSERT INTO letter (id, round_id, person_id, purpose, text, made)
                VALUES ('q{age}', 'r', '{lead}', 'question', 'a question', {at});
            INSERT INTO meeting (id, round_id, title, place, starts, minutes, state)
                VALUES ('g{age}', 'r', 'a meeting', 'a place', {at}, 60, 'planned');
            INSERT INTO person (id, name, lang, zone, reach, prefs, made)
                VALUES ('w{age}', 'Wanda', 'de', 'Europe/Berlin', 'open', '', {at});
            INSERT INTO waiting (round_id, person_id, made)
                VALUES ('r', 'w{age}', {at});
            INSERT INTO said (hour, person_id, message_id, at)
                VALUES ({at} / 3600000000, '{lead}', {age}, {at});
            INSERT INTO unsay (person_id, address, erased, at, piece, tries)
                VALUES ('z{age}', {age}, {at}, {at}, 100, 0);"
        );
        sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut raw).await.unwrap();
        for kind in ["lesson", "notice"] {
            let text = format!(
                "INSERT INTO outbox (id, person_id, kind, occurrence, lane, message, not_before, nth, state, tries, made,
                    settled) VALUES ('{kind}{age}', '{lead}', '{kind}', '{age}', 'bulk', '', {at}, 0, 'sent', 1, {at}, {at})"
            );
            sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut raw).await.unwrap();
        }
    }
    let mut tx = db.begin().await.unwrap();
    tx.purge(monday(), false).await.unwrap();
    tx.commit().await.unwrap();
    for (table, question, days) in KEPT {
        let oldest: Option<String> = sqlx::query(question).fetch_one(&mut raw).await.unwrap().get(0);
        let oldest: NaiveDate = oldest.unwrap_or_else(|| panic!("nothing is left in {table}")).parse().unwrap();
        let age = (today - oldest).num_days();
        assert!(age <= days, "{table}: {age} days old, {days} are allowed");
        assert!(age + 14 > days || days < 14, "{table}: gone {} days too early", days - age);
    }
    db.close().await;
}
