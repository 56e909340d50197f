//! A calendar program subscribes to what is coming.

use std::collections::BTreeMap;

use icalendar::{Calendar, CalendarComponent, Component, Event, EventStatus};
use insta::assert_snapshot;

use tandem::demo::phones::Fault;

use crate::support::{Person, World};

/// The link that the bot has shown last.
fn link(person: &Person) -> String {
    let chat = person.chat();
    let link = chat.split_whitespace().rfind(|word| word.starts_with("https://tandem.example/feed/"));
    link.unwrap_or_else(|| panic!("no link in\n{chat}")).to_owned()
}

async fn subscribes(person: &Person) -> String {
    person.says("/kalender").await;
    person.taps("Kalender abonnieren").await;
    link(person)
}

/// The events of a feed by their first words, after what every feed must be (RFC 5545).
fn events(text: &str) -> BTreeMap<String, Event> {
    for line in text.split_inclusive("\r\n") {
        let line = line.strip_suffix("\r\n").expect("every line ends with CRLF");
        assert!(!line.contains(['\r', '\n']) && line.len() <= 75, "{} octets: {line}", line.len());
    }
    let calendar: Calendar = text.parse().expect("a calendar");
    for name in ["VERSION", "PRODID", "NAME", "X-WR-CALNAME"] {
        assert!(calendar.property_value(name).is_some(), "{name}");
    }
    let mut uids = Vec::new();
    let mut events = BTreeMap::new();
    for component in calendar.components {
        let CalendarComponent::Event(event) = component else { panic!("only events") };
        for name in ["UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS"] {
            assert!(event.property_value(name).is_some(), "{name} of {event:?}");
        }
        assert_eq!(event.property_value("TRANSP"), Some("TRANSPARENT"));
        for name in ["DESCRIPTION", "ATTENDEE", "ORGANIZER", "LOCATION", "COMMENT"] {
            assert_eq!(event.property_value(name), None);
        }
        uids.push(event.get_uid().expect("a uid").to_owned());
        events.insert(event.get_summary().expect("a summary").to_owned(), event);
    }
    let count = uids.len();
    uids.sort();
    uids.dedup();
    assert_eq!(uids.len(), count, "two events of one name");
    events
}

/// Everything in a feed: days, status, revision and words, in the order of the days.
fn drawn(text: &str) -> String {
    let mut lines: Vec<String> = events(text)
        .values()
        .map(|event| {
            let value = |name| event.property_value(name).expect("a value");
            let (from, to) = (value("DTSTART"), value("DTEND"));
            format!("{from} to {to} {} {} {}", value("STATUS"), value("SEQUENCE"), value("SUMMARY"))
        })
        .collect();
    lines.sort();
    lines.join("\n")
}

#[tokio::test]
async fn a_calendar_is_subscribed_to_and_follows_what_changes() {
    let world = World::new().await;
    let feeds = world.feeds().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    let address = subscribes(&ada).await;
    assert_snapshot!(ada.screen().replace(&address, "LINK"), @"
    Ihr Kalender-Link

    LINK

    Fügen Sie ihn in Ihrem Kalenderprogramm dort ein, wo sich Kalender aus dem Internet abonnieren lassen. Will das Programm eine Adresse, die mit webcal beginnt, ersetzen Sie https am Anfang durch webcal.

    Der Link ist geheim: Wer ihn hat, sieht Ihre Abwesenheiten, Vertretungen und Lektionen. Ich zeige ihn nur dieses eine Mal. „Neuer Link“ macht den alten sofort ungültig.
    [Neuer Link] [Link abschalten]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    let first = feeds.get(&address).await;
    assert_eq!((first.status, first.header("content-type")), (200, "text/calendar; charset=utf-8"));
    assert_snapshot!(drawn(&first.body), @"
    20260303 to 20260304 CONFIRMED 0 Kursbeginn: Social-Media-Führerschein
    20260303T090000Z to 20260303T094000Z CONFIRMED 0 Lektion: Wozu sind wir online?
    20260305T090000Z to 20260305T095000Z CONFIRMED 0 Lektion: Gemeinsamer Auftritt, klare Zahlen
    20260310T090000Z to 20260310T095000Z CONFIRMED 0 Lektion: Für wen, und was?
    20260312T090000Z to 20260312T101500Z CONFIRMED 0 Lektion: Schreiben, planen, für alle lesbar
    20260317T090000Z to 20260317T094000Z CONFIRMED 0 Lektion: Impressum, Bilder, fremde Werke
    20260319T090000Z to 20260319T095000Z CONFIRMED 0 Lektion: Daten, Hinweise, Neutralität
    20260324T090000Z to 20260324T100500Z CONFIRMED 0 Lektion: Wenn Menschen kommentieren
    20260326 to 20260327 CONFIRMED 0 Kursende: Social-Media-Führerschein
    20260326T090000Z to 20260326T100000Z CONFIRMED 0 Lektion: Sturm, Urlaub und danach
    ");

    ada.says("weg 9.3. bis 11.3.").await;
    let with = feeds.get(&address).await;
    assert_ne!(with.header("etag"), first.header("etag"));
    let before = events(&with.body)["Abwesend"].clone();
    assert_eq!(
        (before.property_value("DTSTART"), before.property_value("DTEND")),
        (Some("20260309"), Some("20260312"))
    );
    assert_eq!((before.get_sequence(), before.get_status()), (Some(0), Some(EventStatus::Confirmed)));
    assert_eq!(feeds.get(&address).await, with, "looking changes nothing");

    ben.taps("Ja, übernehme ich").await;
    world.advance(chrono::TimeDelta::minutes(5)).await;
    ada.says("weg 12.3.").await;
    let longer = events(&feeds.get(&address).await.body)["Abwesend"].clone();
    assert_eq!((longer.get_uid(), longer.get_sequence()), (before.get_uid(), Some(1)));
    assert_eq!(longer.property_value("DTEND"), Some("20260313"));
    assert!(longer.get_timestamp() > before.get_timestamp());

    let bens = subscribes(&ben).await;
    let cover = events(&feeds.get(&bens).await.body)["Vertretung für Ada"].clone();
    assert_eq!(cover.property_value("DTSTART"), Some("20260309"));
    ada.says("/weg").await;
    ada.taps("Löschen: ab Mo., 9. März").await;
    for (address, name) in [(&address, "Abwesend"), (&bens, "Vertretung für Ada")] {
        let cancelled = events(&feeds.get(address).await.body)[name].clone();
        assert_eq!(cancelled.get_status(), Some(EventStatus::Cancelled), "{name}");
        assert!(cancelled.get_sequence() > Some(0));
    }

    ben.says("/settings").await;
    ben.taps("English").await;
    assert_snapshot!(drawn(&feeds.get(&bens).await.body), @"
    20260303 to 20260304 CONFIRMED 1 Course begins: Social Media Licence
    20260303T090000Z to 20260303T094000Z CONFIRMED 1 Lesson: Why are we online?
    20260305T090000Z to 20260305T095000Z CONFIRMED 1 Lesson: One voice, clear figures
    20260309 to 20260312 CANCELLED 2 Standing in for Ada
    20260310T090000Z to 20260310T095000Z CONFIRMED 1 Lesson: For whom, and what?
    20260312T090000Z to 20260312T101500Z CONFIRMED 1 Lesson: Write, plan, make it readable for all
    20260317T090000Z to 20260317T094000Z CONFIRMED 1 Lesson: Impressum, pictures, other people’s works
    20260319T090000Z to 20260319T095000Z CONFIRMED 1 Lesson: Data, labels, neutrality
    20260324T090000Z to 20260324T100500Z CONFIRMED 1 Lesson: When people comment
    20260326 to 20260327 CONFIRMED 1 Course ends: Social Media Licence
    20260326T090000Z to 20260326T100000Z CONFIRMED 1 Lesson: Storms, holidays and afterwards
    ");
}

#[tokio::test]
async fn a_program_that_has_the_calendar_already_gets_nothing_twice() {
    let world = World::new().await;
    let feeds = world.feeds().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    let address = subscribes(&ada).await;
    let whole = feeds.get(&address).await;
    let tag = whole.header("etag").to_owned();
    let same = feeds.get_unless(&address, &tag).await;
    assert_eq!((same.status, same.body.as_str(), same.header("etag")), (304, "", tag.as_str()));
    assert_eq!(feeds.get_unless(&address, "\"another\"").await.status, 200);
    let head = feeds.head(&address).await;
    assert_eq!((head.status, head.body.as_str(), &head.headers), (200, "", &whole.headers));
    assert_eq!(whole.header("cache-control"), "private, no-cache");
    for answer in [&whole, &same, &feeds.get("https://tandem.example/feed/x.ics").await] {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    }
    ada.says("weg 9.3.").await;
    assert_eq!(feeds.get_unless(&address, &tag).await.status, 200);
}

#[tokio::test]
async fn a_link_that_is_renewed_or_switched_off_is_as_dead_as_one_that_never_was() {
    let world = World::on_disk().await;
    let feeds = world.feeds().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    let first = subscribes(&ada).await;
    ada.says("weg 9.3.").await;
    let uid = events(&feeds.get(&first).await.body)["Abwesend"].get_uid().map(str::to_owned);
    ada.says("/kalender").await;
    assert!(!ada.screen().contains("/feed/"), "shown once");
    ada.taps("Neuer Link").await;
    let second = link(&ada);
    assert_ne!(first, second);
    let dead = feeds.get(&first).await;
    assert_eq!(dead.status, 404);
    let renewed = events(&feeds.get(&second).await.body)["Abwesend"].clone();
    assert_eq!((renewed.get_uid().map(str::to_owned), renewed.get_sequence()), (uid, Some(0)), "only the link is new");
    let bens = subscribes(&ben).await;
    assert_eq!(feeds.get(&bens).await.status, 200);

    ada.says("/kalender").await;
    ada.taps("Link abschalten").await;
    assert_snapshot!(ada.screen(), @"
    Der Link ist abgeschaltet und ab sofort ungültig. Was Ihr Kalenderprogramm schon geladen hat, löschen Sie bitte dort.
    [Kalender abonnieren]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    for never in [
        &second,
        &first.replace(".ics", ""),
        &first.replace("/feed/", "/feed/A"),
        "https://tandem.example/feed/AAAAAAAAAAAAAAAAAAAAAA.ics",
        "https://tandem.example/feed/..ics",
        "https://tandem.example/feed/%00.ics",
    ] {
        assert_eq!(feeds.get(never).await, dead, "{never}");
    }
    assert_eq!(feeds.get(&bens).await.status, 200, "the other's is the other's");
    assert_eq!(world.count("SELECT COUNT(*) FROM feed").await, 1);
}

#[tokio::test]
async fn a_pause_keeps_the_link_and_leaving_takes_it_and_all_it_has_said() {
    let world = World::on_disk().await;
    let feeds = world.feeds().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    let (adas, bens) = (subscribes(&ada).await, subscribes(&ben).await);
    ada.says("/pause").await;
    let paused = feeds.get(&adas).await;
    assert_snapshot!(drawn(&paused.body), @"
    20260303 to 20260304 CONFIRMED 0 Kursbeginn: Social-Media-Führerschein
    20260326 to 20260327 CONFIRMED 0 Kursende: Social-Media-Führerschein
    ");
    feeds.get(&bens).await;
    ada.says("/meinedaten").await;
    assert!(ada.screen().contains("geheimen Link"), "{}", ada.screen());
    ada.says("/loeschen").await;
    ada.taps("Ja, alles löschen").await;
    assert_eq!(feeds.get(&adas).await.status, 404);
    assert_eq!(feeds.get(&bens).await.status, 200);
    assert_eq!(world.count("SELECT COUNT(*) FROM feed").await, 1);
    let of_others = "SELECT COUNT(DISTINCT person_id) FROM feed_event";
    assert_eq!(world.count(of_others).await, 1);
}

#[tokio::test]
async fn of_a_link_only_the_hash_is_in_the_database() {
    let world = World::on_disk().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("/kalender").await;
    // What waits for another try may not hold it either.
    world.fails("editMessageText", 2, Fault::ServerError(502));
    ada.taps("Kalender abonnieren").await;
    let link = link(&ada);
    let secret = link.rsplit('/').next().and_then(|file| file.strip_suffix(".ics")).expect("a secret");
    let hash = tandem::store::hash(secret);
    assert_eq!(world.count(&format!("SELECT COUNT(*) FROM feed WHERE hash = '{hash}'")).await, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM outbox WHERE message LIKE '%/feed/%'").await, 0);
}

#[tokio::test]
async fn a_calendar_is_the_same_on_postgresql() {
    let Some(world) = World::on_postgres("calendar").await else { return };
    let feeds = world.feeds().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    let address = subscribes(&ada).await;
    ada.says("weg 9.3.").await;
    let before = events(&feeds.get(&address).await.body)["Abwesend"].clone();
    ada.says("weg 10.3.").await;
    let after = events(&feeds.get(&address).await.body)["Abwesend"].clone();
    assert_eq!((before.get_sequence(), after.get_sequence()), (Some(0), Some(1)));
    assert_eq!(before.get_uid(), after.get_uid());
}
