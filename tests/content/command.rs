//! The program itself as an author calls it.

use std::path::Path;
use std::process::{Command, Output};

/// Runs `tandem` with arguments in a folder, without any setting.
pub fn tandem(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("TANDEM_")) {
        command.env_remove(name);
    }
    command.current_dir(folder).args(args).output().expect("runs")
}

/// What it printed, and its exit code.
pub fn said(folder: &Path, args: &[&str]) -> (String, Option<i32>) {
    let output = tandem(folder, args);
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("text")).concat();
    (said, output.status.code())
}
