//! Whoever is erased disappears from the chat as well, as far back as Telegram lets a bot delete: two days.

use chrono::TimeDelta;
use insta::assert_snapshot;
use tandem::app::erase::erase;
use tandem::demo::phones::{Author, Fault};

use crate::support::{Person, World};

/// Messages that are still to be seen: the bot's, and the person's own.
fn seen(person: &Person) -> (usize, usize) {
    person.look(|chat| {
        let of_bot = chat.visible().filter(|message| message.author == Author::Bot).count();
        (of_bot, chat.visible().count() - of_bot)
    })
}

async fn goes(person: &Person) {
    person.says("/loeschen").await;
    person.taps("Ja, alles löschen").await;
}

/// Nothing is left that says to whom a chat belonged, once what was on its way has had its time.
async fn leaves_no_trace(world: &World) {
    world.advance(TimeDelta::minutes(2)).await;
    assert_eq!(world.count("SELECT COUNT(*) FROM unsay").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM said WHERE person_id NOT IN (SELECT id FROM person)").await, 0);
}

#[tokio::test]
async fn of_the_last_two_days_only_the_last_words_stay_in_the_chat() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    let before = seen(&ben);
    world.until("Wed 11:00").await;
    let lesson = seen(&ben);
    ben.says("45 min").await;
    ben.sends_photo("ein Bild").await;
    ben.says("/stunden").await;
    ada.says("30 min").await;
    let adas = seen(&ada);
    // On Thursday Monday is more than two days ago; Tuesday's lesson is not.
    world.until_date("2026-03-05 09:30").await;
    assert!(lesson.0 > before.0, "a lesson came on Tuesday");
    goes(&ben).await;
    assert_snapshot!(ben.screen(), @"Ihre Daten sind gelöscht. Die Nachrichten der letzten 48 Stunden verschwinden gleich aus diesem Chat. Ältere löschen Sie bitte selbst in Telegram. Alles Gute!");
    assert_eq!(seen(&ben), (before.0 + 1, before.1), "what is older stays, and of the rest the last words");
    assert_eq!(seen(&ada).1, adas.1, "nobody else's chat is touched");
    leaves_no_trace(&world).await;
    assert!(ben.chat().contains("Ihre Daten sind gelöscht"), "the last words stay: {}", ben.chat());
}

#[tokio::test]
async fn somebody_who_joined_today_leaves_nothing_but_the_link_and_the_last_words() {
    let world = World::on_disk().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    goes(&ada).await;
    // What was written before they said yes is noted nowhere.
    assert_eq!(seen(&ada), (1, 1), "{}", ada.chat());
    assert!(ada.chat().starts_with("> /start "), "{}", ada.chat());
    leaves_no_trace(&world).await;
}

#[tokio::test]
async fn the_chat_is_emptied_even_if_the_program_dies_and_the_server_fails() {
    let world = World::on_disk().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("45 min").await;
    ada.says("/loeschen").await;
    ada.presses("Ja, alles löschen");
    // The decision is kept, and nothing of what follows is done: the person's rows are gone by then.
    world.crashes_before_sending().await;
    assert_eq!(world.count("SELECT COUNT(*) FROM person WHERE name = 'Ada'").await, 0);
    assert!(ada.chat().contains("45"), "{}", ada.chat());
    world.fails("deleteMessages", 8, Fault::ServerError(502));
    world.settle().await;
    assert!(ada.chat().contains("45"), "the server fails: {}", ada.chat());
    world.restart().await;
    world.advance(TimeDelta::minutes(5)).await;
    assert!(!ada.chat().contains("45"), "{}", ada.chat());
    leaves_no_trace(&world).await;
}

#[tokio::test]
async fn more_than_a_hundred_messages_go_in_several_calls_and_fewer_at_a_time_where_one_is_refused() {
    let world = World::on_disk().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    for _ in 0..130 {
        ada.writes("1 min");
    }
    // So many texts in a minute are not all heard; they stand in the chat all the same.
    world.advance(TimeDelta::minutes(2)).await;
    world.fails("deleteMessages", 1, Fault::ServerError(400));
    goes(&ada).await;
    world.advance(TimeDelta::minutes(3)).await;
    assert_eq!(seen(&ada), (1, 1), "{}", ada.chat());
    assert_eq!(world.logged().len(), 2, "the refusal is told to the operator");
    leaves_no_trace(&world).await;
}

#[tokio::test]
async fn whoever_has_blocked_the_bot_or_is_erased_by_the_operator_keeps_no_row_either() {
    let world = World::on_disk().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("45 min").await;
    ada.blocks().await;
    for person in [&ada, &ben] {
        let app = world.app().await;
        assert!(erase(&app, person.id()).await.unwrap());
    }
    world.settle().await;
    assert_eq!(seen(&ben).0, 0, "the operator sends no last words: {}", ben.chat());
    leaves_no_trace(&world).await;
}

#[tokio::test]
async fn whoever_taps_twice_keeps_the_last_words() {
    let world = World::on_disk().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("/loeschen").await;
    for _ in 0..2 {
        ada.presses("Ja, alles löschen");
    }
    world.settle().await;
    leaves_no_trace(&world).await;
    assert!(ada.chat().contains("Ihre Daten sind gelöscht"), "{}", ada.chat());
}

#[tokio::test]
async fn who_joins_again_keeps_what_comes_from_then_on() {
    let world = World::on_disk().await;
    let round = world.round("2026-03-03", "Europe/Berlin", None).await;
    let (ada, _) = world.joins(&round, "Ada", "Ben").await;
    goes(&ada).await;
    ada.says(&format!("/start {}", round.code)).await;
    ada.taps("Verstanden").await;
    world.advance(TimeDelta::minutes(2)).await;
    assert!(ada.chat().contains("Für welche Organisation"), "{}", ada.chat());
    leaves_no_trace(&world).await;
}
