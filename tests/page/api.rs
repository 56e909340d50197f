//! What programs may rely on: the demo's addresses and what they answer.

use chrono::{DateTime, Datelike, Days, Weekday};
use serde_json::{Value, json};

use crate::demo::{Demo, buttons, ended, program};

/// The words of a language that the story is told with.
struct Tongue {
    code: &'static str,
    understood: &'static str,
    board: &'static str,
    fine: &'static str,
    in_: &'static str,
    ready: &'static str,
    start: &'static str,
    next: &'static str,
    question: &'static str,
    right: (&'static str, &'static str),
    hours: (&'static str, &'static str),
    away: (&'static str, &'static str),
    stand_in: &'static str,
    taken: &'static str,
}

const GERMAN: Tongue = Tongue {
    code: "de",
    understood: "Verstanden",
    board: "Ja, Vorstand/Leitung",
    fine: "Passt",
    in_: "Ich bin dabei",
    ready: "Ihr Tandem ist vollständig",
    start: "▶ Los geht’s",
    next: "Weiter",
    question: "Auf dem Flur",
    right: ("C", "Genau"),
    hours: ("1,5 Std.", "1:30 Std."),
    away: ("weg morgen bis Freitag", "Ich frage Ben"),
    stand_in: "Ja, übernehme ich",
    taken: "Ben vertritt Sie",
};

const ENGLISH: Tongue = Tongue {
    code: "en",
    understood: "Understood",
    board: "Yes, board/director",
    fine: "Fine",
    in_: "I’m in",
    ready: "Your tandem is complete",
    start: "▶ Start",
    next: "Next",
    question: "In the corridor",
    right: ("C", "Exactly"),
    hours: ("90 min", "1:30"),
    away: ("away tomorrow to Friday", "I’ll ask Ben"),
    stand_in: "Yes, I’ll stand in",
    taken: "Ben will stand in for you",
};

#[tokio::test]
async fn a_tandem_goes_from_joining_to_the_report_in_german() {
    let demo = Demo::start();
    // Monday to Wednesday, so that "tomorrow to Friday" is ahead; the next one, so that joining is not too late.
    go_to(&demo, &[Weekday::Mon, Weekday::Tue, Weekday::Wed], "09:30").await;
    first_week(&demo, &GERMAN).await;
}

#[tokio::test]
async fn a_tandem_goes_from_joining_to_the_report_in_english_on_a_weekend() {
    let demo = Demo::start();
    if !matches!(now(&demo).await.weekday(), Weekday::Sat | Weekday::Sun) {
        go_to(&demo, &[Weekday::Sat], "22:15").await;
    }
    first_week(&demo, &ENGLISH).await;
}

async fn first_week(demo: &Demo, tongue: &Tongue) {
    let (ada, ben, carla) = (demo.phone("lead").await, demo.phone("deputy").await, demo.phone("trainer").await);
    ada.reads(tongue.code).await;
    ben.reads(tongue.code).await;

    ada.says(&start_code(demo).await).await;
    ada.presses(tongue.understood).await;
    ada.sees("?").await;
    ada.says("Kulturverein <b>Lindenhof</b> & Söhne").await;
    ada.presses(tongue.board).await;
    ada.presses(tongue.fine).await;
    let code = ada.shared_code().await;
    ben.says(&format!("/start {code}")).await;
    let notice = ben.sees("Lindenhof").await;
    assert!(notice["text"].as_str().unwrap().contains("<b>Lindenhof</b> & Söhne"), "{notice}");
    ben.presses(tongue.in_).await;
    ben.presses(tongue.fine).await;
    ben.sees(tongue.ready).await;
    carla.presses("Ja, einsteigen").await;
    carla.sees("✓").await;

    for _ in 0..5 {
        if buttons(&ada.view().await).any(|button| button["label"] == tongue.start) {
            break;
        }
        demo.post("/clock", json!({"next": true})).await;
    }
    ada.presses(tongue.start).await;
    ada.presses(tongue.next).await;
    ada.sees(tongue.question).await;
    ada.presses(tongue.right.0).await;
    ada.sees(tongue.right.1).await;

    go_to(demo, &[Weekday::Mon], "09:00").await;
    ada.says(tongue.hours.0).await;
    ada.sees(tongue.hours.1).await;
    ada.says(tongue.away.0).await;
    ada.sees(tongue.away.1).await;
    ben.presses(tongue.stand_in).await;
    ada.sees(tongue.taken).await;

    carla.says("/report").await;
    let report = carla.sees("Bericht").await["text"].as_str().unwrap().to_owned();
    // Everybody but the trainer sits in a tandem.
    let phones = demo.get("/phones").await["bots"][0]["chats"].as_array().unwrap().len();
    assert!(report.contains(&format!("Tandems: {}", (phones - 1) / 2)), "{phones} phones: {report}");
    for secret in ["Lindenhof", "Ada", "Ben"] {
        assert!(!report.contains(secret), "the report names {secret}: {report}");
    }
}

#[tokio::test]
async fn the_phones_can_be_listed_read_and_used() {
    let demo = Demo::start();
    let overview = demo.get("/phones").await;
    let bot = overview["bots"].as_array().unwrap().iter().find(|bot| bot["username"] == "tandem_demo_bot").unwrap();
    assert!(bot["token"].as_str().unwrap().contains(':'));
    let chats = bot["chats"].as_array().unwrap();
    assert!(chats.len() > 10, "simulated tandems fill the round: {chats:?}");
    let ada = demo.phone("lead").await;
    let empty = ada.view().await;
    assert_eq!((&empty["name"], &empty["messages"]), (&json!("Ada"), &json!([])), "a phone that nobody has used yet");
    let sent = demo.post(&format!("/phones/{}/text", ada.chat), json!({"text": "/start"})).await;
    assert_eq!((&sent["ok"], &sent["chat"]), (&json!(true), &json!(ada.chat)));
    ada.sees("Tandem").await;
    let view = ada.view().await;
    let last = view["messages"].as_array().unwrap().last().unwrap();
    for field in ["id", "from", "text", "entities", "buttons", "edited", "date"] {
        assert!(!last[field].is_null(), "{field} is missing in {last}");
    }
}

#[tokio::test]
async fn a_button_is_pressed_by_its_label_or_its_data_and_a_missing_one_is_named() {
    let demo = Demo::start();
    let ada = demo.phone("lead").await;
    ada.says(&start_code(&demo).await).await;
    ada.sees("Willkommen").await;
    let press = format!("/phones/{}/press", ada.chat);
    let (status, answer) = demo.try_post(&press, json!({"button": "Nirgends"})).await;
    assert_eq!(status, 409, "{answer}");
    assert!(answer["buttons"].as_array().unwrap().contains(&json!("Verstanden")), "{answer}");
    assert_eq!(demo.try_post(&press, json!({"label": "Verstanden"})).await.0, 400);
    let view = ada.view().await;
    let english = buttons(&view).find(|button| button["label"] == "English").unwrap();
    demo.post(&press, json!({"data": english["data"]})).await;
    ada.sees("Welcome").await;
    assert_eq!(demo.try_post("/phones/77777/press", json!({"button": "x"})).await.0, 404);
    assert_eq!(demo.try_post("/phones/ada/press", json!({"button": "x"})).await.0, 400);
}

#[tokio::test]
async fn the_clock_goes_forward_and_never_back() {
    let demo = Demo::start();
    let now = now(&demo).await;
    let ahead = (now + chrono::TimeDelta::hours(30)).format("%Y-%m-%dT%H:%M").to_string();
    let moved = demo.post("/clock", json!({"to": ahead})).await;
    assert!(moved["now"].as_str().unwrap().starts_with(&ahead), "{moved}");
    assert!(moved["next"].is_null(), "nobody on the page is in yet: {moved}");
    let before = (now - chrono::TimeDelta::hours(1)).format("%Y-%m-%dT%H:%M").to_string();
    for wrong in [json!({"to": before}), json!({"to": "soon"}), json!({"next": false}), json!({}), json!([1])] {
        let (status, answer) = demo.try_post("/clock", wrong.clone()).await;
        assert_eq!(status, 400, "{wrong}: {answer}");
        assert!(answer["error"].is_string(), "{wrong}: {answer}");
    }
    let stays = demo.post("/clock", json!({"next": true})).await;
    assert!(stays["now"].as_str().unwrap().starts_with(&ahead), "nothing is due, so the clock stays: {stays}");
    // As a form's type, which is what a shell's `curl -d` says.
    let client = reqwest::Client::new();
    let typed = client.post(format!("{}/clock", demo.page)).header("Content-Type", "application/x-www-form-urlencoded");
    assert_eq!(typed.body("{\"next\": true}").send().await.unwrap().status(), 200);
    let foreign = client.post(format!("{}/clock", demo.page)).header("Origin", "http://elsewhere.test");
    assert_eq!(foreign.body("{\"next\": true}").send().await.unwrap().status(), 403);
}

#[tokio::test]
async fn the_page_comes_in_one_piece_under_a_strict_policy() {
    let demo = Demo::start();
    for (path, kind) in [("/", "text/html"), ("/page.css", "text/css"), ("/page.js", "text/javascript")] {
        let (status, content, text) = demo.text(path).await;
        assert_eq!(status, 200, "{path}");
        assert!(content.starts_with(kind), "{path}: {content}");
        assert!(!text.contains("https://") || !text.contains("src=\"https"), "{path} loads from elsewhere");
    }
    for language in ["de", "en"] {
        let strings = demo.get(&format!("/strings/{language}")).await;
        assert!(strings["demo-guide-title"].is_string(), "{strings}");
    }
    assert_eq!(demo.text("/strings/xx").await.0, 404);
    assert_eq!(demo.text("/nowhere").await.0, 404);
}

#[tokio::test]
async fn any_well_formed_token_is_a_bot_of_its_own_at_the_bot_api_address() {
    let demo = Demo::start();
    let client = reqwest::Client::new();
    let me: Value =
        client.get(format!("{}/bot777:Some_other-bot/getMe", demo.api)).send().await.unwrap().json().await.unwrap();
    assert_eq!((&me["ok"], &me["result"]["id"]), (&json!(true), &json!(777)));
    let odd = client.get(format!("{}/bot777/getMe", demo.api)).send().await.unwrap();
    assert!(odd.status().is_client_error());
}

#[tokio::test]
async fn a_kept_demo_goes_on_where_it_was_and_one_that_is_not_kept_leaves_nothing() {
    let kept = tempfile::tempdir().unwrap();
    let place = kept.path().join("demo").display().to_string();
    for words in ["Willkommen", "Willkommen"] {
        let mut demo = Demo::start_with(&["--keep", &place]);
        let ada = demo.phone("lead").await;
        ada.says(&start_code(&demo).await).await;
        ada.sees(words).await;
        assert_eq!(demo.terminate(), Some(0));
    }
    assert!(kept.path().join("demo/demo.db").is_file());
    let mut demo = Demo::start();
    assert_eq!(demo.terminate(), Some(0));
    let left: Vec<_> = std::fs::read_dir(demo.folder.path()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn an_address_that_is_taken_or_no_address_ends_the_demo_with_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, _, err) = ended(program(&folder).args(["demo", "--listen", &address]));
    assert_eq!(code, Some(1));
    assert!(err.trim().lines().count() == 1 && err.contains(&address), "{err}");
    let (code, _, err) = ended(program(&folder).args(["demo", "--listen", "here"]));
    assert_ne!(code, Some(0));
    assert!(err.contains("here"), "{err}");
}

async fn start_code(demo: &Demo) -> String {
    format!("/start {}", demo.get("/demo.json").await["codes"]["lead"].as_str().unwrap())
}

async fn now(demo: &Demo) -> DateTime<chrono::FixedOffset> {
    demo.get("/clock").await["now"].as_str().unwrap().parse().unwrap()
}

/// Goes to the next such day that is still to come, so that no story depends on the day it is told on.
async fn go_to(demo: &Demo, weekdays: &[Weekday], hour: &str) {
    let today = now(demo).await.date_naive();
    let ahead = (1..=7).map(|days| today + Days::new(days)).find(|day| weekdays.contains(&day.weekday())).unwrap();
    demo.post("/clock", json!({"to": format!("{ahead}T{hour}")})).await;
}
