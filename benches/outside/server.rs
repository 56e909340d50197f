//! The strict server of a measurement, in this process, and people who write to the bot.

use std::collections::HashMap;
use std::future::pending;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::bail;
use tandem::clock::Clock;
use tandem::demo::botapi;
use tandem::demo::phones::{Effect, Fault, Faults, Limits, Options, Phones, Scripted, SharedPhones};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The bot's token.
pub const TOKEN: &str = "4711:bench-token";

/// Chat of the first synthetic person (`sample-data --first-chat-id`).
pub const FIRST: i64 = 1_000_000;

/// How long something that should come is waited for.
const PATIENCE: Duration = Duration::from_secs(600);

/// How often the record is looked at.
const LOOK: Duration = Duration::from_micros(200);

/// A running server.
pub struct Server {
    pub api: String,
    pub phones: SharedPhones,
    clock: Clock,
    task: JoinHandle<std::io::Result<()>>,
}

impl Server {
    /// With so many people who have opened the bot, and with Telegram's rates or none.
    pub async fn start(people: u32, limits: Option<Limits>) -> anyhow::Result<Self> {
        let mut phones = Phones::new(Options { limits, ..Options::default() });
        for chat in FIRST..FIRST + i64::from(people) {
            phones.person(chat, "Ada", "de")?;
            phones.starts(TOKEN, chat)?;
        }
        let clock = Clock::real();
        let ticking = clock.clone();
        let phones = SharedPhones::new(phones, Arc::new(move || ticking.micros()));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let api = format!("http://{}", listener.local_addr()?);
        let task = tokio::spawn(botapi::serve(listener, phones.clone(), pending()));
        Ok(Self { api, phones, clock, task })
    }

    /// Every answer comes so much later, as over a network with that round trip.
    pub fn round_trip(&self, time: Duration) {
        let ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let late = Scripted { method: None, chat: None, after: 0, times: u32::MAX, fault: Fault::DelayMs(ms) };
        self.faults(Faults { scripted: vec![late], ..Faults::default() });
    }

    pub fn faults(&self, faults: Faults) {
        self.phones.with(|phones, _| phones.set_faults(faults));
    }

    /// Forgets what happened so far.
    pub fn clear(&self) {
        self.phones.with(|phones, _| phones.clear_record());
    }

    /// Micros since 1970.
    pub fn micros(&self) -> i64 {
        self.clock.micros()
    }

    /// How often a method was called.
    pub fn calls(&self, method: &str) -> u64 {
        self.phones.with(|phones, _| phones.record().by_method.get(method).copied().unwrap_or(0))
    }

    /// How many messages arrived.
    pub fn messages(&self) -> usize {
        self.phones.with(|phones, _| phones.record().messages())
    }

    /// When each new message arrived, and where.
    pub fn arrivals(&self) -> Vec<(i64, i64)> {
        self.phones.with(|phones, _| {
            let new = phones.record().sent.iter().filter(|sent| sent.effect == Effect::New);
            new.map(|sent| (sent.at, sent.chat)).collect()
        })
    }

    /// Waits until something is so.
    pub fn until(&self, what: &str, mut holds: impl FnMut(&Self) -> bool) -> anyhow::Result<()> {
        let since = Instant::now();
        while !holds(self) {
            if since.elapsed() > PATIENCE {
                bail!("waited in vain: {what}");
            }
            std::thread::sleep(LOOK);
        }
        Ok(())
    }

    /// Somebody writes.
    pub fn says(&self, chat: i64, text: &str) -> anyhow::Result<()> {
        self.phones.with(|phones, now| phones.says(now, TOKEN, chat, text))?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// So many people at once: each writes, waits for the answer, and then the next of all people does.
pub struct Writers<'a> {
    server: &'a Server,
    people: u32,
    /// Who waits for an answer, and since when (micros).
    waiting: HashMap<i64, i64>,
    written: u32,
    looked_at: usize,
    /// How long each answer took, in micros.
    pub waits: Vec<i64>,
}

impl<'a> Writers<'a> {
    pub fn new(server: &'a Server, people: u32) -> Self {
        Self { server, people, waiting: HashMap::new(), written: 0, looked_at: 0, waits: Vec::new() }
    }

    /// Lets `at_once` people write until all of them together have written `total` texts and been answered.
    pub fn write(&mut self, at_once: usize, total: u32) -> anyhow::Result<Duration> {
        let (begun, end) = (Instant::now(), self.written + total);
        while self.written < end || !self.waiting.is_empty() {
            self.hear();
            let room = at_once - self.waiting.len();
            for _ in 0..room.min((end - self.written) as usize) {
                self.one_more()?;
            }
            if begun.elapsed() > PATIENCE {
                bail!("{} texts were never answered", self.waiting.len());
            }
            std::thread::sleep(LOOK);
        }
        Ok(begun.elapsed())
    }

    /// The next person writes.
    pub fn one_more(&mut self) -> anyhow::Result<()> {
        let chat = FIRST + i64::from(self.written % self.people);
        self.written += 1;
        self.waiting.insert(chat, self.server.micros());
        self.server.says(chat, "1 min")
    }

    /// Takes note of answers that came.
    pub fn hear(&mut self) {
        let (waiting, waits, from) = (&mut self.waiting, &mut self.waits, self.looked_at);
        self.looked_at = self.server.phones.with(|phones, _| {
            let record = &phones.record().sent;
            for sent in record.iter().skip(from).filter(|sent| sent.effect == Effect::New) {
                if let Some(since) = waiting.remove(&sent.chat) {
                    waits.push(sent.at - since);
                }
            }
            record.len()
        });
    }

    /// Whether somebody still waits.
    pub fn somebody_waits(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// How many have written.
    pub fn written(&self) -> u32 {
        self.written
    }
}

/// The value below which so many of a hundred lie, in milliseconds.
pub fn percentile(micros: &[i64], of_a_hundred: usize) -> f64 {
    let mut sorted = micros.to_vec();
    sorted.sort_unstable();
    let place = (sorted.len() * of_a_hundred / 100).min(sorted.len().saturating_sub(1));
    sorted.get(place).map_or(f64::NAN, |micros| *micros as f64 / 1_000.0)
}
