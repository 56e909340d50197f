//! The report: nothing below five people, for every figure, and never who said what.

use insta::assert_snapshot;

use crate::support::{Person, Round, World};

#[tokio::test]
async fn with_four_people_the_report_shows_nothing_and_with_six_it_does() {
    let world = World::new().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let mut people = Vec::new();
    for (lead, deputy) in [("Ada", "Ben"), ("Cem", "Dora"), ("Eve", "Finn")] {
        let (lead, deputy) = world.joins(&round, lead, deputy).await;
        people.extend([lead, deputy]);
    }
    world.until("Tue 10:00").await;
    for person in &people[..4] {
        learns_and_rates(person, "Freigaben").await;
    }
    tom.says("/bericht").await;
    assert_snapshot!(tom.screen(), @"
    Bericht: Frühjahr

    Wer ist dabei?
    • Teilnehmende: 6
    • Tandems: keine Angabe unter 5

    Lektionen
    • Wozu sind wir online?: geöffnet keine Angabe, abgeschlossen keine Angabe

    Zugesagte Stunden
    • Noch nichts zu zeigen: keine Angabe unter 5

    Vertretung
    • Noch nichts zu zeigen: keine Angabe unter 5

    Rückmeldung
    • Noch nichts zu zeigen: keine Angabe unter 5
    [Zur Runde]
    ");
    learns_and_rates(&people[4], "Fehlende Zeit").await;
    tom.says("/bericht").await;
    assert_snapshot!(tom.screen(), @"
    Bericht: Frühjahr

    Wer ist dabei?
    • Teilnehmende: 6
    • Tandems: keine Angabe unter 5

    Lektionen
    • Wozu sind wir online?: geöffnet fast alle, abgeschlossen fast alle

    Zugesagte Stunden
    • Noch nichts zu zeigen: keine Angabe unter 5

    Vertretung
    • Noch nichts zu zeigen: keine Angabe unter 5

    Rückmeldung
    • Noch nichts zu zeigen: keine Angabe unter 5
    [Zur Runde]
    ");
    assert_snapshot!(world.report(&round, "en").await, @"
    # Frühjahr

    ## Who takes part?

    - People: 6
    - Tandems: not shown below 5

    ## Lessons

    - Why are we online?: opened by almost everyone, finished by almost everyone

    ## Agreed hours

    - Nothing to show yet: not shown below 5

    ## Cover

    - Nothing to show yet: not shown below 5

    ## Feedback

    - Nothing to show yet: not shown below 5
    ");
}

async fn learns_and_rates(person: &Person, hurdle: &str) {
    person.says("/lektion").await;
    person.taps_all(&["Weiter", "C", "Weiter", "Weiter", "A", "Weiter", "Weiter", "B", "Weiter", "Später"]).await;
    let _ = hurdle;
}

#[tokio::test]
async fn a_round_of_four_people_shows_no_figure_at_all() {
    let world = World::new().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    two_tandems(&world, &round).await;
    world.until("Fri 18:00").await;
    assert_snapshot!(world.report(&round, "de").await, @"
    # Frühjahr

    ## Wer ist dabei?

    - Teilnehmende: keine Angabe unter 5
    - Tandems: keine Angabe unter 5
    ");
}

async fn two_tandems(world: &World, round: &Round) {
    world.joins(round, "Ada", "Ben").await;
    world.joins(round, "Cem", "Dora").await;
}
