//! The hours as a picture, with the same in words.

use insta::assert_snapshot;
use tandem::demo::phones::{Author, Media};

use crate::support::{Person, TOKEN, World};

/// Width, height and kind of the picture that came last.
fn picture(world: &World, person: &Person) -> (u32, u32, String) {
    world.phones(|phones, _| {
        let chat = phones.chat(TOKEN, person.id()).expect("the chat");
        let pictures = chat.visible().filter(|message| message.author == Author::Bot);
        let last = pictures.filter_map(|message| message.media.clone()).last();
        let Some(Media::Photo { file, width, height }) = last else { panic!("{last:?} is no picture") };
        (width, height, file.mime)
    })
}

async fn shows_hours_as_a_picture(world: World) {
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Thu 12:00").await;
    ada.says("gestern 45 min").await;
    ben.says("2 Std.").await;
    world.advance(chrono::TimeDelta::days(7)).await;
    ada.says("30 min").await;
    ada.says("/stunden").await;
    ada.taps("Bild").await;
    assert_snapshot!(ada.screen(), @"");
    assert_eq!(picture(&world, &ada), (780, 900, "image/png".to_owned()));
    ada.taps("Dunkler Hintergrund").await;
    assert_eq!(ada.new_messages(), 1);
    // What a text button under a picture leads to cannot stand in the picture's place.
    ada.taps("Stunden").await;
    assert_snapshot!(ada.screen(), @"");
}

#[tokio::test]
async fn hours_are_shown_as_a_picture_with_the_same_in_words_below() {
    shows_hours_as_a_picture(World::new().await).await;
}

#[tokio::test]
async fn a_picture_goes_through_http_as_well() {
    shows_hours_as_a_picture(World::over_http().await).await;
}

#[tokio::test]
async fn a_picture_reaches_back_eight_weeks_though_decisions_look_at_fewer() {
    let world = World::new().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Thu 12:00").await;
    ada.says("45 min").await;
    world.advance(chrono::TimeDelta::days(7 * 7)).await;
    ada.says("/stunden").await;
    ada.taps("Bild").await;
    let words = ada.screen();
    assert!(words.contains("KW 10: 45 Min. von 5 Std."), "{words}");
    world.advance(chrono::TimeDelta::days(7)).await;
    ada.says("/stunden").await;
    ada.taps("Bild").await;
    assert!(!ada.screen().contains("KW 10"), "{}", ada.screen());
}
