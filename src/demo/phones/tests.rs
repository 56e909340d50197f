//! The server's rules as a bot meets them, call by call.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const TOKEN: &str = "1001:abc-DEF_9";
const ADA: i64 = 7;
const HOUR: i64 = 3600 * SECOND;

/// A server with one person who has spoken, and a clock to turn.
struct World {
    phones: Phones,
    now: i64,
}

impl World {
    fn new() -> Self {
        let mut world = Self { phones: Phones::new(Options::default()), now: 1_800_000_000 * SECOND };
        world.phones.person(ADA, "Ada", "de").unwrap();
        world.phones.starts(TOKEN, ADA).unwrap();
        world
    }

    fn unlimited() -> Self {
        let mut world = Self::new();
        world.phones.set_limits(None);
        world
    }

    fn call(&mut self, method: &str, params: Value) -> Reply {
        self.phones.call(self.now, TOKEN, method, &params)
    }

    fn ok(&mut self, method: &str, params: Value) -> Value {
        let reply = self.call(method, params);
        reply.result().cloned().unwrap_or_else(|| panic!("{method}: {}", reply.body))
    }

    fn why(&mut self, method: &str, params: Value) -> String {
        let reply = self.call(method, params);
        assert_ne!(reply.status, 200, "{}", reply.body);
        assert_eq!(reply.body["error_code"], reply.status);
        reply.description().to_owned()
    }

    fn send(&mut self, text: &str) -> Value {
        self.ok("sendMessage", json!({"chat_id": ADA, "text": text}))
    }

    fn send_with_button(&mut self, text: &str, label: &str, data: &str) -> i64 {
        let markup = json!({"inline_keyboard": [[{"text": label, "callback_data": data}]]});
        let sent = self.ok("sendMessage", json!({"chat_id": ADA, "text": text, "reply_markup": markup}));
        sent["message_id"].as_i64().unwrap()
    }

    fn updates(&mut self) -> Vec<Value> {
        self.ok("getUpdates", json!({})).as_array().unwrap().clone()
    }

    fn seconds(&mut self, seconds: i64) {
        self.now += seconds * SECOND;
    }
}

#[test]
fn any_well_formed_token_is_a_bot_and_nothing_else_is() {
    let mut world = World::new();
    let me = world.ok("GETME", json!({}));
    assert_eq!((me["id"].as_i64(), me["is_bot"].as_bool()), (Some(1001), Some(true)));
    for field in ["first_name", "username", "can_join_groups", "can_connect_to_business", "has_main_web_app"] {
        assert!(!me[field].is_null(), "{field}");
    }
    for bad in ["", "abc", "12", "12:", ":abc", "12:a b", "x12:abc", "0:abc", "99999999999999999999:abc"] {
        let reply = world.phones.call(world.now, bad, "getMe", &json!({}));
        assert_eq!((reply.status, reply.description()), (404, "Not Found"), "{bad}");
    }
}

#[test]
fn unknown_methods_are_not_found() {
    let reply = World::new().call("sendHug", json!({}));
    assert_eq!(reply.body, json!({"ok": false, "error_code": 404, "description": "Not Found"}));
}

#[test]
fn a_message_comes_back_as_it_was_stored() {
    let mut world = World::new();
    let sent = world.ok(
        "sendMessage",
        json!({"chat_id": "7", "text": " <b>Hi</b> 😀 /help ", "parse_mode": "HTML",
            "reply_markup": "{\"inline_keyboard\":[[{\"text\":\"A\",\"callback_data\":\"a\"}]]}"}),
    );
    assert_eq!(sent["text"], "Hi 😀 /help");
    assert_eq!(sent["message_id"], 1);
    assert_eq!(sent["date"], 1_800_000_000);
    assert_eq!(sent["chat"], json!({"id": 7, "type": "private", "first_name": "Ada"}));
    assert_eq!(sent["from"]["is_bot"], true);
    assert_eq!(
        sent["entities"],
        json!([{"type": "bold", "offset": 0, "length": 2}, {"type": "bot_command", "offset": 6, "length": 5}])
    );
    assert_eq!(sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"], "a");
}

#[test]
fn lengths_are_counted_in_characters_after_parsing() {
    let mut world = World::unlimited();
    world.send(&"😀".repeat(4096));
    assert_eq!(
        world.why("sendMessage", json!({"chat_id": ADA, "text": "😀".repeat(4097)})),
        "Bad Request: message is too long"
    );
    let marked = format!("<b>{}</b>", "&amp;".repeat(4096));
    world.ok("sendMessage", json!({"chat_id": ADA, "text": marked, "parse_mode": "HTML"}));
    assert_eq!(
        world.why("sendMessage", json!({"chat_id": ADA, "text": " ".repeat(32_769)})),
        "Bad Request: text is too long"
    );
    for empty in ["", " \n", "\u{200B}", "\r\t"] {
        let why = world.why("sendMessage", json!({"chat_id": ADA, "text": empty}));
        assert_eq!(why, "Bad Request: message text is empty");
    }
    assert_eq!(world.why("sendMessage", json!({"chat_id": ADA})), "Bad Request: message text is empty");
}

#[test]
fn the_refusal_of_bad_markup_names_the_place() {
    let mut world = World::new();
    let why = world.why("sendMessage", json!({"chat_id": ADA, "text": "a<br>", "parse_mode": "html"}));
    assert_eq!(why, "Bad Request: can't parse entities: Unsupported start tag \"br\" at byte offset 1");
    let why = world.why("sendMessage", json!({"chat_id": ADA, "text": "1.", "parse_mode": "MarkdownV2"}));
    assert!(why.contains("Character '.' is reserved"), "{why}");
    let why = world.why("sendMessage", json!({"chat_id": ADA, "text": "x", "parse_mode": "BBCode"}));
    assert_eq!(why, "Bad Request: unsupported parse_mode");
}

#[test]
fn entities_beyond_the_hundredth_are_lost() {
    let mut world = World::new();
    let entities: Vec<Value> = (0..150).map(|n| json!({"type": "bold", "offset": n * 2, "length": 1})).collect();
    let sent = world.ok("sendMessage", json!({"chat_id": ADA, "text": "ab".repeat(150), "entities": entities}));
    assert_eq!(sent["entities"].as_array().unwrap().len(), 100);
    assert_eq!(world.phones.record().cut_entities, 50);
}

#[test]
fn only_who_spoke_first_can_be_written_to() {
    let mut world = World::new();
    world.phones.person(8, "Ben", "de").unwrap();
    for chat in [json!(8), json!(999), json!("@ada"), json!(-5)] {
        let why = world.why("sendMessage", json!({"chat_id": chat, "text": "x"}));
        assert_eq!(why, "Bad Request: chat not found");
    }
    assert_eq!(world.why("sendMessage", json!({"text": "x"})), "Bad Request: chat_id is empty");
    world.phones.says(world.now, TOKEN, 8, "/start").unwrap();
    world.ok("sendMessage", json!({"chat_id": 8, "text": "x"}));
    let other = world.phones.call(world.now, "2002:other", "sendMessage", &json!({"chat_id": 8, "text": "x"}));
    assert_eq!(other.status, 400, "another bot's chats are its own");
}

#[test]
fn a_block_refuses_until_it_is_lifted_and_both_are_reported() {
    let mut world = World::new();
    let id = world.send("x")["message_id"].clone();
    world.phones.blocks(world.now, TOKEN, ADA).unwrap();
    let reply = world.call("sendMessage", json!({"chat_id": ADA, "text": "y"}));
    assert_eq!((reply.status, reply.description()), (403, "Forbidden: bot was blocked by the user"));
    let reply = world.call("editMessageText", json!({"chat_id": ADA, "message_id": id, "text": "y"}));
    assert_eq!(reply.status, 403);
    assert_eq!(world.phones.says(world.now, TOKEN, ADA, "hi"), Err(PeopleError::Blocked));
    world.phones.unblocks(world.now, TOKEN, ADA).unwrap();
    world.send("y");
    let states: Vec<String> = world
        .updates()
        .iter()
        .map(|u| u["my_chat_member"]["new_chat_member"]["status"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(states, ["kicked", "member"]);
}

#[test]
fn a_burst_to_one_person_is_refused_with_a_time_to_wait() {
    let mut world = World::new();
    for n in 0..5 {
        world.send(&format!("{n}"));
    }
    let reply = world.call("sendMessage", json!({"chat_id": ADA, "text": "6"}));
    assert_eq!(reply.status, 429);
    assert_eq!(reply.body["parameters"], json!({"retry_after": 1}));
    assert_eq!(reply.description(), "Too Many Requests: retry after 1");
    world.ok("sendChatAction", json!({"chat_id": ADA, "action": "typing"}));
    world.ok("deleteMessage", json!({"chat_id": ADA, "message_id": 1}));
    world.seconds(1);
    world.send("6");
    assert_eq!(world.phones.record().too_many, 1);
}

#[test]
fn thirty_a_second_is_the_most_for_all_chats_together_and_edits_count() {
    let mut world = World::new();
    for person in 100..130 {
        world.phones.says(world.now, TOKEN, person, "/start").unwrap();
    }
    world.phones.says(world.now, TOKEN, 130, "/start").unwrap();
    for person in 100..129 {
        world.ok("sendMessage", json!({"chat_id": person, "text": "x"}));
    }
    world.ok("editMessageText", json!({"chat_id": 100, "message_id": 2, "text": "y"}));
    let refused = world.call("sendMessage", json!({"chat_id": 130, "text": "x"}));
    assert_eq!(refused.status, 429);
    world.now += SECOND - 1;
    assert_eq!(world.call("sendMessage", json!({"chat_id": 130, "text": "x"})).status, 429);
    world.now += 1;
    world.ok("sendMessage", json!({"chat_id": 130, "text": "x"}));
    assert_eq!(world.phones.peak_per_second(), 30);
}

#[test]
fn without_limits_nothing_is_refused_for_its_rate() {
    let mut world = World::unlimited();
    for _ in 0..200 {
        world.send("x");
    }
    assert_eq!(world.phones.peak_per_second(), 200);
    assert_eq!(world.phones.record().messages(), 200);
}

#[test]
fn an_edit_must_change_something_that_is_there() {
    let mut world = World::unlimited();
    let id = world.send_with_button("one", "A", "a");
    let markup = json!({"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]});
    let edit =
        |text: &str, markup: &Value| json!({"chat_id": ADA, "message_id": id, "text": text, "reply_markup": markup});
    let why = world.why("editMessageText", edit("one ", &markup));
    assert!(why.starts_with("Bad Request: message is not modified: specified new message content"), "{why}");
    let edited = world.ok("editMessageText", edit("two", &markup));
    assert_eq!(edited["text"], "two");
    assert!(edited["edit_date"].is_i64());
    let stripped = world.ok("editMessageText", json!({"chat_id": ADA, "message_id": id, "text": "two"}));
    assert!(stripped["reply_markup"].is_null(), "an edit without a keyboard takes it away");
    let why = world.why("editMessageReplyMarkup", json!({"chat_id": ADA, "message_id": id}));
    assert!(why.contains("message is not modified"));
    world.ok("editMessageReplyMarkup", json!({"chat_id": ADA, "message_id": id, "reply_markup": markup}));
    let why = world.why("editMessageText", json!({"chat_id": ADA, "message_id": 99, "text": "x"}));
    assert_eq!(why, "Bad Request: message to edit not found");
    let said = world.phones.says(world.now, TOKEN, ADA, "mine").unwrap();
    let why = world.why("editMessageText", json!({"chat_id": ADA, "message_id": said.message_id, "text": "x"}));
    assert_eq!(why, "Bad Request: message can't be edited");
}

#[test]
fn a_message_can_be_deleted_for_two_days() {
    let mut world = World::new();
    for _ in 0..3 {
        world.send("x");
    }
    world.ok("deleteMessage", json!({"chat_id": ADA, "message_id": 1}));
    let again = world.why("deleteMessage", json!({"chat_id": ADA, "message_id": 1}));
    assert_eq!(again, "Bad Request: message to delete not found");
    world.now += 48 * HOUR - 1;
    world.ok("deleteMessage", json!({"chat_id": ADA, "message_id": 2}));
    world.now += 1;
    let late = world.why("deleteMessage", json!({"chat_id": ADA, "message_id": 3}));
    assert!(late.contains("message can't be deleted"), "{late}");
    assert_eq!(world.ok("deleteMessages", json!({"chat_id": ADA, "message_ids": [1, 3, 50]})), true);
    assert_eq!(world.phones.chat(TOKEN, ADA).unwrap().visible().count(), 1);
}

#[test]
fn a_press_is_heard_and_can_be_answered_once_in_time() {
    let mut world = World::new();
    let id = world.send_with_button("choose", "Yes", "y:1");
    let heard = world.phones.presses(world.now, TOKEN, ADA, "Yes").unwrap();
    let update = world.updates().pop().unwrap();
    let query = &update["callback_query"];
    assert_eq!((query["data"].as_str(), query["message"]["message_id"].as_i64()), (Some("y:1"), Some(id)));
    assert_eq!(query["from"]["language_code"], "de");
    assert_eq!(query["id"].as_str(), heard.query.as_deref());
    let answer = json!({"callback_query_id": query["id"], "text": "saved"});
    let long = json!({"callback_query_id": query["id"], "text": "x".repeat(201)});
    assert_eq!(world.why("answerCallbackQuery", long), "Bad Request: MESSAGE_TOO_LONG");
    world.ok("answerCallbackQuery", answer.clone());
    assert_eq!(world.phones.chat(TOKEN, ADA).unwrap().toasts[0].text, "saved");
    let too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid";
    assert_eq!(world.why("answerCallbackQuery", answer), too_old);
    let query = world.phones.presses(world.now, TOKEN, ADA, "Yes").unwrap().query;
    world.seconds(15);
    assert_eq!(world.why("answerCallbackQuery", json!({"callback_query_id": query})), too_old);
}

#[test]
fn only_visible_buttons_can_be_pressed_and_the_newest_counts() {
    let mut world = World::new();
    let old = world.send_with_button("old", "Next", "1");
    let new = world.send_with_button("new", "Next", "2");
    let pressed = world.phones.presses(world.now, TOKEN, ADA, "Next").unwrap();
    assert_eq!(pressed.message_id, new);
    let pressed = world.phones.presses_data(world.now, TOKEN, ADA, "1").unwrap();
    assert_eq!(pressed.message_id, old);
    let refused = world.phones.presses(world.now, TOKEN, ADA, "Back").unwrap_err();
    assert_eq!(refused, PeopleError::NoButton { asked: "Back".into(), visible: vec!["Next".into()] });
    assert_eq!(refused.to_string(), "there is no button \"Back\"; visible: Next");
    world.ok("deleteMessage", json!({"chat_id": ADA, "message_id": new}));
    assert!(world.phones.presses_data(world.now, TOKEN, ADA, "2").is_err());
    world.phones.presses_old(world.now, TOKEN, ADA, new, "2").unwrap();
    let update = world.updates().pop().unwrap();
    assert_eq!(update["callback_query"]["message"]["date"], 0, "a deleted message is inaccessible");
}

#[test]
fn hostile_presses_arrive_with_the_pressers_name() {
    let mut world = World::new();
    world.phones.person(8, "Ben", "en").unwrap();
    let id = world.send_with_button("for Ada", "Yes", "y");
    world.phones.presses_foreign(world.now, TOKEN, 8, ADA, id, "admin:1").unwrap();
    let update = world.updates().pop().unwrap();
    assert_eq!(update["callback_query"]["from"]["id"], 8);
    assert_eq!(update["callback_query"]["data"], "admin:1");
    assert_eq!(update["callback_query"]["message"]["chat"]["id"], ADA);
}

#[test]
fn address_buttons_and_reply_keyboards_are_told_apart() {
    let mut world = World::new();
    let markup = json!({"inline_keyboard": [[{"text": "Open", "url": "https://example.org"}]]});
    world.ok("sendMessage", json!({"chat_id": ADA, "text": "x", "reply_markup": markup}));
    let refused = world.phones.presses(world.now, TOKEN, ADA, "Open").unwrap_err();
    assert_eq!(refused, PeopleError::OpensAddress("https://example.org/".into()));
    let markup = json!({"keyboard": [["Lesson"]]});
    world.ok("sendMessage", json!({"chat_id": ADA, "text": "x", "reply_markup": markup}));
    world.phones.presses(world.now, TOKEN, ADA, "Lesson").unwrap();
    assert_eq!(world.updates().pop().unwrap()["message"]["text"], "Lesson");
    world.ok("sendMessage", json!({"chat_id": ADA, "text": "x", "reply_markup": {"remove_keyboard": true}}));
    assert!(world.phones.presses(world.now, TOKEN, ADA, "Lesson").is_err());
}

#[test]
fn everything_a_person_does_reaches_the_bot() {
    let mut world = World::new();
    let said = world.phones.says(world.now, TOKEN, ADA, "/start abc").unwrap();
    world.phones.edits(world.now, TOKEN, ADA, said.message_id, "/start abd").unwrap();
    world.phones.sends_sticker(world.now, TOKEN, ADA).unwrap();
    world.phones.sends_photo(world.now, TOKEN, ADA, "look").unwrap();
    world.phones.sends_voice(world.now, TOKEN, ADA).unwrap();
    world.phones.forwards(world.now, TOKEN, ADA, "from elsewhere").unwrap();
    let updates = world.updates();
    assert_eq!(updates[0]["message"]["entities"][0]["type"], "bot_command");
    assert_eq!(updates[1]["edited_message"]["text"], "/start abd");
    assert_eq!(updates[2]["message"]["sticker"]["emoji"], "👍");
    assert_eq!(updates[3]["message"]["caption"], "look");
    let file = world.ok("getFile", json!({"file_id": updates[3]["message"]["photo"][0]["file_id"]}));
    let path = file["file_path"].as_str().unwrap();
    assert!(world.phones.bot(TOKEN).unwrap().file_at(path).is_some());
    assert_eq!(updates[4]["message"]["voice"]["duration"], 3);
    assert!(updates[5]["message"]["forward_origin"].is_object());
    let foreign = world.phones.edits(world.now, TOKEN, ADA, 99, "x");
    assert_eq!(foreign, Err(PeopleError::NoMessage(99)));
    assert_eq!(world.phones.says(world.now, TOKEN, ADA, " "), Err(PeopleError::Empty));
    assert_eq!(world.phones.says(world.now, TOKEN, ADA, &"x".repeat(4097)), Err(PeopleError::TooLong));
    assert_eq!(world.phones.says(world.now, TOKEN, 0, "x"), Err(PeopleError::BadId(0)));
    assert!(matches!(world.phones.says(world.now, "nonsense", ADA, "x"), Err(PeopleError::NoBot(_))));
}

#[test]
fn groups_hide_small_talk_and_move_when_they_are_upgraded() {
    let mut world = World::new();
    world.phones.group(world.now, TOKEN, -50, "Team", ADA).unwrap();
    world.phones.says_in_group(world.now, TOKEN, -50, ADA, "good morning").unwrap();
    world.phones.says_in_group(world.now, TOKEN, -50, ADA, "/help").unwrap();
    let updates = world.updates();
    assert_eq!(updates.len(), 2);
    assert_eq!(updates[1]["message"]["chat"], json!({"id": -50, "type": "group", "title": "Team"}));
    world.ok("sendMessage", json!({"chat_id": -50, "text": "x"}));
    world.phones.upgrades_group(world.now, TOKEN, -50, -1_000_050).unwrap();
    let reply = world.call("sendMessage", json!({"chat_id": -50, "text": "x"}));
    assert_eq!((reply.status, &reply.body["parameters"]), (400, &json!({"migrate_to_chat_id": -1_000_050})));
    world.ok("sendMessage", json!({"chat_id": -1_000_050, "text": "x"}));
    world.phones.throws_out(world.now, TOKEN, -1_000_050, ADA).unwrap();
    let why = world.why("sendMessage", json!({"chat_id": -1_000_050, "text": "x"}));
    assert_eq!(why, "Forbidden: bot was kicked from the supergroup chat");
}

#[test]
fn files_are_checked_stored_and_fetched() {
    let mut world = World::new();
    let upload = |field: &str, bytes: &'static [u8]| {
        let bytes = bytes::Bytes::from_static(bytes);
        vec![Upload { field: field.into(), name: Some("a.pdf".into()), mime: Some("application/pdf".into()), bytes }]
    };
    let mut call = |method: &str, params: Value, uploads| {
        let reply = world.phones.call_with_files(world.now, TOKEN, method, &params, uploads);
        (reply.status, reply.body)
    };
    let (status, body) = call("sendDocument", json!({"chat_id": ADA, "caption": "c"}), upload("document", b"%PDF"));
    assert_eq!(status, 200, "{body}");
    let document = &body["result"]["document"];
    assert_eq!((&document["file_name"], &document["file_size"]), (&json!("a.pdf"), &json!(4)));
    let again = json!({"chat_id": ADA, "document": document["file_id"]});
    assert_eq!(call("sendDocument", again, vec![]).0, 200);
    let attached = json!({"chat_id": ADA, "document": "attach://x"});
    assert_eq!(call("sendDocument", attached, upload("x", b"%PDF")).0, 200);
    for (params, uploads) in [
        (json!({"chat_id": ADA}), vec![]),
        (json!({"chat_id": ADA}), upload("document", b"")),
        (json!({"chat_id": ADA, "document": "https://example.org/a.pdf"}), vec![]),
        (json!({"chat_id": ADA, "document": "nonsense"}), vec![]),
        (json!({"chat_id": ADA, "caption": "x".repeat(1025)}), upload("document", b"%PDF")),
    ] {
        assert_eq!(call("sendDocument", params, uploads).0, 400);
    }
    let (_, body) = call("sendPhoto", json!({"chat_id": ADA}), upload("photo", b"%PDF"));
    assert_eq!(body["description"], "Bad Request: IMAGE_PROCESS_FAILED");
    let caption = json!({"chat_id": ADA, "message_id": 1, "caption": "new"});
    assert_eq!(call("editMessageCaption", caption, vec![]).1["result"]["caption"], "new");
    let (_, body) = call("editMessageText", json!({"chat_id": ADA, "message_id": 1, "text": "x"}), vec![]);
    assert_eq!(body["description"], "Bad Request: there is no text in the message to edit");
}

#[test]
fn menus_and_profiles_are_kept_by_language_and_audience() {
    let mut world = World::new();
    let menu = |name: &str| json!([{"command": name, "description": "d"}]);
    let private = json!({"type": "all_private_chats"});
    world.ok("setMyCommands", json!({"commands": menu("general")}));
    world.ok("setMyCommands", json!({"commands": menu("english"), "scope": private, "language_code": "en"}));
    let shown = |world: &World| world.phones.chat_view(0, TOKEN, ADA).unwrap()["commands"][0]["command"].clone();
    assert_eq!(shown(&world), "general");
    world.phones.person(ADA, "Ada", "en").unwrap();
    assert_eq!(shown(&world), "english");
    world.ok("setMyCommands", json!({"commands": menu("own"), "scope": {"type": "chat", "chat_id": ADA}}));
    assert_eq!(shown(&world), "own");
    world.ok("deleteMyCommands", json!({"scope": {"type": "chat", "chat_id": ADA}}));
    assert_eq!(shown(&world), "english");
    assert_eq!(world.ok("getMyCommands", json!({})), menu("general"));
    for (commands, word) in [
        (menu("Big"), "BOT_COMMAND_INVALID"),
        (menu(&"x".repeat(33)), "BOT_COMMAND_INVALID"),
        (json!([{"command": "x", "description": "d".repeat(257)}]), "BOT_COMMAND_DESCRIPTION_INVALID"),
        (json!(vec![json!({"command": "x", "description": "d"}); 101]), "BOT_COMMANDS_TOO_MUCH"),
        (json!({}), "can't parse BotCommands"),
    ] {
        let why = world.why("setMyCommands", json!({"commands": commands}));
        assert!(why.contains(word), "{why}");
    }
    assert!(world.why("setMyCommands", json!({"commands": [], "language_code": "deu"})).contains("language code"));
    assert!(
        world
            .why("setMyCommands", json!({"commands": [], "scope": {"type": "chat", "chat_id": 9}}))
            .contains("chat not found")
    );
    world.ok("setMyDescription", json!({"description": "ä".repeat(512), "language_code": "de"}));
    assert!(world.why("setMyDescription", json!({"description": "ä".repeat(513)})).contains("too long"));
    world.ok("setMyShortDescription", json!({"short_description": "ä".repeat(120)}));
    assert!(world.why("setMyShortDescription", json!({"short_description": "ä".repeat(121)})).contains("too long"));
    world.ok("setMyName", json!({"name": "Tandem"}));
    assert_eq!(world.ok("getMyName", json!({"language_code": "fr"})), json!({"name": "Tandem"}));
    assert_eq!(world.ok("getMe", json!({}))["first_name"], "Tandem");
    world.ok("setChatMenuButton", json!({"menu_button": {"type": "commands"}}));
    assert_eq!(world.ok("getChatMenuButton", json!({"chat_id": ADA})), json!({"type": "commands"}));
    assert_eq!(world.ok("getChat", json!({"chat_id": ADA}))["first_name"], "Ada");
}

#[test]
fn replies_point_to_messages_that_are_there() {
    let mut world = World::new();
    let said = world.phones.says(world.now, TOKEN, ADA, "question").unwrap().message_id;
    let reply = |id: i64| json!({"chat_id": ADA, "text": "x", "reply_parameters": {"message_id": id}});
    assert_eq!(world.ok("sendMessage", reply(said))["reply_to_message"]["text"], "question");
    assert_eq!(world.why("sendMessage", reply(99)), "Bad Request: message to be replied not found");
}

#[test]
fn faults_come_before_or_after_the_effect() {
    let mut world = World::unlimited();
    let script = |fault| Scripted { method: Some("sendMessage".into()), chat: Some(ADA), after: 0, times: 1, fault };
    world.phones.set_faults(Faults {
        scripted: [Fault::DropBefore, Fault::DropAfter, Fault::ServerError(502), Fault::TooMany(9), Fault::DelayMs(4)]
            .map(script)
            .to_vec(),
        ..Faults::default()
    });
    let params = json!({"chat_id": ADA, "text": "x"});
    let replies: Vec<Reply> = (0..6).map(|_| world.call("sendMessage", params.clone())).collect();
    let wires: Vec<Wire> = replies.iter().map(|r| r.wire).collect();
    assert_eq!(wires, [Wire::DropBefore, Wire::DropAfter, Wire::Answer, Wire::Answer, Wire::DelayMs(4), Wire::Answer]);
    assert_eq!(replies.iter().map(|r| r.status).collect::<Vec<_>>()[2..], [502, 429, 200, 200]);
    assert_eq!(replies[3].body["parameters"]["retry_after"], 9);
    assert_eq!(world.phones.record().messages(), 3, "dropped after, delayed, and the plain one");
    let record = world.phones.record_json();
    assert_eq!(
        (&record["dropped_before"], &record["dropped_after"], &record["delayed"]),
        (&json!(1), &json!(1), &json!(1))
    );
}

#[test]
fn the_view_shows_what_is_there_and_grows_its_revision() {
    let mut world = World::new();
    let before = world.phones.chat(TOKEN, ADA).unwrap().revision;
    world.phones.says(world.now, TOKEN, ADA, "<b>https://a.b/</b>").unwrap();
    world.send_with_button("see", "A", "a");
    world.send("gone");
    world.ok("deleteMessage", json!({"chat_id": ADA, "message_id": 3}));
    world.ok("sendChatAction", json!({"chat_id": ADA, "action": "typing"}));
    let view = world.phones.chat_view(world.now, TOKEN, ADA).unwrap();
    assert_eq!(view["messages"].as_array().unwrap().len(), 2);
    assert_eq!(view["messages"][0]["html"], "&lt;b&gt;https://a.b/&lt;/b&gt;", "a person's words stay words");
    assert_eq!(view["messages"][1]["buttons"], json!([[{"label": "A", "data": "a"}]]));
    assert_eq!((&view["name"], &view["language"], &view["typing"]), (&json!("Ada"), &json!("de"), &json!(true)));
    assert!(view["revision"].as_u64().unwrap() > before);
    let later = world.phones.chat_view(world.now + 6 * SECOND, TOKEN, ADA).unwrap();
    assert_eq!(later["typing"], false);
    let overview = world.phones.overview();
    assert_eq!(overview["bots"][0]["chats"][0]["messages"], 2);
}

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-3_i64..10).prop_map(Value::from),
        "[a-z<>/&@#*_`\\[\\]{}\":,0-9 ü😀]{0,20}".prop_map(Value::from),
        Just(json!([[{"text": "A", "callback_data": "a"}]])),
        Just(json!({"type": "chat", "chat_id": 7})),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let names =
            prop::sample::select(vec!["type", "offset", "length", "inline_keyboard", "keyboard", "text", "command"]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(names, inner, 0..4)
                .prop_map(|map| map.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
        ]
    })
}

proptest! {
    #[test]
    fn no_arguments_make_the_server_panic_and_every_answer_has_a_shape(
        values in prop::collection::vec(anything(), ARGUMENTS.len()),
        mine in any::<bool>(),
    ) {
        let mut world = World::unlimited();
        world.send_with_button("x", "A", "a");
        let mut params: serde_json::Map<String, Value> =
            ARGUMENTS.iter().map(|name| (*name).to_owned()).zip(values).collect();
        if mine {
            params.insert("chat_id".into(), ADA.into());
            params.insert("text".into(), "x".into());
            params.insert("message_id".into(), 1.into());
        }
        for method in Method::ALL {
            let reply = world.call(method.name(), Value::Object(params.clone()));
            prop_assert_eq!(reply.body["ok"] == json!(true), reply.status == 200);
            prop_assert!(reply.status == 200 || !reply.description().is_empty());
        }
        prop_assert!(world.phones.chat_view(world.now, TOKEN, ADA).is_some());
    }
}

const ARGUMENTS: [&str; 20] = [
    "chat_id",
    "text",
    "caption",
    "message_id",
    "message_ids",
    "parse_mode",
    "entities",
    "caption_entities",
    "reply_markup",
    "reply_parameters",
    "offset",
    "limit",
    "allowed_updates",
    "url",
    "secret_token",
    "commands",
    "scope",
    "language_code",
    "document",
    "menu_button",
];
