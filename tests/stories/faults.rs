//! Faults of the chat service, of the database and of the clock: what was kept arrives, once, and in its time.

use chrono::TimeDelta;
use insta::assert_snapshot;
use tandem::demo::phones::Fault;

use crate::support::World;

#[tokio::test]
async fn an_answer_that_waits_longer_than_its_lease_comes_once() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.fails("sendMessage", 1, Fault::TooMany(200));
    ada.says("45 min").await;
    ada.says("15 min").await;
    assert_eq!(world.answered(429), 1, "the second answer is not even tried while the chat rests");
    ben.says("10 min").await;
    assert_eq!(ben.new_messages(), 1, "nobody else has to wait");
    world.advance(TimeDelta::minutes(10)).await;
    assert_snapshot!(ada.screen(), @"");
}
