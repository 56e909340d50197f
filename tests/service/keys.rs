//! A key for what people wrote, from the command line: set, missing, changed; and what a failing command may not say.

use std::io::Read;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tempfile::TempDir;

use crate::running::{TOKEN, ended, program};

const ONE: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const TWO: &str = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100";

fn run(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = program(folder);
    command.env("TANDEM_DATABASE_URL", format!("sqlite://{}", folder.join("tandem.db").display()));
    ended(command.envs(settings.iter().copied()).args(arguments))
}

fn good(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> String {
    let (code, out, err) = run(folder, settings, arguments);
    assert_eq!(code, Some(0), "{arguments:?}: {err}");
    out
}

/// Twenty tandems of invented organisations, sealed with the first key.
fn sealed() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    good(folder.path(), &[("TANDEM_DATA_KEY", ONE)], &["sample-data", "--tandems", "20", "--seed", "1"]);
    folder
}

fn holds(file: &Path, words: &str) -> bool {
    std::fs::read(file).unwrap().windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn a_backup_made_with_a_key_holds_no_word_and_no_key() {
    let folder = sealed();
    let place = folder.path();
    good(place, &[("TANDEM_DATA_KEY", ONE)], &["backup", "sealed.db"]);
    for words in ["Organisation 1", "Lead 1", "Deputy 1", ONE] {
        assert!(!holds(&place.join("sealed.db"), words), "{words}");
    }
    let plain = tempfile::tempdir().unwrap();
    good(plain.path(), &[], &["sample-data", "--tandems", "20", "--seed", "1"]);
    good(plain.path(), &[], &["backup", "plain.db"]);
    assert!(holds(&plain.path().join("plain.db"), "Organisation 1"), "without a key it is in the open");
}

#[test]
fn without_its_key_nothing_starts_and_nothing_is_lost() {
    let folder = sealed();
    let place = folder.path();
    for settings in [&[][..], &[("TANDEM_DATA_KEY", TWO)]] {
        let (code, out, err) = run(place, settings, &["round", "list"]);
        assert_eq!((code, out.as_str()), (Some(1), ""), "{err}");
        assert!(err.contains("TANDEM_DATA_KEY: what people wrote is sealed with the key"), "{err}");
        assert!(!err.contains(ONE) && !err.contains(TWO), "{err}");
        let (code, out, _) = run(place, settings, &["doctor"]);
        assert_eq!(code, Some(1));
        assert!(out.lines().any(|line| line.starts_with("error    keys")), "{out}");
    }
    let (code, _, err) = run(place, &[("TANDEM_DATA_KEY", "abc")], &["round", "list"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("TANDEM_DATA_KEY: must be 64 hexadecimal digits"), "{err}");
    assert!(good(place, &[("TANDEM_DATA_KEY", ONE)], &["round", "list"]).contains("fuehrerschein"));
}

#[test]
fn a_key_is_changed_by_a_command_and_the_older_one_is_not_needed_afterwards() {
    let folder = sealed();
    let place = folder.path();
    let file = place.join("key");
    std::fs::write(&file, format!("{TWO}\n")).unwrap();
    let file = file.display().to_string();
    let both = [("TANDEM_DATA_KEY_FILE", file.as_str()), ("TANDEM_DATA_KEY_OLD", ONE)];
    let said = good(place, &both, &["rekey"]);
    assert!(said.contains(" texts were sealed anew"), "{said}");
    assert!(good(place, &both, &["rekey"]).starts_with("0 texts"));
    good(place, &[("TANDEM_DATA_KEY", TWO)], &["round", "list"]);
    assert_eq!(run(place, &[("TANDEM_DATA_KEY", ONE)], &["round", "list"]).0, Some(1));
    assert!(good(place, &[("TANDEM_DATA_KEY_OLD", TWO)], &["rekey"]).contains("opened"));
    good(place, &[], &["round", "list"]);
    assert_eq!(run(place, &[], &["rekey"]).0, Some(1), "without a key there is nothing to do");
}

#[test]
fn a_trainers_invitation_is_listed_and_withdrawn() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    for _ in 0..2 {
        good(place, &[], &["trainer", "invite"]);
    }
    let open = || serde_json::from_str::<Value>(&good(place, &[], &["trainer", "invitations", "--json"])).unwrap();
    let list = open();
    assert_eq!(list.as_array().unwrap().len(), 2);
    let number = list[0]["number"].as_str().unwrap();
    good(place, &[], &["trainer", "revoke", number]);
    assert_eq!(open().as_array().unwrap(), &[list[1].clone()]);
    let (code, _, err) = run(place, &[], &["trainer", "revoke", number]);
    assert_eq!(code, Some(1));
    assert!(err.contains("no open invitation"), "{err}");
    assert!(good(place, &[], &["audit"]).contains("invitation_withdrawn"));
}

#[test]
fn not_even_a_panic_repeats_a_secret() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    let mut command = program(place);
    command
        .env("TANDEM_DATABASE_URL", format!("sqlite://{}", place.join("tandem.db").display()))
        .env("TANDEM_TELEGRAM_TOKEN", TOKEN)
        .env("TANDEM_TELEGRAM_API_URL", "http://127.0.0.1:9/")
        .env("TANDEM_DATA_KEY", ONE)
        .env("TANDEM_LOG", "trace")
        .env("RUST_BACKTRACE", "full");
    let mut process =
        command.args(["trainer", "invite"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Nobody reads what it prints: printing to a pipe that is shut panics.
    drop(process.stdout.take());
    let mut said = String::new();
    process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(process.wait().unwrap().code(), Some(101), "{said}");
    assert!(said.contains("a mistake in the program"), "{said}");
    for secret in [TOKEN, TOKEN.split_once(':').unwrap().1, ONE] {
        assert!(!said.contains(secret), "{said}");
    }
}
