//! Groups: the bot is added, hears what privacy mode lets it hear, moves with an upgrade, is thrown out.
//!
//! Tandem works in private chats; groups are here because people add bots to groups, and because other bots use them.

use serde_json::json;

use super::people::{membership, written};
use super::rates::ChatPace;
use super::state::{Author, Chat, ChatKind, Message, SECOND};
use super::updates::UpdateKind;
use super::{Heard, PeopleError, Phones};

impl Phones {
    /// Makes a group with the bot in it. Its id must be negative, as a group's is.
    pub fn group(&mut self, now: i64, token: &str, group: i64, title: &str, adder: i64) -> Result<(), PeopleError> {
        if group >= 0 {
            return Err(PeopleError::NoChat(group));
        }
        let adder = self.people.get(&adder).ok_or(PeopleError::Nobody(adder))?.to_json();
        let now = self.tick(now);
        let bot = self.bot_for(token)?;
        let kind = ChatKind::Group { title: title.to_owned(), supergroup: false, migrated_to: None };
        let chat = bot.chats.entry(group).or_insert_with(|| Chat::new(group, kind, ChatPace::group()));
        chat.started = true;
        chat.revision += 1;
        let chat = json!({"id": group, "type": "group", "title": title});
        let change = membership(bot, chat, adder, now, ("left", "member"));
        bot.updates.push(now, UpdateKind::MyChatMember, change);
        let id = bot.id;
        self.wakes.updates(id);
        self.wakes.chat(group);
        Ok(())
    }

    /// A person writes in a group. In privacy mode the bot hears commands, its own name and replies to it.
    pub fn says_in_group(
        &mut self,
        now: i64,
        token: &str,
        group: i64,
        person: i64,
        text: &str,
    ) -> Result<Heard, PeopleError> {
        let body = written(text)?;
        if !self.people.contains_key(&person) {
            return Err(PeopleError::Nobody(person));
        }
        let now = self.tick(now);
        let index = self.index_of(token)?;
        let bot = &mut self.bots[index];
        let heard = body.text.starts_with('/') || body.text.contains(&format!("@{}", bot.username));
        let chat = bot.chats.get_mut(&group).ok_or(PeopleError::NoChat(group))?;
        let message_id = chat.push(now, Message::new(Author::Person(person), body));
        self.wakes.chat(group);
        if heard && !self.bots[index].chats[&group].blocked {
            return Ok(self.tell_message(now, index, group, message_id, UpdateKind::Message));
        }
        Ok(Heard { message_id, update_id: None, query: None })
    }

    /// A group becomes a supergroup with a new id; calls to the old one are told where it went.
    pub fn upgrades_group(&mut self, now: i64, token: &str, group: i64, to: i64) -> Result<(), PeopleError> {
        let now = self.tick(now);
        let bot = self.bot_for(token)?;
        let old = bot.chats.get_mut(&group).ok_or(PeopleError::NoChat(group))?;
        let ChatKind::Group { title, migrated_to, .. } = &mut old.kind else {
            return Err(PeopleError::NoChat(group));
        };
        let title = title.clone();
        *migrated_to = Some(to);
        old.revision += 1;
        let kind = ChatKind::Group { title: title.clone(), supergroup: true, migrated_to: None };
        let mut new = Chat::new(to, kind, ChatPace::group());
        new.started = true;
        bot.chats.insert(to, new);
        let date = now / SECOND;
        let notes = [
            json!({"message_id": 0, "date": date, "migrate_to_chat_id": to,
                "chat": {"id": group, "type": "group", "title": title}}),
            json!({"message_id": 0, "date": date, "migrate_from_chat_id": group,
                "chat": {"id": to, "type": "supergroup", "title": title}}),
        ];
        for note in notes {
            bot.updates.push(now, UpdateKind::Message, note);
        }
        let id = bot.id;
        self.wakes.updates(id);
        Ok(())
    }

    /// Somebody throws the bot out of a group.
    pub fn throws_out(&mut self, now: i64, token: &str, group: i64, person: i64) -> Result<(), PeopleError> {
        let now = self.tick(now);
        let from = self.people.get(&person).ok_or(PeopleError::Nobody(person))?.to_json();
        let index = self.index_of(token)?;
        let bot = &mut self.bots[index];
        let chat = bot.chats.get_mut(&group).ok_or(PeopleError::NoChat(group))?;
        chat.blocked = true;
        chat.revision += 1;
        let chat = chat.to_json(&self.people);
        let change = membership(bot, chat, from, now, ("member", "kicked"));
        bot.updates.push(now, UpdateKind::MyChatMember, change);
        let id = bot.id;
        self.wakes.updates(id);
        self.wakes.chat(group);
        Ok(())
    }
}
