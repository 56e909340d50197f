//! `tandem preview`: a lesson on phones, while somebody writes it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::json;

use crate::browser::{DESK, HAND, turn};
use crate::files::ContentFolder;
use crate::webdriver::{Browser, Screen};

const GERMAN: &str = "lessons/fuehrerschein/m1-dialog/de.md";

/// A running preview of a folder. It ends when this is dropped.
struct Preview {
    process: Child,
    page: String,
    files: ContentFolder,
}

impl Preview {
    fn start(lesson: &str) -> Self {
        let files = ContentFolder::copied();
        let mut process = program()
            .args(["preview", lesson, "--listen", "127.0.0.1:0", "--content-dir"])
            .arg(files.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = lines.next().expect("the preview ended before it was there").unwrap();
        let page = line.strip_prefix("Tandem preview: ").unwrap_or_else(|| panic!("{line}")).to_owned();
        Self { process, page, files }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TANDEM_")) {
        command.env_remove(name);
    }
    command
}

async fn opened(preview: &Preview, screen: Screen, query: &str) -> Browser {
    let browser = Browser::open(screen).await;
    browser.go(&format!("{}/?{query}", preview.page)).await;
    browser.until("the preview", "return document.body.dataset.ready === 'yes'").await;
    browser
}

/// That every phone, or this one, shows these words.
fn shows(phone: &str, words: &str) -> String {
    format!("return document.getElementById('phone-{phone}').innerText.includes({words:?})")
}

#[tokio::test]
async fn a_lesson_stands_on_phones_side_by_side_and_follows_its_files() {
    let Some(_turn) = turn().await else { return };
    let preview = Preview::start("m1/mandate");
    let browser = opened(&preview, DESK, "language=de&theme=light").await;
    browser.until("the German card", &shows("de", "Ein Auftrag mit Arbeitszeit")).await;
    browser.until("the English card", &shows("en", "A mandate with working time")).await;
    browser.until("the plain card", &shows("de-simple", "Sie brauchen Arbeitszeit")).await;
    let names = "return [...document.querySelectorAll('.phone .name')].map((name) => name.textContent)";
    assert_eq!(browser.run(names).await, json!(["Deutsch", "English", "Einfache Sprache"]));
    let tall = "return [...document.querySelectorAll('.phone')].filter((phone) => phone.clientHeight > 500).length";
    assert_eq!(browser.run(tall).await, json!(3), "all phones are to be read side by side");
    // To any step: the third card.
    browser.run("document.querySelectorAll('.steps button')[2].click()").await;
    browser.until("the third step", &shows("de", "Erst das Ziel, dann der Kanal")).await;
    browser.until("its mark", "return document.querySelector('.step.current .step-number').textContent === '3'").await;
    browser.picture("preview-desk").await;
    // Saved: the new text stands there without a press.
    preview.files.change(GERMAN, "### goal: Erst das Ziel, dann der Kanal", "### goal: Zuerst ein Ziel");
    browser.until("the new title", &shows("de", "Zuerst ein Ziel")).await;
    browser.until("its note", "return document.getElementById('news').textContent.startsWith('Neu geladen')").await;
    // Saved with a fault: it is named, and the phones keep what they have.
    let good = preview.files.read(GERMAN);
    preview.files.cut(GERMAN, "### goal-q:", "### bonding:");
    let named = "return document.getElementById('findings-text').checkVisibility() \
                 && document.getElementById('findings-text').textContent.includes('`goal-q` is missing')";
    browser.until("the fault", named).await;
    browser.picture("preview-fault").await;
    assert_eq!(browser.run(&shows("de", "Zuerst ein Ziel")).await, json!(true));
    preview.files.write(GERMAN, &good.replace("Zuerst ein Ziel", "Am Anfang ein Ziel"));
    browser.until("its end", "return document.getElementById('findings').hidden").await;
    // Another lesson, by its name.
    browser.run("const list = document.getElementById('lesson'); list.value = 'm1/l2'; list.dispatchEvent(new Event('change'))").await;
    browser.until("the other lesson", &shows("de", "Eine Stimme, viele Orte")).await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_preview_fits_into_a_hand() {
    let Some(_turn) = turn().await else { return };
    let preview = Preview::start("m1/l1");
    let browser = opened(&preview, HAND, "language=de&theme=light").await;
    browser.until("the card", &shows("de", "Ein Auftrag mit Arbeitszeit")).await;
    browser.picture("preview-hand").await;
    assert_eq!(browser.run("return document.documentElement.scrollWidth").await, json!(390));
    browser.run("document.getElementById('tab-en').click()").await;
    browser.until("the English phone", "return document.getElementById('phone-en').checkVisibility()").await;
    browser.picture("preview-hand-en").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[test]
fn a_lesson_that_is_not_there_gets_one_line_with_what_is_near() {
    let out = program().args(["preview", "m1/mandat"]).output().unwrap();
    assert_eq!(out.status.code(), Some(1));
    let said = String::from_utf8(out.stderr).unwrap();
    assert_eq!(said, "tandem: no lesson is called `m1/mandat`; did you mean `m1/mandate`, `m1/mandate-q`?\n");
}
