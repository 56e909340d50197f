//! Rounds that trainers change: dates, weeks of rest, colleagues, places, tandems that sit elsewhere, the end.

use insta::assert_snapshot;

use super::six;
use crate::support::World;

#[tokio::test]
async fn a_second_trainer_comes_in_by_a_link_for_once_and_leaves_again() {
    let world = World::new().await;
    let (tom, _, _) = six(&world).await;
    let una = world.trainer("Una").await;
    tom.says("/runden").await;
    let before = una.chat();
    tom.taps_all(&["Frühjahr", "Ändern", "Kursleitung", "Jemanden dazuholen"]).await;
    assert_snapshot!(tom.screen(), @"
    Mit diesem Link leitet jemand Frühjahr mit Ihnen. Er gilt einmal und 14 Tage.

    Die Person sieht dann dasselbe wie Sie und darf dasselbe.
    [Link teilen]
    [Zur Runde]
    ");
    let link = tom.shared_link();
    una.opens(&link).await;
    assert_snapshot!(una.screen(), @"
    Willkommen! Mit diesem Link leiten Sie die Runde Frühjahr mit.

    Was Sie sehen: wer startklar ist und was noch fehlt. Stunden und Antworten Einzelner sehen Sie nie, Zahlen erst ab fünf.

    Was andere sehen: Wer das Programm betreibt, könnte die Datenbank lesen; das sollte jemand anderes sein als Sie. Telegram kann Chats mit Bots lesen.

    Gehen können Sie jederzeit: mit /loeschen.

    Noch ist nichts gespeichert.
    [Verstanden]
    [Mehr dazu]
    [English]
    ");
    una.taps("Verstanden").await;
    assert_snapshot!(una.screen(), @"
    (“Willkommen! Mit dies…” has no buttons any more)
    ――――
    Frühjahr

    Geplant. Start: Di., 3. März

    Startklar: 3 von 3 Tandems. Plätze: 20
    [Jetzt starten]
    [Ankündigen] [Bericht]
    [Neuer Link] [Ändern]
    [Alle Runden]
    ");
    assert!(!before.contains("Frühjahr"));
    assert_snapshot!(tom.screen(), @"
    Mit diesem Link leitet jemand Frühjahr mit Ihnen. Er gilt einmal und 14 Tage.

    Die Person sieht dann dasselbe wie Sie und darf dasselbe.
    [Link teilen]
    [Zur Runde]
    ――――
    Una leitet jetzt Frühjahr mit Ihnen.
    ");
    let eve = world.person("Zoe");
    eve.opens(&link).await;
    assert!(eve.screen().contains("schon vergeben"), "{}", eve.screen());
    una.taps_all(&["Ändern", "Kursleitung"]).await;
    assert_snapshot!(una.screen(), @"
    Diese Runde leiten:
    • Tom
    • Una
    [Jemanden dazuholen]
    [Entfernen: Tom]
    [Selbst abgeben]
    [Zur Runde]
    ");
    let old = una.carried("Entfernen: Tom");
    una.taps("Selbst abgeben").await;
    assert_snapshot!(una.screen(), @"
    ✓ Sie leiten diese Runde nicht mehr.
    [Alle Runden]
    ");
    una.presses_old(&old).await;
    assert_snapshot!(una.screen(), @"(Dieser Knopf ist nicht mehr aktuell.)");
    tom.says("/runden").await;
    assert!(tom.screen().contains("Frühjahr"), "the round has kept its trainer");
}

#[tokio::test]
async fn a_start_is_moved_a_week_rests_and_everybody_is_told() {
    let world = World::new().await;
    let (tom, _, people) = six(&world).await;
    tom.says("/runden").await;
    tom.taps_all(&["Frühjahr", "Ändern", "Beginn verschieben"]).await;
    assert_snapshot!(tom.screen(), @"
    Die Runde beginnt am Di., 3. März. Wann soll sie beginnen? Tippen Sie einen Montag an, oder schreiben Sie ein Datum.
    [Mo., 9. März] [Mo., 16. März]
    [Mo., 23. März] [Mo., 30. März]
    [Abbrechen]
    ");
    tom.says("10.3.").await;
    assert_snapshot!(tom.screen(), @"
    So liest es die Runde Frühjahr:

    Neuer Termin: Ihre Runde beginnt am Di., 10. März.

    Geht an 6 Personen.

    Niemand bekommt mehr als eine Nachricht am Tag und drei in der Woche. Manche lesen es deshalb mit ihrer nächsten Nachricht, einige erst in der nächsten Woche. Wer weg ist, liest es danach.

    Darin steht ein Tag: Di., 10. März. Wer vorher noch arbeitet, liest es rechtzeitig.
    [Jetzt senden]
    [Abbrechen]
    ");
    tom.taps("Jetzt senden").await;
    assert_snapshot!(people[0].screen(), @"
    Jetzt fehlt noch die zweite Person. Schicken Sie ihr diesen Link.

    Sie liest zuerst, worum es geht und wer was sieht, und entscheidet dann selbst.
    [Link teilen]
    [Übersicht]
    ――――
    ✓ Ben hat Ihre Einladung angenommen.
    ――――
    Neuer Termin: Ihre Runde beginnt am Di., 10. März.
    ");
    world.until_date("2026-03-09 12:00").await;
    assert!(!people[0].chat().contains("[▶ Los geht’s]"), "no lesson before the new day");
    tom.says("/runden").await;
    tom.taps_all(&["Frühjahr", "Ändern", "Pausenwoche"]).await;
    assert_snapshot!(tom.screen(), @"
    In welcher Woche soll keine Lektion kommen? Tippen Sie ihren Montag an. Noch einmal getippt, entfällt die Pause.

    Lektionen rücken eine Woche weiter. Die Stunden der Tandems laufen weiter.
    [☐ Mo., 16. März] [☐ Mo., 23. März]
    [☐ Mo., 30. März] [☐ Mo., 6. April]
    [☐ Mo., 13. April] [☐ Mo., 20. April]
    [☐ Mo., 27. April] [☐ Mo., 4. Mai]
    [Abbrechen]
    ");
    tom.taps("☐ Mo., 16. März").await;
    assert_snapshot!(tom.screen(), @"
    So liest es die Runde Frühjahr:

    Pausenwoche: Vom Mo., 16. März bis So., 22. März kommt keine Lektion. Danach geht es weiter, wo Sie stehen. Ihre Stunden laufen weiter.

    Geht an 6 Personen.

    Niemand bekommt mehr als eine Nachricht am Tag und drei in der Woche. Manche lesen es deshalb mit ihrer nächsten Nachricht, einige erst in der nächsten Woche. Wer weg ist, liest es danach.

    Darin steht ein Tag: Mo., 16. März. Wer vorher noch arbeitet, liest es rechtzeitig.
    [Jetzt senden]
    [Abbrechen]
    ");
    tom.taps("Jetzt senden").await;
    world.until_date("2026-03-13 18:00").await;
    people[0].says("/start").await;
    assert_snapshot!(people[0].screen(), @"
    Hallo Ada!

    Eine Lektion ist offen.

    KW 11: 0 Min. von 5 Std.
    ░░░░░░░░░░
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    tom.says("/runden").await;
    tom.taps_all(&["Frühjahr", "Ändern", "Kopieren"]).await;
    tom.says("7.4.").await;
    assert_snapshot!(tom.screen(), @"
    Der Link für Social-Media-Führerschein 04/2026 ist fertig.

    Geben Sie ihn je Organisation an eine Person. Die zweite lädt sie dann selbst ein.
    [Link teilen]
    [Zur Runde]
    ");
    tom.says("/runden").await;
    tom.taps_all(&["Frühjahr", "Ändern", "Runde abschließen", "Ja, abschließen", "Jetzt senden"]).await;
    tom.says("/runden").await;
    tom.taps("Frühjahr").await;
    assert_snapshot!(tom.screen(), @"
    Frühjahr

    Abgeschlossen.

    Startklar: 0 von 0 Tandems. Plätze: 20
    [Bericht]
    [Ändern]
    [Alle Runden]
    ");
    world.until_date("2026-03-26 12:00").await;
    assert!(people[0].chat().contains("Ihre Runde ist abgeschlossen."));
    people[0].says("45 min").await;
    assert!(people[0].screen().contains("45 Min."), "hours go on: {}", people[0].screen());
}

#[tokio::test]
async fn a_week_of_rest_gives_questionnaires_a_week_more_until_it_is_taken_back() {
    let world = World::on_disk().await;
    let (tom, _, people) = six(&world).await;
    let surveys = "SELECT COUNT(*) FROM due WHERE what LIKE 'round-survey:%'";
    // The first week's closes on the 23rd, two weeks after its week, at midnight in Berlin.
    let closes = |day: &str| {
        let at =
            chrono::DateTime::parse_from_rfc3339(&format!("{day}T00:00:00+01:00")).expect("a day").timestamp_micros();
        format!("SELECT COUNT(*) FROM due WHERE what = 'round-survey:m1' AND at = {at}")
    };
    world.until("Thu 11:00").await;
    let all = world.count(surveys).await;
    assert_eq!(world.count(&closes("2026-03-23")).await, 1);
    let rests = async |week: &str| {
        tom.says("/runden").await;
        tom.taps_all(&["Frühjahr", "Ändern", "Pausenwoche", week, "Jetzt senden"]).await;
    };
    rests("☐ Mo., 16. März").await;
    // Summer time begins on the 29th.
    let summer = "SELECT COUNT(*) FROM due WHERE what = 'round-survey:m1' AND at = 1774821600000000";
    assert_eq!((world.count(summer).await, world.count(surveys).await), (1, all));
    rests("☑ Mo., 16. März").await;
    assert_eq!(world.count(&closes("2026-03-23")).await, 1, "taken back");
    rests("☐ Mo., 16. März").await;
    // Whoever is at it in the week in which it would have closed is heard.
    world.until_date("2026-03-26 11:00").await;
    people[0].says("/start").await;
    people[0].taps_all(&["Mehr", "Rückmeldungen", "Wie sicher sind Sie heute?", "Noch unsicher"]).await;
    let kept = "SELECT COUNT(*) FROM rating WHERE module = 'start' AND choice IS NOT NULL";
    assert_eq!(world.count(kept).await, 1);
    world.until_date("2026-03-30 01:00").await;
    assert_eq!(world.count(kept).await, 0, "closed");
    assert_eq!(world.count(summer).await, 0);
}

#[tokio::test]
async fn whoever_comes_to_a_full_round_may_wait_and_is_told_when_there_is_room() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-10", "Europe/Berlin", Some(&tom)).await;
    tom.says("/runden").await;
    tom.taps_all(&["Frühjahr", "Ändern", "Plätze"]).await;
    tom.says("1").await;
    assert_snapshot!(tom.screen(), @"
    ✓ Platz ist jetzt für 1 Tandem. Wer schon dabei ist, bleibt. Wer auf der Liste wartet, bekommt Bescheid.
    [Zur Runde]
    ");
    world.joins(&round, "Ada", "Ben").await;
    let cem = world.person("Cem");
    cem.says(&format!("/start {}", round.code)).await;
    assert_snapshot!(cem.screen(), @"
    In der Runde Frühjahr sind alle Plätze vergeben.

    Möchten Sie Bescheid bekommen, wenn einer frei wird? Dann speichere ich Ihren Vornamen, Ihre Sprache und diesen Chat, höchstens 92 Tage, und 48 Stunden lang die Nummern unserer Nachrichten. Löschen können Sie das jederzeit mit /loeschen.

    Verantwortlich: die Stelle, von der Sie den Link haben

    Noch ist nichts gespeichert.
    [Auf die Warteliste]
    ");
    assert_eq!(world.count("SELECT COUNT(*) FROM person").await, 3, "nothing is stored before the yes");
    cem.taps("Auf die Warteliste").await;
    assert_snapshot!(cem.screen(), @"
    Sie stehen auf der Warteliste. Wird ein Platz frei, bekommen Sie hier Bescheid.
    [Von der Liste, alles löschen]
    ");
    cem.says("Hallo?").await;
    assert_snapshot!(cem.screen(), @"
    Sie stehen auf der Warteliste. Wird ein Platz frei, bekommen Sie hier Bescheid.
    [Von der Liste, alles löschen]
    ");
    let dora = world.person("Dora");
    dora.says(&format!("/start {}", round.code)).await;
    dora.taps("Auf die Warteliste").await;
    dora.taps("Von der Liste, alles löschen").await;
    assert_eq!(world.count("SELECT COUNT(*) FROM waiting").await, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM person").await, 4);
    tom.says("/runden").await;
    tom.taps_all(&["Frühjahr", "Ändern", "Plätze"]).await;
    for absurd in ["0", "-3", "99999999999", "viele"] {
        tom.says(absurd).await;
        assert!(tom.screen().contains("ganze Zahl"), "{absurd}: {}", tom.screen());
    }
    tom.says("2").await;
    world.until("Mon 09:30").await;
    assert_snapshot!(cem.chat().rsplit("――――").next().unwrap_or_default(), @"
    In der Runde Frühjahr ist ein Platz für Sie frei. Er gilt 7 Tage.
    [Platz ansehen]
    ");
    let eve = world.person("Eve");
    eve.says(&format!("/start {}", round.code)).await;
    assert!(eve.screen().contains("alle Plätze vergeben"), "the place is Cem's: {}", eve.screen());
    cem.taps("Platz ansehen").await;
    cem.taps("Verstanden").await;
    assert!(cem.screen().contains("Für welche Organisation"), "{}", cem.screen());
    assert_eq!(world.count("SELECT COUNT(*) FROM waiting").await, 0);
}

#[tokio::test]
async fn whoever_waited_in_vain_is_forgotten() {
    let world = World::on_disk().await;
    let round = world.round("2026-03-10", "Europe/Berlin", None).await;
    let app = world.app().await;
    let mut tx = app.db.begin().await.unwrap();
    tx.adjust(tandem::store::Purpose::Lead, round.id.as_str(), 0).await.unwrap();
    tx.commit().await.unwrap();
    drop(app);
    let cem = world.person("Cem");
    cem.says(&format!("/start {}", round.code)).await;
    cem.taps("Auf die Warteliste").await;
    world.advance(chrono::TimeDelta::days(94)).await;
    assert_eq!(world.count("SELECT COUNT(*) FROM person").await, 0);
}

#[tokio::test]
async fn a_tandem_that_came_too_late_sits_in_another_round_of_the_same_trainer() {
    let world = World::new().await;
    let (tom, una) = (world.trainer("Tom").await, world.trainer("Una").await);
    let early = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    world.round_named("Sommer", "2026-04-07", "Europe/Berlin", Some(&tom)).await;
    world.round_named("Fremd", "2026-04-07", "Europe/Berlin", Some(&una)).await;
    let ada = world.person("Ada");
    ada.says(&format!("/start {}", early.code)).await;
    ada.taps("Verstanden").await;
    ada.says("Stadtbücherei").await;
    ada.taps("Ja, Vorstand/Leitung").await;
    ada.taps("Passt").await;
    world.until_date("2026-03-20 09:00").await;
    let ben = world.person("Ben");
    ben.opens(&ada.shared_link()).await;
    ben.taps("Ich bin dabei").await;
    ben.taps("Passt").await;
    assert!(tom.chat().contains("braucht einen Platz in einer anderen Runde"));
    tom.says("/runden").await;
    tom.taps_all(&["Frühjahr", "Ändern", "Tandem verschieben"]).await;
    assert_snapshot!(tom.screen(), @"
    Welches Tandem soll in eine andere Runde? Hier stehen die, die noch nicht begonnen haben.
    [Stadtbücherei]
    [Zur Runde]
    ");
    tom.taps("Stadtbücherei").await;
    assert_snapshot!(tom.screen(), @"
    In welche Ihrer Runden?
    [Sommer]
    [Zur Runde]
    ");
    tom.taps("Sommer").await;
    assert_snapshot!(tom.screen(), @"
    ✓ Das Tandem sitzt jetzt in Sommer. Beide bekommen Bescheid.
    [Zur Runde]
    ");
    assert_snapshot!(ada.screen(), @"
    Die Runde hat begonnen. Ihr Tandem wartet noch auf: die zweite Person.

    In den ersten 14 Tagen können Sie noch einsteigen. Ist alles da, frage ich die Kursleitung.
    [Zweite Person einladen]
    ――――
    ✓ Ben hat Ihre Einladung angenommen.
    ――――
    Ihr Tandem ist jetzt vollständig, aber die Runde läuft schon seit mehr als 14 Tagen. Ein Einstieg ist nicht mehr möglich. Bitte fragen Sie Ihre Kursleitung nach der nächsten Runde; ich habe sie informiert.
    ――――
    Ihr Tandem ist jetzt in der Runde Sommer. Start: Di., 7. April

    Verantwortlich: die Stelle, von der Sie den Link haben
    ");
    world.until_date("2026-04-07 12:00").await;
    assert!(ada.chat().contains("[▶ Los geht’s]"), "the first lesson has come: {}", ada.chat());
}

#[tokio::test]
async fn names_that_look_like_markup_are_names_everywhere() {
    let world = World::new().await;
    let (tom, _, people) = six(&world).await;
    let eve = world.trainer("<script>alert(1)</script>").await;
    tom.says("/runden").await;
    tom.taps_all(&["Frühjahr", "Ändern", "Kursleitung", "Jemanden dazuholen"]).await;
    eve.opens(&tom.shared_link()).await;
    eve.taps("Verstanden").await;
    assert!(tom.chat().contains("<script>alert(1)</script> leitet jetzt"), "{}", tom.chat());
    tom.says("/ankuendigen").await;
    tom.says("</b>*_`[x](https://example.org)\u{202e}").await;
    tom.taps("Jetzt senden").await;
    assert!(people[0].chat().contains("</b>*_`[x](https://example.org)"), "{}", people[0].chat());
}
