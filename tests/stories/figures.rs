//! What trainers learn beyond opinions: hours, reasons, cover, silence; before and after; one round beside another.

use insta::assert_snapshot;
use tandem::app::report::{Format, as_file};
use tandem::domain::effect::{Fact, Rating};
use tandem::domain::lang::Lang;
use tandem::domain::recommend::SCALE;

use crate::support::{Person, Round, World};

#[tokio::test]
async fn hours_reasons_cover_and_who_wants_fewer_reminders_are_shares_and_counts_from_five_on() {
    let world = World::new().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let tandems = several(&world, &round, 10).await;
    world.until("Wed 12:00").await;
    for (lead, _) in &tandems[..5] {
        lead.says("5 Std.").await;
    }
    world.until("Fri 12:00").await;
    for (lead, _) in &tandems[5..] {
        lead.taps("Nicht freigegeben").await;
    }
    for (lead, _) in &tandems {
        lead.says("weg 30.-31.3.").await;
    }
    world.until("Mon 10:00").await;
    for (nth, (_, deputy)) in tandems.iter().enumerate() {
        deputy.taps(if nth < 5 { "Ja, übernehme ich" } else { "Geht nicht" }).await;
        if nth < 6 {
            deputy.says("/pause").await;
        }
    }
    world.until_date("2026-03-16 11:00").await;
    assert_snapshot!(sections(&world, &round, &["Wer ist dabei?", "Zugesagte", "Vertretung"]).await, @"
    ## Wer ist dabei?

    - Teilnehmende: 20
    - Tandems: 10
    - Personen, die weniger oder keine Erinnerungen möchten: 5

    ## Zugesagte Stunden (Anteil der Tandems)

    - Volle Zeit in KW 10: 50 %
    - Zuletzt zu wenig, weil nicht freigegeben: 50 %

    ## Vertretung

    - Tandems, die gefragt haben: fast alle
    - davon mit Zusage: 5
    - davon mindestens einmal ohne Zusage: 5
    ");
    // The same in a table, in another language.
    assert_snapshot!(csv(&world, &round).await, @r#"
    Who takes part?,People,,20
    Who takes part?,Tandems,,10
    Who takes part?,People who want fewer reminders or none,,5
    Lessons (in steps of five),Nothing to show yet,,not shown below 5
    Cards and tasks,Nothing to show yet,,not shown below 5
    Agreed hours (share of the tandems),Full time in week 10,,50%
    Agreed hours (share of the tandems),"Lately short, because not granted",,50%
    Cover,Tandems that asked,,almost everyone
    Cover,"of these, with a yes",,5
    Cover,"of these, at least once without one",,5
    Feedback,Nothing to show yet,,not shown below 5
    "#);
}

#[tokio::test]
async fn before_and_after_stand_side_by_side_and_a_round_beside_the_one_before_once_both_can_be_shown() {
    let world = World::new().await;
    let (tom, una) = (world.trainer("Tom").await, world.trainer("Una").await);
    let spring = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let unas = world.round_named("Unas Runde", "2026-03-04", "Europe/Berlin", Some(&una)).await;
    let summer = world.round_named("Sommer", "2026-03-10", "Europe/Berlin", Some(&tom)).await;
    let many = several(&world, &spring, 6).await;
    let few = several(&world, &summer, 3).await;
    let others = several(&world, &unas, 3).await;
    for (round, people) in [(&spring, &many), (&summer, &few), (&unas, &others)] {
        let (two, half) = (["1", "2"], ["3", "4"]);
        rate(&world, round, people, "start", "dialog", |nth| Some(two[nth % 2].to_owned())).await;
        rate(&world, round, people, "end", "dialog", |nth| Some(half[nth % 2].to_owned())).await;
        // Before, all say how sure they are about law; after, only four do.
        rate(&world, round, people, "start", "law", |_| Some("1".to_owned())).await;
        rate(&world, round, people, "end", "law", |nth| (nth < 4).then(|| "3".to_owned())).await;
        let points = [10_usize, 9, 0, 10, 5, 10, 9, 6, 10, 3, 9, 2];
        rate(&world, round, people, "end", "recommend", |nth| Some(SCALE[points[nth]].clone())).await;
    }
    world.until_date("2026-04-24 09:00").await;
    let early = world.report(&spring, "de").await;
    assert!(!early.contains("Vorher und nachher") && !early.contains("weiterempfehlen"), "not closed yet: {early}");
    world.until_date("2026-05-05 09:00").await;
    let wanted = ["Vorher", "Vergleich", "Rückmeldung"];
    assert_snapshot!(sections(&world, &spring, &wanted).await, @"
    ## Vorher und nachher

    - Auf einen schwierigen Kommentar antworten: Wie sicher sind Sie dabei? am Anfang: Noch unsicher 50 % und Mit Hilfe geht es 50 %; am Ende: Es geht allein 50 % und Ich kann es zeigen 50 %

    ## Rückmeldung

    - Recht bei Bild, Impressum und Daten: Wie sicher sind Sie dabei? (am Anfang des Kurses): fast alle: Noch unsicher
    - Würden Sie den Kurs weiterempfehlen? (0: sicher nicht, 10: ganz sicher): 15 auf einer Skala von −100 bis 100
    ");
    assert_snapshot!(sections(&world, &summer, &wanted).await, @"
    ## Vergleich mit: Frühjahr

    - Recht bei Bild, Impressum und Daten: Wie sicher sind Sie dabei? Sommer: fast alle: Noch unsicher; Frühjahr: fast alle: Noch unsicher
    - Würden Sie den Kurs weiterempfehlen? (0: sicher nicht, 10: ganz sicher): Sommer: überwiegend ja (zu wenige für eine Zahl); Frühjahr: 15 auf einer Skala von −100 bis 100

    ## Rückmeldung

    - Recht bei Bild, Impressum und Daten: Wie sicher sind Sie dabei? (am Anfang des Kurses): fast alle: Noch unsicher
    - Würden Sie den Kurs weiterempfehlen? (0: sicher nicht, 10: ganz sicher): überwiegend ja (zu wenige für eine Zahl)
    ");
    assert!(!sections(&world, &unas, &["Vergleich"]).await.contains("Frühjahr"), "rounds of others do not exist");
}

/// So many tandems join a round.
async fn several(world: &World, round: &Round, many: usize) -> Vec<(Person, Person)> {
    let mut tandems = Vec::new();
    for nth in 0..many {
        tandems.push(world.joins(round, &format!("Lea {nth}"), &format!("Dan {nth}")).await);
    }
    tandems
}

/// Everybody answers a question of a questionnaire, or leaves it out.
async fn rate(
    world: &World,
    round: &Round,
    tandems: &[(Person, Person)],
    module: &str,
    question: &str,
    choice: impl Fn(usize) -> Option<String>,
) {
    let app = world.app().await;
    let mut tx = app.db.begin().await.expect("a database");
    let mut facts = Vec::new();
    for (nth, person) in tandems.iter().flat_map(|(lead, deputy)| [lead, deputy]).enumerate() {
        let Some(choice) = choice(nth) else { continue };
        let person = tx.known(&[person.id()]).await.expect("a database").pop().expect("somebody known").person.id;
        let (module, question) = (module.to_owned(), question.to_owned());
        facts.push(Fact::Rated { person, module, question, rating: Rating::Picked(choice) });
    }
    tx.record(&round.id, &facts, world.now()).await.expect("kept");
    tx.commit().await.expect("kept");
}

/// The sections of the report whose titles begin so.
async fn sections(world: &World, round: &Round, titles: &[&str]) -> String {
    let report = world.report(round, "de").await;
    let wanted = report.split("\n## ").skip(1).filter(|part| titles.iter().any(|title| part.starts_with(title)));
    wanted.map(|part| format!("## {}", part.trim_end())).collect::<Vec<_>>().join("\n\n")
}

async fn csv(world: &World, round: &Round) -> String {
    let app = world.app().await;
    let bytes = as_file(&app, &round.id, Format::Csv, &Lang::from("en")).await.expect("a report");
    String::from_utf8(bytes).expect("text")
}
