//! The demo's page in headless Chromium, as visitors have it: at a desk and in the hand, in both languages.

use serde_json::json;
use tokio::sync::Mutex;

use crate::demo::Demo;
use crate::left_out::left_out;
use crate::webdriver::{Browser, Screen, is_there};

/// One browser at a time: the page waits only so long for an answer, and a small machine has two cores.
static ALONE: Mutex<()> = Mutex::const_new(());

pub const DESK: Screen = Screen::Desk { width: 1500, height: 1100 };
pub const HAND: Screen = Screen::Hand { width: 390, height: 844 };

#[tokio::test]
async fn the_guided_start_comes_to_its_end_in_german() {
    guided_start("de", "light").await;
}

#[tokio::test]
async fn the_guided_start_comes_to_its_end_in_english_and_in_the_dark() {
    guided_start("en", "dark").await;
}

async fn guided_start(language: &str, theme: &str) {
    let Some(_turn) = turn().await else { return };
    let demo = Demo::start();
    let browser = Browser::open(DESK).await;
    let carla = demo.phone("trainer").await;
    // The trainer is in already, so she says it in the chat.
    carla.says("/settings").await;
    if language == "en" {
        carla.presses("English").await;
    }
    open(&browser, &demo, &format!("language={language}&theme={theme}")).await;
    // Every phone speaks the page's language.
    let choose = format!(
        "document.querySelectorAll('.tongue button[value={language}]').forEach((button) => button.click());
         return document.documentElement.lang"
    );
    assert_eq!(browser.run(&choose).await, json!(language));
    let finished = browser.run("return tandemDemo.playAll({ pause: 0 })").await;
    let said = browser.run("return document.getElementById('status-text').textContent").await;
    if finished != json!(true) {
        browser.picture(&format!("failed-{language}")).await;
        panic!("{said}");
    }
    browser.until("the guide's end", "return document.body.dataset.guide === 'done'").await;
    settled(&browser).await;
    browser.picture(&format!("guide-{language}")).await;
    let seen = browser.run("return [...document.querySelectorAll('.phone')].map((phone) => phone.innerText)").await;
    for phone in seen.as_array().unwrap() {
        assert!(phone.as_str().unwrap().len() > 200, "an empty phone: {phone}");
    }
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn nothing_sticks_out_on_a_phone() {
    let Some(_turn) = turn().await else { return };
    let demo = Demo::start();
    let browser = Browser::open(HAND).await;
    open(&browser, &demo, "language=de").await;
    if browser.run("return tandemDemo.playAll({ pause: 0 })").await != json!(true) {
        browser.picture("failed-hand").await;
        panic!("the guide did not come to its end; see target/page/failed-hand.png");
    }
    for role in ["lead", "deputy", "trainer"] {
        browser.run(&format!("document.getElementById('tab-{role}').click()")).await;
        let shown = format!("return document.querySelector('.phone.{role}').getBoundingClientRect().width > 300");
        browser.until(&format!("the phone of the {role}"), &shown).await;
        settled(&browser).await;
        browser.picture(&format!("hand-{role}")).await;
        assert_eq!(browser.run("return innerWidth").await, json!(390));
        let wide = "return [...document.querySelectorAll('body *')]
            .filter((node) => node.checkVisibility() && node.getBoundingClientRect().right > innerWidth + 1)
            .map((node) => node.outerHTML.slice(0, 120))";
        assert_eq!(browser.run(wide).await, json!([]), "beyond the edge, {role}");
        assert_eq!(browser.run("return document.documentElement.scrollWidth").await, json!(390), "{role}");
    }
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_visitor_writes_and_presses_with_the_keyboard_alone() {
    let Some(_turn) = turn().await else { return };
    let demo = Demo::start();
    let browser = Browser::open(DESK).await;
    open(&browser, &demo, "language=en&guide=off").await;
    let code = demo.get("/demo.json").await["codes"]["lead"].as_str().unwrap().to_owned();
    demo.phone("lead").await.says(&format!("/start {code}")).await;
    let key = "document.querySelector('.phone.lead .key')";
    browser.until("the notice", &format!("return {key} !== null")).await;
    // From the log on, Tab leads past the commands in the text to the first button.
    browser.run("document.querySelector('.phone.lead .log').focus()").await;
    for _ in 0..5 {
        browser.types("\u{E004}").await;
        if browser.run("return document.activeElement.classList.contains('key')").await == json!(true) {
            break;
        }
    }
    assert_eq!(browser.run("return document.activeElement.innerText").await, json!("Verstanden"));
    browser.types("\u{E007}").await;
    demo.phone("lead").await.sees("Organisation").await;
    browser.run("document.querySelector('.phone.lead textarea').focus()").await;
    browser.types("Kulturverein\u{E007}").await;
    demo.phone("lead").await.sees("Arbeitgeber").await;
    let bubble = "return document.querySelector('.phone.lead .log').innerText.includes('Arbeitgeber')";
    browser.until("the answer", bubble).await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn what_people_write_never_becomes_markup_on_the_page() {
    let Some(_turn) = turn().await else { return };
    let demo = Demo::start();
    let browser = Browser::open(DESK).await;
    open(&browser, &demo, "guide=off").await;
    let code = demo.get("/demo.json").await["codes"]["lead"].as_str().unwrap().to_owned();
    let ada = demo.phone("lead").await;
    ada.says(&format!("/start {code}")).await;
    ada.presses("Verstanden").await;
    ada.says("<img src=x onerror=\"document.title='owned'\"><b>&amp;").await;
    ada.presses("Ja, Vorstand/Leitung").await;
    let log = "document.querySelector('.phone.lead .log')";
    browser.until("the text as it was written", &format!("return {log}.innerText.includes('<img src=x')")).await;
    assert_eq!(browser.run(&format!("return {log}.querySelectorAll('img').length")).await, json!(0));
    assert_ne!(browser.run("return document.title").await, json!("owned"));
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_picture_is_shown_and_said_and_a_calendar_link_leads_somewhere() {
    let Some(_turn) = turn().await else { return };
    let demo = Demo::start();
    let browser = Browser::open(HAND).await;
    open(&browser, &demo, "guide=off").await;
    let code = demo.get("/demo.json").await["codes"]["lead"].as_str().unwrap().to_owned();
    let ada = demo.phone("lead").await;
    ada.says(&format!("/start {code}")).await;
    ada.presses("Verstanden").await;
    ada.says("Kulturverein").await;
    for label in ["Ja, Vorstand/Leitung", "Passt"] {
        ada.presses(label).await;
    }
    ada.says("45 min").await;
    ada.says("/stunden").await;
    ada.presses("Bild").await;
    let picture = "document.querySelector('.phone.lead img.photo')";
    browser.until("the picture", &format!("return {picture}?.naturalWidth === 780")).await;
    let alt = browser.run(&format!("return {picture}.alt")).await;
    assert!(alt.as_str().unwrap().contains("45 Min. von"), "{alt}");
    assert_eq!(browser.run("return document.documentElement.scrollWidth").await, json!(390));
    settled(&browser).await;
    browser.picture("hours").await;
    ada.says("/kalender").await;
    ada.presses("Kalender abonnieren").await;
    let shown = ada.sees("/feed/").await["text"].as_str().unwrap().to_owned();
    let link = shown.split_whitespace().find(|word| word.starts_with(&demo.page)).unwrap_or_else(|| panic!("{shown}"));
    let (status, kind, body) = demo.text(&link[demo.page.len()..]).await;
    assert_eq!((status, kind.as_str()), (200, "text/calendar; charset=utf-8"));
    assert!(body.starts_with("BEGIN:VCALENDAR\r\n"), "{body}");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

/// Waits for the browser; `None`, said aloud, where there is none.
pub async fn turn() -> Option<tokio::sync::MutexGuard<'static, ()>> {
    if is_there() {
        return Some(ALONE.lock().await);
    }
    assert!(
        std::env::var_os("TANDEM_TEST_BROWSER").is_none(),
        "TANDEM_TEST_BROWSER is set, and there is no chromedriver"
    );
    left_out("the demo's page in a browser", "there is no chromedriver");
    None
}

/// Waits until nothing on the page moves any more.
async fn settled(browser: &Browser) {
    browser.run("return new Promise((wake) => setTimeout(wake, 700))").await;
    browser.until("its rest", "return document.getAnimations().every((one) => one.playState !== 'running')").await;
}

async fn open(browser: &Browser, demo: &Demo, wishes: &str) {
    browser.go(&format!("{}/?{wishes}", demo.page)).await;
    browser.until("its beginning", "return document.body.dataset.ready === 'yes'").await;
}
