//! `tandem new lesson`: what it writes passes, and what was there stays.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use tandem::content::stamp;
use tempfile::TempDir;

use super::command::said;
use super::{DE, EN, MODULE, PROGRAMME, example, findings, replace, written};

const LOCK: &str = "lessons/beispiel/translations.lock";

fn stamped() -> TempDir {
    let mut files = example();
    // What authors write beside the structure must stay.
    replace(
        &mut files,
        MODULE,
        "[[lesson]]\nid = \"l1\"\nminutes = 30",
        "# The first day.\n[[lesson]]\nid = \"l1\" # never changes\nminutes   =   30",
    );
    let dir = written(&files);
    stamp(dir.path(), "en", None).expect("stamps");
    dir
}

fn read(dir: &Path, path: &str) -> String {
    fs::read_to_string(dir.join(path)).expect("text")
}

#[test]
fn a_new_lesson_is_complete_in_all_languages_and_passes() {
    let dir = stamped();
    let before: Vec<String> = [MODULE, DE, EN].map(|path| read(dir.path(), path)).to_vec();
    let (printed, code) = said(dir.path(), &["new", "lesson", "beispiel/m1/l2"]);
    assert_snapshot!(printed, @"
    ./lessons/beispiel/m1-anfang/de.md
    ./lessons/beispiel/m1-anfang/en.md
    ./lessons/beispiel/m1-anfang/module.toml
    ./lessons/beispiel/translations.lock
    Now put your own words in, and run `tandem check` and `tandem i18n ok` for each translation.
    ");
    assert_eq!(code, Some(0));
    for (path, before) in [MODULE, DE, EN].iter().zip(&before) {
        let after = read(dir.path(), path);
        assert!(after.starts_with(before.trim_end()), "{path} keeps what stood there:\n{after}");
    }
    let after = read(dir.path(), MODULE);
    assert_snapshot!(after[before[0].trim_end().len()..].trim_start(), @r#"
    [[lesson]]
    id = "l2"
    minutes = 15

    [[lesson.step]]
    id = "l2-card"
    kind = "card"

    [[lesson.step]]
    id = "l2-q"
    kind = "choice"
    options = ["a", "b"]
    correct = "b"

    [[lesson.step]]
    id = "l2-task"
    kind = "write"
    "#);
    assert_eq!(findings(dir.path()), "", "neither error nor warning, and stamped");
    let (checked, code) = said(dir.path(), &["check", "."]);
    assert_snapshot!(checked, @"
    beispiel (de, en): 1 module, 2 lessons of 45 minutes, 2 cards, 3 questions, 3 tasks, 1 questionnaire
    0 errors, 0 warnings
    ");
    assert_eq!(code, Some(0));
    // By its folder, and only its own stamps are new.
    let lock = read(dir.path(), LOCK);
    let (_, code) = said(dir.path(), &["new", "lesson", "beispiel/m1-anfang/abc", "--dir", "."]);
    assert_eq!(code, Some(0));
    let new = read(dir.path(), LOCK);
    assert!(lock.lines().all(|line| new.contains(line)));
    assert_eq!(new.lines().count(), lock.lines().count() + 4);
}

#[test]
fn a_stale_text_beside_it_stays_stale() {
    let dir = stamped();
    let de = read(dir.path(), DE).replace("Das dauert eine Minute.", "Das dauert zwei Minuten.");
    fs::write(dir.path().join(DE), de).expect("written");
    let before = findings(dir.path());
    assert!(before.contains("stale"));
    assert_eq!(said(dir.path(), &["new", "lesson", "beispiel/m1/l2"]).1, Some(0));
    assert_eq!(findings(dir.path()), before);
}

#[test]
fn what_cannot_be_added_is_refused_and_nothing_is_written() {
    let refused = |dir: &TempDir, at: &str| {
        let all = |dir: &TempDir| [MODULE, DE, EN, PROGRAMME, LOCK].map(|path| read(dir.path(), path));
        let before = all(dir);
        let (said, code) = said(dir.path(), &["new", "lesson", at]);
        assert_eq!(code, Some(1), "{at}: {said}");
        assert_eq!(all(dir), before, "{at}");
        said
    };
    let dir = stamped();
    for odd in
        ["beispiel/m1/L2", "beispiel/m1/ä", "beispiel/m1/", "beispiel/m1/a.b", "beispiel/m1/..", "beispiel/m1/x x"]
    {
        let said = refused(&dir, odd);
        assert!(said.contains("is no id for a lesson"), "{odd}: {said}");
    }
    assert!(refused(&dir, &format!("beispiel/m1/{}", "a".repeat(28))).contains("is no id for a lesson"));
    for odd in ["l2", "beispiel/l2", "beispiel/m1/l2/x", ""] {
        assert!(refused(&dir, odd).contains("does not say where"), "{odd}");
    }
    assert_snapshot!(refused(&dir, "beispiel/m1/l1"), @"tandem: the id `l1` is taken in this module");
    assert_snapshot!(refused(&dir, "nirgends/m1/l2"), @"tandem: there is no programme `nirgends`; there is beispiel");
    assert_snapshot!(refused(&dir, "../m1/l2"), @"tandem: there is no programme `..`; there is beispiel");
    assert_snapshot!(refused(&dir, "beispiel/m7/l2"), @"tandem: the programme `beispiel` has no module `m7`; there is m1");
    let (no_folder, code) = said(dir.path(), &["new", "lesson", "beispiel/m1/l2", "--dir", "nowhere"]);
    assert_eq!(code, Some(1));
    assert!(no_folder.contains("cannot read the folder nowhere/lessons"), "{no_folder}");
    let full = read(dir.path(), MODULE).replace("minutes   =   30", "minutes = 290");
    fs::write(dir.path().join(MODULE), full).expect("written");
    assert_snapshot!(refused(&dir, "beispiel/m1/l2"), @"tandem: the lesson would not pass `tandem check`: lessons/beispiel/m1-anfang/module.toml:1:6: error: the lessons take 305 minutes, a week has 300");
}
