//! The translation lock: an edited source makes its translation stale, visibly, until somebody has looked at it.

use std::fs;

use insta::assert_snapshot;
use tandem::content::{Library, Source, stamp};

use super::{DE, example, findings, written};

#[test]
fn an_edited_source_makes_its_translation_stale_until_it_is_stamped_again() {
    let dir = written(&example());
    assert_eq!(stamp(dir.path(), "en", None).expect("stamps"), 9, "programme, module, lesson and six steps");
    assert_eq!(findings(dir.path()), "");

    let de = dir.path().join(DE);
    let text = fs::read_to_string(&de).expect("text");
    let rewrapped = text.replace("mehr wert** als eine", "mehr wert**\nals eine");
    let edited = rewrapped.replace("Das dauert eine Minute.", "Das dauert zwei Minuten.");
    assert!(rewrapped != text && edited != rewrapped);
    fs::write(&de, edited).expect("written");
    assert_snapshot!(findings(dir.path()), @r"
    lessons/beispiel/m1-anfang/en.md:16:1: error: stale: the source text of m1/reply-q has changed since it was translated
        hint: compare the two, then `tandem i18n ok en m1/reply-q`
    ");
    let library = Library::load(Source::Folder(dir.path())).expect("loads");
    assert_eq!(library.lesson_text("beispiel", "m1", "l1", "en").map(|(_, l)| l), Some("de"));

    assert_eq!(stamp(dir.path(), "en", Some("m1/reply-q")).expect("stamps"), 1);
    assert_eq!(findings(dir.path()), "");
    assert!(stamp(dir.path(), "fr", None).is_err());
    assert!(stamp(dir.path(), "de", None).is_err(), "the source is no translation");
    assert!(stamp(dir.path(), "en", Some("m1/none")).is_err());
}

#[test]
fn a_block_without_a_stamp_is_reported_and_still_shown() {
    let dir = written(&example());
    stamp(dir.path(), "en", None).expect("stamps");
    let lock = dir.path().join("lessons/beispiel/translations.lock");
    let text = fs::read_to_string(&lock).expect("text");
    let without: String = text.lines().filter(|l| !l.contains("m1/goal")).map(|l| format!("{l}\n")).collect();
    assert_ne!(text, without);
    fs::write(&lock, without).expect("written");
    assert_snapshot!(findings(dir.path()), @r"
    lessons/beispiel/m1-anfang/en.md:34:1: error: the translation of m1/goal is not stamped
        hint: compare the two, then `tandem i18n ok en m1/goal`
    ");
    let library = Library::load(Source::Folder(dir.path())).expect("loads");
    assert_eq!(library.lesson_text("beispiel", "m1", "l1", "en").map(|(_, l)| l), Some("en"));

    fs::write(&lock, "[uk]\n").expect("written");
    assert_snapshot!(findings(dir.path()), @r"
    lessons/beispiel/translations.lock: error: no text in `en` is stamped yet
        hint: compare the texts with the source, then `tandem i18n ok en`
    ");
    fs::write(&lock, "<<<<<<< ours\n").expect("written");
    assert_snapshot!(findings(dir.path()), @r"
    lessons/beispiel/translations.lock:1:9: error: key with no value, expected `=`
        hint: write it anew with `tandem i18n ok`
    lessons/beispiel/translations.lock: warning: no text in `en` is stamped yet
        hint: compare the texts with the source, then `tandem i18n ok en`
    ");
}
