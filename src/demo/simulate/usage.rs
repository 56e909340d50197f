//! What a run cost the machine: time, processor, memory. Read from the system's own files, so only on Linux.

use std::fs;
use std::time::Instant;

/// Ticks a second in which Linux counts processor time for programs (USER_HZ, fixed on all its platforms of today).
const TICKS: f64 = 100.0;

/// A stopwatch.
pub struct Usage {
    started: Instant,
    cpu: Option<f64>,
}

impl Usage {
    pub fn start() -> Self {
        Self { started: Instant::now(), cpu: cpu_seconds() }
    }

    /// Seconds on the wall since the start.
    pub fn wall(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    /// Seconds of processor time of this process since the start.
    pub fn cpu(&self) -> Option<f64> {
        Some(cpu_seconds()? - self.cpu?)
    }

    /// Most memory that this process ever held, in MB.
    pub fn peak_mb() -> Option<f64> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kib: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kib / 1024.0)
    }
}

fn cpu_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the program's name and may hold spaces; the times are the 14th and 15th.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let (user, system): (f64, f64) = (fields.get(11)?.parse().ok()?, fields.get(12)?.parse().ok()?);
    Some((user + system) / TICKS)
}
