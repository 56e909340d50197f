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
    assert_snapshot!(tom.screen(), @"
    Bericht: Frühjahr

    Wer ist dabei?
    • Teilnehmende: 6
    • Tandems: keine Angabe unter 5

    Lektionen (in Fünferschritten)
    • Noch nichts zu zeigen: keine Angabe unter 5

    Karten und Aufgaben
    • Noch nichts zu zeigen: keine Angabe unter 5

    Zugesagte Stunden (Anteil der Tandems)
    • Noch nichts zu zeigen: keine Angabe unter 5

    Vertretung
    • Noch nichts zu zeigen: keine Angabe unter 5

    Rückmeldung
    • Noch nichts zu zeigen: keine Angabe unter 5
    [Zur Runde]
    ");
    world.until("Mon 09:00").await;
    tom.says("/bericht").await;
    assert_snapshot!(tom.screen(), @"
    Bericht: Frühjahr

    Wer ist dabei?
    • Teilnehmende: 6
    • Tandems: keine Angabe unter 5

    Module (in Fünferschritten)
    • Auftrag, Ziel, Dialog: erreicht: fast alle; abgeschlossen: fast alle

    Lektionen (in Fünferschritten)
    • Wozu sind wir online? geöffnet: fast alle; abgeschlossen: fast alle
    • Gemeinsamer Auftritt, klare Zahlen: geöffnet: fast alle; abgeschlossen: fast alle

    Karten und Aufgaben
    • Noch nichts zu zeigen: keine Angabe unter 5

    Zugesagte Stunden (Anteil der Tandems)
    • Noch nichts zu zeigen: keine Angabe unter 5

    Vertretung
    • Noch nichts zu zeigen: keine Angabe unter 5

    Rückmeldung
    • Noch nichts zu zeigen: keine Angabe unter 5
    [Zur Runde]
    ");
    // Two weeks after the week the survey closes; then nobody's answers can be told apart any more.
    world.until_date("2026-03-23 09:00").await;
    assert_eq!(world.count("SELECT COUNT(*) FROM rating WHERE module = 'm1'").await, 0);
    tom.says("/bericht").await;
    assert_snapshot!(tom.screen(), @"
    Bericht: Frühjahr

    Wer ist dabei?
    • Teilnehmende: 6
    • Tandems: keine Angabe unter 5

    Module (in Fünferschritten)
    • Auftrag, Ziel, Dialog: erreicht: fast alle; abgeschlossen: fast alle

    Lektionen (in Fünferschritten)
    • Wozu sind wir online? geöffnet: fast alle; abgeschlossen: fast alle
    • Gemeinsamer Auftritt, klare Zahlen: geöffnet: fast alle; abgeschlossen: fast alle

    Auftrag, Ziel, Dialog: Karten und Aufgaben (in Fünferschritten)
    • Ein Auftrag mit Arbeitszeit: erreicht: fast alle; erledigt: fast alle
    • Auf dem Flur: erreicht: fast alle; erledigt: fast alle; gleich richtig: fast alle
    • Erst das Ziel, dann der Kanal: erreicht: fast alle; erledigt: fast alle
    • Was lässt sich nachzählen? erreicht: fast alle; erledigt: fast alle; gleich richtig: fast alle
    • Gespräch statt Schwarzes Brett: erreicht: fast alle; erledigt: fast alle
    • Der neue Proberaum: erreicht: fast alle; erledigt: fast alle; gleich richtig: fast alle
    • Ihr Ziel in einem Satz: erreicht: fast alle; erledigt: keine Angabe
    • Eine Stimme, viele Orte: erreicht: fast alle; erledigt: fast alle
    • Was bleibt frei? erreicht: fast alle; erledigt: fast alle; gleich richtig: fast niemand
    • Vier Zahlen genügen: erreicht: fast alle; erledigt: fast alle

    Zugesagte Stunden (Anteil der Tandems)
    • Noch nichts zu zeigen: keine Angabe unter 5

    Vertretung
    • Noch nichts zu zeigen: keine Angabe unter 5

    Rückmeldung
    • Ein Ziel formulieren, ein Gespräch anstoßen, vier Zahlen lesen: Wie sicher sind Sie dabei? fast alle: Es geht allein
    • Was hat Sie diese Woche am meisten gebremst? fast alle: Freigaben
    • Wie waren Menge und Tempo? fast alle: Gerade richtig
    [Zur Runde]
    ");
    // Sentences come some days later.
    world.until_date("2026-03-27 09:00").await;
    assert_snapshot!(world.report(&round, "en").await, @r#"
    # Frühjahr

    ## Who takes part?

    - People: 6
    - Tandems: not shown below 5

    ## Modules (in steps of five)

    - Mandate, goal, dialogue: reached: almost everyone; finished: almost everyone

    ## Lessons (in steps of five)

    - Why are we online? opened: almost everyone; finished: almost everyone
    - One voice, clear figures: opened: almost everyone; finished: almost everyone

    ## Mandate, goal, dialogue: cards and tasks (in steps of five)

    - A mandate with working time: reached: almost everyone; done: almost everyone
    - In the corridor: reached: almost everyone; done: almost everyone; right at once: almost everyone
    - Goal first, channel second: reached: almost everyone; done: almost everyone
    - What can you count? reached: almost everyone; done: almost everyone; right at once: almost everyone
    - A conversation, not a notice board: reached: almost everyone; done: almost everyone
    - The new rehearsal room: reached: almost everyone; done: almost everyone; right at once: almost everyone
    - Your goal in one sentence: reached: almost everyone; done: not shown
    - One voice, many places: reached: almost everyone; done: almost everyone
    - What stays free? reached: almost everyone; done: almost everyone; right at once: almost nobody
    - Four figures are enough: reached: almost everyone; done: almost everyone
    - September and October: reached: almost everyone; done: almost everyone; right at once: almost nobody
    - Who can get in? reached: almost everyone; done: almost everyone
    - A post that got real answers: reached: almost everyone; done: not shown
    - What will you drop? reached: almost everyone; done: almost everyone
    - When …, then …: reached: almost everyone; done: almost everyone

    ## Agreed hours (share of the tandems)

    - Nothing to show yet: not shown below 5

    ## Cover

    - Nothing to show yet: not shown below 5

    ## Feedback

    - Wording a goal, starting a conversation, reading four figures: how sure are you? almost everyone: I can on my own
    - What held you back most this week? almost everyone: Approvals
    - How were amount and pace? almost everyone: About right

    ## One sentence to the trainers, if you like

    - – =Zu \*viel\* \<b\>Text\</b\>
    - – Kürzer
    - – Mehr Beispiele
    - – Mehr Beispiele
    - – Mehr Beispiele
    "#);
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
    assert_snapshot!(people[4].screen(), @"
    (“Gemeinschaft, Konfli…” has no buttons any more)
    ――――
    ✓ Die Karten sind geschafft. Die zurückgestellte Aufgabe wartet, bis es passt.

    Vorgesehen waren 50 Min. dafür; ein Tipp trägt die Zeit ein. War es mehr oder weniger, schreiben Sie zum Beispiel „50 min“.
    [50 Min. eintragen]
    [Nächste Lektion]
    [Übersicht]
    ");
    // The sixth has not been there at all: the lesson ends without the questions.
    learns(&people[5]).await;
    assert_snapshot!(people[5].screen(), @"
    ✓ Die Karten sind geschafft. Die zurückgestellte Aufgabe wartet, bis es passt.

    Vorgesehen waren 50 Min. dafür; ein Tipp trägt die Zeit ein. War es mehr oder weniger, schreiben Sie zum Beispiel „50 min“.
    [50 Min. eintragen]
    [Nächste Lektion]
    [Übersicht]
    ");
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
