//! Somebody sits in two tandems: hours are asked for, an absence holds for both.

use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn hours_of_somebody_in_two_tandems_go_where_they_say() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    let other = world.round("2026-03-04", "Europe/Berlin", None).await;
    ada.opens(&other.code).await;
    ada.taps("Verstanden").await;
    ada.says("Förderverein").await;
    ada.taps_all(&["Ja, Vorstand/Leitung", "Passt"]).await;
    let kim = world.person("Kim").language("en");
    kim.opens(&ada.shared_link()).await;
    kim.taps_all(&["I’m in", "Fine"]).await;
    world.until("Wed 12:00").await;
    ada.says("1,5 Std.").await;
    assert_snapshot!(ada.screen(), @"
    Für welches Tandem soll ich 1:30 Std. eintragen?
    [Verein Ada]
    [Förderverein]
    ");
    ada.taps("Förderverein").await;
    assert_snapshot!(ada.screen(), @"
    ✓ 1:30 Std. für Mi., 4. März eingetragen.

    KW 10: 1:30 Std. von 5 Std.
    ▓▓▓░░░░░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
    kim.says("/hours").await;
    assert_snapshot!(kim.screen(), @"
    Your tandem’s hours

    Week 10: 1:30 h of 5 h
    ▓▓▓░░░░░░░
    [+15 min] [+30 min] [+1 h]
    [▶ Start timer]
    [Picture]
    [Overview]
    ");
    ben.says("/stunden").await;
    assert_snapshot!(ben.screen(), @"
    Ihre Stunden im Tandem

    KW 10: 0 Min. von 5 Std.
    ░░░░░░░░░░
    [+15 Min.] [+30 Min.] [+1 Std.]
    [▶ Uhr starten]
    [Bild]
    [Übersicht]
    ");
    ada.says("weg nächste Woche").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 9. März bis Fr., 13. März weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ――――
    ✓ Notiert: Sie sind vom Mo., 9. März bis Fr., 13. März weg.

    Ich frage Kim nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ");
    assert_snapshot!(ben.screen(), @"
    Ihre Stunden im Tandem

    KW 10: 0 Min. von 5 Std.
    ░░░░░░░░░░
    [+15 Min.] [+30 Min.] [+1 Std.]
    [▶ Uhr starten]
    [Bild]
    [Übersicht]
    ――――
    Ada ist vom Mo., 9. März bis Fr., 13. März weg. Übernehmen Sie die Vertretung?
    [Ja, übernehme ich] [Geht nicht]
    ");
    assert_snapshot!(kim.screen(), @"
    Your tandem’s hours

    Week 10: 1:30 h of 5 h
    ▓▓▓░░░░░░░
    [+15 min] [+30 min] [+1 h]
    [▶ Start timer]
    [Picture]
    [Overview]
    ――――
    Ada is away from Mon 9 March to Fri 13 March. Can you stand in?
    [Yes, I’ll stand in] [I can’t]
    ");
}
