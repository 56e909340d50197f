//! Somebody with a phone: what they do, and what they see.
//!
//! Nothing here reaches past the phone: only visible buttons can be pressed, only visible text is seen. What is
//! drawn is new since the person last did something, or since the story last moved the clock.

use std::collections::HashMap;

use tandem::demo::phones::{Action, Author, Chat, Heard, Media, Message, PeopleError};

use super::world::{TOKEN, World};

/// What a person has seen so far: each message of the bot as it looked, and how many notes.
#[derive(Default)]
pub struct Seen {
    messages: HashMap<i64, (String, String)>,
    toasts: usize,
}

impl Seen {
    /// How a message is drawn now, unless it looks as it did. Where only the buttons went, its words are not repeated.
    fn news(&self, message: &Message) -> Option<String> {
        let drawn = draw(message);
        match self.messages.get(&message.id) {
            Some((_, before)) if before == &drawn => None,
            Some((text, _)) if text == &message.body.text && message.keyboard.is_empty() => {
                let words: String = text.chars().take(20).collect();
                Some(format!("(“{words}…” has no buttons any more)"))
            }
            _ => Some(drawn),
        }
    }
}

/// A person; clones are the same one.
#[derive(Clone)]
pub struct Person {
    world: World,
    id: i64,
    name: String,
}

impl Person {
    pub(super) fn new(world: World, id: i64, name: &str) -> Self {
        Self { world, id, name: name.to_owned() }
    }

    /// The chat's id.
    pub fn id(&self) -> i64 {
        self.id
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The app's language on this phone, from now on.
    pub fn language(self, code: &str) -> Self {
        self.world.phones(|phones, _| phones.person(self.id, &self.name, code)).expect("a person");
        self
    }

    /// Writes, and waits for the answer.
    pub async fn says(&self, text: &str) {
        self.writes(text);
        self.world.settle().await;
    }

    /// Presses a visible button, and waits for the answer.
    pub async fn taps(&self, label: &str) {
        self.presses(label);
        self.world.settle().await;
    }

    /// Presses several buttons, one after the other.
    pub async fn taps_all(&self, labels: &[&str]) {
        for label in labels {
            self.taps(label).await;
        }
    }

    /// Opens a join link.
    pub async fn opens(&self, link: &str) {
        let code = link.rsplit_once("start=").map_or(link, |(_, code)| code);
        self.says(&format!("/start {code}")).await;
    }

    /// Writes without waiting.
    pub fn writes(&self, text: &str) {
        self.looks_away();
        self.world.phones(|phones, now| phones.says(now, TOKEN, self.id, text)).expect("a message");
    }

    /// Presses without waiting.
    pub fn presses(&self, label: &str) {
        self.looks_away();
        let pressed = self.world.phones(|phones, now| phones.presses(now, TOKEN, self.id, label));
        if let Err(PeopleError::NoButton { asked, visible }) = pressed {
            panic!("{} sees no button [{asked}], but: [{}]\n{}", self.name, visible.join("] ["), self.chat());
        }
        pressed.expect("a press");
    }

    /// Presses a button of an older message that need not be there any more, by what it carries.
    pub async fn presses_old(&self, button: &Carried) {
        self.does(|phones, now, id| phones.presses_old(now, TOKEN, id, button.message, &button.data)).await;
    }

    /// Presses a button in somebody else's chat, as only a forged app can.
    pub async fn presses_in_chat_of(&self, owner: &Person, button: &Carried) {
        let owner = owner.id;
        self.does(|phones, now, id| phones.presses_foreign(now, TOKEN, id, owner, button.message, &button.data)).await;
    }

    pub async fn sends_sticker(&self) {
        self.does(|phones, now, id| phones.sends_sticker(now, TOKEN, id)).await;
    }

    pub async fn sends_photo(&self, caption: &str) {
        self.does(|phones, now, id| phones.sends_photo(now, TOKEN, id, caption)).await;
    }

    pub async fn sends_voice(&self) {
        self.does(|phones, now, id| phones.sends_voice(now, TOKEN, id)).await;
    }

    pub async fn forwards(&self, text: &str) {
        self.does(|phones, now, id| phones.forwards(now, TOKEN, id, text)).await;
    }

    /// Changes the last message of their own.
    pub async fn edits_last(&self, text: &str) {
        let last = self.look(|chat| {
            let own = chat.visible().rev().find(|m| m.author == Author::Person(self.id));
            own.map(|m| m.id).expect("a message of one's own")
        });
        self.does(|phones, now, id| phones.edits(now, TOKEN, id, last, text)).await;
    }

    /// Shuts the bot out; it hears of that.
    pub async fn blocks(&self) {
        self.looks_away();
        self.world.phones(|phones, now| phones.blocks(now, TOKEN, self.id)).expect("a block");
        self.world.settle().await;
    }

    /// Lets the bot in again.
    pub async fn unblocks(&self) {
        self.looks_away();
        self.world.phones(|phones, now| phones.unblocks(now, TOKEN, self.id)).expect("an unblock");
        self.world.settle().await;
    }

    async fn does(&self, act: impl FnOnce(&mut tandem::demo::phones::Phones, i64, i64) -> Result<Heard, PeopleError>) {
        self.looks_away();
        self.world.phones(|phones, now| act(phones, now, self.id)).expect("the phone can do that");
        self.world.settle().await;
    }

    /// What is new: messages that came or changed, and the note over a pressed button.
    pub fn screen(&self) -> String {
        self.world.seen(|seen| {
            let none = Seen::default();
            let seen = seen.get(&self.id).unwrap_or(&none);
            self.look(|chat| {
                let from_bot = chat.visible().filter(|m| m.author == Author::Bot);
                let mut parts: Vec<String> = from_bot.filter_map(|m| seen.news(m)).collect();
                let toasts = chat.toasts.iter().skip(seen.toasts).filter(|toast| !toast.text.is_empty());
                parts.extend(toasts.map(|toast| format!("({})", toast.text)));
                if parts.is_empty() { "(nothing new)".to_owned() } else { parts.join("\n――――\n") }
            })
        })
    }

    /// How many messages are new; changed ones do not count.
    pub fn new_messages(&self) -> usize {
        self.world.seen(|seen| {
            let none = Seen::default();
            let seen = seen.get(&self.id).unwrap_or(&none);
            self.look(|chat| {
                chat.visible().filter(|m| m.author == Author::Bot && !seen.messages.contains_key(&m.id)).count()
            })
        })
    }

    /// Everything that is visible in the chat, oldest first.
    pub fn chat(&self) -> String {
        self.look(|chat| {
            let lines = chat.visible().map(|message| match message.author {
                Author::Bot => draw(message),
                Author::Person(_) => format!("> {}", draw(message)),
            });
            lines.collect::<Vec<_>>().join("\n――――\n")
        })
    }

    /// All messages of the bot, with the microsecond of their arrival.
    pub fn arrivals(&self) -> Vec<(i64, String)> {
        self.look(|chat| chat.visible().filter(|m| m.author == Author::Bot).map(|m| (m.date, draw(m))).collect())
    }

    /// The join link behind the newest "share" button.
    pub fn shared_link(&self) -> String {
        self.look(|chat| {
            let buttons = chat.visible().rev().flat_map(|m| m.keyboard.iter().flatten());
            let share = buttons.filter_map(|b| match &b.action {
                Action::Url(url) => Some(url.as_str()),
                _ => None,
            });
            let link = share.filter_map(|url| {
                let url = url::Url::parse(url).ok()?;
                url.query_pairs().find(|(key, _)| key == "url").map(|(_, link)| link.into_owned())
            });
            link.into_iter().next().expect("a button that shares a link")
        })
    }

    /// The sentence behind the newest "share" button.
    pub fn shared_text(&self) -> String {
        self.look(|chat| {
            let buttons = chat.visible().rev().flat_map(|m| m.keyboard.iter().flatten());
            let texts = buttons.filter_map(|b| match &b.action {
                Action::Url(url) => {
                    let url = url::Url::parse(url).ok()?;
                    url.query_pairs().find(|(key, _)| key == "text").map(|(_, text)| text.into_owned())
                }
                _ => None,
            });
            texts.into_iter().next().expect("a button that shares a sentence")
        })
    }

    /// What the newest button with this label carries, to press it later or elsewhere.
    pub fn carried(&self, label: &str) -> Carried {
        let found = self.look(|chat| {
            chat.visible().rev().find_map(|m| {
                let button = m.keyboard.iter().flatten().find(|b| b.label == label)?;
                match &button.action {
                    Action::Data(data) => Some(Carried { message: m.id, data: data.clone() }),
                    _ => None,
                }
            })
        });
        found.unwrap_or_else(|| panic!("{} sees no button [{label}]\n{}", self.name, self.chat()))
    }

    /// The newest message of the bot.
    pub fn last_message(&self) -> i64 {
        self.look(|chat| chat.visible().rfind(|m| m.author == Author::Bot).map(|m| m.id)).expect("a message of the bot")
    }

    pub fn look<R>(&self, act: impl FnOnce(&Chat) -> R) -> R {
        self.world.phones(|phones, _| act(phones.chat(TOKEN, self.id).expect("the chat has begun")))
    }

    /// What is on the screen now is not new any more.
    pub(super) fn looks_away(&self) {
        forget(&self.world, self.id);
    }
}

/// A button's data and the message it stands under.
#[derive(Clone, Debug)]
pub struct Carried {
    pub message: i64,
    pub data: String,
}

/// What is on this person's screen now is not new any more.
pub fn forget(world: &World, id: i64) {
    let now = world.phones(|phones, _| {
        let chat = phones.chat(TOKEN, id)?;
        let from_bot = chat.visible().filter(|m| m.author == Author::Bot);
        let messages = from_bot.map(|m| (m.id, (m.body.text.clone(), draw(m)))).collect();
        Some(Seen { messages, toasts: chat.toasts.len() })
    });
    world.seen(|seen| seen.insert(id, now.unwrap_or_default()));
}

/// A message as text, its buttons in brackets, row by row.
fn draw(message: &Message) -> String {
    let mut drawn = match &message.media {
        Some(Media::Document(file)) => format!("(file {})\n", file.name.as_deref().unwrap_or_default()),
        Some(_) => "(media)\n".to_owned(),
        None => String::new(),
    };
    drawn.push_str(&message.body.text);
    for row in &message.keyboard {
        let row: Vec<String> = row.iter().map(|button| format!("[{}]", button.label)).collect();
        drawn.push('\n');
        drawn.push_str(&row.join(" "));
    }
    drawn
}
