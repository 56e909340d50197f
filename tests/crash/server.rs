//! The strict server in this process, over HTTP, and people who write.

use std::future::pending;
use std::sync::Arc;

use tandem::clock::Clock;
use tandem::demo::botapi;
use tandem::demo::phones::{Author, Fault, Faults, Limits, Options, Phones, Scripted, SharedPhones};
use tokio::net::TcpListener;

use super::bot::DEADLINE;

pub const TOKEN: &str = "4711:crash-token";

/// Chat of the first person; the next ones follow.
pub const FIRST: i64 = 1_000;

/// A running server.
pub struct Server {
    pub phones: SharedPhones,
    pub api: String,
    pub people: i64,
}

impl Server {
    /// With so many people who have spoken to the bot before.
    pub async fn start(limits: Option<Limits>, people: i64) -> Self {
        let own = Some((TOKEN.to_owned(), "tandem_crash_bot".to_owned()));
        let mut phones = Phones::new(Options { own, limits, ..Options::default() });
        for chat in FIRST..FIRST + people {
            phones.person(chat, &format!("Person {chat}"), "de").expect("a person");
            phones.starts(TOKEN, chat).expect("a chat");
        }
        let clock = Clock::real();
        let phones = SharedPhones::new(phones, Arc::new(move || clock.micros()));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
        let api = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(botapi::serve(listener, phones.clone(), pending()));
        Self { phones, api, people }
    }

    pub fn says(&self, chat: i64, text: &str) {
        self.phones.with(|phones, now| phones.says(now, TOKEN, chat, text)).expect("a message");
    }

    /// Presses a button if it is there; whether it was.
    pub fn presses(&self, chat: i64, label: &str) -> bool {
        self.phones.with(|phones, now| phones.presses(now, TOKEN, chat, label)).is_ok()
    }

    /// This, and nothing else, goes wrong from now on.
    pub fn fails(&self, scripted: Vec<Scripted>) {
        self.phones.with(|phones, _| phones.set_faults(Faults { scripted, ..Faults::default() }));
    }

    /// What the bot has written to somebody, as it reads now.
    pub fn heard(&self, chat: i64) -> Vec<String> {
        self.phones.with(|phones, _| {
            let chat = phones.chat(TOKEN, chat).expect("a chat");
            chat.visible().filter(|m| m.author == Author::Bot).map(|m| m.body.text.clone()).collect()
        })
    }

    /// How often somebody was told this.
    pub fn times(&self, chat: i64, words: &str) -> usize {
        self.heard(chat).iter().filter(|text| text.contains(words)).count()
    }

    /// Waits until somebody has been told this so often.
    pub async fn hears(&self, chat: i64, words: &str, times: usize) {
        let waits = async {
            loop {
                let revision = self.phones.with(|phones, _| phones.chat(TOKEN, chat).expect("a chat").revision);
                if self.times(chat, words) >= times {
                    return;
                }
                self.phones.revised(TOKEN, chat, revision, DEADLINE).await;
            }
        };
        let heard = tokio::time::timeout(DEADLINE, waits).await;
        assert!(heard.is_ok(), "{chat} never hears “{words}” {times} times: {:#?}", self.heard(chat));
    }

    /// Updates that the bot has not confirmed.
    pub fn pending(&self) -> usize {
        self.phones.with(|phones, _| phones.pending_updates(TOKEN))
    }
}

/// A call of this method goes wrong, after so many that go well.
pub fn trap(method: &str, after: u32, fault: Fault) -> Scripted {
    Scripted { method: Some(method.to_owned()), chat: None, after, times: 1, fault }
}

/// The next message to this chat goes wrong.
pub fn trap_in(chat: i64, fault: Fault) -> Scripted {
    Scripted { method: Some("sendMessage".to_owned()), chat: Some(chat), after: 0, times: 1, fault }
}
