//! Questions of the first lesson are asked once more before the second: questions, never texts sent again.

use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn before_the_second_lesson_two_questions_of_the_first_come_once_more() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    ada.taps("▶ Los geht’s").await;
    ada.taps_all(&["Weiter", "A", "Weiter", "Weiter", "A", "Weiter", "Weiter", "B", "Weiter", "Später"]).await;
    world.until("Thu 10:00").await;
    ada.taps("▶ Los geht’s").await;
    assert_snapshot!(ada.screen(), @"
    Wissen Sie es noch?

    Der neue Proberaum

    Der Jugendtreff hat jetzt einen Proberaum. Welcher Beitrag führt am ehesten zu einem Gespräch?

    A  Der Proberaum öffnet! Ab nächster Woche dienstags bis freitags von 15 bis 20 Uhr. Alles Weitere auf unserer Website.
    B  Schlagzeug und Verstärker stehen. Was fehlt euch noch, damit ihr hier proben wollt?
    C  Wer freut sich auf den Proberaum? Herz dalassen und drei Leute markieren!
    D  Der Proberaum ist fertig. Ein großer Dank an alle, die uns so tatkräftig unterstützt haben!
    [A] [B] [C] [D]
    [Gleich zur Lektion]
    ");
    // Somebody who stops here finds the same question again, even after a restart.
    world.restart().await;
    ada.says("/lektion").await;
    assert!(ada.screen().contains("Wissen Sie es noch?"), "{}", ada.screen());
    let skip = ada.carried("Gleich zur Lektion");
    ada.taps("B").await;
    assert!(ada.screen().contains("✓ Richtig: B"), "{}", ada.screen());
    ada.taps("Weiter").await;
    assert!(ada.screen().contains("Wissen Sie es noch?"), "{}", ada.screen());
    ada.taps("A").await;
    ada.taps("Weiter").await;
    assert!(ada.screen().contains("Eine Stimme, viele Orte"), "{}", ada.screen());
    // Once is enough, and an old button says so.
    ada.presses_old(&skip).await;
    assert!(ada.screen().contains("(Dieser Knopf ist nicht mehr aktuell.)"), "{}", ada.screen());
    ada.says("/lektion").await;
    assert!(ada.screen().contains("Eine Stimme, viele Orte"), "{}", ada.screen());
    ada.says("/meinedaten").await;
    assert!(ada.screen().contains("Fragen, die noch einmal kommen: 3"), "{}", ada.screen());
    // Ben, who has answered nothing yet, is asked nothing.
    ben.taps("Weitermachen").await;
    assert!(ben.screen().contains("Ein Auftrag mit Arbeitszeit"), "{}", ben.screen());
}
