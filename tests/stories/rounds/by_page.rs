//! The same changes on the page in a browser: only one's own rounds, only by our own forms.

use reqwest::redirect::Policy;

use super::six;
use crate::support::{Answer, Feeds, PUBLIC_URL, Person, World};

pub struct Browser<'a> {
    place: &'a Feeds,
    http: reqwest::Client,
    cookie: String,
    pub token: String,
}

impl<'a> Browser<'a> {
    /// Logs a trainer in by the link that the chat gives.
    pub async fn of(trainer: &Person, place: &'a Feeds) -> Self {
        trainer.says("/uebersicht").await;
        let screen = trainer.screen();
        let link = screen.lines().map(str::trim).find(|line| line.starts_with("https://")).expect("a link");
        let http = reqwest::Client::builder().redirect(Policy::none()).build().expect("a client");
        let answer = Answer::of(http.post(place.here(link)).send().await.expect("an answer")).await;
        let cookie = answer.header("set-cookie").split(';').next().expect("a cookie").to_owned();
        let mut browser = Self { place, http, cookie, token: String::new() };
        let page = browser.get("").await;
        let token = page.body.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        browser.token = token.expect("a token").to_owned();
        browser
    }

    pub async fn get(&self, rest: &str) -> Answer {
        let request = self.http.get(self.place.here(&format!("{PUBLIC_URL}/dashboard{rest}")));
        Answer::of(request.header("cookie", &self.cookie).send().await.expect("an answer")).await
    }

    async fn posts(&self, round: &str, act: &str, token: &str, fields: &[(&str, &str)]) -> Answer {
        self.sends(&format!("/rounds/{round}/change/{act}"), token, fields).await
    }

    /// Asks for a link.
    pub async fn hands(&self, round: &str, what: &str, fields: &[(&str, &str)]) -> Answer {
        self.sends(&format!("/rounds/{round}/hand/{what}"), &self.token, fields).await
    }

    /// Sends a form to any of our addresses.
    pub async fn sends(&self, rest: &str, token: &str, fields: &[(&str, &str)]) -> Answer {
        let link = format!("{PUBLIC_URL}/dashboard{rest}");
        let all: Vec<(&str, &str)> = fields.iter().copied().chain([("token", token)]).collect();
        let request = self.http.post(self.place.here(&link)).header("cookie", &self.cookie).form(&all);
        Answer::of(request.send().await.expect("an answer")).await
    }

    pub async fn changes(&self, round: &str, act: &str, fields: &[(&str, &str)]) -> Answer {
        self.posts(round, act, &self.token, fields).await
    }
}

#[tokio::test]
async fn a_trainer_announces_and_changes_a_round_by_forms() {
    let world = World::new().await;
    let place = world.feeds().await;
    let (tom, round, people) = six(&world).await;
    let browser = Browser::of(&tom, &place).await;
    let id = round.id.as_str();
    let page = browser.get(&format!("/rounds/{id}?lang=en")).await;
    assert!(page.body.contains("You said – we changed") && !page.body.contains("<script"), "{}", page.body);
    let words = [("sort", "word"), ("text", "Am <b>Montag</b> um zwei"), ("at", "")];
    let preview = browser.changes(id, "announce", &words).await;
    assert_eq!(preview.status, 200);
    assert!(preview.body.contains("Am &lt;b&gt;Montag&lt;&#x2f;b&gt; um zwei"), "{}", preview.body);
    assert!(preview.body.contains("Geht an 6 Personen."), "{}", preview.body);
    world.settle().await;
    assert!(!people[0].chat().contains("um zwei"), "looking sends nothing");
    let sent = browser.changes(id, "announce", &[&words[..], &[("sure", "yes")]].concat()).await;
    assert_eq!((sent.status, sent.header("location").ends_with("said=yes")), (303, true));
    world.settle().await;
    assert!(people.iter().all(|person| person.chat().matches("Am <b>Montag</b> um zwei").count() == 1));
    for (act, fields) in [
        ("dates", &[("day", "2026-03-10")][..]),
        ("seats", &[("places", "7")]),
        ("rest", &[("day", "2026-03-18")]),
        ("group", &[("link", "https://t.me/+abc")]),
        ("meeting", &[("title", "Austausch"), ("at", "2026-03-12T14:30"), ("place", "Rathaus")]),
    ] {
        let answer = browser.changes(id, act, fields).await;
        assert!(answer.header("location").ends_with("said=yes"), "{act}: {answer:?}");
    }
    world.settle().await;
    let page = browser.get(&format!("/rounds/{id}?said=yes")).await.body;
    for part in ["Start: Di., 10. März", "value=\"7\"", "Mo., 16. März", "Austausch", "Gespeichert."] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[tokio::test]
async fn what_a_form_says_that_is_absurd_forged_or_about_another_round_changes_nothing() {
    let world = World::on_disk().await;
    let place = world.feeds().await;
    let (tom, round, _) = six(&world).await;
    let una = world.trainer("Una").await;
    let unas = world.round("2026-03-10", "Europe/Berlin", Some(&una)).await;
    let browser = Browser::of(&tom, &place).await;
    let id = round.id.as_str();
    let others = browser.changes(unas.id.as_str(), "seats", &[("places", "7")]).await;
    let none = browser.changes("none", "seats", &[("places", "7")]).await;
    assert_eq!((others.status, &others.body), (404, &none.body), "not even which rounds there are");
    for token in ["", "x", browser.cookie.split('=').nth(1).expect("a secret")] {
        assert_eq!(browser.posts(id, "seats", token, &[("places", "7")]).await.status, 403);
    }
    let elsewhere = browser.http.post(place.here(&format!("{PUBLIC_URL}/dashboard/rounds/{id}/change/seats")));
    let elsewhere = elsewhere.header("cookie", &browser.cookie).header("sec-fetch-site", "cross-site");
    let fields = [("places", "7"), ("token", browser.token.as_str())];
    assert_eq!(elsewhere.form(&fields).send().await.expect("an answer").status().as_u16(), 403);
    let long = "x".repeat(801);
    for (act, fields) in [
        ("seats", &[("places", "0")][..]),
        ("seats", &[("places", "-1")]),
        ("seats", &[]),
        ("dates", &[("day", "1999-01-01")]),
        ("dates", &[("day", "9999-12-31")]),
        ("dates", &[("day", "2026-02-30")]),
        ("rest", &[("day", "2026-01-05")]),
        ("rest", &[("day", "9999-12-31")]),
        ("group", &[("link", "javascript:alert(1)")]),
        ("meeting", &[("title", "x"), ("at", "2020-01-01T10:00"), ("place", "y")]),
        ("meeting", &[("title", "x"), ("at", "+262142-12-31T23:59"), ("place", "y")]),
        ("meeting", &[("title", " "), ("at", "2026-03-12T10:00"), ("place", "y")]),
        ("announce", &[("text", "  "), ("sure", "yes")]),
        ("announce", &[("text", long.as_str()), ("sure", "yes")]),
        ("announce", &[("text", "spät"), ("at", "1970-01-01T00:00"), ("sure", "yes")]),
        ("dismiss", &[("id", "none")]),
        ("withdraw", &[("id", "none")]),
        ("answer", &[("id", "none"), ("text", "x")]),
        ("cancel", &[("id", "none")]),
        ("close", &[("sure", "yes")]),
        ("erase", &[]),
    ] {
        let answer = browser.changes(id, act, fields).await;
        assert!(answer.header("location").ends_with("said=no"), "{act} {fields:?}: {answer:?}");
    }
    world.settle().await;
    assert_eq!(world.count("SELECT COUNT(*) FROM news").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM round WHERE places = 20").await, 2);
}
