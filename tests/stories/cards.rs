//! Cards that are more than a text: with a picture, with a video, in parts.

use std::path::Path;

use insta::assert_snapshot;
use tandem::content::{Files, Library, Source};
use tandem::demo::phones::{Author, Media};

use crate::support::{Person, TOKEN, World};

/// A picture of 8 by 8 grey dots.
const PICTURE: &[u8] = include_bytes!("../content/broken/17-picture-not-described/lessons/kurs/m1-start/baum.png");

const FOLDER: &str = "lessons/fuehrerschein/m1-dialog";

/// The course, its first card changed in German: the structure's kind line, and what stands before its text.
async fn course_with(kind: &str, before: &str) -> World {
    let mut files = Files::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons"), "lessons", &mut files);
    files.insert(format!("{FOLDER}/baum.png"), PICTURE.to_vec());
    change(&mut files, &format!("{FOLDER}/module.toml"), "kind = \"card\"", kind);
    change(&mut files, &format!("{FOLDER}/de.md"), "Sie sprechen online", &format!("{before}Sie sprechen online"));
    World::teaching(Library::load(Source::Files(&files)).unwrap_or_else(|findings| panic!("{findings:#?}"))).await
}

fn change(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[path].clone()).expect("text");
    assert!(text.contains(from), "{path} does not say {from:?}");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
}

fn gather(folder: &Path, path: &str, files: &mut Files) {
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let below = format!("{path}/{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => gather(&entry.path(), &below, files),
            false => drop(files.insert(below, std::fs::read(entry.path()).expect("bytes"))),
        }
    }
}

/// How many of a person's messages from the bot have buttons, and how many are pictures.
fn buttons_and_pictures(world: &World, person: &Person) -> (usize, usize) {
    world.phones(|phones, _| {
        let chat = phones.chat(TOKEN, person.id()).expect("the chat");
        let all: Vec<_> = chat.visible().filter(|message| message.author == Author::Bot).collect();
        let pictures = all.iter().filter(|message| matches!(message.media, Some(Media::Photo { .. })));
        (all.iter().filter(|message| !message.keyboard.is_empty()).count(), pictures.count())
    })
}

#[tokio::test]
async fn a_card_with_a_picture_comes_with_its_description_and_the_way_goes_on_below() {
    let kind = "kind = \"card\"\npicture = \"baum.png\"\nvideo = \"https://video.example/w/1\"";
    let world = course_with(kind, "![Zwei Leute lachen über eine Nachricht](baum.png)\n\n").await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    let (buttons, _) = buttons_and_pictures(&world, &ada);
    ada.taps("▶ Los geht’s").await;
    assert_snapshot!(ada.screen(), @"
    (“Auftrag, Ziel, Dialo…” has no buttons any more)
    ――――
    (media)
    Ein Auftrag mit Arbeitszeit

    Sie sprechen online für Ihr Haus. Das heißt: planen, schreiben, mitlesen, antworten, auswerten. Dafür braucht Ihr Tandem Arbeitszeit, in der Regel fünf Stunden in der Woche, vom Arbeitgeber zugesagt.

    Damit die Zusage hält:

    • Fester Termin: Die Stunden stehen im Kalender wie eine Sprechstunde.
    • Zu zweit: Beide haben Zugang und üben mit, nicht erst vor dem Urlaub.
    • Vorher klären: Was fällt weg, wenn die Zeit knapp wird?

    Ein Beispiel: Im Advent werden bei der Tafel alle in der Ausgabe gebraucht. Vereinbart ist: Zwei Wochen lang erscheint nichts Neues. Wer fragt, bekommt trotzdem eine Antwort.

    ▶ video.example/w/1

    🖼 Zwei Leute lachen über eine Nachricht
    [Weiter]
    ");
    assert_eq!(buttons_and_pictures(&world, &ada), (buttons, 1), "the buttons above are gone");
    ada.taps("Weiter").await;
    assert_snapshot!(ada.screen(), @"
    (“Ein Auftrag mit Arbe…” has no buttons any more)
    ――――
    Auf dem Flur

    Die Leitung sagt im Vorbeigehen: „Lassen Sie Social Media diese Woche liegen, der Jahresbericht geht vor.“ Was hilft am meisten?

    A  Zustimmen und die Stunden am Wochenende nachholen
    B  Zustimmen und nächste Woche doppelt so viel veröffentlichen
    C  Gleich klären, was wegfällt und wer Fragen beantwortet
    D  Ablehnen, denn die Stunden sind fest zugesagt
    [A] [B] [C] [D]
    ");
    assert_eq!(buttons_and_pictures(&world, &ada), (buttons, 1), "those below the picture, too");
    ada.taps("C").await;
    assert_eq!(ada.new_messages(), 0, "from here on one message changes as ever");
}

#[tokio::test]
async fn a_long_card_comes_in_parts_where_its_author_allows_it() {
    let world = course_with("kind = \"card\"\nparts = 2", "").await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    ada.taps("▶ Los geht’s").await;
    assert_snapshot!(ada.screen(), @"
    Ein Auftrag mit Arbeitszeit (1/2)

    Sie sprechen online für Ihr Haus. Das heißt: planen, schreiben, mitlesen, antworten, auswerten. Dafür braucht Ihr Tandem Arbeitszeit, in der Regel fünf Stunden in der Woche, vom Arbeitgeber zugesagt.

    Damit die Zusage hält:

    • Fester Termin: Die Stunden stehen im Kalender wie eine Sprechstunde.
    • Zu zweit: Beide haben Zugang und üben mit, nicht erst vor dem Urlaub.
    • Vorher klären: Was fällt weg, wenn die Zeit knapp wird?
    [Weiter]
    ");
    ada.taps("Weiter").await;
    assert_snapshot!(ada.screen(), @"
    Ein Auftrag mit Arbeitszeit (2/2)

    Ein Beispiel: Im Advent werden bei der Tafel alle in der Ausgabe gebraucht. Vereinbart ist: Zwei Wochen lang erscheint nichts Neues. Wer fragt, bekommt trotzdem eine Antwort.
    [Weiter] [Zurück]
    ");
    ada.taps("Weiter").await;
    assert!(ada.screen().contains("Auf dem Flur"), "{}", ada.screen());
}
