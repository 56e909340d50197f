//! The report: nothing below five people, for every figure, and never who said what.

use insta::assert_snapshot;

use crate::support::{Person, Round, World};

#[tokio::test]
async fn four_answers_show_nothing_and_the_fifth_shows_them_mixed() {
    let world = World::new().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let people = three_tandems(&world, &round).await;
    world.until("Thu 10:00").await;
    for person in &people[..4] {
        learns(person).await;
        rates(person, "Freigaben", "Mehr Beispiele").await;
    }
    tom.says("/bericht").await;
    assert_snapshot!(tom.screen(), @"
    Bericht: Frühjahr

    Wer ist dabei?
    • Teilnehmende: 6
    • Tandems: keine Angabe unter 5

    Lektionen
    • Wozu sind wir online? geöffnet: keine Angabe; abgeschlossen: keine Angabe
    • Gemeinsamer Auftritt, klare Zahlen: geöffnet: keine Angabe; abgeschlossen: keine Angabe

    Zugesagte Stunden
    • Noch nichts zu zeigen: keine Angabe unter 5

    Vertretung
    • Noch nichts zu zeigen: keine Angabe unter 5

    Rückmeldung
    • Noch nichts zu zeigen: keine Angabe unter 5
    [Zur Runde]
    ");
    learns(&people[4]).await;
    rates(&people[4], "Fehlende Zeit", "=Zu *viel* <b>Text</b>").await;
    tom.says("/bericht").await;
    assert_snapshot!(tom.screen(), @"
    Bericht: Frühjahr

    Wer ist dabei?
    • Teilnehmende: 6
    • Tandems: keine Angabe unter 5

    Lektionen
    • Wozu sind wir online? geöffnet: fast alle; abgeschlossen: fast alle
    • Gemeinsamer Auftritt, klare Zahlen: geöffnet: fast alle; abgeschlossen: fast alle

    Zugesagte Stunden
    • Noch nichts zu zeigen: keine Angabe unter 5

    Vertretung
    • Noch nichts zu zeigen: keine Angabe unter 5

    Rückmeldung
    • Ein Ziel formulieren, ein Gespräch anstoßen, vier Zahlen lesen: Wie sicher sind Sie dabei? fast alle: Es geht allein
    • Was hat Sie diese Woche am meisten gebremst? fast alle: Freigaben
    • Wie waren Menge und Tempo? fast alle: Gerade richtig

    Ein Satz an das Trainingsteam, wenn Sie mögen
    • – Mehr Beispiele
    • – Mehr Beispiele
    • – Mehr Beispiele
    • – Mehr Beispiele
    • – =Zu *viel* <b>Text</b>
    [Zur Runde]
    ");
    assert_snapshot!(world.report(&round, "en").await, @r#"
    # Frühjahr

    ## Who takes part?

    - People: 6
    - Tandems: not shown below 5

    ## Lessons

    - Why are we online? opened: almost everyone; finished: almost everyone
    - One voice, clear figures: opened: almost everyone; finished: almost everyone

    ## Agreed hours

    - Nothing to show yet: not shown below 5

    ## Cover

    - Nothing to show yet: not shown below 5

    ## Feedback

    - Wording a goal, starting a conversation, reading four figures: how sure are you? almost everyone: I can on my own
    - What held you back most this week? almost everyone: Approvals
    - How were amount and pace? almost everyone: About right

    ## One sentence to the trainers, if you like

    - – Mehr Beispiele
    - – Mehr Beispiele
    - – Mehr Beispiele
    - – Mehr Beispiele
    - – =Zu \*viel\* \<b\>Text\</b\>
    "#);
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
