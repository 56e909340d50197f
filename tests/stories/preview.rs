//! A trainer looks at the lessons in their own chat.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use tandem::content::{Library, Source};
use tandem::domain::ids::PersonId;
use tandem::domain::message::Press;
use tandem::domain::programme::Programme;
use tandem::domain::tap::{PreviewTap, Tap, TrainerTap};
use tandem::domain::trainer::preview;

use crate::support::World;

#[tokio::test]
async fn a_trainer_looks_through_a_lesson_and_nothing_is_kept() {
    let world = World::new().await;
    let carla = world.trainer("Carla").await;
    carla.says("/meinedaten").await;
    let stored = carla.screen();
    carla.says("/vorschau").await;
    assert_snapshot!(carla.screen(), @"
    Vorschau

    Sie sehen die Lektionen wie Ihre Teilnehmenden. Nichts davon wird gespeichert, und niemand bekommt etwas geschickt. Welche Woche möchten Sie ansehen?
    [Auftrag, Ziel, Dialog]
    [Menschen, Botschaften, Plan]
    [Recht im Alltag]
    [Gemeinschaft, Konflikt, Netzwerk]
    [Abschlusstest]
    [Alle Runden]
    ");
    carla.taps("Auftrag, Ziel, Dialog").await;
    assert_snapshot!(carla.screen(), @"
    Auftrag, Ziel, Dialog

    Diese Woche geht es um die Grundlagen: Ihre Zeit, ein Ziel und die Art, mit Menschen ins Gespräch zu kommen. Am Ende haben Sie einen Satz, der sagt, wozu Ihr Haus online ist. Vielleicht sagt er auch, wozu nicht.
    [Wozu sind wir online?]
    [Gemeinsamer Auftritt, klare Zahlen]
    [Zurück]
    ");
    carla.taps("Wozu sind wir online?").await;
    assert!(carla.screen().starts_with("Ein Auftrag mit Arbeitszeit"));
    assert!(carla.screen().ends_with("[Weiter]\n[1/7 · Übersicht]"), "{}", carla.screen());
    carla.taps("Weiter").await;
    carla.taps("A").await;
    assert!(carla.screen().contains("Ihre Antwort: A\nRichtig: C"), "{}", carla.screen());
    carla.taps("Weiter").await;
    carla.taps("Zurück").await;
    assert!(carla.screen().starts_with("Auf dem Flur"), "{}", carla.screen());
    carla.taps("2/7 · Übersicht").await;
    carla.taps("Gemeinsamer Auftritt, klare Zahlen").await;
    // A question with several right answers: ticks, then the verdict.
    carla.taps("Weiter").await;
    carla.taps("☐ A").await;
    carla.taps("☐ C").await;
    carla.taps("☑ C").await;
    carla.taps("Prüfen").await;
    assert!(carla.screen().contains("Ihre Antwort: A\n"), "{}", carla.screen());
    carla.says("/meinedaten").await;
    assert_eq!(carla.screen(), stored);
}

#[test]
fn every_button_of_the_preview_leads_somewhere_and_every_step_can_be_reached() {
    let library = Library::load(Source::BuiltIn).expect("loads");
    let courses: Vec<&Programme> = library.programmes.iter().map(|text| &text.programme).collect();
    let owner = PersonId("0123456789abcdef".to_owned());
    let (mut seen, mut steps) = (BTreeSet::new(), BTreeSet::new());
    let mut next = vec![PreviewTap::Programmes];
    while let Some(tap) = next.pop() {
        let data = Tap::Trainer(TrainerTap::Preview(tap)).encode(Some(&owner));
        assert!(data.len() <= 64, "{data}");
        assert_eq!(Tap::decode(&data, Some(&owner)), Ok(Tap::Trainer(TrainerTap::Preview(tap))));
        if !seen.insert(data) {
            continue;
        }
        if let PreviewTap::Step(at, _) = tap {
            let (programme, module, _, step) = preview::find(&courses, at).expect("a step");
            steps.insert((programme.id.clone(), module.id.clone(), step.id.clone()));
        }
        let screen = preview::screen(&courses, tap).expect("a screen");
        for button in screen.rows.iter().flatten() {
            match &button.press {
                Press::Tap(Tap::Trainer(TrainerTap::Preview(tap))) => next.push(*tap),
                Press::Tap(Tap::Trainer(TrainerTap::Rounds)) => {}
                other => panic!("{other:?} does something in earnest"),
            }
        }
    }
    let all = courses.iter().flat_map(|programme| {
        let pool = programme.test.iter().map(|test| &test.pool);
        programme.modules.iter().chain(pool).flat_map(|module| module.steps())
    });
    assert_eq!(steps.len(), all.count());
}

#[tokio::test]
async fn nobody_else_gets_a_preview_neither_by_the_command_nor_by_a_button() {
    let world = World::new().await;
    let carla = world.trainer("Carla").await;
    carla.says("/preview").await;
    let button = carla.carried("Auftrag, Ziel, Dialog");
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("/vorschau").await;
    assert_snapshot!(ada.screen(), @"Dieser Befehl ist für die Kursleitung.");
    let before = ada.chat();
    ada.presses_in_chat_of(&carla, &button).await;
    assert_eq!(ada.chat(), before);
    let stranger = world.person("Niemand");
    stranger.says("/preview").await;
    assert!(!stranger.chat().contains("Auftrag, Ziel, Dialog"), "{}", stranger.chat());
}

#[tokio::test]
async fn whoever_trains_and_learns_gets_both_and_their_own_lesson_stays_where_it_is() {
    let world = World::new().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    ada.taps("▶ Los geht’s").await;
    let code = world.trainer_code().await;
    ada.says(&format!("/start {code}")).await;
    ada.taps("Verstanden").await;
    ada.says("/preview").await;
    ada.taps("Menschen, Botschaften, Plan").await;
    ada.says("/lesson").await;
    assert!(ada.screen().contains("\nEin Auftrag mit Arbeitszeit\n"), "{}", ada.screen());
}
