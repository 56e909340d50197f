//! Announcements, questions, sharing, meetings.

use insta::assert_snapshot;

use super::six;
use crate::support::World;

#[tokio::test]
async fn an_announcement_is_shown_first_reaches_everybody_once_and_its_arrival_is_told_in_numbers() {
    let world = World::on_disk().await;
    let (tom, _, people) = six(&world).await;
    tom.says("/ankuendigen").await;
    assert_snapshot!(tom.screen(), @"");
    tom.says("Am *Donnerstag* um zwei: <b>Video</b> https://example.org/raum").await;
    assert_snapshot!(tom.screen(), @"");
    tom.taps("Jetzt senden").await;
    assert_snapshot!(tom.screen(), @"");
    for person in &people {
        assert_eq!(person.chat().matches("Am *Donnerstag* um zwei: <b>Video</b>").count(), 1, "{}", person.name());
    }
    assert_snapshot!(people[0].screen(), @"");
    tom.taps("Mitteilungen").await;
    assert_snapshot!(tom.screen(), @"");
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
    assert_snapshot!(tom.screen(), @"");
    tom.says("irgendwann").await;
    tom.says("4.3. 9:30").await;
    assert_snapshot!(tom.screen(), @"");
    let old = tom.carried("Zurücknehmen");
    tom.taps("Zurücknehmen").await;
    assert_snapshot!(tom.screen(), @"");
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
    assert_snapshot!(people[0].screen(), @"");
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
    assert_snapshot!(ada.screen(), @"");
    ada.taps("Frage an die Kursleitung").await;
    ada.taps("Ohne Namen").await;
    assert_snapshot!(ada.screen(), @"");
    ada.says("Zählt die Zeit im Zug?").await;
    assert_snapshot!(ada.screen(), @"");
    let send = ada.carried("Senden");
    ada.taps("Senden").await;
    assert_snapshot!(ada.screen(), @"");
    ada.presses_old(&send).await;
    assert_eq!(world.count("SELECT COUNT(*) FROM letter WHERE name IS NULL").await, 1);
    assert!(!tom.chat().contains("im Zug"), "once a day");
    world.until("Tue 09:30").await;
    assert_snapshot!(tom.screen(), @"");
    tom.taps("Antworten: 1").await;
    let answering = tom.carried("Abbrechen");
    tom.says("Ja, wenn Sie dabei lernen.").await;
    assert_snapshot!(tom.screen(), @"");
    let once = tom.carried("An alle in der Runde");
    tom.taps("An alle in der Runde").await;
    assert_snapshot!(tom.screen(), @"");
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
    assert_snapshot!(ben.screen(), @"");
    world.until("Tue 09:30").await;
    assert_snapshot!(tom.screen(), @"");
    tom.taps("Antworten: 1").await;
    tom.says("Das tue ich.").await;
    assert!(!tom.screen().contains("An alle"), "it is hers alone: {}", tom.screen());
    tom.taps("Nur an die Person").await;
    assert_snapshot!(ada.screen(), @"");
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
    assert_snapshot!(ada.screen(), @"");
    share("Und noch einer").await;
    assert_snapshot!(ada.screen(), @"");
    world.until("Tue 12:00").await;
    assert_snapshot!(people[2].screen(), @"");
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
    assert_snapshot!(tom.screen(), @"");
    tom.says("Austausch").await;
    tom.says("12.3. 14:30").await;
    tom.says("Rathaus, Zimmer 4").await;
    assert_snapshot!(tom.screen(), @"");
    tom.taps("Jetzt senden").await;
    assert_snapshot!(ada.screen(), @"");
    let feed = place.get(&link).await;
    assert!(feed.body.contains("SUMMARY:Austausch") && feed.body.contains("LOCATION:Rathaus"), "{}", feed.body);
    world.until_date("2026-03-11 12:00").await;
    assert_snapshot!(ada.screen(), @"");
    tom.says("/runden").await;
    tom.taps_all(&["Frühjahr", "Ändern", "Treffen", "Absagen: Do., 12. März"]).await;
    assert_snapshot!(tom.screen(), @"");
    world.until_date("2026-03-12 10:30").await;
    assert!(ada.chat().contains("Abgesagt: Austausch"), "{}", ada.chat());
    let feed = place.get(&link).await;
    let meeting = feed.body.split("BEGIN:VEVENT").find(|event| event.contains("Austausch")).expect("the meeting");
    assert!(meeting.contains("STATUS:CANCELLED") && meeting.contains("SEQUENCE:1"), "{meeting}");
}
