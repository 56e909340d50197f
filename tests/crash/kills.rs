//! kill -9, hundreds of times, at moments that a seed chooses; then what was owed against what arrived.
//!
//! Each life of the program begins with new texts, presses and, now and then, a broadcast. It ends when a call that
//! the seed has chosen reaches the server: some of these have had their effect by then, some have not.
//!
//! `TANDEM_CRASH_SEED` and `TANDEM_CRASH_KILLS` choose another course, or a longer one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tandem::clock::{Clock, IdSource};
use tandem::demo::phones::{Fault, Limits};
use tandem::domain::effect::{Kind, Owed};
use tandem::domain::ids::{Ids, OwedId};
use tandem::domain::message::{Arg, Message, say};
use tandem::domain::pacing::Lane;
use tandem::store::NewOwed;

use super::bot::{DEADLINE, Home};
use super::server::{FIRST, Server, trap};

/// Minutes in a tandem's week are counted up in ones, so that each answer tells which text it answers. From an hour
/// on it would be written in another way.
const MOST_A_TANDEM: usize = 59;

/// Lives between two broadcasts.
const WAVE_EVERY: usize = 12;

/// A life whose call never comes (everything was done before) ends after so long without any.
const IDLE: Duration = Duration::from_millis(120);

/// What one course is like.
struct Course {
    seed: u64,
    kills: usize,
    limits: Option<Limits>,
}

/// What was found in the end.
#[derive(Debug, Default)]
struct Record {
    kills: usize,
    /// Kills at a call that had been held, by method.
    held: BTreeMap<&'static str, usize>,
    /// Messages in the program's hands at kills, on the wire or waiting.
    claimed: i64,
    owed: usize,
    lost: usize,
    doubled: usize,
    /// Of what must not come twice: how often it did, and how often its fate stayed unclear.
    twice: usize,
    unclear: i64,
    never: i64,
    entries: i64,
    texts: usize,
    refused: u64,
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "kills {} (held calls: {:?}), claimed at kills {}; texts {}, entries {}; owed {}, lost {}, doubled {}; \
             once only: doubled {}, unclear {} and not sent again, of which {} never came; 429s {}",
            self.kills,
            self.held,
            self.claimed,
            self.texts,
            self.entries,
            self.owed,
            self.lost,
            self.doubled,
            self.twice,
            self.unclear,
            self.never,
            self.refused
        )
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_owed_is_lost_at_any_kill() {
    let from = |name: &str, usual: u64| match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} must be a number")),
        Err(_) => usual,
    };
    let kills = usize::try_from(from("TANDEM_CRASH_KILLS", 200)).expect("a number of kills");
    let record = run(Course { seed: from("TANDEM_CRASH_SEED", 1), kills, limits: None }).await;
    hold(&record);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_owed_is_lost_where_sending_is_paced() {
    let record = run(Course { seed: 2, kills: 12, limits: Some(Limits::default()) }).await;
    hold(&record);
}

fn hold(record: &Record) {
    println!("{record}");
    let answered = i64::try_from(record.texts).expect("a count");
    assert_eq!(record.entries, answered, "every text is one entry: {record}");
    assert_eq!(record.lost, 0, "{record}");
    assert_eq!(record.twice, 0, "{record}");
    assert!(record.never <= record.unclear, "what never came was on the wire at a kill: {record}");
    let doubled = i64::try_from(record.doubled).expect("a count");
    assert!(doubled <= record.claimed, "only what was under way may come twice: {record}");
}

async fn run(course: Course) -> Record {
    let tandems = course.kills.div_ceil(10).max(10);
    let people = 2 * i64::try_from(tandems).expect("a count");
    let server = Server::start(course.limits, people).await;
    let home = Home::new(&server.api, if course.limits.is_some() { "telegram" } else { "off" });
    let round = home.sample(people / 2, FIRST).await;
    let mut play = Play {
        dice: ChaCha8Rng::seed_from_u64(course.seed),
        texts: vec![0; tandems],
        waves: 0,
        opened: BTreeSet::new(),
        record: Record::default(),
        paced: course.limits.is_some(),
        server,
        home,
    };
    for life in 0..course.kills {
        if life == WAVE_EVERY / 2 {
            let released = play.home.run(&["round", "release", &round]).await;
            assert!(released.status.success(), "{}", String::from_utf8_lossy(&released.stderr));
        } else if life % WAVE_EVERY == 0 {
            play.broadcast().await;
        }
        play.live_and_die().await;
    }
    play.drain().await;
    play.count().await
}

struct Play {
    dice: ChaCha8Rng,
    server: Server,
    home: Home,
    /// Texts written so far, by tandem.
    texts: Vec<usize>,
    waves: usize,
    /// Whoever opened the lesson. One that came twice can be opened twice, by one person.
    opened: BTreeSet<i64>,
    record: Record,
    paced: bool,
}

impl Play {
    /// Two messages to everybody: one that goes again when its fate is unclear, and one that does not.
    async fn broadcast(&mut self) {
        self.waves += 1;
        let db = self.home.db().await;
        let mut tx = db.begin().await.expect("a transaction");
        let chats: Vec<i64> = (FIRST..FIRST + self.server.people).collect();
        let now = Clock::real().now();
        let mut ids = IdSource::seeded(self.waves as u64);
        let mut all = Vec::new();
        for known in tx.known(&chats).await.expect("people") {
            for (kind, name) in [(Kind::Notice, "again"), (Kind::Week, "once")] {
                all.push(Owed {
                    to: known.person.id.clone(),
                    kind,
                    occurrence: format!("wave-{}", self.waves),
                    lane: Lane::Bulk,
                    not_before: now,
                    expires: None,
                    slot: None,
                    message: Message::of(say("answer-name").with("name", Arg::Text(wave(name, self.waves)))),
                });
            }
        }
        let rows: Vec<NewOwed<'_>> =
            all.iter().map(|owed| NewOwed { id: OwedId(ids.id()), owed, target: None, claimed: None }).collect();
        assert_eq!(tx.owe(&rows, now).await.expect("messages").len(), rows.len());
        tx.commit().await.expect("a commit");
        db.close().await;
    }

    async fn live_and_die(&mut self) {
        let writers = self.dice.random_range(1..=6);
        let pressed = self.dice.random() && self.somebody_opens_a_lesson();
        let (method, after) = match self.dice.random_range(0..12) {
            0 => ("getMe", 0),
            1 => ("getUpdates", self.dice.random_range(0..3)),
            2 if pressed => ("answerCallbackQuery", 0),
            3 if pressed => ("editMessageText", 0),
            // Beyond the answers: into whatever a broadcast has left.
            4..=5 => ("sendMessage", self.dice.random_range(8..40)),
            _ => ("sendMessage", self.dice.random_range(0..writers)),
        };
        let fault = if self.dice.random() { Fault::HoldBefore } else { Fault::HoldAfter };
        let before = self.server.phones.with(|phones, _| phones.record().held);
        self.server.fails(vec![trap(method, after, fault)]);
        let bot = self.home.start();
        for _ in 0..writers {
            self.somebody_writes();
        }
        let held = self.held_or_idle(before).await;
        if held && self.dice.random() {
            // Other calls go on for a moment.
            tokio::time::sleep(Duration::from_micros(self.dice.random_range(0..8_000))).await;
        }
        let log = bot.kill();
        assert!(!log.iter().any(|line| line.contains("ERROR")), "{log:#?}");
        self.server.fails(Vec::new());
        self.record.kills += 1;
        if held {
            *self.record.held.entry(method).or_default() += 1;
        }
        self.record.claimed += self.home.count("SELECT COUNT(*) FROM outbox WHERE state = 'claimed'").await;
    }

    /// Waits for the call that the seed has chosen, or until there is nothing to do any more before it comes.
    async fn held_or_idle(&self, before: u64) -> bool {
        // Paced sending rests for a second after a crash.
        let idle = if self.paced { IDLE * 10 } else { IDLE };
        let calls = || self.server.phones.with(|phones, _| phones.record().by_method.values().sum::<u64>());
        let (start, mut last) = (calls(), None);
        loop {
            if tokio::time::timeout(idle, self.server.phones.held(before + 1)).await.is_ok() {
                return true;
            }
            let now = calls();
            // A machine with much to do takes its time to start a program.
            if now > start && last == Some(now) {
                return false;
            }
            last = Some(now);
        }
    }

    fn somebody_writes(&mut self) {
        let free: Vec<usize> = (0..self.texts.len()).filter(|tandem| self.texts[*tandem] < MOST_A_TANDEM).collect();
        let tandem = free[self.dice.random_range(0..free.len())];
        self.texts[tandem] += 1;
        self.server.says(FIRST + 2 * tandem as i64 + self.dice.random_range(0..2), "1 min");
    }

    fn somebody_opens_a_lesson(&mut self) -> bool {
        let chat = FIRST + self.dice.random_range(0..self.server.people);
        let pressed = self.server.presses(chat, "▶ Los geht’s");
        if pressed {
            self.opened.insert(chat);
        }
        pressed
    }

    /// One more life, in which everything is done that can be.
    async fn drain(&mut self) {
        let bot = self.home.start();
        let drained = async {
            loop {
                let waits = "SELECT COUNT(*) FROM outbox WHERE state IN ('owed', 'claimed')";
                if self.server.pending() == 0 && self.home.count(waits).await == 0 {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        let drained = tokio::time::timeout(DEADLINE, drained).await;
        assert!(drained.is_ok(), "it never comes to rest: {:#?}", bot.log());
        let log = bot.kill();
        assert!(!log.iter().any(|line| line.contains("ERROR")), "{log:#?}");
    }

    async fn count(mut self) -> Record {
        for (tandem, texts) in self.texts.clone().into_iter().enumerate() {
            let lead = FIRST + 2 * tandem as i64;
            for total in 1..=texts {
                // Each answer says the tandem's minutes as of its entry.
                self.found(&[lead, lead + 1], &format!(": {total} Min. von"));
            }
        }
        for chat in FIRST..FIRST + self.server.people {
            for nth in 1..=self.waves {
                self.found(&[chat], &wave("again", nth));
                match self.server.times(chat, &wave("once", nth)) {
                    0 => self.record.never += 1,
                    1 => {}
                    more => self.record.twice += more - 1,
                }
            }
        }
        let lessons = self.home.count("SELECT COUNT(*) FROM outbox WHERE kind = 'lesson' AND state = 'sent'").await;
        assert_eq!(lessons, self.server.people, "everybody was owed the lesson and has it");
        let opened = self.home.count("SELECT COUNT(*) FROM milestone WHERE what = 'opened'").await;
        assert_eq!(opened, self.opened.len() as i64, "every press counted, once");
        self.record.entries = self.home.count("SELECT COUNT(*) FROM entry WHERE minutes = 1").await;
        self.record.texts = self.texts.iter().sum();
        self.record.unclear = self.home.count("SELECT COUNT(*) FROM outbox WHERE state = 'unknown'").await;
        self.record.refused = self.server.phones.with(|phones, _| phones.record().too_many);
        self.record
    }

    fn found(&mut self, chats: &[i64], words: &str) {
        self.record.owed += 1;
        let times: usize = chats.iter().map(|chat| self.server.times(*chat, words)).sum();
        match times {
            0 => {
                println!("lost: {chats:?} {words}");
                self.record.lost += 1;
            }
            more => self.record.doubled += more - 1,
        }
    }
}

fn wave(name: &str, nth: usize) -> String {
    format!("{name} {nth} of the waves")
}
