//! Questionnaires outside of lessons: about the course as a whole, and changing what was said.

use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn before_the_first_lesson_people_say_how_sure_they_are_and_may_change_it() {
    let world = World::on_disk().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("/start").await;
    ada.taps_all(&["Mehr", "Rückmeldungen"]).await;
    assert_snapshot!(ada.screen(), @"
    Ihre Rückmeldungen

    Diese Umfragen sind offen. Bis sie schließen, können Sie Ihre Antworten ändern oder zurücknehmen. Alles ist freiwillig.
    [Wie sicher sind Sie heute?]
    [Übersicht]
    ");
    ada.taps("Wie sicher sind Sie heute?").await;
    assert_snapshot!(ada.screen(), @"
    Wie sicher sind Sie heute?

    Vier Fragen zum Antippen, alle freiwillig. Am Ende fragen wir sie noch einmal.

    Anonym gegenüber dem Trainingsteam, nicht gegenüber Telegram. Bis die Umfrage schließt, gehören die Antworten zu Ihnen, damit Sie sie ändern können. Danach werden sie gemischt und ohne Ihren Namen gespeichert, die Verknüpfung wird gelöscht. Ergebnisse gibt es erst ab fünf Antworten. Sind es weniger, werden alle gelöscht.

    1/4  Auf einen schwierigen Kommentar antworten: Wie sicher sind Sie dabei?
    [Noch unsicher]
    [Mit Hilfe geht es]
    [Es geht allein]
    [Ich kann es zeigen]
    [Überspringen]
    ");
    ada.taps_all(&["Noch unsicher", "Es geht allein", "Überspringen"]).await;
    assert_eq!(world.count("SELECT COUNT(*) FROM rating WHERE module = 'start' AND choice IS NOT NULL").await, 2);
    ada.taps("Mit Hilfe geht es").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Danke! Bis die Umfrage schließt, können Sie alles ändern.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    [Ändern]
    ");
    // Again: one stays, one is taken back, one is changed.
    ada.taps("Ändern").await;
    assert_snapshot!(ada.screen(), @"
    Wie sicher sind Sie heute?

    Vier Fragen zum Antippen, alle freiwillig. Am Ende fragen wir sie noch einmal.

    Anonym gegenüber dem Trainingsteam, nicht gegenüber Telegram. Bis die Umfrage schließt, gehören die Antworten zu Ihnen, damit Sie sie ändern können. Danach werden sie gemischt und ohne Ihren Namen gespeichert, die Verknüpfung wird gelöscht. Ergebnisse gibt es erst ab fünf Antworten. Sind es weniger, werden alle gelöscht.

    1/4  Auf einen schwierigen Kommentar antworten: Wie sicher sind Sie dabei?
    [Noch unsicher]
    [Mit Hilfe geht es]
    [Es geht allein]
    [Ich kann es zeigen]
    [So lassen] [Antwort löschen]
    ");
    ada.taps_all(&["So lassen", "Antwort löschen", "So lassen", "Ich kann es zeigen"]).await;
    let choices = "SELECT COUNT(*) FROM rating WHERE module = 'start' AND choice IN ('1', '4')";
    assert_eq!(world.count(choices).await, 2);
    assert_eq!(world.count("SELECT COUNT(*) FROM rating WHERE module = 'start' AND choice IS NOT NULL").await, 2);
}

#[tokio::test]
async fn three_months_after_the_course_it_is_asked_once_what_has_stayed() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    // The course's last week begins on 23 March; thirteen weeks after it are over on 29 June.
    world.until_date("2026-06-26 20:00").await;
    assert!(!ada.chat().contains("drei Monate her"));
    world.until_date("2026-07-04 20:00").await;
    for person in [&ada, &ben] {
        assert_eq!(person.chat().matches("drei Monate her").count(), 1);
    }
    assert_snapshot!(ben.screen(), @"
    Der Kurs ist drei Monate her. Was ist geblieben? Drei Fragen und ein Satz, wenn Sie mögen. Danach frage ich nicht wieder.
    [Zur Umfrage]
    [Warum kommt das?] [Weniger davon]
    ");
    ben.taps_all(&["Zur Umfrage", "Einiges", "Wenig", "Manchmal"]).await;
    assert_snapshot!(ben.screen(), @"
    Was ist geblieben?

    4/4  Ein Satz an das Trainingsteam, wenn Sie mögen. Bitte ohne Namen
    [Überspringen]
    ");
    ben.says("Mehr Zeit wäre schön").await;
    assert_snapshot!(ben.screen(), @"
    ✓ Danke! Bis die Umfrage schließt, können Sie alles ändern.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    [Ändern]
    ");
    // Then it closes, and is not asked about again.
    world.until_date("2026-08-01 20:00").await;
    assert_eq!(ada.chat().matches("drei Monate her").count(), 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM rating").await, 0);
    ben.taps("Ändern").await;
    assert_snapshot!(ben.screen(), @"
    Gerade ist keine Umfrage offen.
    [Übersicht]
    ――――
    (Diese Umfrage ist geschlossen. Ihre Antwort wird nicht mehr gespeichert.)
    ");
}
