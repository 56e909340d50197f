//! Broken lessons, one mistake in each folder of `broken/`: what `tandem check` prints of it stands beside it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tandem::content::stamp;
use tempfile::TempDir;

use super::command::said;

/// The folder with the good lesson, or with the broken ones.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/content").join(name)
}

/// Copies files over what is there.
pub fn lay(from: &Path, over: &Path) {
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let to = over.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            fs::create_dir_all(&to).expect("a folder");
            lay(&entry, &to);
        } else if entry.extension().is_some_and(|e| e != "snap") {
            fs::copy(&entry, &to).expect("copied");
        }
    }
}

/// The good lesson with a broken one's files laid over it. Where translations are not what is broken, they are stamped.
pub fn broken(name: &str) -> TempDir {
    let dir = TempDir::new().expect("a folder");
    lay(&folder("good"), dir.path());
    let over = folder("broken").join(name);
    lay(&over, dir.path());
    if !over.join("lessons/kurs/translations.lock").exists() {
        // With a broken structure there is nothing to stamp.
        let _ = stamp(dir.path(), "en", None);
    }
    dir
}

pub fn names() -> Vec<String> {
    let entries = fs::read_dir(folder("broken")).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("text")).collect();
    names.sort();
    names
}

#[test]
fn the_good_lesson_is_clean() {
    let dir = TempDir::new().expect("a folder");
    lay(&folder("good"), dir.path());
    let (said, code) = said(dir.path(), &["check", "."]);
    insta::assert_snapshot!(said, @"
    kurs (de, en): 1 module, 1 lesson of 20 minutes, 1 card, 1 question, 1 task, 0 questionnaires
    0 errors, 0 warnings
    ");
    assert_eq!(code, Some(0));
}

#[test]
fn each_mistake_is_shown_with_its_place_and_what_helps() {
    let names = names();
    assert!(names.len() >= 30);
    for name in names {
        let (said, code) = said(broken(&name).path(), &["check", "."]);
        assert_eq!(code, Some(i32::from(said.contains(": error: "))), "{name}: {said}");
        assert!(said.contains(": error: ") || said.contains(": warning: "), "{name} is not broken: {said}");
        insta::with_settings!({
            snapshot_path => folder("broken").join(&name),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("finding", said);
        });
    }
}

#[test]
fn machines_read_the_same_with_a_code_for_each_finding() {
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    for name in names() {
        let dir = broken(&name);
        let (text, code) = said(dir.path(), &["check", ".", "--json"]);
        let json: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let findings = json["findings"].as_array().expect("a list");
        let errors = findings.iter().filter(|finding| finding["severity"] == "error").count();
        assert_eq!((json["errors"].as_u64(), code), (Some(errors as u64), Some(i32::from(errors > 0))), "{name}");
        let (people, _) = said(dir.path(), &["check", "."]);
        for finding in findings {
            *codes.entry(finding["code"].as_str().expect("text").to_owned()).or_default() += 1;
            let [file, message] = ["file", "message"].map(|key| finding[key].as_str().expect("text"));
            let place = match (finding["line"].as_u64(), finding["column"].as_u64()) {
                (Some(row), Some(column)) => format!("{file}:{row}:{column}: "),
                _ => format!("{file}: "),
            };
            let line = people.lines().find(|line| line.starts_with(&place) && line.ends_with(message));
            assert!(line.is_some(), "{name}: {finding} is not in\n{people}");
        }
    }
    let known: Vec<&str> = tandem::domain::finding::Code::ALL.map(tandem::domain::finding::Code::name).to_vec();
    assert!(codes.keys().all(|code| known.contains(&code.as_str())));
    assert!(codes.len() >= 15, "the broken lessons show few kinds of mistakes: {codes:?}");
}

#[test]
fn the_shape_for_machines_is_the_one_that_is_described() {
    let dir = broken("26-spoiler-left-open");
    insta::assert_snapshot!(said(dir.path(), &["check", ".", "--json"]).0, @r#"
    {
      "errors": 1,
      "warnings": 0,
      "findings": [
        {
          "severity": "error",
          "code": "markdown",
          "file": "lessons/kurs/m1-start/de.md",
          "line": 9,
          "column": 75,
          "message": "`||` opens or closes a spoiler across another mark or a paragraph",
          "hint": "close `||` in the same paragraph, or write the bars as `\\|\\|`"
        }
      ],
      "programmes": [
        {
          "programme": "kurs",
          "languages": [
            "de",
            "en"
          ],
          "modules": 1,
          "lessons": 1,
          "minutes": 20,
          "cards": 1,
          "questions": 1,
          "tasks": 1,
          "questionnaires": 0,
          "pool": 0,
          "drawn": 0
        }
      ]
    }
    "#);
    let readme = include_str!("../../lessons/README.md");
    let listed: Vec<&str> = readme
        .lines()
        .skip_while(|line| !line.starts_with("| code |"))
        .skip(2)
        .map_while(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    assert_eq!(listed, tandem::domain::finding::Code::ALL.map(tandem::domain::finding::Code::name));
}

#[test]
fn the_course_is_clean_and_its_counts_are_printed() {
    let (said, code) = said(Path::new(env!("CARGO_MANIFEST_DIR")), &["check"]);
    assert_eq!(code, Some(0), "{said}");
    let counts = said.lines().find(|line| line.starts_with("fuehrerschein (")).expect("its counts");
    assert!(counts.contains("4 modules") && counts.contains("22 cards"), "{counts}");
}
