//! The hours as a picture, with the same in words.

use insta::assert_snapshot;
use tandem::demo::phones::{Author, Media};

use crate::support::{Person, TOKEN, World};

/// Width, height and kind of the picture that came last.
fn picture(world: &World, person: &Person) -> (u32, u32, String) {
    world.phones(|phones, _| {
        let chat = phones.chat(TOKEN, person.id()).expect("the chat");
        let pictures = chat.visible().filter(|message| message.author == Author::Bot);
        let last = pictures.filter_map(|message| message.media.clone()).next_back();
        let Some(Media::Photo { file, width, height }) = last else { panic!("{last:?} is no picture") };
        (width, height, file.mime)
    })
}

/// What Ada sees of her hours, and what comes after the picture.
async fn hours_as_a_picture(world: World) -> [String; 2] {
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Thu 12:00").await;
    ada.says("gestern 45 min").await;
    ben.says("2 Std.").await;
    world.advance(chrono::TimeDelta::days(7)).await;
    ada.says("30 min").await;
    ada.says("/stunden").await;
    ada.taps("Bild").await;
    let shown = ada.screen();
    assert_eq!(picture(&world, &ada), (780, 900, "image/png".to_owned()));
    ada.taps("Dunkler Hintergrund").await;
    assert_eq!(ada.new_messages(), 1);
    // What a text button under a picture leads to cannot stand in the picture's place.
    ada.taps("Stunden").await;
    [shown, ada.screen()]
}

#[tokio::test]
async fn hours_are_shown_as_a_picture_with_the_same_in_words_below() {
    let [picture, after] = hours_as_a_picture(World::new().await).await;
    assert_snapshot!(picture, @"
    (media)
    Ihre Stunden im Tandem

    KW 11: 30 Min. von 5 Std.

    Diese Woche: Do 30 Min.

    Davor:
    • KW 10: 2:45 Std. von 5 Std.
    [Dunkler Hintergrund]
    [Stunden]
    ");
    assert_snapshot!(after, @"
    (“Ihre Stunden im Tand…” has no buttons any more)
    ――――
    Ihre Stunden im Tandem

    KW 11: 30 Min. von 5 Std.
    ▓░░░░░░░░░

    Die Wochen davor:
    • KW 10 ▓▓▓▓▓░░░░░ 2:45 Std. / 5 Std.
    [+15 Min.] [+30 Min.] [+1 Std.]
    [▶ Uhr starten]
    [Einträge ändern] [Bild]
    [Übersicht]
    ");
    assert_eq!(hours_as_a_picture(World::over_http().await).await, [picture, after], "over a real socket");
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
