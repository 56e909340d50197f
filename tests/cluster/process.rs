//! One `tandem run`: started, watched by its log, killed or frozen.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

/// What a process logs once it is elected, and when another is.
const ELECTED: &str = "elected: this process sends";
const STANDS_BY: &str = "another process sends and polls";

pub struct Process {
    child: Child,
    log: Arc<Mutex<Vec<String>>>,
    alive: bool,
}

impl Process {
    /// Starts one with these settings and nothing of the surroundings' own.
    pub fn start(settings: &[(&str, String)]) -> Self {
        let mut command = tandem(settings);
        let mut child = command.arg("run").stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it starts");
        let log = Arc::new(Mutex::new(Vec::new()));
        let (lines, stderr) = (Arc::clone(&log), child.stderr.take().expect("its log"));
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                lines.lock().unwrap().push(line);
            }
        });
        Self { child, log, alive: true }
    }

    /// Whether it lives and was the one elected when it last said something about it.
    pub fn is_elected(&self) -> bool {
        self.alive && self.last_word().is_some_and(|line| line.contains(ELECTED))
    }

    /// Whether it has taken part in an election.
    pub fn stood(&self) -> bool {
        self.last_word().is_some()
    }

    /// kill -9: nothing is finished, nothing is said.
    pub fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it is gone");
        self.alive = false;
    }

    /// It hangs, and keeps its connections.
    pub fn freeze(&self) {
        self.signal("-STOP");
    }

    pub fn thaw(&self) {
        self.signal("-CONT");
    }

    /// What it complained about.
    pub fn errors(&self) -> Vec<String> {
        self.log.lock().unwrap().iter().filter(|line| line.contains("ERROR")).cloned().collect()
    }

    pub fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    fn last_word(&self) -> Option<String> {
        let log = self.log.lock().unwrap();
        log.iter().rev().find(|line| line.contains(ELECTED) || line.contains(STANDS_BY)).cloned()
    }

    fn signal(&self, signal: &str) {
        let done = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(done.expect("kill is there").success());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.alive {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Another command on the same database; answers with what it printed.
pub fn command(settings: &[(&str, String)], arguments: &[&str]) -> String {
    let done = tandem(settings).args(arguments).output().expect("it starts");
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("text")
}

fn tandem(settings: &[(&str, String)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TANDEM_")) {
        command.env_remove(name);
    }
    command.envs(settings.iter().map(|(name, value)| (*name, value.clone())));
    command
}
