//! Languages: a draft can be chosen where it exists, and nobody ever reads two in one lesson.

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use tandem::app::reload::Looked;
use tandem::content::{Library, Source, check, stamp};
use tandem::domain::finding::Finding;

use crate::support::World;

#[tokio::test]
async fn plain_german_can_be_chosen_by_one_of_two() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    ada.says("/settings").await;
    ada.taps("Einfache Sprache").await;
    assert!(ada.screen().contains("[Deutsch] [English]"), "{}", ada.screen());
    ada.says("/lesson").await;
    assert_snapshot!(ada.screen(), @"
    (“Auftrag, Ziel, Gespr…” has no buttons any more)
    ――――
    Sie brauchen Arbeitszeit

    Sie schreiben im Internet für Ihr Haus. „Haus“ heißt hier: Ihr Verein, Ihr Verband oder Ihr Rathaus. Das ist Arbeit. Sie planen, schreiben und lesen mit. Sie antworten und schauen auf die Zahlen. Dafür braucht Ihr Tandem Zeit. Meist sind das fünf Stunden in der Woche. Ihr Arbeitgeber hat Ihnen diese Zeit versprochen.

    So bleibt Ihnen die Zeit erhalten:

    • Ein fester Termin: Die Stunden stehen im Kalender.
    • Zwei Menschen: Beide kommen in alle Konten. Beide üben mit.
    • Vorher reden: Manchmal ist wenig Zeit. Was lassen Sie dann weg?

    Ein Beispiel: Im Dezember haben bei der Tafel alle viel zu tun. Das Team macht deshalb etwas aus: Zwei Wochen lang schreiben wir nichts Neues. Aber wer uns etwas fragt, bekommt eine Antwort.
    [Weiter]
    ");
    ada.taps("Weiter").await;
    ada.taps("C").await;
    assert_snapshot!(ada.screen(), @"
    Auf dem Flur

    Ihre Leitung geht an Ihnen vorbei. Sie sagt: „Lassen Sie Social Media diese Woche liegen. Der Jahresbericht ist wichtiger.“ Was hilft am meisten?

    A  Ja sagen und die Stunden am Wochenende arbeiten
    B  Ja sagen und nächste Woche doppelt so viel schreiben
    C  Gleich klären: Was fällt weg? Wer antwortet auf Fragen?
    D  Nein sagen, denn die Stunden sind versprochen

    ✓ Richtig: C

    Genau. Die Leitung darf sagen, was wichtiger ist. Danach wissen alle: Das bleibt liegen. Und das machen wir trotzdem.
    [Weiter]
    ");
    assert!(!ben.chat().contains("Sie brauchen Arbeitszeit"), "the other reads on in German");
    ada.says("/mydata").await;
    assert!(ada.screen().contains("Einfache Sprache"), "{}", ada.screen());
}

#[test]
fn a_week_that_the_draft_does_not_have_is_german_from_its_title_to_its_last_step() {
    let library = Library::load(Source::BuiltIn).expect("loads");
    let language = |module: &str| {
        let title = library.module_text("fuehrerschein", module, "de-simple").map(|(_, code)| code.to_owned());
        let lesson = library.lesson_text("fuehrerschein", module, "l1", "de-simple").map(|(_, code)| code.to_owned());
        (title.expect("a title"), lesson.expect("a lesson"))
    };
    assert_eq!(language("m1"), ("de-simple".to_owned(), "de-simple".to_owned()));
    for module in ["m2", "m3", "m4"] {
        assert_eq!(language(module), ("de".to_owned(), "de".to_owned()), "{module}");
    }
}

/// All files in a folder and below whose names end so.
fn named(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let below = fs::read_dir(folder).unwrap().flat_map(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() { named(&path, ending) } else { vec![path] }
    });
    below.filter(|path| path.to_string_lossy().ends_with(ending)).collect()
}

#[tokio::test]
async fn a_draft_is_not_offered_before_joining() {
    let world = World::new().await;
    let round = world.round("2026-03-03", "Europe/Berlin", None).await;
    let ada = world.person("Ada");
    ada.says(&format!("/start {}", round.code)).await;
    assert!(ada.screen().contains("[English]") && !ada.screen().contains("Einfache Sprache"), "{}", ada.screen());
}

#[tokio::test]
async fn adding_a_language_is_copying_a_folder_while_people_learn() {
    let world = World::new().await;
    let mut folder = world.follows();
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    let files = &folder.files;
    fs::create_dir(files.file("locales/nl")).unwrap();
    for sentences in named(&files.file("locales/de"), ".ftl") {
        fs::copy(&sentences, files.file("locales/nl").join(sentences.file_name().unwrap())).unwrap();
    }
    files.change("locales/nl/common.ftl", "language-name = Deutsch", "language-name = Nederlands");
    for text in named(&files.file("lessons/fuehrerschein"), "de.md") {
        fs::copy(&text, text.with_file_name("nl.md")).unwrap();
    }
    let first = "lessons/fuehrerschein/m1-dialog/nl.md";
    files.change(first, "### mandate: Ein Auftrag mit Arbeitszeit", "### mandate: Een opdracht met werktijd");
    files.change("lessons/fuehrerschein/programme.toml", "en = \"live\"", "en = \"live\", nl = \"live\"");
    // Somebody has looked at all of it: without that a promised language is an error of `tandem check`.
    stamp(files.path(), "nl", None).expect("stamps");
    let wrong: Vec<Finding> = check(Source::Folder(files.path())).into_iter().filter(Finding::is_error).collect();
    assert_eq!(wrong, []);
    assert_eq!(world.looks_at(&mut folder).await, Looked::Taken);
    ada.says("/einstellungen").await;
    ada.taps("Nederlands").await;
    ada.says("/lektion").await;
    assert!(ada.screen().contains("\nEen opdracht met werktijd\n"), "{}", ada.screen());
}
