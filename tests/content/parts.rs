//! Long cards in parts, pictures in words, videos as links.

use insta::assert_snapshot;
use tandem::content::{Library, Source, check};

use super::{DE, EN, Files, MODULE, after, example, replace};

/// A picture of 8 by 8 grey dots.
pub const PICTURE: &[u8] = include_bytes!("broken/17-picture-not-described/lessons/kurs/m1-start/baum.png");

fn card(edit: impl FnOnce(&mut Files)) -> (Library, String) {
    let mut files = example();
    edit(&mut files);
    let findings: String = check(Source::Files(&files)).iter().map(|finding| format!("{finding}\n")).collect();
    (Library::load(Source::Files(&files)).unwrap_or_else(|_| panic!("{findings}")), findings)
}

fn screen(library: &Library, step: &str, language: &str) -> String {
    let (lesson, found) = library.lesson_text("beispiel", "m1", "l1", language).expect("there");
    assert_eq!(found, language);
    lesson.step(step).expect("a step").screen().text
}

#[test]
fn a_card_comes_in_parts_between_paragraphs_if_its_author_allows_it() {
    let (library, _) = card(|files| {
        replace(
            files,
            MODULE,
            "kind = \"card\"",
            "kind = \"card\"\nparts = 2\nsource = \"Wir\"\nreview_by = 2027-05-31",
        );
    });
    assert_snapshot!(screen(&library, "reply", "de"), @"
    Auch ein kurzes Wort zählt (1/2)

    Wer Ihnen schreibt, möchte gehört werden. Eine schnelle kurze Antwort ist mehr wert als eine späte lange:

    • Danken Sie für die Frage. Wer fragt, hat sich Mühe gemacht.
    • Sagen Sie, bis wann Sie mehr wissen, und halten Sie diesen Tag ein.
    ");
    assert_snapshot!(screen(&library, "reply.2", "de"), @"
    Auch ein kurzes Wort zählt (2/2)

    Danke, dass Sie fragen! Ich kläre das mit der Festleitung und melde mich bis morgen Mittag bei Ihnen.
    ");
    assert_snapshot!(screen(&library, "reply.2", "en"), @"
    Even a few words count (2/2)

    Thank you for asking! I will check with the team and get back to you by noon tomorrow.
    ");
    let module = library.programme("beispiel").and_then(|text| text.programme.module("m1")).expect("a module");
    let ids: Vec<&str> = module.steps().map(|step| step.id.as_str()).collect();
    assert_eq!(ids[..3], ["reply", "reply.2", "reply-q"]);
    let reviewed: Vec<&str> =
        module.steps().filter(|step| step.review.is_some()).map(|step| step.id.as_str()).collect();
    assert_eq!(reviewed, ["reply.2"], "where facts come from stands at the end");
}

#[test]
fn without_that_a_long_card_is_an_error_that_says_how() {
    let long = |files: &mut Files| {
        for path in [DE, EN] {
            let text = String::from_utf8(files[path].clone()).expect("text");
            let at = text.find("\n> Dank").or_else(|| text.find("\n> Thank")).expect("a quotation");
            let more = "\nViele Worte machen eine Karte lang.".repeat(60);
            files.insert(path.to_owned(), format!("{}\n{more}\n\n{more}\n{}", &text[..at], &text[at..]).into_bytes());
        }
    };
    assert_snapshot!(after(long), @"
    lessons/beispiel/m1-anfang/de.md:7:1: error: the screen of `reply`: 4691 characters, 3796 are possible
        hint: shorten it, or let it come in several: `parts = 2` in module.toml
    lessons/beispiel/m1-anfang/en.md:7:1: error: the screen of `reply`: 4673 characters, 3796 are possible
        hint: shorten it, or let it come in several: `parts = 2` in module.toml
    ");
    let (library, findings) = card(|files| {
        long(files);
        replace(files, MODULE, "kind = \"card\"", "kind = \"card\"\nparts = 3");
    });
    assert!(!findings.contains("error"), "{findings}");
    let lengths = ["reply", "reply.2", "reply.3"].map(|part| screen(&library, part, "de").chars().count());
    assert!(lengths.iter().all(|length| *length < 3_000), "{lengths:?}");
    assert_snapshot!(after(|files| replace(files, MODULE, "kind = \"card\"", "kind = \"card\"\nparts = 5")), @"lessons/beispiel/m1-anfang/module.toml:10:9: error: `parts` must be from 2 to 4");
    assert_snapshot!(after(|files| replace(files, MODULE, "kind = \"write\"", "kind = \"write\"\nparts = 2")), @"lessons/beispiel/m1-anfang/module.toml:26:9: error: `parts` does not go with the kind `write`");
}

#[test]
fn a_picture_comes_with_its_description_and_a_video_as_a_link() {
    let (library, findings) = card(|files| {
        files.insert("lessons/beispiel/m1-anfang/baum.png".to_owned(), PICTURE.to_vec());
        replace(
            files,
            MODULE,
            "kind = \"card\"",
            "kind = \"card\"\npicture = \"baum.png\"\nvideo = \"https://video.example/w/1\"",
        );
        replace(
            files,
            DE,
            "Wer Ihnen schreibt",
            "![Zwei Leute lachen\nüber eine Nachricht](baum.png)\n\nWer Ihnen schreibt",
        );
        replace(files, EN, "People who write", "![Two people laugh about a message](baum.png)\n\nPeople who write");
    });
    assert!(!findings.contains("error"), "{findings}");
    assert_snapshot!(screen(&library, "reply", "de"), @"
    Auch ein kurzes Wort zählt

    Wer Ihnen schreibt, möchte gehört werden. Eine schnelle kurze Antwort ist mehr wert als eine späte lange:

    • Danken Sie für die Frage. Wer fragt, hat sich Mühe gemacht.
    • Sagen Sie, bis wann Sie mehr wissen, und halten Sie diesen Tag ein.

    Danke, dass Sie fragen! Ich kläre das mit der Festleitung und melde mich bis morgen Mittag bei Ihnen.

    ▶ video.example/w/1

    🖼 Zwei Leute lachen über eine Nachricht
    ");
    assert!(screen(&library, "reply", "en").contains("Two people laugh about a message"));
    assert_eq!(library.picture("beispiel", "m1", "baum.png"), Some(PICTURE));
}

#[test]
fn a_picture_is_described_in_plain_words_and_by_its_name() {
    let with = |words: &str| {
        after(|files| {
            files.insert("lessons/beispiel/m1-anfang/baum.png".to_owned(), PICTURE.to_vec());
            replace(files, MODULE, "kind = \"card\"", "kind = \"card\"\npicture = \"baum.png\"");
            replace(files, DE, "Wer Ihnen schreibt", &format!("{words}\n\nWer Ihnen schreibt"));
            replace(files, EN, "People who write", "![Two people laugh](baum.png)\n\nPeople who write");
        })
    };
    assert_snapshot!(with("![](baum.png)"), @"lessons/beispiel/m1-anfang/de.md:9:1: error: the description has 0 characters, 1 to 200 are possible");
    assert_snapshot!(with("![Ein **Baum**](baum.png)"), @"lessons/beispiel/m1-anfang/de.md:9:7: error: a picture is described in plain words");
    assert_snapshot!(with("![Ein Baum](busch.png)"), @"lessons/beispiel/m1-anfang/de.md:9:1: error: the picture of `reply` is `baum.png`, not `busch.png`");
    assert_snapshot!(with(&format!("![{}](baum.png)", "Baum ".repeat(50))), @"lessons/beispiel/m1-anfang/de.md:9:1: error: the description has 249 characters, 1 to 200 are possible");
    assert_snapshot!(with("Ein Baum: ![Ein Baum](baum.png)"), @r#"
    lessons/beispiel/m1-anfang/de.md:7:1: error: nothing says what is to be seen on the picture of `reply`
        hint: write it in a paragraph of its own: `![what is to be seen](baum.png)`
    lessons/beispiel/m1-anfang/de.md:9:11: error: a picture cannot stand in a text
        hint: give the step `picture = "…"` in module.toml
    "#);
    assert_snapshot!(with("![Ein Baum](baum.png)\n\n![Noch einer](baum.png)"), @r#"
    lessons/beispiel/m1-anfang/de.md:11:1: error: a picture cannot stand in a text
        hint: give the step `picture = "…"` in module.toml
    "#);
}
