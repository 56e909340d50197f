//! What can be seen on the phones, as JSON for the control routes and the page.
//!
//! Owns: the shape of `GET /phones` and `GET /phones/{chat}`, and the only place where a message becomes HTML. A
//! person's words never become markup: only a bot's marks do, and every character is escaped.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::{Value, json};

use super::keyboard::Action;
use super::rates::ChatPace;
use super::state::{Author, Chat, ChatKind, FileRef, Media, Message, SECOND};
use super::text::{Entity, Formatted, Kind, covered};
use super::{Bot, Phones};

impl Phones {
    /// All bots and their chats.
    pub fn overview(&self) -> Value {
        let bots: Vec<Value> = self.bots.iter().map(|bot| self.bot_view(bot)).collect();
        json!({"bots": bots})
    }

    /// One chat as its person sees it; empty if they have not spoken yet, `None` if there is no such bot or person.
    pub fn chat_view(&self, now: i64, token: &str, chat: i64) -> Option<Value> {
        let now = now.max(self.latest);
        let bot = self.bot(token)?;
        let unspoken;
        let chat = match bot.chats.get(&chat) {
            Some(chat) => chat,
            None => {
                self.people.get(&chat)?;
                unspoken =
                    Chat::new(chat, ChatKind::Private, ChatPace::private(&self.options.limits.unwrap_or_default()));
                &unspoken
            }
        };
        let (name, language) = self.who(chat);
        let commands = bot.profile.menu(chat, language).iter().map(|c| c.to_json());
        let toasts = chat.toasts.iter();
        Some(json!({
            "chat": chat.id, "name": name, "language": language, "token": bot.token, "revision": chat.revision,
            "blocked": chat.blocked, "typing": chat.typing_until > now,
            "commands": commands.collect::<Vec<_>>(),
            "messages": chat.visible().map(message_view).collect::<Vec<_>>(),
            "reply_keyboard": chat.reply_keyboard,
            "toasts": toasts.map(|t| json!({"text": t.text, "at": t.at / SECOND, "alert": t.alert})).collect::<Vec<_>>(),
        }))
    }

    /// The bot a control request means: the named one, else the own one if it has the chat, else one that has it,
    /// else the own one, else the only one.
    pub fn meant_token(&self, named: Option<&str>, chat: i64) -> Option<&str> {
        if let Some(named) = named {
            return self.bot(named).map(|b| b.token.as_str());
        }
        let has = |bot: &&Bot| bot.chats.contains_key(&chat);
        let own = self.own_token().and_then(|token| self.bot(token));
        let holder = own.filter(has).or_else(|| self.bots.iter().find(has));
        let only = || if let [bot] = &self.bots[..] { Some(bot) } else { None };
        holder.or(own).or_else(only).map(|b| b.token.as_str())
    }

    fn bot_view(&self, bot: &Bot) -> Value {
        let chats: Vec<Value> = bot.chats.values().map(|chat| self.chat_line(chat)).collect();
        json!({"token": bot.token, "username": bot.username, "chats": chats})
    }

    fn chat_line(&self, chat: &Chat) -> Value {
        let (name, language) = self.who(chat);
        json!({
            "chat": chat.id, "name": name, "language": language, "blocked": chat.blocked,
            "messages": chat.visible().count(), "revision": chat.revision,
        })
    }

    fn who<'a>(&'a self, chat: &'a Chat) -> (&'a str, &'a str) {
        match &chat.kind {
            ChatKind::Private => self.people.get(&chat.id).map_or(("", ""), |p| (p.name.as_str(), p.language.as_str())),
            ChatKind::Group { title, .. } => (title, ""),
        }
    }
}

fn message_view(message: &Message) -> Value {
    let buttons = message.keyboard.iter().map(|row| {
        let button = row.iter().map(|b| match &b.action {
            Action::Data(data) => json!({"label": b.label, "data": data}),
            Action::Url(url) => json!({"label": b.label, "url": url}),
            Action::Other(_) => json!({"label": b.label}),
        });
        button.collect::<Vec<_>>()
    });
    let from = match message.author {
        Author::Bot => "bot",
        Author::Person(_) => "person",
    };
    let html = match message.author {
        Author::Bot => to_html(&message.body),
        Author::Person(_) => escape(&message.body.text),
    };
    let (mut document, mut photo, mut other) = (Value::Null, Value::Null, Value::Null);
    match &message.media {
        Some(Media::Document(file)) => document = file_view(file),
        Some(Media::Photo { file, .. }) => photo = file_view(file),
        Some(Media::Sticker { emoji, .. }) => other = emoji.as_str().into(),
        Some(Media::Voice { .. }) => other = "🎤".into(),
        None => {}
    }
    json!({
        "id": message.id, "from": from, "date": message.date / SECOND, "text": message.body.text,
        "entities": message.body.entities.iter().map(Entity::to_json).collect::<Vec<_>>(), "html": html,
        "buttons": buttons.collect::<Vec<_>>(), "edited": message.edited.is_some(), "silent": message.silent,
        "document": document, "photo": photo, "media": other, "reply_to": message.reply_to,
    })
}

fn file_view(file: &FileRef) -> Value {
    json!({"file_id": file.id, "name": file.name, "mime": file.mime, "size": file.size})
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text.chars());
    out
}

fn escape_into(out: &mut String, text: impl Iterator<Item = char>) {
    for c in text {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

/// Text and marks as HTML: each stretch between two ends of marks is wrapped on its own, so that the tags are
/// balanced however the marks overlap.
fn to_html(body: &Formatted) -> String {
    if body.entities.is_empty() {
        return escape(&body.text);
    }
    let mut cuts: BTreeSet<usize> = body.entities.iter().flat_map(|e| [e.offset, e.end()]).collect();
    cuts.insert(0);
    let mut out = String::new();
    let mut unit = 0;
    let mut piece = String::new();
    let mut from = 0;
    for c in body.text.chars() {
        if unit > from && cuts.contains(&unit) {
            wrap(&mut out, &piece, from, body);
            piece.clear();
            from = unit;
        }
        piece.push(c);
        unit += c.len_utf16();
    }
    wrap(&mut out, &piece, from, body);
    out
}

fn wrap(out: &mut String, piece: &str, from: usize, body: &Formatted) {
    let mut ends = Vec::new();
    for entity in body.entities.iter().filter(|e| e.offset <= from && from < e.end()) {
        let end = match &entity.kind {
            Kind::Bold => open(out, "b"),
            Kind::Italic => open(out, "i"),
            Kind::Underline => open(out, "u"),
            Kind::Strikethrough => open(out, "s"),
            Kind::Spoiler => open_class(out, "spoiler"),
            Kind::Blockquote | Kind::ExpandableBlockquote => open_class(out, "quote"),
            Kind::Code => open(out, "code"),
            Kind::Pre(_) => open_class(out, "pre"),
            Kind::BotCommand => open_class(out, "command"),
            Kind::TextLink(url) => open_link(out, url),
            Kind::Url => open_link(out, covered(&body.text, entity)),
            _ => continue,
        };
        ends.push(end);
    }
    escape_into(out, piece.chars());
    ends.iter().rev().for_each(|end| out.push_str(end));
}

fn open(out: &mut String, tag: &'static str) -> &'static str {
    let _ = write!(out, "<{tag}>");
    match tag {
        "b" => "</b>",
        "i" => "</i>",
        "u" => "</u>",
        "s" => "</s>",
        _ => "</code>",
    }
}

fn open_class(out: &mut String, class: &str) -> &'static str {
    let _ = write!(out, "<span class=\"{class}\">");
    "</span>"
}

/// Only addresses of the web become links.
fn open_link(out: &mut String, url: &str) -> &'static str {
    let lower = url.to_ascii_lowercase();
    if !lower.starts_with("http://") && !lower.starts_with("https://") {
        return "";
    }
    let _ = write!(out, "<a rel=\"noopener noreferrer\" target=\"_blank\" href=\"{}\">", escape(url));
    "</a>"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str, marks: Vec<(Kind, usize, usize)>) -> String {
        let entities = marks.into_iter().map(|(kind, offset, length)| Entity { kind, offset, length }).collect();
        to_html(&Formatted { text: text.into(), entities })
    }

    #[test]
    fn everything_is_escaped() {
        assert_eq!(html("<script>&\"'", vec![]), "&lt;script&gt;&amp;&quot;&#39;");
        assert_eq!(html("<b>", vec![(Kind::Italic, 0, 3)]), "<i>&lt;b&gt;</i>");
    }

    #[test]
    fn overlapping_marks_give_balanced_tags() {
        assert_eq!(html("abc", vec![(Kind::Bold, 0, 2), (Kind::Italic, 1, 2)]), "<b>a</b><b><i>b</i></b><i>c</i>");
        assert_eq!(html("😀a", vec![(Kind::Code, 2, 1)]), "😀<code>a</code>");
    }

    #[test]
    fn only_web_addresses_become_links_and_quotes_cannot_leave_the_attribute() {
        let link = |url: &str| html("x", vec![(Kind::TextLink(url.into()), 0, 1)]);
        assert_eq!(link("javascript:alert(1)"), "x");
        assert_eq!(link("tg://user?id=1"), "x");
        let cut = html("http://a.b/c", vec![(Kind::Url, 0, 12), (Kind::Bold, 0, 4)]);
        assert_eq!(cut.matches("href=\"http://a.b/c\"").count(), 2, "each piece leads to the whole address");
        assert!(link("https://a.b/\" onclick=\"x").contains("href=\"https://a.b/&quot; onclick=&quot;x\""));
    }
}
