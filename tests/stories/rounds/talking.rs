//! Announcements, questions, sharing, meetings.

use insta::assert_snapshot;

use super::six;
use crate::support::World;

#[tokio::test]
async fn an_announcement_is_shown_first_reaches_everybody_once_and_its_arrival_is_told_in_numbers() {
    let world = World::on_disk().await;
    let (tom, _, people) = six(&world).await;
    tom.says("/ankuendigen").await;
    assert_snapshot!(tom.screen(), @"
    Was möchten Sie der Runde Frühjahr sagen? Schreiben Sie es, höchstens 800 Zeichen.

    Vor dem Senden sehen Sie es noch einmal.
    [Gesagt – geändert]
    [Abbrechen]
    ");
    tom.says("Am *Donnerstag* um zwei: <b>Video</b> https://example.org/raum").await;
    assert_snapshot!(tom.screen(), @"
    So liest es die Runde Frühjahr:

    Von Ihrer Kursleitung:
    Am *Donnerstag* um zwei: <b>Video</b> https://example.org/raum

    Geht an 6 Personen.

    Niemand bekommt mehr als eine Nachricht am Tag und drei in der Woche. Manche lesen es deshalb mit ihrer nächsten Nachricht, einige erst in der nächsten Woche. Wer weg ist, liest es danach.

    Darin steht ein Tag: Do., 5. März. Wer vorher noch arbeitet, liest es rechtzeitig.
    [Jetzt senden]
    [Später senden] [Neu schreiben]
    [Abbrechen]
    ");
    tom.taps("Jetzt senden").await;
    assert_snapshot!(tom.screen(), @"
    ✓ Ist unterwegs. Zurücknehmen geht jetzt nicht mehr.
    [Mitteilungen]
    [Zur Runde]
    ");
    for person in &people {
        assert_eq!(person.chat().matches("Am *Donnerstag* um zwei: <b>Video</b>").count(), 1, "{}", person.name());
    }
    assert_snapshot!(people[0].screen(), @"
    Jetzt fehlt noch die zweite Person. Schicken Sie ihr diesen Link.

    Sie liest zuerst, worum es geht und wer was sieht, und entscheidet dann selbst.
    [Link teilen]
    [Übersicht]
    ――――
    ✓ Ben hat Ihre Einladung angenommen.
    ――――
    Von Ihrer Kursleitung:
    Am *Donnerstag* um zwei: <b>Video</b> https://example.org/raum
    ");
    tom.taps("Mitteilungen").await;
    assert_snapshot!(tom.screen(), @"
    Mitteilungen an Frühjahr

    Mo., 2. März, 08:00 Uhr – bei allen 6 angekommen
    Am *Donnerstag* um zwei: <b>Video</b> https://example.org/ra…
    [Zur Runde]
    ");
    world.until("Sat 12:00").await;
    for person in &people {
        assert_eq!(person.chat().matches("um zwei").count(), 1, "{}", person.name());
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM news_reader WHERE kind = 'news'").await, 6);
    assert_eq!(world.too_many_unasked().await, (0, 0));
}

#[tokio::test]
async fn an_announcement_for_later_can_be_taken_back_until_it_goes() {
    let world = World::new().await;
    let (tom, _, people) = six(&world).await;
    tom.says("/announce").await;
    tom.says("Morgen fällt aus.").await;
    tom.taps("Später senden").await;
    assert_snapshot!(tom.screen(), @"
    Wann? Tippen Sie, oder schreiben Sie Tag und Uhrzeit, zum Beispiel: 5.3. 14:30
    [Nächster Arbeitstag, 9 Uhr]
    [Nächster Montag, 9 Uhr]
    [Abbrechen]
    ");
    tom.says("irgendwann").await;
    tom.says("4.3. 9:30").await;
    assert_snapshot!(tom.screen(), @"
    ✓ Geht am Mi., 4. März um 09:30 Uhr hinaus. Bis dahin können Sie es zurücknehmen.

    Achtung: Darin steht Di., 3. März. Verschickt wird es erst danach.
    [Zurücknehmen]
    [Zur Runde]
    ");
    let old = tom.carried("Zurücknehmen");
    tom.taps("Zurücknehmen").await;
    assert_snapshot!(tom.screen(), @"
    ✓ Zurückgenommen. Niemand liest es.
    [Zur Runde]
    ");
    tom.presses_old(&old).await;
    world.until("Fri 12:00").await;
    assert!(people.iter().all(|person| !person.chat().contains("fällt aus")));
}

#[tokio::test]
async fn whoever_is_away_or_had_a_message_today_reads_it_later_with_something_else() {
    let world = World::new().await;
    let (tom, _, people) = six(&world).await;
    people[1].says("weg 3.3. bis 4.3.").await;
    world.until("Tue 14:00").await;
    tom.says("/ankuendigen").await;
    tom.taps("Gesagt – geändert").await;
    tom.says("Die Lektionen sind jetzt kürzer.").await;
    tom.taps("Jetzt senden").await;
    assert!(!people[0].chat().contains("jetzt kürzer"), "the lesson came today");
    world.until("Wed 12:00").await;
    assert_snapshot!(people[0].screen(), @"
    Sie haben es gesagt, wir haben es geändert:
    Die Lektionen sind jetzt kürzer.
    ");
    assert!(!people[1].chat().contains("jetzt kürzer"));
    world.until("Thu 12:00").await;
    assert_eq!(people[1].chat().matches("jetzt kürzer").count(), 1, "with Thursday's lesson");
}

#[tokio::test]
async fn a_question_is_asked_without_a_name_read_once_a_day_answered_once_and_shared_without_the_name() {
    let world = World::on_disk().await;
    let (tom, _, people) = six(&world).await;
    let una = world.person("Una");
    let ada = &people[0];
    ada.taps("Übersicht").await;
    ada.taps("Mehr").await;
    ada.taps("Kursleitung und Runde").await;
    assert_snapshot!(ada.screen(), @"
    Was möchten Sie schreiben? Vor dem Senden sehen Sie genau, was die anderen sehen.
    [Frage an die Kursleitung]
    [Der Leitung zeigen] [Der Runde zeigen]
    [Bitte um ein Gespräch]
    [Übersicht]
    ");
    ada.taps("Frage an die Kursleitung").await;
    ada.taps("Ohne Namen").await;
    assert_snapshot!(ada.screen(), @"
    Schreiben Sie Ihre Frage, höchstens 800 Zeichen. Die Kursleitung sieht Ihren Namen nicht und liest Fragen einmal am Tag.

    Schreiben Sie nichts, woran man Sie erkennt. Frage und Antwort können an die ganze Runde gehen.
    [Nicht senden]
    ");
    ada.says("Zählt die Zeit im Zug?").await;
    assert_snapshot!(ada.screen(), @"
    Das liest die Kursleitung:

    Frage (jemand aus der Runde):
    Zählt die Zeit im Zug?

    Etwas anders? Schreiben Sie es einfach neu.
    [Senden]
    [Nicht senden]
    ");
    let send = ada.carried("Senden");
    ada.taps("Senden").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Die Kursleitung liest es am Mo., 2. März. Bis dahin können Sie es zurücknehmen.
    [Zurücknehmen]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    ada.presses_old(&send).await;
    assert_eq!(world.count("SELECT COUNT(*) FROM letter WHERE name IS NULL").await, 1);
    assert!(!tom.chat().contains("im Zug"), "once a day");
    world.until("Tue 09:30").await;
    assert_snapshot!(tom.screen(), @"
    Aus der Runde Frühjahr

    Frage (jemand aus der Runde):
    Zählt die Zeit im Zug?
    [Antworten: 1]
    [Zur Runde]
    ――――
    Die Runde hat begonnen. Startklar: 3 von 3 Tandems.
    ");
    tom.taps("Antworten: 1").await;
    let answering = tom.carried("Abbrechen");
    tom.says("Ja, wenn Sie dabei lernen.").await;
    assert_snapshot!(tom.screen(), @"
    So liest es, wer gefragt hat:

    Sie hatten gefragt:
    Zählt die Zeit im Zug?

    Die Kursleitung antwortet:
    Ja, wenn Sie dabei lernen.

    An alle geht es ohne den Namen.
    [Nur an die Person]
    [An alle in der Runde]
    [Neu schreiben] [Abbrechen]
    ");
    let once = tom.carried("An alle in der Runde");
    tom.taps("An alle in der Runde").await;
    assert_snapshot!(tom.screen(), @"
    ✓ Beantwortet.
    [Zur Runde]
    ");
    tom.presses_old(&once).await;
    tom.presses_old(&answering).await;
    assert_eq!(
        world.count("SELECT COUNT(*) FROM letter WHERE person_id IS NOT NULL").await,
        0,
        "nobody knows any more"
    );
    world.until("Thu 12:00").await;
    for person in &people {
        assert_eq!(person.chat().matches("Ja, wenn Sie dabei lernen.").count(), 1, "{}", person.name());
    }
    una.says("/ankuendigen").await;
    assert!(una.screen().contains("Einladung"), "a stranger learns nothing: {}", una.screen());
}

#[tokio::test]
async fn what_somebody_asks_for_themselves_comes_back_to_them_alone_and_can_be_taken_back() {
    let world = World::new().await;
    let (tom, _, people) = six(&world).await;
    let (ada, ben) = (&people[0], &people[1]);
    for (person, words) in [(ada, "Bitte sprechen Sie mit meiner Leitung."), (ben, "Doch nicht.")] {
        person.says("/start").await;
        person.taps_all(&["Mehr", "Kursleitung und Runde", "Bitte um ein Gespräch"]).await;
        person.says(words).await;
        person.taps("Senden").await;
    }
    ben.taps("Zurücknehmen").await;
    assert_snapshot!(ben.screen(), @"
    ✓ Zurückgenommen. Niemand hat es gelesen.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    world.until("Tue 09:30").await;
    assert_snapshot!(tom.screen(), @"
    Aus der Runde Frühjahr

    Bitte um ein Gespräch mit dem Arbeitgeber (Ada):
    Bitte sprechen Sie mit meiner Leitung.
    [Antworten: 1]
    [Zur Runde]
    ――――
    Die Runde hat begonnen. Startklar: 3 von 3 Tandems.
    ");
    tom.taps("Antworten: 1").await;
    tom.says("Das tue ich.").await;
    assert!(!tom.screen().contains("An alle"), "it is hers alone: {}", tom.screen());
    tom.taps("Nur an die Person").await;
    assert_snapshot!(ada.screen(), @"
    Sie hatten gefragt:
    Bitte sprechen Sie mit meiner Leitung.

    Die Kursleitung antwortet:
    Das tue ich.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    assert!(people[1..].iter().all(|person| !person.chat().contains("Das tue ich")));
}

#[tokio::test]
async fn somebody_shares_a_post_with_the_round_once_a_week_and_can_take_it_back() {
    let world = World::new().await;
    let (_, _, people) = six(&world).await;
    let ada = &people[0];
    let share = async |words: &str| {
        ada.says("/start").await;
        ada.taps_all(&["Mehr", "Kursleitung und Runde", "Der Runde zeigen"]).await;
        ada.says(words).await;
        ada.taps("Senden").await;
    };
    share("Unser erster Beitrag").await;
    ada.taps("Zurücknehmen").await;
    share("Unser *erster* Beitrag, besser").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Die Runde liest es ab Mo., 2. März. Bis dahin können Sie es zurücknehmen.
    [Zurücknehmen]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    share("Und noch einer").await;
    assert_snapshot!(ada.screen(), @"
    Einmal in der Woche können Sie der Runde etwas zeigen. Es wurde nichts gesendet.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    world.until("Tue 12:00").await;
    assert_snapshot!(people[2].screen(), @"
    Ada teilt mit Ihrer Runde:
    Unser *erster* Beitrag, besser
    ――――
    Auftrag, Ziel, Dialog

    Diese Woche geht es um die Grundlagen: Ihre Zeit, ein Ziel und die Art, mit Menschen ins Gespräch zu kommen. Am Ende haben Sie einen Satz, der sagt, wozu Ihr Haus online ist. Vielleicht sagt er auch, wozu nicht.

    Wozu sind wir online?

    Drei Karten mit je einer Frage, danach ein Satz für Ihr Konzept. Die Karten passen in eine Kaffeepause, für den Satz brauchen Sie etwas Ruhe.

    Dauert etwa 40 Min. und lässt sich jederzeit unterbrechen.
    [▶ Los geht’s] [Später]
    ");
    world.until("Sat 12:00").await;
    for person in &people {
        let chat = person.chat();
        assert_eq!(
            chat.matches("Ada teilt mit Ihrer Runde:\nUnser *erster* Beitrag, besser").count(),
            1,
            "what was shown to Ada before has become the answer to her tap"
        );
        assert!(person.name() == "Ada" || !chat.contains("noch einer"));
    }
}

#[tokio::test]
async fn a_meeting_is_announced_remembered_in_the_calendar_and_called_off() {
    let world = World::new().await;
    let (tom, _, people) = six(&world).await;
    let place = world.feeds().await;
    let ada = &people[0];
    ada.says("/kalender").await;
    ada.taps("Kalender abonnieren").await;
    let chat = ada.chat();
    let link = chat.split_whitespace().rfind(|word| word.starts_with("https://tandem.example/feed/"));
    let link = link.expect("a link").to_owned();
    tom.says("/runden").await;
    tom.taps_all(&["Frühjahr", "Ändern", "Treffen", "Treffen planen"]).await;
    assert_snapshot!(tom.screen(), @"
    Wie heißt das Treffen? Zum Beispiel: Austausch nach der zweiten Woche
    [Abbrechen]
    ");
    tom.says("Austausch").await;
    tom.says("12.3. 14:30").await;
    tom.says("Rathaus, Zimmer 4").await;
    assert_snapshot!(tom.screen(), @"
    So liest es die Runde Frühjahr:

    Neues Treffen: Austausch
    Do., 12. März, 14:30 Uhr

    Ort: Rathaus, Zimmer 4

    Geht an 6 Personen.

    Niemand bekommt mehr als eine Nachricht am Tag und drei in der Woche. Manche lesen es deshalb mit ihrer nächsten Nachricht, einige erst in der nächsten Woche. Wer weg ist, liest es danach.

    Darin steht ein Tag: Do., 12. März. Wer vorher noch arbeitet, liest es rechtzeitig.
    [Jetzt senden]
    [Abbrechen]
    ");
    tom.taps("Jetzt senden").await;
    assert_snapshot!(ada.screen(), @"
    Ihr Kalender-Link

    https://tandem.example/feed/rsGjO7dVT-k-J5QyMMOuwR.ics

    Fügen Sie ihn in Ihrem Kalenderprogramm dort ein, wo sich Kalender aus dem Internet abonnieren lassen. Will das Programm eine Adresse, die mit webcal beginnt, ersetzen Sie https am Anfang durch webcal.

    Der Link ist geheim: Wer ihn hat, sieht Ihre Abwesenheiten, Vertretungen und Lektionen. Ich zeige ihn nur dieses eine Mal. „Neuer Link“ macht den alten sofort ungültig.
    [Neuer Link] [Link abschalten]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ――――
    Neues Treffen: Austausch
    Do., 12. März, 14:30 Uhr

    Ort: Rathaus, Zimmer 4
    ");
    let feed = place.get(&link).await;
    assert!(feed.body.contains("SUMMARY:Austausch") && feed.body.contains("LOCATION:Rathaus"), "{}", feed.body);
    world.until_date("2026-03-12 12:29").await;
    assert!(!ada.chat().contains("\nTreffen: Austausch"), "{}", ada.chat());
    world.until_date("2026-03-12 12:31").await;
    assert_snapshot!(ada.screen(), @"
    Treffen: Austausch
    Do., 12. März, 14:30 Uhr

    Ort: Rathaus, Zimmer 4
    ");
    tom.says("/runden").await;
    tom.taps_all(&["Frühjahr", "Ändern", "Treffen", "Absagen: Do., 12. März"]).await;
    assert_snapshot!(tom.screen(), @"
    ✓ Abgesagt. Alle bekommen Bescheid.
    [Zur Runde]
    ");
    world.until_date("2026-03-12 14:00").await;
    assert!(ada.chat().contains("Abgesagt: Austausch"), "{}", ada.chat());
    let feed = place.get(&link).await;
    let meeting = feed.body.split("BEGIN:VEVENT").find(|event| event.contains("Austausch")).expect("the meeting");
    assert!(meeting.contains("STATUS:CANCELLED") && meeting.contains("SEQUENCE:1"), "{meeting}");
}
