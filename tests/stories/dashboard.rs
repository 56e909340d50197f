//! The dashboard in a browser: who gets in, how long, and what is shown to whom.

use chrono::TimeDelta;
use reqwest::redirect::Policy;

use crate::support::{Answer, Feeds, Person, World};

/// A browser with its cookies.
struct Browser<'a> {
    place: &'a Feeds,
    http: reqwest::Client,
    cookie: String,
}

impl<'a> Browser<'a> {
    fn new(place: &'a Feeds) -> Self {
        let http = reqwest::Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { place, http, cookie: String::new() }
    }

    async fn get(&self, link: &str) -> Answer {
        let request = self.http.get(self.place.here(link)).header("cookie", &self.cookie);
        Answer::of(request.send().await.expect("an answer")).await
    }

    async fn post(&mut self, link: &str, token: &str) -> Answer {
        let request = self.http.post(self.place.here(link)).header("cookie", &self.cookie);
        let request = request.header("sec-fetch-site", "same-origin").form(&[("token", token)]);
        let answer = Answer::of(request.send().await.expect("an answer")).await;
        if let Some((cookie, _)) = answer.header("set-cookie").split_once(';') {
            self.cookie = cookie.to_owned();
        }
        answer
    }

    /// Opens the link that a trainer just got, and presses the button.
    async fn enters(&mut self, link: &str) -> Answer {
        assert_eq!(self.get(link).await.status, 200);
        self.post(link, "").await
    }
}

/// Asks for a link in the chat.
async fn link_for(trainer: &Person) -> String {
    trainer.says("/uebersicht").await;
    let screen = trainer.screen();
    let link = screen.lines().map(str::trim).find(|line| line.starts_with("https://"));
    link.unwrap_or_else(|| panic!("no link: {screen}")).to_owned()
}

fn page(rest: &str) -> String {
    format!("{}/dashboard{rest}", crate::support::PUBLIC_URL)
}

/// The hidden token of a page's forms.
fn token(page: &Answer) -> &str {
    let rest = page.body.split("name=\"token\" value=\"").nth(1).expect("a form");
    rest.split('"').next().expect("a token")
}

#[tokio::test]
async fn a_link_opens_the_dashboard_once_in_one_browser_for_a_working_day() {
    let world = World::new().await;
    let place = world.feeds().await;
    let tom = world.trainer("Tom").await;
    world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let link = link_for(&tom).await;
    let mut browser = Browser::new(&place);
    for _ in 0..2 {
        let knock = browser.get(&link).await;
        assert_eq!(knock.status, 200, "looking uses nothing up");
        assert!(knock.body.contains("<form method=\"post\">"), "{}", knock.body);
    }
    let entered = browser.enters(&link).await;
    assert_eq!((entered.status, entered.header("location")), (303, "/dashboard"));
    let cookie = entered.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/dashboard", "Max-Age=28800"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    let rounds = browser.get(&page("")).await;
    assert_eq!(rounds.status, 200);
    assert!(rounds.body.contains("Frühjahr"), "{}", rounds.body);
    for (name, part) in [
        ("content-security-policy", "default-src 'none'"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
    ] {
        assert!(rounds.header(name).contains(part), "{name}: {}", rounds.header(name));
    }
    assert!(!rounds.body.contains("<script"), "it works without a script");

    let mut second = Browser::new(&place);
    assert_eq!(second.post(&link, "").await.status, 404, "the link is used up");
    assert_eq!(second.get(&page("")).await.status, 401);

    world.advance(TimeDelta::hours(8)).await;
    assert_eq!(browser.get(&page("")).await.status, 401, "the day is over");
}

#[tokio::test]
async fn a_link_ends_after_a_quarter_of_an_hour_and_when_a_newer_one_is_asked_for() {
    let world = World::on_disk().await;
    let place = world.feeds().await;
    let tom = world.trainer("Tom").await;
    let (older, newer) = (link_for(&tom).await, link_for(&tom).await);
    let mut browser = Browser::new(&place);
    assert_eq!(browser.get(&older).await.status, 404);
    assert_eq!(browser.get(&newer).await.status, 200);
    world.advance(TimeDelta::minutes(15)).await;
    assert_eq!(browser.post(&newer, "").await.status, 404);
    assert_eq!(browser.get(&newer).await.body, browser.get(&page("/enter/0000000000000000000000")).await.body);
    // A link of the dashboard opens nothing in the chat.
    let newest = link_for(&tom).await;
    let stranger = world.person("Eve");
    stranger.says(&format!("/start {}", newest.rsplit('/').next().expect("a code"))).await;
    assert_eq!(browser.get(&newest).await.status, 200, "it was not used up there");
    assert_eq!(world.count("SELECT COUNT(*) FROM person").await, 1);
}

#[tokio::test]
async fn a_trainer_sees_the_figures_of_the_report_and_nobody_elses_round() {
    let world = World::new().await;
    let place = world.feeds().await;
    let (tom, una) = (world.trainer("Tom").await, world.trainer("Una").await);
    let toms = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let unas = world.round("2026-03-03", "Europe/Berlin", Some(&una)).await;
    for (lead, deputy) in [("Ada", "Ben"), ("Cem", "Dora"), ("Eve", "Finn")] {
        world.joins(&toms, lead, deputy).await;
    }
    // Figures are counted when the round starts.
    world.until("Tue 10:00").await;
    let mut browser = Browser::new(&place);
    browser.enters(&link_for(&tom).await).await;
    let own = browser.get(&page(&format!("/rounds/{}", toms.id))).await;
    assert_eq!(own.status, 200);
    assert!(own.body.contains("<span>6</span>"), "six people: {}", own.body);
    assert!(own.body.contains("keine Angabe unter 5"), "three tandems are not shown: {}", own.body);
    let english = browser.get(&page(&format!("/rounds/{}?lang=en", toms.id))).await;
    assert!(english.body.contains("<html lang=\"en\">") && english.body.contains("not shown below 5"));

    let other = browser.get(&page(&format!("/rounds/{}", unas.id))).await;
    let none = browser.get(&page("/rounds/none")).await;
    assert_eq!((other.status, &other.body), (404, &none.body), "not even which rounds there are");
    assert_eq!(browser.get(&page(&format!("/rounds/{}/report/csv", unas.id))).await.status, 404);
    assert_eq!(browser.get(&page(&format!("/rounds/{}/report/exe", toms.id))).await.status, 404);
    for (format, begins) in [("md", "# "), ("csv", "Wer ist dabei?")] {
        let file = browser.get(&page(&format!("/rounds/{}/report/{format}", toms.id))).await;
        assert_eq!(file.status, 200);
        assert!(file.body.starts_with(begins) && file.body.contains('6'), "{}", file.body);
        assert!(file.header("content-disposition").starts_with("attachment"), "{format}");
    }
}

#[tokio::test]
async fn ten_thousand_sentences_and_lessons_with_anything_in_them_are_shown_and_written_as_text() {
    let world = World::on_disk().await;
    let place = world.feeds().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let hostile = "=HYPERLINK(\"https://evil.example\";\"x\") <script>alert(1)</script> | # [x](y)";
    for statement in [
        format!(
            "INSERT INTO opinion (id, round_id, module, question, choice, sentence, closed)
                WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 10000)
                SELECT 'o' || x, '{0}', 'm1', 'word', NULL, '{hostile} ' || x, 0 FROM n",
            round.id
        ),
        format!(
            "INSERT INTO opinion (id, round_id, module, question, choice, sentence, closed)
                WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 20)
                SELECT 'p' || x, '{0}', 'm1', 'able', 1 + x % 2, NULL, 0 FROM n",
            round.id
        ),
        format!(
            "INSERT INTO figure (round_id, what, value, made)
                VALUES ('{0}', 'edition', '{{\"people\":10000,\"tandems\":5000}}', 0)",
            round.id
        ),
    ] {
        world.breaks(&statement).await;
    }
    let mut browser = Browser::new(&place);
    browser.enters(&link_for(&tom).await).await;
    let shown = browser.get(&page(&format!("/rounds/{}", round.id))).await;
    assert_eq!(shown.status, 200);
    assert!(!shown.body.contains("<script"), "it runs");
    assert!(shown.body.contains("<svg class=\"chart\""), "answers with a choice are drawn");
    assert_eq!(shown.body.matches("&lt;script&gt;").count(), 10_000);
    let file = |format: &'static str| page(&format!("/rounds/{}/report/{format}", round.id));
    let table = browser.get(&file("csv")).await.body;
    let sentences = table.lines().filter(|line| line.contains("HYPERLINK"));
    assert!(sentences.clone().all(|line| line.contains("\"'=HYPERLINK")), "a cell would be a formula");
    assert_eq!(sentences.count(), 10_000);
    let text = browser.get(&file("md")).await.body;
    assert_eq!(text.matches("\\<script\\>").count(), 10_000);
    assert!(!text.contains("[x](y)") && !text.replace("\\<", "").contains('<'), "it would be Markdown");
    // In the chat there is room for some of them.
    tom.says("/bericht").await;
    assert_eq!(tom.new_messages(), 1);
    assert!(tom.screen().contains("<script>alert(1)</script>"), "words are words: {}", tom.screen());
}

#[tokio::test]
async fn forged_cookies_and_forms_from_elsewhere_change_and_show_nothing() {
    let world = World::new().await;
    let place = world.feeds().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let mut browser = Browser::new(&place);
    browser.enters(&link_for(&tom).await).await;
    let known = browser.cookie.clone();
    for cookie in ["", "tandem_session=", "tandem_session=0000000000000000000000", "tandem_session=\u{22}; x"] {
        browser.cookie = cookie.to_owned();
        for rest in ["".to_owned(), format!("/rounds/{}", round.id), format!("/rounds/{}/report/pdf", round.id)] {
            assert_eq!(browser.get(&page(&rest)).await.status, 401, "{cookie}: {rest}");
        }
    }
    browser.cookie = known;
    let shown = browser.get(&page("")).await;
    for wrong in ["", "x", browser.cookie.clone().split('=').nth(1).expect("a secret")] {
        assert_eq!(browser.post(&page("/leave"), wrong).await.status, 403);
    }
    let forged = browser.http.post(place.here(&page("/leave"))).header("cookie", &browser.cookie);
    let forged = forged.header("sec-fetch-site", "cross-site").form(&[("token", token(&shown))]);
    assert_eq!(forged.send().await.expect("an answer").status().as_u16(), 403);
    assert_eq!(browser.get(&page("")).await.status, 200, "still logged in");

    let session = browser.cookie.clone();
    assert_eq!(browser.post(&page("/leave"), token(&shown)).await.status, 303);
    browser.cookie = session;
    assert_eq!(browser.get(&page("")).await.status, 401, "the session is over, whatever the browser remembers");
}

#[tokio::test]
async fn whoever_is_no_trainer_any_more_is_logged_out_and_others_get_no_link() {
    let world = World::on_disk().await;
    let place = world.feeds().await;
    let tom = world.trainer("Tom").await;
    let mut browser = Browser::new(&place);
    browser.enters(&link_for(&tom).await).await;
    let unused = link_for(&tom).await;
    tom.says("/loeschen").await;
    tom.taps("Ja, alles löschen").await;
    assert_eq!(browser.get(&page("")).await.status, 401);
    assert_eq!(world.count("SELECT COUNT(*) FROM session").await, 0);
    let late = browser.enters_late(&unused).await;
    assert_eq!(browser.get(&page("")).await.status, 401, "{late:?}");
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("/dashboard").await;
    assert!(!ada.screen().contains("https://"), "{}", ada.screen());
}

impl Browser<'_> {
    /// Tries a link without looking first.
    async fn enters_late(&mut self, link: &str) -> Answer {
        self.post(link, "").await
    }
}
