//! Papers to take along: the link, what it gives once, and to whom not.

use std::io::Read;

use chrono::TimeDelta;

use crate::support::{Feeds, Person, World};

/// Presses "as a file" and reads the link off the phone.
async fn link_for(person: &Person) -> String {
    person.taps("Als Datei").await;
    link_on(person)
}

fn link_on(person: &Person) -> String {
    let screen = person.screen();
    let link = screen.lines().map(str::trim).find(|line| line.contains("/papers/"));
    link.unwrap_or_else(|| panic!("no link: {screen}")).to_owned()
}

/// Presses a button on the page behind a link.
async fn post(place: &Feeds, link: &str, form: &str, site: &str) -> reqwest::Response {
    let request = reqwest::Client::new().post(place.here(link)).header("sec-fetch-site", site);
    request.form(&[("form", form)]).send().await.expect("an answer")
}

async fn status(place: &Feeds, link: &str, form: &str) -> u16 {
    post(place, link, form, "same-origin").await.status().as_u16()
}

/// The file that a button gives.
async fn file(place: &Feeds, link: &str, form: &str) -> (String, Vec<u8>) {
    let answer = post(place, link, form, "same-origin").await;
    assert_eq!(answer.status().as_u16(), 200);
    let name = answer.headers()["content-disposition"].to_str().expect("text").to_owned();
    (name, answer.bytes().await.expect("a body").to_vec())
}

/// The parts of a package, by name.
fn parts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    let count = package.len();
    let read = |nth| {
        let mut part = package.by_index(nth).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("UTF-8");
        (part.name().expect("a name").into_owned(), text)
    };
    (0..count).map(read).collect()
}

/// Both have begun, and Ben has written the first text of the concept.
async fn with_concept(world: &World, text: &str) -> (Person, Person) {
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    ben.taps("▶ Los geht’s").await;
    ben.taps_all(&["Weiter", "C", "Weiter", "Weiter", "A", "Weiter", "Weiter", "B", "Weiter"]).await;
    ben.says(text).await;
    (ada, ben)
}

#[tokio::test]
async fn a_link_gives_a_paper_once_by_a_button_and_looking_uses_nothing_up() {
    let world = World::on_disk().await;
    let place = world.feeds().await;
    let (ada, _) = with_concept(&world, "Acht Menschen fragen nach einem Probetag.").await;
    ada.says("/konzept").await;
    let link = link_for(&ada).await;
    assert!(ada.screen().contains("gilt 15 Minuten und nur einmal"), "{}", ada.screen());
    for _ in 0..3 {
        let knock = place.get(&link).await;
        assert_eq!(knock.status, 200, "looking uses nothing up");
        for (name, part) in [
            ("cache-control", "no-store"),
            ("x-robots-tag", "noindex"),
            ("referrer-policy", "no-referrer"),
            ("content-security-policy", "form-action 'self'"),
        ] {
            assert!(knock.header(name).contains(part), "{name}: {}", knock.header(name));
        }
        assert!(knock.body.contains("Als PDF") && !knock.body.contains("<script"), "{}", knock.body);
        assert!(!knock.body.contains("Acht Menschen"), "nothing of the paper is on the page");
    }
    assert_eq!(place.head(&link).await.status, 200);
    let answer = post(&place, &link, "pdf", "same-origin").await;
    let answer = (answer.status().as_u16(), answer.headers().clone(), answer.bytes().await.expect("a body"));
    assert_eq!(answer.0, 200);
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("content-disposition", "attachment; filename=\"konzept-2026-03-03.pdf\""),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ] {
        assert_eq!(answer.1[name], value, "{name}");
    }
    assert!(answer.2.starts_with(b"%PDF-"));
    assert_eq!(status(&place, &link, "pdf").await, 404, "used up");
    let never = format!("{}/papers/0000000000000000000000", crate::support::PUBLIC_URL);
    assert_eq!(place.get(&link).await, place.get(&never).await, "one answer for every dead link");
    assert_eq!(world.count("SELECT COUNT(*) FROM outbox WHERE message LIKE '%/papers/%'").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM download").await, 0);
}

#[tokio::test]
async fn a_link_ends_after_a_quarter_of_an_hour_and_when_a_newer_one_to_the_same_paper_is_asked_for() {
    let world = World::new().await;
    let place = world.feeds().await;
    let (ada, ben) = with_concept(&world, "Acht Menschen.").await;
    ada.says("/konzept").await;
    let older = link_for(&ada).await;
    ada.says("/konzept").await;
    let newer = link_for(&ada).await;
    ada.says("/meinedaten").await;
    let data = link_for(&ada).await;
    ben.says("/konzept").await;
    let bens = link_for(&ben).await;
    let all = [&older, &newer, &data, &bens];
    let mut seen = Vec::new();
    for link in all {
        seen.push(place.get(link).await.status);
    }
    assert_eq!(seen, [404, 200, 200, 200], "another paper's and another person's link go on");
    world.advance(TimeDelta::minutes(15)).await;
    for link in all {
        assert_eq!(place.get(link).await.status, 404);
        assert_eq!(status(&place, link, "pdf").await, 404);
    }
}

#[tokio::test]
async fn forms_from_elsewhere_and_unknown_forms_give_nothing_and_use_nothing_up() {
    let world = World::new().await;
    let place = world.feeds().await;
    let (ada, _) = with_concept(&world, "Acht Menschen.").await;
    ada.says("/konzept").await;
    let link = link_for(&ada).await;
    assert_eq!(post(&place, &link, "pdf", "cross-site").await.status().as_u16(), 403);
    for form in ["", "zip", "exe", "../pdf"] {
        assert_eq!(status(&place, &link, form).await, 404, "{form}");
    }
    for wrong in ["", "x", "äääääääääää", &link.rsplit('/').next().expect("a secret")[1..]] {
        let link = format!("{}/papers/{wrong}", crate::support::PUBLIC_URL);
        assert!([404, 405].contains(&status(&place, &link, "pdf").await), "{wrong}");
    }
    // It opens no place in the chat, and no place opens it.
    let eve = world.person("Eve");
    eve.says(&format!("/start {}", link.rsplit('/').next().expect("a secret"))).await;
    assert_eq!(status(&place, &link, "docx").await, 200);
}

#[tokio::test]
async fn whoever_is_erased_meanwhile_leaves_a_dead_link() {
    let world = World::on_disk().await;
    let place = world.feeds().await;
    let (ada, ben) = with_concept(&world, "Acht Menschen.").await;
    ben.says("/meinedaten").await;
    let link = link_for(&ben).await;
    ada.says("/konzept").await;
    let adas = link_for(&ada).await;
    ben.says("/loeschen").await;
    ben.taps("Ja, alles löschen").await;
    assert_eq!((place.get(&link).await.status, status(&place, &link, "zip").await), (404, 404));
    assert_eq!(world.count("SELECT COUNT(*) FROM download").await, 1, "Ada's is hers");
    let (_, bytes) = file(&place, &adas, "md").await;
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(!text.contains("Acht Menschen"), "what Ben wrote went with him: {text}");
}

#[tokio::test]
async fn the_concept_says_the_same_in_every_form_and_markup_in_it_stays_letters() {
    let world = World::new().await;
    let place = world.feeds().await;
    let hostile = "<script>alert(1)</script> & *fett* \u{202e}um\n# keine Überschrift 🙂";
    let (ada, _) = with_concept(&world, hostile).await;
    let mut texts = Vec::new();
    for form in ["md", "docx", "pdf"] {
        ada.says("/konzept").await;
        let (name, bytes) = file(&place, &link_for(&ada).await, form).await;
        assert!(name.ends_with(&format!(".{form}\"")), "{name}");
        texts.push(bytes);
    }
    let markdown = String::from_utf8(texts.remove(0)).expect("UTF-8");
    insta::assert_snapshot!(markdown, @r#"
    # Unser Social-Media-Konzept

    Verein Ada

    Frühjahr

    Stand: 3. März 2026

    ## Ihr Ziel in einem Satz

    \<script\>alert(1)\</script\> \& \*fett\* um

    \# keine Überschrift 🙂

    ## Ein Mensch in fünf Zeilen

    *Noch offen.*

    ## Drei Sätze mit Beleg

    *Noch offen.*

    ## Vier Beiträge, zwei Wochen

    *Noch offen.*

    ## Zustimmung in vier Sätzen

    *Noch offen.*

    ## Fünf Regeln

    *Noch offen.*

    ## Zwei Textbausteine

    *Noch offen.*
    "#);
    let document = parts(texts.remove(0)).into_iter().find(|(name, _)| name == "word/document.xml").expect("a text").1;
    for part in
        ["&lt;script&gt;alert(1)&lt;/script&gt; &amp; *fett* um", "# keine Überschrift 🙂", "Ihr Ziel in einem Satz"]
    {
        assert!(document.contains(part), "{part} in {document}");
    }
    assert!(!document.contains("<script"));
    assert!(texts.remove(0).starts_with(b"%PDF-"));
}

#[tokio::test]
async fn my_data_are_all_of_mine_and_nobody_elses() {
    let world = World::on_disk().await;
    let place = world.feeds().await;
    let (ada, ben) = with_concept(&world, "Acht Menschen fragen nach.").await;
    ben.says("45 min").await;
    ben.says("weg 30.–31.3.").await;
    ada.says("1 min").await;
    ben.says("/meinedaten").await;
    insta::assert_snapshot!(ben.screen(), @"
    Das ist über Sie gespeichert

    Name: Ben
    Sprache: Deutsch

    Einträge in der Stundenliste: 1 (zusammen 45 Min.)
    Abwesenheiten: 1
    Antworten in Lektionen: 4
    Rückmeldungen, die noch zu Ihnen gehören: 0
    Fragen, die noch einmal kommen: 3

    Berichtigungen der Stundenliste: 0

    Dazu: Ihre Telegram-Nummer für diesen Chat, Ihr Platz im Tandem, Ihr Stand im Kurs, Ihre Einstellungen und Nachrichten, die noch zu Ihnen unterwegs sind.

    Stimmt etwas nicht? Stunden ändern Sie unter /stunden, Abwesenheiten unter /weg, Sprache und Tage unter /einstellungen, Texte für das Konzept unter /konzept. Ihren Namen ändern Sie hier mit dem Knopf.
    [Als Datei]
    [Name ändern]
    [Alles löschen]
    ");
    let (name, bytes) = file(&place, &link_for(&ben).await, "zip").await;
    assert!(name.contains("meine-daten-2026-03-03.zip"), "{name}");
    let parts = parts(bytes);
    let part = |name: &str| &parts.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name}")).1;
    let json: serde_json::Value = serde_json::from_str(part("tandem.json")).expect("JSON");
    assert_eq!(json["person"][0]["name"], "Ben");
    assert_eq!(json["hours"].as_array().map(Vec::len), Some(1), "Ada's minute is Ada's");
    assert_eq!(json["hours"][0]["minutes"], 45);
    assert_eq!(json["absences"][0]["first"], "2026-03-30");
    assert_eq!(json["seats"][0]["mind"]["stage"], "ready");
    assert!(part("csv/answers.csv").contains("Acht Menschen fragen nach."));
    assert!(part("csv/hours.csv").starts_with("id,tandem_id,day,minutes,made\n"), "{}", part("csv/hours.csv"));
    for table in json.as_object().expect("tables").keys() {
        assert!(part("LIESMICH.txt").contains(&format!("{table}.csv\n    ")), "{table} is explained");
    }
    for (name, text) in &parts {
        // Her name stands in that of their organisation.
        assert!(!text.replace("Verein Ada", "").contains("Ada"), "{name} names somebody else: {text}");
    }
    // A trainer's are a trainer's.
    let tom = world.trainer("Tom").await;
    tom.says("/meinedaten").await;
    let (_, bytes) = file(&place, &link_for(&tom).await, "zip").await;
    let names: Vec<String> = self::parts(bytes).into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"csv/desk.csv".to_owned()) && !names.contains(&"csv/hours.csv".to_owned()), "{names:?}");
}

#[tokio::test]
async fn where_nobody_can_reach_the_pages_there_is_no_button_and_the_operator_writes_the_file() {
    let world = World::new().await;
    let (ada, _) = with_concept(&world, "Acht Menschen.").await;
    ada.says("/konzept").await;
    let stale = ada.carried("Als Datei");
    world.loses_its_address().await;
    for command in ["/konzept", "/meinedaten"] {
        ada.says(command).await;
        assert!(!ada.screen().contains("[Als Datei]"), "{}", ada.screen());
    }
    assert!(ada.screen().contains("auf Wunsch von der Stelle, die Tandem betreibt"), "{}", ada.screen());
    ada.presses_old(&stale).await;
    assert!(ada.screen().contains("(Dieser Knopf ist nicht mehr aktuell.)"), "{}", ada.screen());
    let app = world.app().await;
    let bytes = tandem::app::mydata::for_chat(&app, ada.id()).await.expect("a file").expect("she is known");
    assert!(parts(bytes).iter().any(|(name, text)| name == "tandem.json" && text.contains("\"Ada\"")));
    assert!(tandem::app::mydata::for_chat(&app, 4_711).await.expect("an answer").is_none());
    let noted = app.db.read().await.expect("a look").noted().await.expect("the log");
    assert_eq!(noted.last().map(|noted| noted.action), Some(tandem::store::Action::DataExported));
}

#[tokio::test]
async fn a_name_can_be_put_right() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("/meinedaten").await;
    ada.taps("Name ändern").await;
    ada.says("  Ada   <b>Lovelace</b> ").await;
    assert!(ada.screen().contains("Ab jetzt stehen Sie hier als Ada <b>Lovelace</b>."), "{}", ada.screen());
    ada.says("/start").await;
    assert!(ada.screen().contains("Hallo Ada <b>Lovelace</b>!"), "{}", ada.screen());
    ben.says("/meinedaten").await;
    ben.taps("Name ändern").await;
    ben.says(&"x".repeat(65)).await;
    assert!(ben.screen().contains("höchstens 64 Zeichen"), "{}", ben.screen());
    // Whoever turns to something else is not asked any more.
    ben.says("/stunden").await;
    ben.says("30 min").await;
    ben.says("/start").await;
    assert!(ben.screen().contains("Hallo Ben!"), "{}", ben.screen());
}
