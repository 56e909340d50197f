//! What is said about data before anybody comes in, what becomes of somebody who may not use Telegram for work, and that a
//! notice which has changed is shown once more.

use insta::assert_snapshot;
use tandem::domain::notice::{Notice, Seen};
use tandem::l10n::Words;
use tandem::store::hash;

use crate::support::{Person, World};

#[tokio::test]
async fn a_link_that_leads_nowhere_says_so_and_nothing_is_stored() {
    let world = World::on_disk().await;
    let code = world.trainer_code().await;
    let tom = world.person("Tom");
    tom.opens(&code).await;
    tom.taps("Verstanden").await;
    let eve = world.person("Eve");
    eve.opens(&code).await;
    assert_snapshot!(eve.screen(), @"Dieser Link ist schon vergeben. Lassen Sie sich bitte einen neuen schicken.");
    eve.opens("AAAAAAAAAAAAAAAAAAAAAA").await;
    assert_snapshot!(eve.screen(), @"Diesen Link kenne ich nicht. Vielleicht fehlt ein Stück? Öffnen Sie ihn bitte noch einmal oder lassen Sie sich einen neuen schicken.");
    eve.says("/start <b>kaputt</b>").await;
    assert_snapshot!(eve.screen(), @"Diesen Link kenne ich nicht. Vielleicht fehlt ein Stück? Öffnen Sie ihn bitte noch einmal oder lassen Sie sich einen neuen schicken.");
    eve.says("/start").await;
    assert_snapshot!(eve.screen(), @"
    Guten Tag. Tandem begleitet Kolleginnen und Kollegen, die zu zweit online für ihre Organisation sprechen.

    Zum Mitmachen brauchen Sie einen Einladungslink: von Ihrer Kursleitung oder von der Person, mit der Sie das Tandem bilden.
    ");
    let old = world.trainer_code().await;
    let zoe = world.person("Zoe").language("en");
    zoe.opens(&old).await;
    world.advance(chrono::TimeDelta::days(15)).await;
    zoe.taps("Understood").await;
    assert_snapshot!(zoe.screen(), @"This link has expired. Please ask for a new one.");
    zoe.opens(&old).await;
    assert_snapshot!(zoe.screen(), @"This link has expired. Please ask for a new one.");
    assert_eq!(world.count("SELECT COUNT(*) FROM person").await, 1, "only the trainer");
}

#[tokio::test]
async fn whoever_is_unsure_about_telegram_reads_whom_to_ask_and_nothing_is_stored() {
    let world = World::on_disk().await;
    let round = world.round("2026-03-09", "Europe/Berlin", None).await;
    let ada = lead_until_invitation(&world, &round.code).await;
    let people = world.count("SELECT COUNT(*) FROM person").await;
    let ben = world.person("Ben");
    ben.opens(&ada.shared_link()).await;
    ben.taps("Telegram im Dienst?").await;
    assert_snapshot!(ben.screen(), @"
    Noch unklar, ob Sie Telegram im Dienst nutzen dürfen? Fragen Sie Ihre Leitung, bevor Sie mitmachen. Dieser Text hilft dabei:

    Für einen Kurs möchte ich Telegram im Dienst nutzen. Dort bekomme ich kurze Lektionen, und wir tragen unsere Stunden ein. Gespeichert werden Vorname, Organisation, Antworten, Stunden und Tage der Abwesenheit, nie ein Grund. Telegram kann mitlesen.

    Verantwortlich: die Stelle, von der Sie den Link haben. Fragen dazu: die Stelle, von der Sie den Link haben.

    Darf ich das?

    Ihr Link wartet so lange. Noch ist nichts gespeichert.
    [Geklärt: Ich bin dabei]
    [Ich darf nicht]
    [Zurück]
    ");
    ben.taps("Ich darf nicht").await;
    assert_snapshot!(ben.screen(), @"
    In Ordnung, dann ohne Telegram. Über Sie wurde nichts gespeichert.

    Was Sie jetzt tun können:
    • Sagen Sie bitte der Person Bescheid, von der Sie den Link haben. Von mir erfährt sie nichts.
    • Fragen Sie Ihre Leitung, ob sie es für den Kurs erlaubt. Dann öffnen Sie den Link noch einmal.
    ");
    assert_eq!(world.count("SELECT COUNT(*) FROM person").await, people, "nothing about Ben is stored");
    // The link has waited.
    ben.opens(&ada.shared_link()).await;
    ben.taps("Telegram im Dienst?").await;
    ben.taps("Geklärt: Ich bin dabei").await;
    assert!(ben.screen().contains("[Passt]"), "{}", ben.screen());
    let permitted = "SELECT COUNT(*) FROM person WHERE name = 'Ben' AND prefs LIKE '%\"permitted\":\"2026-03-02\"%'";
    assert_eq!(world.count(permitted).await, 1);
}

#[tokio::test]
async fn a_lead_whose_employer_forbids_telegram_is_told_what_to_do_and_can_go() {
    let world = World::on_disk().await;
    let round = world.round("2026-03-09", "Europe/Berlin", None).await;
    let ada = world.person("Ada");
    ada.says(&format!("/start {}", round.code)).await;
    ada.taps("Verstanden").await;
    ada.says("Verein Ada").await;
    ada.taps("Noch nicht").await;
    ada.taps("Telegram ist nicht erlaubt").await;
    assert_snapshot!(ada.screen(), @"
    Dann geht es über Telegram leider nicht weiter.

    Was Sie jetzt tun können:
    • Geben Sie den Vordruck Ihrer Leitung. Erlaubt sie es, geht es hier weiter.
    • Bleibt es beim Nein, löschen Sie alles über sich. Und sprechen Sie Ihre Kursleitung an.
    [Zurück zum Vordruck]
    [Ja, alles löschen]
    ");
    ada.taps("Zurück zum Vordruck").await;
    ada.taps("Telegram ist nicht erlaubt").await;
    ada.taps("Ja, alles löschen").await;
    assert_eq!(world.count("SELECT COUNT(*) FROM person").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM tandem WHERE organisation IS NOT NULL").await, 0);
}

#[tokio::test]
async fn a_notice_that_has_changed_is_shown_once_with_the_next_thing_somebody_does() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    for person in [&ada, &ben] {
        has_read(&world, person, Notice::Participant, 1).await;
    }
    ada.says("/stunden").await;
    assert_snapshot!(ada.screen(), @"
    Ihre Stunden im Tandem

    KW 10: 0 Min. von 5 Std.
    ░░░░░░░░░░
    [+15 Min.] [+30 Min.] [+1 Std.]
    [▶ Uhr starten]
    [Bild]
    [Übersicht]
    ――――
    Unsere Hinweise haben sich geändert. So lauten sie jetzt:

    Was Tandem tut: Es schickt kurze Lektionen, führt die Stundenliste Ihres Tandems und fragt nach Vertretung, wenn jemand weg ist.

    Wer sieht was?
    • Sie beide: die Summe der Woche. Daraus lässt sich der Anteil der anderen Person ausrechnen.
    • Kursleitung: ob Ihr Tandem startklar ist, sonst nur Zahlen ab fünf.
    • Arbeitgeber: nichts, außer Sie schicken es selbst.
    • Betrieb: Wer das Programm betreibt, könnte die Datenbank lesen.
    • Telegram: kann Chats mit Bots lesen. Solche Chats sind nicht Ende-zu-Ende-verschlüsselt.

    Tandem ist kein Arbeitszeitnachweis. Gehen können Sie jederzeit: mit /loeschen.

    Verantwortlich: die Stelle, von der Sie den Link haben
    [Verstanden]
    [Wer sieht was?]
    ");
    ada.says("/hilfe").await;
    assert_eq!(ada.new_messages(), 1, "never a second time: {}", ada.screen());
    ada.taps("Verstanden").await;
    assert_snapshot!(ada.screen(), @"
    Danke. Nachlesen können Sie alles unter /datenschutz.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    ada.says("/datenschutz").await;
    assert!(ada.screen().contains("Fassung 3, gelesen am Mo., 2. März"), "{}", ada.screen());
    // Ben hears nothing of it until he does something, and not in the middle of a lesson.
    world.until("Tue 10:00").await;
    assert_eq!(ben.new_messages(), 1, "the lesson alone: {}", ben.screen());
    ben.taps("▶ Los geht’s").await;
    assert!(!ben.screen().contains("Hinweise"), "{}", ben.screen());
    world.until("Wed 12:00").await;
    ben.says("/stunden").await;
    assert!(ben.screen().contains("Unsere Hinweise haben sich geändert"), "{}", ben.screen());
}

#[tokio::test]
async fn a_trainers_notice_is_another_one_and_comes_to_the_desk() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    has_read(&world, &tom, Notice::Trainer, 1).await;
    tom.says("/runden").await;
    assert!(tom.screen().contains("Unsere Hinweise haben sich geändert"), "{}", tom.screen());
    tom.taps("Verstanden").await;
    assert!(tom.screen().contains("Danke."), "{}", tom.screen());
    tom.says("/runden").await;
    assert_eq!(tom.new_messages(), 1);
}

#[tokio::test]
async fn nobody_comes_in_by_a_notice_that_is_not_valid_any_more() {
    let world = World::on_disk().await;
    let round = world.round("2026-03-09", "Europe/Berlin", None).await;
    let ada = world.person("Ada");
    ada.says(&format!("/start {}", round.code)).await;
    let mut old = ada.carried("Verstanden");
    let now = format!(":{}", Notice::Participant.edition());
    // As the button was before editions were counted.
    old.data.truncate(old.data.strip_suffix(&now).expect("the edition").len());
    ada.presses_old(&old).await;
    assert_eq!(world.count("SELECT COUNT(*) FROM person").await, 0);
    ada.taps("Verstanden").await;
    assert_eq!(world.count("SELECT COUNT(*) FROM person").await, 1);
}

/// Whoever changes what a notice says raises its edition (`domain/notice.rs`), and everybody is shown it once more. A new
/// language needs a new line in the lock as well.
#[test]
fn a_notice_that_says_something_else_is_another_edition() {
    let words = Words::built_in().unwrap();
    let lock = include_str!("../../locales/notices.lock");
    let lines: Vec<&str> = lock.lines().filter(|line| !line.starts_with('#')).collect();
    let mut missing = Vec::new();
    for (notice, lang) in Notice::ALL.into_iter().flat_map(|notice| words.languages().iter().map(move |l| (notice, l)))
    {
        let says: Vec<String> = notice.lines("office", "contact").iter().map(|line| words.plain(lang, line)).collect();
        let digest = &hash(&says.join("\n\n"))[..16];
        let edition = format!("{} {} {}", notice.code(), notice.edition(), lang.code());
        let locked: Vec<&&str> = lines.iter().filter(|line| line.starts_with(&format!("{edition} "))).collect();
        assert!(locked.len() <= 1, "an edition says one thing: {locked:?}");
        let line = format!("{edition} {digest}");
        if locked.first().is_none_or(|locked| **locked != line) {
            missing.push(line);
        }
    }
    let missing = missing.join("\n");
    assert!(missing.is_empty(), "raise the edition in domain/notice.rs, and add to locales/notices.lock:\n{missing}");
}

async fn lead_until_invitation(world: &World, code: &str) -> Person {
    let ada = world.person("Ada");
    ada.says(&format!("/start {code}")).await;
    ada.taps("Verstanden").await;
    ada.says("Verein Ada").await;
    ada.taps("Ja, Vorstand/Leitung").await;
    ada.taps("Passt").await;
    ada
}

/// As if this person had come in while an older edition was valid.
async fn has_read(world: &World, person: &Person, notice: Notice, edition: u32) {
    let app = world.app().await;
    let mut tx = app.db.begin().await.unwrap();
    let mut known = tx.known(&[person.id()]).await.unwrap().pop().expect("somebody who is in");
    let seen = Some(Seen { edition, on: "2026-01-05".parse().unwrap(), confirmed: true });
    match notice {
        Notice::Participant => known.person.prefs.told.participant = seen,
        Notice::Trainer => known.person.prefs.told.trainer = seen,
    }
    tx.keep_people(&[&known.person], world.now()).await.unwrap();
    tx.commit().await.unwrap();
}
