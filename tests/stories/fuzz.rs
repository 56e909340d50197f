//! What comes from outside may be anything: it is read or refused, and nothing panics, hangs or stops the bot.
//!
//! Each target runs a bounded number of cases; `TANDEM_FUZZ_CASES` raises it for an afternoon.

use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};
use serde_json::{Value, json};
use tandem::app::handle::handle;
use tandem::domain::ids::PersonId;
use tandem::domain::tap::{MAX_DATA, Tap};
use tandem::domain::{dates, duration, hours};
use tandem::telegram::incoming;

use crate::support::World;

/// Cases for targets that only compute, and for those that write into a database.
const PURE: u32 = 2_000;
const STORED: u32 = 60;

fn config(cases: u32) -> ProptestConfig {
    let raised = std::env::var("TANDEM_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: raised.unwrap_or(cases), failure_persistence: None, ..ProptestConfig::default() }
}

/// Words and signs that durations, days and commands are made of, in any order.
fn nearly_understood() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "1",
        "0",
        "99999999999999999999",
        "1,5",
        "1.30",
        "1:30",
        "-3",
        "½",
        "h",
        "min",
        "Std.",
        "Stunden",
        "anderthalb",
        "eine",
        "halbe",
        "gestern",
        "heute",
        "Montag",
        "3.–7.8.",
        "31.2.",
        "29.2.2100",
        "weg",
        "bis",
        "/",
        "/start",
        " ",
        "\n",
        "\u{200f}",
        "e\u{301}",
        "🕐",
        "١٥",
        "und",
        ",",
        ".",
        ":",
        "–",
    ]);
    prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,12}".prop_map(Value::from),
    ];
    let name = prop::sample::select(vec![
        "update_id",
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "chat",
        "from",
        "id",
        "type",
        "text",
        "date",
        "data",
        "message_id",
        "first_name",
        "language_code",
        "new_chat_member",
        "status",
        "entities",
        "caption",
        "x",
    ]);
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name.clone().prop_map(str::to_owned), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// An update as Telegram sends it, one of its parts replaced by anything.
fn spoilt_update() -> impl Strategy<Value = (i64, String)> {
    let paths = prop::sample::select(vec![
        "/message",
        "/message/chat",
        "/message/chat/id",
        "/message/chat/type",
        "/message/from",
        "/message/from/first_name",
        "/message/from/language_code",
        "/message/text",
        "/message/date",
        "/message/message_id",
        "/callback_query",
        "/callback_query/data",
        "/callback_query/from",
        "/callback_query/message",
        "/callback_query/id",
    ]);
    (1..i64::MAX / 2, paths, any_json(), nearly_understood(), any::<bool>()).prop_map(
        |(id, path, anything, text, press)| {
            let chat = json!({"id": 900, "type": "private"});
            let from = json!({"id": 900, "is_bot": false, "first_name": "Eve", "language_code": "de"});
            let mut update = match press {
                false => json!({"update_id": id, "message":
                {"message_id": 1, "date": 0, "chat": chat, "from": from, "text": text}}),
                true => json!({"update_id": id, "callback_query": {"id": "q", "from": from, "chat_instance": "c",
                "data": text, "message": {"message_id": 1, "date": 0, "chat": chat}}}),
            };
            if let Some(place) = update.pointer_mut(path) {
                *place = anything;
            }
            (id, update.to_string())
        },
    )
}

proptest! {
    #![proptest_config(config(PURE))]

    #[test]
    fn whatever_bytes_are_pushed_are_an_update_or_are_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(text) = String::from_utf8(bytes) {
            let _ = incoming::read(&text);
        }
    }

    #[test]
    fn whatever_json_is_pushed_keeps_its_number_if_it_has_one(json in any_json()) {
        let number = json.get("update_id").and_then(Value::as_i64);
        let read = incoming::read(&json.to_string());
        prop_assert!(read.is_none_or(|update| Some(update.update_id) == number));
    }

    #[test]
    fn a_spoilt_update_keeps_its_number((id, json) in spoilt_update()) {
        prop_assert_eq!(incoming::read(&json).map(|update| update.update_id), Some(id));
    }

    #[test]
    fn whatever_a_button_carries_is_read_or_refused(data in "[a-z0-9:_-]{0,80}|.{0,80}", presser in ".{0,12}") {
        let presser = PersonId(presser);
        if let Ok(tap) = Tap::decode(&data, Some(&presser)) {
            let again = tap.encode(Some(&presser));
            prop_assert!(again.len() > MAX_DATA || Tap::decode(&again, Some(&presser)) == Ok(tap));
        }
    }

    #[test]
    fn whatever_is_written_is_a_length_of_time_or_is_none(text in prop_oneof![nearly_understood(), ".{0,60}"]) {
        let today = "2026-03-03".parse().expect("a date");
        if let Ok(readings) = duration::parse(&text, today) {
            prop_assert!(readings.iter().all(|reading| reading.date <= today && (1..=16 * 60).contains(&reading.minutes)));
        }
        let _ = (duration::is_nothing_but_a_duration(&text), hours::word(&text), dates::parse(&text, today));
    }
}

#[test]
fn whatever_somebody_sends_the_bot_goes_on() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let world = runtime.block_on(World::on_disk());
    let app = runtime.block_on(world.app());
    let mut runner = TestRunner::new(config(STORED));
    let outcome = runner.run(&spoilt_update(), |(_, json)| {
        let update = incoming::read(&json).expect("it has a number");
        let kept = runtime.block_on(handle(&app, &[update]));
        prop_assert!(kept.is_ok(), "{json}");
        Ok(())
    });
    assert!(!matches!(outcome, Err(TestError::Fail(..))), "{outcome:?}");
    let nobody = runtime.block_on(world.count("SELECT COUNT(*) FROM person"));
    assert_eq!(nobody, 0, "nothing about a stranger is stored");
    drop(app);
}
