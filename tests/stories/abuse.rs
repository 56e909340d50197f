//! What the handbook's page on abuse promises: a trainer who goes in the middle, an invitation in the wrong hands, an
//! account that changes hands.

use tandem::app::erase::erase;
use tandem::app::rounds;

use crate::support::{Person, World};

#[tokio::test]
async fn a_trainer_removed_in_the_middle_sees_nothing_more_and_the_round_goes_on() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let (ada, _) = world.joins(&round, "Ada", "Ben").await;
    tom.says("/runden").await;
    let old = tom.carried("Frühjahr");
    is_erased_by_the_operator(&world, &tom).await;
    tom.presses_old(&old).await;
    assert!(tom.screen().contains("Dieser Knopf gilt hier nicht."), "{}", tom.screen());
    tom.says("/runden").await;
    assert!(tom.screen().contains("Einladungslink"), "a stranger: {}", tom.screen());
    ada.new_messages();
    world.until("Tue 10:00").await;
    assert_eq!(ada.new_messages(), 1, "the lesson comes as ever");
    // The link that was given out still works, as the handbook warns.
    let eve = world.person("Eve");
    eve.says(&format!("/start {}", round.code)).await;
    assert!(eve.screen().contains("[Verstanden]"), "{}", eve.screen());
    let app = world.app().await;
    rounds::link(&app, &round.id).await.unwrap();
    drop(app);
    eve.says(&format!("/start {}", round.code)).await;
    assert!(eve.screen().contains("Diesen Link kenne ich nicht"), "{}", eve.screen());
    let left = "SELECT COUNT(*) FROM audit WHERE role = 'trainer' AND action = 'trainer_left' AND person_id IS NULL";
    assert_eq!(world.count(left).await, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM audit WHERE person_id IS NOT NULL").await, 0);
}

#[tokio::test]
async fn a_stranger_with_a_stolen_invitation_is_named_to_who_invited_and_put_out_again() {
    let world = World::on_disk().await;
    let round = world.round("2026-03-03", "Europe/Berlin", None).await;
    let ada = world.person("Ada");
    ada.says(&format!("/start {}", round.code)).await;
    ada.taps("Verstanden").await;
    ada.says("Verein Ada").await;
    ada.taps("Ja, Vorstand/Leitung").await;
    ada.taps("Passt").await;
    let link = ada.shared_link();
    let mallory = world.person("Mallory");
    mallory.opens(&link).await;
    mallory.taps("Ich bin dabei").await;
    assert!(ada.screen().contains("Mallory hat Ihre Einladung angenommen"), "{}", ada.screen());
    // Whom it was meant for comes too late, and says so to Ada.
    let ben = world.person("Ben");
    ben.opens(&link).await;
    assert!(ben.screen().contains("schon vergeben"), "{}", ben.screen());

    is_erased_by_the_operator(&world, &mallory).await;
    world.settle().await;
    mallory.says("/stunden").await;
    assert!(mallory.screen().contains("Einladungslink"), "{}", mallory.screen());
    ada.taps("Zweite Person einladen").await;
    ben.opens(&ada.shared_link()).await;
    ben.taps("Ich bin dabei").await;
    ben.taps("Passt").await;
    assert_eq!(world.count("SELECT COUNT(*) FROM seat").await, 2);
    assert_eq!(world.count("SELECT COUNT(*) FROM person WHERE name = 'Mallory'").await, 0);
}

#[tokio::test]
async fn who_has_the_account_is_the_person_until_it_is_erased() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    ada.says("45 min").await;
    // Whoever holds the telephone now reads what Ada logged: nothing tells the two apart.
    ada.says("/stunden").await;
    assert!(ada.screen().contains("45 Min."), "{}", ada.screen());
    is_erased_by_the_operator(&world, &ada).await;
    world.settle().await;
    ada.says("/stunden").await;
    assert!(!ada.screen().contains("45 Min.") && ada.screen().contains("Einladungslink"), "{}", ada.screen());
    ben.says("/stunden").await;
    assert!(ben.screen().contains("45 Min."), "the tandem's total stays: {}", ben.screen());
}

async fn is_erased_by_the_operator(world: &World, person: &Person) {
    let app = world.app().await;
    assert!(erase(&app, person.id()).await.unwrap());
}
