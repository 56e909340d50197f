//! The report: nothing below five people, for every figure, and never who said what.

use insta::assert_snapshot;

use crate::support::{Person, Round, World};

#[tokio::test]
async fn five_answers_are_read_when_the_survey_has_closed_mixed_and_apart_from_those_who_gave_them() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let people = three_tandems(&world, &round).await;
    world.until("Thu 10:00").await;
    for (person, hurdle, word) in [
        (0, "Freigaben", "Mehr Beispiele"),
        (1, "Freigaben", "Mehr Beispiele"),
        (2, "Freigaben", "Mehr Beispiele"),
        (3, "Freigaben", "Kürzer"),
        (4, "Fehlende Zeit", "=Zu *viel* <b>Text</b>"),
    ] {
        learns(&people[person]).await;
        rates(&people[person], hurdle, word).await;
    }
    // The same day nothing of it is to be read, and figures move on Mondays only.
    tom.says("/bericht").await;
    assert_snapshot!(tom.screen(), @"");
    world.until("Mon 09:00").await;
    tom.says("/bericht").await;
    assert_snapshot!(tom.screen(), @"");
    // Two weeks after the week the survey closes; then nobody's answers can be told apart any more.
    world.until_date("2026-03-23 09:00").await;
    assert_eq!(world.count("SELECT COUNT(*) FROM rating WHERE module = 'm1'").await, 0);
    tom.says("/bericht").await;
    assert_snapshot!(tom.screen(), @"");
    // Sentences come some days later.
    world.until_date("2026-03-27 09:00").await;
    assert_snapshot!(world.report(&round, "en").await, @"");
    // Whoever leaves now takes nothing out of it.
    let before = world.report(&round, "de").await;
    people[4].says("/loeschen").await;
    people[4].taps("Ja, alles löschen").await;
    assert_eq!(world.report(&round, "de").await, before);
}

#[tokio::test]
async fn four_answers_are_destroyed_unread_and_whoever_comes_late_is_told() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let people = three_tandems(&world, &round).await;
    world.until("Thu 10:00").await;
    for person in &people[..4] {
        learns(person).await;
        rates(person, "Freigaben", "Mehr Beispiele").await;
    }
    // The fifth stands before the questions when it closes.
    learns(&people[4]).await;
    world.until_date("2026-03-24 11:00").await;
    assert_eq!(world.count("SELECT COUNT(*) FROM rating").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM opinion").await, 0);
    people[4].says("/lektion").await;
    assert_snapshot!(people[4].screen(), @"");
    // The sixth has not been there at all: the lesson ends without the questions.
    learns(&people[5]).await;
    assert_snapshot!(people[5].screen(), @"");
    assert!(!world.report(&round, "de").await.contains("Freigaben"));
}

#[tokio::test]
async fn a_round_of_four_people_shows_no_figure_at_all() {
    let world = World::new().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    world.joins(&round, "Ada", "Ben").await;
    world.joins(&round, "Cem", "Dora").await;
    world.until("Fri 18:00").await;
    assert_snapshot!(world.report(&round, "de").await, @"
    # Frühjahr

    ## Wer ist dabei?

    - Teilnehmende: keine Angabe unter 5
    - Tandems: keine Angabe unter 5
    ");
}

async fn three_tandems(world: &World, round: &Round) -> Vec<Person> {
    let mut people = Vec::new();
    for (lead, deputy) in [("Ada", "Ben"), ("Cem", "Dora"), ("Eve", "Finn")] {
        let (lead, deputy) = world.joins(round, lead, deputy).await;
        people.extend([lead, deputy]);
    }
    people
}

async fn learns(person: &Person) {
    person.says("/lektion").await;
    person.taps_all(&["Weiter", "C", "Weiter", "Weiter", "A", "Weiter", "Weiter", "B", "Weiter", "Später"]).await;
    person.taps_all(&["Nächste Lektion", "Weiter", "☐ A", "Prüfen", "Weiter", "Weiter", "☐ B", "Prüfen"]).await;
    person.taps_all(&["Weiter", "Fertig", "Später", "Habe ich überlegt", "Habe ich überlegt"]).await;
}

async fn rates(person: &Person, hurdle: &str, word: &str) {
    person.taps_all(&["Es geht allein", hurdle, "Gerade richtig"]).await;
    person.says(word).await;
}
