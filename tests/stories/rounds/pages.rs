//! What a trainer does to rounds as a whole on the page: creating, copying, starting, moving tandems, handing out links.

use super::by_page::Browser;
use super::six;
use crate::support::World;

/// The link on a page.
fn link(body: &str) -> String {
    let code = body.split("<code>").nth(1).and_then(|rest| rest.split("</code>").next()).expect("a link");
    code.replace("&#x2f;", "/").replace("&#x3d;", "=").replace("&amp;", "&")
}

#[tokio::test]
async fn a_round_is_created_copied_started_and_run_by_a_colleague_without_the_chat() {
    let world = World::on_disk().await;
    let place = world.feeds().await;
    let tom = world.trainer("Tom").await;
    let browser = Browser::of(&tom, &place).await;
    let page = browser.get("?lang=de").await.body;
    assert!(page.contains("Runde anlegen") && page.contains("Social-Media-Führerschein"), "{page}");
    let fields = [
        ("programme", "fuehrerschein"),
        ("day", "2026-03-09"),
        ("places", "3"),
        ("controller", "Landesverband <b>"),
        ("contact", "datenschutz@beispiel.org"),
    ];
    let answer = browser.sends("/rounds?lang=de", &browser.token, &fields).await;
    let to = answer.header("location").to_owned();
    assert!(answer.status == 303 && to.ends_with("said=new"), "{answer:?}");
    let id = to.split("/rounds/").nth(1).and_then(|rest| rest.split('?').next()).expect("a round").to_owned();
    let page = browser.get(&format!("/rounds/{id}?said=new")).await.body;
    assert!(page.contains("Social-Media-Führerschein 03&#x2f;2026") || page.contains("Führerschein 03/2026"), "{page}");
    assert!(page.contains("Die Runde ist angelegt."), "{page}");
    let handed = browser.hands(&id, "leads", &[]).await;
    assert_eq!((handed.status, handed.header("cache-control")), (200, "no-store"));
    let ada = world.person("Ada");
    ada.opens(&link(&handed.body)).await;
    assert!(ada.screen().contains("Verantwortlich: Landesverband <b>"), "{}", ada.screen());
    let handed = browser.hands(&id, "colleague", &[]).await;
    let una = world.trainer("Una").await;
    una.opens(&link(&handed.body)).await;
    una.taps("Verstanden").await;
    world.until("Mon 10:00").await;
    assert!(tom.chat().contains("Una leitet jetzt"), "{}", tom.chat());
    let copied = browser.changes(&id, "copy", &[("day", "2026-05-04")]).await;
    let to = copied.header("location").to_owned();
    assert!(to.ends_with("said=new") && !to.contains(&id), "{to}");
    assert_eq!(
        world.count("SELECT COUNT(*) FROM round WHERE places = 3 AND controller = 'Landesverband <b>'").await,
        2,
        "all but the first day is taken over"
    );
    assert!(browser.changes(&id, "start", &[]).await.header("location").ends_with("said=no"), "without the tick");
    assert!(browser.changes(&id, "start", &[("sure", "yes")]).await.header("location").ends_with("said=yes"));
    assert_eq!(world.count("SELECT COUNT(*) FROM round WHERE phase = 'running'").await, 1);
    assert!(browser.changes(&id, "start", &[("sure", "yes")]).await.header("location").ends_with("said=no"), "once");
    assert_eq!(world.count("SELECT COUNT(*) FROM audit WHERE action = 'round_created' AND role = 'trainer'").await, 2);
}

#[tokio::test]
async fn a_seat_is_given_to_somebody_new_on_the_page_after_it_was_asked() {
    let world = World::on_disk().await;
    let place = world.feeds().await;
    let (tom, round, people) = six(&world).await;
    world.until("Tue 12:00").await;
    let browser = Browser::of(&tom, &place).await;
    let id = round.id.as_str();
    let page = browser.get(&format!("/rounds/{id}/seats?lang=en")).await.body;
    assert!(page.contains("Verein Cem") && !page.contains("Dora"), "{page}");
    let option = page.split("<option value=\"").skip(1).find(|part| part.contains("Verein Cem")).expect("an option");
    let tandem = option.split('"').next().expect("an id").to_owned();
    let page = browser.get(&format!("/rounds/{id}/seats?tandem={tandem}&role=deputy&lang=en")).await.body;
    assert!(page.contains("Verein Cem, in since") && page.contains("the second person’s seat"), "{page}");
    let who =
        page.split("name=\"who\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("who").to_owned();
    assert_eq!(world.count("SELECT COUNT(*) FROM seat").await, 6, "looking changes nothing");
    let fields = |who| [("tandem", tandem.as_str()), ("role", "deputy"), ("who", who)];
    let forged = browser.sends(&format!("/rounds/{id}/hand/seat"), "x", &fields(&who)).await;
    assert_eq!(forged.status, 403);
    for absurd in [&fields("-")[..], &fields("somebody"), &fields(&who)[..2], &[("role", "boss")], &[]] {
        let answer = browser.hands(id, "seat", absurd).await;
        assert!(answer.header("location").ends_with("said=no"), "{absurd:?}: {answer:?}");
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM seat").await, 6);
    let handed = browser.hands(id, "seat", &fields(&who)).await;
    assert_eq!(handed.status, 200, "{}", handed.body);
    world.settle().await;
    assert!(
        people[3].screen().contains("Ihr Platz im Tandem (Verein Cem) wird neu besetzt."),
        "{}",
        people[3].screen()
    );
    assert!(people[2].chat().contains("Die Kursleitung besetzt den Platz von Dora neu."), "{}", people[2].chat());
    assert!(!tom.chat().contains("[Link teilen]"), "the link is on the page alone");
    // The form once more, as a browser sends it when a page is loaded anew: nobody is meant by it any more.
    assert!(browser.hands(id, "seat", &fields(&who)).await.header("location").ends_with("said=no"));
    let kim = world.person("Kim");
    kim.opens(&link(&handed.body)).await;
    kim.taps_all(&["Ich bin dabei", "Passt"]).await;
    assert_eq!(world.count("SELECT COUNT(*) FROM seat").await, 6);
    assert_eq!(world.count("SELECT COUNT(*) FROM audit WHERE action = 'seat_freed'").await, 1);
}

#[tokio::test]
async fn tandems_are_moved_and_latecomers_let_in_on_the_page() {
    let world = World::on_disk().await;
    let place = world.feeds().await;
    let tom = world.trainer("Tom").await;
    let running = world.round("2026-02-23", "Europe/Berlin", Some(&tom)).await;
    let later = world.round_named("Sommer", "2026-04-07", "Europe/Berlin", Some(&tom)).await;
    let una = world.trainer("Una").await;
    let unas = world.round_named("Fremd", "2026-04-07", "Europe/Berlin", Some(&una)).await;
    world.settle().await;
    let (ada, _) = world.joins(&running, "Ada", "Ben").await;
    let (cem, _) = world.joins(&running, "Cem", "Dora").await;
    let browser = Browser::of(&tom, &place).await;
    let page = browser.get(&format!("/rounds/{}?lang=de", running.id)).await.body;
    assert!(page.contains("Verein Ada ist startklar, die Runde läuft aber schon."), "{page}");
    assert!(page.contains("Sommer") && !page.contains("Fremd"), "{page}");
    let tandem = |name: &str| {
        let option = page
            .split("<option value=\"")
            .skip(1)
            .find(|part| part.contains(&format!("\">{name}<")))
            .expect("an option");
        option.split('"').next().expect("an id").to_owned()
    };
    let (adas, cems) = (tandem("Verein Ada"), tandem("Verein Cem"));
    let early = running.id.as_str();
    for (act, fields) in [
        ("shift", [("id", adas.as_str()), ("to", unas.id.as_str())]),
        ("shift", [("id", adas.as_str()), ("to", early)]),
        ("shift", [("id", "none"), ("to", later.id.as_str())]),
        ("admit", [("id", "none"), ("to", "")]),
    ] {
        let answer = browser.changes(early, act, &fields).await;
        assert!(answer.header("location").ends_with("said=no"), "{act} {fields:?}: {answer:?}");
    }
    // Another round of one's own does not have this tandem.
    let answer = browser.changes(later.id.as_str(), "admit", &[("id", &adas)]).await;
    assert!(answer.header("location").ends_with("said=no"), "{answer:?}");
    assert!(browser.changes(early, "admit", &[("id", &adas)]).await.header("location").ends_with("said=yes"));
    let moved = browser.changes(early, "shift", &[("id", &cems), ("to", later.id.as_str())]).await;
    assert!(moved.header("location").ends_with("said=yes"), "{moved:?}");
    world.settle().await;
    assert!(ada.chat().contains("Ihre erste Lektion kommt"), "{}", ada.chat());
    assert!(cem.chat().contains("Ihr Tandem ist jetzt in der Runde Sommer."), "{}", cem.chat());
    assert_eq!(world.count("SELECT COUNT(*) FROM audit WHERE action = 'tandem_moved'").await, 1);
    // Full: nothing happens, and it is said.
    browser.changes(later.id.as_str(), "seats", &[("places", "1")]).await;
    let (eve, _) = world.joins(&running, "Eve", "Finn").await;
    let page = browser.get(&format!("/rounds/{early}?lang=de")).await.body;
    let option =
        page.split("<option value=\"").skip(1).find(|part| part.contains("\">Verein Eve<")).expect("an option");
    let eves = option.split('"').next().expect("an id");
    let full = browser.changes(early, "shift", &[("id", eves), ("to", later.id.as_str())]).await;
    assert!(full.header("location").ends_with("said=no"), "{full:?}");
    assert!(!eve.chat().contains("Sommer"));
}

#[tokio::test]
async fn what_a_form_says_about_a_new_round_that_is_absurd_creates_none() {
    let world = World::on_disk().await;
    let place = world.feeds().await;
    let (tom, round, _) = six(&world).await;
    let una = world.trainer("Una").await;
    let unas = world.round("2026-03-10", "Europe/Berlin", Some(&una)).await;
    let browser = Browser::of(&tom, &place).await;
    let good = [
        ("programme", "fuehrerschein"),
        ("day", "2026-03-09"),
        ("places", "3"),
        ("controller", "Verband"),
        ("contact", "x@example.org"),
    ];
    let long = "x".repeat(161);
    for (name, value) in [
        ("programme", "none"),
        ("programme", ""),
        ("day", "2026-02-30"),
        ("day", "1999-01-01"),
        ("day", "9999-12-31"),
        ("day", "+262143-01-01"),
        ("places", "0"),
        ("places", "-1"),
        ("places", "5001"),
        ("places", "99999999999999999999"),
        ("controller", "  "),
        ("controller", long.as_str()),
        ("contact", "a\u{7}b"),
    ] {
        let fields = good.map(|(known, was)| (known, if known == name { value } else { was }));
        let answer = browser.sends("/rounds", &browser.token, &fields).await;
        assert!(answer.status == 303 && answer.header("location").ends_with("said=no"), "{name} {value}: {answer:?}");
    }
    assert_eq!(browser.sends("/rounds", "x", &good).await.status, 403);
    for day in ["", "2026-02-30", "1999-01-01", "9999-12-31"] {
        let answer = browser.changes(round.id.as_str(), "copy", &[("day", day)]).await;
        assert!(answer.header("location").ends_with("said=no"), "{day}: {answer:?}");
    }
    // Of others' rounds there is nothing to copy, to hand out, or to look at.
    let none = browser.get("/rounds/none/seats").await;
    let others = [
        browser.changes(unas.id.as_str(), "copy", &[("day", "2026-03-09")]).await,
        browser.hands(unas.id.as_str(), "leads", &[]).await,
        browser.hands(unas.id.as_str(), "colleague", &[]).await,
        browser.hands("none", "colleague", &[]).await,
        browser.get(&format!("/rounds/{}/seats", unas.id)).await,
    ];
    for answer in others {
        assert_eq!((answer.status, &answer.body), (404, &none.body));
    }
    assert!(browser.hands(round.id.as_str(), "money", &[]).await.header("location").ends_with("said=no"));
    assert_eq!(world.count("SELECT COUNT(*) FROM round").await, 2);
    assert_eq!(world.count("SELECT COUNT(*) FROM link WHERE purpose = 'colleague'").await, 0);
}
