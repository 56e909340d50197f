//! Long stretches: nobody is flooded, nothing is forgotten, the clock's own changes included.

use crate::support::World;

#[tokio::test]
async fn twelve_weeks_pass_without_a_word_too_many() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    for week in 0..12 {
        world.until("Tue 11:00").await;
        if week < 2 {
            ada.says("/lektion").await;
        }
        ada.says("2 h").await;
        world.until("Thu 11:00").await;
        ben.says("2h").await;
        world.until("Fri 15:00").await;
    }
    assert_eq!(world.too_many_unasked().await, (0, 0));
    assert_eq!(world.count("SELECT COUNT(*) FROM outbox WHERE state NOT IN ('sent', 'failed')").await, 0);
    let weeks = ada.arrivals().iter().filter(|(_, text)| text.starts_with("Die Woche geht zu Ende")).count();
    // Four hours a week are kept. Easter Monday and Ascension make that a full week; on Good Friday and on
    // the first of May the question comes on Thursday morning, before Ben enters his two hours.
    assert_eq!(weeks, 10, "at each week's end the hours are asked for, as long as the week is not full");
}

#[tokio::test]
async fn a_person_in_another_zone_is_written_to_by_their_own_clock() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "America/New_York").await;
    world.until("Tue 15:59").await;
    assert_eq!((ada.new_messages(), ben.new_messages()), (0, 0), "{}", ada.screen());
    world.until("Tue 16:00").await;
    assert_eq!((ada.new_messages(), ben.new_messages()), (1, 1), "ten o'clock in New York");
}
