//! Lessons compared with what was there before: a revision of git, or the people in a database.

use std::fs;
use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;
use insta::assert_snapshot;
use tandem::clock::Clock;
use tandem::content::stamp;
use tandem::domain::tandem::Spot;
use tandem::store::Db;
use tempfile::TempDir;

use super::command::said;
use super::{DE, EN, Files, MODULE, example, replace, written};

fn git(folder: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]).args(args);
    let output = command.env("GIT_CONFIG_GLOBAL", "/dev/null").output().expect("git");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A repository in which the example is tagged `v1`.
fn released() -> (TempDir, Files) {
    let files = example();
    let dir = written(&files);
    stamp(dir.path(), "en", None).expect("stamps");
    git(dir.path(), &["init", "--quiet"]);
    git(dir.path(), &["add", "."]);
    git(dir.path(), &["commit", "--quiet", "--message", "v1"]);
    git(dir.path(), &["tag", "v1"]);
    (dir, files)
}

/// What is said about the example after an edit, compared with `v1`: only the lines about that.
fn since(edit: impl FnOnce(&mut Files)) -> String {
    let (dir, mut files) = released();
    edit(&mut files);
    for (path, bytes) in &files {
        fs::write(dir.path().join(path), bytes).expect("written");
    }
    let (text, code) = said(dir.path(), &["check", ".", "--against", "v1"]);
    let lines: Vec<&str> = text.lines().filter(|line| line.contains(" at v1")).collect();
    assert!(lines.is_empty() || code == Some(1), "{text}");
    lines.join("\n")
}

#[test]
fn what_has_not_changed_says_nothing_and_words_may_change() {
    assert_eq!(since(|_| {}), "");
    assert_eq!(since(|files| replace(files, DE, "Auch ein kurzes Wort zählt", "Kurz ist gut")), "");
    // Another lesson of the same module is no other place.
    assert_eq!(
        since(|files| replace(
            files,
            MODULE,
            "[[lesson.step]]\nid = \"goal\"",
            "[[lesson]]\nid = \"l2\"\nminutes = 5\n\n[[lesson.step]]\nid = \"goal\""
        )),
        ""
    );
}

#[test]
fn an_id_that_is_gone_or_means_something_else_is_an_error() {
    assert_snapshot!(since(|files| replace(files, MODULE, "id = \"goal\"", "id = \"aim\"")), @"lessons/beispiel/m1-anfang/module.toml: error: the step `goal` (write) is gone; it was there at v1");
    assert_snapshot!(since(|files| replace(files, MODULE, "id = \"l1\"", "id = \"l9\"")), @"lessons/beispiel/m1-anfang/module.toml: error: the lesson `l1` is gone; it was there at v1");
    assert_snapshot!(since(|files| replace(files, MODULE, "id = \"m1\"", "id = \"m9\"")), @"lessons/beispiel/programme.toml: error: the module `m1` is gone; it was there at v1");
    assert_snapshot!(since(|files| replace(files, MODULE, "kind = \"write\"\nconcept = \"K2\"", "kind = \"link\"")), @"lessons/beispiel/m1-anfang/module.toml:24:6: error: the step `goal` was a write at v1 and is a link");
    assert_snapshot!(since(|files| replace(files, MODULE, "options = [\"a\", \"b\"]", "options = [\"b\", \"d\"]")), @"lessons/beispiel/m1-anfang/module.toml:12:6: error: the answer `a` of the step `reply-q` is gone; it was there at v1");
    assert_snapshot!(since(|files| replace(files, MODULE, "items = [\"list\", \"both\"]", "items = [\"both\"]")), @"lessons/beispiel/m1-anfang/module.toml:29:6: error: the item `list` of the step `accounts` is gone; it was there at v1");
    assert_snapshot!(since(|files| replace(files, MODULE, "kind = \"pick\"\noptions = [\"1\", \"2\", \"3\"]", "kind = \"sentence\"")), @"
    lessons/beispiel/m1-anfang/module.toml:34:6: error: the answer `1` to `able` of the step `feedback` is gone; it was there at v1
    lessons/beispiel/m1-anfang/module.toml:34:6: error: the answer `2` to `able` of the step `feedback` is gone; it was there at v1
    lessons/beispiel/m1-anfang/module.toml:34:6: error: the answer `3` to `able` of the step `feedback` is gone; it was there at v1
    lessons/beispiel/m1-anfang/module.toml:34:6: error: the question `able` of the step `feedback` was a pick at v1 and is a sentence
    ");
}

#[test]
fn a_programme_that_is_gone_is_named() {
    let (dir, _) = released();
    fs::rename(dir.path().join("lessons/beispiel"), dir.path().join("lessons/anderes")).expect("renamed");
    let programme = dir.path().join("lessons/anderes/programme.toml");
    let text = fs::read_to_string(&programme).expect("text").replace("\"beispiel\"", "\"anderes\"");
    fs::write(&programme, text).expect("written");
    assert_snapshot!(said(dir.path(), &["check", ".", "--against", "HEAD~0"]).0, @"
    lessons/beispiel/programme.toml: error: the programme `beispiel` is gone; it was there at HEAD~0
      help: bring it back; ids never change

    anderes (de, en): 1 module, 1 lesson of 30 minutes, 1 card, 2 questions, 2 tasks, 1 questionnaire
    1 errors, 0 warnings
    ");
}

#[test]
fn odd_revisions_are_refused_and_reach_no_git() {
    let (dir, _) = released();
    for odd in ["--output=x", "-n1", "v1..v2", "v1:lessons", "/etc/passwd", "", "a b", "v1;ls", "$(ls)", "v1\n"] {
        let (said, code) = said(dir.path(), &["check", ".", &format!("--against={odd}")]);
        assert_ne!(code, Some(0), "{odd}");
        assert!(said.contains("is neither a revision of git"), "{odd}: {said}");
    }
    let (unknown, code) = said(dir.path(), &["check", ".", "--against", "v9"]);
    assert_eq!(code, Some(1));
    assert_snapshot!(unknown, @"tandem: --against: git knows no `v9` in .: there is no such revision");
    let outside = written(&example());
    let (no_repository, _) = said(outside.path(), &["check", ".", "--against", "v1"]);
    assert!(no_repository.contains("git knows no `v1`"), "{no_repository}");
}

#[test]
fn a_machine_without_git_is_told_so() {
    let dir = written(&example());
    let output = Command::new(env!("CARGO_BIN_EXE_tandem"))
        .current_dir(dir.path())
        .env("PATH", dir.path())
        .args(["check", ".", "--against", "v1"])
        .output()
        .expect("runs");
    assert_snapshot!(String::from_utf8_lossy(&output.stderr), @"tandem: --against: the command `git` is missing; it is needed to compare with a revision");
    assert_eq!(output.status.code(), Some(1));
}

/// A database in which the leads of three tandems stand on a step of the course, and its address.
async fn cohort(dir: &Path) -> String {
    let url = format!("sqlite://{}", dir.join("tandem.db").display());
    let (text, code) = said(dir, &["--database-url", &url, "sample-data", "--tandems", "3", "--seed", "1"]);
    assert_eq!(code, Some(0), "{text}");
    let db = Db::open(&url).await.expect("a database");
    let mut tx = db.begin().await.expect("begins");
    let round = tx.round_lines().await.expect("rounds").remove(0).id.into();
    let ids = tx.tandems_of(&round, None, 10).await.expect("ids");
    for old in tx.tandems(&ids, NaiveDate::MAX, NaiveDate::MAX).await.expect("tandems") {
        let mut new = old.clone();
        let lead = new.lead.as_mut().expect("a lead");
        lead.mind.study.at = Some(Spot { module: "m1".to_owned(), step: "goal-write".to_owned() });
        tx.save(&[(Some(&old), &new)], Clock::real().now()).await.expect("saved");
    }
    tx.commit().await.expect("commits");
    db.close().await;
    url
}

/// The lessons of this repository after an edit of a file.
fn course(path: &str, edit: impl FnOnce(&str) -> String) -> TempDir {
    let dir = TempDir::new().expect("a folder");
    super::broken::lay(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons"), &dir.path().join("lessons"));
    let file = dir.path().join(path);
    fs::write(&file, edit(&fs::read_to_string(&file).expect("text"))).expect("written");
    dir
}

#[tokio::test]
async fn a_step_on_which_people_stand_must_not_go() {
    let place = TempDir::new().expect("a folder");
    let url = cohort(place.path()).await;
    let module = "lessons/fuehrerschein/m1-dialog/module.toml";
    let about_people = |dir: &TempDir| {
        let (text, code) = said(dir.path(), &["check", ".", "--against", &url]);
        let lines: Vec<&str> = text.lines().filter(|line| line.contains("people") && line.contains("gone")).collect();
        (lines.join("\n"), code)
    };
    let whole = course(module, str::to_owned);
    assert_eq!(about_people(&whole), (String::new(), Some(0)));
    let renamed = course(module, |text| text.replace("\"goal-write\"", "\"goal-text\""));
    let (lines, code) = about_people(&renamed);
    assert_snapshot!(lines, @"lessons/fuehrerschein/m1-dialog/module.toml: error: the step `goal-write` of `m1` is gone, and 3 people stand on `goal-write`");
    assert_eq!(code, Some(1));
    let none = written(&example());
    let (lines, _) = about_people(&none);
    assert_snapshot!(lines, @"lessons/fuehrerschein/programme.toml: error: the programme `fuehrerschein` is gone, and 6 people take part in it");
}

#[test]
fn a_database_that_is_not_there_is_not_made() {
    let dir = written(&example());
    let (said, code) = said(dir.path(), &["check", ".", "--against", "sqlite://nowhere.db"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(!dir.path().join("nowhere.db").exists());
    assert!(!said.contains(EN), "nothing else is said: {said}");
}
