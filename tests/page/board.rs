//! The trainers' pages in a real browser: seen by axe-core in both languages and themes, at a desk and in the hand.
//!
//! axe-core is not kept here: it comes with a Python package that `tests/run` installs for tests alone.

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use crate::browser::turn;
use crate::demo::Demo;
use crate::left_out::left_out;
use crate::webdriver::{Browser, Screen};

const SCREENS: [(&str, Screen); 2] =
    [("desk", Screen::Desk { width: 1280, height: 1600 }), ("hand", Screen::Hand { width: 390, height: 844 })];

/// The script that looks for what keeps people out.
fn axe() -> Option<String> {
    let python = std::env::var("TANDEM_TEST_PYTHON").ok()?;
    let find = "import axe_core_python; print(list(axe_core_python.__path__)[0])";
    let found = Command::new(python).args(["-c", find]).output().ok().filter(|output| output.status.success())?;
    let folder = PathBuf::from(String::from_utf8(found.stdout).ok()?.trim());
    std::fs::read_to_string(folder.join("axe.min.js")).ok()
}

/// What is found on the page that is open, from "serious" on.
async fn serious(browser: &Browser, axe: &str) -> Vec<String> {
    let script = format!(
        "{axe};
        document.querySelectorAll('details').forEach((part) => {{ part.open = true }});
        return axe.run(document).then((found) => found.violations
            .filter((one) => ['serious', 'critical'].includes(one.impact))
            .map((one) => one.id + ': ' + one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')))"
    );
    let found = browser.run(&script).await;
    let found = found.as_array().unwrap_or_else(|| panic!("axe says {found}"));
    found.iter().map(Value::to_string).collect()
}

#[tokio::test]
async fn no_page_of_the_dashboard_keeps_anybody_out() {
    let Some(_turn) = turn().await else { return };
    let Some(axe) = axe() else {
        return left_out("accessibility of the dashboard", "axe-core cannot be had; tests/run installs it");
    };
    let mut looked_at = 0;
    for (screen_name, screen) in SCREENS {
        let demo = Demo::start();
        let browser = Browser::open(screen).await;
        let mut pages: Vec<(String, String)> = vec![
            ("outside".to_owned(), format!("{}/dashboard", demo.page)),
            ("over".to_owned(), format!("{}/dashboard/enter/{}", demo.page, "a".repeat(22))),
        ];
        for theme in ["light", "dark"] {
            browser.prefers(theme).await;
            for (name, address) in &pages {
                looked_at += look(&browser, &axe, &format!("{screen_name}-{theme}-{name}"), address).await;
            }
        }
        let carla = demo.phone("trainer").await;
        carla.says("/dashboard").await;
        let message = carla.sees("/dashboard/enter/").await;
        let text = message["text"].as_str().unwrap();
        let link = text.split_whitespace().find(|word| word.contains("/dashboard/enter/")).unwrap().to_owned();
        looked_at += look(&browser, &axe, &format!("{screen_name}-knock"), &link).await;
        browser.run("document.querySelector('main form button').click()").await;
        browser.until("the rounds", "return document.querySelector('.cards a') !== null").await;
        let round = browser.run("return document.querySelector('.cards a').href.split('?')[0]").await;
        let round = round.as_str().unwrap().to_owned();
        pages = vec![("rounds".to_owned(), format!("{}/dashboard", demo.page)), ("round".to_owned(), round.clone())];
        pages.push(("nothing".to_owned(), format!("{}/dashboard/rounds/nowhere", demo.page)));
        pages.push(("seats".to_owned(), format!("{round}/seats")));
        for (theme, language) in [("light", "de"), ("light", "en"), ("dark", "de"), ("dark", "en")] {
            browser.prefers(theme).await;
            for (name, address) in &pages {
                let name = format!("{screen_name}-{theme}-{language}-{name}");
                looked_at += look(&browser, &axe, &name, &format!("{address}?lang={language}")).await;
            }
        }
        // Through forms: the question before a seat is freed, and a page with a link.
        for (name, press) in [
            ("seat", "document.querySelector('form[action$=\"/seats\"] button').click()"),
            ("handed", "document.querySelector('form[action*=\"/hand/\"] button').click()"),
        ] {
            browser.run(press).await;
            let there = if name == "seat" { "form[action*=\"/hand/\"]" } else { ".link code" };
            browser.until(name, &format!("return document.querySelector('{there}') !== null")).await;
            looked_at += look_here(&browser, &axe, &format!("{screen_name}-dark-en-{name}")).await;
        }
        browser.go(&format!("{round}?lang=de")).await;
        let drawn = "return [document.querySelectorAll('svg.chart title').length > 0,
            [...document.querySelectorAll('section')].every((part) => !part.querySelector('svg') || part.querySelector('table'))]";
        assert_eq!(browser.run(drawn).await, json!([true, true]), "charts, and a table behind each");
    }
    assert_eq!(looked_at, 46);
}

/// Opens a page and looks at it; answers with 1.
async fn look(browser: &Browser, axe: &str, name: &str, address: &str) -> usize {
    browser.go(address).await;
    look_here(browser, axe, name).await
}

async fn look_here(browser: &Browser, axe: &str, name: &str) -> usize {
    browser.picture(&format!("board-{name}")).await;
    let wide = browser.run("return document.documentElement.scrollWidth <= innerWidth").await;
    assert_eq!(wide, json!(true), "{name} is wider than its screen");
    let found = serious(browser, axe).await;
    assert!(found.is_empty(), "{name}: {found:#?}");
    1
}
