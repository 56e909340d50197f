//! Time and chance, the only two things the program cannot decide for itself.
//!
//! Owns: the clock (real, or moved by hand for stories and the demo) and the source of ids and secrets.
//! Nothing else in the crate reads the time or asks for randomness; clippy holds that.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;
use tokio::sync::Notify;

use crate::domain::ids::Ids;

/// What time it is.
#[derive(Clone)]
pub struct Clock {
    offset: Arc<AtomicI64>,
    frozen: bool,
    moved: Arc<Notify>,
}

impl Clock {
    /// The machine's clock.
    pub fn real() -> Self {
        Self { offset: Arc::new(AtomicI64::new(0)), frozen: false, moved: Arc::new(Notify::new()) }
    }

    /// A clock that only moves by hand.
    pub fn manual(start: DateTime<Utc>) -> Self {
        let clock = Self { offset: Arc::new(AtomicI64::new(0)), frozen: true, moved: Arc::new(Notify::new()) };
        clock.offset.store(start.timestamp_micros(), Ordering::SeqCst);
        clock
    }

    /// The machine's clock, moved so that it shows `start` now. It can be moved further by hand.
    pub fn moved_to(start: DateTime<Utc>) -> Self {
        let clock = Self::real();
        clock.set(start);
        clock
    }

    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.micros()).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// Microseconds since 1970, UTC.
    pub fn micros(&self) -> i64 {
        self.base() + self.offset.load(Ordering::SeqCst)
    }

    /// Moves the clock. Whoever sleeps on it looks again.
    pub fn set(&self, to: DateTime<Utc>) {
        self.offset.store(to.timestamp_micros() - self.base(), Ordering::SeqCst);
        self.moved.notify_waiters();
    }

    /// Sleeps until this instant on this clock, or until the clock was moved.
    pub async fn sleep_until(&self, at: DateTime<Utc>) {
        let moved = self.moved.notified();
        let wait = at - self.now();
        if wait <= TimeDelta::zero() {
            return;
        }
        if self.frozen {
            return moved.await;
        }
        let wait = wait.to_std().unwrap_or(Duration::MAX).min(Duration::from_secs(3_600));
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = moved => {}
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    fn base(&self) -> i64 {
        if self.frozen { 0 } else { Utc::now().timestamp_micros() }
    }
}

/// Where ids and secrets come from.
#[derive(Clone)]
pub struct IdSource(Arc<Mutex<ChaCha20Rng>>);

impl IdSource {
    /// From the machine's randomness.
    pub fn random() -> Self {
        Self(Arc::new(Mutex::new(ChaCha20Rng::from_os_rng())))
    }

    /// The same ids every time, for stories.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed))))
    }

    /// Bytes that nobody has had before.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut rng = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut bytes = [0_u8; N];
        rng.fill_bytes(&mut bytes);
        bytes
    }

    fn letters<const N: usize>(&self, alphabet: &[u8]) -> String {
        self.bytes::<N>().iter().map(|byte| char::from(alphabet[usize::from(*byte) % alphabet.len()])).collect()
    }
}

/// 32 letters, so that a random byte maps evenly; none that is mistaken for another.
const ID_LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// 64 letters: the alphabet of Telegram's start parameter.
const SECRET_LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

impl Ids for IdSource {
    fn id(&mut self) -> String {
        // 12 letters of 5 bits each.
        self.letters::<12>(ID_LETTERS)
    }

    fn secret(&mut self) -> String {
        // 22 letters of 6 bits each: 132 bits.
        self.letters::<22>(SECRET_LETTERS)
    }
}
