//! The real program as a child: started, measured by what the kernel says of it, killed or stopped.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::Value;
use tempfile::TempDir;

use super::server::TOKEN;

/// Where the program lies.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_tandem");

/// Ticks of the kernel's clock in a second (`getconf CLK_TCK` on Linux).
const TICKS: f64 = 100.0;

/// Whose limits the program keeps.
#[derive(Clone, Copy)]
pub enum Limits {
    Telegram,
    Off,
}

/// Where a database lies: on the disk, or where nothing is ever written to a disk.
#[derive(Clone, Copy)]
pub enum Medium {
    Disk,
    Memory,
}

/// A folder with a database.
pub struct Place {
    folder: TempDir,
}

impl Place {
    /// A new database with a synthetic round; its id.
    pub fn with_round(medium: Medium, tandems: u32) -> anyhow::Result<(Self, String)> {
        let folder = match medium {
            // The system's temporary folder may lie in memory; the build's own folder does not.
            Medium::Disk => tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?,
            Medium::Memory => tempfile::tempdir_in("/dev/shm")?,
        };
        let place = Self { folder };
        let made = place.command(&["sample-data", "--tandems", &tandems.to_string(), "--seed", "1"])?;
        let made: Value = serde_json::from_str(&made)?;
        let round = made["round"].as_str().context("sample-data prints a round")?.to_owned();
        Ok((place, round))
    }

    /// Runs a command of the program on this database and returns what it printed.
    pub fn command(&self, args: &[&str]) -> anyhow::Result<String> {
        let done = Command::new(PROGRAM)
            .args(args)
            .current_dir(self.folder.path())
            .env("TANDEM_DATABASE_URL", self.url())
            .env("TANDEM_LOG", "warn")
            .output()?;
        if !done.status.success() {
            bail!("tandem {}: {}", args.join(" "), String::from_utf8_lossy(&done.stderr));
        }
        Ok(String::from_utf8(done.stdout)?)
    }

    /// Sum of what a round has, by its name in `round show --json`.
    pub fn count(&self, round: &str, what: &str) -> anyhow::Result<u64> {
        let shown: Value = serde_json::from_str(&self.command(&["round", "show", round, "--json"])?)?;
        shown[what].as_u64().with_context(|| format!("{what} in {shown}"))
    }

    /// Starts the service on this database.
    pub fn serve(&self, api: &str, limits: Limits) -> anyhow::Result<Service> {
        let child = Command::new(PROGRAM)
            .arg("run")
            .current_dir(self.folder.path())
            .env("TANDEM_DATABASE_URL", self.url())
            .env("TANDEM_TELEGRAM_TOKEN", TOKEN)
            .env("TANDEM_TELEGRAM_API_URL", api)
            .env("TANDEM_LISTEN", "127.0.0.1:0")
            .env("TANDEM_LOG", "error")
            .env("TANDEM_SEND_LIMITS", if matches!(limits, Limits::Off) { "off" } else { "telegram" })
            .stdout(Stdio::null())
            .spawn()?;
        Ok(Service { child, since: Instant::now() })
    }

    /// The database's address.
    pub fn url(&self) -> String {
        let file: &Path = &self.folder.path().join("tandem.db");
        format!("sqlite://{}", file.display())
    }
}

/// A running service; killed when it is dropped.
pub struct Service {
    child: Child,
    since: Instant,
}

impl Service {
    /// Since it was started.
    pub fn age(&self) -> Duration {
        self.since.elapsed()
    }

    /// Seconds that it has computed, all its threads together.
    pub fn cpu(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // The name in brackets may hold anything; the fields are counted from behind it (proc(5): utime, stime).
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |field: usize| fields.get(field).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or_default();
        (ticks(11) + ticks(12)) / TICKS
    }

    /// Resident memory in MB: now, and at most.
    pub fn memory(&self) -> (f64, f64) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let of = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or_default() / 1024.0
        };
        (of("VmRSS:"), of("VmHWM:"))
    }

    /// kill -9, and gone.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.end();
    }
}
