//! A trainer gives a seat to somebody new: the right one, once, and only in a round of their own.

use insta::assert_snapshot;
use tandem::domain::ids::{PersonId, TandemId};
use tandem::domain::tandem::Role;
use tandem::domain::tap::{Chair, RoundTap, SeatAct, Tap, TrainerTap};

use super::six;
use crate::support::{Carried, Person, World};

#[tokio::test]
async fn a_trainer_gives_a_seat_to_somebody_new_and_whoever_is_concerned_hears_of_it() {
    let world = World::on_disk().await;
    let (tom, _, people) = six(&world).await;
    world.until("Tue 12:00").await;
    let (ada, ben) = (&people[0], &people[1]);
    ben.says("45 min").await;
    ada.says("weg 9.3. bis 10.3.").await;
    ben.taps("Ja, übernehme ich").await;
    tom.says("/runden").await;
    tom.taps_all(&["Frühjahr", "Ändern"]).await;
    assert_snapshot!(tom.screen(), @"
    Was möchten Sie an Frühjahr ändern?
    [Treffen] [Mitteilungen]
    [Pausenwoche]
    [Plätze] [Gruppe]
    [Platz neu besetzen]
    [Kursleitung] [Kopieren]
    [Runde abschließen]
    [Zur Runde]
    ");
    tom.taps("Platz neu besetzen").await;
    assert_snapshot!(tom.screen(), @"
    Bei welcher Organisation soll jemand Neues dazukommen? Tippen Sie sie an, oder schreiben Sie den Anfang ihres Namens.
    [Verein Ada]
    [Verein Cem]
    [Verein Eve]
    [Abbrechen]
    ");
    tom.taps("Verein Ada").await;
    assert_snapshot!(tom.screen(), @"
    Verein Ada, dabei seit Mo., 2. März

    Welcher der beiden Plätze ist es?
    [Erste Person]
    [Zweite Person]
    [Zur Runde]
    ");
    tom.taps("Zweite Person").await;
    assert_snapshot!(tom.screen(), @"
    Verein Ada, dabei seit Mo., 2. März

    Den Platz der zweiten Person neu besetzen? Wer dort sitzt, verliert den Platz sofort und bekommt Bescheid, die andere Person auch. Die Stunden bleiben in der Summe des Tandems. Zugesagte Vertretungen werden wieder offen.
    [Nein, es bleibt so]
    [Ja, neu besetzen]
    ");
    let old = tom.carried("Ja, neu besetzen");
    assert!(!tom.chat().contains("Ben"), "trainers know the organisation, not who sits there: {}", tom.chat());
    tom.taps("Ja, neu besetzen").await;
    assert_snapshot!(tom.screen(), @"
    ✓ Mit diesem Link kommt jemand Neues zu Verein Ada. Er gilt einmal und 60 Tage.

    Geben Sie ihn nur an diese Person. Bevor sie zusagt, steht dort, wer was sieht.
    [Link teilen]
    [Zur Runde]
    ");
    assert_snapshot!(ben.screen(), @"
    ✓ Danke! Sie übernehmen die Vertretung vom Mo., 9. März bis Di., 10. März.

    Die Checkliste für die Übergabe kommt am Fr., 6. März.
    [Geht doch nicht]
    ――――
    Ihr Platz im Tandem (Verein Ada) wird neu besetzt. Danke für alles bisher!

    Lektionen und Erinnerungen enden damit. Sind Sie drei Monate später in keiner Runde, wird alles über Sie gelöscht. Mit dem Knopf geht es sofort.
    [Meine Daten] [Alles löschen]
    ");
    assert_snapshot!(ada.screen(), @"
    ✓ Notiert: Sie sind vom Mo., 9. März bis Di., 10. März weg.

    Ich frage Ben nach Vertretung und gebe Ihnen die Antwort weiter.
    [Doch nicht weg] [Übersicht]
    ――――
    ✓ Ben vertritt Sie vom Mo., 9. März bis Di., 10. März.
    ――――
    Mo., 9. März bis Di., 10. März: Niemand vertritt Sie. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
    [In der Runde fragen]
    [Bewusst offen lassen]
    ――――
    Die Kursleitung besetzt den Platz von Ben neu. Ihre Lektionen und Stunden gehen weiter, nur die Vertretung fehlt, bis jemand dazukommt.
    ");
    assert_eq!(world.count("SELECT COUNT(*) FROM audit WHERE action = 'seat_freed' AND role = 'trainer'").await, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM person WHERE name = 'Ben' AND left_at IS NOT NULL").await, 1);
    let link = tom.shared_link();
    let kim = world.person("Kim");
    kim.opens(&link).await;
    assert!(kim.screen().starts_with("Ada (Verein Ada) möchte mit Ihnen ein Tandem bilden"), "{}", kim.screen());
    kim.taps_all(&["Ich bin dabei", "Passt"]).await;
    assert!(kim.chat().contains("Ada ist vom Mo., 9. März bis Di., 10. März weg."), "{}", kim.chat());
    // The same button once more means Ben, who does not sit there any more.
    tom.presses_old(&old).await;
    assert_eq!(tom.screen(), "(Dieser Knopf ist nicht mehr aktuell.)");
    ben.opens(&link).await;
    assert_eq!(world.count("SELECT COUNT(*) FROM seat").await, 6);
    assert_eq!(world.count("SELECT COUNT(*) FROM audit WHERE action = 'seat_freed'").await, 1);
    ada.says("/stunden").await;
    assert!(ada.screen().contains("45 Min. von 5 Std."), "{}", ada.screen());
    world.until("Thu 12:00").await;
    assert!(kim.chat().contains("[▶ Los geht’s]"), "{}", kim.chat());
}

#[tokio::test]
async fn a_free_seat_gets_another_link_and_a_long_round_is_searched_by_name() {
    let world = World::new().await;
    let (tom, round, _) = six(&world).await;
    for number in 0..9 {
        let lead = world.person(&format!("Lea{number}"));
        lead.opens(&round.code).await;
        lead.taps("Verstanden").await;
        let organisation = if number < 2 { "Stadt <b>Neu".to_owned() } else { format!("Amt {number}") };
        lead.says(&organisation).await;
    }
    tom.says("/settings").await;
    tom.taps("English").await;
    tom.says("/rounds").await;
    tom.taps_all(&["Frühjahr", "Change", "Fill a seat anew"]).await;
    assert_snapshot!(tom.screen(), @"
    At which organisation is somebody new to come in? Tap it, or write how its name begins.

    There are 2 more.
    [Amt 2]
    [Amt 3]
    [Amt 4]
    [Amt 5]
    [Amt 6]
    [Amt 7]
    [Amt 8]
    [Stadt <b>Neu, in since Mon 2 March]
    [Stadt <b>Neu, in since Mon 2 March]
    [Verein Ada]
    [Cancel]
    ");
    tom.says("nowhere <script>").await;
    assert_snapshot!(tom.screen(), @"
    No organisation here begins like that. Write the beginning of its name once more.
    [Cancel]
    ");
    tom.says("stadt").await;
    assert_snapshot!(tom.screen(), @"
    At which organisation is somebody new to come in? Tap it, or write how its name begins.
    [Stadt <b>Neu, in since Mon 2 March]
    [Stadt <b>Neu, in since Mon 2 March]
    [Cancel]
    ");
    tom.says("Amt 8").await;
    tom.taps_all(&["Amt 8", "Second person"]).await;
    assert_snapshot!(tom.screen(), @"
    Amt 8, in since Mon 2 March

    Free at the moment: the second person’s seat. Do you need a new link for it? An earlier one ends then.
    [Get a new link]
    [To the round]
    ");
    tom.taps("Get a new link").await;
    let first = tom.shared_link();
    tom.says("/rounds").await;
    tom.taps_all(&["Frühjahr", "Change", "Fill a seat anew"]).await;
    tom.says("Amt 8").await;
    tom.taps_all(&["Amt 8", "Second person", "Get a new link"]).await;
    let kim = world.person("Kim");
    kim.opens(&first).await;
    assert!(!kim.screen().contains("Tandem bilden"), "the earlier link is over: {}", kim.screen());
    kim.opens(&tom.shared_link()).await;
    assert!(kim.screen().contains("(Amt 8) möchte mit Ihnen ein Tandem bilden"), "{}", kim.screen());
}

#[tokio::test]
async fn forged_buttons_free_no_seat_of_another_round_and_none_for_anybody_else() {
    let world = World::on_disk().await;
    let (tom, round, people) = six(&world).await;
    let una = world.trainer("Una").await;
    let unas = world.round("2026-03-03", "Europe/Berlin", Some(&una)).await;
    let eve = world.person("Zoe");
    eve.says("/start").await;
    world.until("Tue 12:00").await;
    let app = world.app().await;
    let known = app.db.read().await.unwrap().known(&[people[1].id()]).await.unwrap().pop().unwrap();
    drop(app);
    let (tandem, ben) = (known.seats[0].0.clone(), known.person.id);
    let chair = Chair::of(Role::Deputy, Some(&ben));
    let seat = |round: &crate::support::Round, tandem: &TandemId, act: SeatAct| {
        Tap::Trainer(TrainerTap::Seat { round: round.id.clone(), tandem: tandem.clone(), act })
    };
    let really = || SeatAct::Really(chair.clone());
    for (who, tap) in [
        (&una, seat(&round, &tandem, really())),
        (&una, seat(&round, &tandem, SeatAct::Open)),
        (&una, seat(&unas, &tandem, SeatAct::Open)),
        (&una, seat(&unas, &tandem, SeatAct::Ask(chair.clone()))),
        (&una, seat(&unas, &tandem, really())),
        (&una, Tap::Trainer(TrainerTap::On(round.id.clone(), RoundTap::Seat))),
        (&people[0], seat(&round, &tandem, really())),
        (&people[0], Tap::Trainer(TrainerTap::On(round.id.clone(), RoundTap::Seat))),
        (&eve, seat(&round, &tandem, really())),
        // One's own, but somebody else is meant, or nobody, or no tandem.
        (&tom, seat(&round, &tandem, SeatAct::Really(Chair::of(Role::Lead, Some(&ben))))),
        (&tom, seat(&round, &tandem, SeatAct::Really(Chair::of(Role::Deputy, None)))),
        (&tom, seat(&round, &TandemId("none".into()), really())),
    ] {
        let screen = presses(&world, who, &tap).await;
        assert!(!screen.contains("Verein Ada") && !screen.contains("Link teilen"), "{tap:?}: {screen}");
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM seat").await, 6);
    assert_eq!(world.count("SELECT COUNT(*) FROM link WHERE purpose = 'deputy' AND uses_left > 0").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM audit WHERE action = 'seat_freed'").await, 0);
    assert!(!people[1].chat().contains("neu besetzt"));
    let screen = presses(&world, &tom, &seat(&round, &tandem, really())).await;
    assert!(screen.contains("[Link teilen]"), "his own: {screen}");
}

/// Presses a button that carries the presser's own mark, as only a changed app can make one.
pub async fn presses(world: &World, who: &Person, tap: &Tap) -> String {
    let app = world.app().await;
    let known = app.db.read().await.unwrap().known(&[who.id()]).await.unwrap().pop();
    let owner: Option<PersonId> = known.map(|known| known.person.id);
    drop(app);
    let message = who.last_message();
    who.presses_old(&Carried { message, data: tap.encode(owner.as_ref()) }).await;
    who.screen()
}

#[tokio::test]
async fn a_place_that_everybody_has_left_is_free_for_whoever_waits_one_after_the_other() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-31", "Europe/Berlin", Some(&tom)).await;
    tom.says("/runden").await;
    tom.taps_all(&["Frühjahr", "Ändern", "Plätze"]).await;
    tom.says("1").await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    let (cem, dora) = (world.person("Cem"), world.person("Dora"));
    for waits in [&cem, &dora] {
        waits.opens(&round.code).await;
        waits.taps("Auf die Warteliste").await;
        world.advance(chrono::TimeDelta::minutes(1)).await;
    }
    ada.says("/loeschen").await;
    ada.taps("Ja, alles löschen").await;
    assert!(!cem.chat().contains("Platz für Sie frei"), "Ben is still there");
    ben.says("/start").await;
    ben.taps_all(&["Zweite Person einladen"]).await;
    let link = ben.shared_link();
    ben.says("/einstellungen").await;
    ben.taps_all(&["Wechsel im Tandem", "Runde verlassen", "Ja, Runde verlassen"]).await;
    world.until("Mon 09:30").await;
    assert!(cem.chat().contains("Platz für Sie frei"), "{}", cem.chat());
    assert!(!dora.chat().contains("Platz für Sie frei"), "one place, one offer: {}", dora.chat());
    tom.says("/runden").await;
    tom.taps("Frühjahr").await;
    assert!(tom.screen().contains("Startklar: 0 von 0 Tandems. Plätze: 1"), "{}", tom.screen());
    // What is offered is nobody else's, by no link, old or new.
    let eve = world.person("Eve");
    for code in [round.code.clone(), link, {
        tom.taps("Neuer Link").await;
        tom.shared_link()
    }] {
        eve.opens(&code).await;
        assert!(
            !eve.screen().contains("[Verstanden]") && !eve.screen().contains("[Ich bin dabei]"),
            "{}",
            eve.screen()
        );
    }
    world.advance(chrono::TimeDelta::days(8)).await;
    assert!(dora.chat().contains("Platz für Sie frei"), "Cem has let it pass: {}", dora.chat());
    assert_eq!(cem.chat().matches("Platz für Sie frei").count(), 1);
    dora.taps_all(&["Platz ansehen", "Verstanden"]).await;
    assert!(dora.screen().contains("Für welche Organisation"), "{}", dora.screen());
    assert_eq!(world.count("SELECT COUNT(*) FROM seat").await, 1);
}
